"""Frozen classes that are quick to build: a command builds a hundred before it reads a file.

attrs writes the methods of each class as text and compiles them. All but ``__init__`` follow from
the fields alone: here ``__eq__``, ``__hash__`` and ``__repr__`` are written once for all classes,
which takes half of the time. A command compares few records, so that it gains what it starts
earlier. A class that is compared or hashed in the inner loop of a search (`Span`, `PartialDate`)
uses ``attrs.frozen`` as it is: a compiled method of its own is somewhat quicker.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from attrs import frozen
else:

    def frozen(cls: type | None = None, **options: Any) -> Any:
        """What ``attrs.frozen`` is, with the shared methods where the class has none of its own.

        With ``eq=False`` records are compared and hashed by identity, as attrs does.
        """

        def made(cls: type) -> type:
            own = vars(cls)
            if "__repr__" not in own and options.get("repr", True):
                cls.__repr__ = _shown
            if "__eq__" not in own and options.get("eq", True):
                cls.__eq__, cls.__hash__ = _equal, own.get("__hash__", _hashed)
            return attrs.frozen(cls, **options)

        return made if cls is None else made(cls)


__all__ = ["frozen"]


def _shown(record: Any) -> str:
    """The class with its fields and their values, as attrs writes them."""
    fields = [field for field in attrs.fields(type(record)) if field.repr]
    values = ", ".join(f"{field.name}={getattr(record, field.name)!r}" for field in fields)
    name = type(record).__qualname__.rsplit(">.", 1)[-1]  # without the function that defines it
    return f"{name}({values})"


def _equal(record: Any, other: Any) -> Any:
    """Whether two records of one class have equal values; a subclass is another class."""
    if other.__class__ is not record.__class__:
        return NotImplemented
    values = _compared(record.__class__)
    return values(record) == values(other)


def _hashed(record: Any) -> int:
    """A hash of the class and of the values that are compared."""
    cls = record.__class__
    return hash((cls.__qualname__, _hashable(cls)(record)))


@cache
def _compared(cls: type) -> Callable[[Any], Any]:
    return _values([field for field in attrs.fields(cls) if field.eq])


@cache
def _hashable(cls: type) -> Callable[[Any], Any]:
    fields = attrs.fields(cls)
    return _values([each for each in fields if (each.eq if each.hash is None else each.hash)])


def _values(fields: list[Any]) -> Callable[[Any], Any]:
    """What reads the values of a record: a tuple of them, or the one."""
    if any(field.eq_key for field in fields) or not fields:
        keys = [(field.name, field.eq_key or _same) for field in fields]
        return lambda record: tuple(key(getattr(record, name)) for name, key in keys)
    return attrgetter(*(field.name for field in fields))


def _same(value: Any) -> Any:
    return value
