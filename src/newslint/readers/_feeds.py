"""Feeds and exports: RSS, Atom, and the extended RSS that WordPress exports (WXR)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re

    from newslint.draft import Piece
    from newslint.readers._story import Story
    from newslint.xml_text import Element

# The usual prefixes of namespaces, as a file may call them what it likes; "" for those of whole documents.
_PREFIXES: Mapping[str, str] = {
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://www.w3.org/2005/Atom": "",
    "http://purl.org/atom/ns#": "",
    "http://purl.org/rss/1.0/": "",
}
_EXPORT = "http://wordpress.org/export/"
# What a post in an export may be if it is copy, and the states that are none.
_POSTS = ("", "post", "page")
_GONE = ("auto-draft", "inherit", "trash")


class Entry(NamedTuple):
    """`omitted`: what it is instead of an article, in the plural; "" for an article."""

    identity: str
    language: str
    date: str
    omitted: str = ""


def author(element: Element) -> tuple[str, str]:
    """The name that an author of an export signs in with, and the one that readers see."""
    said = {_key(each): each.said().strip() for each in element}
    return said.get("wp:author_login", ""), said.get("wp:author_display_name", "")


def add_rss(story: Story, item: Element, authors: Mapping[str, str]) -> Entry:
    """Add an item of RSS or WXR. Its description is the deck of a full text, and else the text.

    `authors`: what readers see for the names that an export signs with.
    """
    parts: dict[str, Element] = {}
    for each in item:
        parts.setdefault(_key(each), each)
    said = {key: part.said().strip() for key, part in parts.items() if key in _SAID}
    is_export = "wp:post_type" in parts or "wp:post_id" in parts
    identity = next((said[key] for key in _IDENTITIES if said.get(key)), "")
    language = _inherited(item, "xml:lang")
    date = next((said[key] for key in _DATES if said.get(key)), "")
    if said.get("wp:post_type", "") not in _POSTS:
        return Entry(identity, language, date, "entries of an export that are no posts or pages")
    if said.get("wp:status", "") in _GONE:
        return Entry(identity, language, date, "posts in the bin or never saved")
    body = _pieces(parts, "content:encoded")
    deck = _pieces(parts, "excerpt:encoded") if is_export else _pieces(parts, "description")
    if not body:
        body, deck = deck, []
    if _PASSWORD_FORM in _said(body):
        return Entry(identity, language, date, "posts behind a password")
    if is_export:
        story.line("title", _pieces(parts, "title"))
    else:
        story.block("title", _pieces(parts, "title"))
    if deck and _is_cut(deck, body):
        story.cut(deck)
    elif deck:
        story.line("deck", deck)
    for key in ("dc:creator", "author"):
        if key in parts:
            story.block("byline", _signed(list(parts[key].pieces()), authors))
            break
    story.copy(as_posted(body) if is_export else body)
    return Entry(identity, language, date)


_SAID = (
    "wp:post_type", "wp:status", "wp:post_id", "guid", "id", "link", "pubDate", "dc:date", "wp:post_date",
)  # fmt: skip
# What WordPress shows instead of a post that has a password.
_PASSWORD_FORM = 'class="post-password-form"'
_IDENTITIES = ("wp:post_id", "guid", "link")
_DATES = ("wp:post_date", "pubDate", "dc:date")


def _signed(pieces: list[Piece], authors: Mapping[str, str]) -> list[Piece]:
    name = authors.get(_said(pieces).strip())
    return [(name, pieces[0][1], pieces[-1][2])] if name else pieces


def add_atom(story: Story, entry: Element) -> Entry:
    """Add an entry of Atom. Its summary is the deck of a full text, and else the text."""
    parts: dict[str, Element] = {}
    for each in entry:
        parts.setdefault(_key(each), each)
    title, content, summary = (parts.get(key) for key in ("title", "content", "summary"))
    if content is not None and not content.children:
        content = None  # it stands elsewhere
    if content is None:
        content, summary = summary, None
    identity = next((parts[key].said().strip() for key in ("id", "link") if key in parts), "")
    date = next((parts[key].said().strip() for key in ("published", "updated") if key in parts), "")
    language = _inherited(content or entry, "xml:lang")
    if content is not None and _PASSWORD_FORM in _said(_construct(story, content)):
        return Entry(identity, language, date, "posts behind a password")
    if title is not None:
        if title.get("type") in ("html", "xhtml"):
            story.line("title", _construct(story, title))
        else:
            story.block("title", title.pieces())
    if summary is not None and content is not None:
        deck, body = _construct(story, summary), _construct(story, content)
        if _is_cut(deck, body):
            story.cut(deck)
        else:
            _add_construct(story, summary, deck, "deck")
    for author in (each for each in entry if _key(each) == "author"):
        name = author.first("name")
        if name is not None:
            story.block("byline", name.pieces())
    if content is not None:
        _add_construct(story, content, _construct(story, content))
    return Entry(identity, language, date)


def _construct(story: Story, element: Element) -> list[Piece]:
    if element.get("type") == "xhtml" or any(element):
        return story.written(element)
    return list(element.pieces())


def _add_construct(
    story: Story, element: Element, pieces: list[Piece], kind: str = "paragraph"
) -> None:
    sort = element.get("type").lower()
    is_html = "html" in sort or any(element)
    if kind == "deck":
        (story.line if is_html else story.block)("deck", pieces)
    elif is_html:
        story.copy(pieces)
    else:  # many feeds say nothing of their HTML
        story.copy(pieces, is_html=False if sort.startswith("text") else None)


def _key(element: Element) -> str:
    uri = element.namespace
    if uri.startswith(_EXPORT):
        return ("excerpt:" if uri.endswith("/excerpt/") else "wp:") + element.name
    prefix = _PREFIXES.get(uri, element.prefix)
    return f"{prefix}:{element.name}" if prefix else element.name


def _pieces(parts: Mapping[str, Element], key: str) -> list[Piece]:
    found = list(parts[key].pieces()) if key in parts else []
    return found if any(not piece[0].isspace() for piece in found) else []


def _inherited(element: Element, name: str) -> str:
    at: Element | None = element
    while at is not None:
        if value := at.get(name):
            return value
        at = at.parent
    return ""


def _is_cut(deck: Sequence[Piece], body: Sequence[Piece]) -> bool:
    from newslint.body import is_cut_from

    return is_cut_from(_said(deck), _said(body))


def _said(pieces: Sequence[Piece]) -> str:
    return "".join(piece[0] for piece in pieces)


# ------------------------------------------------------------------ how WordPress keeps a post


def as_posted(pieces: Sequence[Piece]) -> list[Piece]:
    """The HTML that WordPress makes of a post.

    Words in square brackets call for a gallery or the like, and an address alone on its line for what stands
    there. In posts that were not written in its block editor, blank lines part paragraphs and line ends break
    lines.
    """
    return list(_as_posted(pieces, lines_count="<!-- wp:" not in _said(pieces)))


def _as_posted(pieces: Sequence[Piece], *, lines_count: bool) -> Iterator[Piece]:
    for number, (text, start, end) in enumerate(pieces):
        if len(text) != end - start:
            yield text, start, end
            continue
        at = 0
        for match in _posted().finditer(text):
            first, last = match.span()
            if match["address"]:
                # What is at the end of a piece need not be at that of a line.
                whole = (first or not number) and (last < len(text) or number == len(pieces) - 1)
                new = "" if whole else None
            elif match["blank"] or match["break"]:
                new = ("\n<p>\n" if match["blank"] else "<br >") if lines_count else None
            else:
                new = _called(match)
            if new is None:
                continue
            yield text[at:first], start + at, start + first
            if new:
                yield new, start + first, start + last
            at = last
        yield text[at:], start + at, end


def _called(match: re.Match[str]) -> str | None:
    """What stands in the page for words in brackets; None where they stay."""
    if match["embed"]:
        return ""
    name = (match["name"] or "").lower()
    if name in ("caption", "wp_caption"):
        return "</figcaption></figure>" if match["end"] else "<figure><figcaption>"
    is_call = name in _SHORTCODES or "=" in (match["settings"] or "")
    return "" if is_call else None


_SHORTCODES = frozenset("audio embed gallery playlist video".split())


@cache
def _posted() -> re.Pattern[str]:
    from newslint.expressions import IGNORECASE, compiled

    return compiled(
        r"(?P<kept><(?:pre|script|style|textarea)\b(?:[^<]++|<(?!/(?:pre|script|style|textarea)))*+)"
        r"|(?:\A|(?<=\n))[ \t]*(?P<address>https?://[^\s<>\"]++)(?=[ \t]*(?:\r?\n|\Z))"
        r"|(?P<embed>\[embed\b[^\[\]]{0,1000}\][^\[\]\n<>]{0,2000}\[/embed\])"
        r"|(?P<blank>(?<![ \t])[ \t]*+\r?\n[ \t]*+\r?\n\s*+)|(?P<break>(?<=[^\s>])[ \t]*\r?\n(?=[^\s<]))"
        r"|\[(?P<end>/?)(?P<name>[a-z][a-z0-9_-]{1,40})(?P<settings>(?:\s[^\[\]]{0,1000})?)/?\]",
        IGNORECASE,
    )
