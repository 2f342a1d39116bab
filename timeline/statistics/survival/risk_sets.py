"""Who is at risk and who has the event at each time of an event: by group, and by stratum.

A test or a model with the group as its only covariate needs nothing else of the data.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import attrs
import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.float64]  # a row for each time of an event, a column for each group
_NEAR = 2.0**-26  # as R: times nearer than this, or than this share of their mean, are one time


@attrs.frozen(eq=False, kw_only=True)
class RiskSets:
    """The counts at each time of an event, one stratum after the other, in order of time.

    Attributes:
        names: the groups, in the order in which they were first met.
        sizes: how many patients each has.
        at_risk: how many of each group are at risk just before each time of an event.
        events: how many of each group have the event at that time.
        strata: the number of the stratum of each row, from 0, never falling.
    """

    names: tuple[str, ...]
    sizes: tuple[int, ...]
    at_risk: Counts
    events: Counts
    strata: npt.NDArray[np.intp]

    @property
    def survival_before(self) -> Counts:
        """The Kaplan-Meier estimate of all groups of the stratum, just before each time."""
        left = 1 - self.events.sum(axis=1) / self.at_risk.sum(axis=1)
        starts = np.flatnonzero(np.diff(self.strata, prepend=-1))
        before: list[Counts] = [
            np.concatenate(([1.0], np.cumprod(part)[:-1]))
            for part in np.split(left, starts[1:])
            if len(part)
        ]
        return np.concatenate(before) if before else left

    @property
    def together(self) -> npt.NDArray[np.bool_]:
        """Whether two groups are at risk together at the time of some event; of all pairs."""
        present = (self.at_risk > 0).astype(float)
        found: npt.NDArray[np.bool_] = present.T @ present > 0
        return found


def merged_times(times: Sequence[Fraction | float] | Counts) -> Counts:
    """The times as floats, each with those that differ from it by rounding alone made equal.

    A file or a program may have 0.3 of one patient and 0.1 + 0.2 of another. As R does
    (``aeqSurv`` of the package survival), times count as equal that differ by less than 2 ** -26,
    or by less than that share of the mean of all.

    Raises:
        ValueError: a time is not a finite number, or lies below 0.
    """
    found = np.asarray(times, dtype=float)
    if not np.isfinite(found).all():
        raise ValueError("a time that is no number (leave the patient out, or write the time)")
    distinct, places = np.unique(found, return_inverse=True)
    if len(distinct) and distinct[0] < 0:
        raise ValueError(f"a time below 0: {distinct[0]:g}")
    gaps = np.diff(distinct)
    near = gaps <= _NEAR * max(1.0, float(np.abs(distinct).mean()) if len(distinct) else 1.0)
    if not near.any():
        return found
    firsts = np.concatenate(([True], ~near))
    merged: Counts = distinct[firsts][np.cumsum(firsts) - 1][places]
    return merged


def risk_sets(
    times: Sequence[Fraction | float] | Counts,
    events: Sequence[bool] | npt.NDArray[np.bool_],
    groups: Sequence[str],
    strata: Sequence[str] | None = None,
) -> RiskSets:
    """The risk sets of some patients; one who is censored at the time of an event is in its set.

    Args:
        times: in any one unit, 0 or more.
        events: true where the event was seen, false where censored.
        groups: the group of each patient.
        strata: the stratum of each patient, whose risk sets are its own; None for one stratum.

    Raises:
        ValueError: there is no patient, or the lengths differ.
    """
    size = len(times)
    if not size or not size == len(events) == len(groups) == len(strata or times):
        more = f", {len(strata)} strata" if strata is not None else ""
        raise ValueError(
            f"{size} times, {len(events)} events, {len(groups)} groups{more} "
            "(give one of each for each patient)"
        )
    names, column = _numbered(groups)
    blocks, block = _numbered(strata) if strata is not None else (("",), np.zeros(size, np.intp))
    when, had = merged_times(times), np.asarray(events, dtype=bool)
    order = np.lexsort((when, block))
    is_new = (np.diff(when[order], prepend=-1.0) != 0) | (np.diff(block[order], prepend=-1) != 0)
    row = np.empty(size, np.intp)
    row[order] = np.cumsum(is_new) - 1
    stratum = block[order][is_new]
    shape = (len(stratum), len(names))
    cell = row * len(names) + column
    leaving = np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape)
    found = np.bincount(cell[had], minlength=shape[0] * shape[1]).reshape(shape)
    left = np.cumsum(leaving, axis=0)
    last = np.searchsorted(stratum, np.arange(len(blocks)), side="right") - 1
    at_risk = left[last][stratum] - left + leaving
    kept = found.any(axis=1)
    return RiskSets(
        names=names,
        sizes=tuple(int(each) for each in np.bincount(column, minlength=len(names))),
        at_risk=at_risk[kept].astype(float),
        events=found[kept].astype(float),
        strata=stratum[kept],
    )


def _numbered(names: Sequence[str]) -> tuple[tuple[str, ...], npt.NDArray[np.intp]]:
    """The different names in the order in which they were first met, and the number of each."""
    number = {name: n for n, name in enumerate(dict.fromkeys(names))}
    return tuple(number), np.fromiter((number[name] for name in names), np.intp, len(names))
