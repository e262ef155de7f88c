"""The command line: what it reads, what it prints, and the status it ends with."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk_rules import PACK, write
from newslint import __version__
from newslint.cli import main

PLUGIN = '''
from __future__ import annotations

from typing import Literal

from newslint import hookimpl, rule
from newslint.reports import Reporter


@rule("STY911", "long-copy", severity="warning", bad=["⟦a⟧" * 99], good=["a", "b"])
def long_copy(article, *, max_characters: int = 1000, unit: Literal["letters", "lines"] = "letters"):
    """It is too long."""
    if len(article.text) > max_characters:
        yield article.finding((0, 1), f"more than {max_characters} {unit}")


@rule("STY912", "broken-rule", default=False, bad=["⟦a⟧"], good=["b", "c"])
def broken_rule(article):
    """It stops."""
    raise ValueError("out of order")
    yield


@hookimpl
def newslint_rules():
    return [long_copy, broken_rule]


@hookimpl
def newslint_reports():
    return [Reporter("tally", "a number", lambda results, style: iter([f"{len(list(results))}\\n"]))]
'''

CLEAN = "The bridge opened on Friday, the mayor said.\n"
ERROR = "A groundbreaking bridge opened on Friday, the mayor said.\n"
WARNING = "The town utilised the bridge on Friday, the mayor said.\n"
INFO = "It was somewhat cold on the bridge on Friday, the mayor said.\n"


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A newsroom's folder with rules of its own, so that other rules may change."""
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.syspath_prepend(str(folder))
    write("rules.toml", PACK)
    write("plugin_of_the_desk.py", PLUGIN)
    write("newslint.toml", 'extend-packs = ["rules.toml"]\nselect = ["STY9"]\n')
    yield folder
    sys.modules.pop("plugin_of_the_desk", None)


def run(*arguments: str) -> int:
    try:
        return main(arguments)
    except SystemExit as stop:  # argparse's own way out
        return int(stop.code or 0)


def found(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Path and code of each finding printed in the concise format."""
    lines = [line.split(" ") for line in capsys.readouterr().out.splitlines()]
    return [f"{line[0].split(':')[0]} {line[1]}" for line in lines if line[0].endswith(":")]


def concise(*arguments: str) -> int:
    return run(*arguments, "--output-format=concise", "--quiet")


def standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))


# ---------------------------------------------------------------------- exit status


@pytest.mark.parametrize(
    ("text", "status"), [(CLEAN, 0), ("", 0), (ERROR, 1), (WARNING, 0), (INFO, 0)]
)
def test_only_errors_fail_a_run(text: str, status: int) -> None:
    write("a.txt", text)
    assert run("a.txt") == status


def test_a_clean_file_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", CLEAN)
    assert run("a.txt") == 0
    assert capsys.readouterr() == ("1 file clean.\n", "")


def test_a_missing_file_is_exit_status_two(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", ERROR)
    assert concise("none.txt", "a.txt") == 2
    out = capsys.readouterr().out
    assert "none.txt:1:1: LNT001 [unreadable-file] error: cannot be read" in out
    assert "a.txt:1:3: STY901" in out  # the others are checked all the same


def test_an_unreadable_file_is_exit_status_two(capsys: pytest.CaptureFixture[str]) -> None:
    os.symlink("loop.txt", "loop.txt")
    write("a.txt", CLEAN)
    assert concise("loop.txt", "a.txt") == 2
    assert found(capsys) == ["loop.txt LNT001"]


def test_a_picture_called_an_article_is_exit_status_two(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("a.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    assert concise("a.txt") == 2
    assert "not a text file" in capsys.readouterr().out


def test_a_rule_that_crashes_is_exit_status_two(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", CLEAN)
    arguments = ("--plugin", "plugin_of_the_desk", "--select", "broken-rule", "a.txt")
    assert concise(*arguments) == 2
    assert "broken-rule stopped with ValueError: out of order" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--select", "STY991"], "--select: unknown rule “STY991”; did you mean “STY9"),
        (["--select", "STY901,worn-wrd"], "--select: unknown rule “worn-wrd”; did you mean “worn-"),
        (["--ignore", "worn-words"], "--ignore: unknown rule “worn-words”; did you mean “worn-wo"),
        (["--extend-select", "x"], "--extend-select: unknown rule “x”"),
        (["--output-format", "consise"], "unknown output format “consise”; did you mean “concise”"),
        (
            ["--output-format", "x"],
            "unknown output format “x”; it is one of checkstyle, concise, csv, ",
        ),
        (["--max-warnings", "-1"], "--max-warnings: “max-warnings” must be a whole number from 0"),
        (["--max-warnings", "few"], "argument --max-warnings: invalid int value: 'few'"),
        (["--fail-on", "errors"], "argument --fail-on: invalid choice: 'errors'"),
        (["--language", "english"], "--language: “language” must be a code such as “en”"),
        (["--color", "blue"], "argument --color: invalid choice: 'blue'"),
        (["--sellect", "ALL"], "unrecognized arguments: --sellect"),
        (["--plugin", "no_such_module"], "plugin module “no_such_module” cannot be loaded"),
        (["--files-from", "none"], "--files-from: none: No such file"),
        (["-", "a.txt"], "- stands for standard input and cannot be mixed with other paths"),
        (["-", "--files-from", "a.txt"], "- stands for standard input and cannot be mixed"),
        (["--stdin-filename", "b.txt", "a.txt"], "--stdin-filename names the text of standard"),
        (["--output-file", "."], "--output-file: . is a folder"),
        (["--output-file", "none/report"], "--output-file: none/report: No such file"),
    ],
)
def test_a_wrong_option_is_exit_status_two(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write("a.txt", CLEAN)
    assert run(*arguments, *([] if "a.txt" in arguments or "-" in arguments else ["a.txt"])) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert message in err
    assert "Traceback" not in err


def test_an_error_message_shows_no_escape_sequence(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--select", "\x1b[31m\n::error::x") == 2
    err = capsys.readouterr().err
    assert err.startswith("newslint: error: --select: unknown rule “\\x1b[31m\\n::error::x”")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("level", "text", "status"),
    [
        ("error", WARNING, 0),
        ("warning", WARNING, 1),
        ("warning", INFO, 0),
        ("info", INFO, 1),
        ("info", CLEAN, 0),
    ],
)
def test_fail_on_sets_the_level_that_fails(level: str, text: str, status: int) -> None:
    write("a.txt", text)
    assert run("a.txt", "--extend-select", "STY903", "--fail-on", level) == status


@pytest.mark.parametrize(("most", "status"), [(0, 1), (1, 1), (2, 0), (3, 0)])
def test_more_warnings_than_max_warnings_fail(most: int, status: int) -> None:
    write("a.txt", WARNING)
    write("b.txt", WARNING)
    assert run(".", "--max-warnings", str(most)) == status


def test_exit_zero_hides_findings_but_never_what_could_not_be_checked() -> None:
    write("a.txt", ERROR + WARNING)
    assert run("a.txt", "--exit-zero", "--max-warnings=0") == 0
    assert run("a.txt", "none.txt", "--exit-zero") == 2
    assert run("a.txt", "--exit-zero", "--select", "XYZ999") == 2


# ---------------------------------------------------------------------- commands


@pytest.mark.parametrize("arguments", [(), ("-h",), ("--help",)])
def test_help_names_the_commands(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == 0
    out = capsys.readouterr().out
    assert all(f"  newslint {name}" in out for name in ("[check]", "rules", "rule", "parse"))


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--version") == 0
    assert capsys.readouterr().out == f"newslint {__version__}\n"


@pytest.mark.parametrize("command", ["check", "rules", "rule", "parse", "config"])
def test_every_command_explains_its_options(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(command, "--help") == 0
    assert capsys.readouterr().out.startswith(f"usage: newslint {command} ")


def test_check_is_the_default_command(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", ERROR)
    assert run("check", "a.txt") == 1
    explicit = capsys.readouterr().out
    assert run("a.txt") == 1
    assert capsys.readouterr().out == explicit


def test_a_folder_called_like_a_command_is_checked_with_dots_in_front(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write("rules/a.txt", ERROR)
    assert concise("./rules") == 1
    assert found(capsys) == [f"{os.path.join('rules', 'a.txt')} STY901"]


def test_check_without_paths_checks_the_working_folder(capsys: pytest.CaptureFixture[str]) -> None:
    write("news/a.txt", ERROR)
    write("b.txt", ERROR)
    assert concise("check") == 1
    assert found(capsys) == ["b.txt STY901", f"{os.path.join('news', 'a.txt')} STY901"]


def test_options_and_paths_mix(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", ERROR)
    write("b.txt", ERROR)
    assert run("a.txt", "--output-format", "concise", "b.txt", "-q") == 1
    assert found(capsys) == ["a.txt STY901", "b.txt STY901"]


def test_two_dashes_end_the_options(capsys: pytest.CaptureFixture[str]) -> None:
    write("-x.txt", ERROR)
    assert run("--output-format=concise", "-q", "--", "-x.txt") == 1
    assert found(capsys) == ["-x.txt STY901"]


def test_rules_lists_what_is_on_at_which_severity(capsys: pytest.CaptureFixture[str]) -> None:
    write(
        "newslint.toml",
        'extend-packs = ["rules.toml"]\nignore = ["STY902"]\n[rules.worn-word]\nseverity = "info"\n',
    )
    assert run("rules", "STY9") == 0
    assert [line.split()[:3] for line in capsys.readouterr().out.splitlines()] == [
        ["STY901", "worn-word", "info"],
        ["STY902", "stiff-word", "off"],
        ["STY903", "faint-word", "off"],
    ]


def test_rules_without_a_code_lists_every_rule(capsys: pytest.CaptureFixture[str]) -> None:
    from newslint.ruleset import builtin_rules

    assert run("rules") == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(builtin_rules()) + 3
    assert lines == sorted(lines)


def test_rules_refuses_an_unknown_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("rules", "worn-wort") == 2
    assert "unknown rule “worn-wort”; did you mean “worn-word”?" in capsys.readouterr().err


@pytest.mark.parametrize("key", ["STY902", "sty902", "stiff-word"])
def test_rule_explains_a_rule(key: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("rule", key) == 0
    out = capsys.readouterr().out
    assert out.startswith("# STY902 stiff-word\n\nNobody speaks like that.\n")
    assert "⟦utilised⟧" in out
    assert "with the fix" in out


def test_rule_shows_options_and_their_values(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("rule", "--plugin", "plugin_of_the_desk", "long-copy,STY901") == 0
    out = capsys.readouterr().out
    assert "* `max-characters`: a whole number, default `1000`" in out
    assert "* `unit`: `letters` or `lines`, default `letters`" in out
    assert "\n\n# STY901 worn-word\n" in out


def test_rule_all_explains_every_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("rule", "--all") == 0
    out = capsys.readouterr().out
    assert out.count("\n# STY90") == 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "name a rule by its code or name, or give --all"),
        (["STY909"], "unknown rule “STY909”; did you mean “STY90"),
        (["worm-word"], "unknown rule “worm-word”; did you mean “worn-word”?"),
    ],
)
def test_rule_needs_a_known_rule(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("rule", *arguments) == 2
    assert message in capsys.readouterr().err


def test_parse_shows_the_parts_with_their_places(capsys: pytest.CaptureFixture[str]) -> None:
    write(
        "a.jsonl", '{"id": "n1", "title": "A bridge", "text": "It opened on Friday, she said."}\n'
    )
    assert run("parse", "a.jsonl", "--language", "en") == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["part", "n1"] in lines
    assert ["language", "en", "(declared),", "encoding", "utf-8"] in lines
    assert ["1:24", "1:32", "title", "A", "bridge"] in lines
    assert ["1:44", "1:74", "paragraph", "It", "opened", "on", "Friday,", "she", "said."] in lines


def test_parse_shows_no_escape_sequence(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", "A bridge \x1b[31m\n\nIt opened \u202eon Friday, the mayor of the town said.\n")
    assert run("parse", "a.txt") == 0
    out = capsys.readouterr().out
    assert "A bridge \\x1b[31m" in out
    assert "It opened \\u202eon" in out


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (None, "a.jsonl: No such file"),
        (b'{"title": "A"}\n{"title":\n', "a.jsonl: line 2: "),
        (b"\x89PNG" + bytes(range(32)) * 9, "a.jsonl: not a text file"),
    ],
)
def test_parse_of_what_cannot_be_read_is_exit_status_two(
    data: bytes | None, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if data is not None:
        Path("a.jsonl").write_bytes(data)
    assert run("parse", "a.jsonl") == 2
    assert f"newslint: error: {message}" in capsys.readouterr().err


# ---------------------------------------------------------------------- selecting rules


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        ([], ["STY901", "STY902"]),
        (["--select", "STY903"], ["STY903"]),
        (["--select", "worn-word"], ["STY901"]),
        (["--select", "STY901, STY903"], ["STY901", "STY903"]),
        (["--select", "STY901", "--select", "STY902"], ["STY901", "STY902"]),
        (["--extend-select", "STY903"], ["STY901", "STY902", "STY903"]),
        (["--ignore", "STY901"], ["STY902"]),
        (["--ignore", "STY"], ["STY901", "STY902"]),  # select = ["STY9"] is the closer one
        (["--select", "STY9", "--ignore", "stiff-word"], ["STY901"]),
    ],
)
def test_rules_are_selected_on_the_command_line(
    arguments: list[str], codes: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    write("a.txt", ERROR + WARNING + INFO)
    concise("a.txt", *arguments)
    assert found(capsys) == [f"a.txt {code}" for code in codes]


def test_the_command_line_ignores_on_top_of_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    write(
        "newslint.toml", 'extend-packs = ["rules.toml"]\nselect = ["STY9"]\nignore = ["STY902"]\n'
    )
    write("a.txt", ERROR + WARNING + INFO)
    concise("a.txt", "--ignore", "STY901", "--extend-select", "STY903")
    assert found(capsys) == ["a.txt STY903"]


def test_select_overrules_what_the_file_ignores(capsys: pytest.CaptureFixture[str]) -> None:
    write("newslint.toml", 'extend-packs = ["rules.toml"]\nignore = ["STY9", "worn-word"]\n')
    write("a.txt", ERROR + WARNING)
    assert concise("a.txt", "--select", "worn-word") == 1
    assert found(capsys) == ["a.txt STY901"]


def test_an_option_of_a_plugin_rule_is_set_and_checked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write("a.txt", CLEAN)
    arguments = ("a.txt", "--plugin", "plugin_of_the_desk", "--select", "long-copy")
    assert concise(*arguments) == 0
    assert found(capsys) == []
    concise(*arguments, "--config", "rules.long-copy.max-characters = 5")
    assert found(capsys) == ["a.txt STY911"]
    assert run(*arguments, "--config", "rules.long-copy.max-characters = 'five'") == 2
    assert "--config: long-copy: option “max-characters” must be" in capsys.readouterr().err
    assert run(*arguments, "--config", "rules.long-copy.unit=pages") == 2
    assert "must be “letters” or “lines”, not 'pages'" in capsys.readouterr().err


# ---------------------------------------------------------------------- what is read


def test_standard_input_is_an_article(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    standard_input(monkeypatch, ERROR.encode())
    assert concise("-") == 1
    assert found(capsys) == ["- STY901"]


@pytest.mark.parametrize("arguments", [("-", "--stdin-filename"), ("--stdin-filename",)])
def test_standard_input_takes_format_and_settings_from_its_name(
    arguments: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write("wire/newslint.toml", 'extend-packs = ["../rules.toml"]\nselect = ["STY902"]\n')
    record = json.dumps({"id": "n7", "text": ERROR + WARNING})
    standard_input(monkeypatch, record.encode() + b"\n")
    assert run(*arguments, "wire/a.jsonl", "--output-format=jsonl") == 0
    (finding,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (finding["path"], finding["part"], finding["code"]) == ("wire/a.jsonl", "n7", "STY902")


def test_standard_input_stays_out_where_its_name_is_excluded_by_force(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ("--stdin-filename", "archive/a.txt", "--config", 'exclude = ["archive"]')
    standard_input(monkeypatch, ERROR.encode())
    assert concise(*arguments) == 1
    assert run(*arguments, "--force-exclude") == 0
    assert "Skipped 1 path: excluded (1)." in capsys.readouterr().out


@pytest.mark.parametrize("separator", ["\n", "\r\n", "\0"])
@pytest.mark.parametrize("source", ["list", "-"])
def test_paths_come_from_a_list(
    separator: str,
    source: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("b.txt", "a b.txt", "notes.py"):
        write(name, ERROR)
    listed = separator.join(["b.txt", "a b.txt", "notes.py", ""]).encode()
    Path("list").write_bytes(listed)
    standard_input(monkeypatch, listed)
    assert run("--files-from", source, "--output-format=jsonl") == 1
    findings = map(json.loads, capsys.readouterr().out.splitlines())
    assert [finding["path"] for finding in findings] == ["b.txt", "a b.txt"]


def test_a_list_separated_by_nul_may_hold_any_name(capsys: pytest.CaptureFixture[str]) -> None:
    write("two\nlines.txt", ERROR)
    Path("list").write_bytes(b"two\nlines.txt\0")
    assert run("--files-from", "list", "--output-format=jsonl") == 1
    assert json.loads(capsys.readouterr().out)["path"] == "two\nlines.txt"


def test_an_empty_list_checks_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", ERROR)
    Path("list").write_bytes(b"")
    assert run("--files-from", "list") == 0
    assert capsys.readouterr().out == "No files to check.\n"


def test_a_listed_file_that_is_gone_is_exit_status_two() -> None:
    Path("list").write_bytes(b"gone.txt\n")
    assert run("--files-from", "list") == 2


def test_listed_and_named_files_are_checked_once_each(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", ERROR)
    write("b.txt", ERROR)
    Path("list").write_bytes(b"./a.txt\nb.txt\n")
    assert concise("a.txt", "--files-from", "list") == 1
    assert found(capsys) == ["a.txt STY901", "b.txt STY901"]


def test_force_exclude_keeps_named_files_out(capsys: pytest.CaptureFixture[str]) -> None:
    write("newslint.toml", 'extend-packs = ["rules.toml"]\nexclude = ["archive/"]\n')
    write("archive/a.txt", ERROR)
    assert run("archive/a.txt") == 1
    capsys.readouterr()
    assert run("archive/a.txt", "--force-exclude") == 0
    assert capsys.readouterr().out == "No files to check.\nSkipped 1 path: excluded (1).\n"


# ---------------------------------------------------------------------- settings


def test_isolated_reads_no_configuration(capsys: pytest.CaptureFixture[str]) -> None:
    write("newslint.toml", "this is no TOML")
    write("a.txt", CLEAN)
    assert run("a.txt") == 2
    capsys.readouterr()
    assert run("a.txt", "--isolated") == 0
    assert run("a.txt", "--isolated", "--config", "newslint.toml") == 2
    assert "--isolated and --config FILE exclude each other" in capsys.readouterr().err


def test_a_configuration_file_can_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    write("newslint.toml", "this is no TOML")
    write(
        "ci/strict.toml",
        'extend-packs = ["../rules.toml"]\nselect = ["STY902"]\nfail-on = "warning"',
    )
    write("a.txt", ERROR + WARNING)
    assert concise("a.txt", "--config", "ci/strict.toml") == 1
    assert found(capsys) == ["a.txt STY902"]


def test_single_settings_go_on_top_of_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", ERROR + WARNING)
    settings = ("--config", 'select = ["STY902"]', "--config", "fail-on=warning")
    assert concise("a.txt", *settings) == 1
    assert found(capsys) == ["a.txt STY902"]
    assert concise("a.txt", *settings, "--fail-on", "error") == 0


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("none.toml", "--config: there is no file “none.toml”"),
        ("fail-om=error", "--config: unknown key “fail-om”; did you mean “fail-on”?"),
        (
            "fail-on=errors",
            "--config: unknown severity “errors” for “fail-on”; did you mean “error”",
        ),
        ("exclude=archive", "--config: “exclude” must be a list of strings"),
        ("max-warnings=many", "--config: “max-warnings” must be a whole number from 0"),
        ("language='", "--config: “language='” is neither a file nor KEY=VALUE"),
        ("extend=other.toml", "--config: “extend” stands in configuration files only"),
        ('plugins=["os"]', "--config: “plugins” runs code and is for the command line only"),
    ],
)
def test_a_wrong_setting_is_exit_status_two(
    value: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write("a.txt", CLEAN)
    assert run("a.txt", "--config", value) == 2
    assert message in capsys.readouterr().err


def test_two_configuration_files_are_one_too_many(capsys: pytest.CaptureFixture[str]) -> None:
    write("other.toml", "")
    assert run(".", "--config", "newslint.toml", "--config", "other.toml") == 2
    assert "--config: only one configuration file can hold" in capsys.readouterr().err


# ---------------------------------------------------------------------- output


def test_the_output_format_comes_from_option_then_environment_then_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write("a.txt", ERROR)
    assert run("a.txt", "--config", "output-format=jsonl") == 1
    assert capsys.readouterr().out.startswith('{"path"')
    monkeypatch.setenv("NEWSLINT_OUTPUT_FORMAT", "github")
    assert run("a.txt", "--config", "output-format=jsonl") == 1
    assert capsys.readouterr().out.startswith("::error ")
    assert run("a.txt", "--output-format", "json") == 1
    assert json.loads(capsys.readouterr().out)["tool"]["name"] == "newslint"


def test_a_wrong_output_format_names_where_it_was_set(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write("newslint.toml", '\noutput-format = "jsn"\n')
    assert run(".") == 2
    assert "newslint.toml:2: unknown output format “jsn”; did you mean “json" in (
        capsys.readouterr().err
    )
    monkeypatch.setenv("NEWSLINT_OUTPUT_FORMAT", "gitlub")
    assert run(".") == 2
    assert "NEWSLINT_OUTPUT_FORMAT: unknown output format “gitlub”" in capsys.readouterr().err


def test_a_plugin_can_add_an_output_format(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", ERROR)
    assert run(".", "--plugin", "plugin_of_the_desk", "--output-format", "tally") == 1
    assert capsys.readouterr().out == "1\n"


def test_quiet_prints_findings_only(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", ERROR)
    write("b.txt", CLEAN)
    assert run(".", "--output-format=concise") == 1
    *findings, last = capsys.readouterr().out.splitlines()
    assert last == "Found 1 error in 1 of 2 files."
    assert run(".", "--output-format=concise", "-q") == 1
    assert capsys.readouterr().out.splitlines() == findings
    assert run("b.txt", "--quiet") == 0
    assert capsys.readouterr().out == ""


def test_statistics_count_by_rule(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", ERROR + WARNING)
    write("b.txt", WARNING)
    assert run(".", "--statistics") == 1
    assert capsys.readouterr().out.splitlines() == [
        "2  STY902  warning  stiff-word",
        "1  STY901  error    worn-word",
        "Found 1 error and 2 warnings in 2 of 2 files (2 fixable).",
    ]


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_statistics_for_programs(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", WARNING)
    assert run(".", "--statistics", "--output-format", name) == 0
    assert json.loads(capsys.readouterr().out) == [
        {
            "code": "STY902",
            "name": "stiff-word",
            "severity": "warning",
            "count": 1,
            "fixable": True,
        }
    ]
    write("a.txt", CLEAN)
    assert run(".", "--statistics", "--output-format", name) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_the_report_goes_to_a_file(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", ERROR)
    assert run("a.txt") == 1
    shown = capsys.readouterr().out
    before = set(os.listdir())
    assert run("a.txt", "--output-file", "report") == 1
    assert capsys.readouterr() == ("", "")
    assert Path("report").read_text("utf-8") == shown
    assert set(os.listdir()) == before | {"report"}


def test_the_report_replaces_a_file_and_keeps_its_permissions() -> None:
    write("a.txt", CLEAN)
    write("report", "old")
    os.chmod("report", 0o640)
    os.symlink("report", "link")
    assert run("a.txt", "--output-file", "link") == 0
    assert Path("report").read_text("utf-8") == "1 file clean.\n"
    assert Path("report").stat().st_mode & 0o777 == 0o640
    assert Path("link").is_symlink()


def test_a_failed_run_leaves_the_old_report_and_nothing_else(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write("a/a.txt", ERROR)
    write("b/newslint.toml", "select = 3\n")
    write("b/b.txt", ERROR)
    write("report", "old")
    before = set(os.listdir())
    assert run("a", "b", "--output-file", "report", "-j1") == 2
    assert f"{os.path.join('b', 'newslint.toml')}:1: “select” must be a list" in (
        capsys.readouterr().err
    )
    assert Path("report").read_text("utf-8") == "old"
    assert set(os.listdir()) == before


def test_the_report_can_go_to_a_device() -> None:
    write("a.txt", ERROR)
    assert run("a.txt", "--output-file", os.devnull) == 1
    assert not Path(os.devnull).is_file()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")
def test_a_full_disk_is_exit_status_two(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", ERROR)
    assert run("a.txt", "--output-file", "/dev/full") == 2
    assert capsys.readouterr().err == (
        "newslint: error: --output-file: /dev/full: No space left on device\n"
    )
    environment = {key: each for key, each in os.environ.items() if key != "PYTHONUNBUFFERED"}
    for arguments in (["rules"], ["--version"], ["a.txt"]):  # more than a buffer holds, and less
        command = [sys.executable, "-m", "newslint", *arguments]
        with open("/dev/full", "w") as full:
            done = subprocess.run(
                command, stdout=full, stderr=subprocess.PIPE, text=True, env=environment
            )
        assert done.returncode == 2
        assert done.stderr == "newslint: error: No space left on device\n"


@pytest.mark.parametrize(
    ("arguments", "environment", "coloured"),
    [
        ([], {}, False),  # captured output is no terminal
        (["--color", "always"], {}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": ""}, True),
        ([], {"FORCE_COLOR": ""}, False),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour(
    arguments: list[str],
    environment: dict[str, str],
    coloured: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    write("a.txt", ERROR)
    run("a.txt", *arguments)
    assert ("\x1b[" in capsys.readouterr().out) is coloured


def test_files_are_checked_alike_by_one_process_or_many(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from newslint import workers

    monkeypatch.setattr(workers, "BYTES_WORTH_WORKERS", 0)
    for number in range(9):
        write(f"{number}.txt", ERROR * number + WARNING)
    assert run(".", "-j", "1") == 1
    alone = capsys.readouterr().out
    assert run(".", "-j", "2") == 1
    assert capsys.readouterr().out == alone


# ---------------------------------------------------------------------- as a process


def test_a_reader_that_has_seen_enough_ends_the_run_quietly() -> None:
    write("a.txt", ERROR * 9000)  # findings of far more than a pipe holds
    command = [sys.executable, "-m", "newslint", "a.txt", "--output-format", "concise"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b"a.txt:1:3: STY901 ")
        process.stdout.close()
        assert process.stderr.read() == b""
        # As of other programs whose output is closed: it is neither known to be clean nor not.
        assert process.wait() == 141


def test_output_is_utf8_whatever_the_locale_says() -> None:
    write("a.txt", ERROR)
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [sys.executable, "-m", "newslint", "a.txt"]
    done = subprocess.run(command, capture_output=True, env=environment)
    assert done.returncode == 1
    assert "“groundbreaking”".encode() in done.stdout
    assert done.stderr == b""


# ---------------------------------------------------------------------- slips and broken surroundings


def newslint(*arguments: str, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "newslint", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        **more,  # type: ignore[call-overload]
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("chek", "a.txt"), "no command, file or folder “chek”; did you mean “check”?"),
        (("--isolated", "parse", "a.txt"), "a command comes first: newslint parse"),
        (("",), "a path is empty"),
        (("--outptu-format", "json", "a.txt"), "did you mean “--output-format”?"),
        (("--fail-on", "never", "a.txt"), "newslint check --help shows the options"),
        (("--report", "sarif=none/a.sarif", "a.txt"), "none/a.sarif: there is no such folder"),
    ],
)
def test_a_slip_on_the_command_line_is_named_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("Rain\n\nIt rained.\n", "utf-8")
    done = newslint(*arguments)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert message in done.stderr


def test_a_file_may_be_called_like_a_slip(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("chek").write_text("Rain\n\nIt rained.\n", "utf-8")
    assert main(["chek"]) == 0
    Path("check").write_text("Rain\n\nIt rained.\n", "utf-8")
    assert main(["--isolated", "check"]) == 0


def test_a_closed_output_changes_no_status(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Rain\n\nThe cafÃ© was shut.\n", "utf-8")
    script = f'"{sys.executable}" -m newslint "{path}" >&-'
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (1, "")


def test_parse_reads_standard_input() -> None:
    done = newslint("parse", "-", input="Rain\n\nIt rained on the whole of the island.\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert "title" in done.stdout
    assert "It rained on the whole of the island." in done.stdout


@pytest.mark.parametrize("command", ["parse -", "-", "--fix -", "--files-from -", "clean -"])
def test_a_closed_input_is_named(command: str) -> None:
    script = f'"{sys.executable}" -m newslint {command} <&-'
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (2, "newslint: error: standard input is closed\n")


def test_a_fault_of_newslint_is_no_finding(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_: object) -> int:
        raise KeyError("lost")

    monkeypatch.setattr("newslint.commands.rules.run", broken)
    assert main(["rules"]) == 2
    shown = capsys.readouterr().err
    assert "KeyError: 'lost'" in shown
    assert "please report it" in shown


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_read_as_a_file_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for text, status in (("The cafÃ© was shut.\n", 1), ("The café was shut.\n", 0)):
        with subprocess.Popen(
            [sys.executable, "-m", "newslint", str(pipe)], stdout=subprocess.PIPE
        ) as process:
            pipe.write_text(text, "utf-8")
            process.communicate()
        assert process.returncode == status


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.parametrize(
    ("command", "status", "shown"),
    [
        ("parse", 0, "1:1  1:19  title  The cafÃ© was shut"),
        ("--fix", 2, "cannot be fixed: it is no regular file; give its text to standard input"),
        ("--diff", 2, "cannot be fixed: it is no regular file; give its text to standard input"),
        ("clean --in-place", 2, "it is no regular file, which could be changed in place"),
    ],
)
def test_a_pipe_is_read_once_and_never_replaced(
    tmp_path: Path, command: str, status: int, shown: str
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(
        [sys.executable, "-m", "newslint", *command.split(), str(pipe)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        pipe.write_text("The cafÃ© was shut\n", "utf-8")
        said = process.communicate(timeout=60)[0].decode()
    assert process.returncode == status
    assert shown in said
    assert pipe.is_fifo()


@pytest.mark.skipif(not os.path.exists("/dev/fd"), reason="no files for open ones here")
@pytest.mark.parametrize("command", ["--output-file={}", "--report=concise={}", "clean -o {}"])
def test_what_is_written_to_a_pipe_comes_out_of_it(tmp_path: Path, command: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The cafÃ© was shut\n", "utf-8")
    ours, theirs = os.pipe()
    subprocess.run(
        [sys.executable, "-m", "newslint", *command.format(f"/dev/fd/{theirs}").split(), str(path)],
        pass_fds=[theirs],
        check=False,
    )
    os.close(theirs)
    with open(ours, encoding="utf-8") as stream:
        assert "é" in stream.read()


def test_a_file_larger_than_memory_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def too_much(*_: object) -> None:
        raise MemoryError

    path = tmp_path / "a.txt"
    path.write_text("Rain\n", "utf-8")
    monkeypatch.setattr("newslint.source.Source.from_bytes", too_much)
    assert main(["--no-cache", str(path)]) == 2
    assert "not enough memory" in capsys.readouterr().out
