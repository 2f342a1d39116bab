"""The end of a line that is not stated: its refusal, what shows that it had ended, long holds."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from timeline.core.span import Number, Span
from timeline.endpoints.anchor_kind import Anchors, anchor_at
from timeline.record.case import Case
from timeline.record.events import (
    Death,
    DoseHeld,
    LastContact,
    TreatmentChange,
    TreatmentRefused,
)
from timeline.record.lines import Line
from timeline.results.courses import resumption_of
from timeline.results.known_doses import days_shown
from timeline.results.statuses import Anchor, AssessedCase, days_apart
from timeline.terminology.drug_names import generic_names
from timeline.terminology.drugs import is_named_drug


def refusal(assessed: AssessedCase, line: Line | None, _: str) -> Anchors:
    """The first refusal of a line without a stated end: it ends treatment, and not follow-up."""
    if line is None or not _has_no_end(line):
        return ()
    found = [each for each in assessed.case.all_of(TreatmentRefused) if each.line == line.number]
    return tuple(anchor_at(each, "refusal of treatment") for each in found[:1])


def last_dose_before_refusal(assessed: AssessedCase, line: Line | None, criterion: str) -> Anchors:
    """The last dose of a line that was refused: on some day from the last known dose to that."""
    if line is None:
        return ()
    return tuple(
        _last_dose_up_to(each, line, assessed.case, "last dose before the refusal of treatment")
        for each in refusal(assessed, line, criterion)
    )


def last_dose_before_what_followed(
    assessed: AssessedCase, line: Line | None, criterion: str
) -> Anchors:
    """The last dose of a line without a stated end, where the record shows that it had ended.

    It was given by the start of a later line with none of its drugs, by death, or, where a reason
    for the stop is stated, by the last contact: by the first of these that may be the first.
    """
    if line is None or not _has_no_end(line) or refusal(assessed, line, criterion):
        return ()
    ends = tuple(_shown_ends(assessed.case, line))
    until = min(ends, key=lambda each: each.span.high, default=None)
    if until is None:
        return ()
    words = f"last dose, by {until.description}"
    return (_last_dose_up_to(until, line, assessed.case, words),)


def _has_no_end(line: Line) -> bool:
    """Whether no end is stated of its last treatment, and not that it goes on either."""
    return line.treatments[-1].at.end is None and not line.treatments[-1].at.ongoing


def _shown_ends(case: Case, line: Line) -> Iterator[Anchor]:
    """What shows that a line had ended."""
    later = [each for each in case.lines if each.number > line.number and _replaces(each, line)]
    yield from (anchor_at(each.start, f"the start of line {each.number}") for each in later[:1])
    yield from (anchor_at(each, "death") for each in case.all_of(Death)[:1])
    if line.treatments[-1].stop:
        yield from (anchor_at(each, "the last contact") for each in case.all_of(LastContact)[-1:])


def _replaces(later: Line, line: Line) -> bool:
    """Whether a later line has named drugs, and none of an earlier one, of which all are named."""
    before, after = _agents(line), _agents(later)
    return all(map(is_named_drug, before | after)) and not before & after


def _agents(line: Line) -> frozenset[str]:
    """The drugs of a line, each by one name."""
    agents = (drug.agent for each in line.treatments for drug in each.drugs)
    return frozenset[str]().union(*map(generic_names, agents))


def _last_dose_up_to(until: Anchor, line: Line, case: Case, description: str) -> Anchor:
    """The last dose of a line as a moment: on some day from the last known one to another."""
    low = min(_last_known_dose(case, line), until.span.low)
    span = Span(low, until.span.high)
    return attrs.evolve(until, span=span, description=description, moved=True)


def _last_known_dose(case: Case, line: Line) -> Number:
    """The earliest day of the last event or cycle that shows that a drug of the line was given."""
    changes = case.all_of(TreatmentChange)
    given = [each for each in changes if each.given and each.line == line.number]
    begun = [each.start.span.low + days_shown(each, case) for each in line.treatments]
    return max((*begun, *(each.start.span.low for each in given)))


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
