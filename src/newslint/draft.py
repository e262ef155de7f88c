"""The text of an article as a reader puts it together, with its blocks and its map to the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from newslint.article import Block, BlockKind, Run
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TypeAlias

# Shown text, and start and end of what it stands for in the file. Where both are of one length they
# correspond character by character.
Piece: TypeAlias = "tuple[str, int, int]"

SEPARATOR = "\n\n"
_BLANK = " \t\r\n"


class Draft:
    """Blocks are added in the order in which they are read."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._shown: list[str] = []
        self._length = 0
        self._runs: list[Run] = []
        self._run = (0, 0, 0, 0)  # the last one, while it can still grow
        self._verbatim = False
        self.blocks: list[Block] = []

    @property
    def file(self) -> str:
        return self._file

    @property
    def text(self) -> str:
        return "".join(self._shown)

    @property
    def runs(self) -> list[Run]:
        if self._run[1] > self._run[0]:
            return [*self._runs, Run(*self._run)]
        return self._runs

    def block(self, kind: BlockKind, pieces: Sequence[Piece], level: int = 0) -> Block | None:
        """Add a block without the white space around it; None where nothing is left to show."""
        pieces = stripped(pieces)
        if not any(piece[0] and not piece[0].isspace() for piece in pieces):
            return None
        start = self.add(pieces)
        block = Block(kind, start, self._length, level)
        self.blocks.append(block)
        return block

    def add(self, pieces: Iterable[Piece]) -> int:
        """Add text behind a separator, without a block. The offset at which it starts."""
        start = -1
        for text, file_start, file_end in pieces:
            if start < 0:
                self._separate(file_start)
                start = self._length
            self._append(text, file_start, file_end)
        return max(start, 0)

    def _separate(self, file_start: int) -> None:
        if not self._length:
            return
        before = self._run[3]
        if before <= file_start and self._file[before:file_start].isspace():
            self._append(SEPARATOR, before, file_start)
        else:  # markup stands between: no run, so that no fix reaches across it
            self._shown.append(SEPARATOR)
            self._length += len(SEPARATOR)

    def _append(self, text: str, file_start: int, file_end: int) -> None:
        length = len(text)
        if not length:
            return
        start, end, first, last = self._run
        verbatim = length == file_end - file_start
        if verbatim and self._verbatim and last == file_start and end == self._length:
            self._run = (start, end + length, first, file_end)
        else:
            if end > start:
                self._runs.append(Run(start, end, first, last))
            self._run = (self._length, self._length + length, file_start, file_end)
            self._verbatim = verbatim
        self._shown.append(text)
        self._length += length


def stripped(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces without the white space (ASCII) at both ends."""
    first, last = 0, len(pieces)
    while first < last and not pieces[first][0].strip(_BLANK):
        first += 1
    while last > first and not pieces[last - 1][0].strip(_BLANK):
        last -= 1
    kept = list(pieces[first:last])
    if kept:
        text, start, end = kept[0]
        if text[0] in _BLANK and len(text) == end - start:
            short = text.lstrip(_BLANK)
            kept[0] = (short, end - len(short), end)
        text, start, end = kept[-1]
        if text[-1] in _BLANK and len(text) == end - start:
            short = text.rstrip(_BLANK)
            kept[-1] = (short, start, start + len(short))
    return kept


Escape: TypeAlias = "Callable[[str], str]"
