"""Scraping residue that no phrase gives away."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence, Set

from newslint.finding import Hit, Span
from newslint.rules import Case, rule
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Literal

    from newslint.article import Article
    from newslint.text.furniture import Page

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
        "She told the Harbour ⟦Insider.So⟧, in May, the pilots went home.",
        "Both came from the ⟦harbour.Ms⟧ Dore, the pilot, was not there.",
        "That will not change, said ⟦Oza.Global⟧ shipping firms had called it fair.",
        "They sell salt and other ⟦products.News⟧ reports say that they are late.",
        Case("Er fährt sehr gut“, sagte ⟦er.Generell⟧ fährt der Kapitän gern.", language="de"),
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
        "The APIs of the IRAs and UFOs: the MPs asked, the SMSs came, the ISPs and PHEVs stayed.",
        "The boss of easyJet met those of Booking.com and Yahoo!Finance.",
        "It was first told by Harbour.News and by Taron.Com, and then on air.",
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
        "quote",
        "credit",
        "code",
    )
)
LIKELY = 2.2  # log odds from which on nearly every line is furniture …
LIKELY_INSIDE = 3.0  # … of sentences, and of lines between paragraphs of the story
PAGE = 0.2  # share of paragraphs below which a file is a whole page, in which any short line looks like furniture …
LIKELY_ON_PAGE, LIKELY_INSIDE_PAGE = 6.5, 7.5  # … and the bars are higher
# What stands below the report of a match.
_MATCH_FACTS = (
    *("Attendance:", "Referee:", "Umpires:", "Half-time:", "Scorers:", "Man of the match:", "Player of the match:"),
    *("Zuschauer:", "Schiedsrichter:", "Tore:", "Affluence :", "Arbitre :", "Asistencia:", "Árbitro:"),
)  # fmt: skip
_SPEECH = ("“", '"', "„", "«", "「")  # somebody speaks: a sentence that is copy, if a short one
_QUESTION = "?？؟"
LEAST_SPACES = 5  # of a sentence
LEAST_STORY = 3  # lines that surely are, without which nothing can be told from them
LONGEST_RUN = 15  # lines: more of a kind are a table, a score sheet, a programme
MENU = 0.15  # share of a longer run's lines with words of page furniture
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
        Case(
            "".join(f"<p>{each}</p>" for each in _STORY.strip().split("\n\n"))
            + "<blockquote><p>We go.</p><cite>Ada Brook</cite></blockquote>"
            "<blockquote><p>We stay.</p><cite>Ivo Sand</cite></blockquote>"
            "<details><summary>Who pays</summary><p>The county does.</p></details>"
            "<details><summary>What comes next</summary><p>A vote.</p></details>\n",
            path="a.html",
        ),
        f"{_STORY}What you need on board:\n\n- a ticket\n- a coat\n- some patience\n",
        f"{_STORY}United stay 19th.\n\nAttendance: 21,304\n\nReferee: P. Walsh\n",
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
    page = article.furniture
    named = _named(article, page)
    if report == "likely":
        chosen = _likely(article, page, named)
    else:
        chosen = [i for i in page.others if i not in named and page.score(i) > ANY]
    for index in chosen:
        why = ", ".join(page.reasons(index)) or "by its neighbours"
        yield article.finding(page.lines[index], f"reads like the page, not the story: {why}")


def _named(article: Article, page: Page) -> set[int]:
    """The numbers of the lines in which another rule has found what was left over."""
    found = set()
    for start, end in article.named:
        index = bisect_left(page.lines, (end,)) - 1
        while index >= 0 and page.lines[index].end > start:
            found.add(index)
            index -= 1
    return found


def _likely(article: Article, page: Page, named: Set[int]) -> list[int]:
    """The numbers of the lines of which an editor would say at once that they are not copy, but for those `named`."""
    is_page = page.paragraphs < PAGE * len(page.lines)
    bar, bar_inside = (LIKELY_ON_PAGE, LIKELY_INSIDE_PAGE) if is_page else (LIKELY, LIKELY_INSIDE)

    def stands_out(index: int) -> bool:
        return not _is_plain(article, page, index) and page.exceeds(
            index, bar_inside if _is_copy(article, page, index) else bar
        )

    asked: Iterable[int] = page.others
    if article.has_markup:  # its blocks are known, of most articles without it none need be
        asked = [i for i in asked if _may_be_named(article, page, i)]
    if not any(i not in named and stands_out(i) for i in asked):
        return []
    asked = [i for i in asked if _may_be_named(article, page, i)]
    if named:
        # Among so many lines that they may be a table, all count.
        asked = [i for run in _runs(asked) for i in run if len(run) > LONGEST_RUN or i not in named]
    if not asked or not _has_story(page):
        return []
    first, last = page.story
    chosen = []
    for index in filter(stands_out, asked):
        text = article.text[slice(*page.lines[index])]
        if (
            not _is_copy(article, page, index)
            and (first < index or page.surely_begins < index)
            and (index < last or index < page.surely_ends)
            and (page.score(index) <= bar_inside or any(map(text.__contains__, _SPEECH)))
        ):
            continue
        if not (
            text.startswith(_MATCH_FACTS)
            or _is_row(article, page.lines, index)
            or page.is_in_table(index)
            or page.is_broken_off(index)
        ):
            chosen.append(index)
    return [
        i
        for run in _runs(chosen)
        if len(run) <= LONGEST_RUN or _is_menu(page, run)
        for i in run
        if i not in named
    ]


def _is_plain(article: Article, page: Page, index: int) -> bool:
    """Whether a line shows at first sight that it is the title, a question, or a sentence of the copy."""
    start, end = page.lines[index]
    title = article.title
    if title is not None and title.start <= start < title.end:
        return True
    text = article.text[start:end]
    if text[-1] in _QUESTION:
        return True
    # Teasers end with a capital.
    is_running = _is_sentence(text) and text[text.rfind(" ") + 1].islower()
    if is_running and page.stands_between_paragraphs(index):
        return True
    return any(map(text.__contains__, _SPEECH)) and _is_copy(article, page, index)


def _is_copy(article: Article, page: Page, index: int) -> bool:
    """Whether a line is more likely copy by its place or its end."""
    first, last = page.story
    return first < index < last or _is_sentence(article.text[slice(*page.lines[index])])


def _is_sentence(line: str) -> bool:
    return line[-1] in '.!”"' and line.count(" ") >= LEAST_SPACES


def _may_be_named(article: Article, page: Page, index: int) -> bool:
    """Whether a line is neither a question, nor the title again, nor one that an editor puts there."""
    start, end = page.lines[index]
    block = article.block_at(start)
    if article.text[end - 1] in _QUESTION or block is None or block.kind in _KEPT:
        return False
    title = article.title
    return block.kind != "list-item" and not (
        block.kind == "heading"
        and title is not None
        and article.text[start:end] == article.text[title.start : title.end]
    )


def _has_story(page: Page) -> bool:
    """Whether enough lines surely are of the story."""
    found = page.paragraphs
    if found < LEAST_STORY:
        found += sum(page.is_surely_story(i) for i in page.others)
    return found >= LEAST_STORY


def _is_row(article: Article, lines: Sequence[Span], index: int) -> bool:
    """Whether a line begins with a figure, like one of its neighbours: a row of a table, programme or list."""
    begins = [
        article.text[lines[i].start].isdigit()
        for i in (index - 1, index, index + 1)
        if 0 <= i < len(lines)
    ]
    return article.text[lines[index].start].isdigit() and sum(begins) > 1


def _is_menu(page: Page, run: Sequence[int]) -> bool:
    """Whether many of the lines hold words that pages have everywhere, so that it is no table or score sheet."""
    return sum(map(page.has_telling_word, run)) >= MENU * len(run)


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
