"""Linters and articles for commands that check nothing."""

from __future__ import annotations

from types import SimpleNamespace

from newslint.commands import UsageError
from newslint.commands._settings import resolver_of
from newslint.files import Selection
from newslint.source import NotText
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newslint.article import Article
    from newslint.engine import Linter


def linter_of(options: SimpleNamespace, path: str = "") -> Linter:
    """The linter of a file, or of the folder the command runs in."""
    selection = Selection(resolver_of(options))
    return (
        selection.linter_for(path) if path else selection.linter(selection.resolver.for_folder("."))
    )


def articles_of(options: SimpleNamespace, path: str) -> Sequence[Article]:
    """The articles of a file; "-" is standard input. Raises UsageError."""
    try:
        if path == "-":
            from newslint.commands._input import standard_input

            return linter_of(options).parse_stream(standard_input(), path)
        return linter_of(options, path).parse(path)
    except (OSError, NotText, ValueError) as error:
        raise UsageError.about(path, error) from error
