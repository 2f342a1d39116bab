"""What a criterion reads of a scan beside sizes: uptake, marrow, spleen, clinical state, drugs.

A `Reading` holds what one scan states. A `Sign` is one row of a criterion: what it asks of the
readings so far, by a name that is a column of its tables. The signs of a scan are the bits of one
whole number (`timeline.response.scans.Scans.signs`), in the order of the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.core.frozen_class import frozen

Array = npt.NDArray[Any]


@frozen(kw_only=True)
class Reading:
    """What one scan states beside sizes; None: not stated.

    Attributes:
        size: the number that is summed, in the unit of the measure, such as SULpeak.
        liver_mean: the mean uptake of the liver, and ``liver_sd`` its standard deviation.
        tlg: total lesion glycolysis.
        at_background: every lesion has the uptake of the tissue around it.
        extent_percent: the change of the longest dimension of the uptake, in percent.
        extent_grown: the uptake has visibly grown in extent.
        cycles: the cycles that were given since baseline.
        deauville: the score of five points, 1 to 5; None: not evaluated.
        uptake: against baseline, ``decreased``, ``unchanged`` or ``increased``.
        marrow: ``none``, ``reduced``, ``unchanged`` or ``new``.
        spleen: its length from top to bottom in mm.
        clinical: ``stable``, ``improved`` or ``worse``: from the tumour.
        steroid: the dose of corticosteroid a day, in mg of dexamethasone.
    """

    size: Fraction | None = None
    liver_mean: Fraction | None = None
    liver_sd: Fraction | None = None
    tlg: Fraction | None = None
    at_background: bool | None = None
    extent_percent: Fraction | None = None
    extent_grown: bool | None = None
    cycles: int | None = None
    deauville: int | None = None
    uptake: str | None = None
    marrow: str | None = None
    spleen: Fraction | None = None
    clinical: str | None = None
    steroid: Fraction | None = None


@attrs.frozen(kw_only=True)
class Course:
    """One scan with what came before it: its reading, that of the baseline, those between."""

    now: Reading
    baseline: Reading
    between: Sequence[Reading] = ()
    options: dict[str, Any] = attrs.field(factory=dict)

    def stated(self, name: str) -> Any:
        """What was stated last of something, at this scan or before; None: never."""
        every = (self.now, *reversed(self.between), self.baseline)
        return next((found for each in every if (found := getattr(each, name)) is not None), None)

    def change(self, name: str) -> tuple[Fraction, Fraction] | None:
        """A number now and at baseline; None where one of them is not stated."""
        now, before = getattr(self.now, name), getattr(self.baseline, name)
        return None if now is None or before is None else (now, before)

    def grown(self, name: str, percent: int) -> bool:
        """Whether a number is so much in percent above a baseline that is above 0."""
        both = self.change(name)
        return both is not None and both[1] > 0 and 100 * both[0] >= (100 + percent) * both[1]


@frozen(kw_only=True)
class Sign:
    """A row: what a criterion asks of a reading, by the name of a column of its tables.

    ``holds(course, limit)`` answers it; ``limit`` is the number of the row.
    """

    name: str
    holds: Callable[[Course, Any], bool] = attrs.field(repr=False)
    limit: Any = None
    description: str
    source: str
    basis: str


def signs_of(
    signs: Sequence[Sign],
    options: Sequence[tuple[str, Any]],
    baseline: Reading,
    scans: Sequence[Reading],
) -> Array:
    """The signs of each scan of a line, as bits in the order of the rows.

    Args:
        signs: The rows of the criterion.
        options: Its settings, by name.
        baseline: What the baseline states.
        scans: What the later scans state, in order of time.
    """
    found = np.zeros(len(scans), dtype=np.int64)
    for place, now in enumerate(scans if signs else ()):
        course = Course(now=now, baseline=baseline, between=scans[:place], options=dict(options))
        found[place] = sum(
            1 << bit for bit, row in enumerate(signs) if row.holds(course, row.limit)
        )
    return found
