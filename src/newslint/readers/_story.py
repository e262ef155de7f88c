"""The story that an XML document tells, put together from its elements and from the HTML and text in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from newslint.article import OBJECT, Article, BlockKind, Directive, Escape, SourceMap
from newslint.body import add_body, escaped, escaped_for, inline, shown_of
from newslint.directives import mark, resolved, spans_behind
from newslint.draft import Draft, Piece
from newslint.source import Source
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import re

    from newslint.xml_text import Comment, Element

# What an element makes, by its name: a block of a kind, with its level, or nothing (None). All others stand
# inside a line.
Roles = Mapping[str, "tuple[BlockKind | None, int]"]


class Story:
    """Blocks are added in the order in which they are read."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._draft = Draft(source.text)
        self._directives: list[Directive] = []
        self._escapes: list[tuple[int, int, Escape]] = []
        self._cut: Sequence[Piece] = ()

    def __bool__(self) -> bool:
        """Whether there is anything in it."""
        return bool(self._draft.blocks)

    def elements(
        self, element: Element, roles: Roles, kind: BlockKind = "paragraph", level: int = 0
    ) -> None:
        """Add what stands in `element`, as blocks of `kind` where nothing inside says otherwise."""
        pieces: list[Piece] = []

        def finish() -> None:
            self.block(kind, pieces, level)
            pieces.clear()

        def visit(inside: Element) -> None:
            for child in inside.children:
                if isinstance(child, tuple):
                    pieces.append(child)
                elif child.name == "br":
                    pieces.append(("\v", child.start, child.end))
                elif child.name in roles:
                    finish()
                    role, depth = roles[child.name]
                    if role == "code":
                        self._draft.block("code", [(OBJECT, child.start, child.end)])
                    elif role is not None:
                        own = kind if role == "paragraph" else role
                        self.elements(child, roles, own, depth or level)
                else:
                    visit(child)

        visit(element)
        finish()

    def block(self, kind: BlockKind, pieces: Iterable[Piece], level: int = 0) -> None:
        """Add one block of text. A paragraph may turn out to be the credit of an agency."""
        made = collapsed(pieces)
        if kind == "paragraph" and len(made) < 8:
            from newslint.text.structure import credit_or_label

            words = "".join(piece[0] for piece in made).strip()
            kind = credit_or_label(words, in_head=False) or kind
        if self._draft.block(kind, made, level) is not None:
            self._escapes += [span for piece in made for span in self._unescaped(piece)][:1]

    def copy(self, pieces: Sequence[Piece], *, is_html: bool | None = True) -> None:
        """Add the copy that stands in the text of an element. `is_html` None: as it looks."""
        body = add_body(self._draft, pieces, is_html=is_html, length=len(self._source.text))
        self._directives += body.directives
        if body.escape is not None:
            self._escaped(pieces)
        else:
            self._escapes += [span for piece in pieces[:1] for span in self._unescaped(piece)]

    def line(self, kind: BlockKind, pieces: Sequence[Piece]) -> None:
        """Add a headline or the like that is HTML: one block, whatever its tags say."""
        self._draft.block(kind, inline(pieces))
        self._escaped(pieces)

    def cut(self, pieces: Sequence[Piece]) -> None:
        """Take in a summary that was cut from the copy: it is no block."""
        self._cut = pieces
        self._escaped(pieces)

    def _escaped(self, pieces: Sequence[Piece]) -> None:
        if not pieces:
            return
        twice = any(piece[0] == "<" and piece[2] - piece[1] > 1 for piece in pieces)
        once = escaped_for(self._source)
        escape: Escape = (lambda new: once(escaped(new))) if twice else once
        self._escapes.append((pieces[0][1], pieces[-1][2], escape))

    def facts(self) -> dict[str, str]:
        """The first title, deck, byline and dateline."""
        found: dict[str, str] = {}
        for block in self._draft.blocks:
            if block.kind in ("title", "deck", "byline", "dateline"):
                found.setdefault(block.kind, self._draft.text[block.start : block.end])
        return found

    def article(
        self, fields: Mapping[str, str], part: str, comments: Iterable[Comment], language: str
    ) -> Article:
        """The article. `comments`: those of the XML that may be suppressions."""
        draft, length = self._draft, len(self._source.text)
        source_map = SourceMap(draft.runs, escaped_for(self._source), self._escapes)
        marks = [made for each in comments if (made := mark(*each)) is not None]
        behind = spans_behind([source_map.to_file(each.start, each.end) for each in draft.blocks])
        return Article(
            self._source,
            draft.text,
            draft.blocks,
            fields={key: value for key, value in {**self.facts(), **fields}.items() if value},
            source_map=source_map,
            part=part,
            language=language,
            directives=[*resolved(marks, behind, length), *self._directives],
            links=draft.links,
            cut=lambda: shown_of(self._cut),
        )

    def written(self, element: Element) -> list[Piece]:
        """What stands in an element as it is written: XHTML, say."""
        inside, end = element.inside, element.inside_end
        return [(self._source.text[inside:end], inside, end)] if inside < end else []

    def _unescaped(self, piece: Piece) -> list[tuple[int, int, Escape]]:
        """The span of a CDATA section that a piece stands in."""
        text = self._source.text
        _, start, end = piece
        first = text.rfind("<", max(0, start - 200), start)
        if first < 0 or not text.startswith("<![CDATA[", first):
            return []
        last = text.find("]]>", end)
        return [(first, last if last >= 0 else len(text), _in_cdata)]


def _in_cdata(new: str) -> str | None:
    return new if "]]>" not in new else None


def collapsed(pieces: Iterable[Piece]) -> list[Piece]:
    """Pieces with one space for each run of white space; a vertical tab is a line break that is meant."""
    made: list[Piece] = []
    find = _space().finditer
    for text, start, end in pieces:
        if text == "\v" and end - start > 1:
            if made and made[-1][0] == " ":
                made.pop()
            made.append(("\n", start, end))
            continue
        if len(text) != end - start:  # a reference
            made.append((text, start, end))
            continue
        at = 0
        for match in find(text):
            first, last = match.span()
            if first > at:
                made.append((text[at:first], start + at, start + first))
            if made and made[-1][0][-1:] not in (" ", "\n"):
                made.append((" ", start + first, start + last))
            at = last
        if at < len(text):
            made.append((text[at:], start + at, end))
    return made


@cache
def _space() -> re.Pattern[str]:
    from newslint.expressions import compiled

    # A lone space needs no change, and is the usual one.
    return compiled(r"[\t\r\n][ \t\r\n]*+| [ \t\r\n]++|^ | $")
