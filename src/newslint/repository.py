"""The configured corpus on disk: articles of a run are compared with all of it, and only what changed is read."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from newslint import cache
from newslint.archives import outermost
from newslint.config import ConfigError, shown_path
from newslint.corpus.index import Article, Index, absolute
from newslint.files import Selection
from newslint.finding import FileResult
from newslint.results import ruleset
from newslint.typed import TYPE_CHECKING
from newslint.workers import check_all

if TYPE_CHECKING:
    from newslint.config import Config
    from newslint.corpus.compare import Corpus
    from newslint.engine import Linter
    from newslint.files import Lot
    from newslint.workers import Target

COMPARING = ("duplicate-title", "near-duplicate-article")  # which between them need all facts


def corpus_folders(config: Config) -> list[str]:
    """The configured files and folders of the corpus. Raises ConfigError where one is not there."""
    folders = []
    for index, each in enumerate(config.corpus):
        folder = os.path.join(config.root, each)
        if not os.path.exists(folder):
            place = config.places.get(f"corpus.{index}", "corpus")
            raise ConfigError(f"{place}: there is no “{each}” in {config.root}")
        folders.append(shown_path(os.path.abspath(folder)))
    return folders


class FactsOnly(Selection):
    """Files of a corpus with linters that do nothing but read facts."""

    def linter(self, config: Config) -> Linter:
        return super().linter(self._bare(config))

    def _bare(self, config: Config) -> Config:
        found = self._bares.get(id(config))
        if found is None:
            found = self._bares[id(config)] = config, _without_rules(config)
        return found[1]

    @cached_property
    def _bares(self) -> dict[int, tuple[Config, Config]]:
        return {}


def _without_rules(config: Config) -> Config:
    overrides = tuple(
        each._replace(select=None, extend_select=(), ignore=(), options={}, severity={})
        for each in config.overrides
    )
    return config._replace(
        select=COMPARING,
        extend_select=(),
        ignore=(),
        options={},
        severity={},
        extend_packs=(),
        force_exclude=False,
        fail_on="error",
        max_warnings=-1,
        output_format="",
        overrides=overrides,
        places={},
    )


class Repository:
    """The configured corpus as it is on disk, kept up to date in an index.

    `selection`: of the run. `folders`: the files and folders of the corpus. `skipped`: counts of what could not be
    read, by reason.
    """

    def __init__(self, selection: Selection, folders: Sequence[str], jobs: int = 1) -> None:
        self._run = selection
        self._selection = FactsOnly(selection.resolver)
        self._folders = folders
        self._jobs = jobs
        self._failed: list[FileResult] = []

    @property
    def skipped(self) -> dict[str, int]:
        """Counts of files that are not compared, by reason."""
        count = len(self._failed)
        return {"unreadable in the corpus": count} if count else {}

    def files(self, corpus: Corpus) -> Iterator[FileResult]:
        """A result for each file of the corpus: nothing found, or why it cannot be read."""
        counts: dict[str, int] = {}
        for number in range(len(corpus)):
            path = outermost(corpus.identity(number).path)
            counts[path] = counts.get(path, 0) + 1
        for path, count in counts.items():
            yield FileResult(path, (), count, 0, False)
        for result in self._failed:
            yield result._replace(facts=())

    def corpus(
        self,
        results: Iterable[FileResult] | None,
        *,
        cached: bool = True,
        are_files: bool = True,
    ) -> Corpus:
        """What the articles of `results` are to be compared with, these among it; None: all of the corpus.

        `cached`: whether the index of earlier runs may be used. `are_files`: whether the results are of files as they
        are, and not of a text that is to take the place of one.
        """
        given = None if results is None else [*results]
        lots = [*self._selection.lots(self._folders)]
        recipe = self._recipe(lots) if cached else ""
        try:
            return self._compared(Index(recipe), lots, given, are_files)
        except (sqlite3.Error, OSError, ValueError):
            if not recipe:
                raise
        self._failed.clear()
        try:
            # Torn, or of a Python that packs in another way: what can be worked out again is not worth a word.
            index = Index.anew(recipe)
        except (sqlite3.Error, OSError):
            index = Index("")  # a folder that cannot be written, say
        return self._compared(index, lots, given, are_files)

    def _recipe(self, lots: Sequence[tuple[Lot, Linter]]) -> str:
        linters = {id(linter): linter for _, linter in lots}
        names = sorted(ruleset(linter) for linter in linters.values())
        if not all(names):
            return ""
        places = [os.path.abspath(folder) for folder in self._folders]
        return cache.key(repr((names, places)).encode())

    def _compared(
        self,
        index: Index,
        lots: Sequence[tuple[Lot, Linter]],
        given: list[FileResult] | None,
        are_files: bool,
    ) -> Corpus:
        folders: dict[str, list[str]] = {}
        targets: dict[
            str, tuple[str, Linter]
        ] = {}  # what a path there begins with when it is shown
        for lot, linter in lots:
            folders.setdefault(lot.folder, []).extend(lot.names)
            targets[lot.folder] = lot.prefix, linter
        stale = index.stale(folders)
        waiting = {folder + name for folder, name in stale}
        read = given if given and are_files else ()
        fresh = [each for each in read if self._is_fit(each, waiting)]
        waiting.difference_update(absolute(each.path) for each in fresh)
        index.put(fresh)
        missing: list[Target] = []
        for folder, name in stale:
            if folder + name in waiting:
                prefix, linter = targets[folder]
                missing.append((prefix + name, linter))
        index.put(self._read(check_all(missing, self._jobs)))
        asked = None
        if given is not None:
            asked = [Article(*each) for result in given for each in result.facts or ()]
        return index.corpus(asked)

    def _is_fit(self, result: FileResult, waiting: set[str]) -> bool:
        """Whether a result of the run is all that the index is to know of its file."""
        if result.failed or absolute(result.path) not in waiting:
            return False
        return self._run.linter_for(result.path).active_for(result.path).reads_bodies

    def _read(self, results: Iterable[FileResult]) -> Iterator[FileResult]:
        for result in results:
            if result.failed:
                self._failed.append(result)
            else:  # one that holds no article is known as such
                yield result
