"""What the lane of a case shows: bars of treatment, response spans and markers of some lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any

import attrs

from renderers.axes.calendar_page import is_dated, last_known, record_ends
from renderers.layout.bars import TreatmentBar
from renderers.layout.beside_stated import beside_stated
from renderers.layout.date_ranges import DateRange, date_range, ends_of
from renderers.layout.given_together import given_together
from renderers.scene.scene import RangeMark
from renderers.scene.styles import line_style
from renderers.swimmer.alignment import TimeZero, days_from, first_day_shown
from renderers.swimmer.lane import Colours, LaneMarker
from renderers.swimmer.lanes.marked_scans import marked_scans
from renderers.swimmer.lanes.turns import treatments_in_turn
from renderers.swimmer.response_spans import CATEGORIES, by_category, response_pieces
from renderers.text.date_words import in_words, worded
from renderers.text.events import (
    at_site,
    changed,
    course,
    event_sentence,
    irradiated,
    possible_days,
    procedure,
)
from renderers.text.line_summary import (
    best_response_of,
    criterion_of,
    marker_of,
    progression_free,
    remarks_text,
    response_of,
    statuses_of,
)
from renderers.text.named_moment import named_moment
from renderers.text.translation import either, translate
from timeline.core.calendar.dates import PartialDate
from timeline.core.span import NEVER_BEGAN, NEVER_ENDS, Number, Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.case import Case
from timeline.record.events import (
    Ablation,
    Death,
    DoseHeld,
    DoseIncreased,
    DoseReduced,
    DoseResumed,
    Embolisation,
    Event,
    LastContact,
    Metastasis,
    Radiotherapy,
    Relapse,
    StatedProgression,
    Surgery,
    Treatment,
    TreatmentChange,
    TreatmentRefused,
)
from timeline.record.lines import Line
from timeline.record.ordering.event_order import ended_pairs
from timeline.results.courses import Course, courses, next_line_start
from timeline.results.statuses import Status
from timeline.terminology.criteria import PROGRESSIONS, meaning

# Markers that show why a treatment stopped.
_REASON_MARKERS = (*PROGRESSIONS, "either", "death")
# What a lane shows beside scans: its marker, and its text in a tooltip.
_STATED: dict[type[Event], tuple[str, Callable[[Any], str]]] = {
    DoseHeld: ("dose held", changed),
    DoseReduced: ("dose reduced", changed),
    DoseIncreased: ("dose increased", changed),
    DoseResumed: ("dose resumed", changed),
    TreatmentRefused: ("refused", changed),
    Surgery: ("surgery", procedure),
    Ablation: ("local therapy", at_site),
    Embolisation: ("local therapy", at_site),
    Radiotherapy: ("radiotherapy begun", irradiated),
    StatedProgression: ("progression", procedure),
    Relapse: ("relapse", at_site),
    Metastasis: ("metastasis", at_site),
}
LOCAL = (Surgery, Ablation, Embolisation, Radiotherapy)
_BEYOND = 28  # days at least that are shown of a range without an end
_REASONS_SHOWN = ("progression", "death")  # where it stopped for one of these reasons


@attrs.frozen(kw_only=True)
class LaneContent:
    """Some lines of one patient, in order, in days from a time zero.

    ``colour`` is what bars are coloured by, ``label`` the text of that column where it is one,
    and ``styles`` gives a style to each drug, regimen or text.
    """

    derived: DerivedCase
    lines: tuple[Line, ...]
    time_zero: TimeZero
    is_last: bool = True  # whether the patient's record ends in this lane
    colour: str = "line"
    label: str = ""
    styles: Colours = ()
    scans: str = "all"  # which scans have a marker: a name of ``marked_scans.WISHES``

    @cached_property
    def _record_end(self) -> Span:
        """The days on which the record may end."""
        found = last_known(self.derived.case)[0]
        return Span(int(found.low), int(found.high))

    @cached_property
    def record_end(self) -> DateRange:
        """The end of the record on the lane: the latest of the dates that may be it."""
        ends = [self._days(when, after=True) for when in record_ends(self.derived.case)[0]]
        days = Span(max(each.low for each in ends), max(each.high for each in ends))
        by_order = all(self._by_order(when, days) for when in record_ends(self.derived.case)[0])
        return date_range(days, self.shown, by_order=by_order)

    @cached_property
    def shown(self) -> Span:
        """The days at which a range without an end is cut."""
        start = self.lines[0].start.start
        if self.time_zero.when is None:
            record = self._record_end
            first = start.span.low if start.span.is_bounded else record.low
            return Span(int(min(first, record.low)), record.high)
        ends = [self._days(when) for when in record_ends(self.derived.case)[0]]
        every = [self._days(when) for when, _ in self.derived.case.moments_on_record]
        last = max((day for days in every for day in (days.low, days.high)
                    if day not in (NEVER_BEGAN, NEVER_ENDS)), default=1)  # fmt: skip
        high = max(days.high for days in ends)
        high = last + max(_BEYOND, last // 10) if high == NEVER_ENDS else high
        low = self._days(start).low
        first = self._first_day(start) if low == NEVER_BEGAN else low
        return Span(int(min(0, first)), max(1, int(high)))

    def _first_day(self, when: PartialDate) -> Number:
        zero = self.time_zero.when
        return 0 if zero is None else first_day_shown(when, zero, self.derived.case)

    def dates_of(self, when: PartialDate, *, after: bool = False) -> DateRange:
        """The days of a date on the lane; ``after``: it is known not to be before time zero."""
        days = self._days(when, after=after)
        shown = self.shown
        if days.low == NEVER_BEGAN and self.time_zero.when is not None:
            shown = Span(int(self._first_day(when)), shown.high)
        found = date_range(days, shown, by_order=self._by_order(when, days))
        found = beside_stated(found, when, self._named)
        return _at_open_end(found) if when.before and not when.after else found

    def _named(self, word: str, name: str) -> Span | None:
        """The days on the lane of the event that a date of order names."""
        case = self.derived.case
        if (moment := named_moment(case, word, name)) is None:
            return None
        number, side, target = moment
        event = case.events[number]
        when = event.end if side == "end" else event.start
        return None if when is None else self._days(when) + target.days(when.span)

    def _days(self, when: PartialDate, *, after: bool = False) -> Span:
        after = after and not self.time_zero.fixed
        found = self._known.get((id(when), after))
        if found is None:
            days = days_from(when, self.time_zero, self.derived.case, after=after)
            self._known[id(when), after] = found = (when, days)
        return found[1]

    @cached_property
    def _known(self) -> dict[tuple[int, bool], tuple[PartialDate, Span]]:
        """Cached results: the days of a date, which is kept so that no other takes its identity."""
        return {}

    def _by_order(self, when: PartialDate, days: Span) -> bool:
        """Whether only the order of a date is known, and no time that is counted between."""
        zero = self.time_zero.when
        if when is zero or (zero is not None and when.relative and days.is_bounded):
            return False
        return when.by_order or (zero is not None and zero.by_order)

    def _dates_in(self, line: Line, when: PartialDate) -> DateRange:
        """The days of a date of a line, which is not before the start of that line."""
        from_line = self.time_zero.from_line
        return self.dates_of(when, after=from_line is not None and line.number >= from_line)

    @cached_property
    def bars(self) -> tuple[TreatmentBar, ...]:
        """The treatments; drugs of one time are one above the other, and holds are gaps.

        Treatments of which only the order is known are one after the other.
        """
        of_lines = [(each, line) for line in self.lines for each in line.treatments]
        places = [self.derived.case.place(each) for each, _ in of_lines]

        def pairs() -> Iterator[tuple[int, int]]:
            case = self.derived.case
            for one, other in ended_pairs(case.events, case.stated_edges):
                if one in places and other in places:
                    yield places.index(one), places.index(other)

        drawn = [list(self._bars_of(each, line)) for each, line in of_lines]
        return tuple(given_together(treatments_in_turn(drawn, pairs())))

    def _bars_of(self, treatment: Treatment, line: Line) -> Iterator[TreatmentBar]:
        """The bars of the drugs of a treatment, or of its regimen: one for each course."""
        every = tuple(drug.agent for drug in treatment.drugs)
        for slot, (style, agent) in enumerate(self._coloured(treatment, line)):
            agents = (agent,) if self.colour == "drug" else every
            for given in courses(treatment, agents, self.derived.case):
                start, end = self._dates_of_course(given, line)
                yield TreatmentBar(
                    style=style,
                    start=start,
                    end=end,
                    goes_on=given.goes_on and self._day_of_death is None,
                    given=given.certain_days,
                    open_until=self._open_until(treatment),
                    limit=self._day_of_death,
                    slot=(slot, len(self.names(treatment))),
                    tooltip=_bar_tooltip(self.derived, treatment, line, agent),
                )

    @cached_property
    def _day_of_death(self) -> float | None:
        """The last possible day of death, beyond which no bar is drawn; None without a death."""
        deaths = self.derived.case.all_of(Death)
        return self.dates_of(deaths[-1].start).high if deaths else None

    def _open_until(self, treatment: Treatment) -> float:
        """The last day of a treatment of which no end is stated."""
        following = next_line_start(treatment, self.derived.case)
        return (self.record_end if following is None else self.dates_of(following)).high

    def _dates_of_course(self, given: Course, line: Line) -> tuple[DateRange, DateRange | None]:
        start = self._dates_in(line, given.start)
        end = self._dates_in(line, given.end) if given.end else None
        if given.goes_on:
            end = self.record_end
        if given.is_possible and end is not None:
            start = attrs.evolve(start, high=max(start.high, end.low))
        return start, end

    def names(self, treatment: Treatment) -> tuple[str, ...]:
        """What the parts of a bar are coloured by: drugs, or one regimen, line or text."""
        if self.colour == "drug":
            return tuple(drug.agent for drug in treatment.drugs)
        return (self.label or treatment.regimen,)

    def _coloured(self, treatment: Treatment, line: Line) -> list[tuple[str, str]]:
        """The style of each part of a bar, with the drug or regimen that the part is."""
        if self.colour == "line":
            return [(line_style(line.number), treatment.regimen)]
        styles = dict(self.styles)
        agents = self.names(treatment) if self.colour == "drug" else (treatment.regimen,)
        return [
            (styles[name], agent) for name, agent in zip(self.names(treatment), agents, strict=True)
        ]

    def markers(self) -> Iterator[LaneMarker]:
        """The statuses in order of time, what is stated, why treatment stopped, how it ends."""
        statuses = list(self._judged(marked=True))
        ends = list(self._end()) if self.is_last else []
        yield from statuses
        yield from self._stated()
        yield from self._stops([*statuses, *ends])
        yield from ends

    def unmarked(self) -> tuple[LaneMarker, ...]:
        """The scans that have no marker of their own, in order of time."""
        return tuple(self._judged(marked=False))

    def _judged(self, *, marked: bool) -> Iterator[LaneMarker]:
        """The scans that have a marker, or those that have none."""
        for line in self.lines:
            statuses = self._statuses(line)
            for status, has_one in zip(statuses, marked_scans(statuses, self.scans), strict=True):
                if has_one == marked:
                    yield self._status(status, line)

    def _statuses(self, line: Line) -> tuple[Status, ...]:
        return self.derived.status(criterion_of(line), line.number)

    def _status(self, status: Status, line: Line) -> LaneMarker:
        style, word = marker_of(status)
        judged = translate(
            "{response} by {criterion}, line {number}",
            response=word, criterion=status.criterion, number=line.number,
        )  # fmt: skip
        tooltip = event_sentence(
            worded(status.scan, self.derived.case),
            "; ".join(part for part in (judged, status.why) if part),
        )
        dates = self._dates_in(line, status.scan.start)
        return LaneMarker(style=style, dates=dates, word=word, tooltip=tooltip)

    def _stated(self) -> Iterator[LaneMarker]:
        """Changes of dose, local therapy, and progression stated without a scan."""
        for line in self.lines:
            for each in self.derived.case.all_of(*_STATED):
                if line_at(each, self.derived.case) == line.number:
                    style, text = _STATED[type(each)]
                    yield LaneMarker(
                        style=style,
                        dates=self._dates_in(line, each.start),
                        word=translate(each.kind),
                        tooltip=event_sentence(worded(each, self.derived.case), text(each)),
                    )

    def _stops(self, others: Sequence[LaneMarker]) -> Iterator[LaneMarker]:
        """Why each treatment stopped, unless another marker shows it.

        A marker of that time does, and so does a progression after which no scan was done before
        treatment stopped for progression: the triangle and the end of the bar say it all.
        """
        for line in self.lines:
            for each in line.treatments:
                _, end, goes_on = ends_of(each)
                if not each.stop or end is None or goes_on:
                    continue
                dates = _at_open_end(self._dates_in(line, end))
                begun = self._dates_in(line, each.start)
                if each.stop in _REASONS_SHOWN and any(
                    (other.style in _REASON_MARKERS and _overlap(other.dates, dates))
                    or (other.style in PROGRESSIONS and self._leads_to(other.dates, begun, dates))
                    for other in others
                ):
                    continue
                yield LaneMarker(
                    style=f"stop {each.stop}",
                    dates=dates,
                    word=translate(each.stop),
                    tooltip=event_sentence(
                        worded(each, self.derived.case),
                        translate(
                            "line {number} stopped: {reason}",
                            number=line.number,
                            reason=translate(each.stop),
                        ),
                    ),
                )

    def _leads_to(self, progression: DateRange, begun: DateRange, stop: DateRange) -> bool:
        """Whether a progression is the last scan of a treatment before it stopped."""
        if not begun.low <= progression.low <= stop.high:
            return False
        return not any(
            progression.high < each.low and each.high <= stop.high for each in self._days_of_scans
        )

    @cached_property
    def _days_of_scans(self) -> tuple[DateRange, ...]:
        """The days of each scan that has a status."""
        return tuple(
            self._dates_in(line, status.scan.start)
            for line in self.lines
            for status in self._statuses(line)
        )

    def _end(self) -> Iterator[LaneMarker]:
        """The marker of death; of alive or unknown where no arrow shows ongoing treatment."""
        case = self.derived.case
        for death in case.all_of(Death)[-1:]:
            yield self._last("death", death, death.cause or translate(death.disease_status))
            return
        if any(ends_of(each)[2] for line in self.lines for each in line.treatments):
            return
        for contact in case.all_of(LastContact)[-1:]:
            yield self._last("alive", contact, translate(contact.disease_status))
            return
        yield LaneMarker(
            style="end unknown",
            dates=self.record_end,
            word=translate("last dated event"),
            tooltip=translate("last dated event; vital status not stated"),
        )

    def _last(self, style: str, event: Event, more: str) -> LaneMarker:
        tooltip = event_sentence(
            worded(event, self.derived.case),
            ", ".join(part for part in (translate(style), more) if part),
        )
        dates = self.dates_of(event.start, after=True)
        return LaneMarker(style=style, dates=dates, word=translate(style), tooltip=tooltip)

    def follow_up(self) -> RangeMark | None:
        """A line to the day on which the patient was last known alive, unless bars cover it."""
        covered = len(self.lines) == 1 and any(bar.goes_on for bar in self.bars)
        start = self._dates_in(self.lines[0], self.lines[0].start.start).low
        end = self.record_end.low if self.is_last else self._last_scan
        if covered or end <= start:
            return None
        tooltip = translate("known to be alive")
        if is_dated(self.derived.case):
            end_days = possible_days(self._record_end)
            tooltip = translate("known to be alive up to {days}", days=end_days)
        return RangeMark(
            style="follow-up", low=start, high=end, open_low=True, open_high=True,
            tooltip=tooltip if self.is_last else translate("last scan"),
        )  # fmt: skip

    @property
    def _last_scan(self) -> float:
        """The first possible day of the last scan of the lane."""
        scans = (
            self._dates_in(line, status.scan.start)
            for line in self.lines
            for status in self._statuses(line)
        )
        return max((dates.low for dates in scans), default=0.0)

    def responses(self) -> Iterator[RangeMark]:
        """The responses, each as its certain and its possible pieces."""
        for line in self.lines:
            found = response_of(
                statuses_of(self.derived, line), progression_free(self.derived, line)
            )
            if found is not None:
                starts, ends = (
                    tuple(self._dates_in(line, when) for when in whens)
                    for whens in (found.starts, found.ends)
                )
                case = self.derived.case
                first, last = (
                    "; or ".join(str(in_words(each, case)) for each in whens)
                    for whens in (found.starts, found.ends)
                )
                tooltip = translate(
                    "line {number}: from {first} to {last}",
                    number=line.number, first=first, last=last,
                )  # fmt: skip
                pieces = response_pieces(starts, ends, certain=found.certain)
                for piece in by_category(pieces, self._categories(line)):
                    yield attrs.evolve(piece, tooltip=f"{translate(piece.style)}, {tooltip}")

    def _categories(self, line: Line) -> list[tuple[float, str]]:
        """From which day on a response is certainly partial or complete, in order of time."""
        found = []
        for status in statuses_of(self.derived, line):
            codes = {meaning(label) for label in status.labels}
            if len(codes) == 1 and (style := CATEGORIES.get(next(iter(codes)))):
                found.append((self._dates_in(line, status.scan.start).high, style))
        return found


def line_at(event: Event, case: Case) -> int | None:
    """The line in whose lane an event is drawn: the one that a change names, else the last begun.

    None of an event before the first line, which no lane shows.
    """
    if isinstance(event, TreatmentChange):
        return event.line
    begun = (line.number for line in case.lines if case.place(line.start) < case.place(event))
    return max(begun, default=None)


def _bar_tooltip(derived: DerivedCase, event: Treatment, line: Line, agent: str) -> str:
    """The regimen, and the best response of the line where it needs a remark."""
    words = (translate("line {number}", number=line.number), agent, course(event))
    sentence = event_sentence(
        worded(event, derived.case), ", ".join(part for part in words if part)
    )
    found = best_response_of(derived, line)
    if found is None or not found.remarks:
        return sentence
    response = translate("best response {response}", response=either(found.labels))
    confirmed = (
        translate("with confirmation: {response}", response=either(found.confirmed))
        if found.confirmed != found.labels
        else ""
    )
    remarked = f"{response} ({remarks_text(found)})"
    return "; ".join(part for part in (sentence, remarked, confirmed) if part)


def _at_open_end(dates: DateRange) -> DateRange:
    """The dates with the marker at the last day, where that is not known and the first one is.

    A bar without a known end is drawn to there; so is what stopped it, or came before its end.
    """
    is_open = dates.open_high and not dates.open_low and not dates.one_sided
    return attrs.evolve(dates, placed=dates.high) if is_open else dates


def _overlap(one: DateRange, other: DateRange) -> bool:
    return one.low <= other.high and other.low <= one.high
