"""Readers: a decoded file to articles. One module a format; each has a `READER`.

A reader module is imported at every start, so it imports what it parses with inside its functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from newslint.article import Article
from newslint.source import Source
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import BinaryIO, TypeAlias


class Fault(NamedTuple):
    """A place that a reader could not read. It becomes a finding, and reading goes on behind it."""

    source: Source
    start: int
    end: int
    message: str
    part: str = ""


Read: TypeAlias = "Callable[[Source], Iterator[Article | Fault]]"
Stream: TypeAlias = "Callable[[BinaryIO, str], Iterator[Article | Fault]]"


class Reader(NamedTuple):
    """A format. `suffixes` are lower case with their dot.

    `read` takes a whole decoded file. `stream`, where given, is used instead for files on disk: it
    takes the open binary file and its path, and holds one record at a time.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Read
    stream: Stream | None = None


def builtin_readers() -> list[Reader]:
    """The readers of this folder, by name."""
    from newslint.walk import modules

    return sorted(module.READER for module in modules(__name__, __path__))
