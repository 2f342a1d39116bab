"""One case as rows of text: its events, the status of each scan, the endpoints.

The terminal and the pages print the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from timeline.core.calendar.dates import NOT_KNOWN, PartialDate, format_days
from timeline.core.calendar.partial_dates import UNKNOWN, Period
from timeline.core.span import ANY
from timeline.endpoints.derived_case import DerivedCase
from timeline.endpoints.ratios import pfs_ratios
from timeline.measures.results import measures_of
from timeline.record.case import Case
from timeline.record.events import Event, Scan, field_values
from timeline.record.lines import Line
from timeline.record.reference_words import with_starts, without_ids
from timeline.results.alternatives import Anchor, JoinedAlternatives
from timeline.results.statuses import Outcome, Status, Step, days_and_months
from timeline.terminology.endpoints import SHOWN_FIRST

LAST = 99  # endpoints of the patient come after those of the lines
NO_SCANS = "no scans on record for this line"
NO_BEST = "best response: not derived, no assessment of the line is on record"


@attrs.frozen(kw_only=True)
class EventRow:
    """One event: its date as written, its kind, what it says, its place, its line of the file."""

    when: str
    kind: str
    text: str
    place: str
    line: int


@attrs.frozen(kw_only=True)
class LineTable:
    """The scans of one line of therapy.

    Attributes:
        heading: the line, its regimen, and the criterion that the report names.
        criteria: those that the line is derived under.
        rows: for each scan its date, a status for each criterion, the response that the report
            states, and why; none where the line has no scan.
        best: the best response under each criterion, in one sentence each.
    """

    heading: str
    criteria: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    best: tuple[str, ...]


@attrs.frozen(kw_only=True)
class OutcomeRow:
    """One range of an endpoint; a further range of the same endpoint has no name.

    ``notes``: what explains the reason, and what to write for a better one, each with its source;
    of several ranges the first has them.
    """

    name: str
    state: str
    value: str
    origin: str
    end: str
    reason: str
    notes: tuple[Step, ...] = ()

    @property
    def cells(self) -> tuple[str, ...]:
        """The row in the order of its columns."""
        return (self.name, self.state, self.value, self.origin, self.end, self.reason)


def event_rows(case: Case) -> Iterator[EventRow]:
    """A row for each event, in order of time."""
    for event in case.events:
        yield EventRow(
            when=dates_in_words(event, case),
            kind=f"{event.kind} (planned)" if event.planned else event.kind,
            text=event_text(event),
            place=event.place,
            line=event.where.line,
        )


def line_tables(derived: DerivedCase) -> Iterator[LineTable]:
    """The scans of each line, in the order of the lines."""
    for line in derived.case.lines:
        yield _line_table(derived, line)


def outcomes_shown(derived: DerivedCase, *, every: bool = False) -> list[Outcome]:
    """The endpoints in the order of the lines: PFS and OS, or every one."""
    shown = [each for each in derived.outcomes if every or each.endpoint in SHOWN_FIRST]
    return sorted(shown, key=lambda each: each.line or LAST)


def _line_table(derived: DerivedCase, line: Line) -> LineTable:
    judged = f", judged by {line.stated_criterion}" if line.stated_criterion else ""
    titles = derived.criteria[line.number]
    found: dict[int, dict[str, Status]] = {}
    for status in derived.statuses:
        if status.line == line.number:
            found.setdefault(id(status.scan), {})[status.criterion] = status
    rows = []
    for by in found.values():
        scan = next(iter(by.values())).scan
        labels = (by[title].label if title in by else "-" for title in titles)
        why = by.get(line.criterion) or next(iter(by.values()))
        date = dates_in_words(scan, derived.case)
        rows.append((date, *labels, _investigator_response(scan), why.why))
    for scan in derived.case.all_of(Scan):
        if scan.line == line.number and id(scan) not in found:
            labels = ("-" for _ in titles)
            why_not = "not assessed: no findings are printed"
            date = dates_in_words(scan, derived.case)
            rows.append((date, *labels, _investigator_response(scan), why_not))
    return LineTable(
        heading=f"Line {line.number}: {line.regimen}{judged}",
        criteria=tuple(titles),
        rows=tuple(rows),
        best=tuple(
            f"{best.criterion}: {best.description}"
            for best in derived.best
            if best.line == line.number
        ),
    )


def dates(event: Event) -> str:
    """The date or period of an event as written; with its days where it refers to another.

    An event of which nothing is known has its id, by which others refer to it.
    """
    text = _period(event.at) if isinstance(event.at, Period) else _date(event.at)
    return f"{text} ({event.id})" if event.id and NOT_KNOWN in text else text


def dates_in_words(event: Event, case: Case) -> str:
    """The date of an event for a reader who does not have the file: without its ids."""
    return without_ids(with_starts(dates(event), case.events), case.events)


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


def case_heading(case: Case) -> str:
    """The name of a case and its patient, in one line."""
    patient = case.patient
    parts = (patient.sex, patient.age, patient.diagnosis, patient.site)
    return f"{case.name}: {', '.join(part for part in parts if part)}".rstrip(": ")


def _investigator_response(scan: Scan) -> str:
    """The response stated by the authors; with the place of each, if they state several."""
    return ", ".join(f"{word} ({place})" if place else word for place, word in scan.called)


def outcome_name(outcome: Outcome) -> str:
    """``PFS line 1``; of one from another origin ``OS, other origin``."""
    return outcome.name if outcome.is_primary else f"{outcome.name}, other origin"


def outcome_rows(outcomes: Iterable[Outcome], case: Case) -> Iterator[OutcomeRow]:
    """A row for each range of each outcome; events are named without the ids of the file."""
    for each in outcomes:
        name = f"  {outcome_name(each)}" if not each.is_primary else outcome_name(each)
        if not each.is_evaluable:
            ends = (moments((a,)) if a else "-" for a in (each.origin, each.end))
            rows = [(each.printed_state, "-", *ends, each.reason)]
        else:
            rows = [_group_cells(each, group) for group in each.together]
        for row in rows:
            cells = (without_ids(cell, case.events) for cell in row)
            state, value, origin, end, reason = cells
            yield OutcomeRow(
                name=name, state=state, value=value, origin=origin, end=end, reason=reason
            )
            name = ""


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
        moments(each.origin for each in group.alternatives),
        moments(each.end for each in group.alternatives),
        reason if several or group.conditions else _reason(outcome),
    )


def _reason(outcome: Outcome) -> str:
    """The reason of an outcome; nothing where its end has the same words."""
    said = outcome.end is not None and outcome.reason == outcome.end.description
    return "" if said else outcome.reason


def moments(anchors: Iterable[Anchor]) -> str:
    """``first PD by RECIST 1.1 (2020-03-01)``; each date once."""
    return " or ".join(dict.fromkeys(each.dated for each in anchors))


def measure_texts(derived: DerivedCase) -> list[str]:
    """The measures that can be told, in one sentence a line of therapy, or a surgery."""
    found: dict[str, list[str]] = {}
    for each in measures_of(derived):
        if each.value is not None:
            mark = " (provisional)" if each.provisional else ""
            whose = each.of or f"line {each.line}"
            found.setdefault(whose, []).append(f"{each.name} {each.value_text}{mark}")
    return [f"measures of {whose}: {'; '.join(texts)}" for whose, texts in found.items()]


def ratio_texts(derived: DerivedCase) -> Iterator[str]:
    """``PFS ratio, line 2: 0.30 to 0.60; below 1.3``: those with one text share a line."""
    names: dict[tuple[int, str], list[str]] = {}
    for ratio in pfs_ratios(derived):
        names.setdefault((ratio.line, ratio.description), []).append(ratio.kind.title)
    for (line, description), each in names.items():
        yield f"{' and '.join(each)}, line {line}: {description}"


def value_text(outcome: Outcome) -> str:
    """State and value in one line; alternatives that are apart, each with its state."""
    groups = outcome.together if outcome.is_evaluable else ()
    if len(groups) > 1:
        return " or ".join(f"{each.state}, {days_and_months(each.days)}" for each in groups)
    value = days_and_months(groups[0].days) if groups else outcome.reason
    return f"{outcome.printed_state}, {value}" if value else outcome.printed_state


def flag_texts(outcome: Outcome) -> list[str]:
    """``90 days, 2.96 months, event with pfs_policy = ema``: a line for each other value."""
    same: dict[str, list[str]] = {}
    for flag in outcome.flags:
        same.setdefault(flag.result, []).append(flag.answer)
    return [f"{result} with {' or '.join(answers)}" for result, answers in same.items()]
