"""A report without dates: its events in days since one of them, in place of the calendar.

Where the dates of all events are vaguer than the times between them are long, a calendar shows
nothing but the vagueness. The times are then the axis, counted from the moment that most of them
are known from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from renderers.axes.units import in_words
from renderers.text.events import ElapsedDate
from renderers.text.translation import translate
from timeline.core.calendar.dates import PartialDate
from timeline.core.calendar.partial_dates import Period
from timeline.core.span import ANY, NEVER_BEGAN, NEVER_ENDS, Number, Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.case import Case
from timeline.record.events import Event, Scan, Surgery

_REACH = 1.5  # times the longest counted time: a range that goes beyond it is open there


@attrs.frozen
class Origin:
    """Day 0 of an axis: the start or the end of an event, its words, and the longest time.

    ``name`` is that of the option ``since``.
    """

    event: Event
    side: str
    words: str
    longest: int = 0
    name: str = ""

    @property
    def when(self) -> PartialDate | None:
        """The date of this moment; None where the record has no such end."""
        return self.event.start if self.side == "start" else self.event.end


def origin_of(case: Case, since: str = "") -> Origin | None:
    """The moment from which most times are counted; None where a date is known better than these.

    Of moments with equally many it is the one from which they are known best, then the first:
    starts of lines, their ends, the surgery, the diagnosis. ``since`` names one of them instead.
    """
    times = [
        (each, list(_counted(case, each)))
        for each in candidates(case)
        if since in ("", "none", each.name)
    ]
    origin, counted = max(times, key=lambda pair: _rank(pair[1]), default=(None, []))
    if origin is None or not counted:
        return None
    longest = max(int(max(days.high, -days.low)) for days in counted)
    if any(_width(event.start.span) <= longest for event in case.done):
        return None
    return attrs.evolve(origin, longest=longest)


def since_origin(derived: DerivedCase, origin: Origin) -> DerivedCase:
    """The case with the days since a moment in place of dates.

    Day 0 is that moment; what is before it has a negative day. An event without a day within
    reach has every day.
    """
    case = derived.case
    new = {id(event): _moved(event, case, origin) for event in case.events}
    statuses = tuple(
        attrs.evolve(each, scan=scan)
        for each in derived.statuses
        if isinstance(scan := new[id(each.scan)], Scan)
    )
    events = tuple(new[id(event)] for event in case.events)
    return attrs.evolve(derived, case=attrs.evolve(case, events=events), statuses=statuses)


def candidates(case: Case) -> Iterator[Origin]:
    """The moments that times may be counted from."""
    for line in case.lines:
        words = translate("first dose of line {number}", number=line.number)
        yield Origin(line.start, "start", words, name=f"line {line.number}")
    for line in case.lines:
        words = translate("end of line {number}", number=line.number)
        yield Origin(line.treatments[-1], "end", words, name=f"line {line.number} end")
    for surgery in case.all_of(Surgery)[:1]:
        yield Origin(surgery, "start", translate("date of first surgery"), name="surgery")
    if case.diagnosis is not None:
        words = translate("date of diagnosis")
        yield Origin(case.diagnosis, "start", words, name="diagnosis")


def _width(days: Span) -> Number:
    return days.high - days.low


def _rank(counted: Sequence[Span]) -> tuple[int, Number]:
    """How many times are counted from a moment, and how exactly: the greater, the better."""
    return len(counted), -sum(_width(days) for days in counted)


def _counted(case: Case, origin: Origin) -> Iterator[Span]:
    """The times between a moment and what is known better than by two dates."""
    zero = origin.when
    if zero is None:
        return
    whens = [when for when, _ in case.moments_on_record] + [each.start for each in case.done]
    for when in {id(when): when for when in whens if when is not zero}.values():
        days = case.days_between_dates(zero, when)
        by_dates = when.span - zero.span
        if days.is_bounded and 2 * _width(days) < _width(by_dates):
            yield days


def _moved(event: Event, case: Case, origin: Origin) -> Event:
    zero = (origin.event, origin.side)
    start = _elapsed(event.start, case.days_between(zero, (event, "start")), origin)
    if not isinstance(event.at, Period):
        return attrs.evolve(event, at=start)
    end = event.at.end
    if end is not None:
        since = case.days_between(zero, (event, "end"))
        end = _elapsed(end, since.not_below(start.span.low) or since, origin)
    return attrs.evolve(event, at=attrs.evolve(event.at, start=start, end=end))


def _elapsed(when: PartialDate, days: Span, origin: Origin) -> PartialDate:
    """A date with its days on the axis; what is counted is known by more than its order."""
    reach = _REACH * origin.longest
    low: Number = days.low if days.low >= -reach else NEVER_BEGAN
    high: Number = days.high if days.high <= reach else NEVER_ENDS
    before = low != NEVER_BEGAN or days.high <= 0  # else it may be anywhere
    span = Span(low, high) if before else ANY
    counted = span.is_bounded and (when.relative is not None or span.is_point)
    unit = translate(
        "{unit} since the {time_zero}", unit=in_words("days", 1), time_zero=origin.words
    )
    own = attrs.asdict(when, recurse=False)
    own |= {"span": span, "strict": span if counted or not when.by_order else ANY}
    return ElapsedDate(**own, unit=unit)
