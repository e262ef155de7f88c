"""The facts of a repository's articles on disk, so that a few changed files are compared with all by reading a few.

An SQLite file in the cache folder, one for each corpus and ruleset. Two runs may write at once, and one may be
killed: what is written is whole or not there. A file that cannot be used is made anew without a word.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from time import time

from newslint import cache
from newslint.corpus.compare import Corpus
from newslint.corpus.facts import Facts, unpack
from newslint.corpus.kept import signed, unsigned
from newslint.corpus.near import (
    LEAST_HEADS,
    body_blocks,
    tail_counts,
    title_blocks,
)
from newslint.results import MOST_REREAD, Stamp, digest_of, settled, stamp_of
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from newslint.finding import FileResult

WAIT = 20.0  # seconds for another run that writes
FILES_AT_ONCE = 1000  # are written together
MOST_HOLDERS = 64  # articles with one key that are looked at
FEW = 400  # articles beyond which all of the corpus is compared rather than their neighbours
AT_ONCE = 500  # keys asked for in one query
_PARAGRAPHS = 1 << 50

_TABLES = """
CREATE TABLE files (path TEXT PRIMARY KEY, size INTEGER, modified INTEGER, changed INTEGER, digest BLOB);
CREATE TABLE articles (id INTEGER PRIMARY KEY, file TEXT NOT NULL, path TEXT NOT NULL, part TEXT NOT NULL, facts BLOB NOT NULL);
CREATE INDEX articles_of_file ON articles (file);
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

    def stale(self, paths: Iterable[str]) -> list[str]:
        """Which of the corpus's files (absolute paths) have to be read; what is not among them is forgotten."""
        known: dict[str, tuple[int, int, int, bytes]] = {
            _read(row[0]): row[1:]
            for row in self._base.execute("SELECT path, size, modified, changed, digest FROM files")
        }
        found: list[str] = []
        moved: list[tuple[Stamp, str]] = []
        for path in paths:
            row = known.pop(path, None)
            stamp = stamp_of(path)
            if row is None or stamp is None or row[0] != stamp.size:
                found.append(path)
            elif row[1:3] != stamp[1:]:
                digest = row[3]
                if not digest or stamp.size > MOST_REREAD or digest_of(path) != digest:
                    found.append(path)
                else:
                    moved.append((settled(stamp), path))
        if known or moved:
            with _Writing(self._base):
                for path in known:
                    self._forget(path)
                self._base.executemany(
                    "UPDATE files SET size = ?, modified = ?, changed = ? WHERE path = ?",
                    [(*stamp, _kept(path)) for stamp, path in moved],
                )
        return found

    def put(self, results: Iterable[FileResult]) -> None:
        """Take in the facts of files as they are now; results that are parts of one file follow each other."""
        waiting = iter(results)
        while lot := list(islice(waiting, FILES_AT_ONCE)):
            while lot[-1].more and (result := next(waiting, None)) is not None:
                lot.append(result)
            with _Writing(self._base):
                written = ""
                keys: list[tuple[int, int]] = []
                for result in lot:
                    file = absolute(result.path)
                    stamp = stamp_of(result.path)
                    if stamp is None:
                        continue
                    if file != written:
                        self._forget(file)
                        self._base.execute(
                            "INSERT INTO files VALUES (?, ?, ?, ?, ?)",
                            (_kept(file), *settled(stamp), result.digest),
                        )
                    written = file
                    keys += self._add(file, result.facts or ())
                # In their order they fall on few pages of the file.
                keys.sort()
                self._base.executemany("INSERT OR IGNORE INTO keys VALUES (?, ?)", keys)

    def _add(self, file: str, facts: Iterable[tuple[str, str, bytes]]) -> Iterator[tuple[int, int]]:
        """Take in the articles of a file; their keys, each with the number of its article, are still to be written."""
        for path, part, packed in facts:
            own = unpack(packed)
            number = self._base.execute(
                "INSERT INTO articles (file, path, part, facts) VALUES (?, ?, ?, ?)",
                (_kept(file), _kept(absolute(path)), part, packed),
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

    def _forget(self, file: str) -> None:
        own_file = (_kept(file),)
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
        self._base.execute("DELETE FROM files WHERE path = ?", own_file)

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
        if len(asked) > FEW:
            made = Corpus(asked=numbers)
            others: Iterable[tuple[str, str, bytes]] = self._all()
        else:
            near = self._near([unpack(each.packed) for each in asked])
            others = [*self._articles(near)]
            facts = [unpack(packed) for _, _, packed in others]
            facts += [unpack(each.packed) for each in asked]
            made = Corpus(self._tails(), self._counts(facts), numbers)
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

    def _articles(self, numbers: Iterable[int]) -> Iterator[tuple[str, str, bytes]]:
        rows = []
        for number in numbers:
            for path, part, packed in self._base.execute(
                "SELECT path, part, facts FROM articles WHERE id = ?", (number,)
            ):
                rows.append((_read(path), part, packed))
        for path, part, packed in sorted(rows, key=lambda row: (row[0], row[1])):
            yield shown(path), part, packed

    def _near(self, asked: Iterable[Facts]) -> list[int]:
        """The articles that share a title key or paragraph with one that is asked for, or two keys of the body."""
        find = "SELECT article FROM keys WHERE key = ? LIMIT ?"
        found: dict[int, None] = {}
        for facts in asked:
            met: dict[int, int] = {}
            for key in _keys(facts):
                weight = 1 if -_PARAGRAPHS < key < 0 else 2
                for (number,) in self._base.execute(find, (key, MOST_HOLDERS)):
                    met[number] = met.get(number, 0) + weight
            found.update(dict.fromkeys(number for number, weight in met.items() if weight > 1))
        return list(found)

    def _tails(self) -> frozenset[int]:
        rows = self._base.execute(
            "SELECT tail FROM tails GROUP BY tail HAVING COUNT(DISTINCT head) >= ?", (LEAST_HEADS,)
        )
        return frozenset(unsigned(tail) for (tail,) in rows)

    def _counts(self, facts: Iterable[Facts]) -> Mapping[int, int]:
        keys = sorted(-1 - key for key in {key for each in facts for key in body_blocks(each)})
        found: dict[int, int] = {}
        for at in range(0, len(keys), AT_ONCE):
            some = keys[at : at + AT_ONCE]
            marks = ", ".join("?" * len(some))
            find = f"SELECT key, COUNT(*) FROM keys WHERE key IN ({marks}) GROUP BY key HAVING COUNT(*) > 1"
            found.update((-1 - key, count) for key, count in self._base.execute(find, some))
        return found


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
