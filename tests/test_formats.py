"""The same article in every format: the same findings, at the same words. To add a format, add a writer."""

from __future__ import annotations

import bz2
import csv
import gzip
import html
import io
import json
import lzma
import re
import tarfile
import textwrap
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newslint.config import Config
from newslint.engine import Linter
from newslint.finding import FileResult

TITLE = "Ferry to Skarholm sails again after nine years | News | The Harbour Post"
BYLINE = "By Ann Holt"
PARAGRAPHS = (
    'The harbour master spoke of a ‘quiet" triumph as the boat left the quay on Monday morning.',
    "Coffee was served at the CafÃ© Merle before the band played, and the children were let off school.",
    "Also read: Five things to do on the island",
    "The old boat was sold to a yardThe new one has room for forty cars and a lorry.",
    "Because 62 percent of the islanders work on the mainland, the winter timetable has an early boat.",
    "As an AI language model, I cannot confirm the price of a return ticket.",
    "Tickets are sold on board, and the har\u200bbour office takes cards.",
    "The band has played at every sailing since the first one, and it will play at the last one as well.",
    "The council will p\u0430y for the crossing until the end of next year, the mayor said.",
    "The bridge that was planned in its place has been called off, the mini\ufffdstry said.",
    "“We have waited for this morning for years and years, said Ole Brandt, who keeps the island’s shop.",
    "The band has played at every sailing since the first one, and it will play at the last one as well.",
)
# What is planted, by rule, and the words at which each finding stands.
PLANTED = {
    "TTL101": "| News | The Harbour Post",
    "QUO101": '‘quiet"',
    "ENC102": "Ã©",
    "RES102": "Also read: Five things to do on the island",
    "RES201": "yardThe",
    "ATT101": "62 percent",
    "GEN101": "As an AI language model, I",
    "ENC105": "\u200b",
    "ENC107": "p\u0430y",
    "ENC104": "\ufffd",
    "QUO102": "“",
    "DUP101": PARAGRAPHS[-1],
}


class Written(NamedTuple):
    """The article as a file: its name, its bytes, and what a piece of the decoded file shows."""

    name: str
    data: bytes
    shown: Callable[[str], str]


def _same(piece: str) -> str:
    return piece


def _of_html(piece: str) -> str:
    return html.unescape(re.sub(r"<[^<>]*>", "", piece))


def _of_json(piece: str) -> str:
    found: str = json.loads(f'"{piece}"')
    return found


def _of_html_in_json(piece: str) -> str:
    return _of_html(_of_json(piece))


def _utf8(text: str) -> bytes:
    return text.encode("utf-8")


def as_text() -> Written:
    return Written("a.txt", _utf8("\n\n".join((TITLE, BYLINE, *PARAGRAPHS)) + "\n"), _same)


def as_markdown() -> Written:
    return Written("a.md", _utf8("\n\n".join((f"# {TITLE}", BYLINE, *PARAGRAPHS)) + "\n"), _same)


def as_markdown_with_a_header() -> Written:
    header = f'---\ntitle: "{TITLE}"\nauthor: {BYLINE}\n---\n\n'
    return Written("a.markdown", _utf8(header + "\n\n".join(PARAGRAPHS) + "\n"), _same)


def _fragment(escape: Callable[[str], str] = lambda text: html.escape(text, quote=False)) -> str:
    return "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in PARAGRAPHS)


def _all_references(text: str) -> str:
    """Every letter that is not ASCII as a reference, and some that are."""
    shown = {"“": "&ldquo;", "’": "&rsquo;", "‘": "&#8216;", "©": "&copy;", "\u200b": "\u200b"}
    return "".join(shown.get(c, c if c.isascii() and c != '"' else f"&#x{ord(c):x};") for c in text)


def as_html_fragment() -> Written:
    head = f'<h1>{TITLE}</h1>\n<p class="byline">{BYLINE}</p>\n'
    return Written("a.html", _utf8(head + _fragment()), _of_html)


def as_html_of_references() -> Written:
    head = f'<h1>{TITLE}</h1>\n<div class="byline">{BYLINE}</div>\n'
    return Written("a.htm", _utf8(head + _fragment(_all_references)), _of_html)


def as_html_page() -> Written:
    page = f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Ferry | The Harbour Post</title>
<style>p {{ margin: 0 }}</style><script>var x = "<p>no copy</p>";</script></head>
<body class="article"><nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
<div id="content"><h1>{TITLE}</h1>
<div class="share-bar"><a href="#">Share on Facebook</a></div>
<div class="byline">{BYLINE}</div>
<div class="story">
{_fragment()}
<aside><h2>Most read</h2><p>Subscribe to our newsletter</p></aside>
</div></div>
<footer><p>Copyright 2026 The Harbour Post. All rights reserved.</p></footer>
</body></html>
"""
    return Written("a.html", _utf8(page), _of_html)


def as_xhtml_with_tags_in_words() -> Written:
    def tagged(text: str) -> str:
        return re.sub(r"\b(th|wi)(e|ll)\b", r"<b>\1</b>\2", html.escape(text, quote=False))

    page = f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>
<article><header><h1>{TITLE}</h1><p><span class="byline">{BYLINE}</span></p></header>
{_fragment(tagged)}</article></body></html>
"""
    return Written("a.xhtml", _utf8(page), _of_html)


def _json(value: object, *, is_ascii: bool = False) -> bytes:
    return _utf8(json.dumps(value, ensure_ascii=is_ascii, indent=None if is_ascii else 2))


def as_flat_json() -> Written:
    value = {"title": TITLE, "author": BYLINE, "text": "\n\n".join(PARAGRAPHS)}
    return Written("a.json", _json(value), _of_json)


def as_jsonl() -> Written:
    record = {"id": 7, "title": TITLE, "byline": BYLINE, "text": "\n\n".join(PARAGRAPHS)}
    other = {"id": 8, "title": "Rain is on its way", "text": "It will rain on Monday."}
    lines = _json(other, is_ascii=True) + b"\n" + _json(record, is_ascii=True) + b"\n"
    return Written("a.jsonl", lines, _of_json)


def as_gzipped_jsonl() -> Written:
    return Written("a.jsonl.gz", gzip.compress(as_jsonl().data), _of_json)


def as_xz_of_text() -> Written:
    return Written("a.txt.xz", lzma.compress(as_text().data), _same)


def as_bzip2_of_a_page() -> Written:
    return Written("a.html.bz2", bz2.compress(as_html_page().data), _of_html)


def as_zstandard_of_jsonl() -> Written:
    zstd = pytest.importorskip("backports.zstd")
    return Written("a.jsonl.zst", zstd.compress(as_jsonl().data), _of_json)


def as_html_in_jsonl() -> Written:
    record = {"title": TITLE, "authors": [BYLINE], "content": _fragment(_all_references)}
    return Written("a.ndjson", _json(record, is_ascii=True), _of_html_in_json)


def as_ninjs_1() -> Written:
    value = {
        "uri": "http://news.example/items/7",
        "type": "text",
        "versioncreated": "2026-05-04T10:37:00Z",
        "language": "en",
        "person": [{"name": "Ole Brandt", "rel": "mentions"}],
        "byline": BYLINE,
        "headline": TITLE,
        "body_text": " ".join(PARAGRAPHS),
        "body_xhtml": _fragment(),
    }
    return Written("a.json", _json(value), _of_html_in_json)


def as_ninjs_2() -> Written:
    value = {
        "uri": "http://news.example/items/7",
        "type": "text",
        "versioncreated": "2026-05-04T10:37:00Z",
        "language": "en",
        "by": BYLINE,
        "headlines": [{"value": TITLE}],
        "bodies": [{"role": "main", "contenttype": "text/html", "value": _fragment()}],
    }
    return Written("a.json", _json(value), _of_html_in_json)


def as_ninjs_3() -> Written:
    value = {
        "uri": "http://news.example/items/7",
        "standard": {"name": "ninjs", "version": "3.1"},
        "type": "text",
        "versionCreated": "2026-05-04T10:37:00Z",
        "language": "en-GB",
        "people": [{"name": "Ole Brandt", "rel": "mentions"}],
        "by": BYLINE,
        "headlines": [
            {"role": "short", "value": "Ferry sails again"},
            {"role": "main", "value": TITLE},
        ],
        "bodies": [
            {"role": "main", "contentType": "text/plain", "value": " ".join(PARAGRAPHS)},
            {"role": "richtext", "contentType": "application/xhtml+xml", "value": _fragment()},
        ],
    }
    return Written("a.json", _json(value, is_ascii=True), _of_html_in_json)


def as_ans() -> Written:
    elements: list[object] = [
        {"type": "text", "_id": str(number), "content": html.escape(paragraph, quote=False)}
        for number, paragraph in enumerate(PARAGRAPHS)
    ]
    elements[4:4] = [
        {"type": "image", "url": "http://news.example/a.jpg", "caption": "Photo: Ann Holt/AP"},
        {"type": "interstitial_link", "content": "Read more: The island", "url": "/island"},
        {"type": "raw_html", "content": "<script>x()</script>"},
        {
            "type": "quote",
            "subtype": "pullquote",
            "content_elements": [{"type": "text", "content": "x"}],
        },
    ]
    value = {
        "type": "story",
        "version": "0.10.7",
        "canonical_url": "/news/ferry",
        "headlines": {"basic": TITLE, "mobile": "Ferry sails"},
        "credits": {"by": [{"type": "author", "name": BYLINE}]},
        "display_date": "2026-05-04T10:37:00Z",
        "content_elements": elements,
    }
    return Written("a.json", _json(value), _of_html_in_json)


def as_wordpress_posts() -> Written:
    excerpt = f"<p>{html.escape(PARAGRAPHS[0][:60])} [&hellip;]</p>\n"
    post = {
        "id": 7,
        "date": "2026-05-04T10:37:00",
        "slug": "ferry",
        "type": "post",
        "title": {"rendered": TITLE},
        "content": {"rendered": _fragment(_all_references), "protected": False},
        "excerpt": {"rendered": excerpt, "protected": False},
        "author": 3,
        "_embedded": {"author": [{"id": 3, "name": BYLINE}]},
    }
    return Written("posts.json", _json([post]), _of_html_in_json)


def as_json_ld() -> Written:
    value = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "Organization", "name": "The Harbour Post"},
            {
                "@type": "NewsArticle",
                "headline": TITLE,
                "author": [{"@type": "Person", "name": BYLINE}],
                "datePublished": "2026-05-04",
                "description": PARAGRAPHS[0],
                "articleBody": "\n\n".join(PARAGRAPHS),
            },
        ],
    }
    return Written("a.jsonld", _json(value), _of_json)


def as_json_feed() -> Written:
    value = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Harbour Post",
        "items": [
            {
                "id": "http://news.example/ferry",
                "title": TITLE,
                "authors": [{"name": BYLINE}],
                "summary": f"{PARAGRAPHS[0][:60]}…",
                "content_html": _fragment(_all_references),
                "date_published": "2026-05-04T10:37:00Z",
            }
        ],
    }
    return Written("feed.json", _json(value), _of_html_in_json)


def as_newsapi() -> Written:
    value = {
        "status": "ok",
        "totalResults": 1,
        "articles": [
            {
                "source": {"id": None, "name": "The Harbour Post"},
                "author": BYLINE,
                "title": TITLE,
                "description": PARAGRAPHS[0],
                "url": "http://news.example/ferry",
                "urlToImage": None,
                "publishedAt": "2026-05-04T10:37:00Z",
                "content": "\n\n".join(PARAGRAPHS),
            }
        ],
    }
    return Written("everything.json", _json(value), _of_json)


def _of_html_in_xml(piece: str) -> str:
    """HTML that is escaped in XML: `&lt;p&gt;`, `&amp;rsquo;`."""
    return _of_html(html.unescape(piece))


def _xml(text: str) -> str:
    return html.escape(text, quote=False)


def _numbered(text: str) -> str:
    """XML with every letter that is not ASCII as a number.

    A break that is written as one is meant, in HTML, and no finding.
    """
    return "".join(c if c.isascii() or c == "\u200b" else f"&#{ord(c)};" for c in _xml(text))


def as_nitf() -> Written:
    paragraphs = "\n".join(
        f"      <p>{_numbered(each)}</p>" if number % 2 else f"      <p>{_xml(each)}</p>"
        for number, each in enumerate(PARAGRAPHS)
    )
    text = f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "http://www.nitf.example/nitf-3-6.dtd">
<nitf xml:lang="en">
  <head><title>ferry-1st-lead</title>
    <docdata><doc-id id-string="news.7"/><date.issue norm="20260504T103700Z"/></docdata></head>
  <body><body.head><hedline><hl1>{_xml(TITLE)}</hl1></hedline>
    <byline>By <person>Ann Holt</person></byline></body.head>
  <body.content><block>
{paragraphs}
    <media media-type="image"><media-reference source="quay.jpg"/>
      <media-caption><p>The quay on Monday</p></media-caption></media>
  </block></body.content></body>
</nitf>
"""
    return Written("a.nitf", _utf8(text), _of_html)


def _news_item(guid: str, headline: str, content: str) -> str:
    return f"""<newsItem guid="{guid}" version="1" standard="NewsML-G2" standardversion="2.35" conformance="power" xml:lang="en">
<itemMeta><itemClass qcode="ninat:text"/><provider literal="post"/>
<versionCreated>2026-05-04T10:37:00Z</versionCreated></itemMeta>
<contentMeta><headline>{_xml(headline)}</headline><by>{BYLINE}</by><language tag="en-GB"/></contentMeta>
<contentSet>{content}</contentSet></newsItem>"""


def _news_message(*items: str) -> bytes:
    text = "\n".join(items)
    return _utf8(f"""<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2026-05-04T10:37:00Z</sent></header>
<itemSet>{text}</itemSet></newsMessage>
""")


OTHER = "<inlineData>It will rain on Monday.</inlineData>"


def as_newsml_with_xhtml() -> Written:
    content = f"""<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">
<head><title/></head><body>{_fragment()}</body></html></inlineXML>"""
    items = _news_item("tag:7", TITLE, content), _news_item("tag:8", "Rain is on its way", OTHER)
    return Written("a.xml", _news_message(*items), _of_html)


def as_newsml_with_nitf() -> Written:
    content = f"""<inlineXML contenttype="application/nitf+xml"><nitf><body>
<body.content>{_fragment(_numbered)}</body.content></body></nitf></inlineXML>"""
    items = _news_item("tag:8", "Rain is on its way", OTHER), _news_item("tag:7", TITLE, content)
    return Written("a.xml", _news_message(*items), _of_html)


def as_newsml_with_plain_text() -> Written:
    text = _xml("\n\n".join(PARAGRAPHS))
    content = f'<inlineData contenttype="text/plain">{text}</inlineData>'
    return Written("a.newsml", _news_message(_news_item("tag:7", TITLE, content)), _of_html)


def as_newsml_of_iptc() -> Written:
    """Written by the IPTC's own library."""
    newsml = pytest.importorskip("NewsMLG2")
    item = newsml.NewsItem()
    item.guid, item.xml_lang = "tag:7", "en-GB"
    item.itemmeta = newsml.ItemMeta()
    item.itemmeta.itemclass.qcode = "ninat:text"
    item.itemmeta.provider.qcode = "nprov:post"
    item.itemmeta.versioncreated = "2026-05-04T10:37:00Z"
    item.contentmeta = newsml.NewsItemContentMeta()
    item.contentmeta.headline, item.contentmeta.by = TITLE, BYLINE
    item.contentset = newsml.ContentSet()
    item.contentset.inlinedata = "\n\n".join(PARAGRAPHS)
    document = newsml.NewsMLG2Document()
    document.set_item(item)
    return Written("a.xml", _utf8(document.to_xml_string()), _of_html)


def _rss(*items: str) -> bytes:
    text = "\n".join(items)
    return _utf8(f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>The Harbour Post</title><link>http://news.example</link><language>en-GB</language>
{text}</channel></rss>
""")


def _rss_item(more: str) -> str:
    return f"""<item><title>{_xml(TITLE)}</title><dc:creator><![CDATA[{BYLINE}]]></dc:creator>
<guid>http://news.example/7</guid><pubDate>Mon, 04 May 2026 10:37:00 +0000</pubDate>{more}</item>"""


def as_rss_with_full_text() -> Written:
    cut = f"<description><![CDATA[<p>{_xml(PARAGRAPHS[0][:50])} [&#8230;]</p>]]></description>"
    full = f"<content:encoded><![CDATA[{_fragment(_all_references)}]]></content:encoded>"
    return Written("a.rss", _rss(_rss_item(cut + full)), _of_html)


def as_rss_with_escaped_descriptions() -> Written:
    text = f"<description>{_xml(_fragment(_all_references))}</description>"
    return Written("a.xml", _rss(_rss_item(text)), _of_html_in_xml)


def _atom(content: str) -> bytes:
    return _utf8(f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>The Harbour Post</title>
<entry><title>{_xml(TITLE)}</title><id>tag:7</id><updated>2026-05-04T10:37:00Z</updated>
<author><name>{BYLINE}</name></author>{content}</entry></feed>
""")


def as_atom_with_html() -> Written:
    text = f'<content type="html">{_xml(_fragment(_all_references))}</content>'
    return Written("a.atom", _atom(text), _of_html_in_xml)


def as_atom_with_xhtml() -> Written:
    div = f'<div xmlns="http://www.w3.org/1999/xhtml">{_fragment(_numbered)}</div>'
    return Written("a.atom", _atom(f'<content type="xhtml">{div}</content>'), _of_html)


def as_atom_with_text() -> Written:
    text = _numbered("\n\n".join(PARAGRAPHS))
    return Written("a.atom", _atom(f'<content type="text">{text}</content>'), _of_html)


def _post(content: str, kind: str = "post") -> str:
    excerpt = "<excerpt:encoded><![CDATA[]]></excerpt:encoded>"
    more = f"{excerpt}<wp:post_id>7</wp:post_id><wp:status><![CDATA[publish]]></wp:status>"
    more += f"<wp:post_type><![CDATA[{kind}]]></wp:post_type>"
    return _rss_item(f"<content:encoded><![CDATA[{content}]]></content:encoded>{more}")


def as_wordpress_export_of_the_old_editor() -> Written:
    text = "\n\n".join(PARAGRAPHS).replace("It is", "<em>It</em> is")
    caption = '\n\n[caption id="a1" width="300"]<img src="a.jpg" /> The quay[/caption]\n\n[gallery]'
    other = _post("Not copy", "attachment")
    return Written("export.xml", _rss(other, _post(text + caption)), _of_html)


def as_wordpress_export_of_the_block_editor() -> Written:
    blocks = (
        f"<!-- wp:paragraph -->\n<p>{_all_references(each)}</p>\n<!-- /wp:paragraph -->"
        for each in PARAGRAPHS
    )
    return Written("export.wxr", _rss(_post("\n\n".join(blocks))), _of_html)


def as_latin_1_xml() -> Written:
    article = as_nitf().data.decode("utf-8").replace('encoding="UTF-8"', 'encoding="ISO-8859-1"')
    return Written("a.xml", article.encode("iso-8859-1", "xmlcharrefreplace"), _of_html)


def as_rst() -> Written:
    def marked(text: str) -> str:
        return text.replace("The bridge", "The *bridge*").replace("on board", "`on board <x>`_")

    paragraphs = (textwrap.fill(marked(each), 70) for each in PARAGRAPHS)
    title = f"{TITLE}\n{'=' * len(TITLE)}"
    text = "\n\n".join((title, BYLINE, *paragraphs, ".. a comment", "::\n\n   code"))
    return Written("a.rst", _utf8(text + "\n"), _of_lines)


def as_asciidoc() -> Written:
    def marked(text: str) -> str:
        return text.replace("The bridge", "The *bridge*").replace("on board", "link:x[on board]")

    paragraphs = (textwrap.fill(marked(each), 70) for each in PARAGRAPHS)
    head = f"= {TITLE}\n:description:"
    text = "\n\n".join((head, BYLINE, *paragraphs, "// a comment", "----\ncode\n----"))
    return Written("a.adoc", _utf8(text + "\n"), _of_lines)


def _of_lines(piece: str) -> str:
    return " ".join(piece.split())


def _table(delimiter: str) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerow(["id", "title", "byline", "text", "shelf"])
    writer.writerow([8, "Rain is on its way", "", "It will rain on Monday.", ""])
    writer.writerow([7, TITLE, BYLINE, "\n\n".join(PARAGRAPHS), 4])
    return file.getvalue().encode("utf-8")


def _of_csv(piece: str) -> str:
    return piece.replace('""', '"')


def as_csv() -> Written:
    return Written("a.csv", _table(","), _of_csv)


def as_tsv_of_html() -> Written:
    cells = "7", TITLE, BYLINE, _fragment(_all_references).replace("\n", "")
    text = "\t".join(("id", "title", "byline", "text")) + "\n" + "\t".join(cells) + "\n"
    return Written("a.tsv", _utf8(text), _of_html)


def _web_archive(kind: str, content: bytes) -> bytes:
    """A compressed archive of one page, behind the record that every crawler writes first."""
    warc = pytest.importorskip("fastwarc.warc")
    file = io.BytesIO()
    for name, body in (("warcinfo", b"software: a crawler\r\n"), (kind, content)):
        record = warc.WarcRecord()
        record.init_headers(record_type=getattr(warc.WarcRecordType, name))
        record.headers["WARC-Target-URI"] = "http://news.example/7"
        if body.startswith(b"HTTP/"):
            record.headers["Content-Type"] = "application/http; msgtype=response"
        record.set_bytes_content(body)
        record.write(file)
    return gzip.compress(file.getvalue())


def _crawled_page() -> bytes:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    return _web_archive("response", head + as_html_page().data)


def as_page_of_a_web_archive() -> Written:
    return Written("a.warc.gz", _crawled_page(), _of_html)


def as_zip_of_text() -> Written:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("photos/quay.jpg", b"\xff\xd8\xff")
        archive.writestr("2026/ferry.txt", as_text().data)
    return Written("a.zip", file.getvalue(), _same)


def as_tar_of_a_feed() -> Written:
    return Written("a.tar.gz", _tar("feeds/a.atom", as_atom_with_html().data), _of_html_in_xml)


def _tar(name: str, data: bytes) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        info = tarfile.TarInfo(name)
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    return file.getvalue()


WRITERS = [each for name, each in sorted(globals().items()) if name.startswith("as_")]


def check(written: Written, folder: Path) -> FileResult:
    path = folder / written.name
    path.write_bytes(written.data)
    return Linter().check_path(str(path))


def decoded(written: Written) -> str:
    """The file as its places count it: of an archive, the one in it."""
    if written.name == "a.warc.gz":
        return as_html_page().data.decode("utf-8")
    if written.name == "a.zip":
        with zipfile.ZipFile(io.BytesIO(written.data)) as archive:
            return archive.read("2026/ferry.txt").decode("utf-8")
    if written.name == "a.tar.gz":
        return as_atom_with_html().data.decode("utf-8")
    if b"ISO-8859-1" in written.data[:60]:
        return written.data.decode("iso-8859-1")
    opened = {"gz": gzip.decompress, "bz2": bz2.decompress, "xz": lzma.decompress}
    suffix = written.name.rpartition(".")[2]
    if suffix == "zst":
        data = pytest.importorskip("backports.zstd").decompress(written.data)
    else:
        data = opened.get(suffix, lambda data: data)(written.data)
    return data.decode("utf-8")


@pytest.mark.parametrize("write", WRITERS, ids=lambda write: write.__name__)
def test_every_format_has_the_same_findings_at_the_same_words(
    write: Callable[[], Written], tmp_path: Path
) -> None:
    written = write()
    result = check(written, tmp_path)
    text = decoded(written)
    found = [(each.code, written.shown(text[each.start : each.end])) for each in result.findings]
    assert sorted(found) == sorted(PLANTED.items())
    plain = check(as_text(), tmp_path)
    assert sorted(each.message for each in result.findings) == sorted(
        each.message for each in plain.findings
    )


@pytest.mark.parametrize("write", WRITERS, ids=lambda write: write.__name__)
def test_lines_and_columns_are_those_of_the_file(
    write: Callable[[], Written], tmp_path: Path
) -> None:
    written = write()
    lines = decoded(written).split("\n")
    for each in check(written, tmp_path).findings:
        first, last = each.start_position, each.end_position
        if first.line == last.line:
            piece = lines[first.line - 1][first.column - 1 : last.column - 1]
            assert written.shown(piece) == PLANTED[each.code]


# Files that are no text: a place is a paragraph, or the cell of a row, and a character in it.

BLOCKS = (TITLE, BYLINE, *PARAGRAPHS)
CELLS = (TITLE, BYLINE, "\n\n".join(PARAGRAPHS))


class Extracted(NamedTuple):
    """The article as such a file. `units`: what a line number may mean, and the text that columns count in."""

    name: str
    data: bytes
    units: dict[int, tuple[str, ...]]
    format: str = ""


def _numbered_blocks(*blocks: str) -> dict[int, tuple[str, ...]]:
    return {number: (block,) for number, block in enumerate(blocks, 1)}


def in_word() -> Extracted:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph(TITLE, style="Title")
    document.add_paragraph(BYLINE)
    for number, text in enumerate(PARAGRAPHS):
        paragraph = document.add_paragraph()
        for piece in textwrap.wrap(text, 9 + number, drop_whitespace=False):
            paragraph.add_run(piece).bold = bool(len(piece) % 2)
    document.add_paragraph("")
    file = io.BytesIO()
    document.save(file)
    return Extracted("a.docx", file.getvalue(), _numbered_blocks(*BLOCKS))


def in_open_document() -> Extracted:
    pytest.importorskip("odf")
    from odf.opendocument import OpenDocumentText
    from odf.style import Style
    from odf.text import P, Span

    document = OpenDocumentText()
    style = Style(name="Title", family="paragraph")
    document.styles.addElement(style)
    document.text.addElement(P(stylename=style, text=TITLE))
    for text in (BYLINE, *PARAGRAPHS):
        paragraph = P(text=text[:20])
        paragraph.addElement(Span(text=text[20:30]))
        paragraph.addText(text[30:])
        document.text.addElement(paragraph)
    file = io.BytesIO()
    document.write(file)
    return Extracted("a.odt", file.getvalue(), _numbered_blocks(*BLOCKS))


def _arrow_table() -> Any:
    pyarrow = pytest.importorskip("pyarrow")
    rows = [
        {
            "id": "8",
            "title": "Rain is on its way",
            "authors": [],
            "text": "It will rain on Monday.",
        },
        {"id": "7", "title": TITLE, "authors": [BYLINE], "text": CELLS[-1]},
    ]
    return pyarrow.Table.from_pylist(rows)


def in_parquet() -> Extracted:
    table = _arrow_table()
    from pyarrow.parquet import write_table

    file = io.BytesIO()
    write_table(table, file, row_group_size=1)
    return Extracted("a.parquet", file.getvalue(), {2: CELLS})


def in_feather() -> Extracted:
    table = _arrow_table()
    from pyarrow.feather import write_feather

    file = io.BytesIO()
    write_feather(table, file)
    return Extracted("a.feather", file.getvalue(), {2: CELLS})


def in_an_arrow_file() -> Extracted:
    table = _arrow_table()
    from pyarrow import ipc

    file = io.BytesIO()
    with ipc.new_file(file, table.schema) as writer:
        writer.write_table(table)
    return Extracted("a.arrow", file.getvalue(), {2: CELLS})


def in_an_arrow_stream() -> Extracted:
    table = _arrow_table()
    from pyarrow import ipc

    file = io.BytesIO()
    with ipc.new_stream(file, table.schema) as writer:
        writer.write_table(table)
    return Extracted("a.arrows", file.getvalue(), {2: CELLS})


def in_wet() -> Extracted:
    data = _web_archive("conversion", "\n".join(BLOCKS).encode("utf-8"))
    return Extracted("a.warc.wet.gz", data, _numbered_blocks(*BLOCKS))


def in_a_web_archive_by_trafilatura() -> Extracted:
    pytest.importorskip("trafilatura")
    units = _numbered_blocks(TITLE, *PARAGRAPHS)  # the byline is told from the copy
    return Extracted("a.warc.gz", _crawled_page(), units, "trafilatura")


def in_a_page_by_trafilatura() -> Extracted:
    pytest.importorskip("trafilatura")
    units = _numbered_blocks(TITLE, *PARAGRAPHS)
    return Extracted("a.html", as_html_page().data, units, "trafilatura")


EXTRACTED = [each for name, each in sorted(globals().items()) if name.startswith("in_")]


@pytest.mark.parametrize("write", EXTRACTED, ids=lambda write: write.__name__)
def test_files_that_are_no_text_have_the_same_findings_at_the_same_words(
    write: Callable[[], Extracted], tmp_path: Path
) -> None:
    written = write()
    path = tmp_path / written.name
    path.write_bytes(written.data)
    result = Linter(Config(format=written.format)).check_path(str(path))
    assert sorted(each.code for each in result.findings) == sorted(PLANTED)
    assert not [each for each in result.findings if each.fix is not None]
    for each in result.findings:
        start, end = each.start_position.column - 1, each.end_position.column - 1
        units = written.units[each.start_position.line]
        assert PLANTED[each.code] in [unit[start:end] for unit in units]
        shown = start + 1 - each.excerpt.column
        assert each.excerpt.text[shown:].startswith(PLANTED[each.code][:100])


# Any of these files, damaged: whatever can be read of it is read, and nothing stops a reader or a rule.

SAMPLES = [*WRITERS, *EXTRACTED]
DAMAGE = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.one_of(
            st.binary(max_size=4),
            st.sampled_from(
                [b"<", b">", b'"', b"&", b"{", b"}", b"[", b"]]>", b"\\", b"<!--", b"--", b"\r", b"\n\n", b"\xff\xfe"]
            ),
        ),
        st.integers(0, 400),
    ),
    min_size=1,
    max_size=3,
)  # fmt: skip


@given(st.sampled_from(SAMPLES), DAMAGE)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_file_is_read_as_far_as_it_goes(
    write: Callable[[], Written | Extracted], damage: list[tuple[float, bytes, int]]
) -> None:
    written = sample(write)
    data = written.data
    for place, put, gone in damage:
        at = int(place * len(data))
        data = data[:at] + put + data[at + gone :]
    result = linter(getattr(written, "format", "")).check_bytes(data, written.name)
    for each in result.findings:
        assert "stopped with" not in each.message
        assert 0 <= each.start <= each.end
        assert each.start_position <= each.end_position


@cache
def sample(write: Callable[[], Written | Extracted]) -> Written | Extracted:
    return write()


@cache
def linter(name: str) -> Linter:
    return Linter(Config(format=name))
