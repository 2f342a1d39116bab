"""What a single patient can have: no median, a ratio of two times, a hedge that points one way."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import attrs

from timeline.auditing.compare import Conclusion, compare
from timeline.auditing.patient.durations.conventions import in_days
from timeline.auditing.patient.durations.printed_figures import lenient_range, printed_figures
from timeline.auditing.rule import Evidence, Rule, Severity
from timeline.auditing.verdict import Verdict, not_checkable
from timeline.core.durations import days_per, rounded
from timeline.core.printed_numbers import Printed, parse_printed
from timeline.core.span import Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.endpoints.ratios import RATIOS, Ratio, pfs_ratios, quotient
from timeline.report.claims import Claim
from timeline.results.outcome import Outcome

OF_A_GROUP = ("median", "mean")


def check_statistics(evidence: Evidence) -> Iterator[Verdict]:
    """A median or a mean of the one patient that the report describes (C31)."""
    for claim in evidence.patients:
        if claim.statistic in OF_A_GROUP:
            description = (
                f"printed {claim.text} {claim.unit} as a {claim.statistic}, of one patient"
            )
            yield Verdict(claim, Conclusion.CONTRADICTED, description.replace("  ", " "))


def check_hedges(evidence: Evidence) -> Iterator[Verdict]:
    """A print whose number the dates give, and whose word points the other way (C02)."""
    for verdict in evidence.given_by("C01", "C27"):
        claim, outcome = verdict.claim, verdict.outcome
        if verdict.conclusion is not Conclusion.CONTRADICTED or outcome is None:
            continue
        plain = _unhedged(claim)
        days = None if plain is None else in_days(plain.span, days_per(claim.unit))
        meets = days and any(each.days.overlaps(days) for each in outcome.alternatives)
        if plain is not None and meets:
            word = claim.printed.hedge.name if claim.printed and claim.printed.hedge else ""
            description = (
                f"{verdict.description}; {plain.text} would agree, but {word!r} contradicts it"
            )
            yield attrs.evolve(verdict, description=description, explanations=(), tried=0, notes=())


def _unhedged(claim: Claim) -> Printed | None:
    """The number of a print whose hedge leaves one side open."""
    if claim.printed is None or claim.printed.hedge is None:
        return None
    word = next((w for w in sorted(claim.printed.hedge.words, key=len, reverse=True)
                 if claim.text.lower().startswith(w)), "")  # fmt: skip
    number = claim.text[len(word) :].strip().rstrip("+")
    return parse_printed(number) if number else None


def check_ratios(evidence: Evidence) -> Iterator[Verdict]:
    """A printed PFS ratio or GMI against the times of its two lines (C32).

    Without a case against the two times as printed: a ratio of rounded numbers.
    """
    names = {row.name.lower(): row.name for row in RATIOS}
    for claim in evidence.patients if evidence.derived else evidence.own:
        name = names.get(claim.about.lower())
        if claim.kind in ("score", "count") and name and claim.line:
            yield _ratio(claim, name, evidence, evidence.derived)


def _ratio(claim: Claim, name: str, evidence: Evidence, derived: DerivedCase | None) -> Verdict:
    try:
        ratio = parse_printed(claim.text)
    except ValueError as fault:
        return not_checkable(claim, str(fault))
    wanted = ratio.span + Span(-ratio.unit / 2, ratio.unit / 2)  # cut, or raised
    endpoint = next(row.endpoint for row in RATIOS if row.name == name)
    times = _printed_times(claim, evidence, "PFS") | _printed_times(claim, evidence, endpoint)
    over, under = times.get(claim.line or 0), times.get((claim.line or 0) - 1)
    told = quotient(over[1], under[1]) if over and under else None
    if told is not None and over and under:
        description = f"printed a {name} of {claim.text}; {_time(over[0])} divided by "
        description += f"{_time(under[0])} is {_ends(told)}"
        others = (over[0], under[0])
        return Verdict(claim, compare(told, wanted), description, others=others)
    if derived is None:
        return not_checkable(claim, "the times of its two lines are not both printed")
    found = next((r for r in pfs_ratios(derived) if (r.name, r.line) == (name, claim.line)), None)
    if found is None or found.span is None:
        return not_checkable(claim, found.reason if found else f"no {name} of line {claim.line}")
    description = (
        f"printed a {name} of {claim.text}; the dates of the two lines give {found.description}"
    )
    return Verdict(claim, _ratio_conclusion(found, wanted), description)


def _time(claim: Claim) -> str:
    return f"{claim.kind} of line {claim.line} ({claim.text} {claim.unit})"


def _ratio_conclusion(found: Ratio, wanted: Span) -> Conclusion:
    if found.span is None or not found.lower_bound:
        calls = {compare(part, wanted) for part in found.parts or (wanted,)}
        if len(calls) == 1:
            return calls.pop()
        return Conclusion.POSSIBLE
    return Conclusion.CONTRADICTED if wanted.high < found.span.low else Conclusion.POSSIBLE


def _printed_times(
    claim: Claim, evidence: Evidence, endpoint: str
) -> dict[int, tuple[Claim, Span]]:
    """The printed time of each line and its days; none that the dates contradict.

    Of a patient with a case, the days that both the print and some alternative allow.
    """
    given: list[tuple[Claim, Outcome | None]]
    if evidence.derived is None:
        alike = (each for each in evidence.own if each.group == claim.group and not each.statistic)
        given = [(each, None) for each in alike]
    else:
        held = (
            each for each in printed_figures(evidence, "C01") if each.verdict.outcome is not None
        )
        given = [
            (each.claim, each.verdict.outcome)
            for each in held
            if each.verdict.conclusion in (Conclusion.AGREES, Conclusion.POSSIBLE)
        ]
    found: dict[int, tuple[Claim, Span]] = {}
    for each, outcome in given:
        days = lenient_range(each) if each.kind == endpoint and each.line and each.printed else None
        if days is not None and each.line:
            found.setdefault(each.line, (each, _allowed(days, outcome)))
    return found


def _allowed(printed_days: Span, outcome: Outcome | None) -> Span:
    """The part of a print that the alternatives allow; the whole print where none does."""
    values = outcome.alternatives if outcome is not None else ()
    parts = [part for each in values if (part := printed_days & each.days) is not None]
    return functools.reduce(Span.hull, parts) if parts else printed_days


def _ends(span: Span) -> str:
    low, high = rounded(span.low), rounded(span.high)
    return low if low == high else f"{low} to {high}"


RULES = (
    Rule(
        id="C02",
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
        checks="a median or a mean in the report of one patient",
        formula="n = 1",
        severity=Severity.ERROR,
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
