"""The light guess of a text's language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.text.languages import guess


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The ferry left the harbour at noon, and it was late for the third time this week."),
        ("de", "Die Fähre hat den Hafen am Mittag verlassen, und sie war zum dritten Mal zu spät."),
        ("fr", "Le bac a quitté le port à midi, et il était en retard pour la troisième fois."),
        (
            "es",
            "El transbordador salió del puerto a mediodía, y llegó tarde por tercera vez en la semana.",
        ),
        (
            "it",
            "Il traghetto ha lasciato il porto a mezzogiorno, ed era in ritardo per la terza volta.",
        ),
        (
            "nl",
            "De veerboot verliet de haven om twaalf uur, en hij was voor de derde keer te laat.",
        ),
        ("sv", "Färjan lämnade hamnen vid middagstid, och den var försenad för tredje gången."),
        ("pl", "Prom wypłynął z portu w południe, ale był spóźniony po raz trzeci w tym tygodniu."),
        ("ru", "Паром вышел из порта в полдень и опоздал в третий раз за эту неделю."),
        ("uk", "Пором вийшов із порту опівдні, і це вже втретє за тиждень він запізнився."),
        ("el", "Το πλοίο έφυγε από το λιμάνι το μεσημέρι και άργησε για τρίτη φορά."),
        ("ja", "フェリーは正午に港を出たが、今週三度目の遅れだった。"),
        ("zh", "渡轮中午离开港口，这是本周第三次晚点。"),
        ("ko", "여객선은 정오에 항구를 떠났지만 이번 주 세 번째로 늦었다."),
        ("hi", "नाव दोपहर में बंदरगाह से निकली और इस सप्ताह तीसरी बार देर से आई।"),
        ("ar", "غادرت العبارة الميناء ظهرا وتأخرت للمرة الثالثة هذا الأسبوع."),
    ],
)
def test_a_sentence_is_enough(language: str, text: str) -> None:
    assert guess(text) == language


def test_unsure_is_english() -> None:
    assert guess("") == guess("Tarn 2 Merrow 1") == "en"


@given(st.text(max_size=200))
def test_any_text_has_an_answer(text: str) -> None:
    assert guess(text).isalpha()
