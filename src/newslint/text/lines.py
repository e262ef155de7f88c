"""Lines of a text."""

from __future__ import annotations

from newslint.finding import Span


def line_spans(text: str) -> tuple[Span, ...]:
    """Every line that is not blank, without the white space around it."""
    spans = []
    start = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            left = start + len(line) - len(line.lstrip())
            spans.append(Span(left, left + len(stripped)))
        start += len(line) + 1
    return tuple(spans)
