"""The story of a page as trafilatura extracts it."""

from __future__ import annotations

from collections.abc import Iterator

from newslint.article import OBJECT, Article, BlockKind, SourceMap
from newslint.draft import Draft
from newslint.readers import Fault, Omitted
from newslint.readers._warc import NO_STORY, NotInstalled
from newslint.source import Source
from newslint.text.structure import Head
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml.etree import _Element


class Block(NamedTuple):
    kind: BlockKind
    text: str
    level: int = 0


def extracted(page: Source, url: str = "") -> Article | Fault | Omitted:
    """The story of a page, a paragraph a line. Raises NotInstalled where trafilatura is missing."""
    try:
        from trafilatura import bare_extraction
    except ImportError:
        raise NotInstalled(
            "pip install 'newslint[warc]' to have the stories of pages extracted"
        ) from None
    try:
        found = bare_extraction(
            page.text, url=url or None, with_metadata=True, include_comments=False
        )
    except Exception as error:  # whatever a page does to it, the pages behind must be read
        reason = f"{type(error).__name__}: {error}"[:200]
        source = Source("", page.path, base=page.base, extracted=True)
        return Fault(source, 0, 0, f"trafilatura stopped with {reason}", url)
    if found is None or isinstance(found, dict) or found.body is None:
        return Omitted(NO_STORY)
    title = " ".join((found.title or "").split())
    blocks = list(_blocks(found.body, "paragraph"))
    if blocks and blocks[0].kind == "heading" and blocks[0].text == title:
        blocks = blocks[1:]  # the page shows its title once
    fields = {"title": title, "byline": found.author, "date": found.date}
    return _article(
        [Block("title", title), *blocks] if title else blocks,
        {key: str(value) for key, value in fields.items() if value},
        page,
        url,
    )


def _article(
    blocks: list[Block], fields: dict[str, str], page: Source, url: str
) -> Article | Omitted:
    text = "\n".join(block.text.replace("\n", " ") for block in blocks)
    source = Source(text, page.path, base=page.base, extracted=True)
    draft = Draft(source.text)
    head = Head("title" in fields)
    at = 0
    for block in blocks:
        end = at + len(block.text)
        if block.kind == "code":
            head.over()
            draft.block("code", [(OBJECT, at, end)])
        else:
            kind = head.kind(block.kind, block.text, block.level)
            draft.block(kind, [(block.text, at, end)], block.level if kind == "heading" else 0)
        at = end + 1
    if not draft.blocks:
        return Omitted(NO_STORY)
    source_map = SourceMap(draft.runs)
    return Article(source, draft.text, draft.blocks, fields=fields, source_map=source_map, part=url)


_KINDS: dict[str, BlockKind] = {
    "p": "paragraph", "ab": "paragraph", "head": "heading", "item": "list-item", "cell": "list-item",
    "quote": "quote", "code": "code",
}  # fmt: skip


def _blocks(element: _Element, kind: BlockKind) -> Iterator[Block]:
    """The blocks of what trafilatura gives: text of its own kind of TEI."""
    pieces: list[str] = [element.text or ""]
    level = 0
    name = str(element.get("rend") or "")
    if kind == "heading":
        level = int(name[1]) if len(name) == 2 and name[1] in "123456" else 2

    def finished() -> Iterator[Block]:
        lines = [" ".join(line.split()) for line in "".join(pieces).split("\n\v")]
        text = "\n".join(line for line in lines if line)
        pieces.clear()
        if text:
            yield Block(kind, text, level)

    for child in element:
        if not isinstance(child.tag, str):
            pieces.append(child.tail or "")
        elif child.tag == "lb":
            pieces += ("\n\v", child.tail or "")
        elif child.tag in _KINDS or child.tag in ("list", "table", "row", "div", "body"):
            yield from finished()
            inner = _KINDS.get(child.tag, kind)
            yield from _blocks(child, kind if inner == "paragraph" else inner)
            pieces.append(child.tail or "")
        elif child.tag != "graphic":
            pieces += ("".join(child.itertext()), child.tail or "")
        else:
            pieces.append(child.tail or "")
    yield from finished()
