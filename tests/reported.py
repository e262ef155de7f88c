"""A small folder for reports: every kind of finding, and what a terminal, build server or page might carry out."""

from __future__ import annotations

import json
from pathlib import Path

import desk_rules

SHOUTED = """
[[rule]]
code = "STY904"
name = "shouted-order"
kind = "existence"
message = "an order: “{match}”"
why = "It repeats what the article says, whatever that is."
match = ["OBEY .*"]
ignore-case = false
in-quotations = true
bad = ["⟦OBEY me⟧"]
good = ["They obey.", "OBEYED"]
"""

PLUGIN = '''
from newslint import Fix, hookimpl, rule
from newslint.finding import Swap


@rule("STY921", "repeated-word", severity="warning", bad=["a mast, a ⟦mast⟧"], good=["a", "b"])
def repeated_word(article):
    """A word comes again."""
    at = [i for i in range(len(article.text)) if article.text.startswith("mast", i)]
    if len(at) > 1:
        first, *others = ((i, i + 4) for i in at)
        yield article.finding(first, "said again", related=others)


@rule("STY922", "odd-marks", bad=["⟦(oak]⟧"], good=["(oak)", "[oak]"])
def odd_marks(article):
    """Brackets of two kinds, or too many marks."""
    text = article.text
    start, end = text.find("(oak]"), text.find("!!")
    if start >= 0:
        swaps = (Swap(start, start + 1, "["), Swap(start + 4, start + 5, "]"))
        yield article.finding((start, start + 5), "crossed brackets", fix=Fix(swaps))
        yield article.finding((start, start + 5), "odd", fix=Fix(swaps[:1], label="write an elm"))
    if end >= 0:
        extra = article.replace((end + 1, end + 2), "", safe=True)
        yield article.finding((end, end + 2), "two marks", fix=extra)
        yield article.finding((end, end), "no space", fix=article.replace((end, end), "\\u00a0"))


@hookimpl
def newslint_rules():
    return [repeated_word, odd_marks]
'''

# What a terminal, a build server, a spreadsheet of annotations or a web page might carry out.
ORDERS = (
    "::error file=x::pwned ##[command]rm %0A::warning::x ]]> <script> \x1b[31m \u202e\u2028 \x07"
)
HOSTILE_NAME = "::error file=x,line=1::pwned\n##[command]%0A]]><script>\u202e\x1b[31m.txt"
# Each short enough to stand in a message as a whole.
MORE_ORDERS = (
    "<script>alert(1)</script> ]]> &lt;",
    "[click](https://x.example) ![i](y.png)",
    "`a` | ``b`` | @all #1 https://x.ex",
    "%0A::warning::x {0} {{y}}",
    "\x1b[31m \u202e\u2028 \x07 \ufffe",
    "=1+1, +2; \"q\" 'r' \\ \\| |",
)
FORMULA_NAME = '=HYPERLINK("x")|`a`@all [b](c).txt'
HOSTILE_PART = " ::set-output name=x::y\n##vso[task.complete]"

ARTICLES = {
    "bridge.txt": (
        "Bridge opens\n\nA groundbreaking bridge opened on Friday.\n"
        "\tThe town utilised 日本 cranes and utilised oak.\n\nIt was somewhat cold.\n"
    ),
    "clean.txt": "The bridge opened on Friday, the mayor said.\n",
    "empty.txt": "",
    "long.txt": "word " * 120 + "groundbreaking" + " word" * 120 + "\n",
    "mac.txt": "First line\rA groundbreaking line\r\rThey utilised it.\r\nSomewhat.\n",
    "masts.txt": "A mast, a mast, a mast, a mast,\na mast, a mast and a mast.\n",
    "oak.txt": "An (oak] stood there!!\n",
    ".hidden.txt": "A groundbreaking bridge.\n",
    HOSTILE_NAME: f"{ORDERS}\nOBEY {ORDERS}\n",
    FORMULA_NAME: "".join(f"OBEY {order}\n" for order in MORE_ORDERS),
    "wire/records.jsonl": "".join(
        json.dumps(record, ensure_ascii=False) + "\n"
        for record in (
            {"id": "n1", "title": "A groundbreaking day", "text": 'They “utilised"\nit.'},
            {"id": HOSTILE_PART, "text": f"OBEY {ORDERS}"},
            {"id": "n3", "text": "They utilised it.", "newslint": {"disable": ["STY902"]}},
        )
    ),
}
ARGUMENTS = (".", "gone.txt", "--plugin", "plugin_of_the_reports", "-j1")


def write(folder: Path) -> None:
    """The articles, rules and settings, below `folder`."""
    settings = 'extend-packs = ["rules.toml"]\nselect = ["STY9", "faint-word"]\nlanguage = "en"\n'
    others = {
        "rules.toml": desk_rules.PACK + SHOUTED,
        "newslint.toml": settings,
        "plugin_of_the_reports.py": PLUGIN,
    }
    for name, text in {**ARTICLES, **others}.items():
        desk_rules.write(folder / name, text)
