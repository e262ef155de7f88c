"""Who says so: the credits of a text, and how far each of them reaches.

A credit is a cue outside quotation marks ("said", "according to", "the poll found") and the copy that it
answers for: its sentence, a quotation that it introduces or follows, and, for polls, reports and data, the
figures of the sentences behind it until the story turns to something else. English is read closely; in
German, French and Spanish a cue answers for its sentence.
"""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice

from newslint.expressions import compiled
from newslint.finding import Span
from newslint.once import once
from newslint.text.cues import CUES, Cues, Frame
from newslint.text.quotes.marks import DOUBLE, SINGLE
from newslint.text.telling import may_name_polls
from newslint.text.words import words_of
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re
    from typing import Literal, TypeAlias

    from newslint.text.quantities import Quantity, QuantityKind
    from newslint.text.quotes.quotations import Quotations

CreditKind: TypeAlias = "Literal['speech', 'document', 'poll', 'mention']"

FAR_SPEAKER = (
    2  # characters behind a quotation in which the sentence begins that may name who speaks
)
# How far from a figure with a source another of its family may stand that has the same source.
CARRIED_BACK = 6  # sentences
CARRIED_AHEAD = 2
CARRIED_PARAGRAPHS = 4
MANY = 40  # figures or cues of one sentence; no sentence that somebody wrote has more
LED = 60  # characters before a document in which it is named as a source
READABLE = 300  # characters around a cue that decide what it answers for
FAMILIES: Mapping[QuantityKind, str] = {
    "percent": "share", "ratio": "share", "points": "share", "money": "money", "casualty": "casualty", "vote": "vote",
    "large": "count", "count": "count", "measure": "count", "rate": "count",
}  # fmt: skip
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
    """The credits of a text. Only the sentences that somebody asks about are looked at, each once."""

    def __init__(
        self,
        text: str,
        paragraphs: Callable[[], Sequence[int]],
        sentences: Callable[[int], Sequence[Span]],
        passage: Callable[[int], tuple[int, int] | None],
        quotations: Callable[[], Quotations],
        language: str = "en",
        links: Callable[[], Sequence[tuple[int, int, str]]] = tuple,
        telling: Callable[[], Sequence[tuple[int, str]]] = tuple,
    ) -> None:
        """`paragraphs`: where they start. `sentences`: those of the paragraph of a number. `passage`: what holds an offset.

        `links`: start, end and target of each in the text, in order. `telling`: the telling words of English copy.
        """
        self._text = text
        self._find_paragraphs = paragraphs
        self._sentences = sentences
        self._passage = passage
        self._quotations = quotations
        self._links = links
        self._telling = telling
        self._cues: dict[Span, list[_Cue]] = {}
        self._marked: dict[tuple[int, int], bool] = {}
        self._papers: dict[int, bool] = {}
        self._owned: dict[tuple[int, int], list[Credit]] = {}
        self._figures: tuple[Sequence[Quantity], list[int], _Figures] | None = None
        self._is_english = language == "en"
        self._lexicon = lexicon(language)

    @once
    def _paragraphs(self) -> Sequence[int]:
        return self._find_paragraphs()

    @once
    def has_polls(self) -> bool:
        """Whether anything in the text can name a poll."""
        if self._is_english:
            return may_name_polls(self._telling())
        return any(form in self._text for word in self._lexicon.polls for form in _forms(word))

    def of(
        self,
        start: int,
        end: int,
        *,
        sentences: int = FARTHEST,
        paragraphs: int = FARTHEST,
        speech: bool = True,
    ) -> Iterator[Credit]:
        """The credits that may answer for `start` to `end`, the nearest first.

        `sentences`, `paragraphs`: how far behind a credit its figures may stand. `speech`: whether to look for
        who speaks in the sentences before its own.
        """
        place = self._place(start)
        if place is None:
            return
        paragraph, index = place
        if self._is_quoted(start, end):
            yield from self._of_speech(start, end)
        own = self._sentences(paragraph)[index]
        yield from self.covering(start, end, own)
        yield from self._introduced(paragraph, own)
        if not sentences:
            return
        behind = self._backwards(paragraph, index, paragraphs)
        for distance, (number, sentence) in enumerate(behind, 1):
            if speech or self._has_papers(number):
                for cue, kind in self._cues_of(sentence):
                    if kind != "speech" or paragraph - number <= 1:
                        yield Credit(cue, kind, own, distance, paragraph - number)
            if distance == sentences:
                return

    def _introduced(self, paragraph: int, sentence: Span) -> Iterator[Credit]:
        """Who says a paragraph: the one before ends with a colon, and somebody speaks in its last sentence."""
        before = self._sentences(paragraph - 1) if paragraph else ()
        if before and self._text[before[-1].end - 1] == ":":
            for cue, kind in self._cues_of(before[-1])[-1:]:
                yield Credit(cue, kind, sentence)

    def carried(
        self, quantity: Quantity, others: Sequence[Quantity], *, spoken: int = 0
    ) -> Credit | None:
        """The poll, report or data that a figure of the same family next to a figure is taken from, if any.

        `others`: the quantities of the text in order, `quantity` among them or not. `spoken`: how many
        sentences back somebody may have said the other figure.
        """
        place = self._place(quantity.start)
        if place is None:
            return None
        family = FAMILIES[quantity.kind]
        starts, figures = self._figures_of(others)
        own = self._sentences(place[0])[place[1]]
        if not spoken and _sums_up().match(self._text, own.start) is not None:
            spoken = 1
        before = islice(self._backwards(*place, CARRIED_PARAGRAPHS), CARRIED_BACK)
        behind = islice(self._forwards(*place), CARRIED_AHEAD)
        near = (*enumerate(before, 1), *enumerate(behind, 1))
        for distance, (number, sentence) in near:
            low = bisect_left(starts, sentence.start)
            for other in islice(others, low, min(bisect_left(starts, sentence.end), low + MANY)):
                if FAMILIES[other.kind] != family:
                    continue
                for credit in self._own(other):
                    if credit.kind in ("document", "poll") or (
                        sentence.start < own.start
                        and (credit.kind == "mention" or distance <= spoken)
                    ):
                        paragraphs = abs(place[0] - number)
                        return Credit(credit.cue, credit.kind, own, distance, paragraphs)
        return figures.credit(quantity, self)

    def _own(self, quantity: Quantity) -> list[Credit]:
        """The credits of a figure in its own sentence, worked out once."""
        key = quantity.start, quantity.end
        if key not in self._owned:
            self._owned[key] = list(islice(self.of(*key, sentences=0), MANY))
        return self._owned[key]

    def _figures_of(self, others: Sequence[Quantity]) -> tuple[list[int], _Figures]:
        """Where the figures of a text start, and which are the same; worked out once."""
        known = self._figures
        if known is None or known[0] is not others:
            known = self._figures = (others, [each.start for each in others], _Figures(others))
        return known[1], known[2]

    def covering(self, start: int, end: int, sentence: Span) -> Iterator[Credit]:
        """The credits of a sentence that answer for `start` to `end` in it."""
        for cue, kind in self._cues_of(sentence):
            scope = self._scope(sentence, cue, kind)
            if scope.start <= start and end <= scope.end:
                yield Credit(cue, kind, scope)

    def in_sentence(self, sentence: Span) -> Iterator[tuple[Span, CreditKind, Span]]:
        """The credits of a sentence: cue, kind, and what of the sentence each answers for."""
        for cue, kind in self._cues_of(sentence):
            yield cue, kind, self._scope(sentence, cue, kind)

    def nearest(self, start: int) -> Credit | None:
        """The credit that stands nearest before `start`, or in its sentence, whether it answers for it or not."""
        place = self._place(start)
        if place is None:
            return None
        own = self._sentences(place[0])[place[1]]
        for cue, kind in self._cues_of(own):
            return Credit(cue, kind, self._scope(own, cue, kind))
        for distance, (number, sentence) in enumerate(
            islice(self._backwards(*place, FARTHEST), FARTHEST), 1
        ):
            for cue, kind in self._cues_of(sentence)[-1:]:
                return Credit(cue, kind, sentence, distance, place[0] - number)
        return None

    def behind(self, end: int, sentences: int, *, across: bool = False) -> Iterator[Credit]:
        """Credits in the sentences that follow: who speaks on in the same paragraph, or a document anywhere.

        `across`: who speaks in another paragraph too.
        """
        place = self._place(end)
        paragraph, index = place if place is not None else (0, -1)
        for distance, (number, sentence) in enumerate(self._forwards(paragraph, index), 1):
            for cue, kind in self._cues_of(sentence):
                if across or kind != "speech" or number == paragraph:
                    yield Credit(cue, kind, sentence, distance)
            if distance == sentences:
                return

    def reach(self, end: int, sentences: int) -> int:
        """Where that many sentences behind the one of `end` are over."""
        place = self._place(end)
        if place is None:
            return end
        own = self._sentences(place[0])[place[1]]
        behind = [sentence for _, sentence in islice(self._forwards(*place), sentences)]
        return [own, *behind][-1].end

    def _scope(self, sentence: Span, cue: Span, kind: CreditKind) -> Span:
        return _scope(self._text, sentence, cue, kind) if self._is_english else sentence

    def _place(self, offset: int) -> tuple[int, int] | None:
        """Numbers of the paragraph, and of the sentence in it, that begin last before `offset`."""
        paragraph = bisect_right(self._paragraphs, offset) - 1
        while paragraph >= 0:
            index = bisect_right(self._sentences(paragraph), (offset, sys.maxsize)) - 1
            if index >= 0:
                return paragraph, index
            paragraph -= 1
        return None

    def _backwards(
        self, paragraph: int, index: int, paragraphs: int = 1
    ) -> Iterator[tuple[int, Span]]:
        """The sentences before one, each with the number of its paragraph, the nearest first."""
        sentences = self._sentences(paragraph)
        for at in range(index - 1, -1, -1):
            yield paragraph, sentences[at]
        for number in range(paragraph - 1, max(-1, paragraph - paragraphs - 1), -1):
            for sentence in reversed(self._sentences(number)):
                yield number, sentence

    def _forwards(self, paragraph: int, index: int) -> Iterator[tuple[int, Span]]:
        if not self._paragraphs:
            return
        sentences = self._sentences(paragraph)
        for at in range(index + 1, len(sentences)):
            yield paragraph, sentences[at]
        for number in range(paragraph + 1, len(self._paragraphs)):
            for sentence in self._sentences(number):
                yield number, sentence

    def _cues_of(self, sentence: Span) -> list[_Cue]:
        """The cues of a sentence outside quotation marks."""
        cues = self._cues.get(sentence)
        if cues is None:
            low, high = sentence
            cues = [
                (Span(start, end), kind)
                for start, end, kind in cues_in(self._text, low, high, self._lexicon)
                if start >= low and end <= high
            ]
            if cues and self._has_marks_around(low):
                covers = self._quotations().covers
                cues = [cue for cue in cues if not covers(*cue[0])]
            cues = cues[:MANY]
            if self._sources:
                cues = sorted([*cues, *self._linked(sentence)])
            self._cues[sentence] = cues
        return cues

    def _has_papers(self, paragraph: int) -> bool:
        """Whether a paragraph can name a document or a poll."""
        has_papers = self._papers.get(paragraph)
        if has_papers is None:
            sentences = self._sentences(paragraph)
            words = words_of(self._text[sentences[0].start : sentences[-1].end])
            has_papers = not self._lexicon.papers.isdisjoint(words) or bool(self._sources)
            self._papers[paragraph] = has_papers
        return has_papers

    def is_quoted(self, start: int, end: int) -> bool:
        """Whether a span stands inside quotation marks."""
        return self._is_quoted(start, end)

    def _is_quoted(self, start: int, end: int) -> bool:
        """Whether a span stands inside quotation marks. Marks are only read where its passage has some."""
        return self._has_marks_around(start) and self._quotations().covers(start, end)

    def _has_marks_around(self, offset: int) -> bool:
        """Whether the passage that holds `offset` has quotation marks, or what can be some."""
        passage = self._passage(offset)
        if passage is None:
            return False
        has_marks = self._marked.get(passage)
        if has_marks is None:
            has_marks = self._marked[passage] = _has_marks(self._text[slice(*passage)])
        return has_marks

    @once
    def _sources(self) -> list[Span]:
        """The links that lead to where a figure is from, in order."""
        links = self._links()
        if not links:
            return []
        polls_and_documents = self._lexicon.documents | self._lexicon.polls
        return [
            Span(start, end)
            for start, end, target in links
            if _leads_to_source(self._text[start:end], target, polls_and_documents)
        ]

    def _linked(self, sentence: Span) -> Iterator[_Cue]:
        first = bisect_left(self._sources, (sentence.start, 0))
        for span in islice(self._sources, first, first + MANY):
            if span.end > sentence.end:
                return
            yield span, "document"

    def _of_speech(self, start: int, end: int) -> Iterator[Credit]:
        """Credits of the quotation that `start` to `end` is in: of the sentences it touches, and of those next to it."""
        span = self._quotations().around(start, end)
        if span is None:
            return
        first = self._place(span.start) or (0, 0)
        last = self._place(span.end - 1)
        if last is None:
            return
        end = self._sentences(last[0])[last[1]].end
        yield from self._cues_for(span, self._sentences(first[0])[first[1]])
        for number, sentence in self._forwards(*first):
            if sentence.start >= end and number != last[0]:
                break
            yield from self._cues_for(span, sentence)
            if sentence.start >= end:
                break
        before = next(self._backwards(*first), None)
        if before is not None:
            yield from self._cues_for(span, before[1])
            if not self._cues_of(before[1]) and self._text[before[1].end - 1] == ":":
                yield Credit(before[1], "speech", span)
        tag = _tag(self._text, span, self._sentences(first[0])[first[1]].start)
        if tag is not None:
            yield Credit(tag, "speech", span)

    def speaks_in(self, start: int, end: int) -> bool:
        """Whether somebody speaks in a paragraph."""
        return self.sourced_in(start, end) > 0

    def sourced_in(self, start: int, end: int) -> int:
        """How many sentences of a paragraph name a source."""
        place = self._place(start)
        if place is None:
            return 0
        return sum(
            bool(self._cues_of(sentence))
            for sentence in self._sentences(place[0])
            if start <= sentence.start < end
        )

    def speaker(self, span: Span) -> Credit | None:
        """Who speaks in a quotation, told by its own paragraph, or by a colon or a dash next to it."""
        first, last = self._place(span.start), self._place(span.end - 1)
        if first is None or last is None:
            return None
        tag = _tag(self._text, span, self._sentences(first[0])[first[1]].start)
        if tag is not None:
            return Credit(tag, "speech", span)
        low = self._sentences(first[0])[max(0, first[1] - 1)]
        for number, sentence in [(first[0], low), *self._forwards(first[0], max(0, first[1] - 1))]:
            if number > last[0] or (number == last[0] and sentence.start > span.end + FAR_SPEAKER):
                break
            for cue, kind in self._cues_of(sentence):
                return Credit(cue, kind, span)
        if first[1] == 0:
            return self._speaker_beside(span, first[0], last[0])
        return None

    def _speaker_beside(self, span: Span, first: int, last: int) -> Credit | None:
        """Who speaks in a quotation that fills its paragraphs: named before a colon, or in a quotation next to it."""
        text = self._text
        before = next(self._backwards(first, 0), None)
        if before is not None:
            if text[before[1].end - 1] in ":,":
                return Credit(before[1], "speech", span)
            sentence = self._sentences(before[0])[0]
            spoken = self._quotations().around(sentence.start, sentence.start + 1)
            if spoken is not None:
                for each in self._sentences(before[0]):
                    for cue, kind in self._cues_of(each):
                        return Credit(cue, kind, span, 1, 1)
        behind = next(self._forwards(last, len(self._sentences(last)) - 1), None)
        if behind is not None:
            spoken = self._quotations().around(behind[1].start, behind[1].start + 1)
            if spoken is not None:
                tagged = _by_pronoun().match(text, spoken.end)
                if tagged is not None:
                    return Credit(Span(*tagged.span()), "speech", span, 1, 1)
        return None

    def _cues_for(self, span: Span, sentence: Span) -> Iterator[Credit]:
        for cue, kind in self._cues_of(sentence)[:2]:
            yield Credit(cue, kind, span)


def _tag(text: str, span: Span, low: int) -> Span | None:
    """What ties a quotation to its speaker whatever the verb: `Brook snapped: “…`, `…,” she posted`, `… ” — Ada Brook`.

    `low`: where the sentence begins that the quotation begins in.
    """
    before = text[low : span.start].rstrip()
    if before[-1:] in (":", ",") and " " in before:
        return Span(low, low + len(before))
    if text[span.start + 1 : span.start + 2].islower() and before[-1:].isalnum() and " " in before:
        return Span(low, low + len(before))  # words of a sentence whose subject says them
    ending = text[span.end - 2 : span.end - 1]
    if ending in (",", "?", "!"):
        tagged = (_tagged() if ending == "," else _asked()).match(text, span.end)
        if tagged is not None:
            return Span(*tagged.span())
    signed = _signed().match(text, span.end)
    return Span(*signed.span()) if signed is not None else None


def _leads_to_source(words: str, target: str, documents: frozenset[str]) -> bool:
    """Whether a link leads to a document: one that it names, a file, an authority, or what a figure is linked to."""
    if any(word in documents or word.lower() in documents for word in words.split()):
        return True
    if not target.startswith(("http://", "https://", "//")):
        return False
    return _figure_or_finding().search(words) is not None or _authority().search(target) is not None


@cache
def _figure_or_finding() -> re.Pattern[str]:
    return compiled(
        r"\d ?(?:%|per ?cent|million|billion|thousand)|[$£€]\d|\d,\d\d\d|\b(?:said|says|told|wrote|found|finds|shows?|showed|reported|according)\b"
    )


@cache
def _authority() -> re.Pattern[str]:
    """A host that belongs to a government, a university or a body between states, or a file of figures."""
    return compiled(
        r"//[^/?#]*\.(?:gov|mil|edu|int|ac\.[a-z]{2}|(?:gov|gouv|gob|gub|edu|govt)\.[a-z]{2})(?=[/:?#]|$)|\.(?:pdf|csv|xlsx?|ods)(?=[?#]|$)"
    )


class _Figures:
    """Which figures of a text are the same, and the first credit that one of the same has."""

    def __init__(self, quantities: Sequence[Quantity]) -> None:
        self._same: dict[tuple[str, str, float], list[Quantity]] = {}
        self._found: dict[tuple[str, str, float], Credit | None] = {}
        for each in quantities:
            if each.value is not None:
                self._same.setdefault(_key(each), []).append(each)

    def credit(self, quantity: Quantity, credits: Credits) -> Credit | None:
        if quantity.value is None:
            return None
        key = _key(quantity)
        if key not in self._found:
            self._found[key] = next(
                (
                    credit
                    for other in self._same.get(key, ())
                    for credit in credits._own(other)
                    if credit.kind in ("speech", "document")
                    or (credit.kind == "poll" and FAMILIES[quantity.kind] == "share")
                ),
                None,
            )
        return self._found[key]


def _key(quantity: Quantity) -> tuple[str, str, float]:
    """What two figures have in common that are the same: large ones whatever they are of."""
    unit = "" if quantity.kind == "large" else quantity.unit
    return quantity.kind, unit, quantity.value or 0.0


_Cue: TypeAlias = "tuple[Span, CreditKind]"


class Lexicon(NamedTuple):
    """The cues of a language as they may stand in a text, in the middle of a sentence or at its beginning.

    `by_core`: the forms by the longest run of letters from A to Z in them, by which they are looked up.
    `papers`: those of documents, polls and what they find. `frames`: those of verbs of saying. `led`: documents that are a
    source only behind `leads` or before `shows`. `is_read_closely`: whether the grammar around the cues is known.
    """

    by_core: Mapping[bytes, tuple[str, ...]]
    cores: frozenset[bytes]
    papers: frozenset[bytes]
    kinds: Mapping[str, CreditKind]
    frames: Mapping[str, Frame]
    documents: frozenset[str]
    polls: frozenset[str]
    found: frozenset[str]
    nameless: frozenset[str]
    led: frozenset[str]
    leads: str
    shows: str
    is_read_closely: bool


_NO_CUES = Cues((), frozenset(), frozenset())


@cache
def lexicon(language: str) -> Lexicon:
    """The cues of a language; none where it is not known."""
    cues = CUES.get(language, _NO_CUES)
    kinds: dict[str, CreditKind] = {}
    frames: dict[str, Frame] = {}
    for frame in cues.speech:
        for word in frame.verbs:
            for form in _forms(word) if cues.opens(word) else (word,):
                kinds[form], frames[form] = "speech", frame
    for word in cues.document | cues.papers | cues.found:
        kinds.update(dict.fromkeys(_forms(word), "document"))
    for word in cues.poll:
        kinds.update(dict.fromkeys(_forms(word), "poll"))
    by_core: dict[bytes, tuple[str, ...]] = {}
    for form in kinds:
        core = _core(form)
        by_core[core] = (*by_core.get(core, ()), form)
    cores = frozenset(by_core)
    return Lexicon(
        by_core,
        cores,
        frozenset(_core(form) for form, kind in kinds.items() if kind != "speech"),
        kinds,
        frames,
        cues.document | cues.papers,
        cues.poll,
        cues.found,
        cues.nameless,
        cues.papers,
        cues.leads,
        cues.shows,
        bool(cues.found),
    )


def _forms(word: str) -> set[str]:
    return {word, word[0].upper() + word[1:]}


def _core(word: str) -> bytes:
    plain = "".join(letter if letter.isascii() and letter.isalpha() else " " for letter in word)
    return max(plain.split() or [""], key=len).encode()


def cues_in(
    text: str, low: int, high: int, lexicon: Lexicon
) -> Iterator[tuple[int, int, CreditKind]]:
    """Start, end and kind of the cues in a stretch of text, in order, inside quotation marks or not."""
    triggers = []
    by_core = lexicon.by_core
    cores = lexicon.cores.intersection(words_of(text[low:high]))
    for word in [form for core in cores for form in by_core[core]]:
        at = text.find(word, low, high)
        while at >= 0:
            behind = at + len(word)
            if not text[at - 1 : at].isalnum() and not text[behind : behind + 1].isalnum():
                triggers.append((at, word))
            at = text.find(word, behind, high)
    triggers.sort()
    end = low
    for start, word in triggers:
        if start < end:
            continue
        cue_at = _cue_at if lexicon.is_read_closely else _cue_abroad
        found = cue_at(text, start, word, lexicon)
        if found is not None:
            yield found
            end = found[1]


def _cue_abroad(
    text: str, start: int, word: str, lexicon: Lexicon
) -> tuple[int, int, CreditKind] | None:
    """A cue where the frames of a language say all that is known of the grammar around it."""
    end = start + len(word)
    kind = lexicon.kinds[word]
    if word.lower() in lexicon.led:
        is_led = _frame(lexicon.leads).search(text, max(0, start - LED), start) is not None
        if not is_led and _frame(lexicon.shows).match(text, end) is None:
            return None
    frame = lexicon.frames.get(word)
    if frame is not None and frame.behind and _frame(frame.behind).match(text, end) is None:
        return None
    return start, end, kind


def _cue_at(
    text: str, start: int, word: str, lexicon: Lexicon
) -> tuple[int, int, CreditKind] | None:
    end = start + len(word)
    lower = word.lower()
    if lexicon.kinds[word] == "poll":
        match = _poll().match(text, start)
        if match is None:
            return None
        is_source = lower in _POLLS_THEMSELVES and (
            _into_poll().search(text, max(0, start - 60), start) is not None
            or _poll_shows().match(text, match.end()) is not None
        )
        if (
            is_source
            and lower.endswith("s")
            and _standing().search(text, max(0, start - 40), start)
        ):
            is_source = _poll_shows().match(text, match.end()) is not None
        return start, match.end(), "poll" if is_source else "mention"
    if lower in lexicon.documents and _is_paper(text, start, lower):
        before = _prepositions().search(text, max(0, start - 60), start)
        if before is not None:
            return before.start(), end, "document"
        behind = _shows().match(text, end)
        if behind is None and lower in _RECKONED:
            behind = _range().match(text, end)
        if behind is not None and (lower not in _ELSEWHERE or behind[0] not in (" by", " from")):
            is_nameless = (
                lower in lexicon.nameless
                and _shows_at_once().match(text, end) is not None
                and _no_owner().search(text, max(0, start - 20), start) is not None
            )
            return start, behind.end(), "mention" if is_nameless else "document"
    if lower in lexicon.found:
        match = _finding().match(text, start)
        if match is not None and not _is_no_finding(text, start, lower):
            return start, match.end(), "document"
    frame = lexicon.frames.get(word)
    if frame is None or _is_no_verb(text, start, word):
        return None
    if word.startswith(_OTHERWISE) and _not_behind().match(text, end) is not None:
        return None
    if frame.behind and not _frame(frame.behind).match(text, end):
        if not frame.ends or text[end : end + 1] not in _STOPS:
            return None
        if _subject().search(text, max(0, start - 100), start) is None:
            return None
    if word in _ANSWERS and _is_answer(text[max(0, start - 80) : start]):
        return start, end, "mention"
    return start, end, "speech"


@cache
def _of_noun() -> re.Pattern[str]:
    """What follows a noun that is spelled like a verb: “minority reports at the request of …”."""
    return compiled(r" (?:of|by|from|about|at|are|were|have|show|suggest|say)\b")


def _is_answer(before: str) -> bool:
    return any(sign in before for sign in _SHARE_SIGNS) and (
        _respondents().search(before) is not None
    )


_SHARE_SIGNS = (
    "%", "er cent", "ercent", "alf", "third", "quarter", "majority", "ost ", "any ", "one in ", "only ", "share", "number",
    *(f"{digit} in " for digit in range(10)),
)  # fmt: skip


@cache
def _frame(behind: str) -> re.Pattern[str]:
    return compiled(behind)


def _is_paper(text: str, start: int, word: str) -> bool:
    """Whether a word that is many things is a document here: a release of the press, the results of a poll."""
    before = text[max(0, start - 24) : start].split()
    last = before[-1].lower() if before else ""
    return word != "release" or last in ("news", "press")


def _is_no_finding(text: str, start: int, word: str) -> bool:
    """Whether a word is a noun, or says what somebody has yet to find: “the only show that”, “expected to show”."""
    before = text[max(0, start - 40) : start].split()
    last = before[-1].lower() if before else ""
    if last in _MODAL and word.startswith(("show", "find")):
        return True
    if word == "found" and before[-3:-1] in _SEEMING:
        return True
    if word == "show":
        return not (last.endswith("s") or last in _MANY)
    return word == "shows" and (last in _ON_AIR or last in _DETERMINERS)


_RECKONED = frozenset(
    "estimate estimates projection projections forecast forecasts valuation valuations".split()
)
_ELSEWHERE = frozenset("results website count index release".split())
_SEEMING = (["seems", "to"], ["seem", "to"], ["appears", "to"], ["appear", "to"])
_MODAL = frozenset("to will would could can may might must should".split())
_MANY = frozenset("data research and also have".split())
_ON_AIR = frozenset(
    "news morning talk tv television cable radio reality game trade fashion air".split()
)


def _is_no_verb(text: str, start: int, word: str) -> bool:
    """Whether a word is a noun, an adjective or a passive: “public comments”, “an estimated”, “have been blamed”."""
    before = text[max(0, start - 24) : start].lower().split()
    last = before[-1] if before else ""
    if word == "told":
        return last == "all"
    if word == "read":  # “Also read: …”, the label of a link
        return last in ("", "also", "must")
    if word == "advocates" and not text[start - len(last) - 1 : start].istitle():
        return True
    if word == "estimated":
        return last in ("an", "the")
    if last in ("those", "when") and word.endswith("ed"):
        return True
    if last in _BEFORE_NOUNS and word.endswith("s"):
        return True
    if last in _DETERMINERS and word.endswith("ed"):  # “a proposed cap”
        return True
    if text[start - 1 : start] == "-":  # “self-published”
        return True
    if word in _NOUNS and _of_noun().match(text, start + len(word)) is not None:
        return True
    if last == "been" and len(before) > 1 and before[-2] in _NEGATED:
        return True
    if word in _QUOTED:
        return False
    if last == "not" and len(before) > 1:
        last = before[-2]
    return last in _PASSIVE and word.endswith("ed")


_POLLS_THEMSELVES = frozenset("poll polls polling survey surveys exit".split())
_ANSWERS = frozenset(
    "said say saying says believe believed think thinks expect expected describe told".split()
)
_STOPS = frozenset('.,:;”"—–')
_BEFORE_NOUNS = frozenset(
    "the a an its his her their our my your of these those such any some no new public recent more many two three to".split()
)
_DETERMINERS = frozenset("a an the its his her their our my your".split())
_NEGATED = frozenset("hasn't hasn’t haven't haven’t hadn't hadn’t not never".split())
_NOUNS = frozenset(
    "reports estimates claims notes projects comments counts quotes promises demands advocates".split()
)
_PASSIVE = frozenset("been was were be is are being get got widely".split())
_QUOTED = frozenset(("quoted", "reported", "estimated", "expected"))


def _scope(text: str, sentence: Span, cue: Span, kind: CreditKind) -> Span:
    """The part of its own sentence that a cue answers for: what follows it, and what it trails.

    In "Brook, who owns 40 boats, said that …" nobody has said 40; in "…, said Brook, whose firm owns 40 boats",
    neither.
    """
    low, high = _clause(text, sentence, cue)
    before = text[max(low, cue.start - READABLE) : cue.start]
    if kind != "speech":
        # "…, with a roster that shows …" says nothing of what stands before it.
        return (
            Span(cue.start, high) if before.endswith((" that ", " who ", " which ")) else sentence
        )
    behind = text[cue.end : min(high, cue.end + READABLE)]
    verb = text[cue.start : cue.end]
    has_object = verb in _TRANSITIVE and _figure_ahead().match(behind) is not None
    if (
        not has_object
        and _inverted().match(behind) is not None
        and _closed().search(before[-8:]) is not None
        and _apposed().match(before) is None
    ):
        return Span(low, cue.end)
    is_intended = (verb in _INTENDED and behind.startswith(" to ")) or (
        verb in _OF_SOMETHING and behind.startswith(" of ")
    )
    if is_intended:
        aside = _dash().search(behind)
        high = cue.end + aside.start() if aside is not None else high
    if not has_object and _subject().search(before[-100:]) is not None:
        is_over = (
            (not is_intended and _trails().match(behind) is not None)
            or (_listeners().match(text, cue.start) is not None)
            or (
                behind.startswith(",")
                and _aside().match(behind) is not None
                and _after_speech().search(before[-100:]) is not None
            )
        )
        return Span(low, cue.end if is_over else high)
    if not behind.strip(' .!?"”’'):
        return Span(low, high)  # "…, the polls in all three states say"
    return Span(cue.start, high)


def _clause(text: str, sentence: Span, cue: Span) -> tuple[int, int]:
    """The part of the sentence between semicolons that the cue is in."""
    low = text.rfind(";", sentence.start, cue.start) + 1 or sentence.start
    if low > sentence.start and _is_inside(text, sentence.start, low):
        low = sentence.start
    high = text.find(";", cue.end, sentence.end)
    if high >= 0 and _is_inside(text, cue.end, high):
        high = text.find(";", text.find(")", high), sentence.end)
    return low, high if high >= 0 else sentence.end


def _is_inside(text: str, low: int, at: int) -> bool:
    """Whether brackets that open behind `low` are open at `at`."""
    return text.count("(", low, at) > text.count(")", low, at)


def _has_marks(text: str) -> bool:
    """Whether a text holds a quotation mark, or what can be one."""
    certain = _CERTAIN_OF_ASCII if text.isascii() else _CERTAIN
    return any(map(text.__contains__, certain)) or any(
        mark in text and _outside_words(mark).search(text) is not None for mark in _APOSTROPHES
    )


_APOSTROPHES = "'’"
_CERTAIN = [mark for mark in DOUBLE + SINGLE if mark not in _APOSTROPHES]
_CERTAIN_OF_ASCII = [mark for mark in _CERTAIN if mark.isascii()]


# ------------------------------------------------------------------ patterns


@cache
def _outside_words(mark: str) -> re.Pattern[str]:
    """One that is no apostrophe inside or behind a word."""
    return compiled(rf"{mark}(?:(?<!\w{mark})|(?=['’]))")


@cache
def _into_poll() -> re.Pattern[str]:
    """What stands before a poll that is a source: “according to a new”, “in the latest”."""
    return compiled(
        r"\b(?:[Aa]ccording to|[Bb]y|[Ii]n|[Ff]rom|[Pp]er|[Tt]o|of) (?:[\w'’/&.-]+ ){0,7}$"
    )


@cache
def _standing() -> re.Pattern[str]:
    """What stands before polls that nobody names: “trailing in the”, “up in national”."""
    return compiled(
        r"\bin (?:(?:the|most|some|many|all|recent|early|national|state|local|public|opinion|statewide|latest) ){1,3}$|\bin $"
    )


@cache
def _poll_shows() -> re.Pattern[str]:
    return compiled(
        r"(?:,? (?:which |that )?(?:[\w'’/&.-]+ ){0,7}?(?:found|finds?|shows?|showed|shown|says?|said|suggests?|suggested|indicates?|indicated"
        r"|gave|gives|puts?|reported|reports|has|have|had|revealed|reveals|released|points?)\b|:)"
    )


@cache
def _respondents() -> re.Pattern[str]:
    """Before “said”: a share of people, who answer a question of a poll."""
    return compiled(
        r"(?:\d ?%|\bper ?cent|\b(?:[Hh]alf|third|quarter|majority|[Mm]ost|[Mm]any|\d+ in \d+|one in \w+|shares? of|percentage of|numbers? of)\b|\bonly \d+)"
        r",?(?: (?:[\w'’.-]+ ){0,8}| )$"
    )


@cache
def _tagged() -> re.Pattern[str]:
    """What follows a quotation that ends with a comma: whoever speaks, and a verb."""
    return compiled(r"[ \xa0](?:[^\W\d_][\w.'’-]*,?[ \xa0]){0,7}[a-z]+")


@cache
def _by_pronoun() -> re.Pattern[str]:
    return compiled(r"[ \xa0](?:he|she|they)[ \xa0][a-z]+")


@cache
def _asked() -> re.Pattern[str]:
    """The same behind a question or an exclamation."""
    return compiled(r"[ \xa0](?:(?:[A-Z][\w.'’-]*[ \xa0]){1,4}|(?:he|she|they)[ \xa0])[a-z]+")


@cache
def _signed() -> re.Pattern[str]:
    """A name behind a dash, which is how a quotation of its own is signed."""
    return compiled(r"[.,]?\s{0,3}(?:--|[-–—―~])\s?[A-Z@]|\s?\([A-Z]")


@cache
def _poll() -> re.Pattern[str]:
    return compiled(
        r"(?:[Pp]olls?(?! (?:clos|open|work|watch|tax|stand))(?<!to the polls)(?<!at the polls)"
        r"|[Pp]olling(?! (?:place|station|site|location|booth|number|day))|[Pp]ollsters?|[Ss]urveys?|[Ss]urveyed"
        r"|[Rr]espondents|[Ee]xit[- ]polls?|margin of error)\b"
    )


@cache
def _prepositions() -> re.Pattern[str]:
    """What stands before a document that is a source: “in the county's report”."""
    return compiled(r"\b(?:[Bb]y|[Ff]rom|[Ii]n|said|says|found|shows?|showed) (?:[\w'’-]+ ){0,5}$")


@cache
def _shows() -> re.Pattern[str]:
    return compiled(
        r" (?:\w+ ){0,4}?(?:show|shows|showed|shown|found|finds|says|said|indicate|indicates|indicated|suggest|suggests"
        r"|highlight|highlights|highlighted|reveal|reveals|revealed|confirm|confirms|confirmed|reflect|reflects|reflected|put|puts|estimate|estimates|estimated|gives?|gave|counts?|released?|releases|published)\b"
        r"|(?: (?:compiled|prepared|issued|conducted|commissioned|done|written|obtained|collected|made|provided|kept|gathered))? (?:by|from)\b"
    )


@cache
def _range() -> re.Pattern[str]:
    """Behind estimates: what they are."""
    return compiled(
        r"(?: for (?:[\w’'-]+ ){0,2}[\w’'-]+)? (?:of|(?:have |has |had )?(?:been|is|are|was|were|ranged?|ranges|vary|var(?:ies|ied))) (?:[a-z]+ ){0,3}[$£€]?\d"
    )


@cache
def _shows_at_once() -> re.Pattern[str]:
    return compiled(
        r" (?:have |has )?(?:shows?|shown|suggests?|suggested|finds?|found|indicates?)\b"
    )


@cache
def _no_owner() -> re.Pattern[str]:
    """What stands before studies that are never named: nothing, or a word that counts them."""
    return compiled(
        r"(?:^|[.!?”\"]\s|\n|\b(?:[Ss]ome|[Mm]any|[Mm]ost|[Ss]everal|[Rr]ecent|[Nn]ew)\s)$"
    )


@cache
def _finding() -> re.Pattern[str]:
    return compiled(
        r"(?:[Aa]ccording to|[Pp]er (?=the\b|an?\b|its\b|their\b|his\b|her\b|[A-Z])|show(?:s|ed)? that|[Ff]ound\b|finds(?! (?:its|his|her|their|him|it)(?:sel(?:f|ves))?\b)|showed\b|shows(?![,.;:)”\"])"
        r"|show(?= (?:\w+ ){0,4}\d)|(?<!an )(?<!An )(?<!the )[Ee]stimated\b|[Pp]uts?\b(?= (?:[^.]{3,60} at |it\b))|[Ll]ists\b(?= (?:\w+ ){0,8}\$?\d)|(?:finding|showing|listing) (?:that\b|(?:\w+ ){0,5}[$£€]?\d)|uncovered (?:\S+ ){0,6}[$£€]?\d)"
    )


_OTHERWISE = ("claim", "project", "report", "count", "tall")


@cache
def _not_behind() -> re.Pattern[str]:
    return compiled(
        r" (?:credit|victory|allegiance|responsibility|the lives)\b| \d+ percent of the vote|(?<=rojected) to\b"
    )


@cache
def _inverted() -> re.Pattern[str]:
    """What follows "said" in "…, said Ada Brook, the mayor"."""
    name = r"[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,6}"
    return compiled(
        rf"\s+(?!that\b)(?:(?:[a-z][\w’'-]*\s){{0,4}}{name}(?:\s[a-z][\w-]*\s{name}){{0,2}}|(?:the|a|an|one|another)(?:\s[\w’'-]+){{1,8}}?)"
        r"(?:\s?[,.;:(”\"]|\s?$|(?<=\.)|\s(?:of|at|from|for|in|on|who|as|told|during|with|after|before)\b)"
    )


@cache
def _apposed() -> re.Pattern[str]:
    """Before "said" nothing but who speaks, and what he is: “Ada Brook, head of the union, said …”."""
    return compiled(
        r"\s*[A-Z][\w.’'-]*+(?:\s[A-Z][\w.’'-]*+){0,4}\s?, (?:[a-z][^,;:—–“\"]{3,80}),\s*$"
    )


@cache
def _closed() -> re.Pattern[str]:
    return compiled(r"[,?!…—–-][\"”’'»]{0,2}\s*$|(?:[\"”’»]|'')\s*$")


@cache
def _trails() -> re.Pattern[str]:
    """What follows "said" where all that was said stands before it: an occasion, or those who listened."""
    return compiled(
        r"\s*[.!?\"”’»)]|\s+(?:on|in|at|during|last|this|to|of|when|as|while|with|by|after|before|earlier|later"
        r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|reporters|supporters|voters|the (?:crowd|audience|packed|(?:(?:next|same|following) )?(?:day|night|morning|week|month|year)))\b"
    )


# What somebody means to do follows as an infinitive.
_INTENDED = frozenset(
    "promised promises promising pledged pledges pledging vowed vows vowing threatened threatens threatening proposed "
    "proposes proposing wants wanted expects".split()
)


_OF_SOMETHING = frozenset("boasted boasts bragged warned warns complained complains".split())


# What somebody claims or reports may follow as a thing: “claims an audience of 40,000”.
_TRANSITIVE = frozenset(
    "claims claimed reports reported boasts boasted expects estimates forecasts predicts projects announced announces".split()
)


@cache
def _figure_ahead() -> re.Pattern[str]:
    return compiled(
        r" (?:an?|the|its|their|[\w-]+) (?:[\w’'-]+ ){0,4}?(?:of|by|in|to) (?:[a-z]+ ){0,4}(?:[$£€]?\d|[a-z]+ (?:million|billion|thousand))"
    )


@cache
def _dash() -> re.Pattern[str]:
    return compiled(r" ?[—―–]|,? -{1,2} ")


@cache
def _listeners() -> re.Pattern[str]:
    """How many were told."""
    return compiled(r"t(?:old|ells) \d[\d,]*\b")


@cache
def _sums_up() -> re.Pattern[str]:
    """How a sentence begins that goes on with the figures of the one before."""
    return compiled(
        r"[“\"]?(?:That|This|These|Those|It|In all|In total|In sum|All told|Altogether|Together|Combined|Overall|By comparison|By contrast|Of those|Of these|Of that|Another|An additional|The rest|The remaining|The other)\b"
    )


@cache
def _aside() -> re.Pattern[str]:
    return compiled(
        r",\s+(?:referring|who|whose|which|where|when|while|as|after|before|in|at|on|during|compared|standing)\b"
    )


@cache
def _after_speech() -> re.Pattern[str]:
    return compiled(r"(?:[”\"»]|'')\s+(?:[\w.’'-]+\s+){1,7}$")


@cache
def _subject() -> re.Pattern[str]:
    """What stands before "said" in "…, the harbour office said": a comma, and whoever speaks."""
    return compiled(
        r"[,—–](?:[\"”’]|'')?\s+(?!(?:who|which|whose|where|when|while|as|that|because|after|before|if|and|but)\b)(?:[\w.’'-]+\s+){1,7}$|(?:[,”\"]|'')\s+(?:he|she|they|it|we|I)\s+$|^\s*As (?:[^\W\d_][\w.'’-]*\s+){1,6}$"
    )
