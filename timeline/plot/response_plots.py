"""The spider and the waterfall plot of the change of target lesions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from timeline.figure import Figure
from timeline.plot.arguments import ColumnMap, Data, checked, figure

if TYPE_CHECKING:
    from timeline.plot.arguments import Target


@checked
def spider(
    cases: Data,
    *,
    line: int | None = None,
    unit: str | None = None,
    colour: str | None = None,
    color: str | None = None,
    confirmed: bool | None = None,
    bridge: bool | None = None,
    highlight: str | Sequence[str] | None = None,
    palette: Mapping[str, str] | str | Path | None = None,
    numbers_in: str | None = None,
    sizes_in: str | None = None,
    changes_in: str | None = None,
    too_small: float | str | None = None,
    baseline: str | None = None,
    only: Mapping[str, str] | None = None,
    time_zero: str | None = None,
    criterion: str | None = None,
    dates: str | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    column_map: ColumnMap | None = None,
    ax: Target | None = None,
) -> Figure:
    """A spider plot: the change of the target sum of each patient from baseline over time.

    Args:
        cases: one derived case or case file, or several; or a table of lesions, sums or changes: a
            data frame, or the path of a CSV, XLSX or Parquet file (``docs/figures.md``).
        line: the line of therapy; the default is the first with measured targets.
        unit: of the axis: "days", "weeks", "months" (the default, of 30.4375 days) or "years".
        colour: lines by "best" response (the default), "regimen", "diagnosis", "site" or "sex";
            "none" for black lines. Of a table by "best", "arm", "none" or a column.
        color: another spelling of ``colour``.
        confirmed: True for CR and PR as best response only where they are confirmed; the default
            is the best response as first documented.
        bridge: True for a dashed line across scans that were missed.
        highlight: the names of patients that are drawn in full, before thin grey lines of the
            others; the default is all.
        palette: the colours of names, such as {"doxorubicin": "#A44C4E"}, or the path of a palette
            file.
        numbers_in: of a table: the unit of its times, where their heading does not state it.
        sizes_in: of a table: "mm" or "cm", where heading or column do not state it.
        changes_in: of a table: "percent", or "shares" (-0.3 for -30 %).
        too_small: of a table: the millimetres of a lesion that is too small to measure (5, as in
            RECIST 1.1), or "NE".
        baseline: of a table: the scan with a "flag", the last one up to "day" 0, or the "first".
        only: of a table: the rows with these values in these columns, such as
            {"TREVAL": "INVESTIGATOR"}.
        time_zero: of a table: what its times count from, in words.
        criterion: of a table: the criterion whose thresholds are drawn; the default is RECIST 1.1.
        dates: of a table: "dmy" or "mdy" where 01/02/2021 may be either; "serial", "sas" or
            "r" for the days that a spreadsheet, SAS or R counts.
        encoding: of a file of text, such as "windows-1252"; the default is UTF-8.
        sheet: of a workbook; the default is the first.
        column_map: of a table: fields with its own names of them, such as {"sum": "SLD (mm)"}.
        ax: an ``Axes``, ``SubFigure`` or ``Figure`` of matplotlib to draw into; None for a figure
            of its own.

    Returns:
        The figure, to be saved or shown. Saving it is a ValueError if nothing was measured.

    Raises:
        InvalidFile: a file or table has faults; all of them are listed.
        ValueError: an option is unknown, or has a wrong value; there is no case, or two of one
            name; the axes are too small.
        TypeError: something else is given.
    """
    return figure(
        "spider", cases, ax=ax, line=line, unit=unit, colour=colour, color=color,
        confirmed=confirmed, bridge=bridge, highlight=highlight, palette=palette,
        column_map=column_map,
        numbers_in=numbers_in, sizes_in=sizes_in, changes_in=changes_in, too_small=too_small,
        baseline=baseline, only=only, time_zero=time_zero, criterion=criterion, dates=dates,
        encoding=encoding, sheet=sheet,
    )  # fmt: skip


@checked
def waterfall(
    cases: Data,
    *,
    line: int | None = None,
    colour: str | None = None,
    color: str | None = None,
    confirmed: bool | None = None,
    palette: Mapping[str, str] | str | Path | None = None,
    numbers_in: str | None = None,
    sizes_in: str | None = None,
    changes_in: str | None = None,
    too_small: float | str | None = None,
    baseline: str | None = None,
    only: Mapping[str, str] | None = None,
    time_zero: str | None = None,
    criterion: str | None = None,
    dates: str | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    column_map: ColumnMap | None = None,
    ax: Target | None = None,
) -> Figure:
    """A waterfall plot: the best change of each patient, filled by best overall response.

    Args:
        cases: one derived case or case file, or several; or a table of lesions, sums or changes: a
            data frame, or the path of a CSV, XLSX or Parquet file (``docs/figures.md``).
        line: the line of therapy; the default is the first with measured targets.
        colour: bars by "best" response (the default), "regimen", "diagnosis", "site" or "sex";
            "none" for bars of one colour. Of a table by "best", "arm", "none" or a column.
        color: another spelling of ``colour``.
        confirmed: True for CR and PR as best response only where they are confirmed; the default
            is the best response as first documented.
        palette: the colours of names, such as {"doxorubicin": "#A44C4E"}, or the path of a palette
            file.
        numbers_in: of a table: the unit of its times, where their heading does not state it.
        sizes_in: of a table: "mm" or "cm", where heading or column do not state it.
        changes_in: of a table: "percent", or "shares" (-0.3 for -30 %).
        too_small: of a table: the millimetres of a lesion that is too small to measure (5, as in
            RECIST 1.1), or "NE".
        baseline: of a table: the scan with a "flag", the last one up to "day" 0, or the "first".
        only: of a table: the rows with these values in these columns, such as
            {"TREVAL": "INVESTIGATOR"}.
        time_zero: of a table: what its times count from, in words.
        criterion: of a table: the criterion whose thresholds are drawn; the default is RECIST 1.1.
        dates: of a table: "dmy" or "mdy" where 01/02/2021 may be either; "serial", "sas" or
            "r" for the days that a spreadsheet, SAS or R counts.
        encoding: of a file of text, such as "windows-1252"; the default is UTF-8.
        sheet: of a workbook; the default is the first.
        column_map: of a table: fields with its own names of them, such as {"sum": "SLD (mm)"}.
        ax: an ``Axes``, ``SubFigure`` or ``Figure`` of matplotlib to draw into; None for a figure
            of its own.

    Returns:
        The figure, to be saved or shown. Saving it is a ValueError if nothing was measured.

    Raises:
        InvalidFile: a file or table has faults; all of them are listed.
        ValueError: an option is unknown, or has a wrong value; there is no case, or two of one
            name; the axes are too small.
        TypeError: something else is given.
    """
    return figure(
        "waterfall", cases, ax=ax, line=line, colour=colour, color=color, confirmed=confirmed,
        palette=palette, column_map=column_map, numbers_in=numbers_in, sizes_in=sizes_in,
        changes_in=changes_in, too_small=too_small, baseline=baseline, only=only,
        time_zero=time_zero, criterion=criterion, dates=dates, encoding=encoding, sheet=sheet,
    )  # fmt: skip
