"""The generated pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from newslint.documents import main, page, pages
from newslint.ruleset import builtin_rules


def test_there_is_a_page_for_every_rule_and_an_index() -> None:
    rules = builtin_rules()
    made = pages(rules)
    assert set(made) == {"README.md", *(f"{rule.name}.md" for rule in rules)}
    assert all(rule.code in made["README.md"] for rule in rules)


def test_a_page_shows_why_options_and_cases() -> None:
    rule = next(rule for rule in builtin_rules() if rule.name == "unattributed-number")
    text = page(rule)
    assert rule.summary in text
    assert "`report`: `likely` or `all`, default `likely`" in text
    assert "## Found" in text
    assert "## Left alone" in text


def test_pages_hold_no_hidden_characters() -> None:
    for name, text in pages(builtin_rules()).items():
        assert "\u200b" not in text, name
        assert "\x1b" not in text, name


def test_writing_checking_and_clearing_up(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(tmp_path / "rules")
    assert main([folder, "--check"]) == 1
    assert main([folder]) == 0
    assert main([folder, "--check"]) == 0
    (tmp_path / "rules" / "gone.md").write_text("old", "utf-8")
    assert main([folder, "--check"]) == 1
    assert "gone.md is out of date" in capsys.readouterr().err
    assert main([folder]) == 0
    assert not (tmp_path / "rules" / "gone.md").exists()
