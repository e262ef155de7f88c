"""`newslint explain`: the figures and quotations of a line, the credits near them, and what covers what."""

from __future__ import annotations

from collections.abc import Iterator

from newslint.article import Article, Block
from newslint.finding import Span

LONGEST = 60  # characters of the copy that are shown of a credit or a quotation


def explained(article: Article, line: int) -> Iterator[str]:
    """The analysis of the sentences of an article that stand on a line of its file (from 1), a row each."""
    for block in article.paragraphs:
        for sentence in article.sentences_in(block):
            first, last = article.map.to_file(*sentence)
            position = article.source.position
            if position(first).line <= line <= position(last).line:
                yield from _sentence(article, block, sentence)


def _sentence(article: Article, block: Block, sentence: Span) -> Iterator[str]:
    yield f"{block.kind}: {_shown(article, sentence)}"
    credits = article.credits
    for cue, kind, scope in credits.in_sentence(sentence):
        yield f"  credit “{_shown(article, cue)}” ({kind}) covers “{_shown(article, scope)}”"
    for quantity in article.quantities:
        if sentence.start <= quantity.start < sentence.end:
            value = "" if quantity.value is None else f" {quantity.value:,.10g}"
            unit = f" {quantity.unit}" if quantity.unit else ""
            words = article.text[quantity.start : quantity.end]
            source = _source(article, Span(quantity.start, quantity.end))
            if not source:
                carried = credits.carried(quantity, article.quantities)
                near = f"as at “{_shown(article, carried.cue)}”" if carried is not None else ""
                source = near or "nobody says so"
            yield f"  {quantity.kind} “{words}” ={value}{unit}: {source}"
    for span in article.quotes.speech:
        if sentence.start <= span.start < sentence.end:
            speaker = credits.speaker(span)
            said = f"“{_shown(article, speaker.cue)}”" if speaker is not None else "nobody"
            yield f"  quotation {_shown(article, span)}: {said}"


def _source(article: Article, span: Span) -> str:
    for credit in article.credits.of(span.start, span.end, sentences=0):
        if credit.kind != "mention":
            return f"“{_shown(article, credit.cue)}”"
    return ""


def _shown(article: Article, span: Span) -> str:
    words = " ".join(article.text[span.start : span.end].split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
