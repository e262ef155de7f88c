"""`--add-suppressions`: everything found is noted, the articles say what they said, and a second run finds nothing."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from newslint import Config
from newslint.annotate import Note, note
from newslint.engine import Linter
from newslint.finding import FileResult
from newslint.sidecar import load

BAD = 'The envoy spoke of a ‘malign" alliance, her office said.'
WORSE = 'The mayor called it a ‘small" matter, a clerk said.'
FILE = "newslint-suppressions.toml"
Run = Callable[..., tuple[int, str]]


def content(path: Path) -> list[tuple[object, ...]]:
    """What the articles of a file say."""
    return [
        (each.text, each.blocks, dict(each.fields), each.part) for each in Linter().parse(str(path))
    ]


def files() -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(Path().rglob("*")) if path.is_file()}


# ---------------------------------------------------------------------- whole folders


def test_all_seeds_are_clean_afterwards_and_say_what_they_said(run: Run, root: Path) -> None:
    shutil.copytree(root / "seeds", "seeds")
    articles = [path for path in Path("seeds").rglob("*.*") if path.is_file()]
    before = {path: content(path) for path in articles}
    found = run("--output-format", "concise", "--quiet", "seeds")[1].splitlines()
    status, output = run("--add-suppressions", "--reason", "as it was sent", "seeds")
    # That a file is not UTF-8 is said of the file, not of its article.
    assert status == 1
    assert output.count("cannot be suppressed: ") == output.count("ENC101") == 1
    assert {path: content(path) for path in articles} == before
    assert run("--ignore", "ENC101", "seeds") == (
        0,
        f"All {len(articles)} files clean.\nSuppressed {len(found)} findings.\n".replace(
            "files clean", "files (23 articles) clean"
        ),
    )
    entries = load(FILE, [(rule.code, rule.name) for rule in Linter().rules]).entries
    assert entries
    assert {entry.reason for entry in entries} == {"as it was sent"}
    after = files()
    assert run("--add-suppressions", "--ignore", "ENC101", "seeds") == (0, "")
    assert files() == after


def test_formats_without_comments(run: Run) -> None:
    from docx import Document  # type: ignore[import-not-found, unused-ignore]

    document = Document()
    document.add_paragraph(f"It rained. {BAD}")
    document.save("a.docx")
    with zipfile.ZipFile("old.zip", "w") as archive:
        archive.writestr("desk/b.txt", f"A day\n\n{BAD}\n\n{WORSE}\n")
    quoted = BAD.replace('"', '""')
    Path("c.csv").write_text(f'id,title,text\nx,A day,"{quoted}"\n', "utf-8")
    Path("d.txt").write_text(f"A day\n\n{BAD}\n\n{WORSE}\n", "utf-8")
    escaped = BAD.replace('"', '\\"').replace("‘", "\\u2018")
    Path("e.jsonl").write_text(f'{{"id": "x", "text": "{escaped}"}}\n', "utf-8")
    before = files()
    assert run("--add-suppressions", ".") == (0, f"9 entries for {FILE}\n")
    after = files()
    del after[FILE]
    assert after == before
    assert run(".") == (0, "All 5 files clean.\nSuppressed 9 findings.\n")
    # What is suppressed is this place, not all others like it.
    Path("d.txt").write_text(f'A day\n\n{BAD}\n\n{WORSE}\n\nA ‘new" day.\n', "utf-8")
    assert run("--output-format", "concise", ".")[1].splitlines()[0].startswith("d.txt:7:3: QUO101")


# ---------------------------------------------------------------------- one file

MARKED = {
    "a.md": [
        (f"{BAD}\n", "<!-- newslint: disable=QUO101 -->\n\n{0}\n"),
        (f"It rained.\n\n{BAD}\n", "It rained.\n\n<!-- newslint: disable=QUO101 -->\n\n{0}\n"),
        (f"It rained.\r\n\r\n{BAD}\r\n", "It rained.\r\n\r\n<!-- newslint: disable=QUO101 -->\r\n\r\n{0}\r\n"),
        (f"Rain\n# {BAD}\n", "Rain\n\n<!-- newslint: disable=QUO101 -->\n\n# {0}\n"),
        (f"- one\n- {BAD}\n- two\n", "- one\n- {0} <!-- newslint: disable=QUO101 -->\n- two\n"),
        (f"> {BAD}\n", "> {0} <!-- newslint: disable=QUO101 -->\n"),
        (f"| a | b |\n|---|---|\n| {BAD} | c |\n", "| a | b |\n|---|---|\n| {0} <!-- newslint: disable=QUO101 --> | c |\n"),
        (f"1. one\n\n   {BAD}\n", "1. one\n\n   {0} <!-- newslint: disable=QUO101 -->\n"),
        (f"<!-- newslint: disable=ENC -->\n\nâ€™ {BAD}\n", "<!-- newslint: disable=ENC -->\n\n<!-- newslint: disable=QUO101 -->\n\nâ€™ {0}\n"),
        (f"---\ntitle: Rain\n---\n\n{BAD}\n", "---\ntitle: Rain\n---\n\n<!-- newslint: disable=QUO101 -->\n\n{0}\n"),
    ],
    "a.html": [
        (f"<p>{BAD}</p>\n", "<p><!-- newslint: disable=QUO101 -->{0}</p>\n"),
        (f"<ul><li>One</li><li>{BAD}</li></ul>", "<ul><li>One</li><li><!-- newslint: disable=QUO101 -->{0}</li></ul>"),
    ],
    "a.rst": [
        (f"It rained.\n\n{BAD}\n", "It rained.\n\n.. newslint: disable=QUO101\n\n{0}\n"),
        (f"It rained.\n\nIt did.\n{BAD}\n", "It rained.\n\n.. newslint: disable=QUO101\n\nIt did.\n{0}\n"),
    ],
    "a.adoc": [
        (f"It rained.\n\n{BAD}\n", "It rained.\n\n// newslint: disable=QUO101\n{0}\n"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [(name, text, wanted) for name, cases in MARKED.items() for text, wanted in cases],
)
def test_comments(run: Run, name: str, text: str, wanted: str) -> None:
    Path(name).write_bytes(text.encode())
    status, output = run("--select", "QUO", "--add-suppressions", ".")
    assert (status, output) == (0, "1 finding suppressed in the articles\n")
    assert Path(name).read_bytes().decode() == wanted.replace("{0}", BAD)
    assert run("--select", "QUO,LNT", ".") == (0, "1 file clean.\nSuppressed 1 finding.\n")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", f"---\ntitle: {BAD}\n---\n\nIt rained.\n"),
        ("a.rst", f"Rain\n\n* one\n* {BAD}\n"),
        ("a.adoc", f"|===\n|{BAD}\n|===\n"),
    ],
)
def test_where_no_comment_can_stand_an_entry_does(run: Run, name: str, text: str) -> None:
    Path(name).write_text(text, "utf-8")
    before = content(Path(name))
    count = len(
        run("--select", "QUO", "--quiet", "--output-format", "concise", ".")[1].splitlines()
    )
    assert count
    assert run("--select", "QUO", "--add-suppressions", ".")[0] == 0
    assert content(Path(name)) == before
    assert run("--select", "QUO,LNT", "--quiet", ".") == (0, "")


def test_all_that_is_found_in_a_block_goes_into_one_comment(run: Run) -> None:
    Path("a.md").write_text(f"Itâ€™s. {BAD} {WORSE}\n", "utf-8")
    assert run("--add-suppressions", "--until", "9999-12-31", "--reason", "as sent", ".")[0] == 0
    comment = "<!-- newslint: disable=ENC102,QUO101 until=9999-12-31 -- as sent -->"
    assert Path("a.md").read_text("utf-8").splitlines()[0] == comment


def test_no_comment_breaks_its_format(run: Run) -> None:
    from xml.etree import ElementTree

    page = f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{BAD}</p></body></html>'
    Path("a.xhtml").write_text(page, "utf-8")
    Path("b.md").write_text(f"- {BAD}\n", "utf-8")
    assert run("--add-suppressions", "--reason", "as sent", "--select", "QUO", ".")[0] == 0
    ElementTree.parse("a.xhtml")
    comment = "<!-- newslint: disable=QUO101 — as sent -->"
    assert comment in Path("a.xhtml").read_text("utf-8")
    assert comment in Path("b.md").read_text("utf-8")
    asked = ("--select", "QUO,LNT", "--extend-select", "suppression-without-reason")
    assert run(*asked, "--quiet", ".") == (0, "")


def test_mode_mark_and_encoding_stay(run: Run) -> None:
    path = Path("a.md")
    path.write_bytes(f"{BAD}\n".encode("utf-16"))
    path.chmod(0o640)
    assert run("--select", "QUO", "--add-suppressions", ".")[0] == 0
    assert path.read_bytes().startswith(b"\xff\xfe")
    assert "disable=QUO101" in path.read_bytes().decode("utf-16")
    assert path.stat().st_mode & 0o777 == 0o640


def test_bytes_beside_a_comment_stay_whatever_they_are(run: Run) -> None:
    before = f"It rained in Zw\xf6lle.\n\n{BAD}\n".replace("‘", "'").encode("cp1252")
    Path("a.md").write_bytes(before)
    assert run("--select", "QUO", "--add-suppressions", ".")[0] == 0
    after = Path("a.md").read_bytes()
    assert after.replace(b"<!-- newslint: disable=QUO101 -->\n\n", b"") == before != after


def test_what_the_baseline_knows_needs_no_suppression(run: Run) -> None:
    Path("newslint.toml").write_text('baseline = "newslint-baseline.json"\n', "utf-8")
    Path("a.md").write_text(f"{BAD}\n", "utf-8")
    assert run("baseline", "--update", ".")[0] == 0
    Path("a.md").write_text(f"{BAD}\n\n{WORSE}\n", "utf-8")
    assert run("--add-suppressions", ".") == (0, "1 finding suppressed in the articles\n")
    assert Path("a.md").read_text("utf-8").startswith(BAD)
    assert run(".")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--reason", "x --> y", "--add-suppressions", "."], "no “--” and no line break"),
        (["--reason", "x\ny", "--add-suppressions", "."], "no “--” and no line break"),
        (["--until", "soon", "--add-suppressions", "."], "--until needs a day"),
        (["--until", "2021-01-31", "--add-suppressions", "."], "2021-01-31 is past"),
        (["--add-suppressions", "-"], "standard input is none"),
        (["--reason", "x", "."], "go with --add-suppressions"),
    ],
)
def test_what_cannot_be_asked_for(run: Run, arguments: list[str], message: str) -> None:
    Path("a.md").write_text(f"{BAD}\n", "utf-8")
    status, output = run(*arguments)
    assert (status, message in output) == (2, True)
    assert Path("a.md").read_text("utf-8") == f"{BAD}\n"


def test_a_file_of_suppressions_keeps_what_it_says(run: Run) -> None:
    own = '# Ours\n[[suppress]]\npath = "b.txt"\ncode = "RES"\nreason = "a joke"\n'
    Path(FILE).write_text(own, "utf-8")
    Path("a.txt").write_text(f"A day\n\n{BAD}\n", "utf-8")
    assert run("--add-suppressions", ".")[0] == 0
    assert Path(FILE).read_text("utf-8") == (
        f'{own}\n[[suppress]]\npath = "/a.txt"\ncode = "QUO101"\ntext = "‘malign\\""\n'
    )
    assert run("--quiet", ".")[0] == 0


# ---------------------------------------------------------------------- any text

TABLE = '| a | b |\n|---|---|\n| c | ‘d" e |'
PIECES = st.sampled_from(
    [BAD, WORSE, "It rained.", "# A day", "- one", "> two", "  three", "```", "", "", "<div>", "</div>",
     TABLE, "Itâ€™s late.", "Also read: Five things", "***", "<!-- note -->"]
)  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, max_size=9))
@example(["<div>", TABLE, "<div>", BAD, TABLE])  # a comment behind a block speaks to the next
def test_no_markdown_is_broken(tmp_path: Path, pieces: list[str]) -> None:
    path = tmp_path / "a.md"
    path.write_text("\n".join(pieces) + "\n", "utf-8")
    before = content(path)
    linter = Linter(Config(root=str(tmp_path)))
    result: FileResult = linter.check_path(str(path))
    noted = note(result, linter, Note("as sent"))
    if noted.data is not None:
        path.write_bytes(noted.data)
    assert content(path) == before
    left = linter.check_path(str(path)).findings
    assert len(left) == len(result.findings) - noted.in_file
    assert sum(len(entry.codes) for entry in noted.entries) <= len(left)
