"""Systemic lines: which regimens make one, and which line a scan assesses."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from timeline.core.frozen_class import frozen
from timeline.core.problem import Problem
from timeline.core.span import NEVER_ENDS, Number
from timeline.record.event_names import ANY_NAME
from timeline.record.events import (
    STATED_PROGRESSIONS,
    Event,
    Scan,
    Toxicity,
    Treatment,
    TreatmentChange,
    TreatmentRefused,
)
from timeline.record.ordering.event_order import OrderedEvents, moments, narrowed
from timeline.record.scans_within_line import place_within_lines
from timeline.terminology.criteria import CONFIRMED, NOT_DERIVED, TERMS


@frozen
class Line:
    """One systemic line: every regimen that the report counts to it, in order."""

    number: int
    treatments: tuple[Treatment, ...]

    @property
    def start(self) -> Event:
        return self.treatments[0]

    @property
    def regimen(self) -> str:
        """The regimens in order, by their agents; with doses where agents come again.

        Treatments that are given at the same time on every day that their dates allow are one
        regimen: ``ipilimumab + nivolumab``. One that is added later makes a new one: ``nivolumab,
        then nivolumab + ipilimumab``; one that only ends does not.
        """
        agents = [treatment.regimen for treatment in self.treatments]
        text = _agents if len({*agents}) == len(agents) else _with_doses
        found = (
            " + ".join(dict.fromkeys(map(text, each))) for each in _concurrent(self.treatments)
        )
        return ", then ".join(dict.fromkeys(found))

    @property
    def criterion(self) -> str:
        """What the report judged the line by, if it is derived; empty if not, or not stated."""
        return self.stated_criterion if self.stated_criterion in TERMS else ""

    @property
    def stated_criterion(self) -> str:
        """What the report states that it judged the line by; empty where it states none."""
        return next((each.criterion for each in self.treatments if each.criterion), "")

    @property
    def is_assessed_otherwise(self) -> bool:
        """Whether the report judged the line by a criterion that is not derived."""
        return self.stated_criterion in NOT_DERIVED


def _concurrent(treatments: Sequence[Treatment]) -> tuple[tuple[Treatment, ...], ...]:
    """The treatments that are given together, a group each time that one begins, in order."""
    groups: list[tuple[Treatment, ...]] = []
    for each in treatments:
        last = groups[-1] if groups else ()
        still = tuple(other for other in last if _overlap(other, each))
        if still and len(still) == len(last) and last[-1].start.span == each.start.span:
            groups[-1] = (*last, each)
        else:
            groups.append((*still, each))
    return tuple(groups)


def _overlap(one: Treatment, other: Treatment) -> bool:
    """Whether two treatments are given on one day, whichever of their dates are true."""
    if one.planned or other.planned:
        return False
    if one.at.ongoing and other.at.ongoing:
        return True
    begun = max(one.start.span.high, other.start.span.high)
    return begun < min(_certain_end(one), _certain_end(other))


def _certain_end(treatment: Treatment) -> Number:
    """The first day on which it may have ended; of one without a stated end the day it began."""
    if treatment.at.ongoing:
        return NEVER_ENDS
    return treatment.start.span.low if treatment.end is None else treatment.end.span.low


def _agents(treatment: Treatment) -> str:
    return treatment.regimen


def _with_doses(treatment: Treatment) -> str:
    """The agents with their doses: ``imatinib 800 mg``."""
    parts = ((drug.agent, drug.dose) for drug in treatment.drugs)
    return " + ".join(f"{agent} {dose}" if dose else agent for agent, dose in parts)


def lines_of(events: tuple[Event, ...]) -> tuple[Line, ...]:
    """The systemic lines by number, as the report counts them; regimens in the order given."""
    numbered: dict[int, list[Treatment]] = {}
    for each in events:
        if isinstance(each, Treatment) and each.line is not None:
            numbered.setdefault(each.line, []).append(each)
    return tuple(Line(number, tuple(numbered[number])) for number in sorted(numbered))


def unknown_lines(
    events: tuple[Event, ...], unread: frozenset[str] = frozenset()
) -> tuple[Problem, ...]:
    """Scans, progressions, changes of treatment and adverse events of a line not on record."""
    numbers = {each.line for each in events if isinstance(each, Treatment) and each.line}
    on_record = ", ".join(str(number) for number in sorted(numbers)) or "none"
    return tuple(
        Problem(each.where, f"{word} {number}: the case has no such line (on record: {on_record})")
        for each in events
        for word, number in _lines_named(each)
        if number and number not in numbers and not unread & {f"line {number}", ANY_NAME}
    )


def unknown_settings(
    events: tuple[Event, ...], unread: frozenset[str] = frozenset()
) -> tuple[Problem, ...]:
    """What names a setting of which the case has no treatment; none of a refusal.

    A treatment that was refused may never have begun.
    """
    known = {each.setting for each in events if isinstance(each, Treatment)}
    return tuple(
        Problem(each.where, f"setting {each.setting}: the case has no treatment with this setting "
                f"(write {{treatment: .., setting: {each.setting}, drugs: ..}}, or line: and its "
                "number)")
        for each in events
        if isinstance(each, TreatmentChange | Toxicity) and not isinstance(each, TreatmentRefused)
        and each.setting and each.setting not in known
        and not unread & {each.setting, ANY_NAME}
    )  # fmt: skip


def _lines_named(event: Event) -> tuple[tuple[str, int | None], ...]:
    """The lines that an event names, each with its key."""
    if isinstance(event, Scan):
        return ("line", event.line), ("baseline", event.baseline)
    named = (TreatmentChange, Toxicity, *STATED_PROGRESSIONS)
    return (("line", event.line),) if isinstance(event, named) else ()


def with_lines(ordered: OrderedEvents) -> tuple[tuple[Event, ...], tuple[Problem, ...]]:
    """The events, each scan with the line it assesses: the last one begun before it.

    A scan before the first line assesses none. Where the dates and the order leave two lines
    open, that is a problem, for a guess would move the endpoints of both; not so of a baseline
    that judges no line.
    """
    starts = [
        _Begun(line, at, ordered.before(at), ordered.after(at))
        for line, at in _line_starts(ordered.events).items()
    ]
    events, problems = [], []
    for index, event in enumerate(ordered.events):
        if not isinstance(event, Scan) or event.line is not None:
            events.append(event)
            continue
        certain, open_ = _lines_before(ordered, starts, index, event)
        if open_ and not event.begins_only:
            problems.append(Problem(event.where, _line_left_open(event, certain, open_)))
        events.append(attrs.evolve(event, line=max(certain, default=None)))
    return tuple(events), tuple(problems)


def within_lines(ordered: OrderedEvents, assessed: tuple[Event, ...]) -> OrderedEvents:
    """The events with the lines that their scans assess, and what follows for scans of open date.

    A scan that states its line comes before the first scan of a later line, also where the date
    of that one alone shows its line.
    """
    if assessed == ordered.events:
        return ordered
    spans = {key: when.span for key, when in moments(assessed)}
    implied = place_within_lines(ordered.events, spans, ordered.edges, assessed)
    edges = tuple(dict.fromkeys((*ordered.edges, *implied)))
    return attrs.evolve(ordered, events=narrowed(assessed, spans), edges=edges)


def _line_left_open(scan: Scan, certain: Sequence[int], unsure: Sequence[int]) -> str:
    """The lines that a scan may belong to, and what to write for each, the earliest line first."""
    known = [max(certain)] if certain else []
    lines = sorted({*known, *unsure})
    which = " or ".join(map(str, lines))
    last = max(unsure)
    before = f"be the baseline of line {last}" if known else "precede it"
    ended = " if the progression ended it" if known and _shows_progression(scan) else ""
    write = [f"line: {lines[0]}{ended}", *(f"line: {line}" for line in lines[1:])]
    return (
        f"{scan.label} may belong to line {which}, or {before} "
        f"(write {', '.join(write)} or baseline: {last}, or place it: after line {last})"
    )


def _shows_progression(scan: Scan) -> bool:
    """Whether a scan is called progression, or has a finding that is: it is the end of a line."""
    return bool({category for _, category in scan.called} & CONFIRMED) or bool(scan.new_lesions)


def _line_starts(events: tuple[Event, ...]) -> dict[int, int]:
    """The first regimen of each line, by its place among the events."""
    starts: dict[int, int] = {}
    for index, event in enumerate(events):
        if isinstance(event, Treatment) and event.line is not None and not event.planned:
            known = starts.get(event.line)
            if known is None or event.start.span.low < events[known].start.span.low:
                starts[event.line] = index
    return starts


@frozen
class _Begun:
    """The first regimen of a line by its place, and the events stated to be before and after it."""

    line: int
    at: int
    before: frozenset[int]
    after: frozenset[int]


def _lines_before(
    ordered: OrderedEvents, starts: list[_Begun], scan_at: int, scan: Scan
) -> tuple[list[int], list[int]]:
    """The lines certainly begun before a scan, and those that may have begun before or after it."""
    certain: list[int] = []
    unsure: list[int] = []
    for begun in starts:
        if scan.baseline is not None and begun.line >= scan.baseline:
            continue
        if scan_at in begun.before or ordered.dated_before(scan_at, begun.at):
            continue
        known = scan_at in begun.after or ordered.dated_before(begun.at, scan_at)
        (certain if known else unsure).append(begun.line)
    return certain, [line for line in unsure if line > max(certain, default=0)]
