"""Tables: which column holds what, rows as articles, places in cells; CSV is held against the standard library."""

from __future__ import annotations

import csv
import io
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint import fix
from newslint.article import Article
from newslint.engine import Linter
from newslint.readers import Fault, NotArticle, Omitted, Settings, tables
from newslint.readers import csv as comma_separated
from newslint.source import Source

BAD = 'A ‘malign" pact, they say.'


def from_csv(table: str, name: str = "a.csv", **fields: tuple[str, ...]) -> list[Any]:
    handle = io.BytesIO(table.encode("utf-8"))
    return list(comma_separated.stream(handle, name, Settings(fields)))


def blocks(article: Article) -> list[tuple[str, str]]:
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


def test_columns_go_by_the_names_that_json_has_too() -> None:
    text = 'id,headline,Author,body_text,views\n7,Rain,Ada Brook,"It rains, it pours.",3\n'
    (found,) = from_csv(text)
    assert found.part == "7"
    assert blocks(found) == [
        ("title", "Rain"),
        ("byline", "Ada Brook"),
        ("paragraph", "It rains, it pours."),
    ]
    assert "views" not in found.fields


def test_settings_name_other_columns() -> None:
    (found,) = from_csv(
        "nr;copy;head\n7;It rains.;Rain\n", text=("copy",), title=("head",), id=("nr",)
    )
    assert (found.part, blocks(found)) == ("7", [("title", "Rain"), ("paragraph", "It rains.")])


def test_a_table_without_copy_is_no_article() -> None:
    with pytest.raises(NotArticle, match="no column is called text"):
        from_csv("date,amount\n1,2\n")


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_delimiter_is_seen_in_the_first_row(sign: str) -> None:
    (found,) = from_csv(sign.join(("id", '"text, ;|\t"', "title")) + f"\n7{sign}x{sign}Rain\n")
    assert blocks(found)[0] == ("title", "Rain")


def test_places_in_quoted_cells_and_fixes_that_fit_them(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    text = f'\ufeffid,text\r\n1,plain\r\n2,"One.\r\n\r\nSo ""quoted"" here: AT&amp;T is. {BAD.replace(chr(34), chr(34) * 2)}"\r\n'
    path.write_bytes(text.encode("utf-8"))
    findings = Linter().check_path(str(path)).findings
    bad = next(each for each in findings if each.code == "QUO101")
    bare = text[1:]
    assert bare[bad.start : bad.end] == '‘malign""'
    assert (bad.part, bad.start_position.line) == ("2", 5)
    fixes = [each.fix for each in findings if each.fix is not None and each.code == "ENC103"]
    assert "AT&T is." in fix.apply(bare, fixes)


def test_a_fix_that_would_end_a_cell_is_not_offered() -> None:
    (row,) = from_csv("id,text\n1,One &#44; two\n")
    place = row.text.index("One")
    assert row.file_fix(row.replace((place, place + 3), "1")) is not None
    assert row.file_fix(row.replace((place, place + 3), "1, 2")) is None


def test_rows_that_do_not_fit_are_faults_and_the_next_goes_on() -> None:
    found = from_csv('title,text\nA,b,c\nB,It rains.\n\n,\nC,"open\nD,e\n')
    assert [type(each).__name__ for each in found] == [
        "Fault",
        "Article",
        "Article",
        "Omitted",
        "Fault",
    ]
    assert "3 cells in a row of 2 columns" in found[0].message
    assert "never closed" in found[-1].message
    assert found[-1].source.position(found[-1].start).line == 6


def test_other_encodings_are_read(tmp_path: Path) -> None:
    for encoding in ("utf-16", "utf-8-sig", "cp1252"):
        path = tmp_path / f"{encoding}.csv"
        path.write_bytes('id;text\n1;"Café: a ‘malign"" pact, they say."\n'.encode(encoding))
        codes = [each.code for each in Linter().check_path(str(path)).findings]
        assert codes == ["ENC101", "QUO101"] * (encoding == "cp1252") + ["QUO101"] * (
            encoding != "cp1252"
        )


def test_a_text_in_memory_and_a_file_say_the_same() -> None:
    text = 'id,text\r\n1,"It rains."\r2,"a\n""b"""\n'
    streamed = from_csv(text)
    whole = list(comma_separated.read(Source(text, "a.csv")))
    assert [(each.part, each.text, each.source.base) for each in streamed] == [
        (each.part, each.text, each.source.base) for each in whole
    ]


CELLS = st.lists(
    st.sampled_from(["a", "b", '"', '""', ",", " ", "\n", "“", "ü"]), min_size=1, max_size=25
).map("".join)


@given(CELLS)
def test_cells_are_those_of_the_standard_library(text: str) -> None:
    from newslint.readers._csv import Row, _rows, lines_of

    handle = io.BytesIO(text.encode("utf-8"))
    ours, is_sound = [], True
    for row in _rows(lines_of(handle, handle.readline()), "a.csv", ","):
        if isinstance(row, Row):
            ours.append(["".join(piece[0] for piece in cell.pieces) for cell in row.cells])
            for cell in row.cells:
                for said, start, end in cell.pieces:
                    written = row.source.text[start:end]
                    assert written == (said if said != '"' else written)
                    assert written in (said, '""')
        else:
            is_sound = False
    theirs = [row for row in csv.reader(io.StringIO(text, newline="")) if row]
    if is_sound:
        assert [row for row in ours if any(map(str.strip, row))] == [
            row for row in theirs if any(map(str.strip, row))
        ]


def write_table(folder: Path, rows: list[dict[str, object]], schema: Any = None) -> Path:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    path = folder / "a.parquet"
    parquet.write_table(pyarrow.Table.from_pylist(rows, schema=schema), path, row_group_size=2)
    return path


def from_table(path: Path, **fields: tuple[str, ...]) -> list[Article | Fault | Omitted]:
    with open(path, "rb") as handle:
        return list(tables.stream(handle, str(path), Settings(fields)))


def test_a_row_of_a_table_is_an_article(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"guid": f"u{n}", "title": "Rain", "authors": ["Ada", "Jon"], "text": "It rains.\n\nIt pours.", "n": n, "by": None}
        for n in range(5)
    ]  # fmt: skip
    found = from_table(write_table(tmp_path, rows))
    assert [each.part for each in found if isinstance(each, Article)] == [f"u{n}" for n in range(5)]
    assert isinstance(found[0], Article)
    assert blocks(found[0]) == [
        ("title", "Rain"),
        ("byline", "Ada"),
        ("byline", "Jon"),
        ("paragraph", "It rains."),
        ("paragraph", "It pours."),
    ]


def test_a_place_is_a_row_and_a_character_of_the_cell(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [{"title": "Rain", "text": "Sound."}] * 300
    rows.append({"title": "Rain", "text": f"One.\n\nÖ. {BAD}"})
    (finding,) = Linter().check_path(str(write_table(tmp_path, rows))).findings
    place = finding.start_position
    assert (place.line, place.column, place.column_utf8) == (301, 12, 13)
    assert finding.part == "301"
    assert finding.excerpt.text == f"Ö. {BAD}"
    assert finding.excerpt.column == 7


def test_a_title_that_comes_again_has_its_place_in_its_cell(
    tmp_path: Path, run: Callable[..., tuple[int, str]]
) -> None:
    rows: list[dict[str, object]] = [
        {"text": "One.\n\nTwo.", "title": f"The {word} quay closed again"}
        for word in ("old", "OLD")
    ]
    write_table(tmp_path, rows)
    _, out = run(".", "--output-format=concise")
    assert ":2:1: DUP201" in out


def test_texts_that_are_not_utf_8_and_odd_columns_are_read(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    text = pyarrow.array([b"Caf\xe9 opens.", None]).cast(pyarrow.binary())
    broken = pyarrow.StringArray.from_buffers(
        2, text.buffers()[1], text.buffers()[2], text.buffers()[0]
    )
    title = pyarrow.array([{"name": "Rain"}, {"name": "Dry"}])
    table = pyarrow.table(
        {"text": broken, "title": title, "date": pyarrow.array([10**17, 0], pyarrow.timestamp("s"))}
    )
    path = tmp_path / "a.feather"
    pytest.importorskip("pyarrow.feather").write_feather(table, path)
    found = from_table(path)
    assert [isinstance(each, Article) for each in found] == [True, True]
    assert ("paragraph", "Café opens.") in blocks(found[0])  # type: ignore[arg-type]


@pytest.mark.parametrize("cut", [0, 4, 60, 300, -20])
def test_a_damaged_table_is_a_fault(tmp_path: Path, cut: int) -> None:
    path = write_table(tmp_path, [{"title": "Rain", "text": "It rains."}] * 50)
    data = path.read_bytes()
    path.write_bytes(data[:cut])
    found = from_table(path)
    assert isinstance(found[-1], Fault)
    assert Linter().check_path(str(path)).failed


def test_a_column_that_points_out_of_its_file_is_a_fault(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    file = io.BytesIO()
    table = pyarrow.table({"title": ["Rain", "Hail", "Snow"], "text": ["It rains.", "It hails.", "It snows."]})  # fmt: skip
    with pyarrow.ipc.new_stream(file, table.schema) as writer:
        writer.write_table(table)
    sound, astray = struct.pack("<4i", 0, 9, 18, 27), struct.pack("<4i", 0, 1 << 30, 18, 27)
    assert sound in file.getvalue()
    path = tmp_path / "a.arrows"
    path.write_bytes(file.getvalue().replace(sound, astray))
    (found,) = from_table(path)  # pyarrow alone would end the process
    assert isinstance(found, Fault)
    assert found.message.startswith("not read: ")


def test_without_pyarrow_the_remedy_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1 and so on PAR1")
    (tmp_path / "a.warc").write_bytes(b"WARC/1.0\r\n")
    code = """
import sys
sys.modules["pyarrow"] = sys.modules["fastwarc"] = None
from newslint.cli import main
raise SystemExit(main(["check", "-q", "--output-format", "concise", "."]))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 2
    assert "pip install 'newslint[tables]'" in done.stdout
    assert "pip install 'newslint[warc]'" in done.stdout


@settings(deadline=None)
@given(
    st.binary(max_size=80),
    st.sampled_from([b"", b"PAR1", b"ARROW1\x00\x00", b"FEA1", b"id,text\n"]),
)
def test_no_bytes_are_too_strange(data: bytes, magic: bytes) -> None:
    pytest.importorskip("pyarrow")
    for name in ("a.parquet", "a.csv", "a.tsv"):
        assert Linter().check_bytes(magic + data, name).path == name
