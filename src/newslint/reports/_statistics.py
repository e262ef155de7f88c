"""`--statistics`: how often each rule was broken, in place of the findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newslint.finding import Severity
from newslint.reports import Style
from newslint.reports._records import Value, dumped
from newslint.reports._summary import Tally, footer
from newslint.terminal import columns, visible
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.finding import FileResult


def statistics(
    results: Iterable[FileResult], style: Style, *, as_json: bool = False
) -> Iterator[str]:
    """A table of counts by code, the highest first; a JSON array of records with `as_json`."""
    tally = Tally()
    counts: dict[tuple[str, str, Severity], int] = {}
    fixable: set[str] = set()
    for result in results:
        tally.add(result)
        for finding in result.findings:
            key = finding.code, finding.name, finding.severity
            counts[key] = counts.get(key, 0) + 1
            if finding.fix is not None:
                fixable.add(finding.code)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    if as_json:
        records: list[Value] = [
            {
                "code": code,
                "name": name,
                "severity": severity,
                "count": count,
                "fixable": code in fixable,
            }
            for (code, name, severity), count in ordered
        ]
        yield dumped(records) + "\n"
        return
    digits = max((len(str(count)) for count in counts.values()), default=0)
    rows = [
        (str(count).rjust(digits), visible(code), severity, visible(name))
        for (code, name, severity), count in ordered
    ]
    for line in columns(rows):
        yield line + "\n"
    if style.footer:
        yield from footer(tally, style)
