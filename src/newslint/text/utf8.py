"""A text as UTF-8, for quick answers to whether characters can stand in it at all.

Bytes are searched many times faster than characters, and most text has few bytes beyond printable ASCII.
"""

from __future__ import annotations

from functools import cache

# First bytes of characters. They stand here so that a text without them needs no more to be known.
# Signs read in a wrong encoding have one of À to ÿ, of their accents apart, or of Cyrillic.
MISREAD = frozenset((0xC3, 0xCC, 0xD0))
GREEK_AND_CYRILLIC = frozenset(range(0xCD, 0xD5))

_ORDINARY = bytes((9, 10, 13, *range(0x20, 0x7F)))


def encoded(text: str) -> bytes:
    """`text` in UTF-8; lone surrogates too, as three bytes."""
    return text.encode("utf-8", "surrogatepass")


def unusual(data: bytes) -> bytes:
    """`data` without printable ASCII, tabs and line ends. All bytes of any other character stay, side by side."""
    return data.translate(None, _ORDINARY)


def unusual_bytes(data: bytes) -> frozenset[int]:
    """Every byte that is left of it."""
    return frozenset(unusual(data))


# Here bytes are looked for by `find`: `in` makes an exception before it looks.


def holds(data: bytes, known: frozenset[int], characters: str) -> bool:
    """Whether one of `characters`, none of them ordinary, is in what is `unusual` in a text, or all of it.

    `known`: the bytes of `data`.
    """
    for before, beginning, ends in _needed(characters):
        if before <= known:
            for last in ends & known:
                if data.find(beginning + bytes((last,))) >= 0:
                    return True
    return False


# First bytes of characters of which some are letters with a capital, and all of those that count as signs.
_CASED = frozenset((*range(0xC3, 0xE0), 0xE1, 0xEA, 0xEF, 0xF0))
_CASED_SIGNS = (
    b"\xc2\xb5",
    *(bytes((0xE2, second)) for second in (0x84, 0x85, 0x86, 0x92, 0x93, *range(0xB0, 0xB4))),
)
_ENDS_OF_SIGNS = frozenset(sign[1] for sign in _CASED_SIGNS)


def has_no_case(data: bytes, known: frozenset[int]) -> bool:
    """Whether a text, in UTF-8 and with these unusual bytes, surely has no letters with a capital but those of ASCII."""
    if not known:
        return True
    if not _CASED.isdisjoint(known):
        return False
    return _ENDS_OF_SIGNS.isdisjoint(known) or not any(
        sign[0] in known and sign[1] in known and data.find(sign) >= 0 for sign in _CASED_SIGNS
    )


def folded(text: str, data: bytes, known: frozenset[int]) -> bytes:
    """`text.casefold()` in UTF-8, in a fifth of the time where ASCII has all letters of the text.

    `data`: the text in UTF-8; `known`: the unusual bytes of that.
    """
    return data.lower() if has_no_case(data, known) else encoded(text.casefold())


def folded_alone(text: str) -> bytes:
    """`folded` of a text of which nothing is known yet."""
    data = encoded(text)
    return folded(text, data, unusual_bytes(data))


@cache
def _needed(characters: str) -> tuple[tuple[frozenset[int], bytes, frozenset[int]], ...]:
    """The bytes of characters: all but the last one, as a set and in order, and every last one behind them."""
    by_beginning: dict[bytes, set[int]] = {}
    for character in characters:
        data = encoded(character)
        by_beginning.setdefault(data[:-1], set()).add(data[-1])
    return tuple(
        (frozenset(beginning), beginning, frozenset(ends))
        for beginning, ends in by_beginning.items()
    )
