"""How the record of a patient ends, in words: death, last contact, and what is not on record."""

from __future__ import annotations

from renderers.axes.calendar_page import record_ends
from timeline.core.calendar.dates import format_day, format_days, is_vague
from timeline.core.span import NEVER_BEGAN, Number
from timeline.record.case import Case
from timeline.record.events import Death, Event, LastContact
from timeline.views.case_rows import dates_in_words

NOTHING_AFTER = "no follow-up is on record after {day}"


def last_day(case: Case) -> str:
    """The last day that the record can reach; empty where no event has a day.

    The latest possible day of death or last contact; where neither is on record, of any event.
    """
    ends, _ = record_ends(case)
    days: list[Number] = [each.span.high for each in ends if not is_vague(each.span)]
    if not days:  # an end that is open, or in a century: the last day that is certain
        open_ends = [each.span for each in ends if not each.span.is_bounded]
        dated = [each.start.span for each in case.done if not is_vague(each.start.span)]
        days = [each.low for each in (*open_ends, *dated) if each.low != NEVER_BEGAN]
    return format_day(max(days)) if days else ""


def has_open_end(case: Case) -> bool:
    """Whether the record may go on after its last day: no end of it has a day that it reaches."""
    return all(is_vague(each.span) for each in record_ends(case)[0])


def follow_up_text(case: Case) -> str:
    """``alive at last contact (2022-11); no follow-up is on record after 2022-11-30``."""
    day = last_day(case)
    after = NOTHING_AFTER.format(day=day) if day else "no event has a day on the calendar"
    found = case.all_of(Death, LastContact)
    if not found:
        return f"neither death nor last contact is on record; {after}"
    end = found[-1]
    when = _when(end, case)
    if isinstance(end, Death):
        return f"died {when}" + _behind(": ", end.cause, end.disease_status, end.what)
    status = _behind("; ", getattr(end, "disease_status", ""), end.what)
    return f"alive at {end.kind}, {when}{status}; {after}"


def _behind(mark: str, *texts: str) -> str:
    """What is known, after a mark; each text once, and nothing where there is none."""
    known = "; ".join(dict.fromkeys(each for each in texts if each))
    return f"{mark}{known}" if known else ""


def _when(event: Event, case: Case) -> str:
    """The date of an event; of a range of dates its days, and not as the file writes it."""
    start = event.start
    is_plain = start.by_order or start.relative is not None or "/" not in start.text
    if is_plain or not start.span.is_bounded:
        return dates_in_words(event, case)
    return format_days(start.span)
