"""`newslint rules`: the rules there are."""

from __future__ import annotations

from types import SimpleNamespace

from newslint.arguments import parser
from newslint.commands import CLEAN
from newslint.commands._linter import linter_of
from newslint.commands._settings import listed
from newslint.ruleset import check_selectors
from newslint.terminal import columns, visible


def run(given: list[str]) -> int:
    """List the rules."""
    own = parser("rules")
    own.add_argument("selectors", nargs="*", metavar="CODE", help="only these, such as QUO")
    options = own.parse_intermixed_args(given, SimpleNamespace())
    linter = linter_of(options)
    wanted = tuple(listed(options.selectors))
    check_selectors(linter.rules, wanted)
    on = {rule.code for rule in linter.active.rules}
    rows = [
        (
            rule.code,
            rule.name,
            linter.active.severity.get(rule.name, rule.severity) if rule.code in on else "off",
            "fix" if rule.fixable else "",
            visible(rule.summary),
        )
        for rule in linter.documented()
        if not wanted or any(w in (rule.name, "ALL") or rule.code.startswith(w) for w in wanted)
    ]
    for line in columns(rows):
        print(line)
    return CLEAN
