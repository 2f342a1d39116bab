"""When a drug was given: the period of its treatment without the holds on record."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from timeline.core.calendar.dates import PartialDate
from timeline.record.case import Case
from timeline.record.events import DoseHeld, DoseResumed, Treatment
from timeline.results.known_doses import days_shown


@attrs.frozen(kw_only=True)
class Course:
    """A stretch of time in which a drug was given, from the first to the last dose.

    Attributes:
        start: the day of its first dose; of a course that is only possible the day of the hold.
        end: the day of its last dose; None where it is not stated, or where it goes on.
        goes_on: whether it was ongoing when the record ended.
        is_possible: a drug that was held, and of which no resumption is on record before its
            treatment ended: it may have been given again on any day from then on.
        certain_days: where the end is not stated, the days from the start to the first day of the
            last cycle that the record shows; else 0.

    """

    start: PartialDate
    end: PartialDate | None
    goes_on: bool
    is_possible: bool = False
    certain_days: int = 0


def courses(treatment: Treatment, agents: tuple[str, ...], case: Case) -> tuple[Course, ...]:
    """The courses of some drugs of a treatment, in order of time.

    Args:
        treatment: the treatment.
        agents: drugs of it; a hold counts that names all of them, or no drug.
        case: the record, with its holds.

    Returns:
        One course, or one more for each hold that lies within the treatment on every day that the
        dates allow. A hold that may lie outside leaves no gap.

    """
    course = Course(
        start=treatment.start,
        end=None if treatment.at.ongoing else treatment.at.end,
        goes_on=treatment.at.ongoing,
        certain_days=days_shown(treatment, case) if treatment.at.end is None else 0,
    )
    found = []
    for held in _holds(treatment, agents, case):
        if not _is_within(held.start, course, case):
            continue
        found.append(attrs.evolve(course, end=held.start, goes_on=False))
        resumed = resumption_of(case, held, agents)
        if resumed is not None and _is_within(resumed.start, course, case):
            course = attrs.evolve(course, start=resumed.start)
            continue
        course = attrs.evolve(course, start=held.start, is_possible=True)
        break
    return (*found, course)


def next_line_start(treatment: Treatment, case: Case) -> PartialDate | None:
    """The start of the first line that begins after a treatment; None where none does.

    A treatment of which no end is stated had ended by then: a line ends before the next begins
    (Saini 2021, Br J Cancer 125:155).
    """
    if treatment.planned:
        return None
    for line in case.lines:
        of_later = treatment.line is None or line.number > treatment.line
        if of_later and case.place(line.start) > case.place(treatment):
            return line.start.start
    return None


def _holds(treatment: Treatment, agents: tuple[str, ...], case: Case) -> Iterator[DoseHeld]:
    if treatment.planned:
        return
    for held in case.all_of(DoseHeld):
        is_of_it = held.is_of(treatment.line, treatment.setting)
        if is_of_it and not held.planned and held.concerns(agents):
            yield held


def _is_within(when: PartialDate, course: Course, case: Case) -> bool:
    """Whether a date is after the start of a course and before its end, whatever its day is."""
    if case.days_between_dates(course.start, when).low <= 0:
        return False
    if course.end is None:
        return course.goes_on
    return case.days_between_dates(when, course.end).low > 0


def resumption_of(case: Case, held: DoseHeld, agents: tuple[str, ...] = ()) -> DoseResumed | None:
    """The first resumption of a treatment after a hold; of some drugs, one of all of these."""
    later = (
        each
        for each in case.all_of(DoseResumed)
        if (each.line, each.setting) == (held.line, held.setting)
        and case.place(each) > case.place(held)
        and (not agents or each.concerns(agents))
    )
    return next(later, None)
