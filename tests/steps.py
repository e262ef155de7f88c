"""What a call costs, in lines of newslint that it runs: the same on every machine, which seconds are not.

Work inside one call to C (an expression, a slice) counts as one line however long it takes: benchmarks/growth.py takes
the time of the same texts.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import newslint

HOME = str(Path(newslint.__file__).parent)


def steps(call: Callable[[], object]) -> int:
    """Lines of newslint that `call` runs, one in a loop as often as it runs."""
    lines = 0

    def line(frame: FrameType, event: str, what: Any) -> Any:
        nonlocal lines
        lines += event == "line"
        return line

    def entered(frame: FrameType, event: str, what: Any) -> Any:
        return line if frame.f_code.co_filename.startswith(HOME) else None

    before = sys.gettrace()
    sys.settrace(entered)
    try:
        call()
    finally:
        sys.settrace(before)
    return lines
