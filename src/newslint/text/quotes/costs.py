"""What it costs to read a mark as an opening one, as a closing one, and as no quotation mark, by its neighbours."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache

from newslint.text.languages import quotation_marks
from newslint.text.quotes.marks import (
    APOSTROPHES,
    APOSTROPHIC,
    CORNERS,
    GUILLEMETS,
    LEADING_SETS,
    PAIRED,
    leading_words,
    side,
    word_after,
)
from newslint.typed import NamedTuple, unchecked


def _costs(values: str) -> dict[str, float]:
    """Costs by kind of neighbour, in the order e s o d w W 0 p ) c k y."""
    return dict(zip("esodwW0p)cky", map(float, values.split()), strict=True))


# How badly the left and the right neighbour of a mark fit an opening and a closing one.
_OPEN_LEFT = _costs("0 0 0 0 2 2 2.5 1 2 0 2 1")
_OPEN_RIGHT = _costs("4 2.5 0 0.5 0 0 0 2 3 0 0 0")
_CLOSE_LEFT = _costs("4 2.5 2.5 0.5 0 0 0 0 0 0 0 0")
_CLOSE_RIGHT = _costs("0 0 0.5 0 2 1.5 2 0 0 0 0 1")

_STRAY = 7.5
_STANDING_ALONE = 5.0

# A mark in a paragraph's string: the mark, its fit as opening and closing, its cost as neither.
_BASE = 0x100
FINE, AS_STRAY, AS_APOSTROPHE = 0, 1, 2


class Cost(NamedTuple):
    """What a mark costs as an opening, a closing and no quotation mark, and what may be said of the last.

    `is_fragment`: it would open a quotation in the middle of a sentence. `is_apart`: it stands far behind the mark before it.
    """

    opening: float
    closing: float
    neither: float
    outcome: int
    is_fragment: bool
    is_apart: bool


# Of a mark's last sign.
_FRAGMENT, _APART = 1 << 10, 1 << 11


def _encoded(
    mark: str, opening: float, closing: float, neither: float, outcome: int, is_fragment: bool
) -> str:
    fit = min(15, round(opening * 2)) * 16 + min(15, round(closing * 2))
    rest = min(255, round(neither * 10)) + (outcome << 8) + is_fragment * _FRAGMENT
    return mark + chr(_BASE + fit) + chr(_BASE + rest)


def decoded(code: str) -> Cost:
    """What a mark of a paragraph's string costs."""
    fit, rest = ord(code[1]) - _BASE, ord(code[2]) - _BASE
    values = (
        (fit >> 4) / 2,
        (fit & 15) / 2,
        (rest & 255) / 10,
        rest >> 8 & 3,
        bool(rest & _FRAGMENT),
        bool(rest & _APART),
    )
    return unchecked(Cost, values)


def is_apostrophe(code: str) -> bool:
    """Whether next to nothing speaks against an apostrophe."""
    return decoded(code).neither < 1


def apart(code: str) -> str:
    """The same mark, far behind the one before it."""
    return code[:2] + chr(ord(code[2]) + _APART)


SPACED_GUILLEMETS = frozenset(("fr", "br", "hy", "oc", "eo", "wa"))
# Words of English that lose their end.
_TRAILING = frozenset(
    "si o ol th wi lil po mo an n d g y fo tha da wit jus mos bes lef roun aroun behin han san gov".split()
)
# Languages in which a word may lose its end.
_TRUNCATING = frozenset(("it", "nap", "scn", "vec", "lmo", "pms", "co"))
# Those that write the ayn and hamza of Arabic names: ‘Umar, Jami’.
_AYN = frozenset(("id", "ms"))
_WITH_GERSHAYIM = frozenset(("he", "yi"))
_EYES, _MOUTHS = ":;=", "(/|"
_SPACELESS = frozenset(("zh", "ja", "th", "km", "lo", "my"))
_ELIDING = frozenset(("fr", "it", "ca", "oc", "br", "wa", "lb", "rm", "co", "sc", "pt"))
_ELIDED = (
    " l d j m t s n c qu jusqu lorsqu puisqu quoiqu dell nell all dall sull un quell quest bell sant"
    " gl com dov v anch "
)


@cache
def _closes_with(mark: str, language: str) -> bool:
    return any(pair[1] == mark for pair in quotation_marks(language))


def _word_before(before: str) -> str:
    at = len(before)
    while at and before[at - 1].isalpha():
        at -= 1
    return before[at:].lower()


def _neither(
    mark: str, left: str, right: str, is_face: bool, language: str, arrows: bool
) -> tuple[float, int]:
    """What it costs to take a mark that is no apostrophe for no quotation mark at all, and what is then said of it.

    `is_face`: it would be the nose of one.
    """
    if mark in '"”＂\ue000\ue003':
        if left == "0":
            if right == "0":
                return 0.2, FINE
            return (0.5 if mark == '"' else 2.0), FINE  # inches, seconds
        if mark == "\ue000" and left in "oe" and right in ")pe":
            return 0.2, FINE  # an empty string of a program
        if mark == '"' and language in _WITH_GERSHAYIM and left == "w" and right == "w":
            return 0.1, FINE
        if is_face:
            return 0.5, FINE
    if arrows and mark in "»›" and left in "se" and right in "se":
        return (6.5 if language in SPACED_GUILLEMETS else 0.5), FINE  # an arrow in a list of links
    return (_STANDING_ALONE if left in "se" and right in "se" else _STRAY), AS_STRAY


def _apostrophe(
    mark: str, before: str, after: str, left: str, right: str, inner: bool, language: str
) -> tuple[float, int]:
    """The same for a single mark, which may be an apostrophe, a prime or a glottal stop.

    `before`, `after`: what stands around its cluster; `inner`: another mark stands left of it.
    """
    turned = mark in "‘"
    said = AS_APOSTROPHE if turned else FINE
    extra = 3.0 if turned else 0.0
    if before[-1:] and before[-1:] in ":;" and after[:1] and after[:1] in "()/|":
        return 0.2, FINE
    word, last = word_after(after), _word_before(before)
    if word == "n" and after[1:2] in ("'", "’", "‘") and language == "en":
        return 0.0, said  # rock ’n’ roll
    if left in "wW" and not inner:
        if right in "wW":
            if not turned:
                return (0.0 if mark != "`" else 0.5), FINE
            if word in ("s", "t", "re", "ll", "ve", "d", "m") and language in ("en", "nl", "de"):
                return 0.0, AS_APOSTROPHE
            if language in _ELIDING and last and f" {last} " in _ELIDED:
                return 0.0, AS_APOSTROPHE
            return 1.0, FINE  # an ʻokina or ayn
        if language in _ELIDING and last and f" {last} " in _ELIDED:
            return 0.1 + extra, said
        if right == "0":
            return 1.0 + extra, said
        if turned:
            return _STRAY, AS_STRAY
        if language in APOSTROPHIC:
            return 0.4, FINE
        if language in _AYN and last[-1:] in ("a", "i", "u"):
            return 3.0, FINE
        if last[-1:] in ("s", "z", "x", "ß") or last[-2:] == "ce":
            return 0.7, FINE
        if language == "de" and last.endswith(("th", "sch", "se")):
            return 0.7, FINE
        if after[:1] == "-" or (mark == "’" and not _closes_with(mark, language)):
            return 3.0, FINE
        if language == "en" and (last.endswith("in") or last in _TRAILING):
            return 0.9, FINE
        if language in _TRUNCATING:
            return 0.7, FINE
        if not quotation_marks(language):
            return 2.0, FINE
        return _STRAY, AS_STRAY
    if left == "0" and not inner:
        if right in "wW":
            return 0.2 + extra, said
        return (0.5 if mark == "'" else 1.5), (FINE if not turned else AS_STRAY)
    if right == "0":
        digits = after[:2].isdigit() and not after[2:3].isdigit()
        return (0.2 if digits else 2.5) + extra, said
    if word in ("s", "ll", "re", "ve", "d") and left not in "seod":
        return 0.2 + extra, said  # after a full stop, a bracket or a closing mark
    if inner and right in "wW" and left not in "seod":
        return 2.0 + extra, said
    if right in "wW":
        if word in leading_words(language):
            return 0.3 + extra, said
        if language in APOSTROPHIC:
            return 0.4 + extra, said
        if language in _AYN and turned and right == "W" and word[0] in "aiu":
            return 3.0, FINE
        if language in LEADING_SETS or not quotation_marks(language):
            return 3.5 + extra, said
        return 6.5 + extra, said
    if left in "se" and right in "se":
        return _STANDING_ALONE, (FINE if mark == "'" else AS_STRAY)
    return _STRAY, AS_STRAY


@lru_cache(maxsize=1 << 15)
def read(
    before: str, cluster: str, after: str, language: str, merge: bool, arrows: bool
) -> tuple[str, ...]:
    """The marks of a cluster, encoded.

    `merge`: two single curly marks are a double one. `arrows`: » may be an arrow between links.
    """
    left, right = side(before[-1:]), side(after[:1])
    marks = _split(cluster, left, after, merge)
    opening, closing = _fit(left, right, len(marks) > 1, language in _SPACELESS)
    is_fragment = left == "s" and right == "w" and _is_inside(before, after)
    codes = []
    for position, mark in enumerate(marks):
        if mark in APOSTROPHES:
            neither, outcome = _apostrophe(mark, before, after, left, right, position > 0, language)
        else:
            is_face = before[-1:] in _EYES and after[:1] in _MOUTHS
            neither, outcome = _neither(mark, left, right, is_face, language, arrows)
        is_soft = position == 0 and opening <= 1 and neither < 1
        own_opening, own_closing = _own_fit(mark, left, right, opening, closing, is_soft)
        codes.append(_encoded(mark, own_opening, own_closing, neither, outcome, is_fragment))
    return tuple(codes)


def read_double(before: str, mark: str, after: str, language: str, arrows: bool) -> str:
    """The same for one double mark. Little of what stands around it counts. `language`: of those of `like`."""
    left, right = side(before[-1:]), side(after)
    is_fragment = left == "s" and right == "w" and _is_inside(before, after)
    is_face = before[-1:] in _EYES and after in _MOUTHS
    return _double(mark, left, right, is_fragment, is_face, language, arrows)


@lru_cache(maxsize=1 << 12)
def _double(
    mark: str,
    left: str,
    right: str,
    is_fragment: bool,
    is_face: bool,
    language: str,
    arrows: bool,
) -> str:
    opening, closing = _fit(left, right, False, language in _SPACELESS)
    neither, outcome = _neither(mark, left, right, is_face, language, arrows)
    opening, closing = _own_fit(mark, left, right, opening, closing, False)
    return _encoded(mark, opening, closing, neither, outcome, is_fragment)


@lru_cache(maxsize=256)
def like(language: str) -> str:
    """A language in which double marks cost the same: most are like English."""
    for others in (_SPACELESS, SPACED_GUILLEMETS, _WITH_GERSHAYIM):
        if language in others:
            return min(others)
    return "en"


@lru_cache(maxsize=8)
def reader(language: str, arrows: bool) -> Callable[[str], str]:
    """Encodes a double mark that stands alone, with the two characters before it and the one behind it.

    `language`: of those of `like`.
    """

    known: dict[tuple[str, str, str, bool], str] = {}  # by kinds of neighbours, which are few

    @lru_cache(maxsize=1 << 13)
    def double(near: str) -> str:
        before, mark, after = near[1], near[2], near[3]
        left, right = side(before), side(after)
        if before in _EYES and after in _MOUTHS:
            return read_double(near[:2], mark, after, language, arrows)
        is_fragment = left == "s" and right == "w" and near[0].isalnum() and after.islower()
        key = (mark, left, right, is_fragment)
        code = known.get(key)
        if code is None:
            code = known[key] = read_double(near[:2], mark, after, language, arrows)
        return code

    return double


def _is_inside(before: str, after: str) -> bool:
    """Whether a quotation begins in the middle of a sentence, behind a word and a space: it does not run on over paragraphs."""
    return before[-2:-1].isalnum() and after[0].islower()


@cache
def _fit(left: str, right: str, are_several: bool, is_spaceless: bool) -> tuple[float, float]:
    """How badly what stands around marks fits opening and closing ones."""
    opening = _OPEN_LEFT[left] + _OPEN_RIGHT[right]
    closing = _CLOSE_LEFT[left] + _CLOSE_RIGHT[right]
    if are_several:
        if left in "wW0)pcky" and right in "wW0ocky":
            opening = closing = 0.0  # one ends, the next begins
        elif right in "se":
            opening += 3
        elif left in "seo" and right not in "p)":
            closing += 3
    return (opening / 3, closing / 3) if is_spaceless else (opening, closing)


def _own_fit(
    mark: str, left: str, right: str, opening: float, closing: float, is_soft: bool
) -> tuple[float, float]:
    """The same for a mark of these. `is_soft`: next to nothing speaks against an apostrophe."""
    if mark in GUILLEMETS:
        # A mark that stands alone is French.
        return (0.0, 0.0) if left in "se" and right in "se" else (opening / 2, closing / 2)
    if mark in "„‚‟":
        return min(opening, 1.0), closing + 2
    if mark in CORNERS:
        return 0.0, 0.0
    if mark in APOSTROPHES and is_soft:
        return opening + 1.5, closing  # rather ’90s and ’em than a quotation that begins so
    return opening, closing


def _split(cluster: str, left: str, after: str, merge: bool) -> list[str]:
    """The marks of a cluster, two single ones that stand for a double one as one."""
    if len(cluster) == 1:
        return [cluster]
    if cluster == "''" and word_after(after) == "s":
        return ["'", "'"]  # 'Emma''s
    marks = []
    at = 0
    while at < len(cluster):
        two = cluster[at : at + 2]
        inner_first = cluster[at : at + 3] == "'''" and left not in "seo"
        if not inner_first and two in PAIRED and (two in ("''", "``") or merge):
            marks.append(PAIRED[two])
            at += 2
        else:
            marks.append(cluster[at])
            at += 1
    return marks
