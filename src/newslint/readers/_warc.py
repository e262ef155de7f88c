"""Records of a web archive to articles, by way of fastwarc."""

from __future__ import annotations

from collections.abc import Iterator

from newslint.article import Article, SourceMap
from newslint.body import add_body
from newslint.draft import Draft, Piece
from newslint.readers import Fault, NotArticle, Omitted
from newslint.readers.html import article
from newslint.source import NotText, Source, decode
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO, TypeAlias

    from fastwarc.warc import WarcRecord

    Extract: TypeAlias = "Callable[[Source, str], Article | Fault | Omitted]"

LARGEST_PAGE = 20_000_000  # bytes; a page beyond it is no article
_HTML = ("text/html", "application/xhtml+xml")

NO_PAGE = "records that are no pages"
NO_STORY = "pages without a story"
NO_TEXT = "pages that are no text or too large"


class NotInstalled(OSError):
    """A package that an extra brings is missing. The message says how to get it."""


def articles(
    handle: BinaryIO, path: str, head: bytes = b"", *, extract: Extract | None = None
) -> Iterator[Article | Fault | Omitted]:
    """The articles of an archive; `head`: what is read of it already. `extract`: what else makes articles of pages.

    Raises NotInstalled where what reads it is missing.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        raise NotInstalled("pip install 'newslint[warc]' to read archives of the web") from None
    base = count = 0
    try:
        everything = WarcRecordType.any_type
        for record in ArchiveIterator(_Stream(handle, head), everything, auto_decode="all"):
            count += 1
            if record.record_type == WarcRecordType.response:
                found = _page(record, path, base, extract)
            elif record.record_type == WarcRecordType.conversion:
                found = _conversion(record, path, base)
            else:
                found = Omitted(NO_PAGE)
            if not isinstance(found, Omitted):
                base += len(found.source.text) + 1
            yield found
    except NotInstalled:
        raise
    except (OSError, ValueError, RuntimeError, EOFError) as error:
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        yield Fault(Source("", path, base=base), 0, 0, f"damaged behind record {count:,}: {reason}")
        return
    if not count:
        yield Fault(Source("", path), 0, 0, "no WARC record stands in it")


class _Stream:
    """A file that cannot seek, for a library that asks where it stands by seeking there."""

    def __init__(self, handle: BinaryIO, head: bytes = b"") -> None:
        self._handle = handle
        self._head = head
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        if self._head:
            data = self._head if size < 0 else self._head[:size]
            self._head = self._head[len(data) :]
            self._at += len(data)
            return data
        read = getattr(self._handle, "read1", self._handle.read)  # not more than is sound
        data = read(size)
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


def _page(
    record: WarcRecord, path: str, base: int, extract: Extract | None
) -> Article | Fault | Omitted:
    status = record.http_headers.status_code if record.http_headers is not None else None
    if status != 200 or (record.http_content_type or "").lower() not in _HTML:
        return Omitted(NO_PAGE)
    data = record.reader.read(LARGEST_PAGE + 1)
    if _is_cut(record, data):
        return _cut(record, path, base)
    html = _decoded(data, record.http_charset or "") if len(data) <= LARGEST_PAGE else ""
    if not html.strip():
        return Omitted(NO_TEXT)
    source = Source(html, path, base=base, extracted=True)
    try:
        found = (extract or article)(source, _url(record))
    except NotArticle:
        return Omitted(NO_STORY)
    if isinstance(found, Article) and not found.blocks:
        return Omitted(NO_STORY)
    return found


def _decoded(data: bytes, charset: str) -> str:
    """The text of a page, "" for what is none; the charset that its server names goes before what it says itself."""
    try:
        text = data.decode(charset) if charset else decode(data)[0]
    except (LookupError, UnicodeError, ValueError):
        try:
            text = decode(data)[0]
        except NotText:
            return ""
    return "" if "\x00" in text[:4096] else text
