"""Workflow commands, which GitHub shows as annotations beside the lines of a pull request."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from newslint.finding import Finding, Severity
from newslint.reports import PLAIN, Reporter, Style
from newslint.terminal import visible
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.finding import FileResult

_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}


def report(results: Iterable[FileResult], style: Style = PLAIN) -> Iterator[str]:
    """`::error file=…,line=…,col=…,endLine=…,endColumn=…,title=…::message`."""
    for result in results:
        for finding in result.findings:
            yield _command(finding) + "\n"


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
    lines = path.replace(os.sep, "/").split("\n")
    return "\n".join("\r".join(map(visible, line.split("\r"))) for line in lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


REPORTER = Reporter("github", "annotations in GitHub Actions", report)
