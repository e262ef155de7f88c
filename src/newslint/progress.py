"""A progress bar on the terminal, once work has taken over a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

    from newslint.finding import FileResult

AFTER = 1.0  # seconds
BETWEEN = 0.1  # seconds from one drawing to the next


class Bar:
    """Counts files on standard error; shows nothing where that is no terminal."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0
        self._start = self._drawn = time.monotonic()
        self._progress: Progress | None = None

    def watch(self, results: Iterable[FileResult]) -> Iterator[FileResult]:
        """`results`, counted as they come."""
        for result in results:
            yield result
            self._done += not result.more
            now = time.monotonic()
            if now - self._start > AFTER and now - self._drawn > BETWEEN:
                self._drawn = now
                self._draw()

    def hide(self) -> None:
        """Take the bar away, so that something else can be written."""
        if self._progress is not None:
            self._progress.stop()
            self._progress = None

    def _draw(self) -> None:
        if self._progress is None:
            self._progress = _progress()
            self._progress.add_task("checking", total=self._total)
            self._progress.start()
        self._progress.update(self._progress.task_ids[0], completed=self._done)
        self._progress.refresh()


def _progress() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("files"),
        console=Console(file=sys.stderr),
        auto_refresh=False,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
