"""Fixes and suppressions as edits of a document."""

from __future__ import annotations

from newslint.annotate import Note, can_be_suppressed, compared_entries, note_in
from newslint.finding import FileResult
from newslint.fix import Plan, Tries, edits_between, fixes_of, mend, possible
from newslint.typed import TYPE_CHECKING
from newslint.writing import form_of

if TYPE_CHECKING:
    from newslint.finding import Edit, Finding
    from newslint.lsp.findings import Found
    from newslint.suppress import Entry


class Refused(Exception):
    """What is asked for cannot be done. The message says why, for whoever asked."""


def fix_one(found: Found, finding: Finding) -> list[Edit]:
    """The edits of one fix, if they do what they are to. Raises Refused."""
    source, linter = found.source, found.linter
    assert source is not None
    assert linter is not None
    assert finding.fix is not None
    plan = Plan("mend", finding.fix, (finding,))
    plans, refused = possible([plan], source, form_of(source), linter, Tries())
    if not plans:
        raise Refused(refused.get(finding, "it would change nothing"))
    return sorted(finding.fix.edits)


def fix_all(found: Found) -> list[Edit]:
    """What `newslint --fix` would change. Raises Unwritable and EndlessFixing."""
    source, linter = found.source, found.linter
    assert source is not None
    assert linter is not None
    mended = mend(source, linter, lambda _, findings: fixes_of(findings, unsafe=False))
    if len(mended.rounds) == 1:
        return [*mended.rounds[0]]
    return [*edits_between(source.text, mended.text)]


def suppress(found: Found, finding: Finding) -> tuple[list[Edit], list[Entry]]:
    """What `--add-suppressions` would write of one finding: comments, or entries for the file beside the articles.

    Raises Refused.
    """
    source, linter = found.source, found.linter
    assert source is not None
    assert linter is not None
    if not can_be_suppressed(finding.code):
        raise Refused(f"{finding.code} cannot be suppressed; per-file-ignores can leave it out")
    edits: list[Edit] = []
    if finding in found.findings:
        edits, entries = note_in(source, [finding], linter, Note())
    else:  # by comparing articles
        result = FileResult(finding.path, (finding,), 1, 0, False)
        entries = [*compared_entries(result, linter, Note())]
    if entries and not found.edition.has_file:
        raise Refused("a text that is not saved yet cannot have an entry in a file; save it first")
    return edits, entries
