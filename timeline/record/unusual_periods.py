"""Periods of a record that cannot be as they are written, and are read otherwise."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from timeline.core.problem import Where
from timeline.core.span import NEVER_ENDS
from timeline.record.case import Case
from timeline.record.events import Death, Event, PeriodEvent, Treatment
from timeline.record.ordering.unstated_ends import days_of_cycles


def ongoing_at_death(case: Case) -> Iterator[tuple[Where, str]]:
    """Periods that are written as ongoing, of a patient who died."""
    for death in case.all_of(Death)[:1]:
        for event in case.all_of(PeriodEvent):
            if event.at.text.endswith(".."):
                text = (
                    f"{event.label} is ongoing ({event.at}), and the patient died ({death.start})"
                )
                start = event.at.text.partition("/")[0]
                rest = "it is read as ended on some day up to then (write its end, or"
                yield event.where, f"{text}: {rest} {start}/ where the report states none)"


def overlapping_lines(case: Case) -> Iterator[tuple[Where, str]]:
    """A line that goes on after the next one has begun."""
    for line, following in itertools.pairwise(case.lines):
        begins = following.start.start.span
        for regimen in line.treatments:
            end, ongoing = regimen.at.end, regimen.at.ongoing
            overlaps = end is not None and end.span.low > begins.high
            if overlaps or (ongoing and begins.high < NEVER_ENDS):
                until = "is ongoing" if ongoing else f"ends ({end})"
                text = f"line {line.number} {until} after line {following.number} began"
                rest = "lines follow one another (correct a date, or give what was added one number"
                yield regimen.where, f"{text} ({following.start.start}): {rest})"


def cycles_beyond_the_end(case: Case) -> Iterator[tuple[Where, str]]:
    """A treatment whose cycles, as planned, do not fit before its end, the next line or death."""
    for treatment in case.all_of(Treatment):
        least = days_of_cycles(treatment)
        until, description = _ends_by(case, treatment)
        if not least or until is None:
            continue
        most = case.days_between((treatment, "start"), until).high
        if most < least:
            cycles = f"{treatment.cycles} cycles of {treatment.cycle}"
            text = f"{treatment.label}: {cycles} need {least} days from the first day of the first"
            rest = f"to that of the last, and {description} at most {most} days after the start"
            yield treatment.where, f"{text} {rest} (correct cycles, cycle or a date)"


def _ends_by(case: Case, treatment: Treatment) -> tuple[tuple[Event, str] | None, str]:
    """The moment by which a treatment has ended, and what that is in words."""
    if treatment.at.end is not None and not treatment.at.ongoing:
        return (treatment, "end"), "it ends"
    later = [each for each in case.lines if treatment.line and each.number > treatment.line]
    if later:
        return (later[0].start, "start"), f"line {later[0].number} begins"
    return None, ""
