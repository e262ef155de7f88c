"""What a run needs of `typing`, without importing it: that would cost a start more than reading an article.

Type checkers see the originals. `NamedTuple` makes records as the original does, from the names of the
annotations alone; nothing here reads an annotation's meaning.
"""

from __future__ import annotations

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any
    from typing import NamedTuple as NamedTuple
    from typing import cast as cast
else:
    from collections import namedtuple

    class _Record(type):
        """Makes a named tuple of a class whose body has annotations, defaults and methods."""

        def __new__(mcs, name, bases, body):
            if not bases:
                return super().__new__(mcs, name, bases, body)
            fields = body.pop("__annotations__", {})
            defaults = [body.pop(field) for field in fields if field in body]
            made = namedtuple(name, fields, defaults=defaults, module=body["__module__"])
            for key, value in body.items():
                if key not in ("__module__", "__slots__"):
                    setattr(made, key, value)
            return made

    NamedTuple = _Record("NamedTuple", (), {})

    def cast(kind, value):
        """`value`, which a type checker takes for a `kind`."""
        return value


def choices(alias: object) -> tuple[Any, ...]:
    """The strings of an alias that is written as a string: "Literal['a', 'b']"."""
    assert isinstance(alias, str)
    return tuple(part.strip(" \"'") for part in alias[len("Literal[") : -1].split(","))
