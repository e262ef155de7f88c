"""Rules on attribution: numbers, quotations and claims that nobody answers for."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from newslint.article import Article, Block
from newslint.finding import Hit, Span
from newslint.rules import Case, rule
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from typing import Literal

    from newslint.text.credits import Credit, CreditKind
    from newslint.text.quantities import Quantity

LONGEST_MESSAGE = 80
READABLE = 400  # characters around a figure that count as its sentence
BESIDE = 60  # characters around a figure in which a word says that it is counted in public
SHARES = frozenset(("percent", "ratio", "points"))
COUNTED = frozenset(("large", *SHARES))
ASKED = frozenset(
    "adults voters respondents people Americans households residents likely registered randomly-selected interviews".split()
)
FORWARD = 2
LEAD = 5
SMALL_CHANGE = 1000  # of any currency: what is cheaper than that is a price
DEAR = 100_000
LONGEST_LABEL = 80  # characters of a line that is no sentence
PRICES = 5  # prices that make an article a guide to offers
# How many sentences behind the name of a poll, and of a document, figures may stand that are taken from it.
POLL = {"likely": 8, "all": 0}
DOCUMENT = {"likely": 5, "all": 0}
SPOKEN = {"likely": 2, "all": 0}  # … behind a figure of the same family that somebody has said


@rule(
    "ATT101",
    "unattributed-number",
    severity="warning",
    languages=("en", "de", "fr", "es"),
    bad=[
        "Harbour at risk\n\nThe quay walls need repair. Fishing jobs depend on them, and ⟦62 percent⟧ of its families live below the poverty line.\n",
        Case(
            "Hafen in Not\n\nDie Kaimauern sind alt. In der Stadt leben ⟦62 Prozent⟧ der Familien unter der Armutsgrenze.\n",
            language="de",
        ),
        Case(
            "Le port en danger\n\nLes quais sont vieux. La ville a perdu ⟦2,5 millions d'euros⟧ en un an.\n",
            language="fr",
        ),
        Case(
            "El puerto en peligro\n\nLos muelles son viejos. La ciudad perdió ⟦12.500⟧ barcos en un año.\n",
            language="es",
        ),
        Case(
            "# Harbour at risk\n\nThe walls are old. In [the harbour](/places/harbour) live ⟦62 percent⟧ of the families.\n",
            path="article.md",
        ),
        # One question a sentence, and one a range.
        "Harbour at risk\n\nBuyers spent ⟦$2 million⟧ to $5 million for the boats that 40,000 others had seen.\n",
        # What only looks like a credit: a noun, an adjective, a show, a plan of somebody.
        "Harbour at risk\n\nFishing advocates have left, and ⟦62 percent⟧ of the families live below the poverty line.\n",
        "Harbour at risk\n\nA self-published book on the walls came out in the town in which ⟦62 percent⟧ of the families are poor.\n",
        "Harbour at risk\n\nFamilies claiming allegiance to the founders are leaving, and ⟦62 percent⟧ of them are poor.\n",
        "Harbour at risk\n\nOnly two morning shows, ⟦62 percent⟧ repeats, came from the harbour.\n",
        "Harbour at risk\n\nThe harbour is expected to show ⟦62 percent⟧ fewer boats in March.\n",
        "Harbour at risk\n\nThe number of boats projected to leave has grown by ⟦62 percent⟧ in a year.\n",
        "Harbour at risk\n\nThe club has shed ⟦62 percent⟧ of its boats, with a list of names that shows its age.\n",
        "Harbour at risk\n\nThe clerk had to read all the papers, and ⟦62 percent⟧ of them were blank.\n",
        "Harbour at risk\n\nOne thing hasn't been reported: Of the boats, ⟦62 percent⟧ are gone.\n",
        "Harbour at risk\n\nStrong results from the north helped the fleet to grow by ⟦62 percent⟧ in a year.\n",
        "Harbour at risk\n\nThe town gets ⟦62 percent⟧ of its money from the pier, an arrangement the union has criticized.\n",
        "Harbour at risk\n\n“It rains,” Brook tweeted the day after ⟦40,000⟧ boats had sunk.\n",
        Case(
            "Harbour at risk\n\nThe mayor has fallen to ⟦62 percent⟧ in the polls.\n",
            options={"report": "all"},
        ),
        Case("Harbour at risk\n\nThe council has ⟦12 seats⟧ to fill.\n", options={"report": "all"}),
        Case(
            "Harbour at risk\n\nBoats outnumber cars here ⟦3-1⟧ in winter.\n",
            options={"report": "all"},
        ),
        Case(
            "Harbour at risk\n\nThe share of owners saying “it is over” has grown by ⟦28 points⟧ since.\n",
            options={"report": "all"},
        ),
        "Harbour at risk\n\nEvery boat finds its way to a pier, and ⟦62 percent⟧ of the families are poor.\n",
    ],
    good=[
        "Harbour at risk\n\nSome 62 percent of the town’s families live below the poverty line, according to the county.\n",
        "Harbour at risk\n\nThe walls were built in 1962 and are 40 metres long. The mayor, 51, lives at 12 Quay Street.\n",
        "Harbour at risk\n\n“We have lost 62 percent of our catch,” said Ada Brook, who has fished here for 30 years.\n",
        "Harbour at risk\n\nSome 62 percent of the town’s families live below the poverty line. A report by the county in April found that rents had doubled.\n",
        "Harbour at risk\n\nThe fleet has shrunk in Ostby, home to 30 percent of the county’s boats. Cod closed at $4.20, and hake fell by 12 percent.\n",
        "Harbour at risk\n\nOstby, a town of 12,000, is at risk. The 4,000-member union meets in March.\n",
        "Harbour at risk\n\nThe plan failed, 66 percent to 34 percent, and the walls stay as they are.\n",
        "Harbour at risk\n\nIn May, the mayor said 62 percent of the families were poor. That is 40,000 people.\n",
        "Harbour at risk\n\nAs the mayor noted, 62 percent of the families are poor.\n",
        "Harbour at risk\n\nAda Brook, head of the union, said the numbers of boats she saw were worse, and 62 percent were gone.\n",
        "Harbour at risk\n\nThe union argued that:\n\nOf the families, 62 percent are poor. Some $3 million are missing.\n",
        "Harbour at risk\n\nAda Brook: “The walls will not stand. In all, 62 percent of the families are poor.”\n",
        "Harbour at risk\n\n''Some 62 percent of the boats are gone,'' it added.\n",
        "Harbour at risk\n\nAda Brook has sued the town, listing more than $3 million of debt.\n",
        Case(
            "Harbour at risk\n\nThe mayor, a newcomer to the town, promised to replace 40,000 hulls.\n",
            options={"report": "all"},
        ),
        "Harbour at risk\n\nThe boats lay idle for the first half of the year.\n",
        Case(
            "# Harbour at risk\n\nOf the families, [62 percent live below the poverty line](https://example.org/poor).\n",
            path="article.md",
        ),
        Case(
            "# Harbour at risk\n\nOf the families, 62 percent are poor. The figures are in [a table](https://example.org/t.xlsx).\n",
            path="article.md",
        ),
        Case(
            "<h1>Harbour at risk</h1>\n<p>In <a href='https://stats.gov.example.gov/ostby'>Ostby</a>, 62 percent of the families are poor.</p>\n",
            path="article.html",
        ),
        # What an editor does not ask: results, taxes, stakes, limits, what the reader has heard of, what somebody pays himself.
        "Harbour at risk\n\nThe mayor beat Ada Brook 51 percent to 36 percent. Brook won just 3 percent on the quay.\n",
        "Harbour at risk\n\nBoats pay a 40 percent excise tax. The union has a 10.4 percent stake in the pier.\n",
        "Harbour at risk\n\nOwners must put down $2,000 for a berth. Dues are $612 a year.\n",
        "Harbour at risk\n\nThe storm, in which 84 people were killed, is on all minds.\n",
        "Harbour at risk\n\nWhen I add it all up, the walls have cost me $500,000.\n",
        "Harbour at risk\n\nA survey by the county asked the town about its walls. They are old, it is cold, and it rains.\n\n"
        "The boats are old.\n\nThe quay is old.\n\nMen under 35 prefer new walls by 12 percent.\n",
        "Harbour at risk\n\nThe fund is for families with incomes under $47,000. For every $10,000 you borrow, it asks for a point more.\n",
        "Harbour at risk\n\nOn Friday, in a talk on the quay, the mayor boasted of his skill in saving $25 million on the walls.\n",
        "Harbour at risk\n\nThe runners came in as follows: 7 Jon Brook. 8 Rand Brook. 9 Ada Brook.\n",
        "Harbour at risk\n\nBrook now has 1,410 delegates, a record for the county. It takes 2,383 to win.\n",
        # A source that is given once is given for the same figure in the deck, and wherever it comes up again.
        Case(
            "---\ntitle: Forty thousand boats\ndescription: Some 40,000 boats are gone, and 62% of the families are poor\n---\n\n"
            "The mayor, Ada Brook, said that 40,000 ships had been sold. Of the families, 62 percent are poor, said the county.\n\n"
            "The quay walls are old.\n\nThe 40,000 boats will be missed.\n",
            path="article.md",
        ),
        Case(
            "Hafen in Not\n\nNach Angaben des Kreises leben 62 Prozent der Familien unter der Armutsgrenze. Der Kai von 1962 ist 40 Meter lang.\n",
            language="de",
        ),
        Case(
            "Le port en danger\n\nLa ville a perdu 2,5 millions d'euros, selon le rapport du comté. Le quai date de 1962.\n",
            language="fr",
        ),
        Case(
            "El puerto en peligro\n\n«Hemos perdido 12.500 barcos», dijo Ada Brook. El muelle es de 1962.\n",
            language="es",
        ),
    ],
)
def unattributed_number(
    article: Article, *, report: Literal["likely", "all"] = "likely"
) -> Iterator[Hit]:
    """A figure has no source.

    Readers will ask who says so, and whoever repeats the story cannot check it.
    """
    claims = article.striking_quantities if report == "likely" else article.quantities
    if report == "likely" and _lists_prices(article, claims):
        return  # what is on offer, and for how much
    last = None
    told = 0  # up to where: one question about a sentence is enough
    for quantity in claims:
        if quantity.start < told:
            continue
        if last is not None and _is_range(article.text[last.end : quantity.start]):
            last = quantity
            continue  # “$2 million to $5 million”
        if report == "likely" and not _is_asked_about(article, quantity):
            continue
        credits = _credits_near(article, quantity, report)
        if any(_answers(credit, quantity, report) for credit in credits):
            continue
        if report == "likely" and _is_named_next(article, quantity):
            continue
        if article.credits.carried(quantity, claims, spoken=SPOKEN[report]) is not None:
            continue
        if report == "likely" and (_goes_on(article, quantity) or not _is_report(article)):
            continue
        last = quantity
        if report == "likely":
            sentence = article.sentence_at(quantity.start)
            told = sentence.end if sentence is not None else quantity.end
        near = article.credits.nearest(quantity.start, quantity.end)
        message = f"who says so? no source for “{article.text[quantity.start : quantity.end]}”"
        yield article.finding(
            (quantity.start, quantity.end),
            message + _but(article, near, LONGEST_MESSAGE - len(message)),
            related=[near.cue] if near is not None else (),
        )


def _is_range(between: str) -> bool:
    return between.strip(" ") in ("to", "and", "or", "from", "-", "–")


def _but(article: Article, near: Credit | None, room: int) -> str:
    """The credit that stands nearest, and why it answers for something else. `room`: characters left for it."""
    if near is None:
        return ", nor any near it"
    if near.kind == "mention":
        why = "names no source"
    elif near.distance == 0:
        why = "covers other words"
    else:
        why = f"is {near.distance} {'sentence' if near.distance == 1 else 'sentences'} back"
    cue = article.text[near.cue.start : near.cue.end]
    whole = _with_name(article, near.cue)
    room -= len(f"; “” {why}")
    return f"; “{whole if len(whole) <= room else cue}” {why}"


def _with_name(article: Article, cue: Span) -> str:
    """A cue with the name or pronoun that stands beside it: “Brook said”, “said Brook”."""
    text = article.text
    words = text[cue.start : cue.end]
    before = text[max(0, cue.start - BESIDE) : cue.start].split(" ")[-2:]
    if len(before) == 2 and not before[1] and (before[0].istitle() or before[0] in _PRONOUNS):
        return f"{before[0]} {words}"
    behind = text[cue.end : cue.end + BESIDE].split(" ")[1:2]
    if behind and text[cue.end : cue.end + 1] == " ":
        name = behind[0].rstrip(".,;:)”’\"'")
        return f"{words} {name}" if name.istitle() and name.isalpha() else words
    return words


_PRONOUNS = frozenset("he she it they".split())


def _goes_on(article: Article, quantity: Quantity) -> bool:
    """Whether a figure stands in a quotation, or goes on with what somebody has just said.

    So does one on the dead and the injured, and one of a sentence that begins with “it” or “they”.
    """
    start, end = quantity.start, quantity.end
    block = article.block_at(start)
    if (
        block is None
        or article.credits.is_quoted(start, end)
        or _is_open(article.text[block.start : start])
    ):
        return True
    if quantity.kind == "casualty":
        return any(article.credits.of(start, end, sentences=NEWS, paragraphs=3)) or any(
            article.credits.behind(end, NEWS, across=True)
        )
    sentence = article.sentence_at(start)
    if sentence is None:
        return False
    if article.language != "en":
        return any(article.credits.of(start, end, sentences=SPOKEN["likely"], paragraphs=1))
    if quantity.kind == "money" and _is_counted_up(article, quantity):
        return True
    if _is_in_quotes(article.text, sentence) and any(
        article.credits.of(start, end, sentences=SPOKEN["likely"], paragraphs=1)
    ):
        return True
    if _goes_back().match(article.text, sentence.start) is None:
        return False
    return any(article.credits.of(start, end, sentences=1, paragraphs=0))


def _is_counted_up(article: Article, quantity: Quantity) -> bool:
    """Whether a sum goes on with others that somebody has just told of."""
    start, end = quantity.start, quantity.end
    if not any(article.credits.of(start, end, sentences=SPOKEN["likely"], paragraphs=1)):
        return False
    low = start - READABLE
    return any(
        other.kind == "money" and low <= other.start < start
        for other in article.striking_quantities
    )


def _is_in_quotes(text: str, sentence: Span) -> bool:
    """Whether some words of a sentence are quoted, so that whoever has just spoken says the rest too."""
    return any(text.find(mark, sentence.start, sentence.end) >= 0 for mark in '“"')


def _is_open(before: str) -> bool:
    """Whether a quotation is open at the end of what a paragraph begins with, closed later or never."""
    if '"' in before or "“" in before:
        opened = before.startswith(('"', "“")) + len(_opening().findall(before))
        return opened > before.count('"') + before.count("”") + before.count("“") - opened
    return False


@cache
def _opening() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"(?<=[\s(—–])[\"“]")


@cache
def _goes_back() -> re.Pattern[str]:
    """How a sentence begins that is about what the one before is about."""
    from newslint.expressions import compiled

    return compiled(
        r"(?:But |And )?(?:It|Its|They|Their|These|Those|This|That|Such|Each|Both|Half|Most|The (?:figure|number|total|rest|rate|sum|increase|decline|drop|rise))\b"
    )


def _is_report(article: Article) -> bool:
    """Whether an article reports news: no game, no market, no business, no advice to its reader, nor a long piece that names no sources."""
    words = len(article.text) // LETTERS
    if article.language != "en":
        return _is_report_abroad(article, words)
    least = LEAST_SAYING_LONG if words > LONGER else LEAST_SAYING
    if words > LONG and least * len(article.places_of(_SAYING)) < words:
        return False
    sports = {word for _, word in article.places_of(_SPORTS)}
    if len(sports) >= min(MOST_SPORTS, LEAST_SPORTS + words // 600):
        return False
    dealt = {word for _, word in article.places_of(_DEALS)}
    if len(dealt) >= LEAST_DEALS + words // 200:
        return False
    business = {word for _, word in article.places_of(_BUSINESS)}
    if len(business) > LEAST_BUSINESS + words // 125:
        return False
    spoken_to = sum(
        not article.quotes.covers(at, at + len(word)) for at, word in article.places_of(_READER)
    )
    return spoken_to < max(4, words // 200)


def _is_report_abroad(article: Article, words: int) -> bool:
    """The same in other languages: somebody speaks now and then, and neither the writer nor the reader is meant."""
    if words > SHORT_ABROAD:
        spoken = sum(
            article.credits.speaks_in(block.start, block.end) for block in article.paragraphs
        )
        if spoken * LEAST_SAYING_ABROAD < words:
            return False
    personal = sum(
        not article.quotes.covers(at, at + len(word))
        for at, word in article.places_of(_PERSONAL_ABROAD[article.language])
    )
    return personal < max(4, words // 200)


SHORT_ABROAD = 120  # words
LEAST_SAYING_ABROAD = 200  # words to a paragraph in which somebody speaks
_PERSONAL_ABROAD = {
    "de": frozenset(
        "ich mich mir mein meine wir uns unser unsere unseren du dich dir dein deine euch euer eure".split()
    ),
    "fr": frozenset("je mon ma mes nous notre nos vous votre vos tu ton tes".split()),
    "es": frozenset(
        "yo mi mis nosotros nuestro nuestra nuestros nuestras usted ustedes tu tus".split()
    ),
}
OWN = 40  # characters behind a figure in which somebody still speaks of himself
NEWS = 5  # sentences before and behind the dead and injured of which a source may be named in one
LONG = 300  # words
LONGER = 1000
LEAST_SAYING_LONG = 350
LEAST_SAYING = 700  # words to a word of saying, in an article that names its sources
_SAYING = frozenset(
    "said says say told tells according added adds wrote writes reported announced argued argues called found spokesman "
    "spokeswoman statement".split()
)
LETTERS = 6  # of a word, with its space
# Words of games, and how many different ones make an article one on sports.
LEAST_SPORTS = 4
MOST_SPORTS = 10
_SPORTS = frozenset(
    "striker midfielder goalkeeper quarterback playoffs playoff innings homer touchdown touchdowns rebounds halftime "
    "referee championship championships league fixture fixtures coach squad season seasons scored match matches tournament "
    "cup finals wicket wickets batsman medal medals sprint laps lap offense defence game games team teams players player".split()
)
# Words of markets, likewise.
LEAST_DEALS = 6
_DEALS = frozenset(
    "bond bonds yield yields eurobond eurobonds denominations coupon debentures trading traded dealers traders futures "
    "tonnes wheat barley corn crude barrels stg francs marks guilders libor currency currencies shares shareholders stock "
    "stocks stockmarket exchange dividend dividends dlrs pct mln inventories underwriting maturity bourse rally index "
    "nasdaq dow investors equity equities commodities".split()
)
# Words of stories on companies, which say themselves what they earn and owe, likewise.
LEAST_BUSINESS = 5
_BUSINESS = frozenset(
    "profit profits loss losses pretax turnover revenue revenues sales quarter quarterly earnings dividend debts stake stakes "
    "takeover bid merger acquisition acquisitions offer offers suitor deal capitalisation capitalization creditors shares "
    "shareholders investors analysts firm firms brand brands subsidiary owns owned chairman buy buying bought producer maker "
    "makers carmaker retailer airline giant rival rivals economy economic economists growth exports inflation deficit euros cash".split()
)
_READER = frozenset("you your yours yourself".split())


def _is_named_next(article: Article, quantity: Quantity) -> bool:
    """Whether what follows a figure names its source, as what follows a lead does for all of it."""
    paragraphs = article.paragraphs
    is_lead = bool(paragraphs) and quantity.end <= paragraphs[0].end
    sentences = LEAD if is_lead else FORWARD
    return any(
        credit.kind != "mention"
        for credit in article.credits.behind(quantity.end, sentences, across=is_lead)
    )


def _credits_near(article: Article, quantity: Quantity, report: str) -> Iterator[Credit]:
    """The credits that may answer for a figure, as far as any may reach it."""
    start, end = quantity.start, quantity.end
    if quantity.kind in SHARES and article.credits.has_polls:
        return article.credits.of(start, end, sentences=POLL[report], speech=False)
    return article.credits.of(start, end, sentences=DOCUMENT[report], paragraphs=1, speech=False)


def _answers(credit: Credit, quantity: Quantity, report: str) -> bool:
    """Whether a credit answers for a figure at its distance."""
    is_share = quantity.kind in SHARES
    if credit.kind == "mention" and (report == "all" or not (is_share or quantity.unit in ASKED)):
        return False
    if credit.kind == "poll" and report == "all" and not is_share:
        return False
    if credit.distance == 0:
        return True
    if credit.kind in ("poll", "mention"):
        return quantity.kind in SHARES and credit.distance <= POLL[report]
    return (
        credit.kind == "document" and credit.distance <= DOCUMENT[report] and credit.paragraphs <= 1
    )


def _is_asked_about(article: Article, quantity: Quantity) -> bool:
    """Whether an editor would ask who says so: not of votes, prices, plans, and figures that name a thing."""
    text = article.text
    start, end = quantity.start, quantity.end
    sentence = article.sentence_at(start)
    if sentence is None or not _is_whole(text, sentence):
        return False  # a line of a list or a table, a label, a heading
    sentence = Span(max(sentence.start, start - READABLE), min(sentence.end, end + READABLE))
    if article.language != "en":
        is_price = quantity.kind == "money" and (quantity.value or 0) < SMALL_CHANGE
        return not is_price and not article.holds(_PUBLIC_ABROAD[article.language], *sentence)
    before = text[max(0, start - 24) : start]
    if quantity.kind == "money" and (
        _is_price(article, quantity, sentence)
        or not article.holds(
            _SPENT, max(sentence.start, start - ABOUT), min(sentence.end, end + ABOUT)
        )
    ):
        return False  # what something is sold for, or what was agreed on in public
    if quantity.kind in ("large", "casualty") and _is_rough().search(before) is None:
        return False  # whoever counts to the last one has counted himself, or names who has
    if quantity.kind == "large" and article.holds(_SAMPLE, *sentence):
        return False  # how many were asked
    if quantity.kind == "large" and (
        _counts_people().match(text, end) is None or _live().match(text, end) is not None
    ):
        return False
    if quantity.kind == "casualty" and _known().search(before) is not None:
        return False  # known to the reader already
    if (
        quantity.kind == "money"
        and before[-1:].isspace()
        and _names_a_thing(before, text[end : end + 40])
    ):
        return False
    if quantity.kind in ("money", "percent", "large") and _at_most().search(before) is not None:
        return False
    if quantity.kind == "percent" and text.startswith("points", end - 6):
        return False
    if quantity.kind in SHARES and (
        _part_of_a_whole().match(text, end) is not None
        or "size" in text[start:end]
        or article.holds(
            _ECONOMY, max(sentence.start, start - ABOUT), min(sentence.end, end + ABOUT)
        )
        or article.holds(_MARKET, _one_back(article, start), sentence.end)
        or _inhabited().search(text, max(0, start - 40), start) is not None
    ):
        return False
    if _to_come().search(text, max(sentence.start, start - 100), start) is not None:
        return False
    if quantity.kind == "ratio" and before.endswith(" be "):
        return False  # “ought to be doubled”
    if quantity.kind == "money" and (
        _threshold().search(before) is not None
        or _sold().search(before) is not None
        or before.rfind("(") > before.rfind(")")  # the same in another currency
        or article.holds(
            _PRICES, max(sentence.start, start - ABOUT), min(sentence.end, end + ABOUT)
        )
    ):
        return False
    if quantity.kind == "large" and _needed().match(text, end) is not None:
        return False
    if quantity.kind == "percent" and (
        quantity.value == 100
        or before.endswith(_REST)
        or article.holds(_WILL, sentence.start, start)
        or text.startswith("pct", end - 3)  # as tables of markets have it
        or _dues().match(text, end) is not None
        or _quoted_at().match(text, end) is not None
        or article.holds(
            _PRICES, max(sentence.start, start - ABOUT), min(sentence.end, end + ABOUT)
        )
    ):
        return False
    if quantity.kind in ("percent", "money") and article.holds(_RESULTS, *sentence):
        return False  # a company says what it has earned
    if _to_be().match(text, end) is not None:
        return False
    if quantity.kind in ("large", "casualty") and _is_rough().search(before) is None:
        return False  # whoever counts to the last one has counted himself, or names who has
    if quantity.kind == "large" and article.holds(_SAMPLE, *sentence):
        return False  # how many were asked
    if quantity.kind == "large" and (
        text[end : end + 1] == "-"
        or before.endswith(_OWNERS)
        or _inhabited().search(text, max(0, start - 40), start)
    ):
        return False  # how large a town or a staff is, by the way
    if quantity.kind == "percent" and (
        _split().match(text, end) is not None
        or (before.endswith(_TO) and _split_before().search(before) is not None)
    ):
        return False  # “66 percent to 30 percent”: how people voted
    low, high = max(sentence.start, start - BESIDE), min(sentence.end, end + BESIDE)
    if article.holds(_MARKET, *sentence) or _is_public(article, Span(low, high)):
        return False
    if quantity.kind in COUNTED and article.holds(
        _COUNTING, _one_back(article, start), sentence.end
    ):
        return False
    if quantity.kind in SHARES and (
        article.holds(_ELECTION, *sentence)
        or (article.holds(_OPINION, *sentence) and article.credits.has_polls)
        or _won().search(text, max(sentence.start, start - 40), start) is not None
    ):
        return False
    block = article.block_at(start)
    if block is None or block.kind == "list-item" or _answer().match(text, block.start) is not None:
        return False  # questions and answers name who speaks at their beginning, if at all
    if text.startswith((" you ", " I "), end) or (
        text.startswith("We ", sentence.start)
        or article.holds(_OWN_WORDS, sentence.start, min(sentence.end, end + OWN))
    ):
        return False  # whoever writes or speaks says so
    if text[start:end].isupper() and text[start:end].isalpha():
        return False  # a headline in capitals
    clause = max(sentence.start, text.rfind(",", sentence.start, start) + 1)
    if _relative().match(text, clause, start) is not None:
        return False  # what somebody is like
    if (
        not text.startswith(" of ", end)
        and article.holds(_MOVES, sentence.start, start)
        and (_moved().search(text[max(sentence.start, start - 40) : start]) is not None)
    ):
        return False
    if text[sentence.start : sentence.start + 2] in _WORKED_OUT and (
        _worked_out().match(text, sentence.start) is not None
    ):
        return False  # follows from what was said before
    return quantity.kind != "casualty" or _dated().search(text, *sentence) is None  # else history


def _is_whole(text: str, sentence: Span | Block) -> bool:
    """Whether a sentence has its end, or is as long as one: what stands in lists, tables and headings is neither."""
    if sentence.end - sentence.start > LONGEST_LABEL:
        return True
    words = text[max(sentence.start, sentence.end - 8) : sentence.end]
    return words.rstrip("\"'”’»«“)]")[-1:] in _ENDS


_ENDS = frozenset(".!?…:;,")


def _is_price(article: Article, quantity: Quantity, sentence: Span) -> bool:
    """Whether a sum is what something is sold for: readers can look that up, or paid it."""
    if not _is_small(article.text, quantity):
        return False
    if article.holds(_TYPICAL, *sentence):
        return False
    return (quantity.value or 0) < SMALL_CHANGE or article.holds(_PRICED, *sentence)


def _is_small(text: str, quantity: Quantity) -> bool:
    """Whether a sum is one that is paid in a shop: no millions, and not many thousands."""
    value = quantity.value
    return value is not None and value < DEAR


def _lists_prices(article: Article, claims: Sequence[Quantity]) -> bool:
    """Whether an article says what many things are sold for, as a guide to offers does."""
    if len(claims) < PRICES:
        return False
    prices = sum(
        claim.kind == "money"
        and (claim.value or DEAR) < SMALL_CHANGE
        and _is_small(article.text, claim)
        and not article.text.startswith(_BY_THE_HOUR, claim.end)
        for claim in claims
    )
    return prices >= max(PRICES, len(claims) // 2)


_BY_THE_HOUR = (" an hour", "-an-hour", " per hour", " hourly", " minimum", "/hour")

# Words of sentences on what something is sold for.
_PRICED = frozenset(
    b"price prices priced pricing cost costs ticket tickets sale discount discounts discounted retail retails sell sells "
    b"selling buy buyer buyers bought purchase purchased MSRP admission subscription subscribers fare fares rent rental auction auctioned "
    b"fetch fetched bid bids starting shipping deal deals worth".split()
)
# Words of sentences on what most people earn, pay or own, which somebody has worked out.
_TYPICAL = frozenset(
    b"average averages averaged averaging median typical typically per-capita households household families family "
    b"Americans taxpayers taxpayer".split()
)


_SAMPLE = frozenset(
    b"surveyed polled interviewed interviews questionnaires respondents participants".split()
)
# Words beside a sum that somebody has added up: what was spent, raised, lost or owed.
_SPENT = frozenset(
    b"spent spend spends spending poured pour raised raise raising raises raked cost costs costing lost lose loses losing "
    b"losses loss owed owe owes owing sales revenue revenues "
    b"committed contributions donations wasted waste stolen stole debt debts "
    b"fraud funneled funnelled pumped".split()
)
_WILL = frozenset((b"will",))
_ECONOMY = frozenset(
    b"inflation Inflation growth economy economic output exports imports population populations deficit surplus rates shareholder shareholders".split()
)
_REST = ("other ", "remaining ", "rest, ")
_PRICES = frozenset(
    b"price prices Prices fares tariffs salary minimum threshold interest donated donation deficit surplus".split()
)
# Words of sentences on what a company has earned, which it has said itself.
_RESULTS = frozenset(
    b"profits Profits revenue revenues Revenue Revenues turnover Turnover dividend dividends quarter quarterly sales Sales pretax operating".split()
)
ABOUT = 60


@cache
def _to_be() -> re.Pattern[str]:
    """Behind a figure that has yet to come about: “are to be”, “will be”."""
    from newslint.expressions import compiled

    return compiled(
        r"(?: [\w’'-]+){0,5}? (?:(?:is|are|was|were) to be|will (?:be|go)|as part of (?:the|an?|its|their) |(?:is|are) (?:due|set|expected|scheduled) to|scheduled to|to attend|as forecast|as expected)\b"
    )


@cache
def _is_rough() -> re.Pattern[str]:
    """Before a number that somebody has estimated: “about”, “more than”, “at least”."""
    from newslint.expressions import compiled

    return compiled(
        r"\b(?:about|around|some|nearly|almost|roughly|over|than|at least|close to|as many as|as few as|well over|up to|approximately"
        r"|average of|[Oo]nly|just|hefty|estimated|About|Around|Some|Nearly|Almost|Roughly|Over|At least|Close to|As many as|Approximately|Just|least)(?: an?)? $"
    )


@cache
def _live() -> re.Pattern[str]:
    """Behind how many live in a country, which every atlas says."""
    from newslint.expressions import compiled

    return compiled(r" (?:[\w’'-]+ ){1,3}(?:now )?liv(?:e|ing) in (?:the )?[A-Z]")


@cache
def _counts_people() -> re.Pattern[str]:
    """What a large number counts that somebody has counted: people, and what they have."""
    from newslint.expressions import compiled

    return compiled(
        r"(?:-strong)?(?: (?!and\b|of\b|in\b|to\b|from\b|at\b|on\b|for\b|by\b|or\b)[\w’'&.-]+){0,3}? (?:people|persons|workers|jobs|homes|houses|households|families|troops|soldiers|students|pupils|voters"
        r"|citizens|employees|staff|members|women|men|children|kids|adults|Americans|Britons|Europeans|viewers|listeners|readers"
        r"|users|subscribers|customers|consumers|clients|patients|passengers|visitors|tourists|guests|fans|followers|supporters|protesters|protestors"
        r"|demonstrators|marchers|refugees|migrants|immigrants|immigrations?|prisoners|inmates|detainees|civilians|fighters|veterans|officers|teachers"
        r"|doctors|nurses|farmers|owners|drivers|volunteers|donors|taxpayers|victims|cases|deaths|births|couples|teenagers|girls|boys|babies|infants"
        r"|Muslims|Jews|Christians|Catholics|Hindus|blacks|whites|Hispanics|Latinos|Palestinians|Syrians|Iraqis|Chinese|Mexicans|Russians|Ukrainians"
        r"|boats|ships|companies|businesses|firms|shops|stores|branches|schools|crimes|attacks|arrests|complaints|applications|visits|downloads|calls|phones|numbers|cars|vehicles)\b"
    )


def _one_back(article: Article, offset: int) -> int:
    """Where the sentence before that of `offset` begins, in the same paragraph; else its own."""
    block = article.block_at(offset)
    sentences = article.sentences_in(block) if block is not None else ()
    index = bisect_right(sentences, (offset, sys.maxsize)) - 1
    return max(sentences[max(0, index - 1)].start, offset - READABLE) if index >= 0 else offset


def _is_public(article: Article, sentence: Span) -> bool:
    """Whether a sentence is about what is counted in public: votes, prices, plans, laws, what all know."""
    if article.holds(_PUBLIC, *sentence):
        return True
    if "9/11" in article.text[sentence.start : sentence.end]:
        return True
    return article.holds(_PUBLIC_BEGINNINGS, *sentence) and any(
        article.text.find(phrase, *sentence) >= 0 for phrase in _PUBLIC_PHRASES
    )


# Words of sentences on markets, whose figures stand in every listing.
_MARKET = frozenset(
    b"stocks Nasdaq Dow index indexes indices yield yields barrel ounce gallon Treasury currency currencies euro yen "
    b"trading earnings per-share crude futures shares unemployment Unemployment Stocks Shares copper Gold aluminum greenback Sterling borrowing Fed jobless payrolls inflation GDP".split()
)
# Words of paragraphs on elections, whose shares are results.
_ELECTION = frozenset(
    b"votes ballots precinct precincts delegate delegates superdelegates caucus caucuses primary primaries electorate "
    b"runoff recount".split()
)
# Words of sentences before whose figures are how a count stands.
_COUNTING = frozenset(
    b"delegate delegates superdelegates precinct precincts counted tallied".split()
)
_PUBLIC = frozenset(
    b"capacity caps capped treaty aims aim aiming vote votes ballot ballots precinct precincts delegate delegates caucus caucuses primary primaries electoral runoff "
    b"poll polls share shares stock stocks index indexes indices Nasdaq Dow gallon currency euro yen analysts voted "
    b"supporters yield yields barrel ounce trading traded earnings would could proposes proposed proposal proposals plan "
    b"plans bill legislation amendment measure cap goal pledge pledged promises promised target limit fine fined sentence "
    b"sentenced lawsuit sued suing bail announcement pledge unemployment jobless payrolls inflation GDP wages wage own owns designed fee fees dues prize prizes payroll carried edged trailed clinch retweeted followers signatures Facebook Twitter bills contribution must eligible eligibility allow allows allowed permit permits permitted require requires required entitled limits rule rules "
    b"pleaded convicted Dues "
    b"Fees Wages Prices rent rents".split()
)
_PUBLIC_ABROAD = {
    "de": frozenset(
        b"Stimmen Wahl Wahlen Wahlkreis Aktie Aktien Index Dax Kurs Gesetz Gesetzentwurf Plan soll sollen sollte will wollen "
        b"wolle werde werden Haushalt Ziel Preis Preise Preisgeld Strafe Geldstrafe Eintritt Miete Unternehmen Kilometer "
        b"Strafgeld Umsatzplus entspricht kostet kosten kostete Preisschild Listenpreis Rabatt Umsatz Gewinn Quartal Auftragseingang Zinsen Prognose sei seien "
        b"habe besteht bestehen Einwohner Einwohnern Teilnehmer Teilnehmern Konzern Tor Tore Saison Spiel Liga Euro-Ticket "
        b"verkauft Verkaufspreis Modell Alkohol".split()
    ),
    "fr": frozenset(
        b"voix scrutin vote votes actions Bourse indice CAC loi projet objectif devrait devraient pourrait pourraient veut prix "
        b"amende loyer budget second tour chiffre ventes trimestre semestre serait seraient aurait auraient habitants joueurs "
        b"match saison points".split()
    ),
    "es": frozenset(
        b"votos voto elecciones acciones Bolsa ley proyecto plan objetivo quiere precio precios multa presupuesto "
        b"recompensa entrada ventas trimestre condena deber deben debe habitantes partido temporada liga puntos".split()
    ),
}
_PUBLIC_PHRASES = (
    "Treasury note", "quarter profit", "quarterly profit", "quarter revenue", "quarterly revenue", "quarter loss",
    "quarterly loss", "minimum wage", "gross domestic", "Gross domestic", "labor force", "seek to", "seeks to", "Sept. 11",
)  # fmt: skip
_PUBLIC_BEGINNINGS = frozenset(
    b"Treasury quarter quarterly minimum seek seeks Sept gross Gross labor".split()
)


# What people are asked about: shares of them are those of a poll, if the article speaks of one.
_OPINION = frozenset(
    b"say said saying approve disapprove approval disapproval favor favour favored favorable unfavorable favorability oppose "
    b"opposed support supported supporting prefer preferred think believe agree disagree trust view viewed rating leads "
    b"leading trails trailing undecided unsure described describe call backed back".split()
)


def _names_a_thing(before: str, behind: str) -> bool:
    """Whether an amount stands before a noun as an adjective does: “a $54 billion deal”."""
    words = before.split()[-2:]
    return (
        any(word in _ARTICLES or word.endswith(("'s", "’s")) for word in words)
        and (len(words) < 2 or words[1][-1].isalnum() or words[1] in _ARTICLES)
        and _noun().match(behind) is not None
    )


_ARTICLES = frozenset("a an the its his her their this that another whose".split())


@cache
def _noun() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(
        r"-?(?:an?-\w+)?(?:\s\([^()]{1,40}\))?\s+(?!of\b|in\b|to\b|for\b|on\b|from\b|and\b|or\b|by\b|at\b|more\b|a\b)[a-z]+"
    )


_WORKED_OUT = frozenset(("Th", "It", "Wh", "In", "To", "“T", '"T', "“I", '"I', "“W", '"W'))


@cache
def _worked_out() -> re.Pattern[str]:
    """A sentence that works something out: “That adds up to …”."""
    from newslint.expressions import compiled

    return compiled(
        r"[“\"]?(?:That|This|It|Which|The result|In all,? that|Together,? (?:that|they))(?:['’]s| is| was| are| would be)? ?(?:about |roughly |nearly )?"
        r"(?:puts?|adds? up|works out|means|makes?|compares?|comes? to|amounts?|represents?|equals?|translates?|leaves?|up|down|slightly|well|more|less|an?\b|the\b|\d|\$)"
    )


_OWNERS = ("'s ", "’s ", "its ", "their ", "representing ")


@cache
def _inhabited() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(
        r"\b(?:population of|[Hh]ome to|(?:city|town|village|county|country|nation|district|metropolis) of)"
        r"(?: (?:about|around|some|nearly|almost|roughly|over|more than|at least))? $"
    )


@cache
def _split() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r",? (?:to|versus|vs\.) (?:[\w’'.-]+ ){0,3}?[\d.]+ ?(?:%|percent)")


_TO = (" to ", "-", "–")


@cache
def _split_before() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"\d ?(?:%|per ?cent)?,?(?: to |-|–)$")


@cache
def _dues() -> re.Pattern[str]:
    """What a share behind it is by law or by contract: a tax, a stake, a quorum."""
    from newslint.expressions import compiled

    return compiled(
        r"[- ](?:[a-z]+[- ]){0,2}?(?:tax|taxes|duty|duties|tariffs?|levy|stakes?|off|owner|ownership|discount|threshold|quorum|down payment|deposit|interest|rule|ABV|alcohol|proof)\b"
        r"|(?: \w+){1,3} / "
        r"| of (?:its |the )?(?:members|shares|stock|signatures)\b"
    )


@cache
def _quoted_at() -> re.Pattern[str]:
    """Behind a change, what something stands at now, to the point: “down 2.1% at 1,011.15”."""
    from newslint.expressions import compiled

    return compiled(r",? (?:at|to) [$£€]?[\d,]*\d\.\d")


@cache
def _threshold() -> re.Pattern[str]:
    """Before a sum that decides whom something is for: “families with incomes above”."""
    from newslint.expressions import compiled

    return compiled(
        r"\b(?:incomes?|earn(?:ing|s)?|mak(?:ing|es?)|salar(?:y|ies)) (?:of )?(?:above|below|under|over|less than|more than|at least|up to) $"
    )


@cache
def _sold() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(
        r"\b(?:[Ss]old|bought|acquired|auctioned|deal worth|contract worth|deal|contract)(?: off)?(?: for| at| over| nearly| about| around| more than| some)* $"
    )


@cache
def _at_most() -> re.Pattern[str]:
    """Before a limit, or how many listen or are spoken for."""
    from newslint.expressions import compiled

    return compiled(
        r"\b(?:up to|maximum of|limit of|cap of|told|tells|before|holds|seats|covering|serving|employing|crowd of|audience of|congregation of|gathering of"
        r"|represent(?:s|ing))(?: (?:about|around|some|nearly|almost|roughly|over|more than|at least))? $"
    )


@cache
def _to_come() -> re.Pattern[str]:
    """Before a figure that is meant to come about, or is called for."""
    from newslint.expressions import compiled

    return compiled(
        r"\b(?:due(?! to (?:the|an?|its|their|his|her)\b)|set|expected|projected|scheduled|forecast|likely|needs?|wants?|hopes?|hoping|aims?|call(?:s|ed|ing)? for|asked|asks?|seeks?|seeking|plans?|planned|goal|committed to|agree[ds]? to|ordered)\b"
        r"(?:[^.;:]|\.\d){0,90}$"
    )


@cache
def _part_of_a_whole() -> re.Pattern[str]:
    """Behind the share of what anybody can measure: a surface, a speech, a season."""
    from newslint.expressions import compiled

    return compiled(
        r" of (?:that|those|these|this|it|them|which|whom)\b| of (?:the|its|his|her|their) (?:company|firm|bank|group|club|business|shares|loans|portfolio|budget)\b"
        r"| of (?:[\w’'-]+ ){0,3}(?:surface|area|sky|land|water|volume|body|address|speech|remarks|time|day|night|season|film|book|show|episode|article|way)\b"
    )


@cache
def _needed() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r" (?:\w+ )?(?:to win|to clinch|needed|required)\b")


@cache
def _won() -> re.Pattern[str]:
    """A result: “won just”, “beat him”."""
    from newslint.expressions import compiled

    return compiled(
        r"\b(?:won|beat|defeated|trounced|pulled|getting|got|garnered|bought|buys?|acquired|owns?|owned|holds?|sold) (?:[\w’'.]+ ){0,4}$"
    )


# Before a figure: whoever writes or speaks does so of himself, or makes an example of the reader.
_OWN_WORDS = frozenset(b"I my My you your Imagine Suppose".split())


@cache
def _known() -> re.Pattern[str]:
    """Before the dead of something that the reader has heard of: “after”, “in which”."""
    from newslint.expressions import compiled

    return compiled(
        r"\b(?:[Tt]he|[Tt]hese|those|their|after|since|where|(?:in|of|during) which|(?:that|which) (?:left|killed)|whose)(?: at least| more than| some| about)? $"
    )


@cache
def _answer() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"[QA](?:[:.] |[A-Z][a-z])|[A-Z]{3,}(?: [A-Z]+)?: ")


@cache
def _dated() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(
        r"\b(?:1[89]|20)\d\d\b|\byears? ago\b|\b[Ii]n (?:January|February|March|April|May|June|July|August|September|October|November|December)\b|\bleft\b[^.]*$|\b(?:last|that) (?:year|month)\b"
    )


@cache
def _relative() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(
        r"\s*(?:who|whose|home to|part of|which (?:has|have|had|employs?|owns?|represents?|runs?))\b"
    )


_MOVES = frozenset(
    b"rose fell climbed jumped dropped gained lost slipped slid closed settled advanced declined surged plunged added shed "
    b"rising falling climbing jumping dropping gaining losing slipping sliding adding shedding".split()
)


@cache
def _moved() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(
        r"\b(?:rose|fell|climbed|jumped|dropped|gained|lost|slipped|slid|closed|settled|advanced|declined|surged|plunged|added|shed"
        r"|rising|falling|climbing|jumping|dropping|gaining|losing|slipping|sliding|adding|shedding)"
        r" (?:by )?(?:[$£€]?[\d.,]+(?: cents| percent|%| points)?,? (?:or )?)*(?:[\d.]+ percent, )?(?:(?:to|at) )?$"
    )


# ------------------------------------------------------------------ quotations

MARKS = frozenset("\"“”„«»'‘’`")
_PARTNERS = {"“": "”", '"': '"', "„": "“", "«": "»"}
LEAST_WORDS = {"likely": 10, "all": 4}


@rule(
    "ATT102",
    "unattributed-quote",
    severity="warning",
    languages=("en", "de", "fr", "es"),
    anchors=("“", '"', "‘", "''", "«", "„"),
    bad=[
        "Harbour at risk\n\nThe quay walls are older than the town hall.\n\n"
        "⟦“Nobody has looked at these walls since my grandfather built the last of them.”⟧\n\n"
        "The council meets again in March, and the harbour is on its list.\n",
        Case(
            "Hafen in Not\n\nDie Kaimauern sind älter als das Rathaus.\n\n"
            "⟦„Niemand hat sich diese Mauern angesehen, seit mein Großvater die letzte davon gebaut hat.“⟧\n\n"
            "Der Rat tagt wieder im März, und der Hafen steht auf seiner Liste.\n",
            language="de",
        ),
    ],
    good=[
        "Harbour at risk\n\n“Nobody has looked at these walls since my grandfather built the last of them,” said Ada Brook.\n",
        "Harbour at risk\n\nAda Brook has fished here for 30 years.\n\n“Nobody has looked at these walls since my grandfather built them,” she said.\n\n“They will not stand another winter like the last one, and everybody in the town hall knows it.”\n",
        "Harbour at risk\n\nThe film “The Wall That My Grandfather Built by the Sea in Winter” opens on Friday.\n",
        "Harbour at risk\n\nThe sign on the quay is plain: “No mooring, no fishing and no swimming from these walls until further notice.”\n",
        Case(
            "Hafen in Not\n\nAda Brook ist Fischerin.\n\n„Niemand hat sich diese Mauern angesehen, seit mein Großvater die letzte davon gebaut hat“, sagte sie.\n",
            language="de",
        ),
        Case(
            "Le port en danger\n\n« Personne n'a regardé ces murs depuis que mon grand-père a construit le dernier », a déclaré Ada Brook.\n",
            language="fr",
        ),
    ],
)
def unattributed_quote(
    article: Article, *, report: Literal["likely", "all"] = "likely"
) -> Iterator[Hit]:
    """A quotation has no speaker.

    Readers cannot tell whose words they are, and words without an owner are nobody's responsibility.
    """
    text = article.text
    is_likely = report == "likely"
    for span in _filling_paragraphs(article) if is_likely else article.quotes.speech:
        block = article.block_at(span.start)
        if block is None or block.kind not in ("paragraph", "list-item"):
            continue
        words = text[span.start : span.end].split()
        if len(words) < LEAST_WORDS[report] or _is_a_name(words):
            continue
        if is_likely and not _stands_alone(article, span.start, span.end):
            continue
        if not is_likely and article.credits.speaker(span) is not None:
            continue
        if is_likely and any(article.credits.of(span.start, span.end)):
            continue
        near = article.credits.nearest(span.start, span.end)
        message = "who says so? no speaker for this quotation"
        yield article.finding(
            span,
            message + _but(article, near, LONGEST_MESSAGE - len(message)),
            related=[near.cue] if near is not None else (),
        )


def _filling_paragraphs(article: Article) -> Iterator[Span]:
    """The quotations before and behind which nothing stands in the paragraphs that they begin and end in.

    Only those before which no speaker is named; told by single marks before any is read in its context.
    """
    text, blocks = article.text, article.blocks
    for number, block in enumerate(blocks):
        start, end = block.start, block.end
        opening = text[start : start + 1]
        if opening not in MARKS:
            continue
        rest = text[start + 1 : end]
        if rest[-1:] not in MARKS and ("”" in rest or '"' in rest or "“" in rest or "»" in rest):
            continue
        if opening in _PARTNERS and _PARTNERS[opening] in rest[:-1]:
            continue
        if number and _names_speaker(article, blocks[number - 1]):
            continue
        span = article.quotes.around(start, start + 1)
        if span is not None and span.start == start:
            last = article.block_at(span.end - 1)
            if last is not None and not text[span.end : last.end].strip():
                yield span


def _is_a_name(words: list[str]) -> bool:
    """Whether words are set like the title of a work: nearly all with a capital."""
    capitals = sum(word.strip("“\"'‘«„(")[:1].isupper() for word in words)
    return capitals > 0.6 * len(words)


def _stands_alone(article: Article, start: int, end: int) -> bool:
    """Whether nothing near a quotation can be its credit: neither neighbour names anybody, nor is one missing.

    What opens the copy is set apart as a page does it, and what follows a question answers it.
    """
    index = next(
        (i for i, block in enumerate(article.blocks) if block.start <= start < block.end), -1
    )
    before = article.blocks[index - 1] if index else None
    last = next(i for i in range(index, len(article.blocks)) if article.blocks[i].end >= end)
    behind = article.blocks[last + 1] if last + 1 < len(article.blocks) else None
    if before is None or before.kind not in ("paragraph", "list-item"):
        return False
    return not any(
        not _is_whole(article.text, near) or _names_speaker(article, near)
        for near in (before, behind)
        if near is not None
    )


def _names_speaker(article: Article, block: Block) -> bool:
    """Whether somebody speaks in a paragraph, or is about to."""
    said = article.text[block.start : block.end]
    if said.endswith((":", "?", "…", "...")) or _speaks().search(said) is not None:
        return True
    if _somebody().search(said) is not None:
        return True
    return article.language != "en" and (
        said[:1] in MARKS or article.credits.speaks_in(block.start, block.end)
    )


@cache
def _somebody() -> re.Pattern[str]:
    """Somebody who can be the speaker: a name of two words, a title with a name, or a word for one who is known."""
    from newslint.expressions import compiled

    return compiled(
        r"(?<![.!?”\"] )(?<!^)\b[A-Z][\w’'-]+ [A-Z]|^(?!(?:The|An?|Der|Die|Das|Ein|Eine|Les?|La|Une?|El|Los|Las)\b)[A-Z][\w’'-]+ [A-Z]|\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Herr|Frau|Sir)\b"
        r"|\b(?:he|she|him|her|his|hers|I|me|my|you|your|we|us|our|they|them|their|er|sie|ihn|ihm|ihr|ihre|ich|wir|uns|unser|il|elle|lui|ils|elles|je|nous|él|ella|ellos|yo|nosotros"
        r"|He|She|His|Her|My|You|Your|We|Our|They|Their|Er|Sie|Ihr|Ihre|Ich|Wir|Il|Elle|Ils|Elles|Je|Nous|Él|Ella|Ellos|Yo)\b"
    )


@cache
def _speaks() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(
        r"\b(?:sa(?:id|ys?|ying)|told|tells|add(?:s|ed|ing)|wr(?:ote|ites|iting)|tweet(?:s|ed)|ask(?:s|ed)|repl(?:ies|ied)"
        r"|continu(?:es|ed)|according to|explain(?:s|ed)|recall(?:s|ed)|read(?:s)?|stat(?:es|ed)|argu(?:es|ed)|warn(?:s|ed)"
        r"|announc(?:es|ed)|insist(?:s|ed)|claim(?:s|ed)|not(?:es|ed)|statement|interview|letter|speech|quot(?:es|ed|e))\b|[:“\"]"
    )


# ------------------------------------------------------------------ vague sources


@rule(
    "ATT103",
    "vague-attribution",
    severity="warning",
    languages=("en",),
    bad=[
        "Harbour at risk\n\n⟦Experts say⟧ the walls will not stand another winter. The council meets again in March.\n",
        "Harbour at risk\n\nThe walls are weak. ⟦Studies show⟧ that salt eats into old mortar, and the town does nothing.\n",
        "Harbour at risk\n\n⟦It is widely believed⟧ that the council has no money left. It meets again in March.\n",
        "Harbour at risk\n\n⟦Observers say⟧ that the Harbour Council has no money left. It meets again in March.\n",
        "Harbour at risk\n\nThe walls are weak, and ⟦most economists warn⟧ of the price. The mayor, Ada Brook, is on leave.\n",
        "Harbour at risk\n\n⟦Recent polls show⟧ that the town wants new walls. The council meets again in March.\n",
    ],
    good=[
        "Harbour at risk\n\nExperts say the walls will not stand another winter. “They are hollow,” said Ada Brook, an engineer.\n",
        "Harbour at risk\n\nExperts at the University of Tarn say the walls will not stand another winter.\n",
        "Harbour at risk\n\nStudies show that salt eats into old mortar, according to the county’s report of 2019.\n",
        "Harbour at risk\n\n“Experts say the walls are fine,” said Ada Brook.\n",
        "Harbour at risk\n\nThe experts said on Friday that their report was ready.\n",
        "Harbour at risk\n\nCritics say the walls are weak, among them the engineer Ada Brook.\n",
        "Harbour at risk\n\nPolls show that the town wants new walls. A Tarn Gazette poll found that 62 percent did.\n",
        "Harbour at risk\n\nExperts have said for years that the walls are weak. The council’s data show as much.\n",
        Case(
            "# Harbour at risk\n\nStudies show that [salt eats into old mortar](https://example.org/salt). The town does nothing.\n",
            path="article.md",
        ),
    ],
)
def vague_attribution(article: Article) -> Iterator[Hit]:
    """A claim is credited to people or studies that are never named.

    “Experts say” sounds like a source and is none: readers cannot weigh it, and nobody can check it.
    """
    text = article.text
    for start, end in _vague_places(article):
        block = article.block_at(start)
        if block is None or block.kind not in ("paragraph", "list-item"):
            continue
        sentence = article.sentence_at(start)
        if sentence is None or article.quotes.covers(start, end):
            continue
        if start == sentence.start and text.startswith(",", end):
            continue  # “Pundits predict, fate laughs”
        who = text[start:end].split()[-2].lower()
        if who.endswith("s") and who in text[max(0, start - READABLE // 2) : start].lower():
            continue  # they have been spoken of just before
        if not _is_backed(article, Span(start, end), sentence):
            yield article.finding(
                (start, end), f"“{text[start:end]}”: which, and where can readers look?"
            )


def _is_backed(article: Article, vague: Span, sentence: Span) -> bool:
    """Whether a name, a document or a link stands in the sentence of a vague source, or in the two behind it.

    A lead may leave the name to the sentences that tell the story.
    """
    text = article.text
    if _such_as().search(text, vague.end, min(sentence.end, vague.end + READABLE)) is not None:
        return True
    stop = sentence.end
    for cue, kind, _ in article.credits.in_sentence(sentence):
        if not (cue.start < vague.end and vague.start < cue.end) and _has_name(
            article, cue, kind, sentence
        ):
            return True
    paragraphs = article.paragraphs
    is_lead = len(paragraphs) > 1 and vague.end <= paragraphs[1].end
    for credit in article.credits.behind(vague.end, LEAD if is_lead else FORWARD, across=True):
        stop = credit.scope.end
        if _has_name(article, credit.cue, credit.kind, credit.scope):
            return True
    stop = max(stop, article.credits.reach(vague.end, FORWARD))
    return any(sentence.start <= link.start < stop for link in article.links)


def _has_name(article: Article, cue: Span, kind: CreditKind, sentence: Span) -> bool:
    """Whether a credit says who: a document does, and a verb with a name or a pronoun beside it."""
    if kind == "document":
        return True
    text = article.text
    if kind in ("poll", "mention"):
        return _pollster().search(text, max(0, cue.start - BESIDE), cue.end) is not None
    low, high = max(sentence.start, cue.start - BESIDE), min(sentence.end, cue.end + BESIDE)
    before = low if low > sentence.start else low + 1  # a capital at the beginning is no name
    return (
        _name().search(text, before, cue.start) is not None
        or _name().search(text, cue.end, high) is not None
    )


# What a vague source cannot do without, by the verbs of which one stands right behind it.
_SHOWS = ("show", "suggest")
_SAYS = tuple(
    "say believe claim warn argue agree contend predict fear caution suggest insist".split()
)
_VAGUE_WORDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        "experts analysts observers scientists researchers critics sources insiders supporters opponents economists "
        "historians strategists pundits commentators skeptics detractors people some many".split(),
        _SAYS,
    ),
    **dict.fromkeys("studies research polls surveys statistics".split(), _SHOWS),
    **dict.fromkeys("believed thought said understood claimed rumored rumoured".split(), ("that",)),
}
_VAGUE_NAMES = frozenset(_VAGUE_WORDS)
_VAGUE_REACH = 40


def _vague_places(article: Article) -> Iterator[tuple[int, int]]:
    text = article.text
    end = -1
    for at, word in article.places_of(_VAGUE_NAMES):
        if at < end or not text.startswith(_VAGUE_WORDS[word], at + len(word) + 1):
            continue
        match = _vague().search(text, max(end + 1, at - _VAGUE_REACH), at + 60)
        if match is not None:
            end = match.end("who")
            yield match.start("who"), end


@cache
def _vague() -> re.Pattern[str]:
    from newslint.expressions import MULTILINE, compiled

    return compiled(
        r"(?:(?<=[.!?”\"] )|^|(?<=, )|(?<=But )|(?<=And )|(?<=but )|(?<=and )|(?<=that )|(?<=as )|(?<=as )|(?<=while )|(?<=though )|(?<=what ))"
        r"(?P<who>(?:(?:[Ss]ome|[Mm]any|[Mm]ost|[Ss]everal|[Oo]ther|[Oo]utside|[Pp]olitical|[Ll]egal|[Mm]edical|[Ii]ndustry|[Ss]ecurity|[Mm]ilitary|[Hh]ealth|[Mm]arket) ){0,2}(?:[Ee]xperts|[Aa]nalysts|[Oo]bservers|[Ss]cientists|[Rr]esearchers|[Cc]ritics|[Ss]ources|[Ii]nsiders|[Ss]upporters|[Oo]pponents"
        r"|[Ee]conomists|[Hh]istorians|[Ss]trategists|[Pp]undits|[Cc]ommentators|[Ss]keptics|[Dd]etractors)"
        r" (?:say|believe|claim|warn|argue|agree|contend|predict|fear|caution|suggest|insist)"
        r"|(?:[Ss]ome|[Mm]any) (?:people )?(?:say|believe|claim|argue)|(?:(?:[Rr]ecent|[Nn]ew|[Ss]ome|[Mm]any|[Mm]ost|[Ss]everal|[Pp]ublic|[Nn]ational|[Ee]arly|[Aa]cademic|[Ss]cientific) ){0,2}(?:[Ss]tudies|[Rr]esearch|[Pp]olls|[Ss]urveys|[Ss]tatistics) (?:show|shows|suggest|suggests)"
        r"|[Ii]t is (?:widely |generally |commonly )?(?:believed|thought|said|understood|claimed|rumou?red)(?= that))\b",
        MULTILINE,
    )


@cache
def _such_as() -> re.Pattern[str]:
    """Some of those who are meant, by name."""
    from newslint.expressions import compiled

    return compiled(
        r"\b(?:including|such as|among them|like|led by)\s+(?:\w+\s+){0,3}?[A-Z][\w’'-]+"
    )


@cache
def _pollster() -> re.Pattern[str]:
    """A poll with a name: “a Tarn University poll”, “a poll by the Gazette”."""
    from newslint.expressions import compiled

    return compiled(
        r"[a-z,] (?:[A-Z][\w’'&/.-]+ )+(?:\w+ )?[\w ]*$|\b(?:by|for) (?:the )?[A-Z]|^The [A-Z]"
    )


@cache
def _name() -> re.Pattern[str]:
    """Whoever speaks: a name, or somebody named before."""
    from newslint.expressions import compiled

    return compiled(r"\b(?:[A-Z][\w’'.-]+|[Hh]e|[Ss]he)\b")


# ------------------------------------------------------------------ anonymous sources


@rule(
    "ATT104",
    "anonymous-source",
    severity="info",
    default=False,
    languages=("en",),
    anchors=("anonym", "unnamed", "familiar with", "not to be named", "ources"),
    bad=[
        "Harbour at risk\n\nThe council has no money left, said ⟦a person familiar with the books⟧. It meets again in March.\n",
        "Harbour at risk\n\n⟦Two people familiar with the matter⟧ said the walls would be sold. The council meets again in March.\n",
        "Harbour at risk\n\n“It is over,” said an engineer ⟦on condition of anonymity⟧. The council meets again in March.\n",
        "Harbour at risk\n\n⟦Sources close to the council⟧ say it has no money left. It meets again in March.\n",
    ],
    good=[
        "Harbour at risk\n\n“It is over,” said an engineer on condition of anonymity because she was not allowed to speak to reporters.\n",
        "Harbour at risk\n\nA person familiar with the books, who asked not to be named for fear of losing the job, said it was over.\n",
        "Harbour at risk\n\nThe mayor is familiar with the harbour, and its sources of income are well known.\n",
        "Harbour at risk\n\n“A person familiar with the books told me,” said Ada Brook.\n",
    ],
)
def anonymous_source(article: Article) -> Iterator[Hit]:
    """Somebody speaks without a name, and the story does not say why.

    Readers cannot weigh what an anonymous source says unless they know what it risks by speaking; most news
    agencies ask for the reason in print.
    """
    text = article.text
    end = -1
    for match in _anonymous().finditer(text):
        start = match.start()
        block = article.block_at(start)
        if block is None or start < end or block.kind not in ("paragraph", "list-item"):
            continue
        sentence = article.sentence_at(start)
        if sentence is None or article.quotes.covers(*match.span()):
            continue
        end = block.end
        reason = _reason().search(text, sentence.start, min(block.end, sentence.end + 200))
        if reason is None:
            yield article.finding(match.span(), "why is this source not named? no reason given")
        else:
            end = reason.end()


@cache
def _anonymous() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(
        r"\b(?:(?:[Aa]|[Oo]ne|[Tt]wo|[Tt]hree|[Ss]everal|[Ss]ome|[Mm]ultiple|[Aa]nother)\s(?:other\s)?(?:person|people|officials?|executives?|sources?|individuals?)\s"
        r"(?:who (?:is|are|was|were) )?(?:familiar with|close to|briefed on|with knowledge of)\s(?:the\s)?\w+"
        r"|[Ss]ources? (?:familiar with|close to|with knowledge of|in)\s(?:the\s)?\w+(?=,? (?:said|say|says|told|have))"
        r"|(?:on|under)(?: the)? condition of anonymity|(?:asked|requested|declined|spoke) (?:not to be (?:named|identified)|to be (?:named|identified)|anonymously)"
        r"|(?:an )?(?:anonymous|unnamed) (?:sources?|officials?|aides?|donors?|executives?|lawmakers?))\b"
    )


@cache
def _reason() -> re.Pattern[str]:
    """Why a source is not named."""
    from newslint.expressions import compiled

    return compiled(
        r"\b(?:because|for fear|fear(?:ing|ed|s)?|not authori[sz]ed|weren['’]t authori[sz]ed|(?:wasn|isn|aren)['’]t authori[sz]ed|not (?:allowed|permitted)"
        r"|to (?:discuss|describe|speak|talk|share|disclose)|in order to|out of concern|to avoid|to protect|citing|since (?:he|she|they)|so as not|due to|lest)\b"
    )
