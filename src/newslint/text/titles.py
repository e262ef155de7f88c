"""The headline inside a saved page title, apart from the names of section and site around it.

Page titles are put together by machines: "headline | section | site", "site - headline",
"headline | headline | site". A bar always separates such parts; a dash or colon is cut at only where what
it cuts off reads like a name and the rest like a headline.
"""

from __future__ import annotations

from functools import cache

from newslint.finding import Span
from newslint.text.words import letters_and_digits
from newslint.typed import TYPE_CHECKING, NamedTuple, unchecked

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

MOST_NAME_WORDS = 8  # of a site or section behind a dash
LONGEST_DATE = 3  # words
LONGEST_SECTION = 4  # words of a name in front of a headline
LONGEST_HEAD = 80  # characters of a name in front of a headline
LONGEST_GLUED = 24  # letters and digits that may be glued to the start of a headline
LONGEST_TITLE = 1000  # characters; what is longer is taken as a headline and no more
SHORTEST_KEY = 12  # letters and digits from which on two copies of a headline are no chance


class TitleParts(NamedTuple):
    """A title taken apart. `around`: site and section names in front of and behind the headline, each with
    its separator. `copies`: where the headline stands once more in the same title.
    """

    span: Span
    headline: Span
    around: tuple[Span, ...]
    copies: tuple[Span, ...]
    key: str  # letters and digits of the headline, without case

    def says(self, other: TitleParts) -> bool:
        """Whether two titles have the same headline, whatever marks and case they set it in."""
        return _same(self.key, other.key) or _same(other.key, self.key)


# Words that names of news sites and their sections are made of.
# The names of papers and stations are made of these …
_PAPERS = frozenset(
    "news times post herald tribune daily journal gazette chronicle press zeitung nachrichten blog magazine "
    "online tv radio telegraph guardian independent mail express observer mirror reporter insider weekly bulletin "
    "dispatch courier examiner inquirer ledger globe sentinel register argus advertiser echo digest network "
    "broadcasting canoe review noticias diario periódico journal nyheter nyheder notizie giornale gazzetta wiadomości "
    "haber haberler haberleri новости газета ニュース 新聞 新闻 뉴스 समाचार".split()
)
# … and those of sections of these.
_SECTIONS = frozenset(
    "sport sports star sun standard report today monitor record republic bee wire channel media politics business "
    "technology tech entertainment lifestyle opinion world national local international health science culture "
    "travel video videos audio podcast live watch gallery photos football cricket tennis golf basketball hockey "
    "columnists columns archive archives home actualité actualités wirtschaft politik kultur panorama "
    "internacional deportes economía weather".split()
)
_PAPERS_AND_SECTIONS = _PAPERS | _SECTIONS
_PAPER_ENDINGS = ("zeitung", "nachrichten", "presse", "news", "blatt", "bladet", "posten", "avisen")
# What stands before a headline with a colon or dash and is not part of it. News agencies are there because
# they sign what they send.
_AGENCIES = frozenset(
    "afp ap reuters dpa upi efe ansa tass xinhua ani pti ians interfax kyodo yonhap bernama sapa aap".split()
)
_SECTION_HEADS = frozenset(
    "opinion editorial comment column watch video live gallery photos audio podcast listen news sport sports "
    "football cricket politics business world technology".split()
)
# No name of a site has one of these words in lower case, and hardly one in upper case.
_CLAUSE_WORDS = frozenset(
    "is are was were be been has have had will would could should may might can says said say wins won how why "
    "what who when where which that it it's he she they you your we i his her their there not no after before "
    "because as if with amid over into than then das ist sind wird wie warum so der nicht".split()
)
_SMALL = frozenset(
    "of the and for in on at to a an & de la le les des du del el los las y e und der die das für von da do dos og i".split()
)


_NO_SITES: frozenset[str] = frozenset()


def title_parts(
    text: str,
    start: int,
    end: int,
    language: Callable[[], str],
    sites: frozenset[str] = _NO_SITES,
) -> TitleParts:
    """The parts of the title `text[start:end]`. `sites`: keys of names that are known to be no headline.

    `language` is asked for where it decides.
    """
    if end - start > LONGEST_TITLE:
        span = Span(start, end)
        return TitleParts(span, span, (), (), letters_and_digits(text[start:end]))
    piece = text[start:end]
    if not sites and is_bare(piece):
        whole, headline = unchecked(Span, (start, end)), _stripped(text, start, end)
        return unchecked(TitleParts, (whole, headline, (), (), letters_and_digits(piece)))
    segments = _segments(text, start, end)
    first = _headline_at(text, segments)
    copies: list[Span] = []
    last = first
    key = ""
    for index in range(first + 1, len(segments)):
        key = key or letters_and_digits(text[segments[first].start : segments[first].end])
        if len(key) - (segments[index].end - segments[index].start) > LONGEST_GLUED:
            continue
        bare, _ = _without_tails(text, segments[index], language, sites, has_bar=True)
        if _same(key, letters_and_digits(text[bare.start : bare.end])):
            copies.append(segments[index])
            last = index
    around: list[Span] = []
    if first > 0:
        around.append(Span(start, segments[first].start))
    head = segments[first]
    if (
        segments[last].end < end and text[segments[last].end : end].strip()
    ):  # a space without a break may stand at the end
        around.append(_behind(text, segments[last].end, end))
    front: list[Span] = []
    if len(segments) == 1 or (not copies and first == 0):
        head, front = _without_heads(text, head, language, sites)
    tail_of = segments[last] if copies else head
    kept, cut = _without_tails(text, tail_of, language, sites, has_bar=len(segments) > 1)
    if cut:
        if around and around[-1].start >= cut.end:
            around[-1] = Span(cut.start, around[-1].end)
        else:
            around.append(cut)
        if copies:
            copies[-1] = kept
        else:
            head = kept
    if copies:
        head, _ = _without_tails(text, head, language, sites, has_bar=True)
    elif cut and not front:
        head, front = _without_name(text, head, text[cut.start : cut.end])
    around += front
    around.sort()
    key = letters_and_digits(text[head.start : head.end])
    made = (unchecked(Span, (start, end)), head, tuple(around), tuple(copies), key)
    return unchecked(TitleParts, made)


def is_bare(title: str) -> bool:
    """Whether nothing but a headline is in a title, as is soon seen of most; of a site nothing is known."""
    if not title.isascii() or "|" in title or "\t" in title or "::" in title:
        return False
    if " -" in title or " :" in title or " /" in title:
        return False
    named, mark, _ = title.partition(": ")
    if not mark:
        return True
    return "." not in named and not _is_agency(named.split())


def site_keys(name: str, address: str, text: str) -> frozenset[str]:
    """What the site of an article is called, as keys: by its header's name and address, and its copyright line."""
    has_line = "©" in text or "opyright" in text
    if not (name or address or has_line):
        return _NO_SITES
    names = [name]
    host = _host().match(address.strip())
    if host is not None:
        names += [host[1], max(host[1].split(".")[:-1], key=len)]
    if has_line:
        names += [match[1] for match in _copyright().finditer(text)]
    keys = {letters_and_digits(each) for each in names}
    keys |= {each.removeprefix("the") for each in keys}
    return frozenset(each for each in keys if len(each) >= SHORTEST_NAME)


SHORTEST_NAME = 3
_LONG_KEY = 16  # letters of a headline that may have something glued to its start; shorter ones are words for a theme


def _segments(text: str, start: int, end: int) -> list[Span]:
    """The pieces of a title between bars, without the blanks around them and without empty ones."""
    piece = text[start:end]
    if piece.isascii() and not ("::" in piece or ">" in piece):
        if "|" not in piece:
            return [_stripped(text, start, end)]
        spans = []
        for part in piece.split("|"):
            if shown := part.strip():
                low = start + part.find(shown)
                spans.append(unchecked(Span, (low, low + len(shown))))
            start += len(part) + 1
        return spans or [Span(end - len(piece), end)]
    found = []
    at = start
    for match in _bar().finditer(text, start, end):
        found.append((at, match.start()))
        at = match.end()
    found.append((at, end))
    spans = [_stripped(text, *each) for each in found]
    return [span for span in spans if span.end > span.start] or [Span(start, end)]


def _stripped(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    shown = piece.strip()
    if shown != piece:
        end = start + len(piece.rstrip())
    return unchecked(Span, (end - len(shown), end))


def _headline_at(text: str, segments: list[Span]) -> int:
    """Which segment is the headline: the first that is not a name with a headline behind it."""
    if len(segments) == 1:
        return 0
    parts = [text[span.start : span.end].split() for span in segments]
    for index, words in enumerate(parts):
        rest = parts[index + 1 :]
        if len(words) > LONGEST_SECTION and all(len(each) < 3 for each in rest):
            return index
        is_bare = len(words) == 1 and words[0].casefold() in _SECTION_HEADS
        if not is_bare and len(words) <= LONGEST_DATE:
            is_bare = _date().fullmatch(" ".join(words)) is not None
        if is_bare and any(len(each) >= 3 for each in rest):
            continue
        if _is_site(words) or _names_papers(words) > 1:
            if any(len(each) >= 3 and not _is_name(each) for each in rest):
                continue
            if (
                len(words) <= LONGEST_SECTION
                and rest
                and len(rest[0]) >= 5
                and not _is_site(rest[0])
            ):
                continue
        elif len(words) <= 2 and rest and len(rest[0]) >= 5 and not _is_site(rest[0]):
            continue
        return index if len(words) > 0 else 0
    return 0


def _names_papers(words: list[str]) -> int:
    return sum([word.strip(",.:").casefold() in _PAPERS_AND_SECTIONS for word in words])


def _without_heads(
    text: str, span: Span, language: Callable[[], str], sites: frozenset[str]
) -> tuple[Span, list[Span]]:
    """Cut site names off the start: "Evening Herald - ", "AFP: ", "port.example.com - "."""
    start = span.start
    behind_domain = False
    while True:
        head = _first_mark(text[start : min(span.end, start + LONGEST_HEAD + 2)])
        at = start + head
        match = _mark().match(text, at, span.end) if 0 < head <= LONGEST_HEAD else None
        if match is None or text.find("\n", start, at) >= 0:
            break
        mark = match[0]
        named = text[start:at]
        words = named.split()
        cuts = mark == ": " and _is_agency(words)
        if mark == ": " and not (cuts or sites or "." in named):
            break  # as most are
        rest = text[match.end() : span.end].split()
        if len(rest) < 2 or len(words) > MOST_NAME_WORDS or _is_site(rest):
            break
        is_domain = "." in named and any(
            _domain().fullmatch(word.rstrip(",:")) for word in words if "." in word
        )
        if mark == " : ":
            cuts = len(rest) >= 5 and _is_name(words) and language() != "fr"
        elif mark != ": ":
            cuts = _is_site(words, _PAPERS) and len(rest) >= 3
            cuts = cuts or (behind_domain and len(words) <= 2 and _is_name(words) and len(rest) > 3)
        if not (cuts or is_domain or (sites and letters_and_digits(named) in sites)):
            break
        behind_domain = behind_domain or is_domain
        start = match.end()
    if start == span.start and not text[start : start + 1].isspace():
        return span, []
    start = _stripped(text, start, span.end).start
    if start == span.start:
        return span, []
    return Span(start, span.end), [Span(span.start, start)]


def _without_name(text: str, span: Span, tail: str) -> tuple[Span, list[Span]]:
    """Cut a name off the start with whose first word the site at the end begins: "KTV Lakeside - … - KTV News"."""
    at = text.find(" - ", span.start, span.end)
    words = text[span.start : at].split() if at > 0 else []
    if (
        not 0 < len(words) <= LONGEST_SECTION
        or len(words[0]) < SHORTEST_NAME
        or not _is_name(words)
    ):
        return span, []
    named = tail.strip(" |-–—:").split()
    if named[:1] != words[:1] or len(text[at : span.end].split()) <= LONGEST_SECTION:
        return span, []
    start = at + len(" - ")
    return Span(start, span.end), [Span(span.start, start)]


def _first_mark(piece: str) -> int:
    """Where the first dash or colon with a space in front of it stands, or colon with one behind it; -1 for none."""
    if not (":" in piece or "-" in piece or "–" in piece):
        return -1
    return min([at for mark in _MARKS if (at := piece.find(mark)) >= 0], default=-1)


_MARKS = (" -", ": ", " :", " –")


def _is_agency(words: list[str]) -> bool:
    """Whether what stands in front of a colon is who sent the story."""
    if len(words) == 1:
        return words[0].casefold() in _AGENCIES
    if not 1 < len(words) <= LONGEST_SECTION:
        return False
    last = words[-1].casefold()
    papers = ("press", "news", "times", "herald", "tribune", "association", "agency")
    named = last in papers or (last == "review" and words[0] == "The")
    return named and _is_name(words)


def _without_tails(
    text: str, span: Span, language: Callable[[], str], sites: frozenset[str], *, has_bar: bool
) -> tuple[Span, Span | None]:
    """Cut names off the end: " - The Evening Herald", " : World News", " -- example.com"."""
    end = span.end
    piece = text[span.start : end]
    if piece.isascii() and not ("-" in piece or ":" in piece or "/" in piece):
        return span, None  # spares most titles the expression
    matches = list(_dash().finditer(text, span.start, end))
    while matches:
        match = matches.pop()
        words = text[match.end() : end].split()
        before = text[span.start : match.start()].split()
        if len(before) < 2 or not words:
            break
        mark = match[0].strip()
        if not (sites and letters_and_digits(text[match.end() : end]) in sites) and (
            not _is_tail(words, mark, before, language, is_last=end == span.end and not has_bar)
            or _is_told_of(text, words, span.end)
        ):
            break
        end = match.start()
    if end == span.end:
        return span, None
    return unchecked(Span, (span.start, end)), _behind(text, end, span.end)


def _is_tail(
    words: list[str], mark: str, before: list[str], language: Callable[[], str], *, is_last: bool
) -> bool:
    if len(words) > MOST_NAME_WORDS and not (len(words) <= 12 and _is_site(words)):
        return False
    if len(words) <= LONGEST_DATE and _date().fullmatch(" ".join(words)):
        return mark != ":"
    if _is_site(words):
        return True
    if mark in (":", "/"):
        return False
    if all(word.isupper() for word in (*words, *before) if word.isalpha()):
        return False  # in capitals a name looks like any word: "- UNION", "- MINISTRY", who says so
    if not _is_name(words):
        # A brand in lower case: "- livemint". Two words would be a clause.
        lone = len(words) == 1 and words[0].islower() and words[0].isalpha() and len(words[0]) > 4
        return lone and mark == "-" and is_last and len(before) >= 4
    if mark in ("—", "―"):
        return False
    if mark == "–" and len(words) == 1:
        return _lone_brand().fullmatch(words[0]) is not None and len(before) >= 3
    if mark == "–":
        # Set by an editor as often as by a machine: the rest must read like a sentence of its own.
        return len(words) <= 4 and len(before) >= 4 and language() not in _WITH_DASHES
    return len(before) >= 3


_WITH_DASHES = frozenset(("de", "da", "sv", "no"))


def _is_told_of(text: str, words: list[str], at: int) -> bool:
    """Whether a single word behind the dash is somebody who says so in the story behind the title: “… - Brook”."""
    if len(words) > 1 or not words[0].isalpha() or _is_site(words):
        return False
    count, place = 0, text.find(words[0], at, at + _LEAD)
    while place >= 0 and count < 2:
        end = place + len(words[0])
        count += not (text[place - 1].isalnum() or text[end : end + 1].isalnum())
        place = text.find(words[0], end, at + _LEAD)
    return count > 1


_LEAD = 3000  # characters of a story in which it says more than once who somebody is


def _is_site(words: list[str], of: frozenset[str] = _PAPERS | _SECTIONS) -> bool:
    """Whether words name a news site or section: a domain, or a name with a word of the trade."""
    if "." in " ".join(words) and any(
        _domain().fullmatch(word.strip(",:()")) for word in words if "." in word
    ):
        return len(words) <= MOST_NAME_WORDS
    if not _is_name(words):
        return False
    for word in words:
        plain = word.strip(",:.!&()'’\"").casefold()
        if plain in of or plain.removesuffix("'s") in of or plain.endswith(_PAPER_ENDINGS):
            return True
    return False


_SIGNS = frozenset(("-", "--", "–", "&", "+", "@"))  # that stand between words of a name


def _is_name(words: list[str]) -> bool:
    """Whether words read like a name: every one but the small ones begins with a capital or digit."""
    if not words or len(words) > 12 or words[-1].endswith(("?", ".", "…", ",")):
        return False
    for index, word in enumerate(words):
        bare = word.strip("\"'“”‘’(),:;!.|/")
        if not bare or bare in _SIGNS:
            continue
        folded = bare.casefold()
        if folded in _CLAUSE_WORDS and not (bare.isupper() and len(bare) > 1):
            return False
        if folded in _SMALL and (index > 0 or word[0].isupper()):
            continue
        if bare[0].isupper() or bare[0].isdigit() or not (bare[0].islower() or bare[0].isupper()):
            continue
        if _branded().fullmatch(bare):  # iNews, rbb24, eBay
            continue
        return False
    return True


def _behind(text: str, at: int, end: int) -> Span:
    while at < end and text[at].isspace():
        at += 1
    return unchecked(Span, (at, end))


def _same(first: str, second: str) -> bool:
    """Whether two segments say the same headline; what was glued to its start (a tag's name, a date) is no part of it."""
    if len(second) < SHORTEST_KEY:
        return first == second and len(second) >= 6
    if first == second:
        return True
    return (
        len(second) >= _LONG_KEY
        and first.endswith(second)
        and len(first) - len(second) <= LONGEST_GLUED
    )


@cache
def _host() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"(?:\w{2,8}://)?(?:www\.)?([\w-]+(?:\.[\w-]+)+)")


@cache
def _copyright() -> re.Pattern[str]:
    from newslint.expressions import MULTILINE, compiled

    return compiled(
        r"(?:©|\([cC]\)|[cC]opyright)(?: ?©| \([cC]\))? ?(?:\d{4}(?: ?[-–] ?\d{4})?,? )?(?:by )?"
        r"([^\W\d_][\w'’&-]*(?: [\w'’&-]+){0,4}?)(?= ?(?:[.,|]|All |$))",
        MULTILINE,
    )


@cache
def _bar() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"(?:(?<![ \t\u00a0])[ \t\u00a0]++)?+(?:\|++|::|►|\u2016)[ \t\u00a0]*+")


@cache
def _dash() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"(?<![ \t\u00a0])[ \t\u00a0]++(?:-{1,3}|[–—―]|:|/)[ \t\u00a0]++")


@cache
def _mark() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"[ ]-{1,2}[ ]|[ ]?:[ ]|[ ]–[ ]")


@cache
def _domain() -> re.Pattern[str]:
    from newslint.expressions import IGNORECASE, compiled

    return compiled(
        r"(?:[\w-]+\.){1,3}(?:com|net|org|info|news|online|co|uk|de|fr|es|it|nl|ch|at|be|se|no|dk|fi|pl|cz|pt|br"
        r"|ca|au|nz|in|za|ie|us|ru|ua|jp|kr|cn|tr|gr|hu|ro|eu|tv|fm|io)(?:/\S*)?",
        IGNORECASE,
    )


@cache
def _branded() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"[a-z]{1,3}[A-Z]\w+|[a-z]{2,8}\d{1,3}|by")


@cache
def _lone_brand() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"[A-Z][a-z]+(?:[A-Z][a-z]*)+|[A-Z]{2,5}[0-9]?")


@cache
def _date() -> re.Pattern[str]:
    from newslint.expressions import IGNORECASE, compiled

    return compiled(
        r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,? (?:\d{1,2}, )?\d{4}"
        r"|\d{1,2}\.? [^\W\d]{3,9}\.? \d{4}",
        IGNORECASE,
    )
