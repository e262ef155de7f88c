"""The block structure of a Markdown text: lines to paragraphs, headings, code, tables and HTML.

Every line is looked at once, container by container; no step looks ahead or goes back.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache

from newslint.commonmark.content import Segment, joined
from newslint.commonmark.html import tag_pattern
from newslint.commonmark.links import Reference, definition
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re
    from typing import Literal, TypeAlias

LeafKind: TypeAlias = 'Literal["paragraph", "heading", "code", "indented", "html", "table", "gone"]'
Within: TypeAlias = 'Literal["", "list-item", "quote"]'


class Leaf:
    """A block that holds text and no blocks. `segments`: its lines without their markup."""

    __slots__ = ("end", "fence", "kind", "level", "node", "segments", "start", "within")

    def __init__(
        self, kind: LeafKind, start: int, end: int, level: int, within: Within, node: int
    ) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.level = level  # of a heading; the columns of a table; the sort of an HTML block
        self.within = within
        self.node = node
        self.segments: list[Segment] = []
        self.fence = ("", 0)


class _Container:
    """A block quote (width 0), or a list item whose content is `width` columns from its edge."""

    __slots__ = ("empty", "node", "width")

    def __init__(self, width: int, node: int) -> None:
        self.width = width
        self.node = node
        self.empty = width > 0


class Structure(NamedTuple):
    """`leaves` in order; `parents`: for every block, in order, the number of the one around it or -1."""

    leaves: list[Leaf]
    parents: list[int]
    references: dict[str, Reference]


def structure(text: str, start: int = 0) -> Structure:
    """The blocks of `text` from `start` on. Takes time in proportion to its length."""
    return _Scan(text).run(start)


class _Scan:
    def __init__(self, text: str) -> None:
        self._text = text
        self._leaves: list[Leaf] = []
        self._parents: list[int] = []
        self._references: dict[str, Reference] = {}
        self._containers: list[_Container] = []
        self._quotes: list[int] = []  # which of the containers are block quotes
        self._leaf: Leaf | None = None
        self._tails: dict[str, int] = {}
        self._deep = False  # whether the paragraph's last line is indented by four or more

    def run(self, start: int) -> Structure:
        text = self._text
        if "\r" in text:
            for match in _line_end().finditer(text, start):
                self._next_line(start, match.start())
                start = match.end()
            self._next_line(start, len(text))
        else:
            self._paragraphs(start)
        self._close_leaf()
        leaves = [leaf for leaf in self._leaves if leaf.kind != "gone"]
        return Structure(leaves, self._parents, self._references)

    def _paragraphs(self, start: int) -> None:
        """Take all lines of a text without CR; those that are a paragraph of copy alone, as most are, at once."""
        parents, leaves = self._parents, self._leaves
        for part in self._text[start:].split("\n\n"):
            end = start + len(part)
            if (
                "\n" not in part
                and part
                and part[0] not in _NO_COPY
                and part[-1] not in " \t"
                and self._leaf is None
                and not self._containers
            ):
                leaf = Leaf("paragraph", start, end, 0, "", len(parents))
                leaf.segments.append((start, end))
                parents.append(-1)
                leaves.append(leaf)
            else:
                for line in part.split("\n"):
                    self._next_line(start, start + len(line))
                    start += len(line) + 1
                if end < len(self._text):
                    self._next_line(end + 1, end + 1)
            start = end + 2

    def _next_line(self, first: int, last: int) -> None:
        """Take a line, from its start to its end."""
        if not self._containers:
            leaf = self._leaf
            if leaf is None:
                if first == last:
                    return
                if self._text[first] not in _SPECIAL:
                    self._open("paragraph", first, last).segments.append((first, last))
                    self._deep = False
                    return
            elif leaf.kind == "paragraph":
                if first == last:
                    self._close_leaf()
                    return
                if self._text[first] not in _SPECIAL:
                    leaf.segments.append((first, last))
                    self._deep = False
                    return
        self._line(first, last)

    # ------------------------------------------------------------------ opening and closing

    def _node(self) -> int:
        containers = self._containers
        if containers:
            containers[-1].empty = False
        self._parents.append(containers[-1].node if containers else -1)
        return len(self._parents) - 1

    def _open(self, kind: LeafKind, start: int, end: int, level: int = 0) -> Leaf:
        within: Within = "quote" if self._quotes else "list-item" if self._containers else ""
        self._leaf = leaf = Leaf(kind, start, end, level, within, self._node())
        self._leaves.append(leaf)
        return leaf

    def _push(self, width: int) -> None:
        node = self._node()
        if not width:
            self._quotes.append(len(self._containers))
        self._containers.append(_Container(width, node))

    def _close(self, matched: int) -> None:
        """Close the open leaf and every container behind the first `matched`."""
        self._close_leaf()
        if matched < len(self._containers):
            del self._containers[matched:]
            while self._quotes and self._quotes[-1] >= matched:
                self._quotes.pop()

    def _close_leaf(self) -> None:
        leaf, self._leaf = self._leaf, None
        if leaf is None:
            return
        if leaf.kind == "paragraph":
            if self._text[leaf.segments[0][0]] == "[":
                self._define(leaf)
            if leaf.segments:
                _trim(leaf, self._text)
                leaf.start, leaf.end = leaf.segments[0][0], leaf.segments[-1][1]
            else:
                leaf.kind = "gone"
        elif leaf.kind in ("code", "indented"):
            while len(leaf.segments) > 1 and leaf.segments[-1][0] == leaf.segments[-1][1]:
                leaf.segments.pop()
            leaf.end = leaf.segments[-1][1]
            leaf.kind = "code"

    def _define(self, leaf: Leaf) -> None:
        """Take the link reference definitions off the start of a paragraph."""
        content = joined(self._text, leaf.segments)
        at = 0
        while content.text.startswith("[", at):
            found = definition(content, at)
            if found is None:
                break
            label, reference, at = found
            self._references.setdefault(label, reference)
        if at:
            lines = content.text.count("\n", 0, at) if at < len(content.text) else None
            leaf.segments = leaf.segments[lines:] if lines is not None else []

    # ------------------------------------------------------------------ one line

    def _line(self, start: int, end: int) -> None:
        text = self._text
        self._tails.clear()
        at, column = start, 0
        word, word_column, tabs = _indent(text, at, column, end)
        containers = self._containers
        matched = 0
        while matched < len(containers):
            container = containers[matched]
            if word == end:
                # Blank lines go on with items and end quotations; an item begins with one at most.
                index = bisect_left(self._quotes, matched)
                if index < len(self._quotes):
                    matched = self._quotes[index]
                else:
                    matched = len(containers) - containers[-1].empty
                break
            if not container.width:
                if word_column - column > 3 or text[word] != ">":
                    break
                at, column = _behind_mark(text, word + 1, word_column + 1, end)
                word, word_column, tabs = _indent(text, at, column, end)
            elif word_column - column >= container.width:
                at, column = _advanced(text, at, column, container.width, tabs, end)
            else:
                break
            matched += 1
        is_all = matched == len(containers)
        leaf = self._leaf
        if leaf is not None and is_all and self._goes_on(leaf, word, word_column - column, end):
            return
        leaf = self._leaf
        is_open = leaf is not None and leaf.kind == "paragraph"  # if only as a lazy continuation
        while word < end:
            first = text[word]
            if word_column - column > 3:
                if is_open:
                    break
                self._close(matched)
                self._open("indented", word, end).segments.append((word, end))
                return
            if first not in _STARTS:
                break
            if first == ">":
                self._close(matched)
                self._push(0)
                at, column = _behind_mark(text, word + 1, word_column + 1, end)
            elif self._starts_leaf(first, word, end, matched, is_all and is_open, is_open):
                return
            else:
                item = self._item(first, word, word_column, end, is_all and is_open)
                if item is None:
                    break
                marker, spaces = item
                self._close(matched)
                self._push(word_column - column + marker + spaces)
                at, column = word + marker, word_column + marker
                at, column = _advanced(text, at, column, spaces, True, end)
            matched += 1
            is_all, is_open = True, False
            word, word_column, tabs = _indent(text, at, column, end)
        leaf = self._leaf
        if word == end:
            self._close(matched)
        elif leaf is not None and leaf.kind == "paragraph":
            leaf.segments.append((word, end))
            self._deep = word_column - column > 3
        elif leaf is not None and leaf.kind == "table" and is_all:
            leaf.segments.append((word, end))
            leaf.end = end
        else:
            self._close(matched)
            self._open("paragraph", word, end).segments.append((word, end))
            self._deep = False

    def _goes_on(self, leaf: Leaf, word: int, indent: int, end: int) -> bool:
        """Whether a line belongs to the code or HTML that is open, which takes any line."""
        text = self._text
        if leaf.kind == "code":
            mark, least = leaf.fence
            if indent <= 3 and word < end and text[word] == mark:
                closing = text[word:end].rstrip(" \t")
                if len(closing) >= least and not closing.strip(mark):
                    leaf.segments.append((word, end))
                    self._close_leaf()
                    return True
            leaf.segments.append((word, end))
            return True
        if leaf.kind == "indented":
            if indent < 4 and word < end:
                self._close_leaf()
                return False
            leaf.segments.append((word, end))
            return True
        if leaf.kind == "html":
            if word == end and leaf.level >= 6:
                self._close_leaf()
                return False
            leaf.segments.append((word, end))
            leaf.end = max(leaf.end, end)
            if leaf.level < 6 and _html_ends(leaf.level, text, word, end):
                self._close_leaf()
            return True
        return False

    def _starts_leaf(
        self, first: str, word: int, end: int, matched: int, in_paragraph: bool, is_open: bool
    ) -> bool:
        text = self._text
        if first == "#":
            match = _heading().match(text, word, end)
            if match is None:
                return False
            self._close(matched)
            content = text[match.end() : end].rstrip(" \t")
            bare = content.rstrip("#")
            if not bare or bare[-1] in " \t":
                content = bare.rstrip(" \t")
            leaf = self._open("heading", word, end, len(match[1]))
            leaf.segments.append((match.end(), match.end() + len(content)))
            self._leaf = None
            return True
        if first in "`~":
            match = _fence().match(text, word, end)
            if match is None:
                return False
            self._close(matched)
            leaf = self._open("code", word, end)
            leaf.segments.append((word, end))
            leaf.fence = (first, len(match[1]))
            return True
        if first == "<":
            sort = _html_sort(text, word, end, not is_open)
            if not sort:
                return False
            self._close(matched)
            leaf = self._open("html", word, end, sort)
            leaf.segments.append((word, end))
            if sort < 6 and _html_ends(sort, text, word, end):
                self._close_leaf()
            return True
        if in_paragraph:
            if first in "|-:" and self._table(word, end):
                return True
            if first in "=-" and self._underline(first, word, end):
                return True
        if first in "*-_" and self._is_rule(first, word, end):
            self._close(matched)
            self._node()
            return True
        return False

    def _is_rule(self, mark: str, word: int, end: int) -> bool:
        # Nested markers ("- - - x") ask this again and again of one line.
        if mark not in self._tails:
            self._tails[mark] = word + len(self._text[word:end].rstrip(mark + " \t"))
        return word >= self._tails[mark] and self._text.count(mark, word, end) >= 3

    def _underline(self, mark: str, word: int, end: int) -> bool:
        if self._text[word:end].rstrip(" \t").strip(mark):
            return False
        leaf = self._leaf
        assert leaf is not None
        if self._text[leaf.segments[0][0]] == "[":
            self._define(leaf)
        if not leaf.segments:
            leaf.kind = "gone"
            self._leaf = None
            return False
        _trim(leaf, self._text)
        leaf.kind = "heading"
        leaf.level = 1 if mark == "=" else 2
        leaf.start, leaf.end = leaf.segments[0][0], end
        self._leaf = None
        return True

    def _item(
        self, first: str, word: int, column: int, end: int, in_paragraph: bool
    ) -> tuple[int, int] | None:
        """The widths of a list item's marker and of the space behind it."""
        text = self._text
        marker = 1
        if first not in "*-+":
            match = _number().match(text, word, end)
            if match is None or (in_paragraph and int(match[1]) != 1):
                return None
            marker = match.end() - word
        at = word + marker
        if at < end and text[at] not in " \t":
            return None
        content, content_column, _ = _indent(text, at, column + marker, end)
        if content == end:
            return None if in_paragraph else (marker, 1)
        spaces = content_column - column - marker
        return marker, spaces if spaces <= 4 else 1

    def _table(self, word: int, end: int) -> bool:
        """Make a table of the open paragraph's last line if this one is a delimiter row."""
        text = self._text
        leaf = self._leaf
        assert leaf is not None
        if self._deep or end - word < 2:
            return False
        row = text[word:end]
        if (row[0] == "-" and row[1] in " \t") or row.strip("|-: \t"):
            return False
        header_start, header_end = leaf.segments[-1]
        header = text[header_start:header_end]
        if "|" not in header:
            return False
        delimiters = [cell.strip(" \t") for cell in row.strip(" \t").split("|")]
        if delimiters and not delimiters[0]:
            delimiters.pop(0)
        if delimiters and not delimiters[-1]:
            delimiters.pop()
        if not all(_delimiter().fullmatch(cell) for cell in delimiters):
            return False
        columns = len(cells(text, header_start, header_end))
        if not columns or columns != len(delimiters):
            return False
        leaf.segments.pop()
        matched = len(self._containers)
        if leaf.segments:
            self._close(matched)
        else:
            leaf.kind = "gone"
            self._leaf = None
        table = self._open("table", header_start, end, columns)
        table.segments.append((header_start, header_end))
        return True


_STARTS = frozenset("#`~<|-:=*_+>0123456789")
_SPECIAL = _STARTS | frozenset(" \t")
_NO_COPY = _SPECIAL | frozenset("[")  # a definition may begin so


def cells(text: str, start: int, end: int) -> list[Segment]:
    """The cells of a table's row, without the space around them. `\\|` does not end one."""
    while start < end and text[start] in " \t":
        start += 1
    while end > start and text[end - 1] in " \t":
        end -= 1
    edges = []
    at = text.find("|", start, end)
    while at >= 0:
        if at == start or text[at - 1] != "\\":
            edges.append(at)
        at = text.find("|", at + 1, end)
    found = []
    for edge in [*edges, end]:
        found.append((start, edge))
        start = edge + 1
    if found[0][0] == found[0][1]:
        found.pop(0)
    if found and found[-1][0] == found[-1][1]:
        found.pop()
    return [_tight(text, *cell) for cell in found]


def _tight(text: str, start: int, end: int) -> Segment:
    while start < end and text[start] in " \t":
        start += 1
    while end > start and text[end - 1] in " \t":
        end -= 1
    return start, end


def _trim(leaf: Leaf, text: str) -> None:
    start, end = leaf.segments[-1]
    if end > start and text[end - 1] in " \t":
        end = start + len(text[start:end].rstrip(" \t"))
        leaf.segments[-1] = (start, end)


def _indent(text: str, at: int, column: int, end: int) -> tuple[int, int, bool]:
    """Where white space ends, at which column, and whether there are tabs in it."""
    tabs = False
    while at < end:
        if text[at] == " ":
            column += 1
        elif text[at] == "\t":
            column += 4 - column % 4
            tabs = True
        else:
            break
        at += 1
    return at, column, tabs


def _advanced(text: str, at: int, column: int, width: int, tabs: bool, end: int) -> tuple[int, int]:
    """`width` columns of white space further. A tab may be used up in part: `at` stays before it."""
    if not tabs:
        return at + width, column + width
    goal = column + width
    while at < end and column < goal:
        if text[at] == "\t":
            stop = column + 4 - column % 4
            if stop > goal:
                return at, goal
            column = stop
        else:
            column += 1
        at += 1
    return at, column


def _behind_mark(text: str, at: int, column: int, end: int) -> tuple[int, int]:
    """Behind the one space that belongs to a block quote's mark."""
    if at < end and text[at] in " \t":
        return _advanced(text, at, column, 1, True, end)
    return at, column


# ------------------------------------------------------------------ HTML blocks

# The names that begin an HTML block of the sixth sort.
_NAMES = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|"
    "dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|"
    "hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|"
    "section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul"
)
_ENDS = {2: "-->", 3: "?>", 4: ">", 5: "]]>"}


def _html_sort(text: str, word: int, end: int, may_be_any_tag: bool) -> int:
    match = _html_start().match(text, word, end)
    if match is not None:
        return int((match.lastgroup or "s0")[1:])
    if may_be_any_tag:
        tag = tag_pattern().match(text, word, end)
        if tag is not None and not text[tag.end() : end].strip(" \t"):
            return 7
    return 0


def _html_ends(sort: int, text: str, start: int, end: int) -> bool:
    if sort == 1:
        return _raw_end().search(text, start, end) is not None
    return text.find(_ENDS[sort], start, end) >= 0


@cache
def _html_start() -> re.Pattern[str]:
    from newslint.expressions import ASCII, IGNORECASE, compiled

    return compiled(
        r"<(?:(?P<s1>(?:script|pre|style|textarea)(?=[\s>]|\Z))|(?P<s2>!--)|(?P<s3>\?)"
        rf"|(?P<s4>![a-z])|(?P<s5>!\[CDATA\[)|(?P<s6>/?(?:{_NAMES})(?=\s|/?>|\Z)))",
        IGNORECASE | ASCII,
    )


@cache
def _raw_end() -> re.Pattern[str]:
    from newslint.expressions import IGNORECASE, compiled

    return compiled(r"</(?:script|pre|style|textarea)>", IGNORECASE)


@cache
def _heading() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"(#{1,6})(?:[ \t]+|\Z)")


@cache
def _fence() -> re.Pattern[str]:
    from newslint.expressions import DOTALL, compiled

    return compiled(r"(`{3,}+|~{3,}+)(?:(?<=`)[^`]*|(?<=~).*)\Z", DOTALL)


@cache
def _number() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"([0-9]{1,9})[.)]")


@cache
def _delimiter() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r":?-+:?")


@cache
def _line_end() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"\r\n?|\n")
