"""XML that news comes in: what is title, deck, byline and copy, how articles are named, what is left out."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint import fix
from newslint.article import Article
from newslint.engine import Linter
from newslint.finding import FileResult
from newslint.readers import Fault, NotArticle, Omitted, newsxml
from newslint.readers._feeds import as_posted
from newslint.source import Source


def items(text: str) -> list[Article | Fault | Omitted]:
    return list(newsxml.read(Source(text, "a.xml")))


def articles(text: str) -> list[Article]:
    return [item for item in items(text) if isinstance(item, Article)]


def blocks(article: Article) -> list[tuple[str, str]]:
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


def check(text: str | bytes, folder: Path) -> FileResult:
    path = folder / "a.xml"
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return Linter().check_path(str(path))


# ------------------------------------------------------------------ NITF


def nitf(content: str, head: str = "", before: str = "") -> str:
    return f"""<nitf>{before}<body><body.head>{head}</body.head>
<body.content>{content}</body.content><body.end/></body></nitf>"""


def test_nitf_has_the_parts_of_a_story() -> None:
    text = nitf(
        """<block><p lede="true">It <em>rains</em> in <location>Tarn</location>.</p><hl2>Why</hl2>
        <ul><li>a cloud</li><li><p>a wind</p></li></ul><bq><block><p>It falls.</p></block></bq>
        <media media-type="image"><media-reference source="q.jpg" alternate-text="x"/>
        <media-metadata name="n" value="v"/><media-caption>The quay</media-caption>
        <media-producer>Jon Ek</media-producer></media><pre>1  2</pre>
        <table><tr><td>Home</td><td>Away</td></tr></table></block>""",
        """<hedline><hl1>Rain</hl1><hl2>It will stay</hl2></hedline>
        <byline>By <person>Ada Brook</person><byttl>Weather desk</byttl></byline>
        <dateline><location>TARN</location></dateline><abstract><p>More of it.</p></abstract>""",
        '<head><title>rain-2nd-lead</title><docdata><doc-id id-string="n.7"/></docdata></head>',
    )
    (found,) = articles(text)
    assert blocks(found) == [
        ("title", "Rain"),
        ("deck", "It will stay"),
        ("byline", "By Ada Brook"),
        ("byline", "Weather desk"),
        ("dateline", "TARN"),
        ("deck", "More of it."),
        ("paragraph", "It rains in Tarn."),
        ("heading", "Why"),
        ("list-item", "a cloud"),
        ("list-item", "a wind"),
        ("quote", "It falls."),
        ("figure-caption", "The quay"),
        ("figure-caption", "Jon Ek"),
        ("code", "\N{OBJECT REPLACEMENT CHARACTER}"),
        ("list-item", "Home"),
        ("list-item", "Away"),
    ]
    assert (found.part, found.fields["id"], found.fields["title"]) == ("", "n.7", "Rain")


def test_the_title_of_the_document_stands_in_for_a_headline() -> None:
    (found,) = articles(nitf("<p>It rains.</p>", before="<head><title>Rain</title></head>"))
    assert blocks(found) == [("title", "Rain"), ("paragraph", "It rains.")]


def test_white_space_of_the_file_is_none_of_the_story() -> None:
    text = nitf("<p>\n   It rains\r\n   in <em> Tarn </em>\tnow<br/>\n  and then.\n</p>")
    (found,) = articles(text)
    assert blocks(found) == [("paragraph", "It rains in Tarn now\nand then.")]
    at = found.text.index("now")
    start, end = found.map.to_file(at, at + 3)
    assert text[start:end] == "now"


# ------------------------------------------------------------------ NewsML-G2


def item(guid: str, content: str, meta: str = "<headline>Rain</headline>") -> str:
    return f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{guid}" xml:lang="de">
<itemMeta><versionCreated>2026-05-04</versionCreated><title>slug</title><edNote>Not copy</edNote></itemMeta>
<contentMeta>{meta}</contentMeta><contentSet>{content}</contentSet></newsItem>"""


def message(*parts: str) -> str:
    return f"<newsMessage><header/><itemSet>{''.join(parts)}</itemSet></newsMessage>"


PLAIN = '<inlineData contenttype="text/plain">It rains in Tarn, they say.</inlineData>'


def test_a_message_holds_an_article_for_each_item() -> None:
    found = articles(message(item("a", PLAIN), item("b", PLAIN)))
    assert [each.part for each in found] == ["a", "b"]
    (alone,) = articles(item("a", PLAIN))
    assert (alone.part, alone.fields["id"], alone.declared_language) == ("", "a", "de")


def test_meta_data_is_the_head_and_a_picture_has_a_caption() -> None:
    meta = """<headline>Rain</headline><by>Ada Brook</by><slugline>RAIN</slugline>
<description role="drol:summary">It will stay.</description><language tag="en-GB"/>"""
    (story,) = articles(item("a", PLAIN, meta))
    assert blocks(story) == [
        ("title", "Rain"),
        ("byline", "Ada Brook"),
        ("deck", "It will stay."),
        ("paragraph", "It rains in Tarn, they say."),
    ]
    assert story.declared_language == "en"
    (picture,) = articles(item("p", '<remoteContent href="q.jpg"/>', meta))
    assert blocks(picture)[-1] == ("figure-caption", "It will stay.")


def test_the_head_of_the_story_itself_goes_before_meta_data() -> None:
    story = nitf("<p>It rains.</p>", "<hedline><hl1>Rain again</hl1></hedline>")
    (found,) = articles(item("a", f"<inlineXML>{story}</inlineXML>"))
    assert blocks(found) == [("title", "Rain again"), ("paragraph", "It rains.")]


def test_of_several_renditions_one_is_read() -> None:
    xhtml = '<inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><p>It rains.</p></body></html></inlineXML>'
    (found,) = articles(item("a", PLAIN + xhtml))
    assert blocks(found)[1:] == [("paragraph", "It rains.")]


def test_packed_text_is_a_fault_with_a_remedy() -> None:
    packed = '<inlineData contenttype="text/plain" encoding="encd:base64">SXQ=</inlineData>'
    found = items(message(item("a", packed), item("b", PLAIN)))
    assert isinstance(found[0], Fault)
    assert (found[0].part, "unpack" in found[0].message) == ("a", True)
    assert isinstance(found[1], Article)


# ------------------------------------------------------------------ feeds


def rss(*parts: str) -> str:
    return f"""<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:wp="http://wordpress.org/export/1.2/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Site</title><language>en-GB</language>
<description>Not copy</description><image><title>Not copy</title></image>{"".join(parts)}</channel></rss>"""


def test_a_description_is_the_deck_of_a_full_text_and_else_the_text() -> None:
    full = "<content:encoded><![CDATA[<p>It rains.</p>]]></content:encoded>"
    deck = "<description>It will &lt;b&gt;stay&lt;/b&gt;.</description>"
    both, alone = articles(
        rss(
            f"<item><title>Rain</title>{deck}{full}</item>",
            f"<item><title>Rain</title><guid>g</guid>{deck}</item>",
        )
    )
    assert blocks(both) == [
        ("title", "Rain"),
        ("deck", "It will stay."),
        ("paragraph", "It rains."),
    ]
    assert blocks(alone) == [("title", "Rain"), ("paragraph", "It will stay.")]
    assert (both.part, alone.part) == ("1", "g")
    assert (both.language, both.fields["title"]) == ("en", "Rain")


@pytest.mark.parametrize(
    "cut", ["It rains in Tarn […]", "<p>It rains in&hellip;</p>", "It rains in ..."]
)
def test_a_description_cut_from_the_text_is_no_deck(cut: str) -> None:
    full = "<content:encoded><![CDATA[<p>It rains in <b>Tarn</b> again.</p>]]></content:encoded>"
    (found,) = articles(rss(f"<item><description><![CDATA[{cut}]]></description>{full}</item>"))
    assert blocks(found) == [("paragraph", "It rains in Tarn again.")]


def test_a_description_may_leave_captions_out() -> None:
    full = "<p>It rains in Tarn again.</p><figure><figcaption>The lake</figcaption></figure><p>It will stay wet for days.</p>"
    content = f"<content:encoded><![CDATA[{full}]]></content:encoded>"

    def kinds(deck: str) -> list[str]:
        (found,) = articles(rss(f"<item><description>{deck}</description>{content}</item>"))
        return [kind for kind, _ in blocks(found)]

    assert "deck" not in kinds("It rains in Tarn again. It will stay wet for [&#8230;]")
    assert "deck" not in kinds("It rains in Tarn again. It will stay wet for days.")
    assert "deck" not in kinds("It will stay wet for [&#8230;]")
    assert "deck" in kinds("It will stay wet for days.")
    assert "deck" in kinds("It rains in Tarn again, and the roads are wet.")


def test_a_namespace_counts_and_not_its_prefix() -> None:
    text = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:a="http://www.w3.org/2005/Atom">
<a:entry><a:title>Rain</a:title><a:id>e</a:id><a:content>It rains.</a:content></a:entry></feed>"""
    (found,) = articles(text)
    assert blocks(found) == [("title", "Rain"), ("paragraph", "It rains.")]
    full = '<item xmlns:c="http://purl.org/rss/1.0/modules/content/"><c:encoded>It rains.</c:encoded></item>'
    assert blocks(articles(rss(full))[0]) == [("paragraph", "It rains.")]


def test_an_entry_whose_content_stands_elsewhere_has_its_summary() -> None:
    text = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>e</id><content src="http://x.example"/>
<summary type="html">It &lt;i&gt;rains&lt;/i&gt;.</summary></entry></feed>"""
    assert blocks(articles(text)[0]) == [("paragraph", "It rains.")]


def test_feeds_of_a_feed_generator() -> None:
    feedgen = pytest.importorskip("feedgen.feed")
    feed = feedgen.FeedGenerator()
    feed.id("http://news.example/")
    feed.title("The Tarn Post")
    feed.link(href="http://news.example/")
    feed.description("News of Tarn")
    feed.language("en")
    for number in (1, 2):
        entry = feed.add_entry(order="append")
        entry.id(f"http://news.example/{number}")
        entry.title(f"Fish & chips {number}")
        entry.author(name="Ada Brook", email="ada@news.example")
        entry.summary("It will stay.")
        entry.content("<p>It rains &amp; pours.</p><p>Still.</p>", type="CDATA")
        entry.published(datetime.datetime(2026, 5, 4, tzinfo=datetime.UTC))
    for made in (feed.atom_str(pretty=True), feed.rss_str(pretty=True)):
        first, second = articles(made.decode("utf-8"))
        assert (first.part, second.part) == ("http://news.example/1", "http://news.example/2")
        assert ("title", "Fish & chips 2") in blocks(second)
        copy = [words for kind, words in blocks(first) if kind == "paragraph"]
        assert copy == ["It rains & pours.", "Still."]


# ------------------------------------------------------------------ exports of WordPress


def post(content: str, kind: str = "post", status: str = "publish") -> str:
    return f"""<item><title>Rain</title><dc:creator><![CDATA[ada]]></dc:creator>
<content:encoded><![CDATA[{content}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>
<wp:post_id>7</wp:post_id><wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>
<wp:comment><wp:comment_content><![CDATA[Not copy]]></wp:comment_content></wp:comment></item>"""


def test_blank_lines_and_line_ends_of_a_post_mean_something() -> None:
    text = "One <b>very</b> bold\nline.\n\nTwo [sic] here.\r\n\r\n<ul>\n<li>item</li>\n</ul>\n<pre>a\n\nb</pre>\nEnd."
    (found,) = articles(rss(post(text)))
    assert blocks(found)[2:] == [
        ("paragraph", "One very bold\nline."),
        ("paragraph", "Two [sic] here."),
        ("list-item", "item"),
        ("code", "\N{OBJECT REPLACEMENT CHARACTER}"),
        ("paragraph", "End."),
    ]
    assert found.part == "7"


def test_calls_of_galleries_and_the_like_are_no_copy() -> None:
    text = '[caption id="a"]<img src="q.jpg"/> The quay[/caption]\n\nIt rains.[gallery ids="1,2"] [video]\n\nHe [laughs] said so.'
    (found,) = articles(rss(post(text)))
    assert blocks(found)[2:] == [
        ("figure-caption", "The quay"),
        ("paragraph", "It rains."),
        ("paragraph", "He [laughs] said so."),
    ]


def test_an_address_alone_on_its_line_is_a_player() -> None:
    text = "http://v.example/1\n\nIt rains.\n\n[embed width=3]http://v.example/2[/embed]\nhttp://v.example/3 says so.\n\nhttp://v.example/4"
    (found,) = articles(rss(post(text)))
    assert blocks(found)[2:] == [
        ("paragraph", "It rains."),
        ("paragraph", "http://v.example/3 says so."),
    ]


def test_an_address_between_tags_is_no_player() -> None:
    link = "&lt;p&gt;See &lt;a href='x'&gt;http://v.example/1&lt;/a&gt;.&lt;/p&gt;"
    text = post("").replace("<content:encoded><![CDATA[]]>", f"<content:encoded>{link}")
    (found,) = articles(rss(text))
    assert blocks(found)[2:] == [("paragraph", "See http://v.example/1.")]


@pytest.mark.parametrize("text", ["a{} b", "a\nhttp://v.example{} b", "a\n{}b"])
def test_a_long_run_of_spaces_in_a_post_takes_linear_time(text: str) -> None:
    copy = text.format(" " * 1_600_000)  # squares would take hours
    assert "".join(each[0] for each in as_posted([(copy, 0, len(copy))])).endswith("b")


def test_the_byline_of_an_export_is_the_name_that_readers_see() -> None:
    author = "<wp:author><wp:author_login>ada</wp:author_login><wp:author_display_name>Ada Brook</wp:author_display_name></wp:author>"
    source = rss(author, post("It rains."))
    (found,) = articles(source)
    assert blocks(found)[1] == ("byline", "Ada Brook")
    start, end = found.map.to_file(found.blocks[1].start, found.blocks[1].end)
    assert source[start:end] == "ada"
    (unknown,) = articles(rss(post("It rains.")))
    assert blocks(unknown)[1] == ("byline", "ada")


def test_what_in_an_export_is_no_article_is_counted(tmp_path: Path) -> None:
    text = rss(
        post("It rains."),
        post("A draft.", status="draft"),
        post("x", "attachment", "inherit"),
        post("x", "nav_menu_item"),
        post("x", status="trash"),
        "<item><guid>empty</guid></item>",
    )
    result = check(text, tmp_path)
    assert result.articles == 2
    assert dict(result.omitted) == {
        "entries of an export that are no posts or pages": 2,
        "posts in the bin or never saved": 1,
        "items without text": 1,
    }


# ------------------------------------------------------------------ all of them


def test_other_xml_is_no_article() -> None:
    for text in (
        "<project/>",
        "<svg><text>Hello</text></svg>",
        "<newsMessage><itemSet/></newsMessage>",
    ):
        with pytest.raises(NotArticle, match="news"):
            items(text)
    for text in ("", " \n"):
        with pytest.raises(NotArticle, match="an empty file"):
            items(text)


def test_a_fault_is_a_finding_and_the_text_behind_it_is_read(tmp_path: Path) -> None:
    bad = 'a ‘malign" pact'
    text = rss(
        f"<item><description>{bad} & one</description></item>", f"<item><title>{bad}</title></item>"
    )
    result = check(text, tmp_path)
    assert result.failed
    codes = [each.code for each in result.findings]
    assert codes.count("LNT001") == 1
    assert codes.count("QUO101") == 2
    (fault,) = [each for each in result.findings if each.code == "LNT001"]
    assert text[fault.start : fault.end] == "&"
    assert fault.part == ""


def test_entities_of_a_doctype_are_refused(tmp_path: Path) -> None:
    text = (
        '<!DOCTYPE rss [<!ENTITY x "y"><!ENTITY z "&x;&x;">]><rss><channel><item/></channel></rss>'
    )
    result = check(text, tmp_path)
    assert result.failed
    (finding,) = result.findings
    assert (finding.code, text[finding.start : finding.end]) == ("LNT001", '<!ENTITY x "y">')
    assert "save the file without" in finding.message


def test_the_encoding_of_the_declaration_holds(tmp_path: Path) -> None:
    text = '<?xml version="1.0" encoding="{}"?><nitf><body><body.content><p>Café, a ‘malign" pact.</p></body.content></body></nitf>'
    declared = check(text.format("windows-1252").encode("cp1252"), tmp_path)
    assert [each.code for each in declared.findings] == ["QUO101"]
    belied = check(text.format("iso-8859-1").encode("utf-8"), tmp_path)
    assert [each.code for each in belied.findings] == ["ENC101", "QUO101"]
    assert "XML declaration says iso8859-1" in belied.findings[0].message
    undeclared = check(text.format("utf-8").encode("cp1252"), tmp_path)
    assert "ENC101" in [each.code for each in undeclared.findings]


@pytest.mark.parametrize(
    ("written", "bad", "good"),
    [
        ("<description>&lt;p&gt;AT{}T&lt;/p&gt;</description>", "&amp;amp;amp;", "&amp;amp;"),
        ("<content:encoded><![CDATA[<p>AT{}T</p>]]></content:encoded>", "&amp;amp;", "&amp;"),
        ("<title><![CDATA[AT{}T]]></title>", "&amp;", "&"),
        ("<title>AT{}T</title>", "&amp;amp;", "&amp;"),
    ],
    ids=["escaped html", "html in cdata", "cdata", "xml"],
)
def test_a_fix_is_written_as_its_place_asks(
    written: str, bad: str, good: str, tmp_path: Path
) -> None:
    text = rss(f"<item>{written.format(bad)}</item>")
    fixes = [each.fix for each in check(text, tmp_path).findings if each.fix is not None]
    assert fix.apply(text, fixes) == rss(f"<item>{written.format(good)}</item>")


def test_comments_suppress_in_xml_and_in_html_inside_it() -> None:
    comment = "<!-- newslint: disable=QUO101 -- as printed -->"
    (outside,) = articles(nitf(f"<p>One.</p>{comment}<p>Two.</p><p>Three.</p>"))
    (directive,) = outside.directives
    assert outside.source.text[directive.scope_start : directive.scope_end] == "Two."
    html = f"<p>One.</p>{comment}<p>Two.</p><p>Three.</p>"
    (inside,) = articles(rss(f"<item><content:encoded><![CDATA[{html}]]></content:encoded></item>"))
    (directive,) = inside.directives
    assert "Two." in inside.source.text[directive.scope_start : directive.scope_end]
    assert "Three." not in inside.source.text[directive.scope_start : directive.scope_end]


def test_a_file_without_a_name_for_it_is_known_by_its_first_element(tmp_path: Path) -> None:
    path = tmp_path / "wire"
    path.write_text("<?xml version='1.0'?>\n<!-- x -->" + nitf('<p>a ‘malign" pact</p>'), "utf-8")
    assert [each.code for each in Linter().check_path(str(path)).findings] == ["QUO101"]


TOKENS = st.lists(
    st.sampled_from(
        [
            *"a b.&;<>/“\"\n]",
            "<p>", "</p>", "<hl1>", "</hl1>", "<br/>", "&amp;", "&lt;p&gt;", "&#8217;", "<![CDATA[", "]]>",
            "<item>", "</item>", "<title>", "</title>", "<description>", "</description>", "[caption]", "\n\n",
            "<content:encoded>", "</content:encoded>", "<!-- newslint: disable=QUO101 -->", "<pre>",
            "<nitf>", "<body>", "<body.content>", "<inlineXML>", "<html>", "<contentSet>", "<entry>", "<content>",
        ]
    ),
    max_size=40,
).map("".join)  # fmt: skip
FRAMES = st.sampled_from(
    ["{}", "<rss><channel><item>{}</item></channel></rss>", "<feed><entry>{}</entry></feed>",
     "<nitf><body><body.content>{}</body.content></body></nitf>",
     "<newsItem><contentSet><inlineXML>{}</inlineXML></contentSet></newsItem>"]
)  # fmt: skip


@settings(deadline=None)
@given(FRAMES, TOKENS)
def test_every_span_is_inside_the_file(frame: str, inner: str) -> None:
    text = frame.format(inner)
    try:
        found = items(text)
    except NotArticle:
        return
    for each in found:
        if isinstance(each, Fault):
            assert 0 <= each.start <= each.end <= len(text)
        elif isinstance(each, Article):
            last = 0
            for block in each.blocks:
                assert last <= block.start < block.end <= len(each.text)
                last = block.end
                start, end = each.map.to_file(block.start, block.end)
                assert 0 <= start <= end <= len(text)


@settings(deadline=None)
@given(st.binary(max_size=100), st.sampled_from([b"<rss><channel><item><title>", b"<nitf>", b""]))
def test_no_bytes_are_too_strange(data: bytes, before: bytes) -> None:
    result = Linter().check_bytes(before + data, "a.xml")
    assert result.path == "a.xml"
