"""Records of the web archive to articles, by way of fastwarc and trafilatura."""

from __future__ import annotations

from collections.abc import Iterator

from newslint.article import OBJECT, Article, BlockKind, SourceMap
from newslint.body import add_body
from newslint.draft import Draft, Piece
from newslint.readers import Fault, Omitted
from newslint.source import NotText, Source, decode
from newslint.text.structure import Head
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import BinaryIO

    from fastwarc.warc import WarcRecord
    from lxml.etree import _Element

LARGEST_PAGE = 20_000_000  # bytes; a page beyond it is no article
REMEDY = "pip install 'newslint[warc]' to read archives of the web"
_HTML = ("text/html", "application/xhtml+xml")

NO_PAGE = "records that are no pages"
NO_STORY = "pages without a story"
NO_TEXT = "pages that are no text or too large"


class Block(NamedTuple):
    kind: BlockKind
    text: str
    level: int = 0


def articles(handle: BinaryIO, path: str) -> Iterator[Article | Fault | Omitted]:
    """The articles of an archive. Raises OSError where what reads it is not installed."""
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        raise OSError(REMEDY) from None
    base = count = 0
    try:
        everything = WarcRecordType.any_type
        for record in ArchiveIterator(_Stream(handle), everything, auto_decode="all"):
            count += 1
            if record.record_type == WarcRecordType.response:
                found = _page(record, path, base)
            elif record.record_type == WarcRecordType.conversion:
                found = _conversion(record, path, base)
            else:
                found = Omitted(NO_PAGE)
            if not isinstance(found, Omitted):
                base += len(found.source.text) + 1
            yield found
    except (OSError, ValueError, RuntimeError, EOFError) as error:
        if isinstance(error, OSError) and str(error) == REMEDY:
            raise
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        yield Fault(Source("", path, base=base), 0, 0, f"damaged behind record {count:,}: {reason}")
        return
    if not count:
        yield Fault(Source("", path), 0, 0, "no WARC record stands in it")


class _Stream:
    """A file that cannot seek, for a library that asks where it stands by seeking there."""

    def __init__(self, handle: BinaryIO) -> None:
        self._handle = handle
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        read = getattr(self._handle, "read1", self._handle.read)  # not more than is sound
        data: bytes = read(size)
        self._at += len(data)
        return data

    def tell(self) -> int:
        return self._at

    def close(self) -> None:
        """Whoever opened the file closes it."""

    def seek(self, offset: int, whence: int = 0) -> int:
        if (offset if whence == 0 else self._at + offset) != self._at or whence > 1:
            raise OSError("not a file to seek in")
        return self._at


def _url(record: WarcRecord) -> str:
    return str(record.headers.get("WARC-Target-URI", "") or "").strip("<>")


def _is_cut(record: WarcRecord, data: bytes) -> bool:
    """Whether the archive ends inside a record."""
    headers = record.http_headers
    if headers is not None and (
        headers.get("Content-Encoding") or headers.get("Transfer-Encoding")
    ):
        return bool(not data and record.content_length > 0)
    return bool(len(data) < min(record.content_length, LARGEST_PAGE))


def _cut(record: WarcRecord, path: str, base: int) -> Fault:
    source = Source("", path, base=base, extracted=True)
    return Fault(source, 0, 0, "the archive ends inside this record", _url(record))


def _conversion(record: WarcRecord, path: str, base: int) -> Article | Fault | Omitted:
    """A record of a WET file: the text of a page, all of it."""
    data = record.reader.read(LARGEST_PAGE + 1)
    if _is_cut(record, data):
        return _cut(record, path, base)
    try:
        text = decode(data)[0] if len(data) <= LARGEST_PAGE else ""
    except NotText:
        text = ""
    if not text.strip():
        return Omitted(NO_TEXT)
    source = Source(text, path, base=base, extracted=True)
    draft = Draft(text)
    pieces: list[Piece] = []
    for number in range(len(source.line_starts)):
        start, end = source.line_span(number)
        # No line of it is wrapped, so that each is a paragraph.
        pieces += [(text[start:end], start, end), ("\n\n", end, min(end + 1, len(text)))]
    add_body(draft, pieces, is_html=False)
    return Article(
        source, draft.text, draft.blocks, source_map=SourceMap(draft.runs), part=_url(record)
    )


def _page(record: WarcRecord, path: str, base: int) -> Article | Fault | Omitted:
    status = record.http_headers.status_code if record.http_headers is not None else None
    if status != 200 or (record.http_content_type or "").lower() not in _HTML:
        return Omitted(NO_PAGE)
    data = record.reader.read(LARGEST_PAGE + 1)
    if _is_cut(record, data):
        return _cut(record, path, base)
    html = _decoded(data, record.http_charset or "") if len(data) <= LARGEST_PAGE else ""
    if not html.strip():
        return Omitted(NO_TEXT)
    try:
        from trafilatura import bare_extraction
    except ImportError:
        raise OSError(REMEDY) from None
    url = _url(record)
    try:
        found = bare_extraction(html, url=url or None, with_metadata=True, include_comments=False)
    except Exception as error:  # whatever a page does to it, the pages behind must be read
        reason = f"{type(error).__name__}: {error}"[:200]
        source = Source("", path, base=base, extracted=True)
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
        url,
        path,
        base,
    )


def _decoded(data: bytes, charset: str) -> str:
    """The text of a page; the charset that its server names goes before what it says itself."""
    try:
        return data.decode(charset) if charset else decode(data)[0]
    except (LookupError, UnicodeError, ValueError):
        pass
    try:
        return decode(data)[0]
    except NotText:
        return ""


def _article(
    blocks: list[Block], fields: dict[str, str], url: str, path: str, base: int
) -> Article | Omitted:
    source = Source(
        "\n".join(b.text.replace("\n", " ") for b in blocks), path, base=base, extracted=True
    )
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
