"""One pass over a text for all patterns of all rules.

Each pattern has required strings (`literals.py`). The strings of all patterns are found at once in the folded
text, by an Aho-Corasick automaton; a pattern is tried only on the lines that hold one of its own.
A pattern never sees more than one line, so a hit never runs over a line end.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from newslint.expressions import IGNORECASE, compiled
from newslint.finding import Span
from newslint.literals import PREFIX_LENGTH, Folded, beginning, fold, plain
from newslint.rules import Pattern, Rule
from newslint.text.utf8 import encoded
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Protocol

    import regex

    class Automaton(Protocol):
        """What the scanner needs of a matcher of many strings: (index of string, start, end) triples."""

        def find_matches_as_indexes(
            self, haystack: bytes, overlapping: bool = ...
        ) -> list[tuple[int, int, int]]: ...

    class Compiled(Protocol):
        """What the scanner needs of a compiled pattern."""

        def fullmatch(self, line: str, /) -> Found | None: ...
        def finditer(self, line: str, /) -> Iterator[Found]: ...

    class Found(Protocol):
        """What it needs of a match."""

        def span(self) -> tuple[int, int]: ...


# A pattern that takes longer than this on one line is broken; the engine reports its rule.
SECONDS_A_LINE = 2.0


class Match(NamedTuple):
    """Where a pattern of a rule matched: indexes of both, and a span of the text."""

    rule: int
    pattern: int
    start: int
    end: int


class ByBeginnings:
    """Finds many strings by what they begin with, where ahocorasick-rs has no build."""

    def __init__(self, literals: Sequence[bytes]) -> None:
        self._literals = tuple(literals)
        self._tables: dict[int, dict[bytes, list[int]]] = {}
        for index, literal in enumerate(self._literals):
            length = min(len(literal), LONGEST_BEGINNING)
            table = self._tables.setdefault(length, {})
            table.setdefault(literal[:length], []).append(index)

    def find_matches_as_indexes(
        self, haystack: bytes, overlapping: bool = True
    ) -> list[tuple[int, int, int]]:
        """Every place of every string, in no order."""
        found = []
        for length, table in self._tables.items():
            begins = {haystack[at : at + length] for at in range(len(haystack) - length + 1)}
            for begin in begins & table.keys():
                for index in table[begin]:
                    literal = self._literals[index]
                    at = haystack.find(literal)
                    while at >= 0:
                        found.append((index, at, at + len(literal)))
                        at = haystack.find(literal, at + 1)
        return found


LONGEST_BEGINNING = 4  # bytes
LONGEST_LITERAL = 12  # characters that are looked for: all the rest of a string makes the automaton slower to build
WORTH_COMPILING = 40  # lines that may be a pattern's own, from which on compiling it pays
FAR = 1 << 60  # longer than any line
FEW_LETTERS = 4  # with which a pattern's lines may begin, to be looked for by their beginnings


def automaton(literals: Sequence[str]) -> Automaton:
    """The fastest matcher of `literals`, in UTF-8, that this platform has for much text."""
    sought = [encoded(literal) for literal in literals]
    try:
        from ahocorasick_rs import BytesAhoCorasick
    except ImportError:
        return ByBeginnings(sought)
    found: Automaton = BytesAhoCorasick(sought)
    return found


class Tables(NamedTuple):
    """What a set of patterns is found by: plain data, made once for the patterns and kept in the cache.

    Patterns go by their number among all of the set, in order. `literals`: strings to look for. `owners`: for each,
    the characters of the longest line on which one of its patterns can match, and their numbers. `beginnings`: by
    their length, how lines begin on which a pattern is tried. `lengths`: by their first few characters, how long those are.
    `everywhere`: those to try on every line. `longest`: the characters of the longest match of each, 0 where there is no
    bound. `lines`: whether each matches whole lines.
    """

    literals: tuple[str, ...]
    owners: tuple[tuple[int, tuple[int, ...]], ...]
    beginnings: tuple[dict[str, tuple[int, ...]], ...]
    lengths: dict[str, tuple[int, ...]]
    everywhere: tuple[int, ...]
    longest: tuple[int, ...]
    lines: tuple[bool, ...]


def tables(patterns: Iterable[Pattern]) -> Tables:
    """The tables of a set of patterns."""
    beginnings: list[dict[str, list[int]]] = [{} for _ in range(PREFIX_LENGTH + 1)]
    owners: dict[str, list[int]] = {}
    # Most strings belong to patterns of short lines: one comparison passes over running copy.
    reach: dict[str, int] = {}
    everywhere, longest, lines = [], [], []
    for number, pattern in enumerate(patterns):
        longest.append(pattern.longest)
        lines.append(pattern.kind == "lines")
        if pattern.prefixes and not (pattern.literals and _says_little(pattern.prefixes)):
            for prefix in pattern.prefixes:
                beginnings[len(prefix)].setdefault(prefix, []).append(number)
            continue
        if not pattern.literals:
            everywhere.append(number)
        for literal in dict.fromkeys(each[:LONGEST_LITERAL] for each in pattern.literals):
            owners.setdefault(literal, []).append(number)
            reach[literal] = max(reach.get(literal, 0), pattern.longest or FAR)
    return Tables(
        tuple(owners),
        tuple((reach[literal], tuple(numbers)) for literal, numbers in owners.items()),
        tuple({begin: tuple(numbers) for begin, numbers in table.items()} for table in beginnings),
        _lengths(beginnings),
        tuple(everywhere),
        tuple(longest),
        tuple(lines),
    )


# Characters of a line that tell which lengths of beginnings there are, but for shorter ones.
FEW = 3
MOST_LEADS = 10_000  # of which that is remembered; copy has some thousands
_SHORTER = range(1, FEW)


def _lengths(beginnings: Sequence[Iterable[str]]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, list[int]] = {}
    for length in range(FEW, len(beginnings)):
        for few in {begin[:FEW] for begin in beginnings[length]}:
            lengths.setdefault(few, []).append(length)
    return {few: tuple(each) for few, each in lengths.items()}


def _says_little(prefixes: Iterable[str]) -> bool:
    """Whether lines of running copy begin so: with any of many letters."""
    return sum(len(prefix) == 1 and prefix.isalpha() for prefix in prefixes) > FEW_LETTERS


class Scanner:
    """The patterns of a set of rules, ready to be found. Patterns are read and compiled when first tried.

    `ready`: the tables of the rules' patterns, where they are known.
    """

    def __init__(self, rules: Sequence[Rule], ready: Tables | None = None) -> None:
        self.rules = tuple(rules)
        self._places = [
            (rule, pattern)
            for rule, each in enumerate(self.rules)
            for pattern in range(len(each.patterns))
        ]
        if ready is None:
            ready = tables(pattern for rule in self.rules for pattern in rule.patterns)
        self.tables = ready
        self._patterns: list[Pattern | None] = [None] * len(self._places)
        self._compiled: list[Compiled | None] = [None] * len(self._places)
        self._asked = [0] * len(self._places)  # how often, of patterns not yet compiled
        self._matcher: Automaton | None = None
        # Lengths of beginnings, by the first few characters.
        self._leads: dict[str, tuple[int, ...]] = {}
        self._begun: dict[str, tuple[int, ...]] = {}  # patterns, by the beginnings of lines

    def scan(self, text: str, folded: Folded, lines: Sequence[Span], found: list[Match]) -> None:
        """Adds every match of every pattern to `found`, in no order. `lines`: those of the text, without white space
        around them. Raises TimeoutError where a pattern is too slow."""
        if not lines:
            return
        seen = plain(text)
        if any(self.tables.beginnings):
            self._by_beginnings(folded.text, seen, lines, found)
        if self.tables.literals:
            self._by_strings(folded, seen, lines, found)
        for number in self.tables.everywhere:
            for span in lines:
                self._on_line(number, seen, span, found)

    def _by_beginnings(
        self, folded_text: str, seen: str, lines: Sequence[Span], found: list[Match]
    ) -> None:
        leads, begun = self._leads, self._begun
        longest, is_line = self.tables.longest, self.tables.lines
        for span in lines:
            start, end = span
            few = folded_text[start : start + FEW]
            lengths = leads.get(few)
            if lengths is None:
                lengths = self._leading(few)
            if not lengths:
                continue
            begins = folded_text[start : start + PREFIX_LENGTH]
            numbers = begun.get(begins)
            if numbers is None:
                numbers = self._beginning(begins, lengths)
            for number in numbers:
                if 0 < longest[number] < end - start:
                    continue
                # A whole line that begins right is refuted sooner by its pattern than by its strings,
                # once the pattern is compiled.
                if (is_line[number] and self._is_ready(number)) or self._may_hold(
                    number, folded_text, span, own=True
                ):
                    self._on_line(number, seen, span, found)

    def _leading(self, few: str) -> tuple[int, ...]:
        """The lengths of beginnings of which there may be one for a line that begins with `few` characters."""
        begins, beginnings = beginning(few, 0), self.tables.beginnings
        shorter = [length for length in _SHORTER if begins[:length] in beginnings[length]]
        lengths = (*shorter, *self.tables.lengths.get(begins, ()))
        if len(self._leads) < MOST_LEADS:
            self._leads[few] = lengths
        return lengths

    def _beginning(self, begins: str, lengths: Sequence[int]) -> tuple[int, ...]:
        """The patterns to try on a line that begins so, with one of so many characters."""
        known, beginnings = beginning(begins, 0), self.tables.beginnings
        numbers = tuple(
            number for length in lengths for number in beginnings[length].get(known[:length], ())
        )
        if len(self._begun) < MOST_LEADS:
            self._begun[begins] = numbers
        return numbers

    def _by_strings(
        self, folded: Folded, seen: str, lines: Sequence[Span], found: list[Match]
    ) -> None:
        if self._matcher is None:
            self._matcher = automaton(self.tables.literals)
        strings = self._matcher.find_matches_as_indexes(folded.utf8, overlapping=True)
        if not strings:
            return
        folded_text = folded.text
        tried: set[tuple[int, int]] = set()
        starts = [line.start for line in lines]
        owners, longest = self.tables.owners, self.tables.longest
        span, start, end = lines[0], 0, 0  # of the line of the last string
        for literal, at in _in_characters(strings, folded):
            if not start <= at < end:
                line = bisect_right(starts, at) - 1
                if line < 0:
                    continue
                span = start, end = lines[line]
            reach, numbers = owners[literal]
            if end - start > reach:
                continue
            for number in numbers:
                if 0 < longest[number] < end - start or (number, start) in tried:
                    continue
                tried.add((number, start))
                if self._may_hold(number, folded_text, span):
                    self._on_line(number, seen, span, found)

    def _is_ready(self, number: int) -> bool:
        """Whether a pattern is compiled, or has been asked for often enough to be worth it."""
        if self._compiled[number] is not None:
            return True
        self._asked[number] += 1
        return self._asked[number] > WORTH_COMPILING

    def _pattern(self, number: int) -> Pattern:
        found = self._patterns[number]
        if found is None:
            rule, pattern = self._places[number]
            found = self._patterns[number] = self.rules[rule].patterns[pattern]
        return found

    def _may_hold(self, number: int, folded_text: str, line: Span, *, own: bool = False) -> bool:
        """Whether a line holds what a match needs besides, and with `own` one of its strings too.

        Compiling a pattern costs a millisecond.
        """
        wanted = self._pattern(number)
        start, end = line
        find = folded_text.find
        for strings in (*wanted.beside, wanted.literals) if own else wanted.beside:
            for each in strings:
                if find(each, start, end) >= 0:
                    break
            else:
                if strings:
                    return False
        return True

    def _on_line(self, number: int, seen: str, line: Span, found: list[Match]) -> None:
        """Adds what a pattern matches on a line to `found`."""
        ready = self._compiled[number]
        if ready is None:
            ready = self._compiled[number] = compiled_pattern(self._pattern(number))
        start, end = line
        text = seen[start:end]
        if self.tables.lines[number]:
            if ready.fullmatch(text) is not None:
                found.append(Match(*self._places[number], start, end))
            return
        for match in ready.finditer(text):
            low, high = match.span()
            if high > low:
                found.append(Match(*self._places[number], start + low, start + high))


def _in_characters(found: list[tuple[int, int, int]], text: Folded) -> list[tuple[int, int]]:
    """Strings and where they begin in a text, in order, of those in its UTF-8."""
    places = sorted([(place, string) for string, place, _ in found])
    if len(text.utf8) == len(text.text):
        return [(string, place) for place, string in places]
    in_characters = []
    at = characters = 0
    for place, string in places:
        characters += len(text.utf8[at:place].decode("utf-8", "surrogatepass"))
        at = place
        in_characters.append((string, characters))
    return in_characters


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
