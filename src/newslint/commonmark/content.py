"""The lines of a block joined to one string that remembers where each came from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TypeAlias

from newslint.draft import Piece

Segment: TypeAlias = "tuple[int, int]"  # start and end in the file


class Content:
    """`text` with a line feed between lines; `at` gives the place of any offset in the file."""

    __slots__ = ("_files", "_shift", "_starts", "text")

    def __init__(self, text: str, shift: int, starts: Sequence[int], files: Sequence[int]) -> None:
        self.text = text
        self._shift = shift
        self._starts = starts  # empty where every offset is `shift` away from its place
        self._files = files

    def at(self, offset: int) -> int:
        if not self._starts:
            return offset + self._shift
        index = bisect_right(self._starts, offset) - 1
        return self._files[index] + offset - self._starts[index]


def joined(text: str, segments: Sequence[Segment]) -> Content:
    """The content of segments of a file's `text`."""
    first, last = segments[0][0], segments[-1][1]
    if len(segments) == 1:
        return Content(text[first:last], first, (), ())
    length = sum(end - start for start, end in segments) + len(segments) - 1
    if length == last - first:  # nothing but line feeds between the lines
        content = text[first:last]
        if content.count("\n") == len(segments) - 1:
            return Content(content, first, (), ())
    starts, files, at = [], [], 0
    for start, end in segments:
        starts.append(at)
        files.append(start)
        at += end - start + 1
    return Content("\n".join(text[start:end] for start, end in segments), 0, starts, files)


def pieces_of(text: str, segments: Sequence[Segment]) -> list[Piece]:
    """The same content as pieces of the file."""
    if len(segments) == 1:
        first, last = segments[0]
        return [(text[first:last], first, last)]
    pieces: list[Piece] = []
    for start, end in segments:
        if pieces:
            pieces.append(("\n", pieces[-1][2], start))
        pieces.append((text[start:end], start, end))
    return pieces
