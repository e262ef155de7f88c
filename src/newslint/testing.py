"""For people who write rules: run the cases that stand beside a rule.

    from newslint.testing import check_case, cases_of
    import pytest

    @pytest.mark.parametrize(("rule", "case", "bad"), cases_of(my_rules))
    def test_case(rule, case, bad):
        check_case(rule, case, bad=bad)

`pytest --newslint-rules FOLDER` does the same without a test file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from newslint.across import Comparison
from newslint.config import Config
from newslint.engine import Linter
from newslint.finding import Finding
from newslint.fix import apply
from newslint.rules import Case, Rule
from newslint.typed import NamedTuple

OPEN, CLOSE = "⟦", "⟧"


class CaseFailed(AssertionError):
    """A rule does not do on one of its cases what the case says."""


class RuleCase(NamedTuple):
    """One case of one rule. `number` counts the good and the bad ones of a rule apart, from 1."""

    rule: Rule
    case: Case
    bad: bool
    number: int

    @property
    def label(self) -> str:
        """For a test's name: "RES140-read-more-link-bad1"."""
        return f"{self.rule.code}-{self.rule.name}-{'bad' if self.bad else 'good'}{self.number}"


def rule_cases(rules: Iterable[Rule]) -> Iterator[RuleCase]:
    """Every case of every rule."""
    for rule in rules:
        for number, case in enumerate(rule.bad, 1):
            yield RuleCase(rule, case, True, number)
        for number, case in enumerate(rule.good, 1):
            yield RuleCase(rule, case, False, number)


def cases_of(rules: Iterable[Rule]) -> list[tuple[Rule, Case, bool]]:
    """Arguments for `pytest.mark.parametrize`: (rule, case, whether it is a bad one)."""
    return [(each.rule, each.case, each.bad) for each in rule_cases(rules)]


def unmarked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """A case's text without its ⟦ ⟧, and the spans that they marked.

    Raises ValueError where the marks do not pair.
    """
    pieces: list[str] = []
    spans: list[tuple[int, int]] = []
    length, opened = 0, -1
    for character in text:
        if character == OPEN and opened < 0:
            opened = length
        elif character == CLOSE and opened >= 0:
            spans.append((opened, length))
            opened = -1
        elif character in (OPEN, CLOSE):
            raise ValueError(f"unpaired {character} in a case: {text[:60]!r}")
        else:
            pieces.append(character)
            length += 1
    if opened >= 0:
        raise ValueError(f"unpaired {OPEN} in a case: {text[:60]!r}")
    return "".join(pieces), spans


def findings_of(rule: Rule, case: Case) -> tuple[str, list[Finding]]:
    """The case's text without marks, and what the rule finds in it and in the articles beside it."""
    text, _ = unmarked(case.text)
    language = case.language or next(iter(rule.languages), "en")
    linter = _linter(rule.code, _Same(rule), language, _frozen(case))
    comparison = Comparison(lambda path: linter)
    read = (
        linter.check_bytes(unmarked(each)[0].encode(case.encoding), path)
        for path, each in articles_of(case)
    )
    results = [*comparison.watch(read), *comparison.results()]
    findings = [finding for result in results for finding in result.findings]
    crashes = [finding for finding in findings if finding.name == "rule-crash"]
    if crashes and rule.name != "rule-crash":
        raise CaseFailed(crashes[0].message)
    return text, [finding for finding in findings if finding.code == rule.code]


def articles_of(case: Case) -> list[tuple[str, str]]:
    """The articles of a case with a path for each, marks and all."""
    stem, dot, suffix = case.path.rpartition(".")
    paths = (f"{stem}-{number}{dot}{suffix}" for number in range(2, len(case.beside) + 2))
    return [(case.path, case.text), *zip(paths, case.beside, strict=False)]


def check_case(rule: Rule, case: Case, *, bad: bool) -> None:
    """Run one case. Raises CaseFailed, with what was expected and what came."""
    text, findings = findings_of(rule, case)
    _, expected = unmarked(case.text)
    found = sorted((each.start, each.end) for each in findings if each.path == case.path)
    label = f"{rule.code} {rule.name}"
    if not bad:
        if findings:
            messages = "; ".join(finding.message for finding in findings)
            raise CaseFailed(
                f"{label}: a good case is reported: {_shown(text, found)} ({messages})"
            )
        return
    if not findings:
        raise CaseFailed(f"{label}: a bad case is not reported: {case.text!r}")
    if (expected or case.beside) and found != sorted(expected):
        raise CaseFailed(
            f"{label}: expected {_shown(text, sorted(expected))}, found {_shown(text, found)}"
        )
    for path, marked in articles_of(case)[1:]:
        other, spans = unmarked(marked)
        there = sorted((each.start, each.end) for each in findings if each.path == path)
        if there != sorted(spans):
            shown = f"expected {_shown(other, sorted(spans))}, found {_shown(other, there)}"
            raise CaseFailed(f"{label}: in {path}: {shown}")
    if case.fixed is not None:
        fixed = apply(text, [finding.fix for finding in findings if finding.fix is not None])
        if fixed != case.fixed:
            raise CaseFailed(f"{label}: the fix gives {fixed!r}, not {case.fixed!r}")
        if again := findings_of(rule, case._replace(text=fixed))[1]:
            raise CaseFailed(f"{label}: still reported after its own fix: {again[0].message}")


def rule_faults(rule: Rule) -> list[str]:
    """What is missing from a rule as such, apart from its cases' outcome."""
    import re

    faults = []
    if not re.fullmatch(r"[A-Z]{3}\d{3}", rule.code):
        faults.append(f"code “{rule.code}” is not three letters and three digits")
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)+", rule.name):
        faults.append(f"name “{rule.name}” is not kebab-case of two words or more")
    if rule.name.startswith(("no-", "check-", "bad-", "fix-")):
        faults.append(f"name “{rule.name}” names a check, not the fault")
    if not rule.summary.endswith((".", "?")):
        faults.append("the summary is no sentence")
    if not rule.why:
        faults.append("nothing says why it matters")
    if not rule.bad and rule.name != "rule-crash":
        faults.append("no bad case")
    if len(rule.good) < 2:
        faults.append("fewer than two good cases, one of them a near miss")
    return faults


def rule_advice(rule: Rule) -> list[str]:
    """What makes a rule slow: patterns that must be tried on every line of every article."""
    return [
        f"{rule.code} {rule.name}: no string is in every match of “{pattern.source}”, so it is tried on every"
        " line; give it a word that is, or name its words as “literals”"
        for pattern in rule.patterns
        if not pattern.literals
    ]


def _shown(text: str, spans: Iterable[tuple[int, int]]) -> str:
    return ", ".join(f"{start}:{end} {text[start:end]!r}" for start, end in spans) or "nothing"


class _Same:
    """Lets a cache tell rules apart by identity: a rule holds settings that have no hash."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.rule is self.rule

    def __hash__(self) -> int:
        return id(self.rule)


def _frozen(case: Case) -> tuple[tuple[str, object], ...]:
    return tuple(sorted(case.options.items()))


@lru_cache(maxsize=4096)
def _linter(
    code: str, same: _Same, language: str, options: tuple[tuple[str, object], ...]
) -> Linter:
    rule = same.rule
    made = rule.check is not None or rule.corpus is not None or rule.patterns
    if rule.family == "LNT" or not made:
        own = Config(extend_select=(code,), language=language)
        return Linter(own)  # made by the engine, beside all other rules
    given = {rule.name: dict(options)} if options else {}
    return Linter(Config(select=(code,), language=language, options=given), rules=(rule,))  # type: ignore[arg-type]
