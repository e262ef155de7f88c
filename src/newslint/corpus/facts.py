"""What is kept of an article to compare it with others: a kilobyte at most, whatever its length.

Facts go into files and to other machines (`Facts.pack`), and the same text has the same facts everywhere.
Words are compared without case, marks and accents of punctuation; numbers keep their place.
"""

from __future__ import annotations

import struct
from binascii import crc32
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from itertools import chain, compress, filterfalse, islice

from newslint.cache import digest
from newslint.finding import Position
from newslint.text.titles import is_bare
from newslint.text.utf8 import encoded
from newslint.typed import TYPE_CHECKING, NamedTuple, unchecked

if TYPE_CHECKING:
    import re

    from newslint.article import Article

VERSION = 7  # of the packed form and of how its numbers come about
MOST_TITLE = 240  # characters
MOST_SOURCE = 60
BY_TITLE = (0, 0)  # in the place of a headline, which the title alone tells
SHINGLE = 3  # words in a row
MOST_SHINGLES = 104  # in a sketch
MOST_MEETING = 48  # keys in a sketch, beyond which not all are looked for in others, but …
ONE_IN = 4
MOST_NUMBERS = 24
FAR = 12  # words; numbers that far apart are of two sentences
MOST_PARAGRAPHS = 14
MOST_UNKNOWN = 20  # one in so many characters may be no Latin-1 in copy that is read as such
MOST_JOINED = 200  # characters without a blank, from which on marks are looked for that nobody set
LONG_WORDS = 12  # characters a word, marks and all, as of scripts without spaces
LEAST_PARAGRAPH = 8  # words; shorter ones are labels, answers, scores
BODY = frozenset(("deck", "paragraph", "list-item", "quote"))

_SKETCH_BITS = 48
_SKETCH_MASK = (1 << _SKETCH_BITS) - 1
KEY_BYTES = _SKETCH_BITS // 8
_MEETING = bytes(byte % ONE_IN == 0 for byte in range(256))  # by the second byte of a key
_DIGITS = frozenset(b"0123456789")
_MARK = hash((1, 2, 3, 4)) & 0xFF  # of how this Python hashes


class Identity(NamedTuple):
    """Which article: the file as reports show it, and the part of a file of many."""

    path: str
    part: str = ""


class Place(NamedTuple):
    """Where something stands in its file, in code points."""

    start: int
    end: int
    first: Position
    last: Position


class Paragraph(NamedTuple):
    """A paragraph of eight words or more: a hash of its words, and where it stands in its file."""

    key: int
    start: int
    end: int
    line: int
    column: int


class Number(NamedTuple):
    """A number of the copy: a hash of the words around it, and of itself. `sentence`: numbers of one share it."""

    around: int
    value: int
    sentence: int


class Titled(NamedTuple):
    """What titles are compared by: the fields of `Facts` with the same names."""

    title: str
    headline: tuple[int, int]
    date: int = 0


class Sketch(NamedTuple):
    """What copy is compared by first: the fields of `Facts` called `sketch` and `level`."""

    sketch: Collection[int]
    level: int


class Keyed(NamedTuple):
    """Keys of the sketches of several articles, one behind the other, with how many are of each.

    `levels`, `sizes`: of the sketches, a byte for each.
    """

    keys: tuple[int, ...]
    counts: Sequence[int]
    levels: bytes
    sizes: bytes


class Told(NamedTuple):
    """What tells two articles with the same words apart: the fields of `Facts` called `numbers`, and keys of paragraphs."""

    numbers: tuple[Number, ...]
    paragraphs: frozenset[int]


class Facts(NamedTuple):
    """What is known of an article, without its name.

    `copy`: a hash of all that stands behind the title, to the letter; 0 for nothing. What comes behind `words` is known
    where the body was read.
    `headline`: the part of `title` without names of sites, as far as this article tells; `BY_TITLE` where nothing of it
    but the title does: see `near.headline_of`. `date`: days from year 1; 0 where none is known. `source`: the site that its
    header names, or its host. `words`: of the body.
    `sketch`: hashes of `SHINGLE` words in a row, each once; those that begin with `level` bits of zero and no others.
    `place`: the title, else the beginning. `silent`: codes of rules that the article suppresses there.
    """

    title: str = ""
    headline: tuple[int, int] = (0, 0)
    date: int = 0
    source: str = ""
    copy: int = 0
    words: int = 0
    level: int = 0
    sketch: tuple[int, ...] = ()
    numbers: tuple[Number, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    place: Place = Place(0, 0, Position(1, 1, 1, 1), Position(1, 1, 1, 1))
    silent: tuple[str, ...] = ()

    def told(self) -> Told:
        """What `told_in` reads of packed facts."""
        return Told(self.numbers, frozenset(each.key for each in self.paragraphs))

    def pack(self) -> bytes:
        """The facts as bytes, which `unpack` reads."""
        return _packed(self)


# ------------------------------------------------------------------ made


def facts_of(article: Article, *, with_body: bool = True) -> Facts:
    """The facts of an article. `with_body`: those too that tell whether its copy is that of another."""
    text, fields = article.text, article.fields
    titles = article.title_blocks
    if titles:
        _, start, end, _ = titles[0]
        size = end - start if end - start < MOST_TITLE else MOST_TITLE
        shown = text[start : start + size]
        headline = _headline(article, start, end) if _may_be_joined(shown) else (0, size)
        copy = _copy(article, end) if end < len(text) else 0
    else:
        shown, headline = "", (0, 0)
        start, end = article.blocks[0][1:3] if article.blocks else (0, 0)
        end = min(end, start + 80)
        copy = _copy(article, 0)
    words, sketch, level, numbers, paragraphs = (
        _body(article) if with_body else (text.count(" "), (), 0, (), ())
    )
    get = fields.get
    site, address, date = get("site"), get("url"), get("date")
    made = (
        shown,
        headline,
        day_of(date) if date else 0,
        _source(site or "", address or "") if site or address else "",
        copy,
        words,
        level,
        sketch,
        numbers,
        paragraphs,
        _place(article, start, end),
        (),
    )
    return unchecked(Facts, made)


def _headline(article: Article, start: int, end: int) -> tuple[int, int]:
    """The part of a title without names of sites; `BY_TITLE` where nothing but the title tells."""
    text, fields = article.text, article.fields
    title = text[start:end]
    size = min(end - start, MOST_TITLE)
    if size == end - start and not (
        "site" in fields or "url" in fields or "opyright" in text or "©" in text
    ):
        if is_bare(title):
            return 0, size
        if title.isascii() and " :" not in title and not (" -" in title and end < len(text)):
            return BY_TITLE
    low, high = article.titles[0].headline
    return (low - start, high - start) if low < high <= start + size else (0, size)


def _place(article: Article, start: int, end: int) -> Place:
    """Where a span of the text stands in the file."""
    source = article.source
    low, high = article.map.to_file(start, end)
    first, last = source.positions(low, high)
    base = source.base
    return unchecked(Place, (base + low, base + high, first, last))


class _Body(NamedTuple):
    """What the running copy of an article says, as hashes of its words."""

    words: int
    sketch: tuple[int, ...]
    level: int
    numbers: tuple[Number, ...]
    paragraphs: tuple[Paragraph, ...]


def _body(article: Article) -> _Body:
    text, source = article.text, article.source
    blocks = [block for block in article.blocks if block.kind in BODY]
    lots = _words_of([text[block.start : block.end] for block in blocks])
    words = [*chain.from_iterable(lots)]
    hashes = [*map(crc32, words)]
    paragraphs: list[Paragraph] = []
    starts: list[int] = []
    count = 0
    for block, own in zip(blocks, lots, strict=True):
        starts.append(count)
        before = count
        count += len(own)
        if len(own) >= LEAST_PARAGRAPH and len(paragraphs) < MOST_PARAGRAPHS:
            low, high = article.map.to_file(block.start, block.end)
            line, column = source.line_and_column(low)
            # Python's hash of a tuple of whole numbers is the same in every run.
            key = hash(tuple(hashes[before:count])) & _SKETCH_MASK
            paragraphs.append(Paragraph(key, source.base + low, source.base + high, line, column))
    sketch, level = _sketch(hashes)
    return _Body(count, sketch, level, _numbers(words, hashes, starts), tuple(paragraphs))


def _copy(article: Article, at: int) -> int:
    """A hash of the text from `at` on, without the white space around it; 0 where nothing else is left."""
    text = article.text
    end = len(text)
    while at < end and text[at].isspace():
        at += 1
    while end > at and text[end - 1].isspace():
        end -= 1
    if at == end:
        return 0
    data = article.utf8
    return _int32(data[len(encoded(text[:at])) : len(data) - len(encoded(text[end:]))])


def _int32(data: bytes) -> int:
    return int.from_bytes(digest(data)[:4], "big") or 1


def _numbers(
    words: Sequence[bytes], hashes: Sequence[int], starts: Sequence[int]
) -> tuple[Number, ...]:
    """The first numbers of a text whose blocks begin at `starts`."""
    telling = _FIGURES.intersection(hashes)
    if not b"".join(words).isalpha():
        telling = telling.union(
            map(crc32, filterfalse(_DIGITS.isdisjoint, filterfalse(bytes.isalpha, words)))
        )
    if not telling:
        return ()
    is_number = map(telling.__contains__, hashes)
    places = [*islice(compress(range(len(hashes)), is_number), MOST_NUMBERS)]
    sentence, last = 0, -FAR
    edges = iter((*starts[1:], len(hashes)))
    edge = next(edges)
    found = []
    for at in places:
        if at >= edge or at - last > FAR:
            sentence += 1
            while at >= edge:
                edge = next(edges)
        last = at
        around = [
            0 if hashes[each] in telling else hashes[each]
            for each in (at - 2, at - 1, at + 1)
            if 0 <= each < len(hashes)
        ]
        value = hash((hashes[at],)) & 0xFFFF
        found.append(Number(hash(tuple(around)) & 0xFFFFFF, value, sentence & 0xFF))
    return tuple(found)


def _sketch(hashes: Sequence[int]) -> tuple[tuple[int, ...], int]:
    """A sample of the shingles that other texts with the same shingles take as well; thinner for long ones."""
    count = len(hashes)
    shingles = count - SHINGLE + 1
    if shingles < 1:
        return (), 0
    # 64 bits for each word, as one long number: what is done with it is done for all words at once. A shingle is made of
    # its words, each a byte further to the left, and then of its own left half, so that all its bytes tell all words.
    first = int.from_bytes(struct.pack(_LONGS.format(count), *hashes), "little")
    second = first >> 64
    whole = first ^ second << 8 ^ second >> 64 << 16
    whole ^= whole >> 16
    keys = bytearray(whole.to_bytes(8 * count + 2, "little"))
    # The leading byte of its key decides whether a shingle is taken; the two behind that are none of it.
    told = [int.from_bytes(keys[byte : 8 * count : 8], "little") for byte in (0, 2, 5)]
    leading = (told[0] ^ told[1] ^ told[2]).to_bytes(count, "little")
    keys[5 : 8 * count : 8] = leading
    keys[6 : 8 * count : 8] = keys[7 : 8 * count : 8] = bytes(count)
    leading = leading[:shingles]
    level = max(0, (count // MOST_SHINGLES).bit_length() - 1)
    chosen = leading.translate(_begins_with_zeros(min(level, 8)))
    while level < 8 and chosen.count(1) > MOST_SHINGLES:
        level += 1
        chosen = leading.translate(_begins_with_zeros(level))
    found: Collection[int]
    found = dict.fromkeys(compress(struct.unpack_from(f"<{shingles}Q", keys), chosen))
    if level > 8:
        found = of_level(found, level)
    while len(found) > MOST_SHINGLES:
        level += 1
        found = of_level(found, level)
    return tuple(found), level


# How `struct` writes so many numbers of 64 bits, the lowest byte first; over a long of C it is quicker than over "Q".
_LONGS = "@{}L" if struct.pack("@L", 1) == struct.pack("<Q", 1) else "<{}Q"


def of_level(keys: Iterable[int], level: int) -> set[int]:
    """The keys of a sketch that one of that level, too, would have."""
    bits = _SKETCH_BITS - level
    return {each for each in keys if not each >> bits}


@cache
def _begins_with_zeros(bits: int) -> bytes:
    """For each byte, whether it begins with so many zeros."""
    return bytes(not byte >> 8 - bits for byte in range(256))


# ------------------------------------------------------------------ words

_BETWEEN, _SIGN = "\x01", b"\x01"
ASCII = bytes(
    code if code == 1 or code > 127 else ord(chr(code).lower()) if chr(code).isalnum() else 32
    for code in range(256)
)
_LATIN = bytes(
    ord(chr(code).lower())
    if code > 127 and chr(code).isalpha() and ord(chr(code).lower()) < 256
    else 32
    if code > 127
    else ASCII[code]
    for code in range(256)
)
LEFT_OUT = b"'`."
# Marks that stand in most copy that is not ASCII, and what they are to words.
_NO_MARKS = (*((mark, "") for mark in "’‘ʼ´"), *((mark, " ") for mark in "“”–—…\u00a0«»„"))


def words_of_ascii(data: bytes) -> list[bytes]:
    """The words of a text in ASCII without marks inside numbers, as `folded` has them."""
    return data.translate(ASCII, LEFT_OUT).split()


def folded(text: str) -> list[bytes]:
    """The words of a text, without case, apostrophes and full stops; "2,000" is "2000" and "5.6" "5p6"."""
    if ("." in text or "," in text) and _inside_number().search(text) is not None:
        text = _number_mark().sub(lambda match: "" if match[1] else "p", text)
    if not text.isascii():
        for mark, instead in _NO_MARKS:
            text = text.replace(mark, instead)
        if not text.isascii():
            return _words_of_any_script(text)
    return words_of_ascii(text.encode())


def _words_of(blocks: Sequence[str]) -> list[list[bytes]]:
    """The words of each block of running copy, as `folded` has them but for figures; letters beyond Latin-1 end words.

    That is as good for telling whether two texts are the same, and done without a look at single characters; where
    such letters are many, it is not done.
    """
    # All at once, with a sign between blocks: most of the time goes into calls.
    text = _BETWEEN.join(blocks)
    if text.isascii():
        plain = text.encode().translate(ASCII, LEFT_OUT)
    else:
        plain = text.replace("’", "").replace("‘", "").encode("latin-1", "replace")
        if plain.count(b"?") * MOST_UNKNOWN > len(plain):
            return [*map(folded, blocks)]
        plain = plain.translate(_LATIN, LEFT_OUT)
    lots = [*map(bytes.split, plain.split(_SIGN))]
    # A sign that is the article's own.
    return lots if len(lots) == len(blocks) else [*map(folded, blocks)]


def _words_of_any_script(text: str) -> list[bytes]:
    from unicodedata import is_normalized, normalize

    for mark in LEFT_OUT.decode():
        text = text.replace(mark, "")
    text = text.lower()
    if max(map(len, text.split()), default=0) > MOST_JOINED:
        text = _many_marks().sub(" ", text)
    if not is_normalized("NFC", text):
        text = normalize("NFC", text)
    words = _word().findall(text)
    if len(text) > LONG_WORDS * len(words):  # a script without spaces
        words = _sign().findall(text)
    return [word.encode("utf-8", "surrogatepass") for word in words]


# Words that are numbers, days and months: two texts that differ in one of these do not say the same.
FIGURES = frozenset(
    word.encode()
    for word in (
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
        "nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion dozen "
        "first second third fourth fifth sixth seventh eighth ninth tenth half quarter mln bln "
        "zwei drei vier fünf sechs sieben acht neun zehn hundert tausend millionen milliarden "
        "deux trois quatre cinq sept huit neuf mille millions milliards dos tres cuatro cinco seis siete ocho nueve diez mil "
        "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat "
        "january february march april may june july august september october november december "
        "jan feb mar apr jun jul aug sep sept oct nov dec "
        "montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz mai juni juli oktober dezember "
        "lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril juin juillet août septembre octobre "
        "novembre décembre lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio "
        "agosto septiembre octubre noviembre diciembre"
    ).split()
)


_FIGURES = frozenset(map(crc32, FIGURES))


def is_figure(word: bytes) -> bool:
    """Whether a word is a number or date, or has a digit."""
    return word in FIGURES or not (word.isalpha() or _DIGITS.isdisjoint(word))


@cache
def _word() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"[^\W_]+")


@cache
def _many_marks() -> re.Pattern[str]:
    """More marks in a row than text has; to put those in order that combine takes as long as the square of their number."""
    from newslint.expressions import compiled

    return compiled(r"[^\w\s]{31,}+")


@cache
def _sign() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+")


@cache
def _inside_number() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"[0-9][.,][0-9]")


@cache
def _number_mark() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"(?<=[0-9])(?:(,)(?=[0-9]{3}(?![0-9]))|[.,](?=[0-9]))")


def _may_be_joined(title: str) -> bool:
    """Whether a title has a mark behind or in front of which the name of a site or section may stand."""
    if title.isascii() and not (":" in title or "|" in title or "-" in title or "/" in title):
        return False  # spares most titles the expression
    return _separator().search(title) is not None


@cache
def _separator() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"\||»|·|•|\s[-–—:/]+\s|: |::")


# ------------------------------------------------------------------ header


def _source(site: str, address: str) -> str:
    """The site by its name, else its host without "www."."""
    site = " ".join(site.split()) if site else ""
    if not site and "//" in address:
        site = address.partition("//")[2].partition("/")[0].rpartition("@")[2].lower()
        site = site.removeprefix("www.")
    return site[:MOST_SOURCE]


def day_of(date: str) -> int:
    """The day that a date of a header names, counted from the first of year 1; 0 where it names none.

    ISO dates, and seconds or milliseconds since 1970.
    """
    text = date.strip()
    match = _iso().match(text)
    if match is not None:
        year, month, day = map(int, match.groups())
        if 1 <= month <= 12 and 1 <= day <= 31 and year > 0:
            return _ordinal(year, month, day)
        return 0
    if text.isdecimal() and text.isascii() and len(text) in (9, 10, 13):
        seconds = int(text) // (1000 if len(text) == 13 else 1)
        return _EPOCH + seconds // 86400
    return 0


_EPOCH = 719163  # the first of January 1970
_BEFORE_MONTH = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)


def _ordinal(year: int, month: int, day: int) -> int:
    before = year - 1
    leap = month > 2 and (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
    days = before * 365 + before // 4 - before // 100 + before // 400
    return days + _BEFORE_MONTH[month - 1] + leap + day


@cache
def _iso() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})(?![0-9])")


# ------------------------------------------------------------------ packed

# Version, mark, bytes of title, source and silent codes, headline, date, copy, words, level, how many shingles, numbers
# and paragraphs, and the form, start and line of the place; what follows stands in this order, so that title and sketch
# are read without the rest.
_HEAD = struct.Struct("<BBHBBHHIIIBBBBBQI")
_HEAD_SIZE = _HEAD.size
_TITLE_HEAD = struct.Struct("<2xH2xHHI")
_SKETCH_HEAD = struct.Struct("<2xHBB16xBB")
_TOLD_HEAD = struct.Struct("<2xHBB17xBBB")


def _packed(facts: Facts) -> bytes:
    (
        title,
        (low, high),
        date,
        source,
        copy,
        words,
        level,
        sketch,
        numbers,
        paragraphs,
        place,
        silent,
    ) = facts
    start, end, (line, column, utf8, utf16), (last_line, last_column, last_utf8, last_utf16) = place
    form = 0
    data = title.encode("utf-8", "surrogatepass")
    of_title = len(data)
    of_source = of_silent = 0
    if source or silent:
        texts = source.encode("utf-8", "surrogatepass"), ",".join(silent).encode()
        of_source, of_silent = map(len, texts)
        data += b"".join(texts)
    if sketch or paragraphs:
        data += _packed_keys((*sketch, *[each.key for each in paragraphs]))
    if numbers:
        data += struct.pack(f"<{len(numbers)}I", *[n.around << 8 | n.sentence for n in numbers])
        data += struct.pack(f"<{len(numbers)}H", *[n.value for n in numbers])
    length = end - start
    is_straight = (
        utf8 == utf16 == column
        and line == last_line
        and last_column == last_utf8 == last_utf16 == column + length
    )
    if is_straight and length < 256 and column < 256:  # as most are
        data += bytes((length, column))
    else:
        own: tuple[int, ...] = (length, column)
        if not is_straight:
            own += (utf8 - column, utf16 - column, last_line - line)
            own += (last_column, last_utf8 - last_column, last_utf16 - last_column)
            form = _WINDING
        width = _width(own)
        form |= width
        data += struct.pack(f"<{len(own)}{_WIDTHS[width]}", *own)
    if paragraphs:
        places: list[int] = []
        before = start
        for _, begin, stop, at_line, at_column in paragraphs:
            # What is shown first need not stand first in the file.
            places += (_signed(begin - before), stop - begin, _signed(at_line - line), at_column)
            before = stop
        width = _width(places)
        form |= width << 3
        data += struct.pack(f"<{len(places)}{_WIDTHS[width]}", *places)
    head = _HEAD.pack(
        VERSION,
        _MARK,
        of_title,
        of_source,
        of_silent,
        low,
        high,
        date,
        copy,
        words if words < 0xFFFFFFFF else 0xFFFFFFFF,
        level,
        len(sketch),
        len(numbers),
        len(paragraphs),
        form,
        start,
        line,
    )
    return head + data


_WINDING = 4  # in the form of a place: more is told of it, as it is not all ASCII on one line
_WIDTHS = "BHIQ"


def _width(values: Sequence[int]) -> int:
    """In how many bytes, by their place in `_WIDTHS`, each of some numbers can be written."""
    most = max(values)
    return 0 if most < 1 << 8 else 1 if most < 1 << 16 else 2 if most < 1 << 32 else 3


def _packed_keys(keys: Sequence[int]) -> bytes:
    """Numbers of 48 bits, six bytes each."""
    whole = struct.pack(_LONGS.format(len(keys)), *keys)
    packed = bytearray(KEY_BYTES * len(keys))
    for byte in range(KEY_BYTES):
        packed[byte::KEY_BYTES] = whole[byte::8]
    return bytes(packed)


def _keys(data: bytes, at: int, count: int) -> tuple[int, ...]:
    end = at + KEY_BYTES * count
    if len(data) < end:
        raise IndexError
    whole = bytearray(8 * count)
    for byte in range(KEY_BYTES):
        whole[byte::8] = data[at + byte : end : KEY_BYTES]
    return struct.unpack(f"<{count}Q", whole)


def title_bytes(data: bytes) -> bytes:
    """The title of packed facts, as UTF-8."""
    return data[_HEAD_SIZE : _HEAD_SIZE + data[2] + (data[3] << 8)]


def title_in(data: bytes) -> Titled:
    """Title, headline and date of packed facts, without unpacking the rest."""
    size, low, high, date = _TITLE_HEAD.unpack_from(data)
    title = data[_HEAD.size : _HEAD.size + size].decode("utf-8", "surrogatepass")
    return Titled(title, (low, high), date)


def sketch_in(data: bytes) -> Sketch:
    """The sketch of packed facts, without unpacking the rest."""
    title, source, silent, level, count = _SKETCH_HEAD.unpack_from(data)
    return Sketch(_keys(data, _HEAD.size + title + source + silent, count), level)


def sketches_in(packs: Iterable[bytes]) -> Keyed:
    """All keys of the sketches of packed facts, without unpacking the rest."""
    parts, levels, sizes = _sketch_parts(packs)
    return Keyed(_keys(b"".join(parts), 0, sum(sizes)), sizes, levels, sizes)


def meetings_in(packs: Iterable[bytes]) -> Keyed:
    """Of the sketches of packed facts the keys by which copies find each other: one in `ONE_IN` where there are many."""
    parts, levels, sizes = _sketch_parts(packs)
    chosen = [
        part[1::KEY_BYTES].translate(_MEETING) if size > MOST_MEETING else b"\1" * size
        for part, size in zip(parts, sizes, strict=True)
    ]
    keys = compress(_keys(b"".join(parts), 0, sum(sizes)), b"".join(chosen))
    return Keyed(tuple(keys), [each.count(1) for each in chosen], levels, sizes)


def _sketch_parts(packs: Iterable[bytes]) -> tuple[list[bytes], bytes, bytes]:
    """The keys of the sketches of packed facts as they are packed, with the levels and sizes of the sketches."""
    parts: list[bytes] = []
    levels, sizes = bytearray(), bytearray()
    for data in packs:
        title, source, silent, level, size = _SKETCH_HEAD.unpack_from(data)
        at = _HEAD_SIZE + title + source + silent
        parts.append(data[at : at + KEY_BYTES * size])
        levels.append(level)
        sizes.append(size)
    return parts, bytes(levels), bytes(sizes)


def told_in(data: bytes) -> Told:
    """Numbers and paragraphs of packed facts, without unpacking the rest."""
    title, source, silent, sketched, numbered, parted = _TOLD_HEAD.unpack_from(data)
    at = _HEAD.size + title + source + silent + KEY_BYTES * sketched
    paragraphs = frozenset(_keys(data, at, parted))
    return Told(_numbers_in(data, at + KEY_BYTES * parted, numbered), paragraphs)


def _numbers_in(data: bytes, at: int, count: int) -> tuple[Number, ...]:
    arounds = struct.unpack_from(f"<{count}I", data, at)
    values = struct.unpack_from(f"<{count}H", data, at + 4 * count)
    return tuple(
        Number(around >> 8, value, around & 0xFF)
        for around, value in zip(arounds, values, strict=True)
    )


def unpack(data: bytes) -> Facts:
    """The facts that were packed. Raises ValueError where another version packed them, or nothing did."""
    if data[:2] != bytes((VERSION, _MARK)):
        raise ValueError("facts of another version of newslint or Python")
    try:
        return _unpacked(data)
    except (IndexError, struct.error) as error:
        raise ValueError("facts that are cut off") from error


def _unpacked(data: bytes) -> Facts:
    (
        _,
        _,
        *lengths,
        low,
        high,
        date,
        copy,
        words,
        level,
        sketched,
        numbered,
        parted,
        form,
        start,
        line,
    ) = _HEAD.unpack_from(data)
    at = _HEAD.size
    texts = []
    for size in lengths:
        texts.append(data[at : at + size].decode("utf-8", "surrogatepass"))
        at += size
    count = sketched + parted
    keys = _keys(data, at, count)
    at += KEY_BYTES * count
    numbers = _numbers_in(data, at, numbered)
    own = struct.Struct(f"<{8 if form & _WINDING else 2}{_WIDTHS[form & 3]}")
    at += 6 * numbered
    length, column, *more = own.unpack_from(data, at)
    utf8, utf16, last_line, last_column, last_utf8, last_utf16 = more or (
        0,
        0,
        0,
        column + length,
        0,
        0,
    )
    rest = struct.unpack_from(f"<{4 * parted}{_WIDTHS[form >> 3 & 3]}", data, at + own.size)
    paragraphs = []
    before = start
    for number, key in enumerate(keys[sketched:]):
        gap, size, at_line, at_column = rest[4 * number : 4 * number + 4]
        begin = before + _unsigned(gap)
        before = begin + size
        paragraphs.append(Paragraph(key, begin, before, line + _unsigned(at_line), at_column))
    return Facts(
        title=texts[0],
        headline=(low, high),
        date=date,
        source=texts[1],
        copy=copy,
        words=words,
        level=level,
        sketch=keys[:sketched],
        numbers=numbers,
        paragraphs=tuple(paragraphs),
        place=Place(
            start,
            start + length,
            Position(line, column, column + utf8, column + utf16),
            Position(
                line + last_line, last_column, last_column + last_utf8, last_column + last_utf16
            ),
        ),
        silent=tuple(texts[2].split(",")) if texts[2] else (),
    )


def _signed(value: int) -> int:
    return value << 1 if value >= 0 else (-value << 1) - 1


def _unsigned(value: int) -> int:
    return -(value >> 1) - 1 if value & 1 else value >> 1
