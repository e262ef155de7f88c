"""A table in Markdown, for comments, chats and the summary of a build."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newslint.finding import Finding
from newslint.reports import PLAIN, Reporter, Style
from newslint.reports._summary import Tally, footer
from newslint.terminal import visible
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.finding import FileResult

HEAD = "| place | level | rule | finding |\n|---|---|---|---|\n"


def report(results: Iterable[FileResult], style: Style = PLAIN) -> Iterator[str]:
    """A row for each finding, then totals."""
    tally = Tally()
    head = HEAD
    for result in results:
        tally.add(result)
        for finding in result.findings:
            yield head + row(finding)
            head = ""
    if style.footer:
        yield "\n" * (not head)
        yield from closing(tally, style)


def row(finding: Finding) -> str:
    """A finding as a row of the table."""
    first = finding.start_position
    place = f"{finding.path}:{first.line}:{first.column}"
    if finding.part:
        place += f" ({finding.part})"
    rule = code(f"{finding.code} {finding.name}")
    return f"| {code(place)} | {finding.severity} | {rule} | {code(finding.message)} |\n"


def closing(tally: Tally, style: Style) -> Iterator[str]:
    """The totals, each a paragraph's line."""
    for line in footer(tally, style._replace(colour=False)):
        yield line.rstrip("\n") + "  \n"  # two spaces: a line of its own


def code(text: str) -> str:
    """`text` as code in a cell: nothing in it is a link, a picture, a mention or HTML."""
    shown = visible(text).replace("|", "\\|")
    longest = run = 0
    for c in shown:
        run = run + 1 if c == "`" else 0
        longest = max(longest, run)
    fence = "`" * (longest + 1)
    space = " " * (shown[:1] == "`" or shown[-1:] == "`" or shown != shown.strip())
    return f"{fence}{space}{shown}{space}{fence}"


REPORTER = Reporter("markdown", "a table in Markdown", report)
