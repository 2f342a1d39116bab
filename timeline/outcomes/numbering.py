"""The report's numbers of its lines, held against the count by rule."""

from __future__ import annotations

from timeline.outcomes.counting import Counted, Counts, counted
from timeline.outcomes.derived import Assessed


def notes(known: Assessed) -> tuple[str, ...]:
    """Where the report's numbers and the rules part, and what the rules leave open."""
    found = [told for told in (_note(known, each) for each in counted(known)) if told]
    return (*_numbers_left_out(known), *found)


def _note(known: Assessed, each: Counted) -> str:
    treatment, number = each.treatment, each.treatment.line
    if number is None or each.sure is Counts.APART:
        return ""
    first = next(line for line in known.case.lines if line.number == number).treatments[0]
    reported = Counts.NEW if first is treatment else Counts.SAME
    why = " or ".join(rule.says for rule in each.rules)
    which = f"line {number}, {treatment.regimen} ({treatment.start})"
    if each.sure is None:
        return f"{which}: the record leaves open whether it is {' or '.join(each.counts)}: {why}"
    if each.sure is not reported:
        return f"{which}: the report counts {reported}, the rules {each.sure}: {why}"
    return ""


def _numbers_left_out(known: Assessed) -> tuple[str, ...]:
    numbers = [line.number for line in known.case.lines]
    missing = sorted(set(range(1, max(numbers, default=0))) - set(numbers))
    return tuple(f"line {number} is not on record" for number in missing)


def tally(known: Assessed) -> str:
    """How many lines the report and the rules count, curative treatment apart."""
    found = counted(known)
    new = sum(each.sure is Counts.NEW for each in found)
    unsure = sum(each.sure is None for each in found)
    apart = sum(each.by("curative") and each.sure is Counts.APART for each in found)
    rules = f"{new} to {new + unsure}" if unsure else str(new)
    curative = f", and {apart} with curative intent apart" if apart else ""
    return f"lines counted: {len(known.case.lines)} by the report, {rules} by rule{curative}"
