"""`newslint clean`: what is to be removed from saved articles, and why; or what a policy says."""

from __future__ import annotations

import os
import sys
from types import SimpleNamespace

from newslint.arguments import parser
from newslint.commands import CLEAN, FAILED, FOUND, UsageError, complain, need
from newslint.commands._fixes import print_difference
from newslint.commands._settings import listed, resolver_of
from newslint.files import Selection
from newslint.terminal import visible
from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.config import Table


def run(given: list[str]) -> int:
    """Clean files, or say what cleaning them would do."""
    own = parser("clean")
    own.add_argument("paths", nargs="*", metavar="PATH", help="files and folders")
    options = own.parse_intermixed_args(given, SimpleNamespace())
    if options.policy:
        return _by_policy(options)
    if not options.paths:
        own.error("the following arguments are required: PATH")
    from newslint.clean import Writer, cleaned_files
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
    failed = changed = False
    try:
        for path, outcome in cleaned_files(options.paths, Selection(resolver), options.certain):
            if isinstance(outcome, str):
                failed = True
                complain(f"{path}: {outcome}")
                continue
            mended, known = outcome
            for line in listing(mended, words):
                print(line, file=out)
            failed, changed = failed or mended.failed, changed or mended.is_changed
            if options.diff:
                print_difference(mended)
            elif writer is not None:
                writer.write(mended)
            elif options.in_place and mended.is_changed:
                replace_file(path, mended.data, known)
    except OSError as error:
        raise UsageError.about(error.filename or options.output, error) from error
    is_done = options.in_place or writer is not None
    return FAILED if failed else FOUND if changed and not is_done else CLEAN


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
