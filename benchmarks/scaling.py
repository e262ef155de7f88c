"""What a corpus costs by its size: checking an article, comparing titles and copy, memory; on one machine and on Spark.

usage: python benchmarks/scaling.py [--titles 10000,100000,1000000] [--bodies 10000,50000] [--lint 2000,20000]
                                    [--spark 20000] [--folder DIR]

CPU seconds of the process and of those that it started, peak memory of the largest. Corpora are made by
`benchmarks/corpus.py`; in each, one article in ten is a copy of another: whole, trimmed, or under its own title.
Prints tables in Markdown; docs/scaling.md has what one run said.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from corpus import Writer, article

SITES = ("Valley Post", "The Torrwick Herald", "Merrow Times")


def titles(count: int, seed: int = 1) -> Iterator[str]:
    """Headlines, one in ten of which is an earlier one, as it was or with the name of a site behind it."""
    rng = random.Random(seed)
    writer = Writer(rng)
    known: list[str] = []
    for number in range(count):
        if known and rng.random() < 0.1:
            title = rng.choice(known)
            if rng.random() < 0.5:
                title = f"{title} | {rng.choice(SITES)}"
        else:
            title = f"{writer.title()} of {rng.choice(('Leif', 'Maud', 'Ilse'))} {number:x}"
            if len(known) < 50_000:
                known.append(title)
        yield title


def articles(count: int, size: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """Articles with an id, one in ten of which is a copy of an earlier one."""
    rng = random.Random(seed)
    known: list[tuple[str, list[str]]] = []
    for number in range(count):
        if known and rng.random() < 0.1:
            title, paragraphs = rng.choice(known)
            way = rng.random()
            if way < 1 / 3 and len(paragraphs) > 4:
                paragraphs = paragraphs[: len(paragraphs) * 2 // 3]
            elif way < 2 / 3:
                title = Writer(rng).title()
        else:
            title, paragraphs = article(rng, size)
            if len(known) < 5_000:
                known.append((title, paragraphs))
        day = f"2025-{1 + number % 12:02}-{1 + number % 28:02}"
        text = "\n\n".join(paragraphs)
        yield {"id": f"{number:07}", "title": title, "date": day, "text": text}


def write_jsonl(path: Path, rows: Iterator[dict[str, str]]) -> None:
    """One record a line."""
    with open(path, "w", encoding="utf-8") as handle:
        for row in rows:
            handle.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    pass
