"""JSON Lines: one article a line, read line by line, so that a file may be larger than memory.

A record is an object in one of the shapes of `newslint.shapes`, most often with `text`, `title` and an `id`
that becomes the article's part. A line that cannot be read is a fault, and the next one goes on.
"""

from __future__ import annotations

from collections.abc import Iterator

from newslint.article import Article
from newslint.readers import USUAL, Fault, NotArticle, Reader, Settings
from newslint.source import BOMS, NotText, Source, TooLarge, decode, read_whole
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import BinaryIO

LONGEST_RECORD = (
    64_000_000  # bytes: a line beyond it is no article, and would not fit a small machine
)
LOOKED_AT = 20  # records that decide whether a file holds any articles
NO_COPY = "a record needs “text” or “title”"
LONGEST_PASSED = 1_000_000_000  # bytes of a line that are read to find its end: a device has none
_TRAIL = bytes(range(0x80, 0xC0))


def read(source: Source, settings: Settings = USUAL) -> Iterator[Article | Fault]:
    """The articles of a text of JSON lines. Raises NotArticle where they are records of other things."""
    lines = _lines(source, is_told=True)
    return _judged(item for line in lines for item in _record(line, settings))


def stream(handle: BinaryIO, path: str, settings: Settings = USUAL) -> Iterator[Article | Fault]:
    """The articles of an open file, one line of it in memory at a time. Raises NotArticle as `read` does."""
    return _judged(records(handle, path, settings))


def _judged(items: Iterator[Article | Fault]) -> Iterator[Article | Fault]:
    """`items`, where they do not begin with records that hold nothing of an article."""
    held = []
    for item in items:
        held.append(item)
        if isinstance(item, Article) or item.message != NO_COPY:
            yield from held
            yield from items
            return
        if len(held) == LOOKED_AT:
            break
    if held:
        raise NotArticle("JSON lines without “text” or “title”; name other keys under [fields]")


def _lines(source: Source, *, is_told: bool = False) -> Iterator[Source]:
    """The lines of a text that are not empty. `is_told`: whether the faults of its decoding have been told."""
    for number in range(len(source.line_starts)):
        first, last = source.line_span(number)
        if first < last:
            yield Source(
                source.text[first:last],
                source.path,
                encoding=source.encoding,
                faults=() if is_told else source.faults_in(first, last),
                base=source.base + first,
                base_line=source.base_line + number,
            )


def records(
    handle: BinaryIO, path: str, settings: Settings = USUAL, lines_before: int = 0
) -> Iterator[Article | Fault]:
    """The articles of the lines of an open file, one of them in memory at a time; every line counts as a record.

    `lines_before`: how many of the file stand in front of what is read. Offsets count from there.
    """
    base, number = 0, lines_before
    while data := handle.readline(LONGEST_RECORD):
        if number == lines_before and data.startswith(
            tuple(mark for mark, name in BOMS if name != "utf-8")
        ):
            data += read_whole(handle, settings.megabytes)
            for line in _lines(Source.from_bytes(data, path)):
                yield from _record(line, settings)
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
        if "\r" in source.text and not _is_one(source.text):
            for line in _lines(source):
                yield from _record(line, settings)
            number += len(source.line_starts) - 1
        elif is_whole:
            yield from _record(source, settings)
        else:
            yield Fault(source, 0, 0, f"a line of over {LONGEST_RECORD:,} bytes is no record")
            base += _pass_over(handle, data)


def _pass_over(handle: BinaryIO, data: bytes) -> int:
    """Read on to the end of a line; about how many characters it has (UTF-8 without its trail bytes).

    Raises TooLarge where there seems to be none.
    """
    count = passed = 0
    while data:
        count += len(data.translate(None, _TRAIL))
        if data.endswith(b"\n"):
            break
        passed += len(data)
        if passed > LONGEST_PASSED:
            raise TooLarge(f"a line of over {LONGEST_PASSED:,} bytes; these are no JSON lines")
        data = handle.readline(LONGEST_RECORD)
    return count


def _is_one(text: str) -> bool:
    """Whether a text is one value, and carriage returns stand only between its parts."""
    from newslint.json_text import NotJson, behind_space, value_at

    try:
        _, end = value_at(text, behind_space(text, 0))
    except NotJson:
        return False
    return behind_space(text, end) == len(text)


def _record(source: Source, settings: Settings) -> Iterator[Article | Fault]:
    from newslint import shapes
    from newslint.json_text import Node, NotJson, behind_space

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
        node = Node.of_object(text, at)
    except NotJson as error:
        place = min(error.start, len(text) - 1)
        yield Fault(source, place, place + 1, f"not JSON: {error}", part)
        return
    rest = behind_space(text, node.end)
    if rest < len(text):
        yield Fault(source, rest, len(text), "more than one record stands on this line", part)
        return
    part = shapes.name_of(node, settings.fields) or part
    found = shapes.record(node, settings.fields)
    if found is None or (found.copy is None and not found.has_title):
        is_known = not node.members.keys().isdisjoint((*shapes.TEXT_KEYS, "title"))
        message = "its “text” and “title” hold nothing to read" if is_known else NO_COPY
        yield Fault(source, at, node.end, message, part)
        return
    yield shapes.article(source, found, part)


def sniff(head: bytes) -> bool:
    """Whether the first line is an object and the second begins one."""
    from newslint.source import beginning

    first, _, rest = beginning(head).lstrip().partition("\n")
    is_object = first[:1] == "{" and first[1:].lstrip()[:1] == '"' and first.rstrip()[-1:] == "}"
    return is_object and rest.lstrip()[:1] == "{"


READER = Reader("jsonl", (".jsonl", ".ndjson", ".jsonlines"), read, stream, sniff)
