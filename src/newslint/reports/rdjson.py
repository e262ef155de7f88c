"""The Reviewdog Diagnostic Format, which reviewdog posts as comments on a change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newslint.finding import Finding
from newslint.reports import PLAIN, Reporter, Style
from newslint.reports._places import fit, from_root, one_edit
from newslint.reports._records import Value, dumped
from newslint.terminal import visible
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.finding import FileResult


def report(results: Iterable[FileResult], style: Style = PLAIN) -> Iterator[str]:
    """A `DiagnosticResult`, one diagnostic a line. Columns count bytes of UTF-8."""
    yield f'{{\n"source": {dumped({"name": "newslint"})},\n"diagnostics": ['
    separator = "\n"
    for result in results:
        for finding in result.findings:
            yield separator + dumped(_diagnostic(finding))
            separator = ",\n"
    yield "\n]\n}\n"


def _diagnostic(finding: Finding) -> dict[str, Value]:
    first, last = finding.start_position, finding.end_position
    part = f" (in {visible(finding.part)})" if finding.part else ""
    where = _range(first.line, first.column_utf8, last.line, last.column_utf8)
    made: dict[str, Value] = {
        "message": f"{finding.name}: {visible(finding.message)}{part}",
        "location": {"path": _path(finding.path), "range": where},
        "severity": finding.severity.upper(),
        "code": {"value": finding.code},
    }
    edit = one_edit(finding)  # several suggestions would be a choice, not a fix in several places
    if edit is not None:
        place, new = edit
        of_edit = _range(place.line, place.column_utf8, place.end_line, place.end_column_utf8)
        made["suggestions"] = [{"range": of_edit, "text": new}]
    if finding.related:
        made["related_locations"] = [
            {
                # Bytes are not known there, so that only lines are named.
                "location": {
                    "path": _path(other.path),
                    "range": {"start": {"line": other.line}},
                }
            }
            for other in finding.related
        ]
    return made


def _path(path: str) -> str:
    return fit(from_root(path, "GITHUB_WORKSPACE"))


def _range(line: int, column: int, end_line: int, end_column: int) -> dict[str, Value]:
    start: Value = {"line": line, "column": column}
    return {"start": start, "end": {"line": end_line, "column": end_column}}


REPORTER = Reporter("rdjson", "diagnostics for reviewdog", report)
