"""Checkstyle's XML, which Jenkins, SonarQube and many other tools read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newslint.finding import Finding
from newslint.reports import PLAIN, Reporter, Style
from newslint.terminal import escaped_xml, visible
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.finding import FileResult


def report(results: Iterable[FileResult], style: Style = PLAIN) -> Iterator[str]:
    """A `file` for each file with findings, and in it an `error` for each finding, whatever its severity."""
    # Some readers want the version of Checkstyle whose shape this is.
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="5.0">\n'
    path = None
    for result in results:
        for finding in result.findings:
            if finding.path != path:
                if path is not None:
                    yield "</file>\n"
                path = finding.path
                yield f'<file name="{escaped_xml(path)}">\n'
            yield _error(finding)
    if path is not None:
        yield "</file>\n"
    yield "</checkstyle>\n"


def _error(finding: Finding) -> str:
    part = f" (in {finding.part})" if finding.part else ""
    attributes = {
        "line": str(finding.start_position.line),
        "column": str(finding.start_position.column),
        "severity": finding.severity,
        "message": visible(finding.message + part),
        "source": visible(f"newslint.{finding.code}.{finding.name}"),
    }
    written = " ".join(f'{name}="{escaped_xml(value)}"' for name, value in attributes.items())
    return f"<error {written}/>\n"


REPORTER = Reporter("checkstyle", "Checkstyle's XML, for Jenkins and others", report)
