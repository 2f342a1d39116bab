"""Printed dates against the dates on record."""

from __future__ import annotations

from fractions import Fraction

from timeline.auditing.comparison.compare import Conclusion, compare, share_text
from timeline.auditing.rule import Rule, Severity, check_each
from timeline.auditing.verdict import Verdict, not_checkable
from timeline.core.calendar.dates import PartialDate, format_days
from timeline.core.span import Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.report.claims import Claim


def check_date(claim: Claim, derived: DerivedCase) -> Verdict | None:
    """A printed date against the date of the event it refers to; rule C35 finds impossible days."""
    if not isinstance(claim.value, PartialDate):
        return None
    try:
        event, when = derived.case.find(claim.of)
    except ValueError as fault:
        return not_checkable(claim, str(fault))
    conclusion = compare(when.span, claim.value.span)
    part = _share_of_days(when.span, claim.value.span)
    place = f" [{event.place}]" if event.place else ""
    what = event.label if when is event.start else f"the end of {event.label}"
    description = f"printed {claim.text}; {what} is on record for {format_days(when.span)}{place}"
    if conclusion is Conclusion.POSSIBLE:
        description += share_text(part, when.span)
    return Verdict(
        claim,
        conclusion,
        description,
        share=part,
        recorded=_recorded(what, format_days(when.span)),
        expected=format_days(when.span) if conclusion is Conclusion.CONTRADICTED else "",
        record_place=event.place,
    )


def _recorded(what: str, date: str) -> str:
    """The event with its date, which a name such as ``scan 2022-05`` has already."""
    return f"{what} is on record" + ("" if date in what else f" for {date}")


def _share_of_days(span: Span, claimed: Span) -> Fraction | None:
    both = span & claimed
    if both is None or not span.is_bounded:
        return None
    return Fraction(both.high - both.low + 1) / Fraction(span.high - span.low + 1)


RULES = (
    Rule(
        id="C19",
        reproduces=True,
        checks="a printed date against the date of the event it refers to",
        formula="the days on record overlap the days that are printed",
        severity=Severity.ERROR,
        vague=True,
        source="case catalogue: text and legend must give a panel the same date",
        example_fail="a legend that dates a scan to September 2021, the text to May 2021",
        example_ok="February 2022 in text and legend",
        check=check_each(("date",), check_date),
    ),
)
