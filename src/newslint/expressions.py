"""Regular expressions of newslint itself, compiled once for a version of it and kept.

Compiling the expressions that one article needs costs a cold start more than matching does. What the
compiler makes is a list of numbers; it is kept in the cache, and a later run hands it to the matcher as it is.
Where anything about that is not as expected, an expression is compiled as always.
"""

from __future__ import annotations

from newslint import cache
from newslint.typed import TYPE_CHECKING, cast

if TYPE_CHECKING:
    import re

IGNORECASE, MULTILINE, DOTALL, ASCII = 2, 8, 16, 256  # as in `re`

KIND = "expressions"


class Shelf:
    """Compiled expressions by source and flags, from the cache and new ones."""

    def __init__(self) -> None:
        self._name = ""
        # By the digest of each; what the compiler made stays packed until it is asked for: a cache has hundreds.
        self._kept: dict[str, bytes] | None = None
        self._new = 0

    def compiled(self, source: str, flags: int) -> re.Pattern[str]:
        """The expression, of the cache if it is there."""
        if self._kept is None:
            self._kept = self._load()
        name = cache.digest(f"{flags} {source}".encode("utf-8", "surrogatepass")).hex()
        kept = self._kept.get(name)
        if kept is not None:
            made = _revived(source, kept)
            if made is not None:
                return made
        import re

        code = _code(source, flags)
        if code is not None:
            self._kept[name] = cache.packed(code)
            self._new += 1
        return re.compile(source, flags)

    def keep(self) -> None:
        """Write what is new to the cache, beside what was there."""
        if self._new and self._kept is not None:
            cache.store(KIND, self._name, cast("cache.Data", self._kept))
            self._new = 0

    def _load(self) -> dict[str, bytes]:
        self._name = cache.key(KIND.encode())
        kept = cache.load(KIND, self._name)
        return cast("dict[str, bytes]", kept) if isinstance(kept, dict) else {}


def _code(source: str, flags: int) -> tuple[cache.Data, ...] | None:
    """What the compiler makes of an expression: flags, code, number of groups, names, and groups by number."""
    from array import array

    try:
        from re import _compiler, _parser  # type: ignore[attr-defined]

        tree = _parser.parse(source, flags)
        code = _compiler._code(tree, flags)
        state = tree.state
        by_number: list[str | None] = [None] * state.groups
        for name, number in state.groupdict.items():
            by_number[number] = name
        names = tuple((name, number) for name, number in state.groupdict.items())
        return (
            flags | state.flags,
            array("I", code).tobytes(),
            state.groups - 1,
            names,
            tuple(by_number),
        )
    except (ImportError, AttributeError, TypeError, OverflowError):
        return None


def _revived(source: str, packed: bytes) -> re.Pattern[str] | None:
    try:
        kept = cast("tuple[cache.Data, ...]", cache.unpacked(packed))
        # The matcher behind `re`; it has no stub.
        make = __import__("_sre").compile
        flags, data, groups, names, by_number = kept
        code = memoryview(cast("bytes", data)).cast("I")
        groupindex = dict(cast("tuple[tuple[str, int], ...]", names))
        made: re.Pattern[str] = make(source, flags, code.tolist(), groups, groupindex, by_number)
    except (EOFError, ImportError, AttributeError, TypeError, ValueError, RuntimeError):
        return None
    return made


_SHELF = Shelf()


def compiled(source: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile`, only faster in every run but the first."""
    return _SHELF.compiled(source, flags)


def keep() -> None:
    """Keep what this run has compiled, for the next."""
    _SHELF.keep()
