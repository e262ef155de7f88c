"""The article as its reader sees it: text, blocks, fields, and views of the text made on demand.

Views are spans into `text`, each worked out at most once and only when a selected rule asks for it.
"""

from __future__ import annotations

from _weakref import ref  # what `weakref` has, without the rest of that
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial

from newslint.finding import (
    Edit,
    FileFix,
    Fix,
    Hit,
    Span,
    Surroundings,
    Swap,
    fingerprint,
    on_one_line,
)
from newslint.once import once
from newslint.source import Source, is_about_repository
from newslint.text.blocks import BLOCK_KINDS as BLOCK_KINDS
from newslint.text.blocks import Block as Block
from newslint.text.blocks import BlockKind as BlockKind
from newslint.text.lines import line_at, line_spans, stands_in_sentence
from newslint.text.utf8 import (
    GREEK_AND_CYRILLIC,
    MISREAD,
    encoded,
    folded,
    holds,
    unusual,
)
from newslint.text.words import finder, spaced, word_spans, words_of
from newslint.typed import TYPE_CHECKING, NamedTuple, cast, unchecked

if TYPE_CHECKING:
    from typing import TypeAlias

    from newslint.draft import Piece
    from newslint.text.credits import Credits
    from newslint.text.furniture import Page
    from newslint.text.joints import Joint
    from newslint.text.lookalikes import LookAlike
    from newslint.text.mojibake import Mojibake
    from newslint.text.quantities import Quantity, QuantityKind
    from newslint.text.quotes.quotations import Quotations
    from newslint.text.repeats import Repeat
    from newslint.text.titles import TitleParts

_REPEATED: frozenset[BlockKind] = frozenset(
    ("deck", "paragraph", "heading", "caption", "figure-caption", "quote", "list-item")
)
PROSE: frozenset[BlockKind] = frozenset(("paragraph", "list-item", "quote", "deck"))

SHORTEST_COPY = 60  # characters of a paragraph that can only be of the story
MOST_TITLES = 2  # lines of a text that shows by its lines alone what they are
CODE_SHOWN = 3  # pieces of code between words that make a text one about software

# Stands in `text` for what is not copy (code, an inline picture), so that words on both sides stay apart.
OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"


class Directive(NamedTuple):
    """A suppression written in the article: `newslint: disable=QUO -- reason`.

    `start`, `end`: where it stands in the file. `scope_start`, `scope_end`: the code points of the
    file that it covers. `codes` are as written; `reason` and `until` are "" where none is given.
    """

    codes: tuple[str, ...]
    reason: str
    start: int
    end: int
    scope_start: int
    scope_end: int
    fault: str = ""  # what is wrong with the directive itself, for a finding
    until: str = ""  # the last day on which it holds, ISO 8601


class Link(NamedTuple):
    """`text[start:end]` leads to `target`, which is as written."""

    start: int
    end: int
    target: str


class Run(NamedTuple):
    """`text[start:end]` stands for `source.text[file_start:file_end]`.

    Runs of the same length on both sides correspond character by character; others (an entity, an
    escape, a separator that the reader put in) only as a whole.
    """

    start: int
    end: int
    file_start: int
    file_end: int


Escape: TypeAlias = "Callable[[str], str | None]"
ECHOED = 12  # letters and signs in a row that are no chance


class SourceMap:
    """From spans of an article's text to spans of its file. No runs: the two are the same.

    `escape` writes text as the file has it; None from it where it cannot stand there. `inside`: parts of the
    file, by start and end, with an escape of their own. `aligned`: parts in which a change must keep the length, as
    what stands behind it counts by its column.
    """

    def __init__(
        self,
        runs: Iterable[Run] = (),
        escape: Escape | None = None,
        inside: Iterable[tuple[int, int, Escape]] = (),
        aligned: Iterable[tuple[int, int]] = (),
    ) -> None:
        self._runs = tuple(runs)
        self._starts = [run.start for run in self._runs]
        self._escape = escape
        self._inside = tuple(inside)
        self._aligned = tuple(aligned)

    def to_file(self, start: int, end: int) -> tuple[int, int]:
        """The span of the file that shows `text[start:end]`."""
        if not self._runs:
            return start, end
        starts, runs = self._starts, self._runs
        index = bisect_right(starts, start) - 1
        begin, stop, file_start, file_stop = runs[index if index > 0 else 0]
        is_verbatim = stop - begin == file_stop - file_start
        if end <= start:
            if is_verbatim and start > begin:
                file_start = min(file_stop, file_start + start - begin)
            elif start >= stop:
                file_start = file_stop
            return file_start, file_start
        shift = file_start - begin
        if is_verbatim and start > begin:
            file_start = start + shift if start < stop else file_stop
        if end > stop:
            last = runs[bisect_right(starts, end - 1) - 1]
            file_end = _inside(last, end) if _verbatim(last) else last.file_end
        elif is_verbatim:
            file_end = end + shift if end > begin else file_start
        else:
            file_end = file_stop
        return file_start, file_end if file_end > file_start else file_start

    def to_text(self, at: int) -> int | None:
        """The offset in the text of a code point of the file; None for one that it does not show."""
        if not self._runs:
            return at
        for run in self._runs:
            if run.file_start <= at < run.file_end:
                return run.start + (at - run.file_start if _verbatim(run) else 0)
        return None

    def edit(self, swap: Swap) -> Edit | None:
        """The change of the file that makes `swap`; None where its markup stands in the way."""
        start, end = self.to_file(swap.start, swap.end)
        own = (escape for first, last, escape in self._inside if first <= start <= end <= last)
        escape = next(own, self._escape)
        new = escape(swap.new) if escape is not None else swap.new
        if new is None:
            return None
        if len(new) != end - start and self.is_aligned(start):
            return None
        if self._runs and swap.end > swap.start:
            index = bisect_right(self._starts, swap.start) - 1
            at = start
            while index < len(self._runs) and self._runs[index].start < swap.end:
                run = self._runs[index]
                if run.file_start > at:
                    return None
                at = max(at, run.file_end)
                index += 1
        return Edit(start, end, new)

    def elsewhere(self, runs: Iterable[Run]) -> SourceMap:
        """A map of other runs to the same file, which writes text in the same ways."""
        return SourceMap(runs, self._escape, self._inside, self._aligned)

    def covers(self, swap: Swap) -> bool:
        """Whether the runs show all that `swap` puts something in the place of."""
        if not self._runs:
            return True
        end = self._runs[-1].end
        return self._runs[0].start <= swap.start < end and swap.end <= end

    def is_aligned(self, at: int) -> bool:
        """Whether what stands at a code point of the file has its place by its column."""
        return any(first <= at < last for first, last in self._aligned)


def _common_runs(text: str, at: int, pieces: Iterable[Piece]) -> list[Run]:
    """What of `pieces` says the same as `text` from `at` on, up to the first letter that differs; white space does not."""
    runs: list[Run] = []

    for sign, file_start, file_end in _signs(pieces):
        if sign.isspace():
            if not text[at : at + 1].isspace():
                continue
            end = at + 1
        else:
            while text[at : at + 1].isspace():
                at += 1
            if not text.startswith(sign, at):
                break
            end = at + len(sign)
        run = Run(at, end, file_start, file_end)
        last = runs[-1] if runs else None
        if (
            last is not None
            and (last.end, last.file_end) == (at, file_start)
            and _verbatim(last)
            and _verbatim(run)
        ):
            run = Run(last.start, end, last.file_start, file_end)
            runs.pop()
        runs.append(run)
        at = end
    return runs


def _signs(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The same taken apart, character by character where they stand in the file as they are shown."""
    for shown, start, end in pieces:
        if len(shown) == end - start:
            yield from zip(shown, range(start, end), range(start + 1, end + 1), strict=True)
        else:
            yield shown, start, end


VERBATIM = SourceMap()


_as_span = partial(tuple.__new__, Span)


# To import what a view needs with each article takes as long as to read a short one.
@cache
def _sentence_spans() -> Callable[[str, int, int, str], list[tuple[int, int]]]:
    from newslint.text.sentences import sentence_spans

    return sentence_spans


@cache
def _analyse() -> Callable[[str, Sequence[Block] | Callable[[], Sequence[Block]], str], Quotations]:
    from newslint.text.quotes.analysis import analyse

    return analyse


@cache
def _of_titles() -> tuple[Callable[[str, str, str], frozenset[str]], Callable[..., TitleParts]]:
    from newslint.text.titles import site_keys, title_parts

    return site_keys, title_parts


@lru_cache(maxsize=256)
def language_tag(language: str) -> str:
    """A tag such as "en-GB", "pt_BR" or "de_CH.UTF-8", lower case and with hyphens; "" for none."""
    return language.partition(".")[0].replace("_", "-").strip().lower()


def primary_subtag(language: str) -> str:
    """The language of such a tag, lower case; "" for none."""
    return language_tag(language).partition("-")[0].strip()


class _Sentences(dict[int, "Sequence[Span]"]):
    """The sentences of an article's paragraphs, by the number of these; each is split when it is first asked for."""

    def __init__(self, article: Callable[[], Article]) -> None:
        self._article = article

    def __missing__(self, number: int) -> Sequence[Span]:
        article = self._article()
        found = self[number] = article.sentences_in(article.paragraphs[number])
        return found


def _verbatim(run: Run) -> bool:
    return run.end - run.start == run.file_end - run.file_start


def _inside(run: Run, offset: int) -> int:
    return min(run.file_end, run.file_start + max(0, offset - run.start))


class _Passage:
    """`text[start:end]`, which is copy, with the lines it stands on: all that findings in it keep of an article."""

    def __init__(self, text: str, start: int, end: int, language: str) -> None:
        first = start
        if start and text[start - 1] != "\n":
            first = text.rfind("\n", 0, start) + 1
        last = text.find("\n", end)
        self._text = text[first:] if last < 0 else text[first:last]
        self._first = first
        self._place = (start - first, end - first)
        self._language = language

    def fingerprint_at(self, offset: int) -> str:
        """The `fingerprint` of the sentence or else the line that holds a character of the article."""
        at = offset - self._first
        sentences = self._sentences
        index = bisect_right(sentences, (at, len(self._text))) - 1
        place: tuple[int, int] | None = sentences[index] if index >= 0 else None
        if place is None or at >= place[1]:
            place = line_at(self._text, at) or (at, at)
        found = self._known.get(place)
        if found is None:
            found = self._known[place] = fingerprint(self._text[slice(*place)])
        return found

    @once
    def _sentences(self) -> list[tuple[int, int]]:
        return _sentence_spans()(self._text, *self._place, self._language)

    @once
    def _known(self) -> dict[tuple[int, int], str]:
        return {}


class ByLines(NamedTuple):
    """What finds the blocks of an article when they are asked for, where each of them is a line of its text.

    `titles`: what finds those of that kind alone, which are among the first `MOST_TITLES` lines; `head_end`: what finds a
    place behind them.
    """

    blocks: Callable[[Article], Iterable[Block]]
    titles: Callable[[Article], Iterable[Block]]
    head_end: Callable[[str], int]


class Article:
    """One article of a file.

    `text` is what a reader of the paper sees, without markup; `blocks` are its parts in order, none
    overlapping another, or what finds them; `fields` are the values of its front matter or record, as written.
    `part` names the article in a file of many, and is "" elsewhere. `language` is what the file itself
    declares, such as "en-GB"; else "". `declared_tag` is that, and may be set to what the settings say. `cut` gives what
    the file shows as a summary that a program cut from the copy: it is no part of the text, but is mended with it.
    `named`: where other rules of its family have found something, for a rule of last resort.
    `lines`: those of the text, where the reader has found them already.
    """

    def __init__(
        self,
        source: Source,
        text: str,
        blocks: Iterable[Block] | ByLines,
        *,
        fields: Mapping[str, str] | None = None,
        source_map: SourceMap | None = None,
        part: str = "",
        language: str = "",
        directives: Iterable[Directive] = (),
        links: Callable[[], tuple[Link, ...]] = tuple,
        cut: Callable[[], Sequence[Piece]] = tuple,
        lines: tuple[Span, ...] | None = None,
    ) -> None:
        self.source = source
        self.text = text
        self._by_lines: ByLines | None = None
        if isinstance(blocks, ByLines):
            self._by_lines = blocks
        else:
            self.blocks = tuple(blocks)
        self.fields: Mapping[str, str] = fields if fields is not None else {}
        self.map = source_map if source_map is not None else VERBATIM
        self.part = part
        self.declared_tag = language_tag(language) if language else ""
        self.directives = tuple(directives)
        self._find_links = links
        self._find_cut = cut
        self.named: Sequence[tuple[int, int]] = ()
        if lines is not None:
            self.lines = lines

    # ------------------------------------------------------------------ what rules yield

    def finding(
        self,
        span: tuple[int, int],
        message: str,
        *,
        fix: Fix | None = None,
        related: Iterable[tuple[int, int]] = (),
    ) -> Hit:
        """A hit on `text[span[0]:span[1]]`. Messages: lower-case start, no full stop, text in “ ”."""
        spans = tuple(map(_as_span, related))
        return unchecked(Hit, (span[0], span[1], message, fix, spans))

    def replace(
        self, span: tuple[int, int], new: str, *, safe: bool = False, label: str = ""
    ) -> Fix:
        """A fix that puts `new` in the place of a span."""
        return Fix((Swap(span[0], span[1], new),), safe, label)

    def file_fix(self, fix: Fix) -> FileFix | None:
        """`fix` in terms of the file; None where its markup stands in the way, or it is no text."""
        if self.source.extracted:
            return None
        edits = self.edits_of(fix.swaps)
        if edits is None:
            return None
        return unchecked(FileFix, (edits, fix.safe, fix.label, fix.swaps))

    def edits_of(self, swaps: Iterable[Swap]) -> tuple[Edit, ...] | None:
        """The edits of the file that make some swaps, also where it says the same a second time; None where one cannot be."""
        edits: list[Edit] = []
        again: list[Edit] = []
        echo = self._echo
        for swap in swaps:
            edit = self.map.edit(swap)
            if edit is None:
                return None
            edits.append(edit)
            edit = echo.edit(swap) if echo is not None and echo.covers(swap) else None
            if edit is not None:
                again.append(edit)
        base = self.source.base
        return tuple([Edit(start + base, end + base, new) for start, end, new in (*edits, *again)])

    @once
    def _echo(self) -> SourceMap | None:
        """From the copy to a summary that was cut from it, as far as both say the same."""
        pieces = self._find_cut()
        if not pieces:
            return None
        begins = "".join("".join(piece[0] for piece in pieces).split())[:ECHOED]
        for block in self.blocks if begins else ():
            shown = self.text[block.start : min(block.end, block.start + 4 * ECHOED)]
            if block.kind != "title" and "".join(shown.split()).startswith(begins):
                return self.map.elsewhere(_common_runs(self.text, block.start, pieces))
        return None

    # ------------------------------------------------------------------ views

    @once
    def is_documentation(self) -> bool:
        """Whether it is about software: by its name (README, LICENSE), or since it sets code as such, as light markup does."""
        if is_about_repository(self.source.path):
            return True
        if OBJECT not in self.text:
            return False
        file, place = self.source.text, self.map.to_file
        if any(
            block.kind == "code"
            and file.startswith(("```", "~~~"), place(block.start, block.end)[0])
            for block in self.blocks
        ):
            return True
        shown = 0
        at = self.text.find(OBJECT)
        while at >= 0:
            shown += file.startswith("`", place(at, at + 1)[0])
            if shown == CODE_SHOWN:
                return True
            at = self.text.find(OBJECT, at + 1)
        return False

    @property
    def declared_language(self) -> str:
        """ISO 639-1 code, lower case, as declared; "" for none."""
        return self.declared_tag.partition("-")[0]

    def declare(self, language: str) -> None:
        """Take a tag of the settings where the file declares none, or the same language without a region."""
        tag = language_tag(language) if language else ""
        if not self.declared_tag or tag.startswith(f"{self.declared_tag}-"):
            self.declared_tag = tag

    @once
    def language(self) -> str:
        """ISO 639-1 code, lower case: as declared, else guessed from the text, else "en"."""
        tag = self.declared_tag
        if tag:
            return tag.partition("-")[0]
        import newslint.text.languages as languages

        return languages.guess(self.text, self.unusual_bytes)

    @once
    def links(self) -> tuple[Link, ...]:
        """The links in the text, in order; none in plain text."""
        return self._find_links()

    @once
    def lines(self) -> tuple[Span, ...]:
        """Every line of the text that is not blank, without the white space around it."""
        return line_spans(self.text)

    def first_lines(self, count: int) -> tuple[Span, ...]:
        """The first of those, for less than to find them all."""
        if "lines" in self.__dict__:
            return self.lines[:count]
        return line_spans(self.text, count)

    @once
    def blocks(self) -> tuple[Block, ...]:
        """The parts of the text in order."""
        assert self._by_lines is not None
        return tuple(self._by_lines.blocks(self))

    @once
    def passages(self) -> Sequence[tuple[int, int]]:
        """Start and end of each block in order; none is made where each is a line."""
        if self._by_lines is not None:
            return self.lines
        return [(block.start, block.end) for block in self.blocks]

    @once
    def title_blocks(self) -> tuple[Block, ...]:
        """The blocks that are titles."""
        if self._by_lines is not None and self._is_by_lines:
            return tuple(self._by_lines.titles(self))
        return tuple([block for block in self.blocks if block.kind == "title"])

    @property
    def _is_by_lines(self) -> bool:
        """Whether each part is a line, and none is known as more."""
        return self._by_lines is not None and "blocks" not in self.__dict__

    @property
    def has_markup(self) -> bool:
        """Whether there may be blocks that only markup tells: code, captions of figures, headings of a level."""
        return self._by_lines is None

    @property
    def head_end(self) -> int:
        """A place behind every title, for less than to find them."""
        if self._by_lines is not None and self._is_by_lines:
            return self._by_lines.head_end(self.text)
        return self.title_blocks[-1].end if self.title_blocks else 0

    @once
    def title(self) -> Block | None:
        """The first title."""
        return self.title_blocks[0] if self.title_blocks else None

    @once
    def titles(self) -> tuple[TitleParts, ...]:
        """Every title, and a heading right under the first, taken apart into headline and what is around it."""
        site_keys, title_parts = _of_titles()
        text, fields = self.text, self.fields
        found = self.title_blocks
        if found and "title" not in fields and self._may_have_heading_below():
            behind = self.blocks.index(found[0]) + 1
            under = self.blocks[behind : behind + 1]
            if under and under[0].kind == "heading":
                found = (*found, *under)
        sites = site_keys(fields.get("site", ""), fields.get("url", ""), text)
        return tuple(
            [
                title_parts(text, block.start, block.end, lambda: self.language, sites)
                for block in found
            ]
        )

    def _may_have_heading_below(self) -> bool:
        """Whether a heading can stand right below the first title; where each part is a line, that line tells."""
        if not self._is_by_lines:
            return True
        import newslint.text.structure as structure

        below = self.first_lines(2)[1:]
        return any(structure.may_be_heading(self.text[start:end]) for start, end in below)

    @once
    def repeats(self) -> tuple[Repeat, ...]:
        """What of the deck, captions and paragraphs stood there before. Numbers are those of `blocks`."""
        import newslint.text.repeats as repeats

        unusual = self.unusual_bytes
        data = folded(self.text, self.utf8, unusual)
        if self.has_markup:  # where the title stands in the header and as a heading
            start = next((block.start for block in self.blocks if block.kind in _REPEATED), 0)
            data = data[len(encoded(self.text[:start])) :]
        if not repeats.may_repeat(data, unusual):
            return ()
        shown = [
            (block.start, block.end if block.kind in _REPEATED else block.start)
            for block in self.blocks
        ]
        return repeats.repeats(self.text, shown, unusual)

    @once
    def paragraphs(self) -> tuple[Block, ...]:
        """The blocks that hold running copy: paragraphs, list items, block quotes, decks."""
        return tuple(block for block in self.blocks if block.kind in PROSE)

    @once
    def _paragraph_spans(self) -> list[tuple[int, int]]:
        return [(block.start, block.end) for block in self.paragraphs]

    def places_of(self, words: frozenset[str]) -> list[tuple[int, str]]:
        """Where words of A to Z, given in lower case, begin in the text, and which each is, in order."""
        return finder(words)(self._letters)

    @once
    def _letters(self) -> bytes:
        return spaced(self.text)

    def words_in(self, start: int, end: int) -> list[bytes]:
        """The words of A to Z in `text[start:end]`, in order; any other character stands between words."""
        return words_of(self.text[start:end])

    @once
    def sentences(self) -> tuple[Span, ...]:
        """The sentences of the paragraphs."""
        return tuple(span for block in self.paragraphs for span in self.sentences_in(block))

    def sentences_in(self, block: Block) -> tuple[Span, ...]:
        """The sentences of one block, worked out once."""
        return self.sentences_between((block.start, block.end))

    def sentences_between(self, place: tuple[int, int]) -> tuple[Span, ...]:
        """The sentences of one passage, worked out once."""
        found = self._sentences_in.get(place)
        if found is None:
            spans = _sentence_spans()(self.text, *place, self.language)
            found = self._sentences_in[place] = tuple(map(_as_span, spans))
        return found

    def sentence_at(self, offset: int) -> Span | None:
        """The sentence that holds the character at `offset`, if any."""
        passage = line_at(self.text, offset) if self._is_by_lines else self.passage_at(offset)
        return self.sentence_in(passage, offset) if passage is not None else None

    def passage_at(self, offset: int) -> tuple[int, int] | None:
        """The one of `passages` that holds the character at `offset`, if any."""
        index = bisect_right(self.passages, (offset, len(self.text))) - 1
        passage = self.passages[index] if index >= 0 else None
        return passage if passage is not None and offset < passage[1] else None

    def sentence_in(self, passage: tuple[int, int], offset: int) -> Span | None:
        """The sentence that holds the character at `offset`, of a passage that does."""
        sentences = self.sentences_between(passage)
        index = bisect_right(sentences, (offset, len(self.text))) - 1
        return sentences[index] if index >= 0 and offset < sentences[index].end else None

    def surroundings(self, offset: int) -> Span:
        """The sentence that holds the character at `offset`, else its line."""
        sentence = self.sentence_at(offset)
        if sentence is not None:
            return sentence
        index = bisect_right(self.lines, (offset, len(self.text))) - 1
        if index >= 0 and offset < self.lines[index].end:
            return self.lines[index]
        return Span(offset, offset)

    def words_around(self, start: int, end: int) -> str:
        """A span with the sentence or line in which it begins, on one line."""
        around = self.surroundings(start)
        span = Span(min(start, around.start), max(end, around.end))
        found = self._words_around.get(span)
        if found is None:
            found = self._words_around[span] = on_one_line(self.text[span.start : span.end])
        return found

    @once
    def _words_around(self) -> dict[Span, str]:
        return {}

    def around(self, offset: int) -> Surroundings:
        """What `surroundings` are known by, when that is asked for."""
        if self._is_by_lines:
            end = self.text.find("\n", offset)
            place = (self.text.rfind("\n", 0, offset) + 1, end if end >= 0 else len(self.text))
        else:
            block = self.block_at(offset)
            place = (block.start, block.end) if block is not None else (offset, offset)
        passage = self._passages.get(place)
        if passage is None:
            passage = self._passages[place] = _Passage(self.text, *place, self.language)
        return Surroundings(passage, offset)

    @once
    def _passages(self) -> dict[tuple[int, int], _Passage]:
        return {}

    @once
    def _sentences_in(self) -> dict[tuple[int, int], tuple[Span, ...]]:
        return {}

    @once
    def words(self) -> tuple[Span, ...]:
        """Every run of letters, digits and inner apostrophes or hyphens."""
        return word_spans(self.text)

    @once
    def quotation_marks(self) -> tuple[str, ...]:
        """The pairs of marks that the language and region of the article use, the first choice first."""
        import newslint.text.languages as languages

        return languages.quotation_marks(self.declared_tag or self.language)

    @once
    def quotes(self) -> Quotations:
        """The quotations of the text and the marks that belong to none."""
        blocks = (lambda: self.blocks) if self._by_lines is not None else self.blocks
        return _analyse()(self.text, blocks, self.declared_tag or self.language)

    @once
    def quantities(self) -> tuple[Quantity, ...]:
        """The numeric claims of the paragraphs."""
        return self._quantities(self._paragraph_spans, frozenset())

    @once
    def striking_quantities(self) -> tuple[Quantity, ...]:
        """The numeric claims of the kinds that readers ask about: shares, sums, large numbers, the dead."""
        found = []
        for quantity in self.striking_figures:
            block = self.block_at(quantity.start)
            if block is not None and block.kind in PROSE:
                found.append(quantity)
        return tuple(found)

    @once
    def striking_figures(self) -> tuple[Quantity, ...]:
        """The same, with those of titles and the like where each part is a line and none is known as more."""
        import newslint.text.quantities as quantities

        spans = self.passages if self._is_by_lines else self._paragraph_spans
        return self._quantities(spans, quantities.STRIKING)

    def _quantities(
        self, spans: Sequence[tuple[int, int]], kinds: frozenset[QuantityKind]
    ) -> tuple[Quantity, ...]:
        import newslint.text.quantities as quantities

        text, language = self.text, self.language
        if language != "en":
            return quantities.quantities(text, spans, kinds, language, self._letters)
        words = self._telling_words
        return quantities.quantities(text, spans, kinds, language, self._letters, words)

    @once
    def vague_sources(self) -> tuple[Span, ...]:
        """Where a source of English copy stays without a name: “experts say”, “studies show”."""
        import newslint.text.telling as telling

        return telling.vague_sources(self.text, self._letters, self._telling_words)

    @once
    def _telling_words(self) -> list[tuple[int, str]]:
        import newslint.text.telling as telling

        return telling.telling_words(self._letters)

    @once
    def credits(self) -> Credits:
        """Who says so: the credits of the paragraphs, with what each of them answers for."""
        import newslint.text.credits as credits

        # In a circle the article would wait for the collection of garbage.
        own = cast("Callable[[], Article]", ref(self))
        return credits.Credits(
            self.text,
            lambda: [start for start, _ in own()._paragraph_spans],
            _Sentences(own).__getitem__,
            lambda offset: own().passage_at(offset),
            lambda: own().quotes,
            self.language,
            lambda: own().links,
            lambda: own()._telling_words,
        )

    @once
    def joints(self) -> tuple[Joint, ...]:
        """The places at which two words stand together without a space."""
        import newslint.text.joints as joints

        return joints.joints(self.text, self.utf8, self.unusual_bytes, self.language)

    @once
    def utf8(self) -> bytes:
        """The text in UTF-8, which is faster to search."""
        source = self.source
        if source.utf8 is not None and source.text is self.text:
            return source.utf8
        return encoded(self.text)

    @once
    def unusual(self) -> bytes:
        """`utf8` without printable ASCII, tabs and line ends."""
        return unusual(self.utf8)

    @once
    def unusual_bytes(self) -> frozenset[int]:
        """The bytes of which that consists."""
        return frozenset(self.unusual)

    def holds_sign(self, characters: str) -> bool:
        """Whether one of `characters`, none of them printable ASCII, stands in the text."""
        known = self.unusual_bytes
        return bool(known) and holds(self.unusual, known, characters)

    @once
    def mojibake(self) -> tuple[Mojibake, ...]:
        """The runs of signs that were read in the wrong encoding."""
        if self.unusual_bytes.isdisjoint(MISREAD):
            return ()
        import newslint.text.mojibake as mojibake

        return mojibake.mojibake(self.text, self.utf8)

    @once
    def mojibake_by_ftfy(self) -> tuple[Mojibake, ...]:
        """`mojibake`, and what ftfy finds besides. Raises ImportError where it is not installed."""
        import newslint.text.mojibake as mojibake

        return mojibake.by_ftfy(self.text, self.mojibake)

    @once
    def lookalikes(self) -> tuple[LookAlike, ...]:
        """The words in which a letter of another script stands for one that looks the same."""
        if self.unusual_bytes.isdisjoint(GREEK_AND_CYRILLIC):
            return ()
        import newslint.text.lookalikes as lookalikes

        return lookalikes.lookalikes(self.text)

    def stands_in_sentence(self, start: int, end: int) -> bool:
        """Whether a span is a whole line, and that a piece of a sentence broken into lines."""
        return stands_in_sentence(self.text, self.lines, start, end)

    @once
    def furniture(self) -> Page:
        """The lines with the odds that they are the page around the story."""
        import newslint.text.furniture as furniture

        title = self.text[self.title.start : self.title.end] if self.title is not None else ""
        return furniture.furniture(self.text, self.lines, title)

    def heads_copy(self, block: Block) -> bool:
        """Whether a heading of markup has a paragraph of the story right below it."""
        index = bisect_right(self._block_starts, block.start)
        if not block.level or index >= len(self.blocks):
            return False
        below = self.blocks[index]
        return (
            below.kind == "paragraph"
            and below.end - below.start >= SHORTEST_COPY
            and self.text[below.end - 1] in '.!?…”"'
        )

    @once
    def _block_starts(self) -> list[int]:
        return [block.start for block in self.blocks]

    def block_at(self, offset: int) -> Block | None:
        """The block that holds the character at `offset`, if any."""
        index = bisect_right(self._block_starts, offset) - 1
        if index < 0:
            return None
        block = self.blocks[index]
        return block if offset < block.end or offset == block.start else None
