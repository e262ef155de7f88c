"""Letters of one script inside a word of another: the Cyrillic а in “Pаris”, the Latin o in “Мoсква”.

Only letters that look the same count. Endings that a language puts to a foreign name, units and formulas
(“VIPы”, “μm”, “TNFα”) mix scripts on purpose.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from newslint.expressions import compiled
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re

_CYRILLIC = "АВЕЅІЈКМНОРСТУХҮаеѕіјорсухԛԝ"
_LATIN_OF_CYRILLIC = "ABESIJKMHOPCTYXYaesijopcyxqw"
_GREEK = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϲϳ"
_LATIN_OF_GREEK = "ABEZHIKMNOPTYXocj"
_REACH = 64  # letters of a word that are looked at
_AROUND = 80  # characters on both sides that say which script the line is in


class LookAlike(NamedTuple):
    """A word with letters of another script.

    `foreign` is the first of them; `repaired` is the word in one script, None where either could be
    meant.
    """

    start: int
    end: int
    foreign: str
    repaired: str | None


def lookalikes(text: str) -> tuple[LookAlike, ...]:
    """Every word that mixes two scripts by letters that look the same."""
    found: list[LookAlike] = []
    end = 0
    for match in _meeting().finditer(text):
        if match.start() < end:
            continue
        word = _word().match(text, _start(text, match.start(), end))
        if word is None or word.end() <= match.start():
            continue
        end = word.end()
        each = _judged(text, word.start(), end)
        if each is not None:
            found.append(each)
    return tuple(found)


def _start(text: str, at: int, floor: int) -> int:
    floor = max(floor, at - _REACH)
    while at > floor and text[at - 1].isalpha():
        at -= 1
    return at


def _script(character: str) -> str:
    point = ord(character)
    if point < 0x250 or 0x1E00 <= point < 0x1F00:
        return "l"
    if 0x370 <= point < 0x400 or 0x1F00 <= point < 0x2000:
        return "g"
    return "c" if 0x400 <= point < 0x530 else ""


def _judged(text: str, start: int, end: int) -> LookAlike | None:
    word = text[start:end]
    scripts = [_script(character) for character in word]
    kinds = set(scripts)
    if len(word) < 3 or "l" not in kinds or kinds not in ({"l", "c"}, {"l", "g"}):
        return None
    other = "c" if "c" in kinds else "g"
    to_latin, from_latin = _tables()[other]
    latin = all(
        s == "l" or character in to_latin for character, s in zip(word, scripts, strict=True)
    )
    foreign = all(
        s == other or character in from_latin for character, s in zip(word, scripts, strict=True)
    )
    if not latin and not foreign:
        return None
    around = _majority(text, start, end, other)
    ending = _is_ending(scripts)
    if latin and foreign:
        wanted = around
    elif latin:
        if around == other and ending:
            return None
        wanted = "l"
    else:
        if ending and min(scripts.count("l"), scripts.count(other)) > 1:
            return None
        wanted = other
    table = to_latin if wanted == "l" else from_latin
    if not wanted:
        return LookAlike(start, end, word[0], None)
    pairs = list(zip(word, scripts, strict=True))
    intruder = next(character for character, script in pairs if script != wanted)
    repaired = "".join(c if script == wanted else table[c] for c, script in pairs)
    return LookAlike(start, end, intruder, repaired)


def _is_ending(scripts: list[str]) -> bool:
    """Whether the word is one block of each script: a foreign name and its ending."""
    return sum(scripts[i] != scripts[i - 1] for i in range(1, len(scripts))) == 1


def _majority(text: str, start: int, end: int, other: str) -> str:
    """The script of most letters around the word; "" where neither prevails."""
    pieces = (text[max(0, start - _AROUND) : start], text[end : end + _AROUND])
    scripts = [_script(c) for piece in pieces for c in piece if c.isalpha()]
    latin, foreign = scripts.count("l"), scripts.count(other)
    if latin > 2 * foreign:
        return "l"
    return other if foreign > 2 * latin else ""


@cache
def _tables() -> Mapping[str, tuple[Mapping[str, str], Mapping[str, str]]]:
    """For each script: its letters to Latin ones, and back."""
    back_of_cyrillic = dict(zip(_LATIN_OF_CYRILLIC, _CYRILLIC, strict=True)) | {"Y": "У"}
    for rare in "SJsjqw":  # as good as never what was meant
        del back_of_cyrillic[rare]
    return {
        "c": (dict(zip(_CYRILLIC, _LATIN_OF_CYRILLIC, strict=True)), back_of_cyrillic),
        "g": (
            dict(zip(_GREEK, _LATIN_OF_GREEK, strict=True)),
            {"o": "ο"} | dict(zip(_LATIN_OF_GREEK[:14], _GREEK[:14], strict=True)),
        ),
    }


@cache
def _meeting() -> re.Pattern[str]:
    """A Greek or Cyrillic letter beside a Latin one."""
    latin = "A-Za-zÀ-ÖØ-öø-ɏ"
    others = "Ͱ-ͽͿΆΈ-ϿЀ-ҁҊ-ԯ"
    return compiled(rf"[{others}](?:(?=[{latin}])|(?<=[{latin}][{others}]))")


@cache
def _word() -> re.Pattern[str]:
    return compiled(rf"[^\W\d_]{{1,{2 * _REACH}}}")
