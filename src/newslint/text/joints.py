"""Places where two words stand together without the space that a lost tag, line or cell left out.

A capital, or a figure, behind a letter or a full stop is looked at; whether two words meet there is then
a matter of evidence: a date, a byline, the beginning of a sentence, the words of the same text. Names
with a capital inside (of brands, families, units, and of the Nguni languages) have none of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from newslint.expressions import IGNORECASE, compiled
from newslint.finding import Span
from newslint.once import once
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re

_REACH = 48  # letters of a word that are looked at; longer runs are no words
_TOKEN_REACH = 120  # characters around a place in which an address is looked for
_PAIR_REACH = 300  # characters in which the other bracket or quotation mark is looked for


class Joint(NamedTuple):
    """Two words without a space: `text[start:at]` and `text[at:end]`."""

    start: int
    at: int
    end: int


class _Place(NamedTuple):
    """A capital and the words on both sides of it."""

    text: str
    at: int
    left: Span
    right: Span
    before: str  # the word that ends at the place, or in front of the marks there
    marks: str  # what stands between that word and the place: ").”"
    after: str  # the word that begins at the place
    language: str


# With which names begin whose next letter is a capital: McKay, DeVito, LaRue.
_NAMED_WITH = frozenset("Mc De La Le Di Du Da Fe Wi".split())
# Words that begin a sentence and are no half of a name: capital, then small letters.
_OPENERS: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "The This That These Those There They Their He She His But And When While However After Although"
        " According Because Since What Where Which Who Why How If With From For Despite During Before Then"
        " Than Meanwhile Here Some Many Most Several Such Both Between Until Unless Yet Though Also An Have Has"
        " Was Were Is Are Had Would Could Should Did Does Do Can Mr Mrs It's He's She's They're We're I'm Let's"
        " Don't You're That's There's Here's We've I've It’s He’s She’s They’re We’re I’m Let’s Don’t You’re That’s"
        " There’s Here’s We’ve I’ve",
        "de": "Der Die Das Ein Eine Einen Einem Einer Sie Wir Ihr Dass Denn Aber Auch Nach Bei Beim Mit Für Von"
        " Vom Zum Zur Während Wegen Laut Wenn Weil Doch Noch Nun Nur Schon Seit Durch Dabei Damit Dann Diese"
        " Dieser Dieses Dies Dort Hier Jetzt Was Wer Wie Wo Warum Über Unter Um Und Oder Gegen Zwei Drei Viele",
        "fr": "Les Une Dans Pour Avec Mais Après Selon Cette Ces Elle Elles Lors Depuis Sur Pourtant Quand",
        "es": "Los Las Una Pero Según Desde Esta Este Estos Estas Cuando También Con Para Por Sin Tras",
        "pt": "Uma Não Mas Quando Após Depois Segundo Para Por Com Esta Este Também Os As Em",
        "it": "Gli Uno Una Nel Nella Dopo Secondo Anche Questa Questo Che Per Con Della",
        "nl": "Het Een Maar Volgens Met Voor Naar Ook Hij Zij Dat Deze Dit Wij Toen Als",
        "sv": "Det Den Ett Och Men Enligt Efter För Även Han Hon Vi När Som Inte",
        "da": "Det Den Et Og Men Ifølge Efter For Også Han Hun Vi Når Som Ikke Fra",
        "no": "Det Den Et Og Men Ifølge Etter For Også Han Hun Vi Når Som Ikke Fra",
    }.items()
}
# Such words too, but they also close names: in a name only behind a word that is no name.
_SHORT_OPENERS: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "A I In On At It As To Of We You Your My Our Not No Now One Two New Up Out Over About Into By All Us"
        " Her Him Its So Or Last First More Only Just Even Every Each Read Watch See",
        "de": "Im In Am An Auf Aus Ab Er Es Ist Hat War So Man",
        "fr": "Le La Un Et En Il On Au Du Ce À",
        "es": "El La Un En Se Es No Si Y",
        "pt": "O A Os As Um Em Se No Na",
        "it": "Il Lo La I Un In È Si",
        "nl": "De In Op Er Ze We",
        "sv": "En I På De Nu",
        "da": "En I På De Nu",
        "no": "En I På De Nå",
    }.items()
}
_NO_WORDS: frozenset[str] = frozenset()
_LABELLED = frozenset(
    "Photo Photos Image Images Picture Credit Source Published Updated Posted Foto Fotos Bild Quelle Illustration"
    " Veröffentlicht Aktualisiert Crédit Fuente Publicado".split()
)
_AGENCIES = frozenset(
    "AP AFP EFE EPA REUTERS UPI TASS ANSA PTI ANI DPA SID APA KEYSTONE ZUMA NASA FILE".split()
)
_MONTHS = (
    "January February March April May June July August September October November December"
    " Januar Februar März Mai Juni Juli Oktober Dezember"
    " janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
    " enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
    " gennaio febbraio marzo aprile maggio giugno luglio settembre ottobre novembre dicembre"
    " janeiro fevereiro março maio junho julho setembro outubro dezembro"
    " januari februari maart mei augustus maj augusti oktober december januar marts"
    " Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık"
).split()
_SHORT_MONTHS = "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Okt Dez".split()
_WEEKDAYS = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
    " Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag"
).split()
# "Black Friday" and its like are written as one word by shops.
_NAMED_DAYS = frozenset(
    "Black Cyber Super Giving Good Fat Blue Green Grey Gray Holy Easter".split()
)
# Words of buttons and labels around a story; two of them in one word were two buttons.
_LABELS = frozenset(
    "Facebook Twitter WhatsApp Telegram Reddit Flipboard Pinterest LinkedIn Instagram Email Mail Print Share"
    " Save Comment Comments Copy Link Tweet Listen Follow Close Video Videos Photos Images News Updated"
    " Published Posted Advertisement Related Tags Mix Pocket Tumblr Messenger Threads Bluesky"
    " Verschenken Newsletter Teilen Merken Drucken Speichern Anhören Kommentare Anzeige Werbung Mehr"
    " Partager Commenter Enregistrer Publicité Compartir Comentar Guardar Publicidad".split()
)
# What stands under a picture or between paragraphs; a capital right behind it begins something new.
_CLOSERS = frozenset(
    "Advertisement Advertising ADVERTISEMENT advertisement Anzeige ANZEIGE Werbung WERBUNG Publicité PUBLICITÉ"
    " Publicidad PUBLICIDAD Pubblicità Annons ANNONS Annonse Reuters REUTERS Shutterstock Alamy".split()
)
# Written in front of a name or a number: a missing space behind them is another matter.
_ABBREVIATIONS = frozenset(
    "vs no nos vol fig approx ca nr str usw bzw etc hr art abs al op ed eds pp sec ch cf tel ext est max min"
    " sq aka incl bl pol".split()
)
_TITLES = frozenset(
    "St Mr Mrs Ms Dr Jr Sr Inc Ltd Co Corp Gov Sen Rep Gen Col Lt Capt Cpt Sgt Maj Prof Rev Hon Mt Ft No Nos Vol"
    " Fig Ave Blvd Rd Nr Str Smt Shri Adv Fr Messrs Mme Mlle Art Abs Bros Pvt Dept Univ Tel Ext Pt"
    " Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec".split()
)
_DOMAINS = frozenset(
    "com org net edu gov mil int info biz co io ai app dev news tv me eu uk us de fr es it nl in js py md txt"
    " pdf htm html php asp aspx xml json csv jpg jpeg png gif mp3 mp4 exe zip doc docx xls".split()
)
# Lower-case words of three letters that no name begins with.
_SHORT_WORDS = frozenset(
    "the and was has had his are but not for her who off all any two six ten ago day man men say says"
    " der die das und ist mit von les des est que los las del het een och det".split()
)
# Word parts that names are made with, small or capital.
_PREFIXES = frozenset(
    "micro mini nano mega macro multi meta tele auto aero info inter intra extra ultra super hyper cyber"
    " crypto neuro cardio immuno pharma astro techno electro photo hydro thermo cine wiki open easy smart"
    " fast free live life home play game food shop bare musik music think java type post base"
    " data text mobile cloud".split()
)
# Languages that put a capital behind the prefix of a noun: KwaZulu, isiXhosa, kaNdaba.
_INNER_CAPITALS = frozenset("zu xh ss nr nd st tn ts ve nso rw rn lg sn sw ny bem".split())


def joints(
    text: str, utf8: bytes, unusual_bytes: frozenset[int], language: str = "en"
) -> tuple[Joint, ...]:
    """Every place of `text` at which two words are fused, in order.

    `unusual_bytes`: those of its UTF-8 that are not printable ASCII.
    """
    capitals, figures = _places(text, utf8, unusual_bytes)
    if not capitals and not figures:
        return ()
    words = _Words(text, language)
    found: dict[int, Joint] = {}
    for at in capitals:
        if not text[at].isupper() or (place := _place(text, at, language)) is None:
            continue
        chained = place.left.start in found and not place.marks
        if _fused(place, words, chained) and not _inside_address(text, at):
            start = min(place.left.start, at - 1)
            found[at] = Joint(start, at, max(place.right.end, at + 1))
    for joint in _before_dates(text, figures):
        found.setdefault(joint.at, joint)
    return tuple(found[at] for at in sorted(found))


def _speaks(text: str, at: int) -> bool:
    """Whether the word at `at` is more likely the first of a quotation than the first behind one."""
    match = _word().match(text, at)
    return match is not None and match[0].replace("’", "'") in _FIRST_PERSON


_FIRST_PERSON = frozenset(
    "I I'm I've I'd I'll We We're We've We'll You You're My Our It It's That's There's There This That"
    " They They're If So No Yes Wir Ich Das Es Je Nous C'est Vi Jag Det".split()
)


class _Words:
    """What the text as a whole says about its words. Each answer is worked out when it is asked for."""

    def __init__(self, text: str, language: str) -> None:
        self._text = text
        self._seen: dict[str, int] = {}
        self._language = language
        self.compounds = language in ("de", "nl", "sv", "da", "no", "fi", "hu")

    @once
    def inner_capitals(self) -> bool:
        """Whether the language puts capitals inside words, by its name or by its looks."""
        if self._language in _INNER_CAPITALS:
            return True
        prefixed = sum(1 for _ in _prefixed().finditer(self._text))
        return prefixed >= 3 and prefixed * 400 > len(self._text)

    @once
    def _closing(self) -> frozenset[int]:
        """Where a straight double mark with letters or stops on both sides closes a quotation.

        Only marks with white space on one side tell by themselves; the others take turns after them.
        """
        text = self._text
        closing: set[int] = set()
        inside: bool | None = None  # not known until a mark tells
        waiting: list[int] = []
        for match in _straight().finditer(text):
            at = match.start()
            line_end = match[0] == "\n"
            opens = line_end or at == 0 or text[at - 1] in _BEFORE_OPENING
            closes = line_end or at + 1 == len(text) or text[at + 1] in _BEHIND_CLOSING
            if opens != closes or line_end:
                if line_end:
                    closing.update(place for place in waiting if not _speaks(text, place + 1))
                    inside = None
                else:
                    # In front of a mark that opens, the last one closed, the one before it opened, …
                    closing.update(waiting[-1 if opens else -2 :: -2])
                    inside = opens
                waiting = []
            elif inside is None:
                waiting.append(at)
            else:
                if inside:
                    closing.add(at)
                inside = not inside
        closing.update(place for place in waiting if not _speaks(text, place + 1))
        return frozenset(closing)

    def closes(self, at: int) -> bool:
        """Whether the straight double mark at `at` closes a quotation."""
        return at in self._closing

    def count(self, words: str) -> int:
        """How often `words` stand in the text as whole words: 0, 1, or 2 for more."""
        if words in self._seen:
            return self._seen[words]
        if len(self._seen) >= _QUESTIONS:
            return 0
        text = self._text
        count, at = 0, text.find(words)
        while at >= 0 and count < 2:
            end = at + len(words)
            count += not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum())
            at = text.find(words, end)
        self._seen[words] = count
        return count


_QUESTIONS = 200  # words that are looked for in the whole text before no more questions are asked


# ------------------------------------------------------------------ places


def _places(text: str, utf8: bytes, unusual_bytes: frozenset[int]) -> tuple[list[int], list[int]]:
    """Where a capital stands right behind another word, and where figures may."""
    if not unusual_bytes.isdisjoint(_FURTHER_LETTERS):
        capitals = [match.start() for match in _candidates().finditer(text)]
        return capitals, [match.start() for match in _figures().finditer(text)]
    if _ACCENTED in unusual_bytes:
        signs = text.encode("latin-1", "replace").translate(_KINDS)
    else:
        signs = utf8.translate(_KINDS_OF_BYTES)
    kinds = signs.decode("ascii")
    places = [match.start() for match in _behind_something().finditer(kinds)]
    figures = [match.start() for match in _figure_behind_letter().finditer(kinds)]
    if unusual_bytes and _ACCENTED not in unusual_bytes:
        places, figures = _of_characters(places, utf8), _of_characters(figures, utf8)
    places += _behind_question_marks(text)
    is_candidate = _candidates().match
    return sorted({at for at in places if is_candidate(text, at) is not None}), figures


def _of_characters(places: list[int], utf8: bytes) -> list[int]:
    """Places in a text, of those in its UTF-8, in order."""
    found = []
    at = characters = 0
    for place in places:
        characters += len(utf8[at:place].decode("utf-8", "surrogatepass"))
        found.append(characters)
        at = place
    return found


def _behind_question_marks(text: str) -> list[int]:
    found = []
    at = text.find("?") + 1
    while at:
        if text[at : at + 1].isupper():
            found.append(at)
        at = text.find("?", at) + 1
    return found


@cache
def _behind_something() -> re.Pattern[str]:
    # A capital first, as in the following: the scan jumps from one to the next. Behind a mark, and that behind
    # white space, it mostly begins a quotation.
    return compiled(r"A(?<=[^ -]A)(?:(?<=[a0.]A)|(?<=[,?]A)(?<! .A)(?<! _..A)|(?<=AA)(?=a))")


@cache
def _figure_behind_letter() -> re.Pattern[str]:
    return compiled(r"0(?<=a0)")


def _kinds() -> bytes:
    """What stands for each character of Latin-1 where only its kind matters: A for a capital, a for a small
    letter, 0 for a figure, a space, a dot for . and !, a comma for marks that close, ? for itself and for
    whatever is not of Latin-1, - for the rest."""
    kinds = bytearray(b"-" * 256)
    for code in range(256):
        character = chr(code)
        if character.isspace():
            kinds[code] = ord(" ")
        elif character.isupper():
            kinds[code] = ord("A")
        elif character.islower():
            kinds[code] = ord("a")
        elif character.isdigit():
            kinds[code] = ord("0")
        elif character in "!.":
            kinds[code] = ord(".")
        elif character in "\"')]»":
            kinds[code] = ord(",")
        elif character == "?":
            kinds[code] = ord("?")
    return bytes(kinds)


_KINDS = _kinds()
# The same for the bytes of UTF-8: _ is the first one of a curly mark, ? any other beyond ASCII.
_KINDS_OF_BYTES = _KINDS[:128] + bytes(
    ord("_" if code == 0xE2 else "?") for code in range(128, 256)
)
_ACCENTED = 0xC3  # the first byte of a letter of Latin-1 with an accent
# First bytes in UTF-8 of Latin letters beyond Latin-1, of Greek and Cyrillic ones.
_FURTHER_LETTERS = frozenset((*range(0xC4, 0xD4), 0xE1))


def _place(text: str, at: int, language: str) -> _Place | None:
    index = at
    while index > 0 and at - index < 4 and text[index - 1] in _MARKS:
        index -= 1
    last = text[index - 1 : index]
    if not (last.islower() or last.isupper() or last.isdigit()):
        return None
    marks = text[index:at]
    left = _left(text, index)
    if left.end <= left.start:
        return None
    right = _right(text, at)
    before, after = text[left.start : left.end], text[right.start : right.end]
    return _Place(text, at, left, right, before, marks, after, language)


def _left(text: str, end: int) -> Span:
    """The word that ends at `end`: figures, or letters back to the capital that begins them."""
    index = end
    limit = max(0, end - _REACH)
    if index > limit and text[index - 1].isdigit():
        while index > limit and (text[index - 1].isdigit() or text[index - 1] in ".,:"):
            index -= 1
        while index < end and not text[index].isdigit():
            index += 1
        return Span(index, end)
    if index > limit and text[index - 1].isupper():
        while index > limit and text[index - 1].isupper():
            index -= 1
        return Span(index, end)
    while index > limit:
        character = text[index - 1]
        if character.islower():
            index -= 1
        elif character.isupper():
            return Span(index - 1, end)
        elif (
            character in "'’-‑" and index > limit + 1 and text[index - 2].isalpha() and index < end
        ):
            index -= 1
        else:
            break
    return Span(index, end)


def _right(text: str, start: int) -> Span:
    """The word that begins with the capital at `start`: Next, NEXT, MPs, U.K., O’Neill."""
    limit = min(len(text), start + _REACH)
    index = start + 1
    if text[index : index + 1] in ("'", "’") and text[index + 1 : index + 2].isupper():
        index += 2  # O’Neill
    elif (initials := _initials().match(text, start)) is not None:
        return Span(start, initials.end())
    while index < limit and text[index].isupper():
        index += 1
    capitals = index - start
    small = index
    while small < limit and text[small].islower():
        small += 1
    if capitals > 1 and small > index and text[start + 1].isupper():
        plural = small == index + 1 and text[index] == "s"
        return Span(start, small if plural else index - 1)
    index = small
    if index + 1 < limit and text[index] in "'’" and text[index + 1].islower():
        index += 2
        while index < limit and text[index].islower():
            index += 1
    return Span(start, index)


_MARKS = ".!?…\"”“’')]»%"
_BEFORE_OPENING = " \t\n\xa0\u202f([—–-‘'“/"
_BEHIND_CLOSING = " \t\n\xa0\u202f.,;:!?)]—–-’'”/"


def _inside_address(text: str, at: int) -> bool:
    """Whether the place is part of a web address, a mail address, a file name, a handle or a hashtag."""
    start = at
    limit = max(0, at - _TOKEN_REACH)
    while start > limit and not text[start - 1].isspace():
        start -= 1
    end = at
    limit = min(len(text), at + _TOKEN_REACH)
    while end < limit and not text[end].isspace():
        end += 1
    token = text[start:end]
    # An address may itself be what a word was fused to, but where it ends nobody can say.
    return _address().search(token) is not None


# ------------------------------------------------------------------ evidence


def _fused(place: _Place, words: _Words, chained: bool) -> bool:
    if place.marks:
        return _behind_marks(place, words)
    first = place.before[0]
    if first.isdigit():
        return _behind_figures(place)
    if place.before[-1].isupper():
        return _behind_capitals(place)
    if place.language == "de" and place.after.startswith("In") and place.before[0].isupper():
        return False  # LehrerInnen
    return _inside_word(place, words, chained)


def _followed_by_space(place: _Place) -> bool:
    return place.text[place.right.end : place.right.end + 1] in (" ", "\xa0", "\u202f")


def _next_character(place: _Place) -> str:
    return place.text[place.right.end : place.right.end + 1]


def _opens_sentence(place: _Place, *, short: bool) -> bool:
    """Whether the right word is one that begins sentences, and stands there as a word of its own."""
    after, language = place.after, place.language
    if (
        after in _OPENERS["en"]
        or after in _OPENERS.get(language, _NO_WORDS)
        or (
            short
            and (after in _SHORT_OPENERS["en"] or after in _SHORT_OPENERS.get(language, _NO_WORDS))
        )
    ):
        following = place.text[place.right.end : place.right.end + 2]
        return following[:1] == "," or (
            following[:1] in (" ", "\xa0") and not following[1:].isspace()
        )
    return False


def _is_word(place: _Place) -> bool:
    """Whether the right side looks like a word and not like the tail of a name: "Next", "A", "NEW YORK"."""
    after = place.after
    following = _next_character(place)
    if following.isdigit() or following == "_":
        return False
    if len(after) == 1:
        return after in _SINGLE_LETTERS and following == " "
    if after.isupper():
        return (
            len(after) > 1
            and (following == " " or following in ",:;-–—")
            and after.casefold() not in _DOMAINS
        )
    return True


_SINGLE_LETTERS = "AIOEYÀÉÓОИАВЯКСУ"


def _behind_marks(place: _Place, words: _Words) -> bool:
    text, marks, before, after = place.text, place.marks, place.before, place.after
    if "…" in marks or marks.startswith("..") or not _is_word(place):
        return False
    last = marks[-1]
    bare = marks.strip("\"”“’'»)]%")
    if last == "“" and (
        place.language not in _LOW_HIGH or (marks == "“" and not after[1:].islower())
    ):
        return False  # opens, and what is missing is the space before it
    if last == '"' and not words.closes(place.at - 1):
        return False
    if not bare:
        return _behind_closing(place)
    if len(bare) > 1 and "." in bare:
        return False
    opens = _opens_sentence(place, short=True)
    closed = len(marks) > 1
    if before in ("m", "M") and text[max(0, place.left.start - 2) : place.left.start].lower() in (
        "a.",
        "p.",
    ):
        return True
    if before[0].isdigit():
        return closed or _number_ends_sentence(place, opens)
    if closed and bare[0] in ".!?" and (last != "'" or opens):
        return len(before) > 1 or before.islower() or opens
    following = text[place.right.end : place.right.end + 2]
    if following[:1] == "." and following[1:].isalpha():
        return False
    if (
        after.casefold() in _DOMAINS
        and not opens
        and following[:1] != "-"
        and not (before.islower() and after.istitle() and _goes_on(following))
    ):
        return False
    if before.isupper():
        if place.left.start > 1 and text[place.left.start - 1] == ".":
            return _opens_sentence(place, short=False)
        return len(before) > 1 and (opens or (len(before) > 2 and len(after) > 3))
    if len(before) < 2 or (
        before in (_ABBREVIATIONS if before[0].islower() else _TITLES) and not opens
    ):
        return False
    if before[0].islower():
        return True
    if bare[0] == "!":
        return opens
    if after in _TITLES and following[:1] == " ":
        return following[1:].isupper()
    return opens or (
        len(after) > 2 and (len(before) > 3 or (len(before) > 2 and _goes_on(following)))
    )


def _goes_on(following: str) -> bool:
    """Whether a word has a small one behind it, as the first of a sentence has and a name of a site has not."""
    return following[:1] == " " and following[1:].islower()


# Languages whose quotations close with “.
_LOW_HIGH = frozenset("de cs sk sl hr bg lt lv et is ka da no sr mk sq".split())
# Languages that write ordinals with a full stop.
_ORDINALS = frozenset("de da no nb nn fi cs sk sl hr hu pl tr is et lv sr bs mk".split())


def _number_ends_sentence(place: _Place, opens: bool) -> bool:
    """Whether figures and a full stop end a sentence, and do not number a line or a name."""
    text, before, after = place.text, place.before, place.after
    start = place.left.start
    if start == 0 or text.rfind("\n", max(0, start - 4), start) >= 0:
        return False
    lead = text[start - 1]
    if lead in "$£€":
        return True
    if not lead.isspace() or not (text[start - 2 : start - 1].islower() or opens):
        return False
    year = len(before) == 4 and before[:2] in ("19", "20")
    if year or opens:
        return opens or len(after) > 2
    return len(before) > 1 and len(after) > 2 and place.language not in _ORDINALS


def _behind_closing(place: _Place) -> bool:
    """Behind a closing bracket or quotation mark without a full stop."""
    text, marks, before, after = place.text, place.marks, place.before, place.after
    opens = _opens_sentence(place, short=True)
    plain = len(after) > 2 and after[1:].islower()
    if len(after) < 2 and not opens:
        return False
    last = marks[-1]
    if last in ")]":
        opening = text.rfind("(" if last == ")" else "[", max(0, place.at - _PAIR_REACH), place.at)
        if opening < 0:
            return False
        inside = text[opening + 1 : place.at - 1]
        if "\n" in inside:
            return False
        if " " in inside and len(inside) > 7:
            return plain or opens or after.isupper()
        if opening > 0 and not (text[opening - 1].isspace() or text[opening - 1] in '."”,)'):
            return False
        if _opens_sentence(place, short=False) or (opens and len(inside) > 2):
            return len(inside) > 1
        sentence = opening > 1 and text[opening - 2 : opening] in (". ", "? ", "! ", '" ', "” ")
        return sentence and len(inside) > 3 and plain
    if len(before) < 2 or len(marks) > 1:
        return False
    if last in '”"':
        return plain or opens
    if last in "»“":
        return plain
    if last in "'’":
        return _opens_sentence(place, short=False) and len(before) > 3
    return False


def _behind_figures(place: _Place) -> bool:
    text, before, after = place.text, place.before, place.after
    if not _is_word(place) or len(after) < 2 or after[:2] in _BEHIND_CLOCK:
        return False
    if _dated(text, place):
        return True
    start = place.left.start
    lead = text[start - 1] if start else ""
    if lead.isalpha() or lead in ("#", "@", "_", "-", "/"):
        return False
    if lead and lead in "$£€":
        return after not in _MAGNITUDES and (len(after) > 3 or _opens_sentence(place, short=True))
    if len(before) != 4 or before[:2] not in ("19", "20"):
        return False
    if _opens_sentence(place, short=True) or after in _LABELS or after == "By":
        return True
    return (
        lead == " "
        and text[start - 2 : start - 1].islower()
        and len(after) > 3
        and after[1:].islower()
        and _followed_by_space(place)
    )


# "9:00AM", "5Th"
_BEHIND_CLOCK = ("AM", "PM", "Am", "Pm", "ET", "GM", "UT", "Th", "St", "Nd", "Rd")
_MAGNITUDES = frozenset(
    "Million Millions Billion Billions Trillion Thousand Mill Mrd Mio Milliarden Millionen Crore Lakh".split()
)


def _dated(text: str, place: _Place) -> bool:
    """Whether the figures in front of the place end a date or are a time of day."""
    return _date_end().search(text[max(0, place.at - 24) : place.at]) is not None


def _behind_capitals(place: _Place) -> bool:
    text, before, after = place.text, place.before, place.after
    if len(after) < 2 or not _is_word(place):
        return False
    if _clock_end().search(text[max(0, place.at - 16) : place.at]):
        return True
    if len(after) == 2 and after[1] == "s" and len(before) < 5:
        return False  # APIs
    start = place.left.start
    lead = text[start - 1] if start else ""
    if lead.isdigit():
        return False
    if before in _CLOSERS:
        return True
    if before in _AGENCIES and (
        lead == "/" or text[max(0, start - 2) : start] in (": ", ", ", "| ")
    ):
        return True
    if _opens_sentence(place, short=False):
        return len(before) > 2 or before in ("AP", "UN", "EU", "US", "UK", "AI")
    # A line of capitals, then a word with one.
    return (
        len(before) > 2
        and after[1:].islower()
        and _capitals_end().search(text[max(0, start - 2 * _REACH) : start]) is not None
    )


def _inside_word(place: _Place, words: _Words, chained: bool) -> bool:
    text, before, after = place.text, place.before, place.after
    if len(before) < 2 or not after or (before in _NAMED_WITH and not chained):
        return False
    if _date_start().match(text, place.at) and before not in _NAMED_DAYS:
        return len(before) > 2 or before.islower()
    start = place.left.start
    if not _is_word(place):
        return False
    if before[-1] in "mr" and _clock_end().search(text[max(0, place.at - 16) : place.at]):
        return len(after) > 1
    lead = text[start - 1] if start else ""
    if lead.isdigit() and not chained:
        return False
    if before in _CLOSERS or (
        before.casefold() in _PHRASE_ENDS
        and _phrase_end().search(text[max(0, place.at - 32) : place.at])
    ):
        return True
    if before in _LABELS and (after in _LABELS or chained) and before + after not in _NAMES:
        return True
    if after in _LABELLED and _next_character(place) == ":":
        return len(before) > 2
    if after in _LABELS and chained:
        return True
    if len(before) < 3 and not (len(before) == 2 and before.islower()):
        return False
    if after == "By" and _byline().match(text, place.right.end):
        return before != "Stand"
    if after in _WEEKDAYS:
        if before in _NAMED_DAYS:
            return False
        return _followed_by_space(place) or _next_character(place) in (",", ".")
    whole = chained or not (lead.isalnum() or lead == "_")  # the left word begins here
    if before[0].islower():
        return whole and _behind_small_word(place, words)
    if before[-2:] in ("'s", "’s") and after[1:].islower():
        return True
    if _dateline().match(text, place.at):
        return True
    if after in "AI":
        small = text[place.right.end + 1 : place.right.end + 2].islower()
        return small and len(before) > 3 and before not in _LETTERED
    if _opens_sentence(place, short=len(before) > 6):
        return before + after not in _NAMES
    if len(before) > 3 and (
        (after == before and len(after) > 5) or text.endswith(f"{after} ", 0, place.left.start)
    ):
        return len(after) > 2  # a name, and the name again
    if not whole:
        return False
    return _words_of_the_text(place, words)


def _words_of_the_text(place: _Place, words: _Words) -> bool:
    """Whether the text uses both sides as words of their own, and never together."""
    text, before, after = place.text, place.before, place.after
    whole = text[place.left.start : place.right.end]
    if words.count(whole) > 1 or whole in _NAMES or _next_character(place).isupper():
        return False
    following = _word().match(text, place.right.end + 1) if _followed_by_space(place) else None
    if (
        following is not None
        and following[0][0].isupper()
        and words.count(f"{after} {following[0]}") > 0
    ):
        return words.count(before) > 0 or len(before) > 3
    if len(after) < 4 or before.casefold() in _PREFIXES:
        return False
    if words.count(before) > 0 and words.count(after) > 0:
        return len(before) > 3
    # Names are short; two long words in one are two words.
    return (
        len(before) > (12 if words.compounds else 8)
        and after[1:].islower()
        and (_followed_by_space(place) or _next_character(place) in (",", ":"))
    )


# "Serie A", "vitamin A"
_LETTERED = frozenset(
    "Vitamin Serie Series Hepatitis Grade Class Group Plan Level Type Influenza Division Section".split()
)
# Names of companies that are put together of words which otherwise stand apart.
_NAMES = frozenset(
    "LinkedIn WhatsApp FaceTime YouTube ShareLink LinkShare VideoLink PricewaterhouseCoopers FrieslandCampina"
    " AmerisourceBergen GlaxoSmithKline ThyssenKrupp DaimlerChrysler ConocoPhillips ArcelorMittal"
    " LafargeHolcim SiriusXM easyJet bareMinerals wikiHow flyDubai".split()
)


def _behind_small_word(place: _Place, words: _Words) -> bool:
    """A word of small letters, then a capital: a name only if it is short, a prefix, or used again."""
    text, before, after = place.text, place.before, place.after
    following = _next_character(place)
    if len(before) == 2:
        return _opens_sentence(place, short=False) and not words.inner_capitals
    if following.isupper() or (following and following in "(=_{[`<>\\/"):
        return False
    start = place.left.start
    lead = text[start - 1] if start else ""
    if lead == "." and before in ("com", "org", "net"):
        return after[1:].islower() and _followed_by_space(place)
    if lead and lead in ".`/\\$<{_=":
        return False
    if before + after in _NAMES:
        return False
    if _opens_sentence(place, short=False):
        return True
    opens = _opens_sentence(place, short=True)
    if len(before) == 3:
        if before not in _SHORT_WORDS:
            return False
    elif before.casefold() in _PREFIXES and not opens:
        return False
    if after.isupper() and len(after) > 1:
        if len(before) > 4 and (following == "-" or text.startswith(" (", place.right.end)):
            return True
        rest = _word().match(text, place.right.end + 1)
        return len(after) > 2 and rest is not None and len(rest[0]) > 1 and rest[0].isupper()
    if words.inner_capitals:
        return False
    return opens or words.count(text[start : place.right.end]) < 2


# ------------------------------------------------------------------ dates behind a word


def _before_dates(text: str, figures: Sequence[int]) -> Iterator[Joint]:
    """Words with a date in figures behind them: "Larsen24 December 2023"."""
    for place in figures:
        match = _date_behind_word().match(text, place)
        if match is None:
            continue
        at = match.start(1)
        left = _left(text, at)
        if left.end - left.start > 2 and not _inside_address(text, at):
            yield Joint(left.start, at, match.end(1))


# ------------------------------------------------------------------ patterns


# Character classes of Latin, Greek and Cyrillic letters. Where small letters and capitals take turns in
# the code charts both hold both, which compiles fast; the code that follows a match tells them apart.
_SMALL = "a-zß-öø-ÿĀ-ɏΐά-ώа-ӿḀ-ỿ"
_CAPITAL = "A-ZÀ-ÖØ-ÞĀ-ɏΆ-ΫЀ-ЯѠ-ӿḀ-ỿ"


@cache
def _candidates() -> re.Pattern[str]:
    # A capital first, so that the scan jumps from one to the next; then what stands before it.
    # A mark with a space in front opens something, and U.S. is one word.
    return compiled(
        rf"[{_CAPITAL}](?:(?<=[{_SMALL}0-9!?][{_CAPITAL}])|(?<=\.[{_CAPITAL}])(?:(?<![{_CAPITAL}].[{_CAPITAL}])|(?=[{_SMALL} ]))"
        rf"|(?<=[\"”’')\]»][{_CAPITAL}])(?<!\s.[{_CAPITAL}])|(?<=[{_CAPITAL}][{_CAPITAL}])(?=[{_SMALL}]))"
    )


@cache
def _figures() -> re.Pattern[str]:
    return compiled(rf"[0-9](?<=[{_SMALL}][0-9])")


@cache
def _initials() -> re.Pattern[str]:
    return compiled(rf"(?:[{_CAPITAL}]\.){{2,4}}")


@cache
def _word() -> re.Pattern[str]:
    return compiled(r"[^\W\d_]+(?:['’][^\W\d_]+)*+")


@cache
def _straight() -> re.Pattern[str]:
    return compiled(r'["\n]')


@cache
def _prefixed() -> re.Pattern[str]:
    # From the capital back, as there are few.
    return compiled(
        r"[A-Z](?=[a-z])(?<=[aeioum][A-Z])(?:(?<=\W[a-z][A-Z])|(?<=\W[a-z]{2}[A-Z])|(?<=\W[a-z]{3}[A-Z])"
        r"|(?<=\W[a-z]{4}[A-Z])|(?<=\W[a-z]{5}[A-Z]))"
    )


@cache
def _address() -> re.Pattern[str]:
    return compiled(r"://|www\.|@|#|_|\\|=|&\w+;|[a-z]\.[a-z]{2,5}(?:[/?]|$)|\.[a-z]{2,4}/")


@cache
def _date_start() -> re.Pattern[str]:
    months = "|".join(
        sorted((*(m for m in _MONTHS if m[0].isupper()), *_SHORT_MONTHS), key=len, reverse=True)
    )
    days = "|".join(_WEEKDAYS)
    return compiled(
        rf"(?:{months})\.?[  ](?:[0-3]?\d(?:st|nd|rd|th)?(?!\d)|(?:19|20)\d\d\b)|(?:{days}),?[  ]\d"
    )


@cache
def _date_end() -> re.Pattern[str]:
    months = "|".join(sorted((*_MONTHS, *_SHORT_MONTHS), key=len, reverse=True))
    return compiled(
        rf"(?:(?<![^\W_])(?:{months})\.?[  ](?:(?:[0-3]?\d(?:st|nd|rd|th)?,?[  ])?(?:19|20)\d\d|[0-3]?\d)"
        r"|(?<!\d)[0-3]?\d[./-][01]?\d[./-](?:19|20)\d\d|(?:19|20)\d\d-[01]\d-[0-3]\d"
        r"|(?<![\d:.])[0-2]?\d:[0-5]\d(?::[0-5]\d)?)\Z",
        IGNORECASE,
    )


@cache
def _clock_end() -> re.Pattern[str]:
    return compiled(
        r"\d[:.]\d\d[  ]?(?:(?:[AaPp]\.?[Mm]\.?|Uhr)(?:[  ](?:[ECMP][SD]?T|GMT|UTC|IST|BST|CES?T))?"
        r"|(?:[ECMP][SD]T|GMT|UTC|IST|BST|CES?T))\Z"
    )


@cache
def _capitals_end() -> re.Pattern[str]:
    return compiled(
        rf"(?<![\w'’.-])[{_CAPITAL}]{{2,}}[,:'’?]{{0,2}} [{_CAPITAL}]{{2,}}[,:'’?]{{0,2}} \Z"
    )


# Last words of the phrases below.
_PHRASE_ENDS = frozenset(
    "images more all now popular read viewed points deal image reading below friendly edition article story"
    " articles stories links content topics friend ad inbox caption up continues lesen dazu interessant aussi"
    " suite loin saber más mer också".split()
)


@cache
def _phrase_end() -> re.Pattern[str]:
    return compiled(
        r"(?:\b[Gg]etty Images|\b(?:Read|Learn|Show|See|View|Load|Find [Oo]ut|Watch) (?:[Mm]ore|All|[Nn]ow)|\bMost (?:Popular|Read|Viewed)"
        r"|\b(?:Key [Pp]oints|View Deal|View Larger Image|Continue Reading|Continue Reading Below|Printer [Ff]riendly|Print Edition)"
        r"|\b[Rr]ead (?:the )?[Ff]ull (?:[Aa]rticle|[Ss]tory)|\b[Rr]elated (?:[Aa]rticles?|[Ss]tor(?:y|ies)|[Ll]inks|[Cc]ontent|[Tt]opics)"
        r"|\b[Ee]mail to a friend|\b(?:[Cc]ontinues|[Cc]ontinue reading) below(?: this ad)?|\bthis ad|\b(?:in|to) your inbox"
        r"|\b(?:[Ss]how|[Hh]ide) [Cc]aption|\bSign [Uu]p|\b[Ss]ubscribe [Nn]ow|\b(?:Article|Photo|Story) continues|\bsaved stories"
        r"|\bMehr (?:lesen|dazu)|\bAuch interessant|\bLire (?:aussi|la suite)|\bPour aller plus loin|\b[Pp]ara saber más|\bLeer más|\bLäs (?:mer|också))\Z"
    )


@cache
def _dateline() -> re.Pattern[str]:
    return compiled(
        rf"[{_CAPITAL}]{{4,}}(?:[ .-][{_CAPITAL}]{{3,}}){{0,2}}(?:, [{_CAPITAL}][\w.]+(?: [{_CAPITAL}][\w.]+)?)?,? ?(?:--|[—–―]|\([{_CAPITAL}])"
    )


@cache
def _byline() -> re.Pattern[str]:
    return compiled(rf"[  ][{_CAPITAL}][\w.’'-]*[  ,]")


@cache
def _date_behind_word() -> re.Pattern[str]:
    months = "|".join(sorted((*_MONTHS, *_SHORT_MONTHS), key=len, reverse=True))
    return compiled(
        rf"[0-9](?<=[{_SMALL}].)(?<=(?=([0-3]?\d\.?[  ](?:{months})\.?[  ](?:19|20)\d\d"
        r"|[0-3]?\d[./][01]?\d[./](?:19|20)\d\d|(?:19|20)\d\d-[01]\d-[0-3]\d"
        r"|[012]\d:[0-5]\d(?![\d:])|\d{1,3}[  ](?:[Mm]in|[Mm]inutes?|[Mm]inuten|[Cc]omments?|[Ss]hares|[Vv]iews)\b)).)"
    )
