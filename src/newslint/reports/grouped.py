"""The findings of each file under its name. For people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newslint.reports import PLAIN, Reporter, Style
from newslint.reports._summary import Tally, shown_path
from newslint.reports._summary import footer as closing
from newslint.terminal import Paint, columns, visible
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.finding import FileResult


def report(
    results: Iterable[FileResult], style: Style = PLAIN, *, footer: bool = True
) -> Iterator[str]:
    """A heading a file that has findings, and one line below it for each."""
    paint = Paint(style.colour)
    tally = Tally()
    headed = ""
    for result in results:
        tally.add(result)
        if not result.findings:
            continue
        if result.path != headed:
            headed = result.path
            yield f"{paint.bold(shown_path(result.path))}\n"
        rows = [
            (
                f"  {finding.start_position.line}:{finding.start_position.column}",
                finding.severity,
                visible(finding.code),
                visible(finding.name),
                visible(finding.message) + (f" (in {visible(finding.part)})" * bool(finding.part)),
            )
            for finding in result.findings
        ]
        for finding, line in zip(result.findings, columns(rows), strict=True):
            # Coloured only now: escape sequences would count as width.
            coloured = paint.severity(finding.severity, finding.severity)
            yield line.replace(finding.severity, coloured, 1) + "\n"
        if not result.more:
            yield "\n"
    if footer and style.footer:
        yield from closing(tally, style.skipped(), paint)


REPORTER = Reporter("grouped", "the findings of each file under its name", report)
