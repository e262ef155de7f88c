"""JSON lines: one article a line, with places in the JSON text, in constant memory."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newslint
from newslint import fix
from newslint.article import Article
from newslint.config import Config
from newslint.engine import Linter
from newslint.readers import Fault, records
from newslint.source import Source


def items(text: str) -> list[Article | Fault]:
    return list(records.stream(io.BytesIO(text.encode("utf-8")), "a.jsonl"))


def test_a_record_is_an_article_with_its_id_as_part() -> None:
    first, second = items(
        '{"id": "x1", "title": "Rain", "text": "It rains.\\n\\nIt pours."}\n{"id": 7, "text": "Dry."}\n'
    )
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert [(b.kind, first.text[b.start : b.end]) for b in first.blocks] == [
        ("title", "Rain"),
        ("paragraph", "It rains."),
        ("paragraph", "It pours."),
    ]
    assert (first.part, second.part) == ("x1", "7")


def test_a_record_without_id_goes_by_its_line() -> None:
    (first, second) = items('{"text": "Dry."}\n\n{"text": "Wet."}\n')[:2]
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.part, second.part) == ("1", "3")


def test_a_broken_line_is_a_finding_and_the_next_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"text": "A ‘malign\\" pact."}\n{"text": \n[1, 2]\n{"no": "copy"}\n{"text": 5}\n{"text": "A ‘malign\\" pact."} x\n'
        '{"text": "A ‘malign\\" pact."}\n',
        "utf-8",
    )
    result = Linter().check_path(str(path))
    assert result.failed
    lines = [(f.code, f.start_position.line) for f in result.findings]
    assert lines == [
        ("QUO101", 1),
        ("LNT001", 2),
        ("LNT001", 3),
        ("LNT001", 4),
        ("LNT001", 5),
        ("LNT001", 6),
        ("QUO101", 7),
    ]


def test_places_are_those_of_the_json_string(tmp_path: Path) -> None:
    text = '{"title": "Caf\\u00e9", "text": "Tab\\there: a ‘malign\\" pact\\nof \\ud83d\\ude00."}\n'
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "First."}\n' + text, "utf-8")
    (finding,) = [f for f in newslint.lint_paths([path]) if f.code == "QUO101"]
    whole = path.read_text("utf-8")
    assert whole[finding.start : finding.end] == '‘malign\\"'
    assert finding.start_position.line == 2
    assert finding.start_position.column == text.index("‘") + 1


def test_edits_count_from_the_start_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    text = '{"text": "First."}\n{"text": "The AT&amp;T office opens."}\n'
    path.write_text(text, "utf-8")
    (finding,) = newslint.lint_paths([path])
    assert finding.fix is not None
    assert fix.apply(text, [finding.fix]) == text.replace("&amp;", "&")


def test_the_whole_text_and_the_stream_say_the_same(tmp_path: Path) -> None:
    text = '{"text": "A ‘malign\\" pact."}\r\n{"title": "Ö", "text": "É ‘malign\\" pact."}'
    path = tmp_path / "a.jsonl"
    path.write_bytes(text.encode("utf-8"))
    streamed = Linter().check_path(str(path)).findings
    read_whole = Linter().check_source(Source(text, str(path))).findings
    assert streamed == read_whole
    assert len(streamed) == 2


def test_utf_16_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    text = '{"text": "A ‘malign\\" pact."}\n'
    for encoding in ("utf-16", "utf-8-sig"):
        path = tmp_path / f"{encoding}.jsonl"
        path.write_bytes(text.encode(encoding))
        assert "QUO101" in [f.code for f in newslint.lint_paths([path])]


def test_wrong_bytes_in_utf_16_are_reported(tmp_path: Path) -> None:
    text = '{"text": "One."}\n{"text": "Two ?."}\n'.encode("utf-16-le")
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\xff\xfe" + text.replace(b"?\0", b"\x00\xd8"))
    result = Linter(Config(select=("ENC101",))).check_path(str(path))
    ((code, place),) = [(f.code, f.start_position) for f in result.findings]
    assert (code, place[:2]) == ("ENC101", (2, 15))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_in_any_way(tmp_path: Path, end: str) -> None:
    text = end.join(
        ['{"id": "a", "text": "A café."}', '{"id": "b"', '{"id": "c", "text": "A ‘malign\\" pact."}', ""]
    )  # fmt: skip
    path = tmp_path / "a.jsonl"
    path.write_bytes(text.encode("cp1252"))
    result = Linter(Config(select=("QUO101", "ENC101"))).check_path(str(path))
    found = [
        (f.code, f.part, f.start_position.line, text[f.start : f.end]) for f in result.findings
    ]
    assert found == [
        ("ENC101", "", 1, "é"),
        ("LNT001", "2", 2, '"'),
        *[("ENC101", "", 3, "‘")] * (end != "\r"),  # what is decoded together is reported once
        ("QUO101", "c", 3, '‘malign\\"'),
    ]
    in_memory = Linter(Config(select=("QUO101",))).check_source(Source(text, "a.jsonl"))
    assert [(f.start, f.start_position) for f in in_memory.findings] == [
        (f.start, f.start_position) for f in result.findings if f.code != "ENC101"
    ]


def test_lines_of_other_things_are_no_articles(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    line = '{"level": "info", "message": "started"}\n'
    for count in (1, 19, 5_000):
        path.write_text(line * count)
        result = Linter().check_path(str(path))
        assert (result.findings, result.articles, result.failed) == ((), 0, False)
        assert result.skipped.startswith("JSON lines without “text” or “title”")
    # One that holds articles has an error for each line that holds none.
    for first in ('{"text": "It rains."}\n', '{"text": ""}\n', '{"text"\n'):
        path.write_text(line * 3 + first + line * 30)
        result = Linter(Config(select=("QUO101",))).check_path(str(path))
        assert len(result.findings) == 33 + ("rains" not in first)
        assert not result.skipped


def test_white_space_of_any_kind_may_stand_in_a_record() -> None:
    (found,) = items('{"id": "a",\r "text":\r\r"It rains."}\r\n')
    assert isinstance(found, Article)
    assert found.part == "a"


def test_a_record_can_disable_rules() -> None:
    (found,) = items('{"text": "A.", "newslint": {"disable": ["QUO101"]}}\n')
    assert isinstance(found, Article)
    assert found.directives[0].codes == ("QUO101",)


@given(
    st.lists(
        st.dictionaries(st.sampled_from(["id", "title", "text", "x"]), st.text(max_size=30)),
        max_size=4,
    )
)
def test_every_span_is_inside_its_line(rows: list[dict[str, str]]) -> None:
    text = "".join(json.dumps(row) + "\n" for row in rows)
    for item in records.records(io.BytesIO(text.encode()), "a.jsonl"):
        if isinstance(item, Article):
            for block in item.blocks:
                start, end = item.map.to_file(block.start, block.end)
                assert 0 <= start < end <= len(item.source.text)


@given(st.binary(max_size=200))
def test_no_bytes_are_too_strange(data: bytes) -> None:
    for item in records.records(io.BytesIO(data), "a.jsonl"):
        assert isinstance(item, (Article, Fault))


def test_lines_that_hold_no_article_are_handed_on_as_they_come() -> None:
    read = 0

    def lines() -> Iterator[Fault]:
        nonlocal read
        while read < 100_000:
            read += 1
            yield Fault(Source("x", "a.jsonl", base_line=read), 0, 1, "no record")

    checked = next(Linter().check_each(lines(), "a.jsonl"))
    assert checked.failed
    assert read < 1_000
