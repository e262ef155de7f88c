"""Arrow batches of articles to Arrow batches of findings: the one function that every engine runs.

A batch has one article a row: columns called text, title, id and so on (see `newslint.fields`), or one column with
records of JSON. What comes of a row depends on that row alone, so that rows may be split over processes and
machines in any way.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

import pyarrow as pa
import pyarrow.compute

from newslint.article import Article
from newslint.cache import digest
from newslint.checks.itself import not_utf8
from newslint.config import Config
from newslint.corpus.cuts import cuts
from newslint.corpus.facts import unpack
from newslint.engine import Checked, Linter
from newslint.finding import Finding
from newslint.readers import Fault, NotArticle, Omitted
from newslint.readers._rows import Columns, columns
from newslint.readers._tables import RowSource, row_article, values_of
from newslint.readers.records import LONGEST_RECORD, records
from newslint.source import Source
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import TypeAlias

ROWS_AT_ONCE = 256
LONGEST_QUOTED = 200  # characters of what a finding is about
RECORD_COLUMNS = ("record", "value", "json")  # of a table that has nothing else: JSON in a column
ROW_COLUMN = "row"
CLEANED = ("RES", "ENC")  # what `newslint clean` removes and mends

PLACE = [
    ("id", pa.string()),
    ("path", pa.string()),
    ("row", pa.int64()),
    ("column", pa.string()),
    ("start", pa.int64()),
    ("end", pa.int64()),
]
_FINDING = [
    ("code", pa.string()),
    ("name", pa.string()),
    ("severity", pa.string()),
    ("message", pa.string()),
    ("column", pa.string()),
    ("start", pa.int64()),
    ("end", pa.int64()),
    ("line", pa.int64()),
    ("character", pa.int64()),
    ("text", pa.string()),
    ("related", pa.list_(pa.struct(PLACE))),
]

# One finding a row. `id`: what the article calls itself, else the number of its row. `row`: of the table, or the
# line of the file, from 1; null where rows have no numbers. `start`, `end`: code points of the cell in `column`; of
# the record or file where that is "".
FINDINGS: pa.Schema = pa.schema(
    [("id", pa.string()), ("path", pa.string()), ("row", pa.int64()), *_FINDING]
)
CUTS: pa.DataType = pa.list_(
    pa.struct(
        [("column", pa.string()), ("start", pa.int64()), ("end", pa.int64()), ("new", pa.string())]
    )
)
REASONS: pa.DataType = pa.list_(pa.struct([("name", pa.string()), ("count", pa.int32())]))

# One row for each row that went in, in their order. `place`: of the title, else of the beginning. `kind`: "article", "fault" for what could not be read, "empty"
# for a row without text. `left`: characters of running copy that stay when `cuts` are made. `failed`: something of
# it could not be checked.
ARTICLES: pa.Schema = pa.schema(
    [
        ("id", pa.string()),
        ("path", pa.string()),
        ("row", pa.int64()),
        ("kind", pa.string()),
        ("language", pa.string()),
        ("characters", pa.int64()),
        ("left", pa.int64()),
        ("errors", pa.int32()),
        ("warnings", pa.int32()),
        ("infos", pa.int32()),
        ("suppressed", pa.int32()),
        ("quality", pa.float32()),
        ("failed", pa.bool_()),
        ("digest", pa.int64()),
        ("cuts", CUTS),
        ("reasons", REASONS),
        ("findings", pa.list_(pa.struct(_FINDING))),
        ("facts", pa.binary()),
        ("place", pa.struct(PLACE[3:])),
    ]
)
Row: TypeAlias = "dict[str, object]"


class Tools(NamedTuple):
    """What a process needs for all rows of some settings. `records` cleans what is handed to it as JSON."""

    linter: Linter
    cleaner: Linter
    records: Linter


def lint_batches(
    batches: Iterable[pa.RecordBatch], config: Config | None = None, *, path: str = ""
) -> Iterator[pa.RecordBatch]:
    """The findings in articles, one a row of `FINDINGS`; a row that cannot be read has one too.

    `path`: what the findings call the table; it chooses the settings of overrides.

    Raises ConfigError for settings that cannot be used, and NotArticle for a table without texts.
    """
    for batch in article_batches(batches, config, path=path):
        yield findings_of(batch)


def article_batches(
    batches: Iterable[pa.RecordBatch],
    config: Config | None = None,
    *,
    path: str = "",
    first_row: int = 0,
    with_cuts: bool = False,
    with_facts: bool = False,
) -> Iterator[pa.RecordBatch]:
    """What comes of each row: one row of `ARTICLES`, with its findings in it.

    `first_row`: the number of the first one, where the batches come in order and have no column "row"; 0 for none.
    `with_cuts`: also what `newslint clean` would take out. `with_facts`: also what duplicates are found by.

    Raises as `lint_batches` does.
    """
    tools = tools_of(config if config is not None else Config())
    number = first_row
    for batch in batches:
        maker = _maker(batch, tools, path)
        for at in range(0, batch.num_rows, ROWS_AT_ONCE):
            piece = batch.slice(at, ROWS_AT_ONCE)
            rows = []
            for name, row, item in _items(piece, maker, number):
                checked = _checked(item, tools.linter, path)
                rows.append(
                    row_of(
                        checked, tools, name, path, row, with_cuts=with_cuts, with_facts=with_facts
                    )
                )
            number += piece.num_rows if number else 0
            yield pa.RecordBatch.from_pylist(rows, schema=ARTICLES)


def findings_of(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The findings in rows of `ARTICLES`, one a row of `FINDINGS`."""
    found = batch.column("findings")
    inner = found.flatten()
    origin = (
        pyarrow.compute.list_parent_indices(found) if batch.num_rows else pa.array([], pa.int64())
    )
    of_article = [batch.column(name).take(origin) for name in ("id", "path", "row")]
    return pa.RecordBatch.from_arrays(
        [*of_article, *(inner.field(name) for name, _ in _FINDING)], schema=FINDINGS
    )


def tools_of(config: Config) -> Tools:
    """The linters of some settings, made once a process."""
    import pickle

    return _tools(pickle.dumps(config))


@lru_cache(maxsize=8)
def _tools(recipe: bytes) -> Tools:
    linter = Linter.from_recipe(recipe)
    cleaning = linter.config._replace(select=CLEANED, extend_select=())
    overrides = tuple(each._replace(format="") for each in cleaning.overrides)
    as_records = cleaning._replace(format="jsonl", overrides=overrides)
    return Tools(linter, Linter(cleaning), Linter(as_records))


# ------------------------------------------------------------------ rows in


class _Maker(NamedTuple):
    """How the rows of a batch become articles: `table` says which columns, else `record` is the one with JSON."""

    table: Columns | None
    record: int
    make: Callable[[Sequence[object], int], Iterator[Article | Fault | Omitted]]

    @property
    def wanted(self) -> list[int]:
        return self.table.wanted if self.table is not None else [self.record]


def _maker(batch: pa.RecordBatch, tools: Tools, path: str) -> _Maker:
    names = [str(name) for name in batch.schema.names]
    settings = tools.linter.active_for(path).settings
    try:
        table = columns(names, settings)
    except NotArticle:
        record = next((names.index(name) for name in RECORD_COLUMNS if name in names), -1)
        if record < 0:
            raise
        return _Maker(
            None, record, lambda row, number: _from_record(row[record], path, number, tools)
        )
    return _Maker(
        table, -1, lambda row, number: iter((row_article(path, table, settings, number, row),))
    )


def _from_record(
    value: object, path: str, number: int, tools: Tools
) -> Iterator[Article | Fault | Omitted]:
    data = value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value
    if not isinstance(data, bytes):
        source = Source("", path, base_line=max(0, number - 1))
        yield Fault(source, 0, 0, f"no record: null, or over {LONGEST_RECORD:,} bytes")
        return
    if b"\n" in data.rstrip(b"\n"):  # between members it is as good as a space
        data = data.replace(b"\n", b" ")
    settings = tools.linter.active_for(path).settings
    yield from records(io.BytesIO(data), path, settings, max(0, number - 1))


def _items(
    batch: pa.RecordBatch, maker: _Maker, first: int
) -> Iterator[tuple[str, int, Iterator[Article | Fault | Omitted]]]:
    """Of each row what it calls itself, its number (0 for none) and its articles, of which there is one as a rule."""
    names = [str(name) for name in batch.schema.names]
    cells: list[list[object]] = [[] for _ in names]
    for index in maker.wanted:
        cells[index] = values_of(batch, names[index])
    numbers: Sequence[object] = range(first, first + batch.num_rows) if first else ()
    if maker.table is None and ROW_COLUMN in names:
        numbers = values_of(batch, ROW_COLUMN)
    for index in range(batch.num_rows):
        row = [column[index] if column else None for column in cells]
        number = numbers[index] if numbers else 0
        number = number if isinstance(number, int) else 0
        own = maker.table.name if maker.table is not None else -1
        name = str(row[own]) if own >= 0 and row[own] is not None else ""
        yield name, number, maker.make(row, number)


def _checked(
    items: Iterator[Article | Fault | Omitted], linter: Linter, path: str
) -> list[Checked]:
    try:
        return list(linter.check_each(items, path))
    except NotArticle as why:
        from newslint.engine import failure

        return [Checked(None, failure(path, f"not an article: {why}").findings, failed=True)]


# ------------------------------------------------------------------ rows out


def row_of(
    checked: Sequence[Checked],
    tools: Tools | None,
    name: str,
    path: str,
    number: int,
    *,
    with_cuts: bool = False,
    with_facts: bool = False,
) -> Row:
    """The row of `ARTICLES` for what came of one row, record or file.

    `name`: of the article, where the table says so. `number`: of its row; 0 for none. `tools`: None where there is
    no article.
    """
    article = next((each.item for each in checked if isinstance(each.item, Article)), None)
    findings = sorted(
        ((finding, each) for each in checked for finding in each.findings),
        key=lambda pair: (pair[0].start, pair[0].end, pair[0].code),
    )
    counts = Counter(finding.severity for finding, _ in findings)
    failed = any(each.failed for each in checked)
    part = name or (article.part if article is not None else "") or (str(number) if number else "")
    reasons: list[Row] = []
    made: Row = {
        "id": part,
        "path": path,
        "row": number or None,
        "kind": "article" if article is not None else "fault" if failed else "empty",
        "errors": counts["error"],
        "warnings": counts["warning"],
        "infos": counts["info"],
        "suppressed": sum(each.suppressed for each in checked),
        "failed": failed,
        "findings": [
            _finding(finding, each, part, path, number or None) for finding, each in findings
        ],
        "cuts": [],
        "reasons": reasons,
        "characters": 0,
        "left": 0,
        "quality": 0.0,
    }
    if article is None or tools is None:
        return made
    made["language"] = article.language
    made["characters"] = len(article.text)
    made["quality"] = quality(counts["error"], counts["warning"], len(article.text))
    if with_facts:
        made["facts"] = facts = tools.linter.facts(article, path)
        place = unpack(facts).place
        made["place"] = _place(article.source, place.start, place.end)
    made["left"] = sum(block.end - block.start for block in article.paragraphs)
    if with_cuts:
        made["digest"] = text_digest(article.source.text)
        if any(finding.code.startswith(CLEANED) for finding, _ in findings):
            cleaner = tools.records if isinstance(article.source, RowSource) else tools.cleaner
            found = cuts(article, cleaner)
            made["cuts"] = [each._asdict() for each in found.cuts]
            reasons += ({"name": key, "count": n} for key, n in found.reasons)
            made["left"] = found.left
        if article.source.faults:  # it is written in UTF-8
            reasons.append({"name": not_utf8.name, "count": 1})
    return made


def quality(errors: int, warnings: int, characters: int) -> float:
    """A score from 0 to 1 for an article: 1 without a fault, ½ with one error for each 1,000 characters.

    A warning counts a quarter of an error. An article of under 1,000 characters counts as one of 1,000.
    """
    return 1 / (1 + 1000 * (errors + warnings / 4) / max(characters, 1000))


def text_digest(text: str) -> int:
    """64 bits that tell whether a record, the cells of a row or a file are still those that were checked."""
    return int.from_bytes(digest(text.encode("utf-8", "surrogatepass")), "little", signed=True)


def _finding(finding: Finding, checked: Checked, part: str, path: str, number: int | None) -> Row:
    source = checked.item.source if isinstance(checked.item, (Article, Fault)) else None
    place = _place(source, finding.start, finding.end)
    words = source.text[finding.start - source.base : finding.end - source.base] if source else ""
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "message": finding.message,
        **place,
        "line": finding.start_position.line,
        "character": finding.start_position.column,
        "text": words[:LONGEST_QUOTED],
        "related": [
            {"id": part, "path": path, "row": number, **_place(source, each.start, each.end)}
            for each in finding.related
        ],
    }


def _place(source: Source | None, start: int, end: int) -> Row:
    if source is None:
        return {"column": "", "start": start, "end": end}
    start, end = start - source.base, end - source.base
    if isinstance(source, RowSource):
        column, before = source.column_at(start)
        return {"column": column, "start": start - before, "end": end - before}
    return {"column": "", "start": start, "end": end}
