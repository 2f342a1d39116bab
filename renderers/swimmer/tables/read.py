"""The tables of a swimmer plot: read and typed, with their faults and their unused columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import PurePath

import attrs

from renderers.swimmer.options import SwimmerOptions
from renderers.swimmer.tables.parameters import several_parameters
from renderers.swimmer.tables.rows import EVENTS, LANES, Tables
from renderers.swimmer.tables.shaped import Shaped, Wanted
from renderers.swimmer.tables.shapes import SHAPES, read_shape
from renderers.swimmer.tables.typed_rows import typed_tables
from renderers.tables.columns import Problems, column_of, mapped, needed_fields_found
from renderers.tables.csv_table import Table, TableRow, at_heading, records
from renderers.tables.kept_rows import Kept, kept_rows
from renderers.tables.labels import kind_of, label_meaning
from renderers.tables.sources import PLAIN, Opening, Source, open_table, source_name
from timeline.core.calendar.durations import days_per
from timeline.core.frozen_class import frozen
from timeline.core.problem import Problem, Where, in_order, listed, near

_LIKE_A_RESPONSE = re.compile(r"[A-Za-z]{1,2}-?(CR|PR|SD|PD)|(CR|PR|SD|PD)-?[A-Za-z]{1,2}")


@frozen(kw_only=True)
class TableSource:
    """The tables, each a file or a data frame, and how they are read.

    ``opening``: how a file is opened. ``column_map``: the table's own name of a field, as
    ``id: record_id``. ``unit``: of its numbers.
    ``time_zero``: what its numbers count from, in words. ``markers``: a marker for a label.
    ``together``: states that overlap are drugs given together, drawn side by side in one bar.
    ``dates``: how dates are written, a value of ``time_forms.DATES``. ``numbers_in``: the unit of
    numbers, where it is stated apart from that of the axis. ``milestones``: columns that hold the
    time of an event. ``open_ends``: whether lanes may end without a stated reason. ``only``:
    columns with a value of the rows that are kept.
    """

    lanes: Source
    events: tuple[Source, ...] = ()
    opening: Opening = PLAIN
    column_map: tuple[tuple[str, str], ...] = ()
    unit: str = ""
    time_zero: str = ""
    markers: tuple[tuple[str, str], ...] = ()
    together: bool = False
    dates: str = ""
    numbers_in: str = ""
    milestones: tuple[str, ...] = ()
    open_ends: bool = False
    only: Kept = ()

    @property
    def name(self) -> str:
        """What the figure names the lanes: a file without its folder."""
        return PurePath(source_name(self.lanes)).name

    @property
    def every(self) -> tuple[tuple[Source, str], ...]:
        """Each table, with the name of a data frame: the lanes first."""
        names = ("lanes", *(["events"] * len(self.events)))
        return tuple(zip((self.lanes, *self.events), names, strict=True))


@frozen(kw_only=True)
class LoadedTables:
    """The typed rows, the number of rows that have no type, faults, and notes on unused columns."""

    tables: Tables | None = None
    lost: int = 0
    problems: Problems = ()
    notes: Problems = ()

    @classmethod
    def of(cls, source: TableSource, options: SwimmerOptions) -> LoadedTables:
        """The tables of some files; without rows where a file or its headings cannot be read.

        Raises:
            ValueError: ``column_map`` names a field that does not exist, or one field twice.

        """
        column_map = mapped(source.column_map, (LANES, EVENTS))
        opened = [open_table(each, source.opening, name) for each, name in source.every]
        faults = unreadable = tuple(fault for _, own, _ in opened for fault in own)
        notes = tuple(note for _, _, own in opened for note in own)
        sheets = [sheet for sheet, _, _ in opened if sheet is not None]
        faults += _mapped_nowhere(column_map, sheets)
        wanted = Wanted(
            milestones=source.milestones,
            columns=_every_column(options),
            has_events=bool(source.events),
            dates=source.dates,
        )
        shaped: Shaped | None = None
        events: list[TableRow] = []
        headings = {sheet.file: sheet.line for sheet in sheets}
        found: list[tuple[int, dict[str, str], Table]] = []
        for place, (sheet, _, _) in enumerate(opened):
            if sheet is None:
                continue
            named = _names_of(sheet, column_map, sheets)
            table, above = at_heading(sheet, _heading_of(named, lanes=not place))
            notes += above
            headings[table.file] = table.line
            found.append((place, named, table))
        kept, unkept = kept_rows([table for _, _, table in found], source.only)
        faults += unkept
        for (place, named, _), table in zip(found, kept, strict=True):
            if place:
                own, more = records(table, EVENTS, named)
                events += own
                faults += (*more, *(() if unkept else several_parameters(own, source.only)))
            else:
                shaped = read_shape(table, named, wanted)
                faults += shaped.faults
                notes += shaped.notes
        if unreadable or any(f.where.line <= headings.get(f.where.file, -1) for f in faults):
            return cls(problems=in_order(faults), notes=notes)
        if shaped is None or not shaped.lanes:
            empty = (Problem(Where(source_name(source.lanes, "lanes")), "holds no row"),)
            return cls(problems=faults or empty, notes=notes)
        every = attrs.evolve(shaped, events=(*shaped.events, *events))
        typed = cls._typed(every, faults, source, options)
        return attrs.evolve(typed, notes=(*notes, *typed.notes))

    @classmethod
    def _typed(
        cls, shaped: Shaped, faults: Problems, source: TableSource, options: SwimmerOptions
    ) -> LoadedTables:
        lanes, events, columns = shaped.lanes, shaped.events, _every_column(options)
        faults += _no_such_column(columns, lanes[0])
        notes = _unread(lanes, columns, lanes=True)
        for file in dict.fromkeys(event.file for event in events if event.file != lanes[0].file):
            notes += _unread([event for event in events if event.file == file])
        if any(fault.where.line <= 1 for fault in faults):
            return cls(problems=faults, notes=notes)
        unit = source.numbers_in or shaped.unit or source.unit
        typed = typed_tables(
            lanes,
            events,
            per_unit=days_per(unit) if unit else None,
            markers=dict(source.markers),
            combined=source.together or shaped.combined,
            columns=_columns(options),
            time_zero=source.time_zero,
            dates=source.dates,
            cutoff=options.cutoff,
        )
        notes += typed.notes
        problems = (*faults, *typed.problems)
        if typed.tables is None:
            return cls(problems=problems, notes=notes)
        stated = shaped.ends_stated and not source.open_ends
        tables = attrs.evolve(typed.tables, ends_stated=stated)
        problems += _unused_markers(source, tables)
        notes += _without_meaning(source, tables)
        found = [*tables.intervals, *tables.events, *(repeat.row for repeat in tables.repeated)]
        in_use = {id(row.record) for row in found}
        lost = len(faults) + sum(id(row) not in in_use for row in (*lanes, *events))
        return cls(tables=tables, lost=lost, problems=problems, notes=notes)


def _heading_of(named: dict[str, str], *, lanes: bool) -> Callable[[Table], bool]:
    """Whether the headings of a table are those of lanes of some shape, or of events."""
    ends = attrs.evolve(LANES, needed=("id", "end"), optional=())

    def is_heading(table: Table) -> bool:
        fields = ends if lanes else EVENTS
        shape = lanes and any(row.tells(table, named) for row in SHAPES)
        return shape or needed_fields_found(table.headings, fields, named) == len(fields.needed)

    return is_heading


def _names_of(sheet: Table, column_map: dict[str, str], sheets: Sequence[Table]) -> dict[str, str]:
    """The names that hold for one table: those of columns that it has, or that none has.

    Lanes and events share the fields ``id`` and ``end``, and need not name them alike.
    """
    others = [each for each in sheets if each is not sheet]
    return {
        field: name
        for field, name in column_map.items()
        if column_of(name, sheet.headings) is not None
        or not any(column_of(name, each.headings) is not None for each in others)
    }


def _mapped_nowhere(column_map: dict[str, str], sheets: Sequence[Table]) -> Problems:
    """A fault for each mapped column that no table has."""
    known = [name for each in sheets for name in each.headings if name]
    return tuple(
        Problem(sheets[0].where, f"--map {field}={name}: no column {name!r} ({near(name, known)})")
        for field, name in column_map.items()
        if sheets and not any(column_of(name, each.headings) is not None for each in sheets)
    )


def _unread(rows: Sequence[TableRow], used: Sequence[str] = (), *, lanes: bool = False) -> Problems:
    """Columns that no field and no option reads, in one note; events among them in another."""
    first = rows[0]
    names = [name for _, name in first.layout.unread if column_of(name, used) is None]
    shadowed = [name for name in names if column_of(name, tuple(first.layout.fields)) is not None]
    events = [name for name in names if kind_of(name) and name not in shadowed]
    rest = [name for name in names if name not in events and name not in shadowed]
    notes = []
    if shadowed:
        notes.append(f"{_quoted(shadowed)} not read: --map names another column in its place")
    if events:
        hint = f", or a column of times: --option milestones={','.join(events)}" if lanes else ""
        what = f"not read: an event is a row of --events (id, time, event){hint}"
        notes.append(f"{_quoted(events)} {what}")
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


def _unused_markers(source: TableSource, typed: Tables) -> Problems:
    """A fault for each marker chosen for a label that no event has."""
    labels = [event.label for event in typed.events]
    meanings = {label_meaning(label) for label in labels}
    where = Where(source_name(*source.every[1 if source.events else 0]))
    return tuple(
        Problem(where, f"no event {label!r} for the marker {marker!r} ({near(label, {*labels})})")
        for label, marker in source.markers
        if label_meaning(label) not in meanings
    )


def _without_meaning(source: TableSource, typed: Tables) -> Problems:
    """A note on labels that read like a response and are none that is known, such as uPR."""
    chosen = {label_meaning(label) for label, _ in source.markers}
    found = [
        event
        for event in typed.events
        if kind_of(event.label) is None
        and _LIKE_A_RESPONSE.fullmatch(event.label)
        and label_meaning(event.label) not in chosen
    ]
    if not found:
        return ()
    labels: dict[str, str] = {}
    for event in found:
        labels.setdefault(label_meaning(event.label), event.label)
    what = f"no known response: {listed(list(map(repr, labels.values())))}; drawn under Events "
    what += "(--option sign= chooses a marker)"
    return (Problem(attrs.evolve(found[0].record.where("event"), line=1), what),)


def _columns(options: SwimmerOptions) -> tuple[str, ...]:
    """The further columns of the lanes that a figure uses, with one text for each patient."""
    keys = (key.removesuffix(" reversed") for key in options.sort or ())
    used = [*(options.columns or ()), *([options.group] if options.group else []), *keys]
    return tuple(dict.fromkeys(c for c in used if c not in ("id", "duration", "start", "name")))


def _every_column(options: SwimmerOptions) -> tuple[str, ...]:
    """The further columns of the lanes that a figure uses; a colour may change within a lane."""
    by = options.colour_column
    return tuple(dict.fromkeys((*_columns(options), *((by,) if by else ()))))


def _no_such_column(columns: Sequence[str], first: TableRow) -> Problems:
    known = [name for name in first.layout.headings if name]
    return tuple(
        Problem(Where(first.file, 1, 1), f"no column {name!r} ({near(name, known)})")
        for name in columns
        if first.layout.find(name) is None
    )
