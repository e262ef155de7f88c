"""Which files a run checks: folders are walked, and what is left out is counted."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desk_rules import WORN
from desk_rules import write as write_file
from newslint.cli import main
from newslint.config import Config
from newslint.files import Scope
from newslint.globs import matches, needed

DESK = 'extend-packs = ["rules.toml"]\nselect = ["STY901"]\n'
BAD = "A groundbreaking bridge opened on Friday, the mayor said.\n"


def write(path: str, text: str = BAD) -> None:
    write_file(path, text)


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A newsroom's folder with one rule, which every article in it breaks."""
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    write("rules.toml", WORN)
    write("newslint.toml", DESK)
    return folder


def checked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[list[str], str]:
    """The files that were checked, and what is said about those that were not."""
    assert main(["check", *arguments, "--output-format=concise"]) in (0, 1)
    lines = capsys.readouterr().out.splitlines()
    files = [line.split(":1:")[0].replace(os.sep, "/") for line in lines if ": STY901 " in line]
    skipped = next((line for line in lines if line.startswith("Skipped ")), "")
    return files, skipped


# ---------------------------------------------------------------------- walking


def test_a_folder_is_walked_in_order_of_names(capsys: pytest.CaptureFixture[str]) -> None:
    for path in ("b.txt", "a.txt", "c/d/e.txt", "c/a.TXT", "c/picture.jpg", "c/d/page.css"):
        write(path)
    assert checked(capsys) == (["a.txt", "b.txt", "c/a.TXT", "c/d/e.txt"], "")


def test_a_file_that_is_named_is_checked_whatever_its_name(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write("article")
    write(".draft.txt")
    assert checked(capsys, "article", ".draft.txt") == (["article", ".draft.txt"], "")


@pytest.mark.parametrize(
    "paths",
    [
        ["a.txt", "a.txt"],
        ["a.txt", "./a.txt"],
        ["./", "a.txt"],
        [".", "../desk"],
    ],
)
def test_each_file_is_checked_once(paths: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt")
    assert len(checked(capsys, *paths)[0]) == 1
    assert len(checked(capsys, *paths, os.path.abspath("a.txt"))[0]) == 1


@pytest.mark.parametrize(
    ("named", "shown"),
    [
        ("news", "news/a.txt"),
        ("news/", "news/a.txt"),
        ("./news", "news/a.txt"),
        ("news//", "news/a.txt"),
        (".", "news/a.txt"),
        ("news/../news", "news/../news/a.txt"),
        ("./news/a.txt", "news/a.txt"),
    ],
)
def test_paths_are_shown_as_they_were_named(
    named: str, shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write("news/a.txt")
    assert checked(capsys, named)[0] == [shown]


def test_an_absolute_path_is_shown_as_one(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write("news/a.txt")
    assert checked(capsys, str(desk / "news"))[0] == [(desk / "news" / "a.txt").as_posix()]


def test_an_empty_folder_says_that_nothing_was_checked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    os.mkdir("empty")
    assert main(["empty"]) == 0
    assert capsys.readouterr().out == "No files to check.\n"


def test_hidden_files_are_counted_and_hidden_folders_passed_over(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for path in ("a.txt", ".b.txt", ".git/c.txt", "d/.e.txt"):
        write(path)
    assert checked(capsys) == (["a.txt"], "Skipped 2 paths: hidden (2).")


def test_links_are_counted_and_not_followed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write("a.txt")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "b.txt").write_text(BAD, "utf-8")
    os.symlink("a.txt", "link.txt")
    os.symlink("gone.txt", "broken.txt")
    os.symlink(tmp_path / "elsewhere", "wire")
    os.symlink(".", "circle")
    os.symlink("rules.toml", "no-article.toml")
    assert checked(capsys) == (["a.txt"], "Skipped 4 paths: symbolic links (4).")
    assert checked(capsys, "link.txt", "wire")[0] == ["link.txt", "wire/b.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_counted_and_not_waited_for(capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo("pipe.txt")
    write("a.txt")
    assert checked(capsys) == (["a.txt"], "Skipped 1 path: not regular files (1).")


def test_folders_may_be_nested_deeper_than_python_may_call(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = sys.getrecursionlimit() + 200
    depth = 0
    try:
        while depth < wanted:
            os.mkdir("d")
            os.chdir("d")
            depth += 1
    except OSError as error:  # a file system with shorter paths
        pytest.skip(str(error))
    finally:
        os.chdir(desk)
        deepest = os.sep.join("d" * depth)
    write("z.txt")
    try:
        assert checked(capsys)[0] == ["z.txt"]
    finally:
        os.removedirs(deepest)  # what pytest cleans up with calls itself for each folder


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may read all")
def test_a_folder_that_cannot_be_read_is_exit_status_two(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write("shut/a.txt")
    os.chmod("shut", 0)
    try:
        assert main(["."]) == 2
    finally:
        os.chmod("shut", 0o755)
    assert "shut:1:1: LNT001 [unreadable-file] error: cannot be read" in capsys.readouterr().out


# ---------------------------------------------------------------------- include and exclude


def test_excluded_files_and_folders_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    write("newslint.toml", DESK + 'exclude = ["old/", "draft-*.txt", "wire/raw/*.txt"]\n')
    for path in ("a.txt", "old/b.txt", "old/c.txt", "x/old/d.txt", "draft-1.txt"):
        write(path)
    for path in ("wire/raw/e.txt", "wire/raw/f/g.txt", "x/wire/raw/h.txt"):
        write(path)
    assert checked(capsys) == (
        ["a.txt", "wire/raw/f/g.txt", "x/wire/raw/h.txt"],
        "Skipped 4 paths: excluded (4).",  # the two folders count once each
    )


def test_exclude_replaces_what_is_excluded_by_itself_and_extend_exclude_does_not(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for path in ("a.txt", "node_modules/b.txt", "old/c.txt"):
        write(path)
    assert checked(capsys)[0] == ["a.txt", "old/c.txt"]
    write("newslint.toml", DESK + 'extend-exclude = ["old"]\n')
    assert checked(capsys)[0] == ["a.txt"]
    write("newslint.toml", DESK + 'exclude = ["old"]\n')
    assert checked(capsys)[0] == ["a.txt", "node_modules/b.txt"]


def test_include_chooses_articles_by_pattern(capsys: pytest.CaptureFixture[str]) -> None:
    write("newslint.toml", DESK + 'include = ["*.copy", "wire/**"]\n')
    for path in ("a.txt", "b.copy", "x/c.copy", "wire/d", "wire/x/e.txt"):
        write(path)
    assert checked(capsys)[0] == ["b.copy", "wire/d", "wire/x/e.txt", "x/c.copy"]


def test_a_folder_that_is_named_is_meant_even_if_excluded(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write("newslint.toml", DESK + 'exclude = ["old", "raw/"]\n')
    for path in ("old/a.txt", "old/1999/b.txt", "old/raw/c.txt"):
        write(path)
    files = ["old/1999/b.txt", "old/a.txt"]
    assert checked(capsys, "old") == (files, "Skipped 1 path: excluded (1).")
    assert checked(capsys, "old/1999")[0] == ["old/1999/b.txt"]
    assert checked(capsys, "old", "--force-exclude")[0] == []
    write("old/pyproject.toml", "")
    assert checked(capsys, "old")[0] == files


def test_patterns_count_from_the_folder_of_the_configuration(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write("newslint.toml", DESK + 'exclude = ["wire/old/"]\n')
    write("wire/old/a.txt")
    write("wire/wire/old/b.txt")
    monkeypatch.chdir("wire")
    assert checked(capsys)[0] == ["wire/old/b.txt"]


@pytest.mark.parametrize(
    ("pattern", "paths", "others"),
    [
        ("*.txt", ["a.txt", "x/a.txt", "x/.txt"], ["a.txt.md", "atxt", "a.TXT"]),
        ("a", ["a", "a/b", "x/a/b", "x/a"], ["ab", "ba", "x/ab/c"]),
        ("a/", ["a/b", "x/a/b"], ["ab/c"]),
        ("/a", ["a", "a/b"], ["x/a"]),
        ("./a.txt", ["a.txt"], ["x/a.txt"]),
        ("a/b", ["a/b", "a/b/c"], ["x/a/b", "a/bc"]),
        ("a/*", ["a/b", "a/b/c"], ["a", "b/a/c"]),
        ("a/*.txt", ["a/b.txt"], ["a/b/c.txt"]),
        ("a/**", ["a/b", "a/b/c"], ["a", "ab"]),
        ("a/**/b", ["a/b", "a/x/b", "a/x/y/b"], ["a/xb", "x/a/b"]),
        ("**/a", ["a", "x/a", "x/y/a"], ["xa"]),
        ("a?.txt", ["ab.txt", "x/ab.txt"], ["a.txt", "abc.txt", "a/.txt"]),
        ("a[1].txt", ["a[1].txt"], ["a1.txt"]),
        ("a+(b).txt", ["a+(b).txt"], ["aa(b).txt"]),
        ("a\nb", ["a\nb"], ["a b"]),
        ("", [], ["a", "a/b"]),
        ("/", [], ["a", "a/b"]),
    ],
)
def test_patterns(pattern: str, paths: list[str], others: list[str]) -> None:
    assert [path for path in (*paths, *others) if matches(path, [pattern])] == paths
    pieces = needed([pattern])
    assert all(pieces is None or pieces[0] in path for path in paths)
    # Where one of many paths is excluded, the others stay.
    assert Scope(Config(exclude=(pattern,)), ()).excluded("", [*paths, *others]) == paths


# ---------------------------------------------------------------------- .gitignore


def git(*arguments: str) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", *arguments], check=True, env=environment, capture_output=True)


def test_what_git_ignores_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    write(".gitignore", "# a comment\n\nbuild/\n*.bak.txt\n/top.txt\n")
    for path in ("a.txt", "build/b.txt", "x/build/c.txt", "d.bak.txt", "top.txt", "x/top.txt"):
        write(path)
    assert checked(capsys) == (["a.txt", "x/top.txt"], "Skipped 4 paths: ignored by git (4).")
    assert len(checked(capsys, "--no-respect-gitignore")[0]) == 6
    write("newslint.toml", DESK + "respect-gitignore = false\n")
    assert len(checked(capsys)[0]) == 6


@pytest.mark.parametrize(
    ("line", "ignored"),
    [
        ("a.txt", ["a.txt"]),
        ("*.txt", ["a.txt", "b.txt"]),
        ("[a].txt", ["a.txt"]),
        ("\\a.txt", ["a.txt"]),
        ("/wire/a.*", ["a.txt"]),
        ("w?re/*\n!b.txt", ["a.txt"]),
        ("a.txt/", []),
        ("re/a.txt", []),
        ("# a.txt", []),
    ],
)
def test_lines_of_gitignore(
    line: str, ignored: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    git("init", "-q")
    write(".gitignore", line)
    write("wire/a.txt")
    write("wire/b.txt")
    expected = [f"wire/{name}" for name in ("a.txt", "b.txt") if name not in ignored]
    assert checked(capsys, "wire")[0] == expected


def test_what_is_named_is_checked_even_if_git_ignores_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    os.mkdir(".git")
    write(".gitignore", "build/\n*.bak.txt\n")
    write("build/a.txt")
    write("b.bak.txt")
    assert checked(capsys, "b.bak.txt", "build")[0] == ["b.bak.txt", "build/a.txt"]


def test_the_deepest_gitignore_decides_and_may_take_back(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write(".gitignore", "*.txt\n!keep.txt\n")
    write("wire/.gitignore", "!*.txt\nkeep.txt\n")
    write("wire/raw/.gitignore", "/a.txt\n")
    for folder in ("", "wire/", "wire/raw/", "desk/"):
        write(f"{folder}a.txt")
        write(f"{folder}keep.txt")
    files = ["desk/keep.txt", "keep.txt", "wire/a.txt"]
    assert checked(capsys) == (files, "Skipped 5 paths: ignored by git (5).")


def test_a_line_that_is_no_pattern_is_passed_over(capsys: pytest.CaptureFixture[str]) -> None:
    write(".gitignore", "!\na.txt\n")
    write("a.txt")
    write("b.txt")
    assert checked(capsys)[0] == ["b.txt"]


def test_files_above_the_walk_count_up_to_the_root_of_the_repository(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".gitignore").write_text("a.txt\n", "utf-8")
    write(".gitignore", "b.txt\n")
    write("wire/.gitignore", "c.txt\n")
    for name in "abcd":
        write(f"wire/raw/{name}.txt")
    monkeypatch.chdir("wire/raw")
    assert len(checked(capsys)[0]) == 4  # no repository: files above say nothing
    os.mkdir("../../.git")
    assert checked(capsys)[0] == ["a.txt", "d.txt"]


@pytest.mark.parametrize("gitignore", [None, "b.txt\n"])
def test_the_repositorys_own_exclude_file_counts(
    gitignore: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    write(".git/info/exclude", "a.txt\n")
    if gitignore:
        write(".gitignore", gitignore)
    for path in ("a.txt", "b.txt", "wire/a.txt", "wire/c.txt"):
        write(path)
    files = ["wire/c.txt"] if gitignore else ["b.txt", "wire/c.txt"]
    assert checked(capsys)[0] == files


def test_the_same_files_as_git_itself_ignores(capsys: pytest.CaptureFixture[str]) -> None:
    git("init", "-q")
    lines = ["out/*", "!out/keep", "**/tmp", "x/**/z.txt", "deep/a.txt", "\\#b.txt", "c .txt", "d?"]
    write(".gitignore", "\n".join(lines) + "\n")
    write("y/.gitignore", "*\n!*.md\n!kept.txt\n")
    for path in (
        "out/a.txt", "out/keep/b.txt", "out/drop/c.txt", "tmp/a.txt", "q/tmp/b.txt", "tmp.txt",
        "x/z.txt", "x/1/z.txt", "x/1/2/z.txt", "q/x/z.txt", "deep/a.txt", "q/deep/a.txt", "#b.txt",
        "c .txt", "d1/a.txt", "d12/a.txt", "y/a.txt", "y/kept.txt", "y/q/kept.txt",
    ):  # fmt: skip
        write(path)
    files, _ = checked(capsys)
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--others", "--exclude-standard", "*.txt"],
        check=True,
        capture_output=True,
        env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
    )
    assert sorted(files) == sorted(listed.stdout.decode().split("\0")[:-1])
    assert 5 < len(files) < 19
