"""The time of one row of a table: a number, or the days between two dates."""

from __future__ import annotations

import functools
from fractions import Fraction

from renderers.tables.csv_table import TableRow
from renderers.tables.date_mistakes import beyond_life
from renderers.tables.time_forms import TimeForms
from timeline.core.calendar.dates import parse_edtf

_NO_TIME = "write a number of 0 or more, with a point: 8.4"


class TimeFault(ValueError):
    """Why a row has no time. ``field``: the field that is wrong."""

    def __init__(self, field: str, what: str) -> None:
        super().__init__(what)
        self.field = field


def number_of(record: TableRow, size: Fraction, forms: TimeForms) -> Fraction | None:
    """The number of a row; None where its fault is named elsewhere. Raises `TimeFault`."""
    text = forms.text(record, "time")
    if text == "" or (text or "").startswith("-"):
        raise TimeFault("time", f"not a time: {record.text('time')!r} ({_NO_TIME})")
    if text is None:
        return None
    number, too_far = _number(text, size)
    if too_far:
        raise TimeFault("time", too_far)
    return number


@functools.lru_cache(maxsize=1 << 16)  # times in whole days repeat in a large table
def _number(text: str, size: Fraction) -> tuple[Fraction, str]:
    """A number, and why it is no time of a patient; then the number is 0."""
    too_far = beyond_life(text, size)  # before: of a thousand digits no number is made
    return Fraction(0 if too_far else text), too_far


def time_between(record: TableRow, size: Fraction, forms: TimeForms) -> Fraction | None:
    """From the start to the last date, in the unit of the figure; None and faults as above."""
    if "start" not in record.layout.fields:
        description = (
            f"a date: {record.text('time')!r} (give the date that it counts from as well: "
        )
        raise TimeFault("time", f"{description}--map start=COLUMN)")
    last, first = _day(record, "time", forms), _day(record, "start", forms)
    if last is None or first is None:
        return None
    if last < first:
        raise TimeFault("time", f"{record.text('time')} lies before the start (correct a date)")
    return Fraction(last - first) / size


def _day(record: TableRow, field: str, forms: TimeForms) -> int | None:
    text = forms.text(record, field)
    if not text:
        if text == "":
            raise TimeFault(field, f"no {field} (write it, or leave the row out)")
        return None
    span = parse_edtf(text).span
    if not span.is_point:
        description = f"a curve needs the day: {text!r} (write 2021-03-01, or draw case files)"
        raise TimeFault(field, description)
    return int(span.low)
