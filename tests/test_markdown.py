"""Markdown: the words a reader sees, block by block, each at its place in the file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.article import OBJECT, Article
from newslint.readers import Fault, Settings
from newslint.readers.markdown import read
from newslint.source import Source
from pieces import Pieces

OWN = Pieces(read, "a.md")
article, blocks, in_file = OWN.article, OWN.blocks, OWN.in_file


def test_front_matter_gives_title_deck_byline_and_fields() -> None:
    text = "---\ntitle: Rain\ndeck: It will stay.\nauthor: [Ada Brook, Jon Ek]\nslug: rain\n---\n\nIt rains.\n"
    assert blocks(text) == [
        ("title", "Rain"),
        ("deck", "It will stay."),
        ("byline", "Ada Brook"),
        ("byline", "Jon Ek"),
        ("paragraph", "It rains."),
    ]
    fields = article(text).fields
    assert fields["title"] == "Rain"
    assert fields["author"] == "Ada Brook, Jon Ek"
    assert fields["slug"] == "rain"


@pytest.mark.parametrize("value", ["NO", "12:30", "1_000", "2024-10-21", "yes"])
def test_yaml_values_stay_as_written(value: str) -> None:
    assert blocks(f"---\ntitle: {value}\n---\n\nCopy.\n")[0] == ("title", value)


@pytest.mark.parametrize(
    "header",
    [
        "---\ntitle: Rain again\n---\n",
        '+++\ntitle = "Rain again"\n+++\n',
        '{"title": "Rain again"}\n',
    ],
)
def test_the_title_of_every_kind_of_header_has_its_place(header: str) -> None:
    text = f"{header}\nCopy.\n"
    assert in_file(text, "Rain again") == "Rain again"
    assert blocks(text)[-1] == ("paragraph", "Copy.")


@pytest.mark.parametrize(
    "header",
    ["---\ntitle: a: b\n---\n", "---\n- a\n- b\n---\n", "+++\ntitle = \n+++\n", "---\nt: [\n---\n"],
)
def test_a_broken_header_is_a_fault_with_a_place_and_the_copy_is_still_read(header: str) -> None:
    text = f"{header}\nIt rains.\n"
    items = list(read(Source(text, "a.md")))
    faults = [item for item in items if isinstance(item, Fault)]
    assert len(faults) == 1
    assert 0 <= faults[0].start < faults[0].end <= len(header)
    assert "front matter" in faults[0].message
    assert blocks(text)[-1] == ("paragraph", "It rains.")


def test_blocks_of_the_body() -> None:
    text = (
        "# Rain\n\nBy Ada Brook\n\nIt *rains* in [Tarn](http://x.example).\nStill.\n\n## Why\n\n"
        '- a cloud\n- a wind\n\n> It falls.\n\n```\ncode “here"\n```\n\n![The quay](q.jpg)\n'
    )
    assert blocks(text) == [
        ("title", "Rain"),
        ("byline", "By Ada Brook"),
        ("paragraph", "It rains in Tarn. Still."),
        ("heading", "Why"),
        ("list-item", "a cloud"),
        ("list-item", "a wind"),
        ("quote", "It falls."),
        ("code", OBJECT),
        ("figure-caption", "The quay"),
    ]


@pytest.mark.parametrize(
    ("text", "words", "written"),
    [
        ("It *rains* now.\n", "rains", "rains"),
        ("It **rains** now.\n", "It rains now", "It **rains** now"),
        ("See [the *old* quay](http://x.example/a_b) today.\n", "old quay", "old* quay"),
        ("Fish &amp; chips &#8217;til dawn.\n", "&", "&amp;"),
        ("Fish &amp; chips &#8217;til dawn.\n", "’til", "&#8217;til"),
        ("A \\*star\\* falls.\n", "*star*", "\\*star\\*"),
        ("One<br>two.\n", "two", "two"),
        ("Some <b>bold</b> words.\n", "bold words", "bold</b> words"),
        ("> quoted\n> twice\n", "twice", "twice"),
        ("Title\n=====\n\nCopy here.\n", "Copy", "Copy"),
        ("Crlf one\r\n\r\nCrlf two\r\n", "two", "two"),
    ],
)
def test_places_are_exact_through_markup(text: str, words: str, written: str) -> None:
    assert in_file(text, words) == written


def test_code_and_comments_are_not_copy() -> None:
    found = article("It `rains “` here. <!-- not “this --> Dry.\n\n<!-- nor\nthis -->\n\nEnd.\n")
    assert "“" not in found.text
    assert "this" not in found.text
    assert found.text.endswith("End.")


def test_a_disable_comment_covers_the_next_block_only() -> None:
    text = "<!-- newslint: disable=QUO101 -- as printed -->\n\nOne.\n\nTwo.\n"
    (directive,) = article(text).directives
    assert directive.codes == ("QUO101",)
    assert directive.reason == "as printed"
    assert text[directive.scope_start : directive.scope_end] == "One."


def test_a_range_and_a_file_can_be_disabled() -> None:
    text = "One.\n\n<!-- newslint: disable=QUO -->\n\nTwo.\n\n<!-- newslint: enable=QUO -->\n\nThree.\n\n<!-- newslint: disable-file=RES101 -->\n"
    ranged, whole = article(text).directives
    assert "Two." in text[ranged.scope_start : ranged.scope_end]
    assert "Three." not in text[ranged.scope_start : ranged.scope_end]
    assert (whole.codes, whole.scope_start, whole.scope_end) == (("RES101",), 0, len(text))


def test_front_matter_can_disable_rules_for_the_file() -> None:
    text = "---\ntitle: Rain\nnewslint: {disable: [QUO101, stock-phrase]}\n---\n\nOne.\n"
    codes = [code for directive in article(text).directives for code in directive.codes]
    assert codes == ["QUO101", "stock-phrase"]


def test_settings_name_the_keys_of_front_matter() -> None:
    text = "---\nkop: Rain\ntitle: x\n---\n\nIt rains.\n"
    (found,) = read(Source(text, "a.md"), Settings({"title": ("kop",)}))
    assert isinstance(found, Article)
    assert found.fields["title"] == "Rain"
    assert found.text.startswith("Rain")


def test_a_list_item_with_paragraphs_is_one_block_to_a_comment() -> None:
    text = "<!-- newslint: disable=QUO -->\n\n- one\n\n  more\n\n- two\n"
    (directive,) = article(text).directives
    covered = text[directive.scope_start : directive.scope_end]
    assert "more" in covered
    assert "two" not in covered


MARKUP = st.lists(
    st.sampled_from(
        [*"ab “”'\"*_`[]()<>!#-=|&;\\\n\r\t~1.:/", "&amp;", "<b>", "</b>", "\n\n", "---\n"]
    ),
    max_size=80,
).map("".join)


@given(MARKUP)
def test_every_span_stands_for_a_place_inside_the_file(text: str) -> None:
    for item in read(Source(text, "a.md")):
        if isinstance(item, Fault):
            assert 0 <= item.start <= item.end <= len(text)
            continue
        last = 0
        for block in item.blocks:
            assert last <= block.start <= block.end <= len(item.text)
            last = block.end
            start, end = item.map.to_file(block.start, block.end)
            assert 0 <= start <= end <= len(text)


@given(st.text(st.sampled_from(list("ab *_`[]()<!\\\n>-#1.")), max_size=60))
def test_the_words_are_those_that_another_parser_shows(text: str) -> None:
    from markdown_it import MarkdownIt

    if text.startswith(("---", "+++", "{", ";;;")):
        return
    shown = []
    for token in MarkdownIt("commonmark").parse(text):
        if token.type == "html_block":  # it leaves the words in there alone
            return
        for child in token.children or ():
            if child.type == "text" or child.type == "image":
                shown.append(child.content)
    found = article(text)
    ours = "".join(c for c in found.text if c in "ab")
    theirs = "".join(c for c in "".join(shown) if c in "ab")
    assert sorted(ours) == sorted(theirs)


@pytest.mark.parametrize(
    "text",
    [
        "*a " * 20000,
        "[" * 20000,
        "x " + "`" * 20000 + "a",
        "> " * 5000 + "a",
        "- " * 5000,
        "<a " * 20000,
        "&" * 20000,
        "![" * 20000,
    ],
    ids=["stars", "brackets", "ticks", "quotes", "items", "tags", "entities", "images"],
)
def test_hostile_text_is_read_to_its_end(text: str) -> None:
    found = article(f"{text}\n\nThe end.\n")
    assert found.text.endswith("The end.")
