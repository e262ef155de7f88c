"""The joins of a comparison on one machine, in DuckDB: what does not fit into its share of memory goes into files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from errno import ENOMEM

import duckdb
import pyarrow as pa
from pyarrow.parquet import ParquetFile, ParquetWriter

from newslint.corpus import compared
from newslint.corpus.near import known_tails
from newslint.corpus.outcome import DUPLICATES, Judgement
from newslint.engine import Linter
from newslint.typed import NamedTuple

ROWS_AT_ONCE = 20_000
# An article is named by the number of its part and its place in it, so that names are in the order of the sources.
PLACES = 1 << 32


class Joins:
    """A database that lives as long as a comparison, in a folder of its own.

    `memory`: as DuckDB has it, such as "1GB".
    """

    def __init__(self, folder: str, memory: str, threads: int) -> None:
        os.makedirs(folder, exist_ok=True)
        self._file = os.path.join(folder, "joins.duckdb")
        self._remove()
        self._database = duckdb.connect(
            self._file,
            config={"memory_limit": memory, "threads": threads, "temp_directory": folder},
        )
        self._database.execute("SET preserve_insertion_order = false")

    def close(self) -> None:
        """Drop all of it."""
        self._database.close()
        self._remove()

    def _remove(self) -> None:
        for path in (self._file, f"{self._file}.wal"):
            if os.path.exists(path):
                os.unlink(path)

    def read(self, parts: Sequence[str]) -> None:
        """Make what lies in the files of parts the tables “articles” and “facts”."""
        names = pa.table({"filename": [*parts], "part": pa.array(range(len(parts)), pa.int64())})
        self._database.register("given", names)
        self._database.execute("CREATE TABLE parts AS SELECT * FROM given")
        self._database.unregister("given")
        listed = ", ".join("'" + path.replace("'", "''") + "'" for path in parts)
        self._database.execute(
            f"CREATE VIEW articles AS SELECT part * {PLACES} + file_row_number AS article, id, path,"
            f" row, place, facts FROM read_parquet([{listed}], filename = true,"
            " file_row_number = true) JOIN parts USING (filename)"
        )
        self._database.execute(
            "CREATE VIEW facts AS SELECT * FROM articles WHERE facts IS NOT NULL"
        )

    def make(self, table: str, query: str) -> None:
        """Make a table, in the place of one that may be there."""
        self._database.execute(f"CREATE OR REPLACE TABLE {table} AS {query}")

    def drop(self, *tables: str) -> None:
        """Give up tables."""
        for table in tables:
            self._database.execute(f"DROP TABLE IF EXISTS {table}")

    def one(self, query: str) -> int:
        """The number that a query gives."""
        row = self._database.execute(query).fetchone()
        return int(row[0]) if row is not None and row[0] is not None else 0

    def stream(self, query: str) -> Iterator[pa.RecordBatch]:
        """The rows of a query, as they come."""
        cursor = self._database.cursor()
        try:
            yield from cursor.sql(query).to_arrow_reader(ROWS_AT_ONCE)
        finally:
            cursor.close()

    def fill(
        self,
        table: str,
        schema: pa.Schema,
        batches: Iterable[pa.RecordBatch],
        query: str = "SELECT * FROM incoming",
    ) -> None:
        """Make a table of batches, as they come, or of what a query makes of them."""
        reader = pa.RecordBatchReader.from_batches(schema, batches)
        cursor = self._database.cursor()
        try:
            cursor.register("incoming", reader)
            cursor.execute(f"CREATE OR REPLACE TABLE {table} AS {query}")
        finally:
            cursor.close()


def compare(
    joins: Joins,
    parts: Sequence[str],
    linter_for: Callable[[str], Linter],
    told: Callable[[str], None],
) -> None:
    """Make the table “judged” of what the files of parts hold. `told` hears what comes next."""
    joins.read(parts)
    number = compared.NUMBER
    told("comparing titles")
    known = known_tails(compared.tails(joins.stream("SELECT facts FROM facts")))
    facts = "SELECT article, facts FROM facts"
    keys = compared.title_keys(joins.stream(facts), known)
    _find_likely(joins, keys, "title")
    same = compared.same_titles(joins.stream(compared.WITH_FACTS), known)
    joins.fill("titles", compared.pairs_schema(number), same)
    told("comparing copy")
    _find_likely(joins, compared.body_keys(joins.stream(facts)), "body")
    alike = compared.alike(joins.stream(compared.WITH_FACTS))
    joins.fill("alike", compared.pairs_schema(number), alike)
    joins.drop("likely")
    theirs = compared.copy_keys(joins.stream(compared.OF_ALIKE))
    joins.fill("theirs", compared.copy_schema(number), theirs)
    every = compared.copy_keys(joins.stream(facts))
    joins.fill("many", compared.copy_schema(number), every, compared.MANY)
    often = compared.counts(joins.stream(f"{compared.OFTEN} ORDER BY theirs.article"))
    joins.fill("often", compared.counts_schema(number), often)
    joins.drop("theirs", "many")
    same = compared.same_bodies(joins.stream(compared.WITH_COUNTS))
    joins.fill("bodies", compared.pairs_schema(number), same)
    joins.drop("alike")
    told("judging")
    joins.make("edges", compared.EDGES)
    joins.make("labels", compared.FIRST_LABELS)
    while True:
        joins.make("following", compared.NEXT_LABELS)
        changed = joins.one(compared.CHANGED)
        joins.make("labels", "SELECT * FROM following")
        if not changed:
            break
    together = joins.stream(f"{compared.TOGETHER} ORDER BY labels.label, labels.article")
    judged = compared.judged(together, linter_for, known)
    joins.fill("judged", compared.judged_schema(number), judged)
    joins.drop("following", "edges", "labels", "titles", "bodies", "often")


def _find_likely(joins: Joins, keys: Iterator[pa.RecordBatch], what: str) -> None:
    """Make the table “likely” of articles that share as many keys as those that are the same."""
    joins.fill("keys", compared.keys_schema(compared.NUMBER), keys)
    joins.make("shared", compared.SHARED_KEYS)
    joins.drop("keys")
    in_order = joins.stream("SELECT * FROM shared ORDER BY key, article")
    joins.fill("pairs", compared.met_schema(compared.NUMBER), compared.pairs(in_order, what))
    joins.drop("shared")
    # Sorted while the rows are small: with their facts, a sort of them would not fit into memory.
    joins.make("likely", f"{compared.LIKELY} ORDER BY one")
    joins.drop("pairs")


class Counted(NamedTuple):
    """Clusters, and the articles in them."""

    clusters: int
    articles: int


class Across:
    """The comparison of what the files of parts hold. `folder`: for what does not fit into `memory`."""

    def __init__(
        self,
        folder: str,
        parts: Sequence[str],
        linter_for: Callable[[str], Linter],
        told: Callable[[str], None],
        *,
        memory: str,
        threads: int,
    ) -> None:
        self._parts = parts
        self._joins = Joins(folder, memory, threads)
        try:
            compare(self._joins, parts, linter_for, told)
        except duckdb.Error as error:
            self._joins.close()
            # Where a table is filled while another is read, what went wrong with that is told in words only.
            if "Out of Memory" in str(error):
                reason = f"the joins need more than {memory}; give them more with --memory"
                raise OSError(ENOMEM, reason) from error
            if isinstance(error, duckdb.IOException):  # no room for what goes into files, say
                raise OSError(" ".join(str(error).split())[:200]) from error
            raise

    def judgements(self) -> Iterator[Judgement]:
        """What the comparison says of each article of which it says something, in their order."""
        number = numbers(self._parts)
        query = "SELECT article, cluster, stays, findings FROM judged ORDER BY article"
        for batch in self._joins.stream(query):
            for article, cluster, stays, found in zip(*batch.to_pydict().values(), strict=True):
                own = number(cluster) if cluster is not None else None
                yield Judgement(number(article), own, stays is False, tuple(found))

    def write_duplicates(self, writer: ParquetWriter) -> Counted:
        """Write the clusters; how many there are, and how many articles in them."""
        number = numbers(self._parts)
        rows = 0
        for batch in self._joins.stream(DUPLICATES_OF):
            made = batch.to_pydict()
            made["cluster"] = [number(each) for each in made["cluster"]]
            writer.write_batch(pa.RecordBatch.from_pydict(made, schema=DUPLICATES))
            rows += batch.num_rows
        return Counted(self._joins.one("SELECT count(DISTINCT cluster) FROM judged"), rows)

    def close(self) -> None:
        """Give up what is held."""
        self._joins.close()


DUPLICATES_OF = """
SELECT judged.cluster, own.id, own.path, own.row, stays, kind, share,
other.id AS of_id, other.path AS of_path, other.row AS of_row
FROM judged JOIN articles AS own ON judged.article = own.article
LEFT JOIN articles AS other ON judged.of = other.article
WHERE judged.cluster IS NOT NULL ORDER BY judged.cluster, judged.article
"""


def numbers(parts: Sequence[str]) -> Callable[[int], int]:
    """From the name of an article to its number, counted over all parts."""
    before = [0]
    for path in parts:
        with ParquetFile(path) as file:
            before.append(before[-1] + int(file.metadata.num_rows))

    def number(name: int) -> int:
        part, place = divmod(name, PLACES)
        return before[part] + place

    return number
