"""Where an axis has its ticks when it is drawn at another scale: rules, as data for a page."""

from __future__ import annotations

import attrs


@attrs.frozen(kw_only=True)
class TickUnit:
    """A unit that an axis may count in.

    Attributes:
        length: of one unit, in what the frame of the scene counts (mostly days).
        steps: whole numbers of units between ticks, the finest first.
        title: the title of the axis in this unit.
    """

    length: float
    steps: tuple[int, ...]
    title: str = ""


@attrs.frozen(kw_only=True)
class TickRule:
    """The rule of one axis.

    Attributes:
        zero: the time of the frame that the axis counts from; on a calendar, the time of the
            frame that ordinal 0 would have.
        units: the unit of the axis, then finer ones for when a window holds few of its ticks;
            empty on a calendar.
        months: the twelve months in short, January first, where the axis is a calendar.
    """

    zero: float = 0.0
    units: tuple[TickUnit, ...] = ()
    months: tuple[str, ...] = ()
