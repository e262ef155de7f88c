"""What newslint says about the file as a whole and about itself. The engine makes these findings."""

from __future__ import annotations

from newslint.rules import Case, Rule

not_utf8 = Rule(
    code="ENC101",
    name="not-utf8",
    severity="error",
    summary="The file is not saved as UTF-8.",
    why="Other programs will show other letters in its place. Save the file as UTF-8.",
    bad=(
        Case("The caf⟦é⟧ on the square reopened on Friday.", encoding="cp1252"),
        Case("⟦T⟧he council met on Friday.", encoding="utf-16-le"),
    ),
    good=(
        Case("The café on the square reopened on Friday."),
        Case("The café on the square reopened on Friday.", encoding="utf-8-sig"),
        Case("The café on the square reopened on Friday.", encoding="utf-16"),
    ),
    origin=__name__,
)

unreadable_file = Rule(
    code="LNT001",
    name="unreadable-file",
    severity="error",
    summary="A file, or a record in it, could not be read.",
    why="What cannot be read has not been checked, so the run exits with 2.",
    bad=(
        Case(
            '{"id": "a", "text": "Rain is on its way."}\n{"id": "b", "text":⟦ ⟧\n', path="a.jsonl"
        ),
    ),
    good=(
        Case('{"id": "a", "text": "Rain is on its way."}\n', path="a.jsonl"),
        Case("The form has a { and no end.", path="a.txt"),
    ),
    origin=__name__,
)

rule_crash = Rule(
    code="LNT002",
    name="rule-crash",
    severity="error",
    summary="A rule stopped with an error.",
    why=(
        "Its findings for this article are missing, so the run exits with 2. Report it to whoever\n"
        "wrote the rule; until then switch the rule off."
    ),
    bad=(),  # no text makes a sound rule crash
    good=(Case("The council met on Friday."), Case("")),
    origin=__name__,
)

unknown_suppression = Rule(
    code="LNT003",
    name="unknown-suppression",
    severity="error",
    summary="A suppression cannot be understood or names no rule.",
    why="It suppresses nothing, and whoever wrote it believes that it does.",
    bad=(
        Case("⟦<!-- newslint: disable=mismatched-qotes -->⟧\n\nA paragraph.\n", path="a.md"),
        Case("⟦<!-- newslint: disable -->⟧\n\nA paragraph.\n", path="a.md"),
    ),
    good=(
        Case("<!-- A comment of another kind -->\n\nA paragraph.\n", path="a.md"),
        Case("A paragraph about newslint: disable it with care.\n", path="a.md"),
    ),
    origin=__name__,
)

expired_suppression = Rule(
    code="LNT005",
    name="expired-suppression",
    severity="warning",
    summary="The last day of a suppression is past.",
    why=(
        "Whoever wrote it wanted the fault looked at again by then. Until that is done, or another day\n"
        "named, the suppression takes nothing away."
    ),
    bad=(
        Case(
            "⟦<!-- newslint: disable=QUO101 until=2021-01-31 -- the agency mends it -->⟧\n\nA “sound” pact.\n",
            path="a.md",
        ),
    ),
    good=(
        Case(
            '<!-- newslint: disable=QUO101 until=9999-12-31 -- as printed -->\n\nA ‘malign" pact.\n',
            path="a.md",
        ),
        Case('<!-- newslint: disable=QUO101 -- as printed -->\n\nA ‘malign" pact.\n', path="a.md"),
    ),
    origin=__name__,
)

suppression_without_reason = Rule(
    code="LNT006",
    name="suppression-without-reason",
    severity="error",
    summary="A suppression does not say why.",
    why="Whoever reads it next cannot tell whether it may go. House rules may ask for a reason.",
    bad=(Case('⟦<!-- newslint: disable=QUO101 -->⟧\n\nA ‘malign" alliance.\n', path="a.md"),),
    good=(
        Case('<!-- newslint: disable=QUO101 -- as printed -->\n\nA ‘malign" pact.\n', path="a.md"),
        Case("<!-- A note without a reason -->\n\nA “sound” pact.\n", path="a.md"),
    ),
    default=False,
    origin=__name__,
)

unused_suppression = Rule(
    code="LNT004",
    name="unused-suppression",
    severity="warning",
    summary="A suppression takes no finding away.",
    why="The fault it was written for is gone; left in place, it would hide the next one.",
    bad=(Case("⟦<!-- newslint: disable=QUO101 -->⟧\n\nA “sound” paragraph.\n", path="a.md"),),
    good=(
        Case(
            '<!-- newslint: disable=QUO101 -->\n\nA ‘malign" alliance, as it was printed.\n',
            path="a.md",
        ),
        Case("A “sound” paragraph.\n", path="a.md"),
    ),
    origin=__name__,
)
