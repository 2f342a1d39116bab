"""Commands for tables of one patient: the table of lines, and cases from tables."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from timeline.cli import completions
from timeline.cli.commands.datasets import FormatName, import_study, new_study
from timeline.cli.commands.sharing import FormatOptions, FromFormat, import_format
from timeline.cli.common import (
    AsJson,
    CriterionNames,
    OneFile,
    SettingTexts,
    count_text,
    exit_with_problems,
    open_files,
    print_json,
    refuse_overwrite,
    unwritable,
    with_criteria,
)

if TYPE_CHECKING:
    from timeline.exchange.import_case import ImportedCase
    from timeline.exchange.new_case import Answers


def lines(
    file: OneFile,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="A file: .md, .csv, .xlsx or .docx; else printed."),
    ] = None,
    criterion: CriterionNames = None,
    setting_texts: SettingTexts = None,
    as_json: AsJson = False,
) -> None:
    """Print the lines of therapy as papers do: regimen, dates, best response, PFS, toxicity.

    Ranges hold every value that the dates allow. What is vague has a footnote.
    """
    from timeline.exchange.lines_files import print_lines, write_lines
    from timeline.exchange.lines_table import lines as lines_of

    if out is not None:
        refuse_overwrite(out, [file], pairs=[file])
    derived = open_files([file], with_criteria(setting_texts, criterion))[0].derived
    if derived is None:
        exit_with_problems([f"{file}: describes no single patient, so it has no lines"])
        return
    table = lines_of(derived)
    if out is None and as_json:
        print_json({"case": table.name, "lines": table.records(), "notes": list(table.notes)})
    elif out is None:
        print_lines(table)
    else:
        try:
            write_lines(out, table)
        except ImportError as fault:
            exit_with_problems([f"{out}: {fault}"])
        except (ValueError, OSError) as fault:
            exit_with_problems([unwritable(out, fault)])
        typer.echo(f"{out}: written")


def _date_order(text: str) -> str:
    from renderers.tables.cell_dates import ORDERS
    from timeline.core.problem import near

    if text in ("", *ORDERS):
        return text
    raise typer.BadParameter(f"unknown order: {text!r} ({near(text, ORDERS)})")


def new(
    name: Annotated[str, typer.Argument(help="The name of the case, or the path of its file.")],
    sex: Annotated[str, typer.Option(help="female, male ..")] = "",
    age: Annotated[str, typer.Option(help="On any day of the record: 61, about 60, 60s.")] = "",
    diagnosis: Annotated[str, typer.Option(help="In a few words.")] = "",
    site: Annotated[str, typer.Option(help="Of the primary tumour.")] = "",
    diagnosed: Annotated[str, typer.Option(help="A date: 2021-03-15, 2021-03, 2021.")] = "",
    line: Annotated[
        list[str] | None,
        typer.Option(
            metavar="'DATES | DRUGS | STOP'",
            help="A line of therapy, in order: '2022-02/2022-08 | doxorubicin 75 mg/m²; "
            "ifosfamide | progression' (repeatable; the stop may be left out). Its dates may name "
            "only events of the options: 'after diagnosis', 'after line 1'.",
        ),
    ] = None,
    death: Annotated[str, typer.Option(help="The date of death.")] = "",
    last_contact: Annotated[str, typer.Option(help="The date of the last contact.")] = "",
    table: Annotated[
        bool,
        typer.Option(
            "--table",
            help="Write tables for import instead: NAME.csv and NAME-lesions.csv, or NAME.xlsx.",
        ),
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="The path of the file; else NAME.yaml, or NAME.csv."),
    ] = None,
    study: Annotated[
        int | None,
        typer.Option(
            metavar="PATIENTS",
            help="Write a made-up study into the folder NAME instead: SDTM and case files of so "
            "many invented patients, marked SYNTHETIC.",
        ),
    ] = None,
    seed: Annotated[
        int, typer.Option(help="With --study: the same seed gives the same files.")
    ] = 1,
    form: FormatName = "csv",
    questions: Annotated[
        bool | None,
        typer.Option(
            "--questions/--no-questions",
            help="Print questions (the default at a terminal without other options).",
        ),
    ] = None,
) -> None:
    """Write a commented case to begin with, from a few answers. It passes check.

    What is not known is an example in a comment, by the items of the CARE checklist. A file that
    is there already is not overwritten. With --study a made-up study in place of a case.
    """
    if study is not None:
        new_study(out or Path(name), study, seed, form)
        return
    from timeline.exchange.new_case import Answers, LineAnswer, named_faults, new_case

    paths = _new_paths(str(out or name), table=table)
    path = paths[0]
    case_name = Path(name).stem if out else path.stem
    faults: list[str] = []
    lines: list[LineAnswer] = []
    for number, text in enumerate(line or (), start=1):
        try:
            lines.append(LineAnswer.of(text))
        except ValueError as fault:
            faults.append(f"--line {number}: {fault}")
    exit_with_problems(faults)
    answers = Answers(
        sex=sex, age=age, diagnosis=diagnosis, site=site, diagnosed=diagnosed, death=death,
        last_contact=last_contact, lines=tuple(lines),
    )  # fmt: skip
    if questions if questions is not None else answers == Answers() and _at_terminal():
        answers = _prompt_at_terminal(case_name, answers)
    exit_with_problems([f"{path}: {each}" for each in named_faults(case_name, answers)])
    text = new_case(case_name, answers)
    _write_new(paths, _new_tables(text, path) if table else [text.encode()])
    following = " --lesions ".join(map(str, paths))
    command = "import" if table else "check"
    typer.echo(f"{', '.join(map(str, paths))}: written; next: timeline {command} {following}")


def _new_paths(name: str, *, table: bool) -> tuple[Path, ...]:
    """The paths of the new files; exit with 2 if one is there, or its folder is not."""
    path = Path(name)
    suffixes = (".csv", ".xlsx") if table else (".yaml", ".yml")
    if path.suffix.lower() not in suffixes:
        path = path.with_name(f"{path.name}{suffixes[0]}")
    paths: tuple[Path, ...] = (path,)
    if path.suffix.lower() == ".csv":
        paths = (path, path.with_name(f"{path.stem}-lesions{path.suffix}"))
    for each in paths:
        refuse_overwrite(each, [])
        if os.path.lexists(each):
            exit_with_problems([f"{each}: is there already and stays (write another name)"])
    return paths


def _new_tables(text: str, path: Path) -> list[bytes]:
    """The tables of a new case, by the suffix of their file; exit with 2 without openpyxl."""
    import tempfile

    from timeline.exchange.case_tables import as_csv, as_workbook, case_tables

    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "case.yaml"
        case.write_text(text, encoding="utf-8")
        tables = case_tables(case)
    if path.suffix.lower() == ".csv":
        return [as_csv(grid).encode() for grid in tables.sheets.values()]
    try:
        return [as_workbook(tables)]
    except ImportError as fault:
        exit_with_problems([f"{path}: {fault}"])
        raise


def _write_new(paths: Sequence[Path], contents: Sequence[bytes]) -> None:
    """Write files that are not there; exit with 2 if one has appeared meanwhile."""
    from timeline.files.output_files import OutputFiles

    try:
        with OutputFiles() as files:
            for path, content in zip(paths, contents, strict=True):
                files.add(path, content)
    except (ValueError, OSError) as fault:
        exit_with_problems([unwritable(paths[0], fault)])


def _at_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _prompt_at_terminal(name: str, known: Answers) -> Answers:
    """The answers at the terminal; exit with 2 if the questions are broken off."""
    from timeline.exchange.new_case import prompt_for_answers

    def prompt(question: str, fault: Callable[[str], str]) -> str:
        while True:
            answer = str(typer.prompt(question, default="", show_default=False)).strip()
            if not (wrong := fault(answer)):
                return answer
            typer.echo(wrong, err=True)

    typer.echo("Press Enter for what is not known.")
    try:
        return prompt_for_answers(name, prompt, known)
    except typer.Abort:
        exit_with_problems(["the questions were not answered to the end"])
        raise


def import_(
    events: Annotated[
        Path,
        typer.Argument(
            help="A table with one row an event: CSV, or a workbook (XLSX); or a folder of SDTM "
            "datasets (CSV, XPT, Parquet, Dataset-JSON).",
            show_default=False,
        ),
    ],
    lesions: Annotated[
        Path | None,
        typer.Option(help="A lesion sheet: one row a lesion and date (CSV or XLSX)."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="The case file, or the folder of several; else printed."),
    ] = None,
    name: Annotated[
        str, typer.Option(help="The name of the case (default: that of the file).")
    ] = "",
    column_map: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="KEY=COLUMN",
            help="The column of a key (repeatable).",
            autocompletion=completions.case_fields,
        ),
    ] = None,
    leave_out: Annotated[
        list[str] | None,
        typer.Option(metavar="COLUMN", help="A column that is not read (repeatable)."),
    ] = None,
    dates: Annotated[
        str,
        typer.Option(
            metavar="dmy|mdy",
            parser=_date_order,
            help="Of days written as 01/02/2021: the order.",
            autocompletion=completions.date_orders,
        ),
    ] = "",
    from_format: FromFormat = "",
    option: FormatOptions = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace a case that import has not made.")
    ] = False,
) -> None:
    """Make a case from a table with one row an event, and a lesion sheet if there is one.

    Every fault is named with file, row and number of the field. docs/tables.md has the columns.
    A folder of SDTM datasets makes a case file for each subject. Other formats are named with
    --from; what they hold and a case has no key for becomes a note, and is listed.
    """
    if option and not from_format:
        exit_with_problems(["--option: belongs to a format (add --from FORMAT)"])
    if from_format and (lesions or name or column_map or leave_out or dates):
        rest = "--lesions, --name, --map, --leave-out and --dates are of tables without --from"
        exit_with_problems([rest])
    if from_format:
        import_format(events, from_format, out, option, overwrite=overwrite)
        return
    if events.is_dir():
        import_study(events, out, overwrite=overwrite)
        return
    from renderers.swimmer.option_table import parse_column_map
    from timeline.assessment.remarks import case_remarks
    from timeline.exchange.import_case import TableOptions, import_case

    inputs = [events, *([lesions] if lesions else [])]
    if out is not None:
        refuse_overwrite(out, inputs)
    try:
        options = TableOptions(
            column_map=parse_column_map(column_map or ()),
            left_out=tuple(leave_out or ()),
            order=dates,
        )
        named = name or (out or events).stem
        found, problems = import_case(events, lesions, name=named, options=options)
    except (ValueError, ImportError) as fault:
        exit_with_problems([f"{events}: {fault}"])
        return
    exit_with_problems(problems)
    assert found is not None  # noqa: S101  (there is a case or there are problems)
    if out is None:
        typer.echo(found.text, nl=False)
    else:
        _write_import(out, found, overwrite=overwrite)
    for remark in case_remarks(found.case, found.case.settings):
        typer.echo(str(remark), err=True)


def _write_import(out: Path, found: ImportedCase, *, overwrite: bool) -> None:
    """Write a case; one that import has not made is replaced only with ``--overwrite``."""
    from timeline.exchange.import_case import is_imported
    from timeline.files.output_files import OutputFiles

    requested = frozenset({out}) if overwrite else frozenset()
    try:
        with OutputFiles(requested=requested, ours=is_imported) as files:
            files.add(out, found.text.encode())
    except (ValueError, OSError) as fault:
        exit_with_problems([unwritable(out, fault)])
    counts = ((found.case.events, "event"), (found.case.lines, "line"))
    count = ", ".join(count_text(len(items), noun) for items, noun in counts)
    typer.echo(f"{out}: written: {count}; next: timeline check {out}")
