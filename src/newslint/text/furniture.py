"""Which lines of a saved file are the page around the story: a small linear model of lines.

A line is judged by its shape (length, end, case, digits, separators), its place (before the first
paragraph, after the last, among other short lines), its repetition in the file, what it shares with the
title and the story, and by words that page furniture has on every site. Each of these has a weight
(`furniture_weights.py`, made by `benchmarks/furniture.py`); a second pass weighs in the neighbours' scores.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise, repeat

from newslint.finding import Span
from newslint.once import once
from newslint.text.furniture_weights import AROUND, OWN, WORDS
from newslint.text.furniture_words import LABELS, WIDE_LABELS
from newslint.text.lines import ENDS, continues
from newslint.text.structure import ends_like_a_sentence
from newslint.text.utf8 import encoded, folded_alone
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re

LEAST_LINES = 4  # a text of fewer lines has no page around it to speak of
PARAGRAPH_SPACES = (
    13  # between words of a paragraph of the story that also is long or ends like a sentence
)
PARAGRAPH_LENGTH = 120
LEAST_LENGTH = 60  # of a paragraph with fewer spaces, as some scripts have
LONGEST = 400  # characters of a line that are looked at
LONGEST_FURNITURE = 600
REACH = 5  # lines on both sides whose scores weigh in
FAR = 40  # lines on both sides in which the story goes on, or does not
BOUND = 4.0  # beyond which scores weigh in no more
ROUNDED = 1e-6  # by which sums of the same weights in another order differ at the most
_AMONG_STORY = b"\1" * REACH + b"\0" + b"\1" * REACH
STORY_ODDS = -2.0  # log odds below which a line is surely of the story
TELLING = 0.3  # weight from which on a feature is a reason


class Features(NamedTuple):
    """What is known of a line: names of traits, and the words and pairs of words that may tell."""

    traits: Sequence[str]
    words: Sequence[str]


STORY = Features(("real",), ())  # of a paragraph of the story


class Weights(NamedTuple):
    """What each feature adds to a score: traits, words, and what the neighbours say."""

    own: Mapping[str, float]
    words: Mapping[str, float]
    around: Mapping[str, float]


WEIGHTS = Weights(OWN, WORDS, AROUND)


class Page:
    """The lines of a text, with the odds that each is page furniture.

    Scores: 0 is even, each step of 1 multiplies the odds by 2.7. Everything is worked out when it is asked for,
    in time proportional to the length of the text.
    """

    def __init__(
        self, text: str, lines: Sequence[Span], title: str = "", weights: Weights = WEIGHTS
    ) -> None:
        self._text = text
        self._weights = weights
        self.of_story = weights.own[""] + weights.own["real"]
        self._title = title
        self.lines = lines
        count = text.count
        self._is_story = bytes(
            [
                (
                    end - start >= PARAGRAPH_LENGTH
                    and count(" ", start, start + PARAGRAPH_LENGTH) >= PARAGRAPH_SPACES
                )
                or (
                    (end - start >= LEAST_LENGTH or count(" ", start, end) >= PARAGRAPH_SPACES)
                    and _is_story(text, start, end)
                )
                for start, end in lines
            ]
        )
        self.others = [i for i, is_story in enumerate(self._is_story) if not is_story]
        self._features: dict[int, Features] = {}
        self._near: dict[int, list[str]] = {}
        self._alone: dict[int, float] = {}
        self._scores: dict[int, float] = {}

    @property
    def paragraphs(self) -> int:
        """How many lines are paragraphs of the story by their length and end; `others` are not."""
        return len(self.lines) - len(self.others)

    @once
    def story(self) -> tuple[int, int]:
        """The numbers of the first and last of those paragraphs; past the other end where there is none."""
        if not self.paragraphs:
            return len(self.lines), -1
        return self._is_story.index(1), self._is_story.rindex(1)

    @once
    def surely_begins(self) -> int:
        """The number of the first line that surely is of the story."""
        first, _ = self.story
        return next(filter(self.is_surely_story, range(first)), first)

    @once
    def surely_ends(self) -> int:
        """The number of the last line that surely is of the story."""
        _, last = self.story
        return next(filter(self.is_surely_story, range(len(self.lines) - 1, last, -1)), last)

    def is_surely_story(self, index: int) -> bool:
        """Whether nearly every line of such odds is of the story."""
        return self.score(index) < STORY_ODDS

    def features(self, index: int) -> Features:
        """What is known of a line by itself and by its place."""
        if self._is_story[index]:
            return STORY
        known = self._features.get(index)
        if known is None:
            self.alone(index)
            known = self._features[index] = self._surroundings.features(index)
        return known

    def score(self, index: int) -> float:
        """The odds of a line."""
        if index not in self._scores:
            self._scores[index] = self._score(index)
        return self._scores[index]

    def _score(self, index: int) -> float:
        if self._is_story[index]:
            return self.of_story
        score = self.alone(index) * self._weights.around["own"] + self._around(index)
        start, end = self.lines[index]
        return min(score, -6.0) if end - start > LONGEST_FURNITURE else score

    def _around(self, index: int) -> float:
        return sum(map(self._weights.around.get, self._neighbours(index), repeat(0.0)))

    def _neighbours(self, index: int) -> list[str]:
        found = self._near.get(index)
        if found is None:
            found = self._near[index] = neighbour_features(self, index)
        return found

    def alone(self, index: int) -> float:
        """The odds of a line without what its neighbours say of it."""
        if self._is_story[index]:
            return self.of_story
        score = self._alone.get(index)
        if score is None:
            score = self._alone[index] = self._surroundings.score(index)
        return score

    def exceeds(self, index: int, bar: float) -> bool:
        """Whether the score of one of the `others` is above `bar`: most are told without the words of the story, and
        without what the neighbours are like."""
        most = self._surroundings.by_itself(index) + _most_shared()
        most = most * AROUND["own"] + self._most_around(index) + ROUNDED
        return most > bar and self.score(index) > bar

    def _most_around(self, index: int) -> float:
        """What the neighbours of a line add to its score at the most."""
        is_story = self._is_story
        return _most_around(
            is_story[max(0, index - REACH) : index],
            is_story[index + 1 : index + REACH + 1],
            is_story.find(1, index + 1, index + FAR + 1) >= 0,
            is_story.find(1, max(0, index - FAR), index) >= 0,
        )

    def stands_between_paragraphs(self, index: int) -> bool:
        """Whether a paragraph of the story stands right before a line, and another right behind it."""
        return index > 0 and self._is_story[index - 1 : index + 2 : 2] == b"\1\1"

    def stands_among_story(self, index: int) -> bool:
        """Whether all lines that weigh in with one of the `others` are paragraphs of the story, on both sides."""
        return index >= REACH and self._is_story[index - REACH : index + REACH + 1] == _AMONG_STORY

    def is_in_table(self, index: int) -> bool:
        """Whether most of the lines that one of the `others` stands among are rows: of figures, or of names and
        what they stand for."""
        return not _TABLES.isdisjoint(self._surroundings.run(index))

    def is_broken_off(self, index: int) -> bool:
        """Whether a line is a piece of a sentence that goes on in the line before or behind."""
        text, spans = self._text, self.lines
        start, end = spans[index]
        is_first, is_last = index == 0, index + 1 == len(spans)
        if not is_last and text[end - 1] not in ENDS and continues(text, *spans[index + 1]):
            return True
        return (
            not is_first
            and text[spans[index - 1].end - 1] not in ENDS
            and continues(text, start, end)
        )

    def has_story(self, start: int, end: int) -> bool:
        """Whether one of the lines from `start` to before `end` is of the story, as it seems by itself."""
        if 1 in self._is_story[start:end]:
            return True
        return any(self.alone(i) < -1 for i in range(start, end))

    def reasons(self, index: int) -> tuple[str, ...]:
        """What weighed most, as words for people."""
        traits, words = self.features(index)
        own, of_words, _ = self._weights
        weighed = [(own.get(name, 0.0), _SAID[name]) for name in traits if name in _SAID]
        known = [(word, of_words.get(word, 0.0)) for word in words]
        weighed += [(weight, f"“{word}”") for word, weight in known if weight > TELLING]
        around = self._neighbours(index)
        if any(name.startswith(("before:high", "behind:high")) for name in around):
            weighed.append((0.5, "between others like it"))
        weighed.sort(key=lambda each: -each[0])
        return tuple(said for weight, said in weighed[:3] if weight > TELLING)

    def has_telling_word(self, index: int) -> bool:
        """Whether a line has words that pages have everywhere."""
        traits, words = self.features(index)
        return "label:all" in traits or any(
            self._weights.words.get(word, 0.0) > TELLING for word in words
        )

    @once
    def _surroundings(self) -> _Surroundings:
        return _Surroundings(
            self._text, self.lines, self._title, self.others, self.story, self._weights
        )


@cache
def _most_shared() -> float:
    """What a line has in common with the story and the title adds at the most."""
    story = max(weight for name, weight in OWN.items() if name.startswith("story:"))
    return story + max(0.0, OWN["title"])


@cache
def _most_around(before: bytes, behind: bytes, rest: bool, ahead: bool) -> float:
    """What lines on both sides add at the most. 1 stands for a paragraph of the story; `rest`, `ahead`: whether
    there is one at all behind and before."""
    story = OWN[""] + OWN["real"]
    sides = before + behind
    lowest, highest = (
        _mean_level([story if each else other for each in sides]) for other in (-BOUND, BOUND)
    )
    choices = [
        [f"around:{level}" for level in range(lowest, highest + 1)],
        ["rest:story"] if rest else ["rest:story", "rest:none"],
        ["ahead:story"] if ahead else ["ahead:story", "ahead:none"],
    ]
    known = {1: [_level((story,), 0)], 0: _LEVELS}
    for name, side in (("before", before[::-1]), ("behind", behind)):
        for away in (1, 2):
            levels = known[side[away - 1]] if away <= len(side) else ["edge"]
            choices.append([f"{name}:{level}:{away}" for level in levels])
    return sum(max(AROUND.get(name, 0.0) for name in names) for names in choices)


def furniture(text: str, lines: Sequence[Span], title: str = "") -> Page:
    """The page that the lines make; without any for a text too short to judge."""
    if len(lines) < LEAST_LINES or _is_wrapped(lines):
        return Page("", ())
    return Page(text, lines, title)


def _is_wrapped(lines: Sequence[Span]) -> bool:
    """Whether most lines end where a column did: then lines are no units of the text."""
    if len(lines) < 8:
        return False
    return len([1 for start, end in lines if 45 <= end - start <= 90]) > 0.6 * len(lines)


# ------------------------------------------------------------------ features

_SAID = {
    "words:1": "one word",
    "words:2": "two words",
    "words:3": "a few words",
    "words:5": "a short line",
    "end:none": "no full stop",
    "end::": "ends with a colon",
    "caps": "capitals only",
    "separators": "a row of labels",
    "place:before": "before the first paragraph",
    "place:behind": "after the last paragraph",
    "again": "repeated in the file",
    "label:all": "a label of pages",
    "date": "a date or time",
    "address": "an address",
    "counter": "a counter",
    "sign": "a sign of the page",
    "run:3": "among short lines",
    "run:5": "in a list of short lines",
    "story:none": "no word in common with the story",
}


class _Surroundings:
    """What the features of a line take from the lines around it. `others`: the numbers of the lines that are
    no paragraphs; `story`: of the first and last that are."""

    def __init__(
        self,
        text: str,
        lines: Sequence[Span],
        title: str,
        others: Sequence[int],
        story: tuple[int, int],
        weights: Weights,
    ) -> None:
        self._text = text
        self._spans = lines
        self._weights = weights
        self._by_itself: dict[int, float] = {}
        self._known: dict[int, tuple[list[str], list[str], list[str]]] = {}
        self._rows: dict[int, _Row] = {}
        self._shapes: dict[int, str] = {}
        self._others = others
        self._lines = {i: _beginning(text, *lines[i]) for i in others}
        self._folded = {i: line.casefold() for i, line in self._lines.items()}
        self._again = _seen_again(map(str.strip, self._folded.values()))
        share = 1 - len(others) / len(lines)
        self._file = "file:story" if share > 0.6 else "file:mixed" if share > 0.25 else "file:page"
        self._ends = story
        self._title = title
        self._story = _Story(text, lines, self._lines)

    def by_itself(self, index: int) -> float:
        """The odds of a line without the words of the story and the title."""
        found = self._by_itself.get(index)
        if found is None:
            line, folded, row = self._lines[index], self._folded[index], self._row(index)
            pattern = _plain_words() if folded.isascii() else _words()
            words = pattern.findall(folded)
            traits = _shape(line, words, has_figure=row.has_figure)
            traits += _place(index, *self._ends)
            traits += self._runs[index]
            traits += self._beside(index, row)
            traits.append(self._file)
            if self._again and folded.strip() in self._again:
                traits.append("again")
            telling = _telling(words)
            self._known[index] = words, traits, telling
            own, of_words, _ = self._weights
            found = sum(map(own.get, traits, repeat(0.0)), own[""])
            found = self._by_itself[index] = sum(map(of_words.get, telling, repeat(0.0)), found)
        return found

    def _row(self, index: int) -> _Row:
        """What one of the `others` would be in a table."""
        found = self._rows.get(index)
        if found is None:
            found = self._rows[index] = _row(self._lines[index])
        return found

    def _begins(self, index: int) -> str:
        """The kinds of the first words of one of the `others`."""
        found = self._shapes.get(index)
        if found is None:
            found = self._shapes[index] = _beginnings(self._lines[index])
        return found

    @once
    def _runs(self) -> Mapping[int, tuple[str, ...]]:
        return _runs(self._others, self._lines, self._row)

    def run(self, index: int) -> tuple[str, ...]:
        """Traits of the lines that one stands among."""
        return self._runs[index]

    def _beside(self, index: int, row: _Row) -> list[str]:
        """What the lines right before and behind show."""
        text, spans, lines = self._text, self._spans, self._lines
        traits = []
        is_open = index > 0 and breaks_off(text, *spans[index - 1])
        goes_on = index + 1 < len(spans) and continues(text, *spans[index + 1])
        if is_open:
            traits.append("last:open")
        if goes_on:
            traits.append("next:on")
        if is_open and goes_on:
            traits.append("within")
        if index > 0 and text[spans[index - 1].end - 1] == ":":
            traits.append("last:colon")
        near = [i for i in (index - 1, index + 1) if i in lines]
        if row.has_key:
            traits.append("key")
            if any(self._row(i).has_key for i in near):
                traits.append("key:near")
        if row.has_figure:
            around = [i for i in (index - 2, index - 1, index + 1, index + 2) if i in lines]
            traits.append(f"figure:{sum(self._row(i).has_figure for i in around)}")
        if near:
            begins = self._begins(index)
            alike = sum(self._begins(i) == begins for i in near)
            if alike and len(begins) > 1:
                traits.append(f"alike:{alike}")
        return traits

    def score(self, index: int) -> float:
        """The odds of a line without its neighbours."""
        score = self.by_itself(index)
        words, traits, _ = self._known[index]
        shared = self._shared(words)
        traits += shared
        return sum(map(self._weights.own.get, shared, repeat(0.0)), score)

    def features(self, index: int) -> Features:
        """All that is known of a line whose score is."""
        _, traits, telling = self._known[index]
        return Features(traits, telling)

    def _shared(self, words: Sequence[str]) -> list[str]:
        """What a line of these words has in common with the story and the title."""
        long_words = {word for word in words if len(word) > 3}
        if not long_words:
            return ["story:short"]
        count = len(long_words)
        inside = self._story.holds(long_words) / count
        traits = [
            "story:none"
            if not inside
            else "story:few"
            if inside < 0.4
            else "story:half"
            if inside < 0.8
            else "story:all"
        ]
        if count > 2 and self._title and len(long_words & self._title_words) / count > 0.7:
            traits.append("title")
        return traits

    @once
    def _title_words(self) -> set[str]:
        return set(_words().findall(self._title.casefold()))


def _seen_again(lines: Iterable[str]) -> frozenset[str]:
    """Those of some lines that stand there more than once."""
    seen = list(lines)
    if len(set(seen)) == len(seen):
        return frozenset()
    from collections import Counter

    return frozenset(line for line, count in Counter(seen).items() if count > 1)


def _beginning(text: str, start: int, end: int) -> str:
    return text[start : end if end - start <= LONGEST else start + LONGEST]


def _is_story(text: str, start: int, end: int) -> bool:
    """Whether a line, long enough or of enough words, is a paragraph of the story by its length and its end."""
    line = _beginning(text, start, end)
    if line.count(" ") >= PARAGRAPH_SPACES:
        return end - start >= PARAGRAPH_LENGTH or ends_like_a_sentence(line)
    return not line.isascii() and ends_like_a_sentence(line) and _wide().search(line) is not None


FEW_QUESTIONS = 15  # words that are looked for before the story is taken apart at its spaces …
MOST_QUESTIONS = 150  # … and before all its words are listed


class _Story:
    """The words of the story, by as little work as the questions need. `others`: numbers of lines not of it."""

    def __init__(self, text: str, lines: Sequence[Span], others: Container[int]) -> None:
        self._source = text
        self._lines = lines
        self._others = others
        self._questions = 0

    @once
    def _text(self) -> bytes:
        text, others = self._source, self._others
        lines = [
            _beginning(text, start, end)
            for number, (start, end) in enumerate(self._lines)
            if number not in others
        ]
        return folded_alone("\n".join(lines))

    @once
    def _spaced(self) -> bytes:
        """The text with a space for all of ASCII that is neither a letter nor an apostrophe."""
        return b" %b " % self._text.translate(_SPACED)

    @once
    def _words(self) -> set[str]:
        return set(_words().findall(self._text.decode("utf-8", "surrogatepass")))

    @once
    def _pieces(self) -> tuple[set[bytes], bytes]:
        """What stands between spaces there, and, in one, what of it is more than letters of ASCII."""
        pieces = set(self._spaced.split())
        return pieces, b" ".join([each for each in pieces if not each.isalpha()])

    def holds(self, words: Collection[str]) -> int:
        """How many of `words` (folded, longer than two characters) stand in the story."""
        self._questions += len(words)
        if self._questions > MOST_QUESTIONS:
            return len(self._words.intersection(words))
        has = self._has_piece if self._questions > FEW_QUESTIONS else self._has
        return sum(map(has, words))

    def _has(self, word: str) -> bool:
        sought = encoded(word)
        if sought.isalpha():
            spaced = self._spaced
            at = spaced.find(sought)
            if at < 0:
                return False
            if (spaced[at - 1] == _SPACE == spaced[at + len(sought)]) or b" %b " % sought in spaced:
                return True
        return self._looked_up(word, sought)

    def _has_piece(self, word: str) -> bool:
        sought = encoded(word)
        if sought.isalpha():
            pieces, mixed = self._pieces
            if sought in pieces:
                return True
            if sought not in mixed:
                return False
        return self._looked_up(word, sought)

    def _looked_up(self, word: str, sought: bytes) -> bool:
        found = self._finds(word, sought)
        return word in self._words if found is None else found

    def _finds(self, word: str, sought: bytes) -> bool | None:
        """The answer by looking for the word in the text; None where that does not tell."""
        text = self._text
        unsure = False
        at = text.find(sought)
        while at >= 0:
            end = at + len(sought)
            before = text[max(0, at - 4) : at].decode("utf-8", "ignore")[-1:]
            behind = text[end : end + 8].decode("utf-8", "ignore")
            if word[0].isdecimal():
                if not before.isdecimal() and not behind[:1].isdecimal():
                    return True
            elif not _goes_on(word, behind):
                if before in _APOSTROPHES or (before >= "\u3040" and before.isalpha()):
                    unsure = True
                elif before.isdecimal() or not before.isalnum():
                    return True
            at = text.find(sought, end)
        return None if unsure else False


_SPACE = ord(" ")
_SPACED = bytes(
    code if code >= 0x80 or chr(code).isalpha() or chr(code) == "'" else 32 for code in range(256)
)
_APOSTROPHES = frozenset("'’")


def _goes_on(word: str, behind: str) -> bool:
    """Whether a longer word stands there of which `word` is but a part."""
    joined = behind[:1] in _APOSTROPHES and _APOSTROPHES.isdisjoint(word)
    following = behind[joined : joined + 1]
    return following.isalnum() and not following.isdecimal()


def neighbour_features(page: Page, index: int) -> list[str]:
    """What the scores around a line say of it."""
    if page.stands_among_story(index):
        return _among_story(page.of_story)
    count = len(page.lines)
    alone = page.alone
    before = [alone(i) for i in range(max(0, index - REACH), index)]
    behind = [alone(i) for i in range(index + 1, min(count, index + REACH + 1))]
    rest = page.has_story(index + 1, min(count, index + FAR + 1))
    ahead = page.has_story(max(0, index - FAR), index)
    return _said_by(before, behind, rest=rest, ahead=ahead)


def _said_by(
    before: Sequence[float], behind: Sequence[float], *, rest: bool, ahead: bool
) -> list[str]:
    found = [
        f"before:{_level(before, -1)}:1",
        f"before:{_level(before, -2)}:2",
        f"behind:{_level(behind, 0)}:1",
        f"behind:{_level(behind, 1)}:2",
    ]
    found.append(f"around:{_mean_level((*before, *behind))}")
    found.append("rest:story" if rest else "rest:none")
    found.append("ahead:story" if ahead else "ahead:none")
    return found


def _mean_level(scores: Sequence[float]) -> int:
    """The class of what the scores around a line are together."""
    bounded = [-BOUND if each < -BOUND else BOUND if each > BOUND else each for each in scores]
    return max(-3, min(3, round(sum(bounded) / max(1, len(bounded)))))


@cache
def _among_story(score: float) -> list[str]:
    """What scores say of a line that all around are those of paragraphs of the story."""
    return _said_by([score] * REACH, [score] * REACH, rest=True, ahead=True)


_LEVELS = ["high", "some", "low", "none"]


def _level(scores: Sequence[float], at: int) -> str:
    """The class of one of the scores on one side of a line."""
    try:
        score = scores[at]
    except IndexError:
        return "edge"
    return "high" if score > 1 else "some" if score > 0 else "low" if score > -2 else "none"


# Words from which on a line belongs to the next class of length.
_COUNTS = (1, 2, 3, 5, 8, 13, 20, 35, 60)
_LENGTHS = ("words:0", *(f"words:{count}" for count in _COUNTS))
_ENDS = {
    end: f"end:{kind}"
    for kind, ends in {".": ".。।", "?": "?!？！؟", ":": ":：", "…": "…", ",": ",;，、"}.items()
    for end in ends
} | {"": "end:."}
_SHORT_ENDS = {end: f"{end}:short" for end in (*_ENDS.values(), "end:none")}
_COMMAS = ("commas:0", "commas:1", "commas:2", "commas:3")
_SMALL = ("small:0", "small:1", "small:2", "small:3", "small:4")


def _shape(line: str, own: Sequence[str], *, has_figure: bool) -> list[str]:
    count = len(own)
    ascii = line.isascii()
    wide = not ascii and _wide().search(line) is not None
    if wide:
        count = max(count, len(line) // 3)
    end = _ENDS.get(line.rstrip("\"'”’»)] ")[-1:], "end:none")
    names = [_LENGTHS[bisect_right(_COUNTS, count)], end]
    if count <= 12:
        names.append(_SHORT_ENDS[end])
    start = line[:1]
    if start.islower():
        names.append("lower")
    if start.isdigit():
        names.append("digit")
    elif start and not start.isalnum():
        names.append("quote" if start in "\"'“‘«„‹「" else "sign")
    digits = sum(map(str.isdigit, line)) if has_figure else 0
    all_capitals = line.isupper() or (
        not ascii and _small().search(line) is None and line.upper() == line != line.lower()
    )
    letters = sum(map(str.isalpha, line)) if all_capitals or digits else 0
    if all_capitals and letters > 3:
        names.append("caps")
    pieces = line.split()
    if len(pieces) > 2:
        capitals = len([1 for piece in pieces if piece[0].isupper()]) / len(pieces)
        names.append(
            "cased:all"
            if capitals > 0.85
            else "cased:most"
            if capitals > 0.55
            else "cased:some"
            if capitals > 0.2
            else "cased:few"
        )
    if digits:
        if letters < 2 * digits:
            names.append("counter")
        if _date().search(line) is not None:
            names.append("date")
            if count <= 12:
                names.append("date:short")
    if (not ascii or "|" in line or "/" in line) and _separators().search(line) is not None:
        names.append("separators")
    if _may_be_address(line, ascii=ascii) and _address().search(line) is not None:
        names.append("address")
    is_wide = wide or "\uac00" <= start <= "\ud7a3"
    if is_wide or len(own) <= MOST_LABEL_WORDS:
        names += _labels(line, own, is_wide=is_wide)
    if "(" in line and count <= 30 and ")" in line[-2:]:
        names.append("bracket")
    if count > 4:
        names.append(_COMMAS[min(3, round(10 * line.count(",") / count))])
        if not wide:
            small = len([1 for word in own if len(word) <= 3])
            names.append(_SMALL[round(4 * small / count)])
    return names


def _may_be_address(line: str, *, ascii: bool) -> bool:
    """Whether there is more than the full stop at the end to make an address of."""
    if not ascii or "@" in line or "/" in line or "www." in line:
        return True
    return -1 < line.find(".") < len(line) - 2


def _place(index: int, first: int, last: int) -> tuple[str, ...]:
    if last < 0:
        return ("place:nowhere",)
    if index < first:
        return "place:before", f"before:{_steps(first - index)}"
    if index > last:
        return "place:behind", f"behind:{_steps(index - last)}"
    return "place:inside", f"inside:{_steps(min(index - first, last - index))}"


def _steps(away: int) -> int:
    return 16 if away >= 16 else 8 if away >= 8 else 4 if away >= 4 else min(away, 2)


class _Row(NamedTuple):
    """What a line would be in a table."""

    has_figure: bool
    has_key: bool


def _row(line: str) -> _Row:
    if line.isascii():
        has_figure = _figure().search(line) is not None
    else:
        has_figure = any(map(str.isdigit, line))
    has_key = len(line) < LONGEST_KEYED and ":" in line and _key().match(line) is not None
    return _Row(has_figure, has_key)


def _beginnings(line: str) -> str:
    """The kinds of a line's first words, by the characters with which they begin."""
    return "".join(
        [
            "0" if c.isdigit() else "A" if c.isupper() else "a" if c.islower() else c
            for c in [word[0] for word in line.split(None, SHAPE_WORDS)[:SHAPE_WORDS]]
        ]
    )


def _is_number(line: str) -> bool:
    return line.translate(_WITHOUT_SIGNS).isdigit()


_WITHOUT_SIGNS = {ord(sign): None for sign in " ,.:-"}
SHAPE_WORDS = 6
LONGEST_KEYED = 140
LEAST_ROWS = 4  # lines that make a table
LEAST_CELLS, NUMBERS = 8, 0.2  # lines of a table with a cell a line, and the share of bare numbers


def _runs(
    others: Sequence[int], lines: Mapping[int, str], row: Callable[[int], _Row]
) -> dict[int, tuple[str, ...]]:
    """For each line that is no paragraph: how many of them stand together there, and what those are like."""
    runs: dict[int, tuple[str, ...]] = {}
    run: list[int] = []
    for i in (*others, -1):
        if run and i != run[-1] + 1:
            count = len(run)
            traits: tuple[str, ...] = (f"run:{5 if count >= 5 else min(count, 3)}",)
            if count >= LEAST_ROWS:
                rows = [row(j) for j in run]
                traits += (
                    f"rows:{_part(sum(lines[j][:1].isdigit() for j in run) / count)}",
                    f"figures:{_part(sum(each.has_figure for each in rows) / count)}",
                    f"keys:{_part(sum(each.has_key for each in rows) / count)}",
                )
            if count >= LEAST_CELLS:
                numbers = sum(_is_number(lines[j]) for j in run if row(j).has_figure)
                if numbers >= NUMBERS * count:
                    traits += ("numbers",)
            runs.update(zip(run, repeat(traits)))
            run = []
        run.append(i)
    return runs


_TABLES = frozenset(("rows:3", "rows:4", "figures:4", "keys:3", "numbers"))


def _part(share: float) -> int:
    return bisect_right((0.15, 0.35, 0.6, 0.85), share)


OPEN_SPACES = 7  # of a line that breaks off, at least


def breaks_off(text: str, start: int, end: int) -> bool:
    """Whether a line of many words ends before its sentence does."""
    return text[end - 1] not in '.!?…:"”»)' and text.count(" ", start, end) >= OPEN_SPACES


MOST_WORDS = 24  # of a line whose words are looked at one by one


def _telling(own: Sequence[str]) -> list[str]:
    if len(own) > MOST_WORDS:
        return []
    found = list(dict.fromkeys((*own, *map(" ".join, pairwise(own)))))
    if 0 < len(own) <= 8:
        found.append(f"^{own[0]}")
    return found


def _labels(line: str, own: Sequence[str], *, is_wide: bool) -> list[str]:
    """Whether the words of a short line are those of menus and buttons."""
    if is_wide:
        return ["label:all"] if line.strip(" >»|·・:：") in WIDE_LABELS else []
    if not own:
        return []
    known = sum(map(LABELS.__contains__, own))
    return ["label:all"] if known == len(own) else ["label:some"] if 2 * known >= len(own) else []


MOST_LABEL_WORDS = 8


@cache
def _words() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(
        r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{1,2}|[^\W\d_]+(?:['’][^\W\d_]+)?|\d+"
    )


@cache
def _plain_words() -> re.Pattern[str]:
    """The same, of folded ASCII."""
    from newslint.expressions import compiled

    return compiled("[a-z]+(?:'[a-z]+)?|[0-9]+")


@cache
def _wide() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")


@cache
def _small() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled("[a-z]")


@cache
def _figure() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled("[0-9]")


@cache
def _key() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"[^\W\d_][^:.!?]{0,28}:\s*\S")


@cache
def _date() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"\b(?:19|20)\d\d\b|\b\d{1,2}[:.h]\d\d\b|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d年")


@cache
def _separators() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"\s[|·•›»/▪]\s|[|›»▶►→]")


@cache
def _address() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"https?://|www\.|\w@\w|\w\.(?:com|org|net|de|uk)\b|©")
