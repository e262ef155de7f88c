"""Pages of the web, in archives or alone, as trafilatura extracts their stories: by name only (`--format trafilatura`).

Corpora are made so; what the extraction leaves in a text, or takes away from it, shows. A place is a paragraph and
a character of the extracted text.
"""

from __future__ import annotations

from collections.abc import Iterator

from newslint.article import Article
from newslint.readers import USUAL, Fault, NotArticle, Omitted, Reader, Settings
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import BinaryIO


def stream(
    handle: BinaryIO, path: str, settings: Settings = USUAL
) -> Iterator[Article | Fault | Omitted]:
    """The articles of an archive, or the one of a page. Raises OSError where trafilatura is not installed."""
    from newslint.readers._trafilatura import extracted
    from newslint.readers._warc import articles
    from newslint.readers.warc import is_archive
    from newslint.source import Source, read_whole

    head = handle.read(16)
    if is_archive(head):
        yield from articles(handle, path, head, extract=extracted)
        return
    found = extracted(Source.from_bytes(head + read_whole(handle, settings.megabytes), path))
    if isinstance(found, Omitted):
        raise NotArticle("no story that trafilatura finds")
    yield found


READER = Reader("trafilatura", (), stream=stream)
