"""Quotation marks and what may look like one: which there are, where they stand in a text, and next to what."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from newslint.expressions import compiled
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import re

DOUBLE = '"“”„‟«»「」『』〝〞〟＂'
SINGLE = "'‘’‚‛‹›`"
SINGLE_MARKS = frozenset(SINGLE)
MARKS = frozenset(DOUBLE + SINGLE)
# Stand for two characters that are typed for one mark: '' `` ‘‘ ’’
PAIRED: Mapping[str, str] = {"''": "\ue000", "``": "\ue001", "‘‘": "\ue002", "’’": "\ue003"}
TYPED = {stand: typed for typed, stand in PAIRED.items()}
STRAIGHT = "\"'＂`\ue000\ue001"
GUILLEMETS = "«»‹›"
CORNERS = "「」『』"
APOSTROPHES = "'’‘‛`"
DOUBLE_MARKS = frozenset((*DOUBLE, *TYPED))  # of a double pair
# Chinese, Japanese and Korean signs: words do not end where a mark stands next to one.
_SPACELESS_SIGNS = "\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef"
_EVERY, _ASCII = tuple(DOUBLE + SINGLE), tuple("\"'`")


def places_of(text: str) -> list[int]:
    """Where marks stand, apart from apostrophes inside words."""
    places: list[int] = []
    find = text.find
    for mark in [each for each in (_ASCII if text.isascii() else _EVERY) if each in text]:
        if mark in "'’":
            places += [match.start() for match in _outside_words(mark).finditer(text)]
            continue
        at = find(mark)
        while at >= 0:
            places.append(at)
            at = find(mark, at + 1)
    places.sort()
    return places


def without_code(text: str) -> str:
    """The text with letters in the place of code between back-ticks."""
    return _code().sub(lambda match: "x" * len(match.group()), text) if "`" in text else text


@cache
def _outside_words(mark: str) -> re.Pattern[str]:
    """An apostrophe that does not stand inside a word."""
    letter = rf"[^\W{_SPACELESS_SIGNS}]"
    return compiled(rf"{mark}(?!(?<={letter}{mark}){letter})")


@cache
def _code() -> re.Pattern[str]:
    return compiled(r"(?<!`)`[^`\n]{1,400}`(?!`)")


SPACES = " \t\n\r\f\v\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\u200b\ufeff\u2060\u200e\u200f"
OPENING = "([{<（［｛【〈《〔¿¡"
CLOSING = ")]}>）］｝】〉》〕"
STOPS = ".,;:!?…。，、；：！？．؟،؛।%‰"
DASHES = "-–—―‒‑/=|~_+•*·\\"


@lru_cache(maxsize=1 << 12)
def side(character: str) -> str:
    """What stands next to a mark: e nothing, s space, w letter, W capital, 0 digit, p stop, o and ) brackets, d dash, c sign of a script without spaces, k Korean letter, y other."""
    if not character:
        return "e"
    if character in SPACES:
        return "s"
    if character in STOPS:
        return "c" if character >= "\u2e80" else "p"
    if character in OPENING:
        return "c" if character >= "\u2e80" else "o"
    if character in CLOSING:
        return "c" if character >= "\u2e80" else ")"
    if character in DASHES:
        return "d"
    if character.isdigit():
        return "0"
    if character.isalpha():
        if "\uac00" <= character < "\ud7b0" or "\u1100" <= character < "\u1200":
            return "k"
        if (
            "\u2e80" <= character < "\uac00"
            or "\uf900" <= character <= "\uff9f"
            or character >= "\U00020000"
        ):
            return "c"
        if "\u0e00" <= character < "\u0f00" or "\u1780" <= character < "\u1800":
            return "c"
        return "W" if character.isupper() else "w"
    import unicodedata

    return "w" if unicodedata.category(character)[0] == "M" else "y"


# Words that begin with an apostrophe.
_LEADING = {
    "en": "ya tis twas twere twill til till em im er cause cos cuz coz bout round neath gainst tween kay n"
    " ere nother nuff sup scuse stache burbs hood tude pon cept fore twixt appen ave is s",
    "nl": "s t n k m ns tis twas",
    "af": "n s t",
    "de": "n ne nem nen ner nes s is raus rein rauf runter rum",
    "it": "sto sta ste sti ndrangheta l na no nu",
    "br": "z n m s t vit",
}
LEADING_SETS = frozenset(_LEADING)
# Languages in which any word may have an apostrophe.
APOSTROPHIC = frozenset(("br", "mt", "uz", "qu", "haw", "gn", "he", "el"))


@cache
def leading_words(language: str) -> frozenset[str]:
    """The words of a language, and of English, that begin with an apostrophe."""
    return frozenset(f"{_LEADING.get(language, '')} {_LEADING['en']}".split())


def word_after(after: str) -> str:
    at = 0
    while at < len(after) and after[at].isalpha():
        at += 1
    return after[:at].lower()
