"""Copy that stands twice: found whole, changed or in part, and not where it is meant."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newslint.text.repeats import Repeat, may_repeat
from newslint.text.repeats import repeats as repeats_in
from newslint.text.utf8 import encoded, folded_alone, unusual_bytes

A = "The bell of the old ferry house rang for the first time in eleven years on Sunday."
B = "Nobody in the harbour had expected to hear it again before the roof came down."
C = "It took the clockmaker of Tarn a whole winter to mend what the sea had done to it."


def repeats(text: str, spans: list[tuple[int, int]]) -> list[Repeat]:
    return [*repeats_in(text, spans, unusual_bytes(encoded(text)))]


def found(*blocks: str) -> list[Repeat]:
    text, spans = "", []
    for block in blocks:
        spans.append((len(text), len(text) + len(block)))
        text += block + "\n\n"
    return repeats(text, spans)


def test_a_whole_copy() -> None:
    (repeat,) = found(A, B, A)
    assert (repeat.block, repeat.of_block, repeat.share, repeat.exact) == (2, 0, 1.0, True)


def test_a_copy_with_a_word_changed() -> None:
    (repeat,) = found(A, B, A.replace("rang for", "rang out for"))
    assert repeat.share > 0.7
    assert not repeat.exact


def test_a_sentence_inside_a_longer_paragraph() -> None:
    (repeat,) = found(f"{A} {B}", f"{C} {C.replace('It', 'They')[:40]}. {B} {C[::-1]}")
    assert repeat.share < 0.7
    assert repeat.of_block == 0


def test_of_several_copies_the_one_word_for_word() -> None:
    near = A.replace("eleven years", "eleven long years")
    repeats_of = {each.block: (each.of_block, each.exact) for each in found(near, B, A, C, A)}
    assert repeats_of == {2: (0, False), 4: (2, True)}


def test_words_that_also_begin_another_block_belong_to_the_copy() -> None:
    said = "The bell of the city hall fell silent for good."
    (repeat,) = found(said, A, B, A)
    assert (repeat.of_block, repeat.exact, repeat.share_of_first) == (1, True, 1.0)


def test_a_phrase_inside_a_sentence_is_no_copy() -> None:
    phrase = "the little wooden bridge across the river Esk at Whitby"
    assert found(f"He said {phrase} was safe.", B, f"It rained while {phrase} fell.") == []


def test_copies_in_marks_of_their_own_and_in_scripts_of_their_own() -> None:
    german = "Der Fährmann ließ die Glocke läuten, ohne dass es im Hafen jemand erwartet hätte"
    assert len(found(f"„{german}“, sagte sie.", B, f"»{german}.«")) == 1
    russian = "Колокол старого паромного дома прозвонил впервые за одиннадцать лет и три месяца"
    assert len(found(f"{russian}, сказал он.", B, f"{russian}, сказала она.")) == 1
    chinese = "星期天渡船老屋的钟十一年来第一次响了起来港口里没有人预料到"
    assert len(found(f"他说：{chinese}。", B, f"{chinese}，她说。")) == 1


def test_other_figures_and_names_are_another_story() -> None:
    text = "Three people died on Friday when a bus left the road near the town of Tarn."
    assert found(text, B, text.replace("Three", "Nine")) == []
    assert found(text, B, text.replace("Tarn", "Merrow")) == []


def test_refrains_and_short_lines_are_meant() -> None:
    refrain = "And the ferry goes over the water again and again"
    assert found(refrain, A, refrain, B, refrain) == []
    assert found("Advertisement", A, "Advertisement") == []


@given(st.lists(st.text(st.sampled_from(list("ab .,“")), max_size=60), max_size=6))
def test_spans_are_inside_their_blocks(blocks: list[str]) -> None:
    text, spans = "", []
    for block in blocks:
        spans.append((len(text), len(text) + len(block)))
        text += block + "\n\n"
    for repeat in repeats(text, spans):
        start, end = spans[repeat.block]
        assert start - 1 <= repeat.span.start < repeat.span.end <= end + 2
        assert repeat.of_block < repeat.block
        assert 0 < repeat.share <= 1


def test_a_long_run_of_marks_is_gone_through_once() -> None:
    for marks in ("\n", " \n", "“‘\"'", "[", "\u200b", ". . "):
        text = marks * (400_000 // len(marks))  # by its square, that would take minutes
        assert not may_repeat(folded_alone(text), frozenset(text.encode()))
        assert not repeats(text, [(0, len(text)), (0, len(text))])
