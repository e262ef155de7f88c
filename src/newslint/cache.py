"""A folder for what can be worked out again: data only, and never missed when it is not there.

`NEWSLINT_CACHE_DIR`, else `XDG_CACHE_HOME/newslint`, else the platform's own. A file that cannot be
read or written is as good as none; entries go by the hash of everything they were made from.
"""

from __future__ import annotations

import os
import sys

# What `importlib.util.source_hash` calls; to import that costs a start more than all its hashing, hashlib five times
# as much.
from _imp import source_hash

from newslint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TypeAlias

# What `marshal` can hold. Loading it makes data, unlike `pickle`, which may run code.
Data: TypeAlias = "bool | int | float | str | bytes | tuple[Data, ...] | dict[str, Data] | None"

SECONDS_KEPT = 30 * 24 * 3600


def folder() -> str:
    """Where entries live. It may not exist."""
    if own := os.environ.get("NEWSLINT_CACHE_DIR"):
        return own
    if shared := os.environ.get("XDG_CACHE_HOME"):
        return os.path.join(shared, "newslint")
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        return os.path.join(os.environ.get("LOCALAPPDATA", home), "newslint", "Cache")
    if sys.platform == "darwin":
        return os.path.join(home, "Library", "Caches", "newslint")
    return os.path.join(home, ".cache", "newslint")


def key(*parts: bytes) -> str:
    """A name for what is made of `parts`, of this version of newslint and this Python."""
    from newslint import __version__

    named = (__version__.encode(), sys.version.encode(), *parts)
    return digest(b"".join(len(part).to_bytes(8, "big") + part for part in named)).hex()


def digest(data: bytes) -> bytes:
    """64 bits that tell contents apart; nobody's proof against forgery."""
    return source_hash(0, data)


def load(kind: str, name: str) -> Data:
    """The entry, or None."""
    import marshal

    try:
        with open(os.path.join(folder(), f"{kind}-{name}"), "rb") as handle:
            data: Data = marshal.loads(handle.read())
    except (OSError, EOFError, ValueError, TypeError):
        return None
    return data


def store(kind: str, name: str, data: Data, *, sweep: bool = True) -> None:
    """Write an entry, whole or not at all. `sweep`: drop entries of its kind that nobody has made for a month."""
    import marshal
    from tempfile import mkstemp
    from time import time

    place = folder()
    temporary = ""
    try:
        os.makedirs(place, mode=0o700, exist_ok=True)
        descriptor, temporary = mkstemp(dir=place, prefix=".")
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(marshal.dumps(data))
        os.replace(temporary, os.path.join(place, f"{kind}-{name}"))
        if not sweep:
            return
        kind = kind.partition("-")[0]
        oldest = time() - SECONDS_KEPT
        with os.scandir(place) as entries:
            for entry in entries:
                if entry.name.startswith(f"{kind}-") and entry.stat().st_mtime < oldest:
                    os.unlink(entry.path)
    except OSError:
        if temporary and os.path.exists(temporary):
            os.unlink(temporary)


def packed(data: Data) -> bytes:
    """Part of an entry, which costs little to load until it is unpacked."""
    import marshal

    return marshal.dumps(data)


def unpacked(data: bytes) -> Data:
    """What was packed. Raises EOFError, ValueError or TypeError for what was not."""
    import marshal

    found: Data = marshal.loads(data)
    return found
