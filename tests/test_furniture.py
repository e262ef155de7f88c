"""The line model: what it asks of the story, and lines that have a name already."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

import newslint
from newslint.text.furniture import FEW_QUESTIONS, MOST_QUESTIONS, Page, _Story, _words
from newslint.text.lines import line_spans

_LETTERS = st.text(st.sampled_from("aabbcdé'’ß -_1\n.“É"), max_size=60)


@settings(max_examples=300, deadline=None)
@given(_LETTERS, _LETTERS, st.sampled_from((0, FEW_QUESTIONS, MOST_QUESTIONS)))
def test_words_of_the_story_are_those_that_stand_in_it(text: str, line: str, asked: int) -> None:
    lines = line_spans(text)
    there = set(_words().findall("\n".join(text[a:b] for a, b in lines).casefold()))
    for word in set(_words().findall(line.casefold())):
        if len(word) > 3:
            story = _Story(text, lines, frozenset())
            story._questions = asked
            assert story.holds([word]) == (word in there)


_STORY = "".join(
    f"The ferry to the northern islands left the harbour of Merrow at {hour} o’clock on Friday, and those who"
    " had waited on the quay for three days were on board, its operator said.\n\n"
    for hour in ("noon", "two", "four", "six")
)


def test_a_line_that_has_a_name_is_named_once() -> None:
    text = f"Ferry sails again\n\n{_STORY}Advertisement\n\nTop Stories\n\nMost Popular\n"
    found = newslint.lint_text(text, select=["RES"])
    assert len({finding.start for finding in found}) == len(found) > 1
    assert "page-furniture" not in {
        finding.name for finding in found if text.startswith("Advertisement", finding.start)
    }


_LINES = st.sampled_from(
    [
        _STORY.partition("\n")[0],
        "The owners of both boats met on the quay and said that nothing more would come of it.",
        "The crew waited for two days.",
        "Top Stories",
        "12 comments",
        "By Ada Brook",
        "Read more: harbour | ferries | weather",
        "Published: 21 October 2024, 11:40 am",
        "Ferry sails again",
        "a ticket",
        "港の天気",
        "Port: closed",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_LINES, min_size=4, max_size=30), st.floats(-6, 8))
def test_what_a_score_does_not_exceed_is_told_without_it(lines: list[str], bar: float) -> None:
    text = "\n".join(lines)
    for index in Page(text, line_spans(text), lines[0]).others:
        score = Page(text, line_spans(text), lines[0]).score(index)
        assert Page(text, line_spans(text), lines[0]).exceeds(index, bar) == (score > bar)
        assert not Page(text, line_spans(text), lines[0]).exceeds(index, score)
