"""Means, medians, standard deviations and ranges of a group."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from timeline.auditing.claims.cohort import (
    Claims,
    check_own,
    contradiction_only,
    group_of,
    total_of,
)
from timeline.auditing.claims.qualifiers import has_qualifier
from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.rule import Rule, Severity
from timeline.auditing.verdict import Verdict
from timeline.core.printed_numbers import Printed
from timeline.report.claims import Claim
from timeline.report.printed_statistics import limits
from timeline.statistics.granularity import grim, grimmer
from timeline.statistics.rounding import ordered
from timeline.statistics.summaries import median_parity, sd_bounds


def _is_statistic(claim: Claim, statistic: str) -> bool:
    return claim.kind == statistic or claim.statistic == statistic


def _step_of(claim: Claim) -> Fraction | None:
    """The unit in which values were recorded, if printed; 1 year for ages."""
    if claim.step and claim.step.value:
        return claim.step.value
    return Fraction(1) if claim.kind == "age" else None


def check_median_parity(claims: Claims) -> Iterator[Verdict]:
    """The median of whole numbers is whole for odd n and a multiple of 1/2 for even n (K16).

    A contradiction on ages is only POSSIBLE: ages can be computed from dates.
    """
    for claim in claims:
        step, total = _step_of(claim), total_of(claim, claims)
        if not _is_statistic(claim, "median") or step is None or not total or claim.printed is None:
            continue
        if not claim.printed.span.is_bounded or claim.printed.value is None:
            continue
        found = median_parity(claim.printed, total, step)
        conclusion = Conclusion(found.fit.value)
        if conclusion is Conclusion.CONTRADICTED and claim.step is None:
            conclusion = Conclusion.POSSIBLE
        description = (
            f"printed {claim.text} as the median of {total}: it moves in steps of {found.grid}"
        )
        yield Verdict(claim, conclusion, description)


def check_means(claims: Claims) -> Iterator[Verdict]:
    """A mean of whole numbers is a whole total / n, and the sum of squares is whole (K26)."""
    for claim in claims:
        step, total = claim.step.value if claim.step else None, total_of(claim, claims)
        if not _is_statistic(claim, "mean") or not step or not total or claim.printed is None:
            continue
        items = 1 / step
        if items.denominator != 1 or not claim.printed.span.is_bounded:
            continue
        yield _check_mean(claim, claim.printed, total, int(items))


def _check_mean(claim: Claim, mean: Printed, total: int, items: int) -> Verdict:
    found = grim(mean, total, items)
    description = f"printed a mean of {claim.text} of {total} values in steps of {claim.step}"
    if found.fit.value == Conclusion.CONTRADICTED or claim.sd is None or total < 2:
        if not found.totals:
            description += ": no whole total gives it"
        return Verdict(claim, Conclusion(found.fit.value), description)
    spread = grimmer(mean, claim.sd, total, items)
    possible = f"SD {claim.sd} is possible as {' or '.join(spread.kinds)}"
    note = possible if spread.kinds else f"no sum of squares gives SD {claim.sd}"
    return Verdict(claim, Conclusion(spread.fit.value), description, notes=(note,))


def check_spreads(claims: Claims) -> Iterator[Verdict]:
    """An SD, or a standard error, is possible with its mean and range (K27)."""
    for claim in claims:
        both, total = claim.range.both if claim.range else None, total_of(claim, claims)
        if not _is_statistic(claim, "mean") or not both or not total or total < 2:
            continue
        name, spread = _spread_of(claim)
        if spread is None or claim.printed is None or has_qualifier(claim, "quartiles"):
            continue
        if not all(each.span.is_bounded for each in (claim.printed, spread, *both)):
            continue
        squares = total if name == "SE" else 1
        found = sd_bounds(claim.printed, spread, total, *both, squares=squares)
        low, high = (
            (float(end) / squares) ** 0.5 for end in (found.variance.low, found.variance.high)
        )
        description = (
            f"printed {name} {spread} with mean {claim.text}, range {claim.range}, n {total}; "
            f"{low:.3g} to {high:.3g} are possible"
        )
        yield Verdict(claim, Conclusion(found.fit.value), description)


def _spread_of(claim: Claim) -> tuple[str, Printed | None]:
    """The printed spread and its name, the SD first; an SD that a note calls SE is an SE."""
    if claim.sd is not None:
        return ("SE" if has_qualifier(claim, "standard error") else "SD"), claim.sd
    return "SE", claim.se


_LIMITS_OF_AGE = ("age for inclusion", "inclusion age", "age of inclusion")


def check_ranges(claims: Claims) -> Iterator[Verdict]:
    """A median or mean is within its range, and ages within the inclusion limits (K46)."""
    inclusion = next((c.range for c in claims if c.about in _LIMITS_OF_AGE and c.range), None)
    for claim in claims:
        both = claim.range.both if claim.range else None
        if claim.printed is None or not both or claim.about in _LIMITS_OF_AGE:
            continue
        if _is_statistic(claim, "mean") and has_qualifier(claim, "quartiles"):
            continue  # the mean of skewed values can be outside the quartiles
        in_order = [both[0], claim.printed, both[1]]
        description = f"printed {claim.text} with range {claim.range}"
        if claim.kind == "age" and inclusion and inclusion.low and inclusion.high:
            in_order = [inclusion.low, *in_order, inclusion.high]
            description += f"; for inclusion {inclusion}"
        found = ordered(*in_order)
        yield Verdict(claim, contradiction_only(found.fit), description)


def check_separate_ranges(claims: Claims) -> Iterator[Verdict]:
    """A range printed by itself equals that printed with the median (K46)."""
    for claim in (each for each in claims if each.kind == "range"):
        ends = range_ends(claim.text)
        for other in claims:
            both = other.range.both if other.range else None
            same = other.about.split()[:1] == claim.about.split()[:1]
            if ends is None or both is None or not same or group_of(other) != group_of(claim):
                continue
            if has_qualifier(claim, "quartiles") or has_qualifier(other, "quartiles"):
                continue
            same_ends = all(a.may_equal(b) for a, b in zip(ends, both, strict=True))
            is_inner = _is_inside(ends, both) or _is_inside(both, ends)
            description = f"printed {claim.text}; {other.range} [{other.place}]"
            conclusion = (
                Conclusion.AGREES
                if same_ends
                else Conclusion.POSSIBLE
                if is_inner
                else Conclusion.CONTRADICTED
            )
            notes = ("reproduced only if the inner range is of quartiles",) * (
                is_inner and not same_ends
            )
            yield Verdict(claim, conclusion, description, notes=notes, others=(other,))


def check_quartiles(claims: Claims) -> Iterator[Verdict]:
    """Quartiles are within the range of the same figure (K46)."""
    ranged = [claim for claim in claims if claim.range and claim.range.both]
    for claim in (each for each in ranged if has_qualifier(each, "quartiles")):
        for other in ranged:
            of_one = (claim.kind, claim.about, claim.unit, group_of(claim), claim.n)
            same = of_one == (other.kind, other.about, other.unit, group_of(other), other.n)
            inner, outer = (each.range.both if each.range else None for each in (claim, other))
            if not same or has_qualifier(other, "quartiles") or inner is None or outer is None:
                continue
            found = ordered(outer[0], inner[0], inner[1], outer[1])
            description = (
                f"printed quartiles {claim.range}; the range is {other.range} [{other.place}]"
            )
            conclusion = contradiction_only(found.fit)
            yield Verdict(claim, conclusion, description, others=(other,))


def _is_inside(inner: tuple[Printed, Printed], outer: tuple[Printed, Printed]) -> bool:
    """Whether one range is strictly within another at both ends."""
    return outer[0].span.high < inner[0].span.low and inner[1].span.high < outer[1].span.low


def range_ends(text: str) -> tuple[Printed, Printed] | None:
    """The two numbers of a range in text; None where there are not two numbers in order."""
    try:
        found = limits(text)
    except ValueError:
        return None
    return None if found.is_swapped else found.both


RULES = (
    Rule(
        id="K16",
        checks="the median of whole numbers",
        formula="a whole number for n odd, at most a half for n even",
        severity=Severity.ERROR,
        source="counting; at most possible for ages, which are whole by convention only",
        example_fail="a median of 3.5 cycles in 15 patients",
        example_ok="a median age of 55 in 15 patients",
        check=check_own(check_median_parity),
        yields=True,
    ),
    Rule(
        id="K26",
        checks="a mean, and an SD, of whole numbers",
        formula="a whole total / n; a whole sum of squares, odd where the total is",
        severity=Severity.ERROR,
        source="GRIM, doi:10.1177/1948550616673876; GRIMMER, doi:10.7287/peerj.preprints.2400v1",
        example_fail="a mean of 5.19 of 28 whole numbers",
        example_ok="a mean of 5.18 of 28 whole numbers: 145 / 28",
        check=check_own(check_means),
        yields=True,
    ),
    Rule(
        id="K27",
        checks="an SD, or a standard error, against mean and range",
        formula="SD^2 <= (max - mean)(mean - min) n / (n - 1); >= (max - min)^2 / 2 (n - 1); "
        "SD^2 = n SE^2",
        severity=Severity.ERROR,
        source="Bhatia and Davis 2000, doi:10.1080/00029890.2000.12005203",
        example_fail="SD 20 with mean 55, range 41 to 75, n 15",
        example_ok="SD 10 with the same",
        check=check_own(check_spreads),
        yields=True,
    ),
    Rule(
        id="K46",
        checks="median or mean within its range, ages within the limits of inclusion",
        formula="inclusion <= min <= median <= max <= inclusion",
        severity=Severity.ERROR,
        source="order",
        example_fail="median 55, range 57 to 75",
        example_ok="median 55, range 41 to 75",
        check=check_own(check_ranges, check_separate_ranges, check_quartiles),
        yields=True,
    ),
)
