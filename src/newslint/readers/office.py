"""Word (.docx) and OpenDocument (.odt) texts. A place in one is the number of a paragraph and of a character in it.

Both are XML in a zip archive, which the standard library opens: no package for office files is needed, and none
would say which character of a paragraph is meant where tracked changes stand between.
"""

from __future__ import annotations

from collections.abc import Iterator

from newslint.article import Article
from newslint.readers import USUAL, Fault, Reader, Settings
from newslint.source import Source, read_whole
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import BinaryIO


def stream(handle: BinaryIO, path: str, settings: Settings = USUAL) -> Iterator[Article | Fault]:
    """The article of an open file: its text as it reads when all tracked changes are accepted.

    Deleted text, hidden text and comments are not copy; notes stand behind the text. What cannot be opened is a fault.
    Raises TooLarge.
    """
    from newslint.readers._office import Unreadable, paragraphs, story

    try:
        found = paragraphs(read_whole(handle, settings.megabytes))
    except Unreadable as error:
        yield Fault(Source("", path), 0, 0, str(error))
        return
    yield story(found, path)


def _is_office(head: bytes) -> bool:
    """Whether a zip archive begins like such a file: with a part that stands first in one, or with what it is."""
    if not head.startswith(b"PK\x03\x04"):
        return False
    is_package = head[30:].startswith((b"[Content_Types].xml", b"_rels/", b"docProps/", b"word/"))
    is_word = is_package and b"word/" in head
    return is_word or b"mimetypeapplication/vnd.oasis.opendocument.text" in head[:120]


READER = Reader(
    "office", (".docx", ".docm", ".dotx", ".dotm", ".odt", ".ott"), stream=stream, sniff=_is_office
)
