"""One case in the terminal: its events, the status of each scan, the endpoints and their steps."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
from rich.console import Console
from rich.text import Text

from timeline.endpoints.censoring.follow_up import visit_schedule
from timeline.endpoints.censoring.policies import POLICIES
from timeline.endpoints.derived_case import DerivedCase
from timeline.endpoints.line_numbers import line_count_text, numbering_notes
from timeline.endpoints.sensitivity import outcomes_by_policy
from timeline.report.claims import Claim
from timeline.results.alternatives import Anchor
from timeline.results.statuses import Outcome, Step, days_and_months
from timeline.settings.setting import in_words
from timeline.terminology.criteria import provisional_note
from timeline.views.case_rows import (
    NO_BEST,
    NO_SCANS,
    LineTable,
    case_heading,
    event_rows,
    flag_texts,
    line_tables,
    measure_texts,
    moments,
    outcome_rows,
    outcomes_shown,
    ratio_texts,
    value_text,
)
from timeline.views.explained_values import ExplainedValue
from timeline.views.sensitivity_lines import SHOWN, sensitivity_lines
from timeline.views.terminal import add_row, columns, print_hanging, print_table, terminal


def print_derived_case(derived: DerivedCase, *, every: bool = False) -> None:
    """Print the events, the status of each scan, and the endpoints.

    Args:
        derived: the derived case, with its flags.
        every: all endpoints, not only PFS and OS.
    """
    console, case = terminal(), derived.case
    console.print(Text(case_heading(case), style="bold"))
    table = columns(when=5, event=0, what=8, place=4)
    for event in event_rows(case):
        add_row(table, event.when, event.kind, event.text, event.place)
    print_table(console, table)
    for line in line_tables(derived):
        _print_line(console, line)
    shown = outcomes_shown(derived, every=every)
    table = columns(endpoint=3, state=0, days_and_months=4, _from=4, to=5, reason=5)
    for row in outcome_rows(shown, case):
        add_row(table, *row.cells)
    print_table(console, table)
    for text in ratio_texts(derived):
        console.print(Text(text))
    for text in measure_texts(derived) if every else ():
        print_hanging(console, Text(""), Text(text))
    for text in (line_count_text(derived), *numbering_notes(derived), policy_text(derived)):
        print_hanging(console, Text(""), Text(text))
    _print_sensitivity(console, shown, every=every)
    if len(shown) < len(derived.outcomes):
        console.print(Text(f"{len(derived.outcomes) - len(shown)} more endpoints with --all"))
    for text in settings_text(derived):
        console.print(Text(text))
    for remark in derived.remarks:
        print_hanging(
            console, Text(f"{remark.severity}: "), Text(f"{remark.what} [{remark.source}]")
        )


def provisional_texts(derived: DerivedCase) -> tuple[str, ...]:
    """That a criterion of the case is provisional, and what of it was not read; of each once."""
    titles = dict.fromkeys(each.criterion for each in derived.statuses)
    return tuple(filter(None, map(provisional_note, titles)))


def _print_line(console: Console, line: LineTable) -> None:
    console.print(Text(line.heading, style="bold"))
    table = columns(**{"scan": 4, **dict.fromkeys(line.criteria, 0), "called": 5, "why": 6})
    for row in line.rows:
        add_row(table, *row)
    if line.rows:
        print_table(console, table)
    else:
        console.print(Text(f"  {NO_SCANS}\n"))
    for best in line.best:
        print_hanging(console, Text(" best response, "), Text(best))
    if not line.best:
        console.print(Text(f" {NO_BEST}"))
    console.print()


def print_claims(claims: Iterable[Claim]) -> None:
    """Print the values that the report prints, for a case file that holds its own report."""
    table = columns(printed_by_the_report=9, place=4, line_of_the_file=0)
    for claim in claims:
        add_row(table, str(claim), claim.place, str(claim.where.line))
    if table.row_count:
        print_table(terminal(), table)


def policy_text(derived: DerivedCase) -> str:
    """The censoring policy, and whether missed visits could be found."""
    policy = POLICIES[derived.settings.pfs_policy]
    lines = derived.case.lines
    no_schedule = [f"line {each.number}" for each in lines if visit_schedule(derived, each) is None]
    of = f" of {', '.join(no_schedule)}" if len(no_schedule) < len(lines) else ""
    missed = f"; missed visits not looked for: no schedule{of} on record" if no_schedule else ""
    return f"censoring policy {policy.words}: {policy.description}{missed}"


def _print_sensitivity(console: Console, outcomes: Iterable[Outcome], *, every: bool) -> None:
    """Print what other answers to the settings would give, the most relevant first."""
    lines = sensitivity_lines(outcomes)
    shown = lines if every else lines[:SHOWN]
    if shown:
        console.print(Text("Sensitivity to the settings, the largest change first:"))
    for line in shown:
        print_hanging(console, Text("  "), Text(str(line)))
    if len(shown) < len(lines):
        console.print(Text(f"  smaller changes, listed with --all: {len(lines) - len(shown)}"))


def print_policies(derived: DerivedCase) -> None:
    """Print the outcomes under each censoring policy, side by side, with the reason of each."""
    console, found = terminal(), outcomes_by_policy(derived)
    console.print(Text(case_heading(derived.case), style="bold"))
    for policy in POLICIES.values():
        console.print(Text(f"  {policy.name:<6} {policy.description}"))
    table = columns(endpoint=3, policy=2, state=0, days_and_months=4, to=5, reason=6)
    for row in zip(*found.values(), strict=True):
        name = row[0].name if row[0].is_primary else f"  {row[0].name}, other origin"
        for cells, policies in group_policies(dict(zip(found, row, strict=True))).items():
            text = "all" if len(policies) == len(found) else ", ".join(policies)
            add_row(table, name, text, *cells)
            name = ""
    print_table(console, table)
    print_hanging(console, Text(""), Text(policy_text(derived).partition("; ")[2]))


def group_policies(outcomes: dict[str, Outcome]) -> dict[tuple[str, ...], list[str]]:
    """The state, the days, the end and the reason of an outcome, with the policies that give them.

    Args:
        outcomes: the same endpoint under each policy, by the name of the policy.
    """
    found: dict[tuple[str, ...], list[str]] = {}
    for policy, each in outcomes.items():
        groups = each.together if each.is_evaluable else ()
        days = " or ".join(days_and_months(group.days) for group in groups) or "-"
        state = (
            " or ".join(dict.fromkeys(each.state for each in groups))
            if len(groups) > 1
            else each.printed_state
        )
        ends: list[Anchor | None] = [one.end for one in each.alternatives]
        ends = ends or [each.end]
        end_text = moments(end for end in ends if end is not None) or "-"
        found.setdefault((state, days, end_text, each.reason), []).append(policy)
    return found


def settings_text(derived: DerivedCase) -> list[str]:
    """The settings that differ from the default, and whether they change a result."""
    return [
        f"setting {name} = {in_words(value)}: "
        + ("changes a result" if name in derived.moved_by else "changes nothing here")
        for name, value in derived.settings.changed.items()
    ]


def outcomes_named(derived: DerivedCase, endpoint: str, line: int | None) -> tuple[Outcome, ...]:
    """The outcomes of an endpoint.

    Args:
        derived: the derived case.
        endpoint: its name, in upper or lower case; a plain name means every criterion that the
            line is derived under, and iPFS means iRECIST only.
        line: the number of the line; None for an endpoint of the patient.

    Returns:
        The outcomes, the main one first; none if there is no such endpoint.
    """
    requested = endpoint.strip().lower()
    return tuple(
        outcome
        for outcome in derived.outcomes
        if outcome.line == line and requested in (outcome.endpoint.lower(), outcome.printed.lower())
    )


def outcomes_under_each_policy(
    derived: DerivedCase, endpoint: str, line: int | None
) -> dict[str, tuple[Outcome, ...]]:
    """The outcomes of an endpoint under each censoring policy.

    Args:
        derived: the derived case.
        endpoint: its name, as `outcomes_named` reads it.
        line: the number of the line; None for an endpoint of the patient.

    Returns:
        The outcomes by the name of the policy; none if no policy changes what the endpoint counts.
    """
    found = {
        name: outcomes_named(attrs.evolve(derived, outcomes=outcomes), endpoint, line)
        for name, outcomes in outcomes_by_policy(derived).items()
    }
    return {name: outcomes for name, outcomes in found.items() if outcomes}


def print_chains(by_policy: dict[str, tuple[Outcome, ...]]) -> None:
    """Print the steps behind each outcome under each policy, the policy in the heading."""
    for name, outcomes in by_policy.items():
        terminal().print(Text(f"{name}: {POLICIES[name].description}", style="bold"))
        print_chain(outcomes)


def print_chain(outcomes: tuple[Outcome, ...]) -> None:
    """Print the steps behind each outcome, each with its source."""
    console = terminal()
    for outcome in outcomes:
        console.print(Text(f"{outcome.name}: {value_text(outcome)}", style="bold"))
        _print_steps(console, outcome.chain)
        for text in flag_texts(outcome):
            print_hanging(console, Text("would be "), Text(text))
        console.print()


def print_values(values: Iterable[ExplainedValue]) -> None:
    """Print derived values that are no endpoint, with the steps behind each."""
    console = terminal()
    for value in values:
        console.print(Text(f"{value.name}: {value.value}", style="bold"))
        _print_steps(console, value.steps)
        console.print()


def _print_steps(console: Console, steps: Iterable[Step]) -> None:
    for number, step in enumerate(steps, start=1):
        print_hanging(console, Text(f"{number:>3}. "), Text(step.description))
        if step.source:
            print_hanging(console, Text(" " * 5), Text(f"[{step.source}]", style="dim"))
