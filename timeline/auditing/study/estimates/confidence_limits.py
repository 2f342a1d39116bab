"""Confidence limits of percentages and of means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

import attrs

from timeline.auditing.claims.cohort import Claims, check_own, counts_of, subject_of, total_of
from timeline.auditing.claims.qualifiers import has_qualifier
from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.rule import Rule, Severity
from timeline.auditing.study.estimates.repairs import repair_note
from timeline.auditing.verdict import Verdict, not_checkable
from timeline.core.printed_numbers import Printed
from timeline.core.span import Span
from timeline.report.claims import Claim
from timeline.report.printed_statistics import level_in_percent
from timeline.statistics.intervals import symmetry
from timeline.statistics.mean_limits import mean_width
from timeline.statistics.percentages import counts_within
from timeline.statistics.proportions import proportion_interval


def level_of(claim: Claim) -> Fraction:
    """The confidence level as a fraction of 1; 0.95 where none is printed."""
    return level_in_percent(claim.level) / 100


def check_limits_of_percentages(claims: Claims) -> Iterator[Verdict]:
    """The methods that reproduce the limits of a percentage of the patients (K25)."""
    counts = counts_of(claims)
    for claim in claims:
        both = claim.ci.both if claim.ci and claim.kind == "percent" else None
        total = total_of(claim, claims)
        if not both or not total or claim.printed is None:
            continue
        if not all(each.span.is_bounded for each in both):
            continue
        count = counts.get(subject_of(claim))
        possible = (count,) if count is not None else counts_within(claim.printed.span, total)
        if total > _MOST_PATIENTS:
            yield not_checkable(claim, f"limits of more than {_MOST_PATIENTS} are not recomputed")
        elif possible and possible[-1] <= total:
            yield _with_other_limits(_check_limits(claim, possible[0], total, both), claims)


def _with_other_limits(verdict: Verdict, claims: Claims) -> Verdict:
    """The verdict, with a note where the same figure is printed with other limits."""
    other = next((each for each in claims if _has_other_limits(verdict.claim, each, claims)), None)
    if other is None:
        return verdict
    where = f" [{other.place}]" if other.place else ""
    note = f"the same figure is printed with {other.ci}{where}; one method gives one pair of limits"
    later = next(each for each in claims if each is other or each is verdict.claim) is other
    is_later_print = (
        later and verdict.conclusion is Conclusion.AGREES
    )  # the first one is taken as right
    conclusion = Conclusion.POSSIBLE if is_later_print else verdict.conclusion
    return attrs.evolve(
        verdict, conclusion=conclusion, notes=(*verdict.notes, note), others=(other,)
    )


def _has_other_limits(claim: Claim, other: Claim, claims: Claims) -> bool:
    """Whether another claim prints the same percentage of the same patients with other limits."""
    own_limits, other_limits = (each.ci.both if each.ci else None for each in (claim, other))
    if (
        other is claim
        or not own_limits
        or not other_limits
        or claim.printed is None
        or other.printed is None
    ):
        return False
    same = other.kind == claim.kind and subject_of(other) == subject_of(claim)
    same = same and claim.at == other.at and claim.note == other.note
    same = same and total_of(other, claims) == total_of(claim, claims)
    same = same and level_of(other) == level_of(claim) and claim.printed.may_equal(other.printed)
    return same and not all(
        one.may_equal(two) for one, two in zip(own_limits, other_limits, strict=True)
    )


_MOST_PATIENTS = 1_000_000  # exact limits of more patients take too long


def _check_limits(claim: Claim, count: int, total: int, both: tuple[Printed, Printed]) -> Verdict:
    if has_qualifier(claim, "one-sided"):
        return _one_sided(claim, count, total, both)
    found = proportion_interval(count, total, *both, level_of(claim))
    description = f"printed {claim.text} % ({claim.ci}) for {count} of {total}"
    if found.methods:
        note = f"reproduced by {', '.join(found.methods)}"
        return Verdict(claim, Conclusion(found.fit.value), description, notes=(note,))
    shown = [
        f"{name} {float(low.low):.1f} to {float(high.high):.1f}"
        for name, low, high in found.expected[:2]
    ]
    # At 0 and at n events the two Wald limits are equal and are no interval.
    known = [each for each in found.expected if 0 < count < total or each[0] != "Wald"]
    outside = any(
        _is_outside(end, limits) for end, limits in zip(both, _by_side(known), strict=True)
    )
    conclusion = Conclusion.CONTRADICTED if outside else Conclusion.POSSIBLE
    note = f"none of {len(found.expected)} methods gives it; {', '.join(shown)}"
    repair = repair_note(claim, total, level_of(claim))
    return Verdict(claim, conclusion, description, notes=(note, repair) if repair else (note,))


def _by_side(expected: Iterable[tuple[str, Span, Span]]) -> tuple[list[Span], list[Span]]:
    """The lower limits of every method, and the upper limits."""
    every = list(expected)
    return [low for _, low, _ in every], [high for _, _, high in every]


def _is_outside(end: Printed, expected: list[Span]) -> bool:
    """Whether a limit is outside the range of the limits of all methods."""
    low, high = min(each.low for each in expected), max(each.high for each in expected)
    return end.span.high < low or end.span.low > high


def _one_sided(claim: Claim, count: int, total: int, both: tuple[Printed, Printed]) -> Verdict:
    """A one-sided interval at level 1 - a: one limit of the two-sided interval at level 1 - 2 a."""
    lower = both[1].span.high >= 100  # the upper end is the end of the scale
    found = proportion_interval(count, total, *both, 2 * level_of(claim) - 1)
    lows, highs = _by_side(found.expected)
    end, limits = (both[0], lows) if lower else (both[1], highs)
    names = [name for name, *_ in found.expected]
    methods = [name for name, span in zip(names, limits, strict=True) if span.overlaps(end.span)]
    outside = _is_outside(end, limits)
    conclusion = (
        Conclusion.AGREES
        if methods
        else Conclusion.CONTRADICTED
        if outside
        else Conclusion.POSSIBLE
    )
    description = f"printed {claim.text} % ({claim.ci}), one-sided, for {count} of {total}"
    note = (
        f"reproduced by {', '.join(methods)}" if methods else "none of the methods named gives it"
    )
    return Verdict(claim, conclusion, description, notes=(note,))


def check_limits_of_means(claims: Claims) -> Iterator[Verdict]:
    """The limits of a mean are symmetric and as wide as SD or SE and n give (K14)."""
    for claim in claims:
        both, mean = claim.ci.both if claim.ci else None, claim.printed
        if not (claim.kind == "mean" or claim.statistic == "mean") or mean is None or not both:
            continue
        if not all(each.span.is_bounded for each in (mean, *both)) or has_qualifier(
            claim, "one-sided"
        ):
            continue
        scales = symmetry(mean, *both).scales
        description = f"printed {claim.text} ({claim.ci})"
        if scales:
            yield _width_of_mean(
                claim, description, both, total_of(claim, claims), "normal" in scales
            )
            continue
        other = has_qualifier(claim, "resampled") or has_qualifier(claim, "of a model")
        repair = repair_note(claim)
        notes = ("symmetric neither on the plain scale nor on the log scale", repair)
        conclusion = Conclusion.POSSIBLE if other else Conclusion.CONTRADICTED
        yield Verdict(claim, conclusion, description, notes=tuple(filter(None, notes)))


def _width_of_mean(
    claim: Claim, description: str, both: tuple[Printed, Printed], total: int | None, is_plain: bool
) -> Verdict:
    """The width of symmetric limits, where spread and number of values are printed."""
    spread = claim.sd or claim.se
    if not is_plain or not total or total < 2 or spread is None or not spread.span.is_bounded:
        return Verdict(claim, Conclusion.AGREES, f"{description}: symmetric")
    is_error = claim.sd is None or bool(has_qualifier(claim, "standard error"))
    level = float(level_of(claim))
    found = mean_width(*both, spread, total, level, is_error=is_error)
    low, high = found.expected[0][1]
    description_of_width = (
        f"{description}, {'SE' if is_error else 'SD'} {spread} of {total}: t limits lie "
    )
    description_of_width += (
        f"{low:.3g} to {high:.3g} from it" if low != high else f"{low:.3g} from it"
    )
    conclusion, other = (
        Conclusion(found.fit.value),
        has_qualifier(claim, "resampled") or has_qualifier(claim, "of a model"),
    )
    if conclusion is Conclusion.CONTRADICTED and other:
        conclusion = Conclusion.POSSIBLE
    notes = (f"reproduced by {', '.join(found.reproduced_by)}",) if found.reproduced_by else ()
    return Verdict(claim, conclusion, description_of_width, notes=notes)


RULES = (
    Rule(
        id="K14",
        checks="the limits of a mean: symmetric, and as wide as spread and number give",
        formula="mean = (L + U) / 2, or mean squared = L U; (U - L) / 2 = t SD / root(n), or z",
        severity=Severity.WARNING,
        source="Altman and Bland 2005, doi:10.1136/bmj.331.7521.903; geometric means lie evenly on "
        "the log scale; limits of a median need neither and are left out",
        example_fail="55 (50 to 57); 55 (54.9 to 55.1) with SD 10 of 15",
        example_ok="55 (49.5 to 60.5) with SD 10 of 15",
        check=check_own(check_limits_of_means),
    ),
    Rule(
        id="K25",
        reproduces=True,
        checks="the limits of a percentage of the patients: which method reproduces them",
        formula="Clopper-Pearson, Wilson, corrected Wilson, Wald, Agresti-Coull, Jeffreys",
        severity=Severity.WARNING,
        source="Newcombe 1998, Stat. Med. 17:857-872; contradicted beyond all of them",
        example_fail="20 % (15 to 25) of 15",
        example_ok="20.0 % (4.3 to 48.1) of 15: Clopper-Pearson",
        check=check_own(check_limits_of_percentages),
    ),
)
