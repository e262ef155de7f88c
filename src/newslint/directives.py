"""Suppressions as articles write them: `newslint: disable=QUO101,stock-phrase until=2027-01-31 -- reason`.

`disable` covers the next block, or everything up to an `enable` of the same code; `disable-file` covers
the file. `until` names the last day on which it holds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence

from newslint.article import Directive
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from newslint.fields import Field

VERBS = ("disable", "disable-file", "enable")


class Mark(NamedTuple):
    """One suppression comment; `start`, `end`: where it stands in the file."""

    verb: str
    codes: tuple[str, ...]
    reason: str
    start: int
    end: int
    fault: str = ""
    until: str = ""


def mark(comment: str, start: int, end: int) -> Mark | None:
    """What a comment asks for; None for one that does not speak to newslint.

    `comment`: with or without its `<!--` and `-->`.
    """
    words = comment.removeprefix("<!--").removesuffix("-->").strip()
    if words[:8].lower() != "newslint":
        return None
    rest = words[8:].lstrip()
    if not rest.startswith(":"):
        if rest == words[8:] or not rest.startswith(VERBS):
            return None  # a comment about newslint
        fault = "write a colon behind “newslint”"
        return Mark("", (), "", start, end, fault)
    rest = rest[1:]
    request, _, reason = _split_reason(rest)
    request, dated, until = request.partition(" until=")
    until = until.strip()
    verb, _, listed = request.partition("=")
    verb = verb.strip()
    codes = _codes(listed)
    fault = ""
    if verb not in VERBS:
        shown = verb if len(verb) <= 30 else verb[:29] + "…"
        fault = f"unknown suppression “{shown}”; write disable, disable-file or enable"
    elif not codes:
        fault = f"{verb} needs the codes or names of rules: {verb}=QUO101"
    elif any(character.isspace() for code in codes for character in code):
        fault = "separate rules by commas, and put a reason behind “--”"
    elif dated and verb == "enable":
        fault = "enable takes no day; put until= behind disable"
    elif dated and not is_day(until):
        fault = NO_DAY
    if fault:
        codes = ()
    return Mark(verb, codes, reason, start, end, fault, until)


NO_DAY = "until needs the last day, and nothing behind it: until=2027-01-31"


def is_day(text: str) -> bool:
    """Whether a text is a day of the calendar as ISO 8601 has it: 2027-01-31."""
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _split_reason(text: str) -> tuple[str, str, str]:
    before, dashes, reason = text.partition(" --")
    if not dashes:
        before, dashes, reason = text.partition(" —")
    return before, dashes, reason.strip()


def _codes(listed: str) -> tuple[str, ...]:
    found = (code.strip() for code in listed.split(","))
    return tuple(dict.fromkeys(code for code in found if code))


def resolved(
    marks: Iterable[Mark], next_block: Callable[[Mark], tuple[int, int]], length: int
) -> list[Directive]:
    """Marks with what they cover, in the order of the file.

    `next_block`: the span of the file that a lone `disable` covers. `length`: of the file. An `enable`
    ends the nearest `disable` of its code that is still open.
    """
    directives: list[Directive] = []
    ordered = sorted(marks, key=lambda each: each.start)
    open_marks: dict[str, list[int]] = {}
    ends: dict[tuple[int, str], int] = {}
    faults: dict[int, str] = {}
    for index, each in enumerate(ordered):
        if each.fault:
            continue
        for code in each.codes:
            if each.verb == "disable":
                open_marks.setdefault(code, []).append(index)
            elif each.verb == "enable":
                if open_marks.get(code):
                    ends[open_marks[code].pop(), code] = each.start
                else:
                    faults.setdefault(index, f"nothing to enable: {code} is not disabled above")
    for index, each in enumerate(ordered):
        place = (each.start, each.end)
        fault = each.fault or faults.get(index, "")
        if each.verb == "enable" or each.fault:
            if fault:
                directives.append(Directive((), each.reason, *place, *place, fault))
            continue
        if each.verb == "disable-file":
            directives.append(
                Directive(each.codes, each.reason, *place, 0, length, until=each.until)
            )
            continue
        by_scope: dict[tuple[int, int], list[str]] = {}
        for code in each.codes:
            scope = (each.start, ends[index, code]) if (index, code) in ends else next_block(each)
            by_scope.setdefault(scope, []).append(code)
        for scope, codes in by_scope.items():
            directives.append(
                Directive(tuple(codes), each.reason, *place, *scope, until=each.until)
            )
    return directives


def spans_behind(spans: Sequence[tuple[int, int]]) -> Callable[[Mark], tuple[int, int]]:
    """For `resolved`: the block that a comment stands in or before, of blocks that hold no others."""
    ordered = sorted(spans)

    def behind(mark: Mark) -> tuple[int, int]:
        index = bisect_right(ordered, (mark.start, mark.end))
        if index and ordered[index - 1][1] >= mark.end:
            return ordered[index - 1]
        return ordered[index] if index < len(ordered) else (mark.end, mark.end)

    return behind


def of_header(fields: Iterable[Field], length: int) -> list[Directive]:
    """What `newslint: {disable: [QUO101], reason: …, until: …}` in a header or record asks for the whole file."""
    own = [each for each in fields if each.keys[0].lower() == "newslint" and each.pieces]
    if not own:
        return []
    said = {each.keys[1]: each.value.strip() for each in own if len(each.keys) == 2}
    reason, until = said.get("reason", ""), said.get("until", "")
    until = until if is_day(until) else ""
    found = []
    for field in own:
        place = (field.pieces[0][1], field.pieces[-1][2])
        key = field.keys[1] if len(field.keys) > 1 else ""
        codes: tuple[str, ...] = ()
        fault = ""
        if key == "disable":
            codes = _codes(field.value)
        elif key == "until" and len(field.keys) == 2:
            fault = "" if until else "until needs the last day: until: 2027-01-31"
        elif key != "reason" or len(field.keys) > 2:
            fault = f"unknown setting “{(key or field.value)[:30]}”; write disable: [QUO101]"
        if codes or fault or key == "disable":
            found.append(Directive(codes, reason, *place, 0, length, fault, until))
    return found
