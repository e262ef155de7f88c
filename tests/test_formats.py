"""The same article in every format: the same findings, at the same words. To add a format, add a writer."""

from __future__ import annotations

import bz2
import gzip
import html
import json
import lzma
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

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


WRITERS = [each for name, each in sorted(globals().items()) if name.startswith("as_")]


def check(written: Written, folder: Path) -> FileResult:
    path = folder / written.name
    path.write_bytes(written.data)
    return Linter().check_path(str(path))


def decoded(written: Written) -> str:
    """The file as its places count it."""
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
