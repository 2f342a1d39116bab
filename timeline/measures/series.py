"""What measures of a line are computed from: its sums, the days between them, and what it met."""

from __future__ import annotations

from fractions import Fraction

import attrs

from timeline.core.span import Span


@attrs.frozen(kw_only=True)
class Evaluation:
    """One scan after the baseline.

    Attributes:
        day: the days since the reference day, such as the start of treatment.
        since_baseline: the days since the baseline scan.
        change: the change of the target sum from baseline in percent, -100 or more; None where
            the sum is not complete.
        counted: whether it lies in the window of setting ``measure_window``; None: left open.
        is_pd: whether it shows PD by RECIST 1.1; None: left open.
        is_evaluable: whether it has a response by RECIST 1.1, or a complete sum: else it is no
            evaluation of the disease.
        new_organs: in how many organs there are new lesions; None: not evaluated.
        more_in_organ: two or more of them in an organ that was involved before.
        new_organ: one of them in an organ that was not involved before.
        label: how a sentence names it.
    """

    day: Span
    since_baseline: Span
    change: Span | None
    counted: bool | None = True
    is_pd: bool | None = None
    is_evaluable: bool = True
    new_organs: int | None = None
    more_in_organ: bool | None = None
    new_organ: bool | None = None
    label: str = "a scan"


@attrs.frozen(kw_only=True)
class Series:
    """The sums of one line, its baseline first.

    Attributes:
        base: the target sum at baseline in millimetres; None where it is not known, or no sum of
            diameters.
        before: the sum of the same lesions at a scan before the baseline; None where there is none.
        before_days: the days from that scan to the baseline.
        facts: the baseline and the scan before it, as sentences name them.
        evaluations: the later scans, in order of time.
        failure: the days to treatment failure; without end where it is still to come.
        ecog_2: whether ECOG was 2 or worse within two months; None: not known.
        no_base: why there is no ``base``.
        no_before: why there is no ``before``.
    """

    base: Fraction | None
    before: Fraction | None = None
    before_days: Span | None = None
    facts: tuple[str, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    failure: Span | None = None
    ecog_2: bool | None = None
    no_base: str = "no baseline sum of diameters is on record"
    no_before: str = "no scan before the baseline has a sum of the same lesions"

    @property
    def measured(self) -> tuple[Evaluation, ...]:
        """The evaluations with a complete sum."""
        return tuple(each for each in self.evaluations if each.change is not None)

    @property
    def first(self) -> Evaluation | None:
        """The first evaluation: scans at which nothing could be judged are passed over."""
        judged = (each for each in self.evaluations if each.is_evaluable or each.change is not None)
        return next(judged, None)


@attrs.frozen(kw_only=True)
class Found:
    """A value of a measure: a range, both ends included, or yes or no; None: it cannot be told.

    ``reason``: why it cannot, or why it is a range.
    """

    value: Span | bool | None = None
    reason: str = ""

    @property
    def span(self) -> Span | None:
        """The value, of a measure that is a number."""
        return self.value if isinstance(self.value, Span) else None


def no_value(reason: str) -> Found:
    """That a measure cannot be told, and why."""
    return Found(reason=reason)
