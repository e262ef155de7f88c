"""`newslint parse`: the parts of an article, as newslint sees them."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

from newslint.arguments import parser
from newslint.article import Article
from newslint.commands import CLEAN
from newslint.commands._linter import articles_of
from newslint.terminal import columns, visible
from newslint.typed import NamedTuple


class _Row(NamedTuple):
    """A block, as `newslint parse` shows it."""

    start: str
    end: str
    kind: str
    text: str


LONGEST_SHOWN = 72


def run(given: list[str]) -> int:
    """Print the parts of the articles of a file."""
    own = parser("parse")
    own.add_argument("file", metavar="FILE")
    options = own.parse_intermixed_args(given, SimpleNamespace())
    for number, article in enumerate(articles_of(options, options.file)):
        if number:
            print()
        for line in _about(article):
            print(line)
        for line in columns([tuple(row) for row in _blocks(article)]):
            print(line)
    return CLEAN


def _about(article: Article) -> Iterator[str]:
    if article.part:
        yield f"part {visible(article.part)}"
    language, declared = article.declared_tag or article.language, "declared"
    if not article.declared_tag:
        declared = "guessed"
    yield f"language {visible(language)} ({declared}), encoding {article.source.encoding}"
    if article.is_documentation:
        yield "documentation: rules that judge news keep out of it"
    for name, value in article.fields.items():
        yield visible(f"field {name}: {_cut(value)}")


def _blocks(article: Article) -> Iterator[_Row]:
    for block in article.blocks:
        start, end = article.map.to_file(block.start, block.end)
        first, last = article.source.position(start), article.source.position(end)
        kind = f"{block.kind} {block.level}" if block.level else block.kind
        text = visible(_cut(article.text[block.start : block.end]))
        yield _Row(f"{first.line}:{first.column}", f"{last.line}:{last.column}", kind, text)


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
