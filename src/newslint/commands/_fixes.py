"""`--fix` and `--diff`: what is mended, and what is said of it on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import SimpleNamespace

from newslint.commands import CLEAN, FAILED, FOUND
from newslint.commands._outcome import Outcome
from newslint.fix import Fixer, Mended, difference, listing
from newslint.terminal import counted
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.changed import Changes
    from newslint.files import Selection
    from newslint.finding import FileResult


class Fixes:
    """The fixes of a run: made, or shown as a diff, with what is to be said of them on standard error."""

    def __init__(
        self, options: SimpleNamespace, selection: Selection, changes: Changes | None
    ) -> None:
        self._options = options
        self.has_text = bool(
            not options.diff and (options.paths == ["-"] or options.stdin_filename)
        )
        self.fixer = Fixer(
            selection.linter_for,
            self._tell,
            unsafe=options.unsafe_fixes,
            keeps=options.diff,
            changes=changes,
        )

    def of_text(self, name: str, selection: Selection, outcome: Outcome) -> Iterator[FileResult]:
        """Fix the text of standard input, onto standard output; where that cannot be, it comes out as it was."""
        from newslint.commands._input import standard_text

        data = standard_text(selection.linter_for(name), comes_out=self.has_text)
        for path, linter in outcome.taken(selection.target(name)):  # none where it is excluded
            result, data = self.fixer.text(data, path, linter)
            yield result
        if self.has_text:
            sys.stdout.flush()
            sys.stdout.buffer.write(data)

    def _tell(self, mended: Mended) -> None:
        if self._options.diff:
            print_difference(mended)
        words = {} if self._options.quiet else {"refuse": "cannot fix"}
        if self._options.show_fixes:
            words["mend"] = "would fix" if self._options.diff else "fixed"
        for line in listing(mended, words):
            print(line, file=sys.stderr)

    def status(self, outcome: Outcome, max_warnings: int) -> int:
        """The exit status, after the closing words."""
        fixer, options = self.fixer, self._options
        sys.stdout.flush()
        if fixer.fixed and not options.quiet:
            done = "Would fix" if options.diff else "Fixed"
            print(
                f"{done} {counted(fixer.fixed, 'problem')} in {counted(fixer.files, 'file')}.",
                file=sys.stderr,
            )
        if fixer.packed and not options.quiet:
            fixes = counted(fixer.packed, "fix", "fixes")
            print(f"{fixes} in compressed files and archives cannot be made.", file=sys.stderr)
        status = outcome.status(max_warnings, options.exit_zero)
        if options.diff and status != FAILED:
            status = FOUND if fixer.files and not options.exit_zero else CLEAN
        if status == CLEAN and fixer.files and options.exit_non_zero_on_fix:
            return FOUND
        return status


def print_difference(mended: Mended) -> None:
    """Show what changes in a file."""
    sys.stdout.flush()
    sys.stdout.buffer.writelines(difference(mended, for_people=sys.stdout.isatty()))
    sys.stdout.buffer.flush()
