"""Readers: a file to articles. One module a format; each has a `READER`.

A reader module is imported at every start, so it imports what it parses with inside its functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from newslint.article import Article
from newslint.source import Source
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import BinaryIO, TypeAlias

SNIFFED = 4096  # bytes of the beginning of a file that a `sniff` sees


class NotArticle(ValueError):
    """Raised by a reader for a sound file that holds no article: settings in JSON, say.

    The message says what it is or lacks. The file is counted and not checked; if it was named itself, it
    is a finding.
    """


class Fault(NamedTuple):
    """A place that a reader could not read. It becomes a finding, and reading goes on behind it."""

    source: Source
    start: int
    end: int
    message: str
    part: str = ""


class Omitted(NamedTuple):
    """Something in a sound file that is no article: a picture among posts. It is counted and not checked.

    `reason`: what it is, in the plural, for the closing lines of a report.
    """

    reason: str


class Settings(NamedTuple):
    """What the configuration says to readers.

    `fields`: the keys (of a record, a header) or columns that hold the text, title, deck, byline and so on of
    an article, by our name for each; they go before those that newslint knows. See `newslint.fields`. `megabytes`: what
    may be read at once, for `newslint.source.read_whole`.
    """

    fields: Mapping[str, tuple[str, ...]] = {}
    megabytes: int = 0


USUAL = Settings()

Read: TypeAlias = "Callable[[Source, Settings], Iterator[Article | Fault | Omitted]]"
Stream: TypeAlias = "Callable[[BinaryIO, str, Settings], Iterator[Article | Fault | Omitted]]"
Sniff: TypeAlias = "Callable[[bytes], bool]"


class Reader(NamedTuple):
    """A format. `suffixes` are lower case with their dot; a compressed file goes by what is inside.

    A reader has `read`, which takes a whole decoded text, or `stream`, which takes an open binary file (that
    may not be able to seek) and its path, or both: then files are streamed, and `read` takes texts that are in
    memory. A format that is no text has `stream` alone.

    `sniff` says whether a file is of this format by its first bytes, at most `SNIFFED` of them. It is asked
    where no suffix decides: for a file that no reader claims, and between readers of the same suffix.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Read | None = None
    stream: Stream | None = None
    sniff: Sniff | None = None


def builtin_readers() -> list[Reader]:
    """The readers of this folder, by name."""
    from newslint.walk import modules

    readers: list[Reader] = [module.READER for module in modules(__name__, __path__)]
    return sorted(readers, key=lambda reader: reader.name)


def by_suffix(readers: Iterable[Reader]) -> dict[str, tuple[Reader, ...]]:
    """The readers that claim each suffix, in their order."""
    found: dict[str, tuple[Reader, ...]] = {}
    for reader in readers:
        for suffix in dict.fromkeys(reader.suffixes):
            found[suffix] = (*found.get(suffix, ()), reader)
    return found


def claiming(claims: Mapping[str, tuple[Reader, ...]], name: str) -> tuple[Reader, ...]:
    """The readers (of all, `by_suffix`) that claim a file by its name: by the longest suffix that fits."""
    name = name[max(name.rfind("/"), name.rfind("\\")) + 1 :].lower()
    at = name.find(".")
    while at >= 0:
        fitting = claims.get(name[at:])
        if fitting is not None:
            return fitting
        at = name.find(".", at + 1)
    return ()


def choose(
    readers: Sequence[Reader], fitting: Sequence[Reader], head: Callable[[], bytes]
) -> Reader:
    """The reader of a file: of those `claiming` it the one that knows its beginning; plain text where none does.

    `head` gives the first bytes, and is called only if they are needed.
    """
    if len(fitting) == 1:
        return fitting[0]
    beginning = head()
    for reader in fitting or readers:
        if reader.sniff is not None and reader.sniff(beginning):
            return reader
    return fitting[0] if fitting else next(each for each in readers if each.name == "text")
