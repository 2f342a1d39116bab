"""Events as markers with their labels; events of one date are one group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import attrs

from renderers.axes.calendar_page import PageSection, TimelinePage
from renderers.layout.date_ranges import (
    DateRange,
    marker_with_range,
    markers_side_by_side,
)
from renderers.layout.labels_below import labels_below
from renderers.layout.labels_beside import LabelledItem, LabelText, labels_beside
from renderers.scene.scene import Mark, Marker
from renderers.text.events import dated, event_sentence
from timeline.record.events import Event

_LEVEL = 2.95  # millimetres of a line of markers or bars
_MOST = 4  # markers side by side


@attrs.frozen(kw_only=True)
class EventMarker:
    """One marker: its possible dates, its style, its label and its tooltip."""

    dates: DateRange
    style: str
    variant: str = ""
    date: str = ""
    counted: bool = False  # whether the date is in words, as one counted from another event is
    text: str = ""
    tooltip: str = ""


def event_marker(event: Event, style: str, text: str, page: TimelinePage) -> EventMarker:
    """The marker of an event, with its date as written."""
    return EventMarker(
        dates=page.dates_of(event),
        style=style,
        variant="planned" if event.planned else "",
        date=dated(event),
        counted=event.start.relative is not None,
        text=text,
        tooltip=event_sentence(event, text),
    )


def joined_events(found: Iterable[EventMarker]) -> Iterator[tuple[EventMarker, ...]]:
    """The markers of one date together, four at the most, in the given order."""
    groups: dict[DateRange, list[EventMarker]] = defaultdict(list)
    for each in found:
        groups[each.dates].append(each)
    for group in groups.values():
        for first in range(0, len(group), _MOST):
            yield tuple(group[first : first + _MOST])


def _marks(group: Sequence[EventMarker], page: TimelinePage) -> tuple[Mark, ...]:
    """One marker, or several side by side."""
    one = group[0]
    if len(group) == 1:
        return marker_with_range(one.dates, one.style, one.variant, tooltip=one.tooltip)
    each = [
        Marker(style=t.style, variant=t.variant, tooltip=t.tooltip, at=t.dates.at) for t in group
    ]
    return markers_side_by_side(one.dates, each, page.frame)


def _words(group: Sequence[EventMarker], text: str, page: TimelinePage) -> LabelText:
    """The label of a group; that of one marker has its style and its tooltip."""
    one = group[0]
    tooltip = one.tooltip if len(group) == 1 else ""
    return LabelText(text, page.size, style=one.style, tooltip=tooltip)


def items(
    found: Iterable[EventMarker], page: TimelinePage, between: str = "; "
) -> list[LabelledItem]:
    """The groups with their labels, each preceded by its date."""
    made = []
    for group in joined_events(found):
        texts = between.join(each.text for each in group)
        date = group[0].date + "," * (group[0].counted and bool(group[0].date))
        text = f"{date} {texts}".strip()
        made.append(LabelledItem(_marks(group, page), (_words(group, text, page),)))
    return made


def section(name: str, found: Iterable[EventMarker], page: TimelinePage) -> tuple[PageSection, ...]:
    """Markers with labels at their sides; no section where there are none.

    On a page without a column for titles, labels take most of its width: each is then below those
    of earlier events, so that the section is read from the top in order of time.
    """
    return filled(name, items(found, page), page, in_order=not page.gutter)


def strip(name: str, found: Iterable[EventMarker], page: TimelinePage) -> tuple[PageSection, ...]:
    """Markers on one line with short labels below; no section where there are none."""
    labelled = items(found, page, ", ")
    if not labelled:
        return ()
    marks, height = labels_below(labelled, page.frame, page.limit)
    return (PageSection(name, height, marks),)


def filled(
    name: str, labelled: Sequence[LabelledItem], page: TimelinePage, *, in_order: bool = False
) -> tuple[PageSection, ...]:
    """A section of items with labels at their sides; none where there are no items.

    ``in_order``: no item is above an earlier one.
    """
    if not labelled:
        return ()
    space = attrs.evolve(page.label_space(name), in_order=in_order)
    marks, height = labels_beside(labelled, page.frame, page.limit, _LEVEL, space)
    return (PageSection(name, height, marks),)
