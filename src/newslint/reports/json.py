"""All findings as one JSON object: version of this shape, tool, findings. For programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newslint import __version__
from newslint.reports import PLAIN, Reporter, Style
from newslint.reports._records import dumped, record
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.finding import FileResult

VERSION = 1  # of the shape: grows when a key changes its meaning or goes


def report(results: Iterable[FileResult], style: Style = PLAIN) -> Iterator[str]:
    """`{"version", "tool", "findings"}`, one finding a line."""
    tool = dumped({"name": "newslint", "version": __version__})
    yield f'{{\n"version": {VERSION},\n"tool": {tool},\n"findings": ['
    separator = "\n"
    for result in results:
        for finding in result.findings:
            yield separator + dumped(record(finding))
            separator = ",\n"
    yield "\n]\n}\n"


REPORTER = Reporter("json", "all findings as one JSON object", report)
