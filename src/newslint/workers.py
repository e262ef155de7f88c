"""Files through linters, in worker processes where there is enough to do, in the order given."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, groupby

from newslint.engine import Linter, failure, whole
from newslint.finding import FileResult
from newslint.results import Shelf, ruleset
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor
    from typing import TypeAlias

# Two workers cost 0.1 s to start and to make their rules: about what this much copy takes to check.
BYTES_WORTH_WORKERS = 1_000_000
BYTES_A_TASK = 200_000
BYTES_FOR_A_WORKER = 50_000_000  # a larger file may have more findings than should be held at once
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
    missing: deque[Target] = deque()
    ahead = iter(known)  # looked up only as far as somebody asks: few results wait in memory
    seen = 0

    def look() -> bool:
        """Look up the next file; False where there is none."""
        nonlocal seen
        target = next(ahead, None)
        if target is None:
            return False
        path, linter = target
        shelf = shelves[id(linter)]
        found = shelf.find(path, is_alone=linter.is_alone) if shelf is not None else None
        if found is not None:
            replayed[seen] = found
        else:
            missing.append(target)
        seen += 1
        return True

    def unknown() -> Iterator[Target]:
        while missing or look():
            while missing:
                yield missing.popleft()

    fresh = _checked(unknown(), jobs)
    try:
        for number, (_, linter) in enumerate(known):
            while seen <= number:
                look()
            result = replayed.pop(number, None)
            if result is None:
                result = next(fresh)
                shelf = shelves[id(linter)]
                if shelf is not None and not result.more:
                    shelf.add(result)
                while result.more:
                    yield result
                    result = next(fresh)
            yield result
    finally:  # also when nobody asks for the rest
        for each in shelves.values():
            if each is not None:
                each.keep()


def _shelf(linter: Linter) -> Shelf | None:
    name = ruleset(linter)
    return Shelf(name, linter) if name else None


def _checked(waiting: Iterator[Target], jobs: int) -> Iterator[FileResult]:
    first: list[Target] = []
    size = 0
    while jobs > 1 and (target := next(waiting, None)) is not None:
        first.append(target)
        size += _size(target[0])
        if size >= BYTES_WORTH_WORKERS and len(first) > 1:
            yield from _in_workers(chain(first, waiting), jobs)
            return
    for _, group in groupby(chain(first, waiting), lambda target: id(target[1])):
        yield from _one_by_one(group)


def _one_by_one(targets: Iterator[Target]) -> Iterator[FileResult]:
    """Files of one linter, which are named as they are asked for."""
    first, linter = next(targets)
    return linter.check_files(chain((first,), (path for path, _ in targets)))


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:  # checking it will say why
        return 0


def _in_workers(targets: Iterator[Target], jobs: int) -> Iterator[FileResult]:
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    chunks = _chunks(targets)
    suspects: deque[Chunk] = deque()  # what was under way when a worker died
    while True:
        tasks: deque[tuple[Chunk, Future[list[FileResult]] | None]] = deque()
        pool = ProcessPoolExecutor(jobs, initializer=_leave_interrupts_to_the_parent)
        try:
            while True:
                # Suspects go one at a time, so that the next death says whose it was.
                while not tasks or (not suspects and len(tasks) < jobs * TASKS_AHEAD):
                    chunk = suspects.popleft() if suspects else next(chunks, None)
                    if chunk is None:
                        break
                    tasks.append((chunk, None if chunk.is_large else _submitted(pool, chunk)))
                if not tasks:
                    return
                chunk, future = tasks[0]
                results = future.result() if future is not None else None
                tasks.popleft()
                yield from results if results is not None else chunk.checked_here()
        except BrokenProcessPool:
            chunk = tasks[0][0]
            if len(tasks) > 1:
                suspects.extendleft(each for each, _ in reversed(tasks))
            elif len(chunk.paths) > 1:
                suspects.extendleft(Chunk([path], chunk.linter) for path in reversed(chunk.paths))
            else:
                message = "checking it ended its worker process (out of memory?)"
                yield failure(chunk.paths[0], message)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


class Chunk(NamedTuple):
    """Files that one linter checks in one go. A large one is not sent to a worker, which would hold all results."""

    paths: list[str]
    linter: Linter
    is_large: bool = False

    def checked_here(self) -> Iterator[FileResult]:
        yield from self.linter.check_files(self.paths)


def _submitted(pool: ProcessPoolExecutor, chunk: Chunk) -> Future[list[FileResult]]:
    from concurrent.futures import Future
    from concurrent.futures.process import BrokenProcessPool

    try:
        return pool.submit(_work, chunk.linter.recipe, chunk.paths)
    except BrokenProcessPool as error:
        broken: Future[list[FileResult]] = Future()
        broken.set_exception(error)
        return broken


def _chunks(targets: Iterator[Target]) -> Iterator[Chunk]:
    """Runs of files that one linter checks, of about the same size."""
    paths: list[str] = []
    size, last = 0, None
    for path, linter in targets:
        own = _size(path)
        is_large = own > BYTES_FOR_A_WORKER
        if last is not None and paths and (size >= BYTES_A_TASK or linter is not last or is_large):
            yield Chunk(paths, last)
            paths, size = [], 0
        if is_large:
            yield Chunk([path], linter, True)
            continue
        last = linter
        paths.append(path)
        size += own
    if last is not None and paths:
        yield Chunk(paths, last)


def _leave_interrupts_to_the_parent() -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _work(recipe: bytes, paths: list[str]) -> list[FileResult]:
    return [*whole(_linter(recipe).check_files(paths))]


@lru_cache(maxsize=8)
def _linter(recipe: bytes) -> Linter:
    return Linter.from_recipe(recipe)
