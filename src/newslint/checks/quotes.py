"""Quotation marks that do not pair. All rules read the faults of one analysis, `Article.quotes`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newslint.finding import Fix, Hit
from newslint.rules import Case, rule
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Literal

    from newslint.article import Article
    from newslint.text.quotes import Fault, FaultKind

QUOTE_MARKS = tuple("\"“”„‟«»「」『』〝〞〟＂'‘’‚‛‹›`")
_SHOWN = 24  # characters of a quotation's beginning that a message shows


def _of_kind(article: Article, kind: FaultKind) -> Sequence[Fault]:
    return article.quotes.faults_of(kind)


def _fix(fault: Fault, *, safe: bool = False) -> Fix | None:
    return Fix(fault.swaps, safe) if fault.swaps else None


def _beginning(article: Article, start: int) -> str:
    """The first words of the quotation that opens at `start`, mark included, for a message."""
    text = article.text[start : start + _SHOWN + 12].partition("\n")[0].strip()
    if len(text) <= _SHOWN:
        return text
    cut = text[: _SHOWN + 1]
    return (cut.rpartition(" ")[0] if cut.rfind(" ") > _SHOWN // 2 else cut[:_SHOWN]) + "…"


@rule(
    "QUO101",
    "mismatched-quotes",
    severity="error",
    anchors=QUOTE_MARKS,
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
    for fault in _of_kind(article, "mismatched"):
        if fault.opener is None:
            continue
        opener = article.text[fault.opener.start : fault.opener.end]
        found = article.text[fault.found.start : fault.found.end]
        expected = f"; expected {fault.expected}" if fault.expected else ""
        yield article.finding(
            (fault.start, fault.end),
            f"opened with {opener} but closed with {found}{expected}",
            fix=_fix(fault),
            related=[fault.opener, fault.found],
        )


@rule(
    "QUO102",
    "unclosed-quote",
    severity="error",
    anchors=QUOTE_MARKS,
    bad=[
        "⟦“⟧We will not pay for this, said the head of the union.",
        'The plant was called ⟦"⟧a model for the region by its owners.',
        "⟦“⟧The first day was quiet.\n\nNobody came to the square.",
    ],
    good=[
        "“We will not pay for this,” said the head of the union.",
        "“The first day was quiet.\n\n“The second was not,” she said.",
        'She ordered a 12" pipe and left.',
    ],
)
def unclosed_quote(article: Article) -> Iterator[Hit]:
    """A quotation opens and never closes.

    The rest of the paragraph reads as if the speaker had said it. A quotation of several paragraphs
    opens each of them and closes the last.
    """
    for fault in _of_kind(article, "unclosed"):
        expected = f"; expected {fault.expected}" if fault.expected else ""
        yield article.finding(
            (fault.start, fault.end),
            f"“{_beginning(article, fault.start)}” is never closed{expected}",
        )


@rule(
    "QUO103",
    "unopened-quote",
    severity="error",
    anchors=QUOTE_MARKS,
    bad=[
        "We will not pay for this,⟦”⟧ said the head of the union.",
        'The owners called the plant a model for the region⟦"⟧ last year.',
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
    for fault in _of_kind(article, "unopened"):
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
    for fault in _of_kind(article, "reversed"):
        found = article.text[fault.start : fault.end]
        what = "opens" if fault.opener is None else "closes"
        yield article.finding(
            (fault.start, fault.end),
            f"{found} {what} a quotation; expected {fault.expected}",
            fix=_fix(fault),
            related=[fault.opener] if fault.opener else [],
        )


@rule(
    "QUO105",
    "crossed-quotes",
    severity="error",
    anchors=QUOTE_MARKS,
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
    for fault in _of_kind(article, "crossed"):
        found = article.text[fault.found.start : fault.found.end]
        yield article.finding(
            (fault.start, fault.end),
            f"{found} closes the outer quotation before the inner one; expected {fault.expected}",
            fix=_fix(fault),
            related=[fault.opener] if fault.opener else [],
        )


@rule(
    "QUO106",
    "curly-straight-mix",
    severity="warning",
    anchors=QUOTE_MARKS,
    bad=[
        ('“We will not pay,⟦"⟧ said the union.', "“We will not pay,” said the union."),
        ('⟦"⟧We will not pay,” said the union.', "“We will not pay,” said the union."),
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
    for fault in _of_kind(article, "mixed"):
        if fault.opener is None:
            continue
        opener = article.text[fault.opener.start : fault.opener.end]
        found = article.text[fault.found.start : fault.found.end]
        expected = f"; expected {fault.expected}" if fault.expected else ""
        yield article.finding(
            (fault.start, fault.end),
            f"opened with {opener} but closed with {found}{expected}",
            fix=_fix(fault, safe=True),
            related=[fault.opener, fault.found],
        )


@rule(
    "QUO107",
    "stray-quote",
    severity="error",
    anchors=QUOTE_MARKS,
    bad=[
        ("“We will not pay,”⟦”⟧ said the union.", "“We will not pay,” said the union."),
        'The vote ⟦"⟧ was close.',
    ],
    good=["“We will not pay,” said the union.", "“He said ‘no.’”"],
)
def stray_quote(article: Article) -> Iterator[Hit]:
    """A quotation mark belongs to no quotation.

    It was doubled by accident, or it is what an edit left behind.
    """
    for fault in _of_kind(article, "stray"):
        found = article.text[fault.start : fault.end]
        what = "is doubled" if fault.swaps else "belongs to no quotation"
        yield article.finding((fault.start, fault.end), f"{found} {what}", fix=_fix(fault))


@rule(
    "QUO108",
    "reversed-apostrophe",
    severity="error",
    anchors=("‘",),
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
    for fault in _of_kind(article, "apostrophe"):
        if article.text.startswith("‘n’", fault.start):
            continue  # a pair to the eye; editors are divided
        yield article.finding(
            (fault.start, fault.end),
            "‘ is no apostrophe; expected ’",
            fix=_fix(fault, safe=True),
        )


# ------------------------------------------------------------------ style


@rule(
    "QUO109",
    "space-inside-quotes",
    severity="warning",
    languages=("en", "de", "nl", "sv", "da", "no", "nb", "nn", "fi", "pl", "cs", "it"),
    anchors=("“ ", " ”", "‘ ", "„ ", "» ", " «", "「 ", " 」", "“\u00a0", "\u00a0”"),
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
    ],
)
def space_inside_quotes(article: Article) -> Iterator[Hit]:
    """A space stands between a quotation mark and the words it belongs to.

    The mark may end up alone at the end or the beginning of a line.
    """
    text = article.text
    for quotation in article.quotes:
        if quotation.close is None or text[quotation.open.start] in "\"'":
            continue
        inside = (quotation.open.end, quotation.close.start)
        for start, end, neighbour in (
            (inside[0], inside[0] + 1, inside[0] + 1),
            (inside[1] - 1, inside[1], inside[1] - 2),
        ):
            if inside[1] - inside[0] < 3 or text[start] not in " \u00a0":
                continue
            if not text[neighbour].isalnum() and text[neighbour] not in ".,!?":
                continue  # a mark inside, kept apart from this one
            fix = article.replace((start, end), "", safe=True)
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
    ],
    good=[
        "The vote was “close” again.",
        Case('The vote was "close" again.', options={"marks": "straight"}),
        "“He said ‘close’ again,” she said.",
    ],
)
def quote_style(
    article: Article,
    *,
    marks: Literal["curly", "straight", "any"] = "curly",
    level: Literal["any", "double", "single"] = "any",
) -> Iterator[Hit]:
    """A quotation is set in other marks than the house's.

    One paper, one style; a search for a quotation finds it only in the marks it was typed in.
    """
    text = article.text
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
        Case("The vote was “close” again.", language="en"),
        Case("Sie nannte es »knapp« und ging.", language="de"),
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
    for quotation in article.quotes:
        if quotation.close is None:
            continue
        first = text[quotation.open.start : quotation.open.end]
        last = text[quotation.close.start : quotation.close.end]
        if len(first) > 1 or first in "\"'`" or first + last in pairs:
            continue
        span = (quotation.start, quotation.end)
        yield article.finding(span, f"{first} and {last} are no marks of this language")


@rule(
    "QUO112",
    "title-quote-differs",
    severity="warning",
    default=False,
    bad=[
        "Mayor calls bridge ⟦‘the worst decision ever’⟧\n\n“It was the worst decision we ever made,” the mayor said.\n",
    ],
    good=[
        "Mayor calls bridge ‘the worst decision’\n\n“It was the worst decision we ever made,” the mayor said.\n",
        "Mayor calls bridge ‘a mistake’\n\n“It was wrong,” the mayor said.\n",
        "Mayor calls bridge ‘the worst decision ever’\n\nThe mayor spoke for an hour about “the town’s future.”\n",
    ],
)
def title_quote_differs(article: Article) -> Iterator[Hit]:
    """The title quotes words that the body quotes in another form.

    A headline may shorten a quotation, not reword it: whoever is quoted did not say that.
    """
    titles = [block for block in article.blocks if block.kind == "title"]
    if not titles:
        return
    text = article.text
    quoted = [
        (quotation.start, quotation.end, _words(text[quotation.start : quotation.end]))
        for quotation in article.quotes
    ]
    inside = [
        each
        for each in quoted
        if any(t.start <= each[0] < t.end for t in titles) and len(each[2]) > 3
    ]
    body = [each for each in quoted if not any(t.start <= each[0] < t.end for t in titles)]
    for start, end, words in inside:
        likest = max(body, key=lambda each: len(set(words) & set(each[2])), default=None)
        if likest is None or _holds(likest[2], words) or any(_holds(e[2], words) for e in body):
            continue
        shared = len(set(words) & set(likest[2])) / len(set(words))
        if shared >= 0.75:
            message = "the body quotes this in other words"
            yield article.finding((start, end), message, related=[likest[:2]])


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in text.casefold()).split()


def _holds(longer: list[str], shorter: list[str]) -> bool:
    """Whether words stand in others in a row."""
    return f" {' '.join(shorter)} " in f" {' '.join(longer)} "
