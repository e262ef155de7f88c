"""JUnit's XML: each file is a test, for the servers that show tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newslint.finding import SEVERITIES, Finding
from newslint.reports import PLAIN, Reporter, Style
from newslint.reports._summary import Tally, footer, heading
from newslint.terminal import Paint, escaped_xml, visible
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.finding import FileResult

HELD = 1_000_000  # characters of cases in memory; the counts that stand before them come last


def report(results: Iterable[FileResult], style: Style = PLAIN) -> Iterator[str]:
    """One `testsuite`. A file fails if a finding fails the run, and is an error if it could not be checked."""
    from tempfile import SpooledTemporaryFile

    cases = _Cases(style)
    with SpooledTemporaryFile(HELD, "w+", encoding="utf-8", newline="\n") as held:
        for result in results:
            held.writelines(cases.of(result))
        yield '<?xml version="1.0" encoding="UTF-8"?>\n'
        counts = f'tests="{cases.tests}" failures="{cases.failures}" errors="{cases.errors}"'
        yield f"<testsuites {counts}>\n"
        yield f'<testsuite name="newslint" {counts}>\n'
        held.seek(0)
        yield from held
    closing = "".join(footer(cases.tally, style._replace(colour=False)))
    yield f"<system-out>{_lines(closing)}</system-out>\n</testsuite>\n</testsuites>\n"


class _Cases:
    """Test cases, and counts of them."""

    def __init__(self, style: Style) -> None:
        self.tally = Tally()
        self.tests = self.failures = self.errors = 0
        self._failing = SEVERITIES[: SEVERITIES.index(style.fail_on) + 1]
        self._part = 1  # of a file with more findings than one result holds

    def of(self, result: FileResult) -> Iterator[str]:
        """The case of a file, or of each part of one."""
        self.tally.add(result)
        self.tests += 1
        part = f" ({self._part})" if self._part > 1 else ""
        self._part = self._part + 1 if result.more else 1
        yield f'<testcase classname="newslint" name="{escaped_xml(result.path)}{part}">\n'
        failing = [each for each in result.findings if each.severity in self._failing]
        others = [each for each in result.findings if each.severity not in self._failing]
        if failing:
            kind = "error" if result.failed else "failure"
            self.errors += result.failed
            self.failures += not result.failed
            first = escaped_xml(visible(failing[0].message))
            more = f" (and {len(failing) - 1} more)" if len(failing) > 1 else ""
            yield f'<{kind} type="{kind}" message="{first}{more}">{_listed(failing)}</{kind}>\n'
        if others:
            yield f"<system-out>{_listed(others)}</system-out>\n"
        yield "</testcase>\n"


def _listed(findings: list[Finding]) -> str:
    return _lines("".join(heading(finding, Paint()) + "\n" for finding in findings))


def _lines(text: str) -> str:
    return "\n".join(map(escaped_xml, text.split("\n")))


REPORTER = Reporter("junit", "JUnit's XML, in which each file is a test", report)
