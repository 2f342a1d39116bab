"""Medians, means, ranges and totals against the value of each patient."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from timeline.auditing.claims.cohort import (
    Claims,
    check_own,
    group_of,
    number,
    total_of,
    whole_number,
)
from timeline.auditing.claims.qualifiers import assessed, has_qualifier
from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.rule import Rule, Severity
from timeline.auditing.study.estimates.summaries import range_ends
from timeline.auditing.study.times.curves import check_curves, is_of_a_curve
from timeline.auditing.verdict import Verdict
from timeline.core.calendar.durations import rounded
from timeline.core.printed_numbers import Printed
from timeline.core.span import Span
from timeline.report.claims import Claim
from timeline.report.printed_statistics import many
from timeline.statistics.individual_values import median_of, values_of
from timeline.statistics.rounding import Consistency, any_rounding
from timeline.statistics.summaries import STATISTICS, Summary, against_values, median_parity


def check_individual_values(claims: Claims) -> Iterator[Verdict]:
    """Median, mean, range, rates and events against the value of each patient (K48)."""
    for values in (each for each in claims if each.kind == "values"):
        total, printed_values = total_of(values, claims), len(list(many(values.value)))
        if total is None or (printed_values < total and not values.n):
            continue  # values of some patients only, such as responders
        conclusion = Conclusion.AGREES if printed_values == total else Conclusion.CONTRADICTED
        yield Verdict(values, conclusion, f"printed {printed_values} values, of {total}")
    yield from check_curves(claims)
    for recomputed in _recomputed(claims):
        if is_of_a_curve(recomputed.claim) and not recomputed.is_end:
            continue
        low, high = (
            float(end)
            for end in (recomputed.found.recomputed.low, recomputed.found.recomputed.high)
        )
        printed = f"{recomputed.number}" if recomputed.is_end else recomputed.claim.text
        statistic = recomputed.found.statistic
        description = f"printed {printed}; the values give a {statistic} of {low:g} to {high:g}"
        conclusion, notes = _conclusion(recomputed)
        yield Verdict(
            recomputed.claim,
            conclusion,
            description,
            notes=notes,
            others=(recomputed.values,),
            expected=" to ".join(dict.fromkeys((f"{low:g}", f"{high:g}")))
            if conclusion is Conclusion.CONTRADICTED
            else "",
        )


def _conclusion(recomputed: _Recomputed) -> tuple[Conclusion, tuple[str, ...]]:
    """The conclusion on a recomputed statistic, and what could still explain a difference."""
    conclusion = (
        Conclusion.AGREES if recomputed.is_exact else Conclusion(recomputed.found.fit.value)
    )
    if conclusion is not Conclusion.CONTRADICTED:
        return conclusion, ()
    if _has_censored(recomputed.values):
        return Conclusion.POSSIBLE, ("some values are censored, so the statistic is unknown",)
    if recomputed.is_end and recomputed.is_inner:
        return Conclusion.POSSIBLE, ("possible only if quartiles are meant, not the extremes",)
    return conclusion, ()


def check_means_as_medians(claims: Claims) -> Iterator[Verdict]:
    """A printed median that is the mean of the values (K17)."""
    for recomputed in _recomputed(claims):
        if (
            recomputed.found.mean_as_median
            and not _has_censored(recomputed.values)
            and not _is_on_curve(recomputed)
        ):
            description = (
                f"printed {recomputed.claim.text} as a median; it is the mean of the values"
            )
            yield Verdict(
                recomputed.claim, Conclusion.CONTRADICTED, description, others=(recomputed.values,)
            )


def _is_on_curve(recomputed: _Recomputed) -> bool:
    """Whether a median time agrees with the Kaplan-Meier curve of the values."""
    if not is_of_a_curve(recomputed.claim):
        return False
    found = median_of(values_of(tuple(many(recomputed.values.value))), recomputed.claim.printed)
    return found.fit is not Consistency.CONTRADICTED


_TOTAL = re.compile(r"\b(?:total|in all|altogether|number of|sum of)\b|\ball\b", re.IGNORECASE)


def check_totals_and_medians(claims: Claims) -> Iterator[Verdict]:
    """A median or mean against the total of the same subject and the patients (K17)."""
    totals = [
        each
        for each in claims
        if each.printed and (each.statistic == "total" or each.kind == "count")
    ]
    for claim in claims:
        statistic = claim.statistic or claim.kind
        average = claim.printed if statistic in ("median", "mean") else None
        n = total_of(claim, claims)
        for total in totals if average and n and average.span.is_bounded else ():
            if average and n and total is not claim and _is_total_of(total, claim, n):
                yield from _check_against_total(claim, average, total, n)


def _is_total_of(total: Claim, claim: Claim, n: int) -> bool:
    """Whether a claim is the total over all n patients: named so, or above n."""
    about, of = (" ".join(_TOTAL.sub(" ", each.about).split()) for each in (total, claim))
    same_n = not total.n or not claim.n or whole_number(total.n) == n
    is_total = total.statistic == "total" or _TOTAL.search(total.about) or (number(total) or 0) > n
    return about == of and group_of(total) == group_of(claim) and same_n and bool(is_total)


def _check_against_total(claim: Claim, average: Printed, total: Claim, n: int) -> Iterator[Verdict]:
    """A printed mean or median against total / n."""
    if total.printed is None or not total.printed.span.is_bounded or total.printed.value is None:
        return
    mean = total.printed.value / n
    prints_so = mean in any_rounding(average)
    description = f"printed {claim.text} as the {claim.statistic or claim.kind} of {n}; "
    description += f"a total of {total.text} gives a mean of {rounded(mean)}"
    if (claim.statistic or claim.kind) == "mean":
        named = bool(claim.n or total.n)  # otherwise it can be of some patients only
        broken = Conclusion.CONTRADICTED if named else Conclusion.POSSIBLE
        notes = () if named or prints_so else ("possible only if it is of some of the patients",)
        conclusion = Conclusion.AGREES if prints_so else broken
        yield Verdict(claim, conclusion, description, notes=notes, others=(total,))
    elif mean in average.span:
        certain = median_parity(average, n).fit is Consistency.CONTRADICTED
        conclusion = Conclusion.CONTRADICTED if certain else Conclusion.POSSIBLE
        notes = ("no median of whole numbers rounds to it",) if certain else ()
        yield Verdict(claim, conclusion, description, notes=notes, others=(total,))


def _has_censored(values: Claim) -> bool:
    return any(value.is_lower_bound for value in many(values.value))


@attrs.frozen
class _Recomputed:
    """A printed statistic, or an end of a range, and its value from those of each patient."""

    claim: Claim
    number: Printed
    values: Claim
    found: Summary
    is_end: bool = False
    is_inner: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether the values, taken as exact, give the printed number."""
        plain = [each.value for each in many(self.values.value)]
        spans = [Span.point(value) for value in plain if value is not None]
        statistic = STATISTICS[self.found.statistic]
        return len(spans) == len(plain) and statistic(spans).within(self.number.span)


def _recomputed(claims: Claims) -> Iterator[_Recomputed]:
    """Each statistic of a figure for which every patient's value is printed."""
    named: dict[str, list[Claim]] = {}
    for claim in claims:
        if _statistic(claim) or claim.range or claim.kind == "range":
            for name in dict.fromkeys((claim.kind, claim.of, claim.about)):
                named.setdefault(name, []).append(claim)
    for values in (each for each in claims if each.kind == "values"):
        printed_values = list(many(values.value))
        for claim in named.get(values.of or values.about, ()):
            if printed_values and _is_of_all_values(claim, values, len(printed_values), claims):
                if (statistic := _statistic(claim)) and claim.printed:
                    found = against_values(claim.printed, printed_values, statistic)
                    yield _Recomputed(claim, claim.printed, values, found)
                yield from _recomputed_ends(claim, values, printed_values)


def _statistic(claim: Claim) -> str:
    """The statistic that a figure is and that is computed from values; empty if it is none."""
    statistic = claim.statistic or claim.kind
    return statistic if statistic in STATISTICS and claim.printed else ""


def _is_of_all_values(claim: Claim, values: Claim, size: int, claims: Claims) -> bool:
    """Whether a figure is of exactly the patients whose values are printed."""
    name, n = values.of or values.about, total_of(claim, claims)
    same = name in (claim.kind, claim.of, claim.about) and claim.unit == values.unit
    same = same and group_of(claim) == group_of(values) and assessed(claim) == assessed(values)
    # Fewer values than patients give no statistic of all; DoR has values of responders only.
    every = (name in _OF_RESPONDERS and not claim.n) or n is None or n <= size
    return claim is not values and same and every


def _recomputed_ends(
    claim: Claim, values: Claim, printed_values: list[Printed]
) -> Iterator[_Recomputed]:
    """The ends of a range against the smallest and the largest value."""
    both = claim.range.both if claim.range else None
    both = range_ends(claim.text) if claim.kind == "range" else both
    if both is None or has_qualifier(claim, "quartiles") or claim.statistic == "mean":
        return
    found = [
        against_values(end, printed_values, name)
        for end, name in zip(both, ("minimum", "maximum"), strict=True)
    ]
    least, largest = (each.recomputed for each in found)
    inner = both[0].span.low > least.high and both[1].span.high < largest.low
    for end, each in zip(both, found, strict=True):
        yield _Recomputed(claim, end, values, each, is_end=True, is_inner=inner)


_OF_RESPONDERS = ("DoR", "TTR")  # endpoints that only some of the patients have


RULES = (
    Rule(
        id="K17",
        reproduces=True,
        checks="a mean that is called a median; a mean against the total",
        formula="sum of the values / n, or a printed total / n, rounds to the median; the "
        "mean is total / n",
        severity=Severity.ERROR,
        source="arithmetic; from a total possible where a median of whole numbers can equal it too",
        example_fail="a median of 9 of the values 1, 2, 24; of 12.7 with a total of 190 of 15",
        example_ok="a median of 2 of the same; of 12 with a total of 190 of 15",
        check=check_own(check_means_as_medians, check_totals_and_medians),
        yields=True,
    ),
    Rule(
        id="K48",
        reproduces=True,
        checks="a median, mean, range, rate over time or number of events against the figure of "
        "each patient",
        formula="recomputed from the values, the ends of a range too; as many values as patients; "
        "of an endpoint the Kaplan-Meier curve, 12+ censored",
        severity=Severity.ERROR,
        source="order statistics; Kaplan and Meier 1958, doi:10.1080/01621459.1958.10501452; the "
        "other medians in use are tried before one is contradicted",
        example_fail="a range of 1 to 20 of the values 1, 2, 24; 5 events of 2, 4+, 6, 8, 10+, 12",
        example_ok="a median of 2 of the former; a rate of 62.5 % at 6 months of the latter",
        check=check_own(check_individual_values),
    ),
)
