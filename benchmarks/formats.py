"""What formats cost, and that a stream of records needs constant memory.

    python benchmarks/formats.py [--megabytes 100] [--characters 4000] [--select RULES] [--suffix .jsonl] [--jobs 1]
                                 [--reading]

Makes a JSONL file of invented articles (corpus.py) with a title of its own each, checks it in a process of its own, and
prints the CPU time and peak memory of that (with `--jobs`, of the largest process); before it the same with a tenth of
it. `--characters`: of the copy of an article. `--reading` compares what reading one and the same copy costs
in each format, without rules.
"""

from __future__ import annotations

import argparse
import html
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from corpus import FIRST, LAST, PLACES, article
from speed import NEWSLINT, run

DIFFERENT = 2_000  # bodies, which come again and again; each time under another title
PARAGRAPH = '<p class="text">{}</p>'
PAGE = """<!DOCTYPE html><html lang="en"><head><title>A</title><script>var a = 1;</script></head><body>
<nav><ul>{links}</ul></nav><article><h1>{title}</h1>{copy}</article><footer><ul>{links}</ul></footer></body></html>"""


def articles(count: int, size: int = 4_000) -> Iterator[tuple[str, list[str]]]:
    for number in range(count):
        yield article(random.Random(number), size)


def write_lines(path: Path, megabytes: int, characters: int) -> int:
    """A file of records; how many there are."""
    records = [
        (json.dumps(title)[1:-1], json.dumps("\n\n".join(copy)[:characters], ensure_ascii=False))
        for title, copy in articles(DIFFERENT, characters)
    ]
    people = [f"{first} {last} of {at}" for at in PLACES for last in LAST for first in FIRST]
    written = count = 0
    with _opened(path) as handle:
        while written < megabytes * 1_000_000:
            title, text = records[count % DIFFERENT]
            title = f"{people[count // DIFFERENT]}: {title}"
            line = f'{{"id": {count}, "title": "{title}", "text": {text}}}\n'.encode()
            handle.write(line)
            written += len(line)
            count += 1
    return count


def _opened(path: Path):  # type: ignore[no-untyped-def]
    if path.suffix == ".gz":
        import gzip

        return gzip.open(path, "wb", compresslevel=1)
    if path.suffix == ".zst":
        from backports import zstd

        return zstd.open(path, "wb")
    return path.open("wb")


def streaming(options: argparse.Namespace) -> None:
    """Print what checking a file of so many megabytes takes."""
    command = [*NEWSLINT, "-q", "--no-cache", "--isolated", "--output-format=jsonl"]
    command += [f"--jobs={options.jobs}", *(["--select", options.select] if options.select else [])]
    before: tuple[int, float] | None = None
    with tempfile.TemporaryDirectory() as folder:
        for size in (max(1, options.megabytes // 10), options.megabytes):
            path = Path(folder) / f"articles{options.suffix}"
            count = write_lines(path, size, options.characters)
            cost = run([*command, str(path)], times=1)
            print(
                f"{size:6,} MB {options.suffix}, {count:9,} articles: {cost.cpu / size:.2f} s CPU a MB, "
                f"peak memory {cost.memory:.0f} MB",
                flush=True,
            )
            if before is not None:
                more = (cost.memory - before[1]) * 1e6 / (count - before[0])
                print(f"for each article more, {more:.0f} bytes of memory")
            before = count, cost.memory
            path.unlink()


def reading(count: int) -> None:
    """Print what reading costs in each format, by the same copy."""
    from newslint.readers import builtin_readers
    from newslint.source import Source

    readers = {reader.name: reader for reader in builtin_readers()}
    links = "".join(f'<li><a href="/{n}">Section {n}</a></li>' for n in range(30))
    writers: dict[str, tuple[str, Callable[[str, list[str]], str]]] = {
        "plain text": ("text", lambda title, copy: "\n\n".join((title, *copy))),
        "Markdown": ("markdown", lambda title, copy: "\n\n".join((f"# {title}", *copy))),
        "HTML fragment": ("html", lambda title, copy: f"<h1>{title}</h1>{_paragraphs(copy)}"),
        "HTML page": (
            "html",
            lambda title, copy: PAGE.format(links=links, title=title, copy=_paragraphs(copy)),
        ),
        "JSON": (
            "json",
            lambda title, copy: json.dumps({"title": title, "text": "\n\n".join(copy)}),
        ),
        "HTML in JSON": (
            "json",
            lambda title, copy: json.dumps({"title": title, "text": _paragraphs(copy)}),
        ),
    }
    made = list(articles(count))
    copy_size = sum(len(part) for _, copy in made for part in copy) / 1e6
    sources = {
        name: [Source(write(*each), "a") for each in made] for name, (_, write) in writers.items()
    }
    best = dict.fromkeys(writers, 1e9)
    for _ in range(5):
        for name, (reader, _) in writers.items():
            read = readers[reader].read
            assert read is not None
            start = time.process_time()
            for source in sources[name]:
                for _ in read(source, _settings()):
                    pass
            best[name] = min(best[name], time.process_time() - start)
    for name, spent in best.items():
        size = sum(len(source.text) for source in sources[name]) / 1e6
        print(
            f"{name:14} {spent / copy_size * 1e3:6.0f} ms a MB of copy, {spent / size * 1e3:6.0f} ms a MB "
            f"of file, {spent / best['Markdown']:5.2f} of Markdown"
        )


def _settings():  # type: ignore[no-untyped-def]
    from newslint.readers import USUAL

    return USUAL


def _paragraphs(copy: list[str]) -> str:
    return "\n".join(PARAGRAPH.format(html.escape(each, quote=False)) for each in copy)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--megabytes", type=int, default=100)
    parser.add_argument("--characters", type=int, default=4_000)
    parser.add_argument("--select", default="")
    parser.add_argument("--suffix", default=".jsonl")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--reading", action="store_true")
    options = parser.parse_args()
    if options.reading:
        reading(500)
    else:
        streaming(options)


if __name__ == "__main__":
    sys.exit(main())
