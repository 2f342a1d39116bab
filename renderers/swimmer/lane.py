"""A lane of a swimmer as data: what it is called, what fills it, what stands on it, how it ends.

Days count from the nought of the lane, or are ordinals where the figure has a calendar.
"""

from __future__ import annotations

import re

import attrs

from renderers.layout.bars import TreatmentBar
from renderers.layout.date_ranges import DateRange
from renderers.scene.scene import RangeMark
from timeline.core.span import Number, Span

Words = tuple[tuple[str, bool], ...]  # lines of text, each bold or not
Rank = tuple[tuple[int, float, str], ...]
_DIGITS = re.compile(r"(\d+(?:\.\d+)?)")


@attrs.frozen(kw_only=True)
class ColumnCell:
    """What a lane says in one column; ``sign`` is the style of a sign before it, or nothing."""

    lines: Words = ()
    sign: str = ""
    rank: Rank = ()  # what it is sorted by

    @property
    def text(self) -> str:
        return ", ".join(text for text, _ in self.lines)


@attrs.frozen(kw_only=True)
class LaneMarker:
    """A sign on a lane, the word below it where lanes have room for words, and what it tells."""

    style: str
    place: DateRange
    word: str = ""
    tooltip: str = ""


@attrs.frozen(kw_only=True)
class Lane:
    """One lane, whole; every renderer of lanes takes this and nothing else.

    ``follow`` is the stretch over which the patient is known to be alive, ``nought`` the dates
    that the lane's nought may be (None where it is no date), ``cutoff`` the day of the stated
    data cut-off.
    """

    name: str
    stays: tuple[TreatmentBar, ...] = ()
    responses: tuple[RangeMark, ...] = ()
    notes: tuple[LaneMarker, ...] = ()
    follow: RangeMark | None = None
    nought: Span | None = None
    cutoff: float | None = None
    cells: tuple[tuple[str, ColumnCell], ...] = ()
    group: str = ""

    def cell(self, column: str) -> ColumnCell:
        """What it says in a column; an empty cell where it says nothing."""
        return dict(self.cells).get(column, ColumnCell())

    @property
    def days(self) -> tuple[float, float]:
        """The first and the last day of anything in it."""
        spots = [spot for stay in self.stays for spot in (stay.start, stay.end) if spot]
        spots += [note.place for note in self.notes]
        lows, highs = [s.low for s in spots], [s.high for s in spots]
        if self.follow:
            lows, highs = [*lows, self.follow.low], [*highs, self.follow.high]
        return min(lows, default=0.0), max(highs, default=1.0)

    @property
    def length(self) -> float:
        """Days from its nought to the last thing in it; on a calendar, from the first."""
        low, high = self.days
        return high - (low if self.nought == CALENDAR else 0.0)


CALENDAR = Span.point(0)  # the nought of a lane whose days are ordinals


def rank(text: str) -> Rank:
    """How a text sorts: numbers in it by their size, the rest by its letters; nothing last."""
    if not text:
        return ((2, 0.0, ""),)
    parts = _DIGITS.split(text.casefold())
    return tuple(
        (0, float(part), "") if n % 2 else (1, 0.0, part) for n, part in enumerate(parts) if part
    )


def by_size(number: Number | None) -> Rank:
    """How a number sorts; nothing last."""
    return ((0, float(number), ""),) if number is not None else ((2, 0.0, ""),)


def cell_text(text: str) -> ColumnCell:
    """A cell of one line."""
    return ColumnCell(lines=((text, False),) if text else (), rank=rank(text))
