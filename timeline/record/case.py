"""The case of one patient: who it is, and every event in order of time."""

from __future__ import annotations

from functools import cached_property
from typing import Any, TypeVar

import attrs

from timeline.core.calendar.dates import PartialDate, format_day
from timeline.core.calendar.partial_dates import Period
from timeline.core.frozen_class import frozen
from timeline.core.precedence import MomentKey, Precedence, reachable
from timeline.core.problem import Problem, Where
from timeline.core.quantities import Quantity, age, thickness
from timeline.core.schema import free_text, free_texts, one_of, record_field, yes_or_no
from timeline.core.span import NEVER_ENDS, Span
from timeline.core.text.display import data_frame, html_table
from timeline.record.distances import Distances
from timeline.record.event import FILE
from timeline.record.event_names import EventReference, by_name, find_named
from timeline.record.events import Death, Diagnosis, Event, field_values
from timeline.record.lines import (
    Line,
    lines_of,
    unknown_lines,
    unknown_settings,
    with_lines,
    within_lines,
)
from timeline.record.ordering.event_order import apply_order, chronological, stated_order
from timeline.record.ordering.joint_days import case_distances, joint_problems
from timeline.record.ordering.order_repair import order_problems
from timeline.record.ordering.relative_events import Target, moment_named, target
from timeline.record.ordering.resolution_dates import with_resolutions
from timeline.record.ordering.unstated_ends import (
    ended_by_cycles,
    ended_by_death,
    ended_by_single_fraction,
)
from timeline.record.validation import history_problems, invalid_ids, misdated, own_references
from timeline.settings.response import DEFAULTS, Settings

E = TypeVar("E", bound=Event)
Moment = tuple[Event, str]  # an event, and its start or its end
_COLUMNS = (
    *("event", "date", "start_earliest", "start_latest", "end_earliest", "end_latest"),
    *("planned", "details", "place"),
)
METHODS = ("CT", "MRI", "caliper", "CXR", "US")


@frozen(kw_only=True)
class Patient:
    """The patient, without anything that identifies him or her."""

    sex: str = record_field(free_text, default="")
    age: str = record_field(age, default="")
    diagnosis: str = record_field(free_text, default="")
    site: str = free_texts()
    note: str = record_field(free_text, default="")


UNSTATED = Patient()  # of whom the file says nothing


@frozen(kw_only=True)
class LesionDeclaration:
    """What a case file declares of a lesion, once for all scans that measure it."""

    organ: str = record_field(free_text, default="")
    node: bool = record_field(yes_or_no, default=False)
    method: str = record_field(one_of(METHODS, "method"), default="CT")
    slice: Quantity | None = record_field(thickness)
    type: str = record_field(free_text, default="")
    treated: bool = record_field(yes_or_no, default=False)
    progressed_since: bool = record_field(yes_or_no, default=False)


@frozen(kw_only=True)
class Case:
    """The facts of one patient.

    Attributes:
        name: the name of the case, as in the file.
        events: every event in order of time, planned ones included; dates are ranges of days, and
            nothing is imputed.
        patient: sex, age, diagnosis and site, as written.
        source: the path of the report, as written in the case file; empty if it names none.
        settings: the settings that the case file states.
        lesions: the declared target lesions by name, with organ, method and slice.
        where: the file.
        age_at: where the age of the patient is written; the file where it is not.
        sex_at: the same of the sex.
    """

    name: str
    events: tuple[Event, ...]
    patient: Patient = UNSTATED
    source: str = ""
    settings: Settings = DEFAULTS
    lesions: tuple[tuple[str, LesionDeclaration], ...] = ()
    where: Where = attrs.field(default=FILE, eq=False, repr=False)
    age_at: Where = attrs.field(default=FILE, eq=False, repr=False)
    sex_at: Where = attrs.field(default=FILE, eq=False, repr=False)

    def __repr__(self) -> str:
        return f"<Case {self.name}: {len(self.events)} events, {len(self.lines)} lines>"

    def _repr_html_(self) -> str:
        """The events, for a notebook."""
        rows = ((each.kind, each.at.text, _details(each), each.place) for each in self.events)
        return html_table(f"Case {self.name}", ("event", "date", "details", "place"), rows)

    def to_frame(self) -> Any:
        """The events as a ``pandas.DataFrame``, one a row, in order of time.

        Dates are ISO 8601 texts; the earliest and the latest possible day are both included, and
        None where a date has no bound or an event no end.

        Raises:
            ImportError: pandas is not installed.

        """
        return data_frame(map(_row, self.events), _COLUMNS)

    @cached_property
    def done(self) -> tuple[Event, ...]:
        """The events that took place: planned ones are left out."""
        return tuple(event for event in self.events if not event.planned)

    def all_of(self, *kinds: type[E]) -> tuple[E, ...]:
        """The events of some kinds that took place, in order."""
        found = self._by_kinds.get(kinds)
        if found is None:
            found = tuple(event for event in self.done if isinstance(event, kinds))
            self._by_kinds[kinds] = found
        return found

    @cached_property
    def moments_on_record(self) -> tuple[tuple[PartialDate, Event], ...]:
        """The moments that show the patient alive: starts, and ends that came, with their event."""
        done = [each for each in self.done if not isinstance(each, Death)]
        ended = [each for each in done if isinstance(each.at, Period) and not each.at.ongoing]
        ends = [(each.end, each) for each in ended if each.end is not None]
        return (*((each.start, each) for each in done), *ends)

    def place(self, event: Event) -> int:
        """The number of an event among those of the case, counted from 0."""
        return self._places[id(event)]

    @cached_property
    def _places(self) -> dict[int, int]:
        numbered = reversed(list(enumerate(self.events)))  # of one that is listed twice the first
        return {id(event): place for place, event in numbered}

    @cached_property
    def _by_kinds(self) -> dict[tuple[type[Any], ...], tuple[Any, ...]]:
        """Cached results: rules use the scans of a case a hundred times."""
        return {}

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The systemic lines by number, as the report counts them; no rule changes them."""
        return lines_of(self.done)

    def line(self, number: int | None) -> Line | None:
        """The line with a number; None where the case has no such line."""
        return next((each for each in self.lines if each.number == number), None)

    @property
    def diagnosis(self) -> Event | None:
        """The first diagnosis on record."""
        return next(iter(self.all_of(Diagnosis)), None)

    def days_of(self, moment: Moment) -> Span:
        """The days of the start or the end of an event; of an end not on record all from then."""
        return _moment_span(moment)

    def days_between(self, early: Moment, late: Moment) -> Span:
        """The days from one moment of an event to a moment of another; negative if it is earlier.

        Both ends of the range are included. Where one is counted from the other, however vague
        the dates of both, it is that distance; else it is what the two dates leave.
        """
        spans = [_moment_span(each) for each in (early, late)]
        apart = spans[1] - spans[0]
        keys = [(self._places.get(id(event), -1), side) for event, side in (early, late)]
        known = self._distances.between(keys[0], keys[1])
        return apart if known is None else (apart & known) or apart

    def states_order(self, early: Moment, late: Moment) -> bool:
        """Whether the record states that one moment of an event does not come after another.

        It does by an order (``before line 1``), by a distance, and by the order of the kinds, as
        that lines begin in turn; two dates alone state none.
        """
        keys = [(self._places.get(id(event), -1), side) for event, side in (early, late)]
        if keys[0] not in self._later:
            self._later[keys[0]] = reachable(keys[0], self._steps)
        return keys[1] in self._later[keys[0]]

    @cached_property
    def _later(self) -> dict[MomentKey, frozenset[MomentKey]]:
        """Cached results."""
        return {}

    @cached_property
    def _steps(self) -> dict[MomentKey, list[MomentKey]]:
        """From each moment those that are stated not to come before it."""
        steps: dict[MomentKey, list[MomentKey]] = {}
        for edge in self._distances.edges:
            if edge.least >= 0:
                steps.setdefault(edge.early, []).append(edge.late)
            if edge.most <= 0:
                steps.setdefault(edge.late, []).append(edge.early)
        return steps

    def days_between_dates(self, early: PartialDate, late: PartialDate) -> Span:
        """The same between two dates, of which those of events of the case are known as such."""
        known = [self._moments.get(id(early)), self._moments.get(id(late))]
        if known[0] is None or known[1] is None:
            return late.span - early.span
        return self.days_between(known[0], known[1])

    @cached_property
    def _moments(self) -> dict[int, Moment]:
        """The start or the end of an event by the identity of its date."""
        starts: dict[int, Moment] = {id(event.start): (event, "start") for event in self.events}
        ends: dict[int, Moment] = {id(e.end): (e, "end") for e in self.events if e.end is not None}
        return {**ends, **starts}

    @cached_property
    def _distances(self) -> Distances:
        return case_distances(self.events, self.stated_edges)

    @cached_property
    def stated_edges(self) -> tuple[Precedence, ...]:
        """The order of the moments of the events, and the days between them, as they state it."""
        return stated_order(self.events, named=self._by_name)[0]

    def find(self, reference: str) -> tuple[Event, PartialDate]:
        """An event and the moment of it that a reference means. ValueError names the near ones."""
        return find_named(self._by_name, reference)

    def target(self, reference: str) -> Target | None:
        """The moment that the words of an order or a time count from, and the days from it.

        None where it is an end that is not on record. The case has read each reference of its
        own events before; ValueError for another that means nothing.
        """
        return target(reference, self._by_name, self._places)

    def moment(self, reference: str) -> tuple[Moment, Span]:
        """The moment that a reference counts from, and the days from it to what it means.

        Args:
            reference: an event (``surgery``), a cycle of a treatment (``cycle 4 of line 2``), or a
                time that is counted from either (``line 1 + 8 weeks``).

        Returns:
            The event and its start or its end; and the days from that moment, both ends included:
            0 where the reference names the moment itself.

        Raises:
            ValueError: the reference means nothing in this case.

        """
        return moment_named(self._by_name, self._places, reference)

    @cached_property
    def _by_name(self) -> EventReference:
        return by_name(self.events)

    @classmethod
    def of(
        cls,
        name: str,
        events: tuple[Event, ...],
        patient: Patient = UNSTATED,
        source: str = "",
        where: Where = FILE,
        unread: frozenset[str] = frozenset(),
    ) -> tuple[Case | None, tuple[Problem, ...]]:
        """A case whose references are resolved and whose dates are narrowed by order.

        The ends that follow from the cycles are left out where they are against other dates.
        """
        events = ended_by_single_fraction(ended_by_death(events))
        ended = events if unread else ended_by_cycles(events)
        if ended != events:
            found, _ = cls._ordered(name, ended, patient, source, where, unread)
            if found is not None:
                return found, ()
        return cls._ordered(name, events, patient, source, where, unread)

    @classmethod
    def _ordered(
        cls,
        name: str,
        events: tuple[Event, ...],
        patient: Patient,
        source: str,
        where: Where,
        unread: frozenset[str],
    ) -> tuple[Case | None, tuple[Problem, ...]]:
        ordered = apply_order(events, unread)
        named = invalid_ids(events) + own_references(events)
        problems = (
            named
            + ordered.unplaced
            + unknown_lines(events, unread)
            + unknown_settings(events, unread)
            + history_problems(events)
        )
        apart = tuple(each for n, each in enumerate(events) if n not in ordered.conflicting)
        placed = ordered.events or apart
        faults = ordered.faults + misdated(placed, complete=not unread)
        problems += order_problems(events, ordered.edges, faults, complete=not unread)
        if problems in ((), ordered.unplaced) and not (ordered.conflicting or ordered.is_circular):
            known = ordered.events or events
            problems += joint_problems(known, ordered.edges, complete=not unread)
        resolved, unplaced = with_resolutions(ordered.events, unread)
        ordered, problems = attrs.evolve(ordered, events=resolved), problems + unplaced
        if ordered.events and not (faults or unread):  # other faults leave the lines as they are
            assessed, open_lines = with_lines(ordered)
            ordered, problems = within_lines(ordered, assessed), problems + open_lines
        if problems or unread:
            return None, problems
        events = tuple(ordered.events[number] for number in chronological(ordered))
        return cls(name=name, events=events, patient=patient, source=source, where=where), ()


def _moment_span(moment: Moment) -> Span:
    """The days of the start or the end of an event; of an end that is not stated all from then."""
    event, side = moment
    if side == "start":
        return event.start.span
    return event.end.span if event.end is not None else Span(event.start.span.low, NEVER_ENDS)


def _details(event: Event) -> str:
    """The event's own fields in one line: ``drugs doxorubicin; line 1``."""
    return "; ".join(f"{name} {_text(value)}" for name, value in field_values(event).items())


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(" ".join(map(str, v)) if isinstance(v, tuple) else str(v) for v in value)
    return str(value)


def _row(event: Event) -> dict[str, Any]:
    start, end = event.start.span, event.end.span if event.end is not None else None
    days = (start.low, start.high, *((end.low, end.high) if end is not None else (None, None)))
    dates = (format_day(day) if isinstance(day, int) else None for day in days)
    texts = (_details(event), event.place)
    return dict(zip(_COLUMNS, (event.kind, event.at.text, *dates, event.planned, *texts),
                    strict=True))  # fmt: skip
