"""Moments within a line: the day it was refused, and holds so long that they end it for some."""

from __future__ import annotations

import attrs

from timeline.core.span import Number, Span
from timeline.endpoints.anchor_kind import Anchors, anchor_at
from timeline.record.case import Case
from timeline.record.events import DoseHeld, DoseResumed, TreatmentRefused
from timeline.record.lines import Line
from timeline.record.ordering.unstated_ends import days_of_cycles
from timeline.results.courses import resumption_of
from timeline.results.statuses import AssessedCase, days_apart


def refusal(assessed: AssessedCase, line: Line | None, _: str) -> Anchors:
    """The first refusal of a line without a stated end: it ends treatment, and not follow-up."""
    if line is None or line.treatments[-1].at.end is not None or line.treatments[-1].at.ongoing:
        return ()
    found = [each for each in assessed.case.all_of(TreatmentRefused) if each.line == line.number]
    return tuple(anchor_at(each, "refusal of treatment") for each in found[:1])


def last_dose_before_refusal(assessed: AssessedCase, line: Line | None, criterion: str) -> Anchors:
    """The last dose of a line that was refused: on some day from the last known dose to that."""
    return tuple(
        attrs.evolve(
            each,
            span=Span(min(_last_known_dose(assessed.case, line), each.span.low), each.span.high),
            description="last dose before the refusal of treatment",
            moved=True,
        )
        for each in refusal(assessed, line, criterion)
        if line is not None
    )


def _last_known_dose(case: Case, line: Line) -> Number:
    """The earliest day of the last event or cycle that shows that a drug of the line was given."""
    resumed = [each for each in case.all_of(DoseResumed) if each.line == line.number]
    begun = [each.start.span.low + days_of_cycles(each) for each in line.treatments]
    return max((*begun, *(each.start.span.low for each in resumed)))


def long_holds(case: Case, line: Line, days: int) -> Anchors:
    """The holds of all drugs of a line for some days or more, up to the first that is certain.

    A hold that is not seen to end is none: its treatment may have been resumed without a word.
    """
    found = []
    for held in case.all_of(DoseHeld):
        agents = tuple(drug.agent for each in line.treatments for drug in each.drugs)
        is_of_line = held.line == line.number and held.concerns(agents)
        resumed = resumption_of(case, held) if is_of_line else None
        if resumed is None:
            continue
        gap = days_apart(anchor_at(held, ""), anchor_at(resumed, ""), case)
        if gap.high < days:
            continue
        certain = gap.low >= days
        text = f"hold of {days} days or more"
        found.append(attrs.evolve(anchor_at(held, text), certain=certain))
        if certain:
            break
    return tuple(found)
