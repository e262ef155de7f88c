"""The run: selection, guarded rules, overrides, suppressions, and the public functions."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import pytest

import newslint
from newslint import Article, Config, ConfigError, Hit
from newslint.config import Override
from newslint.engine import Linter
from newslint.rules import Case, Rule, rule

BAD = 'Envoys spoke of a ‘malign" alliance, an aide said.'


def codes(findings: object) -> list[str]:
    return [finding.code for finding in findings]  # type: ignore[attr-defined]


# ---------------------------------------------------------------------- the public functions


def test_lint_text() -> None:
    (finding,) = newslint.lint_text(BAD)
    assert finding.code == "QUO101"
    assert (finding.name, finding.severity) == ("mismatched-quotes", "error")
    assert BAD[finding.start : finding.end] == '‘malign"'
    assert (finding.path, finding.part) == ("article.txt", "")
    assert finding.start_position[:2] == (1, 19)


def test_lint_text_takes_the_format_from_the_path() -> None:
    text = 'A pact <!-- ‘malign" --> was signed.\n'
    assert newslint.lint_text(text, path="a.txt", select=["QUO"])
    assert newslint.lint_text(text, path="a.md", select=["QUO"]) == []


def test_lint_paths_walks_folders_and_names_parts(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(BAD, "utf-8")
    (tmp_path / "a.jsonl").write_text('{"id": "x7", "text": "A ‘malign\\" alliance."}\n', "utf-8")
    (tmp_path / "notes.py").write_text(BAD, "utf-8")
    found = list(newslint.lint_paths([tmp_path], select=["QUO"]))
    assert [(os.path.basename(f.path), f.part, f.code) for f in found] == [
        ("a.jsonl", "x7", "QUO101"),
        ("b.txt", "", "QUO101"),
    ]


def test_options_reach_the_rule() -> None:
    text = "Wells of the town\n\nThe town has 4,000 wells and nobody knows why.\n\nIt rained on Monday, and on Tuesday.\n"
    strict = newslint.lint_text(
        text, select=["ATT101"], options={"unattributed-number": {"report": "all"}}
    )
    assert codes(strict) == ["ATT101"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"select": ["mismatched-quots"]}, "did you mean “mismatched-quotes”"),
        ({"ignore": ["QUO999"]}, "unknown rule “QUO999”"),
        ({"options": {"unattributed-numbers": {}}}, "did you mean “unattributed-number”"),
        ({"options": {"unattributed-number": {"reports": "all"}}}, "did you mean “report”"),
        ({"options": {"unattributed-number": {"report": "most"}}}, "must be “likely” or “all”"),
    ],
)
def test_unknown_names_are_errors(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        newslint.lint_text("", **arguments)  # type: ignore[arg-type]


def test_the_public_names_are_all_there() -> None:
    for name in newslint.__all__:
        assert getattr(newslint, name) is not None
    with pytest.raises(AttributeError, match="nothing"):
        newslint.nothing  # noqa: B018


# ---------------------------------------------------------------------- selection


@pytest.mark.parametrize(
    ("config", "on"),
    [
        (Config(), {"a", "b"}),
        (Config(select=("ALL",)), {"a", "b", "c"}),
        (Config(select=("AAA",)), {"a"}),
        (Config(select=("AAA102",)), {"c"}),
        (Config(select=("off-rule",)), {"c"}),
        (Config(extend_select=("AAA102",)), {"a", "b", "c"}),
        (Config(ignore=("AAA",)), {"b"}),
        (Config(ignore=("AAA101",)), {"b"}),
        (Config(ignore=("ALL",), select=("AAA101",)), {"a"}),
        (Config(ignore=("AAA",), select=("AAA101",)), {"a"}),
        (Config(ignore=("AAA101",), select=("AAA101",)), set()),
    ],
)
def test_selection(config: Config, on: set[str]) -> None:
    case = (Case(""),)
    rules = [
        Rule("AAA101", "first-rule", "error", "", "", case, case, check=finds("a")),
        Rule("BBB101", "other-rule", "error", "", "", case, case, check=finds("b")),
        Rule("AAA102", "off-rule", "error", "", "", case, case, check=finds("c"), default=False),
    ]
    result = Linter(config, rules=rules).check_bytes(b"abc", "a.txt")
    assert {"abc"[finding.start] for finding in result.findings} == on


def finds(letter: str):  # type: ignore[no-untyped-def]
    def check(article: Article) -> Iterator[Hit]:
        yield article.finding((article.text.index(letter), article.text.index(letter) + 1), "x")

    return check


def test_overrides_by_file(tmp_path: Path) -> None:
    config = Config(
        root=str(tmp_path), overrides=(Override(files=("archive/**",), ignore=("QUO101",)),)
    )
    linter = Linter(config)
    assert codes(linter.check_bytes(BAD.encode(), str(tmp_path / "a.txt")).findings) == ["QUO101"]
    archived = str(tmp_path / "archive" / "1999" / "a.txt")
    assert linter.check_bytes(BAD.encode(), archived).findings == ()


def test_severity_from_the_configuration() -> None:
    linter = Linter(Config(severity={"mismatched-quotes": "info"}))
    assert linter.check_bytes(BAD.encode(), "a.txt").findings[0].severity == "info"


# ---------------------------------------------------------------------- guards


@rule("STY901", "crashing-rule", bad=[""], good=["", ""])
def crashing_rule(article: Article) -> Iterator[Hit]:
    """It stops half-way."""
    yield article.finding((0, 1), "the first letter")
    raise KeyError("lost")


def test_a_rule_that_crashes_is_named_and_keeps_what_it_found() -> None:
    result = Linter(rules=[crashing_rule]).check_bytes(b"abc", "a.txt")
    assert codes(result.findings) == ["LNT002", "STY901"]
    assert result.failed
    assert "STY901 crashing-rule stopped with KeyError: 'lost'" in result.findings[0].message


def asked(where: Callable[[Article], Collection[str]], kind: str = "") -> Rule:
    @rule("STY902", "asking-rule", where=where, kind=kind, bad=[""], good=["", ""])
    def asking_rule(article: Article) -> Iterator[Hit]:
        """It asks first."""
        where(article)
        yield article.finding((0, 1), "the first letter")

    return asking_rule


def test_a_rule_is_called_where_it_may_have_something_to_say() -> None:
    linter = Linter(rules=[asked(lambda article: ["b"] if "b" in article.text else [])])
    assert codes(linter.check_bytes(b"abc", "a.txt").findings) == ["STY902"]
    assert not linter.check_bytes(b"xyz", "a.txt").findings


@pytest.mark.parametrize(("kind", "found"), [("b", ["STY902"]), ("x", []), ("", ["STY902"])])
def test_a_rule_of_a_kind_is_called_where_there_is_something_of_it(
    kind: str, found: list[str]
) -> None:
    linter = Linter(rules=[asked(lambda article: set(article.text).intersection("bc"), kind)])
    assert codes(linter.check_bytes(b"abc", "a.txt").findings) == found


def test_what_a_rule_asks_first_may_crash_as_the_rule_may() -> None:
    def lost(article: Article) -> Collection[str]:
        raise KeyError("lost")

    result = Linter(rules=[asked(lost)]).check_bytes(b"abc", "a.txt")
    assert result.failed
    assert "asking-rule stopped with KeyError" in result.findings[0].message


HALF = """
import newslint
from newslint.engine import Linter
from newslint.readers import Reader

def read(source, settings):
    yield from Linter().read(type(source)(source.text, "a.txt"))[1]
    raise KeyError("lost")

@newslint.hookimpl
def newslint_readers():
    return [Reader("half", (".half",), read=read)]

@newslint.rule("STY901", "crashing-rule", bad=[""], good=["", ""])
def crashing_rule(article):
    \"\"\"It stops half-way.\"\"\"
    yield article.finding((0, 1), "the first letter")
    raise KeyError("lost")

@newslint.hookimpl
def newslint_rules():
    return [crashing_rule]
"""


def test_files_that_are_checked_together_are_each_checked_as_alone(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(root / "seeds", tmp_path / "seeds")
    Path(tmp_path, "half_of_a_test.py").write_text(HALF, "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.chdir(tmp_path)
    for number in range(40):
        Path(f"{number:02}.txt").write_text(f"Day {number}\n\n{BAD}\n\nIt rained.\n", "utf-8")
    Path("empty.txt").touch()
    Path("no.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    Path("large.txt").write_text(f"{BAD}\n\n" * 2000, "utf-8")
    Path("no.json").write_text('{"name": "x", "version": 1}', "utf-8")
    Path("broken.jsonl").write_text(f'{json.dumps({"text": BAD})}\n{{"text": \n', "utf-8")
    Path("old.txt").write_bytes(BAD.replace("‘", "'").encode() + b"\xe9\n")
    Path("a.half").write_text(BAD, "utf-8")
    paths = [*sorted(map(str, tmp_path.rglob("*.*"))), "nowhere.txt", str(tmp_path / "seeds")]
    overrides = (Override(("1*.txt",), language="de"), Override(("2*.txt",), ignore=("QUO",)))
    config = Config(overrides=overrides, root=str(tmp_path), plugins=("half_of_a_test",))
    together = list(Linter(config).check_files(iter(paths)))
    assert together == [Linter(config).check_path(path) for path in paths]
    found = {finding.code for result in together for finding in result.findings}
    assert len(found) > 15
    assert found >= {"LNT001", "LNT002", "STY901", "ENC101"}


def test_what_says_that_checking_failed_cannot_be_switched_off() -> None:
    config = Config(select=("STY901",), ignore=("LNT",))
    linter = Linter(config, rules=[crashing_rule])
    assert linter.check_bytes(b"abc", "a.txt").failed
    assert linter.check_path("nowhere/none.txt").findings[0].code == "LNT001"


def test_a_file_that_is_not_there() -> None:
    result = Linter().check_path("nowhere/none.txt")
    assert result.failed
    assert result.findings[0].message == "cannot be read: No such file or directory"


def test_a_file_that_is_no_text() -> None:
    result = Linter().check_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "a.txt")
    assert result.failed
    assert "not a text file; name it in exclude" in result.findings[0].message


def test_a_folder_in_the_place_of_a_file(tmp_path: Path) -> None:
    assert Linter().check_path(str(tmp_path)).failed


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b" \r\n \r", b"\x00"])
def test_next_to_nothing(data: bytes) -> None:
    result = Linter().check_bytes(data, "a.txt")
    assert not result.failed


def test_findings_come_in_the_order_of_their_places() -> None:
    text = "Also read: Five things\n\n" + BAD + "\n\nAlso read: Six things\n"
    starts = [finding.start for finding in newslint.lint_text(text)]
    assert starts == sorted(starts)
    assert len(starts) >= 3


def test_crlf_changes_no_finding() -> None:
    text = "A title here\n\n" + BAD + "\n\nAlso read: Six things\n"
    unix = newslint.lint_text(text)
    windows = newslint.lint_text(text.replace("\n", "\r\n"))
    mac = newslint.lint_text(text.replace("\n", "\r"))
    for other in (windows, mac):
        assert [(f.code, f.start_position) for f in other] == [
            (f.code, f.start_position) for f in unix
        ]
    for finding in windows:
        assert "\r" not in text.replace("\n", "\r\n")[finding.start : finding.end]


# ---------------------------------------------------------------------- suppressions


MARKDOWN = """\
# A title here

{before}A ‘malign\" alliance, an aide said.

{after}A ‘second\" alliance, an aide said.
"""


def markdown(before: str = "", after: str = "") -> tuple[list[str], int]:
    text = MARKDOWN.format(before=before, after=after)
    result = Linter(Config(select=("QUO", "LNT"))).check_bytes(text.encode(), "a.md")
    return codes(result.findings), result.suppressed


def test_a_suppression_covers_the_next_block() -> None:
    comment = "<!-- newslint: disable=QUO101 -- as printed -->\n\n"
    assert markdown(before=comment) == (["QUO101"], 1)


def test_a_suppression_of_the_file() -> None:
    comment = "<!-- newslint: disable-file=mismatched-quotes -->\n\n"
    assert markdown(after=comment) == ([], 2)


def test_a_suppression_of_a_range() -> None:
    start = "<!-- newslint: disable=QUO -->\n\n"
    assert markdown(before=start, after="<!-- newslint: enable=QUO -->\n\n") == (["QUO101"], 1)


def test_unknown_and_unused_suppressions() -> None:
    found, suppressed = markdown(before="<!-- newslint: disable=QUO102,QUO100 -->\n\n")
    assert sorted(found) == ["LNT003", "LNT004", "QUO101", "QUO101"]
    assert suppressed == 0


def test_a_suppression_of_a_rule_that_is_off_is_not_unused() -> None:
    text = "<!-- newslint: disable=RES -->\n\nA plain paragraph.\n"
    result = Linter(Config(select=("QUO",))).check_bytes(text.encode(), "a.md")
    assert result.findings == ()


def test_front_matter_suppresses_for_the_file() -> None:
    text = "---\ntitle: A title\nnewslint: {disable: [mismatched-quotes]}\n---\n\n" + BAD + "\n"
    result = Linter(Config(select=("QUO", "LNT"))).check_bytes(text.encode(), "a.md")
    assert (result.findings, result.suppressed) == ((), 1)


def test_a_rule_of_last_resort_comes_last_and_knows_what_is_named() -> None:
    told: list[list[tuple[int, int]]] = []

    @rule("RES801", "whatever-is-left", last_resort=True, bad=["⟦Ferry⟧"], good=["Boat"])
    def late(article: Article) -> Iterator[Hit]:
        """Something is left over. It has no name."""
        told.append(list(article.named))
        yield article.finding((0, 5), "left over")

    @rule("RES802", "named-ferry", bad=["⟦Ferry⟧"], good=["Boat"])
    def early(article: Article) -> Iterator[Hit]:
        """A ferry is left over. It has a name."""
        yield article.finding((0, 5), "a ferry")

    linter = Linter(Config(select=("RES801", "RES802")), rules=(late, early))
    result = linter.check_bytes(b"Ferry sails again\n", "a.txt")
    assert told == [[(0, 5)]]
    assert [finding.code for finding in result.findings] == ["RES802"]


@pytest.mark.parametrize(
    "line", ["Story continues below advertisement", "Article continues below this ad"]
)
def test_what_an_advertisement_left_is_found_once(line: str) -> None:
    text = f"Ferry sails again\n\nThe ferry left at noon, its operator said.\n\n{line}\n\nIt came back at six.\n"
    assert [each.code for each in newslint.lint_text(text)] == ["RES107"]
