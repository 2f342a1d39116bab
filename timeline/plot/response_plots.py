"""The spider and the waterfall plot of the change of target lesions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from timeline.figure import Figure
from timeline.plot.arguments import Cases, checked, figure

if TYPE_CHECKING:
    from timeline.plot.arguments import Target


@checked
def spider(
    cases: Cases,
    *,
    line: int | None = None,
    unit: str | None = None,
    colour: str | None = None,
    color: str | None = None,
    confirmed: bool | None = None,
    bridge: bool | None = None,
    palette: Mapping[str, str] | str | Path | None = None,
    ax: Target | None = None,
) -> Figure:
    """A spider plot: the change of the target sum of each patient from baseline over time.

    Args:
        cases: one derived case or case file, or several.
        line: the line of therapy; the default is the first with measured targets.
        unit: of the axis: "days", "weeks", "months" (the default, of 30.4375 days) or "years".
        colour: lines by "best" response (the default), "regimen", "diagnosis", "site" or "sex";
            "none" for black lines.
        color: another spelling of ``colour``.
        confirmed: True for CR and PR as best response only where they are confirmed; the default
            is the best response as first documented.
        bridge: True for a dashed line across scans that were missed.
        palette: the colours of names, such as {"doxorubicin": "#A44C4E"}, or the path of a palette
            file.
        ax: an ``Axes``, ``SubFigure`` or ``Figure`` of matplotlib to draw into; None for a figure
            of its own.

    Returns:
        The figure, to be saved or shown. Saving it is a ValueError if nothing was measured.

    Raises:
        InvalidFile: a case file has faults; all of them are listed.
        ValueError: an option is unknown, or has a wrong value; there is no case, or two of one
            name; the axes are too small.
        TypeError: something else is given.
    """
    return figure(
        "spider", cases, ax=ax, line=line, unit=unit, colour=colour, color=color,
        confirmed=confirmed, bridge=bridge, palette=palette,
    )  # fmt: skip


@checked
def waterfall(
    cases: Cases,
    *,
    line: int | None = None,
    colour: str | None = None,
    color: str | None = None,
    confirmed: bool | None = None,
    palette: Mapping[str, str] | str | Path | None = None,
    ax: Target | None = None,
) -> Figure:
    """A waterfall plot: the best change of each patient, filled by best overall response.

    Args:
        cases: one derived case or case file, or several.
        line: the line of therapy; the default is the first with measured targets.
        colour: bars by "best" response (the default), "regimen", "diagnosis", "site" or "sex";
            "none" for bars of one colour.
        color: another spelling of ``colour``.
        confirmed: True for CR and PR as best response only where they are confirmed; the default
            is the best response as first documented.
        palette: the colours of names, such as {"doxorubicin": "#A44C4E"}, or the path of a palette
            file.
        ax: an ``Axes``, ``SubFigure`` or ``Figure`` of matplotlib to draw into; None for a figure
            of its own.

    Returns:
        The figure, to be saved or shown. Saving it is a ValueError if nothing was measured.

    Raises:
        InvalidFile: a case file has faults; all of them are listed.
        ValueError: an option is unknown, or has a wrong value; there is no case, or two of one
            name; the axes are too small.
        TypeError: something else is given.
    """
    return figure(
        "waterfall", cases, ax=ax, line=line, colour=colour, color=color, confirmed=confirmed,
        palette=palette,
    )  # fmt: skip
