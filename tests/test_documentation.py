"""Which texts are documentation, and which rules keep out of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from newslint import lint_paths, lint_text
from newslint.cli import main
from newslint.source import is_about_repository

MANUAL = (
    "# Bells\n\n## See also\n\n- [Ropes](ropes.md)\n\n```sh\nring --twice\n```\n\n## Comments\n\n"
    "Call ringTwice or the APIs of {name}; the bell of the old ferry house takes no more.\n\n"
    "Call ringTwice or the APIs of {name}; the bell of the old ferry house takes no more.\n"
)


@pytest.mark.parametrize(
    ("path", "about"),
    [
        ("README.md", True),
        ("docs/readme.rst", True),
        ("a.zip/CHANGELOG_V2.md", True),
        ("README-ja.md", True),
        ("code-of-conduct.md", True),
        ("old\\LICENSE.txt", True),
        ("SECURITY.md", True),
        ("security.md", False),
        ("news.md", False),
        ("license-fee-rises.md", False),
        ("READMES.md", False),
        ("history-of-a-bell.txt", False),
    ],
)
def test_files_about_the_repository(path: str, about: bool) -> None:
    assert is_about_repository(path) is about


def names(text: str, path: str) -> set[str]:
    return {finding.name for finding in lint_text(text, path=path)}


def test_a_manual_is_no_copy() -> None:
    assert names(MANUAL, "bells.md") == set()
    copy = MANUAL.replace("```sh\nring --twice\n```\n\n", "")
    assert {"read-more-link", "repeated-paragraph", "unfilled-template"} <= names(copy, "bells.md")
    assert names(copy, "README.md") == set()


def test_code_between_words_makes_a_manual() -> None:
    text = "# Bells\n\n## See also\n\nUse `ring`, `toll` and {}.\n"
    assert names(text.format("`peal`"), "bells.md") == set()
    assert names(text.format("peal"), "bells.md") == {"read-more-link"}


def test_code_of_a_page_makes_none() -> None:
    # Pages are saved with their menus and buttons whatever they are about.
    page = "<h1>Bells</h1><p>See also</p><p>Use <code>a</code>, <code>b</code>, <code>c</code>.</p>"
    assert names(page, "bells.html") == {"read-more-link"}


def test_what_is_wrong_in_any_text_is_found_in_a_manual() -> None:
    text = MANUAL + '\nThe bell is ‘late" again. As an AI language model, I cannot ring it.\n'
    assert names(text, "bells.md") == {"mismatched-quotes", "assistant-disclaimer"}


def test_manuals_are_not_compared_with_articles(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(f"# Bells of the town\n\n{name} `a`, `b`, `c`\n", "utf-8")
    assert [each.name for each in lint_paths([tmp_path], select=("DUP",))] == []
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(f"# Bells of the town\n\n{name} a, b, c\n", "utf-8")
    found = [each.name for each in lint_paths([tmp_path], select=("DUP",))]
    assert found == ["duplicate-title"]


def test_parse_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.md").write_text("---\nlang: de-CH\n---\n\n# Glocken\n\n```\nx\n```\n", "utf-8")
    assert main(["parse", str(tmp_path / "a.md")]) == 0
    said = capsys.readouterr().out
    assert "language de-ch (declared)" in said
    assert "documentation: rules that judge news keep out of it" in said
