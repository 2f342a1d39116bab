"""Doses, routes and schedules of drugs against how they are usually given."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.comparison.same_figure import words
from timeline.auditing.patient.named_events import treatment_named
from timeline.auditing.patient.treatment.dose_errors import Dose, explain_dose
from timeline.auditing.patient.treatment.dosing_schedule import cycle_days, dosing_days
from timeline.auditing.patient.treatment.printed_doses import printed_dose
from timeline.auditing.patient.treatment.recorded_drugs import own_interval
from timeline.auditing.rule import Concern, Evidence, Rule, Severity, check_each
from timeline.auditing.verdict import Verdict, not_checkable
from timeline.core.calendar.durations import rounded, rounded_down
from timeline.core.printed_numbers import Printed
from timeline.core.quantities import UNIT_OF, Unit
from timeline.core.span import Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import Treatment
from timeline.report.claims import Claim
from timeline.terminology.drugs import DrugEntry, drug_named, drug_table

DAYS_IN_CYCLE = 5  # the most days on which one cycle gives a drug of the table by infusion
FAR = 10  # a dose this many times beyond what is usual is an error, not a choice
SURFACE = Span(Fraction("1.2"), Fraction("2.4"))  # m² of adults
WEIGHT = Span(35, 150)  # kg of adults
_ROUTE_WORDS = {
    "IV": ("iv", "intravenous", "intravenously", "infusion"),
    "oral": ("oral", "orally", "po", "mouth"),
    "SC": ("sc", "subcutaneous", "subcutaneously"),
    "IM": ("im", "intramuscular", "intramuscularly"),
    "intrathecal": ("intrathecal", "intrathecally"),
}
_MEASURES = {"dose per day": "dose"}
_OF_THE_REGIMEN = frozenset({"length", "duration", "of", "a", "the", "each", "one", "cycle"})


def check_doses(evidence: Evidence) -> Iterator[Verdict]:
    """Each printed dose and route of a drug of the table against its usual ones."""
    every = [(claim, _agent(claim, evidence.derived)) for claim in evidence.report.claims]
    known = [(claim, agent) for claim, agent in every if agent is not None and agent.usual]
    parsed = [(claim, agent, _parse_dose(claim, agent)) for claim, agent in known]
    doses = tuple(dose for _, _, dose in parsed if isinstance(dose, Dose))
    for claim, agent, dose in parsed:
        if isinstance(dose, Dose):
            yield _check_dose(dose, doses)
        elif claim.kind == "dose":
            yield not_checkable(claim, dose)
        elif claim.kind == "name" and "route" in words(claim.about):
            yield _check_route(claim, agent)


def _agent(claim: Claim, derived: DerivedCase | None) -> DrugEntry | None:
    """The drug that a claim names, or the only one of the treatment that it names."""
    agent = drug_named(claim.about)
    if agent is not None or derived is None or claim.kind != "dose" or claim.study:
        return agent
    treatment = treatment_named(claim, derived)
    drugs = treatment.drugs if treatment else ()
    return drug_named(drugs[0].agent) if len(drugs) == 1 else None


def _parse_dose(claim: Claim, agent: DrugEntry) -> Dose | str:
    """A printed dose as a number and a unit; the fault where it cannot be compared."""
    if claim.kind != "dose":
        return "no dose"
    printed = printed_dose(claim)
    if isinstance(printed, str):
        return printed
    if _usual_doses(agent, printed.unit) is None:
        return f"no usual dose of {agent.name} in {printed.unit.name} is known here"
    times = DAYS_IN_CYCLE if printed.timing.of_a_cycle else 1
    amount = printed.number.span
    return Dose(claim=claim, agent=agent, amount=amount, unit=printed.unit, times=times)


def _check_dose(dose: Dose, other_doses: tuple[Dose, ...]) -> Verdict:
    claim, agent, unit = dose.claim, dose.agent, dose.unit
    usual, direct = _usual_doses(agent, unit) or (Span(0, 0), False)
    usual = Span(usual.low, usual.high * dose.times)
    usual_text = f"{_amount_text(usual, unit)} {unit.name}"
    description = (
        f"printed {claim.text} {claim.unit} of {agent.name}; usual are {usual_text} "
        f"({agent.source})"
    )
    if direct and dose.in_mg.overlaps(usual):
        return Verdict(claim, Conclusion.AGREES, description)
    by_weight = _flat_by_weight(agent, unit)
    if by_weight is not None:
        usual = usual.hull(Span(by_weight.low, by_weight.high * dose.times))
        description += f"; {_by_weight_text(agent, by_weight, unit)}"
        if dose.in_mg.overlaps(usual):
            return Verdict(claim, Conclusion.CONSISTENT, description)
    explained, tried = explain_dose(dose, other_doses)
    notes: tuple[str, ...] = ()
    if explained:
        notes = (
            f"reproduced by {'; by '.join(each.description for each in explained)}",
            f"{len(explained)} of {tried} other interpretations tried are usual doses",
        )
    far = dose.in_mg.low > usual.high * FAR or dose.in_mg.high < usual.low / FAR
    why = "outside of that" if direct else f"it is usually given in {_units_text(agent)}"
    description += f"; more than {FAR} times off" if far else f"; {why}"
    return Verdict(
        claim,
        _beyond_table(agent) if far else Conclusion.POSSIBLE,
        description,
        recorded=f"usual are {usual_text} of {agent.name}",
        expected=explained[0].description if explained else f"a dose of {usual_text}",
        notes=notes,
        explanations=explained,
        tried=tried,
    )


def _beyond_table(agent: DrugEntry) -> Conclusion:
    """The conclusion where a print differs from a row; an unconfirmed row never contradicts."""
    return Conclusion.CONTRADICTED if agent.confirmed else Conclusion.POSSIBLE


def _usual_doses(agent: DrugEntry, unit: Unit) -> tuple[Span, bool] | None:
    """The usual doses in mg, mg/m² or mg/kg, and whether the table gives them by that measure.

    Else a flat dose is converted to one by surface or weight, or the reverse, for an adult of any
    size. None where the table has no dose to convert.
    """
    usual = {what: Span(low, high) for what, low, high in agent.usual}
    measures = _MEASURES.get(unit.measures, unit.measures)
    if measures in usual:
        return usual[measures], True
    for what, body in (("dose per surface", SURFACE), ("dose per weight", WEIGHT)):
        if what in usual and measures == "dose":
            low, high = usual[what].low, usual[what].high
            return Span(low * body.low, high * body.high), False
        if measures == what and "dose" in usual:
            low, high = usual["dose"].low, usual["dose"].high
            return Span(Fraction(low) / body.high, Fraction(high) / body.low), False
    return None


def _flat_by_weight(agent: DrugEntry, unit: Unit) -> Span | None:
    """The flat doses in mg of a drug that is given by weight as well, for an adult of any weight.

    A report may print the dose of one patient in mg. None of a drug that has no such doses; where
    doses by surface and flat ones are given, the flat ones are the limit of the others.
    """
    usual = {what: Span(low, high) for what, low, high in agent.usual}
    measures = _MEASURES.get(unit.measures, unit.measures)
    if measures != "dose" or not {"dose", "dose per weight"} <= usual.keys():
        return None
    low, high = usual["dose per weight"].low, usual["dose per weight"].high
    return Span(low * WEIGHT.low, high * WEIGHT.high)


def _by_weight_text(agent: DrugEntry, by_weight: Span, unit: Unit) -> str:
    """``or 1 to 10 mg/kg, which is 35 to 1500 mg in adults of 35 to 150 kg``."""
    low, high = next(ends for what, *ends in agent.usual if what == "dose per weight")
    per_kg = _amount_text(Span(low, high), UNIT_OF["mg/kg"])
    adults = f"adults of {WEIGHT.low} to {WEIGHT.high} kg"
    return f"or {per_kg} mg/kg, which is {_amount_text(by_weight, unit)} {unit.name} in {adults}"


def _amount_text(usual: Span, unit: Unit) -> str:
    low, high = (Fraction(end) / unit.size for end in (usual.low, usual.high))
    ends = [f"{float(each):g}" if each < 1 else rounded(each, 1).removesuffix(".0")
            for each in (low, high)]  # fmt: skip
    return ends[0] if low == high else f"{ends[0]} to {ends[1]}"


def _units_text(agent: DrugEntry) -> str:
    names = {"dose": "mg", "dose per surface": "mg/m²", "dose per weight": "mg/kg"}
    return " or ".join(names[what] for what, _, _ in agent.usual)


def _check_route(claim: Claim, agent: DrugEntry) -> Verdict:
    printed = words(claim.text)
    route = next((name for name, known in _ROUTE_WORDS.items() if printed.intersection(known)), "")
    if not route:
        return not_checkable(claim, f"not a route: {claim.text!r}")
    usual = " or ".join(agent.routes)
    description = f"printed {claim.text}; {agent.name} is given {usual} ({agent.source})"
    conclusion = Conclusion.AGREES if route in agent.routes else _beyond_table(agent)
    recorded = f"{agent.name} is given {usual}"
    return Verdict(claim, conclusion, description, recorded=recorded, expected=usual)


def check_schedule(claim: Claim, derived: DerivedCase) -> Verdict | None:
    """Printed dosing days within the cycle on record; a printed length of a cycle as on record."""
    treatment = treatment_named(claim, derived)
    length = treatment.cycle.exact if treatment and treatment.cycle else None
    if treatment is None or length is None:
        return None
    days, cycle = dosing_days(claim.text), cycle_days(claim.text)
    if days:
        return _within_cycle(claim, days[-1], length, str(treatment.cycle))
    if cycle is None or own_interval(claim, derived):  # C38 compares it with its own
        return None
    differs = cycle != length
    if differs and len(treatment.drugs) > 1 and not words(claim.about) <= _OF_THE_REGIMEN:
        return None  # the drugs of a combination may have cycles of their own
    description = f"printed {claim.text}; a cycle of {treatment.label} is {treatment.cycle}"
    return Verdict(
        claim,
        Conclusion.CONTRADICTED if differs else Conclusion.AGREES,
        description,
        recorded=f"a cycle of {treatment.label} is {treatment.cycle}",
        expected=str(treatment.cycle),
    )


def _within_cycle(claim: Claim, last: int, length: Fraction, cycle: str, *others: Claim) -> Verdict:
    """Whether the last dosing day lies within a cycle; ``length`` in days, ``cycle`` in words."""
    description = f"printed {claim.text}; the last day is {last} of a cycle of {cycle}"
    conclusion = Conclusion.AGREES if last <= length else Conclusion.CONTRADICTED
    return Verdict(claim, conclusion, description, others=others)


def check_printed_cycles(evidence: Evidence) -> Iterator[Verdict]:
    """Printed dosing days within the only printed length of a cycle of the same patients.

    Of a report without a patient, or of a cited study.
    """
    schedules = [
        each
        for each in evidence.report.claims
        if each.kind == "schedule" and (each.study or evidence.derived is None)
    ]
    of_cycles = [each for each in schedules if "cycle" in words(each.about)]
    cycles = [(each, length) for each in of_cycles if (length := cycle_days(each.text))]
    for claim in schedules:
        days = dosing_days(claim.text)
        same = [each for each in cycles
                if (each[0].study, each[0].group) == (claim.study, claim.group)]  # fmt: skip
        if days and len({length for _, length in same}) == 1:
            length = same[0][1]
            others = (each for each, _ in same)
            yield _within_cycle(claim, days[-1], length, f"{length} days", *others)


def check_totals(evidence: Evidence) -> Iterator[Verdict]:
    """The cumulative dose of a drug against the lifetime limit of its label."""
    doses = [each for each in evidence.patients if each.kind == "dose"]
    for agent in drug_table().values():
        claims = [each for each in doses if drug_named(each.about) is agent]
        if agent.lifetime and claims and evidence.derived is not None:
            yield _check_total(claims, agent, agent.lifetime, evidence.derived)


def _check_total(
    claims: list[Claim], agent: DrugEntry, lifetime: Fraction, derived: DerivedCase
) -> Verdict:
    total, unknown = Fraction(0), []
    for treatment in derived.case.all_of(Treatment):
        for drug in treatment.drugs:
            if drug_named(drug.agent) is not agent:
                continue
            dose = drug.dose.exact if drug.dose else None
            cycles = _least_cycles(treatment.cycles)
            if dose is None or not cycles:
                unknown.append(treatment.label)
            else:
                total += dose * cycles * max(1, len(dosing_days(drug.days or "")))
    without = f", without {', '.join(unknown)} (doses or cycles not printed)" if unknown else ""
    description = (
        f"{agent.name}: at least {rounded_down(total, 0)} mg/m² in all on record{without}; "
        f"the label warns above {rounded(lifetime, 0)} ({agent.source})"
    )
    conclusion = Conclusion.POSSIBLE if total > lifetime else Conclusion.AGREES
    return Verdict(claims[0], conclusion, description, others=tuple(claims[1:]))


def _least_cycles(cycles: int | Printed | None) -> int:
    """The fewest cycles that a record allows; 0 where none are recorded."""
    if not isinstance(cycles, Printed):
        return cycles or 0
    low = cycles.span.low
    return 0 if isinstance(low, float) else math.ceil(low)


_check_schedules = check_each(("schedule",), check_schedule)


def _check_usual_treatment(evidence: Evidence) -> Iterator[Verdict]:
    """Doses and routes, schedules, and lengths of cycles, against how a drug is usually given."""
    yield from check_doses(evidence)
    yield from _check_schedules(evidence)
    yield from check_printed_cycles(evidence)


RULES = (
    Rule(
        id="C13",
        concern=Concern.DATE,
        checks="dose, unit, route and days of a drug against how it is usually given",
        formula="contradicted where a dose is more than 10 times beyond the usual ones, the route "
        "is none of the label, or a day lies beyond the cycle; possible where unusual",
        severity=Severity.ERROR,
        source="labels and standard regimens, by drug, as in the list of drugs",
        example_fail="envafolimab by vein, which is given under the skin only",
        example_ok="gemcitabine 1000 mg/m² on days 1 and 8",
        check=_check_usual_treatment,
        yields=True,
    ),
    Rule(
        id="C15",
        concern=Concern.DATE,
        checks="the dose of a drug over all its cycles against the limit of a life",
        formula="sum of dose x days x cycles on record is at most the dose the label warns above",
        severity=Severity.NOTE,
        source="labels: doxorubicin 550 mg/m², epirubicin 900, daunorubicin 550, mitoxantrone 140",
        example_fail="doxorubicin 75 mg/m² for eight cycles: 600 mg/m²",
        example_ok="the same for five cycles: 375 mg/m²",
        check=check_totals,
        yields=True,
    ),
)
