"""Treatment as lanes: one for each drug, named in the left column, with its doses at the bars."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence

import attrs

from renderers.axes.calendar_page import PageSection, TimelinePage, Turn
from renderers.layout.bars import TreatmentBar, bars
from renderers.layout.date_ranges import BRACKET, DateRange, ends_of, range_mark, range_of_date
from renderers.layout.labels_beside import LabelledItem, LabelText
from renderers.layout.named_lanes import LaneSpace, NamedLane, column_width, named_lanes
from renderers.scene.palette import name_key
from renderers.scene.scene import SMALL, Mark
from renderers.text import events
from renderers.text.translation import translate
from renderers.timeline.drawing import Drawing
from timeline.core.calendar.dates import PartialDate
from timeline.core.span import NEVER_BEGAN, Number, Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.record import events as e
from timeline.record.case import Case
from timeline.results.courses import Course, courses, next_line_start
from timeline.results.known_doses import days_shown

TAIL = 3.0  # length of a bar without a stated end, in millimetres
_MOST_NAMES = 20.0  # millimetres for the names of lanes on a page without a column for titles
_INSET = 2.0  # millimetres between the names and the first day
_EVEN = 0.1  # millimetres: what rounding takes from the widest name
_TITLE_INSET = 0.5  # the same of the title, which has no bar on its line


@attrs.frozen(kw_only=True)
class DrugBar:
    """One drug of one treatment: its lane, what is written at its bar, when it was given."""

    name: str
    event: e.PeriodEvent
    style: str
    text: str
    details: str  # of its tooltip
    given: tuple[Course, ...] = ()  # none: on all days of the event
    next_line: PartialDate | None = None  # by which it had ended, where its end is not stated


def bar_item(event: e.PeriodEvent, style: str, text: str, page: TimelinePage) -> LabelledItem:
    """A bar with its label, which is in its tooltip as well."""
    return _item(DrugBar(name="", event=event, style=style, text=text, details=text), page)


def _item(drug: DrugBar, page: TimelinePage, next_course: float = math.inf) -> LabelledItem:
    """The bars of a drug, one for each course, with one label."""
    event = drug.event
    tooltip = events.event_sentence(event, drug.details or drug.text)
    start, end, goes_on = ends_of(event)
    marks: list[Mark] = []
    turn = page.turns.get(id(event)) if len(drug.given) < 2 else None
    if turn is not None:
        marks += _in_turn(turn, drug.style, tooltip)
        return LabelledItem(tuple(marks), _words(drug, page, tooltip))
    for course in drug.given or (Course(start=start, end=end, goes_on=goes_on),):
        first, last = _dates_of(course, page.shown_for(event), page)
        bar = TreatmentBar(
            style=drug.style,
            start=first,
            end=last,
            goes_on=course.goes_on and goes_beyond(page),
            given=course.certain_days,
            open_until=_open_until(drug, page, next_course),
            planned=event.planned,
            limit=last_day(event, page),
            tooltip=tooltip,
        )
        marks += bars(bar, page.frame.days(TAIL))
    return LabelledItem(tuple(marks), _words(drug, page, tooltip))


def _open_until(drug: DrugBar, page: TimelinePage, next_course: float) -> float | None:
    """To where a drug without a stated end is drawn; None of radiotherapy, which is a stub."""
    if not isinstance(drug.event, e.Treatment | e.Supportive) or drug.event.planned:
        return None
    days = [page.cutoff.high, next_course]
    if drug.next_line is not None:
        days.append(range_of_date(drug.next_line, page.shown_for(drug.event)).high)
    return min(days)


def last_day(event: e.Event, page: TimelinePage) -> float | None:
    """The last possible day of death, beyond which no bar is drawn; None without a death."""
    return page.cutoff.high if page.style == "death" and not event.planned else None


def goes_beyond(page: TimelinePage) -> bool:
    """Whether anything may go on after the end of the record: nothing does after death."""
    return page.style != "death"


def _words(drug: DrugBar, page: TimelinePage, tooltip: str) -> tuple[LabelText, ...]:
    words = LabelText(drug.text, page.size, style=drug.style, tooltip=tooltip)
    return (words,) if drug.text else ()


def _in_turn(turn: Turn, style: str, tooltip: str) -> Iterator[Mark]:
    """The bar of a period without known dates; of known length with its possible dates below."""
    start = DateRange(low=turn.start, high=turn.start)
    bar = TreatmentBar(
        style=style, start=start, end=turn.end, in_turn=turn.possible is None, tooltip=tooltip
    )
    yield from bars(bar, 0.0)
    if turn.possible is not None:
        reach = range_mark(turn.possible, BRACKET, tooltip)
        yield attrs.evolve(reach, style="known length")


def _dates_of(
    course: Course, shown: Span, page: TimelinePage
) -> tuple[DateRange, DateRange | None]:
    start = range_of_date(course.start, shown)
    end = range_of_date(course.end, shown) if course.end else None
    if course.goes_on:
        end = page.cutoff
    if course.is_possible and end is not None:
        start = attrs.evolve(start, high=max(start.high, end.low))
    return start, end


def treatments(drawing: Drawing) -> Iterable[DrugBar]:
    """The drugs of each systemic treatment, in order of time.

    The first drug has the line, the cycles and the reason for the end; each has its own dose.
    """
    for event in drawing.derived.case.events:
        if not isinstance(event, e.Treatment):
            continue
        head = events.number_or_setting(event)
        for number, drug in enumerate(event.drugs):
            dose, course = events.dose_text(drug), "" if number else events.course(event)
            of_line = "; ".join(part for part in (dose, course) if part)
            named = ": ".join(part for part in (head, of_line) if part)
            yield DrugBar(
                name=drug.agent,
                event=event,
                style=drawing.bar_style(event, drug.agent),
                text=dose if number else named,
                details=f"{drug.agent}; {named}",
                given=courses(event, (drug.agent,), drawing.derived.case),
                next_line=next_line_start(event, drawing.derived.case),
            )


def supportive(drawing: Drawing) -> Iterable[DrugBar]:
    """The drugs of supportive care; where none is on record, what was given."""
    for event in drawing.derived.case.events:
        if not isinstance(event, e.Supportive):
            continue
        for drug in event.drugs:
            dose = events.dose_text(drug)
            details = "; ".join(part for part in (drug.agent, dose) if part)
            yield DrugBar(
                name=drug.agent, event=event, style="supportive", text=dose, details=details
            )
        if not event.drugs:
            name = event.what or translate("supportive care")
            yield DrugBar(name=name, event=event, style="supportive", text="", details=name)


Bars = Callable[[Drawing], Iterable[DrugBar]]


def lanes(title: str, find: Bars) -> Callable[[Drawing], Iterable[PageSection]]:
    """A section of lanes, one for each drug by its first use; its later courses are on it too."""

    def make(drawing: Drawing) -> Iterable[PageSection]:
        found: dict[str, list[DrugBar]] = {}
        for bar in find(drawing):
            found.setdefault(name_key(bar.name), []).append(bar)
        made = [_lane(bars_of, drawing.page) for bars_of in found.values()]
        return lane_section(translate(title), made, drawing.page)

    return make


def lane_section(
    title: str, made: Sequence[NamedLane], page: TimelinePage
) -> tuple[PageSection, ...]:
    """A section of lanes with their names in the left column; none without a lane."""
    if not made:
        return ()
    space = LaneSpace(
        names=(page.gutter or page.frame.left) - _INSET,
        left=page.frame.left,
        right=page.limit,
        size=page.size,
    )
    marks, height = named_lanes(made, page.frame, space)
    return (PageSection(title, height, marks, inset=_TITLE_INSET),)


def _lane(found: Sequence[DrugBar], page: TimelinePage) -> NamedLane:
    """The bars of one drug: one without a stated end is open up to the next course at most."""
    starts = [
        (bar.event, range_of_date(bar.event.start, page.shown_for(bar.event)).low) for bar in found
    ]
    items = [
        _item(bar, page, min((day for event, day in starts[n:] if event is not bar.event),
                             default=math.inf))
        for n, bar in enumerate(found)
    ]  # fmt: skip
    return NamedLane(name=found[0].name, items=tuple(items))


def certain_until(case: Case) -> Number:
    """The last day that the cycles of some treatment without an end on record certainly take."""
    return max(
        (each.start.span.low + days_shown(each, case)
         for each in case.all_of(e.Treatment) if each.at.end is None and not each.at.ongoing),
        default=NEVER_BEGAN,
    )  # fmt: skip


def names_width(derived: DerivedCase) -> float:
    """Millimetres left of the first day that the names of lanes take; 0 without a lane."""
    drawn = derived.case.events
    names = [drug.agent for each in drawn if isinstance(each, e.Treatment | e.Supportive)
             for drug in each.drugs]  # fmt: skip
    names += [each.what for each in drawn if isinstance(each, e.Supportive) and not each.drugs]
    names += [events.harm_name(each) for each in drawn if isinstance(each, e.Toxicity)]
    found = column_width(names, SMALL, _MOST_NAMES)
    return found + _EVEN + _INSET if found else 0.0
