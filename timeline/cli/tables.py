"""Commands for tables of one patient: the table of lines, and cases from tables."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from timeline.cli.common import (
    AsJson,
    CriterionNames,
    OneFile,
    SettingTexts,
    exit_with_problems,
    open_files,
    print_json,
    refuse_overwrite,
    unwritable,
    with_criteria,
)

if TYPE_CHECKING:
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
            "ifosfamide | progression' (repeatable; the stop may be left out).",
        ),
    ] = None,
    death: Annotated[str, typer.Option(help="The date of death.")] = "",
    last_contact: Annotated[str, typer.Option(help="The date of the last contact.")] = "",
    questions: Annotated[
        bool | None,
        typer.Option(
            "--questions/--no-questions",
            help="Ask for what is known (the default at a terminal without other options).",
        ),
    ] = None,
) -> None:
    """Write a commented case to begin with, from a few answers. It passes check.

    What is not known is an example in a comment, by the items of the CARE checklist. A file that
    is there already is not overwritten.
    """
    from timeline.exchange.new_case import Answers, LineAnswer, answer_faults, new_case

    path = _new_path(name)
    try:
        answers = Answers(
            sex=sex, age=age, diagnosis=diagnosis, site=site, diagnosed=diagnosed, death=death,
            last_contact=last_contact, lines=tuple(map(LineAnswer.of, line or ())),
        )  # fmt: skip
    except ValueError as fault:
        exit_with_problems([f"--line: {fault}"])
        return
    if questions if questions is not None else answers == Answers() and _at_terminal():
        answers = _ask(path.stem, answers)
    exit_with_problems([f"{path}: {each}" for each in answer_faults(path.stem, answers)])
    _write_new(path, new_case(path.stem, answers).encode())
    typer.echo(f"{path}: written; next: timeline check {path}")


def _new_path(name: str, suffix: str = ".yaml") -> Path:
    """The path of a new file; exit with 2 if it is there, or its folder is not."""
    path = Path(name)
    path = path if path.suffix in (suffix, ".yml") else path.with_name(f"{path.name}{suffix}")
    refuse_overwrite(path, [])
    if os.path.lexists(path):
        exit_with_problems([f"{path}: is there already and stays (write another name)"])
    return path


def _write_new(path: Path, content: bytes) -> None:
    """Write a file that is not there; exit with 2 if it has appeared meanwhile."""
    from timeline.files.output_files import OutputFiles

    try:
        with OutputFiles() as files:
            files.add(path, content)
    except (ValueError, OSError) as fault:
        exit_with_problems([unwritable(path, fault)])


def _at_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _ask(name: str, known: Answers) -> Answers:
    """The answers at the terminal; exit with 2 if the questions are broken off."""
    from timeline.exchange.new_case import ask_questions

    def ask(question: str, fault: Callable[[str], str]) -> str:
        while True:
            answer = str(typer.prompt(question, default="", show_default=False)).strip()
            if not (wrong := fault(answer)):
                return answer
            typer.echo(wrong, err=True)

    typer.echo("Press Enter for what is not known.")
    try:
        return ask_questions(name, ask, known)
    except typer.Abort:
        exit_with_problems(["the questions were not answered to the end"])
        raise
