"""A corpus on a cluster: the same functions as on one machine, run by PySpark over Arrow batches.

`lint` and `duplicates` take any DataFrame with texts in it; `check_parts` and `Across` are what
`newslint corpus --engine spark` puts in the place of worker processes and DuckDB.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import pyarrow as pa
from pyarrow.parquet import ParquetWriter

from newslint.config import Config
from newslint.corpus import compared
from newslint.corpus.batches import ARTICLES, FINDINGS, article_batches, findings_of, tools_of
from newslint.corpus.big import Told, Workshop, kept
from newslint.corpus.joined import DUPLICATES_OF, PLACES, Counted, numbers
from newslint.corpus.near import LEAST_HEADS
from newslint.corpus.outcome import COPIES, DUPLICATES, Judgement
from newslint.corpus.plan import Plan
from newslint.progress import Far
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Batches = Iterator[pa.RecordBatch]


def session(master: str, name: str = "newslint") -> SparkSession:
    """A session whose Python is this one; without `PYSPARK_PYTHON` workers would take another, without newslint."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("PYSPARK_DRIVER_PYTHON", sys.executable)
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName(name)
    # Every join is of tables that grow with the corpus: none is to be held whole by each worker.
    builder = builder.config("spark.sql.autoBroadcastJoinThreshold", "-1")
    if master:
        builder = builder.master(master)
    return builder.getOrCreate()


# ------------------------------------------------------------------ DataFrames


def lint(df: DataFrame, config: Config | None = None, *, id: str = "", path: str = "") -> DataFrame:
    """The findings in articles, one a row, in the columns of `newslint.corpus.batches.FINDINGS`.

    `df`: a row an article, with columns called text, title and so on, or one with records of JSON. `id`: the column
    that names articles, where it is not called so. `path`: what findings call the table.

    Rows that cannot be read have findings too; `articles` has a row for each, whatever is found.
    """
    return df.mapInArrow(partial(_lint, _recipe(config, id), path), ddl(FINDINGS))


def articles(
    df: DataFrame,
    config: Config | None = None,
    *,
    id: str = "",
    path: str = "",
    with_cuts: bool = False,
) -> DataFrame:
    """What comes of each article: a row for each row of `df`, in the columns of `newslint.corpus.batches.ARTICLES`."""
    run = partial(_articles, _recipe(config, id), path, with_cuts)
    return df.mapInArrow(run, ddl(ARTICLES))


def duplicates(df: DataFrame, config: Config | None = None, *, id: str = "") -> DataFrame:
    """What the rules that compare articles find: a row for each article of which they say something.

    The columns are those of `newslint.corpus.compared.judged_schema`: its cluster of copies, whether it stays, what
    it is a copy of, and its findings. Where `config` selects no rules, copies are among them. `df`: as `lint` takes it, or what `articles` has given, so that nothing is
    checked twice. Articles are named by their id, which no two may share.

    Raises ValueError for two articles of one id.
    """
    known = config if config is not None else Config()
    if not known.select:
        known = known._replace(extend_select=(*known.extend_select, COPIES))
    recipe = _recipe(known, id)
    own = df if "facts" in df.columns else articles(df, config, id=id)
    facts = own.selectExpr("id AS article", "id", "path", "row", "place", "facts")
    with Joins(df.sparkSession, facts.where("facts IS NOT NULL"), recipe) as joins:
        twice = joins.facts.groupBy("article").count().where("count > 1").first()
        if twice is not None:
            raise ValueError(f"{twice['count']} articles have the id “{twice['article']}”")
        return joins.compare(lambda step: None)


def _recipe(config: Config | None, id: str) -> bytes:
    known = config if config is not None else Config()
    if id:
        known = known._replace(fields={**known.fields, "id": (id,)})
    return pickle.dumps(known)


def _lint(recipe: bytes, path: str, batches: Batches) -> Batches:
    for batch in article_batches(batches, pickle.loads(recipe), path=path):
        yield findings_of(batch)


def _articles(recipe: bytes, path: str, with_cuts: bool, batches: Batches) -> Batches:
    config = pickle.loads(recipe)
    yield from article_batches(batches, config, path=path, with_cuts=with_cuts, with_facts=True)


_TYPES = {
    pa.string(): "string",
    pa.int8(): "tinyint",
    pa.int32(): "int",
    pa.int64(): "bigint",
    pa.float32(): "float",
    pa.float64(): "double",
    pa.bool_(): "boolean",
    pa.binary(): "binary",
}


def ddl(schema: pa.Schema) -> str:
    """An Arrow schema as Spark has it written."""
    return ", ".join(f"`{field.name}` {_type(field.type)}" for field in schema)


def _type(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return f"array<{_type(kind.value_type)}>"
    if pa.types.is_struct(kind):
        return f"struct<{', '.join(f'`{each.name}`: {_type(each.type)}' for each in kind)}>"
    return _TYPES[kind]


# ------------------------------------------------------------------ joins


class Joins:
    """The joins of a comparison as shuffles, in the place of those of `newslint.corpus.joined`.

    `facts`: articles by name (“article”) with id, path, row, place and packed facts. `recipe`: of the settings.
    """

    def __init__(self, spark: SparkSession, facts: DataFrame, recipe: bytes) -> None:
        self._spark = spark
        self._recipe = recipe
        self._held: list[DataFrame] = []
        self._name = pa.string() if dict(facts.dtypes)["article"] == "string" else compared.NUMBER
        self.facts = self._keep(facts)

    def __enter__(self) -> Joins:
        return self

    def __exit__(self, *_: object) -> None:
        for each in self._held:
            each.unpersist()

    def compare(self, told: Callable[[str], None]) -> DataFrame:
        """What is found, in the columns of `judged_schema`. `told` hears what comes next."""
        told("comparing titles")
        packed = self.facts.select("article", "facts")
        schema = pa.schema([("tail", pa.int64()), ("head", pa.int64())])
        ends = self._map(packed, partial(_tails, schema=schema), schema)
        many = f"SELECT tail FROM ends GROUP BY tail HAVING count(DISTINCT head) >= {LEAST_HEADS}"
        rows = self._sql(many, ends=ends).toLocalIterator()
        known = frozenset(row["tail"] & _WORD for row in rows)
        pairs_of = compared.pairs_schema(self._name)
        likely = self._likely(
            self._map(packed, partial(compared.title_keys, known=known), self._keys), "title"
        )
        same = partial(compared.same_titles, known=known)
        titles = self._map(
            self._sql(compared.WITH_FACTS, likely=likely, facts=self.facts), same, pairs_of
        )
        told("comparing copy")
        likely = self._likely(self._map(packed, compared.body_keys, self._keys), "body")
        both = self._sql(compared.WITH_FACTS, likely=likely, facts=self.facts)
        alike = self._keep(self._map(both, compared.alike, pairs_of))
        own = self._sql(compared.OF_ALIKE, alike=alike, facts=self.facts)
        copy_of = compared.copy_schema(self._name)
        theirs = self._keep(self._map(own, compared.copy_keys, copy_of))
        every = self._map(packed, compared.copy_keys, copy_of)
        many = self._sql(compared.MANY, incoming=every, theirs=theirs)
        often = self._sql(compared.OFTEN, theirs=theirs, many=many)
        often = often.repartition("article").sortWithinPartitions("article")
        often = self._keep(self._map(often, compared.counts, compared.counts_schema(self._name)))
        both = self._sql(compared.WITH_COUNTS, alike=alike, facts=self.facts, often=often)
        bodies = self._map(both, compared.same_bodies, pairs_of)
        told("judging")
        edges = self._keep(self._sql(compared.EDGES, titles=titles, bodies=bodies))
        together = self._sql(
            compared.TOGETHER, labels=self._labels(edges), facts=self.facts, often=often
        )
        together = together.repartition("label").sortWithinPartitions("label", "article")
        judge = partial(_judged, recipe=self._recipe, known=known)
        return self._map(together, judge, compared.judged_schema(self._name)).localCheckpoint()

    @property
    def _keys(self) -> pa.Schema:
        return compared.keys_schema(self._name)

    def _likely(self, keys: DataFrame, what: str) -> DataFrame:
        """The articles that share as many keys as those that are the same."""
        shared = self._sql(compared.SHARED_KEYS, keys=keys)
        in_order = shared.repartition("key").sortWithinPartitions("key", "article")
        schema = compared.met_schema(self._name)
        pairs = self._map(in_order, partial(compared.pairs, what=what), schema)
        return self._sql(compared.LIKELY, pairs=pairs)

    def _labels(self, edges: DataFrame) -> DataFrame:
        labels = self._sql(compared.FIRST_LABELS, edges=edges).localCheckpoint()
        while True:
            following = self._sql(compared.NEXT_LABELS, labels=labels, edges=edges)
            following = following.localCheckpoint()
            changed = self._sql(compared.CHANGED, labels=labels, following=following).first()
            if changed is None or not changed["changed"]:
                return following
            labels = following

    def _map(self, rows: DataFrame, step: Callable[..., Batches], schema: pa.Schema) -> DataFrame:
        return rows.mapInArrow(partial(_cast, step, schema), ddl(schema))

    def _sql(self, query: str, **tables: DataFrame) -> DataFrame:
        for name, table in tables.items():
            table.createOrReplaceTempView(name)
        try:
            return self._spark.sql(query)
        finally:
            for name in tables:
                self._spark.catalog.dropTempView(name)

    def _keep(self, rows: DataFrame) -> DataFrame:
        self._held.append(rows.persist())
        return self._held[-1]


def _judged(batches: Batches, recipe: bytes, known: frozenset[int]) -> Batches:
    linter = tools_of(pickle.loads(recipe)).linter
    yield from compared.judged(batches, lambda path: linter, known)


_WORD = (1 << 64) - 1


def _cast(step: Callable[[Batches], Batches], schema: pa.Schema, batches: Batches) -> Batches:
    for batch in step(batches):
        yield batch if batch.schema.equals(schema) else batch.cast(schema)


def _tails(batches: Batches, schema: pa.Schema) -> Batches:
    """The tails of titles with the headlines in front of them; numbers of 64 bits as Spark has them."""
    for batch in batches:
        rows = [
            (_signed(tail), _signed(head))
            for tail, heads in compared.tails([batch]).items()
            for head in heads
        ]
        yield pa.RecordBatch.from_arrays(
            [pa.array([row[at] for row in rows], pa.int64()) for at in (0, 1)], schema=schema
        )


def _signed(word: int) -> int:
    return word - (1 << 64) if word >> 63 else word


# ------------------------------------------------------------------ newslint corpus --engine spark


class Across:
    """The comparison of what the files of parts hold; see `newslint.corpus.joined.Across`."""

    def __init__(
        self, spark: SparkSession, parts: Sequence[str], recipe: bytes, told: Callable[[str], None]
    ) -> None:
        self._parts = parts
        read = spark.read.parquet(*(os.path.abspath(path) for path in parts))
        number = "CAST(regexp_extract(_metadata.file_name, '([0-9]+)', 1) AS BIGINT)"
        self._articles = read.selectExpr(
            f"{number} * {PLACES} + _metadata.row_index AS article",
            "id",
            "path",
            "row",
            "place",
            "facts",
        )
        facts = self._articles.where("facts IS NOT NULL")
        with Joins(spark, facts, recipe) as joins:
            self._judged = joins.compare(told)
        self._spark = spark

    def judgements(self) -> Iterator[Judgement]:
        """What the comparison says of each article of which it says something, in their order."""
        number = numbers(self._parts)
        for row in self._judged.orderBy("article").toLocalIterator(prefetchPartitions=True):
            found = tuple(each.asDict(recursive=True) for each in row["findings"])
            own = number(row["cluster"]) if row["cluster"] is not None else None
            yield Judgement(number(row["article"]), own, row["stays"] is False, found)

    def write_duplicates(self, writer: ParquetWriter) -> Counted:
        """Write the clusters; how many there are, and how many articles in them."""
        number = numbers(self._parts)
        self._judged.createOrReplaceTempView("judged")
        self._articles.createOrReplaceTempView("articles")
        rows: list[dict[str, object]] = []
        written = 0
        clusters = 0
        last: object = None
        for row in self._spark.sql(DUPLICATES_OF).toLocalIterator():
            clusters += row["cluster"] != last
            last = row["cluster"]
            rows.append({**row.asDict(), "cluster": number(row["cluster"])})
            if len(rows) >= compared.BATCH:
                writer.write_batch(pa.RecordBatch.from_pylist(rows, schema=DUPLICATES))
                written += len(rows)
                rows = []
        writer.write_batch(pa.RecordBatch.from_pylist(rows, schema=DUPLICATES))
        for name in ("judged", "articles"):
            self._spark.catalog.dropTempView(name)
        return Counted(clusters, written + len(rows))

    def close(self) -> None:
        """Give up what is held."""
        self._judged.unpersist()


def check_parts(
    spark: SparkSession, plan: Plan, workshop: Workshop, told: Told, *, with_facts: bool
) -> None:
    """As `newslint.corpus.big.check_parts`, in tasks of Spark. All machines must see the sources and the output."""
    waiting = []
    far = Far(0, 0, sum(part.size for part in plan.parts), 0, 0)
    for number, part in enumerate(plan.parts):
        done = workshop.done(number)
        if done >= 0:
            far = far._replace(articles=far.articles + done, done_size=far.done_size + part.size)
            continue
        recipe = plan.linters[part.linter].recipe
        task = pickle.dumps((recipe, part, os.path.abspath(workshop.path(number)), with_facts))
        waiting.append((number, task))
    told(far)
    if not waiting:
        return
    tasks = spark.createDataFrame(waiting, "number int, task binary").repartition(len(waiting))
    for row in tasks.mapInArrow(_kept, "number int, articles bigint").toLocalIterator():
        size, count = plan.parts[row["number"]].size, row["articles"]
        far = Far(
            far.articles + count,
            far.done_size + size,
            far.size,
            far.fresh_articles + count,
            far.fresh_size + size,
        )
        told(far)


def _kept(batches: Batches) -> Batches:
    for batch in batches:
        numbers, tasks = batch.column("number").to_pylist(), batch.column("task").to_pylist()
        for number, task in zip(numbers, tasks, strict=True):
            recipe, part, path, with_facts = pickle.loads(task)
            count = kept(recipe, part, path, with_facts, "", ())
            yield pa.RecordBatch.from_pydict(
                {
                    "number": pa.array([number], pa.int32()),
                    "articles": pa.array([count], pa.int64()),
                }
            )
