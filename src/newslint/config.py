"""Settings: found, read and checked; a frozen record afterwards."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence

from newslint.compressed import inner_name
from newslint.finding import SEVERITIES, Severity
from newslint.globs import matches
from newslint.rules import Options, OptionValue
from newslint.typed import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from typing import TypeAlias

BASELINE = "newslint-baseline.json"  # what the file is called unless a setting says otherwise
FILES = ("newslint.toml", ".newslint.toml", "pyproject.toml")


class Override(NamedTuple):
    """Settings for the files that match one of `files` (patterns relative to the config's folder)."""

    files: tuple[str, ...]
    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    language: str = ""
    format: str = ""
    fields: Mapping[str, tuple[str, ...]] = {}
    severity: Mapping[str, Severity] = {}
    options: Mapping[str, Options] = {}

    @property
    def suffixed(self) -> tuple[str, ...]:
        """Those of its patterns that name files by a suffix."""
        return tuple(each for each in self.files if "." in each.rpartition("/")[2])


class Config(NamedTuple):
    """All settings of a run, or of the files under one configuration file.

    Selectors are codes, prefixes of codes, names, or "ALL". `select` empty: the rules that are on by
    default. `options` and `severity` go by rule name. `root`: the folder that patterns are relative
    to. `today`: the date rules may compare with, ISO 8601; "" is the day of the run. `format`: of every file,
    whatever its name; "" chooses by name and content. `fields`: the keys or columns that hold the parts of an
    article, by our name for each (`newslint.fields.NAMES`).
    `corpus`: files and folders, relative to `root`, with whose articles those of a run are compared.
    `baseline`: the file of findings that are known; with `baseline_ratchet` it may only shrink. `suppressions`: the
    file of suppressions for articles that hold none themselves. Both as paths; "" for none.
    `include` empty: every format that can be read, and the suffixes for which an override names one. `max_warnings`
    below 0: any number. `max_megabytes`: of a file in a format that is read at once; 0 for any number.
    `places`: where a setting was made ("newslint.toml:7", "--select"), by key: "rules.long-title.max-words".
    """

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    language: str = ""
    format: str = ""
    fields: Mapping[str, tuple[str, ...]] = {}
    severity: Mapping[str, Severity] = {}
    options: Mapping[str, Options] = {}
    overrides: tuple[Override, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ("node_modules", "site-packages", "__pycache__")
    extend_exclude: tuple[str, ...] = ()
    baseline: str = ""
    baseline_ratchet: bool = False
    suppressions: str = ""
    respect_gitignore: bool = True
    force_exclude: bool = False
    extend_packs: tuple[str, ...] = ()
    corpus: tuple[str, ...] = ()
    plugins: tuple[str, ...] = ()
    disable_plugins: tuple[str, ...] = ()
    required_plugins: tuple[str, ...] = ()
    fail_on: Severity = "error"
    max_warnings: int = -1
    max_megabytes: int = 200
    output_format: str = ""
    root: str = "."
    today: str = ""
    places: Mapping[str, str] = {}

    def includes(self, relative: str, suffixes: tuple[str, ...]) -> bool:
        """Whether a path, relative to `root`, is an article by its name; `suffixes`: those that can be read."""
        name = relative.lower()
        if name.endswith(BASELINE):  # newslint's own
            return False
        if self.include:
            return matches(relative, self.include)
        if name.endswith(suffixes) or inner_name(name).endswith(suffixes):
            return True
        return any(each.format and matches(relative, each.suffixed) for each in self.overrides)

    def included(self, base: str, names: Sequence[str], suffixes: tuple[str, ...]) -> list[str]:
        """The names of files in the folder `base` that are articles by their names; `base` as in `includes`."""
        includes = self.includes
        if self.include:
            return [name for name in names if includes(base + name, suffixes)]
        # Files of a folder mostly end alike.
        ends = {name[name.rfind(".") :] for name in names}
        plain = tuple(
            end for end in ends if end.lower() in suffixes and not BASELINE.endswith(end.lower())
        )
        return [name for name in names if name.endswith(plain) or includes(base + name, suffixes)]

    @property
    def excluding(self) -> tuple[str, ...]:
        """The patterns of what is left out."""
        return (*self.exclude, *self.extend_exclude)


class ConfigError(ValueError):
    """A setting that cannot be used. The message names file, line and the nearest known name."""


Value: TypeAlias = "str | int | float | bool | list[Value] | dict[str, Value]"
Table: TypeAlias = "dict[str, Value]"
Place: TypeAlias = "Callable[..., str]"  # keys to "file:line"

_TABLES = ("extend", "fields", "overrides", "per-file-ignores", "rules")
_NOT_IN_FILES = ("fields", "severity", "options", "overrides", "plugins", "root", "places")
_PATHS = ("include", "exclude", "extend-exclude")
_OWN_FILES = ("baseline", "suppressions")
SUPPRESSIONS = "newslint-suppressions.toml"  # holds where it lies beside the configuration


def today(config: Config) -> str:
    """The date that holds, ISO 8601."""
    if config.today:
        return config.today
    from time import strftime

    return strftime("%Y-%m-%d")


def setting_names() -> list[str]:
    """The keys of a configuration file, sorted."""
    fields = (field.replace("_", "-") for field in Config._fields if field not in _NOT_IN_FILES)
    return sorted([*fields, *_TABLES])


# ------------------------------------------------------------------ finding and reading files


def find(folder: str) -> str:
    """The configuration file nearest to `folder`, in it or above it; "" where there is none.

    A pyproject.toml counts if it has a table [tool.newslint].
    """
    folder = os.path.abspath(folder)
    while True:
        for name in FILES:
            path = os.path.join(folder, name)
            if os.path.isfile(path) and (name != "pyproject.toml" or _has_table(path)):
                return path
        parent = os.path.dirname(folder)
        if parent == folder:
            return ""
        folder = parent


def _has_table(path: str) -> bool:
    try:
        with open(path, "rb") as handle:
            if b"newslint" not in handle.read():  # spares most projects' files the parser
                return False
    except OSError:
        return False
    table, _ = _parsed(path)
    tool = table.get("tool")
    return isinstance(tool, dict) and "newslint" in tool


def load(path: str) -> Config:
    """The settings of one configuration file and of those it extends. Raises ConfigError."""
    chain = _chain(path, [])
    own = os.path.dirname(os.path.abspath(path))
    root = own
    for file, _, _ in chain:
        folder = os.path.dirname(file)
        if _is_inside(root, folder):
            root = folder
    config = Config(root=root)
    for file, table, place in chain:
        folder = os.path.dirname(file)
        config = applied(config, *_rebased(table, place, folder, own, root))
    return config


def files_of(path: str) -> list[str]:
    """A configuration file and those that it extends, as far as they can be told; the last may not be there."""
    found: list[str] = []
    try:
        _chain(path, found)
    except ConfigError:  # whoever loads them says what is wrong
        return found
    return found


def _chain(path: str, seen: list[str]) -> list[tuple[str, Table, Place]]:
    """The file and all it extends, the farthest first; `seen` gets their paths."""
    chain: list[tuple[str, Table, Place]] = []
    path = os.path.abspath(path)
    seen.append(path)
    while True:
        table, place = table_of(path)
        chain.insert(0, (path, table, place))
        if "extend" not in table:
            return chain
        target = _string(table["extend"], "extend", place("extend"))
        path = os.path.abspath(os.path.join(os.path.dirname(path), os.path.expanduser(target)))
        if path in seen:
            raise ConfigError(f"{place('extend')}: extends itself through “{target}”")
        seen.append(path)
        if not os.path.isfile(path):
            raise ConfigError(f"{place('extend')}: there is no file “{target}” to extend")


def table_of(path: str) -> tuple[Table, Place]:
    """newslint's own table of a file, and where its keys stand."""
    table, text = _parsed(path)
    prefix: tuple[str, ...] = ()
    lines: dict[tuple[str, ...], int] = {}

    def place(*keys: str) -> str:
        from newslint.toml_lines import key_lines, line_of

        if not lines:
            lines.update(key_lines(text))
        return f"{shown_path(path)}:{line_of(lines, (*prefix, *keys))}"

    if os.path.basename(path) == "pyproject.toml":
        prefix = ("tool", "newslint")
        tool = table.get("tool", {})
        table = _table(
            tool.get("newslint", {}) if isinstance(tool, dict) else {}, "tool.newslint", place()
        )
    return table, place


def _parsed(path: str) -> tuple[Table, str]:
    import tomli

    shown = shown_path(path)
    try:
        with open(path, "rb") as handle:
            text = handle.read().decode("utf-8-sig").replace("\r\n", "\n")
        return tomli.loads(text), text
    except OSError as error:
        raise ConfigError(f"{shown}: cannot be read ({error.strerror or error})") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{shown}: not UTF-8 at byte {error.start}") from None
    except tomli.TOMLDecodeError as error:
        raise ConfigError(
            _toml_message(shown, str(error), text.rstrip("\n").count("\n") + 1)
        ) from None
    except RecursionError:
        raise ConfigError(f"{shown}: nested too deeply") from None


def _toml_message(shown: str, message: str, lines: int) -> str:
    reason, _, where = message.partition(" (at ")
    digits = "".join(c if c.isdigit() else " " for c in where).split()
    line = digits[0] if digits else str(lines)
    if reason.startswith(("Cannot overwrite", "Cannot declare", "Duplicate")):
        reason = "this stands here a second time; keep one of the two"
    return f"{shown}:{line}: not TOML: {reason[:1].lower()}{reason[1:]}"


def shown_path(path: str) -> str:
    """A path as messages name it: relative to the working folder if it is inside."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        return path
    return path if relative.startswith("..") else relative


def _is_inside(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _rebased(table: Table, place: Place, folder: str, own: str, root: str) -> tuple[Table, Place]:
    """The patterns of a file in `folder`, as patterns relative to `root`, and where they stand.

    Those of a file that is no parent of the extending one (`own`) count from the extending one.
    """
    if "extend-packs" in table:
        from glob import escape

        packs = table["extend-packs"]
        if isinstance(packs, list):
            joined: list[Value] = [
                os.path.join(escape(folder), pack) if isinstance(pack, str) else pack
                for pack in packs
            ]
            table = {**table, "extend-packs": joined}
    for key in _OWN_FILES:
        if isinstance(value := table.get(key), str) and value:
            table = {**table, key: os.path.join(folder, os.path.expanduser(value))}
    prefix = os.path.relpath(folder if _is_inside(folder, root) else own, root).replace(os.sep, "/")
    if prefix == ".":
        return table, place
    table = dict(table)
    written: dict[str, str] = {}
    for key in _PATHS:
        if key in table:
            table[key] = _prefixed(table[key], prefix)
    ignores, overrides = table.get("per-file-ignores"), table.get("overrides")
    if isinstance(ignores, dict):
        written = {_under(prefix, key): key for key in ignores}
        table["per-file-ignores"] = {key: ignores[written[key]] for key in written}
    if isinstance(overrides, list):
        table["overrides"] = [
            {**each, "files": _prefixed(each["files"], prefix)}
            if isinstance(each, dict) and "files" in each
            else each
            for each in overrides
        ]
    return table, lambda *keys: place(*(written.get(key, key) for key in keys))


def _prefixed(patterns: Value, prefix: str) -> Value:
    if not isinstance(patterns, list):
        return patterns
    return [_under(prefix, each) if isinstance(each, str) else each for each in patterns]


def _under(prefix: str, pattern: str) -> str:
    anchored = "/" in pattern.rstrip("/")
    return f"{prefix}/{pattern.lstrip('/')}" if anchored else f"{prefix}/**/{pattern}"


# ------------------------------------------------------------------ checking values


def applied(config: Config, table: Table, place: Place, *, trusted: bool = False) -> Config:
    """`config` with the settings of a table on top: lists called extend-… grow, others are replaced.

    `place` says where a key stands. `trusted`: the table is the user's own command line, which alone
    may name Python modules to run, and whose `ignore` adds to the file's.

    Raises ConfigError for unknown keys and wrong values.
    """
    from newslint.suggest import near

    changes: dict[str, object] = {}
    places = dict(config.places)
    for key, value in table.items():
        field = key.replace("-", "_")
        if key in _TABLES:
            continue
        if key == "plugins" and not trusted:
            raise ConfigError(
                f"{place(key)}: “plugins” runs code and is for the command line only (--plugin);"
                " installed plugins are found by themselves"
            )
        if field not in Config._fields or "_" in key or (field in _NOT_IN_FILES and not trusted):
            raise ConfigError(f"{place(key)}: unknown key “{key}”{near(key, setting_names())}")
        checked = _setting(key, value, Config._field_defaults[field], place(key))
        first = 0
        if isinstance(checked, tuple):
            if field.startswith("extend_") or (trusted and field == "ignore"):
                first = len(getattr(config, field))
                checked = (*getattr(config, field), *checked)
            for index in range(first, len(checked)):
                places[f"{key}.{index}"] = place(key, str(index - first))
        changes[field] = checked
        places[key] = place(key)
    if "fields" in table:
        found = _fields(table["fields"], place, ("fields",), places, "fields")
        changes["fields"] = {**config.fields, **found}
    if "rules" in table:
        options, severity = _rules(table["rules"], place, ("rules",), places, "rules")
        changes["options"] = merged(config.options, options)
        changes["severity"] = {**config.severity, **severity}
    overrides = [*config.overrides]
    for override, where in (*_ignores(table, place), *_overrides(table, place)):
        for key, spot in where.items():
            places[f"overrides.{len(overrides)}.{key}".rstrip(".")] = spot
        overrides.append(override)
    return config._replace(**changes, overrides=tuple(overrides), places=places)  # type: ignore[arg-type]


def merged(below: Mapping[str, Options], above: Mapping[str, Options]) -> dict[str, Options]:
    """Options by rule, those of `above` before those of `below`."""
    result = dict(below)
    for name, values in above.items():
        result[name] = {**result.get(name, {}), **values}
    return result


def _setting(key: str, value: Value, default: object, place: str) -> object:
    if isinstance(default, tuple):
        return _strings(value, key, place)
    if isinstance(default, bool):
        if not isinstance(value, bool):
            raise ConfigError(f"{place}: “{key}” must be true or false")
        return value
    if isinstance(default, int):
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise ConfigError(f"{place}: “{key}” must be a whole number from 0")
        return value
    if key == "today" and hasattr(value, "isoformat"):
        return str(value.isoformat())[:10]
    text = _string(value, key, place)
    if key == "fail-on":
        return _severity(text, key, place)
    if key == "language":
        return _language(text, place)
    return text


def _string(value: Value, key: str, place: str) -> str:
    if not isinstance(value, str):
        raise ConfigError(f"{place}: “{key}” must be a string")
    return value


def _strings(value: Value, key: str, place: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ConfigError(f"{place}: “{key}” must be a list of strings")
    return tuple(cast("list[str]", value))


def _severity(value: Value, key: str, place: str) -> Severity:
    from newslint.suggest import near

    for severity in SEVERITIES:
        if value == severity:
            return severity
    hint = near(str(value), SEVERITIES) or f"; it is one of {', '.join(SEVERITIES)}"
    raise ConfigError(f"{place}: unknown severity “{value}” for “{key}”{hint}")


def _language(text: str, place: str) -> str:
    tag = text.replace("_", "-").lower()
    code, *rest = tag.split("-")
    if code and not (
        code.isascii()
        and code.isalpha()
        and len(code) in (2, 3)
        and all(part.isascii() and part.isalnum() and len(part) <= 8 for part in rest)
    ):
        raise ConfigError(f"{place}: “language” must be a code such as “en”, or “en-GB”")
    return tag


def _table(value: Value, key: str, place: str) -> Table:
    if not isinstance(value, dict):
        raise ConfigError(f"{place}: “{key}” must be a table")
    return value


def _rules(
    value: Value, place: Place, keys: tuple[str, ...], places: dict[str, str], prefix: str
) -> tuple[dict[str, Options], dict[str, Severity]]:
    """Options and severities by rule; rule names and options are checked once rules are known."""
    options: dict[str, Options] = {}
    severities: dict[str, Severity] = {}
    for rule, settings in _table(value, "rules", place(*keys)).items():
        where = (*keys, rule)
        places[f"{prefix}.{rule}"] = place(*where)
        values: dict[str, OptionValue] = {}
        for name, setting in _table(settings, f"rules.{rule}", place(*where)).items():
            spot = place(*where, name)
            places[f"{prefix}.{rule}.{name}"] = spot
            if name == "severity":
                severities[rule] = _severity(setting, name, spot)
            elif isinstance(setting, list):
                values[name] = _strings(setting, name, spot)
            elif isinstance(setting, (str, int, float)):
                values[name] = setting
            else:
                raise ConfigError(f"{spot}: “{name}” must be a string, number, true, false or list")
        if values or rule not in severities:
            options[rule] = values
    return options, severities


def _fields(
    value: Value, place: Place, keys: tuple[str, ...], places: dict[str, str], prefix: str
) -> dict[str, tuple[str, ...]]:
    """Keys of records by our name for what they hold."""
    from newslint.fields import NAMES
    from newslint.suggest import near

    found: dict[str, tuple[str, ...]] = {}
    for name, given in _table(value, "fields", place(*keys)).items():
        spot = place(*keys, name)
        places[f"{prefix}.{name}"] = spot
        if name not in NAMES:
            hint = near(name, NAMES) or f"; it is one of {', '.join(NAMES)}"
            raise ConfigError(f"{spot}: unknown field “{name}”{hint}")
        found[name] = (given,) if isinstance(given, str) else _strings(given, name, spot)
    return found


_Placed: TypeAlias = "list[tuple[Override, dict[str, str]]]"


def _ignores(table: Table, place: Place) -> _Placed:
    key = "per-file-ignores"
    found: _Placed = []
    for pattern, value in _table(table.get(key, {}), key, place(key)).items():
        original = (key, pattern)
        ignore = _strings(value, pattern, place(*original))
        where = {f"ignore.{i}": place(*original, str(i)) for i in range(len(ignore))}
        found.append((Override((pattern,), ignore=ignore), {"": place(*original), **where}))
    return found


def _overrides(table: Table, place: Place) -> _Placed:
    from newslint.suggest import near

    given = table.get("overrides", [])
    if not isinstance(given, list):
        raise ConfigError(f"{place('overrides')}: overrides are written as [[overrides]] tables")
    known = (
        "files",
        "select",
        "extend-select",
        "ignore",
        "language",
        "format",
        "fields",
        "rules",
    )
    found: _Placed = []
    for index, item in enumerate(given):
        keys = ("overrides", str(index))
        values = _table(item, "overrides", place(*keys))
        where = {"": place(*keys)}
        lists: dict[str, tuple[str, ...]] = {}
        options: dict[str, Options] = {}
        severity: dict[str, Severity] = {}
        fields: dict[str, tuple[str, ...]] = {}
        language = format_name = ""
        for key, value in values.items():
            spot = place(*keys, key)
            where[key] = spot
            if key not in known:
                raise ConfigError(f"{spot}: unknown key “{key}” in [[overrides]]{near(key, known)}")
            if key == "language":
                language = _language(_string(value, key, spot), spot)
            elif key == "format":
                format_name = _string(value, key, spot)
            elif key == "fields":
                fields = _fields(value, place, (*keys, key), where, key)
            elif key == "rules":
                options, severity = _rules(value, place, (*keys, "rules"), where, "rules")
            else:
                lists[key] = _strings(value, key, spot)
                where.update(
                    {f"{key}.{i}": place(*keys, key, str(i)) for i in range(len(lists[key]))}
                )
        if not lists.get("files"):
            raise ConfigError(f"{where['']}: [[overrides]] needs “files”, a list of patterns")
        override = Override(
            files=lists["files"],
            select=lists.get("select"),
            extend_select=lists.get("extend-select", ()),
            ignore=lists.get("ignore", ()),
            language=language,
            format=format_name,
            fields=fields,
            severity=severity,
            options=options,
        )
        found.append((override, where))
    return found


# ------------------------------------------------------------------ settings of a run


def inline(text: str) -> Table:
    """`--config KEY=VALUE` as a table. The value is TOML, or a string that needs no quotes.

    Raises ConfigError where it is neither.
    """
    import tomli

    key, _, value = text.partition("=")
    for attempt in (text, f"{key} = '{value.strip()}'"):
        try:
            return tomli.loads(attempt)
        except (tomli.TOMLDecodeError, RecursionError):
            continue
    raise ConfigError(f"--config: “{text}” is neither a file nor KEY=VALUE")


class Resolver:
    """Which settings hold where: those of the nearest file, with the command line's on top.

    `file`: the only configuration file; `isolated`: none at all. `settings`: tables of --config
    KEY=VALUE; `options`: of the other options, by the key that each stands for. `root`: the folder that counts as
    the root of files that no configuration file holds for; "" is the working folder.
    """

    def __init__(
        self,
        *,
        file: str = "",
        isolated: bool = False,
        settings: Iterable[Table] = (),
        options: Table | None = None,
        root: str = "",
    ) -> None:
        self._root = root
        self._file = file
        bare = self._bare() if isolated else None
        self._fixed = _with_suppressions(load(file)) if file else bare
        self._settings = tuple(settings)
        self._options = options or {}
        self._by_file: dict[str, Config] = {}
        self._by_folder: dict[str, Config] = {}
        self._by_given: dict[
            str, Config
        ] = {}  # folders as paths name them: to tidy each up takes longer
        if self._fixed is not None:
            self._fixed = self._with_command_line(self._fixed)

    def for_folder(self, folder: str) -> Config:
        """The settings of a folder. Raises ConfigError."""
        if self._fixed is not None:
            return self._fixed
        folder = os.path.abspath(folder)
        if folder not in self._by_folder:
            file = find(folder)
            if file not in self._by_file:
                config = load(file) if file else self._bare()
                self._by_file[file] = self._with_command_line(_with_suppressions(config))
            self._by_folder[folder] = self._by_file[file]
        return self._by_folder[folder]

    def file_for(self, folder: str) -> str:
        """The configuration file that holds in a folder; "" for none. Raises ConfigError."""
        return self._file if self._fixed is not None else find(folder)

    def _bare(self) -> Config:
        return Config(root=self._root or os.getcwd())

    def for_file(self, path: str) -> Config:
        """The settings of a file, which need not exist. Raises ConfigError."""
        given = path[: path.rfind(os.sep) + 1]
        if given not in self._by_given:
            self._by_given[given] = self.for_folder(os.path.dirname(os.path.abspath(path)))
        return self._by_given[given]

    def _with_command_line(self, config: Config) -> Config:
        for table in self._settings:
            if "extend" in table:
                raise ConfigError("--config: “extend” stands in configuration files only")
            config = applied(config, table, lambda *keys: "--config")
        if "select" in self._options:
            # Whoever names the rules to run wants these, whatever a file says of others.
            config = config._replace(extend_select=(), ignore=(), places=_without_selectors(config))
        if "format" in self._options:
            plain = tuple(override._replace(format="") for override in config.overrides)
            config = config._replace(overrides=plain)
        return applied(config, self._options, _option, trusted=True)


def _with_suppressions(config: Config) -> Config:
    if config.suppressions:
        return config
    path = os.path.join(config.root, SUPPRESSIONS)
    return config._replace(suppressions=path) if os.path.isfile(path) else config


def _without_selectors(config: Config) -> dict[str, str]:
    gone = ("select", "extend-select", "ignore")
    return {key: spot for key, spot in config.places.items() if key.split(".")[0] not in gone}


_OPTION_NAMES = {"plugins": "--plugin", "respect-gitignore": "--no-respect-gitignore"}


def _option(*keys: str) -> str:
    return _OPTION_NAMES.get(keys[0], f"--{keys[0]}")
