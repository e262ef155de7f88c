"""Sentences of running copy.

A sentence ends at `.`, `!`, `?` or their like, with the marks that close behind it, where white space and
something that can begin a sentence follow. Full stops of abbreviations and initials end none.
"""

from __future__ import annotations

from functools import cache

from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import re

# Never at the end of a sentence, or hardly ever: a name or number follows.
_BEFORE_NAMES = frozenset(
    "adm atty brig capt cmdr col comdr cpl det dr drs ens fr frau gen gov hon hr inspr insp jr lt ltd maj "
    "messrs mgr mlle mme mmes mr mrs ms mt mx pfc pres prof pvt rep reps rev rt sen sens sgt sr sra srta st "
    "ste supt treas vs dipl ing mag hrn st ss dott dra exmo ilmo sig sigra".split()
)
_BEFORE_NUMBERS = frozenset(
    "no nos nr núm num art arts abs sec secs ch chap fig figs p pp par vol vols ca approx rs op bd tel ext "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
# Inside a sentence as often as at its end; a capital behind them decides nothing by itself.
_INSIDE = frozenset(
    "e.g i.e z.b d.h u.a usw bzw vgl sog ggf etc al cf viz inc co corp bros dept univ assn ave blvd rd sq hwy "
    "mrd mio tsd u.s u.k u.n e.u d.c a.m p.m n.y l.a calif ariz ala ark colo conn del fla ga ill ind kan ky la md mass mich "
    "minn miss mo mont neb nev okla ore pa tenn tex va vt wash wis wyo".split()
)
# What can follow an abbreviation of the third kind only as the first word of a sentence.
_OPENERS = frozenset(
    "the a an he she it they we i you this that these those but and in on at for with by from as if when while "
    "after before there his her its their our my both some many most all one two three no not so yet however "
    "meanwhile still also then now since although though because officials police asked according under".split()
)
_CLOSING = r"[\"'”’»«)\]›“」』]*+"
_FULL_STOPS = frozenset("en de fr es it pt nl".split())  # languages without marks of their own
FAR = 24  # characters before a mark in which its word begins
_ABBREVIATIONS = _BEFORE_NAMES | _BEFORE_NUMBERS | _INSIDE


def sentence_spans(text: str, start: int, end: int, language: str = "en") -> list[tuple[int, int]]:
    """The sentences of `text[start:end]`, without the white space between them."""
    spans = []
    while end > start and text[end - 1].isspace():
        end -= 1
    begin = start
    while begin < end and text[begin].isspace():
        begin += 1
    find = text.find
    is_plain = (
        language in _FULL_STOPS
        and find("?", begin, end) < 0
        and find("!", begin, end) < 0
        and find("…", begin, end) < 0
    )
    for match in (_full_stop() if is_plain else _stop()).finditer(text, begin, end):
        at, stop = match.span()
        is_end = False
        if text[stop + 1 : stop + 2].isupper():  # as behind most marks
            word = text[max(begin, at - FAR) : at].rpartition(" ")[2]
            is_end = len(word) > 1 and word.isalpha() and word.lower() not in _ABBREVIATIONS
        if is_end or _ends(text, begin, match, end, language):
            spans.append((begin, stop))
            begin = stop
            while begin < end and text[begin].isspace():
                begin += 1
    if begin < end:
        spans.append((begin, end))
    return spans


def _ends(text: str, begin: int, match: re.Match[str], end: int, language: str) -> bool:
    """Whether a sentence ends with a mark that has no plain word before it and capital behind it."""
    mark = text[match.start()]
    if mark in "。！？｡":
        return True
    after = stop = match.end()
    while after < end and text[after].isspace():
        after += 1
    if after >= end:
        return True
    following = _first_word().match(text, after, end)
    word = following[1] if following is not None else ""
    if word[:1].islower():
        return mark in "।؟" or (mark != "." and mark != "…" and "\n" in text[stop:after])
    if mark != "." or match[1]:
        return True
    before = text[max(begin, match.start() - FAR) : match.start()]
    if before[-1:].isspace():
        return True
    token = (before.split() or [""])[-1].lstrip("(\"'“‘«„[").lower()
    if not token:
        return True
    if len(token) == 1 and token.isalpha():
        # An initial, unless what stands before it makes it the end: "plan B. The".
        return text[match.start() - 1].islower() or (word.lower() in _OPENERS and token != "i")
    if token in _BEFORE_NAMES:
        return False
    if token in _BEFORE_NUMBERS:
        return not word[:1].isdigit() and not (
            language in ("de", "da", "no", "fi") and token == "nr"
        )
    if token in _INSIDE or _dotted().fullmatch(token):
        return word.lower() in _OPENERS
    if (
        token.isdigit()
        and len(token) <= 2
        and language in ("de", "da", "no", "nb", "fi", "cs", "hu", "pl", "tr")
    ):
        return word.lower() in _OPENERS  # an ordinal: "am 3. Oktober"
    return True


@cache
def _stop() -> re.Pattern[str]:
    from newslint.expressions import compiled

    # A row of marks is gone through once. Begins with one set of characters, which the matcher looks for three times as fast as for two ways to begin.
    return compiled(
        rf"[.!?…।؟。！？｡](?:(?<=[.!?…])(?<![.!?…][.!?…])([.!?…]*+){_CLOSING}(?=\s)|(?<=[।؟]){_CLOSING}(?=\s)|(?<=[。！？｡]){_CLOSING}(?!\Z))"
    )


@cache
def _full_stop() -> re.Pattern[str]:
    """The same for copy without other marks: a pattern that begins with one character is found ten times as fast."""
    from newslint.expressions import compiled

    return compiled(rf"\.(?<!\.\.)(\.*+){_CLOSING}(?=\s)")


@cache
def _first_word() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"[\"'“”‘’«»„(\[‹›—–-]*+\s?(\w*)")


@cache
def _dotted() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"(?:\w\.)+\w")
