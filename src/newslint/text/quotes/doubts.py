"""Paragraphs whose marks can be read in more than one way: read at the least cost, and what is then at fault."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache

from newslint.expressions import compiled
from newslint.finding import Span, Swap
from newslint.once import once
from newslint.text.quotes.costs import (
    SPACED_GUILLEMETS,
    apart,
    decoded,
    is_apostrophe,
    like,
    read,
    read_double,
    reader,
)
from newslint.text.quotes.marks import SINGLE_MARKS, STOPS, TYPED
from newslint.text.quotes.pairs import (
    CURLY_DOUBLE,
    CURLY_SINGLE,
    closing_mark,
    inner_pair,
    opening_mark,
    own_pairs,
)
from newslint.text.quotes.quotations import Fault, Row
from newslint.text.quotes.readings import NONE, RUNS_ON, Reading, cheapest
from newslint.typed import TYPE_CHECKING, NamedTuple, unchecked

if TYPE_CHECKING:
    import re
    from typing import TypeAlias

    from newslint.text.quotes.analysis import Block, Held

    # Of a paragraph its marks, those that open it anew also at the end, where it ends, and how it is read.
    Read: TypeAlias = tuple[Sequence[tuple[int, int]], int, Reading]

_BETWEEN = 3  # blocks that may stand between two paragraphs of one quotation
_LABEL = 90  # characters of a line between them that may be a heading …
_LABELS = frozenset(("heading", "caption", "figure-caption", "quote"))  # … if it is none of these
_LONGEST_ROW = 8  # marks next to one another; more of them are a line drawn with marks
_FAR = 25  # characters from one mark to the next: more than are quoted as a phrase
_SHORT = 200  # characters of a quotation that is reported from mark to mark


class Paragraph(NamedTuple):
    """A block that holds marks, and where those are among all."""

    start: int
    end: int
    first: int
    last: int


class Doubts:
    """Reads paragraphs one after the other and writes down what they hold.

    `seen`: `text` without code; `places`: of its marks; `paragraphs`: those that hold marks, and `blocks` all of them,
    or what finds these.
    `language` is a code, `convention` the one by which it writes its marks.
    """

    def __init__(
        self,
        text: str,
        seen: str,
        places: Sequence[int],
        blocks: Sequence[Block] | Callable[[], Sequence[Block]],
        paragraphs: Sequence[Held],
        language: str,
        convention: str,
    ) -> None:
        self._text = text
        self._seen = seen
        self._places = places
        self._found_blocks = blocks
        self._paragraphs = paragraphs  # with the white space around lines
        self._language = language
        self._convention = convention
        self._arrows = "«" not in text
        self._own, self._like, self._double = _tools(language, convention, self._arrows)
        self._running: list[tuple[int, int]] = []  # opening marks of quotations that run on
        self.carried = ""  # the marks that they would have to close with
        self.rows: list[Row] = []
        self.faults: list[Fault] = []
        self.readings: list[Read] = []

    @once
    def _merge(self) -> bool:
        """Whether two single curly marks are a double one."""
        return "‘‘" in self._text and "’’" in self._text

    def _bare(self, held: Held) -> Paragraph:
        """A paragraph without the white space around it."""
        text, (start, end, first, last) = self._text, held
        if text[start].isspace() or text[end - 1].isspace():
            start += end - start - len(text[start:end].lstrip())
            end = start + len(text[start:end].rstrip())
        return unchecked(Paragraph, (start, end, first, last))

    @property
    def in_order(self) -> list[Fault]:
        """The faults in order of their places."""
        return sorted(self.faults, key=_place) if len(self.faults) > 1 else self.faults

    def read(self, number: int) -> None:
        """Read a paragraph, of those that hold marks; those before it that leave a doubt have been read."""
        paragraph = self._bare(self._paragraphs[number])
        spans, codes = self._marks(self._places[paragraph.first : paragraph.last], paragraph)
        marks = "".join(codes)
        reading = cheapest(marks, self.carried, "", self._own)
        if reading.cost >= RUNS_ON:  # a reading with a quotation that runs on may cost less
            following, behind = self._following(number + 1)
            if behind is not None:
                running = cheapest(marks, self.carried, following, self._own)
                # What stands between the two is asked for only where it matters.
                if running.open_marks and self._is_next(paragraph, behind):
                    reading = running
        if reading.open_numbers and self._ends_before(
            paragraph, spans, codes, reading.open_numbers[0]
        ):
            reading = cheapest(marks, self.carried, "", self._own)
        self._write(paragraph, spans, codes, reading)
        self.carried = reading.open_marks

    def _marks(
        self, places: Sequence[int], paragraph: Paragraph
    ) -> tuple[list[tuple[int, int]], list[str]]:
        """The spans of a paragraph's marks, and what is known of each."""
        text, start, end = self._seen, paragraph.start, paragraph.end
        double = self._double
        spans: list[tuple[int, int]] = []
        codes: list[str] = []
        index, count = 0, len(places)
        last = start
        while index < count:
            at = places[index]
            index += 1
            to = at + 1
            if index < count and places[index] == to:
                while index < count and places[index] == to:
                    to += 1
                    index += 1
                if to - at > _LONGEST_ROW:
                    continue
            elif text[at] not in SINGLE_MARKS:
                spans.append((at, to))
                if at - 2 >= start and to < end:
                    codes.append(double(text[at - 2 : at + 2]))
                else:
                    before, after = text[max(start, at - 2) : at], text[to : min(end, to + 1)]
                    codes.append(read_double(before, text[at], after, self._like, self._arrows))
                last = at
                continue
            cluster = text[at:to]
            before, after = text[max(start, at - 8) : at], text[to : min(end, to + 8)]
            if SINGLE_MARKS.isdisjoint(cluster):
                before, after = before[-2:], after[:1]
            merge = to - at > 1 and self._merge
            for code in read(before, cluster, after, self._language, merge, self._arrows):
                if at - last > _FAR and code[0] in "'’" and is_apostrophe(code):
                    code = apart(code)
                last = at
                width = 2 if code[0] in TYPED else 1
                spans.append((at, at + width))
                codes.append(code)
                at += width
        return spans, codes

    def _ends_before(
        self,
        paragraph: Paragraph,
        spans: Sequence[tuple[int, int]],
        codes: Sequence[str],
        number: int,
    ) -> bool:
        """Whether a quotation that seems to run on must have ended inside the paragraph.

        So it is where it begins in the middle of a sentence and more sentences or quotations follow,
        or where the paragraph ends with who says it.
        """
        if number < 0:
            return False
        start, end = spans[number][1], paragraph.end
        if decoded(codes[number]).is_fragment and (
            any(code[0] == codes[number][0] for code in codes[number + 1 :])
            or _break().search(self._text, start, end)
        ):
            return True
        return self._language == "en" and bool(
            _credit().search(self._text, max(start, end - 120), end)
        )

    def _following(self, number: int) -> tuple[str, Paragraph | None]:
        """The opening mark at the start of a paragraph that holds marks, and that; none where it does not begin with one."""
        if number == len(self._paragraphs):
            return "", None
        paragraph = self._bare(self._paragraphs[number])
        places = self._places[paragraph.first : paragraph.last]
        start = places[0]
        if start - paragraph.start > 4 or self._text[paragraph.start : start].strip(
            " \t\xa0…[(.-–—•*>"
        ):
            return "", None
        _, codes = self._marks(places[: _LONGEST_ROW + 1], paragraph)
        if not codes:
            _, codes = self._marks(places, paragraph)
        return (codes[0][0], paragraph) if codes else ("", None)

    def _is_next(self, before: Paragraph, paragraph: Paragraph) -> bool:
        """Whether nothing but a few labels stands between two paragraphs."""
        between = self._text[before.end : paragraph.start]
        if between.isspace():
            return True
        if callable(
            self._found_blocks
        ):  # what they are is asked for only where their length and end leave that open
            lines = [line for line in map(str.strip, between.split("\n")) if line]
            if len(lines) > _BETWEEN or all(map(_is_label, lines)):
                return len(lines) <= _BETWEEN
        number, other = (bisect_left(self._starts, each.start) for each in (before, paragraph))
        return other - number <= _BETWEEN + 1 and all(
            kind in _LABELS or _is_label(self._text[start:end])
            for kind, start, end, _ in self._blocks[number + 1 : other]
        )

    @once
    def _blocks(self) -> list[Block]:
        blocks = self._found_blocks
        found = blocks() if callable(blocks) else blocks
        return [block for block in found if block[0] != "code"]

    @once
    def _starts(self) -> list[int]:
        return [start for _, start, _, _ in self._blocks]

    def _write(
        self,
        paragraph: Paragraph,
        spans: Sequence[tuple[int, int]],
        codes: Sequence[str],
        reading: Reading,
    ) -> None:
        count = len(spans)
        running = self._running[: reading.reopened]
        # A quotation that runs on has, in this paragraph, the mark that opens it anew.
        reopened = len(running)
        # By number of the mark, below zero for what runs on: the mark in this paragraph, and where it opened.
        here = [*spans, *spans[:reopened]] if running else spans
        opened = [*spans, *running] if running else spans
        rows = self.rows
        for opener, closer, before in reading.pairs:
            start, start_end = opened[opener]
            if closer >= 0:
                close, end = spans[closer]
            else:
                close, end = -1, spans[before][0] if before < count else paragraph.end
            double = codes[opener + reopened if opener < 0 else opener][0] not in SINGLE_MARKS
            rows.append((start, end, start_end, close, double))
        if reading.nests and self._language not in SPACED_GUILLEMETS:
            self.faults += self._nested(spans, codes, reading.pairs)
        self.readings.append((here, paragraph.end, reading))
        for kind, number, other, meant in reading.faults:
            begun = opened[other] if kind != "unclosed" and other != NONE else None
            if kind == "unclosed" and number < 0:
                begun = opened[number]  # it ran on to here
            self.faults.append(
                self._fault(kind, here[number], begun, meant, number, spans, paragraph)
            )
        if self._running or reading.open_numbers:
            self._running = [opened[number] for number in reading.open_numbers]

    @staticmethod
    def speech(readings: Sequence[Read]) -> list[tuple[int, int]]:
        """What stands in quotation marks."""
        found: list[tuple[int, int]] = []
        for spans, end, reading in readings:
            count = len(spans) - reading.reopened
            inside: list[tuple[int, int]] = []
            for opener, closer, before in reading.pairs:
                last = spans[before][0] if before < count else end
                inside.append((spans[opener][0], spans[closer][1] if closer >= 0 else last))
            inside += [(spans[number][0], end) for number in reading.open_numbers]
            found += _joined(inside)
        return found

    def _nested(
        self,
        spans: Sequence[tuple[int, int]],
        codes: Sequence[str],
        pairs: Sequence[tuple[int, int, int]],
    ) -> Iterator[Fault]:
        """The quotations inside others with the same marks, where the language does not nest so."""
        closed = [(opener, closer) for opener, closer, _ in pairs if opener >= 0 and closer >= 0]
        around: list[tuple[int, int]] = []
        for opener, closer in sorted(closed):
            while around and around[-1][1] < opener:
                around.pop()
            same = [each for each, _ in around if codes[each][0] == codes[opener][0]]
            around.append((opener, closer))
            if not same:
                continue
            mark, close = spans[opener], spans[closer]
            within = inner_pair(
                self._text[mark[0] : mark[1]] + self._text[close[0] : close[1]], self._convention
            )
            swaps = (Swap(*mark, within[0]), Swap(*close, within[1])) if within else ()
            yield Fault(
                "nested", mark[0], close[1], Span(*mark), Span(*spans[same[-1]]), within, swaps
            )

    def _fault(
        self,
        kind: str,
        mark: tuple[int, int],
        opener: tuple[int, int] | None,
        meant: str,
        number: int,
        spans: Sequence[tuple[int, int]],
        paragraph: Paragraph,
    ) -> Fault:
        text, (start, end) = self._text, mark
        found, span = text[start:end], unchecked(Span, mark)
        begun = None if opener is None else unchecked(Span, opener)
        expected = ""
        swaps: tuple[Swap, ...] = ()
        if kind == "unclosed":
            if text.startswith(found, end):
                return _doubled(span)
            expected = closing_mark(meant, self._convention)
        elif kind == "unopened":
            if text.endswith(found, paragraph.start, start):
                return _doubled(span)
            begun, expected = None, opening_mark(found, self._convention)
        elif kind == "apostrophe":
            begun, expected = None, "’"
            swaps = (Swap(start, end, expected),)
        elif kind == "reversed":
            expected = meant if begun is None else closing_mark(meant, self._convention)
            swaps = (Swap(start, end, expected),) if expected else ()
        elif kind == "mixed" and begun is not None:
            return self._mixed(span, begun, paragraph)
        elif kind == "crossed":
            return self._crossed(span, begun, meant, spans[number + 1 : number + 2])
        elif kind == "mismatched" and begun is not None:
            expected = closing_mark(meant, self._convention)
            if end - begun.start <= _SHORT and "\n" not in text[begun.start : end]:
                start = begun.start
        else:
            kind, begun = "stray", None
        return unchecked(Fault, (kind, start, end, span, begun, expected, swaps))

    def _mixed(self, mark: Span, opener: Span, paragraph: Paragraph) -> Fault:
        first, last = (self._text[start:end] for start, end in (opener, mark))
        if first in CURLY_DOUBLE + CURLY_SINGLE or opener.start < paragraph.start:
            # The mark that opens each paragraph of a quotation is the one that was meant.
            expected = closing_mark(first, self._convention)
            return Fault("mixed", *mark, mark, opener, expected, (Swap(*mark, expected),))
        expected = opening_mark(last, self._convention)
        is_known = expected and last in CURLY_DOUBLE + CURLY_SINGLE
        swaps = (Swap(*opener, expected),) if is_known else ()
        return Fault("mixed", *opener, mark, opener, expected, swaps)

    def _crossed(
        self, mark: Span, opener: Span | None, meant: str, behind: Sequence[tuple[int, int]]
    ) -> Fault:
        """Marks that close in the wrong order. `behind`: the next mark, if any."""
        start, end = mark
        expected = closing_mark(meant, self._convention)
        if not behind or behind[0][0] != end:
            return Fault("crossed", start, end, mark, opener, expected)
        last = behind[0][1]
        swap = Swap(start, last, self._text[end:last] + self._text[start:end])
        return Fault("crossed", start, last, mark, opener, expected, (swap,))


@lru_cache(maxsize=256)
def _tools(language: str, convention: str, arrows: bool) -> tuple[str, str, Callable[[str], str]]:
    """The pairs of a language, one in which double marks cost the same, and what encodes such a mark."""
    others = like(language)
    return own_pairs(convention), others, reader(others, arrows)


def _doubled(mark: Span) -> Fault:
    return Fault("stray", *mark, mark, swaps=(Swap(*mark, ""),))


def _joined(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The outermost of some spans that nest or are disjoint."""
    end = -1
    for start, to in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= end:
            yield start, to
            end = to


def _is_label(line: str) -> bool:
    return len(line) <= _LABEL and line[-1:] not in STOPS


def _place(fault: Fault) -> tuple[int, int]:
    return fault.start, fault.end


@cache
def _break() -> re.Pattern[str]:
    """The end of a sentence that another one follows."""
    return compiled(r"\w[.!?][\"'”’]? +[A-Z]")


@cache
def _credit() -> re.Pattern[str]:
    """Who says it, at the end of a paragraph."""
    verbs = "(?:said|says|added|wrote|asked|explained|noted|continued|recalled|tweeted|argued)"
    name, place = r"(?: [A-Z][\w.’'-]*){0,4}", r"(?: (?:in|at|on|during) (?:\w+ ){0,3}\w+)?"
    return compiled(rf"[,?!] (?:(?:[\w’'.,-]+ ){{1,9}}{verbs}|{verbs}{name}{place})\.?\Z")
