"""Rules without code: `rules/*.toml` to `Rule`s. Every error names the file and the line."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence

from newslint import cache
from newslint.article import BLOCK_KINDS, BlockKind
from newslint.finding import SEVERITIES, Severity
from newslint.literals import (
    is_anchored,
    line_prefixes,
    longest_match,
    plain,
    required_beside,
    required_literals,
)
from newslint.rules import Case, Pattern, Rule, is_family_for_documentation
from newslint.scan import Scanner, Tables, compiled_pattern, folded
from newslint.suggest import near
from newslint.typed import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from typing import Literal, TypeAlias, overload

_Kind: TypeAlias = "Literal['existence', 'lines', 'substitution']"
Value: TypeAlias = "str | int | float | bool | list[Value] | dict[str, Value]"
KINDS = ("existence", "lines", "substitution")
_TYPES: Mapping[str, type] = {
    "code": str, "name": str, "kind": str, "languages": list, "severity": str, "default": bool,
    "message": str, "why": str, "match": list, "swap": dict, "literals": list, "blocks": list,
    "in-quotations": bool, "in-documentation": bool, "safe-fix": bool, "ignore-case": bool, "bad": list, "good": list,
}  # fmt: skip
_REQUIRED = ("code", "name", "kind", "message", "why", "bad", "good")
_TYPE_NAMES = {str: "a string", list: "a list", bool: "true or false", dict: "a table"}


class PackError(ValueError):
    """A pack that cannot be used. The message starts with file and line."""


def builtin_packs() -> list[str]:
    """Paths of the packs that come with newslint, sorted."""
    return packs_in(_own_folder())


def _is_own(path: str) -> bool:
    return os.path.dirname(path) == _own_folder()


def _own_folder() -> str:
    here = os.path.dirname(os.path.abspath(__file__))
    folder = os.path.join(here, "_rules")
    if not os.path.isdir(folder):  # a checkout: the packs stand beside src/
        folder = os.path.join(os.path.dirname(os.path.dirname(here)), "rules")
    return folder


def packs_in(folder: str) -> list[str]:
    """The packs of a folder, sorted. Raises PackError where there is no such folder."""
    try:
        names = sorted(name for name in os.listdir(folder) if name.endswith(".toml"))
    except OSError as error:
        raise PackError(f"{folder}: no such folder of rule packs ({error.strerror})") from None
    return [os.path.join(folder, name) for name in names]


def load_all(paths: Sequence[str], *, whole: bool = True, patterns: bool = True) -> list[Rule]:
    """The rules of several packs. Raises PackError.

    `whole=False`: from the cache where they have been read before, without what only people need (why, cases),
    and with their patterns read when first asked for. `patterns=False`: with patterns as they are written; to analyse
    them takes ten times as long as to read all else.
    """
    contents = [_content(path) for path in paths]
    if whole:
        return [
            rule
            for path, data in zip(paths, contents, strict=True)
            for rule in _rules(path, data, patterns=patterns)
        ]
    name = cache.key(
        _made_by(),
        *(
            part
            for path, data in zip(paths, contents, strict=True)
            for part in (path.encode("utf-8", "surrogateescape"), data)
        ),
    )
    shelf = _Shelf(name, paths)
    slim = _slim(cache.load("rules", name), shelf)
    if slim is None:
        read = shelf.fill()
        rows = tuple(_plain(rule) for rule in read)
        cache.store("rules", name, rows)
        slim = _slim(rows, shelf)
        assert slim is not None
    return slim


def _language(rule: Rule) -> str:
    return "+".join(rule.languages)


def _by_language(rules: Iterable[Rule]) -> dict[str, list[Pattern]]:
    found: dict[str, list[Pattern]] = {}
    for rule in rules:
        found.setdefault(_language(rule), []).extend(rule.patterns)
    return found


class _Shelf:
    """The patterns of packs in the cache, by the languages of their rules.

    Those of newslint's own packs are analysed when a text of the language comes; faults in those of others are to be
    told at once.
    """

    def __init__(self, name: str, paths: Sequence[str]) -> None:
        self.name = name
        self._paths = paths
        self._written: dict[str, list[Pattern]] = {}  # as own packs have them
        self._read: dict[str, list[Pattern]] = {}  # analysed

    def fill(self) -> list[Rule]:
        """The rules of the packs, which are read; their patterns are then at hand."""
        own = all(map(_is_own, self._paths))
        rules = load_all(self._paths, patterns=not own)
        if own:
            self._written = _by_language(rules)
        else:
            self._read = _by_language(rules)
            for language in self._read:
                self._store(language)
        return rules

    def of(self, language: str) -> list[Pattern]:
        """The patterns for some languages, in the order of their rules."""
        if language not in self._read:
            rows = cache.load("patterns", f"{self.name}-{language}")
            try:
                self._read[language] = [Pattern(*row) for row in rows]  # type: ignore[misc,union-attr]
            except TypeError:  # not asked for yet, swept away, or damaged
                if not self._written:
                    self.fill()
                if language not in self._read:
                    self._read[language] = [*map(analysed, self._written[language])]
                    self._store(language)
        return self._read[language]

    def _store(self, language: str) -> None:
        rows = tuple([tuple(each) for each in self._read[language]])
        cache.store("patterns", f"{self.name}-{language}", rows)


class _Shelved(Sequence[Pattern]):
    """The patterns of one rule, which are read when one is asked for."""

    def __init__(self, shelf: _Shelf, language: str, first: int, count: int) -> None:
        self._shelf = shelf
        self._language = language
        self._first = first
        self._count = count

    def __len__(self) -> int:
        return self._count

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, index: int) -> Pattern: ...
        @overload
        def __getitem__(self, index: slice) -> list[Pattern]: ...

    def __getitem__(self, index: int | slice) -> Pattern | list[Pattern]:
        own = self._shelf.of(self._language)[self._first : self._first + self._count]
        return own[index]

    def __iter__(self) -> Iterator[Pattern]:
        return iter(self._shelf.of(self._language)[self._first : self._first + self._count])

    @property
    def place(self) -> tuple[str, str, int, int]:
        """What tells these patterns from all others."""
        return self._shelf.name, self._language, self._first, self._count


def scanner(rules: Sequence[Rule]) -> Scanner:
    """A scanner for the patterns of some rules; its tables come from the cache where all of these do."""
    places = [rule.patterns.place for rule in rules if isinstance(rule.patterns, _Shelved)]
    if len(places) < len(rules):
        return Scanner(rules)
    name = cache.key(_made_by(), repr(places).encode())
    rows = cache.load("tables", name)
    if isinstance(rows, tuple) and len(rows) == len(Tables._fields):
        return Scanner(rules, Tables(*rows))  # type: ignore[arg-type]
    made = Scanner(rules)
    cache.store("tables", name, cast("cache.Data", tuple(made.tables)))
    return made


def _made_by() -> bytes:
    """What decides how a pack becomes rules, besides the pack: the shape of a rule, and the code that reads it."""
    from newslint import literals, scan

    files = (__file__, literals.__file__, scan.__file__)
    stamps = [os.stat(file).st_mtime_ns for file in files if os.path.isfile(file)]
    return repr((Rule._fields, Pattern._fields, Case._fields, stamps)).encode()


def _plain(rule: Rule) -> cache.Data:
    # Of a pack's rule, these fields hold more than what marshal takes as it is.
    fields = rule._asdict()
    fields |= {"why": "", "bad": (), "good": (), "blocks": tuple(sorted(rule.blocks))}
    fields["patterns"] = len(rule.patterns) * (0,)
    return tuple(fields.values())


_LANGUAGES, _BLOCKS, _PATTERNS = map(Rule._fields.index, ("languages", "blocks", "patterns"))


def _slim(rows: cache.Data, shelf: _Shelf) -> list[Rule] | None:
    """The rules of a cache entry, with patterns that `shelf` has; None for what is none."""
    counts: dict[str, int] = {}
    found = []
    try:
        for row in rows:  # type: ignore[union-attr]
            values = list(row)  # type: ignore[arg-type]
            language, count = "+".join(values[_LANGUAGES]), len(values[_PATTERNS])
            first = counts.get(language, 0)
            counts[language] = first + count
            values[_BLOCKS] = frozenset(values[_BLOCKS])
            values[_PATTERNS] = _Shelved(shelf, language, first, count)
            found.append(Rule(*values))
    except TypeError:
        return None
    return found


def load(path: str) -> list[Rule]:
    """The rules of one pack. Raises PackError: not readable, not TOML, or not what a rule is made of."""
    return _rules(path, _content(path))


def _content(path: str) -> bytes:
    try:
        with open(path, "rb") as handle:
            return handle.read()
    except OSError as error:
        raise PackError(f"{path}: cannot be read ({error.strerror})") from None


def _rules(path: str, content: bytes, *, patterns: bool = True) -> list[Rule]:
    import tomli

    try:
        text = content.decode("utf-8").replace("\r\n", "\n")
        data: dict[str, Value] = tomli.loads(text)
    except UnicodeDecodeError as error:
        raise PackError(f"{path}: not UTF-8 at byte {error.start}") from None
    except tomli.TOMLDecodeError as error:
        raise PackError(f"{path}: {error}") from None
    places = _Places(path, text)
    tables = data.pop("rule", [])
    for key in data:
        raise PackError(
            f"{places.of_key(key)}: unknown key “{key}”; a pack holds [[rule]] tables only"
        )
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise PackError(f"{path}:1: rules are written as [[rule]] tables")
    return [
        _rule(cast("dict[str, Value]", table), index, places, patterns=patterns)
        for index, table in enumerate(tables)
    ]


class _Places:
    """Line numbers of the nth rule and of its keys; TOML parsers keep none."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.own = _is_own(path)
        self._lines = text.split("\n")

    def _tables(self) -> list[int]:
        return [i for i, line in enumerate(self._lines) if line.strip().startswith("[[rule]]")]

    def of(self, rule: int, key: str = "") -> str:
        """ "file:line" of a key of rule number `rule`, or of the rule itself."""
        tables = self._tables()
        if rule >= len(tables):
            return f"{self.path}:1"
        end = tables[rule + 1] if rule + 1 < len(tables) else len(self._lines)
        line = next(
            (i for i in range(tables[rule], end) if _key(self._lines[i]) == key), tables[rule]
        )
        return f"{self.path}:{line + 1}"

    def of_key(self, key: str) -> str:
        """ "file:line" of a key or table outside the rules."""
        line = next(
            (i for i, each in enumerate(self._lines) if key in (_key(each), each.strip(" []"))), 0
        )
        return f"{self.path}:{line + 1}"


def _key(line: str) -> str:
    return line.partition("=")[0].strip().strip("\"'") if "=" in line else ""


def analysed(written: Pattern) -> Pattern:
    """A pattern with all that tells, without compiling it, where it cannot match."""
    seen = plain(written.source)
    is_line = written.kind == "lines"
    return written._replace(
        literals=written.literals or required_literals(seen),
        longest=longest_match(seen) if is_line else 0,
        beside=required_beside(seen),
        prefixes=line_prefixes(seen) if is_line or is_anchored(seen) else (),
    )


def _rule(table: dict[str, Value], index: int, places: _Places, *, patterns: bool) -> Rule:
    for key, value in table.items():
        if key not in _TYPES:
            raise PackError(f"{places.of(index, key)}: unknown key “{key}”{near(key, _TYPES)}")
        if not isinstance(value, _TYPES[key]):
            wanted = _TYPE_NAMES[_TYPES[key]]
            raise PackError(f"{places.of(index, key)}: “{key}” must be {wanted}")
    name = str(table.get("name", f"number {index + 1}"))
    for key in _REQUIRED:
        if key not in table:
            raise PackError(f"{places.of(index)}: rule “{name}” has no “{key}”")
    kind = _one_of(table, "kind", KINDS, index, places)
    severity = _one_of(table, "severity", SEVERITIES, index, places) or "error"
    blocks = _strings(table, "blocks", index, places)
    for block in blocks:
        if block not in BLOCK_KINDS:
            place = places.of(index, "blocks")
            raise PackError(f"{place}: unknown kind of block “{block}”{near(block, BLOCK_KINDS)}")
    summary, _, why = str(table["why"]).strip().partition(". ")
    return Rule(
        code=str(table["code"]),
        name=name,
        severity=cast("Severity", severity),
        summary=summary.rstrip(".") + ".",
        why=why,
        bad=_cases(table, "bad", index, places),
        good=_cases(table, "good", index, places),
        default=bool(table.get("default", True)),
        languages=_strings(table, "languages", index, places),
        blocks=cast("frozenset[BlockKind]", frozenset(blocks)),
        patterns=_patterns(table, cast("_Kind", kind), index, places, analyse=patterns),
        message=str(table["message"]),
        in_quotations=bool(table.get("in-quotations", kind == "lines")),
        safe_fix=bool(table.get("safe-fix", False)),
        in_documentation=bool(
            table.get("in-documentation", is_family_for_documentation(str(table["code"])))
        ),
        origin=places.of(index),
    )


def _patterns(
    table: dict[str, Value], kind: _Kind, index: int, places: _Places, *, analyse: bool
) -> tuple[Pattern, ...]:
    swaps: dict[str, str | None] = dict.fromkeys(_strings(table, "match", index, places))
    swap_table = table.get("swap", {})
    assert isinstance(swap_table, dict)
    key = "swap" if kind == "substitution" else "match"
    if bool(swap_table) != (kind == "substitution") or (kind == "substitution" and swaps):
        raise PackError(f"{places.of(index, 'kind')}: a rule of kind “{kind}” takes “{key}”")
    for old, new in swap_table.items():
        if not isinstance(new, str):
            raise PackError(f"{places.of(index, 'swap')}: “{old}” must be replaced by a string")
        swaps[old] = new
    if not swaps:
        raise PackError(f"{places.of(index)}: “{key}” is empty")
    declared = folded(_strings(table, "literals", index, places))
    ignore_case = bool(table.get("ignore-case", True))
    written = [
        Pattern(kind, source, ignore_case, swap, declared, own=places.own)
        for source, swap in swaps.items()
    ]
    if not analyse:
        return tuple(written)
    import regex

    patterns = tuple(map(analysed, written))
    for pattern in patterns:
        if not pattern.literals:  # only then: compiling every pattern would slow each start
            try:
                compiled_pattern(pattern)
            except regex.error as error:
                place = places.of(index, key)
                source = pattern.source
                raise PackError(f"{place}: pattern “{source}” cannot be read: {error}") from None
    return patterns


def _cases(table: dict[str, Value], key: str, index: int, places: _Places) -> tuple[Case, ...]:
    language = next(iter(_strings(table, "languages", index, places)), "")
    cases = []
    for item in cast("list[Value]", table[key]):
        if isinstance(item, str):
            cases.append(Case(item, language=language))
        elif isinstance(item, list) and len(item) == 2 and all(isinstance(i, str) for i in item):
            cases.append(Case(str(item[0]), str(item[1]), language=language))
        elif isinstance(item, dict) and isinstance(item.get("text"), str) and set(item) <= {
            "text", "fixed", "language", "path"
        }:  # fmt: skip
            fixed = item.get("fixed")
            cases.append(
                Case(
                    str(item["text"]),
                    str(fixed) if fixed is not None else None,
                    str(item.get("language", language)),
                    str(item.get("path", "article.txt")),
                )
            )
        else:
            place = places.of(index, key)
            raise PackError(
                f"{place}: a case is a string, a pair [bad, fixed] or a table with “text”"
                " and “fixed”, “language” or “path”"
            )
    return tuple(cases)


def _strings(table: dict[str, Value], key: str, index: int, places: _Places) -> tuple[str, ...]:
    values = cast("list[Value]", table.get(key, []))
    if not all(isinstance(value, str) for value in values):
        raise PackError(f"{places.of(index, key)}: “{key}” must be a list of strings")
    return tuple(str(value) for value in values)


def _one_of(
    table: dict[str, Value], key: str, allowed: Sequence[str], index: int, places: _Places
) -> str:
    value = str(table.get(key, ""))
    if value and value not in allowed:
        raise PackError(
            f"{places.of(index, key)}: unknown {key} “{value}”; it is one of {', '.join(allowed)}"
        )
    return value
