"""`newslint lsp`, as an editor meets it: a process that speaks the protocol."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor import ABLE, Editor, edited

pytest.importorskip("pygls", reason="newslint[lsp] is not installed")

from lsprotocol.types import Position, Range

from newslint import Config
from newslint.cli import main
from newslint.config import ConfigError, Resolver
from newslint.engine import Linter
from newslint.fix import edits_between
from newslint.lsp import Unit
from newslint.lsp.places import Places, Text, moved
from newslint.lsp.settings import Settings, place_of
from newslint.lsp.worker import Stale, stopping
from newslint.source import Source
from newslint.writing import applied

BAD = '𝄞😀 Envoys spoke of a ‘malign" alliance, and the CafÃ© Meridian, her office said.'
ARTICLE = f"# 𝄞 A day\r\n\r\n{BAD}\r\n\r\nAlso read: Ten tips for the summer\r\n"
Start = Callable[..., Editor]
COPY = "# The harbour tolls rise again in May\n\nThe tolls of Port Merrow rise, the council said.\n"


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.getbasetemp() / "newslint-cache"


@pytest.fixture(scope="module")
def server(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """One for all tests of documents: where settings come from, the folders of these say."""
    with Editor(cache, tmp_path_factory.mktemp("workspace")) as made:
        yield made
        assert made.end() == 0
        assert made.errors == b""


@pytest.fixture
def editor(server: Editor) -> Iterator[Editor]:
    """That one with nothing open."""
    yield server
    server.close_all()


@pytest.fixture
def start(cache: Path) -> Iterator[Start]:
    """Starts one with other folders, abilities or arguments."""
    with ExitStack() as stack:
        yield lambda *folders, **others: stack.enter_context(Editor(cache, *folders, **others))


def written(folder: Path, name: str, text: str) -> str:
    """Write a file; its address."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path.as_uri()


def codes(found: list[Any]) -> list[str]:
    return [each.get("code", "") for each in found]


def at_last(editor: Editor, uri: str, *expected: str) -> list[Any]:
    """What is found, when that is what is expected; until then something else may be."""
    while codes(found := editor.found(uri)) != [*expected]:
        pass
    return found


def named(actions: list[Any], beginning: str) -> Any:
    """The one action whose title begins so."""
    (found,) = [each for each in actions if each["title"].startswith(beginning)]
    return found


WHOLE = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}


# ---------------------------------------------------------------------- positions


def test_it_says_what_it_can_do(editor: Editor) -> None:
    able = editor.able
    assert able["positionEncoding"] == "utf-16"
    assert able["textDocumentSync"] == {"openClose": True, "change": 2, "save": True}
    kinds = ["quickfix", "source.fixAll.newslint"]
    assert able["codeActionProvider"] == {"codeActionKinds": kinds, "resolveProvider": True}
    registered = editor.told("client/registerCapability")["registrations"]
    assert [each["method"] for each in registered] == ["workspace/didChangeWatchedFiles"]


def test_findings_stand_where_an_editor_counts_them(editor: Editor, tmp_path: Path) -> None:
    uri = written(tmp_path, "a.md", ARTICLE)
    editor.open(uri, ARTICLE)
    found = editor.found(uri)
    assert codes(found) == ["QUO101", "ENC102", "RES102"]
    lines = ARTICLE.split("\r\n")
    for each, words in zip(found, ('‘malign"', "Ã©", lines[4]), strict=True):
        start, end = each["range"]["start"], each["range"]["end"]
        assert start["line"] == end["line"]
        units = lines[start["line"]].encode("utf-16-le")
        assert units[2 * start["character"] : 2 * end["character"]].decode("utf-16-le") == words
    assert [each["severity"] for each in found] == [1, 1, 1]
    assert {each["source"] for each in found} == {"newslint"}
    # A line that a page left is drawn as one that nobody needs; words of the copy are not.
    assert [each.get("tags") for each in found] == [None, None, [1]]
    related = found[0]["relatedInformation"]
    assert [each["message"] for each in related] == ["“‘”", '“"”']
    assert related[0]["location"]["range"]["start"] == found[0]["range"]["start"]
    assert related[0]["location"]["uri"] == uri


@pytest.mark.parametrize(("unit", "column"), [("utf-8", 27), ("utf-32", 21), ("utf-16", 23)])
def test_other_units_are_counted_where_they_are_wanted(
    unit: str, column: int, start: Start, tmp_path: Path
) -> None:
    able = {**ABLE, "general": {"positionEncodings": [unit, "utf-16"]}}
    editor = start(capabilities=able)
    uri = written(tmp_path, "a.md", ARTICLE)
    editor.open(uri, ARTICLE)
    assert editor.found(uri)[0]["range"]["start"] == {"line": 2, "character": column}
    assert editor.able["positionEncoding"] == unit
    assert editor.end() == 0


def test_changes_are_made_where_the_editor_says(editor: Editor, tmp_path: Path) -> None:
    # A form feed and a line separator end no line; a lone CR does.
    text = "# A day\r\r𝄞\f😀 one\u2028two ‘three, she said.\n"
    uri = written(tmp_path, "a.md", text)
    editor.open(uri, text)
    assert codes(editor.found(uri, 1)) == ["ENC106", "ENC109", "QUO102"]
    editor.change(uri, 2, (2, 20, 2, 20, "’"), (2, 9, 2, 10, " "), (2, 2, 2, 3, ""))
    assert editor.found(uri, 2) == []
    editor.change(uri, 3, (2, 2, 2, 4, 'x ‘y"'))
    (found,) = editor.found(uri, 3)
    place = {"line": 2, "character": 4}
    assert found["range"] == {"start": place, "end": {"line": 2, "character": 7}}
    editor.change(uri, 4, "# All new\n\nAlso read: Ten tips\n")
    assert codes(editor.found(uri, 4)) == ["RES102"]


def test_a_byte_order_mark_counts_if_the_editor_left_it(editor: Editor, tmp_path: Path) -> None:
    text = '\ufeffA ‘bad" day\n\nIt rained, he said.\n'
    uri = written(tmp_path, "a.txt", text)
    for given_text, column in ((text, 3), (text[1:], 2)):
        editor.open(uri, given_text, "plaintext")
        (found,) = editor.found(uri, 1)
        assert found["code"] == "QUO101"
        assert found["range"]["start"]["character"] == column
        editor.close(uri)
        assert editor.found(uri) == []


def test_half_of_a_pair_stops_nothing(editor: Editor, tmp_path: Path) -> None:
    text = 'A \ud83d ‘bad" day\n\nIt rained, he said.\n'
    uri = (tmp_path / "a.txt").as_uri()
    editor.open(uri, text, "plaintext")
    found = {each["code"]: each["range"]["start"] for each in editor.found(uri)}
    assert found["QUO101"] == {"line": 0, "character": 4}


_TEXTS = st.text(st.sampled_from("a é𝄞😀\r\n\u2028\f’"), max_size=30)


@given(text=_TEXTS, at=st.integers(0, 30), unit=st.sampled_from(("utf-8", "utf-16", "utf-32")))
def test_a_place_and_its_offset_are_each_others(text: str, at: int, unit: Unit) -> None:
    places = Places(Source(text), unit)
    at = min(at, len(text))
    position = places.position(at)
    ends = [each.end() for each in re.finditer(r"\r\n|\r|\n", text) if each.end() <= at]
    start = max(ends, default=0)
    width = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[unit]
    name = unit if unit == "utf-8" else f"{unit}-le"
    assert position.character == len(text[start:at].encode(name)) // width
    offset = Text(text, unit).offset(position)
    # The place between CR and LF is the end of the line for everybody.
    assert offset == at or text[offset : at + 1] == "\r\n"


@given(text=_TEXTS, at=st.integers(0, 30), length=st.integers(0, 5), new=_TEXTS)
def test_a_change_is_that_of_the_text(text: str, at: int, length: int, new: str) -> None:
    places = Places(Source(text), "utf-16")
    start, end = min(at, len(text)), min(at + length, len(text))
    if any(text[each - 1 : each + 1] == "\r\n" for each in (start, end) if each):
        return
    made = Text(text, "utf-16").edited(places.range(start, end), new)
    assert made.text == text[:start] + new + text[end:]


def test_a_position_in_the_middle_of_a_sign_is_before_it() -> None:
    assert Text("a𝄞b", "utf-16").offset(Position(0, 2)) == 1
    assert Text("aéb", "utf-8").offset(Position(0, 2)) == 1
    assert Text("a\nb", "utf-16").edited(Range(Position(7, 1), Position(9, 1)), "c").text == "a\nbc"


@given(before=_TEXTS, words=st.text("xyz", min_size=1), behind=_TEXTS, new=_TEXTS)
def test_what_nobody_touched_is_found_again(before: str, words: str, behind: str, new: str) -> None:
    old = f"{before}|{words}|{behind}"
    start, end = len(before) + 1, len(before) + 1 + len(words)
    assert moved(start, end, old, old) == (start, end)
    for text in (f"{new}|{words}|{behind}", f"{before}|{words}|{new}"):
        found = moved(start, end, old, text)
        assert found is not None
        assert text[slice(*found)] == words
    assert moved(start, end, old, f"{before}|{words}w|{behind}") is None


@given(old=_TEXTS, new=_TEXTS)
def test_edits_between_two_texts_make_the_one_of_the_other(old: str, new: str) -> None:
    assert applied(old, edits_between(old, new)) == new


# ---------------------------------------------------------------------- what is checked


def test_what_is_no_article_gets_nothing(editor: Editor, tmp_path: Path) -> None:
    written(tmp_path, "newslint.toml", 'exclude = ["old/"]\n')
    others = {
        "settings.json": ('{"a": "‘b\\""}', "json"),
        "code.py": ("x = '‘a\"'\n", "python"),
        "old/a.md": (ARTICLE, "markdown"),
        "LICENSE": (ARTICLE, "plaintext"),
        "a.docx": (ARTICLE, "plaintext"),
        "a.zip": (ARTICLE, "plaintext"),
    }
    uris = {written(tmp_path, name, each[0]): each for name, each in others.items()}
    for uri, (text, language) in uris.items():
        editor.open(uri, text, language)
        editor.change(uri, 2, text)
        assert editor.actions(uri, WHOLE) == []  # so it was looked at
    editor.open("git:/a.md?HEAD", ARTICLE)
    last = written(tmp_path, "notes", ARTICLE)
    editor.open(last, ARTICLE, "markdown")  # the editor knows what its name does not tell
    assert codes(editor.found(last)) == ["QUO101", "ENC102", "RES102"]
    told = editor.held("textDocument/publishDiagnostics")
    assert [each["uri"] for each in told if each["uri"] in {*uris, "git:/a.md?HEAD"}] == []


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.html", '<p>A ‘bad" day, she said.</p>', ["QUO101"]),
        ("a.jsonl", '{"title": "A", "text": "A ‘bad\\" day, she said."}\n', ["QUO101"]),
        ("a.jsonl", '{"title": "A"\n', ["LNT001"]),
        ("a.rst", 'A\n=\n\nA ‘bad" day, she said.\n', ["QUO101"]),
        ("a.csv", "title,text\nA,Also read: Ten tips\n", ["RES102"]),
        ("a.md", "", []),
        ("a.md", "---\ntitle: [\n---\n\nIt rained.\n", None),
        ("a.jsonl", '{"title": "Rain in May"}\n{"title": "Rain in May"}\n', ["DUP201"]),
    ],
)
def test_every_format_is_read_as_its_file_would_be(
    name: str, text: str, expected: list[str] | None, editor: Editor, tmp_path: Path
) -> None:
    uri = written(tmp_path, name, text)
    editor.open(uri, text, "plaintext")
    linter = Linter(Config())
    alone = [each.code for each in linter.check_path(str(tmp_path / name)).findings]
    assert codes(editor.found(uri)) == (alone if expected is None else expected)


def test_a_text_without_a_file_goes_by_its_language(editor: Editor) -> None:
    uri = "untitled:Untitled-1"
    editor.open(uri, '<p>A ‘bad" day, she said.</p>', "html")
    (found,) = editor.found(uri)
    assert found["code"] == "QUO101"
    editor.carry_out(named(editor.actions(uri, WHOLE), "Suppress"))
    made = edited('<p>A ‘bad" day, she said.</p>', editor.told("workspace/applyEdit")["edit"], uri)
    assert made == '<p><!-- newslint: disable=QUO101 -->A ‘bad" day, she said.</p>'
    editor.change(uri, 2, made)
    assert editor.found(uri, 2) == []
    plain = "untitled:Untitled-2"
    editor.open(plain, 'A ‘bad" day, she said.', "plaintext")
    assert codes(editor.found(plain)) == ["QUO101"]
    editor.carry_out(named(editor.actions(plain, WHOLE), "Suppress"))
    editor.message("save it first")


def test_the_settings_of_its_own_folder_hold(editor: Editor, tmp_path: Path) -> None:
    written(tmp_path, "newslint.toml", '[[overrides]]\nfiles = ["letters/**"]\nignore = ["QUO"]\n')
    written(tmp_path, "desk/newslint.toml", '[rules.mismatched-quotes]\nseverity = "info"\n')
    for name, expected in (
        ("letters/a.md", [("ENC102", 1), ("RES102", 1)]),
        ("desk/a.md", [("QUO101", 3), ("ENC102", 1), ("RES102", 1)]),
    ):
        uri = written(tmp_path, name, ARTICLE)
        editor.open(uri, ARTICLE)
        assert [(each["code"], each["severity"]) for each in editor.found(uri)] == expected


def test_suppressions_and_a_baseline_hold(
    editor: Editor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, "newslint.toml", 'baseline = "known.json"\n')
    text = 'A day\n\nIt was a ‘bad" day, she said.\n\nAlso read: Ten tips\n'
    uri = written(tmp_path, "a.txt", text)
    entry = '[[suppress]]\npath = "/a.txt"\ncode = "RES102"\n'
    written(tmp_path, "newslint-suppressions.toml", entry)
    assert main(["baseline", "--update", "a.txt"]) == 0
    editor.open(uri, text, "plaintext")
    assert editor.found(uri) == []
    editor.change(uri, 2, text + '\nAnother ‘bad" day, she said.\n')
    assert codes(editor.found(uri, 2)) == ["QUO101"]


def test_an_encoding_that_is_not_utf8_is_said_until_it_is(editor: Editor, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("A café\n\nIt rained, he said.\n".encode("cp1252"))
    text = path.read_text("cp1252")
    uri = path.as_uri()
    editor.open(uri, text, "plaintext")
    assert codes(editor.found(uri)) == ["ENC101"]
    editor.change(uri, 2, (2, 0, 2, 0, "And so "))
    assert codes(editor.found(uri, 2)) == ["ENC101"]  # it is no less so while somebody types
    path.write_text(text, "utf-8")
    editor.change(uri, 3, text)
    editor.save(uri)
    assert editor.found(uri, 3) == []


def test_hostile_text_gives_no_orders(editor: Editor, tmp_path: Path) -> None:
    text = "A day\n\nAlso read: \x1b[2J\u202eten ##vso[task.x] tips\n"
    uri = written(tmp_path, "a.txt", text)
    editor.open(uri, text, "plaintext")
    found = editor.found(uri)
    actions = editor.actions(uri, WHOLE)
    for words in (*(each["message"] for each in found), *(each["title"] for each in actions)):
        assert words.isprintable(), words
        assert "##vso" not in words


def test_of_thousands_of_findings_the_first_are_shown(editor: Editor, tmp_path: Path) -> None:
    text = "A day\n\n" + "".join(f"Also read: Ten tips of {i}\n\n" for i in range(1200))
    uri = written(tmp_path, "a.txt", text)
    editor.open(uri, text, "plaintext")
    found = editor.found(uri)
    assert len(found) == 1001
    assert found[-1]["message"] == "200 more findings; newslint check lists them"


def test_a_text_of_many_megabytes_is_left_to_the_command_line(
    editor: Editor, tmp_path: Path
) -> None:
    uri = (tmp_path / "a.jsonl").as_uri()
    editor.open(uri, '{"title": "A", "text": "Also read: Ten tips"}\n' * 250_000, "plaintext")
    (found,) = editor.found(uri)
    assert found["message"] == "too long to be checked as it is written; newslint check reads it"
    assert editor.actions(uri, WHOLE) == []


# ---------------------------------------------------------------------- no waiting


def test_a_long_text_keeps_nobody_waiting(editor: Editor, tmp_path: Path) -> None:
    paragraph = "The council of Port Merrow met on Monday, and 62 percent agreed, it said. " * 5
    long = "A day\n\n" + f"{paragraph}\n\n" * 2000
    assert len(long) > 700_000
    uri = written(tmp_path, "long.txt", long)
    short = written(tmp_path, "short.txt", 'A ‘bad" day')
    editor.open(uri, long, "plaintext")
    editor.change(uri, 2, (0, 0, 0, 0, "Also read: Ten tips\n\n"))
    # Nothing but the protocol is asked for here: it answers while the long text is checked.
    assert editor.ask("textDocument/hover", {"textDocument": {"uri": short}, **NOWHERE}) is None
    assert editor.held("textDocument/publishDiagnostics") == []
    # What is not wanted any more is not told: the first thing to be heard of it is of the second version.
    told = editor.next(lambda each: each.get("params", {}).get("uri") == uri)["params"]
    assert told["version"] == 2
    assert "RES102" in codes(told["diagnostics"])


def test_a_check_that_nobody_wants_stops_between_two_rules() -> None:
    linter = Linter(Config())
    calls: list[int] = []

    def is_stale() -> bool:
        calls.append(1)
        return len(calls) > 3

    stopping(linter, is_stale)
    with pytest.raises(Stale):
        linter.check_source(Source(ARTICLE, "a.md"))
    assert len(calls) == 4


NOWHERE = {"position": {"line": 0, "character": 0}}


# ---------------------------------------------------------------------- what is offered


def test_fixes_are_those_of_the_command_line(
    editor: Editor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = (
        "# A caf&eacute;\r\n\r\n𝄞 The CafÃ© “Mer\u00adidian’ reopens, &amp;amp; so on, "
        "she said.\r\n\r\nThe ‘90s are over;\u2009she said so. CafÃ©s!\r\n"
    )
    uri = written(tmp_path, "a.md", text)
    editor.open(uri, text)
    assert codes(editor.found(uri))
    action = named(editor.actions(uri, WHOLE, "source.fixAll"), "Fix all")
    assert action["kind"] == "source.fixAll.newslint"
    assert "edit" not in action
    made = edited(text, editor.ask("codeAction/resolve", action)["edit"], uri)
    main(["--fix", "a.md"])
    assert made.encode() == (tmp_path / "a.md").read_bytes()
    assert made != text
    editor.change(uri, 2, made)
    editor.found(uri, 2)
    assert editor.actions(uri, WHOLE, "source.fixAll.newslint") == []
    assert editor.actions(uri, WHOLE, "refactor") == []


def test_one_fix_changes_one_place(editor: Editor, tmp_path: Path) -> None:
    uri = written(tmp_path, "a.md", ARTICLE)
    editor.open(uri, ARTICLE)
    wrong = editor.found(uri)[1]
    action = named(editor.actions(uri, wrong["range"]), "Replace with “é”")
    assert action["kind"] == "quickfix"
    assert action["isPreferred"] is True
    assert action["diagnostics"] == [wrong]
    assert edited(ARTICLE, action["edit"], uri) == ARTICLE.replace("Ã©", "é")
    assert action["edit"]["documentChanges"][0]["textDocument"]["version"] == 1


def test_in_a_long_text_a_fix_is_tried_when_it_is_chosen(editor: Editor, tmp_path: Path) -> None:
    text = ARTICLE + "\r\n" + "The council met on Monday, she said. " * 3000
    uri = written(tmp_path, "a.md", text)
    editor.open(uri, text)
    action = named(editor.actions(uri, editor.found(uri)[1]["range"]), "Replace with “é”")
    assert "edit" not in action
    made = edited(text, editor.ask("codeAction/resolve", action)["edit"], uri)
    assert made == text.replace("Ã©", "é")
    editor.change(uri, 2, made)
    assert "edit" not in editor.ask("codeAction/resolve", action)
    editor.message("the text has changed since; ask again")


def test_an_unsafe_fix_says_so(editor: Editor, tmp_path: Path) -> None:
    text = "Port Merrow\n\nThe tolls rose in Port MerrowMar 04, 2025 / 09:15 am\n"
    uri = written(tmp_path, "a.txt", text)
    editor.open(uri, text, "plaintext")
    assert "RES201" in codes(editor.found(uri))
    action = named(editor.actions(uri, WHOLE), "Insert “ ” (RES201)")
    assert action["title"].endswith("unsafe: look at it")
    assert "isPreferred" not in action
    assert "MerrowMar" not in edited(text, action["edit"], uri)
    assert editor.actions(uri, WHOLE, "source.fixAll") == []


def test_an_editor_that_can_do_little_gets_edits_at_once(start: Start, tmp_path: Path) -> None:
    editor = start(tmp_path, capabilities={})
    uri = written(tmp_path, "a.md", ARTICLE)
    editor.open(uri, ARTICLE)
    found = editor.found(uri)
    assert [sorted(each) for each in found] == [
        ["code", "message", "range", "severity", "source"]
    ] * 3
    action = named(editor.actions(uri, WHOLE, "source"), "Fix all")
    assert edited(ARTICLE, {"changes": action["edit"]["changes"]}, uri).count("é") == 1
    editor.carry_out(named(editor.actions(uri, found[0]["range"]), "Explain QUO101"))
    editor.message("QUO101 mismatched-quotes: A ")
    params = {"textDocument": {"uri": uri}, "position": found[0]["range"]["start"]}
    said = editor.ask("textDocument/hover", params)["contents"]
    assert said["kind"] == "plaintext"
    assert said["value"].startswith("QUO101 mismatched-quotes\n\nA quotation opens")
    assert editor.held("client/registerCapability") == []
    assert editor.end() == 0


def test_a_finding_that_is_meant_is_noted_in_the_article(
    editor: Editor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    uri = written(tmp_path, "a.md", ARTICLE)
    editor.open(uri, ARTICLE)
    found = editor.found(uri)
    editor.carry_out(named(editor.actions(uri, found[0]["range"]), "Suppress QUO101"))
    made = edited(ARTICLE, editor.told("workspace/applyEdit")["edit"], uri)
    main(["--add-suppressions", "--select", "QUO101", "a.md"])
    assert made.encode() == (tmp_path / "a.md").read_bytes()
    editor.change(uri, 2, made)
    assert codes(editor.found(uri, 2)) == ["ENC102", "RES102"]


def test_or_beside_it(editor: Editor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, "newslint.toml", "")
    text = 'A day\n\nIt was a ‘bad" day, she said.\n\nAlso read: Ten tips\n'
    uri = written(tmp_path, "a.txt", text)
    editor.open(uri, text, "plaintext")
    found = editor.found(uri)
    editor.carry_out(named(editor.actions(uri, found[0]["range"]), "Suppress QUO101"))
    editor.message(f"QUO101 is noted in {tmp_path / 'newslint-suppressions.toml'}")
    assert codes(editor.found(uri)) == ["RES102"]
    noted = tmp_path / "newslint-suppressions.toml"
    by_editor = noted.read_bytes()
    noted.unlink()
    main(["--add-suppressions", "--select", "QUO101", "a.txt"])
    assert noted.read_bytes() == by_editor


def test_what_nobody_can_mean_is_not_offered(editor: Editor, tmp_path: Path) -> None:
    text = '{"title": "A"\n'
    uri = written(tmp_path, "a.jsonl", text)
    editor.open(uri, text, "plaintext")
    assert codes(editor.found(uri)) == ["LNT001"]
    titles = [each["title"] for each in editor.actions(uri, WHOLE)]
    assert titles == ["Explain LNT001 unreadable-file"]


def test_a_rule_is_explained(editor: Editor, tmp_path: Path, cache: Path) -> None:
    uri = written(tmp_path, "a.md", ARTICLE)
    editor.open(uri, ARTICLE)
    found = editor.found(uri)
    params = {"textDocument": {"uri": uri}, "position": found[0]["range"]["start"]}
    said = editor.ask("textDocument/hover", params)
    assert said["range"] == found[0]["range"]
    assert said["contents"]["kind"] == "markdown"
    assert said["contents"]["value"].startswith("**QUO101 mismatched-quotes**\n\nA quotation opens")
    params["position"] = {"line": 0, "character": 0}
    assert editor.ask("textDocument/hover", params) is None
    editor.carry_out(named(editor.actions(uri, found[0]["range"]), "Explain QUO101"))
    shown = editor.told("window/showDocument")["uri"]
    page = cache / "pages" / "mismatched-quotes.md"
    assert shown == page.as_uri()
    assert page.read_text("utf-8").startswith("# QUO101 mismatched-quotes\n")


# ---------------------------------------------------------------------- settings that change


def test_settings_are_read_again_without_a_word(editor: Editor, tmp_path: Path) -> None:
    uri = written(tmp_path, "a.md", ARTICLE)
    editor.open(uri, ARTICLE)
    other = written(tmp_path, "b.md", ARTICLE)
    editor.open(other, ARTICLE)
    assert codes(editor.found(uri)) == codes(editor.found(other)) == ["QUO101", "ENC102", "RES102"]
    written(tmp_path, "newslint.toml", 'ignore = ["QUO"]\n')
    editor.change(uri, 2, ARTICLE)
    assert codes(editor.found(uri, 2)) == ["ENC102", "RES102"]
    assert codes(editor.found(other)) == ["ENC102", "RES102"]  # nobody has touched it


def test_and_where_the_editor_tells(editor: Editor, tmp_path: Path) -> None:
    written(tmp_path, "newslint.toml", 'extend-packs = ["house.toml"]\n')
    pack = (
        '[[rule]]\ncode = "STY950"\nname = "worn-phrase"\nkind = "existence"\nmessage = "worn: “{match}”"\n'
        'why = "Nothing."\nmatch = ["WORD"]\nbad = ["A ⟦WORD⟧."]\ngood = ["A b.", "A c."]\n'
    )
    written(tmp_path, "house.toml", pack.replace("WORD", "rained"))
    text = "A day\n\nIt rained and poured, she said.\n"
    uri = written(tmp_path, "a.txt", text)
    editor.open(uri, text, "plaintext")
    assert [each["message"] for each in editor.found(uri)] == ["worn: “rained”"]
    changed = written(tmp_path, "house.toml", pack.replace("WORD", "poured"))
    changes = {"changes": [{"uri": changed, "type": 2}]}
    editor.tell("workspace/didChangeWatchedFiles", changes)
    assert [each["message"] for each in editor.found(uri)] == ["worn: “poured”"]


def test_broken_settings_are_told_once_shown_and_mended(editor: Editor, tmp_path: Path) -> None:
    settings = written(
        tmp_path, "newslint.toml", 'fail-on = "error"\nignore = ["mismatched-quots"]\n'
    )
    uris = [written(tmp_path, name, ARTICLE) for name in ("a.md", "b.md")]
    for uri in uris:
        editor.open(uri, ARTICLE)
        assert editor.found(uri) == []
    (shown,) = editor.found(settings)
    assert shown["message"] == "unknown rule “mismatched-quots”; did you mean “mismatched-quotes”?"
    assert shown["range"]["start"] == {"line": 1, "character": 0}
    editor.message(f"{tmp_path / 'newslint.toml'}:2: unknown rule “mismatched-quots”")
    assert [
        each for each in editor.held("window/showMessage") if "mismatched-quots" in each["message"]
    ] == []
    written(tmp_path, "newslint.toml", "ignore = [\n")  # worse
    editor.change(uris[0], 2, ARTICLE)
    assert editor.found(uris[0], 2) == []
    editor.message(f"{tmp_path / 'newslint.toml'}:1: not TOML")
    written(tmp_path, "newslint.toml", 'ignore = ["QUO101"]\n')
    editor.change(uris[0], 3, ARTICLE)
    assert codes(editor.found(uris[0], 3)) == ["ENC102", "RES102"]
    at_last(editor, uris[1], "ENC102", "RES102")
    while editor.found(settings):
        pass
    for uri in uris:
        editor.close(uri)


def test_settings_hang_on_every_file_that_they_come_from(tmp_path: Path) -> None:
    settings = Settings(lambda: Resolver(root=str(tmp_path)))
    article = str(tmp_path / "desk" / "a.md")

    def ignored() -> tuple[str, ...]:
        return settings.linter_for(article).config.ignore

    (tmp_path / "desk").mkdir()
    assert settings.linter_for(article).config.root == str(tmp_path)
    assert (ignored(), settings.readings) == ((), 0)
    written(tmp_path, "newslint.toml", 'ignore = ["QUO"]\n')
    assert ignored() == ("QUO",)
    written(tmp_path, "desk/newslint.toml", 'extend = "../house.toml"\n')  # a nearer one
    with pytest.raises(ConfigError, match="there is no file"):
        ignored()
    written(tmp_path, "house.toml", 'ignore = ["RES"]\n')
    assert ignored() == ("RES",)
    written(tmp_path, "house.toml", 'ignore = ["ENC"]\n')  # of the same size
    assert ignored() == ("ENC",)
    written(tmp_path, "desk/newslint-suppressions.toml", "")  # counts where the settings do not
    before = settings.readings
    assert ignored() == ("ENC",)
    assert settings.readings == before
    entry = '[[suppress]]\npath = "desk/a.md"\ncode = "QUO"\n'
    written(tmp_path, "newslint-suppressions.toml", entry)
    assert len(settings.linter_for(article).suppressions.entries) == 1
    written(tmp_path, "desk/newslint.toml", 'baseline = "known.json"\n')
    for _ in range(2):
        with pytest.raises(ConfigError, match="there is no baseline"):
            ignored()
    written(tmp_path, "desk/known.json", '{"version": 1, "files": {}}')
    assert ignored() == ()
    (tmp_path / "desk" / "newslint.toml").unlink()
    written(tmp_path, "desk/pyproject.toml", "[tool.newslint\n")
    with pytest.raises(ConfigError, match="not TOML"):
        ignored()
    written(tmp_path, "desk/pyproject.toml", '[tool.newslint]\nignore = ["TTL"]\n')
    assert ignored() == ("TTL",)
    before = settings.readings
    assert ignored() == ("TTL",)
    assert settings.readings == before


def test_what_a_message_blames(tmp_path: Path) -> None:
    path = tmp_path / "newslint.toml"
    path.write_text("")
    assert place_of(f"{path}:7: unknown key “a: b”") == (str(path), 7, "unknown key “a: b”")
    assert place_of(f"{path}: cannot be read (x)") == (str(path), 1, f"{path}: cannot be read (x)")
    assert place_of("--select: unknown rule “QUO9”") is None


# ---------------------------------------------------------------------- other articles


def test_a_copy_is_found_in_the_corpus(editor: Editor, tmp_path: Path) -> None:
    written(tmp_path, "newslint.toml", 'corpus = ["articles"]\n')
    first = written(tmp_path, "articles/one.md", COPY)
    uri = written(tmp_path, "articles/two.md", COPY)
    editor.open(uri, COPY)
    found = at_last(editor, uri, "DUP201", "DUP202")  # when the corpus has been read
    (related,) = found[0]["relatedInformation"]
    title = {"start": {"line": 0, "character": 2}, "end": {"line": 0, "character": 37}}
    assert related["location"] == {"uri": first, "range": title}
    assert related["message"] == "“The harbour tolls rise again in May”"
    editor.change(uri, 2, (0, 0, 0, 0, "\n\n"))
    moved_down = [each["range"]["start"]["line"] for each in editor.found(uri, 2)]
    assert moved_down == [2, 2]  # the copy is one still
    editor.change(uri, 3, (2, 2, 2, 5, "No"))
    assert editor.found(uri, 3) == []  # the title is another: who knows, until it is saved


def test_and_is_one_no_more_when_the_other_changes(editor: Editor, tmp_path: Path) -> None:
    written(tmp_path, "newslint.toml", 'corpus = ["."]\n')
    first, second = (written(tmp_path, name, COPY) for name in ("one.md", "two.md"))
    editor.open(second, COPY)
    at_last(editor, second, "DUP201", "DUP202")
    editor.open(first, COPY)
    at_last(editor, first, "DUP201", "DUP202")
    other = "# Another title for this one\n\nThe mill closed in June, the owner said.\n"
    written(tmp_path, "one.md", other)
    editor.change(first, 2, other)
    assert editor.found(first, 2) == []
    editor.save(first)
    at_last(editor, second)


def test_a_text_that_is_not_saved_does_not_get_into_the_index(
    editor: Editor,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, "newslint.toml", 'corpus = ["."]\n')
    written(tmp_path, "one.md", COPY)
    other = "# Another title for this one\n\nThe mill closed in June, the owner said.\n"
    uri = written(tmp_path, "two.md", other)
    editor.open(uri, COPY)
    at_last(editor, uri, "DUP201", "DUP202")
    main(["--corpus", "--output-format", "concise"])
    assert "DUP20" not in capsys.readouterr().out


def test_a_copy_that_is_meant_is_noted_beside_it(editor: Editor, tmp_path: Path) -> None:
    written(tmp_path, "newslint.toml", 'corpus = ["."]\n')
    written(tmp_path, "one.md", COPY)
    uri = written(tmp_path, "two.md", COPY)
    editor.open(uri, COPY)
    found, _ = at_last(editor, uri, "DUP201", "DUP202")
    editor.carry_out(named(editor.actions(uri, found["range"]), "Suppress DUP201"))
    at_last(editor, uri, "DUP202")
    noted = (tmp_path / "newslint-suppressions.toml").read_text("utf-8")
    assert noted == '[[suppress]]\npath = "/two.md"\ncode = "DUP201"\n'


def test_a_corpus_that_is_not_there_is_told(editor: Editor, tmp_path: Path) -> None:
    settings = written(tmp_path, "newslint.toml", 'corpus = ["gone"]\n')
    uri = written(tmp_path, "a.md", ARTICLE)
    editor.open(uri, ARTICLE)
    assert codes(editor.found(uri)) == ["QUO101", "ENC102", "RES102"]
    editor.message("there is no “gone”")
    assert len(editor.found(settings)) == 1
    editor.close(uri)
    assert editor.found(settings) == []


# ---------------------------------------------------------------------- the process


def test_several_folders_and_their_articles_without_settings(start: Start, tmp_path: Path) -> None:
    folders = [tmp_path / "desk", tmp_path / "letters"]
    for each in folders:
        each.mkdir()
    entry = '[[suppress]]\npath = "/a.txt"\ncode = "QUO101"\n'
    written(folders[1], "newslint-suppressions.toml", entry)
    editor = start(*folders, cwd=tmp_path)
    text = 'A day\n\nIt was a ‘bad" day, she said.\n'
    first, second = (written(each, "a.txt", text) for each in folders)
    for uri in (first, second):
        editor.open(uri, text, "plaintext")
    assert codes(editor.found(first)) == ["QUO101"]
    assert editor.found(second) == []
    event = {"added": [], "removed": [{"uri": folders[1].as_uri(), "name": "letters"}]}
    editor.tell("workspace/didChangeWorkspaceFolders", {"event": event})
    assert codes(editor.found(second)) == ["QUO101"]
    assert editor.end() == 0


def test_the_command_line_has_settings_too(start: Start, tmp_path: Path) -> None:
    given_settings = ["--stdio", "--config", 'select=["RES"]']
    editor = start(tmp_path, arguments=given_settings)
    uri = written(tmp_path, "a.md", ARTICLE)
    editor.open(uri, ARTICLE)
    assert codes(editor.found(uri)) == ["RES102"]
    assert editor.end() == 0


def test_what_a_plugin_prints_is_no_protocol(start: Start, tmp_path: Path) -> None:
    code = (
        'import os\nimport newslint\nprint("hello from a plugin")\nos.system("echo and from its child")\n'
        "@newslint.hookimpl\ndef newslint_packs():\n    return []\n"
    )
    written(tmp_path, "plugin_that_prints.py", code)
    arguments = ["--plugin", "plugin_that_prints"]
    editor = start(tmp_path, arguments=arguments, cwd=tmp_path)
    uri = written(tmp_path, "a.md", ARTICLE)
    editor.open(uri, ARTICLE)
    assert codes(editor.found(uri)) == ["QUO101", "ENC102", "RES102"]
    assert editor.end() == 0
    assert b"hello from a plugin" in editor.errors


def test_it_ends_with_the_editor(start: Start, tmp_path: Path) -> None:
    editor = start(tmp_path)
    long = "A day\n\n" + "The council met on Monday, and 62 percent agreed, it said.\n\n" * 5000
    editor.open(written(tmp_path, "a.txt", long), long, "plaintext")
    assert editor.process.stdin is not None
    editor.process.stdin.close()
    assert editor.ended() == 1
    left = start(tmp_path)
    left.tell("exit", None)
    assert left.ended() == 1


def test_a_wrong_command_line_is_said_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["lsp", "--config", "gone.toml"]) == 2
    assert "there is no file “gone.toml”" in capsys.readouterr().err
    monkeypatch.setitem(sys.modules, "pygls", None)
    assert main(["lsp"]) == 2
    assert "newslint lsp needs pygls; pip install 'newslint[lsp]'" in capsys.readouterr().err


def test_what_makes_no_sense_stops_nothing(editor: Editor, tmp_path: Path) -> None:
    uri = (tmp_path / "never-opened.md").as_uri()
    editor.change(uri, 2, "x")
    editor.save(uri)
    editor.close(uri)
    editor.tell("$/made-up", {"a": 1})
    params = {"command": "newslint.suppress", "arguments": [uri, "QUO101", 0, 1, 0]}
    assert editor.ask("workspace/executeCommand", params) is None
    opened = written(tmp_path, "a.md", ARTICLE)
    editor.open(opened, ARTICLE)
    editor.found(opened)
    params = {"command": "newslint.suppress", "arguments": [opened, "QUO101", 5, 6, 0]}
    assert editor.ask("workspace/executeCommand", params) is None
    editor.message("ask again")
    editor.change(opened, 2, (90, 90, 95, 0, "Also read: More\n"), (3, 5, 2, 0, ""))
    assert json.dumps(editor.found(opened, 2))
