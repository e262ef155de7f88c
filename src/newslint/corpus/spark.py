"""A corpus on a cluster: the same functions as on one machine, run by PySpark over Arrow batches.

`lint` and `duplicates` take any DataFrame with texts in it; `check_parts` and `Joins` are what
`newslint corpus --engine spark` puts in the place of worker processes and DuckDB.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable, Iterator
from functools import partial

import pyarrow as pa

from newslint.config import Config
from newslint.corpus import compared
from newslint.corpus.batches import ARTICLES, FINDINGS, article_batches, findings_of
from newslint.corpus.big import Told, Workshop, kept
from newslint.corpus.near import LEAST_HEADS
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
    """The articles that say the same, in clusters: columns cluster, article, stays, of, kind and share.

    `df`: as `lint` takes it, or what `articles` has given, so that nothing is checked twice. Articles are named by
    their id, which no two may share. Of a cluster the article that `stays` is the one to keep; all others are a
    copy `of` one that stays, `share` of which they have in common.

    Raises ValueError for two articles of one id.
    """
    own = df if "facts" in df.columns else articles(df, config, id=id)
    facts = own.selectExpr("id AS article", "facts").where("facts IS NOT NULL").persist()
    try:
        twice = facts.groupBy("article").count().where("count > 1").first()
        if twice is not None:
            raise ValueError(f"{twice['count']} articles have the id “{twice['article']}”")
        with Joins(df.sparkSession, facts) as joins:
            joins.compare(lambda step: None)
            return joins.clusters.localCheckpoint()
    finally:
        facts.unpersist()


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
    """The joins of a comparison as shuffles. `facts`: a DataFrame of names (article) and packed facts."""

    def __init__(self, spark: SparkSession, facts: DataFrame) -> None:
        self._spark = spark
        self._facts = facts
        self._name = pa.string() if dict(facts.dtypes)["article"] == "string" else compared.NUMBER
        self._held: list[DataFrame] = []
        self.clusters: DataFrame = facts

    def __enter__(self) -> Joins:
        return self

    def __exit__(self, *_: object) -> None:
        for each in self._held:
            each.unpersist()

    def compare(self, told: Callable[[str], None]) -> None:
        """Find pairs and clusters. `told` hears what comes next."""
        told("comparing titles")
        known = self._known_tails()
        found = {}
        for what, keys in (
            ("title", partial(compared.title_keys, known=known)),
            ("body", compared.body_keys),
        ):
            told("comparing titles" if what == "title" else "comparing copy")
            found[what] = self._verdicts(what, keys, known)
        told("joining clusters")
        labels = self._labels(found["body"])
        rows = self._sql(
            compared.CLUSTERS, labels=labels, facts=self._facts, body_verdicts=found["body"]
        )
        rows = rows.repartition("label").sortWithinPartitions("label", "tag", "one", "two")
        self.clusters = self._map(rows, compared.clustered, compared.clusters_schema(self._name))
        self.verdicts = found

    def _known_tails(self) -> frozenset[int]:
        schema = pa.schema([("tail", pa.int64()), ("head", pa.int64())])
        ends = self._map(self._facts, partial(_tails, schema=schema), schema)
        query = "SELECT tail FROM ends GROUP BY tail HAVING count(DISTINCT head) >= {least}"
        known = self._sql(query.replace("{least}", str(LEAST_HEADS)), ends=ends)
        return frozenset(row["tail"] & _WORD for row in known.toLocalIterator())

    def _verdicts(
        self, what: str, keys: Callable[[Batches], Batches], known: frozenset[int]
    ) -> DataFrame:
        own = self._map(self._facts, keys, compared.keys_schema(self._name))
        shared = self._sql(compared.SHARED_KEYS, keys=own)
        in_order = shared.repartition("key").sortWithinPartitions("key", "article")
        pairs = self._map(in_order, compared.pairs, compared.pairs_schema(self._name))
        query = compared.LIKELY_PAIRS.replace("{least}", str(compared.LEAST[what]))
        likely = self._sql(query, pairs=pairs)
        both = self._sql(compared.WITH_FACTS, likely=likely, facts=self._facts)
        judge = partial(compared.verdicts, what=what, known=known)
        return self._keep(self._map(both, judge, compared.verdicts_schema(self._name)))

    def _labels(self, verdicts: DataFrame) -> DataFrame:
        edges = self._keep(self._sql(compared.EDGES, verdicts=verdicts))
        labels = self._sql(compared.FIRST_LABELS, edges=edges).localCheckpoint()
        while True:
            following = self._sql(compared.NEXT_LABELS, labels=labels, edges=edges)
            following = following.localCheckpoint()
            query = (
                "SELECT 1 FROM labels JOIN following ON labels.article = following.article"
                " WHERE labels.label <> following.label LIMIT 1"
            )
            if self._sql(query, labels=labels, following=following).first() is None:
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
