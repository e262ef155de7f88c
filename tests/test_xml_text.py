"""XML with places: what another parser reads, each character where it stands, and faults that lose no text."""

from __future__ import annotations

from xml.parsers import expat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.xml_text import Comment, Element, Problem, elements, root_name


def parsed(text: str) -> tuple[Element | None, list[Problem]]:
    """The first element of a text, and what is wrong with it."""
    found = list(elements(text, lambda element: element.parent is None))
    roots = [each for each in found if isinstance(each, Element)]
    return (roots[0] if roots else None), [each for each in found if isinstance(each, Problem)]


def shown(text: str) -> list[tuple[str, str]]:
    """Each piece of text with how it is written."""
    root, _ = parsed(text)
    assert root is not None
    return [(piece, text[start:end]) for piece, start, end in root.pieces()]


def test_every_piece_of_text_has_its_place() -> None:
    text = (
        '<?xml version="1.0"?><!DOCTYPE r SYSTEM "r.dtd"><!-- no --><r a="1>2">A &amp; <b>b&#233;&#x1F600;</b>'
        "<![CDATA[<c> & ]] >]]></r>\n"
    )
    assert shown(text) == [
        ("A ", "A "),
        ("&", "&amp;"),
        (" ", " "),
        ("b", "b"),
        ("é", "&#233;"),
        ("😀", "&#x1F600;"),
        ("<c> & ]] >", "<c> & ]] >"),
    ]
    assert parsed(text)[1] == []


def test_attributes_prefixes_and_namespaces() -> None:
    root, problems = parsed(
        "<x:r xmlns:x='http://a.example' xmlns=\"http://b.example\" x:k='a&quot;b' k = '2'><s xml:lang='de'/></x:r>"
    )
    assert root is not None
    assert (root.name, root.prefix, root.namespace) == ("r", "x", "http://a.example")
    assert (root.get("x:k"), root.get("k"), root.get("none")) == ('a"b', "2", "")
    inner = root.first("s")
    assert inner is not None
    assert (inner.namespace, inner.get("xml:lang")) == ("http://b.example", "de")
    assert not problems


@pytest.mark.parametrize(
    ("text", "piece", "said"),
    [
        ("<r><p>One</p><p>Two & three</p></r>", "&", "begins no reference"),
        ("<r><p>One</p><p>a < b</p></r>", "<", "begins no tag"),
        ("<r><p>One<p>Two</p></r>", "</r>", "stands where </p> should"),
        ("<r><p>One</p></p><p>Two</p></r>", "</p>", "ends no element"),
        ("<r><p class=x>One</p><p>Two</p></r>", "<p class=x>", "in quotes"),
        ("<r>One &nbsp; Two</r>", "&nbsp;", "is not defined"),
        ("<r>One &#0; Two</r>", "&#0;", "no character that XML can hold"),
        ("<r>One \x01 Two</r>", "\x01", "U+0001"),
        ("<r>One Two", "<r>", "has no end"),
        ("<r>One<![CDATA[Two</r>", "A[", "does not end with ]]>"),
        ("<r>One Two</r><r>Three</r>", "<r>", "a second element"),
        ("<r>One Two</r> Three", "T", "outside of all elements"),
    ],
)
def test_a_fault_has_its_place_and_no_text_is_lost(text: str, piece: str, said: str) -> None:
    root, problems = parsed(text)
    (problem,) = problems
    assert text[problem.start : problem.end] == piece
    assert said in problem.message
    assert root is not None
    assert "One" in root.said()
    assert "Two" in root.said() or "<![CDATA[" not in text


@pytest.mark.parametrize(
    "subset",
    [
        '<!ENTITY a "b">',
        '<!ENTITY % p SYSTEM "http://x.example/e"> %p;',
        '<!-- ] --><!ELEMENT r ANY><!ENTITY a SYSTEM "file:///etc/passwd">',
    ],
)
def test_definitions_of_entities_are_refused(subset: str) -> None:
    root, problems = parsed(f"<!DOCTYPE r [{subset}]><r>&a;</r>")
    assert root is None
    assert ["defines entities" in each.message for each in problems] == [True]


def test_an_external_dtd_is_not_read_and_may_define_what_html_knows() -> None:
    text = '<!DOCTYPE r PUBLIC "-//X//DTD" "http://nowhere.invalid/x.dtd"><r>a&nbsp;b &own;</r>'
    root, problems = parsed(text)
    assert root is not None
    assert root.said() == "a\u00a0b &own;"
    assert not problems
    assert not parsed("<!DOCTYPE r [<!ELEMENT r ANY>]><r>a</r>")[1]


def test_comments_for_newslint_come_between_the_elements() -> None:
    text = "<r><!-- other --><i>1</i><!-- newslint: disable=QUO101 --><i>2</i></r>"
    found = list(elements(text, lambda element: element.name == "i"))
    assert [each.said() if isinstance(each, Element) else each.text for each in found] == [
        "1",
        "<!-- newslint: disable=QUO101 -->",
        "2",
    ]
    assert isinstance(found[1], Comment)
    assert text[found[1].start : found[1].end] == found[1].text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("<r/>", "r"),
        ('\ufeff <?xml version="1.0"?>\n<!-- < a > --><?pi > ?><x:r a="b">', "x:r"),
        ('<!DOCTYPE r [<!ENTITY a "<b>">]><r>', "r"),
        ("no <r/>", ""),
        ("<!DOCTYPE", ""),
        ("", ""),
    ],
)
def test_the_first_element_says_what_a_document_is(text: str, name: str) -> None:
    assert root_name(text) == name


XML = st.recursive(
    st.text(st.sampled_from("ab é\n]>"), max_size=5).map(
        lambda text: text.replace("&", "&amp;").replace("]]>", "]]")
    )
    | st.sampled_from(
        ["&lt;", "&#233;", "&#x1F600;", "<![CDATA[<x>&]]>", "<!-- <n> -->", "<?a b?>"]
    ),
    lambda inner: st.tuples(
        st.sampled_from(["p", "x:q", "r-1"]),
        st.sampled_from(["", ' a="1"', " b='&gt;'", ' c = "é"']),
        st.lists(inner, max_size=4),
    ).map(lambda made: f"<{made[0]}{made[1]}>{''.join(made[2])}</{made[0]} >"),
    max_leaves=20,
)


@given(XML.map(lambda inner: f"<r>{inner}</r>".replace("]]>]", "]]>")))
def test_sound_xml_says_what_another_parser_reads(text: str) -> None:
    said: list[str] = []
    names: list[str] = []
    parser = expat.ParserCreate()
    parser.CharacterDataHandler = said.append
    parser.StartElementHandler = lambda name, _: names.append(name)
    try:
        parser.Parse(text, True)
    except expat.ExpatError:
        return  # “]]>” came about between two parts
    root, problems = parsed(text)
    assert root is not None
    assert not problems
    assert root.said() == "".join(said)
    ours = [root]
    for each in ours:
        ours += each
    assert sorted(f"{e.prefix}:{e.name}".lstrip(":") for e in ours) == sorted(names)


TOKENS = st.lists(
    st.sampled_from(
        [
            *"a&;<>/='\"\n#x1]-!?[",
            "<r>",
            "</r>",
            "<a b='c'>",
            "<![CDATA[",
            "]]>",
            "<!--",
            "-->",
            "&amp;",
        ]
    ),
    max_size=40,
).map("".join)


@given(TOKENS | st.text(max_size=40))
def test_no_text_is_too_strange(text: str) -> None:
    for found in elements(text, lambda element: element.name != "a"):
        assert 0 <= found.start <= found.end <= len(text)
        if isinstance(found, Element):
            for said, start, end in found.pieces():
                assert found.inside <= start < end <= max(found.inside_end, start + 1)
                assert said


@given(TOKENS)
def test_what_another_parser_refuses_has_a_fault(text: str) -> None:
    document = f"<r>{text}</r>"
    parser = expat.ParserCreate()
    try:
        parser.Parse(document, True)
    except expat.ExpatError as error:
        lenient = "]]>" in text or "--" in text or "duplicate" in str(error) or "xml" in text
        if not lenient:
            assert parsed(document)[1]


@pytest.mark.parametrize(
    "text",
    [
        "<a " * 50000,
        "<a>" * 50000,
        "&" * 100000,
        "<a b='" * 50000,
        "<!DOCTYPE " * 50000,
        "<r>" + "<!-- " * 50000,
        "<r>" + "</b>" * 50000,
        "<" * 100000,
        "<!DOCTYPE r [" + '"' * 50000,
        "<!-- -" * 50000,
        "<r>" + "<![CDATA[ ]]" * 50000,
    ],
    ids=lambda text: text[:9],
)
def test_hostile_text_is_read_in_linear_time(text: str) -> None:
    assert parsed(text)[1]
    root_name(text)
