"""Words of English copy that tell whether there is anything to look for, found in one pass.

They are of numbers and of the dead (`quantities.py`), of polls, and of sources that stay without a name: “experts say”,
“studies show”, “it is widely believed”.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from newslint.expressions import MULTILINE, compiled
from newslint.finding import Span
from newslint.text.cues import CUES
from newslint.text.quantities import WORDS
from newslint.text.words import finder
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import re

REACH = 40  # characters before a phrase in which its source may begin
LONGEST = 60

# Who stays without a name, and the verbs behind them.
_NAMES = frozenset(
    b"experts analysts observers scientists researchers critics sources insiders supporters opponents economists historians "
    b"strategists pundits commentators skeptics detractors studies polls surveys statistics".split()
)
_ENDINGS = frozenset(
    f"s {says}"
    for says in "say believe claim warn argue agree contend predict fear caution suggest insist show".split()
)
_PHRASES = frozenset(
    f"{who} {says}"
    for names, verbs in (
        ("some many people", "say believe claim argue"),
        ("research", "show shows suggest suggests"),
        ("believed thought said understood claimed rumored rumoured", "that"),
    )
    for who in names.split()
    for says in verbs.split()
)
_POLLS = CUES["en"].poll
_TELLING = WORDS | _PHRASES | _POLLS


def telling_words(letters: bytes) -> list[tuple[int, str]]:
    """Where telling words begin in a text that is spaced, and which each is, in order."""
    return finder(_TELLING, _ENDINGS)(letters)


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
    return tuple(_found(text, places))


def _found(text: str, places: Iterable[int]) -> Iterator[Span]:
    end = -1
    for at in places:
        if at < end:
            continue
        match = _vague().search(text, max(end + 1, at - REACH), at + LONGEST)
        if match is not None:
            end = match.end("who")
            yield Span(match.start("who"), end)


@cache
def _vague() -> re.Pattern[str]:
    return compiled(
        r"(?:(?<=[.!?”\"] )|^|(?<=, )|(?<=But )|(?<=And )|(?<=but )|(?<=and )|(?<=that )|(?<=as )|(?<=as )|(?<=while )|(?<=though )|(?<=what ))"
        r"(?P<who>(?:(?:[Ss]ome|[Mm]any|[Mm]ost|[Ss]everal|[Oo]ther|[Oo]utside|[Pp]olitical|[Ll]egal|[Mm]edical|[Ii]ndustry|[Ss]ecurity|[Mm]ilitary|[Hh]ealth|[Mm]arket) ){0,2}(?:[Ee]xperts|[Aa]nalysts|[Oo]bservers|[Ss]cientists|[Rr]esearchers|[Cc]ritics|[Ss]ources|[Ii]nsiders|[Ss]upporters|[Oo]pponents"
        r"|[Ee]conomists|[Hh]istorians|[Ss]trategists|[Pp]undits|[Cc]ommentators|[Ss]keptics|[Dd]etractors)"
        r" (?:say|believe|claim|warn|argue|agree|contend|predict|fear|caution|suggest|insist)"
        r"|(?:[Ss]ome|[Mm]any) (?:people )?(?:say|believe|claim|argue)|(?:(?:[Rr]ecent|[Nn]ew|[Ss]ome|[Mm]any|[Mm]ost|[Ss]everal|[Pp]ublic|[Nn]ational|[Ee]arly|[Aa]cademic|[Ss]cientific) ){0,2}(?:[Ss]tudies|[Rr]esearch|[Pp]olls|[Ss]urveys|[Ss]tatistics) (?:show|shows|suggest|suggests)"
        r"|[Ii]t is (?:widely |generally |commonly )?(?:believed|thought|said|understood|claimed|rumou?red)(?= that))\b",
        MULTILINE,
    )
