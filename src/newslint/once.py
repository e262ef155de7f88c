"""Attributes that are worked out when they are first asked for.

As `functools.cached_property`, which takes a lock before Python 3.12: that costs as much as many a view does.
"""

from __future__ import annotations

TYPE_CHECKING = False

if TYPE_CHECKING:
    from functools import cached_property as once
else:

    class once:
        """Makes a method's value an attribute of the instance, when it is first read."""

        def __init__(self, func):
            self.func = func
            self.__doc__ = func.__doc__

        def __set_name__(self, owner, name):
            self.name = name

        def __get__(self, instance, owner=None):
            if instance is None:
                return self
            value = instance.__dict__[self.name] = self.func(instance)
            return value


__all__ = ["once"]
