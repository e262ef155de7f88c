"""The cheapest reading of a paragraph's marks: each as opening, closing or none, at a price for every fault."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter

from newslint.text.quotes.costs import AS_APOSTROPHE, AS_STRAY, FINE, decoded
from newslint.text.quotes.marks import DOUBLE_MARKS, GUILLEMETS
from newslint.text.quotes.pairs import MIXED, PARTNER, opens, pair
from newslint.typed import TYPE_CHECKING, NamedTuple, unchecked

if TYPE_CHECKING:
    from typing import TypeAlias

# What a fault costs a reading.
UNCLOSED = 6.0
RUNS_ON = (
    0.5  # of a quotation that the next paragraph opens anew: the least that one left open costs
)
UNOPENED = 6.0
_COULD_CLOSE = 0.8  # of an apostrophe that could end the quotation around it
_RATHER_APOSTROPHE = 2.0  # of years’ standing: it ends no quotation that began with another mark
_CROSSED = 4.5
_SAME_INSIDE = 2.0  # a quotation inside one with the same marks
_IMPOSSIBLE = 20.0
_DEEPEST = 5
_READINGS = 12  # kept from mark to mark
_FEWER_READINGS = 3  # the same in a paragraph of more marks than any copy has
_MANY_MARKS = 1000


class Reading(NamedTuple):
    """A paragraph's marks by number.

    `pairs`: (opening mark, closing mark or NONE, mark before which an unclosed one ends). A negative
    number is a quotation that runs on from the paragraph before, the outermost first. `nests`: whether a quotation of
    this paragraph that closes may stand inside another one.
    """

    cost: float
    pairs: tuple[tuple[int, int, int], ...]
    faults: tuple[tuple[str, int, int, str], ...]  # kind, mark, opening mark, what was meant
    open_marks: str
    open_numbers: tuple[int, ...]
    reopened: int
    nests: bool


NONE = -(1 << 20)

# What is said of a mark: kind, mark, other mark, text. Marks by where they stand among those that were open before it.
_Saying: TypeAlias = "tuple[str, int, int, str]"
_ITSELF = -1
# A way to a row of open marks: what it costs, that row, from which row before the mark, how many of the marks of that
# stay open, whether the mark itself opens, and what is said.
_Way: TypeAlias = "tuple[float, str, int, int, bool, tuple[_Saying, ...]]"
# The rows of open marks to go on with, and what each costs, the cheapest first.
_Rows: TypeAlias = "tuple[tuple[float, str], ...]"
# The ways to a row, stretch by stretch, the last one first.
_Past: TypeAlias = "tuple[_Past, list[_Way]] | None"


def _reopened(codes: str, carried: str) -> int:
    """How many of the quotations that run on from the paragraph before are opened anew."""
    count = 0
    while count < len(carried) and count * 3 < len(codes):
        mark = codes[count * 3]
        if mark != carried[count] and mark != PARTNER.get(carried[count]):
            break
        if mark != carried[count] and mark not in GUILLEMETS + "”’":
            break
        count += 1
    return count


# Most paragraphs hold one fault at most: readings that cost more are looked for only where no cheaper one is found.
_LIMITS = (6.5, float("inf"))
_MISPLACED = 3.0  # as an opening mark: nothing runs on from one that stands where another closes
_MARGIN = (
    12.0  # what a reading may cost more than the cheapest so far; more than any one mark costs
)
_REMEMBERED = 600  # characters of a paragraph's string that is worth keeping
_STRETCH = 200  # marks of a long paragraph, behind which ways that have led nowhere are forgotten


def cheapest(codes: str, carried: str, following: str, own: str) -> Reading:
    """The best reading of a paragraph.

    `carried`: the quotations that run on from the paragraph before. `following`: the opening mark at
    the start of the next one, "" for none. `own`: see `own_pairs`.
    """
    if len(codes) > _REMEMBERED:
        return _searched(codes, carried, following, own)
    return _known(codes, carried, following, own)


@lru_cache(maxsize=1 << 14)
def _known(codes: str, carried: str, following: str, own: str) -> Reading:
    return _searched(codes, carried, following, own)


def _searched(codes: str, carried: str, following: str, own: str) -> Reading:
    first = _reopened(codes, carried) if carried else 0
    for limit in _LIMITS:
        steps, past = _walked(codes, carried[:first], own, limit)
        best: _Way | None = None
        cost, runs_on = 0.0, False
        for way in steps[-1]:
            total, open_marks = way[0], way[1]
            may_run = False
            if open_marks:
                may_run = (
                    following != ""
                    and _continues(open_marks[0], following)
                    and _may_run_on(codes, _way_to(way, steps, past), first)
                )
                total += (RUNS_ON if may_run else UNCLOSED) * len(open_marks)
            if total <= limit and (best is None or total < cost):
                best, cost, runs_on = way, total, may_run
        if best is not None:
            break
    assert best is not None
    return _written(cost, _way_to(best, steps, past), first, best[1], runs_on)


def _continues(mark: str, following: str) -> bool:
    return following == mark or (mark in GUILLEMETS and following == PARTNER.get(mark))


def _may_run_on(codes: str, ways: Sequence[_Way], first: int) -> bool:
    """Whether the outermost mark that is open does not stand where another one closes."""
    numbers = [*range(-first, 0)]
    for number, (_, _, _, keep, is_open, _) in enumerate(ways, first):
        del numbers[keep:]
        if is_open:
            numbers.append(number)
    at = numbers[0]
    return at < first or decoded(codes[at * 3 : at * 3 + 3]).opening < _MISPLACED


# A mark, what it costs as an opening, a closing and no quotation mark, and what is said of the last; whether it is an apostrophe
# that could end a quotation, whether it is double, and whether it is more likely an apostrophe than the end of a quotation
# that began far before it with another mark.
_Mark: TypeAlias = "tuple[str, float, float, float, tuple[_Saying, ...], bool, bool, bool]"


@lru_cache(maxsize=1 << 12)
def _mark(code: str) -> _Mark:
    mark = code[0]
    opening, closing, neither, outcome, _, is_apart = decoded(code)
    double = mark in DOUBLE_MARKS
    is_soft = not double and 0.5 < neither < 1
    return mark, opening, closing, neither, _OF_NEITHER[outcome], is_soft, double, is_apart


# What is said of a mark that is none, by its outcome, and of one that ends what has not begun.
_OF_NEITHER: Mapping[int, tuple[_Saying, ...]] = {
    FINE: (),
    AS_STRAY: (("stray", _ITSELF, NONE, ""),),
    AS_APOSTROPHE: (("apostrophe", _ITSELF, NONE, "’"),),
}
_UNOPENED: tuple[_Saying, ...] = (("unopened", _ITSELF, NONE, ""),)


def _walked(
    codes: str, open_marks: str, own: str, limit: float
) -> tuple[list[tuple[_Way, ...]], list[_Past]]:
    """The ways to rows of open marks that cost no more than `limit`, mark by mark, from the one to `open_marks` on.

    Those are of the paragraph before, opened anew by the first marks. Of a long paragraph the ways by the first
    of the last marks, and the past of each: what leads nowhere is not kept.
    """
    rows: _Rows = ((0.0, open_marks),)
    ways: tuple[_Way, ...] = ((0.0, open_marks, 0, 0, False, ()),)
    steps = [ways]
    past: list[_Past] = [None]
    most = _READINGS if len(codes) <= 3 * _MANY_MARKS else _FEWER_READINGS
    # Costs add up in a long paragraph, so that no other one comes to the same.
    step = _step if len(codes) <= _REMEMBERED else _step.__wrapped__
    for at in range(3 * len(open_marks), len(codes), 3):
        if len(steps) > _STRETCH:
            stretches = [_stretch(way, steps) for way in ways]
            past = [(past[stretch[0][2]], stretch) for stretch in stretches]
            steps = [ways]
        bound = rows[0][0] + _MARGIN
        rows, ways = step(rows, codes[at : at + 3], own, bound if bound < limit else limit, most)
        steps.append(ways)
        if not ways:
            break
    return steps, past


@lru_cache(maxsize=1 << 12)
def _step(
    rows: _Rows, code: str, own: str, limit: float, most: int
) -> tuple[_Rows, tuple[_Way, ...]]:
    """Every row of open marks so far, with every reading of the next mark; the best way to each new row.

    It is the same for all paragraphs that come to such a mark with the same rows.
    """
    new: dict[str, _Way] = {}
    known = new.get
    mark, opening, closing, neither, said, is_soft, double, apart = _mark(code)
    openings = opens(mark, own)
    source = -1
    for cost, marks in rows:
        source += 1
        depth = len(marks)
        total = cost + neither
        if is_soft and depth and marks[-1] + mark in ("''", "‘’"):
            total = cost + (neither + _COULD_CLOSE)
        if total <= limit:
            way = known(marks)
            if way is None or total < way[0]:
                new[marks] = (total, marks, source, depth, False, said)
        for meant, price, fault in openings:
            total = cost + opening + price
            if total > limit:
                continue
            opened: tuple[_Saying, ...] = (("reversed", _ITSELF, NONE, meant),) if fault else ()
            at = -1
            inside = 0.0
            if depth:
                at = marks.rfind(meant)
                if at >= 0:
                    inside = _SAME_INSIDE
                elif (marks[-1] in DOUBLE_MARKS) == double:
                    inside = 0.5
            if depth < _DEEPEST and total + inside <= limit:
                within = marks + meant
                way = known(within)
                if way is None or total + inside < way[0]:
                    new[within] = (total + inside, within, source, depth, True, opened)
            if at >= 0:
                for index in range(depth - 1, at - 1, -1):
                    opened += (("unclosed", index, _ITSELF, marks[index]),)
                    total += UNCLOSED
                if total <= limit:
                    anew = marks[:at] + meant
                    way = known(anew)
                    if way is None or total < way[0]:
                        new[anew] = (total, anew, source, at, True, opened)
        closed = cost + closing
        if closed > limit:
            continue
        if depth:
            _close(new, source, cost, marks, closed, mark, apart, own, limit)
        total = closed + UNOPENED
        if total <= limit:
            way = known(marks)
            if way is None or total < way[0]:
                new[marks] = (total, marks, source, depth, False, _UNOPENED)
    ways = tuple(new.values()) if len(new) < 2 else _hopeful(new, most)
    return tuple([way[:2] for way in ways]), ways


def _close(
    new: dict[str, _Way],
    source: int,
    cost: float,
    marks: str,
    closed: float,
    mark: str,
    apart: bool,
    own: str,
    limit: float,
) -> None:
    """Adds the ways in which a mark ends one of a row of open ones. `closed`: what they cost at least."""
    total = closed
    said: tuple[_Saying, ...] = ()
    last = len(marks) - 1
    for index in range(last, -1, -1):
        if total > limit and index < last - 1:
            break
        price, fault = pair(marks[index], mark, own)
        if fault == "mismatched" and apart:
            price += _RATHER_APOSTROPHE
        if total + price <= limit:
            left = marks[:index]
            way = new.get(left)
            if way is None or total + price < way[0]:
                ended: tuple[_Saying, ...] = (*said, ("pair", index, _ITSELF, ""))
                if fault:
                    ended += ((fault, _ITSELF, index, marks[index]),)
                new[left] = (total + price, left, source, index, False, ended)
        if index == last - 1 and price < MIXED and closed + price + _CROSSED <= limit:
            # The outer mark comes first: the inner quotation ends here, the outer one later.
            left = marks[:index] + marks[-1]
            way = new.get(left)
            if way is None or closed + price + _CROSSED < way[0]:
                crossed = (
                    ("crossed", _ITSELF, index, marks[-1]),
                    ("pair", last, _ITSELF, ""),
                )
                new[left] = (closed + price + _CROSSED, left, source, last, False, crossed)
        said += (("unclosed", index, _ITSELF, marks[index]),)
        total += UNCLOSED


_cost = itemgetter(0)


def _hopeful(new: Mapping[str, _Way], count: int) -> tuple[_Way, ...]:
    """The ways that may still turn out the cheapest, at most `count`, the cheapest so far first.

    Whatever comes, one with fewer open marks can read it like one with more, at the price of a fault
    for each of those marks, and nearly so the other way round. Of readings that cost the same the
    one whose faults come last is kept.
    """
    kept: list[_Way] = []
    ranked = sorted(new.values(), key=_cost)
    most = ranked[0][0] + _MARGIN
    for way in ranked:
        cost, marks = way[0], way[1]
        if cost > most:
            break
        for other in kept:
            more = len(marks) - len(other[1])
            if more >= 0:
                if cost >= other[0] + UNOPENED * more and marks.startswith(other[1]):
                    break
            elif cost > other[0] - (UNCLOSED + 1) * more and other[1].startswith(marks):
                break
        else:
            kept.append(way)
            if len(kept) == count:
                break
    return tuple(kept)


def _way_to(way: _Way, steps: Sequence[Sequence[_Way]], past: Sequence[_Past]) -> Sequence[_Way]:
    """How a row behind the last mark came about, mark by mark."""
    ways = _stretch(way, steps)
    before = past[ways[0][2]] if ways else None
    if before is None:
        return ways
    stretches = [ways]
    while before is not None:
        before, ways = before
        stretches.append(ways)
    return [each for stretch in reversed(stretches) for each in stretch]


def _stretch(way: _Way, steps: Sequence[Sequence[_Way]]) -> list[_Way]:
    """The same behind the first of `steps`."""
    ways = []
    for step in steps[-2::-1]:
        ways.append(way)
        way = step[way[2]]
    ways.reverse()
    return ways


def _written(
    cost: float, ways: Sequence[_Way], first: int, open_marks: str, runs_on: bool
) -> Reading:
    pairs: list[tuple[int, int, int]] = []
    faults: list[tuple[str, int, int, str]] = []
    numbers = [*range(-first, 0)]
    number = first
    for _, _, _, keep, is_open, said in ways:
        for kind, mark, other, text in said:
            mark = number if mark == _ITSELF else numbers[mark]
            if other != NONE:
                other = number if other == _ITSELF else numbers[other]
            if kind == "pair":
                pairs.append((mark, other, other))
                continue
            if kind == "unclosed":
                pairs.append((mark, NONE, other))
            faults.append((kind, mark, other, text))
        del numbers[keep:]
        if is_open:
            numbers.append(number)
        number += 1
    if open_marks and not runs_on:
        for mark, meant in zip(reversed(numbers), reversed(open_marks), strict=True):
            pairs.append((mark, NONE, number))
            faults.append(("unclosed", mark, number, meant))
        open_marks, numbers = "", []
    found = (
        cost,
        tuple(pairs),
        tuple(faults),
        open_marks,
        tuple(numbers),
        first,
        len(pairs) > 1 and _nest(pairs),
    )
    return unchecked(Reading, found)


def _nest(pairs: Sequence[tuple[int, int, int]]) -> bool:
    """Whether one of some pairs, which come as they close, stands inside another."""
    closed = [(opener, closer) for opener, closer, _ in pairs if opener >= 0 and closer >= 0]
    return any(after[0] <= before[1] for before, after in pairwise(closed))
