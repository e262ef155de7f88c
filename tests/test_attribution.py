"""Numeric claims and credits: what counts as a claim, and who answers for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.article import Article
from newslint.readers.text import read
from newslint.source import Source
from newslint.text.quantities import STRIKING, quantities
from newslint.text.words import vocabulary


def claims(text: str) -> list[tuple[str, str]]:
    return [
        (text[q.start : q.end], q.kind)
        for q in quantities(text, [(0, len(text))], vocabulary(text))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Some 62 percent agreed.", [("62 percent", "percent")]),
        (
            "It fell by 3.5% and 4 percentage points.",
            [("3.5%", "percent"), ("4 percentage points", "percent")],
        ),
        (
            "It cost $3.5 million and Rs 4 crore.",
            [("$3.5 million", "money"), ("Rs 4 crore", "money")],
        ),
        ("It cost £2bn, or 30 euros each.", [("£2bn", "money"), ("30 euros", "money")]),
        ("Some 14,000 people came.", [("14,000", "large")]),
        ("At least 12 people were killed.", [("12", "casualty")]),
        ("The storm killed 12 people.", [("12", "casualty")]),
        ("One in five children is poor.", [("One in five", "ratio")]),
        ("Prices have doubled.", [("doubled", "ratio")]),
        ("It is 40 miles long.", [("40 miles", "measure")]),
        ("She leads by six points.", [("six points", "points")]),
        ("There were 45 boats in the harbour.", [("45", "count")]),
    ],
)
def test_claims_have_their_kinds(text: str, expected: list[tuple[str, str]]) -> None:
    assert claims(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It happened on 12 March 2019 at 10:30.",
        "She is 51 years old, and he, 48-year-old Jon, lives at 12 Quay Street.",
        "He spoke for 45 minutes.",
        "Section 230 covers Flight 370 and the Boeing 737.",
        "It was the 25th time since 1998.",
        "Three boats came back.",
        "None in 1995 was lost.",
        "They doubled down.",
        "The 2016 election was lost.",
    ],
)
def test_dates_ages_durations_and_names_are_no_claims(text: str) -> None:
    assert claims(text) == []


@given(st.text(st.sampled_from(list("1,.$% abmn-")), max_size=60))
def test_claims_lie_in_order_inside_the_text(text: str) -> None:
    last = 0
    for quantity in quantities(text, [(0, len(text))], vocabulary(text)):
        assert last <= quantity.start < quantity.end <= len(text)
        last = quantity.end


@given(
    st.lists(
        st.sampled_from(
            "one five twenty-five a half third in of 10 40 2016 1,200 15,000 percent % $ Rs million bn people were killed "
            "dead years boats times as many doubled , . -".split()
        ),
        max_size=14,
    )
)
def test_what_is_striking_is_found_without_the_rest(words: list[str]) -> None:
    text = " ".join(words).replace(" -", "-").replace("$ ", "$")
    every = quantities(text, [(0, len(text))], vocabulary(text))
    striking = quantities(text, [(0, len(text))], vocabulary(text), STRIKING)
    assert set(striking) >= {quantity for quantity in every if quantity.kind in STRIKING}


def article(body: str) -> Article:
    made = next(read(Source(f"Rain in Tarn\n\n{body}\n")))
    made.declared_language = "en"
    return made


def is_credited(body: str, words: str) -> bool:
    made = article(body)
    start = made.text.index(words)
    return any(credit.distance == 0 for credit in made.credits.of(start, start + len(words)))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("The mayor said 62 percent agreed.", "62 percent"),
        ("Some 62 percent agreed, the mayor said on Friday.", "62 percent"),
        ("Some 62 percent agreed, said Ada Brook, the mayor.", "62 percent"),
        ("According to the county, 62 percent agreed.", "62 percent"),
        ("“We lost 62 percent of it,” said Ada Brook.", "62 percent"),
        ("Ada Brook was blunt:\n\n“We lost 62 percent of it.”", "62 percent"),
        ("“It rained,” Ada Brook said. “We lost 62 percent of it.”", "62 percent"),
        ("A poll by the county found that 62 percent agreed.", "62 percent"),
        ("During her talk, Brook noted that 62 percent agreed.", "62 percent"),
    ],
)
def test_a_credit_answers_for_what_it_says(body: str, words: str) -> None:
    assert is_credited(body, words)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Some 62 percent agreed.", "62 percent"),
        ("Brook, whose firm owns 40,000 boats, said that it rains.", "40,000"),
        ("“It rains,” said Ada Brook, whose firm owns 40,000 boats.", "40,000"),
        ("“It rains,” she told 2,000 listeners.", "2,000"),
        ("All told, 62 percent agreed.", "62 percent"),
        ("An estimated 40,000 came.", "40,000"),
    ],
)
def test_a_credit_does_not_answer_for_the_rest(body: str, words: str) -> None:
    assert not is_credited(body, words)


def test_views_are_made_once() -> None:
    made = article("The mayor said 62 percent agreed.")
    assert made.credits is made.credits
    assert made.quantities is made.quantities
