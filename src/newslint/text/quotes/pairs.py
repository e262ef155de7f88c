"""Which mark may end what another has begun, and which marks a language would write instead."""

from __future__ import annotations

from functools import cache, lru_cache

from newslint.text.languages import SANE_PAIRS, quotation_marks
from newslint.text.quotes.marks import DOUBLE_MARKS, PAIRED, STRAIGHT, TYPED

# What it costs a reading that a mark is at fault.
_MISMATCHED = 5.0
_REVERSED = 4.0
MIXED = 3.0

# Curly and low marks that a straight one may be typed for.
CURLY_DOUBLE = "“”„‟"
CURLY_SINGLE = "‘’‚‛"
PARTNER = {pair[0]: pair[1] for pair in reversed(SANE_PAIRS)}
PARTNER |= {"“": "”", "‘": "’", "„": "“", "‚": "‘", "\ue000": "\ue000", "\ue001": "\ue000"}
PARTNER |= {"\ue002": "\ue003", "`": "'", "”": "”", "’": "’", "»": "»", "›": "›"}
OPENER = {
    "”": "“",
    "’": "‘",
    "»": "«",
    "›": "‹",
    "」": "「",
    "』": "『",
    '"': '"',
    "'": "'",
    "“": "„",
}
OPENER |= {
    "‘": "‚",
    "«": "»",
    "‹": "›",
    "〟": "〝",
    "〞": "〝",
    "\ue003": "\ue002",
    "\ue000": "\ue000",
}


@lru_cache(maxsize=256)
def own_pairs(language: str) -> str:
    """The pairs that a language writes, in an order of no meaning: the same for all languages that write the same."""
    return " ".join(sorted(quotation_marks(language)))


@cache
def _pairs(own: str) -> tuple[frozenset[str], frozenset[str]]:
    """The pairs that a language writes, and those that are fine anywhere."""
    anywhere: tuple[str, ...] = (*SANE_PAIRS, "\ue000\ue000", "\ue001\ue000", "\ue002\ue003", "`'")
    if not own:
        anywhere += ("””", "’’", "»«", "›‹", "»»")
    return frozenset(own.split()), frozenset(anywhere)


@cache
def pair(opener: str, closer: str, own: str) -> tuple[float, str]:
    """What it costs that `closer` ends what `opener` began, and the fault that it is. `own`: see `own_pairs`."""
    usual, anywhere = _pairs(own)
    pair = opener + closer
    if pair in usual:
        return 0.0, ""
    if pair in anywhere:
        return 0.0 if opener == closer else 0.1, ""
    if (opener in DOUBLE_MARKS) != (closer in DOUBLE_MARKS):
        return _MISMATCHED, "mismatched"
    straight = (opener in STRAIGHT) + (closer in STRAIGHT)
    if straight == 1:
        curly = closer if opener in STRAIGHT else opener
        if curly in CURLY_DOUBLE + CURLY_SINGLE + "\ue002\ue003":
            return MIXED, "mixed"
        return _MISMATCHED, "mismatched"
    if straight == 2:
        return MIXED, "mixed"
    if PARTNER.get(opener) and closer == opener:
        return _REVERSED, "reversed"
    for family in ("“”„‟", "‘’‚‛"):
        if opener in family and closer in family:
            return (_REVERSED if closer in "„‚‟‛“‘" else 1.0), "reversed"
    return _MISMATCHED, "mismatched"


@cache
def opens(mark: str, own: str) -> tuple[tuple[str, float, str], ...]:
    """As what a mark may open: (the mark it stands for, cost, fault). `own`: see `own_pairs`."""
    usual, anywhere = _pairs(own)
    if any(pair[0] == mark for pair in usual):
        return ((mark, 0.0, ""),)
    if any(pair[0] == mark for pair in anywhere):
        return ((mark, 0.1, ""),)
    meant = OPENER.get(mark, "")
    return ((meant, _REVERSED, "reversed"),) if meant else ()


@lru_cache(maxsize=1 << 10)
def closing_mark(opener: str, language: str) -> str:
    """The mark that closes what `opener` opens, as the language writes it; "" for no known one."""
    opener = PAIRED.get(opener, opener)
    for pair in quotation_marks(language):
        if pair[0] == opener:
            return pair[1]
    closer = PARTNER.get(opener, "")
    return TYPED.get(closer, closer)


@lru_cache(maxsize=1 << 10)
def opening_mark(closer: str, language: str) -> str:
    """The mark that opens what `closer` closes, as the language writes it; "" for no known one."""
    closer = PAIRED.get(closer, closer)
    for pair in quotation_marks(language):
        if pair[1] == closer:
            return pair[0]
    opener = OPENER.get(closer, "")
    return TYPED.get(opener, opener)


def inner_pair(outer: str, language: str) -> str:
    """The marks that go inside a pair, as the language writes it; "" for any other pair."""
    own = quotation_marks(language)
    if len(own) > 1 and outer == own[0]:
        return own[1]
    return {"“”": "‘’", "‘’": "“”", '""': "''", "„“": "‚‘", "„”": "‚’", "»«": "›‹", "””": "’’"}.get(
        outer, ""
    )
