"""NewsML-G2 of the IPTC: news items, alone or in a message, with their text as NITF, XHTML or plain text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from newslint.article import BlockKind
from newslint.readers import _nitf
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from newslint.readers._story import Story
    from newslint.xml_text import Element

_META: Mapping[str, BlockKind] = {
    "headline": "title",
    "by": "byline",
    "dateline": "dateline",
    "creditline": "metadata",
}
# Of `contentMeta`, what a story of its own head has already.
_OWN: Mapping[BlockKind, str] = {"title": "hl1", "byline": "byline", "dateline": "dateline"}


class Item(NamedTuple):
    """`unread`: why its text could not be read; "" where it was, or where it has none."""

    identity: str
    language: str
    date: str
    unread: str


def add_item(story: Story, item: Element) -> Item:
    """Add what a `newsItem` says: its headline and the like, and the first of its texts.

    A news item may bring the same text in several renditions. An item without text (a picture) has its
    description as a caption.
    """
    text = next(iter(_texts(item)), None)
    nitf = next(iter(text.below("nitf")), None) if text is not None else None
    html = next(iter(text.below("html")), None) if text is not None else None
    own = (
        {each.name for each in nitf.below("hl1", "byline", "dateline")} if nitf is not None else ()
    )
    meta = item.first("contentMeta")
    told = [each for each in meta or () if each.name in _META or each.name == "description"]
    told.sort(key=lambda each: each.name != "headline")
    has_title = False
    for each in told:
        kind = _META.get(each.name)
        if kind is None:
            role = each.get("role").rpartition(":")[2].lower()
            kind = "deck" if text is not None and role != "caption" else "figure-caption"
        elif kind == "title" and has_title:
            kind = "deck"
        if _OWN.get(kind, "") not in own:
            story.block(kind, each.pieces())
            has_title = has_title or kind == "title"
    unread = ""
    if nitf is not None:
        _nitf.add_story(story, nitf)
    elif html is not None:
        story.copy(story.written(html.first("body") or html))
    elif text is not None:
        unread = _add_data(story, text)
    return Item(item.get("guid"), _language(item, text), _date(item), unread)


def _add_data(story: Story, text: Element) -> str:
    kind = text.get("contenttype").lower()
    if text.name == "inlineXML":
        story.elements(text, _nitf.BODY)
    elif text.get("encoding"):
        return f"its text is packed as {text.get('encoding')[:40]}; unpack it"
    elif "html" in kind:
        story.copy(list(text.pieces()))
    else:
        story.copy(list(text.pieces()), is_html=False if kind else None)
    return ""


def _texts(item: Element) -> Iterator[Element]:
    contents = item.first("contentSet")
    found = [each for each in contents or () if each.name in ("inlineXML", "inlineData")]
    yield from sorted(found, key=lambda each: each.name != "inlineXML")


def _language(item: Element, text: Element | None) -> str:
    for meta in item.below("contentMeta"):
        for each in meta:
            if each.name == "language" and each.get("tag"):
                return each.get("tag")
    return (text.get("xml:lang") if text is not None else "") or item.get("xml:lang")


def _date(item: Element) -> str:
    for name in ("contentCreated", "contentModified", "versionCreated", "firstCreated"):
        found = next(iter(item.below(name)), None)
        if found is not None:
            return found.said().strip()
    return ""
