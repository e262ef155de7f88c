"""The cheapest reading of a paragraph's marks: each as opening, closing or none, at a price for every fault."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from newslint.text.quotes.costs import AS_APOSTROPHE, AS_STRAY, decoded
from newslint.text.quotes.marks import GUILLEMETS, is_double
from newslint.text.quotes.pairs import MIXED, PARTNER, opens, pair
from newslint.typed import TYPE_CHECKING, NamedTuple

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
    number is a quotation that runs on from the paragraph before, the outermost first.
    """

    cost: float
    pairs: tuple[tuple[int, int, int], ...]
    faults: tuple[tuple[str, int, int, str], ...]  # kind, mark, opening mark, what was meant
    open_marks: str
    open_numbers: tuple[int, ...]
    reopened: int


NONE = -(1 << 20)

# kind, mark, other, text, earlier events
_Events: TypeAlias = "tuple[str, int, int, str, _Events] | None"
_State: TypeAlias = "tuple[float, tuple[int, ...], _Events]"


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


def cheapest(codes: str, carried: str, following: str, language: str) -> Reading:
    """The best reading of a paragraph.

    `carried`: the quotations that run on from the paragraph before. `following`: the opening mark at
    the start of the next one, "" for none.
    """
    if len(codes) > _REMEMBERED:
        return _searched(codes, carried, following, language)
    return _known(codes, carried, following, language)


@lru_cache(maxsize=1 << 14)
def _known(codes: str, carried: str, following: str, language: str) -> Reading:
    return _searched(codes, carried, following, language)


def _searched(codes: str, carried: str, following: str, language: str) -> Reading:
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
                cost += (RUNS_ON if runs_on else UNCLOSED) * len(open_marks)
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
    return following == mark or (mark in GUILLEMETS and following == PARTNER.get(mark))


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
    openings: tuple[tuple[str, float, str], ...]


@lru_cache(maxsize=1 << 12)
def _mark(code: str, language: str) -> _Mark:
    mark, cost = code[0], decoded(code)
    return _Mark(
        mark,
        cost.opening,
        cost.closing,
        cost.neither,
        cost.outcome,
        is_double(mark),
        cost.is_apart,
        opens(mark, language),
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
                if cost >= least + UNOPENED * more and marks.startswith(other):
                    break
            elif cost > least - (UNCLOSED + 1) * more and other.startswith(marks):
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
        if known is None or cost < known[0]:
            new[marks] = (cost, numbers, events)

    mark, opening, closing, neither, outcome, double, apart, openings = each
    for marks, (cost, numbers, events) in states.items():
        passed = neither
        if not double and 0.5 < neither < 1 and marks and marks[-1] + mark in ("''", "‘’"):
            passed += _COULD_CLOSE
        if cost + passed <= limit:
            said = events
            if outcome == AS_STRAY:
                said = ("stray", number, NONE, "", events)
            elif outcome == AS_APOSTROPHE:
                said = ("apostrophe", number, NONE, "’", events)
            add(marks, cost + passed, numbers, said)
        for meant, price, fault in openings:
            total = cost + opening + price
            if total > limit:
                continue
            said = ("reversed", number, NONE, meant, events) if fault else events
            at = marks.rfind(meant)
            if len(marks) < _DEEPEST:
                inside = _SAME_INSIDE if at >= 0 else 0.0
                if marks and at < 0 and is_double(marks[-1]) == double:
                    inside = 0.5
                if total + inside <= limit:
                    add(marks + meant, total + inside, (*numbers, number), said)
            if at >= 0:
                for index in range(len(marks) - 1, at - 1, -1):
                    said = ("unclosed", numbers[index], number, marks[index], said)
                    total += UNCLOSED
                if total <= limit:
                    add(marks[:at] + meant, total, (*numbers[:at], number), said)
        total, said = cost + closing, events
        if total > limit:
            continue
        outer = len(marks) - 2
        for index in range(len(marks) - 1, -1, -1):
            if total > limit and index < outer:
                break
            price, fault = pair(marks[index], mark, language)
            if fault == "mismatched" and apart:
                price += _RATHER_APOSTROPHE
            if total + price <= limit:
                ended: _Events = ("pair", numbers[index], number, "", said)
                if fault:
                    ended = (fault, number, numbers[index], marks[index], ended)
                add(marks[:index], total + price, numbers[:index], ended)
            if index == outer and price < MIXED and cost + closing + price + _CROSSED <= limit:
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
            total += UNCLOSED
        total = cost + closing + UNOPENED
        if total <= limit:
            add(marks, total, numbers, ("unopened", number, NONE, "", events))
    return new


def _written(
    cost: float, events: _Events, marks: str, numbers: tuple[int, ...], reopened: int
) -> Reading:
    pairs: list[tuple[int, int, int]] = []
    faults: list[tuple[str, int, int, str]] = []
    while events is not None:
        kind, number, other, text, events = events
        if kind == "pair":
            pairs.append((number, other, other))
            continue
        if kind == "unclosed":
            pairs.append((number, NONE, other))
        faults.append((kind, number, other, text))
    return Reading(cost, tuple(reversed(pairs)), tuple(reversed(faults)), marks, numbers, reopened)
