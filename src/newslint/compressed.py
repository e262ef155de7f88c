"""Compressed files: opened as what is inside them, a piece at a time."""

from __future__ import annotations

import io
from collections.abc import Callable

from newslint.typed import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from typing import BinaryIO

SUFFIXES = (".gz", ".bz2", ".xz", ".zst")
DAMAGED = "the compressed data is damaged or ends too early"


class Damaged(OSError):
    """The compressed data cannot be read to its end."""


def inner_name(path: str) -> str:
    """The name of what is inside: `a.jsonl` for `a.jsonl.gz`; the same name where nothing is compressed."""
    if path[-4:].lower().endswith(SUFFIXES):
        return path[: path.rindex(".")]
    return path


def opened(handle: BinaryIO, path: str) -> BinaryIO:
    """What is inside an open file, by the suffix of its path; the file itself where that is none of `SUFFIXES`.

    Reading raises OSError where the data is damaged. Raises OSError where the format needs a package that is
    not installed.
    """
    suffix = path[len(inner_name(path)) :].lower()
    if not suffix:
        return handle
    return cast("BinaryIO", io.BufferedReader(_Inside(_OPENERS[suffix](handle)), 1 << 16))


class _Inside(io.RawIOBase):
    """A decompressor all of whose errors are one."""

    def __init__(self, inside: BinaryIO) -> None:
        self._inside = inside

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        try:
            # What stands before a damaged place is not lost with it.
            data = self._inside.read1(len(buffer))  # type: ignore[attr-defined]
        except Exception as error:
            if isinstance(error, OSError) and error.errno:
                raise
            raise Damaged(DAMAGED) from error
        buffer[: len(data)] = data
        return len(data)


def _gzip(handle: BinaryIO) -> BinaryIO:
    from gzip import GzipFile

    return cast("BinaryIO", GzipFile(fileobj=handle, mode="rb"))


def _bzip2(handle: BinaryIO) -> BinaryIO:
    from bz2 import BZ2File

    return cast("BinaryIO", BZ2File(handle))


def _xz(handle: BinaryIO) -> BinaryIO:
    from lzma import LZMAFile

    return cast("BinaryIO", LZMAFile(handle))


def _zstandard(handle: BinaryIO) -> BinaryIO:
    from importlib import import_module

    for name in (
        "compression.zstd",
        "backports.zstd",
    ):  # the second has the first for older Pythons
        try:
            found = import_module(name)
        except ImportError:
            continue
        return cast("BinaryIO", found.ZstdFile(handle))
    raise OSError("to read .zst files, install newslint[zstd]")


_OPENERS: dict[str, Callable[[BinaryIO], BinaryIO]] = {
    ".gz": _gzip,
    ".bz2": _bzip2,
    ".xz": _xz,
    ".zst": _zstandard,
}
