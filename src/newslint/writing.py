"""Files written: a text to the bytes that its file has for it, and those in the place of the old ones.

What is not edited keeps its bytes, in whatever encoding; a file is there whole or as it was.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from newslint.finding import Edit
from newslint.source import BOMS, Source, read_whole
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import TypeAlias

Stamp: TypeAlias = "tuple[int, int, int]"


class Unwritable(ValueError):
    """The text of a file cannot be turned into bytes that read as it. The message says why."""


def applied(text: str, edits: Iterable[Edit]) -> str:
    """`text` with edits made that do not overlap."""
    pieces: list[str] = []
    at = 0
    for edit in sorted(edits):
        pieces += (text[at : edit.start], edit.new)
        at = edit.end
    return "".join((*pieces, text[at:]))


class Form(NamedTuple):
    """How a file writes its text.

    `raw`: the text, character by character, but with bytes of no encoding as `surrogateescape` has them. `mark`:
    the byte order mark. `strays`: the encoding of such bytes, in a file of nothing else beyond ASCII.
    """

    raw: str
    encoding: str = "utf-8"
    mark: bytes = b""
    strays: str = ""

    def says(self, text: str) -> str:
        """`text` as it would stand in `raw`. Raises UnicodeEncodeError where the encoding lacks a character."""
        if self.strays:
            return text.encode(self.strays).decode("ascii", "surrogateescape")
        text.encode(self.encoding)
        return text

    def edited(self, edits: Iterable[Edit]) -> Form:
        """The form of the text with edits made. Raises UnicodeEncodeError."""
        written = [edit._replace(new=self.says(edit.new)) for edit in edits]
        return self._replace(raw=applied(self.raw, written))

    def bytes_of(self, raw: str) -> bytes:
        """The bytes of a piece of `raw`."""
        return raw.encode(self.encoding, "surrogateescape")

    @property
    def data(self) -> bytes:
        """The whole file."""
        return self.mark + self.bytes_of(self.raw)


def form_of(source: Source, data: bytes | None = None) -> Form:
    """The form of a decoded file. `data`: its bytes, where it is not UTF-8. Raises Unwritable."""
    mark = next((m for m, name in BOMS if name == source.encoding), b"") if source.bom else b""
    if source.bom and data is not None:
        mark = next((m for m, _ in BOMS if data.startswith(m)), b"")
    plain = Form(source.text, source.encoding, mark)
    try:
        if data is None or plain.data == data:
            return plain
    except UnicodeEncodeError:
        pass
    if data is not None and source.encoding == "cp1252":
        raw = data[len(mark) :].decode("utf-8", "surrogateescape")
        only_strays = all(c.isascii() or "\udc80" <= c <= "\udcff" for c in raw)
        mixed = Form(raw, "utf-8", mark, "cp1252" if only_strays else "")
        if len(raw) == len(source.text) and mixed.data == data:
            return mixed
    raise Unwritable(
        f"its bytes are no sound {source.encoding.upper()}, so that nothing of it can be changed;"
        " save it as UTF-8"
    )


def stamp(descriptor: int | str) -> Stamp:
    """What tells whether a file has changed: an open one, or one by its path. Raises OSError."""
    found = os.stat(descriptor)
    return found.st_ino, found.st_size, found.st_mtime_ns


def read_file(path: str, megabytes: int = 0) -> tuple[bytes, Stamp]:
    """A file with its stamp. `megabytes`: as for `read_whole`. Raises OSError."""
    with open(path, "rb") as handle:
        return read_whole(handle, megabytes), stamp(handle.fileno())


def replace_file(path: str, data: bytes, known: Stamp | None = None) -> None:
    """Write a file so that it is there whole or as it was; a link stays one, and a mode is kept.

    `known`: the stamp of the file that was read to make `data`; another one is not written over. What is no regular
    file (a pipe, a device) is written to, not replaced. Raises OSError.
    """
    from contextlib import suppress
    from errno import EACCES, EBUSY, EINVAL
    from stat import S_IMODE
    from tempfile import mkstemp

    if os.path.exists(path) and not os.path.isfile(path):
        if known is not None:
            raise OSError(EINVAL, "it is no regular file, which could be changed in place", path)
        with open(path, "wb") as stream:
            stream.write(data)
        return
    target = os.path.realpath(path)
    folder, name = os.path.split(target)
    if os.path.exists(target) and not os.access(target, os.W_OK):
        raise PermissionError(EACCES, "may not be written", path)
    try:
        handle, draft = mkstemp(prefix=f".{name[:40]}.", dir=folder)
    except OSError as error:
        error.filename = path  # of which the user knows
        raise
    try:
        with open(handle, "wb") as stream:
            stream.write(data)
        try:
            old = os.stat(target)
            if hasattr(os, "chown"):
                with suppress(OSError):  # somebody else's file, in a folder of ours
                    os.chown(draft, old.st_uid, old.st_gid)
            os.chmod(draft, S_IMODE(old.st_mode))
        except FileNotFoundError:
            os.chmod(draft, mode_of_new())
        if known is not None and stamp(target) != known:
            raise OSError(EBUSY, "has changed since it was read; run again", path)
        os.replace(draft, target)
    except BaseException as error:
        with suppress(OSError):
            os.unlink(draft)
        if isinstance(error, OSError):
            error.filename, error.filename2 = path, None  # not the draft, of which nobody knows
        raise


def create_file(path: str, data: bytes) -> None:
    """Write a file that is not there yet, whole or not at all. Raises FileExistsError, and OSError."""
    from contextlib import suppress
    from tempfile import mkstemp

    folder, name = os.path.split(os.path.abspath(path))
    handle, draft = mkstemp(prefix=f".{name[:40]}.", dir=folder)
    try:
        with open(handle, "wb") as stream:
            stream.write(data)
        os.chmod(draft, mode_of_new())
        try:
            os.link(draft, path)  # unlike a renaming, it never takes the place of a file
        except FileExistsError:
            raise
        except (AttributeError, OSError):  # a file system without links
            with open(path, "xb") as stream:
                stream.write(data)
    finally:
        with suppress(OSError):
            os.unlink(draft)


def mode_of_new() -> int:
    """The permissions that a new file gets."""
    mask = os.umask(0o077)
    os.umask(mask)
    return 0o666 & ~mask
