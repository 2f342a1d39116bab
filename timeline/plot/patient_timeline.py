"""The timeline of one patient."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from timeline.figure import Figure
from timeline.plot.arguments import ColumnMap, Data, Time, checked, figure

if TYPE_CHECKING:
    from timeline.plot.arguments import Target


@checked
def timeline(
    cases: Data,
    *,
    sections: str | Sequence[str] | None = None,
    criteria: str | Sequence[str] | None = None,
    colour: str | None = None,
    color: str | None = None,
    since: str | None = None,
    unit: str | None = None,
    leave_out: tuple[Time, Time] | list[tuple[Time, Time]] | str | None = None,
    log_scale: str | Sequence[str] | None = None,
    palette: Mapping[str, str] | str | Path | None = None,
    dates: str | None = None,
    column_map: ColumnMap | None = None,
    ax: Target | None = None,
) -> Figure:
    """One patient's treatment, scans, sums, laboratory values and events on the calendar.

    Args:
        cases: one derived case or case file; or the path of a table of one patient, a CSV file or
            workbook with a row for each event, as ``timeline import`` reads it.
        sections: the sections from the top, such as ["systemic treatment", "response"]; the
            default is every section that the patient has events for.
        criteria: the criteria of response that have a row, or "all"; the default is those that
            are used for a line.
        colour: bars of treatment by "drug" (the default) or "line".
        color: another spelling of ``colour``.
        since: the moment that the axis below the dates counts from: "diagnosis", "surgery",
            "line 2", "line 2 end", a kind of event (its first: "relapse"), the id of an event, or
            "none"; the default is the diagnosis or else line 1, where it is known to a month.
        unit: of that axis: "days", "weeks", "months" (the default, of 30.4375 days) or "years".
        leave_out: the two ends of a part of the axis that is left out, both included, or a list of
            such pairs, or "no"; the default is two or more whole years without an event.
        log_scale: laboratory values on a logarithmic scale, such as ["PSA", "CA-125"], or "all" or
            "none"; the default is tumour markers whose highest value is at least 100 times the
            lowest.
        palette: the colours of drugs, such as {"doxorubicin": "#A44C4E"}, or the path of a
            palette file. Beside data in a file, ``palette.yaml`` is used if it is there.
        dates: of a table: "dmy" or "mdy" where 01/02/2021 may be either.
        column_map: of a table: fields with its own names of them, such as {"what": "description"}.
        ax: an ``Axes``, ``SubFigure`` or ``Figure`` of matplotlib to draw into; None for a figure
            of its own.

    Returns:
        The figure, to be saved or shown.

    Raises:
        InvalidFile: a file or table has faults; all of them are listed.
        ValueError: an option is unknown, or has a wrong value; there is no derived case, or two
            of one name.
        TypeError: something else is given.

    >>> import timeline as tl
    >>> derived = tl.derive(tl.load_case("cases/wang2023.yaml"))
    >>> tl.plot.timeline(derived, sections=["systemic treatment", "response"])
    <Figure timeline: wang2023>
    """
    return figure(
        "timeline", cases, ax=ax, dates=dates, column_map=column_map, sections=sections,
        criteria=criteria, colour=colour, color=color, since=since, unit=unit,
        leave_out=leave_out, log_scale=log_scale, palette=palette,
    )  # fmt: skip
