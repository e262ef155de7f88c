"""The findings of each file under its name. For people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from newslint.reports import PLAIN, Reporter, Style
from newslint.reports._summary import Tally, shown_path
from newslint.reports._summary import footer as closing
from newslint.terminal import Paint, columns, visible
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.finding import FileResult, Finding


def report(
    results: Iterable[FileResult], style: Style = PLAIN, *, footer: bool = True
) -> Iterator[str]:
    """A heading a file that has findings, and one line below it for each."""
    paint = Paint(style.colour)
    tally = Tally()
    headed = ""
    for result in results:
        tally.add(result)
        for path, group in groupby(result.findings, key=lambda finding: finding.path):
            if path != headed:
                yield ("\n" * bool(headed)) + f"{paint.bold(shown_path(path))}\n"
                headed = path
            yield from _group(list(group), paint)
    if headed:
        yield "\n"
    if footer and style.footer:
        yield from closing(tally, style)


def _group(findings: list[Finding], paint: Paint) -> Iterator[str]:
    rows = [
        (
            f"  {finding.start_position.line}:{finding.start_position.column}",
            finding.severity,
            visible(finding.code),
            visible(finding.name),
            visible(finding.message) + (f" (in {visible(finding.part)})" * bool(finding.part)),
        )
        for finding in findings
    ]
    for finding, line in zip(findings, columns(rows), strict=True):
        # Coloured only now: escape sequences would count as width.
        coloured = paint.severity(finding.severity, finding.severity)
        yield line.replace(finding.severity, coloured, 1) + "\n"


REPORTER = Reporter("grouped", "the findings of each file under its name", report)
