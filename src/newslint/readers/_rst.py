"""The outline of a reStructuredText document, and the words of its lines."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache

from newslint.article import OBJECT, BlockKind
from newslint.once import once
from newslint.readers._lightweight import Entry, Outline, Part, lines
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re

    from newslint.commonmark.content import Content, Segment
    from newslint.draft import Piece

MOST_NESTED = 24  # blocks in one another; what is deeper is read as paragraphs
_ADORNMENTS = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_ADMONITIONS = frozenset(
    "attention caution danger error hint important note tip warning seealso versionadded "
    "versionchanged deprecated".split()
)
_TITLED = frozenset(("admonition", "topic", "sidebar", "rubric"))
_QUOTES = frozenset(("epigraph", "highlights", "pull-quote"))
_BOXES = frozenset(("container", "class", "compound", "centered", "only", "cssclass"))
_CODE = frozenset(
    "code code-block sourcecode highlight raw math parsed-literal prompt doctest".split()
)


class _Line(NamedTuple):
    """`start`: of its first word; `indent`: the column of that. Blank: start and end are one."""

    start: int
    end: int
    indent: int


def outline(text: str) -> Outline:
    """The blocks of a document, and what its field list or leading comments say about it."""
    return _Scan(text).run()


class _Scan:
    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = [self._line(*span) for span in lines(text)]
        self._parts: list[Part] = []
        self._entries: list[Entry] = []
        self._comments: list[tuple[str, int, int]] = []
        self._aligned: list[Segment] = []
        self._styles: list[tuple[str, bool]] = []  # of section titles, the highest first

    def run(self) -> Outline:
        self._blocks(0, len(self._lines), 0, "paragraph", 0)
        return Outline(self._parts, self._entries, self._comments, self._aligned)

    def _line(self, start: int, end: int) -> _Line:
        line = self._text[start:end]
        bare = line.lstrip(" \t\ufeff")
        first = end - len(bare)
        indent = len(line[: first - start].expandtabs(8))
        return _Line(first, first + len(bare.rstrip()), indent)

    # ------------------------------------------------------------------ blocks

    def _blocks(self, at: int, end: int, indent: int, kind: BlockKind, depth: int) -> None:
        if depth > MOST_NESTED:
            self._flat(at, end, kind)
            return
        while at < end:
            line = self._lines[at]
            if line.start == line.end:
                at += 1
            elif line.indent > indent:
                stop = self._indented(at, end, indent)
                inner = "quote" if kind == "paragraph" else kind
                self._blocks(at, stop, self._margin(at, stop), inner, depth + 1)
                at = stop
            else:
                at = self._block(at, end, indent, kind, depth)

    def _flat(self, at: int, end: int, kind: BlockKind) -> None:
        segments: list[Segment] = []
        for line in self._lines[at:end]:
            if line.start < line.end:
                segments.append((line.start, line.end))
            else:
                self._add(kind, segments)
                segments = []
        self._add(kind, segments)

    def _block(self, at: int, end: int, indent: int, kind: BlockKind, depth: int) -> int:
        """Take up the block that begins at a line; the line behind it."""
        line = self._lines[at]
        text = self._text[line.start : line.end]
        first = text[0]
        if depth == 0 and (stop := self._section(at, end)):
            return stop
        if first == "." and (text == ".." or text.startswith((".. ", "..\t"))):
            return self._explicit(at, end, indent, kind, depth)
        if first == "_" and text.startswith("__ "):
            return at + 1
        if first == ":" and (match := _field().match(text)) is not None:
            return self._entry(at, end, indent, depth, match)
        if first in "+=" and (stop := self._table(at, end)):
            return stop
        if first == ">" and text.startswith(">>> "):
            stop = self._paragraph_end(at, end, indent)
            self._code(at, stop)
            return stop
        if first == "|" and (text == "|" or text[1] in " \t"):
            return self._line_block(at, end, kind)
        marker = _bullet().match(text) or _enumerator().match(text)
        if marker is not None and self._is_item(at, end, indent, text, marker):
            return self._item(at, end, indent, marker.end(), depth)
        return self._paragraph(at, end, indent, kind, depth)

    def _item(self, at: int, end: int, indent: int, width: int, depth: int) -> int:
        line = self._lines[at]
        stop = self._indented(at + 1, end, indent)
        rest = line.start + width
        column = line.indent + width
        if any(each.start < each.end for each in self._lines[at + 1 : stop]):
            column = min(column, self._margin(at + 1, stop))
        if rest >= line.end:
            self._blocks(at + 1, stop, column, "list-item", depth + 1)
            return stop
        self._lines[at] = _Line(rest, line.end, column)
        self._blocks(at, stop, column, "list-item", depth + 1)
        return stop

    def _is_item(self, at: int, end: int, indent: int, text: str, marker: re.Match[str]) -> bool:
        """A line that begins like an item is one if the next line agrees."""
        if at + 1 >= end or marker.end() == len(text) or marker[0][0] in _BULLETS:
            return True
        following = self._lines[at + 1]
        if following.start == following.end or following.indent > indent:
            return True
        return _enumerator().match(self._text[following.start : following.end]) is not None

    def _paragraph(self, at: int, end: int, indent: int, kind: BlockKind, depth: int) -> int:
        stop = self._paragraph_end(at, end, indent)
        segments = [(line.start, line.end) for line in self._lines[at:stop]]
        last = self._text[segments[-1][0] : segments[-1][1]]
        if last.endswith("::"):
            shown = last[:-2].rstrip() if last[:-2].endswith((" ", "\t")) else last[:-1]
            segments[-1] = (segments[-1][0], segments[-1][0] + len(shown))
            if shown == ":":
                segments.pop()
            self._add(kind, segments)
            return self._literal(stop, end, indent)
        if (
            stop < end
            and stop == at + 1
            and self._shows(stop)
            and self._lines[stop].indent > indent
        ):
            below = self._indented(stop, end, indent)  # a term with its definition
            self._add("list-item", segments)
            self._blocks(stop, below, self._margin(stop, below), "list-item", depth + 1)
            return below
        self._add(kind, segments)
        return stop

    def _paragraph_end(self, at: int, end: int, indent: int) -> int:
        at += 1
        while at < end:
            line = self._lines[at]
            if line.start == line.end or line.indent != indent:
                break
            at += 1
        return at

    def _literal(self, at: int, end: int, indent: int) -> int:
        while at < end and self._lines[at].start == self._lines[at].end:
            at += 1
        stop = self._indented(at, end, indent)
        if stop == at and at < end:  # a literal block may be marked like a quoted mail instead
            sign = self._text[self._lines[at].start]
            while stop < end and self._text.startswith(sign, self._lines[stop].start):
                if sign not in _ADORNMENTS or self._lines[stop].start == self._lines[stop].end:
                    break
                stop += 1
        self._code(at, stop)
        return stop

    def _line_block(self, at: int, end: int, kind: BlockKind) -> int:
        segments = []
        while at < end:
            line = self._lines[at]
            if not self._text.startswith("|", line.start) or line.start == line.end:
                break
            first = line.start + 1
            while first < line.end and self._text[first] in " \t":
                first += 1
            if first < line.end:
                segments.append((first, line.end))
            at += 1
        if segments:
            self._parts.append(Part(kind, segments, breaks=True))
        return at

    def _section(self, at: int, end: int) -> int:
        """Behind a section title or a transition; 0 where neither begins."""
        here = self._adornment(at)
        above = here and at + 2 < end and self._adornment(at + 2) == here
        if above and self._lines[at + 1].start < self._lines[at + 1].end:
            title, sign, stop = self._lines[at + 1], here, at + 3
        elif not here and at + 1 < end and (sign := self._adornment(at + 1)):
            title, stop = self._lines[at], at + 2
            width = self._lines[at + 1].end - self._lines[at + 1].start
            if title.indent or (width < 4 and width < title.end - title.start):
                return 0
        else:
            is_rule = here and self._lines[at].end - self._lines[at].start >= 4
            return at + 1 if is_rule and self._is_alone(at, end) else 0
        style = (sign, bool(above))
        if style not in self._styles:
            self._styles.append(style)
        level = min(6, self._styles.index(style) + 1)
        self._parts.append(Part("heading", [(title.start, title.end)], level))
        return stop

    def _is_alone(self, at: int, end: int) -> bool:
        around = [n for n in (at - 1, at + 1) if 0 <= n < end]
        return all(self._lines[n].start == self._lines[n].end for n in around)

    def _adornment(self, at: int) -> str:
        """The sign that fills a line; "" where the line is something else."""
        line = self._lines[at]
        if line.indent or line.end - line.start < 2:
            return ""
        sign = self._text[line.start]
        if sign not in _ADORNMENTS:
            return ""
        return sign if self._text[line.start : line.end].strip(sign) == "" else ""

    # ------------------------------------------------------------------ explicit markup

    def _explicit(self, at: int, end: int, indent: int, kind: BlockKind, depth: int) -> int:
        line = self._lines[at]
        stop = self._indented(at + 1, end, indent)
        rest = self._text[line.start + 2 : line.end]
        first = line.end - len(rest.lstrip())
        rest = rest.strip()
        if (match := _directive().match(rest)) is not None:
            self._directive(at, stop, match[1].lower(), first + match.end(), kind, depth)
        elif (match := _note().match(rest)) is not None:
            self._lines[at] = _Line(first + match.end(), line.end, self._margin(at + 1, stop))
            if self._lines[at].start < line.end:
                self._blocks(at, stop, self._lines[at].indent, "list-item", depth + 1)
            else:
                self._blocks(at + 1, stop, self._lines[at].indent, "list-item", depth + 1)
        elif rest.startswith(("_", "|")) and _target().match(rest):
            pass
        else:
            last = next((n for n in range(stop - 1, at, -1) if self._shows(n)), at)
            whole = self._text[first : self._lines[last].end] if rest or last > at else ""
            if (entry := _comment_entry().match(rest)) and not self._parts and last == at:
                self._entries.append(Entry(entry[1], [(first + entry.end(), line.end)]))
            elif whole:
                self._comments.append((whole, line.start, self._lines[last].end))
        return stop

    def _directive(
        self, at: int, stop: int, name: str, argument: int, kind: BlockKind, depth: int
    ) -> None:
        line = self._lines[at]
        inner = at + 1
        margin = self._margin(inner, stop)
        argued = [(argument, line.end)] if argument < line.end else []
        caption: list[Segment] = []
        while inner < stop and self._shows(inner):
            match = _field().match(self._text[self._lines[inner].start : self._lines[inner].end])
            if match is None:
                if name in ("figure", "image") or name in _CODE:
                    break
                argued.append((self._lines[inner].start, self._lines[inner].end))
            elif match[1] == "alt":
                caption = [(self._lines[inner].start + match.end(), self._lines[inner].end)]
            inner += 1
        deeper = depth + 1
        if name in _CODE:
            self._code(at, stop)
        elif name in ("figure", "image"):
            shown = len(self._parts)
            if name == "figure":
                self._blocks(inner, stop, margin, "figure-caption", deeper)
            if caption and caption[0][0] < caption[0][1] and len(self._parts) == shown:
                self._add("figure-caption", caption)
        elif name in _ADMONITIONS:
            self._add("paragraph" if kind == "paragraph" else kind, argued)
            self._blocks(inner, stop, margin, kind, deeper)
        elif name in _TITLED:
            if argued:
                self._parts.append(Part("heading", argued, 6))
            self._blocks(inner, stop, margin, kind, deeper)
        elif name in _QUOTES:
            self._add("quote", argued)
            self._blocks(inner, stop, margin, "quote", deeper)
        elif name in _BOXES:
            self._add(kind, argued if name == "centered" else [])
            self._blocks(inner, stop, margin, kind, deeper)

    def _entry(self, at: int, end: int, indent: int, depth: int, match: re.Match[str]) -> int:
        """A field: of the document, where it stands at its top, or an item of a list."""
        line = self._lines[at]
        stop = self._indented(at + 1, end, indent)
        first = line.start + match.end()
        if (
            depth == 0
            and all(part.kind == "heading" for part in self._parts[:2])
            and (len(self._parts) <= 2)
        ):
            shown = [each for each in self._lines[at + 1 : stop] if each.start < each.end]
            segments = [(first, line.end)] if first < line.end else []
            segments += [(each.start, each.end) for each in shown]
            self._entries.append(Entry(match[1].strip(), segments))
            return stop
        name = line.start + match.start(1), line.start + match.end(1)
        self._add("list-item", [name])
        if first < line.end:
            self._lines[at] = _Line(first, line.end, self._margin(at + 1, stop))
            self._blocks(at, stop, self._lines[at].indent, "list-item", depth + 1)
        else:
            self._blocks(at + 1, stop, self._margin(at + 1, stop), "list-item", depth + 1)
        return stop

    def _table(self, at: int, end: int) -> int:
        """Behind a table; 0 where none begins."""
        line = self._lines[at]
        text = self._text[line.start : line.end]
        is_grid = _grid_border().fullmatch(text) is not None
        if not is_grid and _simple_border().fullmatch(text) is None:
            return 0
        stop = at
        while stop < end and self._shows(stop):
            stop += 1
        if is_grid:
            edges = [n for n, sign in enumerate(text) if sign == "+"]
            self._grid(self._lines[at:stop], edges)
            return stop
        index = bisect_left(self._simple_ends, at + 1)
        if index == len(self._simple_ends):
            return 0
        stop = self._simple_ends[index] + 1
        self._simple(self._lines[at:stop], [each.start() for each in _column().finditer(text)])
        return stop

    @once
    def _simple_ends(self) -> list[int]:
        """The lines that can end a simple table."""
        found = []
        for number, line in enumerate(self._lines):
            if (
                self._text.startswith("=", line.start)
                and not (number + 1 < len(self._lines) and self._shows(number + 1))
                and _simple_border().fullmatch(self._text, line.start, line.end)
            ):
                found.append(number)
        return found

    def _grid(self, rows: list[_Line], edges: list[int]) -> None:
        self._aligned.append((rows[0].start, rows[-1].end))
        cells: list[list[Segment]] = [[] for _ in edges[1:]]
        for line in rows:
            if self._text[line.start] == "+":
                self._cells_done(cells)
                continue
            text = self._text[line.start : line.end]
            if all(text[edge : edge + 1] == "|" for edge in edges):
                for cell, first, last in zip(cells, edges, edges[1:], strict=False):
                    self._cell(cell, line.start + first + 1, line.start + last)
            else:  # a cell that spans others
                first = 0
                for shown in text.split("|"):
                    alone: list[Segment] = []
                    self._cell(alone, line.start + first, line.start + first + len(shown))
                    self._add("list-item", alone)
                    first += len(shown) + 1
        self._cells_done(cells)

    def _simple(self, rows: list[_Line], columns: list[int]) -> None:
        cells: list[list[Segment]] = [[] for _ in columns]
        margin = rows[0].indent
        for line in rows:
            text = self._text[line.start : line.end]
            is_rule = text.strip("=- ") == ""
            if is_rule or line.indent == margin:  # text in the first column begins a row
                self._cells_done(cells)
            if is_rule:
                continue
            edge = line.start - (line.indent - margin)
            self._aligned.append((line.start, edge + columns[-1]))
            for cell, first, last in zip(cells, columns, [*columns[1:], 1 << 30], strict=True):
                self._cell(cell, max(line.start, edge + first), min(line.end, edge + last))
        self._cells_done(cells)

    def _cell(self, cell: list[Segment], start: int, end: int) -> None:
        shown = self._text[start:end]
        start += len(shown) - len(shown.lstrip())
        if shown.strip():
            cell.append((start, start + len(shown.strip())))

    def _cells_done(self, cells: list[list[Segment]]) -> None:
        for cell in cells:
            self._add("list-item", cell)
            cell.clear()

    # ------------------------------------------------------------------ lines

    def _shows(self, at: int) -> bool:
        return self._lines[at].start < self._lines[at].end

    def _indented(self, at: int, end: int, indent: int) -> int:
        """Behind the lines that are indented by more; blank lines at their end are left out."""
        stop = at
        while at < end:
            line = self._lines[at]
            if line.start < line.end:
                if line.indent <= indent:
                    break
                stop = at + 1
            at += 1
        return stop

    def _margin(self, at: int, end: int) -> int:
        return min(
            (each.indent for each in self._lines[at:end] if each.start < each.end), default=0
        )

    def _add(self, kind: BlockKind, segments: list[Segment]) -> None:
        if segments:
            self._parts.append(Part(kind, list(segments)))

    def _code(self, at: int, end: int) -> None:
        shown = [each for each in self._lines[at:end] if each.start < each.end]
        if shown:
            self._parts.append(Part("code", [(shown[0].start, shown[-1].end)]))


# ------------------------------------------------------------------ the words of a line


def inlines(content: Content) -> list[Piece]:
    """The words that a reader sees. Markup that does not end is text."""
    return _Inlines(content).pieces


_SILENT_ROLES = frozenset(("code", "math", "raw"))
# Markup between such a pair is a sign that is quoted.
_PARTNERS = {
    '"': '"', "'": "'", "(": ")", "[": "]", "{": "}", "<": ">", "“": "”„", "‘": "’‚", "«": "»", "„": "“”",
    "‚": "‘’", "’": "’", "”": "”", "»": "»«",
}  # fmt: skip
# What may stand before the start of markup, and behind its end, beside white space.
_BEFORE = "'\"([{<-/:‘“«’”»„‚¡¿‐‑‒–—"
_BEHIND = "'\")]}>/:.,;!?\\\\’”»“‘‐‑‒–—…。，、；：？！-"

_Made = tuple[int, int, "list[Piece]"]  # markup from here to there, and what it shows


class _Inlines:
    def __init__(self, content: Content) -> None:
        self._text = content.text
        self._at = content.at
        self._known: dict[str, list[int]] = {}
        self.pieces: list[Piece] = []
        at = 0
        for match in _special().finditer(self._text):
            if match.start() < at:
                continue
            made = self._markup(match[0], match.start(), at)
            if made is not None:
                start, stop, pieces = made
                self._plain(at, start)
                self.pieces += pieces
                at = stop
        self._plain(at, len(self._text))

    def _plain(self, start: int, end: int) -> None:
        self.pieces += self._shown(start, end)

    def _shown(self, start: int, end: int) -> list[Piece]:
        """Text as it stands, line ends as spaces."""
        text, at = self._text, self._at
        pieces: list[Piece] = []
        while start < end:
            stop = text.find("\n", start, end)
            stop = end if stop < 0 else stop
            if stop > start:
                pieces.append((text[start:stop], at(start), at(stop - 1) + 1))
            if stop < end:
                pieces.append((" ", at(stop), at(stop + 1)))
            start = stop + 1
        return pieces

    def _inner(self, start: int, end: int) -> list[Piece]:
        """Text inside markup, where only a backslash means something."""
        pieces: list[Piece] = []
        while (found := self._text.find("\\", start, end)) >= 0:
            pieces += self._shown(start, found)
            start = min(end, found + 2)
            pieces += self._escape(found, start)
        return pieces + self._shown(start, end)

    def _escape(self, start: int, end: int) -> list[Piece]:
        shown = self._text[start + 1 : end]
        if not shown.strip():
            return []
        return [(shown, self._at(start), self._at(end - 1) + 1)]

    def _markup(self, token: str, start: int, least: int) -> _Made | None:
        """The markup that begins here; None where `token` is text. It may reach back to `least`."""
        text = self._text
        inside = start + len(token)
        if token[0] == "\\":
            return start, inside, self._escape(start, inside)
        if token in ("_", "__"):
            name = _name_before().search(text, max(least, start - 80), start)
            return (start, inside, []) if name is not None else None
        if token == "[":
            match = _footnote().match(text, start)
            if match is None:
                return None
            return (start - (start > least and text[start - 1] == " "), match.end(), [])
        begin, role = start, ""
        if token == "`" and text[start - 1 : start] == ":":
            before = _role_before().search(text, max(least, start - 60), start)
            if before is not None and self._opens(before.start(), inside):
                begin, role = before.start(), before[1]
        if not self._opens(begin, inside):
            return None
        mark = "`" if token == "_`" else token
        stop = self._end(mark, inside + 1)
        if stop < 0:
            return None
        behind = stop + len(mark)
        if token == "``":
            return begin, behind, [(OBJECT, self._at(start), self._at(behind - 1) + 1)]
        if mark == "`" or token == "|":
            suffix = _suffix().match(text, behind)
            assert suffix is not None
            role, behind = role or suffix[1] or "", suffix.end()
        if role in _SILENT_ROLES:
            return begin, behind, [(OBJECT, self._at(begin), self._at(behind - 1) + 1)]
        first, last = self._without_target(inside, stop) if mark == "`" else (inside, stop)
        return begin, behind, self._inner(first, last)

    def _without_target(self, start: int, end: int) -> tuple[int, int]:
        """The words of `words <https://…>`."""
        if self._text[end - 1] != ">" or (found := self._text.rfind("<", start, end)) < 0:
            return start, end
        shown = self._text[start:found].rstrip()
        return (start, start + len(shown)) if shown else (found + 1, end - 1)

    def _opens(self, begin: int, inside: int) -> bool:
        text = self._text
        if inside >= len(text) or text[inside].isspace():
            return False
        if begin == 0:
            return True
        before = text[begin - 1]
        return (before.isspace() or before in _BEFORE) and text[inside] not in _PARTNERS.get(
            before, ""
        )

    def _end(self, mark: str, at: int) -> int:
        """Where the end of markup stands, at or behind an offset; -1 for nowhere."""
        if mark not in self._known:
            self._known[mark] = [each.start() for each in _ending(mark).finditer(self._text)]
        ends = self._known[mark]
        index = bisect_left(ends, at)
        return ends[index] if index < len(ends) else -1


_BULLETS = "*+•‣⁃-"


@cache
def _bullet() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(rf"[{_BULLETS}](?:[ \t]++|$)")


@cache
def _enumerator() -> re.Pattern[str]:
    from newslint.expressions import compiled

    number = r"(?:\d{1,9}|#|[A-Za-z]|[ivxlcdm]{2,9}|[IVXLCDM]{2,9})"
    return compiled(rf"(?:\({number}\)|{number}[.)])(?:[ \t]++|$)")


@cache
def _field() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r":(?![: ])((?:[^:\\]|\\.|:(?! |$)){1,80}?)(?<! ):(?:[ \t]++|$)")


@cache
def _grid_border() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"\+(?:[-=]++\+)++")


@cache
def _simple_border() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"=++(?: ++=++)++")


@cache
def _column() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"=++")


@cache
def _directive() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"(?:\|[^|]{1,80}\| +)?([A-Za-z][\w.+:-]{0,60}?) ?::(?:[ \t]++|$)")


@cache
def _note() -> re.Pattern[str]:
    """The label of a footnote or citation."""
    from newslint.expressions import compiled

    return compiled(r"\[(?:\d{1,9}|#[\w.-]{0,80}|\*|[A-Za-z][\w.-]{0,80})\](?:[ \t]++|$)")


@cache
def _target() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"_(?:[^:`\\]|\\.|:(?! |$)|`[^`]*`){0,200}:(?: |$)|\|[^|]{1,80}\|")


@cache
def _comment_entry() -> re.Pattern[str]:
    """A line `key: value` in a comment at the top, as site generators have them."""
    from newslint.expressions import compiled

    return compiled(r"(?!newslint\b)([a-z][\w-]{1,30}): +")


@cache
def _special() -> re.Pattern[str]:
    from newslint.expressions import compiled

    behind = rf"(?=[\s{_escaped_class()}]|$)"
    return compiled(rf"\\[\s\S]?|``|_`|`|\*\*|\*|\||\[|__?{behind}")


@cache
def _ending(mark: str) -> re.Pattern[str]:
    from re import escape

    from newslint.expressions import compiled

    suffix = r"(?:__?|:[\w.+-]{1,60}:)?" if mark in ("`", "|") else ""
    # A backslash that is escaped itself escapes nothing.
    before = r"(?<=\S)" if mark == "``" else r"(?:(?<![\s\\])|(?<=\\\\)|(?<=\\ ))"
    return compiled(rf"{before}{escape(mark)}(?={suffix}(?:[\s{_escaped_class()}]|$))")


def _escaped_class() -> str:
    return _BEHIND.replace("]", r"\]")


@cache
def _suffix() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"(?:__?|:([\w.+-]{1,60}):)?")


@cache
def _name_before() -> re.Pattern[str]:
    """The name of a target, to which a `_` behind it refers."""
    from newslint.expressions import compiled

    before = _BEFORE.replace("[", r"\[").replace("-", r"\-")
    return compiled(rf"(?:^|(?<=[\s{before}]))[^\W_]++(?:[-._+:][^\W_]++)*+$")


@cache
def _role_before() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r":([\w.+-]{1,50}(?::[\w.+-]{1,50})?):$")


@cache
def _footnote() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"\[(?:\d{1,9}|#[\w.-]{0,80}|\*|[A-Za-z][\w.-]{0,80})\]_(?![\w_])")
