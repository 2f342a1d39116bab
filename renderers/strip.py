"""One patient's treatment on the calendar: a section for each kind of event, from the top."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from renderers import wording
from renderers.axis import calendar, years
from renderers.bars import Stay, bars
from renderers.hung import hung
from renderers.inline import Item, Words, arranged, lowered
from renderers.measure import wrapped
from renderers.page import GUTTER, MARGIN, WIDTH, Page, Section, page_of
from renderers.scene import BODY, SMALL, Band, Divide, Label, Mark, Row, Rule, Scene, in_row
from renderers.spot import ends_of, moment, signs
from renderers.standing import sign_of
from renderers.style import line_style
from renderers.track import tracks
from timeline import events as e
from timeline.edtf import tell
from timeline.reading import Reading
from timeline.span import Span

_HEAD_PITCH = 2.9  # millimetres between lines of a section's name
_AROUND = 0.9  # millimetres above and below the marks of a section
_TAIL = 3.0  # millimetres of a bar whose end is not stated
_AXIS_HEIGHT = 8.5
_YEARS = 3.8

Maker = Callable[[Reading, Page], tuple[Section, ...]]


def timeline(readings: Sequence[Reading]) -> Scene:
    """The treatment timeline of one patient. ValueError where there are more, or none."""
    if len(readings) != 1:
        raise ValueError(f"a timeline shows one patient: got {len(readings)} (draw a swimmer)")
    reading = readings[0]
    page = page_of(reading.case)
    made = tuple(section for make in SECTIONS for section in make(reading, page))
    contact = _contact_words(page)
    said = (Section("last contact", 3.2, contact),) if contact else ()
    sections = (*said, Section("years", _YEARS, ()), *(_headed(section) for section in made))
    rows = (*(Row(s.name, s.height) for s in sections), Row("axis", _AXIS_HEIGHT))
    placed = (in_row(m, n) for n, s in enumerate(sections) for m in s.marks)
    return Scene(
        name=f"timeline {reading.case.name}",
        alt=_alt(reading, page),
        width=WIDTH,
        frame=page.frame,
        rows=rows,
        marks=(*_contact(page, len(sections) - 1), *placed),
        axes=(years(page.frame, len(said), _YEARS), calendar(page.frame, len(sections))),
    )


def _headed(section: Section) -> Section:
    """The section with its name in the gutter, a line above it, and air around its marks."""
    lines = wrapped(section.name, BODY, GUTTER - section.inset, bold=True)
    height = max(section.height, len(lines) * _HEAD_PITCH) + 2 * _AROUND
    names = tuple(
        Label(text=text, bold=True, down=_AROUND + 1.6 + n * _HEAD_PITCH)
        for n, text in enumerate(lines)
    )
    line = Divide(style="divide", left=0.0, right=WIDTH - MARGIN)
    inside = (lowered(m, _AROUND) for m in section.marks)
    return Section(section.name, height, (line, *names, *inside))


def _section(name: str, items: Sequence[Item], page: Page) -> tuple[Section, ...]:
    if not items:
        return ()
    marks, height = arranged(items, page.frame, page.limit)
    return (Section(name, height, marks),)


def _marks(event: e.Event, style: str, page: Page) -> tuple[Mark, ...]:
    place = moment(event.start, page.shown_for(event))
    return signs(place, style, "planned" if event.planned else "")


def _stays(event: e.Event, style: str, page: Page) -> tuple[Mark, ...]:
    start, end, goes_on = ends_of(event)
    shown = page.shown_for(event)
    last = page.cutoff if goes_on else moment(end, shown) if end else None
    stay = Stay(
        style=style,
        start=moment(start, shown),
        end=last,
        goes_on=goes_on,
        planned=event.planned,
    )
    return bars(stay, page.frame.days(_TAIL))


def _events(reading: Reading, *kinds: type[e.Event]) -> tuple[e.Event, ...]:
    return tuple(event for event in reading.case.events if isinstance(event, kinds))


def _procedures(reading: Reading, page: Page) -> tuple[Section, ...]:
    found = _events(reading, e.Symptom, e.Diagnosis, e.Biopsy, e.Surgery, e.Death)
    items = [
        Item(
            _marks(event, event.kind, page),
            (Words(wording.dated(event, wording.procedure(event))),),
        )
        for event in found
    ]
    return _section("Diagnosis and procedures", items, page)


def _systemic(reading: Reading, page: Page) -> tuple[Section, ...]:
    items = []
    for event in reading.case.events:
        if isinstance(event, e.Treatment):
            style = line_style(event.line) if event.line is not None else "setting"
            words = [Words(wording.heading(event), bold=True)]
            course = wording.course(event)
            words += [Words(course, SMALL)] if course else []
            items.append(Item(_stays(event, style, page), tuple(words)))
    return _section("Systemic treatment", items, page)


def _radiotherapy(reading: Reading, page: Page) -> tuple[Section, ...]:
    items = [
        Item(_stays(event, "radiotherapy", page), (Words(wording.irradiated(event)),))
        for event in reading.case.events
        if isinstance(event, e.Radiotherapy)
    ]
    return _section("Radiotherapy", items, page)


def _supportive(reading: Reading, page: Page) -> tuple[Section, ...]:
    items = [
        Item(_stays(event, "supportive", page), (Words(wording.supported(event)),))
        for event in reading.case.events
        if isinstance(event, e.Supportive)
    ]
    return _section("Supportive care", items, page)


def _imaging(reading: Reading, page: Page) -> tuple[Section, ...]:
    items = []
    for scan in reading.case.events:
        if isinstance(scan, e.Scan):
            style = "scan, new lesion" if scan.new_lesions else "scan"
            words = Words(wording.dated(scan, wording.findings(scan)))
            items.append(Item(_marks(scan, style, page), (words,)))
    return _section("Imaging", items, page)


def _response(criterion: str) -> Maker:
    """The strip of one criterion: every label of every scan, at its place."""

    def make(reading: Reading, page: Page) -> tuple[Section, ...]:
        items = [
            Item(_marks(status.scan, sign_of(status)[0], page), (Words(status.label),))
            for status in reading.statuses
            if status.criterion == criterion and status.labels
        ]
        if not items:
            return ()
        marks, height = hung(items, page.frame, page.limit)
        return (Section(criterion, height, marks),)

    return make


def _called(reading: Reading, page: Page) -> tuple[Section, ...]:
    items = [
        Item(_marks(scan, "called", page), (Words(wording.called(scan)),))
        for scan in reading.case.events
        if isinstance(scan, e.Scan) and scan.called
    ]
    return _section("As called in the report", items, page)


def _toxicity(reading: Reading, page: Page) -> tuple[Section, ...]:
    items = [
        Item(_marks(event, "toxicity", page), (Words(wording.harm(event)),))
        for event in reading.case.events
        if isinstance(event, e.Toxicity)
    ]
    return _section("Toxicity", items, page)


def _performance(reading: Reading, page: Page) -> tuple[Section, ...]:
    items = [
        Item(_marks(event, "performance", page), (Words(f"ECOG {event.ecog}"),))
        for event in reading.case.events
        if isinstance(event, e.Performance | e.Symptom) and event.ecog is not None
    ]
    return _section("Performance status", items, page)


SECTIONS: tuple[Maker, ...] = (
    _procedures,
    _systemic,
    _radiotherapy,
    _supportive,
    _imaging,
    _response("RECIST 1.1"),
    _response("iRECIST"),
    _called,
    _toxicity,
    _performance,
    tracks,
)


def _contact(page: Page, last: int) -> tuple[Mark, ...]:
    """The end of the record through all rows: a dashed line, or a band where its day is vague."""
    if page.style == "death":
        return ()
    if page.cutoff.is_point:
        return (Rule(style=page.style, at=page.cutoff.at, row=0, last=last, down=2.9),)
    return (
        Band(
            style="last contact range",
            start=page.cutoff.low,
            end=page.cutoff.high,
            last=last,
            down=2.9,
        ),
    )


def _contact_words(page: Page) -> tuple[Mark, ...]:
    if page.style == "death":
        return ()
    said = tell(Span(int(page.cutoff.low), int(page.cutoff.high)))
    name = "last contact" if page.style == "last contact" else "last dated event"
    right = page.frame.x(page.cutoff.high)
    return (Label(text=f"{name} {said}", size=SMALL, shift=right, align="right", down=1.4),)


def _alt(reading: Reading, page: Page) -> str:
    case = reading.case
    lines = "; ".join(f"line {line.number} {line.regimen}" for line in case.lines)
    shown = tell(Span(page.shown.low, int(page.frame.high) - 1))
    scans = len(case.all_of(e.Scan))
    return (
        f"Treatment timeline of {case.name}, {shown}: {lines or 'no systemic line'}. "
        f"{scans} scans with their findings, and the status of each under RECIST 1.1 and iRECIST."
    )
