"""`newslint corpus`: millions of articles, to files of findings, scores, duplicates and a policy."""

from __future__ import annotations

from types import SimpleNamespace

from newslint.arguments import CHECK, parser
from newslint.commands import CLEAN, FAILED, FOUND, UsageError, need
from newslint.commands._results import cores
from newslint.commands._settings import check_table, listed, resolver_of
from newslint.files import Selection
from newslint.finding import SEVERITIES
from newslint.progress import Gauge
from newslint.terminal import visible


def run(given: list[str]) -> int:
    """Check a corpus."""
    own = parser("corpus")
    own.add_argument("paths", nargs="+", metavar="PATH", help="files and folders")
    unset = {option.key: option.unset for option in CHECK}
    options = own.parse_intermixed_args(given, SimpleNamespace(**unset))
    if not options.output:
        own.error("the following arguments are required: -o/--output")
    need("newslint corpus", "corpus", ("pyarrow", "duckdb"))
    if options.engine == "spark":
        need("--engine spark", "spark", ("pyspark", "pandas"))
    from newslint.corpus.big import Busy
    from newslint.corpus.outcome import COPIES, Rules
    from newslint.corpus.plan import Lost
    from newslint.corpus.whole import Wanted, carry_out, is_size, report

    if not options.output.lower().endswith(".parquet"):
        raise UsageError(f"--output: {options.output}: the name must end in .parquet")
    if not is_size(options.memory):
        raise UsageError(f"--memory: {options.memory}: give a size such as 2GB")
    wanted = Wanted(
        tuple(options.paths),
        options.output,
        options.jobs if options.jobs > 0 else cores(),
        Rules(tuple(listed(options.drop or ())), _share(options.min_quality)),
        options.memory,
        not options.no_duplicates,
        options.engine,
        options.master,
    )
    table = check_table(options)
    if options.select is None and wanted.with_duplicates:
        more = table.get("extend-select", [])
        table["extend-select"] = [*(more if isinstance(more, list) else ()), COPIES]
    resolver = resolver_of(options, table)
    gauge = Gauge()
    try:
        summary, outputs = carry_out(wanted, Selection(resolver), gauge)
    except Busy as error:
        raise UsageError.about(options.output, error) from error
    except Lost as error:
        raise UsageError(f"{error}; run it again") from error
    except OSError as error:
        raise UsageError.about(error.filename or options.output, error) from error
    finally:
        gauge.hide()
    if not options.quiet:
        for line in report(summary, outputs):
            print(visible(line))
    if summary.failed:
        return FAILED
    fail_on = SEVERITIES.index(resolver.for_folder(".").fail_on)
    found = any(summary.severities[each] for each in SEVERITIES[: fail_on + 1])
    return FOUND if found and not options.exit_zero else CLEAN


def _share(value: str | None) -> float:
    try:
        share = float(value or 0)
    except ValueError:
        share = -1
    if not 0 <= share <= 1:
        raise UsageError(f"--min-quality: {value}: give a number from 0 to 1")
    return share
