"""One pass over a text for all patterns of all rules.

Each pattern has required strings (`literals.py`). The strings of all patterns are found at once in the folded
text, by an Aho-Corasick automaton where there is enough of it; a pattern is tried only on the lines that hold one of its own.
A pattern never sees more than one line, so a hit never runs over a line end.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from newslint.expressions import IGNORECASE, compiled
from newslint.finding import Span
from newslint.literals import fold, plain
from newslint.rules import Pattern, Rule

if TYPE_CHECKING:
    import regex

# A pattern that takes longer than this on one line is broken; the engine reports its rule.
SECONDS_A_LINE = 2.0


class Match(NamedTuple):
    """Where a pattern of a rule matched: indexes of both, and a span of the text."""

    rule: int
    pattern: int
    start: int
    end: int


class Automaton(Protocol):
    """What the scanner needs of a matcher of many strings: (index of string, start, end) triples."""

    def find_matches_as_indexes(
        self, haystack: str, overlapping: bool = ...
    ) -> list[tuple[int, int, int]]: ...


class ByBeginnings:
    """Finds many strings by what they begin with: one look at each place of the text, and no making ready.

    For a few articles this is faster than to build an automaton; where ahocorasick-rs has no build, it
    stands in for it.
    """

    def __init__(self, literals: Sequence[str]) -> None:
        self._literals = tuple(literals)
        self._tables: dict[int, dict[str, list[int]]] = {}
        for index, literal in enumerate(self._literals):
            length = min(len(literal), LONGEST_BEGINNING)
            table = self._tables.setdefault(length, {})
            table.setdefault(literal[:length], []).append(index)

    def find_matches_as_indexes(
        self, haystack: str, overlapping: bool = True
    ) -> list[tuple[int, int, int]]:
        """Every place of every string, in no order."""
        found = []
        for length, table in self._tables.items():
            beginnings = {haystack[at : at + length] for at in range(len(haystack) - length + 1)}
            for beginning in beginnings & table.keys():
                for index in table[beginning]:
                    literal = self._literals[index]
                    at = haystack.find(literal)
                    while at >= 0:
                        found.append((index, at, at + len(literal)))
                        at = haystack.find(literal, at + 1)
        return found


LONGEST_BEGINNING = 4  # characters
WORTH_AN_AUTOMATON = 40_000  # characters of text from which on building one pays


def automaton(literals: Sequence[str]) -> Automaton:
    """The fastest matcher of `literals` that this platform has for much text."""
    try:
        from ahocorasick_rs import AhoCorasick
    except ImportError:
        return ByBeginnings(literals)
    found: Automaton = AhoCorasick(literals, store_patterns=False)
    return found


class Scanner:
    """The patterns of a set of rules, ready to be found. Patterns are compiled when first tried."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self._patterns = [list(rule.patterns) for rule in self.rules]
        self._compiled: dict[tuple[int, int], Compiled] = {}
        self._everywhere: list[tuple[int, int]] = []  # patterns without a required string
        self._beginnings: dict[int, dict[str, list[tuple[int, int]]]] = {}  # of lines, by length
        owners: dict[str, list[tuple[int, int]]] = {}
        for rule_index, patterns in enumerate(self._patterns):
            for pattern_index, pattern in enumerate(patterns):
                if pattern.prefixes:
                    for prefix in pattern.prefixes:
                        table = self._beginnings.setdefault(len(prefix), {})
                        table.setdefault(prefix, []).append((rule_index, pattern_index))
                    continue
                if not pattern.literals:
                    self._everywhere.append((rule_index, pattern_index))
                for literal in pattern.literals:
                    owners.setdefault(literal, []).append((rule_index, pattern_index))
        self._literals = tuple(owners)
        self._owners = tuple(owners.values())
        self._matcher: Automaton | None = None
        self._scanned = 0  # characters of text so far
        self._is_automaton = False

    def _matcher_for(self, length: int) -> Automaton:
        """The matcher for another text of `length` characters."""
        self._scanned += length
        if not self._is_automaton and self._scanned > WORTH_AN_AUTOMATON:
            self._matcher = automaton(self._literals)
            self._is_automaton = True
        if self._matcher is None:
            self._matcher = ByBeginnings(self._literals)
        return self._matcher

    def scan(self, text: str, lines: Sequence[Span]) -> Iterator[Match]:
        """Every match of every pattern, in no order. `lines`: the lines of `text`, without white space around them."""
        tried: set[tuple[int, int, int]] = set()
        starts: list[int] | None = None
        seen = ""
        folded_text = fold(text)
        for span in lines:
            for length, table in self._beginnings.items():
                at = span.start
                for rule, pattern in table.get(folded_text[at : at + length], ()):
                    wanted = self._patterns[rule][pattern]
                    if not _ruled_out(wanted, folded_text, span) and _holds_one(
                        wanted.literals, folded_text, span
                    ):
                        seen = seen or plain(text)
                        yield from self._on_line(rule, pattern, seen, span)
        if self._literals:
            matcher = self._matcher_for(len(text))
            hits = matcher.find_matches_as_indexes(folded_text, overlapping=True)
            for literal, at, _ in hits:
                if starts is None:
                    starts, seen = [line.start for line in lines], seen or plain(text)
                line = bisect_right(starts, at) - 1
                if line < 0:
                    continue
                for rule, pattern in self._owners[literal]:
                    if (rule, pattern, line) not in tried:
                        tried.add((rule, pattern, line))
                        if _ruled_out(self._patterns[rule][pattern], folded_text, lines[line]):
                            continue
                        yield from self._on_line(rule, pattern, seen, lines[line])
        if self._everywhere:
            seen = seen or plain(text)
            for rule, pattern in self._everywhere:
                for span in lines:
                    yield from self._on_line(rule, pattern, seen, span)

    def _on_line(self, rule: int, pattern: int, seen: str, line: Span) -> Iterator[Match]:
        wanted = self._patterns[rule][pattern]
        ready = self._compiled.get((rule, pattern))
        if ready is None:
            ready = self._compiled[rule, pattern] = compiled_pattern(wanted)
        text = seen[line.start : line.end]
        if wanted.kind == "lines":
            if ready.fullmatch(text) is not None:
                yield Match(rule, pattern, line.start, line.end)
            return
        for match in ready.finditer(text):
            start, end = match.span()
            if end > start:
                yield Match(rule, pattern, line.start + start, line.start + end)


def _ruled_out(pattern: Pattern, folded_text: str, line: Span) -> bool:
    """Whether a line cannot match, as far as strings tell: compiling a pattern costs a millisecond."""
    start, end = line
    if 0 < pattern.longest < end - start:
        return True
    if pattern.prefixes and not folded_text.startswith(pattern.prefixes, start):
        return True
    return not all(_holds_one(strings, folded_text, line) for strings in pattern.beside)


def _holds_one(strings: Sequence[str], folded_text: str, line: Span) -> bool:
    return not strings or any(folded_text.find(each, *line) >= 0 for each in strings)


class Compiled(Protocol):
    """What the scanner needs of a compiled pattern."""

    def fullmatch(self, line: str, /) -> Found | None: ...
    def finditer(self, line: str, /) -> Iterator[Found]: ...


class Found(Protocol):
    """What it needs of a match."""

    def span(self) -> tuple[int, int]: ...


class _Limited:
    """A pattern of the `regex` module that gives up after a while: whoever wrote it may not know the risk."""

    def __init__(self, pattern: regex.Pattern[str]) -> None:
        self._pattern = pattern

    def fullmatch(self, line: str) -> Found | None:
        return self._pattern.fullmatch(line, timeout=SECONDS_A_LINE)

    def finditer(self, line: str) -> Iterator[Found]:
        return self._pattern.finditer(line, timeout=SECONDS_A_LINE)


def compiled_pattern(pattern: Pattern) -> Compiled:
    """The pattern as it is matched. Raises `regex.error` where it cannot be read.

    Those of newslint itself are matched by `re`, which has them compiled from an earlier run.
    """
    source = plain(pattern.source)
    if pattern.kind != "lines":
        source = bounded(source)
    if pattern.own:
        return compiled(source, IGNORECASE if pattern.ignore_case else 0)
    import regex

    return _Limited(regex.compile(source, regex.IGNORECASE if pattern.ignore_case else 0))


def bounded(source: str) -> str:
    """`source` with a word boundary where it begins or ends with a letter or digit of a spaced script."""
    left = r"(?<!\w)" if _spelled(source[:1]) else ""
    escaped = len(source) > 1 and source[-2] == "\\"
    right = r"(?!\w)" if _spelled(source[-1:]) and not escaped else ""
    return f"{left}(?:{source}){right}" if left or right else source


def _spelled(character: str) -> bool:
    return character.isalnum() and character < "\u2e80"


def folded(literals: Iterable[str]) -> tuple[str, ...]:
    """Literals that a pack declares itself, as the scanner looks for them."""
    return tuple(sorted({fold(literal) for literal in literals}))
