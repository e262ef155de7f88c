"""The built packages, installed into fresh environments and run outside the checkout."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest


def run(*command: str | Path, cwd: Path, code: int = 0) -> str:
    environment = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("PYTHON", "NEWSLINT"))
    }
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A wheel and a source distribution of a copy of the checkout's own files."""
    copy = tmp_path_factory.mktemp("checkout")
    names = [
        "pyproject.toml",
        "README.md",
        "LICENSE",
        ".gitignore",
        "src",
        "rules",
        "seeds",
        "tests",
    ]
    for name in names:
        if (root / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(root / name, copy / name, ignore=ignored)
        else:
            shutil.copy2(root / name, copy / name)
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, copy, cwd=out)
    return {"wheel": next(out.glob("*.whl")), "sdist": next(out.glob("*.tar.gz"))}


def test_the_wheel_holds_what_it_should(built: dict[str, Path], root: Path) -> None:
    with zipfile.ZipFile(built["wheel"]) as archive:
        names = set(archive.namelist())
    packs = {f"newslint/_rules/{pack.name}" for pack in (root / "rules").glob("*.toml")}
    assert packs
    assert packs <= names
    assert "newslint/py.typed" in names
    assert not [name for name in names if name.startswith(("tests/", "seeds/", "rules/"))]


def test_the_source_distribution_holds_packs_and_tests(built: dict[str, Path]) -> None:
    with tarfile.open(built["sdist"]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"rules/residue.toml", "pyproject.toml", "tests/test_packaging.py"} <= names
    assert not [name for name in names if "venv" in name]


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_installed_it_runs_outside_the_checkout(
    kind: str, built: dict[str, Path], tmp_path: Path
) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    scripts = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    pip = [scripts / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run(*pip, built[kind], cwd=tmp_path)
    article = tmp_path / "article.txt"
    article.write_text("Also read: Five things to know\n", encoding="utf-8")
    newslint = scripts / "newslint"
    assert "newslint" in run(newslint, "--version", cwd=tmp_path)
    found = json.loads(run(newslint, article, "--output-format", "json", cwd=tmp_path, code=1))
    assert [finding["code"][:3] for finding in found["findings"]] == ["RES"]
    assert "mismatched-quotes" in run(newslint, "rule", "--all", cwd=tmp_path)
    assert "newslint" in run(scripts / "python", "-m", "newslint", "--version", cwd=tmp_path)
