"""Settings against the rules there are, so that an error names the line that caused it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from newslint.config import Config, ConfigError
from newslint.finding import Severity
from newslint.rules import Options, Rule
from newslint.ruleset import check_selectors, checked_options, checked_severities


def check_rules(config: Config, rules: Sequence[Rule]) -> None:
    """Raises ConfigError for the first selector, rule, option or value that `rules` do not know.

    The message begins with the place in the configuration, where there is one.
    """
    selectors = {
        "select": config.select,
        "extend-select": config.extend_select,
        "ignore": config.ignore,
    }
    _check(config, rules, "", selectors, config.options, config.severity)
    for index, each in enumerate(config.overrides):
        selectors = {
            "select": each.select or (),
            "extend-select": each.extend_select,
            "ignore": each.ignore,
        }
        _check(config, rules, f"overrides.{index}.", selectors, each.options, each.severity)


def _check(
    config: Config,
    rules: Sequence[Rule],
    prefix: str,
    selectors: Mapping[str, tuple[str, ...]],
    options: Mapping[str, Options],
    severity: Mapping[str, Severity],
) -> None:
    for key, values in selectors.items():
        for number, value in enumerate(values):
            with _placed(config, f"{prefix}{key}.{number}"):
                check_selectors(rules, (value,))
    for rule, settings in options.items():
        with _placed(config, f"{prefix}rules.{rule}"):
            checked_options(rules, {rule: {}})
        for name, setting in settings.items():
            with _placed(config, f"{prefix}rules.{rule}.{name}"):
                checked_options(rules, {rule: {name: setting}})
    for rule, level in severity.items():
        with _placed(config, f"{prefix}rules.{rule}.severity"):
            checked_severities(rules, {rule: level})


@contextmanager
def _placed(config: Config, key: str) -> Iterator[None]:
    try:
        yield
    except ConfigError as error:
        place = config.places.get(key) or config.places.get(key.rpartition(".")[0], "")
        raise ConfigError(f"{place}: {error}" if place else str(error)) from None
