"""The timeline of one patient."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.figure import Figure
from timeline.plot.arguments import Cases, checked, figure

if TYPE_CHECKING:
    from timeline.plot.arguments import Target


@checked
def timeline(cases: Cases, *, ax: Target | None = None) -> Figure:
    """One patient's treatment, scans, laboratory values and events on the calendar.

    Args:
        cases: one derived case or case file.
        ax: an ``Axes``, ``SubFigure`` or ``Figure`` of matplotlib to draw into; None for a figure
            of its own.

    Returns:
        The figure, to be saved or shown.

    Raises:
        ValueError: there is no derived case, or two of one name.
        TypeError: something else is given.
    """
    return figure("timeline", cases, ax=ax)
