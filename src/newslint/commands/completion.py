"""`newslint completion`: what makes a shell complete command lines."""

from __future__ import annotations

from newslint.arguments import parser
from newslint.commands import CLEAN
from newslint.completion import SHELLS, script


def run(given: list[str]) -> int:
    """Print the script for a shell."""
    own = parser("completion")
    own.add_argument("shell", choices=SHELLS, metavar="SHELL", help=f"one of {', '.join(SHELLS)}")
    print(script(own.parse_args(given).shell), end="")
    return CLEAN
