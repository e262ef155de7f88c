"""JSON Lines: one article a line, read line by line, so that a file may be larger than memory.

A record is an object with `text` (or `body`, `content`), `title`, and an `id` that becomes the article's
part. A line that cannot be read is a fault, and the next one goes on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from newslint.article import Article, SourceMap
from newslint.readers import USUAL, Fault, Reader, Settings
from newslint.source import BOMS, NotText, Source, decode

if TYPE_CHECKING:
    from newslint.draft import Draft, Piece
    from newslint.json_text import Member

LONGEST_RECORD = (
    64_000_000  # bytes: a line beyond it is no article, and would not fit a small machine
)
BODY_KEYS = ("text", "body", "content")


def read(source: Source, settings: Settings = USUAL) -> Iterator[Article | Fault]:
    """The articles of a text of JSON lines."""
    for number, start in enumerate(source.line_starts):
        first, last = source.line_span(number)
        if first < last:
            line = Source(
                source.text[first:last],
                source.path,
                encoding=source.encoding,
                base=source.base + start,
                base_line=source.base_line + number,
            )
            yield from _record(line, settings)


def stream(handle: BinaryIO, path: str, settings: Settings = USUAL) -> Iterator[Article | Fault]:
    """The articles of an open file, one line of it in memory at a time."""
    base = number = 0
    while data := handle.readline(LONGEST_RECORD):
        if not number and data.startswith(tuple(mark for mark, name in BOMS if name != "utf-8")):
            yield from read(Source.from_bytes(data + handle.read(), path), settings)
            return
        is_whole = data.endswith(b"\n") or len(data) < LONGEST_RECORD
        try:
            text, encoding, bom, faults = decode(data) if is_whole else ("", "utf-8", False, ())
        except NotText:
            yield Fault(Source("", path, base=base, base_line=number), 0, 0, "no text on this line")
            number += 1
            base += len(data)
            continue
        source = Source(
            text.rstrip("\r\n"),
            path,
            encoding=encoding,
            bom=bom,
            faults=faults,
            base=base,
            base_line=number,
        )
        number += 1
        base += len(text)
        if is_whole:
            yield from _record(source, settings)
        else:
            yield Fault(source, 0, 0, f"a line of over {LONGEST_RECORD:,} bytes is no record")
            base += _pass_over(handle, data)


def _pass_over(handle: BinaryIO, data: bytes) -> int:
    """Read on to the end of a line; about how many characters it has (UTF-8 without its trail bytes)."""
    count = 0
    while data:
        count += len(data) - sum(data.count(bytes((byte,))) for byte in range(0x80, 0xC0))
        if data.endswith(b"\n"):
            break
        data = handle.readline(LONGEST_RECORD)
    return count


def _record(source: Source, settings: Settings) -> Iterator[Article | Fault]:
    from newslint.json_text import NotJson, behind_space, parse_object

    text = source.text
    part = str(source.base_line + 1)
    at = behind_space(text, 0)
    if at == len(text):
        return
    if text[at] != "{":
        yield Fault(
            source, at, len(text), "a record must be an object: {“title”: …, “text”: …}", part
        )
        return
    try:
        found = parse_object(text, at)
    except NotJson as error:
        place = min(error.start, len(text) - 1)
        yield Fault(source, place, place + 1, f"not JSON: {error}", part)
        return
    end = behind_space(text, found.end)
    if end < len(text):
        yield Fault(source, end, len(text), "more than one record stands on this line", part)
        return
    yield _article(source, found.members, part, settings)


def _article(
    source: Source, members: list[Member], part: str, settings: Settings
) -> Article | Fault:
    from newslint.directives import of_header
    from newslint.draft import Draft
    from newslint.fields import as_mapping, meanings
    from newslint.frontmatter import json_fields
    from newslint.json_text import Number, escaped

    by_key = {member.key: member for member in members}
    name = by_key.get("id")
    if name is not None and isinstance(name.value, (str, Number)):
        part = name.value if isinstance(name.value, str) else name.value.written
    body = next((by_key[key] for key in BODY_KEYS if key in by_key and by_key[key].value), None)
    if body is not None and not isinstance(body.value, str):
        return Fault(source, body.start, body.end, f"“{body.key}” must be a string", part)
    fields = json_fields(source.text, [each for each in members if each is not body])
    found = meanings(fields, settings.fields)
    if body is None and not any(each.name == "title" for each in found):
        wanted = "a record needs “text” or “title”"
        return Fault(source, 0, len(source.text), wanted, part)
    draft = Draft(source.text)
    for meaning in sorted(found, key=lambda each: each.name != "title"):
        for field in meaning.fields:
            if meaning.kind is not None:
                draft.block(meaning.kind, field.pieces)
    if body is not None:
        _body(draft, source.text, body)
    return Article(
        source,
        draft.text,
        draft.blocks,
        fields=as_mapping(fields, found),
        source_map=SourceMap(draft.runs, escaped),
        part=part,
        language=next((each.fields[0].value for each in found if each.name == "language"), ""),
        directives=of_header(fields, len(source.text)),
    )


def _body(draft: Draft, file: str, body: Member) -> None:
    """The blocks of the copy, read off its lines as in a plain text."""
    from newslint.json_text import string_pieces
    from newslint.text.structure import structure

    pieces = string_pieces(file, body.start, body.end, str(body.value))
    text = "".join(piece[0] for piece in pieces)
    title = next((each for each in draft.blocks if each.kind == "title"), None)
    known = draft.text[title.start : title.end] if title is not None else ""
    cut = _Cutter(pieces)
    for part in structure(text, known):
        draft.block(part.kind, cut.between(part.start, part.end))


class _Cutter:
    """Cuts pieces at offsets of their text, which must rise from call to call."""

    def __init__(self, pieces: list[Piece]) -> None:
        self._pieces = pieces
        self._index = 0
        self._at = 0  # where the piece at the index begins

    def between(self, start: int, end: int) -> list[Piece]:
        while self._index < len(self._pieces):
            length = len(self._pieces[self._index][0])
            if self._at + length > start:
                break
            self._at += length
            self._index += 1
        found: list[Piece] = []
        index, at = self._index, self._at
        while index < len(self._pieces) and at < end:
            text, first, last = self._pieces[index]
            low, high = max(0, start - at), min(len(text), end - at)
            if len(text) == last - first:
                text, first, last = text[low:high], first + low, first + high
            found.append((text.replace("\n", " "), first, last))
            at += len(self._pieces[index][0])
            index += 1
        return found


READER = Reader("jsonl", (".jsonl", ".ndjson"), read, stream)
