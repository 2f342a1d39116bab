"""The tables of a swimmer: read, typed, and everything that is wrong with them or not read."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import attrs

from renderers.swimmer.options import SwimmerOptions
from renderers.swimmer.tables.rows import EVENTS, LANES, Tables
from renderers.swimmer.tables.typed_rows import tables
from renderers.tables.columns import Problems, column_of, mapped
from renderers.tables.csv_table import Table, TableRow, read_table, records
from renderers.tables.labels import kind_of, label_meaning
from timeline.core.durations import days_per
from timeline.core.problem import Problem, Where, near


@attrs.frozen(kw_only=True)
class TableSource:
    """Where the tables are and how to read them.

    ``named``: the table's own name of a field, as ``id: record_id``. ``unit``: of its numbers.
    ``nought``: what its numbers count from, in words. ``signs``: a sign for a label.
    ``together``: states that overlap are drugs given together, drawn side by side in one bar.
    """

    lanes: Path
    events: tuple[Path, ...] = ()
    named: tuple[tuple[str, str], ...] = ()
    unit: str = ""
    nought: str = ""
    signs: tuple[tuple[str, str], ...] = ()
    together: bool = False


@attrs.frozen(kw_only=True)
class GivenTables:
    """The tables, how many of their rows could not be read, why, and what is not read of them."""

    read: Tables | None = None
    lost: int = 0
    problems: Problems = ()
    notes: Problems = ()

    @classmethod
    def of(cls, source: TableSource, swim: SwimmerOptions) -> GivenTables:
        named = mapped(source.named, (LANES, *([EVENTS] if source.events else ())))
        opened = [read_table(path) for path in (source.lanes, *source.events)]
        unopened = tuple(fault for _, faults in opened for fault in faults)
        sheets = [found for found, _ in opened if found is not None]
        faults = unopened + _nowhere(named, sheets)
        rows: list[tuple[TableRow, ...]] = []
        for found, (one, _) in zip((LANES, *[EVENTS] * len(source.events)), opened, strict=True):
            if one is not None:
                read, more = records(one, found, _of(one, named, sheets))
                rows.append(read)
                faults += more
        if unopened or any(f.where.line <= s.line for f in faults for s in sheets if _in(f, s)):
            return cls(problems=tuple(sorted(set(faults))))
        lanes, events = rows[0], tuple(row for table in rows[1:] for row in table)
        if not lanes:
            nothing = (Problem(Where(str(source.lanes)), "holds no row"),)
            return cls(problems=faults or nothing)
        return cls._typed(lanes, events, faults, source, swim)

    @classmethod
    def _typed(
        cls,
        lanes: tuple[TableRow, ...],
        events: tuple[TableRow, ...],
        faults: Problems,
        source: TableSource,
        swim: SwimmerOptions,
    ) -> GivenTables:
        columns = _columns(swim)
        faults += _no_such_column(columns, lanes[0])
        notes = _unread(lanes, columns, lanes=True)
        for file in dict.fromkeys(event.file for event in events):
            notes += _unread([event for event in events if event.file == file])
        if any(fault.where.line <= 1 for fault in faults):
            return cls(problems=faults, notes=notes)
        read, problems = tables(
            lanes,
            events,
            per_unit=_per_unit(source),
            signs=dict(source.signs),
            combined=source.together,
            columns=columns,
            nought=source.nought,
        )
        problems = (*faults, *problems, *_unmet(source, read))
        if not read.dated and not source.unit:
            return cls(problems=problems, notes=notes)
        kept = {id(row.record) for row in read.stretches} | {id(row.record) for row in read.events}
        kept |= {id(each.row.record) for each in read.repeated}
        lost = len(faults) + sum(id(row) not in kept for row in (*lanes, *events))
        return cls(read=read, lost=lost, problems=problems, notes=notes)


def _in(fault: Problem, one: Table) -> bool:
    return fault.where.file == one.file


def _of(one: Table, named: dict[str, str], sheets: Sequence[Table]) -> dict[str, str]:
    """The names that hold for one table: those of columns that it has, or that none has.

    Lanes and events share the fields ``id`` and ``end``, and need not name them alike.
    """
    others = [each for each in sheets if each is not one]
    return {
        field: name
        for field, name in named.items()
        if column_of(name, one.headings) is not None
        or not any(column_of(name, each.headings) is not None for each in others)
    }


def _nowhere(named: dict[str, str], sheets: Sequence[Table]) -> Problems:
    """A column that is mapped and that no table has."""
    there = [name for each in sheets for name in each.headings if name]
    return tuple(
        Problem(sheets[0].where, f"--map {field}={name}: no column {name!r} ({near(name, there)})")
        for field, name in named.items()
        if sheets and not any(column_of(name, each.headings) is not None for each in sheets)
    )


def _unread(rows: Sequence[TableRow], used: Sequence[str] = (), *, lanes: bool = False) -> Problems:
    """Columns that no field and no wish reads, in one note; milestones among them in another."""
    first = rows[0]
    names = [name for _, name in first.layout.unread if column_of(name, used) is None]
    shadowed = [name for name in names if column_of(name, tuple(first.layout.fields)) is not None]
    events = [name for name in names if kind_of(name) and name not in shadowed]
    rest = [name for name in names if name not in events and name not in shadowed]
    notes = []
    if shadowed:
        notes.append(f"{_quoted(shadowed)} not read: --map names another column in its place")
    if events:
        notes.append(f"{_quoted(events)} not read: an event is a row of --events (id, time, event)")
    if rest:
        known = ", ".join(first.layout.fields)
        hint = f"; --option columns={rest[0]} writes it beside the lanes" if lanes else ""
        notes.append(f"{_quoted(rest)} not read (read are {known}{hint})")
    blank = [n for n, name in enumerate(first.layout.headings, start=1) if not name]
    notes += [f"column {n} has no heading and is not read" for n in blank
              if any(row.texts[n - 1] for row in rows)]  # fmt: skip
    return tuple(Problem(Where(first.file, 1, 1), note) for note in notes)


def _quoted(names: Sequence[str]) -> str:
    listed = ", ".join(map(repr, names))
    return f"column {listed} is" if len(names) == 1 else f"columns {listed} are"


def _unmet(source: TableSource, read: Tables) -> Problems:
    """Signs asked for labels that no event bears."""
    labels = [event.label for event in read.events]
    things = {label_meaning(label) for label in labels}
    where = Where(str(source.events[0] if source.events else source.lanes))
    return tuple(
        Problem(where, f"no event {label!r} for the sign {sign!r} ({near(label, {*labels})})")
        for label, sign in source.signs
        if label_meaning(label) not in things
    )


def _per_unit(source: TableSource) -> Fraction | None:
    return days_per(source.unit) if source.unit else None


def _columns(swim: SwimmerOptions) -> tuple[str, ...]:
    """The further columns of the lanes that a figure uses."""
    keys = (key.removesuffix(" reversed") for key in swim.sort or ())
    used = [*(swim.columns or ()), *([swim.group] if swim.group else []), *keys]
    return tuple(dict.fromkeys(c for c in used if c not in ("id", "duration", "start", "name")))


def _no_such_column(columns: Sequence[str], first: TableRow) -> Problems:
    there = [name for name in first.layout.headings if name]
    return tuple(
        Problem(Where(first.file, 1, 1), f"no column {name!r} ({near(name, there)})")
        for name in columns
        if first.layout.find(name) is None
    )
