"""NITF, the News Industry Text Format of the IPTC: one story a document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from newslint.article import BlockKind
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.readers._story import Roles, Story
    from newslint.xml_text import Element

_PARAGRAPH: tuple[BlockKind, int] = ("paragraph", 0)
_CELL: tuple[BlockKind, int] = ("list-item", 0)
_UNSEEN: tuple[None, int] = (None, 0)
BODY: Roles = {
    **dict.fromkeys(("block", "p", "hr", "ol", "ul", "dl", "table", "tr", "thead", "tbody"), _PARAGRAPH),
    **dict.fromkeys(("tfoot", "media", "nitf-table", "div", "note", "body.content", "credit"), _PARAGRAPH),
    **dict.fromkeys(("li", "dt", "dd", "td", "th"), _CELL),
    **dict.fromkeys(("bq", "blockquote"), ("quote", 0)),
    **dict.fromkeys(("media-caption", "caption", "media-producer"), ("figure-caption", 0)),
    **dict.fromkeys(("pre",), ("code", 0)),
    **dict.fromkeys(("media-reference", "media-metadata", "media-object", "fn", "custom-table"), _UNSEEN),
    **dict.fromkeys(("nitf-table-metadata", "col", "colgroup"), _UNSEEN),
    "hl2": ("heading", 2),
    "byline": ("byline", 0),
    "byttl": ("byline", 0),
    "dateline": ("dateline", 0),
    "tagline": ("credit", 0),
    "abstract": ("deck", 0),
    "datasource": ("figure-caption", 0),
}  # fmt: skip
_HEAD: Mapping[str, BlockKind] = {
    "hl1": "title",
    "hl2": "deck",
    "byline": "byline",
    "dateline": "dateline",
    "abstract": "deck",
    "distributor": "metadata",
    "note": "metadata",
}
_END: Mapping[str, BlockKind] = {"tagline": "credit", "bibliography": "metadata"}


def add_story(story: Story, nitf: Element) -> None:
    """Add the story of an `nitf` element: what stands in its `body`."""
    for part in _parts(nitf, "body.head"):
        for each in part.below(*_HEAD):
            story.elements(each, BODY, _HEAD[each.name])
    for part in _parts(nitf, "body.content"):
        story.elements(part, BODY)
    for part in _parts(nitf, "body.end"):
        for each in part.below(*_END):
            story.elements(each, BODY, _END[each.name])


def add_title(story: Story, nitf: Element) -> None:
    """Add the title of the document, where the story has no headline."""
    title = nitf.first("head", "title")
    has_headline = any(any(part.below("hl1")) for part in _parts(nitf, "body.head"))
    if title is not None and not has_headline:
        story.block("title", title.pieces())


def facts(nitf: Element) -> dict[str, str]:
    """What the head of the document says: its `id`, `date` and `language`."""
    found = {"language": nitf.get("xml:lang")}
    for each in nitf.below("doc-id", "date.issue", "body"):
        if each.name == "doc-id":
            found["id"] = each.get("id-string")
        elif each.name == "date.issue":
            found["date"] = each.get("norm")
        else:
            found["language"] = each.get("xml:lang") or found["language"]
    return found


def _parts(nitf: Element, name: str) -> Iterator[Element]:
    yield from (each for each in nitf.first("body") or () if each.name == name)
