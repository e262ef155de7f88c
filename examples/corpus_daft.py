"""Findings in a table of articles, on Daft: a list of findings beside each article.

usage: python examples/corpus_daft.py ARTICLES.parquet OUT
"""

from __future__ import annotations

import sys

import daft
import pyarrow as pa
from daft import DataType, Series, col

from newslint.corpus.batches import ARTICLES, article_batches

FINDINGS = DataType.from_arrow_type(ARTICLES.field("findings").type)


@daft.func.batch(return_dtype=FINDINGS)
def findings(id: Series, title: Series, text: Series) -> Series:
    """The findings in each article of a batch."""
    columns = [each.to_arrow() for each in (id, title, text)]
    batch = pa.RecordBatch.from_arrays(columns, names=["id", "title", "text"])
    found = [each.column("findings") for each in article_batches([batch])]
    return Series.from_arrow(pa.chunked_array(found, ARTICLES.field("findings").type))


def main(source: str, out: str) -> None:
    """Write the articles with their findings to files in OUT."""
    articles = daft.read_parquet(source)
    found = articles.with_column("findings", findings(col("id"), col("title"), col("text")))
    found.select("id", "findings").write_parquet(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
