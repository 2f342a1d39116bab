"""The commands that make reports: for a tumour board or a reviewer, and of a study."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from timeline.cli import completions
from timeline.cli.common import (
    TITLE_OF,
    AsJson,
    CriterionNames,
    SettingTexts,
    count_text,
    criterion_key,
    exit_with_problems,
    open_files,
    parse_settings,
    print_json,
    print_problems,
    refuse_overwrite,
    same_names,
    split_setting,
    unwritable,
    with_criteria,
)
from timeline.cli.ending import WRONG
from timeline.files.folders import case_files_in, without_case_file

if TYPE_CHECKING:
    from timeline.core.problem import Problem
    from timeline.views.board_report import BoardReport
    from timeline.views.case_report import CaseReport


def report(
    files: Annotated[
        list[Path],
        typer.Argument(help="Case or report files (YAML), or folders of them.", show_default=False),
    ],
    out: Annotated[
        list[Path] | None,
        typer.Option("-o", "--out", help="The file: .html, .pdf or .docx (repeatable)."),
    ] = None,
    short: Annotated[
        bool,
        typer.Option(
            "--short", help="Only patient, lines, open questions and timeline: two pages."
        ),
    ] = False,
    paper: Annotated[
        str,
        typer.Option(help="Of PDF and DOCX: a4 or letter.", autocompletion=completions.papers),
    ] = "a4",
    criterion: CriterionNames = None,
    setting_texts: SettingTexts = None,
    as_json: AsJson = False,
) -> None:
    """Write a report of a case, or of a cohort, for a tumour board or a reviewer.

    Patient, lines, timeline, scans with RECIST and iRECIST, endpoints with ranges and reasons,
    adverse events, audit and sources. Its fixed words are English. Exit 0: it is written, whatever
    the audit finds. Exit 2: a file or an argument is wrong; of a folder the report is written from
    the other files, and names those that it leaves out.
    """
    from timeline.views.board_report import BoardReport, faults_of

    outputs = out or []
    if outputs or not as_json:
        exit_with_problems(faults_of(outputs, paper))
    named = _named_files(files)
    for each in outputs:
        refuse_overwrite(each, (), pairs=named)
    of_folders = [each for each in named if each not in files]
    case_reports, left_out = _opened(named, of_folders, with_criteria(setting_texts, criterion))
    exit_with_problems(same_names([(each.name, str(each.path)) for each in case_reports]))
    made = BoardReport(case_reports, short=short, left_out=left_out)
    _write(made, outputs, paper, quiet=as_json)
    if as_json:
        print_json(made.data())
    if left_out:
        print_problems(list(dict.fromkeys(fault for _, faults in left_out for fault in faults)))
        count = count_text(len(left_out), "file")
        typer.echo(f"{count} with problems left out of the report, which names them", err=True)
        raise typer.Exit(WRONG)


def _opened(
    named: list[Path], of_folders: Sequence[Path], setting_texts: list[str] | None
) -> tuple[tuple[CaseReport, ...], tuple[tuple[Path, Sequence[Problem]], ...]]:
    """The cases and reports, and the files of folders that are left out.

    Exit with 2 where a file that was named itself has problems, or none is sound.
    """
    from timeline.views.case_report import load_sound

    if not of_folders:
        return tuple(open_files(named, setting_texts)), ()
    found, left_out = load_sound(named, parse_settings(setting_texts))
    if not found or any(file not in of_folders for file, _ in left_out):
        exit_with_problems(list(dict.fromkeys(each for _, faults in left_out for each in faults)))
    return found, left_out


def _named_files(files: Sequence[Path]) -> list[Path]:
    """The files, with those of each folder in its place; exit with 2 if a folder has none."""
    found: list[Path] = []
    for each in files:
        if not each.is_dir():
            found.append(each)
            continue
        mine = case_files_in(each)
        exit_with_problems([] if mine else [without_case_file(each)])
        found += mine
    return found


def _write(made: BoardReport, outputs: Sequence[Path], paper: str, *, quiet: bool) -> None:
    if not outputs:
        return
    try:
        written = made.save(*outputs, paper=paper)
    except ImportError as fault:
        exit_with_problems([str(fault)])
        return
    except (ValueError, OSError) as fault:
        exit_with_problems([unwritable(outputs[0], fault)])
        return
    typer.echo(
        f"{', '.join(map(str, written))}: report of "
        f"{', '.join(each.name for each in made.case_reports)}",
        err=quiet,
    )


def study(
    source: Annotated[
        Path,
        typer.Argument(
            help="A folder of case files, of SDTM datasets (DM, EX, TR, RS, AE ..) or of ADaM "
            "(ADSL, ADRS, ADTTE, ADAE); or, with --subjects, a table of overall responses "
            "(.parquet, .csv).",
            metavar="SOURCE",
            show_default=False,
        ),
    ],
    subjects: Annotated[
        Path | None,
        typer.Option(help="The table of subjects, as ADSL, beside a table of responses."),
    ] = None,
    adverse_events: Annotated[
        Path | None,
        typer.Option(help="The table of adverse events, as ADAE, beside a table of responses."),
    ] = None,
    out: Annotated[
        list[Path] | None,
        typer.Option(
            "-o", "--out", help="The file: .html, .docx, .pdf, .xlsx, .json or .yaml (repeatable)."
        ),
    ] = None,
    name: Annotated[
        str | None, typer.Option(help="Of the study (default: that of the folder).")
    ] = None,
    line: Annotated[
        int, typer.Option(min=1, max=30, help="The line of therapy that is studied.")
    ] = 1,
    criterion: Annotated[
        str,
        typer.Option(
            help="The response criterion: recist11, irecist ..", autocompletion=completions.criteria
        ),
    ] = "recist11",
    by: Annotated[
        list[str] | None,
        typer.Option(
            metavar="VARIABLE",
            help="Subgroups of rates and times, with forest plots: sex, age, diagnosis, ecog, "
            "regimen; of tables arm (repeatable).",
            autocompletion=completions.study_groups,
        ),
    ] = None,
    compare: Annotated[
        str,
        typer.Option(
            metavar="VARIABLE",
            help="A variable with two groups: hazard ratios of PFS and OS.",
            autocompletion=completions.study_groups,
        ),
    ] = "",
    reference: Annotated[
        str,
        typer.Option(metavar="GROUP", help="What the other is compared with (default: the first)."),
    ] = "",
    strata: Annotated[
        str,
        typer.Option(
            metavar="VARIABLE",
            help="A variable that the hazard ratios are stratified by.",
            autocompletion=completions.study_groups,
        ),
    ] = "",
    printed: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RATIO",
            help="A printed hazard ratio to check: 'PFS 0.72 (0.52 to 0.98) p 0.04' (repeatable).",
        ),
    ] = None,
    setting_texts: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="NAME=VALUE",
            help="A convention of the analysis, or a setting of the derivation (repeatable).",
            autocompletion=completions.study_settings,
        ),
    ] = None,
    at: Annotated[
        str, typer.Option(metavar="6,12,24", help="The months at which rates of times are given.")
    ] = "6,12,24",
    forest_texts: Annotated[
        list[str] | None,
        typer.Option(
            "--forest",
            metavar="ORR=FILE",
            help="A forest plot of the subgroups as a file: ORR, DCR, and with --compare PFS, OS "
            "(.svg, .pdf, .png, .tiff; repeatable).",
            autocompletion=completions.study_forests,
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write the report of a study: tables, figures, methods, and the patients of each number.

    Baseline, response at 12 weeks and best, ORR, DCR and CBR with limits, survival, follow-up,
    adverse events by worst grade, exposure. A .yaml file holds the numbers as claims, which
    `timeline audit` checks. Exit 0: it is written; 1: a ratio of --printed is contradicted.
    """
    from timeline import plot
    from timeline.core.problem import InvalidFile
    from timeline.study import Cohort
    from timeline.study.printed.ratios import check_ratio
    from timeline.study.reports.formats import faults_of

    outputs = tuple(out or ())
    forests = _forests(forest_texts or (), by or ())
    if outputs or not (as_json or forests or printed):
        exit_with_problems(faults_of(outputs))
    for each in (*outputs, *forests.values()):
        refuse_overwrite(each, [source])
    title = TITLE_OF[criterion_key(criterion)]
    try:
        times = [float(part) for part in at.split(",") if part.strip()]
    except ValueError:
        exit_with_problems([f"--at: not months: {at!r} (write 6,12,24)"])
        return
    try:
        settings = dict(map(split_setting, setting_texts or ()))
        named = name or source.resolve().name
        if adverse_events is not None and subjects is None:
            raise ValueError("--adverse-events: only beside a table of responses (a folder holds "
                             "ADAE or AE; write --subjects)")  # fmt: skip
        if subjects is not None:
            with warnings.catch_warnings(record=True) as noticed:
                warnings.simplefilter("always")
                cohort = Cohort.of_tables(
                    source, subjects=subjects, adverse_events=adverse_events, name=named,
                    criterion=title, settings=settings,
                )  # fmt: skip
            print_problems([line for each in noticed for line in str(each.message).splitlines()],
                           "note: ")  # fmt: skip
        else:
            cohort = Cohort.of(source, name=named, line=line, criterion=title, settings=settings)
        _tell(f"{source}: {len(cohort.patients):,} patients")
        found = cohort.summary(
            by=by or (), at=times, compare=compare, reference=reference, strata=strata,
            progress=_tell,
        )  # fmt: skip
        checks = [check_ratio(found, text) for text in printed or ()]
        plots = {what: plot.forest(found, what) for what in forests}
    except InvalidFile as fault:
        exit_with_problems(fault.problems)
        return
    except (ValueError, ImportError, OSError) as fault:
        exit_with_problems(str(fault).splitlines())
        return
    if outputs:
        _tell("writing")
        try:
            written = found.save(*outputs)
        except ImportError as fault:
            exit_with_problems([str(fault)])
            return
        except (ValueError, OSError) as fault:
            exit_with_problems([unwritable(outputs[0], fault)])
            return
        patients = f"{len(cohort.patients):,} patient{'' if len(cohort.patients) == 1 else 's'}"
        typer.echo(f"{', '.join(map(str, written))}: study of {patients}", err=as_json)
    for what, path in forests.items():
        try:
            plots[what].save(path)
        except (ValueError, OSError) as fault:
            exit_with_problems([unwritable(path, fault)])
        typer.echo(f"{path}: forest plot of {what}", err=as_json)
    for check in checks:
        typer.echo(str(check), err=as_json)
    if as_json:
        print_json(found.to_dict())
    if any(check.is_checkable and not check.agrees for check in checks):
        raise typer.Exit(1)


def _forests(texts: Sequence[str], by: Sequence[str]) -> dict[str, Path]:
    """The files of forest plots by what they show; exit with 2 where a text is none."""
    found: dict[str, Path] = {}
    problems = []
    for text in texts:
        what, is_pair, file = text.partition("=")
        if not is_pair or not what.strip() or not file.strip():
            problems.append(f"--forest: not what it shows and a file: {text!r} (write ORR=orr.svg)")
        elif what.strip() in found:
            problems.append(f"--forest: {what.strip()} twice (write it once)")
        else:
            found[what.strip()] = Path(file.strip())
    if found and not by:
        problems.append("--forest: a forest plot is of subgroups (write --by sex as well)")
    exit_with_problems(problems)
    return found


def _tell(text: str) -> None:
    """Show on a terminal what is being done."""
    if sys.stderr is not None and sys.stderr.isatty():
        typer.echo(text, err=True)
