"""WARC and WET: archives of the web, such as CC-NEWS. One article a page; a place is a paragraph and a character.

The story of a page is what trafilatura extracts, as corpora are made; so what it leaves behind can be found.
"""

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
    """The articles of an open archive, a page at a time.

    Raises OSError where fastwarc or trafilatura is not installed.
    """
    from newslint.readers._warc import articles

    return articles(handle, path)


def _is_archive(head: bytes) -> bool:
    return head.startswith((b"WARC/1.", b"WARC/0."))


READER = Reader("warc", (".warc", ".wet"), stream=stream, sniff=_is_archive)
