"""Lines of a text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import islice

from newslint.finding import Span
from newslint.typed import TYPE_CHECKING, unchecked

if TYPE_CHECKING:
    import re

ENDS = '.!?…:"”»)|›>'  # of what is complete, or of a label


def line_spans(text: str, most: int | None = None) -> tuple[Span, ...]:
    """Every line that is not blank, without the white space around it; at most so many."""
    found = islice(_line().finditer(text), most)
    return tuple([unchecked(Span, match.span()) for match in found])


def line_at(text: str, offset: int) -> tuple[int, int] | None:
    """The line that holds a character, without the white space around it; None for white space around a line."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    line = text[start:] if end < 0 else text[start:end]
    start += len(line) - len(line.lstrip())
    end = start + len(line.strip())
    return (start, end) if start <= offset < end else None


@cache
def _line() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"\S(?:.*\S)?")


def continues(text: str, start: int, end: int) -> bool:
    """Whether a line begins in the middle of a sentence; a word or two in small letters are a label."""
    first = text[start]
    return first in ",.;)’'”" or (first.islower() and text.count(" ", start, end) >= 2)


def stands_in_sentence(text: str, lines: Sequence[Span], start: int, end: int) -> bool:
    """Whether the line `text[start:end]` is a piece of a sentence that was broken into lines at its links."""
    index = bisect_right(lines, (start, len(text)))
    if not 1 < index < len(lines) or lines[index - 1] != (start, end):
        return False
    before, behind = lines[index - 2], lines[index]
    is_open = text[before.end - 1] not in ENDS and (
        text[before.start].islower() or text.count(" ", *before) >= 2
    )
    return is_open and continues(text, *behind)
