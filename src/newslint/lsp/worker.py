"""A thread that does the work, so that whoever reads keystrokes never waits for it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from threading import Condition, Thread

from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any, TypeVar

    from newslint.article import Article
    from newslint.engine import Linter
    from newslint.finding import Hit
    from newslint.hits import Active, Crash, RuleHit, Scan
    from newslint.rules import Check, OptionValue

    Made = TypeVar("Made")


class Stale(BaseException):
    """The work under way is not wanted any more. No rule can take it for an error of its own."""


class Worker:
    """Does one thing after another. It ends with the process, whatever it is at."""

    def __init__(self, name: str) -> None:
        self._waiting: deque[tuple[Callable[[], Any], asyncio.Future[Any]]] = deque()
        self._some = Condition()
        Thread(target=self._work, name=name, daemon=True).start()

    def run(self, work: Callable[[], Made], *, first: bool = False) -> asyncio.Future[Made]:
        """What `work` gives, once it is done; cancelled where it is stale. `first`: before all that waits."""
        future: asyncio.Future[Made] = asyncio.get_running_loop().create_future()
        with self._some:
            (self._waiting.appendleft if first else self._waiting.append)((work, future))
            self._some.notify()
        return future

    def _work(self) -> None:
        while True:
            with self._some:
                while not self._waiting:
                    self._some.wait()
                work, future = self._waiting.popleft()
            if future.cancelled():
                continue
            try:
                made = work()
            except Stale:
                self._settle(future, future.cancel)
            except Exception as error:
                self._settle(future, future.set_exception, error)
            except BaseException as error:  # a plugin that wants to end the process, say
                self._settle(future, future.set_exception, RuntimeError(repr(error)))
            else:
                self._settle(future, future.set_result, made)

    def _settle(
        self, future: asyncio.Future[Any], settle: Callable[..., object], *values: object
    ) -> None:
        def settled() -> None:
            if not future.done():
                settle(*values)

        try:
            future.get_loop().call_soon_threadsafe(settled)
        except RuntimeError:  # the server is gone
            return


def stopping(linter: Linter, is_stale: Callable[[], bool]) -> None:
    """From now on a linter stops between two rules where its work is not wanted any more, with Stale."""

    def stop() -> None:
        if is_stale():
            raise Stale

    def checking(_: str, check: Check) -> Check:
        def checked(article: Article, /, **options: OptionValue) -> Iterator[Hit]:
            stop()
            return check(article, **options)

        return checked

    def scanning(scan: Scan) -> Scan:
        def scanned(article: Article, active: Active, crashes: list[Crash]) -> Iterable[RuleHit]:
            stop()
            return scan(article, active, crashes)

        return scanned

    linter.wrap_checks(checking, scanning)
