"""Arrays of pyarrow from numpy and from words, and back, by their buffers.

``pyarrow.array`` and ``pyarrow.scalar`` import pandas where it is installed, which takes longer
than a derivation.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


def array_of(values: Array, missing: Array | None = None) -> Any:
    """Whole numbers or floats of numpy as an array of pyarrow, null where ``missing``."""
    import pyarrow

    data = np.ascontiguousarray(values)
    valid = None
    if missing is not None and missing.any():
        valid = pyarrow.py_buffer(np.packbits(~missing, bitorder="little"))
    kind = pyarrow.from_numpy_dtype(data.dtype)
    return pyarrow.Array.from_buffers(kind, len(data), [valid, pyarrow.py_buffer(data)])


def strings_of(words: Sequence[str]) -> Any:
    """Words as an array of pyarrow."""
    import pyarrow

    encoded = [word.encode() for word in words]
    offsets = np.cumsum([0, *map(len, encoded)], dtype=np.int32)
    buffers = [None, pyarrow.py_buffer(offsets), pyarrow.py_buffer(b"".join(encoded))]
    return pyarrow.Array.from_buffers(pyarrow.string(), len(encoded), buffers)


def scalar_of(value: str | int, kind: Any) -> Any:
    """A text or a whole number as a scalar of a type of pyarrow."""
    one = strings_of([value]) if isinstance(value, str) else array_of(np.array([value]))
    return one.cast(kind)[0]


def empty_table(schema: Any) -> Any:
    """A table of pyarrow without rows."""
    import pyarrow

    none = [pyarrow.nulls(0, field.type) for field in schema]
    return pyarrow.Table.from_arrays(none, schema=schema)


def numpy_of(array: Any, missing: int | float) -> Array:
    """Whole numbers or floats of pyarrow as numpy, with a value for null."""
    if not len(array):
        return np.zeros(0, dtype=array.type.to_pandas_dtype())
    data = np.frombuffer(array.buffers()[1], dtype=array.type.to_pandas_dtype())
    found: Array = data[array.offset : array.offset + len(array)]
    return np.where(nulls_of(array), missing, found) if array.null_count else found


def nulls_of(array: Any) -> Array:
    """Where an array of pyarrow is null."""
    if not array.null_count:
        return np.zeros(len(array), dtype=bool)
    return ~_bits(array.buffers()[0], array)


def booleans_of(array: Any) -> Array:
    """True and false of pyarrow as numpy; null is True."""
    if not len(array):
        return np.zeros(0, dtype=bool)
    return _bits(array.buffers()[1], array) | nulls_of(array)


def _bits(buffer: Any, array: Any) -> Array:
    bits = np.unpackbits(np.frombuffer(buffer, dtype=np.uint8), bitorder="little")
    found: Array = bits[array.offset : array.offset + len(array)].astype(bool)
    return found
