"""ORR and DCR against the counts and percentages of the best responses."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction

import attrs

from timeline.auditing.claims.cohort import (
    RESPONSES,
    Claims,
    Counts,
    check_own,
    counts_of,
    group_by,
    group_of,
    number,
    numbers,
    response_of,
    shared_verdict,
    total_of,
)
from timeline.auditing.claims.qualifiers import QUALIFIERS, assessed, has_qualifier
from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.rule import Rule, Severity
from timeline.auditing.verdict import Verdict
from timeline.core.calendar.durations import rounded
from timeline.core.printed_numbers import Printed, parse_printed
from timeline.core.span import Span
from timeline.report.claims import Claim
from timeline.statistics.response_rates import (
    CATEGORIES,
    RATES,
    ResponseCounts,
    complement,
    response_rate,
)
from timeline.statistics.rounding import equal, judge, ordered


def check_response_rates(claims: Claims) -> Iterator[Verdict]:
    """ORR and DCR against counts, against percentages, and against each other (K07)."""
    counts = counts_of(claims)
    rates = [each for each in claims if each.kind == "percent" and each.about in RATES]
    for claim in rates:
        if claim.printed:
            from_counts = tuple(_check_against_counts(claim, claim.printed, counts, claims))
            yield from from_counts or _check_against_percentages(
                claim, claim.printed, counts, claims
            )
    for several in group_by(rates, lambda each: (group_of(each), each.place, each.n)).values():
        for same_assessment in group_by(several, assessed).values():
            yield from _check_orr_and_dcr(same_assessment)
        yield from _check_confirmed(several)
    yield from _check_counts(claims, counts)


def counted_responses(claim: Claim, counts: Counts, claims: Claims) -> int | None:
    """The sum of the printed best responses that a rate counts.

    None where one is not printed, or where the report counts only some of them.
    """
    parts = [response_of(counts, name.upper(), claim) for name in RATES[claim.about].of]
    known = [k for k in parts if k is not None]
    narrower = any(
        each.rate == claim.about and _is_stated(each, claim, claims) for each in ALLOWANCES
    )
    return None if narrower or len(known) < len(parts) else sum(known)


def _check_counts(claims: Claims, counts: Counts) -> Iterator[Verdict]:
    """Counts of ORR and DCR equal the sum of their best responses."""
    for claim in claims:
        row = RATES.get(claim.about) if claim.kind == "count" else None
        parts = [response_of(counts, name.upper(), claim) for name in row.of] if row else []
        part_counts = [k for k in parts if k is not None]
        k = number(claim)
        if not row or not part_counts or len(part_counts) < len(parts) or k is None:
            continue
        description = (
            f"printed {claim.text}; {' + '.join(n.upper() for n in row.of)} are {sum(part_counts)}"
        )
        narrower = any(
            each.rate == claim.about and _is_stated(each, claim, claims) for each in ALLOWANCES
        )
        fewer = (
            Conclusion.POSSIBLE if narrower and k < sum(part_counts) else Conclusion.CONTRADICTED
        )
        conclusion = Conclusion.AGREES if k == sum(part_counts) else fewer
        expected = str(sum(part_counts)) if conclusion is Conclusion.CONTRADICTED else ""
        yield Verdict(claim, conclusion, description, expected=expected)


def _check_confirmed(several: list[Claim]) -> Iterator[Verdict]:
    """Confirmed response rates are at most the unconfirmed ones."""
    for rate in RATES:
        both = [each for each in several if each.about == rate and each.printed]
        unconfirmed = [each for each in both if has_qualifier(each, "unconfirmed")]
        confirmed = [
            each
            for each in both
            if has_qualifier(each, "confirmed") and not has_qualifier(each, "unconfirmed")
        ]
        for one, most in itertools.product(confirmed, unconfirmed):
            found = ordered(*numbers([one, most]))
            if found.fit.value == Conclusion.CONTRADICTED:
                description = f"printed {rate} {one.text} % confirmed and {most.text} % unconfirmed"
                yield from shared_verdict([most, one], Conclusion.CONTRADICTED, description)


def _check_against_counts(
    claim: Claim, rate: Printed, counts: Counts, claims: Claims
) -> Iterator[Verdict]:
    total = total_of(claim, claims)
    known = {
        name: k
        for name in CATEGORIES
        if (k := response_of(counts, name.upper(), claim)) is not None
    }
    if not total or not set(known) & set(RATES[claim.about].of):
        return
    if sum(known.values()) > total:  # the denominator leaves out patients not evaluable
        known.pop("ne", None)
    found = response_rate(claim.about, rate, ResponseCounts(n=total, **known))
    named = ", ".join(f"{name.upper()} {k}" for name, k in known.items())
    description = f"printed {claim.text} %; printed counts of {total}: {named}"
    denominators = [f"{word} {n}" for word, n in found.denominators]
    if denominators and found.denominators[0][0] == "all":  # rounding is checked by K01
        yield Verdict(claim, Conclusion.AGREES, description)
        return
    notes = tuple(f"reproduced by the patients {each}" for each in denominators[:1])
    notes = notes or tuple(_other_readings(claim, rate, known, total, claims))
    conclusion = Conclusion.POSSIBLE if notes else Conclusion(found.fit.value)
    yield Verdict(claim, conclusion, description, notes=notes)


_EVALUABLE = ("evaluable", "evaluable for response", "response-evaluable", "assessable")


def _other_readings(
    claim: Claim, rate: Printed, known: dict[str, int], total: int, claims: Claims
) -> Iterator[str]:
    """Other denominators, or a narrower definition in the report, that allow the rate."""
    for each in claims:
        n = number(each) if each.kind == "count" and each.about in _EVALUABLE else None
        fits = n and not claim.n and group_of(each) == group_of(claim) and sum(known.values()) <= n
        if fits and n and response_rate(claim.about, rate, ResponseCounts(n=n, **known)).roundings:
            yield f"reproduced by the {n} patients {each.about}"
    for row in ALLOWANCES:
        if row.rate in (claim.about, "") and _is_stated(row, claim, claims):
            least, most = (sum(known.get(name, 0) for name in names) for names in row.between)
            both = ordered(_percent(least, total), rate, _percent(most, total))
            if both.fit.value != Conclusion.CONTRADICTED:
                yield f"{row.description}: {least} to {most} of {total} are allowed"


def _percent(count: int, total: int) -> Printed:
    """A percentage with six decimals."""
    return parse_printed(rounded(Fraction(100 * count, total), 6))


@attrs.frozen(kw_only=True)
class Allowance:
    """A narrower definition of a rate: the categories between which the rate may lie."""

    rate: str
    qualifier: str
    between: tuple[tuple[str, ...], tuple[str, ...]]
    description: str
    source: str


ALLOWANCES = (
    Allowance(
        rate="DCR",
        qualifier="lasting",
        between=(("cr", "pr"), ("cr", "pr", "sd")),
        description="stable disease counts only once it has lasted",
        source="RECIST 1.1, doi:10.1016/j.ejca.2008.10.026, section 4.4",
    ),
    Allowance(
        rate="ORR",
        qualifier="confirmed",
        between=((), ("cr", "pr")),
        description="only confirmed responses count",
        source="RECIST 1.1, doi:10.1016/j.ejca.2008.10.026, section 4.6",
    ),
)


def _is_stated(row: Allowance, claim: Claim, claims: Claims) -> bool:
    """Whether the note of a rate, or its definition in the report, narrows it."""
    definition = f"definition of {claim.about}"
    text = f"{claim.note} {claim.criterion}"
    text += "".join(f" {each.text}" for each in claims if each.about == definition)
    if claim.at is not None and row.qualifier == "lasting":
        return True
    words = QUALIFIERS["unconfirmed"].words.sub("", text)
    return bool(QUALIFIERS[row.qualifier].words.search(words))


def _check_against_percentages(
    claim: Claim, rate: Printed, counts: Counts, claims: Claims
) -> Iterator[Verdict]:
    """Percentages at one place: ORR = CR + PR, DCR = CR + PR + SD, DCR at most 100 - PD."""
    none = {name: parse_printed("0") for name in RESPONSES if response_of(counts, name, claim) == 0}
    parts = none | _percentages(claims, claim)
    needed = [name.upper() for name in RATES[claim.about].of]
    percentages = [parts[name] for name in needed if name in parts]
    if len(percentages) == len(needed):
        fit, _ = judge(
            [rate, *percentages], lambda spans: equal(sum(spans[1:], start=Span.point(0)), spans[0])
        )
        description = (
            f"printed {claim.text} %; {' + '.join(needed)} are printed {_sum_text(percentages)} %"
        )
        # Rounded parts need not add up to the rounded total: a fault only if ranges do not meet.
        conclusion = (
            Conclusion.CONTRADICTED if fit.value == Conclusion.CONTRADICTED else Conclusion.AGREES
        )
        narrower = any(
            row.rate == claim.about and _is_stated(row, claim, claims) for row in ALLOWANCES
        )
        if conclusion is Conclusion.CONTRADICTED and narrower:
            conclusion = Conclusion.POSSIBLE
        yield Verdict(claim, conclusion, description)
    elif claim.about == "DCR" and "PD" in parts:
        found = complement(rate, parts["PD"])
        description = f"printed {claim.text} %; PD is printed {parts['PD']} %, the two at most 100"
        yield Verdict(claim, Conclusion(found.fit.value), description)


def _percentages(claims: Claims, rate: Claim) -> dict[str, Printed]:
    """The percentages of each category for the same patients at the place of a rate."""
    return {
        claim.about: claim.printed
        for claim in claims
        if claim.kind == "percent"
        and claim.printed
        and (group_of(claim), claim.place) == (group_of(rate), rate.place)
        and assessed(claim) == assessed(rate)
    }


def _sum_text(percentages: list[Printed]) -> str:
    return " + ".join(map(str, percentages))


def _check_orr_and_dcr(several: list[Claim]) -> Iterator[Verdict]:
    """DCR is at least ORR (K07)."""
    one = {claim.about: claim for claim in several}
    orr, dcr = one.get("ORR"), one.get("DCR")
    if orr and dcr and orr.printed and dcr.printed:
        found = ordered(orr.printed, dcr.printed)
        if found.fit.value == Conclusion.CONTRADICTED:
            description = f"printed ORR {orr.text} % and DCR {dcr.text} %: DCR counts ORR too"
            yield from shared_verdict([orr, dcr], Conclusion.CONTRADICTED, description)


RULES = (
    Rule(
        id="K07",
        reproduces=True,
        checks="ORR and DCR against the best responses, and against each other",
        formula="ORR = (CR + PR) / n, DCR = (CR + PR + SD) / n, DCR at most 100 - PD, ORR <= DCR",
        severity=Severity.ERROR,
        source="RECIST 1.1, doi:10.1016/j.ejca.2008.10.026, section 4.3",
        example_fail="DCR 80 % with 11 of 15 patients in CR, PR or SD",
        example_ok="DCR 73.3 % with 1 PR and 10 SD of 15",
        check=check_own(check_response_rates),
        yields=True,
    ),
)
