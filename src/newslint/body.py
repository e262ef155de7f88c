"""The copy of an article, plain or HTML, put into a draft: what readers of every format end with.

    draft = Draft(source.text)
    body = add_body(draft, pieces)                  # HTML if it looks like it, else plain text
    body = add_body(draft, pieces, is_html=True)    # HTML: tags, references, comments
    yield Article(source, draft.text, draft.blocks, source_map=SourceMap(draft.runs, body.escape),
                  directives=body.directives)

`pieces` are `(shown, start, end)` of the file, in order, as `json_text.string_pieces` gives them for a JSON
string: `shown` is what the container's own escapes say (`<p>` for `\u003cp>` or `&lt;p>`), `start` and `end` are
where that stands in the file. A plain file of HTML is the one piece `(text, 0, len(text))`. However deep a text
is wrapped, every character of the article keeps its place. Put title, deck and byline of a record into the draft
with `Draft.block` before; the body is then told from them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from newslint.article import BlockKind, Directive
from newslint.draft import Draft, Piece
from newslint.text.words import letters_and_digits
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re
    from typing import Literal

    from newslint.hypertext.blocks import Comment, Markup
    from newslint.hypertext.blocks import Stretch as _Stretch
    from newslint.source import Source


class Body(NamedTuple):
    """What a body says beside its blocks, which are in the draft.

    `escape`: how text is written inside it. `fields`, `language`: of a whole page ("" where it names none).
    `fault`: why a page holds no story; its blocks are then all that it shows.
    """

    directives: Sequence[Directive] = ()
    escape: Callable[[str], str] | None = None
    fields: dict[str, str] = {}
    language: str = ""
    fault: str = ""


def add_body(
    draft: Draft, pieces: Sequence[Piece], *, is_html: bool | None = None, length: int | None = None
) -> Body:
    """Add the blocks of an article's copy behind what the draft has already.

    `is_html` None: decided by the text. `length`: of the file, where a suppression may cover all of it; by
    default up to the last piece. Never fails.
    """
    text = "".join([piece[0] for piece in pieces])
    if is_html is None:
        is_html = looks_like_html(text)
    if not is_html:
        _add_plain(draft, pieces, text)
        return Body()
    from newslint.hypertext.blocks import blocks

    markup = blocks(pieces)
    end = length if length is not None else max((piece[2] for piece in pieces), default=0)
    title = next((each for each in draft.blocks if each.kind == "title"), None)
    if is_page(text):
        from newslint.hypertext.page import story

        found = story(markup, has_title=title is not None)
        if found.title and title is None:
            draft.block("title", found.title)
        _add_stretches(draft, found.stretches)
        _add_links(draft, markup)
        directives = _directives(markup, end)
        return Body(directives, escaped, found.fields, found.language, found.fault)
    _add_stretches(draft, markup.stretches)
    _add_links(draft, markup)
    return Body(_directives(markup, end), escaped)


def shown_of(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """What a summary shows that may be HTML."""
    return inline(pieces) if any("<" in piece[0] or "&" in piece[0] for piece in pieces) else pieces


def inline(pieces: Sequence[Piece]) -> list[Piece]:
    """What an HTML text shows, on one line: of a headline, say, that may hold references and tags."""
    from newslint.hypertext.blocks import blocks

    found: list[Piece] = []
    for stretch in blocks(pieces).stretches:
        if found:
            found.append((" ", found[-1][2], stretch.pieces[0][1]))
        found += [(piece[0].replace("\n", " "), *piece[1:]) for piece in stretch.pieces]
    return found


class Passage(NamedTuple):
    """A piece of HTML from a body that comes in many. `kind`: what it is, or "" where its tags say."""

    kind: BlockKind | Literal[""]
    level: int
    pieces: list[Piece]


def add_passages(draft: Draft, passages: Sequence[Passage]) -> None:
    """Add the blocks of a body that comes in pieces. Comments in them suppress nothing."""
    from newslint.hypertext.blocks import Stretch, blocks

    stretches: list[Stretch] = []
    for passage in passages:
        if passage.kind == "code":
            stretches.append(Stretch("code", 0, passage.pieces, "", -1, 0, 0, 0, 1))
            continue
        markup = blocks(passage.pieces)
        _add_links(draft, markup)
        for stretch in markup.stretches:
            if passage.kind and stretch.kind == "paragraph":
                stretch = stretch._replace(kind=passage.kind, level=passage.level)
            stretches.append(stretch)
    _add_stretches(draft, stretches)


def is_cut_from(summary: str, copy: str) -> bool:
    """Whether a summary says nothing but what the copy begins with, so that nobody wrote it as a deck.

    Programs leave out captions and the like. One that says that it cut (“[…]”) did so, whatever became of the copy.
    """
    said = _shown(summary).strip()
    is_marked = said.endswith(("[…]", "[...]"))
    for end in ("[…]", "[...]", "…", "..."):
        said = said.removesuffix(end).rstrip()
    count = _cut_off().search(copy[-40:])  # NewsAPI cuts all copy
    if count:
        copy = copy[: -len(count[0])]
    known, rest = letters_and_digits(said)[:200], letters_and_digits(_shown(copy))
    if count and known.startswith(rest[:200]) and len(rest) >= _FEWEST:
        return True
    return bool(known) and (_is_left_of(known, rest) or (is_marked and known[:_FEWEST] in rest))


@cache
def _cut_off() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"(?:…|\.\.\.) ?\[\+[0-9]{1,9} chars\]\s*+$")


_FEWEST = 12  # letters in a row that are no chance


def _is_left_of(known: str, rest: str) -> bool:
    """Whether `known` is what is left of `rest`, from its beginning, where some passages are taken out."""
    at = place = 0
    while at < len(known):
        found = rest.find(known[at : at + _FEWEST], place)
        if found < 0 or (found and not at):
            return False
        place = found
        while at < len(known) and place < len(rest) and known[at] == rest[place]:
            at += 1
            place += 1
    return True


def _shown(text: str) -> str:
    """The words of the beginning of a text that is plain or HTML."""
    import re
    from html import unescape

    return unescape(re.sub(r"<[^<>]*+>", "", text[:4000]))


def escaped(text: str) -> str:
    """`text` as it stands in HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escaped_for(source: Source) -> Callable[[str], str]:
    """`escaped` for a file: what its encoding lacks stands as a character reference."""
    encoding = source.encoding
    if encoding.startswith("utf"):
        return escaped
    return lambda text: escaped(text).encode(encoding, "xmlcharrefreplace").decode(encoding)


def looks_like_html(text: str) -> bool:
    """Whether a text is HTML rather than plain text with a stray tag: it begins with a block, or ends some."""
    return (
        "<" in text
        and ">" in text
        and (begins_like_html(text) or _block_end().search(text) is not None)
    )


def begins_like_html(text: str) -> bool:
    """Whether the first thing in a text is the tag of a page or of a block."""
    return _beginning().match(text) is not None


def is_page(text: str) -> bool:
    """Whether an HTML text is a whole page, with more in it than an article."""
    return "<" in text[:4000] and _page().search(text, 0, 4000) is not None


@cache
def _beginning() -> re.Pattern[str]:
    from newslint.expressions import IGNORECASE, compiled

    return compiled(
        r"\s*+(?:<!--[\s\S]*?-->\s*+|<\?xml[^<>]*+>\s*+)*+<(?:!doctype\s+html|html|head|body|article|main|section"
        r"|div|p|h[1-6]|ul|ol|table|figure|blockquote|header)(?=[\s/>])[^<>]*+>",
        IGNORECASE,
    )


@cache
def _block_end() -> re.Pattern[str]:
    from newslint.expressions import IGNORECASE, compiled

    return compiled(
        r"</(?:p|h[1-6]|div|li|blockquote|figcaption|td)\s*+>|<br\s*+/?>\s*+<br", IGNORECASE
    )


@cache
def _page() -> re.Pattern[str]:
    from newslint.expressions import IGNORECASE, compiled

    return compiled(r"<(?:!doctype\s+html|html|head|body)(?=[\s/>])", IGNORECASE)


# ------------------------------------------------------------------ plain text


def _add_plain(draft: Draft, pieces: Sequence[Piece], text: str) -> None:
    """The blocks of plain copy, read off its lines."""
    from newslint.text.structure import structure

    title = next((each for each in draft.blocks if each.kind == "title"), None)
    known = draft.text[title.start : title.end] if title is not None else ""
    draft.copy(structure(text, known), text, [piece for piece in pieces if piece[0]])


# ------------------------------------------------------------------ HTML


_HEAD_ROLES: dict[str, BlockKind] = {
    "title": "title",
    "deck": "deck",
    "byline": "byline",
    "dateline": "dateline",
    "metadata": "metadata",
}


def _add_links(draft: Draft, markup: Markup) -> None:
    near = markup.places.near
    for link in markup.links:
        draft.link(near(link.start), near(link.end), link.target)


def _add_stretches(draft: Draft, stretches: Sequence[_Stretch]) -> None:
    from newslint.text.structure import Head

    has_title = any(block.kind == "title" for block in draft.blocks)
    head = Head(has_title)
    for stretch in stretches:
        kind = stretch.kind
        if kind == "code":
            head.over()
            draft.block(kind, stretch.pieces)
            continue
        if stretch.role == "caption" and kind in ("paragraph", "list-item"):
            kind = "figure-caption"
        elif stretch.role in ("byline", "metadata", "dateline"):
            kind = _HEAD_ROLES[stretch.role]
        elif (
            stretch.role in ("title", "deck")
            and head.is_open
            and not (stretch.role == "title" and has_title)
        ):
            kind = _HEAD_ROLES[stretch.role]
            head.kind("heading", "", stretch.level)
        else:
            words = "".join(piece[0] for piece in stretch.pieces)
            kind = head.kind(kind, words, stretch.level)
        has_title = has_title or kind == "title"
        draft.block(kind, stretch.pieces, stretch.level if kind == "heading" else 0)


# ------------------------------------------------------------------ suppressions


def _directives(markup: Markup, length: int) -> list[Directive]:
    from newslint.directives import Mark, mark, resolved

    by_start: dict[int, Comment] = {}
    marks: list[Mark] = []
    for comment in markup.comments:
        if "newslint" not in comment.text.lower():
            continue
        start = markup.places.near(comment.start)
        found = mark(comment.text, start, markup.places.near(comment.end))
        if found is not None:
            by_start[start] = comment
            marks.append(found)
    if not marks:
        return []

    def next_block(each: Mark) -> tuple[int, int]:
        start, end = _behind(markup, by_start[each.start])
        return markup.places.near(start), markup.places.near(end)

    return resolved(marks, next_block, length)


def _behind(markup: Markup, comment: Comment) -> tuple[int, int]:
    """The span of the text that a comment speaks of: the block it stands in, else the next with all that is in it."""
    from bisect import bisect_left

    starts = [stretch.start for stretch in markup.stretches]
    index = bisect_left(starts, comment.start)
    if index and markup.stretches[index - 1].end > comment.end:
        return starts[index - 1], markup.stretches[index - 1].end
    block = markup.stretches[index] if index < len(starts) else None
    number = bisect_left([element.start for element in markup.elements], comment.end)
    if number < len(markup.elements) and (
        block is None or markup.elements[number].start < block.start
    ):
        return markup.elements[number].start, markup.ends[number]
    return (block.start, block.end) if block is not None else (comment.end, comment.end)
