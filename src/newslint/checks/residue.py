"""Scraping residue that no phrase gives away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from newslint.finding import Hit
from newslint.rules import Case, rule

if TYPE_CHECKING:
    from newslint.article import Article
    from newslint.text.furniture import Line

_SHOWN = 18  # characters of each word that a message shows


@rule(
    "RES201",
    "fused-words",
    severity="error",
    bad=[
        ("New ⟦TaronOct⟧ 21, 2024 / 11:40 am", "New Taron Oct 21, 2024 / 11:40 am"),
        (
            "2024-10-21 ⟦scriptHarbour⟧ master warns of ice",
            "2024-10-21 script Harbour master warns of ice",
        ),
        (
            "The ferry was late ⟦again.The⟧ crew gave no reason.",
            "The ferry was late again. The crew gave no reason.",
        ),
        (
            "“We will wait for the ⟦tide.”The⟧ captain then left.",
            "“We will wait for the tide.” The captain then left.",
        ),
        (
            'He said "we will wait for the ⟦tide."Captain⟧ Dore then left.',
            'He said "we will wait for the tide." Captain Dore then left.',
        ),
        "Mail boats are late, the owners ⟦reportedThe⟧ minister was not told.",
        "By Ada ⟦LarsenDecember⟧ 22, 2023",
        "Published December 22, ⟦2023As⟧ the harbour froze, the mail stopped.",
        "Updated at 5:15 ⟦PMReport⟧ this comment",
        "⟦FacebookTwitter⟧ and, below them, Read ⟦MoreHarbour⟧ pilots went home.",
        "The crane fell (Photo: Ada Larsen/⟦Reuters)The⟧ quay was closed.",
        "The Associated ⟦PressTARON⟧ -- The ferry was late.",
        "A quiet day in ⟦portBy⟧ Ada Larsen, harbour reporter",
        "Ferry crews in Taron wait. The strike in ⟦TaronFerry⟧ crews began on Monday.",
        Case("Die Fähre kam zu ⟦spät.Der⟧ Kapitän schwieg.", language="de"),
        Case("Le bac était en ⟦retard.Les⟧ marins ont attendu.", language="fr"),
        Case("Färjan var ⟦sen.Polisen⟧ väntade på kajen.", language="sv"),
    ],
    good=[
        "New Taron, Oct 21, 2024 / 11:40 am",
        "YouTube, eBay, TikTok, LinkedIn and iPhone makers met McDonald’s and GitHub.",
        "The McArthurs, O’Neill, DeSantis and LaGuardia met Leonardo DiCaprio.",
        "The plant makes 40 kWh at 60 MHz and 3 mSv; the pH was right.",
        "Write to Ada.Larsen@harbour.example or see www.Harbour.example/NewsToday.Html.",
        "See #TaronFerry and @TaronHarbour or pic.harbour.example/dUO6AJlMxR for more.",
        "The U.S.Army and P.K.Divar, No.1 of the E.T.A., met at 10 a.m. on Monday.",
        "Premiers from KwaZulu-Natal and the isiXhosa and amaZulu kings met at eThekwini.",
        "It rose 3.5 per cent, to 12. Then there were ten.",
        "The boss of easyJet met those of Booking.com and Yahoo!Finance.",
        "The film is called “Wait...What?” and is about mRNA and a PhD.",
        "1.A warm coat\n2.The right boots\n3.Gloves",
        "He wrote ‘(S)He’ on the form and drew a triangle, 'ABC'.",
        Case("Die LehrerInnen und BürgerInnen trafen die GmbH und die AfD.", language="de"),
        Case("Am 3.Oktober traf der 1.FC Taron auf den BahnCard-Kunden.", language="de"),
        Case(
            "Ithimba laseNingizimu Afrika nabakwaZulu lihlangane noMnyango wezeMfundo ngoLwesine.",
            language="zu",
        ),
        Case("東京でiPhoneを使うOpenOfficeの利用者。", language="ja"),
    ],
)
def fused_words(article: Article) -> Iterator[Hit]:
    """Two words stand together without the space between them.

    A tag, a line end or a table cell was lost between them when the page was saved. The reader stumbles, and a
    search for either word does not find it.
    """
    text = article.text
    for joint in article.joints:
        left, right = text[joint.start : joint.at], text[joint.at : joint.end]
        yield article.finding(
            (joint.start, joint.end),
            f"no space between “{left[-_SHOWN:]}” and “{right[:_SHOWN]}”",
            fix=article.replace((joint.at, joint.at), " "),
        )


# What an editor puts there is no residue, wherever it stands.
_KEPT = frozenset(
    (
        "title",
        "deck",
        "byline",
        "dateline",
        "metadata",
        "caption",
        "figure-caption",
        "credit",
        "code",
    )
)
LIKELY = 2.7  # log odds from which on nearly every line is furniture …
LIKELY_INSIDE = 4.0  # … of sentences, and of lines between paragraphs of the story
_SPEECH = ("“", '"', "„", "«", "「")  # somebody speaks: a sentence that is copy, if a short one
STORY = -2.0  # log odds below which a line is surely of the story
LEAST_STORY = 3  # lines that surely are, without which nothing can be told from them
LONGEST_RUN = 15  # lines: more of a kind are a table, a score sheet, a programme
MENU = 0.25  # share of a longer run's lines with words of page furniture
ANY = -0.2  # where precision and recall are even

_STORY = (
    "Ferry sails again after storm\n\nThe ferry to the northern islands left the harbour of Merrow at noon on Friday, its operator said.\n\n"
    "Some forty people were on board, among them a teacher on her way back to the only school of the islands.\n\n"
    "The route had been closed for three days, and the shops on the islands had begun to run out of bread and milk.\n\n"
)


@rule(
    "RES202",
    "page-furniture",
    severity="warning",
    last_resort=True,
    bad=[f"{_STORY}⟦Related Topics⟧\n\n⟦Top Stories⟧\n\n⟦Most Popular⟧\n\n⟦Weather⟧\n"],
    good=[
        _STORY,
        f"{_STORY}What happens next\n\nThe operator wants to add a second boat, and asks the county to pay for half of it by spring.\n",
        f"{_STORY}What you need on board:\n\n- a ticket\n- a coat\n- some patience\n",
    ],
)
def page_furniture(
    article: Article, *, report: Literal["likely", "all"] = "likely"
) -> Iterator[Hit]:
    """A line looks like the page around the story, not like the story.

    Menus, teasers and labels were saved as copy. They interrupt readers, and they teach a corpus what no
    journalist wrote. The judgement is one of shape, place and neighbours; `report = "all"` is for cleaning
    corpora, where a line too many costs less than one too few.
    """
    lines = article.furniture
    chosen = [i for i, line in enumerate(lines) if line.score > ANY]
    if report == "likely":
        chosen = _likely(article, lines)
    for index in chosen:
        line = lines[index]
        why = ", ".join(line.reasons) or "by its neighbours"
        yield article.finding(line.span, f"reads like the page, not the story: {why}")


def _likely(article: Article, lines: Sequence[Line]) -> list[int]:
    """The numbers of the lines of which an editor would say at once that they are not copy."""
    story = [i for i, line in enumerate(lines) if line.score < STORY]
    if len(story) < LEAST_STORY:
        return []
    chosen = []
    for index, line in enumerate(lines):
        text = article.text[line.span.start : line.span.end]
        is_copy = story[0] < index < story[-1] or (text[-1] in '.!”"' and text.count(" ") >= 5)
        if line.score <= (LIKELY_INSIDE if is_copy else LIKELY) or text[-1] in "?？؟":
            continue
        if is_copy and any(mark in text for mark in _SPEECH):
            continue
        block = article.block_at(line.span.start)
        if block is None or block.kind in _KEPT or block.kind == "list-item":
            continue
        if not _is_row(article, lines, index):
            chosen.append(index)
    return [
        i for run in _runs(chosen) if len(run) <= LONGEST_RUN or _is_menu(lines, run) for i in run
    ]


def _is_row(article: Article, lines: Sequence[Line], index: int) -> bool:
    """Whether a line begins with a figure, like one of its neighbours: a row of a table, programme or list."""
    begins = [
        article.text[lines[i].span.start].isdigit()
        for i in (index - 1, index, index + 1)
        if 0 <= i < len(lines)
    ]
    return article.text[lines[index].span.start].isdigit() and sum(begins) > 1


def _is_menu(lines: Sequence[Line], run: Sequence[int]) -> bool:
    """Whether many of the lines hold words that pages have everywhere, so that it is no table or score sheet."""
    telling = sum(any(reason[0] == "“" for reason in lines[i].reasons) for i in run)
    return telling >= MENU * len(run)


def _runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    """Numbers that follow one another, together."""
    run: list[int] = []
    for number in numbers:
        if run and number != run[-1] + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run
