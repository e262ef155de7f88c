"""reStructuredText: what is copy, what is not, and where each word stands; held against docutils."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint.article import OBJECT
from newslint.cli import main
from newslint.readers.rst import read
from pieces import Pieces

OWN = Pieces(read, "a.rst")
article, blocks, in_file = OWN.article, OWN.blocks, OWN.in_file


def test_the_head_of_a_story() -> None:
    text = """Rain
====

It will stay
------------

:author: Ada Brook
:date: 2026-05-04
:summary: More
   of it.

It rains in Tarn.

Why
~~~
"""
    found = article(text)
    assert blocks(text) == [
        ("title", "Rain"),
        ("deck", "It will stay"),
        ("deck", "More of it."),
        ("byline", "Ada Brook"),
        ("metadata", "2026-05-04"),
        ("paragraph", "It rains in Tarn."),
        ("heading", "Why"),
    ]
    assert found.fields["author"] == "Ada Brook"


def test_leading_comments_of_site_generators_are_the_header() -> None:
    text = ".. title: Rain\n.. author: Ada Brook\n.. slug: rain\n\nIt rains.\n"
    assert blocks(text) == [("title", "Rain"), ("byline", "Ada Brook"), ("paragraph", "It rains.")]
    assert article(text).fields["slug"] == "rain"


def test_two_sections_of_one_depth_are_no_second_line_of_the_headline() -> None:
    text = "####\nRain\n####\n\nOne\n===\n\nIt rains.\n\nTwo\n===\n\nIt pours.\n"
    assert [kind for kind, _ in blocks(text)] == [
        "title", "heading", "paragraph", "heading", "paragraph",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One\ntwo.\n\nThree.", [("paragraph", "One two."), ("paragraph", "Three.")]),
        ("* a\n  b\n\n  c\n* d\n\n  * e", [("list-item", w) for w in ("a b", "c", "d", "e")]),
        ("1. a\n2. b\n\n#. c", [("list-item", w) for w in "abc"]),
        ("A. Smith said so\nand more.", [("paragraph", "A. Smith said so and more.")]),
        ("Term : kind\n  What it is.", [("list-item", "Term : kind"), ("list-item", "What it is.")]),
        ("Said\n\n  It falls.\n\n  -- Ole", [("paragraph", "Said"), ("quote", "It falls."), ("quote", "-- Ole")]),
        ("Code::\n\n  x “\n\nEnd.", [("paragraph", "Code:"), ("code", OBJECT), ("paragraph", "End.")]),
        ("Code ::\n\n> x\n> y\n\nEnd.", [("paragraph", "Code"), ("code", OBJECT), ("paragraph", "End.")]),
        ("::\n\n  x\n\nEnd.", [("code", OBJECT), ("paragraph", "End.")]),
        (".. code-block:: python\n   :linenos:\n\n   x = 1\n\nEnd.", [("code", OBJECT), ("paragraph", "End.")]),
        (".. image:: q.jpg\n   :alt: The quay\n\nEnd.", [("figure-caption", "The quay"), ("paragraph", "End.")]),
        (".. figure:: q.jpg\n   :alt: x\n\n   The quay", [("figure-caption", "The quay")]),
        (".. note:: Take care.\n\n   More.", [("paragraph", "Take care."), ("paragraph", "More.")]),
        (".. epigraph::\n\n   It falls.", [("quote", "It falls.")]),
        (".. youtube:: abc\n   :width: 3\n\nEnd.", [("paragraph", "End.")]),
        (".. _target: http://x.example\n.. |s| image:: x.png\n__ http://x.example\n\nEnd.", [("paragraph", "End.")]),
        (".. a comment\n   of two “lines\n\nEnd.", [("paragraph", "End.")]),
        ("See [1]_.\n\n.. [1] A note.", [("paragraph", "See."), ("list-item", "A note.")]),
        ("| One\n| two", [("paragraph", "One\ntwo")]),
        ("One.\n\n-----\n\nTwo.", [("paragraph", "One."), ("paragraph", "Two.")]),
        (">>> x\n1\n\nEnd.", [("code", OBJECT), ("paragraph", "End.")]),
        ("====  ====\na     b\n====  ====\nc     d\n      e\nf     g\n====  ====", [("list-item", w) for w in ("a", "b", "c", "d e", "f", "g")]),
        ("+---+---+\n| a | b |\n|   | c |\n+---+---+\n| d     |\n+---+---+", [("list-item", w) for w in ("a", "b c", "d")]),
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
        ("It *rains* now.", "rains", "rains"),
        ("It **rains** now.", "It rains now", "It **rains** now"),
        ("“*Rain*” falls.", "“Rain”", "“*Rain*”"),
        ("See `the quay <http://x.example>`_ today.", "the quay", "the quay"),
        ("See `the quay`__ today.", "quay today", "quay`__ today"),
        ("See quay_ today.", "quay today", "quay_ today"),
        ("See :doc:`the quay <quay>` today.", "See the quay today", "See :doc:`the quay <quay>` today"),
        ("See |the quay| today.", "the quay", "the quay"),
        ("See ``x *y*`` today.", OBJECT, "``x *y*``"),
        ("See :math:`x` today.", OBJECT, ":math:`x`"),
        ("A \\*star\\* falls.", "*star*", "\\*star\\*"),
        ("H\\ :sub:`2`\\ O.", "H2O", "H\\ :sub:`2`\\ O"),
        ("2 * 3 and a*b*c.", "2 * 3 and a*b*c.", "2 * 3 and a*b*c."),
        ("An *open star.", "*open star", "*open star"),
        ("snake_case_name stays.", "snake_case_name", "snake_case_name"),
        ("over\n*two\nlines* here.", "two lines", "two\nlines"),
        ('("*" is a star) *', '("*" is a star) *', '("*" is a star) *'),
    ],
)  # fmt: skip
def test_places_are_exact_through_markup(text: str, words: str, written: str) -> None:
    assert in_file(text + "\n", words) == written


def test_a_comment_suppresses_the_next_block() -> None:
    text = "One.\n\n.. newslint: disable=QUO101 -- as printed\n\nTwo.\n\nThree.\n"
    (directive,) = article(text).directives
    assert (directive.codes, directive.reason) == (("QUO101",), "as printed")
    assert text[directive.scope_start : directive.scope_end] == "Two."
    assert text[directive.start : directive.end].startswith(".. newslint")


MARKUP = st.lists(
    st.sampled_from(
        [*"ab .“”'\"*_`|:\\-=+\n<>", "\n\n", "  ", "::", "**", "``", ".. ", "* ", "\n===\n", "|x|", "[1]_", "`_"]
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


WORDS = st.lists(
    st.sampled_from(["a", "b", " ", " ", "*", "**", "`", "_", "(", ")", '"', ".", "-", "“", "’", "\n"]),
    min_size=1,
    max_size=20,
).map("".join)  # fmt: skip


@settings(deadline=None)
@given(WORDS)
def test_the_words_are_those_that_docutils_shows(text: str) -> None:
    core = pytest.importorskip("docutils.core")
    text = f"begin {' '.join(text.split())} end"
    overrides = {"report_level": 5, "halt_level": 5, "smart_quotes": False}
    tree = core.publish_doctree(text, settings_overrides=overrides)
    if any(tree.findall(lambda node: node.tagname in ("problematic", "system_message"))):
        return  # markup without an end or a target, which other readers show in ways of their own
    if any(tree.findall(lambda node: node.tagname in ("literal", "substitution_reference"))):
        return
    found = article(text)
    assert found.text.split() == tree.astext().split()


@pytest.mark.parametrize(
    "text",
    [
        "*a " * 20000,
        "`" * 20000,
        "[" * 20000,
        "".join(" " * depth + "a\n" for depth in range(600)),
        "* " * 5000 + "a",
        "".join(" " * depth + ".. note::\n\n" for depth in range(400)) + " " * 400 + "a",
        "== ==\n" * 5000,
        "+-+-+\n" * 5000,
        "a::\n" * 5000,
        "|a " * 20000,
        ":a:`" * 10000,
    ],
    ids=lambda text: text[:6].strip(),
)
def test_hostile_text_is_read_to_its_end(text: str) -> None:
    assert article(f"{text}\n\nThe end.\n").text.endswith("The end.")


def test_a_fix_keeps_the_columns_of_tables(tmp_path: Path) -> None:
    text = (
        "Rain\n====\n\n"
        "+------------+---------+\n"
        "| The cafÃ©  | ‘malign |\n"
        "+------------+---------+\n\n"
        "=========  ==========\n"
        "cafÃ© ‘90  cafÃ© last\n"
        "=========  ==========\n\n"
        "The cafÃ©.\n"
    )
    path = tmp_path / "a.rst"
    path.write_text(text, "utf-8")
    assert main(["--fix", "--isolated", "--select", "ENC,QUO108", str(path)]) == 1
    mended = text.replace("cafÃ© last", "café last").replace("‘90", "’90")
    assert path.read_text("utf-8") == mended.replace("The cafÃ©.", "The café.")
