"""One JSON object a finding, one a line. For programs that read while newslint runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newslint.reports import PLAIN, Reporter, Style
from newslint.reports._records import dumped, record
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.finding import FileResult


def report(results: Iterable[FileResult], style: Style = PLAIN) -> Iterator[str]:
    """The records of the `json` format, each on a line."""
    for result in results:
        for finding in result.findings:
            yield dumped(record(finding)) + "\n"


REPORTER = Reporter("jsonl", "one JSON object a line for each finding", report)
