"""One dataset in memory: its variables with their labels, and the values of each."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from timeline.cdisc.metadata import (
    DATASETS,
    DATE_FORMAT,
    LONGEST_LABEL,
    LONGEST_NAME,
    LONGEST_TEXT,
    NUMERIC,
    Variable,
    variable_of,
)
from timeline.core.problem import Problem, Where
from timeline.core.text.display import data_frame

Value = str | int | float | datetime.date | None
Row = Mapping[str, Value]
Problems = tuple[Problem, ...]
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")  # all but a tab and a new line


@attrs.frozen(kw_only=True, eq=False)
class Dataset:
    """A dataset such as RS or ADTTE.

    Attributes:
        name: its name, as ``RS``.
        label: its label, at most 40 characters.
        variables: the variables in their order.
        values: the values of each variable by its name, one for each record: a text, a number, or
            a date of a numeric date. A missing value is None, never an empty text.
        file: where it was read; messages name it.
        lines: the line of each record in a text file; else records are numbered from 1.
    """

    name: str
    label: str
    variables: tuple[Variable, ...]
    values: Mapping[str, tuple[Value, ...]]
    file: str = ""
    lines: tuple[int, ...] = ()

    def __len__(self) -> int:
        """The number of records."""
        return len(self.values[self.variables[0].name]) if self.variables else 0

    def __repr__(self) -> str:
        return f"<Dataset {self.name}: {len(self)} records, {len(self.variables)} variables>"

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def __eq__(self, other: object) -> bool:
        """Whether name, label, variables in their order and values are the same."""
        if not isinstance(other, Dataset):
            return NotImplemented
        return (self.name, self.label, self._attributes) == (
            other.name, other.label, other._attributes,
        ) and dict(self.values) == dict(other.values)  # fmt: skip

    __hash__ = None  # type: ignore[assignment]

    @property
    def _attributes(self) -> tuple[tuple[str, str, str, str], ...]:
        return tuple((each.name, each.label, each.type, each.format) for each in self.variables)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the variables in their order."""
        return tuple(each.name for each in self.variables)

    def column(self, name: str) -> tuple[Value, ...]:
        """The values of a variable; None for each record where there is no such variable."""
        return self.values[name] if name in self.values else (None,) * len(self)

    def rows(self) -> Iterator[dict[str, Value]]:
        """The records, each a value by variable."""
        columns = [self.values[name] for name in self.names]
        for cells in zip(*columns, strict=True):
            yield dict(zip(self.names, cells, strict=True))

    def where(self, record: int, name: str = "") -> Where:
        """The place of a value, or of a record that is counted from 0."""
        line = self.lines[record] if self.lines else record + 1
        column = self.names.index(name) + 1 if name in self.values else 1
        return Where(self.file or self.name.lower(), line, column)

    def to_frame(self) -> Any:
        """The records as a ``pandas.DataFrame``.

        Raises:
            ImportError: pandas is not installed.
        """
        return data_frame(list(self.rows()), self.names)

    @classmethod
    def of(
        cls, name: str, rows: Iterable[Row], names: Sequence[str] = (), label: str = ""
    ) -> Dataset:
        """A dataset from records.

        Args:
            name: of the dataset, as ``RS``. The labels and types are those of its standard row.
            rows: the records, each a value by variable. An empty text and NaN are missing values.
            names: the variables and their order; left out, those of the standard that a record
                has or that the standard requires or expects, then all others.
            label: of the dataset; left out, that of its standard row.

        Raises:
            ValueError: a value is not of the type of its variable, or a name, a label or a text
                is longer than a transport file holds. The message names every such value.
        """
        records = [{key: tidy(value) for key, value in row.items()} for row in rows]
        row = DATASETS.get(name)
        chosen = tuple(names) or _chosen(row.variables if row else (), records)
        given = {each: tuple(record.get(each) for record in records) for each in chosen}
        variables = tuple(
            variable_of(name, each) or variable_from(name, each, given[each]) for each in chosen
        )
        made = cls(
            name=name, label=label or (row.label if row else ""), variables=variables, values=given
        )
        if problems := misfits(made):
            raise ValueError("; ".join(map(str, problems[:5])))
        return made


def _chosen(known: Sequence[Variable], records: Sequence[Row]) -> tuple[str, ...]:
    """The variables that are written: those that hold a value, or that the standard wants."""
    held = {name for record in records for name, value in record.items() if value is not None}
    wanted = [each.name for each in known if each.core in ("Req", "Exp") or each.name in held]
    others = dict.fromkeys(name for record in records for name in record if name in held)
    return tuple(dict.fromkeys((*wanted, *others)))


def variable_from(
    dataset: str, name: str, values: Sequence[Value], label: str = "", form: str = ""
) -> Variable:
    """A variable that the standard rows do not have, by its values."""
    kinds = {type(value) for value in values if value is not None}
    if form == DATE_FORMAT or (kinds and kinds <= {datetime.date}):
        return Variable(dataset=dataset, name=name, label=label, type=NUMERIC, length=8,
                        format=DATE_FORMAT)  # fmt: skip
    if kinds and kinds <= {int, float}:
        return Variable(dataset=dataset, name=name, label=label, type=NUMERIC, length=8)
    return Variable(dataset=dataset, name=name, label=label)


def tidy(value: Any) -> Value:
    """A value as a dataset holds it: no empty text, no NaN, whole numbers without a point.

    >>> tidy(5.0), tidy("PR "), tidy(""), tidy(float("nan")), tidy(True)
    (5, 'PR', None, None, 'Y')
    """
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    if isinstance(value, bool):
        return "Y" if value else "N"
    if isinstance(value, str):
        return value.rstrip() or None
    if isinstance(value, float):
        if math.isnan(value):
            return None
        if math.isinf(value):
            raise ValueError(f"no number of a dataset: {value} (leave a missing value empty)")
        return int(value) if value.is_integer() else value
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if hasattr(value, "item"):  # a number of numpy
        return tidy(value.item())
    raise ValueError(f"no value of a dataset: {value!r} (write a text, a number or a date)")


def misfits(dataset: Dataset) -> Problems:
    """What a transport file could not hold, or what is not of the type of its variable."""
    found: list[Problem] = []
    at = Where(dataset.file or dataset.name.lower())
    if len(dataset.label) > LONGEST_LABEL:
        found.append(
            Problem(at, _too_long("the label of the dataset", dataset.label, LONGEST_LABEL))
        )
    for variable in dataset.variables:
        if len(variable.name) > LONGEST_NAME:
            found.append(
                Problem(at, _too_long("the name of a variable", variable.name, LONGEST_NAME))
            )
        if len(variable.label) > LONGEST_LABEL:
            what = f"the label of {variable.name}"
            found.append(Problem(at, _too_long(what, variable.label, LONGEST_LABEL)))
        for number, value in enumerate(dataset.values[variable.name]):
            if value is not None and (what := _misfit(variable, value)):
                found.append(Problem(dataset.where(number, variable.name), what))
    return tuple(found)


def _too_long(what: str, text: str, most: int) -> str:
    return f"{what} has {len(text)} characters: {text!r} (at most {most}; shorten it)"


def _misfit(variable: Variable, value: Value) -> str:
    """Why a value has no place in a variable; empty where it has."""
    name = variable.name
    if variable.is_date:
        fits = isinstance(value, datetime.date)
        return "" if fits else f"{name}: not a date: {value!r} (write 2021-03-15)"
    if variable.is_numeric:
        fits = isinstance(value, int | float)
        return "" if fits else f"{name}: not a number: {value!r} (write 12 or 12.5)"
    if not isinstance(value, str):
        return f"{name}: not a text: {value!r} (write it as a text)"
    if _CONTROL.search(value):
        return f"{name}: a control character in {value!r} (delete it)"
    most = min(variable.length, LONGEST_TEXT)
    size = len(value.encode())
    if size > most:
        return f"{name}: {size} bytes: {value!r} (at most {most}; shorten it)"
    return ""
