"""ORR and DCR against the best responses that they are made of, as counts and as percentages."""

from __future__ import annotations

from collections.abc import Iterator

from timeline.arithmetic.fit import equal, judge, ordered
from timeline.arithmetic.response_rates import (
    RATES,
    ResponseCounts,
    complement,
    response_rate,
)
from timeline.auditing.study.cohort import (
    RESPONSES,
    Claims,
    Counts,
    counts_of,
    gathered,
    group_of,
    together,
    total_of,
)
from timeline.auditing.verdict import Verdict
from timeline.auditing.weigh import Call
from timeline.printed import Printed, printed
from timeline.source import Claim
from timeline.span import Span


def look_at_response_rates(claims: Claims) -> Iterator[Verdict]:
    """ORR and DCR against counts, against percentages, and against each other (K07)."""
    counts = counts_of(claims)
    rates = [each for each in claims if each.kind == "percent" and each.about in RATES]
    for claim in rates:
        if claim.printed:
            from_counts = tuple(_from_counts(claim, claim.printed, counts, claims))
            yield from from_counts or _from_percents(claim, claim.printed, counts, claims)
    for several in gathered(rates, lambda each: (group_of(each), each.place)).values():
        yield from _in_order(several)


def _from_counts(claim: Claim, rate: Printed, counts: Counts, claims: Claims) -> Iterator[Verdict]:
    total = total_of(claim, claims)
    told = {
        name: counts.get((name.upper(), group_of(claim), ())) for name in ("cr", "pr", "sd", "pd")
    }
    known = {name: k for name, k in told.items() if k is not None}
    if not total or not set(known) & set(RATES[claim.about].of):
        return
    found = response_rate(claim.about, rate, ResponseCounts(n=total, **known))
    named = ", ".join(f"{name.upper()} {k}" for name, k in known.items())
    says = f"printed {claim.text} %; printed counts of {total}: {named}"
    by = [f"{word} {n}" for word, n in found.denominators]
    if by and found.denominators[0][0] == "all":  # how it is rounded is for the percentage alone
        yield Verdict(claim=claim, call=Call.AGREES, says=says)
        return
    notes = (f"reproduced by the patients {by[0]}",) if by else ()
    yield Verdict(claim=claim, call=Call(found.fit.value), says=says, notes=notes)


def _from_percents(
    claim: Claim, rate: Printed, counts: Counts, claims: Claims
) -> Iterator[Verdict]:
    """The percentages of one place: ORR = CR + PR, DCR = CR + PR + SD, DCR at most 100 - PD."""
    none = {
        name: printed("0") for name in RESPONSES if counts.get((name, group_of(claim), ())) == 0
    }
    parts = none | _percents(claims, claim)
    needed = [name.upper() for name in RATES[claim.about].of]
    told = [parts[name] for name in needed if name in parts]
    if len(told) == len(needed):
        fit, _ = judge(
            [rate, *told], lambda spans: equal(sum(spans[1:], start=Span.point(0)), spans[0])
        )
        says = f"printed {claim.text} %; {' + '.join(needed)} are printed {_sum(told)} %"
        # Parts rounded one by one need not add up to the rounded whole: only apart is a fault.
        call = Call.CONTRADICTED if fit.value == Call.CONTRADICTED else Call.AGREES
        yield Verdict(claim=claim, call=call, says=says)
    elif claim.about == "DCR" and "PD" in parts:
        found = complement(rate, parts["PD"])
        says = f"printed {claim.text} %; PD is printed {parts['PD']} %, the two at most 100"
        yield Verdict(claim=claim, call=Call(found.fit.value), says=says)


def _percents(claims: Claims, beside: Claim) -> dict[str, Printed]:
    """The percentage of each category at the place, and of the patients, of a claim."""
    return {
        claim.about: claim.printed
        for claim in claims
        if claim.kind == "percent"
        and claim.printed
        and (group_of(claim), claim.place) == (group_of(beside), beside.place)
    }


def _sum(prints: list[Printed]) -> str:
    return " + ".join(map(str, prints))


def _in_order(several: list[Claim]) -> Iterator[Verdict]:
    """DCR is at least ORR."""
    one = {claim.about: claim for claim in several}
    orr, dcr = one.get("ORR"), one.get("DCR")
    if orr and dcr and orr.printed and dcr.printed:
        found = ordered(orr.printed, dcr.printed)
        if found.fit.value == Call.CONTRADICTED:
            says = f"printed ORR {orr.text} % and DCR {dcr.text} %: DCR counts ORR too"
            yield from together([orr, dcr], Call.CONTRADICTED, says)
