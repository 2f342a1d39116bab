"""Whether two printed values can be those of one figure: equal numbers, words of one meaning."""

from __future__ import annotations

import re

from timeline.auditing.claims.cohort import possible_days
from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.comparison.synonyms import may_mean_the_same
from timeline.core.span import NEVER_BEGAN, NEVER_ENDS
from timeline.report.claims import DURATIONS, TIMES, Claim
from timeline.report.printed_statistics import UNREACHED


def may_mean_the_same_figure(one: Claim, other: Claim) -> bool:
    """Whether two printed values can mean the same.

    Numbers that can be one number; words that are the same, synonyms or abbreviations, or of
    which one is less specific.
    """
    if one.printed and other.printed:
        if one.unit != other.unit and is_a_time(one) and is_a_time(other):
            first = possible_days(one.printed, one.unit)
            return first.overlaps(possible_days(other.printed, other.unit))
        return one.printed.may_equal(other.printed)
    if _not_reached(one) or _not_reached(other):  # 20.9+, the longest follow-up, is compatible
        return all(_not_reached(each) or _is_open(each) for each in (one, other))
    fewer, more = sorted((words(one.text), words(other.text)), key=len)
    return fewer <= more or may_mean_the_same(one.text, other.text)


def compare_figures(one: Claim, other: Claim) -> Conclusion:
    """Agrees where two printed values can be equal, possible where one is only a wider bound."""
    if not may_mean_the_same_figure(one, other):
        return Conclusion.CONTRADICTED
    return Conclusion.POSSIBLE if one_is_less_precise(one, other) else Conclusion.AGREES


def one_is_less_precise(one: Claim, other: Claim) -> bool:
    """Whether two values are different bounds on one side: over 100 and more than 50."""
    if _not_reached(one) != _not_reached(other):
        return _is_open(one) or _is_open(other)
    spans = [each.printed.span for each in (one, other) if each.printed]
    if len(spans) < 2 or one.unit != other.unit:
        return False
    first, second = spans
    above = first.high == second.high == NEVER_ENDS and first.low != second.low
    below = first.low == second.low == NEVER_BEGAN and first.high != second.high
    return above or below


def words(text: str) -> frozenset[str]:
    """The words of a text in lower case; a hyphen separates two, a dash between them is "to"."""
    return frozenset(re.findall(r"[^\W_]+", text.lower().replace("-", " ").replace("–", " to ")))


def is_a_time(claim: Claim) -> bool:
    """Whether a claim is a duration in a unit of time."""
    return claim.kind in (*DURATIONS, "follow-up") and claim.unit in TIMES


def _not_reached(claim: Claim) -> bool:
    return is_a_time(claim) and claim.value == UNREACHED


def _is_open(claim: Claim) -> bool:
    return claim.printed is not None and claim.printed.is_lower_bound
