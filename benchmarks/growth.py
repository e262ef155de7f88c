"""How time grows with texts that are made to be slow: each at one size and at four times that, the best of two.

    python benchmarks/growth.py [FORMAT…]

Prints both times and their ratio, 4 where time is in proportion to the text, and ends with 1 if one is above 8. The
tests count steps on such texts, which cannot see the time that one expression takes; this can. FORMAT: only
those, such as `.md`, `fix` or `clean`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from time import process_time

from newslint.clean import clean
from newslint.engine import Linter
from newslint.fix import fixes_of, mend
from newslint.source import Source

SIZE = 10_000
WORST = 8.0
PLAIN = [
    "Short line here\n",
    "A line of sixty letters or so that was wrapped at one column\n",
    "a\n\n",
    " \n",
    "\t",
    "12 percent said ",
    "$1 ",
    "“a b c d e”, said Ada. ",
    "by from report 40,000 boats ",
    "It lost 62 percent. ",
    "“He has 40,000 boats,” ",
    '"He has about 40,000 boats. ',
    "12 % des femmes ",
    "mehr als 12.000 Menschen ",
    "aB",
    'a."A',
    "word.The ",
    "2023A",
    "abcdeAbcde ",
    "(a A)B",
    "A.B",
    "a,b",
    "http://a.",
    "a@b.",
    "#a",
    "1,",
    "“We’ll pay,” said the boys’ coach of the ’90s. ",
    "He said “we are here and it is. ",
    "“‘\"'",
    "'a",
    "»«",
    "| A ",
    " - A",
    ". . ",
    "the the ",
    "Share this\n",
    "[",
    "{{",
    "&amp;",
    "Ã©",
    "\u200b",
    "а",
    "e\u0301",
    "e\u0301\u0323",
    "\u0301\u0323",
    "éÃ© e\u0301",
    "!",
    "…!",
    ".",
    "‐「›",
    "’”",
    "‘‘",
    "Y’",
    "N'",
    "2a",
    "»",
    "said “a",
    "window.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "http://a.b?gclid=a&utm_source=b?c",
    "next»",
    "コメント1件)",
]
PAGES = [
    "<a ",
    "<a b='",
    '<a ="<a "',
    "<",
    "&",
    "<!--",
    "<![CDATA[",
    "<script>",
    "<div>",
    "</div>",
    "<p>",
    "<li>",
    "<q>",
    "<table><tr><td>",
    "<b>a",
    "a<br>",
    "<ul><li>a",
    "<p class='byline'>a",
    "<a href=x>a<p>",
    "<article>",
    "<svg>",
    "<code>",
    "&amp",
    "{{ ",
    "<p itemprop=articleBody>a",
]
MARKDOWN = [
    "*a",
    "_a_ ",
    "[a](",
    "![",
    "`",
    "> ",
    "- a\n",
    "# a\n",
    "<b>",
    "[^1]",
    "|a",
    "~~~\n",
    "{{< a >}}",
    "a\n=\n",
]


LIGHT = {
    ".rst": [
        "*a ",
        "`a <b",
        ":a:`",
        "|a",
        "``",
        ".. a\n",
        "- a\n",
        "a\n=\n\n",
        "\\",
        "[1]_ ",
        "+-+\n",
    ],
    ".adoc": [
        "*a ",
        "'`a ",
        '"`',
        "link:",
        "<<a, ",
        "((a ",
        "[a]",
        "{a}",
        "http://a[",
        "* a\n",
        "====\n",
        "a::",
    ],
}
# What a text begins and ends with, and what stands between them again and again.
STORY = '{"title":"Ferry sails again","text":"'
FEED = '<?xml version="1.0"?><rss version="2.0"><channel><item><title>A</title><description>'
RECORDS: list[tuple[str, str, str, str]] = [
    (".json", STORY, "“a &amp; ", '"}'),
    (".json", STORY, '\\"', ""),
    (".json", STORY, "\\u201c", '"}'),
    (".json", STORY, "<p>a &amp;amp; b", '"}'),
    (".json", '{"a":', "[", ""),
    (".json", '{"blocks":[', '{"type":"paragraph","data":{"text":"a"}},', "1]}"),
    (".jsonl", "", '{"title":"A","text":"“b &amp; c"}\n', ""),
    (".jsonl", "", '{"title":"A\n', ""),
    (".csv", "title,text\n", "A,“b\n", ""),
    (".csv", 'title,text\nA,"', '“b ""\n\n', '"\n'),
    (".csv", "title,text\n", 'A,"b\n', ""),
    (".xml", FEED, "“b &amp;amp; c ", "</description></item></channel></rss>"),
    (".xml", FEED, "<![CDATA[<p>“b]]>", "</description></item></channel></rss>"),
    (".xml", FEED, "<a>", ""),
    (".xml", FEED, "</b>", ""),
    (".xml", FEED, "&a;", ""),
    (".xml", "<rss>", "<!-", ""),
    (
        ".xml",
        "<?xml version='1.0'?><nitf><body><body.content>",
        "<p>a</p>",
        "</body.content></body></nitf>",
    ),
]
HEADERS: list[tuple[str, str, str, str]] = [
    (".md", "---\ntitle: A", " ", "b\n---\n\nThe end."),
    (".md", '---\ntitle: "A', " | b", '"\n---\n\nThe end.'),
    (".md", '---\ntags: [a]\ntitle: "A', ' \\"', '"\n---\n\nThe end.'),
    (".md", "---\ntitle: [a", ", b", "]\n---\n\nThe end."),
    (".md", "---\na: ", "[", "\n---\n\nThe end."),
    (".md", "---\na: [x]\n", "b: c\n", "---\n\nThe end."),
    (".md", "+++\na = 5", " ", "c\n+++\n\nThe end."),
    (".md", "+++\na = [", '"b",\n', "]\n+++\n\nThe end."),
]
COMMENT = "<!-- newslint: disable=ENC103 -- meant -->\n"
SUPPRESSED: list[tuple[str, str, str, str]] = [
    (".md", "", f"{COMMENT}Fish &amp;amp; chips.\n\n", ""),
    (".md", "", COMMENT, "\nFish &amp;amp; chips."),
    (".md", COMMENT * 200, "Fish &amp;amp; chips.\n\n", "<!-- newslint: enable=ENC103 -->\n" * 200),
]
MENDED = [
    (".txt", "", "Fish &amp; chips and ", ""),
    (".txt", "", "Share this\n", ""),
    (".txt", "", "a\u200bb \u00ad", ""),
    (".md", "", "Fish &amp;amp; chips [a](b) ", ""),
    (".md", "", "\u200b# a\u200b\n\n", ""),
    (".html", "<p>", "Fish &amp;amp;lt;b&amp;gt; <p>", ""),
    (".json", STORY, "Fish &amp; \\u200bchips ", '"}'),
]


def checked(text: str, ending: str) -> None:
    LINTER.check_bytes(text.encode(), f"a{ending}")


def fixed(text: str, ending: str) -> None:
    data = text.encode()
    mend(
        Source.from_bytes(data, f"a{ending}"),
        LINTER,
        lambda _, findings: fixes_of(findings, unsafe=True),
        data=data,
    )


def cleaned(text: str, ending: str) -> None:
    data = text.encode()
    clean(Source.from_bytes(data, f"a{ending}"), LINTER, data=data)


def rows() -> Iterator[tuple[str, Callable[[str, str], None], str, str, str, str]]:
    """What is measured: its name, what is done, and with which text."""
    plain = [
        *((".txt", "", unit, "") for unit in PLAIN),
        *((".html", "<html>", unit, "") for unit in PAGES),
        *((".md", "", unit, "") for unit in MARKDOWN),
        *((ending, "", unit, "") for ending, units in LIGHT.items() for unit in units),
    ]
    for row in [*plain, *RECORDS, *HEADERS, *SUPPRESSED]:
        yield row[0], checked, *row
    for row in MENDED:
        yield "fix", fixed, *row
    for row in MENDED[:3]:
        yield "clean", cleaned, *row


def seconds(does: Callable[[str, str], None], text: str, ending: str) -> float:
    best = float("inf")
    for _ in range(2):
        start = process_time()
        does(text, ending)
        best = min(best, process_time() - start)
    return best


def main() -> int:
    wanted, slow = sys.argv[1:], 0
    for name, does, ending, begin, unit, end in rows():
        if wanted and name not in wanted:
            continue
        short, long = (
            seconds(does, begin + unit * (size // len(unit)) + end, ending)
            for size in (SIZE, 4 * SIZE)
        )
        ratio = long / max(short, 0.01)
        slow += ratio > WORST
        shown = repr(unit if len(begin) < 5 else f"{begin[-20:]}{unit}")
        print(
            f"{name:6} {shown:50.50} {short:7.3f} s {long:7.3f} s {ratio:5.1f}{'  !' * (ratio > WORST)}"
        )
    return int(slow > 0)


LINTER = Linter()

if __name__ == "__main__":
    sys.exit(main())
