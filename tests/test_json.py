"""Articles in JSON, in the shapes that are published for it; what is no article; places in escapes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint import shapes
from newslint.article import Article
from newslint.readers import USUAL, Fault, NotArticle, Settings
from newslint.readers import json as reader
from newslint.source import Source


def items(value: Any, settings: Settings = USUAL) -> list[Article | Fault]:
    text = value if isinstance(value, str) else json.dumps(value, indent=1)
    return list(reader.read(Source(text, "a.json"), settings))


def article(value: Any, settings: Settings = USUAL) -> Article:
    (found,) = items(value, settings)
    assert isinstance(found, Article)
    return found


def shown(found: Article) -> list[tuple[str, str]]:
    return [(block.kind, found.text[block.start : block.end]) for block in found.blocks]


# ---------------------------------------------------------------------- published shapes


def test_ninjs_1_with_parts_that_have_profiles() -> None:
    """Every text field may be followed by a profile of the provider's own."""
    found = article(
        {
            "uri": "http://tna.example/items/20260504-7",
            "type": "text",
            "mimetype": "text/plain",
            "representationtype": "complete",
            "profile": "text-only",
            "version": "2",
            "versioncreated": "2026-05-04T10:37:00Z",
            "pubstatus": "usable",
            "urgency": 4,
            "copyrightholder": "The News Agency",
            "language": "en",
            "person": [{"name": "Ole Brandt", "rel": "mentions", "scheme": "x", "code": "1"}],
            "place": [{"name": "Skarholm", "rel": "about"}],
            "byline": "Ann Holt",
            "located": "Skarholm",
            "headline_long": "Ferry sails again",
            "description_text": "The boat is back.",
            "body_story": "Skarholm (TNA) - The boat is back on its route.\n\nTickets are sold on board.",
        }
    )
    assert shown(found) == [
        ("title", "Ferry sails again"),
        ("deck", "The boat is back."),
        ("byline", "Ann Holt"),
        ("dateline", "Skarholm"),
        ("paragraph", "Skarholm (TNA) - The boat is back on its route."),
        ("paragraph", "Tickets are sold on board."),
    ]
    assert (found.language, found.part) == ("en", "")
    assert found.fields["versioncreated"] == "2026-05-04T10:37:00Z"


def test_ninjs_2_and_a_picture_of_it() -> None:
    found = article(
        {
            "uri": "http://tna.example/items/7",
            "standard": {"name": "ninjs", "version": "2.1", "schema": "http://x"},
            "type": "text",
            "firstcreated": "2026-05-04T09:30:04Z",
            "by": "NTB",
            "headlines": [{"role": "main", "value": "Ferry sails again"}],
            "descriptions": [{"role": "text", "contenttype": "text/plain", "value": "It is back."}],
            "bodies": [
                {
                    "role": "text",
                    "contenttype": "text/html",
                    "wordcount": 4,
                    "value": "<p>The boat is&nbsp;back",
                }
            ],
            "associations": [
                {"name": "main", "uri": "http://tna.example/items/8", "type": "picture"}
            ],
        }
    )
    assert shown(found) == [
        ("title", "Ferry sails again"),
        ("deck", "It is back."),
        ("byline", "NTB"),
        ("paragraph", "The boat is\xa0back"),
    ]
    with pytest.raises(NotArticle):
        items({"uri": "http://tna.example/8", "type": "picture", "renditions": [{"href": "x"}]})


def test_a_text_of_ninjs_that_has_a_description_alone_is_that() -> None:
    found = article(
        {
            "uri": "http://tna.example/items/9",
            "type": "text",
            "headlines": [{"role": "main", "value": "Ferry sails again"}],
            "descriptions": [{"role": "text", "contentType": "text/plain", "value": "It is back."}],
        }
    )
    assert shown(found) == [("title", "Ferry sails again"), ("paragraph", "It is back.")]


def test_ans_with_every_element_that_holds_copy() -> None:
    def text(content: str) -> dict[str, str]:
        return {"type": "text", "_id": "A", "content": content}

    found = article(
        {
            "_id": "QX7",
            "type": "story",
            "version": "0.10.9",
            "language": "en",
            "headlines": {"basic": "Ferry &amp; crew", "mobile": "Ferry"},
            "subheadlines": {"basic": "The boat is back"},
            "description": {"basic": "A summary for search engines."},
            "credits": {
                "by": [{"type": "author", "name": "Ann Holt", "org": "x"}],
                "photos_by": [],
            },
            "display_date": "2026-05-04T10:37:00Z",
            "content_elements": [
                text("The boat is <i>back</i>."),
                {"type": "header", "level": 3, "content": "Fares"},
                {
                    "type": "list",
                    "list_type": "unordered",
                    "items": [text("One"), {"type": "list", "items": [text("Two")]}],
                },
                {
                    "type": "quote",
                    "content_elements": [text("We waited.")],
                    "citation": text("Ole Brandt"),
                },
                {"type": "quote", "subtype": "pullquote", "content_elements": [text("We waited.")]},
                {"type": "image", "url": "x", "caption": "The quay", "credits": {}},
                {"type": "table", "header": [text("Fare")], "rows": [[text("9"), text("10")]]},
                {"type": "correction", "correction_type": "correction", "text": "It is 9."},
                {"type": "raw_html", "content": "<iframe></iframe>"},
                {"type": "interstitial_link", "content": "Also read", "url": "x"},
                {"type": "link_list", "items": [{"type": "interstitial_link", "content": "x"}]},
                {"type": "video", "headlines": {"basic": "Film"}},
                {"type": "divider"},
                {"type": "element_group", "content_elements": [text("At last.")]},
            ],
        }
    )
    assert shown(found) == [
        ("title", "Ferry & crew"),
        ("deck", "The boat is back"),
        ("byline", "Ann Holt"),
        ("paragraph", "The boat is back."),
        ("heading", "Fares"),
        ("list-item", "One"),
        ("list-item", "Two"),
        ("quote", "We waited."),
        ("quote", "Ole Brandt"),
        ("figure-caption", "The quay"),
        ("list-item", "Fare"),
        ("list-item", "9"),
        ("list-item", "10"),
        ("paragraph", "It is 9."),
        ("code", "\N{OBJECT REPLACEMENT CHARACTER}"),
        ("paragraph", "At last."),
    ]


def test_an_ans_feed_of_stories() -> None:
    story = {"type": "story", "_id": "Q1", "headlines": {"basic": "Rain"}}
    elements = [{"type": "text", "content": "It rains."}]
    feed = {
        "type": "results",
        "count": 2,
        "content_elements": [{**story, "content_elements": elements}, story],
    }
    found = items(feed)
    assert [each.part for each in found] == ["Q1", "Q1"]


def test_a_wordpress_post_with_an_excerpt_of_its_own() -> None:
    post = {
        "id": 12,
        "date": "2026-05-04T10:37:00",
        "guid": {"rendered": "http://x.example/?p=12"},
        "slug": "ferry",
        "status": "publish",
        "type": "post",
        "link": "http://x.example/ferry",
        "title": {"rendered": "Ferry &#8211; at last"},
        "content": {
            "rendered": "\n<p>The boat is back.</p>\n\n\n\n<p>It&#8217;s big.</p>\n",
            "protected": False,
        },
        "excerpt": {"rendered": "<p>Nine years, and one boat.</p>\n", "protected": False},
        "author": 3,
        "_links": {"self": [{"href": "x"}]},
    }
    assert shown(article(post)) == [
        ("title", "Ferry – at last"),
        ("deck", "Nine years, and one boat."),
        ("paragraph", "The boat is back."),
        ("paragraph", "It’s big."),
    ]
    made = {**post, "excerpt": {"rendered": "<p>The boat is [&hellip;]</p>"}}
    assert [kind for kind, _ in shown(article(made))] == ["title", "paragraph", "paragraph"]


def test_what_newsapi_cut_off_is_found() -> None:
    from newslint.engine import Linter

    value = {
        "status": "ok",
        "totalResults": 1,
        "articles": [
            {
                "source": {"id": None, "name": "Post"},
                "author": None,
                "title": "Ferry sails again",
                "description": "The boat is back on its route across the sound",
                "publishedAt": "2026-05-04T10:37:00Z",
                "content": "The boat is back on its route across the sound, the harbour master said on Monday… [+1234 chars]",
            }
        ],
    }
    data = json.dumps(value).encode()
    codes = [each.name for each in Linter().check_bytes(data, "everything.json").findings]
    assert codes == ["truncated-text"]


def test_json_ld_may_name_several_kinds_and_people() -> None:
    found = article(
        {
            "@context": "https://schema.org",
            "@type": ["Article", "NewsArticle"],
            "headline": "Rain",
            "alternativeHeadline": "And hail",
            "author": [{"@type": "Person", "name": "Ann Holt"}, "Ole Brandt"],
            "inLanguage": "da",
            "articleBody": "Det regner.",
        }
    )
    assert shown(found) == [
        ("title", "Rain"),
        ("deck", "And hail"),
        ("byline", "Ann Holt"),
        ("byline", "Ole Brandt"),
        ("paragraph", "Det regner."),
    ]
    assert found.language == "da"


def test_json_feed() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Post",
        "items": [
            {"id": "1", "title": "Rain", "content_html": "<p>It rains."},
            {"id": "2", "content_text": "Dry."},
        ],
    }
    found = items(feed)
    assert [each.part for each in found] == ["1", "2"]


# ---------------------------------------------------------------------- settings


def test_settings_name_the_keys() -> None:
    settings = Settings({"text": ("data.story",), "title": ("kop",), "id": ("nr",)})
    value = [{"nr": 5, "kop": "Rain", "title": "x", "data": {"story": "<p>It rains.</p>"}}]
    found = article(value, settings)
    assert shown(found) == [("title", "Rain"), ("paragraph", "It rains.")]
    assert found.part == "5"


def test_a_text_is_html_only_if_it_has_blocks() -> None:
    tagged = article(
        {"title": "Rain", "text": "A <b>bold</b> claim &amp; more.\n\nIt <i>rains</i>."}
    )
    assert [kind for kind, _ in shown(tagged)] == ["title", "paragraph", "paragraph"]
    assert "<b>" in tagged.text
    assert article({"text": "<p>A <b>bold</b> claim &amp; more."}).text == "A bold claim & more."


def test_a_comment_in_a_string_suppresses() -> None:
    from newslint.engine import Linter

    quoted = '<p>A ‘malign" pact</p>'
    value = {"text": f"<!-- newslint: disable=QUO101 -- réason -->{quoted}{quoted}"}
    for text in (json.dumps(value), json.dumps(value, ensure_ascii=False)):
        result = Linter().check_bytes(text.encode(), "a.json")
        assert [each.code for each in result.findings] == ["QUO101"]
        assert result.suppressed == 1
        assert result.findings[0].start > text.index("</p>")


# ---------------------------------------------------------------------- what is no article


@pytest.mark.parametrize(
    "text",
    [
        '{"name": "x", "version": "1.0", "dependencies": {"a": "^1"}}',
        '{"title": "Config", "type": "object", "properties": {}}',
        '{"compilerOptions": {"strict": true}, // a comment\n}',
        "[1, 2, 3]",
        "[]",
        "{}",
        '"text"',
        "",
        " \n",
        '{"items": [{"a": 1}], "content": {"en": "x"}}',
        '{"level": "info"}\n{"level": "error"}\n',
        '{"level": "info"} }',
    ],
)
def test_other_json_is_no_article(text: str) -> None:
    with pytest.raises(NotArticle):
        items(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"title": "Rain", "text": "It rains.}', "not JSON"),
        ('{"text": "It rains."} {"text": 1}', "more than one value"),
        ('[{"text": "It rains."}, {"x": 1}]', "a record needs “text” or “title”"),
    ],
)
def test_a_broken_article_is_a_fault(text: str, message: str) -> None:
    faults = [each for each in items(text) if isinstance(each, Fault)]
    assert len(faults) == 1
    assert message in faults[0].message


def test_what_is_no_number_is_named_in_its_place() -> None:
    text = '{"text": "It is \\"NaN\\".", "x": [1, {"a": -Infinity}]}'
    (fault,) = items(text)
    assert isinstance(fault, Fault)
    assert fault.message == "not JSON: -Infinity is not JSON; write null"
    assert fault.start == text.index("-Inf")


def test_lines_of_json_in_a_json_file() -> None:
    found = items('{"id": "a", "text": "One."}\n{"id": "b", "text": "Two."}\n')
    assert [each.part for each in found] == ["a", "b"]


# ---------------------------------------------------------------------- any input

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.just("<p>A <b>b&amp;</b>\u2028"),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(
            ["type", "title", "headline", "text", "body", "content", "rendered", "uri", "headlines", "value", "bodies",
             "content_elements", "@type", "articleBody", "author", "name", "items", "story", "newslint", "disable"]
        ),
        inner | st.sampled_from(["story", "text", "list", "NewsArticle"]),
        max_size=5,
    ),
    max_leaves=30,
)  # fmt: skip


@given(VALUES, st.booleans())
def test_any_json_has_spans_inside_itself(value: object, is_ascii: bool) -> None:
    text = json.dumps(value, ensure_ascii=is_ascii)
    try:
        found = list(reader.read(Source(text, "a.json")))
    except NotArticle:
        return
    for each in found:
        if isinstance(each, Fault):
            assert 0 <= each.start <= each.end <= len(text)
            continue
        for block in each.blocks:
            start, end = each.map.to_file(block.start, block.end)
            assert 0 <= start < end <= len(text)


def test_the_keys_that_the_settings_know_are_those_of_records() -> None:
    from newslint.fields import NAMES

    assert set(NAMES) >= {"text", "title", "id"}
    assert len(set(shapes.TEXT_KEYS)) == len(shapes.TEXT_KEYS)
