"""A report without dates: its events in days since one of them, in place of the calendar.

Where the dates of all events are vaguer than the times between them are long, a calendar shows
nothing but the vagueness. The times are then the axis, counted from the moment that most of them
are known from. Where fewer moments are counted than have a date of their own, as where one finding
of a dated case is ``diagnosis + 0 days``, the calendar shows more and stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import attrs

from renderers.axes.units import in_words
from renderers.text.events import ElapsedDate
from renderers.text.translation import translate
from renderers.timeline.date_words import with_events
from timeline.core.calendar.dates import PartialDate
from timeline.core.calendar.partial_dates import Period
from timeline.core.problem import near
from timeline.core.span import ANY, NEVER_BEGAN, NEVER_ENDS, Number, Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.case import Case
from timeline.record.events import Event, Surgery, Treatment
from timeline.record.reference_words import without_ids

_REACH = 1.5  # times the longest counted time: a vague range that goes beyond it is open there
NONE = "none"  # the word of the option ``since`` for no such moment
_YEAR = 366  # days: a moment that is known to a year has a date, and a place on the axis


@attrs.frozen
class Origin:
    """Day 0 of an axis: the start or the end of an event, its words, and the longest time.

    ``name`` is that of the option ``since``. ``before`` and ``after`` are the days that the axis
    shows on both sides of day 0 at least: a vaguer range that goes beyond them is open there.
    """

    event: Event
    side: str
    words: str
    longest: int = 0
    name: str = ""
    before: Number = 0
    after: Number = 0

    @property
    def when(self) -> PartialDate | None:
        """The date of this moment; None where the record has no such end."""
        return self.event.start if self.side == "start" else self.event.end


def origin_of(case: Case, since: str = "") -> Origin | None:
    """The moment from which most times are counted; None where the dates say more than these.

    Of moments with equally many it is the one from which they are known best, then the first:
    starts of lines, their ends, the surgery, the diagnosis. ``since`` names one of them instead;
    with ``none`` the calendar stays. A moment that is named may be any event of the record.

    Raises:
        ValueError: the record has no such moment, or neither a date nor a time from it.
    """
    if since == NONE:
        return None
    moments = [moment_named(case, since)] if since else list(candidates(case))
    times = [(each, list(_counted(case, each))) for each in moments]
    origin, counted = max(times, key=lambda pair: _rank(pair[1]), default=(None, []))
    if origin is None or not counted:
        _check_has_date(case, since)
        return None
    longest = max(int(max(days.high, -days.low)) for _, days in counted)
    if not longest or any(_width(event.start.span) <= longest for event in case.done):
        return None
    known = {id(origin.when), *(id(when) for when, _ in counted)}
    dated = [when for when in _moments(case) if id(when) not in known and _has_date(when)]
    if len(dated) > len(counted):
        return None
    return _with_reach(attrs.evolve(origin, longest=longest), case)


def since_origin(derived: DerivedCase, origin: Origin) -> DerivedCase:
    """The case with the days since a moment in place of dates.

    Day 0 is that moment; what is before it has a negative day. An event without a day within
    reach has every day.
    """
    case = derived.case
    return with_events(derived, {id(event): _moved(event, case, origin) for event in case.events})


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


def moments_by_name(case: Case) -> dict[str, Origin]:
    """The moments that the option ``since`` takes, by their names.

    The usual ones, then the first event of each kind that took place, then those with an id.
    """
    found = {each.name: each for each in candidates(case)}
    kinds = Counter(event.kind for event in case.done)
    for event in case.done:
        if not isinstance(event, Treatment):
            phrase = "date of first {event}" if kinds[event.kind] > 1 else "date of {event}"
            words = translate(phrase, event=translate(event.kind))
            found.setdefault(event.kind, Origin(event, "start", words, name=event.kind))
    for event in case.done:
        if event.id:
            words = translate("date of {event}", event=without_ids(event.id, case.events))
            found.setdefault(event.id, Origin(event, "start", words, name=event.id))
    return found


def moment_named(case: Case, since: str) -> Origin:
    """The moment of the option ``since``.

    Raises:
        ValueError: the record has no such moment.
    """
    found = moments_by_name(case)
    if since not in found:
        raise ValueError(f"since: no such moment: {since!r} ({near(since, (*found, NONE))})")
    return found[since]


def _check_has_date(case: Case, since: str) -> None:
    """Refuse a moment of a record without dates, where no time is counted from it."""
    if not since or any(each.start.span.is_bounded for each in case.done):
        return
    counted = [name for name, each in moments_by_name(case).items() if any(_counted(case, each))]
    advice = f"write one of these: {', '.join(counted)}" if counted else (
        "give one a date, or count others from it, as line 1 + 8 weeks")  # fmt: skip
    raise ValueError(
        f"since: no event of {case.name} has a date, and no time is counted from {since} ({advice})"
    )


def _width(days: Span) -> Number:
    return days.high - days.low


def _rank(counted: Sequence[tuple[PartialDate, Span]]) -> tuple[int, Number]:
    """How many times are counted from a moment, and how exactly: the greater, the better."""
    return len(counted), -sum(_width(days) for _, days in counted)


def _moments(case: Case) -> Iterable[PartialDate]:
    """The starts and the ends of all events that took place, each once."""
    whens = [when for when, _ in case.moments_on_record] + [each.start for each in case.done]
    return {id(when): when for when in whens}.values()


def _has_date(when: PartialDate) -> bool:
    return when.span.is_bounded and _width(when.span) <= _YEAR


def _counted(case: Case, origin: Origin) -> Iterator[tuple[PartialDate, Span]]:
    """What is known better from a moment than by two dates, with the days from that moment."""
    zero = origin.when
    if zero is None:
        return
    for when in _moments(case):
        days = case.days_between_dates(zero, when)
        by_dates = when.span - zero.span
        if when is not zero and days.is_bounded and 2 * _width(days) < _width(by_dates):
            yield when, days


def _with_reach(origin: Origin, case: Case) -> Origin:
    """The moment with the days on its two sides that hold each range known to a year.

    A bound within the axis is then never left out, so no marker leaves its possible days.
    """
    zero = (origin.event, origin.side)
    sides = ("start", "end")
    spans = [
        case.days_between(zero, (event, side))
        for event in case.done
        for side in sides[: 2 if isinstance(event.at, Period) and event.at.end is not None else 1]
    ]
    near = _REACH * origin.longest
    known = [days for days in spans if days.is_bounded and _width(days) <= _YEAR]
    lows = [days.low for days in spans if days.low > near]  # the axis reaches them in any case
    highs = [days.high for days in spans if days.high < -near]
    return attrs.evolve(
        origin,
        before=max([near, *(-days.low for days in known), *(-high for high in highs)]),
        after=max([near, *(days.high for days in known), *lows]),
    )


def _moved(event: Event, case: Case, origin: Origin) -> Event:
    zero = (origin.event, origin.side)
    start = _elapsed(event.start, case.days_between(zero, (event, "start")), origin)
    if not isinstance(event.at, Period):
        return attrs.evolve(event, at=start)
    end = event.at.end
    if end is not None:
        since = case.days_between(zero, (event, "end"))
        end = _elapsed(end, since.not_below(start.span.low) or since, origin, is_end=True)
    return attrs.evolve(event, at=attrs.evolve(event.at, start=start, end=end))


def _elapsed(when: PartialDate, days: Span, origin: Origin, *, is_end: bool = False) -> PartialDate:
    """A date with its days on the axis; what is counted is known by more than its order.

    ``is_end``: of a period, which has its start as well: its last day limits the bar.
    """
    low: Number = days.low if days.low >= -origin.before else NEVER_BEGAN
    high: Number = days.high if days.high <= origin.after else NEVER_ENDS
    before = is_end or low != NEVER_BEGAN or days.high <= 0  # else it may be anywhere
    span = Span(low, high) if before else ANY
    counted = span.is_bounded and (when.relative is not None or span.is_point)
    unit = translate(
        "{unit} since the {time_zero}", unit=in_words("days", 1), time_zero=origin.words
    )
    own = attrs.asdict(when, recurse=False)
    own |= {"span": span, "strict": span if counted or not when.by_order else ANY}
    return ElapsedDate(**own, unit=unit)
