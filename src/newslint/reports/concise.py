"""One line a finding, as compilers write them. For people and editors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newslint.reports import PLAIN, Reporter, Style
from newslint.reports._summary import Tally, heading
from newslint.reports._summary import footer as closing
from newslint.terminal import Paint
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.finding import FileResult


def report(
    results: Iterable[FileResult], style: Style = PLAIN, *, footer: bool = True
) -> Iterator[str]:
    """`path:line:column: CODE [name] severity: message`."""
    paint = Paint(style.colour)
    tally = Tally()
    for result in results:
        tally.add(result)
        for finding in result.findings:
            yield heading(finding, paint) + "\n"
    if footer and style.footer:
        yield from closing(tally, style)


REPORTER = Reporter("concise", "one line a finding", report)
