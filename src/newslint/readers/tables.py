"""Parquet, Arrow and Feather: one article a row, its columns by name. A place is a row and a character in a cell."""

from __future__ import annotations

from collections.abc import Iterator

from newslint.article import Article
from newslint.readers import USUAL, Fault, Omitted, Reader, Settings
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import BinaryIO


def stream(
    handle: BinaryIO, path: str, settings: Settings = USUAL
) -> Iterator[Article | Fault | Omitted]:
    """The articles of an open file, a few hundred rows of it in memory at a time.

    Raises NotArticle where no column holds a text or title, and OSError where pyarrow is not installed.
    """
    from newslint.readers._tables import articles

    return articles(handle, path, settings)


def _is_table(head: bytes) -> bool:
    # A stream of Arrow begins with no name, but with a mark and the length of its schema.
    is_stream = head.startswith(b"\xff\xff\xff\xff") and head[6:8] == b"\x00\x00"
    return is_stream or head.startswith((b"PAR1", b"ARROW1\x00\x00", b"FEA1"))


READER = Reader(
    "tables", (".parquet", ".pq", ".feather", ".arrow", ".arrows"), stream=stream, sniff=_is_table
)
