"""Findings in a table of articles, on Ray.

usage: python examples/corpus_ray.py ARTICLES.parquet OUT

Needs `newslint[corpus]` and `ray[data]`.
"""

from __future__ import annotations

import sys

import pyarrow as pa
import ray

from newslint.corpus.batches import lint_batches


def findings(table: pa.Table) -> pa.Table:
    """The findings in a block of articles."""
    return pa.Table.from_batches(lint_batches(table.to_batches()))


def main(source: str, out: str) -> None:
    """Write the findings to files in OUT."""
    # Each path once: a path that is given twice is read twice.
    articles = ray.data.read_parquet(source)
    articles.map_batches(findings, batch_format="pyarrow", batch_size=1_000).write_parquet(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
