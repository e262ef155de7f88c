"""Articles of a run compared with each other: their facts are gathered as results go by, and corpus rules run last."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from newslint import cache
from newslint.archives import outermost
from newslint.checks import itself
from newslint.config import today
from newslint.corpus.compare import Corpus, CorpusHit
from newslint.corpus.facts import Paragraph
from newslint.corpus.kept import Rows
from newslint.engine import FINDINGS_HELD
from newslint.finding import Excerpt, FileResult, Finding, Location, Position, Shown
from newslint.results import finding_of, plain, ruleset
from newslint.typed import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from newslint.corpus.facts import Facts
    from newslint.engine import Linter
    from newslint.hits import Active
    from newslint.results import Row
    from newslint.rules import Rule

KIND = "compared"
WORTH_KEEPING = 100  # articles; fewer are compared sooner than they are seen to be the same
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
                self._corpus.close()
                yield from made
                return
        found: list[FileResult] = []
        count = 0
        for result in self.results():
            count += len(result.findings) + 1
            if count <= FINDINGS_HELD:
                found.append(result)
            else:  # more than should be held at once
                found.clear()
            yield result
        if name and count <= FINDINGS_HELD and not any(result.failed for result in found):
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
        """What is found by comparing: results for each file that has some, as more of what it has already.

        It is asked for once; then the articles are let go.
        """
        if not len(self._corpus):
            return
        hits = _Hits()
        try:
            yield from self._results(hits)
        finally:
            hits.close()
            self._corpus.close()

    def _results(self, hits: _Hits) -> Iterator[FileResult]:
        corpus = self._corpus
        hidden: dict[str, int] = {}
        crashes: list[Finding] = []
        rules = self._rules()
        for order, (rule, active) in enumerate(rules):
            assert rule.corpus is not None
            try:
                for hit in rule.corpus(corpus, **active.options.get(rule.name, {})):
                    path, part = corpus.identity(hit.number)
                    facts = corpus[hit.number]
                    own = self._linter_for(path).active_for(path)
                    if rule.code in facts.silent or self._is_meant(rule, facts, path, part):
                        hidden[path] = hidden.get(path, 0) + 1
                    elif own.has(rule):
                        hits.add(path, _start(hit, facts), order, _checked(hit, len(corpus)))
            except Exception as error:
                crashes.append(_crash(rule, error, corpus.identity(0).path))
        for path, found in hits.sorted():
            findings: list[Finding] = []
            for order, hit in found:
                if len(findings) >= FINDINGS_HELD:
                    yield FileResult(outermost(path), tuple(findings), 0, 0, False, more=True)
                    findings = []
                findings.append(self._finding(rules[order][0], hit))
            suppressed = hidden.pop(path, 0)
            yield FileResult(outermost(path), tuple(findings), 0, suppressed, False, more=True)
        for path, suppressed in hidden.items():
            yield FileResult(outermost(path), (), 0, suppressed, False, more=True)
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
        for number, (path, _) in enumerate(corpus.identities()):
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

    def _finding(self, rule: Rule, hit: CorpusHit) -> Finding:
        path, part = self._corpus.identity(hit.number)
        facts = self._corpus[hit.number]
        active = self._linter_for(path).active_for(path)
        start, end, first, last = facts.place
        excerpt = Excerpt(" ".join(facts.title.split()), first.column)
        if hit.paragraph is not None:
            start, end, first, last, excerpt = _in_file(path, hit.paragraph)
        elif (span := _part_of_title(hit, facts)) is not None:
            low, high = span
            first, last = (_moved(first, facts.title[:at]) for at in (low, high))
            start, end = start + low, start + high
        return Finding(
            code=rule.code,
            name=rule.name,
            severity=active.severity.get(rule.name, rule.severity),
            message=hit.message,
            path=path,
            part=part,
            start=start,
            end=end,
            details=Shown(
                first,
                last,
                excerpt,
                related=tuple(self._location(number) for number in hit.related),
            ),
        )

    def _location(self, number: int) -> Location:
        path, part = self._corpus.identity(number)
        place = self._corpus[number].place
        return Location(path, part, place.start, place.end, place.first.line, place.first.column)


class _Hits:
    """What rules found, by path and place. They are kept as data and in a file, if they are many (`corpus/kept.py`)."""

    def __init__(self) -> None:
        self._rows = Rows()
        self._ranks: dict[str, int] = {}  # of paths
        # To sort them by: rank, start, order of the rule, number of the row.
        self._keys: list[int] = []

    def add(self, path: str, start: int, order: int, hit: CorpusHit) -> None:
        """Take up what the rule with that place among all found at an article."""
        rank = self._ranks.setdefault(path, len(self._ranks))
        self._keys.append(((rank << 64 | start) << 16 | order) << 32 | len(self._rows))
        place = None if hit.paragraph is None else tuple(hit.paragraph)
        self._rows.add((order, hit.number, hit.message, hit.related, place, hit.span))

    def sorted(self) -> Iterator[tuple[str, Iterator[tuple[int, CorpusHit]]]]:
        """Each path with what was found there, and by which rule."""
        self._keys.sort()
        paths = [*self._ranks]
        for rank, keys in groupby(self._keys, lambda key: key >> 112):
            yield paths[rank], map(self._hit, keys)

    def _hit(self, key: int) -> tuple[int, CorpusHit]:
        order, number, message, related, place, span = self._rows[key & 0xFFFFFFFF]
        paragraph = None if place is None else Paragraph(*cast("tuple[int, ...]", place))
        return cast("int", order), CorpusHit(
            cast("int", number),
            cast("str", message),
            cast("tuple[int, ...]", related),
            paragraph,
            cast("tuple[int, int] | None", span),
        )

    def close(self) -> None:
        self._rows.close()


def _checked(hit: CorpusHit, articles: int) -> CorpusHit:
    """A hit that a finding can be made of. Raises IndexError for one that names an article that is not there."""
    for number in hit.related:
        if not 0 <= number < articles:
            raise IndexError(f"there is no article {number}")
    return hit._replace(message=" ".join(hit.message.split()))


def _part_of_title(hit: CorpusHit, facts: Facts) -> tuple[int, int] | None:
    """Which part of the title a hit is at, if the file has it as it is shown."""
    is_plain = facts.place.end - facts.place.start == len(facts.title)
    return hit.span if is_plain else None


def _start(hit: CorpusHit, facts: Facts) -> int:
    """Where a finding begins in its file."""
    if hit.paragraph is not None:
        return hit.paragraph.start
    span = _part_of_title(hit, facts)
    return facts.place.start + (span[0] if span is not None else 0)


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
        details=Shown(place, place, Excerpt("", 1)),
    )
