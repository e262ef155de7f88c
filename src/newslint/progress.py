"""A progress bar on the terminal, once work has taken over a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator

from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import TypeVar

    Item = TypeVar("Item")
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
            self._progress = _progress(BY_COUNT)
            self._progress.add_task("checking", total=self._total)
            self._progress.start()
        self._progress.update(self._progress.task_ids[0], completed=self._done)
        self._progress.refresh()


BY_COUNT = "{task.completed:,.0f}/{task.total:,.0f} files"
BY_SHARE = "{task.percentage:>3.0f} %  {task.fields[said]}"


def _progress(behind: str) -> Progress:
    """`behind`: what stands behind the bar."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn(behind),
        console=Console(file=sys.stderr),
        auto_refresh=False,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )


class Gauge:
    """How far a corpus is, with rate and time left, on standard error; shows nothing where that is no terminal."""

    def __init__(self) -> None:
        self._is_shown = sys.stderr.isatty()
        self._start = time.monotonic()
        self._progress: Progress | None = None

    def tell(self, far: Far) -> None:
        """Draw what has been done."""
        if not self._is_shown:
            return
        if self._progress is None:
            self._start = time.monotonic()
            self._progress = _progress(BY_SHARE)
            self._progress.add_task("checking", total=far.size or 1, said="")
            self._progress.start()
        said = f"{far.articles:,} articles"
        seconds = time.monotonic() - self._start
        if far.fresh_size and seconds > 0:
            left = seconds * (far.size - far.done_size) / far.fresh_size
            rate = far.fresh_articles / seconds
            said += f"  {rate:,.0f}/s  {_clock(left)} left"
        self._progress.update(self._progress.task_ids[0], completed=far.done_size, said=said)
        self._progress.refresh()

    def step(self, description: str) -> None:
        """Say what comes now."""
        if self._progress is not None:
            task = self._progress.task_ids[0]
            self._progress.update(task, description=description, said="")
            self._progress.refresh()

    def hide(self) -> None:
        """Take it away, so that something else can be written."""
        if self._progress is not None:
            self._progress.stop()
            self._progress = None


class Far(NamedTuple):
    """How far a corpus is. `size`: bytes of all sources; `fresh`: what this run has done, not an earlier one."""

    articles: int
    done_size: int
    size: int
    fresh_articles: int
    fresh_size: int


def _clock(seconds: float) -> str:
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
