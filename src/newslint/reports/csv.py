"""A table with a row for each finding, for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newslint.finding import Finding
from newslint.reports import PLAIN, Reporter, Style
from newslint.reports._summary import help_text
from newslint.terminal import visible
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.finding import FileResult

COLUMNS = "path,part,line,column,end_line,end_column,severity,code,name,message,help".split(",")


def report(results: Iterable[FileResult], style: Style = PLAIN) -> Iterator[str]:
    """As RFC 4180 has it but for the line ends, every cell in quotation marks, one line a row."""
    yield _row(COLUMNS)
    for result in results:
        for finding in result.findings:
            yield _row(_cells(finding))


def _cells(finding: Finding) -> Iterator[str]:
    first, last = finding.start_position, finding.end_position
    yield from (finding.path, finding.part)
    yield from map(str, (first.line, first.column, last.line, last.column))
    yield from (finding.severity, finding.code, finding.name, finding.message, help_text(finding))


def _row(cells: Iterable[str]) -> str:
    return ",".join(map(_quoted, cells)) + "\n"


def _quoted(cell: str) -> str:
    shown = visible(cell).replace('"', '""')
    # What begins like a formula would be worked out by a spreadsheet.
    formula = len(shown) > 1 and shown.lstrip()[:1] in tuple("=+-@")
    return f'"{chr(39) * formula}{shown}"'


REPORTER = Reporter("csv", "a row for each finding, for spreadsheets", report)
