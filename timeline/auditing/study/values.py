"""A median, mean or range against the figure of each patient."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from timeline.arithmetic.summary import (
    STATISTICS,
    Summary,
    against_values,
)
from timeline.auditing.study.cohort import Claims, group_of, total_of
from timeline.auditing.study.curves import is_of_a_curve, look_at_curves
from timeline.auditing.study.qualifiers import assessed, marked
from timeline.auditing.study.summaries import ends_of
from timeline.auditing.verdict import Verdict
from timeline.auditing.weigh import Call
from timeline.printed import Printed
from timeline.prints import many
from timeline.source import Claim
from timeline.span import Span


def look_at_single_values(claims: Claims) -> Iterator[Verdict]:
    """Median, mean, range, rates and events against the figure of each patient (K48)."""
    for values in (each for each in claims if each.kind == "values"):
        total, here = total_of(values, claims), len(list(many(values.value)))
        if total is None or (here < total and not values.n):
            continue  # the figures of some, such as those who responded
        call = Call.AGREES if here == total else Call.CONTRADICTED
        yield Verdict(claim=values, call=call, says=f"printed {here} values, of {total}")
    yield from look_at_curves(claims)
    for told in _recomputed(claims):
        if is_of_a_curve(told.claim) and not told.is_end:
            continue
        low, high = (float(end) for end in (told.found.recomputed.low, told.found.recomputed.high))
        printed = f"{told.number}" if told.is_end else told.claim.text
        says = f"printed {printed}; the values give a {told.found.statistic} of {low:g} to {high:g}"
        call, notes = _call(told)
        yield Verdict(claim=told.claim, call=call, says=says, notes=notes, others=(told.values,))


def _call(told: _Told) -> tuple[Call, tuple[str, ...]]:
    """What to call a statistic that the values give, or do not, and what could still explain it."""
    call = Call.AGREES if told.is_exact else Call(told.found.fit.value)
    if call is not Call.CONTRADICTED:
        return call, ()
    if _has_censored(told.values):
        return Call.POSSIBLE, ("some values are censored: it is not known",)
    if told.is_end and told.is_inner:
        return Call.POSSIBLE, ("so only if quartiles are meant, and not the ends",)
    return call, ()


def look_for_means_as_medians(claims: Claims) -> Iterator[Verdict]:
    """A figure called a median that is the mean of the values (K17)."""
    for told in _recomputed(claims):
        if told.found.mean_as_median and not _has_censored(told.values):
            says = f"printed {told.claim.text} as a median; the mean of the values prints so"
            yield Verdict(
                claim=told.claim, call=Call.CONTRADICTED, says=says, others=(told.values,)
            )


def _has_censored(values: Claim) -> bool:
    return any(value.is_lower_bound for value in many(values.value))


@attrs.frozen
class _Told:
    """A statistic as printed, by itself or as an end of a range, and the values of each patient."""

    claim: Claim
    number: Printed
    values: Claim
    found: Summary
    is_end: bool = False
    is_inner: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether the values, taken as exact, give just what is printed."""
        plain = [each.value for each in many(self.values.value)]
        spans = [Span.point(value) for value in plain if value is not None]
        statistic = STATISTICS[self.found.statistic]
        return len(spans) == len(plain) and statistic(spans).within(self.number.span)


def _recomputed(claims: Claims) -> Iterator[_Told]:
    """Each statistic of a figure whose values are told for every patient, with those values."""
    for values in (each for each in claims if each.kind == "values"):
        prints = list(many(values.value))
        for claim in claims:
            if prints and _is_of_every_value(claim, values, len(prints), claims):
                statistic = claim.statistic or claim.kind
                if statistic in STATISTICS and claim.printed:
                    found = against_values(claim.printed, prints, statistic)
                    yield _Told(claim, claim.printed, values, found)
                yield from _of_ends(claim, values, prints)


def _is_of_every_value(claim: Claim, values: Claim, here: int, claims: Claims) -> bool:
    """Whether a figure is told of just the patients whose values are."""
    name, n = values.of or values.about, total_of(claim, claims)
    same = name in (claim.kind, claim.of, claim.about) and claim.unit == values.unit
    same = same and group_of(claim) == group_of(values) and assessed(claim) == assessed(values)
    # Of fewer values than patients no statistic of all can be told; of DoR all responded.
    every = (name in _OF_SOME and not claim.n) or n is None or n <= here
    return claim is not values and same and every


def _of_ends(claim: Claim, values: Claim, prints: list[Printed]) -> Iterator[_Told]:
    """The ends of a range, beside a figure or by itself, against the least and the largest."""
    both = claim.range.both if claim.range else None
    both = ends_of(claim.text) if claim.kind == "range" else both
    if both is None or marked(claim, "quartiles") or claim.statistic == "mean":
        return
    found = [
        against_values(end, prints, name)
        for end, name in zip(both, ("minimum", "maximum"), strict=True)
    ]
    least, largest = (each.recomputed for each in found)
    inner = both[0].span.low > least.high and both[1].span.high < largest.low
    for end, each in zip(both, found, strict=True):
        yield _Told(claim, end, values, each, is_end=True, is_inner=inner)


_OF_SOME = ("DoR", "TTR")  # endpoints that only some of the patients have
