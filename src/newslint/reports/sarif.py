"""SARIF 2.1.0, which code scanning and editors read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newslint import __version__
from newslint.finding import Finding, Location, Severity
from newslint.reports import PLAIN, Reporter, Style
from newslint.reports._places import Fingerprints, from_root, is_inside, placed, uri
from newslint.reports._records import Value, dumped
from newslint.reports._summary import Tally, help_text, totals
from newslint.rules import FAMILIES
from newslint.terminal import visible
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.finding import Edit, FileResult

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
HOME = "https://github.com/newslint/newslint"
ROOT = "%SRCROOT%"
LONGEST = 1_000  # characters of a text; GitHub takes 1,024

_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}


def report(results: Iterable[FileResult], style: Style = PLAIN) -> Iterator[str]:
    """A log with one run, one result a line; the rules that have results follow them."""
    fingerprints = Fingerprints()
    rules: dict[str, tuple[int, str]] = {}  # by code: number and name
    tally = Tally()
    yield f'{{\n"$schema": {dumped(SCHEMA)},\n"version": "2.1.0",\n"runs": [{{\n"results": ['
    separator = "\n"
    for result in results:
        tally.add(result)
        for finding in result.findings:
            index, _ = rules.setdefault(finding.code, (len(rules), finding.name))
            yield separator + dumped(_result(finding, index, fingerprints, result.path))
            separator = ",\n"
    yield "\n],\n"
    others: dict[str, Value] = {
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "originalUriBaseIds": {ROOT: {"description": {"text": "the root of the checkout"}}},
        "invocations": [{"executionSuccessful": not tally.failed}],
        "properties": {"summary": totals(tally, style)},
    }
    for key, value in others.items():
        yield f"{dumped(key)}: {dumped(value)},\n"
    yield f'"tool": {{"driver": {{"name": "newslint", "version": {dumped(__version__)},'
    yield f' "informationUri": {dumped(HOME)}, "rules": ['
    yield "\n" * bool(rules) + ",\n".join(_rules(rules, style)) + "\n]}}\n}]\n}\n"


def _rules(found: dict[str, tuple[int, str]], style: Style) -> Iterator[str]:
    pages = style.pages() if found else {}
    for code, (_, name) in found.items():
        described: dict[str, Value] = {"id": code, "name": name}
        page = pages.get(code)
        if page is not None:
            summary = visible(page.summary)
            why = visible(" ".join(page.why.split())) or summary
            described |= {
                "shortDescription": {"text": summary[:LONGEST]},
                "fullDescription": {"text": why[:LONGEST]},
                "help": {"text": why, "markdown": page.text},
                "properties": {"tags": [FAMILIES.get(code[:3], code[:3])]},
            }
        yield dumped(described)


def _result(
    finding: Finding, index: int, fingerprints: Fingerprints, file: str
) -> dict[str, Value]:
    path = _path(finding.path)
    first, last = finding.start_position, finding.end_position
    region: dict[str, Value] = {
        "startLine": first.line,
        "startColumn": first.column,
        "endLine": last.line,
        "endColumn": last.column,
    }
    made: dict[str, Value] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": _text(finding.message)},
        "locations": [_location(path, region, finding.part)],
        "partialFingerprints": {"primaryLocationLineHash": fingerprints.of(finding, path, file)},
    }
    if finding.related:
        made["relatedLocations"] = [
            {"id": number, **_related(other)} for number, other in enumerate(finding.related, 1)
        ]
    if finding.fix is not None and finding.fix.edits:
        replacements: list[Value] = [_replacement(finding, edit) for edit in finding.fix.edits]
        changes: Value = [{"artifactLocation": _artifact(path), "replacements": replacements}]
        advice: Value = {"text": _text(help_text(finding))}
        made["fixes"] = [{"description": advice, "artifactChanges": changes}]
    return made


def _location(path: str, region: dict[str, Value], part: str) -> dict[str, Value]:
    made: dict[str, Value] = {
        "physicalLocation": {"artifactLocation": _artifact(path), "region": region}
    }
    if part:
        made["logicalLocations"] = [{"name": part, "kind": "article"}]
    return made


def _related(other: Location) -> dict[str, Value]:
    region: dict[str, Value] = {"startLine": other.line, "startColumn": other.column}
    if other.end_line:
        region |= {"endLine": other.end_line, "endColumn": other.end_column}
    return _location(_path(other.path), region, other.part)


def _path(path: str) -> str:
    return from_root(path, "GITHUB_WORKSPACE")


def _artifact(path: str) -> dict[str, Value]:
    made: dict[str, Value] = {"uri": uri(path)}
    return made | {"uriBaseId": ROOT} if is_inside(path) else made


def _replacement(finding: Finding, edit: Edit) -> dict[str, Value]:
    place = placed(finding, edit)
    region: dict[str, Value]
    if place is None:
        region = {"charOffset": edit.start, "charLength": edit.end - edit.start}
    else:
        region = {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
        }
    made: dict[str, Value] = {"deletedRegion": region}
    return made | {"insertedContent": {"text": edit.new}} if edit.new else made


def _text(text: str) -> str:
    """A text in which nothing is a link: `[words](address)` would be one."""
    return visible(text).replace("](", "\\](")[:LONGEST]


REPORTER = Reporter("sarif", "SARIF 2.1.0, for code scanning", report)
