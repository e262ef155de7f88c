"""The shape of a rule, the decorator that makes one of a function, and sets of rules.

A rule is data with its cases beside it: `check` for a rule in Python, `patterns` for one from a pack.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from newslint.finding import Hit, Severity
from newslint.typed import TYPE_CHECKING, NamedTuple
from newslint.typed import choices as literals

if TYPE_CHECKING:
    from typing import Literal, Protocol, TypeAlias

    from newslint.article import Article, BlockKind
    from newslint.corpus.compare import CorpusHit

    class Check(Protocol):
        """What a rule in Python is: an article, and options by keyword, to hits."""

        def __call__(self, article: Article, /, **options: OptionValue) -> Iterator[Hit]: ...

    # The kinds of things that an article has for some rules; none where there is nothing for them.
    Where: TypeAlias = "Callable[[Article], Collection[str]]"

    # What a corpus rule is: the facts of many articles, and options by keyword, to hits.
    CorpusCheck: TypeAlias = "Callable[..., Iterator[CorpusHit]]"


OptionValue: TypeAlias = "str | int | float | bool | tuple[str, ...]"
Options: TypeAlias = "Mapping[str, OptionValue]"

FAMILIES: Mapping[str, str] = {
    "RES": "scraping residue",
    "QUO": "quotation marks",
    "ATT": "attribution",
    "TTL": "titles",
    "DUP": "duplicates",
    "ENC": "encoding",
    "GEN": "machine leftovers",
    "FIG": "figures and dates",
    "NAM": "names",
    "TYP": "typography",
    "STY": "house style",
    "LNT": "newslint itself",
}


class Case(NamedTuple):
    """An example of a rule: `⟦…⟧` around each exact span of a bad one; `fixed` is what its fixes make of it.

    `beside`: the other articles that a corpus rule compares it with, with marks of their own.
    """

    text: str
    fixed: str | None = None
    language: str = ""
    path: str = "article.txt"
    options: Options = {}
    encoding: str = "utf-8"
    beside: tuple[str, ...] = ()


class Option(NamedTuple):
    """A setting of a rule. `choices` is empty where any value of the default's type will do."""

    name: str
    default: OptionValue
    choices: tuple[str, ...] = ()


class Pattern(NamedTuple):
    """One pattern of a rule without code.

    `kind`: "existence" and "substitution" match inside a line, "lines" a whole line without the
    white space around it. `literals`: folded strings of which every match holds at least one; empty
    where the pattern has none. `beside`: more such sets. `longest`: how many characters a match can
    have; 0 for any number. `prefixes`: what its lines can begin with; none where that is not known.
    `own`: of a pack of newslint itself, whose patterns are known to take no more than linear time.
    """

    kind: Literal["existence", "lines", "substitution"]
    source: str
    ignore_case: bool
    swap: str | None = None
    literals: tuple[str, ...] = ()
    longest: int = 0
    beside: tuple[tuple[str, ...], ...] = ()
    prefixes: tuple[str, ...] = ()
    own: bool = False


class Rule(NamedTuple):
    """A rule, however it was written. `corpus`: what it finds by comparing articles, from their facts alone.

    `anchors`: characters or strings of which the text must hold one for `check` to be worth calling;
    none means always. `where`: what says whether an article may have anything for it, for less than a call of `check`;
    rules that share one ask once, and a rule with a `kind` is called only where that is among the answers.
    `languages`: where the rule applies; none means everywhere.
    `blocks`: kinds of block in which a pattern counts; none means all but code.
    `last_resort`: its findings count only where no other rule of its family has one.
    `in_documentation`: whether it has something to say about texts on software too (`Article.is_documentation`).
    `origin`: the file (and line) that defines it. `reads_bodies`: a corpus rule that needs more than titles; on by
    default only where the articles of a corpus are to be compared, as that costs a run a third more or twice that.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    why: str
    bad: tuple[Case, ...]
    good: tuple[Case, ...]
    default: bool = True
    languages: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    where: Where | None = None
    kind: str = ""
    blocks: frozenset[BlockKind] = frozenset()
    check: Check | None = None
    corpus: CorpusCheck | None = None
    patterns: Sequence[Pattern] = ()
    message: str = ""
    in_quotations: bool = False
    safe_fix: bool = False
    last_resort: bool = False
    in_documentation: bool = True
    reads_bodies: bool = False
    options: tuple[Option, ...] = ()
    origin: str = ""

    @property
    def family(self) -> str:
        """The three letters of the code."""
        return self.code[:3]

    @property
    def fixable(self) -> bool:
        """Whether one of the rule's own cases shows a fix."""
        return any(case.fixed is not None for case in self.bad)


def is_family_for_documentation(code: str) -> bool:
    """Whether rules of the family of a code run on documentation: not those on what pages, sources and desks do to news.

    Manuals have sections on “Comments” and “See also”, say the same of ten functions, and quote nobody.
    """
    return code[:3] not in ("RES", "ATT", "DUP")


CaseLike: TypeAlias = "str | tuple[str, str] | Case"


def rule(
    code: str,
    name: str,
    *,
    bad: Sequence[CaseLike],
    good: Sequence[CaseLike],
    severity: Severity = "error",
    default: bool = True,
    languages: Sequence[str] = (),
    anchors: Sequence[str] = (),
    where: Where | None = None,
    kind: str = "",
    last_resort: bool = False,
    in_documentation: bool | None = None,
) -> Callable[[Callable[..., Iterator[Hit]]], Rule]:
    """Make a rule of a function `(article, *, option=default, …) -> Iterator[Hit]`.

    The docstring's first line is the summary, the rest says why it matters. A bad case may be a pair
    (bad, fixed). Keyword-only parameters are the rule's options; a `Literal[…]` annotation of strings
    lists what is allowed. `last_resort`: runs behind all others, and its findings count only where no other rule
    of the family has one; `article.named` says where they have.
    `in_documentation`: whether it runs on texts about software too; None: as its family does.

    Raises ValueError where the function has no docstring.
    """

    def make(function: Callable[..., Iterator[Hit]]) -> Rule:
        summary, _, why = (function.__doc__ or "").strip().partition("\n")
        if not summary:
            raise ValueError(f"rule {code} {name}: the function needs a docstring")
        return Rule(
            code=code,
            name=name,
            severity=severity,
            summary=summary,
            why=_unindented(why),
            bad=tuple(as_case(case) for case in bad),
            good=tuple(as_case(case) for case in good),
            default=default,
            languages=tuple(languages),
            anchors=tuple(anchors),
            where=where,
            kind=kind,
            last_resort=last_resort,
            in_documentation=(
                is_family_for_documentation(code) if in_documentation is None else in_documentation
            ),
            check=function,
            options=_options(function),
            origin=function.__module__,
        )

    return make


def corpus_rule(
    code: str,
    name: str,
    *,
    bad: Sequence[Case],
    good: Sequence[Case],
    severity: Severity = "error",
    default: bool = True,
    reads_bodies: bool = True,
) -> Callable[[Callable[..., Iterator[CorpusHit]]], Rule]:
    """Make a rule of a function `(corpus, *, option=default, …) -> Iterator[CorpusHit]`, which compares articles.

    `reads_bodies`: whether it looks at more than title, date, source and `copy`.

    A corpus is an iterable of `Facts`, one for each article, in order. A case names other articles in `beside`.

    Raises ValueError where the function has no docstring.
    """

    def make(function: Callable[..., Iterator[CorpusHit]]) -> Rule:
        made = rule(code, name, bad=bad, good=good, severity=severity, default=default)(function)  # type: ignore[arg-type]
        return made._replace(check=None, corpus=function, reads_bodies=reads_bodies)

    return make


def as_case(case: CaseLike) -> Case:
    """A case however it was written."""
    if isinstance(case, Case):
        return case
    return Case(case) if isinstance(case, str) else Case(case[0], case[1])


def _unindented(text: str) -> str:
    lines = [line.strip() for line in text.strip().splitlines()]
    return "\n".join(lines)


def _options(function: Callable[..., Iterator[Hit]]) -> tuple[Option, ...]:
    # Read off the function itself: `inspect` would cost a cold start 10 ms.
    defaults: Mapping[str, OptionValue] = getattr(function, "__kwdefaults__", None) or {}
    annotations = getattr(function, "__annotations__", {})
    found = []
    for name, value in defaults.items():
        annotation = annotations.get(name, "")
        choices: tuple[str, ...] = ()
        if isinstance(annotation, str) and annotation.startswith("Literal["):
            choices = literals(annotation)
        found.append(Option(name.replace("_", "-"), value, choices))
    return tuple(found)


def rules_in(namespace: Iterable[object]) -> list[Rule]:
    """The rules among the values of a module: `rules_in(vars(module).values())`."""
    return [value for value in namespace if isinstance(value, Rule)]
