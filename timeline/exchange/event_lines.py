"""The lines of therapy that an event belongs to: by its dates, or by what the report states."""

from __future__ import annotations

from timeline.core.span import ANY, Span
from timeline.record.case import Case
from timeline.record.events import Event, Toxicity, Treatment
from timeline.terminology.drugs import drug_key


def related_lines(case: Case, event: Toxicity) -> tuple[int, ...]:
    """The lines that an adverse event belongs to.

    The line that the report relates it to; else the lines with the drugs that the report relates
    it to, of which those that its dates allow come first; else those that its dates allow. None
    where only treatment outside of the lines has the drugs.
    """
    if event.line is not None:
        return (event.line,)
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

    One that is counted from a line, or stated to be after it, belongs to no earlier line; one
    ``before line 4`` belongs to an earlier one, and one ``before line 3 end`` to no later one,
    though line 4 began on that day.
    """
    lines = case.lines
    since = [case.days_between((line.start, "start"), (event, "start")) for line in lines]
    least = max((n for n, days in enumerate(since) if days.low >= 0), default=0)
    most = _lines_until(case, event.start.before)
    most = most if most is None else max(most, least + 1)
    return tuple(
        line.number
        for n, line in enumerate(lines[:most])
        if n >= least and since[n].high >= 0 and all(days.low <= 0 for days in since[n + 1 :])
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
