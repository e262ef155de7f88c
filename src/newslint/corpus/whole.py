"""A whole corpus: sources to files of findings, scores, duplicates and a policy, and a few lines on what was found."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence

from newslint.config import ConfigError
from newslint.corpus.big import SUFFIX, Workshop, check_parts
from newslint.corpus.joined import Across
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
from newslint.corpus.plan import Plan, planned
from newslint.files import Selection, tidy
from newslint.progress import Gauge
from newslint.ruleset import check_selectors
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from newslint.engine import Linter

MEMORY = "1GB"  # that joins take before they go on in files


class Wanted(NamedTuple):
    """What a run is to do. `memory`: as DuckDB has it. `engine`: "local" or "spark", with the `master` of the latter."""

    paths: tuple[str, ...]
    output: str
    jobs: int
    rules: Rules
    memory: str = MEMORY
    with_duplicates: bool = True
    engine: str = "local"
    master: str = ""


def carry_out(wanted: Wanted, selection: Selection, gauge: Gauge) -> tuple[Summary, Outputs]:
    """Check a corpus. Raises ConfigError, Lost, Busy and OSError."""
    rules = selection.linter(selection.resolver.for_folder(".")).rules
    try:
        check_selectors(rules, wanted.rules.drop)
    except ConfigError as error:
        raise ConfigError(f"--drop: {error}") from error
    outputs = outputs_of(wanted.output)
    for path in wanted.paths:
        os.stat(path)  # a slip in a name must not put nothing in the place of earlier results
    named = [tidy(path) for path in wanted.paths if not os.path.isdir(path)]
    plan = planned(_sources(selection.targets(wanted.paths), wanted.output, outputs, named), named)
    settings = repr((wanted.with_duplicates,))
    with Workshop(wanted.output, plan, settings) as workshop, Drafts() as drafts:
        kind = _Spark if wanted.engine == "spark" else _Local
        engine = kind(wanted, plan, workshop, selection, gauge)
        engine.check()
        parts = [workshop.path(number) for number in range(len(plan.parts))]
        if wanted.with_duplicates and parts:
            across = engine.across(parts)
            try:
                gauge.step("writing")
                summary = write(drafts, parts, outputs, wanted.rules, across.judgements())
                writer = drafts.writer(outputs.duplicates, DUPLICATES)
                clusters, clustered = across.write_duplicates(writer)
            finally:
                across.close()
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


def _sources(
    targets: Iterable[tuple[str, Linter]], output: str, outputs: Outputs, named: Sequence[str]
) -> Iterator[tuple[str, Linter]]:
    """The files to read, without what this run and earlier ones write. Raises ConfigError."""
    own = {os.path.realpath(path) for path in outputs}
    unfinished = os.path.join(os.path.realpath(output + SUFFIX), "")
    for path, linter in targets:
        real = os.path.realpath(path)
        if real not in own and not real.startswith(unfinished):
            yield path, linter
        elif path in named:
            raise ConfigError(f"--output: {path}: is to be read and written; name another file")


def is_size(text: str) -> bool:
    """Whether a text is a size as DuckDB has it."""
    import re

    return re.fullmatch(r"[0-9]+(?:\.[0-9]+)? ?[KMGT]i?B", text) is not None


class _Local:
    """Worker processes and DuckDB."""

    def __init__(
        self, wanted: Wanted, plan: Plan, workshop: Workshop, selection: Selection, gauge: Gauge
    ) -> None:
        self._wanted, self._plan, self._workshop = wanted, plan, workshop
        self._selection, self._gauge = selection, gauge

    def check(self) -> None:
        """Check all parts that are not done."""
        wanted = self._wanted
        check_parts(
            self._plan,
            self._workshop,
            wanted.jobs,
            self._gauge.tell,
            with_facts=wanted.with_duplicates,
        )

    def across(self, parts: Sequence[str]) -> Across:
        """Compare the articles in the files of parts."""
        return Across(
            self._workshop.spill(),
            parts,
            self._selection.linter_for,
            self._gauge.step,
            memory=self._wanted.memory,
            threads=self._wanted.jobs,
        )


class _Spark(_Local):
    """A cluster."""

    def check(self) -> None:
        from newslint.corpus import spark

        if len(self._plan.linters) > 1:
            raise ConfigError(
                "several configuration files hold; on Spark one must: name it with --config"
            )
        self._session = spark.session(self._wanted.master)
        spark.check_parts(
            self._session,
            self._plan,
            self._workshop,
            self._gauge.tell,
            with_facts=self._wanted.with_duplicates,
        )

    def across(self, parts: Sequence[str]) -> Across:
        from newslint.corpus import spark

        recipe = self._plan.linters[0].recipe
        return spark.Across(self._session, parts, recipe, self._gauge.step)  # type: ignore[return-value]


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
    several = "s" * (summary.findings != 1)
    yield f"{summary.findings:,} finding{several}{f': {by}' if by else ''}"
    if summary.clusters:
        several = "s" * (summary.clusters != 1)
        yield f"{summary.clusters:,} cluster{several} of {summary.clustered:,} articles that say the same"
    yield "policy: " + ", ".join(f"{each} {actions[each]:,}" for each in ACTIONS)
    for (action, name), count in sorted(summary.reasons.items(), key=lambda each: (-each[1], each)):
        yield f"  {action} {count:,} for {name}"
    yield f"written: {', '.join(path for path in outputs if os.path.exists(path))}"
