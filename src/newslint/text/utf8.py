"""A text as UTF-8, for quick answers to whether characters can stand in it at all.

Bytes are searched many times faster than characters, and most text has few bytes beyond printable ASCII.
"""

from __future__ import annotations

from functools import cache

# First bytes of characters. They stand here so that a text without them needs no more to be known.
MISREAD = frozenset(
    (0xC3, 0xCC, 0xD0)
)  # of À to ÿ, of their accents apart, and of Cyrillic, of which signs read in a wrong encoding have one
GREEK_AND_CYRILLIC = frozenset(range(0xCD, 0xD5))

_ORDINARY = bytes((9, 10, 13, *range(0x20, 0x7F)))


def encoded(text: str) -> bytes:
    """`text` in UTF-8; lone surrogates too, as three bytes."""
    return text.encode("utf-8", "surrogatepass")


def unusual_bytes(data: bytes) -> frozenset[int]:
    """Every byte of `data` that is neither printable ASCII, nor a tab or line end."""
    return frozenset(data.translate(None, _ORDINARY))


def may_hold(unusual: frozenset[int], characters: str) -> bool:
    """Whether a text with these unusual bytes can hold one of `characters`, all of them unusual."""
    return any(
        before <= unusual and not last.isdisjoint(unusual) for before, last in _needed(characters)
    )


# First bytes of characters of which some are letters with a capital, and both of those that count as signs.
_CASED = bytes((*range(0xC3, 0xE0), 0xE1, 0xEA, 0xEF, 0xF0))
_CASED_SIGNS = (
    b"\xc2\xb5",
    *(bytes((0xE2, second)) for second in (0x84, 0x85, 0x86, 0x92, 0x93, *range(0xB0, 0xB4))),
)


def has_no_case(data: bytes) -> bool:
    """Whether a text, in UTF-8, surely has no letters with a capital but those of ASCII."""
    rare = data.translate(None, _ORDINARY)
    # Bytes `in` bytes make an exception before they are looked for; `find` does not.
    return len(rare.translate(None, _CASED)) == len(rare) and max(map(rare.find, _CASED_SIGNS)) < 0


def folded(text: str) -> bytes:
    """`text.casefold()` in UTF-8, in a fifth of the time where ASCII has all letters of the text."""
    data = encoded(text)
    return data.lower() if has_no_case(data) else encoded(text.casefold())


@cache
def _needed(characters: str) -> tuple[tuple[frozenset[int], frozenset[int]], ...]:
    """The bytes of characters: all but the last one, with every last one that comes after them."""
    by_beginning: dict[frozenset[int], set[int]] = {}
    for character in characters:
        *beginning, last = encoded(character)
        by_beginning.setdefault(frozenset(beginning), set()).add(last)
    return tuple((beginning, frozenset(last)) for beginning, last in by_beginning.items())
