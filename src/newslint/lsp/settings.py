"""Which settings hold for a document, as the files that they come from are now."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping

from newslint.baseline import Baselines
from newslint.config import SUPPRESSIONS, ConfigError, files_of
from newslint.files import Selection
from newslint.results import Stamp, stamp_of
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from newslint.config import Resolver
    from newslint.engine import Linter
    from newslint.rules import Rule


class _Held(NamedTuple):
    """What holds in a folder: a linter, or why there is none.

    `file`: the nearest configuration file; `stamps`: of all files that this hangs on, as they were.
    """

    file: str
    linter: Linter | None
    error: str
    stamps: Mapping[str, Stamp | None]


class Settings:
    """The settings below one folder of an editor's workspace.

    They are read again as soon as a file that they hang on is another, whether the editor tells of that or not.
    `resolver`: what settles them. `prepare` gets each linter that is made. Used from one thread.
    """

    def __init__(
        self, resolver: Callable[[], Resolver], prepare: Callable[[Linter], None] | None = None
    ) -> None:
        self._resolver = resolver
        self._prepare = prepare
        self._selection: Selection | None = None
        self._held: dict[str, _Held] = {}
        self._documented: dict[int, tuple[Linter, dict[str, Rule]]] = {}
        self.readings = 0  # how often they were read anew

    def forget(self) -> None:
        """Read all again when it is needed."""
        self._selection = None
        self._held.clear()
        self._documented.clear()
        self.readings += 1

    def linter_for(self, path: str) -> Linter:
        """The linter for a file, which need not exist. Raises ConfigError."""
        folder = os.path.dirname(path)
        held = self._held.get(folder)
        if held is not None and (
            held.file != self._file(folder)
            or any(stamp_of(file) != stamp for file, stamp in held.stamps.items())
        ):
            held = None
            self.forget()
        if held is None:
            held = self._held[folder] = self._read(folder)
        if held.linter is None:
            raise ConfigError(held.error)
        return held.linter

    @property
    def selection(self) -> Selection:
        """The files and linters of these settings. Raises ConfigError."""
        if self._selection is None:
            self._selection = Selection(self._resolver())
            if self._prepare is not None:
                self._selection.when_made(self._prepare)
        return self._selection

    def rules_of(self, linter: Linter) -> dict[str, Rule]:
        """The rules of a linter with their reasons and cases, by code."""
        if id(linter) not in self._documented:
            rules = {rule.code: rule for rule in linter.documented()}
            self._documented[id(linter)] = linter, rules
        return self._documented[id(linter)][1]

    def _file(self, folder: str) -> str:
        try:
            return self.selection.resolver.file_for(folder)
        except ConfigError:  # one that cannot be read; who loads it says so
            return ""

    def _read(self, folder: str) -> _Held:
        file = self._file(folder)
        stamps = {each: stamp_of(each) for each in files_of(file)} if file else {}
        try:
            linter = self.selection.linter_for(os.path.join(folder, "article"))
            config = linter.config
            others: Iterable[str] = (
                config.suppressions or os.path.join(config.root, SUPPRESSIONS),
                config.baseline,
                *linter.packs,
            )
            stamps |= {each: stamp_of(each) for each in others if each}
            Baselines().ready(linter)
        except ConfigError as error:
            blamed = place_of(str(error))
            if blamed is not None:
                stamps[blamed.path] = stamp_of(blamed.path)
            return _Held(file, None, str(error), stamps)
        return _Held(file, linter, "", stamps)


class Blamed(NamedTuple):
    """What is wrong with a file of settings, and on which of its lines (from 1)."""

    path: str
    line: int
    message: str


def place_of(error: str) -> Blamed | None:
    """What the message of a ConfigError says of a file; None where no file is to blame."""
    at = error.find(":")
    while at > 0:
        if os.path.isfile(error[:at]):
            line, colon, message = error[at + 1 :].partition(":")
            is_line = bool(colon) and line.isascii() and line.isdecimal()
            path = os.path.abspath(error[:at])
            return Blamed(path, int(line) if is_line else 1, message.strip() if is_line else error)
        at = error.find(":", at + 1)
    return None
