"""Commands on cases: check, show and explain."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from timeline.cli import completions
from timeline.cli.common import (
    AsJson,
    CriterionNames,
    Files,
    OneFile,
    SettingTexts,
    exit_with_problems,
    open_files,
    print_json,
    with_criteria,
)
from timeline.cli.ending import WRONG
from timeline.core.problem import Where

NOT_FOUND = 1  # exit code: the text does not print a value
ALL = "all"  # every policy, side by side


ReportFile = Annotated[
    Path | None,
    typer.Option(
        "--text",
        metavar="REPORT",
        help="The report itself (text, JATS XML or PDF): look up every value in it. "
        "Exit code 1 if one is not found.",
    ),
]


def check(
    files: Files,
    text: ReportFile = None,
    as_json: AsJson = False,
    fix: Annotated[
        bool, typer.Option("--fix", help="First correct each fault with only one possible meaning.")
    ] = False,
    every: Annotated[
        bool, typer.Option("--all", help="With --text: every value that only the text has.")
    ] = False,
) -> None:
    """Check case and report files; every fault is named with file, line and column.

    What is unusual but possible is a warning, which does not change the exit code; ``show`` has
    those that need a derivation as well, such as a call that the findings do not give. A folder of
    SDTM or ADaM datasets is checked by the rules of CDISC.
    """
    if any(each.is_dir() for each in files):
        from timeline.cli.commands.datasets import check_folders

        check_folders(files, as_json=as_json, others=fix or text is not None)
        return
    from timeline.views.case_report import checked, distinct

    corrected = 0
    if fix:
        from timeline.cli.repairing import repair_files

        corrected = repair_files(files, to_errors=as_json)
    found = checked(files)
    problems = tuple(dict.fromkeys(fault for each in found for fault in each.problems))
    if text is not None:
        exit_with_problems(problems, corrected=corrected)
        _check_against(text, distinct(found), as_json=as_json, every=every)
        return
    if not as_json:
        exit_with_problems(problems, corrected=corrected)
        for case_report in distinct(found):
            typer.echo(case_report.summary)
            for remark in case_report.remarks:
                typer.echo(str(remark))
        return
    from timeline.views.check_data import checked_data

    print_json(checked_data(found))
    if problems:
        raise typer.Exit(WRONG)


def _check_against(
    text: Path, case_reports: tuple[Any, ...], *, as_json: bool, every: bool
) -> None:
    """Look up the values of one case and its report in a text; exit with 1 if one is not found."""
    from timeline.files.file_text import Unreadable
    from timeline.grounding import Status
    from timeline.views.grounding_view import ground_files, grounding_data, grounding_lines

    if len(case_reports) != 1:
        exit_with_problems([f"--text: {len(case_reports)} cases (name the files of one)"])
    try:
        grounding = ground_files(case_reports[0], text)
    except Unreadable as fault:
        exit_with_problems([f"{Where(str(text), fault.line, fault.column)}: {fault}"])
        return
    if as_json:
        print_json(grounding_data(grounding))
    else:
        typer.echo(case_reports[0].summary)
        for line in grounding_lines(grounding, text, every=every):
            typer.echo(line)
    if grounding.of(Status.NOT_FOUND):
        raise typer.Exit(NOT_FOUND)


def _policy(text: str) -> str:
    from timeline.core.problem import near
    from timeline.endpoints.censoring.policies import POLICIES

    if text in ("", ALL, *POLICIES):
        return text
    raise typer.BadParameter(f"unknown policy: {text!r} ({near(text, [*POLICIES, ALL])})")


Policy = Annotated[
    str,
    typer.Option(
        parser=_policy,
        help="What censors PFS: fda_a, fda_b, fda_c, ema; or all.",
        autocompletion=completions.policies,
    ),
]


def _policy_setting(policy: str) -> list[str]:
    return [f"pfs_policy={policy}"] if policy not in ("", ALL) else []


def show(
    file: OneFile,
    every: Annotated[bool, typer.Option("--all", help="All endpoints.")] = False,
    policy: Policy = "",
    criterion: CriterionNames = None,
    setting_texts: SettingTexts = None,
    as_json: AsJson = False,
) -> None:
    """Show the events of a case, the status of each scan, and the endpoints."""
    from timeline.endpoints.sensitivity import flag_outcomes
    from timeline.views import case_view, data

    settings = [*with_criteria(setting_texts, criterion), *_policy_setting(policy)]
    case_reports = open_files([file], settings)
    derived = case_reports[0].derived
    if derived is None:
        exit_with_problems(
            [f"{file}: describes no single patient, so there is nothing to show (try audit)"]
        )
        return
    if policy == ALL and as_json:
        print_json(data.policies_data(derived))
    elif policy == ALL:
        case_view.print_policies(derived)
    elif as_json:
        claims = [data.claim_data(each) for each in case_reports[0].own_claims]
        own = {"claims": claims} if claims else {}
        print_json({**data.derived_case_data(flag_outcomes(derived)), **own})
    else:
        case_view.print_derived_case(flag_outcomes(derived), every=every)
        case_view.print_claims(case_reports[0].own_claims)


def explain(
    file: OneFile,
    endpoint: Annotated[
        str,
        typer.Argument(
            help="An endpoint such as PFS, iPFS or OS; or BOR, PFS ratio, GMI, lines.",
            autocompletion=completions.endpoints,
        ),
    ],
    line: Annotated[int | None, typer.Option(help="The line, if it has one.")] = None,
    policy: Policy = "",
    criterion: CriterionNames = None,
    setting_texts: SettingTexts = None,
    as_json: AsJson = False,
) -> None:
    """Explain one derived value: the events, rules and settings behind it."""
    from timeline.endpoints.sensitivity import flag_outcomes
    from timeline.views import case_view, data, explained_values

    settings = [*with_criteria(setting_texts, criterion), *_policy_setting(policy)]
    found = open_files([file], settings)[0].derived
    if found is None:
        exit_with_problems([f"{file}: describes no single patient, so nothing is derived"])
        return
    if values := explained_values.explained_values(found, endpoint, line):
        if as_json:
            print_json([explained_values.explained_data(each) for each in values])
        else:
            case_view.print_values(values)
        return
    if not case_view.outcomes_named(found, endpoint, line):
        fault = explained_values.unknown_value(found, endpoint, line)
        exit_with_problems([f"{file}: {fault}"])
    derived = flag_outcomes(found)
    outcomes = case_view.outcomes_named(derived, endpoint, line)
    by_policy = {}
    if policy == ALL:
        by_policy = case_view.outcomes_under_each_policy(derived, endpoint, line)
    if by_policy and as_json:
        print_json(
            {name: [data.outcome_data(each) for each in under] for name, under in by_policy.items()}
        )
    elif by_policy:
        case_view.print_chains(by_policy)
    elif as_json:
        print_json([data.outcome_data(outcome) for outcome in outcomes])
    else:
        case_view.print_chain(outcomes)
