"""Arrow batches to findings: places, identities, and that every row that goes in comes out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

pa = pytest.importorskip("pyarrow", reason="newslint[corpus] is not installed")

from newslint import Config, lint_text  # noqa: E402
from newslint.config import ConfigError  # noqa: E402
from newslint.corpus.batches import ARTICLES, FINDINGS, article_batches, lint_batches  # noqa: E402
from newslint.corpus.cuts import Cut, difference, with_cuts  # noqa: E402
from newslint.readers import NotArticle  # noqa: E402
from newslint.writing import applied  # noqa: E402

QUOTED = 'The mayor spoke of a ‘malign" pact, and left.'
TEXT = f"{QUOTED}\n\nAlso read: Five things to know about rain\n\nIt rains &amp; pours."


def batch(*rows: dict[str, Any]) -> Any:
    return pa.RecordBatch.from_pylist(list(rows))


def findings(*batches: Any, **options: Any) -> list[dict[str, Any]]:
    found = [*lint_batches(iter(batches), **options)]
    assert all(each.schema == FINDINGS for each in found)
    return [row for each in found for row in each.to_pylist()]


def articles(*batches: Any, **options: Any) -> list[dict[str, Any]]:
    found = [*article_batches(iter(batches), **options)]
    assert all(each.schema == ARTICLES for each in found)
    return [row for each in found for row in each.to_pylist()]


def test_a_finding_names_its_article_and_its_place_in_the_cell() -> None:
    rows = findings(
        batch({"guid": "a", "headline": "Rain", "body": TEXT}, {"guid": "b", "headline": QUOTED}),
        config=Config(select=("QUO", "RES", "ENC")),
    )
    assert [(row["id"], row["code"], row["column"]) for row in rows] == [
        ("a", "QUO101", "body"),
        ("a", "RES102", "body"),
        ("a", "ENC103", "body"),
        ("b", "QUO101", "headline"),
    ]
    for row in rows[:3]:
        assert TEXT[row["start"] : row["end"]] == row["text"]
    assert QUOTED[rows[3]["start"] : rows[3]["end"]] == '‘malign"' == rows[3]["text"]
    assert rows[0]["severity"] == "error"
    assert {each["id"] for each in rows[0]["related"]} == {"a"}


def test_records_of_json_are_read_in_a_column_of_their_own() -> None:
    record = json.dumps({"id": 7, "title": "Rain", "text": TEXT}, ensure_ascii=False)
    pretty = json.dumps({"id": 8, "title": "Rain", "text": TEXT}, ensure_ascii=False, indent=1)
    rows = findings(batch({"value": record}, {"value": pretty}))
    assert [row["id"] for row in rows] == ["7"] * 3 + ["8"] * 3
    for row in rows:
        held = record if row["id"] == "7" else pretty
        assert held[row["start"] : row["end"]] == row["text"]
        assert row["column"] == ""


def test_what_is_found_is_what_the_same_text_alone_has() -> None:
    (row,) = articles(batch({"title": "Rain in Torrwick", "text": TEXT}))
    alone = lint_text(f"Rain in Torrwick\n\n{TEXT}")
    assert [each["code"] for each in row["findings"]] == [each.code for each in alone]
    assert (row["errors"], row["warnings"], row["infos"]) == (3, 0, 0)
    assert row["quality"] == pytest.approx(1 / 4)


def test_broken_and_empty_rows_come_out_too() -> None:
    rows = articles(
        batch(
            {"record": "no"}, {"record": None}, {"record": " "}, {"record": '{"text": "It rains."}'}
        )
    )
    assert [row["kind"] for row in rows] == ["fault", "fault", "empty", "article"]
    assert [row["failed"] for row in rows] == [True, True, False, False]
    assert [each["code"] for row in rows for each in row["findings"]] == ["LNT001", "LNT001"]


@given(
    st.lists(
        st.sampled_from(
            ['{"text": "It rains."}', "", "{", None, '{"id": 1}', "[]", "\ufeff", "\x00" * 20]
        ),
        max_size=20,
    ),
    st.integers(1, 7),
)
def test_as_many_rows_come_out_as_go_in(records: list[str | None], size: int) -> None:
    whole = pa.RecordBatch.from_arrays([pa.array(records, pa.string())], names=["value"])
    pieces = [whole.slice(at, size) for at in range(0, max(1, len(records)), size)]
    rows = articles(*pieces, first_row=1)
    assert [row["row"] for row in rows] == [*range(1, len(records) + 1)]
    at_once = articles(whole, first_row=1)
    assert rows == at_once


def test_rows_number_as_the_table_says() -> None:
    rows = articles(batch({"row": 40, "record": '{"text": "It rains."}'}))
    assert (rows[0]["row"], rows[0]["id"]) == (40, "40")


def test_settings_hold_and_bad_ones_are_refused() -> None:
    row = {"copy": TEXT, "nr": 5}
    config = Config(select=("QUO",), fields={"text": ("copy",), "id": ("nr",)})
    assert [(each["id"], each["code"]) for each in findings(batch(row), config=config)] == [
        ("5", "QUO101")
    ]
    with pytest.raises(ConfigError, match="nosuch"):
        findings(batch(row), config=Config(select=("nosuch",)))
    with pytest.raises(NotArticle, match="no column is called text"):
        findings(batch({"amount": 1}))


def test_batches_are_taken_as_they_come() -> None:
    taken: list[int] = []

    def source() -> Iterator[Any]:
        for number in range(3):
            taken.append(number)
            yield batch({"text": QUOTED})

    found = lint_batches(source())
    next(found)
    assert taken == [0]


def test_cuts_leave_what_clean_leaves() -> None:
    (row,) = articles(batch({"title": "Rain", "text": TEXT}), with_cuts=True)
    made = with_cuts(TEXT, [Cut(**each) for each in row["cuts"]])
    assert made == f"{QUOTED}\n\nIt rains & pours."
    assert {each["name"]: each["count"] for each in row["reasons"]} == {
        "html-entity": 1,
        "read-more-link": 1,
    }
    assert row["left"] == len(QUOTED) + len("It rains & pours.")


LINES = st.lists(st.sampled_from(["a\n", "b\n", "\n", "c\\n", "aa", "“é”\n", "a b\n"]), max_size=12)


@given(LINES, LINES)
def test_a_difference_makes_the_one_text_the_other(old: list[str], new: list[str]) -> None:
    before, after = "".join(old), "".join(new)
    edits = difference(before, after)
    assert applied(before, edits) == after
    assert all(a.end <= b.start for a, b in pairwise(edits))


def test_a_difference_of_long_texts_is_one_edit() -> None:
    before, after = (
        "".join(f"{n}\n" for n in range(9000)),
        "".join(f"{n}\n" for n in range(0, 9000, 2)),
    )
    edits = difference(before, after)
    assert len(edits) == 1
    assert applied(before, edits) == after
