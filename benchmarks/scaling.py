"""What a corpus costs by its size: checking an article, comparing titles and copy, memory; on one machine and on Spark.

usage: python benchmarks/scaling.py [--titles 10000,100000,1000000] [--bodies 10000,50000] [--check 1000,4000]
                                    [--memory 1GB] [--jobs 2] [--folder DIR]
       python benchmarks/scaling.py --make 20000 FILE.jsonl

CPU seconds of a process and those that it started, and the peak memory of the largest of them. Corpora are made of
the parts of `benchmarks/corpus.py`; one article in ten is a copy of another: whole, trimmed, or under its own title.
Titles and bodies are compared from their facts, which are made first; checking is the whole of `newslint corpus`.
Prints tables in Markdown; docs/scaling.md has what one run said.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
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


def write_facts(folder: Path, packs: Iterator[bytes], rows: int = 20_000) -> list[str]:
    """Files as `newslint corpus` keeps them, with nothing but facts in them."""
    import pyarrow as pa
    from pyarrow.parquet import write_table

    from newslint.corpus.batches import ARTICLES

    written: list[str] = []
    held: list[dict[str, object]] = []

    def flush() -> None:
        path = folder / f"{len(written):07}.parquet"
        write_table(pa.Table.from_pylist(held, schema=ARTICLES), path, compression="zstd")
        written.append(str(path))
        held.clear()

    for number, packed in enumerate(packs):
        held.append({"id": str(number), "path": "a.jsonl", "row": number + 1, "facts": packed})
        if len(held) == rows:
            flush()
    if held:
        flush()
    return written


def title_facts(count: int) -> Iterator[bytes]:
    """The facts of articles that are a title each."""
    from newslint.corpus.facts import Facts

    for number, title in enumerate(titles(count)):
        yield Facts(title=title, headline=(0, len(title)), date=730_000 + number % 365).pack()


def body_facts(count: int) -> Iterator[bytes]:
    """The facts of articles of some 2,300 characters, which are 377 words."""
    from newslint.article import Article, Block
    from newslint.corpus.facts import facts_of
    from newslint.source import Source

    for row in articles(count, 2_300):
        text = row["text"]
        blocks = []
        at = 0
        for paragraph in text.split("\n\n"):
            blocks.append(Block("paragraph", at, at + len(paragraph)))
            at += len(paragraph) + 2
        fields = {"date": row["date"]}
        yield facts_of(Article(Source(text), text, blocks, fields=fields, language="en")).pack()


def compare(folder: Path, memory: str, jobs: int) -> dict[str, float]:
    """Compare what lies in a folder; runs in a process of its own."""
    from newslint.corpus.joined import Across
    from newslint.engine import Linter

    linter = Linter()
    parts = sorted(map(str, folder.glob("*.parquet")))
    steps: dict[str, float] = {}
    begun = cpu()

    def told(step: str) -> None:
        steps.setdefault(step, cpu() - begun)

    spill = str(folder / "spill")
    across = Across(spill, parts, lambda path: linter, told, memory=memory, threads=jobs)
    found = sum(1 for _ in across.judgements())
    across.close()
    return {"cpu": cpu() - begun, "found": found, **used()}


def cpu() -> float:
    """CPU seconds of this process and those it has waited for."""
    own = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in own)


def used() -> dict[str, float]:
    """Peak memory in MB of the larger of this process and those it has started."""
    own = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {"mb": max(each.ru_maxrss for each in own) / 1024}


def alone(*arguments: str) -> dict[str, float]:
    """A measurement in a process of its own."""
    command = [sys.executable, __file__, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def check(path: Path, jobs: int) -> dict[str, float]:
    """`newslint corpus` without comparison; runs in a process of its own."""
    output = path.with_suffix(".parquet")
    command = [sys.executable, "-m", "newslint", "corpus", str(path), "-o", str(output)]
    command += ["--no-duplicates", "--jobs", str(jobs), "--exit-zero", "--quiet", "--isolated"]
    subprocess.run(command, check=True)
    return {"cpu": cpu(), **used()}


def table(head: str, rows: list[tuple[int, dict[str, float]]]) -> None:
    """Print what was measured at each size."""
    print(f"| {head} | CPU | for each | ÷ the smallest | peak memory |\n|---|---:|---:|---:|---:|")
    first = rows[0][1]["cpu"] / rows[0][0]
    for count, found in rows:
        each = found["cpu"] / count
        shown = f"{1e6 * each:,.0f} µs | {each / first:.2f} | {found['mb']:,.0f} MB |"
        print(f"| {count:,} | {found['cpu']:,.1f} s | {shown}", flush=True)
    print(flush=True)


def main() -> None:
    """Parse the command line and measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--titles", default="10000,100000,1000000")
    parser.add_argument("--bodies", default="10000,50000")
    parser.add_argument("--check", default="1000,4000")
    parser.add_argument("--memory", default="1GB")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--make", nargs=2, metavar=("COUNT", "FILE"))
    parser.add_argument("--alone", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.make:
        write_jsonl(Path(options.make[1]), articles(int(options.make[0]), 600))
        return
    if options.alone:
        way, path = options.alone[0], Path(options.alone[1])
        compared = compare(path, options.memory, options.jobs) if way == "compare" else None
        print(json.dumps(compared or check(path, options.jobs)))
        return
    folder = options.folder or Path(tempfile.mkdtemp())
    shared = ("--memory", options.memory, "--jobs", str(options.jobs))
    for name, sizes, maker in (
        ("titles", options.titles, title_facts),
        ("bodies", options.bodies, body_facts),
    ):
        rows = []
        for count in map(int, filter(None, sizes.split(","))):
            own = folder / f"{name}{count}"
            own.mkdir(parents=True, exist_ok=True)
            if not any(own.glob("*.parquet")):
                write_facts(own, maker(count))
            rows.append((count, alone("--alone", "compare", str(own), *shared)))
        if rows:
            table(f"{name} compared", rows)
    rows = []
    for count in map(int, filter(None, options.check.split(","))):
        path = folder / f"{count}.jsonl"
        if not path.exists():
            write_jsonl(path, articles(count, 2_300))
        rows.append((count, alone("--alone", "check", str(path), *shared)))
    if rows:
        table("articles checked", rows)


if __name__ == "__main__":
    main()
