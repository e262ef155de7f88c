"""Counts over a run, and the lines of text that formats for people share."""

from __future__ import annotations

from collections.abc import Iterator

from newslint.finding import Finding, Location, Severity
from newslint.terminal import Paint, by_reason, counted, skips, visible
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.finding import FileResult
    from newslint.reports import Style
    from newslint.reports._records import Value


class Tally:
    """Counts of what was checked and found, so far."""

    def __init__(self) -> None:
        self.files = self.articles = self.suppressed = 0
        self.fixable = self.safe = 0  # findings with a fix, and with a safe one
        self._dirty: set[str] = set()  # articles are compared last, long after their file went by
        self.known = self.gone = 0
        self.failed = False
        self.by_severity: dict[Severity, int] = {"error": 0, "warning": 0, "info": 0}
        self.omitted: dict[str, int] = {}

    @property
    def dirty(self) -> int:
        """How many files have findings."""
        return len(self._dirty)

    def add(self, result: FileResult) -> None:
        """Count one file, or a part of one."""
        self.files += not result.more
        self.articles += result.articles
        self.suppressed += result.suppressed
        self.known += result.known
        self.gone += result.gone
        self.failed = self.failed or result.failed
        for reason, count in result.omitted:
            self.omitted[reason] = self.omitted.get(reason, 0) + count
        if result.findings:
            self._dirty.add(result.path)
        for finding in result.findings:
            self.by_severity[finding.severity] += 1
            self.fixable += finding.fix is not None
            self.safe += finding.fix is not None and finding.fix.safe


def totals(tally: Tally, style: Style) -> dict[str, Value]:
    """The closing lines as numbers, for the formats that programs read."""
    left_out: dict[str, Value] = dict(tally.omitted)
    skipped = style.skipped().items()
    passed_over: dict[str, Value] = {reason: count for reason, count in skipped if count}
    return {
        "complete": not tally.failed,
        "files": tally.files,
        "articles": tally.articles,
        "files_with_findings": tally.dirty,
        "errors": tally.by_severity["error"],
        "warnings": tally.by_severity["warning"],
        "notes": tally.by_severity["info"],
        "fixable": tally.fixable,
        "fixable_safely": tally.safe,
        "suppressed": tally.suppressed,
        "known": tally.known,
        "gone": tally.gone,
        "elsewhere": style.elsewhere(),
        "left_out": left_out,
        "skipped": passed_over,
    }


def shown_path(path: str) -> str:
    """A path, fit for the start of a line."""
    shown = visible(path)
    if shown.lstrip().startswith("::"):  # what a line begins with on GitHub when it is a command
        return f"./{shown}"
    return shown


def place(path: str, line: int, column: int) -> str:
    """ "path:line:column", fit for the start of a line."""
    return f"{shown_path(path)}:{line}:{column}"


def heading(finding: Finding, paint: Paint, *, with_path: bool = True) -> str:
    """One line: `seeds/a.txt:3:14: QUO101 [mismatched-quotes] error: opened with …`."""
    line, column = finding.start_position.line, finding.start_position.column
    where = place(finding.path, line, column) if with_path else f"{line}:{column}"
    part = paint.faint(f" (in {visible(finding.part)})") if finding.part else ""
    code = paint.severity(finding.severity, visible(finding.code))
    severity = paint.severity(finding.severity, finding.severity)
    name, message = visible(finding.name), visible(finding.message)
    return f"{paint.bold(where)}: {code} [{name}] {severity}: {message}{part}"


def help_text(finding: Finding) -> str:
    """What to do about a finding that has a fix; "" for one that has none."""
    if finding.fix is None:
        return ""
    if finding.fix.label:
        return visible(finding.fix.label)
    if len(finding.fix.edits) != 1:
        return f"mend in {len(finding.fix.edits)} places"
    edit = finding.fix.edits[0]
    if not edit.new:
        return "remove this"
    new = visible(edit.new)
    return f"insert “{new}”" if edit.start == edit.end else f"replace with “{new}”"


def related_place(finding: Finding, location: Location) -> str:
    """Where a related place is; its path and part only where they differ from the finding's."""
    part = f" (in {visible(location.part)})" if location.part not in ("", finding.part) else ""
    if location.path == finding.path:
        return f"line {location.line}, column {location.column}{part}"
    return place(location.path, location.line, location.column) + part


def footer(tally: Tally, style: Style) -> Iterator[str]:
    """The closing lines, each with its line end."""
    paint, skipped = Paint(style.colour), style.skipped()
    counts = [
        paint.severity(severity, counted(count, {"info": "note"}.get(severity, severity)))
        for severity, count in tally.by_severity.items()
        if count
    ]
    files = counted(tally.files, "file")
    if tally.articles > tally.files:
        files += f" ({counted(tally.articles, 'article')})"
    if counts:
        yield f"Found {_listed(counts)} in {tally.dirty:,} of {files}{_fixable(tally)}.\n"
    elif tally.files == 0:
        yield "No files to check.\n"
    elif tally.known:
        yield f"Nothing new in {files}.\n"
    else:
        yield f"{'All ' if tally.files > 1 else ''}{files} clean.\n"
    if tally.suppressed:
        yield f"Suppressed {counted(tally.suppressed, 'finding')}.\n"
    yield from _about_baseline(tally)
    if elsewhere := style.elsewhere():
        are = "is" if elsewhere == 1 else "are"
        hidden = counted(elsewhere, "finding")
        yield f"{hidden} on lines that did not change {are} not shown.\n"
    if tally.omitted:
        yield f"Left out in files: {by_reason(tally.omitted)}.\n"
    if any(skipped.values()):
        yield f"{skips(skipped)}\n"


def _fixable(tally: Tally) -> str:
    """How many findings have a fix, and which option makes it."""
    if not tally.fixable:
        return ""
    unsafe = tally.fixable - tally.safe
    if not tally.safe:
        return f" ({unsafe:,} fixable with --unsafe-fixes)"
    more = f", {unsafe:,} more with --unsafe-fixes" if unsafe else ""
    return f" ({tally.safe:,} fixable{more})"


def _about_baseline(tally: Tally) -> Iterator[str]:
    if tally.known:
        yield f"{tally.known:,} known from the baseline.\n"
    if tally.gone:
        are = counted(tally.gone, "finding of the baseline is", "findings of the baseline are")
        yield f"{are} gone; newslint baseline --prune takes out what is gone.\n"


def _listed(items: list[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
