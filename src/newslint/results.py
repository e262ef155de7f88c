"""What earlier runs found in files that have not changed since.

An entry holds for one ruleset (settings, rules, version of newslint) and one file: the same size and times,
or else the same content. Entries lie in shards, so that a run over four files reads little and one over ten
thousand opens few. Two runs at once may lose each other's news, never mix them: shards are replaced whole.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from stat import S_ISREG
from time import time_ns

from newslint import archives, cache
from newslint.config import today
from newslint.finding import (
    Edit,
    Excerpt,
    FileFix,
    FileResult,
    Finding,
    Location,
    Position,
    Shown,
    Swap,
)
from newslint.typed import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from typing import TypeAlias

    from newslint.engine import Linter
    from newslint.suppress import Entry

SHARDS = 64
FRESH = 2_000_000_000  # nanoseconds in which a file may change again without its times telling
MOST_REREAD = 2_000_000  # bytes of a file that is read again to compare it

Row: TypeAlias = "tuple[cache.Data, ...]"


class Stamp(NamedTuple):
    """What of a file changes with its content: size, and times in nanoseconds."""

    size: int
    modified: int
    changed: int


class Shelf:
    """The results of one ruleset."""

    def __init__(self, ruleset: str, linter: Linter) -> None:
        self._ruleset = ruleset
        self._suppressions = linter.suppressions
        self._config = linter.config
        # Packed: a run has the results of all its files at hand, and unpacked they take ten times as much.
        self._shards: dict[int, dict[str, cache.Data]] = {}
        self._changed: set[int] = set()
        self._stamps: dict[str, Stamp] = {}
        self._here = os.path.join(os.getcwd(), "")

    def find(self, path: str, *, is_alone: bool = False) -> FileResult | None:
        """The result for a file as it is now, if it is known. `is_alone`: facts to compare it by are not asked for."""
        stamp = stamp_of(path)
        if stamp is None:
            return None
        key = self._key(path)
        self._stamps[path] = stamp
        row = _unpacked(self._shard(key).get(key))
        if not isinstance(row, tuple) or len(row) != 12 or row[0] != stamp.size:
            return None
        facts, expires, muted = row[9:]
        if facts is None and not is_alone:
            return None
        if (expires and cast("str", expires) < today(self._config)) or muted != self._muted(path):
            return None
        if row[1:3] != stamp[1:]:
            digest = row[3]
            if not digest or stamp.size > MOST_REREAD or digest_of(path) != digest:
                return None
            self._put(key, (*settled(stamp), *row[3:]))
        try:
            return _result(path, row)
        except (TypeError, ValueError):
            return None

    def add(self, result: FileResult) -> None:
        """Take up the result for a file that `find` did not know."""
        stamp = self._stamps.pop(result.path, None)
        if stamp is None or result.failed or result.skipped:
            return
        findings = tuple(plain(finding, result.path) for finding in result.findings)
        counts = (result.articles, result.suppressed, result.omitted)
        facts = None
        if result.facts is not None:
            facts = tuple((each[0].removeprefix(result.path), *each[1:]) for each in result.facts)
        muted = self._muted(result.path)
        rest = (result.digest, *counts, findings, result.entries, facts, result.expires, muted)
        self._put(self._key(result.path), (*settled(stamp), *rest))

    def keep(self) -> None:
        """Write what is new."""
        for number in sorted(self._changed):
            shard = self._shards[number]
            cache.store(f"results-{self._ruleset}", f"{number:02}", shard, sweep=number == 0)
        self._changed.clear()

    def _muted(self, path: str) -> str:
        """A name for what the file of suppressions says of a file: changed, it hides or shows other findings."""
        if not self._suppressions.entries:
            return ""
        if archives.is_archive(path):  # of any of its members
            found: tuple[Entry, ...] = self._suppressions.entries
        else:
            found = self._suppressions.of(path)
        return cache.key(*(entry.key.encode() for entry in found)) if found else ""

    def _key(self, path: str) -> str:
        """The absolute path; that of a walk has nothing to be tidied."""
        if os.sep == "/" and not any(each in path for each in ("//", "./", "..")):
            return path if path[:1] == "/" else self._here + path
        return os.path.abspath(path)

    def _put(self, key: str, row: Row) -> None:
        self._shard(key)[key] = cache.packed(row)
        self._changed.add(_number(key))

    def _shard(self, key: str) -> dict[str, cache.Data]:
        number = _number(key)
        if number not in self._shards:
            shard = cache.load(f"results-{self._ruleset}", f"{number:02}")
            self._shards[number] = shard if isinstance(shard, dict) else {}
        return self._shards[number]


def _unpacked(row: cache.Data) -> cache.Data:
    try:
        return cache.unpacked(row) if isinstance(row, bytes) else None
    except (EOFError, ValueError, TypeError):
        return None


def _number(key: str) -> int:
    return cache.digest(key.encode("utf-8", "surrogateescape"))[0] % SHARDS


def stamp_of(path: str) -> Stamp | None:
    """Size and times of a file; None where there is none, or where reading it takes it away, as of a pipe."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return stamp_in(found)


def stamp_in(found: os.stat_result) -> Stamp | None:
    """The same of what the system says of a file."""
    if not S_ISREG(found.st_mode):
        return None
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def settled(stamp: Stamp) -> Stamp:
    """A stamp to trust: of a file changed just now only the size, as it may change again in the same instant."""
    if max(stamp.modified, stamp.changed) > time_ns() - FRESH:
        return stamp._replace(modified=0, changed=0)
    return stamp


def digest_of(path: str) -> bytes:
    """The digest of a file's content; b"" where it cannot be read."""
    try:
        with open(path, "rb") as handle:
            return cache.digest(handle.read())
    except OSError:
        return b""


def ruleset(linter: Linter) -> str:
    """A name for everything that decides what a linter finds; "" where that cannot be told."""
    import sys

    config = linter.config
    if config.plugins:
        return ""  # local modules import what they like
    own = config._replace(
        places={}, output_format="", max_warnings=-1, baseline="", baseline_ratchet=False
    )
    # What the file of suppressions says counts file by file.
    parts = [repr(own._replace(suppressions="")).encode()]
    for plugin_rule in linter.plugins.rules:
        module = sys.modules.get(plugin_rule.origin)
        file = getattr(module, "__file__", None)
        parts.append(repr((plugin_rule.code, file and os.stat(file).st_mtime_ns)).encode())
    parts.append(repr(linter.plugins.loaded).encode())
    here = os.path.dirname(os.path.abspath(__file__))
    for folder in (here, *(os.path.join(here, name) for name in _CODE)):
        parts.append(repr(sorted(_stamps(folder, ".py"))).encode())
    for pack in linter.packs:
        parts.append(repr((pack, os.stat(pack).st_mtime_ns, os.stat(pack).st_size)).encode())
    return cache.key(*parts)


_CODE = ("checks", "text", "readers", "commonmark", "hypertext", "corpus")


def _stamps(folder: str, suffix: str) -> Iterator[tuple[str, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(suffix):
                yield entry.name, entry.stat().st_mtime_ns


# ------------------------------------------------------------------ findings as plain data


def plain(finding: Finding, path: str) -> Row:
    """Without the path, which the next run may write in another way, but for what an archive puts behind it."""
    fix = finding.fix
    return (
        finding.path.removeprefix(path),
        finding.code,
        finding.name,
        finding.severity,
        finding.message,
        finding.part,
        finding.start,
        finding.end,
        tuple(finding.start_position),
        tuple(finding.end_position),
        tuple(finding.excerpt),
        None
        if fix is None
        else (
            tuple(tuple(edit) for edit in fix.edits),
            fix.safe,
            fix.label,
            tuple(tuple(swap) for swap in fix.swaps),
        ),
        tuple(
            ("" if place.path == finding.path else place.path, *tuple(place)[1:])
            for place in finding.related
        ),
        str(finding.sentence),
    )


def _result(path: str, row: Row) -> FileResult:
    _, _, _, digest, articles, suppressed, omitted, findings, entries, facts, expires, _ = row
    made = tuple(finding_of(path, each) for each in cast("Iterable[Row]", findings))
    return FileResult(
        path,
        made,
        cast("int", articles),
        cast("int", suppressed),
        False,
        cast("bytes", digest),
        omitted=cast("tuple[tuple[str, int], ...]", omitted),
        facts=_facts(path, facts),
        entries=cast("tuple[str, ...]", entries),
        expires=cast("str", expires),
    )


def _facts(path: str, kept: cache.Data) -> tuple[tuple[str, str, bytes], ...] | None:
    if kept is None:
        return None
    rows = cast("Iterable[tuple[str, str, bytes]]", kept)
    return tuple((path + inner, part, packed) for inner, part, packed in rows)


def finding_of(path: str, row: Row) -> Finding:
    """What `plain` was made of. Raises TypeError or ValueError for what was not made so."""
    inner, code, name, severity, message, part, start, end, first, last, excerpt, *more = row
    fix, related, sentence = more
    path += cast("str", inner)
    made = None
    if fix is not None:
        edits, safe, label, swaps = cast("tuple[Iterable[Row], bool, str, Iterable[Row]]", fix)
        made = FileFix(
            tuple(Edit(*edit) for edit in edits),  # type: ignore[arg-type]
            safe,
            label,
            tuple(Swap(*swap) for swap in swaps),  # type: ignore[arg-type]
        )
    return Finding(
        code,  # type: ignore[arg-type]
        name,  # type: ignore[arg-type]
        severity,  # type: ignore[arg-type]
        message,  # type: ignore[arg-type]
        path,
        part,  # type: ignore[arg-type]
        start,  # type: ignore[arg-type]
        end,  # type: ignore[arg-type]
        Shown(
            Position(*first),  # type: ignore[misc]
            Position(*last),  # type: ignore[misc]
            Excerpt(*excerpt),  # type: ignore[misc]
            made,
            tuple(
                Location(place[0] or path, *place[1:])  # type: ignore[arg-type]
                for place in cast("Iterable[Row]", related)
            ),
            cast("str", sentence),
        ),
    )
