"""The page of a calendar figure: its axis, its margins, and the last day that is known of."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from renderers.axes.calendar import whole_months
from renderers.axes.event_free import Stretch, event_free_years, hidden, stretch_of
from renderers.axes.units import UNITS, whole_ticks
from renderers.layout.beside_stated import beside_stated
from renderers.layout.date_ranges import (
    DateRange,
    date_range,
    ends_of,
    range_of_date,
)
from renderers.layout.labels_beside import LabelSpace
from renderers.layout.stated_order import in_stated_order
from renderers.scene.journals import DEFAULT_PAGE, Page
from renderers.scene.scene import BODY, SMALL, Frame, Mark
from renderers.scene.text_metrics import width
from timeline.core.calendar.dates import PartialDate
from timeline.core.span import ANY, NEVER_BEGAN, Number, Span
from timeline.record.case import Case
from timeline.record.events import Death, Event, LastContact

WIDTH = 180.0  # two columns of most journals are 183 mm, edges of 1.5 mm included
GUTTER = 29.0  # width of the column with the names of sections and lanes
MARGIN = 6.0  # for the arrow of an ongoing treatment
LEAST = 50.0  # the narrowest page; that of one column of the Lancet is 53 mm
_WITH_GUTTER = 110.0  # the narrowest page with a gutter
_IN_MONTHS = 84  # days from which on an axis counts months
_BEYOND = 60  # days at least that are shown of an open range at the end of the record
_ADVICE = "(give one a date, or count others from it, as line 1 + 8 weeks)"
_DECADE = 3653  # days at most
_YEAR = 366
_EDGE = 1.5  # millimetres left of the first day, on a page without one
_NAMED = 3.0  # millimetres after a name inside its section


@attrs.frozen
class PageSection:
    """One named section of the page; its marks are in row 0 until it is placed.

    ``again`` is repeated above it, ``above`` millimetres tall, where it begins a page.
    """

    name: str
    height: float
    marks: tuple[Mark, ...]
    inset: float = 2.5  # millimetres of the gutter that its own marks need
    above: float = 0.0
    again: tuple[Mark, ...] = ()


@attrs.frozen(kw_only=True)
class Turn:
    """Where a period without known dates is drawn: from a day to the range of its last day.

    ``possible``: all days that it may take, where its length is known.
    """

    start: float
    end: DateRange
    possible: DateRange | None = None


@attrs.frozen(kw_only=True)
class TimelinePage:
    """What every section needs; ``gutter`` 0: names are inside their sections. Millimetres.

    ``style`` is the style of the last known day, ``ending`` the kind of the event on it, where
    there is one, and ``disease_status`` that of the disease then. ``unit``: of the time ``since``
    a moment; both are empty on a calendar.
    ``places``: the dates of events whose markers are spread in their stated order, by identity.
    ``named``: the days of the events that dates of order name, by their words (``after surgery``).
    ``turns``: from which day to which a period is drawn whose dates are not known, by identity;
    it has its length where that is known.
    """

    width: float
    gutter: float
    frame: Frame
    shown: Span
    cutoff: DateRange
    style: str
    ending: str = ""
    disease_status: str = ""
    unit: str = ""
    since: str = ""
    places: Mapping[int, DateRange] = attrs.Factory(dict)
    named: Mapping[str, Span] = attrs.Factory(dict)
    turns: Mapping[int, Turn] = attrs.Factory(dict)

    @property
    def is_spread(self) -> bool:
        """Whether the markers of some events are spread in their stated order."""
        return any(days.placed is not None for days in self.places.values())

    def dates_of(self, event: Event) -> DateRange:
        """The days of the start of an event, with the place of its marker.

        What took place was not after a death or the last contact: these end an open range.
        """
        if id(event) in self.places:
            return self.places[id(event)]
        days = range_of_date(event.start, self.shown_for(event))
        is_ended = self.style != "last record" and not event.planned and not self.cutoff.open_high
        days = attrs.evolve(days, open_high=False) if is_ended else days
        return beside_stated(days, event.start, self._named)

    def _named(self, word: str, name: str) -> Span | None:
        return self.named.get(f"{word} {name}")

    def in_order(self, pairs: Iterable[tuple[Event, Event]]) -> TimelinePage:
        """The page with the markers of events spread in their stated order.

        Args:
            pairs: two moments each, the first of which is stated not to be after the second;
                the pairs that follow from others are among them. Those that have a place keep it.
        """
        found = [pair for pair in pairs if not any(id(each) in self.places for each in pair)]
        events = list({id(each): each for pair in found for each in pair}.values())
        numbers = {id(each): number for number, each in enumerate(events)}
        ranges = [self.dates_of(each) for each in events]
        order = [(numbers[id(one)], numbers[id(other)]) for one, other in found]
        placed = in_stated_order(ranges, order, self.frame)
        spread = {
            id(event): days
            for event, days, before in zip(events, placed, ranges, strict=True)
            if days.at != before.at
        }
        return attrs.evolve(self, places={**self.places, **spread})

    def shown_for(self, event: Event) -> Span:
        """The days shown of an event: to the end of the record; of a planned event beyond it."""
        return self.shown if event.planned else Span(self.shown.low, int(self.cutoff.high))

    @property
    def limit(self) -> float:
        """The right limit of labels in millimetres: the line of the last contact."""
        if self.style == "death" or not self.cutoff.is_point:
            return self.frame.right
        return self.frame.x(self.cutoff.at) - 0.8

    @property
    def size(self) -> float:
        """Size of the labels of marks, in points."""
        return BODY if self.gutter else SMALL

    def label_space(self, name: str) -> LabelSpace:
        """Where the labels of the section of this name may be."""
        if self.gutter:
            return LabelSpace(self.frame.left, self.limit)
        return LabelSpace(0.0, self.limit, ((0.0, width(name, BODY, bold=True) + _NAMED),))


def timeline_page(
    case: Case,
    page: Page = DEFAULT_PAGE,
    scale: float = 0.0,
    *,
    since: str = "",
    unit: str = "",
    leave_out: Sequence[tuple[str, str]] | None = None,
    until: Number = NEVER_BEGAN,
) -> TimelinePage:
    """The page for a case; ``scale`` mm left of the first day are kept for names and axes.

    Args:
        case: the patient.
        page: what it is drawn on.
        scale: millimetres left of the first day.
        since: the words of the moment from which its days are counted; they are no ordinals then.
        unit: of that time; empty: months, or weeks of a short one.
        leave_out: the stretches that the axis leaves out; None: years without an event.
        until: a day that the page reaches in any case, of what has no end on record.

    Raises:
        ValueError: nothing in the case has a date, the page is too narrow, or a stretch that is
            left out hides a date.
    """
    _check_width(page)
    days = sorted(_known_days(case.events))
    if not days or not any(True for _ in _known_days(case.done)):
        raise ValueError(f"{case.name}: no event has a date {_ADVICE}")
    if not since and not any(_is_known_to(_DECADE, each) for each in case.done):
        raise ValueError(f"{case.name}: no event has a date that is known to a decade {_ADVICE}")
    cutoff, style = last_known(case)
    ends: tuple[Death | LastContact, ...] = (*case.all_of(LastContact), *case.all_of(Death))
    beyond = max(_BEYOND, (days[-1] - days[0]) / 10) if cutoff.open_high else 0
    first, last = days[0], max(days[-1], cutoff.high, until) + beyond
    if any(event.start.span.low == NEVER_BEGAN for event in case.events):
        first -= max(_BEYOND, (last - first) / 10)
    chosen = unit or ("months" if last - first >= _IN_MONTHS else "weeks")
    unit = chosen if since else ""
    low, high = whole_ticks(float(first), float(last), UNITS[unit].days) if unit else (
        whole_months(first, last))  # fmt: skip
    if cutoff.open_high:
        cutoff = attrs.evolve(cutoff, high=float(high))
    gutter = GUTTER if page.width >= _WITH_GUTTER else 0.0
    left = gutter or max(_EDGE, scale)
    breaks = _breaks(case, Span(int(low), int(high)), cutoff, unit, leave_out)
    return TimelinePage(
        width=page.width,
        gutter=gutter,
        frame=Frame(
            low=low,
            high=high,
            left=left,
            right=page.width - MARGIN,
            breaks=breaks,
            dated=not unit,
        ),
        unit=unit,
        since=since,
        shown=Span(int(low), int(high)),
        cutoff=cutoff,
        style=style,
        ending=ends[-1].kind if ends else "",
        disease_status=ends[-1].disease_status if ends else "",
    )


def _breaks(
    case: Case,
    shown: Span,
    cutoff: DateRange,
    unit: str,
    leave_out: Sequence[tuple[str, str]] | None,
) -> tuple[Stretch, ...]:
    """The stretches that the axis leaves out: none hides a date.

    Without a choice they are years without an event. Years that an event may lie in by its order
    alone count as such where they are most of the axis.
    """
    low, high = float(shown.low), float(shown.high)
    if leave_out is None:
        ends = [(day, day) for day in cutoff.ends] if cutoff.is_point else [cutoff.ends]
        whole = [days for event in case.events for days in _days_of(event, shown, cutoff)]
        dated = [days for event in case.events for days in _dated_days(event, shown, cutoff)]
        plain, long = (
            event_free_years((*ends, *days), low, high, dated=not unit) for days in (whole, dated)
        )
        return long if sum(end - start for start, end in long) > (high - low) / 2 else plain
    found = tuple(sorted(stretch_of(*ends, unit) for ends in leave_out))
    moments = [(day, event.label) for event in case.events
               for ends in _days_of(event, shown, cutoff) for day in ends]  # fmt: skip
    moments += [(day, "the end of the record") for day in cutoff.ends]
    if names := list(dict.fromkeys(hidden(moments, found))):
        raise ValueError(f"leave-out hides {', '.join(names)} (a break hides nothing: shorten it)")
    return found


def _dated_days(event: Event, shown: Span, cutoff: DateRange) -> Iterator[Stretch]:
    """The same, but of a date that is known by its order alone only the first and the last day.

    Between them nothing is known to have been: a bar is broken there, and a bracket goes on.
    """
    start, end, goes_on = ends_of(event)
    if start.span == ANY:
        return
    first = range_of_date(start, shown)
    last = cutoff if goes_on else range_of_date(end, shown) if end else first
    for each in (first, last):
        yield from ((day, day) for day in each.ends) if each.by_order else (each.ends,)
    if first.high < last.low:
        yield first.high, last.low


def _days_of(event: Event, shown: Span, cutoff: DateRange) -> Iterator[Stretch]:
    """The days that the marker or the bar of an event takes; none of one without any day."""
    start, end, goes_on = ends_of(event)
    if start.span == ANY:
        return
    first = date_range(start.span, shown)
    last = cutoff if goes_on else date_range(end.span, shown) if end else first
    yield first.low, max(first.high, last.high)


def _check_width(page: Page) -> None:
    if page.width < LEAST:
        raise page.too_narrow("a timeline", LEAST)


def last_known(case: Case) -> tuple[DateRange, str]:
    """The end of the record of a patient, and the style for the kind of its end."""
    days = sorted(_known_days(case.done))
    if not days:
        raise ValueError(f"{case.name}: no event has a date {_ADVICE}")
    ends, style = record_ends(case)
    low, high = (max(getattr(each.span, end) for each in ends) for end in ("low", "high"))
    return date_range(Span(low, high), Span(days[0], days[-1])), style


def record_ends(case: Case) -> tuple[tuple[PartialDate, ...], str]:
    """The dates of which the latest is the end of the record, and the style for its kind.

    Where no death and no last contact is on record, every date but those known by order only. A
    date of which not even the year is known is left out where another one is surely no earlier than
    its first day: it says nothing of the end.
    """
    for kind, style in ((Death, "death"), (LastContact, "last contact")):
        if found := case.all_of(kind):
            return (found[-1].start,), style
    every = tuple(when for when, _ in case.moments_on_record)
    dated = tuple(when for when in every if when.relative or not when.by_order)
    known = [when for when in dated if when.relative or _is_known(when.span, _YEAR)]
    latest = max((when.span.low for when in known), default=NEVER_BEGAN)
    some = tuple(when for when in dated if when in known or when.span.low > latest)
    return some or dated or every, "last record"


def is_dated(case: Case) -> bool:
    """Whether any event that took place has a day on the calendar, however vague."""
    return any(True for _ in _known_days(case.done))


def _is_known_to(days: int, event: Event) -> bool:
    """Whether the start of an event is known to some days."""
    return _is_known(event.start.span, days)


def _is_known(span: Span, days: int) -> bool:
    return span.high - span.low <= days


def _known_days(events: Iterable[Event]) -> Iterable[Number]:
    for event in events:
        start, end, _ = ends_of(event)
        for when in (start, end):
            if when is not None:
                yield from (d for d in (when.span.low, when.span.high) if not math.isinf(d))
