"""What each line of a saved article is, from the lines alone: title, deck, byline, dateline, captions, body.

A line is judged by its own shape and by where it stands: up to the first paragraph of the story
(the head), or after it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from newslint.finding import Span
from newslint.text.blocks import Block, BlockKind
from newslint.text.lines import line_spans
from newslint.text.words import letters_and_digits
from newslint.typed import TYPE_CHECKING, unchecked

if TYPE_CHECKING:
    import re

LONGEST_TITLE = 250  # characters; page titles carry the section and the site behind the headline
LONGEST_HEADING = 90
LONGEST_DECK = 600
LONGEST_LABEL = 120  # of a byline, dateline, caption or credit
HEAD_LINES = 14  # lines after the title that can still belong to the head
HEAD_BLOCKS = 8  # of a format with markup, after the title, that can be byline, dateline or caption
MANY_WORDS = 9  # a line of running copy has more
# Characters of the longest line of a wrapped paragraph.
_SHORTEST_WRAPPED, _LONGEST_WRAPPED = 50, 100


_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|januar|februar|märz|mai|juni|juli|oktober|dezember"
    r"|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\.?"
)


# What a line of each sort looks like.
_SOURCES = {
    "dated": r"(?:date|published|updated|time|timestamp)\s*:?\s+\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d\S*)?(?=\s|$)",
    "header": r"(?:date|url|link|source|author|authors|section|category|categories|tags?|keywords|id|slug"
    r"|lang(?:uage)?|publisher|published(?: on| at)?|updated|site|domain|crawled|retrieved|copyright)\s?:\s*\S.*",
    "address": r"https?://\S+",
    "date": rf"\b(?:\d{{1,2}}[\s./-]{{1,2}}(?:{_MONTH}|\d{{1,2}})[\s./,-]{{1,2}}\d{{2,4}}|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    rf"|{_MONTH}\s+\d{{4}}|\d{{4}}-\d\d-\d\d|\d{{1,2}}\.?\s+{_MONTH}\s+\d{{4}}|{_MONTH}\s*\d{{1,2}},\s*\d{{4}})",
    "glued_date": rf"[^\W\d_]{_MONTH}\s+\d{{1,2}},?\s+\d{{4}}",
    "by": r"(?:by|von|par|por|door|av|di|words by|story by|reported by|written by|text:)\s+[^\W\d_]\S*(?:\s+\S+){0,9}",
    "desk": r"(?:[^\W_][\w.&'’-]*\s+){0,4}(?:desk|bureau|staff|correspondent|reporter|staff writer|staff reporter"
    r"|web desk|news desk|newsdesk|online desk|news service|redaktion|editor|writer|columnist|team)",
    "caption": r"(?:photo|photos|image|images|picture|pictured|file photo|file image|representative image|caption|foto|credit|graphic"
    r"|illustration)\b\s*(?:credit|by|courtesy)?\s*[:/©-].*|.*\((?:photo|image|picture|file|foto|ap|afp|reuters|getty)[^()]{0,60}\)",
    "agency": r"[(\[]\s*(?:with|inputs?|this story|the story|agency|agencies|source|from|reporting by|additional reporting|mit|avec|con)\b"
    r"[^()\[\]]{0,160}[)\]]\.?|[(\[]\s*[a-z]{2,6}(?:/[a-z]{2,6})*\s*[)\]]",
    "bullet": r"(?:[-*•·▪‣◦–]\s+|\(?\d{1,2}[.)]\s+|\(?[a-h]\)\s+)\S.*",
}


@cache
def _digit() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"\d")


_BEGINS_CAPTION = "pPiIfFrRcCgG"
_BEGINS_CREDIT = "(["

# A look at the line that tells most lines apart from such a one, without the pattern.
_SIGNS: dict[str, Callable[[str], bool]] = {
    "dated": lambda line: line[:1] in "dDpPuUtT" and "-" in line,
    "header": lambda line: ":" in line[:14],
    "address": lambda line: line.startswith("http"),
    "by": lambda line: line[:1] in "bBvVpPdDaAwWsSrRtT" and line[-1:] not in ".!?",
    "desk": lambda line: line[-1:] in "kKuUfFtTrRneENmM",
    "caption": lambda line: line[:1] in _BEGINS_CAPTION or line[-1:] == ")",
    "agency": lambda line: line[:1] in _BEGINS_CREDIT,
}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    from newslint.expressions import IGNORECASE, compiled

    return compiled(_SOURCES[name], IGNORECASE)


def _is(name: str, line: str) -> bool:
    return _SIGNS[name](line) and _pattern(name).fullmatch(line) is not None


def _is_dated(line: str) -> bool:
    """Whether a line is hardly more than a date."""
    return (
        _digit().search(line) is not None
        and not ends_like_a_sentence(line)
        and len(line.split()) <= 14
        and any(_pattern(each).search(line) is not None for each in ("date", "glued_date"))
    )


def ends_like_a_sentence(line: str) -> bool:
    """Whether a line ends with a full stop, question or exclamation mark, also inside quotation marks."""
    bare = line.rstrip("\"'”’»)]› \u00a0")
    return bare.endswith((".", "!", "?", "…", "。", "！", "？", "।", "؟"))


def is_running_copy(line: str) -> bool:
    """Whether a line reads like copy: a sentence, or long enough to be a paragraph that lost its end."""
    if len(line) > LONGEST_TITLE:
        return True
    return ends_like_a_sentence(line) and (len(line.split()) >= MANY_WORDS or len(line) >= 50)


def may_be_heading(line: str) -> bool:
    """Whether a line in the story is short enough for a heading, and ends like one."""
    return len(line) <= LONGEST_HEADING and not ends_like_a_sentence(line)


def credit_or_label(line: str, *, in_head: bool) -> BlockKind | None:
    """What a line of another format is: an agency credit anywhere; in the head a byline, dateline or caption."""
    if len(line) > LONGEST_TITLE:
        return None
    if _is("agency", line):
        return "credit"
    return _label(line) if in_head and len(line) <= LONGEST_LABEL else None


class Head:
    """What a paragraph or heading of a format with markup is, by what came before it.

    `has_title`: the title stands elsewhere.
    """

    def __init__(self, has_title: bool) -> None:
        self._has_title = has_title
        self._left = HEAD_BLOCKS
        self._is_first = True

    @property
    def is_open(self) -> bool:
        """Whether the story has not begun yet."""
        return self._left > 0

    def over(self) -> None:
        """The story has begun."""
        self._left = 0
        self._is_first = False

    def kind(
        self, kind: BlockKind, text: str, level: int = 0, start: int = 0, end: int | None = None
    ) -> BlockKind:
        """The kind of the next block, which markup calls `kind` and which says `text[start:end]`."""
        is_first, self._is_first = self._is_first, False
        if kind == "heading":
            if level == 1 and is_first and not self._has_title:
                return "title"
            self._left = min(self._left, 1) if not is_first else self._left
            return kind
        if kind != "paragraph":
            return kind
        if self._left <= 0 and text[start : start + 1] not in _BEGINS_CREDIT:  # as most are
            return kind
        shown = text[start:end]
        found = credit_or_label(shown, in_head=self._left > 0)
        self._left -= 1
        if found is None and is_running_copy(shown):
            self._left = 0
        return found or kind


def structure(text: str, title: str = "", lines: Sequence[Span] = ()) -> list[Block]:
    """The parts of an article in order. None overlaps another, and none is blank.

    `title`: what is known to be the title, if that stands elsewhere; `text` is then the story alone.
    `lines`: its `line_spans`, where they are known.
    """
    lines = lines or line_spans(text)
    parts: list[Block] = []
    if title:
        at = 1 if lines and _repeats(text, lines[0], title) else 0
        parts += [Block("title", *span) for span in lines[:at]]
    else:
        at = _header(text, lines, parts)
        at = _titles(text, lines, at, parts)
    if (parts and parts[-1].kind in ("title", "metadata")) or title:
        at = _head(text, lines, at, parts)
    _body(text, lines, at, parts)
    return parts


def titles(text: str, lines: Sequence[Span]) -> list[Block]:
    """The titles of a text in front of which no metadata stands. `lines`: the first two of it, which decide."""
    parts: list[Block] = []
    _titles(text, lines, 0, parts)
    return parts


def head_end(text: str) -> int:
    """A place behind all `titles`, for less than to find them: a second one says the first again, and none is long."""
    found = _two_lines().match(text)
    assert found is not None
    end = 0
    for number in (1, 2):
        line = found[number]
        if line is None or (len(line) > LONGEST_TITLE and len(line.rstrip()) > LONGEST_TITLE):
            break
        end = found.end(number)
    return end


@cache
def _two_lines() -> re.Pattern[str]:
    """The first two lines that are not blank."""
    from newslint.expressions import compiled

    return compiled(r"\s*(.*)(?:\n\s*(.*))?")


def is_part_a_line(text: str) -> bool:
    """Whether it is plain at first sight that each part is one line: none is wrapped, and none begins with metadata."""
    if _like_metadata().match(text) is not None:
        metadata: list[Block] = []
        _header(text, line_spans(text, 1), metadata)
        if metadata:
            return False
    # A blank line mostly stands between two others.
    return _next_line().search(text) is None or not _may_wrap(text)


@cache
def _like_metadata() -> re.Pattern[str]:
    """How a text begins that may begin with metadata."""
    from newslint.expressions import compiled

    return compiled(r"\s{0,79}(?:[^:]{0,13}:|http|(?i:date|publ|upda|time))")


@cache
def _next_line() -> re.Pattern[str]:
    """The end of a line right below which another one begins."""
    from newslint.expressions import compiled

    return compiled(r"\n(?=[^\n])(?<=[^\n]\n)")


def _may_wrap(text: str) -> bool:
    """Whether two lines follow each other of which neither is too long, and one long enough, for a wrapped paragraph."""
    before = 0
    for line in text.split("\n"):
        length = len(line.strip())
        if (
            0 < length <= _LONGEST_WRAPPED
            and 0 < before <= _LONGEST_WRAPPED
            and max(before, length) >= _SHORTEST_WRAPPED
        ):
            return True
        before = length
    return False


def _header(text: str, lines: Sequence[Span], parts: list[Block]) -> int:
    """Metadata in front of the title: `key: value` lines, and a date with the title behind it."""
    at = 0
    while at < len(lines) and at < HEAD_LINES:
        start, end = lines[at]
        line = text[start:end] if end - start < 2000 else ""
        dated = _pattern("dated").match(line) if _SIGNS["dated"](line) else None
        if dated is not None and dated.end() < len(line):
            parts.append(Block("metadata", start, start + dated.end()))
            rest = start + dated.end()
            rest += len(text[rest:end]) - len(text[rest:end].lstrip())
            parts.append(Block("title", rest, end))
            return at + 1
        if dated is None and not _is("header", line) and not _is("address", line):
            break
        parts.append(Block("metadata", start, end))
        at += 1
    return at


def _titles(text: str, lines: Sequence[Span], at: int, parts: list[Block]) -> int:
    """The title, and right below it a copy of it."""
    if not parts or parts[-1].kind != "title":
        if at >= len(lines):
            return at
        start, end = lines[at]
        line = text[start : min(end, start + LONGEST_TITLE + 1)]
        if len(line) > LONGEST_TITLE or (ends_like_a_sentence(line) and _reads_on(text, lines, at)):
            return at
        parts.append(Block("title", start, end))
        at += 1
    title = parts[-1]
    if at < len(lines) and _repeats(text, lines[at], text[title.start : title.end]):
        parts.append(Block("title", *lines[at]))
        at += 1
    return at


def _repeats(text: str, line: Span, title: str) -> bool:
    """Whether a line says the title again, or a part of it that is long enough to know."""
    if line.end - line.start > LONGEST_TITLE:
        return False
    key = letters_and_digits(text[line.start : line.end])
    if len(key) <= 12:
        return False
    known = letters_and_digits(title[:1500])
    return key in known or (len(known) > 12 and known in key)


def _reads_on(text: str, lines: Sequence[Span], at: int) -> bool:
    """A first line that ends like a sentence is a title only if it is short and copy follows."""
    start, end = lines[at]
    words = len(text[start:end].split())
    if at + 1 >= len(lines):
        return True
    return words > 16 or (words > 12 and text[start:end].rstrip("\"'”’»)").endswith("."))


def _head(text: str, lines: Sequence[Span], at: int, parts: list[Block]) -> int:
    """Deck, byline, dateline and captions between the title and the story."""
    last = min(len(lines), at + HEAD_LINES)
    known: dict[int, BlockKind | None] = {}

    def label(number: int) -> BlockKind | None:
        if number not in known:
            start, end = lines[number]
            short = end - start <= LONGEST_LABEL
            known[number] = _label(text[start:end]) if short else None
        return known[number]

    is_labelled = False  # whether a label stands above
    while at < last:
        start, end = lines[at]
        kind = label(at)
        if kind is not None:
            is_labelled = True
            parts.append(Block(kind, start, end))
        elif end - start <= LONGEST_DECK and any(
            label(number) not in (None, "caption") for number in range(at + 1, min(last, at + 4))
        ):
            # Copy above the byline or dateline is the deck; a name alone is what a picture shows.
            line = text[start:end]
            is_copy = is_running_copy(line) or len(line.split()) >= MANY_WORDS
            parts.append(Block("deck" if is_copy else "caption", start, end))
        elif (
            is_labelled
            and _names_only(text[start:end])
            and any(label(number) is not None for number in (at - 1, *range(at + 1, last)))
        ):
            parts.append(Block("caption", start, end))
        else:
            break
        at += 1
    return at


def _label(line: str) -> BlockKind | None:
    """What a line of at most `LONGEST_LABEL` characters is in the head."""
    if _is_plain_sentence(line):
        return None
    if _is("by", line) and not ends_like_a_sentence(line):
        return "byline"
    if _is("desk", line):
        return "byline"
    if _is_dated(line):
        return "dateline"
    if _is("caption", line) and len(line.split()) <= 30:
        return "caption"
    return None


def _is_plain_sentence(line: str) -> bool:
    """Whether a line begins and ends as no label, caption or heading does; most sentences do."""
    first = line[:1]
    return line[-1:] in ".!?" and first.isalpha() and first not in _BEGINS_CAPTION


def _names_only(line: str) -> bool:
    """Whether nearly every word has a capital, and nothing ends a sentence: names under a picture."""
    words = line.split()
    if not 1 < len(words) <= 12 or ends_like_a_sentence(line):
        return False
    return sum(word[0].isupper() for word in words) >= len(words) - 1


def _body(text: str, lines: Sequence[Span], at: int, parts: list[Block]) -> None:
    count = len(lines)
    wrapped = _Wrapped(text, lines)
    while at < count:
        start, end = lines[at]
        at += 1
        # A blank line mostly stands between, which is two characters.
        if at < count and not text.startswith("\n\n", end):
            behind = wrapped.end(at - 1)
            if behind > at:
                at = behind
                parts.append(Block("paragraph", start, lines[at - 1][1]))
                continue
        length = end - start
        if length > LONGEST_LABEL and (length > LONGEST_TITLE or text[start].isalpha()):
            kind: BlockKind = "paragraph"  # as most lines are
        else:
            kind = _body_kind(text, lines, at - 1)
        parts.append(unchecked(Block, (kind, start, end, 0)))


def _body_kind(text: str, lines: Sequence[Span], at: int) -> BlockKind:
    start, end = lines[at]
    line = text[start:end]
    if _is_plain_sentence(line):
        return "paragraph"
    if not line[0].isalpha():
        if _is("agency", line):
            return "credit"
        if _pattern("bullet").fullmatch(line) is not None:
            return "list-item"
    if end - start <= LONGEST_LABEL and _is("caption", line):
        return "caption"
    if (
        may_be_heading(line)
        and not line.endswith((",", ";", ":"))
        and line[0].isalnum()
        and not line[0].islower()
        and at + 1 < len(lines)
        and is_running_copy(text[lines[at + 1][0] : min(lines[at + 1][1], lines[at + 1][0] + 2000)])
        and text.count("\n", lines[at - 1][1] if at else 0, start) > 1
        and text.count("\n", end, lines[at + 1][0]) > 1
    ):
        return "heading"
    return "paragraph"


class _Wrapped:
    """Finds paragraphs that were wrapped at a column: lines that follow one another without a blank
    line, each of which would not have taken the first word of the next.

    Lines are asked for in order, so that each run of lines is measured once.
    """

    def __init__(self, text: str, lines: Sequence[Span]) -> None:
        self._text = text
        self._lines = lines
        self._first, self._last = 0, -1  # of the run that was measured
        self._longest: list[int] = []  # of it, from each line on
        self._broken = 0, -1  # a line that ends too early for so long a longest one

    def end(self, at: int) -> int:
        """The number behind the last line of the paragraph that begins with a line."""
        if at > self._last:
            self._measure(at)
        longest = self._longest[at - self._first]
        if (
            self._last == at
            or not _SHORTEST_WRAPPED <= longest <= _LONGEST_WRAPPED
            or self._is_broken(at, longest)
        ):
            return at + 1
        return self._last + 1

    def _measure(self, at: int) -> None:
        text, lines = self._text, self._lines
        last = at
        while (
            last + 1 < len(lines) and text[lines[last][1] : lines[last + 1][0]].strip(" \t") == "\n"
        ):
            last += 1
        self._first, self._last = at, last
        longest = 0
        self._longest = []
        for start, end in reversed(lines[at : last + 1]):
            longest = max(longest, end - start)
            self._longest.append(longest)
        self._longest.reverse()

    def _is_broken(self, at: int, longest: int) -> bool:
        text, lines = self._text, self._lines
        if self._broken[0] == longest and at <= self._broken[1]:
            return True
        for number in range(at, self._last):
            length = lines[number][1] - lines[number][0]
            first_word = text[slice(*lines[number + 1])].split(None, 1)[0]
            if length < 0.6 * longest or length + 1 + len(first_word) <= longest - 1:
                self._broken = longest, number
                return True
        return False
