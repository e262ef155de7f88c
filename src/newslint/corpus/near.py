"""Which articles have the same title, and which the same copy: keys that bring likely pairs together, and the judgement.

Any engine can do the first part (group by key, `pairs_in` each group); all come to the same pairs by the second.
Similar is not the same in news: numbers, dates, names, "not" and the order of words decide, so a difference in
one of these tells two stories apart however much else they share.
"""

from __future__ import annotations

from binascii import crc32
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from functools import cache, lru_cache
from itertools import combinations, compress
from math import fsum
from operator import not_

from newslint.cache import digest
from newslint.corpus.facts import (
    ASCII,
    BY_TITLE,
    FIGURES,
    LEFT_OUT,
    Facts,
    Number,
    Sketch,
    Titled,
    Told,
    folded,
    is_figure,
    of_level,
    words_of_ascii,
)
from newslint.typed import TYPE_CHECKING, NamedTuple, unchecked

if TYPE_CHECKING:
    import re
    from typing import Literal, TypeAlias, TypeVar

    from newslint.text.titles import TitleParts

    Member = TypeVar("Member")
    AnyTitle: TypeAlias = Facts | Titled
    AnySketch: TypeAlias = Facts | Sketch

Tails: TypeAlias = "dict[int, frozenset[int]]"

DAYS = 2  # apart, in which two looser titles may be of one story
LEAST_HEADS = 5  # different headlines behind which a tail is the name of a site or section
MOST_TAIL = 8  # words
MOST_SEGMENTS = 3  # of a tail
LEAST_HEAD = 3  # words of a headline that is left when a tail is cut off
BEGINNING = 4  # words that a cut-off title has at least
LONGEST_LABEL = 40  # characters of what stands in front of a headline, and of the mark behind it
TYPO = 5  # letters of a word in which one may be wrong
MOST_IN_BLOCK = 24  # titles under one key that are all compared with each other
MOST_COPIES = 24  # the same for bodies
MOST_BEGINNINGS = 64  # with which a title that begins alike is compared
MOST_CLOSED = 64  # articles in one cluster that are all compared with each other
KEYS_A_MEETING = 64  # of the shorter copy, of which at least one meets: nine are to be expected
LEAST_SHARED = 3  # shingles
LEAST_SHARE = 0.58  # of the shingles of the shorter copy
FEW = 8  # articles of which all may be copies of one; what more have weighs less and less
WHOLE = 0.75  # share of both from which on neither is a trimmed copy of the other

_BITS = (1 << 62) - 1
_ALL_RARE: Mapping[int, int] = {}


class Verdict(NamedTuple):
    """How two articles are the same. `share`: of the shorter one, 0 to 1. `shorter`: 0 or 1 for the first or second
    being the one that was trimmed, -1 for neither. `paragraphs`: how many both have.
    """

    kind: Literal["same", "near", "copy", "trimmed copy"]
    share: float = 1.0
    shorter: int = -1
    paragraphs: int = 0


# ------------------------------------------------------------------ titles


class TitleWords(NamedTuple):
    """The headline of a title as words. `plain`: without blanks but between figures."""

    words: Sequence[bytes]
    plain: bytes
    is_cut: bool
    bare: bytes  # `plain` without what looks like the name of a site


def title_key(facts: AnyTitle, tails: frozenset[int] = frozenset()) -> bytes:
    """What two titles have in common that differ in marks, case, labels and names of sites only; b"" for none."""
    return _read(facts.title, facts.headline, tails).plain


def title_blocks(facts: AnyTitle, tails: frozenset[int] = frozenset()) -> list[int]:
    """Keys of 63 bits of which two titles share one if they may be the same; see `pairs_in` for odd ones.

    Titles with the same first key are the same.
    """
    return blocks_of(title_words(facts, tails))


def title_words(facts: AnyTitle, tails: frozenset[int] = frozenset()) -> TitleWords:
    """A title as it is compared."""
    return _read(facts.title, facts.headline, tails)


def blocks_of(title: TitleWords) -> list[int]:
    """What `title_blocks` says of a title."""
    words = title.words
    if not words:
        return []
    # Sums of so few bits meet by chance in few titles of a hundred million, and are quick; `same_title` tells.
    hashes = [*map(crc32, words)]
    whole = sum(hashes)
    plain = title.plain
    found = [(_hash(plain) & _BITS) << 1, whole << 1]
    if len(words) > 2:
        is_plain = plain.isalpha() and _TELLING.isdisjoint(words)
        found += [
            (whole - own) << 1
            for own, word in zip(hashes, words, strict=True)
            if (len(word) >= TYPO and (is_plain or not (word in _TELLING or is_figure(word))))
            or word in _FUNCTION
        ]
    if title.bare is not plain and title.bare != plain:
        found.append((_hash(title.bare) & _BITS) << 1)
    if len(words) >= BEGINNING:
        found.append(sum(hashes[:BEGINNING]) << 1 | 1)
    return found


def halves(
    numbers: Sequence[int], titles: Sequence[Sequence[bytes]]
) -> tuple[list[int], list[int]]:
    """Fewer and cheaper keys of some titles, given as words: the number of one for each key, and the keys. A title
    shares one with every title that is nearly the same but for what stands around its headline; in this process only.

    Titles that differ in one place have half of their words in common, at the beginning or at the end.
    """
    join = b" ".join
    is_long = [len(words) >= 2 * BEGINNING for words in titles]
    holders = [*compress(numbers, is_long)] * 2
    some = [*compress(titles, is_long)]
    keys = [hash(join(words[:BEGINNING])) for words in some]
    keys += [hash(join(words[-BEGINNING:])) for words in some]
    if len(holders) < 2 * len(titles):
        is_short = [*map(not_, is_long)]
        for number, words in zip(
            compress(numbers, is_short), compress(titles, is_short), strict=True
        ):
            count = len(words)
            half = count >> 1
            own = [words[:half], words[half:]] if half else [words]
            if count & 1 and half:
                own += (words[: half + 1], words[half + 1 :])
            if count >= BEGINNING:
                own.append(words[:BEGINNING])
            keys += [hash(join(part)) for part in own]
            holders += (number,) * len(own)
    return holders, keys


class Plain(NamedTuple):
    """Those of some titles of which nothing is to be taken off: their places among all, and of each what `TitleWords` has."""

    places: Sequence[int]
    words: Sequence[list[bytes]]
    plain: Sequence[bytes]


def plain_titles(titles: list[bytes]) -> Plain:
    """Titles, given as UTF-8, read all at once as far as nothing is to be taken off."""
    count = len(titles)
    joined = _BETWEEN.join(titles)
    if not joined.isascii():
        for mark, instead in _QUOTES:
            joined = joined.replace(mark.encode(), instead.encode())
        titles = joined.split(_BETWEEN)
    marks = joined.translate(None, _NO_MARKS).split(_BETWEEN)
    if len(marks) != count:  # a sign that is a title's own
        return Plain((), (), ())
    is_plain = [
        not left or _is_plain(title, left) for title, left in zip(titles, marks, strict=True)
    ]
    places = [*compress(range(count), is_plain)]
    joined = _BETWEEN.join(compress(titles, is_plain)).translate(ASCII, LEFT_OUT)
    words = [*map(_said, map(bytes.split, joined.split(_BETWEEN)))]
    if not all(words):  # nothing but marks
        places = [*compress(places, words)]
        words = [*filter(None, words)]
    plain = [*map(b"".join, words)]
    if not b"".join(plain).isalpha():
        plain = [
            own if own.isalpha() else _plain(said) for own, said in zip(plain, words, strict=True)
        ]
    return Plain(places, words, plain)


def words_of_plain(words: Sequence[bytes], plain: bytes) -> TitleWords:
    """A title that is one of those, as it is compared."""
    return unchecked(TitleWords, (words, plain, False, plain))


def _is_plain(title: bytes, marks: bytes) -> bool:
    """Whether nothing is to be taken off a title that has these marks."""
    return (
        not marks.strip(b".,") and b"..." not in title and title.translate(None, _DIGITS) == title
    )


def same_title(
    first: AnyTitle, second: AnyTitle, tails: frozenset[int] = frozenset()
) -> Verdict | None:
    """Whether two titles say the same: "same" but for form, or "near"; None where they do not."""
    return same_words(
        title_words(first, tails), title_words(second, tails), (first.date, second.date)
    )


def same_words(one: TitleWords, two: TitleWords, days: tuple[int, int]) -> Verdict | None:
    """The same of two titles as they are compared. `days`: the date of each."""
    if not one.words or not two.words:
        return None
    if one.plain == two.plain:
        return Verdict("same")
    if one.bare in (two.bare, two.plain) or two.bare == one.plain:
        return Verdict("near")
    first, second = days
    is_dated = first > 0 and second > 0 and abs(first - second) <= DAYS
    if one.is_cut or two.is_cut:
        short, long = sorted((one, two), key=lambda each: len(each.words))
        if short.is_cut and len(short.words) >= BEGINNING and _begins(long, short):
            return Verdict("near")
    return Verdict("near") if _differ_little(one.words, two.words, is_dated) else None


def _begins(long: TitleWords, short: TitleWords) -> bool:
    """Whether a cut-off title is the beginning of another; its last word may be cut off, too."""
    count = len(short.words)
    return long.words[: count - 1] == short.words[:-1] and long.words[count - 1].startswith(
        short.words[-1]
    )


def _differ_little(one: Sequence[bytes], two: Sequence[bytes], is_dated: bool) -> bool:
    """Whether two titles differ by a small word or a slip of the pen in one place.

    `is_dated`: they are of the same days, and may also differ by what one of them adds, or by one word.
    """
    low = 0
    most = min(len(one), len(two))
    while low < most and one[low] == two[low]:
        low += 1
    high = 0
    while high < most - low and one[-1 - high] == two[-1 - high]:
        high += 1
    left, right = one[low : len(one) - high], two[low : len(two) - high]
    kept = low + high
    if any(word in _TELLING or is_figure(word) for word in (*left, *right)):
        return False
    if b"".join(left) == b"".join(right):
        return True
    more = left or right
    if not left or not right:
        if all(word in _FUNCTION for word in more) and len(more) <= 2 and kept > 1:
            return True
        return is_dated and kept >= BEGINNING and (low == 0 or high == 0 or len(more) == 1)
    if len(left) == len(right) == 1:
        if kept > 1 and (_is_typo(left[0], right[0]) or {*left, *right} <= _FUNCTION):
            return True
        return is_dated and kept >= BEGINNING
    return False


def _is_typo(one: bytes, two: bytes) -> bool:
    """Whether one letter is wrong, missing, added or in its neighbour's place."""
    if one[0] != two[0] or min(len(one), len(two)) < TYPO - 1:
        return False
    short, long = sorted((one, two), key=len)
    if len(long) - len(short) > 1 or len(long) < TYPO:
        return False
    at = 0
    while at < len(short) and short[at] == long[at]:
        at += 1
    if len(long) > len(short):
        return short[at:] == long[at + 1 :]
    swapped = short[at + 2 :] == long[at + 2 :] and short[at : at + 2] == long[at : at + 2][::-1]
    return short[at + 1 :] == long[at + 1 :] or swapped


# ------------------------------------------------------------------ names of sites


def may_have_tails(titles: Sequence[bytes]) -> list[bytes]:
    """For each of some titles, as UTF-8, what tells whether the name of a site may stand in it behind a bar or dash; b"" where
    none does. Spares most of them the expression."""
    joined = _BETWEEN.join(titles)
    if not (b"|" in joined or b" -" in joined or b"::" in joined or not joined.isascii()):
        return []
    marks = joined.translate(None, _NO_MARKS).split(_BETWEEN)
    return marks if len(marks) == len(titles) else [*titles]  # with a sign that is a title's own


def tail_counts(titles: Iterable[str]) -> Tails:
    """What titles end with behind a bar or dash, each with a few of the headlines in front of it."""
    found: dict[int, set[int]] = {}
    for title in titles:
        for tail, head in tails_of(title):
            heads = found.setdefault(tail, set())
            if len(heads) < LEAST_HEADS:
                heads.add(head)
    return {tail: frozenset(heads) for tail, heads in found.items()}


def merged(one: Tails, two: Tails) -> Tails:
    """The counts of two lots of titles as one."""
    found = dict(one)
    for tail, heads in two.items():
        found[tail] = frozenset(sorted(found.get(tail, frozenset()) | heads)[:LEAST_HEADS])
    return found


def known_tails(counts: Mapping[int, frozenset[int]]) -> frozenset[int]:
    """The tails that stand behind five or more different headlines."""
    return frozenset(tail for tail, heads in counts.items() if len(heads) >= LEAST_HEADS)


def tails_of(title: str) -> Iterator[tuple[int, int]]:
    """Each tail that a title may have, with the headline that is then left."""
    pieces = _segments(title)
    if len(pieces) == 1:
        return
    words = _words_by_piece(pieces)
    for count in range(1, min(MOST_SEGMENTS, len(pieces) - 1) + 1):
        tail = [word for piece in words[-count:] for word in piece]
        head = [word for piece in words[:-count] for word in piece]
        if len(head) < LEAST_HEAD or not 0 < len(tail) <= MOST_TAIL:
            continue
        yield _tail_key(tail), _hash(b" ".join(head))


def _words_by_piece(pieces: Sequence[str]) -> list[tuple[bytes, ...]]:
    """The words of each piece of a title; those behind the first one are mostly names of sites, which come again and again."""
    return [tuple(folded(pieces[0])), *map(_named, pieces[1:])]


@lru_cache(maxsize=1 << 10)
def _named(piece: str) -> tuple[bytes, ...]:
    return tuple(folded(piece))


def possible_tails(title: str) -> set[int]:
    """All that may prove to be a tail of a title, once others have been cut off behind it."""
    pieces = _segments(title)
    words = [folded(piece) for piece in pieces]
    count = len(pieces)
    found = {
        _tail_key([word for piece in words[start:end] for word in piece])
        for start in range(1, count)
        for end in range(start + 1, min(count, start + MOST_SEGMENTS) + 1)
    }
    return found.union(_tail_key(folded(title[end:])) for _, end in _last_marks(title))


def tail_in(title: str, tails: frozenset[int]) -> tuple[int, int] | None:
    """Where the longest known tail of a title begins, with the bar or dash in front of it, and which; None for none."""
    for start, end in _last_marks(title):
        tail = _tail_key(folded(title[end:]))
        if tail in tails and len(folded(title[:start])) >= LEAST_HEAD:
            while title[start].isspace():
                start += 1
            return start, tail
    return None


def _last_marks(title: str) -> list[tuple[int, int]]:
    """Where the last bars and dashes stand that may have a tail behind them."""
    if not _may_have_marks(title):
        return []
    return [match.span() for match in _separator().finditer(title)][-MOST_SEGMENTS:]


def _tail_key(words: Sequence[bytes]) -> int:
    return _hash(b" ".join(words))


def _segments(title: str) -> list[str]:
    """The pieces of a title between bars, dashes and the like."""
    return _separator().split(title) if _may_have_marks(title) else [title]


def _may_have_marks(title: str) -> bool:
    """Whether a title may have bars or dashes; spares most of them the expression."""
    return not title.isascii() or "|" in title or " -" in title or "::" in title


# ------------------------------------------------------------------ a title, read


def _title(title: str, headline: tuple[int, int], tails: frozenset[int]) -> TitleWords:
    if not title.isascii():
        for mark, instead in _QUOTES:
            title = title.replace(mark, instead)
    if headline[1] - headline[0] == len(title):
        words = _words_alone(title, _NO_MARKS)
        if words is not None:
            return _as_such(words)
    shown = _without_label(title)
    pieces = _segments(shown)
    if len(pieces) == 1:
        bare = _bare(title, headline)
        words = None if bare else _words_alone(shown, _ONLY_BETWEEN)
        if words is not None:
            return _as_such(words)
        words, is_cut = _words(shown)
        plain = _plain(words)
        return TitleWords(words, plain, is_cut, bare or plain)
    if len(pieces) == 2 and _tail_key(_named(pieces[1])) in tails:  # as most of them
        words = _words_alone(pieces[0], _ONLY_BETWEEN)
        if words is not None and len(words) >= LEAST_HEAD:
            return _as_such(words)
    found = _words_by_piece(pieces)
    last = len(pieces)
    going = True
    while going and last > 1:
        going = False
        for count in range(min(MOST_SEGMENTS, last - 1), 0, -1):
            tail = [word for piece in found[last - count : last] for word in piece]
            left = sum(map(len, found[: last - count]))
            if left >= LEAST_HEAD and _tail_key(tail) in tails:
                last -= count
                going = True
                break
    kept: list[str] = []
    seen: list[tuple[bytes, ...]] = []
    for piece, own in zip(pieces[:last], found, strict=False):
        if own not in seen:
            seen.append(own)
            kept.append(piece)
    words, is_cut = _words(" ".join(kept))
    plain = bare = _plain(words)
    if last == len(pieces) and len(kept) > 1:
        bare = _bare(title, headline) or plain
    return TitleWords(words, plain, is_cut, bare)


def _words_alone(title: str, marks: bytes) -> list[bytes] | None:
    """The words of a title in which some marks may stand, as they mean nothing; None where it has others."""
    if not title.isascii():
        return None
    data = title.encode()
    others = data.translate(None, marks)
    return words_of_ascii(data) if not others or _is_plain(data, others) else None


def _as_such(words: list[bytes]) -> TitleWords:
    """A title of nothing but these words, as it is compared."""
    words = _said(words)
    plain = _plain(words)
    return TitleWords(words, plain, False, plain)


# They come again: for keys, and for each pair.
_read = lru_cache(maxsize=1 << 13)(_title)


def headline_of(facts: AnyTitle) -> tuple[int, int]:
    """The part of the title without names of sites, as far as its article tells."""
    return facts.headline if facts.headline != BY_TITLE else headline_in(facts.title)


def headline_in(title: str) -> tuple[int, int]:
    """The same where nothing but the title is known."""
    return _parted()(title, 0, len(title), lambda: "").headline


@cache
def _parted() -> Callable[..., TitleParts]:
    from newslint.text.titles import title_parts

    return title_parts


def _bare(title: str, headline: tuple[int, int]) -> bytes:
    """The headline alone as far as the title tells; b"" where that is all of it, or hardly anything."""
    low, high = headline_in(title) if headline == BY_TITLE else headline
    if low == 0 and high == len(title):
        return b""
    words, _ = _words(_without_label(title[low:high]))
    return _plain(words) if len(words) >= LEAST_HEAD else b""


def _words(text: str) -> tuple[list[bytes], bool]:
    """The words of a headline without labels behind it, and whether it was cut off."""
    if ")" in text or "]" in text:
        text = _label_behind().sub("", text)
    text = text.rstrip()
    if "%" in text:
        text = text.replace("%", " percent")
    is_cut = ("..." in text or "…" in text) and text.rstrip(" \"'”’»").endswith(("...", "…"))
    return _said(folded(_unescaped(text) if "&" in text else text)), is_cut


def _said(words: list[bytes]) -> list[bytes]:
    """Words without what says who says so behind them, and numbers as figures."""
    if not _IN_LETTERS.isdisjoint(words):
        words = [*map(_FIGURES.get, words, words)]
    count = len(words)
    half = count >> 1
    if (
        half > 1
        and words[0] == words[half]
        and count == half + half
        and words[:half] == words[half:]
    ):
        del words[half:]
        count = half
    if count > BEGINNING and words[-1] in _LAST:
        if (words[-2], words[-1]) in _SAYING:
            del words[-2:]
        elif words[-1] in _SOURCES:
            del words[-1]
    return words


def _unescaped(text: str) -> str:
    from html import unescape

    return unescape(text)


def _without_label(title: str) -> str:
    head = title[:LONGEST_LABEL]
    if ":" not in head and "|" not in head and "-" not in head and head.isascii():
        return title
    match = _label().match(title)
    while match is not None and len(title) - match.end() >= 8:
        title = title[match.end() :]
        match = _label().match(title)
    return title


def _plain(words: Sequence[bytes]) -> bytes:
    joined = b"".join(words)
    if joined.isalpha():
        return joined
    spaced = b" ".join(words)
    if _between_digits().search(spaced) is None:
        return joined
    return _blank().sub(b"", spaced)


def _hash(data: bytes) -> int:
    return int.from_bytes(digest(data), "big")


_BETWEEN = b"\x01"
_DIGITS = b"0123456789"
_NO_MARKS = bytes(code for code in range(128) if chr(code).isalnum() or chr(code) in " '\"!?;")
# Once labels and names of sites are taken off, other marks stand between words and mean no more.
_ONLY_BETWEEN = bytes(code for code in range(128) if chr(code) not in ")]%&.,")
_QUOTES = (("‘", "'"), ("’", "'"), ("“", '"'), ("”", '"'))
_FIGURES: Mapping[bytes, bytes] = {
    word.encode(): str(value).encode()
    for value, words in enumerate(
        "zero null|one|two zwei deux dos|three drei trois tres|four vier quatre cuatro|five fünf cinq cinco|six sechs seis"
        "|seven sieben sept siete|eight acht huit ocho|nine neun neuf nueve|ten zehn diez|eleven|twelve zwölf doce"
        "|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty".split("|")
    )
    for word in words.split()
}
_IN_LETTERS = frozenset(_FIGURES)
# Small words, that a title may have or lack. Not those that turn its sense: "without", "before", "against".
_FUNCTION = frozenset(
    word.encode()
    for word in (
        "reportedly allegedly a an the its his her their our my is are was were be been has have had to of in on at for and as that s by with from "
        "der die das den dem des ein eine einen einem ist sind wird im am zu und le la les un une des du de et est el los las "
        "una y es se en"
    ).split()
)
# Words beside figures that two titles of one story agree in.
_TELLING = FIGURES | frozenset(
    word.encode()
    for word in (
        "no not never none nor neither without un non nicht kein keine nie ohne pas jamais sans sin nunca "
        "up down off out over under before after against rise rises fall falls more less fewer last next "
        "today yesterday tomorrow spring summer autumn winter man men woman women boy girl win wins lose loses "
        "north south east west northern southern eastern western"
    ).split()
)
_SOURCES = frozenset((b"report", b"reports", b"police", b"sources", b"officials"))
_SAYING = frozenset(
    (one.encode(), two.encode())
    for one, two in (
        *(
            (who, say)
            for who in "sources officials police reports".split()
            for say in ("say", "said")
        ),
        *(
            (say, who)
            for say in ("says", "said")
            for who in ("report", "source", "police", "sources")
        ),
        ("report", "says"),
        ("source", "says"),
        ("report", "said"),
    )
)


_LAST = _SOURCES.union(last for _, last in _SAYING)


@cache
def _separator() -> re.Pattern[str]:
    from newslint.expressions import compiled

    # A bar, or another mark with white space on both sides. The mark comes first, so that a search goes from one to the next.
    return compiled(r"[-‐‑–—»·•|:](?:(?<=\|)\|*|(?<=\s[^|:])(?:(?<=-)-)?(?=\s)|(?<=\s:):(?=\s))")


@cache
def _label() -> re.Pattern[str]:
    from newslint.expressions import IGNORECASE, compiled

    return compiled(
        r"[\s\"'“‘«]*(?:(?:live|watch|video|exclusive|just in|breaking(?: news)?|updated?(?: ?\d+)?|developing|opinion|"
        r"editorial|analysis|explainer|photos?|in pictures|gallery|podcast|listen|read|must (?:read|see|watch)|alert|"
        r"live (?:updates?|blog)|liveticker|eilmeldung|kommentar|en direct|direct|vidéo|en vivo|última hora|opinión|"
        r"exclusiva|exklusiv)[\"'”’»]*\s*(?:\||:|\s[-–—])\s*|(?:update|wrapup|rpt|refile|corrected|factbox|advisory)"
        r"[\"'”’»]*(?:\s+[\"'“‘«]*\d{1,2})?-(?=\w))",
        IGNORECASE,
    )


@cache
def _label_behind() -> re.Pattern[str]:
    from newslint.expressions import IGNORECASE, compiled

    return compiled(
        r"[(\[](?:videos?|photos?|pictures|watch|audio|live|updated?|exclusive|opinion|analysis|poll|ap|afp|"
        r"reuters|dpa|efe|ansa|tass|upi|pti|ani|xinhua|bloomberg|cp|pa|aap)[)\]][\"'”’».]*(?=\s|$)",
        IGNORECASE,
    )


@cache
def _blank() -> re.Pattern[bytes]:
    import re

    return re.compile(rb"(?<![0-9]) | (?![0-9])")


@cache
def _between_digits() -> re.Pattern[bytes]:
    import re

    return re.compile(rb"[0-9] [0-9]")


# ------------------------------------------------------------------ copy


def body_blocks(facts: Facts) -> tuple[int, ...]:
    """Keys of 48 bits of which two articles share several if one may be a copy of the other."""
    return facts.sketch


def least_met(one: tuple[int, int], two: tuple[int, int]) -> int:
    """How many of the keys of `meetings_in` two articles share at least if they may be copies.

    `one`, `two`: level and size of each sketch.
    """
    level = max(one[0], two[0])
    shorter = min(one[1] << one[0], two[1] << two[0]) >> level
    return max(1, -(-shorter // KEYS_A_MEETING))


def share_of_copy(
    first: AnySketch, second: AnySketch, counts: Mapping[int, int] = _ALL_RARE
) -> tuple[float, float] | None:
    """How much of each article's copy stands in the other, by their sketches; None for less than a copy has.

    `counts`: in how many articles each key of `body_blocks` stands, where that is more than one. What many have
    weighs little, so that no two are alike by the paragraph about the newsletter.
    """
    one = _as_set(first.sketch)
    both = one.intersection(second.sketch)
    if len(both) < LEAST_SHARED:
        return None
    two = _as_set(second.sketch)
    if first.level < second.level:
        one = of_level(one, second.level)
    elif second.level < first.level:
        two = of_level(two, first.level)
    if len(both) < LEAST_SHARE * min(len(one), len(two)):
        return None
    shared = _weight(both, counts)
    shares = (shared / _weight(one, counts), shared / _weight(two, counts))
    return shares if max(shares) >= LEAST_SHARE else None


def _as_set(keys: Collection[int]) -> frozenset[int] | set[int]:
    return keys if isinstance(keys, frozenset) else {*keys}


def same_body(first: Facts, second: Facts, counts: Mapping[int, int] = _ALL_RARE) -> Verdict | None:
    """Whether one article is a copy of the other, whole or trimmed. `counts`: as for `share_of_copy`."""
    shares = share_of_copy(first, second, counts)
    return shares and same_copy(shares, first.told(), second.told())


def same_copy(shares: tuple[float, float], first: Told, second: Told) -> Verdict | None:
    """The same for articles that are known to share so much."""
    if _tell_otherwise(first.numbers, second.numbers):
        return None
    share = max(shares)
    common = len(first.paragraphs & second.paragraphs)
    if min(shares) >= WHOLE * share:
        return Verdict("copy", share, -1, common)
    return Verdict("trimmed copy", share, shares.index(share), common)


def _weight(keys: Set[int], counts: Mapping[int, int]) -> float:
    often = keys & counts.keys()
    return len(keys) - len(often) + fsum([min(1.0, FEW / counts[key]) for key in often])


def _tell_otherwise(one: Sequence[Number], two: Sequence[Number]) -> bool:
    """Whether two texts say different numbers in the same words, in more than a few of their sentences."""
    known: dict[int, set[int]] = {}
    for each in two:
        known.setdefault(each.around, set()).add(each.value)
    agree: set[int] = set()
    differ: set[int] = set()
    for each in one:
        values = known.get(each.around)
        if values is not None:
            (agree if each.value in values else differ).add(each.sentence)
    return len(differ) > 0 and len(differ) >= len(agree - differ)


# ------------------------------------------------------------------ pairs


def pairs_in(
    key: int,
    members: Sequence[Member],
    facts_of: Callable[[Member], AnyTitle],
    most: int = MOST_IN_BLOCK,
) -> Iterator[tuple[Member, Member]]:
    """The members of one block to compare, in an order that only depends on theirs.

    Of titles that begin alike (an odd key), one must be cut off, or both be of the same days. For others see `pairs_of`.
    """
    return _beginning_alike(members, facts_of) if key & 1 else pairs_of(members, most)


def pairs_of(members: Sequence[Member], most: int) -> Iterator[tuple[Member, Member]]:
    """All with all up to `most`; beyond that each with the first and with the one before it, so that copies still
    hang together."""
    if len(members) <= most:
        yield from combinations(members, 2)
    else:
        for number in range(1, len(members)):
            yield members[number - 1], members[number]
            if number > 1:
                yield members[0], members[number]


def _beginning_alike(
    members: Sequence[Member], facts_of: Callable[[Member], AnyTitle]
) -> Iterator[tuple[Member, Member]]:
    known = [facts_of(each) for each in members]
    cut = [at for at, facts in enumerate(known) if "..." in facts.title or "…" in facts.title]
    for one in cut[:MOST_BEGINNINGS]:
        for two in range(min(len(members), MOST_BEGINNINGS)):
            if two != one and not (two < one and two in cut):
                yield members[min(one, two)], members[max(one, two)]
    dated = sorted((facts.date, at) for at, facts in enumerate(known) if facts.date)
    for number, (day, one) in enumerate(dated):
        for other_day, two in dated[number + 1 : number + 1 + MOST_BEGINNINGS]:
            if other_day - day > DAYS:
                break
            yield members[min(one, two)], members[max(one, two)]


def clusters(pairs: Iterable[tuple[Member, Member]]) -> list[list[Member]]:
    """Members that hang together by pairs, each in the order in which they came up."""
    above: dict[Member, Member] = {}

    def root(member: Member) -> Member:
        above.setdefault(member, member)
        while above[member] != member:
            above[member] = above[above[member]]
            member = above[member]
        return member

    for one, two in pairs:
        first, second = root(one), root(two)
        if first != second:
            above[second] = first
    found: dict[Member, list[Member]] = {}
    for member in above:
        found.setdefault(root(member), []).append(member)
    return list(found.values())


def unseen_pairs(pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The pairs of each small cluster that are not there yet, to be compared, too."""
    known = set(pairs)
    for members in clusters(sorted(known)):
        if 2 < len(members) <= MOST_CLOSED:
            for pair in combinations(sorted(members), 2):
                if pair not in known:
                    yield pair
