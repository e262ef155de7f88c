"""The article model: blocks, the source map, and fixes through it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.article import Article, Block, Run, SourceMap, primary_subtag
from newslint.finding import Edit, Fix, Swap
from newslint.readers import USUAL, Reader
from newslint.readers.html import READER as HTML
from newslint.readers.markdown import READER as MARKDOWN
from newslint.readers.records import READER as RECORDS
from newslint.readers.text import READER as TEXT
from newslint.source import Source

# "a &amp; **b**" shown as "a & b"
FILE = "a &amp; **b** c"
RUNS = (Run(0, 2, 0, 2), Run(2, 3, 2, 7), Run(3, 4, 7, 8), Run(4, 5, 10, 11), Run(5, 7, 13, 15))
SHOWN = "a & b c"


@pytest.mark.parametrize(
    ("span", "file"),
    [
        ((0, 1), "a"),
        ((2, 3), "&amp;"),
        ((4, 5), "b"),
        ((0, 3), "a &amp;"),
        ((3, 5), " **b"),
        ((4, 7), "b** c"),
        ((0, 7), FILE),
        ((4, 4), ""),
    ],
)
def test_spans_of_the_text_are_spans_of_the_file(span: tuple[int, int], file: str) -> None:
    start, end = SourceMap(RUNS).to_file(*span)
    assert FILE[start:end] == file


def test_without_runs_both_are_the_same() -> None:
    assert SourceMap().to_file(3, 9) == (3, 9)


def test_an_edit_goes_through_the_map_and_is_escaped() -> None:
    source_map = SourceMap(RUNS, escape=lambda text: text.replace("<", "&lt;"))
    assert source_map.edit(Swap(2, 3, "<")) == Edit(2, 7, "&lt;")


def test_an_edit_over_markup_is_refused() -> None:
    assert SourceMap(RUNS).edit(Swap(3, 5, "x")) is None
    article = Article(Source(FILE), SHOWN, (), source_map=SourceMap(RUNS))
    assert article.file_fix(Fix((Swap(0, 1, "A"), Swap(3, 5, "x")))) is None
    fix = article.file_fix(Fix((Swap(0, 1, "A"), Swap(4, 5, "B")), safe=True))
    assert fix is not None
    assert fix.edits == (Edit(0, 1, "A"), Edit(10, 11, "B"))


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=8), st.data())
def test_any_span_maps_into_the_file(lengths: list[tuple[int, int]], data: st.DataObject) -> None:
    runs, at, file_at = [], 0, 0
    for length, file_length in lengths:
        runs.append(Run(at, at + length, file_at, file_at + file_length))
        at, file_at = at + length, file_at + file_length
    start = data.draw(st.integers(0, at))
    end = data.draw(st.integers(start, at))
    file_start, file_end = SourceMap(runs).to_file(start, end)
    if runs:
        assert 0 <= file_start <= file_end <= file_at


def test_blocks_are_found_by_offset() -> None:
    blocks = (Block("title", 0, 3), Block("paragraph", 5, 9))
    article = Article(Source("abc\n\ndefg"), "abc\n\ndefg", blocks)
    assert [article.block_at(i) for i in (0, 2, 3, 4, 5, 8, 9)] == [
        blocks[0], blocks[0], None, None, blocks[1], blocks[1], None,
    ]  # fmt: skip
    assert article.title == blocks[0]
    assert article.paragraphs == (blocks[1],)


@pytest.mark.parametrize(
    ("tag", "language"), [("en-GB", "en"), ("pt_BR", "pt"), ("DE", "de"), ("", ""), (" fr ", "fr")]
)
def test_languages_are_primary_subtags(tag: str, language: str) -> None:
    assert primary_subtag(tag) == language


def test_a_view_is_made_once() -> None:
    article = Article(Source("One. Two."), "One. Two.", [Block("paragraph", 0, 9)])
    assert article.sentences is article.sentences
    assert [article.text[start:end] for start, end in article.sentences] == ["One.", "Two."]


@pytest.mark.parametrize(
    ("reader", "text", "expected"),
    [
        (
            MARKDOWN,
            "# Rain\n\nThe [county’s *own* report](https://a.example/r.pdf) and [a pier][p] and ![a boat](b.png).\n\n[p]: /piers\n",
            [("county’s own report", "https://a.example/r.pdf"), ("a pier", "/piers")],
        ),
        (
            HTML,
            "<p>The <a class=x href='/r?a=1'>county’s <b>own</b> report</a>, <a name=top>top</a> &amp; <a href=\"//b.example\">a <a href=c>pier</a></p>",
            [("county’s own report", "/r?a=1"), ("a ", "//b.example"), ("pier", "c")],
        ),
        (
            RECORDS,
            '{"title": "Rain", "body": "<p>The <a href=\\"/r\\">county’s report</a> &amp; more of it.</p><p>It rains.</p>"}\n',
            [("county’s report", "/r")],
        ),
        (TEXT, "Rain\n\nThe [county’s report](https://a.example/r.pdf).\n", []),
    ],
)
def test_links_have_their_words_and_targets(
    reader: Reader, text: str, expected: list[tuple[str, str]]
) -> None:
    assert reader.read is not None
    made = next(reader.read(Source(text), USUAL))
    assert isinstance(made, Article)
    assert [(made.text[each.start : each.end], each.target) for each in made.links] == expected
