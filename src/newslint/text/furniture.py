"""Which lines of a saved file are the page around the story: a small linear model of lines.

A line is judged by its shape (length, end, case, digits, separators), its place (before the first
paragraph, after the last, among other short lines), its repetition in the file, what it shares with the
title and the story, and by words that page furniture has on every site. Each of these has a weight
(`furniture_weights.py`, made by `benchmarks/furniture.py`); a second pass weighs in the neighbours' scores.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise

from newslint.finding import Span
from newslint.text.structure import ends_like_a_sentence
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re

LEAST_LINES = 4  # a text of fewer lines has no page around it to speak of
PARAGRAPH_WORDS = (
    14  # of a line that ends like a sentence, from which on it is a paragraph of the story
)
STORY = ["real"]  # the features of a paragraph of the story
LONGEST = 400  # characters of a line that are looked at
LONGEST_FURNITURE = 600


class Line(NamedTuple):
    """A line with the odds that it is page furniture: 0 is even, each step of 1 multiplies them by 2.7.

    `reasons`: what weighed most, as words for people.
    """

    span: Span
    score: float
    reasons: tuple[str, ...]


def furniture(text: str, lines: Sequence[Span], title: str = "") -> tuple[Line, ...]:
    """Every line with its score, in order; () for a text too short to judge."""
    if len(lines) < LEAST_LINES or _is_wrapped(lines):
        return ()
    from newslint.text.furniture_weights import AROUND, OWN, WORDS

    features = line_features(
        [text[span.start : min(span.end, span.start + LONGEST)] for span in lines], title
    )
    first = [_sum(each, OWN, WORDS) for each in features]
    scored = []
    for index, span in enumerate(lines):
        if features[index] == STORY:
            scored.append(Line(span, first[index], ()))
            continue
        around = neighbour_features(first, index)
        score = first[index] * AROUND["own"] + sum(AROUND.get(name, 0.0) for name in around)
        if span.end - span.start > LONGEST_FURNITURE:
            score = min(score, -6.0)
        scored.append(Line(span, score, _reasons(features[index], around, OWN, WORDS)))
    return tuple(scored)


def _is_wrapped(lines: Sequence[Span]) -> bool:
    """Whether most lines end where a column did: then lines are no units of the text."""
    even = sum(45 <= span.end - span.start <= 90 for span in lines)
    return len(lines) >= 8 and even > 0.6 * len(lines)


def _sum(features: Sequence[str], own: Mapping[str, float], words: Mapping[str, float]) -> float:
    total = own[""]
    for name in features:
        total += own.get(name, 0.0) if name[0] != "=" else words.get(name[1:], 0.0)
    return total


def _reasons(
    features: Sequence[str],
    around: Sequence[str],
    own: Mapping[str, float],
    words: Mapping[str, float],
) -> tuple[str, ...]:
    weighed = [(own.get(name, 0.0), _SAID[name]) for name in features if name in _SAID]
    weighed += [(words.get(name[1:], 0.0), f"“{name[1:]}”") for name in features if name[0] == "="]
    if any(name.startswith(("before:high", "behind:high")) for name in around):
        weighed.append((0.5, "between others like it"))
    weighed.sort(key=lambda each: -each[0])
    return tuple(said for weight, said in weighed[:3] if weight > 0.3)


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
    "date": "a date or time",
    "address": "an address",
    "counter": "a counter",
    "sign": "a sign of the page",
    "run:3": "among short lines",
    "run:5": "in a list of short lines",
    "story:none": "no word in common with the story",
}


def line_features(lines: Sequence[str], title: str) -> list[list[str]]:
    """What is known of each line, as names. Takes time in proportion to the length of the text.

    Of a paragraph of the story nothing else is asked, so that an article without a page around it costs little.
    """
    real = [_is_story(line) for line in lines]
    if all(real):
        return [STORY] * len(lines)
    first = next((i for i, is_real in enumerate(real) if is_real), len(lines))
    last = max((i for i, is_real in enumerate(real) if is_real), default=-1)
    findall = _words().findall
    story: set[str] = set()
    for line, is_real in zip(lines, real, strict=True):
        if is_real:
            story.update(findall(line.casefold()))
    known = set(findall(title.casefold())) if title else set()
    seen: Counter[str] = Counter(line.strip().casefold() for line in lines)
    runs = _runs(real)
    share = sum(real) / len(lines)
    document = "file:story" if share > 0.6 else "file:mixed" if share > 0.25 else "file:page"
    found = []
    for i, line in enumerate(lines):
        if real[i]:
            found.append(STORY)
            continue
        own = findall(line.casefold())
        names = _shape(line, own)
        names += _place(i, first, last, len(lines))
        names.append(f"run:{runs[i]}")
        names.append(document)
        if seen[line.strip().casefold()] > 1:
            names.append("again")
        names += _shared(own, story, known)
        names += [f"={word}" for word in _telling(own)]
        found.append(names)
    return found


def _is_story(line: str) -> bool:
    """Whether a line is a paragraph of the story by its length and its end."""
    words = line.count(" ") + 1
    if words >= PARAGRAPH_WORDS:
        return len(line) >= 120 or ends_like_a_sentence(line)
    return (
        len(line) >= 60
        and not line.isascii()
        and ends_like_a_sentence(line)
        and _wide().search(line) is not None
    )


def neighbour_features(scores: Sequence[float], index: int) -> list[str]:
    """What the scores around a line say of it."""
    found = []
    for side, near in (("before", (index - 1, index - 2)), ("behind", (index + 1, index + 2))):
        for step, other in enumerate(near, 1):
            if not 0 <= other < len(scores):
                found.append(f"{side}:edge:{step}")
                continue
            score = scores[other]
            level = (
                "high" if score > 1 else "some" if score > 0 else "low" if score > -2 else "none"
            )
            found.append(f"{side}:{level}:{step}")
    low, high = max(0, index - 5), min(len(scores), index + 6)
    near_scores = [*scores[low:index], *scores[index + 1 : high]]
    around = sum(map(_bounded, near_scores)) / max(1, len(near_scores))
    found.append(f"around:{max(-3, min(3, round(around)))}")
    rest = min(scores[index + 1 : index + 41], default=0.0)
    found.append("rest:story" if rest < -1 else "rest:none")
    ahead = min(scores[max(0, index - 40) : index], default=0.0)
    found.append("ahead:story" if ahead < -1 else "ahead:none")
    return found


def _bounded(score: float) -> float:
    return max(-4.0, min(4.0, score))


def _shape(line: str, own: Sequence[str]) -> list[str]:
    count = len(own)
    wide = _wide().search(line) is not None
    if wide:
        count = max(count, len(line) // 3)
    bucket = next(
        (
            size
            for size, least in ((60, 60), (35, 35), (20, 20), (13, 13), (8, 8), (5, 5), (3, 3))
            if count >= least
        ),
        count,
    )
    names = [f"words:{bucket}"]
    end = line.rstrip("\"'”’»)] ")[-1:]
    names.append(
        "end:."
        if end in ".。।"
        else "end:?"
        if end in "?!？！؟"
        else "end::"
        if end in ":："
        else "end:…"
        if end == "…"
        else "end:,"
        if end in ",;，、"
        else "end:none"
    )
    if count <= 12:
        names.append(names[-1] + ":short")
    if line[:1].islower():
        names.append("lower")
    if line[:1].isdigit():
        names.append("digit")
    elif line[:1] and not line[0].isalnum():
        names.append("quote" if line[0] in "\"'“‘«„‹「" else "sign")
    letters = sum(character.isalpha() for character in line)
    if letters > 3 and line.upper() == line != line.lower():
        names.append("caps")
    pieces = line.split()
    if len(pieces) > 2:
        capitals = sum(piece[:1].isupper() for piece in pieces) / len(pieces)
        names.append(
            "cased:all"
            if capitals > 0.85
            else "cased:most"
            if capitals > 0.55
            else "cased:some"
            if capitals > 0.2
            else "cased:few"
        )
    digits = sum(character.isdigit() for character in line)
    if digits and letters < 2 * digits:
        names.append("counter")
    if _date().search(line) is not None:
        names.append("date")
        if count <= 12:
            names.append("date:short")
    if _separators().search(line) is not None:
        names.append("separators")
    if _address().search(line) is not None:
        names.append("address")
    if "(" in line and count <= 30 and ")" in line[-2:]:
        names.append("bracket")
    commas = line.count(",")
    if count > 4:
        names.append(f"commas:{min(3, round(10 * commas / count))}")
    small = sum(len(word) <= 3 for word in own)
    if count > 4 and not wide:
        names.append(f"small:{round(4 * small / count)}")
    return names


def _place(index: int, first: int, last: int, count: int) -> list[str]:
    if last < 0:
        return ["place:nowhere"]
    if index < first:
        away = first - index
        return ["place:before", f"before:{_steps(away)}"]
    if index > last:
        away = index - last
        return ["place:behind", f"behind:{_steps(away)}"]
    near = min(index - first, last - index)
    return ["place:inside", f"inside:{_steps(near)}"]


def _steps(away: int) -> int:
    return next((step for step in (16, 8, 4, 2) if away >= step), away)


def _runs(real: Sequence[bool]) -> list[int]:
    """For each line how many lines that are no paragraphs stand together there: 0, 1, 2, 3 or 5."""
    runs = [0] * len(real)
    start = 0
    for at in range(len(real) + 1):
        if at == len(real) or real[at]:
            length = at - start
            size = 5 if length >= 5 else 3 if length >= 3 else length
            for i in range(start, at):
                runs[i] = size
            start = at + 1
    return runs


def _shared(own: Sequence[str], story: set[str], title: set[str]) -> list[str]:
    long_words = {word for word in own if len(word) > 3}
    if not long_words:
        return ["story:short"]
    inside = sum(word in story for word in long_words) / len(long_words)
    names = [
        "story:none"
        if not inside
        else "story:few"
        if inside < 0.4
        else "story:half"
        if inside < 0.8
        else "story:all"
    ]
    if title:
        with_title = sum(word in title for word in long_words) / len(long_words)
        if with_title > 0.7 and len(long_words) > 2:
            names.append("title")
    return names


MOST_WORDS = 24  # of a line whose words are looked at one by one


def _telling(own: Sequence[str]) -> list[str]:
    if len(own) > MOST_WORDS:
        return []
    pairs = [f"{left} {right}" for left, right in pairwise(own)]
    found = list(dict.fromkeys([*own, *pairs]))
    if own and len(own) <= 8:
        found.append(f"^{own[0]}")
    return found


@cache
def _words() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(
        r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{1,2}|[^\W\d_]+(?:['’][^\W\d_]+)?|\d+"
    )


@cache
def _wide() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")


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
