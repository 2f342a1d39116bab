"""The wishes of a command for a swimmer, ``NAME=VALUE`` each: one row a name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import attrs

from renderers.lanes.swim import Swim
from renderers.lanes.tabled import Source
from timeline.problem import near


@attrs.frozen
class Wish:
    """One row: what it says, which field it fills, how it is read, and whether it may repeat."""

    name: str
    says: str
    field: str
    read: Callable[[str], Any] = str
    many: bool = False


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ValueError(f"not a number: {text!r} (write 24)") from None


def _yes(text: str) -> bool:
    if text not in ("yes", "no"):
        raise ValueError(f"neither yes nor no: {text!r} (write yes or no)")
    return text == "yes"


def _listed(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _reference(text: str) -> tuple[float, str]:
    at, _, words = (part.strip() for part in text.partition(" "))
    return _number(at), words or at


def _stretch(text: str) -> tuple[float, float]:
    start, slash, end = text.partition("/")
    if not slash:
        raise ValueError(f"not a stretch: {text!r} (write 24/60)")
    return _number(start), _number(end)


def _sign(text: str) -> tuple[str, str]:
    label, colon, sign = (part.strip() for part in text.partition(":"))
    if not (colon and label and sign):
        raise ValueError(f"not a label and a sign: {text!r} (write Relapse: PD)")
    return label, sign


SWIM = {
    row.name: row
    for row in (
        Wish("by", "a lane for each line or patient", "by"),
        Wish("align",
             "start, line 2, diagnosis, surgery, first response, calendar, a day", "align"),
        Wish("unit", "of the axis: days, weeks, months, years, cycles", "unit"),
        Wish("cycle", "days of a cycle", "cycle", _number),
        Wish("sort", "keys with commas between; 'reversed' after one turns it", "sort", _listed),
        Wish("group", "the column that lanes are grouped by", "group"),
        Wish("columns", "columns beside the lanes, with commas between", "columns", _listed),
        Wish("colour", "bars by line or by drug", "colour"),
        Wish("scans", "a sign for all, or where the status changes", "scans"),
        Wish("cut-off", "the day of the data cut-off", "cutoff"),
        Wish("reference", "a time and its words: 24 landmark", "references", _reference, many=True),
        Wish("leave-out", "a stretch of the axis: 24/60", "breaks", _stretch, many=True),
        Wish("both-axes", "yes: dates and time since nought", "both_axes", _yes),
    )
}  # fmt: skip
SOURCE = {
    row.name: row
    for row in (
        Wish("numbers-in", "the unit of a table's numbers, if not that of the axis", "unit"),
        Wish("nought", "what a table's numbers count from, in words", "nought"),
        Wish("sign", "a sign for a label of the events: Relapse: PD", "signs", _sign, many=True),
        Wish("together", "yes: states that overlap are drugs given together", "together", _yes),
    )
}
WISHES = {**SWIM, **SOURCE}


def _read(asked: Sequence[str], rows: dict[str, Wish]) -> dict[str, Any]:
    """The fields that some wishes fill; those of other rows are passed over."""
    found: dict[str, Any] = {}
    for text in asked:
        name, equals, value = (part.strip() for part in text.partition("="))
        if name not in WISHES:
            raise ValueError(f"unknown wish: {name!r} ({near(name, WISHES)})")
        if not (equals and value):
            raise ValueError(f"no value: {text!r} (write NAME=VALUE; {name}: {WISHES[name].says})")
        row = rows.get(name)
        if row is None:
            continue
        if row.field in found and not row.many:
            raise ValueError(f"said twice: {name!r} (write it once)")
        try:
            said = row.read(value)
        except ValueError as fault:
            raise ValueError(f"{name}: {fault}") from None
        found[row.field] = (*found.get(row.field, ()), said) if row.many else said
    return found


def swim_of(asked: Sequence[str], *, table: bool = False) -> Swim:
    """What is asked of a swimmer. ValueError where a wish is not understood.

    ``table``: whether tables are drawn; a wish that is for tables alone is else refused.
    """
    of_tables = [text.partition("=")[0].strip() for text in asked]
    if not table and (lost := [name for name in of_tables if name in SOURCE]):
        raise ValueError(f"{lost[0]!r} is for tables alone (give --table)")
    return Swim(**_read(asked, SWIM))


def source_of(
    lanes: Path, events: Sequence[Path] = (), named: Sequence[str] = (), asked: Sequence[str] = ()
) -> Source:
    """The tables of a swimmer; ``named``: the table's own name of a field, ``id=record_id``."""
    found = _read(asked, SOURCE)
    unit = found.pop("unit", "") or _read(asked, SWIM).get("unit", "")
    pairs = tuple(_named(text) for text in named)
    unit = "" if unit == "cycles" else unit
    return Source(lanes=lanes, events=tuple(events), named=pairs, unit=unit, **found)


def _named(text: str) -> tuple[str, str]:
    field, equals, column = (part.strip() for part in text.partition("="))
    if not (equals and field and column):
        raise ValueError(f"no column: {text!r} (write FIELD=COLUMN, such as id=record_id)")
    return field, column
