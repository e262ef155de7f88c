"""Patterns of paths, as in `per-file-ignores`: `*.txt`, `archive/**`, `desk/*/wire-*.md`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from newslint.expressions import DOTALL, compiled
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import re


def matches(path: str, patterns: Iterable[str]) -> bool:
    """Whether a path with "/" between its parts matches one of the patterns.

    `*` and `?` stop at a "/", `**` does not. A pattern without a "/" may match any part of the path
    that is a file or folder name; one with a "/" is relative to the folder of the configuration.
    """
    together = _together(tuple(patterns))
    return together is not None and together.search(path) is not None


def needed(patterns: Iterable[str]) -> list[str] | None:
    """What stands in every path that matches one of the patterns, for each; None where one may match without.

    Whether one of these is in many paths at once is seen sooner than whether each path matches. Those of .gitignore
    files have the same signs, and two more.
    """
    found = []
    for pattern in patterns:
        body = pattern.strip("/").removeprefix("./")
        for sign in "*?/":
            body = body.replace(sign, "\0")
        # What stands in brackets or behind a backslash is not what it looks like.
        pieces = body.partition("[")[0].partition("\\")[0].split("\0")
        found.append(max(pieces, key=len))
    return found if all(found) else None


@cache
def _together(patterns: tuple[str, ...]) -> re.Pattern[str] | None:
    """One expression for all patterns: a walk asks for every file."""
    return compiled("|".join(map(_translated, patterns)), DOTALL) if patterns else None


def _translated(pattern: str) -> str:
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
            translated, at = translated + _escaped(body[at]), at + 1
    return f"(?:{'(?:^|/)' if anywhere else '^'}{translated}(?:/|$))"


def _escaped(sign: str) -> str:
    return f"\\{sign}" if sign.isascii() and not sign.isalnum() else sign
