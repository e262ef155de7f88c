"""The commands of the command line: one module each, called like the command.

Its `run` takes the words behind the command and gives the exit status: it reads options, prints, and leaves the work
to others. Modules whose names start with "_" are what commands share.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

CLEAN, FOUND, FAILED, INTERRUPTED = 0, 1, 2, 130
UNREAD = 141  # what shells say of a program whose output nobody reads on: neither clean nor found


class UsageError(Exception):
    """A command line that asks for what cannot be done."""

    @classmethod
    def about(cls, name: object, error: Exception) -> UsageError:
        """What stopped the work on a file, in one line."""
        return cls(f"{name}: {getattr(error, 'strerror', None) or error}")


def warn(message: str) -> None:
    """Say something on standard error, behind what has been written."""
    from newslint.terminal import visible

    sys.stdout.flush()
    print(f"newslint: {visible(message)}", file=sys.stderr)


def complain(message: str) -> int:
    """Say what went wrong; the exit status."""
    warn(f"error: {message}")
    return FAILED


def need(command: str, extra: str, packages: Sequence[str]) -> None:
    """Raises UsageError where a package of an extra is not installed."""
    from importlib.util import find_spec

    missing = [each for each in packages if find_spec(each) is None]
    if missing:
        raise UsageError(
            f"{command} needs {' and '.join(missing)}; pip install 'newslint[{extra}]'"
        )
