"""Patterns of paths, as in `per-file-ignores`: `*.txt`, `archive/**`, `desk/*/wire-*.md`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import re


def matches(path: str, patterns: Iterable[str]) -> bool:
    """Whether a path with "/" between its parts matches one of the patterns.

    `*` and `?` stop at a "/", `**` does not. A pattern without a "/" may match any part of the path
    that is a file or folder name; one with a "/" is relative to the folder of the configuration.
    """
    return any(_compiled(pattern).search(path) for pattern in patterns)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    import re

    anywhere = "/" not in pattern.rstrip("/")
    body = pattern.strip("/").removeprefix("./")
    translated = ""
    at = 0
    while at < len(body):
        if body.startswith("**/", at):
            translated, at = translated + "(?:.*/)?", at + 3
        elif body.startswith("**", at):
            translated, at = translated + ".*", at + 2
        elif body[at] == "*":
            translated, at = translated + "[^/]*", at + 1
        elif body[at] == "?":
            translated, at = translated + "[^/]", at + 1
        else:
            translated, at = translated + re.escape(body[at]), at + 1
    return re.compile(f"{'(?:^|/)' if anywhere else '^'}{translated}(?:/|$)", re.DOTALL)
