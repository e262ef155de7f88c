"""Sentences and words: where they end, and where only an abbreviation does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.text.sentences import sentence_spans
from newslint.text.words import word_spans


def sentences(text: str, language: str = "en") -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, 0, len(text), language)]


@pytest.mark.parametrize(
    "parts",
    [
        ["It rains.", "It pours."],
        ["Does it rain?", "It does!", "It pours."],
        ["“It rains.”", "She left."],
        ["She said “it rains.”", "He left."],
        ["Dr. Brook met Mr. J. R. Ek of St. Olaf in the U.S. Senate."],
        ["It cost $3.5 million, i.e. more than No. 4 and a.m. trains together."],
        ["He lives in the U.S.", "He was born in Tarn."],
        ["It came on Jan. 5 and left."],
        ["Wait … it rains."],
        ["He asked “why?” and left."],
        ["The end came at 5 p.m.", "The crowd went home."],
    ],
    ids=lambda parts: parts[0][:30],
)
def test_sentences_end_where_they_end(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


def test_scripts_with_their_own_full_stops() -> None:
    assert sentences("雨が降る。風が吹く。", "ja") == ["雨が降る。", "風が吹く。"]
    assert sentences("वर्षा हो रही है। हवा चल रही है।", "hi") == ["वर्षा हो रही है।", "हवा चल रही है।"]


def test_ordinals_end_no_german_sentence() -> None:
    assert sentences("Am 3. Oktober regnet es. Am 4. auch.", "de") == [
        "Am 3. Oktober regnet es.",
        "Am 4. auch.",
    ]


def test_words_keep_their_apostrophes_and_hyphens() -> None:
    text = "The boys’ well-kept club isn't O’Neill’s, 3 of 4."
    assert [text[a:b] for a, b in word_spans(text)] == [
        "The", "boys", "well-kept", "club", "isn't", "O’Neill’s", "3", "of", "4",
    ]  # fmt: skip


@given(st.text(st.sampled_from(list('ab. !?"”’)A1\n…。')), max_size=60))
def test_sentences_cover_all_that_is_not_space(text: str) -> None:
    spans = sentence_spans(text, 0, len(text))
    last = 0
    for start, end in spans:
        assert start < end
        assert not text[last:start].strip()
        last = end
    assert not text[last:].strip()
