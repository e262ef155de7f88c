"""Articles of a run compared with each other: their facts are gathered as results go by, and corpus rules run last."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator

from newslint import cache
from newslint.archives import outermost
from newslint.checks import itself
from newslint.config import today
from newslint.corpus.compare import Corpus
from newslint.finding import Excerpt, FileResult, Finding, Location, Position
from newslint.results import finding_of, plain, ruleset
from newslint.typed import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from newslint.corpus.compare import CorpusHit
    from newslint.corpus.facts import Facts, Paragraph
    from newslint.engine import Linter
    from newslint.hits import Active
    from newslint.results import Row
    from newslint.rules import Rule

KIND = "compared"
WORTH_KEEPING = (
    100  # articles; fewer are compared in less time than it takes to see that they are the same
)
LARGEST_REREAD = 10_000_000  # bytes of a file that is read again to show the line of a finding


class Comparison:
    """The articles of a run, and what corpus rules find in them.

    `linter_for`: the linter that holds for a file. `corpus`: with articles in it already, where these are more than
    the run's own.
    """

    def __init__(self, linter_for: Callable[[str], Linter], corpus: Corpus | None = None) -> None:
        self._linter_for = linter_for
        self._corpus = corpus if corpus is not None else Corpus()

    # ------------------------------------------------------------------ in a run

    def watch(self, results: Iterable[FileResult]) -> Iterator[FileResult]:
        """`results`, whose facts are taken up."""
        for result in results:
            self.add(result.facts or ())
            yield result

    def add(self, facts: Iterable[tuple[str, str, bytes]]) -> None:
        """Take up articles: path, part and facts of each."""
        for each in facts:
            self._corpus.add(*each)

    def of(self, facts: Iterable[tuple[str, str, bytes]]) -> Iterator[FileResult]:
        """What is found by comparing articles: path, part and facts of each."""
        self.add(facts)
        return self.results()

    def replayed(self, linters: Iterable[Linter]) -> Iterator[FileResult]:
        """`results`, as the last run has kept them that compared the same articles under the same settings.

        `linters`: all that hold for a file of the run.
        """
        name = self._name(linters) if len(self._corpus) >= WORTH_KEEPING else ""
        kept = cache.load(KIND, name) if name else None
        if isinstance(kept, tuple):
            try:
                made = [*map(_result, cast("tuple[Row, ...]", kept))]
            except (TypeError, ValueError):  # none of ours
                made = []
            if len(made) == len(kept):
                yield from made
                return
        found = []
        for result in self.results():
            found.append(result)
            yield result
        if name and not any(result.failed for result in found):
            cache.store(KIND, name, tuple(map(_plain, found)))

    def _name(self, linters: Iterable[Linter]) -> str:
        """A name for all that decides what is found; "" where that cannot be told."""
        rulesets = []
        for linter in linters:
            entries = linter.suppressions.entries
            day = today(linter.config) if entries else ""
            rulesets.append((ruleset(linter), repr(entries), day))
        if not all(name for name, *_ in rulesets):
            return ""
        return self._corpus.name(os.getcwd().encode(), repr(sorted(rulesets)).encode())

    def results(self) -> Iterator[FileResult]:
        """What is found by comparing: one result for each file that has some, as more of what it has already."""
        corpus = self._corpus
        if not len(corpus):
            return
        found: dict[str, list[Finding]] = {}
        hidden: dict[str, int] = {}
        crashes: list[Finding] = []
        for rule, active in self._rules():
            assert rule.corpus is not None
            try:
                for hit in rule.corpus(corpus, **active.options.get(rule.name, {})):
                    path, part = corpus.identity(hit.number)
                    facts = corpus[hit.number]
                    own = self._linter_for(path).active_for(path)
                    if rule.code in facts.silent or self._is_meant(rule, facts, path, part):
                        hidden[path] = hidden.get(path, 0) + 1
                    elif own.has(rule):
                        finding = self._finding(rule, own, hit, facts, path, part)
                        found.setdefault(path, []).append(finding)
            except Exception as error:
                crashes.append(_crash(rule, error, corpus.identity(0).path))
        for path in dict.fromkeys((*found, *hidden)):
            findings = sorted(found.get(path, ()), key=lambda each: (each.start, each.code))
            suppressed = hidden.get(path, 0)
            yield FileResult(outermost(path), tuple(findings), 0, suppressed, False, more=True)
        if crashes:
            yield FileResult(crashes[0].path, tuple(crashes), 0, 0, True, more=True)

    def _is_meant(self, rule: Rule, facts: Facts, path: str, part: str) -> bool:
        """Whether the file of suppressions takes what a rule says of an article; it may quote the title."""
        linter = self._linter_for(path)
        day = ""
        for entry in linter.suppressions.of(path):
            if entry.takes(rule.code, rule.name, part) and entry.text in facts.title:
                day = day or today(linter.config)
                if not entry.is_past(day):
                    return True
        return False

    def _rules(self) -> list[tuple[Rule, Active]]:
        """The rules that are on for an article of the corpus, with the settings of the first for which each is."""
        found: dict[str, tuple[Rule, Active]] = {}
        seen: set[int] = set()
        corpus = self._corpus
        for number in range(len(corpus)):
            path = corpus.identity(number).path
            if not corpus.is_asked(number):
                continue
            linter = self._linter_for(path)
            active = linter.active_for(path)
            if id(active) in seen:
                continue
            seen.add(id(active))
            for rule in active.corpus:
                found.setdefault(rule.code, (rule, active))
        return [found[code] for code in sorted(found)]

    def _finding(
        self, rule: Rule, active: Active, hit: CorpusHit, facts: Facts, path: str, part: str
    ) -> Finding:
        start, end, first, last = facts.place
        excerpt = Excerpt(" ".join(facts.title.split()), first.column)
        if hit.paragraph is not None:
            start, end, first, last, excerpt = _in_file(path, hit.paragraph)
        elif hit.span is not None and end - start == len(facts.title):
            low, high = hit.span
            first, last = (_moved(first, facts.title[:at]) for at in (low, high))
            start, end = start + low, start + high
        return Finding(
            code=rule.code,
            name=rule.name,
            severity=active.severity.get(rule.name, rule.severity),
            message=" ".join(hit.message.split()),
            path=path,
            part=part,
            start=start,
            end=end,
            start_position=first,
            end_position=last,
            excerpt=excerpt,
            related=tuple(self._location(number) for number in hit.related),
        )

    def _location(self, number: int) -> Location:
        path, part = self._corpus.identity(number)
        place = self._corpus[number].place
        return Location(path, part, place.start, place.end, place.first.line, place.first.column)


def _plain(result: FileResult) -> Row:
    findings = tuple(plain(each, result.path) for each in result.findings)
    return result.path, result.suppressed, findings


def _result(row: Row) -> FileResult:
    path, suppressed, rows = cast("tuple[str, int, tuple[Row, ...]]", row)
    findings = tuple(finding_of(path, each) for each in rows)
    return FileResult(path, findings, 0, suppressed, False, more=True)


def _moved(position: Position, text: str) -> Position:
    """The position behind `text`, which begins at one and stays on its line."""
    line, column, utf8, utf16 = position
    utf16_units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    return Position(
        line,
        column + len(text),
        utf8 + len(text.encode("utf-8", "surrogatepass")),
        utf16 + utf16_units,
    )


def _in_file(path: str, paragraph: Paragraph) -> tuple[int, int, Position, Position, Excerpt]:
    """The place of a paragraph, and the line it stands on: read again from its file if that is a plain one."""
    from newslint.source import NotText, Source

    _, start, end, line, column = paragraph
    try:
        if os.stat(path).st_size <= LARGEST_REREAD:
            with open(path, "rb") as handle:
                source = Source.from_bytes(handle.read(), path)
            first = source.position(start)
            if (first.line, first.column) == (line, column):
                return start, end, first, source.position(end), source.excerpt(start, end)
    except (OSError, NotText):  # an archive, say, or a file that is gone
        pass
    first = Position(line, column, column, column)
    return start, end, first, first, Excerpt("", 1)


def _crash(rule: Rule, error: Exception, path: str) -> Finding:
    reason = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    place = Position(1, 1, 1, 1)
    return Finding(
        code=itself.rule_crash.code,
        name=itself.rule_crash.name,
        severity=itself.rule_crash.severity,
        message=f"rule {rule.code} {rule.name} stopped with {reason}",
        path=path,
        part="",
        start=0,
        end=0,
        start_position=place,
        end_position=place,
        excerpt=Excerpt("", 1),
    )
