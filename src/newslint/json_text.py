"""JSON with places: where in a text the members of an object and the characters of a string stand.

The standard library's own scanner reads the values, so that this is as strict and nearly as fast.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from newslint.draft import Piece
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re
    from json import JSONDecoder
    from typing import TypeAlias

Json: TypeAlias = "str | bool | Number | list[Json] | dict[str, Json] | None"


class Number(NamedTuple):
    """A number as written."""

    written: str


class NotJson(ValueError):
    """What is wrong, and where: an offset of the text."""

    def __init__(self, message: str, start: int) -> None:
        super().__init__(message)
        self.start = start


class Member(NamedTuple):
    """A member of an object: its key, and its value at `start` to `end`."""

    key: str
    key_start: int
    value: Json
    start: int
    end: int


class Object(NamedTuple):
    members: list[Member]
    end: int


def parse_object(text: str, start: int = 0) -> Object:
    """The object at `start`. Raises NotJson."""
    from json.decoder import scanstring  # type: ignore[attr-defined]

    members: list[Member] = []
    space = _space()
    at = space.match(text, start + 1).end()  # type: ignore[union-attr]
    if text.startswith("}", at):
        return Object(members, at + 1)
    while True:
        if not text.startswith('"', at):
            raise NotJson("a key in double quotes should stand here", at)
        key_start = at
        try:
            key, at = scanstring(text, at + 1, True)
        except ValueError as error:
            raise _reason(error, at) from None
        at = space.match(text, at).end()  # type: ignore[union-attr]
        if not text.startswith(":", at):
            raise NotJson("a colon should stand here", at)
        at = space.match(text, at + 1).end()  # type: ignore[union-attr]
        value, end = value_at(text, at)
        members.append(Member(key, key_start, value, at, end))
        at = space.match(text, end).end()  # type: ignore[union-attr]
        if text.startswith("}", at):
            return Object(members, at + 1)
        if not text.startswith(",", at):
            raise NotJson("a comma or the closing brace should stand here", at)
        at = space.match(text, at + 1).end()  # type: ignore[union-attr]


def elements(text: str, start: int) -> Iterator[tuple[Json, int, int]]:
    """The elements of the array at `start`, which must be valid: value, start and end of each."""
    space = _space()
    at = space.match(text, start + 1).end()  # type: ignore[union-attr]
    while not text.startswith("]", at):
        value, end = value_at(text, at)
        yield value, at, end
        at = space.match(text, end).end()  # type: ignore[union-attr]
        if text.startswith(",", at):
            at = space.match(text, at + 1).end()  # type: ignore[union-attr]


def value_at(text: str, at: int) -> tuple[Json, int]:
    """The value at `at` and where it ends. Raises NotJson."""
    try:
        value, end = _decoder().scan_once(text, at)  # type: ignore[attr-defined]
    except StopIteration as stop:
        where = stop.value if isinstance(stop.value, int) else at
        ended = not text[where:].strip(" \t\r\n") if len(text) - where < 100 else False
        raise NotJson(
            "it ends too early" if ended else "a value should stand here", where
        ) from None
    except RecursionError:
        raise NotJson("nested too deeply", at) from None
    except ValueError as error:
        raise _reason(error, at, text) from None
    return value, end


class Node:
    """A value of a JSON text with its place, and the way to what is inside it.

    `text` must be valid JSON from `start` to `end`.
    """

    __slots__ = ("_members", "end", "start", "text", "value")

    def __init__(self, text: str, value: Json, start: int, end: int) -> None:
        self.text = text
        self.value = value
        self.start = start
        self.end = end
        self._members: dict[str, Member] | None = None

    @classmethod
    def of_object(cls, text: str, start: int) -> Node:
        """The object at `start`, read once for both its values and their places. Raises NotJson."""
        found = parse_object(text, start)
        members = {member.key: member for member in found.members}
        values = {key: member.value for key, member in members.items()}
        node = cls(text, values, start, found.end)
        node._members = members
        return node

    @property
    def string(self) -> str:
        """The value, if it is a string that shows something; else ""."""
        return self.value if isinstance(self.value, str) and self.value.strip() else ""

    @property
    def written(self) -> str:
        """A string, or a number as it is written; else ""."""
        return self.value.written if isinstance(self.value, Number) else self.string

    @property
    def members(self) -> dict[str, Member]:
        """The members of an object; of two of one key the last counts. Empty for all else."""
        if self._members is None:
            self._members = {}
            if isinstance(self.value, dict):
                for member in parse_object(self.text, self.start).members:
                    self._members[member.key] = member
        return self._members

    def get(self, *keys: str) -> Node | None:
        """What stands under a path of keys, if anything does."""
        node = self
        for key in keys:
            if not isinstance(node.value, dict) or key not in node.value:
                return None
            member = node.members[key]
            node = Node(self.text, member.value, member.start, member.end)
        return node

    def items(self) -> Iterator[Node]:
        """The elements of an array; none for all else."""
        if isinstance(self.value, list):
            for value, start, end in elements(self.text, self.start):
                yield Node(self.text, value, start, end)

    @property
    def pieces(self) -> list[Piece]:
        """The characters of a string or number, with their places."""
        if isinstance(self.value, str):
            return string_pieces(self.text, self.start, self.end, self.value)
        if isinstance(self.value, Number):
            return [(self.value.written, self.start, self.end)]
        return []


def behind_space(text: str, at: int) -> int:
    """Where the white space at `at` ends."""
    match = _space().match(text, at)
    assert match is not None
    return match.end()


def string_pieces(text: str, start: int, end: int, value: str) -> list[Piece]:
    """The characters of the string literal at `start` to `end` (with its quotes), which says `value`.

    Half a surrogate pair is shown as a replacement character.
    """
    first, last = start + 1, end - 1
    if last - first == len(value):
        return [(value, first, last)] if value else []
    pieces: list[Piece] = []
    at = first
    for match in _escape().finditer(text, first, last):
        begin, stop = match.span()
        if begin > at:
            pieces.append((text[at:begin], at, begin))
        pieces.append((_shown(match[0]), begin, stop))
        at = stop
    if last > at:
        pieces.append((text[at:last], at, last))
    return pieces


def escaped(text: str, *, as_ascii: bool = False) -> str:
    """`text` as it stands inside a JSON string."""
    from json import dumps

    return dumps(text, ensure_ascii=as_ascii)[1:-1]


_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


@lru_cache(maxsize=1_000)
def _shown(escape: str) -> str:
    if escape[1] != "u":
        return _ESCAPES.get(escape[1], escape[1])
    unit = int(escape[2:6], 16)
    if len(escape) == 12:
        low = int(escape[8:], 16)
        return chr(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
    return "\N{REPLACEMENT CHARACTER}" if 0xD800 <= unit < 0xE000 else chr(unit)


def _reason(error: ValueError, at: int, text: str = "") -> NotJson:
    from json import JSONDecodeError

    if isinstance(error, NotJson):
        found = (match for match in _word().finditer(text, at) if match[1])
        return NotJson(str(error), next((match.start() for match in found), at))
    if not isinstance(error, JSONDecodeError):
        return NotJson(str(error), at)
    message = error.msg[:1].lower() + error.msg[1:]
    message = message.removesuffix(" starting at").removesuffix(" at")
    return NotJson(message, error.pos)


def _not_a_number(name: str) -> Json:
    raise NotJson(f"{name} is not JSON; write null", 0)


@cache
def _decoder() -> JSONDecoder:
    from json import JSONDecoder

    # Numbers stay as written: nobody calculates with them, and huge ones would be refused.
    return JSONDecoder(parse_float=Number, parse_int=Number, parse_constant=_not_a_number)


@cache
def _space() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"[ \t\r\n]*+")


@cache
def _word() -> re.Pattern[str]:
    """A string, or (1) what programs write for what is no number."""
    from newslint.expressions import DOTALL, compiled

    return compiled(r'"(?:[^"\\]|\\.)*+"|(-?Infinity|NaN)', DOTALL)


@cache
def _escape() -> re.Pattern[str]:
    from newslint.expressions import DOTALL, compiled

    return compiled(
        r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)",
        DOTALL,
    )
