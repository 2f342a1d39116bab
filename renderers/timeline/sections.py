"""What a timeline shows, from the top: a section for each kind of event, a strip a criterion."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs

from renderers.axes.calendar_page import PageSection
from renderers.text import events
from renderers.text.line_summary import label_of, marker_of
from renderers.text.translation import translate
from renderers.timeline.drawing import Drawing
from renderers.timeline.event_markers import EventMarker, event_marker, filled, section, strip
from renderers.timeline.notes import Note
from renderers.timeline.toxicity_lanes import grade_style, toxicity_lanes
from renderers.timeline.tracks.lab_tracks import tracks
from renderers.timeline.tracks.sum_curves import shown_on_track
from renderers.timeline.tracks.sum_track import sum_tracks
from renderers.timeline.treatment_lanes import bar_item, lanes, supportive, treatments
from timeline.record import events as e
from timeline.terminology.criteria import TERMS

_FEW = 3  # most scans with findings as labels; the findings of more are numbered notes

Maker = Callable[[Drawing], Iterable[PageSection]]


def _always(style: str) -> Callable[[Any], str]:
    return lambda _: style


def _of_scan(scan: e.Scan) -> str:
    return "scan, new lesion" if scan.new_lesions else "scan"


@attrs.frozen
class EventView:
    """How a kind of event is shown: the title of its section, its style, and its text.

    A period is a bar and a moment a marker; ``style`` and ``text`` are functions of
    the event. The drugs of a treatment have styles of their own, by their names.
    """

    section: str
    style: Callable[[Any], str]
    text: Callable[[Any], str]


PROCEDURES, SYSTEMIC, IRRADIATION, SUPPORTIVE, IMAGING, HARM, FITNESS, VALUES, RECORD = (
    *("Procedures", "Systemic treatment", "Radiotherapy", "Supportive care", "Imaging"),
    *("Toxicity", "Performance", "Laboratory values", "End of record"),
)
CHANGES = "Treatment changes"
BARS = (SYSTEMIC, IRRADIATION, SUPPORTIVE)  # the sections of periods
EVENT_VIEWS: dict[type[e.Event], EventView] = {
    e.Symptom: EventView(PROCEDURES, _always("symptom"), events.procedure),
    e.Visit: EventView(PROCEDURES, _always("visit"), events.visited),
    e.Diagnosis: EventView(PROCEDURES, _always("diagnosis"), events.procedure),
    e.Biopsy: EventView(PROCEDURES, _always("biopsy"), events.procedure),
    e.Biomarker: EventView(PROCEDURES, _always("biomarker"), events.tested),
    e.Surgery: EventView(PROCEDURES, _always("surgery"), events.procedure),
    e.Ablation: EventView(PROCEDURES, _always("local therapy"), events.at_site),
    e.Embolisation: EventView(PROCEDURES, _always("local therapy"), events.at_site),
    e.Stent: EventView(PROCEDURES, _always("procedure"), events.at_site),
    e.Transfusion: EventView(PROCEDURES, _always("procedure"), events.transfused),
    e.Procedure: EventView(PROCEDURES, _always("procedure"), events.at_site),
    e.Randomisation: EventView(PROCEDURES, _always("randomisation"), events.procedure),
    e.Registration: EventView(PROCEDURES, _always("registration"), events.procedure),
    e.StatedProgression: EventView(PROCEDURES, _always("progression"), events.procedure),
    e.Relapse: EventView(PROCEDURES, _always("relapse"), events.at_site),
    e.Metastasis: EventView(PROCEDURES, _always("metastasis"), events.at_site),
    e.Death: EventView(PROCEDURES, _always("death"), events.procedure),
    e.Treatment: EventView(SYSTEMIC, _always(""), events.regimen),
    e.Radiotherapy: EventView(IRRADIATION, _always("radiotherapy"), events.irradiated),
    e.Supportive: EventView(SUPPORTIVE, _always("supportive"), events.supported),
    e.Scan: EventView(IMAGING, _of_scan, events.imaging),
    e.Toxicity: EventView(HARM, grade_style, events.harm),
    e.Performance: EventView(FITNESS, _always("performance"), events.performance),
    e.Lab: EventView(VALUES, _always("lab"), events.procedure),
    e.LastContact: EventView(RECORD, _always("last contact"), events.procedure),
    e.DoseHeld: EventView(CHANGES, _always("dose held"), events.changed),
    e.DoseReduced: EventView(CHANGES, _always("dose reduced"), events.changed),
    e.DoseIncreased: EventView(CHANGES, _always("dose increased"), events.changed),
    e.DoseResumed: EventView(CHANGES, _always("dose resumed"), events.changed),
    e.TreatmentRefused: EventView(CHANGES, _always("refused"), events.changed),
    e.Withdrawal: EventView(RECORD, _always("last contact"), events.procedure),
    e.LostToFollowUp: EventView(RECORD, _always("last contact"), events.procedure),
}


def checked(views: Mapping[type[e.Event], EventView]) -> None:
    """ImportError names the kinds of event without a view, and views in a section not drawn."""
    missing = [kind for kind, cls in e.EVENTS.items() if cls not in views]
    if missing:
        raise ImportError(f"no figure shows {', '.join(missing)} (add a row to EVENT_VIEWS)")
    wrong = [cls.kind for cls, view in views.items()
             if issubclass(cls, e.PeriodEvent) != (view.section in BARS)]  # fmt: skip
    if wrong:
        raise ImportError(f"a period is a bar and a moment a marker: {', '.join(wrong)}")
    lost = [cls.kind for cls, view in views.items() if view.section not in SECTIONS]
    if lost:
        raise ImportError(f"no section for {', '.join(lost)} (name one of {', '.join(SECTIONS)})")


def _of(drawing: Drawing, section_title: str) -> Iterator[tuple[e.Event, EventView]]:
    """The events of a section, in order of time."""
    for event in drawing.derived.case.events:
        view = EVENT_VIEWS[type(event)]
        if view.section == section_title:
            yield event, view


def _markers(title: str) -> Maker:
    """A section of moments, each a marker with its label."""

    def make(drawing: Drawing) -> Iterable[PageSection]:
        found = (
            event_marker(event, view.style(event), view.text(event), drawing.page)
            for event, view in _of(drawing, title)
        )
        return section(translate(title), found, drawing.page)

    return make


def _bars(title: str) -> Maker:
    """A section of periods, each a bar with its label."""

    def make(drawing: Drawing) -> Iterable[PageSection]:
        items = [
            bar_item(event, view.style(event), view.text(event), drawing.page)
            for event, view in _of(drawing, title)
            if isinstance(event, e.PeriodEvent)
        ]
        return filled(translate(title), items, drawing.page, in_order=True)

    return make


def _scans(drawing: Drawing) -> tuple[EventMarker, ...]:
    return tuple(
        event_marker(scan, view.style(scan), view.text(scan), drawing.page)
        for scan, view in _of(drawing, IMAGING)
    )


def _imaging(drawing: Drawing) -> Iterable[PageSection]:
    """Few scans with their findings as labels; more with numbers, for the notes below."""
    scans = _scans(drawing)
    if len(scans) <= _FEW:
        return section(translate("Imaging"), scans, drawing.page)
    numbered = (
        attrs.evolve(scan, date="", text=str(number)) for number, scan in enumerate(scans, start=1)
    )
    return strip(translate("Imaging"), numbered, drawing.page)


def notes_of(drawing: Drawing) -> tuple[Note, ...]:
    """The findings of the scans, numbered in order of time; none where they are labels."""
    scans = _scans(drawing) if is_shown(IMAGING, drawing) else ()
    if len(scans) <= _FEW:
        return ()
    return tuple(
        Note(number, f"{scan.date} {scan.text}".strip(), scan.style, scan.tooltip)
        for number, scan in enumerate(scans, start=1)
    )


def _responses(drawing: Drawing) -> Iterator[PageSection]:
    """A strip for each criterion that is used, unless the sums show each of its statuses."""
    on_track = shown_on_track(drawing) if is_shown(SUMS, drawing) else frozenset()
    for criterion in TERMS:
        mine = [status for status in drawing.statuses if status.criterion == criterion]
        if all((id(status.scan), criterion) in on_track for status in mine):
            continue
        found = [
            EventMarker(
                dates=drawing.page.dates_of(status.scan),
                style=marker_of(status)[0],
                text=label_of(status),
                tooltip=events.status_sentence(status),
            )
            for status in mine
        ]
        yield from strip(criterion, found, drawing.page)


def _performance(drawing: Drawing) -> Iterable[PageSection]:
    found = (
        attrs.evolve(
            event_marker(
                event, "performance", text or event.what or translate(event.kind), drawing.page
            ),
            date="",
        )
        for event in drawing.derived.case.events
        if isinstance(event, e.Performance | e.Symptom)
        and ((text := events.performance(event)) or isinstance(event, e.Performance))
    )
    return section(translate("Performance"), found, drawing.page)


RESPONSES, SUMS = "Response", "Sum of diameters"  # of statuses and sizes, which are no events
SECTIONS: dict[str, Maker] = {
    PROCEDURES: _markers(PROCEDURES),
    SYSTEMIC: lanes(SYSTEMIC, treatments),
    CHANGES: _markers(CHANGES),
    IRRADIATION: _bars(IRRADIATION),
    SUPPORTIVE: lanes(SUPPORTIVE, supportive),
    IMAGING: _imaging,
    SUMS: sum_tracks,
    RESPONSES: _responses,
    HARM: toxicity_lanes,
    FITNESS: _performance,
    VALUES: tracks,
    RECORD: lambda _: (),  # a line through all sections, drawn with the page
}
checked(EVENT_VIEWS)


def chosen(drawing: Drawing) -> tuple[str, ...]:
    """The names of the sections that a timeline may have, from the top."""
    return drawing.options.sections or tuple(SECTIONS)


def is_shown(title: str, drawing: Drawing) -> bool:
    """Whether a section is one of those that are asked for."""
    return title in chosen(drawing)


def sections(drawing: Drawing) -> tuple[PageSection, ...]:
    """The sections of a case in the order that is asked for, without empty ones."""
    return tuple(each for title in chosen(drawing) for each in SECTIONS[title](drawing))


def sections_left_out(drawing: Drawing) -> tuple[str, ...]:
    """The titles of sections that are not asked for, and that the patient has events for."""
    kept = chosen(drawing)
    kinds = {EVENT_VIEWS[type(event)].section for event in drawing.derived.case.events}
    return tuple(
        title for title in SECTIONS if title in kinds and title not in kept and title != RECORD
    )
