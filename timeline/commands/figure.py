"""Commands that draw."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from timeline.commands.lanes import Anyway, Asked, Events, Named, Table, draw_table, scene_asked
from timeline.commands.shared import Settled, criterion_named, fail, opened

_Files = Annotated[
    list[Path] | None, typer.Argument(help="Case or source files (YAML).", show_default=False)
]


def _kind(text: str) -> str:
    from renderers import RENDERERS
    from timeline.problem import near

    if text in RENDERERS:
        return text
    raise typer.BadParameter(f"unknown figure: {text!r} ({near(text, RENDERERS)})")


def _draw_one(readings: Any, kind: str, out: Path, asked: list[str]) -> None:
    import warnings

    from renderers import scene_of
    from renderers.output.save import save

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        save(scene_asked(readings, asked) if asked else scene_of(readings, kind), out)
    for text in dict.fromkeys(str(each.message).partition(" missing from")[0] for each in caught):
        typer.echo(f"{out}: {text}: not in the font, drawn as a box", err=True)
    typer.echo(f"{out}: {kind} of {', '.join(each.case.name for each in readings)}")


def draw(
    out: Annotated[Path, typer.Option("-o", "--out", help="Where to: .svg, .pdf or .png.")],
    files: _Files = None,
    kind: Annotated[
        str, typer.Option("--figure", help="timeline (one patient) or swimmer.", parser=_kind)
    ] = "timeline",
    asked: Asked = None,
    table: Table = None,
    events: Events = None,
    named: Named = None,
    anyway: Anyway = False,
    settled: Settled = None,
) -> None:
    """Draw the cases: a patient timeline, or a swimmer plot; or plain tables as a swimmer plot."""
    if table is not None:
        draw_table(table, events, out, named=named, asked=asked, anyway=anyway)
        return
    fail([] if files else ["nothing to draw (name case files, or --table)"])
    fail(["--ask is for a swimmer (add --figure swimmer)"] if asked and kind != "swimmer" else [])
    dossiers = opened(files or [], settled)
    readings = [each.reading for each in dossiers if each.reading is not None]
    for left in (each for each in dossiers if each.reading is None):
        typer.echo(f"{left.path}: describes no single patient and is left out", err=True)
    names = [reading.case.name for reading in readings]
    twice = sorted({name for name in names if names.count(name) > 1})
    fail([f"two patients are named {name!r} (rename one)" for name in twice])
    fail([] if readings else ["no file describes a single patient, so there is nothing to draw"])
    try:
        _draw_one(readings, kind, out, asked or [])
    except (ValueError, OSError) as fault:
        fail([f"{out}: {fault}"])


def _path(file: Path, line: int | None, criterion: Any, settled: list[str] | None) -> Any:
    """The path of one patient through a machine; the line may be left out where there is one."""
    from renderers import path_of

    reading = opened([file], settled)[0].reading
    if reading is None:
        fail([f"{file}: describes no single patient, so there is no path to draw"])
        return None
    numbers = [each.number for each in reading.case.lines]
    if line is None and len(numbers) != 1:
        known = ", ".join(map(str, numbers)) or "none"
        fail([f"{file}: which line? (write --line N; on record: {known})"])
    try:
        return path_of(reading, numbers[0] if line is None else line, criterion)
    except ValueError as fault:
        fail([f"{file}: {fault}"])


def machine(
    criterion: Annotated[
        str,
        typer.Argument(help="A criterion: irecist, recist11 ..", parser=criterion_named),
    ],
    out: Annotated[Path, typer.Option("-o", "--out", help="Where to: .svg, .pdf or .png.")],
    path: Annotated[
        Path | None, typer.Option("--path", help="A case whose path is laid over it.")
    ] = None,
    line: Annotated[int | None, typer.Option(help="The line of the path.")] = None,
    settled: Settled = None,
) -> None:
    """Draw a criterion's state machine with its table, and a patient's path over it."""
    from renderers import draw_machine
    from timeline.criteria import CRITERIA

    drawn = CRITERIA[criterion]
    walked = _path(path, line, drawn, settled) if path is not None else None
    try:
        draw_machine(drawn, walked, out)
    except (ValueError, OSError) as fault:
        fail([f"{out}: {fault}"])
    typer.echo(f"{out}: the machine of {drawn.title}")
