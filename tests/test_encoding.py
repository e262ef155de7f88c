"""Wrongly decoded text, invisible and look-alike letters, escapes."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newslint
from newslint.fix import apply
from newslint.text.lookalikes import lookalikes
from newslint.text.mojibake import Mojibake
from newslint.text.mojibake import mojibake as found_in
from newslint.text.utf8 import encoded, holds, unusual


def mojibake(text: str) -> tuple[Mojibake, ...]:
    return found_in(text, encoded(text))


def repaired(text: str) -> str:
    pieces, at = [], 0
    for each in mojibake(text):
        pieces += [text[at : each.start], each.repaired if each.repaired is not None else ""]
        at = each.end
    return "".join([*pieces, text[at:]])


def broken(text: str, code_page: str = "cp1252") -> str:
    """What a program shows that takes the UTF-8 of `text` for another encoding."""
    return "".join(
        bytes((byte,)).decode(code_page, "ignore") or chr(byte) for byte in text.encode("utf-8")
    )


@pytest.mark.parametrize(
    "text",
    [
        "The ferry didn’t come — “not today”, she said…",
        "Der Fährmann grüßte über die Brücke.",
        "Le bac n’a pas été réparé à l’île.",
        "Żółw łódź ścięgno mąż",
        "Паром стоит у причала.",
        "Το πλοίο έφυγε.",
        "المركب في الميناء",
        "नाव घाट पर है",
        "船在港口停着",
        "It cost €5 or £4 😀.",
    ],
)
def test_what_was_decoded_wrongly_is_restored(text: str) -> None:
    assert repaired(broken(text)) == text
    assert repaired(broken(text, "latin-1")) == text
    assert mojibake(text) == ()


FTFY = {"wrong-decoding": {"detector": "ftfy"}}


@pytest.mark.parametrize(
    ("text", "meant", "message"),
    [
        ("W porcie: Ń€Ń‹Đ±Đ°.", "W porcie: рыба.", "“Ń€Ń‹Đ±Đ°” stands for “рыба”, taken for windows-1250"),
        ("L'Ă©tĂ© est fini.", "L'été est fini.", "“Ă©tĂ©” stands for “été”, taken for windows-1250"),
        ("Et voilÃ le port.", "Et voilà le port.", "“Ã” stands for “à”, taken for latin-1"),
        ("The cafÃ© didnâ€™t open.", "The café didn’t open.", "“Ã©” stands for “é”"),
    ],
)  # fmt: skip
def test_ftfy_explains_what_we_do_not_know(text: str, meant: str, message: str) -> None:
    pytest.importorskip("ftfy")
    found = newslint.lint_text(text, select=("ENC102",), options=FTFY)
    assert found[0].message == message
    assert apply(text, [each.fix for each in found if each.fix is not None]) == meant
    sound = "Der Fährmann grüßte: „Żółw“, «Ça va», Ångström, 50 % und Âge, Паром."
    assert newslint.lint_text(sound, select=("ENC102",), options=FTFY) == []


def test_without_ftfy_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ftfy", None)
    (crash,) = newslint.lint_text("Ein „Żółw“", select=("ENC102",), options=FTFY)
    assert crash.code.startswith("LNT")
    assert "pip install 'newslint[mojibake]'" in crash.message
    assert newslint.lint_text("Ein „Żółw“", select=("ENC102",)) == []


def test_text_that_went_wrong_twice_is_restored() -> None:
    text = "The ferry didn’t come to the café."
    assert repaired(broken(broken(text))) == text
    assert repaired(broken(broken(broken(text)))) == text


def test_a_lost_last_byte_leaves_a_fix_that_is_not_safe() -> None:
    (finding,) = newslint.lint_text("“We wait,â€ he said.", select=["ENC102"])
    assert finding.fix is not None
    assert not finding.fix.safe


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("ÃÂâ€™œ©é\xa0\x80\x9dÄÅðŸ˜РС°“” aZ\n"), max_size=40))
def test_runs_lie_inside_the_text_and_do_not_overlap(text: str) -> None:
    end = 0
    for each in mojibake(text):
        assert end <= each.start < each.end <= len(text)
        end = each.end


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("aoрАBCсΑμ 1-о"), max_size=40))
def test_a_repaired_word_is_in_one_script_and_keeps_its_length(text: str) -> None:
    for each in lookalikes(text):
        assert 0 <= each.start < each.end <= len(text)
        assert each.foreign in text[each.start : each.end]
        if each.repaired is not None:
            assert len(each.repaired) == each.end - each.start
            assert lookalikes(each.repaired) == ()


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from("\\&;nux2019a#mp\"'/{}\u200b\xad\x07\x92\u202e\ufffd é\n"),
        max_size=50,
    )
)
def test_no_text_makes_an_encoding_rule_fail(text: str) -> None:
    for finding in newslint.lint_text(text, select=["ENC"]):
        assert finding.name != "rule-crash", finding.message
        assert 0 <= finding.start < finding.end <= len(text)
        assert len(finding.message) <= 120


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("The har\u200bbour", "U+200B zero width space"),
        ("The har\u00adbour", "U+00AD soft hyphen"),
        ("The \ufeffharbour", "U+FEFF byte order mark"),
        ("A bell\x07", "U+0007 alert"),
        ("A name \u202eexe", "U+202E right-to-left override"),
        ("A sign \x85", "U+0085 next line"),
    ],
)
def test_a_character_that_cannot_be_seen_is_named(text: str, message: str) -> None:
    assert [finding.message for finding in newslint.lint_text(text, select=["ENC"])] == [message]


def test_a_control_character_inside_mojibake_is_reported_once() -> None:
    found = newslint.lint_text("The owner\u00e2\x80\x99s boat", select=["ENC"])
    assert [finding.code for finding in found] == ["ENC102"]


@pytest.mark.parametrize("code_page", ["mac_roman", "cp850", "cp437", "cp1251"])
@pytest.mark.parametrize("sign", list("‘’“”–—…•"))
def test_signs_of_other_code_pages_are_restored(sign: str, code_page: str) -> None:
    shown = sign.encode("utf-8").decode(code_page, "replace")
    if "\ufffd" not in shown:
        assert repaired(f"a{shown}b") == f"a{sign}b"


@settings(max_examples=300, deadline=None)
@given(st.text(), st.text(st.characters(min_codepoint=0x7F), min_size=1))
def test_signs_are_found_where_they_are_and_nowhere_else(text: str, characters: str) -> None:
    data = encoded(text)
    is_there = any(each in text for each in characters)
    assert holds(data, frozenset(data), characters) == is_there
    rare = unusual(data)
    assert holds(rare, frozenset(rare), characters) == is_there
