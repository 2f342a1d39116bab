"""The alternatives of an outcome held against one printed time."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import attrs

from timeline.auditing.weigh import Call, share, weigh
from timeline.outcomes.alternative import Alternative
from timeline.outcomes.derived import Outcome
from timeline.span import Span


@attrs.frozen
class Held:
    """One alternative, what it says of a print, and the share of its days that reproduce it.

    A print beyond the follow-up of a censored one is not checkable by it.
    """

    alternative: Alternative
    call: Call
    share: Fraction | None = None


def held(outcome: Outcome, wanted: Span) -> tuple[Held, ...]:
    """Each alternative against a print in days."""
    return tuple(_held(each, wanted) for each in outcome.alternatives)


def _held(alternative: Alternative, wanted: Span) -> Held:
    days = alternative.days
    if not alternative.event and wanted.low > days.high:
        return Held(alternative, Call.NOT_CHECKABLE)
    call = weigh(days, wanted)
    part = None
    if not days.is_point:
        part = share(alternative.origin.span, alternative.end.span, wanted)
    if call is Call.POSSIBLE and part == 0:
        call = Call.CONTRADICTED  # the ranges touch between two whole days
    return Held(alternative, call, part)


def call_of(found: Iterable[Held], *, may_be_none: bool = False) -> Call:
    """What all of them say: agrees or contradicted where all do, else the print is possible."""
    calls = {each.call for each in found}
    if calls == {Call.AGREES} and may_be_none:
        return Call.POSSIBLE
    return calls.pop() if len(calls) == 1 else Call.POSSIBLE


def allows(found: Held) -> bool:
    """Whether a print may be true where this alternative holds."""
    return found.call is not Call.CONTRADICTED


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
