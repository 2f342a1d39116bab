"""The figures: each function takes derived cases and options, and returns a figure to save.

    tl.plot.swimmer([derived], unit="weeks", sort="best").save("swimmer.svg", journal="nature")

An option is a keyword of its name in the option table of its figure. matplotlib is loaded when a
figure is drawn, not before.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ParamSpec

from timeline.core.problem import near
from timeline.endpoints.derived_case import DerivedCase
from timeline.figure import Figure

if TYPE_CHECKING:
    from renderers.options import Option
    from renderers.scene.journals import Page
    from renderers.scene.scene import Scene

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


def _checked(function: Callable[P, Figure]) -> Callable[P, Figure]:
    """The function, with a ValueError that lists the options where a keyword is unknown."""
    every = inspect.signature(function).parameters.values()
    options = [each.name for each in every if each.kind is each.KEYWORD_ONLY]
    named = {each.name for each in every}

    @functools.wraps(function)
    def made(*args: P.args, **keywords: P.kwargs) -> Figure:
        for name in keywords:
            if name not in named:
                known = near(name, options) if options else "this figure has no options"
                raise ValueError(f"{function.__name__}: unknown option: {name!r} ({known})")
        return function(*args, **keywords)

    return made


def _swimmer_table() -> Mapping[str, Option]:
    from renderers.swimmer.option_table import SWIMMER_OPTIONS

    return SWIMMER_OPTIONS


def _table_of(figure: str) -> Callable[[], Mapping[str, Option]]:
    def table() -> Mapping[str, Option]:
        from renderers.response.options import ROWS

        return {row.name: row for row in ROWS[figure]}

    return table


# The option table of each figure; a test holds the keywords of its function against it.
OPTIONS: dict[str, Callable[[], Mapping[str, Option]]] = {
    "timeline": dict,
    "swimmer": _swimmer_table,
    "spider": _table_of("spider"),
    "waterfall": _table_of("waterfall"),
    "survival": _table_of("survival"),
}


def _fields(figure: str, **options: Any) -> dict[str, Any]:
    """What the options that are given set, by the option table of the figure."""
    from renderers.options import options_from_values

    given = {name: value for name, value in options.items() if value is not None}
    return options_from_values(OPTIONS[figure](), given)


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


def _figure(kind: str, cases: Sequence[DerivedCase], make: Callable[[Page], Scene]) -> Figure:
    return Figure(kind, tuple(each.case.name for each in cases), make)


@_checked
def timeline(cases: DerivedCase | Iterable[DerivedCase]) -> Figure:
    """One patient's treatment, scans, laboratory values and events on the calendar."""
    from renderers.timeline.figure import timeline_figure

    derived = _cases(cases)
    return _figure("timeline", derived, lambda page: timeline_figure(derived, page))


@_checked
def swimmer(
    cases: DerivedCase | Iterable[DerivedCase],
    *,
    by: str | None = None,
    align: str | date | None = None,
    unit: str | None = None,
    cycle: float | None = None,
    sort: str | Sequence[str] | None = None,
    group: str | None = None,
    columns: str | Sequence[str] | None = None,
    colour: str | None = None,
    scans: str | None = None,
    cut_off: str | date | None = None,
    reference: tuple[Time, str] | list[tuple[Time, str]] | None = None,
    leave_out: tuple[Time, Time] | list[tuple[Time, Time]] | None = None,
    both_axes: bool | None = None,
) -> Figure:
    """A swimmer plot: a lane for each line of one patient, or for each of several patients.

    Args:
        cases: one derived case, or several.
        by: a lane for each "line" or each "patient".
        align: what the lanes begin with: "start", "line 2", "diagnosis", "surgery", "first
            response", "calendar", or a day.
        unit: of the axis: "days", "weeks", "months", "years" or "cycles".
        cycle: days of a cycle.
        sort: "duration", "start", "name" or a column such as "best", or several in a list;
            "duration reversed" for the other direction.
        group: the column that lanes are grouped by.
        columns: columns of text at the lanes.
        colour: bars by "line" or by "drug".
        scans: a marker for "all" scans, or only where the status "changes".
        cut_off: the day of the data cut-off.
        reference: a time and its words, or a list of such pairs.
        leave_out: the two ends of a part of the axis that is left out, or a list of such pairs.
        both_axes: dates and time since time zero.

    Raises:
        ValueError: an option is unknown, or has a wrong value.

    """
    from renderers.swimmer.figure import swimmer as lay_out
    from renderers.swimmer.options import SwimmerOptions

    derived = _cases(cases)
    options = SwimmerOptions(
        **_fields(
            "swimmer", by=by, align=align, unit=unit, cycle=cycle, sort=sort, group=group,
            columns=columns, colour=colour, scans=scans, cut_off=cut_off, reference=reference,
            leave_out=leave_out, both_axes=both_axes,
        )
    )  # fmt: skip
    return _figure("swimmer", derived, lambda page: lay_out(derived, page, options))


@_checked
def spider(
    cases: DerivedCase | Iterable[DerivedCase],
    *,
    line: int | None = None,
    unit: str | None = None,
) -> Figure:
    """A spider plot: the change of the target sum of each patient from baseline over time.

    Args:
        cases: one derived case, or several.
        line: the line of therapy; left out, the first that was measured.
        unit: of the axis: "days", "weeks", "months" or "years".

    """
    from renderers.response.spider import spider as lay_out

    derived, fields = _cases(cases), _fields("spider", line=line, unit=unit)
    return _figure("spider", derived, lambda page: lay_out(derived, page, **fields))


@_checked
def waterfall(
    cases: DerivedCase | Iterable[DerivedCase],
    *,
    line: int | None = None,
    confirmed: bool | None = None,
) -> Figure:
    """A waterfall plot: the best change of each patient, filled by best overall response.

    Args:
        cases: one derived case, or several.
        line: the line of therapy; left out, the first that was measured.
        confirmed: False for the best response as first documented.

    """
    from renderers.response.waterfall import waterfall as lay_out

    derived, fields = _cases(cases), _fields("waterfall", line=line, confirmed=confirmed)
    return _figure("waterfall", derived, lambda page: lay_out(derived, page, **fields))


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
        cases: the derived cases.
        endpoint: one or more, such as "PFS" or ["PFS", "OS"].
        line: the line of therapy.
        unit: of the axis: "days", "weeks", "months" or "years".
        group: a curve for each "sex", "diagnosis" or "site".
        limits: the scale of the confidence limits: "log-log", "log" or "plain".
        band: True for the 95 % limits of the curve at each time.

    """
    from renderers.response.options import with_groups
    from renderers.survival.figure import survival as lay_out

    derived = _cases(cases)
    fields = _fields(
        "survival", endpoint=endpoint, line=line, unit=unit, group=group, limits=limits, band=band
    )
    fields = with_groups(fields, derived)
    return _figure("survival", derived, lambda page: lay_out(derived, page, **fields))


@_checked
def state_diagram(
    criterion: str, case: DerivedCase | None = None, line: int | None = None
) -> Figure:
    """The state machine of a criterion with its table, and the path of a patient through it.

    Args:
        criterion: "RECIST 1.1", "iRECIST" .., or its short name ("recist11").
        case: the patient whose path is shown.
        line: the line of the path; it may be left out where the patient has one.

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
