"""One patient's treatment on the calendar: a section for each kind of event, from the top."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from renderers.axes.calendar import calendar, years
from renderers.axes.calendar_page import TimelinePage, timeline_page
from renderers.axes.elapsed import in_units, time_label
from renderers.axes.units import UNITS, tick_rule, ticks
from renderers.layout.date_ranges import days_of
from renderers.scene.journals import DEFAULT_PAGE, Page
from renderers.scene.scene import SMALL, Axis, Band, Label, Mark, Row, Scene, VerticalLine
from renderers.scene.text_metrics import width
from renderers.text.events import possible_days, repeated
from renderers.text.translation import both, localized, translate, translate_count
from renderers.timeline.elapsed_case import origin_of, since_origin
from renderers.timeline.lab_tracks import scale_of
from renderers.timeline.notes import numbered_notes
from renderers.timeline.section_titles import with_title
from renderers.timeline.sections import notes_of, sections
from timeline.core.calendar.durations import days_per
from timeline.core.span import ANY, NEVER_BEGAN, NEVER_ENDS, Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.record import events as e

_AXIS_HEIGHT = 7.8  # millimetres
_MUTE_HEIGHT = 4.6  # of an axis of years alone
_YEARS = 3.2
_CONTACT = 2.8
_CAPTION = (
    "Markers are placed at the midpoint of the possible dates; brackets show the range (dashed: "
    "order only). Pale bar ends show uncertain start or stop dates. Response is derived from the "
    "findings shown, by {criteria}; two categories where the findings allow both."
)
_ELAPSED = (
    "The axis is time since the {time_zero}, because the report states the times between events "
    "more exactly than their dates."
)
_NOTED = "Numbers below the scans refer to the notes on imaging."


@localized
def timeline_figure(cases: Sequence[DerivedCase], page: Page = DEFAULT_PAGE) -> Scene:
    """The treatment timeline of one patient, on the width of a page.

    ValueError where there are more patients, or none, and where the page is too narrow.
    """
    if len(cases) != 1:
        raise ValueError(f"a timeline shows one patient: got {len(cases)} (draw a swimmer)")
    derived = cases[0]
    origin = origin_of(derived.case)
    derived = since_origin(derived, origin) if origin else derived
    drawn = _dated(derived)
    layout = timeline_page(drawn.case, page, scale_of(drawn), since=origin.words if origin else "")
    made = [with_title(section, layout) for section in sections(drawn, layout)]
    notes = [
        with_title(section, layout)
        for section in numbered_notes(
            translate("Notes on imaging"), notes_of(drawn, layout), layout
        )
    ]
    words = _contact_words(layout)
    axis_of_days = _since_origin(layout) if origin else calendar(layout.frame, 0)
    top = [Row("last contact", _CONTACT, repeats=True)] if words else []
    top.append(Row("years", _YEARS, repeats=True))
    first, axis = len(top), len(top) + len(made)
    placed = [m.on_row(first + n) for n, s in enumerate(made) for m in s.marks]
    placed += [m.on_row(axis + 1 + n) for n, s in enumerate(notes) for m in s.marks]
    return Scene(
        name=f"timeline {derived.case.name}",
        alt=_alt(derived, layout),
        caption=_caption(derived, layout, noted=bool(notes)),
        width=layout.width,
        frame=layout.frame,
        per_unit=UNITS[layout.unit].days if layout.unit else 1.0,
        rows=(
            *top,
            *(Row(s.name, s.height) for s in made),
            Row("axis", _MUTE_HEIGHT if axis_of_days.is_mute else _AXIS_HEIGHT, repeats=True),
            *(Row(s.name, s.height, apart=True) for s in notes),
        ),
        marks=(*_contact(layout, axis - 1), *words, *placed),
        axes=(
            *(() if origin else (years(layout.frame, first - 1, _YEARS, _line(layout)),)),
            attrs.evolve(axis_of_days, row=axis),
        ),
    )


def _since_origin(page: TimelinePage) -> Axis:
    """The time since day 0, with its unit and its origin below it."""
    days = UNITS[page.unit].days
    rule = tick_rule(
        page.unit,
        days,
        lambda unit: translate("{unit} since the {time_zero}", unit=unit, time_zero=page.since),
    )
    drawn = ticks(page.frame, page.unit, days)
    return Axis(row=0, ticks=drawn, title=rule.units[0].title, rule=rule)


def _days_text(days: Span, page: TimelinePage) -> str:
    """Some days as dates, or as time since day 0 of the axis."""
    if not page.unit:
        return possible_days(days)
    shown = Span.point(days.low) if days.high == NEVER_ENDS else days
    shown = Span.point(days.high) if days.low == NEVER_BEGAN else shown
    label = time_label(in_units(shown, days_per(page.unit)), page.unit)
    text = f"{label} {translate(page.unit)}"
    if days.high == NEVER_ENDS:
        return translate("{day} or later", day=text)
    return text if shown is days else translate("up to {high}", high=text)


def _dated(derived: DerivedCase) -> DerivedCase:
    """The case without the events of which no day is known: they have no place on the calendar."""
    undated = {id(event) for event in derived.case.events if event.start.span == ANY}
    if not undated:
        return derived
    events = tuple(event for event in derived.case.events if id(event) not in undated)
    statuses = tuple(each for each in derived.statuses if id(each.scan) not in undated)
    return attrs.evolve(derived, case=attrs.evolve(derived.case, events=events), statuses=statuses)


def _line(page: TimelinePage) -> float | None:
    """The day of the line that ends the record, where there is one."""
    return float(page.cutoff.at) if page.style != "death" and page.cutoff.is_point else None


def _contact(page: TimelinePage, last: int) -> tuple[Mark, ...]:
    """The end of the record through all rows: a dashed line, or a band where its day is vague."""
    if page.style == "death":
        return ()
    tooltip = _contact_text(page)
    if page.cutoff.is_point:
        at = page.cutoff.at
        return (
            VerticalLine(style=page.style, at=at, row=0, last=last, y=_CONTACT, tooltip=tooltip),
        )
    low, high = page.cutoff.low, page.cutoff.high
    style = "last contact range"
    return (Band(style=style, start=low, end=high, last=last, y=_CONTACT, tooltip=tooltip),)


def _contact_text(page: TimelinePage) -> str:
    days = _days_text(days_of(page.cutoff), page)
    return f"{translate('last dated event' if page.style == 'last record' else page.ending)} {days}"


def _contact_words(page: TimelinePage) -> tuple[Mark, ...]:
    if page.style == "death":
        return ()
    text = _contact_text(page)
    right = max(page.frame.x(page.cutoff.high), width(text, SMALL))
    return (Label(text=text, size=SMALL, shift=right, align="right", y=1.4),)


def _criteria(derived: DerivedCase) -> str:
    titles = dict.fromkeys(status.criterion for status in derived.statuses if status.labels)
    return both(tuple(titles))


_ALT = (
    "Treatment timeline of {name}, {days}: {lines}. {number} scan with its findings{judged}.",
    "Treatment timeline of {name}, {days}: {lines}. {number} scans with their findings{judged}.",
)


def _alt(derived: DerivedCase, page: TimelinePage) -> str:
    case = derived.case
    lines = "; ".join(
        f"{translate('line {number}', number=line.number)} {line.regimen}" for line in case.lines
    )
    criteria = _criteria(derived)
    judged = (
        translate(", and the response status at each by {criteria}", criteria=criteria)
        if criteria
        else ""
    )
    return translate_count(
        *_ALT,
        len(case.all_of(e.Scan)),
        name=case.name,
        days=_days_text(Span(page.shown.low, int(page.frame.high) - 1), page),
        lines=lines or translate("no systemic line"),
        judged=judged,
    )


def _caption(derived: DerivedCase, page: TimelinePage, *, noted: bool) -> str:
    """The caption: patient, n, cut-off, and how the figure is read."""
    case = derived.case
    who = f" ({case.patient.diagnosis})" if case.patient.diagnosis else ""
    sentences = [
        translate("Treatment timeline of one patient, {name}; n = 1.", name=f"{case.name}{who}"),
        translate("End of record: {end}.", end=_contact_text(page)),
        translate(_CAPTION, criteria=_criteria(derived) or translate("no criterion")),
        *([translate(_ELAPSED, time_zero=page.since)] if page.unit else []),
        *([translate(_NOTED)] if noted else []),
        *_not_drawn(derived),
        *_cycles(derived),
    ]
    return " ".join(sentences)


def _not_drawn(derived: DerivedCase) -> list[str]:
    """The events of which no day is known, each with its words."""
    undated = [event for event in derived.case.events if event.start.span == ANY]
    texts = [
        f"{translate(event.kind)}{f' ({event.what})' if event.what else ''}" for event in undated
    ]
    return [translate("Not drawn, date not known: {events}.", events=", ".join(texts))] * bool(
        texts
    )


def _cycles(derived: DerivedCase) -> list[str]:
    """How the cycles of the treatments are abbreviated, where there are any."""
    cycles = [t.cycle for t in derived.case.events if isinstance(t, e.Treatment) and t.cycle]
    return [
        translate(
            "{short}: every {time}.", short=repeated(c), time=f"{c.number} {translate(c.unit.name)}"
        )
        for c in cycles[:1]
    ]
