"""The report of a run, and the other ones that are wanted."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from types import SimpleNamespace

from newslint.commands import UsageError
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from typing import TextIO

    from newslint.changed import Changes
    from newslint.commands._output import Output
    from newslint.config import Config
    from newslint.engine import Linter
    from newslint.files import Selection
    from newslint.finding import FileResult
    from newslint.reports import Page, Reporter, Style, Write
    from newslint.reports._again import Kept


def write_reports(
    options: SimpleNamespace,
    reporter: Reporter,
    others: Sequence[tuple[Reporter, str]],
    results: Iterable[FileResult],
    selection: Selection,
    changes: Changes | None,
    *,
    beside: bool,
) -> None:
    """Write the report, and `others` to their files. `beside`: standard output has the text itself."""
    config = selection.resolver.for_folder(".")
    with _kept(others) as kept:
        if kept is not None:
            results = kept.passing(results)
        with (
            _opened(options.output_file, "--output-file", beside=beside) as out,
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
                with _opened(path, "--report") as out:
                    pieces = other.write(kept.again(), style._replace(colour=False))
                    out.stream.writelines(pieces)
                    out.keep()


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


def _opened(path: str | None, option: str, *, beside: bool = False) -> Output | _Standard:
    """Where a report goes: to a file that an option names, or to a standard stream."""
    if path:
        from newslint.commands._output import Output

        return Output(path, option)
    return _Standard(sys.stderr if beside else sys.stdout)


class _Nothing:
    """`contextlib.nullcontext`, without what importing it costs a start."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        return None


class _Standard:
    """A standard stream, used as an `Output` is."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def __enter__(self) -> _Standard:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def keep(self) -> None:
        """The report is complete."""
        self.stream.flush()


def reporter_of(options: SimpleNamespace, config: Config, linter: Linter) -> Reporter:
    """The format of the report."""
    asked = (
        ("--output-format", options.output_format),
        ("NEWSLINT_OUTPUT_FORMAT", os.environ.get("NEWSLINT_OUTPUT_FORMAT")),
        (config.places.get("output-format", ""), config.output_format),
    )
    place, name = next(((place, name) for place, name in asked if name), ("", "full"))
    return _format(place, name, linter)


def other_reports(options: SimpleNamespace, linter: Linter) -> list[tuple[Reporter, str]]:
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
        if not os.path.isdir(os.path.dirname(os.path.realpath(path))):
            raise UsageError(f"--report: {path}: there is no such folder")
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
        width=_columns(stream) if is_terminal else 0,
        footer=not options.quiet,
        fail_on=config.fail_on,
        skipped=lambda: selection.skipped,
        pages=lambda: _pages(linters),
    )


def _columns(stream: TextIO) -> int:
    try:
        return os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):  # a terminal that does not say
        return 0


def _pages(linters: Iterable[Linter]) -> dict[str, Page]:
    from newslint.documents import page
    from newslint.reports import Page

    rules = (rule for linter in linters for rule in linter.documented())
    return {rule.code: Page(rule.summary, rule.why, page(rule)) for rule in rules}
