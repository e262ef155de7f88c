"""Signs that a wrong encoding, an escape or a careless copy left in the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

from newslint.finding import Hit
from newslint.rules import Case, rule
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from typing import Literal

    from newslint.article import Article

_SHOWN = 24  # characters that a message shows


def _name(character: str) -> str:
    """Code and Unicode name, as in “U+200B zero width space”."""
    import unicodedata

    point = ord(character)
    known = _CONTROLS.get(point) or unicodedata.name(character, "").lower()
    return f"U+{point:04X} {known}".rstrip()


# Characters without a name of their own in the Unicode database: what their aliases call them.
_CONTROLS = {
    0x00: "null",
    0x07: "alert",
    0x08: "backspace",
    0x0B: "line tabulation",
    0x0C: "form feed",
    0x1A: "substitute",
    0x1B: "escape",
    0x1C: "information separator four",
    0x1D: "information separator three",
    0x1E: "information separator two",
    0x1F: "information separator one",
    0x7F: "delete",
    0x85: "next line",
    0xFEFF: "byte order mark",
}


# ------------------------------------------------------------------ mojibake


@rule(
    "ENC102",
    "wrong-decoding",
    severity="error",
    bad=[
        ("The ferry didn⟦â€™⟧t come.", "The ferry didn’t come."),
        ("A caf⟦Ã©⟧ in M⟦Ã¼⟧nchen, 5⟦Â\xa0⟧km away.", "A café in München, 5\xa0km away."),
        ("⟦â€œ⟧We wait,⟦â€\x9d⟧ he said.", "“We wait,” he said."),
        ("It doesn⟦Ã¢â‚¬â„¢⟧t float.", "It doesn’t float."),
        ("The boat cost ⟦Â£⟧5 and ⟦â‚¬⟧6.", "The boat cost £5 and €6."),
        ("⟦ÐŸÐ¾Ñ€Ñ‚⟧ reopens", "Порт reopens"),
        ("The owner⟦‚Äô⟧s boat", "The owner’s boat"),
        ("⟦РџРѕСЂС‚⟧ и паром", "Порт и паром"),
        ("He smiled ⟦ðŸ™‚⟧ and left.", "He smiled 🙂 and left."),
        ("⟦â€œ⟧We wait,⟦â€⟧ he said.", "“We wait,” he said."),
        ("Published:⟦Â⟧ Tuesday", "Published: Tuesday"),
        ("Pe⟦A\u0303±⟧a met Fran⟦A\u0303\x83A\u0302§⟧ois.", "Peña met François."),
        "A lost ⟦ï¿½⟧ sign",
        ("It costs 9,75 ⟦â¬⟧ and more⟦â¦⟧", "It costs 9,75 € and more…"),
        "Die F⟦Ã¤⟧hre f⟦Ã¤⟧hrt, das wei⟦Ã⟧ er. ⟦Ã⟧ber den Sund.",
        "Ra⟦Ã⟧l and Ra⟦A\u0303⟧l met on the quay.",
    ],
    good=[
        "The café in München didn’t open; “we wait,” he said — for £5.",
        Case("“AMANHÔ, disse. «MAÇû e «NÃO».", language="pt"),
        Case("Il a dit : « É », puis « FIANCÉ », « CAFÉ »… et ‘voilà’…", language="fr"),
        "‘He went to the café’” was “all they said in the café”…",
        Case("Ångström, Å… och ÅÄÖ”", language="sv"),
        Case("Порт «Р» и СССР… С“С”, Ё“Ё”.", language="ru"),
    ],
)
def wrong_decoding(
    article: Article, *, detector: Literal["newslint", "ftfy"] = "newslint"
) -> Iterator[Hit]:
    """Letters were read in the wrong encoding.

    “Ã©” was an é and “â€™” an apostrophe when the text was written. Every reader sees that something broke.
    `detector = "ftfy"` asks that library too, which knows more code pages (`pip install 'newslint[mojibake]'`).
    """
    if article.text.isascii():
        return
    for each in article.mojibake if detector == "newslint" else article.mojibake_by_ftfy:
        shown = article.text[each.start : each.end]
        found = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in shown)
        if each.repaired:
            message = f"“{_short(found)}” stands for “{_short(each.repaired)}”"
        else:
            message = f"“{_short(found)}” was read in the wrong encoding"
        if each.encoding:
            message += f", taken for {each.encoding}"
        span = (each.start, each.end)
        fix = None
        if each.repaired is not None:
            fix = article.replace(span, each.repaired, safe=each.certain)
        yield article.finding(span, message, fix=fix)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


# ------------------------------------------------------------------ entities


@cache
def _entity() -> re.Pattern[str]:
    from newslint.expressions import compiled

    # Without a semicolon only the few that converters cut, and never in an address.
    return compiled(
        r"&(?:amp;){0,8}(?:#[0-9]{2,7};|#[xX][0-9A-Fa-f]{2,6};|[A-Za-z][A-Za-z0-9]{1,31};"
        r"|(?:nbsp|quot|rsquo|lsquo|rdquo|ldquo|mdash|ndash|hellip)(?![\w=;]))|&(?:amp;){1,8}"
    )


@rule(
    "ENC103",
    "html-entity",
    severity="error",
    anchors=("&",),
    bad=[
        ("Fish ⟦&amp;⟧ chips", "Fish & chips"),
        ("The owner⟦&#8217;⟧s boat⟦&#x2014;⟧late", "The owner’s boat—late"),
        ("⟦&quot;⟧We wait,⟦&quot;⟧ he said.", '"We wait," he said.'),
        ("5⟦&nbsp;⟧km and 6⟦&amp;nbsp;⟧km", "5\xa0km and 6\xa0km"),
        ("Caf⟦&eacute;⟧ ⟦&ldquo⟧ Quay", "Café “ Quay"),
        ("Salt ⟦&amp;amp;⟧ Sons", "Salt & Sons"),
    ],
    good=[
        "Fish & chips at AT&T; R&D; and B&B.",
        "Salt&Sons; the owners of S&P 500 shares; Q&A; M&Ms;",
        "See harbour.example/?a=1&copy=2&quot=3 for more.",
        Case("Fish &amp; chips\n", path="a.md"),
    ],
)
def html_entity(article: Article) -> Iterator[Hit]:
    """A character reference of HTML stands in the copy.

    The reader sees “&amp;” and its like instead of the sign.
    """
    from html import unescape
    from html.entities import html5

    for match in _entity().finditer(article.text):
        entity = match[0]
        bare = entity.rstrip(";").rpartition(";")[2].lstrip("&")
        if not bare.startswith("#") and f"{bare};" not in html5:
            continue
        new = entity if entity.endswith(";") else f"{entity};"
        for _ in range(10):
            if (decoded := unescape(new)) == new:
                break
            new = decoded
        sound = new.isprintable() or new in ("\xa0", "\u202f", "\u2009", "\u2003", "\u2002")
        fix = article.replace(match.span(), new, safe=True) if new != entity and sound else None
        yield article.finding(
            match.span(),
            f"HTML character reference “{_short(entity)}” in the copy",
            fix=fix,
        )


# ------------------------------------------------------------------ lost and invisible characters


@cache
def _replacement() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled("\ufffd+")


@rule(
    "ENC104",
    "replacement-character",
    severity="error",
    anchors=("\ufffd",),
    bad=[
        ("The ferry didn⟦\ufffd⟧t come.", "The ferry didn’t come."),
        "A caf⟦\ufffd⟧ on the quay",
        "⟦\ufffd\ufffd⟧ was all that remained.",
    ],
    good=["The ferry didn’t come.", "A café? On the quay?"],
)
def replacement_character(article: Article) -> Iterator[Hit]:
    """The sign � stands where a character was lost.

    A program could not read the bytes there and threw them away. Only the original can tell what they were.
    """
    text = article.text
    for match in _replacement().finditer(text):
        start, end = match.span()
        fix = None
        if end - start == 1 and _contracted().match(text, start):
            fix = article.replace((start, end), "’")
        count = end - start
        what = "a character was" if count == 1 else f"{count} characters were"
        yield article.finding((start, end), f"� (U+FFFD): {what} lost here", fix=fix)


@cache
def _contracted() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled("(?<=[a-z])\ufffd(?:s|t|re|ve|ll|d|m)(?![a-zA-Z])")


# Scripts that join letters by them, and pictographs: a joiner next to one is meant.
_JOINING = (
    (0x0590, 0x08FF),
    (0x0900, 0x109F),
    (0x1780, 0x18AF),
    (0x1900, 0x1CFF),
    (0x2190, 0x2BFF),
    (0xA800, 0xABFF),
    (0xFB1D, 0xFDFF),
    (0xFE00, 0xFE0F),
    (0xFE70, 0xFEFE),
    (0x10A00, 0x11FFF),
    (0x1E900, 0x1EFFF),
    (0x1F000, 0x1FAFF),
    (0xE0020, 0xE007F),
)
# Scripts without spaces: a zero width space says where a line may break.
_UNSPACED = (
    (0x0E00, 0x0FFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x1950, 0x1AAF),
    (0xA980, 0xAA7F),
)
_RIGHT_TO_LEFT = (
    (0x0590, 0x08FF),
    (0xFB1D, 0xFDFF),
    (0xFE70, 0xFEFE),
    (0x10800, 0x10FFF),
    (0x1E800, 0x1EFFF),
)
_DIRECTIONS = "\u200e\u200f\u061c"
_FILLERS = "\u3164\uffa0"  # show as a blank
_JOINERS = "\u200c\u200d\u034f"
_INVISIBLE = (
    "\u200b\u00ad\ufeff\u2060\u2061\u2062\u2063\u2064\u180e\u3164\uffa0" + _DIRECTIONS + _JOINERS
)
_REACH = 200  # characters on both sides in which a letter of another direction is looked for


def _of(character: str, ranges: tuple[tuple[int, int], ...]) -> bool:
    if not character:
        return False
    point = ord(character)
    return any(first <= point <= last for first, last in ranges)


@cache
def _right_to_left() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled("[" + "".join(f"{chr(a)}-{chr(b)}" for a, b in _RIGHT_TO_LEFT) + "]")


@cache
def _invisible() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(f"([{_INVISIBLE}])\\1*")


def _meant(text: str, start: int, end: int) -> bool:
    """Whether an invisible character is one that its script needs."""
    character = text[start]
    before, after = text[start - 1 : start], text[end : end + 1]
    if character in _JOINERS:
        return _of(before, _JOINING) or _of(after, _JOINING)
    if character in "\u200b\u2060":
        return _of(before, _UNSPACED) or _of(after, _UNSPACED)
    if character in _DIRECTIONS:
        around = text[max(0, start - _REACH) : end + _REACH]
        return _right_to_left().search(around) is not None
    if character in _FILLERS:
        return "\u1100" <= before <= "\ud7ff" or "\u1100" <= after <= "\ud7ff"
    return False


@rule(
    "ENC105",
    "invisible-character",
    severity="error",
    bad=[
        ("The har⟦\u200b⟧bour froze.", "The harbour froze."),
        ("The har⟦\u00ad⟧bour fro⟦\u00ad⟧ze.", "The harbour froze."),
        ("Ferries⟦\ufeff⟧ wait.", "Ferries wait."),
        ("Fer⟦\u200d⟧ries ⟦\u2060⟧wait.", "Ferries wait."),
        ("The ferry⟦\u200b\u200b⟧Taron", "The ferry Taron"),
        ("Call 020⟦\u200e⟧ 555.", "Call 020 555."),
        ("The ferry⟦\u3164⟧left.", "The ferry left."),
    ],
    good=[
        "The harbour froze.",
        "A family \U0001f468\u200d\U0001f469\u200d\U0001f467 waved ❤\ufe0f\u200d\U0001f525.",
        Case("او می\u200cرود و نمی\u200cآید.", language="fa"),
        Case("क्\u200dष और क्\u200cष", language="hi"),
        Case("ภาษา\u200bไทย", language="th"),
        Case("ב-\u200e2024 נפתח הנמל", language="he"),
    ],
)
def invisible_character(article: Article) -> Iterator[Hit]:
    """A character that nobody sees stands in the text.

    It breaks search, spelling checks and counts: the word is not found although it stands there.
    """
    if not article.holds_sign(_INVISIBLE):
        return
    text = article.text
    for match in _invisible().finditer(text):
        start, end = match.span()
        if _meant(text, start, end):
            continue
        before, after = text[start - 1 : start], text[end : end + 1]
        # In front of a capital it may be all that is left of a space.
        apart = match[1] == "\u200b" and after.isupper() and (before.islower() or before in ".,!?")
        apart = apart and bool(before)
        is_blank = match[1] in _FILLERS and bool(before.strip() and after.strip())
        yield article.finding(
            (start, end),
            _name(match[1]) + (f", {end - start} times" if end - start > 1 else ""),
            fix=article.replace((start, end), " " if apart or is_blank else "", safe=not apart),
        )


# ------------------------------------------------------------------ control characters


_CONTROL = "".join(
    chr(point)
    for first, last in (
        (0, 8),
        (11, 12),
        (14, 31),
        (0x7F, 0x7F),
        (0x202A, 0x202E),
        (0x2066, 0x2069),
    )
    for point in range(first, last + 1)
)


_C1 = 0xC2  # the first byte in UTF-8 of control characters beyond ASCII
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@cache
def _c1() -> re.Pattern[str]:
    """The bytes of the control characters beyond ASCII, which begin like those of hard spaces."""
    from newslint.expressions import compiled

    return compiled("\xc2[\x80-\x9f]")


@cache
def _control() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled("([\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069])\\1*")


@rule(
    "ENC106",
    "control-character",
    severity="error",
    bad=[
        ("The har⟦\x0b⟧ bour.", "The har bour."),
        ("Page one⟦\x0c⟧Page two", "Page one Page two"),
        ("The owner⟦\x92⟧s boat⟦\x97⟧late", "The owner’s boat—late"),
        ("A bell ⟦\x07⟧rang.", "A bell rang."),
        ("The file ⟦\u202e⟧gpj.exe", "The file gpj.exe"),
    ],
    good=[
        "The harbour.\n\tA tab and a line.\r\n",
        Case("الميناء \u2066Taron\u2069 مغلق", language="ar"),
        "It didn\u2019t rain.",
    ],
)
def control_character(article: Article) -> Iterator[Hit]:
    """A control character stands in the text.

    It was meant for a terminal, a printer or a line's direction. Some programs refuse the file for it, and
    overrides of the direction can show other text than there is.
    """
    if not article.holds_sign(_CONTROL) and (
        _C1 not in article.unusual_bytes or _c1().search(article.unusual.decode("latin-1")) is None
    ):
        return
    text = article.text
    broken: frozenset[int] | None = None
    for match in _control().finditer(text):
        start, end = match.span()
        character = match[1]
        if character in "\u202a\u202b\u202c\u2066\u2067\u2068\u2069":
            around = text[max(0, start - _REACH) : end + _REACH]
            if _right_to_left().search(around) is not None:
                continue
        if "\x80" <= character <= "\x9f":
            if broken is None:
                broken = frozenset(
                    at for each in article.mojibake for at in range(each.start, each.end)
                )
            if start in broken:
                continue
        new, safe = _plain(character, text[start - 1 : start], text[end : end + 1])
        if not new and text[start - 1 : start].isalnum() and text[end : end + 1].isalnum():
            safe = False  # it may stand for a letter, or for a point in a number
        if character in _OVERRIDES:
            safe = False  # without it the line reads in another order
        yield article.finding(
            (start, end), _name(character), fix=article.replace((start, end), new, safe=safe)
        )


def _plain(character: str, before: str, after: str) -> tuple[str, bool]:
    """What to put in the place of a control character, and whether that is certain."""
    if "\x80" <= character <= "\x9f" and character != "\x85":
        try:
            return character.encode("latin-1").decode("cp1252"), True
        except UnicodeDecodeError:
            return "", False
    if character in "\x0b\x0c\x1c\x1d\x1e\x1f\x85":
        # Stood for the end of a line.
        apart = bool(before.strip() and after.strip())
        return (" ", False) if apart else ("", True)
    return "", True


# ------------------------------------------------------------------ look-alikes


@rule(
    "ENC107",
    "look-alike-letter",
    severity="error",
    bad=[
        ("She left for ⟦Pаris⟧ on Monday.", "She left for Paris on Monday."),
        ("The ⟦ΒΒC⟧ said so in a film on Monday.", "The BBC said so in a film on Monday."),
        Case("⟦Мoсква⟧ стоит на реке.", "Москва стоит на реке.", language="ru"),
        Case("⟦Вiтер⟧ дув над портом у Києві.", "Вітер дув над портом у Києві.", language="uk"),
    ],
    good=[
        "She left for Paris on Monday.",
        "A grain of 5 μm, 20 kΩ, TNFα and ΔT were noted.",
        Case("Новый iPhone и VIPы из IT-отдела ждали SMSки.", language="ru"),
        Case("Москва и Paris подписали договор.", language="ru"),
    ],
)
def look_alike_letter(article: Article) -> Iterator[Hit]:
    """A letter of another script stands in a word, and looks like the right one.

    No search finds the word. It comes from a wrong keyboard, from text recognition, or from somebody who
    wanted to hide a name.
    """
    for each in article.lookalikes:
        import unicodedata

        span = (each.start, each.end)
        script = unicodedata.name(each.foreign, "").partition(" ")[0].capitalize()
        word = article.text[each.start : each.end]
        fix = article.replace(span, each.repaired) if each.repaired is not None else None
        yield article.finding(span, f"{script} “{each.foreign}” in “{_short(word)}”", fix=fix)


# ------------------------------------------------------------------ escapes


@cache
def _escape() -> re.Pattern[str]:
    from newslint.expressions import compiled

    unit = r"(?:\\u[0-9A-Fa-f]{4}|\\u\{[0-9A-Fa-f]{1,6}\}|\\U000[0-9A-Fa-f]{5}|\\x[0-9A-Fa-f]{2}|\\[nrt](?![a-z])|\\[\"'])"
    return compiled(
        # Not in a path or a formula: there letters, more backslashes or a colon stand in front.
        rf"(?<![\\:]){unit}(?:{unit})*+|(?<=[\w:/])\\/(?=[\w\\/])(?:\\/)*+"
    )


@rule(
    "ENC108",
    "unescaped-sequence",
    severity="error",
    anchors=("\\",),
    in_documentation=False,
    bad=[
        (r"The ferry didn⟦\u2019⟧t come.", "The ferry didn’t come."),
        (r"5⟦\xa0⟧km away", "5\xa0km away"),
        ("The boat is late.⟦\\n\\n⟧The crew waits.", "The boat is late.\n\nThe crew waits."),
        (r"⟦\"⟧We wait,⟦\"⟧ he said; it wasn⟦\'⟧t long.", '"We wait," he said; it wasn\'t long.'),
        (r"He smiled ⟦\ud83d\ude42⟧ and left.", "He smiled 🙂 and left."),
        (r"The owner⟦\xe2\x80\x99⟧s boat", "The owner’s boat"),
        (r"See https:⟦\/\/⟧harbour.example⟦\/⟧news", "See https://harbour.example/news"),
    ],
    good=[
        "The ferry didn’t come.\n\nThe crew waits.",
        r"It lies in C:\new\texts\n and \\server\notes.",
        r"It lies in C:\Program Files (x86)\Bell Tower\x86\ring.exe now.",
        r"The shrug is ¯\_(ツ)_/¯ and \o/ is joy; \nabla and \rho are signs.",
        "See harbour.example/a%20b%E2%80%99c",
        Case("The `\\n` sign ends a line.\n", path="a.md"),
    ],
)
def unescaped_sequence(article: Article) -> Iterator[Hit]:
    r"""An escape sequence of a programming language stands in the copy.

    “\n” or “\u2019” was a line end or an apostrophe in the file that the text was taken from.
    """
    text = article.text
    for match in _escape().finditer(text):
        start, end = match.span()
        if not match[0].startswith("\\/") and _in_path(text, start, end):
            continue
        new = _unescaped(match[0])
        fix = None
        if new is not None and (new.isprintable() or new.strip("\n\t\xa0") == ""):
            fix = article.replace((start, end), new, safe=new.isprintable() or new == "\xa0")
        yield article.finding(
            (start, end), f"escape sequence “{_short(match[0])}” in the copy", fix=fix
        )


def _in_path(text: str, at: int, to: int) -> bool:
    """Whether `text[at:to]`, which begins with a backslash, is part of a Windows path."""
    start = at
    limit = max(0, at - _REACH)
    if text[to : to + 1] == "\\":  # names of folders may have spaces in them
        return _drive().search(text, max(limit, text.rfind("\n", 0, at) + 1), at) is not None
    while start > limit and not text[start - 1].isspace():
        start -= 1
    return _path().search(text, start, at) is not None


@cache
def _path() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"[A-Za-z]:\\|\\\\\w|\\[A-Za-z]\w+")


@cache
def _drive() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"(?<![A-Za-z])[A-Za-z]:\\")


def _unescaped(sequence: str) -> str | None:
    """What the escapes stand for; None where they stand for nothing."""
    pieces: list[str] = []
    raw = bytearray()
    for match in _unit().finditer(sequence):
        code = match[match.lastindex] if match.lastindex else None
        if code is not None and match[0][1] == "x":
            raw.append(int(code, 16))
            continue
        pieces += _bytes_of(raw)
        raw.clear()
        if code is not None:
            point = int(code, 16)
            if point > 0x10FFFF:
                return None
            pieces.append(chr(point))
        else:
            pieces.append({"n": "\n", "r": "", "t": "\t"}.get(match[0][1], match[0][1]))
    pieces += _bytes_of(raw)
    try:
        return "".join(pieces).encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        return None


def _bytes_of(raw: bytearray) -> list[str]:
    if not raw:
        return []
    try:
        return [raw.decode("utf-8")]
    except UnicodeDecodeError:
        return [raw.decode("latin-1")]


@cache
def _unit() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(
        r"\\u([0-9A-Fa-f]{4})|\\u\{([0-9A-Fa-f]{1,6})\}|\\U([0-9A-Fa-f]{8})|\\x([0-9A-Fa-f]{2})|\\."
    )


# ------------------------------------------------------------------ odd spaces, letters in pieces, private signs


# Spaces of fixed width and the signs that end a line or paragraph. Thin and hard spaces are the printer's own.
_ODD_SPACES = (
    "\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u200a\u205f\u2028\u2029\u3000"
)


@cache
def _odd_space() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(f"[{_ODD_SPACES}]+")


@rule(
    "ENC109",
    "odd-space",
    severity="warning",
    bad=[
        ("The ferry⟦\u2003⟧left at noon.", "The ferry left at noon."),
        ("The ferry⟦\u3000⟧left.⟦\u2028⟧It was late.", "The ferry left. It was late."),
        ("Tickets cost ⟦\u2002⟧five crowns.", "Tickets cost five crowns."),
    ],
    good=[
        "The ferry left at 12\u202f000 tons, 5\xa0km away.",
        "She waited\u2009—\u2009for an hour.",
        Case("　東京の港は午後、再開した。　客が並んだ。", language="ja"),
        Case("港は再開した。\n\n 　2020年に港は閉まる。\n\n　NASAの船が来た。", language="ja"),
        Case("Le bac partira\u202f: « à midi ».", language="fr"),
    ],
)
def odd_space(article: Article) -> Iterator[Hit]:
    """A space of a width that no keyboard has stands between words.

    It came from a layout program or a page. Words on both sides of it are not found together, and lines break
    where they should not.
    """
    text = article.text
    if not article.holds_sign(_ODD_SPACES):
        return
    for match in _odd_space().finditer(text):
        start, end = match.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        if "\u3000" in match[0] and _is_between_wide(text, start, end):
            continue
        apart = bool(before.strip() and after.strip())
        yield article.finding(
            (start, end),
            _name(match[0][0]),
            fix=article.replace(
                (start, end),
                " " if apart else "",
                safe=not _is_between_digits(text, start, end),
            ),
        )


def _is_between_wide(text: str, start: int, end: int) -> bool:
    """Whether the next sign on one side is of a script that has such spaces, as also at the start of a paragraph."""
    near = text[max(0, start - _NEAR) : start].rstrip()[-1:], text[end : end + _NEAR].lstrip()[:1]
    if any(_of(sign, _WIDE) for sign in near if sign):
        return True
    begins = not text[max(0, start - _NEAR) : start].rpartition("\n")[2].strip()
    return begins and any(_of(sign, _WIDE) for sign in text[end : end + _LINE].partition("\n")[0])


_NEAR, _LINE = 8, 80  # characters around a space, and of the line that begins with it


def _is_between_digits(text: str, start: int, end: int) -> bool:
    """Whether a sign stands in a number, so that its loss may be the loss of a point or a comma."""
    return text[start - 1 : start].isdigit() and text[end : end + 1].isdigit()


# Scripts whose writers indent by a space of a letter's width, and their punctuation.
_WIDE = ((0x1100, 0x11FF), (0x2E80, 0x9FFF), (0xAC00, 0xD7FF), (0xF900, 0xFAFF), (0xFE30, 0xFFEF))
_MARKS = "".join(chr(point) for point in range(0x300, 0x370))
_IS_MARK = frozenset(_MARKS)


@cache
def _in_pieces() -> re.Pattern[str]:
    from newslint.expressions import compiled

    # No letter has more marks; to put many of them in order takes the time of their square.
    return compiled("(?:[^\\W\\d_][\u0300-\u036f]{1,8}+(?![\u0300-\u036f]))+")


@rule(
    "ENC110",
    "decomposed-letter",
    severity="warning",
    bad=[
        ("The caf⟦e\u0301⟧ on the quay", "The café on the quay"),
        Case("Die F⟦a\u0308⟧hre ist sp⟦a\u0308⟧t.", "Die Fähre ist spät.", language="de"),
        Case(
            "⟦И\u0306⟧од и паром стояли у причала.", "Йод и паром стояли у причала.", language="ru"
        ),
    ],
    good=[
        "The café on the quay",
        "Peña met PeA\u0303±a.",
        "The pilot Adé\u0323ayo\u0323\u0300 wrote m\u0304 and x\u0302 on the board.",
        Case("Он ждал паро\u0301м у прича\u0301ла.", language="ru"),
    ],
)
def decomposed_letter(article: Article) -> Iterator[Hit]:
    """A letter and its accent are two characters that make one.

    It looks the same, but searches, counts and comparisons take it for another word.
    """
    if not article.holds_sign(_MARKS):
        return
    from unicodedata import normalize

    ends = [each.end for each in article.mojibake]
    for match in _in_pieces().finditer(article.text):
        whole = normalize("NFC", match[0])
        if not _IS_MARK.isdisjoint(whole):
            continue  # there is no such letter in one piece
        next_one = bisect_right(ends, match.start())
        if next_one < len(ends) and article.mojibake[next_one].start < match.end():
            continue  # what is left of another letter
        yield article.finding(
            match.span(),
            f"“{_short(whole)}” is written with {len(match[0]) - len(whole)} accents apart"
            if len(match[0]) - len(whole) > 1
            else f"“{_short(whole)}” is written with its accent apart",
            fix=article.replace(match.span(), whole, safe=True),
        )


@cache
def _private() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled("([\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd])\\1*")


_BULLETS = "\uf0b7\uf0a7\uf076\uf0d8"  # as fonts for signs have them


@rule(
    "ENC111",
    "private-use-character",
    severity="error",
    bad=[
        ("⟦\uf0b7⟧ a warm coat", "• a warm coat"),
        ("Share ⟦\ue80c⟧this", "Share this"),
        "The sign ⟦\U000f0001⟧ was lost.",
    ],
    good=["• a warm coat", "The sign ★ was lost."],
)
def private_use_character(article: Article) -> Iterator[Hit]:
    """A character stands in the text that only one font knows.

    It was an icon of the page, or a bullet of a word processor. Everywhere else readers see an empty box.
    """
    if article.unusual_bytes.isdisjoint(_PRIVATE_LEADS):
        return
    for match in _private().finditer(article.text):
        new = "•" if match[1] in _BULLETS else ""
        yield article.finding(
            match.span(),
            f"U+{ord(match[1]):04X} is for private use and shows as an empty box",
            fix=article.replace(match.span(), new),
        )


_PRIVATE_LEADS = frozenset((0xEE, 0xEF, 0xF3, 0xF4))  # first bytes in UTF-8
