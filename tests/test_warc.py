"""Archives of the web: pages as articles by their address, other records counted, damage named."""

from __future__ import annotations

import gzip
import io
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint.article import Article
from newslint.config import Config
from newslint.engine import Linter
from newslint.finding import FileResult
from newslint.readers import Fault, NotArticle, Omitted, trafilatura, warc

fastwarc = pytest.importorskip("fastwarc.warc")
pytest.importorskip("trafilatura")

PAGE = """<!doctype html><html lang="en"><head><title>Rain again | The Tarn Post</title>
<meta property="og:title" content="Rain again"></head><body><nav><a href="/">Home</a></nav>
<article><h1>Rain again</h1><p>It rains in Tarn again, a ‘malign" pact, and nobody knows why it has gone on
for so long, the mayor said on Friday.</p><h2>Why it rains</h2><p>Also read: Five things to know about it</p>
<blockquote>“It falls, and it will fall for as long as anybody can see from here,” he said.</blockquote>
<p>More text of a kind that is long enough for nobody to take it for the page around the story, it seems.</p>
</article><footer>Copyright</footer></body></html>"""


def record(kind: str, body: bytes, url: str = "http://news.example/7", http: str = "") -> bytes:
    made = fastwarc.WarcRecord()
    made.init_headers(record_type=getattr(fastwarc.WarcRecordType, kind))
    made.headers["WARC-Target-URI"] = url
    if http:
        made.headers["Content-Type"] = "application/http; msgtype=response"
        body = http.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body
    made.set_bytes_content(body)
    file = io.BytesIO()
    made.write(file)
    return file.getvalue()


OK = "HTTP/1.1 200 OK\nContent-Type: text/html; charset=utf-8"


def page(text: str = PAGE, http: str = OK, url: str = "http://news.example/7") -> bytes:
    return record("response", text.encode("utf-8"), url, http)


def items(data: bytes, reader: Any = warc) -> list[Any]:
    return list(reader.stream(io.BytesIO(data), "a.warc"))


def check(data: bytes, folder: Path, name: str = "a.warc", form: str = "") -> FileResult:
    path = folder / name
    path.write_bytes(data)
    return Linter(Config(format=form)).check_path(str(path))


READERS = pytest.mark.parametrize("reader", [warc, trafilatura], ids=["newslint", "trafilatura"])


@READERS
def test_a_page_is_an_article_by_its_address(reader: Any) -> None:
    (found,) = items(page(), reader)
    assert isinstance(found, Article)
    assert found.part == "http://news.example/7"
    kinds = [(block.kind, found.text[block.start : block.end][:20]) for block in found.blocks]
    assert kinds == [
        ("title", "Rain again"),
        ("paragraph", "It rains in Tarn aga"),
        ("heading", "Why it rains"),
        ("paragraph", "Also read: Five thin"),
        ("quote", "“It falls, and it wi"),
        ("paragraph", "More text of a kind "),
    ]


def test_a_page_is_read_as_a_file_of_html_is(tmp_path: Path) -> None:
    alone = check(PAGE.encode("utf-8"), tmp_path, "a.html").findings
    result = check(gzip.compress(page() + page(url="http://news.example/8")), tmp_path, "a.warc.gz")
    for number in "78":
        here = [each for each in result.findings if each.part == f"http://news.example/{number}"]
        assert [(each.code, each.start_position, each.end_position) for each in here] == [
            (each.code, each.start_position, each.end_position) for each in alone
        ]
    assert [each.code for each in alone] == ["QUO101", "RES102"]
    assert not any(each.fix for each in result.findings)


def test_what_an_extraction_leaves_in_a_text_is_found_at_its_paragraph(tmp_path: Path) -> None:
    both = page() + page(url="http://news.example/8")
    result = check(gzip.compress(both), tmp_path, "crawl.warc.gz", "trafilatura")
    found = [(each.code, each.part[-1], each.start_position.line) for each in result.findings]
    assert found == [("QUO101", "7", 2), ("RES102", "7", 4), ("QUO101", "8", 2), ("RES102", "8", 4)]
    assert not any(each.fix for each in result.findings)


def test_one_page_is_extracted_too(tmp_path: Path) -> None:
    result = check(PAGE.encode("utf-8"), tmp_path, "a.html", "trafilatura")
    found = [(each.code, each.start_position.line) for each in result.findings]
    assert found == [("QUO101", 2), ("RES102", 4)]
    with pytest.raises(NotArticle, match="no story"):
        items(b"<html><body></body></html>", trafilatura)


def test_other_records_are_counted(tmp_path: Path) -> None:
    data = b"".join(
        (
            record("warcinfo", b"software: x\r\n"),
            record("request", b"GET / HTTP/1.1\r\n\r\n"),
            page(http="HTTP/1.1 404 Not Found\nContent-Type: text/html"),
            page(http="HTTP/1.1 200 OK\nContent-Type: image/png"),
            page("<html><body></body></html>"),
            record("response", b"\0\1\2\3\4\5" * 50, http=OK),
            page(),
        )
    )
    result = check(data, tmp_path)
    assert result.articles == 1
    assert dict(result.omitted)["records that are no pages"] == 4
    assert sum(count for _, count in result.omitted) == 6


@READERS
def test_the_charset_of_the_server_counts_and_packed_pages_are_unpacked(reader: Any) -> None:
    cyrillic = PAGE.replace("Rain again", "Снова дождь")
    http = "HTTP/1.1 200 OK\nContent-Type: text/html; charset=windows-1251\nContent-Encoding: gzip"
    body = gzip.compress(cyrillic.encode("cp1251", "xmlcharrefreplace"))
    (found,) = items(record("response", body, http=http), reader)
    assert isinstance(found, Article)
    assert found.text.startswith("Снова дождь\n")


def test_a_wet_file_has_all_the_text_of_a_page(tmp_path: Path) -> None:
    text = 'Rain again - The Tarn Post\nIt rains in Tarn, a ‘malign" pact.\nShare on Facebook\n'
    result = check(record("conversion", text.encode("utf-8")), tmp_path, "a.warc.wet")
    assert [each.code for each in result.findings if each.start_position.line == 2] == ["QUO101"]
    assert result.articles == 1


@pytest.mark.parametrize("end", [-1, -300, 500, 30])
def test_an_archive_that_ends_too_early_is_a_fault(tmp_path: Path, end: int) -> None:
    data = page() + page()
    for name, cut in (
        ("a.warc", data[: len(data) // 2 + 400 + end // 3]),
        ("a.warc.gz", gzip.compress(data)[:end]),
    ):
        result = check(cut, tmp_path, name)
        assert result.failed
        assert "LNT001" in [each.code for each in result.findings]


def test_no_archive_is_a_fault(tmp_path: Path) -> None:
    for data in (b"", b"Copy without a header\n"):
        assert check(data, tmp_path).failed


def test_a_crash_of_the_extraction_is_a_fault_and_the_next_page_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import trafilatura as extractor

    extract = extractor.bare_extraction

    def fails_once(text: str, **options: Any) -> Any:
        monkeypatch.setattr(extractor, "bare_extraction", extract)
        raise RecursionError("too deep")

    monkeypatch.setattr(extractor, "bare_extraction", fails_once)
    first, second = items(page() + page(), trafilatura)
    assert isinstance(first, Fault)
    assert (first.part, "too deep" in first.message) == ("http://news.example/7", True)
    assert isinstance(second, Article)


@settings(deadline=None, max_examples=40)
@given(st.binary(max_size=40), st.integers(0, 600), st.integers(0, 60))
def test_no_bytes_are_too_strange(data: bytes, at: int, gone: int) -> None:
    sound = page() + record("conversion", b"It rains.")
    for found in items(sound[:at] + data + sound[at + gone :]):
        assert isinstance(found, (Article, Fault, Omitted))


@pytest.mark.parametrize(
    ("reader", "package"),
    [(warc, "fastwarc"), (trafilatura, "trafilatura")],
    ids=["fastwarc", "trafilatura"],
)
def test_what_is_not_installed_is_named(
    reader: Any, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (package, f"{package}.warc"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(OSError, match="newslint\\[warc\\]"):
        items(page(), reader)
