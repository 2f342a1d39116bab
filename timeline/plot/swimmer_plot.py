"""The swimmer plot, of cases or of tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from timeline.figure import Figure
from timeline.plot.arguments import ColumnMap, Data, Table, Time, checked, figure

if TYPE_CHECKING:
    from timeline.plot.arguments import Target


@checked
def swimmer(
    cases: Data,
    *,
    events: Table | Sequence[Table] | None = None,
    by: str | None = None,
    align: str | date | None = None,
    unit: str | None = None,
    cycle: float | None = None,
    sort: str | Sequence[str] | None = None,
    order: str | Sequence[str] | None = None,
    group: str | None = None,
    columns: str | Sequence[str] | None = None,
    colour: str | None = None,
    color: str | None = None,
    scans: str | None = None,
    cut_off: str | date | None = None,
    cut_off_line: bool | None = None,
    reference: tuple[Time, str] | list[tuple[Time, str]] | None = None,
    leave_out: tuple[Time, Time] | list[tuple[Time, Time]] | None = None,
    both_axes: bool | None = None,
    legend: str | None = None,
    palette: Mapping[str, str] | str | Path | None = None,
    markers: Mapping[str, str] | None = None,
    numbers_in: str | None = None,
    time_zero: str | None = None,
    together: bool | None = None,
    milestones: str | Sequence[str] | None = None,
    open_ends: bool | None = None,
    only: Mapping[str, str] | None = None,
    dates: str | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    column_map: ColumnMap | None = None,
    skip_invalid: bool = False,
    ax: Target | None = None,
) -> Figure:
    """A swimmer plot: a lane for each line of one patient, or for each of several patients.

    Args:
        cases: one derived case or case file, or several; or a table of lanes: a data frame, or the
            path of a CSV, XLSX or Parquet file, of a shape in ``docs/swimmer.md``.
        events: of a table: the events in a table of their own, or several such tables.
        by: a lane for each "line" or each "patient"; the default is "line" for one patient, else
            "patient".
        align: time zero of the lanes: "start", "line 2", "diagnosis", "surgery", "first
            response" or a day; "calendar" for an axis of dates.
        unit: of the axis: "days", "weeks", "months" (the default, of 30.4375 days), "years" or
            "cycles".
        cycle: length of a cycle in days, more than 0 and at most 366; for ``unit="cycles"``.
        sort: "treatment" (time on it, the default), "follow-up", "start", "name" or a column such
            as "best", or several in a list; "name reversed" for the other direction.
        order: the names of lanes from the top; the others are below them.
        group: the column that lanes are grouped by.
        columns: columns of text at the lanes.
        colour: bars by "drug" (the default), "regimen", "line", "diagnosis", "site", "sex" or
            "best"; of a table any of its columns.
        color: another spelling of ``colour``.
        scans: markers of the "key" scans (first response, each better one, progression; the
            default), of "all", or where the status "changes".
        cut_off: the day of the data cut-off.
        cut_off_line: True for a line at the cut-off.
        reference: a time, in units of the axis or a day, and its label; or a list of such pairs.
        leave_out: the two ends of a part of the axis that is left out, or a list of such pairs.
        both_axes: True for dates and time since time zero.
        legend: "below" the lanes, "beside" them, or "auto" (the default): beside them where there
            is room.
        palette: the colours of drugs and arms, such as {"doxorubicin": "#A44C4E"}, or the path of
            a palette file. Beside data in a file, ``palette.yaml`` is used if it is there.
        markers: of a table: signs for labels of events, such as {"Relapse": "PD"}.
        numbers_in: of a table: the unit of its numbers, if not that of the axis.
        time_zero: of a table: what its numbers count from, in words.
        together: of a table: True where states that overlap are drugs given together.
        milestones: of a table: columns of the lanes that hold the time of an event.
        open_ends: of a table: True where lanes may end without a stated reason.
        only: of tables: the rows with these values in these columns, such as
            {"PARAMCD": "OVRLRESP"}.
        dates: of a table: "dmy" or "mdy" where 01/02/2021 may be either; "serial", "sas" or
            "r" for the days that a spreadsheet, SAS or R counts.
        encoding: of a file of text, such as "windows-1252"; the default is UTF-8.
        sheet: of a workbook; the default is the first.
        column_map: of a table: fields with its own names of them, such as {"id": "record_id"}.
        skip_invalid: of a table: True to draw its valid rows where others are invalid.
        ax: an ``Axes``, ``SubFigure`` or ``Figure`` of matplotlib to draw into; None for a figure
            of its own.

    Returns:
        The figure, to be saved or shown.

    Raises:
        InvalidFile: a file or table has faults; all of them are listed.
        ValueError: an option is unknown, or has a wrong value; there is no case, or two of one
            name; the axes are too small.
        TypeError: something else is given.

    >>> import timeline as tl
    >>> derived = tl.derive(tl.load_case("cases/wang2023.yaml"))
    >>> tl.plot.swimmer(derived, unit="weeks", sort="duration")
    <Figure swimmer: wang2023>
    """
    return figure(
        "swimmer", cases, ax=ax, events=events, column_map=column_map, skip_invalid=skip_invalid,
        markers=markers, numbers_in=numbers_in, time_zero=time_zero, together=together,
        milestones=milestones, open_ends=open_ends, only=only, dates=dates, encoding=encoding,
        sheet=sheet,
        by=by, align=align, unit=unit, cycle=cycle, sort=sort, order=order, group=group,
        columns=columns, colour=colour, color=color, scans=scans, cut_off=cut_off,
        cut_off_line=cut_off_line, reference=reference, leave_out=leave_out, both_axes=both_axes,
        legend=legend,
        palette=palette,
    )  # fmt: skip
