"""The modules of a folder, without the cost of `pkgutil`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from importlib import import_module
from types import ModuleType


def module_names(paths: Iterable[str]) -> list[str]:
    """Names of the modules in a package's `__path__`, sorted; those that begin with "_" are its own affair."""
    names: set[str] = set()
    for path in paths:
        try:
            entries = os.listdir(path)
        except OSError:  # inside an archive: the library knows how to look there
            from pkgutil import iter_modules

            names.update(module.name for module in iter_modules([path]))
            continue
        names.update(entry[:-3] for entry in entries if entry.endswith(".py"))
    return sorted(name for name in names if not name.startswith("_"))


def modules(package: str, paths: Iterable[str]) -> Iterator[ModuleType]:
    """The modules of a package, imported."""
    for name in module_names(paths):
        yield import_module(f"{package}.{name}")
