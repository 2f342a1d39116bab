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
    by_case = _born_by_case(evidence, derived)
    for claim in (each for each in evidence.patients if each.kind == "age"):
        born = _born(claim, derived)
        if isinstance(born, str) and _has_age_of_case(claim, derived):
            text = f"printed {claim.text} at {claim.of}; the case has that age, and no day of birth"
            yield Verdict(claim, Conclusion.CONSISTENT, text)
            continue
        if isinstance(born, str):
            yield not_checkable(claim, born)
            continue
        if known is not None:
            yield _compared(claim, born, known)
        elif by_case is not None and not born.overlaps(by_case):
            yield _compared(claim, born, by_case, f"aged {derived.case.patient.age} in the case,")
            continue
        known = born if known is None else (known & born or known)
    if known is not None:
        yield from _check_young(evidence.patients, derived, known)


def _born_by_case(evidence: Evidence, derived: DerivedCase) -> Span | None:
    """The days of birth that the age of the patient in the case allows.

    The case does not state the day of that age: any day of the record or of the report may be it.
    """
    age = derived.case.patient.age
    ends = [event.start.span for event in derived.case.done if event.start.span.is_bounded]
    report = evidence.report
    dates = (report.received, report.accepted, report.published)
    ends += [when.span for when in dates if when is not None]
    if not age.isdigit() or not ends:
        return None
    low, high = min(each.low for each in ends), max(each.high for each in ends)
    return _days_of_birth(int(age), Span(low, high)) if Span(low, high).is_bounded else None


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


def _has_age_of_case(claim: Claim, derived: DerivedCase) -> bool:
    """Whether an age at an event without a day is the one that the case has of the patient."""
    age = claim.printed.value if claim.printed else None
    of_case = derived.case.patient.age
    try:
        undated = bool(claim.of) and not derived.case.find(claim.of)[1].span.is_bounded
    except ValueError:
        return False
    return undated and of_case.isdigit() and claim.unit in ("", "years") and age == int(of_case)


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
        formula="the days of birth that each age leaves meet; young is at most 39 at first line",
        severity=Severity.ERROR,
        vague=True,
        source="calendar; young: adolescents and young adults, 15 to 39 years (NCI)",
        example_fail="39 in January 2014, and 45 in April 2021",
        example_ok="39 in January 2014, and 46 in April 2021",
        check=check_ages,
        yields=True,
    ),
)
