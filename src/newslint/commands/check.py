"""`newslint check`: files to a report, a report to an exit status.

Status 0: nothing found; 1: findings at or above `--fail-on`; 2: something could not be checked.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from types import SimpleNamespace

from newslint.arguments import COMMANDS, checked
from newslint.commands import UsageError, complain
from newslint.commands._outcome import Outcome
from newslint.commands._report import other_reports, reporter_of, write_reports
from newslint.commands._results import checked_files, compared, is_of_corpus, with_each_other
from newslint.commands._settings import check_table, resolver_of
from newslint.expressions import keep
from newslint.files import Selection
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.changed import Changes
    from newslint.commands._fixes import Fixes
    from newslint.config import Config, Table
    from newslint.finding import FileResult


def run(given: list[str]) -> int:
    """Check files and folders."""
    options = checked(given)
    _refuse_mixed_input(options)
    _refuse_mixed_fixes(options)
    resolver = resolver_of(options, check_table(options))
    config = resolver.for_folder(".")
    if options.corpus:
        resolver = resolver_of(options, {**_corpus_table(options, config), **check_table(options)})
        config = resolver.for_folder(".")
    selection = Selection(resolver)
    linter = selection.linter(config)
    reporter = reporter_of(options, config, linter)
    others = other_reports(options, linter)
    outcome = Outcome()
    selection.when_made(outcome.known.ready)
    if options.add_suppressions:
        from newslint.commands._suppressions import add_suppressions

        return add_suppressions(options, selection, outcome)
    if options.reason or options.until:
        raise UsageError("--reason and --until go with --add-suppressions")
    changes = outcome.changes = _changes(options)
    fixes = _fixes(options, selection, changes)
    results = _results(options, config, selection, outcome, fixes)
    if options.diff:
        for result in results:
            _complain_of(result)
    else:
        beside = fixes is not None and fixes.has_text
        write_reports(options, reporter, others, results, selection, changes, beside=beside)
    keep()
    has_totals = reporter.name in ("full", "concise", "grouped") and not options.diff
    if changes is not None and changes.hidden and not (options.quiet or has_totals):
        from newslint.terminal import counted

        hidden = counted(changes.hidden, "finding")
        are = "is" if changes.hidden == 1 else "are"
        sys.stdout.flush()
        print(f"{hidden} on lines that did not change {are} not shown.", file=sys.stderr)
    outcome.complain()
    if fixes is not None:
        return fixes.status(outcome, config.max_warnings)
    return outcome.status(config.max_warnings, options.exit_zero)


def _complain_of(result: FileResult) -> None:
    """Say of a file without a report why it, or a part of it, could not be checked."""
    from newslint.changed import ALWAYS

    for each in result.findings:
        if each.code in ALWAYS:
            place = f"{each.path}:{each.start_position.line}:{each.start_position.column}"
            complain(f"{place}: {each.message}")


def _refuse_mixed_input(options: SimpleNamespace) -> None:
    if "" in options.paths:
        raise UsageError("a path is empty; . stands for the folder here")
    for path in options.paths[:1]:  # behind an option, where no command is looked for
        if any(path == each.name for each in COMMANDS) and not os.path.lexists(path):
            raise UsageError(
                f"a command comes first: newslint {path} …; a file of its name is ./{path}"
            )
    if "-" in options.paths and (len(options.paths) > 1 or options.files_from):
        raise UsageError("- stands for standard input and cannot be mixed with other paths")
    if options.stdin_filename and (options.paths not in ([], ["-"]) or options.files_from):
        raise UsageError(
            "--stdin-filename names the text of standard input; give it no other paths"
        )


def _refuse_mixed_fixes(options: SimpleNamespace) -> None:
    for key in ("unsafe-fixes", "show-fixes"):
        if getattr(options, key.replace("-", "_")) and not (options.fix or options.diff):
            raise UsageError(f"--{key} speaks of what --fix or --diff does; give one of them")
    if options.add_suppressions and (options.fix or options.diff):
        raise UsageError("--add-suppressions and --fix exclude each other")
    if options.add_suppressions and (options.diff_base or options.diff_from):
        raise UsageError("--add-suppressions notes all that is found, on whatever lines")
    if options.diff and (options.output_file or options.report or options.statistics):
        raise UsageError("--diff prints a diff and no report; leave out what is about the report")


def _corpus_table(options: SimpleNamespace, config: Config) -> Table:
    """What `--corpus` says where nothing else does: the whole folder; and without paths, no other rules."""
    table: Table = {}
    if not config.corpus:
        table["corpus"] = ["."]
    if is_of_corpus(options):
        from newslint.engine import Linter

        rules = Linter(config._replace(corpus=(".",))).active.corpus
        table["select"] = [rule.code for rule in rules if rule.family == "DUP"]
    return table


def _results(
    options: SimpleNamespace,
    config: Config,
    selection: Selection,
    outcome: Outcome,
    fixes: Fixes | None,
) -> Iterable[FileResult]:
    """What reports are to show, of files or of standard input."""
    if options.paths == ["-"] or options.stdin_filename:
        name = options.stdin_filename or "-"
        if fixes is not None:
            results = fixes.of_text(name, selection, outcome)
        else:
            from newslint.commands._input import checked_input

            results = checked_input(name, selection, outcome)
        results = outcome.watch(selection.checked(results, [name]))
        if options.stdin_filename:  # the text has a place among the others
            return compared(options, config, results, selection, outcome.counted)
        return with_each_other(results, selection, outcome.counted)
    results = iter(()) if is_of_corpus(options) else checked_files(options, selection, outcome)
    results = selection.checked(results, options.paths)
    results = outcome.watch(fixes.fixer.watch(results) if fixes is not None else results)
    return compared(options, config, results, selection, outcome.counted)


def _changes(options: SimpleNamespace) -> Changes | None:
    if not (options.diff_base or options.diff_from):
        return None
    if options.diff_base and options.diff_from:
        raise UsageError("--diff-base and --diff-from exclude each other")
    if options.paths == ["-"] or options.stdin_filename:
        raise UsageError("--diff-base and --diff-from are about files, not about standard input")
    from newslint.changed import patched, since
    from newslint.commands._input import read

    if options.diff_base:
        return since(options.diff_base)
    name = options.diff_from
    if name == "-" and options.files_from == "-":
        raise UsageError("standard input cannot be both the patch and the list of files")
    return patched(read(name, "--diff-from"), "standard input" if name == "-" else name)


def _fixes(options: SimpleNamespace, selection: Selection, changes: Changes | None) -> Fixes | None:
    if not (options.fix or options.diff):
        return None
    from newslint.commands._fixes import Fixes

    return Fixes(options, selection, changes)
