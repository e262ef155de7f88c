"""Numeric claims: what in a text says how much or how many, as opposed to when, where, how old or which.

Figures and number words, each with the words before and behind it that decide what it counts. Dates, times,
ages, durations, ordinals, addresses, scores and numbers that are names ("Section 230", "Boeing 737") are no
claims and are left out.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from newslint.expressions import IGNORECASE, compiled

if TYPE_CHECKING:
    import re

QuantityKind: TypeAlias = "Literal['percent', 'money', 'large', 'count', 'ratio', 'casualty', 'measure', 'rate', 'vote', 'points']"

STRIKING: frozenset[QuantityKind] = frozenset(("percent", "money", "large", "casualty", "ratio"))
LEAST_COUNT = 10  # fewer of anything can be counted by whoever stands there
NEAR = 60  # characters before and behind a figure that decide what it is
LONGEST_NUMBER = 30  # characters of a number in words


class Quantity(NamedTuple):
    """`value`: as a number, None where the words do not say ("millions"). `unit`: "%", "$", "people", …"""

    start: int
    end: int
    kind: QuantityKind
    value: float | None
    unit: str


_ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "lakh": 1e5, "million": 1e6, "crore": 1e7, "billion": 1e9, "trillion": 1e12,
    "k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12,
}  # fmt: skip
_WORD_NUMBER = (
    r"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen)"
)
_FIGURE = r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"(?:hundred|thousand|lakh|million|crore|billion|trillion)"
_CURRENCY = r"(?:US\$|A\$|C\$|NZ\$|HK\$|S\$|R\$|\$|£|€|¥|₹|₩|₽|₺|₦|Rs\.?|INR|USD|EUR|GBP|CHF)"
_COINS = (
    r"(?:dollars?|euros?|pounds(?: sterling)?(?= (?:a|per) |,|\.| to | in | for )|rupees?|yen|yuan|won|francs?|rubles?|roubles?|pesos?|cents?|pence"
    r"|kronor|kroner|krona|krone|liras?|shekels?|riyals?|dirhams?|rand|naira|crores?)"
)
_UNITS = (
    r"(?:miles?|kilomet(?:er|re)s?|km|met(?:er|re)s?|feet|foot|ft|inch(?:es)?|yards?|acres?|hectares?|tons?|tonnes?"
    r"|kilos?|kilograms?|kg|grams?|ounces?|lit(?:er|re)s?|gallons?|barrels?|bushels?|degrees?|megawatts?|gigawatts?"
    r"|kilowatts?|mw|gw|kwh|square (?:miles?|feet|foot|met(?:er|re)s?|kilomet(?:er|re)s?)|kilotons?|mph|km/h|kph"
    r"|gigabytes?|terabytes?|megabytes?)"
)
_COUNTED = (
    r"\s+(?:people|workers|jobs|homes|houses|troops|soldiers|students|voters|residents|employees|families|members"
    r"|women|men|children|cases|cars|vehicles|copies|pages)\b"
)
_STRIKING_BEHIND = (
    rf"(?:\s?(?:%|per\s?cent|bn\b|mn\b|tn\b)|[kmb]\b|-per\s?cent|[- ](?:pct|percentage|{_SCALE}|{_COINS})\b"
    rf"|[-\s]+(?:in|out\s+of)[-\s]+(?:every\s|\d|{_WORD_NUMBER})|\s+times\s)"
)
_HARMED = (
    r"(?:killed|dead|died|injured|wounded|hurt|missing|displaced|murdered|deaths?|fatalities|casualties|injuries"
    r"|victims|murders|homicides|hospitali[sz]ed|drowned|massacred|slain)"
)
_TIMES = (
    r"(?:seconds?|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|weekends?|months?|years?|yrs?|decades?|centur(?:y|ies)"
    r"|fortnights?|semesters?|quarters?|seasons?|terms?|-year|-month|-week|-day|-hour|-minute)"
)


def quantities(
    text: str,
    spans: Sequence[tuple[int, int]],
    present: frozenset[bytes],
    kinds: Collection[QuantityKind] = (),
) -> tuple[Quantity, ...]:
    """The numeric claims in `spans` (blocks of running copy, in order).

    `present`: the vocabulary of the text. `kinds`: those asked for, none for all; the fewer, the less is looked at.
    """
    found: list[Quantity] = []
    if not spans:
        return ()
    is_striking = bool(kinds) and STRIKING.issuperset(kinds)
    number = at = 0
    claim = _claim().match
    for anchor in _anchors(text, present, is_striking):
        while anchor >= spans[number][1]:
            number += 1
            if number == len(spans):
                return tuple(found)
        start, end = spans[number]
        if anchor < start or anchor < at:
            continue
        first = anchor
        if text[anchor].isdecimal():
            first = _with_currency(text, anchor, start)
            if first < 0:
                continue
        match = claim(text, first, end)
        made = _quantity(text, match, start, end) if match is not None else None
        if made is not None:
            at = made.end
            if not kinds or made.kind in kinds:
                found.append(made)
    return tuple(found)


def _with_currency(text: str, at: int, low: int) -> int:
    """Where the claim of a figure begins, with its currency; -1 where the figure is part of something else."""
    before = text[max(low, at - 5) : at]
    if before and not before[-1].isspace() and (before[-1].isalnum() or before[-1] in "_.,"):
        money = _currency_before().search(before)
        return at - len(before) + money.start() if money is not None else -1
    if before and (before[-1] in _SIGNS or before[-1] == " "):
        money = _currency_before().search(before)
        if money is not None:
            return at - len(before) + money.start()
    return at


def _anchors(text: str, present: frozenset[bytes], is_striking: bool) -> list[int]:
    """Where claims can begin, in order: figures and number words.

    `is_striking`: only those behind which something stands that makes a claim of a striking kind.
    """
    folded = text.replace("İ", "I").lower()  # the only letter for which two would stand
    figures = _striking_figure() if is_striking else _figure()
    found = {match.start() for match in figures.finditer(folded)}
    near = _near_harm(folded, present) if is_striking else []
    for low, high in near:
        found.update(match.start() for match in _figure().finditer(folded, low, high))
    striking = _striking_word().match
    for word in _NUMBER_WORDS.keys() & present:
        for beginning in _NUMBER_WORDS[word]:
            at = folded.find(beginning)
            while at >= 0:
                before = folded[at - 1] if at else " "
                if not (before.isalnum() or before == "_") and (
                    not is_striking or striking(folded, at) or _is_within(near, at)
                ):
                    found.add(at)
                at = folded.find(beginning, at + len(beginning))
    return sorted(found)


def _near_harm(folded: str, present: frozenset[bytes]) -> list[tuple[int, int]]:
    """The stretches, in order, in which a number may count the dead and the injured."""
    places = []
    for harm in _HARM_WORDS & present:
        word = harm.decode()
        at = folded.find(word)
        while at >= 0:
            places.append(at)
            at = folded.find(word, at + len(word))
    return [(max(0, at - NEAR - LONGEST_NUMBER), at + NEAR) for at in sorted(places)]


def _is_within(stretches: list[tuple[int, int]], at: int) -> bool:
    return any(low <= at < high for low, high in stretches)


_SIGNS = "$£€¥₹₩₽₺₦"


def _quantity(text: str, match: re.Match[str], low: int, high: int) -> Quantity | None:
    start, end = match.span()
    before = text[max(low, start - NEAR) : start]
    behind = text[end : min(high, end + NEAR)]
    if match["ratio"]:
        return Quantity(start, end, "ratio", None, "")
    value = _value(match)
    if match["percent"]:
        if _not_a_share().search(before) or (value == 100 and not behind.startswith(" of")):
            return None
        kind: QuantityKind = (
            "points"
            if "point" in match["percent"] and "percentage" not in match["percent"]
            else "percent"
        )
        return Quantity(start, end, kind, value, "%")
    if match["money"] or match["coins"]:
        return Quantity(start, end, "money", value, match["money"] or match["coins"] or "")
    if match["points"]:
        return Quantity(start, end, "points", value, "points")
    if match["votes"]:
        return Quantity(start, end, "vote", value, "votes")
    if match["unit"]:
        return Quantity(start, end, "measure", value, match["unit"].strip("- "))
    if _is_name_or_date(before, match["number"], behind, bool(match["scale"])):
        return None
    if _is_casualty(before, behind):
        return Quantity(start, end, "casualty", value, "people")
    if value is None or value < LEAST_COUNT:
        return None
    noun = _noun().match(behind)
    if noun is None and not match["scale"]:
        return None
    unit = noun[1] if noun is not None else ""
    large = value >= 1000 or bool(match["scale"])
    return Quantity(start, end, "large" if large else "count", value, unit)


# By words of the vocabulary: how the claims that hold them may begin.
_NUMBER_WORDS: dict[bytes, tuple[str, ...]] = {
    **{word.encode(): (word,) for word in _ONES},
    **{
        f"{word}fold".encode(): (word,)
        for word in "two three four five six seven eight ten".split()
    },
    **{
        word.encode(): (word,)
        for word in "half halved twice doubled tripled quadrupled hundredfold".split()
    },
    **{
        word.encode(): (f"a {word}",)
        for word in "third quarter fifth tenth hundred thousand million billion trillion lakh crore".split()
    },
}
_HARM_WORDS = frozenset(
    b"kill killed kills killing dead died injured injures injuring wounded wounds wounding hurt missing displaced murdered "
    b"murders murdering death deaths fatalities casualties injuries victims homicides hospitalised hospitalized drowned "
    b"massacred slain".split()
)
_HARM_SIGNS = (
    "kill", "dead", "died", "injur", "wound", "hurt", "missing", "displac", "murder", "death", "fatal", "casualt",
    "victim", "homicid", "hospital", "drown", "massacr", "slain",
)  # fmt: skip


def _is_casualty(before: str, behind: str) -> bool:
    if any(sign in behind for sign in _HARM_SIGNS) and _harmed_behind().match(behind) is not None:
        return True
    near = before[-45:]
    return any(sign in near for sign in ("kill", "injur", "wound", "murder", "death")) and (
        _harmed_before().search(near) is not None
    )


def _value(match: re.Match[str]) -> float | None:
    number = (match["number"] or "").lower()
    scale = _SCALES.get((match["scale"] or match["short"] or "").strip("- ").lower(), 1.0)
    digits = number.replace(",", "")
    try:
        return float(digits) * scale
    except ValueError:
        if number.endswith("a"):
            return scale / 2 if number.startswith("half") else scale
        total = sum(_ONES.get(word, 0) for word in number.replace("-", " ").split())
        return total * scale if total else None


def _is_name_or_date(before: str, number: str | None, behind: str, scaled: bool) -> bool:
    """Whether a bare number is a date, a time, an age, a place in an order, a score or part of a name."""
    if number is None:
        return True
    if _time_behind().match(behind) or _names(before):
        return True
    if not scaled and _year().fullmatch(number) and not _counted().match(behind):
        return True
    return _glued_before().search(before) is not None or _glued_behind().match(behind) is not None


# ------------------------------------------------------------------ patterns


@cache
def _figure() -> re.Pattern[str]:
    return compiled(r"[0-9][\d.,]*")


@cache
def _striking_figure() -> re.Pattern[str]:
    """A figure, in lower case, that can be of a striking kind for what stands right around it, or for its size."""
    currencies = ("rs", "rs.", "inr", "usd", "eur", "gbp", "chf")
    behind_currency = "|".join(
        rf"(?<={sign}[0-9])|(?<={sign}\s[0-9])"
        for sign in (f"[{_SIGNS}]", *map(_escaped, currencies))
    )
    return compiled(
        rf"[0-9](?:{behind_currency}|(?<![\w.,][0-9])(?:\d{{0,2}},\d\d|\d{{4}}"
        r"|(?!(?<=1)[5-9]\d\d(?!\d))(?!(?<=2)0\d\d(?!\d))\d{3}(?!\d)"
        rf"|\d{{3}}{_COUNTED}|\d*(?:[.,]\d+)*{_STRIKING_BEHIND}))"
    )


@cache
def _striking_word() -> re.Pattern[str]:
    """The same for a number in words."""
    return compiled(
        rf"{_WORD_NUMBER}(?:{_STRIKING_BEHIND}|[- ](?:third|quarter|fourth|fifth|tenth)s?|fold)"
        rf"|a[- ]|half |twice |doubled|tripled|quadrupled|halved|hundredfold"
    )


def _escaped(currency: str) -> str:
    return currency.replace(".", r"\.")


@cache
def _currency_before() -> re.Pattern[str]:
    return compiled(rf"(?<!\w){_CURRENCY}\s?$")


@cache
def _claim() -> re.Pattern[str]:
    ratio = (
        rf"(?<![\w.,-])(?:{_WORD_NUMBER}|\d{{1,3}})(?:-|\s+)(?:in|out\s+of)(?:-|\s+)(?:every\s+)?(?:{_WORD_NUMBER}\b|\d{{1,3}}(?![\d,.]*\d))(?!\s+(?:years?|days?|weeks?|months?|hours?|minutes?))"
        r"|\b(?:half|a\s+third|a\s+quarter|two[- ]thirds|three[- ]quarters|three[- ]fourths"
        r"|one[- ](?:third|quarter|fourth|fifth|tenth)|a\s+fifth|a\s+tenth|two[- ]fifths|four[- ]fifths)\s+(?:of\b|the\b(?=\s+(?:\w+\s+)?(?:people|voters|country|population|money|state|delegates|votes|women|men|children|households|families|jobs|respondents|americans|adults)))"
        r"|(?:twice|three\s+times|four\s+times|five\s+times|ten\s+times|10\s+times)\s+(?:as\s+(?:many|much|likely|high|large|big)|more\s+likely|the\s+(?:number|rate|size|amount))"
        r"|(?:doubled|tripled|quadrupled|halved)\b(?!\s+down)|\b(?:two|three|four|five|six|seven|eight|ten|hundred)fold\b"
    )
    number = rf"(?P<number>(?<![\w.,])(?:{_FIGURE})(?!\d)|\b{_WORD_NUMBER}\b|\b(?:half\s+a|a)(?=[- ]{_SCALE}\b))"
    return compiled(
        rf"(?P<ratio>{ratio})"
        rf"|(?:(?P<money>(?<![\w]){_CURRENCY})\s?)?{number}"
        rf"(?:(?P<scale>[- ]{_SCALE})(?:s\b)?|(?P<short>\s?(?:bn|mn|tn)\b|(?<=\d)[kmb]\b))?"
        rf"(?:(?P<percent>\s?%|[- ]per\s?cent(?:age)?(?:[- ]points?)?\b|[- ]pct\b|[- ]percentage[- ]points?\b)"
        rf"|(?P<coins>[- ]{_COINS}\b(?!['’]))|(?P<points>(?<!\bone)[- ]points?\b)|(?P<votes>[- ](?:(?:pledged|electoral|bound|unbound)\s+)?(?:super)?(?:delegates?|votes?)\b)"
        rf"|(?P<unit>[- ](?:square[- ])?{_UNITS}\b))?",
        IGNORECASE,
    )


@cache
def _harmed_behind() -> re.Pattern[str]:
    return compiled(
        rf"\s+(?:(?:other|more|additional|of\s+the|of\s+them)\s+)?(?:[\w-]+\s+){{0,3}}?(?:(?:were|was|have\s+been|had\s+been|are|being)\s+)?(?:(?:also|shot|found|reported|confirmed|critically|seriously)\s+){{0,2}}{_HARMED}\b",
        IGNORECASE,
    )


@cache
def _harmed_before() -> re.Pattern[str]:
    return compiled(
        r"(?:kill(?:s|ed|ing)?|injur(?:es|ed|ing)|wound(?:s|ed|ing)|murder(?:s|ed|ing)|death\s+toll\s+(?:of|to|at|stood\s+at|rose\s+to|has\s+risen\s+to))"
        r"\s+(?:(?:at\s+least|more\s+than|over|about|nearly|almost|some|around|up\s+to|as\s+many\s+as)\s+)?$",
        IGNORECASE,
    )


@cache
def _time_behind() -> re.Pattern[str]:
    return compiled(
        rf"(?:[- ](?:to|or|and|–)[- ]\w+)?(?:(?:[- ](?:more|consecutive|straight|full|long|short|business|working|calendar|odd|plus|other|different|to)){{0,2}}[- ]{_TIMES}\b"
        r"|\s?(?:am|pm|a\.m|p\.m|o'clock|o’clock)\b|[:h]\d\d|(?:st|nd|rd|th)\b|[- ]years?[- ]old|\s?-?(?:and|to)?-?under\b|[- ](?:times?|hits?)\b(?! (?:as|more|the|higher))"
        r"|\s+(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b"
        r"|\s+(?:[A-Z][\w’'-]+\s+){0,2}(?:Street|Avenue|Road|Boulevard|St\.|Ave\.|Rd\.|Downing|West|East|North|South)\b)",
        IGNORECASE,
    )


# A number behind one of these is a name, a date or an age.
_NAMED = frozenset(
    "section article chapter title rule proposition prop amendment resolution no nos number numbers route highway "
    "interstate flight room page pages p pp figure table part volume episode season group phase level tier grade class "
    "category type model version apollo formula channel area district ward zone unit division battalion regiment "
    "platform gate pier dock schedule form catch top age aged ages under january february march april may june july "
    "august september october november december jan feb mar apr jun jul aug sep sept oct nov dec since until year "
    "boeing airbus big g covid iphone windows".split()
)
_NAMED_BY_TWO = frozenset(("age of", "born in", "under the"))


def _names(before: str) -> bool:
    if not before:
        return False
    if before[-1] in "/:#№-'’" or (len(before) > 1 and before[-1] in ".," and before[-2].isdigit()):
        return True
    words = before[-24:].split()
    if not words:
        return False
    last = words[-1].strip("(“\"'").rstrip(".-")
    if last.isupper() and last.isalpha() and len(last) <= 4 and last not in ("A", "I"):
        return before[-1] == "-" or not before[-1].isspace()
    return last.lower() in _NAMED or (
        len(words) > 1 and f"{words[-2]} {words[-1]}".lower() in _NAMED_BY_TWO
    )


@cache
def _glued_before() -> re.Pattern[str]:
    return compiled(r"[\w@#/\\_=&]$|\d\s?[-–:/]\s?$")


@cache
def _glued_behind() -> re.Pattern[str]:
    return compiled(r"[-–/:]\s?\d|[A-Za-z_]|-(?!\w+\s+\w)|\.\d|\s?/\s?\d|s\b")


@cache
def _not_a_share() -> re.Pattern[str]:
    return compiled(
        r"(?:\b(?:top|bottom|richest|wealthiest|poorest)\s+(?:\d+\s+or\s+)?|margin of (?:sampling )?error (?:of|is|was) .{0,20})$",
        IGNORECASE,
    )


@cache
def _year() -> re.Pattern[str]:
    return compiled(r"1[5-9]\d\d|20\d\d")


@cache
def _counted() -> re.Pattern[str]:
    return compiled(_COUNTED)


@cache
def _noun() -> re.Pattern[str]:
    return compiled(
        r"(?:\s+|-)(?:(?:of|more|other|additional|new|different|or\s+so|or\s+more|registered)\s+(?:the\s+)?)*([^\W\d_][\w’'-]*)"
    )
