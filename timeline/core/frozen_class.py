"""Frozen classes that are quick to build: a command builds seventy before it reads a file.

attrs writes the methods of each class as text and compiles them. Its ``__repr__`` is the longest
of them, a third of the time in all, and is the same for every class: here all classes share one.
The modules with the most and the widest classes use it; others use ``attrs.frozen`` as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from attrs import frozen
else:

    def frozen(cls: type | None = None, **options: Any) -> Any:
        """What ``attrs.frozen`` is, with the one ``__repr__`` where the class has none."""

        def made(cls: type) -> type:
            if "__repr__" not in vars(cls):
                cls.__repr__ = _shown
            return attrs.frozen(cls, **options)

        return made if cls is None else made(cls)


__all__ = ["frozen"]


def _shown(record: Any) -> str:
    """The class with its fields and their values, as attrs writes them."""
    fields = [field for field in attrs.fields(type(record)) if field.repr]
    values = ", ".join(f"{field.name}={getattr(record, field.name)!r}" for field in fields)
    name = type(record).__qualname__.rsplit(">.", 1)[-1]  # without the function that defines it
    return f"{name}({values})"
