"""`newslint init`: a first configuration, from what a folder of articles is like.

A sample of the articles is read. What nearly all of them agree on becomes a setting; all else is written as a comment.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from newslint import archives
from newslint.article import Article
from newslint.compressed import inner_name
from newslint.config import BASELINE, FILES, ConfigError, Resolver, find, shown_path
from newslint.engine import Linter
from newslint.files import Selection
from newslint.readers import Reader
from newslint.source import NotText, Source, is_about_repository
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import TypeAlias

NAME = "newslint.toml"
HOOKS = ".pre-commit-config.yaml"
SAMPLED = 40  # files of each format in each folder
LARGEST_READ = 2_000_000  # bytes of a file
ARTICLES_READ = 20  # of one file
TOLD_FROM = 200  # characters from which on a text says what language it is in
AGREED = 0.95  # share from which on a habit is the house's
QUOTATIONS_NEEDED = 20  # for a house style
ARTICLES_NEEDED = 3  # for the language of a folder

_Place: TypeAlias = "tuple[str, str]"  # the folder at the top, and the name of a format


class Survey(NamedTuple):
    """What a folder holds.

    `files`: how many, by folder at the top and format; `others` of those formats hold no article. `about`: names of
    files that are about the repository. `languages`: of articles that were read, by folder. `quotations`: those that
    were read, by how they are marked.
    """

    files: Counter[_Place]
    others: Counter[_Place]
    about: tuple[str, ...]
    languages: dict[str, Counter[str]]
    quotations: Counter[tuple[str, str]]

    @property
    def articles(self) -> Counter[_Place]:
        """The files that may hold articles."""
        return Counter({place: n for place, n in self.files.items() if not self.others[place]})


# ------------------------------------------------------------------ looking


def survey(folder: str) -> Survey:
    """Look at a folder as newslint would without settings. Raises ConfigError where it is none."""
    if not os.path.isdir(folder):
        raise ConfigError(f"{folder}: there is no such folder")
    selection = Selection(Resolver(isolated=True))
    by_place: dict[_Place, list[str]] = {}
    about: set[str] = set()
    linter = selection.linter(selection.resolver.for_folder(folder))
    for path, _ in selection.targets([folder]):
        name = os.path.basename(path)
        if is_about_repository(name):
            about.add(name)
            continue
        parts = os.path.relpath(path, folder).split(os.sep)
        top = parts[0] if len(parts) > 1 else ""
        by_place.setdefault((top, _format(linter, path)), []).append(path)
    found = Survey(Counter(), Counter(), tuple(sorted(about)), {}, Counter())
    for place, paths in sorted(by_place.items()):
        found.files[place] = len(paths)
        step = max(1, len(paths) // SAMPLED)
        read = [list(_articles(linter, path)) for path in paths[::step][:SAMPLED]]
        if not any(read) and _is_often_something_else(place[1]):
            found.others[place] = len(paths)
        for article in (article for each in read for article in each):
            _note(found, place[0], article)
    return found


def _format(linter: Linter, path: str) -> str:
    if archives.is_archive(path):
        return "archive"
    inner = inner_name(path).lower()
    fitting = (r for r in linter.readers if inner.endswith(tuple(r.suffixes) or ("\0",)))
    reader: Reader | None = next(fitting, None)
    return reader.name if reader is not None else "text"


def _is_often_something_else(name: str) -> bool:
    return name in ("json", "xml", "html", "csv")


def _articles(linter: Linter, path: str) -> Iterator[Article]:
    """The first articles of a file of text; none where it cannot be read."""
    if inner_name(path) != path or archives.is_archive(path):
        return
    try:
        with open(path, "rb") as handle:
            data = handle.read(LARGEST_READ)
            if handle.read(1):
                data = data[
                    : data.rfind(b"\n") + 1
                ]  # records come line by line; of others, no part will do
                if not path.lower().endswith((".jsonl", ".ndjson")):
                    return
        _, items = linter.read(Source.from_bytes(data, path))
        for item in islice(items or (), ARTICLES_READ):
            if isinstance(item, Article):
                yield item
    except (OSError, NotText, ValueError):
        return


def _note(found: Survey, top: str, article: Article) -> None:
    if article.declared_language or len(article.text) >= TOLD_FROM:
        found.languages.setdefault(top, Counter())[article.language] += 1
    for quotation in article.quotes:
        if quotation.close is not None and not quotation.level:
            straight = article.text[quotation.open.start] in "\"'"
            level = "double" if quotation.double else "single"
            found.quotations["straight" if straight else "curly", level] += 1


# ------------------------------------------------------------------ writing it down

_NAMES = {
    "text": "plain text", "markdown": "Markdown", "html": "HTML", "json": "JSON", "jsonl": "JSON Lines",
    "xml": "news XML", "rst": "reStructuredText", "asciidoc": "AsciiDoc", "office": "Word or OpenDocument",
    "csv": "CSV", "tables": "Parquet or Arrow", "warc": "web archives", "archive": "archives",
}  # fmt: skip


def written(found: Survey, *, baseline: bool = False) -> str:
    """The configuration, as a commented newslint.toml. `baseline`: whether there is to be one."""
    return (
        "\n".join(
            [
                "# Settings of newslint; “newslint config” shows those that hold, “newslint rules” the rules.",
                *_told(found),
                "",
                *_languages(found),
                "",
                "# What fails: “error”, or “warning” for all but notes.",
                'fail-on = "error"',
                "# What is known already does not fail; “newslint baseline --update” writes it down.",
                f'{"" if baseline else "# "}baseline = "{BASELINE}"',
                "",
                "# Rules by code, name, or family such as “TTL”.",
                '# ignore = ["vague-attribution"]',
                *_style(found),
                "",
                *_left_out(found),
                "",
                *_rule_tables(found),
                *_overrides(found),
            ]
        )
        + "\n"
    )


def _told(found: Survey) -> Iterator[str]:
    """What was looked at, in a line each."""
    if not found.articles:
        yield "# No article was found here when this was written."
    by_format: Counter[str] = Counter()
    for (_, name), count in found.articles.items():
        by_format[name] += count
    if by_format:
        listed = ", ".join(
            f"{count:,} {_NAMES.get(name, name)}" for name, count in by_format.most_common()
        )
        yield f"# Written for {listed}, in {_listed(_folders(found.articles))}."
    if found.others:
        several = ", ".join(
            f"{count:,} {_NAMES.get(name, name)} in {_shown(top)}"
            for (top, name), count in sorted(found.others.items())
        )
        yield f"# Found too, and no articles by a sample: {several}; such files are skipped and counted."


def _folders(files: Iterable[_Place]) -> list[str]:
    return [_shown(top) for top in sorted({top for top, _ in files})]


def _shown(top: str) -> str:
    """A folder, fit for a comment."""
    from newslint.terminal import visible

    return f"{visible(top)}/" if top else "this folder"


def _listed(names: Sequence[str]) -> str:
    shown = list(names[:6])
    more = len(names) - len(shown)
    if more:
        shown.append(f"{more} more")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _main_language(found: Survey) -> str:
    """The language of nearly all articles; "" where they are in several."""
    total: Counter[str] = Counter()
    for each in found.languages.values():
        total.update(each)
    return _agreed(total, ARTICLES_NEEDED)


def _agreed(counted: Counter[str], needed: int) -> str:
    count = sum(counted.values())
    if not count:
        return ""
    likeliest, own = counted.most_common(1)[0]
    return likeliest if count >= needed and own >= AGREED * count else ""


def _languages(found: Survey) -> Iterator[str]:
    main = _main_language(found)
    if main:
        yield "# Of articles that do not say it themselves; without it, each is asked."
        yield f"language = {_string(main)}"
        return
    total: Counter[str] = Counter()
    for each in found.languages.values():
        total.update(each)
    if total:
        several = ", ".join(f"{language} {count:,}" for language, count in total.most_common(5))
        yield f"# Of articles that do not say it themselves. Those that were read: {several}."
    else:
        yield "# Of articles that do not say it themselves; without it, each is asked."
    yield '# language = "en"'


def _marks(found: Survey) -> tuple[str, str]:
    """The marks of the house, and their level: "" where it has no one style."""
    kinds: Counter[str] = Counter()
    for (marks, _), count in found.quotations.items():
        kinds[marks] += count
    marks = _agreed(kinds, QUOTATIONS_NEEDED)
    levels: Counter[str] = Counter()
    for (own, level), count in found.quotations.items():
        if own == marks:
            levels[level] += count
    return marks, _agreed(levels, QUOTATIONS_NEEDED) if marks else ""


def _style(found: Survey) -> Iterator[str]:
    if _marks(found)[0]:
        yield "# Off by default: “quote-style” asks for the marks of the house, see below."
        yield 'extend-select = ["quote-style"]'
    else:
        yield '# extend-select = ["quote-style"]       # rules that are off by default'


def _left_out(found: Survey) -> Iterator[str]:
    yield "# Files and folders that are no articles. What .gitignore names is left out anyway."
    if found.about:
        yield f"extend-exclude = [{', '.join(_string(name) for name in found.about)}]"
    else:
        yield '# extend-exclude = ["archive/", "README.md"]'


def _rule_tables(found: Survey) -> Iterator[str]:
    marks, level = _marks(found)
    if marks:
        count = sum(found.quotations.values())
        own = sum(n for (kind, _), n in found.quotations.items() if kind == marks)
        yield f"# {own:,} of {count:,} quotations that were read have {marks} marks."
        yield "[rules.quote-style]"
        yield f"marks = {_string(marks)}"
        yield f"level = {_string(level)}" if level else '# level = "double"'
    else:
        yield "# [rules.quote-style]"
        yield '# marks = "curly"'
    yield ""
    yield "# [rules.unattributed-number]"
    yield '# severity = "error"'
    yield ""
    yield "# [per-file-ignores]"
    yield '# "letters/*.md" = ["QUO"]'


def _overrides(found: Survey) -> Iterator[str]:
    main = _main_language(found)
    tables = False
    for top, counted in sorted(found.languages.items()):
        language = _agreed(counted, ARTICLES_NEEDED)
        if top.isprintable() and top and language and language != main:
            tables = True
            yield ""
            yield "[[overrides]]"
            yield f"files = [{_string(f'{top}/**')}]"
            yield f"language = {_string(language)}"
    if not tables:
        yield ""
        yield "# [[overrides]]"
        yield '# files = ["de/**"]'
        yield '# language = "de"'


def _string(text: str) -> str:
    """A string of TOML."""
    signs = {'"': '\\"', "\\": "\\\\"}
    return (
        '"'
        + "".join(signs.get(c) or (c if c.isprintable() else f"\\u{ord(c):04X}") for c in text)
        + '"'
    )


# ------------------------------------------------------------------ what goes with it


def refuse_second(folder: str) -> str:
    """The configuration file above a folder that a new one would take the place of; "" for none.

    Raises ConfigError where the folder has one of its own.
    """
    there = find(folder)
    if there and os.path.dirname(there) == os.path.abspath(folder):
        raise ConfigError(f"{shown_path(there)} is there already; nothing was written")
    for name in FILES[:2]:
        if os.path.lexists(os.path.join(folder, name)):
            raise ConfigError(f"{os.path.join(folder, name)} is there already; nothing was written")
    return there


def hook(version: str) -> str:
    """The entry of a pre-commit configuration."""
    return f"""\
  - repo: https://github.com/newslint/newslint
    rev: v{version}
    hooks:
      - id: newslint
"""


def is_repository(folder: str) -> bool:
    """Whether a folder is the top of a git repository."""
    return os.path.exists(os.path.join(folder, ".git"))
