"""Articles through the selected rules: which rule hits what.

Several articles go through together, a rule at a time. A run over all rules needs more of the program than a
processor's nearest caches hold; a rule that has just been at work is still there for the next article.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from newslint.article import Article
from newslint.checks import itself
from newslint.finding import Fix, Hit, Severity, Swap, on_one_line
from newslint.literals import folded
from newslint.packs import scanner
from newslint.readers import Settings
from newslint.rules import Options, Rule
from newslint.scan import Match, Scanner
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import TypeAlias

    from newslint.rules import Check, Where

LONGEST_QUOTED = 40  # characters of article text in a message

RuleHit: TypeAlias = "tuple[Rule, Hit]"
Crash: TypeAlias = "tuple[Rule, Exception]"
Scan: TypeAlias = "Callable[[Article, Active, list[Crash]], Iterable[RuleHit]]"
# An article, what the rules say of it, in no order, and those that stopped with an error.
Row: TypeAlias = "tuple[Article, list[RuleHit], list[Crash]]"
Placed: TypeAlias = "tuple[Rule, Hit, int, int]"


class Turn(NamedTuple):
    """A rule in Python, ready to run."""

    rule: Rule
    check: Check
    options: Options


Gate: TypeAlias = "tuple[tuple[str, ...], tuple[tuple[Where | None, tuple[Turn, ...]], ...]]"


class Active(NamedTuple):
    """The rules that are on for some files, with their settings, ready to run."""

    rules: tuple[Rule, ...]
    codes: frozenset[str]  # of all of them
    patterned: tuple[Rule, ...]
    corpus: tuple[Rule, ...]  # those that compare articles …
    reads_bodies: bool  # … and whether one of them needs more than titles
    options: Mapping[str, Options]
    severity: Mapping[str, Severity]
    language: str
    format: str
    settings: Settings
    gates: tuple[Gate, ...]  # rules in Python, by their anchors and by what they ask of an article
    scanners: dict[str, Scanner]  # by language of the article, each made when first needed

    def scanner_for(self, language: str) -> Scanner:
        """The scanner for the patterns that hold in a language."""
        if language not in self.scanners:
            self.scanners[language] = scanner(
                [
                    rule
                    for rule in self.patterned
                    if not rule.languages or language in rule.languages
                ]
            )
        return self.scanners[language]

    def has(self, rule: Rule) -> bool:
        """Whether `rule` is switched on."""
        return rule.code in self.codes


def hits_of(articles: Sequence[Article], active: Active, scan: Scan) -> list[Row]:
    """What the rules say of each article. `scan`: makes the pass for patterns."""
    rows: list[Row] = [(article, [], []) for article in articles]
    last = _all_but_last_resorts(active, rows)
    if active.patterned:
        for article, found, crashes in rows:
            if article.text:
                found += scan(article, active, crashes)
    for turn, held in last:
        family = turn.rule.family
        for article, found, _ in held:
            article.named = [
                (hit.start, hit.end)
                for rule, hit in found
                if not rule.last_resort and rule.family == family
            ]
        _take_turn(turn, held)
    return rows


def _all_but_last_resorts(active: Active, rows: list[Row]) -> list[tuple[Turn, list[Row]]]:
    """Takes articles through the rules in Python but for those of last resort; these, with the articles that they are for."""
    last = []
    for anchors, questions in active.gates:
        anchored = rows
        if anchors:
            anchored = []
            for row in rows:
                text = row[0].text
                for anchor in anchors:
                    if anchor in text:
                        anchored.append(row)
                        break
            if not anchored:
                continue
        for where, turns in questions:
            held = anchored
            kinds: set[str] | None = None
            if where is not None:
                held, kinds = [], set()
                try:
                    for row in anchored:
                        found = where(row[0])
                        if found:
                            held.append(row)
                            kinds.update(found)
                except Exception:  # the rules will meet it too, and it is then theirs
                    held, kinds = anchored, None
                if not held:
                    continue
            for turn in turns:
                rule = turn.rule
                if kinds is not None and rule.kind and rule.kind not in kinds:
                    continue
                if rule.last_resort:
                    last.append((turn, held))
                else:
                    _take_turn(turn, held)
    return last


def _take_turn(turn: Turn, rows: list[Row]) -> None:
    """Takes articles through a rule in Python."""
    rule, check, options = turn
    languages, anywhere = rule.languages, rule.in_documentation
    for article, found, crashes in rows:
        if languages and article.language not in languages:
            continue
        if not anywhere and article.is_documentation:
            continue
        try:
            for hit in check(article, **options) if options else check(article):
                found.append((rule, hit))
        except Exception as error:
            crashes.append((rule, error))


def pattern_hits(article: Article, active: Active, crashes: list[Crash]) -> Iterator[RuleHit]:
    """What the patterns of all rules hit, in one pass over an article."""
    matches: list[Match] = []
    found_by = active.scanner_for(article.language)
    try:
        text = article.text
        found_by.scan(
            text, folded(text, article.utf8, article.unusual_bytes), article.lines, matches
        )
    except TimeoutError:
        crashes.append((itself.rule_crash, TimeoutError("a pattern is too slow")))
    found: dict[int, list[Match]] = {}
    for match in matches:
        found.setdefault(match.rule, []).append(match)
    for index, matches_of_rule in found.items():
        rule = found_by.rules[index]
        if not rule.in_documentation and article.is_documentation:
            continue
        try:
            for match in _standing(rule, matches_of_rule, article):
                yield rule, _pattern_hit(rule, match, article)
        except Exception as error:
            crashes.append((rule, error))


def _standing(rule: Rule, found: list[Match], article: Article) -> Iterator[Match]:
    """The matches that count; of several on the same words, the longest that comes first."""
    end = -1
    for match in sorted(found, key=lambda m: (m.start, -m.end)):
        if match.end > end and _counts(rule, match, article):
            end = match.end
            yield match


def _counts(rule: Rule, match: Match, article: Article) -> bool:
    needs_block = rule.blocks or article.has_markup
    block = article.block_at(match.start) if needs_block else None
    if block is not None and (
        block.kind == "code" or (rule.blocks and block.kind not in rule.blocks)
    ):
        return False
    if block is not None and block.kind == "figure-caption" and _is_of_whole_lines(rule, match):
        return False  # beside its picture it is what it should be
    if rule.family == "RES":
        if article.stands_in_sentence(match.start, match.end):
            return False  # the words of a link, not a label
        if block is not None and block.level and _is_of_whole_lines(rule, match):
            words = article.text[match.start : match.end].split()
            if len(words) == 1 and article.heads_copy(block):
                return False  # “Audio” over what the review says of it
    return rule.in_quotations or not article.quotes.covers(match.start, match.end)


def _is_of_whole_lines(rule: Rule, match: Match) -> bool:
    return rule.patterns[match.pattern].kind == "lines"


def _pattern_hit(rule: Rule, match: Match, article: Article) -> Hit:
    words = article.text[match.start : match.end]
    pattern = rule.patterns[match.pattern]
    fix = None
    new = ""
    if pattern.swap is not None:
        new = _cased(words, pattern.swap)
        fix = Fix((Swap(match.start, match.end, new),), rule.safe_fix)
    message = rule.message.replace("{match}", short(words)).replace("{swap}", new)
    return Hit(match.start, match.end, message, fix)


def _cased(old: str, new: str) -> str:
    """`new` with a capital where `old` begins with one."""
    return new[:1].upper() + new[1:] if old[:1].isupper() else new


def without_last_resorts(placed: Sequence[Placed]) -> list[Placed]:
    """`placed` (in order) without hits of last resort on what another rule of their family has named."""
    named: dict[str, list[tuple[int, int]]] = {}
    for rule, _, start, end in placed:
        if not rule.last_resort:
            named.setdefault(rule.family, []).append((start, end))
    kept = []
    for each in placed:
        rule, _, start, end = each
        spans = named.get(rule.family, [])
        index = bisect_left(spans, (end, end))
        overlapped = index > 0 and max(stop for _, stop in spans[max(0, index - 3) : index]) > start
        if not (rule.last_resort and overlapped):
            kept.append(each)
    return kept


def short(text: str, longest: int = LONGEST_QUOTED) -> str:
    """A text in one line of so many characters at most, for a message."""
    text = on_one_line(text)
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
