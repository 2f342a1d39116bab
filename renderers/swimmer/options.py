"""The options of a swimmer plot, checked when they are made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from renderers.axes.units import UNITS
from renderers.scene.palette import Palette
from renderers.text.translation import translate
from timeline.core.calendar.dates import parse_edtf
from timeline.core.frozen_class import frozen
from timeline.core.problem import near

Moment = float | str  # units since time zero; on a calendar a day, as 2021-03-01

BY = ("", "line", "patient")
OF_TREATMENT = ("drug", "regimen", "line")  # what bars are coloured by, besides columns
COLOUR = (*OF_TREATMENT, "diagnosis", "site", "sex", "best")
BY_STATE = ("drug", "state")  # of tables: a state is a drug as a rule
SCANS = ("key", "all", "changes")
LEGEND = ("auto", "below", "beside")  # where it stands; auto: beside where there is room


def _one_of(known: tuple[str, ...]) -> Callable[[Any, attrs.Attribute[str], str], None]:
    def check(_: Any, field: attrs.Attribute[str], value: str) -> None:
        if value not in known:
            words = [word for word in known if word]
            raise ValueError(f"unknown {field.name}: {value!r} ({near(value, words)})")

    return check


@frozen(kw_only=True)
class SwimmerOptions:
    """The options of one swimmer plot, each with a default.

    by: a lane for each ``line`` or ``patient``. align: a name of ANCHORS (``start``,
    ``line 2``, ``surgery``..), a day (``2021-03-01``), or ``calendar``. unit: of the axis;
    ``cycles`` needs ``cycle``, their length in days. sort: ``treatment``, ``follow-up``,
    ``start``, ``name`` or a column; ``name reversed`` turns one round. order: names of lanes that
    are above all others. columns: None for the usual. scans: markers of the ``key`` scans (first
    response, better response, progression), of ``all``, or where the status ``changes``.
    cutoff: the day of the data cut-off; cutoff_line: whether a line shows it. references: times
    in units with their words. breaks: parts of the axis in units that are left out; days on a
    calendar. both_axes: dates and time since time zero. colour: what bars are coloured by; of cases
    one of COLOUR, of a table ``drug`` for its states or a column. palette: the colours that the
    project states. legend: where it stands, one of LEGEND.
    """

    by: str = attrs.field(default="", validator=_one_of(BY))
    align: str = ""
    unit: str = attrs.field(default="months", validator=_one_of(tuple(UNITS)))
    cycle: float | None = None
    sort: tuple[str, ...] | None = None
    order: tuple[str, ...] = ()
    group: str = ""
    columns: tuple[str, ...] | None = None
    scans: str = attrs.field(default="key", validator=_one_of(SCANS))
    colour: str = "drug"
    cutoff: str = ""
    cutoff_line: bool = False
    references: tuple[tuple[Moment, str], ...] = ()
    breaks: tuple[tuple[Moment, Moment], ...] = ()
    both_axes: bool = False
    legend: str = attrs.field(default="auto", validator=_one_of(LEGEND))
    palette: Palette = Palette()

    def __attrs_post_init__(self) -> None:
        if self.unit == "cycles" and not (self.cycle and self.cycle > 0):
            raise ValueError("cycles of what length? (give cycle, in days: 21)")
        if self.cutoff and not parse_edtf(self.cutoff).is_exact:
            raise ValueError(f"a cut-off is a day: {self.cutoff!r} (write 2021-03-01)")
        times = [*(at for at, _ in self.references), *(at for each in self.breaks for at in each)]
        for at in times:
            if isinstance(at, str) and not parse_edtf(at).is_exact:
                raise ValueError(f"a time of the axis is a day: {at!r} (write 2021-03-01)")

    def check_case_colour(self) -> None:
        """Raise ValueError if bars of cases cannot be coloured so."""
        if self.colour not in COLOUR:
            raise ValueError(f"unknown colour: {self.colour!r} ({near(self.colour, COLOUR)})")

    @property
    def colour_column(self) -> str:
        """The column of a table that its bars are coloured by; empty for their states."""
        return "" if self.colour in BY_STATE else self.colour

    @property
    def left_out(self) -> tuple[str, ...]:
        """The breaks in words: days, or times in units."""
        return tuple(
            translate("{low} to {high}", low=start, high=end)
            if isinstance(start, str)
            else translate("{low} to {high}", low=f"{start:g}", high=f"{end:g}")
            + f" {translate(self.unit)}"
            for start, end in self.breaks
        )

    @property
    def per_unit(self) -> float:
        """Days of one unit."""
        return self.cycle if self.unit == "cycles" and self.cycle else UNITS[self.unit].days
