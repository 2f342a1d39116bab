"""Columns of a table of times that say what the times are: their unit, endpoint and group."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import attrs

from renderers.tables.columns import Problems, column_of
from renderers.tables.csv_table import Records, TableRow
from timeline.core.calendar.durations import days_per, unit_named
from timeline.core.problem import Problem, Where
from timeline.core.text.spelling import folded

_WHICH_UNIT = "times in which unit? (write --option unit=days, weeks, months or years)"


_IN_HEADING = re.compile(r"(?:^|_|[ (\[,])([A-Za-z]+)[)\]]?$")


@attrs.frozen
class TimeUnits:
    """The unit that times are drawn in, and the days of it and of the unit that a table states."""

    name: str
    drawn: Fraction
    stated: Fraction
    notes: Problems = ()


def units_of_times(
    records: Records, wanted: str, *, needed: bool = True
) -> tuple[TimeUnits | None, Problems]:
    """The unit of some rows and of the figure, or why it is not known.

    Args:
        records: the rows that are drawn.
        wanted: the unit of the figure; empty for the one that the table states: in its column of
            units, or in the heading of its times, such as OS_MONTHS.
        needed: whether it is a fault if no unit is known; else its name is empty.
    """
    first, stated = records[0], list[str]()
    for record in records:
        text = record.text("unit")
        name = unit_named(text)
        if text and not name:
            what = f"not a unit of time: {text!r} (write days, weeks, months or years)"
            return None, (Problem(record.where("unit"), what),)
        if name and stated and name not in stated:
            what = f"times in {name}, and in {stated[0]} above (bring them to one unit)"
            return None, (Problem(record.where("unit"), what),)
        stated += [name] if name else []
    headed = unit_of_heading(first.layout.headings[first.layout.fields["time"]])
    own = stated[0] if stated else headed or wanted
    if not own and needed:
        return None, (Problem(Where(first.file), _WHICH_UNIT),)
    if not own:
        return TimeUnits("", Fraction(1), Fraction(1)), ()
    if stated and len(stated) < len(records):
        bare = next(record for record in records if not record.text("unit"))
        what = f"no unit, and other rows state {own} (write it)"
        return None, (Problem(bare.where("unit"), what),)
    name = wanted or own
    drawn, size = days_per(name), days_per(own)
    notes: Problems = ()
    if name != own:
        what = f"times in {own} are drawn in {name} (1 month = 30.4375 days, 1 year = 365.25 days)"
        place = first.where("unit" if stated else "time")
        notes = (Problem(attrs.evolve(place, line=1), what),)
    return TimeUnits(name, drawn, size, notes), ()


def unit_of_heading(heading: str) -> str:
    """The unit that a heading states; empty where it states none.

    >>> unit_of_heading("OS_MONTHS"), unit_of_heading("PFS (weeks)"), unit_of_heading("days")
    ('months', 'weeks', 'days')
    >>> unit_of_heading("time"), unit_of_heading("futime")
    ('', '')
    """
    found = _IN_HEADING.search(heading)
    return unit_named(found[1]) if found else ""


def which_group(
    records: Records, named: Mapping[str, str], standard: Sequence[str]
) -> Iterator[Problem]:
    """A fault where two columns may be the group and differ: treatment planned, and given.

    Args:
        records: the rows.
        named: the table's own names of fields.
        standard: the known names of the column of groups.
    """
    layout = records[0].layout
    taken = layout.fields.get("group")
    if taken is None or "group" in named or folded(layout.headings[taken]) == "group":
        return
    for name in standard:
        other = column_of(name, layout.headings)
        if other in (None, taken):
            continue
        unlike = (
            each for each in records if folded(each.texts[other]) != folded(each.texts[taken])
        )
        if (first := next(unlike, None)) is not None:
            both = " or ".join(repr(layout.headings[n]) for n in (taken, other))
            what = f"which column is the group: {both}? They differ (write --map group=COLUMN)"
            yield Problem(first.where("group"), what)
            return


def endpoint_name(row: TableRow) -> str:
    """The endpoint of a row: its PARAMCD, or the first word of a heading such as OS_MONTHS."""
    if text := row.text("endpoint"):
        return text
    code, underscore, unit = row.layout.headings[row.layout.fields["time"]].partition("_")
    return code if underscore and unit_named(unit) else ""
