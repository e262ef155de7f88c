"""Paths to results: files checked, and compared with each other or with the corpus."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from types import SimpleNamespace

from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TypeAlias

    from newslint.across import Comparison
    from newslint.commands._outcome import Outcome
    from newslint.config import Config
    from newslint.engine import Linter
    from newslint.files import Selection
    from newslint.finding import FileResult

Counted: TypeAlias = "Callable[[FileResult, Linter], FileResult]"


def checked_files(
    options: SimpleNamespace, selection: Selection, outcome: Outcome
) -> Iterator[FileResult]:
    """The results for the files that a command line names, in their order."""
    from newslint.archives import is_archive
    from newslint.engine import Linter
    from newslint.workers import check_all

    listed: list[str] = []
    if options.files_from:
        from newslint.commands._input import listed_paths

        listed = listed_paths(options.files_from)
    paths = options.paths or ([] if options.files_from else ["."])
    is_one = len(paths) == 1 and not (listed or os.path.isdir(paths[0]) or is_archive(paths[0]))
    if is_one and not selection.resolver.for_folder(".").corpus:
        selection.when_made(Linter.read_alone)
    targets = outcome.taken(selection.targets(paths, listed))
    jobs = jobs_of(options)
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


def jobs_of(options: SimpleNamespace) -> int:
    """How many processes are to work."""
    return 1 if options.timing else options.jobs if options.jobs > 0 else cores()


def cores() -> int:
    """How many processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


def compared(
    options: SimpleNamespace,
    config: Config,
    results: Iterable[FileResult],
    selection: Selection,
    counted: Counted,
) -> Iterator[FileResult]:
    """`results`, and at the end what comparing their articles finds, as `counted` leaves it."""
    if config.corpus:
        return _with_corpus(options, config, results, selection, counted)
    cached = not (options.no_cache or options.timing)
    return with_each_other(results, selection, counted, cached=cached)


def is_of_corpus(options: SimpleNamespace) -> bool:
    """Whether the corpus alone is to be compared, and nothing else is given to check."""
    given = options.paths or options.files_from or options.stdin_filename
    return bool(options.corpus and not given)


def with_each_other(
    results: Iterable[FileResult], selection: Selection, counted: Counted, *, cached: bool = False
) -> Iterator[FileResult]:
    """`results`, and at the end what comparing their articles with each other finds, as `counted` leaves it.

    `cached`: replay what an earlier run found in the same articles, and keep what this one finds.
    """
    held: list[tuple[str, str, bytes]] = []  # a first article, with which another may be compared
    comparison: Comparison | None = None
    for result in results:
        held += result.facts or ()
        if len(held) > 1 or (held and comparison is not None):
            if comparison is None:
                from newslint import across

                comparison = across.Comparison(selection.linter_for)
            comparison.add(held)
            held = []
        yield result
    if comparison is not None:
        found = comparison.replayed(selection.linters) if cached else comparison.results()
        for result in found:
            yield counted(result, selection.linter_for(result.path))


def _with_corpus(
    options: SimpleNamespace,
    config: Config,
    results: Iterable[FileResult],
    selection: Selection,
    counted: Counted,
) -> Iterator[FileResult]:
    """The results for the files, and what comparing them with the configured corpus finds; without files, only that."""
    from newslint.across import Comparison
    from newslint.repository import Repository, corpus_folders

    repository = Repository(selection, corpus_folders(config), jobs_of(options))
    cached = not (options.no_cache or options.timing)
    asked: list[FileResult] | None = None
    if is_of_corpus(options):
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
        corpus = repository.corpus(asked, cached=cached, are_files=not options.stdin_filename)
        for reason, count in repository.skipped.items():
            selection.skipped[reason] = selection.skipped.get(reason, 0) + count
    for result in Comparison(selection.linter_for, corpus).results():
        yield counted(result, selection.linter_for(result.path))
