"""A policy carried out: the files that it names, without what is to go.

Rows and records are dropped, or cut where the policy says; all else is written as it was. Nothing is written for a
file that is not the one that the policy was made for.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from itertools import groupby

import pyarrow as pa
from pyarrow.parquet import ParquetFile, ParquetWriter

from newslint.compressed import inner_name, opened
from newslint.corpus.batches import ROWS_AT_ONCE, Row, text_digest
from newslint.corpus.cuts import Cut
from newslint.corpus.plan import column_of
from newslint.readers import NotArticle
from newslint.readers._rows import Columns, columns
from newslint.readers._tables import row_source, values_of
from newslint.readers.records import LONGEST_RECORD
from newslint.source import NotText, Source, decode
from newslint.typed import TYPE_CHECKING, NamedTuple, cast
from newslint.writing import Unwritable, applied, form_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

    from newslint.engine import Linter
    from newslint.finding import Edit

NEEDED = frozenset(("path", "action", "digest", "cuts"))


class Unfit(ValueError):
    """A policy that is none, or that does not fit the file it is to be carried out on."""


class Carried(NamedTuple):
    """What was done with a file. `fault`: why nothing was; "" where all is well."""

    path: str
    actions: Counter[str]
    fault: str = ""


def carried_out(
    policy: str,
    wants: Callable[[str], bool],
    linter_for: Callable[[str], Linter],
    target: Callable[[str], str],
) -> Iterator[Carried]:
    """Carry out a policy on the files that `wants` picks, writing each to its `target`.

    Raises Unfit where the file is no policy, and OSError.
    """
    for path, rows in groupby(_rows(policy), key=lambda row: str(row["path"])):
        if not wants(path):
            continue
        actions: Counter[str] = Counter()
        draft = ""
        try:
            place = target(path)
            os.makedirs(os.path.dirname(place) or ".", exist_ok=True)
            draft = f"{place}.{os.getpid()}.draft"
            if _carry_out(path, _counted(rows, actions), linter_for(path), draft):
                os.replace(draft, place)
            yield Carried(path, actions)
        except Unfit as error:
            yield Carried(path, actions, str(error))
        except OSError as error:
            yield Carried(path, actions, error.strerror or str(error))
        finally:
            with suppress(OSError):
                os.unlink(draft)


def _rows(policy: str) -> Iterator[Row]:
    try:
        with ParquetFile(policy) as file:
            if missing := NEEDED - set(file.schema_arrow.names):
                raise Unfit(f"{policy}: no policy, as it has no column “{sorted(missing)[0]}”")
            for batch in file.iter_batches(ROWS_AT_ONCE, columns=sorted(NEEDED)):
                yield from batch.to_pylist()
    except pa.ArrowException as error:
        raise Unfit(f"{policy}: no policy: {' '.join(str(error).split())[:200]}") from None


def _counted(rows: Iterable[Row], actions: Counter[str]) -> Iterator[Row]:
    for row in rows:
        actions[str(row["action"])] += 1
        yield row


def _carry_out(path: str, rows: Iterator[Row], linter: Linter, draft: str) -> bool:
    """Write what the policy makes of a file; whether anything of it is left to write. Raises Unfit and OSError."""
    with open(path, "rb") as handle:
        head = handle.read(4096)
        handle.seek(0)
        name = linter.reader_for(inner_name(path), lambda: head).name
        if name == "tables" and head.startswith(b"PAR1"):
            _table(path, handle, rows, linter, draft)
            return True
        if name == "jsonl":
            _records(path, handle, rows, draft)
            return True
        return _file(path, handle.read(), rows, draft)


def _cuts(row: Row) -> list[Cut]:
    found = cast("list[dict[str, object]]", row["cuts"])
    return [Cut(**each) for each in found]  # type: ignore[arg-type]


def _changed(path: str, what: str = "it") -> Unfit:
    return Unfit(f"{path}: {what} has changed since the policy was made; make a new one")


# ------------------------------------------------------------------ whole files


def _file(path: str, data: bytes, rows: Iterator[Row], draft: str) -> bool:
    row = next(rows)
    if next(rows, None) is not None:
        message = "holds several articles, but neither as JSON Lines nor as Parquet; convert it"
        raise Unfit(f"{path}: {message}")
    if row["action"] == "drop":
        return False
    if inner_name(path) != path and row["action"] == "cut":
        raise Unfit(f"{path}: is compressed; unpack it to have it cut")
    if row["action"] == "cut":
        try:
            source = Source.from_bytes(data, path)
            if text_digest(source.text) != row["digest"]:
                raise _changed(path)
            form = form_of(source, data)
            if source.faults:
                form = form_of(Source(source.text, path, bom=form.mark == b"\xef\xbb\xbf"))
            data = form.edited(_edits(row)).data
        except (NotText, Unwritable, UnicodeEncodeError) as error:
            raise Unfit(f"{path}: {error}") from None
    with open(draft, "wb") as handle:
        handle.write(data)
    return True


def _edits(row: Row, column: str = "") -> list[Edit]:
    from newslint.finding import Edit

    return [Edit(*each[1:]) for each in _cuts(row) if each.column == column]


# ------------------------------------------------------------------ JSON Lines


def _records(path: str, handle: BinaryIO, rows: Iterator[Row], draft: str) -> None:
    inside = opened(handle, path)
    number = 0
    with closing(_packed(draft, path)) as out:
        while line := inside.readline(LONGEST_RECORD):
            number += 1
            is_whole = line.endswith(b"\n") or len(line) < LONGEST_RECORD
            if is_whole and line.isspace():
                out.write(line)
                continue
            row = next(rows, None)
            if row is None:
                raise _changed(path)
            if not is_whole:
                while line and not line.endswith(b"\n"):
                    line = inside.readline(LONGEST_RECORD)
            if row["action"] == "drop":
                continue
            text, _, mark, _ = decode(line)
            text = text.rstrip("\r\n")
            if not is_whole or text_digest(text) != row["digest"]:
                raise _changed(path, f"line {number:,}")
            if row["action"] == "cut":
                end = line[len(line.rstrip(b"\r\n")) :]
                line = ("\ufeff" * mark + applied(text, _edits(row))).encode(
                    "utf-8", "surrogatepass"
                )
                line += end
            out.write(line)
    if next(rows, None) is not None:
        raise _changed(path)


def _packed(draft: str, path: str) -> BinaryIO:
    """A new file, compressed as the name of another says."""
    suffix = path[len(inner_name(path)) :].lower()
    if suffix == ".gz":
        from gzip import GzipFile

        return cast("BinaryIO", GzipFile(draft, "wb"))
    if suffix == ".bz2":
        from bz2 import BZ2File

        return cast("BinaryIO", BZ2File(draft, "wb"))
    if suffix == ".xz":
        from lzma import LZMAFile

        return cast("BinaryIO", LZMAFile(draft, "wb"))
    if suffix == ".zst":
        return cast("BinaryIO", pa.output_stream(draft, compression="zstd"))
    return open(draft, "wb")


# ------------------------------------------------------------------ Parquet


def _table(path: str, handle: BinaryIO, rows: Iterator[Row], linter: Linter, draft: str) -> None:
    try:
        file = ParquetFile(handle, pre_buffer=False)
        schema = file.schema_arrow
        groups = file.metadata.num_row_groups
        codec = file.metadata.row_group(0).column(0).compression if groups else "SNAPPY"
        maker = _Rows(path, [str(name) for name in schema.names], linter)
        number = 0
        with ParquetWriter(draft, schema, compression=_CODECS.get(codec, "snappy")) as writer:
            for group in range(groups):
                kept: list[pa.RecordBatch] = []
                for batch in file.iter_batches(ROWS_AT_ONCE, row_groups=[group]):
                    told = [row for _, row in zip(range(batch.num_rows), rows, strict=False)]
                    if len(told) < batch.num_rows:
                        raise _changed(path)
                    kept.append(maker.made(batch, told, number))
                    number += batch.num_rows
                table = pa.Table.from_batches(kept, schema)
                if table.num_rows:
                    writer.write_table(table)
        if next(rows, None) is not None:
            raise _changed(path)
    except pa.ArrowException as error:
        raise Unfit(f"{path}: cannot be read: {' '.join(str(error).split())[:200]}") from None


_CODECS = {
    "GZIP": "gzip",
    "BROTLI": "brotli",
    "LZ4": "lz4",
    "ZSTD": "zstd",
    "UNCOMPRESSED": "none",
}


class _Rows:
    """Carries out a policy on rows of a table."""

    def __init__(self, path: str, names: Sequence[str], linter: Linter) -> None:
        self._path = path
        self._names = names
        self._table: Columns | None = None
        self._record = ""
        try:
            self._table = columns(names, linter.active_for(path).settings)
        except NotArticle:
            try:
                self._record = column_of(names, path, linter)[0]
            except NotArticle as why:
                raise Unfit(f"{path}: {why}") from None

    def made(self, batch: pa.RecordBatch, told: Sequence[Row], before: int) -> pa.RecordBatch:
        """What is left of some rows. `before`: how many stand in front of them."""
        wanted = (
            [self._names[at] for at in self._table.wanted]
            if self._table is not None
            else [self._record]
        )
        cells = {name: values_of(batch, name) for name in wanted}
        new: dict[str, list[object]] = {}
        keep: list[int] = []
        for index, row in enumerate(told):
            if row["action"] == "drop":
                continue
            keep.append(index)
            if text_digest(self._text(cells, index)) != row["digest"]:
                raise _changed(self._path, f"row {before + index + 1:,}")
            for column in dict.fromkeys(each.column for each in _cuts(row)):
                name = column or self._record
                value = cells[name][index]
                if not isinstance(value, str):
                    raise _changed(self._path, f"row {before + index + 1:,}")
                text = value if column else _on_one_line(value)
                values = new.setdefault(name, [*cells[name]])
                values[index] = applied(text, _edits(row, column))
        for name, values in new.items():
            at = batch.schema.get_field_index(name)
            field = batch.schema.field(at)
            batch = batch.set_column(at, field, pa.array(values, field.type))
        return batch if len(keep) == len(told) else batch.take(pa.array(keep, pa.int64()))

    def _text(self, cells: dict[str, list[object]], index: int) -> str:
        if self._table is None:
            value = cells[self._record][index]
            return _on_one_line(value) if isinstance(value, str) else ""
        row = [cells[name][index] if name in cells else None for name in self._names]
        return row_source(self._path, self._table, 0, row).text


def _on_one_line(record: str) -> str:
    return (
        record.rstrip("\r\n").replace("\n", " ")
        if "\n" in record.rstrip("\n")
        else record.rstrip("\r\n")
    )
