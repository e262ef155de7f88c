"""Page titles taken apart: headline, copies of it, and the names around it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.text.titles import title_parts
from newslint.text.words import letters_and_digits


def headline(text: str, language: str = "en") -> str:
    start, end = title_parts(text, 0, len(text), lambda: language).headline
    return text[start:end]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Rain stays | The Tarn Courier", "Rain stays"),
        ("Rain stays for a week | Weather | The Tarn Courier", "Rain stays for a week"),
        ("Rain stays for a week || Tarn Courier", "Rain stays for a week"),
        ("Rain stays for a week - Tarn Courier", "Rain stays for a week"),
        ("Rain stays for a week – TarnNow", "Rain stays for a week"),
        ("Rain stays for a week -- tarn.example.com", "Rain stays for a week"),
        ("Rain stays for a week - Weather News - Tarn Courier", "Rain stays for a week"),
        ("Rain stays for a week : World News", "Rain stays for a week"),
        ("Opinion | What the rain does to a town", "What the rain does to a town"),
        ("Tarn Valley Herald - Rain stays for a week", "Rain stays for a week"),
        ("AFP: Rain stays for a week", "Rain stays for a week"),
        ("Rain stays for a week |", "Rain stays for a week"),
    ],
)
def test_names_of_sites_are_cut_off(title: str, expected: str) -> None:
    assert headline(title) == expected


@pytest.mark.parametrize(
    "title",
    [
        "Rain stays – and so does the ferry",
        "Rain, rain, rain - how long will it stay?",
        "‘It rains’ — Ada Brook",
        "Rain: a week of it",
        "Tarn 2 - 1 Merrow",
        "Rain stays in Tarn-on-Sea",
        "Movie review: The Rain",
        "A storm is coming — what you need to know",
    ],
)
def test_headlines_keep_their_dashes_and_colons(title: str) -> None:
    assert headline(title) == title


def test_french_colons_are_no_site_names() -> None:
    title = "Pluie : la ville attend"
    assert headline(title, "fr") == title


def test_a_copy_is_found_behind_a_bar_whatever_its_marks() -> None:
    text = "scriptRain stays for ‘a week’ | Rain stays for 'a week\" | Weather | Tarn Courier"
    parts = title_parts(text, 0, len(text), lambda: "en")
    assert [text[a:b] for a, b in parts.copies] == ["Rain stays for 'a week\""]
    assert [text[a:b] for a, b in parts.around] == ["| Weather | Tarn Courier"]


@given(st.text(st.sampled_from(list("aBN |-–:.»")), max_size=50).filter(str.strip))
def test_parts_lie_in_order_inside_the_title(text: str) -> None:
    parts = title_parts(text, 0, len(text), lambda: "en")
    spans = sorted([parts.headline, *parts.copies, *parts.around])
    last = 0
    for start, end in spans:
        assert last <= start <= end <= len(text)
        last = end


@given(st.text())
def test_letters_and_digits_are_the_same_whatever_stands_among_them(text: str) -> None:
    found = letters_and_digits(text)
    assert found == "".join(filter(str.isalnum, text.casefold()))
    assert letters_and_digits(f"{text}…") == found
