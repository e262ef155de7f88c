"""`newslint lsp`: a language server, for editors."""

from __future__ import annotations

import sys
from types import SimpleNamespace

from newslint.arguments import parser
from newslint.commands import CLEAN, FOUND, UsageError, need
from newslint.commands._settings import resolver_of


def run(given: list[str]) -> int:
    """Serve one editor; status 1 where it was gone without a goodbye."""
    options = parser("lsp").parse_args(given, SimpleNamespace())
    need("newslint lsp", "lsp", ("pygls",))
    if sys.stdin is None or sys.stdout is None or sys.stderr is None:
        raise UsageError(
            "an editor speaks over standard input and output, and one of them is closed"
        )
    from newslint.lsp.server import serve

    resolver_of(options)  # what is wrong with the command line is said before the editor speaks
    said_goodbye = serve(lambda root: resolver_of(options, root=root))
    return CLEAN if said_goodbye else FOUND
