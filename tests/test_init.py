"""`newslint init`: what it sees, and that what it writes is right and harmless."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from newslint.cli import main
from newslint.config import Config, load
from newslint.engine import Linter
from newslint.writing import create_file

SEEDS = Path(__file__).parent.parent / "seeds"
ENGLISH = (
    "The ferry left the harbour of Merrow at noon on Friday, its operator said in the morning, with forty people on"
    " board. {quote} said the captain, who has sailed for many years and was not at all afraid of the weather.\n"
)
GERMAN = (
    "Die Fähre hat den Hafen am Freitag um zwölf Uhr verlassen, wie die Reederei am Morgen mitteilte. {quote} sagte der"
    " Kapitän, der seit vielen Jahren zur See fährt und sich vor dem Wetter nicht fürchtet.\n"
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: str, text: str, quote: str, count: int = 5, suffix: str = "md") -> None:
    Path(folder).mkdir(parents=True, exist_ok=True)
    for number in range(count):
        body = "\n".join(text.format(quote=quote) for _ in range(6))
        Path(folder, f"story-{number}.{suffix}").write_text(f"# A quiet day\n\n{body}", "utf-8")


def settings() -> Config:
    config = load("newslint.toml")
    Linter(config)  # knows every rule and option in it
    return config


def test_the_samples_get_settings_that_hold(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(SEEDS, "seeds")
    Path("README.md").write_text("# A repository\n")
    assert main(["init"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Wrote newslint.toml:")
    text = Path("newslint.toml").read_text("utf-8")
    assert "9 plain text, 6 Markdown, 2 HTML, 2 JSON, 1 JSON Lines, 1 news XML, in seeds/." in text
    config = settings()
    assert config.language == "en"
    assert config.extend_exclude == ("README.md",)
    # What stands there as a comment can be used as it is.
    bare = re.sub(r"(?m)^# (?=\[|[a-z-]+ = |\"letters)", "", text)
    assert bare.count("\n# ") < text.count("\n# ") - 6
    Path("newslint.toml").write_text(bare, "utf-8")
    assert settings().ignore == ("vague-attribution",)


def test_each_language_in_its_folder(here: Path) -> None:
    write("en", ENGLISH, "“We sail,”", 60)
    write("de", GERMAN, "„Wir fahren“,", 4)
    write("both", ENGLISH, "“We sail,”", 2)
    assert main(["init"]) == 0
    config = settings()
    assert config.language == ""
    assert [(each.files, each.language) for each in config.overrides] == [
        (("de/**",), "de"),
        (("en/**",), "en"),
    ]


def test_the_marks_of_the_house(here: Path) -> None:
    write(".", ENGLISH, '"We sail,"')
    assert main(["init"]) == 0
    config = settings()
    assert config.options["quote-style"] == {"marks": "straight", "level": "double"}
    assert config.extend_select == ("quote-style",)
    assert main([".", "--ignore", "DUP"]) == 0


def test_no_style_where_there_is_none(here: Path) -> None:
    write("a", ENGLISH, '"We sail,"')
    write("b", ENGLISH, "“We sail,”")
    assert main(["init"]) == 0
    assert settings().options == {}


def test_json_of_other_kinds_is_told_from_articles(here: Path) -> None:
    Path("package.json").write_text("{}")
    Path("data").mkdir()
    Path("data/a.json").write_text('{"headline": "A", "articleBody": "They left at noon."}')
    assert main(["init"]) == 0
    text = Path("newslint.toml").read_text("utf-8")
    assert "# Written for 1 JSON, in data/." in text
    assert "no articles by a sample: 1 JSON in this folder;" in text


def test_an_empty_folder_and_odd_files(here: Path) -> None:
    Path("broken.jsonl").write_text('{"text": ')
    Path("picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0")
    Path('a"b\n').mkdir()
    for number in range(4):
        Path('a"b\n', f"{number}.txt").write_text(GERMAN.format(quote="") * 3, "utf-8")
    assert main(["init"]) == 0
    settings()
    Path("empty").mkdir()
    assert main(["init", "empty"]) == 0
    assert "No article was found here" in Path("empty/newslint.toml").read_text("utf-8")


@pytest.mark.parametrize("name", ["newslint.toml", ".newslint.toml", "pyproject.toml"])
def test_it_never_writes_over_a_configuration(
    name: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = "[tool.newslint]\n" if name == "pyproject.toml" else "ignore = []\n"
    Path(name).write_text(written)
    assert main(["init", "--yes"]) == 2
    assert f"{name} is there already" in capsys.readouterr().err
    assert Path(name).read_text() == written
    assert os.listdir(".") == [name]
    with pytest.raises(FileExistsError):
        create_file(name, b"other")
    assert Path(name).read_text() == written
    assert os.listdir(".") == [name]


def test_a_configuration_above_is_named(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("newslint.toml").write_text("")
    write("desk", ENGLISH, "“We sail,”")
    assert main(["init", "desk"]) == 0
    assert "newslint.toml no longer holds here" in capsys.readouterr().out
    assert Path("desk/newslint.toml").exists()


def test_the_hook_that_it_writes_is_one(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    assert main(["init", "--yes"]) == 0
    command = [sys.executable, "-m", "pre_commit", "validate-config", ".pre-commit-config.yaml"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert "- id: newslint" in Path(".pre-commit-config.yaml").read_text()
    # One that is there is never changed.
    Path("newslint.toml").unlink()
    Path(".pre-commit-config.yaml").write_text("repos: []\n")
    capsys.readouterr()
    assert main(["init", "--yes"]) == 0
    assert "add this to .pre-commit-config.yaml" in capsys.readouterr().out
    assert Path(".pre-commit-config.yaml").read_text() == "repos: []\n"


def test_what_is_there_can_be_taken_for_known(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.txt").write_text("A quiet day\n\nIt was late again.The crew slept on board.\n")
    assert main(["init"]) == 0
    assert "# baseline = " in Path("newslint.toml").read_text("utf-8")
    assert main(["."]) == 1
    Path("newslint.toml").unlink()
    capsys.readouterr()
    assert main(["init", "--yes"]) == 0
    assert "newslint-baseline.json: 1 finding in 1 file (1 added)" in capsys.readouterr().out
    assert main(["."]) == 0
    with Path("a.txt").open("a") as file:
        file.write("\nThey slept for hours.The captain did not.\n")
    assert main(["."]) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("answer", ["y", "", "no"])
def test_it_asks_at_a_terminal_only(answer: str, here: Path) -> None:
    import pty

    subprocess.run(["git", "init", "-q"], check=True)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "newslint", "init"]
    child = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = b""
    try:
        while b"[y/N] " not in shown:
            shown += os.read(ours, 4096)
        assert not Path(".pre-commit-config.yaml").exists()
        os.write(ours, f"{answer}\n".encode())
        while True:
            piece = os.read(ours, 4096)
            if not piece:
                break
            if b"[y/N] " in piece:
                os.write(ours, b"\n")
    except OSError:  # how Linux says that the other side has closed
        pass
    assert child.wait() == 0
    os.close(ours)
    assert Path("newslint.toml").exists()
    assert Path(".pre-commit-config.yaml").exists() == (answer == "y")


def test_nobody_is_asked_elsewhere(here: Path) -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    command = [sys.executable, "-m", "newslint", "init"]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert done.returncode == 0
    assert "[y/N]" not in done.stdout
    assert "put this into .pre-commit-config.yaml" in done.stdout
    assert sorted(os.listdir(".")) == [".git", "newslint.toml"]


def test_a_folder_that_is_none_or_cannot_be_written_to(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["init", "nowhere"]) == 2
    assert "there is no such folder" in capsys.readouterr().err

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "chmod", full)
    assert main(["init"]) == 2
    assert "No space left" in capsys.readouterr().err
    assert os.listdir(".") == []
