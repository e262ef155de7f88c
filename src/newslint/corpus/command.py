"""`newslint corpus`: sources to files of findings, scores, duplicates and a policy, and a few lines on what was found."""

from __future__ import annotations

import os
from collections.abc import Iterator

from newslint.corpus.big import SUFFIX, Workshop, check_parts
from newslint.corpus.joined import Joins, compare, judgements, write_duplicates
from newslint.corpus.outcome import (
    ACTIONS,
    DUPLICATES,
    Drafts,
    Outputs,
    Rules,
    Summary,
    outputs_of,
    write,
)
from newslint.corpus.plan import planned
from newslint.files import Selection, tidy
from newslint.progress import Gauge
from newslint.ruleset import check_selectors
from newslint.typed import NamedTuple

MEMORY = "1GB"  # that joins take before they go on in files


class Wanted(NamedTuple):
    """What a run is to do. `memory`: as DuckDB has it."""

    paths: tuple[str, ...]
    output: str
    jobs: int
    rules: Rules
    memory: str = MEMORY
    with_duplicates: bool = True


def run(wanted: Wanted, selection: Selection, gauge: Gauge) -> tuple[Summary, Outputs]:
    """Check a corpus. Raises ConfigError, Lost, Busy and OSError."""
    check_selectors(selection.linter(selection.resolver.for_folder(".")).rules, wanted.rules.drop)
    outputs = outputs_of(wanted.output)
    named = [tidy(path) for path in wanted.paths if not os.path.isdir(path)]
    plan = planned(selection.targets(wanted.paths), named)
    settings = repr((wanted.with_duplicates,))
    with Workshop(wanted.output, plan, settings) as workshop:
        check_parts(plan, workshop, wanted.jobs, gauge.tell, with_facts=wanted.with_duplicates)
        parts = [workshop.path(number) for number in range(len(plan.parts))]
        with Drafts() as drafts:
            if wanted.with_duplicates and parts:
                joins = Joins(workshop.spill(), wanted.memory, wanted.jobs)
                try:
                    compare(joins, parts, selection.linter_for, gauge.step)
                    gauge.step("writing")
                    judged = judgements(joins, parts)
                    summary = write(drafts, parts, outputs, wanted.rules, judged)
                    writer = drafts.writer(outputs.duplicates, DUPLICATES)
                    clusters, clustered = write_duplicates(joins, parts, writer)
                finally:
                    joins.close()
                summary = summary._replace(clusters=clusters, clustered=clustered)
            else:
                gauge.step("writing")
                summary = write(drafts, parts, outputs, wanted.rules, iter(()))
            drafts.keep()
        if not wanted.with_duplicates and os.path.exists(outputs.duplicates):
            os.unlink(
                outputs.duplicates
            )  # of an earlier run, beside which the others would not stand
        workshop.remove()
    return summary, outputs


def report(summary: Summary, outputs: Outputs) -> Iterator[str]:
    """What is said at the end."""
    kinds, actions = summary.kinds, summary.actions
    unread = f", {kinds['fault']:,} that could not be read" if kinds["fault"] else ""
    empty = f", {kinds['empty']:,} without text" if kinds["empty"] else ""
    yield f"{summary.articles:,} read: {kinds['article']:,} articles{unread}{empty}"
    by = ", ".join(
        f"{summary.severities[each]:,} {each}{'s' * (summary.severities[each] != 1)}"
        for each in ("error", "warning", "info")
        if summary.severities[each]
    )
    yield f"{summary.findings:,} findings{f': {by}' if by else ''}"
    if summary.clusters:
        yield f"{summary.clusters:,} clusters of {summary.clustered:,} articles that say the same"
    yield "policy: " + ", ".join(f"{each} {actions[each]:,}" for each in ACTIONS)
    for (action, name), count in sorted(summary.reasons.items(), key=lambda each: (-each[1], each)):
        yield f"  {action} {count:,} for {name}"
    yield f"written: {', '.join(path for path in outputs if os.path.exists(path))}"


__all__ = ["MEMORY", "SUFFIX", "Wanted", "report", "run"]
