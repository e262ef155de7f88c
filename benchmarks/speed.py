"""What newslint costs, beside peers and limits, in one run: every figure a ratio to another of the same run.

    python benchmarks/speed.py [--files 1000] [--peers DIR] [--write docs/performance.md]

Makes its own articles (corpus.py). Peers are installed into DIR, in the versions of peers.txt, and are left out
without it. newslint is the one that this Python runs; measure an installed one, as the peers are, not a checkout.
CPU time is user and system time of a whole process and its children, the best of several runs; what is compared
is run in turn, so that a machine that changes its speed changes both.
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
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

HERE = Path(__file__).parent
PYTHON = sys.executable
NEWSLINT = [str(Path(PYTHON).with_name("newslint"))]  # `-m` would add runpy to every start
FRESH = ["-q", "--no-cache", "--jobs", "1"]
READ = (
    "import os,sys\n"
    "for folder,_,names in os.walk(sys.argv[1]):\n"
    "  for name in names:\n"
    "    open(os.path.join(folder,name),'rb').read().decode()\n"
)
CLEAN = (
    "Ferry house bell rings again\n\nThe bell of the ferry house rang on Sunday for the first time in eleven years, "
    "said Ada Brook, who mended the clockwork.\n\n“It will ring every hour,” Ms Brook said. The council paid for a new "
    "rope, according to its treasurer.\n"
)
DEEP = ("QUO", "RES", "ATT", "DUP")
TEXTLINT = '{"rules": {"write-good": true}}'


class Cost(NamedTuple):
    """CPU and wall time in seconds, and the peak memory in MB, of the best of several runs."""

    cpu: float
    wall: float
    memory: float


def environment(**more: str) -> dict[str, str]:
    """Without what would keep Python from using compiled modules, which installed programs have."""
    return {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")} | more


def once(command: Sequence[str], cwd: Path | None = None, **more: str) -> Cost:
    start = time.perf_counter()
    child = subprocess.Popen(
        command,
        cwd=cwd,
        env=environment(**more),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode > 1 and [*command[: len(NEWSLINT)]] == NEWSLINT:
        raise SystemExit(f"newslint could not do it: {' '.join(command)}")
    wall = time.perf_counter() - start
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


def best(costs: Iterable[Cost]) -> Cost:
    """The least CPU and wall time, and the most memory."""
    listed = list(costs)
    return Cost(
        min(each.cpu for each in listed),
        min(each.wall for each in listed),
        max(each.memory for each in listed),
    )


def run(command: Sequence[str], *, times: int = 5, cwd: Path | None = None, **more: str) -> Cost:
    return best(once(command, cwd, **more) for _ in range(times))


def rounds(commands: dict[str, Sequence[str]], times: int, **more: str) -> list[dict[str, Cost]]:
    """Each command once, then each again, so many times."""
    return [
        {name: once(command, **more) for name, command in commands.items()} for _ in range(times)
    ]


def in_turn(commands: dict[str, Sequence[str]], times: int, **more: str) -> dict[str, Cost]:
    """The best of so many rounds."""
    costs = rounds(commands, times, **more)
    return {name: best(each[name] for each in costs) for name in commands}


def corpus(folder: Path, files: int, size: int, *, markdown: bool = False) -> Path:
    extra = ["--markdown"] if markdown else []
    command = [PYTHON, str(HERE / "corpus.py"), str(folder), "--files", str(files)]
    subprocess.run([*command, "--bytes", str(size), *extra], check=True, stdout=subprocess.DEVNULL)
    return folder


def pack(path: Path, rules: int) -> Path:
    """A pack of phrase rules that hardly ever match."""
    entries = []
    for number in range(rules):
        word = "".join(chr(97 + (number // 26**place) % 26) for place in range(3))
        family = ("XAA", "XAB")[number // 1000]
        entries.append(
            f'[[rule]]\ncode = "{family}{number % 1000:03}"\nname = "phrase-{number}"\nkind = "existence"\n'
            f'message = "phrase"\nwhy = "A phrase."\nmatch = ["q{word} of the {word}q"]\n'
            f'bad = ["A q{word} of the {word}q."]\ngood = ["A.", "B."]\n'
        )
    path.write_text("\n".join(entries), "utf-8")
    return path


def megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


class Peers:
    """Programs of others, by name, as commands on a folder; those that are not there are left out."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        if folder is not None:
            self._install(folder)

    def _install(self, folder: Path) -> None:
        wanted: dict[str, list[str]] = {"pip": [], "npm": []}
        for line in (HERE / "peers.txt").read_text("utf-8").splitlines():
            kind, _, package = line.partition(" ")
            if kind in wanted:
                wanted[kind].append(package)
        if not (folder / "venv").exists():
            subprocess.run([PYTHON, "-m", "venv", str(folder / "venv")], check=True)
            subprocess.run(
                [str(folder / "venv/bin/pip"), "install", "-q", *wanted["pip"]], check=True
            )
        if not (folder / "npm/node_modules").exists() and shutil.which("npm"):
            (folder / "npm").mkdir(parents=True, exist_ok=True)
            (folder / "npm/package.json").write_text("{}", "utf-8")
            subprocess.run(
                ["npm", "install", "--silent", *wanted["npm"]], cwd=folder / "npm", check=True
            )
        (folder / "textlintrc.json").write_text(TEXTLINT, "utf-8")
        # Its filters ask for tokenizers by network at import; an empty folder stands for them.
        (folder / "nltk_data/tokenizers/punkt").mkdir(parents=True, exist_ok=True)

    def on(self, target: str, files: str) -> dict[str, list[str]]:
        """Commands on a folder, given as such and as a pattern of its files."""
        if self._folder is None:
            return {}
        pip, npm = self._folder / "venv/bin", self._folder / "npm/node_modules/.bin"
        found = {
            "codespell": [str(pip / "codespell"), target],
            "typos (Rust)": [str(pip / "typos"), target],
            "riff-lint, static rules": ["sh", "-c", f"{pip / 'riff'} --no-jev {files}"],
            "proselint": [str(pip / "proselint"), "check", target],
            "write-good": ["sh", "-c", f"{npm / 'write-good'} {files}"],
            "textlint with write-good": [
                "sh", "-c", f"cd {self._folder / 'npm'} && {npm / 'textlint'} -c ../textlintrc.json {target}",
            ],
            "datatrove’s quality filters": [
                "sh", "-c",
                f"NLTK_DATA={self._folder / 'nltk_data'} {pip / 'python'} {HERE / 'quality_filters.py'} {target}",
            ],
        }  # fmt: skip
        programs = (pip / "codespell", pip / "typos", pip / "riff", pip / "proselint", npm / "write-good", npm / "textlint", pip / "python")  # fmt: skip
        there = dict(zip(found, programs, strict=True))
        return {name: command for name, command in found.items() if there[name].exists()}


class Report:
    """Lines of Markdown."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def table(self, title: str, *heads: str, text: str = "") -> None:
        self.lines += ["", f"## {title}", ""]
        if text:
            self.lines += [text, ""]
        self.lines += ["| | " + " | ".join(heads) + " |", "|---" + "|---:" * len(heads) + "|"]

    def row(self, what: str, *cells: str) -> None:
        self.lines.append("| " + " | ".join((what, *cells)) + " |")
        print(self.lines[-1], flush=True)


def start(report: Report, work: Path, peers: Peers, env: dict[str, str]) -> Cost:
    one = next(corpus(work / "one", 1, 4000).rglob("*.txt"))
    clean = work / "clean.txt"
    clean.write_text(CLEAN, "utf-8")
    commands = {
        "`python -c pass`": [PYTHON, "-c", "pass"],
        "`newslint --version`": [*NEWSLINT, "--version"],
        "one article of 4 KB": [*NEWSLINT, "--no-cache", str(one)],
        "a clean article": [*NEWSLINT, "--no-cache", str(clean)],
        "one article, unchanged": [*NEWSLINT, str(one)],
    }
    others = {
        f"{name}, one article": command
        for name, command in peers.on(str(one), str(one)).items()
        if "datatrove" not in name
    }
    for command in (*commands.values(), *commands.values()):
        once(command, **env)  # packs read, expressions compiled
    costs = in_turn(commands | others, 12, **env)
    first = [
        once(commands["one article of 4 KB"], NEWSLINT_CACHE_DIR=str(work / f"empty-cache{number}"))
        for number in range(5)
    ]
    costs["one article, on a machine that has run nothing yet"] = best(first)
    bare = costs["`python -c pass`"]
    report.table("Start", "CPU", "÷ `python -c pass`", "peak memory")
    for name, cost in costs.items():
        report.row(
            name, f"{cost.cpu * 1000:.0f} ms", f"{cost.cpu / bare.cpu:.1f}", f"{cost.memory:.0f} MB"
        )
    return bare


def beside_peers(report: Report, many: Path, peers: Peers, env: dict[str, str]) -> Cost:
    size = megabytes(many)
    files = " ".join(f"{folder}/*" for folder in sorted(many.iterdir()))
    limits = {
        "read and decode in Python": [PYTHON, "-c", READ, str(many)],
        "`cat`": ["sh", "-c", f"cat {files} > /dev/null"],
        "`wc -m`": ["sh", "-c", f"wc -m {files}"],
    }
    commands = peers.on(str(many), files)
    quick = {
        name: command for name, command in commands.items() if name in ("codespell", "typos (Rust)")
    }
    slow = {name: command for name, command in commands.items() if name not in quick}
    whole, plain = "**newslint**", f"newslint without {', '.join(DEEP)}"
    own = {
        whole: [*NEWSLINT, *FRESH, str(many)],
        plain: [*NEWSLINT, *FRESH, "--ignore", ",".join(DEEP), str(many)],
    }
    # The slow ones take minutes, in which the clock of a machine may change: the others run before and behind them.
    often = limits | quick | own
    before = in_turn(often, 5, **env)
    costs = in_turn(slow, 1, **env)
    behind = in_turn(often, 5, **env)
    costs = {name: best((before[name], behind[name])) for name in often} | costs
    mine, less = costs[whole], costs[plain]
    report.table(
        f"{len(list(many.rglob('*.txt'))):,} articles, {size:.1f} MB, all default rules, one process",
        "CPU", "MB/s", "newslint’s CPU ÷ it", "without those ÷ it", "peak memory",
        text="A spell checker looks words up. What analyses an article as a whole (quotations, line models, who says what, "
        "repetitions) is in " + ", ".join(DEEP) + "; without those, newslint does about as much.",
    )  # fmt: skip
    for name, cost in costs.items():
        report.row(
            name,
            f"{cost.cpu:.2f} s",
            f"{size / cost.cpu:.2f}",
            f"{mine.cpu / cost.cpu:.2f}",
            f"{less.cpu / cost.cpu:.2f}",
            f"{cost.memory:.0f} MB",
        )
    return mine


def families(report: Report, many: Path, bare: Cost, env: dict[str, str]) -> None:
    names = ("LNT", "RES", "QUO", "ATT", "TTL", "DUP", "ENC", "GEN", "RES,ENC,GEN")
    commands = {name: [*NEWSLINT, *FRESH, "--select", name, str(many)] for name in names}
    commands["all"] = [*NEWSLINT, *FRESH, str(many)]
    costs = in_turn(commands, 3, **env)
    base = costs["LNT"]
    size = megabytes(many)
    report.table(
        "Each family alone", "CPU", "above reading", "MB/s of the rules",
        text="What a run costs with the rules of one family only, or of a few; `LNT` reads the files and checks nothing else.",
    )  # fmt: skip
    for name, cost in costs.items():
        more = max(cost.cpu - base.cpu, 1e-9)
        rate = "" if name == "LNT" else f"{size / more:.1f}"
        report.row(name, f"{cost.cpu:.2f} s", f"{cost.cpu - base.cpu:.2f} s", rate)


def many_files(report: Report, work: Path, files: int, bare: Cost, env: dict[str, str]) -> None:
    report.table(
        "How it grows with the number of files", "CPU per MB", "÷ 100 files", "peak memory"
    )
    folders = {
        count: corpus(work / f"files{count}", count, 4000) for count in (100, files, 10 * files)
    }
    commands = {
        f"{count:,} files": [*NEWSLINT, *FRESH, str(folder)] for count, folder in folders.items()
    }
    costs = in_turn(commands, 2, **env)
    first = 0.0
    for (name, cost), folder in zip(costs.items(), folders.values(), strict=True):
        spent = (cost.cpu - bare.cpu) / megabytes(folder)
        first = first or spent
        report.row(name, f"{spent:.3f} s", f"{spent / first:.2f}", f"{cost.memory:.0f} MB")

    most = folders[10 * files]
    report.table(
        f"{10 * files:,} files again, and in two processes",
        "wall",
        "CPU",
        "wall ÷ one process",
        "CPU ÷ read and decode",
    )
    own = {"NEWSLINT_CACHE_DIR": str(work / "cache-again")}
    read = run([PYTHON, "-c", READ, str(most)], times=5)
    once([*NEWSLINT, "--version"], **own)
    alone = in_turn(
        {
            "one process, no cache": [*NEWSLINT, *FRESH, str(most)],
            "two processes, no cache": [*NEWSLINT, "-q", "--no-cache", "--jobs", "2", str(most)],
        },
        4,
        **env,
    )
    costs = alone | {
        "first run, keeping what it finds": once([*NEWSLINT, "-q", "--jobs", "1", str(most)], **own)
    }
    time.sleep(3)  # files changed a moment ago are not known by their times yet
    once([*NEWSLINT, "-q", str(most)], **own)
    again = in_turn(
        {"read": [PYTHON, "-c", READ, str(most)], "again": [*NEWSLINT, "-q", str(most)]}, 5, **own
    )
    read = best((read, again["read"]))
    costs["second run, nothing changed"] = again["again"]
    one = costs["one process, no cache"]
    for name, cost in costs.items():
        report.row(
            name,
            f"{cost.wall:.2f} s",
            f"{cost.cpu:.2f} s",
            f"{cost.wall / one.wall:.2f}",
            f"{cost.cpu / read.cpu:.1f}",
        )


def sizes(report: Report, work: Path, bare: Cost, env: dict[str, str]) -> None:
    report.table(
        "How it grows with the size of a file", "CPU per MB", "÷ files of 4 KB", "peak memory"
    )
    steps = (
        (1000, 1_000),
        (1000, 4_000),
        (100, 40_000),
        (10, 400_000),
        (2, 2_000_000),
        (1, 10_000_000),
    )
    costs = []
    for count, each in steps:
        folder = corpus(work / f"size{each}", count, each)
        cost = run([*NEWSLINT, *FRESH, str(folder)], times=2, **env)
        costs.append((count, each, (cost.cpu - bare.cpu) / megabytes(folder), cost.memory))
    reference = next(spent for _, each, spent, _ in costs if each == 4_000)
    for count, each, spent, memory in costs:
        name = f"{count:,} {'file' if count == 1 else 'files'} of {each:,} bytes"
        report.row(name, f"{spent:.3f} s", f"{spent / reference:.2f}", f"{memory:.0f} MB")


def formats(report: Report, work: Path, many: Path, env: dict[str, str]) -> None:
    markdown = corpus(work / "markdown", len(list(many.rglob("*.txt"))), 4000, markdown=True)
    costs = in_turn(
        {
            "plain text": [*NEWSLINT, *FRESH, str(many)],
            "Markdown with front matter": [*NEWSLINT, *FRESH, str(markdown)],
        },
        3,
        **env,
    )
    report.table("Markdown beside plain text", "CPU per MB", "÷ plain text")
    spent = [
        cost.cpu / megabytes(folder)
        for cost, folder in zip(costs.values(), (many, markdown), strict=True)
    ]
    for name, each in zip(costs, spent, strict=True):
        report.row(name, f"{each:.3f} s", f"{each / spent[0]:.2f}")


def rules(report: Report, work: Path, many: Path, env: dict[str, str]) -> None:
    commands = {}
    for count in (50, 200, 800, 1600):
        path = pack(work / f"pack{count}.toml", count)
        commands[f"{count:,} phrase rules more"] = [
            *NEWSLINT, *FRESH, "--config", f'extend-packs=["{path}"]', str(many),
        ]  # fmt: skip
    for command in commands.values():
        once(command, **env)
    costs = in_turn(commands, 3, **env)
    report.table("How it grows with the number of rules", "CPU", "÷ 200 rules more")
    reference = costs["200 phrase rules more"].cpu
    for name, cost in costs.items():
        report.row(name, f"{cost.cpu:.2f} s", f"{cost.cpu / reference:.2f}")


def inside_pytest(report: Report, work: Path, bare: Cost, env: dict[str, str]) -> None:
    empty, full = work / "pytest-empty", work / "pytest-full"
    empty.mkdir()
    count = 600
    articles = corpus(full, count, 4000)
    command = [PYTHON, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    # All of these are small differences of large figures: the middle of what each round says.
    costs = rounds(
        {
            "on": [*command, "--newslint", str(articles)],
            "none": [*command, "--newslint", str(empty)],
            "cli": [*NEWSLINT, *FRESH, str(articles)],
            "cli none": [*NEWSLINT, *FRESH, str(empty)],
        },
        9,
        **env,
    )
    # The smallest of them, beside as little else as can be.
    others = [
        word for name in ("hypothesispytest", "xdist", "anyio") for word in ("-p", f"no:{name}")
    ]
    idle = [*command, *others, "--collect-only", str(empty)]
    idling = rounds({"with": idle, "without": [*idle, "-p", "no:newslint"]}, 41, **env)
    items = [(each["on"].cpu - each["none"].cpu) / count for each in costs]
    own = [(each["cli"].cpu - each["cli none"].cpu) / count for each in costs]
    ratios = [item / each for item, each in zip(items, own, strict=True)]
    usual = {name: median(each[name].cpu for each in idling) for name in ("with", "without")}
    more = usual["with"] - usual["without"]
    report.table("In pytest", "CPU", "÷ the command line")
    report.row("the plugin installed but idle adds", f"{more * 1000:.1f} ms", "")
    report.row("an article on the command line", f"{median(own) * 1000:.2f} ms", "1.00")
    report.row(
        "an article as a pytest item", f"{median(items) * 1000:.2f} ms", f"{median(ratios):.2f}"
    )


def inside_pre_commit(report: Report, work: Path, env: dict[str, str]) -> None:
    """A system hook, so that no environment is built: what counts is a run."""
    if (
        shutil.which("pre-commit", path=str(Path(PYTHON).parent)) is None
        or shutil.which("git") is None
    ):
        return
    repository = corpus(work / "repository", 100, 4000)
    for name, entry in (
        ("nothing", "true"),
        ("newslint", f"{' '.join(NEWSLINT)} check --force-exclude"),
    ):
        (work / f"{name}.yaml").write_text(
            "repos:\n- repo: local\n  hooks:\n"
            f"  - {{id: {name}, name: {name}, language: system, entry: {entry}, files: '\\.txt$', require_serial: true}}\n",
            "utf-8",
        )
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "articles"]):
        subprocess.run([*git, *arguments], cwd=repository, check=True, stdout=subprocess.DEVNULL)
    changed = [str(path) for path in sorted(repository.rglob("*.txt"))[:4]]
    tool = [str(Path(PYTHON).parent / "pre-commit"), "run"]
    own = env | {"PRE_COMMIT_HOME": str(work / "pre-commit-home")}
    costs: dict[str, list[Cost]] = {"nothing": [], "newslint": []}
    for _ in range(7):
        for name, each in costs.items():
            each.append(
                once(
                    [*tool, "-c", str(work / f"{name}.yaml"), "--files", *changed],
                    repository,
                    **own,
                )
            )
    bare, hook = best(costs["nothing"]), best(costs["newslint"])
    report.table("In pre-commit, four changed articles", "CPU", "÷ pre-commit’s own time")
    report.row("pre-commit with a hook that does nothing", f"{bare.cpu * 1000:.0f} ms", "1.00")
    more = hook.cpu - bare.cpu
    report.row("newslint adds", f"{more * 1000:.0f} ms", f"{more / bare.cpu:.2f}")


def timing(report: Report, many: Path, env: dict[str, str]) -> None:
    table = subprocess.run(
        [*NEWSLINT, "-q", "--timing", str(many)],
        capture_output=True,
        text=True,
        env=environment(**env),
    ).stderr.splitlines()
    report.lines += [
        "",
        "## What costs what (`newslint --timing`)",
        "",
        "```text",
        *table[:28],
        "```",
    ]


def measured(files: int, work: Path, peers: Peers) -> list[str]:
    env = {"NEWSLINT_CACHE_DIR": str(work / "cache")}
    many = corpus(work / "many", files, 4000)
    report = Report()
    bare = start(report, work, peers, env)
    beside_peers(report, many, peers, env)
    families(report, many, bare, env)
    many_files(report, work, files, bare, env)
    sizes(report, work, bare, env)
    formats(report, work, many, env)
    rules(report, work, many, env)
    inside_pytest(report, work, bare, env)
    inside_pre_commit(report, work, env)
    timing(report, many, env)
    return report.lines


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--peers", type=Path, help="where peers are, or are to be installed")
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    peers = Peers(options.peers.resolve() if options.peers else None)
    with tempfile.TemporaryDirectory() as work:
        lines = measured(options.files, Path(work), peers)
    head = [
        "# Performance",
        "",
        "Measured by `python benchmarks/speed.py --peers DIR --write docs/performance.md` with newslint and its `test`",
        "extra installed. The ratios within one run count; the seconds depend on the machine.",
        "",
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()}.",
    ]
    text = "\n".join(head + lines) + "\n"
    if options.write:
        options.write.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
