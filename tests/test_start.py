"""What a run loads, and what it does not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

# Costs more than all that newslint does on one article.
HEAVY = {
    "asyncio", "concurrent.futures", "email", "http", "importlib.metadata", "markdown_it",
    "multiprocessing", "numpy", "pluggy", "pygls", "pytest", "rich", "urllib.request", "yaml",
}  # fmt: skip
CODE = """
import sys
from newslint.cli import main
try:
    status = main({arguments!r})
except SystemExit as stop:
    status = stop.code
sys.stdout.flush()
print(status, *sorted(sys.modules), file=sys.stderr)
"""


def loaded(*arguments: str, cwd: Path) -> tuple[str, set[str]]:
    """Exit status and modules of a run. In an environment with plugins pluggy would be loaded too."""
    code = CODE.format(arguments=list(arguments))
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=cwd, capture_output=True, text=True, encoding="utf-8"
    )
    status, *modules = done.stderr.splitlines()[-1].split()
    return status, set(modules)


def test_the_version_loads_next_to_nothing(tmp_path: Path) -> None:
    status, modules = loaded("--version", cwd=tmp_path)
    assert status == "0"
    assert not modules & (HEAVY | {"regex", "tomli", "json", "newslint.engine", "newslint.config"})


@pytest.mark.parametrize(
    "text", ["A quiet day\n\nNothing happened, the mayor said.\n", "Also read: Ten tips\n"]
)
def test_plain_text_loads_nothing_heavy(text: str, tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(text, encoding="utf-8")
    status, modules = loaded("check", "article.txt", cwd=tmp_path)
    assert status in ("0", "1")
    assert "newslint.engine" in modules
    assert not modules & HEAVY


def test_quotations_without_a_doubt_load_no_search(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("“It rains,” she said. “‘Go,’ he told us.”\n", encoding="utf-8")
    _, modules = loaded("check", "article.txt", cwd=tmp_path)
    assert "newslint.text.quotes.analysis" in modules
    assert "newslint.text.quotes.doubts" not in modules
    article.write_text("“It rains, she said. “Go.”\n", encoding="utf-8")
    _, modules = loaded("check", "article.txt", cwd=tmp_path)
    assert "newslint.text.quotes.doubts" in modules


def test_a_command_loads_no_other_one(tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text("Also read: Ten tips\n", encoding="utf-8")

    def commands(*arguments: str) -> set[str]:
        modules = loaded(*arguments, cwd=tmp_path)[1]
        own = {each for each in modules if each.startswith("newslint.commands.")}
        return {each.rpartition(".")[2] for each in own}

    plain = {"check", "_outcome", "_report", "_results", "_settings"}
    assert commands("article.txt") == plain
    assert commands("--diff", "article.txt") == {*plain, "_fixes"}
    assert commands("rules") == {"rules", "_linter", "_settings"}
    assert commands("explain", "article.txt:1") == {"explain", "_linter", "_settings"}
    assert commands("completion", "bash") == {"completion"}


def test_no_format_loads_what_another_needs(tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text("A quiet day\n\nNothing happened.\n", encoding="utf-8")
    (tmp_path / "wire.xml").write_text("<rss><channel><item/></channel></rss>", encoding="utf-8")
    others = {"zipfile", "tarfile", "pyarrow", "fastwarc", "trafilatura", "xml", "csv"}
    modules = loaded("article.txt", cwd=tmp_path)[1]
    assert not modules & {*others, "newslint.xml_text", "newslint.readers._office"}
    modules = loaded("wire.xml", cwd=tmp_path)[1]
    assert "newslint.xml_text" in modules
    assert not modules & others


@pytest.mark.parametrize("option", [(), ("--output-format", "concise"), ("--select=RES,QUO",)])
def test_a_second_start_loads_no_parser_of_anything(
    option: tuple[str, ...], tmp_path: Path
) -> None:
    # Expressions, rules and the scanner's tables come from the cache; plain command lines need no argparse.
    text = "A quiet day\n\n“Nothing happened,” the mayor said. Some 62 percent agreed, the county said.\n"
    (tmp_path / "article.txt").write_text(text, encoding="utf-8")
    arguments = ("check", "article.txt", "--no-cache", *option)
    for _ in range(2):
        status, modules = loaded(*arguments, cwd=tmp_path)
    assert status == "0"
    assert not modules & {
        "argparse",
        "enum",
        "re",
        "regex",
        "shutil",
        "tempfile",
        "tomli",
        "typing",
    }


def test_a_baseline_that_was_read_before_needs_no_parser(tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text('A day\n\nA ‘bad" day, she said.\n', encoding="utf-8")
    own = ("--baseline", "known.json", "--isolated", "article.txt")
    assert loaded("baseline", "--update", *own, cwd=tmp_path)[0] == "0"
    for _ in range(2):
        status, modules = loaded("check", "--no-cache", *own, cwd=tmp_path)
    assert status == "0"
    assert "newslint.baseline" in modules
    assert not modules & {"argparse", "json", "re", "regex", "tempfile", "tomli", "newslint.clean"}
    status, modules = loaded("check", "--isolated", "article.txt", cwd=tmp_path)
    assert status == "1"
    assert not modules & {"newslint.baseline", "newslint.sidecar", "newslint.unused"}


def test_markdown_loads_yaml_only_for_front_matter_of_more_than_lines(tmp_path: Path) -> None:
    (tmp_path / "plain.md").write_text("# A day\n\nNothing happened.\n", encoding="utf-8")
    front = '---\ntitle: "Ferry: late"\ndate: 2026-11-27\n---\n\nNothing.\n'
    (tmp_path / "lines.md").write_text(front, encoding="utf-8")
    nested = "---\ntags: [ferry]\n---\n\nNothing.\n"
    (tmp_path / "nested.md").write_text(nested, encoding="utf-8")
    assert "yaml" not in loaded("plain.md", cwd=tmp_path)[1]
    assert "yaml" not in loaded("lines.md", cwd=tmp_path)[1]
    assert "yaml" in loaded("nested.md", cwd=tmp_path)[1]


def test_a_process_ends_at_once_unless_something_waits_for_its_end(tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text("Also read: Ten tips\n" * 2000, encoding="utf-8")
    (tmp_path / "farewell.py").write_text(
        "import atexit\nfrom newslint import hookimpl\natexit.register(print, 'farewell')\n"
        "@hookimpl\ndef newslint_rules():\n    return []\n",
        encoding="utf-8",
    )
    own = (sys.executable, "-m", "newslint", "article.txt", "--output-format=concise")
    plain = subprocess.run(own, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8")
    waited = subprocess.run(
        (*own, "--plugin", "farewell"),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert plain.returncode == waited.returncode == 1
    assert len(plain.stdout.splitlines()) > 2000  # all of it, through a pipe
    assert waited.stdout == f"{plain.stdout}farewell\n"
