"""Words of a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

from newslint.finding import Span
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import re

MOST_IN_TABLES = 200  # words

_TO_LOWER = bytes(
    ord(chr(code).lower() if chr(code).isalpha() else "0" if chr(code).isdigit() else " ")
    if code < 128
    else 32
    for code in range(256)
)
_WITHOUT_CASE = bytes(range(256)).lower()
_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())
_TO_WORDS = bytes(
    code if chr(code).isascii() and chr(code).isalpha() else 32 for code in range(256)
)


def words_of(text: str) -> list[bytes]:
    """The words of A to Z in a text, in order; any other character stands between words."""
    return text.encode("latin-1", "replace").translate(_TO_WORDS).split()


def spaced(text: str) -> bytes:
    """A text in lower case, character for character: 0 for a digit, and a space for all else that is not A to Z."""
    return text.encode("latin-1", "replace").translate(_TO_LOWER)


@cache
def finder(
    words: frozenset[str],
    endings: frozenset[str] = frozenset(),
    pieces: frozenset[str] = frozenset(),
) -> Callable[[bytes], list[tuple[int, str]]]:
    """What finds words, in lower case, in a text that is spaced: where each begins and which it is, in order.

    `endings`: of words, alone or with the word behind them, which are found as well; `pieces`: what is found wherever it stands.
    """
    known = (*sorted(words), *sorted(endings), *sorted(pieces))
    forms = [each.encode() if each in pieces else b"%b " % each.encode() for each in known]
    try:
        from ahocorasick_rs import BytesAhoCorasick, Implementation
    except ImportError:  # no build for this machine
        return lambda text: _one_by_one(text, words, endings, pieces)
    # Its tables are the larger the more words it finds, and so the dearer to make; it reads faster.
    kind = Implementation.DFA if len(known) <= MOST_IN_TABLES else None
    find = BytesAhoCorasick(forms, implementation=kind).find_matches_as_indexes
    whole = len(words)

    def all_at_once(text: bytes) -> list[tuple[int, str]]:
        found = [
            (start, known[index])
            for index, start, _ in find(text + b" ", overlapping=True)
            if index >= whole or not start or text[start - 1] == 32
        ]
        found.sort()
        return found

    return all_at_once


def _one_by_one(
    text: bytes, words: Iterable[str], endings: Iterable[str], pieces: Iterable[str]
) -> list[tuple[int, str]]:
    text = b" %b " % text
    found = []
    for before, several, behind in ((b" ", words, b" "), (b"", endings, b" "), (b"", pieces, b"")):
        for each in several:
            form = b"%b%b%b" % (before, each.encode(), behind)
            at = text.find(form)
            while at >= 0:
                found.append((at + len(before) - 1, each))
                at = text.find(form, at + 1)
    return sorted(found)


def letters_and_digits(text: str) -> str:
    """All of a text that is a letter or digit, without case: by that it is known again."""
    if text.isascii():
        return text.encode().translate(_WITHOUT_CASE, _SIGNS).decode()
    return "".join(filter(str.isalnum, text.casefold()))


def word_spans(text: str) -> tuple[Span, ...]:
    """Every run of letters and digits, with the apostrophes and hyphens inside it."""
    return tuple(Span(*match.span()) for match in _word().finditer(text))


@cache
def _word() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"\w+(?:['’ʼ‑-]\w+)*+")
