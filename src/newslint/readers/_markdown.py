"""From a Markdown text to an article."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from newslint.article import OBJECT, Article, Directive, SourceMap
from newslint.commonmark.blocks import cells, structure
from newslint.commonmark.content import joined, pieces_of
from newslint.commonmark.inlines import MarkupAhead, inlines
from newslint.directives import mark, of_header, resolved
from newslint.draft import Draft
from newslint.fields import as_mapping, meanings
from newslint.frontmatter import header
from newslint.readers import Fault, Settings
from newslint.source import Source
from newslint.text.structure import Head
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.article import Escape
    from newslint.commonmark.blocks import Leaf, Structure
    from newslint.commonmark.inlines import Inlines
    from newslint.directives import Mark
    from newslint.draft import Piece
    from newslint.fields import Field, Meaning
    from newslint.text.blocks import BlockKind


def read(source: Source, settings: Settings) -> Iterator[Article | Fault]:
    """The article of a text, and what is wrong with its header."""
    text = source.text
    head = header(text)
    fields = head.fields if head is not None else []
    for fault in head.faults if head is not None else ():
        yield Fault(source, fault.start, fault.end, fault.message)
    found = meanings(fields, settings.fields)
    draft = Draft(text)
    _front(draft, found)
    parsed = structure(text, head.end if head is not None else 0)
    marks = _body(
        draft, text, parsed, has_title=bool(draft.blocks and draft.blocks[0].kind == "title")
    )
    language = next((each.fields[0].value for each in found if each.name == "language"), "")
    yield Article(
        source,
        draft.text,
        draft.blocks,
        fields=as_mapping(fields, found),
        source_map=SourceMap(draft.runs, _escaped, _in_header(text, fields)),
        language=language,
        directives=[*of_header(fields, len(text)), *_directives(marks, parsed, text)],
        links=draft.links,
    )


def _front(draft: Draft, found: Sequence[Meaning]) -> None:
    """The blocks of the header: the title first, then what comes in order of the file."""
    shown = [each for each in found if each.kind is not None]
    shown.sort(key=lambda each: (each.name != "title", _place(each)))
    for meaning in shown:
        assert meaning.kind is not None
        for field in meaning.fields:
            draft.block(meaning.kind, field.pieces)


def _escaped(new: str) -> str:
    """Text as it stands in Markdown, and in HTML inside it: whatever could be markup as a character reference."""
    return "".join(f"&#{ord(sign)};" if sign in _MARKUP else _NAMED.get(sign, sign) for sign in new)


_MARKUP = frozenset("*_[]`\\~|")
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def _in_header(text: str, fields: Sequence[Field]) -> Iterator[tuple[int, int, Escape]]:
    """How text is written in each value of the header: YAML, TOML and JSON do not differ in what they take."""
    for field in fields:
        if field.pieces:
            start, end = field.pieces[0][1], field.pieces[-1][2]
            before = text[max(0, start - 100) : start].rstrip(" ")[-1:]
            yield (
                start,
                end,
                _quoted_twice if before == "'" else _quoted if before == '"' else _bare,
            )


def _quoted(new: str) -> str:
    from newslint.json_text import escaped

    return escaped(new)


def _quoted_twice(new: str) -> str | None:
    return new.replace("'", "''") if new.isprintable() else None


def _bare(new: str) -> str | None:
    return new if new.isprintable() else None


def _place(meaning: Meaning) -> int:
    pieces = meaning.fields[0].pieces
    return pieces[0][1] if pieces else 0


# ------------------------------------------------------------------ the body


def _body(draft: Draft, text: str, parsed: Structure, *, has_title: bool) -> list[Mark]:
    """Add the blocks of the body; the suppression comments in it."""
    comments: list[tuple[str, int, int]] = []
    head = Head(has_title)
    ahead = MarkupAhead(text)
    marked = -1  # where markup stands next
    for leaf in parsed.leaves:
        segments = leaf.segments
        start, end = segments[0] if segments else (leaf.start, leaf.end)
        if marked < start:
            marked = ahead.place_from(start)
        if (
            leaf.kind == "paragraph"
            and len(segments) == 1
            and marked >= end
            and not (text[start].isspace() or text[end - 1].isspace())
        ):
            markup = _markup_kind(leaf) if leaf.within else "paragraph"
            draft.verbatim(head.kind(markup, text, start=start, end=end), start, end)
        elif leaf.kind == "code":
            draft.block("code", [(OBJECT, leaf.start, leaf.end)])
            head.over()
        elif leaf.kind == "html":
            from newslint.hypertext.blocks import blocks

            made = blocks(pieces_of(text, leaf.segments))
            for link in made.links:
                draft.link(made.places.near(link.start), made.places.near(link.end), link.target)
            for comment in made.comments:
                place = made.places.near(comment.start), made.places.near(comment.end)
                comments.append((comment.text, *place))
            for stretch in made.stretches:
                draft.block(stretch.kind, stretch.pieces, stretch.level)
        elif leaf.kind == "table":
            head.over()
            for line in _cells(text, parsed, leaf):
                comments += line.comments
                draft.block("list-item", line.pieces)
                _captions(draft, [image.title or image.alt for image in line.images])
                _links(draft, line)
        else:
            content = joined(text, leaf.segments)
            line = inlines(content, parsed.references)
            comments += line.comments
            _links(draft, line)
            if not line.is_picture:
                shown = "".join(piece[0] for piece in line.pieces)
                kind = head.kind(_markup_kind(leaf), shown, leaf.level)
                draft.block(kind, line.pieces, leaf.level if kind == "heading" else 0)
            for image in line.images:
                _captions(draft, [image.title or image.alt])
    found = (mark(comment, start, end) for comment, start, end in comments)
    return [each for each in found if each is not None]


def _markup_kind(leaf: Leaf) -> BlockKind:
    if leaf.kind == "heading":
        return "heading"
    if leaf.within == "quote":
        return "quote"
    return "list-item" if leaf.within == "list-item" else "paragraph"


def _links(draft: Draft, line: Inlines) -> None:
    for link in line.links:
        draft.link(*link)


def _cells(text: str, parsed: Structure, leaf: Leaf) -> Iterator[Inlines]:
    for row_start, row_end in leaf.segments:
        for cell in cells(text, row_start, row_end)[: leaf.level]:
            if cell[0] < cell[1]:
                yield inlines(joined(text, [cell]), parsed.references)


def _captions(draft: Draft, captions: Sequence[Sequence[Piece]]) -> None:
    for pieces in captions:
        draft.block("figure-caption", pieces)


# ------------------------------------------------------------------ suppressions


def _directives(marks: Sequence[Mark], parsed: Structure, text: str) -> list[Directive]:
    if not marks:
        return []
    blocks = _Blocks(parsed, _lone(marks, parsed, text))
    return resolved(marks, lambda mark: blocks.behind(mark.start, mark.end), len(text))


def _lone(marks: Sequence[Mark], parsed: Structure, text: str) -> set[int]:
    """The numbers of the blocks of HTML that hold suppressions and nothing else."""
    starts = [leaf.start for leaf in parsed.leaves]
    lengths: dict[int, int] = {}
    for each in marks:
        number = bisect_right(starts, each.start) - 1
        if number >= 0 and parsed.leaves[number].kind == "html":
            own = sum(map(len, text[each.start : each.end].split()))
            lengths[number] = lengths.get(number, 0) + own
    blocks = ((number, parsed.leaves[number]) for number in lengths)
    return {
        number
        for number, leaf in blocks
        if sum(map(len, text[leaf.start : leaf.end].split())) == lengths[number]
    }


class _Blocks:
    """Which block of the file comes next, with all that is in it."""

    def __init__(self, parsed: Structure, lone: set[int]) -> None:
        self._lone = lone
        self._leaves = parsed.leaves
        # The first block from each on that is not only suppressions: a stack of them covers what is below it.
        self._beyond = list(range(len(parsed.leaves) + 1))
        for index in sorted(lone, reverse=True):
            self._beyond[index] = self._beyond[index + 1]
        self._parents = parsed.parents
        self._starts = [leaf.start for leaf in parsed.leaves]
        self._nodes = [leaf.node for leaf in parsed.leaves]
        self._last = list(range(len(parsed.parents)))  # the last block inside each
        for node in range(len(parsed.parents) - 1, -1, -1):
            parent = parsed.parents[node]
            if parent >= 0:
                self._last[parent] = max(self._last[parent], self._last[node])

    def behind(self, start: int, end: int) -> tuple[int, int]:
        """The span of the block that a comment at `start` to `end` stands in or, alone, before."""
        own = bisect_right(self._starts, start) - 1
        if own >= 0 and self._leaves[own].end >= end and self._leaves[own].kind != "html":
            return self._leaves[own].start, self._leaves[own].end
        is_behind = own >= 0 and (self._leaves[own].end <= end or own in self._lone)
        index = self._beyond[own + 1] if is_behind or own < 0 else own
        if own >= 0 and not is_behind:  # more HTML in the same block
            return end, self._leaves[own].end
        if index >= len(self._leaves):
            return end, end
        around = self._parents[self._leaves[own].node] if own >= 0 else -1
        node = self._leaves[index].node
        while self._parents[node] not in (around, -1):
            node = self._parents[node]
        last = bisect_left(self._nodes, self._last[node] + 1) - 1
        return self._leaves[index].start, max(leaf.end for leaf in self._leaves[index : last + 1])
