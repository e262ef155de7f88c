"""What is shown on a terminal: hostile text made harmless, marks under words, columns, colours."""

from __future__ import annotations

import io
import json
import re
import sys
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newslint import progress
from newslint.finding import Excerpt, FileResult, Finding, Position, Shown
from newslint.progress import Bar
from newslint.source import Source
from newslint.terminal import (
    Paint,
    columns,
    escaped_json,
    escaped_xml,
    marked,
    marked_excerpt,
    visible,
    wants_colour,
    width,
)

# ---------------------------------------------------------------------- text that others wrote


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("two\nlines\r\n", "two\\nlines\\r\\n"),
        ("a\tb", "a\\tb"),
        ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
        ("\x00\x07\x7f\x85\x9b", "\\x00\\x07\\x7f\\x85\\x9b"),
        ("\u2028\u2029", "\\u2028\\u2029"),
        ("\u202eabc\u2066\u200f", "\\u202eabc\\u2066\\u200f"),
        ("\ufeff\u200b\u00ad", "\\ufeff\\u200b\\xad"),
        ("\U000e0041", "\\U000e0041"),
        ("\udce9", "\\udce9"),
        ("##[command]rm", "#\\x23[command]rm"),
        ("a ##vso[task.setvariable]", "a #\\x23vso[task.setvariable]"),
        ("###[x]", "##\\x23[x]"),
        ("## a heading [1]", "## a heading [1]"),
        # letters as they are
        ("l’été 日本 ru\u0301z ⟦a⟧ \u00a0 \u3000", "l’été 日本 ru\u0301z ⟦a⟧ \u00a0 \u3000"),
        ("می\u200cخواهم 👩\u200d🚀", "می\u200cخواهم 👩\u200d🚀"),
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


hostile = st.text(st.one_of(st.characters(), st.sampled_from("\x1b\n\r\t#[]\u202e\ud800a:")))


@given(hostile)
def test_nothing_visible_moves_a_cursor_or_gives_orders(text: str) -> None:
    shown = visible(text)
    assert not any(c < " " or "\x7f" <= c < "\xa0" or c in "\u2028\u2029\u202e" for c in shown)
    assert "##[" not in shown
    shown.encode("utf-8")  # no surrogate is left


@given(hostile)
def test_json_is_escaped_and_read_back_the_same(text: str) -> None:
    record = {text: [text, "##[command]##vso[x]"]}
    shown = escaped_json(json.dumps(record, ensure_ascii=False))
    assert json.loads(shown) == record
    assert not any(c < " " or "\x7f" <= c < "\xa0" or c in "\u2028\u2029\u202e" for c in shown)
    assert "##[" not in shown
    assert "##vso[" not in shown
    shown.encode("utf-8")


@given(st.text())
@example("\x1b[31m\x00\ufffe\ud800")
@example("##[command]##vso[x]")
@example("\t\n\r]]>&lt;\"'\u202e\x85")
def test_xml_is_read_as_what_it_was(text: str) -> None:
    written = escaped_xml(text)
    assert not re.search(
        '[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e<>"\ud800-\udfff\ufffe]', written
    )
    assert not re.search(r"##(\[|\w+\[)", written)
    tree = ElementTree.fromstring(f'<a b="{written}">{written}</a>'.encode())
    forbidden = "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
    expected = re.sub(
        forbidden, lambda match: match[0].encode("unicode_escape").decode("ascii"), text
    )
    assert (tree.text or "") == expected
    assert tree.get("b") == expected


# ---------------------------------------------------------------------- widths and marks


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("abc", 3),
        ("", 0),
        ("été", 3),
        ("e\u0301", 1),
        ("日本", 4),
        ("\u200d", 0),
        ("한국", 4),
        ("ａ", 2),
    ],
)
def test_width_counts_columns_of_a_terminal(text: str, count: int) -> None:
    assert width(text) == count


@pytest.mark.parametrize(
    ("text", "start", "end", "shown", "marks"),
    [
        ("a word here", 2, 6, "a word here", "  ^^^^"),
        ("a word here", 2, 2, "a word here", "  ^"),
        ("a\tword", 2, 6, "a    word", "     ^^^^"),
        ("a \x1b[31mb", 7, 8, "a \\x1b[31mb", "          ^"),
        ("a \x1bb", 2, 3, "a \\x1bb", "  ^^^^"),
        ("日本 word", 3, 7, "日本 word", "     ^^^^"),
        ("re\u0301 word", 4, 8, "re\u0301 word", "   ^^^^"),
        ("word", 3, 99, "word", "   ^"),
        ("word", 99, 120, "word", "    ^"),
        ("word", -3, 1, "word", "^"),
        ("", 0, 0, "", "^"),
    ],
)
def test_marks_stand_under_the_words(
    text: str, start: int, end: int, shown: str, marks: str
) -> None:
    assert marked(text, start, end) == (shown, marks)


def finding(excerpt: Excerpt, start: tuple[int, int], end: tuple[int, int]) -> Finding:
    first, last = (Position(line, column, column, column) for line, column in (start, end))
    return Finding("A", "a", "error", "", "a.txt", "", 0, 0, Shown(first, last, excerpt))


def test_the_marks_of_an_excerpt() -> None:
    whole = Excerpt("one two", 1)
    assert marked_excerpt(finding(whole, (3, 5), (3, 8))) == ("one two", "    ^^^")
    assert marked_excerpt(finding(whole, (3, 5), (5, 2))) == ("one two", "    ^^^")
    cut = Excerpt("one two", 41)
    assert marked_excerpt(finding(cut, (1, 45), (1, 48))) == ("…one two", "     ^^^")


@pytest.mark.parametrize("letters", ["word ", "字 "])
@pytest.mark.parametrize("at", [0, 3, 30, 44])
@pytest.mark.parametrize("room", [30, 40, 60])
def test_an_excerpt_is_cut_to_the_terminal_around_its_marks(
    letters: str, at: int, room: int
) -> None:
    text = f"{letters * at}QUAY {letters * (44 - at)}"
    start = len(letters) * at
    found = finding(Excerpt(text, 1), (1, start + 1), (1, start + 5))
    shown, marks = marked_excerpt(found, room)
    assert width(shown) <= room
    assert width(marks) <= room
    before = shown[: shown.index("QUAY")]
    assert marks == " " * width(before) + "^^^^"
    assert marked_excerpt(found, 1000) == marked_excerpt(found)


def test_the_marks_of_a_long_line_stand_under_its_words() -> None:
    line = "word " * 200 + '‘malign" alliance' + " word" * 200
    source = Source(line)
    start, end = line.index("‘"), line.index('"') + 1
    first, last = source.position(start), source.position(end)
    excerpt = source.excerpt(start, end)
    shown, marks = marked_excerpt(finding(excerpt, first[:2], last[:2]))
    assert shown[marks.index("^") : marks.rindex("^") + 1] == '‘malign"'
    assert len(shown) < 600


# ---------------------------------------------------------------------- columns and colours


def test_columns_are_as_wide_as_their_widest_cell() -> None:
    rows = [("a", "日本", "x"), ("ccc", "b", ""), ("", "", "y")]
    assert list(columns(rows)) == ["a    日本  x", "ccc  b", "           y"]
    assert list(columns([])) == []


@pytest.mark.parametrize(
    ("setting", "is_terminal", "environment", "wanted"),
    [
        ("auto", True, {}, True),
        ("auto", False, {}, False),
        ("auto", True, {"TERM": "dumb"}, False),
        ("auto", True, {"TERM": "xterm"}, True),
        ("auto", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": ""}, True),
        ("auto", False, {"FORCE_COLOR": "1"}, True),
        ("auto", True, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ("auto", False, {"FORCE_COLOR": "1", "TERM": "dumb"}, True),
        ("always", False, {"NO_COLOR": "1"}, True),
        ("never", True, {"FORCE_COLOR": "1"}, False),
    ],
)
def test_when_to_colour(
    setting: str, is_terminal: bool, environment: dict[str, str], wanted: bool
) -> None:
    assert wants_colour(setting, is_terminal=is_terminal, environment=environment) is wanted


def test_paint() -> None:
    assert Paint(True).severity("error", "x") == "\x1b[1;31mx\x1b[0m"
    assert Paint(True).bold("") == ""
    assert Paint(False).bold("x") + Paint(False).faint("y") + Paint().severity("info", "z") == "xyz"


# ---------------------------------------------------------------------- progress


class Terminal(io.StringIO):
    """A terminal to draw on."""

    def isatty(self) -> bool:
        return True


# Three files, the second of them in two parts.
RESULTS = [
    FileResult("a", (), 1, 0, False),
    FileResult("b", (), 1, 0, False, more=True),
    FileResult("b", (), 1, 0, False),
    FileResult("c", (), 1, 0, False),
]


def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Standard error on a terminal. No fixture: pytest sets the stream anew when a test begins."""
    made = Terminal()
    monkeypatch.setattr(sys, "stderr", made)
    monkeypatch.setenv("TERM", "xterm")
    return made


def test_short_work_draws_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal(monkeypatch)
    bar = Bar(3)
    assert list(bar.watch(RESULTS)) == RESULTS
    bar.hide()
    assert screen.getvalue() == ""


def test_long_work_draws_a_bar_and_takes_it_away(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal(monkeypatch)
    monkeypatch.setattr(progress, "AFTER", -1.0)
    monkeypatch.setattr(progress, "BETWEEN", -1.0)
    bar = Bar(3)
    assert list(bar.watch(RESULTS)) == RESULTS
    drawn = screen.getvalue()
    assert "checking" in drawn
    assert "1/3" in drawn
    assert "3/3" in drawn
    bar.hide()
    assert screen.getvalue().endswith("\x1b[2K")  # the line is empty again
    bar.hide()
