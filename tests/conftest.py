"""What tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = ["pytester"]

# The first example pays for what is compiled once; how long that takes is the machine's affair.
settings.register_profile("newslint", deadline=None)
settings.load_profile("newslint")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def _own_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """No variable that changes what newslint prints, and a cache that no other run writes to."""
    for name in ("NEWSLINT_OUTPUT_FORMAT", "NO_COLOR", "FORCE_COLOR", "CI", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)
    cache = tmp_path_factory.getbasetemp() / "newslint-cache"
    monkeypatch.setenv("NEWSLINT_CACHE_DIR", str(cache))
