"""Each finding with its line, marks under its words, and what to do. For people; the default."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newslint.finding import Finding, Location
from newslint.reports import PLAIN, Reporter, Style
from newslint.reports._summary import Tally, heading, help_text, related_place
from newslint.reports._summary import footer as closing
from newslint.terminal import Paint, marked_excerpt, visible
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.finding import FileResult

MOST_RELATED = 5  # related places shown of one finding


def report(
    results: Iterable[FileResult], style: Style = PLAIN, *, footer: bool = True
) -> Iterator[str]:
    """The findings with their lines. `footer`: whether totals follow, if the style wants them too."""
    paint = Paint(style.colour)
    tally = Tally()
    explained: set[str] = set()
    for result in results:
        tally.add(result)
        for finding in result.findings:
            first = finding.code not in explained
            yield _finding(finding, paint, style.width, first=first)
            explained.add(finding.code)
    if footer and style.footer:
        yield from closing(tally, style)


def _finding(finding: Finding, paint: Paint, columns: int, *, first: bool) -> str:
    number = str(finding.start_position.line)
    gutter = " " * len(number)
    bar = paint.faint("|")
    lines = [heading(finding, paint)]
    if finding.excerpt.text:
        room = max(1, columns - len(f"{gutter} | ")) if columns else 0
        shown, marks = marked_excerpt(finding, room)
        lines += (
            f"{gutter} {bar}",
            f"{paint.faint(number)} {bar} {shown}",
            f"{gutter} {bar} {paint.severity(finding.severity, marks)}",
        )
    notes = [f"help: {advice}"] if (advice := help_text(finding)) else []
    others = [at for at in finding.related if not _is_inside(at, finding)]
    notes += [f"see also: {related_place(finding, at)}" for at in others[:MOST_RELATED]]
    if (more := len(others) - MOST_RELATED) > 0:
        notes.append(f"and {more} more")
    if first and not advice:
        notes.append(f"help: newslint rule {visible(finding.code)}")
    lines += [f"{gutter} {paint.faint('=')} {note}" for note in notes]
    return "\n".join(lines) + "\n\n"


def _is_inside(place: Location, finding: Finding) -> bool:
    """Whether a related place is under the marks already, as the two ends of a quotation are."""
    same = (place.path, place.part) == (finding.path, finding.part)
    return same and finding.start <= place.start and place.end <= finding.end


REPORTER = Reporter("full", "each finding with its line and marks under its words", report)
