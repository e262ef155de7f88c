"""`--add-suppressions`: what is found is noted as meant."""

from __future__ import annotations

from types import SimpleNamespace

from newslint.annotate import checked_note, compared_entries, note, sidecar_of, write_entries
from newslint.commands import CLEAN, FAILED, FOUND, UsageError
from newslint.commands._outcome import Outcome
from newslint.commands._results import checked_files, compared
from newslint.config import shown_path, today
from newslint.files import Selection, fails
from newslint.reports._summary import heading
from newslint.terminal import Paint, counted, visible
from newslint.typed import TYPE_CHECKING
from newslint.writing import replace_file

if TYPE_CHECKING:
    from newslint.engine import Linter
    from newslint.finding import FileResult
    from newslint.suppress import Entry


def add_suppressions(options: SimpleNamespace, selection: Selection, outcome: Outcome) -> int:
    """Write suppressions of what is found; the exit status."""
    if options.paths == ["-"] or options.stdin_filename:
        raise UsageError("--add-suppressions changes files; standard input is none")
    words = checked_note(options.reason, options.until, today(selection.resolver.for_folder(".")))
    in_articles = 0
    failing = False
    config = selection.resolver.for_folder(".")
    results = selection.checked(checked_files(options, selection, outcome), options.paths)
    pending: dict[str, tuple[Linter, list[Entry]]] = {}

    def of_pairs(result: FileResult, linter: Linter) -> FileResult:
        outcome.failed = outcome.failed or result.failed
        entries = [*compared_entries(outcome.known.left(result, linter), linter, words)]
        if entries:
            pending.setdefault(sidecar_of(linter), (linter, []))[1].extend(entries)
        return result._replace(findings=())

    results = (outcome.known.left(*each) for each in outcome.paired(results))
    for shown in compared(options, config, results, selection, of_pairs):
        linter = selection.linter_for(shown.path)
        try:
            noted = note(shown, linter, words)
            if noted.data is not None:
                replace_file(shown.path, noted.data, noted.known)
        except OSError as error:
            raise UsageError.about(shown.path, error) from error
        in_articles += noted.in_file
        if noted.entries:
            pending.setdefault(sidecar_of(linter), (linter, []))[1].extend(noted.entries)
        for finding in noted.left:
            print(f"cannot be suppressed: {heading(finding, Paint(False))}")
            failing = failing or fails(finding, linter.config)
    for path, (linter, entries) in pending.items():
        try:
            write_entries(linter, entries)
        except OSError as error:
            raise UsageError.about(path, error) from error
        print(f"{counted(len(entries), 'entry', 'entries')} for {visible(shown_path(path))}")
    if in_articles:
        print(f"{counted(in_articles, 'finding')} suppressed in the articles")
    return FAILED if outcome.failed else FOUND if failing else CLEAN
