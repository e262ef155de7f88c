"""Word and OpenDocument: paragraphs by number, styles, tracked changes, and files that cannot be opened."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint.article import Article
from newslint.engine import Linter
from newslint.readers import Fault, Omitted, office

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office", "text": "text", "style": "style", "table": "table", "draw": "drawing", "svg": "svg-compatible",
    }.items()
)  # fmt: skip


def zipped(parts: dict[str, str], compression: int = zipfile.ZIP_STORED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


def word(body: str, styles: str = "") -> bytes:
    return zipped(
        {
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            "word/styles.xml": f"<w:styles {W}>{styles}</w:styles>",
        }
    )


def open_document(body: str, styles: str = "") -> bytes:
    head = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    text = f"<office:body><office:text>{body}</office:text></office:body>"
    content = f"<office:document-content {ODF}>{head}{text}</office:document-content>"
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def items(data: bytes) -> list[Article | Fault | Omitted]:
    return list(office.stream(io.BytesIO(data), "a.docx"))


def article(data: bytes) -> Article:
    (found,) = items(data)
    assert isinstance(found, Article)
    return found


def blocks(found: Article) -> list[tuple[str, str, int]]:
    """Kind, words and number of the paragraph of each block."""
    return [
        (
            block.kind,
            found.text[block.start : block.end],
            found.source.position(found.map.to_file(block.start, block.end)[0]).line,
        )
        for block in found.blocks
    ]


def run(text: str, more: str = "") -> str:
    return f'<w:r>{more}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(text: str, style: str = "") -> str:
    settings_of = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{settings_of}{run(text)}</w:p>"


def test_styles_of_word_are_known_by_their_names_and_by_what_they_are_based_on() -> None:
    styles = """<w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:styleId="b2"><w:name w:val="heading 2"/></w:style>
<w:style w:styleId="Zitat"><w:name w:val="House quote"/><w:basedOn w:val="q"/></w:style>
<w:style w:styleId="q"><w:name w:val="Quote"/><w:basedOn w:val="Zitat"/></w:style>"""
    body = [
        ("Rain", "Titel"),
        ("It rains.", ""),
        ("Why", "b2"),
        ("It falls.", "Zitat"),
        ("x", "none"),
    ]
    found = article(word("".join(paragraph(*each) for each in body), styles))
    assert blocks(found) == [
        ("title", "Rain", 1),
        ("paragraph", "It rains.", 2),
        ("heading", "Why", 3),
        ("quote", "It falls.", 4),
        ("paragraph", "x", 5),
    ]
    assert found.fields["title"] == "Rain"


# Long enough to be copy, whatever stands around it.
LONG = "It has rained in Tarn for nine days on end, and nobody in the town can say when it will stop again."


def test_without_styles_the_head_is_read_off_the_words() -> None:
    words = [
        "Ferry sails again after nine years",
        "",
        "By Ann Holt",
        "The boat left the quay on Monday.",
    ]
    copy = "It carried forty cars and a lorry, and the harbour master waved to it from the quay."
    found = article(word("".join(paragraph(each) for each in [*words, copy, copy])))
    assert [(kind, number) for kind, _, number in blocks(found)] == [
        ("title", 1),
        ("byline", 3),
        ("paragraph", 4),
        ("paragraph", 5),
        ("paragraph", 6),
    ]


def test_changes_count_as_accepted() -> None:
    body = f"""<w:p>{run("It ")}<w:ins>{run("really ")}</w:ins><w:del><w:r><w:delText>never </w:delText></w:r></w:del>
<w:moveFrom>{run("gone ")}</w:moveFrom><w:moveTo>{run("moved ")}</w:moveTo>{run("rains.")}</w:p>"""
    assert blocks(article(word(body))) == [("paragraph", "It really moved rains.", 1)]


def test_what_a_reader_does_not_see_is_no_copy() -> None:
    body = f"""<w:p>{run(LONG + " Seen")}{run(" hidden", "<w:rPr><w:vanish/></w:rPr>")}
<w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r><w:r><w:footnoteReference w:id="1"/></w:r>
<w:r><w:tab/><w:t>and</w:t><w:br/><w:t>more</w:t><w:noBreakHyphen/><w:t>over.</w:t></w:r></w:p><w:p/>
<w:tbl><w:tr><w:tc>{paragraph("cell")}</w:tc></w:tr></w:tbl>
<w:sdt><w:sdtContent>{paragraph("In a form")}</w:sdtContent></w:sdt>"""
    assert blocks(article(word(body))) == [
        ("paragraph", f"{LONG} Seen and\nmore‑over.", 1),
        ("list-item", "cell", 3),
        ("paragraph", "In a form", 4),
    ]


def _note(kind: str, number: int, text: str) -> str:
    return f'<w:{kind} w:id="{number}">{paragraph(text)}</w:{kind}>'


def test_notes_stand_behind_the_text_in_the_order_of_their_marks() -> None:
    def mark(kind: str, number: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'

    body = f"""<w:p>{run(LONG)}{mark("footnote", 3)}{mark("endnote", 2)}{run(" in Tarn")}{mark("footnote", 2)}
{run(".")}<w:del>{mark("footnote", 4)}</w:del></w:p>{paragraph("End.")}"""
    separator = (
        '<w:footnote w:id="-1" w:type="separator"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    )
    notes = [_note("footnote", number, f"Foot {number}.") for number in (2, 3, 4)]
    parts = {
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/footnotes.xml": f"<w:footnotes {W}>{separator}{''.join(notes)}</w:footnotes>",
        "word/endnotes.xml": f"<w:endnotes {W}>{_note('endnote', 2, 'At the end.')}</w:endnotes>",
    }
    assert blocks(article(zipped(parts))) == [
        ("paragraph", f"{LONG} in Tarn.", 1),
        ("paragraph", "End.", 2),
        ("list-item", "Foot 3.", 3),
        ("list-item", "Foot 2.", 4),
        ("list-item", "At the end.", 5),
    ]
    del parts["word/footnotes.xml"], parts["word/endnotes.xml"]
    assert len(blocks(article(zipped(parts)))) == 2


def test_text_boxes_are_paragraphs_of_their_own() -> None:
    box = f"<w:txbxContent>{paragraph('The quay')}</w:txbxContent>"
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    found = article(word(f"<w:p>{run(LONG)}<w:r>{both}</w:r></w:p>{paragraph('End.')}"))
    assert blocks(found) == [
        ("paragraph", LONG, 1),
        ("paragraph", "The quay", 2),
        ("paragraph", "End.", 3),
    ]


def test_open_document_text() -> None:
    styles = '<style:style style:name="P1" style:parent-style-name="Title"/>'
    body = """<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>
</text:changed-region></text:tracked-changes><text:p text:style-name="P1">Rain</text:p>
<text:p>It   <text:span>rains</text:span>
 in<text:s text:c="2"/>Tarn<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note
</text:p></text:note-body></text:note><office:annotation><text:p>No</text:p></office:annotation>,<text:line-break/>and.</text:p>
<text:h text:outline-level="2">Why</text:h>
<text:list><text:list-item><text:p>a cloud</text:p></text:list-item></text:list>
<table:table><table:table-row><table:table-cell><text:p>cell</text:p></table:table-cell></table:table-row></table:table>
<text:p><draw:frame><svg:desc>Not this</svg:desc><draw:text-box><text:p>The quay</text:p></draw:text-box></draw:frame></text:p>
<text:p text:style-name="Quotations">It falls.</text:p>"""
    assert blocks(article(open_document(body, styles))) == [
        ("title", "Rain", 1),
        ("paragraph", "It rains in  Tarn,\nand.", 2),
        ("heading", "Why", 3),
        ("list-item", "a cloud", 4),
        ("list-item", "cell", 5),
        ("figure-caption", "The quay", 7),
        ("quote", "It falls.", 8),
        ("list-item", "A note", 9),
    ]


def test_a_place_is_a_paragraph_and_a_character_and_no_fix_is_offered(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(word(paragraph("One.") + paragraph('Ein ‘malign" pact at AT&amp;amp;T.')))
    result = Linter().check_path(str(path))
    assert [(each.code, each.fix) for each in result.findings] == [
        ("QUO101", None),
        ("ENC103", None),
    ]
    first = result.findings[0]
    assert (first.start_position.line, first.start_position.column) == (2, 5)
    assert first.excerpt.text == 'Ein ‘malign" pact at AT&amp;T.'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old one", "without a password"),
        (b"Not a zip archive", "not a zip archive"),
        (zipped({"a.txt": "x"}), "without a text document"),
        (zipped({"word/document.xml": "<w:document><w:body>&nope;</w:body>"}), "not well-formed"),
        (zipped({"word/document.xml": '<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>'}), "entities"),
        (
            zipped({"content.xml": "x", "META-INF/manifest.xml": "<m><encryption-data/></m>"}),
            "encrypted",
        ),
    ],
    ids=["old", "text", "zip", "xml", "entities", "encrypted"],
)
def test_what_cannot_be_opened_is_a_fault_that_says_why(data: bytes, said: str) -> None:
    (fault,) = items(data)
    assert isinstance(fault, Fault)
    assert said in fault.message


@pytest.mark.parametrize("gone", [1, 40, 200])
def test_a_file_without_its_beginning_is_a_fault(gone: int) -> None:
    (fault,) = items(word(paragraph("It rains."))[gone:])
    assert isinstance(fault, Fault)
    assert fault.message.startswith(("cannot be unpacked: ", "damaged or no office file"))


def test_a_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from newslint.readers import _office

    monkeypatch.setattr(_office, "LARGEST_PART", 100_000)
    body = paragraph("a" * 1_000_000)
    bomb = zipped({"word/document.xml": body}, zipfile.ZIP_DEFLATED)
    assert len(bomb) < 10_000
    (fault,) = items(bomb)
    assert isinstance(fault, Fault)
    assert "unpacks to more than 100,000 bytes" in fault.message


def test_a_file_without_a_name_for_it_is_known_by_its_beginning(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph('A ‘malign" pact.')
    path = tmp_path / "upload"
    document.save(str(path))
    assert [each.code for each in Linter().check_path(str(path)).findings] == ["QUO101"]
    # LibreOffice writes the list of types last.
    parts = {"_rels/.rels": "<Relationships/>", "docProps/app.xml": "<Properties/>"}
    body = word(paragraph('A ‘malign" pact.'))
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        parts |= {name: archive.read(name).decode() for name in archive.namelist()}
    path.write_bytes(zipped({**parts, "[Content_Types].xml": ""}))
    assert [each.code for each in Linter().check_path(str(path)).findings] == ["QUO101"]


XML = st.lists(
    st.sampled_from(
        ["<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "a “", " ", "\n", "&amp;", "<w:br/>", "<w:tab/>",
         "<w:del>", "</w:del>", "<text:p>", "</text:p>", "<text:s/>", "<w:txbxContent>", "</w:txbxContent>"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@settings(deadline=None)
@given(XML, st.booleans())
def test_every_span_is_inside_the_text(body: str, is_word: bool) -> None:
    for found in items(word(body) if is_word else open_document(body)):
        if isinstance(found, Article):
            for block in found.blocks:
                start, end = found.map.to_file(block.start, block.end)
                assert 0 <= start < end <= len(found.source.text)


def test_names_that_are_no_text_are_a_damaged_file() -> None:
    data = bytearray(word(paragraph("It rains.")))
    at = data.index(b"PK\x01\x02")  # of the first name in the list of all
    data[at + 9] |= 0x08  # names are UTF-8 …
    data[at + 46] = 0x82  # … but not this one
    (fault,) = items(bytes(data))
    assert isinstance(fault, Fault)
    assert "not a zip archive" in fault.message


@settings(deadline=None)
@given(st.binary(max_size=60), st.integers(0, 400))
def test_no_bytes_are_too_strange(data: bytes, at: int) -> None:
    sound = word(paragraph("It rains."))
    assert items(data)
    assert items(sound[:at] + data + sound[at + len(data) :])
