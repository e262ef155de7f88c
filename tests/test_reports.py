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
from pathlib import Path
from select import select

import pytest

from newslint import __version__
from newslint.cli import main
from newslint.reports import builtin_formats, reporter
from newslint.terminal import visible
from reported import ARGUMENTS, ARTICLES, HOSTILE_NAME, HOSTILE_PART

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="file names that Windows does not allow"),
    pytest.mark.usefixtures("report_folder"),
]
# What reads these would carry out markup; the others are plain text.
FOR_PROGRAMS = ("checkstyle", "gitlab", "json", "jsonl", "junit", "rdjson", "sarif")


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
    same_as_ever(report(capsys, *arguments), root / "tests" / "golden" / f"{name}.txt")


@pytest.mark.parametrize("name", builtin_formats())
def test_the_report_on_the_samples_is_as_ever(
    name: str, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(root)
    assert main(["seeds", "--output-format", name, "--isolated"]) == 1
    written = capsys.readouterr().out
    same_as_ever(written, root / "tests" / "golden" / "seeds" / f"{name}.txt")


def same_as_ever(written: str, golden: Path) -> None:
    written = written.replace(f'"{__version__}"', '"VERSION"')
    if os.environ.get("NEWSLINT_WRITE_GOLDEN"):
        golden.write_text(written, encoding="utf-8", newline="")
    assert written == golden.read_bytes().decode("utf-8")


def test_every_golden_file_belongs_to_a_test(root: Path) -> None:
    others = {"colour", "grouped-colour", "statistics", "statistics-json"}
    folder = root / "tests" / "golden"
    assert {path.stem for path in folder.glob("*.*")} == {*builtin_formats(), *others}
    assert {path.stem for path in (folder / "seeds").iterdir()} == {*builtin_formats()}


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
    if name in FOR_PROGRAMS:
        assert "<script" not in out
    if name in ("checkstyle", "junit"):
        assert "]]>" not in out
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
    assert list(whole) == ["version", "tool", "findings", "summary"]
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
        "end": {"line": 2, "column": 7, "offset": 38},
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
    shown = {"sarif": "caf%E9.txt", "rdjson": "caf\\\\udce9.txt", "gitlab": "caf\\\\udce9.txt"}
    for output_format in builtin_formats():
        assert main([name, "--output-format", output_format]) == 1
        assert shown.get(output_format, "caf\\udce9.txt") in capsys.readouterr().out
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
                "Found 2 errors and 1 warning in 1 of 1 file (3 articles) (1 fixable with --unsafe-fixes).",
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
