"""The page of a calendar figure: its axis, its margins, and the last day that is known of."""

from __future__ import annotations

import math
from collections.abc import Iterable

import attrs

from renderers.axis import whole_months
from renderers.scene import Frame, Mark
from renderers.spot import Spot, ends_of, spot
from timeline.case import Case
from timeline.events import Death, Event, LastContact
from timeline.span import Number, Span

WIDTH = 180.0  # two columns of most journals are 183 mm, edges of 1.5 mm included
GUTTER = 27.0  # names of the sections
MARGIN = 6.0  # room for the arrow of what goes on


@attrs.frozen
class Section:
    """One named strip of the page; its marks stand in row nought until it is placed."""

    name: str
    height: float
    marks: tuple[Mark, ...]
    inset: float = 2.5  # millimetres of the gutter that its own marks need


@attrs.frozen(kw_only=True)
class Page:
    """What every section needs to know."""

    frame: Frame
    shown: Span
    cutoff: Spot
    style: str  # how the last day known of is drawn, by what it is

    def shown_for(self, event: Event) -> Span:
        """What is done lies before the end of the record; what is planned may lie beyond."""
        return self.shown if event.planned else Span(self.shown.low, int(self.cutoff.high))

    @property
    def limit(self) -> float:
        """The millimetre that words must not cross: the line of the last contact."""
        if self.style == "death" or not self.cutoff.is_point:
            return self.frame.right
        return self.frame.x(self.cutoff.at) - 0.8


def page_of(case: Case) -> Page:
    """The page for a case; ValueError where nothing in it has a date."""
    days = sorted(_known_days(case.events))
    if not days or not any(True for _ in _known_days(case.done)):
        raise ValueError(f"{case.name}: no event has a date (give at least one a date)")
    cutoff, style = last_known(case)
    low, high = whole_months(days[0], max(days[-1], cutoff.high))
    frame = Frame(low=low, high=high, left=GUTTER, right=WIDTH - MARGIN)
    return Page(frame=frame, shown=Span(int(low), int(high)), cutoff=cutoff, style=style)


def last_known(case: Case) -> tuple[Spot, str]:
    """Where the record of a patient ends, and the style that says in what sense."""
    days = sorted(_known_days(case.done))
    if not days:
        raise ValueError(f"{case.name}: no event has a date (give at least one a date)")
    everything = Span(days[0], days[-1])
    for kind, style in ((Death, "death"), (LastContact, "last contact")):
        found = case.all_of(kind)
        if found:
            return spot(found[-1].start.span, everything), style
    return spot(Span.point(days[-1]), everything), "last record"


def _known_days(events: Iterable[Event]) -> Iterable[Number]:
    for event in events:
        start, end, _ = ends_of(event)
        for when in (start, end):
            if when is not None:
                yield from (d for d in (when.span.low, when.span.high) if not math.isinf(d))
