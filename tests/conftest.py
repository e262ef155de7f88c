"""What tests share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from newslint.engine import Linter
    from newslint.finding import FileResult

pytest_plugins = ["pytester"]

# The first example pays for what is compiled once; how long that takes is the machine's affair. The same examples
# every time: a change is judged by what it does. New ones are looked for by `pytest --hypothesis-profile=search`.
settings.register_profile("newslint", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, print_blob=True)
settings.load_profile("newslint")


_VARIABLES = (
    "NEWSLINT_OUTPUT_FORMAT NO_COLOR FORCE_COLOR CI GITHUB_ACTIONS GITHUB_STEP_SUMMARY GITHUB_WORKSPACE CI_PROJECT_DIR"
).split()


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def _own_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """No variable that changes what newslint prints, and a cache that no other run writes to."""
    for name in _VARIABLES:
        monkeypatch.delenv(name, raising=False)
    cache = tmp_path_factory.getbasetemp() / "newslint-cache"
    monkeypatch.setenv("NEWSLINT_CACHE_DIR", str(cache))


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """Run a command line in a folder of its own: its status, and all that it printed."""
    from newslint.cli import main

    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str]:
        status = main(arguments)
        output = capsys.readouterr()
        return status, output.out + output.err

    return run


@pytest.fixture
def report_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The articles, rules and settings of `reported`; the working folder too."""
    from reported import write

    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # no __pycache__ among the articles
    write(tmp_path)
    yield tmp_path
    sys.modules.pop("plugin_of_the_reports", None)


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are really checked, as they are."""
    from newslint.engine import Linter

    paths: list[str] = []
    check = Linter.check_files

    def watched(self: Linter, given: Iterable[str]) -> Iterator[FileResult]:
        known = list(given)
        paths.extend(known)
        return check(self, known)

    monkeypatch.setattr(Linter, "check_files", watched)
    monkeypatch.setattr("newslint.results.FRESH", -(10**20))  # files of a moment ago count as old
    return paths
