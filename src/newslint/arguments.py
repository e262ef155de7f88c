"""What a command line can say, and what it says.

Each option stands here once. `argparse` reads command lines, with help and errors; it and what it loads cost a
start as much as checking an article, so a plain command line of options that are known is read without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import SimpleNamespace

from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from typing import Literal, NoReturn


class Option(NamedTuple):
    """An option by its names, the long one first.

    `kind`: a switch, one value, or values that add up. `group`: the heading of the help text it stands under.
    `metavar` also says what a value is, so that a shell can complete it. Of those with one `choice` only one may be given.
    """

    names: tuple[str, ...]
    help: str
    kind: Literal["switch", "value", "values"] = "switch"
    group: str = ""
    metavar: str | None = None
    default: str | int | None = None
    choices: tuple[str, ...] = ()
    attribute: str = ""  # where it is not that of the long name
    choice: str = ""

    @property
    def key(self) -> str:
        """The attribute of its value."""
        return self.attribute or self.names[0].lstrip("-").replace("-", "_")

    @property
    def unset(self) -> object:
        """Its value where the command line does not name it."""
        return False if self.kind == "switch" else self.default


SETTINGS = (
    Option(
        ("--config",),
        "the only configuration file, or one setting on top; may be repeated",
        "values",
        "settings",
        "FILE|KEY=VALUE",
    ),
    Option(("--isolated",), "read no configuration file", group="settings"),
    Option(("--language",), "of the articles, such as en", "value", "settings", "CODE"),
    Option(("--format",), "of the files, whatever they are called", "value", "settings", "NAME"),
    Option(
        ("--plugin",),
        "load a Python module with rules; it runs as code",
        "values",
        "settings",
        "MODULE",
        attribute="plugins",
    ),
)

_RULES, _FAILS, _FIXES, _MUTED, _OUTPUT, _FILES = (
    "rules, by code, name, family or ALL",
    "what fails",
    "fixes",
    "suppressions",
    "output",
    "files",
)

CHECK = (
    *SETTINGS,
    Option(
        ("--files-from",),
        "read paths from a file, or - for standard input",
        "value",
        metavar="FILE",
    ),
    Option(
        ("--stdin-filename",), "what the text of - is called", "value", metavar="PATH", default=""
    ),
    Option(("--select",), "these rules only", "values", _RULES, "RULES"),
    Option(("--extend-select",), "these rules too", "values", _RULES, "RULES"),
    Option(("--ignore",), "not these rules", "values", _RULES, "RULES"),
    Option(
        ("--fail-on",),
        "default: error",
        "value",
        _FAILS,
        choices=("error", "warning", "info"),
    ),
    Option(("--max-warnings",), "more warnings fail", "value", _FAILS, "N"),
    Option(
        ("--diff-base",),
        "only findings on lines changed since a git revision",
        "value",
        _FAILS,
        "REV",
        default="",
    ),
    Option(
        ("--diff-from",),
        "only findings on lines that a patch changes; - is standard input",
        "value",
        _FAILS,
        "FILE",
        default="",
    ),
    Option(("--exit-zero",), "status 0 whatever is found", group=_FAILS),
    Option(("--baseline",), "findings that are known, and do not fail", "value", _FAILS, "FILE"),
    Option(("--no-baseline",), "count what the baseline knows too", group=_FAILS),
    Option(("--fix",), "mend what can be mended without a change of meaning", group=_FIXES),
    Option(("--unsafe-fixes",), "also where a person should look at it", group=_FIXES),
    Option(("--diff",), "show what --fix would change, and change nothing", group=_FIXES),
    Option(("--show-fixes",), "list what was fixed", group=_FIXES),
    Option(("--exit-non-zero-on-fix",), "status 1 where a file was changed", group=_FIXES),
    Option(
        ("--add-suppressions",),
        "write suppressions of what is found, in the articles or beside them",
        group=_MUTED,
    ),
    Option(("--reason",), "why, for those suppressions", "value", _MUTED, "TEXT", default=""),
    Option(("--until",), "the last day on which they hold", "value", _MUTED, "DAY", default=""),
    Option(("--output-format",), "{formats}; default: full", "value", _OUTPUT, "FORMAT"),
    Option(("--output-file",), "write the report to a file", "value", _OUTPUT, "FILE"),
    Option(
        ("--report",),
        "another report, to a file; may be repeated",
        "values",
        _OUTPUT,
        "FORMAT=FILE",
    ),
    Option(
        ("--color",),
        "default: auto",
        "value",
        _OUTPUT,
        default="auto",
        choices=("auto", "always", "never"),
    ),
    Option(("--statistics",), "counts by rule only", group=_OUTPUT),
    Option(("--timing",), "what each rule and view costs (one process, no cache)", group=_OUTPUT),
    Option(("--quiet", "-q"), "findings only, no totals", group=_OUTPUT),
    Option(
        ("--corpus",),
        "compare with all of the corpus; without paths, only compare its articles",
        group=_FILES,
    ),
    Option(("--force-exclude",), "excluded files stay out even if named", group=_FILES),
    Option(("--no-cache",), "check unchanged files again", group=_FILES),
    Option(("--no-respect-gitignore",), "check ignored files", group=_FILES),
    Option(
        ("--jobs", "-j"), "worker processes; default: all cores", "value", _FILES, "N", default=0
    ),
)
_AS_CHECK = ("--select", "--extend-select", "--ignore", "--fail-on", "--exit-zero", "--jobs")
_POLICY, _ENGINE = "the policy", "the engine"
CORPUS = (
    *SETTINGS,
    Option(
        ("--output", "-o"),
        "findings; articles, duplicates and policy go beside it",
        "value",
        metavar="FILE",
    ),
    *(option for option in CHECK if option.names[0] in _AS_CHECK),
    Option(("--drop",), "drop articles with findings of these", "values", _POLICY, "RULES"),
    Option(("--min-quality",), "drop articles below, 0 to 1", "value", _POLICY, "SHARE"),
    Option(("--no-duplicates",), "do not compare articles with each other"),
    Option(("--memory",), "of joins, before they use files; default: 1GB", "value", default="1GB"),
    Option(
        ("--engine",),
        "what runs it; default: local",
        "value",
        _ENGINE,
        default="local",
        choices=("local", "spark"),
    ),
    Option(("--master",), "of Spark, such as yarn", "value", _ENGINE, "URL", default=""),
    Option(("--quiet", "-q"), "nothing on standard output"),
)
_FOR_BASELINES = (
    "files_from",
    "baseline",
    "quiet",
    "force_exclude",
    "no_cache",
    "no_respect_gitignore",
    "jobs",
)
NUMBERS = frozenset(("max_warnings", "jobs"))


class Command(NamedTuple):
    """A command. `operand`: what its other words are (FILE, RULE, FOLDER, SHELL, or "" for none), and how many, as
    `argparse` says.
    """

    name: str
    summary: str
    options: tuple[Option, ...] = SETTINGS
    operand: str = "FILE"
    many: Literal["", "?", "*", "+"] = ""


COMMANDS = (
    Command("check", "Check files and folders.", CHECK, many="*"),
    Command("rules", "List the rules.", operand="RULE", many="*"),
    Command(
        "rule",
        "What a rule finds, and why.",
        (*SETTINGS, Option(("--all",), "every rule")),
        "RULE",
        "*",
    ),
    Command("parse", "The parts of an article, as newslint sees them."),
    Command("config", "The settings that hold for a file or folder.", many="?"),
    Command(
        "baseline",
        "What articles are known to hold, so that only new faults fail.",
        (
            *SETTINGS,
            *(option for option in CHECK if option.key in _FOR_BASELINES),
            Option(("--update",), "note what is found now", choice="way"),
            Option(("--prune",), "take out what is gone; add nothing", choice="way"),
            Option(("--check",), "write nothing; fail if anything is new or gone", choice="way"),
        ),
        many="*",
    ),
    Command(
        "clean",
        "Remove residue and mend encoding; without more, only list it.",
        (
            *SETTINGS,
            Option(("--diff",), "show the changes as a diff", choice="way"),
            Option(("--in-place",), "change the files", choice="way"),
            Option(
                ("--output", "-o"),
                "write to a file (- is standard output) or folder",
                "value",
                metavar="PATH",
                choice="way",
            ),
            Option(("--select",), "only what these find; default: RES,ENC", "values", "", "RULES"),
            Option(("--thorough",), "also lines that are residue more likely than not"),
            Option(("--certain",), "only lines that are errors, only safe fixes"),
            Option(
                ("--policy",),
                "do what a policy of newslint corpus says, no more",
                "value",
                metavar="FILE",
            ),
        ),
        many="*",
    ),
    Command("corpus", "Check a corpus: JSON Lines, Parquet, and all else.", CORPUS, many="+"),
    Command(
        "init",
        "Write a first newslint.toml, from what a folder is like.",
        (Option(("--yes", "-y"), "ask nothing; also write the hook and a baseline"),),
        "FOLDER",
        "?",
    ),
    Command("explain", "Who says what: the figures, quotations and credits of a line."),
    Command(
        "lsp",
        "Serve an editor, over standard input and output.",
        (*SETTINGS, Option(("--stdio",), "the one way there is; some editors say so")),
        operand="",
    ),
    Command("completion", "Print what makes a shell complete command lines.", (), "SHELL"),
)


def parser(name: str) -> ArgumentParser:
    """The `argparse` parser of a command, without its operands."""
    from argparse import ArgumentParser

    class Parser(ArgumentParser):
        """Says what is wrong in a line, not behind all options there are."""

        def error(self, message: str) -> NoReturn:
            from newslint.suggest import near
            from newslint.terminal import visible

            unknown = message.removeprefix("unrecognized arguments: ")
            known = [name for option in command.options for name in option.names]
            hint = near(unknown.split()[0].partition("=")[0], known) if unknown != message else ""
            hint = hint or f"; {self.prog} --help shows the options"
            self.exit(2, f"{self.prog}: error: {visible(message)}{hint}\n")

    command = next(each for each in COMMANDS if each.name == name)
    made = Parser(prog=f"newslint {name}", description=command.summary, allow_abbrev=False)
    groups = {"": made.add_argument}
    for option in command.options:
        if option.choice and option.choice not in groups:
            groups[option.choice] = made.add_mutually_exclusive_group().add_argument
        if option.group not in groups:
            groups[option.group] = made.add_argument_group(option.group).add_argument
        add = groups[option.choice or option.group]
        names = sorted(option.names, key=len)
        text = option.help.replace("{formats}", _formats()) if "{" in option.help else option.help
        if option.kind == "switch":
            add(*names, dest=option.key, action="store_true", help=text)
            continue
        add(
            *names,
            dest=option.key,
            action="append" if option.kind == "values" else "store",
            default=option.default,
            metavar=option.metavar,
            choices=option.choices or None,
            type=int if option.key in NUMBERS else str,
            help=text,
        )
    return made


def _formats() -> str:
    from newslint.reports import builtin_formats

    return ", ".join(builtin_formats())


def checked(given: Sequence[str]) -> SimpleNamespace:
    """The command line of `newslint check`: an attribute for each option, and `paths`.

    Ends the process with a message where it cannot be understood, and after `--help`.
    """
    found = plain(given, CHECK)
    if found is not None:
        return found
    end = given.index("--") if "--" in given else len(given)
    own = parser("check")
    own.add_argument(
        "paths", nargs="*", metavar="PATH", help="files and folders; - for standard input"
    )
    # Paths may stand between options, and all that stands behind "--" is one.
    options, more = own.parse_known_args(given[:end], SimpleNamespace())
    if unknown := [each for each in more if each[:1] == "-" and each != "-"]:
        own.error(f"unrecognized arguments: {' '.join(unknown)}")
    options.paths += [*more, *given[end + 1 :]]
    return options


def plain(given: Sequence[str], options: Iterable[Option]) -> SimpleNamespace | None:
    """A command line in which every option is written out, each value on its own or behind “=”; None for any other.

    What it gives is what `argparse` would.
    """
    known = {name: option for option in options for name in option.names}
    values: dict[str, object] = {option.key: option.unset for option in known.values()}
    paths: list[str] = []
    waiting = iter(given)
    for each in waiting:
        if each == "--":
            paths += waiting
        elif each[:1] != "-" or each == "-":
            paths.append(each)
        else:
            name, equals, value = each.partition("=")
            option = known.get(name)
            if option is None or (equals and (option.kind == "switch" or each[:2] != "--")):
                return None
            if option.kind == "switch":
                values[option.key] = True
                continue
            if not equals:
                value = next(waiting, "-")
                if value[:1] == "-":
                    return None
            if option.choices and value not in option.choices:
                return None
            if option.key in NUMBERS:
                if not (value.isascii() and value.isdecimal()):
                    return None
                values[option.key] = int(value)
            elif option.kind == "values":
                before = values[option.key]
                values[option.key] = [*(before if isinstance(before, list) else ()), value]
            else:
                values[option.key] = value
    return SimpleNamespace(**values, paths=paths)
