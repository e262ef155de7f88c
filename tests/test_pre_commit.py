"""The hook, run by pre-commit on a real git repository."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BAD = (
    'Envoys meet in Ostrava\n\nThe envoy spoke of a ‘malign" alliance, her office said on Monday.\n'
)


def run(*command: str | Path, cwd: Path, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "PRE_COMMIT", "SKIP"))},
        "PRE_COMMIT_HOME": str(home),
        "PRE_COMMIT_COLOR": "never",
        "GIT_CONFIG_GLOBAL": str(home / "gitconfig"),
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    return subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True
    )


def commit_all(repository: Path, home: Path) -> None:
    for command in (
        ["git", "init", "-q", "-b", "main"],
        ["git", "add", "-A"],
        ["git", "commit", "-q", "--no-verify", "-m", "All"],
    ):
        done = run(*command, cwd=repository, home=home)
        assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps its environments, so that the hook is installed once."""
    home = tmp_path_factory.mktemp("home")
    (home / "gitconfig").write_text("[user]\nname = A\nemail = a@example.org\n", "utf-8")
    return home


@pytest.fixture(scope="module")
def hooks(root: Path, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A git repository of newslint as it stands in the checkout."""
    copy = tmp_path_factory.mktemp("newslint")
    for name in ["pyproject.toml", "README.md", "LICENSE", ".gitignore", ".pre-commit-hooks.yaml"]:
        shutil.copy2(root / name, copy / name)
    for name in ["src", "rules"]:
        shutil.copytree(root / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    commit_all(copy, home)
    return copy


def try_hook(
    repository: Path, hooks: Path, home: Path, *arguments: str, hook: str = "newslint"
) -> subprocess.CompletedProcess[str]:
    revision = run("git", "rev-parse", "HEAD", cwd=hooks, home=home).stdout.strip()
    settings = {"repos": [{"repo": str(hooks), "rev": revision, "hooks": [{"id": hook}]}]}
    config = home / f"{hook}.json"
    config.write_text(json.dumps(settings), "utf-8")
    # Not try-repo, which would install the hook anew each time.
    command = [sys.executable, "-m", "pre_commit", "run", "--config", config, hook, *arguments]
    return run(*command, cwd=repository, home=home)


def test_the_manifest_is_valid(root: Path, home: Path) -> None:
    manifest = root / ".pre-commit-hooks.yaml"
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", manifest]
    done = run(*command, cwd=root, home=home)
    assert done.returncode == 0, done.stdout


def test_the_hook_stops_a_bad_article(hooks: Path, home: Path, tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "bad.txt").write_text(BAD, "utf-8")
    (tmp_path / "news" / "bad.html").write_text(f"<p>{BAD}</p>\n", "utf-8")
    (tmp_path / "base.html").write_text(
        f"{{% block main %}}<p>{BAD}</p>{{% endblock %}}\n", "utf-8"
    )
    (tmp_path / "README.md").write_text(BAD, "utf-8")
    (tmp_path / "package.json").write_text("{}", "utf-8")
    commit_all(tmp_path, home)
    done = try_hook(tmp_path, hooks, home, "--all-files")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "news/bad.txt:3:22" in done.stdout
    assert "news/bad.html:3:22" in done.stdout
    assert "base.html" not in done.stdout
    assert "QUO101" in done.stdout
    assert "README.md" not in done.stdout


def test_the_hook_passes_a_good_article(hooks: Path, home: Path, tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text(
        "# A quiet day\n\nNothing happened, the mayor said.\n", "utf-8"
    )
    commit_all(tmp_path, home)
    done = try_hook(tmp_path, hooks, home, "--all-files")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Passed" in done.stdout


def test_a_baseline_holds(hooks: Path, home: Path, tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text(BAD, "utf-8")
    (tmp_path / "newslint.toml").write_text('baseline = "newslint-baseline.json"\n', "utf-8")
    command = [sys.executable, "-m", "newslint", "baseline", "--update", "."]
    done = run(*command, cwd=tmp_path, home=home)
    assert done.returncode == 0, done.stderr
    commit_all(tmp_path, home)
    done = try_hook(tmp_path, hooks, home, "--all-files")
    assert done.returncode == 0, done.stdout + done.stderr
    (tmp_path / "old.txt").write_text(f'{BAD}\nThe council spoke of a ‘new" one.\n', "utf-8")
    assert run("git", "add", "-A", cwd=tmp_path, home=home).returncode == 0
    done = try_hook(tmp_path, hooks, home)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "old.txt:5:24" in done.stdout
    assert "old.txt:3:22" not in done.stdout
    assert "1 known from the baseline." in done.stdout


def test_the_hook_takes_office_files_where_it_is_told_to(
    hooks: Path, home: Path, tmp_path: Path
) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph(BAD.splitlines()[-1])
    document.save(str(tmp_path / "bad.docx"))
    commit_all(tmp_path, home)
    version = run("git", "rev-parse", "HEAD", cwd=hooks, home=home).stdout.strip()
    (tmp_path / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {hooks}\n    rev: {version}\n    hooks:\n"
        "      - id: newslint\n        files: \\.docx$\n        types: [file]\n",
        "utf-8",
    )
    command = [sys.executable, "-m", "pre_commit", "run", "--all-files"]
    commit_all(tmp_path, home)
    done = run(*command, cwd=tmp_path, home=home)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "bad.docx:1:" in done.stdout


def test_a_commit_is_compared_with_the_whole_corpus(
    hooks: Path, home: Path, tmp_path: Path
) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "newslint.toml").write_text('corpus = ["news"]\nfail-on = "warning"\n', "utf-8")
    for name in ("old", "new"):
        (tmp_path / "news" / f"{name}.txt").write_text(
            "A quiet day at the quay\n\nNothing happened, the mayor said.\n", "utf-8"
        )
    commit_all(tmp_path, home)
    done = try_hook(tmp_path, hooks, home, "--files", "news/old.txt")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "news/old.txt:1:1: DUP201" in done.stdout
    assert "news/new.txt:1:1: DUP201" not in done.stdout


def test_the_corpus_hook_compares_all(hooks: Path, home: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text(BAD, "utf-8")
    (tmp_path / "worse.txt").write_text(BAD, "utf-8")
    commit_all(tmp_path, home)
    done = try_hook(tmp_path, hooks, home, "--all-files", hook="newslint-corpus")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "worse.txt:1:1: DUP201" in done.stdout
    assert "QUO101" not in done.stdout


def test_the_exclusions_of_the_repository_hold(hooks: Path, home: Path, tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "bad.txt").write_text(BAD, "utf-8")
    (tmp_path / "newslint.toml").write_text('exclude = ["archive/"]\n', "utf-8")
    commit_all(tmp_path, home)
    done = try_hook(tmp_path, hooks, home, "--all-files")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_fixing_hook_mends_and_stops(hooks: Path, home: Path, tmp_path: Path) -> None:
    article = tmp_path / "news.md"
    article.write_text("# A quiet day\n\nThe har\u200bbour was empty, the mayor said.\n", "utf-8")
    commit_all(tmp_path, home)
    done = try_hook(tmp_path, hooks, home, "--all-files", hook="newslint-fix")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "files were modified by this hook" in done.stdout
    assert "Fixed 1 problem in 1 file." in done.stdout
    assert article.read_text("utf-8").endswith("The harbour was empty, the mayor said.\n")
    done = try_hook(tmp_path, hooks, home, "--all-files", hook="newslint-fix")
    assert done.returncode == 0, done.stdout + done.stderr
