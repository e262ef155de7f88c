"""What other packages add: the hooks, and the guarded loading of those who implement them.

The hooks collect objects, once; newslint runs the objects itself, so that no plugin can hide
another's results.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator

from newslint.config import Config, ConfigError
from newslint.readers import Reader
from newslint.rules import Rule
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint
    from typing import TypeVar

    from newslint.reports import Reporter

    Implementation = TypeVar("Implementation", bound=Callable[..., object])
    Wanted = TypeVar("Wanted")

PROJECT = "newslint"
API = 1


def hookimpl(function: Implementation) -> Implementation:
    """Marks a function of a plugin as the implementation of the hook of the same name."""
    import pluggy

    return pluggy.HookimplMarker(PROJECT)(function)


class Hooks:
    """The hooks. A plugin implements any of them, each as a function without arguments."""

    def newslint_rules(self) -> Iterable[Rule]:  # type: ignore[empty-body]
        """Rules made with `newslint.rule`."""

    def newslint_packs(self) -> Iterable[str]:  # type: ignore[empty-body]
        """Paths of rule packs (TOML files)."""

    def newslint_readers(self) -> Iterable[Reader]:  # type: ignore[empty-body]
        """Formats that newslint does not read itself."""

    def newslint_reports(self) -> Iterable[Reporter]:  # type: ignore[empty-body]
        """Output formats."""


class Plugin(NamedTuple):
    """A loaded plugin: its name, and the distribution and version it came with ("" for a module)."""

    name: str
    distribution: str
    version: str


class Plugins(NamedTuple):
    """Everything that plugins add."""

    loaded: tuple[Plugin, ...] = ()
    rules: tuple[Rule, ...] = ()
    packs: tuple[str, ...] = ()
    readers: tuple[Reader, ...] = ()
    reports: tuple[Reporter, ...] = ()


def load(config: Config) -> Plugins:
    """Load installed plugins (entry points of the group "newslint") and the modules in `config.plugins`.

    Raises ConfigError, naming the plugin and its distribution, where one cannot be loaded, implements
    no known hook, or returns something else than the hook asks for; and where a required one is absent.
    """
    if not config.plugins and not config.required_plugins and not _any_installed():
        return Plugins()
    import pluggy

    from newslint.reports import Reporter

    manager = pluggy.PluginManager(PROJECT)
    spec = pluggy.HookspecMarker(PROJECT)
    for name in _HOOKS:
        spec(getattr(Hooks, name))
    manager.add_hookspecs(Hooks)
    for name in config.disable_plugins:
        manager.set_blocked(name)
    loaded = []
    for plugin, module in _found(config):
        try:
            if manager.register(module, name=plugin.name) is not None:
                loaded.append(plugin)
            manager.check_pending()
        except (ValueError, pluggy.PluginValidationError) as error:
            raise ConfigError(f"{_label(plugin)}: {error}") from error
        if not manager.get_hookcallers(module):
            remedy = "write one, such as newslint_rules, with @hookimpl"
            raise ConfigError(f"{_label(plugin)} has no function that is a hook; {remedy}")
    for name in config.required_plugins:
        if not any(name in (plugin.name, plugin.distribution) for plugin in loaded):
            raise ConfigError(f"the required plugin “{name}” is not installed")
    owners = {plugin.name: plugin for plugin in loaded}
    return Plugins(
        loaded=tuple(loaded),
        rules=tuple(_collect(manager, owners, "newslint_rules", Rule)),
        packs=tuple(_collect(manager, owners, "newslint_packs", str)),
        readers=tuple(_collect(manager, owners, "newslint_readers", Reader)),
        reports=tuple(_collect(manager, owners, "newslint_reports", Reporter)),
    )


_HOOKS = ("newslint_rules", "newslint_packs", "newslint_readers", "newslint_reports")


def _collect(
    manager: object, owners: dict[str, Plugin], hook: str, wanted: type[Wanted]
) -> Iterator[Wanted]:
    # Each implementation is called by itself: pluggy's own call would stop at the first that raises.
    implementations = getattr(manager.hook, hook).get_hookimpls()  # type: ignore[attr-defined]
    for implementation in sorted(implementations, key=lambda each: str(each.plugin_name)):
        owner = _label(owners[implementation.plugin_name])
        try:
            values = list(implementation.function())
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
            raise ConfigError(f"{owner}: {hook} failed: {reason}") from error
        for value in values:
            if not isinstance(value, wanted):
                kind = type(value).__name__
                raise ConfigError(f"{owner}: {hook} gave a {kind}, not a {wanted.__name__}")
            yield value


def _label(plugin: Plugin) -> str:
    if not plugin.distribution:
        return f"plugin module “{plugin.name}”"
    return f"plugin “{plugin.name}” ({plugin.distribution} {plugin.version})"


def _found(config: Config) -> Iterator[tuple[Plugin, object]]:
    from functools import partial
    from importlib import import_module
    from importlib.metadata import entry_points

    for entry in sorted(entry_points(group=PROJECT), key=lambda entry: entry.name):
        plugin = _described(entry)
        if entry.name in config.disable_plugins:
            continue
        yield plugin, _guarded(plugin, entry.load)
    for name in config.plugins:
        plugin = Plugin(name, "", "")
        if os.getcwd() not in sys.path:
            sys.path.insert(0, os.getcwd())
        yield plugin, _guarded(plugin, partial(import_module, name))


def _described(entry: EntryPoint) -> Plugin:
    distribution = entry.dist
    if distribution is None:
        return Plugin(entry.name, "unknown distribution", "")
    return Plugin(entry.name, distribution.name, distribution.version)


def _guarded(plugin: Plugin, load_it: Callable[[], object]) -> object:
    try:
        return load_it()
    except Exception as error:  # whatever its import raises, the user must learn whose it is
        if plugin.distribution:
            remedy = "uninstall or repair it, or name it in disable-plugins"
        else:
            remedy = "it is looked for in the working folder and among what is installed"
        reason = f"{type(error).__name__}: {error}"
        raise ConfigError(f"{_label(plugin)} cannot be loaded: {reason}; {remedy}") from error


def _any_installed() -> bool:
    """Whether an installed distribution has an entry point of ours.

    `importlib.metadata` would answer too, but its import alone costs a cold start 25 ms.
    """
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")
        except NotADirectoryError:
            if folder.endswith((".zip", ".egg", ".whl")) and os.path.exists(folder):
                return True  # cannot look inside cheaply: let the library do it
            continue
        except OSError:
            continue
        for name in names:
            if name.endswith((".dist-info", ".egg-info")):
                try:
                    with open(os.path.join(folder, name, "entry_points.txt"), "rb") as handle:
                        if b"[newslint]" in handle.read():
                            return True
                except OSError:
                    continue
    return False
