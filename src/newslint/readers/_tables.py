"""Columnar tables to articles, by way of pyarrow."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO

from newslint.article import Article
from newslint.draft import Piece
from newslint.finding import Position
from newslint.readers import Fault, NotArticle, Omitted, Settings
from newslint.readers._rows import Columns, article, columns
from newslint.source import NotText, Source, decode, read_whole
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import BinaryIO, TypeAlias

    import pyarrow

ROWS_AT_ONCE = 256
REMEDY = "pip install 'newslint[tables]' to read tables of this kind"
_Batches: TypeAlias = "Callable[[list[str]], Iterator[pyarrow.RecordBatch]]"


class RowSource(Source):
    """The cells of a row, one behind another. A place is the number of the row and a character in a cell.

    `places`: of each text its column, start and end. `cells`: what each column that was read holds: a text, or texts.
    """

    def __init__(
        self,
        text: str,
        path: str,
        places: Sequence[tuple[str, int, int]],
        row: int,
        base: int = 0,
        cells: Sequence[tuple[str, str | list[str]]] = (),
    ) -> None:
        super().__init__(text, path, base=base, base_line=row - 1, extracted=True)
        self.places = places
        self.cells = cells
        self._starts = [start for _, start, _ in places] or [0]

    def column_at(self, offset: int) -> tuple[str, int]:
        """The column that a character stands in, and where its cell starts; "" for an empty row."""
        index = max(0, bisect_right(self._starts, offset) - 1)
        return self.places[index][:2] if self.places else ("", 0)

    def positions(self, low: int, high: int) -> tuple[Position, Position]:
        return self.position(low), self.position(high)

    def _origin_at(self, offset: int) -> tuple[int, int]:
        return 0, self._starts[max(0, bisect_right(self._starts, offset) - 1)]


def articles(
    handle: BinaryIO, path: str, settings: Settings
) -> Iterator[Article | Fault | Omitted]:
    """The articles of a table. Raises NotArticle, see `columns`, and OSError where pyarrow is not installed."""
    try:
        import pyarrow
    except ImportError:
        raise OSError(REMEDY) from None
    number = base = 0
    if not handle.seekable():  # from a pipe, or compressed
        handle = BytesIO(read_whole(handle, settings.megabytes))
    try:
        schema, batches = _opened(handle)
        names = [str(name) for name in schema.names]
        table = columns(names, settings)
        wanted = [names[index] for index in table.wanted]
        for batch in batches(wanted):
            values = [values_of(batch, name) if name in wanted else [] for name in names]
            for index in range(batch.num_rows):
                number += 1
                row = [cells[index] if cells else None for cells in values]
                found = row_article(path, table, settings, number, row, base)
                base += len(found.source.text) + 1 if not isinstance(found, Omitted) else 1
                yield found
    except NotArticle:
        raise
    except (pyarrow.ArrowException, pyarrow.ArrowInvalid, ValueError, KeyError, OSError) as error:
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        place = f"behind row {number:,}: " if number else ""
        yield Fault(RowSource("", path, (), number + 1, base), 0, 0, f"{place}not read: {reason}")


def _opened(handle: BinaryIO) -> tuple[pyarrow.Schema, _Batches]:
    """The columns of a file, and what gives the rows of some of them."""
    import pyarrow

    magic = handle.read(8)
    handle.seek(0)
    if magic.startswith(b"PAR1"):
        from pyarrow.parquet import ParquetFile

        file = ParquetFile(handle, pre_buffer=False)
        return file.schema_arrow, lambda names: file.iter_batches(ROWS_AT_ONCE, columns=names)
    if magic.startswith(b"FEA1"):
        from pyarrow.feather import read_table

        table = read_table(handle)
        return table.schema, lambda names: iter(table.select(names).to_batches(ROWS_AT_ONCE))
    if magic.startswith(b"ARROW1"):
        reader = pyarrow.ipc.open_file(handle)
        batches = (reader.get_batch(index) for index in range(reader.num_record_batches))
    else:
        reader = pyarrow.ipc.open_stream(handle)
        batches = iter(reader)
    return reader.schema, lambda names: (
        part.select(names).slice(at, ROWS_AT_ONCE)
        for part in batches
        for at in range(0, part.num_rows, ROWS_AT_ONCE)
    )


def values_of(batch: pyarrow.RecordBatch, name: str) -> list[object]:
    """The cells of a column, whatever is wrong with them. Raises ArrowInvalid where they are not to be found."""
    import pyarrow

    column = batch.column(batch.schema.get_field_index(name))
    _refuse_damaged(column)
    try:
        return list(column.to_pylist())
    except (UnicodeDecodeError, OverflowError, ValueError):
        # Bytes that are not UTF-8 where the file promises it, or times that Python has none of.
        kind = pyarrow.large_binary() if pyarrow.types.is_large_string(column.type) else None
        if kind is None and pyarrow.types.is_string(column.type):
            kind = pyarrow.binary()
        found = column.cast(kind if kind is not None else pyarrow.string())
        return list(found.to_pylist())


def _refuse_damaged(column: pyarrow.Array) -> None:
    """Raises ArrowInvalid for a column that points out of the file: pyarrow would follow it, and end the process."""
    import pyarrow

    try:
        column.validate(full=True)
    except pyarrow.ArrowInvalid as error:
        # Of a text, the letters are looked at last, and can be read as others.
        is_text = pyarrow.types.is_string(column.type) or pyarrow.types.is_large_string(column.type)
        if not is_text or "UTF8" not in str(error):
            raise


def row_article(
    path: str,
    table: Columns,
    settings: Settings,
    number: int,
    row: Sequence[object],
    base: int = 0,
) -> Article | Omitted:
    """The article of a row, of which only the columns that `table` wants need be there."""
    source = row_source(path, table, number, row, base)
    cells: list[list[list[Piece]]] = [[] for _ in table.names]
    numbers = {name: at for at, name in reversed([*enumerate(table.names)])}
    for name, start, end in source.places:
        cells[numbers[name]].append([(source.text[start:end], start, end)])
    return article(source, cells, table, settings, number)


def row_source(
    path: str, table: Columns, number: int, row: Sequence[object], base: int = 0
) -> RowSource:
    """The cells of a row that articles are made of."""
    shown: list[str] = []
    places: list[tuple[str, int, int]] = []
    held: list[tuple[str, str | list[str]]] = []
    at = 0
    for column in table.wanted:
        name, value = table.names[column], row[column]
        texts = [value] if isinstance(value, str) else list(_texts(value))
        held.append((name, value if isinstance(value, str) else texts))
        for text in texts:
            shown.append(text)
            places.append((name, at, at + len(text)))
            at += len(text) + 1
    return RowSource("\n".join(shown), path, places, number, base, held)


def _texts(value: object) -> Iterator[str]:
    """What a cell says: one text, or those of a list. Structures are named by their `name`."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, bytes):
        try:
            yield decode(value)[0]
        except NotText:
            return
    elif isinstance(value, dict):
        yield from _texts(value.get("name"))
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _texts(each)
    elif value is not None:
        yield str(value)
