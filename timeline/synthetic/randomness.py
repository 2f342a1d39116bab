"""Random numbers that depend on the seed, the subject and a name alone, not on their order.

So the first patients of a study of a million are those of a study of fifteen, a study can be made
in parts, and the same seed gives the same bytes with every version of numpy. The function is the
finalizer of SplitMix64 (Steele, Lea and Flood 2014, OOPSLA, figure 17), applied to a counter.
"""

from __future__ import annotations

import zlib
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Days = NDArray[np.int64]
Flags = NDArray[np.bool_]
_GAMMA = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


def _mixed(state: NDArray[np.uint64]) -> NDArray[np.uint64]:
    state = (state ^ (state >> np.uint64(30))) * _FIRST
    state = (state ^ (state >> np.uint64(27))) * _SECOND
    return state ^ (state >> np.uint64(31))


@attrs.frozen(eq=False)
class Draws:
    """The random numbers of some subjects.

    ``subjects``: their numbers, counted from 1.
    """

    seed: int
    subjects: NDArray[np.uint64]

    def uniform(self, name: str, *shape: int) -> Floats:
        """A number from 0 to below 1 for each subject, and each place of a further shape."""
        count = int(np.prod(shape)) if shape else 1
        with np.errstate(over="ignore"):
            start = _mixed(np.array([self.seed % 2**64], dtype=np.uint64) + _GAMMA)
            own = _mixed(start ^ (self.subjects * _GAMMA))
            named = _mixed(own ^ np.uint64(zlib.crc32(name.encode())))
            places = np.arange(1, count + 1, dtype=np.uint64) * _GAMMA
            bits = _mixed(named[:, None] + places[None, :])
        values = (bits >> np.uint64(11)).astype(np.float64) * 2.0**-53
        return values.reshape(len(self.subjects), *shape)

    def below(self, name: str, limit: int, *shape: int) -> Days:
        """A whole number from 0 to below a limit."""
        return np.floor(self.uniform(name, *shape) * limit).astype(np.int64)

    def chance(self, name: str, share: float, *shape: int) -> Flags:
        """Whether something happens that happens to a share of subjects."""
        return np.asarray(self.uniform(name, *shape) < share)

    def normal(self, name: str, *shape: int) -> Floats:
        """A number of the standard normal distribution (Box and Muller 1958)."""
        radius = np.sqrt(-2.0 * np.log1p(-self.uniform(f"{name} radius", *shape)))
        return np.asarray(radius * np.cos(2.0 * np.pi * self.uniform(f"{name} angle", *shape)))

    def exponential(self, name: str, mean: float, *shape: int) -> Days:
        """Whole days of an exponential distribution with a mean in days."""
        waited: Any = -np.log1p(-self.uniform(name, *shape)) * mean
        days: Days = np.floor(waited).astype(np.int64)
        return days
