"""What a reader makes of a piece of text: its blocks, and where their words stand in the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from newslint.article import Article
from newslint.source import Source


class Pieces:
    """Reads texts as files called `name`."""

    def __init__(self, read: Callable[[Source], Iterable[object]], name: str) -> None:
        self._read = read
        self._name = name

    def article(self, text: str) -> Article:
        """The one article of a text."""
        read = self._read(Source(text, self._name))
        (found,) = (each for each in read if isinstance(each, Article))
        return found

    def blocks(self, text: str) -> list[tuple[str, str]]:
        """Kind and text of each block."""
        found = self.article(text)
        return [(block.kind, found.text[block.start : block.end]) for block in found.blocks]

    def in_file(self, text: str, words: str) -> str:
        """The piece of the file that stands for `words` of the article."""
        found = self.article(text)
        at = found.text.index(words)
        start, end = found.map.to_file(at, at + len(words))
        return text[start:end]
