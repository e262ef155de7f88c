"""Which reader gets a file, what comes of a file that is no article, and readers of other packages."""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.article import Article
from newslint.cli import main
from newslint.compressed import inner_name
from newslint.config import Config, ConfigError, load
from newslint.engine import Linter
from newslint.readers import (
    SNIFFED,
    USUAL,
    Fault,
    NotArticle,
    Omitted,
    Reader,
    builtin_readers,
    by_suffix,
    choose,
    claiming,
    records,
)
from newslint.source import NotText, Source

BAD = 'The mayor spoke of a ‘malign" alliance on Monday, and nobody asked her what she meant by it.'
PAGE = f"<!doctype html><html><body><article><h1>Pact</h1><p>{BAD}</p></article></body></html>"
READERS = builtin_readers()


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def found(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str], str]:
    """The exit status, path and code of each finding, and the last line."""
    status = main(["check", *arguments, "--output-format=concise", "--no-cache"])
    lines = capsys.readouterr().out.splitlines()
    pattern = re.compile(r"(.*?):\d+:\d+: (\w+) ")
    matches = [pattern.match(line) for line in lines]
    return status, [f"{m[1]} {m[2]}" for m in matches if m], lines[-1]


# ---------------------------------------------------------------------- choice


def chosen(readers: Sequence[Reader], name: str, head: bytes) -> str:
    return choose(readers, claiming(by_suffix(readers), name), lambda: head).name


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", b"<p>x</p>", "text"),
        ("a.MD", b"{}", "markdown"),
        ("a.html", b"x", "html"),
        ("a.xhtml", b"", "html"),
        ("a.json", b"[]", "json"),
        ("a.jsonl", b"{}", "jsonl"),
        ("a", b"\xef\xbb\xbf <!-- x -->\n<p class=x>y</p>", "html"),
        ("a", "<!DOCTYPE html><p>y".encode("utf-16"), "html"),
        ("a", b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x"><html>', "html"),
        ("a", b'{"title": "x"}', "json"),
        ("a.story", b'[{"title": "x"}]', "json"),
        ("a", b'{"a": 1}\n{"a": 2}\n', "jsonl"),
        ("a", b"{x} is a set", "text"),
        ("a", b"{x is a set}\n{and y one}", "text"),
        ("a", b"url,title,text\r\nx,y,z\r\n", "csv"),
        ("a", b'\xef\xbb\xbf"id"\t"Body"\n1\tIt rains.\n', "csv"),
        ("a", b"Title, text and body,\nhe said, and left.\n", "text"),
        ("a", b"Rain,snow\nfog,hail\n", "text"),
        ("a", b"text,title\n", "text"),
        ("a", b"\xff\xff\xff\xff\xd0\x00\x00\x00\x10", "tables"),
        ("a", b"<rss><channel/></rss>", "xml"),
        ("a.tei", b'<?xml version="1.0"?>\n<TEI><text/></TEI>', "xml"),
        ("a", b"<b>x</b>", "text"),
        ("a", b"A < b\n", "text"),
        ("a", b"", "text"),
        ("folder.html/a", b"x", "text"),
        ("folder\\a.html", b"x", "html"),
    ],
)
def test_a_file_goes_by_its_name_then_by_its_beginning(
    name: str, content: bytes, expected: str
) -> None:
    assert chosen(READERS, name, content[:SNIFFED]) == expected


def test_a_plugin_comes_first_the_longest_suffix_before_it() -> None:
    one = Reader("one", (".txt", ".news.txt"), sniff=lambda head: head == b"1")
    two = Reader("two", (".news.txt",), sniff=lambda head: head == b"2")
    readers = (one, two, *READERS)
    assert chosen(readers, "a.txt", b"1") == "one"
    assert chosen(readers, "a.txt", b"x") == "one"
    assert chosen(readers, "a.news.txt", b"2") == "two"
    assert chosen(readers, "a.news.txt", b"x") == "one"


def test_standard_input_goes_by_its_content(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for text, code in ((PAGE, "QUO101"), (json.dumps({"text": BAD}), "QUO101")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        status, findings, _ = found(capsys, "-")
        assert (status, findings) == (1, [f"- {code}"])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(PAGE.encode()))))
    assert found(capsys, "-", "--stdin-filename", "x/a.html.gz")[1] == ["x/a.html.gz QUO101"]


class Pipe(io.RawIOBase):
    """Lines that come one by one, and can be read neither again nor all at once."""

    def __init__(self, lines: list[bytes]) -> None:
        self._lines = lines

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        if not self._lines:
            return 0
        line = self._lines.pop(0)
        buffer[: len(line)] = line
        return len(line)


def test_records_on_standard_input_are_checked_as_they_come(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("newslint.engine.FINDINGS_HELD", 1)
    line = json.dumps({"text": BAD}).encode() + b"\n"
    pending = [line] * 500
    pipe = io.BufferedReader(Pipe(pending), 8192)
    results = Linter().check_stream(pipe, "a.jsonl")
    assert [each.code for each in next(results).findings] == ["QUO101"]
    assert len(pending) > 400
    assert len(list(results)) == 500
    # Without a name the beginning has to be seen first.
    pipe = io.BufferedReader(Pipe([line] * 50), 8192)
    assert sum(len(each.findings) for each in Linter().check_stream(pipe, "-")) == 50


def test_a_format_can_be_named(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "a.txt").write_text("<p>Caf&eacute;</p><p>A ‘malign&quot; pact</p>", "utf-8")
    assert "QUO101" not in str(found(capsys, "a.txt", "--select=QUO101"))
    assert found(capsys, "a.txt", "--select=QUO101", "--format=html")[1] == ["a.txt QUO101"]
    (desk / "newslint.toml").write_text(
        '[[overrides]]\nfiles = ["*.txt"]\nformat = "html"\n', "utf-8"
    )
    assert found(capsys, "a.txt", "--select=QUO101")[1] == ["a.txt QUO101"]
    assert found(capsys, "a.txt", "--select=QUO101", "--format=text")[1] == []


def test_a_suffix_that_is_given_a_format_is_looked_for(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.dat", "raw/b.dat", "raw/b.xyz", "raw/c.txt"):
        (desk / name).parent.mkdir(exist_ok=True)
        (desk / name).write_text(BAD, "utf-8")
    overrides = '[[overrides]]\nfiles = ["*.dat", "raw/**"]\nformat = "text"\n'
    (desk / "newslint.toml").write_text(overrides, "utf-8")
    every = ["a.dat QUO101", "raw/b.dat QUO101", "raw/c.txt QUO101"]
    assert found(capsys, ".")[1] == every
    # Who says what to include means it.
    (desk / "newslint.toml").write_text(f'include = ["*.txt"]\n{overrides}', "utf-8")
    assert found(capsys, ".")[1] == every[2:]


def test_an_unknown_format_is_an_error_with_its_place(desk: Path) -> None:
    file = desk / "newslint.toml"
    file.write_text('[[overrides]]\nfiles = ["*.txt"]\nformat = "htlm"\n', "utf-8")
    with pytest.raises(
        ConfigError, match=r"newslint.toml:3: unknown format “htlm”; did you mean “html”"
    ):
        Linter(load(str(file)))
    file.write_text('fields = {txet = "story"}\n', "utf-8")
    with pytest.raises(
        ConfigError, match=r"newslint.toml:1: unknown field “txet”; did you mean “text”"
    ):
        load(str(file))


def test_fields_can_be_named_for_some_files(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "newslint.toml").write_text(
        '[fields]\ntext = "story"\n\n[[overrides]]\nfiles = ["old/**"]\nfields = {text = ["brood", "x"]}\n',
        "utf-8",
    )
    (desk / "old").mkdir()
    (desk / "a.json").write_text(json.dumps({"story": BAD}), "utf-8")
    (desk / "old" / "b.jsonl").write_text(json.dumps({"brood": BAD}) + "\n", "utf-8")
    assert found(capsys, ".")[1] == ["a.json QUO101", "old/b.jsonl QUO101"]
    assert main(["config", "."]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["fields.text", "story", "newslint.toml:2"] in rows


# ---------------------------------------------------------------------- no article


def test_a_file_that_is_no_article_is_counted(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "a.txt").write_text("It rains.\n", "utf-8")
    (desk / "package.json").write_text('{"name": "x"}', "utf-8")
    (desk / "base.html").write_text("{% block x %}{% endblock %}", "utf-8")
    assert found(capsys, ".") == (0, [], "Skipped 2 paths: no article by their content (2).")
    assert found(capsys, "package.json", "a.txt")[:2] == (2, ["package.json LNT001"])
    status, findings, last = found(capsys, "package.json", "a.txt", "--force-exclude")
    assert (status, findings) == (0, [])
    assert last == "Skipped 1 path: no article by their content (1)."


def test_from_python_a_named_file_has_to_be_an_article(desk: Path) -> None:
    import newslint

    (desk / "package.json").write_text('{"name": "x"}', "utf-8")
    assert list(newslint.lint_paths(["."])) == []
    assert [each.code for each in newslint.lint_paths(["./package.json"])] == ["LNT001"]


def test_pytest_skips_a_file_that_is_no_article(pytester: pytest.Pytester) -> None:
    (pytester.path / "package.json").write_text('{"name": "x"}', "utf-8")
    (pytester.path / "a.json").write_text('{"title": "Rain", "text": "It rains."}', "utf-8")
    result = pytester.runpytest_subprocess("--newslint", "-p", "no:cacheprovider")
    result.assert_outcomes(passed=1, skipped=1)


# ---------------------------------------------------------------------- compressed files


def test_compressed_files_are_articles_by_what_is_inside(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "a.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    (desk / "b.png.gz").write_bytes(gzip.compress(b"x"))
    (desk / "c.txt.gz").write_bytes(gzip.compress(BAD.encode())[:-12])
    assert found(capsys, ".")[:2] == (2, ["a.html.gz QUO101", "c.txt.gz LNT001"])
    assert inner_name("A.JSONL.GZ") == "A.JSONL"


def test_a_line_of_a_damaged_stream_is_not_lost(desk: Path) -> None:
    lines = b"".join(json.dumps({"id": n, "text": BAD}).encode() + b"\n" for n in range(3_000))
    (desk / "a.jsonl.gz").write_bytes(gzip.compress(lines, 0)[:-4_000])
    result = Linter().check_path("a.jsonl.gz")
    assert result.failed
    assert result.articles > 2_000
    (fault,) = [f for f in result.findings if f.code != "QUO101"]
    assert fault.code == "LNT001"
    assert "cannot be read on from here: the compressed data is damaged" in fault.message
    assert fault.start_position.line == int(fault.part) + 1 == result.articles


@pytest.mark.parametrize("style", ["concise", "grouped", "full"])
def test_a_file_in_several_results_is_one_in_a_report(
    style: str, desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "a.jsonl").write_text((json.dumps({"text": BAD}) + "\n") * 7, "utf-8")
    (desk / "b.txt").write_text(BAD, "utf-8")
    outputs = []
    for held in (5_000, 3):
        monkeypatch.setattr("newslint.engine.FINDINGS_HELD", held)
        assert main([".", f"--output-format={style}", "--no-cache"]) == 1
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1]
    assert "in 2 of 2 files (8 articles)" in outputs[0]


LIMIT = "over 1 MB, in a format that is read at once; split it, or raise max-megabytes"


@pytest.mark.parametrize("name", ["a.txt", "a.txt.gz", "a.xml", "a.json", "a.docx"])
def test_what_is_read_at_once_has_a_limit(desk: Path, name: str) -> None:
    text = b"It rains. " * 100_001
    (desk / name).write_bytes(gzip.compress(text) if name.endswith(".gz") else text)
    (finding,) = Linter(Config(max_megabytes=1)).check_path(name).findings
    assert (finding.code, finding.message) == ("LNT001", f"cannot be read: {LIMIT}")
    for most in (2, 0):
        found = Linter(Config(max_megabytes=most, select=("QUO",))).check_path(name)
        assert LIMIT.partition(",")[2] not in repr(found)


def test_lines_of_json_have_no_limit(desk: Path) -> None:
    lines = (json.dumps({"text": "It rains. " * 20_000}) + "\n").encode() * 6
    (desk / "a.jsonl").write_bytes(lines)
    result = Linter(Config(max_megabytes=1, select=("QUO",))).check_path("a.jsonl")
    assert (result.articles, result.failed) == (6, False)
    (desk / "wide.jsonl").write_bytes(lines.decode().encode("utf-16"))  # is read at once
    (finding,) = Linter(Config(max_megabytes=1)).check_path("wide.jsonl").findings
    assert LIMIT in finding.message


class Endless(io.RawIOBase):
    """What has no end: a device, or a program that says the same for ever."""

    def __init__(self, line: bytes) -> None:
        self._line = line

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        count = min(len(self._line), len(buffer))
        buffer[:count] = self._line[:count]
        return count


@pytest.mark.parametrize("name", ["a.txt", "a", "a.md", "a.docx", "a.parquet", "a.zip", "a.warc"])
def test_what_has_no_end_is_an_error(name: str) -> None:
    handle = io.BufferedReader(Endless(b"It rains, and it goes on. " * 1_000))
    (result,) = Linter(Config(max_megabytes=1)).check_stream(handle, name)
    assert [each.code for each in result.findings] == ["LNT001"]
    assert result.failed


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="no such device here")
@pytest.mark.parametrize("command", ["check", "check --fix", "clean", "clean -o -", "parse"])
def test_a_device_without_an_end_is_an_error(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    setting = "--config=max-megabytes=1"
    assert main([*command.split(), setting, "/dev/zero"]) == 2
    assert LIMIT in "".join(capsys.readouterr())
    if command not in (
        "parse",
        "check --fix",
    ):  # what cannot be fixed comes out as it is, to its end
        with open("/dev/zero", "rb") as zeros:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(zeros))
            assert main([*command.split(), setting, "-"]) == 2
        assert LIMIT in "".join(capsys.readouterr())


def test_a_line_without_an_end_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "LONGEST_RECORD", 1_000)
    monkeypatch.setattr(records, "LONGEST_PASSED", 10_000)
    long = b'{"text": "' + b"a" * 5_000 + b'"}\n{"text": "It rains."}\n'
    first, second = records.stream(io.BytesIO(long), "a.jsonl")
    assert isinstance(first, Fault)
    assert isinstance(second, Article)
    (result,) = Linter().check_stream(io.BufferedReader(Endless(b"aaaa")), "a.jsonl")
    assert "a line of over 10,000 bytes" in result.findings[-1].message
    assert result.failed


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", BAD * 5),
        ("a.html", f"<p>{BAD * 5}</p>"),
        ("a.json", json.dumps({"text": BAD * 5})),
        ("a.jsonl", json.dumps({"text": BAD * 5}) + "\n" + json.dumps({"id": "b", "text": BAD})),
    ],
)
def test_a_text_that_is_longer_than_any_article_is_none(
    desk: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: str
) -> None:
    monkeypatch.setattr("newslint.engine.LONGEST_ARTICLE", 400)
    (desk / name).write_text(data, "utf-8")
    result = Linter(Config(select=("QUO",))).check_path(name)
    first, *others = result.findings
    said = "no article is longer than 400 characters; split it"
    assert (first.code, first.message, result.failed) == ("LNT001", said, True)
    assert first.start_position.line == 1
    assert [(each.code, each.part) for each in others] == [("QUO101", "b")] * (name == "a.jsonl")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.rtf", b"{\\rtf1\\ansi{\\fonttbl}\n{\\colortbl;}\n{\\pard It rains.\\par}\n}", "rich text (RTF)"),
        ("a.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n", "a PDF"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "old kind (.doc); save it as .docx"),
        ("a", gzip.compress(b"It rains.", mtime=0), "compressed; its name has to say so, as a.jsonl.gz does"),
        ("a.epub", b"PK\x03\x04\x14" + bytes(50), "not a text file; name it in exclude"),
        ("a.tei", b'<?xml version="1.0"?><TEI><p>It rains.</p></TEI>', "not an article: <TEI> begins no news"),
    ],
)  # fmt: skip
def test_documents_of_other_kinds_are_called_by_name(
    desk: Path, capsys: pytest.CaptureFixture[str], name: str, data: bytes, said: str
) -> None:
    (desk / name).write_bytes(data)
    assert main([name, "--no-cache"]) == 2
    assert said in capsys.readouterr().out
    assert main(["clean", name]) == 2
    assert said in capsys.readouterr().err


# ---------------------------------------------------------------------- any bytes

BYTES = st.one_of(
    st.binary(max_size=300),
    st.lists(
        st.sampled_from(
            [b"<p>", b"</p>", b"<", b"&amp;", b'{"text": "', b'"}', b"\n", b"[", b"]", b"\xc3", b"\xff\xfe", b"\0",
             b"a", b"\\u00e9", b"\\", b"---\n", b"# ", b"\xef\xbb\xbf", b"<html>", b"<!--", b"\r\n", b'"content": ']
        ),
        max_size=40,
    ).map(b"".join),
)  # fmt: skip


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
@given(data=BYTES)
def test_no_bytes_are_too_strange_and_no_span_is_outside(reader: Reader, data: bytes) -> None:
    items = []
    if reader.sniff is not None:
        assert reader.sniff(data) in (True, False)
    try:
        if reader.read is not None:
            items = list(reader.read(Source.from_bytes(data, "a"), USUAL))
        if reader.stream is not None:
            items += list(reader.stream(io.BytesIO(data), "a", USUAL))
    except (NotText, NotArticle):
        return
    for item in items:
        if isinstance(item, Omitted):
            assert item.reason
            continue
        length = len(item.source.text)
        if isinstance(item, Fault):
            assert 0 <= item.start <= item.end <= length
            continue
        last = 0
        for block in item.blocks:
            assert last <= block.start <= block.end <= len(item.text)
            last = block.end
            start, end = item.map.to_file(block.start, block.end)
            assert 0 <= start <= end <= length


# ---------------------------------------------------------------------- other packages


def test_the_example_of_the_guide_is_a_plugin_that_works(root: Path, tmp_path: Path) -> None:
    guide = (root / "docs" / "writing-readers.md").read_text("utf-8")
    code = re.findall(r"```python\n(.*?)```", guide, re.S)[0]
    site = tmp_path / "site"
    info = site / "newslint_radio-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "newslint_radio.py").write_text(code, "utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: newslint-radio\nVersion: 1.0\n")
    declared = re.findall(r"```toml\n(.*?)```", guide, re.S)[0]
    name, module = re.findall(r'^(\w+) = "(\w+)"$', declared, re.M)[0]
    (info / "entry_points.txt").write_text(f"[newslint]\n{name} = {module}\n")
    desk = tmp_path / "scripts"
    desk.mkdir()
    (desk / "a.radio").write_text(f'SLUG Pact\n/ off air ‘x"\n{BAD}\n', "utf-8")
    (desk / "b.radio").write_text("Shopping list\n", "utf-8")
    (desk / "c").write_text(f'SLUG Pact\n/ off air ‘x"\n{BAD}\n', "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "newslint", ".", "c", "--output-format=concise"],
        cwd=desk,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        encoding="utf-8",
    )
    lines = done.stdout.splitlines()
    assert [line.split(" ")[:2] for line in lines[:2]] == [
        ["a.radio:3:22:", "QUO101"],
        ["c:3:22:", "QUO101"],
    ]
    assert lines[-1] == "Skipped 1 path: no article by their content (1)."
    assert done.returncode == 1
