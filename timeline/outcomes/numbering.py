"""The report's numbers of its lines, held against the count by rule."""

from __future__ import annotations

import attrs

from timeline.outcomes.counting import Counted, Counts, counted
from timeline.outcomes.derived import Assessed


@attrs.frozen
class Remark:
    """What the rules make of one of the report's line numbers.

    ``parts``: they count otherwise; else the record leaves open how they count.
    """

    line: int
    says: str
    parts: bool


def notes(known: Assessed) -> tuple[str, ...]:
    """Where the report's numbers and the rules part, and what the rules leave open."""
    missing = (f"line {number} is not on record" for number in left_out(known))
    return (*missing, *(each.says for each in remarks(known)))


def remarks(known: Assessed) -> tuple[Remark, ...]:
    """The same of each regimen that has a line number, in order of time."""
    found = (_remark(known, each) for each in counted(known))
    return tuple(each for each in found if each is not None)


def _remark(known: Assessed, each: Counted) -> Remark | None:
    treatment, number = each.treatment, each.treatment.line
    if number is None or each.sure is Counts.APART:
        return None
    first = next(line for line in known.case.lines if line.number == number).treatments[0]
    reported = Counts.NEW if first is treatment else Counts.SAME
    why = " or ".join(rule.says for rule in each.rules)
    which = f"line {number}, {treatment.regimen} ({treatment.start})"
    if each.sure is None:
        says = f"{which}: the record leaves open whether it is {' or '.join(each.counts)}: {why}"
        return Remark(number, says, parts=False)
    if each.sure is not reported:
        says = f"{which}: the report counts {reported}, the rules {each.sure}: {why}"
        return Remark(number, says, parts=True)
    return None


def left_out(known: Assessed) -> tuple[int, ...]:
    """The line numbers below the last one that no regimen on record has."""
    numbers = [line.number for line in known.case.lines]
    return tuple(sorted(set(range(1, max(numbers, default=0))) - set(numbers)))


def tally(known: Assessed) -> str:
    """How many lines the report and the rules count, curative treatment apart."""
    found = counted(known)
    new = sum(each.sure is Counts.NEW for each in found)
    unsure = sum(each.sure is None for each in found)
    apart = sum(each.by("curative") and each.sure is Counts.APART for each in found)
    rules = f"{new} to {new + unsure}" if unsure else str(new)
    curative = f", and {apart} with curative intent apart" if apart else ""
    return f"lines counted: {len(known.case.lines)} by the report, {rules} by rule{curative}"
