"""The shapes in which news comes as JSON: where in each the title, the copy and the rest stand.

Known are ninjs 1 to 3 (IPTC), ANS (Arc XP), the articles of schema.org as JSON-LD, the posts of the WordPress REST
API, and flat records: those of NewsAPI, JSON Feed and corpora. Copy is plain text or HTML.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from newslint.article import Article, BlockKind, SourceMap
from newslint.json_text import Member, Node, escaped
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import TypeAlias

    from newslint.article import Escape
    from newslint.body import Passage
    from newslint.draft import Piece
    from newslint.fields import Field
    from newslint.source import Source

Names: TypeAlias = "Mapping[str, tuple[str, ...]]"

# Keys of flat records that hold the copy, in the order in which they are looked for.
TEXT_KEYS = (
    "text",
    "body",
    "content",
    "articleBody",
    "article_body",
    "content_html",
    "content_text",
    "body_html",
    "body_text",
    "maintext",
    "fulltext",
    "full_text",
)
_LIST_KEYS = ("articles", "items", "posts", "stories", "results", "data", "documents", "@graph")
_WRAPPERS = ("data", "response", "result")
NAME_KEYS = ("id", "_id", "@id", "uri", "guid", "slug")
_LONGEST_NAME = 120  # characters of a record's own name
_LOOKED_AT = 20  # elements of an array that decide whether it holds articles
# Keys under which programs put what they have cut from the copy, as well as what an editor wrote.
SUMMARY_KEYS = frozenset(("description", "summary", "excerpt", "abstract"))


class Head(NamedTuple):
    """A block in front of the copy. `is_summary`: it may have been cut from the copy by a program."""

    kind: BlockKind
    pieces: list[Piece]
    is_summary: bool = False


class Record(NamedTuple):
    """An article in JSON.

    `copy`: a string, or passages of HTML; None for a record that has only heads. `is_html`: None where the copy
    itself has to tell. `fields`: as an article has them. `is_declared`: it says itself that it is an article.
    """

    heads: list[Head]
    copy: Node | list[Passage] | None
    is_html: bool | None
    fields: dict[str, str]
    language: str = ""
    settings: tuple[Field, ...] = ()  # fields that may hold suppressions
    is_declared: bool = False

    @property
    def is_sure(self) -> bool:
        """Whether this is an article wherever it stands."""
        return self.copy is not None or (self.is_declared and self.has_title)

    @property
    def has_title(self) -> bool:
        return any(head.kind == "title" for head in self.heads)


# ------------------------------------------------------------------ where articles are


def articles(node: Node, names: Names) -> Iterator[tuple[Node, Record | None]] | None:
    """The articles in a JSON value: itself, or the elements of an array in it; None where it holds none.

    `names`: the keys that the settings give, by our names. An element that is no article comes with None.
    """
    own = record(node, names)
    if own is not None and own.is_sure:
        return iter(((node, own),))
    for key, array in _arrays(node):
        for number, each in enumerate(array.items()):
            if number == _LOOKED_AT:
                break
            found = record(each, names)
            if found is not None and found.is_sure:
                return _elements(array, names, mixed=key == "@graph")
    return None


def _arrays(node: Node) -> Iterator[tuple[str, Node]]:
    if isinstance(node.value, list):
        yield "", node
        return
    for key in (*_LIST_KEYS, "content_elements"):
        found = node.get(key)
        if found is not None and isinstance(found.value, list):
            yield key, found
    for wrapper in _WRAPPERS:
        inner = node.get(wrapper)
        if inner is not None and isinstance(inner.value, dict):
            for key in _LIST_KEYS:
                found = inner.get(key)
                if found is not None and isinstance(found.value, list):
                    yield key, found


def _elements(array: Node, names: Names, *, mixed: bool) -> Iterator[tuple[Node, Record | None]]:
    named = _named(array) if mixed else {}
    for each in array.items():
        found = record(each, names, named)
        if found is not None and found.copy is None and not found.has_title:
            found = None
        if found is not None or not mixed:
            yield each, found


def _named(array: Node) -> dict[str, Node]:
    """The names of what stands in a graph, by the identity that others call it by."""
    found = ((each.get("@id"), each.get("name")) for each in array.items())
    return {key.string: name for key, name in found if key is not None and name is not None}


def name_of(node: Node, names: Names) -> str:
    """What a record calls itself; "" where it does not."""
    for key in (*names.get("id", ()), *NAME_KEYS):
        found = node.get(*key.split(".")) if "." in key else node.get(key)
        if found is not None and 0 < len(found.written) <= _LONGEST_NAME:
            return found.written
    return ""


# ------------------------------------------------------------------ one article


def article(source: Source, found: Record, part: str) -> Article:
    """The article of a record in a JSON text, which `source` is."""
    from newslint.body import add_body, add_passages, looks_like_html, shown_of
    from newslint.directives import of_header
    from newslint.draft import Draft

    draft = Draft(source.text)
    length = len(source.text)
    is_html = found.is_html
    if isinstance(found.copy, list):
        is_html = True
    elif is_html is None and found.copy is not None:
        is_html = looks_like_html(found.copy.string)
    cut: list[Piece] = []
    for head in found.heads:
        if head.is_summary and _is_cut(head, found.copy):
            cut = cut or head.pieces
        else:
            draft.block(head.kind, head.pieces)
    directives = of_header(found.settings, length)
    if isinstance(found.copy, list):
        add_passages(draft, found.copy)
    elif found.copy is not None:
        body = add_body(draft, found.copy.pieces, is_html=is_html, length=length)
        directives += body.directives
    return Article(
        source,
        draft.text,
        draft.blocks,
        fields=found.fields,
        source_map=SourceMap(draft.runs, _escape(source, in_html=bool(is_html))),
        part=part,
        language=found.language,
        directives=directives,
        links=draft.links,
        cut=lambda: shown_of(cut),
    )


def _escape(source: Source, *, in_html: bool) -> Escape:
    def escape(text: str) -> str | None:
        if in_html and ("&" in text or "<" in text):
            return None  # a plain headline beside the HTML would show what is right inside it
        # Whoever writes JSON in ASCII alone has a reason; and \u… can be written in every encoding.
        return escaped(
            text, as_ascii=not source.encoding.startswith("utf") or source.text.isascii()
        )

    return escape


def _is_cut(head: Head, copy: Node | list[Passage] | None) -> bool:
    """Whether a summary says nothing but what the copy begins with."""
    from newslint.body import is_cut_from

    if isinstance(copy, Node):
        text = copy.string
    else:
        text = "".join(piece[0] for each in (copy or ())[:4] for piece in each.pieces)
    return is_cut_from("".join(piece[0] for piece in head.pieces), text)


def record(node: Node, names: Names, named: Mapping[str, Node] = {}) -> Record | None:
    """The article that a JSON value is, if it is one. `named`: the names of what it may point to."""
    value = node.value
    if not isinstance(value, dict):
        return None
    own = _own_text(node, names)
    if own is None:
        if value.get("type") == "story" and ("content_elements" in value or "headlines" in value):
            return _ans(node)
        if "uri" in value and any(key.startswith(_NINJS) for key in value):
            return _ninjs(node)
        content = value.get("content")
        if isinstance(content, dict) and isinstance(content.get("rendered"), str):
            return _wordpress(node)
        if "@type" in value:
            return _structured(node, named)
    return _flat(node, names, own)


def _own_text(node: Node, names: Names) -> Node | None:
    for path in names.get("text", ()):
        found = node.get(path) or node.get(*path.split("."))
        if found is not None and found.string:
            return found
    return None


def _flat(node: Node, names: Names, copy: Node | None) -> Record | None:
    from newslint.fields import as_mapping, meanings
    from newslint.frontmatter import json_fields

    if copy is None:
        for key in TEXT_KEYS:
            found = node.get(key)
            if found is not None and found.value and not isinstance(found.value, bool):
                if not found.string:
                    return None
                copy = found
                break
    members = [
        member
        for member in node.members.values()
        if copy is None or not member.start <= copy.start < member.end
    ]
    fields = json_fields(node.text, members)
    by_name = meanings(fields, names)
    if copy is None and not any(each.name == "title" for each in by_name):
        return None
    heads = []
    for meaning in sorted(by_name, key=lambda each: each.name != "title"):
        for field in meaning.fields:
            if meaning.kind is not None:
                is_summary = field.keys[0].lower() in SUMMARY_KEYS
                heads.append(Head(meaning.kind, field.pieces, is_summary))
    language = next((each.fields[0].value for each in by_name if each.name == "language"), "")
    return Record(heads, copy, None, as_mapping(fields, by_name), language, tuple(fields))


# ------------------------------------------------------------------ the known shapes


class _Maker:
    """Gathers the heads and fields of a record; `is_html`: the heads are, too."""

    def __init__(self, node: Node, *, is_html: bool = False) -> None:
        self._node = node
        self._is_html = is_html
        self.heads: list[Head] = []
        self.fields: dict[str, str] = {}
        for member in node.members.values():
            written = Node(node.text, member.value, member.start, member.end).written
            if written and len(written) < 300:
                self.fields[member.key] = written

    def add(
        self, kind: BlockKind, name: str, node: Node | None, *, is_summary: bool = False
    ) -> bool:
        """Take in a value, if there is one."""
        if node is None or not node.string:
            return False
        pieces = node.pieces
        if self._is_html or (("<" in node.string or "&" in node.string) and is_summary):
            from newslint.body import inline

            pieces = inline(pieces)
        self.heads.append(Head(kind, pieces, is_summary))
        known = self.fields.get(name, "")
        same = node.string == known
        self.fields[name] = known if same else f"{known}, {node.string}" if known else node.string
        return True

    def made(
        self, copy: Node | list[Passage] | None, is_html: bool | None, language: str
    ) -> Record:
        settings: tuple[Field, ...] = ()
        asked = self._node.members.get("newslint")
        if isinstance(asked, Member):
            from newslint.frontmatter import json_fields

            settings = tuple(json_fields(self._node.text, [asked]))
        return Record(self.heads, copy, is_html, self.fields, language, settings)

    def language(self, *keys: str) -> str:
        for key in keys:
            found = self._node.get(key)
            if found is not None and found.string:
                return found.string
        return ""


_NINJS = ("headline", "headlines", "body_", "bodies", "description_", "descriptions")
_HTML_TYPES = ("html", "xhtml", "richtext")


def _ninjs(node: Node) -> Record:
    maker = _Maker(node)
    headline = _of_role(node, "headlines") or node.get("headline")
    if headline is None:
        key = next((key for key in node.members if key.startswith("headline_")), "title")
        headline = node.get(key)
    maker.add("title", "title", headline)
    copy, is_html = _ninjs_copy(node)
    sort = node.get("type")
    is_text = sort is not None and sort.string == "text"
    for key in node.members:
        if key.startswith("description_") or key == "descriptions":
            summary = _of_role(node, key) if key == "descriptions" else node.get(key)
            if copy is None and summary is not None and is_text:
                copy = summary  # some wires send all of a short item so
                break
            kind: BlockKind = "deck" if copy is not None else "figure-caption"
            if maker.add(kind, "deck", summary, is_summary=True):
                break
    maker.add("byline", "byline", node.get("by") or node.get("byline"))
    maker.add("dateline", "dateline", node.get("located"))
    return maker.made(copy, is_html, maker.language("language"))


def _ninjs_copy(node: Node) -> tuple[Node | None, bool | None]:
    """One of the renditions of the body, which say the same: HTML where there is one."""
    plain: Node | None = None
    bodies = node.get("bodies")
    if bodies is not None:
        for body in bodies.items():
            value = body.get("value")
            if value is None or not value.string:
                continue
            kind = body.get("contentType") or body.get("contenttype") or body.get("role")
            if kind is not None and any(each in kind.string.lower() for each in _HTML_TYPES):
                return value, True
            plain = plain or value
    for key in ("body_xhtml", "body_html"):
        found = node.get(key)
        if found is not None and found.string:
            return found, True
    if plain is None:
        keys = ("body_text", *(key for key in node.members if key.startswith("body_")))
        found_all = (node.get(key) for key in keys)
        plain = next((each for each in found_all if each is not None and each.string), None)
    return plain, None


def _of_role(node: Node, key: str) -> Node | None:
    """The value of the main one of an array of values with roles, else of the first."""
    array = node.get(key)
    first: Node | None = None
    for each in array.items() if array is not None else ():
        value, role = each.get("value"), each.get("role")
        if value is None or not value.string:
            continue
        if role is not None and role.string == "main":
            return value
        first = first or value
    return first


def _wordpress(node: Node) -> Record:
    maker = _Maker(node, is_html=True)
    maker.add("title", "title", node.get("title", "rendered"))
    maker.add("deck", "deck", node.get("excerpt", "rendered"), is_summary=True)
    authors = node.get("_embedded", "author")
    for author in authors.items() if authors is not None else ():
        maker.add("byline", "byline", author.get("name"))
    maker.fields.pop("author", None)  # a number
    copy = node.get("content", "rendered")
    copy = copy if copy is not None and copy.string else None
    return maker.made(copy, True, maker.language("lang"))


def _structured(node: Node, named: Mapping[str, Node]) -> Record | None:
    kinds = node.get("@type")
    assert kinds is not None
    names = [each.string for each in kinds.items()] or [kinds.string]
    if not any(name.endswith(("Article", "BlogPosting", "Report", "Review")) for name in names):
        return None
    maker = _Maker(node)
    maker.add("title", "title", node.get("headline") or node.get("name"))
    maker.add("deck", "deck", node.get("alternativeHeadline"))
    maker.add("deck", "deck", node.get("description"), is_summary=True)
    author = node.get("author")
    if author is not None:
        for each in author.items() if isinstance(author.value, list) else (author,):
            pointed = each.get("@id")
            name = named.get(pointed.string) if pointed is not None else None
            maker.add("byline", "byline", each.get("name") or name or each)
    maker.add("dateline", "dateline", node.get("dateline"))
    copy = node.get("articleBody") or node.get("text")
    copy = copy if copy is not None and copy.string else None
    return maker.made(copy, None, maker.language("inLanguage"))._replace(is_declared=True)


def _ans(node: Node) -> Record:
    maker = _Maker(node, is_html=True)
    maker.add("title", "title", node.get("headlines", "basic"))
    if not maker.add("deck", "deck", node.get("subheadlines", "basic")):
        maker.add("deck", "deck", node.get("description", "basic"), is_summary=True)
    credits = node.get("credits", "by")
    for credit in credits.items() if credits is not None else ():
        maker.add("byline", "byline", credit.get("name"))
    passages: list[Passage] = []
    elements = node.get("content_elements")
    if elements is not None:
        _add_elements(elements, passages, "", 0)
    return maker.made(passages or None, True, maker.language("language"))


_ANS_TEXT: dict[str, BlockKind] = {
    "blockquote": "quote",
    "header": "heading",
    "correction": "paragraph",
}
_DEEPEST = 20  # levels of lists in lists


def _add_elements(
    array: Node, passages: list[Passage], within: BlockKind | str, depth: int
) -> None:
    """What the elements of an ANS story show. Links to other stories, films and embedded pages are not its copy."""
    from newslint.body import Passage

    if depth > _DEEPEST:
        return

    def add(kind: BlockKind | str, content: Node | None, level: int = 0) -> None:
        if content is not None and content.string:
            passages.append(Passage(kind, level, content.pieces))  # type: ignore[arg-type]

    for element in array.items():
        named = element.get("type")
        kind = named.string if named is not None else ""
        content = element.get("content")
        if kind == "text":
            add(within, content)
        elif kind == "header":
            level = element.get("level")
            written = level.written if level is not None else ""
            add("heading", content, int(written) if written in tuple("123456") else 2)
        elif kind == "correction":
            add("paragraph", element.get("text"))
        elif kind == "blockquote":
            add("quote", content)
        elif kind == "list":
            items = element.get("items")
            if items is not None:
                _add_elements(items, passages, "list-item", depth + 1)
        elif kind == "quote":
            subtype = element.get("subtype")
            if subtype is not None and subtype.string == "pullquote":
                continue  # it repeats what stands in the copy
            inner = element.get("content_elements")
            if inner is not None:
                _add_elements(inner, passages, "quote", depth + 1)
            add("quote", element.get("citation", "content"))
        elif kind == "table":
            _add_table(element, passages)
        elif kind == "image":
            add("figure-caption", element.get("caption"))
        elif kind == "element_group":
            inner = element.get("content_elements")
            if inner is not None:
                _add_elements(inner, passages, within, depth + 1)
        elif kind in ("raw_html", "code") and content is not None and content.string:
            passages.append(
                Passage(
                    "code", 0, [("\N{OBJECT REPLACEMENT CHARACTER}", content.start, content.end)]
                )
            )


def _add_table(element: Node, passages: list[Passage]) -> None:
    from newslint.body import Passage

    rows = [element.get("header"), *((found.items()) if (found := element.get("rows")) else ())]
    for row in rows:
        for cell in row.items() if row is not None else ():
            content = cell.get("content")
            if content is not None and content.string:
                passages.append(Passage("list-item", 0, content.pieces))
