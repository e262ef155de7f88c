"""Places as other programs want them: paths from the root of a checkout, URIs, edits, fingerprints."""

from __future__ import annotations

import os
from functools import lru_cache

from newslint.finding import Finding, fingerprint
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from newslint.finding import Edit


def from_root(path: str, variable: str) -> str:
    """`path` with "/" between its parts, from the folder that an environment variable names if it is below.

    A build server counts paths from the root of the checkout, wherever in it newslint runs.
    """
    root = os.environ.get(variable)
    if root and path != "-":
        path = _below(root, os.getcwd(), path)
    return path.replace(os.sep, "/")


@lru_cache(maxsize=64)
def _below(root: str, here: str, path: str) -> str:
    start = os.path.join(os.path.realpath(root), "")
    absolute = os.path.normpath(os.path.join(os.path.realpath(here), path))
    return absolute.removeprefix(start) if absolute.startswith(start) else path


def fit(path: str) -> str:
    r"""A path for programs that take UTF-8 only: what is none in a file's name becomes `\udce9`."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


def is_inside(path: str) -> bool:
    """Whether a path with "/" stays below the folder it counts from."""
    return not os.path.isabs(path) and path.split("/", 1)[0] != ".."


def uri(path: str) -> str:
    """A relative path with "/" as a relative URI, any other as an absolute one."""
    from urllib.parse import quote

    if is_inside(path):
        return quote(os.fsencode(path), safe="/")
    absolute = os.path.abspath(path).replace(os.sep, "/")
    return "file://" + "/" * (absolute[:1] != "/") + quote(os.fsencode(absolute), safe="/")


class Fingerprints:
    """Names for findings that stay as they are while lines move: made of their sentences, not of numbers.

    Each is unique within its file. Takes the findings of one file after the other.
    """

    def __init__(self) -> None:
        self._file = ""
        self._counts: dict[str, int] = {}

    def of(self, finding: Finding, path: str, file: str) -> str:
        """`hash:number`; `number` tells findings apart that are alike.

        `path`: of the finding, from the root of its checkout. `file`: the path of the `FileResult`.
        """
        if file != self._file:
            self._file, self._counts = file, {}
        named = fingerprint("\0".join((path, finding.part, finding.code, finding.fingerprint)))
        number = self._counts[named] = self._counts.get(named, 0) + 1
        return f"{named}:{number}"


class Range(NamedTuple):
    """A range of a file's lines; columns count code points and UTF-8 bytes, all from 1."""

    line: int
    column: int
    column_utf8: int
    end_line: int
    end_column: int
    end_column_utf8: int


def placed(finding: Finding, edit: Edit) -> Range | None:
    """Where an edit stands; None outside the finding's excerpt, as nothing else of the file is known."""
    text = finding.excerpt.text
    first = finding.start_position
    at = first.column - finding.excerpt.column  # in the excerpt
    start, end = (offset - finding.start + at for offset in (edit.start, edit.end))
    if not 0 <= start <= end <= len(text):
        return None
    before = first.column_utf8 - len(_bytes(text[:at]))
    columns = [(finding.excerpt.column + i, before + len(_bytes(text[:i]))) for i in (start, end)]
    return Range(first.line, *columns[0], first.line, *columns[1])


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def one_edit(finding: Finding) -> tuple[Range, str] | None:
    """The whole fix of a finding as one edit, where all of it stands in the excerpt; else None."""
    from newslint.finding import Edit

    if finding.fix is None or not finding.fix.edits:
        return None
    edits = sorted(finding.fix.edits)
    where = placed(finding, Edit(edits[0].start, max(each.end for each in edits), ""))
    if where is None:
        return None
    text = finding.excerpt.text
    base = finding.start - (finding.start_position.column - finding.excerpt.column)
    new: list[str] = []
    last = edits[0].start
    for edit in edits:
        new += (text[last - base : edit.start - base], edit.new)
        last = edit.end
    return where, "".join(new)
