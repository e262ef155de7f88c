"""A file of suppressions beside the articles, for formats in which nothing can be noted.

```toml
[[suppress]]
path = "letters/2026.jsonl"
part = "a17"
code = "QUO101"
text = "‘malign"
reason = "as it was printed"
until = 2027-01-31
```
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from newslint.config import ConfigError, table_of
from newslint.directives import is_day
from newslint.suggest import near
from newslint.suppress import Entries, Entry
from newslint.typed import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from newslint.config import Place, Value

KEYS = ("path", "part", "code", "text", "reason", "until")


def load(path: str, known: Iterable[tuple[str, str]]) -> Entries:
    """The entries of a file. `known`: (code, name) of every rule.

    Raises ConfigError, with file and line, for what cannot be read or names no rule.
    """
    table, place = table_of(path)
    for key in table:
        if key != "suppress":
            raise ConfigError(
                f"{place(key)}: unknown key “{key}”; entries stand under [[suppress]]"
            )
    given = table.get("suppress", [])
    if not isinstance(given, list):
        raise ConfigError(f"{place('suppress')}: entries are written as [[suppress]] tables")
    names = {each for code, name in known for each in (code, name, code[:3])}
    found = [_entry(each, index, place, names) for index, each in enumerate(given)]
    return Entries(path, found)


def _entry(given: Value, index: int, place: Place, names: set[str]) -> Entry:
    keys = ("suppress", str(index))
    if not isinstance(given, dict):
        raise ConfigError(f"{place(*keys)}: entries are written as [[suppress]] tables")
    values: dict[str, str] = {}
    codes: tuple[str, ...] = ()
    for key, value in given.items():
        spot = place(*keys, key)
        if key not in KEYS:
            raise ConfigError(f"{spot}: unknown key “{key}” in [[suppress]]{near(key, KEYS)}")
        if key == "code":
            codes = _codes(value, spot, names)
        elif key == "until":
            day = str(value.isoformat())[:10] if hasattr(value, "isoformat") else str(value)
            if not is_day(day):
                raise ConfigError(f"{spot}: “until” needs the last day: until = 2027-01-31")
            values[key] = day
        elif isinstance(value, str):
            values[key] = " ".join(value.split()) if key in ("text", "reason") else value
        elif key == "part" and isinstance(value, int):
            values[key] = str(value)
        else:
            raise ConfigError(f"{spot}: “{key}” must be a string")
    for key, found in (("path", values.get("path")), ("code", codes)):
        if not found:
            raise ConfigError(f"{place(*keys)}: [[suppress]] needs “{key}”")
    line = int(place(*keys).rpartition(":")[2])
    return Entry(line, codes=codes, **values)


def _codes(value: Value, spot: str, names: set[str]) -> tuple[str, ...]:
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        raise ConfigError(f"{spot}: “code” must be the code or name of a rule, or a list of them")
    codes = tuple(cast("list[str]", listed))
    for code in codes:
        if code not in names:
            raise ConfigError(f"{spot}: unknown rule “{code}”{near(code, names)}")
    return codes


# ------------------------------------------------------------------ writing


def added(text: str, entries: Sequence[Entry]) -> str:
    """The text of such a file with entries behind those that it has."""
    blocks = ["\n".join(_lines(entry)) + "\n" for entry in entries]
    if not text.strip():
        return "\n".join(blocks)
    return "\n".join((text.rstrip("\r\n") + "\n", *blocks))


def _lines(entry: Entry) -> Iterator[str]:
    yield "[[suppress]]"
    yield f"path = {_quoted(entry.path)}"
    if entry.part:
        yield f"part = {_quoted(entry.part)}"
    codes = ", ".join(map(_quoted, entry.codes))
    yield f"code = {codes}" if len(entry.codes) == 1 else f"code = [{codes}]"
    for key, value in (("text", entry.text), ("reason", entry.reason)):
        if value:
            yield f"{key} = {_quoted(value)}"
    if entry.until:
        yield f"until = {entry.until}"


def _quoted(text: str) -> str:
    """A TOML string. What TOML forbids in one, and what a screen would not show, is escaped."""
    shown = "".join(_sign(sign) for sign in text)
    return f'"{shown}"'


def _sign(sign: str) -> str:
    if sign in '"\\':
        return f"\\{sign}"
    if sign.isprintable():
        return sign
    return f"\\u{ord(sign):04X}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08X}"


def pattern_of(path: str, folder: str) -> str:
    """The pattern of one file, for an entry in `folder`."""
    from newslint import archives

    relative = archives.relative(path, folder)
    return relative if "/" in relative else f"/{relative}"
