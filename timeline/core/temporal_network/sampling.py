"""A share of too many choices to count, estimated from seeded draws."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from timeline.core.temporal_network.counting import Array, Difference

DRAWS = 100_000
SEED = 1991
LEAST_EFFECTIVE = 1_000  # with fewer, the standard error itself cannot be trusted


class TooVague(ValueError):
    """There are too many choices to count, and the draws are too uneven to estimate from."""


def estimate_share(
    bounds: Array, more: Iterable[Difference], draws: int = DRAWS, seed: int = SEED
) -> tuple[float, float, float]:
    """The part of the choices within ``bounds`` that satisfies ``more``, its error and its worth.

    ``bounds[i, j]`` is the most that value j exceeds value i by, all finite and closed under
    shortest paths; value 0 is 0. Values are drawn one after another, each evenly from
    what those before leave it, which is never nothing (such a network is decomposable:
    Dechter, Meiri, Pearl 1991, Artificial Intelligence 49:61-95); the weight of a draw is
    the number of choices it had. The standard error is that of a ratio of weighted means (delta
    method), never less than one part in the worth: the number of even draws as precise.
    TooVague where that is below ``LEAST_EFFECTIVE``.
    """
    values, weight = _drawn(bounds, draws, seed)
    in_limits = np.ones(draws, dtype=bool)
    for bond in more:
        difference = values[bond.second] - values[bond.first]
        in_limits &= (bond.low <= difference) & (difference <= bond.high)
    part = float(weight[in_limits].sum() / weight.sum())
    effective = float(weight.sum() ** 2 / (weight**2).sum())
    if effective < LEAST_EFFECTIVE:
        raise TooVague(
            f"{draws} draws are worth {effective:.0f} even ones, too few to estimate a share "
            f"from (at least {LEAST_EFFECTIVE}: give more draws or narrower windows)"
        )
    spread = float(np.sqrt((weight**2 * (in_limits - part) ** 2).sum()) / weight.sum())
    return part, max(spread, 1 / effective), effective


def _drawn(bounds: Array, draws: int, seed: int) -> tuple[Array, Array]:
    """Values (a row each) and the weights of the draws; the narrowest windows are drawn first."""
    draw = np.random.default_rng(seed)
    bounds = np.asarray(bounds).astype(np.int64)
    values = np.zeros((len(bounds), draws), dtype=np.int64)
    weight = np.zeros(draws)
    placed = [0]
    for x in sorted(range(1, len(bounds)), key=lambda x: int(bounds[0, x] + bounds[x, 0])):
        high, low = values[0] + bounds[0, x], values[0] - bounds[x, 0]
        for y in placed[1:]:
            np.minimum(high, values[y] + bounds[y, x], out=high)
            np.maximum(low, values[y] - bounds[x, y], out=low)
        values[x] = draw.integers(low, high, endpoint=True)
        weight += np.log(high - low + 1)
        placed.append(x)
    return values, np.exp(weight - weight.max())
