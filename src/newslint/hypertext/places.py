"""A text inside a file, and back: a string of JSON or XML, or lines of Markdown, that holds HTML."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from newslint.draft import Piece


class Places:
    """Where in the file the characters of a text stand, which pieces make up.

    `between` and `at` must be asked for offsets that rise, `near` need not.
    """

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = [piece for piece in pieces if piece[0]]
        self.text = "".join(piece[0] for piece in self._pieces)
        self._index = 0
        self._at = 0  # where in the text the piece at the index begins
        self._starts: list[int] | None = None
        # Where everything is one distance from its place, nothing has to be looked up.
        self.shift: int | None = None
        if not self._pieces:
            self.shift = pieces[0][1] if pieces else 0
        elif len(self._pieces) == 1:
            text, start, end = self._pieces[0]
            self.shift = start if len(text) == end - start else None

    def between(self, start: int, end: int) -> list[Piece]:
        """`text[start:end]` as pieces of the file."""
        if self.shift is not None:
            return [(self.text[start:end], start + self.shift, end + self.shift)]
        self._seek(start)
        found: list[Piece] = []
        index, at = self._index, self._at
        while index < len(self._pieces) and at < end:
            text, first, last = self._pieces[index]
            low, high = max(0, start - at), min(len(text), end - at)
            if len(text) == last - first:
                first, last = first + low, first + high
            found.append((text[low:high], first, last))
            at += len(text)
            index += 1
        return found

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the file that `text[start:end]` stands for."""
        if self.shift is not None:
            return start + self.shift, end + self.shift
        found = self.between(start, max(end, start + 1))
        if not found:
            place = self._pieces[-1][2]
            return place, place
        return found[0][1], found[-1][2] if end > start else found[0][1]

    def near(self, offset: int) -> int:
        """The place in the file of any offset."""
        if self.shift is not None:
            return offset + self.shift
        if self._starts is None:
            self._starts = []
            at = 0
            for piece in self._pieces:
                self._starts.append(at)
                at += len(piece[0])
        index = max(0, bisect_right(self._starts, offset) - 1)
        text, start, end = self._pieces[index]
        inside = offset - self._starts[index]
        if inside >= len(text):
            return end
        return start + inside if len(text) == end - start else start

    def _seek(self, start: int) -> None:
        while self._index < len(self._pieces):
            length = len(self._pieces[self._index][0])
            if self._at + length > start:
                break
            self._at += length
            self._index += 1
