"""The index of a repository's articles: what is read again, two writers, a kill, a torn file."""

from __future__ import annotations

import io
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from newslint import cache
from newslint.cli import main
from newslint.config import Resolver
from newslint.corpus.index import Index
from newslint.files import Selection
from newslint.repository import FactsOnly, Repository
from stories import MILL, QUAY


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of 40 articles, two of them alike, with its corpus in the settings and a cache of its own."""
    monkeypatch.setenv("NEWSLINT_CACHE_DIR", str(tmp_path / "cache"))
    folder = tmp_path / "site"
    (folder / "articles").mkdir(parents=True)
    (folder / "newslint.toml").write_text('corpus = ["articles"]\n', "utf-8")
    words = QUAY.split()
    for n in range(38):
        # No three words in a row as in another one.
        body = " ".join(f"{word}{n}" if at % 2 else word for at, word in enumerate(words))
        (folder / "articles" / f"a{n:02}.txt").write_text(f"Story {n}\n\n{body}.\n", "utf-8")
    (folder / "articles" / "b.txt").write_text(f"Quay closed again\n\n{QUAY}\n", "utf-8")
    (folder / "articles" / "c.txt").write_text(f"Cracks in the quay\n\n{QUAY}\n", "utf-8")
    monkeypatch.chdir(folder)
    return folder


def index_file() -> Path:
    (path,) = Path(cache.folder()).glob("corpus-*.sqlite")
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    capsys.readouterr()
    status = main([*arguments, "--output-format=concise", "-q"])
    return status, capsys.readouterr().out


def read_again(folder: Path) -> list[str]:
    """The files that the next run would read for the index."""
    index = Index(index_file().stem.removeprefix("corpus-"))
    lots = FactsOnly(Resolver()).lots(["articles"])
    try:
        return [name for _, name in index.stale({lot.folder: lot.names for lot, _ in lots})]
    finally:
        index.close()


def test_a_changed_file_is_compared_with_the_whole_corpus(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = repository / "articles" / "new.txt"
    new.write_text(f"Mill burns\n\n{MILL}\n", "utf-8")
    assert run(capsys, "articles/new.txt") == (0, "")
    new.write_text(f"A quay is closed\n\n{QUAY}\n", "utf-8")
    status, out = run(capsys, "--force-exclude", "articles/new.txt", "articles/a01.txt")
    assert out.startswith("articles/new.txt:1:1: DUP202")
    assert len(out.splitlines()) == 1
    assert status == 0


def test_only_what_changed_is_read(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "--corpus")
    # Times of files that are a moment old are not trusted: their content is compared.
    assert read_again(repository) == []
    (repository / "articles" / "a03.txt").write_text(f"Quay closed again\n\n{MILL}\n", "utf-8")
    os.rename(repository / "articles" / "a04.txt", repository / "articles" / "z.txt")
    assert read_again(repository) == ["a03.txt", "z.txt"]
    _, out = run(capsys, "--corpus")
    assert "articles/b.txt:1:1: DUP201" in out
    assert read_again(repository) == []


def test_what_is_gone_is_forgotten(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "DUP202" in run(capsys, "--corpus")[1]
    (repository / "articles" / "b.txt").unlink()
    assert run(capsys, "--corpus")[1] == ""
    base = sqlite3.connect(index_file())
    assert base.execute("SELECT COUNT(*) FROM files").fetchone() == (39,)
    assert base.execute(
        "SELECT COUNT(*) FROM keys WHERE article NOT IN (SELECT id FROM articles)"
    ).fetchone() == (0,)
    base.close()


def test_without_paths_only_the_corpus_is_compared(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "articles" / "d.txt").write_text(
        'A ‘malign" pact\n\nAlso read: Ten tips\n', "utf-8"
    )
    status, out = run(capsys, "--corpus", "--fail-on=warning")
    assert status == 1
    assert [line.split()[1] for line in out.splitlines()] == ["DUP202"]
    assert "QUO101" in run(capsys, "--corpus", "articles")[1]


def test_without_a_corpus_in_the_settings_it_is_the_folder(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "newslint.toml").unlink()
    assert "DUP202" in run(capsys, "--corpus")[1]


def test_a_corpus_that_is_not_there_is_an_error(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "newslint.toml").write_text('corpus = [\n  "storys"]\n', "utf-8")
    assert main(["articles"]) == 2
    error = capsys.readouterr().err
    assert "newslint.toml:2: there is no “storys”" in error


def test_a_file_of_the_corpus_that_cannot_be_read_is_counted(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "articles" / "torn.jsonl").write_text("{\n", "utf-8")
    assert main(["articles/b.txt"]) == 0
    assert "unreadable in the corpus (1)" in capsys.readouterr().out
    assert main(["--corpus"]) == 2
    assert "torn.jsonl" in capsys.readouterr().out


@pytest.mark.parametrize("spoilt", [b"", b"no database at all" * 200, None])
def test_a_torn_index_is_made_anew(
    spoilt: bytes | None, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    expected = run(capsys, "--corpus")
    data = index_file().read_bytes()
    if spoilt is None:  # sound at its beginning
        spoilt = data[:8192] + b"\xff" * (len(data) - 8192)
    index_file().write_bytes(spoilt)
    assert run(capsys, "--corpus") == expected
    assert run(capsys, "--corpus") == expected
    assert sqlite3.connect(index_file()).execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_an_index_without_its_tables_is_made_anew(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    expected = run(capsys, "--corpus")
    base = sqlite3.connect(index_file())
    base.execute("DROP TABLE keys")
    base.commit()
    base.close()
    assert run(capsys, "--corpus", "articles/b.txt", "articles/c.txt")[1] == expected[1]


def test_a_cache_that_cannot_be_written_is_done_without(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = run(capsys, "--corpus")
    monkeypatch.setenv("NEWSLINT_CACHE_DIR", str(repository / "newslint.toml"))  # no folder
    assert run(capsys, "--corpus") == expected
    assert run(capsys, "--corpus", "--no-cache") == expected


# Kills the process after so many steps of SQLite, wherever it is then.
KILLED = """
import os, signal, sqlite3, sys
from newslint.corpus import index
made = index._made
def watched(path):
    base = made(path)
    base.set_progress_handler(lambda: os.kill(os.getpid(), signal.SIGKILL), int(sys.argv[1]))
    return base
index._made = watched
index.FILES_AT_ONCE = 7
from newslint.cli import main
main(["--corpus", "-q", "-j1"])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_kill_in_the_middle_of_a_write_harms_nothing(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = run(capsys, "--corpus", "--no-cache")
    assert "DUP202" in fresh[1]
    ends = []
    for number in range(20):
        steps = 200 + 300 * number
        monkeypatch.setenv("NEWSLINT_CACHE_DIR", str(repository / f"cache{number % 4}"))
        done = subprocess.run(
            [sys.executable, "-c", KILLED, str(steps)], capture_output=True, cwd=repository
        )
        ends.append(done.returncode)
        for path in Path(cache.folder()).glob("corpus-*.sqlite"):
            base = sqlite3.connect(path)
            assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            base.close()
    assert ends.count(-signal.SIGKILL) == 20
    for number in range(4):
        monkeypatch.setenv("NEWSLINT_CACHE_DIR", str(repository / f"cache{number}"))
        assert run(capsys, "--corpus") == fresh


def test_a_text_with_a_name_is_compared_in_the_place_of_its_file(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(text: str, *arguments: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        return run(capsys, *arguments)

    copy = f"Divers at the quay\n\n{QUAY}\n"
    for name in ("articles/new.txt", "articles/a05.txt"):
        status, out = read(copy, "--stdin-filename", name)
        assert status == 0
        assert f"{name}:1:1: DUP202" in out
    assert read(f"Cracks in the quay\n\n{MILL}\n", "--stdin-filename", "articles/c.txt") == (0, "")
    assert "DUP202" not in read(copy, "-")[1]  # without a name it may be any of them
    # The index knows the files as they are.
    assert run(capsys, "articles/a05.txt") == (0, "")
    assert "DUP202" in run(capsys, "articles/c.txt")[1]
    assert "DUP202" in read(copy, "--corpus", "--stdin-filename", "articles/new.txt")[1]


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="names of files are text there")
def test_a_name_that_is_no_text(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    odd = os.fsdecode(os.path.join(os.fsencode("articles"), b"quay\xff.txt"))
    Path("articles/b.txt").rename(odd)
    for _ in range(2):
        status, out = run(capsys, "articles/c.txt")
        assert status == 0
        assert "articles/c.txt:1:1: DUP202" in out
        status, out = run(capsys, odd)
        assert "articles/quay\\udcff.txt:1:1: DUP202" in out
    assert read_again(repository) == []
    Path(odd).unlink()
    assert run(capsys, "articles/c.txt") == (0, "")


def test_two_writers_at_once(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fresh = run(capsys, "--corpus", "--no-cache")
    code = (
        "from newslint.corpus import index; index.FILES_AT_ONCE = 2;"
        "from newslint.cli import main; main(['--corpus', '-q', '-j1', '--output-format=concise'])"
    )
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", code], cwd=repository, stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    assert [each.communicate()[0] for each in runs] == [fresh[1]] * 3
    base = sqlite3.connect(index_file())
    assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert base.execute("SELECT COUNT(*) FROM articles").fetchone() == (40,)
    base.close()


def test_neighbours_are_judged_as_the_whole_corpus_is(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = repository / "articles"
    for n in range(12):  # the name of a site, trimmed copies, and words that many articles share
        (folder / f"t{n:02}.txt").write_text(
            f"Title number {'abcdefghijkl'[n]} of all — Seven Quays\n\n{MILL} {QUAY[n:]}\n", "utf-8"
        )
    for n in range(70):  # more articles with a paragraph than are looked at for one key
        words = " ".join(f"w{at * n % 97}x{n}" for at in range(60))
        (folder / f"s{n:02}.txt").write_text(f"Other title {n}\n\n{words}\n\n{MILL}\n", "utf-8")
    (folder / "s70.txt").write_text((folder / "s33.txt").read_text("utf-8"), "utf-8")
    (folder / "u.txt").write_text(f"Title number c of all\n\n{QUAY}\n", "utf-8")
    (folder / "v.txt").write_text(f"The ferry sails — Seven Quays\n\n{QUAY.upper()}\n", "utf-8")
    run(capsys, "--corpus")
    files = sorted(f"articles/{path.name}" for path in folder.iterdir())
    near = [run(capsys, "--select=DUP201,DUP202,TTL101", path) for path in files]
    monkeypatch.setattr("newslint.corpus.index.FEW", 0)
    whole = [run(capsys, "--select=DUP201,DUP202,TTL101", path) for path in files]
    assert near == whole
    found = "".join(out for _, out in near)
    assert {"DUP201", "DUP202"} == {
        code for code in ("DUP201", "DUP202", "TTL101") if code in found
    }
    monkeypatch.setattr("newslint.checks.titles._LEAST_SHARE", 0.1)
    assert "as in 12 other titles: “Seven Quays”" in run(capsys, files[-1])[1]
    monkeypatch.setattr("newslint.corpus.index.FEW", 400)
    assert "as in 12 other titles: “Seven Quays”" in run(capsys, files[-1])[1]


def test_few_articles_of_the_corpus_are_read(repository: Path) -> None:
    asked = FactsOnly(Resolver()).linter_for("articles/b.txt").check_path("articles/b.txt")
    near = Repository(Selection(Resolver()), ["articles"]).corpus([asked])
    assert {near.identity(number).path for number in range(len(near))} == {
        "articles/b.txt",
        "articles/c.txt",
    }


def test_a_folder_that_is_as_it_was_is_done_with(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[str] = []
    changes = Index._changes

    def watched(index: Index, folder: str, *rest: Any) -> Any:
        looked_up.append(os.path.basename(folder[:-1]))
        return changes(index, folder, *rest)

    def looked_up_by(*arguments: str) -> tuple[list[str], str]:
        looked_up.clear()
        out = run(capsys, "--corpus", *arguments)[1]
        return sorted(looked_up), out

    monkeypatch.setattr(Index, "_changes", watched)
    for name in ("newslint.results.FRESH", "newslint.corpus.index.FRESH"):
        monkeypatch.setattr(name, -(10**15))  # times are trusted at once
    (repository / "articles" / "old").mkdir()
    old = repository / "articles" / "old" / "a.txt"
    old.write_text(f"Mill burns\n\n{MILL}\n", "utf-8")
    assert looked_up_by()[0] == ["articles", "old"]
    assert looked_up_by()[0] == []
    old.write_text(f"Mill burnt\n\n{QUAY}\n", "utf-8")
    names, out = looked_up_by()
    assert names == ["old"]
    assert "articles/old/a.txt:1:1: DUP202" in out
    assert looked_up_by()[0] == []
    old.rename(repository / "articles" / "d.txt")
    assert looked_up_by()[0] == ["articles", "old"]
    assert looked_up_by()[0] == []
    torn = repository / "articles" / "torn.jsonl"
    torn.write_text("{\n", "utf-8")
    for _ in range(2):  # what cannot be read is tried again, and said again
        names, out = looked_up_by()
        assert names == ["articles"]
        assert "torn.jsonl" in out
    torn.unlink()
    assert looked_up_by()[0] == []


def test_times_of_a_moment_ago_are_not_trusted(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "--corpus")
    path = repository / "articles" / "b.txt"
    found = path.stat()
    path.write_bytes(path.read_bytes().replace(b"harbour", b"harvest"))
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
    assert read_again(repository) == ["b.txt"]
