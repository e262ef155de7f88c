"""Texts on which an expression or a search would take minutes, were its time to grow by their square.

benchmarks/growth.py takes the time of many more. These end within seconds, or do not end while anybody waits.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from newslint.article import Article, Block
from newslint.corpus.facts import Titled, facts_of
from newslint.corpus.near import tails_of, title_key
from newslint.engine import Linter
from newslint.fix import fixes_of, mend
from newslint.readers import Fault, Omitted, Reader
from newslint.source import Source
from steps import steps

LONG = 200_000


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter()


@pytest.mark.parametrize(
    ("ending", "begin", "unit", "end"),
    [
        (".txt", "", " \n", ""),
        (".txt", "", "[", ""),
        (".txt", 'He has "', "…!", "x of 40 percent"),
        (".txt", "The e", "\u0301\u0323", " of it"),
        (".txt", "", "N'" * 120 + ", 40 percent,” said Ada Brook. ", ""),
        (".txt", "“It is cold.”\n\nThe ", "Y’", "\n\n“It is.”"),
        (".txt", "window.", "a", " "),
        (".txt", "next", "»", "x"),
        (".txt", "https://a.example/", "?gclid=a&utm_source=b", ""),
        (".md", "---\ntitle: A", " ", "b\n---\n\nThe end."),
        (".md", '---\ntitle: "A', " ", 'b | c"\n---\n\nThe end.'),
        (".md", "+++\na = 5", " ", "c\n+++\n\nThe end."),
        (".adoc", "A ", "link:", ""),
        (".adoc", "A ", "<<a, ", ">>"),
        (".adoc", "A b", "'`c", ""),
    ],
)
def test_time_is_in_proportion(
    linter: Linter, ending: str, begin: str, unit: str, end: str
) -> None:
    text = begin + unit * (LONG // len(unit)) + end
    result = linter.check_bytes(text.encode(), f"a{ending}")
    assert result.articles == 1 or result.failed


@pytest.mark.parametrize(
    ("begin", "unit", "end"),
    [
        ("", "<!-- newslint: disable=ENC103 -- meant -->\nFish &amp;amp; chips.\n\n", ""),
        ("Fish &amp;amp; chips.\n\n" * 50, "<!-- newslint: disable=ENC103 -- meant -->\n", ""),
        ("---\ntitle: [a", ", b", "]\n---\n\nThe end."),
    ],
)
def test_steps_are_in_proportion(linter: Linter, begin: str, unit: str, end: str) -> None:
    def taken(times: int) -> int:
        text = begin + unit * times + end
        return steps(lambda: linter.check_bytes(text.encode(), "a.md"))

    taken(10)
    assert taken(400) < 5 * taken(100)


@pytest.mark.parametrize(
    ("begin", "unit", "end"),
    [
        ("A", " ", "(b"),
        ("A b c", '"', "(d) e"),
        ("A b c ", "| ", "d"),
        ("A b c", " -", "d"),
        ("LIVE", "'", "A"),
        ("A e", "\u0301\u0323", " b"),
    ],
)
def test_titles_and_copy_are_compared_in_proportion(begin: str, unit: str, end: str) -> None:
    text = begin + unit * (LONG // len(unit)) + end
    assert title_key(Titled(text, (0, 0)), frozenset(tail for tail, _ in tails_of(text)))
    body = Article(Source(text), text, [Block("paragraph", 0, len(text))])
    assert facts_of(body).words


def test_a_file_is_read_so_often_to_find_fixes_that_are_sound() -> None:
    readings = 0

    class Counting(Linter):
        def read(self, source: Source) -> tuple[Reader, Iterator[Article | Fault | Omitted] | None]:
            nonlocal readings
            readings += 1
            return super().read(source)

    linter = Counting()
    # Without its sign each line would be a heading, which shows other words: no fix of these is sound.
    data = ("\u200b# a\u200b\n\n" * 4_000).encode()
    mended = mend(
        Source.from_bytes(data, "a.md"),
        linter,
        lambda _, findings: fixes_of(findings, unsafe=True),
        data=data,
    )
    assert len(mended.result.findings) >= 4_000
    assert readings < 200
