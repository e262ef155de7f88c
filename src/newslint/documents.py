"""One page a rule, made of the rule itself: `python -m newslint.documents docs/rules [--check]`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence

from newslint.rules import FAMILIES, Case, Option, Rule, is_family_for_documentation
from newslint.terminal import visible

INDEX = "README.md"
MADE = "<!-- Made by `python -m newslint.documents docs/rules`; edit the rule instead. -->"


def pages(rules: Iterable[Rule]) -> Mapping[str, str]:
    """The text of every page by its file name."""
    ordered = sorted(rules, key=lambda rule: rule.code)
    made = {f"{rule.name}.md": f"{MADE}\n\n{page(rule)}" for rule in ordered}
    return {INDEX: _index(ordered), **made}


def page(rule: Rule) -> str:
    """What a rule finds and why, its examples and options, as Markdown."""
    return "\n".join(_page(rule)) + "\n"


def _page(rule: Rule) -> Iterator[str]:
    yield f"# {rule.code} {rule.name}"
    yield ""
    yield visible(rule.summary)
    yield ""
    traits = [rule.severity, "on by default" if rule.default else "off by default"]
    if rule.fixable:
        traits.append("has a fix")
    if rule.languages:
        traits.append(f"for {', '.join(rule.languages)}")
    yield f"*{FAMILIES.get(rule.family, rule.family)}: {'; '.join(traits)}*"
    if rule.why:
        yield ""
        yield from (visible(line) for line in rule.why.splitlines())
    if rule.options:
        yield ""
        yield "## Options"
        yield ""
        for option in rule.options:
            yield f"* `{option.name}`: {_choices(option)}, default `{_value(option)}`"
    for title, cases in (("Found", rule.bad), ("Left alone", rule.good)):
        if cases:
            yield ""
            yield f"## {title}"
            for case in cases:
                yield ""
                yield from _case(case)


def _choices(option: Option) -> str:
    if option.choices:
        return " or ".join(f"`{choice}`" for choice in option.choices)
    kinds = {bool: "true or false", int: "a whole number", float: "a number", str: "text"}
    return kinds.get(type(option.default), "a list of texts")


def _value(option: Option) -> str:
    if isinstance(option.default, bool):
        return str(option.default).lower()
    return ", ".join(option.default) if isinstance(option.default, tuple) else str(option.default)


def _case(case: Case) -> Iterator[str]:
    traits = []
    if case.path != "article.txt":
        traits.append(f"`{case.path}`")
    if case.language:
        traits.append(f"language `{case.language}`")
    if case.encoding != "utf-8":
        traits.append(f"saved as {case.encoding}")
    traits += [f"`{name} = {value}`" for name, value in case.options.items()]
    if traits:
        yield f"{', '.join(traits)}:"
        yield ""
    yield from _fenced(case.text)
    for other in case.beside:
        yield ""
        yield "beside:"
        yield ""
        yield from _fenced(other)
    if case.fixed is not None:
        yield ""
        yield "with the fix:"
        yield ""
        yield from _fenced(case.fixed)


def _fenced(text: str) -> Iterator[str]:
    fence = "```"
    while fence in text:
        fence += "`"
    yield f"{fence}text"
    for line in text.strip("\n").split("\n"):
        yield visible(line)
    yield fence


def _index(rules: Sequence[Rule]) -> str:
    lines = [MADE, "", "# Rules", "", f"{len(rules)} rules."]
    apart = [family for family in FAMILIES if not is_family_for_documentation(family)]
    if any(rule.family in apart for rule in rules):
        lines += [
            "",
            "Documentation is no copy: a README or a licence, and Markdown, reStructuredText or AsciiDoc with code in"
            f" it. Nothing of {', '.join(apart[:-1])} and {apart[-1]} is said of it, and of other families nothing that is"
            " usual in code.",
        ]
    for family, meaning in FAMILIES.items():
        own = [rule for rule in rules if rule.family == family]
        if not own:
            continue
        lines += [
            "",
            f"## {family}: {meaning}",
            "",
            "| code | name | level | what |",
            "|---|---|---|---|",
        ]
        for rule in own:
            level = rule.severity if rule.default else f"{rule.severity}, off"
            summary = visible(rule.summary).replace("|", "\\|")
            lines.append(f"| {rule.code} | [{rule.name}]({rule.name}.md) | {level} | {summary} |")
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str]) -> int:
    """Write the pages into a folder, or with `--check` say which are out of date."""
    from newslint.ruleset import builtin_rules

    folder = next((each for each in arguments if not each.startswith("-")), "")
    if not folder:
        print("usage: python -m newslint.documents FOLDER [--check]", file=sys.stderr)
        return 2
    made = pages(builtin_rules())
    stale = _stale(folder, made)
    if "--check" in arguments:
        for name in stale:
            print(f"{os.path.join(folder, name)} is out of date", file=sys.stderr)
        return 1 if stale else 0
    os.makedirs(folder, exist_ok=True)
    for name in stale:
        path = os.path.join(folder, name)
        if name in made:
            with open(path, "w", encoding="utf-8", newline="\n") as handle:
                handle.write(made[name])
        else:
            os.unlink(path)
    return 0


def _stale(folder: str, made: Mapping[str, str]) -> list[str]:
    found = {}
    if os.path.isdir(folder):
        for name in os.listdir(folder):
            if name.endswith(".md"):
                with open(os.path.join(folder, name), encoding="utf-8") as handle:
                    found[name] = handle.read()
    return sorted(name for name in {*made, *found} if made.get(name) != found.get(name))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
