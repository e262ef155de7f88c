"""`newslint explain FILE:LINE`."""

from __future__ import annotations

from pathlib import Path

import pytest

from newslint.cli import main

TEXT = """Harbour at risk

A report by the county found that 62 percent had left.

“We lost 40,000 boats to the salt,” said Ada Brook, whose firm owns 300 boats.
"""


def test_figures_and_quotations_with_their_credits(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    story = tmp_path / "story.txt"
    story.write_text(TEXT, encoding="utf-8")
    assert main(["explain", f"{story}:3"]) == 0
    assert "percent “62 percent” = 62 %: “report by the county found”" in capsys.readouterr().out
    assert main(["explain", f"{story}:5"]) == 0
    out = capsys.readouterr().out
    assert "large “40,000” = 40,000 boats: “said”" in out
    assert "count “300” = 300 boats: nobody says so" in out
    assert "quotation “We lost 40,000 boats to the salt,”: “said Ada Brook" in out


@pytest.mark.parametrize("place", ["story.txt", "story.txt:0", "story.txt:x", "none.txt:1", ":3"])
def test_places_that_are_none(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "story.txt").write_text(TEXT, encoding="utf-8")
    assert main(["explain", place]) == 2
    assert "newslint: error:" in capsys.readouterr().err


def test_a_line_without_copy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    story = tmp_path / "story.txt"
    story.write_text(TEXT, encoding="utf-8")
    assert main(["explain", f"{story}:2"]) == 2
    assert "no sentence of running copy" in capsys.readouterr().err
