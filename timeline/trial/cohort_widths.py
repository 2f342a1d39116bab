"""How many columns an array has for subjects with about the same number of assessments."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
EXACT = 16  # up to so many assessments a part has subjects of one number


def padded_width(count: Array) -> Array:
    """The number of columns for so many assessments: exact up to 16, then at most a quarter more.

    >>> padded_width(np.array([0, 3, 16, 17, 30, 200])).tolist()
    [0, 3, 16, 20, 32, 224]
    """
    step = 2 ** np.maximum(np.floor(np.log2(np.maximum(count, 1))).astype(np.int64) - 2, 0)
    return np.where(count <= EXACT, count, -(-count // step) * step)
