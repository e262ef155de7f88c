"""Options to settings."""

from __future__ import annotations

import os
from collections.abc import Iterable
from types import SimpleNamespace

from newslint.commands import UsageError
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.config import Resolver, Table


def listed(values: Iterable[str]) -> list[str]:
    """The parts of values that are lists with commas."""
    return [each.strip() for value in values for each in value.split(",") if each.strip()]


def resolver_of(options: SimpleNamespace, more: Table | None = None, root: str = "") -> Resolver:
    """What settles the settings of files. `more`: settings that the options of a command give. `root`: as there."""
    from newslint.config import ConfigError, Resolver, inline

    file, settings = "", []
    for value in options.config or ():
        if "=" not in value or os.path.isfile(value):
            if not os.path.isfile(value):
                raise ConfigError(f"--config: there is no file “{value}”")
            if file:
                raise ConfigError("--config: only one configuration file can hold")
            file = value
        else:
            settings.append(inline(value))
    if file and options.isolated:
        raise ConfigError("--isolated and --config FILE exclude each other")
    table: Table = dict(more or {})
    if options.language is not None:
        table["language"] = options.language
    if options.format is not None:
        table["format"] = options.format
    if options.plugins:
        table["plugins"] = [*listed(options.plugins)]
    return Resolver(
        file=file, isolated=options.isolated, settings=settings, options=table, root=root
    )


def check_table(options: SimpleNamespace) -> Table:
    """The settings that options of `newslint check` give."""
    table: Table = {}
    for key in ("select", "extend-select", "ignore"):
        values = getattr(options, key.replace("-", "_"))
        if values is not None:
            table[key] = [*listed(values)]
    for key in ("fail-on", "max-warnings"):
        value = getattr(options, key.replace("-", "_"))
        if value is not None:
            table[key] = value
    if options.no_baseline:
        if options.baseline is not None:
            raise UsageError("--baseline and --no-baseline exclude each other")
        table["baseline"] = ""
    return {**table, **file_table(options)}


def file_table(options: SimpleNamespace) -> Table:
    """Those of them that say which files count, and what is known of them."""
    table: Table = {}
    if options.baseline is not None:
        table["baseline"] = os.path.abspath(options.baseline)
    if options.force_exclude:
        table["force-exclude"] = True
    if options.no_respect_gitignore:
        table["respect-gitignore"] = False
    return table
