"""newslint checks news articles for what slips past an editor.

import newslint

for finding in newslint.lint_text(text):
    print(finding.start, finding.code, finding.message)
"""

from __future__ import annotations

TYPE_CHECKING = False  # type checkers take it for true; see `newslint.typed`

__version__ = "0.1.0"
API = 1  # grows when a plugin written for the last one may have to change

__all__ = [
    "API",
    "Article",
    "Case",
    "Config",
    "ConfigError",
    "Corpus",
    "CorpusHit",
    "Edit",
    "Facts",
    "Finding",
    "Fix",
    "Hit",
    "Location",
    "Rule",
    "Severity",
    "__version__",
    "corpus_rule",
    "hookimpl",
    "lint_paths",
    "lint_text",
    "rule",
]

if TYPE_CHECKING:
    from newslint.api import lint_paths, lint_text
    from newslint.article import Article
    from newslint.config import Config, ConfigError
    from newslint.corpus.compare import Corpus, CorpusHit
    from newslint.corpus.facts import Facts
    from newslint.finding import Edit, Finding, Fix, Hit, Location, Severity
    from newslint.plugins import hookimpl
    from newslint.rules import Case, Rule, corpus_rule, rule

_HOMES = {
    "lint_paths": "api",
    "lint_text": "api",
    "Article": "article",
    "Config": "config",
    "ConfigError": "config",
    "Corpus": "corpus.compare",
    "CorpusHit": "corpus.compare",
    "Edit": "finding",
    "Facts": "corpus.facts",
    "Finding": "finding",
    "Fix": "finding",
    "Hit": "finding",
    "Location": "finding",
    "Severity": "finding",
    "hookimpl": "plugins",
    "Case": "rules",
    "Rule": "rules",
    "corpus_rule": "rules",
    "rule": "rules",
}


def __getattr__(name: str) -> object:
    # `newslint --version` must not pay for the engine.
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module “{__name__}” has no attribute “{name}”")
    value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
