"""Words of a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

from newslint.finding import Span
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import re


_TO_LOWER = bytes(
    ord(chr(code).lower()) if chr(code).isascii() and chr(code).isalpha() else 32
    for code in range(256)
)
_TO_WORDS = bytes(
    code if chr(code).isascii() and chr(code).isalpha() else 32 for code in range(256)
)


def words_of(text: str) -> list[bytes]:
    """The words of A to Z in a text, in order; any other character stands between words."""
    return text.encode("latin-1", "replace").translate(_TO_WORDS).split()


def spaced(text: str) -> bytes:
    """A text in lower case with a space for all that is not A to Z, character for character."""
    return text.encode("latin-1", "replace").translate(_TO_LOWER)


@cache
def finder(words: frozenset[str]) -> Callable[[bytes], list[tuple[int, str]]]:
    """What finds words, in lower case, in a text that is spaced: where each begins and which it is, in order."""
    known = tuple(sorted(words))
    try:
        from ahocorasick_rs import BytesAhoCorasick
    except ImportError:  # no build for this machine
        return lambda text: _one_by_one(text, known)
    find = BytesAhoCorasick([b" %b " % word.encode() for word in known]).find_matches_as_indexes

    def all_at_once(text: bytes) -> list[tuple[int, str]]:
        found = find(b" %b " % text, overlapping=True)
        return sorted([(start, known[index]) for index, start, _ in found])

    return all_at_once


def _one_by_one(text: bytes, words: Iterable[str]) -> list[tuple[int, str]]:
    text = b" %b " % text
    found = []
    for word in words:
        form = b" %b " % word.encode()
        at = text.find(form)
        while at >= 0:
            found.append((at, word))
            at = text.find(form, at + 1)
    return sorted(found)


def folded(text: str) -> str:
    """A text in lower case with a question mark for all that is not Latin-1, character for character."""
    return text.encode("latin-1", "replace").lower().decode("latin-1")


def word_spans(text: str) -> tuple[Span, ...]:
    """Every run of letters and digits, with the apostrophes and hyphens inside it."""
    return tuple(Span(*match.span()) for match in _word().finditer(text))


@cache
def _word() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"\w+(?:['’ʼ‑-]\w+)*+")
