"""Tags and entities as CommonMark has them, which is stricter than HTML."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re


@cache
def tag_pattern() -> re.Pattern[str]:
    """A whole open or closing tag, as CommonMark defines it."""
    from newslint.expressions import ASCII, IGNORECASE, compiled

    value = r"""(?:[^"'=<>`\x00-\x20]++|'[^']*+'|"[^"]*+")"""
    attribute = rf"(?:\s++[a-zA-Z_:][a-zA-Z0-9:._-]*+(?:\s*+=\s*+{value})?+)"
    # An attribute is tried only where one follows, so that white space is never given back.
    attributes = rf"(?:(?=\s++[a-zA-Z_:]){attribute})*+"
    return compiled(
        rf"<(?:[a-z][a-z0-9-]*+{attributes}\s*+/?|/[a-z][a-z0-9-]*+\s*+)>", IGNORECASE | ASCII
    )


@cache
def break_pattern() -> re.Pattern[str]:
    """A `<br>` with the white space around it that means nothing."""
    from newslint.expressions import IGNORECASE, compiled

    return compiled(r"<br\s*+/?>[ \t]*+\n?+[ \t]*+", IGNORECASE)


@cache
def entity_pattern() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});")


def decoded(entity: str) -> str | None:
    """What a character reference (`&amp;`, `&#8217;`) shows; None where there is none of that name."""
    if entity[1] == "#":
        number = int(entity[3:-1], 16) if entity[2] in "xX" else int(entity[2:-1])
        if number == 0 or number > 0x10FFFF or 0xD800 <= number < 0xE000:
            return "\N{REPLACEMENT CHARACTER}"
        return chr(number)
    from html.entities import html5

    return html5.get(entity[1:])
