"""Tags, comments, character references and attributes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from newslint.draft import Piece

if TYPE_CHECKING:
    import re

_SPACE = " \t\n\r\f"


@cache
def token_pattern() -> re.Pattern[str]:
    """What stands at a place of a text; it matches everywhere.

    Text with single spaces in it, or white space, or a tag (which ends at the next `<` where its `>` is
    missing), or a reference, or the beginning of something else.
    """
    from newslint.expressions import compiled

    value = r"""=(?:[ \t\n\r\f]*+(?:"[^"]*+"|'[^']*+'))?+"""
    return compiled(
        r"[^<& \t\n\r\f]++(?:[ ][^<& \t\n\r\f]++)*+[ ]?+|[ \t\n\r\f]++"
        rf"|<(?P<end>/?)(?P<name>[A-Za-z][^\s/<>]*+)(?P<attributes>(?:[^<>=]++|{value})*+)(?P<close>>?)"
        rf"|{_REFERENCE}|<!--|<!\[CDATA\[|<[!?/][^>]*+>?|[\s\S]"
    )


@cache
def plain_token_pattern() -> re.Pattern[str]:
    """The same for texts whose quotation marks in tags lead nowhere: a tag ends at the first `>`."""
    from newslint.expressions import compiled

    return compiled(
        r"[^<& \t\n\r\f]++(?:[ ][^<& \t\n\r\f]++)*+[ ]?+|[ \t\n\r\f]++"
        r"|<(?P<end>/?)(?P<name>[A-Za-z][^\s/<>]*+)(?P<attributes>[^<>]*+)(?P<close>>?)"
        rf"|{_REFERENCE}|<!--|<!\[CDATA\[|<[!?/][^>]*+>?|[\s\S]"
    )


_REFERENCE = r"&(?:\#(?:[xX][0-9a-fA-F]{1,8}|[0-9]{1,9});?|[A-Za-z][A-Za-z0-9]{1,31};?)"

# References that say where a line may break, and show nothing themselves.
_BREAKS = frozenset("\u00ad\u200b")


def shown(reference: str) -> str:
    """What a character reference shows, as browsers have it: `&amp;`, `&#146;`, and `&copy` without its end.

    The reference itself where there is none of that name; "" where it only allows a line break.
    """
    from html import unescape

    found = unescape(reference)
    if found in _BREAKS:
        return ""
    return " " if found in _SPACE else found


def comment_end(text: str, at: int) -> int:
    """The end of the comment that begins at `at` with `<!--`; -1 where it has none."""
    for short in ("<!-->", "<!--->"):
        if text.startswith(short, at):
            return at + len(short)
    end = text.find("-->", at + 4)
    return end + 3 if end >= 0 else -1


@cache
def end_tag(name: str) -> re.Pattern[str]:
    """The end of an element whose content is not HTML."""
    from newslint.expressions import IGNORECASE, compiled

    return compiled(rf"</{name}(?=[\s/>])[^<>]*+>?", IGNORECASE)


@cache
def _attribute() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(
        r"""([^\s=/"'<>]++)(?:[ \t\n\r\f]*+=[ \t\n\r\f]*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++)))?"""
    )


def attributes(text: str, start: int = 0, end: int = -1) -> Iterator[tuple[str, int, int]]:
    """Names (lower case) of the attributes in `text[start:end]`, and where the value of each stands."""
    for match in _attribute().finditer(text, start, len(text) if end < 0 else end):
        group = match.lastindex or 1
        span = match.span(group) if group > 1 else (match.end(), match.end())
        yield match[1].lower(), *span


def attribute_map(text: str) -> dict[str, str]:
    """The attributes of a tag, as written; of two of one name the first counts."""
    found: dict[str, str] = {}
    for name, start, end in attributes(text):
        found.setdefault(name, text[start:end])
    return found


def value_pieces(text: str, start: int, end: int) -> list[Piece]:
    """What an attribute's value at `start` to `end` says, with the places of its characters in `text`."""
    pieces: list[Piece] = []
    at = start
    for match in _reference().finditer(text, start, end):
        first, last = match.span()
        if first > at:
            pieces.append((text[at:first], at, first))
        pieces.append((shown(match[0]), first, last))
        at = last
    if end > at:
        pieces.append((text[at:end], at, end))
    return pieces


@cache
def _reference() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(_REFERENCE)
