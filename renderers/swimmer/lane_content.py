"""What one lane shows of a patient: some lines against a nought, as bars, spans and signs."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from renderers.axes.calendar_page import last_known
from renderers.layout.bars import TreatmentBar
from renderers.layout.date_ranges import DateRange, date_range, ends_of
from renderers.scene.scene import RangeMark
from renderers.scene.styles import line_style
from renderers.swimmer.alignment import TimeZero, days_from
from renderers.swimmer.lane import LaneMarker
from renderers.swimmer.lane_set import Inks
from renderers.swimmer.response_spans import responded
from renderers.text.events import course, event_sentence
from renderers.text.line_summary import (
    criterion_of,
    marker_of,
    progression_free,
    response_of,
    statuses_of,
)
from renderers.text.translation import translate
from timeline.core.dates import PartialDate, format_days
from timeline.core.span import NEVER_ENDS, Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import Death, Event, LastContact, Treatment
from timeline.record.lines import Line
from timeline.results.statuses import Status
from timeline.terminology.criteria import PROGRESSIONS

_TOLD = (*PROGRESSIONS, "either", "death")  # signs that tell why a treatment ended
_TOLD_BY_THEM = ("progression", "death")


@attrs.frozen(kw_only=True)
class LaneContent:
    """Some lines of one patient, in order, seen from a nought.

    ``inks`` gives a style to each agent where bars are coloured by drug.
    """

    reading: DerivedCase
    lines: tuple[Line, ...]
    nought: TimeZero
    is_last: bool = True  # whether the patient's record ends in this lane
    inks: Inks = ()
    changes: bool = False  # signs only where the status is not that of the scan before

    @property
    def cutoff(self) -> DateRange:
        """The end of the record."""
        found = last_known(self.reading.case)[0]
        days = Span(int(found.low), int(found.high))
        return self.place(PartialDate("end of the record", strict=days, span=days), after=True)

    @property
    def shown(self) -> Span:
        """The days that a range without an end is cut at."""
        record = last_known(self.reading.case)[0]
        start = self.lines[0].start.start.span
        first = start.low if start.is_bounded else record.low
        if self.nought.when is None:
            return Span(int(min(first, record.low)), int(record.high))
        nought = self.nought.when.span
        low = min(0, first - nought.high)
        high = record.high - nought.low
        return Span(int(low), max(1, int(high) if high != NEVER_ENDS else 1))

    def place(self, when: PartialDate, *, after: bool = False) -> DateRange:
        after = after and not self.nought.fixed
        of_nought = self.nought.when is not None and self.nought.when.by_order
        days = days_from(when, self.nought, after=after)
        return date_range(days, self.shown, by_order=when.by_order or of_nought)

    def _of_line(self, when: PartialDate, line: Line) -> DateRange:
        from_line = self.nought.from_line
        return self.place(when, after=from_line is not None and line.number >= from_line)

    def stays(self) -> Iterator[TreatmentBar]:
        for line in self.lines:
            for each in line.treatments:
                start, end, goes_on = ends_of(each)
                for slot, (style, agent) in enumerate(self._inked(each, line)):
                    yield TreatmentBar(
                        style=style,
                        start=self._of_line(start, line),
                        end=self.cutoff if goes_on else self._of_line(end, line) if end else None,
                        goes_on=goes_on,
                        slot=(slot, len(each.drugs) if self.inks else 1),
                        tooltip=_told(each, line, agent),
                    )

    def _inked(self, treatment: Treatment, line: Line) -> list[tuple[str, str]]:
        """The style of each part of a bar and the agent it stands for: one, or one a drug."""
        inks = dict(self.inks)
        if not inks:
            return [(line_style(line.number), treatment.regimen)]
        return [(inks[drug.agent], drug.agent) for drug in treatment.drugs]

    def notes(self) -> Iterator[LaneMarker]:
        """The signs on the lane: statuses in order of time, why treatment ended, the end."""
        statuses = [self._status(status, line) for line in self.lines for status in self._of(line)]
        ends = list(self._end()) if self.is_last else []
        yield from statuses
        yield from self._stops([*statuses, *ends])
        yield from ends

    def _of(self, line: Line) -> tuple[Status, ...]:
        found = self.reading.status(criterion_of(line), line.number)
        if not self.changes:
            return found
        before = (None, *(status.labels for status in found))
        return tuple(s for s, last in zip(found, before, strict=False) if s.labels != last)

    def _status(self, status: Status, line: Line) -> LaneMarker:
        style, word = marker_of(status)
        said = f"{word} by {status.criterion}, line {line.number}"
        tooltip = event_sentence(
            status.scan, "; ".join(part for part in (said, status.why) if part)
        )
        return LaneMarker(
            style=style, place=self._of_line(status.scan.start, line), word=word, tooltip=tooltip
        )

    def _stops(self, told: list[LaneMarker]) -> Iterator[LaneMarker]:
        """Why a treatment ended, unless a sign at that time tells it already."""
        for line in self.lines:
            for each in line.treatments:
                _, end, goes_on = ends_of(each)
                if not each.stop or end is None or goes_on:
                    continue
                place = self._of_line(end, line)
                known = each.stop in _TOLD_BY_THEM and any(
                    note.style in _TOLD and _meet(note.place, place) for note in told
                )
                if not known:
                    tooltip = event_sentence(each, f"line {line.number} stopped: {each.stop}")
                    style = f"stop {each.stop}"
                    yield LaneMarker(
                        style=style, place=place, word=translate(each.stop), tooltip=tooltip
                    )

    def _end(self) -> Iterator[LaneMarker]:
        """The sign of death, or of being alive or unknown where no arrow says so."""
        case = self.reading.case
        for death in case.all_of(Death)[-1:]:
            yield self._last("death", "death", death, death.cause)
            return
        if any(ends_of(each)[2] for line in self.lines for each in line.treatments):
            return
        for contact in case.all_of(LastContact)[-1:]:
            yield self._last("alive", "alive", contact, "")
            return
        yield LaneMarker(
            style="end unknown",
            place=self.cutoff,
            word=translate("not stated"),
            tooltip="last dated event; nothing is said of what became of the patient",
        )

    def _last(self, style: str, word: str, event: Event, more: str) -> LaneMarker:
        tooltip = event_sentence(event, ", ".join(part for part in (word, more) if part))
        place = self.place(event.start, after=True)
        return LaneMarker(style=style, place=place, word=translate(word), tooltip=tooltip)

    def follow(self) -> RangeMark | None:
        """To the day the patient is last known of, where bars do not cover all of it."""
        covered = len(self.lines) == 1 and any(stay.goes_on for stay in self.stays())
        start = self._of_line(self.lines[0].start.start, self.lines[0]).low
        end = self.cutoff.low if self.is_last else self._last_scan
        if covered or end <= start:
            return None
        return RangeMark(
            style="follow-up", low=start, high=end, open_low=True, open_high=True,
            tooltip=(
                f"known to be alive up to {format_days(self._record)}"
                if self.is_last
                else "last scan"
            ),
        )  # fmt: skip

    @property
    def _last_scan(self) -> float:
        """Of the scans of a lane that another one follows, the day of the last."""
        places = (self._of_line(s.scan.start, line) for line in self.lines for s in self._of(line))
        return max((place.low for place in places), default=0.0)

    @property
    def _record(self) -> Span:
        found = last_known(self.reading.case)[0]
        return Span(int(found.low), int(found.high))

    def responses(self) -> Iterator[RangeMark]:
        """The responses, each as what is certain of it and what is not."""
        for line in self.lines:
            found = response_of(
                statuses_of(self.reading, line), progression_free(self.reading, line)
            )
            if found is not None:
                starts, ends = (
                    tuple(self._of_line(when, line) for when in whens)
                    for whens in (found.starts, found.ends)
                )
                first, last = ("; or ".join(map(str, w)) for w in (found.starts, found.ends))
                tooltip = f"line {line.number}: from {first} to {last}"
                for piece in responded(starts, ends, certain=found.certain, tooltip=tooltip):
                    yield attrs.evolve(piece, tooltip=f"{piece.style}, {tooltip}")


def _told(event: Treatment, line: Line, agent: str) -> str:
    said = ", ".join(part for part in (f"line {line.number}", agent, course(event)) if part)
    return event_sentence(event, said)


def _meet(one: DateRange, other: DateRange) -> bool:
    return one.low <= other.high and other.low <= one.high
