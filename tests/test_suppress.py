"""Suppressions: what they cover, how long they hold, why, and the file of them beside the articles."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

import newslint
from newslint import Config, ConfigError
from newslint.directives import is_day, mark
from newslint.engine import Linter
from newslint.sidecar import added, load
from newslint.suppress import Entry
from newslint.workers import check_all

BAD = 'A ‘malign" alliance, an aide said.'
WORSE = 'A ‘second" alliance, an aide said.'
FILE = "newslint-suppressions.toml"
KNOWN = (("QUO101", "mismatched-quotes"), ("RES102", "read-more-link"))


def check(text: str, name: str = "a.md", **settings: object) -> tuple[list[str], int]:
    config = Config(select=("QUO", "LNT"), **settings)  # type: ignore[arg-type]
    result = Linter(config).check_bytes(text.encode(), name)
    return [finding.code for finding in result.findings], result.suppressed


# ---------------------------------------------------------------------- how long


@pytest.mark.parametrize(
    ("today", "found"),
    [
        ("2027-01-30", ([], 1)),
        ("2027-01-31", ([], 1)),
        ("2027-02-01", (["LNT005", "QUO101"], 0)),
    ],
)
@pytest.mark.parametrize(
    "text",
    [
        f"<!-- newslint: disable=QUO101 until=2027-01-31 -- the agency mends it -->\n\n{BAD}\n",
        f"<!-- newslint: disable-file=QUO until=2027-01-31 -->\n\n{BAD}\n",
        f"<!-- newslint: disable=QUO until=2027-01-31 -->\n\n{BAD}\n\n<!-- newslint: enable=QUO -->\n",
        f"---\nnewslint: {{disable: [QUO101], until: 2027-01-31, reason: as sent}}\n---\n\n{BAD}\n",
        f'+++\n[newslint]\nuntil = 2027-01-31\ndisable = ["QUO101"]\n+++\n\n{BAD}\n',
    ],
)
def test_a_suppression_holds_until_its_last_day(
    text: str, today: str, found: tuple[list[str], int]
) -> None:
    assert check(text, today=today) == found


def test_a_record_says_how_long_and_why() -> None:
    text = '{"id": "a", "text": "A ‘malign\\" pact.", "newslint": {"disable": ["QUO"], "until": "2027-01-31"}}\n'
    assert check(text, "a.jsonl", today="2027-01-31") == ([], 1)
    assert check(text, "a.jsonl", today="2027-02-01") == (["QUO101", "LNT005"], 0)


def test_the_day_of_the_run_counts_where_none_is_set() -> None:
    comment = "<!-- newslint: disable=QUO101 until={} -->\n\n" + BAD
    assert check(comment.format("2021-01-31")) == (["LNT005", "QUO101"], 0)
    assert check(comment.format("9999-12-31")) == ([], 1)


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("disable=QUO101 until=31.1.2027", "until needs the last day"),
        ("disable=QUO101 until=2027-02-30", "until needs the last day"),
        ("disable=QUO101 until=20270131", "until needs the last day"),
        ("disable=QUO101 until=", "until needs the last day"),
        ("disable=QUO101 until=2027-01-31 or so", "until needs the last day"),
        ("enable=QUO101 until=2027-01-31", "enable takes no day"),
    ],
)
def test_a_day_that_is_none_is_a_finding(comment: str, message: str) -> None:
    found = mark(f"<!-- newslint: {comment} -->", 0, 1)
    assert found is not None
    assert message in found.fault
    assert found.codes == ()
    assert check(f"<!-- newslint: {comment} -->\n\n{BAD}\n")[0] == ["LNT003", "QUO101"]


def test_a_day_in_a_header_that_is_none_is_a_finding() -> None:
    text = f"---\nnewslint: {{disable: [QUO101], until: soon}}\n---\n\n{BAD}\n"
    assert check(text) == (["LNT003"], 1)


def test_days() -> None:
    assert is_day("2028-02-29")
    assert not any(map(is_day, ("2027-02-29", "2027-1-1", "", "2027-W01-1", "today")))


def test_no_result_of_an_earlier_run_outlives_a_suppression(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"<!-- newslint: disable=QUO101 until=2027-01-31 -->\n\n{BAD}\n", "utf-8")
    os.utime(path, (1_600_000_000, 1_600_000_000))
    monkeypatch.setattr("newslint.results.FRESH", -(10**20))

    def on(day: str) -> list[str]:
        for module in ("engine", "results"):
            monkeypatch.setattr(f"newslint.{module}.today", lambda config: day)
        beside = str(tmp_path / FILE)
        linter = Linter(Config(select=("QUO", "LNT"), suppressions=beside))
        (result,) = check_all([(str(path), linter)], cached=True)
        return [finding.code for finding in result.findings]

    assert on("2027-01-30") == on("2027-01-31") == []
    assert on("2027-02-01") == on("2027-02-02") == ["LNT005", "QUO101"]
    path.write_text(f"{BAD}\n", "utf-8")
    os.utime(path, (1_600_000_001, 1_600_000_001))
    beside = tmp_path / FILE
    beside.write_text('[[suppress]]\npath = "*"\ncode = "QUO101"\nuntil = 2027-03-31\n', "utf-8")
    assert on("2027-03-30") == on("2027-03-31") == []
    assert on("2027-04-01") == ["QUO101"]


# ---------------------------------------------------------------------- why


def test_house_rules_may_ask_for_a_reason() -> None:
    bare, given = "<!-- newslint: disable=QUO101{} -->\n\n" + BAD, " -- as printed"
    assert check(bare.format("")) == ([], 1)
    asked = {"extend_select": ("suppression-without-reason",)}
    assert check(bare.format(""), **asked) == (["LNT006"], 1)
    assert check(bare.format(given), **asked) == ([], 1)
    header = "---\nnewslint: {{disable: [QUO101]{}}}\n---\n\n" + BAD
    assert check(header.format(""), **asked) == (["LNT006"], 1)
    assert check(header.format(", reason: as printed"), **asked) == ([], 1)


# ---------------------------------------------------------------------- what is covered


@pytest.mark.parametrize(
    "before",
    [
        "<!-- newslint: disable=QUO101 -->\n<!-- newslint: disable=ENC -->\n",
        "<!-- newslint: disable=QUO101 -->\n\n<!-- newslint: disable=ENC -->\n\n",
        "<!-- newslint: disable=QUO101 --> <!-- newslint: disable=ENC -->\n\n",
    ],
)
def test_a_stack_of_suppressions_covers_what_is_below_it(before: str) -> None:
    text = f"It rained.\n\n{before}{BAD} It isnâ€™t.\n\n{WORSE}\n"
    result = Linter(Config(select=("QUO", "ENC", "LNT"))).check_bytes(text.encode(), "a.md")
    assert [finding.code for finding in result.findings] == ["QUO101"]
    assert result.suppressed == 2


def test_many_suppressions_take_time_in_proportion() -> None:
    text = "<!-- newslint: disable=QUO101 -->\n\n" * 20_000 + BAD
    found, suppressed = check(text)
    assert suppressed == 1
    assert found == []


def test_a_comment_at_the_end_of_a_block_covers_it() -> None:
    text = f"- {BAD} <!-- newslint: disable=QUO101 -->\n- {WORSE}\n"
    assert check(text) == (["QUO101"], 1)


# ---------------------------------------------------------------------- beside the articles

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(run: Run) -> Run:
    """With findings a line each."""
    return partial(run, "--output-format", "concise")


def entries(*tables: str) -> None:
    Path(FILE).write_text("".join(f"[[suppress]]\n{table}\n" for table in tables), "utf-8")


def records(**texts: str) -> None:
    lines = [f'{{"id": "{key}", "text": "{text}"}}\n' for key, text in texts.items()]
    Path("a.jsonl").write_text("".join(lines).replace('"s"', "s"), "utf-8")


MALIGN, SECOND = (text.replace('"', '\\"') for text in (BAD, WORSE))


@pytest.mark.parametrize(
    ("table", "left"),
    [
        ('path = "a.jsonl"\ncode = "QUO101"', ""),
        ('path = "*.jsonl"\ncode = ["mismatched-quotes"]', ""),
        ('path = "**/a.jsonl"\ncode = "QUO"', ""),
        ('path = "/a.jsonl"\ncode = "QUO101"\npart = "x"', "y"),
        ('path = "a.jsonl"\ncode = "QUO101"\ntext = "‘second\\""', "x"),
        ('path = "a.jsonl"\ncode = "QUO101"\ntext = "alliance, an  aide"', ""),
        ('path = "a.jsonl"\ncode = "QUO101"\npart = "x"\ntext = "‘second"', "xy"),
        ('path = "b.jsonl"\ncode = "QUO101"', "xy"),
        ('path = "a.jsonl"\ncode = "RES102"', "xy"),
        ('path = "a.jsonl"\ncode = "QUO101"\nuntil = 2021-01-31', "xy"),
        ('path = "a.jsonl"\ncode = "QUO101"\nuntil = "9999-12-31"', ""),
    ],
)
def test_entries_for_what_holds_no_comment(run: Run, table: str, left: str) -> None:
    records(x=MALIGN, y=SECOND)
    entries(table)
    _, output = run("--select", "QUO", ".")
    lines = [line for line in output.splitlines() if ": QUO101" in line]
    assert "".join(line[-2] for line in lines) == left
    if len(left) < 2:
        assert f"Suppressed {2 - len(left)} finding" in output


def test_entries_reach_every_way_in(run: Run, tmp_path: Path) -> None:
    records(x=MALIGN)
    entries('path = "/a.jsonl"\ncode = "QUO101"')
    Path("newslint.toml").write_text("", "utf-8")
    config = newslint.config.load(str(tmp_path / "newslint.toml"))
    assert list(newslint.lint_paths(["."], config=config)) != []  # nothing is looked for
    config = config._replace(suppressions=str(tmp_path / FILE))
    assert list(newslint.lint_paths(["."], config=config)) == []
    other = Linter.from_recipe(Linter(config).recipe)  # as in a worker process
    assert other.check_path("a.jsonl").suppressed == 1
    Path("newslint.toml").write_text('suppressions = "desk/ours.toml"\n', "utf-8")
    assert run(".")[0] == 1
    Path("desk").mkdir()
    Path(FILE).rename("desk/ours.toml")
    assert run(".")[0] == 1  # paths count from where it lies
    Path("desk/ours.toml").write_text(
        '[[suppress]]\npath = "../a.jsonl"\ncode = "QUO101"\n', "utf-8"
    )
    assert run(".")[0] == 0


def test_entries_for_docx_and_members_of_archives(run: Run, tmp_path: Path) -> None:
    import zipfile

    from docx import Document  # type: ignore[import-not-found, unused-ignore]

    document = Document()
    document.add_paragraph(BAD)
    document.save("a.docx")
    with zipfile.ZipFile("old.zip", "w") as archive:
        archive.writestr("desk/b.txt", BAD)
    assert run("--quiet", ".")[1].count("QUO101") == 2
    entries('path = "a.docx"\ncode = "QUO101"', 'path = "old.zip/desk/*"\ncode = "QUO101"')
    assert run(".") == (0, "All 2 files clean.\nSuppressed 2 findings.\n")


def test_an_entry_that_takes_nothing_away_is_a_finding(run: Run) -> None:
    records(x="It rained.")
    entries('path = "a.jsonl"\ncode = "QUO101"')
    assert run(".") == (
        0,
        f"{FILE}:1:1: LNT004 [unused-suppression] warning: no finding of QUO101 there to suppress\n"
        "Found 1 warning in 1 of 2 files.\n",
    )
    assert run("--select", "RES,LNT", ".")[1] == "1 file clean.\n"  # QUO101 was not looked for


def test_a_pattern_is_unused_only_if_all_its_files_were_checked(run: Run) -> None:
    for name in ("a.txt", "b.txt"):
        Path(name).write_text("Rain in Tarn\n\nIt rained, the mayor said.\n", "utf-8")
    entries('path = "*.txt"\ncode = "QUO101"')
    assert "LNT004" not in run("a.txt")[1]
    assert "LNT004" in run(".")[1]
    assert "LNT004" in run("a.txt", "b.txt")[1]
    Path("b.txt").write_text(f"Rain in Tarn\n\n{BAD}\n", "utf-8")
    assert "LNT004" not in run(".")[1]


def test_an_entry_that_is_past_is_a_finding(run: Run) -> None:
    records(x=MALIGN)
    entries('path = "a.jsonl"\ncode = "QUO101"\nuntil = 2021-01-31')
    status, output = run(".")
    assert status == 1
    assert f"{FILE}:1:1: LNT005 [expired-suppression] warning: held until 2021-01-31" in output
    assert "a.jsonl:1:" in output


def test_an_entry_without_a_reason_is_a_finding_where_one_is_asked_for(run: Run) -> None:
    records(x=MALIGN)
    entries('path = "a.jsonl"\ncode = "QUO101"')
    status, output = run("--extend-select", "LNT006", ".")
    assert (status, f"{FILE}:1:1: LNT006" in output) == (1, True)
    entries('path = "a.jsonl"\ncode = "QUO101"\nreason = "as sent"')
    assert run("--extend-select", "LNT006", ".")[0] == 0


def test_entries_that_change_count_for_results_of_earlier_runs(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newslint.results.FRESH", -(10**20))
    records(x=MALIGN)
    os.utime("a.jsonl", (1_600_000_000, 1_600_000_000))
    assert run(".")[0] == 1
    entries('path = "a.jsonl"\ncode = "QUO101"')
    assert run(".") == run(".") == (0, "1 file clean.\nSuppressed 1 finding.\n")
    checked: list[str] = []
    check_parts = Linter.check_parts

    def watched(self: Linter, path: str) -> object:
        checked.append(path)
        return check_parts(self, path)

    monkeypatch.setattr(Linter, "check_parts", watched)
    entries('path = "b.txt"\ncode = "RES"', 'path = "a.jsonl"\ncode = "QUO101"')
    assert run(".") == (0, "1 file clean.\nSuppressed 1 finding.\n")
    assert checked == []  # what is said of other files makes no difference
    os.remove(FILE)
    assert run(".")[0] == 1


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("[[suppress", 1, "not TOML"),
        ('[[supress]]\npath = "a"', 1, "entries stand under [[suppress]]"),
        ('suppress = "a"', 1, "entries are written as [[suppress]] tables"),
        ("suppress = [1]", 1, "entries are written as [[suppress]] tables"),
        ('[[suppress]]\ncode = "QUO101"', 1, "needs “path”"),
        ('[[suppress]]\npath = "a"', 1, "needs “code”"),
        ('[[suppress]]\npath = "a"\ncode = []', 1, "needs “code”"),
        ('\n[[suppress]]\npath = "a"\ncode = "QUO11"', 4, "unknown rule “QUO11”; did you mean"),
        ('[[suppress]]\npath = "a"\ncode = 1', 3, "“code” must be the code or name of a rule"),
        (
            '[[suppress]]\npaths = "a"',
            2,
            "unknown key “paths” in [[suppress]]; did you mean “path”",
        ),
        ("[[suppress]]\npath = 1", 2, "“path” must be a string"),
        ('[[suppress]]\npath = "a"\nuntil = "soon"', 3, "“until” needs the last day"),
    ],
)
def test_a_file_of_suppressions_that_cannot_be_used(
    run: Run, text: str, line: int, message: str
) -> None:
    Path(FILE).write_text(text, "utf-8")
    status, output = run(".")
    assert status == 2
    assert output.startswith(f"newslint: error: {FILE}:{line}: ")
    assert message in output


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    made = [
        Entry(1, "a/*.txt", ("QUO101",), text='tab\tquote" \\ \x1b ‮', reason="Why?"),
        Entry(6, "b", ("QUO101", "RES102"), part="x  y", until="2027-01-31"),
        Entry(11, "c", ("QUO",), text="\U000e0001"),
    ]
    path = tmp_path / FILE
    first = added("", made[:1])
    path.write_text(added(first, made[1:]), "utf-8")
    assert "\x1b" not in first
    assert "\u202e" not in first
    found = load(str(path), KNOWN).entries
    assert [each._replace(line=0) for each in found] == [
        each._replace(line=0, text=" ".join(each.text.split())) for each in made
    ]
    assert [each.line for each in found] == [1, 7, 13]


def test_no_file_is_read_for_a_text(run: Run) -> None:
    Path(FILE).write_text("[[", "utf-8")
    assert [each.code for each in newslint.lint_text(BAD, select=["QUO"])] == ["QUO101"]


def test_a_linter_refuses_what_names_no_rule(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_text('[[suppress]]\npath = "a"\ncode = "QUO999"\n', "utf-8")
    with pytest.raises(ConfigError, match="unknown rule"):
        Linter(Config(suppressions=str(path)))
