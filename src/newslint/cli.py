"""The command line: arguments to settings, files to a report, a report to an exit status.

Status 0: nothing found; 1: findings at or above `--fail-on`; 2: something could not be checked.
"""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from types import SimpleNamespace

from newslint.arguments import checked, parser
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from typing import TextIO, TypeAlias

    from newslint.article import Article
    from newslint.baseline import Baselines, Change, Survey
    from newslint.changed import Changes
    from newslint.config import Config, Resolver, Table
    from newslint.engine import Linter
    from newslint.files import Selection
    from newslint.finding import FileResult
    from newslint.fix import Mended
    from newslint.reports import Page, Reporter, Style, Write
    from newslint.reports._again import Kept
    from newslint.suppress import Entry
    from newslint.unused import Uses
    from newslint.workers import Target

CLEAN, FOUND, FAILED, INTERRUPTED = 0, 1, 2, 130

OVERVIEW = """\
newslint checks news articles: newslint articles/

commands
  newslint [check] PATH…    check files and folders; - reads standard input
  newslint rules            list the rules
  newslint rule CODE        what a rule finds, why, with examples and options
  newslint parse FILE       the parts of an article as newslint sees them
  newslint config [FILE]    the settings that hold for a file
  newslint baseline PATH…   what an archive is known to hold: --update, --prune, --check
  newslint clean PATH…      what to remove from saved articles, and why; --in-place does it
  newslint corpus PATH… -o FILE.parquet
                            millions of articles: findings, scores, duplicates, a policy
  newslint init [FOLDER]    write a first newslint.toml, from what the articles are like
  newslint explain FILE:LINE
                            who says what in a sentence: figures, quotations, credits
  newslint lsp              a language server, for editors
  newslint completion SHELL what makes bash, zsh or fish complete command lines

newslint COMMAND --help shows the options. A folder called like a command is ./rules.
"""


class UsageError(Exception):
    """A command line that asks for what cannot be done."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line; the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        _writable()
        try:
            return _run(given)
        finally:
            sys.stdout.flush()  # here, where it may fail, rather than when Python ends
    except BrokenPipeError:  # whoever reads the output has seen enough
        _discard_output()
        return FOUND
    except OSError as error:  # a full disk, say; what concerns an article has become a finding
        _discard_output()
        return _complain(error.strerror or str(error))
    except KeyboardInterrupt:
        return INTERRUPTED


def _discard_output() -> None:
    """What is still to be written goes nowhere, so that it does not fail again when Python ends."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError:  # no real stream
        return


def _run(given: list[str]) -> int:
    if given == ["--version"]:
        from newslint import __version__

        print(f"newslint {__version__}")
        return CLEAN
    if given in ([], ["-h"], ["--help"]):
        print(OVERVIEW, end="")
        return CLEAN
    from newslint.config import ConfigError

    commands: dict[str, Callable[[list[str]], int]] = {
        "check": _check,
        "rules": _rules,
        "rule": _rule,
        "parse": _parse,
        "config": _config,
        "baseline": _baseline,
        "clean": _clean,
        "corpus": _corpus,
        "init": _init,
        "completion": _completion,
        "explain": _explain,
        "lsp": _lsp,
    }
    command, rest = (given[0], given[1:]) if given[0] in commands else ("check", given)
    try:
        return commands[command](rest)
    except (ConfigError, UsageError) as error:
        return _complain(str(error))


def _complain(message: str) -> int:
    _warn(f"error: {message}")
    return FAILED


def _warn(message: str) -> None:
    from newslint.terminal import visible

    sys.stdout.flush()
    print(f"newslint: {visible(message)}", file=sys.stderr)


def _writable() -> None:
    """Reports are UTF-8 wherever they go to a file; a console that cannot show a letter says which."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if stream.isatty():
            reconfigure(errors="backslashreplace")
        else:
            reconfigure(encoding="utf-8", errors="backslashreplace")


# ------------------------------------------------------------------ arguments


def _listed(values: Iterable[str]) -> list[str]:
    return [each.strip() for value in values for each in value.split(",") if each.strip()]


def _resolver(options: SimpleNamespace, more: Table | None = None, root: str = "") -> Resolver:
    from newslint.config import ConfigError, Resolver, inline

    file, settings = "", []
    for value in options.config or ():
        if "=" not in value or os.path.isfile(value):
            if not os.path.isfile(value):
                raise ConfigError(f"--config: there is no file “{value}”")
            if file:
                raise ConfigError("--config: only one configuration file can hold")
            file = value
        else:
            settings.append(inline(value))
    if file and options.isolated:
        raise ConfigError("--isolated and --config FILE exclude each other")
    table: Table = dict(more or {})
    if options.language is not None:
        table["language"] = options.language
    if options.format is not None:
        table["format"] = options.format
    if options.plugins:
        table["plugins"] = [*_listed(options.plugins)]
    return Resolver(
        file=file, isolated=options.isolated, settings=settings, options=table, root=root
    )


def _check_table(options: SimpleNamespace) -> Table:
    table: Table = {}
    for key in ("select", "extend-select", "ignore"):
        values = getattr(options, key.replace("-", "_"))
        if values is not None:
            table[key] = [*_listed(values)]
    for key in ("fail-on", "max-warnings"):
        value = getattr(options, key.replace("-", "_"))
        if value is not None:
            table[key] = value
    if options.no_baseline:
        if options.baseline is not None:
            raise UsageError("--baseline and --no-baseline exclude each other")
        table["baseline"] = ""
    return {**table, **_file_table(options)}


def _file_table(options: SimpleNamespace) -> Table:
    table: Table = {}
    if options.baseline is not None:
        table["baseline"] = os.path.abspath(options.baseline)
    if options.force_exclude:
        table["force-exclude"] = True
    if options.no_respect_gitignore:
        table["respect-gitignore"] = False
    return table


# ------------------------------------------------------------------ check


class _Outcome:
    """What the exit status depends on, gathered as results go by."""

    def __init__(self) -> None:
        self.failing = self.warnings = 0
        self.failed = False
        self.known = _Known()
        self.changes: Changes | None = None
        self.slack: dict[
            str, int
        ] = {}  # findings that are gone, by the baseline that may only shrink
        self._targets: deque[Target] = deque()
        self._target: Target | None = None  # of the last result

    def taken(self, targets: Iterable[Target]) -> Iterator[Target]:
        """`targets`, each kept until its result comes."""
        for target in targets:
            self._targets.append(target)
            yield target

    def paired(self, results: Iterable[FileResult]) -> Iterator[tuple[FileResult, Linter]]:
        """`results`, which come in the order of the targets, with their linters; some may have been left out."""
        for result in results:
            while not self._target or self._target[0] != result.path:
                self._target = self._targets.popleft()
            self.failed = self.failed or result.failed
            yield result, self._target[1]

    def watch(self, results: Iterable[FileResult]) -> Iterator[FileResult]:
        """`results` as a report is to show them, with all that is to be said of suppressions behind them."""
        uses = _Used()
        for result, linter in self.paired(results):
            uses.note(result, linter)
            shown = self.counted(result, linter)
            config = linter.config
            if shown.gone and config.baseline_ratchet:
                self.slack[config.baseline] = self.slack.get(config.baseline, 0) + shown.gone
            yield shown
        for result, linter in uses.results():
            shown = self.counted(result, linter)
            if shown.findings:
                yield shown

    def counted(self, result: FileResult, linter: Linter) -> FileResult:
        """What a report is to show of a result, which is counted."""
        from newslint.files import fails

        self.failed = self.failed or result.failed
        shown = self._left(result, linter)
        for finding in shown.findings:
            self.failing += fails(finding, linter.config)
            self.warnings += finding.severity == "warning"
        return shown

    def _left(self, result: FileResult, linter: Linter) -> FileResult:
        """What a report is to show of a result."""
        shown = self.known.left(result, linter)
        return shown if self.changes is None else self.changes.left(shown)

    def status(self, max_warnings: int, exit_zero: bool) -> int:
        if self.failed:
            return FAILED
        found = self.failing or self.slack or 0 <= max_warnings < self.warnings
        return FOUND if found and not exit_zero else CLEAN

    def complain(self) -> None:
        """Say of each baseline that may only shrink what is to be taken out of it."""
        from newslint.config import shown_path

        for path, count in self.slack.items():
            several = "1 finding is" if count == 1 else f"{count:,} findings are"
            remedy = "take what is gone out with newslint baseline --prune"
            _warn(f"{shown_path(path)}: {several} gone, and it may only shrink; {remedy}")


class _Known:
    """`baseline.Baselines`, imported for settings that name one."""

    def __init__(self) -> None:
        self._baselines: Baselines | None = None

    def ready(self, linter: Linter) -> None:
        """Read the baseline, so that one that cannot be read stops the run before anything is reported."""
        if linter.config.baseline:
            if self._baselines is None:
                from newslint.baseline import Baselines

                self._baselines = Baselines()
            self._baselines.ready(linter)

    def left(self, result: FileResult, linter: Linter) -> FileResult:
        return self._baselines.left(result, linter) if self._baselines is not None else result


class _Used:
    """`unused.Uses`, imported for settings that name a file of suppressions."""

    def __init__(self) -> None:
        self._uses: Uses | None = None

    def note(self, result: FileResult, linter: Linter) -> None:
        if not linter.suppressions.entries:
            return
        if self._uses is None:
            from newslint.unused import Uses

            self._uses = Uses()
        self._uses.note(result, linter)

    def results(self) -> Iterable[tuple[FileResult, Linter]]:
        return self._uses.results() if self._uses is not None else ()


def _check(given: list[str]) -> int:
    options = checked(given)
    _refuse_mixed_input(options)
    _refuse_mixed_fixes(options)
    from newslint.expressions import keep
    from newslint.files import Selection

    resolver = _resolver(options, _check_table(options))
    config = resolver.for_folder(".")
    if options.corpus:
        resolver = _resolver(options, {**_corpus_table(options, config), **_check_table(options)})
        config = resolver.for_folder(".")
    selection = Selection(resolver)
    linter = selection.linter(config)
    reporter = _reporter(options, config, linter)
    others = _other_reports(options, linter)
    outcome = _Outcome()
    selection.when_made(outcome.known.ready)
    if options.add_suppressions:
        return _add_suppressions(options, selection, outcome)
    if options.reason or options.until:
        raise UsageError("--reason and --until go with --add-suppressions")
    changes = outcome.changes = _changes(options)
    fixes = _Fixes(options, selection, changes) if options.fix or options.diff else None
    if options.paths == ["-"] or options.stdin_filename:
        name = options.stdin_filename or "-"
        read = fixes.of_text if fixes is not None else _standard_input
        results = selection.checked(read(name, selection, outcome), [name])
        results = _compared(outcome.watch(results), selection, outcome.counted)
    else:
        alone = options.corpus and not (options.paths or options.files_from)
        results = iter(()) if alone else _files(options, selection, outcome)
        results = selection.checked(results, options.paths)
        results = fixes.fixer.watch(results) if fixes is not None else results
        results = outcome.watch(results)
        if config.corpus:
            results = _against_corpus(options, config, results, selection, outcome.counted)
        else:
            results = _compared(results, selection, outcome.counted)
    if options.diff:
        deque(results, maxlen=0)
    else:
        _report(options, reporter, others, results, selection, changes, fixes)
    keep()
    has_totals = reporter.name in ("full", "concise", "grouped") and not options.diff
    if changes is not None and changes.hidden and not (options.quiet or has_totals):
        hidden = _counted(changes.hidden, "finding")
        shown = "is not shown" if changes.hidden == 1 else "are not shown"
        sys.stdout.flush()
        print(f"{hidden} on lines that did not change {shown}.", file=sys.stderr)
    outcome.complain()
    if fixes is not None:
        return fixes.status(outcome, config.max_warnings)
    return outcome.status(config.max_warnings, options.exit_zero)


_Counted: TypeAlias = "Callable[[FileResult, Linter], FileResult]"


def _compared(
    results: Iterable[FileResult], selection: Selection, counted: _Counted
) -> Iterator[FileResult]:
    """`results`, and at the end what comparing their articles with each other finds, as `counted` leaves it."""
    facts: list[tuple[str, str, bytes]] = []
    for result in results:
        facts += result.facts or ()
        yield result
    if len(facts) < 2:
        return
    from newslint.across import Comparison

    for result in Comparison(selection.linter_for).of(facts):
        yield counted(result, selection.linter_for(result.path))


def _corpus_table(options: SimpleNamespace, config: Config) -> Table:
    """What `--corpus` says where nothing else does: the whole folder; and without paths, no other rules."""
    table: Table = {}
    if not config.corpus:
        table["corpus"] = ["."]
    if not (options.paths or options.files_from):
        from newslint.engine import Linter

        rules = Linter(config._replace(corpus=(".",))).active.corpus
        table["select"] = [rule.code for rule in rules if rule.family == "DUP"]
    return table


def _against_corpus(
    options: SimpleNamespace,
    config: Config,
    results: Iterable[FileResult],
    selection: Selection,
    counted: _Counted,
) -> Iterator[FileResult]:
    """The results for the files, and what comparing them with the configured corpus finds; without files, only that."""
    from newslint.across import Comparison
    from newslint.repository import Repository, corpus_folders

    repository = Repository(selection, corpus_folders(config), _jobs(options))
    cached = not (options.no_cache or options.timing)
    asked: list[FileResult] | None = None
    if options.corpus and not (options.paths or options.files_from):
        corpus = repository.corpus(None, cached=cached)
        for result in repository.files(corpus):
            yield counted(result, selection.linter_for(result.path))
    else:
        asked = []
        for result in results:
            if result.facts:
                asked.append(result._replace(findings=()))
            yield result
        if not asked:
            return
        corpus = repository.corpus(asked, cached=cached)
        for reason, count in repository.skipped.items():
            selection.skipped[reason] = selection.skipped.get(reason, 0) + count
    for result in Comparison(selection.linter_for, corpus).results():
        yield counted(result, selection.linter_for(result.path))


def _report(
    options: SimpleNamespace,
    reporter: Reporter,
    others: Sequence[tuple[Reporter, str]],
    results: Iterable[FileResult],
    selection: Selection,
    changes: Changes | None,
    fixes: _Fixes | None,
) -> None:
    """Write the report, and the other ones that are wanted."""
    config = selection.resolver.for_folder(".")
    beside = fixes is not None and fixes.has_text
    with _kept(others) as kept:
        if kept is not None:
            results = kept.passing(results)
        with (
            _Output(options.output_file, "--output-file", beside=beside) as out,
            _timed(options, selection),
        ):
            style = _style(options, out.stream, selection, config)
            if changes is not None:
                style = style._replace(elsewhere=lambda: changes.hidden)
            write = _statistics(reporter) if options.statistics else reporter.write
            for piece in write(results, style):
                out.stream.write(piece)
                if reporter.name == "jsonl":  # for programs that read while newslint runs
                    out.stream.flush()
            out.keep()
        if kept is not None:
            for other, path in others:
                with _Output(path, "--report") as out:
                    pieces = other.write(kept.again(), style._replace(colour=False))
                    out.stream.writelines(pieces)
                    out.keep()


def _add_suppressions(options: SimpleNamespace, selection: Selection, outcome: _Outcome) -> int:
    from newslint.annotate import checked_note, compared_entries, note, sidecar_of, write_entries
    from newslint.config import shown_path, today
    from newslint.files import fails
    from newslint.reports._summary import heading
    from newslint.terminal import Paint, visible
    from newslint.writing import replace_file

    if options.paths == ["-"] or options.stdin_filename:
        raise UsageError("--add-suppressions changes files; standard input is none")
    words = checked_note(options.reason, options.until, today(selection.resolver.for_folder(".")))
    in_articles = 0
    failing = False
    config = selection.resolver.for_folder(".")
    results = selection.checked(_files(options, selection, outcome), options.paths)
    pending: dict[str, tuple[Linter, list[Entry]]] = {}

    def compared(result: FileResult, linter: Linter) -> FileResult:
        outcome.failed = outcome.failed or result.failed
        entries = [*compared_entries(outcome.known.left(result, linter), linter, words)]
        if entries:
            pending.setdefault(sidecar_of(linter), (linter, []))[1].extend(entries)
        return result._replace(findings=())

    results = (outcome.known.left(*each) for each in outcome.paired(results))
    if config.corpus:
        results = _against_corpus(options, config, results, selection, compared)
    else:
        results = _compared(results, selection, compared)
    for shown in results:
        linter = selection.linter_for(shown.path)
        try:
            noted = note(shown, linter, words)
            if noted.data is not None:
                replace_file(shown.path, noted.data, noted.known)
        except OSError as error:
            raise UsageError(f"{shown.path}: {error.strerror or error}") from error
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
            raise UsageError(f"{path}: {error.strerror or error}") from error
        several = "1 entry" if len(entries) == 1 else f"{len(entries):,} entries"
        print(f"{several} for {visible(shown_path(path))}")
    if in_articles:
        findings = "1 finding" if in_articles == 1 else f"{in_articles:,} findings"
        print(f"{findings} suppressed in the articles")
    return FAILED if outcome.failed else FOUND if failing else CLEAN


def _kept(others: Sequence[object]) -> AbstractContextManager[Kept | None]:
    """A place for results that are needed again."""
    if others:
        from newslint.reports._again import Kept

        return Kept()
    return _Nothing()


def _timed(options: SimpleNamespace, selection: Selection) -> AbstractContextManager[None]:
    """With `--timing`, a table of what took how long follows on standard error."""
    if options.timing:
        from newslint.timing import shown

        return shown(selection)
    return _Nothing()


class _Nothing:
    """`contextlib.nullcontext`, without what importing it costs a start."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        return None


def _refuse_mixed_input(options: SimpleNamespace) -> None:
    if "-" in options.paths and (len(options.paths) > 1 or options.files_from):
        raise UsageError("- stands for standard input and cannot be mixed with other paths")
    if options.stdin_filename and (options.paths not in ([], ["-"]) or options.files_from):
        raise UsageError(
            "--stdin-filename names the text of standard input; give it no other paths"
        )


def _files(
    options: SimpleNamespace, selection: Selection, outcome: _Outcome
) -> Iterator[FileResult]:
    from newslint.archives import is_archive
    from newslint.engine import Linter
    from newslint.workers import check_all

    listed = _paths_from(options.files_from) if options.files_from else []
    paths = options.paths or ([] if options.files_from else ["."])
    is_one = len(paths) == 1 and not (listed or os.path.isdir(paths[0]) or is_archive(paths[0]))
    if is_one and not selection.resolver.for_folder(".").corpus:
        selection.when_made(Linter.read_alone)
    targets = outcome.taken(selection.targets(paths, listed))
    jobs = _jobs(options)
    cached = not (options.no_cache or options.timing)
    if options.quiet or not sys.stderr.isatty():
        yield from check_all(targets, jobs, cached=cached)
        return
    from newslint.progress import Bar

    known = list(targets)
    bar = Bar(len(known))
    for result in bar.watch(check_all(known, jobs, cached=cached)):
        if result.findings and sys.stdout.isatty():
            bar.hide()
        yield result
    bar.hide()


def _jobs(options: SimpleNamespace) -> int:
    return 1 if options.timing else options.jobs if options.jobs > 0 else _cores()


def _cores() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


def _paths_from(name: str) -> list[str]:
    """The paths listed in a file, one a line or separated by NUL."""
    data = _read(name, "--files-from")
    listed = data.split(b"\0") if b"\0" in data else data.splitlines()
    return [os.fsdecode(each) for each in listed if each.strip()]


def _standard_input(name: str, selection: Selection, outcome: _Outcome) -> Iterator[FileResult]:
    for path, linter in outcome.taken(selection.target(name)):
        yield from linter.check_stream(sys.stdin.buffer, path)


# ------------------------------------------------------------------ check --diff-base


def _changes(options: SimpleNamespace) -> Changes | None:
    if not (options.diff_base or options.diff_from):
        return None
    if options.diff_base and options.diff_from:
        raise UsageError("--diff-base and --diff-from exclude each other")
    if options.paths == ["-"] or options.stdin_filename:
        raise UsageError("--diff-base and --diff-from are about files, not about standard input")
    from newslint.changed import patched, since

    if options.diff_base:
        return since(options.diff_base)
    name = options.diff_from
    if name == "-" and options.files_from == "-":
        raise UsageError("standard input cannot be both the patch and the list of files")
    return patched(_read(name, "--diff-from"), "standard input" if name == "-" else name)


def _read(name: str, option: str) -> bytes:
    """What a file says that an option names; "-" is standard input."""
    try:
        if name == "-":
            return sys.stdin.buffer.read()
        with open(name, "rb") as handle:
            return handle.read()
    except OSError as error:
        raise UsageError(f"{option}: {name}: {error.strerror or error}") from error


# ------------------------------------------------------------------ check --fix


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


class _Fixes:
    """The fixes of a run: made, or shown as a diff, with what is to be said of them on standard error."""

    def __init__(
        self, options: SimpleNamespace, selection: Selection, changes: Changes | None
    ) -> None:
        from newslint.fix import Fixer

        self._options = options
        self.has_text = bool(
            not options.diff and (options.paths == ["-"] or options.stdin_filename)
        )
        self.fixer = Fixer(
            selection.linter_for,
            self._tell,
            unsafe=options.unsafe_fixes,
            keeps=options.diff,
            changes=changes,
        )

    def of_text(self, name: str, selection: Selection, outcome: _Outcome) -> Iterator[FileResult]:
        """Fix the text of standard input, onto standard output; where that cannot be, it comes out as it was."""
        data = sys.stdin.buffer.read()
        for path, linter in outcome.taken(selection.target(name)):  # none where it is excluded
            result, data = self.fixer.text(data, path, linter)
            yield result
        if self.has_text:
            sys.stdout.flush()
            sys.stdout.buffer.write(data)

    def _tell(self, mended: Mended) -> None:
        from newslint.fix import listing

        if self._options.diff:
            _print_difference(mended)
        words = {} if self._options.quiet else {"refuse": "cannot fix"}
        if self._options.show_fixes:
            words["mend"] = "would fix" if self._options.diff else "fixed"
        for line in listing(mended, words):
            print(line, file=sys.stderr)

    def status(self, outcome: _Outcome, max_warnings: int) -> int:
        """The exit status, after the closing words."""
        fixer, options = self.fixer, self._options
        sys.stdout.flush()
        if fixer.fixed and not options.quiet:
            done = "Would fix" if options.diff else "Fixed"
            print(
                f"{done} {_counted(fixer.fixed, 'problem')} in {_counted(fixer.files, 'file')}.",
                file=sys.stderr,
            )
        if fixer.packed and not options.quiet:
            fixes = _counted(fixer.packed, "fix", "fixes")
            print(f"{fixes} in compressed files and archives cannot be made.", file=sys.stderr)
        status = outcome.status(max_warnings, options.exit_zero)
        if options.diff and status != FAILED:
            status = FOUND if fixer.files and not options.exit_zero else CLEAN
        if status == CLEAN and fixer.files and options.exit_non_zero_on_fix:
            return FOUND
        return status


def _counted(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def _print_difference(mended: Mended) -> None:
    from newslint.fix import difference

    sys.stdout.flush()
    sys.stdout.buffer.writelines(difference(mended, for_people=sys.stdout.isatty()))
    sys.stdout.buffer.flush()


def _reporter(options: SimpleNamespace, config: Config, linter: Linter) -> Reporter:
    asked = (
        ("--output-format", options.output_format),
        ("NEWSLINT_OUTPUT_FORMAT", os.environ.get("NEWSLINT_OUTPUT_FORMAT")),
        (config.places.get("output-format", ""), config.output_format),
    )
    place, name = next(((place, name) for place, name in asked if name), ("", "full"))
    return _format(place, name, linter)


def _other_reports(options: SimpleNamespace, linter: Linter) -> list[tuple[Reporter, str]]:
    """The reports of `--report`, each with its file."""
    taken = [os.path.realpath(options.output_file)] if options.output_file else []
    found = []
    for value in options.report or ():
        name, equals, path = value.partition("=")
        if not equals or not path:
            raise UsageError(
                f"--report: “{value}”: give a format and a file, such as sarif=a.sarif"
            )
        if os.path.realpath(path) in taken:
            raise UsageError(f"--report: {path}: another report goes there already")
        taken.append(os.path.realpath(path))
        found.append((_format("--report", name, linter), path))
    return found


def _format(place: str, name: str, linter: Linter) -> Reporter:
    from newslint.reports import builtin_formats, reporter
    from newslint.suggest import near

    others = linter.plugins.reports
    found = reporter(name, others)
    if found is None:
        known = [*builtin_formats(), *(each.name for each in others)]
        hint = near(name, known) or f"; it is one of {', '.join(known)}"
        raise UsageError(f"{place}: unknown output format “{name}”{hint}")
    return found._replace(write=_guarded(found)) if found in others else found


def _guarded(reporter: Reporter) -> Write:
    """The report of a plugin, whose own faults are told with its name."""

    def write(results: Iterable[FileResult], style: Style) -> Iterator[str]:
        from newslint.config import ConfigError

        try:
            yield from reporter.write(results, style)
        except (OSError, ConfigError, UsageError):  # what the articles and the user have to do with
            raise
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
            raise UsageError(f"the report “{reporter.name}” stopped with {reason}") from error

    return write


def _statistics(reporter: Reporter) -> Write:
    from newslint.reports._statistics import statistics

    def write(results: Iterable[FileResult], style: Style) -> Iterator[str]:
        return statistics(results, style, as_json=reporter.name in ("json", "jsonl"))

    return write


def _style(options: SimpleNamespace, stream: TextIO, selection: Selection, config: Config) -> Style:
    from newslint.reports import Style
    from newslint.terminal import wants_colour

    is_terminal = not options.output_file and stream.isatty()
    colour = wants_colour(options.color, is_terminal=is_terminal, environment=dict(os.environ))
    linters: list[Linter] = []
    selection.when_made(linters.append)
    return Style(
        colour=colour,
        footer=not options.quiet,
        fail_on=config.fail_on,
        skipped=lambda: selection.skipped,
        pages=lambda: _pages(linters),
    )


def _pages(linters: Iterable[Linter]) -> dict[str, Page]:
    from newslint.documents import page
    from newslint.reports import Page

    rules = (rule for linter in linters for rule in linter.documented())
    return {rule.code: Page(rule.summary, rule.why, page(rule)) for rule in rules}


class _Output:
    """Standard output, or a file that appears whole or not at all. `beside`: standard output has the text itself."""

    def __init__(self, path: str | None, option: str, *, beside: bool = False) -> None:
        self._path = path or ""
        self._option = option
        self._target = os.path.realpath(self._path)  # a link stays one
        self._draft = ""
        self.stream: TextIO = sys.stderr if beside else sys.stdout

    def __enter__(self) -> _Output:
        if not self._path:
            return self
        if os.path.isdir(self._target):
            raise UsageError(f"{self._option}: {self._path} is a folder")
        file: int | str = self._target
        try:
            if os.path.isfile(self._target) or not os.path.exists(self._target):
                from tempfile import mkstemp

                folder, name = os.path.split(self._target)
                file, self._draft = mkstemp(prefix=f".{name}.", dir=folder)
            self.stream = open(file, "w", encoding="utf-8", errors="backslashreplace", newline="")
        except OSError as error:
            raise self._failure(error) from error
        return self

    def keep(self) -> None:
        """The report is complete."""
        self.stream.flush()
        if self._draft:
            self.stream.close()
            os.chmod(self._draft, _mode(self._target))
            os.replace(self._draft, self._target)
            self._draft = ""

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if not self._path:
            return
        from contextlib import suppress

        with suppress(OSError):  # there is an error already, or nothing left to write
            self.stream.close()
        if self._draft:
            os.unlink(self._draft)
        if isinstance(error, OSError):
            raise self._failure(error) from error

    def _failure(self, error: OSError) -> UsageError:
        return UsageError(f"{self._option}: {self._path}: {error.strerror or error}")


def _mode(path: str) -> int:
    """The permissions of a file, or those that a new one gets."""
    try:
        return os.stat(path).st_mode & 0o777
    except FileNotFoundError:
        return 0o666 & ~_umask()


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


# ------------------------------------------------------------------ what there is


def _own_linter(options: SimpleNamespace, path: str = "") -> Linter:
    from newslint.files import Selection

    selection = Selection(_resolver(options))
    return (
        selection.linter_for(path) if path else selection.linter(selection.resolver.for_folder("."))
    )


def _rules(given: list[str]) -> int:
    own = parser("rules")
    own.add_argument("selectors", nargs="*", metavar="CODE", help="only these, such as QUO")
    options = own.parse_intermixed_args(given, SimpleNamespace())
    from newslint.ruleset import check_selectors
    from newslint.terminal import columns, visible

    linter = _own_linter(options)
    wanted = tuple(_listed(options.selectors))
    check_selectors(linter.rules, wanted)
    on = {rule.code for rule in linter.active.rules}
    rows = [
        (
            rule.code,
            rule.name,
            linter.active.severity.get(rule.name, rule.severity) if rule.code in on else "off",
            "fix" if rule.fixable else "",
            visible(rule.summary),
        )
        for rule in linter.documented()
        if not wanted or any(w in (rule.name, "ALL") or rule.code.startswith(w) for w in wanted)
    ]
    for line in columns(rows):
        print(line)
    return CLEAN


def _rule(given: list[str]) -> int:
    own = parser("rule")
    own.add_argument("rules", nargs="*", metavar="CODE|NAME")
    options = own.parse_intermixed_args(given, SimpleNamespace())
    from newslint.documents import page
    from newslint.suggest import near

    if not options.rules and not options.all:
        raise UsageError("name a rule by its code or name, or give --all")
    rules = _own_linter(options).documented()
    by_key = {key: rule for rule in rules for key in (rule.code, rule.name)}
    chosen = list(rules) if options.all else []
    for key in _listed(options.rules):
        if key not in by_key and key.upper() not in by_key:
            raise UsageError(f"unknown rule “{key}”{near(key, list(by_key))}")
        chosen.append(by_key[key] if key in by_key else by_key[key.upper()])
    print("\n\n".join(page(rule).rstrip("\n") for rule in chosen))
    return CLEAN


def _config(given: list[str]) -> int:
    own = parser("config")
    own.add_argument("path", nargs="?", default=".", metavar="FILE")
    options = own.parse_intermixed_args(given, SimpleNamespace())
    from newslint.terminal import visible

    resolver = _resolver(options)
    is_folder = os.path.isdir(options.path)
    config = resolver.for_folder(options.path) if is_folder else resolver.for_file(options.path)
    for line in _settings(config):
        print(visible(line))
    return CLEAN


def _settings(config: Config) -> Iterator[str]:
    from newslint.terminal import columns

    rows: list[tuple[str, ...]] = []
    for field, value in config._asdict().items():
        key = field.replace("_", "-")
        if field in ("places", "fields", "options", "severity", "overrides"):
            continue
        place = config.places.get(key, "") or config.places.get(f"{key}.0", "")
        rows.append((key, _shown(value), place or "default"))
    for name, keys in config.fields.items():
        rows.append((f"fields.{name}", _shown(keys), config.places.get(f"fields.{name}", "")))
    for rule, options in config.options.items():
        for name, value in options.items():
            key = f"rules.{rule}.{name}"
            rows.append((key, _shown(value), config.places.get(key, "")))
    for rule, severity in config.severity.items():
        key = f"rules.{rule}.severity"
        rows.append((key, severity, config.places.get(key, "")))
    for index, override in enumerate(config.overrides):
        changed = {
            field.replace("_", "-"): value
            for field, value in override._asdict().items()
            if value and field != "files"
        }
        shown = ", ".join(f"{key} {_shown(value)}" for key, value in changed.items())
        place = config.places.get(f"overrides.{index}", "")
        rows.append((f"for {' '.join(override.files)}", shown, place))
    yield from columns(rows)


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(str(each) for each in value) or "–"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_shown(each)}" for key, each in value.items())
    return "–" if value in ("", -1) else str(value)


# ------------------------------------------------------------------ corpora


def _corpus(given: list[str]) -> int:
    from newslint.arguments import CHECK

    own = parser("corpus")
    own.add_argument("paths", nargs="+", metavar="PATH", help="files and folders")
    unset = {option.key: option.unset for option in CHECK}
    options = own.parse_intermixed_args(given, SimpleNamespace(**unset))
    if not options.output:
        own.error("the following arguments are required: -o/--output")
    _need("newslint corpus", "corpus", ("pyarrow", "duckdb"))
    if options.engine == "spark":
        _need("--engine spark", "spark", ("pyspark", "pandas"))
    from newslint.corpus.big import Busy
    from newslint.corpus.command import Wanted, is_size, report, run
    from newslint.corpus.outcome import COPIES, Rules
    from newslint.corpus.plan import Lost
    from newslint.files import Selection
    from newslint.progress import Gauge
    from newslint.terminal import visible

    if not options.output.lower().endswith(".parquet"):
        raise UsageError(f"--output: {options.output}: the name must end in .parquet")
    if not is_size(options.memory):
        raise UsageError(f"--memory: {options.memory}: give a size such as 2GB")
    wanted = Wanted(
        tuple(options.paths),
        options.output,
        options.jobs if options.jobs > 0 else _cores(),
        Rules(tuple(_listed(options.drop or ())), _share(options.min_quality)),
        options.memory,
        not options.no_duplicates,
        options.engine,
        options.master,
    )
    table = _check_table(options)
    if options.select is None and wanted.with_duplicates:
        more = table.get("extend-select", [])
        table["extend-select"] = [*(more if isinstance(more, list) else ()), COPIES]
    resolver = _resolver(options, table)
    gauge = Gauge()
    try:
        summary, outputs = run(wanted, Selection(resolver), gauge)
    except Busy as error:
        raise UsageError(f"{options.output}: {error}") from error
    except Lost as error:
        raise UsageError(f"{error}; run it again") from error
    except OSError as error:
        raise UsageError(
            f"{error.filename or options.output}: {error.strerror or error}"
        ) from error
    finally:
        gauge.hide()
    if not options.quiet:
        for line in report(summary, outputs):
            print(visible(line))
    if summary.failed:
        return FAILED
    from newslint.finding import SEVERITIES

    fail_on = SEVERITIES.index(resolver.for_folder(".").fail_on)
    found = any(summary.severities[each] for each in SEVERITIES[: fail_on + 1])
    return FOUND if found and not options.exit_zero else CLEAN


def _need(command: str, extra: str, packages: Sequence[str]) -> None:
    """Raises UsageError where a package of an extra is not installed."""
    from importlib.util import find_spec

    missing = [each for each in packages if find_spec(each) is None]
    if missing:
        raise UsageError(
            f"{command} needs {' and '.join(missing)}; pip install 'newslint[{extra}]'"
        )


def _share(value: str | None) -> float:
    try:
        share = float(value or 0)
    except ValueError:
        share = -1
    if not 0 <= share <= 1:
        raise UsageError(f"--min-quality: {value}: give a number from 0 to 1")
    return share


def _clean_by_policy(options: SimpleNamespace) -> int:
    for name in ("diff", "in_place", "select", "thorough", "certain"):
        if getattr(options, name):
            raise UsageError(f"--{name.replace('_', '-')} and --policy exclude each other")
    if not options.output or options.output == "-":
        raise UsageError("--policy: name a folder with -o for what is left of the files")
    _need("newslint clean --policy", "corpus", ("pyarrow",))
    from newslint.corpus.policy import Unfit, carried_out
    from newslint.files import Selection, tidy
    from newslint.terminal import visible

    selection = Selection(_resolver(options))
    named = {tidy(path) for path in options.paths}
    folders = tuple(os.path.join(each, "") for each in named if os.path.isdir(each))
    met: set[str] = set()

    def wants(path: str) -> bool:
        own = {each for each in folders if path.startswith(each)} | ({path} & named)
        met.update(own)
        return bool(own) or not named or "." in named

    def target(path: str) -> str:
        relative = os.path.relpath(path)
        outside = relative.startswith(os.pardir) or os.path.isabs(relative)
        return os.path.join(options.output, os.path.basename(path) if outside else relative)

    failed = False
    try:
        for each in carried_out(options.policy, wants, selection.linter_for, target):
            if each.fault:
                failed = True
                _complain(each.fault)
                continue
            done = ", ".join(
                f"{action} {count:,}" for action, count in sorted(each.actions.items())
            )
            print(visible(f"{each.path}: {done}"))
    except Unfit as error:
        raise UsageError(str(error)) from error
    except OSError as error:
        raise UsageError(
            f"{error.filename or options.policy}: {error.strerror or error}"
        ) from error
    for path in sorted(named - {"."} - {path.rstrip(os.sep) for path in met}):
        failed = True
        _complain(f"{path}: the policy says nothing about it")
    return FAILED if failed else CLEAN


# ------------------------------------------------------------------ parse


class _Row(NamedTuple):
    """A block, as `newslint parse` shows it."""

    start: str
    end: str
    kind: str
    text: str


LONGEST_SHOWN = 72


def _parse(given: list[str]) -> int:
    own = parser("parse")
    own.add_argument("file", metavar="FILE")
    options = own.parse_intermixed_args(given, SimpleNamespace())
    from newslint.source import NotText
    from newslint.terminal import columns

    linter = _own_linter(options, options.file)
    try:
        articles = linter.parse(options.file)
    except OSError as error:
        raise UsageError(f"{options.file}: {error.strerror or error}") from error
    except (NotText, ValueError) as error:
        raise UsageError(f"{options.file}: {error}") from error
    for number, article in enumerate(articles):
        if number:
            print()
        for line in _about(article):
            print(line)
        for line in columns([tuple(row) for row in _blocks(article)]):
            print(line)
    return CLEAN


def _explain(given: list[str]) -> int:
    own = parser("explain")
    own.add_argument("place", metavar="FILE:LINE")
    options = own.parse_intermixed_args(given, SimpleNamespace())
    from newslint.explain import explained
    from newslint.source import NotText
    from newslint.terminal import visible

    file, _, line = options.place.rpartition(":")
    if not file or not line.isdecimal() or int(line) < 1:
        raise UsageError(f"{options.place}: give a file and a line, such as story.txt:12")
    try:
        articles = _own_linter(options, file).parse(file)
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror or error}") from error
    except (NotText, ValueError) as error:
        raise UsageError(f"{file}: {error}") from error
    rows = [row for article in articles for row in explained(article, int(line))]
    if not rows:
        raise UsageError(f"{options.place}: no sentence of running copy stands there")
    for row in rows:
        print(visible(row))
    return CLEAN


def _about(article: Article) -> Iterator[str]:
    from newslint.terminal import visible

    if article.part:
        yield f"part {visible(article.part)}"
    declared = "declared" if article.declared_language else "guessed"
    yield f"language {visible(article.language)} ({declared}), encoding {article.source.encoding}"
    for name, value in article.fields.items():
        yield visible(f"field {name}: {_cut(value)}")


def _blocks(article: Article) -> Iterator[_Row]:
    from newslint.terminal import visible

    for block in article.blocks:
        start, end = article.map.to_file(block.start, block.end)
        first, last = article.source.position(start), article.source.position(end)
        kind = f"{block.kind} {block.level}" if block.level else block.kind
        text = visible(_cut(article.text[block.start : block.end]))
        yield _Row(f"{first.line}:{first.column}", f"{last.line}:{last.column}", kind, text)


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


# ------------------------------------------------------------------ baseline


def _baseline(given: list[str]) -> int:
    own = parser("baseline")
    own.add_argument("paths", nargs="*", metavar="PATH", help="files and folders; default: .")
    options = own.parse_intermixed_args(given, SimpleNamespace(timing=False, corpus=False))
    if not (options.update or options.prune or options.check):
        own.error("one of the arguments --update --prune --check is required")
    from newslint.baseline import Survey, empty, load
    from newslint.config import BASELINE as FILE
    from newslint.files import Selection, fails
    from newslint.reports._summary import heading
    from newslint.terminal import Paint

    selection = Selection(_resolver(options, _file_table(options)))
    config = selection.resolver.for_folder(".")
    fallback = "" if config.baseline else os.path.join(config.root, FILE)
    outcome = _Outcome()
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

    def compared(result: FileResult, linter: Linter) -> FileResult:
        survey = surveys.get(linter.config.baseline or fallback)
        return survey.compared(result) if survey else result._replace(findings=())

    results = selection.checked(_files(options, selection, outcome), options.paths)
    results = (left(*each) for each in outcome.paired(results))
    if config.corpus:
        results = _against_corpus(options, config, results, selection, compared)
    else:
        results = _compared(results, selection, compared)
    for result in results:
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
        for line in _about_change(change, survey, grows):
            print(line)
        if fallback and options.update and not options.quiet:
            print(f'To let it hold, set baseline = "{FILE}" in the configuration.')
    if outcome.failed:
        return FAILED
    if options.check:
        return FOUND if new or is_slack else CLEAN
    return FOUND if is_held else CLEAN


def _rewritten(path: str, survey: Survey, only_checks: bool, grows: bool) -> Change:
    from newslint.baseline import changed, rewritten

    if only_checks:
        return changed(survey.baseline, survey, grows=False)
    try:
        return rewritten(path, survey, grows=grows)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from error


def _about_change(change: Change, survey: Survey, grows: bool) -> Iterator[str]:
    """What came of a baseline, in lines."""
    from newslint.config import shown_path
    from newslint.terminal import visible

    for path, counts in change.gone.items():
        for (code, _), count in sorted(counts.items()):
            yield visible(f"{path}: {code} is gone{f' ({count} times)' * (count > 1)}")
    baseline = change.baseline
    parts = [
        f"{change.added:,} {'added' if grows else 'new, not in it'}" if change.added else "",
        f"{change.gone_count:,} gone" if change.gone else "",
    ]
    rest = ", ".join(part for part in parts if part)
    findings = "1 finding" if baseline.total == 1 else f"{baseline.total:,} findings"
    files = "1 file" if len(baseline.files) == 1 else f"{len(baseline.files):,} files"
    shown = visible(shown_path(baseline.path))
    yield f"{shown}: {findings} in {files}{f' ({rest})' if rest else ''}"


# ------------------------------------------------------------------ clean


def _clean(given: list[str]) -> int:
    own = parser("clean")
    own.add_argument("paths", nargs="*", metavar="PATH", help="files and folders")
    options = own.parse_intermixed_args(given, SimpleNamespace())
    if options.policy:
        return _clean_by_policy(options)
    if not options.paths:
        own.error("the following arguments are required: PATH")
    from newslint.clean import Writer, cleaned_files
    from newslint.files import Selection
    from newslint.fix import listing
    from newslint.writing import replace_file

    table: Table = {"select": [*_listed(options.select or ["RES,ENC"])]}
    if options.thorough:
        thorough = "rules.page-furniture.report='all'"
        options.config = [*(options.config or ()), thorough]
    resolver = _resolver(options, table)
    writer = Writer(options.output) if options.output else None
    words = _DONE if options.in_place or writer else _TO_DO
    out = sys.stderr if options.diff or options.output == "-" else sys.stdout
    failed = changed = False
    try:
        for path, outcome in cleaned_files(options.paths, Selection(resolver), options.certain):
            if isinstance(outcome, str):
                failed = True
                _complain(f"{path}: {outcome}")
                continue
            mended, known = outcome
            for line in listing(mended, words):
                print(line, file=out)
            failed, changed = failed or mended.failed, changed or mended.is_changed
            if options.diff:
                _print_difference(mended)
            elif writer is not None:
                writer.write(mended)
            elif options.in_place and mended.is_changed:
                replace_file(path, mended.data, known)
    except OSError as error:
        raise UsageError(
            f"{error.filename or options.output}: {error.strerror or error}"
        ) from error
    is_done = options.in_place or writer is not None
    return FAILED if failed else FOUND if changed and not is_done else CLEAN


_TO_DO = {"remove": "would remove", "mend": "would mend", "leave": "would leave"}
_DONE = {"remove": "removed", "mend": "mended", "leave": "left"}


# ------------------------------------------------------------------ init


def _init(given: list[str]) -> int:
    own = parser("init")
    own.add_argument("folder", nargs="?", default=".", metavar="FOLDER")
    options = own.parse_args(given)
    from newslint import __version__, init
    from newslint.config import shown_path
    from newslint.terminal import visible
    from newslint.writing import create_file

    folder = options.folder
    path = os.path.join(folder, init.NAME)
    status = CLEAN
    above = init.refuse_second(folder)
    found = init.survey(folder)
    baseline = bool(found.articles) and (
        options.yes
        or _agrees("Take what is in the articles now for known, so that only new faults fail?")
    )
    text = init.written(found, baseline=baseline)
    try:
        create_file(path, text.encode())
        print(f"Wrote {visible(shown_path(path))}:\n")
        print("".join(f"    {visible(line)}\n" if line else "\n" for line in text.splitlines()))
        if above:
            print(f"{visible(shown_path(above))} no longer holds here; “extend” can bring it back.")
        if baseline:
            status = _baseline(["--update", "--quiet", folder])
        elif found.articles:
            print(
                "If old articles have faults: newslint baseline --update, and only new ones fail."
            )
        hooks = os.path.join(folder, init.HOOKS)
        if init.is_repository(folder) and not os.path.lexists(hooks):
            if options.yes or _agrees(f"Write {init.HOOKS}, so that every commit is checked?"):
                create_file(hooks, f"repos:\n{init.hook(__version__)}".encode())
                print(f"Wrote {visible(shown_path(hooks))}; pre-commit install puts it to work.")
            else:
                print(f"To check every commit, put this into {init.HOOKS} under “repos”:\n")
                print(init.hook(__version__))
        elif init.is_repository(folder) and b"newslint" not in _read(hooks, "init"):
            print(
                f"To check every commit, add this to {visible(shown_path(hooks))} under “repos”:\n"
            )
            print(init.hook(__version__))
    except FileExistsError as error:
        raise UsageError(
            f"{error.filename2 or path} is there already; it was not written over"
        ) from error
    except OSError as error:
        raise UsageError(f"{error.filename or path}: {error.strerror or error}") from error
    return status


def _agrees(question: str) -> bool:
    """Whether somebody at a terminal says yes; nobody elsewhere is asked."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    print(f"{question} [y/N] ", end="", flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


# ------------------------------------------------------------------ editors


def _lsp(given: list[str]) -> int:
    options = parser("lsp").parse_args(given, SimpleNamespace())
    _need("newslint lsp", "lsp", ("pygls",))
    from newslint.lsp.server import serve

    _resolver(options)  # what is wrong with the command line is said before the editor speaks
    said_goodbye = serve(lambda root: _resolver(options, root=root))
    return CLEAN if said_goodbye else FOUND


# ------------------------------------------------------------------ completion


def _completion(given: list[str]) -> int:
    from newslint.completion import SHELLS, script

    own = parser("completion")
    own.add_argument("shell", choices=SHELLS, metavar="SHELL", help=f"one of {', '.join(SHELLS)}")
    print(script(own.parse_args(given).shell), end="")
    return CLEAN
