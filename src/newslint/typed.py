"""What a run needs of `typing`, without importing it: that would cost a start more than reading an article.

Type checkers see the originals. `NamedTuple` makes records as the original does, from the names of the
annotations alone; nothing here reads an annotation's meaning, and nothing is compiled: `collections.namedtuple`
compiles a piece of Python for each kind of record, and a run has some sixty.
"""

from __future__ import annotations

TYPE_CHECKING = False

# Makes a record of a tuple without a look at the number of its values: for records as many as a text has lines.
unchecked = tuple.__new__

if TYPE_CHECKING:
    from typing import Any
    from typing import NamedTuple as NamedTuple
    from typing import cast as cast
else:
    from _collections import _tuplegetter

    # What makes a record of so many fields; its arguments get the names of the fields.
    _MAKERS = (
        None,
        lambda _cls, a: unchecked(_cls, (a,)),
        lambda _cls, a, b: unchecked(_cls, (a, b)),
        lambda _cls, a, b, c: unchecked(_cls, (a, b, c)),
        lambda _cls, a, b, c, d: unchecked(_cls, (a, b, c, d)),
        lambda _cls, a, b, c, d, e: unchecked(_cls, (a, b, c, d, e)),
        lambda _cls, a, b, c, d, e, f: unchecked(_cls, (a, b, c, d, e, f)),
        lambda _cls, a, b, c, d, e, f, g: unchecked(_cls, (a, b, c, d, e, f, g)),
        lambda _cls, a, b, c, d, e, f, g, h: unchecked(_cls, (a, b, c, d, e, f, g, h)),
        lambda _cls, a, b, c, d, e, f, g, h, i: unchecked(_cls, (a, b, c, d, e, f, g, h, i)),
        lambda _cls, a, b, c, d, e, f, g, h, i, j: unchecked(_cls, (a, b, c, d, e, f, g, h, i, j)),
        lambda _cls, a, b, c, d, e, f, g, h, i, j, k: unchecked(
            _cls, (a, b, c, d, e, f, g, h, i, j, k)
        ),
    )
    _FUNCTION = type(_MAKERS[1])

    def _maker(name, fields, defaults):
        """The `__new__` of a record."""
        if 0 < len(fields) < len(_MAKERS):
            code = _MAKERS[len(fields)].__code__.replace(
                co_varnames=("_cls", *fields), co_qualname=f"{name}.__new__"
            )
            return _FUNCTION(code, globals(), "__new__", defaults)
        arguments = ", ".join(fields)
        made = eval(f"lambda _cls, {arguments}: unchecked(_cls, ({arguments},))", globals())
        made.__defaults__ = defaults
        return made

    def _make(cls, values):
        made = unchecked(cls, values)
        if len(made) != len(cls._fields):
            raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
        return made

    def _replace(self, /, **changes):
        made = self._make(map(changes.pop, self._fields, self))
        if changes:
            raise TypeError(f"Got unexpected field names: {list(changes)}")
        return made

    def _asdict(self):
        return dict(zip(self._fields, self, strict=True))

    def _repr(self):
        shown = (f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True))
        return f"{type(self).__name__}({', '.join(shown)})"

    _METHODS = {
        "__slots__": (),
        "__repr__": _repr,
        "__getnewargs__": lambda self: tuple(self),
        "_asdict": _asdict,
        "_make": classmethod(_make),
        "_replace": _replace,
    }

    class _Record(type):
        """Makes a named tuple of a class whose body has annotations, defaults and methods."""

        def __new__(mcs, name, bases, body):
            if not bases:
                return super().__new__(mcs, name, bases, body)
            fields = tuple(body.pop("__annotations__", ()))
            defaults = {field: body.pop(field) for field in fields if field in body}
            getters = {field: _tuplegetter(at, None) for at, field in enumerate(fields)}
            body |= getters | {
                "__new__": _maker(name, fields, tuple(defaults.values())),
                "__match_args__": fields,
                "_fields": fields,
                "_field_defaults": defaults,
            }
            return type(name, (tuple,), _METHODS | body)

    NamedTuple = _Record("NamedTuple", (), {})

    def cast(kind, value):
        """`value`, which a type checker takes for a `kind`."""
        return value


def choices(alias: object) -> tuple[Any, ...]:
    """The strings of an alias that is written as a string: "Literal['a', 'b']"."""
    assert isinstance(alias, str)
    return tuple(part.strip(" \"'") for part in alias[len("Literal[") : -1].split(","))
