"""The steps by which articles of a corpus are compared, over Arrow batches: what every engine runs between its joins.

Facts go in, and keys that likely pairs share come out (`title_keys`, `body_keys`). An engine brings what shares a key
together, sorted by key and article; `pairs` says which to compare; the engine counts them and fetches the facts of
both; `same_titles` tells which are the same, for copy `alike` and then `same_bodies`. Articles that hang together by
such pairs are a small corpus, in which `judged` runs the rules that compare articles. Articles go by whatever the
engine names them by, if only the order of the names is the same everywhere.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, groupby, repeat

import pyarrow as pa
import pyarrow.compute

from newslint.across import Comparison
from newslint.corpus.batches import FINDINGS
from newslint.corpus.compare import Corpus, Larger
from newslint.corpus.facts import (
    Facts,
    Keyed,
    Titled,
    meetings_in,
    sketch_in,
    sketches_in,
    title_in,
    unpack,
)
from newslint.corpus.near import (
    FEW,
    MOST_COPIES,
    MOST_IN_BLOCK,
    Tails,
    clusters,
    least_met,
    merged,
    pairs_in,
    same_body,
    same_title,
    share_of_copy,
    tail_counts,
    title_blocks,
)
from newslint.engine import Linter
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any, TypeAlias

    from newslint.corpus.near import Verdict
    from newslint.finding import Finding

    Name: TypeAlias = "int | str"
    Batches: TypeAlias = "Iterable[pa.RecordBatch]"
    Made: TypeAlias = "Iterator[pa.RecordBatch]"

BATCH = 10_000
NUMBER: pa.DataType = pa.int64()


def keys_schema(name: pa.DataType) -> pa.Schema:
    """A key that an article has, to be put together with others by. `name`: the type of the article's.

    `title`, `day`: where `pairs_in` asks for them; `sketch`: level and size of it, for a key of copy.
    """
    marks = [("title", pa.string()), ("day", pa.int32()), ("sketch", pa.int32())]
    return pa.schema([("key", pa.int64()), ("article", name), *marks])


def copy_schema(name: pa.DataType) -> pa.Schema:
    """A key of the copy of an article, of all that it has."""
    return pa.schema([("key", pa.int64()), ("article", name)])


def counts_schema(name: pa.DataType) -> pa.Schema:
    """How many articles have the keys of one, for those that many have."""
    return pa.schema([("article", name), ("counts", pa.binary())])


def met_schema(name: pa.DataType) -> pa.Schema:
    """Two articles that share a key, and how many they share at least if they are to be compared."""
    return pa.schema([("one", name), ("two", name), ("least", pa.int32())])


def pairs_schema(name: pa.DataType) -> pa.Schema:
    """Two articles."""
    return pa.schema([("one", name), ("two", name)])


def judged_schema(name: pa.DataType) -> pa.Schema:
    """What is found about an article beside others.

    `cluster`: the first of those that are copies of each other. `stays`: it is the one to keep; every other one is a
    copy `of` one that stays, in `share` of it.
    """
    return pa.schema(
        [
            ("article", name),
            ("cluster", name),
            ("stays", pa.bool_()),
            ("of", name),
            ("kind", pa.string()),
            ("share", pa.float64()),
            ("findings", pa.list_(pa.struct([*FINDINGS]))),
        ]
    )


# ------------------------------------------------------------------ keys


def tails(batches: Batches) -> Tails:
    """What titles end with, to be `merged` over all batches. Of a batch the column “facts” is read."""
    found: Tails = {}
    for batch in batches:
        packs = (packed for packed in batch.column("facts").to_pylist() if packed)
        found = merged(found, tail_counts(title_in(packed).title for packed in packs))
    return found


def title_keys(batches: Batches, known: frozenset[int]) -> Made:
    """The keys of titles, from the columns “article” and “facts”. `known`: the tails of the whole corpus."""
    for batch in batches:
        schema = keys_schema(batch.schema.field("article").type)
        rows: list[tuple[int, Name, str | None, int, None]] = []
        for name, packed in _rows((batch,), "article", "facts"):
            if packed:
                titled = title_in(packed)
                for key in {*title_blocks(titled, known)}:
                    told = (titled.title, titled.date) if key & 1 else (None, 0)
                    rows.append((key, name, *told, None))
        yield _batch(rows, schema)


def body_keys(batches: Batches) -> Made:
    """The keys by which copies find each other, from the columns “article” and “facts”."""
    for batch in batches:
        keyed, keys, rows = _keyed(batch, meetings_in)
        told = [level << 8 | size for level, size in zip(keyed.levels, keyed.sizes, strict=True)]
        sketches = array("q", chain.from_iterable(map(repeat, told, keyed.counts)))
        count = len(keys)
        names = batch.column("article")
        yield pa.RecordBatch.from_arrays(
            [
                pyarrow.compute.shift_left(_numbers(keys), 1),
                names.take(_numbers(rows)),
                pa.nulls(count, pa.string()),
                pa.nulls(count, pa.int32()),
                _numbers(sketches).cast(pa.int32()),
            ],
            schema=keys_schema(names.type),
        )


def copy_keys(batches: Batches) -> Made:
    """All keys of copy, from the columns “article” and “facts”."""
    for batch in batches:
        _, keys, rows = _keyed(batch, sketches_in)
        names = batch.column("article")
        yield pa.RecordBatch.from_arrays(
            [_numbers(keys), names.take(_numbers(rows))], schema=copy_schema(names.type)
        )


def _keyed(
    batch: pa.RecordBatch, keys_in: Callable[[list[bytes]], Keyed]
) -> tuple[Keyed, array[int], array[int]]:
    """Keys of the articles of a batch that have facts, with the row of each."""
    facts = batch.column("facts").to_pylist()
    keyed = keys_in([each for each in facts if each])
    numbers = (row for row, each in enumerate(facts) if each)
    rows = array("q", chain.from_iterable(map(repeat, numbers, keyed.counts)))
    return keyed, array("q", keyed.keys), rows


def _numbers(values: array[int]) -> pa.Array:
    """An Arrow array of the same memory."""
    return pa.Array.from_buffers(pa.int64(), len(values), [None, pa.py_buffer(values)])


def counts(batches: Batches) -> Made:
    """The keys of each article that many have, packed; from rows (article, key, members) in the order of articles."""
    schema = counts_schema(NUMBER)
    found: list[tuple[Name, bytes]] = []
    for name, rows in groupby(_rows(batches, "article", "key", "members"), key=lambda row: row[0]):
        numbers = [number for _, *row in rows for number in row]
        found.append((name, struct.pack(f"<{len(numbers)}Q", *numbers)))
        schema = counts_schema(_kind(name))
        if len(found) >= BATCH:
            yield _batch(found, schema)
            found = []
    yield _batch(found, schema)


def _counted(*packed: bytes | None) -> dict[int, int]:
    found: dict[int, int] = {}
    for each in packed:
        if each:
            numbers = struct.unpack(f"<{len(each) // 8}Q", each)
            found.update(zip(numbers[::2], numbers[1::2], strict=True))
    return found


# ------------------------------------------------------------------ pairs


def pairs(batches: Batches, what: str) -> Made:
    """The articles to compare, `one` before `two`, once for each key. `batches`: keys, sorted by key and article."""
    most = MOST_IN_BLOCK if what == "title" else MOST_COPIES
    schema = met_schema(NUMBER)
    found: list[tuple[Name, Name, int]] = []
    rows = _rows(batches, "key", "article", "title", "day", "sketch")
    for key, own in groupby(rows, key=lambda row: row[0]):
        members = [row[1:] for row in own]
        if len(members) < 2:
            continue
        schema = met_schema(_kind(members[0][0]))
        for one, two in pairs_in(key, members, _told, most):
            least = 1
            if one[3] is not None:
                least = least_met(divmod(one[3], 256), divmod(two[3], 256))
            first, second = sorted((one[0], two[0]))
            found.append((first, second, least))
        if len(found) >= BATCH:
            yield _batch(found, schema)
            found = []
    yield _batch(found, schema)


def _told(member: tuple[Name, str | None, int, int | None]) -> Titled:
    """As much of the facts of an article as decides which members of a block are compared."""
    return Titled(member[1] or "", (0, 0), member[2])


def alike(batches: Batches) -> Made:
    """The pairs of which one shares as much copy as a copy does. `batches`: rows of `WITH_FACTS`."""

    def are(first: bytes, second: bytes) -> bool:
        return share_of_copy(_sketched(first), _sketched(second)) is not None

    return _pairs_that(are, batches, "facts_one", "facts_two")


def same_titles(batches: Batches, known: frozenset[int]) -> Made:
    """The pairs with the same title. `batches`: rows of `WITH_FACTS`. `known`: the tails of the whole corpus."""

    def are(first: bytes, second: bytes) -> bool:
        return same_title(_titled(first), _titled(second), known) is not None

    return _pairs_that(are, batches, "facts_one", "facts_two")


def same_bodies(batches: Batches) -> Made:
    """The pairs that are copies. `batches`: rows of `WITH_COUNTS`."""

    def are(first: bytes, second: bytes, *often: bytes | None) -> bool:
        return same_body(unpack(first), unpack(second), _counted(*often)) is not None

    return _pairs_that(are, batches, "facts_one", "facts_two", "counts_one", "counts_two")


def _pairs_that(are: Callable[..., bool], batches: Batches, *columns: str) -> Made:
    """The pairs of which that is so, by what stands in some columns."""
    for batch in batches:
        schema = pairs_schema(batch.schema.field("one").type)
        rows = _rows((batch,), "one", "two", *columns)
        yield _batch([(one, two) for one, two, *told in rows if are(*told)], schema)


# Pairs of the same first one mostly come together, so that it is needed again at once.
_sketched = lru_cache(maxsize=1 << 12)(sketch_in)
_titled = lru_cache(maxsize=1 << 12)(title_in)


# ------------------------------------------------------------------ small corpora


def judged(
    batches: Batches, linter_for: Callable[[str], Linter], known: frozenset[int] = frozenset()
) -> Made:
    """What the rules that compare articles find, and which articles are copies: a row of `judged_schema` each.

    `batches`: rows of `TOGETHER`, in the order of labels and articles. `known`: the tails of the whole corpus.
    """
    schema = judged_schema(NUMBER)
    found: list[tuple[object, ...]] = []
    rows = _rows(batches, "label", "article", "id", "path", "row", "place", "facts", "counts")
    for _, own in groupby(rows, key=lambda row: row[0]):
        members = [_Member(*row[1:]) for row in own]
        schema = judged_schema(_kind(members[0].article))
        found += _judged(members, linter_for, known)
        if len(found) >= BATCH:
            yield _batch(found, schema)
            found = []
    yield _batch(found, schema)


class _Member:
    """An article of a small corpus: its name, and where it and its title stand."""

    def __init__(self, *row: Any) -> None:
        self.article, self.id, self.path, self.row, self.place, self.facts, self.counts = row


def _judged(
    members: Sequence[_Member], linter_for: Callable[[str], Linter], known: frozenset[int]
) -> Iterator[tuple[object, ...]]:
    # How many titles end with the name of a site is not known here, so that no title is reported for that.
    larger = Larger(dict.fromkeys(known, 0), 1, _counted(*(each.counts for each in members)))
    corpus = Corpus(larger)
    for number, each in enumerate(members):
        corpus.add(each.path, str(number), each.facts)
    findings: dict[int, list[dict[str, object]]] = {}
    for result in Comparison(linter_for, corpus).results():
        for finding in result.findings:
            number = int(finding.part or 0)
            findings.setdefault(number, []).append(_finding(finding, members[number], members))
    verdicts = {
        number: {each.number: each.verdict for each in partners}
        for number, partners in corpus.copies.items()
    }
    placed = _clustered(verdicts, corpus)
    for number in sorted({*findings, *placed}):
        cluster, of = placed.get(number, (None, None))
        verdict = verdicts[number][of] if of is not None else None
        yield (
            members[number].article,
            members[cluster].article if cluster is not None else None,
            of is None if cluster is not None else None,
            members[of].article if of is not None else None,
            verdict.kind if verdict is not None else None,
            verdict.share if verdict is not None else None,
            findings.get(number, []),
        )


def _clustered(
    verdicts: Mapping[int, Mapping[int, Verdict]], corpus: Corpus
) -> dict[int, tuple[int, int | None]]:
    """The cluster of each article that is in one, and what it is a copy of; None for one that stays.

    The longest article stays; of those as long the one of the earliest day, then the first. So does each that is a
    copy of none that stays.
    """
    found: dict[int, tuple[int, int | None]] = {}
    edges = ((one, two) for one, others in sorted(verdicts.items()) for two in others)
    for members in clusters(edges):
        first = min(members)
        stay: set[int] = set()
        for number in sorted(members, key=lambda each: _worth(corpus[each], each)):
            likest = [
                (-each.share, other) for other, each in verdicts[number].items() if other in stay
            ]
            of = min(likest)[1] if likest else None
            if of is None:
                stay.add(number)
            found[number] = (first, of)
    return found


def _worth(facts: Facts, number: int) -> tuple[int, int, int]:
    return -facts.words, facts.date or sys.maxsize, number


def _finding(finding: Finding, own: _Member, members: Sequence[_Member]) -> dict[str, object]:
    is_elsewhere = (finding.start, finding.end) != tuple(unpack(own.facts).place[:2])
    place = (None if is_elsewhere else own.place) or NOWHERE
    return {
        "id": own.id,
        "path": own.path,
        "row": own.row,
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "message": finding.message,
        **place,
        "line": finding.start_position.line,
        "character": finding.start_position.column,
        "text": finding.excerpt.text,
        "related": [_related(members[int(each.part)]) for each in finding.related if each.part],
    }


def _related(partner: _Member) -> dict[str, object]:
    named = {"id": partner.id, "path": partner.path, "row": partner.row}
    return {**named, **(partner.place or NOWHERE)}


NOWHERE = dict.fromkeys(("column", "start", "end"))


# ------------------------------------------------------------------ rows


def _kind(name: Name) -> pa.DataType:
    return NUMBER if isinstance(name, int) else pa.string()


def _rows(batches: Batches, *names: str) -> Iterator[tuple[Any, ...]]:
    for batch in batches:
        yield from zip(*(batch.column(name).to_pylist() for name in names), strict=True)


def _batch(rows: Sequence[Sequence[object]], schema: pa.Schema) -> pa.RecordBatch:
    columns = zip(*rows, strict=True) if rows else ((),) * len(schema)
    arrays = [pa.array(list(each), kind) for each, kind in zip(columns, schema.types, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


# ------------------------------------------------------------------ joins, in SQL that DuckDB and Spark both speak

# Keys that one article alone has bring nothing together.
SHARED_KEYS = """
SELECT keys.* FROM keys
JOIN (SELECT key FROM keys GROUP BY key HAVING count(*) > 1) AS shared ON keys.key = shared.key
"""
LIKELY = "SELECT one, two FROM pairs GROUP BY one, two HAVING count(*) >= min(least)"
WITH_FACTS = """
SELECT likely.one, likely.two, a.facts AS facts_one, b.facts AS facts_two
FROM likely JOIN facts AS a ON likely.one = a.article JOIN facts AS b ON likely.two = b.article
"""
# How common a key is counts for articles that are alike, and for no others.
OF_ALIKE = """
SELECT article, facts FROM facts WHERE article IN (SELECT one FROM alike UNION SELECT two FROM alike)
"""
MANY = f"""
SELECT key, count(*) AS members FROM incoming WHERE key IN (SELECT key FROM theirs)
GROUP BY key HAVING count(*) > {FEW}
"""
OFTEN = """
SELECT theirs.article, theirs.key, many.members FROM theirs JOIN many ON theirs.key = many.key
"""
WITH_COUNTS = """
SELECT alike.one, alike.two, a.facts AS facts_one, b.facts AS facts_two, c.counts AS counts_one, d.counts AS counts_two
FROM alike JOIN facts AS a ON alike.one = a.article JOIN facts AS b ON alike.two = b.article
LEFT JOIN often AS c ON alike.one = c.article LEFT JOIN often AS d ON alike.two = d.article
"""
EDGES = """
SELECT one AS article, two AS other FROM titles UNION SELECT two AS article, one AS other FROM titles
UNION SELECT one AS article, two AS other FROM bodies UNION SELECT two AS article, one AS other FROM bodies
"""
# The label of an article is the least of those it hangs together with: that of its neighbours is taken over …
FIRST_LABELS = """
SELECT article, least(article, min(other)) AS label FROM edges GROUP BY article
"""
# … and at once the label of that label, so that chains are short work, until nothing changes.
NEXT_LABELS = """
SELECT labels.article, least(labels.label, min(near.label), min(far.label)) AS label
FROM labels JOIN edges ON labels.article = edges.article
JOIN labels AS near ON edges.other = near.article JOIN labels AS far ON near.label = far.article
GROUP BY labels.article, labels.label
"""
CHANGED = """
SELECT count(*) AS changed FROM labels JOIN following ON labels.article = following.article
WHERE labels.label <> following.label
"""
TOGETHER = """
SELECT labels.label, labels.article, facts.id, facts.path, facts.row, facts.place, facts.facts, often.counts
FROM labels JOIN facts ON labels.article = facts.article LEFT JOIN often ON labels.article = often.article
"""
