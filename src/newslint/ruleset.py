"""All rules that are known, and which of them a run selects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from newslint.config import Config, ConfigError
from newslint.finding import SEVERITIES, Severity
from newslint.packs import PackError, builtin_packs
from newslint.packs import load_all as load_packs
from newslint.plugins import Plugins
from newslint.rules import FAMILIES, Options, OptionValue, Rule, rules_in
from newslint.suggest import near
from newslint.walk import modules

# What says that something could not be checked is never switched off.
ALWAYS = frozenset(("unreadable-file", "rule-crash"))


def builtin_rules(*, whole: bool = True, patterns: bool = True) -> list[Rule]:
    """The rules of `checks/` and of the packs that come with newslint. See `packs.load_all`."""
    import newslint.checks as checks

    found: list[Rule] = []
    for module in modules(checks.__name__, checks.__path__):
        found += rules_in(vars(module).values())
    return found + load_packs(builtin_packs(), whole=whole, patterns=patterns)


def all_rules(
    config: Config, plugins: Plugins, *, whole: bool = False, patterns: bool = True
) -> tuple[Rule, ...]:
    """Every rule there is, by code; `whole` and `patterns`: see `packs.load_all`.

    Raises ConfigError for packs and rules that cannot be used.
    """
    try:
        found = builtin_rules(whole=whole, patterns=patterns)
        if others := other_packs(config, plugins):
            found += load_packs(others, whole=whole, patterns=patterns)
    except PackError as error:
        raise ConfigError(str(error)) from error
    found += plugins.rules
    _refuse_doubles(found)
    return tuple(sorted(found, key=lambda rule: rule.code))


def other_packs(config: Config, plugins: Plugins) -> list[str]:
    """Paths of the packs that plugins and settings add."""
    return [*plugins.packs, *_expanded(config)]


def _expanded(config: Config) -> list[str]:
    if not config.extend_packs:
        return []
    from glob import glob
    from os.path import join

    packs: list[str] = []
    for pattern in config.extend_packs:
        found = sorted(glob(join(config.root, pattern), recursive=True))
        if not found:
            raise ConfigError(f"extend-packs: no file matches “{pattern}” in {config.root}")
        packs += found
    return packs


def _refuse_doubles(rules: Sequence[Rule]) -> None:
    seen: dict[str, Rule] = {}
    for rule in rules:
        for key in (rule.code, rule.name):
            if key in seen:
                raise ConfigError(
                    f"{rule.origin}: rule {rule.code} {rule.name}: “{key}” is taken by"
                    f" {seen[key].code} {seen[key].name} ({seen[key].origin})"
                )
            seen[key] = rule


def selected(rules: Sequence[Rule], config: Config) -> tuple[Rule, ...]:
    """The rules that `config` switches on. Those that read bodies to compare articles are on if they are selected,
    or by default if a corpus is configured.

    A selector is a code, a name, the start of a code (its rules that are on by default) or "ALL". The
    longest that fits a rule decides; `ignore` wins a tie. Raises ConfigError for an unknown selector.
    """
    check_selectors(rules, (*config.select, *config.extend_select, *config.ignore))
    chosen = []
    for rule in rules:
        on = _weight(rule, (*config.select, *config.extend_select))
        if not config.select and rule.default and (config.corpus or not rule.reads_bodies):
            on = max(on, 1)
        if rule.family == "LNT" and rule.default:
            on = max(on, 1)
        if rule.name in ALWAYS or on > _weight(rule, config.ignore, anyway=True):
            chosen.append(rule)
    return tuple(chosen)


def _weight(rule: Rule, selectors: Iterable[str], *, anyway: bool = False) -> int:
    """How closely the closest selector fits: 0 not at all, 1 "ALL", 2 and up a prefix, 99 the rule itself."""
    weight = 0
    for selector in selectors:
        if selector in (rule.code, rule.name):
            weight = 99
        elif selector == "ALL":
            weight = max(weight, 1)
        elif rule.code.startswith(selector) and (anyway or rule.default):
            weight = max(weight, len(selector) + 1)
    return weight


def check_selectors(rules: Sequence[Rule], selectors: Iterable[str]) -> None:
    """Raises ConfigError for the first selector that fits no rule, with the nearest that would."""
    for selector in selectors:
        if selector == "ALL" or selector in FAMILIES:
            continue
        if not any(
            selector in (rule.code, rule.name) or (selector and rule.code.startswith(selector))
            for rule in rules
        ):
            known = [*FAMILIES, *(r.code for r in rules), *(r.name for r in rules)]
            raise ConfigError(f"unknown rule “{selector}”{near(selector, known)}")


def checked_options(rules: Sequence[Rule], given: Mapping[str, Options]) -> Mapping[str, Options]:
    """`given` by rule name, with every value of the type its rule asks for.

    Raises ConfigError for an unknown rule or option, or a value of the wrong type or choice.
    """
    by_key = {key: rule for rule in rules for key in (rule.code, rule.name)}
    result: dict[str, Options] = {}
    for key, values in given.items():
        if key not in by_key:
            raise ConfigError(f"unknown rule “{key}”{near(key, by_key)}")
        rule = by_key[key]
        options = {option.name: option for option in rule.options}
        settings: dict[str, OptionValue] = {}
        for name, value in values.items():
            name = name.replace("_", "-")
            if name not in options:
                raise ConfigError(f"rule “{rule.name}” has no option “{name}”{near(name, options)}")
            option = options[name]
            value = tuple(value) if isinstance(value, list) else value
            right = type(value) is type(option.default) or (
                isinstance(option.default, float) and type(value) is int
            )
            if not right or (option.choices and value not in option.choices):
                wanted = " or ".join(f"“{c}”" for c in option.choices)
                wanted = wanted or f"of the type of {option.default!r}"
                raise ConfigError(f"{rule.name}: option “{name}” must be {wanted}, not {value!r}")
            settings[name.replace("-", "_")] = value
        result[rule.name] = settings
    return result


def checked_severities(
    rules: Sequence[Rule], given: Mapping[str, Severity]
) -> Mapping[str, Severity]:
    """`given` by rule name. Raises ConfigError for an unknown rule or severity."""
    by_key = {key: rule.name for rule in rules for key in (rule.code, rule.name)}
    for key, severity in given.items():
        if key not in by_key:
            raise ConfigError(f"unknown rule “{key}”{near(key, by_key)}")
        if severity not in SEVERITIES:
            raise ConfigError(f"severity of “{key}” must be one of {', '.join(SEVERITIES)}")
    return {by_key[key]: severity for key, severity in given.items()}
