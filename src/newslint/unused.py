"""What is to be said of a file of suppressions itself: entries that take nothing away, are past, give no reason."""

from __future__ import annotations

import os
from collections.abc import Iterator

from newslint import archives
from newslint.checks import itself
from newslint.config import shown_path, today
from newslint.engine import expired
from newslint.finding import FileResult
from newslint.globs import matches
from newslint.source import Source
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.engine import Linter
    from newslint.finding import Finding
    from newslint.suppress import Entry


class Uses:
    """Which entries took something away, over a run; what is to be said of the others are findings of their file."""

    def __init__(self) -> None:
        self._linters: dict[str, Linter] = {}
        self._checked: dict[str, set[str]] = {}
        self._spoken: dict[str, set[Entry]] = {}  # entries for files that were checked
        self._used: dict[str, set[str]] = {}

    def note(self, result: FileResult, linter: Linter) -> None:
        """Take in the result for a file."""
        entries = linter.suppressions
        if not entries.entries:
            return
        path = entries.path
        self._linters.setdefault(path, linter)
        self._used.setdefault(path, set()).update(result.entries)
        if result.more or result.failed or result.skipped or archives.is_archive(result.path):
            return  # it is not known what all of it holds
        on = _selectors(linter, result.path)
        self._checked.setdefault(path, set()).add(archives.relative(result.path, entries.folder))
        self._spoken.setdefault(path, set()).update(
            entry for entry in entries.of(result.path) if on.intersection(entry.codes)
        )

    def results(self) -> Iterator[tuple[FileResult, Linter]]:
        """For each file of suppressions a result that has what was found in it."""
        for path, linter in self._linters.items():
            findings = list(self._findings(path, linter))
            if findings:
                shown = shown_path(path)
                yield FileResult(shown, tuple(findings), 0, 0, False), linter

    def _findings(self, path: str, linter: Linter) -> Iterator[Finding]:
        day = today(linter.config)
        with open(path, "rb") as handle:
            source = Source.from_bytes(handle.read(), shown_path(path))
        for entry in sorted(self._spoken.get(path, ())):
            said = []
            if entry.is_past(day):
                said.append((itself.expired_suppression, expired(entry.until)))
            elif entry.key not in self._used[path] and self._is_all_checked(entry, path, linter):
                words = f"no finding of {', '.join(entry.codes)} there to suppress"
                said.append((itself.unused_suppression, words))
            if not entry.reason:
                said.append((itself.suppression_without_reason, "no reason is given"))
            span = source.line_span(entry.line - 1)
            for rule, message in said:
                if linter.active.has(rule):
                    yield linter.finding_in(source, span, rule, message)

    def _is_all_checked(self, entry: Entry, path: str, linter: Linter) -> bool:
        """Whether no other file is there that the entry may be meant for."""
        checked, config = self._checked[path], linter.config
        folder = linter.suppressions.folder
        if entry.path.strip("/") in checked and "/" in entry.path:
            return True
        for above, folders, files in os.walk(folder):
            folders[:] = [each for each in folders if not each.startswith(".")]
            for name in files:
                relative = archives.relative(os.path.join(above, name), folder)
                if matches(relative, (entry.path,)) and relative not in checked:
                    own = archives.relative(os.path.join(above, name), config.root)
                    if config.includes(own, linter.suffixes) and not matches(own, config.excluding):
                        return False
        return True


def _selectors(linter: Linter, path: str) -> set[str]:
    """What names the rules that are on for a file, and need no other file."""
    active = linter.active_for(path)
    names, others = (
        {each for rule in rules for each in (rule.code, rule.name, rule.family)}
        for rules in (active.rules, active.corpus)
    )
    return names - others
