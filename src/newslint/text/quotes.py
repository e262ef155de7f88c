"""The structure of quotations: which mark opens, which closes, which is an apostrophe or a prime.

Every mark is read in the light of its neighbours and of the marks around it: each possible reading of
a paragraph (this opens, that is an apostrophe, this closes the wrong pair …) has a cost, and the
cheapest one wins. What it could only read at the price of a fault becomes a `Fault`.

Only marks are visited, and a paragraph's marks are reduced to a short string of what is known of each,
so that the same arrangement of marks is worked out once. Linear in the number of marks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from typing import Literal, NamedTuple, TypeAlias

from newslint.expressions import compiled
from newslint.finding import Span, Swap
from newslint.text.languages import SANE_PAIRS, quotation_marks

FaultKind = Literal[
    "mismatched",  # opened by one mark, closed by one of another kind
    "unclosed",
    "unopened",
    "reversed",  # an opening mark where one must close, or the other way round
    "crossed",  # the inner quotation closes after the outer one
    "mixed",  # a pair of which one mark is curly and one straight
    "stray",  # a mark that belongs to nothing
    "apostrophe",  # an opening single mark in place of an apostrophe
]


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
        quotations: Sequence[Quotation] = (),
        faults: Sequence[Fault] = (),
        speech: Sequence[Span] = (),
    ) -> None:
        self.quotations = tuple(quotations)
        self.faults = tuple(faults)
        self.speech = tuple(speech)  # what stands inside quotation marks, marks included; disjoint

    def __iter__(self) -> Iterator[Quotation]:
        return iter(self.quotations)

    def __len__(self) -> int:
        return len(self.quotations)

    @cached_property
    def _starts(self) -> list[int]:
        return [span.start for span in self.speech]

    def covers(self, start: int, end: int) -> bool:
        """Whether `text[start:end]` stands inside quotation marks as a whole."""
        return self.around(start, end) is not None

    def around(self, start: int, end: int) -> Span | None:
        """The speech that holds `text[start:end]`, its marks included; None outside quotation marks."""
        index = bisect_right(self._starts, start) - 1
        if index >= 0 and end <= self.speech[index].end:
            return self.speech[index]
        return None


# ------------------------------------------------------------------ marks

_DOUBLE = '"“”„‟«»「」『』〝〞〟＂'
_SINGLE = "'‘’‚‛‹›`"
_SINGLE_MARKS = frozenset(_SINGLE)
# Stand for two characters that are typed for one mark: '' `` ‘‘ ’’
_PAIRED: Mapping[str, str] = {"''": "\ue000", "``": "\ue001", "‘‘": "\ue002", "’’": "\ue003"}
_TYPED = {stand: typed for typed, stand in _PAIRED.items()}
_STRAIGHT = "\"'＂`\ue000\ue001"
_GUILLEMETS = "«»‹›"
_CORNERS = "「」『』"
_APOSTROPHES = "'’‘‛`"
_STAND_IN = "".join(_TYPED)


def is_double(mark: str) -> bool:
    """Whether a mark is one of a double pair."""
    return mark in _DOUBLE or mark in _STAND_IN


@cache
def _clusters() -> re.Pattern[str]:
    """Marks next to one another, apart from an apostrophe inside a word."""
    marks = re.escape(_DOUBLE + _SINGLE)
    return compiled(rf"[{marks}][{marks}]*(?<!\w['’](?=\w))")


@cache
def _code() -> re.Pattern[str]:
    return compiled(r"(?<!`)`[^`\n]{1,400}`(?!`)")


_SPACES = " \t\n\r\f\v\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\u200b\ufeff\u2060\u200e\u200f"
_OPENING = "([{<（［｛【〈《〔¿¡"
_CLOSING = ")]}>）］｝】〉》〕"
_STOPS = ".,;:!?…。，、；：！？．؟،؛।%‰"
_DASHES = "-–—―‒‑/=|~_+•*·\\"


def _side(character: str) -> str:
    """What stands next to a mark: e nothing, s space, w letter, W capital, 0 digit, p stop, o and ) brackets, d dash, c sign of a script without spaces, y other."""
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
    """Costs by kind of neighbour, in the order e s o d w W 0 p ) c y."""
    return dict(zip("esodwW0p)cy", map(float, values.split()), strict=True))


# How badly the left and the right neighbour of a mark fit an opening and a closing one.
_OPEN_LEFT = _costs("0 0 0 0 2 2 2.5 1 2 0 1")
_OPEN_RIGHT = _costs("4 2.5 0 0.5 0 0 0 2 3 0 0")
_CLOSE_LEFT = _costs("4 2.5 2.5 0.5 0 0 0 0 0 0 0")
_CLOSE_RIGHT = _costs("0 0 0.5 0 2 1.5 2 0 0 0 1")

# What a fault costs a reading.
_UNCLOSED = 6.0
_UNOPENED = 6.0
_MISMATCHED = 5.0
_REVERSED = 4.0
_MIXED = 3.0
_CROSSED = 4.5
_STRAY = 7.5
_STANDING_ALONE = 5.0
_SAME_INSIDE = 2.0  # a quotation inside one with the same marks
_IMPOSSIBLE = 20.0
_DEEPEST = 5
_READINGS = 12  # kept from mark to mark

# A mark in a paragraph's string: the mark, its fit as opening and closing, its cost as neither.
_BASE = 0x100
_FINE, _AS_STRAY, _AS_APOSTROPHE = 0, 1, 2


def _encoded(
    mark: str, opening: float, closing: float, neither: float, outcome: int, fragment: bool
) -> str:
    fit = min(15, round(opening * 2)) * 16 + min(15, round(closing * 2))
    rest = min(255, round(neither * 10)) + (outcome << 8) + (fragment << 10)
    return mark + chr(_BASE + fit) + chr(_BASE + rest)


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
        if left in "wW0)pcy" and right in "wW0ocy":
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


@lru_cache(maxsize=1 << 14)
def _cheapest(codes: str, carried: str, following: str, language: str) -> _Reading:
    """The best reading of a paragraph.

    `carried`: the quotations that run on from the paragraph before. `following`: the opening mark at
    the start of the next one, "" for none.
    """
    first = _reopened(codes, carried)
    marks = carried[:first]
    states: dict[str, _State] = {marks: (0.0, tuple(range(-first, 0)), None)}
    for number in range(first, len(codes) // 3):
        code = codes[number * 3 : number * 3 + 3]
        fit, rest = ord(code[1]) - _BASE, ord(code[2]) - _BASE
        states = _step(
            states,
            number,
            code[0],
            (fit >> 4) / 2,
            (fit & 15) / 2,
            (rest & 255) / 10,
            rest >> 8 & 3,
            language,
        )
    best: tuple[float, str, _State, bool] | None = None
    for marks, state in states.items():
        cost, runs_on = state[0], False
        if marks:
            runs_on = bool(following) and _continues(marks[0], following)
            cost += 0.5 * len(marks) if runs_on else _UNCLOSED * len(marks)
        if best is None or cost < best[0]:
            best = (cost, marks, state, runs_on)
    assert best is not None
    cost, marks, (_, numbers, events), runs_on = best
    if marks and not runs_on:
        for number, mark in zip(reversed(numbers), reversed(marks), strict=True):
            events = ("unclosed", number, len(codes) // 3, mark, events)
        marks, numbers = "", ()
    return _written(cost, events, marks, numbers, first)


def _continues(mark: str, following: str) -> bool:
    return following == mark or (mark in _GUILLEMETS and following == _PARTNER.get(mark))


def _step(
    states: Mapping[str, _State],
    number: int,
    mark: str,
    opening: float,
    closing: float,
    neither: float,
    outcome: int,
    language: str,
) -> dict[str, _State]:
    """Every reading so far, with every reading of the next mark; the best of each depth kept."""
    new: dict[str, _State] = {}

    def add(marks: str, cost: float, numbers: tuple[int, ...], events: _Events) -> None:
        known = new.get(marks)
        if known is None or cost < known[0]:
            new[marks] = (cost, numbers, events)

    opens = _opens(mark, language)
    double = is_double(mark)
    for marks, (cost, numbers, events) in states.items():
        said = events
        if outcome == _AS_STRAY:
            said = ("stray", number, _NONE, "", events)
        elif outcome == _AS_APOSTROPHE:
            said = ("apostrophe", number, _NONE, "’", events)
        add(marks, cost + neither, numbers, said)
        for meant, price, fault in opens:
            total = cost + opening + price
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
        for index in range(len(marks) - 1, -1, -1):
            price, fault = _pair(marks[index], mark, language)
            ended: _Events = ("pair", numbers[index], number, "", said)
            if fault:
                ended = (fault, number, numbers[index], _PARTNER.get(marks[index], ""), ended)
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
    if len(new) <= _READINGS:
        return new
    best = sorted(new.items(), key=lambda item: item[1][0])[:_READINGS]
    return dict(best)


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


class _Paragraph:
    """The marks of one block, before they are read."""

    __slots__ = ("codes", "end", "kind", "spans", "start")

    def __init__(self, start: int, end: int, kind: str) -> None:
        self.start, self.end, self.kind = start, end, kind
        self.codes: list[str] = []
        self.spans: list[tuple[int, int]] = []


def analyse(text: str, blocks: Sequence[tuple[int, int, str]], language: str) -> Quotations:
    """The quotations of a text.

    `blocks`: (start, end, kind) in order, none overlapping another; marks outside of them are not
    looked at. `language`: ISO 639-1 code, "" for an unknown one.
    """
    paragraphs = _paragraphs(text, blocks, language)
    if not paragraphs:
        return Quotations()
    return _Writer(text, blocks, language).write(paragraphs)


def _paragraphs(
    text: str, blocks: Sequence[tuple[int, int, str]], language: str
) -> list[tuple[int, _Paragraph]]:
    """The blocks that hold marks, each with its number among all blocks."""
    found: list[tuple[int, _Paragraph]] = []
    text = _without_code(text)
    merge = "‘‘" in text and "’’" in text
    arrows = "«" not in text
    number, last = -1, len(blocks) - 1
    start = end = -1
    paragraph: _Paragraph | None = None
    for match in _clusters().finditer(text):
        at, to = match.span()
        if at >= end:
            paragraph = None
            while number < last and at >= end:
                number += 1
                end = blocks[number][1]
            start = blocks[number][0] if number >= 0 else -1
            if at >= end:
                break
        if at < start:
            continue
        to = min(to, end)
        if paragraph is None:
            paragraph = _Paragraph(start, end, blocks[number][2])
            found.append((number, paragraph))
        cluster = text[at:to]
        before, after = text[max(start, at - 8) : at], text[to : min(end, to + 8)]
        if not _has_single(cluster):
            before, after = before[-2:], after[:1]
        codes = _read(before, cluster, after, language, merge, arrows)
        paragraph.codes.extend(codes)
        if len(codes) == to - at:
            paragraph.spans.extend((place, place + 1) for place in range(at, to))
        else:
            place = at
            for each in codes:
                width = 2 if each[0] in _TYPED else 1
                paragraph.spans.append((place, place + width))
                place += width
    return found


def _has_single(cluster: str) -> bool:
    return not _SINGLE_MARKS.isdisjoint(cluster)


def _without_code(text: str) -> str:
    """The text with letters in the place of code between back-ticks."""
    return _code().sub(lambda match: "x" * len(match.group()), text) if "`" in text else text


_BETWEEN = 3  # blocks that may stand between two paragraphs of one quotation
_LABEL = 90  # characters of a line between them that may be a heading


@cache
def _break() -> re.Pattern[str]:
    """The end of a sentence that another one follows."""
    return compiled(r"\w[.!?][\"'”’]? +[A-Z]")


@cache
def _credit() -> re.Pattern[str]:
    verbs = "said|says|added|wrote|asked|explained|noted|continued|recalled|tweeted|argued"
    return compiled(rf"[,?!] (?:[\w’'.,-]+ ){{1,9}}(?:{verbs})\.?\Z")


class _Writer:
    """Reads the paragraphs one after the other and writes down what they hold."""

    def __init__(self, text: str, blocks: Sequence[tuple[int, int, str]], language: str) -> None:
        self._text = text
        self._blocks = blocks
        self._language = language
        self._quotations: list[Quotation] = []
        self._faults: list[Fault] = []
        self._speech: list[Span] = []
        self._running: list[tuple[int, int]] = []  # opening marks of quotations that run on

    def write(self, paragraphs: Sequence[tuple[int, _Paragraph]]) -> Quotations:
        carried = ""
        for index, (number, paragraph) in enumerate(paragraphs):
            following = self._following(paragraphs, index, number)
            codes = "".join(paragraph.codes)
            reading = _cheapest(codes, carried, following, self._language)
            if reading.open_numbers and self._ends_before(paragraph, reading.open_numbers[0]):
                reading = _cheapest(codes, carried, "", self._language)
            self._write(paragraph, reading)
            carried = reading.open_marks
        return Quotations(sorted(self._quotations), sorted(self._faults, key=_place), self._speech)

    def _ends_before(self, paragraph: _Paragraph, number: int) -> bool:
        """Whether a quotation that seems to run on must have ended inside the paragraph.

        So it is where it begins in the middle of a sentence and more sentences follow, or where the
        paragraph ends with who says it.
        """
        if number < 0:
            return False
        start, end = paragraph.spans[number][1], paragraph.end
        if (ord(paragraph.codes[number][2]) - _BASE) >> 10 and _break().search(
            self._text, start, end
        ):
            return True
        return self._language == "en" and bool(
            _credit().search(self._text, max(start, end - 120), end)
        )

    def _following(
        self, paragraphs: Sequence[tuple[int, _Paragraph]], index: int, number: int
    ) -> str:
        """The opening mark at the start of the next paragraph, "" where it does not begin with one."""
        if index + 1 >= len(paragraphs):
            return ""
        next_number, paragraph = paragraphs[index + 1]
        if next_number - number > _BETWEEN + 1:
            return ""
        for start, end, kind in self._blocks[number + 1 : next_number]:
            if kind not in ("heading", "caption", "figure-caption", "quote", "code") and (
                end - start > _LABEL or self._text[end - 1 : end] in _STOPS
            ):
                return ""
        start, end = paragraph.spans[0]
        if start - paragraph.start > 4 or self._text[paragraph.start : start].strip(
            " \t\xa0…[(.-–—•*>"
        ):
            return ""
        return paragraph.codes[0][0]

    def _write(self, paragraph: _Paragraph, reading: _Reading) -> None:
        spans, count = paragraph.spans, len(paragraph.spans)
        running = self._running[: reading.reopened]
        # A quotation that runs on has, in this paragraph, the mark that opens it anew.
        reopened = len(running)

        def here(number: int) -> tuple[int, int]:
            return spans[number + reopened] if number < 0 else spans[number]

        def opened(number: int) -> tuple[int, int]:
            return running[number + reopened] if number < 0 else spans[number]

        speech: list[tuple[int, int]] = []
        for opener, closer, before in reading.pairs:
            open_span = opened(opener)
            if closer >= 0:
                end, close = spans[closer][1], Span(*spans[closer])
            else:
                end, close = (spans[before][0] if before < count else paragraph.end), None
            self._quotations.append(
                Quotation(
                    open_span[0],
                    end,
                    Span(*open_span),
                    close,
                    0,
                    is_double(paragraph.codes[opener + reopened if opener < 0 else opener][0]),
                )
            )
            speech.append((here(opener)[0], end))
        for number in reading.open_numbers:
            speech.append((here(number)[0], paragraph.end))
        self._speech.extend(_joined(speech))
        for kind, number, other, meant in reading.faults:
            begun = None if kind == "unclosed" or other == _NONE else opened(other)
            self._faults.append(self._fault(kind, opened(number), begun, meant, number, paragraph))
        self._running = [opened(number) for number in reading.open_numbers]

    def _fault(
        self,
        kind: str,
        mark: tuple[int, int],
        opener: tuple[int, int] | None,
        meant: str,
        number: int,
        paragraph: _Paragraph,
    ) -> Fault:
        text, (start, end) = self._text, mark
        found = text[start:end]
        begun = None if opener is None else Span(*opener)
        if kind == "unclosed":
            if text[end : end + len(found)] == found:
                return Fault("stray", start, end, Span(*mark), swaps=(Swap(start, end, ""),))
            return Fault(
                "unclosed", start, end, Span(*mark), None, closing_mark(meant, self._language)
            )
        if kind == "unopened":
            if start - len(found) >= paragraph.start and text[start - len(found) : start] == found:
                return Fault("stray", start, end, Span(*mark), swaps=(Swap(start, end, ""),))
            return Fault(
                "unopened", start, end, Span(*mark), None, opening_mark(found, self._language)
            )
        if kind == "apostrophe":
            return Fault("apostrophe", start, end, Span(*mark), None, "’", (Swap(start, end, "’"),))
        if kind == "reversed":
            expected = meant if begun is None else closing_mark(meant, self._language)
            swaps = (Swap(start, end, expected),) if expected else ()
            return Fault("reversed", start, end, Span(*mark), begun, expected, swaps)
        if kind == "mixed" and begun is not None:
            first = text[begun.start : begun.end]
            if first in _CURLY_DOUBLE + _CURLY_SINGLE:
                expected = closing_mark(first, self._language)
                swap = Swap(start, end, expected)
                return Fault("mixed", start, end, Span(*mark), begun, expected, (swap,))
            expected = opening_mark(found, self._language)
            swap = Swap(*begun, expected)
            known = (swap,) if expected and found in _CURLY_DOUBLE + _CURLY_SINGLE else ()
            return Fault("mixed", *begun, Span(*mark), begun, expected, known)
        if kind == "crossed":
            spans = paragraph.spans
            if number + 1 < len(spans) and spans[number + 1][0] == end:
                end = spans[number + 1][1]
                swaps = (Swap(start, end, text[mark[1] : end] + found),)
                return Fault(
                    "crossed", start, end, Span(*mark), begun, closing_mark(meant, ""), swaps
                )
            return Fault("crossed", start, end, Span(*mark), begun, closing_mark(meant, ""))
        if kind == "mismatched" and begun is not None:
            expected = closing_mark(text[begun.start : begun.end], self._language)
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


def _place(fault: Fault) -> tuple[int, int]:
    return fault.start, fault.end


def _joined(spans: list[tuple[int, int]]) -> Iterator[Span]:
    """The outermost of some spans that nest or are disjoint."""
    end = -1
    for start, to in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= end:
            yield Span(start, to)
            end = to
