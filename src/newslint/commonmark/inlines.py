"""The inline structure of a block: which of its characters a reader sees, and as what.

The algorithm is the specification's own ("phase 2"), but what it makes is no tree: marks are dropped
where they stand, and all else keeps its place.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from functools import cache

from newslint.article import OBJECT
from newslint.commonmark.content import Content
from newslint.commonmark.html import (
    break_pattern,
    decoded,
    entity_pattern,
    tag_pattern,
)
from newslint.commonmark.links import Reference, folded, inline, label_pattern
from newslint.draft import Piece
from newslint.hypertext.tokens import comment_end
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re

_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


class Image(NamedTuple):
    """What a picture says: its alternative text and its title."""

    alt: list[Piece]
    title: list[Piece]


class Inlines(NamedTuple):
    """A block as shown. `is_picture`: nothing but pictures. `comments`: text, start and end in the file.

    `links`: start and end in the file of what is shown, and where it leads.
    """

    pieces: list[Piece]
    images: list[Image]
    is_picture: bool
    comments: list[tuple[str, int, int]]
    links: list[tuple[int, int, str]]


def inlines(content: Content, references: Mapping[str, Reference]) -> Inlines:
    """The inlines of a block. Takes time in proportion to its length."""
    text = content.text
    if _special().search(text) is None:
        return Inlines([(text, content.at(0), content.at(len(text)))], [], False, [], [])
    if _more_than_lines().search(text) is None and content.at(len(text)) - content.at(0) == len(
        text
    ):
        shown = text.replace("\n", " ")
        return Inlines([(shown, content.at(0), content.at(len(text)))], [], False, [], [])
    return _Scan(content, references).run()


class MarkupAhead:
    """Where the next character stands in a text that may be markup inside a line."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places = dict.fromkeys(_SIGNS, -1)  # of the next of each

    def place_from(self, start: int) -> int:
        """The first such place from `start` on, which never goes back; the end of the text where there is none."""
        find, none = self._text.find, len(self._text)
        places = self._places
        for sign, place in places.items():
            if place < start:
                place = find(sign, start)
                places[sign] = place if place >= 0 else none
        return min(places.values())


_SIGNS = "\\`*_[]<&"


class _Token:
    """`text[start:end]`, shown as `shown`; as it is where that is None."""

    __slots__ = ("end", "shown", "start")

    def __init__(self, start: int, end: int, shown: str | None) -> None:
        self.start = start
        self.end = end
        self.shown = shown


class _Delimiter:
    """A run of `*` or `_`. What is left of its token is shown."""

    __slots__ = ("after", "before", "closes", "length", "mark", "opens", "token")

    def __init__(self, token: _Token, mark: str, opens: bool, closes: bool) -> None:
        self.token = token
        self.mark = mark
        self.length = token.end - token.start
        self.opens = opens
        self.closes = closes
        self.before: _Delimiter | None = None
        self.after: _Delimiter | None = None


class _Bracket:
    """A `[` or `![` that a `]` may close."""

    __slots__ = ("delimiter", "holds_bracket", "index", "is_image", "token")

    def __init__(
        self, token: _Token, index: int, is_image: bool, delimiter: _Delimiter | None
    ) -> None:
        self.token = token
        self.index = index
        self.is_image = is_image
        self.delimiter = delimiter
        self.holds_bracket = False


class _Scan:
    def __init__(self, content: Content, references: Mapping[str, Reference]) -> None:
        self._content = content
        self._text = content.text
        self._references = references
        self._tokens: list[_Token] = []
        self._last: _Delimiter | None = None
        self._brackets: list[_Bracket] = []
        self._inactive = 0  # below this, `[` are inside a link already and open none
        self._images: list[tuple[int, int, list[Piece]]] = []
        self._comments: list[tuple[str, int, int]] = []
        self._links: list[tuple[int, int, str]] = []
        self._ticks: dict[int, list[int]] | None = None
        self._unclosed: set[str] = set()

    def run(self) -> Inlines:
        text, length = self._text, len(self._text)
        search = _special().search
        at = 0
        while at < length:
            match = search(text, at)
            if match is None:
                self._add(at, length)
                break
            start = match.start()
            if start > at:
                self._add(at, start)
            first = text[start]
            if first == "\n":
                at = self._line_end(start)
            elif first == "\\":
                at = self._escape(start)
            elif first == "`":
                at = self._code(start)
            elif first in "*_":
                at = self._delimiters(start, first)
            elif first == "&":
                at = self._entity(start)
            elif first == "<":
                at = self._angle(start)
            elif first == "]":
                at = self._close_bracket(start)
            else:
                at = match.end()
                token = self._add(start, at)
                if self._brackets:
                    self._brackets[-1].holds_bracket = True
                index = len(self._tokens) - 1
                self._brackets.append(_Bracket(token, index, first == "!", self._last))
        self._emphasis(None)
        return self._result()

    def _add(self, start: int, end: int, shown: str | None = None) -> _Token:
        token = _Token(start, end, shown)
        self._tokens.append(token)
        return token

    # ------------------------------------------------------------------ single marks

    def _strip_before(self, at: int) -> int:
        """Take white space before `at` off the last token; where it begins."""
        if self._tokens:
            token = self._tokens[-1]
            if token.shown is None and token.end == at:
                while token.end > token.start and self._text[token.end - 1] in " \t":
                    token.end -= 1
                return token.end
        return at

    def _line_end(self, at: int) -> int:
        is_hard = self._text.endswith("  ", 0, at)
        self._add(self._strip_before(at), at + 1, "\n" if is_hard else " ")
        return at + 1

    def _escape(self, at: int) -> int:
        escaped = self._text[at + 1 : at + 2]
        if escaped == "\n" or escaped in _PUNCTUATION:
            self._add(at, at + 2, escaped)
            return at + 2
        self._add(at, at + 1)
        return at + 1

    def _code(self, at: int) -> int:
        if self._ticks is None:
            self._ticks = {}
            for match in _tick_runs().finditer(self._text):
                self._ticks.setdefault(match.end() - match.start(), []).append(match.start())
        end = at
        while self._text.startswith("`", end):
            end += 1
        closers = self._ticks.get(end - at, [])
        index = bisect_left(closers, end)
        if index == len(closers):
            self._add(at, end)
            return end
        close = closers[index] + end - at
        self._add(at, close, OBJECT)
        return close

    def _entity(self, at: int) -> int:
        match = entity_pattern().match(self._text, at)
        shown = decoded(match[0]) if match is not None else None
        if match is None or shown is None:
            self._add(at, at + 1)
            return at + 1
        self._add(at, match.end(), shown)
        return match.end()

    def _angle(self, at: int) -> int:
        text = self._text
        match = _autolink().match(text, at)
        if match is not None:
            self._add(at, at + 1, "")
            self._add(at + 1, match.end() - 1)
            self._add(match.end() - 1, match.end(), "")
            return match.end()
        match = break_pattern().match(text, at)
        if match is not None:
            self._add(self._strip_before(at), match.end(), "\n")
            return match.end()
        match = tag_pattern().match(text, at)
        end = match.end() if match is not None else self._declaration(at)
        if end < 0:
            self._add(at, at + 1)
            return at + 1
        self._add(at, end, "")
        return end

    def _declaration(self, at: int) -> int:
        """The end of a comment, processing instruction, declaration or CDATA section; else -1."""
        text = self._text
        if text.startswith("<!--", at):
            if "-->" in self._unclosed and not text.startswith(("<!-->", "<!--->"), at):
                return -1
            end = comment_end(text, at)
            if end < 0:
                self._unclosed.add("-->")
            else:
                place = self._content.at
                self._comments.append((text[at:end], place(at), place(end)))
            return end
        if text.startswith("<?", at):
            return self._closed("?>", at + 2)
        if text.startswith("<![CDATA[", at):
            return self._closed("]]>", at + 9)
        if text.startswith("<!", at) and text[at + 2 : at + 3].isascii():
            return self._closed(">", at + 3) if text[at + 2 : at + 3].isalpha() else -1
        return -1

    def _closed(self, mark: str, at: int) -> int:
        if mark in self._unclosed:
            return -1
        end = self._text.find(mark, at)
        if end < 0:
            self._unclosed.add(mark)
            return -1
        return end + len(mark)

    # ------------------------------------------------------------------ emphasis

    def _delimiters(self, at: int, mark: str) -> int:
        text = self._text
        end = at + 1
        while text.startswith(mark, end):
            end += 1
        before = _sort(text[at - 1]) if at else " "
        after = _sort(text[end]) if end < len(text) else " "
        is_left = after != " " and (after != "." or before != "a")
        is_right = before != " " and (before != "." or after != "a")
        opens, closes = is_left, is_right
        if mark == "_":
            opens = is_left and (not is_right or before == ".")
            closes = is_right and (not is_left or after == ".")
        token = self._add(at, end)
        if opens or closes:
            delimiter = _Delimiter(token, mark, opens, closes)
            delimiter.before = self._last
            if self._last is not None:
                self._last.after = delimiter
            self._last = delimiter
        return end

    def _emphasis(self, bottom: _Delimiter | None) -> None:
        """Pair the delimiters behind `bottom`, drop what is paired, and forget them."""
        closer = self._last
        if closer is None or closer is bottom:
            return
        while closer.before is not bottom:
            closer = closer.before
            assert closer is not None
        current: _Delimiter | None = closer
        bottoms: dict[tuple[str, bool, int], _Delimiter | None] = {}
        while current is not None:
            if not current.closes:
                current = current.after
                continue
            key = (current.mark, current.opens, current.length % 3)
            limit = bottoms.get(key, bottom)
            opener = current.before
            while opener is not None and opener is not bottom and opener is not limit:
                if (
                    opener.opens
                    and opener.mark == current.mark
                    and not (
                        (current.opens or opener.closes)
                        and current.length % 3
                        and (opener.length + current.length) % 3 == 0
                    )
                ):
                    break
                opener = opener.before
            else:
                opener = None
            if opener is None:
                bottoms[key] = current.before
                behind = current.after
                if not current.opens:
                    self._remove(current)
                current = behind
                continue
            opened, closed = opener.token, current.token
            used = 2 if opened.end - opened.start >= 2 <= closed.end - closed.start else 1
            opened.end -= used
            closed.start += used
            opener.after = current
            current.before = opener
            if opened.end == opened.start:
                self._remove(opener)
            if closed.end == closed.start:
                behind = current.after
                self._remove(current)
                current = behind
        self._last = bottom
        if bottom is not None:
            bottom.after = None

    def _remove(self, delimiter: _Delimiter) -> None:
        if delimiter.before is not None:
            delimiter.before.after = delimiter.after
        if delimiter.after is not None:
            delimiter.after.before = delimiter.before
        else:
            self._last = delimiter.before

    # ------------------------------------------------------------------ links

    def _close_bracket(self, at: int) -> int:
        token = self._add(at, at + 1)
        if not self._brackets:
            return at + 1
        number = len(self._brackets) - 1
        opener = self._brackets.pop()
        is_inactive = not opener.is_image and number < self._inactive
        self._inactive = min(self._inactive, number)
        if is_inactive:
            return at + 1
        end, title, target = self._target(opener, at)
        if end < 0:
            return at + 1
        if not opener.is_image:
            place = self._content.at
            self._links.append((place(opener.token.end), place(at), target))
        token.end, token.shown = end, ""
        opener.token.shown = ""
        self._emphasis(opener.delimiter)
        if opener.is_image:
            self._images.append((opener.index, len(self._tokens) - 1, title))
        else:
            self._inactive = number
        return end

    def _target(self, opener: _Bracket, at: int) -> tuple[int, list[Piece], str]:
        """Where the link ends that `]` at `at` closes, its title, and where it leads; -1 where it is no link."""
        text = self._text
        if text.startswith("(", at + 1):
            found = inline(text, at + 1)
            if found is not None:
                target, start, stop, end = found
                return end, literal(self._content, start, stop) if opener.is_image else [], target
        label: str | None = None
        end = at + 1
        if text.startswith("[", at + 1):
            match = label_pattern().match(text, at + 1)
            if match is not None:
                end = match.end()
                label = match[1]
        if not label:
            start = opener.token.end
            if opener.holds_bracket or at - start > 999:
                return -1, [], ""
            label = text[start:at]
        reference = self._references.get(folded(label)) if label.strip() else None
        if reference is None:
            return -1, [], ""
        if not opener.is_image or reference.start == reference.end:
            return end, [], reference.target
        return end, literal(*reference[:3]), reference.target

    # ------------------------------------------------------------------ the result

    def _result(self) -> Inlines:
        tokens = self._tokens
        outermost: list[tuple[int, int, list[Piece]]] = []
        for image in sorted(self._images, key=lambda each: each[:2]):
            if not outermost or image[0] > outermost[-1][1]:
                outermost.append(image)
        images = []
        pieces: list[Piece] = []
        at = 0
        for first, last, title in outermost:
            pieces += self._pieces(at, first)
            images.append(Image(self._pieces(first + 1, last), title))
            place = self._content.at
            pieces.append((OBJECT, place(tokens[first].start), place(tokens[last].end)))
            at = last + 1
        pieces += self._pieces(at, len(tokens))
        words = [piece[0] for piece in pieces if piece[0].strip()]
        is_picture = bool(images) and words == [OBJECT] * len(images)
        return Inlines(pieces, images, is_picture, self._comments, self._links)

    def _pieces(self, first: int, last: int) -> list[Piece]:
        text, at = self._text, self._content.at
        pieces: list[Piece] = []
        is_gap = False  # behind a tag or comment, where a second space would not be shown
        for index in range(first, last):
            token = self._tokens[index]
            start, end, shown = token.start, token.end, token.shown
            if shown is None:
                if is_gap and pieces and pieces[-1][0][-1:] in (" ", "\n"):
                    while start < end and text[start] == " ":
                        start += 1
                shown = text[start:end]
            elif not shown:
                is_gap = True
                continue
            if start < end:
                pieces.append((shown, at(start), at(end)))
                is_gap = False
        return pieces


def literal(content: Content, start: int, end: int) -> list[Piece]:
    """A stretch in which only entities and escapes mean something, such as a title."""
    text, at = content.text, content.at
    pieces: list[Piece] = []
    for match in _in_literal().finditer(text, start, end):
        shown: str | None = None
        token = match[0]
        if token[0] == "&":
            shown = decoded(token)
        elif token[0] == "\\":
            shown = token[1]
        elif token == "\n":
            shown = " "
        if match.start() > start:
            pieces.append((text[start : match.start()], at(start), at(match.start())))
        pieces.append((shown or token, at(match.start()), at(match.end())))
        start = match.end()
    if end > start:
        pieces.append((text[start:end], at(start), at(end)))
    return pieces


def _sort(character: str) -> str:
    """ " " for white space, "." for punctuation and symbols, else "a"."""
    if character.isascii():
        if character in _PUNCTUATION:
            return "."
        return " " if character in " \t\n\f\r\v" else "a"
    from unicodedata import category

    kind = category(character)
    return " " if kind == "Zs" else "." if kind[0] in "PS" else "a"


@cache
def _special() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"[\\`*_\[\]<&\n]|!\[")


@cache
def _more_than_lines() -> re.Pattern[str]:
    """What stands in the way of showing lines as they are, with spaces between them."""
    from newslint.expressions import compiled

    return compiled(r"[\\`*_\[\]<&]|[ \t]\n")


@cache
def _tick_runs() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"`++")


@cache
def _autolink() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(
        r"<(?:[A-Za-z][A-Za-z0-9.+-]{1,31}:[^\s<>\x00-\x20]*+"
        r"|[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]++@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
        r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*+)>"
    )


@cache
def _in_literal() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(
        r"""&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});"""
        r"""|\\[!-/:-@\[-`{-~]|\n"""
    )
