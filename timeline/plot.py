"""The figures: each function takes derived cases and options, and returns a figure to save.

    tl.plot.swimmer([derived], unit="weeks", sort="best").save("swimmer.svg", journal="nature")

An option is a keyword of its name in the option table of its figure; None, the default, leaves
it to the figure. matplotlib is loaded when a figure is drawn, not before.

``OPTIONS`` holds, for each figure by name, a function that returns its option table: a row for
each option with its name, its meaning and its ``keyword``.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec

from renderers import FIGURES
from timeline.core.problem import near
from timeline.endpoints.derived_case import DerivedCase
from timeline.figure import Figure

if TYPE_CHECKING:
    from renderers.options import Option

__all__ = [
    "OPTIONS",
    "Figure",
    "spider",
    "state_diagram",
    "survival",
    "swimmer",
    "timeline",
    "waterfall",
]

P = ParamSpec("P")
Time = float | str | date  # in units of the axis, or a day of the calendar

# The option table of each figure; a test compares it with the keywords of its function.
OPTIONS: dict[str, Callable[[], Mapping[str, Option]]] = {
    name: kind.option_table for name, kind in FIGURES.items()
}


def _checked(function: Callable[P, Figure]) -> Callable[P, Figure]:
    """The function, with a ValueError that lists the options if a keyword is unknown."""
    parameters = inspect.signature(function).parameters.values()
    options = [each.name for each in parameters if each.kind is each.KEYWORD_ONLY]
    names = {each.name for each in parameters}

    @functools.wraps(function)
    def checked(*args: P.args, **keywords: P.kwargs) -> Figure:
        for name in keywords:
            if name not in names:
                known = near(name, options) if options else "this figure has no options"
                raise ValueError(f"{function.__name__}: unknown option: {name!r} ({known})")
        return function(*args, **keywords)

    return checked


def _cases(cases: DerivedCase | Iterable[DerivedCase]) -> tuple[DerivedCase, ...]:
    found = (cases,) if isinstance(cases, DerivedCase) else tuple(cases)
    for each in found:
        if not isinstance(each, DerivedCase):
            raise TypeError(f"a figure takes derived cases (got {each!r}; use derive(case))")
    names = [each.case.name for each in found]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"two patients are named {twice[0]!r} (rename one)")
    if not found:
        raise ValueError("no derived cases (give at least one)")
    return found


def _figure(kind: str, cases: DerivedCase | Iterable[DerivedCase], **values: Any) -> Figure:
    """A figure of a kind; its options are checked now, and it is laid out for each page."""
    derived, row = _cases(cases), FIGURES[kind]
    options = row.check({name: value for name, value in values.items() if value is not None})
    names = tuple(each.case.name for each in derived)
    return Figure(kind, names, lambda page: row.lay_out(derived, page, options))


@_checked
def timeline(cases: DerivedCase | Iterable[DerivedCase]) -> Figure:
    """One patient's treatment, scans, laboratory values and events on the calendar.

    Args:
        cases: one derived case, or a list of one.

    Returns:
        The figure, to be saved or shown.

    Raises:
        ValueError: there is no derived case, or two of one name.
        TypeError: something else than a derived case is given.
    """
    return _figure("timeline", cases)


@_checked
def swimmer(
    cases: DerivedCase | Iterable[DerivedCase],
    *,
    by: str | None = None,
    align: str | date | None = None,
    unit: str | None = None,
    cycle: float | None = None,
    sort: str | Sequence[str] | None = None,
    order: str | Sequence[str] | None = None,
    group: str | None = None,
    columns: str | Sequence[str] | None = None,
    colour: str | None = None,
    scans: str | None = None,
    cut_off: str | date | None = None,
    cut_off_line: bool | None = None,
    reference: tuple[Time, str] | list[tuple[Time, str]] | None = None,
    leave_out: tuple[Time, Time] | list[tuple[Time, Time]] | None = None,
    both_axes: bool | None = None,
    palette: Mapping[str, str] | str | Path | None = None,
) -> Figure:
    """A swimmer plot: a lane for each line of one patient, or for each of several patients.

    Args:
        cases: one derived case, or several.
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
            "best".
        scans: markers of the "key" scans (first response, each better one, progression; the
            default), of "all", or where the status "changes".
        cut_off: the day of the data cut-off.
        cut_off_line: True for a line at the cut-off.
        reference: a time, in units of the axis or a day, and its label; or a list of such pairs.
        leave_out: the two ends of a part of the axis that is left out, or a list of such pairs.
        both_axes: True for dates and time since time zero.
        palette: the colours of drugs and arms, such as {"doxorubicin": "#A44C4E"}, or the path of
            a palette file.

    Returns:
        The figure, to be saved or shown.

    Raises:
        ValueError: an option is unknown, or has a wrong value; there is no derived case, or two
            of one name.
        TypeError: something else than a derived case is given.

    >>> import timeline as tl
    >>> derived = tl.derive(tl.load_case("cases/wang2023.yaml"))
    >>> tl.plot.swimmer(derived, unit="weeks", sort="duration")
    <Figure swimmer: wang2023>
    """
    return _figure(
        "swimmer", cases, by=by, align=align, unit=unit, cycle=cycle, sort=sort, group=group,
        columns=columns, colour=colour, scans=scans, cut_off=cut_off, cut_off_line=cut_off_line,
        reference=reference, order=order, leave_out=leave_out, both_axes=both_axes, palette=palette,
    )  # fmt: skip


@_checked
def spider(
    cases: DerivedCase | Iterable[DerivedCase],
    *,
    line: int | None = None,
    unit: str | None = None,
    colour: str | None = None,
    confirmed: bool | None = None,
    bridge: bool | None = None,
    palette: Mapping[str, str] | str | Path | None = None,
) -> Figure:
    """A spider plot: the change of the target sum of each patient from baseline over time.

    Args:
        cases: one derived case, or several.
        line: the line of therapy; the default is the first with measured targets.
        unit: of the axis: "days", "weeks", "months" (the default, of 30.4375 days) or "years".
        colour: lines by "best" response (the default), "regimen", "diagnosis", "site" or "sex";
            "none" for black lines.
        confirmed: True for CR and PR as best response only where they are confirmed; the default
            is the best response as first documented.
        bridge: True for a dashed line across scans that were missed.
        palette: the colours of names, such as {"doxorubicin": "#A44C4E"}, or the path of a palette
            file.

    Returns:
        The figure, to be saved or shown. Saving it is a ValueError if nothing was measured.

    Raises:
        ValueError: an option is unknown, or has a wrong value; there is no derived case, or two
            of one name.
        TypeError: something else than a derived case is given.
    """
    return _figure(
        "spider", cases, line=line, unit=unit, colour=colour, confirmed=confirmed, bridge=bridge,
        palette=palette,
    )  # fmt: skip


@_checked
def waterfall(
    cases: DerivedCase | Iterable[DerivedCase],
    *,
    line: int | None = None,
    colour: str | None = None,
    confirmed: bool | None = None,
    palette: Mapping[str, str] | str | Path | None = None,
) -> Figure:
    """A waterfall plot: the best change of each patient, filled by best overall response.

    Args:
        cases: one derived case, or several.
        line: the line of therapy; the default is the first with measured targets.
        colour: bars by "best" response (the default), "regimen", "diagnosis", "site" or "sex";
            "none" for bars of one colour.
        confirmed: True for CR and PR as best response only where they are confirmed; the default
            is the best response as first documented.
        palette: the colours of names, such as {"doxorubicin": "#A44C4E"}, or the path of a palette
            file.

    Returns:
        The figure, to be saved or shown. Saving it is a ValueError if nothing was measured.

    Raises:
        ValueError: an option is unknown, or has a wrong value; there is no derived case, or two
            of one name.
        TypeError: something else than a derived case is given.
    """
    return _figure(
        "waterfall", cases, line=line, colour=colour, confirmed=confirmed, palette=palette
    )


@_checked
def survival(
    cases: DerivedCase | Iterable[DerivedCase],
    *,
    endpoint: str | Sequence[str] | None = None,
    line: int | None = None,
    unit: str | None = None,
    group: str | None = None,
    limits: str | None = None,
    band: bool | None = None,
) -> Figure:
    """Kaplan-Meier curves with the numbers at risk.

    Args:
        cases: one derived case, or several.
        endpoint: one or more, such as "PFS" (the default) or ["PFS", "OS"].
        line: the line of therapy; the default is line 1.
        unit: of the axis: "days", "weeks", "months" (the default, of 30.4375 days) or "years".
        group: a curve for each "sex", "diagnosis" or "site".
        limits: the scale of the confidence limits of the median: "log-log" (as in SAS), "log"
            (as in R) or "plain".
        band: True for the 95 % limits of the curve at each time; for exact times only.

    Returns:
        The figure, to be saved or shown. Saving it is a ValueError if no patient has a time.

    Raises:
        ValueError: an option is unknown, or has a wrong value; there is no derived case, or two
            of one name.
        TypeError: something else than a derived case is given.
    """
    return _figure(
        "survival", cases,
        endpoint=endpoint, line=line, unit=unit, group=group, limits=limits, band=band,
    )  # fmt: skip


@_checked
def state_diagram(
    criterion: str, case: DerivedCase | None = None, line: int | None = None
) -> Figure:
    """The state machine of a criterion with its table, and the path of a patient through it.

    Args:
        criterion: "RECIST 1.1", "iRECIST" .., or its key in ``CRITERIA`` ("recist11").
        case: the patient whose path is drawn; None for the machine alone.
        line: the line of the path; it may be left out if the patient has one.

    Returns:
        The figure, to be saved or shown.

    Raises:
        ValueError: the criterion or the line is unknown, or the line has no assessed scan.
    """
    from renderers.state_diagram.figure import state_diagram as lay_out
    from renderers.state_diagram.path import path_of
    from timeline.response.criteria import BY_TITLE, CRITERIA

    if criterion not in {**CRITERIA, **BY_TITLE}:
        raise ValueError(f"unknown criterion: {criterion!r} ({near(criterion, BY_TITLE)})")
    row = CRITERIA.get(criterion) or BY_TITLE[criterion]
    path = None
    if case is not None:
        numbers = [each.number for each in case.case.lines]
        if line is None and len(numbers) != 1:
            known = ", ".join(map(str, numbers)) or "none"
            raise ValueError(f"{case.case.name}: which line? (give line; on record: {known})")
        path = path_of(case, numbers[0] if line is None else line, row)
    names = (row.title, *((case.case.name,) if case is not None else ()))
    return Figure("state diagram", names, lambda page: lay_out(row, path, page))
