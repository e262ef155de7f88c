"""Copy that stands twice in one text: whole paragraphs, near copies, and long runs of words.

Words are compared without case, accents of punctuation or marks. Every run of three words is looked up
once among those of the blocks before it, so that the work grows with the length of the text only. A text in which no
two clauses begin alike, as most are, is left at that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache

from newslint.finding import Span
from newslint.text.utf8 import encoded, folded
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re
    from typing import TypeAlias

RUN = 3  # words that must agree in a row: those of a `Run`
SHORTEST = 8  # words of a block, or of a repeated part of one; shorter copies are refrains, labels, answers
SHORTEST_BLOCK = 16  # characters; no block of eight words has fewer
WHOLE = 0.7  # share of a block's words from which on it is a copy, changed or not
SPREAD = 8  # times as many words as the later block has, over which its words stand in the earlier one: no copy
OFTEN = 3  # copies of a short block that make it a refrain
SHORT = 14  # words
SAME = 32  # bytes with which two clauses begin, so that one may be of a copy of the other
LONG = 300_000  # characters or bytes of a text; in more, phrases come again everywhere
SAME_IN_LONG = 64  # bytes, as `SAME`, there
LEAST_COMMON = 3  # runs of five words that a repeated part shares with one block before it


_NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve dozen dozens hundred hundreds thousand million "
    "billion first second third fourth half twice no not never".split()
)


class Repeat(NamedTuple):
    """`span` says again what `of` said; `block` and `of_block` are the numbers of the blocks they are in.

    `share`: of the words of the later block that stand in the earlier one, 0 to 1; `share_of_first`: of the
    words of the earlier block that come again. `exact`: word for word, without a word put in or left out.
    """

    span: Span
    of: Span
    block: int
    of_block: int
    share: float
    share_of_first: float
    exact: bool


Run: TypeAlias = "tuple[str, str, str]"


class _Words(NamedTuple):
    """The words of a block, and where they stand. `known`: all of them; `starts`: how they begin."""

    keys: list[str]
    spans: list[tuple[int, int]]
    known: frozenset[str]
    starts: frozenset[str]


def repeats(
    text: str, blocks: Sequence[tuple[int, int]], unusual: frozenset[int]
) -> tuple[Repeat, ...]:
    """The repeated parts of `blocks` (start and end of each, in order), at most one for each later block.

    `unusual`: the bytes of the text beside printable ASCII, see `utf8.unusual_bytes`.
    """
    alike = _alike(text, blocks, unusual)
    if not alike:
        return ()
    words: dict[int, _Words] = {}
    keys: list[list[str]] = []
    seen: dict[int, int] = {}  # a run of five, of which any copy shares some: its first block
    copies = Counter[tuple[str, ...]]()
    blocks_of: dict[tuple[str, ...], int] = {}  # the first block of those words and no others
    runs: dict[int, dict[Run, int]] = {}  # of blocks that were said again: their runs
    found: list[Repeat] = []
    findall = _word().findall
    for number, (start, end) in enumerate(blocks):
        own = findall(text[start:end].casefold()) if number in alike else []
        keys.append(own)
        if len(own) < SHORTEST:
            continue
        mine = set(_hashes(own))
        common = seen.keys() & mine
        mine -= common
        seen.update(dict.fromkeys(mine, number))
        whole = tuple(own)
        copies[whole] += 1
        same = blocks_of.setdefault(whole, number)
        if len(common) < LEAST_COMMON:
            continue
        shared = Counter(map(seen.__getitem__, common))
        sources = [same]
        if same == number:
            sources = [block for block, count in shared.items() if count >= LEAST_COMMON]
            if not sources:
                continue
        first: dict[Run, tuple[int, int]] = {}  # a run: the first block and word
        wanted = {*_runs(own)}
        for earlier in sorted(sources):
            if earlier not in runs:
                runs[earlier] = _first_runs(keys[earlier])
            for run in wanted & runs[earlier].keys():
                first.setdefault(run, (earlier, runs[earlier][run]))
        places = _places(own, keys, first)
        repeat = _repeat(text, blocks, keys, places, number, words)
        if repeat is not None:
            found.append(repeat)
    return tuple(
        each
        for each in found
        if not (_is_refrain(keys[each.block], copies) or _is_row(keys[each.block]))
    )


def _places(
    own: list[str], keys: Sequence[list[str]], first: Mapping[Run, tuple[int, int]]
) -> list[tuple[int, int] | None]:
    """Where each run of a block stood before: behind where the one before it stood, else where it came first."""
    places: list[tuple[int, int] | None] = []
    place: tuple[int, int] | None = None
    for run in _runs(own):
        if place is not None:
            block, at = place
            goes_on = tuple(keys[block][at + 1 : at + 1 + RUN]) == run
            place = (block, at + 1) if goes_on else first.get(run)
        else:
            place = first.get(run)
        places.append(place)
    return places


def may_repeat(data: bytes, unusual: frozenset[int]) -> bool:
    """Whether two clauses begin alike, as those of a copy do; a run of words inside a clause is a phrase.

    `data`: the text as `utf8.folded` has it; `unusual`: bytes that stand in it beside printable ASCII.
    """
    if not _UNSPACED.isdisjoint(unusual):
        return True  # punctuation of its own
    beginnings = _beginnings(data, _same(len(data)))
    return len(set(beginnings)) < len(beginnings)


def _same(length: int) -> int:
    """With how many bytes clauses of a text begin, so that one may be of a copy of the other."""
    return SAME if length <= LONG else SAME_IN_LONG


# In UTF-8: marks beyond ASCII begin with C2 (« ») or E2 (“ ” – …), and what comes behind stays the same in a copy.
_CLAUSES = bytes(10 if code in b".,;:!?()[]\"'\r\t\xc2\xe2" else code for code in range(256))
# First bytes of scripts beyond Latin, Greek, Cyrillic, Hebrew and Arabic.
_UNSPACED = frozenset((0xE0, 0xE1, *range(0xE3, 0xF0)))


@cache
def _beginning(same: int) -> re.Pattern[str]:
    """The first bytes of a clause, and as many of the next as are wanting; its marks count for nothing."""
    from newslint.expressions import DOTALL, compiled

    # It matches wherever a clause may begin, so that no run of marks is gone through once for each of them.
    return compiled(rf"\n[ \n\x80-\xbf]*+(?=(.{{0,{same}}}))", DOTALL)


def _beginnings(data: bytes, same: int) -> list[str]:
    """With which `same` bytes each clause begins, but for the last ones, behind which there are fewer."""
    found: list[str] = _beginning(same).findall(_clauses(data))
    while found and len(found[-1]) < same:
        found.pop()
    return found


def _alike(
    text: str, blocks: Sequence[tuple[int, int]], unusual: frozenset[int]
) -> Collection[int]:
    """The blocks of which a clause begins like one of another block: hardly ever any."""
    alike: set[int] = set()
    first: dict[str, int] = {}
    same = _same(len(text))
    is_spaced = _UNSPACED.isdisjoint(unusual)
    for number, (start, end) in enumerate(blocks):
        if end - start < SHORTEST_BLOCK:
            continue
        part = text[start:end]
        data = folded(part, encoded(part), unusual)
        if not is_spaced and not _UNSPACED.isdisjoint(data):
            alike.add(number)  # punctuation of its own
            continue
        for beginning in _beginnings(data.ljust(same), same):
            before = first.setdefault(beginning, number)
            if before != number:
                alike.add(before)
                alike.add(number)
    return alike


def _clauses(data: bytes) -> str:
    """Bytes as characters, as a kept expression wants them, with a line end before each clause."""
    return "\n" + data.translate(_CLAUSES).decode("latin-1")


def _hashes(words: Sequence[str]) -> Iterator[int]:
    """A hash of every five words in a row: two runs with the same one are looked at again."""
    return map(hash, zip(words, words[1:], words[2:], words[3:], words[4:], strict=False))


def _runs(keys: list[str]) -> Iterator[Run]:
    return zip(keys, keys[1:], keys[2:], strict=False)


def _first_runs(keys: list[str]) -> dict[Run, int]:
    """Every run of a block, and where it stands there first."""
    first: dict[Run, int] = {}
    for at, run in enumerate(_runs(keys)):
        first.setdefault(run, at)
    return first


def _is_refrain(keys: list[str], copies: Counter[tuple[str, ...]]) -> bool:
    return len(keys) < SHORT and copies[tuple(keys)] >= OFTEN


def _is_row(keys: list[str]) -> bool:
    """Whether a short block is mostly figures, as a row of results is: the same ones come again in the next table."""
    return len(keys) < SHORT and 3 * sum(map(str.isdigit, keys)) > len(keys)


def _repeat(
    text: str,
    blocks: Sequence[tuple[int, int]],
    keys_of: Sequence[list[str]],
    places: Sequence[tuple[int, int] | None],
    number: int,
    words: dict[int, _Words],
) -> Repeat | None:
    """What of block `number` was said before; `places`: where each of its runs stood first.

    `keys_of`: the words of each block; `words`: those whose places have been asked for.
    """
    counts = Counter(place[0] for place in places if place is not None)
    if not counts:
        return None
    block, count = max(counts.items(), key=lambda item: (item[1], -item[0]))
    if count + RUN - 1 < SHORTEST - 2:
        return None
    keys, first_keys = keys_of[number], keys_of[block]
    covered, first_covered = bytearray(len(keys)), bytearray(len(first_keys))
    for at, place in enumerate(places):
        if place is not None and place[0] == block:
            covered[at : at + RUN] = b"\1" * RUN
            first_covered[place[1] : place[1] + RUN] = b"\1" * RUN
    share = covered.count(1) / len(keys)
    share_of_first = first_covered.count(1) / len(first_keys)
    low, high = _longest(covered)
    if share < WHOLE and high - low < SHORTEST:
        return None
    of_low, of_high = first_covered.find(1), first_covered.rfind(1) + 1
    own, first = (_words_of(text, blocks, each, words) for each in (number, block))
    if share >= WHOLE and (len(keys) >= SHORT or not _is_quotation(text, own)):
        if (
            of_high - of_low > SPREAD * len(keys)
            or _tells_otherwise(text, own, covered, first)
            or _tells_otherwise(text, first, first_covered, own)
        ):
            return None
        low, high = _whole_sentences(text, own, covered)
        exact = keys == first_keys or (share == 1.0 and _in_a_row(first_covered))
    else:
        exact = True
        if high - low < (SHORT if share >= WHOLE else SHORTEST):
            return None
        place = places[low]
        assert place is not None
        of_low, of_high = place[1], min(place[1] + high - low, len(first_keys))
        share_of_first = (of_high - of_low) / len(first_keys)
    return Repeat(
        _closed(text, own.spans[low][0], own.spans[high - 1][1]),
        _closed(text, first.spans[of_low][0], first.spans[of_high - 1][1]),
        number,
        block,
        share,
        share_of_first,
        exact,
    )


def _tells_otherwise(text: str, words: _Words, covered: bytearray, other: _Words) -> bool:
    """Whether a figure or a name of one copy, between what the two have in common, is not in the other."""
    known, starts = other.known, other.starts
    for at in range(*_whole_sentences(text, words, covered)):
        key, (start, _) = words.keys[at], words.spans[at]
        if covered[at] or key in known:
            continue
        if key in _NUMBERS or any(character.isdigit() for character in key):
            return True
        if (
            key[:4] not in starts
            and text[start].isupper()
            and text[max(0, start - 8) : start].rstrip("\"“‘'« ")[-1:] not in ".!?…:"
        ):
            return True
    return False


def _whole_sentences(text: str, words: _Words, covered: bytearray) -> tuple[int, int]:
    """The words from the first to the last that is covered, and the rest of the sentences of these two."""
    low, high = covered.find(1), covered.rfind(1) + 1
    spans = words.spans
    while low > 0 and not _stop().search(text, spans[low - 1][1], spans[low][0]):
        low -= 1
    while high < len(spans) and not _stop().search(text, spans[high - 1][1], spans[high][0]):
        high += 1
    return low, high


def _is_quotation(text: str, words: _Words) -> bool:
    """Whether a block begins with a quotation mark: what people shout, they shout again."""
    start = words.spans[0][0]
    return text[start - 1 : start] in ("“", '"', "‘", "'", "„", "«")


def _in_a_row(covered: bytearray) -> bool:
    return 0 not in covered.strip(b"\0")


def _closed(text: str, start: int, end: int) -> Span:
    """A run of words with the full stop and the marks that close behind it, and those that open before it."""
    match = _close().match(text, end)
    while start and text[start - 1] in "\"“‘'«„(":
        start -= 1
    return Span(start, match.end() if match is not None else end)


def _longest(covered: bytearray) -> tuple[int, int]:
    """The longest stretch of covered words."""
    longest = max(covered.split(b"\0"), key=len)
    start = covered.find(longest)
    return start, start + len(longest)


def _words_of(
    text: str, blocks: Sequence[tuple[int, int]], number: int, known: dict[int, _Words]
) -> _Words:
    if number not in known:
        known[number] = _words(text, *blocks[number])
    return known[number]


def _words(text: str, start: int, end: int) -> _Words:
    keys, spans = [], []
    for match in _word().finditer(text, start, end):
        keys.append(match[0].casefold())
        spans.append(match.span())
    return _Words(keys, spans, frozenset(keys), frozenset([key[:4] for key in keys]))


@cache
def _word() -> re.Pattern[str]:
    from newslint.expressions import compiled

    # A letter of a script without spaces counts as a word.
    return compiled(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+")


@cache
def _close() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"[.!?…。]?[\"”’'»)]*+[.!?…。]?")


@cache
def _stop() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"[.!?…:。]")
