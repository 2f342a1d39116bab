"""Who is at risk and who has the event at each time of an event, group by group.

A test or a model with the group as its only covariate needs nothing else of the data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

import attrs
import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.float64]  # a row for each time of an event, a column for each group


@attrs.frozen(eq=False)
class RiskSets:
    """The counts at each time of an event.

    Attributes:
        names: the groups, in the order in which they were first met.
        sizes: how many patients each has.
        at_risk: how many of each group are at risk just before each time of an event.
        events: how many of each group have the event at that time.
    """

    names: tuple[str, ...]
    sizes: tuple[int, ...]
    at_risk: Counts
    events: Counts


def risk_sets(
    times: Sequence[Fraction | int], events: Sequence[bool], groups: Sequence[str]
) -> RiskSets:
    """The risk sets of some patients; one who is censored at the time of an event is in its set.

    Args:
        times: in any one unit, 0 or more.
        events: true where the event was seen, false where censored.
        groups: the group of each patient.

    Raises:
        ValueError: there is no patient, or the lengths differ.
    """
    if not times or not len(times) == len(events) == len(groups):
        raise ValueError(
            f"{len(times)} times, {len(events)} events, {len(groups)} groups "
            "(give one of each for each patient)"
        )
    names = tuple(dict.fromkeys(groups))
    column = {name: n for n, name in enumerate(names)}
    order = sorted({time for time, event in zip(times, events, strict=True) if event})
    row = {time: n for n, time in enumerate(order)}
    had = Counter((row[time], column[group])
                  for time, event, group in zip(times, events, groups, strict=True)
                  if event)  # fmt: skip
    found = np.zeros((len(order), len(names)))
    for place, count in had.items():
        found[place] = count
    at_risk = np.zeros_like(found)
    for name, number in column.items():
        own = sorted(time for time, group in zip(times, groups, strict=True) if group == name)
        at_risk[:, number] = len(own) - _below(own, order)
    sizes = Counter(groups)
    return RiskSets(names, tuple(sizes[name] for name in names), at_risk, found)


def _below(times: Sequence[Fraction | int], order: Sequence[Fraction | int]) -> Counts:
    """How many of some sorted times lie below each of others, also sorted."""
    passed, below = 0, []
    for time in order:
        while passed < len(times) and times[passed] < time:
            passed += 1
        below.append(passed)
    return np.array(below, dtype=float)
