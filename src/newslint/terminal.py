"""Text that others wrote, made fit to be shown: nothing in it moves a cursor, hides, or gives orders.

Article text and file names may hold escape sequences, bidirectional controls and what a build server
takes for a command. Here they become visible escapes such as `\\x1b`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from newslint.finding import Finding, Severity
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re

TAB = "    "

# Format characters that show, or without which Persian, Hindi and emoji are not what was written.
_HARMLESS = frozenset("\u200c\u200d\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2")


def visible(text: str) -> str:
    """`text` on one line, with every control and invisible format character as an escape."""
    if text.isprintable() and "##" not in text:
        return text
    return "".join(_cells(text))


def _cells(text: str, tab: str = "\\t") -> list[str]:
    """What is shown for each character."""
    cells = [
        c if c.isprintable() else tab if c == "\t" else _escaped(c) if _hides(c) else c
        for c in text
    ]
    if "##" in text:
        # Build servers carry out `##[command]` and `##vso[command]` wherever they stand in a line.
        for match in _orders().finditer(text):
            cells[match.start() + 1] = "\\x23"
    return cells


@cache
def _orders() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"##(?=\[|\w{1,20}\[)")


def _hides(character: str) -> bool:
    from unicodedata import category

    kind = category(character)
    return kind in ("Cc", "Cs", "Zl", "Zp") or (kind == "Cf" and character not in _HARMLESS)


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def escaped_json(text: str) -> str:
    r"""JSON in which what `visible` would escape, and what would open a tag, stands as `\uXXXX`.

    A parser reads the same.
    """
    if "##" in text:  # can stand in strings only, as can "<"
        text = _orders().sub("#\\\\u0023", text)
    text = text.replace("<", "\\u003c")
    if text.isascii() and "\x7f" not in text:
        return text
    pieces = []
    for c in text:
        if c.isprintable() or c == "\n" or not _hides(c):
            pieces.append(c)
        elif c > "\uffff":
            high, low = divmod(ord(c) - 0x10000, 0x400)
            pieces.append(f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}")
        else:
            pieces.append(f"\\u{ord(c):04x}")
    return "".join(pieces)


def escaped_xml(text: str) -> str:
    r"""`text` for an element or attribute of XML 1.0, on one line and without a raw control character.

    A parser reads the same, but for the characters that XML forbids: they become `\x1b` and the like.
    """
    orders = {match.start() + 1 for match in _orders().finditer(text)} if "##" in text else ()
    return "".join("&#35;" if i in orders else _xml_cell(c) for i, c in enumerate(text))


_XML = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


def _xml_cell(c: str) -> str:
    if c in _XML:
        return _XML[c]
    if c.isprintable():
        return c
    if (c < " " and c not in "\t\n\r") or "\ud800" <= c <= "\udfff" or c in "\ufffe\uffff":
        return _escaped(c)
    return f"&#x{ord(c):x};" if _hides(c) else c


def width(text: str) -> int:
    """How many columns of a terminal `text` takes."""
    if text.isascii() or _is_narrow(text):
        return len(text)
    return sum(map(_columns, text))


def _is_narrow(text: str) -> bool:
    """Whether every character takes one column, as all that a Western code page shows; the codec is quick to tell."""
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return text.isprintable()  # not so with a soft hyphen, which takes none


def _columns(character: str) -> int:
    from unicodedata import category, east_asian_width

    if "\u1160" <= character <= "\u11ff" or category(character) in ("Mn", "Me", "Cf"):
        return 0  # joins the character before it
    return 2 if east_asian_width(character) in ("W", "F") else 1


def marked(text: str, start: int, end: int) -> tuple[str, str]:
    """`text` as shown on a terminal, and a line that has `^` under `text[start:end]`.

    An empty span has one mark.
    """
    start = max(0, min(start, len(text)))
    end = max(start, min(end, len(text)))
    cells: Sequence[str] = text
    if not text.isprintable() or "##" in text:
        cells = _cells(text, TAB)
    before, inside = "".join(cells[:start]), "".join(cells[start:end])
    return "".join(cells), " " * width(before) + "^" * max(1, width(inside))


def marked_excerpt(finding: Finding, room: int = 0) -> tuple[str, str]:
    """The excerpt of a finding with its marks, as `marked`; "…" stands for what is cut off.

    `room`: columns that there are; 0: as many as it takes.
    """
    text, column = finding.excerpt
    first, last = finding.start_position, finding.end_position
    start = first.column - column
    end = last.column - column if last.line == first.line else len(text)
    behind = ""
    if 0 < room < width(text) + (column > 1):
        span = max(
            LEAST_SHOWN, (room - 2) * len(text) // width(text)
        )  # characters, with a "…" on both sides
        left = max(0, min(start - span // 4, len(text) - span))
        behind = "…" if left + span < len(text) else ""
        text, column = text[left : left + span], column + left
        start, end = start - left, min(end - left, len(text))
    shown, marks = marked(text, start, end)
    return ("…" + shown + behind, " " + marks) if column > 1 else (shown + behind, marks)


LEAST_SHOWN = 20  # characters of a line, however narrow the terminal is


class Paint(NamedTuple):
    """Colours, or none."""

    on: bool = False

    def _in(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.on and text else text

    def bold(self, text: str) -> str:
        """Stands out: paths, totals."""
        return self._in("1", text)

    def faint(self, text: str) -> str:
        """Stands back: gutters, hints."""
        return self._in("2", text)

    def severity(self, severity: Severity, text: str) -> str:
        """Red, yellow or cyan."""
        return self._in({"error": "1;31", "warning": "1;33", "info": "1;36"}[severity], text)


def wants_colour(setting: str, *, is_terminal: bool, environment: dict[str, str]) -> bool:
    """Whether to colour: the `--color` setting, else NO_COLOR, FORCE_COLOR, and where the output goes."""
    if setting != "auto":
        return setting == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return is_terminal and environment.get("TERM") != "dumb"


def columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A table as lines: every column but the last as wide as its widest cell."""
    if not rows:
        return
    widths = [max(width(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        cells = [cell + " " * (widths[i] - width(cell)) for i, cell in enumerate(row)]
        yield "  ".join(cells).rstrip()


def skips(counts: Mapping[str, int]) -> str:
    """The closing line about files that were left out, by reason."""
    return f"Skipped {counted(sum(counts.values()), 'path')}: {by_reason(counts)}."


def by_reason(counts: Mapping[str, int]) -> str:
    """Counts as "excluded (2), hidden (1)"."""
    return ", ".join(f"{reason} ({count:,})" for reason, count in counts.items() if count)


def counted(count: int, one: str, many: str = "") -> str:
    """ "1 finding" or "2,000 findings". `many`: where it is not `one` with an s."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"
