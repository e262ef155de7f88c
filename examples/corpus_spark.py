"""Findings and clusters of copies of a table of articles, on Spark.

usage: spark-submit --master MASTER examples/corpus_spark.py ARTICLES.parquet OUT

On every machine Python must have `newslint[spark]`; PYSPARK_PYTHON names that Python. ARTICLES has a row an article,
with columns called id, title, date and text, or others that the settings name.
"""

from __future__ import annotations

import sys

from pyspark.sql import SparkSession

from newslint import Config
from newslint.corpus.spark import articles, duplicates


def main(source: str, out: str) -> None:
    """Write OUT/articles, with the findings of each in a list, and OUT/duplicates."""
    spark = SparkSession.builder.appName("newslint").getOrCreate()
    config = Config(ignore=("ATT",))
    read = spark.read.parquet(source)
    articles(read, config, with_cuts=True).write.mode("overwrite").parquet(f"{out}/articles")
    checked = spark.read.parquet(f"{out}/articles")  # so that nothing is checked twice
    if (came := checked.count()) != (went := read.count()):
        raise SystemExit(f"{went} articles went in and {came} came out")
    duplicates(checked, config).write.mode("overwrite").parquet(f"{out}/duplicates")
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
