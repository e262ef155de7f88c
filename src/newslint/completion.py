"""`newslint completion`: scripts by which a shell completes command lines, made from the table of options.

Rules, formats and languages are those that newslint brings; files and git revisions are looked up by the shell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newslint.arguments import COMMANDS, Command, Option
from newslint.typed import NamedTuple

SHELLS = ("bash", "zsh", "fish")


class Values(NamedTuple):
    """What can be given to an option or a command. `kind`: words, rules (several, by commas), files, or revisions."""

    kind: str
    words: tuple[str, ...] = ()


NOTHING = Values("nothing")


def script(shell: str) -> str:
    """The script of one of `SHELLS`."""
    lines = {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell]()
    return "".join(f"{line}\n" for line in lines)


# ------------------------------------------------------------------ what can be given


def _rules() -> list[str]:
    from newslint.config import Config
    from newslint.engine import Linter
    from newslint.rules import FAMILIES

    rules = Linter(Config()).rules
    families = {rule.family for rule in rules}
    return [
        "ALL",
        *(family for family in FAMILIES if family in families),
        *(rule.code for rule in rules),
        *(rule.name for rule in rules),
    ]


def _values(option: Option) -> Values:
    if option.choices:
        return Values("words", option.choices)
    if option.metavar == "FORMAT":
        from newslint.reports import builtin_formats

        return Values("words", tuple(builtin_formats()))
    if option.metavar == "NAME":
        from newslint.readers import builtin_readers

        return Values("words", tuple(reader.name for reader in builtin_readers()))
    if option.metavar == "CODE":
        from newslint.text.languages import QUOTATION_MARKS

        return Values("words", tuple(code for code in QUOTATION_MARKS if len(code) == 2))
    if option.metavar == "RULES":
        return Values("rules")
    if option.metavar == "REV":
        return Values("revisions")
    is_file = option.metavar is not None and option.metavar.split("|")[0] in ("FILE", "PATH")
    return Values("files") if is_file else NOTHING


def _operands(command: Command) -> Values:
    if command.operand == "SHELL":
        return Values("words", SHELLS)
    if not command.operand:
        return NOTHING
    return Values("rules" if command.operand == "RULE" else "files")


def _options(command: Command) -> list[Option]:
    return [*command.options, Option(("--help", "-h"), "what the command takes")]


def _help(option: Option) -> str:
    return option.help.partition("{")[0].strip("; ") or "how it looks"


# ------------------------------------------------------------------ bash


def _bash() -> Iterator[str]:
    yield '# eval "$(newslint completion bash)"'
    yield "_newslint() {"
    yield "    local IFS=$' \\t\\n' current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}"
    yield "    local command=check kind=files words='' options word"
    yield "    COMPREPLY=()"
    yield "    # bash splits --name=value into three words."
    yield "    if [[ $current == = ]]; then current=''"
    yield "    elif [[ $before == = ]]; then before=${COMP_WORDS[COMP_CWORD-2]}; fi"
    names = " ".join(command.name for command in COMMANDS)
    yield f"    local commands='{names}'"
    yield "    if (( COMP_CWORD > 1 )); then"
    yield '        for word in $commands; do [[ ${COMP_WORDS[1]} == "$word" ]] && command=$word; done'
    yield "    fi"
    yield "    case $command in"
    for command in COMMANDS:
        options = _options(command)
        yield f"    {command.name})"
        yield f"        options='{' '.join(name for each in options for name in each.names)}'"
        kind, words = _operands(command)
        yield f"        kind={kind} words='{' '.join(words)}'"
        yield "        case $before in"
        for option in options:
            if option.kind != "switch":
                kind, words = _values(option)
                yield f"        {'|'.join(option.names)}) kind={kind} words='{' '.join(words)}' options='' ;;"
        yield "        esac ;;"
    yield "    esac"
    yield "    if [[ $current == -* && -n $options ]]; then"
    yield '        COMPREPLY=($(compgen -W "$options" -- "$current")); return'
    yield "    fi"
    yield "    case $kind in"
    yield '    words) COMPREPLY=($(compgen -W "$words" -- "$current")) ;;'
    yield "    rules)"
    yield "        local given=''"
    yield "        [[ $current == *,* ]] && given=${current%,*},"
    yield '        COMPREPLY=($(compgen -P "$given" -W "$_newslint_rules" -- "${current##*,}")) ;;'
    yield "    revisions)"
    yield "        # A branch may be called like a command; neither compgen -W nor the line may carry it out."
    yield "        while IFS= read -r word; do"
    yield '            [[ $word == "$current"* ]] && COMPREPLY+=("$(printf %q "$word")")'
    yield "        done < <(echo HEAD; git for-each-ref --format='%(refname:short)' 2>/dev/null) ;;"
    yield "    files)"
    yield "        # Files are left to bash, which knows best how to write them, except beside the commands."
    yield "        if (( COMP_CWORD == 1 )); then"
    yield "            compopt -o filenames 2>/dev/null"
    yield '            while IFS= read -r word; do COMPREPLY+=("$word"); done < <('
    yield '                compgen -W "$commands" -- "$current"; compgen -f -- "$current")'
    yield "        fi ;;"
    yield "    esac"
    yield "}"
    yield from _wrapped("_newslint_rules='", _rules(), "'")
    yield "complete -o bashdefault -o default -F _newslint newslint"


def _wrapped(before: str, words: Sequence[str], after: str) -> Iterator[str]:
    """Words on lines that can be read."""
    line = before
    for word in words:
        if len(line) + len(word) > 98:
            yield line.rstrip()
            line = ""
        line += f"{word} "
    yield line.rstrip() + after


# ------------------------------------------------------------------ zsh


def _zsh() -> Iterator[str]:
    yield "#compdef newslint"
    yield '# eval "$(newslint completion zsh)", or a file _newslint in a folder of $fpath'
    yield "_newslint_rules() {"
    yield "    local -a rules"
    yield from _wrapped("    rules=(", _rules(), ")")
    yield "    _sequence compadd - $rules"
    yield "}"
    yield "_newslint_revisions() {"
    yield "    local -a revisions"
    yield "    revisions=(HEAD ${(f)\"$(git for-each-ref --format='%(refname:short)' 2>/dev/null)\"})"
    yield "    compadd -a revisions"
    yield "}"
    yield "_newslint_beginning() {"
    yield "    local -a commands"
    yield "    commands=("
    for command in COMMANDS:
        yield f"        {_single(f'{command.name}:{command.summary}')}"
    yield "    )"
    yield "    _describe -t commands command commands"
    yield "    _files"
    yield "}"
    yield "_newslint() {"
    yield "    local command=check"
    yield "    local -a names"
    yield f"    names=({' '.join(command.name for command in COMMANDS)})"
    yield "    if (( CURRENT > 2 && ${names[(Ie)${words[2]}]} )); then"
    yield "        command=$words[2]"
    yield "        shift words"
    yield "        (( CURRENT-- ))"
    yield "    elif (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then"
    yield "        _newslint_beginning"
    yield "        return"
    yield "    fi"
    yield "    case $command in"
    for command in COMMANDS:
        yield f"    {command.name})"
        yield "        _arguments -s -S \\"
        for option in _options(command):
            for spec in _zsh_specs(option):
                yield f"            {spec} \\"
        yield f"            '*:{command.operand.lower()}:{_zsh_action(_operands(command))}' ;;"
    yield "    esac"
    yield "}"
    yield 'if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _newslint "$@"; else compdef _newslint newslint; fi'


def _zsh_specs(option: Option) -> Iterator[str]:
    text = _help(option).replace("[", "(").replace("]", ")")
    again = "*" if option.kind == "values" else f"({' '.join(option.names)})"
    for name in option.names:
        if option.kind == "switch":
            yield _single(f"{again}{name}[{text}]")
        else:
            sign = "=" if name.startswith("--") else "+"
            what = (option.metavar or option.key).lower().replace("|", " or ")
            yield _single(f"{again}{name}{sign}[{text}]:{what}:{_zsh_action(_values(option))}")


def _zsh_action(values: Values) -> str:
    return {
        "words": f"({' '.join(values.words)})",
        "rules": "_newslint_rules",
        "revisions": "_newslint_revisions",
        "files": "_files",
    }.get(values.kind, " ")


def _single(text: str) -> str:
    """A word in single quotes."""
    escaped = text.replace("'", "'\\''")
    return f"'{escaped}'"


# ------------------------------------------------------------------ fish


def _fish() -> Iterator[str]:
    yield "# newslint completion fish | source"
    yield "function __newslint_command"
    yield "    set -l given (commandline -opc)"
    yield f"    if set -q given[2]; and contains -- $given[2] {' '.join(c.name for c in COMMANDS)}"
    yield "        test $given[2] = $argv[1]"
    yield "    else"
    yield "        test $argv[1] = check"
    yield "    end"
    yield "end"
    yield "function __newslint_rules"
    yield from (f"    printf '%s\\n' {' '.join(part)}" for part in _in_tens(_rules()))
    yield "end"
    yield "function __newslint_revisions"
    yield "    echo HEAD"
    yield "    git for-each-ref --format='%(refname:short)' 2>/dev/null"
    yield "end"
    yield "complete -c newslint -e"
    for command in COMMANDS:
        about = f"-d {_fish_string(command.summary)}"
        yield f"complete -c newslint -n 'test (count (commandline -opc)) -eq 1' -a {command.name} {about}"
    for command in COMMANDS:
        here = f"complete -c newslint -n '__newslint_command {command.name}'"
        for option in _options(command):
            names = " ".join(
                f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}"
                for name in option.names
            )
            takes = "" if option.kind == "switch" else f" {_fish_action(_values(option))}"
            yield f"{here} {names}{takes} -d {_fish_string(_help(option))}"
        values = _operands(command)
        if values.kind != "files":
            beyond = f"{here[:-1]}; and test (count (commandline -opc)) -gt 1'"
            yield f"{beyond} {_fish_action(values).replace('-x', '-f', 1)}"


def _in_tens(words: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(words), 10):
        yield words[at : at + 10]


def _fish_action(values: Values) -> str:
    return {
        "words": f"-x -a '{' '.join(values.words)}'",
        "rules": "-x -a '(__fish_complete_list , __newslint_rules)'",
        "revisions": "-x -a '(__newslint_revisions)'",
        "files": "-r -F",
    }.get(values.kind, "-x")


def _fish_string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
