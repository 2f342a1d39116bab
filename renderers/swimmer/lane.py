"""The lanes of a swimmer plot as data, whatever they were made from: one `Lane` for each.

Days count from the time zero of the lane, or are ordinals where the axis is a calendar.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import attrs

from renderers.layout.bars import TreatmentBar
from renderers.layout.date_ranges import DateRange
from renderers.scene.scene import RangeMark
from renderers.scene.styles import Style
from renderers.text.sort_keys import Rank, rank
from timeline.core.frozen_class import frozen
from timeline.core.span import Span

FEW = 12  # lanes of which each has several lines of text
CALENDAR = Span.point(0)  # the time zero of a lane whose days are ordinals
Words = tuple[tuple[str, bool], ...]  # lines of text, each bold or not
Colours = tuple[tuple[str, str], ...]  # drug or state, and the style of its bars
Named = tuple[tuple[str, str, str], ...]  # style, group of the legend, words


@frozen(kw_only=True)
class ColumnCell:
    """The text of a lane in one column; ``marker`` is the style of a marker before it, or empty."""

    lines: Words = ()
    marker: str = ""
    rank: Rank = ()

    @property
    def text(self) -> str:
        """Its lines, with commas between."""
        return ", ".join(text for text, _ in self.lines)


@frozen(kw_only=True)
class LaneMarker:
    """A marker on a lane at its dates; ``word`` is below it where lanes are high enough."""

    style: str
    dates: DateRange
    word: str = ""
    tooltip: str = ""


@frozen(kw_only=True)
class Lane:
    """One lane; the layout needs nothing else.

    ``unmarked`` are scans without a marker of their own. ``follow_up`` are the days on which the
    patient is known to be alive, ``time_zero`` the dates that the lane may count from (None where
    they are not known), ``cutoff`` the day of the stated data cut-off. ``every_cell`` reads the
    heading and the cell of each column that there is, shown or not.
    """

    name: str
    bars: tuple[TreatmentBar, ...] = ()
    responses: tuple[RangeMark, ...] = ()
    markers: tuple[LaneMarker, ...] = ()
    unmarked: tuple[LaneMarker, ...] = ()
    follow_up: RangeMark | None = None
    time_zero: Span | None = None
    cutoff: float | None = None
    cells: tuple[tuple[str, ColumnCell], ...] = ()
    every_cell: Callable[[], tuple[tuple[str, ColumnCell], ...]] = attrs.field(
        default=tuple, repr=False, eq=False
    )
    group: str = ""

    def cell(self, column: str) -> ColumnCell:
        """Its cell in a column; an empty one where it has none."""
        return dict(self.cells).get(column, ColumnCell())

    @property
    def days(self) -> tuple[float, float]:
        """The first and the last day of the lane, both included."""
        dates = [each for bar in self.bars for each in (bar.start, bar.end) if each]
        dates += [marker.dates for marker in self.markers]
        lows, highs = [each.low for each in dates], [each.high for each in dates]
        for bar in (each for each in self.bars if each.end is None):
            shown = (bar.start.low + bar.given, bar.open_until)
            highs += [day for day in shown if day is not None]
        if self.follow_up:
            lows, highs = [*lows, self.follow_up.low], [*highs, self.follow_up.high]
        return min(lows, default=0.0), max(highs, default=1.0)

    @property
    def treated(self) -> float:
        """Days on treatment, at the latest dates; what overlaps counts once, gaps do not."""
        spans = sorted((bar.start.low, (bar.end or bar.start).high) for bar in self.bars)
        total, reach = 0.0, -math.inf
        for low, high in spans:
            total += max(0.0, high - max(low, reach))
            reach = max(reach, high)
        return total

    @property
    def length(self) -> float:
        """Days from time zero to the last day; on a calendar, from the first day."""
        low, high = self.days
        return high - (low if self.time_zero == CALENDAR else 0.0)


@frozen(kw_only=True)
class LaneSet:
    """The lanes of a figure, the labels of their colours, and which patients have no lane."""

    lanes: tuple[Lane, ...]
    headings: tuple[tuple[str, str, bool], ...] = ()  # column, heading, whether on the left
    named: Named = ()
    own: tuple[Style, ...] = ()  # of the bars that are coloured by a name
    left_out: tuple[tuple[str, str], ...] = ()  # patient, what is missing
    requested: int = 0  # lanes, with those left out
    titles: tuple[tuple[str, str], ...] = ()  # groups of the legend, with their own names


def cell_text(text: str) -> ColumnCell:
    """A cell of one line."""
    return ColumnCell(lines=((text, False),) if text else (), rank=rank(text))
