"""One lane of a swimmer: bars of treatment, the span of response, and signs at their months."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from renderers.bars import Stay, bars
from renderers.hung import hung
from renderers.inline import Item, Words, lowered
from renderers.page import last_known
from renderers.scene import SMALL, Frame, Mark, Reach
from renderers.spot import Spot, ends_of, signs, since, spot
from renderers.standing import (
    criterion_of,
    progression_free,
    response_span,
    sign_of,
    statuses_of,
)
from renderers.style import line_style
from timeline.edtf import When
from timeline.events import Death, LastContact
from timeline.lines import Line
from timeline.reading import Reading
from timeline.span import NEVER_ENDS, Span

BAR = 3.2  # millimetres
_PITCH = 5.8  # of a line of signs: the bar, and the brackets below it
_BELOW = 2.6  # of a bracket, under the bar
_TAIL = 3.0  # of a bar whose end is not stated


@attrs.frozen(kw_only=True)
class Lane:
    """What one lane shows: some lines of one patient, from the start of the first of them."""

    reading: Reading
    lines: tuple[Line, ...]
    is_last: bool = True  # whether the patient's record ends in this lane
    in_words: bool = True  # whether each status is written below its sign

    @property
    def origin(self) -> When:
        return self.lines[0].start.start

    @property
    def shown(self) -> Span:
        """Days from the origin to the end of the record, at the most."""
        cutoff = last_known(self.reading.case)[0]
        days = Span(int(cutoff.low), int(cutoff.high)) - self.origin.span
        return Span(0, max(1, days.high if days.high != NEVER_ENDS else 1))

    @property
    def cutoff(self) -> Spot:
        """The end of the record, in days from the origin."""
        found = last_known(self.reading.case)[0]
        days = Span(int(found.low), int(found.high))
        record = When("end of the record", strict=days, span=days)
        return since(record, self.origin, self.shown)

    @property
    def length(self) -> float:
        """Days to the end of the last thing in it."""
        ends = [spot_.high for stay in self.stays() for spot_ in (stay.start, stay.end) if spot_]
        ends += [place.high for _, place, _ in self.signs()]
        return max(ends, default=1.0)

    def place(self, when: When) -> Spot:
        return since(when, self.origin, self.shown)

    def stays(self) -> Iterator[Stay]:
        for line in self.lines:
            for each in line.treatments:
                start, end, goes_on = ends_of(each)
                first = spot(Span.point(0), self.shown) if start is self.origin else None
                yield Stay(
                    style=line_style(line.number),
                    start=first or self.place(start),
                    end=self.cutoff if goes_on else self.place(end) if end else None,
                    goes_on=goes_on,
                    height=BAR,
                )

    def signs(self) -> Iterator[tuple[str, Spot, str]]:
        """Style, place and words of each sign, in order of time."""
        for line in self.lines:
            for status in self.reading.status(criterion_of(line), line.number):
                style, word = sign_of(status)
                yield style, self.place(status.scan.start), word
        if self.is_last:
            yield from self._end()

    def _end(self) -> Iterator[tuple[str, Spot, str]]:
        """The sign of death, or of being alive where no arrow says so."""
        case = self.reading.case
        for death in case.all_of(Death)[-1:]:
            yield "death", self.place(death.start), "death"
            return
        if not any(stay.goes_on for stay in self.stays()):
            for contact in case.all_of(LastContact)[-1:]:
                yield "alive", self.place(contact.start), "alive"


def marks_of(lane: Lane, frame: Frame) -> tuple[tuple[Mark, ...], float]:
    """The marks of a lane and the height it needs, in millimetres."""
    items = [
        Item(signs(place, style, below=_BELOW), (Words(word, SMALL),) if lane.in_words else ())
        for style, place, word in lane.signs()
    ]
    signed, height = hung(items, frame, frame.right, _PITCH)
    tail = frame.days(_TAIL)
    under = [*_follow_up(lane), *(mark for stay in lane.stays() for mark in bars(stay, tail))]
    under += [mark for line in lane.lines for mark in _response(lane, line)]
    return (*(lowered(mark, _PITCH / 2) for mark in under), *signed), max(height, _PITCH)


def _follow_up(lane: Lane) -> Iterator[Mark]:
    """A thin line to the day the patient is last known of, where bars do not cover all of it."""
    covered = len(lane.lines) == 1 and any(stay.goes_on for stay in lane.stays())
    if lane.is_last and not covered and lane.cutoff.low > 0:
        end = lane.cutoff.low
        yield Reach(style="follow-up", low=0.0, high=end, open_low=True, open_high=True)


def _response(lane: Lane, line: Line) -> Iterator[Mark]:
    """The thin dark line inside the bar, over the span of response."""
    statuses = statuses_of(lane.reading, line)
    found = response_span(statuses, progression_free(lane.reading, line))
    if found:
        first, last, certain = found
        low, high = lane.place(first).at, lane.place(last).at
        if low < high:
            style = "response" if certain else "possible response"
            yield Reach(style=style, low=low, high=high)
