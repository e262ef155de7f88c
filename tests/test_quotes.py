"""The structure of quotations: pairs, nesting, paragraphs, and marks that are no quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint.checks import quotes as checks
from newslint.rules import Rule
from newslint.text.lines import line_spans
from newslint.text.quotes import costs
from newslint.text.quotes.analysis import analyse
from newslint.text.quotes.quotations import FaultKind, Quotations
from newslint.typed import choices
from steps import steps


def read(text: str, language: str = "en") -> Quotations:
    blocks, at = [], 0
    for paragraph in text.split("\n\n"):
        blocks.append(("paragraph", at, at + len(paragraph), 0))
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


# One piece of correct copy for each language, with a quotation inside a quotation where it has one.
CORRECT = {
    "en": "“He called it ‘a start’,” she said.",
    "en-GB": "‘He called it “a start”,’ she said.",
    "de": "„Er nannte es ‚einen Anfang‘“, sagte sie. »Genau so.«",
    "de-CH": "«Er nannte es ‹einen Anfang›», sagte sie.",
    "fr": "« Il parlait d’un “début” », dit-elle.",
    "es": "«Lo llamó “un comienzo”», dijo.",
    "it": "«L’ha chiamato “un inizio”», ha detto. Un po’ di pace.",
    "pt": "“Ele falou em ‘começo’”, disse ela.",
    "ca": "«En va dir “un principi”», va dir l’alcalde.",
    "gl": "«Chamoulle “un comezo”», dixo.",
    "nl": "‘Hij noemde het “een begin”’, zei ze vanavond.",
    "sv": "”Han kallade det ’en början’”, sade hon.",
    "da": "»Han kaldte det ›en begyndelse‹«, sagde hun.",
    "no": "«Han kalte det ‘en start’», sa hun.",
    "fi": "”Hän sanoi sitä ’aluksi’”, nainen kertoi.",
    "is": "„Hann kallaði það ‚byrjun‘,“ sagði hún.",
    "pl": "„Nazwał to «początkiem»”, powiedziała.",
    "cs": "„Nazval to ‚začátkem‘,“ řekla.",
    "sk": "„Nazval to ‚začiatkom‘,“ povedala.",
    "sl": "„Temu je rekel ‚začetek‘,“ je dejala. »Tako je.«",
    "hr": "„Nazvao je to ‚početkom’”, rekla je.",
    "sr": "„Назвао је то ’почетком’“, рекла је.",
    "hu": "„Azt mondta, »kezdet«”, közölte.",
    "ro": "„L-a numit «un început»”, a spus ea.",
    "bg": "„Той го нарече ‚начало‘“, каза тя.",
    "ru": "«Он назвал это „началом“», — сказала она.",
    "uk": "«Він назвав це „початком“», — сказала вона, м’яко.",
    "be": "«Ён назваў гэта „пачаткам“», — сказала яна.",
    "el": "«Το είπε “αρχή”», δήλωσε.",
    "tr": "“Buna ‘başlangıç’ dedi,” diye Ankara’da konuştu.",
    "et": "„Ta nimetas seda «alguseks»,“ ütles naine.",
    "lv": "“Viņš to sauca par sākumu,” viņa teica.",
    "lt": "„Jis tai pavadino ‚pradžia‘“, sakė ji.",
    "ar": "قالت: «سماها “بداية”».",
    "he": "היא אמרה: ”זו התחלה“. צה״ל הגיב.",
    "fa": "او گفت: «این آغاز است».",
    "hi": "उसने कहा, “यह ‘शुरुआत’ है।”",
    "ja": "彼女は「彼は『始まり』と言った」と話した。",
    "zh": "她说：“他称之为‘开始’。”",
    "ko": "그녀는 “그는 ‘시작’이라고 했다”고 말했다.",
    "id": "“Dia menyebutnya ‘awal’,” katanya.",
    "vi": "“Ông gọi đó là ‘khởi đầu’,” bà nói.",
}


@pytest.mark.parametrize("language", CORRECT)
def test_every_language_may_use_its_own_marks(language: str) -> None:
    assert faults(CORRECT[language], language) == []
    assert speech(CORRECT[language], language)


@pytest.mark.parametrize("language", CORRECT)
def test_a_lost_closing_mark_is_found_in_every_language(language: str) -> None:
    text = CORRECT[language]
    outer = read(text, language).quotations[0]
    assert outer.close is not None
    cut = text[: outer.close.start] + text[outer.close.end :]
    assert faults(cut.partition("\n")[0], language)


@pytest.mark.parametrize(
    "text",
    [
        "Schools in Hawaiʻi and on Oʻahu, and in Hawai‘i.",
        "She is 5'4\" and ran it in 2'05\"; the room is 12' wide, at 40° 26′ 46″ N.",
        "Run `git commit -m \"fix` and look ;-) or ;') at it.",
        "The Joneses' house, James’ dog and the girls’ team of the ’90s.",
        "“We won,” she said (“at last”)—“for good”—and left.",
        "He said “yes”, “no” and “perhaps”: all three.",
        "''Yes,'' she said. ``And no,'' said he.",
    ],
)
def test_marks_that_are_no_quotation_marks(text: str) -> None:
    assert faults(text) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("‘Het is klaar,’ zei ze ’s avonds tegen de foto’s.", "nl"),
        ("Han sa ’n gang til.", "no"),
        ("L’été, aujourd’hui, « c’est fini », dit-il.", "fr"),
        ("Un po’ d’acqua negli anni ’80, dell’Italia.", "it"),
        ("Das war’s, so ’n Pech, Hans’ Auto.", "de"),
        ("במאי 1948 קם צה\"ל ופעל בז' באייר.", "he"),
        ("他把它叫做‘开始’的人，也说过‘结束’二字。", "zh"),
        ("그는 ‘시작’이라고, 그녀는 '끝'이라고 했다.", "ko"),
        ("Khalifah ‘Umar wafat di kota itu.", "id"),
        ("Ia menulis kitab Jami’ dan “Hasan”.", "id"),
        ("Toshkentdagi o‘zbek g‘azallari va ma’no.", "uz"),
    ],
)
def test_apostrophes_of_other_languages(text: str, language: str) -> None:
    assert faults(text, language) == []


def test_quotations_know_how_deep_they_are() -> None:
    quotes = read("“He told us ‘it “rains” here’,” she said. “Yes.”")
    assert [quotation.level for quotation in quotes] == [0, 1, 2, 0]
    assert [quotation.double for quotation in quotes] == [True, False, True, True]


def test_headings_and_block_quotes_may_stand_inside_a_quotation() -> None:
    pieces = [
        ("“It began in May.", "paragraph"),
        ("A long summer", "heading"),
        ("“It rained for weeks.", "quote"),
        ("“Then it stopped,” she said.", "paragraph"),
    ]
    text, blocks = "", []
    for piece, kind in pieces:
        blocks.append((kind, len(text), len(text) + len(piece), 0))
        text += piece + "\n\n"
    quotes = analyse(text, blocks, "en")
    assert quotes.faults == ()
    assert [quotation.start for quotation in quotes] == [0]
    assert [text[start:end] for start, end in quotes.speech] == [
        "“It began in May.",
        "“It rained for weeks.",
        "“Then it stopped,”",
    ]


def test_a_run_that_never_ends_names_both_ends() -> None:
    text = "“One is here.\n\n“Two is here.\n\nNobody came."
    (fault,) = read(text).faults
    assert (fault.kind, fault.start, fault.expected) == ("unclosed", text.index("“Two"), "”")
    assert fault.opener is not None
    assert fault.opener.start == 0


@pytest.mark.parametrize(
    "text",
    [
        # A mark that stands where one closes begins no run.
        'They grew fast." he said.\n\n"They did," she said.',
        # Nor does a phrase in the middle of a sentence with more of the kind behind it.
        "She was “very kind and spoke of “luck.”\n\n“It was,” he said.",
    ],
)
def test_what_begins_no_run(text: str) -> None:
    assert len(faults(text)) == 1


def test_a_line_drawn_with_marks_is_no_quotation() -> None:
    assert faults('Results\n\n""""""""""""\n\n“Good,” she said.') == []


MARKED = st.text(st.sampled_from(list("ab \n.,“”‘’\"'„«»`-5")), max_size=60)


@settings(deadline=None)
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


@settings(deadline=None)
@given(MARKED)
def test_swaps_touch_marks_only(text: str) -> None:
    for fault in read(text).faults:
        for swap in fault.swaps:
            assert not any(character.isalnum() for character in text[swap.start : swap.end])


PIECES = st.sampled_from(
    "he said it's boys' James’ ’90s 'tis Paris l’état 12 5' (well) end. no, — x: rock’n’roll".split()
)
PAIRS = st.sampled_from(["“”", "‘’", '""', "''", "„“", "«»", "»«", "””", "「」"])


@st.composite
def copy(draw: st.DrawFn, depth: int = 2) -> str:
    """Words with quotations in and between them, some of which lack a mark."""
    words = []
    for _ in range(draw(st.integers(1, 4))):
        words.append(draw(PIECES))
        if depth and draw(st.booleans()):
            opener, closer = draw(PAIRS)
            kept = draw(st.sampled_from(["both", "both", "both", "opener", "closer"]))
            words.append(
                (opener if kept != "closer" else "")
                + draw(copy(depth - 1))
                + (closer if kept != "opener" else "")
                + draw(st.sampled_from(["", ",", ".", ")"]))
            )
    return " ".join(words)


@settings(deadline=None)
@given(
    st.lists(st.one_of(copy(), MARKED), min_size=1, max_size=3),
    st.sampled_from(["en", "de", "fr", "sv", "ru", "he", "hr", "ja"]),
)
def test_what_is_plain_is_read_as_the_search_would_read_it(
    paragraphs: list[str], language: str
) -> None:
    text = "\n\n".join(paragraphs)
    found = read(text, language)
    with pytest.MonkeyPatch.context() as patch:
        nothing = [lambda _: None] * 2
        patch.setattr("newslint.text.quotes.analysis._pairings", lambda _: nothing)
        searched = read(text, language)
    assert found.quotations == searched.quotations
    assert found.faults == searched.faults
    assert found.speech == searched.speech


@settings(deadline=None, max_examples=50)
@given(
    st.lists(
        st.one_of(copy(), MARKED, st.sampled_from(["", " ", "A town waits", "By Ann Berg,"])),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from(["en", "de", "sv"]),
)
def test_lines_are_read_as_blocks_would_be(lines: list[str], language: str) -> None:
    text = "\n".join(f"{line} " for line in lines)
    blocks = [("paragraph", *span, 0) for span in line_spans(text)]
    found, known = analyse(text, lambda: blocks, language), analyse(text, blocks, language)
    assert found.quotations == known.quotations
    assert found.faults == known.faults
    assert found.speech == known.speech
    assert found.are_several == (len(found.quotations) > 1)


def mended(text: str, language: str) -> str:
    """The text with every swap made that overlaps none before it."""
    swaps = sorted(swap for fault in read(text, language).faults for swap in fault.swaps)
    pieces, at = [], 0
    for swap in swaps:
        if swap.start >= at:
            pieces += [text[at : swap.start], swap.new]
            at = swap.end
    return "".join([*pieces, text[at:]])


WORDS = st.lists(st.sampled_from("we they will never pay him again".split()), min_size=2)


@settings(deadline=None)
@given(
    before=WORDS,
    quoted=WORDS,
    after=WORDS,
    marks=st.sampled_from(
        [
            ("en", "“", "”", ["“", '"']),
            ("en", "‘", "’", ["'"]),
            ("de", "„", "“", ["„", '"']),
            ("sv", "”", "”", ['"', "“"]),
            ("pl", "„", "”", ['"']),
            ("nl", "“", "”", ['"', "“"]),
        ]
    ),
    pick=st.integers(0, 9),
)
def test_a_mended_mark_is_the_right_one_and_stays(
    before: list[str],
    quoted: list[str],
    after: list[str],
    marks: tuple[str, str, str, list[str]],
    pick: int,
) -> None:
    language, opener, closer, wrong = marks
    start, middle, end = (" ".join(words) for words in (before, quoted, after))
    correct = f"{start} {opener}{middle}{closer} {end}."
    spoiled = f"{start} {opener}{middle}{wrong[pick % len(wrong)]} {end}."
    assert faults(correct, language) == []
    assert faults(spoiled, language)
    once = mended(spoiled, language)
    assert once == correct
    assert mended(once, language) == once


@settings(deadline=None)
@given(MARKED, st.sampled_from(["en", "de", "fr", "sv"]))
def test_mending_leaves_every_word_as_it_is(text: str, language: str) -> None:
    def letters(each: str) -> str:
        return "".join(filter(str.isalnum, each))

    assert letters(mended(text, language)) == letters(text)


@pytest.mark.parametrize(
    "unit",
    [
        "“We’ll pay,” said the boys’ coach of the ’90s. ",
        "“We'll pay,\" said ‘the coach” of it and ”more“ was «said’ here. ",
        "He said “we are here and it is. ",
        "“‘\"'",
    ],
)
def test_one_long_paragraph_costs_what_four_short_ones_do(unit: str) -> None:
    short = unit * (16_000 // len(unit))  # shorter ones are read in other ways
    read(short)
    assert steps(lambda: read(short * 4)) < 5 * steps(lambda: read(short))


def test_many_marks_are_read_in_one_pass() -> None:
    for hostile in ("“" * 20000, "'a" * 20000, '‘"' * 10000, "»«" * 10000):
        assert isinstance(read(hostile), Quotations)


@given(
    st.text("a Z7.,:;=([-—«’s“日가é½", max_size=2),
    st.sampled_from('"“”„‟«»「」『』〝〞〟＂'),
    st.text("a Z7.,)(/|]-—»s”日가é½", max_size=1),
    st.sampled_from(["en", "de", "fr", "ja", "he", "yi", "hy", "th", ""]),
    st.booleans(),
)
def test_a_double_mark_alone_costs_what_it_would_cost_in_a_row(
    before: str, mark: str, after: str, language: str, arrows: bool
) -> None:
    (code,) = costs.read(before, mark, after, language, False, arrows)
    assert costs.read_double(before, mark, after, costs.like(language), arrows) == code


def test_every_kind_of_fault_has_a_rule() -> None:
    kinds = {each.kind for each in vars(checks).values() if isinstance(each, Rule)}
    assert kinds - {""} == set(choices(FaultKind))
