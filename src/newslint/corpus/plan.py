"""What a corpus run has to read, in units that one process reads at a time and that are done whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence

import pyarrow as pa

from newslint.compressed import inner_name
from newslint.corpus.batches import (
    ARTICLES,
    RECORD_COLUMNS,
    ROW_COLUMN,
    ROWS_AT_ONCE,
    Row,
    Tools,
    article_batches,
    row_of,
)
from newslint.engine import Checked, Linter, failure
from newslint.readers import SNIFFED, NotArticle
from newslint.readers._rows import columns
from newslint.readers.records import LONGEST_RECORD
from newslint.source import BOMS, NotText
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import BinaryIO, Literal, TypeAlias

SMALLEST_UNIT = 4_000_000  # bytes: some seconds of work
MOST_UNITS = 20_000  # each leaves a file; beyond that units grow …
LARGEST_UNIT = 64_000_000  # … to this
BLOCK = 1 << 20
KILLED = "checking it ended its worker process (out of memory?)"
_MARKS = tuple(mark for mark, name in BOMS if name != "utf-8")


class Part(NamedTuple):
    """Something that one process reads.

    `kind`: "lines" of a file of JSON Lines, from byte `start` to `stop`; "rows" of a Parquet file, from row group
    `start` to `stop`; or whole "files". `before`: lines or rows of the file in front. `length`: lines or rows; 0 where
    only reading tells. `linter`: the number of the settings that hold. `named`: the files were named, not found in a
    folder, so that each was meant to hold articles.
    """

    kind: Literal["lines", "rows", "files"]
    paths: tuple[str, ...]
    start: int
    stop: int
    before: int
    length: int
    size: int
    linter: int = 0
    named: bool = False


class Broken(NamedTuple):
    """Rows of a table that cannot be read."""

    rows: int
    message: str


Piece: TypeAlias = "pa.RecordBatch | Broken | str"
Targets: TypeAlias = "Iterable[tuple[str, Linter]]"


class Plan(NamedTuple):
    """`linters`: of the parts, by number."""

    parts: tuple[Part, ...]
    linters: tuple[Linter, ...]


def planned(targets: Targets, named: Iterable[str] = ()) -> Plan:
    """The parts of some files, in order. `named`: those that were not found in a folder."""
    known = list(targets)
    meant = frozenset(named)
    sizes = [_size(path) for path, _ in known]
    unit = min(LARGEST_UNIT, max(SMALLEST_UNIT, sum(sizes) // MOST_UNITS))
    linters: list[Linter] = []
    parts: list[Part] = []
    waiting: list[tuple[str, int]] = []

    def flush(number: int) -> None:
        if waiting:
            paths = tuple(path for path, _ in waiting)
            size = sum(size for _, size in waiting)
            is_named = paths[0] in meant
            parts.append(Part("files", paths, 0, 0, 0, 0, size, number, is_named))
            waiting.clear()

    for (path, linter), size in zip(known, sizes, strict=True):
        if not linters or linters[-1] is not linter:
            flush(len(linters) - 1)
            linters.append(linter)
        number = len(linters) - 1
        kind = _kind(path, linter)
        if kind == "files":
            held = sum(size for _, size in waiting)
            if waiting and (held + size > unit or (waiting[0][0] in meant) != (path in meant)):
                flush(number)
            waiting.append((path, size))
            continue
        flush(number)
        made = _lines(path, unit) if kind == "lines" else _rows(path, linter, unit)
        parts += (each._replace(linter=number, named=path in meant) for each in made)
    flush(len(linters) - 1)
    return Plan(tuple(parts), tuple(linters))


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:  # reading it will say why
        return 0


def _kind(path: str, linter: Linter) -> Literal["lines", "rows", "files"]:
    """How a file can be split. What cannot be read is left to whoever reads it."""
    try:
        with open(path, "rb") as handle:
            head = handle.read(SNIFFED)
    except OSError:
        return "files"
    name = linter.reader_for(path, lambda: head).name
    if inner_name(path) != path:
        return "files"
    if name == "jsonl" and not head.startswith(_MARKS):
        return "lines"
    return "rows" if name == "tables" and head.startswith(b"PAR1") else "files"


def _lines(path: str, unit: int) -> Iterator[Part]:
    """Stretches of whole lines."""
    with open(path, "rb") as handle:
        start = lines = before = at = 0
        while block := handle.read(BLOCK):
            end = at + len(block)
            if end - start >= unit and (cut := block.rfind(b"\n")) >= 0:
                lines += block.count(b"\n", 0, cut + 1)
                yield Part(
                    "lines", (path,), start, at + cut + 1, before, lines, at + cut + 1 - start
                )
                start, before = at + cut + 1, before + lines
                lines = block.count(b"\n", cut + 1)
            else:
                lines += block.count(b"\n")
            at, last = end, block[-1:]
        if at > start:
            lines += last != b"\n"
            yield Part("lines", (path,), start, at, before, lines, at - start)


def _rows(path: str, linter: Linter, unit: int) -> Iterator[Part]:
    """Runs of row groups."""
    from pyarrow.parquet import ParquetFile

    try:
        with ParquetFile(path) as file:
            metadata = file.metadata
            column_of(file.schema_arrow.names, path, linter)
    except (pa.ArrowException, OSError, NotArticle):  # reading it will say why
        yield Part("files", (path,), 0, 0, 0, 0, _size(path))
        return
    start = rows = size = before = 0
    for group in range(metadata.num_row_groups):
        rows += metadata.row_group(group).num_rows
        size += metadata.row_group(group).total_byte_size
        if size >= unit or group == metadata.num_row_groups - 1:
            yield Part("rows", (path,), start, group + 1, before, rows, size)
            start, before, rows, size = group + 1, before + rows, 0, 0


# ------------------------------------------------------------------ doing a part


class Lost(ValueError):
    """What was read is not what was planned: a file has changed in the meantime, or an article would be lost."""


def checked(
    part: Part, tools: Tools, *, with_facts: bool, watch: Watch | None = None
) -> Iterator[pa.RecordBatch]:
    """What comes of each article of a part, in rows of `ARTICLES`. Raises Lost.

    `watch`: told of each article before it is checked, for a part that has ended its process before.
    """
    path = part.paths[0]
    made = 0
    for number, piece in enumerate(_pieces(part, tools, 1 if watch is not None else ROWS_AT_ONCE)):
        first = part.before + made + 1 if part.kind == "rows" else 0
        if watch is not None and watch.refuses(number):
            yield _faults(piece, path, first, KILLED)
            made += 1
        elif isinstance(piece, str):
            yield from _of_file(piece, tools, is_named=part.named, with_facts=with_facts)
        elif isinstance(piece, Broken):
            yield _faults(piece, path, first, piece.message)
            made += piece.rows
        else:
            batches = article_batches(
                [piece],
                tools.linter.config,
                path=path,
                first_row=first,
                with_cuts=True,
                with_facts=with_facts,
            )
            came_out = 0
            for batch in batches:
                came_out += batch.num_rows
                yield batch
            if came_out != piece.num_rows:
                raise Lost(f"{path}: of {piece.num_rows:,} articles {came_out:,} came out")
            made += came_out


class Watch:
    """Notes in a file which piece is being checked, so that another process knows which one killed this one."""

    def __init__(self, note: str, refused: Iterable[int]) -> None:
        self._note = note
        self._refused = frozenset(refused)

    def refuses(self, number: int) -> bool:
        if number in self._refused:
            return True
        with open(self._note, "w", encoding="ascii") as handle:
            handle.write(str(number))
        return False


def _faults(piece: Piece, path: str, first: int, message: str) -> pa.RecordBatch:
    """A row for each article of a piece that cannot be checked."""
    path = piece if isinstance(piece, str) else path
    count = (
        1 if isinstance(piece, str) else piece.rows if isinstance(piece, Broken) else piece.num_rows
    )
    numbers = [first + index if first else 0 for index in range(count)]
    if isinstance(piece, pa.RecordBatch) and ROW_COLUMN in piece.schema.names:
        numbers = piece.column(ROW_COLUMN).to_pylist()
    each = Checked(None, failure(path, message).findings, failed=True)
    rows = [row_of([each], None, "", path, number) for number in numbers]
    return pa.RecordBatch.from_pylist(rows, schema=ARTICLES)


def _of_file(
    path: str, tools: Tools, *, is_named: bool, with_facts: bool
) -> Iterator[pa.RecordBatch]:
    """The articles of a file, which are numbered if there are several."""
    rows: list[Row] = []
    number = 0

    def add(checked: Checked, row: int) -> None:
        given = tools if checked.item is not None else None
        rows.append(row_of([checked], given, "", path, row, with_cuts=True, with_facts=with_facts))

    held: Checked | None = None
    try:
        for each in tools.linter.check_items(path):
            number += 1
            if held is not None:
                add(held, number - 1)
            held = each
            if len(rows) >= ROWS_AT_ONCE:
                yield pa.RecordBatch.from_pylist(rows, schema=ARTICLES)
                rows = []
        add(held or Checked(None, ()), number if number > 1 else 0)
    except NotArticle as why:
        found = failure(path, f"not an article: {why}").findings if is_named else ()
        add(Checked(None, found, failed=is_named), 0)
    except (OSError, NotText) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        add(Checked(None, failure(path, f"cannot be read: {reason}").findings, failed=True), 0)
    yield pa.RecordBatch.from_pylist(rows, schema=ARTICLES)


def _pieces(part: Part, tools: Tools, rows: int) -> Iterator[Piece]:
    if part.kind == "files":
        yield from part.paths
    elif part.kind == "lines":
        yield from _line_batches(part, rows)
    else:
        yield from _row_batches(part, tools, rows)


def _line_batches(part: Part, rows: int) -> Iterator[pa.RecordBatch]:
    schema = pa.schema([(ROW_COLUMN, pa.int64()), (RECORD_COLUMNS[0], pa.large_binary())])
    numbers: list[int] = []
    records: list[bytes | None] = []
    count = size = 0
    with open(part.paths[0], "rb") as handle:
        handle.seek(part.start)
        left = part.stop - part.start
        while left > 0 and (line := handle.readline(min(left, LONGEST_RECORD))):
            left -= len(line)
            count += 1
            is_whole = line.endswith(b"\n") or len(line) < LONGEST_RECORD
            if is_whole and line.isspace():
                continue
            if not is_whole:
                left -= _pass_over(handle, left)
            numbers.append(part.before + count)
            records.append(line if is_whole else None)
            size += len(line)
            if len(numbers) >= rows or size > BLOCK:
                yield pa.record_batch([numbers, pa.array(records, schema.types[1])], schema=schema)
                numbers, records, size = [], [], 0
    if numbers:
        yield pa.record_batch([numbers, pa.array(records, schema.types[1])], schema=schema)
    if left or count != part.length:
        raise Lost(f"{part.paths[0]}: it has changed since the run began")


def _pass_over(handle: BinaryIO, left: int) -> int:
    """Read on to the end of a line; how many bytes that were."""
    passed = 0
    while passed < left:
        data = handle.readline(min(BLOCK, left - passed))
        passed += len(data)
        if not data or data.endswith(b"\n"):
            break
    return passed


def _row_batches(part: Part, tools: Tools, rows: int) -> Iterator[pa.RecordBatch | Broken]:
    from pyarrow.parquet import ParquetFile

    path = part.paths[0]
    count = 0
    with open(path, "rb") as handle:
        file = ParquetFile(handle, pre_buffer=False)
        wanted = column_of(file.schema_arrow.names, path, tools.linter)
        for group in range(part.start, part.stop):
            whole = file.metadata.row_group(group).num_rows
            read = 0
            try:
                for batch in file.iter_batches(rows, row_groups=[group], columns=wanted):
                    read += batch.num_rows
                    yield batch
            except (pa.ArrowException, OSError) as error:
                reason = " ".join(str(error).split())[:200]
                message = f"row group {group + 1} is damaged: {reason}"
                for at in range(read, whole, rows):
                    yield Broken(min(rows, whole - at), message)
            count += whole
    if count != part.length:
        raise Lost(f"{path}: it has changed since the run began")


def column_of(names: Sequence[object], path: str, linter: Linter) -> list[str]:
    """The columns of a table that articles are made of. Raises NotArticle."""
    shown = [str(name) for name in names]
    try:
        return [shown[at] for at in columns(shown, linter.active_for(path).settings).wanted]
    except NotArticle:
        for name in RECORD_COLUMNS:
            if name in shown:
                return [name]
        raise
