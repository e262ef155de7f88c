"""XML that news comes in: NITF, NewsML-G2, RSS, Atom and exports of WordPress (WXR).

The first element says which. Nothing is fetched, and no DTD or entity definition is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from newslint.article import Article
from newslint.readers import USUAL, Fault, NotArticle, Omitted, Reader, Settings
from newslint.source import Source
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.xml_text import Comment, Element

SUFFIXES = (".xml", ".nitf", ".newsml", ".rss", ".atom", ".rdf", ".wxr")


def read(source: Source, settings: Settings = USUAL) -> Iterator[Article | Fault | Omitted]:
    """The articles of a document, each item or entry one. Raises NotArticle for XML of other kinds.

    The first fault of the XML is a fault; what can be read behind it is read.
    """
    from newslint.xml_text import Comment, Problem, elements, root_name

    if not source.text or source.text.isspace():
        raise NotArticle("an empty file")
    root = root_name(source.text).rpartition(":")[2]
    if root and root not in _HOLDERS:
        raise NotArticle(f"<{root}> begins no news format that newslint knows")
    comments: list[Comment] = []
    language = ""
    authors: dict[str, str] = {}
    number = 0
    for found in elements(source.text, _is_wanted):
        if isinstance(found, Problem):
            yield Fault(source, found.start, found.end, f"not well-formed XML: {found.message}")
        elif isinstance(found, Comment):
            comments.append(found)
        elif found.name == "language":
            language = found.said().strip()
        elif found.name == "author":
            from newslint.readers._feeds import author

            login, name = author(found)
            authors[login] = name
        else:
            number += 1
            part = str(number) if found.parent is not None else ""
            yield _article(source, found, comments, part, language, authors)
            comments = []
    if root in _PACKAGES and not number:
        raise NotArticle(f"<{root}> lists news items and holds none")


# The first elements that hold articles, and what an article is in each.
_HOLDERS = {
    "nitf": "nitf",
    "newsItem": "newsItem",
    "newsMessage": "newsItem",
    "packageItem": "newsItem",
    "rss": "item",
    "RDF": "item",
    "feed": "entry",
    "entry": "entry",
}
_EXPORT = "http://wordpress.org/export/"
_PACKAGES = ("packageItem", "newsMessage")


def _is_wanted(element: Element) -> bool:
    name, parent = element.name, element.parent
    if parent is None:
        return _HOLDERS.get(name) == name
    if name == "language":
        return parent.name == "channel"
    if name == "author":
        return parent.name == "channel" and element.namespace.startswith(_EXPORT)
    around = {"newsItem": ("itemSet",), "item": ("channel", "RDF"), "entry": ("feed",)}
    return parent.name in around.get(name, ())


def _article(
    source: Source,
    element: Element,
    comments: list[Comment],
    part: str,
    language: str,
    authors: Mapping[str, str],
) -> Article | Fault | Omitted:
    from newslint.readers import _feeds, _newsml, _nitf
    from newslint.readers._story import Story

    story = Story(source)
    if element.name == "nitf":
        _nitf.add_title(story, element)
        _nitf.add_story(story, element)
        fields = _nitf.facts(element)
    elif element.name == "newsItem":
        item = _newsml.add_item(story, element)
        if item.unread:
            return Fault(source, element.start, element.inside, item.unread, item.identity or part)
        fields = {"id": item.identity, "date": item.date, "language": item.language}
    else:
        if element.name == "item":
            entry = _feeds.add_rss(story, element, authors)
        else:
            entry = _feeds.add_atom(story, element)
        if entry.omitted:
            return Omitted(entry.omitted)
        fields = {"id": entry.identity, "date": entry.date, "language": entry.language or language}
    if not story:
        return Omitted("items without text")
    part = (fields.get("id") or part) if part else ""
    return story.article(fields, part, comments, fields.get("language", ""))


def _is_xml(head: bytes) -> bool:
    """Whether a file begins like XML, of whatever kind, or like a document that may hold articles."""
    if b"<" not in head[:200]:
        return False
    from newslint.source import beginning
    from newslint.xml_text import root_name

    text = beginning(head)
    return text.startswith("<?xml ") or root_name(text).rpartition(":")[2] in _HOLDERS


READER = Reader("xml", SUFFIXES, read, sniff=_is_xml)
