"""JSON: an article, or an array of articles, in one of the shapes in which news comes (`newslint.shapes`)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from newslint.article import Article
from newslint.readers import USUAL, Fault, NotArticle, Reader, Settings
from newslint.source import Source
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import re


def read(source: Source, settings: Settings = USUAL) -> Iterator[Article | Fault]:
    """The articles of a JSON text. Raises NotArticle for JSON of other kinds, and for settings with comments in them."""
    from newslint import shapes
    from newslint.json_text import Node, NotJson, behind_space, value_at

    text = source.text
    at = behind_space(text, 0)
    if at == len(text):
        raise NotArticle("an empty file")
    try:
        value, end = value_at(text, at)
    except NotJson as error:
        if _key_of_news().search(text) is None:
            raise NotArticle(f"not JSON, and nothing in it that an article has ({error})") from None
        place = min(error.start, len(text) - 1)
        yield Fault(source, place, place + 1, f"not JSON: {error}")
        return
    rest = behind_space(text, end)
    if text.startswith("{", rest) and "\n" in text[end:rest]:
        from newslint.readers.records import read as read_lines

        yield from read_lines(source, settings)
        return
    node = Node(text, value, at, end)
    found = shapes.articles(node, settings.fields)
    if found is None:
        raise NotArticle("JSON without a text that is an article’s")
    if rest < len(text):
        yield Fault(source, rest, len(text), "more than one value stands in this file")
        return
    for number, (each, record) in enumerate(found, 1):
        is_one_of_many = each.start != node.start
        part = (shapes.name_of(each, settings.fields) or str(number)) if is_one_of_many else ""
        if record is None:
            message = "a record needs “text” or “title”, and here is neither"
            yield Fault(source, each.start, each.end, message, part)
        else:
            yield shapes.article(source, record, part)


def sniff(head: bytes) -> bool:
    """Whether a file begins like JSON, and not like lines of it."""
    from newslint.readers.records import sniff as begins_like_lines
    from newslint.source import beginning

    return _beginning().match(beginning(head)) is not None and not begins_like_lines(head)


@cache
def _beginning() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r'\s*+(?:\{\s*+"|\[\s*+[{\["])')


@cache
def _key_of_news() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(
        r'"(?:headlines?|title|text|body(?:_\w+)?|bodies|content(?:_\w+)?|articleBody)"\s*+:'
    )


READER = Reader("json", (".json", ".jsonld", ".ninjs", ".ans"), read, sniff=sniff)
