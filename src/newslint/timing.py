"""`--timing`: what each rule and each view of an article costs, without what it makes others compute."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from time import process_time_ns

from newslint.article import Article
from newslint.engine import Linter
from newslint.once import once
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TypeVar

    from newslint.files import Selection

    Value = TypeVar("Value")


class Timing:
    """CPU time by name. What runs inside something else counts for itself alone."""

    def __init__(self) -> None:
        self.nanoseconds: dict[str, int] = {}
        self.calls: dict[str, int] = {}
        self._inside: list[int] = []  # for each that is running, the time of what it called

    def measured(self, name: str, make: Callable[[], Value]) -> Value:
        """`make()`, with its time put down under `name`."""
        self._inside.append(0)
        start = process_time_ns()
        try:
            return make()
        finally:
            took = process_time_ns() - start
            own = took - self._inside.pop()
            if self._inside:
                self._inside[-1] += took
            self.nanoseconds[name] = self.nanoseconds.get(name, 0) + own
            self.calls[name] = self.calls.get(name, 0) + 1

    def listed(
        self, name: str, make: Callable[..., Iterable[Value]]
    ) -> Callable[..., Iterator[Value]]:
        """A function that gives all that `make` gives, measured."""

        def all_of_it(*arguments: object, **options: object) -> Iterator[Value]:
            return iter(self.measured(name, lambda: list(make(*arguments, **options))))

        return all_of_it

    def rows(self) -> Iterator[tuple[str, str, str, str]]:
        """What, milliseconds, share and calls, the dearest first."""
        total = max(1, sum(self.nanoseconds.values()))
        for name, spent in sorted(self.nanoseconds.items(), key=lambda each: -each[1]):
            milliseconds, share = f"{spent / 1e6:.1f} ms", f"{100 * spent / total:.1f} %"
            yield name, milliseconds.rjust(12), share.rjust(7), f"{self.calls[name]:,} times"


@contextmanager
def timed(timing: Timing) -> Iterator[None]:
    """Within, every view of every article is measured."""
    views = {n: v for n, v in vars(Article).items() if isinstance(v, once)}
    originals = {name: view.func for name, view in views.items()}

    def watched(name: str, make: Callable[[Article], object]) -> Callable[[Article], object]:
        @wraps(make)
        def view(article: Article) -> object:
            return timing.measured(f"view {name}", lambda: make(article))

        return view

    for name, view in views.items():
        view.func = watched(name, view.func)
    try:
        yield
    finally:
        for name, view in views.items():
            view.func = originals[name]


def watch(linter: Linter, timing: Timing) -> None:
    """From now on the rules of a linter, and its pass for patterns, are measured."""
    linter.wrap_checks(
        lambda name, check: timing.listed(f"rule {name}", check),
        lambda scan: timing.listed("patterns of all rules", scan),
    )


@contextmanager
def shown(selection: Selection) -> Iterator[None]:
    """Within, what the linters of a run do is measured; a table of it follows on standard error."""
    import sys

    from newslint.terminal import columns

    timing = Timing()
    selection.when_made(lambda linter: watch(linter, timing))
    with timed(timing):
        yield
    for line in columns(list(timing.rows())):
        print(line, file=sys.stderr)
