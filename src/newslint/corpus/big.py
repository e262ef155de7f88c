"""A corpus on one machine: parts through worker processes, each kept when it is done, then joined.

What is done lies in a folder beside the output until all is done, so that a run that was killed goes on where it
was. A part is there whole or not at all; so no article is lost, and none comes twice.
"""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context

import pyarrow as pa
from pyarrow.parquet import ParquetFile, ParquetWriter

from newslint.cache import key
from newslint.config import Config
from newslint.corpus.batches import ARTICLES, tools_of
from newslint.corpus.plan import Lost, Part, Plan, Watch, checked
from newslint.engine import Linter
from newslint.progress import Far
from newslint.results import ruleset
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor
    from typing import TypeAlias

SUFFIX = ".unfinished"  # of the folder with what is done
PARTS_AHEAD = 2  # per worker
ARTICLES_A_GROUP = 2_000


class Busy(OSError):
    """Another run writes the same output."""


Told: TypeAlias = "Callable[[Far], None]"


# ------------------------------------------------------------------ what is done


class Workshop:
    """The folder of a run that is not finished: a file for each part that is done, and the plan that they belong to."""

    def __init__(self, output: str, plan: Plan, settings: str) -> None:
        self.folder = output + SUFFIX
        self._plan = plan
        self._name = key(
            settings.encode(), repr(plan.parts).encode(), *map(_rules_of, plan.linters)
        )
        self._lock: object = None
        self.is_new = True

    def __enter__(self) -> Workshop:
        os.makedirs(self.folder, exist_ok=True)
        self._lock = _locked(os.path.join(self.folder, "lock"))
        named = os.path.join(self.folder, "plan.json")
        try:
            with open(named, encoding="utf-8") as handle:
                known = json.load(handle)
        except (OSError, ValueError):
            known = None
        wanted = {"plan": self._name, "files": self._stamps()}
        if known != wanted:
            self.is_new = known is None
            for entry in os.listdir(self.folder):
                if entry != "lock":
                    os.unlink(os.path.join(self.folder, entry))
            _write(named, json.dumps(wanted))
        else:
            self.is_new = False
        return self

    def __exit__(self, *_: object) -> None:
        close = getattr(self._lock, "close", None)
        if close is not None:
            close()

    def _stamps(self) -> list[list[object]]:
        found: list[list[object]] = []
        for path in dict.fromkeys(path for part in self._plan.parts for path in part.paths):
            try:
                about = os.stat(path)
            except OSError:
                found.append([path, None])
                continue
            found.append([path, about.st_size, about.st_mtime_ns])
        return found

    def path(self, number: int) -> str:
        """Where what comes of a part is kept."""
        return os.path.join(self.folder, f"{number:07}.parquet")

    def spill(self) -> str:
        """A folder for what does not fit into memory."""
        return os.path.join(self.folder, "spill")

    def done(self, number: int) -> int:
        """How many articles the file of a part holds; -1 where it is not done."""
        try:
            with ParquetFile(self.path(number)) as file:
                return int(file.metadata.num_rows)
        except (OSError, pa.ArrowException):
            return -1

    def remove(self) -> None:
        """All is done."""
        from shutil import rmtree

        rmtree(self.folder, ignore_errors=True)


def _rules_of(linter: Linter) -> bytes:
    """A name for what decides what a linter finds: of local plugins only the modules themselves are looked at."""
    import sys

    if name := ruleset(linter):
        return name.encode()
    files = [getattr(sys.modules.get(each), "__file__", None) for each in linter.config.plugins]
    stamps = [(file, os.stat(file).st_mtime_ns if file else 0) for file in files]
    own = ruleset(Linter(Config(extend_packs=linter.config.extend_packs, root=linter.config.root)))
    return repr((linter.config._replace(places={}), stamps, own)).encode()


def _locked(path: str) -> object:
    """An open file that no other process has open in this way. Raises Busy."""
    handle = open(path, "a+b")  # noqa: SIM115 - as long as it is open, it is locked
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        handle.close()
        raise Busy(f"another run is writing it (it holds {path})") from None
    return handle


def _write(path: str, text: str) -> None:
    draft = f"{path}.{os.getpid()}"
    with open(draft, "w", encoding="utf-8") as handle:
        handle.write(text)
    os.replace(draft, path)


# ------------------------------------------------------------------ workers


class _Task(NamedTuple):
    number: int
    part: Part
    careful: bool = False
    refused: tuple[int, ...] = ()


def check_parts(
    plan: Plan, workshop: Workshop, jobs: int, told: Told | None = None, *, with_facts: bool = True
) -> int:
    """Check all parts that are not done; how many articles there are.

    Raises Lost and OSError. A part whose worker dies is tried again one article at a time, and the article that
    kills it becomes a finding.
    """
    waiting: deque[_Task] = deque()
    far = Far(0, 0, sum(part.size for part in plan.parts), 0, 0)
    for number, part in enumerate(plan.parts):
        known = workshop.done(number)
        if known >= 0:
            far = far._replace(articles=far.articles + known, done_size=far.done_size + part.size)
        else:
            waiting.append(_Task(number, part))

    def finished(task: _Task, count: int) -> None:
        nonlocal far
        size = task.part.size
        far = Far(
            far.articles + count,
            far.done_size + size,
            far.size,
            far.fresh_articles + count,
            far.fresh_size + size,
        )
        if told is not None:
            told(far)

    if told is not None:
        told(far)
    if jobs <= 1 or len(waiting) < 2:
        while waiting:
            task = waiting.popleft()
            finished(task, _done(plan, workshop, task, with_facts))
    else:
        _in_workers(plan, workshop, waiting, min(jobs, len(waiting)), finished, with_facts)
    return far.articles


def _in_workers(
    plan: Plan,
    workshop: Workshop,
    waiting: deque[_Task],
    jobs: int,
    finished: Callable[[_Task, int], None],
    with_facts: bool,
) -> None:
    from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
    from concurrent.futures.process import BrokenProcessPool

    suspects: deque[_Task] = deque()
    while waiting or suspects:
        pool = ProcessPoolExecutor(jobs, get_context("spawn"), initializer=_belong_to_the_parent)
        running: dict[Future[int], _Task] = {}
        try:
            while waiting or suspects or running:
                # Suspects go one at a time, so that the next death says whose it was.
                room = 1 if suspects else jobs * PARTS_AHEAD
                while len(running) < room and (suspects or waiting):
                    task = suspects.popleft() if suspects else waiting.popleft()
                    running[_submitted(pool, plan, workshop, task, with_facts)] = task
                    if task.careful:
                        break
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    count = future.result()
                    finished(running.pop(future), count)
        except BrokenProcessPool:
            tasks = sorted(running.values())
            if len(tasks) > 1:
                suspects.extendleft(reversed(tasks))
            else:
                suspects.appendleft(_accused(tasks[0], workshop))
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _accused(task: _Task, workshop: Workshop) -> _Task:
    """A task that has ended its process alone: tried again with care, then without what ended it."""
    if not task.careful:
        return task._replace(careful=True)
    try:
        with open(_note(workshop, task.number), encoding="ascii") as handle:
            at = int(handle.read())
    except (OSError, ValueError):
        at = 0
    if at in task.refused:
        raise Lost(f"{task.part.paths[0]}: reading it ends the worker process (out of memory?)")
    return task._replace(refused=(*task.refused, at))


def _note(workshop: Workshop, number: int) -> str:
    return os.path.join(workshop.folder, f"{number:07}.at")


def _submitted(
    pool: ProcessPoolExecutor, plan: Plan, workshop: Workshop, task: _Task, with_facts: bool
) -> Future[int]:
    from concurrent.futures import Future
    from concurrent.futures.process import BrokenProcessPool

    linter = plan.linters[task.part.linter]
    note = _note(workshop, task.number) if task.careful else ""
    try:
        return pool.submit(
            kept,
            linter.recipe,
            task.part,
            workshop.path(task.number),
            with_facts,
            note,
            task.refused,
        )
    except BrokenProcessPool as error:
        broken: Future[int] = Future()
        broken.set_exception(error)
        return broken


def _done(plan: Plan, workshop: Workshop, task: _Task, with_facts: bool) -> int:
    linter = plan.linters[task.part.linter]
    return kept(linter.recipe, task.part, workshop.path(task.number), with_facts, "", ())


def kept(
    recipe: bytes, part: Part, path: str, with_facts: bool, note: str, refused: tuple[int, ...]
) -> int:
    """Check a part and write what comes of it; how many articles that are. The file is there whole or not at all."""
    import pickle

    tools = tools_of(pickle.loads(recipe))
    watch = Watch(note, refused) if note else None
    draft = f"{path}.{os.getpid()}.draft"
    count = 0
    try:
        with ParquetWriter(draft, ARTICLES, compression="zstd") as writer:
            held: list[pa.RecordBatch] = []
            for batch in checked(part, tools, with_facts=with_facts, watch=watch):
                held.append(batch)
                count += batch.num_rows
                if sum(each.num_rows for each in held) >= ARTICLES_A_GROUP:
                    writer.write_table(pa.Table.from_batches(held))
                    held = []
            if held:
                writer.write_table(pa.Table.from_batches(held))
        os.replace(draft, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(draft)
        raise
    return count


def _belong_to_the_parent() -> None:
    """Leave interrupts to the parent, and end with it even if it is killed."""
    import signal
    from multiprocessing import parent_process
    from multiprocessing.connection import wait
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is None:
        return

    def follow() -> None:
        wait([parent.sentinel])
        os._exit(1)

    Thread(target=follow, daemon=True).start()
