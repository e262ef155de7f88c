"""All findings as one JSON object, with the version of its shape and totals. For programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newslint import __version__
from newslint.reports import PLAIN, Reporter, Style
from newslint.reports._records import dumped, record
from newslint.reports._summary import Tally, totals
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.finding import FileResult

VERSION = 1  # of the shape, which docs/report.schema.json has: grows when a key changes its meaning or goes


def report(results: Iterable[FileResult], style: Style = PLAIN) -> Iterator[str]:
    """`{"version", "tool", "findings", "summary"}`, one finding a line."""
    tool = dumped({"name": "newslint", "version": __version__})
    yield f'{{\n"version": {VERSION},\n"tool": {tool},\n"findings": ['
    tally = Tally()
    separator = "\n"
    for result in results:
        tally.add(result)
        for finding in result.findings:
            yield separator + dumped(record(finding))
            separator = ",\n"
    yield f'\n],\n"summary": {dumped(totals(tally, style))}\n}}\n'


REPORTER = Reporter("json", "all findings as one JSON object", report)
