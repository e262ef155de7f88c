"""`newslint baseline`: what articles are known to hold, so that only new faults fail."""

from __future__ import annotations

import os
from collections.abc import Iterator
from types import SimpleNamespace

from newslint.arguments import parser
from newslint.baseline import Change, Survey, changed, empty, load, rewritten
from newslint.commands import CLEAN, FAILED, FOUND, UsageError
from newslint.commands._outcome import Outcome
from newslint.commands._results import checked_files, compared
from newslint.commands._settings import file_table, resolver_of
from newslint.config import BASELINE, shown_path
from newslint.files import Selection, fails
from newslint.reports._summary import heading
from newslint.terminal import Paint, counted, visible
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.engine import Linter
    from newslint.finding import FileResult


def run(given: list[str]) -> int:
    """Note what is found, take out what is gone, or check that nothing is either."""
    own = parser("baseline")
    own.add_argument("paths", nargs="*", metavar="PATH", help="files and folders; default: .")
    options = own.parse_intermixed_args(given, SimpleNamespace(timing=False, corpus=False))
    if not (options.update or options.prune or options.check):
        own.error("one of the arguments --update --prune --check is required")
    selection = Selection(resolver_of(options, file_table(options)))
    config = selection.resolver.for_folder(".")
    fallback = "" if config.baseline else os.path.join(config.root, BASELINE)
    outcome = Outcome()
    surveys: dict[str, Survey] = {}
    new = 0

    def left(result: FileResult, linter: Linter) -> FileResult:
        """A result of reading or of comparing files, without what is known."""
        path = linter.config.baseline or fallback
        if not path:
            return result._replace(findings=())  # settings of their own, without a baseline
        if path not in surveys:
            there = options.prune or options.check or os.path.lexists(path)
            surveys[path] = Survey(load(path) if there else empty(path))
        return surveys[path].left(result, linter, keeps=True)

    def of_pairs(result: FileResult, linter: Linter) -> FileResult:
        survey = surveys.get(linter.config.baseline or fallback)
        return survey.compared(result) if survey else result._replace(findings=())

    results = selection.checked(checked_files(options, selection, outcome), options.paths)
    results = (left(*each) for each in outcome.paired(results))
    for result in compared(options, config, results, selection, of_pairs):
        for finding in result.findings:
            is_failure = finding.code in ("LNT001", "LNT002")
            new += fails(finding, selection.linter_for(result.path).config) and not is_failure
            if options.check or is_failure:
                print(heading(finding, Paint(False)))
    # What articles have in common shows only where all of them are there.
    root = os.path.realpath(config.root)
    named = options.paths or ([] if options.files_from else ["."])
    is_whole = bool(config.corpus) or any(os.path.realpath(each) == root for each in named)
    is_slack = is_held = False
    for path, survey in surveys.items():
        if is_whole:
            survey.settle({rule.code for rule in selection.linter(config).active.corpus})
        grows = options.update and not (config.baseline_ratchet and os.path.lexists(path))
        change = _rewritten(path, survey, options.check, grows)
        is_slack = is_slack or bool(change.gone)
        is_held = is_held or (options.update and not grows and bool(change.added))
        for line in _about_change(change, grows):
            print(line)
        if fallback and options.update and not options.quiet:
            print(f'To let it hold, set baseline = "{BASELINE}" in the configuration.')
    if outcome.failed:
        return FAILED
    if options.check:
        return FOUND if new or is_slack else CLEAN
    return FOUND if is_held else CLEAN


def _rewritten(path: str, survey: Survey, only_checks: bool, grows: bool) -> Change:
    if only_checks:
        return changed(survey.baseline, survey, grows=False)
    try:
        return rewritten(path, survey, grows=grows)
    except OSError as error:
        raise UsageError.about(path, error) from error


def _about_change(change: Change, grows: bool) -> Iterator[str]:
    """What came of a baseline, in lines."""
    for path, counts in change.gone.items():
        for (code, _), count in sorted(counts.items()):
            yield visible(f"{path}: {code} is gone{f' ({count} times)' * (count > 1)}")
    baseline = change.baseline
    parts = [
        f"{change.added:,} {'added' if grows else 'new, not in it'}" if change.added else "",
        f"{change.gone_count:,} gone" if change.gone else "",
    ]
    rest = ", ".join(part for part in parts if part)
    findings, files = counted(baseline.total, "finding"), counted(len(baseline.files), "file")
    shown = visible(shown_path(baseline.path))
    yield f"{shown}: {findings} in {files}{f' ({rest})' if rest else ''}"
