"""Commands for datasets of CDISC: case files as SDTM and back, ADaM, and the made-up study."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from timeline.cli import completions
from timeline.cli.common import count_text, exit_with_problems, unwritable
from timeline.cli.trial_options import Evaluator, Preset, SettingTexts
from timeline.files.folders import case_files_in, folders_with_cases, without_case_file

if TYPE_CHECKING:
    from timeline.cdisc import Dataset
    from timeline.cdisc.cases import Imported

NOT_IN_CASES = "not-in-cases.csv"
MOST_SUBJECTS = 5_000  # of a made-up study with a case file each


def _format(text: str) -> str:
    from timeline.cdisc import FORMATS
    from timeline.core.problem import near

    if text in FORMATS:
        return text
    raise typer.BadParameter(f"unknown format: {text!r} ({near(text, FORMATS)})")


FormatName = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="csv|xpt|parquet|json",
        parser=_format,
        help="Of the datasets: CSV, SAS transport (XPT), Parquet or Dataset-JSON.",
        autocompletion=completions.dataset_formats,
    ),
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace files that are there.")]
OutFolder = Annotated[
    Path, typer.Option("-o", "--out", help="The folder of the new files.", show_default=False)
]


def sdtm(
    files: Annotated[
        list[Path],
        typer.Argument(help="Case files, or a folder of them.", show_default=False),
    ],
    out: OutFolder,
    form: FormatName = "csv",
    study: Annotated[str, typer.Option(help="The identifier of the study (STUDYID).")] = "CASES",
    line: Annotated[
        int | None,
        typer.Option(
            help="The line that is study treatment (EX); else the first from randomisation or "
            "registration on, or line 1. Other lines are in CM."
        ),
    ] = None,
    overwrite: Overwrite = False,
) -> None:
    """Write case files as SDTM datasets: DM, EX, DS, CM, AE, TU, TR, RS.

    What SDTM cannot hold (vague dates, orders, sources, claims, other events) is written beside
    them as not-in-sdtm.csv; with it timeline import restores the case files.
    """
    from timeline.cdisc.cases import LEFT_OVER, export_cases
    from timeline.core.problem import InvalidFile
    from timeline.exchange.case_tables import as_csv
    from timeline.exchange.entries.left_over import COLUMNS

    try:
        found = export_cases(case_files(files), study, line)
    except InvalidFile as fault:
        exit_with_problems(fault.problems)
        return
    beside = {}
    if found.left_over:
        rows = (COLUMNS, *(row.cells for row in found.left_over))
        beside[LEFT_OVER] = as_csv(rows).encode()
    _write(out, found.datasets.values(), form, beside, overwrite=overwrite)
    _print_left(found.left_over, out / LEFT_OVER)


def case_files(paths: Sequence[Path]) -> list[Path]:
    """The files of the arguments, of a folder all that end in .yaml or .yml."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            own = case_files_in(path)
            exit_with_problems([] if own else [without_case_file(path)])
            found += own
        else:
            found.append(path)
    return found


def _print_left(rows: Sequence[Any], path: Path) -> None:
    """Say what the datasets do not hold, by reason, and where it is written."""
    if not rows:
        typer.echo("the datasets hold everything that the case files state")
        return
    reasons: dict[str, int] = {}
    for row in rows:
        reasons[row.reason] = reasons.get(row.reason, 0) + 1
    typer.echo(
        f"{path}: {count_text(len(rows), 'value')} that the datasets do not hold as written:"
    )
    for reason, number in sorted(reasons.items(), key=lambda each: -each[1]):
        typer.echo(f"  {number:>5}  {reason}")


def _write(
    folder: Path,
    datasets: Iterable[Dataset],
    form: str,
    beside: Mapping[str, bytes],
    *,
    overwrite: bool,
    made: str = "",
) -> None:
    """Write datasets, and other files, into a folder: all or none."""
    from timeline.cdisc import FORMATS
    from timeline.cdisc.formats import content_of
    from timeline.core.problem import InvalidFile
    from timeline.files.output_files import OutputFiles

    row = FORMATS[form]
    datasets = [each for each in datasets if len(each) or each.name == "DM"]
    try:
        contents = {
            folder / f"{each.name.lower()}{row.suffix}": content_of(each, row) for each in datasets
        }
        contents |= {folder / name: content for name, content in beside.items()}
        with OutputFiles(requested=frozenset(contents) if overwrite else frozenset()) as files:
            files.folder(folder)
            for path, content in contents.items():
                files.add(path, content)
    except InvalidFile as fault:
        exit_with_problems(fault.problems)
    except ImportError as fault:
        exit_with_problems([f"--format {form}: {fault}"])
    except (ValueError, OSError) as fault:
        exit_with_problems([unwritable(folder, fault)])
    counts = ", ".join(f"{each.name} {len(each):,}" for each in datasets)
    typer.echo(f"{folder}: written{made}: {counts}")


def adam(
    folder: Annotated[
        Path,
        typer.Argument(help="A folder of SDTM datasets.", show_default=False, metavar="SDTM_DIR"),
    ],
    out: OutFolder,
    form: FormatName = "csv",
    preset: Preset = "",
    setting_texts: SettingTexts = None,
    criterion: Annotated[
        str,
        typer.Option(
            help="recist11 or irecist; else by RSCAT.", autocompletion=completions.trial_criteria
        ),
    ] = "",
    evaluator: Evaluator = "",
    overwrite: Overwrite = False,
) -> None:
    """Derive ADSL, ADRS, ADTTE and ADTR from SDTM datasets, with the rule of each variable.

    The rules, with label, type and source of every variable and parameter, are in
    definitions.csv beside them.
    """
    import warnings

    from timeline.cdisc.adam import derive_adam
    from timeline.cdisc.adam.analysis import DEFINITIONS
    from timeline.cdisc.formats import read_files
    from timeline.cdisc.metadata import SDTM_DATASETS
    from timeline.cli.common import split_setting
    from timeline.exchange.case_tables import as_csv

    datasets, problems = read_files(folder, SDTM_DATASETS)
    exit_with_problems(problems)
    settings = dict(map(split_setting, setting_texts or ()))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is let pass is printed below
            found = derive_adam(
                datasets,
                {**settings, **({"preset": preset} if preset else {})},
                criterion=criterion or None,
                evaluator=evaluator or None,
            )
    except (ValueError, ImportError) as fault:
        exit_with_problems([f"{folder}: {line}" for line in str(fault).splitlines()])
        return
    beside = {"definitions.csv": as_csv((DEFINITIONS, *found.definitions)).encode()}
    _write(out, found.datasets.values(), form, beside, overwrite=overwrite)
    for each in found.problems:
        typer.echo(f"{folder}: {each}", err=True)


def check_folders(folders: Sequence[Path], *, as_json: bool, others: bool) -> None:
    """Check folders of datasets by the rules of CDISC; exit with 2 if one has an error.

    ``others``: whether an option for case files is given, which is refused.
    """
    from timeline.cdisc.checks import CHECKS, Severity, check_datasets
    from timeline.cdisc.formats import read_files
    from timeline.cli.common import print_json
    from timeline.cli.ending import WRONG

    if others or not all(each.is_dir() for each in folders):
        exit_with_problems(
            ["folders of datasets stand alone (name them without files and options)"]
        )
    findings: list[Any] = []
    for folder in folders:
        if not _dataset_names(folder):
            if case_files_in(folder):
                exit_with_problems([f"{folder}: holds case files (write {folder / '*.yaml'})"])
            if inner := next(folders_with_cases(folder), None):
                what = "no dataset, and no case file itself"
                exit_with_problems([f"{folder}: {what} (write {inner / '*.yaml'})"])
        datasets, problems = read_files(folder)
        exit_with_problems(problems)
        found = check_datasets(datasets)
        findings += found
        if not as_json:
            count = sum(map(len, datasets.values()))
            names = count_text(len(datasets), "dataset")
            typer.echo(f"{folder}: {names}, {count:,} records, {len(CHECKS)} checks")
    errors = [each for each in findings if each.check.severity is Severity.ERROR]
    if as_json:
        print_json([_finding_data(each) for each in findings])
    else:
        for line in _grouped(findings):
            typer.echo(line)
        warnings = len(findings) - len(errors)
        typer.echo(f"{count_text(len(errors), 'error')}, {count_text(warnings, 'warning')}")
    if errors:
        raise typer.Exit(WRONG)


def _dataset_names(folder: Path) -> bool:
    from timeline.cdisc.formats import folder_files

    return bool(folder_files(folder))


SHOWN_ALIKE = 3  # findings of one check and one file that are printed


def _grouped(findings: Sequence[Any]) -> Iterable[str]:
    """The findings as lines; of many of one check in one file the first few, and their number."""
    groups: dict[tuple[str, str], list[Any]] = {}
    for each in findings:
        groups.setdefault((each.check.code, each.where.file), []).append(each)
    for (code, file), alike in groups.items():
        yield from map(str, alike[:SHOWN_ALIKE])
        if len(alike) > SHOWN_ALIKE:
            more = len(alike) - SHOWN_ALIKE
            rule = alike[0].check.description
            yield f"{file}: and {more:,} more like these: {rule} [{code}]"


def _finding_data(finding: Any) -> dict[str, Any]:
    where, check = finding.where, finding.check
    return {"file": where.file, "line": where.line, "column": where.column,
            "severity": check.severity.value, "check": check.code, "what": finding.what,
            "rule": check.description, "source": check.source}  # fmt: skip


def import_study(folder: Path, out: Path | None, *, overwrite: bool) -> None:
    """Make case files from a folder of SDTM datasets, one a subject."""
    from timeline.cdisc.cases import LEFT_OVER, import_cases
    from timeline.cdisc.formats import read_files
    from timeline.cdisc.metadata import SDTM_DATASETS
    from timeline.exchange.entries.left_over import read_left_over

    if out is None:
        exit_with_problems([f"{folder}: a folder of datasets makes a folder (write -o cases)"])
        return
    datasets, problems = read_files(folder, SDTM_DATASETS)
    left_over, faults = read_left_over(folder / LEFT_OVER)
    exit_with_problems((*problems, *faults))
    found, problems = import_cases(datasets, left_over)
    exit_with_problems(problems)
    assert found is not None  # noqa: S101  (there are case files or there are problems)
    _write_cases(out, found, overwrite=overwrite, restored=bool(left_over))


def _write_cases(out: Path, found: Imported, *, overwrite: bool, restored: bool) -> None:
    from timeline.exchange.case_tables import as_csv
    from timeline.files.output_files import OutputFiles

    contents = {out / f"{file_name(name)}.yaml": text for name, text in found.texts.items()}
    if found.not_read:
        rows = [("DATASET", "VARIABLE", "RECORDS", "EXAMPLE", "REASON")]
        rows += [(each.dataset, each.variable, str(each.records), each.example, each.reason)
                 for each in found.not_read]  # fmt: skip
        contents[out / NOT_IN_CASES] = as_csv(rows)
    try:
        with OutputFiles(requested=frozenset(contents) if overwrite else frozenset()) as files:
            files.folder(out)
            for path, text in contents.items():
                files.add(path, text.encode())
    except (ValueError, OSError) as fault:
        exit_with_problems([unwritable(out, fault)])
    done = ", restored by not-in-sdtm.csv" if restored else ""
    typer.echo(f"{out}: written: {count_text(len(found.texts), 'case file')}{done}")
    if found.not_read:
        typer.echo(f"{out / NOT_IN_CASES}: what the case files do not hold:")
        for each in found.not_read:
            what = f"{each.dataset} {each.variable}" if each.variable else f"{each.dataset} records"
            typer.echo(f"  {what}: {each.records:,}: {each.reason}")


def file_name(name: str) -> str:
    """A name of a subject as that of a file: other characters than letters and digits are _."""
    return "".join(each if each.isalnum() or each in "-_." else "_" for each in name)


def new_study(folder: Path, subjects: int, seed: int, form: str) -> None:
    """Write a made-up study: SDTM datasets, and a case file for each patient."""
    from timeline.cdisc.cases import import_cases
    from timeline.synthetic import study_datasets

    if subjects > MOST_SUBJECTS:
        advice = "timeline.synthetic.write_responses writes any number, as Parquet"
        exit_with_problems(
            [f"--study: {subjects:,} patients (at most {MOST_SUBJECTS:,}; {advice})"]
        )
    try:
        datasets = study_datasets(subjects, seed)
    except ValueError as fault:
        exit_with_problems([f"--study: {fault}"])
        return
    found, problems = import_cases(datasets)
    exit_with_problems(problems)
    assert found is not None  # noqa: S101  (there are case files or there are problems)
    if folder.exists():
        exit_with_problems([f"{folder}: is there already and stays (write another name)"])
    from timeline.cdisc import FORMATS
    from timeline.cdisc.formats import content_of
    from timeline.files.output_files import OutputFiles

    suffix = FORMATS[form].suffix
    try:
        contents = {
            Path("sdtm") / f"{name.lower()}{suffix}": content_of(each, FORMATS[form])
            for name, each in datasets.items()
        }
        contents |= {
            Path("cases") / f"{name}.yaml": text.encode() for name, text in found.texts.items()
        }
        contents[Path("README.txt")] = _README.format(subjects=subjects, seed=seed).encode()
        with OutputFiles() as files:
            for name in ("sdtm", "cases"):
                files.folder(folder / name)
            for path, content in contents.items():
                files.add(folder / path, content)
    except ImportError as fault:
        exit_with_problems([f"--format {form}: {fault}"])
    except (ValueError, OSError) as fault:
        exit_with_problems([unwritable(folder, fault)])
    counts = ", ".join(f"{name} {len(each):,}" for name, each in datasets.items())
    typer.echo(f"{folder}: written: {count_text(subjects, 'invented patient')}: {counts}")
    next_command = f"timeline adam {folder / 'sdtm'} --preset admiral -o {folder / 'adam'}"
    typer.echo(f"next: {next_command}")


_README = """SYNTHETIC: a made-up study. No patient is behind any record.

{subjects} invented patients, seed {seed}, written by timeline new --study. The same seed gives the
same files. Nothing may be concluded from them about any treatment.

sdtm/   the datasets DM, EX, DS, CM, AE, TU, TR and RS
cases/  the same patients as case files
"""
