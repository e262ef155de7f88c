"""On which line of a TOML text each key and each array element stands; TOML parsers keep no lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from typing import TypeAlias

Keys: TypeAlias = "tuple[str, ...]"

DEEPEST = 16  # parts of a path that get lines of their own: front matter may be nested without end


def key_lines(text: str) -> dict[Keys, int]:
    """Lines, counted from 1, by path: `("rules", "long-title", "max-characters")`.

    Elements of arrays and of arrays of tables go by their number: `("overrides", "0", "select", "1")`.
    `text` must be valid TOML.
    """
    return _Scan(text).lines


def line_of(lines: Mapping[Keys, int], keys: Sequence[str]) -> int:
    """The line of `keys`, else of the nearest key around them, else 1."""
    path = tuple(keys)
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


@cache
def _tokens() -> re.Pattern[str]:
    from newslint.expressions import DOTALL, compiled

    return compiled(
        r'''(?P<string>"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*')'''
        r"""|(?P<skipped>[ \t\r]+|\#[^\n]*)|(?P<mark>[\n\[\]{}=,.])|(?P<bare>[^\s\[\]{}=,.#"']+)""",
        DOTALL,
    )


class _Scan:
    """A reader of tokens that notes the lines of keys."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Keys, int] = {}
        self._tables: dict[Keys, int] = {}  # arrays of tables: how many elements so far
        self._coming = self._read(text)
        self._kind, self._token, self._line = next(self._coming)
        table: Keys = ()
        while self._kind != "end":
            if self._token == "\n":
                self._next()
            elif self._kind == "mark" and self._token == "[":
                table = self._header()
            else:
                self._pair(table)

    @staticmethod
    def _read(text: str) -> Iterator[tuple[str, str, int]]:
        line = 1
        for match in _tokens().finditer(text):
            token, kind = match.group(), match.lastgroup or ""
            if kind != "skipped":
                yield kind, token, line
            line += token.count("\n")
        while True:
            yield "end", "", line

    def _next(self) -> None:
        self._kind, self._token, self._line = next(self._coming)

    def _is(self, mark: str) -> bool:
        return self._kind == "mark" and self._token == mark

    def _key(self) -> Keys:
        parts = []
        while self._kind in ("string", "bare") or self._is("."):
            if not self._is("."):
                parts.append(_unquoted(self._token) if self._kind == "string" else self._token)
            self._next()
        return tuple(parts)

    def _note(self, keys: Keys, line: int) -> None:
        """`keys` stand on `line`, and with them every table that they are the first to name."""
        for length in range(1, min(len(keys), DEEPEST) + 1):
            self.lines.setdefault(keys[:length], line)

    def _header(self) -> Keys:
        line = self._line
        self._next()
        array = self._is("[")
        if array:
            self._next()
        keys: Keys = ()
        parts = self._key()
        for index, part in enumerate(parts):
            keys = (*keys, part)
            if keys in self._tables and not (array and index == len(parts) - 1):
                keys = (*keys, str(self._tables[keys] - 1))
        if array:
            number = self._tables.get(keys, 0)
            self._tables[keys] = number + 1
            keys = (*keys, str(number))
        while self._is("]"):
            self._next()
        self._note(keys, line)
        return keys

    def _pair(self, table: Keys) -> None:
        line = self._line
        keys = (*table, *self._key())
        if not self._is("="):  # cannot be in valid TOML; go on rather than stand still
            self._next()
            return
        self._note(keys, line)
        self._next()
        self._value(keys)

    def _value(self, keys: Keys) -> None:
        if len(keys) >= DEEPEST:
            self._pass_over()
        elif self._is("["):
            self._next()
            number = 0
            while not self._is("]") and self._kind != "end":
                if self._is("\n") or self._is(","):
                    self._next()
                    continue
                element = (*keys, str(number))
                self._note(element, self._line)
                self._value(element)
                number += 1
            self._next()
        elif self._is("{"):
            self._next()
            while not self._is("}") and self._kind != "end":
                if self._is("\n") or self._is(","):
                    self._next()
                else:
                    self._pair(keys)
            self._next()
        else:  # numbers and dates come in several tokens
            while not (self._kind == "end" or (self._kind == "mark" and self._token in "\n,]}")):
                self._next()

    def _pass_over(self) -> None:
        """Read to the end of a value without a look at what is in it."""
        depth = 0
        while self._kind != "end":
            if self._kind == "mark" and self._token in "[{":
                depth += 1
            elif self._kind == "mark" and self._token in "]}":
                if not depth:  # of the value around
                    return
                depth -= 1
            elif not depth and self._kind == "mark" and self._token in "\n,":
                return
            self._next()


def _unquoted(token: str) -> str:
    """What a quoted key stands for."""
    if "\\" not in token or token[0] == "'":
        return token[1:-1]
    import tomli

    return str(tomli.loads(f"key = {token}")["key"])
