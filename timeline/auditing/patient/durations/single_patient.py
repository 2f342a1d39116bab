"""Figures of a single patient: hedges, medians, and ratios of the times of two lines."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import attrs

from timeline.auditing.comparison.compare import Conclusion, compare
from timeline.auditing.patient.durations.conventions import in_days
from timeline.auditing.patient.durations.printed_durations import judged_durations, lenient_range
from timeline.auditing.rule import Concern, Evidence, Rule, Severity
from timeline.auditing.verdict import Verdict, not_checkable
from timeline.core.calendar.durations import days_per, range_text
from timeline.core.printed_numbers import Hedge, Printed, parse_printed
from timeline.core.span import Span
from timeline.endpoints.ratios import RATIOS, Ratio, RatioKind, pfs_ratios, quotient
from timeline.report.claims import Claim
from timeline.results.outcome import Outcome

OF_A_GROUP = ("median", "mean")
_RATIOS = {row.name.lower(): row for row in RATIOS}


def check_statistics(evidence: Evidence) -> Iterator[Verdict]:
    """A median or a mean of the one patient that the report describes (C31)."""
    for claim in evidence.patients:
        if claim.statistic in OF_A_GROUP:
            figure = claim.figure
            description = f"printed {figure} as a {claim.statistic}, of one patient"
            yield Verdict(
                claim,
                Conclusion.CONTRADICTED,
                description,
                recorded="one patient has no " + claim.statistic,
                expected=f"{figure}, without the word {claim.statistic}",
            )


def check_hedges(evidence: Evidence) -> Iterator[Verdict]:
    """A duration that the dates give by its number, but not with the word before it (C02)."""
    for verdict in evidence.verdicts_of("C01", "C27"):
        claim, outcome = verdict.claim, verdict.outcome
        if verdict.conclusion is not Conclusion.CONTRADICTED or outcome is None:
            continue
        hedge = claim.printed.hedge if claim.printed else None
        plain = _unhedged(claim.text, hedge) if hedge is not None else None
        if hedge is None or plain is None:
            continue
        days = in_days(plain.span, days_per(claim.unit))
        if any(each.days.overlaps(days) for each in outcome.alternatives):
            always = all(each.days.within(days) for each in outcome.alternatives)
            agrees = "would agree" if always else "would agree on some of these days"
            description = f"{verdict.description}; {plain.text} {agrees}, "
            word = _word_of(claim.text, hedge) or hedge.name
            description += f"but {word!r} contradicts it"
            number = f"{plain.text} {claim.unit}, without {word!r}"
            yield attrs.evolve(
                verdict,
                description=description,
                explanations=(),
                tried=0,
                notes=(),
                expected=number if always else verdict.expected,
            )


def _unhedged(text: str, hedge: Hedge) -> Printed | None:
    """The number of a printed text without its hedge; None where there is none."""
    number = text[len(_word_of(text, hedge)) :].strip().rstrip("+")
    return parse_printed(number) if number else None


def _word_of(text: str, hedge: Hedge) -> str:
    """The word of a hedge as a text begins with it; empty where it is behind the number."""
    words = sorted(hedge.words, key=len, reverse=True)
    return next((text[: len(word)] for word in words if text.lower().startswith(word)), "")


def check_ratios(evidence: Evidence) -> Iterator[Verdict]:
    """A printed PFS ratio or GMI against the times of its two lines (C32).

    Without a case against the two times as printed: a ratio of rounded numbers.
    """
    for claim in evidence.patients if evidence.derived else evidence.own:
        kind = _RATIOS.get(claim.about.lower())
        if claim.kind in ("score", "count") and kind is not None and claim.line:
            yield _check_ratio(claim, kind, claim.line, evidence)


def _check_ratio(claim: Claim, kind: RatioKind, line: int, evidence: Evidence) -> Verdict:
    try:
        ratio = parse_printed(claim.text)
    except ValueError as fault:
        return not_checkable(claim, str(fault))
    allowed = ratio.span + Span(-ratio.unit / 2, ratio.unit / 2)  # cut, or raised
    times = _printed_times(claim, evidence, "PFS") | _printed_times(claim, evidence, kind.endpoint)
    description = f"printed a {kind.name} of {claim.text}; "
    if line in times and line - 1 in times:
        (over, over_days), (under, under_days) = times[line], times[line - 1]
        computed = quotient(over_days, under_days)
        if computed is not None:
            description += f"{_time(over)} divided by {_time(under)} is {range_text(computed)}"
            return Verdict(claim, compare(computed, allowed), description, others=(over, under))
    if evidence.derived is None:
        return not_checkable(claim, "the times of its two lines are not both printed")
    derived = (r for r in pfs_ratios(evidence.derived) if (r.name, r.line) == (kind.name, line))
    found = next(derived, None)
    if found is None or found.span is None:
        return not_checkable(claim, found.reason if found else f"no {kind.name} of line {line}")
    description += f"the dates of the two lines give {found.description}"
    return Verdict(claim, _ratio_conclusion(found, allowed), description)


def _time(claim: Claim) -> str:
    return f"{claim.kind} of line {claim.line} ({claim.text} {claim.unit})"


def _ratio_conclusion(found: Ratio, allowed: Span) -> Conclusion:
    if found.span is not None and found.lower_bound:
        return Conclusion.CONTRADICTED if allowed.high < found.span.low else Conclusion.POSSIBLE
    conclusions = {compare(part, allowed) for part in found.parts or (allowed,)}
    return conclusions.pop() if len(conclusions) == 1 else Conclusion.POSSIBLE


def _printed_times(
    claim: Claim, evidence: Evidence, endpoint: str
) -> dict[int, tuple[Claim, Span]]:
    """By line, the first printed time of an endpoint and its days; none that is contradicted.

    Of a patient with a case, the days that both the print and some alternative allow.
    """
    printed: list[tuple[Claim, Outcome | None]]
    if evidence.derived is None:
        alike = (each for each in evidence.own if each.group == claim.group and not each.statistic)
        printed = [(each, None) for each in alike]
    else:
        printed = [
            (each.claim, each.outcome)
            for each in judged_durations(evidence, "C01")
            if each.conclusion in (Conclusion.AGREES, Conclusion.POSSIBLE)
        ]
    found: dict[int, tuple[Claim, Span]] = {}
    for each, outcome in printed:
        days = lenient_range(each) if each.kind == endpoint and each.line else None
        if days is not None and each.line:
            found.setdefault(each.line, (each, _allowed(days, outcome)))
    return found


def _allowed(printed_days: Span, outcome: Outcome | None) -> Span:
    """The part of a print that the alternatives allow; the whole print where none does."""
    values = outcome.alternatives if outcome is not None else ()
    parts = [part for each in values if (part := printed_days & each.days) is not None]
    return functools.reduce(Span.hull, parts) if parts else printed_days


RULES = (
    Rule(
        id="C02",
        concern=Concern.FORM,
        checks="the word before a number: nearly, over, more than, within",
        formula="the number without the word is reproduced, with it not",
        severity=Severity.WARNING,
        source="common usage; see timeline/core/printed_numbers.py, HEDGES",
        example_fail="over 22 weeks for 152 days, which are 21.7 weeks",
        example_ok="nearly 22 weeks for the same",
        check=check_hedges,
        uses=("C01", "C27"),
        yields=True,
        supersedes=("C01", "C27"),
    ),
    Rule(
        id="C31",
        concern=Concern.FORM,
        checks="a median or a mean in the report of one patient",
        formula="n = 1; whether the figure itself is right is checked by the other rules",
        severity=Severity.NOTE,
        source="a statistic of a group needs a group",
        example_fail="a median interval of 14 months of one patient",
        example_ok="an interval of 14 months",
        check=check_statistics,
        yields=True,
    ),
    Rule(
        id="C32",
        reproduces=True,
        checks="a printed PFS ratio or growth modulation index",
        formula="time of the line / time of the line before, as ranges; censored: a lower bound",
        severity=Severity.NOTE,
        source="von Hoff 2010, J Clin Oncol 28:4877; Penel 2013, Ann Oncol 24:537",
        example_fail="a PFS ratio of 3 with PFS 8 and 4 months",
        example_ok="a PFS ratio of 2 with PFS 8 and 4 months",
        check=check_ratios,
        uses=("C01",),
        yields=True,
    ),
)
