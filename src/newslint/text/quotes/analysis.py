"""From a text to its quotations. Paragraphs whose marks are beyond doubt are done here, any other in `doubts.py`."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, lru_cache

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
from newslint.typed import TYPE_CHECKING, NamedTuple, unchecked

if TYPE_CHECKING:
    from typing import TypeAlias

    from newslint.text.quotes.quotations import Plain

    Block: TypeAlias = tuple[str, int, int, int]
    # Of marks by their numbers, see `Plain`; and the opening ones that may be apostrophes, by the word behind them.
    _Pairing: TypeAlias = tuple[tuple[tuple[int, int, bool, bool], ...], tuple[int, ...]]


class Paragraph(NamedTuple):
    """A block that holds marks: its number among all blocks, and where its marks are among all."""

    number: int
    start: int
    end: int
    first: int
    last: int


def analyse(text: str, blocks: Sequence[Block], language: str) -> Quotations:
    """The quotations of a text.

    `blocks`: (kind, start, end, level) in order, none overlapping another; marks outside of them and in code
    are not looked at. `language`: ISO 639-1 code or a tag with a region, "" for an unknown one.
    """
    seen = without_code(text)
    places = places_of(seen)
    if not places:
        return Quotations()
    shown = [block for block in blocks if block[0] != "code"]
    paragraphs = _paragraphs(places, shown)
    spoken, own = _conventions(language)
    plain: list[Plain] = []
    doubts = None
    for index, paragraph in enumerate(paragraphs):
        if doubts is None or not doubts.carried:
            paired = _paired_off(seen, places, paragraph, spoken, own)
            if paired is not None:
                plain.append(paired)
                continue
        if doubts is None:
            from newslint.text.quotes.doubts import Doubts

            doubts = Doubts(text, seen, places, shown, paragraphs, spoken, own)
        doubts.read(index)
    if doubts is None:
        return Quotations(places, plain)
    return Quotations(places, plain, doubts.rows, doubts.in_order, doubts.speech)


@lru_cache(maxsize=256)
def _conventions(language: str) -> tuple[str, str]:
    """The language of a tag, and the code by which it writes its marks."""
    spoken = language.partition("-")[0]
    return spoken, convention(language) or spoken


def _paragraphs(places: Sequence[int], blocks: Sequence[Block]) -> list[Paragraph]:
    """The blocks that hold marks."""
    found: list[Paragraph] = []
    at, count = 0, len(places)
    following = places[0]
    for number, (_, start, end, _) in enumerate(blocks):
        if following >= end:
            continue
        first = at if following >= start else bisect_left(places, start, at)
        at = bisect_left(places, end, first)
        if at > first:
            found.append(unchecked(Paragraph, (number, start, end, first, at)))
        if at == count:
            break
        following = places[at]
    return found


# ------------------------------------------------------------------ beyond doubt

# What a mark may be, by its neighbours; of one in a row of marks that is not known yet.
_OPENS, _CLOSES, _POSSESSIVE, _DENSE, _IN_ROW = 1, 2, 4, 8, 16
_SHAPES = 0x100  # the first sign that stands for a shape: so many marks, with as many sets of those
_SIBILANTS = frozenset("sxzSXZ")
_TYPED_DOUBLE = "\ue000"  # stands for ''
_ORDERED = "".join(sorted(MARKS)) + _TYPED_DOUBLE
_ROW = chr(_SHAPES - 1)  # the shape of any mark in front of another
_LONGEST_KEPT = 200  # marks of a paragraph whose pairs are worth keeping


@lru_cache(maxsize=1 << 13)
def _roles(left: str, right: str) -> int:
    """What a mark may be beyond doubt, by the characters on both sides of it."""
    before, after = side(left), side(right)
    roles = _DENSE if after in "ck" else 0
    if before in "esodc" and after in "wW0ck":
        roles |= _OPENS
    if before in "wW0p)ck" and after in "esdp)ck":
        roles |= _CLOSES
    if left in _SIBILANTS and after in "esdp)":
        roles |= _POSSESSIVE
    return roles


def _shape_of(mark: str, roles: int) -> str:
    return chr(_SHAPES + (_ORDERED.index(mark) << 4) + roles)


@lru_cache(maxsize=1 << 13)
def _shape(near: str) -> str:
    """The shape of a mark between two characters: one sign for what it is and what it may be."""
    left, mark, right = near[0], near[1], near[2]
    return _ROW if right in MARKS else _shape_of(mark, _roles(left, right))


def _paired_off(
    text: str, places: Sequence[int], paragraph: Paragraph, spoken: str, own: str
) -> Plain | None:
    """The quotations of a paragraph whose marks are beyond doubt; None for any other.

    Each opening mark stands in front of a word and each closing one behind it, in the right
    order, so that every other reading costs more. Possessives behind s are no marks.
    """
    _, start, end, first, last = paragraph
    starts = places[first:last]
    nears = [text[at - 1 : at + 2] for at in starts]
    # Nothing beyond the paragraph counts.
    if starts[0] == start:
        nears[0] = f" {text[start : start + 2]}"
    if starts[-1] == end - 1:
        nears[-1] = f"{nears[-1][:2]} "
    shapes = "".join(map(_shape, nears))
    if _ROW not in shapes:
        ends: Sequence[int] = [at + 1 for at in starts]
    else:
        taken = _with_rows(text, starts, start, end)
        if taken is None:
            return None
        shapes, starts, ends = taken
    pairing = (_known if len(shapes) <= _LONGEST_KEPT else _pairing)(shapes, own)
    if pairing is None:
        return None
    pairs, single = pairing
    for number in single:
        at = starts[number]
        word = word_after(text[at + 1 : at + 9])
        if not word or spoken in APOSTROPHIC or word in leading_words(spoken):
            return None
    return starts, ends, pairs


def _with_rows(
    text: str, places: Sequence[int], start: int, end: int
) -> tuple[str, list[int], list[int]] | None:
    """The shapes of marks of which some stand side by side, and where each starts and ends; None for a doubt.

    What stands around a row of marks says what each of them may be; '' may stand for one mark.
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
                elif (
                    roles & _DENSE or "''" in row or "``" in row or ("‘‘" in text and "’’" in text)
                ):
                    return None
        shapes.append(_shape_of(mark, roles))
        starts.append(at)
        ends.append(at + width)
    return "".join(shapes), starts, ends


def _is_possessive(text: str, at: int) -> bool:
    """Whether nothing but an s stands there, as in 'Emma''s."""
    return text[at : at + 1] in ("s", "S") and not text[at + 1 : at + 2].isalpha()


def _pairing(shapes: str, own: str) -> _Pairing | None:
    """How marks of such shapes pair; None where one of them may be something else."""
    ordinary = _ordinary(own)
    pairs: list[tuple[int, int, bool, bool]] = []
    single: list[int] = []
    stack: list[tuple[int, str]] = []
    possessive = is_single = False
    opener = ""
    for number, shape in enumerate(shapes):
        kind, roles = divmod(ord(shape) - _SHAPES, _IN_ROW)
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
        elif roles & _OPENS and not (opener and (opener in SINGLE_MARKS) == (mark in SINGLE_MARKS)):
            if mark in APOSTROPHES:
                single.append(number)
            stack.append((number, mark))
            opener = mark
        else:
            return None
    if stack or (possessive and is_single):
        return None
    return tuple(pairs), tuple(single)


_known = lru_cache(maxsize=1 << 13)(_pairing)


@cache
def _ordinary(own: str) -> frozenset[str]:
    """The pairs of marks that the language, or any, reads as a pair."""
    return frozenset((*quotation_marks(own), *SANE_PAIRS, _TYPED_DOUBLE * 2))
