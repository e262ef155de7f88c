"""HTML blocks: the words between the tags, block by block."""

from __future__ import annotations

from functools import cache

from newslint.article import OBJECT, BlockKind
from newslint.commonmark.content import Content
from newslint.commonmark.html import comment_end, decoded, entity_pattern
from newslint.draft import Piece
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re


class Stretch(NamedTuple):
    """What a reader sees as one block."""

    kind: BlockKind
    level: int
    pieces: list[Piece]


class Markup(NamedTuple):
    """`comments`: text, start and end in the file."""

    stretches: list[Stretch]
    comments: list[tuple[str, int, int]]


_KINDS: dict[str, BlockKind] = {
    "li": "list-item",
    "dd": "list-item",
    "dt": "list-item",
    "td": "list-item",
    "th": "list-item",
    "figcaption": "caption",
    "caption": "caption",
    "blockquote": "quote",
}
# Tags that stand inside a line; all others end the block that is open.
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark math meta q rp rt "
    "ruby s samp script small span strike strong style sub sup time tt u var wbr noscript".split()
)
_UNSEEN = frozenset(("script", "style", "textarea", "template", "svg", "select", "noscript"))
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())


def markup(content: Content) -> Markup:
    """The blocks of an HTML block. Takes time in proportion to its length."""
    text, at = content.text, content.at
    stretches: list[Stretch] = []
    comments: list[tuple[str, int, int]] = []
    pieces: list[Piece] = []
    open_kinds: list[str] = []
    kind: BlockKind = "paragraph"
    level = 0
    closed: dict[str, int] = {}  # where the search for an end tag has failed already

    def finish() -> None:
        nonlocal pieces
        if pieces:
            stretches.append(Stretch(kind, level, pieces))
            pieces = []

    position, end = 0, len(text)
    while position < end:
        match = _token().match(text, position)
        assert match is not None
        token, start, position = match[0], position, match.end()
        first = token[0]
        if first == "<" and token.startswith("<!--"):
            stop = comment_end(text, start) if "-->" not in closed else -1
            if stop < 0:
                closed["-->"] = start
                stop = end
            else:
                comments.append((text[start:stop], at(start), at(stop)))
            position = stop
        elif first == "<" and match["tag"]:
            name = match["tag"].lower()
            is_end = token[1] == "/"
            if name == "br":
                pieces = _without_space(pieces)
                pieces.append(("\n", at(start), at(position)))
                continue
            if not is_end and (name in _UNSEEN or name == "pre"):
                stop = _end_of(name, text, position, closed)
                if name == "pre":
                    finish()
                    stretches.append(Stretch("code", 0, [(OBJECT, at(start), at(stop))]))
                position = stop
                continue
            if name in _INLINE:
                continue
            finish()
            if name in _VOID:
                continue
            if not is_end:
                open_kinds.append(name)
            elif name in open_kinds[-16:]:
                while open_kinds.pop() != name:
                    pass
            kind, level = _kind(open_kinds[-16:])
        elif first == "<" and len(token) > 1:
            continue  # a declaration or something like it
        elif first == "&" and len(token) > 1:
            shown = decoded(token)
            pieces.append((token if shown is None else shown, at(start), at(position)))
        elif first in " \t\n\r\f":
            if pieces and pieces[-1][0][-1] not in " \n":
                pieces.append((" ", at(start), at(position)))
        else:
            pieces.append((token, at(start), at(position)))
    finish()
    return Markup(stretches, comments)


def _kind(open_kinds: list[str]) -> tuple[BlockKind, int]:
    for name in reversed(open_kinds):
        if name in _KINDS:
            return _KINDS[name], 0
        if len(name) == 2 and name[0] == "h" and name[1] in "123456":
            return "heading", int(name[1])
    return "paragraph", 0


def _without_space(pieces: list[Piece]) -> list[Piece]:
    return pieces[:-1] if pieces and pieces[-1][0] == " " else pieces


def _end_of(name: str, text: str, position: int, closed: dict[str, int]) -> int:
    """Behind the end tag of an element whose content is not HTML, or the end of the text."""
    if name not in closed:
        match = _end_tag(name).search(text, position)
        if match is not None:
            return match.end()
        closed[name] = position
    return len(text)


@cache
def _end_tag(name: str) -> re.Pattern[str]:
    from newslint.expressions import IGNORECASE, compiled

    return compiled(rf"</{name}\s*+>", IGNORECASE)


@cache
def _token() -> re.Pattern[str]:
    from newslint.expressions import compiled

    entity = entity_pattern().pattern
    return compiled(
        rf"<!--|</?(?P<tag>[A-Za-z][A-Za-z0-9-]*+)[^<>]*+>|<[!?/][^<>]*+>|{entity}"
        r"|[ \t\n\r\f]++|[^<&\s]++(?:[ ][^<&\s]++)*+|[\s\S]"
    )
