"""Changed lines: which lines of which files a patch touches, so that nothing else fails.

The patch comes from git or from a file. What git does not track counts as changed from the first line to the last.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from newslint.archives import MARK
from newslint.checks.itself import rule_crash, unreadable_file
from newslint.config import ConfigError
from newslint.finding import FileResult, Finding
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import TypeAlias

Lines: TypeAlias = (
    "Sequence[tuple[int, int]]"  # first and last line of each stretch, from 1, in order
)
WHOLE: Lines = ((1, 1 << 60),)
ALWAYS = frozenset(
    (unreadable_file.code, rule_crash.code)
)  # what was not checked is news wherever it is


class File(NamedTuple):
    """A file of a patch by its new name (as bytes; empty for one that is deleted)."""

    name: bytes
    lines: Lines


class Changes:
    """The lines that changed, by path. `others`: whether a file that is not in `lines` counts as changed."""

    def __init__(self, lines: dict[str, Lines], others: Callable[[str], bool]) -> None:
        self._lines = lines
        self._others = others
        self._known: dict[str, Lines] = {}
        self.hidden = 0

    def of(self, path: str) -> Lines:
        """The lines of a file that changed."""
        if path not in self._known:
            self._known[path] = self._found(path)
        return self._known[path]

    def _found(self, path: str) -> Lines:
        if path == "-":
            return WHOLE
        real = os.path.realpath(path.partition(MARK)[0])
        if real in self._lines:
            found = self._lines[real]
            return found if found is WHOLE else _as_newslint_counts(found, real)
        return WHOLE if self._others(real) else []

    def shows(self, path: str) -> Callable[[int, int], bool]:
        """Whether one of the lines from a first to a last has changed, for a file."""
        lines = self.of(path)
        return lambda first, last: _overlap(lines, first, last)

    def left(self, result: FileResult) -> FileResult:
        """`result` with only the findings on changed lines; the others are counted."""
        kept = tuple(filter(self._counts, result.findings))
        self.hidden += len(result.findings) - len(kept)
        return result if len(kept) == len(result.findings) else result._replace(findings=kept)

    def moved(self, path: str, lines: Lines) -> None:
        """Take note that a file was changed just now, and which of its new lines count."""
        self._known[path] = lines

    def _counts(self, finding: Finding) -> bool:
        if finding.code in ALWAYS:
            return True
        last = finding.end_position
        end = last.line - (last.column == 1 and last.line > finding.start_position.line)
        return _overlap(self.of(finding.path), finding.start_position.line, end) or any(
            _overlap(self.of(each.path), each.line, each.line) for each in finding.related
        )


def _overlap(lines: Lines, first: int, last: int) -> bool:
    index = bisect_right(lines, (last, 1 << 62)) - 1
    return index >= 0 and lines[index][1] >= first


def _as_newslint_counts(lines: Lines, path: str) -> Lines:
    """Lines as git counts them, by line feeds, as newslint does, for which a lone carriage return ends one too."""
    try:
        with open(path, "rb") as handle:
            data = handle.read()
    except OSError:
        return lines  # checking it says so
    if data.count(b"\r") == data.count(b"\r\n"):
        return lines
    starts = [1]  # of each line of git's
    for each in data.split(b"\n"):
        starts.append(starts[-1] + 1 + each[:-1].count(b"\r"))
    last = len(starts) - 1
    return [(starts[min(first, last) - 1], starts[min(end, last)] - 1) for first, end in lines]


# ------------------------------------------------------------------ git


def since(revision: str) -> Changes:
    """What has changed since the work on HEAD left a revision, committed or not. Raises ConfigError."""
    if revision.startswith("-") or not revision:
        raise ConfigError(f"--diff-base: “{revision}” is no revision; name one such as origin/main")
    top = os.fsdecode(_git("rev-parse", "--show-toplevel").rstrip(b"\n"))
    commit = _git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}", fails="")
    if not commit:
        raise ConfigError(
            f"--diff-base: git knows no revision “{revision}” here; fetch it first, in CI with its history"
        )
    base = _git("merge-base", commit.decode().strip(), "HEAD", fails="")
    if not base:
        raise ConfigError(
            f"--diff-base: “{revision}” and HEAD have no commit in common here; fetch more of the history"
        )
    options = (
        "-U0", "-M", "--no-color", "--no-ext-diff", "--no-textconv", "--no-relative",
        "--src-prefix=a/", "--dst-prefix=b/", "--ignore-submodules",
    )  # fmt: skip
    patch = _git("diff", *options, base.decode().strip(), "--", top=top)
    lines = {
        os.path.normpath(os.path.join(top, os.fsdecode(each.name[2:]))): each.lines
        for each in files(patch, "git")
        if each.name
    }
    tracked = {
        os.path.normpath(os.path.join(top, os.fsdecode(name)))
        for name in _git("ls-files", "-z", top=top).split(b"\0")
    }
    return Changes(lines, lambda path: path not in tracked)


def _git(*arguments: str, top: str = ".", fails: str | None = None) -> bytes:
    """What git prints; `fails`, where given, stands for nothing if it refuses. Raises ConfigError."""
    from subprocess import run

    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_PAGER": "cat"}
    try:
        done = run(["git", *arguments], cwd=top, env=environment, capture_output=True, check=False)
    except FileNotFoundError:
        raise ConfigError(
            "--diff-base needs git, which is not installed; give a patch with --diff-from"
        ) from None
    except OSError as error:
        raise ConfigError(f"--diff-base: git cannot be run: {error.strerror or error}") from None
    if done.returncode == 0:
        return done.stdout
    if fails is not None:
        return fails.encode()
    reason = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
    raise ConfigError(f"--diff-base: git says: {reason.removeprefix('fatal: ') or 'nothing'}")


# ------------------------------------------------------------------ a patch


def patched(patch: bytes, name: str) -> Changes:
    """What a unified diff changes. Its paths count from the top of the repository or from the working folder.

    `name`: where it comes from, for errors. Raises ConfigError for what is no unified diff.
    """
    found = list(files(patch, name))
    top = _top()
    lines: dict[str, Lines] = {}
    missing: list[str] = []
    for each in found:
        if not each.name:
            continue
        names = [os.fsdecode(each.name)]
        if each.name[:2] in (b"a/", b"b/", b"c/", b"i/", b"o/", b"w/"):
            names.insert(0, os.fsdecode(each.name[2:]))
        places = [os.path.realpath(os.path.join(folder, n)) for n in names for folder in (top, ".")]
        there = next(filter(os.path.exists, places), None)
        if there is None:
            missing.append(names[0])
        else:
            lines[there] = each.lines
    if missing and not lines:
        raise ConfigError(
            f"--diff-from: {name}: there is no file “{missing[0]}” here; run newslint at the top of the repository"
        )
    return Changes(lines, lambda path: False)


def _top() -> str:
    folder = os.path.realpath(".")
    while not os.path.exists(os.path.join(folder, ".git")):
        parent = os.path.dirname(folder)
        if parent == folder:
            return "."
        folder = parent
    return folder


def files(patch: bytes, name: str) -> Iterator[File]:
    """The files of a unified diff, by their new names with any prefix. Raises ConfigError."""
    current: bytes | None = None  # the new name, as far as it is known
    lines: list[tuple[int, int]] = []
    whole = False
    old = new = at = 0  # lines that the hunk has left, and the number of the next new one
    seen = False
    rows = patch.split(b"\n")
    for number, row in enumerate(rows):
        if old > 0 or new > 0:
            sign = row[:1]
            if sign == b"+":
                if lines and lines[-1][1] == at - 1:
                    lines[-1] = (lines[-1][0], at)
                else:
                    lines.append((at, at))
            if sign in (b"+", b" ", b"\r", b""):
                new -= 1
                at += 1
            if sign in (b"-", b" ", b"\r", b""):
                old -= 1
            is_last = number == len(rows) - 1 and (old > 0 or new > 0)
            if is_last or sign not in (b"+", b"-", b" ", b"\\", b"\r", b""):
                raise ConfigError(
                    f"--diff-from: {name}:{number + 1}: the patch breaks off in a hunk"
                )
            continue
        if row.startswith(b"@@@"):
            raise ConfigError(
                f"--diff-from: {name}:{number + 1}: a diff of a merge; give one against a parent"
            )
        if row.startswith(b"@@ "):
            if current is None:
                raise ConfigError(f"--diff-from: {name}:{number + 1}: a hunk of no file")
            old, new, at = _hunk(row, f"{name}:{number + 1}")
        elif row.startswith(b"diff --git "):
            if current is not None:
                yield File(current, WHOLE if whole else lines)
            # Without a name where none follows: the mode alone has changed, or the file is empty.
            current, lines, whole, seen = b"", [], False, True
        elif row.startswith(b"+++ "):
            if current:
                yield File(current, WHOLE if whole else lines)
            current, lines, whole, seen = _name(row[4:]), [], False, True
        elif row.startswith((b"rename to ", b"copy to ")):
            current = b"b/" + _name(row.partition(b" to ")[2])
        elif row.startswith((b"Binary files ", b"GIT binary patch")) and current is not None:
            current = current or _new_name(rows, number)
            whole = True
        elif row.startswith(b"* Unmerged path "):
            yield File(b"b/" + _name(row[len(b"* Unmerged path ") :]), WHOLE)
            seen = True
    if current is not None:
        yield File(current, WHOLE if whole else lines)
    if not seen and patch.strip():
        raise ConfigError(f"--diff-from: {name} is no unified diff; make one with git diff")


def _hunk(row: bytes, place: str) -> tuple[int, int, int]:
    """How many old and new lines a hunk has, and the number of its first new one."""
    parts = row.split(b" ")
    try:
        (_, old), (start, new) = (_range(part) for part in parts[1:3])
    except ValueError:
        raise ConfigError(f"--diff-from: {place}: a hunk without numbers of lines") from None
    return old, new, start


def _range(written: bytes) -> tuple[int, int]:
    first, comma, count = written[1:].partition(b",")
    return int(first), int(count) if comma else 1


def _new_name(rows: Sequence[bytes], number: int) -> bytes:
    """The new name of a binary file: from “Binary files … and … differ”, or from the head of a binary patch."""
    row = rows[number]
    if row.startswith(b"Binary files "):
        named = row.removeprefix(b"Binary files ").rstrip(b"\r").removesuffix(b" differ")
        if named.endswith(b" and /dev/null"):
            return b""
        return _second(named, b" and ")
    while not rows[number].startswith(b"diff --git "):
        if rows[number].startswith(b"deleted file"):
            return b""
        number -= 1
    return _second(rows[number].removeprefix(b"diff --git "), b" ")


def _second(pair: bytes, between: bytes) -> bytes:
    """The second of two names, which may hold what stands between them; both are of one file."""
    if pair.endswith(b'"'):
        return (
            _name(pair[pair.rindex(b'"', 0, -1) :])
            if b'\\"' not in pair
            else _name(pair[_quoted(pair) :])
        )
    at = pair.find(between)
    while at >= 0:
        first, second = _name(pair[:at]), pair[at + len(between) :]
        if first[2:] == second[2:] or first == b"/dev/null":
            return _name(second)
        at = pair.find(between, at + 1)
    return _name(pair.rpartition(between)[2])


def _quoted(pair: bytes) -> int:
    """Where the last name in quotes begins."""
    at = pair.find(b' "')
    return at + 1 if at >= 0 else 0


def _name(written: bytes) -> bytes:
    """A name as git and diff write it; "" for /dev/null. Behind a tab diff puts a date."""
    written = written.rstrip(b"\r")
    if written.startswith(b'"'):
        return _unquoted(written)
    found = written.partition(b"\t")[0]
    return b"" if found == b"/dev/null" else found


_ESCAPES = {b"a": 7, b"b": 8, b"t": 9, b"n": 10, b"v": 11, b"f": 12, b"r": 13}


def _unquoted(written: bytes) -> bytes:
    made = bytearray()
    at = 1
    while at < len(written) and written[at : at + 1] != b'"':
        sign = written[at : at + 1]
        if sign != b"\\":
            made += sign
            at += 1
            continue
        sign = written[at + 1 : at + 2]
        if sign.isdigit():
            made.append(int(written[at + 1 : at + 4], 8) & 0xFF)
            at += 4
        else:
            made += bytes((_ESCAPES[sign],)) if sign in _ESCAPES else sign
            at += 2
    return bytes(made)
