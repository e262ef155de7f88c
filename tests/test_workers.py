"""Worker processes: the same results in the same order, whatever happens to a worker."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from newslint import workers
from newslint.config import Config
from newslint.engine import Linter
from newslint.workers import check_all

DEADLY = '''
import os

from newslint import hookimpl, rule


@rule("STY901", "deadly-rule", bad=["⟦a⟧"], good=["b", "c"])
def deadly_rule(article):
    """It finds the letter a.

    At the word DEATH it takes its process with it.
    """
    if "DEATH" in article.text:
        os._exit(9)
    at = article.text.find("a")
    if at >= 0:
        yield article.finding((at, at + 1), "an a")


@hookimpl
def newslint_rules():
    return [deadly_rule]
'''


@pytest.fixture
def linter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    (tmp_path / "deadly_rules_of_a_test.py").write_text(DEADLY, "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(workers, "BYTES_WORTH_WORKERS", 0)
    monkeypatch.setattr(workers, "BYTES_A_TASK", 40)
    yield Linter(Config(plugins=("deadly_rules_of_a_test",), select=("STY901",)))
    sys.modules.pop("deadly_rules_of_a_test", None)


def files(tmp_path: Path, count: int) -> list[str]:
    paths = []
    for number in range(count):
        path = tmp_path / f"{number:03}.txt"
        path.write_text(f"{'b' * (number % 7)}a line of number {number}\n", "utf-8")
        paths.append(str(path))
    return paths


def test_the_same_results_in_the_same_order(linter: Linter, tmp_path: Path) -> None:
    targets = [(path, linter) for path in files(tmp_path, 60)]
    alone = list(check_all(targets, 1))
    assert [result.path for result in alone] == [path for path, _ in targets]
    assert all(result.findings for result in alone)
    assert list(check_all(targets, 2)) == alone


def test_a_file_that_kills_its_worker_is_named_and_the_others_are_checked(
    linter: Linter, tmp_path: Path
) -> None:
    paths = files(tmp_path, 12)
    Path(paths[5]).write_text("DEATH", "utf-8")
    results = list(check_all([(path, linter) for path in paths], 2))
    assert [result.path for result in results] == paths
    assert [result.path for result in results if result.failed] == [paths[5]]
    assert "ended its worker process" in results[5].findings[0].message
    assert all(result.findings[0].code == "STY901" for result in results if not result.failed)


def test_little_work_is_done_without_workers(
    linter: Linter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "BYTES_WORTH_WORKERS", 1_000_000)
    monkeypatch.setattr(workers, "_in_workers", None)
    assert len(list(check_all([(path, linter) for path in files(tmp_path, 5)], 2))) == 5


def test_a_missing_file_among_others(linter: Linter, tmp_path: Path) -> None:
    targets = [(path, linter) for path in [*files(tmp_path, 3), str(tmp_path / "none.txt")]]
    assert [result.failed for result in check_all(targets, 2)] == [False, False, False, True]


def test_a_large_file_gives_its_findings_piece_by_piece(
    linter: Linter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "BYTES_FOR_A_WORKER", 2_000)
    monkeypatch.setattr("newslint.engine.FINDINGS_HELD", 10)
    monkeypatch.setattr("newslint.engine.SMALL", 2_000)
    paths = files(tmp_path, 4)
    large = tmp_path / "0020.jsonl"
    large.write_text('{"text": "a line"}\n' * 200, "utf-8")
    paths.insert(2, str(large))
    targets = [(path, linter) for path in paths]
    results = list(check_all(targets, 2, cached=True))
    parts = [result for result in results if result.path == str(large)]
    assert [len(part.findings) for part in parts] == [10] * 20 + [0]
    assert [part.more for part in parts] == [True] * 20 + [False]
    assert [result.path for result in results if not result.more] == paths
    whole = linter.check_path(str(large))
    assert (len(whole.findings), whole.articles, whole.more) == (200, 200, False)
    assert whole.findings == tuple(each for part in parts for each in part.findings)
