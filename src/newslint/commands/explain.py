"""`newslint explain`: who says what in the sentences of a line."""

from __future__ import annotations

from types import SimpleNamespace

from newslint.arguments import parser
from newslint.commands import CLEAN, UsageError
from newslint.commands._linter import articles_of
from newslint.explain import explained
from newslint.terminal import visible


def run(given: list[str]) -> int:
    """Print the figures, quotations and credits of a line."""
    own = parser("explain")
    own.add_argument("place", metavar="FILE:LINE")
    options = own.parse_intermixed_args(given, SimpleNamespace())
    file, _, line = options.place.rpartition(":")
    if not file or not line.isdecimal() or int(line) < 1:
        raise UsageError(f"{options.place}: give a file and a line, such as story.txt:12")
    articles = articles_of(options, file)
    rows = [row for article in articles for row in explained(article, int(line))]
    if not rows:
        raise UsageError(f"{options.place}: no sentence of running copy stands there")
    for row in rows:
        print(visible(row))
    return CLEAN
