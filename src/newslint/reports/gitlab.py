"""A code quality report, which GitLab shows beside a merge request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newslint.finding import Finding, Severity
from newslint.reports import PLAIN, Reporter, Style
from newslint.reports._places import Fingerprints, fit, from_root
from newslint.reports._records import dumped
from newslint.terminal import visible
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.finding import FileResult

_SEVERITIES: dict[Severity, str] = {"error": "major", "warning": "minor", "info": "info"}


def report(results: Iterable[FileResult], style: Style = PLAIN) -> Iterator[str]:
    """A JSON array, one finding a line. GitLab drops what has the fingerprint of another: each has its own."""
    fingerprints = Fingerprints()
    yield "["
    separator = "\n"
    for result in results:
        for finding in result.findings:
            yield separator + _issue(finding, fingerprints, result.path)
            separator = ",\n"
    yield "\n]\n"


def _issue(finding: Finding, fingerprints: Fingerprints, file: str) -> str:
    path = fit(from_root(finding.path, "CI_PROJECT_DIR"))
    part = f" (in {visible(finding.part)})" if finding.part else ""
    # The name of the check is not shown, so that the description has it too.
    return dumped(
        {
            "description": f"{finding.code} {finding.name}: {visible(finding.message)}{part}",
            "check_name": finding.name,
            "fingerprint": fingerprints.of(finding, path, file),
            "severity": _SEVERITIES[finding.severity],
            "location": {
                "path": path,
                "lines": {
                    "begin": finding.start_position.line,
                    "end": finding.end_position.line,
                },
            },
        }
    )


REPORTER = Reporter("gitlab", "a code quality report for GitLab", report)
