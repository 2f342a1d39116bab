"""Kaplan-Meier curves, of cases or of a table of times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from timeline.figure import Figure
from timeline.plot.arguments import ColumnMap, Data, checked, figure

if TYPE_CHECKING:
    from timeline.plot.arguments import Target


@checked
def survival(
    cases: Data,
    *,
    endpoint: str | Sequence[str] | None = None,
    line: int | None = None,
    unit: str | None = None,
    group: str | None = None,
    limits: str | None = None,
    band: bool | None = None,
    quantiles: int | Sequence[int] | None = None,
    landmarks: float | Sequence[float] | None = None,
    compare: str | Sequence[str] | None = None,
    reference: str | None = None,
    ties: str | None = None,
    risk_rows: str | Sequence[str] | None = None,
    competing: str | Sequence[str] | None = None,
    event_code: str | int | Sequence[str | int] | None = None,
    censored_code: str | int | Sequence[str | int] | None = None,
    variance: str | None = None,
    incidence: str | None = None,
    palette: Mapping[str, str] | str | Path | None = None,
    time_zero: str | None = None,
    dates: str | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    column_map: ColumnMap | None = None,
    ax: Target | None = None,
) -> Figure:
    """Kaplan-Meier curves with the numbers at risk.

    Args:
        cases: one derived case or case file, or several; or a table of times and events: a data
            frame, or the path of a CSV, XLSX or Parquet file (``docs/figures.md``).
        endpoint: one or more, such as "PFS" (the default) or ["PFS", "OS"].
        line: the line of therapy; the default is line 1.
        unit: of the axis: "days", "weeks", "months" (the default, of 30.4375 days) or "years";
            of a table, it is also that of its times, and needed unless the table states it (AVALU).
        group: a curve for each "regimen" of the line, "diagnosis", "site" or "sex".
        limits: the scale of all confidence limits: "log-log" (as in SAS), "log" (as in R) or
            "plain".
        band: True for the 95 % limits of the curve at each time; for exact times only.
        quantiles: percent of the patients with the event, 1 to 99, such as [25, 50, 75]; the
            default is 50, the median.
        landmarks: times of the axis at which the rate of each curve is printed: [6, 12, 24].
        compare: groups by "log-rank", "hazard-ratio" and, with ``competing``, "gray" (Gray's test
            of the incidences); vague dates that leave the order of patients open allow none.
        reference: the group of the hazard ratio that the others are compared with; the default
            is the first of the sorted names, whatever the order of rows.
        ties: of the hazard ratio, "Efron" (the default, as in R) or "Breslow" (as in SAS).
        risk_rows: of the table below: "at-risk", "censored", "events" and "competing", or "none".
        competing: cumulative incidence where another event prevents the first; of cases "death"
            (of TTP or DFI), of a table the codes or words of that event, such as "2".
        event_code: of a table: the codes or words of the event, such as 2 where 1 is censored; the
            only other code is then censored.
        censored_code: of a table: the codes or words of a censored time, where there are several.
        variance: of a cumulative incidence, "delta" (the default, as in SAS) or "Aalen".
        incidence: of which event, "both" (the default up to two groups), "event" (of more
            groups) or "competing".
        palette: the colours of groups, such as {"Arm B": "#F8A469"}, or the path of a palette
            file.
        time_zero: of a table: what its times count from, in words, such as "randomisation".
        dates: of a table: "dmy" or "mdy" where 01/02/2021 may be either; "serial", "sas" or
            "r" for the days that a spreadsheet, SAS or R counts.
        encoding: of a file of text, such as "windows-1252"; the default is UTF-8.
        sheet: of a workbook; the default is the first.
        column_map: of a table: fields with its own names of them, such as {"time": "months"}.
        ax: an ``Axes``, ``SubFigure`` or ``Figure`` of matplotlib to draw into; None for a figure
            of its own.

    Returns:
        The figure, to be saved or shown. Saving it is a ValueError if no patient has a time.

    Raises:
        InvalidFile: a file or table has faults; all of them are listed.
        ValueError: an option is unknown, or has a wrong value; there is no case, or two of one
            name; the axes are too small.
        TypeError: something else is given.
    """
    return figure(
        "survival", cases, ax=ax, column_map=column_map, dates=dates, encoding=encoding,
        sheet=sheet, endpoint=endpoint, line=line, unit=unit, group=group, limits=limits, band=band,
        quantiles=quantiles, landmarks=landmarks, compare=compare, reference=reference, ties=ties,
        risk_rows=risk_rows, competing=competing, event_code=event_code,
        censored_code=censored_code, variance=variance, incidence=incidence,
        palette=palette, time_zero=time_zero,
    )  # fmt: skip
