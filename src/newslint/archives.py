"""Archives (.zip, .tar and compressed .tar) as folders: their members, one in memory at a time, none on disk.

A member goes by the path of its archive, "!" and its own: `2024.zip!desk/rain.md`. For patterns it is a file in
a folder of the archive's name. Archives are hostile input: all that they may unpack to is limited.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from newslint.compressed import Damaged, inner_name, opened
from newslint.typed import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from tarfile import TarFile
    from typing import BinaryIO
    from zipfile import ZipFile

SUFFIXES = (".zip", ".tar", ".tgz", ".tbz2", ".txz")  # and .tar with one of compressed files
MARK = "!"
MOST_MEMBERS = 200_000
LARGEST_ARCHIVE = 20_000_000_000  # bytes, unpacked
FREE = 50_000_000  # bytes that may be unpacked from ever so few
MOST_TIMES = 200  # by which more than that may grow; text shrinks to a third or a tenth
REMEDY = "unpack it, and check the folder"


class Member(NamedTuple):
    """A file in an archive. `data` None: it could not be read, and `fault` says why."""

    name: str
    data: bytes | None
    fault: str = ""


class TooLarge(OSError):
    """The archive unpacks to more than is allowed."""


def is_archive(path: str) -> bool:
    """Whether a path is that of an archive, by its suffix."""
    name = path.lower()
    return name.endswith(SUFFIXES) or (
        name != inner_name(name) and inner_name(name).endswith(".tar")
    )


def as_folders(path: str) -> str:
    """The path of a member as if its archive were a folder; any other path as it is."""
    at = path.find(MARK)
    while at > 0:
        if is_archive(path[:at]):
            path = f"{path[:at]}/{path[at + 1 :]}"
        at = path.find(MARK, at + 1)
    return path


def outermost(path: str) -> str:
    """The file that the path of a member lies in; any other path as it is."""
    at = path.find(MARK)
    while at > 0:
        if is_archive(path[:at]):
            return path[:at]
        at = path.find(MARK, at + 1)
    return path


def relative(path: str, folder: str) -> str:
    """A path from `folder`, with "/" between its parts, as patterns see it."""
    from os.path import abspath, relpath

    return as_folders(relpath(abspath(path), abspath(folder)).replace("\\", "/"))


def members(
    handle: BinaryIO, path: str, wanted: Callable[[str], bool], megabytes: int
) -> Iterator[Member]:
    """The members of an open archive whose names are `wanted`, in its order.

    `megabytes`: that a member may have at most, 0 for any number. Raises OSError where the archive cannot be read on, or would unpack to too much.
    """
    if path.lower().endswith(".zip"):
        return _of_zip(handle, wanted, megabytes)
    return _of_tar(_Watched(handle, _unpacked(handle, path)), wanted, megabytes)


def _unpacked(handle: BinaryIO, path: str) -> BinaryIO:
    short = {".tgz": ".gz", ".tbz2": ".bz2", ".txz": ".xz"}
    suffix = next((end for end in short if path.lower().endswith(end)), "")
    return opened(
        handle, path.removesuffix(path[-len(suffix) :]) + short[suffix] if suffix else path
    )


class _Budget:
    """What may still be unpacked."""

    def __init__(self) -> None:
        self._unpacked = 0

    def take(self, unpacked: int, packed: int) -> None:
        """Count bytes that came of `packed` bytes so far. Raises TooLarge."""
        self._unpacked += unpacked
        if self._unpacked > LARGEST_ARCHIVE:
            raise TooLarge(f"it unpacks to more than {LARGEST_ARCHIVE:,} bytes; {REMEDY}")
        if self._unpacked > FREE and self._unpacked > packed * MOST_TIMES:
            times = f"more than {MOST_TIMES} times its size"
            raise TooLarge(f"it unpacks to {times}, as no text does; {REMEDY} if you trust it")


class _Watched:
    """What a compressed archive unpacks to, for as long as that is in proportion."""

    def __init__(self, packed: BinaryIO, unpacked: BinaryIO) -> None:
        self._packed = packed
        self._unpacked = unpacked
        self._is_packed = packed is not unpacked
        self._budget = _Budget()

    def read(self, size: int) -> bytes:
        # What stands before a damaged place is not lost with it.
        data: bytes = getattr(self._unpacked, "read1", self._unpacked.read)(size)
        self._budget.take(len(data), self._packed.tell() if self._is_packed else 1 << 60)
        return data


# ------------------------------------------------------------------ zip


def _of_zip(handle: BinaryIO, wanted: Callable[[str], bool], megabytes: int) -> Iterator[Member]:
    from zipfile import BadZipFile, ZipFile

    try:
        archive = ZipFile(handle)
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise Damaged(f"no zip archive, or a damaged one: {error}") from error
    budget = _Budget()
    with archive:
        for count, info in enumerate(archive.infolist()):
            if count >= MOST_MEMBERS:
                raise TooLarge(f"more than {MOST_MEMBERS:,} files are in it; {REMEDY}")
            if info.is_dir() or not wanted(info.filename):
                continue
            member = _from_zip(archive, info.filename, count, info.file_size, megabytes)
            if member.data is not None:
                budget.take(len(member.data), info.compress_size)
            yield member


def _from_zip(archive: ZipFile, name: str, index: int, size: int, megabytes: int) -> Member:
    from zipfile import BadZipFile
    from zlib import error as ZlibError

    most = _most(megabytes)
    if size > most:
        return Member(name, None, _too_large(megabytes))
    info = archive.infolist()[index]
    if info.flag_bits & 0x1:
        return Member(name, None, f"encrypted; {REMEDY}")
    try:
        with archive.open(info) as inside:
            data = inside.read(most + 1)
    except (BadZipFile, ZlibError, EOFError, OSError, RuntimeError, ValueError) as error:
        return Member(name, None, f"cannot be unpacked: {error or type(error).__name__}")
    except NotImplementedError as error:
        return Member(name, None, f"packed in a way that is not known here: {error}")
    if len(data) > most:
        return Member(name, None, _too_large(megabytes))
    return Member(name, data)


def _most(megabytes: int) -> int:
    """Bytes that a member may have: no archive has more."""
    return megabytes * 1_000_000 or LARGEST_ARCHIVE


def _too_large(megabytes: int) -> str:
    raised = ", or raise max-megabytes" * (megabytes > 0)
    return f"unpacks to more than {_most(megabytes):,} bytes; {REMEDY}{raised}"


# ------------------------------------------------------------------ tar


def _of_tar(stream: _Watched, wanted: Callable[[str], bool], megabytes: int) -> Iterator[Member]:
    import tarfile

    try:
        with tarfile.open(fileobj=cast("BinaryIO", stream), mode="r|") as archive:
            for count, info in enumerate(archive):
                if count >= MOST_MEMBERS:
                    raise TooLarge(f"more than {MOST_MEMBERS:,} files are in it; {REMEDY}")
                if not info.isfile() or not wanted(info.name):
                    continue
                if info.size > _most(megabytes):
                    yield Member(info.name, None, _too_large(megabytes))
                    continue
                yield Member(info.name, _from_tar(archive, info))
                archive.members.clear()  # type: ignore[attr-defined]
    except (tarfile.TarError, EOFError, ValueError, OverflowError) as error:
        raise Damaged(f"no tar archive, or a damaged one: {error}") from error


def _from_tar(archive: TarFile, info: object) -> bytes:
    inside = archive.extractfile(info)  # type: ignore[arg-type]
    return inside.read() if inside is not None else b""
