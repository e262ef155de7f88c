"""Settings: found, read and checked; a frozen record afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from newslint.finding import Severity
from newslint.rule import Options


class Override(NamedTuple):
    """Settings for the files that match one of `files` (patterns relative to the config's folder)."""

    files: tuple[str, ...]
    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    language: str = ""
    severity: Mapping[str, Severity] = {}
    options: Mapping[str, Options] = {}


class Config(NamedTuple):
    """All settings of a run, or of the files under one configuration file.

    Selectors are codes, prefixes of codes, names, or "ALL". `select` empty: the rules that are on by
    default. `options` and `severity` go by rule name. `root`: the folder that patterns are relative
    to. `today`: the date rules may compare with, ISO 8601; "" is the day of the run.
    """

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    language: str = ""
    severity: Mapping[str, Severity] = {}
    options: Mapping[str, Options] = {}
    overrides: tuple[Override, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    extend_exclude: tuple[str, ...] = ()
    respect_gitignore: bool = True
    force_exclude: bool = False
    extend_packs: tuple[str, ...] = ()
    plugins: tuple[str, ...] = ()
    disable_plugins: tuple[str, ...] = ()
    required_plugins: tuple[str, ...] = ()
    fail_on: Severity = "error"
    max_warnings: int = -1
    output_format: str = ""
    root: str = "."
    today: str = ""


class ConfigError(ValueError):
    """A setting that cannot be used. The message names file, line and the nearest known name."""
