"""Completion, in the shells themselves."""

from __future__ import annotations

import os
import re
import select
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from newslint.arguments import COMMANDS, parser
from newslint.cli import OVERVIEW, main
from newslint.completion import SHELLS, script
from newslint.reports import builtin_formats

SCRIPTS = {shell: script(shell) for shell in SHELLS}
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such shells")


def needs(shell: str) -> str:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    return shell


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with articles, and a repository in which a branch is called like a command."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    Path("articles").mkdir()
    Path("old stories").mkdir()
    for command in (
        ["init", "-q", "-b", "main"],
        ["-c", "user.name=A", "-c", "user.email=a@b.example", "commit", "-q", "--allow-empty", "-m", "one"],
        ["branch", "mayor"],
        ["branch", "x$(touch${IFS}pwned)"],
    ):  # fmt: skip
        subprocess.run(["git", *command], check=True)
    return tmp_path


# What stands on the line, and some of what can follow.
CASES = [
    ("newslint ru", {"rule", "rules"}),
    ("newslint check --output-f", {"--output-format", "--output-file"}),
    ("newslint --exit-n", {"--exit-non-zero-on-fix"}),
    ("newslint --color ", {"auto", "always", "never"}),
    ("newslint articles --output-format ", set(builtin_formats())),
    ("newslint check --fail-on w", {"warning"}),
    ("newslint clean --in", {"--in-place"}),
    ("newslint init --y", {"--yes"}),
    ("newslint completion ", set(SHELLS)),
    ("newslint rule unattributed-n", {"unattributed-number"}),
    ("newslint --select QUO1", {"QUO101", "QUO106"}),
    ("newslint --diff-base may", {"mayor"}),
    ("newslint --format json", {"json", "jsonl"}),
]


def bash_offers(line: str) -> set[str]:
    """What bash would offer: its own function, called as readline calls it."""
    words = line.split(" ")
    array = " ".join(f"'{word}'" for word in words)
    code = f"{SCRIPTS['bash']}\nCOMP_WORDS=({array}); COMP_CWORD={len(words) - 1}\n_newslint\nprintf '%s\\n' \"${{COMPREPLY[@]}}\""
    done = subprocess.run(["bash", "--norc", "-uc", code], capture_output=True, text=True)
    assert done.stderr == ""
    return set(done.stdout.splitlines())


def fish_offers(line: str) -> set[str]:
    code = f"{SCRIPTS['fish']}\ncomplete -C '{line}'"
    done = subprocess.run(["fish", "--no-config", "-c", code], capture_output=True, text=True)
    assert done.stderr == ""
    return {offer.partition("\t")[0] for offer in done.stdout.splitlines()}


@pytest.mark.parametrize(("line", "expected"), CASES)
@pytest.mark.parametrize("shell", ["bash", "fish"])
def test_what_can_follow(shell: str, line: str, expected: set[str], here: Path) -> None:
    needs(shell)
    offered = bash_offers(line) if shell == "bash" else fish_offers(line)
    assert expected <= offered
    typed = line.rpartition(" ")[2]
    if typed:
        assert all(offer.startswith(typed) for offer in offered), offered
    else:
        assert offered == expected
    assert not Path("pwned").exists()


@pytest.mark.parametrize("shell", ["bash", "fish"])
def test_each_command_has_its_own_options(shell: str, here: Path) -> None:
    offers = bash_offers if needs(shell) == "bash" else fish_offers
    for command in COMMANDS:
        names = {n for o in command.options for n in o.names if n.startswith("--")} | {"--help"}
        assert offers(f"newslint {command.name} --") & {"--help", *names} == names, command.name
    assert "--in-place" not in offers("newslint check --")
    assert "--fix" not in offers("newslint clean --")


@pytest.mark.parametrize("shell", ["bash", "fish"])
def test_several_rules_by_commas(shell: str, here: Path) -> None:
    offers = bash_offers if needs(shell) == "bash" else fish_offers
    assert "QUO101,RES201" in offers("newslint --select QUO101,RES2")


# ------------------------------------------------------------------ typed at a terminal


class Typist:
    """A shell at a pseudo-terminal, in which `newslint` prints its words in brackets."""

    def __init__(self, shell: str, folder: Path) -> None:
        import pty

        (folder / "script").write_text(SCRIPTS[shell], encoding="utf-8")
        (folder / "home").mkdir()
        command = {
            "bash": ["bash", "--norc", "--noprofile", "-i"],
            "zsh": ["zsh", "-f", "-i"],
        }[shell]
        environment = {
            **os.environ,
            "TERM": "dumb",
            "PS1": "% ",
            "HOME": str(folder / "home"),
            "ZDOTDIR": str(folder / "home"),
        }
        ours, theirs = pty.openpty()
        self._terminal = ours
        self._child = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment,
            cwd=folder,
            start_new_session=True,
        )
        os.close(theirs)
        if shell == "zsh":
            self.types(
                "unsetopt zle_bracketed_paste prompt_cr prompt_sp; autoload -Uz compinit; compinit -u -D; echo re''ady\n",
                "ready",
            )
        self.types(
            "newslint() { printf '<%s>' \"${@%/}\"; echo; }; source ./script; echo do''ne\n", "done"
        )

    def types(self, keys: str, until: str) -> str:
        """Types, and reads until something is shown."""
        os.write(self._terminal, keys.encode())
        shown = b""
        while until.encode() not in shown:
            ready, _, _ = select.select([self._terminal], [], [], 20)
            assert ready, shown
            shown += os.read(self._terminal, 4096)
        return shown.decode("utf-8", "replace")

    def close(self) -> None:
        self._child.kill()
        self._child.wait()
        os.close(self._terminal)


@pytest.fixture(params=["bash", "zsh"])
def typist(request: pytest.FixtureRequest, here: Path) -> Iterator[Typist]:
    made = Typist(needs(request.param), here)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("newslint cle\t--in-p\tart\t", "<clean><--in-place><articles>"),
        ("newslint --color=al\told\t", "<--color=always><old stories>"),
        ("newslint check --stati\t--diff-base may\t", "<check><--statistics><--diff-base><mayor>"),
        ("newslint rule unattributed-n\t", "<rule><unattributed-number>"),
        ("newslint --diff-base x\t", "<--diff-base><x$(touch${IFS}pwned)>"),
    ],
)
def test_the_tabulator(keys: str, words: str, typist: Typist, here: Path) -> None:
    typist.types(f"{keys}\n", words)
    assert not (here / "pwned").exists()


# ------------------------------------------------------------------ the table


@pytest.mark.parametrize("shell", SHELLS)
def test_scripts_are_sound(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    assert capsys.readouterr().out == SCRIPTS[shell]
    done = subprocess.run(
        [needs(shell), "-n"], input=SCRIPTS[shell], text=True, capture_output=True
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("command", [each.name for each in COMMANDS])
def test_the_table_says_what_each_command_takes(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert f"newslint {command}" in OVERVIEW or f"[{command}]" in OVERVIEW
    with pytest.raises(SystemExit) as stop:
        main([command, "--help"])
    assert stop.value.code == 0
    shown = set(
        re.findall(r"(?m)^  (?:-\w, )?(?:-\w [A-Z]+, )?(--[\w-]+)", capsys.readouterr().out)
    )
    own = next(each for each in COMMANDS if each.name == command)
    assert shown == {"--help", *(option.names[0] for option in own.options)}
    assert parser(command).prog == f"newslint {command}"


def test_an_unknown_shell_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["completion", "csh"])
    assert stop.value.code == 2
    assert "bash" in capsys.readouterr().err
