"""Packs: what they say is what the rules do, and what is wrong is named with its line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newslint import cache
from newslint.config import Config
from newslint.engine import Linter
from newslint.packs import PackError, builtin_packs, load, load_all
from newslint.rules import Rule

RULE = """\
[[rule]]
code = "STY901"
name = "worn-phrase"
kind = "existence"
message = "worn phrase: “{match}”"
why = "It says nothing. Readers skip it."
match = ["at the end of the day"]
bad = ["It is, at the end of the day, a bridge."]
good = ["The day ended.", "One day."]
"""


def pack(tmp_path: Path, text: str) -> str:
    path = tmp_path / "style.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def lint(
    path: str, text: str, name: str = "article.txt", **settings: object
) -> list[tuple[int, int, str]]:
    config = Config(**settings)  # type: ignore[arg-type]
    result = Linter(config, rules=load(path)).check_bytes(text.encode(), name)
    return [(finding.start, finding.end, finding.message) for finding in result.findings]


def test_a_rule_is_read(tmp_path: Path) -> None:
    (rule,) = load(pack(tmp_path, RULE))
    assert (rule.code, rule.name, rule.severity) == ("STY901", "worn-phrase", "error")
    assert (rule.summary, rule.why) == ("It says nothing.", "Readers skip it.")
    assert rule.origin.endswith("style.toml:1")
    assert rule.patterns[0].literals == ("at the end of the day",)


def test_existence_outside_quotations(tmp_path: Path) -> None:
    path = pack(tmp_path, RULE)
    text = "At the end of the day it stood. “At the end of the day it fell,” he said."
    assert lint(path, text) == [(0, 21, "worn phrase: “At the end of the day”")]


def test_in_quotations(tmp_path: Path) -> None:
    path = pack(tmp_path, RULE + "in-quotations = true\n")
    assert len(lint(path, "“At the end of the day it fell,” he said.")) == 1


def test_lines_match_whole_lines(tmp_path: Path) -> None:
    path = pack(tmp_path, RULE.replace('"existence"', '"lines"'))
    text = "  At the end of the day \nat the end of the day it stood\n"
    assert [(start, end) for start, end, _ in lint(path, text)] == [(2, 23)]


def test_substitution_keeps_a_capital(tmp_path: Path) -> None:
    text = RULE.replace('"existence"', '"substitution"').replace(
        'match = ["at the end of the day"]', 'swap = { "prior to" = "before" }'
    )
    path = pack(tmp_path, text.replace("{match}", "{match} → {swap}"))
    result = Linter(rules=load(path)).check_bytes(b"Prior to the war.", "a.txt")
    (finding,) = result.findings
    assert finding.message == "worn phrase: “Prior to → Before”"
    assert finding.fix is not None
    assert finding.fix.edits == ((0, 8, "Before"),)


def test_blocks(tmp_path: Path) -> None:
    path = pack(tmp_path, RULE + 'blocks = ["heading"]\n')
    text = "# A title\n\n## At the end of the day\n\nAt the end of the day it stood.\n"
    assert len(lint(path, text, "a.md")) == 1


def test_languages(tmp_path: Path) -> None:
    path = pack(tmp_path, RULE + 'languages = ["en"]\n')
    assert lint(path, "At the end of the day.", language="de") == []
    assert len(lint(path, "At the end of the day.", language="en")) == 1


def test_spaces_and_apostrophes_are_all_alike(tmp_path: Path) -> None:
    path = pack(tmp_path, RULE.replace("at the end of the day", "it's over"))
    assert len(lint(path, "It’s\u00a0over. It's over.")) == 2


def test_overlapping_patterns_of_a_rule_report_once(tmp_path: Path) -> None:
    match = '"at the end of the day", "end of the day"'
    path = pack(tmp_path, RULE.replace('"at the end of the day"', match))
    assert [(start, end) for start, end, _ in lint(path, "at the end of the day")] == [(0, 21)]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'kind = "existence"',
            'kind = "exists"',
            ":4: unknown kind “exists”; it is one of existence",
        ),
        ('kind = "existence"', 'kid = "existence"', ":4: unknown key “kid”; did you mean “kind”?"),
        ("match = [", "severity = 3\nmatch = [", ":7: “severity” must be a string"),
        ("match = [", 'severity = "fatal"\nmatch = [', ":7: unknown severity “fatal”"),
        ("match = [", 'blocks = ["headline"]\nmatch = [', ":7: unknown kind of block “headline”"),
        ('match = ["at the end of the day"]', "match = []", ":1: “match” is empty"),
        (
            'match = ["at the end of the day"]',
            'swap = { "a" = "b" }',
            ":4: a rule of kind “existence” takes “match”",
        ),
        (
            'match = ["at the end of the day"]',
            'match = ["[a-"]',
            ":7: pattern “[a-” cannot be read",
        ),
        ("good = [", "good = [7, ", ":9: a case is a string, a pair"),
        ('code = "STY901"\n', "", ":1: rule “worn-phrase” has no “code”"),
        ('code = "STY901"', "code = ", "(at line 2"),
        ("[[rule]]", "[rule]", ":1: rules are written as [[rule]] tables"),
        ("[[rule]]", "author = 1\n[[rule]]", ":1: unknown key “author”"),
    ],
)
def test_errors_name_the_line(old: str, new: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(PackError) as raised:
        load(pack(tmp_path, RULE.replace(old, new)))
    assert f"style.toml{message}" in str(raised.value) or (
        message.startswith("(") and message in str(raised.value)
    )


def test_a_pack_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="cannot be read"):
        load(str(tmp_path / "none.toml"))


def test_a_pack_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "style.toml").write_bytes(b"# caf\xe9")
    with pytest.raises(PackError, match="not UTF-8 at byte 5"):
        load(str(tmp_path / "style.toml"))


def essence(rules: list[Rule]) -> list[object]:
    """What a run needs of rules."""
    return [
        (rule.code, rule.name, rule.blocks, rule.languages, rule.message, list(rule.patterns))
        for rule in rules
    ]


def test_the_cache_gives_the_same_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSLINT_CACHE_DIR", str(tmp_path / "cache"))
    german = RULE.replace("STY901", "STY902").replace('name = "', 'languages = ["de"]\nname = "x-')
    path = pack(tmp_path, RULE + 'blocks = ["heading"]\n' + german)
    whole = load_all([path])
    assert essence(load_all([path], whole=False)) == essence(whole)
    monkeypatch.setattr("newslint.packs._rules", None)  # a second reading would fail
    again = load_all([path], whole=False)
    assert essence(again) == essence(whole)
    assert [len(rule.patterns) for rule in again] == [len(rule.patterns) for rule in whole]


def test_patterns_of_other_languages_are_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSLINT_CACHE_DIR", str(tmp_path / "cache"))
    path = pack(tmp_path, RULE.replace('name = "', 'languages = ["de"]\nname = "x-'))
    load_all([path], whole=False)
    read: list[str] = []
    load = cache.load
    monkeypatch.setattr(cache, "load", lambda kind, name: read.append(kind) or load(kind, name))
    (rule,) = load_all([path], whole=False)
    assert (len(rule.patterns), read) == (1, ["rules"])
    assert rule.patterns[0].source
    assert read == ["rules", "patterns"]


def test_own_patterns_are_analysed_for_the_languages_that_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSLINT_CACHE_DIR", str(tmp_path))
    whole = {rule.code: list(rule.patterns) for rule in load_all(builtin_packs())}
    for _ in range(2):  # fresh, and with what the first run has left
        (german, *_) = [
            rule
            for rule in load_all(builtin_packs(), whole=False)
            if rule.languages == ("de",) and rule.patterns
        ]
        assert list(german.patterns) == whole[german.code]
        kinds = sorted(entry.name.partition("-")[0] for entry in tmp_path.iterdir())
        assert kinds == ["patterns", "rules"]


def test_a_changed_pack_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSLINT_CACHE_DIR", str(tmp_path / "cache"))
    load_all([pack(tmp_path, RULE)], whole=False)
    changed = pack(tmp_path, RULE.replace("STY901", "STY902"))
    assert load_all([changed], whole=False)[0].code == "STY902"


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"\x00\x01",
        b"garbage" * 100,
        b"\xfb\xff\xff\xff\x7f",
        b"(\x01\x00\x00\x00i\x01\x00\x00\x00",
    ],
)
def test_a_damaged_cache_is_made_again(
    damage: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSLINT_CACHE_DIR", str(tmp_path / "cache"))
    path = pack(tmp_path, RULE)
    rules = essence(load_all([path], whole=False))
    for entry in (tmp_path / "cache").iterdir():
        entry.write_bytes(damage)
    assert essence(load_all([path], whole=False)) == rules


def test_a_cache_that_cannot_be_written_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("NEWSLINT_CACHE_DIR", str(tmp_path / "file" / "cache"))
    assert load_all([pack(tmp_path, RULE)], whole=False)[0].patterns[0].source


def test_old_entries_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSLINT_CACHE_DIR", str(tmp_path))
    old = tmp_path / "rules-00"
    old.write_bytes(b"")
    os.utime(old, (0, 0))
    cache.store("rules", "11", None)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["rules-11"]
