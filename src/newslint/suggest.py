"""The nearest known name, for messages about unknown ones."""

from __future__ import annotations

from collections.abc import Iterable


def near(name: str, known: Iterable[str], *, cutoff: float = 0.6) -> str:
    """ "; did you mean “…”?" where a known name is close to `name`, else "". `cutoff`: how close, at most 1."""
    from difflib import get_close_matches

    found = get_close_matches(name, list(known), n=1, cutoff=cutoff)
    return f"; did you mean “{found[0]}”?" if found else ""
