"""Commands that draw figures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from timeline.cli import completions
from timeline.cli.commands.table_figures import (
    ColumnMap,
    Events,
    Options,
    SkipInvalid,
    Table,
    draw_changes,
    draw_events,
    draw_table,
    draw_times,
)
from timeline.cli.common import (
    CriterionNames,
    SettingTexts,
    criterion_key,
    exit_with_problems,
    open_files,
    refuse_overwrite,
    same_names,
    unwritable,
    with_criteria,
    without_palette,
)
from timeline.cli.figure_files import Target, with_palette

_Files = Annotated[
    list[Path] | None,
    typer.Argument(
        help="Case or report files (YAML).", show_default=False, callback=without_palette
    ),
]


Out = Annotated[
    Path, typer.Option("-o", "--out", help="The file: .svg, .pdf, .png, .tiff or .html.")
]
PresetNamed = Annotated[
    str,
    typer.Option(
        "--preset",
        help="The journal: nature, lancet, elsevier, cell ..",
        autocompletion=completions.journals,
    ),
]
ColumnNamed = Annotated[
    str,
    typer.Option(
        "--column",
        help="Its column: single, double ..; default: the widest.",
        autocompletion=completions.columns,
    ),
]
LanguageNamed = Annotated[
    str,
    typer.Option(
        "--language",
        help="Of the fixed words: en, de, fr or es.",
        autocompletion=completions.languages,
    ),
]
FontNamed = Annotated[
    str, typer.Option("--font", help="An installed font; default: Arial, Helvetica or one like it.")
]
Sidecars = Annotated[
    bool, typer.Option("--sidecars", help="Also write alt text, caption and data (CSV).")
]
Overwrite = Annotated[
    bool,
    typer.Option("--overwrite", help="Replace existing files that are not earlier output."),
]


WritePalette = Annotated[
    Path | None,
    typer.Option("--write-palette", help="Also write the colours of names: palette.yaml"),
]


def _kind(text: str) -> str:
    from renderers import FIGURES
    from timeline.core.problem import near

    if not text or text in FIGURES:
        return text
    if text == "forest":
        raise typer.BadParameter(
            "a forest plot is of the subgroups of a study (timeline study FOLDER --by sex "
            "--forest ORR=orr.svg)"
        )
    raise typer.BadParameter(f"unknown figure: {text!r} ({near(text, FIGURES)})")


def _page(preset: str, column: str, language: str = "en", font: str = "") -> Any:
    from renderers.scene.journals import page_of

    try:
        return page_of(preset, column, language, font)
    except ValueError as fault:
        exit_with_problems([f"--preset, --column, --font, --language: {fault}"])


def derived_cases(files: list[Path] | None, setting_texts: list[str] | None) -> list[Any]:
    """The derived cases of some files; exit with 2 if there is none, or two of one name."""
    exit_with_problems([] if files else ["nothing to draw (name case files, or --table)"])
    case_reports = open_files(files or [], setting_texts)
    cases = [each.derived for each in case_reports if each.derived is not None]
    for omitted in (each for each in case_reports if each.derived is None):
        typer.echo(f"{omitted.path}: has no single patient and is left out", err=True)
    exit_with_problems(same_names([(each.case.name, each.case.where.file) for each in cases]))
    exit_with_problems(
        [] if cases else ["no file has a single patient, so there is nothing to draw"]
    )
    return cases


def draw(
    out: Out,
    files: _Files = None,
    kind: Annotated[
        str,
        typer.Option(
            "--figure",
            help="timeline, swimmer, spider, waterfall or survival.",
            parser=_kind,
            autocompletion=completions.figures,
        ),
    ] = "",
    preset: PresetNamed = "generic",
    column: ColumnNamed = "",
    language: LanguageNamed = "en",
    font: FontNamed = "",
    options: Options = None,
    table: Table = None,
    events: Events = None,
    column_map: ColumnMap = None,
    skip_invalid: SkipInvalid = False,
    sidecars: Sidecars = False,
    overwrite: Overwrite = False,
    write_palette: WritePalette = None,
    criterion: CriterionNames = None,
    setting_texts: SettingTexts = None,
) -> None:
    """Draw cases, or plain tables: timeline, swimmer, spider, waterfall, survival."""
    tables = (*((table,) if table else ()), *(events or ()))
    refuse_overwrite(out, tables, pairs=files or (), sidecars=sidecars)
    _refuse_unused(kind, files, table, events, column_map, skip_invalid=skip_invalid)
    page = _page(preset, column, language, font).for_file(out)
    shown = kind or ("swimmer" if table else "timeline")
    options = with_palette(options, tables or files or (), shown)
    target = Target(
        path=out,
        page=page,
        sidecars=sidecars,
        overwrite=overwrite,
        palette=write_palette,
        is_coloured=any(text.partition("=")[0].strip() == "palette" for text in options),
    )
    if table is None:
        cases = derived_cases(files, with_criteria(setting_texts, criterion))
        _draw_cases(cases, kind or "timeline", target, options)
    elif kind == "timeline":
        draw_events(table, target, column_map=column_map, options=options)
    elif kind in _OF_CHANGES:
        draw_changes(kind, table, target, column_map=column_map, options=options)
    elif kind == "survival":
        draw_times(table, target, column_map=column_map, options=options)
    else:
        draw_table(
            table, events, target, column_map=column_map, options=options, skip_invalid=skip_invalid
        )


_OF_CHANGES = ("spider", "waterfall")  # figures of a table of sizes or changes


def _refuse_unused(
    kind: str,
    files: list[Path] | None,
    table: Path | None,
    events: list[Path] | None,
    column_map: list[str] | None,
    *,
    skip_invalid: bool,
) -> None:
    """Refuse options that would have no effect, all of them at once."""
    of_lanes = kind in ("", "swimmer")
    rows = (
        (table and files, "cases and a --table are not drawn together (omit one)"),
        (events and not table, "--events without a --table of lanes (give it as well)"),
        (events and not of_lanes, f"{kind} takes no --events (put them in --table)"),
        (
            skip_invalid and kind in _OF_CHANGES,
            f"{kind} takes no --skip-invalid (without a row the sum would be another; correct it)",
        ),
        (
            skip_invalid and kind == "timeline",
            "a timeline takes no --skip-invalid (an event would be missing; correct it)",
        ),
        (column_map and not table, "--map names columns of a --table (give it as well)"),
        (skip_invalid and not table, "--skip-invalid is for a --table (leave it out)"),
    )
    exit_with_problems([description for wrong, description in rows if wrong])


def _draw_cases(cases: list[Any], kind: str, target: Target, options: list[str] | None) -> None:
    from renderers import FIGURES

    figure = FIGURES[kind]
    try:
        scene = figure.lay_out(cases, target.page, figure.parse(options or ()))
        written = target.write(scene)
    except (ValueError, OSError) as fault:
        exit_with_problems([unwritable(target.path, fault)])
        return
    names = ", ".join(each.case.name for each in cases)
    typer.echo(f"{', '.join(map(str, written))}: {kind} of {names}")


def _path(file: Path, line: int | None, criterion: Any, setting_texts: list[str] | None) -> Any:
    """The path of one patient through a state machine; ``line`` may be None if there is one."""
    from renderers import path_of

    derived = open_files([file], setting_texts)[0].derived
    if derived is None:
        exit_with_problems([f"{file}: describes no single patient, so there is no path to draw"])
        return None
    numbers = [each.number for each in derived.case.lines]
    if line is None and len(numbers) != 1:
        known = ", ".join(map(str, numbers)) or "none"
        exit_with_problems([f"{file}: which line? (write --line N; on record: {known})"])
    try:
        return path_of(derived, numbers[0] if line is None else line, criterion)
    except ValueError as fault:
        exit_with_problems([f"{file}: {fault}"])


def machine(
    criterion: Annotated[
        str,
        typer.Argument(
            help="A criterion: irecist, recist11 ..",
            parser=criterion_key,
            autocompletion=completions.criteria,
        ),
    ],
    out: Out,
    path: Annotated[Path | None, typer.Option("--path", help="A case whose path is shown.")] = None,
    line: Annotated[int | None, typer.Option(help="The line of the path.")] = None,
    preset: PresetNamed = "generic",
    column: ColumnNamed = "",
    language: LanguageNamed = "en",
    font: FontNamed = "",
    setting_texts: SettingTexts = None,
) -> None:
    """Draw a criterion's state machine with its table, and a patient's path through it."""
    from renderers import draw_machine
    from timeline.response.criteria import CRITERIA

    refuse_overwrite(out, (), pairs=(path,) if path else ())
    page, row = _page(preset, column, language, font), CRITERIA[criterion]
    settings = with_criteria(setting_texts, [criterion])
    diagram_path = _path(path, line, row, settings) if path is not None else None
    try:
        draw_machine(row, diagram_path, out, page)
    except (ValueError, OSError) as fault:
        exit_with_problems([unwritable(out, fault)])
    typer.echo(f"{out}: the machine of {row.title}")
