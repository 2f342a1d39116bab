"""The alternatives of an outcome held against one printed time."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import attrs

from timeline.auditing.compare import Conclusion, compare, share_of_days
from timeline.core.span import Span
from timeline.results.alternatives import Alternative
from timeline.results.statuses import Outcome


@attrs.frozen
class ComparedAlternative:
    """One alternative, what it says of a print, and the share of its days that reproduce it.

    A print beyond the follow-up of a censored one is not checkable by it.
    """

    alternative: Alternative
    conclusion: Conclusion
    share: Fraction | None = None


def compare_alternatives(outcome: Outcome, wanted: Span) -> tuple[ComparedAlternative, ...]:
    """Each alternative against a print in days."""
    return tuple(_compared(each, wanted) for each in outcome.alternatives)


def _compared(alternative: Alternative, wanted: Span) -> ComparedAlternative:
    days = alternative.days
    if not alternative.event and wanted.low > days.high:
        return ComparedAlternative(alternative, Conclusion.NOT_CHECKABLE)
    conclusion = compare(days, wanted)
    part = None
    if not days.is_point:
        part = share_of_days(alternative.origin.span, alternative.end.span, wanted)
    if conclusion is Conclusion.POSSIBLE and part == 0:
        conclusion = Conclusion.CONTRADICTED  # the ranges touch between two whole days
    return ComparedAlternative(alternative, conclusion, part)


def joint_conclusion(
    found: Iterable[ComparedAlternative], *, may_be_none: bool = False
) -> Conclusion:
    """What all of them say: agrees or contradicted where all do, else the print is possible."""
    calls = {each.conclusion for each in found}
    if calls == {Conclusion.AGREES} and may_be_none:
        return Conclusion.POSSIBLE
    return calls.pop() if len(calls) == 1 else Conclusion.POSSIBLE


def may_be_true(found: ComparedAlternative) -> bool:
    """Whether a print may be true where this alternative holds."""
    return found.conclusion is not Conclusion.CONTRADICTED


def with_alternative(outcome: Outcome, alternative: Alternative) -> Outcome:
    """The outcome where one alternative holds."""
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
