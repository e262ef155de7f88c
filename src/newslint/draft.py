"""The text of an article as a reader puts it together, with its blocks and its map to the file."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence

from newslint.article import Block, BlockKind, Link, Run
from newslint.typed import TYPE_CHECKING, unchecked

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
        self._links: list[tuple[int, int, str]] = []
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

    def verbatim(self, kind: BlockKind, start: int, end: int) -> Block:
        """Add a block that the file shows as it is, from `start` to `end`, with no white space at either."""
        last = self._run[3]  # up to where the file has been shown
        if self._length and start - last == 2 and self._file.startswith(SEPARATOR, last):
            self._append(self._file[last:end], last, end)  # the file has the separator, too
        else:
            self._separate(start)
            self._append(self._file[start:end], start, end)
        block = unchecked(Block, (kind, self._length - (end - start), self._length, 0))
        self.blocks.append(block)
        return block

    def copy(self, parts: Iterable[Block], text: str, pieces: Sequence[Piece]) -> None:
        """Add parts of `text`, each a block on one line with no white space around it.

        `pieces`: those of which the text consists, none of them empty.
        """
        runs, blocks, shown = self._runs, self.blocks, self._shown
        index, at = 0, 0  # of a piece, and where it begins
        for kind, start, end, _ in parts:
            piece, first, last = pieces[index]
            length = len(piece)
            while at + length <= start:
                at += length
                index += 1
                piece, first, last = pieces[index]
                length = len(piece)
            self._separate(first + start - at if length == last - first else first)
            begin = place = self._length
            run, run_is_verbatim = self._run, self._verbatim
            while True:
                high = end if end < at + length else at + length
                count = high - start
                low, stop = first, last
                if length == last - first:
                    low += start - at
                    stop = low + count
                is_verbatim = count == stop - low
                if is_verbatim and run_is_verbatim and run[3] == low and run[1] == place:
                    run = (run[0], place + count, run[2], stop)
                else:
                    if run[1] > run[0]:
                        runs.append(unchecked(Run, run))
                    run = (place, place + count, low, stop)
                    run_is_verbatim = is_verbatim
                place += count
                if high == end:
                    break
                start = high
                at += length
                index += 1
                piece, first, last = pieces[index]
                length = len(piece)
            shown.append(text[end - (place - begin) : end].replace("\n", " "))
            self._run, self._verbatim, self._length = run, run_is_verbatim, place
            blocks.append(unchecked(Block, (kind, begin, place, 0)))

    def link(self, file_start: int, file_end: int, target: str) -> None:
        """Say that a span of the file leads somewhere, where it is shown."""
        self._links.append((file_start, file_end, target))

    def links(self) -> tuple[Link, ...]:
        """The links in what is shown, in order."""
        runs = sorted(self.runs, key=_place)
        starts = [run.file_start for run in runs]
        found = []
        for file_start, file_end, target in self._links:
            first = bisect_right(starts, file_start) - 1
            if first < 0 or runs[first].file_end <= file_start:
                first += 1
            last = bisect_left(starts, file_end) - 1
            if first <= last:
                start = runs[first].start + _within(runs[first], file_start)
                found.append(Link(start, runs[last].start + _within(runs[last], file_end), target))
        return tuple(sorted(found))

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


def _place(run: Run) -> int:
    return run.file_start


def _within(run: Run, offset: int) -> int:
    """How far into what a run shows a place in the file is."""
    length = run.end - run.start
    if length != run.file_end - run.file_start:
        return 0 if offset <= run.file_start else length
    return min(length, max(0, offset - run.file_start))


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
