"""Changes that a report prints in percent alone (``-46 %``), as sums for the engine.

A sum is a *share* of the baseline sum: -46 % is 0.54 of it, and its rounding 0.535 to 0.545. The
bounds of every category are monotone in the share, so the ends of a range and the first share
above each bound within it give every category that the range allows.

Where the baseline sum is not known, all sums of the line are shares of `NOMINAL_BASELINE`, which
is so long that no rule of millimetres decides. Whether an increase reaches the 5 mm of RECIST is
then open, and both answers are interpretations. Two facts close it: the report's own word for the
targets, and that a target measures 10 mm at least at baseline (Eisenhauer 2009, 3.1.1).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import attrs

from timeline.assessment.baseline_shares import Share, smallest
from timeline.core.quantities import NM_PER_MM
from timeline.record.event_parts.percent_change import LEAST_TARGET_MM
from timeline.record.events import Scan
from timeline.record.findings import Finding
from timeline.response.criteria import CRITERIA
from timeline.response.lesion_rules import DIAMETERS, Measure
from timeline.response.scans import NOT_MEASURED

NOMINAL_BASELINE = 1_000_000 * NM_PER_MM  # a kilometre
_PERCENT = Fraction(100)


@attrs.frozen(kw_only=True)
class Bounds:
    """The bounds of the criteria that sum one measure, between which a change is one category."""

    responses: tuple[Fraction, ...]  # shares of the baseline
    growths: tuple[Fraction, ...]  # of the nadir
    least: int | Fraction  # of an increase, in the unit of the measure; of iCPD as well

    @property
    def decreases(self) -> tuple[Fraction, ...]:
        """Percent of the baseline."""
        return (*(100 * (1 - each) for each in self.responses), Fraction(100))

    @property
    def increases(self) -> tuple[Fraction, ...]:
        """Percent of the nadir."""
        return tuple(100 * (each - 1) for each in self.growths)

    @property
    def least_share(self) -> Fraction:
        """What is an increase of that much of any baseline."""
        return Fraction(self.least, LEAST_TARGET_MM)

    @classmethod
    def of(cls, measure: Measure) -> Bounds:
        """The bounds of the criteria that sum a measure."""
        limits = [row.thresholds for row in CRITERIA.values() if row.lesions.measure == measure]
        decreases = [each.response_percent for each in limits]
        decreases += [each.early_percent for each in limits if each.early_percent is not None]
        return cls(
            responses=tuple({1 - Fraction(percent, 100) for percent in decreases}),
            growths=tuple({1 + Fraction(each.progression_percent, 100) for each in limits}),
            least=max(each.progression_least for each in limits),
        )


BY_MEASURE = {each: Bounds.of(each) for each in {row.lesions.measure for row in CRITERIA.values()}}


@attrs.frozen(kw_only=True)
class _Reading:
    """One possible share, the nadir that it was printed against (None: not stated), its growth."""

    share: Fraction
    nadir: Fraction | None
    growth: Fraction  # of the nadir, as far as that is known


def change_interpretations(
    scans: Sequence[Scan],
    found: Sequence[Share | None],
    base: int | None,
    measure: Measure = DIAMETERS,
) -> tuple[list[dict[str, Any]] | None, ...]:
    """Every way to read the printed change of each time point, as columns of `Scans`.

    Args:
        scans: What each time point of a line found, in order of time.
        found: Their shares.
        base: The baseline sum in millionths of the unit; None where it is not known.
        measure: What the changes are changes of.

    Returns:
        For each time point its interpretations, the printed number first; None where its sum was
        measured, or no number is known.
    """
    bounds = BY_MEASURE[measure]
    read: list[list[dict[str, Any]] | None] = []
    for place, (scan, share) in enumerate(zip(scans, found, strict=True)):
        if share is None or share.change is None:
            read.append(None)
            continue
        earlier = [each for each in found[:place] if each is not None]
        nadir = smallest(earlier)
        readings = _settled(tuple(_readings(share, nadir, bounds)), scan.target, bounds)
        read.append([
            {**_meanings(each, readings, bounds), **_columns(each, scan.target, base), **short}
            for each in readings
            for short in _short_increases(each, nadir, earlier, scan.target, base, bounds)
        ])  # fmt: skip
    return tuple(read)


def _readings(share: Share, nadir: Share, limits: Bounds) -> Iterator[_Reading]:
    """The printed number, the ends of its range, and the first share above each bound within."""
    if share.nadir is None:
        bounds = [bound for bound in limits.responses if share.low <= bound < share.high]
        above = (min(bound + _NEXT, share.high) for bound in bounds)
        every = (share.printed, share.low, share.high, *above)
        for each in dict.fromkeys(every):
            growth = each / nadir.printed if nadir.printed else each + 1
            yield _Reading(share=each, nadir=None, growth=growth)
        return
    low, first, high = share.growth
    below = [max(bound - _NEXT, low) for bound in limits.growths if low < bound <= high]
    smallest, largest = share.nadir.low, share.nadir.high
    pairs = [(share.nadir.printed, first)]
    pairs += [(one, growth) for one in (smallest, largest) for growth in (low, high, *below)]
    for bound in limits.responses:
        if share.low <= bound < share.high:
            growth = min(max((bound + _NEXT) / largest, low), high)
            pairs.append(((bound + _NEXT) / growth, growth))
    for one, growth in dict.fromkeys(pairs):
        yield _Reading(share=one * growth, nadir=one, growth=growth)


_NEXT = Fraction(1, 10**6)  # of the baseline: a nanometre of a sum of 1 mm


def _settled(
    readings: tuple[_Reading, ...], target: Finding | None, limits: Bounds
) -> tuple[_Reading, ...]:
    """The readings that agree with the report's word for the targets, where some do and some not.

    A word that allows several of the categories on both sides of a bound decides nothing.
    """
    allowed = set(target.allows) - {"NE", "NA"} if target is not None else set()
    if not allowed:
        return readings
    for bound in limits.growths:
        if allowed == {"PD"} or "PD" not in allowed:
            grown = allowed == {"PD"}
            readings = tuple(r for r in readings if (r.growth >= bound) == grown) or readings
    for bound in limits.responses:
        if allowed <= {"CR", "PR"} or allowed == {"SD"}:
            shrunk = allowed != {"SD"}
            readings = tuple(r for r in readings if (r.share <= bound) == shrunk) or readings
    return readings


def _columns(reading: _Reading, target: Finding | None, base: int | None) -> dict[str, Any]:
    """The sum of one reading. Nodes that the report calls normal may be left: target CR."""
    length = base or NOMINAL_BASELINE
    total = round(reading.share * length)
    gone = total == 0 or (target is not None and target.allows == ("CR",) and reading.share < 1)
    stated = NOT_MEASURED if reading.nadir is None else round(reading.nadir * length)
    return {
        "target_sum": total,
        "partial_sum": 0,
        "target_cr": gone,
        "target_left": not gone,
        "from_percent": True,
        "nadir_sum": stated,
    }


def _meanings(reading: _Reading, readings: Sequence[_Reading], limits: Bounds) -> dict[str, str]:
    """The side of each bound that a reading is on, of the bounds that lie between the readings."""
    decreases = [_PERCENT * (1 - each.share) for each in readings]
    increases = [_PERCENT * (each.growth - 1) for each in readings]
    at = readings.index(reading)
    return {
        "decrease": _side(decreases[at], decreases, limits.decreases),
        "increase": _side(increases[at], increases, limits.increases),
    }


def _side(percent: Fraction, every: Sequence[Fraction], bounds: Sequence[Fraction]) -> str:
    """``30 % or more``, ``less than 30 %``; the largest bound that is reached."""
    between = [bound for bound in bounds if min(every) < bound <= max(every)]
    reached = [bound for bound in between if percent >= bound]
    if reached:
        return f"{max(reached)} % or more"
    return f"less than {min(between)} %" if between else ""


def _short_increases(
    reading: _Reading,
    nadir: Share,
    earlier: Sequence[Share],
    target: Finding | None,
    base: int | None,
    limits: Bounds,
) -> Iterator[dict[str, bool]]:
    """Whether the increase of a reading may be below 5 mm, from the nadir and since an iUPD.

    An increase from the nadir is never smaller than one since a later scan.
    """
    if base or not limits.least:
        yield {}
        return
    smallest, largest = nadir.low, nadir.high
    if reading.nadir is not None:
        smallest = largest = reading.nadir
    from_nadir = _may_be_short(reading.share, smallest * min(limits.growths), largest, limits)
    if target is not None and target.is_evaluated and True in from_nadir:
        if set(target.allows) == {"PD"}:
            from_nadir = (False,)
        elif "PD" not in target.allows:
            from_nadir = (True,)
    lows, highs = [each.low for each in earlier], [each.high for each in earlier]
    further = _may_be_short(reading.share, min(lows), max(highs), limits) if earlier else (False,)
    for first in from_nadir:
        for second in further if not first else further[-1:]:
            yield {"below_pd": first, "below_further": second}


def _may_be_short(
    share: Fraction, least: Fraction, most: Fraction, limits: Bounds
) -> tuple[bool, ...]:
    """Whether an increase can be below 5 mm of an unknown baseline.

    ``least``: the smallest share that it may be measured from, below which there is none that
    counts; ``most``: the largest.
    """
    if share < least or share == 0 or share - most >= limits.least_share:
        return (False,)
    return (False, True)
