"""`newslint config`: the settings that hold for a file or folder, and where they come from."""

from __future__ import annotations

import os
from collections.abc import Iterator
from types import SimpleNamespace

from newslint.arguments import parser
from newslint.commands import CLEAN
from newslint.commands._settings import resolver_of
from newslint.config import Config
from newslint.terminal import columns, visible


def run(given: list[str]) -> int:
    """Print the settings that hold."""
    own = parser("config")
    own.add_argument("path", nargs="?", default=".", metavar="FILE")
    options = own.parse_intermixed_args(given, SimpleNamespace())
    resolver = resolver_of(options)
    is_folder = os.path.isdir(options.path)
    config = resolver.for_folder(options.path) if is_folder else resolver.for_file(options.path)
    for line in _settings(config):
        print(visible(line))
    return CLEAN


def _settings(config: Config) -> Iterator[str]:
    rows: list[tuple[str, ...]] = []
    for field, value in config._asdict().items():
        key = field.replace("_", "-")
        if field in ("places", "fields", "options", "severity", "overrides"):
            continue
        place = config.places.get(key, "") or config.places.get(f"{key}.0", "")
        rows.append((key, _shown(value), place or "default"))
    for name, keys in config.fields.items():
        rows.append((f"fields.{name}", _shown(keys), config.places.get(f"fields.{name}", "")))
    for rule, options in config.options.items():
        for name, value in options.items():
            key = f"rules.{rule}.{name}"
            rows.append((key, _shown(value), config.places.get(key, "")))
    for rule, severity in config.severity.items():
        key = f"rules.{rule}.severity"
        rows.append((key, severity, config.places.get(key, "")))
    for index, override in enumerate(config.overrides):
        changed = {
            field.replace("_", "-"): value
            for field, value in override._asdict().items()
            if value and field != "files"
        }
        shown = ", ".join(f"{key} {_shown(value)}" for key, value in changed.items())
        place = config.places.get(f"overrides.{index}", "")
        rows.append((f"for {' '.join(override.files)}", shown, place))
    yield from columns(rows)


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(str(each) for each in value) or "–"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_shown(each)}" for key, each in value.items())
    return "–" if value in ("", -1) else str(value)
