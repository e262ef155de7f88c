"""HTML: a fragment, all of which is copy, or a whole page, of which the story is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from newslint.article import Article, SourceMap
from newslint.readers import USUAL, NotArticle, Reader, Settings
from newslint.source import Source
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import re


def read(source: Source, settings: Settings = USUAL) -> Iterator[Article]:
    """The article of a page or fragment. Raises NotArticle for a template, and for a page of many stories."""
    yield article(source)


def article(source: Source, part: str = "") -> Article:
    """The article of a page or fragment; `part`: its address, where a file holds many. Raises as `read` does."""
    from newslint.body import add_body, escaped_for
    from newslint.draft import Draft

    text = source.text
    if _template().search(text) is not None and _is_template(text):
        raise NotArticle("a template of pages")
    draft = Draft(text)
    body = add_body(draft, [(text, 0, len(text))], is_html=True, length=len(text))
    if body.fault:
        raise NotArticle(body.fault)
    return Article(
        source,
        draft.text,
        draft.blocks,
        part=part,
        fields=body.fields,
        source_map=SourceMap(draft.runs, escaped_for(source)),
        language=body.language,
        directives=body.directives,
        links=draft.links,
    )


def _is_template(text: str) -> bool:
    """Whether a directive of a template stands outside scripts, which may hold templates of their own."""
    from newslint.hypertext.blocks import blocks

    at = 0
    for raw in blocks([(text, 0, len(text))]).raws:
        if _template().search(text, at, raw.start) is not None:
            return True
        at = raw.end
    return _template().search(text, at) is not None


def sniff(head: bytes) -> bool:
    """Whether a file begins like HTML."""
    from newslint.body import begins_like_html
    from newslint.source import beginning

    return begins_like_html(beginning(head))


@cache
def _template() -> re.Pattern[str]:
    """What a program is to fill in or to do: it stands in no page that anybody reads."""
    from newslint.expressions import compiled

    return compiled(
        r"\{%-?\s*+(?:block|extends|include|for|if|macro|import|load|set|assign|raw)\b"
        r"|\{\{-?\s*+(?:define|block|partial|template|range|with|if|end|else)\b|\{\{[#/>]\s*+[A-Za-z]"
        r"|<\?(?:php\b|=)|<%[=@\s-]"
    )


READER = Reader("html", (".html", ".htm", ".xhtml", ".xht"), read, sniff=sniff)
