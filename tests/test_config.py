"""Configuration: which file holds where, what is read from it, and what is said about mistakes in it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desk_rules import STIFF, WORN, write
from newslint.cli import main

BAD = "A groundbreaking bridge was utilised on Friday, the mayor said.\n"
DESK = 'extend-packs = ["rules.toml"]\nselect = ["STY9"]\n'


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A newsroom's folder with rules of its own and an article that breaks both."""
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    write("rules.toml", WORN + STIFF)
    write("a.txt", BAD)
    return folder


def found(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """Path and code of each finding in the working folder."""
    assert main(["check", *(arguments or (".",)), "--output-format=concise", "-q"]) in (0, 1)
    lines = [line.split(" ") for line in capsys.readouterr().out.splitlines()]
    return [f"{line[0].split(':')[0]} {line[1]}" for line in lines]


def complaint(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What is said about settings that cannot be used."""
    assert main(["check", *(arguments or (".",))]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("newslint: error: ")
    assert err.count("\n") == 1
    return err.removeprefix("newslint: error: ").rstrip("\n")


def settings(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, str]:
    """Every setting that holds, as `newslint config` shows it: its value and its place."""
    assert main(["config", *arguments]) == 0
    lines = capsys.readouterr().out.splitlines()
    rows = (line.split("  ", 1) for line in lines)
    return {key: " ".join(rest.split()) for key, rest in rows}


# ---------------------------------------------------------------------- which file holds


@pytest.mark.parametrize("name", ["newslint.toml", ".newslint.toml", "pyproject.toml"])
def test_settings_stand_in_any_of_three_files(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    header = "[tool.newslint]\n" if name == "pyproject.toml" else ""
    write(name, header + 'extend-packs = ["rules.toml"]\nselect = ["STY902"]\n')
    assert found(capsys) == ["a.txt STY902"]


def test_of_several_files_in_a_folder_the_one_named_newslint_holds(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write("pyproject.toml", "[tool.newslint]\nlanguage = 'pl'\n")
    assert settings(capsys)["language"] == "pl pyproject.toml:2"
    write(".newslint.toml", "language = 'fr'\n")
    assert settings(capsys)["language"] == "fr .newslint.toml:1"
    write("newslint.toml", "language = 'de'\n")
    assert settings(capsys)["language"] == "de newslint.toml:1"


def test_a_pyproject_without_our_table_is_passed_over(capsys: pytest.CaptureFixture[str]) -> None:
    write("newslint.toml", DESK)
    write("wire/pyproject.toml", '[project]\ndependencies = ["newslint"]\n')
    write("wire/b.txt", BAD)
    assert found(capsys, "wire") == [f"{os.path.join('wire', 'b.txt')} STY90{n}" for n in (1, 2)]


def test_the_nearest_file_holds(capsys: pytest.CaptureFixture[str]) -> None:
    write("newslint.toml", DESK)
    write("wire/newslint.toml", 'extend-packs = ["../rules.toml"]\nselect = ["STY902"]\n')
    write("wire/deep/b.txt", BAD)
    path = os.path.join("wire", "deep", "b.txt")
    assert found(capsys) == ["a.txt STY901", "a.txt STY902", f"{path} STY902"]
    assert found(capsys, path, "a.txt") == [f"{path} STY902", "a.txt STY901", "a.txt STY902"]


def test_the_level_that_fails_is_that_of_each_file(capsys: pytest.CaptureFixture[str]) -> None:
    write("newslint.toml", 'extend-packs = ["rules.toml"]\nselect = ["STY902"]\n')
    write(
        "wire/newslint.toml",
        'extend-packs = ["../rules.toml"]\nselect = ["STY902"]\nfail-on = "warning"\n',
    )
    write("wire/b.txt", BAD)
    assert main(["a.txt"]) == 0
    assert main(["wire"]) == 1
    assert main(["."]) == 1


def test_a_file_above_the_working_folder_holds(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write("newslint.toml", DESK + 'exclude = ["wire/old/"]\n')
    write("wire/b.txt", BAD)
    write("wire/old/c.txt", BAD)
    monkeypatch.chdir("wire")
    assert found(capsys) == ["b.txt STY901", "b.txt STY902"]


# ---------------------------------------------------------------------- what a file says


def test_config_shows_every_setting_with_its_place(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(
        "newslint.toml",
        'select = ["STY9"]\nfail-on = "warning"\nmax-warnings = 3\nrespect-gitignore = false\n'
        "[rules.worn-word]\nseverity = 'info'\nsome-option = [\n'a', 'b']\n"
        "[per-file-ignores]\n'letters/*.txt' = ['QUO', 'TTL']\n"
        "[[overrides]]\nfiles = ['de/**', 'at/**']\nlanguage = 'de'\n",
    )
    shown = settings(capsys, "--language", "en", "a.txt")
    assert shown["select"] == "STY9 newslint.toml:1"
    assert shown["fail-on"] == "warning newslint.toml:2"
    assert shown["max-warnings"] == "3 newslint.toml:3"
    assert shown["respect-gitignore"] == "false newslint.toml:4"
    assert shown["rules.worn-word.severity"] == "info newslint.toml:6"
    assert shown["rules.worn-word.some-option"] == "a, b newslint.toml:7"
    assert shown["for letters/*.txt"] == "ignore QUO, TTL newslint.toml:10"
    assert shown["for de/** at/**"] == "language de newslint.toml:11"
    assert shown["language"] == "en --language"
    assert shown["ignore"] == "– default"
    assert shown["output-format"] == "– default"
    assert shown["root"] == f"{desk} default"


def test_config_of_a_folder_and_of_a_file_that_does_not_exist(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write("wire/newslint.toml", "language = 'pl'\n")
    place = os.path.join("wire", "newslint.toml")
    assert settings(capsys, "wire")["language"] == f"pl {place}:1"
    assert settings(capsys, "wire/none.txt")["language"] == f"pl {place}:1"
    assert settings(capsys)["language"] == "– default"


def test_config_shows_no_escape_sequence(capsys: pytest.CaptureFixture[str]) -> None:
    write("newslint.toml", 'exclude = ["\\u001b[31m\\n::error::x"]\n')
    assert settings(capsys)["exclude"] == "\\x1b[31m\\n::error::x newslint.toml:1"


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_byte_order_marks_and_windows_line_ends_are_read(
    mark: str, end: str, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ['extend-packs = ["rules.toml"]', "select = [", '  "STY901",', "]", "fail-om = 'info'"]
    write("newslint.toml", mark + end.join(lines[:4]) + end)
    assert found(capsys) == ["a.txt STY901"]
    write("newslint.toml", mark + end.join(lines) + end)
    assert complaint(capsys).startswith("newslint.toml:5: unknown key “fail-om”")


def test_rules_take_severities_by_name_or_code(capsys: pytest.CaptureFixture[str]) -> None:
    write(
        "newslint.toml", DESK + "[rules]\nworn-word.severity = 'info'\nSTY902.severity = 'error'\n"
    )
    main(["a.txt", "--output-format=concise"])
    out = capsys.readouterr().out
    assert "STY901 [worn-word] info" in out
    assert "STY902 [stiff-word] error" in out


def test_per_file_ignores(capsys: pytest.CaptureFixture[str]) -> None:
    write(
        "newslint.toml",
        DESK
        + '[per-file-ignores]\n"letters/*.txt" = ["worn-word"]\n"b.txt" = ["STY901", "STY902"]\n',
    )
    for path in ("letters/c.txt", "letters/b.txt", "letters/old/c.txt"):
        write(path, BAD)
    shown = [each.replace(os.sep, "/") for each in found(capsys, "letters")]
    assert shown == ["letters/c.txt STY902", *(f"letters/old/c.txt STY90{n}" for n in (1, 2))]


def test_overrides_change_the_rules_of_some_files(capsys: pytest.CaptureFixture[str]) -> None:
    write(
        "newslint.toml",
        'extend-packs = ["rules.toml"]\nselect = ["STY901"]\n'
        '[[overrides]]\nfiles = ["wire/**"]\nextend-select = ["STY902"]\nignore = ["STY901"]\n'
        '[[overrides]]\nfiles = ["*.text"]\nselect = ["STY902"]\n'
        '[overrides.rules.stiff-word]\nseverity = "error"\n',
    )
    write("wire/b.txt", BAD)
    write("c.text", BAD)
    assert main([".", "--output-format=concise", "-q"]) == 1
    shown = [line.split(": ")[:2] for line in capsys.readouterr().out.splitlines()]
    assert shown == [
        ["a.txt:1:3", "STY901 [worn-word] error"],
        ["c.text:1:29", "STY902 [stiff-word] error"],
        [f"{os.path.join('wire', 'b.txt')}:1:29", "STY902 [stiff-word] warning"],
    ]


def test_an_override_sets_the_language(capsys: pytest.CaptureFixture[str]) -> None:
    write("newslint.toml", '[[overrides]]\nfiles = ["de/**"]\nlanguage = "de"\n')
    write("de/b.txt", BAD)
    assert main(["parse", "de/b.txt"]) == 0
    assert "language de (declared)" in capsys.readouterr().out


# ---------------------------------------------------------------------- extend


def test_a_file_extends_another(capsys: pytest.CaptureFixture[str]) -> None:
    write(
        "base/desk.toml",
        'extend-packs = ["../rules.toml"]\nselect = ["STY9"]\nignore = ["STY901"]\n',
    )
    write("newslint.toml", 'extend = "base/desk.toml"\n')
    assert found(capsys) == ["a.txt STY902"]
    write("newslint.toml", 'extend = "base/desk.toml"\nignore = ["STY902"]\n')
    assert found(capsys) == ["a.txt STY901"]
    write("newslint.toml", 'extend = "base/desk.toml"\nextend-select = ["STY901"]\n')
    assert found(capsys) == ["a.txt STY902"]  # ignore wins a tie


def test_what_an_extended_file_excludes_counts_from_its_own_folder(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write(
        "newslint.toml",
        DESK
        + 'exclude = ["wire/old/", "draft-*.txt"]\n[per-file-ignores]\n"wire/b.txt" = ["STY901"]\n',
    )
    write("wire/newslint.toml", 'extend = "../newslint.toml"\nextend-exclude = ["raw/"]\n')
    for path in ("b.txt", "old/b.txt", "draft-1.txt", "raw/b.txt", "new/b.txt"):
        write(f"wire/{path}", BAD)
    shown = [each.replace(os.sep, "/") for each in found(capsys, "wire")]
    assert shown == ["wire/b.txt STY902", "wire/new/b.txt STY901", "wire/new/b.txt STY902"]


def test_patterns_of_an_extended_file_elsewhere_count_from_the_extending_folder(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write(
        "house/style.toml",
        'extend-packs = ["../rules.toml"]\nselect = ["STY9"]\nexclude = ["old/"]\n',
    )
    write("wire/newslint.toml", 'extend = "../house/style.toml"\n')
    write("wire/b.txt", BAD)
    write("wire/old/b.txt", BAD)
    path = os.path.join("wire", "b.txt")
    assert found(capsys, "wire") == [f"{path} STY901", f"{path} STY902"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('extend = "none.toml"', "there is no file “none.toml” to extend"),
        ('extend = "newslint.toml"', "extends itself through “newslint.toml”"),
        ("extend = 3", "“extend” must be a string"),
    ],
)
def test_what_cannot_be_extended(
    text: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write("newslint.toml", f"\n{text}\n")
    assert complaint(capsys) == f"newslint.toml:2: {message}"


def test_a_mistake_in_an_extended_file_is_named_there(capsys: pytest.CaptureFixture[str]) -> None:
    write("wire/newslint.toml", 'extend = "../base.toml"\n')
    write("base.toml", '# the house\n\n[per-file-ignores]\n"a/*.txt" = ["QUO"]\n"b/*.txt" = 7\n')
    assert complaint(capsys, "wire") == "base.toml:5: “b/*.txt” must be a list of strings"
    write("base.toml", '[per-file-ignores]\n"a/*.txt" = [\n"QUO",\n"STY991"]\n')
    assert complaint(capsys, "wire").startswith("base.toml:4: unknown rule “STY991”")


def test_a_mistake_in_an_extending_file_is_named_there(capsys: pytest.CaptureFixture[str]) -> None:
    write("base.toml", "")
    place = os.path.join("wire", "newslint.toml")
    lines = 'extend = "../base.toml"\n[per-file-ignores]\n"a.txt" = []\n"b.txt" = ["STY991"]\n'
    write(place, lines)
    assert complaint(capsys, "wire").startswith(f"{place}:4: unknown rule “STY991”")


# ---------------------------------------------------------------------- mistakes


@pytest.mark.parametrize(
    ("text", "message"),
    [
        # unknown names, with the nearest known one
        ("fail-om = 'error'", "1: unknown key “fail-om”; did you mean “fail-on”?"),
        ("fail_on = 'error'", "1: unknown key “fail_on”; did you mean “fail-on”?"),
        ("# a\n\n[rule.worn-word]\nx = 1", "3: unknown key “rule”; did you mean “rules”?"),
        ("[[override]]\nfiles = []", "1: unknown key “override”; did you mean “overrides”?"),
        ("severity = 'error'", "1: unknown key “severity”"),
        ("root = '/'", "1: unknown key “root”"),
        ("[places]\na = 'b'", "1: unknown key “places”"),
        (
            "select = [\n 'QUO',\n 'worn-wort',\n]",
            "3: unknown rule “worn-wort”; did you mean “worn-word”?",
        ),
        ("ignore = ['QUO', 'ZZZ']", "1: unknown rule “ZZZ”"),
        ("select = ['']", "1: unknown rule “”"),
        (
            "[rules.worn-word]\n[rules.stif-word]\n",
            "2: unknown rule “stif-word”; did you mean “stiff-word”?",
        ),
        ("[rules.stif-word]\nseverity = 'info'\n", "2: unknown rule “stif-word”"),
        ("rules.worn-word.limit = 3", "1: rule “worn-word” has no option “limit”"),
        (
            "[[overrides]]\nfiles = ['a']\nlanguag = 'de'",
            "3: unknown key “languag” in [[overrides]]; did you mean “language”?",
        ),
        (
            "[[overrides]]\nfiles = ['a']\n[[overrides]]\nfiles = ['a']\nignore = ['QUO', 'worm-word']",
            "5: unknown rule “worm-word”; did you mean “worn-word”?",
        ),
        (
            "[[overrides]]\nfiles = ['a']\n\n[overrides.rules.worn-word]\nlimit = 3",
            "5: rule “worn-word” has no option “limit”",
        ),
        (
            "[per-file-ignores]\n'a' = ['QUO']\n'b' = ['stiff-wort']",
            "3: unknown rule “stiff-wort”; did you mean “stiff-word”?",
        ),
        ("fail-on = 'warn'", "1: unknown severity “warn” for “fail-on”; did you mean “warning”?"),
        (
            "fail-on = 'x'",
            "1: unknown severity “x” for “fail-on”; it is one of error, warning, info",
        ),
        ("[rules.worn-word]\nseverity = 'eror'", "2: unknown severity “eror” for “severity”"),
        # values of another type than wanted
        ("\nselect = 'QUO'", "2: “select” must be a list of strings"),
        ("exclude = ['a', 3]", "1: “exclude” must be a list of strings"),
        ("language = 7", "1: “language” must be a string"),
        ("language = 'english'", "1: “language” must be a code such as “en”, or “en-GB”"),
        ("language = 'de-'", "1: “language” must be a code such as “en”, or “en-GB”"),
        ("force-exclude = 'yes'", "1: “force-exclude” must be true or false"),
        ("respect-gitignore = 0", "1: “respect-gitignore” must be true or false"),
        ("max-warnings = -1", "1: “max-warnings” must be a whole number from 0"),
        ("max-warnings = true", "1: “max-warnings” must be a whole number from 0"),
        ("max-warnings = 1.5", "1: “max-warnings” must be a whole number from 0"),
        ("fail-on = 3", "1: “fail-on” must be a string"),
        ("rules = 3", "1: “rules” must be a table"),
        ("[rules]\nworn-word = 3", "2: “rules.worn-word” must be a table"),
        (
            "[rules.worn-word]\nlimit = { a = 1 }",
            "2: “limit” must be a string, number, true, false or list",
        ),
        ("[rules.worn-word]\nlimit = [1]", "2: “limit” must be a list of strings"),
        ("[rules.worn-word]\nseverity = 2", "2: unknown severity “2”"),
        ("per-file-ignores = ['a']", "1: “per-file-ignores” must be a table"),
        ("[overrides]\nfiles = ['a']", "1: overrides are written as [[overrides]] tables"),
        ("overrides = [1]", "1: “overrides” must be a table"),
        ("\n[[overrides]]\nignore = ['QUO']", "2: [[overrides]] needs “files”, a list of patterns"),
        ("[[overrides]]\nfiles = 'a'", "2: “files” must be a list of strings"),
        # what is for the command line only
        ("plugins = ['os']", "1: “plugins” runs code and is for the command line only (--plugin)"),
        # no TOML at all
        ("a = 1\nselect = [", "2: not TOML: "),
        ("select = ['QUO']\nselect = []", "2: not TOML: this stands here a second time"),
        ("[rules.worn-word]\n[rules.worn-word]", "2: not TOML: this stands here a second time"),
        ("this is no TOML", "1: not TOML: expected"),
    ],
)
def test_a_mistake_is_named_with_its_line(
    text: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write("newslint.toml", f"{text}\n")
    said = complaint(capsys, ".", "--config", 'extend-packs = ["rules.toml"]')
    assert said.startswith(f"newslint.toml:{message}")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"[project]\n[tool.newslint]\nselect = 3\n", "3: “select” must be a list of strings"),
        (b"[tool]\n\nnewslint = 3\n", "3: “tool.newslint” must be a table"),
        (b"[tool.newslint]\nfail-om = 3\n", "2: unknown key “fail-om”; did you mean “fail-on”?"),
        (b"[tool.newslint\n", "1: not TOML: "),
        (b'[tool.newslint]\nlanguage = "\xe9"\n', " not UTF-8 at byte 28"),
        (b"# newslint\na = " + b"[" * 5000, " nested too deeply"),
    ],
)
def test_a_mistake_in_a_pyproject_is_named_with_its_line(
    data: bytes, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("pyproject.toml").write_bytes(data)
    assert complaint(capsys).startswith(f"pyproject.toml:{message}")


def test_a_mistake_in_a_folder_below_is_named_there(capsys: pytest.CaptureFixture[str]) -> None:
    write("wire/newslint.toml", "\n\nselect = ['XYZ']\n")
    place = os.path.join("wire", "newslint.toml")
    assert main(["."]) == 2
    assert f"{place}:3: unknown rule “XYZ”" in capsys.readouterr().err


def test_an_override_that_matches_no_file_is_checked_all_the_same(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write("newslint.toml", "[[overrides]]\nfiles = ['nowhere/**']\nselect = ['XYZ999']\n")
    assert complaint(capsys).startswith("newslint.toml:3: unknown rule “XYZ999”")
