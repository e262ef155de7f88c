"""Numeric claims: what in a text says how much or how many, as opposed to when, where, how old or which.

Figures and number words, each with the words before and behind it that decide what it counts. Dates, times,
ages, durations, ordinals, addresses, scores and numbers that are names ("Section 230", "Boeing 737") are no
claims and are left out.
"""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from functools import cache

from newslint.expressions import IGNORECASE, compiled
from newslint.text.numerals import NUMERALS, Numerals
from newslint.text.words import finder, spaced
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re
    from typing import Literal, TypeAlias

QuantityKind: TypeAlias = "Literal['percent', 'money', 'large', 'count', 'ratio', 'casualty', 'measure', 'rate', 'vote', 'points']"

STRIKING: frozenset[QuantityKind] = frozenset(("percent", "money", "large", "casualty", "ratio"))
LEAST_IN_ONE = 10_000  # in other languages: what is written without a gap is a year, or a name, unless it is as large
SHORT = 3  # letters
LEAST_COUNT = 10  # fewer of anything can be counted by whoever stands there
NEAR = 60  # characters before and behind a figure that decide what it is
LONGEST_NUMBER = 30  # characters of a number in words
FAR = 40  # characters behind a figure that may make a claim of it


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
_CURRENCY = (
    r"(?:US\$|AU\$|Â£|A\$|C\$|NZ\$|HK\$|S\$|R\$|\$|£|€|¥|₹|₩|₽|₺|₦|Rs\.?|INR|USD|EUR|GBP|CHF)"
)
_COINS = (
    r"(?:dollars?|euros?|pounds sterling|(?<=million )pounds|(?<=billion )pounds|(?<=thousand )pounds|pounds(?= (?:a|per) (?:week|month|year|head|person|day)\b)|rupees?|yen|yuan|won|francs?|rubles?|roubles?|pesos?|cents?|pence"
    r"|kronor|kroner|krona|krone|liras?|shekels?|riyals?|dirhams?|rand|naira|crores?)"
)
_UNITS = (
    r"(?:miles?|kilomet(?:er|re)s?|km|met(?:er|re)s?|feet|foot|ft|inch(?:es)?|yards?|acres?|hectares?|tons?|tonnes?"
    r"|kilos?|kilograms?|kg|grams?|ounces?|lit(?:er|re)s?|gallons?|barrels?|bushels?|degrees?|megawatts?|gigawatts?"
    r"|kilowatts?|mw|gw|kwh|square (?:miles?|feet|foot|met(?:er|re)s?|kilomet(?:er|re)s?)|kilotons?|mph|km/h|kph"
    r"|gigabytes?|terabytes?|megabytes?|pounds|lbs?)"
)
_COUNTED = (
    r"\s+(?:people|workers|jobs|homes|houses|troops|soldiers|students|voters|residents|employees|families|members"
    r"|women|men|children|cases|cars|vehicles|copies|pages)\b"
)
_OUT_OF = (
    rf"(?:-|\s+)(?:in|out\s+of)(?:-|\s+)(?:every\s+)?(?:{_WORD_NUMBER}\b|\d{{1,3}}(?![\d,.]*\d))"
    r"(?!\s+(?:years?|days?|weeks?|months?|hours?|minutes?))"
)
_AS_MANY = r"(?:as\s+(?:many|much|likely|high|large|big)|more\s+likely|(?:the|that)\s+(?:number|rate|size|amount))"
_STRIKING_BEHIND = (
    rf"(?:{_SCALE}|\s?(?:%|per\s?cent|bn\b|mn\b|tn\b)|[kmb]\b|-per\s?cent|[- ](?:pct|percentage|{_SCALE}|{_COINS})\b"
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
    kinds: Collection[QuantityKind] = (),
    language: str = "en",
    letters: bytes = b"",
    words: Sequence[tuple[int, str]] | None = None,
) -> tuple[Quantity, ...]:
    """The numeric claims in `spans` (blocks of running copy, in order).

    `letters`: the text spaced, `words`: where which of `WORDS` stand, with others or not, if that is known. `kinds`: those asked
    for, none for all; the fewer, the less is looked at. In German, French and Spanish: shares, ratios, sums, large numbers
    and the dead; in other languages none.
    """
    if language != "en":
        return _abroad(text, spans, kinds, language, letters) if language in NUMERALS else ()
    if not spans:
        return ()
    found: list[Quantity] = []
    is_striking = bool(kinds) and STRIKING.issuperset(kinds)
    starts = [start for start, _ in spans]
    letters = letters or spaced(text)
    words = finder(WORDS, pieces=SIGNS)(letters) if words is None else words
    harm = _near_harm([start for start, word in words if word in _HARM])
    plain, in_figures, in_words = (
        each().match for each in (_plain_claim, _claim_in_figures, _claim_in_words)
    )
    at = 0
    for anchor, is_word in _anchors(text, letters, words, harm, is_striking):
        if anchor < at:
            continue
        start, end = spans[bisect_right(starts, anchor) - 1]
        if not start <= anchor < end:
            continue
        if is_word:
            match = in_words(text, anchor, end)
        else:
            match = plain(text, anchor, end) or in_figures(text, anchor, end)
        if match is None:
            continue
        made = _quantity(text, match, start, end, bool(harm) and _is_within(harm, anchor))
        if made is not None:
            at = made.end
            if not kinds or made.kind in kinds:
                found.append(made)
    return tuple(found)


def _abroad(
    text: str,
    spans: Sequence[tuple[int, int]],
    kinds: Collection[QuantityKind],
    language: str,
    letters: bytes,
) -> tuple[Quantity, ...]:
    numerals = NUMERALS[language]
    letters = letters or spaced(text)
    keys = [at for at, _ in finder(numerals.keys)(letters)]
    in_words = _claim_abroad(language, in_words=True).finditer
    found: list[Quantity] = []
    for start, end in spans:
        matches = _in_figures_abroad(text, letters, start, end, language)
        for low, high in _near_keys(keys, start, end):
            matches += in_words(text, low, high)
        matches.sort(key=_start)
        last = start
        for match in matches:
            if match.start() < last:
                continue
            made = _quantity_abroad(match, numerals)
            if made is not None:
                last = match.end()
                if not kinds or made.kind in kinds:
                    found.append(made)
    return tuple(found)


def _in_figures_abroad(
    text: str, letters: bytes, start: int, end: int, language: str
) -> list[re.Match[str]]:
    """What begins with digits or a sign before them."""
    matcher = _claim_abroad(language, in_words=False).match
    found = []
    at = letters.find(b"0", start, end)
    while at >= 0:
        sign = at - text[at - 1 : at].isspace() - 1
        match = matcher(text, sign if sign >= start and text[sign] in _SIGNS_ABROAD else at, end)
        stop = at + 1
        if match is not None:
            found.append(match)
            stop = match.end()
        while letters[stop : stop + 1] == b"0":  # the rest of them is no other number
            stop += 1
        at = letters.find(b"0", stop, end)
    return found


def _near_keys(keys: Sequence[int], start: int, end: int) -> list[tuple[int, int]]:
    """The stretches of a span in which a number may stand in words, in order."""
    stretches: list[tuple[int, int]] = []
    for at in keys[bisect_left(keys, start) : bisect_left(keys, end)]:
        low, high = max(start, at - NEAR), min(end, at + NEAR + FAR)
        if stretches and low <= stretches[-1][1]:
            low = stretches.pop()[0]
        stretches.append((low, high))
    return stretches


def _start(match: re.Match[str]) -> int:
    return match.start()


_SIGNS_ABROAD = "$£€¥"


def _quantity_abroad(match: re.Match[str], numerals: Numerals) -> Quantity | None:
    start, end = match.span()
    if match["ratio"]:
        return Quantity(start, end, "ratio", None, "")
    number, scale = match["number"], " ".join((match["scale"] or "").lower().split())
    value = numerals.words.get(number.lower())
    is_word = value is not None
    digits = "" if is_word else _gap(numerals.gap).sub("", number).replace(",", ".")
    if value is None:
        value = float(digits)
    value *= next(
        (
            factor
            for word, factor in sorted(numerals.scales.items(), key=_longest)
            if scale.startswith(word)
        ),
        1.0,
    )
    if match["percent"]:
        return Quantity(start, end, "percent", value, "%")
    if match["sign"] or match["coins"]:
        return Quantity(start, end, "money", value, match["sign"] or match["coins"])
    text = match.string
    if match["lasting"]:
        return None
    if match["harmed"] or _harming(numerals.harming).search(text[max(0, start - NEAR) : start]):
        return Quantity(
            start, match.end("scale" if scale else "number"), "casualty", value, "people"
        )
    is_large = bool(scale) or (
        not is_word
        and value >= 1000
        and (digits != number.replace(",", ".") or value >= LEAST_IN_ONE)
    )
    return Quantity(start, end, "large", value, "") if is_large else None


@cache
def _harming(words: str) -> re.Pattern[str]:
    return compiled(rf"\b(?:{words})$", IGNORECASE)


@cache
def _gap(gap: str) -> re.Pattern[str]:
    return compiled(rf"{gap}(?=\d\d\d)")


def _longest(scale: tuple[str, float]) -> int:
    return -len(scale[0])


def _anchors(
    text: str,
    letters: bytes,
    words: Sequence[tuple[int, str]],
    harm: list[tuple[int, int]],
    is_striking: bool,
) -> list[tuple[int, bool]]:
    """Where claims can begin, in order, and whether with a word: figures, with their currency, and number words.

    `words`: those of `WORDS` and `SIGNS` in the text. `harm`: the stretches that speak of the dead. `is_striking`: only those
    behind which something stands that makes a claim of a striking kind.
    """
    digits = _striking_digits(text, letters, words, harm) if is_striking else _runs(letters)
    found = _figures(text, letters, digits, harm, is_striking)
    figures = len(found)
    for start, word in words:
        beginning = _NUMBER_WORDS.get(word)
        if beginning is None:
            continue
        at = start
        if beginning != word:
            at -= 2
            if at < 0 or text[at:start].lower() != "a ":
                continue
        before = text[at - 1] if at else " "
        if (before == " " or not (before.isalnum() or before == "_")) and (
            not (is_striking and word in _ONES)
            or _may_strike_in_words(text, letters, start + len(word))
            or (harm and _is_within(harm, at))
        ):
            found.append((at, True))
    if figures != len(found):
        found.sort()
    return found


def _striking_digits(
    text: str,
    letters: bytes,
    words: Iterable[tuple[int, str]],
    harm: Iterable[tuple[int, int]],
) -> list[int]:
    """Digits, in order, one at least of each figure that has a currency, is large, counts the dead or has such words behind it."""
    found = [start + _DIGITS_OF[word] for start, word in words if word in _DIGITS_OF]
    at = text.find("%")
    while at >= 0:
        place = at - 2 if text[at - 1 : at].isspace() else at - 1
        if letters[place : place + 1] == b"0":
            found.append(place)
        at = text.find("%", at + 1)
    for sign in [sign for sign in _CURRENCY_SIGNS if sign in text]:
        at = text.find(sign)
        while at >= 0:
            at += 1
            place = at + 1 if text[at : at + 1].isspace() else at
            if letters[place : place + 1] == b"0":
                found.append(place)
            at = text.find(sign, at)
    for low, high in harm:
        found += _runs(letters, max(low, 0), high)
    found.sort()
    return found


def _runs(letters: bytes, low: int = 0, high: int | None = None) -> list[int]:
    """Where runs of digits begin, in order."""
    found = []
    at = letters.find(b"0", low, high)
    while at >= 0:
        found.append(at)
        at = letters.find(b" ", at, high)
        at = letters.find(b"0", at, high) if at >= 0 else at
    return found


def _figures(
    text: str,
    letters: bytes,
    digits: Iterable[int],
    harm: list[tuple[int, int]],
    is_striking: bool,
) -> list[tuple[int, bool]]:
    """Where the figures that `digits` stand in begin, with their currency; none of them is a word or a part of something else."""
    found = []
    last = -1
    for digit in digits:
        at = digit
        while at > last and at > 0:  # to the beginning of “12,000.5”
            if letters[at - 1] == _ZERO:
                at -= 1
            elif at > 1 and letters[at - 2] == _ZERO and text[at - 1] in ".,":
                at -= 2
            else:
                break
        is_known = at <= last
        last = digit
        if is_known:
            continue
        before = text[at - 1] if at else " "
        is_apart = before == " " or before.isspace()
        sign = text[at - 2] if is_apart and at > 1 else before
        money = None
        if sign in _CURRENCY_ENDS and text.endswith(_CURRENCIES, 0, at - is_apart):
            money = _currency_before().search(text, max(0, at - 5), at)
        if money is not None:
            found.append((money.start(), False))
        elif (is_apart or not (before.isalnum() or before in "_.,")) and (
            not is_striking or _may_strike(text, letters, at) or (harm and _is_within(harm, at))
        ):
            found.append((at, False))
    return found


def _may_strike(text: str, letters: bytes, at: int) -> bool:
    """Whether digits can be a figure of a striking kind, told by how many they are and by what stands behind them."""
    run = letters[at : at + FAR]
    length = len(run) - len(run.lstrip(b"0"))
    if length > 4:
        return True
    end = at + length
    if text.startswith(_SURELY_STRIKING, end):
        return True
    behind = text[end : end + 1]
    if length < 4:
        if behind not in _STRIKING_SIGNS:
            return False
        beginnings, pattern = _BEGINNINGS, _striking_behind
    else:
        century = text[at : at + 2]
        if century[0] in "12" and not (behind.isspace() or behind in ",.-%"):
            return False
        if century not in _CENTURIES:
            return True
        beginnings, pattern = _BEGINNINGS_BEHIND_YEAR, _striking_behind_year
    if behind == " ":
        word = letters[end + 1 : end + 3]
        if word not in beginnings and not word.startswith(b" "):
            return False
    return pattern().match(text[end : end + FAR].lower()) is not None


def _may_strike_in_words(text: str, letters: bytes, end: int) -> bool:
    """The same of a number whose first word ends at `end`."""
    word = letters[end + 1 : end + 3]
    if word not in _BEGINNINGS_BEHIND_WORD and not word.startswith(b" "):
        return text[end : end + 1] == "%"
    return _striking_word().match(text[end : end + FAR].lower()) is not None


def _near_harm(places: Iterable[int]) -> list[tuple[int, int]]:
    """The stretches, in order, in which a number may count the dead and the injured, who are named at `places`."""
    stretches: list[tuple[int, int]] = []
    for at in places:
        low, high = at - NEAR - LONGEST_NUMBER, at + NEAR
        if stretches and low <= stretches[-1][1]:
            low = stretches.pop()[0]
        stretches.append((low, high))
    return stretches


def _is_within(stretches: list[tuple[int, int]], at: int) -> bool:
    index = bisect_right(stretches, (at, sys.maxsize)) - 1
    return index >= 0 and at < stretches[index][1]


_ZERO = ord("0")
_CURRENCY_SIGNS = "$£€¥₹₩₽₺₦"
_CURRENCY_ENDS = frozenset("$£€¥₹₩₽₺₦sRDPF.")
_CURRENCIES = tuple("$ £ € ¥ ₹ ₩ ₽ ₺ ₦ Rs Rs. INR USD EUR GBP CHF".split())
_SURELY_STRIKING = ("%", " percent", " per cent")
# What may stand right behind a figure of a striking kind.
_STRIKING_SIGNS = frozenset(" -%kmbtKMBT,.\xa0\u202f\u2009\n\t")
# How a word begins that makes a short figure one of a striking kind.
_BEGINNINGS = frozenset(
    b"pe pc bn mn tn hu th la mi cr bi tr do eu po ru ye yu wo fr ro ce kr li sh ri di ra na in ou ti".split()
)
_BEGINNINGS_BEHIND_YEAR = _BEGINNINGS | frozenset(
    b"jo ho so st vo re em fa me ch ca ve co pa".split()
)
_BEGINNINGS_BEHIND_WORD = _BEGINNINGS | frozenset(b"on tw fo fi si se ei ni qu te".split())
_CENTURIES = frozenset("15 16 17 18 19 20".split())


def _quantity(
    text: str, match: re.Match[str], low: int, high: int, is_near_harm: bool
) -> Quantity | None:
    start, end = match.span()
    before = text[max(low, start - NEAR) : start]
    behind = text[end : min(high, end + NEAR)]
    last = match.lastgroup
    if last == "ratio":
        if before.endswith(_PARTS_OF_TIME) or _is_device(match["ratio"]):
            return None
        scale = _of_a_million().match(behind)
        if scale is not None:  # “a quarter of a million” is no share
            whole = _SCALES[scale[1]]
            part = next((part for word, part in _PARTS if word in match["ratio"].lower()), None)
            value = part * whole if part is not None else None
            return Quantity(start, end + scale.end(), "large", value, "")
        fraction = _of_percent().match(behind)  # “a quarter of 1 percent” is one share
        return Quantity(
            start, end + (fraction.end() if fraction is not None else 0), "ratio", None, ""
        )
    if last == "tally":
        if _vote_behind().match(behind) or _vote_before().search(before[-45:]):
            return Quantity(start, end, "vote", None, "votes")
        is_range = len(match["tally"]) > 4 and _counted_things().match(behind) is not None
        return Quantity(start, end, "count", None, "") if is_range else None
    value = _value(match)
    if last == "percent":
        if before.endswith("/") and before[-2:-1].isdigit():
            return None  # “9-13/16 pct”
        if (value == 100 and not behind.startswith(" of")) or _is_no_share(before):
            return None
        is_of_a_score = "point" in match["percent"] and "percentage" not in match["percent"]
        return Quantity(start, end, "points" if is_of_a_score else "percent", value, "%")
    if last == "coins" and match["coins"][1:].lower() == "pounds" and "weigh" in before[-30:]:
        return Quantity(start, end, "measure", value, "pounds")
    if last == "coins" and match["coins"].strip("- ").istitle():
        return None  # a name: “8 Rand Brook”
    if match["money"] or last == "coins":
        return Quantity(start, end, "money", value, match["money"] or match["coins"])
    if last == "points" or last == "votes":
        return Quantity(start, end, "vote" if last == "votes" else "points", value, last)
    if last == "unit":
        return Quantity(start, end, "measure", value, match["unit"].strip("- "))
    is_large_enough = value is not None and value >= LEAST_COUNT
    if not (is_near_harm or is_large_enough) or _is_name_or_date(
        before, match["number"], behind, bool(match["scale"])
    ):
        return None
    if value == 1 and behind.startswith(" of "):
        return None  # “one of 20 killed”
    if is_near_harm and _is_casualty(before, behind):
        return Quantity(start, end, "casualty", value, "people")
    if value is None or not is_large_enough:
        return None
    noun = _noun().match(behind)
    unit = noun[1] if noun is not None else ""
    if _is_distance(match["number"], match["short"], behind):
        return Quantity(start, end, "measure", value, "m")
    if value >= 1000 or match["scale"]:
        is_bare = not (match["scale"] or match["short"]) and match["number"].isdigit()
        if is_bare and (_counted_things().match(behind) is None or _is_title(before)):
            return None  # a name, or part of an address: “Andre 3000”, “5400 N. River Road”
        return Quantity(start, end, "large", value, unit)
    if _counted_things().match(behind) is None or _is_age(before):
        return None
    return Quantity(start, end, "count", value, unit)


_PARTS = (
    ("half", 1 / 2),
    ("quarter", 1 / 4),
    ("third", 1 / 3),
    ("fifth", 1 / 5),
    ("tenth", 1 / 10),
)


def _is_device(ratio: str) -> bool:
    """Whether what looks like a share is more than the whole: “a 4-in-1 card reader”."""
    part, _, rest = ratio.partition("-in-")
    return part.isdigit() and rest.isdigit() and int(part) > int(rest)


def _is_distance(number: str, short: str | None, behind: str) -> bool:
    """Whether “m” stands for metres: “the 5,000m title”, “the 100m final”."""
    if short is None or short.strip().lower() != "m":
        return False
    return "," in number or (number.endswith("00") and _counted_things().match(behind) is None)


def _is_title(before: str) -> bool:
    """Whether the word before a number has a capital inside a sentence."""
    words = before.split()[-2:]
    return len(words) == 2 and words[1][:1].isupper() and words[0][-1] not in ".!?:"


def _is_age(before: str) -> bool:
    """Whether what stands before a number makes it an age, or a part of a name: “those over”, “S&P”."""
    words = before.lower().split()[-2:]
    if not words or words[-1] in ("turned", "turns", "ages", "&", "s&p", "s.&p."):
        return bool(words)
    return words[-1] == "over" and words[0] in ("those", "people", "women", "men", "voters")


# By a word that a claim begins with, or that stands behind "a" where one begins: how it begins.
_NUMBER_WORDS: dict[str, str] = {
    **{word: word for word in _ONES},
    **{f"{word}fold": f"{word}fold" for word in "two three four five six seven eight ten".split()},
    **{word: word for word in "half halved twice doubled tripled quadrupled hundredfold".split()},
    **{
        word: f"a {word}"
        for word in "third quarter fifth tenth hundred thousand million billion trillion lakh crore dozen".split()
    },
}
_HARM = frozenset(
    "kill killed kills killing dead died injured injures injuring wounded wounds wounding hurt missing displaced murdered "
    "murders murdering death deaths fatalities casualties injuries victims homicides hospitalised hospitalized drowned "
    "massacred slain".split()
)
WORDS = _HARM.union(_NUMBER_WORDS)
# What a figure of a striking kind ends with or stands behind, of digits (0) and letters of a text that is spaced: by what is
# large, by words behind it, or by a currency. With the place of a digit in it.
_DIGITS_OF: dict[str, int] = {
    **dict.fromkeys(("0000", "0 00", "0   ", *(f"0  {each}" for each in ("in", "ou", "ti"))), 0),
    **dict.fromkeys((f"0 {beginning.decode()}" for beginning in _BEGINNINGS), 0),
    **dict.fromkeys("0hu 0tho 0la 0mi 0cr 0bi 0tr 0pe".split(), 0),
    **dict.fromkeys((f"0{scale} " for scale in "k m b bn mn tn".split()), 0),
    **{
        f"{code}0": len(code)
        for code in (
            "rs",
            "rs ",
            "rs  ",
            *(f"{each}{gap}" for each in "inr usd eur gbp chf".split() for gap in ("", " ")),
        )
    },
}
SIGNS = frozenset(_DIGITS_OF)


def _is_casualty(before: str, behind: str) -> bool:
    return (
        _harmed_behind().match(behind) is not None
        or _harmed_before().search(before[-45:]) is not None
    )


def _value(match: re.Match[str]) -> float | None:
    number, scaled, short = match.group("number", "scale", "short")
    behind = scaled or short
    scale = _SCALES.get(behind.strip("- ").lower(), 1.0) if behind else 1.0
    try:
        return float(number.replace(",", "")) * scale
    except ValueError:
        number = number.lower()
        if number.endswith("dozen"):
            first = number[:-5].strip("- ")
            return 6.0 if first.startswith("half") else 12.0 * _ONES.get(first, 1)
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
    return _is_glued(before) or _glued_behind().match(behind) is not None


def _is_glued(before: str) -> bool:
    """Whether a number belongs to what stands right before it: “AK/47”, “3 - 4”."""
    last = before[-1:]
    if last.isalnum() or last in ("@", "#", "/", "\\", "_", "=", "&", "×", "*"):
        return True
    sign = before[:-1] if last.isspace() else before
    return sign[-1:] in ("-", "–", ":", "/") and (
        sign[-2:-1].isdecimal() or (sign[-2:-1].isspace() and sign[-3:-2].isdecimal())
    )


def _is_no_share(before: str) -> bool:
    """Whether a percentage names a group, or how exact a poll is: “the top 1 percent”."""
    lower = before.lower()
    return ("margin of " in lower or lower.rstrip().endswith(_NO_SHARE_ENDS)) and (
        _no_share().search(lower) is not None
    )


_PARTS_OF_TIME = (
    "first ",
    "second ",
    "latter ",
    "other ",
    "front ",
    "back ",
    "better ",
    "top ",
    "bottom ",
)
_NO_SHARE_ENDS = ("top", "bottom", "richest", "wealthiest", "poorest", " or")


# ------------------------------------------------------------------ patterns


@cache
def _claim_abroad(language: str, *, in_words: bool) -> re.Pattern[str]:
    numerals = NUMERALS[language]
    # “mil” is no beginning of “militar”; longer ones have endings.
    scales = "|".join(
        word if len(word) > SHORT else rf"{word}\b"
        for word in sorted(numerals.scales, key=len, reverse=True)
    )
    if in_words:
        words = "|".join(sorted(numerals.words, key=len, reverse=True))
        # One of something that follows at once: thousands, the dead.
        number = rf"\b(?:{words})(?=[\s-](?:(?:{scales})(?:en|es|[ens])?\b|(?:\w+\s)?(?:{numerals.harmed})\b|(?:{numerals.percent})\b))"
        whole, sign = rf"\b(?P<ratio>{numerals.ratios})\b", "(?P<sign>(?!))?"
    else:
        number = rf"\d{{1,3}}(?:{numerals.gap}\d{{3}})+(?!\d)(?:,\d+)?|\d+(?:,\d+)?(?!\d)"
        whole, sign = rf"\b(?P<ratio>{numerals.tallies})\b", rf"(?:(?P<sign>[{_SIGNS_ABROAD}])\s?)?"
    return compiled(
        rf"{whole}|{sign}(?<![\w.,/:-])(?P<number>{number})(?![-/:]\d)"
        rf"(?:[\s-](?P<scale>(?:{scales})(?:en|es|[ens])?\b\.?))?"
        rf"(?:\s?(?P<percent>%|(?:{numerals.percent})\b)|\s?(?:de\s|d['’])?(?P<coins>[{_SIGNS_ABROAD}]|(?:{numerals.coins})\b)"
        rf"|\s(?P<harmed>(?:\w+\s)?(?:{numerals.harmed})\b)|\s(?P<lasting>(?:{numerals.lasting})\b))?",
        IGNORECASE,
    )


@cache
def _striking_behind() -> re.Pattern[str]:
    """What makes a short figure one of a striking kind, in lower case."""
    return compiled(rf",\d\d|(?:[.,]\d++)*+{_STRIKING_BEHIND}")


@cache
def _striking_behind_year() -> re.Pattern[str]:
    """The same behind four digits that can be a year."""
    return compiled(rf"{_COUNTED}|(?:[.,]\d++)*+{_STRIKING_BEHIND}")


@cache
def _striking_word() -> re.Pattern[str]:
    """The same for what stands behind the first word of a number."""
    return compiled(
        r"(?:[- ](?:one|two|three|four|five|six|seven|eight|nine)\b)?"
        rf"(?:{_STRIKING_BEHIND}|[- ](?:third|quarter|fourth|fifth|tenth)s?|fold)"
    )


@cache
def _currency_before() -> re.Pattern[str]:
    return compiled(rf"(?<!\w){_CURRENCY}\s?$")


@cache
def _plain_claim() -> re.Pattern[str]:
    """What most shares and sums look like, with the groups that `_claim_in_figures` gives them, in a tenth of its time."""
    none_behind = "a an and as at by for from in into of on over since so than that the this to was were which with"
    return compiled(
        r"(?P<money>[$£€])?(?P<number>\d++(?:\.\d++)?)(?P<short>(?!))?"
        r"(?:(?P<percent>%| per ?cent\b(?![- ]point))"
        rf"|(?P<scale> (?:million|billion))(?=[.,;:)]| (?:{'|'.join(none_behind.split())})\b))"
    )


@cache
def _claim_in_figures() -> re.Pattern[str]:
    whole = (
        rf"(?P<ratio>(?<![\w.,-])\d{{1,3}}(?:{_OUT_OF}|(?:-|\s+)to(?:-|\s+)(?:1|one)\b)"
        rf"|(?<![\w.,-])\d[\d.]*\s+times\s+{_AS_MANY})"
        r"|(?P<tally>(?<![\w.,–-])\d{1,3}(?:[-–]|\s+to\s+)\d{1,3}(?![\w–-]|[.,]\d))"
    )
    return compiled(
        _claim(
            whole, rf"(?:(?P<money>(?<![\w]){_CURRENCY})\s?)?", rf"(?<![\w.,])(?:{_FIGURE})(?!\d)"
        ),
        IGNORECASE,
    )


@cache
def _claim_in_words() -> re.Pattern[str]:
    whole = (
        rf"(?P<ratio>(?<![\w.,-]){_WORD_NUMBER}{_OUT_OF}"
        r"|(?:(?<=nearly )|(?<=almost )|(?<=about )|(?<=than )|(?<=roughly ))"
        r"(?:half|a\s+third|a\s+quarter|two[- ]thirds|three[- ]quarters|three[- ]fourths)\b"
        r"(?!\s+(?:a|an|hour|dozen|million|billion|mile|point|century|final|finals)\b|[- ](?:hour|centur))"
        r"|\b(?:half|a\s+third|a\s+quarter|two[- ]thirds|three[- ]quarters|three[- ]fourths"
        r"|one[- ](?:half|third|quarter|fourth|fifth|tenth)|a\s+fifth|a\s+tenth|two[- ]fifths|four[- ]fifths)\s+(?:of\b|the\b(?=\s+(?:\w+\s+)?(?:people|voters|country|population|money|state|delegates|votes|women|men|children|households|families|jobs|respondents|americans|adults)))"
        rf"|(?:twice|(?:three|four|five|ten)\s+times)\s+{_AS_MANY}"
        r"|(?:doubled|tripled|quadrupled|halved)\b(?!\s+(?:down|as|back|over)\b)|\b(?:two|three|four|five|six|seven|eight|ten|hundred)fold\b)"
    )
    return compiled(
        _claim(
            whole,
            "(?P<money>(?!))?",
            rf"\b(?:half\s+a|a|{_WORD_NUMBER})[- ]dozen\b|\b{_WORD_NUMBER}\b|\b(?:half\s+a|a)(?=[- ]{_SCALE}\b)",
        ),
        IGNORECASE,
    )


def _claim(whole: str, money: str, number: str) -> str:
    return (
        rf"{whole}|{money}(?P<number>{number})"
        rf"(?:(?P<scale>(?:[- ]|(?<=\d)){_SCALE})(?:s\b)?|(?P<short>\s?(?:bn|mn|tn)\b|(?<=\d)[kmb]\b))?"
        rf"(?:(?P<percent>\s?%|[- ]per\s?cent(?:age)?(?:[- ]points?)?\b|[- ]pct\b|[- ]percentage[- ]points?\b)"
        rf"|(?P<coins>[- ]{_COINS}\b(?!['’]))|(?P<points>(?<!\bone)[- ]points?\b)|(?P<votes>[- ](?:(?:pledged|electoral|bound|unbound)\s+)?(?:super)?(?:delegates?|votes?|seats?)\b)"
        rf"|(?P<unit>[- ](?:square[- ])?{_UNITS}\b))?"
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
        r"|\s?(?:am|pm|a\.m|p\.m|o'clock|o’clock)\b|[:h]\d\d|(?:st|nd|rd|th)\b|[- ]years?[- ]old|\s?-?(?:and|to)?-?under\b|[- ]hits?\b"
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
    if before[-1] in "/:#№-'’+" or (
        len(before) > 1 and before[-1] in ".," and before[-2].isdigit()
    ):
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
def _glued_behind() -> re.Pattern[str]:
    return compiled(r"[-–/:]\s?\d|[A-Za-z_]|-(?!\w+\s+\w)|\.\d|\s?/\s?\d|s\b")


@cache
def _no_share() -> re.Pattern[str]:
    return compiled(
        r"(?:\b(?:top|bottom|richest|wealthiest|poorest)\s+(?:\d+\s+or\s+)?|margin of (?:sampling )?error (?:of|is|was) .{0,20})$"
    )


@cache
def _year() -> re.Pattern[str]:
    return compiled(r"1[5-9]\d\d|20\d\d")


@cache
def _counted() -> re.Pattern[str]:
    return compiled(_COUNTED)


@cache
def _of_a_million() -> re.Pattern[str]:
    return compiled(r"(?: of)? a (million|billion|trillion)\b")


@cache
def _of_percent() -> re.Pattern[str]:
    return compiled(r"(?: of)? (?:\d[\d.,]*|one|a)(?: per ?cent|%)")


@cache
def _counted_things() -> re.Pattern[str]:
    """What a small number counts: a noun in the plural, with a few words before it."""
    return compiled(
        r"\s+(?:of the\s+)?(?!(?:of|in|on|at|to|for|from|by|with|and|or|as|is|are|was|were|will|this|that|these|years?|percent|say)\s)"
        r"(?:[\w’'&.-]+\s+){0,3}?(?:people|men|women|children|police|troops|staff|personnel|[^\W\d_][\w’'-]*[^\W\d_sui]s|times)\b"
    )


@cache
def _vote_behind() -> re.Pattern[str]:
    return compiled(
        r"\s+(?:votes?|rulings?|decisions?|splits?|majority|margins?|tally|lead|when|in favou?r)\b"
    )


@cache
def _vote_before() -> re.Pattern[str]:
    return compiled(
        r"\b(?:voted|votes? (?:was|of)|margin of|[Bb]y(?: nearly| about)?|out(?:number|spen|rais|vot)\w*(?: [\w-]+){1,2}|split|ends?(?: up)?|leads?)\s$"
    )


@cache
def _noun() -> re.Pattern[str]:
    return compiled(
        r"(?:\s+|-)(?:(?:of|more|other|additional|new|different|or\s+so|or\s+more|registered)\s+(?:the\s+)?)*([^\W\d_][\w’'-]*)"
    )
