"""Rows of comma-separated text with the place of every character.

The standard library's `csv` says what the cells are, not where they stand; it is what this is tested against.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from newslint.article import Article, Escape
from newslint.draft import Piece
from newslint.readers import Fault, Omitted, Settings
from newslint.readers._rows import Columns, article, columns
from newslint.shapes import TEXT_KEYS
from newslint.source import DecodingFault, NotText, Source, decode
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import BinaryIO

LONGEST_ROW = 64_000_000  # characters: behind it a quotation mark has been left open
DELIMITERS = ",;\t|"


class Line(NamedTuple):
    """A line with its line end. `fault`: why it is no text."""

    text: str
    encoding: str = "utf-8"
    faults: tuple[DecodingFault, ...] = ()
    fault: str = ""


class Cell(NamedTuple):
    """`start` to `end`: what stands between the delimiters, with its quotes."""

    pieces: list[Piece]
    start: int
    end: int


class Row(NamedTuple):
    source: Source
    cells: list[Cell]


def whole_lines(source: Source) -> Iterator[Line]:
    """The lines of a text in memory."""
    starts = [*source.line_starts, len(source.text)]
    for start, end in itertools.pairwise(starts):
        yield Line(source.text[start:end], source.encoding, source.faults_in(start, end))


def lines_of(handle: BinaryIO, data: bytes) -> Iterator[Line]:
    """The lines of an open file; `data`: what has been read of it."""
    is_first = True
    while data:
        if len(data) == 1 << 20 and not data.endswith(b"\n"):
            data += handle.readline(LONGEST_ROW)
        try:
            text, encoding, is_marked, faults = decode(data)
        except NotText:
            yield Line("\n", fault="no text on this line")
        else:
            if is_marked and not is_first:  # no mark here, but a character
                text = "\ufeff" + text
                faults = tuple(
                    each._replace(start=each.start + 1, end=each.end + 1) for each in faults
                )
            if text.find("\r", 0, len(text) - 2) >= 0:
                yield from whole_lines(Source(text, encoding=encoding, faults=faults))
            else:
                yield Line(text, encoding, faults)
        is_first = False
        data = handle.readline(1 << 20)


def articles(
    lines: Iterator[Line], path: str, settings: Settings
) -> Iterator[Article | Fault | Omitted]:
    """The articles of a table, whose first row names its columns. Raises NotArticle, see `columns`."""
    table: Columns | None = None
    number = 0
    delimiter = "\t" if path.lower().endswith((".tsv", ".tab")) else ""
    for row in _rows(lines, path, delimiter):
        if isinstance(row, Fault):
            yield row
            continue
        if table is None:
            table = columns(["".join(p[0] for p in c.pieces).strip() for c in row.cells], settings)
            continue
        number += 1
        if len(row.cells) > len(table.names):
            extra = row.cells[len(table.names)]
            many = f"{len(row.cells)} cells in a row of {len(table.names)} columns"
            remedy = "put cells with a delimiter in them in quotes"
            yield Fault(row.source, extra.start, extra.end, f"{many}; {remedy}", str(number))
        cells = [[cell.pieces] if cell.pieces else [] for cell in row.cells]
        escapes = [(c.start, c.end, _escape(row.source.text, c)) for c in row.cells]
        yield article(row.source, cells, table, settings, number, escapes)


def _escape(text: str, cell: Cell) -> Escape:
    if text.startswith('"', cell.start):
        return lambda new: new.replace('"', '""')
    unfit = set('"\r\n' + DELIMITERS)
    return lambda new: new if unfit.isdisjoint(new) else None


def _rows(lines: Iterator[Line], path: str, delimiter: str) -> Iterator[Row | Fault]:
    base = base_line = 0
    kept: list[Line] = []  # of a row that is not complete
    state = _Row(delimiter)
    for line in lines:
        if line.fault:
            yield Fault(Source("", path, base=base, base_line=base_line), 0, 0, line.fault)
            line = Line("\n")
        if not state.delimiter:
            state.delimiter = max(
                DELIMITERS, key=lambda sign: _outside_quotes(line.text).count(sign)
            )
        kept.append(line)
        state.take(line.text)
        if state.is_open and state.length < LONGEST_ROW:
            continue
        yield from _finished(kept, state, path, base, base_line)
        base += state.length
        base_line += len(kept)
        kept, state = [], _Row(state.delimiter)
    if kept:
        yield from _finished(kept, state, path, base, base_line)


def _finished(
    kept: list[Line], state: _Row, path: str, base: int, base_line: int
) -> Iterator[Row | Fault]:
    text = "".join(line.text for line in kept)
    faults: list[DecodingFault] = []
    at = 0
    for line in kept:
        faults += (each._replace(start=each.start + at, end=each.end + at) for each in line.faults)
        at += len(line.text)
    encoding = next((line.encoding for line in kept if line.encoding != "utf-8"), "utf-8")
    source = Source(
        text, path, encoding=encoding, faults=tuple(faults), base=base, base_line=base_line
    )
    if state.is_open:
        message = (
            "the quotation mark that opens this cell is never closed; all behind it is one cell"
        )
        yield Fault(source, state.opened, state.opened + 1, message)
    elif text.strip():
        yield Row(source, state.cells)


def begins_like_table(text: str) -> bool:
    """Whether the first line names columns, one of them of the copy, and the second may be a row of them."""
    first, end, rest = text.partition("\n")
    delimiter = max(DELIMITERS, key=first.count)
    names = [each.strip().strip('"') for each in first.split(delimiter)]
    if not end or len(names) < 2 or not all(each.isidentifier() for each in filter(None, names)):
        return False
    known = {each.lower().replace("_", "") for each in (*TEXT_KEYS, "title", "headline")}
    has_copy = any(each.lower().replace("_", "") in known for each in names)
    return has_copy and rest.partition("\n")[0].count(delimiter) >= 1


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


class _Row:
    """A row as it is read, line by line, in time that is linear in its length."""

    def __init__(self, delimiter: str) -> None:
        self.delimiter = delimiter
        self.cells: list[Cell] = []
        self.length = 0
        self.is_open = False  # inside quotes
        self.opened = 0
        self._start = 0
        self._pieces: list[Piece] = []

    def take(self, line: str) -> None:
        """Read on through a line with its line end."""
        base, at, end = self.length, 0, len(line)
        bare_end = len(line.rstrip("\r\n"))
        self.length += end
        if not self.is_open:
            at = self._cell(line, base, at, bare_end)
        while self.is_open or at <= bare_end:
            if self.is_open:
                at = self._quoted(line, base, at, end)
                if self.is_open:
                    return
                at = self._rest(line, base, at, bare_end)
            else:
                at = self._cell(line, base, at, bare_end)

    def _cell(self, line: str, base: int, at: int, end: int) -> int:
        """Begin a cell, and finish it if it has no quotes; the place behind its delimiter."""
        self._start = base + at
        self._pieces = []
        if line.startswith('"', at) and at < end:
            self.is_open, self.opened = True, base + at
            return at + 1
        return self._rest(line, base, at, end)

    def _quoted(self, line: str, base: int, at: int, end: int) -> int:
        find = line.find
        while (found := find('"', at)) >= 0:
            self._add(line, base, at, found)
            if not line.startswith('"', found + 1):
                self.is_open = False
                return found + 1
            self._pieces.append(('"', base + found, base + found + 2))
            at = found + 2
        self._add(line, base, at, end)
        return end

    def _rest(self, line: str, base: int, at: int, end: int) -> int:
        """The cell up to its delimiter, or to the end of the row."""
        stop = line.find(self.delimiter, at, end)
        stop = end if stop < 0 else stop
        self._add(line, base, at, stop)
        self.cells.append(Cell(self._pieces, self._start, base + stop))
        return stop + 1

    def _add(self, line: str, base: int, start: int, end: int) -> None:
        if end > start:
            self._pieces.append((line[start:end], base + start, base + end))
