"""Names, codes, pages and cases hold together, for every rule at once."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from newslint.arguments import COMMANDS
from newslint.cli import OVERVIEW
from newslint.documents import pages
from newslint.literals import required_literals
from newslint.packs import builtin_packs, load
from newslint.rules import FAMILIES, Rule
from newslint.ruleset import builtin_rules
from newslint.testing import rule_faults
from newslint.walk import module_names

RULES = builtin_rules()


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_rule_is_complete(rule: Rule) -> None:
    assert rule_faults(rule) == []
    assert rule.family in FAMILIES
    assert len(rule.message) <= 80 or not rule.patterns


def test_codes_and_names_are_unique() -> None:
    counts = Counter(key for rule in RULES for key in (rule.code, rule.name))
    assert [key for key, count in counts.items() if count > 1] == []


def test_every_family_of_the_first_release_has_rules() -> None:
    assert {"RES", "QUO", "ATT", "TTL", "DUP", "ENC", "GEN"} <= {rule.family for rule in RULES}
    assert len(RULES) >= 30


def test_the_pages_are_up_to_date(root: Path) -> None:
    folder = root / "docs" / "rules"
    written = {path.name: path.read_text("utf-8") for path in folder.glob("*.md")}
    assert written == dict(pages(RULES)), "run: python -m newslint.documents docs/rules"


def test_every_pattern_has_a_required_string() -> None:
    without = [
        (rule.name, pattern.source)
        for pack in builtin_packs()
        for rule in load(pack)
        for pattern in rule.patterns
        if not pattern.literals
    ]
    assert without == []


def test_every_pattern_compiles() -> None:
    from newslint.scan import compiled_pattern

    for rule in RULES:
        for pattern in rule.patterns:
            compiled_pattern(pattern)


def test_no_pattern_matches_nothing_at_all() -> None:
    from newslint.scan import compiled_pattern

    empty = [
        (rule.name, pattern.source)
        for rule in RULES
        for pattern in rule.patterns
        if compiled_pattern(pattern).fullmatch("")
    ]
    assert empty == []


def test_declared_strings_are_in_what_they_stand_for() -> None:
    # A declared literal hides every match without it, so a bad case must show that it is there.
    for rule in RULES:
        for pattern in rule.patterns:
            derived = required_literals(pattern.source)
            assert pattern.literals or derived, rule.name


def test_the_map_names_every_module(root: Path) -> None:
    text = (root / "docs" / "architecture.md").read_text("utf-8")
    source = root / "src" / "newslint"
    names = [path.name for path in source.glob("[!_]*.py")]
    names += [f"{path.parent.name}/" for path in source.glob("*/__init__.py")]
    assert len(names) > 50
    named = re.findall(r"[\w/]+(?:\.py|/)", text)
    assert [name for name in sorted(names) if name not in named] == []


def test_every_command_has_a_module_and_stands_in_the_overview(root: Path) -> None:
    folder = root / "src" / "newslint" / "commands"
    assert module_names([str(folder)]) == sorted(command.name for command in COMMANDS)
    for command in COMMANDS:
        own = f"[{command.name}]" if command.name == "check" else command.name
        assert f"  newslint {own} " in OVERVIEW
