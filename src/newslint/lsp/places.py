"""Texts as an editor has them, with its positions: lines from 0, columns in the units that it counts in."""

from __future__ import annotations

from bisect import bisect_right

from lsprotocol.types import Position, Range

from newslint.once import once
from newslint.source import Source
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.lsp import Unit

MARK = "\ufeff"  # a byte order mark, which some editors leave in the text


class Text:
    """The text of a document at one time. Lines end with LF, CR LF or a lone CR, as the protocol says."""

    def __init__(self, text: str, unit: Unit) -> None:
        self.text = text
        self.unit = unit

    @once
    def _starts(self) -> list[int]:
        return Source(self.text).line_starts

    def offset(self, position: Position) -> int:
        """The code point at a position; behind the end of a line, the end of that line."""
        starts = self._starts
        if position.line >= len(starts):
            return len(self.text)
        start = starts[max(0, position.line)]
        behind = position.line + 1
        end = starts[behind] if behind < len(starts) else len(self.text)
        line = self.text[start:end].rstrip("\r\n")
        return start + _characters(line, max(0, position.character), self.unit)

    def edited(self, change: Range | None, new: str) -> Text:
        """The text with a change made to it; without a range, `new` is all of it."""
        if change is None:
            return Text(new, self.unit)
        start, end = self.offset(change.start), self.offset(change.end)
        return Text(self.text[:start] + new + self.text[max(start, end) :], self.unit)


def _characters(line: str, units: int, unit: Unit) -> int:
    """How many code points of a line so many units are; what would be cut in two does not count."""
    if unit == "utf-32" or line.isascii():
        return min(units, len(line))
    name, size = ("utf-8", 1) if unit == "utf-8" else ("utf-16-le", 2)
    return len(whole(line[:units]).encode(name)[: units * size].decode(name, "ignore"))


def whole(text: str) -> str:
    """A text in which the half of a pair, which no file can hold, is the sign for what is lost."""
    if text.isascii():
        return text
    try:
        text.encode("utf-16-le")
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= sign <= "\udfff" else sign for sign in text)
    return text


def source_of(text: str, path: str) -> Source:
    """What is to be checked of a text."""
    has_mark = text[:1] == MARK
    return Source(whole(text[1:] if has_mark else text), path, bom=has_mark)


class Places:
    """Places in a source, as the editor that has its text counts."""

    def __init__(self, source: Source, unit: Unit) -> None:
        self.source = source
        self.unit = unit
        self._lead = 0 if not source.bom else len(MARK.encode()) if unit == "utf-8" else 1

    def position(self, offset: int) -> Position:
        """Where a code point stands. Cheap when offsets come in rising order."""
        line, column, utf8, utf16 = self.source.position(offset)
        units = {"utf-8": utf8, "utf-16": utf16, "utf-32": column}[self.unit] - 1
        return Position(line - 1, units + (self._lead if line == 1 else 0))

    def range(self, start: int, end: int) -> Range:
        """Where a stretch stands."""
        return Range(self.position(start), self.position(end))


def moved(start: int, end: int, old: str, new: str) -> tuple[int, int] | None:
    """Where a stretch of one text stands in the next; None where it, or what it touches, was changed."""
    head = _common(old, new, len(min(old, new, key=len)))
    if end < head or old == new:
        return start, end
    tail = _common(old[::-1], new[::-1], min(len(old), len(new)) - head)
    if start > len(old) - tail:
        shift = len(new) - len(old)
        return start + shift, end + shift
    return None


def _common(one: str, other: str, most: int) -> int:
    """How many signs two texts begin with alike, at most so many."""
    if one[:most] == other[:most]:
        return most
    return bisect_right(range(most), 0, key=lambda n: one[: n + 1] != other[: n + 1])
