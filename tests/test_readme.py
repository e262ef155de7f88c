"""The README shows what newslint prints, and names what there is."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import newslint
from newslint.cli import main
from newslint.reports import builtin_formats


@pytest.fixture(scope="module")
def readme(root: Path) -> str:
    return (root / "README.md").read_text("utf-8")


def test_its_output_is_what_the_samples_give(
    readme: str, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(root)
    assert main(["seeds/"]) == 1
    printed = capsys.readouterr().out
    shown = readme.split("```text\n", 1)[1].split("\n```", 1)[0]
    for block in shown.split("\n\n"):
        assert block == "…" or block.strip("\n") in printed


def test_its_example_of_a_configuration_is_valid(readme: str, tmp_path: Path) -> None:
    from newslint.config import load
    from newslint.engine import Linter

    written = next(
        part for part in re.findall(r"```toml\n(.*?)```", readme, re.S) if "fail-on" in part
    )
    (tmp_path / "newslint.toml").write_text(written, "utf-8")
    Linter(load(str(tmp_path / "newslint.toml")))


def test_its_example_of_a_rule_passes_its_cases(readme: str, tmp_path: Path) -> None:
    from newslint.packs import load
    from newslint.testing import check_case, rule_cases

    written = next(
        part for part in re.findall(r"```toml\n(.*?)```", readme, re.S) if "[[rule]]" in part
    )
    (tmp_path / "pack.toml").write_text(written, "utf-8")
    for case in rule_cases(load(str(tmp_path / "pack.toml"))):
        check_case(case.rule, case.case, bad=case.bad)


@pytest.mark.parametrize(
    ("page", "name", "text", "shown"),
    [
        (
            "writing-rules",
            "a.txt",
            f"{'A title that goes on ' * 4}\n\nIt rained.\n",
            "STY311 [long-title]",
        ),
        (
            "duplicates",
            "a.jsonl",
            '{"title": "A", "date": "2024-03-01"}\n{"title": "B", "date": "2024-03-01"}\n',
            "DUP950 [two-on-one-day]",
        ),
    ],
)
def test_a_plugin_of_a_page_works_as_it_is_told(
    page: str, name: str, text: str, shown: str, root: Path, tmp_path: Path
) -> None:
    written = (root / "docs" / f"{page}.md").read_text("utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", written, re.DOTALL)
    (tmp_path / "newsroom_rules.py").write_text(code, "utf-8")
    (tmp_path / name).write_text(text, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "newslint", "--plugin", "newsroom_rules", name],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert shown in done.stdout, done.stderr


def test_it_names_every_output_format(readme: str) -> None:
    assert [name for name in builtin_formats() if f"`{name}`" not in readme] == []


def test_every_public_name_is_there() -> None:
    assert [name for name in newslint.__all__ if not hasattr(newslint, name)] == []
