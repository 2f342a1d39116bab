"""One patient's treatment on the calendar: a section for each kind of event, from the top."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from renderers.axes.calendar_page import TimelinePage, timeline_page
from renderers.axes.units import UNITS
from renderers.backends.pages import saves_pages
from renderers.scene.journals import DEFAULT_PAGE, Page
from renderers.scene.scene import SMALL, Band, Label, Mark, Row, Scene, VerticalLine
from renderers.scene.text_metrics import width
from renderers.text.abbreviations import biomarker_terms
from renderers.text.events import tested
from renderers.text.translation import localized, translate
from renderers.timeline.captions import (
    Captioned,
    alternative_text,
    caption,
    contact_text,
    conventions,
    of_dates,
)
from renderers.timeline.date_words import with_date_words, without_far_dates
from renderers.timeline.drawing import Drawing, drug_styles
from renderers.timeline.elapsed_case import Origin, origin_of, since_origin
from renderers.timeline.notes import numbered_notes
from renderers.timeline.options import DEFAULTS, TimelineOptions
from renderers.timeline.places.named_days import days_of_names
from renderers.timeline.places.turns import with_same_days, with_turns
from renderers.timeline.section_titles import with_title
from renderers.timeline.sections import notes_of, sections, sections_left_out
from renderers.timeline.time_axes import (
    YEARS_HEIGHT,
    break_marks,
    counted_from,
    crossed,
    time_axes,
    top_axis,
)
from renderers.timeline.tracks.lab_tracks import scale_of
from renderers.timeline.tracks.sum_curves import scale_of as scale_of_sums
from renderers.timeline.treatment_lanes import certain_until, names_width
from timeline.core.calendar.partial_dates import Period
from timeline.core.span import ANY
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import Biomarker, Event
from timeline.record.ordering.event_order import stated_pairs

_CONTACT = 2.8
_NAMED_BY_THEIR_ROW = ("radiotherapy", "supportive", "scan", "performance", "lab")
_NAMED_WHERE_THEY_ARE = ("last contact", "last contact range", "last record", "break")
# What the caption explains where the legend of it would take a further page.
_IN_CAPTION = (
    *("range", "order", "open range", "open order", "one-sided order"),
    *("vague end", "by order", "in turn", "known length"),
    *("lab limit", "grade not stated"),
)


@localized
def timeline_figure(
    cases: Sequence[DerivedCase],
    page: Page = DEFAULT_PAGE,
    options: TimelineOptions = DEFAULTS,
) -> Scene:
    """The treatment timeline of one patient, on the width of a page.

    ValueError where there are more patients, or none, where the page is too narrow, and where an
    option names what the patient does not have.
    """
    if len(cases) != 1:
        raise ValueError(f"a timeline shows one patient: got {len(cases)} (draw a swimmer)")
    derived = cases[0]
    order = stated_pairs(derived.case.events, derived.case.stated_edges)
    origin = origin_of(derived.case, options.since)
    shown = since_origin(derived, origin) if origin else without_far_dates(derived)
    derived = with_date_words(shown)
    drawing = _drawing(_dated(derived), page, options, origin)
    named = days_of_names(cases[0].case, derived.case.events)
    layout = attrs.evolve(drawing.page, named=named)
    layout = with_turns(layout, cases[0].case, derived.case.events)
    ordered = layout.in_order(_events_of(order, derived, drawing.derived))
    ordered = with_same_days(ordered, cases[0].case, derived.case.events)
    drawing = attrs.evolve(drawing, page=ordered)
    since = None if origin else counted_from(drawing.derived.case, options.since)
    return _scene(derived, drawing, since, page)


def _drawing(
    derived: DerivedCase, page: Page, options: TimelineOptions, origin: Origin | None
) -> Drawing:
    left = max(scale_of(derived), scale_of_sums(derived), names_width(derived))
    layout = timeline_page(
        derived.case, page, left, since=origin.words if origin else "", unit=options.unit,
        leave_out=options.breaks, until=certain_until(derived.case),
    )  # fmt: skip
    own = drug_styles(derived, options)
    return Drawing(derived=derived, page=layout, options=options, own=own)


def _scene(derived: DerivedCase, drawing: Drawing, since: Origin | None, page: Page) -> Scene:
    """The scene whose legend explains every mark; its caption does where that saves a page."""
    layout, own = drawing.page, drawing.own
    made = [with_title(section, layout) for section in sections(drawing)]
    title = translate("Notes on imaging")
    notes = [with_title(each, layout) for each in numbered_notes(title, notes_of(drawing), layout)]
    words = _contact_words(layout)
    top = [Row("last contact", _CONTACT, repeats=True)] if words else []
    top.append(Row("years", YEARS_HEIGHT, repeats=True))
    first, axis = len(top), len(top) + len(made)
    below = time_axes(layout, axis, since, drawing.options.unit or "months")
    after = axis + len(below.rows)
    placed = [m.on_row(first + n) for n, s in enumerate(made) for m in s.marks]
    placed += crossed(iter(placed), layout)
    placed += [m.on_row(after + n) for n, s in enumerate(notes) for m in s.marks]
    marks = (
        *_contact(layout, axis - 1),
        *break_marks(layout, first, axis - 1),
        *words,
        *placed,
        *below.marks,
    )
    shown = Captioned(
        whole=derived, drawing=drawing, marks=marks, since=since, noted=bool(notes),
        left_out=sections_left_out(drawing),
    )  # fmt: skip
    scene = Scene(
        name=f"timeline {derived.case.name}",
        alt=alternative_text(shown),
        caption=caption(shown),
        conventions=conventions(shown),
        width=layout.width,
        frame=layout.frame,
        per_unit=UNITS[layout.unit].days if layout.unit else 1.0,
        rows=(
            *top,
            *(Row(s.name, s.height) for s in made),
            *below.rows,
            *(Row(s.name, s.height, apart=True) for s in notes),
        ),
        marks=marks,
        axes=(*top_axis(layout, first - 1, _line(layout)), *below.axes),
        named=_named(layout),
        own=tuple(own.values()),
        terms=biomarker_terms(tested(each) for each in derived.case.all_of(Biomarker)),
        in_caption=(
            *_NAMED_WHERE_THEY_ARE,
            *_NAMED_BY_THEIR_ROW,
            *(row.name for row in own.values()),
        ),
    )

    short = attrs.evolve(
        scene,
        caption=" ".join((scene.caption, *of_dates(shown))),
        conventions=conventions(shown, dates=False),
        in_caption=(*scene.in_caption, *_IN_CAPTION),
    )
    return short if saves_pages(short, scene, page) else scene


def _dated(derived: DerivedCase) -> DerivedCase:
    """The case without the events of which no day is known: they have no place on the calendar."""
    undated = {id(event) for event in derived.case.events if event.start.span == ANY}
    if not undated:
        return derived
    events = tuple(event for event in derived.case.events if id(event) not in undated)
    statuses = tuple(each for each in derived.statuses if id(each.scan) not in undated)
    return attrs.evolve(derived, case=attrs.evolve(derived.case, events=events), statuses=statuses)


def _events_of(
    pairs: Sequence[tuple[int, int]], whole: DerivedCase, drawn: DerivedCase
) -> Iterator[tuple[Event, Event]]:
    """The moments of a stated order that are drawn."""
    kept = {id(each) for each in drawn.case.events if not isinstance(each.at, Period)}
    for numbers in pairs:
        one, other = (whole.case.events[number] for number in numbers)
        if id(one) in kept and id(other) in kept:
            yield one, other


def _named(page: TimelinePage) -> tuple[tuple[str, str, str], ...]:
    """A bar without an end beside the other states of bars in the legend.

    And the words of the arrow of what goes on, where no last contact is on record.
    """
    found = [("end not stated", "Status", translate("end not stated: length unknown"))]
    if page.style == "last record":
        found.append(("ongoing", "Status", translate("ongoing at the last dated event")))
    return tuple(found)


def _line(page: TimelinePage) -> float | None:
    """The day of the line that ends the record, where there is one."""
    return float(page.cutoff.at) if page.style != "death" and page.cutoff.is_point else None


def _contact(page: TimelinePage, last: int) -> tuple[Mark, ...]:
    """The end of the record through all rows: a dashed line, or a band where its day is vague."""
    if page.style == "death":
        return ()
    tooltip = contact_text(page)
    if page.cutoff.is_point:
        at = page.cutoff.at
        return (
            VerticalLine(style=page.style, at=at, row=0, last=last, y=_CONTACT, tooltip=tooltip),
        )
    low, high = page.cutoff.low, page.cutoff.high
    style = "last contact range"
    return (Band(style=style, start=low, end=high, last=last, y=_CONTACT, tooltip=tooltip),)


def _contact_words(page: TimelinePage) -> tuple[Mark, ...]:
    if page.style == "death":
        return ()
    text = contact_text(page)
    right = max(page.frame.x(page.cutoff.high), width(text, SMALL))
    return (Label(text=text, size=SMALL, shift=right, align="right", y=1.4),)
