"""Words of a text."""

from __future__ import annotations

from functools import cache

from newslint.finding import Span
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import re


def word_spans(text: str) -> tuple[Span, ...]:
    """Every run of letters and digits, with the apostrophes and hyphens inside it."""
    return tuple(Span(*match.span()) for match in _word().finditer(text))


@cache
def _word() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"\w+(?:['’ʼ‑-]\w+)*+")
