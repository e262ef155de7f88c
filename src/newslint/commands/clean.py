"""`newslint clean`: what is to be removed from saved articles, and why; or what a policy says."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from itertools import islice
from types import SimpleNamespace

from newslint.arguments import parser
from newslint.commands import CLEAN, FAILED, FOUND, UsageError, complain, need
from newslint.commands._fixes import print_difference
from newslint.commands._input import standard_text
from newslint.commands._settings import listed, resolver_of
from newslint.files import Selection
from newslint.terminal import counted, skips, visible
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.config import Resolver, Table
    from newslint.fix import Mended
    from newslint.writing import Stamp


def run(given: list[str]) -> int:
    """Clean files, or say what cleaning them would do."""
    own = parser("clean")
    own.add_argument(
        "paths", nargs="*", metavar="PATH", help="files and folders; - for standard input"
    )
    options = own.parse_intermixed_args(given, SimpleNamespace())
    if options.policy:
        return _by_policy(options)
    if not options.paths:
        own.error("the following arguments are required: PATH")
    from newslint.clean import Writer
    from newslint.fix import listing
    from newslint.writing import replace_file

    table: Table = {"select": [*listed(options.select or ["RES,ENC"])]}
    if options.thorough:
        thorough = "rules.page-furniture.report='all'"
        options.config = [*(options.config or ()), thorough]
    resolver = resolver_of(options, table)
    writer = Writer(options.output) if options.output else None
    words = _DONE if options.in_place or writer else _TO_DO
    out = sys.stderr if options.diff or options.output == "-" else sys.stdout
    failed = False
    files = changed = 0
    actions: dict[str, int] = {}
    _refuse_one_file_for_many(options, resolver)
    selection = Selection(resolver)
    try:
        for path, outcome in _cleaned(options, selection):
            if isinstance(outcome, str):
                failed = True
                complain(f"{path}: {outcome}")
                continue
            files += 1
            mended, known = outcome
            failed, changed = failed or mended.failed, changed + mended.is_changed
            for change in mended.changes:
                actions[change.action] = actions.get(change.action, 0) + 1
            if options.diff:
                print_difference(mended)
            elif writer is not None:
                writer.write(mended)
            elif options.in_place and mended.is_changed:
                replace_file(path, mended.data, known)
            for line in listing(mended, words):
                print(line, file=out)
    except OSError as error:
        raise UsageError.about(error.filename or options.output, error) from error
    is_done = options.in_place or writer is not None
    sys.stdout.flush()
    if files or not failed:
        print(_summed_up(files, changed, actions, is_done=is_done), file=sys.stderr)
    if any(selection.skipped.values()):
        print(skips(selection.skipped), file=sys.stderr)
    return FAILED if failed else FOUND if changed and not is_done else CLEAN


def _cleaned(
    options: SimpleNamespace, selection: Selection
) -> Iterator[tuple[str, tuple[Mended, Stamp | None] | str]]:
    """What comes of each file, or of standard input."""
    from newslint.clean import cleaned_files, cleaned_text

    if "-" not in options.paths:
        yield from cleaned_files(options.paths, selection, options.certain)
        return
    if options.paths != ["-"] or options.in_place:
        raise UsageError("- stands for standard input, alone, and is no file to change in place")
    for path, linter in selection.target("-"):
        outcome = cleaned_text(standard_text(linter), linter, options.certain)
        yield path, outcome if isinstance(outcome, str) else (outcome, None)


def _refuse_one_file_for_many(options: SimpleNamespace, resolver: Resolver) -> None:
    path = options.output
    if not path or path == "-" or path.endswith(("/", os.sep)) or os.path.isdir(path):
        return
    if len([*islice(Selection(resolver).targets(options.paths), 2)]) > 1:
        raise UsageError(
            f"--output: {path}: several files do not go into one; name a folder, {path}/"
        )


def _summed_up(files: int, changed: int, actions: Mapping[str, int], *, is_done: bool) -> str:
    """The closing line."""
    of = counted(files, "file")
    words = _DONE if is_done else _TO_DO
    if not changed:
        left = actions.get("leave", 0)
        return f"Nothing to change in {of}{f', {left:,} left' if left else ''}."
    done = [
        f"{words[each].removeprefix('would ')} {actions[each]:,}"
        for each in words
        if each in actions
    ]
    return f"{'Changed' if is_done else 'Would change'} {changed:,} of {of}: {', '.join(done)}."


_TO_DO = {"remove": "would remove", "mend": "would mend", "leave": "would leave"}
_DONE = {"remove": "removed", "mend": "mended", "leave": "left"}


def _by_policy(options: SimpleNamespace) -> int:
    for name in ("diff", "in_place", "select", "thorough", "certain"):
        if getattr(options, name):
            raise UsageError(f"--{name.replace('_', '-')} and --policy exclude each other")
    if not options.output or options.output == "-":
        raise UsageError("--policy: name a folder with -o for what is left of the files")
    need("newslint clean --policy", "corpus", ("pyarrow",))
    from newslint.corpus.policy import Unfit, carried_out
    from newslint.files import tidy

    try:
        os.stat(options.policy)
    except OSError as error:
        raise UsageError.about(f"--policy: {options.policy}", error) from error
    selection = Selection(resolver_of(options))
    named = {tidy(path) for path in options.paths}
    folders = tuple(os.path.join(each, "") for each in named if os.path.isdir(each))
    met: set[str] = set()

    def wants(path: str) -> bool:
        own = {each for each in folders if path.startswith(each)} | ({path} & named)
        met.update(own)
        return bool(own) or not named or "." in named

    def target(path: str) -> str:
        relative = os.path.relpath(path)
        outside = relative.startswith(os.pardir) or os.path.isabs(relative)
        return os.path.join(options.output, os.path.basename(path) if outside else relative)

    failed = False
    try:
        for each in carried_out(options.policy, wants, selection.linter_for, target):
            if each.fault:
                failed = True
                complain(each.fault)
                continue
            done = ", ".join(
                f"{action} {count:,}" for action, count in sorted(each.actions.items())
            )
            print(visible(f"{each.path}: {done}"))
    except Unfit as error:
        raise UsageError(str(error)) from error
    except OSError as error:
        raise UsageError.about(error.filename or options.policy, error) from error
    for path in sorted(named - {"."} - {path.rstrip(os.sep) for path in met}):
        failed = True
        complain(f"{path}: the policy says nothing about it")
    return FAILED if failed else CLEAN
