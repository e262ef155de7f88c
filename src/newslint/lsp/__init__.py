"""`newslint lsp`: a language server, so that an editor shows findings while an article is written.

`places.py` counts as editors do, `settings.py` knows which settings hold, `findings.py` checks a text and says what is
to be shown, `changes.py` turns fixes and suppressions into edits of it, `worker.py` keeps that off the thread that
reads keystrokes, `session.py` decides what is checked when, and `server.py` speaks the protocol by way of pygls.
"""

from __future__ import annotations

from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Literal, TypeAlias

Unit: TypeAlias = "Literal['utf-8', 'utf-16', 'utf-32']"  # in which an editor counts columns
