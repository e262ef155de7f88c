"""Reports: results to text. One module a format; each has a `REPORTER`.

A report writes while files are being checked, and holds counts but no results.
Modules whose names start with "_" are what formats share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import TypeAlias

    from newslint.finding import FileResult, Severity


def _nothing() -> Mapping[str, int]:
    return {}


def _none() -> int:
    return 0


def _no_pages() -> Mapping[str, Page]:
    return {}


class Page(NamedTuple):
    """What a rule says of itself: one line, why it matters, and its page as Markdown."""

    summary: str
    why: str
    text: str


class Style(NamedTuple):
    """How a report is to look, and what it may ask for.

    `width`: columns of the terminal; 0 where there is none. `footer`: whether to end with totals, in the formats
    for people. `fail_on`: findings at or above this level fail the run. Asked after the last result: `skipped`, how many files were left out for which reason, and
    `elsewhere`, how many findings are not shown as they stand on lines that nobody has changed.
    `pages`: the rules of the run by code, read for the purpose.
    """

    colour: bool = False
    width: int = 0
    footer: bool = True
    fail_on: Severity = "error"
    skipped: Callable[[], Mapping[str, int]] = _nothing
    elsewhere: Callable[[], int] = _none
    pages: Callable[[], Mapping[str, Page]] = _no_pages


PLAIN = Style()


Write: TypeAlias = "Callable[[Iterable[FileResult], Style], Iterator[str]]"


class Reporter(NamedTuple):
    """A format: what `--output-format` calls it, what it is for, and how it is written."""

    name: str
    summary: str
    write: Write


def builtin_formats() -> list[str]:
    """The names of the formats of this folder, sorted."""
    from newslint.walk import module_names

    return module_names(__path__)


def reporter(name: str, others: Iterable[Reporter] = ()) -> Reporter | None:
    """The format called `name`: one of `others` (from plugins), else one of this folder."""
    for other in others:
        if other.name == name:
            return other
    if name not in builtin_formats():
        return None
    from importlib import import_module

    found: Reporter = import_module(f"{__name__}.{name}").REPORTER
    return found
