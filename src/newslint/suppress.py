"""Suppressions: findings that somebody says are meant, in the article itself or in a file beside the articles."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from newslint import archives
from newslint.article import Directive
from newslint.finding import fingerprint
from newslint.globs import matches
from newslint.typed import NamedTuple


class Verdict(NamedTuple):
    """Which codes a directive takes away, and what of it is known to no rule."""

    directive: Directive
    selectors: tuple[str, ...]
    unknown: tuple[str, ...]
    has_expired: bool = False


def judge(
    directives: Iterable[Directive], known: Iterable[tuple[str, str]], today: str
) -> list[Verdict]:
    """Sort each directive's codes into those that name a rule or family, and the rest.

    `known`: (code, name) of every rule. `today`: ISO 8601; a directive whose last day is past takes nothing.
    """
    names: set[str] = set()
    for code, name in known:
        names.update((code, name, code[:3]))
    return [
        Verdict(
            directive,
            tuple(code for code in directive.codes if code in names),
            tuple(code for code in directive.codes if code not in names),
            bool(directive.until) and directive.until < today,
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
        if verdict.has_expired:
            continue
        if directive.scope_start <= start and end <= directive.scope_end:
            for selector in verdict.selectors:
                if selector in (code, name, code[:3]):
                    found.append((index, selector))
    return found


class Entry(NamedTuple):
    """An entry of a file of suppressions, for articles that cannot hold a comment.

    `path`: a pattern, from the folder of that file. `part`: of the article in a file of many; `text`: words that
    stand in the finding or in its sentence; `until`: the last day on which it holds, ISO 8601. "" is any.
    """

    line: int
    path: str
    codes: tuple[str, ...]
    part: str = ""
    text: str = ""
    reason: str = ""
    until: str = ""

    @property
    def key(self) -> str:
        """What it is known by wherever it stands in its file."""
        return fingerprint(repr(self[1:]))

    def is_past(self, today: str) -> bool:
        """Whether its last day is over."""
        return bool(self.until) and self.until < today

    def takes(self, code: str, name: str, part: str) -> bool:
        """Whether it speaks of a rule and a part; `text` is not asked."""
        return self.part in ("", part) and any(
            each in (code, name, code[:3]) for each in self.codes
        )


class Entries:
    """The entries of a file of suppressions, which is at `path`; "" for none."""

    def __init__(self, path: str = "", entries: Sequence[Entry] = ()) -> None:
        self.path = path
        self.folder = os.path.dirname(os.path.abspath(path))
        self.entries = tuple(entries)
        # There may be thousands, and most name one file or folder.
        self._by_path: dict[str, list[Entry]] = {}
        self._patterns: list[Entry] = []
        for entry in entries:
            inner = entry.path.rstrip("/")
            if "/" in inner and not any(sign in inner for sign in "*?"):
                plain = entry.path.strip("/").removeprefix("./")
                self._by_path.setdefault(plain, []).append(entry)
            else:
                self._patterns.append(entry)

    def of(self, path: str) -> tuple[Entry, ...]:
        """Those for a file, in the order in which they stand there."""
        if not self.entries:
            return ()
        relative = archives.relative(path, self.folder)
        found = [entry for entry in self._patterns if matches(relative, (entry.path,))]
        if self._by_path:
            at = 0
            while at >= 0:
                at = relative.find("/", at + 1)
                found += self._by_path.get(relative[:at] if at >= 0 else relative, ())
        return tuple(sorted(found))
