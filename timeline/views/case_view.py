"""What is shown of one case: its events, the status of its scans, its endpoints and why."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from timeline.core.dates import format_days
from timeline.core.partial_dates import Period
from timeline.endpoints.censoring_policies import POLICIES
from timeline.endpoints.derived_case import DerivedCase
from timeline.endpoints.follow_up import visit_schedule
from timeline.endpoints.line_numbers import line_count_text, numbering_notes
from timeline.endpoints.ratios import pfs_ratios
from timeline.endpoints.sensitivity import outcomes_by_policy
from timeline.record.case import Case
from timeline.record.events import Event, Scan, field_values
from timeline.record.lines import Line
from timeline.results.alternatives import Anchor, JoinedAlternatives
from timeline.results.statuses import Outcome, Status, days_and_months
from timeline.settings.setting import in_words
from timeline.terminology.endpoints import SHOWN_FIRST
from timeline.views.terminal import add_row, columns, print_hanging, terminal

LAST = 99  # endpoints of the patient stand after those of the lines


def dates(event: Event) -> str:
    """When an event was, with the days that order leaves where it has no date of its own."""
    if isinstance(event.at, Period):
        start = _date(
            event.at.start.text, format_days(event.at.start.span), event.at.start.by_order
        )
        if event.at.ongoing:
            return f"{start} to now"
        if event.at.end is None:
            return f"from {start}"
        end = _date(event.at.end.text, format_days(event.at.end.span), event.at.end.by_order)
        return start if end == start else f"{start} to {end}"
    return _date(event.at.text, format_days(event.at.span), event.at.by_order)


def _date(text: str, span: str, by_order: bool) -> str:
    return f"{text} ({span})" if by_order else text


def print_case_heading(event: Event) -> str:
    """An event's own words and values, in one line."""
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


def print_reading(reading: DerivedCase, *, every: bool = False) -> None:
    """The events, the status of each scan, and the endpoints: the usual ones, or every one."""
    console, case = terminal(), reading.case
    console.print(Text(_who(case), style="bold"))
    table = columns(when=5, event=0, what=8, place=4)
    for event in case.events:
        kind = f"{event.kind} (planned)" if event.planned else event.kind
        add_row(table, dates(event), kind, print_case_heading(event), event.place)
    console.print(table)
    for line in case.lines:
        _print_line(console, reading, line)
    shown = [each for each in reading.outcomes if every or each.endpoint in SHOWN_FIRST]
    console.print(_outcome_table(sorted(shown, key=lambda each: each.line or LAST)))
    for ratio in pfs_ratios(reading):
        console.print(Text(f"{ratio.name}, line {ratio.line}: {ratio.description}"))
    for told in (line_count_text(reading), *numbering_notes(reading), _policy_told(reading)):
        print_hanging(console, Text(""), Text(told))
    _print_flags(console, shown)
    if len(shown) < len(reading.outcomes):
        console.print(Text(f"{len(reading.outcomes) - len(shown)} more endpoints with --all"))
    for told in settings_text(reading):
        console.print(Text(told))
    for remark in reading.remarks:
        print_hanging(
            console, Text(f"{remark.severity}: "), Text(f"{remark.what} [{remark.source}]")
        )


def _policy_told(reading: DerivedCase) -> str:
    """The censoring policy, and whether missed visits could be looked for."""
    policy = POLICIES[reading.settings.pfs_policy]
    lines = reading.case.lines
    unplanned = [f"line {line.number}" for line in lines if visit_schedule(reading, line) is None]
    of = f" of {', '.join(unplanned)}" if len(unplanned) < len(lines) else ""
    missed = f"; missed visits not looked for: no schedule{of} on record" if unplanned else ""
    return f"censoring policy {policy.name}: {policy.description}{missed}"


def _print_flags(console: Console, outcomes: Iterable[Outcome]) -> None:
    """Which settings would move what is shown, those of one effect in one line."""
    for outcome in outcomes:
        where = (
            ""
            if outcome.is_primary or outcome.origin is None
            else f", from {outcome.origin.description}"
        )
        for told in flag_texts(outcome):
            print_hanging(console, Text(f"{outcome.name}{where} would be "), Text(told))


def flag_texts(outcome: Outcome) -> list[str]:
    """``90 days, 2.96 months, event with pfs_policy = ema``: a line for each other value."""
    same: dict[str, list[str]] = {}
    for flag in outcome.flags:
        same.setdefault(flag.result, []).append(flag.answer)
    return [f"{result} with {' or '.join(answers)}" for result, answers in same.items()]


def print_policies(reading: DerivedCase) -> None:
    """The outcomes under each censoring policy, side by side, with the reason of each."""
    console, found = terminal(), outcomes_by_policy(reading)
    console.print(Text(_who(reading.case), style="bold"))
    for policy in POLICIES.values():
        console.print(Text(f"  {policy.name:<6} {policy.description}"))
    table = columns(endpoint=3, policy=2, state=0, days_and_months=4, to=5, reason=6)
    for row in zip(*found.values(), strict=True):
        name = row[0].name if row[0].is_primary else f"  {row[0].name}, other origin"
        for cells, policies in _alike(dict(zip(found, row, strict=True))).items():
            told = "all" if len(policies) == len(found) else ", ".join(policies)
            add_row(table, name, told, *cells)
            name = ""
    console.print(table)
    print_hanging(console, Text(""), Text(_policy_told(reading).partition("; ")[2]))


def _alike(outcomes: dict[str, Outcome]) -> dict[tuple[str, ...], list[str]]:
    """Outcomes under several policies, those of one result together."""
    found: dict[tuple[str, ...], list[str]] = {}
    for policy, each in outcomes.items():
        groups = each.together
        days = " or ".join(days_and_months(group.days) for group in groups) or "-"
        state = (
            " or ".join(dict.fromkeys(each.state for each in groups))
            if len(groups) > 1
            else each.state
        )
        ends: list[Anchor | None] = [one.end for one in each.alternatives]
        ends = ends or [each.end]
        told = _moments(end for end in ends if end is not None) or "-"
        found.setdefault((state, days, told, each.reason), []).append(policy)
    return found


def _who(case: Case) -> str:
    patient = case.patient
    said = (patient.sex, patient.age, patient.diagnosis, patient.site)
    return f"{case.name}: {', '.join(part for part in said if part)}".rstrip(": ")


def _print_line(console: Console, reading: DerivedCase, line: Line) -> None:
    judged = f", judged by {line.criterion}" if line.criterion else ""
    console.print(Text(f"Line {line.number}: {line.regimen}{judged}", style="bold"))
    titles = reading.criteria[line.number]
    found: dict[int, dict[str, Status]] = {}
    for status in reading.statuses:
        if status.line == line.number:
            found.setdefault(id(status.scan), {})[status.criterion] = status
    table = columns(**{"scan": 4, **dict.fromkeys(titles, 0), "called": 5, "why": 6})
    for by in found.values():
        scan = next(iter(by.values())).scan
        labels = (by[title].label if title in by else "-" for title in titles)
        why = by.get(line.criterion) or next(iter(by.values()))
        add_row(table, dates(scan), *labels, _called(scan), why.why)
    example_ok = [scan for scan in reading.case.all_of(Scan) if scan.line == line.number
              and id(scan) not in found]  # fmt: skip
    for scan in example_ok:
        blank = "-" * len(titles)
        add_row(table, dates(scan), *blank, _called(scan), "not assessed: no findings are printed")
    none = Text("  no scans on record for this line\n")
    console.print(table if found or example_ok else none)
    for best in (each for each in reading.best if each.line == line.number):
        console.print(Text(f" best response, {best.criterion}: {best.description}"))
    console.print()


def _called(scan: Scan) -> str:
    """What the authors called a scan, with the place of each call where several are told."""
    return ", ".join(f"{call} ({place})" if place else call for place, call in scan.called)


def _outcome_table(outcomes: Iterable[Outcome]) -> Table:
    table = columns(endpoint=3, state=0, days_and_months=4, _from=4, to=5, reason=5)
    for each in outcomes:
        name = each.name if each.is_primary else f"  {each.name}, other origin"
        if not each.together:
            start, end = (_moments((a,)) if a else "-" for a in (each.origin, each.end))
            add_row(table, name, each.state, "-", start, end, each.reason)
        for group in each.together:
            add_row(table, name, *_told_together(each, group))
            name = ""
    return table


def _told_together(outcome: Outcome, group: JoinedAlternatives) -> tuple[str, ...]:
    """The cells of alternatives whose days touch: state, days, from, to, and why."""
    reasons = dict.fromkeys(each.reason for each in group.alternatives if each.reason)
    several = len(outcome.together) > 1
    reason = "; ".join(part for part in (" or ".join(reasons), group.conditions) if part)
    return (
        group.state if several or outcome.event is not None else outcome.state,
        days_and_months(group.days),
        _moments(each.origin for each in group.alternatives),
        _moments(each.end for each in group.alternatives),
        reason if several or group.conditions else outcome.reason,
    )


def _moments(anchors: Iterable[Anchor]) -> str:
    """``first PD by RECIST 1.1 (2020-03-01)``, each moment once."""
    return " or ".join(
        dict.fromkeys(f"{each.description} ({format_days(each.span)})" for each in anchors)
    )


def settings_text(reading: DerivedCase) -> list[str]:
    """The settings in force that are not at their default, and whether they changed anything."""
    return [
        f"setting {name} = {in_words(value)}: "
        + ("changes this reading" if name in reading.moved_by else "changes nothing here")
        for name, value in reading.settings.changed.items()
    ]


def outcomes_called(reading: DerivedCase, endpoint: str, line: int | None) -> tuple[Outcome, ...]:
    """The outcomes of an endpoint by name, in any case; the main one first.

    A plain name means every criterion that the line is derived under; iPFS means iRECIST alone.
    """
    wanted = endpoint.strip().lower()
    return tuple(
        outcome
        for outcome in reading.outcomes
        if outcome.line == line and wanted in (outcome.endpoint.lower(), outcome.printed.lower())
    )


def outcome_names(reading: DerivedCase) -> str:
    """Every endpoint the case has, for a message."""
    return ", ".join(dict.fromkeys(outcome.name for outcome in reading.outcomes))


def _head(outcome: Outcome) -> str:
    """State and value in one line; the alternatives where they are apart."""
    groups = outcome.together
    if len(groups) > 1:
        return " or ".join(f"{each.state}, {days_and_months(each.days)}" for each in groups)
    value = days_and_months(groups[0].days) if groups else outcome.reason
    return f"{outcome.state}, {value}" if value else outcome.state


def print_chain(outcomes: tuple[Outcome, ...]) -> None:
    """The chain behind a value, step by step, each with its source."""
    console = terminal()
    for outcome in outcomes:
        console.print(Text(f"{outcome.name}: {_head(outcome)}", style="bold"))
        for number, step in enumerate(outcome.chain, start=1):
            print_hanging(console, Text(f"{number:>3}. "), Text(step.description))
            if step.source:
                print_hanging(console, Text(" " * 5), Text(f"[{step.source}]", style="dim"))
        for told in flag_texts(outcome):
            print_hanging(console, Text("would be "), Text(told))
        console.print()
