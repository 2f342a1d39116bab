"""Adverse events as lanes: one for each term, named in the left column, with bars by grade."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from renderers.axes.calendar_page import PageSection, TimelinePage
from renderers.layout.bars import TreatmentBar, bars
from renderers.layout.date_ranges import DateRange, range_of_date
from renderers.layout.labels_beside import LabelledItem, LabelText
from renderers.layout.named_lanes import NamedLane
from renderers.text import events
from renderers.text.translation import translate
from renderers.timeline.drawing import Drawing
from renderers.timeline.treatment_lanes import TAIL, goes_beyond, lane_section, last_day
from timeline.record.events import Toxicity

TITLE = "Toxicity"


def toxicity_lanes(drawing: Drawing) -> Iterable[PageSection]:
    """A lane for each adverse event by its first onset; of one term all are on one lane."""
    found: dict[str, list[Toxicity]] = {}
    for event in drawing.derived.case.events:
        if isinstance(event, Toxicity):
            found.setdefault(events.harm_name(event).casefold(), []).append(event)
    made = [_lane(each, drawing.page) for each in found.values()]
    return lane_section(translate(TITLE), made, drawing.page)


def grade_style(event: Toxicity) -> str:
    """The style of its bar: that of its grade, of a range of grades the worst."""
    return f"grade {event.grade.worst}" if event.grade is not None else "grade not stated"


def _lane(found: Sequence[Toxicity], page: TimelinePage) -> NamedLane:
    """The bars of one term: one without a stated end is open up to the next onset."""
    onsets = [_onset(event, page).low for event in found]
    items = [
        _item(event, page, min([page.cutoff.high, *onsets[number + 1 :]]))
        for number, event in enumerate(found)
    ]
    return NamedLane(name=events.harm_name(found[0]), items=tuple(items))


def _onset(event: Toxicity, page: TimelinePage) -> DateRange:
    return range_of_date(event.start, page.shown_for(event))


def _item(event: Toxicity, page: TimelinePage, open_until: float) -> LabelledItem:
    """The bar of one event; ``open_until``: to where it is drawn if its end is not stated."""
    tooltip = events.event_sentence(event, events.harm(event))
    start, resolved = _onset(event, page), event.resolved
    ongoing = resolved is not None and resolved.when is None
    to_the_end = not start.is_point and start.high >= page.cutoff.high
    bar = TreatmentBar(
        style=grade_style(event),
        start=start,
        end=page.cutoff if ongoing else _end(event, page),
        goes_on=ongoing and goes_beyond(page),
        planned=event.planned,
        open_until=None if event.planned else open_until,
        limit=page.cutoff.high if to_the_end else last_day(event, page),
        tooltip=tooltip,
    )
    text = events.harm_details(event)  # its lane has the name
    words = LabelText(text, page.size, style=bar.style, tooltip=tooltip)
    return LabelledItem(bars(bar, page.frame.days(TAIL)), (words,) if text else ())


def _end(event: Toxicity, page: TimelinePage) -> DateRange | None:
    """When it had resolved; None where that is not stated."""
    if event.resolved is None or event.resolved.when is None:
        return None
    return range_of_date(event.resolved.when, page.shown_for(event))
