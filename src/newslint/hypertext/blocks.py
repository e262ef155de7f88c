"""HTML to what a reader sees as blocks, with the elements that they stand in.

Tags that stand inside a line split no word; all others end the block that is open. Spaces are one, `<br>` ends
a line and two of them a paragraph. `<q>` shows the quotation marks that the text itself uses. Scripts, styles,
templates and drawings are passed over; code and pictures stand as one object replacement character.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from newslint.article import OBJECT, BlockKind
from newslint.draft import Piece
from newslint.hypertext.places import Places
from newslint.hypertext.tokens import (
    attribute_map,
    comment_end,
    end_tag,
    plain_token_pattern,
    shown,
    token_pattern,
)
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re


class Element(NamedTuple):
    """An element that holds blocks. `parent`: its index, always lower than its own; -1 for none.

    `start`: where it begins in the text, `attributes`: as written.
    """

    name: str
    parent: int
    start: int
    attributes: str


class Stretch(NamedTuple):
    """What a reader sees as one block.

    `pieces` are of the file. `role`: what markup says it is ("" where it says nothing). `element`: the index of
    the one it stands in. `start`, `end`: of the text. `linked`, `length`: characters shown inside links, and all.
    """

    kind: BlockKind
    level: int
    pieces: list[Piece]
    role: str
    element: int
    start: int
    end: int
    linked: int
    length: int


class Comment(NamedTuple):
    """A comment, with its marks. `element`: the one it stands in. `start`, `end`: of the text."""

    text: str
    element: int
    start: int
    end: int


class Anchor(NamedTuple):
    """A link. `start`, `end`: of what is shown, in the text. `target`: where it leads, as written."""

    start: int
    end: int
    target: str


class Raw(NamedTuple):
    """An element whose content is no HTML, such as a script; `start` and `end` of the content."""

    name: str
    attributes: str
    start: int
    end: int


class Markup(NamedTuple):
    """`ends`: where each element ends in the text. `metas`: the attributes of `meta` tags, with their offset."""

    places: Places
    stretches: list[Stretch]
    elements: list[Element]
    ends: list[int]
    comments: list[Comment]
    raws: list[Raw]
    metas: list[tuple[str, int]]
    links: list[Anchor]


_KINDS: dict[str, BlockKind] = {
    "li": "list-item",
    "dd": "list-item",
    "dt": "list-item",
    "td": "list-item",
    "th": "list-item",
    "figcaption": "figure-caption",
    "caption": "figure-caption",
    "blockquote": "quote",
    "details": "list-item",  # a question with its answer, which a reader opens
}
# Tags that stand inside a line; all others end the block that is open.
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite del dfn em font i ins label mark meta nobr q rb rp rt rtc ruby s small "
    "span strike strong sub sup time tt u wbr data link base input area param source track keygen".split()
)
# What they hold is no HTML, or nothing that is read.
_RAW = frozenset(
    "script style textarea template svg math select noscript noembed noframes iframe object audio video "
    "canvas datalist xmp title".split()
)
_PICTURES = frozenset(("svg", "math", "iframe", "object", "audio", "video", "canvas", "textarea"))
_SORTS: dict[str, str] = {
    **dict.fromkeys(_INLINE, "inline"),
    **dict.fromkeys(("code", "kbd", "samp", "var"), "code"),
    **dict.fromkeys(_RAW, "raw"),
    **dict.fromkeys(("img", "embed", "image"), "picture"),
    **dict.fromkeys(("picture", "map"), "inline"),
    **dict.fromkeys(("br", "hr", "col"), "void"),
    "pre": "pre",
}
# An end that may be left out: an element of the first name ends one of the second kind, inside the third.
_ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    name: (frozenset(ended.split()), frozenset(within.split()))
    for names, ended, within in (
        ("li", "li p", "ul ol menu"),
        ("dt dd", "dt dd p", "dl"),
        ("td th", "td th p", "tr table"),
        ("tr", "tr td th p", "table thead tbody tfoot"),
        ("thead tbody tfoot", "thead tbody tfoot tr td th p", "table"),
    )
    for name in names.split()
}
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCK_KINDS: dict[str, tuple[BlockKind, int]] = {
    **{name: (kind, 0) for name, kind in _KINDS.items()},
    **{name: ("heading", int(name[1])) for name in _HEADINGS},
}
_NOT_THROUGH = frozenset(("button", "table", "td", "th"))
_PARAGRAPHS = _HEADINGS | {"p", "pre", "li", "dt", "dd", "td", "th", "figcaption", "caption"}
_LABELS = frozenset(("byline", "dateline", "metadata"))
LONGEST_LABEL = 400  # characters that a byline or a date in the markup may have
SOFT_HYPHEN = "\u00ad"
QUOTATION_MARKS = "\"'“”„‟«»‹›‘’‚‛「」『』"


def blocks(pieces: Sequence[Piece]) -> Markup:
    """The blocks of an HTML text that stands in a file as `pieces`."""
    return _Reading(Places(pieces)).markup()


class _Reading:
    """One pass over a text. What is open is kept in lists that grow and shrink with the tags."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._text = places.text
        self._stretches: list[Stretch] = []
        self._elements: list[Element] = []
        self._ends: list[int] = []
        self._comments: list[Comment] = []
        self._raws: list[Raw] = []
        self._metas: list[tuple[str, int]] = []
        self._open: list[int] = []  # indexes of elements
        self._counts: dict[str, int] = {}  # how many of each name are open
        self._kinds: list[tuple[BlockKind, int, str]] = [("paragraph", 0, "")]
        self._pieces: list[Piece] = []  # of the block that is open, with places in the text
        self._lines = 0  # `<br>` at its end
        self._in_link = False
        self._link = (0, "")  # where the link that is open begins, and its attributes
        self._links: list[Anchor] = []
        self._linked = self._marked = 0
        self._mark = ("", "", 0)  # role, name and depth of an inline element that says what it is
        self._link_depth = self._mark_depth = 0  # elements that were open when each began
        self._role = ""  # what inline elements have said of the block
        self._unended: set[str] = set()  # names of raw elements that have no end in the rest
        self._quotations: list[_Quotation] = []  # of the block that is open
        self._finished_quotations: list[_Quotation] = []
        self._open_quotations: list[_Quotation] = []
        self._has_soft_hyphens = SOFT_HYPHEN in self._text
        lowered = self._text.lower() if "\n" in self._text else ""
        # Whoever writes without <p> and <br> parts paragraphs by blank lines.
        self._by_blank_lines = bool(lowered) and "<p" not in lowered and "<br" not in lowered

    def markup(self) -> Markup:
        text, length = self._text, len(self._text)
        match_token = token_pattern().match
        at = 0
        while at < length:
            match = match_token(text, at)
            assert match is not None
            start, at = at, match.end()
            first = text[start]
            if first == "<":
                is_end, name, attributes, close = match.groups()
                if name is not None:
                    if close or at < length:
                        if is_end:
                            self._end_tag(name.lower(), start, at)
                        else:
                            at = self._tag(match, name.lower(), attributes, start, at)
                        continue
                    match_token = plain_token_pattern().match
                    at = start + 1  # a tag without an end is text
                elif at - start > 1:
                    at = self._declaration(start, at)
                    continue
                self._show("<", start, at)
            elif first in " \t\n\r\f":
                self._space(start, at)
            elif first == "&" and at - start > 1:
                self._show(shown(match[0]), start, at)
            elif self._has_soft_hyphens:
                self._show_without_hyphens(start, at)
            elif self._in_link or self._mark[0]:
                self._show(match[0], start, at)
            else:
                self._lines = 0
                self._pieces.append((match[0], start, at))
        self._finish(length)
        for index in self._open:
            self._ends[index] = length
        self._write_quotations()
        if self._places.shift != 0:
            self._stretches = [
                stretch._replace(pieces=_in_file(stretch.pieces, self._places))
                for stretch in self._stretches
            ]
        return Markup(
            self._places,
            self._stretches,
            self._elements,
            self._ends,
            self._comments,
            self._raws,
            self._metas,
            self._links,
        )

    # ------------------------------------------------------------------ text

    def _show(self, words: str, start: int, end: int) -> None:
        if words:
            self._lines = 0
            self._pieces.append((words, start, end))
            if self._in_link:
                self._linked += len(words)
            if self._mark[0]:
                self._marked += len(words)

    def _show_without_hyphens(self, start: int, end: int) -> None:
        """Soft hyphens show nothing, as `&shy;` does: programs put them into HTML for narrow columns."""
        for words in self._text[start:end].split(SOFT_HYPHEN):
            self._show(words, start, start + len(words))
            start += len(words) + 1

    def _space(self, start: int, end: int) -> None:
        if not self._pieces:
            return
        if (
            self._by_blank_lines
            and self._text.count("\n", start, end) > 1
            and not (self._open and self._elements[self._open[-1]].name in _PARAGRAPHS)
        ):
            self._finish(start)
        elif self._pieces[-1][0][-1] not in " \n":
            self._pieces.append((" ", start, end))

    def _picture(self, start: int, end: int) -> None:
        if self._pieces:  # in front of the first word it parts nothing
            self._pieces.append((OBJECT, start, end))

    def _break(self, start: int, end: int) -> None:
        if not self._pieces:
            return
        self._lines += 1
        if self._lines > 1:
            self._finish(start)
            return
        self._cut_space()
        self._pieces.append(("\n", start, end))

    def _cut_space(self) -> None:
        words, start, end = self._pieces[-1]
        if words == " ":
            self._pieces.pop()
        elif words[-1] == " " and len(words) == end - start:
            self._pieces[-1] = (words[:-1], start, end - 1)

    def _finish(self, at: int) -> None:
        """The block that is open ends in front of `at`."""
        while self._open_quotations:
            self._close_quotation(at, at)
        pieces, self._pieces = self._pieces, []
        self._lines = 0
        while pieces and (pieces[-1][0] == OBJECT or pieces[-1][0].isspace()):
            pieces.pop()
        if pieces:
            kind, level, role = self._kinds[-1]
            length = len(pieces[0][0]) if len(pieces) == 1 else sum(len(each[0]) for each in pieces)
            if length > LONGEST_LABEL:
                role = "" if role in _LABELS else role
            elif self._role and not role and self._marked * 10 >= length * 6:
                role = self._role
            element = self._open[-1] if self._open else -1
            place = pieces[0][1], pieces[-1][2]
            stretch = Stretch(kind, level, pieces, role, element, *place, self._linked, length)
            if self._quotations:
                for quotation in self._quotations:
                    quotation.stretch = len(self._stretches)
                self._finished_quotations += self._quotations
            self._stretches.append(stretch)
        if self._quotations:
            self._quotations = []
        self._linked = self._marked = 0
        self._role = ""

    # ------------------------------------------------------------------ tags

    def _tag(self, match: re.Match[str], name: str, attributes: str, start: int, end: int) -> int:
        """Take in the tag that begins an element; where to read on."""
        sort = _SORTS.get(name, "block") if ":" not in name else "inline"
        if sort == "block":
            if self._pieces:
                self._finish(start)
            self._begin(name, attributes, start)
            return end
        if sort == "inline":
            if name == "a":
                self._end_link(start)
                self._in_link = "href" in attributes
                self._link = (end, attributes)
                self._link_depth = len(self._open)
            elif name == "q":
                self._open_quotation(start, end)
            elif name == "span" and attributes and is_for_screen_readers(attributes):
                stop, _ = self._raw_end(name, end)
                return end if name in self._unended else stop
            elif name == "meta":
                self._metas.append((attributes, match.start("attributes")))
            if name == "time" or (attributes and not self._mark[0] and _may_say(attributes)):
                self._inline_role(name, attributes)
            elif name == self._mark[1]:
                self._mark = (self._mark[0], name, self._mark[2] + 1)
            return end
        if sort == "code":
            return self._code(name, start, end)
        if sort == "raw":
            return self._raw(name, attributes, start, end)
        if sort == "picture":
            self._picture(start, end)
        elif name == "br":
            self._break(start, end)
        elif sort == "void":
            self._finish(start)
        elif sort == "pre":
            self._finish(start)
            stop, inner = self._raw_end(name, end)
            self._raws.append(Raw(name, attributes, end, inner))
            index = self._open[-1] if self._open else -1
            shown_as = [(OBJECT, start, stop)]
            self._stretches.append(Stretch("code", 0, shown_as, "", index, start, stop, 0, 1))
            return stop
        return end

    def _begin(self, name: str, attributes: str, start: int) -> None:
        counts = self._counts
        if counts.get("p"):
            self._end_up_to("p", start, _NOT_THROUGH)
        if name in _ENDS:
            ended, within = _ENDS[name]
            for each in ended:
                if counts.get(each):
                    self._end_up_to(each, start, within)
        kind, level, role = self._kinds[-1]
        if name in _BLOCK_KINDS:
            kind, level = _BLOCK_KINDS[name]
        # A headline may be wrapped together with what stands below it.
        if role == "title" and kind != "heading":
            role = ""
        if attributes and _may_say(attributes):
            role = role_of(attributes) or role
        if name == "address":
            role = role or "byline"
        index = len(self._elements)
        self._elements.append(
            Element(name, self._open[-1] if self._open else -1, start, attributes)
        )
        self._ends.append(start)
        self._open.append(index)
        self._kinds.append((kind, level, role))
        counts[name] = counts.get(name, 0) + 1

    def _end_link(self, at: int) -> None:
        if self._in_link:
            start, attributes = self._link
            match = _target().search(attributes)
            if match is not None:
                self._links.append(Anchor(start, at, match[1] or match[2] or match[3] or ""))
            self._in_link = False

    def _end_up_to(self, name: str, at: int, within: frozenset[str]) -> None:
        """End the innermost element of a name, unless one of `within` lies between."""
        depth = len(self._open) - 1
        while depth >= 0 and (found := self._elements[self._open[depth]].name) != name:
            if found in within or len(self._open) - depth > 40:
                return
            depth -= 1
        if depth >= 0:
            self._pop(depth, at)

    def _pop(self, depth: int, at: int) -> None:
        for index in self._open[depth:]:
            self._ends[index] = at
            self._counts[self._elements[index].name] -= 1
        del self._open[depth:], self._kinds[depth + 1 :]
        if depth < self._link_depth:
            self._end_link(at)
        if depth < self._mark_depth:
            self._mark, self._mark_depth = ("", "", 0), 0

    def _end_tag(self, name: str, start: int, end: int) -> None:
        sort = _SORTS.get(name, "block") if ":" not in name else "inline"
        if sort == "block":
            if self._pieces:
                self._finish(start)
            if self._counts.get(name):
                self._close(name, end)
        elif sort == "inline":
            if name == "a":
                self._end_link(start)
            elif name == "q" and self._open_quotations:
                self._close_quotation(start, end)
            role, marking, depth = self._mark
            if name == marking:
                self._mark = (role, name, depth - 1) if depth else ("", "", 0)
        elif name == "br":
            self._break(start, end)

    def _close(self, name: str, at: int) -> None:
        depth = len(self._open) - 1
        while self._elements[self._open[depth]].name != name:
            depth -= 1
        self._pop(depth, at)

    def _declaration(self, start: int, end: int) -> int:
        text = self._text
        if text.startswith("<!--", start):
            stop = comment_end(text, start) if "-->" not in self._unended else -1
            if stop < 0:
                self._unended.add("-->")
                return len(text)
            element = self._open[-1] if self._open else -1
            self._comments.append(Comment(text[start:stop], element, start, stop))
            return stop
        if text.startswith("<![CDATA[", start):
            stop = text.find("]]>", end) if "]]>" not in self._unended else -1
            if stop < 0:
                self._unended.add("]]>")
                return end
            if stop > end:
                self._show(text[end:stop], end, stop)
            return stop + 3
        return end

    # ------------------------------------------------------------------ what is no HTML

    def _raw_end(self, name: str, at: int) -> tuple[int, int]:
        """Where an element ends whose content is not read, and where its content does."""
        if name not in self._unended:
            match = end_tag(name).search(self._text, at)
            if match is not None:
                return match.end(), match.start()
            self._unended.add(name)
        return len(self._text), len(self._text)

    def _raw(self, name: str, attributes: str, start: int, end: int) -> int:
        if attributes.endswith("/") and name in ("svg", "math", "script", "iframe", "object"):
            return end
        stop, inner = self._raw_end(name, end)
        if name in self._unended and name not in ("script", "style"):
            return end
        self._raws.append(Raw(name, attributes, end, inner))
        if name in _PICTURES:
            self._picture(start, stop)
        return stop

    def _code(self, name: str, start: int, end: int) -> int:
        stop, _ = self._raw_end(name, end)
        if name in self._unended:
            return end
        self._pieces.append((OBJECT, start, stop))
        self._lines = 0
        return stop

    # ------------------------------------------------------------------ what the markup says

    def _inline_role(self, name: str, attributes: str) -> None:
        role = role_of(attributes) if attributes and _may_say(attributes) else ""
        if not role and name == "time":
            role = "metadata"
        if not role or role in ("title", "deck") or self._mark[0]:
            return
        self._mark = (role, name, 0)
        self._mark_depth = len(self._open)
        self._role = "byline" if "byline" in (role, self._role) else role

    # ------------------------------------------------------------------ <q>

    def _open_quotation(self, start: int, end: int) -> None:
        quotation = _Quotation(len(self._open_quotations), len(self._pieces))
        self._pieces.append((_UNWRITTEN, start, end))
        self._open_quotations.append(quotation)
        self._quotations.append(quotation)

    def _close_quotation(self, start: int, end: int) -> None:
        quotation = self._open_quotations.pop()
        quotation.close = len(self._pieces)
        self._pieces.append((_UNWRITTEN, start, end))

    def _write_quotations(self) -> None:
        pairs = _pairs(self._text) if self._finished_quotations else ()
        last = -1
        begins: list[
            str
        ] = []  # with which character the text behind each piece of a stretch begins
        for quotation in self._finished_quotations:
            pieces = self._stretches[quotation.stretch].pieces
            if quotation.stretch != last:
                last = quotation.stretch
                begins = _beginnings(pieces)
            inside = begins[quotation.open] if quotation.open + 1 < quotation.close else ""
            marks = pairs[quotation.depth % 2]
            if not inside or inside in QUOTATION_MARKS:
                marks = ("", "")  # it has marks already
            for index, mark in zip((quotation.open, quotation.close), marks, strict=True):
                pieces[index] = (mark, *pieces[index][1:])


def _beginnings(pieces: Sequence[Piece]) -> list[str]:
    found = [""] * len(pieces)
    seen = ""
    for index in range(len(pieces) - 1, -1, -1):
        found[index] = seen
        words = pieces[index][0]
        seen = words.lstrip()[:1] if words != _UNWRITTEN else seen
        if not seen and words.isspace():
            seen = found[index]
    return found


class _Quotation:
    """A `<q>`: how deep it stands in others, and which pieces of a stretch its marks are."""

    __slots__ = ("close", "depth", "open", "stretch")

    def __init__(self, depth: int, opens: int) -> None:
        self.depth = depth
        self.open = opens
        self.close = -1
        self.stretch = -1


_UNWRITTEN = "\x00"  # in the place of a mark until all of the text has been seen


def _in_file(pieces: list[Piece], places: Places) -> list[Piece]:
    """Pieces of the text as pieces of the file."""
    found: list[Piece] = []
    for words, start, end in pieces:
        if len(words) != end - start:
            found.append((words, *places.span(start, end)))
            continue
        at = 0
        for part, first, last in places.between(start, end):
            found.append((words[at : at + len(part)], first, last))
            at += len(part)
    return found


def _pairs(text: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """The quotation marks that a text uses, outer and inner."""
    if "„" in text:
        return ("„", "“"), ("‚", "‘")
    if "«" in text:
        return ("«", "»"), ("‹", "›")
    if "“" in text:
        return ("“", "”"), ("‘", "’")
    return ('"', '"'), ("'", "'")


# ------------------------------------------------------------------ what attributes say

_BY_PROPERTY = {
    "headline": "title",
    "alternativeheadline": "deck",
    "description": "deck",
    "author": "byline",
    "creator": "byline",
    "datepublished": "metadata",
    "datemodified": "metadata",
    "datecreated": "metadata",
    "articlesection": "metadata",
    "caption": "caption",
    "contentlocation": "dateline",
    "locationcreated": "dateline",
}
_BY_LAST_WORD = {
    "headline": "title",
    "deck": "deck",
    "dek": "deck",
    "standfirst": "deck",
    "subhead": "deck",
    "subheadline": "deck",
    "subtitle": "deck",
    "strapline": "deck",
    "byline": "byline",
    "bylines": "byline",
    "author": "byline",
    "authors": "byline",
    "dateline": "dateline",
    "meta": "metadata",
    "timestamp": "metadata",
    "pubdate": "metadata",
    "caption": "caption",
    "figcaption": "caption",
}


def _may_say(attributes: str) -> bool:
    return "class" in attributes or "itemprop" in attributes or "rel=" in attributes


def is_for_screen_readers(attributes: str) -> bool:
    """Whether a tag's class says that nobody sees what is inside."""
    return "class" in attributes and _unseen().search(attributes) is not None


@cache
def _target() -> re.Pattern[str]:
    from newslint.expressions import IGNORECASE, compiled

    return compiled(r"\bhref\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))", IGNORECASE)


@cache
def _unseen() -> re.Pattern[str]:
    from newslint.expressions import IGNORECASE, compiled

    names = "sr-only|visually-?hidden|hidden-visually|screen-?reader(?:-text|-only|s-only)?"
    return compiled(rf"(?:u-)?\b(?:{names})\b", IGNORECASE)


def role_of(attributes: str) -> str:
    """The kind of block that the attributes of a tag speak of; "" where they do not."""
    return _role(attributes[:1000])


@lru_cache(maxsize=1000)
def _role(written: str) -> str:
    found = attribute_map(written)
    for name in found.get("itemprop", "").lower().split():
        if name in _BY_PROPERTY:
            return _BY_PROPERTY[name]
    if "author" in found.get("rel", "").lower().split():
        return "byline"
    for name in found.get("class", "").lower().split():
        words = [word for word in _word().split(name) if word]
        if words and words[0] not in ("has", "no", "with", "is", "hide"):
            if words[-1] in _BY_LAST_WORD:
                return _BY_LAST_WORD[words[-1]]
            if words[-2:] == ["author", "name"]:
                return "byline"
            if words[-2:] in (["caption", "text"], ["photo", "credit"], ["entry", "title"]):
                return "title" if words[-1] == "title" else "caption"
    return ""


@cache
def _word() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"[^a-z0-9]+")
