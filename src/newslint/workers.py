"""Files through linters, in worker processes where there is enough to do, in the order given."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

from newslint.engine import Linter, failure
from newslint.finding import FileResult
from newslint.results import Shelf, ruleset
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor
    from typing import TypeAlias

# Two workers cost 0.1 s to start and to make their rules: about what this much copy takes to check.
BYTES_WORTH_WORKERS = 1_000_000
BYTES_A_TASK = 200_000
TASKS_AHEAD = 4  # per worker: bounds what waits in memory

Target: TypeAlias = "tuple[str, Linter]"


def check_all(
    targets: Iterable[Target], jobs: int = 1, *, cached: bool = False
) -> Iterator[FileResult]:
    """The result of each file, in the order of `targets`.

    `jobs`: worker processes at most, 1 for none. `cached`: replay what earlier runs found in files that have not
    changed, and keep what this one finds.
    """
    if not cached:
        yield from _checked(iter(targets), jobs)
        return
    known = list(targets)
    shelves = {id(linter): _shelf(linter) for linter in {id(t[1]): t[1] for t in known}.values()}
    replayed: dict[int, FileResult] = {}
    missing: list[Target] = []
    for number, (path, linter) in enumerate(known):
        shelf = shelves[id(linter)]
        found = shelf.find(path) if shelf is not None else None
        if found is not None:
            replayed[number] = found
        else:
            missing.append((path, linter))
    fresh = _checked(iter(missing), jobs)
    for number, (_, linter) in enumerate(known):
        result = replayed.pop(number, None)
        if result is None:
            result = next(fresh)
            shelf = shelves[id(linter)]
            if shelf is not None:
                shelf.add(result)
        yield result
    for each in shelves.values():
        if each is not None:
            each.keep()


def _shelf(linter: Linter) -> Shelf | None:
    name = ruleset(linter)
    return Shelf(name) if name else None


def _checked(waiting: Iterator[Target], jobs: int) -> Iterator[FileResult]:
    first: list[Target] = []
    size = 0
    while jobs > 1 and (target := next(waiting, None)) is not None:
        first.append(target)
        size += _size(target[0])
        if size >= BYTES_WORTH_WORKERS and len(first) > 1:
            yield from _in_workers(chain(first, waiting), jobs)
            return
    for path, linter in chain(first, waiting):
        yield linter.check_path(path)


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:  # checking it will say why
        return 0


def _in_workers(targets: Iterator[Target], jobs: int) -> Iterator[FileResult]:
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    chunks = _chunks(targets)
    suspects: deque[tuple[list[str], bytes]] = deque()  # what was under way when a worker died
    while True:
        tasks: deque[tuple[list[str], bytes, Future[list[FileResult]]]] = deque()
        pool = ProcessPoolExecutor(jobs, initializer=_leave_interrupts_to_the_parent)
        try:
            while True:
                # Suspects go one at a time, so that the next death says whose it was.
                while not tasks or (not suspects and len(tasks) < jobs * TASKS_AHEAD):
                    task = suspects.popleft() if suspects else next(chunks, None)
                    if task is None:
                        break
                    tasks.append((*task, _submitted(pool, *task)))
                if not tasks:
                    return
                results = tasks[0][2].result()
                tasks.popleft()
                yield from results
        except BrokenProcessPool:
            paths, recipe, _ = tasks[0]
            if len(tasks) > 1:
                suspects.extendleft((paths, recipe) for paths, recipe, _ in reversed(tasks))
            elif len(paths) > 1:
                suspects.extendleft(([path], recipe) for path in reversed(paths))
            else:
                yield failure(paths[0], "checking it ended its worker process (out of memory?)")
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _submitted(
    pool: ProcessPoolExecutor, paths: list[str], recipe: bytes
) -> Future[list[FileResult]]:
    from concurrent.futures import Future
    from concurrent.futures.process import BrokenProcessPool

    try:
        return pool.submit(_work, recipe, paths)
    except BrokenProcessPool as error:
        broken: Future[list[FileResult]] = Future()
        broken.set_exception(error)
        return broken


def _chunks(targets: Iterator[Target]) -> Iterator[tuple[list[str], bytes]]:
    """Runs of files that one linter checks, of about the same size, and how to make that linter."""
    paths: list[str] = []
    size, last = 0, None
    for path, linter in targets:
        if last is not None and paths and (size >= BYTES_A_TASK or linter is not last):
            yield paths, last.recipe
            paths, size = [], 0
        last = linter
        paths.append(path)
        size += _size(path)
    if last is not None and paths:
        yield paths, last.recipe


def _leave_interrupts_to_the_parent() -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _work(recipe: bytes, paths: list[str]) -> list[FileResult]:
    linter = _linter(recipe)
    return [linter.check_path(path) for path in paths]


@lru_cache(maxsize=8)
def _linter(recipe: bytes) -> Linter:
    return Linter.from_recipe(recipe)
