"""The articles of a run side by side: facts in their packed form, and which of them are alike.

Nothing but facts is kept: a kilobyte an article, and for comparing some hundred bytes more for a while. Where there
are many, they are in a temporary file (`kept.py`); what is held for an article is a byte, for one that is like another
a few hundred.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain, compress, islice, repeat
from operator import itemgetter

from newslint import cache
from newslint.corpus.facts import (
    Facts,
    Identity,
    Paragraph,
    Sketch,
    Titled,
    Told,
    meetings_in,
    sketch_in,
    sketches_in,
    title_bytes,
    title_in,
    told_in,
    unpack,
)
from newslint.corpus.kept import KEYS_AT_ONCE, Keys, Rows, again, grouped, signed, unsigned
from newslint.corpus.near import (
    FEW,
    LEAST_HEADS,
    MOST_COPIES,
    TitleWords,
    Verdict,
    blocks_of,
    halves,
    least_met,
    may_have_tails,
    pairs_in,
    pairs_of,
    plain_titles,
    same_copy,
    same_words,
    share_of_copy,
    tails_of,
    title_words,
    unseen_pairs,
    words_of_plain,
)
from newslint.typed import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from typing import TypeAlias

    from newslint.cache import Data

TITLES_AT_ONCE = NAMED_AT_ONCE = 500  # articles that are read in one go
PAIRS_AT_ONCE = 20_000  # of bodies, whose articles are held: some 30 MB at most
KEYS_COUNTED = 1_000_000  # of copy, in one go: some 80 MB
TITLES_HELD = 20_000  # of those that are alike: some 10 MB
REFUSED = 100_000  # pairs of titles that are known to differ: some 8 MB
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


class _Read(NamedTuple):
    """The title of an article, and how it is compared."""

    titled: Titled
    words: TitleWords


class Larger(NamedTuple):
    """What is known of a larger collection, of which a corpus is the part that matters.

    `endings`: how many titles end with the name of a site, by its key; `titled`: how many titles there are. `counts`: how
    many articles have a key of copy, where these are more than one.
    """

    endings: Mapping[int, int]
    titled: int
    counts: Mapping[int, int]


class Corpus:
    """The articles that are compared with each other. Iterating gives the facts of each, in order.

    `larger`: the collection of which they are a part. `asked`: numbers of the articles that findings are wanted for;
    None for all.
    """

    def __init__(self, larger: Larger | None = None, asked: frozenset[int] | None = None) -> None:
        self._rows = Rows()  # facts, path and part
        self._larger = larger
        self.asked = asked
        self._unpacked = lru_cache(maxsize=UNPACKED)(self._unpack)
        self._sketched = lru_cache(maxsize=UNPACKED)(self._sketch)
        self._told = lru_cache(maxsize=UNPACKED)(self._tell)

    def add(self, path: str, part: str, packed: bytes) -> int:
        """Take up an article; its number."""
        return self._rows.add((packed, path, part))

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Facts]:
        return map(unpack, self._packs())

    def __getitem__(self, number: int) -> Facts:
        return self._unpacked(number)

    def close(self) -> None:
        """Let go of the articles."""
        self._rows.close()

    def _packs(self) -> Iterator[bytes]:
        return cast("Iterator[bytes]", map(_FIRST, self._rows))

    def _lots(self, chosen: bytearray | None = None) -> Iterator[tuple[list[int], list[bytes]]]:
        """Articles some at a time, numbers and facts. `chosen`: for each whether it is one of them; None for all."""
        numbers: Iterator[int] = iter(range(len(self)))
        packs = self._packs()
        if chosen is not None:
            numbers, packs = compress(numbers, chosen), compress(packs, chosen)
        while lot := [*islice(packs, TITLES_AT_ONCE)]:
            yield [*islice(numbers, len(lot))], lot

    def _pack(self, number: int) -> bytes:
        return cast("bytes", self._rows[number][0])

    def _unpack(self, number: int) -> Facts:
        return unpack(self._pack(number))

    def _sketch(self, number: int) -> Sketch:
        keys, level = sketch_in(self._pack(number))
        return Sketch(frozenset(keys), level)

    def _tell(self, number: int) -> Told:
        return told_in(self._pack(number))

    def name(self, *parts: bytes) -> str:
        """A name for the articles as they are compared, and for `parts`."""
        name = cache.key(*parts)
        rows = iter(self._rows)
        while lot := [*islice(rows, NAMED_AT_ONCE)]:
            own = [
                each if isinstance(each, bytes) else _as_bytes(each) for row in lot for each in row
            ]
            name = cache.key(name.encode(), *own)
        return name

    def identity(self, number: int) -> Identity:
        """File and part of an article."""
        return Identity(*cast("tuple[str, str]", self._rows[number][1:]))

    def identities(self) -> Iterator[Identity]:
        """File and part of each article, in order."""
        for row in self._rows:
            yield Identity(*cast("tuple[str, str]", row[1:]))

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

    def wanted(self) -> Iterable[int]:
        """The articles that findings are wanted for, in order."""
        return range(len(self)) if self.asked is None else sorted(self.asked)

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
        return frozenset(self.endings)

    @cached_property
    def titled(self) -> int:
        """How many articles have a title."""
        if self._larger is not None:
            return self._larger.titled
        return sum(map(bool, map(title_bytes, self._packs())))

    @cached_property
    def endings(self) -> Mapping[int, int]:
        """The names of sites, each with how many titles end with it."""
        if self._larger is not None:
            return self._larger.endings
        blocks = Keys()
        for numbers, packs in self._lots():
            titles = [*map(title_bytes, packs)]
            marked = may_have_tails(titles)
            for number, title in zip(
                compress(numbers, marked), compress(titles, marked), strict=True
            ):
                blocks.add(number, {signed(tail) for tail, _ in tails_of(_read_as_text(title))})
        return {
            unsigned(tail): len(numbers)
            for tail, numbers in blocks.groups()
            if len(numbers) >= LEAST_HEADS and self._has_heads(unsigned(tail), numbers)
        }

    def _has_heads(self, tail: int, numbers: Iterable[int]) -> bool:
        """Whether enough different headlines stand in front of what those titles end with."""
        heads: set[int] = set()
        for number in numbers:
            title = _read_as_text(title_bytes(self._pack(number)))
            heads.update(head for each, head in tails_of(title) if each == tail)
            if len(heads) >= LEAST_HEADS:
                return True
        return False

    def _titled(self, number: int) -> Titled:
        return title_in(self._pack(number))

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
        same, alike = self._same_or_alike()
        asked = self.asked
        if asked is not None:
            asked = asked.union(each for each, group in same.items() if not asked.isdisjoint(group))
        blocks = Keys()
        held: dict[int, _Read] = {}
        for numbers, packs in self._lots(alike):
            for number, read in zip(numbers, self._titles_in(packs), strict=True):
                blocks.add(number, blocks_of(read.words))
                if len(held) < TITLES_HELD:
                    held[number] = read

        def read_of(number: int) -> _Read:
            return held.get(number) or self._title_in(self._pack(number))

        def judged(pair: Pair) -> Verdict | None:
            (first, one), (second, two) = map(read_of, pair)
            return same_words(one, two, (first.date, second.date))

        found: dict[Pair, Verdict] = {}
        refused: set[int] = set()  # pairs, both as one number
        for key, members in blocks.groups():
            for pair in pairs_in(key, members, lambda number: read_of(number).titled):
                number = pair[0] << 32 | pair[1]
                if (
                    pair in found
                    or number in refused
                    or (asked is not None and asked.isdisjoint(pair))
                ):
                    continue
                verdict = judged(pair)
                if verdict is not None:
                    found[pair] = verdict
                    continue
                if len(refused) >= REFUSED:  # rather judged again than held
                    refused.clear()
                refused.add(number)
        for pair in [*unseen_pairs(found)]:
            if (verdict := judged(pair)) is not None:
                found[pair] = verdict
        # In an order that does not depend on how many were grouped at once.
        return dict(sorted(same.items())), dict(sorted(found.items()))

    def _title_in(self, pack: bytes) -> _Read:
        """The title of an article."""
        titled = title_in(pack)
        return _Read(titled, title_words(titled, self.tails))

    def _titles_in(self, packs: Sequence[bytes]) -> list[_Read]:
        """The titles of some articles."""
        plain = plain_titles([*map(title_bytes, packs)])
        known = dict(zip(plain.places, map(words_of_plain, plain.words, plain.plain), strict=True))
        return [
            _Read(title_in(pack), known[place]) if place in known else self._title_in(pack)
            for place, pack in enumerate(packs)
        ]

    def _same_or_alike(self) -> tuple[dict[int, list[int]], bytearray]:
        """Articles with the same title, by the first of each such group; and for each article whether it is none of the
        others of these, and its title shares half of its words with that of another: most do not, and are done with."""
        whole = Keys()  # of twice the number of an article; of one more where it is of a headline without a name behind it
        parts = Keys()
        for numbers, packs in self._lots():
            titles = plain_titles([*map(title_bytes, packs)])
            own = [*map(numbers.__getitem__, titles.places)]
            whole.extend([2 * each for each in own], map(hash, titles.plain))
            parts.extend(*halves(own, titles.words))
            own, words = [], []
            is_left = bytearray(b"\1" * len(packs))
            for place in titles.places:
                is_left[place] = 0
            for number, pack in zip(
                compress(numbers, is_left), compress(packs, is_left), strict=True
            ):
                title = self._title_in(pack).words
                if title.words:
                    own.append(number)
                    words.append(title.words)
                    whole.add(2 * number, (hash(title.plain),))
                    if title.bare is not title.plain:
                        whole.add(2 * number + 1, (hash(title.bare),))
            parts.extend(*halves(own, words))
        same: dict[int, list[int]] = {}
        is_later = bytearray(len(self))  # whether an earlier one has the same title
        is_alike = bytearray(len(self))
        for _, members in whole.groups():
            members.sort()
            own = [each >> 1 for each in members if not each & 1]
            if len(own) < len(members):
                for each in members:
                    is_alike[each >> 1] = 1
            if len(own) > 1:
                same[own[0]] = own
                for number in own[1:]:
                    is_later[number] = 1
        for number in parts.sharing(is_later if same else None):
            is_alike[number] = 1
        for number in compress(range(len(self)), is_later):
            is_alike[number] = 0
        return same, is_alike

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
        likely: list[Pair] = []
        often: dict[int, int] = {}
        keys: set[int] = set()
        for (one, two), first, second in self._alike_in_copy():
            likely.append((one, two))
            keys.update(first.sketch, second.sketch)
            if len(keys) > KEYS_COUNTED and self._larger is None:
                often.update(self._often(keys))
                keys.clear()
        known: Mapping[int, int]
        if self._larger is not None:
            known = self._larger.counts
        else:
            known = {**often, **self._often(keys)}
        found = {pair: verdict for pair in likely if (verdict := self._copied(pair, known))}
        for pair in [*unseen_pairs(found)]:
            if verdict := self._copied(pair, known):
                found[pair] = verdict
        return found

    def _alike_in_copy(self) -> Iterator[tuple[Pair, Sketch, Sketch]]:
        """The pairs of which one has as much of the other's copy as a copy has, with the sketches of both.

        Most pairs share a phrase or a paragraph, and no more. To go through all articles for many pairs takes less than to look
        up two articles for each.
        """
        waiting = self._together()
        while lot := [*islice(waiting, PAIRS_AT_ONCE)]:
            is_in = bytearray(len(self))
            for one, two in lot:
                is_in[one] = is_in[two] = 1
            packs = dict(
                zip(compress(range(len(self)), is_in), compress(self._packs(), is_in), strict=True)
            )
            last, first = -1, Sketch((), 0)
            for one, two in lot:
                if one != last:
                    keys, level = sketch_in(packs[one])
                    last, first = one, Sketch(frozenset(keys), level)
                second = sketch_in(packs[two])
                if share_of_copy(first, second) is not None:
                    yield (one, two), first, second

    def _together(self) -> Iterator[Pair]:
        """The articles that share as many keys of copy as copies do, in order.

        By a key that many have, each goes with the first of them and the last before it only: see `pairs_of`.
        """
        asked = self.asked
        wanted = None
        if asked is not None:  # what others have in common with each other is not looked for
            wanted = frozenset(meetings_in(map(self._pack, asked)).keys)
        levels, sizes = bytearray(), bytearray()
        blocks = Keys()
        for numbers, packs in self._lots():
            lot = meetings_in(packs)
            levels += lot.levels
            sizes += lot.sizes
            keys: Iterable[int] = lot.keys
            holders: Iterable[int] = chain.from_iterable(map(repeat, numbers, lot.counts))
            if wanted is not None:
                is_wanted = bytes(map(wanted.__contains__, lot.keys))
                keys, holders = compress(lot.keys, is_wanted), compress(holders, is_wanted)
            blocks.extend(holders, keys)
        met = Keys(shift=0)  # pairs, both as one number, once for each key
        for part in blocks.parts():
            for members in grouped(*again(*part)).values():
                met.add(0, [one << 32 | two for one, two in pairs_of(members, MOST_COPIES)])
        found = array("q")
        for pairs, _ in met.parts():
            for pair, times in Counter(pairs).items():
                one, two = pair >> 32, pair & 0xFFFFFFFF
                if asked is None or one in asked or two in asked:
                    first, second = (levels[one], sizes[one]), (levels[two], sizes[two])
                    if times >= least_met(first, second):
                        found.append(pair)
        for pair in sorted(found):
            yield pair >> 32, pair & 0xFFFFFFFF

    def _often(self, keys: set[int]) -> dict[int, int]:
        """How many articles have each of some keys of copy, where these are more than a few."""
        if not keys:
            return {}
        times: Counter[int] = Counter()
        found: list[int] = []
        for _, packs in self._lots():
            found += filter(keys.__contains__, sketches_in(packs).keys)
            if len(found) > KEYS_AT_ONCE:
                times.update(found)
                found.clear()
        times.update(found)
        return {key: count for key, count in times.items() if count > FEW}

    def _copied(self, pair: Pair, counts: Mapping[int, int]) -> Verdict | None:
        one, two = pair
        shares = share_of_copy(self._sketched(one), self._sketched(two), counts)
        return shares and same_copy(shares, self._told(one), self._told(two))

    # ------------------------------------------------------------------ paragraphs

    def shared_paragraphs(self, articles: int) -> Iterator[list[tuple[int, Paragraph]]]:
        """The paragraphs that stand in so many articles or more, copies of one counted once."""
        blocks = Keys()
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


_FIRST = itemgetter(0)


def _as_bytes(text: Data) -> bytes:
    return cast("str", text).encode("utf-8", "surrogatepass")


def _read_as_text(title: bytes) -> str:
    return title.decode("utf-8", "surrogatepass")
