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


class Suppressing:
    """What the directives of an article take away. Findings are to be asked about in the order of their places.

    `used`: the (index of verdict, selector) pairs that have taken one away. Each directive is looked at once for each
    of its selectors, however many findings there are.
    """

    def __init__(self, verdicts: Sequence[Verdict]) -> None:
        self.used: set[tuple[int, str]] = set()
        # By selector: what has not begun yet, the first at the end …
        self._ahead: dict[str, list[tuple[int, int, int]]] = {}
        for index, verdict in enumerate(verdicts):
            directive = verdict.directive
            if not verdict.has_expired:
                for selector in verdict.selectors:
                    scope = (-directive.scope_start, directive.scope_end, index)
                    self._ahead.setdefault(selector, []).append(scope)
        for ahead in self._ahead.values():
            ahead.sort()
        # … what has begun and was not used yet, the longest first, and how far what was used reaches.
        self._begun: dict[str, list[tuple[int, int]]] = {}
        self._reach: dict[str, int] = {}

    def takes(self, code: str, name: str, start: int, end: int) -> bool:
        """Whether a finding at `start` to `end` of the file is taken away."""
        taken = False
        for selector in (code, name, code[:3]):
            if selector in self._ahead:
                taken = self._takes(selector, start, end) or taken
        return taken

    def _takes(self, selector: str, start: int, end: int) -> bool:
        from heapq import heappop, heappush

        ahead = self._ahead[selector]
        begun = self._begun.setdefault(selector, [])
        while ahead and -ahead[-1][0] <= start:
            _, scope_end, index = ahead.pop()
            heappush(begun, (-scope_end, index))
        while begun and -begun[0][0] >= end:
            scope_end, index = heappop(begun)
            self._reach[selector] = max(self._reach.get(selector, 0), -scope_end)
            self.used.add((index, selector))
        return self._reach.get(selector, -1) >= end


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
