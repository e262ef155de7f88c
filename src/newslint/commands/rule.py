"""`newslint rule`: the page of a rule."""

from __future__ import annotations

from types import SimpleNamespace

from newslint.arguments import parser
from newslint.commands import CLEAN, UsageError
from newslint.commands._linter import linter_of
from newslint.commands._settings import listed
from newslint.documents import page
from newslint.suggest import near


def run(given: list[str]) -> int:
    """Print what rules find, and why."""
    own = parser("rule")
    own.add_argument("rules", nargs="*", metavar="CODE|NAME")
    options = own.parse_intermixed_args(given, SimpleNamespace())
    if not options.rules and not options.all:
        raise UsageError("name a rule by its code or name, or give --all")
    rules = linter_of(options).documented()
    by_key = {key: rule for rule in rules for key in (rule.code, rule.name)}
    chosen = list(rules) if options.all else []
    for key in listed(options.rules):
        if key not in by_key and key.upper() not in by_key:
            raise UsageError(f"unknown rule “{key}”{near(key, list(by_key))}")
        chosen.append(by_key[key] if key in by_key else by_key[key.upper()])
    print("\n\n".join(page(rule).rstrip("\n") for rule in chosen))
    return CLEAN
