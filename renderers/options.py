"""Options of figures: a row for each name, read from the command line or from Python values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from timeline.core.frozen_class import frozen
from timeline.core.problem import near


@frozen
class Option:
    """One option of a figure.

    Attributes:
        name: its name on the command line.
        description: what it means, with the values that it takes.
        field: the field of the figure's options that it sets.
        read: converts its text to a value; ValueError if the text is wrong.
        many: whether it may be given several times.
        between: the separator of the two parts of a value, such as two ends; empty if it has one.
        former: its former name, accepted until version 0.3.
        also: another name that means the same, such as another spelling.
        in_python: its name in Python, where it is another one than ``name``.
        is_list: whether its text is several words with commas between, a list in Python.
    """

    name: str
    description: str
    field: str
    read: Callable[[Any], Any] = str
    many: bool = False
    between: str = ""
    former: str = ""
    also: str = ""
    in_python: str = ""
    is_list: bool = False

    @property
    def keyword(self) -> str:
        """Its name in Python: ``cut_off``."""
        return self.in_python or self.name.replace("-", "_")

    @property
    def keywords(self) -> tuple[str, ...]:
        """Its names in Python: its own, and the other one if it has two."""
        return (self.keyword, *([self.also] if self.also else ()))


def number(text: str) -> float:
    if not re.fullmatch(r"[-+]?[0-9]{1,9}(\.[0-9]{1,9})?", text):
        raise ValueError(f"not a number: {text[:40]!r} (write 24)")
    return float(text)


LONGEST_CYCLE = 366  # days


def cycle_length(text: str) -> float:
    days = number(text)
    if not 0 < days <= LONGEST_CYCLE:
        raise ValueError(f"not the length of a cycle: {text!r} (write 1 to {LONGEST_CYCLE} days)")
    return days


def whole(text: str) -> int:
    if not re.fullmatch("[0-9]{1,6}", text):
        raise ValueError(f"not a whole number: {text!r} (write 2)")
    return int(text)


def yes(text: str) -> bool:
    if text not in ("yes", "no"):
        raise ValueError(f"neither yes nor no: {text!r} (write yes or no)")
    return text == "yes"


def listed(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def parse_options(
    texts: Sequence[str], rows: Mapping[str, Option], known: Mapping[str, Option] | None = None
) -> dict[str, Any]:
    """Read options of the command line.

    Args:
        texts: the options, each as ``NAME=VALUE``.
        rows: the options that are read.
        known: all options that are allowed; those not in ``rows`` are skipped.

    Returns:
        The fields that they set, by name, with their values.

    Raises:
        ValueError: an option is unknown, has no value or a wrong one, or is given twice.
    """
    known = rows if known is None else known
    others = {
        other: name for name, row in known.items() for other in (row.former, row.also) if other
    }
    found: dict[str, Any] = {}
    for text in texts:
        name, equals, value = (part.strip() for part in text.partition("="))
        name = others.get(name, name)
        if name not in known:
            raise _unknown(name, known)
        if not (equals and value):
            raise ValueError(
                f"no value: {text!r} (write NAME=VALUE; {name}: {known[name].description})"
            )
        row = rows.get(name)
        if row is None:
            continue
        if row.field in found and not row.many:
            raise ValueError(f"given twice: {name!r} (write it once)")
        try:
            parsed = row.read(value)
        except ValueError as fault:
            raise ValueError(f"{name}: {fault}") from None
        found[row.field] = (*found.get(row.field, ()), parsed) if row.many else parsed
    return found


_SAME = {"since": "align", "align": "since"}  # the moment that times count from, by figure


def _unknown(name: str, known: Mapping[str, Option]) -> ValueError:
    """An option that a figure does not have, with what it is called there, or the nearest."""
    other = _SAME.get(name, "")
    advice = f"write {other} for this figure" if other in known else near(name, known)
    return ValueError(f"unknown option: {name!r} ({advice})")


def options_from_values(rows: Mapping[str, Option], values: Mapping[str, Any]) -> dict[str, Any]:
    """Check options that are given as Python values; each is checked as its text would be.

    Args:
        rows: the options of a figure.
        values: values by keyword, such as ``cut_off=date(2021, 3, 1)`` or ``sort=["best"]``.

    Returns:
        The fields that they set, by name, with their values.

    Raises:
        ValueError: an option is unknown, or its value is wrong.

    """
    known = {name: row for row in rows.values() for name in row.keywords}
    found: dict[str, Any] = {}
    for name, value in values.items():
        if name not in known:
            raise _unknown(name, known)
        row = known[name]
        if row.field in found:
            raise ValueError(f"given twice: {' and '.join(row.keywords)} (write one of them)")
        try:
            found[row.field] = _values(row, value) if row.many else _value(row, value)
        except ValueError as fault:
            raise ValueError(f"{name}: {fault}") from None
    return found


def _values(row: Option, value: Any) -> tuple[Any, ...]:
    """The values of an option that may be given several times: a list, a mapping, or one value."""
    if isinstance(value, Mapping):
        value = list(value.items())
    return tuple(_value(row, each) for each in (value if isinstance(value, list) else [value]))


def _value(row: Option, value: Any) -> Any:
    if row.is_list and not isinstance(value, str):
        several = (value,) if isinstance(value, int | float) else _sequence(value)
        return row.read(", ".join(map(_text, several)))
    if row.read is listed and not isinstance(value, str):
        return tuple(map(_text, _sequence(value)))
    if row.between and not isinstance(value, str):
        parts = _sequence(value)
        if len(parts) != 2:
            raise ValueError(f"not a pair: {value!r} ({row.description})")
        return row.read(row.between.join(map(_text, parts)))
    if isinstance(value, Mapping):
        return row.read(value)
    if row.read is yes and not isinstance(value, bool):
        raise ValueError(f"neither True nor False: {value!r}")
    return row.read(_text(value))


def _sequence(value: Any) -> Sequence[Any]:
    if not isinstance(value, list | tuple):
        raise ValueError(f"not a list: {value!r}")
    return value


def _text(value: Any) -> str:
    """A value as the text of an option: ``yes``, ``24``, ``2021-03-01``."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    return str(value)
