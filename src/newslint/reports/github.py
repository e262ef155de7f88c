"""Workflow commands, which GitHub shows as annotations beside the lines of a pull request.

GitHub shows ten of a kind for each step, so that a table of more goes into the summary of the job.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from newslint.finding import Finding, Severity
from newslint.reports import PLAIN, Reporter, Style
from newslint.reports._places import from_root
from newslint.reports._summary import Tally
from newslint.terminal import visible
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.finding import FileResult

_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}


MOST_ROWS = 200  # in the summary of the job, of which GitHub takes a mebibyte


def report(results: Iterable[FileResult], style: Style = PLAIN) -> Iterator[str]:
    """`::error file=…,line=…,col=…,endLine=…,endColumn=…,title=…::message`.

    Appends to the file `$GITHUB_STEP_SUMMARY`; raises OSError if that cannot be done.
    """
    tally = Tally()
    shown: list[Finding] = []
    for result in results:
        tally.add(result)
        shown += result.findings[: MOST_ROWS - len(shown)]
        for finding in result.findings:
            yield _command(finding) + "\n"
    if path := os.environ.get("GITHUB_STEP_SUMMARY"):
        try:
            with open(path, "a", encoding="utf-8", newline="\n") as handle:
                handle.writelines(_summary(shown, tally, style))
        except OSError as error:
            reason = f"GITHUB_STEP_SUMMARY: {path}: {error.strerror}"
            raise OSError(error.errno, reason) from error


def _summary(shown: list[Finding], tally: Tally, style: Style) -> Iterator[str]:
    from newslint.reports.markdown import HEAD, closing, row

    yield "### newslint\n\n"
    if shown:
        yield HEAD
        for finding in shown:
            yield row(finding)
        if (more := sum(tally.by_severity.values()) - len(shown)) > 0:
            yield f"\nand {more:,} more\n"
        yield "\n"
    yield from closing(tally, style)
    yield "\n"


def _command(finding: Finding) -> str:
    first, last = finding.start_position, finding.end_position
    properties = {"file": _path(finding.path), "line": str(first.line), "endLine": str(last.line)}
    if first.line == last.line:  # GitHub reads columns only within one line
        properties |= {"col": str(first.column), "endColumn": str(last.column)}
    properties["title"] = visible(f"newslint {finding.code} {finding.name}")
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    part = f" (in {finding.part})" if finding.part else ""
    message = _data(visible(finding.message + part))
    return f"::{_COMMANDS[finding.severity]} {listed}::{message}"


def _path(path: str) -> str:
    """The file's real name, line ends and all (they are escaped below), but no other controls."""
    lines = from_root(path, "GITHUB_WORKSPACE").split("\n")
    return "\n".join("\r".join(map(visible, line.split("\r"))) for line in lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


REPORTER = Reporter("github", "annotations in GitHub Actions", report)
