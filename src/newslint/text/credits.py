"""Who says so: the credits of a text, and how far each of them reaches.

A credit is a cue outside quotation marks ("said", "according to", "the poll found") and the copy that it
answers for: its sentence, a quotation that it introduces or follows, and, for polls, reports and data, the
figures of the sentences behind it until the story turns to something else.
English only.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from newslint.finding import Span

if TYPE_CHECKING:
    import re

    from newslint.text.quotes import Quotations

CreditKind: TypeAlias = "Literal['speech', 'document', 'poll']"

FARTHEST = 12  # sentences behind its own in which a credit can still be what a reader has in mind


class Credit(NamedTuple):
    """`cue`: the words that name the act of saying or the document. `scope`: the copy it answers for.

    `distance`: how many sentences the scope is away from the sentence of the cue; `paragraphs`: how many
    paragraphs begin in between. Near ones answer for a figure; far ones say only that a reader may know.
    """

    cue: Span
    kind: CreditKind
    scope: Span
    distance: int = 0
    paragraphs: int = 0


class Credits:
    """The credits of a text in order of their scopes."""

    def __init__(self, found: Sequence[Credit]) -> None:
        self._found = sorted(found, key=lambda credit: (credit.scope, credit.cue))
        self._starts = [credit.scope.start for credit in self._found]
        reach = 0
        self._reach: list[int] = []  # the farthest end of the scopes so far
        for credit in self._found:
            reach = max(reach, credit.scope.end)
            self._reach.append(reach)

    def __iter__(self) -> Iterator[Credit]:
        return iter(self._found)

    def of(self, start: int, end: int) -> list[Credit]:
        """The credits whose scope holds `start` to `end`."""
        index = bisect_right(self._starts, start) - 1
        found = []
        while index >= 0 and self._reach[index] >= end:
            if self._found[index].scope.end >= end:
                found.append(self._found[index])
            index -= 1
        return found


def credits(text: str, paragraphs: Sequence[Sequence[Span]], quotations: Quotations) -> Credits:
    """The credits in `paragraphs`, each given as its sentences."""
    found: list[Credit] = []
    sentences = [sentence for paragraph in paragraphs for sentence in paragraph]
    first_of = {paragraph[0].start for paragraph in paragraphs if paragraph}
    cues = _cues(text, sentences, quotations)
    for index, sentence in enumerate(sentences):
        for cue, kind in cues[index]:
            found.append(Credit(cue, kind, _scope(text, sentence, cue, kind)))
            found += _carried(sentences, index, cue, kind, first_of)
    found += _of_speech(text, sentences, quotations, cues, first_of)
    return Credits(found)


_Cue: TypeAlias = "tuple[Span, CreditKind]"


def _cues(text: str, sentences: Sequence[Span], quotations: Quotations) -> list[list[_Cue]]:
    starts = [sentence.start for sentence in sentences]
    cues: list[list[_Cue]] = [[] for _ in sentences]
    if not sentences:
        return cues
    for match in _cue().finditer(text, sentences[0].start, sentences[-1].end):
        start, end = match.span()
        index = bisect_right(starts, start) - 1
        if index < 0 or end > sentences[index].end or quotations.covers(start, end):
            continue
        kind: CreditKind = (
            "poll" if match["poll"] else "document" if match["document"] else "speech"
        )
        cues[index].append((Span(start, end), kind))
    return cues


def _scope(text: str, sentence: Span, cue: Span, kind: CreditKind) -> Span:
    """The part of its own sentence that a cue answers for: what follows it, and what it trails.

    In "Brook, who owns 40 boats, said that …" nobody has said 40; in "…, said Brook, whose firm owns 40 boats",
    neither.
    """
    low, high = _clause(text, sentence, cue)
    if kind != "speech":
        return Span(low, high)
    before, behind = text[low : cue.start], text[cue.end : high]
    if _inverted().match(behind) is not None and _closed().search(before) is not None:
        return Span(low, cue.end)
    if _subject().search(before) is not None:
        return Span(low, cue.end) if _trails().match(behind) is not None else Span(low, high)
    if not behind.strip(' .!?"”’'):
        return Span(low, high)  # "…, the polls in all three states say"
    return Span(cue.start, high)


def _clause(text: str, sentence: Span, cue: Span) -> tuple[int, int]:
    """The part of the sentence between semicolons that the cue is in."""
    low = text.rfind(";", sentence.start, cue.start) + 1 or sentence.start
    high = text.find(";", cue.end, sentence.end)
    return low, high if high >= 0 else sentence.end


def _carried(
    sentences: Sequence[Span], index: int, cue: Span, kind: CreditKind, first_of: set[int]
) -> list[Credit]:
    """The sentences behind a credit that may still be under its sign."""
    found = []
    paragraphs = 0
    for later in range(index + 1, min(len(sentences), index + 1 + FARTHEST)):
        paragraphs += sentences[later].start in first_of
        if paragraphs > (FARTHEST if kind == "poll" else 1):
            break
        found.append(Credit(cue, kind, sentences[later], later - index, paragraphs))
    return found


def _of_speech(
    text: str,
    sentences: Sequence[Span],
    quotations: Quotations,
    cues: list[list[_Cue]],
    first_of: set[int],
) -> list[Credit]:
    """Credits of quotations: from the sentences they begin and end in, and those next to these."""
    starts = [sentence.start for sentence in sentences]
    found: list[Credit] = []
    if not starts:
        return found
    for span in quotations.speech:
        first = bisect_right(starts, span.start) - 1
        last = bisect_left(starts, span.end) - 1
        if last < 0:
            continue
        first = max(first, 0)
        near = list(range(max(0, first - 1), min(len(sentences), last + 2)))
        for index in near:
            is_outside = index < first or index > last
            if is_outside and not _introduces(text, sentences, index, first, first_of):
                continue
            for cue, kind in cues[index][:2]:
                found.append(Credit(cue, kind, span))
            is_lead_in = index < first and text[sentences[index].end - 1] == ":"
            if is_lead_in and not cues[index]:
                found.append(Credit(sentences[index], "speech", span))
    return found


def _introduces(
    text: str, sentences: Sequence[Span], index: int, first: int, first_of: set[int]
) -> bool:
    """Whether a sentence next to a quotation can be the one that says whose it is."""
    if index > first:
        return sentences[index].start not in first_of
    return True


# ------------------------------------------------------------------ patterns

_SAY = (
    r"Said|blamed|blames|indicate|indicated|indicates|conclude|expect|expected to say|estimate that|point out|read|reads|lists|said|says|say|saying|told|tells|telling|added|adds|adding|noted|notes|noting|wrote|writes|writing|tweeted|tweets"
    r"|tweeting|argued|argues|arguing|claimed|claims|claiming(?! \d)|announced|announces|announcing|reported|reports|stated"
    r"|stating|explained|explains|explaining|warned|warns|warning that|acknowledged|acknowledges|estimated|estimates"
    r"|estimating|suggested|suggests|suggesting|insisted|insists|insisting|declared|declares|declaring|testified"
    r"|recalled|recalls|predicted|predicts|predicting|projected|projects that|admitted|admits|confirmed|confirms"
    r"|revealed|reveals|disclosed|discloses|boasted|boasts|boasting|bragged|vowed|vows|vowing|pledged|pledges"
    r"|promised|promises|promising|replied|replies|responded|continued|continues|concluded|concludes|believes"
    r"|believed|expects|calculated|calculates|asserted|asserts|asserting|alleged|alleges|alleging|contended|contends"
    r"|maintained|complained|complains|joked|jokes|quipped|remarked|observed|commented|comments|cautioned|cautions"
    r"|counted|counts|conceded|concedes|described|describes|describing|detailed|emphasized|stressed|pointed out"
    r"|points out|pointing out|proclaimed|quoted|quoting|reiterated|repeated|speculated|tallied|thinks|touted|touting"
    r"|urged|voiced|lamented|recounted|reckons|reckoned|guessed|hinted|implied|mentioned|mentions|thundered|shouted"
    r"|accused|accuses|accusing|criticized|praised|blasted|slammed|attacked|called for|calling for|denied|denies"
    r"|asked|asks|asking|proposed|proposes|proposing|citing|cited|cites|quotes"
)
_DOCUMENT = (
    r"report|reports|study|studies|analysis|analyses|data|statistics|figures|census|records|filing|filings|documents"
    r"|estimate|estimates|research|audit|survey results|forecast|forecasts|projection|projections|disclosure|disclosures"
    r"|memo|transcript|index|database|review|indictment|complaint|affidavit|lawsuit|statement|press release|website|tally"
)


@cache
def _cue() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(
        r"\b(?:(?P<poll>(?:[Pp]olls?(?! (?:clos|open|work|watch|tax|stand))(?<!to the polls)(?<!at the polls)|[Pp]olling(?! (?:place|station|site|location|booth|number|day))|pollsters?|[Ss]urveys?|surveyed|respondents|exit[- ]polls?|margin of error|poll averages?)\b)"
        rf"|(?P<document>(?:[Aa]ccording to|[Pp]er (?=the\b|a\b|[A-Z])|(?:by|from|in|of|with) (?:the |a |an |its |their |his |her |new |recent |federal |official |government |public |state |internal |court )*(?:\w+ ){{0,2}}(?:{_DOCUMENT})\b"
        rf"|(?:{_DOCUMENT}|{_DOCUMENT.title()}) (?:\w+ ){{0,4}}?(?:show|shows|showed|shown|found|finds|says|said|indicate|indicates|indicated|suggest|suggests|put|puts|estimate|estimates|estimated|release[ds]?|published|by|from)\b"
        r"|show(?:s|ed)? that|found that|finds that|found\b|finds\b|showed\b|shows\b|(?<!an )(?<!An )(?<!the )estimated\b|puts?\b(?= [^.]{3,60} at )|lists?\b(?= )|listed\b))"
        rf"|(?P<speech>(?:{_SAY})\b(?<!All told)(?<!all told)(?<!an estimated)(?<!An estimated)(?<!the estimated)(?! credit| victory| the lives)))",
    )


@cache
def _inverted() -> re.Pattern[str]:
    """What follows "said" in "…, said Ada Brook, the mayor"."""
    from newslint.expressions import compiled

    return compiled(r"\s+(?:the\s|a\s|an\s|one\s|another\s|(?:[A-Z][\w.’'-]*\s?)+)")


@cache
def _closed() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"[,?!…—–-][\"”’'»]?\s*$|[\"”’»]\s*$")


@cache
def _trails() -> re.Pattern[str]:
    """What follows "said" where all that was said stands before it: an occasion, or those who listened."""
    from newslint.expressions import compiled

    return compiled(
        r"\s*[.!?\"”’»)]|\s+(?:on|in|at|during|last|this|to|of|when|as|while|with|by|after|before|earlier|later"
        r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\d[\d,]*|reporters|supporters|voters|the (?:crowd|audience|packed))\b"
    )


@cache
def _subject() -> re.Pattern[str]:
    """What stands before "said" in "…, the harbour office said": a comma, and whoever speaks."""
    from newslint.expressions import compiled

    return compiled(
        r"[,—–][\"”’]?\s+(?!who\b|which\b|whose\b)(?:[\w.’'-]+\s+){1,7}$|[,”\"]\s+(?:he|she|they|it)\s+$"
    )
