"""AsciiDoc: the story without its markup; comments, includes and code are not copy."""

from __future__ import annotations

from collections.abc import Iterator

from newslint.article import Article
from newslint.readers import USUAL, Fault, Reader, Settings
from newslint.source import Source


def read(source: Source, settings: Settings = USUAL) -> Iterator[Article | Fault]:
    """The article of a text. Never fails: what is no markup is text."""
    from newslint.readers._asciidoc import Inlines, outline
    from newslint.readers._lightweight import article

    found = outline(source.text)
    yield article(source, settings, found, Inlines(source.text, found.entries).inlines)


READER = Reader("asciidoc", (".adoc", ".asciidoc", ".asc"), read)
