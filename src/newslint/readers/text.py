"""Plain text: one article a file, its structure read off its lines."""

from __future__ import annotations

from collections.abc import Iterator

from newslint.article import MOST_TITLES, Article, ByLines, Run, SourceMap
from newslint.readers import USUAL, Reader, Settings
from newslint.source import Source
from newslint.text.blocks import Block
from newslint.text.lines import line_spans
from newslint.text.structure import head_end, is_part_a_line, structure, titles


def read(source: Source, settings: Settings = USUAL) -> Iterator[Article]:
    """The article of a plain text. Never fails."""
    text, source_map = source.text, None
    if "\r" in text:
        text, runs = _unix(text)
        source_map = SourceMap(runs)
    if is_part_a_line(text):
        yield Article(source, text, _BY_LINES, source_map=source_map)
        return
    lines = line_spans(text)
    parts = structure(text, lines=lines)
    shown = _unwrapped(text, parts)
    known = lines if shown == text else None
    yield Article(source, shown, parts, source_map=source_map, lines=known)


_BY_LINES = ByLines(
    lambda article: structure(article.text, lines=article.lines),
    lambda article: titles(article.text, article.first_lines(MOST_TITLES)),
    head_end,
)


def _unix(text: str) -> tuple[str, list[Run]]:
    """`text` with line feeds for all line ends, and what of it stands where."""
    import re

    pieces: list[str] = []
    runs: list[Run] = []
    at = shown = 0
    for match in re.finditer(r"\r\n?", text):
        start, end = match.span()
        if start > at:
            pieces.append(text[at:start])
            runs.append(Run(shown, shown + start - at, at, start))
            shown += start - at
        pieces.append("\n")
        runs.append(Run(shown, shown + 1, start, end))
        shown, at = shown + 1, end
    if at < len(text):
        pieces.append(text[at:])
        runs.append(Run(shown, shown + len(text) - at, at, len(text)))
    return "".join(pieces), runs


def _unwrapped(text: str, parts: list[Block]) -> str:
    """`text` of the same length, with the line ends inside blocks as spaces."""
    pieces: list[str] = []
    at = 0
    for _, start, end, _ in parts:
        if text.find("\n", start, end) >= 0:
            pieces += (text[at:start], text[start:end].replace("\n", " "))
            at = end
    return "".join((*pieces, text[at:])) if pieces else text


READER = Reader("text", (".txt", ".text"), read)
