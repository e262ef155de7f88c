"""Markdown with front matter: CommonMark and tables, every word with its place in the file."""

from __future__ import annotations

from collections.abc import Iterator

from newslint.article import Article
from newslint.readers import USUAL, Fault, Reader, Settings
from newslint.source import Source


def read(source: Source, settings: Settings = USUAL) -> Iterator[Article | Fault]:
    """The article of a Markdown text. A header that cannot be read is a fault; the article goes on."""
    import newslint.readers._markdown as own

    return own.read(source, settings)


READER = Reader("markdown", (".md", ".markdown", ".mdown", ".mkd"), read)
