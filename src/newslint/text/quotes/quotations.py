"""What an analysis finds: the quotations of a text, and the marks at fault."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence

from newslint.finding import Span, Swap
from newslint.once import once
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Literal, TypeAlias

# mismatched: opened by one mark, closed by one of another kind
# reversed: an opening mark where one must close, or the other way round
# crossed: the inner quotation closes after the outer one
# mixed: a pair of which one mark is curly and one straight
# stray: a mark that belongs to nothing
# apostrophe: an opening single mark in place of an apostrophe
# nested: a quotation inside another one with the same marks
FaultKind: TypeAlias = (
    "Literal['mismatched', 'unclosed', 'unopened', 'reversed', 'crossed', 'mixed', 'stray',"
    " 'apostrophe', 'nested']"
)


class Quotation(NamedTuple):
    """A quotation with its marks, from the first opening mark to the last closing one.

    `close` is None where it is never closed; it then ends with its paragraph. `level` counts the
    quotations around it; `double` says whether it opens with a double mark.
    """

    start: int
    end: int
    open: Span
    close: Span | None
    level: int
    double: bool


class Fault(NamedTuple):
    """Something wrong with a mark.

    A quotation that runs over paragraphs and is never closed is at fault in its last paragraph, at the
    mark that opens it anew.

    `start`, `end`: the mark, or the quotation from mark to mark where both are in question. `found` is
    the mark at fault. `opener` is where the quotation opened, if it did. `expected` is the mark that
    should stand there, "" where that is open. `swaps` mend it where the right mark is certain.
    """

    kind: FaultKind
    start: int
    end: int
    found: Span
    opener: Span | None = None
    expected: str = ""
    swaps: tuple[Swap, ...] = ()


# A quotation as plain numbers: start, end, end of its opening mark, start of its closing mark or -1, double.
Row: TypeAlias = "tuple[int, int, int, int, bool]"
# The quotations of a paragraph of which each mark is beyond doubt: where marks start and where they end (nothing
# where each is one character), which of them is the first of the paragraph, and by the numbers of those from there on the pairs,
# whether each is double, and whether it stands in no other.
Plain: TypeAlias = "tuple[Sequence[int], Sequence[int], int, Sequence[tuple[int, int, bool, bool]]]"


class Quotations:
    """The quotations of a text in order of their places, and the marks at fault.

    `places`: of the marks, in order. `plain`, `rows`: the quotations of paragraphs whose marks leave no doubt, and of
    others; `speech`: what says which of those stands in quotation marks.
    `kinds`: those of the faults.
    """

    def __init__(
        self,
        places: Sequence[int] = (),
        plain: Sequence[Plain] = (),
        rows: Sequence[Row] = (),
        faults: Sequence[Fault] = (),
        speech: Callable[[], Sequence[tuple[int, int]]] = tuple,
    ) -> None:
        self._places = places
        self._plain = plain
        self._doubtful = rows
        self._find_speech = speech
        self.faults = tuple(faults)
        self._by_kind: dict[str, list[Fault]] = {}
        for fault in faults:
            self._by_kind.setdefault(fault.kind, []).append(fault)
        self.kinds: Collection[str] = self._by_kind

    def __iter__(self) -> Iterator[Quotation]:
        return iter(self.quotations)

    @once
    def _rows(self) -> list[Row]:
        rows: list[Row] = []
        for starts, ends, at, pairs in self._plain:
            for first, last, double, _ in pairs:
                start, close = starts[at + first], starts[at + last]
                if ends:
                    rows.append((start, ends[at + last], ends[at + first], close, double))
                else:
                    rows.append((start, close + 1, start + 1, close, double))
        rows += self._doubtful
        rows.sort()
        return rows

    @once
    def _speech(self) -> list[tuple[int, int]]:
        speech: list[tuple[int, int]] = []
        for starts, ends, at, pairs in self._plain:
            for first, last, _, outer in pairs:
                if outer:
                    end = ends[at + last] if ends else starts[at + last] + 1
                    speech.append((starts[at + first], end))
        speech += self._find_speech()
        speech.sort()
        return speech

    @once
    def quotations(self) -> tuple[Quotation, ...]:
        """Every quotation, in order."""
        quotations = []
        around: list[int] = []  # where the quotations around this place end
        for start, end, opened, close, double in self._rows:
            while around and around[-1] <= start:
                around.pop()
            first, last = Span(start, opened), None if close < 0 else Span(close, end)
            quotations.append(Quotation(start, end, first, last, len(around), double))
            around.append(end)
        return tuple(quotations)

    @property
    def closed(self) -> list[tuple[int, int]]:
        """Start and end of every quotation that closes, in order."""
        return [(start, end) for start, end, _, close, _ in self._rows if close >= 0]

    @property
    def are_several(self) -> bool:
        """Whether there is more than one quotation."""
        count = len(self._doubtful)
        for _, _, _, pairs in self._plain:
            count += len(pairs)
            if count > 1:
                return True
        return count > 1

    def opening_before(self, end: int) -> Iterator[tuple[int, int]]:
        """Of every quotation that opens before a place and closes: where it opens, and its closing mark."""
        for starts, _, at, pairs in self._plain:
            if starts[at] >= end:
                break
            for first, last, _, _ in pairs:
                if starts[at + first] < end:
                    yield starts[at + first], starts[at + last]
        for start, _, _, close, _ in self._doubtful:
            if start < end and close >= 0:
                yield start, close

    @property
    def spaced(self) -> Sequence[tuple[int, int, int]]:
        """Of every quotation that closes and may have a space inside a mark: where it opens, and the span between its marks.

        A mark with a space on its inner side leaves a doubt.
        """
        rows = self._doubtful
        return [(row[0], row[2], row[3]) for row in rows if row[3] >= 0] if rows else ()

    def holds(self, start: int, end: int) -> bool:
        """Whether a mark stands in `text[start:end]`."""
        index = bisect_left(self._places, start)
        return index < len(self._places) and self._places[index] < end

    @once
    def speech(self) -> tuple[Span, ...]:
        """What stands inside quotation marks, marks included; disjoint and in order."""
        return tuple(Span(*each) for each in self._speech)

    def faults_of(self, kind: FaultKind) -> Sequence[Fault]:
        """The faults of one kind, in order."""
        return self._by_kind.get(kind, ())

    @once
    def _starts(self) -> list[int]:
        return [start for start, _ in self._speech]

    def covers(self, start: int, end: int) -> bool:
        """Whether `text[start:end]` stands inside quotation marks as a whole."""
        index = bisect_right(self._starts, start) - 1
        return index >= 0 and end <= self._speech[index][1]

    def around(self, start: int, end: int) -> Span | None:
        """The speech that holds `text[start:end]`, its marks included; None outside quotation marks."""
        index = bisect_right(self._starts, start) - 1
        if index >= 0 and end <= self._speech[index][1]:
            return Span(*self._speech[index])
        return None
