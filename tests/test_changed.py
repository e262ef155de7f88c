"""Findings on changed lines only, with a real git."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.changed import WHOLE, File, files, patched
from newslint.cli import main
from newslint.config import ConfigError

FAULT = "It was late again.The crew slept on board, the captain said."
SOUND = "The crew slept on board, the captain said."


def story(*faulty: int, length: int = 12, end: str = "\n") -> bytes:
    """An article of so many paragraphs, with a fault in some of them; paragraph n stands on line 2n + 1."""
    texts = [FAULT if n in faulty else f"{SOUND} It was day {n}." for n in range(1, length)]
    return (end * 2).join(["A quiet day", *texts, ""]).encode()


def git(*arguments: str, cwd: Path | str = ".") -> str:
    command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one article that has a fault in its third paragraph."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.chdir(tmp_path)
    git("init", "-q", "-b", "main")
    Path("a.txt").write_bytes(story(3))
    git("add", "-A")
    git("commit", "-q", "-m", "one")
    return tmp_path


@pytest.fixture
def found(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, list[str], str]]:
    """Runs newslint: its status, "path:line" of each finding, and standard error."""

    def run(*arguments: str) -> tuple[int, list[str], str]:
        capsys.readouterr()
        status = main([*arguments, "--output-format", "json", "--select", "RES201,LNT"])
        shown = capsys.readouterr()
        given = json.loads(shown.out)["findings"] if shown.out else []
        return status, [f"{each['path']}:{each['start']['line']}" for each in given], shown.err

    return run


Found = Callable[..., tuple[int, list[str], str]]


def test_only_changed_lines_count(repository: Path, found: Found) -> None:
    assert found(".", "--diff-base", "HEAD") == (
        0,
        [],
        "1 finding on lines that did not change is not shown.\n",
    )
    Path("a.txt").write_bytes(story(3, 5))
    status, places, said = found(".", "--diff-base", "HEAD")
    assert (status, places) == (1, ["a.txt:11"])
    assert said == "1 finding on lines that did not change is not shown.\n"
    assert found(".", "--diff-base", "HEAD", "-q")[2] == ""
    # Staged and committed are as good as written.
    git("add", "-A")
    assert found(".", "--diff-base", "HEAD")[1] == ["a.txt:11"]
    git("commit", "-q", "-m", "two")
    assert found(".", "--diff-base", "HEAD")[1] == []
    assert found(".", "--diff-base", "HEAD~1")[1] == ["a.txt:11"]
    assert found(".", "--diff-base=HEAD~1", "--exit-zero")[0] == 0


def test_what_the_base_did_meanwhile_is_not_ours(repository: Path, found: Found) -> None:
    git("checkout", "-q", "-b", "story")
    Path("b.txt").write_bytes(story(2))
    git("add", "-A")
    git("commit", "-q", "-m", "ours")
    git("checkout", "-q", "main")
    Path("a.txt").write_bytes(story(3, 7))
    git("commit", "-q", "-a", "-m", "theirs")
    git("checkout", "-q", "story")
    assert found(".", "--diff-base", "main")[1] == ["b.txt:5"]
    git("-c", "user.name=A", "merge", "-q", "--no-edit", "main")
    assert found(".", "--diff-base", "main")[1] == ["b.txt:5"]


NAMES = [
    "a b.txt",
    'q"u\\o.txt',
    "ö–ü.txt",
    "line\nfeed.txt",
    "tab\tbed.txt",
    " b/x and b/y.txt",
    "-n.txt",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("quote", ["true", "false"])
def test_names_of_files(name: str, quote: str, repository: Path, found: Found) -> None:
    git("config", "core.quotePath", quote)
    # What people set in their own configuration must not matter.
    for key, value in (("diff.noprefix", "true"), ("diff.external", "false"), ("color.ui", "always"), ("diff.mnemonicPrefix", "true"), ("diff.interHunkContext", "5"), ("core.pager", "false")):  # fmt: skip
        git("config", key, value)
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(story(1))
    git("add", "-A")
    git("commit", "-q", "-m", "named")
    path.write_bytes(story(1, 4))
    expected = [f"{path}:9"]
    assert found(".", "--diff-base", "HEAD")[1] == expected
    # The same as a patch, with a name of one file after another.
    for more in ([], ["--no-prefix"], ["-U0"], ["--src-prefix=i/", "--dst-prefix=w/"]):
        patch = subprocess.run(
            ["git", "-c", "diff.noprefix=false", "diff", "--no-ext-diff", "--no-color", *more],
            capture_output=True,
        ).stdout
        Path("p.patch").write_bytes(patch)
        assert found(".", "--diff-from", "p.patch")[1] == expected, more


def test_a_renamed_file_has_changed_where_it_was_changed(repository: Path, found: Found) -> None:
    git("mv", "a.txt", "b.txt")
    assert found(".", "--diff-base", "HEAD")[1] == []
    Path("b.txt").write_bytes(story(3, 9))
    assert found(".", "--diff-base", "HEAD")[1] == ["b.txt:19"]
    git("commit", "-q", "-a", "-m", "two")
    assert found(".", "--diff-base", "HEAD~1")[1] == ["b.txt:19"]
    Path("p.patch").write_text(git("diff", "-M", "HEAD~1", "HEAD"))
    assert found(".", "--diff-from", "p.patch")[1] == ["b.txt:19"]


def test_what_git_does_not_track_has_changed(repository: Path, found: Found) -> None:
    Path(".gitignore").write_text("private.txt\n")
    Path("new.txt").write_bytes(story(2))
    Path("private.txt").write_bytes(story(2))
    assert found(".", "--diff-base", "HEAD")[1] == ["new.txt:5"]
    assert found("private.txt", "--diff-base", "HEAD")[1] == ["private.txt:5"]
    git("add", "-N", "new.txt")
    assert found(".", "--diff-base", "HEAD")[1] == ["new.txt:5"]


def test_it_works_from_a_folder_below(
    repository: Path, found: Found, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("desk").mkdir()
    Path("desk/b.txt").write_bytes(story(2))
    git("add", "-A")
    git("commit", "-q", "-m", "two")
    Path("desk/b.txt").write_bytes(story(2, 6))
    Path("a.txt").write_bytes(story(3, 8))
    patch = git("diff")
    monkeypatch.chdir("desk")
    assert found(".", "../a.txt", "--diff-base", "HEAD")[1] == ["b.txt:13", "../a.txt:17"]
    Path("p.patch").write_text(patch)
    assert found(".", "../a.txt", "--diff-from", "p.patch")[1] == ["b.txt:13", "../a.txt:17"]
    Path("p.patch").write_text(git("diff", "--relative"))
    assert found(".", "--diff-from", "p.patch")[1] == ["b.txt:13"]
    Path("link").symlink_to("..")
    monkeypatch.chdir("link")
    assert found("desk", "--diff-base", "HEAD")[1] == ["desk/b.txt:13"]


def test_every_kind_of_line_end(repository: Path, found: Found) -> None:
    for end in ("\r\n", "\r"):
        Path("a.txt").write_bytes(story(3, end=end))
        git("commit", "-q", "-a", "-m", "other line ends")
        Path("a.txt").write_bytes(story(3, 5, end=end))
        # To git, a file with nothing but carriage returns is one line.
        expected = ["a.txt:11"] if end == "\r\n" else ["a.txt:7", "a.txt:11"]
        assert found(".", "--diff-base", "HEAD")[1] == expected
    mixed = b"One\rtwo\rthree\n\n" + story(3)
    Path("a.txt").write_bytes(mixed)
    git("commit", "-q", "-a", "-m", "mixed")
    Path("a.txt").write_bytes(mixed + FAULT.encode() + b"\n")
    assert found(".", "--diff-base", "HEAD")[1] == [
        f"a.txt:{mixed.decode().count(chr(13)) + mixed.count(10) + 1}"
    ]


def test_what_git_takes_for_binary_has_changed_as_a_whole(repository: Path, found: Found) -> None:
    Path("a.txt").write_bytes(b"\xff\xfe" + story(3).decode().encode("utf-16-le"))
    assert found(".", "--diff-base", "HEAD")[1] == ["a.txt:7"]
    for more in ([], ["--binary"]):
        Path("p.patch").write_text(git("diff", *more))
        assert found(".", "--diff-from", "p.patch")[1] == ["a.txt:7"]


def test_an_unmerged_file_has_changed(repository: Path, found: Found) -> None:
    git("checkout", "-q", "-b", "other")
    Path("a.txt").write_bytes(story(3, 5))
    git("commit", "-q", "-a", "-m", "theirs")
    git("checkout", "-q", "main")
    Path("a.txt").write_bytes(story(3).replace(b"day 5", b"day five"))
    git("commit", "-q", "-a", "-m", "ours")
    names = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *names, "merge", "-q", "other"], capture_output=True)
    assert "<<<<<<<" in Path("a.txt").read_text()
    assert any(place.startswith("a.txt:") for place in found(".", "--diff-base", "HEAD")[1])


def test_what_could_not_be_read_always_counts(repository: Path, found: Found) -> None:
    Path("b.jsonl").write_text('{"text": \n')
    git("add", "-A")
    git("commit", "-q", "-m", "two")
    status, places, _ = found(".", "--diff-base", "HEAD")
    assert (status, places) == (2, ["b.jsonl:1"])


def test_a_finding_that_refers_to_a_changed_line_counts(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    long = "The ferry left the harbour of Merrow at noon on Friday with forty people on board, its operator said."
    Path("a.txt").write_text(f"A quiet day\n\n{SOUND}\n\nIt rained.\n\n{long}\n")
    git("commit", "-q", "-a", "-m", "two")
    Path("a.txt").write_text(f"A quiet day\n\n{long}\n\n{SOUND}\n\nIt rained.\n\n{long}\n")
    assert main([".", "--diff-base", "HEAD", "--output-format", "concise"]) == 1
    assert "a.txt:9:1: DUP101" in capsys.readouterr().out


def test_only_changed_lines_are_fixed(repository: Path, found: Found) -> None:
    hidden = "The har\u200bbour was empty."
    lines = ["A quiet day", "", hidden, "", "It rained.", "", hidden, ""]
    Path("a.txt").write_text("\n".join(lines))
    git("commit", "-q", "-a", "-m", "two")
    lines[4] = f"It rained on the har\u200bbour. {hidden}"
    Path("a.txt").write_text("\n".join(lines))
    assert main([".", "--diff-base", "HEAD", "--fix", "-q"]) == 0
    lines[4] = lines[4].replace("\u200b", "")
    assert Path("a.txt").read_text() == "\n".join(lines)


def test_lines_that_fixes_move_are_still_known(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ["A quiet day", "", "It rained.", "", SOUND, "", "“We wait, said Bo.", ""]
    Path("a.txt").write_text("\n".join(lines))
    git("commit", "-q", "-a", "-m", "two")
    lines[2], lines[4] = "It was late.\\n\\nThe crew slept.", "“We sail, said Ada."
    Path("a.txt").write_text("\n".join(lines))
    arguments = ["--fix", "--unsafe-fixes", "--diff-base", "HEAD", "--output-format", "concise"]
    assert main([".", *arguments, "--select", "ENC,QUO"]) == 1
    lines[2] = "It was late.\n\nThe crew slept."
    assert Path("a.txt").read_text() == "\n".join(lines)
    shown = capsys.readouterr()
    assert "a.txt:7:1: QUO102" in shown.out
    assert "a.txt:9:1" not in shown.out
    assert "1 finding on lines that did not change is not shown." in shown.out
    assert shown.err == "Fixed 1 problem in 1 file.\n"


def test_what_the_baseline_knows_is_neither_new_nor_gone(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("newslint.toml").write_text('select = ["RES201"]\nbaseline = "newslint-baseline.json"\n')
    assert main(["baseline", "--update", "."]) == 0
    git("add", "-A")
    git("commit", "-q", "-m", "two")
    Path("a.txt").write_bytes(story(3, 5))
    capsys.readouterr()
    assert main([".", "--diff-base", "HEAD"]) == 1
    shown = capsys.readouterr()
    assert "a.txt:11:13: RES201" in shown.out
    assert "1 known from the baseline." in shown.out
    assert "gone" not in shown.out
    assert shown.err == ""
    # A fix takes it out of the file, and so out of what is known.
    assert main([".", "--fix", "--unsafe-fixes"]) == 0
    assert "1 finding of the baseline is gone" in capsys.readouterr().out


# ------------------------------------------------------------------ errors


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--diff-base", "no-such"], "git knows no revision “no-such” here; fetch it first"),
        (["--diff-base=--output=x"], "is no revision"),
        (["--diff-base", "HEAD", "--diff-from", "p"], "exclude each other"),
        (["--diff-from", "no.patch"], "--diff-from: no.patch: No such file"),
        (["--diff-from", "a.txt"], "a.txt is no unified diff; make one with git diff"),
        (["--diff-base", "island"], "“island” and HEAD have no commit in common here"),
    ],
)
def test_what_cannot_be_is_said(
    arguments: list[str], words: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git("checkout", "-q", "--orphan", "island")
    git("commit", "-q", "-m", "another beginning")
    git("checkout", "-q", "main")
    assert main([".", *arguments]) == 2
    shown = capsys.readouterr()
    assert words in shown.err
    assert shown.out == ""


def test_without_git_or_a_repository(
    tmp_path: Path,
    repository: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "bin").mkdir()
    with monkeypatch.context() as without:
        without.setenv("PATH", str(tmp_path / "bin"))
        assert main([".", "--diff-base", "HEAD"]) == 2
    assert "needs git, which is not installed" in capsys.readouterr().err
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    (tmp_path / "apart").mkdir()
    monkeypatch.chdir(tmp_path / "apart")
    assert main([".", "--diff-base", "HEAD"]) == 2
    assert "git says: not a git repository" in capsys.readouterr().err


def test_a_patch_for_other_files_is_an_error(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    patch = b"--- x.txt\n+++ x.txt\n@@ -1 +1 @@\n-a\n+b\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(patch)))
    assert main([".", "--diff-from", "-"]) == 2
    assert "standard input: there is no file “x.txt” here" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("patch", "words"),
    [
        (b"@@ -1 +1 @@\n-a\n+b\n", "a hunk of no file"),
        (b"--- a\n+++ a\n@@ -1,3 +1 @@\n-a\n", "breaks off in a hunk"),
        (b"--- a\n+++ a\n@@ -x +y @@\n-a\n", "without numbers"),
        (b"--- a\n+++ a\n@@@ -1 -1 +1 @@@\n", "diff of a merge"),
        (b"Dear editor,\n", "no unified diff"),
    ],
)
def test_patches_that_are_none(patch: bytes, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        patched(patch, "p")


# ------------------------------------------------------------------ the parser

LINE = st.sampled_from(
    [
        b"--- a",
        b"+++ b",
        b"@@ -1 +1 @@",
        b"diff --git a/x b/x",
        b"",
        b"\\ No",
        b" text",
        b"\r",
        b"x",
    ]
)


@given(st.lists(LINE, max_size=12), st.lists(LINE, max_size=12), st.integers(0, 3))
def test_the_lines_of_a_real_diff_are_those_that_differ(
    old: list[bytes], new: list[bytes], context: int
) -> None:
    """Whatever stands in the lines; `difflib` makes the patch."""
    from difflib import SequenceMatcher, diff_bytes, unified_diff

    ends = [line + b"\n" for line in old], [line + b"\n" for line in new]
    made = diff_bytes(unified_diff, *ends, b"x.txt", b"x.txt", n=context, lineterm=b"\n")
    found = list(files(b"".join(made), "p"))
    matcher = SequenceMatcher(None, *ends)
    expected = {
        line + 1
        for kind, _, _, first, last in matcher.get_opcodes()
        if kind != "equal"
        for line in range(first, last)
    }
    assert {n for each in found for a, b in each.lines for n in range(a, b + 1)} == expected
    assert [each.name for each in found] == ([b"x.txt"] if old != new else [])


@given(st.binary(max_size=200) | st.lists(LINE, max_size=10).map(b"\n".join))
def test_no_patch_does_worse_than_an_error(patch: bytes) -> None:
    try:
        found: Sequence[File] = list(files(patch, "p"))
    except ConfigError:
        return
    for each in found:
        assert each.lines is WHOLE or list(each.lines) == sorted(each.lines)
