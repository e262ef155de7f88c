"""The structure of quotations: pairs, nesting, paragraphs, and marks that are no quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.text.quotes import Quotations, analyse


def read(text: str, language: str = "en") -> Quotations:
    blocks, at = [], 0
    for paragraph in text.split("\n\n"):
        blocks.append((at, at + len(paragraph), "paragraph"))
        at += len(paragraph) + 2
    return analyse(text, blocks, language)


def faults(text: str, language: str = "en") -> list[tuple[str, str]]:
    return [(fault.kind, text[fault.start : fault.end]) for fault in read(text, language).faults]


def speech(text: str, language: str = "en") -> list[str]:
    return [text[start:end] for start, end in read(text, language).speech]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("She said: “He told me ‘no’, and left.”", "en"),
        ("'It's the boys' club,' he said.", "en"),
        ("Rock ’n’ roll of the ’90s, 6'2\" tall, at 12° 30' 5\".", "en"),
        ("``Yes,'' she said.", "en"),
        ("Sie sagte: „Er sagte ‚nein‘.“", "de"),
        ("Sie sagte: »Nein«.", "de"),
        ("Elle a dit : « Non ».", "fr"),
        ("Hon sade: ”Nej.”", "sv"),
        ("彼は「いいえ」と言った。", "ja"),
        ("Hawaiʻi and Oʻahu", "en"),
    ],
)
def test_correct_copy_has_no_faults(text: str, language: str) -> None:
    assert faults(text, language) == []


@pytest.mark.parametrize(
    ("text", "kind", "marked"),
    [
        ('A ‘malign" pact.', "mismatched", '‘malign"'),
        ("He said “yes and left.", "unclosed", "“"),
        ("He said yes” and left.", "unopened", "”"),
        ('A “mixed" pair.', "mixed", '"'),
        ("The ‘90s were loud.", "apostrophe", "‘"),
    ],
)
def test_faults_are_named_and_placed(text: str, kind: str, marked: str) -> None:
    assert faults(text) == [(kind, marked)]


def test_a_quotation_runs_over_paragraphs_that_each_open() -> None:
    text = "“One is here.\n\n“Two is here.\n\n“Three is here,” she said."
    assert faults(text) == []
    assert len(speech(text)) == 1 or "".join(speech(text)).count("“") == 3


def test_speech_covers_what_is_said_and_nothing_else() -> None:
    text = "“It rains,” she said. “It pours.”"
    quotes = read(text)
    assert speech(text) == ["“It rains,”", "“It pours.”"]
    assert quotes.covers(1, 9)
    assert not quotes.covers(text.index("she"), text.index("she") + 3)


MARKED = st.text(st.sampled_from(list("ab \n.,“”‘’\"'„«»`-5")), max_size=60)


@given(MARKED, st.sampled_from(["en", "de", "fr", "sv", "pl", "ja"]))
def test_everything_found_is_inside_the_text(text: str, language: str) -> None:
    quotes = read(text, language)
    last = 0
    for start, end in quotes.speech:
        assert last <= start < end <= len(text)
        last = end
    for fault in quotes.faults:
        assert 0 <= fault.start < fault.end <= len(text)
        for swap in fault.swaps:
            assert 0 <= swap.start <= swap.end <= len(text)


@given(MARKED)
def test_swaps_touch_marks_only(text: str) -> None:
    for fault in read(text).faults:
        for swap in fault.swaps:
            assert not any(character.isalnum() for character in text[swap.start : swap.end])


def test_many_marks_are_read_in_one_pass() -> None:
    for hostile in ("“" * 20000, "'a" * 20000, '‘"' * 10000, "»«" * 10000):
        assert isinstance(read(hostile), Quotations)
