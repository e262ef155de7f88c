"""Which strings every match of a pattern must hold, read off the pattern's syntax tree.

The scanner looks for these strings in one pass and tries a pattern only on the lines that hold one.
Strings are folded (see `fold`), so that a pattern's letters are found in any case.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import log2

from newslint.text.utf8 import encoded, has_no_case, unusual_bytes
from newslint.typed import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from typing import TypeAlias

MOST_PREFIXES = 128  # ways in which the lines of a pattern can begin; more are cut shorter
MOST_BEGINNINGS = 1200  # that are looked at to find them
PREFIX_LENGTH = 8  # characters of each …
SHORTER = 5  # … or so many, where the longer ones are too many
MOST_BESIDE = 3  # further sets of required strings that are kept of a pattern
MOST_ALTERNATIVES = 24  # a set of required strings larger than this is no help
MOST_TIMES = 3  # a repeated item is written out
LEAST_LENGTH = 2  # of a required string: one letter is on every line

# Patterns see every kind of space as a plain one and a curly apostrophe as a straight one.
_PLAIN = {"’": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "\t": " "}

# Lower case of these differs from that of a character that a pattern takes for equal to them, if only at the end of a word.
_UNUSUAL = dict(
    zip("µſ\u0345Σςϐϑϕϖϰϱϵᲀᲁᲂᲃᲄᲅᲆᲇᲈẛ\u1fbeıİ", "μsισσβθφπκρεвдосттъѣꙋṡιii", strict=True)
)


def plain(text: str) -> str:
    """`text` as patterns see it, of the same length: one kind of space, one apostrophe."""
    for character, instead in _PLAIN.items():
        if character in text:
            text = text.replace(character, instead)
    return text


class Folded(NamedTuple):
    """A text as strings are looked for in it, and the same in UTF-8."""

    text: str
    utf8: bytes


def fold(text: str) -> str:
    """Plain `text` in lower case, of the same length; what case-blind matching takes for equal becomes equal."""
    data = encoded(text)
    return folded(text, data, unusual_bytes(data)).text


def folded(text: str, data: bytes, unusual: frozenset[int]) -> Folded:
    """`fold` of a text that is at hand in UTF-8, too. `unusual`: the bytes of it beside printable ASCII, tabs and line ends."""
    if has_no_case(data, unusual):
        data = data.lower()
        for each, plain_one in _PLAIN_BYTES:
            if len(each) == 1 or each[-1] in unusual:
                data = data.replace(each, plain_one)
        return Folded(data.decode("utf-8", "surrogatepass"), data)
    text = plain(text)
    for character, instead in _UNUSUAL.items():
        if character in text:
            text = text.replace(character, instead)
    text = text.lower()
    return Folded(text, encoded(text))


_PLAIN_BYTES = tuple(
    (character.encode(), instead.encode()) for character, instead in _PLAIN.items()
)


# A tree is what `re._parser` makes: a sequence of (operation, argument) pairs.
_Tree: TypeAlias = "Sequence[tuple[object, object]]"
_Strings: TypeAlias = "tuple[str, ...]"


def required_literals(pattern: str) -> tuple[str, ...]:
    """Folded strings of which every match of `pattern` holds at least one; () where there is no such set.

    Syntax that only the `regex` module knows has none: such a pattern must name its own literals.
    """
    return _fewest(_most_telling(_parsed(pattern)[1]))


def required_beside(pattern: str) -> tuple[_Strings, ...]:
    """Further sets of folded strings: every match holds one of each. They rule out lines before a pattern is compiled."""
    best = required_literals(pattern)
    others = [found for found in _parsed(pattern)[1] if _fewest(found) != best]
    others.sort(key=_worth, reverse=True)
    # The fewest strings first: they are the quickest to miss.
    return tuple(sorted(map(_fewest, others[:MOST_BESIDE]), key=len))


def _fewest(strings: Sequence[str]) -> _Strings:
    """`strings` without those that hold another of them: a line with the longer one has the shorter one too."""
    kept: list[str] = []
    for string in sorted(set(strings), key=lambda each: (len(each), each)):
        if not any(shorter in string for shorter in kept):
            kept.append(string)
    return tuple(sorted(kept))


def beginning(folded_text: str, start: int) -> str:
    """How `folded_text` begins at `start`, as `line_prefixes` have it: every digit a 0."""
    found = folded_text[start : start + PREFIX_LENGTH]
    if found.replace(" ", "a").isalpha() or not any(map(str.isdecimal, found)):
        return found
    return "".join(["0" if each.isdecimal() else each for each in found])


def line_prefixes(pattern: str) -> tuple[str, ...]:
    """Folded strings with one of which every match begins, every digit a 0; () where that is not known."""
    tree, _ = _parsed(pattern)
    for reach in (PREFIX_LENGTH, SHORTER):
        found = {string for string, _ in _begins(tree, reach, digits=True)}
        if found and "" not in found:
            break
    else:
        return ()
    for length in range(reach, 1, -1):
        cut = {each[:length] for each in found}
        kept = {each for each in cut if not any(each[:n] in cut for n in range(1, len(each)))}
        if len(kept) <= MOST_PREFIXES:
            return tuple(sorted(kept))
    return ()


def is_anchored(pattern: str) -> bool:
    """Whether every match begins where the line does."""
    tree, _ = _parsed(pattern)
    return bool(tree) and str(tree[0][0]) == "AT" and str(tree[0][1]).startswith("AT_BEGINNING")


@lru_cache(maxsize=4)  # what is known of one pattern is asked in a row
def _parsed(pattern: str) -> tuple[_Tree, list[_Strings]]:
    """The syntax tree and the sets of strings that it requires; nothing for a pattern that cannot be read."""
    import re
    from re import _parser  # type: ignore[attr-defined]  # the standard library's own

    try:
        tree = list(_parser.parse(pattern))
        return tree, _candidates(tree)
    except (re.error, RecursionError, OverflowError):
        return [], []


@lru_cache(maxsize=1024)
def _folded(character: int) -> str:
    return fold(chr(character))


def _begins(tree: _Tree, reach: int, *, digits: bool) -> set[tuple[str, bool]]:
    """How what a sequence matches can begin: strings, and whether each is all that the sequence matches.

    `reach`: characters of each that are looked at. `digits`: every digit as a 0, so that a class of digits is one beginning.
    """
    open_: set[str] = {""}
    done: set[tuple[str, bool]] = set()
    for operation, argument in tree:
        options = _item_begins(str(operation), argument, reach, digits)
        still: set[str] = set()
        for left in open_:
            for right, is_all in options:
                joined = (left + right)[:reach]
                if is_all and len(left + right) < reach:
                    still.add(joined)
                else:
                    done.add((joined, False))
        open_ = still
        if not open_ or len(done) + len(open_) > MOST_BEGINNINGS:
            break
    if len(done) + len(open_) > MOST_BEGINNINGS:
        return {("", False)}
    return done | {(string, True) for string in open_}


def _item_begins(
    operation: str, argument: object, reach: int, digits: bool
) -> set[tuple[str, bool]]:
    if operation == "LITERAL":
        assert isinstance(argument, int)
        return {("0" if digits and chr(argument).isdecimal() else _folded(argument), True)}
    if operation in ("AT", "ASSERT", "ASSERT_NOT"):
        return {("", True)}
    if operation == "IN":
        characters = _set(argument, most=60, digits=digits)
        return {(each, True) for each in characters} if characters else {("", False)}
    if operation == "SUBPATTERN":
        return _begins(argument[-1], reach, digits=digits)  # type: ignore[index]
    if operation == "ATOMIC_GROUP":
        return _begins(argument, reach, digits=digits)  # type: ignore[arg-type]
    if operation == "BRANCH":
        return {each for branch in argument[1] for each in _begins(branch, reach, digits=digits)}  # type: ignore[index]
    if operation in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        low, high, tree = cast("tuple[int, int, _Tree]", argument)
        begins = {
            (string, is_all and high == 1) for string, is_all in _begins(tree, reach, digits=digits)
        }
        return begins | {("", True)} if low == 0 else begins
    return {("", False)}


def longest_match(pattern: str) -> int:
    """How many characters a match of `pattern` can have at most; 0 where there is no bound or it is not known."""
    longest = _most(_parsed(pattern)[0])
    return longest if longest < FAR else 0


FAR = 10_000  # characters that count as no bound


def _most(tree: _Tree) -> int:
    return min(FAR, sum(_most_of(str(operation), argument) for operation, argument in tree))


def _most_of(operation: str, argument: object) -> int:
    if operation in ("LITERAL", "NOT_LITERAL", "IN", "ANY"):
        return 1
    if operation in ("AT", "ASSERT", "ASSERT_NOT"):
        return 0
    if operation == "SUBPATTERN":
        return _most(argument[-1])  # type: ignore[index]
    if operation == "ATOMIC_GROUP":
        return _most(argument)  # type: ignore[arg-type]
    if operation == "BRANCH":
        return max(map(_most, argument[1]))  # type: ignore[index]
    if operation in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        _, high, tree = cast("tuple[int, int, _Tree]", argument)
        return min(FAR, int(high) * _most(tree))
    return FAR  # a reference to a group, and what is not known


def _best(tree: _Tree) -> _Strings:
    """The most telling set of strings that a sequence requires; () for none."""
    return _most_telling(_candidates(tree))


def _most_telling(sets: Sequence[_Strings]) -> _Strings:
    none: _Strings = ()
    return max(sets, key=_worth, default=none)


def _candidates(tree: _Tree) -> list[_Strings]:
    """Sets of strings of each of which a sequence requires one."""
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
        begins = {string for string, _ in _item_begins(str(operation), argument, SHORTER, False)}
        if run != ("",) and "" not in begins and len(run) * len(begins) <= MOST_ALTERNATIVES:
            joined = tuple({left + right for left in run for right in begins})
            if all(map(_telling, joined)):
                candidates.append(joined)
        close()
        candidates += _inner(str(operation), argument)
    close()
    return candidates


def _telling(string: str) -> bool:
    """Whether a string is rare enough to look for; single symbols (©, ▶) and ideographs are."""
    if len(string) < LEAST_LENGTH:
        return string >= "\u2030" or string in ("©", "®", "¶")
    return not string.isspace()


def _worth(strings: _Strings) -> tuple[float, int]:
    # Long strings are rare; twice as many of them are as good as one that is shorter by half a letter.
    return min(min(map(_length, strings)), 8) - 0.5 * log2(len(strings)), -len(strings)


def _length(string: str) -> float:
    """The characters of a string, by how much each says: rare letters and symbols more than others, ideographs still more."""
    return sum(3 if c >= "\u2030" or c in "©®¶" else 1 if c in _FREQUENT else 2 for c in string)


_FREQUENT = frozenset("abcdefghiklmnoprstuvwy ,.'’-")


def _exact(operation: str, argument: object) -> _Strings | None:
    """Every string that one item can match, folded; None where there are too many or it is not known."""
    if operation == "LITERAL":
        assert isinstance(argument, int)
        return (_folded(argument),)
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
        if inner is None or high > MOST_TIMES:
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


def _set(argument: object, most: int = 8, *, digits: bool = False) -> _Strings | None:
    """The characters of a small set such as `[’']`; `digits`: see `_begins`."""
    found: set[str] = set()
    for operation, value in argument:  # type: ignore[attr-defined]
        name = str(operation)
        if name == "LITERAL":
            found.add("0" if digits and chr(value).isdecimal() else _folded(value))
        elif name == "RANGE":
            low, high = value
            if high - low > max(most, MOST_ALTERNATIVES):
                return None
            for code in range(low, high + 1):
                found.add("0" if digits and chr(code).isdecimal() else _folded(code))
        elif digits and name == "CATEGORY" and str(value) == "CATEGORY_DIGIT":
            found.add("0")
        else:  # NEGATE, other categories
            return None
    return tuple(found) if found and len(found) <= most else None


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
        sets = [_of_branch(branch) for branch in argument[1]]  # type: ignore[index]
        if not all(sets):
            return []
        # The most telling strings of each branch, or where these are too many, the fewest.
        for choose in (_most_telling, lambda candidates: min(candidates, key=len)):
            together = _fewest([string for candidates in sets for string in choose(candidates)])
            if len(together) <= MOST_ALTERNATIVES:
                return [together]
    return []


def _of_branch(tree: Iterable[tuple[object, object]]) -> list[_Strings]:
    """Sets of strings of each of which one branch requires one."""
    exact = _sequence(tree)
    return [exact] if exact and all(map(_telling, exact)) else _candidates(list(tree))
