"""Commands on cases: check, show, explain."""

from __future__ import annotations

from typing import Annotated

import typer

from timeline.cli.common import (
    AsJson,
    Files,
    Judged,
    OneFile,
    Settled,
    exit_with_problems,
    open_files,
    print_json,
    with_criteria,
)
from timeline.cli.ending import WRONG

ALL = "all"  # policies side by side


def check(files: Files, as_json: AsJson = False) -> None:
    """Check case and report files; every fault is named with file, line and column.

    What is unusual but possible is a warning, which does not change the exit code.
    """
    from timeline.views.case_report import checked, distinct

    found = checked(files)
    problems = tuple(dict.fromkeys(fault for each in found for fault in each.problems))
    if not as_json:
        exit_with_problems(problems)
        for dossier in distinct(found):
            typer.echo(dossier.summary)
            for remark in dossier.remarks:
                typer.echo(str(remark))
        return
    from timeline.views.check_data import checked_data

    print_json(checked_data(found))
    if problems:
        raise typer.Exit(WRONG)


def _policy(text: str) -> str:
    from timeline.core.problem import near
    from timeline.endpoints.censoring_policies import POLICIES

    if text in ("", ALL, *POLICIES):
        return text
    raise typer.BadParameter(f"unknown policy: {text!r} ({near(text, [*POLICIES, ALL])})")


def show(
    file: OneFile,
    every: Annotated[bool, typer.Option("--all", help="All endpoints.")] = False,
    policy: Annotated[
        str,
        typer.Option(parser=_policy, help="What censors PFS: fda_a, fda_b, fda_c, ema; or all."),
    ] = "",
    criterion: Judged = None,
    settled: Settled = None,
    as_json: AsJson = False,
) -> None:
    """Show the events of a case, the status of each scan, and the endpoints."""
    from timeline.endpoints.sensitivity import flag_outcomes
    from timeline.views import case_view as shown
    from timeline.views import data

    one = [f"pfs_policy={policy}"] if policy not in ("", ALL) else []
    dossiers = open_files([file], [*with_criteria(settled, criterion), *one])
    reading = dossiers[0].reading
    if reading is None:
        exit_with_problems(
            [f"{file}: describes no single patient, so there is nothing to show (try audit)"]
        )
        return
    if policy == ALL and as_json:
        print_json(data.policies_data(reading))
    elif policy == ALL:
        shown.print_policies(reading)
    elif as_json:
        print_json(data.reading_data(flag_outcomes(reading)))
    else:
        shown.print_reading(flag_outcomes(reading), every=every)


def explain(
    file: OneFile,
    endpoint: Annotated[str, typer.Argument(help="An endpoint, such as PFS, iPFS or OS.")],
    line: Annotated[int | None, typer.Option(help="The line, if it has one.")] = None,
    criterion: Judged = None,
    settled: Settled = None,
    as_json: AsJson = False,
) -> None:
    """Explain one endpoint: the events, rules and settings behind it."""
    from timeline.endpoints.sensitivity import flag_outcomes
    from timeline.views import case_view as shown
    from timeline.views import data

    read = open_files([file], with_criteria(settled, criterion))[0].reading
    reading = flag_outcomes(read) if read else None
    outcomes = shown.outcomes_called(reading, endpoint, line) if reading else ()
    if not outcomes:
        known = shown.outcome_names(reading) if reading else "none"
        wanted = endpoint if line is None else f"{endpoint} line {line}"
        exit_with_problems([f"{file}: no such endpoint: {wanted!r} (known: {known})"])
    if as_json:
        print_json([data.outcome_data(outcome) for outcome in outcomes])
    else:
        shown.print_chain(outcomes)
