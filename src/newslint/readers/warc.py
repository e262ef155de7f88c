"""WARC and WET: archives of the web, such as CC-NEWS. One article a page, by its address.

A page is read as a file of HTML is, and a place is one in the page. In the text of a WET record, each line is a
paragraph. The format `trafilatura` has the stories as they are extracted for corpora.
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

    Raises OSError where fastwarc is not installed.
    """
    from newslint.readers._warc import articles

    return articles(handle, path)


def is_archive(head: bytes) -> bool:
    """Whether a file begins like an archive of the web."""
    return head.startswith((b"WARC/1.", b"WARC/0."))


READER = Reader("warc", (".warc", ".wet"), stream=stream, sniff=is_archive)
