"""Suppressions: findings that the article itself says are meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from newslint.article import Directive
from newslint.typed import NamedTuple


class Verdict(NamedTuple):
    """Which codes a directive takes away, and what of it is known to no rule."""

    directive: Directive
    selectors: tuple[str, ...]
    unknown: tuple[str, ...]


def judge(directives: Iterable[Directive], known: Iterable[tuple[str, str]]) -> list[Verdict]:
    """Sort each directive's codes into those that name a rule or family, and the rest.

    `known`: (code, name) of every rule.
    """
    names: set[str] = set()
    for code, name in known:
        names.update((code, name, code[:3]))
    return [
        Verdict(
            directive,
            tuple(code for code in directive.codes if code in names),
            tuple(code for code in directive.codes if code not in names),
        )
        for directive in directives
    ]


def suppressing(
    verdicts: Sequence[Verdict], code: str, name: str, start: int, end: int
) -> list[tuple[int, str]]:
    """The (index of verdict, selector) pairs that take away a finding at `start` to `end` of the file."""
    found = []
    for index, verdict in enumerate(verdicts):
        directive = verdict.directive
        if directive.scope_start <= start and end <= directive.scope_end:
            for selector in verdict.selectors:
                if selector in (code, name, code[:3]):
                    found.append((index, selector))
    return found
