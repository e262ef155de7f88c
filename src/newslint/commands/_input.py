"""What a command reads besides articles in files."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from newslint.commands import UsageError
from newslint.source import FIRST_BYTES, TooLarge, read_whole
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import BinaryIO

    from newslint.commands._outcome import Outcome
    from newslint.engine import Linter
    from newslint.files import Selection
    from newslint.finding import FileResult


def standard_input() -> BinaryIO:
    """Standard input, if there is one."""
    if sys.stdin is None:
        raise UsageError("standard input is closed")
    return sys.stdin.buffer


def standard_text(linter: Linter, *, comes_out: bool = False) -> bytes:
    """The text of standard input, as long as the settings let a file be.

    `comes_out`: a longer one goes to standard output as it is. Raises UsageError.
    """
    handle = standard_input()
    try:
        return read_whole(handle, linter.config.max_megabytes)
    except TooLarge as error:
        piece = error.read
        while comes_out and piece:
            sys.stdout.buffer.write(piece)
            piece = handle.read(FIRST_BYTES)
        raise UsageError.about("standard input", error) from error
    except OSError as error:
        raise UsageError.about("standard input", error) from error


def read(name: str, option: str) -> bytes:
    """What a file says that an option names; "-" is standard input."""
    try:
        if name == "-":
            return standard_input().read()
        with open(name, "rb") as handle:
            return handle.read()
    except OSError as error:
        raise UsageError.about(f"{option}: {name}", error) from error


def listed_paths(name: str) -> list[str]:
    """The paths listed in a file, one a line or separated by NUL."""
    data = read(name, "--files-from")
    listed = data.split(b"\0") if b"\0" in data else data.splitlines()
    return [os.fsdecode(each) for each in listed if each.strip()]


def checked_input(name: str, selection: Selection, outcome: Outcome) -> Iterator[FileResult]:
    """The results for the text of standard input, which is called `name`."""
    for path, linter in outcome.taken(selection.target(name)):
        yield from linter.check_stream(standard_input(), path)
