"""Rules on copy that stands twice in one article."""

from __future__ import annotations

from collections.abc import Iterator

from newslint.article import Article
from newslint.finding import Hit
from newslint.rules import Case, rule
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.text.repeats import Repeat

SHORTEST_SENTENCE = 60  # characters; shorter ones come again as answers and refrains

_BELL = "The bell of the old ferry house rang for the first time in eleven years on Sunday morning."
_ROPE = "Ragna Holm, who climbed the tower in the first week of May, was a late replacement on the old ferry house rope."
_HOURS = (
    "It will ring every hour from now on, said Ada Brook, who mended the clockwork in her kitchen."
)


@rule(
    "DUP101",
    "repeated-paragraph",
    bad=[
        Case(
            f"Bell rings again\n\n{_BELL}\n\n{_HOURS}\n\n⟦{_BELL}⟧\n",
            f"Bell rings again\n\n{_BELL}\n\n{_HOURS}\n\n\n",
        ),
        f"Bell rings again\n\n{_BELL}\n\n⟦{_BELL}⟧\n\n{_HOURS}\n",
        f"Bell rings again\n\n{_BELL} {_HOURS}\n\nThe town was glad.\n\n"
        f"⟦{_BELL.replace('rang', 'has rung')} {_HOURS.replace('her kitchen', 'her own kitchen')}⟧\n",
        "Bell rings again\n\nIvo Sand hurt his hand while Edda Moe was a late replacement on the quay of both Merrow and Tarn. "
        f"{_ROPE}\n\nThe town was glad.\n\nHe said so again later. ⟦{_ROPE}⟧\n",
    ],
    good=[
        f"Bell rings again\n\n{_BELL}\n\nIt will stay that way, said Ada Brook.\n",
        "Chant of the marchers\n\n“No bridge, no peace,” they shouted.\n\nThe march moved on towards the river.\n\n“No bridge, no peace,” they shouted.\n",
        "Results\n\nTarn 2 Merrow 1\n\nHalden 0 Merrow 1\n\nTarn 2 Merrow 1\n",
        "Two crashes\n\nThree people died on Friday when a bus left the road near the town of Tarn.\n\n"
        "Nine people died on Friday when a bus left the road near the town of Merrow Bay.\n",
        "Turnout by year\n\nTurnout in the county of Tarn was 79 per cent, the council said in 2019.\n\n"
        "Turnout in the county of Tarn was 71 per cent, the council said in 2014.\n",
    ],
)
def repeated_paragraph(article: Article) -> Iterator[Hit]:
    """A paragraph stands in the article twice.

    It was pasted twice, or saved from two places of the page. Readers think that they have lost their place.
    """
    for repeat in article.repeats:
        if repeat.share < 0.7 or _is_deck(article, repeat):
            continue
        how = "word for word" if repeat.exact else "nearly word for word"
        block = article.blocks[repeat.block]
        whole = repeat.share >= 0.95
        if block.kind == "list-item" and not whole:
            continue
        span = (block.start, block.end) if whole else repeat.span
        fix = article.replace(span, "") if whole and repeat.exact else None
        yield article.finding(
            span, f"stands here a second time, {how}", related=[repeat.of], fix=fix
        )


@rule(
    "DUP102",
    "repeated-sentence",
    severity="warning",
    bad=[
        f"Bell rings again\n\n{_BELL} The town had given it up, and so had most of those who were to mend it.\n\n"
        f"Nobody knows how long it will hold. ⟦{_HOURS}⟧ The council has paid for the oil and a new rope.\n\n"
        f"The money is there.\n".replace(
            "The town had given it up", _HOURS + " The town had given it up"
        ),
    ],
    good=[
        "Bell rings again\n\n“It will ring every hour from now on,” said Ada Brook.\n\n"
        "It will ring every hour from now on. That is what the council wants, and the town with it.\n",
        f"Bell rings again\n\n{_BELL}\n\n{_HOURS}\n",
    ],
)
def repeated_sentence(article: Article) -> Iterator[Hit]:
    """A long sentence stands in the article twice.

    It was moved and not taken out where it stood before.
    """
    for repeat in article.repeats:
        if repeat.share >= 0.7 or _is_deck(article, repeat):
            continue
        inside = [
            sentence
            for sentence in article.sentences_in(article.blocks[repeat.block])
            if repeat.span.start <= sentence.start and sentence.end <= repeat.span.end
        ]
        if inside and inside[-1].end - inside[0].start >= SHORTEST_SENTENCE:
            span = (inside[0].start, inside[-1].end)
            yield article.finding(
                span, "stands here a second time, word for word", related=[repeat.of]
            )


def _is_deck(article: Article, repeat: Repeat) -> bool:
    return article.blocks[repeat.of_block].kind == "deck" and repeat.share_of_first >= 0.8
