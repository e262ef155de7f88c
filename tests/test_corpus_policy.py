"""A policy carried out on real files: what is dropped and cut, and that all else keeps its bytes."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
from pathlib import Path
from typing import Any

import pytest

pa = pytest.importorskip("pyarrow", reason="newslint[corpus] is not installed")
pytest.importorskip("duckdb", reason="newslint[corpus] is not installed")

from pyarrow import parquet  # noqa: E402

from newslint.cli import main  # noqa: E402

GOOD = "The council met on Tuesday, and the mayor said that the bridge would be closed for a year."
LEFT = f"{GOOD}\n\nAlso read: Five things to know about rain\n\nShe “left” at 9&nbsp;pm."
CUT = f"{GOOD}\n\nShe “left” at 9\u00a0pm."


def rows_of(policy: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = parquet.read_table(policy).to_pylist()
    return found


def run(folder: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.chdir(folder)
    return main([*arguments])


def make_policy(folder: Path, monkeypatch: pytest.MonkeyPatch, *more: str) -> int:
    return run(
        folder, monkeypatch, "corpus", ".", "-o", "f.parquet", "--jobs", "1", "--isolated", *more
    )


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


LINES = (
    json.dumps({"id": 1, "title": "Bridge", "text": LEFT}).encode() + b"\n"  # with escapes
    + json.dumps({"id": 2,  "text": GOOD + " Or not."}, ensure_ascii=False).encode() + b"\r\n"
    + b"\n"
    + b"{broken\n"
    + json.dumps({"id": 3, "text": LEFT.replace("Tuesday", "Friday")}, ensure_ascii=False).encode()
)  # fmt: skip


@pytest.mark.parametrize(
    ("suffix", "pack", "unpack"),
    [
        ("", bytes, bytes),
        (".gz", gzip.compress, gzip.decompress),
        (".bz2", bz2.compress, bz2.decompress),
        (".xz", lzma.compress, lzma.decompress),
    ],
)
def test_records_are_cut_and_dropped_and_others_keep_their_bytes(
    place: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, pack: Any, unpack: Any
) -> None:
    (place / f"a.jsonl{suffix}").write_bytes(pack(LINES))
    assert make_policy(place, monkeypatch, "--no-duplicates") == 2
    assert run(place, monkeypatch, "clean", "--policy", "f.policy.parquet", "-o", "out") == 0
    lines = unpack((place / f"out/a.jsonl{suffix}").read_bytes()).split(b"\n")
    before = LINES.split(b"\n")
    assert [json.loads(line)["id"] for line in lines if line.strip()] == [1, 2, 3]
    assert lines[1:3] == before[1:3]
    for line in (lines[0], lines[-1]):
        assert json.loads(line)["text"].replace("Friday", "Tuesday") == CUT
    assert b"\\u201cleft\\u201d" in lines[0]  # as it was written


def test_a_table_keeps_its_columns_types_and_other_rows(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    schema = pa.schema(
        [
            pa.field("id", pa.int32()),
            pa.field("text", pa.large_string()),
            pa.field("title", pa.dictionary(pa.int32(), pa.string())),
            pa.field("tags", pa.list_(pa.string())),
            pa.field("score", pa.float32(), metadata={b"unit": b"points"}),
        ],
        metadata={b"made": b"by us"},
    )
    texts = [LEFT, GOOD, None, f"{LEFT.replace('Tuesday', 'Friday')} lorem ipsum dolor sit amet"]
    rows = [
        {"id": n, "text": text, "title": f"Bridge {n}", "tags": ["a", "b"] * n, "score": n / 3}
        for n, text in enumerate(texts)
    ]
    table = pa.Table.from_pylist(rows, schema=schema)
    parquet.write_table(table, place / "a.parquet", row_group_size=3, compression="gzip")
    assert make_policy(place, monkeypatch, "--no-duplicates", "--drop", "GEN") == 1
    policy = rows_of(place / "f.policy.parquet")
    assert [row["action"] for row in policy][:2] == ["cut", "keep"]
    assert policy[3]["action"] == "drop"
    assert (
        run(place, monkeypatch, "clean", "--policy", "f.policy.parquet", "-o", "out", "a.parquet")
        == 0
    )
    after = parquet.read_table(place / "out/a.parquet")
    before = parquet.read_table(place / "a.parquet")
    assert after.schema.equals(before.schema, check_metadata=True)
    assert after.column("text").to_pylist()[:2] == [CUT, GOOD]
    kept = [n for n, row in enumerate(policy) if row["action"] != "drop"]
    for name in ("id", "title", "tags", "score"):
        assert after.column(name).to_pylist() == before.take(kept).column(name).to_pylist()
    written = parquet.ParquetFile(place / "out/a.parquet").metadata
    assert written.row_group(0).column(0).compression == "GZIP"


def test_single_files_are_cut_copied_or_left_out(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = LEFT.replace(
        GOOD, "A fire in the old paper mill left its roof open to the sky, the chief said."
    )
    (place / "cut.txt").write_bytes(f"\ufeffFire\r\n\r\n{text}\r\n".encode())
    (place / "keep.txt").write_bytes(f"Bridge\n\n{GOOD} It rains.\n".encode())
    (place / "old.txt").write_bytes(
        "Bridge\n\nShe said it was “good” — at a café.\n".encode("cp1252")
    )
    (place / "copy.txt").write_bytes(f"Bridge closed\n\n{GOOD} It rains.\n".encode())
    make_policy(place, monkeypatch)
    assert run(place, monkeypatch, "clean", "--policy", "f.policy.parquet", "-o", "out") == 0
    out = {path.name: path.read_bytes() for path in (place / "out").iterdir()}
    assert out["cut.txt"].startswith(b"\xef\xbb\xbfFire\r\n")
    assert b"Also read" not in out["cut.txt"]
    assert "café".encode() in out["old.txt"]
    assert len({"keep.txt", "copy.txt"} & {*out}) == 1


def test_what_has_changed_since_is_not_written(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "a.jsonl").write_bytes(LINES)
    make_policy(place, monkeypatch, "--no-duplicates")
    for changed in (LINES.replace(b"Tuesday", b"Someday"), LINES + b"\n{}", LINES.split(b"\n")[0]):
        (place / "a.jsonl").write_bytes(changed)
        capsys.readouterr()
        assert run(place, monkeypatch, "clean", "--policy", "f.policy.parquet", "-o", "out") == 2
        assert "has changed since the policy was made" in capsys.readouterr().err
        assert not (place / "out/a.jsonl").exists()
    assert [*(place / "out").iterdir()] == []


def test_several_articles_in_one_file_need_a_format_that_can_lose_one(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "a.json").write_text(json.dumps([{"text": LEFT}, {"text": GOOD}]), encoding="utf-8")
    make_policy(place, monkeypatch, "--no-duplicates")
    assert len(rows_of(place / "f.policy.parquet")) == 2
    assert run(place, monkeypatch, "clean", "--policy", "f.policy.parquet", "-o", "out") == 2
    assert "convert it" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("-o", "out", "--policy", "none.parquet"), "none.parquet"),
        (("-o", "out", "--policy", "a.jsonl"), "no policy"),
        (("-o", "out", "--policy", "f.parquet"), "no column"),
        (("--policy", "f.policy.parquet"), "name a folder"),
        (("--policy", "f.policy.parquet", "-o", "out", "--certain"), "exclude each other"),
        (("--policy", "f.policy.parquet", "-o", "out", "b.jsonl"), "says nothing about it"),
    ],
)
def test_bad_command_lines_say_what_to_do(
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    message: str,
) -> None:
    (place / "a.jsonl").write_bytes(LINES)
    make_policy(place, monkeypatch, "--no-duplicates")
    assert run(place, monkeypatch, "clean", *arguments) == 2
    assert message in capsys.readouterr().err
