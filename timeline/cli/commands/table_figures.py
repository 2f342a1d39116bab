"""Figures from plain tables."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Annotated, Any

import typer

from timeline.cli import completions
from timeline.cli.common import count_text, exit_with_problems, print_problems, unwritable
from timeline.cli.ending import WRONG
from timeline.cli.figure_files import Target
from timeline.core.frozen_class import frozen

Options = Annotated[
    list[str] | None,
    typer.Option(
        "--option",
        metavar="NAME=VALUE",
        help="Of the figure: sort=best, unit=weeks, line=2 ..",
        autocompletion=completions.options,
    ),
]
Table = Annotated[
    Path | None, typer.Option("--table", help="Of lanes, times, sizes or changes: CSV, XLSX ..")
]
Events = Annotated[
    list[Path] | None, typer.Option("--events", help="Their events as CSV: id, time, event.")
]
ColumnMap = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="FIELD=COLUMN",
        help="The table's name of a field: id=ID",
        autocompletion=completions.figure_fields,
    ),
]
SkipInvalid = Annotated[
    bool, typer.Option("--skip-invalid", help="Draw a faulty table without its invalid rows.")
]


@frozen
class _Pace:
    """Drawing time of rows. ``each``: milliseconds a row, measured with 20,000 rows."""

    what: str
    each: float
    least: int  # rows from which a note is printed: about five seconds


_LANES = _Pace("lanes", 2.5, 2_000)
_TIMES = _Pace("times", 0.25, 20_000)
_SIZES = _Pace("rows", 0.5, 10_000)
_CHUNK = 1 << 20


def _announce(table: Path, pace: _Pace) -> None:
    """Print on stderr how long a long drawing may take; each line counts as a row.

    Only for a regular file: counting would consume any other.
    """
    if not table.is_file():
        return
    with contextlib.suppress(OSError), table.open("rb") as file:
        ends = sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(_CHUNK), b""))
        rows = max(0, ends - 1)  # the first line is the heading
        if rows >= pace.least:
            minutes = max(1, round(rows * pace.each / 60_000))
            typer.echo(
                f"note: {table}: about {rows:,} {pace.what}; "
                f"drawing may take {count_text(minutes, 'minute')} "
                "(Ctrl-C ends it and writes nothing)",
                err=True,
            )


def draw_table(
    table: Path,
    events: list[Path] | None,
    target: Target,
    *,
    column_map: list[str] | None = None,
    options: list[str] | None = None,
    skip_invalid: bool = False,
) -> None:
    """Draw lanes and events. Every fault is printed; exit with 2 if one is an error."""
    from renderers.swimmer.option_table import swimmer_options, table_source
    from renderers.swimmer.tables.figure import swimmer_from_tables

    written: tuple[Path, ...] = ()
    _announce(table, _LANES)
    try:
        source = table_source(table, events or (), column_map or (), options or ())
        drawn = swimmer_from_tables(
            source,
            target.page,
            swimmer_options(options or (), table=True),
            skip_invalid=skip_invalid,
        )
        print_problems(drawn.errors)
        print_problems(drawn.warnings, "warning: ")
        print_problems(drawn.notes, "note: ")
        if drawn.scene is not None:
            written = target.write(drawn.scene)
    except (ValueError, OSError) as fault:
        exit_with_problems([unwritable(target.path, fault)])
        return
    typer.echo(_summary(drawn, written), err=drawn.scene is None)
    if drawn.scene is None or drawn.errors:
        raise typer.Exit(WRONG)


def _summary(drawn: Any, written: tuple[Path, ...]) -> str:
    errors, warnings = len(drawn.errors), len(drawn.warnings)
    faults = f"{count_text(errors, 'error')}, {count_text(warnings, 'warning')}"
    if drawn.scene is None:
        hint = " (--skip-invalid draws the valid rows)" if drawn.readable else ""
        return f"{faults}; nothing was drawn{hint}"
    left = f"; {count_text(drawn.left_out, 'invalid row')} omitted" if drawn.left_out else ""
    return f"{', '.join(map(str, written))}: {drawn.scene.name}: {faults}{left}"


def draw_times(
    table: Path,
    target: Target,
    *,
    column_map: list[str] | None = None,
    options: list[str] | None = None,
) -> None:
    """Draw survival curves of a table of times and events. Exit with 2 if the table is faulty."""
    from renderers.options import parse_options
    from renderers.survival.option_table import TABLE
    from renderers.survival.tables.from_table import READ_OPTIONS
    from renderers.survival.tables.requested import read_times
    from renderers.swimmer.option_table import parse_column_map

    _announce(table, _TIMES)
    try:
        columns = parse_column_map(column_map or ())
        rows = {**TABLE, **READ_OPTIONS}
        chosen = parse_options(options or (), TABLE, rows)
        read = parse_options(options or (), READ_OPTIONS, rows)
        drawn = read_times(table, columns, chosen, read)
        if drawn.lay_out is None:
            exit_with_problems(drawn.errors)
            return
        print_problems(drawn.notes, "note: ")
        scene = drawn.lay_out(target.page)
        written = target.write(scene)
    except (ValueError, OSError) as fault:
        exit_with_problems([unwritable(target.path, fault)])
        return
    typer.echo(f"{', '.join(map(str, written))}: survival of {table}")


def draw_changes(
    kind: str,
    table: Path,
    target: Target,
    *,
    column_map: list[str] | None = None,
    options: list[str] | None = None,
) -> None:
    """Draw a spider or a waterfall of a table. Exit with 2 if the table is faulty."""
    from renderers.options import parse_options
    from renderers.response.tables.options import SOURCE, figure_options, table_options
    from renderers.response.tables.requested import change_figure
    from renderers.swimmer.option_table import parse_column_map

    _announce(table, _SIZES)
    try:
        columns = parse_column_map(column_map or ())
        known = table_options(kind)
        chosen = parse_options(options or (), figure_options(kind), known)
        stated = parse_options(options or (), SOURCE, known)
        drawn = change_figure(kind, table, columns, chosen, stated)
        print_problems(drawn.errors)
        print_problems(drawn.warnings, "warning: ")
        print_problems(drawn.notes, "note: ")
        if drawn.lay_out is None:
            typer.echo(f"{count_text(len(drawn.errors), 'error')}; nothing was drawn", err=True)
            raise typer.Exit(WRONG)
        scene = drawn.lay_out(target.page)
        written = target.write(scene)
    except (ValueError, OSError) as fault:
        exit_with_problems([unwritable(target.path, fault)])
        return
    typer.echo(f"{', '.join(map(str, written))}: {kind} of {table}")


def draw_events(
    table: Path,
    target: Target,
    *,
    column_map: list[str] | None = None,
    options: list[str] | None = None,
) -> None:
    """Draw the timeline of a table of events. Exit with 2 if the table is faulty."""
    from renderers.options import parse_options
    from renderers.swimmer.option_table import parse_column_map
    from renderers.timeline.from_table import ORDER, TABLE_OPTIONS, read_events
    from renderers.timeline.option_table import TIMELINE_OPTIONS

    try:
        fields = parse_options(options or (), TIMELINE_OPTIONS, TABLE_OPTIONS)
        order = parse_options(options or (), ORDER, TABLE_OPTIONS).get("dates", "")
        drawn = read_events(table, parse_column_map(column_map or ()), fields, order)
        print_problems(drawn.errors)
        print_problems(drawn.notes, "note: ")
        if drawn.lay_out is None:
            typer.echo(f"{count_text(len(drawn.errors), 'error')}; nothing was drawn", err=True)
            raise typer.Exit(WRONG)
        written = target.write(drawn.lay_out(target.page))
    except (ValueError, OSError, ImportError) as fault:
        exit_with_problems([unwritable(target.path, fault)])
        return
    typer.echo(f"{', '.join(map(str, written))}: timeline of {table}")
