"""What a rule reports: hits inside an article, and the findings made of them.

A `Hit` is what a rule yields: a span of the article's text and a message. The engine turns each hit
into a `Finding`, once, with places in the file; a finding is data and never changes. A `FileResult` is what
came of one file.
All offsets are in code points.
"""

from __future__ import annotations

from functools import cache

from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import hashlib
    from collections.abc import Callable
    from typing import Literal, Protocol, TypeAlias

    class Passage(Protocol):
        """A piece of copy that can say what a place in it is known by."""

        def fingerprint_at(self, offset: int) -> str:
            """The `fingerprint` of the sentence that holds a character of it, or of the line."""


Severity: TypeAlias = "Literal['error', 'warning', 'info']"
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


class Span(NamedTuple):
    """A half-open range of code points of an article's text."""

    start: int
    end: int


class Swap(NamedTuple):
    """One replacement inside an article's text: `text[start:end]` becomes `new`."""

    start: int
    end: int
    new: str


class Fix(NamedTuple):
    """How to mend a hit. `safe` means that it cannot change what the copy says."""

    swaps: tuple[Swap, ...]
    safe: bool = False
    label: str = ""


class Hit(NamedTuple):
    """What a rule found, in the article's own text. Made by `Article.finding`."""

    start: int
    end: int
    message: str
    fix: Fix | None = None
    related: tuple[Span, ...] = ()


class Position(NamedTuple):
    """A place in a file: line and column, both counted from 1.

    `column` counts code points, `column_utf8` bytes and `column_utf16` UTF-16 code units.
    """

    line: int
    column: int
    column_utf8: int
    column_utf16: int


class Location(NamedTuple):
    """A place that a finding refers to, such as the first copy of a repeated paragraph.

    Lines and columns count from 1; those of the end are 0 where nobody knows them.
    """

    path: str
    part: str
    start: int
    end: int
    line: int = 1
    column: int = 1
    end_line: int = 0
    end_column: int = 0


class Edit(NamedTuple):
    """One replacement in the file: code points `start` to `end` of the decoded file become `new`."""

    start: int
    end: int
    new: str


class FileFix(NamedTuple):
    """A fix in terms of the file, escaped as the file's format asks.

    `swaps`: the same in terms of the article's text, by which it can be told whether the edits did what they were to.
    """

    edits: tuple[Edit, ...]
    safe: bool
    label: str
    swaps: tuple[Swap, ...] = ()


class Excerpt(NamedTuple):
    """The piece of the finding's first line that a report shows.

    `column` is the column of the excerpt's first character; 1 when the line is shown from its start.
    """

    text: str
    column: int


class Surroundings:
    """What a finding is known by, found out when it is first asked for: as a string, which is what it is saved as."""

    __slots__ = ("_offset", "_passage")

    def __init__(self, passage: Passage, offset: int) -> None:
        self._passage = passage
        self._offset = offset

    def __str__(self) -> str:
        return self._passage.fingerprint_at(self._offset)

    def __repr__(self) -> str:
        return repr(str(self))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, (str, Surroundings)) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        return str, (str(self),)


class Shown(NamedTuple):
    """What there is to a finding besides its place and its message: lines and columns, a fix, what it is known by.

    `excerpt`: of the line on which it begins. `fix`: None where none is known. `related`: other places that it refers to.
    `sentence`: `fingerprint` of the sentence it stands in, or of the line where there is none, as a string or what
    finds it out; "" where the excerpt says as much.
    """

    first: Position
    last: Position
    excerpt: Excerpt
    fix: FileFix | None = None
    related: tuple[Location, ...] = ()
    sentence: str | Surroundings = ""

    @property
    def shown(self) -> Shown:
        """Itself."""
        return self


class Unshown:
    """The same, found out when it is first asked for; what `find` needs is held until then."""

    __slots__ = ("_find", "_shown")

    def __init__(self, find: Callable[[], Shown]) -> None:
        self._find: Callable[[], Shown] | None = find

    @property
    def shown(self) -> Shown:
        """What has been found out."""
        if self._find is not None:
            self._shown = self._find()
            self._find = None
        return self._shown

    def __repr__(self) -> str:
        return repr(self.shown)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, (Shown, Unshown)) and self.shown == other.shown

    def __hash__(self) -> int:
        return hash(self.shown)

    def __reduce__(self) -> tuple[type[Shown], tuple[object, ...]]:
        return Shown, (*self.shown,)


class Finding(NamedTuple):
    """One fault in one file.

    `start` and `end` count code points of the decoded file (of the given text for `lint_text`),
    without a byte order mark. `part` names the article in a file of many and is "" elsewhere.
    `details`: all else, or what finds it out.
    """

    code: str
    name: str
    severity: Severity
    message: str
    path: str
    part: str
    start: int
    end: int
    details: Shown | Unshown

    @property
    def start_position(self) -> Position:
        """Where it begins."""
        return self.details.shown.first

    @property
    def end_position(self) -> Position:
        """Where it ends."""
        return self.details.shown.last

    @property
    def excerpt(self) -> Excerpt:
        """What a report shows of the line on which it begins."""
        return self.details.shown.excerpt

    @property
    def fix(self) -> FileFix | None:
        """How to mend it; None where that is not known."""
        return self.details.shown.fix

    @property
    def related(self) -> tuple[Location, ...]:
        """Other places that it refers to."""
        return self.details.shown.related

    @property
    def sentence(self) -> str | Surroundings:
        """What it is known by, as `Shown` has it."""
        return self.details.shown.sentence

    @property
    def fingerprint(self) -> str:
        """What it is known by wherever its words move to: 16 hexadecimal digits."""
        return str(self.sentence) or fingerprint(self.excerpt.text)


def fingerprint(text: str) -> str:
    """A hash of the words of a text, however they are broken into lines; the same in every version of Python."""
    words = on_one_line(text).encode("utf-8", "surrogatepass")
    return _blake2b()(words, digest_size=8).hexdigest()


def on_one_line(text: str) -> str:
    """The words of a text with one space between them."""
    # Of white space, plain spaces alone are printable.
    if text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " ":
        return text
    return " ".join(text.split())


@cache
def _blake2b() -> Callable[..., hashlib.blake2b]:
    try:
        from _blake2 import blake2b  # what hashlib would give, a thirtieth of its cost to a start
    except ImportError:
        from hashlib import blake2b
    return blake2b


class FileResult(NamedTuple):
    """What came of one file.

    `failed`: a part of it could not be checked; a finding says which. `digest`: of its bytes, where it was
    read at once. `skipped`: why it was not checked, being no article; "" for all others. `omitted`: what in it is
    no article, and how often. `more`: another result for the same file follows, as it has too many findings to
    be held at once. `entries`: keys of the entries of the file of suppressions that took a finding away.
    `expires`: the first day, ISO 8601, on which a suppression ends that still holds; "" for none. `known`: findings
    left out because the baseline knows them; `gone`: findings of the baseline that are there no more. `facts`: of its
    articles, each with its path and part, to compare them with others by; None where they were not made, as there
    are no others.
    """

    path: str
    findings: tuple[Finding, ...]
    articles: int
    suppressed: int
    failed: bool
    digest: bytes = b""
    skipped: str = ""
    omitted: tuple[tuple[str, int], ...] = ()
    more: bool = False
    facts: tuple[tuple[str, str, bytes], ...] | None = ()
    entries: tuple[str, ...] = ()
    expires: str = ""
    known: int = 0
    gone: int = 0
