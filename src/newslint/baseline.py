"""The baseline: what was found before anybody looked, so that only what is new fails.

A finding is known by its file, its rule and a hash of its own sentence; lines may move. Equal ones are counted. The
file is JSON with one of them a line, sorted, so that two branches that change it seldom clash.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from newslint import archives, cache
from newslint.checks.itself import rule_crash, unreadable_file
from newslint.config import ConfigError, shown_path
from newslint.typed import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from typing import TypeAlias

    from newslint.engine import Linter
    from newslint.finding import FileResult, Finding

VERSION = 1
REMEDY = "mend it, or delete it and make it anew with newslint baseline --update"
# Whoever cannot read a file does not know what is in it.
NEVER_KNOWN = frozenset((unreadable_file.code, rule_crash.code))

Key: TypeAlias = "tuple[str, str]"  # code and fingerprint
Counts: TypeAlias = "dict[Key, int]"


class Baseline(NamedTuple):
    """How often each finding is known, by its file; paths count from `folder`."""

    path: str
    folder: str
    files: Mapping[str, Mapping[Key, int]]

    @property
    def total(self) -> int:
        """How many findings are known."""
        return sum(sum(counts.values()) for counts in self.files.values())


def empty(path: str) -> Baseline:
    """A baseline without findings, to be written to `path`."""
    return Baseline(path, os.path.dirname(os.path.abspath(path)), {})


# ------------------------------------------------------------------ the file


def load(path: str) -> Baseline:
    """The baseline in a file. Raises ConfigError, with the line, where it is not there or not what it should be."""
    shown = shown_path(path)
    try:
        with open(path, "rb") as handle:
            data = handle.read()
    except FileNotFoundError:
        raise ConfigError(
            f"there is no baseline “{shown}”; newslint baseline --update makes one"
        ) from None
    except OSError as error:
        raise ConfigError(f"{shown}: cannot be read ({error.strerror or error})") from None
    name = cache.key(data)
    known = cache.load(
        "baseline", name
    )  # read before; to parse it costs a start more than an article
    if isinstance(known, dict):
        return empty(path)._replace(files=cast("dict[str, dict[Key, int]]", known))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ConfigError(f"{shown}:{line}: not UTF-8; {REMEDY}") from None
    try:
        files = _checked(_parsed(text))
    except _Broken as error:
        line = error.line or _line_of(text, error.keys)
        raise ConfigError(f"{shown}:{line}: {error}; {REMEDY}") from None
    cache.store("baseline", name, cast("cache.Data", files))
    return empty(path)._replace(files=files)


class _Broken(ValueError):
    """What is wrong with a baseline: on a line, or at the end of a path of keys."""

    def __init__(self, message: str, *keys: str, line: int = 0) -> None:
        super().__init__(message)
        self.keys = keys
        self.line = line


def _parsed(text: str) -> object:
    import json

    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        made = dict(pairs)
        if len(made) < len(pairs):
            seen: set[str] = set()
            for key, _ in pairs:
                if key in seen:
                    raise _Broken(f"“{key}” stands there twice", key, key)
                seen.add(key)
        return made

    try:
        return json.loads(text, object_pairs_hook=unique)
    except json.JSONDecodeError as error:
        lines = text.split("\n")
        number = error.lineno
        around = lines[max(0, number - 2) : number + 1]
        if any(each.startswith(("<<<<<<<", "=======", ">>>>>>>")) for each in around):
            raise _Broken("holds a merge that is not settled", line=number) from None
        raise _Broken(f"not JSON: {error.msg[:1].lower()}{error.msg[1:]}", line=number) from None
    except RecursionError:
        raise _Broken("nested too deeply", line=1) from None


def _checked(value: object) -> dict[str, dict[Key, int]]:
    if not isinstance(value, dict) or "version" not in value:
        raise _Broken("not a baseline: it has no version", line=1)
    version = value["version"]
    if version != VERSION or isinstance(version, bool):
        raise _Broken(f"version {version} of the format, not {VERSION}", "version")
    for key in value:
        if key not in ("version", "files"):
            raise _Broken(f"unknown key “{key}”", key)
    files = value.get("files", {})
    if not isinstance(files, dict):
        raise _Broken("“files” must be an object", "files")
    found: dict[str, dict[Key, int]] = {}
    for path, counts in files.items():
        if not isinstance(counts, dict):
            raise _Broken(f"“{path}” must hold an object", "files", path)
        own = found[path] = {}
        for entry, count in counts.items():
            code, space, print_ = entry.partition(" ")
            if not (code and space and len(print_) == 16 and _is_hexadecimal(print_)):
                raise _Broken(f"“{entry}” is no finding", "files", path, entry)
            if not isinstance(count, int) or isinstance(count, bool) or count < 1:
                raise _Broken("a finding is there once or more often", "files", path, entry)
            own[code, print_] = count
    return found


def _is_hexadecimal(text: str) -> bool:
    return not text.strip("0123456789abcdef")


def _line_of(text: str, keys: Iterable[str]) -> int:
    """The line on which the last of `keys` stands, each behind the one before it."""
    at = 0
    for key in keys:
        found = text.find(_quoted(key), at)
        at = found + 1 if found >= 0 else at
    return text.count("\n", 0, at) + 1


def dumped(baseline: Baseline) -> bytes:
    """What its file holds: everything sorted, one finding a line."""
    lines = ["{", f'"version": {VERSION},', '"files": {']
    paths = sorted(path for path, counts in baseline.files.items() if counts)
    for path in paths:
        lines.append(f"{_quoted(path)}: {{")
        entries = sorted(baseline.files[path].items())
        lines += [f'"{code} {print_}": {count},' for (code, print_), count in entries]
        lines[-1] = lines[-1].removesuffix(",")
        lines.append("}," if path != paths[-1] else "}")
    return ("\n".join((*lines, "}", "}")) + "\n").encode()


def _quoted(text: str) -> str:
    from json import dumps

    from newslint.terminal import escaped_json

    return escaped_json(dumps(text, ensure_ascii=False))


# ------------------------------------------------------------------ what is known, and what is gone


class Baselines:
    """The baselines of a run: one for each that the settings name, with what is met on the way."""

    def __init__(self, surveyed: Mapping[str, Survey] | None = None) -> None:
        self._known: dict[str, Survey] = dict(surveyed or {})

    def ready(self, linter: Linter) -> None:
        """Read the baseline of a linter's settings, if they name one. Raises ConfigError."""
        path = linter.config.baseline
        if path and path not in self._known:
            try:
                self._known[path] = Survey(load(path))
            except ConfigError as error:
                place = linter.config.places.get("baseline", "")
                is_missing = place and not os.path.lexists(path)
                raise ConfigError(f"{place}: {error}" if is_missing else str(error)) from None

    def left(self, result: FileResult, linter: Linter) -> FileResult:
        """`result` without the findings that the baseline knows, and with their number."""
        if not linter.config.baseline:
            return result
        self.ready(linter)
        return self._known[linter.config.baseline].left(result, linter)


class Survey:
    """A baseline, and what a run finds in its files.

    A file that is not in the baseline may be one of it by another name: findings of files that are no longer there
    count as known in it.
    """

    def __init__(self, baseline: Baseline) -> None:
        self.baseline = baseline
        self.met: dict[str, Met] = {}
        self._path_of = _paths_from(baseline.folder)
        self._open: dict[str, Counts] = {}  # what of the file under way has not been met yet
        self._found: dict[str, Counts] = {}
        self._taken: dict[str, Counts] = {}
        self._paths: dict[Key, list[str]] | None = None  # the files that have a finding
        self._orphans: Counts = {}
        self._codes: dict[int, tuple[Linter, frozenset[str], frozenset[str]]] = {}

    def left(self, result: FileResult, linter: Linter, *, keeps: bool = False) -> FileResult:
        """`result` without findings that are known. `keeps`: whether to note in `met` what was found."""
        own = self._path_of(result.path)
        kept: list[Finding] = []
        for finding in result.findings:
            if finding.code in NEVER_KNOWN:
                kept.append(finding)
                continue
            same = finding.path == result.path
            path = own if same else self._path_of(finding.path)
            key = finding.code, finding.fingerprint
            if keeps:
                _count(self._found.setdefault(path, {}), key)
            if self._takes(path, key):
                _count(self._taken.setdefault(path, {}), key)
            else:
                kept.append(finding)
        known = len(result.findings) - len(kept)
        gone = 0 if result.more else self._close(own, result, linter, keeps)
        if not known and not gone:
            return result
        return result._replace(findings=tuple(kept), known=known, gone=gone)

    def compared(self, result: FileResult) -> FileResult:
        """`left`, with a note in `met`, of what comparing articles finds in files that were read to their ends."""
        kept: list[Finding] = []
        for finding in result.findings:
            path = self._path_of(finding.path)
            if path not in self.met:
                self.met[path] = Met({}, {}, {}, dict(self.baseline.files.get(path, {})))
            met = self.met[path]
            key = finding.code, finding.fingerprint
            _count(met.found, key)
            if met.kept.get(key):
                met.kept[key] -= 1
            elif path not in self.baseline.files and self.orphans(key):
                self._orphans[key] -= 1
            else:
                kept.append(finding)
                continue
            _count(met.known, key)
        return result._replace(findings=tuple(kept))

    def settle(self, codes: Collection[str]) -> None:
        """What articles were compared for, by `codes`, and not found is gone, if all that the baseline has were there."""
        folder = self.baseline.folder
        if all(path in self.met or not _exists(folder, path) for path in self.baseline.files):
            for met in self.met.values():
                for key, count in met.kept.items():
                    if count and key[0] in codes:
                        met.gone[key] = met.gone.get(key, 0) + count
                        met.kept[key] = 0

    def _takes(self, path: str, key: Key) -> bool:
        """Whether a finding is known, once more."""
        counts = self._open.get(path)
        if counts is None:
            counts = self._open[path] = dict(self.baseline.files.get(path, {}))
        if path not in self.baseline.files:
            if not self.orphans(key):
                return False
            counts = self._orphans
        if not counts.get(key):
            return False
        counts[key] -= 1
        return True

    def orphans(self, key: Key) -> int:
        """How often files that are no longer there had a finding, less those met in others."""
        if key not in self._orphans:
            if self._paths is None:
                self._paths = {}
                for path, counts in self.baseline.files.items():
                    for each in counts:
                        self._paths.setdefault(each, []).append(path)
            gone = (
                self.baseline.files[path][key]
                for path in self._paths.get(key, ())
                if not _exists(self.baseline.folder, path)
            )
            self._orphans[key] = sum(gone)
        return self._orphans[key]

    def _close(self, own: str, result: FileResult, linter: Linter, keeps: bool) -> int:
        """The file is read to its end: how many of its findings are gone."""
        paths = {own, *self._open}
        if archives.is_archive(result.path):
            paths.update(each for each in self.baseline.files if each.startswith(f"{own}/"))
        gone = 0
        if not result.failed:
            for path in sorted(paths):
                rest = self._open.get(path, self.baseline.files.get(path, {}))
                missing = self._missing(rest, linter, result.path)
                gone += sum(missing.values())
                if keeps:
                    found, taken = self._found.get(path, {}), self._taken.get(path, {})
                    kept = {key: count for key, count in rest.items() if key not in missing}
                    self.met[path] = Met(found, taken, missing, kept)
        self._open, self._found, self._taken = {}, {}, {}
        return gone

    def _missing(self, rest: Mapping[Key, int], linter: Linter, path: str) -> Counts:
        """What of `rest` was looked for and is not there: not what belongs to rules that are off."""
        if not any(rest.values()):
            return {}
        active = linter.active_for(path)
        if id(active) not in self._codes:
            # What comparing articles finds comes when all files have been closed.
            on = frozenset(rule.code for rule in active.rules if rule.check or not rule.corpus)
            self._codes[id(active)] = linter, on, frozenset(rule.code for rule in linter.rules)
        _, on, there = self._codes[id(active)]
        return {
            key: count
            for key, count in rest.items()
            if count and (key[0] in on or key[0] not in there)
        }


class Met(NamedTuple):
    """What became of the findings of one file.

    `found`: all that are there; `known`: those of them that were known; `gone`: those that are no longer there;
    `kept`: those that nobody looked for.
    """

    found: Counts
    known: Counts
    gone: Counts
    kept: Counts


def _count(counts: Counts, key: Key) -> None:
    counts[key] = counts.get(key, 0) + 1


def _paths_from(folder: str) -> Callable[[str], str]:
    """Paths of this run to paths from `folder`. That of a walk has nothing to be tidied."""
    here = os.path.join(os.getcwd(), "")
    inside = os.path.join(folder, "")

    def path_of(path: str) -> str:
        if os.sep == "/" and not any(each in path for each in ("//", "./", "..", archives.MARK)):
            absolute = path if path[:1] == "/" else here + path
            if absolute.startswith(inside):
                return absolute[len(inside) :]
        try:
            return archives.relative(path, folder)
        except ValueError:  # another drive
            return os.path.abspath(path).replace("\\", "/")

    return path_of


def _exists(folder: str, path: str) -> bool:
    """Whether a file is there, be it in an archive."""
    if os.path.lexists(os.path.join(folder, path)):
        return True
    while path := path.rpartition("/")[0]:
        if archives.is_archive(path):
            return os.path.lexists(os.path.join(folder, path))
    return False


# ------------------------------------------------------------------ newslint baseline


class Change(NamedTuple):
    """What a run does to a baseline, or would do: findings added and gone. `gone` by file."""

    baseline: Baseline
    added: int
    gone: Mapping[str, Mapping[Key, int]]

    @property
    def gone_count(self) -> int:
        """How many findings are gone."""
        return sum(sum(counts.values()) for counts in self.gone.values())


def changed(old: Baseline, survey: Survey, *, grows: bool) -> Change:
    """The baseline after a run. `old`: as it is now; files that were not checked stay as they are there.

    `grows`: whether what is new comes in.
    """
    files: dict[str, Mapping[Key, int]] = {}
    gone: dict[str, Mapping[Key, int]] = {}
    orphans: Counts = {}
    added = 0
    for path, counts in old.files.items():
        if path in survey.met:
            continue
        if _exists(old.folder, path):
            files[path] = counts
            continue
        rest = {}
        for key, count in counts.items():
            left = orphans.setdefault(key, survey.orphans(key))
            rest[key] = min(count, left)
            orphans[key] -= rest[key]
        if any(rest.values()):
            gone[path] = {key: count for key, count in rest.items() if count}
    for path, met in survey.met.items():
        own = dict(met.kept)
        for key, count in (met.found if grows else met.known).items():
            own[key] = own.get(key, 0) + count
        own = {key: count for key, count in own.items() if count}
        added += sum(met.found.values()) - sum(met.known.values())
        if own:
            files[path] = own
        if met.gone:
            gone[path] = met.gone
    return Change(old._replace(files=files), added, dict(sorted(gone.items())))


def rewritten(path: str, survey: Survey, *, grows: bool) -> Change:
    """Bring the file of a baseline up to date with a run; one that has nothing new is left alone. Raises OSError."""
    from newslint.writing import replace_file

    with locked(path):
        old = load(path) if os.path.lexists(path) else empty(path)
        change = changed(old, survey, grows=grows)
        data = dumped(change.baseline)
        if not os.path.lexists(path) or data != dumped(old):
            replace_file(path, data)
    return change


def locked(path: str) -> AbstractContextManager[None]:
    """Whoever else is about to write the same file waits. A process that ends lets go by itself."""
    from contextlib import contextmanager

    @contextmanager
    def hold() -> Iterator[None]:
        from tempfile import gettempdir

        folder = cache.folder()
        try:
            os.makedirs(folder, mode=0o700, exist_ok=True)
        except OSError:
            folder = gettempdir()
        name = cache.digest(os.path.realpath(path).encode("utf-8", "surrogateescape")).hex()
        with open(os.path.join(folder, f"lock-{name}"), "a+b") as handle:
            _lock(handle.fileno())
            yield

    return hold()


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX)
