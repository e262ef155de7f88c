"""Which figures an editor asks about: not prices, plans, results, samples, nor what is counted in public.

An editor who reads “62 percent of the town’s families are poor” asks who says so. What stands here tells such a claim
from figures that a reader can look up, that whoever speaks knows of himself, that have yet to come about, or that
only name a thing (“a $54 billion deal”).
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from newslint.expressions import compiled
from newslint.finding import Span
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re

    from newslint.article import Article
    from newslint.text.quantities import Quantity, QuantityKind

READABLE = 400  # characters around a figure that count as its sentence
BESIDE = 60  # characters around a figure in which a word says what it is
AHEAD = 100  # characters before a figure in which a word says that it has yet to come about
BEFORE = 24  # characters that stand right before a figure
OWN = 40  # characters behind a figure in which somebody still speaks of himself
LONGEST_LABEL = 80  # characters of a line that is no sentence
SMALL_CHANGE = 1000  # of any currency: what is cheaper than that is a price
DEAR = 100_000
MANY = 1_000_000  # what nobody counts to the last one
PRICES = 5  # prices that make an article a guide to offers
_COUNTS = frozenset(("large", "casualty"))


class _Place(NamedTuple):
    """A figure where it stands. `before`: what stands right before it; `near`: the words beside it, `words`: all of its sentence.

    Of the words only those that a question here is about.
    """

    article: Article
    text: str
    quantity: Quantity
    passage: tuple[int, int]
    sentence: Span
    before: str
    near: frozenset[bytes]
    words: frozenset[bytes]


class Where(NamedTuple):
    """The passage and the sentence that a figure stands in."""

    passage: tuple[int, int]
    sentence: Span


def asked_about(article: Article, quantity: Quantity) -> Where | None:
    """Where a figure stands, if an editor would ask who says so."""
    text = article.text
    start, end = quantity.start, quantity.end
    before = text[max(0, start - BEFORE) : start]
    is_english = article.language == "en"
    if is_english and quantity.kind in _COUNTS and _is_exact(quantity, before):
        return None
    passage = article.passage_at(start)
    if passage is None or (is_english and _is_not_spent(article, quantity, passage)):
        return None
    sentence = article.sentence_in(passage, start)
    if sentence is None or not is_whole(text, *sentence):
        return None  # a line of a list or a table, a label, a heading
    low, high = max(sentence.start, start - READABLE), min(sentence.end, end + READABLE)
    where = Where(passage, sentence)
    if not is_english:
        from newslint.checks import _abroad

        around = Span(low, high)
        return where if _abroad.is_asked_about(article, quantity, *where, around) else None
    left, right = max(low, start - BESIDE), min(high, end + BESIDE)
    beside = article.words_in(left, right)
    near = _BESIDE.intersection(beside)
    if not _PUBLIC.isdisjoint(near):
        return None  # that settles it for every third figure
    if quantity.kind == "money" and _SPENT.isdisjoint(near):
        return None
    is_all = left == low and right == high  # as of a short sentence
    words = _AROUND.intersection(beside if is_all else article.words_in(low, high))
    place = _Place(article, text, quantity, passage, Span(low, high), before, near, words)
    is_settled = (
        _OF_A_KIND[quantity.kind](place)
        or _is_public(place)
        or _is_to_come(place)
        or _is_in_passing(place)
        or _is_own(place)
    )
    return None if is_settled else where


def _is_not_spent(article: Article, quantity: Quantity, passage: tuple[int, int]) -> bool:
    """Whether no word near a sum says that somebody has added it up, whatever sentence it stands in."""
    if quantity.kind != "money":
        return False
    low, high = passage
    return _SPENT.isdisjoint(
        article.words_in(max(low, quantity.start - BESIDE), min(high, quantity.end + BESIDE))
    )


def is_settled_before(article: Article, quantity: Quantity, where: Where) -> bool:
    """Whether the sentence before that of a figure, in the same paragraph, is about what is counted in public.

    It is dear to read, and is asked last.
    """
    subjects = _SUBJECTS_BEFORE.get(quantity.kind)
    if subjects is None or article.language != "en":
        return False
    sentences = article.sentences_between(where.passage)
    index = bisect_right(sentences, (quantity.start, sys.maxsize)) - 2
    if index < 0:
        return False
    farthest = quantity.start - READABLE
    low, high = max(sentences[index].start, farthest), max(where.sentence.start, farthest)
    return not subjects.isdisjoint(article.words_in(low, high))


def lists_prices(article: Article, claims: Sequence[Quantity]) -> bool:
    """Whether an article says what many things are sold for, as a guide to offers does."""
    if len(claims) < PRICES:
        return False
    prices = sum(
        claim.kind == "money"
        and claim.value is not None
        and claim.value < SMALL_CHANGE
        and not article.text.startswith(_BY_THE_HOUR, claim.end)
        for claim in claims
    )
    return prices >= max(PRICES, len(claims) // 2)


_BY_THE_HOUR = (" an hour", "-an-hour", " per hour", " hourly", " minimum", "/hour")


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether a sentence has its end, or is as long as one: what stands in lists, tables and headings is neither."""
    if end - start > LONGEST_LABEL:
        return True
    words = text[max(start, end - 8) : end]
    return words.rstrip("\"'”’»«“)]")[-1:] in _ENDS


_ENDS = frozenset(".!?…:;,")


# ------------------------------------------------------------------ by kind


def _is_settled_sum(place: _Place) -> bool:
    """Whether a sum is a price, was agreed on, or is what a company or a state says that it has."""
    quantity, before, near, words = place.quantity, place.before, place.near, place.words
    value = quantity.value
    if "cent" in quantity.unit or quantity.unit.endswith("pence"):
        return True
    if (
        value is not None
        and value < DEAR
        and (value < SMALL_CHANGE or not _PRICED.isdisjoint(words))
        and _TYPICAL.isdisjoint(words)
        and _GIVEN.isdisjoint(near)
    ):
        return True
    return (
        not _SET.isdisjoint(near)
        or not _RESULTS.isdisjoint(words)
        or before.rfind("(") > before.rfind(")")  # the same in another currency
        or (
            before[-1:].isspace()
            and _names_a_thing(before, place.text[quantity.end : quantity.end + BESIDE])
        )
        or place.text.startswith(" worth of", quantity.end)
        or _is_limit(before)
        or _threshold().search(before) is not None
        or _sold().search(before) is not None
    )


def _is_settled_share(place: _Place) -> bool:
    """Whether a share is a result, one of a market, of an economy, or of something that anybody can measure."""
    article, text, words = place.article, place.text, place.words
    start, end = place.quantity.start, place.quantity.end
    return (
        (not _OPINION.isdisjoint(words) and article.credits.has_polls)
        or not _ELECTION.isdisjoint(words)
        or not _MARKET_OR_COUNT.isdisjoint(words)
        or not _WHOLE_ECONOMY.isdisjoint(place.near)
        or "size" in text[start:end]
        or text.startswith(" the size", end)
        or _is_of_a_whole(text, end - 3 * text.endswith(" of", start, end))
        or _is_inhabited(place)
        or (
            not _WON.isdisjoint(words)
            and _won().search(text, max(place.sentence.start, start - 40), start) is not None
        )
    )


def _is_settled_ratio(place: _Place) -> bool:
    return place.before.endswith(" be ") or _is_settled_share(place)  # “ought to be doubled”


def _is_settled_percentage(place: _Place) -> bool:
    text, before, near, words = place.text, place.before, place.near, place.words
    start, end = place.quantity.start, place.quantity.end
    return (
        place.quantity.value == 100
        or text.startswith("points", end - 6)
        or text.startswith("pct", end - 3)  # as tables of markets have it
        or before.endswith(_REST)
        or not _ECONOMY.isdisjoint(near)
        or not _SET.isdisjoint(near)
        or not _RESULTS.isdisjoint(words)
        or _is_settled_share(place)
        or (
            b"will" in words
            and _will().search(text, max(place.sentence.start, start - AHEAD), start) is not None
        )
        or _is_limit(before)
        or _is_due(place)
        or _quoted_at().match(text, end) is not None
        or _split().match(text, end) is not None
        or (before.endswith(_TO) and _split_before().search(before) is not None)
    )


def _is_settled_number(place: _Place) -> bool:
    """Whether a number is none of people or of what they have, or says by the way how large something is."""
    text, before, words = place.text, place.before, place.words
    end = place.quantity.end
    return (
        text[end : end + 1] == "-"
        or before.endswith(_OWNERS)
        or (_people().match(text, end) is None and _crowd().search(before) is None)
        or not _SAMPLE.isdisjoint(words)
        or not _COUNTING.isdisjoint(words)
        or _live().match(text, end) is not None
        or _needed().match(text, end) is not None
        or _is_limit(before)
        or _is_inhabited(place)
    )


def _is_exact(quantity: Quantity, before: str) -> bool:
    """Whether a number is given to the last one: whoever counts so has counted himself."""
    return (quantity.value or 0) < MANY and not (
        before.endswith(_ROUGH_ENDS) and _rough().search(before) is not None
    )


def _is_limit(before: str) -> bool:
    return before.endswith(_LIMIT_ENDS) and _limit().search(before) is not None


def _is_of_a_whole(text: str, end: int) -> bool:
    return text.startswith(" of ", end) and _part_of_a_whole().match(text, end) is not None


def _is_due(place: _Place) -> bool:
    text, end = place.text, place.quantity.end
    return (
        not _DUES.isdisjoint(place.words)
        or text.startswith(" of ", end)
        or text.find(" / ", end, place.sentence.end) >= 0
    ) and _dues().match(text, end) is not None


def _is_inhabited(place: _Place) -> bool:
    start = place.quantity.start
    return (
        not _PLACES.isdisjoint(place.words)
        and place.before.endswith(_INHABITED_ENDS)
        and (_inhabited().search(place.text, max(0, start - 40), start) is not None)
    )


def _is_known_harm(place: _Place) -> bool:
    """Whether the dead and injured are known to the reader already, or history."""
    return (
        _known().search(place.before) is not None
        or _dated().search(place.text, *place.sentence) is not None
    )


def _is_never_asked(place: _Place) -> bool:
    return True


_OF_A_KIND: Mapping[QuantityKind, Callable[[_Place], bool]] = {
    "money": _is_settled_sum,
    "percent": _is_settled_percentage,
    "ratio": _is_settled_ratio,
    "large": _is_settled_number,
    "casualty": _is_known_harm,
    "points": _is_never_asked,
    "vote": _is_never_asked,
    "count": _is_never_asked,
    "measure": _is_never_asked,
    "rate": _is_never_asked,
}


# ------------------------------------------------------------------ of any kind


def _is_public(place: _Place) -> bool:
    """Whether a sentence is about what is counted in public: prices, plans, laws, what all know."""
    text, sentence = place.text, place.sentence
    start, end = place.quantity.start, place.quantity.end
    if not _MARKET.isdisjoint(place.words):
        return True
    near = max(sentence.start, start - BESIDE), min(sentence.end, end + BESIDE)
    if text.find("9/11", *near) >= 0:
        return True
    if not _PUBLIC_BEGINNINGS.isdisjoint(place.near) and any(
        text.find(phrase, *near) >= 0 for phrase in _PUBLIC_PHRASES
    ):
        return True
    return (
        not _MOVES.isdisjoint(place.words)
        and not text.startswith(" of ", end)
        and _moved().search(text[max(sentence.start, start - 40) : start]) is not None
    )


def _is_to_come(place: _Place) -> bool:
    """Whether a figure is meant to come about, or follows from what was said before."""
    text, sentence = place.text, place.sentence
    start, end = place.quantity.start, place.quantity.end
    if not _COMING.isdisjoint(place.words) and (
        _to_come().search(text, max(sentence.start, start - AHEAD), start) is not None
    ):
        return True
    if not _TO_BE.isdisjoint(place.words) and _to_be().match(text, end) is not None:
        return True
    begin = sentence.start
    return (
        text[begin : begin + 2] in _WORKED_OUT
        and text.startswith(_SUMS, begin + (text[begin] in '“"'))
        and _worked_out().match(text, begin) is not None
    )


def _is_in_passing(place: _Place) -> bool:
    """Whether a figure stands in a headline, or says what somebody is like."""
    text = place.text
    start, end = place.quantity.start, place.quantity.end
    if text[start:end].isupper() and text[start:end].isalpha():
        return True  # a headline in capitals
    return _relative().match(text, _clause(place), start) is not None


def _clause(place: _Place) -> int:
    """Where the words begin that stand between a figure and the comma before it."""
    low = place.sentence.start
    return max(low, place.text.rfind(",", low, place.quantity.start) + 1)


def _is_own(place: _Place) -> bool:
    """Whether whoever writes or speaks says so of himself, or answers a question."""
    text, sentence = place.text, place.sentence
    end = place.quantity.end
    if text.startswith((" you ", " I "), end) or text.startswith("We ", sentence.start):
        return True
    if not _OWN_WORDS.isdisjoint(place.words) and not _OWN_WORDS.isdisjoint(
        place.article.words_in(sentence.start, min(sentence.end, end + OWN))
    ):
        return True
    return _answer().match(text, place.passage[0]) is not None


def _names_a_thing(before: str, behind: str) -> bool:
    """Whether an amount stands before a noun as an adjective does: “a $54 billion deal”."""
    words = before.split()[-2:]
    return (
        any(word in _ARTICLES or word.endswith(("'s", "’s")) for word in words)
        and (len(words) < 2 or words[1][-1].isalnum() or words[1] in _ARTICLES)
        and _noun().match(behind) is not None
    )


_ARTICLES = frozenset("a an the its his her their this that another whose".split())


# ------------------------------------------------------------------ words

# Words of sentences on what something is sold for.
_PRICED = frozenset(
    b"price prices priced pricing cost costs ticket tickets sale discount discounts discounted retail retails sell sells "
    b"selling buy buyer buyers bought paid purchase purchased MSRP admission subscription subscribers fare fares rent rental "
    b"auction auctioned fetch fetched bid bids starting shipping deal deals worth".split()
)
# Words of sentences on what most people earn, pay or own, which somebody has worked out.
_TYPICAL = frozenset(
    b"average averages averaged averaging median typical typically households household families family Americans taxpayers "
    b"taxpayer".split()
)
# Words beside a sum that somebody has added up: what was spent, raised, lost or owed.
_SPENT = frozenset(
    b"spent spend spends spending poured pour raised raise raising raises raked cost costs costing lost lose loses losing "
    b"losses loss owed owe owes owing sales revenue revenues committed contributions donations wasted waste stolen stole "
    b"debt debts fraud funneled funnelled pumped gave give given gives giving donated donate donates donating contributed "
    b"contributes collected collects amassed pulled paid worth aid providing "
    b"provided provides dwindled combined already funded netted banked chest shrink shrank shrunk".split()
)
_GIVEN = frozenset(b"gave given donated contributed".split())
# Words beside what is set, agreed on, given, or in every budget.
_SET = frozenset(
    b"price prices Prices fares tariffs salary minimum threshold interest deficit surplus".split()
)
# Words of sentences on what a company has earned, which it has said itself.
_RESULTS = frozenset(
    b"profits Profits revenue revenues Revenue Revenues turnover Turnover dividend dividends quarter quarterly sales Sales "
    b"pretax operating".split()
)
# Words beside shares that offices of statistics publish.
_ECONOMY = frozenset(
    b"inflation Inflation growth economy economic output exports imports population populations deficit surplus rates "
    b"shareholder shareholders".split()
)
_WHOLE_ECONOMY = frozenset((b"economy",))
# Words of sentences on how many were asked.
_SAMPLE = frozenset(
    b"surveyed polled interviewed interviews questionnaires respondents participants".split()
)
_REST = ("other ", "remaining ", "rest, ")
_TO = (" to ", "-", "–")
_OWNERS = ("'s ", "’s ", "its ", "their ")
# Before a figure, or right behind it: whoever writes or speaks does so of himself, or makes an example of the reader.
_OWN_WORDS = frozenset(b"I my My you your Imagine Suppose".split())
# Words of sentences on markets, whose figures stand in every listing.
_MARKET = frozenset(
    b"stocks Nasdaq Dow index indexes indices yield yields barrel ounce gallon Treasury currency currencies euro yen "
    b"trading earnings crude futures shares unemployment Unemployment Stocks Shares copper Gold aluminum greenback Sterling borrowing Fed jobless payrolls inflation GDP".split()
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
_MARKET_OR_COUNT = _MARKET | _COUNTING
_SUBJECTS_BEFORE: Mapping[QuantityKind, frozenset[bytes]] = {
    "percent": _MARKET_OR_COUNT,
    "ratio": _MARKET_OR_COUNT,
    "large": _COUNTING,
}
_PUBLIC = frozenset(
    b"capacity caps capped treaty aims aim aiming vote votes ballot ballots precinct precincts delegate delegates caucus caucuses primary primaries electoral runoff "
    b"poll polls share shares stock stocks index indexes indices Nasdaq Dow gallon currency euro yen analysts voted "
    b"supporters yield yields barrel ounce trading traded earnings would could proposes proposed proposal proposals plan "
    b"plans bill legislation amendment measure cap goal pledge pledged promises promised target limit fine fined sentence "
    b"sentenced lawsuit sued suing bail announcement pledge unemployment jobless payrolls inflation GDP wages wage own owns designed fee fees dues prize prizes retainer payroll carried edged trailed clinch retweeted followers signatures Facebook Twitter bills contribution must eligible eligibility allow allows allowed permit permits permitted require requires required entitled limits rule rules "
    b"pleaded convicted Dues "
    b"Fees Wages Prices rent rents".split()
)
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
_MOVES = frozenset(
    b"rose fell climbed jumped dropped gained lost slipped slid closed settled advanced declined surged plunged added shed "
    b"risen fallen rising falling climbing jumping dropping gaining losing slipping sliding adding shedding".split()
)
_SUMS = ("That", "This", "It", "Which", "The result", "In all", "Together")
_WORKED_OUT = frozenset(("Th", "It", "Wh", "In", "To", "“T", '"T', "“I", '"I', "“W", '"W'))


# ------------------------------------------------------------------ patterns


# Words without which no figure has yet to come about, by `_to_come`, and no result is one, by `_won`.
_COMING = frozenset(
    b"due set expected projected scheduled forecast likely need needs want wants hope hopes hoping aim aims call calls called "
    b"calling ask asks asked working trying seek seeks seeking plan plans planned goal committed agree agreed agrees ordered "
    b"be".split()
)
_WON = frozenset(
    b"won beat defeated trounced pulled getting got garnered bought buy buys acquired own owns owned hold holds sold".split()
)
_TO_BE = frozenset(b"be go part due set expected scheduled attend forecast by".split())
_DUES = frozenset(
    b"tax taxes duty duties tariff tariffs levy stake stakes control holding off cheaper owner ownership discount threshold "
    b"quorum payment deposit interest rule ABV alcohol proof".split()
)
_PLACES = frozenset(
    b"population home Home city town village county country nation district metropolis".split()
)
_WILL = frozenset((b"will",))
# All of these: a sentence holds few of them, and each question is then one about few words.
_BESIDE = frozenset().union(
    _PUBLIC, _SPENT, _GIVEN, _SET, _ECONOMY, _WHOLE_ECONOMY, _PUBLIC_BEGINNINGS
)
_AROUND = frozenset().union(
    *(
        _PRICED,
        _TYPICAL,
        _RESULTS,
        _OPINION,
        _ELECTION,
        _MARKET_OR_COUNT,
        _WON,
        _SAMPLE,
        _MOVES,
        _COMING,
        _OWN_WORDS,
    ),
    *(_TO_BE, _DUES, _PLACES, _WILL),
)
# How what stands before a figure ends where `_rough`, `_limit` and `_inhabited` can match.
_ROUGH_WORDS = (
    "about", "around", "some", "nearly", "almost", "roughly", "over", "than", "least", "close to", "many as", "few as", "up to",
    "approximately", "average of", "nly", "ust", "hefty", "estimated", "bout", "round", "ome", "early", "lmost", "oughly", "ver",
    "lose to", "pproximately",
)  # fmt: skip
_ROUGH_ENDS = tuple(f"{word}{article} " for word in _ROUGH_WORDS for article in ("", " a", " an"))
_INHABITED_ENDS = (
    " of ", "ome to ", " about ", " around ", " some ", " nearly ", " almost ", " roughly ", " over ", " than ", " least ",
)  # fmt: skip
_LIMIT_ENDS = (
    *_INHABITED_ENDS[2:], "up to ", " of ", "told ", "tells ", "before ", "holds ", "seats ", "covering ", "serving ",
    "employing ", "osen by ", "icked by ", "represents ", "representing ",
)  # fmt: skip


@cache
def _to_be() -> re.Pattern[str]:
    """Behind a figure that has yet to come about: “are to be”, “will be”."""
    return compiled(
        r"(?: [\w’'-]+){0,5}? (?:(?:is|are|was|were) to be|will (?:be|go)|as part of (?:the|an?|its|their) |(?:is|are) (?:due|set|expected|scheduled) to|scheduled to|to attend|as forecast|as expected|by 20\d\d)\b"
    )


@cache
def _rough() -> re.Pattern[str]:
    """Before a number that somebody has estimated: “about”, “more than”, “at least”."""
    return compiled(
        r"\b(?:about|around|some|nearly|almost|roughly|over|than|at least|close to|as many as|as few as|well over|up to|approximately"
        r"|average of|[Oo]nly|just|hefty|estimated|About|Around|Some|Nearly|Almost|Roughly|Over|At least|Close to|As many as|Approximately|Just|least)(?: an?)? $"
    )


@cache
def _crowd() -> re.Pattern[str]:
    return compiled(r"\b(?:crowd|audience|gathering|rally) of (?:[a-z]+ ){0,2}$")


@cache
def _live() -> re.Pattern[str]:
    """Behind how many live in a country, which every atlas says."""
    return compiled(r" (?:[\w’'-]+ ){1,3}(?:now )?liv(?:e|ing) in (?:the )?[A-Z]")


@cache
def _people() -> re.Pattern[str]:
    """What a large number counts that somebody has counted: people, and what they have."""
    return compiled(
        r" who\b|(?:-strong)?(?: [\w’'&.]+- and)?(?: (?!and\b|of\b|in\b|to\b|from\b|at\b|on\b|for\b|by\b|or\b)[\w’'&.-]+){0,3}? (?:people|persons|workers|jobs|homes|houses|households|families|troops|soldiers|students|pupils|voters"
        r"|citizens|employees|staff|members|women|men|children|kids|adults|Americans|Britons|Europeans|viewers|listeners|readers"
        r"|users|subscribers|customers|consumers|clients|patients|passengers|visitors|tourists|guests|fans|followers|supporters|protesters|protestors"
        r"|demonstrators|marchers|refugees|migrants|immigrants|immigrations?|prisoners|inmates|detainees|civilians|fighters|veterans|officers|teachers"
        r"|doctors|nurses|farmers|owners|drivers|volunteers|donors|taxpayers|victims|cases|deaths|births|couples|teenagers|girls|boys|babies|infants"
        r"|Muslims|Jews|Christians|Catholics|Hindus|blacks|whites|Hispanics|Latinos|Palestinians|Syrians|Iraqis|Chinese|Mexicans|Russians|Ukrainians"
        r"|boats|(?:signed up|enrolled)|companies|businesses|firms|shops|stores|branches|schools|crimes|attacks|arrests|occurrences|incidents|views|sessions|plants|complaints|applications|visits|downloads|calls|phones|numbers)\b"
    )


@cache
def _noun() -> re.Pattern[str]:
    return compiled(
        r"-?(?:an?-\w+)?(?:\s\([^()]{1,40}\))?\s+(?!of\b|in\b|to\b|for\b|on\b|from\b|and\b|or\b|by\b|at\b|more\b|a\b)[a-z]+"
    )


@cache
def _worked_out() -> re.Pattern[str]:
    """A sentence that works something out: “That adds up to …”."""
    return compiled(
        r"[“\"]?(?:That|This|It|Which|The result|In all,? that|Together,? (?:that|they))(?:['’]s| is| was| are| would be)? ?(?:about |roughly |nearly )?"
        r"(?:puts?|adds? up|works out|means|makes?|compares?|comes? to|amounts?|represents?|equals?|translates?|leaves?|up|down|slightly|well|more|less|an?\b|the\b|\d|\$)"
    )


@cache
def _inhabited() -> re.Pattern[str]:
    return compiled(
        r"\b(?:population of|[Hh]ome to|(?:city|town|village|county|country|nation|district|metropolis) of)"
        r"(?: (?:about|around|some|nearly|almost|roughly|over|more than|at least))? $"
    )


@cache
def _split() -> re.Pattern[str]:
    return compiled(r",? (?:to|versus|vs\.) (?:[\w’'.-]+ ){0,3}?[\d.]+ ?(?:%|percent)")


@cache
def _split_before() -> re.Pattern[str]:
    return compiled(r"\d ?(?:%|per ?cent)?,?(?: to |-|–)$")


@cache
def _dues() -> re.Pattern[str]:
    """What a share behind it is by law or by contract: a tax, a stake, a quorum."""
    return compiled(
        r"[- ](?:[a-z]+[- ]){0,2}?(?:tax|taxes|duty|duties|tariffs?|levy|stakes?|control|holding|off|cheaper|owner|ownership|discount|threshold|quorum|down payment|deposit|interest|rule|ABV|alcohol|proof)\b"
        r"|(?: \w+){1,3} / "
        r"| of (?:its |the )?(?:members|shares|stock|signatures)\b"
    )


@cache
def _quoted_at() -> re.Pattern[str]:
    """Behind a change, what something stands at now, to the point: “down 2.1% at 1,011.15”."""
    return compiled(r",? (?:at|to) [$£€]?[\d,]*\d\.\d")


@cache
def _threshold() -> re.Pattern[str]:
    """Before a sum that decides whom something is for: “families with incomes above”."""
    return compiled(
        r"\b(?:incomes?|earn(?:ing|s)?|mak(?:ing|es?)|salar(?:y|ies)) (?:of )?(?:above|below|under|over|less than|more than|at least|up to) $"
    )


@cache
def _sold() -> re.Pattern[str]:
    return compiled(
        r"\b(?:[Ss]old|bought|acquired|auctioned|(?:deals?|contracts?|loans?|goods|assets|shares|offer|bid)(?: worth)?)(?: off)?(?: for| at| over| nearly| about| around| more than| some)* $"
    )


@cache
def _limit() -> re.Pattern[str]:
    """Before a limit, or how many listen or are spoken for."""
    return compiled(
        r"\b(?:up to|maximum of|limit of|cap of|told|tells|before|holds|seats|covering|serving|employing|[Cc]hosen by|[Pp]icked by"
        r"|represent(?:s|ing))(?: (?:about|around|some|nearly|almost|roughly|over|more than|at least))? $"
    )


@cache
def _to_come() -> re.Pattern[str]:
    """Before a figure that is meant to come about, or is called for."""
    return compiled(
        r"\b(?:due(?! to (?:the|an?|its|their|his|her)\b)|set|expected|projected|scheduled|forecast|likely to|needs?|wants?|hopes?|hoping|aims?|call(?:s|ed|ing)? for|asked|asks?|working to|trying to|seeks?|seeking|plans?|planned|goal|committed to|agree[ds]? to|ordered|(?:is|are) to be)\b"
        r"(?:(?!\b(?:has|have|had|was|were)\b)(?:[^.;:]|\.\d)){0,90}$"
    )


@cache
def _will() -> re.Pattern[str]:
    return compiled(r"\bwill\b(?:(?!,? and\b)(?:[^.;:]|\.\d)){0,90}$")


@cache
def _part_of_a_whole() -> re.Pattern[str]:
    """Behind the share of what anybody can measure: a surface, a speech, a season."""
    return compiled(
        r" of (?:that|this|it|whom)\b| of (?:the|its|his|her|their) (?:company|firm|bank|group|club|business|shares|loans|portfolio|budget)\b"
        r"| of (?:[\w’'-]+ ){0,3}(?:surface|area|sky|land|water|volume|body|address|speech|remarks|time|day|night|season|film|book|show|episode|article|way)\b"
    )


@cache
def _needed() -> re.Pattern[str]:
    return compiled(r" (?:\w+ )?(?:to win|to clinch|needed|required)\b")


@cache
def _won() -> re.Pattern[str]:
    """A result: “won just”, “beat him”."""
    return compiled(
        r"\b(?:won|beat|defeated|trounced|pulled|getting|got|garnered|bought|buys?|acquired|owns?|owned|holds?|sold) (?:[\w’'.]+ ){0,4}$"
    )


@cache
def _known() -> re.Pattern[str]:
    """Before the dead of something that the reader has heard of: “after”, “in which”."""
    return compiled(
        r"\b(?:[Tt]he|[Tt]hese|those|their|after|since|where|(?:in|of|during) which|(?:that|which) (?:left|killed)|whose)(?: at least| more than| some| about)? $"
    )


@cache
def _answer() -> re.Pattern[str]:
    return compiled(r"[QA](?:[:.] |[A-Z][a-z])|[A-Z]{3,}(?: [A-Z]+)?: ")


@cache
def _dated() -> re.Pattern[str]:
    return compiled(
        r"\b(?:1[89]|20)\d\d\b|\byears? ago\b|\b[Ii]n (?:January|February|March|April|May|June|July|August|September|October|November|December)\b|\bleft\b[^.]*$|\b(?:last|that) (?:year|month)\b"
    )


@cache
def _relative() -> re.Pattern[str]:
    return compiled(
        r"\s*(?:who|whose|home to|part of|which (?:has|have|had|employs?|owns?|represents?|runs?))\b"
    )


@cache
def _moved() -> re.Pattern[str]:
    return compiled(
        r"\b(?:rose|fell|climbed|jumped|dropped|gained|lost|slipped|slid|closed|settled|advanced|declined|surged|plunged|added|shed"
        r"|risen|fallen|rising|falling|climbing|jumping|dropping|gaining|losing|slipping|sliding|adding|shedding)"
        r" (?:[a-z]+ly )?(?:by )?(?:[$£€]?[\d.,]++(?: cents| percent|%| points)?,? (?:or )?)*(?:[\d.]+ percent, )?(?:(?:to|at) )?$"
    )
