"""The structure of quotations: which mark opens, which closes, which is an apostrophe or a prime.

Every mark is read in the light of its neighbours and of the marks around it: each possible reading of
a paragraph (this opens, that is an apostrophe, this closes the wrong pair …) has a cost, and the
cheapest one wins. What it could only read at the price of a fault becomes a `Fault`.

Only marks are visited. A paragraph in which each of them can be but one thing is written down as it
stands; the marks of any other are reduced to a short string of what is known of each, so that the same
arrangement of marks is worked out once. Linear in the number of marks.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from newslint.expressions import compiled
from newslint.finding import Span, Swap
from newslint.once import once
from newslint.text.languages import SANE_PAIRS, convention, quotation_marks
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re
    from typing import Literal, TypeAlias

# mismatched: opened by one mark, closed by one of another kind
# reversed: an opening mark where one must close, or the other way round
# crossed: the inner quotation closes after the outer one
# mixed: a pair of which one mark is curly and one straight
# stray: a mark that belongs to nothing
# apostrophe: an opening single mark in place of an apostrophe
# nested: a quotation inside another one with the same marks
FaultKind: TypeAlias = (
    "Literal['mismatched', 'unclosed', 'unopened', 'reversed', 'crossed', 'mixed', 'stray',"
    " 'apostrophe', 'nested']"
)


class Quotation(NamedTuple):
    """A quotation with its marks, from the first opening mark to the last closing one.

    `close` is None where it is never closed; it then ends with its paragraph. `level` counts the
    quotations around it; `double` says whether it opens with a double mark.
    """

    start: int
    end: int
    open: Span
    close: Span | None
    level: int
    double: bool


class Fault(NamedTuple):
    """Something wrong with a mark.

    A quotation that runs over paragraphs and is never closed is at fault in its last paragraph, at the
    mark that opens it anew.

    `start`, `end`: the mark, or the quotation from mark to mark where both are in question. `found` is
    the mark at fault. `opener` is where the quotation opened, if it did. `expected` is the mark that
    should stand there, "" where that is open. `swaps` mend it where the right mark is certain.
    """

    kind: FaultKind
    start: int
    end: int
    found: Span
    opener: Span | None = None
    expected: str = ""
    swaps: tuple[Swap, ...] = ()


class Quotations:
    """The quotations of a text in order of their places, and the marks at fault."""

    def __init__(
        self,
        rows: Sequence[_Row] = (),
        faults: Sequence[Fault] = (),
        speech: Sequence[tuple[int, int]] = (),
    ) -> None:
        self._rows = rows
        self._speech = speech
        self.faults = tuple(faults)

    def __iter__(self) -> Iterator[Quotation]:
        return iter(self.quotations)

    def __len__(self) -> int:
        return len(self._rows)

    @once
    def quotations(self) -> tuple[Quotation, ...]:
        """Every quotation, in order."""
        quotations = []
        around: list[int] = []  # where the quotations around this place end
        for start, end, opened, close, double in self._rows:
            while around and around[-1] <= start:
                around.pop()
            first, last = Span(start, opened), None if close < 0 else Span(close, end)
            quotations.append(Quotation(start, end, first, last, len(around), double))
            around.append(end)
        return tuple(quotations)

    @property
    def insides(self) -> Iterator[tuple[int, int, int]]:
        """Of every quotation that closes: where it opens, and the span between its marks."""
        return ((start, first, last) for start, _, first, last, _ in self._rows if last >= 0)

    @once
    def speech(self) -> tuple[Span, ...]:
        """What stands inside quotation marks, marks included; disjoint and in order."""
        return tuple(Span(*each) for each in self._speech)

    @once
    def _by_kind(self) -> Mapping[str, Sequence[Fault]]:
        kinds: dict[str, list[Fault]] = {}
        for fault in self.faults:
            kinds.setdefault(fault.kind, []).append(fault)
        return kinds

    def faults_of(self, kind: FaultKind) -> Sequence[Fault]:
        """The faults of one kind, in order."""
        return self._by_kind.get(kind, ()) if self.faults else ()

    @once
    def _starts(self) -> list[int]:
        return [start for start, _ in self._speech]

    def covers(self, start: int, end: int) -> bool:
        """Whether `text[start:end]` stands inside quotation marks as a whole."""
        index = bisect_right(self._starts, start) - 1
        return index >= 0 and end <= self._speech[index][1]

    def around(self, start: int, end: int) -> Span | None:
        """The speech that holds `text[start:end]`, its marks included; None outside quotation marks."""
        index = bisect_right(self._starts, start) - 1
        if index >= 0 and end <= self._speech[index][1]:
            return Span(*self._speech[index])
        return None


# A quotation as plain numbers: start, end, end of its opening mark, start of its closing mark or -1, double.
_Row: TypeAlias = "tuple[int, int, int, int, bool]"
_Block: TypeAlias = "tuple[str, int, int, int]"


# ------------------------------------------------------------------ marks

_DOUBLE = '"“”„‟«»「」『』〝〞〟＂'
_SINGLE = "'‘’‚‛‹›`"
_SINGLE_MARKS = frozenset(_SINGLE)
_MARKS = frozenset(_DOUBLE + _SINGLE)
# Stand for two characters that are typed for one mark: '' `` ‘‘ ’’
_PAIRED: Mapping[str, str] = {"''": "\ue000", "``": "\ue001", "‘‘": "\ue002", "’’": "\ue003"}
_TYPED = {stand: typed for typed, stand in _PAIRED.items()}
_STRAIGHT = "\"'＂`\ue000\ue001"
_GUILLEMETS = "«»‹›"
_CORNERS = "「」『』"
_APOSTROPHES = "'’‘‛`"
_STAND_IN = "".join(_TYPED)
# Chinese, Japanese and Korean signs: words do not end where a mark stands next to one.
_SPACELESS_SIGNS = "\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef"
_ASCII = "\"'`"


def is_double(mark: str) -> bool:
    """Whether a mark is one of a double pair."""
    return mark in _DOUBLE or mark in _STAND_IN


@cache
def _outside_words(mark: str) -> re.Pattern[str]:
    """An apostrophe that does not stand inside a word."""
    letter = rf"[^\W{_SPACELESS_SIGNS}]"
    return compiled(rf"{mark}(?!(?<={letter}{mark}){letter})")


@cache
def _code() -> re.Pattern[str]:
    return compiled(r"(?<!`)`[^`\n]{1,400}`(?!`)")


_SPACES = " \t\n\r\f\v\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\u200b\ufeff\u2060\u200e\u200f"
_OPENING = "([{<（［｛【〈《〔¿¡"
_CLOSING = ")]}>）］｝】〉》〕"
_STOPS = ".,;:!?…。，、；：！？．؟،؛।%‰"
_DASHES = "-–—―‒‑/=|~_+•*·\\"


@lru_cache(maxsize=1 << 12)
def _side(character: str) -> str:
    """What stands next to a mark: e nothing, s space, w letter, W capital, 0 digit, p stop, o and ) brackets, d dash, c sign of a script without spaces, k Korean letter, y other."""
    if not character:
        return "e"
    if character in _SPACES:
        return "s"
    if character in _STOPS:
        return "c" if character >= "\u2e80" else "p"
    if character in _OPENING:
        return "c" if character >= "\u2e80" else "o"
    if character in _CLOSING:
        return "c" if character >= "\u2e80" else ")"
    if character in _DASHES:
        return "d"
    if character.isdigit():
        return "0"
    if character.isalpha():
        if "\uac00" <= character < "\ud7b0" or "\u1100" <= character < "\u1200":
            return "k"
        if (
            "\u2e80" <= character < "\uac00"
            or "\uf900" <= character <= "\uff9f"
            or character >= "\U00020000"
        ):
            return "c"
        if "\u0e00" <= character < "\u0f00" or "\u1780" <= character < "\u1800":
            return "c"
        return "W" if character.isupper() else "w"
    import unicodedata

    return "w" if unicodedata.category(character)[0] == "M" else "y"


def _costs(values: str) -> dict[str, float]:
    """Costs by kind of neighbour, in the order e s o d w W 0 p ) c k y."""
    return dict(zip("esodwW0p)cky", map(float, values.split()), strict=True))


# How badly the left and the right neighbour of a mark fit an opening and a closing one.
_OPEN_LEFT = _costs("0 0 0 0 2 2 2.5 1 2 0 2 1")
_OPEN_RIGHT = _costs("4 2.5 0 0.5 0 0 0 2 3 0 0 0")
_CLOSE_LEFT = _costs("4 2.5 2.5 0.5 0 0 0 0 0 0 0 0")
_CLOSE_RIGHT = _costs("0 0 0.5 0 2 1.5 2 0 0 0 0 1")

# What a fault costs a reading.
_UNCLOSED = 6.0
_UNOPENED = 6.0
_MISMATCHED = 5.0
_REVERSED = 4.0
_MIXED = 3.0
_COULD_CLOSE = 0.8  # of an apostrophe that could end the quotation around it
_RATHER_APOSTROPHE = (
    2.0  # of years’ standing, say: it ends no quotation that began with another mark
)
_CROSSED = 4.5
_STRAY = 7.5
_STANDING_ALONE = 5.0
_SAME_INSIDE = 2.0  # a quotation inside one with the same marks
_IMPOSSIBLE = 20.0
_DEEPEST = 5
_READINGS = 12  # kept from mark to mark
_FEWER_READINGS = 3  # the same in a paragraph of more marks than any copy has
_MANY_MARKS = 1000
_LONGEST_ROW = 8  # marks next to one another; more of them are a line drawn with marks

# A mark in a paragraph's string: the mark, its fit as opening and closing, its cost as neither.
_BASE = 0x100
_FINE, _AS_STRAY, _AS_APOSTROPHE = 0, 1, 2


def _encoded(
    mark: str, opening: float, closing: float, neither: float, outcome: int, fragment: bool
) -> str:
    fit = min(15, round(opening * 2)) * 16 + min(15, round(closing * 2))
    rest = min(255, round(neither * 10)) + (outcome << 8) + (fragment << 10)
    return mark + chr(_BASE + fit) + chr(_BASE + rest)


_FAR = 25  # characters from one mark to the next: more than are quoted as a phrase
_APART = 1 << 11  # of a mark's last sign, see `_Mark`


def _is_apostrophe(code: str) -> bool:
    """Whether next to nothing speaks against an apostrophe."""
    return (ord(code[2]) - _BASE) & 255 < 10


# ------------------------------------------------------------------ one mark among its neighbours

_SPACED_GUILLEMETS = frozenset(("fr", "br", "hy", "oc", "eo", "wa"))
_LEADING = {
    "en": "ya tis twas twere twill til till em im er cause cos cuz coz bout round neath gainst tween kay n"
    " ere nother nuff sup scuse stache burbs hood tude pon cept fore twixt appen ave is s",
    "nl": "s t n k m ns tis twas",
    "af": "n s t",
    "de": "n ne nem nen ner nes s is raus rein rauf runter rum",
    "it": "sto sta ste sti ndrangheta l na no nu",
    "br": "z n m s t vit",
}
_TRAILING = {
    "en": "si o ol th wi lil po mo an n d g y fo tha da wit jus mos bes lef roun aroun behin han san gov",
    "it": "",
}
# Languages in which a word may lose its end, and those in which any word may have an apostrophe.
_TRUNCATING = frozenset(("it", "nap", "scn", "vec", "lmo", "pms", "co"))
_APOSTROPHIC = frozenset(("br", "mt", "uz", "qu", "haw", "gn", "he", "el"))
# Those that write the ayn and hamza of Arabic names: ‘Umar, Jami’.
_AYN = frozenset(("id", "ms"))
_SPACELESS = frozenset(("zh", "ja", "th", "km", "lo", "my"))
_ELIDING = frozenset(("fr", "it", "ca", "oc", "br", "wa", "lb", "rm", "co", "sc", "pt"))
_ELIDED = (
    " l d j m t s n c qu jusqu lorsqu puisqu quoiqu dell nell all dall sull un quell quest bell sant"
    " gl com dov v anch "
)
_LEADING_SETS = frozenset(_LEADING)


@cache
def _listed(table: str, language: str) -> frozenset[str]:
    words = (_LEADING if table == "leading" else _TRAILING).get(language, "")
    return frozenset(words.split())


@cache
def _closes_with(mark: str, language: str) -> bool:
    return any(pair[1] == mark for pair in quotation_marks(language))


def _word_before(before: str) -> str:
    at = len(before)
    while at and before[at - 1].isalpha():
        at -= 1
    return before[at:].lower()


def _word_after(after: str) -> str:
    at = 0
    while at < len(after) and after[at].isalpha():
        at += 1
    return after[:at].lower()


def _neither(
    mark: str, before: str, after: str, inner: bool, language: str, arrows: bool
) -> tuple[float, int]:
    """What it costs to take a mark for no quotation mark at all, and what is then said of it.

    `before`, `after`: what stands around its cluster; `inner`: another mark stands left of it.
    """
    left, right = _side(before[-1:]), _side(after[:1])
    if mark in _APOSTROPHES:
        return _apostrophe(mark, before, after, left, right, inner, language)
    if mark in '"”＂\ue000\ue003':
        if left == "0":
            if right == "0":
                return 0.2, _FINE
            return (0.5 if mark == '"' else 2.0), _FINE  # inches, seconds
        if mark == "\ue000" and left in "oe" and right in ")pe":
            return 0.2, _FINE  # an empty string of a program
        if mark == '"' and language in ("he", "yi") and left == "w" and right == "w":
            return 0.1, _FINE  # gershayim
        if before[-1:] in ":;=" and after[:1] in "(/|":
            return 0.5, _FINE
    if arrows and mark in "»›" and left in "se" and right in "se":
        return (
            6.5 if language in _SPACED_GUILLEMETS else 0.5
        ), _FINE  # an arrow in a list of links
    return (_STANDING_ALONE if left in "se" and right in "se" else _STRAY), _AS_STRAY


def _apostrophe(
    mark: str, before: str, after: str, left: str, right: str, inner: bool, language: str
) -> tuple[float, int]:
    """The same for a single mark, which may be an apostrophe, a prime or a glottal stop."""
    turned = mark in "‘"
    said = _AS_APOSTROPHE if turned else _FINE
    extra = 3.0 if turned else 0.0
    if before[-1:] and before[-1:] in ":;" and after[:1] and after[:1] in "()/|":
        return 0.2, _FINE
    word, last = _word_after(after), _word_before(before)
    if word == "n" and after[1:2] in ("'", "’", "‘") and language == "en":
        return 0.0, said  # rock ’n’ roll
    if left in "wW" and not inner:
        if right in "wW":
            if not turned:
                return (0.0 if mark != "`" else 0.5), _FINE
            if word in ("s", "t", "re", "ll", "ve", "d", "m") and language in ("en", "nl", "de"):
                return 0.0, _AS_APOSTROPHE
            if language in _ELIDING and last and f" {last} " in _ELIDED:
                return 0.0, _AS_APOSTROPHE
            return 1.0, _FINE  # an ʻokina or ayn
        if language in _ELIDING and last and f" {last} " in _ELIDED:
            return 0.1 + extra, said
        if right == "0":
            return 1.0 + extra, said
        if turned:
            return _STRAY, _AS_STRAY
        if language in _APOSTROPHIC:
            return 0.4, _FINE
        if language in _AYN and last[-1:] in ("a", "i", "u"):
            return 3.0, _FINE
        if last[-1:] in ("s", "z", "x", "ß") or last[-2:] == "ce":
            return 0.7, _FINE
        if language == "de" and last.endswith(("th", "sch", "se")):
            return 0.7, _FINE
        if after[:1] == "-" or (mark == "’" and not _closes_with(mark, language)):
            return 3.0, _FINE
        if language == "en" and (last.endswith("in") or last in _listed("trailing", "en")):
            return 0.9, _FINE
        if language in _TRUNCATING:
            return 0.7, _FINE
        if not quotation_marks(language):
            return 2.0, _FINE
        return _STRAY, _AS_STRAY
    if left == "0" and not inner:
        if right in "wW":
            return 0.2 + extra, said
        return (0.5 if mark == "'" else 1.5), (_FINE if not turned else _AS_STRAY)
    if right == "0":
        digits = after[:2].isdigit() and not after[2:3].isdigit()
        return (0.2 if digits else 2.5) + extra, said
    if word in ("s", "ll", "re", "ve", "d") and left not in "seod":
        return 0.2 + extra, said  # after a full stop, a bracket or a closing mark
    if inner and right in "wW" and left not in "seod":
        return 2.0 + extra, said
    if right in "wW":
        if word in _listed("leading", language) or word in _listed("leading", "en"):
            return 0.3 + extra, said
        if language in _APOSTROPHIC:
            return 0.4 + extra, said
        if language in _AYN and turned and right == "W" and word[0] in "aiu":
            return 3.0, _FINE
        if language in _LEADING_SETS or not quotation_marks(language):
            return 3.5 + extra, said
        return 6.5 + extra, said
    if left in "se" and right in "se":
        return _STANDING_ALONE, (_FINE if mark == "'" else _AS_STRAY)
    return _STRAY, _AS_STRAY


@lru_cache(maxsize=1 << 15)
def _read(
    before: str, cluster: str, after: str, language: str, merge: bool, arrows: bool
) -> tuple[str, ...]:
    """The marks of a cluster, encoded.

    `merge`: two single curly marks are a double one. `arrows`: » may be an arrow between links.
    """
    left, right = _side(before[-1:]), _side(after[:1])
    opening = _OPEN_LEFT[left] + _OPEN_RIGHT[right]
    closing = _CLOSE_LEFT[left] + _CLOSE_RIGHT[right]
    marks = _split(cluster, left, after, merge)
    if len(marks) > 1:
        if left in "wW0)pcky" and right in "wW0ocky":
            opening = closing = 0.0  # one ends, the next begins
        elif right in "se":
            opening += 3
        elif left in "seo" and right not in "p)":
            closing += 3
    # A quotation that begins in the middle of a sentence does not run on over paragraphs.
    fragment = right == "w" and left == "s" and before[-2:-1].isalnum() and after[0].islower()
    if language in _SPACELESS:
        opening, closing = opening / 3, closing / 3
    codes = []
    for position, mark in enumerate(marks):
        neither, outcome = _neither(mark, before, after, position > 0, language, arrows)
        own_opening, own_closing = opening, closing
        if mark in _GUILLEMETS:
            own_opening, own_closing = _guillemet(mark, left, right, opening, closing, language)
        elif mark in "„‚‟":
            own_opening, own_closing = min(opening, 1.0), closing + 2
        elif mark in _CORNERS:
            own_opening = own_closing = 0.0
        elif mark in _APOSTROPHES and position == 0 and opening <= 1 and neither < 1:
            own_opening += 1.5  # rather ’90s and ’em than a quotation that begins so
        codes.append(_encoded(mark, own_opening, own_closing, neither, outcome, fragment))
    return tuple(codes)


def _guillemet(
    mark: str, left: str, right: str, opening: float, closing: float, language: str
) -> tuple[float, float]:
    if left in "se" and right in "se":
        return 0.0, 0.0
    return opening / 2, closing / 2


def _split(cluster: str, left: str, after: str, merge: bool) -> list[str]:
    """The marks of a cluster, two single ones that stand for a double one as one."""
    if len(cluster) == 1:
        return [cluster]
    if cluster == "''" and _word_after(after) == "s":
        return ["'", "'"]  # 'Emma''s
    marks = []
    at = 0
    while at < len(cluster):
        two = cluster[at : at + 2]
        inner_first = cluster[at : at + 3] == "'''" and left not in "seo"
        if not inner_first and two in _PAIRED and (two in ("''", "``") or merge):
            marks.append(_PAIRED[two])
            at += 2
        else:
            marks.append(cluster[at])
            at += 1
    return marks


# ------------------------------------------------------------------ pairs

_Pairing: TypeAlias = "Mapping[str, tuple[float, str]]"

# Curly and low marks that a straight one may be typed for.
_CURLY_DOUBLE = "“”„‟"
_CURLY_SINGLE = "‘’‚‛"
_PARTNER = {pair[0]: pair[1] for pair in reversed(SANE_PAIRS)}
_PARTNER |= {"“": "”", "‘": "’", "„": "“", "‚": "‘", "\ue000": "\ue000", "\ue001": "\ue000"}
_PARTNER |= {"\ue002": "\ue003", "`": "'", "”": "”", "’": "’", "»": "»", "›": "›"}
_OPENER = {
    "”": "“",
    "’": "‘",
    "»": "«",
    "›": "‹",
    "」": "「",
    "』": "『",
    '"': '"',
    "'": "'",
    "“": "„",
}
_OPENER |= {
    "‘": "‚",
    "«": "»",
    "‹": "›",
    "〟": "〝",
    "〞": "〝",
    "\ue003": "\ue002",
    "\ue000": "\ue000",
}


@cache
def _pairs(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """The pairs that the language writes, and those that are fine anywhere."""
    own = quotation_marks(language)
    anywhere: tuple[str, ...] = (*SANE_PAIRS, "\ue000\ue000", "\ue001\ue000", "\ue002\ue003", "`'")
    if not own:
        anywhere += ("””", "’’", "»«", "›‹", "»»")
    return frozenset(own), frozenset(anywhere)


@cache
def _pair(opener: str, closer: str, language: str) -> tuple[float, str]:
    """What it costs that `closer` ends what `opener` began, and the fault that it is."""
    own, anywhere = _pairs(language)
    pair = opener + closer
    if pair in own:
        return 0.0, ""
    if pair in anywhere:
        return 0.0 if opener == closer else 0.1, ""
    if is_double(opener) != is_double(closer):
        return _MISMATCHED, "mismatched"
    straight = (opener in _STRAIGHT) + (closer in _STRAIGHT)
    if straight == 1:
        curly = closer if opener in _STRAIGHT else opener
        if curly in _CURLY_DOUBLE + _CURLY_SINGLE + "\ue002\ue003":
            return _MIXED + (0 if opener in _STRAIGHT or closer in _STRAIGHT else 1), "mixed"
        return _MISMATCHED, "mismatched"
    if straight == 2:
        return _MIXED, "mixed"
    if _PARTNER.get(opener) and closer == opener:
        return _REVERSED, "reversed"
    for family in ("“”„‟", "‘’‚‛"):
        if opener in family and closer in family:
            return (_REVERSED if closer in "„‚‟‛“‘" else 1.0), "reversed"
    return _MISMATCHED, "mismatched"


@cache
def _opens(mark: str, language: str) -> tuple[tuple[str, float, str], ...]:
    """As what a mark may open: (the mark it stands for, cost, fault)."""
    own, anywhere = _pairs(language)
    if any(pair[0] == mark for pair in own):
        return ((mark, 0.0, ""),)
    if any(pair[0] == mark for pair in anywhere):
        return ((mark, 0.1, ""),)
    meant = _OPENER.get(mark, "")
    return ((meant, _REVERSED, "reversed"),) if meant else ()


# ------------------------------------------------------------------ the cheapest reading


class _Reading(NamedTuple):
    """A paragraph's marks by number.

    `pairs`: (opening mark, closing mark or _NONE, mark before which an unclosed one ends). A negative
    number is a quotation that runs on from the paragraph before, the outermost first.
    """

    cost: float
    pairs: tuple[tuple[int, int, int], ...]
    faults: tuple[tuple[str, int, int, str], ...]  # kind, mark, opening mark, what was meant
    open_marks: str
    open_numbers: tuple[int, ...]
    reopened: int


_NONE = -(1 << 20)

# kind, mark, other, text, earlier events
_Events: TypeAlias = "tuple[str, int, int, str, _Events] | None"
_State: TypeAlias = "tuple[float, tuple[int, ...], _Events]"


def _reopened(codes: str, carried: str) -> int:
    """How many of the quotations that run on from the paragraph before are opened anew."""
    count = 0
    while count < len(carried) and count * 3 < len(codes):
        mark = codes[count * 3]
        if mark != carried[count] and mark != _PARTNER.get(carried[count]):
            break
        if mark != carried[count] and mark not in _GUILLEMETS + "”’":
            break
        count += 1
    return count


# Most paragraphs hold no fault, and most faults are single: readings that cost more are looked for
# only where no cheaper one is found.
_LIMITS = (2.5, 8.0, float("inf"))
# What a reading may cost more than the cheapest so far; more than any one mark costs.
_MISPLACED = 3.0  # as an opening mark: nothing runs on from one that stands where another closes
_MARGIN = 12.0
_REMEMBERED = 600  # characters of a paragraph's string that is worth keeping


def _cheapest(codes: str, carried: str, following: str, language: str) -> _Reading:
    """The best reading of a paragraph.

    `carried`: the quotations that run on from the paragraph before. `following`: the opening mark at
    the start of the next one, "" for none.
    """
    if len(codes) > _REMEMBERED:
        return _searched(codes, carried, following, language)
    return _known(codes, carried, following, language)


@lru_cache(maxsize=1 << 14)
def _known(codes: str, carried: str, following: str, language: str) -> _Reading:
    return _searched(codes, carried, following, language)


def _searched(codes: str, carried: str, following: str, language: str) -> _Reading:
    first = _reopened(codes, carried)
    marks = [_mark(codes[at : at + 3], language) for at in range(first * 3, len(codes), 3)]
    for limit in _LIMITS:
        states = _states(marks, carried[:first], first, language, limit)
        best: tuple[float, str, _State, bool] | None = None
        for open_marks, state in states.items():
            cost, runs_on = state[0], False
            if open_marks:
                runs_on = (
                    bool(following)
                    and _continues(open_marks[0], following)
                    and (state[1][0] < first or marks[state[1][0] - first].opening < _MISPLACED)
                )
                cost += (0.5 if runs_on else _UNCLOSED) * len(open_marks)
            if cost <= limit and (best is None or cost < best[0]):
                best = (cost, open_marks, state, runs_on)
        if best is not None:
            break
    assert best is not None
    cost, open_marks, (_, numbers, events), runs_on = best
    if open_marks and not runs_on:
        for number, mark in zip(reversed(numbers), reversed(open_marks), strict=True):
            events = ("unclosed", number, len(codes) // 3, mark, events)
        open_marks, numbers = "", ()
    return _written(cost, events, open_marks, numbers, first)


def _continues(mark: str, following: str) -> bool:
    return following == mark or (mark in _GUILLEMETS and following == _PARTNER.get(mark))


class _Mark(NamedTuple):
    """What a mark costs as an opening, a closing and no quotation mark, and what may be said of the last.

    `apart`: more likely an apostrophe than the end of a quotation that began far before it with another mark.
    """

    mark: str
    opening: float
    closing: float
    neither: float
    outcome: int
    double: bool
    apart: bool
    opens: tuple[tuple[str, float, str], ...]


@lru_cache(maxsize=1 << 12)
def _mark(code: str, language: str) -> _Mark:
    mark = code[0]
    fit, rest = ord(code[1]) - _BASE, ord(code[2]) - _BASE
    return _Mark(
        mark,
        (fit >> 4) / 2,
        (fit & 15) / 2,
        (rest & 255) / 10,
        rest >> 8 & 3,
        is_double(mark),
        bool(rest >> 11),
        _opens(mark, language),
    )


def _states(
    marks: Sequence[_Mark], open_marks: str, first: int, language: str, limit: float
) -> Mapping[str, _State]:
    """The best reading for each row of open marks at the end; none that costs more than `limit`."""
    states: dict[str, _State] = {open_marks: (0.0, tuple(range(-first, 0)), None)}
    least = 0.0
    most = _READINGS if len(marks) <= _MANY_MARKS else _FEWER_READINGS
    for number, mark in enumerate(marks, first):
        states = _step(states, number, mark, language, min(limit, least + _MARGIN))
        if not states:
            break
        if len(states) > 1:
            states = _hopeful(states, most)
        least = next(iter(states.values()))[0]
    return states


def _cost(item: tuple[str, _State]) -> float:
    return item[1][0]


def _hopeful(states: Mapping[str, _State], count: int) -> dict[str, _State]:
    """The readings that may still turn out the cheapest, at most `count`, the cheapest so far first.

    Whatever comes, one with fewer open marks can read it like one with more, at the price of a fault
    for each of those marks, and nearly so the other way round. Of readings that cost the same the
    one whose faults come last is kept.
    """
    kept: dict[str, _State] = {}
    ranked = sorted(states.items(), key=_cost)
    most = ranked[0][1][0] + _MARGIN
    for marks, state in ranked:
        cost = state[0]
        if cost > most:
            break
        for other, (least, _, _) in kept.items():
            more = len(marks) - len(other)
            if more >= 0:
                if cost >= least + _UNOPENED * more and marks.startswith(other):
                    break
            elif cost > least - (_UNCLOSED + 1) * more and other.startswith(marks):
                break
        else:
            kept[marks] = state
            if len(kept) == count:
                break
    return kept


def _step(
    states: Mapping[str, _State], number: int, each: _Mark, language: str, limit: float
) -> dict[str, _State]:
    """Every reading so far, with every reading of the next mark; the best for each row of open marks."""
    new: dict[str, _State] = {}

    def add(marks: str, cost: float, numbers: tuple[int, ...], events: _Events) -> None:
        known = new.get(marks)
        if cost <= limit and (known is None or cost < known[0]):
            new[marks] = (cost, numbers, events)

    mark, opening, closing, neither, outcome, double, apart, opens = each
    for marks, (cost, numbers, events) in states.items():
        passed = neither
        if not double and 0.5 < neither < 1 and marks and marks[-1] + mark in ("''", "‘’"):
            passed += _COULD_CLOSE
        if cost + passed <= limit:
            said = events
            if outcome == _AS_STRAY:
                said = ("stray", number, _NONE, "", events)
            elif outcome == _AS_APOSTROPHE:
                said = ("apostrophe", number, _NONE, "’", events)
            add(marks, cost + passed, numbers, said)
        for meant, price, fault in opens:
            total = cost + opening + price
            if total > limit:
                continue
            said = ("reversed", number, _NONE, meant, events) if fault else events
            at = marks.rfind(meant)
            if len(marks) < _DEEPEST:
                inside = _SAME_INSIDE if at >= 0 else 0.0
                if marks and at < 0 and is_double(marks[-1]) == double:
                    inside = 0.5
                add(marks + meant, total + inside, (*numbers, number), said)
            if at >= 0:
                for index in range(len(marks) - 1, at - 1, -1):
                    said = ("unclosed", numbers[index], number, marks[index], said)
                    total += _UNCLOSED
                add(marks[:at] + meant, total, (*numbers[:at], number), said)
        total, said = cost + closing, events
        if total > limit:
            continue
        for index in range(len(marks) - 1, -1, -1):
            price, fault = _pair(marks[index], mark, language)
            if fault == "mismatched" and apart:
                price += _RATHER_APOSTROPHE
            if total + price <= limit:
                ended: _Events = ("pair", numbers[index], number, "", said)
                if fault:
                    ended = (fault, number, numbers[index], marks[index], ended)
                add(marks[:index], total + price, numbers[:index], ended)
            if index == len(marks) - 2 and price < _MIXED:
                # The outer mark comes first: the inner quotation ends here, the outer one later.
                crossed: _Events = ("crossed", number, numbers[index], marks[-1], events)
                crossed = ("pair", numbers[-1], number, "", crossed)
                add(
                    marks[:index] + marks[-1],
                    cost + closing + price + _CROSSED,
                    numbers[:-1],
                    crossed,
                )
            said = ("unclosed", numbers[index], number, marks[index], said)
            total += _UNCLOSED
        add(marks, cost + closing + _UNOPENED, numbers, ("unopened", number, _NONE, "", events))
    return new


def _written(
    cost: float, events: _Events, marks: str, numbers: tuple[int, ...], reopened: int
) -> _Reading:
    pairs: list[tuple[int, int, int]] = []
    faults: list[tuple[str, int, int, str]] = []
    while events is not None:
        kind, number, other, text, events = events
        if kind == "pair":
            pairs.append((number, other, other))
            continue
        if kind == "unclosed":
            pairs.append((number, _NONE, other))
        faults.append((kind, number, other, text))
    return _Reading(cost, tuple(reversed(pairs)), tuple(reversed(faults)), marks, numbers, reopened)


# ------------------------------------------------------------------ a text


def analyse(text: str, blocks: Sequence[_Block], language: str) -> Quotations:
    """The quotations of a text.

    `blocks`: (kind, start, end, level) in order, none overlapping another; marks outside of them and in code
    are not looked at. `language`: ISO 639-1 code or a tag with a region, "" for an unknown one.
    """
    seen = _without_code(text)
    places = _places(seen)
    if not places:
        return Quotations()
    shown = [block for block in blocks if block[0] != "code"]
    return _Writer(text, seen, shown, language).write(places)


def _places(text: str) -> list[int]:
    """Where marks stand, apart from apostrophes inside words."""
    places: list[int] = []
    find = text.find
    for mark in _ASCII if text.isascii() else _DOUBLE + _SINGLE:
        at = find(mark)
        if at < 0:
            continue
        if mark in "'’":
            places += [match.start() for match in _outside_words(mark).finditer(text, at)]
            continue
        while at >= 0:
            places.append(at)
            at = find(mark, at + 1)
    places.sort()
    return places


def _without_code(text: str) -> str:
    """The text with letters in the place of code between back-ticks."""
    return _code().sub(lambda match: "x" * len(match.group()), text) if "`" in text else text


class _Paragraph(NamedTuple):
    """A block that holds marks: its number among all blocks, and where its marks are among all."""

    number: int
    start: int
    end: int
    first: int
    last: int


_BETWEEN = 3  # blocks that may stand between two paragraphs of one quotation
_LABEL = 90  # characters of a line between them that may be a heading


@cache
def _break() -> re.Pattern[str]:
    """The end of a sentence that another one follows."""
    return compiled(r"\w[.!?][\"'”’]? +[A-Z]")


@cache
def _credit() -> re.Pattern[str]:
    verbs = "(?:said|says|added|wrote|asked|explained|noted|continued|recalled|tweeted|argued)"
    name, place = r"(?: [A-Z][\w.’'-]*){0,4}", r"(?: (?:in|at|on|during) (?:\w+ ){0,3}\w+)?"
    return compiled(rf"[,?!] (?:(?:[\w’'.,-]+ ){{1,9}}{verbs}|{verbs}{name}{place})\.?\Z")


_SIBILANTS = frozenset("sxzSXZ")


@cache
def _ordinary(language: str) -> frozenset[str]:
    """The pairs of marks that the language, or any, reads as a pair; ''…'' with four characters."""
    return frozenset((*quotation_marks(language), *SANE_PAIRS, "''''"))


_OPENS, _CLOSES, _POSSESSIVE, _DENSE, _JOINED = 1, 2, 4, 8, 16


@lru_cache(maxsize=1 << 13)
def _roles(near: str) -> int:
    """What a mark may be beyond doubt, by the characters on both sides of it."""
    left, right = near[0], near[2]
    if right in _MARKS:
        return _JOINED
    before, after = _side(left), _side(right)
    roles = _DENSE if after in "ck" else 0
    if before in "esodc" and after in "wW0ck":
        roles |= _OPENS
    if before in "wW0p)ck" and after in "esdp)ck":
        roles |= _CLOSES
    if left in _SIBILANTS and after in "esdp)":
        roles |= _POSSESSIVE
    return roles


def _around(text: str, paragraph: _Paragraph, at: int, to: int) -> str:
    """The characters on both sides of `text[at:to]`, for `_roles`; a space for none."""
    left = text[at - 1] if at > paragraph.start else " "
    return f"{left}|{text[to]}" if to < paragraph.end else f"{left}| "


def _end_of_marks(text: str, at: int, end: int) -> int:
    while at < end and text[at] in _MARKS:
        at += 1
    return at


def _doubled(marks: str) -> bool:
    return "''" in marks or "``" in marks


def _paragraphs(places: Sequence[int], blocks: Sequence[_Block]) -> list[_Paragraph]:
    """The blocks that hold marks."""
    found: list[_Paragraph] = []
    at, count = 0, len(places)
    following = places[0]
    for number, (_, start, end, _) in enumerate(blocks):
        if following >= end:
            continue
        first = bisect_left(places, start, at)
        at = bisect_left(places, end, first)
        if at > first:
            found.append(_Paragraph(number, start, end, first, at))
        if at == count:
            break
        following = places[at]
    return found


class _Writer:
    """Reads the paragraphs one after the other and writes down what they hold."""

    def __init__(self, text: str, seen: str, blocks: Sequence[_Block], language: str) -> None:
        self._text = text
        self._seen = seen
        self._merge = "‘‘" in text and "’’" in text
        self._arrows = "«" not in text
        self._blocks = blocks
        self._language = language.partition("-")[0]
        self._convention = convention(language) or self._language
        self._ordinary = _ordinary(self._convention)
        self._rows: list[_Row] = []
        self._faults: list[Fault] = []
        self._speech: list[tuple[int, int]] = []
        self._running: list[tuple[int, int]] = []  # opening marks of quotations that run on

    def write(self, places: Sequence[int]) -> Quotations:
        paragraphs = _paragraphs(places, self._blocks)
        carried = ""
        for index, paragraph in enumerate(paragraphs):
            marks = places[paragraph.first : paragraph.last]
            if not carried and self._pairs_off(marks, paragraph):
                continue
            spans, codes = self._marks(marks, paragraph)
            text = "".join(codes)
            following = self._following(paragraphs, index, places)
            reading = _cheapest(text, carried, following, self._convention)
            if reading.open_numbers and self._ends_before(
                paragraph, spans, codes, reading.open_numbers[0]
            ):
                reading = _cheapest(text, carried, "", self._convention)
            self._write(paragraph, spans, codes, reading)
            carried = reading.open_marks
        self._rows.sort()
        return Quotations(self._rows, sorted(self._faults, key=_place), self._speech)

    def _pairs_off(self, places: Sequence[int], paragraph: _Paragraph) -> bool:
        """Write down the quotations of a paragraph whose marks are beyond doubt; False for any other.

        Each opening mark stands in front of a word and each closing one behind it, in the right
        order, so that every other reading costs more. Possessives behind s are no marks.
        """
        text, ordinary = self._seen, self._ordinary
        start, last = paragraph.start, paragraph.end - 1
        rows: list[_Row] = []
        speech: list[tuple[int, int]] = []
        stack: list[tuple[int, str]] = []
        opener = ""
        possessive = single = merged = False
        roles = until = 0
        for at in places:
            if at < until:  # in a row of marks, of which the first has been looked at
                if merged:
                    continue
                mark = text[at]
                roles &= ~_POSSESSIVE
            else:
                mark = text[at]
                if start < at < last:
                    roles = _roles(text[at - 1 : at + 2])
                else:
                    roles = _roles(_around(text, paragraph, at, at + 1))
                if roles & _JOINED:
                    until = _end_of_marks(text, at, last + 1)
                    roles = _roles(_around(text, paragraph, at, until))
                    merged = self._stands_for_one(at, until)
                    if merged:
                        mark = text[at:until]
                    elif self._merge or roles & _DENSE or _doubled(text[at:until]):
                        return False
            if opener and opener + mark in ordinary:
                if not roles & _CLOSES:
                    return False
                first, width = stack.pop()[0], len(mark)
                rows.append((first, at + width, first + width, at, opener not in _SINGLE))
                single = single or mark in _SINGLE
                if stack:
                    opener = stack[-1][1]
                else:
                    opener = ""
                    speech.append((first, at + width))
            elif roles & _POSSESSIVE and mark in "'’":
                possessive = True
            elif roles & _OPENS and self._may_open(opener, mark, at):
                stack.append((at, mark))
                opener = mark
            else:
                return False
        if stack or (possessive and single):
            return False
        self._rows += rows
        self._speech += speech
        return True

    def _stands_for_one(self, at: int, to: int) -> bool:
        """Whether marks are two single ones typed for a double one."""
        text = self._seen
        if text[at:to] != "''":
            return False
        return text[to : to + 1] not in ("s", "S") or text[to + 1 : to + 2].isalpha()

    def _may_open(self, around: str, mark: str, at: int) -> bool:
        """Whether a mark in front of a word can be nothing but an opening one."""
        if around and (around in _SINGLE) == (mark in _SINGLE):
            return False
        if mark not in _APOSTROPHES:
            return True
        word = _word_after(self._seen[at + 1 : at + 9])
        return not (
            not word
            or self._language in _APOSTROPHIC
            or word in _listed("leading", self._language)
            or word in _listed("leading", "en")
        )

    def _marks(
        self, places: Sequence[int], paragraph: _Paragraph
    ) -> tuple[list[tuple[int, int]], list[str]]:
        """The spans of a paragraph's marks, and what is known of each."""
        text, start, end = self._seen, paragraph.start, paragraph.end
        spans: list[tuple[int, int]] = []
        codes: list[str] = []
        index, count = 0, len(places)
        last = start
        while index < count:
            at = to = places[index]
            while index < count and places[index] == to:
                to += 1
                index += 1
            if to - at > _LONGEST_ROW:
                continue
            cluster = text[at:to]
            before, after = text[max(start, at - 8) : at], text[to : min(end, to + 8)]
            if _SINGLE_MARKS.isdisjoint(cluster):
                before, after = before[-2:], after[:1]
            for code in _read(before, cluster, after, self._language, self._merge, self._arrows):
                if at - last > _FAR and code[0] in "'’" and _is_apostrophe(code):
                    code = code[:2] + chr(ord(code[2]) + _APART)
                last = at
                width = 2 if code[0] in _TYPED else 1
                spans.append((at, at + width))
                codes.append(code)
                at += width
        return spans, codes

    def _ends_before(
        self,
        paragraph: _Paragraph,
        spans: Sequence[tuple[int, int]],
        codes: Sequence[str],
        number: int,
    ) -> bool:
        """Whether a quotation that seems to run on must have ended inside the paragraph.

        So it is where it begins in the middle of a sentence and more sentences or quotations follow,
        or where the paragraph ends with who says it.
        """
        if number < 0:
            return False
        start, end = spans[number][1], paragraph.end
        if (ord(codes[number][2]) - _BASE) >> 10 & 1 and (
            any(code[0] == codes[number][0] for code in codes[number + 1 :])
            or _break().search(self._text, start, end)
        ):
            return True
        return self._language == "en" and bool(
            _credit().search(self._text, max(start, end - 120), end)
        )

    def _following(
        self, paragraphs: Sequence[_Paragraph], index: int, places: Sequence[int]
    ) -> str:
        """The opening mark at the start of the next paragraph, "" where it does not begin with one."""
        if index + 1 >= len(paragraphs):
            return ""
        number, paragraph = paragraphs[index].number, paragraphs[index + 1]
        if paragraph.number - number > _BETWEEN + 1:
            return ""
        for kind, start, end, _ in self._blocks[number + 1 : paragraph.number]:
            if kind not in ("heading", "caption", "figure-caption", "quote", "code") and (
                end - start > _LABEL or self._text[end - 1 : end] in _STOPS
            ):
                return ""
        start = places[paragraph.first]
        if start - paragraph.start > 4 or self._text[paragraph.start : start].strip(
            " \t\xa0…[(.-–—•*>"
        ):
            return ""
        _, codes = self._marks(places[paragraph.first : paragraph.last], paragraph)
        return codes[0][0] if codes else ""

    def _write(
        self,
        paragraph: _Paragraph,
        spans: Sequence[tuple[int, int]],
        codes: Sequence[str],
        reading: _Reading,
    ) -> None:
        count = len(spans)
        running = self._running[: reading.reopened]
        # A quotation that runs on has, in this paragraph, the mark that opens it anew.
        reopened = len(running)

        def here(number: int) -> tuple[int, int]:
            return spans[number + reopened] if number < 0 else spans[number]

        def opened(number: int) -> tuple[int, int]:
            return running[number + reopened] if number < 0 else spans[number]

        speech: list[tuple[int, int]] = []
        for opener, closer, before in reading.pairs:
            start, start_end = opened(opener)
            if closer >= 0:
                close, end = spans[closer]
            else:
                close, end = -1, spans[before][0] if before < count else paragraph.end
            double = is_double(codes[opener + reopened if opener < 0 else opener][0])
            self._rows.append((start, end, start_end, close, double))
            speech.append((here(opener)[0], end))
        if len(reading.pairs) > 1:
            self._faults += self._nested(spans, codes, reading.pairs)
        for number in reading.open_numbers:
            speech.append((here(number)[0], paragraph.end))
        self._speech.extend(_joined(speech))
        for kind, number, other, meant in reading.faults:
            begun = opened(other) if kind != "unclosed" and other != _NONE else None
            if kind == "unclosed" and number < 0:
                begun = opened(number)  # it ran on to here
            self._faults.append(
                self._fault(kind, here(number), begun, meant, number, spans, paragraph)
            )
        self._running = [opened(number) for number in reading.open_numbers]

    def _nested(
        self,
        spans: Sequence[tuple[int, int]],
        codes: Sequence[str],
        pairs: Sequence[tuple[int, int, int]],
    ) -> Iterator[Fault]:
        """The quotations inside others with the same marks, where the language does not nest so."""
        if self._language in _SPACED_GUILLEMETS:
            return
        around: list[tuple[int, int]] = []
        for opener, closer, _ in sorted(pairs):
            if opener < 0 or closer < 0:
                continue
            while around and around[-1][1] < opener:
                around.pop()
            same = [each for each, _ in around if codes[each][0] == codes[opener][0]]
            around.append((opener, closer))
            if not same:
                continue
            mark, close = spans[opener], spans[closer]
            within = _inner_pair(
                self._text[mark[0] : mark[1]] + self._text[close[0] : close[1]], self._convention
            )
            swaps = (Swap(*mark, within[0]), Swap(*close, within[1])) if within else ()
            yield Fault(
                "nested", mark[0], close[1], Span(*mark), Span(*spans[same[-1]]), within, swaps
            )

    def _fault(
        self,
        kind: str,
        mark: tuple[int, int],
        opener: tuple[int, int] | None,
        meant: str,
        number: int,
        spans: Sequence[tuple[int, int]],
        paragraph: _Paragraph,
    ) -> Fault:
        text, (start, end) = self._text, mark
        found = text[start:end]
        begun = None if opener is None else Span(*opener)
        if kind == "unclosed":
            if text[end : end + len(found)] == found:
                return Fault("stray", start, end, Span(*mark), swaps=(Swap(start, end, ""),))
            return Fault(
                "unclosed", start, end, Span(*mark), begun, closing_mark(meant, self._convention)
            )
        if kind == "unopened":
            if start - len(found) >= paragraph.start and text[start - len(found) : start] == found:
                return Fault("stray", start, end, Span(*mark), swaps=(Swap(start, end, ""),))
            return Fault(
                "unopened", start, end, Span(*mark), None, opening_mark(found, self._convention)
            )
        if kind == "apostrophe":
            return Fault("apostrophe", start, end, Span(*mark), None, "’", (Swap(start, end, "’"),))
        if kind == "reversed":
            expected = meant if begun is None else closing_mark(meant, self._convention)
            swaps = (Swap(start, end, expected),) if expected else ()
            return Fault("reversed", start, end, Span(*mark), begun, expected, swaps)
        if kind == "mixed" and begun is not None:
            first = text[begun.start : begun.end]
            if first in _CURLY_DOUBLE + _CURLY_SINGLE or begun.start < paragraph.start:
                # The mark that opens each paragraph of a quotation is the one that was meant.
                expected = closing_mark(first, self._convention)
                swap = Swap(start, end, expected)
                return Fault("mixed", start, end, Span(*mark), begun, expected, (swap,))
            expected = opening_mark(found, self._convention)
            swap = Swap(*begun, expected)
            known = (swap,) if expected and found in _CURLY_DOUBLE + _CURLY_SINGLE else ()
            return Fault("mixed", *begun, Span(*mark), begun, expected, known)
        if kind == "crossed":
            if number + 1 < len(spans) and spans[number + 1][0] == end:
                end = spans[number + 1][1]
                swaps = (Swap(start, end, text[mark[1] : end] + found),)
                return Fault(
                    "crossed",
                    start,
                    end,
                    Span(*mark),
                    begun,
                    closing_mark(meant, self._convention),
                    swaps,
                )
            return Fault(
                "crossed", start, end, Span(*mark), begun, closing_mark(meant, self._convention)
            )
        if kind == "mismatched" and begun is not None:
            expected = closing_mark(meant, self._convention)
            if end - begun.start <= _SHORT and "\n" not in text[begun.start : end]:
                start = begun.start
            return Fault("mismatched", start, end, Span(*mark), begun, expected)
        return Fault("stray", start, end, Span(*mark))


_SHORT = 200  # characters of a quotation that is reported from mark to mark


def closing_mark(opener: str, language: str) -> str:
    """The mark that closes what `opener` opens, as the language writes it; "" for no known one."""
    opener = _PAIRED.get(opener, opener)
    for pair in quotation_marks(language):
        if pair[0] == opener:
            return pair[1]
    closer = _PARTNER.get(opener, "")
    return _TYPED.get(closer, closer)


def opening_mark(closer: str, language: str) -> str:
    """The mark that opens what `closer` closes, as the language writes it; "" for no known one."""
    closer = _PAIRED.get(closer, closer)
    for pair in quotation_marks(language):
        if pair[1] == closer:
            return pair[0]
    opener = _OPENER.get(closer, "")
    return _TYPED.get(opener, opener)


def _inner_pair(outer: str, language: str) -> str:
    """The marks that go inside a pair, as the language writes it; "" for any other pair."""
    own = quotation_marks(language)
    if len(own) > 1 and outer == own[0]:
        return own[1]
    return {"“”": "‘’", "‘’": "“”", '""': "''", "„“": "‚‘", "„”": "‚’", "»«": "›‹", "””": "’’"}.get(
        outer, ""
    )


def _place(fault: Fault) -> tuple[int, int]:
    return fault.start, fault.end


def _joined(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The outermost of some spans that nest or are disjoint."""
    end = -1
    for start, to in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= end:
            yield start, to
            end = to
