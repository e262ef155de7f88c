"""A report in a file."""

from __future__ import annotations

import os

from newslint.commands import UsageError
from newslint.typed import TYPE_CHECKING
from newslint.writing import mode_of_new

if TYPE_CHECKING:
    from typing import TextIO


class Output:
    """A file that appears whole or not at all."""

    def __init__(self, path: str, option: str) -> None:
        self._path = path
        self._option = option
        self._target = os.path.realpath(path)  # a link stays one
        self._draft = ""
        self.stream: TextIO

    def __enter__(self) -> Output:
        if os.path.isdir(self._target):
            raise UsageError(f"{self._option}: {self._path} is a folder")
        file: int | str = self._path
        try:
            if os.path.isfile(self._path) or not os.path.exists(self._path):
                from tempfile import mkstemp

                folder, name = os.path.split(self._target)
                file, self._draft = mkstemp(prefix=f".{name}.", dir=folder)
            self.stream = open(file, "w", encoding="utf-8", errors="backslashreplace", newline="")
        except OSError as error:
            raise self._failure(error) from error
        return self

    def keep(self) -> None:
        """The report is complete."""
        self.stream.flush()
        if self._draft:
            self.stream.close()
            os.chmod(self._draft, _mode(self._target))
            os.replace(self._draft, self._target)
            self._draft = ""

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        from contextlib import suppress

        with suppress(OSError):  # there is an error already, or nothing left to write
            self.stream.close()
        if self._draft:
            os.unlink(self._draft)
        if isinstance(error, OSError):
            raise self._failure(error) from error

    def _failure(self, error: OSError) -> UsageError:
        return UsageError.about(f"{self._option}: {self._path}", error)


def _mode(path: str) -> int:
    """The permissions of a file, or those that a new one gets."""
    try:
        return os.stat(path).st_mode & 0o777
    except FileNotFoundError:
        return mode_of_new()
