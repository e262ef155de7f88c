"""reStructuredText: the story without its markup; directives, comments and code are not copy."""

from __future__ import annotations

from collections.abc import Iterator

from newslint.article import Article
from newslint.readers import USUAL, Fault, Reader, Settings
from newslint.source import Source


def read(source: Source, settings: Settings = USUAL) -> Iterator[Article | Fault]:
    """The article of a text. Never fails: what is no markup is text."""
    from newslint.readers._lightweight import article
    from newslint.readers._rst import inlines, outline

    yield article(source, settings, outline(source.text), inlines)


READER = Reader("rst", (".rst", ".rest"), read)
