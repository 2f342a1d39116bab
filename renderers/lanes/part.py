"""What one lane shows of a patient: some lines against a nought, as bars, spans and signs."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from renderers.bars import Stay
from renderers.lanes.lane import Note
from renderers.lanes.nought import Nought, days_from
from renderers.lanes.pool import Inks
from renderers.lanes.responded import responded
from renderers.scene import Reach
from renderers.spot import Spot, ends_of, spot
from renderers.standing import (
    criterion_of,
    progression_free,
    response_of,
    sign_of,
    statuses_of,
)
from renderers.strips.page import last_known
from renderers.style import line_style
from renderers.wording import course, telling
from renderers.words import say
from timeline.criterion_terms import PROGRESSIONS
from timeline.edtf import When, tell
from timeline.events import Death, Event, LastContact, Treatment
from timeline.lines import Line
from timeline.outcomes.derived import Status
from timeline.reading import Reading
from timeline.span import NEVER_ENDS, Span

_TOLD = (*PROGRESSIONS, "either", "death")  # signs that tell why a treatment ended
_TOLD_BY_THEM = ("progression", "death")


@attrs.frozen(kw_only=True)
class Part:
    """Some lines of one patient, in order, seen from a nought.

    ``inks`` gives a style to each agent where bars are coloured by drug.
    """

    reading: Reading
    lines: tuple[Line, ...]
    nought: Nought
    is_last: bool = True  # whether the patient's record ends in this lane
    inks: Inks = ()
    changes: bool = False  # signs only where the status is not that of the scan before

    @property
    def cutoff(self) -> Spot:
        """The end of the record."""
        found = last_known(self.reading.case)[0]
        days = Span(int(found.low), int(found.high))
        return self.place(When("end of the record", strict=days, span=days), after=True)

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

    def place(self, when: When, *, after: bool = False) -> Spot:
        after = after and not self.nought.fixed
        of_nought = self.nought.when is not None and self.nought.when.by_order
        days = days_from(when, self.nought, after=after)
        return spot(days, self.shown, by_order=when.by_order or of_nought)

    def _of_line(self, when: When, line: Line) -> Spot:
        from_line = self.nought.from_line
        return self.place(when, after=from_line is not None and line.number >= from_line)

    def stays(self) -> Iterator[Stay]:
        for line in self.lines:
            for each in line.treatments:
                start, end, goes_on = ends_of(each)
                for slot, (style, agent) in enumerate(self._inked(each, line)):
                    yield Stay(
                        style=style,
                        start=self._of_line(start, line),
                        end=self.cutoff if goes_on else self._of_line(end, line) if end else None,
                        goes_on=goes_on,
                        slot=(slot, len(each.drugs) if self.inks else 1),
                        tells=_told(each, line, agent),
                    )

    def _inked(self, treatment: Treatment, line: Line) -> list[tuple[str, str]]:
        """The style of each part of a bar and the agent it stands for: one, or one a drug."""
        inks = dict(self.inks)
        if not inks:
            return [(line_style(line.number), treatment.regimen)]
        return [(inks[drug.agent], drug.agent) for drug in treatment.drugs]

    def notes(self) -> Iterator[Note]:
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

    def _status(self, status: Status, line: Line) -> Note:
        style, word = sign_of(status)
        said = f"{word} by {status.criterion}, line {line.number}"
        tells = telling(status.scan, "; ".join(part for part in (said, status.why) if part))
        return Note(
            style=style, place=self._of_line(status.scan.start, line), word=word, tells=tells
        )

    def _stops(self, told: list[Note]) -> Iterator[Note]:
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
                    tells = telling(each, f"line {line.number} stopped: {each.stop}")
                    style = f"stop {each.stop}"
                    yield Note(style=style, place=place, word=say(each.stop), tells=tells)

    def _end(self) -> Iterator[Note]:
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
        yield Note(
            style="end unknown",
            place=self.cutoff,
            word=say("not stated"),
            tells="last dated event; nothing is said of what became of the patient",
        )

    def _last(self, style: str, word: str, event: Event, more: str) -> Note:
        tells = telling(event, ", ".join(part for part in (word, more) if part))
        place = self.place(event.start, after=True)
        return Note(style=style, place=place, word=say(word), tells=tells)

    def follow(self) -> Reach | None:
        """To the day the patient is last known of, where bars do not cover all of it."""
        covered = len(self.lines) == 1 and any(stay.goes_on for stay in self.stays())
        start = self._of_line(self.lines[0].start.start, self.lines[0]).low
        end = self.cutoff.low if self.is_last else self._last_scan
        if covered or end <= start:
            return None
        return Reach(
            style="follow-up", low=start, high=end, open_low=True, open_high=True,
            tells=f"known to be alive up to {tell(self._record)}" if self.is_last else "last scan",
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

    def responses(self) -> Iterator[Reach]:
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
                tells = f"line {line.number}: from {first} to {last}"
                for piece in responded(starts, ends, certain=found.certain, tells=tells):
                    yield attrs.evolve(piece, tells=f"{piece.style}, {tells}")


def _told(event: Treatment, line: Line, agent: str) -> str:
    said = ", ".join(part for part in (f"line {line.number}", agent, course(event)) if part)
    return telling(event, said)


def _meet(one: Spot, other: Spot) -> bool:
    return one.low <= other.high and other.low <= one.high
