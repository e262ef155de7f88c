"""Words of English copy that tell whether there is anything to look for, found in one pass.

They are of numbers, with what makes a figure striking, and of the dead (`quantities.py`), of polls, and of sources that stay without a name: “experts say”,
“studies show”, “it is widely believed”.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from newslint.expressions import MULTILINE, compiled
from newslint.finding import Span
from newslint.text.cues import CUES
from newslint.text.quantities import SIGNS, WORDS
from newslint.text.words import finder
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import re

REACH = 40  # characters before a phrase in which its source may begin
LONGEST = 60

# Who stays without a name, what may stand before them, and the verbs behind.
_PERSONS = (
    "experts analysts observers scientists researchers critics sources insiders supporters opponents economists historians "
    "strategists pundits commentators skeptics detractors"
).split()
_OF_PERSONS = "some many most several other outside political legal medical industry security military health market".split()
_SAY = "say believe claim warn argue agree contend predict fear caution suggest insist".split()
_ANYONE = ("some", "many")
_ANYONE_SAYS = "say believe claim argue".split()
_PAPERS = "studies polls surveys statistics".split()
_OF_PAPERS = "recent new some many most several public national early academic scientific".split()
_SHOW = ("show", "suggest")
_RESEARCH_SHOWS = (*_SHOW, "shows", "suggests")
_SAID = "believed thought said understood claimed rumored rumoured".split()
# The same as they are looked for.
_NAMES = frozenset(name.encode() for name in (*_PERSONS, *_PAPERS))
_ENDINGS = frozenset(f"s {says}" for says in (*_SAY, *_SHOW))
_PHRASES = frozenset(
    (
        *(f"{who} {says}" for who in (*_ANYONE, "people") for says in _ANYONE_SAYS),
        *(f"research {says}" for says in _RESEARCH_SHOWS),
        *(f"{said} that" for said in _SAID),
    )
)
_POLLS = CUES["en"].poll
_TELLING = WORDS | _PHRASES | _POLLS


def telling_words(letters: bytes) -> list[tuple[int, str]]:
    """Where telling words begin in a text that is spaced, and which each is, in order."""
    return finder(_TELLING, _ENDINGS, SIGNS)(letters)


def may_name_polls(words: Iterable[tuple[int, str]]) -> bool:
    """Whether one of the telling words can name a poll."""
    return any(word in _POLLS for _, word in words)


def vague_sources(text: str, letters: bytes, words: Iterable[tuple[int, str]]) -> tuple[Span, ...]:
    """Vague sources with their verbs, in order. `letters`: the text spaced, `words`: the telling ones of it."""
    places = []
    for at, word in words:
        if word in _PHRASES:
            places.append(at)
        elif word in _ENDINGS:
            start = letters.rfind(b" ", 0, at) + 1
            if letters[start : at + 1] in _NAMES:
                places.append(start)
    return tuple(_found(text, letters, places))


def _found(text: str, letters: bytes, places: Iterable[int]) -> Iterator[Span]:
    end = -1
    for at in places:
        if at < end:
            continue
        start = max(end + 1, at - REACH)
        match = None
        while match is None and start <= at:
            match = _vague().match(text, start, at + LONGEST)
            start = letters.find(b" ", start, at) + 1 or at + 1  # the next word
        if match is not None:
            end = match.end("who")
            yield Span(match.start("who"), end)


@cache
def _vague() -> re.Pattern[str]:
    before = "|".join(
        f"(?<={each} )" for each in "But And but and that as while though what".split()
    )
    return compiled(
        rf"(?:(?<=[.!?”\"] )|^|(?<=, )|{before})(?P<who>"
        rf"(?:{_in_any_case(_OF_PERSONS)} ){{0,2}}{_in_any_case(_PERSONS)} (?:{'|'.join(_SAY)})"
        rf"|{_in_any_case(_ANYONE)} (?:people )?(?:{'|'.join(_ANYONE_SAYS)})"
        rf"|(?:{_in_any_case(_OF_PAPERS)} ){{0,2}}"
        rf"(?:{_in_any_case(_PAPERS)} (?:{'|'.join(_SHOW)})|[Rr]esearch (?:{'|'.join(_RESEARCH_SHOWS)}))"
        rf"|[Ii]t is (?:widely |generally |commonly )?(?:{'|'.join(_SAID)})(?= that))\b",
        MULTILINE,
    )


def _in_any_case(words: Iterable[str]) -> str:
    """An expression for one of some words, with a capital or without."""
    return f"(?:{'|'.join(f'[{word[0].upper()}{word[0]}]{word[1:]}' for word in words)})"
