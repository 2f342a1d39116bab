"""One case in the terminal: its events, the status of each scan, the endpoints and their steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs
from rich.console import Console
from rich.table import Table
from rich.text import Text

from timeline.core.calendar.dates import NOT_KNOWN, PartialDate, format_days
from timeline.core.calendar.partial_dates import UNKNOWN, Period
from timeline.core.span import ANY
from timeline.endpoints.censoring.follow_up import visit_schedule
from timeline.endpoints.censoring.policies import POLICIES
from timeline.endpoints.derived_case import DerivedCase
from timeline.endpoints.line_numbers import line_count_text, numbering_notes
from timeline.endpoints.ratios import pfs_ratios
from timeline.endpoints.sensitivity import outcomes_by_policy
from timeline.record.case import Case
from timeline.record.events import Event, Scan, field_values
from timeline.record.lines import Line
from timeline.record.reference_words import without_ids
from timeline.report.claims import Claim
from timeline.results.alternatives import Anchor, JoinedAlternatives
from timeline.results.statuses import Outcome, Status, Step, days_and_months
from timeline.settings.setting import in_words
from timeline.terminology.endpoints import SHOWN_FIRST
from timeline.views.explained_values import ExplainedValue
from timeline.views.sensitivity_lines import SHOWN, sensitivity_lines
from timeline.views.terminal import add_row, columns, print_hanging, terminal

LAST = 99  # endpoints of the patient come after those of the lines


def dates(event: Event) -> str:
    """The date or period of an event as written; with its days where it refers to another.

    An event of which nothing is known has its id, by which others refer to it.
    """
    text = _period(event.at) if isinstance(event.at, Period) else _date(event.at)
    return f"{text} ({event.id})" if event.id and NOT_KNOWN in text else text


def _dates_of(event: Event, case: Case) -> str:
    """The date of an event for a reader who does not have the file: without its ids."""
    return without_ids(dates(event), case.events)


def _period(at: Period) -> str:
    """``2021-12 to now``; with an order in it ``start after A, end before B (first to last)``."""
    if at.end is not None and at.end.derived:
        days = "" if at.end.span == ANY else f": {format_days(at.end.span)}"
        return f"{_period(attrs.evolve(at, end=None))} (end by its cycles{days})"
    ends = [at.start, *([at.end] if at.end is not None and not at.ongoing else [])]
    if not any(each.begins_with_order for each in ends):
        first, *last = dict.fromkeys(map(_date, ends))
        if at.ongoing:
            return f"{first} to now"
        if at.end is None and first != NOT_KNOWN:
            return f"from {first}"
        return " to ".join((first, *last))
    texts = [_date(each) for each in ends]
    if len(ends) > 1 and ends[0].span == ends[1].span:  # the days that both may be, once
        texts[0] = ends[0].text
    words = [f"{word} {text}" for word, text in zip(("start", "end"), texts, strict=False)]
    return ", ".join((*words, *(["ongoing"] if at.ongoing else [])))


def _date(when: PartialDate) -> str:
    counted = when.by_order or when.relative is not None
    if when.span == ANY:
        return NOT_KNOWN if when.text == UNKNOWN else when.text
    return f"{when.text} ({format_days(when.span)})" if counted else when.text


def event_text(event: Event) -> str:
    """The description and the fields of an event, in one line."""
    values = field_values(event)
    parts = [str(values.pop("what", ""))]
    for name, value in values.items():
        if name in ("note", "called", "baseline") or value is False:  # the status table has two
            continue
        parts.append(f"{name} {_value(value)}")
    return "; ".join(part for part in parts if part)


def _value(value: object) -> str:
    if isinstance(value, tuple):
        pairs = [v if not isinstance(v, tuple) else _pair(v) for v in value]
        return ", ".join(str(pair) for pair in pairs)
    return str(value)


def _pair(pair: tuple[object, ...]) -> str:
    name, value = pair
    return f"{name} {value}".strip() if not isinstance(name, str) or name else str(value)


def print_derived_case(derived: DerivedCase, *, every: bool = False) -> None:
    """Print the events, the status of each scan, and the endpoints.

    Args:
        derived: the derived case, with its flags.
        every: all endpoints, not only PFS and OS.
    """
    console, case = terminal(), derived.case
    console.print(Text(_case_heading(case), style="bold"))
    table = columns(when=5, event=0, what=8, place=4)
    for event in case.events:
        kind = f"{event.kind} (planned)" if event.planned else event.kind
        add_row(table, _dates_of(event, case), kind, event_text(event), event.place)
    console.print(table)
    for line in case.lines:
        _print_line(console, derived, line)
    shown = [each for each in derived.outcomes if every or each.endpoint in SHOWN_FIRST]
    console.print(_outcome_table(sorted(shown, key=lambda each: each.line or LAST), case))
    for text in _ratio_texts(derived):
        console.print(Text(text))
    for text in (line_count_text(derived), *numbering_notes(derived), _policy_text(derived)):
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


def _ratio_texts(derived: DerivedCase) -> Iterator[str]:
    """``PFS ratio, line 2: 0.30 to 0.60; below 1.3``: those with one text share a line."""
    names: dict[tuple[int, str], list[str]] = {}
    for ratio in pfs_ratios(derived):
        names.setdefault((ratio.line, ratio.description), []).append(ratio.kind.title)
    for (line, description), each in names.items():
        yield f"{' and '.join(each)}, line {line}: {description}"


def print_claims(claims: Iterable[Claim]) -> None:
    """Print the values that the report prints, for a case file that holds its own report."""
    table = columns(printed_by_the_report=9, place=4, line_of_the_file=0)
    for claim in claims:
        add_row(table, str(claim), claim.place, str(claim.where.line))
    if table.row_count:
        terminal().print(table)


def _policy_text(derived: DerivedCase) -> str:
    """The censoring policy, and whether missed visits could be found."""
    policy = POLICIES[derived.settings.pfs_policy]
    lines = derived.case.lines
    no_schedule = [f"line {each.number}" for each in lines if visit_schedule(derived, each) is None]
    of = f" of {', '.join(no_schedule)}" if len(no_schedule) < len(lines) else ""
    missed = f"; missed visits not looked for: no schedule{of} on record" if no_schedule else ""
    return f"censoring policy {policy.name}: {policy.description}{missed}"


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


def flag_texts(outcome: Outcome) -> list[str]:
    """``90 days, 2.96 months, event with pfs_policy = ema``: a line for each other value."""
    same: dict[str, list[str]] = {}
    for flag in outcome.flags:
        same.setdefault(flag.result, []).append(flag.answer)
    return [f"{result} with {' or '.join(answers)}" for result, answers in same.items()]


def print_policies(derived: DerivedCase) -> None:
    """Print the outcomes under each censoring policy, side by side, with the reason of each."""
    console, found = terminal(), outcomes_by_policy(derived)
    console.print(Text(_case_heading(derived.case), style="bold"))
    for policy in POLICIES.values():
        console.print(Text(f"  {policy.name:<6} {policy.description}"))
    table = columns(endpoint=3, policy=2, state=0, days_and_months=4, to=5, reason=6)
    for row in zip(*found.values(), strict=True):
        name = row[0].name if row[0].is_primary else f"  {row[0].name}, other origin"
        for cells, policies in _group_policies(dict(zip(found, row, strict=True))).items():
            text = "all" if len(policies) == len(found) else ", ".join(policies)
            add_row(table, name, text, *cells)
            name = ""
    console.print(table)
    print_hanging(console, Text(""), Text(_policy_text(derived).partition("; ")[2]))


def _group_policies(outcomes: dict[str, Outcome]) -> dict[tuple[str, ...], list[str]]:
    """The cells of an outcome, and the policies under which it has them."""
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
        end_text = _moments(end for end in ends if end is not None) or "-"
        found.setdefault((state, days, end_text, each.reason), []).append(policy)
    return found


def _case_heading(case: Case) -> str:
    patient = case.patient
    parts = (patient.sex, patient.age, patient.diagnosis, patient.site)
    return f"{case.name}: {', '.join(part for part in parts if part)}".rstrip(": ")


def _print_line(console: Console, derived: DerivedCase, line: Line) -> None:
    judged = f", judged by {line.stated_criterion}" if line.stated_criterion else ""
    console.print(Text(f"Line {line.number}: {line.regimen}{judged}", style="bold"))
    titles = derived.criteria[line.number]
    found: dict[int, dict[str, Status]] = {}
    for status in derived.statuses:
        if status.line == line.number:
            found.setdefault(id(status.scan), {})[status.criterion] = status
    table = columns(**{"scan": 4, **dict.fromkeys(titles, 0), "called": 5, "why": 6})
    for by in found.values():
        scan = next(iter(by.values())).scan
        labels = (by[title].label if title in by else "-" for title in titles)
        why = by.get(line.criterion) or next(iter(by.values()))
        date = _dates_of(scan, derived.case)
        add_row(table, date, *labels, _investigator_response(scan), why.why)
    not_assessed = [scan for scan in derived.case.all_of(Scan) if scan.line == line.number
                    and id(scan) not in found]  # fmt: skip
    for scan in not_assessed:
        blank = "-" * len(titles)
        add_row(
            table,
            _dates_of(scan, derived.case),
            *blank,
            _investigator_response(scan),
            "not assessed: no findings are printed",
        )
    none = Text("  no scans on record for this line\n")
    console.print(table if found or not_assessed else none)
    mine = [each for each in derived.best if each.line == line.number]
    for best in mine:
        text = f"{best.criterion}: {best.description}"
        print_hanging(console, Text(" best response, "), Text(text))
    if not mine:
        console.print(Text(" best response: not derived, no assessment of the line is on record"))
    console.print()


def _investigator_response(scan: Scan) -> str:
    """The response stated by the authors; with the place of each, if they state several."""
    return ", ".join(f"{word} ({place})" if place else word for place, word in scan.called)


def _outcome_table(outcomes: Iterable[Outcome], case: Case) -> Table:
    """A row for each range of each outcome; events are named without the ids of the file."""
    table = columns(endpoint=3, state=0, days_and_months=4, _from=4, to=5, reason=5)
    for each in outcomes:
        name = each.name if each.is_primary else f"  {each.name}, other origin"
        if not each.is_evaluable:
            ends = (_moments((a,)) if a else "-" for a in (each.origin, each.end))
            rows = [(each.printed_state, "-", *ends, each.reason)]
        else:
            rows = [_group_cells(each, group) for group in each.together]
        for row in rows:
            add_row(table, name, *(without_ids(cell, case.events) for cell in row))
            name = ""
    return table


def _group_cells(outcome: Outcome, group: JoinedAlternatives) -> tuple[str, ...]:
    """The cells of alternatives with adjacent days: state, days, from, to and reason."""
    reasons = dict.fromkeys(each.reason for each in group.alternatives if each.reason)
    several = len(outcome.together) > 1
    ends = {each.end.description for each in group.alternatives}
    said = set(reasons) <= ends
    reason = "; ".join(part for part in (" or ".join(reasons) * (not said), group.conditions)
                       if part)  # fmt: skip
    return (
        group.state if several or outcome.event is not None else outcome.state,
        days_and_months(group.days),
        _moments(each.origin for each in group.alternatives),
        _moments(each.end for each in group.alternatives),
        reason if several or group.conditions else _reason(outcome),
    )


def _reason(outcome: Outcome) -> str:
    """The reason of an outcome; nothing where its end has the same words."""
    said = outcome.end is not None and outcome.reason == outcome.end.description
    return "" if said else outcome.reason


def _moments(anchors: Iterable[Anchor]) -> str:
    """``first PD by RECIST 1.1 (2020-03-01)``; each date once."""
    return " or ".join(dict.fromkeys(each.dated for each in anchors))


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


def _value_text(outcome: Outcome) -> str:
    """State and value in one line; alternatives that are apart, each with its state."""
    groups = outcome.together if outcome.is_evaluable else ()
    if len(groups) > 1:
        return " or ".join(f"{each.state}, {days_and_months(each.days)}" for each in groups)
    value = days_and_months(groups[0].days) if groups else outcome.reason
    return f"{outcome.printed_state}, {value}" if value else outcome.printed_state


def print_chains(by_policy: dict[str, tuple[Outcome, ...]]) -> None:
    """Print the steps behind each outcome under each policy, the policy in the heading."""
    for name, outcomes in by_policy.items():
        terminal().print(Text(f"{name}: {POLICIES[name].description}", style="bold"))
        print_chain(outcomes)


def print_chain(outcomes: tuple[Outcome, ...]) -> None:
    """Print the steps behind each outcome, each with its source."""
    console = terminal()
    for outcome in outcomes:
        console.print(Text(f"{outcome.name}: {_value_text(outcome)}", style="bold"))
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
