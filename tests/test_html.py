"""HTML: which words it shows, as which blocks, and where each of them stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newslint
from newslint.article import OBJECT, Article
from newslint.readers import NotArticle, html
from newslint.source import Source
from steps import steps


def article(text: str) -> Article:
    (found,) = html.read(Source(text, "a.html"))
    return found


def shown(text: str) -> list[tuple[str, str]]:
    found = article(text)
    return [(block.kind, found.text[block.start : block.end]) for block in found.blocks]


def words(text: str) -> list[str]:
    return [each for _, each in shown(text)]


def test_a_fragment_is_copy_from_end_to_end() -> None:
    text = (
        '<h1>Rain</h1>\n<p class="standfirst">It pours.</p><p>By Ann Holt</p>\n<h2>Hail</h2><p>One.<ul>'
        "<li>Two<li>Three</ul><blockquote><p>Four.</blockquote><figure><img src=a><figcaption>Five"
        "</figcaption></figure><pre>6</pre><table><tr><td>7<td>8</table>"
    )
    assert shown(text) == [
        ("title", "Rain"),
        ("deck", "It pours."),
        ("byline", "By Ann Holt"),
        ("heading", "Hail"),
        ("paragraph", "One."),
        ("list-item", "Two"),
        ("list-item", "Three"),
        ("quote", "Four."),
        ("figure-caption", "Five"),
        ("code", OBJECT),
        ("list-item", "7"),
        ("list-item", "8"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>Fri<b>day</b> and Mon<a href=x>day</a></p>", ["Friday and Monday"]),
        ("<p>one<div>two</div>three", ["one", "two", "three"]),
        ("<p>one<br>two<br/>\n three</p>", ["one\ntwo\nthree"]),
        ("<p>one<br><br>two</p>", ["one", "two"]),
        ("<p>one<wbr>two&shy;three&#8203;four</p>", ["onetwothreefour"]),
        ("<p>a\n\t b&nbsp;&nbsp;c  </p>", ["a b\xa0\xa0c"]),
        (
            "<p>&lt;p&gt; &amp;amp; &#146; &copy 2026 &nosuch; R&D</p>",
            ["<p> &amp; ’ © 2026 &nosuch; R&D"],
        ),
        ("<p>har\u00adbour <a href=x>of\u00adfice</a></p>", ["harbour office"]),
        (
            "<p><span class='u-visually-hidden'>Image</span>one <span class='hidden-x'>two</span>",
            ["one two"],
        ),
        ("<p>one<span class=sr-only>two", ["onetwo"]),
        ("<p>one&#10;two&Tab;three</p>", ["one two three"]),
        ("<p>5 < 6 and <3 & more</p>", ["5 < 6 and <3 & more"]),
        ("<p>see <code>a &lt; b</code> here</p>", [f"see {OBJECT} here"]),
        ("<p><img src=a>see <img src=b> here<img src=c></p>", [f"see {OBJECT} here"]),
        ("<p title='a > b' data-x=it's>one</p>", ["one"]),
        ("<p <b>one</b>", ["one"]),
        ("one <a href='b", ["one <a href='b"]),
        (
            "<script>var a = '<p>no</p>'</script><style>p{}</style><template><p>no</p></template>yes",
            ["yes"],
        ),
        ("<p>yes<!-- no --><!-- no<p>no", ["yes"]),
        ("<p><![CDATA[a < b]]></p>", ["a < b"]),
        ("<p>one<!a <b> two</?c>three</p>", ["one twothree"]),
        ("<p>one</P><P>two</p>", ["one", "two"]),
        ("</div></p>one<p></span>two</div>three", ["one", "two", "three"]),
        ("<svg><title>no</title></svg>yes<noscript>no</noscript>", ["yes"]),
        ("<o:p>one</o:p> two<custom-tag>three</custom-tag>", ["one two", "three"]),
        ("one\n\ntwo\nthree\n\n\nfour", ["one", "two three", "four"]),
        ("<p>one\n\ntwo</p>", ["one two"]),
        ("<p>&nbsp;</p><p> </p><p></p>", []),
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>He said <q>no</q>.", ['He said "no".']),
        ("<p>“So.” He said <q>no, <q>never</q></q>.", ["“So.” He said “no, ‘never’”."]),
        ("<p>„So.“ Er sagte <q>nein</q>.", ["„So.“ Er sagte „nein“."]),
        ("<p>He said <q>“no”</q>.", ["He said “no”."]),
        ("<p>He said <q>no.<p>And went.</q>", ['He said "no."', "And went."]),
        ("<p>An empty <q></q> one</p>", ["An empty one"]),
    ],
)
def test_the_marks_of_a_quotation_are_those_that_the_text_uses(
    text: str, expected: list[str]
) -> None:
    found = [" ".join(each.split()) for each in words(text)]
    assert found == expected
    assert not [f.code for f in newslint.lint_text(text, path="a.html", select=["QUO"])]


def test_a_place_is_that_of_the_reference_or_the_letter() -> None:
    text = '<p>Caf&eacute; of\n a <b>&lsquo;mal</b>ign" pact</p>'
    (finding,) = newslint.lint_text(text, path="a.html", select=["QUO101"])
    assert text[finding.start : finding.end] == '&lsquo;mal</b>ign"'
    assert (finding.start_position.line, finding.start_position.column) == (2, 7)


def test_a_fix_never_reaches_over_a_tag() -> None:
    text = "<p>At the CafÃ© and at the Caf&Atilde;&copy;</p><p>At the CafÃ<b>©</b> too</p>"
    found = newslint.lint_text(text, path="a.html", select=["ENC102"])
    edits = [
        [(text[edit.start : edit.end], edit.new) for edit in each.fix.edits] if each.fix else []
        for each in found
    ]
    assert edits == [[("Ã©", "é")], [("&Atilde;&copy;", "é")], []]


def test_a_fix_is_escaped() -> None:
    from newslint.finding import Swap

    found = article("<p>one two</p>")
    edit = found.map.edit(Swap(0, 3, "<&>"))
    assert edit is not None
    assert (edit.start, edit.end, edit.new) == (3, 6, "&lt;&amp;&gt;")


# ---------------------------------------------------------------------- pages

STORY = (
    "<p>The mayor opened the bridge on Monday, and the band that had waited for nine years played on it.</p>"
    "<p>Nobody asked what it cost, and nobody said, so that the figure will stay with those who know.</p>"
)
FURNITURE = (
    "<p>Subscribe to our newsletter and get the best of the week in your inbox, every Sunday.</p>"
)


def page(body: str, head: str = "") -> str:
    return f'<!doctype html><html lang="en-GB"><head><title>A | B</title>{head}</head><body>{body}</body></html>'


@pytest.mark.parametrize(
    "body",
    [
        f"<nav>{FURNITURE}</nav><article><h1>Bridge</h1>{STORY}</article><div>{FURNITURE}</div>",
        f"<div>{FURNITURE}</div><main><h1>Bridge</h1>{STORY}</main>",
        f"<h1>Bridge</h1><div>{FURNITURE}</div><div itemprop='articleBody'>{STORY}</div>{FURNITURE}",
        f"<div class=top>{FURNITURE}</div><div class=wrap><h1>Bridge</h1><div>{STORY}</div></div>",
        f"<article><h1>Bridge</h1>{STORY}<aside>{FURNITURE}</aside><footer>{FURNITURE}</footer></article>",
        f"<article><h1>Bridge</h1>{STORY}<div class='newsletter-signup'>{FURNITURE}</div></article>",
        f"<div class=wrap><h1>Bridge</h1><div property='x:articleBody'>{STORY}</div></div>{FURNITURE * 9}",
        f"<article><h1>Bridge</h1>{STORY}<div style='visibility: hidden'>{FURNITURE}</div></article>",
        f"<article><h1>Bridge</h1>{STORY}<div class='screen-reader-text'>{FURNITURE}</div></article>",
        f"<form><article><h1>Bridge</h1>{STORY}<p><a href=x>Read more: another</a></p></article></form>",
        f"<article><a href=/c>City</a><h1>Bridge</h1>{STORY}</article>"
        + "<article><h2><a href=x>Another story</a></h2><p>In short.</p></article>" * 5,
    ],
    ids=[
        "article",
        "main",
        "itemprop",
        "density",
        "aside",
        "class",
        "property",
        "hidden",
        "unseen",
        "form",
        "teasers",
    ],
)
def test_the_story_of_a_page(body: str) -> None:
    found = shown(page(body))
    assert [kind for kind, _ in found] == ["title", "paragraph", "paragraph"]
    assert found[0][1] == "Bridge"
    assert article(page(body)).language == "en"


def test_a_story_beside_many_teasers() -> None:
    teasers = (
        "<article><h3><a href=x>Another story</a></h3><p>In short, it rained.</p></article>" * 6
    )
    body = f"<div><h1>Bridge</h1><div>{STORY}</div></div><div>{teasers}</div>"
    assert [kind for kind, _ in shown(page(body))] == ["title", "paragraph", "paragraph"]


def test_a_story_in_several_parts() -> None:
    parts = "".join(f"<div class=step><div>{STORY}</div></div>" for _ in range(3))
    body = f"<div class=wrap><h1>Bridge</h1>{parts}</div><div>{FURNITURE}</div>"
    assert [kind for kind, _ in shown(page(body))] == ["title", *["paragraph"] * 6]


def test_what_a_page_puts_into_its_story() -> None:
    body = (
        "<article><header><span class='cat-links'><a href=x>News</a></span><h1>Bridge</h1>"
        "<div class='entry-meta'>Posted on <time>4 May</time> by <span class='byline'>Ann Holt</span></div></header>"
        f"<div class='entry-content with-share-bar'><div class='x-sharing-on'><h3>Share this:</h3></div>{STORY}"
        "<h2>The cost</h2><p><b>Read more:</b> <a href=x>Ten things about bridges</a></p>"
        "<p>It was <a href=y>reported last week</a>.</p>"
        "<div><h3>Related</h3><ul><li><a href=x>Another</a></ul></div></div></article>"
    )
    assert shown(page(body))[3:] == [
        ("heading", "The cost"),
        ("paragraph", "It was reported last week."),
    ]


def test_a_page_that_is_laid_out_by_a_table() -> None:
    story = STORY.replace("<p>", "").replace("</p>", "<br><br>")
    body = f"<table><tr><td><a href=a>Home</a><br><a href=b>News</a><td><b>Bridge</b><br><br>{story}</table>"
    assert [kind for kind, _ in shown(page(body))] == ["paragraph"] * 3


def test_the_data_of_a_page_tell_where_its_story_is() -> None:
    plain = " ".join(part.rstrip("</p>") for part in STORY.split("<p>") if part)
    data = (
        '<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": '
        f'"NewsArticle", "headline": "Bridge", "author": {{"name": "Ann Holt"}}, "articleBody": "{plain}"}}]}}</script>'
    )
    longer = FURNITURE * 3
    text = page(f"<div><div>{longer}</div><div><h1>Bridge</h1>{STORY}</div></div>", data)
    assert [kind for kind, _ in shown(text)] == ["title", "paragraph", "paragraph"]
    assert article(text).fields["byline"] == "Ann Holt"


def test_what_stands_above_the_story_belongs_to_it_if_markup_says_so() -> None:
    body = (
        "<header><p>Weather: sunny, with some rain in the evening hours, and windy.</p></header>"
        "<h1>Bridge</h1><p class='deck'>After nine years.</p><p>Jump to the comments of this page, all of them.</p>"
        "<div class='c-byline'>By <a rel='author' href=x>Ann Holt</a></div><time>4 May</time>"
        f"<div class='story'>{STORY}</div>"
    )
    assert [kind for kind, _ in shown(page(body))] == [
        "title",
        "deck",
        "byline",
        "paragraph",
        "paragraph",
    ]


def test_a_dash_and_a_by_in_front_of_a_byline_are_no_copy() -> None:
    body = (
        "<main><h1>Bridge</h1><div><time>4 May</time><p>—</p><p>by</p>"
        f"<div class='x-author-name'><a href=x>Ann Holt</a></div></div>{STORY}<p>***</p><p>End.</p></main>"
    )
    kinds = [kind for kind, _ in shown(page(body))]
    assert kinds[:4] == ["title", "byline", "paragraph", "paragraph"]
    assert [words for _, words in shown(page(body))][-2:] == ["***", "End."]


def test_data_may_point_to_the_author() -> None:
    data = (
        '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "author": [{"@id": "#a"}, '
        '{"@id": "#b"}, {"@id": "#none"}]}, {"@id": "#a", "name": "Ann Holt"}, {"@id": "#b", "name": ["Ole", 4]}, '
        '{"@id": 7}, {"@id": ["x"], "name": "x"}]}</script>'
    )
    found = article(page(f"<article><h1>Bridge</h1>{STORY}</article>", data))
    assert found.fields["byline"] == "Ann Holt, Ole"


def test_a_page_without_a_headline_has_that_of_its_head() -> None:
    head = '<meta property="og:title" content="Rain &amp; hail">'
    text = page(f"<article>{STORY}</article>", head)
    found = article(text)
    assert found.title is not None
    assert found.text[found.title.start : found.title.end] == "Rain & hail"
    start, end = found.map.to_file(found.title.start, found.title.end)
    assert text[start:end] == "Rain &amp; hail"


@pytest.mark.parametrize(
    "head",
    ['<meta property="og:title" data-content="x">', '<meta name="content" property="og:title">',
     '<meta property="og:title" content>', '<meta property="og:title" content="">', '<meta content="x">'],
)  # fmt: skip
def test_a_head_that_says_nothing_is_passed_over(head: str) -> None:
    assert article(page(f"<article>{STORY}</article>", head)).title is None


def test_a_small_page_is_read_all() -> None:
    assert words(page("<p>It rains.</p><p>It pours.</p>")) == ["It rains.", "It pours."]


@pytest.mark.parametrize(
    "text",
    [
        "{% extends 'base.html' %}<p>{{ title }}</p>",
        '{{ define "main" }}<h1>{{ .Title }}</h1>{{ end }}',
        "<?php echo 1 ?><p>x</p>",
        page("".join(f"<article><h2>Story {n}</h2>{STORY}</article>" for n in range(6))),
    ],
    ids=["jinja", "go", "php", "front page"],
)
def test_what_is_no_article(text: str) -> None:
    with pytest.raises(NotArticle):
        article(text)


def test_a_template_inside_a_script_does_not_make_one_of_the_page() -> None:
    script = (
        "<script type='text/template'><% each(function() { %>{{#if x}}<b>{{x}}</b>{{/if}}</script>"
    )
    assert [kind for kind, _ in shown(page(script + STORY))] == ["paragraph", "paragraph"]


def test_a_caption_beside_its_picture_is_no_residue() -> None:
    caption = "Photo: Ann Holt/Reuters"
    figure = f"<p>It rains.</p><figure><img src=a><figcaption>{caption}</figcaption></figure>"
    assert newslint.lint_text(figure, path="a.html", select=["RES"]) == []
    lone = f"<p>It rains.</p><p>{caption}</p>"
    assert [f.code for f in newslint.lint_text(lone, path="a.html", select=["RES"])] == ["RES116"]


# ---------------------------------------------------------------------- suppressions


@pytest.mark.parametrize(
    ("text", "covered", "not_covered"),
    [
        ("<!-- newslint: disable=QUO --><p>One</p><p>Two</p>", "One", "Two"),
        (
            "<p>Zero</p>\n<!-- newslint: disable=QUO -->\n<div><p>One</p><p>Two</p></div><p>Three</p>",
            "Two",
            "Three",
        ),
        ("<p>One <!-- newslint: disable=QUO --> here</p><p>Two</p>", "One", "Two"),
        ("<!-- newslint: disable=QUO -->One<p>Two</p>", "One", "Two"),
        (
            "<p>Zero</p><!-- newslint: disable=QUO --><p>One</p><!-- newslint: enable=QUO --><p>Two</p>",
            "One",
            "Two",
        ),
        ("<p>Zero</p><p>One</p><!-- newslint: disable-file=QUO -->", "Zero", ""),
    ],
)
def test_a_comment_covers(text: str, covered: str, not_covered: str) -> None:
    (directive,) = article(text).directives
    scope = text[directive.scope_start : directive.scope_end]
    assert covered in scope
    assert not not_covered or not_covered not in scope


# ---------------------------------------------------------------------- hostile input

SOUP = st.lists(
    st.sampled_from(
        [*"ab <>&;/='\"-!?\n\t“”.:#", "&amp;", "&#x", "<b>", "</b>", "<p>", "</p>", "<q>", "</q>", "<br>", "<!--",
         "-->", "<![CDATA[", "]]>", "<script>", "</script>", "<li>", "<ul>", "</ul>", "<td>", "<table>", "<a href=x>",
         "</a>", "<h1>", "<article>", "</article>", "<body>", "<html>", "<time>", "<p class='byline'>", "<pre>", "<code>",
         "</code>", "<img>", "<!-- newslint: disable=QUO -->", '<meta property="og:title" content="a&amp;b">']
    ),
    max_size=80,
).map("".join)  # fmt: skip


@given(SOUP)
def test_every_span_stands_for_a_place_inside_the_file(text: str) -> None:
    for item in html.read(Source(text, "a.html")):
        last = 0
        for block in item.blocks:
            assert last <= block.start < block.end <= len(item.text)
            last = block.end
            for at in range(block.start, block.end):
                start, end = item.map.to_file(at, at + 1)
                assert 0 <= start <= end <= len(text)
                if item.text[at] in "ab" and end - start == 1:
                    assert text[start] == item.text[at]
        for directive in item.directives:
            assert 0 <= directive.scope_start <= directive.scope_end <= len(text)


SOUND = page(
    f'<nav><a href="/">Home</a></nav><article><h1>Rain</h1><p class="byline">By Ann</p><time datetime="2026-05-04">4 May'
    f"</time><figure><img alt=x><figcaption>A quay</figcaption></figure>{STORY}</article><footer>©</footer>",
    '<meta property="og:title" content="Rain &amp; hail"><meta name="author" content="Ann"><script '
    'type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Rain", "author": [{"@id": "#a"}]}, '
    '{"@id": "#a", "name": "Ann"}]}</script>',
)


@given(st.text(max_size=4), st.integers(0, len(SOUND)), st.integers(0, 30))
def test_a_damaged_page_is_read(put: str, at: int, gone: int) -> None:
    text = SOUND[:at] + put + SOUND[at + gone :]
    try:
        items = [*html.read(Source(text, "a.html"))]
    except NotArticle:
        return
    for item in items:
        for block in item.blocks:
            start, end = item.map.to_file(block.start, block.end)
            assert 0 <= start <= end <= len(text)


@given(st.text(st.sampled_from(list("ab <>&;\n")), max_size=60))
def test_no_word_outside_a_tag_is_lost(text: str) -> None:
    import re

    kept = re.sub(r"</?[a-z][^<>]*(>|(?=<))|<[!?/][^<>]*>?", "", text)
    seen = "".join(each.text for each in html.read(Source(text, "a.html")))
    assert [c for c in seen if c in "ab"] == [c for c in kept if c in "ab"]


PAGES = st.lists(
    st.sampled_from(
        ["a", "b", " ", "“", "’", "\n", "&amp;", "&lt;", "&nbsp;", "&eacute;", "&#8217;", "<!-- a -->", "<br>", "<img>",
         "<p>", "</p>", "<b>", "</b>", "<i class=x>", "</i>", "<a href='<b>'>", "</a>", "<div>", "</div>", "<li>",
         "<ul>", "</ul>", "<h2>", "</h2>", "<span title=\"a>b\">", "</span>", "<blockquote>", "</blockquote>"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@given(PAGES)
def test_the_letters_are_those_that_libxml2_shows(text: str) -> None:
    lxml = pytest.importorskip("lxml.html")
    text = f"<p>begin</p>{text}<p>end</p>"
    theirs = lxml.fragment_fromstring(text, create_parent=True).text_content()
    shown = article(text).text.replace(OBJECT, "")  # a picture is no letter
    assert "".join(shown.split()) == "".join(theirs.split())


@pytest.mark.parametrize(
    "piece",
    [
        "<a ", "<a b='", '<a ="<a "', "<", "&", "<!--", "<![CDATA[", "<script>", "<div>", "</div>", "<p>", "<li>",
        "<q>", "<table><tr><td>", "<b>a", "a<br>", "<ul><li>a", "<p class='byline'>a", "<a href=x>a<p>", "<article>",
        "<svg>", "<code>", "&amp", "{{ ", "<p itemprop=articleBody>a",
    ],
)  # fmt: skip
def test_reading_takes_work_in_proportion_to_the_text(piece: str) -> None:
    def cost(count: int) -> int:
        page = Source("<html>" + piece * count + "<p>The end.", "a.html")
        return steps(lambda: list(html.read(page)))

    cost(10)
    assert cost(2_000) < 11 * cost(200)
