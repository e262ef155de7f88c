"""Paths to article files: folders are walked, and what is left out is counted."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence

from newslint.config import FILES as CONFIG_FILES
from newslint.config import Config, ConfigError, Resolver
from newslint.finding import SEVERITIES, Finding
from newslint.globs import matches
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
        excluding = self.config.excluding
        if self.meant:
            excluding = tuple(each for each in excluding if each not in self.meant)
        return matches(relative, excluding)

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
        named = [(path, False) for path in paths] + [(path, True) for path in listed]
        seen: set[str] = set()
        for path, is_listed in named:
            found = self._below(path) if os.path.isdir(path) else self.file(path, is_listed)
            for file, scope in found:
                if len(named) > 1:
                    key = os.path.normpath(os.path.abspath(file))
                    if key in seen:
                        continue
                    seen.add(key)
                yield file, scope

    def skip(self, reason: str) -> None:
        """Count what is left out."""
        self.skipped[reason] = self.skipped.get(reason, 0) + 1

    def file(self, path: str, is_listed: bool = False) -> Iterator[tuple[str, Scope]]:
        """One file, unless it is to stay out; see `files`."""
        absolute = os.path.abspath(path)
        scope = self._scope_of(os.path.dirname(absolute))
        relative = relative_to(absolute, scope.config.root)
        if scope.config.force_exclude and scope.excludes(relative):
            self.skip("excluded")
        elif is_listed and not scope.includes(relative):
            self.skip("no article by its name")
        else:
            yield tidy(path), scope

    def _below(self, start: str) -> Iterator[tuple[str, Scope]]:
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

    def _entries(
        self, folder: _Folder, ignored: _Ignored | None
    ) -> Iterator[tuple[str, Scope] | _Folder]:
        scope = folder.scope
        try:
            with os.scandir(folder.absolute) as handle:
                entries = sorted(handle, key=lambda entry: entry.name)
        except OSError:
            yield folder.prefix.rstrip(os.sep) or ".", scope  # checking it says why
            return
        names = {entry.name for entry in entries}
        if not names.isdisjoint(CONFIG_FILES):
            nearer = self._scope_of(folder.absolute)
            scope = scope if nearer.config is scope.config else nearer
        if ignored is not None and ".gitignore" in names:
            ignored.read(folder.absolute)
        base = relative_to(folder.absolute, scope.config.root)
        base = "" if base == "." else base + "/"
        for entry in entries:
            name = entry.name
            is_link = entry.is_symlink()
            is_folder = os.path.isdir(entry.path) if is_link else entry.is_dir()
            if is_folder and name[0] == ".":
                continue  # .git and its like hold no articles
            if not is_folder and not scope.includes(base + name):
                continue
            if name[0] == ".":
                self.skip("hidden")
            elif is_link:
                self.skip("symbolic links")
            elif not is_folder and not entry.is_file(follow_symlinks=False):
                self.skip("not regular files")
            elif scope.excludes(base + name):
                self.skip("excluded")
            elif ignored is not None and ignored.holds(
                os.path.join(folder.absolute, name), is_folder
            ):
                self.skip("ignored by git")
            elif is_folder:
                prefix = os.path.join(folder.prefix + name, "")
                yield _Folder(prefix, os.path.join(folder.absolute, name), scope)
            else:
                yield folder.prefix + name, scope


NO_ARTICLE = "no article by their content"


class _Folder(NamedTuple):
    prefix: str  # of the paths to show
    absolute: str
    scope: Scope


class _Ignored:
    """What .gitignore files say: those of the walked folders, and of the repository around them."""

    def __init__(self, start: str) -> None:
        self._specs: list[tuple[str, GitIgnoreSpec]] = []  # the deepest last
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
        self._specs = [each for each in self._specs if os.path.join(folder, "").startswith(each[0])]
        self._add(folder, os.path.join(folder, ".gitignore"))

    def _add(self, folder: str, file: str) -> None:
        try:
            with open(file, encoding="utf-8", errors="surrogateescape") as handle:
                lines = handle.read().splitlines()
        except OSError:
            return
        if any(line.strip() and not line.startswith("#") for line in lines):
            self._specs.append((os.path.join(folder, ""), _spec(lines)))

    def holds(self, path: str, is_folder: bool) -> bool:
        """Whether git ignores an absolute path; the deepest file that knows it decides."""
        for folder, spec in reversed(self._specs):
            if path.startswith(folder):
                relative = path[len(folder) :].replace(os.sep, "/") + "/" * is_folder
                verdict = spec.check_file(relative).include
                if verdict is not None:
                    return verdict
        return False


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
        scope = self._scope(os.path.dirname(os.path.abspath(path)))
        return scope, relative_to(os.path.abspath(path), scope.config.root)

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
        for path, scope in self._walk.files(paths, listed):
            yield path, self.linter(scope.config)

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
