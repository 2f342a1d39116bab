"""The cycles that a record shows to have been given, of a treatment without a number of them."""

from __future__ import annotations

from collections.abc import Iterator

from timeline.core.calendar.relative_times import Cycle, cycle_of
from timeline.record.case import Case
from timeline.record.events import Treatment
from timeline.record.ordering.relative_events import days_to_cycle
from timeline.record.ordering.unstated_ends import days_of_cycles


def days_shown(treatment: Treatment, case: Case) -> int:
    """The days from the start of a treatment to the first day of the last cycle that is shown.

    By its number of cycles, or by an event that took place ``after cycle 6 of line 1``: that cycle
    was given. 0 where neither is on record, or the length of a cycle is not.
    """
    shown = [days_of_cycles(treatment)]
    if treatment.cycle is not None:
        numbers = [each.number for each in _cycles_named(case) if _is_of(each, treatment, case)]
        shown += [int(days_to_cycle(treatment, number).low) for number in numbers]
    return max(shown)


def _cycles_named(case: Case) -> Iterator[Cycle]:
    """The cycles after which, or on a day of which, something took place."""
    for when, _ in case.moments_on_record:
        counted = when.relative.reference if when.relative is not None else ""
        for reference in (when.after or "", counted):
            if (cycle := cycle_of(reference)) is not None:
                yield cycle


def _is_of(cycle: Cycle, treatment: Treatment, case: Case) -> bool:
    try:
        return case.find(cycle.of)[0] is treatment
    except ValueError:
        return False
