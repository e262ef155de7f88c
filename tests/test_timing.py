"""`--timing`: what takes how long."""

from __future__ import annotations

from pathlib import Path

import pytest

from newslint.article import Article
from newslint.cli import main
from newslint.timing import Timing, timed


def test_what_runs_inside_counts_for_itself() -> None:
    timing = Timing()
    timing.measured("outer", lambda: timing.measured("inner", lambda: sum(range(200_000))))
    assert timing.nanoseconds["inner"] > timing.nanoseconds["outer"]
    assert timing.calls == {"outer": 1, "inner": 1}


def test_views_are_themselves_again_afterwards() -> None:
    before = vars(Article)["lines"].func
    with timed(Timing()):
        assert vars(Article)["lines"].func is not before
    assert vars(Article)["lines"].func is before


def test_the_table_follows_on_standard_error_and_the_findings_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text('Rain\n\nA ‘bad" day.\n\nAlso read: Five things\n', "utf-8")
    assert main(["a.txt", "--no-cache"]) == 1
    plain = capsys.readouterr()
    assert main(["a.txt", "--timing"]) == 1
    timed_run = capsys.readouterr()
    assert timed_run.out == plain.out
    for words in ("rule mismatched-quotes", "view quotes", "patterns of all rules"):
        assert words in timed_run.err
