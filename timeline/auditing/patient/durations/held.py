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
class HeldClaim:
    """One alternative, what it says of a print, and the share of its days that reproduce it.

    A print beyond the follow-up of a censored one is not checkable by it.
    """

    alternative: Alternative
    call: Conclusion
    share: Fraction | None = None


def held_claims(outcome: Outcome, wanted: Span) -> tuple[HeldClaim, ...]:
    """Each alternative against a print in days."""
    return tuple(_held(each, wanted) for each in outcome.alternatives)


def _held(alternative: Alternative, wanted: Span) -> HeldClaim:
    days = alternative.days
    if not alternative.event and wanted.low > days.high:
        return HeldClaim(alternative, Conclusion.NOT_CHECKABLE)
    call = compare(days, wanted)
    part = None
    if not days.is_point:
        part = share_of_days(alternative.origin.span, alternative.end.span, wanted)
    if call is Conclusion.POSSIBLE and part == 0:
        call = Conclusion.CONTRADICTED  # the ranges touch between two whole days
    return HeldClaim(alternative, call, part)


def call_of(found: Iterable[HeldClaim], *, may_be_none: bool = False) -> Conclusion:
    """What all of them say: agrees or contradicted where all do, else the print is possible."""
    calls = {each.call for each in found}
    if calls == {Conclusion.AGREES} and may_be_none:
        return Conclusion.POSSIBLE
    return calls.pop() if len(calls) == 1 else Conclusion.POSSIBLE


def allows(found: HeldClaim) -> bool:
    """Whether a print may be true where this alternative holds."""
    return found.call is not Conclusion.CONTRADICTED


def alone(outcome: Outcome, alternative: Alternative) -> Outcome:
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
