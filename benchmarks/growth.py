"""How time grows with texts that are made to be slow: each at one size and at four times that, the best of three.

    python benchmarks/growth.py

Prints both times and their ratio, 4 where time is in proportion to the text, and ends with 1 if one is above 8. The
tests count steps on such texts, which cannot see the time that one expression takes; this can.
"""

from __future__ import annotations

import sys
from time import process_time

from newslint.engine import Linter

SIZE = 25_000
WORST = 8.0
PLAIN = [
    *(
        "Short line here\n",
        "A line of sixty letters or so that was wrapped at one column\n",
        "a\n\n",
        " \n",
        "\t",
    ),
    *(
        "12 percent said ",
        "$1 ",
        "“a b c d e”, said Ada. ",
        "by from report 40,000 boats ",
        "It lost 62 percent. ",
    ),
    *(
        "“He has 40,000 boats,” ",
        '"He has about 40,000 boats. ',
        "12 % des femmes ",
        "mehr als 12.000 Menschen ",
    ),
    *(
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
    ),
    *(
        "“We’ll pay,” said the boys’ coach of the ’90s. ",
        "He said “we are here and it is. ",
        "“‘\"'",
        "'a",
        "»«",
    ),
    *(
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
    ),
]
PAGES = [
    *(
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
    ),
    *(
        "<q>",
        "<table><tr><td>",
        "<b>a",
        "a<br>",
        "<ul><li>a",
        "<p class='byline'>a",
        "<a href=x>a<p>",
        "<article>",
    ),
    *("<svg>", "<code>", "&amp", "{{ ", "<p itemprop=articleBody>a"),
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


def seconds(linter: Linter, text: str, ending: str) -> float:
    best = float("inf")
    for _ in range(3):
        start = process_time()
        linter.check_bytes(text.encode(), f"a{ending}")
        best = min(best, process_time() - start)
    return best


def main() -> int:
    linter, slow = Linter(), 0
    for ending, begin, units in [
        (".txt", "", PLAIN),
        (".html", "<html>", PAGES),
        (".md", "", MARKDOWN),
    ]:
        for unit in units:
            short, long = (
                seconds(linter, begin + unit * (size // len(unit)), ending)
                for size in (SIZE, 4 * SIZE)
            )
            ratio = long / max(short, 0.01)
            slow += ratio > WORST
            print(
                f"{ending:6} {unit!r:60.60} {short:7.3f} s {long:7.3f} s {ratio:5.1f}{'  !' * (ratio > WORST)}"
            )
    return int(slow > 0)


if __name__ == "__main__":
    sys.exit(main())
