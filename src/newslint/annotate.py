"""`--add-suppressions`: what is found is noted as meant, in the article where its format has comments, else beside it.

What is written is read again before it is kept: the article must say what it said, the findings must be gone and no
other may have come. Where no comment does that, an entry in the file of suppressions does.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from newslint import archives
from newslint.article import Article
from newslint.compressed import inner_name
from newslint.config import SUPPRESSIONS, ConfigError
from newslint.finding import Edit, FileResult, Finding
from newslint.readers import SNIFFED, NotArticle
from newslint.sidecar import added, load, pattern_of
from newslint.source import NotText, Source
from newslint.suppress import Entry
from newslint.typed import TYPE_CHECKING, NamedTuple
from newslint.writing import Unwritable, applied, form_of, read_file

if TYPE_CHECKING:
    from typing import TypeAlias

    from newslint.engine import Linter
    from newslint.writing import Stamp

LONGEST = 80  # characters of an article that an entry quotes
SHORTEST = 8  # that tell one place from another; of a lone mark the sentence is quoted
MOST_READINGS = 60  # of one file, before the rest goes into the file of suppressions
# Nobody can mean what newslint says about the file or about itself.
NEVER = frozenset(("LNT", "ENC101"))

_Key: TypeAlias = "tuple[str, str, int]"


class Note(NamedTuple):
    """What a suppression is to say beside its rules."""

    reason: str = ""
    until: str = ""


class Noted(NamedTuple):
    """What came of one file. `data`: its new content; None where it stays as it is."""

    data: bytes | None
    in_file: int
    entries: tuple[Entry, ...]
    left: tuple[Finding, ...]
    known: Stamp | None = None  # of the file as it was read


def note(result: FileResult, linter: Linter, words: Note) -> Noted:
    """Suppressions for the findings of a file. Nothing is written. Raises OSError."""
    wanted = [each for each in result.findings if can_be_suppressed(each.code)]
    left = tuple(each for each in result.findings if each not in wanted)
    if not wanted:
        return Noted(None, 0, (), left)
    data, known, rest = None, None, wanted
    if _takes_comments(result.path, linter):
        before, known = read_file(result.path)
        try:
            source = Source.from_bytes(before, result.path)
            form = form_of(source, before)
            edits, rest = _Commented(source, linter, words, wanted).with_comments()
            data = form.edited(edits).data if edits else None
        except (NotText, Unwritable, UnicodeEncodeError):  # the bytes cannot hold a comment
            rest = wanted
    articles = _parsed(result.path, {each.path for each in rest}, linter) if rest else ()
    entries = _entries(articles, rest, linter, words)
    return Noted(data, len(wanted) - len(rest), tuple(entries), left, known)


def note_in(
    source: Source, findings: Sequence[Finding], linter: Linter, words: Note
) -> tuple[list[Edit], list[Entry]]:
    """Suppressions for findings in a decoded file: edits that put comments into it, and entries where none will do.

    Nothing is written, and no file is read.
    """
    edits: list[Edit] = []
    rest = [each for each in findings if can_be_suppressed(each.code)]
    if rest and linter.read(source)[0].name in _PLACES:
        edits, rest = _Commented(source, linter, words, rest).with_comments()
    articles = ((source.path, each) for each in _articles(source, linter))
    return edits, [*_entries(articles, rest, linter, words)]


def can_be_suppressed(code: str) -> bool:
    """Whether anybody can mean what a rule finds."""
    return NEVER.isdisjoint((code, code[:3]))


# ------------------------------------------------------------------ in the article


def _takes_comments(path: str, linter: Linter) -> bool:
    """Whether a file is of a format that has comments."""
    if archives.is_archive(path) or inner_name(path) != path:
        return False
    with open(path, "rb") as handle:
        head = handle.read(SNIFFED)
    return linter.reader_for(path, lambda: head).name in _PLACES


class _Place(NamedTuple):
    """Where a comment may go. `dash`: what stands before the reason."""

    at: int
    before: str
    behind: str
    dash: str = "--"


class _Group(NamedTuple):
    """Findings that one comment is to take away, and the places where it might."""

    findings: list[Finding]
    places: list[_Place]


class _Commented:
    """A text into which comments are put."""

    def __init__(
        self, source: Source, linter: Linter, words: Note, wanted: Sequence[Finding]
    ) -> None:
        self._findings = wanted
        self._wanted = _keys(wanted, ())
        self._source = source
        self._linter = linter
        self._words = words
        self._readings = 0
        self._format = linter.read(source)[0].name
        self._before = _keys(linter.check_source(source).findings, ())
        self._articles = _articles(source, linter)
        self._shown = [_content(each) for each in self._articles]

    def with_comments(self) -> tuple[list[Edit], list[Finding]]:
        """Edits that put comments in, and the findings that none could take away."""
        groups, rest = self._groups()
        edits = [self._edit(group, group.places[0]) for group in groups]
        taken = [finding for group in groups for finding in group.findings]
        if edits and self._holds(edits, taken):
            return edits, rest
        edits, taken = [], []
        for group in groups:
            for place in group.places:
                tried = [*edits, self._edit(group, place)]
                if self._readings < MOST_READINGS and self._holds(tried, [*taken, *group.findings]):
                    edits = tried
                    taken += group.findings
                    break
            else:
                rest += group.findings
        return edits, rest

    def _groups(self) -> tuple[list[_Group], list[Finding]]:
        by_block: dict[tuple[int, int], list[Finding]] = {}
        rest = []
        for finding in self._findings:
            for start, end in self._blocks:
                if start <= finding.start and finding.end <= end:
                    by_block.setdefault((start, end), []).append(finding)
                    break
            else:
                rest.append(finding)
        places = _PLACES[self._format]
        groups = [
            _Group(each, list(places(self._source.text, *block)))
            for block, each in sorted(by_block.items())
        ]
        for group in groups:
            if not group.places:
                rest += group.findings
        return [group for group in groups if group.places], rest

    @cached_property
    def _blocks(self) -> list[tuple[int, int]]:
        return [
            article.map.to_file(block.start, block.end)
            for article in self._articles
            for block in article.blocks
        ]

    def _edit(self, group: _Group, place: _Place) -> Edit:
        at, before, behind, dash = place
        codes = ",".join(dict.fromkeys(finding.code for finding in group.findings))
        said = f"newslint: disable={codes}"
        if self._words.until:
            said += f" until={self._words.until}"
        if self._words.reason:
            said += f" {dash} {self._words.reason}"
        return Edit(at, at, before + said + behind)

    def _holds(self, edits: Sequence[Edit], taken: Iterable[Finding]) -> bool:
        """Whether the article stays what it is, and of the findings only `taken` are gone; those that no note is wanted
        for may be.
        """
        self._readings += 1
        source = self._source
        made = Source(applied(source.text, edits), source.path, encoding=source.encoding)
        if [_content(each) for each in _articles(made, self._linter)] != self._shown:
            return False
        gone = _keys(taken, ())
        left = _keys(self._linter.check_source(made).findings, edits)
        return left <= self._before - gone and self._wanted - gone <= left


def _keys(findings: Iterable[Finding], edits: Sequence[Edit]) -> Counter[_Key]:
    """Findings in a text by their places before `edits` put something into it."""
    put, starts, lengths = 0, [0], [0]
    for edit in sorted(edits):
        put += len(edit.new)
        starts.append(edit.start + put)
        lengths.append(put)
    return Counter(
        (each.code, each.part, each.start - lengths[bisect_right(starts, each.start) - 1])
        for each in findings
    )


def _articles(source: Source, linter: Linter) -> list[Article]:
    try:
        items = linter.read(source)[1]
        return [item for item in items or () if isinstance(item, Article)]
    except NotArticle:
        return []


def _content(article: Article) -> tuple[object, ...]:
    return article.text, article.blocks, dict(article.fields), article.part


def _markdown_places(text: str, start: int, end: int) -> Iterator[_Place]:
    """On a line of its own before the block, or at its end."""
    line = _line_start(text, start)
    stop = _newline(text)
    gap = "" if not text[:line].strip() or _is_blank_before(text, line) else stop
    if text[line : line + 1] not in (" ", "\t", ">", "|") and not _is_item(text[line:start]):
        yield _Place(line, f"{gap}<!-- ", f" -->{stop}{stop}")
    # Before CommonMark 0.31 a comment inside a line ended at “--”, and the rest was shown.
    yield _Place(end, " <!-- ", " -->", "—")


def _is_item(head: str) -> bool:
    """Whether the beginning of a line is the mark of a list: a comment before it would cut the list in two."""
    mark = head.lstrip("0123456789")
    return mark[:1] in ("-", "+", "*", ".", ")") and mark[1:2].isspace()


def _html_places(text: str, start: int, end: int) -> Iterator[_Place]:
    """Inside the block, in front of its words or behind them."""
    head = text[:1000].lower()
    dash = "—" if "<?xml" in head or "http://www.w3.org/1999/xhtml" in head else "--"
    yield _Place(start, "<!-- ", " -->", dash)  # in XML no “--” may stand in a comment
    yield _Place(end, "<!-- ", " -->", dash)


def _rst_places(text: str, start: int, end: int) -> Iterator[_Place]:
    stop = _newline(text)
    line = _paragraph_start(text, start)
    yield _Place(line, ".. ", f"{stop}{stop}")


def _asciidoc_places(text: str, start: int, end: int) -> Iterator[_Place]:
    stop = _newline(text)
    for line in (_paragraph_start(text, start), _line_start(text, start)):
        yield _Place(line, "// ", stop)


_PLACES = {
    "markdown": _markdown_places,
    "html": _html_places,
    "rst": _rst_places,
    "asciidoc": _asciidoc_places,
}


def _newline(text: str) -> str:
    """How lines of a text end."""
    at = text.find("\n")
    return "\r\n" if at > 0 and text[at - 1] == "\r" else "\n"


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _is_blank_before(text: str, line: int) -> bool:
    """Whether the line in front of the one that starts at `line` is blank."""
    return not text[_line_start(text, max(0, line - 1)) : line].strip()


def _paragraph_start(text: str, at: int) -> int:
    """The start of the first line, with no space before it, that follows a blank one."""
    line = _line_start(text, at)
    while line > 0 and not (_is_blank_before(text, line) and not text[line].isspace()):
        line = _line_start(text, line - 1)
    return line


# ------------------------------------------------------------------ beside it


def _entries(
    articles: Iterable[tuple[str, Article]],
    findings: Sequence[Finding],
    linter: Linter,
    words: Note,
) -> Iterator[Entry]:
    """The entries for findings in articles, which have the paths of those; one for all that is on the same words."""
    if not findings:
        return
    folder = os.path.dirname(sidecar_of(linter))
    quotes = _quotes(articles, findings)
    codes: dict[tuple[str, str, str], dict[str, None]] = {}
    for finding in findings:
        quote = quotes.get((finding.path, finding.part, finding.start, finding.end), "")
        part = finding.part if _writable(finding.part, "") == finding.part else ""
        place = _writable(pattern_of(finding.path, folder), "?"), part, quote
        codes.setdefault(place, {})[finding.code] = None
    for (pattern, part, quote), own in codes.items():
        yield Entry(0, pattern, tuple(own), part, quote, words.reason, words.until)


def compared_entries(result: FileResult, linter: Linter, words: Note) -> Iterator[Entry]:
    """The entries for what comparing articles finds: of whole articles, so that they quote nothing."""
    folder = os.path.dirname(sidecar_of(linter))
    for finding in result.findings:
        if not can_be_suppressed(finding.code):
            continue
        part = finding.part if _writable(finding.part, "") == finding.part else ""
        pattern = _writable(pattern_of(finding.path, folder), "?")
        yield Entry(0, pattern, (finding.code,), part, "", words.reason, words.until)


def _quotes(
    articles: Iterable[tuple[str, Article]], findings: Sequence[Finding]
) -> dict[tuple[str, str, int, int], str]:
    """What an entry quotes of each finding, in the words of its article."""
    wanted: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        wanted.setdefault((finding.path, finding.part), []).append(finding)
    quotes: dict[tuple[str, str, int, int], str] = {}
    for name, article in articles:
        base = article.source.base
        for finding in wanted.get((name, article.part), ()):
            start = article.map.to_text(finding.start - base)
            last = article.map.to_text(max(finding.start, finding.end - 1) - base)
            if start is None or last is None or not 0 <= start <= len(article.text):
                continue
            place = name, finding.part, finding.start, finding.end
            quotes.setdefault(place, _quote(article, start, max(start, last + 1)))
    return quotes


def _quote(article: Article, start: int, end: int) -> str:
    """The words of a finding, or the beginning of their sentence, in a form that an entry finds again."""
    around = article.words_around(start, end)
    for text in (article.text[start:end], around):
        quote = _writable(_cut(" ".join(text.split())), "")
        if len(quote) >= min(SHORTEST, len(around)) and quote in around:
            return quote
    return ""


def _cut(text: str) -> str:
    """At most so much of a text, in whole words where it has any."""
    if len(text) <= LONGEST:
        return text
    return text[: LONGEST + 1].rpartition(" ")[0] or text[:LONGEST]


def _writable(text: str, instead: str) -> str:
    """A text that UTF-8 can hold: up to the first sign that it cannot, or with something in its place."""
    if not any("\ud800" <= sign <= "\udfff" for sign in text):
        return text
    if instead:
        return "".join(instead if "\ud800" <= sign <= "\udfff" else sign for sign in text)
    return text.encode("utf-8", "replace").decode().partition("?")[0]


def _parsed(path: str, names: set[str], linter: Linter) -> Iterator[tuple[str, Article]]:
    """The articles of a file, with the path that findings have: of a member of an archive its own."""
    try:
        if not archives.is_archive(path):
            for article in linter.parse(path):
                yield path, article
            return
        with open(path, "rb") as handle:
            inside = {name.removeprefix(f"{path}{archives.MARK}") for name in names}
            most = linter.config.max_megabytes
            for member in archives.members(handle, path, inside.__contains__, most):
                if member.data is not None and inner_name(member.name) == member.name:
                    own = f"{path}{archives.MARK}{member.name}"
                    for article in _articles(Source.from_bytes(member.data, own), linter):
                        yield own, article
    except (
        OSError,
        ValueError,
    ):  # what can be read of it is quoted; entries for the rest quote nothing
        return


def sidecar_of(linter: Linter) -> str:
    """The file of suppressions of some settings, which may not be there yet."""
    config = linter.config
    return os.path.abspath(config.suppressions or os.path.join(config.root, SUPPRESSIONS))


def write_entries(linter: Linter, entries: Sequence[Entry]) -> None:
    """Put entries behind those that the file of suppressions has. Raises OSError and ConfigError."""
    from newslint.baseline import locked
    from newslint.writing import replace_file

    path = sidecar_of(linter)
    known = [(rule.code, rule.name) for rule in linter.rules]
    with locked(path):
        text, there = "", set[str]()
        if os.path.lexists(path):
            there = {entry.key for entry in load(path, known).entries}
            with open(path, "rb") as handle:
                text = handle.read().decode("utf-8-sig")
        new = [entry for entry in entries if entry.key not in there]
        if new:
            replace_file(path, added(text, new).encode())


def checked_note(reason: str, until: str, today: str) -> Note:
    """What a command line says of suppressions. Raises ConfigError for what no comment can hold."""
    from newslint.directives import is_day

    if until and not is_day(until):
        raise ConfigError("--until needs a day: --until 2027-01-31")
    if until and until < today:
        raise ConfigError(f"--until: {until} is past")
    if "--" in reason or not all(sign.isprintable() for sign in reason):
        raise ConfigError("--reason: no “--” and no line break may stand in it")
    return Note(" ".join(reason.split()), until)
