"""`newslint init`: a first configuration, from what the articles of a folder are like."""

from __future__ import annotations

import os
import sys

from newslint import __version__, init
from newslint.arguments import parser
from newslint.commands import CLEAN, UsageError, baseline
from newslint.commands._input import read
from newslint.config import shown_path
from newslint.terminal import visible
from newslint.writing import create_file


def run(given: list[str]) -> int:
    """Write what somebody starts with."""
    own = parser("init")
    own.add_argument("folder", nargs="?", default=".", metavar="FOLDER")
    options = own.parse_args(given)
    folder = options.folder
    path = os.path.join(folder, init.NAME)
    status = CLEAN
    above = init.refuse_second(folder)
    found = init.survey(folder)
    notes_known = bool(found.articles) and (
        options.yes
        or _agrees("Take what is in the articles now for known, so that only new faults fail?")
    )
    text = init.written(found, baseline=notes_known)
    try:
        create_file(path, text.encode())
        print(f"Wrote {visible(shown_path(path))}:\n")
        print("".join(f"    {visible(line)}\n" if line else "\n" for line in text.splitlines()))
        if above:
            print(f"{visible(shown_path(above))} no longer holds here; “extend” can bring it back.")
        if notes_known:
            status = baseline.run(["--update", "--quiet", folder])
        elif found.articles:
            print(
                "If old articles have faults: newslint baseline --update, and only new ones fail."
            )
        hooks = os.path.join(folder, init.HOOKS)
        if init.is_repository(folder) and not os.path.lexists(hooks):
            if options.yes or _agrees(f"Write {init.HOOKS}, so that every commit is checked?"):
                create_file(hooks, f"repos:\n{init.hook(__version__)}".encode())
                print(f"Wrote {visible(shown_path(hooks))}; pre-commit install puts it to work.")
            else:
                print(f"To check every commit, put this into {init.HOOKS} under “repos”:\n")
                print(init.hook(__version__))
        elif init.is_repository(folder) and b"newslint" not in read(hooks, "init"):
            print(
                f"To check every commit, add this to {visible(shown_path(hooks))} under “repos”:\n"
            )
            print(init.hook(__version__))
    except FileExistsError as error:
        raise UsageError(
            f"{error.filename2 or path} is there already; it was not written over"
        ) from error
    except OSError as error:
        raise UsageError.about(error.filename or path, error) from error
    return status


def _agrees(question: str) -> bool:
    """Whether somebody at a terminal says yes; nobody elsewhere is asked."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    print(f"{question} [y/N] ", end="", flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")
