"""What newslint costs, beside peers and limits, in one run: every figure a ratio to another of the same run.

    python benchmarks/speed.py [--files 1000] [--write docs/performance.md]

Makes its own articles (corpus.py). Peers (codespell, typos, proselint, write-good) are measured where they are
installed. CPU time is user and system time of the whole process and its children, the best of several runs.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
NEWSLINT = [sys.executable, "-m", "newslint"]
READ = (
    "import os,sys\n"
    "for folder,_,names in os.walk(sys.argv[1]):\n"
    "  for name in names:\n"
    "    open(os.path.join(folder,name),'rb').read().decode()\n"
)


class Cost:
    """CPU and wall time in seconds, and the peak memory in MB, of the best of several runs."""

    def __init__(self, cpu: float, wall: float, memory: float) -> None:
        self.cpu, self.wall, self.memory = cpu, wall, memory


def run(command: list[str], *, times: int = 5, cwd: Path | None = None, **environment: str) -> Cost:
    best: Cost | None = None
    for _ in range(times):
        start = time.perf_counter()
        child = subprocess.Popen(
            command,
            cwd=cwd,
            env={**os.environ, **environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _, _, usage = os.wait4(child.pid, 0)
        child.returncode = 0
        wall, cpu = time.perf_counter() - start, usage.ru_utime + usage.ru_stime
        if best is None or cpu < best.cpu:
            best = Cost(cpu, wall, usage.ru_maxrss / 1024)
    assert best is not None
    return best


def corpus(folder: Path, files: int, size: int, *, markdown: bool = False) -> Path:
    extra = ["--markdown"] if markdown else []
    command = [sys.executable, str(HERE / "corpus.py"), str(folder), "--files", str(files)]
    subprocess.run([*command, "--bytes", str(size), *extra], check=True, stdout=subprocess.DEVNULL)
    return folder


def pack(path: Path, rules: int) -> Path:
    """A pack of phrase rules that hardly ever match."""
    entries = []
    for number in range(rules):
        word = "".join(chr(97 + (number // 26**place) % 26) for place in range(3))
        entries.append(
            f'[[rule]]\ncode = "STY{number % 1000:03}"\nname = "phrase-{number}"\nkind = "existence"\n'
            f'message = "phrase"\nwhy = "A phrase."\nmatch = ["q{word} of the {word}q"]\n'
            f'bad = ["A q{word} of the {word}q."]\ngood = ["A.", "B."]\n'
        )
    path.write_text("\n".join(entries), "utf-8")
    return path


def megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def report(files: int, work: Path) -> list[str]:
    cache = str(work / "cache")
    env = {"NEWSLINT_CACHE_DIR": cache}
    one = corpus(work / "one", 1, 4000)
    many = corpus(work / "many", files, 4000)
    article = str(next(path for path in one.rglob("*.txt")))
    size = megabytes(many)
    alone = [*NEWSLINT, "--jobs", "1", "--no-cache", "-q"]
    lines: list[str] = []

    def row(what: str, *cells: str) -> None:
        lines.append("| " + " | ".join((what, *cells)) + " |")

    def table(title: str, *heads: str) -> None:
        lines.extend(["", f"## {title}", "", "| | " + " | ".join(heads) + " |"])
        lines.append("|" + "---|" * (len(heads) + 1))

    run([*NEWSLINT, article], times=2, **env)  # packs read, expressions compiled
    bare = run([sys.executable, "-c", "pass"], times=15)
    table("Start", "CPU", "÷ `python -c pass`", "peak memory")
    for what, command in (
        ("`python -c pass`", [sys.executable, "-c", "pass"]),
        ("`newslint --version`", [*NEWSLINT, "--version"]),
        ("one article of 4 KB", [*NEWSLINT, "--no-cache", article]),
        ("the same, unchanged", [*NEWSLINT, article]),
    ):
        cost = run(command, times=15, **env)
        row(
            what, f"{cost.cpu * 1000:.0f} ms", f"{cost.cpu / bare.cpu:.1f}", f"{cost.memory:.0f} MB"
        )

    limit = run([sys.executable, "-c", READ, str(many)])
    own = run([*alone, str(many)], times=3, **env)
    table(f"{files:,} articles, {size:.1f} MB, all default rules", "CPU", "MB/s", "newslint ÷ it")
    others = [
        ("`cat`", f"cat {many}/* > /dev/null"),
        ("`wc -m`", f"cat {many}/* | wc -m"),
        ("codespell", f"codespell {many}"),
        ("typos", f"typos {many}"),
        ("proselint", f"proselint check {many}"),
        ("write-good", f"write-good {many}/*"),
    ]
    row(
        "read and decode in Python",
        f"{limit.cpu:.2f} s",
        f"{size / limit.cpu:.0f}",
        f"{own.cpu / limit.cpu:.1f}",
    )
    for what, command in others:
        if shutil.which(command.split()[0]) is None:
            row(what, "not installed", "", "")
            continue
        cost = run(["sh", "-c", command], times=2)
        row(what, f"{cost.cpu:.2f} s", f"{size / cost.cpu:.1f}", f"{own.cpu / cost.cpu:.2f}")
    row("**newslint**", f"{own.cpu:.2f} s", f"{size / own.cpu:.2f}", "1")

    table("Runs over the same articles", "wall", "÷ one process", "÷ read and decode")
    shutil.rmtree(cache, ignore_errors=True)
    run([*NEWSLINT, article], times=2, **env)
    for what, command, times in (
        ("one process, no cache", [*alone, str(many)], 2),
        ("two processes, no cache", [*NEWSLINT, "-q", "--no-cache", "--jobs", "2", str(many)], 2),
        ("first run", [*NEWSLINT, "-q", "--jobs", "1", str(many)], 1),
        ("second run, nothing changed", [*NEWSLINT, "-q", str(many)], 5),
    ):
        cost = run(command, times=times, **env)
        row(
            what,
            f"{cost.wall:.2f} s",
            f"{cost.wall / own.wall:.2f}",
            f"{cost.wall / limit.wall:.1f}",
        )

    table("Growth", "CPU per MB", "÷ the first", "peak memory")
    first = 0.0
    for count, each in (
        (1000, 1_000),
        (files, 4_000),
        (100, 40_000),
        (4, 1_000_000),
        (1, 10_000_000),
    ):
        folder = corpus(work / f"grow{each}", count, each)
        cost = run([*alone, str(folder)], times=1, **env)
        spent = (cost.cpu - bare.cpu) / megabytes(folder)
        first = first or spent
        row(
            f"{count:,} files of {each:,} bytes",
            f"{spent:.2f} s",
            f"{spent / first:.2f}",
            f"{cost.memory:.0f} MB",
        )
    markdown = corpus(work / "markdown", files, 4000, markdown=True)
    cost = run([*alone, str(markdown)], times=2, **env)
    ratio = cost.cpu / megabytes(markdown) / (own.cpu / size)
    row(
        "Markdown with front matter, 4,000 bytes",
        f"{cost.cpu / megabytes(markdown):.2f} s",
        f"{ratio:.2f} of text",
        f"{cost.memory:.0f} MB",
    )

    table("Phrase rules beside the default ones", "CPU", "÷ 200 rules")
    base = 0.0
    for rules in (200, 1600):
        path = pack(work / f"pack{rules}.toml", min(rules, 1000))
        setting = f'extend-packs=["{path}"]'
        command = [*alone, "--config", setting, str(many)]
        run(command, times=1, **env)
        cost = run(command, times=1, **env)
        base = base or cost.cpu
        row(f"{min(rules, 1000):,} rules", f"{cost.cpu:.2f} s", f"{cost.cpu / base:.2f}")

    timing = subprocess.run(
        [*NEWSLINT, "-q", "--timing", str(many)],
        capture_output=True,
        text=True,
        env={**os.environ, **env},
    ).stderr.splitlines()
    lines += ["", "## What costs what (`newslint --timing`)", "", "```text", *timing[:24], "```"]
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        lines = report(options.files, Path(work))
    head = [
        "# Performance",
        "",
        "Measured by `python benchmarks/speed.py --write docs/performance.md`; the ratios within one run count,",
        "the seconds depend on the machine.",
        "",
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()}.",
    ]
    text = "\n".join(head + lines) + "\n"
    print(text)
    if options.write:
        options.write.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
