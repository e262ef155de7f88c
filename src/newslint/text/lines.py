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
            length = len(stripped)
            left = start if length == len(line) else start + line.index(stripped)
            spans.append(Span(left, left + length))
        start += len(line) + 1
    return tuple(spans)
