"""AsciiDoc: what is copy, what is not, and where each word stands; held against what Asciidoctor renders.

`fixtures/asciidoc/rendered.json` has pieces of our own with the HTML that Asciidoctor makes of them (`render.mjs`).
What we show otherwise, and why, is not in it: labels of notes and figures are left out, as nobody wrote them; a picture
shows its text for those who do not see it; all text under conditions is read; a reference without words shows its
target; blocks of raw HTML are no copy.
"""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.article import OBJECT
from newslint.readers.asciidoc import read
from pieces import Pieces

OWN = Pieces(read, "a.adoc")
article, blocks, in_file = OWN.article, OWN.blocks, OWN.in_file


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
        ('[quote, Ole, "The shop"]\nIt falls.\n\nEnd.', [("quote", "It falls."), ("quote", "Ole The shop"), ("paragraph", "End.")]),
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
        ('"It never ends"\n-- Ole', [("quote", "It never ends"), ("quote", "Ole")]),
        ("> It falls\n> here.\n>\n> Twice.\n\nEnd.", [("quote", "It falls here."), ("quote", "Twice."), ("paragraph", "End.")]),
        ("Why\n---\n\nA cloud\n--------\nEnd.", [("heading", "Why"), ("heading", "A cloud"), ("paragraph", "End.")]),
        ("ifdef::web[]\nOne.\nendif::[]\nTwo.\nifdef::a[Three.]", [("paragraph", "One. Two. Three.")]),
        ('ifeval::["{a}" == "b"]\n\nOne.\n\nendif::[]', [("paragraph", "One.")]),
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
        ("A mark footnote:[Not this.].", "A mark ￼.", "A mark footnote:[Not this.]."),
        ("Fish &amp; chips &#8217;til {nope}.", "& chips ’til {nope}", "&amp; chips &#8217;til {nope}"),
        ("A \\*star* and \\<<so>>.", "*star* and <<so>>", "\\*star* and \\<<so>>"),
        ("A ((word)) (((no, more))) here.", "word here", "word)) (((no, more))) here"),
        ("A pass:[<b>bold</b>] word +++<i>so</i>+++.", "bold word so", "pass:[<b>bold</b>] word +++<i>so</i>+++"),
        ("See <https://x.example/a*b> -> it.", "https://x.example/a*b → it", "<https://x.example/a*b> -> it"),
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


class Rendered(HTMLParser):
    """The words of what Asciidoctor made; an object replacement character stands for code."""

    INLINE = frozenset(("a", "b", "em", "i", "mark", "span", "strong", "sub", "sup", "u", "code"))

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []
        self._code = 0  # elements of code around
        self._is_credit = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag not in self.INLINE and not self._code:
            self.shown.append(" ")
        kind = dict(attributes).get("class")
        self._is_credit = self._is_credit or kind == "attribution"
        if tag == "br" or tag == "img" or tag == "col" or tag == "hr":
            return
        if self._code or tag == "code" or (tag == "pre" and kind != "content"):
            if not self._code:
                self.shown.append(OBJECT)
            self._code += 1

    def handle_endtag(self, tag: str) -> None:
        if self._code:
            self._code -= 1
        elif tag not in self.INLINE:
            self.shown.append(" ")

    def handle_data(self, data: str) -> None:
        if self._is_credit and data.strip():
            self._is_credit, data = False, data.replace("— ", "", 1)
        if not self._code:
            self.shown.append(data.replace("\u200b", ""))


RENDERED = json.loads(
    (Path(__file__).parent / "fixtures" / "asciidoc" / "rendered.json").read_text("utf-8")
)


@pytest.mark.parametrize("case", RENDERED, ids=lambda case: " ".join(case["asciidoc"].split())[:30])
def test_the_words_are_those_that_asciidoctor_shows(case: dict[str, str]) -> None:
    rendered = Rendered()
    rendered.feed(case["html"])
    rendered.close()
    assert article(case["asciidoc"] + "\n").text.split() == "".join(rendered.shown).split()


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
