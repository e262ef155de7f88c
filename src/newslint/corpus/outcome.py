"""What comes of a corpus, written when all of it is checked: findings, articles, clusters of duplicates, a policy."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress

import pyarrow as pa
import pyarrow.compute
from pyarrow.parquet import ParquetFile, ParquetWriter

from newslint.corpus.batches import ARTICLES, CUTS, FINDINGS, REASONS, findings_of
from newslint.corpus.plan import Lost
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Literal, TypeAlias

Action: TypeAlias = "Literal['keep', 'cut', 'drop']"
ACTIONS: tuple[Action, ...] = ("keep", "cut", "drop")
BATCH = 1_000
COPIES = "near-duplicate-article"  # the rule that a comparison of a corpus is for, if no rules are chosen

# What is known of a row when it has been checked, and what is done with it.
SCORES: pa.Schema = pa.schema(
    [
        *list(ARTICLES)[: ARTICLES.get_field_index("failed")],
        pa.field("action", pa.string()),
        pa.field("cluster", pa.int64()),
    ]
)
POLICY: pa.Schema = pa.schema(
    [
        ("id", pa.string()),
        ("path", pa.string()),
        ("row", pa.int64()),
        ("action", pa.string()),
        ("digest", pa.int64()),
        ("cuts", CUTS),
        ("reasons", REASONS),
    ]
)
# `cluster`: the number of its first article, counted from 0 over all sources. `of`: what it is a copy of, where it
# does not stay.
DUPLICATES: pa.Schema = pa.schema(
    [
        ("cluster", pa.int64()),
        ("id", pa.string()),
        ("path", pa.string()),
        ("row", pa.int64()),
        ("stays", pa.bool_()),
        ("kind", pa.string()),
        ("share", pa.float64()),
        ("of_id", pa.string()),
        ("of_path", pa.string()),
        ("of_row", pa.int64()),
    ]
)


class Judgement(NamedTuple):
    """What a comparison with the others says of an article. `findings`: rows of `FINDINGS`, whole."""

    article: int
    cluster: int | None
    is_copy: bool
    findings: tuple[dict[str, object], ...]


class Rules(NamedTuple):
    """When an article is dropped. `drop`: selectors of rules; `least_quality`: of an article that stays."""

    drop: tuple[str, ...] = ()
    least_quality: float = 0.0


class Summary(NamedTuple):
    """Counts of a run. `reasons`: by rule, of articles that are cut or dropped."""

    kinds: Counter[str]
    actions: Counter[str]
    reasons: Counter[tuple[str, str]]
    severities: Counter[str]
    findings: int
    failed: int
    clusters: int = 0
    clustered: int = 0

    @property
    def articles(self) -> int:
        """How many there are, those included that could not be read."""
        return sum(self.kinds.values())


class Outputs(NamedTuple):
    """The files of a run, all named after the first."""

    findings: str
    articles: str
    policy: str
    duplicates: str


def outputs_of(path: str) -> Outputs:
    """`a.parquet`: `a.articles.parquet` and so on beside it."""
    stem = path[: -len(".parquet")] if path.lower().endswith(".parquet") else path
    return Outputs(path, *(f"{stem}.{name}.parquet" for name in Outputs._fields[1:]))


def write(
    drafts: Drafts,
    parts: Sequence[str],
    outputs: Outputs,
    rules: Rules,
    judgements: Iterator[Judgement],
) -> Summary:
    """Write the drafts of findings, articles and policy from the files of all parts.

    `judgements`: in the order of the articles. Raises Lost if a count does not agree.
    """
    kinds: Counter[str] = Counter()
    actions: Counter[str] = Counter()
    reasons: Counter[tuple[str, str]] = Counter()
    severities: Counter[str] = Counter()
    articles = findings = failed = 0
    to_findings = drafts.writer(outputs.findings, FINDINGS)
    to_articles = drafts.writer(outputs.articles, SCORES)
    to_policy = drafts.writer(outputs.policy, POLICY)
    waiting = next(judgements, None)
    for path in parts:
        with ParquetFile(path) as file:
            for batch in file.iter_batches(BATCH):
                judged: list[Judgement | None] = []
                for number in range(articles, articles + batch.num_rows):
                    is_of_it = waiting is not None and waiting.article == number
                    judged.append(waiting if is_of_it else None)
                    if is_of_it:
                        waiting = next(judgements, None)
                decided = [*_decisions(batch, judged, rules)]
                articles += batch.num_rows
                found = _with(findings_of(batch), batch, judged)
                findings += found.num_rows
                to_findings.write_batch(found)
                to_articles.write_batch(_scores(batch, judged, decided))
                to_policy.write_batch(_policy(batch, decided))
                failed += pa.compute.sum(batch.column("failed")).as_py() or 0
                kinds.update(batch.column("kind").to_pylist())
                severities.update(found.column("severity").to_pylist())
                for action, why in decided:
                    actions[action] += 1
                    for name, count in why:
                        reasons[action, name] += count
    if waiting is not None:
        raise Lost(f"a comparison speaks of article {waiting.article:,} of {articles:,}")
    drafts.close()
    _reconcile(drafts, outputs, articles, findings)
    return Summary(kinds, actions, reasons, severities, findings, failed)


def _reconcile(drafts: Drafts, outputs: Outputs, articles: int, findings: int) -> None:
    """Whether what was written is what was read. Raises Lost."""
    for path, expected in (
        (outputs.articles, articles),
        (outputs.policy, articles),
        (outputs.findings, findings),
    ):
        written = drafts.rows(path)
        if written != expected:
            raise Lost(f"{path}: {expected:,} rows should be in it, not {written:,}")


class Drafts:
    """Parquet files that take the place of others together, when all of them are complete."""

    def __init__(self) -> None:
        self._drafts: dict[str, str] = {}
        self._writers = ExitStack()

    def __enter__(self) -> Drafts:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
        for draft in self._drafts.values():
            with suppress(OSError):
                os.unlink(draft)

    def writer(self, path: str, schema: pa.Schema) -> ParquetWriter:
        """What writes the draft of a file."""
        self._drafts[path] = f"{path}.{os.getpid()}.draft"
        made = ParquetWriter(self._drafts[path], schema, compression="zstd")
        return self._writers.enter_context(made)

    def close(self) -> None:
        """All is written."""
        self._writers.close()

    def rows(self, path: str) -> int:
        """How many rows the draft of a file has, when it is closed."""
        with ParquetFile(self._drafts[path]) as file:
            return int(file.metadata.num_rows)

    def keep(self) -> None:
        """Put the drafts in the places of the files."""
        self.close()
        for path, draft in self._drafts.items():
            os.replace(draft, path)
        self._drafts.clear()


_Decision: TypeAlias = "tuple[Action, tuple[tuple[str, int], ...]]"


def _decisions(
    batch: pa.RecordBatch, judged: Sequence[Judgement | None], rules: Rules
) -> Iterator[_Decision]:
    kinds = batch.column("kind").to_pylist()
    left = batch.column("left").to_pylist()
    quality = batch.column("quality").to_pylist()
    reasons = batch.column("reasons").to_pylist()
    cuts = pa.compute.list_value_length(batch.column("cuts")).to_pylist()
    codes = batch.column("findings").to_pylist() if rules.drop or "fault" in kinds else ()
    for index, kind in enumerate(kinds):
        judgement = judged[index]
        why = tuple((each["name"], each["count"]) for each in reasons[index])
        found = codes[index] if codes else ()
        if judgement is not None:
            found = (*found, *judgement.findings)
        if kind == "fault":
            yield "drop", _counted(found)
        elif kind == "empty":
            yield "drop", (("no-text", 1),)
        elif judgement is not None and judgement.is_copy:
            yield "drop", ((COPIES, 1),)
        elif dropping := [each for each in found if _is_one(each, rules.drop)]:
            yield "drop", _counted(dropping)
        elif quality[index] < rules.least_quality:
            yield "drop", (("low-quality", 1),)
        elif cuts[index] and not left[index]:
            yield "drop", (*why, ("nothing-left", 1))
        else:
            yield ("cut", why) if why else ("keep", ())


def _counted(findings: Iterable[dict[str, object]]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(str(each["name"]) for each in findings).items()))


def _is_one(finding: dict[str, object], selectors: Sequence[str]) -> bool:
    return any(
        finding["name"] == each or str(finding["code"]).startswith(each) for each in selectors
    )


def _with(
    found: pa.RecordBatch, batch: pa.RecordBatch, judged: Sequence[Judgement | None]
) -> pa.RecordBatch:
    """Findings with those of comparisons behind the own ones of each article."""
    if not any(each is not None and each.findings for each in judged):
        return found
    counts = pa.compute.list_value_length(batch.column("findings")).to_pylist()
    pieces = []
    at = 0
    for count, judgement in zip(counts, judged, strict=True):
        pieces.append(found.slice(at, count))
        at += count
        if judgement is not None and judgement.findings:
            rows = [*judgement.findings]
            pieces.append(pa.RecordBatch.from_pylist(rows, schema=FINDINGS))
    whole = pa.Table.from_batches(pieces, FINDINGS).combine_chunks()
    return whole.to_batches()[0]


def _scores(
    batch: pa.RecordBatch, judged: Sequence[Judgement | None], decided: Sequence[_Decision]
) -> pa.RecordBatch:
    severities = [
        Counter(str(f["severity"]) for f in each.findings) if each else {} for each in judged
    ]
    columns = []
    for field in SCORES:
        if field.name == "action":
            columns.append(pa.array([action for action, _ in decided]))
        elif field.name == "cluster":
            clusters = [each.cluster if each is not None else None for each in judged]
            columns.append(pa.array(clusters, pa.int64()))
        elif field.name in ("errors", "warnings", "infos"):
            more = [each.get(field.name[:-1], 0) for each in severities]
            columns.append(pa.compute.add(batch.column(field.name), pa.array(more, pa.int32())))
        else:
            columns.append(batch.column(field.name))
    return pa.RecordBatch.from_arrays(columns, schema=SCORES)


def _policy(batch: pa.RecordBatch, decided: Sequence[_Decision]) -> pa.RecordBatch:
    cuts = batch.column("cuts").to_pylist()
    return pa.RecordBatch.from_arrays(
        [
            batch.column("id"),
            batch.column("path"),
            batch.column("row"),
            pa.array([action for action, _ in decided]),
            batch.column("digest"),
            pa.array(
                [
                    own if action == "cut" else []
                    for own, (action, _) in zip(cuts, decided, strict=True)
                ],
                CUTS,
            ),
            pa.array(
                [[{"name": name, "count": count} for name, count in why] for _, why in decided],
                REASONS,
            ),
        ],
        schema=POLICY,
    )
