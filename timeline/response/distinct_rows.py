"""Which rows of some integer columns are different: columns packed into few, then sorted."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
_WIDE = 1 << 20  # values of a column that are spread wider are numbered first
_FULL = 1 << 62


def distinct(columns: Array) -> tuple[Array, Array]:
    """The place of one row of each kind, and of every row its kind; ``columns`` are c x n."""
    packed = _packed(columns)
    if not packed:
        return np.zeros(1, dtype=np.intp), np.zeros(columns.shape[1], dtype=np.intp)
    order = np.lexsort(packed)
    new = np.zeros(len(order), dtype=bool)
    new[0] = True
    for column in packed:
        ordered = column[order]
        new[1:] |= ordered[1:] != ordered[:-1]
    which = np.empty(len(order), dtype=np.intp)
    which[order] = np.cumsum(new) - 1
    return order[new], which


def _packed(columns: Array) -> list[Array]:
    """As few columns as hold the same: those that vary, each as digits of one number."""
    packed: list[Array] = []
    size = _FULL
    for column in columns[(columns != columns[:, :1]).any(axis=1)]:
        digits = column - column.min()
        most = int(digits.max())
        if not 0 <= most < _WIDE:
            digits = np.unique(column, return_inverse=True)[1].reshape(-1)
            most = int(digits.max())
        if size * (most + 1) >= _FULL:
            packed.append(digits.astype(np.int64))
            size = most + 1
        else:
            packed[-1] = packed[-1] * (most + 1) + digits
            size *= most + 1
    return packed
