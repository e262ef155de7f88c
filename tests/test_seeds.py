"""The sample articles: every dirty one has findings, no clean one has any."""

from __future__ import annotations

from pathlib import Path

import pytest

import newslint

SEEDS = Path(__file__).parent.parent / "seeds"
DIRTY = sorted((SEEDS / "dirty").iterdir())
CLEAN = sorted((SEEDS / "clean").iterdir())


def test_there_are_enough() -> None:
    assert len(DIRTY) + len(CLEAN) >= 12
    assert {path.suffix for path in DIRTY + CLEAN} >= {".txt", ".md", ".html", ".json", ".jsonl"}


@pytest.mark.parametrize("path", DIRTY, ids=lambda path: path.name)
def test_dirty(path: Path) -> None:
    assert [finding.code for finding in newslint.lint_paths([path])]


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.name)
def test_clean(path: Path) -> None:
    assert [(f.code, f.message) for f in newslint.lint_paths([path])] == []


def test_the_harbour_article_has_the_faults_of_a_scraped_page() -> None:
    path = SEEDS / "dirty" / "harbour-tolls.txt"
    text = path.read_text("utf-8")
    found = [(f.name, text[f.start : f.end]) for f in newslint.lint_paths([path])]
    names = {name for name, _ in found}
    assert names >= {
        "mismatched-quotes",
        "site-name-in-title",
        "repeated-title",
        "repeated-deck",
        "fused-words",
    }
    assert ("mismatched-quotes", "'ruinous\"") in found
    assert ("site-name-in-title", "| Latest News | The Tidewater Courier") in found
    assert any("scriptHarbour" in words or words == "script" for _, words in found)
    assert any(words.endswith("MerrowMar") for _, words in found)
    assert any("Coastline News Service" in words for _, words in found)
    assert not {"unattributed-number", "unattributed-quote"} & names
