"""Rules on attribution: numbers, quotations and claims that nobody answers for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from newslint.article import Article
from newslint.finding import Hit
from newslint.rules import Case, rule

LONGEST_QUOTED = 40
QUIET_KINDS = frozenset(("vote", "points", "measure", "ratio"))  # counted in public, or a matter of course


@rule(
    "ATT101",
    "unattributed-number",
    severity="warning",
    languages=("en",),
    bad=[
        "Harbour at risk\n\nThe quay walls need repair. A third of the town’s fishing jobs depend on them, and ⟦62 percent⟧ of its families live below the poverty line.\n",
    ],
    good=[
        "Harbour at risk\n\nSome 62 percent of the town’s families live below the poverty line, according to the county.\n",
        "Harbour at risk\n\nThe walls were built in 1962 and are 40 metres long. The mayor, 51, lives at 12 Quay Street.\n",
        "Harbour at risk\n\n“We have lost 62 percent of our catch,” said Ada Brook, who has fished here for 30 years.\n",
    ],
)
def unattributed_number(
    article: Article, *, report: Literal["likely", "all"] = "likely"
) -> Iterator[Hit]:
    """A figure has no source.

    Readers will ask who says so, and whoever repeats the story cannot check it.
    """
    for quantity in article.quantities:
        if article.credits.of(quantity.start, quantity.end):
            continue
        if report == "likely" and quantity.kind in QUIET_KINDS:
            continue
        figure = article.text[quantity.start : quantity.end]
        yield article.finding((quantity.start, quantity.end), f"who says so? no source for “{figure}”")
