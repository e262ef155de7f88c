"""`python -m newslint`."""

from __future__ import annotations

import sys

from newslint.cli import process

if __name__ == "__main__":
    sys.exit(process())
