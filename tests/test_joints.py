"""Fused words: where two words meet without a space, and where a capital belongs to one word."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint.text.joints import Joint
from newslint.text.joints import joints as joints_in
from newslint.text.utf8 import encoded, unusual
from steps import steps


def joints(text: str, language: str = "en") -> tuple[Joint, ...]:
    utf8 = encoded(text)
    return joints_in(text, utf8, frozenset(unusual(utf8)), language)


def fused(text: str, language: str = "en") -> list[str]:
    return [f"{text[j.start : j.at]}|{text[j.at : j.end]}" for j in joints(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TaronOct 21", ["Taron|Oct"]),
        ("MarlowThursday, the boats left.", ["Marlow|Thursday"]),
        ("The strike is over.Crews are back.", ["over.|Crews"]),
        ("Is it over?Crews say no.", ["over?|Crews"]),
        ("She left at 10 a.m.Crews stayed.", ["m.|Crews"]),
        ("The year was 2019.Crews stayed.", ["2019.|Crews"]),
        ("Updated 12:44, 20 Apr 2026View of the quay", ["2026|View"]),
        ("LISTEN TO THE HARBOURCrews are back.", ["HARBOUR|Crews"]),
        ("It costs $40See the list.", ["40|See"]),
        ("Photo: Ada Larsen/APThe quay", ["AP|The"]),
        ("By Ada Larsen24 December 2023", ["Larsen|24 December 2023"]),
        ("Ada LarsenAda Larsen writes of ships.", ["Larsen|Ada"]),
        ("A ruling by ExpectationsHarbour crews welcomed", ["Expectations|Harbour"]),
        ("FacebookTwitterWhatsApp", ["Facebook|Twitter"]),
        ("The end.O’Neill said no.", ["end.|O’Neill"]),
    ],
)
def test_words_fused_by_a_lost_tag_are_found(text: str, expected: list[str]) -> None:
    assert fused(text)[: len(expected)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "MacArthur, McDonald, DiCaprio, VanDyke, O'Brien and N’Golo",
        "JavaScript, OpenAI, ChatGPT, GitHub, PlayStation, HarperCollins, PepsiCo and SpaceX",
        "watchOS, macOS, openSUSE, iPadOS, eSIM and zkSync",
        "kWh, MHz, mAh, dB, GHz and mmHg",
        "the P.D.Q. of J.R.R. Dore, D.C. United, Ph.D. and W.Va.",
        "see Ada.Larsen@Example.Org, www.Example.Com/NewsRoom, ReadMe.Txt and #GoTaron",
        "It opens at 9:00AM and ends at 5PM in the 1990s.",
        "Black Friday, or BlackFriday, and SuperTuesday",
        "wait...What? yes…No!",
        "He called getElementById and useState.",
        "VitaminA and SerieA matches",
    ],
)
def test_a_capital_inside_a_name_is_no_joint(text: str) -> None:
    assert fused(text) == []


def test_a_form_that_comes_back_is_a_name() -> None:
    once = "The harbourMaster opened the gate."
    assert fused(once) == ["harbour|Master"]
    assert fused(once + " A harbourMaster has two keys.") == []


def test_words_of_the_text_tell_two_words_from_a_name() -> None:
    joined = "Reports from HavenFerry came late."
    assert fused(joined) == []
    assert fused(joined + " The town of Haven has one boat, the Ferry Ada.") == ["Haven|Ferry"]


def test_a_text_full_of_prefixed_names_is_left_alone() -> None:
    text = "Sifike kwaZulu noMnyango nabaseThekwini ngoLwesine, laseNingizimu likaMengameli."
    assert fused(text, "zu") == []
    assert fused(text) == []


def test_a_mark_that_opens_a_quotation_is_no_end_of_a_sentence() -> None:
    assert fused('He said "we wait."Crews left. "Now," he said.') == ['wait."|Crews']
    assert fused('It was late ."We wait," he said.') == []


@settings(max_examples=300, deadline=None)
@given(
    st.text(alphabet=st.sampled_from("aB1é.É!?\"”“’') (»«\n-:/@…Ж中À%s,PM"), max_size=80),
    st.sampled_from(["en", "de", "fr", "zu", "ja"]),
)
def test_joints_lie_inside_the_text_and_split_two_words(text: str, language: str) -> None:
    found = joints(text, language)
    assert [joint.at for joint in found] == sorted({joint.at for joint in found})
    for start, at, end in found:
        assert 0 <= start < at < end <= len(text)
        assert end - start < 200
        assert not any(character.isspace() for character in text[start:at])


@pytest.mark.parametrize(
    "piece", ["aB", 'a."A', "word.The ", "2023A", "abcdeAbcde ", "(a A)B", "A.B"]
)
def test_the_work_grows_with_the_text_and_no_faster(piece: str) -> None:
    def cost(size: int) -> int:
        return steps(lambda: joints(piece * (size // len(piece))))

    cost(100)
    assert cost(40_000) < 11 * cost(4_000)


_SIGNS = ".!?\"”“’')»( \n\xa0×1µ年U"


@settings(max_examples=600, deadline=None)
@given(
    st.text(alphabet=st.sampled_from(f"AZÉÑaeé{_SIGNS}"), max_size=60)
    | st.text(alphabet=st.sampled_from(f"AZae—…{_SIGNS}"), max_size=60)
)
def test_letters_of_other_scripts_make_no_other_places(text: str) -> None:
    # A letter beyond Latin-1 makes the text be searched in another way, and so does an accent.
    expected = joints(f"{text}\nŁ")
    assert joints(f"{text}\n") == expected
    assert joints(f"{text}\né") == expected
