"""The run: files to articles, articles through the selected rules, hits to findings.

Everything a rule or a reader raises is caught here and becomes a finding that names it.
"""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from functools import partial

from newslint import archives
from newslint.article import Article
from newslint.cache import digest
from newslint.checks import itself
from newslint.compressed import inner_name, opened
from newslint.config import Config, ConfigError, Override, today
from newslint.finding import (
    Excerpt,
    FileFix,
    FileResult,
    Finding,
    Hit,
    Location,
    Position,
    Shown,
    Unshown,
    on_one_line,
)
from newslint.globs import matches
from newslint.hits import Active, Turn, hits_of, pattern_hits, short, without_last_resorts
from newslint.once import once
from newslint.packs import builtin_packs
from newslint.plugins import Plugins
from newslint.plugins import load as load_plugins
from newslint.readers import (
    SNIFFED,
    Fault,
    NotArticle,
    Omitted,
    Reader,
    Settings,
    builtin_readers,
    by_suffix,
    choose,
    claiming,
)
from newslint.rules import Rule
from newslint.ruleset import (
    all_rules,
    checked_options,
    checked_severities,
    other_packs,
    selected,
)
from newslint.source import NotText, Source, read_whole
from newslint.suggest import near
from newslint.suppress import Entries, Entry, Suppressing, Verdict, judge
from newslint.typed import TYPE_CHECKING, NamedTuple, unchecked

if TYPE_CHECKING:
    from typing import BinaryIO, TypeAlias

    from newslint.hits import Crash, Placed, Row, RuleHit, Scan
    from newslint.rules import Check, Where

    _Item: TypeAlias = Article | Fault | Omitted
    # What a reader has found, and what the rules say of the articles among that, in order.
    _Judged: TypeAlias = "tuple[_Taken, Iterator[Row]]"

SMALL = 64_000  # bytes of a file that goes through the rules with others
MOST_ENDINGS = 1_000  # of names of files that are remembered
TOGETHER = 64_000  # characters, or bytes of files, that do: a rule stays in the caches meanwhile
NO_ARTICLE = 800  # of those that anything else counts for, as there may be any number of it, too
FAR = 1 << 60  # characters: more than there are
LONGEST_ARTICLE = 20_000_000  # characters: no book is as long; rules need fifty times the memory
FINDINGS_HELD = 5_000  # of one file, before they are handed on
FACTS_HELD = 5_000  # the same for facts: some 2 MB
NO_PLACE = Shown(Position(1, 1, 1, 1), Position(1, 1, 1, 1), Excerpt("", 1))


class Checked(NamedTuple):
    """What came of one thing in a file.

    `item`: None for what concerns the file itself, such as a reader that stopped. `suppressed`: how many findings.
    """

    item: Article | Fault | Omitted | None
    findings: tuple[Finding, ...]
    suppressed: int = 0
    failed: bool = False


class _Way(NamedTuple):
    """How a file of some path is checked.

    `entries`: of the file of suppressions. `reader`: where the name alone decides. `is_bare`: neither an archive nor compressed.
    """

    path: str
    active: Active
    entries: tuple[Entry, ...]
    reader: Reader | None
    is_bare: bool


class _Content(NamedTuple):
    """What a file holds. `source`, `digest`: of one that is read at once."""

    items: Iterator[_Item]
    source: Source | None = None
    digest: bytes = b""


class _Taken(NamedTuple):
    """What a reader has found so far. `error`: what stopped it; `is_all`: nothing is left."""

    items: list[_Item]
    articles: list[Article]
    error: Exception | None = None
    is_all: bool = True


class _Small(NamedTuple):
    """A file that has been read to be checked with others. `size`: in bytes."""

    way: _Way
    size: int
    content: _Content
    taken: _Taken


class Linter:
    """Rules, readers and settings of a run, made once and used for every file.

    `rules`: these and no others, for whoever tests one.

    Raises ConfigError for settings, packs and plugins that cannot be used.
    """

    def __init__(self, config: Config | None = None, rules: Sequence[Rule] = ()) -> None:
        self.config = config if config is not None else Config()
        self.plugins: Plugins = load_plugins(self.config)
        self.rules = tuple(rules) or all_rules(self.config, self.plugins)
        self.readers: tuple[Reader, ...] = (*self.plugins.readers, *builtin_readers())
        self._claims = by_suffix(self.readers)
        self.known = [(rule.code, rule.name) for rule in self.rules]
        self.suppressions = self._suppressions()
        self._active: dict[tuple[int, ...], Active] = {}
        self._scan: Scan = pattern_hits
        self.is_alone = False
        self._last_way: _Way | None = None
        # The reader of files whose names end so, if that alone decides, and whether they are neither archives nor compressed.
        self._by_ending: dict[str, tuple[Reader | None, bool]] = {}
        self.active = self._activate(())
        for index in range(len(self.config.overrides)):
            self._activate(
                (index,)
            )  # so that a bad override is an error even if no file matches it

    def read_alone(self) -> None:
        """The run has one file: if that holds one article, there is none to compare it with."""
        self.is_alone = True

    def _suppressions(self) -> Entries:
        if not os.path.lexists(self.config.suppressions):  # none, or none yet
            return Entries()
        from newslint.sidecar import load

        return load(self.config.suppressions, self.known)

    def finding_in(
        self, source: Source, span: tuple[int, int], rule: Rule, message: str
    ) -> Finding:
        """A finding about a text as such, which need hold no article."""
        return _placed(rule, self.active, source, "", span, message)

    @property
    def packs(self) -> list[str]:
        """Paths of all packs whose rules it has."""
        return [*builtin_packs(), *other_packs(self.config, self.plugins)]

    def documented(self) -> tuple[Rule, ...]:
        """The rules with their reasons and cases, which a run does not need, and without their patterns."""
        return all_rules(self.config, self.plugins, whole=True, patterns=False)

    @once
    def recipe(self) -> bytes:
        """What a worker process needs to make the same linter."""
        import pickle

        return pickle.dumps(self.config)

    @classmethod
    def from_recipe(cls, recipe: bytes) -> Linter:
        """The linter of a `recipe` that this run has made."""
        import pickle

        config: Config = pickle.loads(recipe)
        return cls(config)

    # ------------------------------------------------------------------ settings

    def active_for(self, path: str) -> Active:
        """The rules for one file."""
        overrides = self.config.overrides
        if not overrides:
            return self.active
        relative = archives.relative(path, self.config.root)
        return self._activate(
            tuple(i for i, each in enumerate(overrides) if matches(relative, each.files))
        )

    def _activate(self, overrides: tuple[int, ...]) -> Active:
        if overrides not in self._active:
            config = self.config
            for index in overrides:
                config = _overridden(config, config.overrides[index])
            rules = selected(self.rules, config)
            options = checked_options(self.rules, config.options)
            gates: dict[tuple[str, ...], dict[Where | None, list[Turn]]] = {}
            for rule in rules:
                if rule.check is not None:
                    turn = Turn(rule, rule.check, options.get(rule.name, {}))
                    questions = gates.setdefault(rule.anchors, {})
                    questions.setdefault(rule.where, []).append(turn)
            self._active[overrides] = Active(
                rules=rules,
                codes=frozenset(rule.code for rule in rules),
                patterned=tuple(rule for rule in rules if rule.patterns),
                corpus=tuple(rule for rule in rules if rule.corpus is not None),
                reads_bodies=any(rule.reads_bodies for rule in rules),
                options=options,
                severity=checked_severities(self.rules, config.severity),
                language=config.language,
                format=self._known_format(config, overrides),
                settings=Settings(config.fields, config.max_megabytes),
                gates=tuple(
                    (anchors, tuple((where, tuple(turns)) for where, turns in each.items()))
                    for anchors, each in gates.items()
                ),
                scanners={},
            )
        return self._active[overrides]

    def wrap_checks(
        self, check: Callable[[str, Check], Check], scan: Callable[[Scan], Scan]
    ) -> None:
        """Put others in the place of all checks, and of the pass for patterns: to measure them, say.

        `check` is given the name of a rule, and what it does.
        """
        for key, active in self._active.items():
            wrapped = tuple(
                (
                    anchors,
                    tuple(
                        (
                            where,
                            tuple(
                                turn._replace(check=check(turn.rule.name, turn.check))
                                for turn in turns
                            ),
                        )
                        for where, turns in questions
                    ),
                )
                for anchors, questions in active.gates
            )
            self._active[key] = active._replace(gates=wrapped)
        self.active = self._active[()]
        self._last_way = None
        self._scan = scan(self._scan)

    def _known_format(self, config: Config, overrides: tuple[int, ...]) -> str:
        names = [reader.name for reader in self.readers]
        if config.format and config.format not in names:
            keys = ["format", *(f"overrides.{index}.format" for index in overrides)]
            place = next((config.places[key] for key in reversed(keys) if key in config.places), "")
            hint = near(config.format, names) or f"; it is one of {', '.join(sorted(names))}"
            raise ConfigError(f"{f'{place}: ' * bool(place)}unknown format “{config.format}”{hint}")
        return config.format

    def _way(self, path: str) -> _Way:
        """How a file is checked. What is asked for again and again is the same file, or text without one."""
        way = self._last_way
        if way is None or way.path != path:
            active = self.active_for(path)
            name = path[max(path.rfind("/"), path.rfind("\\")) + 1 :]
            ending = name[name.find(".") :] if "." in name else ""
            known = self._by_ending.get(ending)
            if known is None:
                inner = inner_name(name)
                fitting = claiming(self._claims, inner)
                is_bare = inner == name and not archives.is_archive(name)
                known = fitting[0] if len(fitting) == 1 else None, is_bare
                if len(self._by_ending) < MOST_ENDINGS:
                    self._by_ending[ending] = known
            reader = None if active.format else known[0]
            values = (path, active, self.suppressions.of(path), reader, known[1])
            way = self._last_way = unchecked(_Way, values)
        return way

    def reader_for(self, path: str, head: Callable[[], bytes]) -> Reader:
        """The reader of a file: of the format that the settings name, else by its name, else by its content.

        `head` gives its first bytes, where they are needed.
        """
        wanted = self.active_for(path).format
        if wanted:
            return next(reader for reader in self.readers if reader.name == wanted)
        return choose(self.readers, claiming(self._claims, path), head)

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The suffixes of every format that can be read, and of archives."""
        formats = {suffix for reader in self.readers for suffix in reader.suffixes}
        return tuple(sorted(formats.union(archives.SUFFIXES)))

    # ------------------------------------------------------------------ files

    def check_path(self, path: str) -> FileResult:
        """Check one file on disk. Never raises for what is in the file."""
        return joined(self.check_parts(path))

    def check_files(self, paths: Iterable[str]) -> Iterator[FileResult]:
        """Check files on disk as `check_parts` does, one behind the other; small ones go through the rules together."""
        held: list[_Small] = []
        size = 0
        for path in paths:
            small = self._small(path)
            if small is not None:
                held.append(small)
                size += small.size
            if small is None or size >= TOGETHER:
                yield from self._checked_together(held)
                held, size = [], 0
            if small is None:
                yield from self.check_parts(path)
        yield from self._checked_together(held)

    def _small(self, path: str) -> _Small | None:
        """What a small file holds; None for one that is to be read as it is checked, and one that cannot be read."""
        try:
            found = os.stat(path)
            if not stat.S_ISREG(found.st_mode) or found.st_size > SMALL:
                return None
            way = self._way(path)
            if not way.is_bare:
                return None
            content = self._content(io.BytesIO(_all_of(path, found.st_size)), path)
            taken = self._taken(content.items, way.active.language)
        except (OSError, NotText, MemoryError):
            return None
        return _Small(way, found.st_size, content, taken)

    def _checked_together(self, files: Sequence[_Small]) -> Iterator[FileResult]:
        articles: dict[int, tuple[Active, list[Article]]] = {}
        for file in files:
            active = file.way.active
            articles.setdefault(id(active), (active, []))[1].extend(file.taken.articles)
        rows = {
            key: iter(hits_of(those, active, self._scan))
            for key, (active, those) in articles.items()
        }
        for way, _, content, taken in files:
            outcome = _Outcome(self, way, content.source, is_alone=self.is_alone)
            yield outcome.finished(((taken, rows[id(way.active)]),), content.digest)

    def check_parts(self, path: str) -> Iterator[FileResult]:
        """Check one file on disk as `check_path` does, in results of a few thousand findings each."""
        try:
            with open(path, "rb") as handle:
                if handle.seekable():
                    yield from self._parts_of(handle, path)
                else:  # a pipe
                    yield from self.check_stream(handle, path)
        except OSError as error:
            yield failure(path, f"cannot be read: {error.strerror or error}")
        except MemoryError:
            yield failure(path, "cannot be checked: there is not enough memory for it; split it")

    def check_bytes(self, data: bytes, path: str) -> FileResult:
        """Check the content of a file; `path` chooses the format and the settings."""
        try:
            return joined(self._parts_of(io.BytesIO(data), path))
        except OSError as error:
            return failure(path, f"cannot be read: {error.strerror or error}")

    def check_stream(self, handle: BinaryIO, path: str) -> Iterator[FileResult]:
        """Check an open binary file that need not be able to seek, such as standard input, as `check_parts` does.

        Formats that come record by record are read as they come, if the name of the file says so; of others
        all is read first, as far as the settings let it.
        """
        try:
            needed: list[bool] = []
            reader = self.reader_for(inner_name(path), lambda: _noted(needed))
            if needed or reader.stream is None:
                handle = io.BytesIO(read_whole(handle, self.config.max_megabytes))
            # What comes next may be long in coming: nothing waits for it.
            yield from self._parts_of(handle, path, together=1)
        except OSError as error:
            yield failure(path, f"cannot be read: {error.strerror or error}")
        except MemoryError:
            yield failure(path, "cannot be checked: there is not enough memory for it; split it")

    def _parts_of(
        self, handle: BinaryIO, path: str, together: int = TOGETHER
    ) -> Iterator[FileResult]:
        """The results for an open file. Raises OSError where it cannot be read.

        `together`: characters of copy that go through the rules side by side, if one article does not hold as many.
        """
        if archives.is_archive(path) and not self._is_claimed(path):
            yield from self._members(handle, path)
            return
        try:
            content = self._content(handle, path)
        except NotText as error:
            yield failure(path, str(error))
            return
        outcome = _Outcome(self, self._way(path), content.source, is_alone=self.is_alone)
        judged = self._judged(outcome, content.items, together=together)
        if content.source is None:
            yield from outcome.parts(judged)
        else:
            yield outcome.finished(judged, content.digest)

    def _content(self, handle: BinaryIO, path: str) -> _Content:
        """What an open file holds. Raises OSError and NotText."""
        reader, inside = self._opened(handle, path)
        settings = self.active_for(path).settings
        if reader.stream is not None:
            return _Content(reader.stream(inside, path, settings))
        assert reader.read is not None
        data = read_whole(inside, settings.megabytes)
        source = Source.from_bytes(data, path)
        known = digest(data) if inside is handle else b""
        return _Content(reader.read(source, settings), source, known)

    def _members(self, handle: BinaryIO, path: str) -> Iterator[FileResult]:
        """The results for an archive: for those members that would be checked in a folder.

        Archives inside are left closed.
        """
        omitted: dict[str, int] = {}
        suffixes = self.suffixes
        own = archives.relative(path, self.config.root)
        # The archive itself is meant, and so is what lies in an excluded folder with it.
        excluding = [each for each in self.config.excluding if not matches(own, (each,))]

        def wants(name: str) -> bool:
            relative = f"{own}/{name}"
            if not self.config.includes(relative, suffixes):
                return False
            reason = ""
            if any(_is_hidden(part) for part in name.split("/")):
                reason = "hidden files in archives"
            elif matches(relative, excluding):
                reason = "excluded files in archives"
            elif archives.is_archive(name):
                reason = "archives in archives"
            if reason:
                omitted[reason] = omitted.get(reason, 0) + 1
            return not reason

        held: list[FileResult] = []
        found = 0
        try:
            for member in archives.members(handle, path, wants, self.config.max_megabytes):
                name = f"{path}{archives.MARK}{member.name}"
                if member.data is None:
                    held.append(failure(name, member.fault))
                    continue
                result = self.check_bytes(member.data, name)
                if result.skipped:
                    reason = "files in archives that hold no article"
                    omitted[reason] = omitted.get(reason, 0) + 1
                held.append(result)
                found += len(result.findings)
                if found >= FINDINGS_HELD:
                    yield _together(path, held, ())._replace(more=True)
                    held, found = [], 0
        except OSError as error:
            held.append(failure(path, f"cannot be read: {error.strerror or error}"))
        yield _together(path, held, omitted.items())

    def check_items(self, path: str) -> Iterator[Checked]:
        """Check one file on disk and give what comes of each thing in it, as `check_each` does.

        Raises OSError, NotText, and NotArticle where it holds no article. Archives are left closed.
        """
        with open(path, "rb") as handle:
            if archives.is_archive(path) and not self._is_claimed(path):
                raise OSError("an archive is not read as a corpus; unpack it into a folder")
            content = self._content(handle, path)
            yield from self.check_each(content.items, path, content.source)

    def check_source(
        self, source: Source, language: str = "", *, is_alone: bool = True
    ) -> FileResult:
        """Check a decoded file, which findings hold until they are asked for lines. `language`: of its articles, before what settings say; "" for none.

        `is_alone`: if it holds one article, there is none to compare that with.
        """
        way = self._way(source.path)
        reader, items = self._read(source, way)
        if items is None:
            message = f"“{reader.name}” is no text format; check the file itself"
            return failure(source.path, message)
        outcome = _Outcome(self, way, source, is_alone=is_alone or self.is_alone, is_held=True)
        return outcome.finished(self._judged(outcome, items, language))

    def read(self, source: Source) -> tuple[Reader, Iterator[Article | Fault | Omitted] | None]:
        """The reader of a decoded file, and its articles; None where the format is no text."""
        return self._read(source, self._way(source.path))

    def _read(
        self, source: Source, way: _Way
    ) -> tuple[Reader, Iterator[Article | Fault | Omitted] | None]:
        reader = way.reader
        if reader is None:
            reader = self.reader_for(inner_name(source.path), lambda: _beginning(source))
        if reader.read is None:
            return reader, None
        return reader, reader.read(source, way.active.settings)

    def _is_claimed(self, path: str) -> bool:
        """Whether a reader wants a file by its whole name: an archive or compressed file is then its format."""
        return bool(claiming(self._claims, path))

    def _opened(self, handle: BinaryIO, path: str) -> tuple[Reader, BinaryIO]:
        """The reader for an open file, and what it is to read: the file, or what is compressed in it."""
        way = self._way(path)
        if way.reader is not None and way.is_bare:
            return way.reader, handle

        def beginning(file: BinaryIO) -> bytes:
            head = file.read(SNIFFED)
            handle.seek(0)
            return head

        name = path if self._is_claimed(path) else inner_name(path)
        if name == path:
            return self.reader_for(path, lambda: beginning(handle)), handle
        reader = self.reader_for(name, lambda: beginning(opened(handle, path)))
        return reader, opened(handle, path)

    def parse(self, path: str) -> list[Article]:
        """The articles of a file. Raises OSError, NotText, NotArticle, and ValueError for a part that cannot be read."""
        with open(path, "rb") as handle:
            return self.parse_stream(handle, path)

    def parse_stream(self, handle: BinaryIO, path: str) -> list[Article]:
        """The articles of an open binary file, as `parse` gives them."""
        articles = []
        active = self.active_for(path)
        if not handle.seekable():  # a pipe
            handle = io.BytesIO(read_whole(handle, active.settings.megabytes))
        reader, inside = self._opened(handle, path)
        if reader.read is not None:
            source = Source.from_bytes(read_whole(inside, active.settings.megabytes), path)
            items = reader.read(source, active.settings)
        else:
            assert reader.stream is not None
            items = reader.stream(inside, path, active.settings)
        for item in items:
            if isinstance(item, Omitted):
                continue
            if isinstance(item, Fault):
                line = item.source.position(item.start).line
                raise ValueError(f"line {line}: {item.message}")
            item.declare(active.language)
            articles.append(item)
        return articles

    def check_each(
        self, items: Iterator[Article | Fault | Omitted], path: str, source: Source | None = None
    ) -> Iterator[Checked]:
        """What comes of each thing that a reader finds in a file. Raises NotArticle where it holds no article at all.

        `source`: of the whole file, where it is read at once.
        """
        outcome = _Outcome(self, self._way(path), source, compares=False)
        for item in outcome.steps(self._judged(outcome, items)):
            yield Checked(item, ()) if isinstance(item, Omitted) else outcome.checked(item)
        if outcome.findings:
            yield outcome.checked(None)

    def _judged(
        self,
        outcome: _Outcome,
        items: Iterator[_Item],
        language: str = "",
        together: int = TOGETHER,
    ) -> Iterator[_Judged]:
        """Everything that a reader finds, piece by piece, with what the rules say of it.

        `language`: of the articles, before what settings say. `together`: characters of copy that go through the rules
        side by side.
        """
        active = outcome.way.active
        own = language or active.language
        is_done = False
        while not is_done:
            taken = self._taken(items, own, together)
            is_done = taken.is_all
            yield taken, iter(hits_of(taken.articles, active, self._scan))

    def _taken(self, items: Iterator[_Item], language: str, size: int = FAR) -> _Taken:
        """The next things that a reader finds, up to so many characters of copy, in articles of a language."""
        taken: list[_Item] = []
        articles = []
        left = size
        try:
            for item in items:
                if isinstance(item, Article):
                    length = len(item.text)
                    if length > LONGEST_ARTICLE:
                        item, length = _too_long(item), NO_ARTICLE
                    else:
                        item.declare(language)
                        articles.append(item)
                    left -= length
                else:
                    left -= NO_ARTICLE
                taken.append(item)
                if left <= 0:
                    return _Taken(taken, articles, is_all=False)
        except Exception as error:
            return _Taken(taken, articles, error)
        return unchecked(_Taken, (taken, articles, None, True))

    def facts(self, article: Article, path: str) -> bytes:
        """What an article is compared with others by, packed: title and copy."""
        return self.packed_facts(article, self.active_for(path)._replace(reads_bodies=True))

    def packed_facts(self, article: Article, active: Active) -> bytes:
        """What the article is compared with others by."""
        import newslint.corpus.facts as corpus_facts

        facts = corpus_facts.facts_of(article, with_body=active.reads_bodies)
        if article.is_documentation:
            silent = (rule.code for rule in self.rules if rule.corpus and not rule.in_documentation)
            facts = facts._replace(silent=tuple(silent))
        if article.directives:
            verdicts = judge(article.directives, self.known, today(self.config))
            start, end = article.map.to_file(*_beginning_of(article))
            suppressing = Suppressing(verdicts)
            silent = (
                rule.code
                for rule in self.rules
                if rule.corpus is not None and suppressing.takes(rule.code, rule.name, start, end)
            )
            facts = facts._replace(silent=(*facts.silent, *silent))
        return facts.pack()


def _all_of(path: str, size: int) -> bytes:
    """What a file of about so many bytes holds. Raises OSError.

    To open a file for reading piece by piece costs more than to read a small one.
    """
    file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        data = os.read(file, size + 1)
        while len(data) != size and (more := os.read(file, SMALL)):  # it has changed
            data += more
        return data
    finally:
        os.close(file)


class _Outcome:
    """What has come of a file so far, thing by thing.

    `source`: of the whole file, where it is read at once. `compares`: whether facts are to be made; `is_alone`: if it
    holds one article, there is none to compare that with. `is_held`: whoever asks has the whole text
    in memory, so that findings may hold its articles until they are asked for more than their places.
    """

    _part = ""  # of what was read last
    _seen = 0  # articles, of which …
    _articles = 0  # … so many since the last result
    _suppressed = 0
    _failed = False
    _muted: _Muted | None = None
    _first: Article | None = None  # of a file that may have no other

    def __init__(
        self,
        linter: Linter,
        way: _Way,
        source: Source | None,
        *,
        is_alone: bool = False,
        compares: bool = True,
        is_held: bool = False,
    ) -> None:
        self.way = way
        self._is_held = is_held
        self.findings: list[Finding] = []
        self._linter = linter
        self._heard = source
        self._is_whole = source is not None
        self._omitted: dict[str, int] = {}
        self._compares = compares and bool(way.active.corpus)
        self._is_alone = is_alone
        self._facts: list[tuple[str, str, bytes]] = []
        if source is not None and source.faults:
            self._note_encoding(source)

    def steps(self, judged: Iterable[_Judged]) -> Iterator[_Item]:
        """Each thing that a reader has found, when it has been taken in, with what the rules say of it.

        Raises NotArticle where that stopped the reader before the first article.
        """
        for taken, rows in judged:
            for item in taken.items:
                self._take(item, rows)
                yield item
            if taken.error is not None:
                self._stop(taken.error)

    def finished(self, judged: Iterable[_Judged], digest: bytes = b"") -> FileResult:
        """The result when all of it is taken in. `digest`: of the file."""
        try:
            for taken, rows in judged:
                for item in taken.items:
                    self._take(item, rows)
                if taken.error is not None:
                    self._stop(taken.error)
        except NotArticle as why:
            return self._skipped(why)
        return self._result(digest=digest)

    def parts(self, judged: Iterable[_Judged]) -> Iterator[FileResult]:
        """The same in results of a few thousand findings each."""
        try:
            for _ in self.steps(judged):
                if len(self.findings) >= FINDINGS_HELD or len(self._facts) >= FACTS_HELD:
                    yield self._result(more=True)
        except NotArticle as why:
            yield self._skipped(why)
            return
        yield self._result()

    def _take(self, item: _Item, rows: Iterator[Row]) -> None:
        """Take in one thing. `rows`: what the rules say of the next articles."""
        if isinstance(item, Article):
            self._part = item.part
            if item.source is not self._heard:
                self._hear(item.source)
            _, found, crashes = next(rows)
            self._note(item, found, crashes)
        elif isinstance(item, Omitted):
            self._omitted[item.reason] = self._omitted.get(item.reason, 0) + 1
        else:
            self._part = item.part
            if item.source is not self._heard:
                self._hear(item.source)
            self.findings.append(_fault_finding(item))
            self._failed = True

    def _stop(self, error: Exception) -> None:
        if isinstance(error, OSError) and self._heard is not None and not self._is_whole:
            # What has been read stands in front of it.
            end = len(self._heard.text)
            message = f"cannot be read on from here: {error.strerror or error}"
            self.findings.append(_fault_finding(Fault(self._heard, end, end, message, self._part)))
            self._failed = True
            return
        if isinstance(error, NotArticle):
            if not self._seen:
                raise error
            message = f"cannot be read on: {error}"
        elif isinstance(error, OSError):
            message = f"cannot be read: {error.strerror or error}"
        else:  # a reader's own fault; the file must not be lost silently
            reason = f"{type(error).__name__}: {error}"
            message = f"the reader stopped with {short(reason, 200)}"
        self.findings += failure(self.way.path, message).findings
        self._failed = True

    def _hear(self, source: Source) -> None:
        self._heard = source
        self._note_encoding(source)

    def _note_encoding(self, source: Source) -> None:
        active = self.way.active
        if active.has(itself.not_utf8):
            for fault in source.faults:
                span = (fault.start, fault.end)
                self.findings.append(
                    _placed(itself.not_utf8, active, source, "", span, fault.message)
                )

    def _note(self, article: Article, found: Sequence[RuleHit], crashes: Sequence[Crash]) -> None:
        self._seen += 1
        self._articles += 1
        if found or article.directives:
            self._judge(article, found)
        for rule, error in crashes:
            self._crashed(article, rule, error)
        if not self._compares:
            return
        if self._is_alone and self._seen == 1:
            self._first = article
            return
        for each in (article,) if self._first is None else (self._first, article):
            self._compare(each)
        self._first = None

    def _judge(self, article: Article, found: Sequence[RuleHit]) -> None:
        """Hits to findings, less those that are suppressed."""
        active = self.way.active
        placed = [(rule, hit, *article.map.to_file(hit.start, hit.end)) for rule, hit in found]
        if len(placed) > 1:
            placed.sort(key=_in_order)
            if any(rule.last_resort for rule, _ in found):
                placed = without_last_resorts(placed)
        if not article.directives and not self.way.entries:
            self.findings += [_finding(active, article, self._is_held, *each) for each in placed]
            return
        linter = self._linter
        if self._muted is None:
            self._muted = _Muted(self.way.entries)
        muted = self._muted
        muted.hear(article, linter.config)
        verdicts = judge(article.directives, linter.known, muted.today)
        suppressing = Suppressing(verdicts)
        findings = []
        for rule, hit, start, end in placed:
            taken = suppressing.takes(rule.code, rule.name, start, end)
            if not taken and not muted.takes(article, rule, hit):
                findings.append(_finding(active, article, self._is_held, rule, hit, start, end))
        self._suppressed += len(placed) - len(findings)
        self.findings += findings
        self.findings += _about_directives(
            active, article, verdicts, suppressing.used, linter.known
        )

    def _compare(self, article: Article) -> None:
        active = self.way.active
        try:
            packed = self._linter.packed_facts(article, active)
            self._facts.append((article.source.path, article.part, packed))
        except Exception as error:
            self._crashed(article, active.corpus[0], error)

    def _crashed(self, article: Article, rule: Rule, error: Exception) -> None:
        self.findings.append(_crash(self.way.active, article, rule, error))
        self._failed = True

    def checked(self, item: _Item | None) -> Checked:
        """What came of one thing, and of nothing before it."""
        checked = Checked(item, tuple(self.findings), self._suppressed, self._failed)
        self.findings, self._suppressed, self._failed = [], 0, False
        return checked

    def _skipped(self, why: NotArticle) -> FileResult:
        return FileResult(self.way.path, (), 0, 0, False, skipped=short(str(why), 200))

    def _result(self, *, digest: bytes = b"", more: bool = False) -> FileResult:
        findings = self.findings
        if len(findings) > 1:
            findings.sort(key=_order)
        facts = tuple(self._facts) if more or self._first is None else None
        values = (
            self.way.path,
            tuple(findings),
            self._articles,
            self._suppressed,
            self._failed,
            digest,
            "",
            tuple(self._omitted.items()) if self._omitted and not more else (),
            more,
            facts,
            (),
            "",
            0,
            0,
        )
        result = unchecked(FileResult, values)
        if more:
            self.findings, self._facts = [], []
            self._articles = self._suppressed = 0
            self._failed = False
        return result if self._muted is None else self._muted.noted(result)


class _Muted:
    """What the file of suppressions says of one file, and what came of that and of days that are named.

    `entries`: those for the file. `today` is asked for by the first article that may need it.
    """

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self.entries = entries
        self.today = ""
        self._standing: tuple[Entry, ...] = ()
        self._used: dict[str, None] = {}
        self._days: set[str] = set()

    def hear(self, article: Article, config: Config) -> None:
        if not self.today:
            self.today = today(config)
            self._standing = tuple(each for each in self.entries if not each.is_past(self.today))
            self._days.update(each.until for each in self.entries if each.until)
        self._days.update(each.until for each in article.directives if each.until)

    def takes(self, article: Article, rule: Rule, hit: Hit) -> bool:
        """Whether an entry takes a hit away; every one that does counts as used."""
        found = [
            entry
            for entry in self._standing
            if entry.takes(rule.code, rule.name, article.part)
            and (not entry.text or entry.text in article.words_around(hit.start, hit.end))
        ]
        self._used.update((entry.key, None) for entry in found)
        return bool(found)

    def noted(self, result: FileResult) -> FileResult:
        """`result` with the entries that were used and the first day that ends one that holds."""
        if not self._used and not self._days:
            return result
        ahead = min((day for day in self._days if day >= self.today), default="")
        return result._replace(entries=tuple(self._used), expires=ahead)


def _finding(
    active: Active, article: Article, is_held: bool, rule: Rule, hit: Hit, start: int, end: int
) -> Finding:
    details: Shown | Unshown
    if is_held:
        details = Unshown(partial(_shown, article, rule, hit, start, end))
    else:
        details = _shown(article, rule, hit, start, end)
    span = (start, end)
    return _placed(rule, active, article.source, article.part, span, hit.message, details)


def _shown(article: Article, rule: Rule, hit: Hit, start: int, end: int) -> Shown:
    source = article.source
    related = []
    for span in hit.related:
        other_start, other_end = article.map.to_file(*span)
        values = (
            source.path,
            article.part,
            source.base + other_start,
            source.base + other_end,
            *source.line_and_column(other_start),
            *source.line_and_column(other_end),
        )
        related.append(unchecked(Location, values))
    fix = article.file_fix(hit.fix) if hit.fix is not None else None
    if (
        fix is not None
        and fix.safe
        and rule.family != "ENC"
        and _changes_what_is_said(article, fix)
    ):
        fix = fix._replace(safe=False)
    first, last, excerpt, *_ = source.shown(start, end)
    sentence = article.around(hit.start)
    return unchecked(Shown, (first, last, excerpt, fix, tuple(related), sentence))


def _changes_what_is_said(article: Article, fix: FileFix) -> bool:
    """Whether a fix touches the words of a quotation or a number: no rule can know that this is safe.

    Those of ENC are: they put back the signs that stood there.
    """
    text = article.text
    for start, end, new in fix.swaps:
        old = text[start:end]
        between_digits = text[start - 1 : start].isdigit() and text[end : end + 1].isdigit()
        if between_digits or any(map(str.isdigit, old + new)):
            return True
        keeps_words = [*filter(str.isalnum, old)] == [*filter(str.isalnum, new)]
        if not keeps_words and article.quotes.covers(start, end):
            return True
    return False


def _placed(
    rule: Rule,
    active: Active,
    source: Source,
    part: str,
    span: tuple[int, int],
    message: str,
    details: Shown | Unshown | None = None,
) -> Finding:
    start, end = span
    base = source.base
    values = (
        rule.code,
        rule.name,
        active.severity.get(rule.name, rule.severity),
        on_one_line(message),
        source.path,
        part,
        base + start,
        base + end,
        details if details is not None else source.shown(start, end),
    )
    return unchecked(Finding, values)


def _fault_finding(fault: Fault) -> Finding:
    rule = itself.unreadable_file
    source = fault.source
    return Finding(
        code=rule.code,
        name=rule.name,
        severity=rule.severity,
        message=fault.message,
        path=source.path,
        part=fault.part,
        start=source.base + fault.start,
        end=source.base + fault.end,
        details=source.shown(fault.start, fault.end),
    )


def whole(results: Iterable[FileResult]) -> Generator[FileResult]:
    """One result for each file, of `results` that may come in parts."""
    parts: list[FileResult] = []
    for result in results:
        parts.append(result)
        if not result.more:
            yield joined(parts)
            parts = []


def joined(results: Iterable[FileResult]) -> FileResult:
    """All results for one file as one."""
    first, *others = results
    if not others:
        return first
    return _together(first.path, (first, *others), ())


def refused(result: FileResult) -> FileResult:
    """The result for a file that holds no article, where it was to be checked."""
    return failure(result.path, f"not an article: {result.skipped}")


def _together(
    path: str, results: Sequence[FileResult], omitted: Iterable[tuple[str, int]]
) -> FileResult:
    """One result of those for the parts of a file. `omitted`: what was left out beside."""
    counts = dict(omitted)
    for result in results:
        for reason, count in result.omitted:
            counts[reason] = counts.get(reason, 0) + count
    return FileResult(
        path,
        tuple(finding for result in results for finding in result.findings),
        sum(result.articles for result in results),
        sum(result.suppressed for result in results),
        any(result.failed for result in results),
        omitted=tuple(counts.items()),
        facts=tuple(each for result in results for each in result.facts or ()),
        entries=tuple(dict.fromkeys(key for result in results for key in result.entries)),
        expires=min((result.expires for result in results if result.expires), default=""),
    )


def _is_hidden(name: str) -> bool:
    return name == "__MACOSX" or (name.startswith(".") and name.strip(".") != "")


def _beginning_of(article: Article) -> tuple[int, int]:
    title = article.title
    if title is not None:
        return title.start, title.end
    first = next(iter(article.blocks), None)
    return (first.start, first.start) if first is not None else (0, 0)


def _too_long(article: Article) -> Fault:
    message = f"no article is longer than {LONGEST_ARTICLE:,} characters; split it"
    start, _ = article.map.to_file(0, 0)
    return Fault(article.source, start, start, message, article.part)


def _noted(needed: list[bool]) -> bytes:
    needed.append(True)
    return b""


def _beginning(source: Source) -> bytes:
    return source.text[:SNIFFED].encode("utf-8", "replace")[:SNIFFED]


def failure(path: str, message: str) -> FileResult:
    """The result for a file that could not be checked."""
    rule = itself.unreadable_file
    finding = Finding(
        code=rule.code,
        name=rule.name,
        severity=rule.severity,
        message=message,
        path=path,
        part="",
        start=0,
        end=0,
        details=NO_PLACE,
    )
    return FileResult(path, (finding,), 0, 0, True)


def _crash(active: Active, article: Article, rule: Rule, error: Exception) -> Finding:
    reason = short(f"{type(error).__name__}: {error}", 200)
    message = f"rule {rule.code} {rule.name} stopped with {reason}"
    start, _ = article.map.to_file(0, 0)
    return _placed(itself.rule_crash, active, article.source, article.part, (start, start), message)


def _about_directives(
    active: Active,
    article: Article,
    verdicts: Iterable[Verdict],
    used: set[tuple[int, str]],
    known: Iterable[tuple[str, str]],
) -> Iterator[Finding]:
    names = [each for pair in known for each in pair]
    on = {key for rule in active.rules for key in (rule.code, rule.name, rule.family)}
    # Whether anything is there to suppress for these, only other articles tell.
    on -= {key for rule in active.corpus for key in (rule.code, rule.name, rule.family)}
    for index, (directive, selectors, unknown, has_expired) in enumerate(verdicts):
        span = (directive.start, directive.end)
        messages = [(itself.unknown_suppression, directive.fault)] if directive.fault else []
        if has_expired:
            messages.append((itself.expired_suppression, expired(directive.until)))
        if directive.codes and not directive.reason:
            messages.append((itself.suppression_without_reason, NO_REASON))
        messages += [
            (itself.unknown_suppression, f"unknown rule “{short(name)}”{near(name, names)}")
            for name in unknown
        ]
        messages += [
            (itself.unused_suppression, f"no finding of {selector} here to suppress")
            for selector in selectors
            if selector in on and (index, selector) not in used and not has_expired
        ]
        for rule, message in messages:
            if active.has(rule):
                yield _placed(rule, active, article.source, article.part, span, message)


NO_REASON = "no reason is given; put one behind “--”"


def expired(until: str) -> str:
    """The message for a suppression whose last day is past."""
    return f"held until {until}, and takes nothing away any more"


def _in_order(placed: Placed) -> tuple[int, int, str]:
    rule, _, start, end = placed
    return start, end, rule.code


def _order(finding: Finding) -> tuple[int, int, str]:
    return finding.start, finding.end, finding.code


def _overridden(config: Config, override: Override) -> Config:
    return config._replace(
        select=override.select if override.select is not None else config.select,
        extend_select=(*config.extend_select, *override.extend_select),
        ignore=(*config.ignore, *override.ignore),
        language=override.language or config.language,
        format=override.format or config.format,
        fields={**config.fields, **override.fields},
        severity={**config.severity, **override.severity},
        options={
            **config.options,
            **{
                name: {**config.options.get(name, {}), **values}
                for name, values in override.options.items()
            },
        },
    )
