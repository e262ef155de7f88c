"""Rows and keys of articles: in memory while there are few, beyond that in temporary files.

The files have no name where the system can do without one, so that nothing is left of them however a run ends.
Where none can be written, what is still to come stays in memory.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain, compress, repeat
from operator import ne, not_

from newslint.cache import packed, unpacked
from newslint.typed import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from typing import BinaryIO, TypeAlias

    from newslint.cache import Data

BYTES_HELD = 8_000_000  # of rows, before they go into a file: the titles of some 40,000 articles
KEYS_HELD = 400_000  # the same for keys: 5 MB, those of the titles of 200,000 articles
KEYS_AT_ONCE = 250_000  # that are grouped in one go: some 25 MB
BYTES_AT_ONCE = 100_000  # that are written into it from then on
TOGETHER = 16  # rows that are packed as one
PACKS_AT_ONCE = 32  # that are read in one go
PARTS = 256  # of keys, by one byte of each
LAST_BYTE = 40  # where the last byte begins by which keys of 48 bits differ

Row: TypeAlias = "tuple[Data, ...]"
Lot: TypeAlias = "tuple[array[int], array[int]]"  # keys, and the holder of each


class _Scratch:
    """A temporary file, made when something is put into it."""

    def __init__(self) -> None:
        self._file: BinaryIO | None = None
        self.end = 0

    def put(self, data: bytes) -> None:
        """Write at the end. Raises OSError where that cannot be done; what has been put before stays."""
        if self._file is None:
            from tempfile import TemporaryFile

            # Without a buffer nothing is left to be written, and to fail again, when the file is closed.
            self._file = cast("BinaryIO", TemporaryFile(buffering=0, prefix="newslint-"))  # noqa: SIM115
        self._file.seek(self.end)
        rest = memoryview(data)
        while rest:
            rest = rest[self._file.write(rest) :]
        self.end += len(data)

    def get(self, start: int, end: int) -> bytes:
        """What stands there. Raises OSError."""
        assert self._file is not None
        self._file.seek(start)
        data = self._file.read(end - start)
        if len(data) < end - start:
            raise OSError("a temporary file has been cut off")
        return data

    def close(self) -> None:
        """Let go of the file, and of what is in it."""
        if self._file is not None:
            self._file.close()

    __del__ = close


class Rows:
    """Rows of data by number, in the order in which they were added. What is read of them may raise OSError."""

    def __init__(self) -> None:
        self._scratch = _Scratch()
        self._ends = array("Q")  # of the packs in the file
        self._packs: list[bytes] = []  # behind these
        self._size = 0  # of `_packs`
        self._last: list[Row] = []  # not packed yet
        self._count = 0
        self._at, self._rows = -2, self._last  # the pack that was read last
        self._is_full = False  # the file

    def add(self, row: Row) -> int:
        """Take up a row; its number."""
        number = self._count
        self._count = number + 1
        last = self._last
        last.append(row)
        if len(last) == TOGETHER:
            self._packs.append(packed(tuple(last)))
            self._size += len(self._packs[-1])
            self._last = []
            most = min(BYTES_AT_ONCE, BYTES_HELD) if self._ends else BYTES_HELD
            if self._size > most and not self._is_full:
                self._put_aside()
        return number

    def _put_aside(self) -> None:
        end = self._scratch.end
        try:
            self._scratch.put(b"".join(self._packs))
        except OSError:
            self._is_full = True
            return
        for pack in self._packs:
            end += len(pack)
            self._ends.append(end)
        self._packs, self._size = [], 0

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, number: int) -> Row:
        at = number // TOGETHER
        if at != self._at:
            if not 0 <= number < self._count:
                raise IndexError(number)
            self._at, self._rows = at, self._pack(at)
        return self._rows[number % TOGETHER]

    def __iter__(self) -> Iterator[Row]:
        count = len(self._ends)
        packs = range(count, count + len(self._packs) + 1)
        return chain(self._put_there(), chain.from_iterable(map(self._pack, packs)))

    def _put_there(self) -> Iterator[Row]:
        """The rows in the file."""
        start = 0
        for at in range(0, len(self._ends), PACKS_AT_ONCE):
            ends = self._ends[at : at + PACKS_AT_ONCE]
            data = self._scratch.get(start, ends[-1])
            begin = 0
            for end in ends:
                yield from cast("tuple[Row, ...]", unpacked(data[begin : end - start]))
                begin = end - start
            start = ends[-1]

    def _pack(self, at: int) -> list[Row]:
        count = len(self._ends)
        if at < count:
            pack = self._scratch.get(self._ends[at - 1] if at else 0, self._ends[at])
        elif at < count + len(self._packs):
            pack = self._packs[at - count]
        else:
            return self._last
        return [*cast("tuple[Row, ...]", unpacked(pack))]

    def close(self) -> None:
        """Let go of them."""
        self._scratch.close()


class Keys:
    """Keys of numbered members, and what they have in common: numbers of 64 bits with a sign.

    Nearly all keys are those of one member alone; what is done with each key is no loop in Python, but for the others.
    `shift`: where the byte begins by which keys fall into parts.
    """

    def __init__(self, shift: int = 24) -> None:
        self._shift = shift
        self._keys = array("q")
        self._holders = array("I")  # of each key
        self._scratch = _Scratch()
        # In the file: of each part, once for each time that some were put there.
        self._edges = array("Q")
        self._is_full = False  # the file

    def add(self, member: int, keys: Collection[int]) -> None:
        """The keys of one member. For `groups` members come in rising order."""
        self.extend(repeat(member, len(keys)), keys)

    def extend(self, members: Iterable[int], keys: Iterable[int]) -> None:
        """Keys of members, a member for each."""
        self._keys.extend(keys)
        self._holders.extend(members)
        if len(self._keys) > KEYS_HELD and not self._is_full:
            self._put_aside()

    def _put_aside(self) -> None:
        lots = _by_byte(self._keys, self._holders, self._shift)
        sizes = [len(lot[0]) for lot in lots]
        at = self._scratch.end
        try:
            self._scratch.put(b"".join([each.tobytes() for each in chain.from_iterable(lots)]))
        except OSError:
            self._is_full = True
            return
        self._keys, self._holders = array("q"), array("I")
        self._edges.append(at)
        for size in sizes:
            at += size * _KEY_AND_HOLDER
            self._edges.append(at)

    def groups(self, left_out: bytearray | None = None) -> Iterator[tuple[int, list[int]]]:
        """Each key that two or more members have, with these; then nothing is left.

        `left_out`: for each member, whether it is none.
        """
        for keys, holders in self.parts(left_out):
            yield from grouped(*again(keys, holders)).items()

    def sharing(self, left_out: bytearray | None = None) -> Iterator[int]:
        """The members that have a key in common with another one, some of them again and again; then nothing is left."""
        for keys, holders in self.parts(left_out):
            first, later, members = again(keys, holders)
            yield from members
            yield from map(first.__getitem__, later)

    def parts(self, left_out: bytearray | None = None) -> Iterator[Lot]:
        """The keys with their holders a part at a time, all of one key in the same part; then nothing is left."""
        if not self._edges:
            yield from _parted(*_without(left_out, *self._taken()), self._shift)
            return
        rest = _by_byte(*self._taken(), self._shift)
        for part, (last_keys, last_holders) in enumerate(rest):
            some_keys, some_holders = array("q"), array("I")
            for at in range(part, len(self._edges), PARTS + 1):
                data = self._scratch.get(*self._edges[at : at + 2])
                count = len(data) // _KEY_AND_HOLDER
                lot = array("q", data[: _KEY * count]), array("I", data[_KEY * count :])
                own_keys, own_holders = _without(left_out, *lot)
                some_keys.extend(own_keys)
                some_holders.extend(own_holders)
            own_keys, own_holders = _without(left_out, last_keys, last_holders)
            some_keys.extend(own_keys)
            some_holders.extend(own_holders)
            yield from _parted(some_keys, some_holders, self._shift + 8)
        self._edges = array("Q")
        self._scratch.close()

    def _taken(self) -> Lot:
        keys, holders = self._keys, self._holders
        self._keys, self._holders = array("q"), array("I")
        return keys, holders


_KEY = array("q").itemsize
_KEY_AND_HOLDER = _KEY + array("I").itemsize


def _by_byte(keys: Iterable[int], holders: Iterable[int], shift: int) -> list[Lot]:
    """Keys and their holders in `PARTS`, by one byte of each key."""
    lots = [(array("q"), array("I")) for _ in range(PARTS)]
    put = [(lot[0].append, lot[1].append) for lot in lots]
    for key, holder in zip(keys, holders, strict=True):
        put_key, put_holder = put[key >> shift & 0xFF]
        put_key(key)
        put_holder(holder)
    return lots


def _parted(keys: array[int], holders: array[int], shift: int) -> Iterator[Lot]:
    """Keys and their holders in parts that are grouped in one go, as far as their bytes tell them apart."""
    if len(keys) <= KEYS_AT_ONCE or shift > LAST_BYTE:
        yield keys, holders
        return
    lots = _by_byte(keys, holders, shift)
    del keys, holders
    for lot in lots:
        yield from _parted(*lot, shift + 8)


def _without(left_out: bytearray | None, keys: array[int], holders: array[int]) -> Lot:
    if left_out is None:
        return keys, holders
    is_in = bytes(map(not_, map(left_out.__getitem__, holders)))
    return array("q", compress(keys, is_in)), array("I", compress(holders, is_in))


def again(
    keys: array[int], holders: array[int]
) -> tuple[dict[int, int], Iterator[int], Iterator[int]]:
    """The first holder of each key; and keys that another one has, too, each with that."""
    every, owners = keys.tolist(), holders.tolist()
    first: dict[int, int] = {}
    is_later = bytes(map(ne, map(first.setdefault, every, owners), owners))
    return first, compress(every, is_later), compress(owners, is_later)


def grouped(
    first: Mapping[int, int], keys: Iterable[int], holders: Iterable[int]
) -> dict[int, list[int]]:
    """Keys that two or more members have, with these, of what `again` gives."""
    found: dict[int, list[int]] = {}
    for key, member in zip(keys, holders, strict=True):
        members = found.get(key)
        if members is None:
            found[key] = [first[key], member]
        elif members[-1] != member:
            members.append(member)
    return found


def signed(number: int) -> int:
    """A number of 64 bits with its first bit as a sign."""
    return number - (1 << 64) if number >> 63 else number


def unsigned(number: int) -> int:
    """The number that `signed` was given."""
    return number + (1 << 64) if number < 0 else number
