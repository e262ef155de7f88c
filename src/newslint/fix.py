"""Fixes to text: the edits of findings, applied without one touching another."""

from __future__ import annotations

from collections.abc import Iterable

from newslint.finding import Edit, FileFix


def apply(text: str, fixes: Iterable[FileFix]) -> str:
    """`text` with every fix made, first come first served: a fix that overlaps an earlier one is left out."""
    return applied(text, [edit for fix in compatible(fixes) for edit in fix.edits])


def compatible(fixes: Iterable[FileFix]) -> list[FileFix]:
    """The fixes without those that overlap an earlier one, in the order of their places."""
    taken: list[tuple[int, int]] = []
    kept = []
    for fix in sorted(fixes, key=lambda each: each.edits):
        spans = [(edit.start, edit.end) for edit in fix.edits]
        if any(
            (start < end_of_other and start_of_other < end) or start == start_of_other
            for start, end in spans
            for start_of_other, end_of_other in taken[-8:]
        ):
            continue
        taken += spans
        kept.append(fix)
    return kept


def applied(text: str, edits: Iterable[Edit]) -> str:
    """`text` with edits made that do not overlap."""
    pieces: list[str] = []
    at = 0
    for edit in sorted(edits):
        pieces += (text[at : edit.start], edit.new)
        at = edit.end
    return "".join((*pieces, text[at:]))
