"""Every output format over one small folder, compared with `tests/golden/`.

The folder is written here, and checked with rules that only these tests have. After a wanted change run
`NEWSLINT_WRITE_GOLDEN=1 pytest tests/test_reports.py`, and read the difference before you keep it.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from select import select

import pytest

from newslint import __version__
from newslint.cli import main
from newslint.reports import builtin_formats, reporter
from newslint.terminal import visible

pytestmark = pytest.mark.skipif(os.name == "nt", reason="file names that Windows does not allow")

PACK = """
[[rule]]
code = "STY901"
name = "worn-word"
kind = "existence"
message = "worn word: “{match}”"
why = "Readers skip it. It says nothing."
match = ["groundbreaking"]
in-quotations = true
bad = ["A ⟦groundbreaking⟧ bench."]
good = ["They broke ground.", "A ground-breaking bench."]

[[rule]]
code = "STY902"
name = "stiff-word"
kind = "substitution"
severity = "warning"
message = "stiff word: “{match}”"
why = "Nobody speaks like that."
swap = { "utilised" = "used" }
in-quotations = true
safe-fix = true
bad = [["They ⟦utilised⟧ it.", "They used it."]]
good = ["They used it.", "An unutilised hall."]

[[rule]]
code = "STY903"
name = "faint-word"
kind = "existence"
severity = "info"
message = "faint word: “{match}”"
why = "It weakens the sentence."
match = ["somewhat"]
in-quotations = true
bad = ["It was ⟦somewhat⟧ cold."]
good = ["It was cold.", "Somehow cold."]

[[rule]]
code = "STY904"
name = "shouted-order"
kind = "existence"
message = "an order: “{match}”"
why = "It repeats what the article says, whatever that is."
match = ["OBEY .*"]
ignore-case = false
in-quotations = true
bad = ["⟦OBEY me⟧"]
good = ["They obey.", "OBEYED"]
"""

PLUGIN = '''
from newslint import Fix, hookimpl, rule
from newslint.finding import Swap


@rule("STY921", "repeated-word", severity="warning", bad=["a mast, a ⟦mast⟧"], good=["a", "b"])
def repeated_word(article):
    """A word comes again."""
    at = [i for i in range(len(article.text)) if article.text.startswith("mast", i)]
    if len(at) > 1:
        first, *others = ((i, i + 4) for i in at)
        yield article.finding(first, "said again", related=others)


@rule("STY922", "odd-marks", bad=["⟦(oak]⟧"], good=["(oak)", "[oak]"])
def odd_marks(article):
    """Brackets of two kinds, or too many marks."""
    text = article.text
    start, end = text.find("(oak]"), text.find("!!")
    if start >= 0:
        swaps = (Swap(start, start + 1, "["), Swap(start + 4, start + 5, "]"))
        yield article.finding((start, start + 5), "crossed brackets", fix=Fix(swaps))
        yield article.finding((start, start + 5), "odd", fix=Fix(swaps[:1], label="write an elm"))
    if end >= 0:
        extra = article.replace((end + 1, end + 2), "", safe=True)
        yield article.finding((end, end + 2), "two marks", fix=extra)
        yield article.finding((end, end), "no space", fix=article.replace((end, end), "\\u00a0"))


@hookimpl
def newslint_rules():
    return [repeated_word, odd_marks]
'''

# What a terminal, a build server, a spreadsheet of annotations or a web page might carry out.
ORDERS = (
    "::error file=x::pwned ##[command]rm %0A::warning::x ]]> <script> \x1b[31m \u202e\u2028 \x07"
)
HOSTILE_NAME = "::error file=x,line=1::pwned\n##[command]%0A]]><script>\u202e\x1b[31m.txt"
HOSTILE_PART = " ::set-output name=x::y\n##vso[task.complete]"

ARTICLES = {
    "bridge.txt": (
        "Bridge opens\n\nA groundbreaking bridge opened on Friday.\n"
        "\tThe town utilised 日本 cranes and utilised oak.\n\nIt was somewhat cold.\n"
    ),
    "clean.txt": "The bridge opened on Friday, the mayor said.\n",
    "empty.txt": "",
    "long.txt": "word " * 120 + "groundbreaking" + " word" * 120 + "\n",
    "mac.txt": "First line\rA groundbreaking line\r\rThey utilised it.\r\nSomewhat.\n",
    "masts.txt": "A mast, a mast, a mast, a mast,\na mast, a mast and a mast.\n",
    "oak.txt": "An (oak] stood there!!\n",
    ".hidden.txt": "A groundbreaking bridge.\n",
    HOSTILE_NAME: f"{ORDERS}\nOBEY {ORDERS}\n",
    "wire/records.jsonl": "".join(
        json.dumps(record, ensure_ascii=False) + "\n"
        for record in (
            {"id": "n1", "title": "A groundbreaking day", "text": 'They “utilised"\nit.'},
            {"id": HOSTILE_PART, "text": f"OBEY {ORDERS}"},
            {"id": "n3", "text": "They utilised it.", "newslint": {"disable": ["STY902"]}},
        )
    ),
}
ARGUMENTS = (".", "gone.txt", "--plugin", "plugin_of_the_reports", "-j1")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder with its articles, rules and settings; the working folder too."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # no __pycache__ among the articles
    settings = 'extend-packs = ["rules.toml"]\nselect = ["STY9"]\nlanguage = "en"\n'
    others = {"rules.toml": PACK, "newslint.toml": settings, "plugin_of_the_reports.py": PLUGIN}
    for name, text in {**ARTICLES, **others}.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    yield tmp_path
    sys.modules.pop("plugin_of_the_reports", None)


def report(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main([*ARGUMENTS, *arguments]) == 2  # as one of the files is gone
    out, err = capsys.readouterr()
    assert err == ""
    return out


def records(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


# ---------------------------------------------------------------------- golden files


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        *((name, ("--output-format", name)) for name in builtin_formats()),
        ("colour", ("--output-format", "full", "--color", "always")),
        ("grouped-colour", ("--output-format", "grouped", "--color", "always")),
        ("statistics", ("--statistics",)),
        ("statistics-json", ("--statistics", "--output-format", "json")),
    ],
)
def test_the_report_is_as_ever(
    name: str, arguments: tuple[str, ...], root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = report(capsys, *arguments).replace(f'"{__version__}"', '"VERSION"')
    golden = root / "tests" / "golden" / f"{name}.txt"
    if os.environ.get("NEWSLINT_WRITE_GOLDEN"):
        golden.write_text(written, encoding="utf-8", newline="")
    assert written == golden.read_bytes().decode("utf-8")


def test_every_golden_file_belongs_to_a_test(root: Path) -> None:
    others = {"colour", "grouped-colour", "statistics", "statistics-json"}
    names = {path.stem for path in (root / "tests" / "golden").iterdir()}
    assert names == {*builtin_formats(), *others}


def test_formats_of_plugins_come_before_those_of_the_same_name() -> None:
    own = reporter("json")
    assert own is not None
    assert reporter("json", [own._replace(summary="another")]) == own._replace(summary="another")
    assert reporter("no-format") is None
    assert reporter("_records") is None


# ---------------------------------------------------------------------- hostile articles and names


@pytest.mark.parametrize("name", builtin_formats())
def test_no_report_hands_on_orders(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = report(capsys, "--output-format", name)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]", out)
    assert not re.search(r"##(\[|\w+\[)", out)
    orders = [line for line in out.splitlines() if line.lstrip().startswith("::")]
    assert all(line.startswith(("::error file=", "::warning ", "::notice ")) for line in orders)
    assert len(orders) == (len(out.splitlines()) if name == "github" else 0)


@pytest.mark.parametrize("name", ["concise", "full", "grouped"])
@pytest.mark.parametrize("start", ["::error::x", " ::error::x", "\u3000::error::x"])
def test_no_line_for_people_begins_like_a_command(
    name: str, start: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(f"{start}.txt").write_text("groundbreaking", "utf-8")
    main([f"{start}.txt", "--output-format", name])
    out = capsys.readouterr().out
    assert f"./{start}.txt" in out
    assert not any(line.lstrip().startswith("::") for line in out.splitlines())


def unescaped(text: str) -> str:
    """What GitHub reads in a property."""
    for escape, character in (
        ("%2C", ","),
        ("%3A", ":"),
        ("%0A", "\n"),
        ("%0D", "\r"),
        ("%25", "%"),
    ):
        text = text.replace(escape, character)
    return text


def test_github_reads_the_real_name_and_one_command_a_finding(
    capsys: pytest.CaptureFixture[str],
) -> None:
    commands = report(capsys, "--output-format", "github").splitlines()
    findings = records(report(capsys, "--output-format", "jsonl"))
    assert len(commands) == len(findings)
    for command, finding in zip(commands, findings, strict=True):
        _, kind, message = command.split("::", 2)
        level, listed = kind.split(" ", 1)
        properties = dict(each.split("=", 1) for each in listed.split(","))
        assert level == {"info": "notice"}.get(str(finding["severity"]), finding["severity"])
        path = unescaped(properties["file"])
        assert path == "\n".join(map(visible, str(finding["path"]).split("\n")))
        assert unescaped(properties["title"]) == f"newslint {finding['code']} {finding['name']}"
        assert properties["line"] == str(finding["start"]["line"])  # type: ignore[index]
        assert message


# ---------------------------------------------------------------------- for programs


def test_json_and_jsonl_hold_the_same_findings(capsys: pytest.CaptureFixture[str]) -> None:
    whole = json.loads(report(capsys, "--output-format", "json"))
    assert list(whole) == ["version", "tool", "findings"]
    assert whole["version"] == 1
    assert whole["tool"] == {"name": "newslint", "version": __version__}
    assert whole["findings"] == records(report(capsys, "--output-format", "jsonl"))


def test_a_record_tells_names_places_fix_and_related_places(
    capsys: pytest.CaptureFixture[str],
) -> None:
    findings = records(report(capsys, "--output-format", "jsonl"))
    keys = ["path", "part", "code", "name", "severity", "message", "start", "end", "fix", "related"]
    assert all(list(finding) == keys for finding in findings)
    (stiff, _) = [f for f in findings if f["path"] == "bridge.txt" and f["code"] == "STY902"]
    text = ARTICLES["bridge.txt"]
    at = text.index("utilised")
    assert stiff == {
        "path": "bridge.txt",
        "part": "",
        "code": "STY902",
        "name": "stiff-word",
        "severity": "warning",
        "message": "stiff word: “utilised”",
        "start": {"line": 4, "column": 11, "offset": at},
        "end": {"line": 4, "column": 19, "offset": at + 8},
        "fix": {"safe": True, "label": "", "edits": [{"start": at, "end": at + 8, "new": "used"}]},
        "related": [],
    }
    (mast,) = [f for f in findings if f["code"] == "STY921"]
    assert mast["fix"] is None
    related = mast["related"]
    assert isinstance(related, list)
    assert len(related) == 6
    assert related[3] == {
        "path": "masts.txt",
        "part": "",
        "start": {"line": 2, "column": 3, "offset": 34},
        "end": {"offset": 38},
    }


def test_hostile_names_and_parts_come_back_whole(capsys: pytest.CaptureFixture[str]) -> None:
    findings = records(report(capsys, "--output-format", "jsonl"))
    assert HOSTILE_NAME in {finding["path"] for finding in findings}
    assert HOSTILE_PART in {finding["part"] for finding in findings}


def test_offsets_are_those_of_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    words = set()
    for finding in records(report(capsys, "--output-format", "jsonl")):
        text = ARTICLES.get(str(finding["path"]), "")
        start, end = finding["start"], finding["end"]
        assert isinstance(start, dict)
        assert isinstance(end, dict)
        if finding["code"] in ("STY901", "STY902", "STY903"):
            words.add(text[start["offset"] : end["offset"]].lower())
        before = text[: start["offset"]].replace("\r\n", "\n").replace("\r", "\n")
        assert start["line"] == before.count("\n") + 1
    assert words == {"groundbreaking", "utilised", "somewhat"}


def test_a_name_that_is_no_utf8_is_shown_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    try:
        Path(name).write_text("groundbreaking", "utf-8")
    except OSError:
        pytest.skip("a file system of UTF-8 names only")
    for output_format in builtin_formats():
        assert main([name, "--output-format", output_format]) == 1
        assert "caf\\udce9.txt" in capsys.readouterr().out
    assert main([name, "--output-format", "jsonl"]) == 1
    assert json.loads(capsys.readouterr().out)["path"] == name


@pytest.mark.parametrize("name", ["json", "jsonl", "github"])
def test_formats_for_programs_have_no_totals(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clean.txt", "--output-format", name]) == 0
    out = capsys.readouterr().out
    if name == "json":
        assert json.loads(out)["findings"] == []
    else:
        assert out == ""


# ---------------------------------------------------------------------- for people


@pytest.mark.parametrize(
    ("paths", "totals"),
    [
        (["clean.txt"], ["1 file clean."]),
        (["clean.txt", "empty.txt"], ["All 2 files clean."]),
        (["long.txt"], ["Found 1 error in 1 of 1 file."]),
        (
            ["bridge.txt", "clean.txt"],
            ["Found 1 error, 2 warnings and 1 note in 1 of 2 files (2 fixable)."],
        ),
        (
            ["wire"],
            [
                "Found 2 errors and 1 warning in 1 of 1 file (3 articles) (1 fixable).",
                "Suppressed 1 finding.",
            ],
        ),
    ],
)
def test_the_totals(
    paths: list[str], totals: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    main([*paths, "--output-format=concise"])
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if ": STY9" not in line] == totals


def test_colour_changes_nothing_but_colour(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("full", "concise", "grouped"):
        plain = report(capsys, "--output-format", name)
        coloured = report(capsys, "--output-format", name, "--color=always")
        assert coloured != plain
        assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain


def test_jsonl_can_be_read_while_files_are_checked() -> None:
    os.mkfifo("later.txt")
    command = [sys.executable, "-m", "newslint", "bridge.txt", "later.txt", "-j1"]
    arguments = [*command, "--output-format=jsonl"]
    environment = {key: each for key, each in os.environ.items() if key != "PYTHONUNBUFFERED"}
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, env=environment) as process:
        try:
            assert process.stdout is not None
            assert select([process.stdout], [], [], 60)[0], "nothing comes before the last file"
            assert json.loads(process.stdout.readline())["path"] == "bridge.txt"
            assert process.poll() is None  # it waits for the second file
            Path("later.txt").write_text("groundbreaking", "utf-8")
            *_, last = process.stdout
            assert json.loads(last)["path"] == "later.txt"
            assert process.wait() == 1
        finally:
            process.kill()
