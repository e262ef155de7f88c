"""Rows of a table to articles: which column holds what, and what a row then says."""

from __future__ import annotations

from collections.abc import Sequence

from newslint.article import Article, Directive, Escape, SourceMap
from newslint.body import add_body, is_cut_from, shown_of
from newslint.draft import Draft, Piece
from newslint.fields import Field, as_mapping, meanings
from newslint.readers import NotArticle, Omitted, Settings
from newslint.shapes import NAME_KEYS, SUMMARY_KEYS, TEXT_KEYS
from newslint.source import Source
from newslint.typed import NamedTuple


class Columns(NamedTuple):
    """Numbers of columns. `text`, `name`: -1 for none. `heads`: of what else an article has."""

    names: tuple[str, ...]
    text: int
    name: int
    heads: tuple[int, ...]

    @property
    def wanted(self) -> list[int]:
        """Those that an article is made of, each once."""
        found = [self.text, self.name, *self.heads]
        return sorted({number for number in found if number >= 0})


def columns(names: Sequence[str], settings: Settings) -> Columns:
    """Which columns hold what. Raises NotArticle where none holds a text or a title."""
    text = _first(names, (*settings.fields.get("text", ()), *TEXT_KEYS))
    name = _first(names, (*settings.fields.get("id", ()), *NAME_KEYS))
    found = meanings([Field((each,), each, []) for each in names], settings.fields)
    heads = [names.index(field.value) for meaning in found for field in meaning.fields]
    if text < 0 and not any(meaning.name == "title" for meaning in found):
        remedy = "name those that hold them under [fields] in the settings"
        raise NotArticle(f"no column is called text or title; {remedy}")
    return Columns(tuple(names), text, name, tuple(n for n in heads if n != text))


def _first(names: Sequence[str], keys: Sequence[str]) -> int:
    plain = [name.lower().replace("_", "").replace("-", "") for name in names]
    for key in keys:
        if key in names:
            return names.index(key)
        if (short := key.lower().replace("_", "").replace("-", "")) in plain:
            return plain.index(short)
    return -1


def article(
    source: Source,
    cells: Sequence[Sequence[list[Piece]]],
    table: Columns,
    settings: Settings,
    row: int,
    escapes: Sequence[tuple[int, int, Escape]] = (),
) -> Article | Omitted:
    """The article of a row. `cells`: by column, the values of each (one, or those of a list) in pieces."""
    fields = [
        Field((table.names[number],), "".join(piece[0] for piece in value), value)
        for number in table.heads
        if number < len(cells)
        for value in cells[number]
    ]
    found = meanings(fields, settings.fields)
    copy = cells[table.text] if 0 <= table.text < len(cells) else []
    beginning = "".join(piece[0] for value in copy[:1] for piece in value)
    draft = Draft(source.text)
    cut: Sequence[Piece] = ()
    for meaning in sorted(found, key=lambda each: each.name != "title"):
        for field in meaning.fields:
            is_summary = field.keys[0].lower() in SUMMARY_KEYS
            if is_summary and is_cut_from(field.value, beginning):
                cut = cut or field.pieces
            elif meaning.kind is not None:
                draft.block(meaning.kind, _on_one_line(field.pieces))
    directives: Sequence[Directive] = ()
    escape: Escape | None = None
    for value in copy:
        body = add_body(draft, value, length=len(source.text))
        directives, escape = [*directives, *body.directives], body.escape
    if not draft.blocks:
        return Omitted("rows without text")
    name = ""
    if 0 <= table.name < len(cells) and cells[table.name]:
        name = "".join(piece[0] for piece in cells[table.name][0]).strip()
    return Article(
        source,
        draft.text,
        draft.blocks,
        fields=as_mapping(fields, found),
        source_map=SourceMap(draft.runs, escape, escapes),
        part=name or str(row),
        language=next((each.fields[0].value for each in found if each.name == "language"), ""),
        directives=directives,
        links=draft.links,
        cut=lambda: shown_of(cut),
    )


def _on_one_line(pieces: Sequence[Piece]) -> list[Piece]:
    return [(text.replace("\n", " ").replace("\r", " "), *place) for text, *place in pieces]  # type: ignore[misc]
