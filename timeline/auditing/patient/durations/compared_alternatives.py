"""The alternatives of an outcome, each compared with one printed time."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import attrs

from timeline.auditing.comparison.compare import Conclusion, compare, share_of_days
from timeline.core.span import Span
from timeline.results.alternatives import Alternative
from timeline.results.statuses import Outcome


@attrs.frozen
class ComparedAlternative:
    """An alternative, the conclusion on the print, and the share of its days that reproduce it.

    A print beyond the follow-up of a censored alternative is not checkable by it.
    """

    alternative: Alternative
    conclusion: Conclusion
    share: Fraction | None = None


def compare_alternatives(outcome: Outcome, printed_days: Span) -> tuple[ComparedAlternative, ...]:
    """Each alternative compared with the days that a print allows."""
    return tuple(_compared(each, printed_days) for each in outcome.alternatives)


def _compared(alternative: Alternative, printed_days: Span) -> ComparedAlternative:
    days = alternative.days
    if not alternative.event and printed_days.low > days.high:
        return ComparedAlternative(alternative, Conclusion.NOT_CHECKABLE)
    conclusion = compare(days, printed_days)
    part = None
    if not days.is_point:
        start, end = alternative.origin.span, alternative.end.span
        if days.high - days.low < (end - start).high - max(0, (end - start).low):
            start, end = Span.point(0), days  # one is counted from the other
        part = share_of_days(start, end, printed_days)
    if conclusion is Conclusion.POSSIBLE and part == 0:
        conclusion = Conclusion.CONTRADICTED  # the ranges touch between two whole days
    return ComparedAlternative(alternative, conclusion, part)


def joint_conclusion(
    found: Iterable[ComparedAlternative], *, may_be_none: bool = False
) -> Conclusion:
    """The conclusion of all alternatives where they have the same, else possible.

    Args:
        found: the compared alternatives.
        may_be_none: whether the outcome may have no value; a print then never agrees.
    """
    conclusions = {each.conclusion for each in found}
    if conclusions == {Conclusion.AGREES} and may_be_none:
        return Conclusion.POSSIBLE
    return conclusions.pop() if len(conclusions) == 1 else Conclusion.POSSIBLE


def with_alternative(outcome: Outcome, alternative: Alternative) -> Outcome:
    """The outcome with one of its alternatives as the only value."""
    return attrs.evolve(
        outcome,
        alternatives=(alternative,),
        origin=alternative.origin,
        end=alternative.end,
        days=alternative.days,
        event=alternative.event,
        may_be_none=False,
        reason=alternative.reason or outcome.reason,
    )
