"""What the exit status of a run depends on, and what its reports are to leave out."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from newslint.commands import CLEAN, FAILED, FOUND, warn
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.baseline import Baselines
    from newslint.changed import Changes
    from newslint.engine import Linter
    from newslint.finding import FileResult
    from newslint.unused import Uses
    from newslint.workers import Target


class Outcome:
    """What the exit status depends on, gathered as results go by."""

    def __init__(self) -> None:
        self.failing = self.warnings = 0
        self.failed = False
        self.known = _Known()
        self.changes: Changes | None = None
        # How many findings are gone, by the baseline that may only shrink.
        self.slack: dict[str, int] = {}
        self._targets: deque[Target] = deque()
        self._target: Target | None = None  # of the last result

    def taken(self, targets: Iterable[Target]) -> Iterator[Target]:
        """`targets`, each kept until its result comes."""
        for target in targets:
            self._targets.append(target)
            yield target

    def paired(self, results: Iterable[FileResult]) -> Iterator[tuple[FileResult, Linter]]:
        """`results`, which come in the order of the targets, with their linters; some may have been left out."""
        for result in results:
            while not self._target or self._target[0] != result.path:
                self._target = self._targets.popleft()
            self.failed = self.failed or result.failed
            yield result, self._target[1]

    def watch(self, results: Iterable[FileResult]) -> Iterator[FileResult]:
        """`results` as a report is to show them, with all that is to be said of suppressions behind them."""
        uses = _Used()
        for result, linter in self.paired(results):
            uses.note(result, linter)
            shown = self.counted(result, linter)
            config = linter.config
            if shown.gone and config.baseline_ratchet:
                self.slack[config.baseline] = self.slack.get(config.baseline, 0) + shown.gone
            yield shown
        for result, linter in uses.results():
            shown = self.counted(result, linter)
            if shown.findings:
                yield shown

    def counted(self, result: FileResult, linter: Linter) -> FileResult:
        """What a report is to show of a result, which is counted."""
        import newslint.files as files

        self.failed = self.failed or result.failed
        shown = self._left(result, linter)
        for finding in shown.findings:
            self.failing += files.fails(finding, linter.config)
            self.warnings += finding.severity == "warning"
        return shown

    def _left(self, result: FileResult, linter: Linter) -> FileResult:
        """What a report is to show of a result."""
        shown = self.known.left(result, linter)
        return shown if self.changes is None else self.changes.left(shown)

    def status(self, max_warnings: int, exit_zero: bool) -> int:
        if self.failed:
            return FAILED
        found = self.failing or self.slack or 0 <= max_warnings < self.warnings
        return FOUND if found and not exit_zero else CLEAN

    def complain(self) -> None:
        """Say of each baseline that may only shrink what is to be taken out of it."""
        from newslint.config import shown_path
        from newslint.terminal import counted

        for path, count in self.slack.items():
            several = counted(count, "finding is", "findings are")
            remedy = "take what is gone out with newslint baseline --prune"
            warn(f"{shown_path(path)}: {several} gone, and it may only shrink; {remedy}")


class _Known:
    """`baseline.Baselines`, imported for settings that name one."""

    def __init__(self) -> None:
        self._baselines: Baselines | None = None

    def ready(self, linter: Linter) -> None:
        """Read the baseline, so that one that cannot be read stops the run before anything is reported."""
        if linter.config.baseline:
            if self._baselines is None:
                from newslint.baseline import Baselines

                self._baselines = Baselines()
            self._baselines.ready(linter)

    def left(self, result: FileResult, linter: Linter) -> FileResult:
        return self._baselines.left(result, linter) if self._baselines is not None else result


class _Used:
    """`unused.Uses`, imported for settings that name a file of suppressions."""

    def __init__(self) -> None:
        self._uses: Uses | None = None

    def note(self, result: FileResult, linter: Linter) -> None:
        if not linter.suppressions.entries:
            return
        if self._uses is None:
            from newslint.unused import Uses

            self._uses = Uses()
        self._uses.note(result, linter)

    def results(self) -> Iterable[tuple[FileResult, Linter]]:
        return self._uses.results() if self._uses is not None else ()
