"""Quotation marks that do not pair. All rules read the faults of one analysis, `Article.quotes`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from newslint.finding import Fix, Hit
from newslint.rules import Case, rule

if TYPE_CHECKING:
    from newslint.article import Article
    from newslint.text.quotes import Fault

QUOTE_MARKS = tuple("\"“”„‟«»「」『』〝〞〟＂'‘’‚‛‹›`")
_SHOWN = 24  # characters of a quotation's beginning that a message shows


def _of_kind(article: Article, kind: str) -> Iterator[Fault]:
    return (fault for fault in article.quotes.faults if fault.kind == kind)


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
        ("Rock ⟦‘⟧n’ roll came to town.", "Rock ’n’ roll came to town."),
        ("The minister⟦‘⟧s plan failed.", "The minister’s plan failed."),
    ],
    good=[
        "It was the sound of the ’90s.",
        "The ‘90s night’ was sold out.",
        "Schools in Hawai‘i and on O‘ahu reopened.",
    ],
)
def reversed_apostrophe(article: Article) -> Iterator[Hit]:
    """An opening single mark stands where an apostrophe belongs.

    Word processors turn the apostrophe of ’90s and ’em into an opening mark.
    """
    for fault in _of_kind(article, "apostrophe"):
        yield article.finding(
            (fault.start, fault.end),
            "‘ is no apostrophe; expected ’",
            fix=_fix(fault, safe=True),
        )
