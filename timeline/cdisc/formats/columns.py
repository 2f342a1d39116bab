"""Columns of texts or values as variables of a dataset; what does not fit is named."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from typing import Any

from timeline.cdisc.dataset import Dataset, Problems, Value, tidy, variable_from
from timeline.cdisc.metadata import DATASETS, Variable, variable_of
from timeline.core.problem import Problem, Where

_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MISSING_NUMBERS = ("", ".", "NA", "NaN")  # of SAS and of R
At = Callable[[int, int], Where]  # the place of a record and a column, both from 0


def value_of_text(variable: Variable, text: str) -> Value:
    """A value from a text file.

    Raises:
        ValueError: it is not of the type of the variable.
    """
    if not variable.is_numeric:
        return text.rstrip() or None
    plain = text.strip()
    if plain in MISSING_NUMBERS:
        return None
    if variable.is_date:
        if not _DAY.fullmatch(plain):
            raise ValueError(f"{variable.name}: not a day: {plain!r} (write 2021-03-15)")
        try:
            return datetime.date.fromisoformat(plain)
        except ValueError:
            raise ValueError(f"{variable.name}: not on the calendar: {plain!r}") from None
    if not _NUMBER.fullmatch(plain):
        advice = "write 12 or 12.5, and leave a missing value empty"
        raise ValueError(f"{variable.name}: not a number: {plain!r} ({advice})")
    return tidy(float(plain)) if not plain.lstrip("+-").isdigit() else int(plain)


def heading_faults(headings: Sequence[str], at: Callable[[int], Where]) -> Problems:
    """A fault for each name that is empty or stands twice."""
    found = []
    for number, name in enumerate(headings):
        if not name:
            found.append(Problem(at(number), "a column without a name (name the variable)"))
        elif name in headings[:number]:
            found.append(Problem(at(number), f"the variable {name!r} twice (keep one)"))
    if not headings:
        found.append(Problem(at(0), "no variable (the first line names them)"))
    return tuple(found)


def dataset_name(given: str, stated: str, domains: Sequence[Any], stem: str) -> str:
    """The name of a dataset: as given, by its variable DOMAIN, as its file states, or the file's.

    A dataset of ADaM has no DOMAIN; one that is split has one DOMAIN in several files.
    """
    own = {str(each).strip() for each in domains if each}
    return given or (own.pop() if len(own) == 1 else "") or stated or stem.upper()


def from_values(
    name: str,
    label: str,
    columns: dict[str, list[Any]],
    about: dict[str, tuple[str, str, bool | None]],
    file: str,
) -> tuple[Dataset | None, Problems]:
    """A dataset from values with their types, as binary formats hold them.

    ``about``: of each variable its label, its display format, and whether it is numeric by the
    file; None where the file does not say.
    """
    problems: list[Problem] = []
    values: dict[str, tuple[Value, ...]] = {}
    variables: list[Variable] = []
    for place, (key, column) in enumerate(columns.items(), start=1):
        read: list[Value] = []
        for number, value in enumerate(column, start=1):
            try:
                read.append(tidy(value))
            except ValueError as fault:
                read.append(None)
                problems.append(Problem(Where(file, number, place), f"{key}: {fault}"))
        variable, faults = _variable(name, key, about[key], read, Where(file, 1, place))
        variables.append(variable)
        values[key] = tuple(read)
        problems += faults
    if problems:
        return None, tuple(problems)
    row = DATASETS.get(name)
    label = label or (row.label if row else "")
    return Dataset(name=name, label=label, variables=tuple(variables), values=values, file=file), ()


def _variable(
    dataset: str, name: str, about: tuple[str, str, bool | None], values: list[Value], at: Where
) -> tuple[Variable, Problems]:
    """The variable by its standard row; a file that holds another type is refused."""
    label, form, numeric = about
    made = variable_from(dataset, name, values, label, form)
    standard = variable_of(dataset, name)
    if standard is None:
        return made, ()
    held = [value for value in values if value is not None]
    texts = any(isinstance(value, str) for value in held)
    is_numeric = numeric if numeric is not None else bool(held) and not texts
    if held and is_numeric != standard.is_numeric:
        have, want = ("numeric", "a text") if is_numeric else ("a text", "numeric")
        what = f"{name} is {have} here, and {want} by {standard.source} (write it so)"
        return standard, (Problem(at, what),)
    if standard.is_date and any(isinstance(value, int | float) for value in held):
        what = f"{name} is a number without the format of a date (give it the format DATE9.)"
        return standard, (Problem(at, what),)
    return standard, ()
