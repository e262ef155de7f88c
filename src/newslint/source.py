"""Bytes of a file to text with places: decoding, line ends, and offsets to lines and columns."""

from __future__ import annotations

from bisect import bisect_right

from newslint.finding import Excerpt, Position, Shown
from newslint.once import once
from newslint.typed import TYPE_CHECKING, NamedTuple, unchecked

if TYPE_CHECKING:
    from typing import BinaryIO

MARKED = 4096  # characters from one place of a long line to the next whose columns are kept
EXCERPT_BEFORE, EXCERPT_AFTER = 120, 240  # characters of a long line kept around a finding


# Names of files about a repository, whatever their case …
_ABOUT = frozenset(
    "readme changelog contributing code_of_conduct license licence copying requirements robots humans".split()
)
# … and in capitals, in which no article is named, alone or before a version or a language.
_ABOUT_IN_CAPITALS = (
    *(name.upper() for name in _ABOUT),
    *"AUTHORS CHANGES CONTRIBUTORS CREDITS GOVERNANCE HISTORY MAINTAINERS NEWS NOTICE SECURITY".split(),
)


def is_about_repository(path: str) -> bool:
    """Whether a file says by its name that it is about the repository, and no article: README.md, CHANGELOG_V2.md."""
    stem = path.replace("\\", "/").rpartition("/")[2].partition(".")[0]
    if stem.lower().replace("-", "_") in _ABOUT:
        return True
    return stem[:4].isupper() and any(
        stem.startswith(name) and not stem[len(name) : len(name) + 1].isalpha()
        for name in _ABOUT_IN_CAPITALS
    )


class NotText(ValueError):
    """The bytes are no text at all (a picture, an archive). The message says what to do."""


class TooLarge(OSError):
    """A file has more in it than may be read at once. `read`: what has been."""

    read = b""


class DecodingFault(NamedTuple):
    """Why the text is not what its bytes promised, at a code point of the decoded text."""

    start: int
    end: int
    message: str


class Source:
    """A decoded file.

    `text` has the file's own line ends and no byte order mark. `base` and `base_line` are non-zero
    for a record of a stream (one line of a JSONL file): offsets and lines then count from the
    start of the stream. `extracted`: the text was taken out of a file that is no text; its lines are what the
    file has instead (paragraphs), and nothing can be changed in it. `utf8`: the text in UTF-8, where it was read as that.
    """

    def __init__(
        self,
        text: str,
        path: str = "article.txt",
        *,
        encoding: str = "utf-8",
        bom: bool = False,
        faults: tuple[DecodingFault, ...] = (),
        base: int = 0,
        base_line: int = 0,
        extracted: bool = False,
        utf8: bytes | None = None,
    ) -> None:
        self.text = text
        self.path = path
        self.encoding = encoding
        self.bom = bom
        self.faults = faults
        self.base = base
        self.base_line = base_line
        self.extracted = extracted
        self.utf8 = utf8
        # A line, from 0, where it starts, and up to where it is known to have no end.
        self._line = (0, 0, 0)
        self._last = (0, 0, 0, 0)  # line start, offset, bytes and UTF-16 units before the offset

    @classmethod
    def from_bytes(cls, data: bytes, path: str) -> Source:
        """Decode `data`; raises NotText for what is no text.

        Order: byte order mark, valid UTF-8, the charset that the text declares, UTF-16 without a
        mark, and last Windows-1252, byte by byte where the rest is UTF-8. All but the first two
        leave a fault; in XML what its declaration says is as good as UTF-8, and leaves one if it is not so.
        """
        text, encoding, bom, faults = decode(data)
        utf8 = data if encoding == "utf-8" and not bom else None
        return cls(text, path, encoding=encoding, bom=bom, faults=faults, utf8=utf8)

    @once
    def line_starts(self) -> list[int]:
        """Offsets at which lines start. Lines end with LF, CR LF or a lone CR."""
        text = self.text
        starts = [0]
        find = text.find
        if "\r" not in text:
            at = find("\n")
            while at >= 0:
                starts.append(at + 1)
                at = find("\n", at + 1)
            return starts
        import re

        starts += [match.end() for match in re.finditer(r"\r\n?|\n", text)]
        return starts

    def line_span(self, line: int) -> tuple[int, int]:
        """Start and end (without the line end) of line `line`, counted from 0."""
        starts = self.line_starts
        start = starts[line]
        end = starts[line + 1] if line + 1 < len(starts) else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return start, end

    def position(self, offset: int) -> Position:
        """Line and columns of a code point of `text`. Cheap when offsets come in rising order."""
        text = self.text
        if not 0 <= offset <= len(text):
            offset = max(0, min(offset, len(text)))
        line, start = self._origin_at(offset)
        if text.isascii():
            column = offset - start + 1
            return unchecked(Position, (self.base_line + line + 1, column, column, column))
        last_start, last, utf8, utf16 = self._last
        if last_start != start or last > offset:
            near = offset - start <= MARKED
            last, utf8, utf16 = (start, 0, 0) if near else self._mark_before(start, offset)
        while last < offset:
            step = min(offset, last + MARKED)
            more_utf8, more_utf16 = _units(text[last:step])
            utf8 += more_utf8
            utf16 += more_utf16
            if step - last == MARKED and self._marks[0][0] == start and step > self._marks[-1][0]:
                self._marks.append((step, utf8, utf16))
            last = step
        self._last = (start, offset, utf8, utf16)
        place = (self.base_line + line + 1, offset - start + 1, utf8 + 1, utf16 + 1)
        return unchecked(Position, place)

    def positions(self, low: int, high: int) -> tuple[Position, Position]:
        """Of two code points of `text`, in this order; most often on one line, those of a title at the beginning."""
        if high <= NEAR:
            text = self.text[:high]
            if text.isascii() and "\r" not in text:
                line = self.base_line + 1
                start = end = -1
                if "\n" in text:
                    start, end = text.rfind("\n", 0, low), text.rfind("\n")
                    line += text.count("\n", 0, low)
                column = low - start
                first = unchecked(Position, (line, column, column, column))
                if end > start:
                    line += text.count("\n", low)
                column = high - end
                return first, unchecked(Position, (line, column, column, column))
        text = self.text
        first = self.position(low)
        piece = text[low:high]
        if high > len(text) or len(piece) > MARKED or "\n" in piece or "\r" in piece:
            return first, self.position(high)
        line, column, column_utf8, column_utf16 = first
        utf8, utf16 = _units(piece)
        place = (line, column + len(piece), column_utf8 + utf8, column_utf16 + utf16)
        return first, unchecked(Position, place)

    def shown(self, start: int, end: int) -> Shown:
        """Lines and columns of `text[start:end]`, for a finding that has nothing else to show."""
        if end > start:
            first, last = self.positions(start, end)
        else:
            first = last = self.position(start)
        return unchecked(Shown, (first, last, self.excerpt(start, end), None, (), ""))

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """The line and column of a code point of `text`: what `position` says first, for less."""
        line, start = self._origin_at(offset)
        return self.base_line + line + 1, offset - start + 1

    def _line_at(self, offset: int) -> tuple[int, int]:
        """The number of the line, from 0, that an offset stands in, and where it starts."""
        line, start, known = self._line
        if start <= offset <= known:
            return line, start
        if "line_starts" not in self.__dict__ and not self._has_returns:
            # To count on from the last place takes less than to know the start of every line.
            text = self.text
            if known < offset <= known + NEAR:
                more = text.count("\n", known, offset)
                if more:
                    line += more
                    start = text.rfind("\n", known, offset) + 1
                end = text.find("\n", offset, offset + NEAR)
                self._line = line, start, end if end >= 0 else min(offset + NEAR, len(text))
                return line, start
            if offset < NEAR:
                return text.count("\n", 0, offset), text.rfind("\n", 0, offset) + 1
        line = bisect_right(self.line_starts, offset) - 1
        return line, self.line_starts[line]

    _origin_at = _line_at  # from where on the place of a character is counted

    @once
    def _has_returns(self) -> bool:
        return "\r" in self.text

    @once
    def _marks(self) -> list[tuple[int, int, int]]:
        """Offsets on one line, each with bytes and UTF-16 units in front of it: a file may be one long line."""
        return [(0, 0, 0)]

    def _mark_before(self, start: int, offset: int) -> tuple[int, int, int]:
        if self._marks[0][0] != start:
            self._marks[:] = [(start, 0, 0)]
        return self._marks[bisect_right(self._marks, offset, key=lambda mark: mark[0]) - 1]

    def faults_in(self, start: int, end: int) -> tuple[DecodingFault, ...]:
        """The faults of `text[start:end]`, with places from there on."""
        return tuple(
            fault._replace(start=fault.start - start, end=fault.end - start)
            for fault in self.faults
            if start <= fault.start < end
        )

    def excerpt(self, start: int, end: int) -> Excerpt:
        """The line that holds `start`, or the piece of a long line around the span."""
        line, line_start = self._line_at(start)
        left = line_start if start - line_start <= EXCERPT_AFTER else start - EXCERPT_BEFORE
        right = max(left + EXCERPT_AFTER, min(end, start + EXCERPT_AFTER) + EXCERPT_BEFORE)
        if self._has_returns:
            right = min(right, self.line_span(line)[1])
        else:
            line_end = self.text.find("\n", start, right)
            right = line_end if line_end >= 0 else right
        return unchecked(Excerpt, (self.text[left:right], left - self._origin_at(start)[1] + 1))


def _units(piece: str) -> tuple[int, int]:
    """The bytes in UTF-8, and the units in UTF-16, of a piece of text."""
    length = len(piece)
    if piece.isascii():
        return length, length
    data = piece.encode("utf-8", "surrogatepass")
    # Characters of four bytes have two units in UTF-16.
    return len(data), length + len(data) - len(data.translate(None, _OF_FOUR_BYTES))


def read_whole(handle: BinaryIO, megabytes: int) -> bytes:
    """What is left of an open file. `megabytes`: at most, 0 for any number. Raises TooLarge: some have no end."""
    if not megabytes:
        return handle.read()
    data = handle.read(FIRST_BYTES)
    if len(data) == FIRST_BYTES:
        most = megabytes * 1_000_000
        data += handle.read(most + 1 - FIRST_BYTES)
        if len(data) > most:
            remedy = "split it, or raise max-megabytes"
            error = TooLarge(f"over {megabytes:,} MB, in a format that is read at once; {remedy}")
            error.read = data
            raise error
    return data


FIRST_BYTES = 1 << 16  # most files have no more, and a longer piece is asked for only behind them
NEAR = 20_000  # characters from one place to another between which lines are counted
_OF_FOUR_BYTES = bytes(range(0xF0, 0xF5))  # with which they begin

BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_MARKS = tuple(mark for mark, _ in BOMS)


def beginning(head: bytes) -> str:
    """The text of the first bytes of a file, as far as they tell; without a byte order mark."""
    for mark, name in BOMS:
        if head.startswith(mark):
            return head[len(mark) :].decode(name, "replace")
    return head.decode("utf-8", "replace")


def decode(data: bytes) -> tuple[str, str, bool, tuple[DecodingFault, ...]]:
    """Text, encoding, whether a byte order mark stood first, and what was wrong. See `Source`."""
    if data.startswith(_DOCUMENTS):
        raise NotText(next(what for mark, what in _NO_TEXT.items() if data.startswith(mark)))
    if data.startswith(_MARKS):
        mark, name = next(each for each in BOMS if data.startswith(each[0]))
        rest = data[len(mark) :]
        if name == "utf-8":
            text, encoding, _, faults = _utf8(rest)
            return text, encoding, True, faults
        return rest.decode(name, "replace"), name, True, _replaced(rest, name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if "\x00" not in text:
            return text, "utf-8", False, _belied(text, data)
        if (guess := _utf16_without_bom(data)) is None:
            _refuse_binary(data)
            return text, "utf-8", False, ()
        return guess
    if (guess := _utf16_without_bom(data)) is not None:
        return guess
    _refuse_binary(data)
    if (charset := declared_charset(data)) is not None:
        try:
            text = data.decode(charset)
        except (UnicodeDecodeError, LookupError):
            pass
        else:
            if data.startswith(_XML):  # whoever reads XML goes by what it declares
                return text, charset, False, ()
            return text, charset, False, (_fault(text, f"saved as {charset}, not UTF-8"),)
    return _utf8(data)


_XML = b"<?xml "


def _belied(text: str, data: bytes) -> tuple[DecodingFault, ...]:
    """UTF-8 in which an XML declaration names something else: other programs will read it as that."""
    if not data.startswith(_XML) or data.isascii() or (charset := declared_charset(data)) is None:
        return ()
    return (_fault(text, f"saved as UTF-8, but its XML declaration says {charset}"),)


def _utf8(data: bytes) -> tuple[str, str, bool, tuple[DecodingFault, ...]]:
    """UTF-8 in which every byte that does not belong is read as Windows-1252.

    A file that is all Windows-1252 comes out right too, as its letters are hardly ever valid UTF-8.
    """
    import re

    text = data.decode("utf-8", "surrogateescape")
    stray = re.compile("[\udc80-\udcff]")
    first = stray.search(text)
    if first is None:
        return text, "utf-8", False, ()
    signs = _windows_1252()
    text, count = stray.subn(lambda match: signs[ord(match.group()) - 0xDC80], text)
    several = "a byte that is" if count == 1 else f"{count} bytes that are"
    fault = DecodingFault(*first.span(), f"{several} not UTF-8, read as Windows-1252")
    return text, "cp1252", False, (fault,)


def _windows_1252() -> str:
    """What the bytes from 0x80 on are there; the five that it leaves open become the control characters of their number."""
    return "".join(
        chr(byte) if byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes((byte,)).decode("cp1252")
        for byte in range(0x80, 0x100)
    )


def _replaced(data: bytes, name: str) -> tuple[DecodingFault, ...]:
    try:
        data.decode(name)
    except UnicodeDecodeError as error:
        at = len(data[: error.start].decode(name, "replace"))
        return (DecodingFault(at, at + 1, f"bytes that are not {name.upper()}"),)
    return ()


def _fault(text: str, message: str) -> DecodingFault:
    at = next((i for i, c in enumerate(text) if not c.isascii()), 0)
    return DecodingFault(at, min(at + 1, len(text)), message)


def _utf16_without_bom(data: bytes) -> tuple[str, str, bool, tuple[DecodingFault, ...]] | None:
    head = data[:4096]
    pairs = len(head) // 2
    for name, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if pairs >= 4 and zeros.count(0) > 0.6 * pairs and len(data) % 2 == 0:
            try:
                text = data.decode(name)
            except UnicodeDecodeError:
                continue
            message = f"saved as {name.upper()} without a byte order mark, not UTF-8"
            return text, name, False, (DecodingFault(0, min(1, len(text)), message),)
    return None


def _refuse_binary(data: bytes) -> None:
    """More than one control character in ten: no encoding makes that an article."""
    head = data[:8192]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls * 10 > len(head) and controls > 4:
        raise NotText("not a text file; name it in exclude if it is not an article")


_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\r\f\x1b") + b"\x7f"


def declared_charset(data: bytes) -> str | None:
    """The charset named in an HTML `meta`, an XML declaration or a CSS-like cookie, if any but UTF-8."""
    found = declaration(data[:_DECLARED_WITHIN].decode("latin-1"))
    return found[2] if found is not None else None


def declaration(text: str) -> tuple[int, int, str] | None:
    """Where a text names a charset that is not UTF-8, and what Python calls that."""
    import re

    match = re.search(
        r"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]{0,200}encoding\s*=\s*["']([\w.:-]+)"""
        r"""|^[^\n]{0,80}coding[:=]\s*([\w.-]+)""",
        text[:_DECLARED_WITHIN],
        re.IGNORECASE | re.ASCII,
    )
    if match is None or match.lastindex is None:
        return None
    try:
        import codecs

        found = codecs.lookup(match[match.lastindex].lower())
    except LookupError:
        return None
    # Codecs that turn bytes into bytes (rot13, zip) are no charsets.
    if not found._is_text_encoding or found.name == "utf-8":
        return None
    return *match.span(match.lastindex), found.name


_DECLARED_WITHIN = 2048  # characters

# What documents of other kinds begin with, some of which are text to look at.
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_PACKED = "compressed; its name has to say so, as a.jsonl.gz does"
_NO_TEXT = {
    b"\x1f\x8b": _PACKED,
    b"BZh91AY&SY": _PACKED,
    b"\xfd7zXZ\x00": _PACKED,
    b"\x28\xb5\x2f\xfd": _PACKED,
    b"{\\rtf": "rich text (RTF); save it as .docx",
    b"%PDF-": "a PDF; check the text that it was made from",
    OLD_OFFICE: "an office file of the old kind (.doc); save it as .docx",
}
_DOCUMENTS = tuple(_NO_TEXT)
