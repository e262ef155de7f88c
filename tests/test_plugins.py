"""Plugins: real distributions in a folder on the path, sound and broken."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from newslint.config import Config, ConfigError
from newslint.engine import Linter
from newslint.plugins import load

SOUND = '''
from newslint import hookimpl, rule


@rule("STY901", "shouted-name", bad=["ACME"], good=["Acme", "acme"])
def shouted_name(article):
    """The name is shouted.

    House style has it as Acme.
    """
    at = article.text.find("ACME")
    if at >= 0:
        yield article.finding((at, at + 4), "write Acme")


@hookimpl
def newslint_rules():
    return [shouted_name]
'''


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Lays out an installed distribution with one module and an entry point."""
    monkeypatch.syspath_prepend(str(tmp_path))
    made: list[str] = []

    def lay_out(name: str, code: str, version: str = "1.2") -> None:
        module = f"{name}_plugin_of_a_test"
        made.append(module)
        (tmp_path / f"{module}.py").write_text(code, "utf-8")
        info = tmp_path / f"{name}-{version}.dist-info"
        info.mkdir()
        metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        (info / "METADATA").write_text(metadata, "utf-8")
        (info / "entry_points.txt").write_text(f"[newslint]\n{name} = {module}\n", "utf-8")

    yield lay_out
    for module in made:
        sys.modules.pop(module, None)


def test_without_plugins_nothing_is_loaded() -> None:
    assert load(Config()) == ((), (), (), (), ())


def test_a_sound_plugin_adds_its_rules(install) -> None:  # type: ignore[no-untyped-def]
    install("acme", SOUND)
    linter = Linter()
    assert linter.plugins.loaded == (("acme", "acme", "1.2"),)
    found = linter.check_bytes(b"ACME rose, an aide said.", "a.txt").findings
    assert [finding.code for finding in found] == ["STY901"]


def test_a_broken_plugin_is_named_with_its_distribution(install) -> None:  # type: ignore[no-untyped-def]
    install("acme", SOUND)
    install("broken", "import no_such_module_anywhere")
    with pytest.raises(ConfigError) as raised:
        Linter()
    message = str(raised.value)
    assert message.startswith("plugin “broken” (broken 1.2) cannot be loaded: ModuleNotFoundError")
    assert "disable-plugins" in message


def test_a_disabled_plugin_is_not_imported(install) -> None:  # type: ignore[no-untyped-def]
    install("broken", "import no_such_module_anywhere")
    assert Linter(Config(disable_plugins=("broken",))).plugins.loaded == ()


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (SOUND.replace("def newslint_rules", "def newslint_ruels"), "newslint_ruels"),
        (SOUND.replace("[shouted_name]", "[1]"), "newslint_rules gave a int, not a Rule"),
        (SOUND.replace("return [", "raise OSError("), "newslint_rules failed"),
        (SOUND.replace("STY901", "QUO101"), "“QUO101” is taken by"),
    ],
)
def test_a_plugin_that_misunderstands_is_an_error(install, code: str, message: str) -> None:  # type: ignore[no-untyped-def]
    install("acme", code.replace("raise OSError(shouted_name]", "raise OSError()"))
    with pytest.raises(ConfigError) as raised:
        Linter()
    assert message in str(raised.value)


def test_a_required_plugin_that_is_absent() -> None:
    with pytest.raises(ConfigError, match="the required plugin “acme” is not installed"):
        Linter(Config(required_plugins=("acme",)))


def test_a_module_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "desk_rules_of_a_test.py").write_text(SOUND, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    linter = Linter(Config(plugins=("desk_rules_of_a_test",)))
    assert "STY901" in {rule.code for rule in linter.rules}
    sys.modules.pop("desk_rules_of_a_test")


def test_a_module_that_is_not_there() -> None:
    with pytest.raises(ConfigError, match=r"“no_such_rules” cannot be loaded: .* working folder"):
        Linter(Config(plugins=("no_such_rules",)))


def test_a_module_without_a_hook_adds_nothing_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "desk_rules_unheard.py").write_text(SOUND.replace("@hookimpl\n", ""), "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(ConfigError, match="“desk_rules_unheard” has no function that is a hook"):
        Linter(Config(plugins=("desk_rules_unheard",)))
    sys.modules.pop("desk_rules_unheard")
