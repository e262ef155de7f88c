"""Results of earlier runs: the same as a fresh check would give, and never of another file or ruleset."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from newslint import cache
from newslint.cli import main
from newslint.config import Config
from newslint.engine import Linter
from newslint.finding import FileResult
from newslint.results import Shelf, ruleset
from newslint.workers import check_all

BAD = 'Rain in Tarn\n\nThe mayor spoke of a ‘bad" day.\n\nAlso read: Five things\n'
TWICE = "The bell of the old ferry house rang for the first time in eleven years on Sunday morning."
LONG_AGO = 1_600_000_000


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shared = cache.folder()
    if os.path.isdir(shared):  # packs and expressions need not be made ready again
        shutil.copytree(shared, tmp_path / "cache", ignore=shutil.ignore_patterns("results-*"))
    monkeypatch.setenv("NEWSLINT_CACHE_DIR", str(tmp_path / "cache"))
    articles = tmp_path / "articles"
    articles.mkdir()
    monkeypatch.chdir(articles)
    write("bad.txt", BAD)
    write("good.txt", "Rain in Tarn\n\nIt rains, the mayor said.\n")
    write("twice.txt", f"Rain in Tarn\n\n{TWICE}\n\nIt rains, the mayor said.\n\n{TWICE}\n")
    write("a.jsonl", '{"id": "x", "text": "A ‘bad\\" day."}\n')
    return articles


def write(name: str, text: str, *, when: int = LONG_AGO) -> None:
    Path(name).write_text(text, "utf-8")
    os.utime(name, (when, when))


def run(linter: Linter) -> list[FileResult]:
    targets = [(name, linter) for name in sorted(os.listdir())]
    return list(check_all(targets, cached=True))


def test_a_second_run_replays_the_first(folder: Path, checked: list[str]) -> None:
    first = run(Linter())
    assert len(checked) == 4
    assert [len(result.findings) for result in first] == [1, 2, 0, 1]
    checked.clear()
    assert run(Linter()) == first
    assert checked == []


def test_a_changed_file_is_checked_again(folder: Path, checked: list[str]) -> None:
    run(Linter())
    checked.clear()
    write("good.txt", BAD, when=LONG_AGO + 1)
    results = run(Linter())
    assert checked == ["good.txt"]
    assert results[2].findings


def test_a_file_of_the_same_content_is_not_checked_again(folder: Path, checked: list[str]) -> None:
    first = run(Linter())
    checked.clear()
    write("bad.txt", BAD, when=LONG_AGO + 99)
    assert run(Linter()) == first
    assert checked == []


def test_a_file_of_the_same_size_and_other_content_is_checked_again(
    folder: Path, checked: list[str]
) -> None:
    run(Linter())
    checked.clear()
    write("bad.txt", BAD.replace('‘bad"', "‘bad’"), when=LONG_AGO + 99)
    run(Linter())
    assert checked == ["bad.txt"]


def test_a_file_changed_a_moment_ago_is_compared_by_its_content(
    folder: Path, checked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newslint.results.FRESH", 10**20)
    run(Linter())
    checked.clear()
    write("bad.txt", BAD.replace('‘bad"', "‘bad’"))  # the same times and size
    run(Linter())
    assert "bad.txt" in checked
    assert "twice.txt" not in checked


@pytest.mark.parametrize(
    "config",
    [Config(select=("QUO",)), Config(language="de"), Config(severity={"share-bar": "info"})],
)
def test_other_settings_are_another_ruleset(folder: Path, config: Config) -> None:
    assert ruleset(Linter(config)) != ruleset(Linter())


def test_settings_of_the_report_are_the_same_ruleset() -> None:
    assert ruleset(Linter(Config(output_format="json", max_warnings=3))) == ruleset(Linter())


def test_what_could_not_be_checked_is_tried_again(folder: Path, checked: list[str]) -> None:
    write("a.jsonl", '{"text": \n')
    assert run(Linter())[0].failed
    checked.clear()
    run(Linter())
    assert checked == ["a.jsonl"]


def test_a_damaged_shard_is_made_again(folder: Path, checked: list[str]) -> None:
    first = run(Linter())
    for entry in (folder.parent / "cache").iterdir():
        if entry.name.startswith("results"):
            entry.write_bytes(b"(\x01\x00\x00\x00i\x01\x00\x00\x00")
    assert run(Linter()) == first
    assert len(checked) == 8


def test_the_path_is_shown_as_the_next_run_writes_it(folder: Path, checked: list[str]) -> None:
    linter = Linter()
    (first,) = check_all([("twice.txt", linter)], cached=True)
    (second,) = check_all([("./twice.txt", linter)], cached=True)
    assert checked == ["twice.txt"]
    assert second.findings[0].path == "./twice.txt"
    assert second.findings[0].related[0].path == "./twice.txt"
    assert first.findings[0].related[0].path == "twice.txt"


def test_two_runs_at_once_lose_nothing_but_time(folder: Path, checked: list[str]) -> None:
    linter = Linter()
    one, other = Shelf("r", linter), Shelf("r", linter)
    for shelf, name in ((one, "bad.txt"), (other, "good.txt")):
        assert shelf.find(name) is None
        shelf.add(linter.check_path(name))
    one.keep()
    other.keep()
    known = Shelf("r", linter)
    found = [known.find(name) for name in ("bad.txt", "good.txt")]
    assert found[1] is not None
    assert found[0] is None or found[0] == linter.check_path("bad.txt")


def test_the_command_line_can_do_without(
    folder: Path, checked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bad.txt"]) == main(["bad.txt"]) == 1
    assert len(checked) == 1
    assert main(["bad.txt", "--no-cache"]) == 1
    assert len(checked) == 2
    first, second, third = capsys.readouterr().out.split("Found 2 errors in 1 of 1 file.\n")[:3]
    assert first == second == third
