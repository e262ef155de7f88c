"""The region of a language counts where its papers write otherwise, wherever it is declared."""

from __future__ import annotations

from pathlib import Path

import pytest

from newslint import Config, lint_paths, lint_text
from newslint.config import inline
from newslint.text.languages import convention, quotation_marks

STYLE = {"quote-style": {"marks": "language"}}
SWISS = "Die Brücke\n\nSie nannte die Brücke «knapp bemessen» und ging nach Hause.\n"


def found(text: str, path: str, language: str = "") -> list[str]:
    findings = lint_text(text, path=path, select=("quote-style",), language=language, options=STYLE)
    return [finding.message for finding in findings]


GERMAN = ["house style asks for „ and “"]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("---\nlang: {}\n---\n\nSie nannte es «knapp» und ging.\n", "a.md"),
        ('<html lang="{}"><h1>Die Brücke</h1><p>Sie nannte es «knapp».</p></html>', "a.html"),
        ('{{"title": "Die Brücke", "language": "{}", "text": "Sie nannte es «knapp»."}}', "a.json"),
        (
            '{{"title": "Die Brücke", "language": "{}", "text": "Sie nannte es «knapp»."}}',
            "a.jsonl",
        ),
    ],
)
def test_the_file_says_its_region(text: str, path: str) -> None:
    assert found(text.format("de-CH"), path) == []
    assert found(text.format("de_CH"), path) == []
    assert found(text.format("de"), path) == GERMAN
    assert found(text.format("de-AT"), path) == GERMAN


def test_the_settings_say_the_region() -> None:
    assert found(SWISS, "a.txt") == GERMAN
    assert found(SWISS, "a.txt", "de-CH") == []
    # They add it to the language of the file, and do not overrule that.
    assert found(f"---\nlang: de\n---\n\n{SWISS}", "a.md", "de-ch") == []
    assert found(f"---\nlang: de-AT\n---\n\n{SWISS}", "a.md", "de-ch") == GERMAN
    assert found(f"---\nlang: de\n---\n\n{SWISS}", "a.md", "fr-CH") == GERMAN


def test_rules_for_a_language_run_in_its_regions(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Die Brücke\n\nAuch interessant\n", "utf-8")
    config = Config(select=("RES",), language="de-CH", root=str(tmp_path))
    assert [each.name for each in lint_paths([tmp_path / "a.txt"], config=config)] == [
        "read-more-link-de"
    ]


def test_of_a_tag_the_most_that_is_known_counts() -> None:
    assert inline("language=de-CH") == {"language": "de-CH"}
    assert [convention(each) for each in ("de-CH-1996", "zh-Hant-TW", "nb-NO", "en-US", "xx-YY")] == [
        "de-ch", "zh-hant", "no", "en", "",
    ]  # fmt: skip
    assert quotation_marks("en_GB")[0] == "‘’"
    assert quotation_marks("xx") == ()


def test_marks_inside_others_are_those_of_the_region() -> None:
    text = "«Er nannte es «mutig» und ging», sagte sie.\n"
    (finding,) = lint_text(text, select=("same-marks-nested",), language="de-CH")
    assert finding.message.endswith("expected ‹ and ›")
