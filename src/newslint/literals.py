"""Which strings every match of a pattern must hold, read off the pattern's syntax tree.

The scanner looks for these strings in one pass and tries a pattern only on the lines that hold one.
Strings are folded (see `fold`), so that a pattern's letters are found in any case.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import log2

from newslint.text.utf8 import encoded, has_no_case, unusual_bytes
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Any, TypeAlias

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


_Strings: TypeAlias = "tuple[str, ...]"


class _Item(NamedTuple):
    """One item of a pattern.

    `kind`: TEXT, GROUP, BRANCH, REPEAT; NOTHING, which takes up no characters; else the parser's own name. `value`: the
    folded characters of a text, the members of a set, the place of an anchor. `inner`: what nests in it, `low` to
    `high` times. `exact`: every string that it can match, folded; None where there are too many or it is not known.
    """

    kind: str
    value: Any
    inner: tuple[_Sequence, ...] = ()
    low: int = 1
    high: int = 1
    exact: _Strings | None = None


class _Sequence(NamedTuple):
    """Items one after the other, and every string that they can match; see `_Item`."""

    items: tuple[_Item, ...]
    exact: _Strings | None


_NOTHING_READ = _Sequence((), ())


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
    return _without_digits(folded_text[start : start + PREFIX_LENGTH])


def _without_digits(text: str) -> str:
    if text.replace(" ", "a").isalpha() or not any(map(str.isdecimal, text)):
        return text
    return "".join(["0" if each.isdecimal() else each for each in text])


def line_prefixes(pattern: str) -> tuple[str, ...]:
    """Folded strings with one of which every match begins, every digit a 0; () where that is not known."""
    sequence, _ = _parsed(pattern)
    for reach in (PREFIX_LENGTH, SHORTER):
        found = {string for string, _ in _begins(sequence, reach, digits=True)}
        if found and "" not in found:
            break
    else:
        return ()
    for length in range(reach, 1, -1):
        kept: list[str] = []
        for each in sorted({each[:length] for each in found}):
            if not kept or not each.startswith(kept[-1]):  # what begins another stands before it
                kept.append(each)
        if len(kept) <= MOST_PREFIXES:
            return tuple(kept)
    return ()


def is_anchored(pattern: str) -> bool:
    """Whether every match begins where the line does."""
    items = _parsed(pattern)[0].items
    return bool(items) and items[0].kind == "NOTHING" and "BEGINNING" in str(items[0].value)


@lru_cache(maxsize=4)  # what is known of one pattern is asked in a row
def _parsed(pattern: str) -> tuple[_Sequence, list[_Strings]]:
    """What a pattern is made of and the sets of strings that it requires; nothing for one that cannot be read."""
    import re
    from re import _parser  # type: ignore[attr-defined]  # the standard library's own

    try:
        sequence = _sequence(_parser.parse(pattern).data)
        return sequence, _candidates(sequence)
    except (re.error, RecursionError, OverflowError):
        return _NOTHING_READ, []


def _sequence(nodes: Sequence[tuple[object, Any]]) -> _Sequence:
    """What a parsed sequence is made of."""
    items: list[_Item] = []
    text = ""
    for operation, argument in nodes:
        name = str(operation)
        if name == "LITERAL":
            text += _folded(argument)
            continue
        if text:
            items.append(_text(text))
            text = ""
        items.append(_item(name, argument))
    if text:
        items.append(_text(text))
    exact: _Strings | None = ("",)
    for item in items:
        if exact is None:
            break
        exact = _joined(exact, item.exact)
    return _Sequence(tuple(items), exact)


def _text(folded_text: str) -> _Item:
    return _Item("TEXT", folded_text, exact=(folded_text,))


def _item(name: str, argument: Any) -> _Item:
    """Any item but a character."""
    if name == "IN":
        members = [(str(kind), value) for kind, value in argument]
        return _Item(name, members, exact=_set(members))
    if name in ("AT", "ASSERT", "ASSERT_NOT"):
        return _Item("NOTHING", str(argument) if name == "AT" else "", exact=("",))
    if name in ("SUBPATTERN", "ATOMIC_GROUP"):
        inner = _sequence((argument[-1] if name == "SUBPATTERN" else argument).data)
        return _Item("GROUP", None, (inner,), exact=inner.exact)
    if name == "BRANCH":
        branches = tuple([_sequence(branch.data) for branch in argument[1]])
        return _Item(name, None, branches, exact=_any_of([each.exact for each in branches]))
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        low, high, tree = argument
        inner = _sequence(tree.data)
        exact = _repeated(inner.exact, low, high) if high <= MOST_TIMES else None
        return _Item("REPEAT", None, (inner,), int(low), int(high), exact)
    return _Item(name, None)


def _joined(left: _Strings, right: _Strings | None) -> _Strings | None:
    """Each of some strings in front of each of others; None where that is too many."""
    if right is None:
        return None
    if len(left) == len(right) == 1:
        return (left[0] + right[0],)
    joined = {one + other for one in left for other in right}
    return tuple(joined) if len(joined) <= MOST_ALTERNATIVES else None


def _any_of(ways: Sequence[_Strings | None]) -> _Strings | None:
    strings: set[str] = set()
    for each in ways:
        if each is None:
            return None
        strings.update(each)
    return tuple(strings) if len(strings) <= MOST_ALTERNATIVES else None


def _repeated(strings: _Strings | None, low: int, high: int) -> _Strings | None:
    ways: list[_Strings | None] = []
    run: _Strings | None = ("",)
    for times in range(high + 1):
        if times >= low:
            ways.append(run)
        if run is not None:
            run = _joined(run, strings)
    return _any_of(ways)


@lru_cache(maxsize=1024)
def _folded(character: int) -> str:
    return fold(chr(character))


def _begins(sequence: _Sequence, reach: int, *, digits: bool) -> set[tuple[str, bool]]:
    """How what a sequence matches can begin: strings, and whether each is all that the sequence matches.

    `reach`: characters of each that are looked at. `digits`: every digit as a 0, so that a class of digits is one beginning.
    """
    open_: set[str] = {""}
    done: set[tuple[str, bool]] = set()
    for item in sequence.items:
        if item.kind == "NOTHING":
            continue
        options = _item_begins(item, reach, digits)
        still: set[str] = set()
        for left in open_:
            for right, is_all in options:
                joined = left + right
                if is_all and len(joined) < reach:
                    still.add(joined)
                else:
                    done.add((joined[:reach], False))
        open_ = still
        if not open_ or len(done) + len(open_) > MOST_BEGINNINGS:
            break
    if len(done) + len(open_) > MOST_BEGINNINGS:
        return {("", False)}
    return done | {(string, True) for string in open_}


def _item_begins(item: _Item, reach: int, digits: bool) -> set[tuple[str, bool]]:
    kind, value = item.kind, item.value
    if kind == "TEXT":
        return {(_without_digits(value) if digits else value, True)}
    if kind == "IN":
        characters = _set(value, most=60, digits=digits)
        return {(each, True) for each in characters} if characters else {("", False)}
    if kind in ("GROUP", "BRANCH"):
        return {each for way in item.inner for each in _begins(way, reach, digits=digits)}
    if kind == "REPEAT":
        begins = {
            (string, is_all and item.high == 1)
            for string, is_all in _begins(item.inner[0], reach, digits=digits)
        }
        return begins | {("", True)} if item.low == 0 else begins
    return {("", kind == "NOTHING")}


def longest_match(pattern: str) -> int:
    """How many characters a match of `pattern` can have at most; 0 where there is no bound or it is not known."""
    longest = _most(_parsed(pattern)[0])
    return longest if longest < FAR else 0


FAR = 10_000  # characters that count as no bound


def _most(sequence: _Sequence) -> int:
    return min(FAR, sum(map(_most_of, sequence.items)))


def _most_of(item: _Item) -> int:
    if item.kind == "TEXT":
        return len(item.value)
    if item.kind in ("NOT_LITERAL", "IN", "ANY"):
        return 1
    if item.kind == "NOTHING":
        return 0
    if item.inner:
        return min(FAR, item.high * max(map(_most, item.inner)))
    return FAR  # a reference to a group, and what is not known


def _most_telling(sets: Sequence[_Strings]) -> _Strings:
    """The most telling of some sets of strings; () for none."""
    none: _Strings = ()
    return max(sets, key=_worth, default=none)


def _candidates(sequence: _Sequence) -> list[_Strings]:
    """Sets of strings of each of which a sequence requires one."""
    candidates: list[_Strings] = []
    run: _Strings = ("",)  # every way to write what the sequence has matched since the last gap

    def close() -> None:
        nonlocal run
        if all(map(_telling, run)):
            candidates.append(run)
        run = ("",)

    for item in sequence.items:
        if item.exact is not None:
            joined = _joined(run, item.exact)
            if joined is None:
                close()
                joined = item.exact
            run = joined
            continue
        if run != ("",):
            begins = {string for string, _ in _item_begins(item, SHORTER, False)}
            if "" not in begins and len(run) * len(begins) <= MOST_ALTERNATIVES:
                ways = tuple({left + right for left in run for right in begins})
                if all(map(_telling, ways)):
                    candidates.append(ways)
        close()
        candidates += _required(item)
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


def _length(string: str) -> int:
    """The characters of a string, by how much each says: rare letters and symbols more than others, ideographs still more."""
    return sum(map(_said_by, string))


_FREQUENT = frozenset("abcdefghiklmnoprstuvwy ,.'’-")


@lru_cache(maxsize=4096)
def _said_by(character: str) -> int:
    if character >= "\u2030" or character in "©®¶":
        return 3
    return 1 if character in _FREQUENT else 2


def _set(members: Any, most: int = 8, *, digits: bool = False) -> _Strings | None:
    """The characters of a small set such as `[’']`; `digits`: see `_begins`."""
    found: set[str] = set()
    for name, value in members:
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


def _required(item: _Item) -> list[_Strings]:
    """What an item that is not exact requires all the same."""
    if item.kind == "BRANCH":
        sets = [_of_branch(branch) for branch in item.inner]
        if not all(sets):
            return []
        # The most telling strings of each branch, or where these are too many, the fewest.
        for choose in (_most_telling, lambda candidates: min(candidates, key=len)):
            together = _fewest([string for candidates in sets for string in choose(candidates)])
            if len(together) <= MOST_ALTERNATIVES:
                return [together]
        return []
    if not item.inner or item.low == 0:
        return []
    found = _most_telling(_candidates(item.inner[0]))
    return [found] if found else []


def _of_branch(branch: _Sequence) -> list[_Strings]:
    """Sets of strings of each of which one branch requires one."""
    exact = branch.exact
    return [exact] if exact and all(map(_telling, exact)) else _candidates(branch)
