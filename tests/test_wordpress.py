"""Files that WordPress and makers of structured data wrote: the same findings, at the same words.

`tests/fixtures/wordpress` and `tests/fixtures/jsonld` say how they were made.
"""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest

from newslint import fix
from newslint.article import Article
from newslint.engine import Linter
from newslint.readers import Omitted, newsxml
from newslint.readers import html as pages
from newslint.readers import json as records
from newslint.source import Source
from test_formats import PARAGRAPHS, PLANTED, TITLE, as_newsapi

FOLDER = Path(__file__).parent / "fixtures"
WORDPRESS = FOLDER / "wordpress"
EDITORS = ("blocks", "classic")
FILES = ("export.xml", "posts.json", "posts-edit.json", "feed.xml", "atom.xml")
READERS = {
    ".xml": newsxml.read,
    ".json": records.read,
    ".jsonld": records.read,
    ".html": pages.read,
}


def read(path: Path) -> list[Article]:
    found = READERS[path.suffix](Source.from_bytes(path.read_bytes(), str(path)))
    return [each for each in found if not isinstance(each, Omitted)]


def blocks(article: Article) -> list[tuple[str, str]]:
    return [(each.kind, article.text[each.start : each.end]) for each in article.blocks]


def shown(piece: str, suffix: str) -> str:
    """What a piece of a file shows."""
    if suffix.startswith(".json"):
        piece = json.loads(f'"{piece}"')
    return html.unescape(re.sub(r"<[^<>]*>", "", piece))


def found_in(path: Path) -> list[tuple[str, str]]:
    text = path.read_bytes().decode("utf-8")
    result = Linter().check_path(str(path))
    assert not result.failed
    return sorted(
        (each.code, shown(text[each.start : each.end], path.suffix)) for each in result.findings
    )


# Of the addresses in the copy, those for which WordPress has no player: all but exports show them.
ADDRESSES = ("http://video.example/watch?v=1&t=2", "http://video.example/watch?v=2")
LEFT_OVER = {
    ("blocks", "export.xml"): 0,
    ("classic", "export.xml"): 0,
    ("blocks", ""): 1,
    ("classic", ""): 2,
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("editor", EDITORS)
def test_what_wordpress_writes_has_the_same_findings_at_the_same_words(
    editor: str, name: str
) -> None:
    planted = dict(PLANTED)
    if name != "export.xml":
        planted["QUO101"] = "‘quiet”"  # WordPress bends straight marks
    count = LEFT_OVER.get((editor, name), LEFT_OVER[editor, ""])
    wanted = [*planted.items(), *(("RES202", each) for each in ADDRESSES[:count])]
    assert found_in(WORDPRESS / editor / name) == sorted(wanted)


def test_the_copy_is_the_one_of_all_formats() -> None:
    copy = json.loads((WORDPRESS / "copy.json").read_text("utf-8"))
    assert (copy["title"], tuple(copy["paragraphs"])) == (TITLE, PARAGRAPHS)


IN_BLOCKS = [
    ("figure-caption", "The quay on Monday. Ann Holt"),
    ("heading", "Forty cars & a lorry"),
    ("figure-caption", "The boat leaves the quay."),
    ("list-item", "Adults pay at the gate."),
    ("list-item", "Islanders show a card."),
    ("list-item", "Dogs go free."),
    ("quote", "The winter was long."),
    ("quote", "Ole Brandt"),
    ("quote", "A boat is a road."),
    ("quote", "Ada Brook"),
    ("list-item", "Boat"),
    ("list-item", "Leaves"),
    ("list-item", "Early"),
    ("list-item", "at dawn"),
    ("figure-caption", "The winter timetable."),
    ("figure-caption", "The band."),
    ("figure-caption", "The crowd."),
    ("code", "\N{OBJECT REPLACEMENT CHARACTER}"),
    ("code", "\N{OBJECT REPLACEMENT CHARACTER}"),
    ("list-item", "How to get there"),
    ("list-item", "Take the road along the shore."),
    ("paragraph", "Book a ticket"),
]
IN_CLASSIC = [
    ("figure-caption", "The quay on Monday. Ann Holt"),
    ("heading", "Forty cars & a lorry"),
    ("list-item", "Adults pay at the gate."),
    ("list-item", "Dogs go free."),
    ("quote", "The winter was long."),
    ("quote", "Ole Brandt"),
    ("code", "\N{OBJECT REPLACEMENT CHARACTER}"),
    ("paragraph", "The boat is long,\nand it is wide [sic]."),
]
LATEST = ["Protected: Behind a password", "Fish & chips tonight: “half price” – until nine"]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("editor", EDITORS)
def test_the_blocks_of_a_post(editor: str, name: str) -> None:
    article = next(each for each in read(WORDPRESS / editor / name) if TITLE in blocks(each)[0][1])
    copy = blocks(article)
    assert copy.pop(0) == ("title", TITLE)
    if name != "posts-edit.json":  # that has the author's number alone
        assert copy.pop(0) == ("byline", "Ann Holt")
    straight = [words.replace("”", '"') for _, words in copy]
    assert [each for each in straight if each in PARAGRAPHS] == list(PARAGRAPHS)
    others = [
        (kind, words)
        for (kind, words), each in zip(copy, straight, strict=True)
        if each not in PARAGRAPHS and words not in (*ADDRESSES, *LATEST)
    ]
    wanted = IN_BLOCKS if editor == "blocks" else IN_CLASSIC
    assert others == wanted
    has_latest = [words for _, words in copy if words in LATEST]
    assert has_latest == (
        LATEST if editor == "blocks" and name[:5] in ("posts", "feed.", "atom.") else []
    )


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("editor", EDITORS)
def test_what_wordpress_says_is_no_copy_is_none(editor: str, name: str) -> None:
    for article in read(WORDPRESS / editor / name):
        assert "Not copy" not in article.text


@pytest.mark.parametrize("name", ["export.xml", "posts.json", "feed.xml", "atom.xml"])
@pytest.mark.parametrize("editor", EDITORS)
def test_titles_and_excerpts_are_html(editor: str, name: str) -> None:
    articles = read(WORDPRESS / editor / name)
    (article,) = [each for each in articles if "Fish" in blocks(each)[0][1]]
    is_raw = name == "export.xml"
    assert blocks(article) == [
        ("title", "Fish & chips tonight: “half price” – until nine"),
        ("deck", "The shop on the quay lowers its prices & stays open."),
        ("byline", "Ann Holt"),
        ("paragraph", "The shop on the quay sells its fish at half price tonight."),
        (
            "paragraph",
            "It is the owner's way to thank the town -- and it isn't the first time."
            if is_raw
            else "It is the owner’s way to thank the town — and it isn’t the first time.",
        ),
    ]


@pytest.mark.parametrize("editor", EDITORS)
def test_an_export_holds_drafts_and_pages_and_counts_the_rest(editor: str) -> None:
    path = WORDPRESS / editor / "export.xml"
    assert [blocks(each)[0][1] for each in read(path)[2:]] == [
        "Behind a password",
        "Rain on Tuesday",
        "Snow in winter",
        "About the paper",
    ]
    assert dict(Linter().check_path(str(path)).omitted) == {
        "entries of an export that are no posts or pages": 3,  # a picture, a pattern, a menu
        "posts in the bin or never saved": 1,
    }


@pytest.mark.parametrize("name", ["feed.xml", "atom.xml"])
@pytest.mark.parametrize("editor", EDITORS)
def test_a_feed_counts_posts_behind_a_password(editor: str, name: str) -> None:
    result = Linter().check_path(str(WORDPRESS / editor / name))
    assert (result.articles, dict(result.omitted)) == (2, {"posts behind a password": 1})


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("editor", EDITORS)
def test_a_fixed_file_is_still_one_and_has_fewer_findings(
    editor: str, name: str, tmp_path: Path
) -> None:
    before = WORDPRESS / editor / name
    result = Linter().check_path(str(before))
    fixes = [each.fix for each in result.findings if each.fix is not None]
    assert len(fixes) == 6
    after = tmp_path / name
    after.write_text(fix.apply(before.read_bytes().decode("utf-8"), fixes), "utf-8", newline="")
    fixed = {each.code for each in result.findings if each.fix is not None}
    again = Linter().check_path(str(after))
    assert not again.failed
    assert {each.code for each in again.findings} == {
        each.code for each in result.findings if each.code not in fixed
    }
    assert len(read(after)) == len(read(before))


# ------------------------------------------------------------------ structured data


@pytest.mark.parametrize("name", ["unhead.jsonld", "unhead.html", "next-seo.html"])
def test_structured_data_has_the_same_findings_at_the_same_words(name: str) -> None:
    assert found_in(FOLDER / "jsonld" / name) == sorted(PLANTED.items())


def test_an_author_of_a_graph_is_named_elsewhere_in_it() -> None:
    (article,) = read(FOLDER / "jsonld" / "unhead.jsonld")
    assert blocks(article)[:2] == [("title", TITLE), ("byline", "Ann Holt")]
    assert [words for _, words in blocks(article)[2:]] == list(PARAGRAPHS)
    assert article.language == "en"
    (page,) = read(FOLDER / "jsonld" / "unhead.html")
    assert page.fields["byline"] == "Ann Holt"
    assert "Not copy" not in page.text


def test_an_article_without_its_text_is_one_if_it_says_so() -> None:
    path = FOLDER / "jsonld" / "next-seo.jsonld"
    (article,) = read(path)
    assert blocks(article) == [("title", TITLE), ("deck", PARAGRAPHS[0]), ("byline", "Ann Holt")]
    assert found_in(path) == [(code, PLANTED[code]) for code in ("QUO101", "TTL101")]


# ------------------------------------------------------------------ NewsAPI

# The fields of an article as the service describes them, and whether they may be null. It cuts all copy.
NEWSAPI = {
    "source": False, "author": True, "title": False, "description": True, "url": False, "urlToImage": True,
    "publishedAt": False, "content": True,
}  # fmt: skip


def test_our_newsapi_has_the_fields_that_the_service_describes() -> None:
    answer = json.loads(as_newsapi().data)
    assert list(answer) == ["status", "totalResults", "articles"]
    for article in answer["articles"]:
        assert list(article) == list(NEWSAPI)
        assert all(article[key] is not None or may_be for key, may_be in NEWSAPI.items())


def newsapi(description: str | None, content: str | None) -> list[tuple[str, str]]:
    answer = json.loads(as_newsapi().data)
    record = {**answer["articles"][0], "description": description, "content": content}
    answer["articles"].append(record | {"author": None})
    _, article = records.read(Source(json.dumps(answer), "everything.json"))
    assert isinstance(article, Article)
    return blocks(article)


def test_a_description_that_newsapi_made_of_the_copy_is_no_deck() -> None:
    copy = " ".join(PARAGRAPHS[:4])
    content = f"{copy[:200]}… [+892 chars]"
    kinds = [kind for kind, _ in newsapi(f"{copy[:260]}…", content)]
    assert kinds == ["title", "paragraph"]
    kinds = [kind for kind, _ in newsapi(f"{copy[:90]}…", content)]
    assert kinds == ["title", "paragraph"]
    kinds = [kind for kind, _ in newsapi("Nine years, and one boat.", content)]
    assert kinds == ["title", "deck", "paragraph"]


def test_newsapi_may_know_nothing_but_the_title() -> None:
    assert newsapi(None, None) == [("title", TITLE)]
    deck = "Nine years, and one boat."
    assert newsapi(deck, None) == [("title", TITLE), ("deck", deck)]
