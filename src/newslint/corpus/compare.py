"""The articles of a run side by side: facts in their packed form, and which of them are alike.

Nothing but facts is held: a kilobyte an article, and for comparing some hundred bytes more for a while.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain, compress, islice, repeat
from operator import lshift, ne, or_

from newslint import cache
from newslint.corpus.facts import (
    KEY_BYTES,
    Facts,
    Identity,
    Paragraph,
    Sketch,
    Titled,
    Told,
    keys_in,
    sketch_bytes,
    sketch_in,
    title_bytes,
    title_in,
    told_in,
    unpack,
)
from newslint.corpus.near import (
    FEW,
    MOST_COPIES,
    TitleWords,
    Verdict,
    blocks_of,
    halves,
    known_tails,
    may_have_tail,
    pairs_in,
    pairs_of,
    plain_words,
    same_copy,
    same_title,
    share_of_copy,
    tail_counts,
    title_words,
    unseen_pairs,
)
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import TypeAlias

TITLES_AT_ONCE = 500  # that are read in one go
KEYS_AT_ONCE = 150_000  # that are grouped in one go: some 15 MB
PARTS = 16  # in which keys are kept
LEAST_TOGETHER = 2  # keys that two bodies share before they are compared
REFUSED = 100_000  # pairs of titles that are known to differ: some 15 MB
UNPACKED = 4096  # facts that are held as such

Pair: TypeAlias = "tuple[int, int]"


class CorpusHit(NamedTuple):
    """What a corpus rule found: at an article's title, or at one of its paragraphs. Made by `Corpus.finding`.

    `span`: a part of the title, in characters of it.
    """

    number: int
    message: str
    related: tuple[int, ...] = ()
    paragraph: Paragraph | None = None
    span: tuple[int, int] | None = None


class Partner(NamedTuple):
    """Another article that is like one, and how."""

    number: int
    verdict: Verdict


class Corpus:
    """The articles that are compared with each other. Iterating gives the facts of each, in order.

    `tails`, `counts`: names of sites, and how many articles have which key, where a larger collection has been asked.
    `asked`: numbers of the articles that findings are wanted for; None for all.
    """

    def __init__(
        self,
        tails: frozenset[int] | None = None,
        counts: Mapping[int, int] | None = None,
        asked: frozenset[int] | None = None,
    ) -> None:
        self._packs: list[bytes] = []
        self._paths: list[str] = []
        self._parts: list[str] = []
        self._tails = tails
        self._counts = counts
        self.asked = asked
        self._unpacked = lru_cache(maxsize=UNPACKED)(self._unpack)
        self._sketched = lru_cache(maxsize=UNPACKED)(self._sketch)
        self._told = lru_cache(maxsize=UNPACKED)(self._tell)

    def add(self, path: str, part: str, packed: bytes) -> int:
        """Take up an article; its number."""
        self._packs.append(packed)
        self._paths.append(path)
        self._parts.append(part)
        return len(self._packs) - 1

    def __len__(self) -> int:
        return len(self._packs)

    def __iter__(self) -> Iterator[Facts]:
        return map(unpack, self._packs)

    def __getitem__(self, number: int) -> Facts:
        return self._unpacked(number)

    def _unpack(self, number: int) -> Facts:
        return unpack(self._packs[number])

    def _sketch(self, number: int) -> Sketch:
        keys, level = sketch_in(self._packs[number])
        return Sketch(frozenset(keys), level)

    def _tell(self, number: int) -> Told:
        return told_in(self._packs[number])

    def name(self, *parts: bytes) -> str:
        """A name for the articles as they are compared, and for `parts`."""
        identities = [each.encode("utf-8", "surrogatepass") for each in self._paths + self._parts]
        return cache.key(*parts, *identities, *self._packs)

    def identity(self, number: int) -> Identity:
        """File and part of an article."""
        return Identity(self._paths[number], self._parts[number])

    # ------------------------------------------------------------------ what rules yield

    def finding(
        self,
        number: int,
        message: str,
        *,
        related: Iterable[int] = (),
        paragraph: Paragraph | None = None,
        span: tuple[int, int] | None = None,
    ) -> CorpusHit:
        """A hit on an article. `related`: the numbers of other articles, the most alike first."""
        return CorpusHit(number, message, tuple(related), paragraph, span)

    def is_asked(self, number: int) -> bool:
        """Whether findings on an article are wanted."""
        return self.asked is None or number in self.asked

    def is_later(self, number: int, partners: Sequence[int]) -> bool:
        """Whether an article is to be reported for its partners: the first of them all stands for them."""
        if not self.is_asked(number):
            return False
        own = self._order(number)
        return any(self._order(each) < own or not self.is_asked(each) for each in partners)

    def _order(self, number: int) -> tuple[int, int]:
        day = self[number].date
        return (day, number) if day else (1 << 30, number)

    # ------------------------------------------------------------------ titles

    @cached_property
    def tails(self) -> frozenset[int]:
        """The names of sites that five or more different titles of the corpus end with."""
        if self._tails is not None:
            return self._tails
        titles = filter(may_have_tail, map(title_bytes, self._packs))
        return known_tails(tail_counts(title.decode("utf-8", "surrogatepass") for title in titles))

    def _titled(self, number: int) -> Titled:
        return title_in(self._packs[number])

    @cached_property
    def same_titles(self) -> dict[int, list[int]]:
        """Articles whose titles differ in form only, by the first of each such group."""
        return self._titles[0]

    @cached_property
    def near_titles(self) -> Mapping[Pair, Verdict]:
        """Pairs of titles that are nearly the same; each stands for all with the same title."""
        return self._titles[1]

    @cached_property
    def _titles(self) -> tuple[dict[int, list[int]], Mapping[Pair, Verdict]]:
        first: dict[bytes, int] = {}
        same: dict[int, list[int]] = {}
        blocks = _Blocks()
        for number, title in self._read(self._alike()):
            before = first.setdefault(title.plain, number)
            if before == number:
                blocks.add(number, blocks_of(title))
            else:
                same.setdefault(before, [before]).append(number)
        del first
        asked = self.asked
        if asked is not None:
            asked = asked.union(each for each, group in same.items() if not asked.isdisjoint(group))
        found: dict[Pair, Verdict] = {}
        refused: set[Pair] = set()
        for key, members in blocks.groups():
            for pair in pairs_in(key, members, self._titled):
                if (
                    pair in found
                    or pair in refused
                    or (asked is not None and asked.isdisjoint(pair))
                ):
                    continue
                verdict = self._title_verdict(pair)
                if verdict is not None:
                    found[pair] = verdict
                    continue
                if len(refused) >= REFUSED:  # rather judged again than held
                    refused.clear()
                refused.add(pair)
        for pair in [*unseen_pairs(found)]:
            if (verdict := self._title_verdict(pair)) is not None:
                found[pair] = verdict
        return same, found

    def _alike(self) -> list[int]:
        """The articles whose titles share half of their words with another one: most do not, and are done with."""
        blocks = _Blocks()
        for number, title in self._read(range(len(self._packs))):
            if title.words:
                blocks.add(number, halves(title))
        return sorted(blocks.sharing())

    def _read(self, numbers: Iterable[int]) -> Iterator[tuple[int, TitleWords]]:
        """Articles, each with its title as it is compared."""
        tails = self.tails
        waiting = iter(numbers)
        while lot := [*islice(waiting, TITLES_AT_ONCE)]:
            packs = [*map(self._packs.__getitem__, lot)]
            titles = plain_words([*map(title_bytes, packs)])
            for number, pack, title in zip(lot, packs, titles, strict=True):
                yield number, title or title_words(title_in(pack), tails)

    def _title_verdict(self, pair: Pair) -> Verdict | None:
        return same_title(self._titled(pair[0]), self._titled(pair[1]), self.tails)

    # ------------------------------------------------------------------ bodies

    @cached_property
    def copies(self) -> Mapping[int, list[Partner]]:
        """The articles of which each is a copy, or a trimmed one, the most alike first."""
        pairs = self._body_pairs
        found: dict[int, list[Partner]] = {}
        for (one, two), verdict in pairs.items():
            found.setdefault(one, []).append(Partner(two, verdict))
            shorter = 1 - verdict.shorter if verdict.shorter >= 0 else -1
            found.setdefault(two, []).append(Partner(one, verdict._replace(shorter=shorter)))
        for partners in found.values():
            partners.sort(key=lambda each: (-each.verdict.share, each.number))
        return found

    @cached_property
    def _body_pairs(self) -> Mapping[Pair, Verdict]:
        together, often = _together(self._packs, self.asked)
        known = often if self._counts is None else self._counts
        found = {pair: verdict for pair in together if (verdict := self._copied(pair, known))}
        for pair in [*unseen_pairs(found)]:
            if verdict := self._copied(pair, known):
                found[pair] = verdict
        return found

    def _copied(self, pair: Pair, counts: Mapping[int, int]) -> Verdict | None:
        one, two = pair
        # Most pairs share a paragraph that many have, and no more: their sketches say so.
        shares = share_of_copy(self._sketched(one), self._sketched(two), counts)
        return shares and same_copy(shares, self._told(one), self._told(two))

    # ------------------------------------------------------------------ paragraphs

    def shared_paragraphs(self, articles: int) -> Iterator[list[tuple[int, Paragraph]]]:
        """The paragraphs that stand in so many articles or more, copies of one counted once."""
        blocks = _Blocks()
        for number, facts in enumerate(self):
            blocks.add(number, {each.key for each in facts.paragraphs})
        copies: Mapping[int, list[Partner]] | None = None
        for key, members in blocks.groups():
            if len(members) < articles:
                continue
            copies = self.copies if copies is None else copies
            first = {
                min((number, *(each.number for each in copies.get(number, ()))))
                for number in members
            }
            if len(first) < articles:
                continue
            yield [
                (number, paragraph)
                for number in members
                for paragraph in self[number].paragraphs
                if paragraph.key == key
            ]


class _Blocks:
    """Keys of numbered members, and what they have in common.

    Nearly all keys are those of one member alone; what is done with each key is no loop in Python, but for the others.
    """

    def __init__(self) -> None:
        # In parts by four bits of the key, so that what has a key in common is in the same one.
        self._keys = [array("q") for _ in range(PARTS)]
        self._holders = [array("I") for _ in range(PARTS)]  # of each key
        self._add = [
            (keys.append, holders.append)
            for keys, holders in zip(self._keys, self._holders, strict=True)
        ]

    def add(self, member: int, keys: Iterable[int]) -> None:
        """The keys of one member. Members come in rising order."""
        parts = self._add
        for key in keys:
            add_key, add_holder = parts[key >> 3 & PARTS - 1]
            add_key(key)
            add_holder(member)

    def groups(self) -> Iterator[tuple[int, list[int]]]:
        """Each key that two or more members have, with these."""
        for keys, holders in self._parts():
            yield from _grouped(*_again(keys, holders)).items()

    def sharing(self) -> set[int]:
        """The members that have a key in common with another one."""
        found: set[int] = set()
        for keys, holders in self._parts():
            first, later, members = _again(keys, holders)
            found.update(members)
            found.update(map(first.__getitem__, later))
        return found

    def _parts(self) -> Iterator[tuple[array[int], array[int]]]:
        while self._keys:
            yield from _parted(self._keys.pop(), self._holders.pop())


def _parted(
    keys: array[int], holders: array[int], byte: int = 3
) -> Iterator[tuple[array[int], array[int]]]:
    """Keys of a lot and their holders a part at a time, all of one key in the same part.

    `byte`: in which keys differ; in the one given, those of 48 bits do, whichever end of a number is stored first.
    """
    parts = 1
    while len(keys) > KEYS_AT_ONCE * parts and parts < 256:
        parts *= 2
    if parts == 1:
        yield keys, holders
        return
    bytes_of = memoryview(keys).cast("B")[byte::8].tobytes()
    for chosen in _choices(bytes_of, parts):
        yield (
            array(keys.typecode, compress(keys, chosen)),
            array(holders.typecode, compress(holders, chosen)),
        )


def _choices(bytes_of: bytes, parts: int) -> Iterator[bytes]:
    """For each part, which keys are in it, by a byte of each key."""
    for part in range(parts):
        yield bytes_of.translate(bytes(byte % parts == part for byte in range(256)))


def _again(
    keys: array[int], holders: array[int]
) -> tuple[dict[int, int], Iterator[int], Iterator[int]]:
    """The first holder of each key; and keys that another one has, too, each with that."""
    every, owners = keys.tolist(), holders.tolist()
    first: dict[int, int] = {}
    is_later = bytes(map(ne, map(first.setdefault, every, owners), owners))
    return first, compress(every, is_later), compress(owners, is_later)


def _grouped(
    first: Mapping[int, int], keys: Iterable[int], holders: Iterable[int]
) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for key, member in zip(keys, holders, strict=True):
        members = found.get(key)
        if members is None:
            found[key] = [first[key], member]
        elif members[-1] != member:
            members.append(member)
    return found


def _together(
    packs: Sequence[bytes], asked: frozenset[int] | None
) -> tuple[list[Pair], dict[int, int]]:
    """The articles that share two keys of copy or more, and how many articles have the keys that more than a few have.

    By a key that many have, each goes with the first of them and the last before it only: see `pairs_of`.
    """
    often: dict[int, int] = {}
    met = array("Q")  # pairs, both as one number, once for each key
    for keys, holders in _sketched(packs):
        first, later, members = _again(keys, holders)
        again, others = [*later], [*members]
        times = Counter(again)
        lone = bytes(map((1).__eq__, map(times.__getitem__, again)))
        # By far the most are keys of two articles.
        ones = map(first.__getitem__, compress(again, lone))
        met.extend(map(or_, map(lshift, ones, repeat(32)), compress(others, lone)))
        many = lone.translate(_OPPOSITE)
        for key, group in _grouped(first, compress(again, many), compress(others, many)).items():
            met.extend([one << 32 | two for one, two in pairs_of(group, MOST_COPIES)])
            if len(group) > FEW:
                often[key] = len(group)
    found: list[Pair] = []
    for part, _ in _parted(met, met, 0 if sys.byteorder == "little" else 7):
        shared = Counter(part)
        found += (
            (pair >> 32, pair & 0xFFFFFFFF)
            for pair, times in shared.items()
            if times >= LEAST_TOGETHER
        )
    if asked is not None:
        found = [pair for pair in found if not asked.isdisjoint(pair)]
    return sorted(found), often


_OPPOSITE = bytes((1, 0)) + bytes(254)


def _sketched(packs: Sequence[bytes]) -> Iterator[tuple[array[int], array[int]]]:
    """The keys of copy of packed facts and their holders, in parts so small that the processor's caches hold them."""
    keys = [bytearray() for _ in _EDGES]
    counts = [array("B") for _ in _EDGES]  # of each article
    for data in packs:
        # They are sorted, so that those of a part stand together.
        own, firsts = sketch_bytes(data)
        low = 0
        for edge, part, count in zip(_EDGES, keys, counts, strict=True):
            high = bisect_left(firsts, edge, low)
            part += own[KEY_BYTES * low : KEY_BYTES * high]
            count.append(high - low)
            low = high
    while keys:
        held = counts.pop()
        holders = chain.from_iterable(map(repeat, range(len(held)), held))
        yield from _parted(array("Q", keys_in(bytes(keys.pop()))), array("I", holders))


_EDGES = (*range(256 // PARTS, 256, 256 // PARTS), 256)  # of the first byte of each key
