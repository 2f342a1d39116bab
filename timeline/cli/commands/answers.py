"""Commands that answer one question without a file: interval, percent, recist."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer

from timeline.cli import completions
from timeline.cli.common import CONTRADICTED, AsJson, exit_with_problems, print_json
from timeline.terminology.criteria import PRIMARY


def _answer(command: str, find: Callable[[], Any], as_json: bool) -> Any:
    """Print an answer; exit with 2 where the question cannot be read."""
    try:
        answer = find()
    except ValueError as fault:
        exit_with_problems([f"{command}: {fault}"])
    if as_json:
        print_json(answer.to_dict())
    else:
        typer.echo(str(answer))
    return answer


def interval(
    start: Annotated[str, typer.Argument(help="A date: 2021-12, 2021-12-05, December 2021.")],
    end: Annotated[str, typer.Argument(help="The date of the end.")],
    printed: Annotated[
        str | None, typer.Option(help="The time as printed, with its unit: 8.4 months.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show the time between two dates, and whether a printed time fits it.

    Exit 1 if no pair of days gives the printed time under any convention.
    """
    from timeline import answers
    from timeline.auditing.comparison.compare import Conclusion

    answer = _answer("interval", lambda: answers.interval(start, end, printed), as_json)
    if answer.conclusion is Conclusion.CONTRADICTED:
        raise typer.Exit(CONTRADICTED)


def percent(
    printed: Annotated[str, typer.Argument(help="The percentage as printed: 42.2.")],
    of: Annotated[int | None, typer.Option(help="The number of patients.")] = None,
    count: Annotated[int | None, typer.Option(help="The number with the property.")] = None,
    most: Annotated[
        int | None, typer.Option(help="Try denominators from 1 to this number (default: 100).")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List the counts and denominators that print as a percentage.

    Exit 1 if no count of the number of patients does, or not the count.
    """
    from timeline import answers
    from timeline.statistics.rounding import Consistency

    answer = _answer("percent", lambda: answers.percent(printed, of, count, most), as_json)
    if answer.conclusion is Consistency.CONTRADICTED:
        raise typer.Exit(CONTRADICTED)


def recist(
    baseline: Annotated[str, typer.Argument(help="Sum of diameters at baseline, in mm: 25.5.")],
    now: Annotated[str, typer.Argument(help="Sum of diameters at the scan, in mm.")],
    nadir: Annotated[
        str | None, typer.Option(help="The smallest sum so far; that at baseline if left out.")
    ] = None,
    new: Annotated[bool, typer.Option("--new", help="The scan shows a new lesion.")] = False,
    non_target: Annotated[
        str | None,
        typer.Option(
            help="Non-target lesions: CR, NON-CR/NON-PD, PD or NE.",
            autocompletion=completions.non_target_responses,
        ),
    ] = None,
    criterion: Annotated[
        str,
        typer.Option(help="RECIST 1.1, iRECIST ..", autocompletion=completions.criteria),
    ] = PRIMARY.title,
    as_json: AsJson = False,
) -> None:
    """Show the response of one scan by its sums: changes, category, rows and source."""
    from timeline import answers
    from timeline.cli.common import criterion_key
    from timeline.response.criteria import CRITERIA

    title = CRITERIA[criterion_key(criterion)].title
    _answer(
        "recist",
        lambda: answers.recist(
            baseline, now, nadir, new=new, non_target=non_target, criterion=title
        ),
        as_json,
    )
