"""What the functions of ``timeline.plot`` share: cases or a table, options, axes to draw into."""

from __future__ import annotations

import functools
import inspect
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec

from renderers import FIGURES, FigureKind
from timeline.api import InvalidFile, derive, load_case
from timeline.core.problem import near
from timeline.endpoints.derived_case import DerivedCase
from timeline.figure import Figure
from timeline.plot.python_words import python_words
from timeline.record.case import Case

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import FigureBase

    from renderers.table_request import TableReading

    Target = Axes | FigureBase

P = ParamSpec("P")
Time = float | str | date  # in units of the axis, or a day of the calendar
Cases = DerivedCase | str | Path | Iterable[DerivedCase | str | Path]
Table = Any  # a data frame, or the path of a file
Data = Cases | Table
ColumnMap = Mapping[str, str]

_CASE_FILES = (".yaml", ".yml")
_TAKEN = "a figure takes derived cases, paths of case files, or a table"
_CALLER = 5  # frames from a warning to the line that called a function of ``timeline.plot``


def checked(function: Callable[P, Figure]) -> Callable[P, Figure]:
    """The function, with a ValueError that lists the options if a keyword is unknown."""
    parameters = inspect.signature(function).parameters.values()
    options = [p.name for p in parameters if p.kind is p.KEYWORD_ONLY and p.name != "ax"]
    names = {each.name for each in parameters}

    @functools.wraps(function)
    def called(*args: P.args, **keywords: P.kwargs) -> Figure:
        for name in keywords:
            if name not in names:
                known = near(name, options) if options else "this figure has no options"
                raise ValueError(f"{function.__name__}: unknown option: {name!r} ({known})")
        return function(*args, **keywords)

    return called


def figure(
    kind: str,
    data: Data,
    *,
    ax: Target | None = None,
    events: Table | Sequence[Table] | None = None,
    column_map: ColumnMap | None = None,
    skip_invalid: bool = False,
    **values: Any,
) -> Figure:
    """A figure of a kind; its data and options are checked now, and it is laid out for each page.

    Args:
        kind: a name of ``FIGURES``.
        data: cases, paths of case files, a data frame, or the path of a table.
        ax: an ``Axes``, a ``SubFigure`` or a ``Figure`` of matplotlib to draw into.
        events: tables of events, for a figure of a table.
        column_map: fields with the table's own names of them.
        skip_invalid: whether the valid rows of a table are drawn if others are invalid.
        values: options by keyword; None is not given.

    Raises:
        InvalidFile: a file or a table has faults; all are listed.
        ValueError: an option is unknown or wrong, or there is nothing to draw.
        TypeError: ``data`` is something else.
    """
    row, given = FIGURES[kind], {name: each for name, each in values.items() if each is not None}
    if is_table(data):
        made = _of_table(
            row, data, given, _tables(events), dict(column_map or {}), skip_invalid=skip_invalid
        )
    else:
        of_tables = {"events": events, "column_map": column_map, "skip_invalid": skip_invalid}
        given |= {
            name: each for name, each in of_tables.items() if each is not None and each is not False
        }
        made = _of_cases(row, data, given)
    return made if ax is None else made.drawn_into(ax)


def is_table(data: Data) -> bool:
    """Whether data are a table: a data frame, or the path of a file that is no case."""
    if isinstance(data, str | Path):
        return Path(data).suffix.lower() not in _CASE_FILES
    return not isinstance(data, DerivedCase | Case) and _has_columns(data)


def _has_columns(data: Data) -> bool:
    """Whether data are a frame. The columns of a lazy one are not asked for: that would run it."""
    return hasattr(type(data), "columns") or hasattr(data, "columns")


def _of_cases(row: FigureKind, data: Cases, values: dict[str, Any]) -> Figure:
    derived = derived_cases(data)
    tables_only = {n for each in row.table_options().values() for n in each.keywords} | {
        "events", "column_map", "skip_invalid"
    }  # fmt: skip
    cases_only = {name for each in row.option_table().values() for name in each.keywords}
    refused = [name for name in values if name in tables_only - cases_only]
    if refused:
        raise ValueError(f"{', '.join(refused)}: an option of tables (give a data frame or a file)")
    options = row.check(_with_palette_beside(row, data, values))
    names = tuple(each.case.name for each in derived)
    return Figure(row.name, names, lambda page: row.lay_out(derived, page, options))


def _of_table(
    row: FigureKind,
    data: Table,
    values: dict[str, Any],
    events: tuple[Table, ...],
    column_map: Mapping[str, str],
    *,
    skip_invalid: bool,
) -> Figure:
    from renderers.table_request import TableRequest

    if row.read_table is None:
        known = " and ".join(name for name, each in FIGURES.items() if each.read_table)
        raise ValueError(f"a {row.name} is not drawn from a table ({known} are; give cases)")
    known_options = {name for each in row.table_options().values() for name in each.keywords}
    refused = [name for name in values if name not in known_options]
    if refused:
        raise ValueError(f"{', '.join(refused)}: an option of cases, not of a table (leave it out)")
    request = TableRequest(
        table=data,
        events=events,
        column_map=tuple(column_map.items()),
        values=_with_palette_beside(row, data, values),
        skip_invalid=skip_invalid,
    )
    try:
        read = row.read_table(request)
    except ValueError as fault:
        raise ValueError(python_words(str(fault))) from None
    if read.lay_out is None:
        raise InvalidFile([python_words(str(each)) for each in read.errors])
    return Figure(row.name, (read.name,), read.lay_out, notes=_notes(read))


def _notes(read: TableReading) -> tuple[str, ...]:
    """What was noticed in a table, which is also warned of."""
    found = (*read.errors, *read.warnings, *read.notes)
    notes = tuple(python_words(str(each)) for each in found)
    if notes:
        warnings.warn("\n".join(notes), stacklevel=_CALLER + 1)
    return notes


def _tables(events: Table | Sequence[Table] | None) -> tuple[Table, ...]:
    if events is None:
        return ()
    return tuple(events) if isinstance(events, list | tuple) else (events,)


def derived_cases(data: Cases) -> tuple[DerivedCase, ...]:
    """The derived cases among some data; files of cases are loaded and derived.

    Raises:
        InvalidFile: a file has faults; those of all files are listed.
        ValueError: there is no case, or there are two of one name.
        TypeError: something else is given.
    """
    if isinstance(data, Mapping):
        raise TypeError(f"{_TAKEN} (got {type(data).__name__}; write pandas.DataFrame(data))")
    if isinstance(data, DerivedCase | Case | str | Path):
        data = (data,)
    if not isinstance(data, Iterable):
        raise TypeError(f"{_TAKEN} (got {type(data).__name__})")
    found: list[DerivedCase] = []
    faults: list[Any] = []
    for each in data:
        try:
            found.append(_derived(each))
        except InvalidFile as fault:
            faults += fault.problems
    if faults:
        raise InvalidFile(faults)
    names = [each.case.name for each in found]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"two patients are named {twice[0]!r} (rename one)")
    if not found:
        raise ValueError("no derived cases (give at least one)")
    return tuple(found)


def _derived(each: object) -> DerivedCase:
    if isinstance(each, DerivedCase):
        return each
    if isinstance(each, str | Path):
        if is_table(each):
            raise ValueError(f"{each}: not a case file, as *.yaml (give one table, not a list)")
        return derive(load_case(each))
    what = repr(each) if isinstance(each, Case) else type(each).__name__
    hint = "; use derive(case)" if isinstance(each, Case) else ""
    raise TypeError(f"{_TAKEN} (got {what}{hint})")


def _with_palette_beside(row: FigureKind, data: Data, values: dict[str, Any]) -> dict[str, Any]:
    """The options, with the palette file in the folder of the data if there is one.

    It is used as by the command ``draw``, so that both give one figure.
    """
    from renderers.scene.palette_file import FILE_NAME

    if "palette" in values or "palette" not in row.option_table():
        return values
    each_of = (data,) if isinstance(data, str | Path) else data if isinstance(data, list) else ()
    folders = [Path(each).parent for each in each_of if isinstance(each, str | Path)]
    found = next((path for each in folders if (path := each / FILE_NAME).is_file()), None)
    return values if found is None else {**values, "palette": found}
