"""The public functions: lint a text, lint files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from os import PathLike, fspath

from newslint.config import Config
from newslint.engine import Linter, refused
from newslint.finding import Finding
from newslint.rules import Options, OptionValue
from newslint.source import Source

_Frozen = tuple[tuple[str, tuple[tuple[str, OptionValue], ...]], ...]


def lint_text(
    text: str,
    *,
    path: str = "article.txt",
    select: str | Sequence[str] = (),
    ignore: str | Sequence[str] = (),
    language: str = "",
    options: Mapping[str, Options] | None = None,
    config: Config | None = None,
) -> list[Finding]:
    """The findings in one text, in order of their places.

    `path` chooses the format by its suffix and is not opened. `select`, `ignore`: rules by code, name
    or family. `language`: ISO 639-1 code; "" guesses. `options`: by rule name. `config` holds further
    settings; the arguments before it are taken on top. Start and end of a finding count code points of `text`; lines,
    fix and fingerprint are found out when they are asked for, and it holds the article until then.

    Raises ConfigError for an unknown rule or option.
    """
    linter = _linter_for(config, select, ignore, "", options)
    return list(linter.check_source(Source(text, path), language).findings)


def lint_paths(
    paths: str | PathLike[str] | Iterable[str | PathLike[str]],
    *,
    select: str | Sequence[str] = (),
    ignore: str | Sequence[str] = (),
    language: str = "",
    options: Mapping[str, Options] | None = None,
    config: Config | None = None,
) -> Iterator[Finding]:
    """The findings in files and folders (or one), file by file; last what comparing the articles with each other finds.

    What cannot be read is a finding too (`unreadable-file`), and so is a file named here that holds no article;
    such files in folders are passed over. Configuration files are not looked for:
    pass a `config` that `newslint.config.load` has read. Findings that its baseline knows are left out; what is
    to be said of its file of suppressions comes last.

    Raises ConfigError for an unknown rule or option, and for a baseline that cannot be read.
    """
    from newslint.across import Comparison
    from newslint.baseline import Baselines
    from newslint.files import article_files, tidy
    from newslint.unused import Uses

    linter = _linter_for(config, select, ignore, language, options)
    several = [paths] if isinstance(paths, (str, PathLike)) else paths
    named = [fspath(path) for path in several]
    meant = {tidy(path) for path in named}
    comparison = Comparison(lambda path: linter)
    baselines, uses = Baselines(), Uses()
    baselines.ready(linter)
    files = article_files(named, linter.config, linter.suffixes)
    for result in comparison.watch(linter.check_files(files)):
        kept = refused(result) if result.skipped and result.path in meant else result
        uses.note(kept, linter)
        yield from baselines.left(kept, linter).findings
    for result in comparison.results():
        yield from baselines.left(result, linter).findings
    for result, _ in uses.results():
        yield from baselines.left(result, linter).findings


def _linter_for(
    config: Config | None,
    select: str | Sequence[str],
    ignore: str | Sequence[str],
    language: str,
    options: Mapping[str, Options] | None,
) -> Linter:
    select = [select] if isinstance(select, str) else select
    ignore = [ignore] if isinstance(ignore, str) else ignore
    if config is not None:
        return Linter(
            config._replace(
                select=tuple(select) or config.select,
                ignore=(*config.ignore, *ignore),
                language=language or config.language,
                options={**config.options, **(options or {})},
            )
        )
    if not options:
        return _linter(tuple(select), tuple(ignore), language, ())
    frozen = tuple(
        (name, tuple((key, _hashable(value)) for key, value in sorted(values.items())))
        for name, values in sorted(options.items())
    )
    return _linter(tuple(select), tuple(ignore), language, frozen)


def _hashable(value: OptionValue) -> OptionValue:
    return tuple(value) if isinstance(value, list) else value


@lru_cache(maxsize=64)
def _linter(
    select: tuple[str, ...], ignore: tuple[str, ...], language: str, options: _Frozen
) -> Linter:
    # Whoever lints texts one by one asks for the same rules each time.
    return Linter(
        Config(
            select=select,
            ignore=ignore,
            language=language,
            options={name: dict(values) for name, values in options},
        )
    )
