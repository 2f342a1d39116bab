"""Whether vague times leave open who left before whom.

A log-rank test and a hazard ratio of Cox's model depend on the order of times alone. Where every
choice of the days has the same order, both are known exactly, however vague the days are.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from timeline.statistics.survival.kaplan_meier_bounds import Leaving, Observed


def times_in_known_order(patients: Sequence[Observed]) -> tuple[Fraction, ...] | None:
    """One time for each patient, in the order that every choice of the days has.

    A patient who is censored needs to be known as still at risk, or not, at the time of each
    event; the order of two who are censored does not count.

    Args:
        patients: with the ranges of their times.

    Returns:
        The earliest time of each patient; None where two orders are possible, or where it is open
        whether a patient had the event, or belongs to the group at all.
    """
    ways = [one.ways[0] for one in patients if len(one.ways) == 1 and not one.may_be_absent]
    if len(ways) < len(patients):
        return None
    vague = {number for number, way in enumerate(ways) if not way.time.is_point}
    for number in vague:
        for other, way in enumerate(ways):
            done = other in vague and other < number
            if other != number and not done and not _is_clear(ways[number], way):
                return None
    return tuple(way.earliest for way in ways)


def _is_clear(one: Leaving, other: Leaving) -> bool:
    """Whether the order of two, of which at least one is vague, is known as far as it counts."""
    if one.latest < other.earliest or other.latest < one.earliest:
        return True
    if one.event and other.event:
        return False
    if not (one.event or other.event):
        return True
    event, censored = (one, other) if one.event else (other, one)
    return event.latest <= censored.earliest
