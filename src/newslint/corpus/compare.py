"""The articles of a run side by side: facts in their packed form, and which of them are alike.

Nothing but facts is held: a kilobyte an article, and for comparing some hundred bytes more for a while.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import compress, groupby, repeat
from operator import itemgetter, ne

from newslint.corpus.facts import (
    Facts,
    Identity,
    Paragraph,
    Sketch,
    Titled,
    sketch_in,
    title_in,
    unpack,
)
from newslint.corpus.near import (
    MOST_COPIES,
    Verdict,
    known_tails,
    pairs_in,
    same_body,
    same_title,
    share_of_copy,
    tail_counts,
    title_blocks,
    unseen_pairs,
)
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import TypeAlias

KEYS_AT_ONCE = 250_000  # that are grouped in one go: some 25 MB
LEAST_TOGETHER = 2  # keys that two bodies share before they are compared
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
        return sketch_in(self._packs[number])

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
        return known_tails(tail_counts(title_in(pack).title for pack in self._packs))

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
        tails = self.tails
        first: dict[int, int] = {}
        same: dict[int, list[int]] = {}
        blocks = _Blocks()
        for number, pack in enumerate(self._packs):
            keys = title_blocks(title_in(pack), tails)
            if not keys:
                continue
            before = first.setdefault(keys[0], number)
            if before == number:
                blocks.add(number, keys)
            else:
                same.setdefault(before, [before]).append(number)
        del first
        asked = self.asked
        if asked is not None:
            asked = asked.union(each for each, group in same.items() if not asked.isdisjoint(group))
        seen: dict[Pair, Verdict | None] = {}
        for key, members in blocks.groups():
            for pair in pairs_in(key, members, self._titled):
                if pair not in seen and (asked is None or not asked.isdisjoint(pair)):
                    seen[pair] = self._title_verdict(pair)
        found = {pair: verdict for pair, verdict in seen.items() if verdict is not None}
        for pair in [*unseen_pairs(found)]:
            if (verdict := self._title_verdict(pair)) is not None:
                found[pair] = verdict
        return same, found

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
        blocks = _Blocks()
        for number, pack in enumerate(self._packs):
            blocks.add(number, sketch_in(pack).sketch)
        counts = blocks.counts()
        together = blocks.together(counts, self.asked)
        known = counts if self._counts is None else self._counts
        found = {pair: verdict for pair in together if (verdict := self._copied(pair, known))}
        for pair in [*unseen_pairs(found)]:
            if verdict := self._copied(pair, known):
                found[pair] = verdict
        return found

    def _copied(self, pair: Pair, counts: Mapping[int, int]) -> Verdict | None:
        one, two = pair
        # Most pairs share a paragraph that many have, and no more: their sketches say so.
        if share_of_copy(self._sketched(one), self._sketched(two), counts) is None:
            return None
        return same_body(self[one], self[two], counts)

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
    """Keys of numbered members, and what they have in common. Keys of a lot are grouped a part at a time.

    Nearly all keys are those of one member alone; what is done with each key is no loop in Python, but for the others.
    """

    def __init__(self) -> None:
        self._keys = array("Q")
        self._holders = array("I")  # of each key

    def add(self, member: int, keys: Collection[int]) -> None:
        """The keys of one member; each once where they are counted. Members come in rising order."""
        self._keys.extend(keys)
        self._holders.extend(repeat(member, len(keys)))

    def _parts(self) -> Iterator[tuple[array[int], array[int]]]:
        """Keys and their holders, all of one key in the same part."""
        parts = 1
        while len(self._keys) > KEYS_AT_ONCE * parts and parts < 256:
            parts *= 2
        if parts == 1:
            yield self._keys, self._holders
            return
        # One byte of each key; whichever end of a number is stored first, keys of 48 bits differ in it.
        bytes_of = memoryview(self._keys).cast("B")[3::8].tobytes()
        for part in range(parts):
            chosen = bytes_of.translate(bytes(byte % parts == part for byte in range(256)))
            yield (
                array("Q", compress(self._keys, chosen)),
                array("I", compress(self._holders, chosen)),
            )

    def groups(self) -> Iterator[tuple[int, list[int]]]:
        """Each key that two or more members have, with these."""
        for keys, holders in self._parts():
            first: dict[int, int] = {}  # holder of each key
            more: dict[int, list[int]] = {}
            is_later = map(ne, map(first.setdefault, keys, holders), holders)
            for key, member in compress(zip(keys, holders, strict=True), is_later):
                members = more.get(key)
                if members is None:
                    more[key] = [first[key], member]
                elif members[-1] != member:
                    members.append(member)
            yield from more.items()

    def counts(self) -> dict[int, int]:
        """How many members have each key that is not the only one's."""
        found: dict[int, int] = {}
        for keys, holders in self._parts():
            first: dict[int, int] = {}
            later = Counter(compress(keys, map(ne, map(first.setdefault, keys, holders), holders)))
            found.update((key, count + 1) for key, count in later.items())
        return found

    def together(self, counts: Mapping[int, int], asked: frozenset[int] | None) -> list[Pair]:
        """The members that share two keys or more, the one that came first in front.

        By a key that many have, each goes with the first of them and the last before it only: see `pairs_in`.
        """
        known: dict[int, list[int]] = {}
        found: list[Pair] = []
        rows = zip(self._holders, self._keys, strict=True)
        shared = compress(rows, map(counts.__contains__, self._keys))
        for member, own in groupby(shared, itemgetter(0)):
            met: dict[int, int] = {}
            for _, key in own:
                holders = known.get(key)
                if holders is None:
                    known[key] = [member]
                    continue
                for other in holders:
                    met[other] = met.get(other, 0) + 1
                if len(holders) == 1 or counts[key] <= MOST_COPIES:
                    holders.append(member)
                else:
                    holders[1] = member
            for other, times in met.items():
                if times >= LEAST_TOGETHER and (asked is None or member in asked or other in asked):
                    found.append((other, member))
        return found
