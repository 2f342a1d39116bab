"""The sum of each time point of a line as a share of the baseline sum, measured or printed.

-46 % is a share of 0.54, and its rounding 0.535 to 0.545; a sum that was measured is one share.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import attrs

from timeline.assessment.line_course import LineCourse
from timeline.assessment.target_sums import rules_of, target_sums
from timeline.core.span import Span
from timeline.record.case import Case
from timeline.record.event_parts.percent_change import PercentChange
from timeline.record.events import Scan
from timeline.response.scans import NOT_MEASURED

_SMALLEST = Fraction(1, 1000)  # of the baseline: a nadir that nothing bounds from below
_WHOLE, _PERCENT = Fraction(1), Fraction(100)


@attrs.frozen(kw_only=True)
class Share:
    """The sum of one time point as a share of the baseline sum.

    ``low`` to ``high`` is what the print allows, both included; ``printed`` is the share of the
    number as printed. ``nadir`` is the share that a change from the nadir is measured from.
    ``change`` is None for a sum that was measured.
    """

    low: Fraction
    printed: Fraction
    high: Fraction
    change: PercentChange | None = None
    nadir: Share | None = None

    @property
    def percent(self) -> Span:
        """The change from baseline in percent: the printed number, or the range without one."""
        is_number = self.change is None or self.change.value is not None
        if is_number and (self.nadir is None or self.nadir.is_number):
            return Span.point((self.printed - 1) * _PERCENT)
        return Span((self.low - 1) * _PERCENT, (self.high - 1) * _PERCENT)

    @property
    def reference(self) -> str:
        """What its print is measured from; empty for a sum that was measured."""
        return self.change.reference if self.change is not None else ""

    @property
    def growth(self) -> tuple[Fraction, Fraction, Fraction]:
        """The lowest, the printed and the highest factor of what its print is measured from."""
        return _factors(self.change or _UNKNOWN)

    @property
    def is_number(self) -> bool:
        """Whether it is known as one number, up to its rounding."""
        return self.percent.is_point


BASELINE_SHARE = Share(low=_WHOLE, printed=_WHOLE, high=_WHOLE)


def shares(
    scans: Sequence[Scan], base: int | None, sums: Sequence[int]
) -> tuple[Share | None, ...]:
    """The share of each time point; None where no number is known.

    The sum of a time point is what was measured, where all targets were; else its printed change.
    The nadir of a change is the smallest share so far. It is known if there is one and every
    earlier time point that evaluated the targets has a number; else it is at most the smallest
    known, for the report may have seen a smaller one.

    Args:
        scans: What each time point of a line found, in order of time.
        base: The baseline sum in nanometres; None where it is not known.
        sums: The sum of the targets at each time point in nanometres, -1: not measured.
    """
    found: list[Share | None] = []
    nadir, is_complete = BASELINE_SHARE, True
    for scan, total in zip(scans, sums, strict=True):
        share = None
        if base and total != NOT_MEASURED:
            exact = Fraction(total, base)
            share = Share(low=exact, printed=exact, high=exact)
        elif scan.change is not None:
            is_known = is_complete and any(found)
            share = _share_of(scan.change, nadir if is_known else _up_to(nadir))
        found.append(share)
        if share is not None:
            nadir = _smaller(nadir, share)
        elif scan.target is None or scan.target.is_evaluated:
            is_complete = False
    return tuple(found)


def line_shares(case: Case, of: LineCourse) -> tuple[tuple[Share | None, ...], int | None]:
    """The share of each time point of a line, and its baseline sum in nanometres.

    Returns:
        What `shares` gives; the sum is None where it is not known. There are no shares where the
        sizes of the line have faults.
    """
    rules = rules_of(of.line)
    base, columns, problems = target_sums(case, of.line.number, of.baseline, of.scans, rules)
    if problems:
        return (None,) * len(of.scans), None
    return shares(of.scans, base, columns["target_sum"].tolist()), base


def smallest(found: Sequence[Share | None]) -> Share:
    """The nadir of the baseline and some time points, as far as their shares are known."""
    nadir = BASELINE_SHARE
    for share in found:
        if share is not None:
            nadir = _smaller(nadir, share)
    return nadir


def _up_to(nadir: Share) -> Share:
    """A nadir of which only the upper end is known."""
    return attrs.evolve(nadir, low=min(_SMALLEST, nadir.low), change=_UNKNOWN)


_UNKNOWN = PercentChange(text="", percent=Span(-100, 0), value=None)


def _smaller(one: Share, other: Share) -> Share:
    ends = (min(getattr(one, end), getattr(other, end)) for end in ("low", "printed", "high"))
    low, printed, high = ends
    least, most = sorted((one, other), key=lambda share: share.printed)
    is_number = least.is_number and (most.is_number or least.high <= most.low)
    return Share(low=low, printed=printed, high=high, change=None if is_number else _UNKNOWN)


def _share_of(change: PercentChange, nadir: Share) -> Share:
    low, printed, high = _factors(change)
    if not change.is_from_nadir:
        return Share(low=low, printed=printed, high=high, change=change)
    return Share(
        low=nadir.low * low,
        printed=nadir.printed * printed,
        high=nadir.high * high,
        change=change,
        nadir=nadir,
    )


def _factors(change: PercentChange) -> tuple[Fraction, Fraction, Fraction]:
    low, high = (1 + Fraction(end) / _PERCENT for end in (change.percent.low, change.percent.high))
    printed = (low + high) / 2 if change.value is None else 1 + change.value / _PERCENT
    return low, printed, high
