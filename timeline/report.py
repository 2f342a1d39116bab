"""What the commands print: tables for people. The same values as data are in ``data.py``."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from timeline.auditing import RULES, Call, Verdict, unchecked
from timeline.case import Case
from timeline.derived import Outcome, days_and_months
from timeline.dossier import Dossier
from timeline.edtf import tell
from timeline.endpoints import SHOWN_FIRST
from timeline.events import Event, Scan, field_values
from timeline.lines import Line
from timeline.ratios import ratios
from timeline.reading import Reading
from timeline.settings import SETTINGS
from timeline.when import Period

LAST = 99  # endpoints of the patient stand after those of the lines
WIDTH = 118  # where the output is no terminal: wide enough that a row stays a row
_STYLES = {
    Call.AGREES: "green",
    Call.POSSIBLE: "blue",
    Call.CONTRADICTED: "bold magenta",
    Call.NOT_CHECKABLE: "dim",
}


def _console() -> Console:
    width = None if sys.stdout.isatty() else WIDTH
    return Console(file=sys.stdout, width=width, highlight=False)


def _table(**columns: int) -> Table:
    """A table whose columns share the width in the ratio given; nought takes what it needs."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold", expand=True)
    for name, ratio in columns.items():
        table.add_column(Text(name.replace("_", " ").strip()), overflow="fold", ratio=ratio or None)
    return table


def _row(table: Table, *cells: str) -> None:
    table.add_row(*(Text(cell) for cell in cells))


def _hang(console: Console, head: Text, text: Text) -> None:
    """A head, and a text that wraps beside it, not under it."""
    for number, line in enumerate(text.wrap(console, console.width - len(head))):
        console.print((head if number == 0 else Text(" " * len(head))) + line)


def dates(event: Event) -> str:
    """When an event was, with the days that order leaves where it has no date of its own."""
    if isinstance(event.at, Period):
        start = _date(event.at.start.text, tell(event.at.start.span), event.at.start.by_order)
        if event.at.ongoing:
            return f"{start} to now"
        if event.at.end is None:
            return f"from {start}"
        end = _date(event.at.end.text, tell(event.at.end.span), event.at.end.by_order)
        return start if end == start else f"{start} to {end}"
    return _date(event.at.text, tell(event.at.span), event.at.by_order)


def _date(text: str, span: str, by_order: bool) -> str:
    return f"{text} ({span})" if by_order else text


def about(event: Event) -> str:
    """An event's own words and values, in one line."""
    values = field_values(event)
    parts = [str(values.pop("what", ""))]
    for name, value in values.items():
        if name in ("note", "called", "baseline"):  # the status table has the latter two
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


def print_reading(reading: Reading, *, every: bool = False) -> None:
    """The events, the status of each scan, and the endpoints: the usual ones, or every one."""
    console, case = _console(), reading.case
    console.print(Text(_who(case), style="bold"))
    table = _table(when=5, event=0, what=8, place=4)
    for event in case.events:
        kind = f"{event.kind} (planned)" if event.planned else event.kind
        _row(table, dates(event), kind, about(event), event.place)
    console.print(table)
    for line in case.lines:
        _print_line(console, reading, line)
    shown = [each for each in reading.outcomes if every or each.endpoint in SHOWN_FIRST]
    console.print(_outcome_table(sorted(shown, key=lambda each: each.line or LAST)))
    for ratio in ratios(reading):
        console.print(Text(f"{ratio.name}, line {ratio.line}: {ratio.says}"))
    if len(shown) < len(reading.outcomes):
        console.print(Text(f"{len(reading.outcomes) - len(shown)} more endpoints with --all"))
    for told in settings_told(reading):
        console.print(Text(told))


def _who(case: Case) -> str:
    patient = case.patient
    said = (patient.sex, patient.age, patient.diagnosis, patient.site)
    return f"{case.name}: {', '.join(part for part in said if part)}".rstrip(": ")


def _print_line(console: Console, reading: Reading, line: Line) -> None:
    judged = f", judged by {line.criterion}" if line.criterion else ""
    console.print(Text(f"Line {line.number}: {line.regimen}{judged}", style="bold"))
    recist, immune = (
        {id(each.scan): each for each in reading.statuses if each.line == line.number
         and each.criterion == name}
        for name in ("RECIST 1.1", "iRECIST")
    )  # fmt: skip
    table = _table(**{"scan": 4, "RECIST 1.1": 0, "iRECIST": 0, "called": 5, "why": 6})
    for key, status in recist.items():
        called = ", ".join(f"{c} ({p})" if p else c for p, c in status.scan.called)
        other = immune.get(key)
        _row(table, dates(status.scan), status.label, other.label if other else "-", called,
             other.why if other and line.criterion == "iRECIST" else status.why)  # fmt: skip
    silent = [scan for scan in reading.case.all_of(Scan) if scan.line == line.number
              and id(scan) not in recist]  # fmt: skip
    for scan in silent:
        called = ", ".join(f"{c} ({p})" if p else c for p, c in scan.called)
        _row(table, dates(scan), "-", "-", called, "not assessed: no findings are printed")
    none = Text("  no scans on record for this line\n")
    console.print(table if recist or silent else none)
    for best in (each for each in reading.best if each.line == line.number):
        console.print(Text(f" best response, {best.criterion}: {best.says}"))
    console.print()


def _outcome_table(outcomes: Iterable[Outcome]) -> Table:
    table = _table(endpoint=3, state=0, days_and_months=4, _from=4, to=5, reason=5)
    for each in outcomes:
        _row(
            table,
            each.name if each.main else f"  {each.name}, other origin",
            each.state,
            days_and_months(each.days) if each.days else "-",
            f"{each.origin.says} ({tell(each.origin.span)})" if each.origin else "-",
            f"{each.end.says} ({tell(each.end.span)})" if each.end else "-",
            each.reason,
        )
    return table


def settings_told(reading: Reading) -> list[str]:
    """The settings in force that are not at their default, and whether they changed anything."""
    return [
        f"setting {name} = {str(value).lower()}: "
        + ("changes this reading" if name in reading.moved_by else "changes nothing here")
        for name, value in reading.settings.changed.items()
    ]


def print_settings() -> None:
    """Every setting with its answers, the default first, and why sources disagree."""
    console = _console()
    table = _table(setting=0, answers=4, decides=6, sources=6)
    for each in SETTINGS.values():
        default = str(each.default).lower()
        answers = [word for word in each.options if word != default]
        told = ", ".join(dict.fromkeys((f"{default} (default)", *answers)))
        _row(table, each.name, told, each.says, each.disagreement)
    console.print(table)


def print_rules() -> None:
    """Every audit rule: what it checks, how, its severity and source, and two examples."""
    console = _console()
    for rule in RULES:
        console.print(Text(f"{rule.id} ({rule.severity}): {rule.checks}", style="bold"))
        for name in ("formula", "fires", "silent", "source"):
            _hang(console, Text(f"  {name:<8} "), Text(getattr(rule, name)))
    console.print()


def outcomes_named(reading: Reading, endpoint: str, line: int | None) -> tuple[Outcome, ...]:
    """The outcomes of an endpoint by name, in any case; the main one first."""
    return tuple(
        outcome
        for outcome in reading.outcomes
        if outcome.endpoint.lower() == endpoint.lower() and outcome.line == line
    )


def outcome_names(reading: Reading) -> str:
    """Every endpoint the case has, for a message."""
    return ", ".join(dict.fromkeys(outcome.name for outcome in reading.outcomes))


def print_chain(outcomes: tuple[Outcome, ...]) -> None:
    """The chain behind a value, step by step, each with its source."""
    console = _console()
    for outcome in outcomes:
        value = days_and_months(outcome.days) if outcome.days else outcome.reason
        head = f"{outcome.name}: {outcome.state}" + (f", {value}" if value else "")
        console.print(Text(head, style="bold"))
        for number, step in enumerate(outcome.chain, start=1):
            _hang(console, Text(f"{number:>3}. "), Text(step.says))
            if step.source:
                _hang(console, Text(" " * 5), Text(f"[{step.source}]", style="dim"))
        console.print()


def print_audit(dossier: Dossier, verdicts: tuple[Verdict, ...]) -> None:
    """Each claim with its verdict; those that need no judgement are counted, not listed."""
    console = _console()
    title = dossier.source.citation or dossier.source.name if dossier.source else dossier.name
    console.print(Text(title, style="bold"))
    if dossier.source is None:
        console.print(Text("  names no report, so there is no claim to hold against the facts\n"))
        return
    for line in settings_told(dossier.reading) if dossier.reading else ():
        console.print(Text(f"  {line}"))
    for verdict in verdicts:
        if verdict.call is not Call.NOT_CHECKABLE:
            _print_verdict(console, verdict)
    _print_unchecked(console, verdicts)
    counts = {call: sum(v.call is call for v in verdicts) for call in Call}
    told = ", ".join(f"{count} {call.value}" for call, count in counts.items())
    claims = f"{len(dossier.source.claims)} claims, {len(verdicts)} verdicts"
    console.print(Text(f"{dossier.name}: {claims}: {told}\n", style="bold"))


def _print_verdict(console: Console, verdict: Verdict) -> None:
    place = f" [{verdict.claim.place}]" if verdict.claim.place else ""
    head = Text(f"  {verdict.call.value:<14}", style=_STYLES[verdict.call])
    console.print(head + Text(f"{verdict.claim}{place}", style="default"))
    if verdict.call is Call.AGREES:
        return
    for text in (verdict.says, *verdict.notes):
        _hang(console, Text(" " * 16), Text(text))


def _print_unchecked(console: Console, verdicts: tuple[Verdict, ...]) -> None:
    for reason, told in unchecked(verdicts).items():
        head = Text(f"  {Call.NOT_CHECKABLE.value:<14}", style=_STYLES[Call.NOT_CHECKABLE])
        _hang(console, head, Text(f"{reason}: {told}", style="dim"))


def any_contradicted(verdicts: Iterable[Verdict]) -> bool:
    """Whether the exit code is to say so."""
    return any(verdict.call is Call.CONTRADICTED for verdict in verdicts)
