"""`newslint clean`: what goes, what stays, and that nobody's file is touched unasked."""

from __future__ import annotations

import gzip
import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint import clean as cleaning
from newslint.clean import clean
from newslint.cli import main
from newslint.config import Config
from newslint.engine import Linter
from newslint.source import Source

STORY = (
    "Ferry sails again\n\nThe ferry left the harbour of Merrow at noon on Friday, its operator said in the morning.\n\n"
    "Some forty people were on board, among them the only teacher of the northern islands and her dog.\n"
)
SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter(Config(select=("RES", "ENC")))


def cleaned(text: str, linter: Linter, path: str = "a.txt") -> str:
    return clean(Source(text, path), linter).text


@pytest.mark.parametrize(
    ("dirty", "expected"),
    [
        (f"{STORY}\nAdvertisement\n\nThey waited.\n", f"{STORY}\nThey waited.\n"),
        (f"{STORY}\nAdvertisement\n", STORY),
        (f"{STORY}\nAdvertisement", STORY.rstrip("\n")),
        (f"Advertisement\n\n{STORY}", STORY),
        (
            f"{STORY}\nShare this article\nFacebook\nTwitter\n\nThey waited.\n",
            f"{STORY}\nThey waited.\n",
        ),
        (f"{STORY}Advertisement\nThey waited.\n", f"{STORY}They waited.\n"),
        (f"{STORY}\nThe ferry didnâ€™t wait.\n", f"{STORY}\nThe ferry didn’t wait.\n"),
        (
            f"{STORY}\nIt was late again.The crew slept.\n",
            f"{STORY}\nIt was late again. The crew slept.\n",
        ),
        (
            f"{STORY}\nThey waited in the <b>rain</b> …  [+1234 chars]\n",
            f"{STORY}\nThey waited in the rain … \n",
        ),
        (
            f"{STORY}\nThey read https://a.example/b?utm_source=x&amp;id=3&fbclid=4.\n",
            f"{STORY}\nThey read https://a.example/b?id=3.\n",
        ),
        (f"{STORY}\n[Message clipped]  View entire message\n", STORY),
        (f"{STORY}\n<p></p>\n\nThey waited.\n", f"{STORY}\nThey waited.\n"),
    ],
)
def test_residue_goes_with_the_blank_lines_around_it(
    dirty: str, expected: str, linter: Linter
) -> None:
    assert cleaned(dirty, linter) == expected
    crlf = dirty.replace("\n", "\r\n")
    assert cleaned(crlf, linter) == expected.replace("\n", "\r\n")


def test_what_is_part_of_a_line_stays_and_is_listed(linter: Linter) -> None:
    text = f"{STORY}\nThey waited for the boat. window.dataLayer = window.dataLayer || [];\n"
    result = clean(Source(text, "a.txt"), linter)
    assert result.text == text
    assert [(each.action, each.finding.name) for each in result.changes] == [
        ("leave", "script-remains")
    ]
    assert not result.is_changed


def test_blank_lines_of_the_writer_stay(linter: Linter) -> None:
    text = f"{STORY}\n\n\nThey waited.\n\n"
    assert cleaned(f"{text}Advertisement\n\nThey left.\n", linter) == f"{text}They left.\n"


def test_the_head_of_markdown_stays(linter: Linter) -> None:
    text = f"---\ntitle: Advertisement\n---\n\n{STORY}\n- [Share this article](https://a.example)\n\nThey left.\n"
    result = cleaned(text, linter, "a.md")
    assert result == f"---\ntitle: Advertisement\n---\n\n{STORY}\nThey left.\n"


def test_lines_of_a_record_go_and_the_record_stays_one(linter: Linter) -> None:
    record = {
        "title": "Advertisement",
        "text": f'{STORY}\nAdvertisement\n\nThey said: "C:\\n".\n\nAdvertisement',
        "id": 7,
    }
    line = json.dumps(record, ensure_ascii=False)
    result = cleaned(f"{line}\n{{}}\n", linter, "a.jsonl")
    first, second = result.splitlines()
    assert second == "{}"
    assert json.loads(first) == {**record, "text": f'{STORY}\nThey said: "C:\\n".'}


def test_lines_go_from_every_record_of_a_file(linter: Linter) -> None:
    lines = [
        json.dumps({"title": title, "text": f"{STORY}\nAdvertisement", "id": title})
        for title in ("Rain on Monday", "Ferry is late", "Mill shuts early")
    ]
    result = clean(Source("\n".join(lines), "a.jsonl"), linter)
    assert [json.loads(line)["text"] for line in result.text.splitlines()] == [
        STORY.rstrip("\n")
    ] * 3
    assert {each.action for each in result.changes} == {"remove"}


LINK = "Also read: Five questions about the levee"
NEWS = "The council met on Monday, its clerk said, and sat until the evening."


@pytest.mark.parametrize(
    ("path", "dirty", "expected"),
    [
        (
            "a.csv",
            f'id,title,text\n1,"Rain, again","{LINK}\n\n{NEWS}\n\n{LINK}"\n2,Fog,{LINK}\n3,Sun,"{NEWS}\n\n{LINK}"\n',
            f'id,title,text\n1,"Rain, again","{NEWS}"\n2,Fog,\n3,Sun,"{NEWS}"\n',
        ),
        (
            "a.csv",
            f'title,text,id\n"A ""dry"" day","""{NEWS}""\n\n{LINK}",\n',
            f'title,text,id\n"A ""dry"" day","""{NEWS}""",\n',
        ),
        ("a.html", f"<p>{NEWS}</p>\n<p>{LINK}</p>\n", f"<p>{NEWS}</p>\n"),
        (
            "a.xml",
            f"<rss><channel><item><title>Rain</title><description>&lt;p&gt;{NEWS}&lt;/p&gt;\n"
            f"&lt;p&gt;{LINK}&lt;/p&gt;</description></item></channel></rss>\n",
            "",
        ),
        ("a.rst", f"Rain\n====\n\n{NEWS}\n\n+{'-' * 60}+\n| {LINK:58} |\n+{'-' * 60}+\n", ""),
    ],
)
def test_no_line_goes_that_holds_more_than_its_words(
    path: str, dirty: str, expected: str, linter: Linter
) -> None:
    result = clean(Source(dirty, path), linter)
    assert result.text == (expected or dirty)
    assert not result.failed
    assert {each.action for each in result.changes} == {"remove" if expected else "leave"}


def test_among_many_lines_those_go_that_can(linter: Linter) -> None:
    item = f"<item><title>Rain</title><description>&lt;p&gt;{NEWS}&lt;/p&gt;\n&lt;p&gt;{LINK}&lt;/p&gt;\n"
    sound, unsound = f"{item}</description></item>\n", f"{item[:-1]}</description></item>\n"
    items = [unsound if number in (3, 11) else sound for number in range(16)]
    dirty = f"<rss><channel>{''.join(items)}</channel></rss>\n"
    result = clean(Source(dirty, "a.xml"), linter)
    actions = [each.action for each in result.changes]
    assert [n for n, action in enumerate(actions) if action == "leave"] == [3, 11]
    assert not result.failed


def test_places_are_those_of_the_file_as_it_was(linter: Linter) -> None:
    text = f"Advertisement\n\n{STORY}\nFerâ€™s word.\n\nAdvertisement\n\nIt ends here.The crew slept.\n"
    places = {
        each.finding.name: each.position for each in clean(Source(text, "a.txt"), linter).changes
    }
    assert text.splitlines()[places["fused-words"].line - 1].startswith("It ends here.The")
    assert places["wrong-decoding"].line == 9


def test_certain_keeps_to_errors_and_safe_fixes() -> None:
    linter = Linter(Config(select=("RES", "ENC"), severity={"share-bar": "warning"}))
    text = f"{STORY}\nShare this article\n\nAdvertisement\n\nIt was late again.The crew didnâ€™t sleep.\n"
    result = clean(Source(text, "a.txt"), linter, certain=True)
    assert (
        result.text == f"{STORY}\nShare this article\n\nIt was late again.The crew didn’t sleep.\n"
    )


_PIECES = (
    "Advertisement",
    "Share this article",
    "Sign up for our newsletter",
    "",
    "  ",
    "Also read: Five boats",
    "The ferry didnâ€™t come to the harbour on Monday, and forty people waited in the rain.",
    "It was late again.The crew slept.",
    "She read the letter twice and then put it into the drawer of the old desk by the window.",
    "Most read",
    "© 2024 Merrow Media",
    "<p>They waited.</p>",
    "Weather",
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(_PIECES), max_size=14),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["a.txt", "a.md", "a.jsonl"]),
    st.sampled_from(["likely", "all"]),
)
def test_a_second_run_changes_nothing(
    lines: list[str], line_end: str, path: str, report: str
) -> None:
    linter = Linter(Config(select=("RES", "ENC"), options={"page-furniture": {"report": report}}))
    text = line_end.join(lines)
    if path == "a.jsonl":
        text = json.dumps({"title": "Ferry", "text": text}) + "\n"
    once = clean(Source(text, path), linter)
    assert clean(Source(once.text, path), linter).text == once.text
    if path == "a.jsonl":
        assert json.loads(once.text).keys() == {"title", "text"}
    if not once.is_changed:
        assert once.text == text


@pytest.mark.parametrize("path", sorted((SEEDS / "clean").iterdir()), ids=lambda path: path.name)
def test_clean_articles_stay_as_they_are(path: Path, linter: Linter) -> None:
    assert cleaning.clean_file(str(path), linter)[0].data == path.read_bytes()


# ------------------------------------------------------------------ the command


DIRTY = f"{STORY}\nAdvertisement\n"


def test_nothing_is_written_unasked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(DIRTY)
    assert main(["clean", "a.txt"]) == 1
    assert "a.txt:7:1: would remove RES107 [advertisement-label]" in capsys.readouterr().out
    assert main(["clean", "--diff", "a.txt"]) == 1
    shown = capsys.readouterr()
    assert "-Advertisement\n" in shown.out
    assert "would remove RES107" in shown.err
    assert Path("a.txt").read_text() == DIRTY
    assert os.listdir(".") == ["a.txt"]


def test_in_place_changes_the_file_and_keeps_its_mode(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path("a.txt")
    path.write_text(DIRTY)
    path.chmod(0o640)
    Path("b.txt").symlink_to(path)
    Path("c.txt").write_text(STORY)
    before = Path("c.txt").stat()
    assert main(["clean", "--in-place", "b.txt", "c.txt"]) == 0
    assert path.read_text() == STORY
    assert path.stat().st_mode & 0o777 == 0o640
    assert Path("b.txt").is_symlink()
    assert Path("c.txt").stat().st_ino == before.st_ino
    assert "removed RES107" in capsys.readouterr().out
    assert main(["clean", "--in-place", "b.txt"]) == 0
    assert sorted(os.listdir(".")) == ["a.txt", "b.txt", "c.txt"]


def test_a_file_in_another_encoding_becomes_utf8(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("The café opened.\n".encode("cp1252"))
    assert main(["clean", "--in-place", str(path)]) == 0
    assert path.read_bytes() == "The café opened.\n".encode()
    assert "mended ENC101" in capsys.readouterr().out
    wide = "\ufeffThe café.\n".encode("utf-16-le")
    path.write_bytes(wide)
    assert main(["clean", "--in-place", str(path)]) == 0
    assert path.read_bytes() == wide


def test_a_text_that_names_its_encoding_names_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    page = '<meta charset="{}"><p>The café opened at noon on Friday, its owner said.</p>\n'
    path.write_bytes(page.format("windows-1252").encode("cp1252"))
    assert main(["clean", "--in-place", str(path)]) == 0
    assert path.read_bytes() == page.format("utf-8").encode()
    feed = '<?xml version="1.0" encoding="{}"?>\n<nitf><body><body.content><p>The café opened.</p></body.content></body></nitf>\n'
    path = tmp_path / "a.nitf"
    path.write_bytes(feed.format("iso-8859-1").encode())  # what it says is not so
    assert main(["clean", "--in-place", str(path)]) == 0
    assert path.read_bytes() == feed.format("utf-8").encode()
    assert main(["clean", str(path)]) == 0


def test_an_encoding_stays_where_nobody_asks_about_it(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(f"{STORY}\nAdvertisement\n\nThe café opened.\n".encode("cp1252"))
    assert main(["clean", "--in-place", "--select", "RES", str(path)]) == 0
    assert path.read_bytes() == f"{STORY}\nThe café opened.\n".encode("cp1252")


def test_output_goes_to_a_file_a_folder_or_standard_output(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in/deep").mkdir(parents=True)
    Path("in/deep/a.txt").write_text(DIRTY)
    Path("in/b.txt").write_text(STORY)
    assert main(["clean", "in", "-o", "out/"]) == 0
    assert Path("out/in/deep/a.txt").read_text() == STORY
    assert Path("out/in/b.txt").read_text() == STORY
    assert main(["clean", "in/deep/a.txt", "-o", "one.txt"]) == 0
    assert Path("one.txt").read_text() == STORY
    capsysbinary.readouterr()
    assert main(["clean", "in/deep/a.txt", "-o", "-"]) == 0
    assert capsysbinary.readouterr().out == STORY.encode()
    assert main(["clean", "in", "-o", "two.txt"]) == 2
    assert b"name a folder" in capsysbinary.readouterr().err
    assert not Path("two.txt").exists()
    assert Path("in/deep/a.txt").read_text() == DIRTY


def test_what_cannot_be_read_or_written_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(DIRTY)
    Path("b.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0")
    assert main(["clean", "--in-place", "no.txt", "b.txt", "a.txt"]) == 2
    shown = capsys.readouterr().err
    assert "no.txt: cannot be read" in shown
    assert "b.txt: " in shown
    assert Path("a.txt").read_text() == STORY

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    Path("a.txt").write_text(DIRTY)
    monkeypatch.setattr(os, "replace", full)
    assert main(["clean", "--in-place", "a.txt"]) == 2
    assert capsys.readouterr().err == "newslint: error: a.txt: No space left on device\n"
    assert Path("a.txt").read_text() == DIRTY
    assert sorted(os.listdir(".")) == ["a.txt", "b.txt"]


def test_standard_input_is_cleaned_onto_standard_output(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    def run(*arguments: str) -> tuple[int, bytes, bytes]:
        text = io.TextIOWrapper(io.BytesIO(DIRTY.encode()))
        monkeypatch.setattr("sys.stdin", text)
        return main(["clean", *arguments]), *capsysbinary.readouterr()

    status, out, err = run("-o", "-", "-")
    assert (status, out) == (0, STORY.encode())
    assert b"-:7:1: removed RES107" in err
    status, out, err = run("-")
    assert status == 1
    assert b"-:7:1: would remove RES107" in out
    status, out, err = run("--in-place", "-")
    assert (status, out) == (2, b"")
    assert b"standard input" in err


def test_the_closing_line_counts_what_was_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(f"{DIRTY}\nFerâ€™s word.\n")
    Path("b.txt").write_text(STORY)
    assert main(["clean", "."]) == 1
    assert capsys.readouterr().err == "Would change 1 of 2 files: remove 1, mend 1.\n"
    assert main(["clean", "--in-place", "."]) == 0
    assert capsys.readouterr().err == "Changed 1 of 2 files: removed 1, mended 1.\n"
    assert main(["clean", "."]) == 0
    assert capsys.readouterr().err == "Nothing to change in 2 files.\n"


def test_what_is_compressed_is_to_be_unpacked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(DIRTY.encode()))
    assert main(["clean", "--in-place", str(path)]) == 2
    assert capsys.readouterr().err.endswith("a.txt.gz: compressed or an archive; unpack it first\n")


def test_what_is_no_article_is_said_or_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("package.json").write_text('{"name": "x"}')
    Path("a.txt").write_text(STORY)
    assert main(["clean", "package.json"]) == 2
    assert "package.json: not an article: JSON without a text" in capsys.readouterr().err
    assert main(["clean", "."]) == 0
    skipped = "Skipped 1 path: no article by their content (1).\n"
    assert capsys.readouterr().err == f"Nothing to change in 1 file.\n{skipped}"
    Path("newslint.toml").write_text(
        "force-exclude = true\n"
    )  # programs name files by their suffix
    assert main(["clean", "package.json"]) == 0
    assert capsys.readouterr().err == f"Nothing to change in 0 files.\n{skipped}"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'{"name": "x"}')))
    assert main(["clean", "-"]) == 2
    assert "-: not an article: JSON without a text" in capsys.readouterr().err


def test_a_format_that_is_no_text_is_not_cleaned(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"PK\x03\x04")
    assert main(["clean", str(path)]) == 2
    assert "a.docx: the format “office” is no text; check it" in capsys.readouterr().err


def test_thorough_takes_more(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    more = "\nTop Stories\n\nWeather\n\nMost Popular\n\nHarbour master: no boats for a week\n"
    path.write_text(STORY * 3 + more)
    assert main(["clean", "--in-place", "--thorough", str(path)]) == 0
    assert path.read_text() == STORY * 3
