"""From the outline of a text in lightweight markup to its article: what reStructuredText and AsciiDoc share."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from newslint.article import OBJECT, Article, BlockKind, SourceMap
from newslint.commonmark.content import Content, Segment, joined
from newslint.directives import mark, of_header, resolved, spans_behind
from newslint.draft import Draft, Piece
from newslint.fields import Field, as_mapping, meanings
from newslint.readers import Settings
from newslint.source import Source
from newslint.text.structure import Head
from newslint.typed import NamedTuple


class Part(NamedTuple):
    """A block of the outline. `segments`: its lines without their markup. `breaks`: its line ends are meant."""

    kind: BlockKind
    segments: list[Segment]
    level: int = 0
    breaks: bool = False


class Entry(NamedTuple):
    """A line of the header: a name, and where its value stands."""

    key: str
    segments: list[Segment]


class Outline(NamedTuple):
    """`comments`: text, start and end in the file. `aligned`: rows of tables whose cells have their place by column."""

    parts: list[Part]
    entries: list[Entry]
    comments: list[tuple[str, int, int]]
    aligned: list[Segment]


Inlines = Callable[[Content], "list[Piece]"]


def lines(text: str) -> list[Segment]:
    """Start and end of every line, without its line end."""
    from re import finditer

    ends = [match.span() for match in finditer(r"\r\n?|\n", text)]
    starts = [0, *(end for _, end in ends)]
    return list(zip(starts, [*(start for start, _ in ends), len(text)], strict=True))


def article(source: Source, settings: Settings, outline: Outline, inlines: Inlines) -> Article:
    """The article of an outline: its header first, then its blocks."""
    text = source.text
    fields = [_field(text, entry, inlines) for entry in outline.entries if entry.segments]
    found = meanings(fields, settings.fields)
    has_title = any(meaning.name == "title" for meaning in found)
    draft = Draft(text)
    head = Head(has_title)
    parts = outline.parts
    at = 0
    if not has_title:
        at = min(len(parts), _headline(parts))
        for part in _with_deck(parts[:at]):
            _add(draft, part, inlines(joined(text, part.segments)), head)
    for meaning in sorted(found, key=lambda each: each.name != "title"):
        for field in meaning.fields:
            if meaning.kind is not None:
                draft.block(meaning.kind, field.pieces)
    for part in parts[at:]:
        if part.kind == "code":
            draft.block("code", [(OBJECT, part.segments[0][0], part.segments[-1][1])])
            head.over()
            continue
        pieces = inlines(joined(text, part.segments))
        if part.breaks:
            pieces = [("\n" if t == " " and text[s] in "\r\n" else t, s, e) for t, s, e in pieces]
        _add(draft, part, pieces, head)
    marks = [made for each in outline.comments if (made := mark(*each)) is not None]
    source_map = SourceMap(draft.runs, aligned=outline.aligned)
    behind = spans_behind([source_map.to_file(each.start, each.end) for each in draft.blocks])
    return Article(
        source,
        draft.text,
        draft.blocks,
        fields=as_mapping(fields, found),
        source_map=source_map,
        language=next((each.fields[0].value for each in found if each.name == "language"), ""),
        directives=[*of_header(fields, len(text)), *resolved(marks, behind, len(text))],
    )


def _field(text: str, entry: Entry, inlines: Inlines) -> Field:
    pieces = inlines(joined(text, entry.segments))
    return Field((entry.key,), "".join(piece[0] for piece in pieces).strip(), pieces)


def _add(draft: Draft, part: Part, pieces: list[Piece], head: Head) -> None:
    assert part.kind != "code"
    kind = head.kind(part.kind, "".join(piece[0] for piece in pieces), part.level)
    draft.block(kind, pieces, part.level if kind == "heading" else 0)


def _headline(parts: Sequence[Part]) -> int:
    """How many parts make the headline: a first heading, and one under it that is the only one of its depth."""
    if not parts or parts[0].kind != "heading" or parts[0].level != 1:
        return 0
    levels = [part.level for part in parts if part.kind == "heading"]
    has_deck = len(parts) > 1 and parts[1].kind == "heading" and levels.count(parts[1].level) == 1
    return 1 + (has_deck and levels[1] == 2 and len(parts) > 2)


def _with_deck(headline: Sequence[Part]) -> list[Part]:
    return [*headline[:1], *(part._replace(kind="deck", level=0) for part in headline[1:])]
