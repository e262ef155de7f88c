"""Numeric claims and credits: what counts as a claim, and who answers for it."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from re import _parser as re_parser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.article import Article
from newslint.checks import _abroad, _figures
from newslint.checks.attribution import unattributed_number, unattributed_quote
from newslint.readers.text import read
from newslint.source import Source
from newslint.text import quantities as quantities_module
from newslint.text.numerals import NUMERALS
from newslint.text.quantities import STRIKING, quantities
from newslint.text.sentences import sentence_spans
from newslint.text.words import finder, spaced, words_of
from steps import steps


def claims(text: str) -> list[tuple[str, str]]:
    return [(text[q.start : q.end], q.kind) for q in quantities(text, [(0, len(text))])]


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
    for quantity in quantities(text, [(0, len(text))]):
        assert last <= quantity.start < quantity.end <= len(text)
        last = quantity.end


@given(
    st.lists(
        st.sampled_from(
            (
                *"one five twenty-five a half third in of out 10 40 2016 3016 1,200 15,000 1.5 7k 4bn percent % $ € Rs".split(),
                *"Rs. INR5 USD million bn people were killed dead years boats dollars times as many doubled , . -".split(),
                *("", "\u202f", "\n"),
            )
        ),
        max_size=14,
    )
)
def test_what_is_striking_is_found_without_the_rest(words: list[str]) -> None:
    text = " ".join(words).replace(" -", "-").replace("$ ", "$").replace(" \u202f ", "\u202f")
    every = quantities(text, [(0, len(text))])
    striking = quantities(text, [(0, len(text))], STRIKING)
    assert set(striking) >= {quantity for quantity in every if quantity.kind in STRIKING}


@given(
    st.lists(
        st.tuples(
            st.sampled_from("$ € 5 62 1,200 4.2".split()),
            st.sampled_from(("%", " percent", " per cent", " million", " billion", " Percent")),
            st.sampled_from(
                (
                    " of",
                    " points",
                    "-point",
                    " in",
                    " inches",
                    " pounds",
                    ".",
                    ", ",
                    " for",
                    "s",
                    "age points",
                )
            ),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_what_is_plain_is_read_as_all_else(parts: list[tuple[str, str, str]]) -> None:
    text = " boats ".join("".join(part).replace("$", "$4.2").replace("€", "€30") for part in parts)
    for at in range(len(text)):
        plain = quantities_module._plain_claim().match(text, at)
        if plain is not None and (not at or text[at - 1] == " "):
            full = quantities_module._claim_in_figures().match(text, at)
            assert full is not None
            assert plain.span() == full.span()
            assert plain.lastgroup == full.lastgroup
            assert {**full.groupdict(), **plain.groupdict()} == full.groupdict()


def article(body: str) -> Article:
    made = next(read(Source(f"Rain in Tarn\n\n{body}\n")))
    made.declared_tag = "en"
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The council voted 5-4 on Friday.", [("5-4", "vote")]),
        ("They met on a 5-4 basis.", []),
        ("It won by 3-to-1.", [("3-to-1", "ratio")]),
        ("A dozen boats sank.", [("A dozen", "count")]),
        ("They sold 600-700 boats.", [("600-700", "count")]),
        ("He had 1,410, and she had none.", [("1,410", "large")]),
        ("The hull weighs 40,000 pounds.", [("40,000 pounds", "measure")]),
        ("An 800-page report on a 12-room inn.", []),
        ("Those over 60 may park.", []),
        ("Nearly half agreed.", [("half", "ratio")]),
        (
            "She won the 5,000m title and the 100m final.",
            [("5,000m", "measure"), ("100m", "measure")],
        ),
        ("It has 5m users.", [("5m", "large")]),
        ("A 4-in-1 sail of 1920×1200 threads.", []),
        ("He lives at 5400 N. Quay Road.", []),
        ("It took nearly a quarter century.", []),
        ("It gained nearly a quarter of a million boats.", [("a quarter of a million", "large")]),
        ("It cost AU$2,199, or Â£1,199.", [("AU$2,199", "money"), ("Â£1,199", "money")]),
        (
            "A sail of 3.5 pounds, on a boat for which somebody paid 2 million pounds.",
            [("3.5 pounds", "measure"), ("2 million pounds", "money")],
        ),
        ("The bank took 9-13/16 pct.", []),
    ],
)
def test_tallies_dozens_and_measures(text: str, expected: list[tuple[str, str]]) -> None:
    assert claims(text) == expected


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("They attacked the quay, killing 12 people.", "12"),
        ("She added 40 boats to her fleet of 300 ships.", "300"),
        ("The town is adding 40,000 jobs.", "40,000"),
        ("Public comments on the 40,000 boats are welcome.", "40,000"),
        ("Of those asked, 40 percent said yes, 62 percent no.", "62 percent"),
        ("He trails in the polls, with 300 boats sold.", "300"),
    ],
)
def test_words_of_doing_are_no_credits(body: str, words: str) -> None:
    made = article(body)
    start = made.text.index(words)
    kinds = {c.kind for c in made.credits.of(start, start + len(words), sentences=0)}
    assert not kinds & {"speech", "document"}


def carried(body: str, words: str) -> bool:
    made = article(body)
    start = made.text.index(words)
    figure = next(q for q in made.quantities if q.start <= start < q.end)
    return made.credits.carried(figure, made.quantities) is not None


def test_a_report_answers_for_figures_of_the_same_family_next_to_its_own() -> None:
    report = "A report by the county found that 62 percent had left. "
    assert carried(report + "Another 12 percent will go.", "12 percent")
    assert not carried(report + "They took $4 million with them.", "$4 million")
    assert not carried("Brook said 62 percent had left. Soon 12 percent will go.", "12 percent")
    assert carried("Brook said 62 percent had left. Another 12 percent will go.", "12 percent")
    far = " ".join(f"Boat {name} is blue." for name in "Ada Bea Cis Dot Eve Fay Gwen".split())
    assert not carried(f"{report}{far} Another 12 percent will go.", "12 percent")


def test_a_figure_that_is_repeated_keeps_its_source() -> None:
    far = " ".join(f"Boat {name} is blue." for name in "Ada Bea Cis Dot Eve Fay Gwen".split())
    assert carried(
        f"Brook said it cost $4.2 million. {far} The $4.2 million is gone.", "$4.2 million is"
    )


@pytest.mark.parametrize(
    "body",
    [
        "“It rains on us all,” Brook snapped.",
        "Brook snapped: “It rains on us all.”",
        "“It rains on us all.” — Ada Brook",
        "“Does it rain on us all?” Brook asked.",
        "Brook called it “rain that falls on us all”.",
        "“It rains,” said Brook.\n\n“It rains on us all.”",
        "“It rains on us all.”\n\n“It rains,” she said.",
    ],
)
def test_quotations_with_a_speaker(body: str) -> None:
    made = article(body)
    span = next(
        s
        for s in made.quotes.speech
        if "rain" in made.text[s.start : s.end] and " us all" in made.text[s.start : s.end]
    )
    assert made.credits.speaker(span) is not None


def test_a_quotation_without_a_speaker() -> None:
    made = article("Brook said it rains.\n\n“It rains on us all.”\n\nThe sea is grey.")
    assert made.credits.speaker(made.quotes.speech[0]) is None


@pytest.mark.parametrize(
    "words",
    [
        "12 percent said ",
        "$1 ",
        "“a b c d e”, said Ada. ",
        "by from report 40,000 boats ",
        "It lost 62 percent. ",
        "“He has 40,000 boats,” ",
        '"He has about 40,000 boats. ',
        "Some 62 percent of the boats are gone. ",
    ],
)
def test_a_sentence_without_end_takes_linear_time(words: str) -> None:
    def cost(times: int) -> int:
        made = article(words * times)

        def check() -> None:
            list(unattributed_number.check(made, report="all"))  # type: ignore[misc]
            list(unattributed_quote.check(made, report="all"))  # type: ignore[misc]
            list(unattributed_number.check(made))

        return steps(check)

    cost(10)  # makes the tables
    assert cost(400) < 5 * cost(100)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Es kostet 3,5 Millionen Euro.", [("3,5 Millionen Euro", "money", 3.5e6)]),
        (
            "de",
            "Rund 62 Prozent und 12.500 Boote, 1962.",
            [("62 Prozent", "percent", 62), ("12.500", "large", 12500)],
        ),
        ("de", "Es gab 12 Tote.", [("12", "casualty", 12)]),
        ("de", "Jeder dritte Fischer geht.", [("Jeder dritte", "ratio", None)]),
        ("fr", "Un coût de 3 milliards d’euros.", [("3 milliards d’euros", "money", 3e9)]),
        (
            "fr",
            "Environ 62 % et 12 500 bateaux.",
            [("62 %", "percent", 62), ("12 500", "large", 12500)],
        ),
        ("es", "Costó 3 mil millones de euros.", [("3 mil millones de euros", "money", 3e9)]),
        (
            "es",
            "Murieron 12 personas; 12 muertos, 62 por ciento.",
            [("12", "casualty", 12), ("12", "casualty", 12), ("62 por ciento", "percent", 62)],
        ),
        ("xx", "62 % of 12,500", []),
    ],
)
def test_claims_of_other_languages(
    language: str, text: str, expected: list[tuple[str, str, float | None]]
) -> None:
    found = quantities(text, [(0, len(text))], language=language)
    assert [(text[q.start : q.end], q.kind, q.value) for q in found] == expected


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("de", "Laut Kreis leben hier 62 Prozent."),
        ("de", "Hier leben 62 Prozent, erklärte Brook."),
        ("fr", "Selon le comté, 62 % vivent ici."),
        ("es", "Según el condado, el 62 % vive aquí."),
    ],
)
def test_credits_of_other_languages(language: str, body: str) -> None:
    made = article(body)
    made.declared_tag = language
    start = made.text.index("62")
    assert any(made.credits.of(start, start + 2, sentences=0))


def test_words_are_found_alike_where_the_automaton_has_no_build(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = frozenset(("one", "million", "killed"))
    text = spaced("One million; one-one (killed) anyone, MILLION\u2019s one")
    expected = [(0, "one"), (4, "million"), (13, "one"), (17, "one"), (22, "killed")]
    expected += [(38, "million"), (48, "one")]
    assert finder(words)(text) == expected
    monkeypatch.setitem(sys.modules, "ahocorasick_rs", None)
    assert finder.__wrapped__(words)(text) == expected


def test_endings_of_words_are_found_alike_where_the_automaton_has_no_build(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words, endings = frozenset(("says",)), frozenset(("s say",))
    text = spaced("Experts say so; “She says,” boys say 5 say")
    expected = [(6, "s say"), (21, "says"), (31, "s say")]
    assert finder(words, endings)(text) == expected
    monkeypatch.setitem(sys.modules, "ahocorasick_rs", None)
    assert finder.__wrapped__(words, endings)(text) == expected


def test_pieces_of_words_are_found_alike_where_the_automaton_has_no_build(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words, pieces = frozenset(("one",)), frozenset(("0 pe", "00"))
    text = spaced("One: 62 percent, 5-per, 1,000 persons\u2019 one")
    expected = [(0, "one"), (5, "00"), (6, "0 pe"), (17, "0 pe"), (26, "00"), (27, "00")]
    expected += [(28, "0 pe"), (39, "one")]
    assert finder(words, pieces=pieces)(text) == expected
    monkeypatch.setitem(sys.modules, "ahocorasick_rs", None)
    assert finder.__wrapped__(words, pieces=pieces)(text) == expected


def checked(text: str) -> tuple[Article, int]:
    made = next(read(Source(text)))
    made.declared_tag = "en"
    check = unattributed_number.check
    assert check is not None
    return made, len(list(check(made)))


def test_no_block_is_made_where_each_figure_has_its_source_beside_it() -> None:
    made, found = checked(
        "Rain in Tarn\n\nOf the families, 62 percent are poor, the mayor said.\n\nIt rains.\n"
    )
    assert not found
    assert made.striking_figures
    assert "blocks" not in made.__dict__
    made, found = checked("Rain in Tarn\n\nOf the families, 62 percent are poor.\n\nIt rains.\n")
    assert found == 1
    assert "blocks" in made.__dict__


def test_figures_of_titles_and_captions_are_none_of_the_copy() -> None:
    title = "Of all the families that live in the harbour, 62 percent are poor, and some 40,000 families have left"
    made, found = checked(
        f"{title}\n\nBy Ada Brook\n\nIt rains on the quay, and half of the boats are old.\n"
    )
    assert found == 1
    assert len(made.striking_figures) == 3
    assert [made.text[figure.start : figure.end] for figure in made.striking_quantities] == [
        "half of"
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (
            "The walls of the quay are old. They stand in Ostby. No boat. “It rains.” (It does.) He left.",
            6,
        ),
        ("Prices rose by 3.5 percent... Then they fell. The U.S. Navy came. Dr. B. Brook left.", 4),
    ],
)
def test_sentences_are_the_same_whatever_mark_stands_near(text: str, count: int) -> None:
    spans = sentence_spans(text, 0, len(text))
    assert len(spans) == count
    longer = f"{text} Really?"
    assert sentence_spans(longer, 0, len(longer)) == [*spans, (len(text) + 1, len(longer))]


def _said_by(tree: Iterable[tuple[object, Any]]) -> list[str]:
    """Every string that a part of an expression matches, but for what it must not stand before."""
    found = [""]
    for operation, argument in tree:
        kind = str(operation)
        if kind in ("AT", "ASSERT_NOT"):
            continue
        if kind == "LITERAL":
            ways = [chr(argument)]
        elif kind == "IN":
            ways = [chr(code) for operation, code in argument if str(operation) == "LITERAL"]
            ways = ways if len(ways) == len(argument) else ["x"]  # any letter
        elif kind == "SUBPATTERN":
            ways = _said_by(argument[-1])
        elif kind == "BRANCH":
            ways = [each for branch in argument[1] for each in _said_by(branch)]
        else:
            low, high, part = argument
            ways = _said_by(part) if low or high == 1 else []  # as few other words as may be
            ways = ways if low else ["", *ways]
        found = [left + right for left in found for right in ways]
    return found


@pytest.mark.parametrize(
    ("expression", "ends"),
    [
        (_figures._rough, _figures._ROUGH_ENDS),
        (_figures._limit, _figures._LIMIT_ENDS),
        (_figures._inhabited, _figures._INHABITED_ENDS),
    ],
)
def test_no_figure_is_ruled_out_by_how_the_text_before_it_ends(
    expression: Callable[[], re.Pattern[str]], ends: tuple[str, ...]
) -> None:
    said = _said_by(re_parser.parse(expression().pattern))
    assert len(said) > 80
    assert [each for each in said if not each.endswith(ends)] == []


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        (_figures._to_come, _figures._COMING),
        (_figures._won, _figures._WON),
        (_figures._inhabited, _figures._PLACES),
        (_figures._to_be, _figures._TO_BE),
    ],
)
def test_no_figure_is_ruled_out_by_the_words_of_its_sentence(
    expression: Callable[[], re.Pattern[str]], words: frozenset[bytes]
) -> None:
    begins = 3 if expression is _figures._to_be else 2
    said = _said_by([*re_parser.parse(expression().pattern)][:begins])
    assert len(said) > 10
    assert [each for each in said if words.isdisjoint(words_of(each))] == []
    assert words <= _figures._AROUND


def test_no_figure_is_ruled_out_by_how_a_sentence_begins_that_sums_up() -> None:
    said = _said_by([*re_parser.parse(_figures._worked_out().pattern)][:2])
    assert len(said) > 7
    for each in said:
        assert each[:2] in _figures._WORKED_OUT
        assert each.lstrip('“"').startswith(_figures._SUMS)


def test_no_figure_is_ruled_out_by_the_words_of_what_is_due() -> None:
    said = _said_by(re_parser.parse(_figures._dues().pattern))
    assert len(said) > 20
    for each in said:
        is_due = not _figures._DUES.isdisjoint(words_of(each))
        assert is_due or each.startswith(" of ") or " / " in each


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Trois pêcheurs sur quatre, un enfant sur 10, 3 sur 5.", ["ratio"] * 3),
        ("fr", "Deux fois plus de cas, la moitié des élèves, plus d’un tiers.", ["ratio"] * 3),
        ("fr", "Deux millions d’euros, un milliard de francs, 12000 €.", ["money"] * 3),
        ("fr", "Douze morts, dix personnes blessées, tuant 4 enfants.", ["casualty"] * 3),
        ("fr", "Un quart d’heure, un milliardaire, 45 minutes, deux ans, 1962.", []),
        ("es", "Uno de cada cinco niños, 7 de cada 10, la mitad de las familias.", ["ratio"] * 3),
        ("es", "Tres veces más casos, se ha duplicado, un tercio de los niños.", ["ratio"] * 3),
        ("es", "Doce muertos, murieron 4, diez personas resultaron heridas.", ["casualty"] * 3),
        ("es", "Un cuarto de siglo, un milagro, los militares, 45 minutos, 1962.", []),
        ("de", "Jeder dritte, drei von vier Fischern, doppelt so viele.", ["ratio"] * 3),
        ("de", "Zwölf Tote, zehn Menschen starben, 4 Verletzte.", ["casualty"] * 3),
        ("de", "Zwei Millionen Menschen, 12 Millimeter, 45 Minuten, 1962.", ["large"]),
    ],
)
def test_claims_in_words_of_other_languages(language: str, text: str, expected: list[str]) -> None:
    found = quantities(text, [(0, len(text))], language=language)
    assert [quantity.kind for quantity in found] == expected


_ABROAD = (
    "un une deux cinq sur fois plus la moitié des d’un tiers millions d’euros mille morts personnes blessées cent pour a doublé "
    "uno dos cada de cinco niños mitad los tercio millones euros muertos por ciento se ha duplicado veces más "
    "jeder dritte drei von vier Hälfte der zwei Millionen Euro Tote Prozent doppelt so viele 3 10 1.200 12 % $ , ."
).split()


@pytest.mark.parametrize("language", ["de", "fr", "es"])
@given(words=st.lists(st.sampled_from(_ABROAD), max_size=30))
def test_what_stands_in_words_is_found_near_its_keys(language: str, words: list[str]) -> None:
    text = " ".join(words)
    found = quantities(text, [(0, len(text))], language=language)
    pattern = quantities_module._claim_abroad(language, in_words=True)
    for match in pattern.finditer(text):
        numerals = NUMERALS[language]
        made = quantities_module._quantity_abroad(match, numerals)
        assert made is None or any(q.start < made.end and made.start < q.end for q in found)


@pytest.mark.parametrize(
    ("language", "body", "is_cued"),
    [
        ("fr", "D’après la mairie, 62 % vivent ici.", True),
        ("fr", "Après la pluie, 62 % vivent ici.", False),
        ("fr", "Dans un rapport, 62 % vivent ici.", True),
        ("fr", "Par rapport à mai, 62 % de plus vivent ici.", False),
        ("fr", "Au bout d’une année d’études, 62 % vivent ici.", False),
        ("fr", "La note est de 12, et 62 % vivent ici.", False),
        ("fr", "Le comté note que 62 % vivent ici.", True),
        ("es", "De acuerdo con el condado, el 62 % vive aquí.", True),
        ("es", "Tras el acuerdo, el 62 % vive aquí.", False),
        ("es", "El condado cuenta que el 62 % vive aquí.", True),
        ("es", "El condado cuenta con agua, y el 62 % vive aquí.", False),
        ("es", "Un informe del condado concluye: el 62 % vive aquí.", True),
    ],
)
def test_cues_of_other_languages_have_frames(language: str, body: str, is_cued: bool) -> None:
    made = article(body)
    made.declared_tag = language
    start = made.text.index("62")
    assert any(made.credits.of(start, start + 2, sentences=0)) is is_cued


@pytest.mark.parametrize("language", ["de", "fr", "es"])
def test_words_that_settle_figures_abroad_are_as_they_are_looked_up(language: str) -> None:
    usage = _abroad.USAGE[language]
    for words in (usage.public, usage.subjects, usage.spent, usage.own, usage.whole):
        assert {word for word in words if _abroad._words(word) != {word}} == set()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "12 % des femmes "),
        ("fr", "Près de 12 000 personnes sont là, selon Ada. "),
        ("es", "El 12 % de las mujeres, "),
        ("de", "mehr als 12.000 Menschen "),
    ],
)
def test_a_sentence_of_another_language_without_end_takes_linear_time(
    language: str, words: str
) -> None:
    def cost(times: int) -> int:
        made = article(words * times)
        made.declared_tag = language
        return steps(lambda: [*unattributed_number.check(made), *unattributed_quote.check(made)])

    cost(10)  # makes the tables
    assert cost(400) < 5 * cost(100)
