"""Confidence limits: of ratios against their p values, of shares, of medians."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from timeline.arithmetic.fit import Fit
from timeline.arithmetic.interval import (
    FAR,
    LEVEL,
    TIMES,
    HazardRatio,
    hazard_ratio,
    symmetry,
)
from timeline.arithmetic.percent import counts_within, risk_reduction
from timeline.arithmetic.proportion import proportion_interval
from timeline.arithmetic.special import normal_quantile
from timeline.auditing.study.cohort import Claims, counts_of, group_of, number, thing, total_of
from timeline.auditing.study.qualifiers import assessed, marked
from timeline.auditing.study.survival import events_of, medians_of
from timeline.auditing.verdict import Verdict
from timeline.auditing.weigh import Call
from timeline.printed import Printed
from timeline.source import RATIOS, Claim
from timeline.span import Span


def level_of(claim: Claim) -> Fraction:
    """The level of confidence as printed; 95 % where none is."""
    found = re.search(r"[0-9]+(?:\.[0-9]+)?", claim.level)
    level = Fraction(found[0]) / 100 if found else LEVEL
    return level if 0 < level < 1 else LEVEL


def look_at_ratios(claims: Claims) -> Iterator[Verdict]:
    """A ratio, its limits and its p value are of one piece (K22)."""
    for claim in claims:
        both = claim.ci.both if claim.ci else None
        if claim.kind not in RATIOS or not both or claim.printed is None:
            continue
        bounded = [claim.printed, *both, *([claim.p] if claim.p else [])]
        if all(each.span.is_bounded for each in bounded[:3]) and both[0].span.high > 0:
            yield _ratio(claim, claim.printed, both)


def _ratio(claim: Claim, ratio: Printed, both: tuple[Printed, Printed]) -> Verdict:
    found = hazard_ratio(ratio, *both, claim.p, level_of(claim))
    p = f"; p {claim.p}" if claim.p else ""
    says = f"printed {claim.text} ({claim.ci}){p}"
    middle = math.sqrt(float(both[0].value or 0) * float(both[1].value or 0))
    if not found.symmetric:
        note = f"the middle of the limits on the log scale is {middle:.3g}"
        row = marked(claim, "resampled")
        sure = not (found.exact or row)
        notes = (note,) if sure else (note, row.says if row else _EXACT)
        call = Call.CONTRADICTED if sure else Call.POSSIBLE
        return Verdict(claim=claim, call=call, says=says, notes=notes)
    if claim.p is None or "two-sided" in found.sides:
        return Verdict(claim=claim, call=Call.AGREES, says=says, notes=(_given(found),))
    call, note = _p_value(claim, claim.p, found)
    return Verdict(claim=claim, call=call, says=says, notes=(f"{_given(found)}{note}",))


_EXACT = "exact or penalised limits of few events can lean so far"


def _given(found: HazardRatio) -> str:
    low, high = (float(end) for end in (found.p.low, found.p.high))
    return f"ratio and limits give p {max(0.0, low):.2g} to {min(1.0, high):.2g}"


# How far the z of a log-rank, stratified or adjusted test may lie from that of the limits: no
# source gives a bound. A decision changed by less is what two tests of one comparison may do.
_OTHER_TEST = 0.5


def _p_value(claim: Claim, p: Printed, found: HazardRatio) -> tuple[Call, str]:
    """What to call a p value that ratio and limits do not give, and what to say of it."""
    other = marked(claim, "other question")
    if other:
        return Call.AGREES, f"; {other.says}"
    gap, times = found.apart
    against = (-found.p.divided_by(Fraction(2)) + 1).overlaps(p.span)  # of the other side
    if "one-sided" in found.sides or against:
        return Call.POSSIBLE, "; reproduced by a one-sided test"
    if found.decision.value == Call.CONTRADICTED and gap > _OTHER_TEST:
        return Call.CONTRADICTED, ": interval and p value disagree on significance"
    if gap > FAR and times > TIMES:
        return Call.CONTRADICTED, f": its z is {times:.2g} times that of the limits, or they of it"
    return Call.POSSIBLE, "; a log-rank or stratified test can differ"


def look_at_medians_and_ratios(claims: Claims) -> Iterator[Verdict]:
    """A hazard ratio beside the ratio of the medians (K23): a note, never a fault."""
    for claim in claims:
        if claim.kind != "HR" or claim.printed is None or not claim.than:
            continue
        medians = medians_of(claims, assessed(claim))
        pair = [medians.get((claim.about, group)) for group in (group_of(claim), claim.than)]
        values = [float(each.printed.value or 0) for each in pair if each and each.printed]
        if len(values) == 2 and all(values):
            says = (
                f"printed {claim.text}; the medians, {values[1]:g} to {values[0]:g}, would give "
                f"{values[1] / values[0]:.2f} if both curves fell at a constant rate"
            )
            yield Verdict(claim=claim, call=Call.AGREES, says=says)


def look_at_reductions(claims: Claims) -> Iterator[Verdict]:
    """A reduction of risk is 100 (1 - ratio) (K24)."""
    ratios = [c for c in claims if c.kind in RATIOS and c.printed]
    for claim in claims:
        if claim.kind != "risk-reduction" or claim.printed is None:
            continue
        spoken = [
            (reduced(claim.printed, each.printed), each)
            for each in ratios
            if each.printed and (each.about, group_of(each)) == (claim.about, group_of(claim))
        ]
        if spoken:  # of several, such as that of an interim analysis, the one that fits best
            fit, ratio = min(spoken, key=lambda each: _BEST.index(each[0]))
            says = f"printed {claim.text} %; the {ratio.kind} is printed {ratio.text}"
            yield Verdict(claim=claim, call=Call(fit.value), says=says, others=(ratio,))


_BEST = (Fit.AGREES, Fit.POSSIBLE, Fit.CONTRADICTED)


def reduced(reduction: Printed, ratio: Printed) -> Fit:
    """A reduction against a ratio, or, of a ratio above 1, against that of the other group."""
    fits = [risk_reduction(reduction, ratio).fit]
    if ratio.value is not None and ratio.value > 1 and ratio.span.low > 0:
        other = Span(100 - 100 / Fraction(ratio.span.low), 100 - 100 / Fraction(ratio.span.high))
        fits.append(Fit.POSSIBLE if other.overlaps(reduction.span) else Fit.CONTRADICTED)
    return min(fits, key=_BEST.index)


def look_at_limits_of_shares(claims: Claims) -> Iterator[Verdict]:
    """Which method gives the limits of a percentage of the patients (K25)."""
    counts = counts_of(claims)
    for claim in claims:
        both = claim.ci.both if claim.ci and claim.kind == "percent" else None
        total = total_of(claim, claims)
        if not both or not total or claim.printed is None:
            continue
        if not all(each.span.is_bounded for each in both):
            continue
        count = counts.get(thing(claim))
        possible = (count,) if count is not None else counts_within(claim.printed.span, total)
        if possible and max(possible) <= total:
            yield _share(claim, possible[0], total, both)


def _share(claim: Claim, count: int, total: int, both: tuple[Printed, Printed]) -> Verdict:
    if marked(claim, "one-sided"):
        return _one_sided(claim, count, total, both)
    found = proportion_interval(count, total, *both, level_of(claim))
    says = f"printed {claim.text} % ({claim.ci}) for {count} of {total}"
    if found.methods:
        note = f"reproduced by {', '.join(found.methods)}"
        return Verdict(claim=claim, call=Call(found.fit.value), says=says, notes=(note,))
    shown = [
        f"{name} {float(low.low):.1f} to {float(high.high):.1f}"
        for name, low, high in found.expected[:2]
    ]
    # At nought and at all, Wald's limits fall together, and are none.
    known = [each for each in found.expected if 0 < count < total or each[0] != "Wald"]
    outside = any(
        _is_outside(end, limits) for end, limits in zip(both, _by_side(known), strict=True)
    )
    call = Call.CONTRADICTED if outside else Call.POSSIBLE
    note = f"none of {len(found.expected)} methods gives it; {', '.join(shown)}"
    return Verdict(claim=claim, call=call, says=says, notes=(note,))


def _by_side(expected: Iterable[tuple[str, Span, Span]]) -> tuple[list[Span], list[Span]]:
    """The lower limits of every method, and the upper ones."""
    every = list(expected)
    return [low for _, low, _ in every], [high for _, _, high in every]


def _is_outside(end: Printed, expected: list[Span]) -> bool:
    """Whether a limit lies below, or above, what every method gives."""
    low, high = min(each.low for each in expected), max(each.high for each in expected)
    return end.span.high < low or end.span.low > high


def _one_sided(claim: Claim, count: int, total: int, both: tuple[Printed, Printed]) -> Verdict:
    """The one limit of a one-sided interval: that of a two-sided one which leaves out twice."""
    lower = both[1].span.high >= 100  # the other end is that of the scale
    found = proportion_interval(count, total, *both, 2 * level_of(claim) - 1)
    lows, highs = _by_side(found.expected)
    end, limits = (both[0], lows) if lower else (both[1], highs)
    names = [name for name, *_ in found.expected]
    by = [name for name, span in zip(names, limits, strict=True) if span.overlaps(end.span)]
    outside = _is_outside(end, limits)
    call = Call.AGREES if by else Call.CONTRADICTED if outside else Call.POSSIBLE
    says = f"printed {claim.text} % ({claim.ci}), one-sided, for {count} of {total}"
    note = f"reproduced by {', '.join(by)}" if by else "no method of those named gives it"
    return Verdict(claim=claim, call=call, says=says, notes=(note,))


def look_at_symmetry(claims: Claims) -> Iterator[Verdict]:
    """On which scale the limits of a median lie evenly about it (K14); never a fault."""
    for claim in medians_of(claims).values():
        both = claim.ci.both if claim.ci else None
        if both and claim.printed and all(each.span.is_bounded for each in (claim.printed, *both)):
            scales = symmetry(claim.printed, *both).scales
            on = f"even on the {' and the '.join(scales)} scale" if scales else "even on no scale"
            kind = "an estimate -+ z SE" if scales else "as limits of Brookmeyer and Crowley are"
            says = f"printed {claim.text} ({claim.ci}): {on}, {kind}"
            yield Verdict(claim=claim, call=Call.AGREES, says=says)


_NARROW = 3  # how many times narrower than d events allow a printed interval must be to be told


def look_at_widths(claims: Claims) -> Iterator[Verdict]:
    """An interval far narrower than so few events allow (K15): a note.

    With a constant rate the standard error of a median of d events is the median / sqrt(d).
    """
    events = events_of(claims)
    for key, claim in medians_of(claims).items():
        events_told, both = events.get(key), claim.ci.both if claim.ci else None
        had = number(events_told) if events_told else None
        value = claim.printed.value if claim.printed else None
        if not (
            events_told and had and both and value and both[1].value and both[0].value is not None
        ):
            continue
        z = normal_quantile(float((1 + level_of(claim)) / 2))
        error = float(both[1].value - both[0].value) / (2 * z)
        wanted = float(value) / math.sqrt(had)
        narrow = error * _NARROW < wanted
        says = (
            f"printed {claim.text} ({claim.ci}), a standard error of {error:.2g}; "
            f"{had} events would give about {wanted:.2g}"
        )
        call = Call.POSSIBLE if narrow else Call.AGREES
        yield Verdict(claim=claim, call=call, says=says, others=(events_told,))
