"""Which strings every match of a pattern must hold, read off the pattern's syntax tree.

The scanner looks for these strings in one pass and tries a pattern only on the lines that hold one.
Strings are folded (see `fold`), so that a pattern's letters are found in any case.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias, cast

MOST_ALTERNATIVES = 24  # a set of required strings larger than this is no help
LEAST_LENGTH = 2  # of a required string: one letter is on every line

# Patterns see every kind of space as a plain one and a curly apostrophe as a straight one.
_PLAIN = {"’": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "\t": " "}

# Lower case of these differs from that of a character that a pattern takes for equal to them.
_UNUSUAL = dict(zip("µſ\u0345ςϐϑϕϖϰϱϵᲀᲁᲂᲃᲄᲅᲆᲇᲈẛ\u1fbeıİ", "μsισβθφπκρεвдосттъѣꙋṡιii", strict=True))


def plain(text: str) -> str:
    """`text` as patterns see it, of the same length: one kind of space, one apostrophe."""
    for character, instead in _PLAIN.items():
        if character in text:
            text = text.replace(character, instead)
    return text


def fold(text: str) -> str:
    """Plain `text` in lower case, of the same length; what case-blind matching takes for equal becomes equal."""
    text = plain(text)
    if not text.isascii():
        for character, instead in _UNUSUAL.items():
            if character in text:
                text = text.replace(character, instead)
    return text.lower()


# A tree is what `re._parser` makes: a sequence of (operation, argument) pairs.
_Tree: TypeAlias = "Sequence[tuple[object, object]]"
_Strings: TypeAlias = "tuple[str, ...]"


def required_literals(pattern: str, *, ignore_case: bool = True) -> tuple[str, ...]:
    """Folded strings of which every match of `pattern` holds at least one; () where there is no such set.

    Syntax that only the `regex` module knows has none: such a pattern must name its own literals.
    """
    import re
    from re import _parser  # type: ignore[attr-defined]  # the standard library's own syntax tree

    flags = re.IGNORECASE if ignore_case else 0
    try:
        tree = _parser.parse(pattern, flags)
    except (re.error, RecursionError, OverflowError):
        return ()
    try:
        best = _best(list(tree))
    except RecursionError:
        return ()
    return tuple(sorted(set(best))) if best else ()


def longest_match(pattern: str) -> int:
    """How many characters a match of `pattern` can have at most; 0 where there is no bound or it is not known."""
    import re
    from re import _parser  # type: ignore[attr-defined]

    try:
        longest: int = _parser.parse(pattern).getwidth()[1]
    except (re.error, RecursionError, OverflowError):
        return 0
    return longest if longest < 10_000 else 0


def _best(tree: _Tree) -> _Strings:
    """The most telling set of strings that a sequence requires."""
    candidates: list[_Strings] = []
    run: _Strings = ("",)  # every way to write what the sequence has matched since the last gap

    def close() -> None:
        nonlocal run
        if all(map(_telling, run)):
            candidates.append(run)
        run = ("",)

    for operation, argument in tree:
        exact = _exact(str(operation), argument)
        if exact is not None:
            joined = tuple({left + right for left in run for right in exact})
            if len(joined) > MOST_ALTERNATIVES:
                close()
                joined = exact if len(exact) <= MOST_ALTERNATIVES else ("",)
            run = joined
            continue
        close()
        candidates += _inner(str(operation), argument)
    close()
    return max(candidates, key=_worth, default=())


def _telling(string: str) -> bool:
    """Whether a string is rare enough to look for; single symbols (©, ▶) and ideographs are."""
    if len(string) < LEAST_LENGTH:
        return string >= "\u2030" or string in ("©", "®", "¶")
    return not string.isspace()


def _worth(strings: _Strings) -> tuple[float, int]:
    # Long strings are rare; each further alternative costs a little.
    shortest = min(map(len, strings))
    cjk = any(c >= "\u2e80" for s in strings for c in s)
    return (min(shortest * (3 if cjk else 1), 8) - 0.25 * len(strings), -len(strings))


def _exact(operation: str, argument: object) -> _Strings | None:
    """Every string that one item can match, folded; None where there are too many or it is not known."""
    if operation == "LITERAL":
        assert isinstance(argument, int)
        return (fold(chr(argument)),)
    if operation in ("AT", "ASSERT", "ASSERT_NOT"):
        return ("",)
    if operation == "IN":
        return _set(argument)
    if operation == "SUBPATTERN":
        return _sequence(argument[-1])  # type: ignore[index]
    if operation == "ATOMIC_GROUP":
        return _sequence(argument)
    if operation == "BRANCH":
        strings: list[str] = []
        for branch in argument[1]:  # type: ignore[index]
            inner = _sequence(branch)
            if inner is None:
                return None
            strings += inner
        return tuple(set(strings)) if len(set(strings)) <= MOST_ALTERNATIVES else None
    if operation in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        low, high, inner_tree = cast("tuple[int, int, Iterable[object]]", argument)
        inner = _sequence(inner_tree)
        if inner is None or high > 2:
            return None
        strings = []
        for times in range(low, high + 1):
            ways = [""]
            for _ in range(times):
                ways = [left + right for left in ways for right in inner]
            strings += ways
        return tuple(set(strings)) if len(set(strings)) <= MOST_ALTERNATIVES else None
    return None


def _sequence(tree: object) -> _Strings | None:
    run: _Strings = ("",)
    for operation, argument in tree:  # type: ignore[attr-defined]
        exact = _exact(str(operation), argument)
        if exact is None:
            return None
        run = tuple({left + right for left in run for right in exact})
        if len(run) > MOST_ALTERNATIVES:
            return None
    return run


def _set(argument: object) -> _Strings | None:
    """The characters of a small set such as `[’']`."""
    found: set[str] = set()
    for operation, value in argument:  # type: ignore[attr-defined]
        name = str(operation)
        if name == "LITERAL":
            found.add(fold(chr(value)))
        elif name == "RANGE":
            low, high = value
            if high - low > MOST_ALTERNATIVES:
                return None
            found.update(fold(chr(code)) for code in range(low, high + 1))
        else:  # NEGATE, CATEGORY
            return None
    return tuple(found) if found and len(found) <= 8 else None


def _inner(operation: str, argument: object) -> list[_Strings]:
    """What an item that is not exact requires all the same."""
    if operation in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        low, _, tree = cast("tuple[int, int, Iterable[tuple[object, object]]]", argument)
        return [found] if low > 0 and (found := _best(list(tree))) else []
    if operation == "SUBPATTERN":
        return [found] if (found := _best(list(argument[-1]))) else []  # type: ignore[index]
    if operation == "ATOMIC_GROUP":
        return [found] if (found := _best(list(argument))) else []  # type: ignore[call-overload]
    if operation == "BRANCH":
        together: list[str] = []
        for branch in argument[1]:  # type: ignore[index]
            exact = _sequence(branch)
            found = exact if exact and all(map(_telling, exact)) else _best(list(branch))
            if not found:
                return []
            together += found
        return [tuple(set(together))] if len(set(together)) <= MOST_ALTERNATIVES else []
    return []
