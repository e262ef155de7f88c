"""Quotation marks that do not pair. All rules read the faults of one analysis, `Article.quotes`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator
from functools import cache

from newslint.finding import Fix, Hit
from newslint.rules import Case, rule
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from typing import Literal

    from newslint.article import Article
    from newslint.text.quotes.quotations import Fault

QUOTE_MARKS = tuple("\"“”'’‘«»„「」『』〝〞〟＂‟‚‛‹›`")  # the likeliest first
_SPACES = " \u00a0"
_SHOWN = 24  # characters of a quotation's beginning that a message shows


def _faults(article: Article) -> Collection[str]:
    return article.quotes.kinds


def _spaced(article: Article) -> Collection[str]:
    text = article.text
    for _, first, last in article.quotes.spaced:
        if text[first] in _SPACES or text[last - 1] in _SPACES:
            return ("spaced",)
    return ()


def _in_title(article: Article) -> Collection[str]:
    quotes = article.quotes
    if quotes.are_several:
        for start, end in quotes.opening_before(article.head_end):
            if len(_words(article.text[start:end])) >= _FEWEST_WORDS:
                return ("quotation",)
    return ()


def _fix(fault: Fault, *, safe: bool = False) -> Fix | None:
    return Fix(fault.swaps, safe) if fault.swaps else None


def _beginning(article: Article, start: int, end: int) -> str:
    """The first words of `text[start:end]`, for a message."""
    text = article.text[start : min(end, start + _SHOWN + 12)].partition("\n")[0].strip()
    if len(text) <= _SHOWN:
        return text
    cut = text[: _SHOWN + 1]
    return (cut.rpartition(" ")[0] if cut.rfind(" ") > _SHOWN // 2 else cut[:_SHOWN]) + "…"


def _quoted(article: Article, fault: Fault) -> str:
    """The first words of the quotation that a closing mark is to end, for a message."""
    assert fault.opener is not None
    return f"“{_beginning(article, fault.opener.end, fault.found.start)}”"


def _which(article: Article, fault: Fault) -> str:
    """The same where the mark alone is reported, "" where the quotation is."""
    if fault.opener is None or fault.start <= fault.opener.start:
        return ""
    return f"{_quoted(article, fault)} "


@rule(
    "QUO101",
    "mismatched-quotes",
    severity="error",
    anchors=QUOTE_MARKS,
    where=_faults,
    kind="mismatched",
    bad=[
        'Kyiv warns of a ⟦‘malign"⟧ alliance.',
        "The mayor called the plan ⟦“reckless’⟧ and walked out.",
        "⟦'Not now\"⟧, minister tells strikers | The Ledger",
        Case("Sie nannte den Plan ⟦„riskant‘⟧ und ging.", language="de"),
        Case("Elle a parlé d’un ⟦« échec ”⟧ devant la presse.", language="fr"),
    ],
    good=[
        "Kyiv warns of a ‘malign’ alliance.",
        "The boys’ club met in the ’90s.",
        "“She said ‘wait’ and left,” the driver recalled.",
        "The runner, 6'2\", won in 1'58\".",
        Case("Sie nannte den Plan »riskant« und ging.", language="de"),
    ],
)
def mismatched_quotes(article: Article) -> Iterator[Hit]:
    """A quotation opens with one mark and closes with another.

    Readers cannot tell where the speaker stops, and a search for the quotation fails.
    """
    for fault in article.quotes.faults_of("mismatched"):
        if fault.opener is None:
            continue
        opener = article.text[fault.opener.start : fault.opener.end]
        found = article.text[fault.found.start : fault.found.end]
        expected = f"; expected {fault.expected}" if fault.expected else ""
        yield article.finding(
            (fault.start, fault.end),
            f"{_which(article, fault)}opened with {opener} but closed with {found}{expected}",
            fix=_fix(fault),
            related=[fault.opener, fault.found],
        )


@rule(
    "QUO102",
    "unclosed-quote",
    severity="error",
    anchors=QUOTE_MARKS,
    where=_faults,
    kind="unclosed",
    bad=[
        "⟦“⟧We will not pay for this, said the head of the union.",
        'The plant was called ⟦"⟧a model for the region by its owners.',
        "⟦“⟧The first day was quiet.\n\nNobody came to the square.",
        "“The first day was quiet.\n\n⟦“⟧The second was loud.\n\nThat is what the mayor said.",
        "She called the offer ⟦“⟧very generous and the deal “a gift.”\n\n“It was,” she said.",
        'The rent is ⟦"⟧high here, said Ann Berg in an interview.\n\n"It rises," she said.',
        '⟦"⟧I have lived here for all of my life and will not wait for five years\' time to pass. "It is enough," she said.',
    ],
    good=[
        "“We will not pay for this,” said the head of the union.",
        "“The first day was quiet.\n\n“The second was not,” she said.",
        "“The first day was quiet.\n\nA town waits\n\n“The second was not,” she said.",
        'She ordered a 12" pipe and left.',
    ],
)
def unclosed_quote(article: Article) -> Iterator[Hit]:
    """A quotation opens and never closes.

    The rest of the paragraph reads as if the speaker had said it. A quotation of several paragraphs
    opens each of them and closes the last.
    """
    for fault in article.quotes.faults_of("unclosed"):
        expected = f"; expected {fault.expected}" if fault.expected else ""
        opener = fault.opener if fault.opener is not None else fault.found
        runs_on = "runs on to here and " if fault.opener is not None else ""
        yield article.finding(
            (fault.start, fault.end),
            f"{_beginning(article, opener.start, len(article.text))} {runs_on}is never closed{expected}",
            related=[fault.opener] if fault.opener else [],
        )


@rule(
    "QUO103",
    "unopened-quote",
    severity="error",
    anchors=QUOTE_MARKS,
    where=_faults,
    kind="unopened",
    bad=[
        "We will not pay for this,⟦”⟧ said the head of the union.",
        'The owners called the plant a model for the region⟦"⟧ last year.',
        'We all knew it!⟦"⟧ a fan wrote.\n\n"Play it again," wrote a second.',
        "He had 'low expectations' of the talks, he said, and that nothing bad⟦\"⟧ would come of them.",
    ],
    good=[
        "“We will not pay for this,” said the head of the union.",
        "The workers’ council and the Joneses’ lawyer agreed.",
        'The screen is 15" wide.',
    ],
)
def unopened_quote(article: Article) -> Iterator[Hit]:
    """A quotation closes that was never opened.

    Nobody can tell where the quoted words begin.
    """
    for fault in article.quotes.faults_of("unopened"):
        found = article.text[fault.start : fault.end]
        expected = f"; expected {fault.expected} before it" if fault.expected else ""
        yield article.finding(
            (fault.start, fault.end), f"{found} closes a quotation that was not opened{expected}"
        )


@rule(
    "QUO104",
    "reversed-quote",
    severity="error",
    anchors=QUOTE_MARKS,
    where=_faults,
    kind="reversed",
    bad=[
        ("⟦”⟧We will not pay,” said the union.", "“We will not pay,” said the union."),
        ("“We will not pay,⟦“⟧ said the union.", "“We will not pay,” said the union."),
    ],
    good=[
        "“We will not pay,” said the union.",
        Case("„Wir zahlen nicht“, sagte die Gewerkschaft.", language="de"),
        Case("”Vi betalar inte”, sade facket.", language="sv"),
        Case("»Vi betaler ikke«, sagde fagforeningen.", language="da"),
    ],
)
def reversed_quote(article: Article) -> Iterator[Hit]:
    """A mark faces the wrong way: an opening mark closes, or a closing mark opens.

    It looks like a slip, and programs that read the text take the wrong words for the quotation.
    """
    for fault in article.quotes.faults_of("reversed"):
        found = article.text[fault.start : fault.end]
        what = f"closes {_quoted(article, fault)}" if fault.opener else "opens a quotation"
        yield article.finding(
            (fault.start, fault.end),
            f"{found} {what}; expected {fault.expected}",
            fix=_fix(fault),
            related=[fault.opener] if fault.opener else [],
        )


@rule(
    "QUO105",
    "crossed-quotes",
    severity="error",
    anchors=QUOTE_MARKS,
    where=_faults,
    kind="crossed",
    bad=[
        ("“He told me: ‘Leave now.⟦”’⟧", "“He told me: ‘Leave now.’”"),
        "He called it “a ‘deliberate⟦”⟧ act’ of war.",
    ],
    good=["“He told me: ‘Leave now.’”", "‘He told me: “Leave now.”’"],
)
def crossed_quotes(article: Article) -> Iterator[Hit]:
    """The quotation inside closes after the one around it.

    The inner quotation has to close first.
    """
    for fault in article.quotes.faults_of("crossed"):
        found = article.text[fault.found.start : fault.found.end]
        outer = _quoted(article, fault) if fault.opener else "the quotation"
        yield article.finding(
            (fault.start, fault.end),
            f"{found} closes {outer} before the quotation inside; expected {fault.expected}",
            fix=_fix(fault),
            related=[fault.opener] if fault.opener else [],
        )


@rule(
    "QUO106",
    "curly-straight-mix",
    severity="warning",
    anchors=QUOTE_MARKS,
    where=_faults,
    kind="mixed",
    bad=[
        ('“We will not pay,⟦"⟧ said the union.', "“We will not pay,” said the union."),
        ('⟦"⟧We will not pay,” said the union.', "“We will not pay,” said the union."),
        (
            '"We will not pay.\n\n"We will wait,⟦”⟧ said the union.',
            '"We will not pay.\n\n"We will wait," said the union.',
        ),
    ],
    good=[
        '"We will not pay," said the union.',
        '“We will not pay,” said the union. "Never," said its rival.',
    ],
)
def curly_straight_mix(article: Article) -> Iterator[Hit]:
    """One mark of a pair is curly and the other straight.

    It is what remains when text from two systems is put together, and it shows.
    """
    for fault in article.quotes.faults_of("mixed"):
        if fault.opener is None:
            continue
        opener = article.text[fault.opener.start : fault.opener.end]
        found = article.text[fault.found.start : fault.found.end]
        expected = f"; expected {fault.expected}" if fault.expected else ""
        yield article.finding(
            (fault.start, fault.end),
            f"{_which(article, fault)}opened with {opener} but closed with {found}{expected}",
            fix=_fix(fault, safe=True),
            related=[fault.opener, fault.found],
        )


@rule(
    "QUO107",
    "stray-quote",
    severity="error",
    anchors=QUOTE_MARKS,
    where=_faults,
    kind="stray",
    bad=[
        ("“We will not pay,”⟦”⟧ said the union.", "“We will not pay,” said the union."),
        'The vote ⟦"⟧ was close.',
    ],
    good=[
        "It is called with ('') and with ('', 'a').",
        "“We will not pay,” said the union.",
        "“He said ‘no.’”",
    ],
)
def stray_quote(article: Article) -> Iterator[Hit]:
    """A quotation mark belongs to no quotation.

    It was doubled by accident, or it is what an edit left behind.
    """
    for fault in article.quotes.faults_of("stray"):
        found = article.text[fault.start : fault.end]
        what = "is doubled" if fault.swaps else "belongs to no quotation"
        yield article.finding((fault.start, fault.end), f"{found} {what}", fix=_fix(fault))


@rule(
    "QUO108",
    "reversed-apostrophe",
    severity="error",
    anchors=QUOTE_MARKS,
    where=_faults,
    kind="apostrophe",
    bad=[
        ("It was the sound of the ⟦‘⟧90s.", "It was the sound of the ’90s."),
        ("Rock ⟦‘⟧n roll came to town.", "Rock ’n roll came to town."),
        ("The minister⟦‘⟧s plan failed.", "The minister’s plan failed."),
    ],
    good=[
        "It was the sound of the ’90s.",
        "The ‘90s night’ was sold out.",
        "Rock ‘n’ roll came to town.",
        "Schools in Hawai‘i and on O‘ahu reopened.",
    ],
)
def reversed_apostrophe(article: Article) -> Iterator[Hit]:
    """An opening single mark stands where an apostrophe belongs.

    Word processors turn the apostrophe of ’90s and ’em into an opening mark.
    """
    for fault in article.quotes.faults_of("apostrophe"):
        if article.text.startswith("‘n’", fault.start):
            continue  # a pair to the eye; editors are divided
        yield article.finding(
            (fault.start, fault.end),
            "‘ is no apostrophe; expected ’",
            fix=_fix(fault, safe=True),
        )


@rule(
    "QUO113",
    "same-marks-nested",
    severity="warning",
    default=False,
    anchors=QUOTE_MARKS,
    where=_faults,
    kind="nested",
    bad=[
        (
            "“The mayor called it ⟦“a mistake”⟧ twice,” she said.",
            "“The mayor called it ‘a mistake’ twice,” she said.",
        ),
        (
            '"They told us ⟦"stay indoors"⟧ and left," he said.',
            "\"They told us 'stay indoors' and left,\" he said.",
        ),
        Case("„Er nannte es ⟦„mutig“⟧ und ging“, sagte sie.", language="de"),
    ],
    good=[
        "“The mayor called it ‘a mistake’ twice,” she said.",
        "“The mayor called it a mistake,” she said. “Twice.”",
        Case("« Il a parlé d’un « échec » hier », dit-elle.", language="fr"),
    ],
)
def same_marks_nested(article: Article) -> Iterator[Hit]:
    """A quotation stands inside another one and has the same marks.

    The first closing mark seems to end both, so the rest of the outer quotation reads as copy.
    """
    for fault in article.quotes.faults_of("nested"):
        expected = (
            f"; expected {fault.expected[0]} and {fault.expected[1]}" if fault.expected else ""
        )
        found = article.text[fault.found.start : fault.found.end]
        yield article.finding(
            (fault.start, fault.end),
            f"{found} opens a quotation inside one with the same marks{expected}",
            fix=_fix(fault),
            related=[fault.opener] if fault.opener else [],
        )


# ------------------------------------------------------------------ style


@rule(
    "QUO109",
    "space-inside-quotes",
    severity="warning",
    languages=("en", "de", "nl", "sv", "da", "no", "nb", "nn", "fi", "pl", "cs", "it"),
    anchors=QUOTE_MARKS,
    where=_spaced,
    bad=[
        ("She called it “⟦ ⟧a mistake” on Monday.", "She called it “a mistake” on Monday."),
        ("She called it “a mistake⟦ ⟧” on Monday.", "She called it “a mistake” on Monday."),
        Case("Sie nannte es „⟦ ⟧einen Fehler“.", "Sie nannte es „einen Fehler“.", language="de"),
    ],
    good=[
        "She called it “a mistake” on Monday, and “an accident” on Friday.",
        "She called it “… a mistake” on Monday.",
        "She said “yes” and ‘no’.",
        "“He told me: ‘Go.’ ” she said.",
        "The tribes of “Thamud” and “ ʻAmaliq” met.",
    ],
)
def space_inside_quotes(article: Article) -> Iterator[Hit]:
    """A space stands between a quotation mark and the words it belongs to.

    The mark may end up alone at the end or the beginning of a line.
    """
    text = article.text
    faulty: set[int] | None = None
    for opened, first, last in article.quotes.spaced:
        if not (text[first] in _SPACES or text[last - 1] in _SPACES) or text[opened] in "\"'":
            continue
        for start, end, neighbour in ((first, first + 1, first + 1), (last - 1, last, last - 2)):
            if last - first < 3 or text[start] not in _SPACES:
                continue
            if faulty is None:
                faulty = {place for fault in article.quotes.faults for place in fault.found}
            if opened in faulty or last in faulty:
                continue  # the mark is no such mark
            if text[neighbour] in "ʻʼʽʾʿˈ" or not (
                text[neighbour].isalnum() or text[neighbour] in ".,!?"
            ):
                continue  # a mark inside, kept apart from this one
            # Where there is none outside it is on the wrong side of the mark, which may be wrong itself.
            outside = opened - 1 if start == first else last + 1
            apart = not text[max(0, outside) : outside + 1].isalnum()
            fix = article.replace((start, end), "", safe=True) if apart else None
            yield article.finding((start, end), "space inside the quotation mark", fix=fix)


@rule(
    "QUO110",
    "quote-style",
    severity="warning",
    default=False,
    anchors=QUOTE_MARKS,
    bad=[
        Case('The vote was ⟦"close"⟧ again.', options={"marks": "curly"}),
        Case("The vote was ⟦“close”⟧ again.", options={"marks": "straight"}),
        Case("The vote was ⟦‘close’⟧ again.", options={"level": "double"}),
        Case("The vote was ⟦“close”⟧ again.", language="en-GB", options={"marks": "language"}),
        Case("Sie nannte es ⟦„knapp“⟧ und ging.", language="de-CH", options={"marks": "language"}),
        Case("“He said ⟦“close”⟧ again,” she said.", options={"marks": "language"}),
    ],
    good=[
        "The vote was “close” again.",
        Case('The vote was "close" again.', options={"marks": "straight"}),
        "“He said ‘close’ again,” she said.",
        Case("“He said ‘close’ again,” she said.", options={"level": "double"}),
        Case("‘He said “close” again,’ she said.", language="en-GB", options={"marks": "language"}),
        Case("Sie nannte es «knapp» und ging.", language="de-CH", options={"marks": "language"}),
        Case("Sie nannte es „knapp“ und ging.", language="de", options={"marks": "language"}),
    ],
)
def quote_style(
    article: Article,
    *,
    marks: Literal["curly", "straight", "language", "any"] = "curly",
    level: Literal["any", "double", "single"] = "any",
) -> Iterator[Hit]:
    """A quotation is set in other marks than the house's.

    One paper, one style; a search for a quotation finds it only in the marks it was typed in. With
    `marks = "language"` those are the first choice of the language and its region: “ ” in `en`, ‘ ’ in `en-GB`, „ “ in
    `de`, « » in `de-CH`, and inside them the second.
    """
    text = article.text
    if marks == "language":
        yield from _not_of_the_language(article)
        return
    for quotation in article.quotes:
        if quotation.close is None:
            continue
        is_straight = text[quotation.open.start] in "\"'"
        wrong = (marks == "curly" and is_straight) or (marks == "straight" and not is_straight)
        if not wrong and level != "any" and quotation.level == 0:
            wrong = quotation.double != (level == "double")
        if wrong:
            wanted = " ".join(each for each in (marks, level) if each != "any")
            span = (quotation.start, quotation.end)
            yield article.finding(span, f"house style asks for {wanted} marks")


def _not_of_the_language(article: Article) -> Iterator[Hit]:
    own = article.quotation_marks
    if not own:
        return
    text = article.text
    for quotation in article.quotes:
        if quotation.close is None:
            continue
        wanted = own[min(quotation.level % 2, len(own) - 1)]
        found = text[slice(*quotation.open)] + text[slice(*quotation.close)]
        if found != wanted:
            yield article.finding(
                (quotation.start, quotation.end),
                f"house style asks for {wanted[0]} and {wanted[1]}",
            )


@rule(
    "QUO111",
    "foreign-quote-mark",
    severity="warning",
    default=False,
    anchors=tuple("„‟«»「」『』〝〞〟‚‛‹›“”‘’"),
    bad=[
        Case("The vote was ⟦«close»⟧ again.", language="en"),
        Case("Sie nannte es ⟦「knapp」⟧ und ging.", language="de"),
    ],
    good=[
        Case("The vote was “close« again.", language="en"),
        Case("The vote was “close” again.", language="en"),
        Case("Sie nannte es »knapp« und ging.", language="de"),
        Case("Sie nannte es «knapp» und ging.", language="de-CH"),
        Case('The vote was "close" again.', language="en"),
    ],
)
def foreign_quote_mark(article: Article) -> Iterator[Hit]:
    """A quotation is set in marks that the language does not use.

    They came with a text in another language, or with a keyboard for one.
    """
    pairs = article.quotation_marks
    if not pairs:
        return
    text = article.text
    faulty = {fault.found for fault in article.quotes.faults}
    for quotation in article.quotes:
        if quotation.close is None or not faulty.isdisjoint((quotation.open, quotation.close)):
            continue
        first = text[quotation.open.start : quotation.open.end]
        last = text[quotation.close.start : quotation.close.end]
        if len(first) > 1 or first in "\"'`" or first + last in pairs:
            continue
        yield article.finding(
            (quotation.start, quotation.end),
            f"{first} and {last} are no marks of this language; expected {pairs[0][0]} and {pairs[0][1]}",
        )


@rule(
    "QUO112",
    "title-quote-differs",
    severity="warning",
    anchors=QUOTE_MARKS,
    where=_in_title,
    bad=[
        "Mayor calls bridge ⟦‘the worst decision ever’⟧\n\n“It was the worst decision we ever made,” the mayor said.\n",
        'Coach: ⟦"I was never told of it"⟧\n\n"I was never even told about it," the coach said on Monday.\n',
    ],
    good=[
        "Mayor calls bridge ‘the worst decision’\n\n“It was the worst decision we ever made,” the mayor said.\n",
        "Mayor calls bridge ‘a mistake’\n\n“It was wrong,” the mayor said.\n",
        "Mayor calls bridge ‘the worst decision ever’\n\nThe mayor spoke for an hour about “the town’s future.”\n",
        "Mayor: ‘We made the worst … decision ever’\n\n“We made the worst and the dearest decision ever,” the mayor said.\n",
        "Why the ‘Night of the Open Doors’ closes\n\nThe Night of the Open Doors ends. “All doors were open to everyone that night,” said Ann Berg.\n",
    ],
)
def title_quote_differs(article: Article) -> Iterator[Hit]:
    """The title quotes words that the body quotes in another form.

    A headline may shorten a quotation, not reword it: whoever is quoted did not say that.
    """
    text, quotes = article.text, article.quotes
    spans = [(block.start, block.end) for block in article.title_blocks]
    if not any(quotes.holds(start, end) for start, end in spans):
        return
    quoted = quotes.closed
    starts = [start for start, _ in spans]
    inside = [
        (quotation, words)
        for quotation in quoted
        if quotation[0] < spans[bisect_right(starts, quotation[0]) - 1][1]
        and quotation[0] >= starts[0]
        and len(words := _words(text[slice(*quotation)])) >= _FEWEST_WORDS
        and not any(each in text[slice(*quotation)] for each in _NO_QUOTATION)
    ]
    if not inside:
        return
    story = spans[-1][1]
    body = [(_words(text[slice(*span)]), span) for span in quoted if span[0] >= story]
    told = ""
    for title, words in inside[:_MOST_IN_TITLE]:
        shares = [(_shared(words, other), span) for other, span in body]
        shared, likest = max(shares, key=lambda each: each[0], default=(0.0, title))
        if shared < _SAME_WORDS:
            continue
        said = f" {' '.join(words)} "
        if any(said in f" {' '.join(other)} " for other, _ in body):
            continue
        told = told or f" {' '.join(_words(text[story:]))} "
        if said not in told:
            yield article.finding(title, "the body quotes this in other words", related=[likest])


_MOST_IN_TITLE = 10  # quotations in titles, each of which is held against all others
_FEWEST_WORDS = 4  # of a quotation in a title: fewer are said by chance
_SAME_WORDS = 0.75  # of them, close together in the body
_NO_QUOTATION = ("…", "...", "[", "=", "://")  # cut on purpose, or code


def _words(text: str) -> list[str]:
    return _word().findall(text.casefold().replace("’", "").replace("'", ""))


@cache
def _word() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"[^\W_]+")


def _shared(words: list[str], longer: list[str]) -> float:
    """The most of some words that stand in others within a stretch half as long again; 0 for too few."""
    if sum(map({*longer}.__contains__, words)) < _SAME_WORDS * len(words):
        return 0.0
    width = len(words) + max(2, len(words) // 2)
    wanted: dict[str, int] = {}
    for word in words:
        wanted[word] = wanted.get(word, 0) + 1
    held = best = 0
    for index, word in enumerate(longer):
        if index >= width:
            left = longer[index - width]
            if left in wanted:
                wanted[left] += 1
                held -= wanted[left] > 0
        if word in wanted:
            held += wanted[word] > 0
            wanted[word] -= 1
        best = max(best, held)
    return best / len(words)
