"""Rules on copy that stands twice: in one article, and in two."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from newslint.article import Article
from newslint.finding import Hit
from newslint.rules import Case, corpus_rule, rule
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.corpus.compare import Corpus, CorpusHit, Partner
    from newslint.text.repeats import Repeat

SHORTEST_SENTENCE = 60  # characters; shorter ones come again as answers and refrains

_BELL = "The bell of the old ferry house rang for the first time in eleven years on Sunday morning."
_ROPE = "Ragna Holm, who climbed the tower in the first week of May, was a late replacement on the old ferry house rope."
_HOURS = (
    "It will ring every hour from now on, said Ada Brook, who mended the clockwork in her kitchen."
)


@rule(
    "DUP101",
    "repeated-paragraph",
    bad=[
        Case(
            f"Bell rings again\n\n{_BELL}\n\n{_HOURS}\n\n⟦{_BELL}⟧\n",
            f"Bell rings again\n\n{_BELL}\n\n{_HOURS}\n\n\n",
        ),
        f"Bell rings again\n\n{_BELL}\n\n⟦{_BELL}⟧\n\n{_HOURS}\n",
        f"Bell rings again\n\n{_BELL} {_HOURS}\n\nThe town was glad.\n\n"
        f"⟦{_BELL.replace('rang', 'has rung')} {_HOURS.replace('her kitchen', 'her own kitchen')}⟧\n",
        "Bell rings again\n\nIvo Sand hurt his hand while Edda Moe was a late replacement on the quay of both Merrow and Tarn. "
        f"{_ROPE}\n\nThe town was glad.\n\nHe said so again later. ⟦{_ROPE}⟧\n",
    ],
    good=[
        f"Bell rings again\n\n{_BELL}\n\nIt will stay that way, said Ada Brook.\n",
        "Chant of the marchers\n\n“No bridge, no peace,” they shouted.\n\nThe march moved on towards the river.\n\n“No bridge, no peace,” they shouted.\n",
        Case(
            "# Five rules\n\n- Ring the bell of the old ferry house every hour\n- Mend the rope in May\n\n"
            "## Ring the bell of the old ferry house every hour\n\nSo Ada Brook does.\n",
            path="a.md",
        ),
        "Results\n\nQuarter\n\nShares 47.4 mln vs 16.5 mln vs 9.1 mln\n\nYear\n\nShares 47.4 mln vs 16.5 mln vs 9.1 mln\n",
        "Results\n\nTarn 2 Merrow 1\n\nHalden 0 Merrow 1\n\nTarn 2 Merrow 1\n",
        "Two crashes\n\nThree people died on Friday when a bus left the road near the town of Tarn.\n\n"
        "Nine people died on Friday when a bus left the road near the town of Merrow Bay.\n",
        "Turnout by year\n\nTurnout in the county of Tarn was 79 per cent, the council said in 2019.\n\n"
        "Turnout in the county of Tarn was 71 per cent, the council said in 2014.\n",
    ],
)
def repeated_paragraph(article: Article) -> Iterator[Hit]:
    """A paragraph stands in the article twice.

    It was pasted twice, or saved from two places of the page. Readers think that they have lost their place.
    """
    for repeat in article.repeats:
        if repeat.share < 0.7 or _is_deck(article, repeat):
            continue
        how = "word for word" if repeat.exact else "nearly word for word"
        block = article.blocks[repeat.block]
        whole = repeat.share >= 0.95
        if block.kind == "list-item" and not whole:
            continue
        if block.kind == "heading" and article.blocks[repeat.of_block].kind == "list-item":
            continue  # what the list of contents promised
        span = (block.start, block.end) if whole else repeat.span
        fix = article.replace(span, "") if whole and repeat.exact else None
        yield article.finding(
            span, f"stands here a second time, {how}", related=[repeat.of], fix=fix
        )


@rule(
    "DUP102",
    "repeated-sentence",
    severity="warning",
    bad=[
        f"Bell rings again\n\n{_BELL} The town had given it up, and so had most of those who were to mend it.\n\n"
        f"Nobody knows how long it will hold. ⟦{_HOURS}⟧ The council has paid for the oil and a new rope.\n\n"
        f"The money is there.\n".replace(
            "The town had given it up", _HOURS + " The town had given it up"
        ),
    ],
    good=[
        "Bell rings again\n\n“It will ring every hour from now on,” said Ada Brook.\n\n"
        "It will ring every hour from now on. That is what the council wants, and the town with it.\n",
        f"Bell rings again\n\n{_BELL}\n\n{_HOURS}\n",
    ],
)
def repeated_sentence(article: Article) -> Iterator[Hit]:
    """A long sentence stands in the article twice.

    It was moved and not taken out where it stood before.
    """
    for repeat in article.repeats:
        if repeat.share >= 0.7 or _is_deck(article, repeat):
            continue
        inside = [
            sentence
            for sentence in article.sentences_in(article.blocks[repeat.block])
            if repeat.span.start <= sentence.start and sentence.end <= repeat.span.end
        ]
        if inside and inside[-1].end - inside[0].start >= SHORTEST_SENTENCE:
            span = (inside[0].start, inside[-1].end)
            yield article.finding(
                span, "stands here a second time, word for word", related=[repeat.of]
            )


def _is_deck(article: Article, repeat: Repeat) -> bool:
    return article.blocks[repeat.of_block].kind == "deck" and repeat.share_of_first >= 0.8


# ------------------------------------------------------------------ across articles

MOST_RELATED = 50  # other articles that one finding names
COLUMN = 4  # different articles under one title that make it the name of a column
LEAST_BODY = 20  # words of a body that says whether two articles are different
MOST_BODIES = 24  # of one title, that are looked at for that
LONGEST_QUOTED = 36


def _quoted(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_QUOTED else text[: LONGEST_QUOTED - 1].rstrip() + "…"


_QUAY = (
    "The harbour board closed the north quay on Friday after divers found cracks in two of its pillars. Boats for the "
    "islands leave from the coal pier until the repair is done, which the board expects in autumn."
)
_MILL = (
    "A fire in the old paper mill burned through the night and left the roof of the sorting hall open to the sky. Nobody "
    "was hurt, said fire chief Edda Moe, who had crews from three towns on the site."
)
_CHOIR = (
    "Forty singers from the valley will perform in the cathedral at Easter, the first time that the children's choir "
    "has been asked. They have been rehearsing in a barn since January, under Ivo Sand."
)
_SNOW = (
    "Snow closed the pass to Tarn for the third time this winter and kept the school buses in the valley. The road crew "
    "hopes to have one lane open by noon, but drifts of two metres lie above the tree line."
)


@corpus_rule(
    "DUP201",
    "duplicate-title",
    severity="warning",
    reads_bodies=False,
    bad=[
        Case(
            f"North quay closed after divers find cracks\n\n{_QUAY}\n",
            beside=(f"⟦LIVE: North Quay Closed After Divers Find ‘Cracks’⟧\n\n{_MILL}\n",),
        ),
        Case(
            "Five hurt as Merrow tram leaves the rails\n",
            beside=("⟦5 hurt as Merrow tram leaves the rails (Reuters)⟧\n",),
        ),
        Case(
            "Council votes to keep the ferry running\n",
            beside=(
                "⟦Council votes to keep the ferry runing⟧\n",
                "Council votes to keep the school open\n",
            ),
        ),
        Case(
            f"Council votes to keep the last ferry to the islands running\n\n{_QUAY}\n",
            beside=(f"⟦Council votes to keep the last ...⟧\n\n{_MILL}\n",),
        ),
        Case(
            '{"title": "Divers find cracks in the quay", "date": "2024-03-01"}\n'
            '{"title": ⟦"Divers find cracks in the quay, board closes it"⟧, "date": "2024-03-02"}\n'.replace(
                '⟦"', '"⟦'
            ).replace('"⟧', '⟧"'),
            path="a.jsonl",
        ),
    ],
    good=[
        Case(
            "15 hurt as Merrow tram leaves the rails\n",
            beside=("5 hurt as Merrow tram leaves the rails\n",),
        ),
        Case("Tarn beat Halden 2-1\n", beside=("Tarn beat Halden 3-1\n", "Halden beat Tarn 2-1\n")),
        Case(
            "Council votes to keep the ferry\n", beside=("Council votes not to keep the ferry\n",)
        ),
        Case("Opinion | The quay is ours\n", beside=("Opinion | A mill is no museum\n",)),
        Case(
            f"Letters to the editor\n\n{_QUAY}\n",
            beside=tuple(f"Letters to the editor\n\n{body}\n" for body in (_MILL, _CHOIR, _SNOW)),
        ),
        Case(
            '{"title": "Divers find cracks in the quay", "date": "2024-03-01"}\n'
            '{"title": "Divers find cracks in the quay, board closes it", "date": "2024-08-02"}\n',
            path="a.jsonl",
        ),
    ],
)
def duplicate_title(corpus: Corpus) -> Iterator[CorpusHit]:
    """Another article has the same title.

    Readers, search engines and the archive cannot tell the two apart; often one article was saved twice. Marks,
    case, labels such as “LIVE”, names of agencies and of the site count for nothing; figures, dates, names and “not”
    do. A title with different articles under it again and again is the name of a column, and left alone.
    """
    same = corpus.same_titles
    columns = {first for first, members in same.items() if _is_column(corpus, members)}
    near: dict[int, list[int]] = {}
    for pair in corpus.near_titles:
        if columns.isdisjoint(pair):
            near.setdefault(pair[0], []).append(pair[1])
            near.setdefault(pair[1], []).append(pair[0])
    for first in sorted({*same, *near} - columns):
        alike = [each for other in sorted(near.get(first, ())) for each in same.get(other, [other])]
        members = same.get(first, [first])
        for number in members:
            others = chain((each for each in members if each != number), alike)
            partners = [*islice(others, MOST_RELATED)]
            if not corpus.is_later(number, partners):
                continue
            count = len(members) - 1
            if count > 1:
                message = f"{count} other articles have the same title"
            elif count == 1:
                message = "another article has the same title"
            else:
                other = _quoted(corpus[partners[0]].title)
                message = f"another article has nearly the same title: “{other}”"
            yield corpus.finding(number, message, related=partners)


def _is_column(corpus: Corpus, members: list[int]) -> bool:
    """Whether the articles under one title are different ones, and many."""
    if len(members) < COLUMN:
        return False
    from newslint.corpus.near import same_body

    different: list[int] = []
    for number in members[:MOST_BODIES]:
        if corpus[number].words < LEAST_BODY:
            continue
        own = corpus[number]
        if not any(
            own.copy == corpus[other].copy or same_body(own, corpus[other]) for other in different
        ):
            different.append(number)
    return len(different) >= COLUMN


@corpus_rule(
    "DUP202",
    "near-duplicate-article",
    severity="warning",
    bad=[
        Case(
            f"Quay closed\n\n{_QUAY}\n\n{_CHOIR}\n",
            beside=(
                f"⟦Cracks in the quay⟧\n\n{_QUAY}\n\n{_CHOIR.replace('a barn', 'an old barn')}\n",
            ),
        ),
        Case(
            f"Mill burns\n\n{_MILL}\n\n{_SNOW}\n\n{_CHOIR}\n",
            beside=(f"⟦Fire in mill⟧\n\n{_MILL}\n",),
        ),
    ],
    good=[
        Case(f"Quay closed\n\n{_QUAY}\n", beside=(f"Mill burns\n\n{_MILL}\n",)),
        Case(
            "Quake\n\nA quake of magnitude 4.1 shook the coast of Tarn on Monday at 6.15 in the morning, the institute said. "
            "Its centre lay 12 kilometres under the sea, and 300 houses were left without power.\n",
            beside=(
                "Quake\n\nA quake of magnitude 5.3 shook the coast of Tarn on Friday at 9.40 in the morning, the institute said. "
                "Its centre lay 31 kilometres under the sea, and 900 houses were left without power.\n",
            ),
        ),
    ],
)
def near_duplicate_article(corpus: Corpus) -> Iterator[CorpusHit]:
    """The article is a copy of another one, whole or trimmed.

    It was filed twice, or an agency's story was taken in twice under two titles. Readers meet it again, and whoever
    counts articles or trains on them counts it twice.
    """
    for number, partners in sorted(corpus.copies.items()):
        if corpus.is_later(number, [each.number for each in partners]):
            yield corpus.finding(
                number,
                _says_copy(partners[0], len(partners) - 1),
                related=[each.number for each in partners[:MOST_RELATED]],
            )


def _says_copy(partner: Partner, more: int) -> str:
    verdict = partner.verdict
    percent = f"{round(100 * verdict.share)} %"
    if verdict.shorter < 0:
        message = f"a copy of another article, {percent} the same"
    elif verdict.shorter == 0:
        message = f"a trimmed copy of another article, {percent} stand there"
    else:
        message = f"another article is a trimmed copy of this, {percent} of it"
    if verdict.paragraphs:
        message += f"; {verdict.paragraphs} paragraph{'s' * (verdict.paragraphs > 1)} in common"
    return f"{message} (and {more} more)" if more else message


_LETTER = "Our letter to members goes out on Saturday mornings; write to the desk if you would like to have it too."


@corpus_rule(
    "DUP203",
    "paragraph-in-many-articles",
    severity="warning",
    default=False,
    bad=[
        Case(
            f"Quay closed\n\n{_QUAY}\n\n⟦{_LETTER}⟧\n",
            beside=tuple(
                f"{title}\n\n{body}\n\n⟦{_LETTER}⟧\n"
                for title, body in (
                    ("Mill burns", _MILL),
                    ("Choir asked", _CHOIR),
                    ("Pass closed", _SNOW),
                    (
                        "Bell rings",
                        f"{_BELL} {_HOURS} The town had waited for it since the clock stopped.",
                    ),
                )
            ),
        ),
    ],
    good=[
        Case(
            f"Quay closed\n\n{_QUAY}\n\n{_LETTER}\n",
            beside=(f"Mill burns\n\n{_MILL}\n\n{_LETTER}\n", f"Choir asked\n\n{_CHOIR}\n"),
        ),
        Case(
            f"Quay closed\n\n{_QUAY}\n\n{_LETTER}\n",
            beside=tuple(
                f"{title}\n\n{_QUAY}\n\n{_LETTER}\n" for title in ("A", "B", "C", "D", "E")
            ),
        ),
    ],
)
def paragraph_in_many_articles(corpus: Corpus, *, articles: int = 5) -> Iterator[CorpusHit]:
    """The same paragraph stands in many articles.

    It belongs to the page, not to the story: about the newsletter, the author, the law. Copies of one article do
    not count as many.
    """
    for members in corpus.shared_paragraphs(articles):
        for number, paragraph in members:
            if not corpus.is_asked(number):
                continue
            others = [each for each, _ in members if each != number]
            yield corpus.finding(
                number,
                f"the same paragraph stands in {len(others)} other articles",
                related=others[:MOST_RELATED],
                paragraph=paragraph,
            )
