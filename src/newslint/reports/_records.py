"""Findings as JSON values, for the formats that programs read."""

from __future__ import annotations

from newslint.finding import Finding
from newslint.terminal import escaped_json
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TypeAlias

Value: TypeAlias = "str | int | bool | list[Value] | dict[str, Value] | None"


def record(finding: Finding) -> dict[str, Value]:
    """A finding. Lines and columns count from 1, offsets (code points of the file) from 0."""
    fix: Value = None
    if finding.fix is not None:
        edits: list[Value] = [
            {"start": edit.start, "end": edit.end, "new": edit.new} for edit in finding.fix.edits
        ]
        fix = {"safe": finding.fix.safe, "label": finding.fix.label, "edits": edits}
    first, last = finding.start_position, finding.end_position
    return {
        "path": finding.path,
        "part": finding.part,
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "message": finding.message,
        "start": _place(first.line, first.column, finding.start),
        "end": _place(last.line, last.column, finding.end),
        "fix": fix,
        "related": [
            {
                "path": other.path,
                "part": other.part,
                "start": _place(other.line, other.column, other.start),
                "end": _place(other.end_line, other.end_column, other.end),
            }
            for other in finding.related
        ],
    }


def _place(line: int, column: int, offset: int) -> Value:
    return {"line": line, "column": column, "offset": offset} if line else {"offset": offset}


def dumped(value: Value) -> str:
    """One line of JSON without a raw control character or lone surrogate in it."""
    from json import dumps

    return escaped_json(dumps(value, ensure_ascii=False))
