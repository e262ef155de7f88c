"""The parts of a link: destination, title, label; and the definitions of references."""

from __future__ import annotations

from functools import cache

from newslint.commonmark.content import Content
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re

DEEPEST_PARENTHESES = 32  # as in other implementations: it bounds the work
LONGEST_LABEL = 999


class Reference(NamedTuple):
    """A definition's title: `content.text[start:end]` between its quotation marks; none if empty."""

    content: Content
    start: int
    end: int
    target: str


def folded(label: str) -> str:
    """A label as it is compared with others."""
    return " ".join(label.split()).casefold().upper()


def definition(content: Content, at: int) -> tuple[str, Reference, int] | None:
    """The reference definition at `at`: label, title and where the next line starts."""
    text = content.text
    match = label_pattern().match(text, at)
    if match is None or not text.startswith(":", match.end()) or not match[1].strip():
        return None
    start = _space().match(text, match.end() + 1).end()  # type: ignore[union-attr]
    end = destination(text, start)
    if end < 0 or end == start:
        return None
    target = text[start:end].strip("<>")
    reference = Reference(content, end, end, target)
    after = _line_end().match(text, end)
    space = _space().match(text, end).end()  # type: ignore[union-attr]
    if space > end:
        title_end = title(text, space)
        if title_end > 0:
            closed = _line_end().match(text, title_end)
            if closed is not None:
                found = Reference(content, space + 1, title_end - 1, target)
                return folded(match[1]), found, closed.end()
    if after is None:
        return None
    return folded(match[1]), reference, after.end()


def inline(text: str, at: int) -> tuple[str, int, int, int] | None:
    """`(destination "title")` at `at`: the destination, start and end of the title (equal for none), and the link's end."""
    start = _space().match(text, at + 1).end()  # type: ignore[union-attr]
    end = destination(text, start)
    if end < 0:
        return None
    target = text[start:end].strip("<>")
    close = _space().match(text, end).end()  # type: ignore[union-attr]
    title_start = title_end = end
    if close > end:
        behind = title(text, close)
        if behind > 0:
            title_start, title_end = close + 1, behind - 1
            close = _space().match(text, behind).end()  # type: ignore[union-attr]
    if not text.startswith(")", close):
        return None
    return target, title_start, title_end, close + 1


def destination(text: str, at: int) -> int:
    """The end of the destination at `at`, which may be empty; -1 where there is none."""
    if text.startswith("<", at):
        match = _angled().match(text, at)
        return match.end() if match is not None else -1
    depth = 0
    for match in _bare().finditer(text, at):
        if match.start() != at:
            break
        token = match[0]
        if token == "(":
            depth += 1
            if depth > DEEPEST_PARENTHESES:
                return -1
        elif token == ")":
            if not depth:
                break
            depth -= 1
        at = match.end()
    return at if not depth else -1


def title(text: str, at: int) -> int:
    """The end of the title at `at`, behind its closing mark; -1 where there is none."""
    match = _title().match(text, at)
    return match.end() if match is not None else -1


@cache
def label_pattern() -> re.Pattern[str]:
    from newslint.expressions import DOTALL, compiled

    return compiled(rf"\[((?:[^\[\]\\]|\\.){{0,{LONGEST_LABEL}}}+)\]", DOTALL)


@cache
def _space() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"[ \t]*+\n?+[ \t]*+")


@cache
def _line_end() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"[ \t]*+(?:\n|\Z)")


@cache
def _angled() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"<(?:[^<>\n\\]|\\[^\n])*+>")


@cache
def _bare() -> re.Pattern[str]:
    from newslint.expressions import compiled

    return compiled(r"[^\x00-\x20\x7f()\\]++|\\[^\x00-\x20\x7f]|\\|[()]")


@cache
def _title() -> re.Pattern[str]:
    from newslint.expressions import DOTALL, compiled

    return compiled(r""""(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\)""", DOTALL)
