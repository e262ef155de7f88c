"""The facts of a repository's articles on disk, so that a few changed files are compared with all by reading a few.

An SQLite file in the cache folder, one for each corpus and ruleset. Two runs may write at once, and one may be
killed: what is written is whole or not there. A file that cannot be used is made anew without a word.
"""

from __future__ import annotations

import os
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from operator import attrgetter
from stat import S_ISREG
from time import time, time_ns

from newslint import cache
from newslint.corpus.compare import Corpus, Larger
from newslint.corpus.facts import Facts, Sketch, sketch_in, title_in, unpack
from newslint.corpus.kept import signed
from newslint.corpus.near import (
    LEAST_HEADS,
    LEAST_SHARED,
    body_blocks,
    possible_tails,
    share_of_copy,
    tail_counts,
    title_blocks,
)
from newslint.results import FRESH, MOST_REREAD, Stamp, digest_of, settled, stamp_in
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from newslint.finding import FileResult

WAIT = 20.0  # seconds for another run that writes
FILES_AT_ONCE = 1000  # are written together
MOST_HOLDERS = 64  # articles with one key that are looked at
FEW = 400  # articles beyond which all of the corpus is compared rather than their neighbours
LEAST_TOGETHER = 2  # keys of copy that two articles share before one is read
AT_ONCE = 500  # keys asked for in one query
_PARAGRAPHS = 1 << 50

_TABLES = """
CREATE TABLE folders (path TEXT PRIMARY KEY, state BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE files (folder TEXT, name TEXT, size INTEGER, modified INTEGER, changed INTEGER, digest BLOB, PRIMARY KEY (folder, name)) WITHOUT ROWID;
CREATE TABLE articles (id INTEGER PRIMARY KEY, file TEXT NOT NULL, path TEXT NOT NULL, part TEXT NOT NULL, titled INTEGER NOT NULL, facts BLOB NOT NULL);
CREATE INDEX articles_of_file ON articles (file);
CREATE INDEX titled_articles ON articles (id) WHERE titled;
CREATE TABLE keys (key INTEGER, article INTEGER, PRIMARY KEY (key, article)) WITHOUT ROWID;
CREATE TABLE tails (tail INTEGER, head INTEGER, article INTEGER, PRIMARY KEY (tail, head, article)) WITHOUT ROWID;
"""


class Article(NamedTuple):
    """An article with its facts; `path` as reports show it."""

    path: str
    part: str
    packed: bytes


class Index:
    """The facts of all articles of a corpus.

    `recipe`: what decides how facts come about. Raises sqlite3.Error where the file can neither be used nor be made
    anew; `Index("")` is one in memory.
    """

    def __init__(self, recipe: str) -> None:
        self._path = os.path.join(cache.folder(), f"corpus-{recipe}.sqlite") if recipe else ""
        self._base = self._opened()
        self._awaited: dict[str, _Changes] = {}  # folders with files that `stale` has named

    def _opened(self) -> sqlite3.Connection:
        if not self._path:
            return _made(":memory:")
        os.makedirs(os.path.dirname(self._path), mode=0o700, exist_ok=True)
        if not os.path.exists(self._path):
            _sweep(os.path.dirname(self._path))
        try:
            return _made(self._path)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
                raise
            self._discard()
            return _made(self._path)

    @classmethod
    def anew(cls, recipe: str) -> Index:
        """An empty one in the place of one that is of no use."""
        made = cls("")
        made._path = os.path.join(cache.folder(), f"corpus-{recipe}.sqlite")
        made._discard()
        return cls(recipe)

    def _discard(self) -> None:
        for suffix in ("", "-journal", "-wal", "-shm"):
            if os.path.exists(self._path + suffix):
                os.unlink(self._path + suffix)

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    # ------------------------------------------------------------------ kept up to date

    def stale(self, folders: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
        """Which of the corpus's files have to be read; what is not among them is forgotten.

        `folders`: absolute, with a separator at the end, each with the names of its files. A folder of which each file
        has the size and times that it had when all were known is done with; otherwise each file is looked up.
        """
        states = {
            _read(path): state
            for path, state in self._base.execute("SELECT path, state FROM folders")
        }
        found: list[tuple[str, str]] = []
        changes: list[_Changes] = []
        for folder, names in folders.items():
            found_there = _found(folder, names)
            state = _state(names, found_there)
            if states.pop(folder, None) == state and state:
                continue
            stamps = {
                name: each and stamp_in(each) for name, each in zip(names, found_there, strict=True)
            }
            changed = self._changes(folder, stamps, state)
            found += [(folder, name) for name in names if name in changed.stale]
            changes.append(changed)
        self._awaited = {each.folder: each for each in changes if each.stale}
        for folder in states:
            changes.append(self._changes(folder, {}, b""))
        if any(each.gone or each.moved or each.is_known for each in changes) or states:
            with _Writing(self._base):
                for changed in changes:
                    self._write(changed)
                self._base.executemany(
                    "DELETE FROM folders WHERE path = ?", [(_kept(folder),) for folder in states]
                )
        return found

    def _changes(self, folder: str, stamps: Mapping[str, Stamp | None], state: bytes) -> _Changes:
        """How the files of a folder differ from what is known of them."""
        rows = self._base.execute(
            "SELECT name, size, modified, changed, digest FROM files WHERE folder = ?",
            (_kept(folder),),
        )
        known: dict[str, tuple[int, int, int, bytes]] = {_read(row[0]): row[1:] for row in rows}
        stale: dict[str, Stamp | None] = {}
        moved: dict[str, Stamp] = {}
        for name, stamp in stamps.items():
            row = known.pop(name, None)
            if row is None or stamp is None or row[0] != stamp.size:
                stale[name] = stamp
            elif row[1:3] != stamp[1:]:
                digest = row[3]
                if not digest or stamp.size > MOST_REREAD or digest_of(folder + name) != digest:
                    stale[name] = stamp
                else:
                    moved[name] = stamp
        return _Changes(folder, state, stale, moved, [*known], set())

    def _write(self, changed: _Changes) -> None:
        """Write what `stale` has found out of a folder, in a transaction."""
        for name in changed.gone:
            self._forget(changed.folder, name)
        folder = _kept(changed.folder)
        if changed.moved:
            self._base.executemany(
                "UPDATE files SET size = ?, modified = ?, changed = ? WHERE folder = ? AND name = ?",
                [(*settled(stamp), folder, _kept(name)) for name, stamp in changed.moved.items()],
            )
        if changed.gone or changed.moved or changed.is_known:
            self._settle(changed.folder, changed.state if changed.is_known else b"")

    def _settle(self, folder: str, state: bytes) -> None:
        """Write the state of a folder: b"" where one of its files may not be as it is known."""
        self._base.execute("INSERT OR REPLACE INTO folders VALUES (?, ?)", (_kept(folder), state))

    def put(self, results: Iterable[FileResult]) -> None:
        """Take in the facts of files that `stale` named; results that are parts of one file follow each other."""
        waiting = iter(results)
        while lot := list(islice(waiting, FILES_AT_ONCE)):
            while lot[-1].more and (result := next(waiting, None)) is not None:
                lot.append(result)
            with _Writing(self._base):
                written = ""
                keys: list[tuple[int, int]] = []
                folders: set[str] = set()
                for result in lot:
                    file = absolute(result.path)
                    folder, name = _parted(file)
                    own = self._awaited[folder]
                    # Of the file as it was before it was read: what changes behind that is seen by the next run.
                    stamp = own.stale[name]
                    if stamp is None:
                        continue
                    if file != written:
                        self._forget(folder, name)
                        self._base.execute(
                            "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?)",
                            (_kept(folder), _kept(name), *settled(stamp), result.digest),
                        )
                        own.put.add(name)
                        folders.add(folder)
                    written = file
                    keys += self._add(file, result.facts or ())
                for folder in folders:
                    own = self._awaited[folder]
                    self._settle(folder, own.state if own.is_known else b"")
                # In their order they fall on few pages of the file.
                keys.sort()
                self._base.executemany("INSERT OR IGNORE INTO keys VALUES (?, ?)", keys)

    def _add(self, file: str, facts: Iterable[tuple[str, str, bytes]]) -> Iterator[tuple[int, int]]:
        """Take in the articles of a file; their keys, each with the number of its article, are still to be written."""
        for path, part, packed in facts:
            own = unpack(packed)
            number = self._base.execute(
                "INSERT INTO articles (file, path, part, titled, facts) VALUES (?, ?, ?, ?, ?)",
                (_kept(file), _kept(absolute(path)), part, bool(own.title), packed),
            ).lastrowid
            assert number is not None
            self._base.executemany(
                "INSERT OR IGNORE INTO tails VALUES (?, ?, ?)",
                [
                    (signed(tail), signed(head), number)
                    for tail, heads in tail_counts([own.title]).items()
                    for head in heads
                ],
            )
            for key in _keys(own):
                yield key, number

    def _forget(self, folder: str, name: str) -> None:
        own_file = (_kept(folder + name),)
        rows = self._base.execute("SELECT id, facts FROM articles WHERE file = ?", own_file)
        for number, packed in rows.fetchall():
            own = unpack(packed)
            self._base.executemany(
                "DELETE FROM keys WHERE key = ? AND article = ?",
                [(key, number) for key in _keys(own)],
            )
            self._base.executemany(
                "DELETE FROM tails WHERE tail = ? AND head = ? AND article = ?",
                [
                    (signed(tail), signed(head), number)
                    for tail, heads in tail_counts([own.title]).items()
                    for head in heads
                ],
            )
        self._base.execute("DELETE FROM articles WHERE file = ?", own_file)
        self._base.execute(
            "DELETE FROM files WHERE folder = ? AND name = ?", (_kept(folder), _kept(name))
        )

    # ------------------------------------------------------------------ asked

    def __len__(self) -> int:
        (count,) = self._base.execute("SELECT COUNT(*) FROM articles").fetchone()
        return int(count)

    def corpus(self, asked: Sequence[Article] | None) -> Corpus:
        """The articles to compare: `asked` with all that have something in common with them, or all (None)."""
        if asked is None:
            whole = Corpus()
            for path, part, packed in self._all():
                whole.add(path, part, packed)
            return whole
        own = {(absolute(each.path), each.part) for each in asked}
        numbers = frozenset(range(len(asked)))
        larger = None
        others: Iterable[tuple[str, str, bytes]]
        if len(asked) > FEW:
            others = self._all()
        else:
            facts = [unpack(each.packed) for each in asked]
            others, keys = self._near(facts)
            titles = [each.title for each in facts]
            titles += [title_in(packed).title for _, _, packed in others]
            larger = Larger(self._endings(titles), self._titled(), self._counts(keys))
        made = Corpus(larger, numbers)
        for path, part, packed in asked:
            made.add(path, part, packed)
        for path, part, packed in others:
            if (absolute(path), part) not in own:
                made.add(path, part, packed)
        return made

    def _all(self) -> Iterator[tuple[str, str, bytes]]:
        for path, part, packed in self._base.execute(
            "SELECT path, part, facts FROM articles ORDER BY path, id"
        ):
            yield shown(_read(path)), part, packed

    def _near(self, asked: Sequence[Facts]) -> tuple[list[tuple[str, str, bytes]], set[int]]:
        """The articles that share a title key or paragraph with one that is asked for, or as much copy as a copy does.

        And the keys by which their copy is compared.
        """
        find = "SELECT article FROM keys WHERE key = ? LIMIT ?"
        sure: set[int] = set()
        likely: dict[int, list[Sketch]] = {}
        compared: set[int] = set()
        for facts in asked:
            met: Counter[int] = Counter()
            least = LEAST_SHARED
            for key in _keys(facts):
                holders = [number for (number,) in self._base.execute(find, (key, MOST_HOLDERS))]
                if not -_PARAGRAPHS < key < 0:
                    sure.update(holders)
                    continue
                met.update(holders)
                if len(holders) == MOST_HOLDERS:  # there may be more
                    least -= 1
            sketch = Sketch(frozenset(body_blocks(facts)), facts.level)
            compared.update(sketch.sketch)
            for number, times in met.items():
                if times >= max(least, LEAST_TOGETHER):
                    likely.setdefault(number, []).append(sketch)
        rows = []
        for number in sorted(sure.union(likely)):
            find = "SELECT path, part, facts FROM articles WHERE id = ?"
            for path, part, packed in self._base.execute(find, (number,)):
                if sketches := likely.get(number):
                    own = sketch_in(packed)
                    if any(share_of_copy(each, own) is not None for each in sketches):
                        compared.update(own.sketch)
                    elif number not in sure:
                        continue
                rows.append((_read(path), part, packed))
        rows.sort(key=lambda row: (row[0], row[1]))
        return [(shown(path), part, packed) for path, part, packed in rows], compared

    def _endings(self, titles: Iterable[str]) -> dict[int, int]:
        """What some titles may end with and is the name of a site, each with how many titles of the corpus end so."""
        found: dict[int, int] = {}
        for tail in {tail for title in titles for tail in possible_tails(title)}:
            own = (signed(tail), LEAST_HEADS)
            heads = self._base.execute(
                "SELECT DISTINCT head FROM tails WHERE tail = ? LIMIT ?", own
            )
            if len(heads.fetchall()) >= LEAST_HEADS:
                (found[tail],) = self._base.execute(
                    "SELECT COUNT(DISTINCT article) FROM tails WHERE tail = ?", own[:1]
                ).fetchone()
        return found

    def _titled(self) -> int:
        (count,) = self._base.execute("SELECT COUNT(*) FROM articles WHERE titled").fetchone()
        return int(count)

    def _counts(self, compared: Iterable[int]) -> dict[int, int]:
        """In how many articles each of these keys of copy stands, where that is more than one."""
        keys = sorted(-1 - key for key in compared)
        found: dict[int, int] = {}
        for at in range(0, len(keys), AT_ONCE):
            some = keys[at : at + AT_ONCE]
            marks = ", ".join("?" * len(some))
            find = f"SELECT key, COUNT(*) FROM keys WHERE key IN ({marks}) GROUP BY key HAVING COUNT(*) > 1"
            found.update((-1 - key, count) for key, count in self._base.execute(find, some))
        return found


class _Changes(NamedTuple):
    """How a folder differs from what is known of it. `state`: of all its files as they are, b"" for none to trust.

    `stale`: files to be read; `put`: those of them that have been.
    """

    folder: str
    state: bytes
    stale: dict[str, Stamp | None]
    moved: dict[str, Stamp]
    gone: list[str]
    put: set[str]

    @property
    def is_known(self) -> bool:
        """Whether all its files are known as they are."""
        return bool(self.state) and len(self.put) == len(self.stale)


_OF_STAMP = attrgetter("st_size", "st_mtime_ns", "st_ctime_ns")


def _found(folder: str, names: Sequence[str]) -> Sequence[os.stat_result | None]:
    """What the system says of each file; None for one that is not there."""
    paths = [folder + name for name in names]
    try:
        return [*map(os.stat, paths)]
    except OSError:
        return [*map(_stat, paths)]


def _stat(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)
    except OSError:
        return None


def _state(names: Sequence[str], found: Sequence[os.stat_result | None]) -> bytes:
    """A digest of all files of a folder as they are; b"" where that is not to be trusted."""
    if None in found or not all(map(S_ISREG, {each.st_mode for each in found if each})):
        return b""
    numbers = array("q", chain.from_iterable(map(_OF_STAMP, found)))
    if max(*numbers[1::3], *numbers[2::3]) > time_ns() - FRESH:
        return b""
    return cache.digest("\0".join(names).encode("utf-8", "surrogateescape") + numbers.tobytes())


def _parted(path: str) -> tuple[str, str]:
    at = path.rfind(os.sep) + 1
    return path[:at], path[at:]


def _keys(facts: Facts) -> set[int]:
    """All keys of an article: of the title those for each tail that may prove to be the name of a site."""
    keys = set(title_blocks(facts))
    for tail in tail_counts([facts.title]):
        keys.update(title_blocks(facts, frozenset((tail,))))
    keys.update(-1 - key for key in body_blocks(facts))
    keys.update(-_PARAGRAPHS - each.key for each in facts.paragraphs)
    return keys


def absolute(path: str, here: str = "") -> str:
    """The path by which a file is known to every run; that of a walk has nothing to be tidied.

    `here`: the working folder, from whoever asks for many.
    """
    if os.sep == "/" and "//" not in path and "./" not in path and ".." not in path:
        return path if path[:1] == "/" else f"{here or os.getcwd()}/{path}"
    return os.path.abspath(path)


def shown(path: str) -> str:
    """A path as reports show it: relative to the working folder if it is inside."""
    here = os.path.join(os.getcwd(), "")
    return path[len(here) :] if path.startswith(here) else path


def _kept(path: str) -> str | bytes:
    """A path as SQLite can hold it: one that is not UTF-8 as its bytes."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return path.encode("utf-8", "surrogateescape")
    return path


def _read(kept: str | bytes) -> str:
    return kept if isinstance(kept, str) else kept.decode("utf-8", "surrogateescape")


class _Writing:
    """A transaction: what is written in it is there afterwards, or nothing of it."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base

    def __enter__(self) -> None:
        self._base.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: object, *_: object) -> None:
        self._base.execute("COMMIT" if kind is None else "ROLLBACK")


def _made(path: str) -> sqlite3.Connection:
    base = sqlite3.connect(path, timeout=WAIT, isolation_level=None)
    try:
        base.execute("PRAGMA synchronous = NORMAL")
        base.execute("PRAGMA cache_size = -65536")  # KiB
        if not base.execute("SELECT name FROM sqlite_master WHERE name = 'tails'").fetchone():
            with _Writing(base):
                if not base.execute(
                    "SELECT name FROM sqlite_master WHERE name = 'tails'"
                ).fetchone():
                    for statement in _TABLES.split(";"):
                        base.execute(statement)
    except sqlite3.Error:
        base.close()
        raise
    return base


def _sweep(folder: str) -> None:
    """Remove indexes that no run has written for a month."""
    oldest = time() - cache.SECONDS_KEPT
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("corpus-") and entry.stat().st_mtime < oldest:
                os.unlink(entry.path)
