"""The outline of an AsciiDoc document, and the words of its lines."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import cache

from newslint.article import OBJECT, BlockKind
from newslint.once import once
from newslint.readers._lightweight import Entry, Outline, Part, lines
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import re

    from newslint.commonmark.content import Content, Segment
    from newslint.draft import Piece

# Lines that fence blocks in, by their first four signs, and what stands between: text, code, or nothing to read.
_FENCES = {
    "----": "code", "....": "code", "++++": "code", "````": "code", "////": "gone",
    "====": "text", "****": "text", "____": "quote",
}  # fmt: skip
_UNDERLINES = "=-~^+"  # of headings, from the first level on
_QUOTES = frozenset(("quote", "verse"))
_STOPS = frozenset(".,;:!?")
_CODE = frozenset(("source", "listing", "literal", "stem", "latexmath", "asciimath", "pass"))


def outline(text: str) -> Outline:
    """The blocks of a document, and the attributes in its header."""
    return _Scan(text).run()


class _Scan:
    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = lines(text)
        self._parts: list[Part] = []
        self._entries: list[Entry] = []
        self._comments: list[tuple[str, int, int]] = []
        self._style = ""  # of the next block, as its `[…]` line says
        self._credit: list[Segment] = []  # who said it, if it is a quotation, from the same line
        # fences that hold text, what was around, and who said what they hold
        self._open: list[tuple[str, BlockKind, list[Segment]]] = []
        self._kind: BlockKind = "paragraph"
        self._is_item = False  # whether lines that follow go on with an item of a list

    def run(self) -> Outline:
        at = self._header()
        while at < len(self._lines):
            at = self._line(at)
        return Outline(self._parts, self._entries, self._comments, [])

    def _shown(self, at: int) -> str:
        start, end = self._lines[at]
        return self._text[start:end].rstrip()

    # ------------------------------------------------------------------ the header

    def _header(self) -> int:
        """Behind the title, the author line, the revision line and the attributes under it."""
        at = 0
        while at < len(self._lines) and self._is_aside(at):
            at += 1
        if at == len(self._lines):
            return at
        start, end = self._lines[at]
        if self._shown(at).startswith(("= ", "# ")):
            self._parts.append(Part("heading", [(start + 2, end)], 1))
            at += 1
        elif self._underlined(at) == 1:
            self._parts.append(Part("heading", [(start, end)], 1))
            at += 2
        else:
            return at
        line = 0
        while at < len(self._lines) and (shown := self._shown(at)):
            start, end = self._lines[at]
            if not self._is_aside(at):
                if line == 0 and (match := _author().match(shown)) is not None:
                    self._entries.append(Entry("author", [(start, start + len(match[1]))]))
                elif line == 1 and _revision().match(shown) is not None:
                    self._entries.append(Entry("date", [(start, end)]))
                else:
                    break
                line += 1
            at += 1
        return at

    def _is_aside(self, at: int) -> bool:
        """Whether a line is blank, a comment or an attribute; takes up what it says."""
        shown = self._shown(at)
        start, _ = self._lines[at]
        if not shown:
            return True
        if shown.startswith("//") and not shown.startswith("///"):
            self._comments.append((shown[2:].strip(), start, start + len(shown)))
            return True
        match = _attribute().match(shown)
        if match is None:
            return False
        value = (start + match.end(), start + len(shown))
        if value[0] < value[1]:
            self._entries.append(Entry(match[1], [value]))
        return True

    # ------------------------------------------------------------------ blocks

    def _line(self, at: int) -> int:
        """Take up the block that begins at a line; the line behind it."""
        shown = self._shown(at)
        start, _ = self._lines[at]
        end = start + len(shown)
        if not shown:
            self._is_item = self._is_item and self._goes_on(at)
            return at + 1
        first = shown[0]
        if first not in "[|" and (level := self._underlined(at)):
            self._add("heading", [(start + _blank(shown), end)], level)
            self._kind, self._is_item = "paragraph", False
            return at + 2
        if first in "-.+`/=*_|,:!" and (stop := self._fenced(at, shown)):
            return stop
        if first == "/" and self._is_aside(at):
            return at + 1
        if first == ":" and not self._parts and self._is_aside(at):
            return at + 1
        if first == ":" and _attribute().match(shown):
            return at + 1
        if first == "[" and shown[-1] == "]" and (match := _style().fullmatch(shown)) is not None:
            self._style = match[1].lower() if match[1] else self._style
            self._credit = _named(match, start) if self._style in _QUOTES else []
            return at + 1
        if first in "=#" and (match := _section().match(shown)) is not None:
            level = min(6, len(match[1]))
            self._add("heading", [(start + match.end(), end)], level)
            self._kind, self._is_item = "paragraph", False
            return at + 1
        if first == "." and len(shown) > 1 and shown[1] not in ". \t":
            self._add("figure-caption", [(start + 1, end)])
            return at + 1
        if shown in ("'''", "<<<", "---", "- - -", "***", "* * *", "+", "--"):
            self._is_item = shown == "+"
            return at + 1
        if (match := _condition().fullmatch(shown)) is not None and not match[1]:
            return at + 1
        if (match := _macro().fullmatch(shown)) is not None:
            self._block_macro(match, start)
            return at + 1
        if (match := _item().match(self._text, start, end)) is not None:
            self._is_item = True
            return self._item(at, match.end())
        if (match := _term().match(self._text, start, end)) is not None:
            self._is_item = True
            self._add("list-item", [(start + _blank(shown), match.start(1))])
            return self._item(at, match.end()) if match.end() < end else at + 1
        return self._paragraph(at, shown)

    def _underlined(self, at: int) -> int:
        """The level of a heading of two lines, the second of them one sign; 0 where none begins."""
        if at + 1 >= len(self._lines):
            return 0
        shown, under = self._shown(at), self._shown(at + 1)
        if len(under) < 2 or under[0] not in _UNDERLINES or under.strip(under[0]):
            return 0
        is_title = shown[:1] not in ("", ".") and any(map(str.isalnum, shown))
        return (
            _UNDERLINES.index(under[0]) + 1 if is_title and abs(len(shown) - len(under)) < 2 else 0
        )

    def _goes_on(self, at: int) -> bool:
        """Whether an item of a list may go on behind blank lines: an indented line or another item follows."""
        while at < len(self._lines) and not self._shown(at):
            at += 1
        return at < len(self._lines) and self._shown(at)[0] in " \t"

    def _item(self, at: int, first: int) -> int:
        segments, stop = self._run(at, first)
        self._add("list-item", segments)
        return stop

    def _paragraph(self, at: int, shown: str) -> int:
        start, _ = self._lines[at]
        style = self._taken_style()
        label = _label().match(shown)
        first = start + (label.end() if label is not None else 0)
        is_literal = shown[0] in " \t" and not self._is_item
        segments, stop = self._run(at, first)
        if style in _CODE or is_literal:
            self._parts.append(Part("code", segments))
        elif shown.startswith('"') and self._is_quoted(segments):
            (begin, end), last = segments[0], segments[-2][1] - 1
            segments[0] = (begin + 1, end)
            segments[-2] = (segments[-2][0], last)
            self._add("quote", segments[:-1])
            self._add("quote", [(segments[-1][0] + 3, segments[-1][1])])
        elif shown.startswith("> ") or shown == ">":
            self._marked_quote([(start + _blank(shown), segments[0][1]), *segments[1:]])
        else:
            kind: BlockKind = "quote" if style in _QUOTES else self._kind
            kind = "list-item" if self._is_item and kind == "paragraph" else kind
            self._parts.append(Part(kind, segments, breaks=style == "verse"))
            if style in _QUOTES:
                self._add("quote", self._taken_credit())
        return stop

    def _is_quoted(self, segments: list[Segment]) -> bool:
        """A paragraph in quotes with a line `-- somebody` under it."""
        text = self._text
        return (
            len(segments) > 1
            and text.startswith("-- ", segments[-1][0])
            and text[segments[-2][1] - 1] == '"'
        )

    def _marked_quote(self, segments: list[Segment]) -> None:
        """A quotation whose lines have a `>` each, as in Markdown."""
        block: list[Segment] = []
        for start, end in segments:
            if self._text[start] == ">":
                start += 1 + (self._text[start + 1 : start + 2] == " ")
            is_credit = self._text.startswith("-- ", start)
            if start >= end or is_credit:
                self._add("quote", block)
                block = []
            start += 3 * is_credit
            if start < end:
                block.append((start, end))
        self._add("quote", block)

    def _run(self, at: int, first: int) -> tuple[list[Segment], int]:
        """The lines of a paragraph or item, the first from an offset on."""
        segments = []
        shown = self._shown(at)
        start, end = self._lines[at]
        if (match := _condition().fullmatch(shown)) is not None:
            segments.append((start + match.start(1), start + match.end(1)))
        elif first < end:
            segments.append((first, start + len(shown)))
        at += 1
        while at < len(self._lines) and (shown := self._shown(at)):
            start = self._lines[at][0]
            if shown == "+" or self._begins(shown, start):
                break
            if shown.startswith("//") and not shown.startswith("///"):
                self._comments.append((shown[2:].strip(), start, start + len(shown)))
            elif (match := _condition().fullmatch(shown)) is None:
                segments.append((start + _blank(shown), start + len(shown)))
            elif match[1]:
                segments.append((start + match.start(1), start + match.end(1)))
            at += 1
        return segments, at

    def _begins(self, shown: str, start: int) -> bool:
        """Whether a line ends the paragraph before it, though it is not blank."""
        if shown[0] == "[" and shown[-1] == "]" and _style().fullmatch(shown) is not None:
            return True
        if self._is_fence(shown):
            return True
        if not self._is_item:
            return False
        text, end = self._text, start + len(shown)
        return (_item().match(text, start, end) or _term().match(text, start, end)) is not None

    def _add(self, kind: BlockKind, segments: list[Segment], level: int = 0) -> None:
        if segments:
            self._parts.append(Part(kind, segments, level))

    def _taken_credit(self) -> list[Segment]:
        credit, self._credit = self._credit, []
        return credit

    def _taken_style(self) -> str:
        style, self._style = self._style, ""
        return style

    # ------------------------------------------------------------------ fenced blocks

    def _is_fence(self, shown: str) -> bool:
        if shown == "--" or shown[:3] in ("|==", "!==", ",==", ":==") or shown[:3] == "```":
            return shown == "--" or shown[:3] == "```" or not shown[1:].strip("=")
        return shown[:4] in _FENCES and not shown.strip(shown[0])

    def _fenced(self, at: int, shown: str) -> int:
        """Behind the fence of a block of text, or behind a block without text; 0 where none begins."""
        if not self._is_fence(shown) or (shown[0] == "=" and _section().match(shown)):
            return 0
        if self._open and self._open[-1][0] == shown:
            _, self._kind, credit = self._open.pop()
            self._add("quote", credit)
            self._is_item = False
            return at + 1
        style = self._taken_style()
        sort = _FENCES.get(shown[:4], "text")
        if shown[:3] == "```":
            sort, shown = "code", "```"
        elif shown[0] in "|!,:":
            return self._table(at, shown)
        if style in _CODE and sort != "gone":
            sort = "code"
        if sort in ("code", "gone"):
            stop = self._closing(at, shown)
            if sort == "code":
                self._parts.append(Part("code", [(self._lines[at][0], self._lines[stop][1])]))
            else:
                self._comment_block(at, stop)
            return stop + 1
        if len(self._open) >= 20 or self._closing(at, shown) == len(self._lines) - 1:
            return at + 1
        is_quote = sort == "quote" or style in _QUOTES
        self._open.append((shown, self._kind, self._taken_credit() if is_quote else []))
        self._kind = "quote" if is_quote else self._kind
        self._is_item = False
        return at + 1

    def _comment_block(self, at: int, stop: int) -> None:
        first, last = self._lines[at][0], self._lines[stop][1]
        if stop > at + 1:
            inner = self._text[self._lines[at + 1][0] : self._lines[stop - 1][1]]
            self._comments.append((inner.strip(), first, last))

    def _closing(self, at: int, fence: str) -> int:
        """The line that closes a fenced block: the next like its first, or the last of the file."""
        numbers = self._fences.get(fence, [])
        index = bisect_left(numbers, at + 1)
        return numbers[index] if index < len(numbers) else len(self._lines) - 1

    @once
    def _fences(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number in range(len(self._lines)):
            shown = self._shown(number)
            if shown and self._is_fence(shown):
                found.setdefault(shown, []).append(number)
        return found

    def _table(self, at: int, fence: str) -> int:
        """A table: its cells one by one. With `,===` and `:===` a line is a row."""
        stop = self._closing(at, fence)
        mark = fence[0]
        cell: list[Segment] = []
        for number in range(at + 1, stop):
            place = self._lines[number][0]
            shown = self._shown(number)
            pieces = shown.split(mark) if mark != "," else _comma_separated().findall(shown)
            for index, piece in enumerate(pieces):
                if mark in ",:" or index:
                    self._add("list-item", cell)
                    cell = []
                kept = piece
                if mark in "|!" and index < len(pieces) - 1:
                    how = _cell_format().search(piece)  # of the cell behind the bar
                    kept = piece[: how.start()] if how is not None else piece
                if kept.strip():
                    first = place + _blank(kept)
                    kept = kept.strip()
                    is_quoted = mark == "," and len(kept) > 2 and kept[0] == kept[-1] == '"'
                    cell.append((first + is_quoted, first + len(kept) - is_quoted))
                place += len(piece) + 1
        self._add("list-item", cell)
        return stop + 1

    def _block_macro(self, match: re.Match[str], start: int) -> None:
        if match[1] != "image" or not match[3]:
            return
        inside = start + match.start(3)
        title = _title().search(match[3])
        if title is not None:
            self._add("figure-caption", [(inside + title.start(1), inside + title.end(1))])
            return
        alt = match[3].partition(",")[0]
        if alt.strip() and "=" not in alt:
            self._add("figure-caption", [(inside + _blank(alt), inside + len(alt.rstrip()))])


def _blank(text: str) -> int:
    """How much white space stands in front."""
    return len(text) - len(text.lstrip(" \t"))


def _named(style: re.Match[str], start: int) -> list[Segment]:
    """Who and what a line such as `[quote, somebody, "a book"]` names; `start`: where it stands."""
    found = []
    for number, match in enumerate(_comma_separated().finditer(style[0][1:-1])):
        shown = match[0].strip().strip('"')
        if number and shown and "=" not in shown:
            first = start + 1 + match.start() + match[0].index(shown)
            found.append((first, first + len(shown)))
    return found


# ------------------------------------------------------------------ the words of a line

_ATTRIBUTES: Mapping[str, str] = {
    "nbsp": "\u00a0", "apos": "'", "quot": '"', "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”",
    "deg": "°", "plus": "+", "vbar": "|", "amp": "&", "lt": "<", "gt": ">", "startsb": "[", "endsb": "]",
    "caret": "^", "asterisk": "*", "tilde": "~", "backslash": "\\", "backtick": "`", "two-colons": "::",
    "two-semicolons": ";;", "cpp": "C++", "zwsp": "\u200b", "wj": "\u2060", "empty": "", "blank": "", "sp": " ",
}  # fmt: skip
LONGEST_VALUE = 10_000  # characters of an attribute, with those that it names
_REPLACED = {
    "(C)": "©",
    "(R)": "®",
    "(TM)": "™",
    "...": "…",
    "`'": "’",
    "->": "→",
    "=>": "⇒",
    "<-": "←",
    "<=": "⇐",
}
_CODE_MACROS = ("stem", "latexmath", "asciimath", "icon", "image", "indexterm", "anchor")


class Inlines:
    """The words of a block; `attributes`: the values that the document sets, by name."""

    def __init__(self, text: str, entries: Iterable[Entry]) -> None:
        self._attributes = dict(_ATTRIBUTES)
        for entry in entries:
            value = text[entry.segments[0][0] : entry.segments[-1][1]]
            self._attributes[entry.key.lower()] = self._filled(value.strip())

    def _filled(self, value: str) -> str:
        """A value with those set before it in the place of their names."""
        for name in _names().findall(value) if "{" in value else ():
            known = self._attributes.get(name.lower())
            if known is not None and len(value) + len(known) < LONGEST_VALUE:
                value = value.replace(f"{{{name}}}", known, 1)
        return value

    def inlines(self, content: Content) -> list[Piece]:
        """The words that a reader sees. Markup that does not end is text."""
        return _Inlines(content, self._attributes).pieces


class _Inlines:
    def __init__(self, content: Content, attributes: Mapping[str, str]) -> None:
        self._text = content.text
        self._at = content.at
        self._attributes = attributes
        self._known: dict[str, list[int]] = {}
        self._closing: dict[int, tuple[int, str]] = {}  # markup that ends: where, and what it shows
        self.pieces: list[Piece] = []
        at = 0
        for match in _special().finditer(self._text):
            start = match.start()
            if start < at:
                continue
            if start in self._closing:
                stop, shown = self._closing[start]
            elif (made := self._markup(match[0], start)) is not None:
                stop, shown = made
            else:
                continue
            self._plain(at, start)
            if shown:
                self.pieces.append((shown, self._at(start), self._at(stop - 1) + 1))
            at = stop
        self._plain(at, len(self._text))

    def _plain(self, start: int, end: int) -> None:
        text, at = self._text, self._at
        while start < end:
            stop = text.find("\n", start, end)
            stop = end if stop < 0 else stop
            if stop > start:
                self.pieces.append((text[start:stop], at(start), at(stop - 1) + 1))
            if stop < end:
                self.pieces.append((" ", at(stop), at(stop + 1)))
            start = stop + 1

    def _markup(self, token: str, start: int) -> tuple[int, str] | None:
        """Behind the markup that begins here, and what it shows; None where `token` is text."""
        text = self._text
        stop = start + len(token)
        first = token[0]
        if first == "\\":
            return start + 2, text[stop : stop + 1]
        if token in _REPLACED:
            return stop, _REPLACED[token]
        if first == "'" and len(token) == 1:
            inside = text[start - 1 : start].isalnum() and text[stop : stop + 1].isalpha()
            return (stop, "’") if start and inside else None
        if first == "{":
            value = self._attributes.get(token[1:-1].lower())
            return (stop, value) if value is not None else None
        if first == "&":
            from newslint.commonmark.html import decoded

            shown = decoded(token)
            return (stop, shown) if shown is not None else None
        if token == " +\n":
            return stop, "\n"
        if token == "--":
            return self._dash(start, stop)
        if token in ('"`', "'`"):
            return self._quotation(token, start, stop)
        if first == "<" and token[-1] == ">":
            return stop, token[1:-1]  # an address in brackets
        if first == "<":
            return self._reference(start, stop)
        if first == "(":
            return self._index_term(token, stop)
        if token in (",", "]", ">>", "))", ")))"):
            return None  # they end something, or nothing
        if first == "[":
            return stop, ""  # an anchor, or how the words behind look
        if token[-1] == "[" or "://" in token:
            return self._macro(token, start, stop)
        return self._format(token, start, stop)

    def _dash(self, start: int, stop: int) -> tuple[int, str] | None:
        before, behind = self._text[start - 1 : start], self._text[stop : stop + 1]
        is_inside = before.isalnum() and behind.isalnum()
        return (stop, "—") if is_inside or not (before + behind).strip() else None

    def _quotation(self, token: str, start: int, stop: int) -> tuple[int, str] | None:
        end = self._nearest("`" + token[0], stop)
        if end < 0 or self._text[stop : stop + 1].isspace() or end == stop:
            return None
        opening, closing = "“”" if token[0] == '"' else "‘’"
        self._closing[end] = (end + 2, closing)
        return stop, opening

    def _reference(self, start: int, stop: int) -> tuple[int, str] | None:
        """`<<place,words>>`."""
        end = self._nearest(">>", stop)
        if end < 0 or 0 <= self._nearest("\n\n", start) < end:
            return None
        comma = self._nearest(",", stop)
        if not 0 <= comma < end:
            return end + 2, self._text[stop:end]
        self._closing[end] = (end + 2, "")
        while self._text[comma + 1 : comma + 2] == " ":
            comma += 1
        return comma + 1, ""

    def _index_term(self, token: str, stop: int) -> tuple[int, str] | None:
        """`((shown))`, and `(((not shown, at all)))`."""
        end = self._nearest(")" * len(token), stop)
        if end < 0:
            return None
        if len(token) == 3:
            return end + 3 + _stands_between_spaces(self._text, stop - 3, end + 3), ""
        self._closing[end] = (end + 2, "")
        return stop, ""

    def _macro(self, token: str, start: int, stop: int) -> tuple[int, str] | None:
        if token[-1] != "[":
            return stop, token
        name = token.partition(":")[0]
        end = self._nearest("]", stop)
        if end < 0:
            return (stop - 1, token[:-1]) if "://" in token else None
        if name == "pass":
            return end + 1, _of_html(self._text[stop:end])
        if name in _CODE_MACROS:
            return end + 1, OBJECT
        if name.startswith("footnote"):
            if self._text[start - 1 : start].isspace() and self._text[end + 1 : end + 2] in _STOPS:
                return end + 1, OBJECT  # without it, a space would stand in front of the stop
            is_between = _stands_between_spaces(self._text, start, end + 1)
            return end + 1 + is_between, ""
        words = self._text[stop:end]
        if not words.strip():
            return end + 1, token[:-1].removeprefix("link:").removeprefix("mailto:")
        cut = _more_settings().search(words)
        shown_end = stop + (cut.start() if cut is not None else len(words))
        self._closing[shown_end] = (end + 1, "")
        return stop, ""

    def _format(self, token: str, start: int, stop: int) -> tuple[int, str] | None:
        """Bold, italic, code and their like. A doubled sign stands anywhere, a single one around words."""
        text = self._text
        behind = text[stop : stop + 1]
        if not behind or behind.isspace():
            return None
        is_single = len(token) == 1 and token not in "^~"
        if is_single and start and (text[start - 1].isalnum() or text[start - 1] in "_;:}"):
            return None
        end = self._end(token, stop + 1)
        if end < 0 or (token in "^~" and _blanks().search(text, stop, end)):
            return None
        if token[0] == "`":
            return end + len(token), OBJECT
        if token[0] == "+":
            shown = text[stop:end].replace("\n", " ")
            return end + len(token), _of_html(shown) if len(token) == 3 else shown
        self._closing[end] = (end + len(token), "")
        return stop, ""

    def _end(self, mark: str, at: int) -> int:
        if mark not in self._known:
            self._known[mark] = [each.start() for each in _ending(mark).finditer(self._text)]
        return _next(self._known[mark], at)

    def _nearest(self, mark: str, at: int) -> int:
        if mark not in self._known:
            from re import escape, finditer

            self._known[mark] = [each.start() for each in finditer(escape(mark), self._text)]
        return _next(self._known[mark], at)


def _of_html(text: str) -> str:
    """What HTML that is passed on as it is shows."""
    from html import unescape
    from re import sub

    return unescape(sub(r"</?[A-Za-z][^<>]*+>", "", text.replace("\n", " ")))


def _stands_between_spaces(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start] == " " == text[end : end + 1]


def _next(numbers: list[int], least: int) -> int:
    index = bisect_left(numbers, least)
    return numbers[index] if index < len(numbers) else -1


@cache
def _special() -> re.Pattern[str]:
    from newslint.commonmark.html import entity_pattern
    from newslint.expressions import compiled

    macros = "link|mailto|xref|image|icon|footnote|footnoteref|kbd|btn|menu|pass|stem|latexmath|asciimath|anchor|indexterm"
    return compiled(
        r"\\(?=[*_`#+^~<{\[&'\"(.-]|https?:)|<(?:https?|ftp|irc)://[^\s<>\[\]]++>"
        rf"|(?<!\w)(?:{macros}):[^\s\[\]]{{0,2000}}+\[|(?<![^\s<>()\[\];\"'*_#`])(?:https?|ftp|irc)://[^\s\[\]<>]*+\[?"
        r"|\[\[[\w:.-]{1,80}(?:,[^\]]{0,80})?\]\]|\[[.%#\w][^\[\]]{0,80}\](?=[*_`#^~])|<<(?=[\w#])"
        rf"|\{{[\w-]{{1,60}}\}}|{entity_pattern().pattern}| \+\n|\(\(\((?=[^\s(])|\(\((?=[^\s(])|\)\)\)|\)\)|->|=>|<-|<=|--"
        r"|\(C\)|\(R\)|\(TM\)|\.\.\.|[\"']`(?=\S)|`[\"']|`'|'"
        r"|\+\+\+|\+\+|\+|\*\*|\*|__|_|``|`|##|#|\^|~|\]|>>|,"
    )


@cache
def _names() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"\{([\w-]{1,60})\}")


@cache
def _ending(mark: str) -> re.Pattern[str]:
    from re import escape

    from newslint.expressions import compiled

    sign = escape(mark)
    behind = ""
    if mark == "`":
        behind = r"(?![\w\"'`])"
    elif len(mark) == 1 and mark not in "^~":
        behind = rf"(?!\w|{sign})"
    return compiled(rf"(?<![\s\\]){sign}{behind}")


@cache
def _blanks() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"\s")


@cache
def _more_settings() -> re.Pattern[str]:
    """What stands behind the words of a link: `^`, `,window=_blank`."""
    from newslint.expressions import compiled

    return compiled(r"\^?(?:,\s*[\w-]+=[^\]]*)?$")


@cache
def _author() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"([^\W\d_][\w.'’-]*(?: [\w.'’-]+){0,3})(?: *<[^<>]*>)?(?:;.*)?$")


@cache
def _revision() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"(?:v\d[\w.]*(?:,|$)|.*\b\d{4}\b).*")


@cache
def _attribute() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r":(!?\w[\w-]*!?):(?:[ \t]+|$)")


@cache
def _style() -> re.Pattern[str]:
    """`[quote, somebody]`, `[[anchor]]`, `[#id.role]`: a line about the block behind it."""
    from newslint.expressions import compiled

    return compiled(r"\[(?:\[[^\[\]]*\]|([A-Za-z]\w*)?(?:[,.#%=\"].*)?)\]")


@cache
def _section() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"(={1,6}|#{1,6})[ \t]+(?=\S)")


@cache
def _macro() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"(image|include|video|audio|toc|icon|menu)::([^\s\[\]]*)\[(.*)\]|toc::\[\]")


@cache
def _condition() -> re.Pattern[str]:
    """A line that says under which attributes text is shown. All of it is read, as nobody knows what will be set."""
    from newslint.expressions import compiled

    return compiled(r"(?:ifdef|ifndef|ifeval|endif)::[^\s\[\]]*\[(?!\s*\")(.*)\]|ifeval::\[.*\]()")


@cache
def _item() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(
        r"[ \t]*+(?:\*{1,5}|-|\.{1,5}|\d{1,4}\.|[a-zA-Z]\.|[ivxIVX]{1,6}\)|•|<(?:\d{1,3}|\.)>)[ \t]++(?:\[[ xX*]\] )?(?=\S)"
    )


@cache
def _term() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"[ \t]*+\S(?:[^:;\s]++|[ \t]++(?=\S)|:(?!:)|;(?!;))*+(:{2,4}|;;)(?:[ \t]++|$)")


@cache
def _label() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION): +")


@cache
def _comma_separated() -> re.Pattern[str]:
    """The cells of a line, in quotes or not."""
    from newslint.expressions import compiled

    return compiled(r"(?:^|(?<=,))(?:[ \t]*\"(?:[^\"]|\"\")*\"[ \t]*(?=,|$)|[^,]*)")


@cache
def _title() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"\btitle=\"([^\"]*)\"")


@cache
def _cell_format() -> re.Pattern[str]:
    """What stands before the bar of a cell: `2+`, `.3+`, `a`, `^.>`."""
    from newslint.expressions import compiled

    return compiled(r"(?:^|(?<=\s))(?:\d*(?:\.\d+)?[+*])?[<^>]?(?:\.[<^>])?[adehlmsv]?$")
