"""Rules on titles: names of sites in them, titles and decks that stand there twice, and their form."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from newslint.article import Article
from newslint.finding import Hit
from newslint.rules import Case, rule
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import re

    from newslint.corpus.compare import Corpus, CorpusHit
    from newslint.text.titles import TitleParts

LONGEST_QUOTED = 40
MOST_TITLES = 50  # with which others are compared; a header may have any number of them


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_QUOTED else text[: LONGEST_QUOTED - 1].rstrip() + "…"


@rule(
    "TTL101",
    "site-name-in-title",
    bad=[
        Case(
            "Rains delay ferry for a third day ⟦| Regional | The Tarn Valley Courier⟧\n",
            "Rains delay ferry for a third day\n",
        ),
        "Rains delay ferry for a third day ⟦- The Tarn Valley Courier⟧\n",
        Case("Ferry sails again after a storm ⟦|⟧\n", "Ferry sails again after a storm\n"),
        "⟦Opinion | ⟧What the ferry owes its passengers\n",
        "⟦AFP: ⟧Ferry sails again after a storm of three days\n",
        "⟦Tarn Valley Herald - ⟧Ferry sails again after a storm of three days\n",
        "Ferry sails again after a storm ⟦: World News⟧\n",
        "⟦KTV Merrow - ⟧Ferry sails again after a storm of three days ⟦- KTV News and Sport⟧\n",
        "Ferry sails again after storm | Ferry sails again after storm ⟦| Latest News | Tarn Valley Courier⟧\n",
        Case("---\ntitle: Ferry sails again after a storm ⟦- tarncourier.com⟧\n---\n", path="a.md"),
        Case(
            "---\ntitle: Ferry sails again after a storm ⟦– merrowlife⟧\nsite: Merrow Life\n---\n",
            path="a.md",
        ),
        Case(
            '{"title": "Ferry sails again: will it last? ⟦— Die Insel⟧", "url": "https://die-insel.example/1", "text": "It left."}\n',
            path="a.jsonl",
        ),
        "The ferry is late – or is it? ⟦— Seven Quays⟧\n\nIt left at noon, its operator said.\n\n© 2024 Seven Quays. All rights reserved.\n",
        Case(
            "The ferry is late today ⟦— Seven Quays⟧\n\nIt left at noon, its operator said.\n",
            beside=tuple(
                f"{title} ⟦— Seven Quays⟧\n\nSo the operator said.\n"
                for title in (
                    "Snow closes the pass again",
                    "The mill burned all night",
                    "A choir goes to town",
                    "Bell rings after eleven years",
                )
            ),
        ),
    ],
    good=[
        "Power cut in the capital – how safe is the grid?\n",
        "The ferry is sailing again – and so is hope\n",
        "‘The tax is killing me,’ — the rich are moving north\n",
        "Ferry: operator promises a second boat\n",
        "Harbour review - mechanically sound, thematically wanting\n",
        "War in the south : the army says the offensive has failed\n",
        "KTV Merrow - ferry sails again after a storm of three days\n",
        "A ten-year-old tram-driver's dream\n",
        "The ferry is late – or is it? — Seven Quays\n\nIt left at noon, its operator said.\n",
        "Wilson-Hale wins the mayoral race\n",
        Case("---\ntitle: Ferry sails again after a storm\u00a0\n---\n", path="a.md"),
        "FERRY SHOULD SAIL BY MAY - MINISTRY\n\nThe ferry should sail by May, the ministry said.\n",
        "Ferry heading the wrong way - Brook\n\nThe ferry is heading the wrong way, Ada Brook said. Ms Brook runs the port.\n",
    ],
)
def site_name_in_title(article: Article) -> Iterator[Hit]:
    """The title carries the name of a site or section.

    The page's title was saved in place of the headline. Readers see the name of another paper, and the same
    story from two sites no longer has the same title.
    """
    for parts in article.titles:
        for span in parts.around:
            end = span.end
            swap = (span.start, end)
            if end == parts.span.end:
                start = span.start
                while start > parts.span.start and article.text[start - 1].isspace():
                    start -= 1
                swap = (start, end)
            named = article.text[span.start : end].strip(" |-–—:»«•·")
            message = f"name of a site or section in the title: “{_short(named)}”"
            if not named:
                message = "separator in the title, with no name of a site behind it"
            yield article.finding(span, message, fix=article.replace(swap, ""))


# What titles of many stories end with and is no name of a site.
_LABELS = frozenset(
    "review reviews live video videos photos gallery podcast opinion analysis comment editorial letters obituary "
    "explained explainer recap updates update report interview profile quiz poll highlights preview verdict trailer "
    "kritik kommentar interview liveticker".split()
)
_LEAST_SHARE = 0.2  # of the titles of a corpus, that end with the name of its site


def _learned_site_name(corpus: Corpus) -> Iterator[CorpusHit]:
    """Where titles of the corpus end with a name that many of them end with, and none of them alone gives it away."""
    from newslint.corpus.near import headline_of, tail_in

    often = {
        tail: count
        for tail, count in corpus.endings.items()
        if count >= _LEAST_SHARE * corpus.titled
    }
    if not often:
        return
    for number in corpus.wanted():
        facts = corpus[number]
        found = tail_in(facts.title, corpus.tails)
        if found is None or headline_of(facts) != (0, len(facts.title)):
            continue
        start, tail = found
        named = facts.title[start:].strip(" |-–—»·•:")
        if (
            tail in often
            and _LABELS.isdisjoint(named.casefold().split())
            and not any(word[0].islower() and len(word) > 3 for word in named.split())
        ):
            message = f"name of a site, as in {often[tail] - 1} other titles: “{_short(named)}”"
            yield corpus.finding(number, message, span=(start, len(facts.title)))


site_name_in_title = site_name_in_title._replace(corpus=_learned_site_name)


@rule(
    "TTL102",
    "repeated-title",
    bad=[
        "Ferry sails again after storm\n⟦Ferry sails again after storm⟧\n\nIt left at noon, the operator said.\n",
        "Harbour chief warns of ‘ruinous’ pact | ⟦Harbour chief warns of 'ruinous' pact⟧ | The Tarn Courier\n",
        "Ferry sails again after storm | The Tarn Courier\n⟦Ferry sails again after “storm”⟧\n\nIt left at noon.\n",
        Case(
            "# Ferry sails again after storm\n\n# ⟦Ferry sails again after storm⟧\n\nIt left at noon.\n",
            path="a.md",
        ),
    ],
    good=[
        "Ferry sails again after storm\n\nThe ferry sails again after a storm of three days, its operator said.\n",
        Case(
            "---\ntitle: Ferry sails again after storm\n---\n\n# Ferry sails again after storm\n\nIt left at noon.\n",
            path="a.md",
        ),
        Case(
            "# Transport\n\n## Public transport\n\nThe ferry left at noon, the operator said.\n",
            path="a.md",
        ),
        "Ferry sails again\nFerry company sued over storm\n\nIt left at noon, the operator said.\n",
    ],
)
def repeated_title(article: Article) -> Iterator[Hit]:
    """The title stands there twice.

    A page shows its title in several places, and more than one was saved. Readers see it twice.
    """
    message = "the title again, word for word"
    known: list[TitleParts] = []
    for parts in article.titles:
        first = next((each for each in known if each.says(parts)), None)
        if first is not None:
            yield article.finding(
                parts.headline,
                message,
                related=[first.headline],
                fix=article.replace(parts.span, ""),
            )
        for copy in parts.copies:
            yield article.finding(copy, message, related=[parts.headline])
        if len(known) < MOST_TITLES:
            known.append(parts)


@rule(
    "TTL103",
    "repeated-deck",
    severity="warning",
    bad=[
        "Ferry sails again\n\nThe operator also warned that a second storm could close the route for the rest of the month.\n\n"
        "By Ada Brook\n\nThe ferry left at noon on Friday with forty people on board.\n\n"
        "⟦The operator also warned that a second storm could close the route for the rest of the month.⟧\n",
    ],
    good=[
        "Ferry sails again\n\nThe operator warned that a second storm could close the route for a month.\n\n"
        "By Ada Brook\n\nA second storm could close the route, the operator warned, and for longer than a month.\n",
        "Ferry sails again\n\nBy Ada Brook\n\nThe ferry left at noon on Friday with forty people on board.\n",
    ],
)
def repeated_deck(article: Article) -> Iterator[Hit]:
    """The deck stands in the body once more, word for word.

    A deck promises what the story tells; told in the same words it reads like a mistake, and it often is: the
    page's summary was cut from the text.
    """
    for repeat in article.repeats:
        if article.blocks[repeat.of_block].kind == "deck" and repeat.share_of_first >= 0.8:
            yield article.finding(repeat.span, "the deck again, word for word", related=[repeat.of])


@rule(
    "TTL104",
    "all-caps-title",
    severity="warning",
    default=False,
    bad=[
        "⟦FERRY SAILS AGAIN AFTER A STORM OF THREE DAYS⟧\n\nIt left at noon, the operator said.\n"
    ],
    good=[
        "NATO and UN meet in Oslo\n\nThey met at noon.\n",
        "FC UTD 3\n\nThe match ended early.\n",
    ],
)
def all_caps_title(article: Article) -> Iterator[Hit]:
    """The whole title is in capitals.

    Capitals are slower to read, and names in them can no longer be told from words.
    """
    title = article.title
    if title is None:
        return
    text = article.text[title.start : title.end]
    letters = sum(character.isalpha() for character in text)
    if letters >= 20 and text.upper() == text != text.lower() and len(text.split()) >= 4:
        yield article.finding((title.start, title.end), "title in capitals only")


@rule(
    "TTL105",
    "title-ends-with-full-stop",
    severity="warning",
    bad=[
        Case(
            "Ferry sails again after a storm⟦.⟧\n\nIt left at noon, the operator said.\n",
            "Ferry sails again after a storm\n\nIt left at noon, the operator said.\n",
        )
    ],
    good=[
        "Ferry sails again after a storm …\n\nIt left at noon, the operator said.\n",
        "Senate turns on ferry builder Smith Jr.\n\nIt voted at noon, the clerk said.\n",
        "Why? Because. And other answers from the U.S.\n\nIt left at noon, the operator said.\n",
        "Ferry sails again after a storm...\n\nIt left at noon, the operator said.\n",
        "The ferry left. It came back.\n\nIt left at noon, the operator said.\n",
    ],
)
def title_ends_with_full_stop(article: Article) -> Iterator[Hit]:
    """A title of one sentence ends with a full stop.

    Headlines have none; where there is one, a sentence of the copy was often saved as the title.
    """
    title = article.title
    if title is None:
        return
    text = article.text[title.start : title.end]
    if (
        not text.endswith(".")
        or text.endswith("..")
        or "." in text[:-1]
        or "?" in text
        or "!" in text
    ):
        return
    words = text[:-1].split()
    last = words[-1] if words else ""
    if len(words) < 3 or len(last) <= 3 or any(c.isupper() for c in last[1:]):
        return
    span = (title.end - 1, title.end)
    yield article.finding(span, "full stop behind a title", fix=article.replace(span, ""))


@rule(
    "TTL106",
    "empty-title",
    bad=[
        Case('---\ntitle: ""\n---\n\nIt left at noon.\n', path="a.md"),
        Case('{"title": "", "text": "It left at noon."}\n', path="a.jsonl"),
    ],
    good=[
        Case("---\ntitle: Ferry\n---\n\nIt left at noon.\n", path="a.md"),
        Case("The ferry left at noon, the operator said.\n", path="a.md"),
    ],
)
def empty_title(article: Article) -> Iterator[Hit]:
    """There is a place for the title, and nothing in it.

    The article will be published without a headline, or with the name of its file.
    """
    for name in ("title", "headline"):
        if article.title is None and not article.fields.get(name, "-").strip():
            yield article.finding((0, 0), f"“{name}” has no words")
            return


@rule(
    "TTL107",
    "markup-in-title",
    severity="error",
    anchors=("*", "_", "[", "#", "'''"),
    bad=[
        (
            "⟦**Breaking**⟧: ferry sails again after a storm\n\nIt left at noon, the operator said.\n",
            "Breaking: ferry sails again after a storm\n\nIt left at noon, the operator said.\n",
        ),
        Case(
            '{"title": "⟦## ⟧Ferry ⟦_Tarn_⟧ sails again", "text": "It left at noon, the operator said."}\n',
            '{"title": "Ferry Tarn sails again", "text": "It left at noon, the operator said."}\n',
            path="a.jsonl",
        ),
        Case(
            "<h1>⟦[Ferry](https://ferry.example)⟧ sails again</h1><p>It left at noon, the operator said.</p>\n",
            "<h1>Ferry sails again</h1><p>It left at noon, the operator said.</p>\n",
            path="a.html",
        ),
        Case(
            '{"title": "⟦[b]Ferry[/b]⟧ of ⟦[[Tarn|the islands]]⟧ sails again", "text": "It left at noon."}\n',
            '{"title": "Ferry of the islands sails again", "text": "It left at noon."}\n',
            path="a.jsonl",
        ),
    ],
    good=[
        Case("# **Breaking**: ferry sails\n\nIt left at noon, the operator said.\n", path="a.md"),
        Case(
            '{"title": "**Breaking**: ferry sails", "text": "It left at **noon**, the operator said."}\n',
            path="a.jsonl",
        ),
        "Five-star hotel gets a 2* review, and M*A*S*H is back on air\n\nIt left at noon, he said.\n",
        "What the f*** is a ferry_boat? [Video] #1 of 3\n\nIt left at noon, the operator said.\n",
    ],
)
def markup_in_title(article: Article) -> Iterator[Hit]:
    """The title shows marks of Markdown, a wiki or a forum, and the copy has none.

    They make bold or a link where the title was written, and are signs without a meaning wherever it is shown.
    Where the copy has such marks too, all of it is text in that markup, and nothing is said.
    """
    title = article.title
    if title is None:
        return
    text = article.text
    found = list(_markup().finditer(text, title.start, title.end))
    if not found:
        return
    if any(_markup().search(text, *span) for span in ((0, title.start), (title.end, len(text)))):
        return
    for match in found:
        shown = next((words for words in match.groups() if words is not None), "")
        yield article.finding(
            match.span(),
            f"markup left in the title: “{_short(match[0].strip())}”",
            fix=article.replace(match.span(), shown),
        )


@cache
def _markup() -> re.Pattern[str]:
    """A mark at the start, or marks around words; their group is what they show."""
    from newslint.expressions import MULTILINE, compiled

    return compiled(
        r"^#{1,6} +(?=[^\W\d])"
        r"|(?<![\w*])\*\*(?=[^\s*])([^*\n]{1,300}+)(?<!\s)\*\*(?![\w*])"
        r"|(?<![\w*])\*(?=[^\s*])([^*\n]{1,300}+)(?<!\s)\*(?![\w*])"
        r"|(?<![\w_])__(?=[^\s_])([^_\n]{1,300}+)(?<!\s)__(?![\w_])"
        r"|(?<![\w_])_(?=[^\s_])([^_\n]{1,300}+)(?<!\s)_(?![\w_])"
        r"|\[([^\[\]\n]{1,300}+)\]\((?:https?:|mailto:|www\.|/)[^()\s]{0,500}+\)"
        r"|\[(?:b|i|u|url(?:=[^\[\]\s]{1,300}+)?)\]([^\[\]\n]{1,300}+)\[/(?:b|i|u|url)\]"
        r"|\[\[(?:[^\[\]|\n]{1,300}+\|)?([^\[\]|\n]{1,300}+)\]\]"
        r"|'{3}(?=[^\s'])([^'\n]{1,300}+)'{3}",
        MULTILINE,
    )
