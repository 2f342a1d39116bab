"""The lines of therapy that an event belongs to: by its dates, or by what the report states."""

from __future__ import annotations

from timeline.core.span import ANY, Span
from timeline.record.case import Case
from timeline.record.events import Event, Toxicity, Treatment
from timeline.terminology.drugs import drug_key


def related_lines(case: Case, event: Toxicity) -> tuple[int, ...]:
    """The lines that an adverse event belongs to.

    The line that the report relates it to, and none where it relates it to treatment outside of
    the lines by its setting; else the lines with the drugs that the report relates
    it to, of which those that its dates allow come first; else those that its dates allow. None
    where only treatment outside of the lines has the drugs.
    """
    if event.line is not None or event.setting:
        return () if event.line is None else (event.line,)
    possible = possible_lines(case, event)
    named = {drug_key(drug.agent) for drug in event.drugs}
    if not named & {key for each in case.all_of(Treatment) for key in _drugs(each)}:
        return possible
    begun = [
        line.number
        for line in case.lines
        if any(named & _drugs(each) for each in line.treatments)
        and case.days_between((line.start, "start"), (event, "start")).high >= 0
    ]
    return tuple(number for number in begun if number in possible) or tuple(begun)


def _drugs(treatment: Treatment) -> set[str]:
    return {drug_key(drug.agent) for drug in treatment.drugs}


def possible_lines(case: Case, event: Event) -> tuple[int, ...]:
    """The lines that an event may belong to: the last one begun on some possible day.

    One that is counted from a line, or stated to be after it, belongs to no earlier line; one that
    is stated to be before line 4, if only by way of another event, belongs to an earlier one, and
    one ``before line 3 end`` to no later one, though line 4 began on that day.
    """
    lines = case.lines
    since = [case.days_between((line.start, "start"), (event, "start")) for line in lines]
    least = max((n for n, days in enumerate(since) if days.low >= 0), default=0)
    until = [n for n, line in enumerate(lines) if _precedes(case, event, line.start)]
    named = _lines_until(case, event.start.before)
    most = min((*until[:1], len(lines) if named is None else named), default=len(lines))
    if any(days.low >= 0 for days in since):
        most = max(most, least + 1)
    return tuple(
        line.number
        for n, line in enumerate(lines[:most])
        if n >= least and since[n].high >= 0 and all(days.low <= 0 for days in since[n + 1 :])
    )


def treatments_outside(case: Case, event: Toxicity) -> tuple[Treatment, ...]:
    """The treatments outside of the lines that an adverse event may belong to as well.

    Those with the setting, or the drugs, that the report relates it to; else the last treatment
    begun on some possible day. None where the report relates it to a line.
    """
    if event.line is not None:
        return ()
    found = [each for each in case.all_of(Treatment) if each.line is None]
    if event.setting:
        return tuple(each for each in found if each.setting == event.setting)
    named = {drug_key(drug.agent) for drug in event.drugs}
    if named & {key for each in case.all_of(Treatment) for key in _drugs(each)}:
        found = [each for each in found if named & _drugs(each)]
    return tuple(each for each in found if _may_be_last_begun(case, each, event))


def _may_be_last_begun(case: Case, treatment: Treatment, event: Event) -> bool:
    """Whether an event may come after the start of a treatment, and before the next line."""
    begun = (treatment, "start")
    if _precedes(case, event, treatment):
        return False
    following = [
        line.start
        for line in case.lines
        if case.days_between(begun, (line.start, "start")).low >= 0
    ]
    at = (event, "start")
    return case.days_between(begun, at).high >= 0 and all(
        case.days_between((start, "start"), at).low < 0 or _precedes(case, event, start)
        for start in following
    )


def _precedes(case: Case, event: Event, treatment: Event) -> bool:
    """Whether an event is stated to be before the start of a treatment, and not to be at it.

    It is as well where it is stated to be before the end of one outside of the lines, though the
    treatment began on the day that the other ended.
    """
    at, start = (event, "start"), (treatment, "start")
    if case.states_order(at, start):
        return case.days_between(at, start) != Span.point(0) or not case.states_order(start, at)
    return any(
        case.states_order(at, (each, "end")) and case.days_between((each, "end"), start).low >= 0
        for each in case.all_of(Treatment)
        if each.line is None and each.end is not None and each is not treatment
    )


def _lines_until(case: Case, reference: str | None) -> int | None:
    """How many lines, from the first, what lies before a reference may belong to.

    None where the reference is neither the start nor the end of a line.
    """
    found = case.target(reference) if reference else None
    if found is None or found.days(ANY) != Span.point(0):
        return None
    event, side = case.events[found.moment[0]], found.moment[1]
    for n, line in enumerate(case.lines):
        if event is (line.start if side == "start" else line.treatments[-1]):
            return n if side == "start" else n + 1
    return None
