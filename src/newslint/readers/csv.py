"""Comma- and tab-separated tables: one article a row, its columns by the names in the first row.

Rows are read one at a time. Places are those in the file, inside quoted cells too.
"""

from __future__ import annotations

from collections.abc import Iterator

from newslint.article import Article
from newslint.readers import USUAL, Fault, Omitted, Reader, Settings
from newslint.source import Source
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import BinaryIO


def read(source: Source, settings: Settings = USUAL) -> Iterator[Article | Fault | Omitted]:
    """The articles of a table in memory. Raises NotArticle where no column holds a text or title."""
    from newslint.readers._csv import articles, whole_lines

    return articles(whole_lines(source), source.path, settings)


def stream(
    handle: BinaryIO, path: str, settings: Settings = USUAL
) -> Iterator[Article | Fault | Omitted]:
    """The articles of an open file. Raises NotArticle where no column holds a text or title."""
    from newslint.readers._csv import articles, lines_of
    from newslint.source import BOMS, read_whole

    first = handle.readline(1 << 20)
    if first.startswith(tuple(mark for mark, name in BOMS if name != "utf-8")):
        first += read_whole(handle, settings.megabytes)
        return read(Source.from_bytes(first, path), settings)
    return articles(lines_of(handle, first), path, settings)


def sniff(head: bytes) -> bool:
    """Whether the first line is nothing but names, one of them of what holds the copy, and the next has as many cells."""
    from newslint.readers._csv import begins_like_table
    from newslint.source import beginning

    return begins_like_table(beginning(head))


READER = Reader("csv", (".csv", ".tsv", ".tab"), read, stream, sniff)
