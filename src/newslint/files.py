"""Paths to article files: folders are walked, and what is left out is counted."""

from __future__ import annotations

import os
from bisect import bisect
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property

from newslint.config import FILES as CONFIG_FILES
from newslint.config import Config, ConfigError, Resolver
from newslint.finding import SEVERITIES, Finding
from newslint.globs import matches, needed
from newslint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

    from newslint.engine import Linter
    from newslint.finding import FileResult


class Scope(NamedTuple):
    """The settings that hold in a folder, and the suffixes of the formats that can be read there.

    `meant`: patterns that exclude nothing, as a folder that they exclude has been named.
    """

    config: Config
    suffixes: tuple[str, ...]
    meant: frozenset[str] = frozenset()

    def includes(self, relative: str) -> bool:
        """Whether a path, relative to the configuration's folder, is an article by its name."""
        return self.config.includes(relative, self.suffixes)

    def excludes(self, relative: str) -> bool:
        """Whether such a path is excluded, itself or with a folder that it is in."""
        return matches(relative, self._excluding)

    @property
    def _excluding(self) -> tuple[str, ...]:
        excluding = self.config.excluding
        if self.meant:
            excluding = tuple(each for each in excluding if each not in self.meant)
        return excluding

    def included(self, base: str, names: Sequence[str]) -> list[str]:
        """The names of those files in the folder `base` that are articles by their names."""
        return self.config.included(base, names, self.suffixes)

    def excluded(self, base: str, names: Sequence[str]) -> list[str]:
        """The names of those files in the folder `base` that are excluded."""
        excluding = self._excluding
        if _is_in(_joined(base, names), needed(excluding)):
            return [name for name in names if matches(base + name, excluding)]
        return []

    def naming(self, folder: str) -> Scope:
        """The scope of a walk that starts in such a folder because it was named."""
        if self.config.force_exclude or folder == ".":
            return self
        meant = (each for each in self.config.excluding if matches(f"{folder}/", (each,)))
        return self._replace(meant=frozenset(meant))


class Walk:
    """A walk over files and folders, with counts of what it left out, by reason."""

    def __init__(self, scope_of: Callable[[str], Scope]) -> None:
        self._scope_of = scope_of
        self.skipped: dict[str, int] = {}

    def files(
        self, paths: Iterable[str], listed: Iterable[str] = ()
    ) -> Iterator[tuple[str, Scope]]:
        """The files to check, each once, by the path to show; folders in order of names.

        A file in `paths` is taken whatever its name; one that is `listed` (by `git diff`, say) only if
        it is an article by its name. A path that does not exist is taken too: checking it says so.
        """
        for lot in self.lots(paths, listed):
            prefix, scope = lot.prefix, lot.scope
            for name in lot.names:
                yield prefix + name, scope

    def lots(self, paths: Iterable[str], listed: Iterable[str] = ()) -> Iterator[Lot]:
        """The same files, those of a folder together as far as the order allows."""
        named = [(path, False) for path in paths] + [(path, True) for path in listed]
        seen: set[str] = set()
        for path, is_listed in named:
            for lot in self._below(path) if os.path.isdir(path) else self._alone(path, is_listed):
                if len(named) == 1:
                    yield lot
                    continue
                names = [name for name in lot.names if lot.folder + name not in seen]
                seen.update([lot.folder + name for name in names])
                if names:
                    yield lot._replace(names=names)

    def skip(self, reason: str) -> None:
        """Count what is left out."""
        self.skipped[reason] = self.skipped.get(reason, 0) + 1

    def file(self, path: str, is_listed: bool = False) -> Iterator[tuple[str, Scope]]:
        """One file, unless it is to stay out; see `files`."""
        for lot in self._alone(path, is_listed):
            yield lot.prefix + lot.names[0], lot.scope

    def _alone(self, path: str, is_listed: bool) -> Iterator[Lot]:
        absolute = os.path.abspath(path)
        scope = self._scope_of(os.path.dirname(absolute))
        relative = relative_to(absolute, scope.config.root)
        if scope.config.force_exclude and scope.excludes(relative):
            self.skip("excluded")
        elif is_listed and not scope.includes(relative):
            self.skip("no article by its name")
        else:
            yield _lot_of(path, absolute, scope)

    def _below(self, start: str) -> Iterator[Lot]:
        absolute = os.path.abspath(start)
        scope = self._scope_of(absolute)
        scope = scope.naming(relative_to(absolute, scope.config.root))
        ignored = _Ignored(absolute) if scope.config.respect_gitignore else None
        prefix = "" if tidy(start) == "." else os.path.join(tidy(start), "")
        # Not recursive: folders may be nested deeper than Python's stack allows.
        waiting = [self._entries(_Folder(prefix, absolute, scope), ignored)]
        while waiting:
            entry = next(waiting[-1], None)
            if entry is None:
                waiting.pop()
            elif isinstance(entry, _Folder):
                waiting.append(self._entries(entry, ignored))
            else:
                yield entry

    def _entries(self, folder: _Folder, ignored: _Ignored | None) -> Iterator[Lot | _Folder]:
        """The articles and folders of a folder in order of names, what is left out counted."""
        scope = folder.scope
        try:
            with os.scandir(folder.absolute) as handle:
                entries = {entry.name: entry for entry in handle}
        except OSError:
            # Checking it says why.
            yield _lot_of(folder.prefix.rstrip(os.sep) or ".", folder.absolute, scope)
            return
        names = sorted(entries)
        if not entries.keys().isdisjoint(CONFIG_FILES):
            nearer = self._scope_of(folder.absolute)
            scope = scope if nearer.config is scope.config else nearer
        if ignored is not None and ".gitignore" in entries:
            ignored.read(folder.absolute)
        base = relative_to(folder.absolute, scope.config.root)
        base = "" if base == "." else base + "/"
        odd = {name for name in names if not entries[name].is_file(follow_symlinks=False)}
        folders: list[str] = []
        if odd:
            goes_into = self._goes_into
            folders = [
                name for name in sorted(odd) if goes_into(entries[name], base, scope, ignored)
            ]
            names = [name for name in names if name not in odd]
        files = scope.included(base, names)
        files = self._without(files, [name for name in files if name[0] == "."], "hidden")
        files = self._without(files, scope.excluded(base, files), "excluded")
        if ignored is not None:
            files = self._without(files, ignored.held(folder.absolute, files), "ignored by git")
        inside = os.path.join(folder.absolute, "")
        at = 0
        for name in folders:
            end = bisect(files, name, at)
            if at < end:
                yield Lot(folder.prefix, inside, files[at:end], scope)
            at = end
            yield _Folder(os.path.join(folder.prefix + name, ""), inside + name, scope)
        if at < len(files):
            yield Lot(folder.prefix, inside, files[at:], scope)

    def _goes_into(
        self, entry: os.DirEntry[str], base: str, scope: Scope, ignored: _Ignored | None
    ) -> bool:
        """Whether what is no regular file is a folder to walk."""
        name = entry.name
        is_link = entry.is_symlink()
        is_folder = os.path.isdir(entry.path) if is_link else entry.is_dir()
        if is_folder and name[0] == ".":
            return False  # .git and its like hold no articles
        if not is_folder and not scope.includes(base + name):
            return False
        if name[0] == ".":
            self.skip("hidden")
        elif is_link:
            self.skip("symbolic links")
        elif not is_folder:
            self.skip("not regular files")
        elif scope.excludes(base + name):
            self.skip("excluded")
        elif ignored is not None and ignored.holds(entry.path, True):
            self.skip("ignored by git")
        else:
            return True
        return False

    def _without(self, names: list[str], left_out: Collection[str], reason: str) -> list[str]:
        if not left_out:
            return names
        self.skipped[reason] = self.skipped.get(reason, 0) + len(left_out)
        out = {*left_out}
        return [name for name in names if name not in out]


NO_ARTICLE = "no article by their content"


class Lot(NamedTuple):
    """Files of one folder. `prefix`: of the paths to show; `folder`: of absolute ones."""

    prefix: str
    folder: str
    names: list[str]
    scope: Scope


def _lot_of(path: str, absolute: str, scope: Scope) -> Lot:
    """A file, or what is taken for one."""
    before, separator, name = tidy(path).rpartition(os.sep)
    inside = os.path.join(os.path.dirname(absolute) if name != "." else absolute, "")
    return Lot(before + separator, inside, [name], scope)


def _joined(base: str, names: Iterable[str]) -> str:
    """Paths as one text, in which none of their parts has grown together with another."""
    return base + f"\n{base}".join(names)


def _is_in(text: str, pieces: Iterable[str] | None) -> bool:
    """Whether one of the pieces may be in a text; None: they are not known."""
    return pieces is None or any(each in text for each in pieces)


class _Folder(NamedTuple):
    prefix: str  # of the paths to show
    absolute: str
    scope: Scope


class _Ignored:
    """What .gitignore files say: those of the walked folders, and of the repository around them."""

    def __init__(self, start: str) -> None:
        self._specs: list[_Ignoring] = []  # the deepest last
        folder, above = start, [start]
        while not os.path.exists(os.path.join(folder, ".git")):
            parent = os.path.dirname(folder)
            if parent == folder:  # no repository: files above the walk say nothing
                return
            folder = parent
            above.append(folder)
        self._add(folder, os.path.join(folder, ".git", "info", "exclude"))
        for each in reversed(above[1:]):
            self._add(each, os.path.join(each, ".gitignore"))
        if self.holds(start, True):  # what is named on the command line is meant
            self._specs = []

    def read(self, folder: str) -> None:
        """Take in the .gitignore of a folder that is being walked."""
        inside = os.path.join(folder, "")
        self._specs = [each for each in self._specs if inside.startswith(each.folder)]
        self._add(folder, os.path.join(folder, ".gitignore"))

    def _add(self, folder: str, file: str) -> None:
        try:
            with open(file, encoding="utf-8", errors="surrogateescape") as handle:
                lines = handle.read().splitlines()
        except OSError:
            return
        said = [line for line in lines if line.strip() and not line.startswith("#")]
        if said:
            self._specs.append(_Ignoring(os.path.join(folder, ""), lines, said))

    def holds(self, path: str, is_folder: bool) -> bool:
        """Whether git ignores an absolute path; the deepest file that knows it decides."""
        for each in reversed(self._specs):
            if path.startswith(each.folder):
                relative = path[len(each.folder) :].replace(os.sep, "/") + "/" * is_folder
                if not _is_in(relative, each.needed):
                    continue
                verdict = each.spec.check_file(relative).include
                if verdict is not None:
                    return verdict
        return False

    def held(self, folder: str, names: Sequence[str]) -> list[str]:
        """The names of those files in a folder that git ignores."""
        inside = os.path.join(folder, "")
        for each in self._specs:
            below = inside[len(each.folder) :].replace(os.sep, "/")
            if _is_in(_joined(below, names), each.needed):
                return [name for name in names if self.holds(inside + name, False)]
        return []


class _Ignoring:
    """What a .gitignore file says of paths in its folder. `said`: those of its lines that may be patterns."""

    def __init__(self, folder: str, lines: Sequence[str], said: Iterable[str]) -> None:
        self.folder = folder
        self.needed = needed(line.strip().removeprefix("!") for line in said)
        self._lines = lines

    @cached_property
    def spec(self) -> GitIgnoreSpec:
        return _spec(self._lines)


def _spec(lines: Sequence[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(lines)
    except ValueError:  # git passes over a line that is no pattern
        return GitIgnoreSpec.from_lines(line for line in lines if _is_pattern(line))


def _is_pattern(line: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True


class Selection:
    """Which files are articles, and the linter that holds for each: one a configuration file.

    `select`: rules in place of the configured ones, for a caller that brings no `resolver`.

    Raises ConfigError for settings that cannot be used.
    """

    def __init__(self, resolver: Resolver | None = None, *, select: Sequence[str] = ()) -> None:
        if resolver is None:
            resolver = Resolver(options={"select": [*select]} if select else {})
        self.resolver = resolver
        self._linters: dict[int, tuple[Config, Linter]] = {}
        self._uses: list[Callable[[Linter], None]] = []
        self._scopes: dict[str, Scope] = {}
        self._walk = Walk(self._scope)
        self.skipped = self._walk.skipped

    def linter(self, config: Config) -> Linter:
        """The linter of some settings, made once. ConfigErrors name the line that is to blame."""
        if id(config) not in self._linters:
            linter = _linter(config)
            self._linters[id(config)] = (config, linter)
            for use in self._uses:
                use(linter)
        return self._linters[id(config)][1]

    @property
    def linters(self) -> Iterator[Linter]:
        """Those that were made so far."""
        return (linter for _, linter in self._linters.values())

    def when_made(self, use: Callable[[Linter], None]) -> None:
        """Call `use` with each linter, those that are there included."""
        self._uses.append(use)
        for _, linter in self._linters.values():
            use(linter)

    def linter_for(self, path: str) -> Linter:
        """The linter that holds for a file."""
        return self.linter(self.resolver.for_file(path))

    def wants(self, path: str) -> bool:
        """Whether a file would be checked if its folder was walked; .gitignore files are not asked."""
        scope, relative = self._placed(path)
        return scope.includes(relative) and not scope.excludes(relative)

    def excludes(self, path: str) -> bool:
        """Whether the settings leave a file out, or a folder that it is in."""
        scope, relative = self._placed(path)
        return scope.excludes(relative)

    def _placed(self, path: str) -> tuple[Scope, str]:
        absolute = os.path.abspath(path)
        folder = os.path.dirname(absolute)
        scope = self._scopes.get(folder)
        if scope is None:
            scope = self._scopes[folder] = self._scope(folder)
        return scope, relative_to(absolute, scope.config.root)

    def target(self, path: str) -> Iterator[tuple[str, Linter]]:
        """One file with its linter, unless `force-exclude` keeps it out; "-" is a text without a name."""
        if path == "-":
            yield path, self.linter_for("article")
            return
        for file, scope in self._walk.file(path):
            yield file, self.linter(scope.config)

    def checked(
        self, results: Iterable[FileResult], named: Iterable[str] = ()
    ) -> Iterator[FileResult]:
        """`results` without those of files that hold no article, which are counted.

        Of the files in `named` each was meant to be one, and fails, unless `force-exclude` says that the names
        come from a program.
        """
        from newslint.engine import refused

        meant = named_files(named)
        for result in results:
            if not result.skipped:
                yield result
            elif result.path in meant and not self.resolver.for_file(result.path).force_exclude:
                yield refused(result)
            else:
                self.skip(NO_ARTICLE)

    def skip(self, reason: str) -> None:
        """Count a file that is left out."""
        self._walk.skip(reason)

    def targets(
        self, paths: Iterable[str], listed: Iterable[str] = ()
    ) -> Iterator[tuple[str, Linter]]:
        """The files to check with the linter for each, as `Walk.files` finds them."""
        for lot, linter in self.lots(paths, listed):
            prefix = lot.prefix
            for name in lot.names:
                yield prefix + name, linter

    def lots(
        self, paths: Iterable[str], listed: Iterable[str] = ()
    ) -> Iterator[tuple[Lot, Linter]]:
        """The same by folders, as `Walk.lots` finds them."""
        for lot in self._walk.lots(paths, listed):
            yield lot, self.linter(lot.scope.config)

    def _scope(self, folder: str) -> Scope:
        config = self.resolver.for_folder(folder)
        return Scope(config, self.linter(config).suffixes)


def named_files(paths: Iterable[str]) -> set[str]:
    """Of some paths those that are no folders, as results show them: each was meant to be an article."""
    return {tidy(path) for path in paths if not os.path.isdir(path)}


def fails(finding: Finding, config: Config) -> bool:
    """Whether a finding is at or above the level at which a run fails."""
    return SEVERITIES.index(finding.severity) <= SEVERITIES.index(config.fail_on)


def article_files(paths: Iterable[str], config: Config, suffixes: tuple[str, ...]) -> Iterator[str]:
    """The files that `paths` stand for under one configuration; no other is looked for.

    `suffixes`: of the formats that can be read, lower case with their dot.
    """
    scope = Scope(config, suffixes)
    for path, _ in Walk(lambda folder: scope).files(paths):
        yield path


def _linter(config: Config) -> Linter:
    from newslint.engine import Linter

    try:
        return Linter(config)
    except ConfigError:
        if config.places:
            # Which line is to blame is worked out only now, from rules loaded without these settings.
            from newslint.checked import check_rules

            bare = config._replace(
                select=(), extend_select=(), ignore=(), options={}, severity={}, overrides=()
            )
            check_rules(config, Linter(bare).rules)
        raise


def tidy(path: str) -> str:
    """A path as reports show it: without "./" in front, "/" at the end or "//" inside."""
    parts = path.split(os.sep)
    kept = [part for i, part in enumerate(parts) if part not in ("", ".") or (i == 0 and not part)]
    return os.sep.join(kept) or (os.sep if path.startswith(os.sep) else ".")


def relative_to(absolute: str, root: str) -> str:
    """A path relative to the folder that patterns count from, with "/" between its parts."""
    root = os.path.abspath(root)
    if absolute == root:
        return "."
    inside = root.rstrip(os.sep) + os.sep
    if absolute.startswith(inside):
        return absolute[len(inside) :].replace(os.sep, "/")
    return absolute.replace(os.sep, "/").lstrip("/")
