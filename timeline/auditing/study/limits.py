"""Confidence limits: of ratios against their p values, of shares, of medians."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from fractions import Fraction

from timeline.arithmetic.interval import LEVEL, hazard_ratio, symmetry
from timeline.arithmetic.percent import counts_within, risk_reduction
from timeline.arithmetic.proportion import proportion_interval
from timeline.arithmetic.special import normal_quantile
from timeline.auditing.study.cohort import Claims, counts_of, group_of, number, thing, total_of
from timeline.auditing.study.survival import events_of, medians_of
from timeline.auditing.verdict import Verdict
from timeline.auditing.weigh import Call
from timeline.printed import Printed
from timeline.source import RATIOS, Claim


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
        call = Call.CONTRADICTED if claim.kind == "HR" else Call.POSSIBLE
        return Verdict(claim=claim, call=call, says=says, notes=(note,))
    low, high = (float(end) for end in (found.p.low, found.p.high))
    note = f"ratio and limits give p {max(0.0, low):.2g} to {min(1.0, high):.2g}"
    if claim.p is None or "two-sided" in found.sides:
        return Verdict(claim=claim, call=Call.AGREES, says=says, notes=(note,))
    if found.decision.value == Call.CONTRADICTED:
        note = f"{note}: interval and p value disagree on significance"
        return Verdict(claim=claim, call=Call.CONTRADICTED, says=says, notes=(note,))
    note = f"{note}; a log-rank or stratified test can differ"
    return Verdict(claim=claim, call=Call.POSSIBLE, says=says, notes=(note,))


def look_at_medians_and_ratios(claims: Claims) -> Iterator[Verdict]:
    """A hazard ratio beside the ratio of the medians (K23): a note, never a fault."""
    medians = medians_of(claims)
    for claim in claims:
        if claim.kind != "HR" or claim.printed is None or not claim.than:
            continue
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
    ratios = {(c.about, group_of(c)): c for c in claims if c.kind in RATIOS and c.printed}
    for claim in claims:
        ratio = ratios.get((claim.about, group_of(claim)))
        if claim.kind == "risk-reduction" and claim.printed and ratio and ratio.printed:
            found = risk_reduction(claim.printed, ratio.printed)
            says = f"printed {claim.text} %; the {ratio.kind} is printed {ratio.text}"
            yield Verdict(claim=claim, call=Call(found.fit.value), says=says, others=(ratio,))


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
        told = counts.get(thing(claim))
        possible = (told,) if told is not None else counts_within(claim.printed.span, total)
        if possible and max(possible) <= total:
            yield _share(claim, possible[0], total, both)


def _share(claim: Claim, count: int, total: int, both: tuple[Printed, Printed]) -> Verdict:
    found = proportion_interval(count, total, *both, level_of(claim))
    says = f"printed {claim.text} % ({claim.ci}) for {count} of {total}"
    if found.methods:
        note = f"reproduced by {', '.join(found.methods)}"
        return Verdict(claim=claim, call=Call(found.fit.value), says=says, notes=(note,))
    shown = [
        f"{name} {float(low.low):.1f} to {float(high.high):.1f}"
        for name, low, high in found.expected[:2]
    ]
    outside = (
        both[0].span.high < min(low.low for _, low, _ in found.expected)
        or both[0].span.low > max(low.high for _, low, _ in found.expected)
        or both[1].span.high < min(high.low for _, _, high in found.expected)
        or both[1].span.low > max(high.high for _, _, high in found.expected)
    )
    call = Call.CONTRADICTED if outside else Call.POSSIBLE
    note = f"none of {len(found.expected)} methods gives it; {', '.join(shown)}"
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
        told, both = events.get(key), claim.ci.both if claim.ci else None
        had = number(told) if told else None
        value = claim.printed.value if claim.printed else None
        if not (told and had and both and value and both[1].value and both[0].value is not None):
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
        yield Verdict(claim=claim, call=call, says=says, others=(told,))
