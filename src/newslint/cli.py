"""The command line: its first word to a command, and what stops that to an exit status."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence

from newslint.commands import CLEAN, INTERRUPTED, UNREAD, UsageError, complain
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

OVERVIEW = """\
newslint checks news articles: newslint articles/

commands
  newslint [check] PATH…    check files and folders; - reads standard input
  newslint rules            list the rules
  newslint rule CODE        what a rule finds, why, with examples and options
  newslint parse FILE       the parts of an article as newslint sees them
  newslint config [FILE]    the settings that hold for a file
  newslint baseline PATH…   what an archive is known to hold: --update, --prune, --check
  newslint clean PATH…      what to remove from saved articles, and why; --in-place does it
  newslint corpus PATH… -o FILE.parquet
                            millions of articles: findings, scores, duplicates, a policy
  newslint init [FOLDER]    write a first newslint.toml, from what the articles are like
  newslint explain FILE:LINE
                            who says what in a sentence: figures, quotations, credits
  newslint lsp              a language server, for editors
  newslint completion SHELL what makes bash, zsh or fish complete command lines

newslint COMMAND --help shows the options. A folder called like a command is ./rules.
"""

# New objects, less those gone, after which Python looks for garbage in circles. A start makes some tens of thousands
# that stay; by Python's own setting, looking through them again and again was a twentieth of its work.
FIRST_SWEEP, NEXT_SWEEPS = 50_000, 10_000


def process() -> int:
    """`main`, in a process that has nothing else to do; the exit status."""
    gc.set_threshold(FIRST_SWEEP)
    gc.callbacks.append(_settle)
    status = main()
    if not _awaited():
        # Python would take everything apart, piece by piece, before it gives the memory back.
        os._exit(status)
    return status


def _settle(phase: str, _: dict[str, int]) -> None:
    if phase == "stop":  # of the first sweep
        gc.callbacks.remove(_settle)
        gc.freeze()
        gc.set_threshold(NEXT_SWEEPS)


def _awaited() -> bool:
    """Whether something is still to be done when Python ends."""
    try:
        sys.stderr.flush()
    except OSError:
        return True
    waiting = ("threading", "sqlite3", "profile")
    return bool(
        atexit._ncallbacks() or sys.gettrace() or any(each in sys.modules for each in waiting)
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line; the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        _writable()
        try:
            return _run(given)
        finally:
            sys.stdout.flush()  # here, where it may fail, rather than when Python ends
    except BrokenPipeError:  # whoever reads the output has seen enough
        _discard_output()
        return UNREAD
    except OSError as error:  # a full disk, say; what concerns an article has become a finding
        _discard_output()
        return complain(error.strerror or str(error))
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception:  # status 1, which Python would give, says that something was found
        from traceback import print_exc

        print_exc()
        return complain("this is a fault of newslint; please report it, with the lines above")


def _nowhere() -> TextIO:
    return os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")


def _discard_output() -> None:
    """What is still to be written goes nowhere, so that it does not fail again when Python ends."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError:  # no real stream
        return


def _run(given: list[str]) -> int:
    if given == ["--version"]:
        from newslint import __version__

        print(f"newslint {__version__}")
        return CLEAN
    if given in ([], ["-h"], ["--help"]):
        print(OVERVIEW, end="")
        return CLEAN
    from newslint.arguments import COMMANDS
    from newslint.config import ConfigError

    names = [command.name for command in COMMANDS]
    is_named = given[0] in names
    if not is_named and given[0].isalpha() and not os.path.lexists(given[0]):
        from newslint.suggest import near

        if hint := near(given[0], names, cutoff=0.8):
            return complain(f"there is no command, file or folder “{given[0]}”{hint}")
    name, rest = (given[0], given[1:]) if is_named else ("check", given)
    try:
        # The module of the command, and of no other one.
        command = __import__(f"newslint.commands.{name}", fromlist=["run"])
        status: int = command.run(rest)
        return status
    except (ConfigError, UsageError) as error:
        return complain(str(error))


def _writable() -> None:
    """Reports are UTF-8 wherever they go to a file; a console that cannot show a letter says which.

    A stream that is closed takes everything, and keeps nothing.
    """
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if stream.isatty():
            reconfigure(errors="backslashreplace")
        else:
            reconfigure(encoding="utf-8", errors="backslashreplace")
