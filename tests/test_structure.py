"""The structure of a saved article, read off its lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.article import Article, Block
from newslint.readers.text import read
from newslint.source import Source
from newslint.text.lines import line_spans
from newslint.text.structure import is_part_a_line, structure
from steps import steps


def parts(text: str, title: str = "") -> list[tuple[str, str]]:
    return [(part.kind, text[part.start : part.end]) for part in structure(text, title)]


STORY = "The ferry to the northern islands left the harbour of Merrow at noon on Friday, its operator said."


def test_a_scraped_article() -> None:
    text = (
        " date 2025-03-04 scriptFerry sails again | Ferry sails again | The Courier\nFerry sails again\n\n"
        f"The operator also warned of a second storm before the month is out.\n\nMerrowMar 04, 2025 / 09:15 am\n\n"
        f"Courier Desk\n\nIlse Varga And Tomas Brandt\n\n{STORY}\n\nSecond warning\n\n{STORY}\n\n(With agency inputs)\n"
    )
    assert parts(text) == [
        ("metadata", "date 2025-03-04"),
        ("title", "scriptFerry sails again | Ferry sails again | The Courier"),
        ("title", "Ferry sails again"),
        ("deck", "The operator also warned of a second storm before the month is out."),
        ("dateline", "MerrowMar 04, 2025 / 09:15 am"),
        ("byline", "Courier Desk"),
        ("caption", "Ilse Varga And Tomas Brandt"),
        ("paragraph", STORY),
        ("heading", "Second warning"),
        ("paragraph", STORY),
        ("credit", "(With agency inputs)"),
    ]


def test_key_and_value_lines_before_the_title() -> None:
    text = f"url: https://x.example/a\nauthor: Ada Brook\n\nFerry sails again\n\n{STORY}\n"
    assert [kind for kind, _ in parts(text)] == ["metadata", "metadata", "title", "paragraph"]


def test_copy_without_a_title() -> None:
    assert parts(f"{STORY} {STORY}\n") == [("paragraph", f"{STORY} {STORY}")]


def test_lists_and_captions_in_the_body() -> None:
    text = (
        f"Ferry sails again\n\n{STORY}\n\n- a ticket\n\n- a coat\n\nPhoto: Ada Brook\n\n{STORY}\n"
    )
    assert [kind for kind, _ in parts(text)[2:5]] == ["list-item", "list-item", "caption"]


def test_wrapped_paragraphs_are_one() -> None:
    text = (
        "Ferry sails again\n\nThe ferry to the northern islands left the harbour of Merrow at noon\n"
        "on Friday, its operator said, with forty people on board and a load\nof bread and milk for the shops.\n"
    )
    assert [kind for kind, _ in parts(text)] == ["title", "paragraph"]


def test_a_known_title_is_not_looked_for_again() -> None:
    assert parts(f"Ferry sails again\n\n{STORY}", "Ferry sails again")[0][0] == "title"
    assert parts(f"{STORY}", "Ferry sails again") == [("paragraph", STORY)]


@given(
    st.lists(
        st.sampled_from(
            ["", "By Ada", "Rain", STORY, "- a", "(With x)", "12 May 2024", "a: b", "Photo: x"]
        ),
        max_size=12,
    )
)
def test_parts_are_in_order_and_cover_every_line(lines: list[str]) -> None:
    text = "\n".join(lines)
    last = 0
    covered = 0
    for part in structure(text):
        assert last <= part.start < part.end <= len(text)
        last = part.end
        covered += len("".join(text[part.start : part.end].split()))
    assert covered == len("".join(text.split()))


@given(
    st.lists(st.sampled_from(["", "Rain", STORY[:60], STORY, " a ", "By Ada"]), max_size=12),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_the_lines_that_a_reader_has_found_are_those_of_the_text(
    lines: list[str], end: str
) -> None:
    (article,) = read(Source(end.join(lines), "a.txt"))
    assert article.lines == line_spans(article.text)


LINES = st.lists(
    st.sampled_from(
        [
            *("", "", " ", STORY, f" {STORY}", STORY * 3, "Ferry sails again", "By Ilse Varga"),
            *(
                "Second warning",
                "(With agency inputs)",
                "Date: 2025-03-04 Ferry sails",
                "https://a.b",
            ),
            *(
                "The operator said so. “We wait,” it said,",
                "and a line as long as that, of sixty letters.",
            ),
        ]
    ),
    max_size=9,
)


@given(LINES)
def test_what_is_found_when_asked_for_is_what_is_found_at_once(lines: list[str]) -> None:
    text = "\n".join(lines)
    (article,) = read(Source(text, "a.txt"))
    titles, end = article.title_blocks, article.head_end
    sentences = [article.surroundings(at) for at in range(len(text))]
    parts = structure(text)
    blocks = tuple(Block(part.kind, part.start, part.end) for part in parts)
    assert article.blocks == blocks
    assert titles == tuple(block for block in blocks if block.kind == "title")
    assert all(block.end <= end for block in titles)
    known = Article(Source(text, "a.txt"), article.text, blocks)
    assert sentences == [known.surroundings(at) for at in range(len(text))]
    assert article.quotes.faults == known.quotes.faults
    assert article.quotes.quotations == known.quotes.quotations


@pytest.mark.parametrize(
    "last", ["Short line here", "A line of sixty letters or so that was wrapped at one column"]
)
def test_lines_without_blank_ones_between_cost_no_more_the_more_there_are(last: str) -> None:
    def cost(count: int) -> int:
        return steps(lambda: structure(f"{last}\n" * count + "A line\n"))

    cost(200)
    assert cost(4000) < 11 * cost(400)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("Merrow: ferry sails", True),
        ("Time to sail", True),
        ("Date: 2025-03-04", False),
        ("date 2025-03-04 Ferry sails", False),
        ("https://courier.example/ferry", False),
    ],
)
def test_a_line_that_only_begins_like_metadata_is_none(start: str, *, expected: bool) -> None:
    text = f"{start}\n\n{STORY}\n\n{STORY}\n"
    assert is_part_a_line(text) is expected
    kinds = [kind for kind, _ in parts(text)]
    assert ("metadata" in kinds) is not expected
