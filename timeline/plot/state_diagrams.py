"""The state machine of a criterion, and the path of a patient through it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from timeline.core.problem import near
from timeline.endpoints.derived_case import DerivedCase
from timeline.figure import Figure
from timeline.plot.arguments import checked, derived_cases

if TYPE_CHECKING:
    from timeline.plot.arguments import Target


@checked
def state_diagram(
    criterion: str,
    case: DerivedCase | str | Path | None = None,
    line: int | None = None,
    *,
    ax: Target | None = None,
) -> Figure:
    """The state machine of a criterion with its table, and the path of a patient through it.

    Args:
        criterion: "RECIST 1.1", "iRECIST" .., or its key in ``CRITERIA`` ("recist11").
        case: the patient whose path is drawn, as a derived case or a case file; None for the
            machine alone.
        line: the line of the path; it may be left out if the patient has one.
        ax: an ``Axes``, ``SubFigure`` or ``Figure`` of matplotlib to draw into; None for a figure
            of its own.

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
        (case,) = derived_cases(case)
        numbers = [each.number for each in case.case.lines]
        if line is None and len(numbers) != 1:
            known = ", ".join(map(str, numbers)) or "none"
            raise ValueError(f"{case.case.name}: which line? (give line; on record: {known})")
        path = path_of(case, numbers[0] if line is None else line, row)
    names = (row.title, *((path.patient,) if path is not None else ()))
    made = Figure("state diagram", names, lambda page: lay_out(row, path, page))
    return made if ax is None else made.drawn_into(ax)
