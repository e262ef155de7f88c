"""Text that was read in the wrong encoding: UTF-8 taken for Windows-1252, Latin-1 or another code page.

Every letter of UTF-8 beyond ASCII is two to four bytes of a fixed pattern, and the pattern shows in whatever
those bytes were taken for: é becomes Ã©, ’ becomes â€™. What decodes back by that pattern, and stands where
no writer would put such signs, is certain.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cache

from newslint.expressions import compiled
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re

_ROUNDS = 4  # times that a text may have gone wrong, one over the other


class Mojibake(NamedTuple):
    """`text[start:end]` was meant to be `repaired`; None where nobody can say what was meant.

    `certain`: the signs decode back to it and to nothing else. `encoding`: what the bytes were taken for, where
    that is said.
    """

    start: int
    end: int
    repaired: str | None
    certain: bool = True
    encoding: str = ""


def mojibake(text: str, utf8: bytes) -> tuple[Mojibake, ...]:
    """Every run of wrongly decoded signs, in order. `utf8`: the text in UTF-8."""
    is_western = b"\xc3" in utf8 and _western().search(utf8.decode("latin-1")) is not None
    is_cyrillic = b"\xd0\xa0" in utf8  # Р
    in_pieces = any(lead in utf8 for lead in (b"A\xcc\x83", b"A\xcc\x82", b"a\xcc\x82"))
    if not (is_western or is_cyrillic or in_pieces or b"\xd0\x82" in utf8):  # Ђ
        return ()
    found = list(_windows(text)) if is_western else []
    if in_pieces:
        found += _of_pieces(text)
    pattern, table = _punctuation()
    for match in pattern.finditer(text):
        found.append(Mojibake(*match.span(), table[match[0]]))
    for match in _cyrillic().finditer(text) if is_cyrillic else ():
        repaired = _recoded(match[0], "cp1251")
        if repaired is not None:
            found.append(Mojibake(*match.span(), repaired))
    found.sort(key=lambda each: each.start)
    kept: list[Mojibake] = []
    for each in found:
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return tuple(kept)


@cache
def _western() -> re.Pattern[str]:
    """The bytes of a letter from À to ÿ with no ASCII behind it, of Â with white space behind it, or of Ã between
    small letters: in text of Western code pages that went wrong there is always one."""
    return compiled(r"\xc3(?:[\x80-\xbf][\xc2-\xf4]|\x82[ \n]|(?<=[a-z]\xc3)\x83[a-z])")


# ------------------------------------------------------------------ Windows-1252 and Latin-1


@cache
def _bytes() -> Mapping[str, int]:
    """The byte that each character stood for, above ASCII. Both what Windows-1252 and Latin-1 make of it."""
    table = {chr(byte): byte for byte in range(0x80, 0x100)}
    for byte in range(0x80, 0xA0):
        try:
            table[bytes((byte,)).decode("cp1252")] = byte
        except UnicodeDecodeError:  # five bytes that Windows-1252 leaves open
            continue
    return table


@cache
def _runs() -> re.Pattern[str]:
    """Sequences of a leading byte and its continuation bytes, one after the other."""
    import re

    def characters(first: int, last: int) -> str:
        return re.escape("".join(c for c, byte in _bytes().items() if first <= byte <= last))

    tail = f"[{characters(0x80, 0xBF)}]"
    two, three, four = characters(0xC2, 0xDF), characters(0xE0, 0xEF), characters(0xF0, 0xF4)
    lead = f"[{two}{three}{four}]"
    unit = f"[{two}]{tail}|[{three}]{tail}{tail}|[{four}]{tail}{tail}{tail}"
    return compiled(
        rf"{lead}(?:(?<=[{two}]){tail}|(?<=[{three}]){tail}{{2}}|(?<=[{four}]){tail}{{3}})(?:{unit})*+"
    )


def _windows(text: str) -> Iterator[Mojibake]:
    table = _bytes()
    leads: set[str] = set()
    broken = 0
    alone: list[Mojibake] = []
    for match in _runs().finditer(text):
        start, end = match.span()
        try:
            raw = bytes(table[character] for character in match[0])
            decoded = raw.decode("utf-8")
        except UnicodeDecodeError:  # overlong forms and surrogates: no UTF-8 after all
            continue
        repaired = _again(decoded).replace("\ufeff", "")
        each = Mojibake(start, end, None if "\ufffd" in repaired else repaired)
        if _certain(text, start, end, decoded):
            leads.update(text[start] if len(decoded) > 1 else "")
            broken += text[start] == "Ã"
            yield each
        elif not text[start - 1 : start].isalpha() and not text[end : end + 1].isalpha():
            alone.append(each)
    # A word of one letter, in a text of which longer words went wrong the same way.
    yield from (each for each in alone if text[each.start] in leads)
    for match in (_any() if broken >= _OFTEN else _lost()).finditer(text):
        yield Mojibake(*match.span(), None, certain=False)
    for match in _thinned().finditer(text):
        yield Mojibake(*match.span(), _THINNED[match[0]], certain=False)
    for match in _cut_short().finditer(text):
        if match[0] == "â€":
            yield Mojibake(*match.span(), "”", certain=False)
        else:
            yield Mojibake(*match.span(), "")


def _of_pieces(text: str) -> Iterator[Mojibake]:
    """The runs with a Ã, Â or â whose accent some program has set apart since."""
    from unicodedata import normalize

    whole: list[str] = []
    starts: list[int] = []  # in the text, of each piece
    ends: list[int] = []  # in the composed text
    at = length = 0
    for match in _leads_in_pieces().finditer(text):
        for piece in (text[at : match.start()], normalize("NFC", match[0])):
            starts.append(at)
            at += len(piece) if len(starts) % 2 else len(match[0])
            length += len(piece)
            ends.append(length)
            whole.append(piece)
    starts.append(at)
    whole.append(text[at:])

    def place(offset: int) -> int:
        index = bisect_right(ends, offset)
        return starts[index] + offset - (ends[index - 1] if index else 0)

    for each in _windows("".join(whole)):
        span = place(each.start), place(each.end)
        if span[1] - span[0] > each.end - each.start:
            yield each._replace(start=span[0], end=span[1])


@cache
def _leads_in_pieces() -> re.Pattern[str]:
    return compiled("A[\u0302\u0303]|a\u0302")


def _again(decoded: str) -> str:
    """`decoded`, decoded further where it went wrong more than once."""
    table = _bytes()
    for _ in range(_ROUNDS):
        if decoded.isascii() or _runs().fullmatch(decoded) is None:
            break
        try:
            decoded = bytes(table[character] for character in decoded).decode("utf-8")
        except UnicodeDecodeError:
            break
    return decoded


def _certain(text: str, start: int, end: int, decoded: str) -> bool:
    """Whether no writer could have meant the signs as they stand."""
    if len(decoded) > 1:
        return True
    point = ord(decoded)
    before = text[start - 1] if start else ""
    after = text[end : end + 1]
    if end - start == 4:
        return point >= 0x1F000  # pictographs
    if end - start == 3:
        # Punctuation, currency signs, arrows, mathematics, bullets; the byte order mark and U+FFFD.
        return (
            0x2000 <= point < 0x2300 or 0x25A0 <= point < 0x2800 or point in (0xFEFF, 0xFFFD)
        ) and (text[start] != "ê")
    second = text[start + 1]
    if text[start] == "Â":
        # "Â " with a hard space, "Â£", "Â»": a capital word may end in Â before a mark, hardly ever does.
        return not (before.isupper() and not after.isalpha() and second in _MARKS)
    if decoded == "à" and not before.isalpha() and not after.isalpha():
        return True
    if 0xC0 <= point < 0x250:
        if second in _MARKS:
            # "MANHÃ”", "É…": a capital letter at the end of a word, and the mark behind it.
            return (
                before.islower()
                or after.islower()
                or (text[start] == "Ã" and before.isupper() and after.isupper())
            )
        return text[start] in "ÃÄÅ" or before.islower()
    return False


_MARKS = "’‘”“„‚›‹»«…–—™ \xa0\xad°ºª§·•"


_OFTEN = 2  # letters that surely were behind a Ã, which make any other Ã of the text one that lost its own

# Signs of three bytes of which the second was dropped, as programs do that take it for a control character.
_THINNED = {"â¬": "€", "â¦": "…"}


@cache
def _thinned() -> re.Pattern[str]:
    return compiled("|".join(_THINNED))


@cache
def _any() -> re.Pattern[str]:
    return compiled("Ã")


@cache
def _lost() -> re.Pattern[str]:
    """A Ã inside a word of small letters, of which the sign behind it was dropped: no language puts it there."""
    return compiled("(?<=[a-z])Ã(?=[a-z])")


@cache
def _cut_short() -> re.Pattern[str]:
    """â€ and Â of which the last sign was dropped.

    Most programs drop the byte that ends ”, and make a plain space of the hard one.
    """
    import re

    tail = re.escape("".join(c for c, byte in _bytes().items() if 0x80 <= byte <= 0xBF))
    return compiled(rf"â€(?![{tail}])|Â(?<=[ \n.,:;!?)\d]Â)(?=[ \n])(?:(?<= Â) )?")


# ------------------------------------------------------------------ other code pages


@cache
def _punctuation() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Quotation marks, dashes and dots of UTF-8 as Mac OS Roman, DOS or Windows Cyrillic show them."""
    import re

    table: dict[str, str] = {}
    for character in "‘’“”–—…•":
        for code_page in ("mac_roman", "cp850", "cp437", "cp1251"):
            shown = character.encode("utf-8").decode(code_page, "replace")
            if "\ufffd" not in shown:
                table[shown] = character
    return compiled("|".join(map(re.escape, table))), table


@cache
def _cyrillic() -> re.Pattern[str]:
    """Russian letters of UTF-8 as Windows-1251 shows them: РџСЂРёРІРµС‚."""
    import re

    tail = re.escape(bytes(byte for byte in range(0x80, 0xC0) if byte != 0x98).decode("cp1251"))
    return compiled(rf"(?:[РС][{tail}]){{3,}}")


def _recoded(shown: str, code_page: str) -> str | None:
    try:
        return shown.encode(code_page).decode("utf-8")
    except UnicodeError:
        return None


# ------------------------------------------------------------------ by way of ftfy


def by_ftfy(text: str, known: tuple[Mojibake, ...]) -> tuple[Mojibake, ...]:
    """`known`, and what ftfy finds in the words between: of more code pages, and with bytes that were dropped.

    Raises ImportError where ftfy is not installed.
    """
    try:
        from ftfy import fix_encoding_and_explain
        from ftfy.badness import is_bad
    except ImportError:
        raise ImportError("pip install 'newslint[mojibake]' for the detector “ftfy”") from None
    found = list(known)
    for match in _foreign_words().finditer(text):
        start, end = match.span()
        if not is_bad(match[0]):
            continue
        repaired, steps = fix_encoding_and_explain(match[0])
        ours = [each for each in known if each.start < end and start < each.end]
        if not any(
            each.action == "apply" or each.parameter.startswith("utf-8") for each in steps or ()
        ):
            continue  # single bytes of another code page: control characters, which have a rule
        is_plain = {each.action for each in steps or ()} == {"encode", "decode"}
        certain = is_plain and not is_bad(repaired)
        if repaired == match[0] or (
            ours and (not certain or _with(match[0], start, ours) == repaired)
        ):
            continue
        found = [each for each in found if each not in ours]
        while match[0][start - match.start()] == repaired[:1]:
            start, repaired = start + 1, repaired[1:]
        while repaired and text[end - 1] == repaired[-1]:
            end, repaired = end - 1, repaired[:-1]
        name = next((str(each.parameter) for each in steps or () if each.action == "encode"), "")
        found.append(Mojibake(start, end, repaired, certain, name.removeprefix("sloppy-")))
    return tuple(sorted(found, key=lambda each: each.start))


def _with(words: str, at: int, repairs: list[Mojibake]) -> str:
    """`words`, which stand at an offset, with repairs made."""
    for each in reversed(repairs):
        words = words[: each.start - at] + (each.repaired or "") + words[each.end - at :]
    return words


@cache
def _foreign_words() -> re.Pattern[str]:
    """Words that are not all ASCII, one behind the other, and a space that may have been a byte of the last."""
    word = r"[!-~]*+[^\s\x00-\x7f]\S*+"
    return compiled(rf"(?<!\S){word}(?:[ \xa0]{word})*+[ \xa0]?")
