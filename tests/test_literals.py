"""The required strings of a pattern, against the pattern itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint import scan
from newslint.finding import Span
from newslint.literals import Folded, fold, folded, plain, required_literals
from newslint.packs import analysed, load
from newslint.rules import Case, Pattern, Rule
from newslint.scan import ByBeginnings, Match, Scanner, automaton, bounded, compiled_pattern
from newslint.text.lines import line_spans
from newslint.text.utf8 import encoded, unusual_bytes


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("also read:.*", {"also read:"}),
        ("(?:read|see) more", {"read more", "see more"}),
        (r"\d+ comments?", {" comment"}),
        ("[a-z]+", set()),
        ("a|bc", set()),
        ("(?<!x)foo(?=bar)", {"foo"}),
        ("a{3}bc", {"aaabc"}),
        ("a{4}bc", {"bc"}),
        ("(?:ab)?cd", {"cd"}),
        ("İstanbul", {"istanbul"}),
        ("don’t", {"don't"}),
        (r"\p{Lu}+ foo", set()),  # only `regex` reads this: its author must name the strings
        ("", set()),
    ],
)
def test_known(pattern: str, expected: set[str]) -> None:
    assert set(required_literals(plain(pattern))) == expected


LETTERS = "abkis"
# Letters that case-blind matching takes for equal to others, and what patterns see as a plain space.
TEXT = st.text("abksiABKSIſKİıµμΜςσΣ’' \u00a0\u202f\n-.", max_size=40)


def test_folding_lowers_every_letter_whatever_stands_around_it() -> None:
    for letter in map(chr, range(0x110000)):
        if letter != letter.lower():
            slowly = fold(f"A{letter}É")  # É: not by bytes
            assert fold(f"A{letter}“") == f"{slowly[:-1]}“"


@given(TEXT)
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(plain(text)) == len(text)


PIECE = st.one_of(
    st.sampled_from(
        ["a", "b", "ks", "si", "k", "s", "i", "sab", "’", " ", "µ", "σ", "ſ", "K", "ı"]
    ),
    st.sampled_from(["[ab]", "[^a]", r"\w", r"\s", ".", "(?:ab|s)", "(?:ki|si|b)", "(?=a)", r"\b"]),
)
QUANTIFIER = st.sampled_from(["", "", "", "?", "+", "*", "{2}", "{1,2}", "+?"])
PATTERN = st.lists(st.tuples(PIECE, QUANTIFIER), min_size=1, max_size=5).map(
    lambda parts: "".join(
        f"(?:{piece}){quantifier}"
        if quantifier and "(?=" not in piece and piece != r"\b"
        else piece
        for piece, quantifier in parts
    )
)


def folded_alone(text: str) -> Folded:
    data = encoded(text)
    return folded(text, data, unusual_bytes(data))


def rule_of(*patterns: Pattern) -> Rule:
    case = (Case(""),)
    return Rule("TST001", "a-test", "error", "", "", case, case, patterns=patterns)


def matches_of(patterns: Sequence[Pattern], text: str) -> list[Match]:
    found: list[Match] = []
    Scanner([rule_of(*patterns)]).scan(text, folded_alone(text), line_spans(text), found)
    return found


def one_by_one(pattern: Pattern, text: str) -> set[tuple[int, int]]:
    compiled = compiled_pattern(pattern)
    seen = plain(text)
    found = set()
    for start, end in line_spans(text):
        if pattern.kind == "lines":
            if compiled.fullmatch(seen[start:end]):
                found.add((start, end))
            continue
        for match in compiled.finditer(seen[start:end]):
            if match.end() > match.start():
                found.add((start + match.start(), start + match.end()))
    return found


@settings(max_examples=400)
@given(st.lists(PATTERN, min_size=1, max_size=4), TEXT, st.booleans(), st.booleans(), st.booleans())
def test_the_scanner_finds_what_each_pattern_finds(
    sources: list[str], text: str, ignore_case: bool, whole: bool, own: bool
) -> None:
    patterns = tuple(
        analysed(Pattern("lines" if whole else "existence", source, ignore_case, own=own))
        for source in sources
    )
    found: dict[int, set[tuple[int, int]]] = {}
    for match in matches_of(patterns, text):
        found.setdefault(match.pattern, set()).add((match.start, match.end))
    for index, pattern in enumerate(patterns):
        assert found.get(index, set()) == one_by_one(pattern, text), pattern.source


@given(st.lists(st.text("abk", min_size=1, max_size=3), min_size=1, max_size=6, unique=True), TEXT)
def test_the_fallback_finds_the_same_strings(literals: list[str], text: str) -> None:
    sought = folded_alone(text).utf8
    fast = automaton(literals).find_matches_as_indexes(sought, overlapping=True)
    slow = ByBeginnings([*map(str.encode, literals)]).find_matches_as_indexes(sought)
    assert sorted(fast) == sorted(slow)


def test_without_the_extension_the_fallback_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "ahocorasick_rs", None)
    assert isinstance(automaton(["a"]), ByBeginnings)


@pytest.mark.parametrize(
    ("source", "text", "matches"),
    [
        ("ad", "an ad here", 1),
        ("ad", "glad", 0),
        (r"\d+ ads", "12 adsense", 0),
        (r"ad\b", "an ad", 1),
        ("阅读更多", "请阅读更多内容", 1),
        (r"ad\w", "an adx", 1),
    ],
)
def test_word_boundaries(source: str, text: str, matches: int) -> None:
    assert len(regex.findall(bounded(source), text)) == matches


def test_a_pattern_does_not_run_over_a_line_end() -> None:
    pattern = Pattern("existence", r"read\s+more", True, None, ("read",))
    text = "read\nmore read more"
    assert [(match.start, match.end) for match in matches_of([pattern], text)] == [(10, 19)]


def test_a_pattern_that_is_too_slow_takes_nothing_from_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scan, "SECONDS_A_LINE", 0.001)
    quick = Pattern("existence", "rain", True, None, ("rain",), own=True)
    slow = Pattern("existence", "(?:[a-z]+)+#", True, None, ())
    text = f"rain {'a' * 60} #"
    found: list[Match] = []
    with pytest.raises(TimeoutError):
        Scanner([rule_of(slow, quick)]).scan(text, folded_alone(text), line_spans(text), found)
    assert [(match.start, match.end) for match in found] == [(0, 4)]


def test_spans_of_lines_leave_white_space_out() -> None:
    assert line_spans("  a b \n\n\t\nc") == (Span(2, 5), Span(10, 11))


def test_the_patterns_of_newslint_stay_within_their_budget(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In 1,000 characters of clean copy: strings found, and lines on which a pattern is tried."""
    packs = sorted(str(path) for path in root.glob("rules/**/*.toml"))
    rules = [rule for path in packs for rule in load(path)]
    scanner = Scanner([rule for rule in rules if not rule.languages or "en" in rule.languages])
    texts = [path.read_text("utf-8") for path in sorted(root.glob("seeds/clean/*"))]
    tried: list[str] = []

    def try_on_line(
        scanner: Scanner, number: int, seen: str, line: Span, found: list[Match]
    ) -> None:
        tried.append(scanner.rules[scanner._places[number][0]].code)
        on_line(scanner, number, seen, line, found)

    on_line = Scanner._on_line
    monkeypatch.setattr(Scanner, "_on_line", try_on_line)
    for text in texts:
        scanner.scan(text, folded_alone(text), line_spans(text), [])
    matcher = ByBeginnings([*map(str.encode, scanner.tables.literals)])
    found = sum(len(matcher.find_matches_as_indexes(folded_alone(text).utf8)) for text in texts)
    thousands = sum(map(len, texts)) / 1000
    assert 0 < found / thousands <= 25
    assert 0 < len(tried) / thousands <= 15, Counter(tried).most_common(3)
