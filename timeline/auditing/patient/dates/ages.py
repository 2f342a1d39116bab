"""Ages at dated events: when the patient can have been born."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pendulum

from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.rule import Evidence, Rule, Severity
from timeline.auditing.verdict import Verdict, not_checkable
from timeline.core.calendar.dates import PartialDate, format_day, format_days
from timeline.core.calendar.durations import range_text
from timeline.core.span import Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.report.claims import Claim
from timeline.report.event_references import BIRTH

OLDEST = 120  # years
YOUNG = 39  # years; adolescents and young adults are 15 to 39 (NCI)


def check_ages(evidence: Evidence) -> Iterator[Verdict]:
    """Each printed age against the days of birth that the ages printed before it allow."""
    derived = evidence.derived
    if derived is None:
        return
    known: Span | None = None
    births = [each for each in evidence.patients if each.kind == "date" and each.of == BIRTH]
    if births and isinstance(births[0].value, PartialDate):
        known = births[0].value.span
    within = _days_of_report(evidence, derived)
    of_case = derived.case.patient.age
    by_case = _days_of_birth(int(of_case), within) if within and of_case.isdigit() else None
    for claim in (each for each in evidence.patients if each.kind == "age"):
        born = _born(claim, derived)
        if isinstance(born, str):
            yield _against_case(claim, derived, within) or not_checkable(claim, born)
            continue
        if known is not None:
            yield _compared(claim, born, known)
        elif by_case is not None and not born.overlaps(by_case):
            yield _compared(claim, born, by_case, f"aged {derived.case.patient.age} in the case,")
            continue
        known = born if known is None else (known & born or known)
    if known is not None:
        yield from _check_young(evidence.patients, derived, known)


def _days_of_report(evidence: Evidence, derived: DerivedCase) -> Span | None:
    """The days of the record and of the report: an age without a day may be of any of them."""
    ends = [event.start.span for event in derived.case.done if event.start.span.is_bounded]
    report = evidence.report
    dates = (report.received, report.accepted, report.published)
    ends += [when.span for when in dates if when is not None]
    if not ends:
        return None
    days = Span(min(each.low for each in ends), max(each.high for each in ends))
    return days if days.is_bounded else None


def _check_young(claims: tuple[Claim, ...], derived: DerivedCase, known: Span) -> Iterator[Verdict]:
    """A patient described as young, by the age at the start of the first line."""
    young = [each for each in claims if "age group" in each.about and "young" in each.text.lower()]
    line = next(iter(derived.case.lines), None)
    if not young or line is None:
        return
    ages = (line.start.start.span - known).divided_by(Fraction(1461, 4))
    description = (
        f"printed {young[0].text}; {range_text(ages, 1)} years at the "
        f"start of line {line.number} ({format_days(line.start.start.span)})"
    )
    conclusion = Conclusion.AGREES if ages.low < YOUNG + 1 else Conclusion.POSSIBLE
    yield Verdict(young[0], conclusion, description, others=tuple(young[1:]))


_NO_AGE = (
    "no age in whole years at a dated event (write the years as a whole number, and of: with an "
    "event of the case, as of: diagnosis)"
)


def _born(claim: Claim, derived: DerivedCase) -> Span | str:
    """The days of birth that an age at an event allows, or why there are none."""
    age = claim.printed.value if claim.printed else None
    if not claim.of or age is None or age.denominator != 1 or claim.unit not in ("", "years"):
        return _NO_AGE
    if age > OLDEST:
        return f"{claim.text} years is no age"
    try:
        span = derived.case.find(claim.of)[1].span
    except ValueError as fault:
        return str(fault)
    if not span.is_bounded:
        return f"{claim.of} is not dated"
    return _days_of_birth(int(age), span)


def _against_case(claim: Claim, derived: DerivedCase, within: Span | None) -> Verdict | None:
    """An age at no dated event against the age of the case, which states no day either.

    Each may be of any day of the record or of the report: two ages that are further apart than
    these days are contradicted, and others possible. None where one is not in whole years, or the
    claim names an event that the case does not have.
    """
    age, of_case = claim.printed.value if claim.printed else None, derived.case.patient.age
    is_whole = age is not None and age.denominator == 1 and claim.unit in ("", "years")
    if age is None or not is_whole or not 0 <= age <= OLDEST or not of_case.isdigit():
        return None
    try:
        at = f" at {claim.of}" if claim.of and derived.case.find(claim.of) else ""
    except ValueError:
        return None
    printed = f"printed {claim.text}{at}; the case has "
    if age == int(of_case):
        return Verdict(claim, Conclusion.CONSISTENT, f"{printed}that age, and no day of birth")
    if within is None:
        return None
    days = format_days(within)
    recorded = f"aged {of_case} in the case, and the record and the report are of {days}"
    born, by_case = (_days_of_birth(int(each), within) for each in (age, int(of_case)))
    if born.overlaps(by_case):
        text = f"{printed}{of_case}; neither has a day of its own"
        return Verdict(claim, Conclusion.POSSIBLE, text, recorded=recorded)
    return Verdict(
        claim, Conclusion.CONTRADICTED, f"{printed}{of_case}: {recorded}", recorded=recorded,
        expected=f"{of_case} years",
    )  # fmt: skip


def _days_of_birth(age: int, span: Span) -> Span:
    """The days of birth of a person of an age in whole years on some day of a bounded span."""
    low, high = (pendulum.Date.fromordinal(int(end)) for end in (span.low, span.high))
    first = low.subtract(years=age + 1).add(days=1)
    return Span(first.toordinal(), high.subtract(years=age).toordinal())


def _compared(claim: Claim, born: Span, known: Span, source: str = "elsewhere") -> Verdict:
    description = (
        f"printed {claim.text} at {claim.of}: "
        f"born from {format_day(born.low)} to {format_day(born.high)}; "
        f"{source} from {format_day(known.low)} to {format_day(known.high)}"
    )
    conclusion = Conclusion.AGREES if born.overlaps(known) else Conclusion.CONTRADICTED
    return Verdict(claim, conclusion, description)


RULES = (
    Rule(
        id="C22",
        checks="ages at dated events against one another, a date of birth and the age of the case",
        formula="the days of birth that each age leaves meet; an age at no dated event, and the "
        "age of the case, may be of any day of the record and of the report; young is at most 39 "
        "at first line",
        severity=Severity.ERROR,
        vague=True,
        source="calendar; young: adolescents and young adults, 15 to 39 years (NCI)",
        example_fail="39 in January 2014, and 45 in April 2021",
        example_ok="39 in January 2014, and 46 in April 2021",
        check=check_ages,
        yields=True,
    ),
)
