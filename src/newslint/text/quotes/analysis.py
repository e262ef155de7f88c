"""From a text to its quotations. Paragraphs whose marks are beyond doubt are done here, any other in `doubts.py`."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cache, lru_cache, partial

from newslint.text.languages import SANE_PAIRS, convention, quotation_marks
from newslint.text.quotes.marks import (
    APOSTROPHES,
    APOSTROPHIC,
    MARKS,
    SINGLE_MARKS,
    leading_words,
    places_of,
    side,
    without_code,
    word_after,
)
from newslint.text.quotes.quotations import Quotations
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TypeAlias

    from newslint.text.quotes.doubts import Doubts
    from newslint.text.quotes.quotations import Plain

    Block: TypeAlias = tuple[str, int, int, int]
    # A block that holds marks: start, end, and which marks those are, from the first up to another.
    Held: TypeAlias = tuple[int, int, int, int]
    # Of marks by their numbers, see `Plain`; and the opening ones that may be apostrophes, by the word behind them.
    _Pairing: TypeAlias = tuple[tuple[tuple[int, int, bool, bool], ...], tuple[int, ...]]
    _Pair: TypeAlias = Callable[[str], _Pairing | None]


def analyse(
    text: str, blocks: Sequence[Block] | Callable[[], Sequence[Block]], language: str
) -> Quotations:
    """The quotations of a text.

    `blocks`: (kind, start, end, level) in order, none overlapping another; marks outside of them and in code
    are not looked at. Or what finds them, where each line of the text is one. `language`: ISO 639-1 code or a tag with a
    region, "" for an unknown one.
    """
    seen = without_code(text)
    places = places_of(seen)
    if not places:
        return Quotations()
    by_lines = callable(blocks)
    paragraphs = _lines(seen, places) if callable(blocks) else _paragraphs(places, blocks)
    spoken, own, known, pairing = _conventions(language)
    shapes = _shapes(seen, places)
    plain: list[Plain] = []
    is_close = not by_lines or _TOGETHER in shapes
    doubts = doubled = None
    for number, (start, end, first, last) in enumerate(paragraphs):
        if doubts is None or not doubts.carried:
            row = shapes[first:last]
            starts: Sequence[int] = places
            ends: Sequence[int] = ()
            # White space stands around a line.
            if is_close and (
                _TOGETHER in row
                or not (by_lines or _stands_free(seen, places[first:last], start, end))
            ):
                if doubled is None:
                    doubled = "‘‘" in seen and "’’" in seen
                row, starts, ends = _looked_at(seen, places[first:last], start, end, doubled)
                first = 0
            paired = known(row) if len(row) <= _LONGEST_KEPT else pairing(row)
            if paired is not None:
                pairs, single = paired
                if not single or _all_open(seen, starts, first, single, spoken):
                    plain.append((starts, ends, first, pairs))
                    continue
        if doubts is None:
            doubts = _doubts()(text, seen, places, blocks, paragraphs, spoken, own)
        doubts.read(number)
    if doubts is None:
        return Quotations(places, plain)
    # What finds the blocks holds the article, which will hold this: nothing here may hold that.
    speech = partial(doubts.speech, doubts.readings)
    return Quotations(places, plain, doubts.rows, doubts.in_order, speech)


# To import it for each text takes as long as to read a paragraph.
@cache
def _doubts() -> type[Doubts]:
    from newslint.text.quotes.doubts import Doubts

    return Doubts


@lru_cache(maxsize=256)
def _conventions(language: str) -> tuple[str, str, _Pair, _Pair]:
    """The language of a tag, the code by which it writes its marks, and what pairs them; see `_pairings`."""
    spoken = language.partition("-")[0]
    own = convention(language) or spoken
    return spoken, own, *_pairings(own)


def _paragraphs(places: Sequence[int], blocks: Sequence[Block]) -> list[Held]:
    """The blocks that hold marks and are no code."""
    found: list[Held] = []
    at, count = 0, len(places)
    following = places[0]
    for kind, start, end, _ in blocks:
        if following >= end or kind == "code":
            continue
        first = at if following >= start else bisect_left(places, start, at)
        at = bisect_left(places, end, first)
        if at > first:
            found.append((start, end, first, at))
        if at == count:
            break
        following = places[at]
    return found


def _lines(text: str, places: Sequence[int]) -> list[Held]:
    """The lines that hold marks."""
    found: list[Held] = []
    find, rfind = text.find, text.rfind
    at, count = 0, len(places)
    while at < count:
        first, place = at, places[at]
        end = find("\n", place)
        if end < 0:
            at, end = count, len(text)
        else:
            at = bisect_left(places, end, at + 1)
        found.append((rfind("\n", 0, place) + 1, end, first, at))
    return found


# ------------------------------------------------------------------ beyond doubt

# What a mark may be, by its neighbours.
_OPENS, _CLOSES, _POSSESSIVE, _DENSE = 1, 2, 4, 8
_SIBILANTS = frozenset("sxzSXZ")
_TYPED_DOUBLE = "\ue000"  # stands for two single marks
_ORDERED = "".join(sorted(MARKS)) + _TYPED_DOUBLE
# A shape is one sign, for a mark and what it may be; the first of them, and how many a mark has.
_FIRST, _EACH = 0x100, 16
_TOGETHER = "\x01"  # of a mark in front of another
_UNCLEAR = "\x02"  # of one that may be anything
_LONGEST_KEPT = 200  # marks of a paragraph whose pairs are remembered
_ENDS = " \n"  # what mostly stands around a paragraph; a space stands for nothing


def _roles(left: str, right: str) -> int:
    """What a mark may be beyond doubt, by the characters on both sides of it."""
    return _roles_between(side(left), side(right), left in _SIBILANTS)


@cache
def _roles_between(before: str, after: str, is_sibilant: bool) -> int:
    roles = _DENSE if after in "ck" else 0
    if before in "esodc" and after in "wW0ck":
        roles |= _OPENS
    if before in "wW0p)ck" and after in "esdp)ck":
        roles |= _CLOSES
    if is_sibilant and after in "esdp)":
        roles |= _POSSESSIVE
    return roles


def _shape_of(mark: str, roles: int) -> str:
    return chr(_FIRST + _ORDERED.index(mark) * _EACH + roles)


@lru_cache(maxsize=1 << 13)
def _shape(near: str) -> str:
    """The shape of a mark between two characters, or behind one at the end."""
    left, mark, right = near[0], near[1], near[2:] or " "
    return _TOGETHER if right in MARKS else _shape_of(mark, _roles(left, right))


def _shapes(text: str, places: Sequence[int]) -> str:
    """The shapes of all marks."""
    if places[0]:
        return "".join(map(_shape, [text[at - 1 : at + 2] for at in places]))
    text = f" {text}"
    return "".join(map(_shape, [text[at : at + 3] for at in places]))


def _stands_free(text: str, places: Sequence[int], start: int, end: int) -> bool:
    """Whether no copy that is of no concern to a paragraph stands right beside a mark of it."""
    first, last = places[0], places[-1]
    return (first > start or start == 0 or text[start - 1] in _ENDS) and (
        last < end - 1 or text[end : end + 1] in _ENDS
    )


def _looked_at(
    text: str, places: Sequence[int], start: int, end: int, doubled: bool
) -> tuple[str, Sequence[int], Sequence[int]]:
    """The shapes of a paragraph's marks of which some stand side by side, and where each starts and ends.

    What stands around a row of marks says what each of them may be; two single ones may stand for a double one.
    `doubled`: whether two curly ones do so somewhere in the text.
    """
    shapes = []
    starts = []
    ends = []
    until = roles = 0
    merged = False
    for at in places:
        mark, width = text[at], 1
        if at < until:
            if merged:
                continue
            roles &= ~_POSSESSIVE
        else:
            until = at + 1
            while until < end and text[until] in MARKS:
                until += 1
            left = text[at - 1] if at > start else " "
            roles = _roles(left, text[until] if until < end else " ")
            if until - at > 1:
                row = text[at:until]
                merged = row == "''" and not _is_possessive(text, until)
                if merged:
                    mark, width = _TYPED_DOUBLE, 2
                elif roles & _DENSE or doubled or "''" in row or "``" in row:
                    return _UNCLEAR, (), ()
        shapes.append(_shape_of(mark, roles))
        starts.append(at)
        ends.append(at + width)
    return "".join(shapes), starts, ends


def _is_possessive(text: str, at: int) -> bool:
    """Whether nothing but an s stands there, as in 'Emma''s."""
    return text[at : at + 1] in ("s", "S") and not text[at + 1 : at + 2].isalpha()


def _all_open(
    text: str, starts: Sequence[int], first: int, single: Sequence[int], spoken: str
) -> bool:
    """Whether none of some single marks, counted from the first of a paragraph, begins a word such as ’em."""
    for number in single:
        at = starts[first + number]
        word = word_after(text[at + 1 : at + 9])
        if not word or spoken in APOSTROPHIC or word in leading_words(spoken):
            return False
    return True


def _pairings(own: str) -> tuple[_Pair, _Pair]:
    """Pair marks by their shapes, as a language pairs them; None where one may be something else.

    The first function remembers what it has said, the second does not.

    Each opening mark stands in front of a word and each closing one behind it, in the right
    order, so that every other reading costs more. Possessives behind s are no marks.
    """
    return _pairings_with(" ".join(sorted({*quotation_marks(own)}.difference(SANE_PAIRS))))


@cache
def _pairings_with(more: str) -> tuple[_Pair, _Pair]:
    """The same for all languages that pair marks as others do, and in so many ways `more`."""
    ordinary = frozenset((*more.split(), *SANE_PAIRS, _TYPED_DOUBLE * 2))

    def pairing(shapes: str) -> _Pairing | None:
        pairs: list[tuple[int, int, bool, bool]] = []
        single: list[int] = []
        stack: list[tuple[int, str]] = []
        possessive = is_single = False
        opener = ""
        for number, shape in enumerate(shapes):
            if shape == _UNCLEAR:
                return None
            kind, roles = divmod(ord(shape) - _FIRST, _EACH)
            mark = _ORDERED[kind]
            if opener and opener + mark in ordinary:
                if not roles & _CLOSES:
                    return None
                first, _ = stack.pop()
                pairs.append((first, number, opener not in SINGLE_MARKS, not stack))
                is_single = is_single or mark in SINGLE_MARKS
                opener = stack[-1][1] if stack else ""
            elif roles & _POSSESSIVE and mark in "'’":
                possessive = True
            elif roles & _OPENS and not (
                opener and (opener in SINGLE_MARKS) == (mark in SINGLE_MARKS)
            ):
                if mark in APOSTROPHES:
                    single.append(number)
                stack.append((number, mark))
                opener = mark
            else:
                return None
        if stack or (possessive and is_single):
            return None
        return tuple(pairs), tuple(single)

    return lru_cache(maxsize=1 << 12)(pairing), pairing
