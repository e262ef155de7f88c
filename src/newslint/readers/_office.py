"""The paragraphs of word processors' files, and the article that they make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError

from newslint.article import OBJECT, Article, BlockKind, SourceMap
from newslint.draft import Draft
from newslint.source import OLD_OFFICE, NotText, Source, decode
from newslint.text.structure import Head, structure
from newslint.typed import NamedTuple
from newslint.xml_text import Element, Problem, elements

LARGEST_PART = 100_000_000  # bytes of unpacked XML; the longest novels have five million


class Unreadable(ValueError):
    """Why a file cannot be read, and what to do."""


class Paragraph(NamedTuple):
    """`text`: with a line feed for each line break. `kind`, `level`: what its style says."""

    text: str
    kind: BlockKind = "paragraph"
    level: int = 0


def paragraphs(data: bytes) -> list[Paragraph]:
    """The paragraphs of a .docx or .odt file in order, empty ones too; notes stand at the end. Raises Unreadable."""
    if data.startswith(OLD_OFFICE):
        remedy = "save it as .docx without a password"
        raise Unreadable(f"an encrypted file, or one of an old Word (.doc); {remedy}")
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "content.xml" in names:
                return list(_open_document(archive, names))
            return list(_word(archive, names))
    except Unreadable:
        raise
    except (BadZipFile, UnicodeDecodeError):  # the second for names that are no text
        raise Unreadable("damaged or no office file: not a zip archive") from None
    except (NotImplementedError, RuntimeError, EOFError, OSError, ValueError, ZlibError) as error:
        raise Unreadable(f"cannot be unpacked: {error}") from None


def story(found: list[Paragraph], path: str) -> Article:
    """The article that paragraphs make. In its source each is a line, so that a line number counts paragraphs."""
    source = Source("\n".join(each.text.replace("\n", " ") for each in found), path, extracted=True)
    draft = Draft(source.text)
    fields: dict[str, str] = {}
    if not any(each.kind in ("title", "heading") for each in found[:HEAD_PARAGRAPHS]):
        found = _with_head(found)
    head = Head(any(each.kind == "title" for each in found))
    at = 0
    for each in found:
        end = at + len(each.text)
        if each.kind == "code":
            head.over()
            draft.block("code", [(OBJECT, at, end)] if each.text.strip() else [])
        else:
            kind = head.kind(each.kind, each.text.strip(), each.level)
            draft.block(kind, [(each.text, at, end)], each.level if kind == "heading" else 0)
            if each.kind in ("title", "deck") and each.text.strip():
                fields.setdefault(each.kind, each.text.strip())
        at = end + 1
    source_map = SourceMap(draft.runs)
    return Article(source, draft.text, draft.blocks, fields=fields, source_map=source_map)


HEAD_PARAGRAPHS = 14
_HEAD = frozenset(("title", "deck", "byline", "dateline", "metadata"))


def _with_head(found: list[Paragraph]) -> list[Paragraph]:
    """Paragraphs with a head that is read off their words, as many people write without styles."""
    beginning = found[:HEAD_PARAGRAPHS]
    at: dict[int, int] = {}  # where each begins in a text of them
    length = 0
    for number, each in enumerate(beginning):
        at[length] = number
        length += len(each.text) + 2
    made = list(found)
    for part in structure("\n\n".join(each.text.replace("\n", " ") for each in beginning)):
        number = at.get(part.start, -1)
        if number >= 0 and made[number].kind == "paragraph" and part.kind in _HEAD:
            made[number] = made[number]._replace(kind=part.kind)
    return made


# ------------------------------------------------------------------ parts of the archive


def _part(archive: ZipFile, name: str) -> str:
    """The text of an XML part. Raises Unreadable where it would take too much memory."""
    with archive.open(name) as part:
        data = part.read(LARGEST_PART + 1)
    if len(data) > LARGEST_PART:
        raise Unreadable(f"{name} unpacks to more than {LARGEST_PART:,} bytes; this is no article")
    try:
        return decode(data)[0]
    except NotText:
        raise Unreadable(f"{name} is not XML; the file is encrypted or damaged") from None


def _found(archive: ZipFile, part: str, *names: str) -> Iterator[Element]:
    """The elements of these names in a part, none inside another. Raises Unreadable for bad XML."""
    text = _part(archive, part)
    for found in elements(text, lambda element: element.name in names):
        if isinstance(found, Problem):
            raise Unreadable(f"{part} is not well-formed XML: {found.message}")
        if isinstance(found, Element):
            yield found


def _style_kind(name: str) -> tuple[BlockKind, int] | None:
    """What a paragraph is by the name of its style, which both word processors keep in English."""
    name = name.lower().replace("_20_", " ").strip()
    if name.startswith("heading") and name[7:].strip().isdigit():
        return "heading", min(6, max(1, int(name[7:].strip()[:2])))
    if name in _STYLES:
        return _STYLES[name], 0
    return ("list-item", 0) if name.startswith("list") else None


_STYLES: Mapping[str, BlockKind] = {
    "title": "title",
    "headline": "title",
    "subtitle": "deck",
    "deck": "deck",
    "standfirst": "deck",
    "byline": "byline",
    "dateline": "dateline",
    "caption": "figure-caption",
    "illustration": "figure-caption",
    "figure": "figure-caption",
    "quote": "quote",
    "intense quote": "quote",
    "quotations": "quote",
    "html preformatted": "code",
    "preformatted text": "code",
}


# ------------------------------------------------------------------ Word


def _word(archive: ZipFile, names: set[str]) -> Iterator[Paragraph]:
    main = _main_part(archive, names)
    folder = main.rpartition("/")[0]
    styles: dict[str, tuple[BlockKind, int]] = {}
    if f"{folder}/styles.xml" in names:
        styles = _word_styles(_found(archive, f"{folder}/styles.xml", "style"))
    notes: list[tuple[str, str]] = []
    for body in _found(archive, main, "body"):
        for paragraph, is_cell in _word_paragraphs(body, is_cell=False):
            yield _word_paragraph(paragraph, styles, is_cell=is_cell)
        notes += _word_notes(body)
    for kind in dict.fromkeys(kind for kind, _ in notes):
        if f"{folder}/{kind}s.xml" in names:
            bodies = {_value(e, "id"): e for e in _found(archive, f"{folder}/{kind}s.xml", kind)}
            for number in dict.fromkeys(number for known, number in notes if known == kind):
                if number in bodies:
                    for paragraph, _ in _word_paragraphs(bodies[number], is_cell=False):
                        yield _word_paragraph(paragraph, styles, is_cell=True)


def _main_part(archive: ZipFile, names: set[str]) -> str:
    if "_rels/.rels" in names:
        for relation in _found(archive, "_rels/.rels", "Relationship"):
            target = relation.get("Target").lstrip("/")
            if relation.get("Type").endswith("/officeDocument") and target in names:
                return target
    if "word/document.xml" in names:
        return "word/document.xml"
    raise Unreadable("a zip archive without a text document in it")


def _word_styles(styles: Iterator[Element]) -> dict[str, tuple[BlockKind, int]]:
    """What the styles of paragraphs stand for, by their identifiers: as named, or as what they are based on."""
    own: dict[str, tuple[BlockKind, int]] = {}
    based: dict[str, str] = {}
    for style in styles:
        identity = _value(style, "styleId")
        name, base = style.first("name"), style.first("basedOn")
        kind = _style_kind(_value(name, "val")) if name is not None else None
        if kind is not None:
            own[identity] = kind
        elif base is not None:
            based[identity] = _value(base, "val")
    for identity in based:
        at, seen = identity, {identity}
        while at in based and based[at] not in seen:
            at = based[at]
            seen.add(at)
        if at in own:
            own.setdefault(identity, own[at])
    return own


def _word_paragraphs(element: Element, *, is_cell: bool) -> Iterator[tuple[Element, bool]]:
    for child in element:
        if child.name == "p":
            yield child, is_cell
            for box in child.below("txbxContent", "Fallback"):
                if box.name == "txbxContent":  # what stands in a fallback stands beside it too
                    yield from _word_paragraphs(box, is_cell=is_cell)
        elif child.name not in ("sectPr", "del", "moveFrom"):
            yield from _word_paragraphs(child, is_cell=is_cell or child.name == "tc")


def _word_notes(body: Element) -> Iterator[tuple[str, str]]:
    """“footnote” or “endnote”, and the number, of each note that the text refers to, in order."""
    for run in body.below("r", "del", "moveFrom", "Fallback"):
        if run.name == "r" and not _is_hidden(run):
            for mark in run.below("footnoteReference", "endnoteReference"):
                yield mark.name.removesuffix("Reference"), _value(mark, "id")


def _word_paragraph(
    paragraph: Element, styles: Mapping[str, tuple[BlockKind, int]], *, is_cell: bool
) -> Paragraph:
    text = "".join(_word_text(paragraph))
    settings = paragraph.first("pPr")
    kind: BlockKind = "list-item" if is_cell else "paragraph"
    level = 0
    for setting in settings or ():
        if setting.name == "pStyle":
            kind, level = styles.get(_value(setting, "val"), (kind, level))
        elif setting.name == "numPr" and kind == "paragraph":
            kind = "list-item"
    return Paragraph(text, kind, level)


_WORD_SIGNS = {"br": "\n", "cr": "\n", "tab": " ", "noBreakHyphen": "‑", "ptab": " "}
_WORD_UNSEEN = frozenset(
    ("del", "moveFrom", "pPr", "rPr", "txbxContent", "Fallback", "instrText", "delText", "rt")
)


def _word_text(element: Element) -> Iterator[str]:
    for child in element:
        name = child.name
        if name == "t":
            said = child.said().replace("\n", " ").replace("\r", " ")
            yield said if child.get("xml:space") == "preserve" else said.strip(" \t")
        elif name in _WORD_SIGNS:
            yield _WORD_SIGNS[name]
        elif name == "r":
            if not _is_hidden(child):
                yield from _word_text(child)
        elif name not in _WORD_UNSEEN:
            yield from _word_text(child)


def _is_hidden(run: Element) -> bool:
    vanish = run.first("rPr", "vanish")
    return vanish is not None and _value(vanish, "val") not in ("0", "false", "off")


def _value(element: Element, name: str) -> str:
    """An attribute of the element's own namespace."""
    return element.get(f"{element.prefix}:{name}") or element.get(f"w:{name}")


# ------------------------------------------------------------------ OpenDocument


def _open_document(archive: ZipFile, names: set[str]) -> Iterator[Paragraph]:
    manifest = "META-INF/manifest.xml"
    if manifest in names and any(_found(archive, manifest, "encryption-data")):
        raise Unreadable("encrypted; save it without a password")
    parents: dict[str, str] = {}
    for found in _found(archive, "content.xml", "style", "text"):
        if found.name == "style":
            parents[found.get("style:name")] = found.get("style:parent-style-name")
        elif found.prefix == "office" or found.namespace.endswith(":office:1.0"):
            yield from _open_paragraphs(found, parents, "paragraph")
            for note in found.below("note", "annotation", "tracked-changes"):
                text = note.first("note-body") if note.name == "note" else None
                if text is not None:
                    yield from _open_paragraphs(text, parents, "list-item")


_OPEN_UNSEEN = frozenset(
    ("tracked-changes", "note", "annotation", "forms", "sequence-decls", "variable-decls", "user-field-decls")
)  # fmt: skip


def _open_paragraphs(
    element: Element, parents: Mapping[str, str], kind: BlockKind
) -> Iterator[Paragraph]:
    for child in element:
        if child.name in ("p", "h") and child.prefix != "draw":
            style = child.get("text:style-name")
            own = _style_kind(style) or _style_kind(parents.get(style, ""))
            if child.name == "h":
                depth = child.get("text:outline-level")
                own = "heading", min(6, max(1, int(depth))) if depth in "123456789" and depth else 1
            text = "".join(_open_text(child, _Space()))
            yield Paragraph(text.rstrip(" "), *(own or (kind, 0)))
            for box in child.below("text-box", "note", "annotation"):
                if box.name == "text-box":
                    yield from _open_paragraphs(box, parents, "figure-caption")
        elif child.name not in _OPEN_UNSEEN:
            inner = "list-item" if child.name in ("list", "table", "index-body") else kind
            yield from _open_paragraphs(child, parents, inner)


class _Space:
    """Whether a space has been shown last: several that are typed as such are one."""

    shown = True


def _open_text(element: Element, space: _Space) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, tuple):
            text = _collapsed(child[0], space)
            if text:
                space.shown = text.endswith(" ")
                yield text
        elif child.name == "s":
            count = child.get("text:c")
            space.shown = True
            yield " " * (min(int(count), 100) if count.isdigit() and len(count) < 4 else 1)
        elif child.name in ("tab", "line-break"):
            space.shown = True
            yield " " if child.name == "tab" else "\n"
        elif child.name not in (*_OPEN_UNSEEN, "text-box") and child.prefix != "svg":
            yield from _open_text(child, space)


def _collapsed(text: str, space: _Space) -> str:
    words = [word for word in _SPACES.split(text) if word]
    if not words:
        return "" if space.shown or not text else " "
    before = " " if text[0] in _SPACE and not space.shown else ""
    return before + " ".join(words) + (" " if text[-1] in _SPACE else "")


_SPACE = " \t\r\n"  # not those that are meant: a no-break space, say
_SPACES = re.compile(f"[{_SPACE}]+")
