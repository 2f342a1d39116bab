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
from timeline.response.scans import NOT_MEASURED

NOMINAL_BASELINE = 1_000_000 * NM_PER_MM  # a kilometre
_LIMITS = tuple(each.thresholds for each in CRITERIA.values())
RESPONSES = tuple({1 - Fraction(each.response_percent, 100) for each in _LIMITS})  # of baseline
GROWTHS = tuple({1 + Fraction(each.progression_percent, 100) for each in _LIMITS})  # of the nadir
_DECREASES = (*(100 * (1 - each) for each in RESPONSES), Fraction(100))  # percent of the baseline
_INCREASES = tuple(100 * (each - 1) for each in GROWTHS)  # percent of the nadir
ABSOLUTE_MM = max(each.progression_mm for each in _LIMITS)  # of an increase; of iCPD as well
_PERCENT = Fraction(100)
_LEAST_SHARE = Fraction(ABSOLUTE_MM, LEAST_TARGET_MM)  # of any baseline, is 5 mm or more


@attrs.frozen(kw_only=True)
class _Reading:
    """One possible share, the nadir that it was printed against (None: not stated), its growth."""

    share: Fraction
    nadir: Fraction | None
    growth: Fraction  # of the nadir, as far as that is known


def change_interpretations(
    scans: Sequence[Scan], found: Sequence[Share | None], base: int | None
) -> tuple[list[dict[str, Any]] | None, ...]:
    """Every way to read the printed change of each time point, as columns of `Scans`.

    Args:
        scans: What each time point of a line found, in order of time.
        found: Their shares.
        base: The baseline sum in nanometres; None where it is not known.

    Returns:
        For each time point its interpretations, the printed number first; None where its sum was
        measured, or no number is known.
    """
    read: list[list[dict[str, Any]] | None] = []
    for place, (scan, share) in enumerate(zip(scans, found, strict=True)):
        if share is None or share.change is None:
            read.append(None)
            continue
        earlier = [each for each in found[:place] if each is not None]
        nadir = smallest(earlier)
        readings = _settled(tuple(_readings(share, nadir)), scan.target)
        read.append([
            {**_meanings(each, readings), **_columns(each, scan.target, base), **short}
            for each in readings
            for short in _short_increases(each, nadir, earlier, scan.target, base)
        ])  # fmt: skip
    return tuple(read)


def _readings(share: Share, nadir: Share) -> Iterator[_Reading]:
    """The printed number, the ends of its range, and the first share above each bound within."""
    if share.nadir is None:
        bounds = [bound for bound in RESPONSES if share.low <= bound < share.high]
        above = (min(bound + _NEXT, share.high) for bound in bounds)
        every = (share.printed, share.low, share.high, *above)
        for each in dict.fromkeys(every):
            growth = each / nadir.printed if nadir.printed else each + 1
            yield _Reading(share=each, nadir=None, growth=growth)
        return
    low, first, high = share.growth
    below = [max(bound - _NEXT, low) for bound in GROWTHS if low < bound <= high]
    smallest, largest = share.nadir.low, share.nadir.high
    pairs = [(share.nadir.printed, first)]
    pairs += [(one, growth) for one in (smallest, largest) for growth in (low, high, *below)]
    for bound in RESPONSES:
        if share.low <= bound < share.high:
            growth = min(max((bound + _NEXT) / largest, low), high)
            pairs.append(((bound + _NEXT) / growth, growth))
    for one, growth in dict.fromkeys(pairs):
        yield _Reading(share=one * growth, nadir=one, growth=growth)


_NEXT = Fraction(1, 10**6)  # of the baseline: a nanometre of a sum of 1 mm


def _settled(readings: tuple[_Reading, ...], target: Finding | None) -> tuple[_Reading, ...]:
    """The readings that agree with the report's word for the targets, where some do and some not.

    A word that allows several of the categories on both sides of a bound decides nothing.
    """
    allowed = set(target.allows) - {"NE", "NA"} if target is not None else set()
    if not allowed:
        return readings
    for bound in GROWTHS:
        if allowed == {"PD"} or "PD" not in allowed:
            grown = allowed == {"PD"}
            readings = tuple(r for r in readings if (r.growth >= bound) == grown) or readings
    for bound in RESPONSES:
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


def _meanings(reading: _Reading, readings: Sequence[_Reading]) -> dict[str, str]:
    """The side of each bound that a reading is on, of the bounds that lie between the readings."""
    decreases = [_PERCENT * (1 - each.share) for each in readings]
    increases = [_PERCENT * (each.growth - 1) for each in readings]
    at = readings.index(reading)
    return {
        "decrease": _side(decreases[at], decreases, _DECREASES),
        "increase": _side(increases[at], increases, _INCREASES),
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
) -> Iterator[dict[str, bool]]:
    """Whether the increase of a reading may be below 5 mm, from the nadir and since an iUPD.

    An increase from the nadir is never smaller than one since a later scan.
    """
    if base:
        yield {}
        return
    smallest, largest = nadir.low, nadir.high
    if reading.nadir is not None:
        smallest = largest = reading.nadir
    from_nadir = _may_be_short(reading.share, smallest * min(GROWTHS), largest)
    if target is not None and target.is_evaluated and True in from_nadir:
        if set(target.allows) == {"PD"}:
            from_nadir = (False,)
        elif "PD" not in target.allows:
            from_nadir = (True,)
    lows, highs = [each.low for each in earlier], [each.high for each in earlier]
    further = _may_be_short(reading.share, min(lows), max(highs)) if earlier else (False,)
    for first in from_nadir:
        for second in further if not first else further[-1:]:
            yield {"below_pd": first, "below_further": second}


def _may_be_short(share: Fraction, least: Fraction, most: Fraction) -> tuple[bool, ...]:
    """Whether an increase can be below 5 mm of an unknown baseline.

    ``least``: the smallest share that it may be measured from, below which there is none that
    counts; ``most``: the largest.
    """
    if share < least or share == 0 or share - most >= _LEAST_SHARE:
        return (False,)
    return (False, True)
