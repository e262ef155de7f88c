"""What is found in the text of a document, and how an editor shows it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lsprotocol import types

from newslint import archives, cache
from newslint.baseline import Baselines
from newslint.checks.itself import not_utf8
from newslint.compressed import inner_name
from newslint.finding import FileResult
from newslint.lsp.places import Places, moved, source_of
from newslint.source import NotText, Source
from newslint.terminal import visible
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from newslint.engine import Linter
    from newslint.files import Selection
    from newslint.finding import Finding, Location
    from newslint.lsp import Unit
    from newslint.lsp.settings import Settings

MOST_CHECKED = 10_000_000  # characters of a text that is checked as it is written: some 20 seconds
MOST_SHOWN = 1000  # of one document; an editor draws each one anew with every key
LONGEST = 80  # characters of an article that are quoted
LARGEST_RELATED = 2_000_000  # bytes of another article that is opened to count its columns

# What a document without a name, or with one that says nothing, is read as.
SUFFIXES = {
    "asciidoc": ".adoc",
    "csv": ".csv",
    "html": ".html",
    "json": ".json",
    "jsonl": ".jsonl",
    "jsonlines": ".jsonl",
    "markdown": ".md",
    "plaintext": ".txt",
    "restructuredtext": ".rst",
    "rst": ".rst",
    "text": ".txt",
    "tsv": ".tsv",
    "xhtml": ".xhtml",
    "xml": ".xml",
}
_SAYS_NOTHING = frozenset(("plaintext", "text"))  # what editors call all that they do not know

SEVERITIES: Mapping[str, types.DiagnosticSeverity] = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "info": types.DiagnosticSeverity.Information,
}


class Edition(NamedTuple):
    """A document as it is at one time. `number` counts its editions; `language`: what the editor takes it for."""

    number: int
    path: str
    language: str
    text: str
    unit: Unit
    has_file: bool = True


class Saved(NamedTuple):
    """What was found out about a document when it was opened or saved, and its text then."""

    findings: tuple[Finding, ...] = ()
    text: str = ""


class Found(NamedTuple):
    """What checking an edition gave.

    `source`, `linter`: None where it is no article, or `is_long`. `encoding`: findings about the bytes of the file. `result`: with
    facts to compare it by where these were asked for; `is_saved`: whether the file says the same.
    """

    edition: Edition
    source: Source | None = None
    linter: Linter | None = None
    findings: tuple[Finding, ...] = ()
    encoding: tuple[Finding, ...] = ()
    result: FileResult | None = None
    is_saved: bool = False
    is_long: bool = False


class Shown(NamedTuple):
    """A finding as the editor has it; `start`, `end`: where it stands in the source by now."""

    finding: Finding
    start: int
    end: int
    diagnostic: types.Diagnostic


class Checked(NamedTuple):
    """What is shown of a document; `hidden`: the number of findings that are not."""

    found: Found
    shown: tuple[Shown, ...]
    hidden: int = 0

    @property
    def diagnostics(self) -> list[types.Diagnostic]:
        """What the editor is to get."""
        made = [each.diagnostic for each in self.shown]
        if self.hidden or self.found.is_long:
            words = f"{self.hidden:,} more findings; newslint check lists them"
            if self.found.is_long:
                words = "too long to be checked as it is written; newslint check reads it"
            start = types.Position(0, 0)
            made.append(
                types.Diagnostic(
                    types.Range(start, start),
                    words,
                    severity=types.DiagnosticSeverity.Information,
                    source="newslint",
                )
            )
        return made


# ------------------------------------------------------------------ checking


def check(edition: Edition, settings: Settings, *, with_file: bool) -> Found:
    """Check an edition as its file would be. `with_file`: also what its file has to do with it.

    That is the encoding of the file, and what other articles are to be compared with it. Raises ConfigError.
    """
    path = edition.path
    linter = settings.linter_for(path)
    nothing = Found(edition)
    if not _is_wanted(edition, settings.selection, linter):
        return nothing
    if len(edition.text) > MOST_CHECKED:
        return Found(edition, is_long=True)
    source = source_of(edition.text, path)
    data = _on_disk(path) if with_file and edition.has_file else None
    saved = _same(data, source, path) if data is not None else None
    head = source.text[:4096].encode()
    if linter.reader_for(inner_name(path), lambda: head).read is None:
        return nothing
    compares = with_file and bool(linter.config.corpus)
    result = linter.check_source(saved or source, is_alone=not compares)
    if result.skipped:
        return nothing
    if saved is not None and data is not None:
        result = result._replace(digest=cache.digest(data))
    left = left_by_baseline((result, *_beside_each_other(result, linter, settings)), linter)
    return Found(
        edition,
        source,
        linter,
        tuple(each for each in left if each.code != not_utf8.code),
        tuple(each for each in left if each.code == not_utf8.code),
        result if compares and result.facts else None,
        saved is not None,
    )


def left_by_baseline(results: Iterable[FileResult], linter: Linter) -> list[Finding]:
    """The findings of results that no baseline knows."""
    baselines = Baselines()
    baselines.ready(linter)
    return [each for result in results for each in baselines.left(result, linter).findings]


def _is_wanted(edition: Edition, selection: Selection, linter: Linter) -> bool:
    """Whether a document is an article by its name, by its settings, or by what the editor takes it for."""
    path = edition.path
    if archives.is_archive(path):
        return False
    if not edition.has_file or selection.wants(path):
        return True
    if selection.excludes(path):
        return False
    by_language = edition.language in SUFFIXES and edition.language not in _SAYS_NOTHING
    return bool(linter.active_for(path).format) or by_language


def _on_disk(path: str) -> bytes | None:
    try:
        with open(path, "rb") as handle:
            return handle.read()
    except OSError:  # not written yet
        return None


def _same(data: bytes, source: Source, path: str) -> Source | None:
    """What a file says, if that is what the editor has of it."""
    try:
        saved = Source.from_bytes(data, path)
    except NotText:
        return None
    return saved if saved.text == source.text else None


def _beside_each_other(
    result: FileResult, linter: Linter, settings: Settings
) -> Iterator[FileResult]:
    """What comparing the articles of one file with each other finds."""
    if linter.config.corpus or len(result.facts or ()) < 2:
        return
    from newslint.across import Comparison

    yield from Comparison(settings.selection.linter_for).of(result.facts or ())


def compare(found: Found, settings: Settings) -> tuple[Finding, ...]:
    """What comparing a document with the corpus of its settings finds. Raises ConfigError."""
    from newslint.across import Comparison
    from newslint.repository import Repository, corpus_folders

    result = found.result
    assert result is not None
    linter = settings.linter_for(result.path)
    selection = settings.selection
    repository = Repository(selection, corpus_folders(linter.config))
    corpus = repository.corpus([result], are_files=found.is_saved)
    results = Comparison(selection.linter_for, corpus).results()
    left = left_by_baseline(results, linter)
    return tuple(each for each in left if each.path == result.path)


# ------------------------------------------------------------------ showing


class Showing(NamedTuple):
    """What an editor can show."""

    related: bool = False
    unnecessary: bool = False


def show(found: Found, others: Iterable[Saved], showing: Showing) -> Checked:
    """What the editor is to show of an edition, with what has not been found out anew."""
    if found.source is None:
        return Checked(found, ())
    places = Places(found.source, found.edition.unit)
    spans = [(each.start, each.end, each) for each in found.findings]
    for saved in others:
        for each in saved.findings:
            span = moved(each.start, each.end, saved.text, found.source.text)
            if span is not None:
                spans.append((*span, each))
    spans.sort(key=lambda each: (each[0], each[1], each[2].code))
    shown = [
        Shown(finding, start, end, _diagnostic(finding, start, end, places, showing))
        for start, end, finding in spans[:MOST_SHOWN]
    ]
    return Checked(found, tuple(shown), len(spans) - len(shown))


def _diagnostic(
    finding: Finding, start: int, end: int, places: Places, showing: Showing
) -> types.Diagnostic:
    related = [*_related(finding, places)] if showing.related and finding.related else None
    is_unnecessary = showing.unnecessary and _is_nothing_to_read(finding, start, end, places.source)
    return types.Diagnostic(
        places.range(start, end),
        visible(finding.message),
        severity=SEVERITIES[finding.severity],
        code=finding.code,
        source="newslint",
        tags=[types.DiagnosticTag.Unnecessary] if is_unnecessary else None,
        related_information=related,
    )


def _is_nothing_to_read(finding: Finding, start: int, end: int, source: Source) -> bool:
    """Whether what is found is a line that a page left behind, from its beginning to its end."""
    if not finding.code.startswith("RES") or start == end:
        return False
    text = source.text
    first = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    behind = next((i for i in range(end, len(text)) if text[i] not in " \t"), len(text))
    return not text[first:start].strip() and (behind == len(text) or text[behind] in "\r\n")


def _related(finding: Finding, places: Places) -> Iterator[types.DiagnosticRelatedInformation]:
    own = places.source
    for other in finding.related:
        path = os.path.abspath(other.path)
        if path == os.path.abspath(finding.path):
            where = places.range(other.start, other.end)
            words = own.text[other.start : other.end]
        else:
            where, words = _elsewhere(other, path, places)
        quoted = visible(_short(words))
        message = f"“{quoted}”" if quoted else "the other place"
        yield types.DiagnosticRelatedInformation(types.Location(uri_of(path), where), message)


def _elsewhere(other: Location, path: str, places: Places) -> tuple[types.Range, str]:
    """A place in another file, and what stands there."""
    name = archives.outermost(path)
    try:
        if name == path and os.stat(path).st_size <= LARGEST_RELATED:
            with open(path, "rb") as handle:
                source = Source.from_bytes(handle.read(), path)
            if source.line_and_column(other.start) == (other.line, other.column):
                there = Places(source, places.unit)
                where = there.range(other.start, other.end)
                return where, source.text[other.start : other.end]
    except (OSError, NotText):  # gone by now, or in a format of its own
        pass
    start = types.Position(other.line - 1, other.column - 1)
    return types.Range(start, start), ""


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"


def uri_of(path: str) -> str:
    """The address of a file; of a member of an archive, that of the archive."""
    from newslint.reports._places import uri

    return uri(os.path.abspath(archives.outermost(path)))


def overlapping(shown: Sequence[Shown], where: types.Range) -> Iterator[Shown]:
    """The findings that a range touches."""
    for each in shown:
        own = each.diagnostic.range
        if _at(own.start) <= _at(where.end) and _at(where.start) <= _at(own.end):
            yield each


def _at(position: types.Position) -> tuple[int, int]:
    return position.line, position.character
