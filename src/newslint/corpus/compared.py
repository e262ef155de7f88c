"""The steps by which articles of a corpus are compared, over Arrow batches: what every engine runs between its joins.

Facts go in, and keys that likely pairs share come out (`title_keys`, `body_keys`); an engine brings what shares a key
together, sorted by key and article; `pairs` says which to compare; the engine counts them and fetches the facts of
both; `verdicts` judges. Articles go by whatever the engine names them by, if only their order is the same everywhere.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby

import pyarrow as pa

from newslint.corpus.facts import Facts, unpack
from newslint.corpus.near import (
    LEAST_SHARED,
    MOST_IN_BLOCK,
    Tails,
    Verdict,
    body_blocks,
    merged,
    pairs_in,
    same_body,
    same_title,
    tail_counts,
    title_blocks,
)
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any, TypeAlias

    Name: TypeAlias = "int | str"

BATCH = 10_000

NUMBER: pa.DataType = pa.int64()


def keys_schema(name: pa.DataType) -> pa.Schema:
    """A key that an article has. `title`, `day`: where `pairs_in` asks for them. `name`: the type of its name."""
    return pa.schema(
        [("key", pa.int64()), ("article", name), ("title", pa.string()), ("day", pa.int32())]
    )


def pairs_schema(name: pa.DataType) -> pa.Schema:
    """Two articles to compare. `weight`: of what they share, `LEAST_SHARED` being enough."""
    return pa.schema([("one", name), ("two", name), ("weight", pa.int32())])


def verdicts_schema(name: pa.DataType) -> pa.Schema:
    """Two articles that are the same, `one` before `two`; see `Verdict`."""
    return pa.schema(
        [
            ("one", name),
            ("two", name),
            ("kind", pa.string()),
            ("share", pa.float64()),
            ("shorter", pa.int8()),
            ("paragraphs", pa.int32()),
        ]
    )


def clusters_schema(name: pa.DataType) -> pa.Schema:
    """An article of a cluster. `stays`: it is to be kept; of all others, `of` which that stays each is a copy."""
    return pa.schema(
        [
            ("cluster", name),
            ("article", name),
            ("stays", pa.bool_()),
            ("of", name),
            ("kind", pa.string()),
            ("share", pa.float64()),
        ]
    )


def tails(batches: Iterable[pa.RecordBatch]) -> Tails:
    """What titles end with, to be `merged` over all batches. Of a batch the column “facts” is read."""
    found: Tails = {}
    for batch in batches:
        own = (unpack(packed) for packed in batch.column("facts").to_pylist() if packed)
        found = merged(found, tail_counts(own))
    return found


def title_keys(
    batches: Iterable[pa.RecordBatch], known: frozenset[int]
) -> Iterator[pa.RecordBatch]:
    """The keys of titles, from the columns “article” and “facts”. `known`: the tails of the whole corpus."""

    def of(facts: Facts) -> Iterator[tuple[int, str | None, int]]:
        for key in title_blocks(facts, known):
            yield (key, facts.title, facts.date) if key & 1 else (key, None, 0)

    return _keys(batches, of)


def body_keys(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The keys of copy, from the columns “article” and “facts”."""

    def of(facts: Facts) -> Iterator[tuple[int, str | None, int]]:
        for key in body_blocks(facts):
            yield key << 1, None, 0

    return _keys(batches, of)


def _keys(
    batches: Iterable[pa.RecordBatch],
    of: Callable[[Facts], Iterator[tuple[int, str | None, int]]],
) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        schema = keys_schema(batch.schema.field("article").type)
        rows: list[tuple[int, Name, str | None, int]] = []
        names, packed = batch.column("article").to_pylist(), batch.column("facts").to_pylist()
        for name, data in zip(names, packed, strict=True):
            if data:
                rows += ((key, name, title, day) for key, title, day in of(unpack(data)))
        yield _batch(rows, schema)


def pairs(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The articles to compare, `one` before `two`, from keys that come sorted by key and article."""
    schema = pairs_schema(NUMBER)
    found: list[tuple[Name, Name, int]] = []
    for key, rows in groupby(_rows(batches), key=lambda row: row[0]):
        members = [row[1:] for row in rows]
        if len(members) < 2:
            continue
        schema = pairs_schema(NUMBER if isinstance(members[0][0], int) else pa.string())
        is_large = len(members) > MOST_IN_BLOCK
        weight = LEAST_SHARED if is_large else 1
        for one, two in pairs_in(key, members, _told):
            first, second = one[0], two[0]
            found.append((*_in_order(first, second), weight))
        if len(found) >= BATCH:
            yield _batch(found, schema)
            found = []
    yield _batch(found, schema)


def _in_order(one: Name, two: Name) -> tuple[Name, Name]:
    return (one, two) if one <= two else (two, one)  # type: ignore[operator]


def _rows(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[int, Name, str | None, int]]:
    for batch in batches:
        columns = (batch.column(name).to_pylist() for name in ("key", "article", "title", "day"))
        yield from zip(*columns, strict=True)


def _told(member: tuple[Name, str | None, int]) -> Facts:
    """As much of the facts of an article as decides which members of a block are compared."""
    return Facts(title=member[1] or "", date=member[2])


def verdicts(
    batches: Iterable[pa.RecordBatch], what: str, known: frozenset[int] = frozenset()
) -> Iterator[pa.RecordBatch]:
    """The pairs that are the same, from columns “one”, “two”, “facts_one” and “facts_two”.

    `what`: "title" or "body". `known`: the tails of the whole corpus.
    """
    for batch in batches:
        schema = verdicts_schema(batch.schema.field("one").type)
        names = ("one", "two", "facts_one", "facts_two")
        rows = []
        for one, two, first, second in zip(
            *(batch.column(name).to_pylist() for name in names), strict=True
        ):
            verdict = _judged(what, _facts(first), _facts(second), known)
            if verdict is not None:
                rows.append((one, two, *verdict))
        yield _batch(rows, schema)


def clustered(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Who stays of each cluster, and what the others are copies of, from rows of `CLUSTERS` in the order of their labels.

    The longest article stays; of those as long the one of the earliest day, then the first. So does each that is a
    copy of none that stays.
    """
    schema = clusters_schema(NUMBER)
    found: list[tuple[object, ...]] = []
    for label, rows in groupby(_cluster_rows(batches), key=lambda row: row[0]):
        schema = clusters_schema(NUMBER if isinstance(label, int) else pa.string())
        lengths: dict[Name, tuple[int, int]] = {}
        copies: dict[Name, list[tuple[float, Name, str]]] = {}
        for _, tag, one, two, packed, kind, share in rows:
            if not tag:
                facts = unpack(packed)
                lengths[one] = (-facts.words, facts.date or sys.maxsize)
                continue
            copies.setdefault(one, []).append((-share, two, kind))
            copies.setdefault(two, []).append((-share, one, kind))
        stay: set[Name] = set()
        for name in sorted(lengths, key=lambda each: (lengths[each], each)):
            likest = min((each for each in copies.get(name, ()) if each[1] in stay), default=None)
            if likest is None:
                stay.add(name)
                found.append((label, name, True, None, None, None))
            else:
                found.append((label, name, False, likest[1], likest[2], -likest[0]))
        if len(found) >= BATCH:
            yield _batch(found, schema)
            found = []
    yield _batch(found, schema)


def _cluster_rows(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[Any, ...]]:
    names = ("label", "tag", "one", "two", "facts", "kind", "share")
    for batch in batches:
        yield from zip(*(batch.column(name).to_pylist() for name in names), strict=True)


def _judged(what: str, one: Facts, two: Facts, known: frozenset[int]) -> Verdict | None:
    return same_title(one, two, known) if what == "title" else same_body(one, two)


@lru_cache(maxsize=1 << 12)
def _facts(packed: bytes) -> Facts:
    # Pairs come sorted by the first, so that its facts are needed again at once.
    return unpack(packed)


def _batch(rows: Sequence[Sequence[object]], schema: pa.Schema) -> pa.RecordBatch:
    columns = zip(*rows, strict=True) if rows else ((),) * len(schema)
    arrays = [pa.array(list(each), kind) for each, kind in zip(columns, schema.types, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


# ------------------------------------------------------------------ what engines with SQL ask, in SQL that all have

# Keys that one article alone has bring nothing together.
SHARED_KEYS = """
SELECT keys.* FROM keys JOIN (SELECT key FROM keys GROUP BY key HAVING count(*) > 1) AS shared ON keys.key = shared.key
"""
LIKELY_PAIRS = """
SELECT one, two FROM pairs GROUP BY one, two HAVING sum(weight) >= {least}
"""
WITH_FACTS = """
SELECT likely.one, likely.two, a.facts AS facts_one, b.facts AS facts_two
FROM likely JOIN facts AS a ON likely.one = a.article JOIN facts AS b ON likely.two = b.article
"""
LEAST = {"title": 1, "body": LEAST_SHARED}
EDGES = """
SELECT one AS article, two AS other FROM verdicts UNION ALL SELECT two AS article, one AS other FROM verdicts
"""
# The label of an article is the least of its cluster: that of its neighbours is taken over until nothing changes.
FIRST_LABELS = """
SELECT article, least(article, min(other)) AS label FROM edges GROUP BY article
"""
# Over a neighbour, and at once over the label of that label, so that chains are short work.
NEXT_LABELS = """
SELECT labels.article, least(labels.label, min(near.label), min(far.label)) AS label
FROM labels JOIN edges ON labels.article = edges.article
JOIN labels AS near ON edges.other = near.article JOIN labels AS far ON near.label = far.article
GROUP BY labels.article, labels.label
"""
# The articles of each cluster, and behind them the pairs in it.
CLUSTERS = """
SELECT labels.label, 0 AS tag, labels.article AS one, labels.article AS two, facts.facts, '' AS kind,
CAST(0 AS DOUBLE) AS share FROM labels JOIN facts ON labels.article = facts.article
UNION ALL SELECT labels.label, 1 AS tag, found.one, found.two, NULL AS facts, found.kind, found.share
FROM body_verdicts AS found JOIN labels ON found.one = labels.article
"""
