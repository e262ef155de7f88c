"""Findings in tables of articles, on Dask: a task a file.

usage: python examples/corpus_dask.py OUT ARTICLES.parquet…
"""

from __future__ import annotations

import os
import sys

import dask
from dask.distributed import Client
from pyarrow.parquet import ParquetFile, ParquetWriter

from newslint.corpus.batches import FINDINGS, lint_batches


@dask.delayed
def lint(source: str, out: str) -> int:
    """Write the findings of a file; how many there are."""
    count = 0
    with ParquetFile(source) as file, ParquetWriter(out, FINDINGS) as writer:
        for found in lint_batches(file.iter_batches(1_000), path=source):
            writer.write_batch(found)
            count += found.num_rows
    return count


def main(out: str, *sources: str) -> None:
    """Write a file of findings to OUT for each source."""
    os.makedirs(out, exist_ok=True)
    with Client(n_workers=2, threads_per_worker=1):
        tasks = [
            lint(source, os.path.join(out, f"{number:05}.parquet"))
            for number, source in enumerate(dict.fromkeys(sources))
        ]
        print(sum(dask.compute(*tasks)), "findings")


if __name__ == "__main__":
    main(*sys.argv[1:])
