"""Bytes to text, and offsets to places."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.source import NotText, Source, decode

SENTENCE = "Die Bürgermeisterin schwieg – „aus Prinzip“."


@pytest.mark.parametrize(
    ("data", "encoding", "bom"),
    [
        (SENTENCE.encode(), "utf-8", False),
        (codecs.BOM_UTF8 + SENTENCE.encode(), "utf-8", True),
        (codecs.BOM_UTF16_LE + SENTENCE.encode("utf-16-le"), "utf-16-le", True),
        (codecs.BOM_UTF16_BE + SENTENCE.encode("utf-16-be"), "utf-16-be", True),
        (codecs.BOM_UTF32_LE + SENTENCE.encode("utf-32-le"), "utf-32-le", True),
    ],
)
def test_sound_encodings_leave_no_fault(data: bytes, encoding: str, bom: bool) -> None:
    source = Source.from_bytes(data, "a.txt")
    assert (source.text, source.encoding, source.bom, source.faults) == (
        SENTENCE,
        encoding,
        bom,
        (),
    )


def test_windows_1252_is_read_and_reported() -> None:
    source = Source.from_bytes("Das Café – „zu“.".encode("cp1252"), "a.txt")
    assert source.text == "Das Café – „zu“."
    (fault,) = source.faults
    assert (fault.start, fault.end) == (7, 8)
    assert fault.message == "4 bytes that are not UTF-8, read as Windows-1252"


def test_one_stray_byte_does_not_spoil_the_rest() -> None:
    source = Source.from_bytes("Zoë said “".encode() + b"caf\xe9" + "”.".encode(), "a.txt")
    assert source.text == "Zoë said “café”."
    assert source.faults[0].message == "a byte that is not UTF-8, read as Windows-1252"


def test_bytes_that_windows_1252_leaves_open_are_kept() -> None:
    assert Source.from_bytes(b"a\x81b and more \xe9", "a.txt").text == "a\x81b and more é"


def test_declared_charset() -> None:
    html = "<html><meta charset=windows-1251><p>Привет, мир</p>"
    source = Source.from_bytes(html.encode("cp1251"), "a.html")
    assert source.text == html
    assert source.faults[0].message == "saved as cp1251, not UTF-8"


@pytest.mark.parametrize("charset", ["rot13", "nonsense", "hex"])
def test_a_declared_charset_that_is_none_is_ignored(charset: str) -> None:
    data = f"<meta charset={charset}>caf".encode() + b"\xe9"
    assert Source.from_bytes(data, "a.html").encoding == "cp1252"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark(encoding: str) -> None:
    source = Source.from_bytes("The council met on Friday.".encode(encoding), "a.txt")
    assert source.text == "The council met on Friday."
    assert "without a byte order mark" in source.faults[0].message


def test_a_nul_is_text_but_a_picture_is_not() -> None:
    assert Source.from_bytes(b"a \x00 in a sentence", "a.txt").text == "a \x00 in a sentence"
    with pytest.raises(NotText):
        Source.from_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "a.png")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        text, _, _, faults = decode(data)
    except NotText:
        return
    for fault in faults:
        assert 0 <= fault.start <= fault.end <= len(text)


@given(st.text(max_size=80))
def test_valid_utf8_is_never_changed(text: str) -> None:
    try:
        decoded = decode(text.encode())[0]
    except NotText:
        return
    assert decoded in (text, text.removeprefix("\ufeff")) or "\x00" in text


def test_positions_count_three_ways() -> None:
    source = Source("a\né😀x\r\nb\rc")
    assert source.position(4) == (2, 3, 7, 4)
    assert [source.position(i).line for i in range(len(source.text) + 1)] == [
        1, 1, 2, 2, 2, 2, 2, 3, 3, 4, 4,
    ]  # fmt: skip


@given(st.text("aé😀\r\n“", max_size=60), st.lists(st.integers(0, 60), max_size=12))
def test_positions_do_not_depend_on_what_was_asked_before(text: str, offsets: list[int]) -> None:
    source, starts = Source(text), Source(text).line_starts
    for offset in offsets:
        got = source.position(offset)
        assert got == Source(text).position(offset)
        start = starts[got.line - 1]
        assert got.line == len([each for each in starts if each <= min(offset, len(text))])
        before = text[start : min(offset, len(text))]
        assert got[1:] == (
            len(before) + 1,
            len(before.encode()) + 1,
            len(before.encode("utf-16-le")) // 2 + 1,
        )


@given(
    st.lists(st.text("aé ", max_size=400), max_size=8),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.lists(st.integers(0, 3000), min_size=1, max_size=8),
)
def test_an_excerpt_is_the_line_or_a_piece_of_it(
    lines: list[str], end: str, offsets: list[int]
) -> None:
    source = Source(end.join(lines))
    known = Source(source.text)
    known.line_starts  # noqa: B018  # so that lines are looked up in it, not counted
    for offset in offsets:
        start = min(offset, max(0, len(source.text) - 1))
        excerpt = source.excerpt(start, start + 1)
        assert excerpt == known.excerpt(start, start + 1)
        first, last = known.line_span(source.position(start).line - 1)
        at = first + excerpt.column - 1
        assert first <= at
        assert source.text[at : min(last, at + len(excerpt.text))] == excerpt.text


def test_excerpts_of_long_lines_are_cut_around_the_finding() -> None:
    source = Source("x" * 5000 + "HERE" + "y" * 5000)
    excerpt = source.excerpt(5000, 5004)
    assert len(excerpt.text) < 400
    assert excerpt.text[5001 - excerpt.column :].startswith("HERE")


@given(st.lists(st.integers(0, 30_000), max_size=30), st.integers(0, 3))
def test_columns_on_a_long_line_do_not_depend_on_the_order_of_questions(
    offsets: list[int], lines: int
) -> None:
    text = "é\n" * lines + "aé😀" * 9_000
    source = Source(text)
    for offset in offsets:
        at = min(offset, len(text))
        before = text[:at].rpartition("\n")[2]
        found = source.position(offset)
        assert found.line == text.count("\n", 0, at) + 1
        assert found[1:] == (
            len(before) + 1,
            len(before.encode()) + 1,
            len(before.encode("utf-16-le")) // 2 + 1,
        )
