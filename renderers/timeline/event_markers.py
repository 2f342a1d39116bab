"""Events as a figure tells them: signs at their places with their words, in groups of one time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import attrs

from renderers.axes.calendar_page import PageSection, TimelinePage
from renderers.layout.date_ranges import (
    DateRange,
    marker_with_range,
    markers_side_by_side,
    range_of_date,
)
from renderers.layout.labels_below import labels_below
from renderers.layout.labels_beside import LabelledItem, LabelText, labels_beside
from renderers.scene.scene import Mark, Marker
from renderers.text.events import dated, telling
from timeline.record.events import Event

_LEVEL = 2.95  # millimetres of a line of signs or bars
_MOST = 4  # signs that stand side by side


@attrs.frozen(kw_only=True)
class EventGroup:
    """One sign: where, which, the words beside it, and what a reader who points at it is told."""

    spot: DateRange
    style: str
    variant: str = ""
    date: str = ""
    said: str = ""
    tooltip: str = ""


def event_groups(event: Event, style: str, said: str, page: TimelinePage) -> EventGroup:
    """An event at its place, with its date as written."""
    return EventGroup(
        spot=range_of_date(event.start, page.shown_for(event)),
        style=style,
        variant="planned" if event.planned else "",
        date=dated(event),
        said=said,
        tooltip=telling(event, said),
    )


def joined_events(found: Iterable[EventGroup]) -> Iterator[tuple[EventGroup, ...]]:
    """Those of one time together, four at the most, in the order given."""
    groups: dict[DateRange, list[EventGroup]] = defaultdict(list)
    for each in found:
        groups[each.spot].append(each)
    for group in groups.values():
        for first in range(0, len(group), _MOST):
            yield tuple(group[first : first + _MOST])


def _marks(group: Sequence[EventGroup], page: TimelinePage) -> tuple[Mark, ...]:
    """The sign of one, or those of several side by side."""
    one = group[0]
    if len(group) == 1:
        return marker_with_range(one.spot, one.style, one.variant, tooltip=one.tooltip)
    each = [
        Marker(style=t.style, variant=t.variant, tooltip=t.tooltip, at=t.spot.at) for t in group
    ]
    return markers_side_by_side(one.spot, each, page.frame)


def _words(group: Sequence[EventGroup], text: str, page: TimelinePage) -> LabelText:
    """Words beside a group; those of one sign are of its style and tell what it tells."""
    one = group[0]
    tooltip = one.tooltip if len(group) == 1 else ""
    return LabelText(text, page.size, style=one.style, tooltip=tooltip)


def items(
    found: Iterable[EventGroup], page: TimelinePage, between: str = "; "
) -> list[LabelledItem]:
    """The groups with their words, each led by its date."""
    made = []
    for group in joined_events(found):
        said = between.join(each.said for each in group)
        text = f"{group[0].date} {said}".strip()
        made.append(LabelledItem(_marks(group, page), (_words(group, text, page),)))
    return made


def section(name: str, found: Iterable[EventGroup], page: TimelinePage) -> tuple[PageSection, ...]:
    """Signs with their words beside them, or no section where there is nothing to tell."""
    return filled(name, items(found, page), page)


def strip(name: str, found: Iterable[EventGroup], page: TimelinePage) -> tuple[PageSection, ...]:
    """Signs on one line with short words below them, or no section where there are none."""
    hanging = items(found, page, ", ")
    if not hanging:
        return ()
    marks, height = labels_below(hanging, page.frame, page.limit)
    return (PageSection(name, height, marks),)


def filled(
    name: str, things: Sequence[LabelledItem], page: TimelinePage, *, in_order: bool = False
) -> tuple[PageSection, ...]:
    """A section of things with their words beside them, or none where there are none.

    ``in_order``: none stands above what comes before it.
    """
    if not things:
        return ()
    room = attrs.evolve(page.room(name), in_order=in_order)
    marks, height = labels_beside(things, page.frame, page.limit, _LEVEL, room)
    return (PageSection(name, height, marks),)
