"""Every good and bad case of every rule, from the rule itself."""

from __future__ import annotations

import pytest

from newslint.rules import Case, Rule
from newslint.ruleset import builtin_rules
from newslint.testing import CaseFailed, RuleCase, check_case, findings_of, rule_cases, unmarked

CASES = list(rule_cases(builtin_rules()))


@pytest.mark.parametrize("case", CASES, ids=[case.label for case in CASES])
def test_case(case: RuleCase) -> None:
    check_case(case.rule, case.case, bad=case.bad)


def a_rule() -> Rule:
    return next(rule for rule in builtin_rules() if rule.name == "mismatched-quotes")


def test_a_good_case_that_is_reported_fails() -> None:
    with pytest.raises(CaseFailed, match="a good case is reported"):
        check_case(a_rule(), Case('A ‘malign" alliance.'), bad=False)


def test_a_bad_case_that_is_not_reported_fails() -> None:
    with pytest.raises(CaseFailed, match="a bad case is not reported"):
        check_case(a_rule(), Case("A ‘malign’ alliance."), bad=True)


def test_a_wrong_span_fails() -> None:
    with pytest.raises(CaseFailed, match="expected"):
        check_case(a_rule(), Case('⟦A⟧ ‘malign" alliance.'), bad=True)


def test_a_wrong_fix_fails() -> None:
    with pytest.raises(CaseFailed, match="the fix gives"):
        check_case(a_rule(), Case('A ‘malign" alliance.', "An alliance."), bad=True)


def test_marks_that_do_not_pair_are_an_error() -> None:
    for text in ("a ⟦ b", "a ⟧ b", "⟦a ⟦b⟧⟧"):
        with pytest.raises(ValueError, match="unpaired"):
            unmarked(text)


def test_findings_of_gives_the_text_without_marks() -> None:
    text, findings = findings_of(a_rule(), Case('A ⟦‘malign"⟧ alliance.'))
    assert text == 'A ‘malign" alliance.'
    assert [text[finding.start : finding.end] for finding in findings] == ['‘malign"']
