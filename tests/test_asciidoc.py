"""AsciiDoc: what is copy, what is not, and where each word stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.article import OBJECT, Article
from newslint.readers.asciidoc import read
from newslint.source import Source


def article(text: str) -> Article:
    (found,) = read(Source(text, "a.adoc"))
    assert isinstance(found, Article)
    return found


def blocks(text: str) -> list[tuple[str, str]]:
    found = article(text)
    return [(block.kind, found.text[block.start : block.end]) for block in found.blocks]


def in_file(text: str, words: str) -> str:
    """The piece of the file that stands for `words` of the article."""
    found = article(text)
    at = found.text.index(words)
    start, end = found.map.to_file(at, at + len(words))
    return text[start:end]


def test_the_head_of_a_story() -> None:
    text = """// a comment
= Rain
Ada Brook <ada@news.example>
v1, 2026-05-04
:description: It will stay.
:town: Tarn

It rains in {town}.

== Why
"""
    assert blocks(text) == [
        ("title", "Rain"),
        ("deck", "It will stay."),
        ("byline", "Ada Brook"),
        ("metadata", "v1, 2026-05-04"),
        ("paragraph", "It rains in Tarn."),
        ("heading", "Why"),
    ]
    assert in_file(text, "Tarn") == "{town}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One\ntwo.\n\nThree.", [("paragraph", "One two."), ("paragraph", "Three.")]),
        ("* a\nb\n** c\n* d\n+\ne", [("list-item", w) for w in ("a b", "c", "d", "e")]),
        (". a\n. b\n\n1. c", [("list-item", w) for w in "abc"]),
        ("* [x] done\n* [ ] open", [("list-item", "done"), ("list-item", "open")]),
        ("Term:: What it is.\nOther::\n  It.", [("list-item", w) for w in ("Term", "What it is.", "Other", "It.")]),
        ("[quote, Ole]\nIt falls.\n\nEnd.", [("quote", "It falls."), ("paragraph", "End.")]),
        ("[quote]\n____\nIt falls.\n\nTwice.\n____\nEnd.", [("quote", "It falls."), ("quote", "Twice."), ("paragraph", "End.")]),
        ("[verse]\nOne\ntwo", [("quote", "One\ntwo")]),
        ("[source,python]\n----\nx = “1\n----\n\nEnd.", [("code", OBJECT), ("paragraph", "End.")]),
        ("```\nx\n```\n\nEnd.", [("code", OBJECT), ("paragraph", "End.")]),
        ("....\nx\n....\n\n++++\n<b>\n++++", [("code", OBJECT), ("code", OBJECT)]),
        (" indented\n\nEnd.", [("code", OBJECT), ("paragraph", "End.")]),
        ("****\nAside.\n****\n\nEnd.", [("paragraph", "Aside."), ("paragraph", "End.")]),
        ("////\nnot “this\n////\n\nEnd.", [("paragraph", "End.")]),
        ("One\n// not this\ntwo.", [("paragraph", "One two.")]),
        (".The quay\nimage::q.jpg[The quay at night, 300]", [("figure-caption", "The quay"), ("figure-caption", "The quay at night")]),
        ('image::q.jpg[x,title="By night"]', [("figure-caption", "By night")]),
        ("include::x.adoc[]\n\n'''\n\n<<<\n\ntoc::[]\n\nEnd.", [("paragraph", "End.")]),
        ("NOTE: Take care.", [("paragraph", "Take care.")]),
        ("|===\n|a |b\n\n|c d\n2+|e\n|===\nEnd.", [*(("list-item", w) for w in ("a", "b", "c d", "e")), ("paragraph", "End.")]),
        (",===\na,b\n,===", [("list-item", "a"), ("list-item", "b")]),
        ('"It never ends"\n-- Ole', [("quote", '"It never ends"'), ("quote", "-- Ole")]),
        ("Crlf one\r\nmore\r\n\r\nCrlf two\r\n", [("paragraph", "Crlf one more"), ("paragraph", "Crlf two")]),
    ],
)  # fmt: skip
def test_blocks(text: str, expected: list[tuple[str, str]]) -> None:
    assert (
        blocks(f"Copy that is the beginning of the story, and goes on for a while.\n\n{text}\n")[1:]
        == expected
    )


@pytest.mark.parametrize(
    ("text", "words", "written"),
    [
        ("It *rains* now.", "It rains now", "It *rains* now"),
        ("It **rain**s now.", "rains now", "rain**s now"),
        ("It *_rains_* now.", "rains now", "rains_* now"),
        ("See https://x.example/a_b[the *old* quay^] today.", "quay today", "quay^] today"),
        ("See https://x.example/a_b today.", "https://x.example/a_b", "https://x.example/a_b"),
        ("See link:x.html[the quay,role=a] today.", "the quay", "the quay"),
        ("See <<why,the reason>> and <<how>>.", "the reason and how", "the reason>> and <<how>>"),
        ("See `x *y*` today.", OBJECT, "`x *y*`"),
        ('He said "`It falls`" twice.', "“It falls”", '"`It falls`"'),
        ("He said '`It falls`' twice.", "‘It falls’", "'`It falls`'"),
        ("It's the neighbours`' turn...", "It’s the neighbours’ turn…", "It's the neighbours`' turn..."),
        ("One -- two--three.", "One — two—three", "One -- two--three"),
        ("One +\ntwo.", "One\ntwo", "One +\ntwo"),
        ("over\n*two\nlines* here.", "two lines here", "two\nlines* here"),
        ("H~2~O and 2^nd^.", "H2O and 2nd.", "H~2~O and 2^nd^."),
        ("A [.red]#red# sky[[id]].", "A red sky.", "A [.red]#red# sky[[id]]."),
        ("A\\*star* and 2*3*4, a_b_c.", "2*3*4, a_b_c.", "2*3*4, a_b_c."),
        ("An *open star and a _line.", "An *open star and a _line.", "An *open star and a _line."),
        ("A footnote:[Not this.] mark.", "A mark.", "A footnote:[Not this.] mark."),
        ("Fish &amp; chips &#8217;til {nope}.", "& chips ’til {nope}", "&amp; chips &#8217;til {nope}"),
        ("A (C) and +*so*+.", "© and *so*", "(C) and +*so*+"),
    ],
)  # fmt: skip
def test_places_are_exact_through_markup(text: str, words: str, written: str) -> None:
    assert in_file(text + "\n", words) == written


def test_a_comment_suppresses_the_next_block() -> None:
    text = "One.\n\n// newslint: disable=QUO101 -- as printed\nTwo.\n\nThree.\n"
    (directive,) = article(text).directives
    assert (directive.codes, directive.reason) == (("QUO101",), "as printed")
    assert text[directive.scope_start : directive.scope_end] == "Two."


MARKUP = st.lists(
    st.sampled_from(
        [*"ab .“”'\"*_`#^~+|:\\-=[]{}<>/,\n", "\n\n", "----\n", "____\n", "|===\n", "[quote]\n", "* ", "<<", ">>",
         "https://x.e[", "link:x[", "--", "\n== ", ":a: b\n", "{a}", "\n+\n", "//"]
    ),
    max_size=60,
).map("".join)  # fmt: skip


@given(MARKUP)
def test_every_span_stands_for_a_place_inside_the_file(text: str) -> None:
    found = article(text)
    last = 0
    for block in found.blocks:
        assert last <= block.start < block.end <= len(found.text)
        last = block.end
        start, end = found.map.to_file(block.start, block.end)
        assert 0 <= start < end <= len(text)


@given(st.text(st.sampled_from("ab ‘’,?!"), max_size=60))
def test_text_without_markup_stays_as_it_is(text: str) -> None:
    assert article("It is\n" + text).text.split() == ("It is\n" + text).split()


@pytest.mark.parametrize(
    "text",
    [
        "*a " * 20000,
        "`" * 20000,
        "https://x.example[" * 20000,
        "<<a" * 20000,
        "\"`" * 20000,
        "====\n----\n" * 5000,
        "|===\n" * 5000,
        "a:" * 20000,
        "[a" * 20000,
        "{a" * 20000,
    ],
    ids=lambda text: text[:4].strip(),
)  # fmt: skip
def test_hostile_text_is_read_to_its_end(text: str) -> None:
    found = article(f"{text}\n\n----\n\n....\n\nThe end.\n")
    assert found.map.to_file(0, len(found.text))[1] > len(text)
