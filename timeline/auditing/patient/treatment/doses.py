"""Doses, routes and schedules of drugs against how they are usually given."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from timeline.auditing.compare import Conclusion
from timeline.auditing.patient.treatment.dose_errors import Dose, explain_dose
from timeline.auditing.patient.treatment.dosing_schedule import cycle_days, days_given
from timeline.auditing.repeated_figures import words
from timeline.auditing.rule import Evidence, Rule, Severity, check_each
from timeline.auditing.verdict import Verdict, not_checkable
from timeline.core.durations import rounded
from timeline.core.printed_numbers import Printed, parse_printed
from timeline.core.quantities import UNIT_OF, Unit
from timeline.core.span import Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import Treatment
from timeline.report.claims import Claim
from timeline.terminology.drugs import DrugEntry, drug_named, drug_table

PER_CYCLE = "/cycle"
DAYS_IN_CYCLE = 5  # the most days on which one cycle gives a drug of the table by infusion
FAR = 10  # a dose this many times beyond what is usual is a slip, not a choice
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
    """Each dose, route and day of a drug of the table against its usual ones."""
    named = [(claim, _agent(claim, evidence.derived)) for claim in evidence.report.claims]
    known = [(claim, agent) for claim, agent in named if agent is not None and agent.usual]
    told = [(claim, agent, _doses_of(claim, agent)) for claim, agent in known]
    doses = tuple(dose for _, _, dose in told if isinstance(dose, Dose))
    for claim, agent, dose in told:
        if isinstance(dose, Dose):
            yield _dose(dose, doses)
        elif claim.kind == "dose":
            yield not_checkable(claim, dose)
        elif claim.kind == "name" and "route" in words(claim.about):
            yield _route(claim, agent)


def _agent(claim: Claim, derived: DerivedCase | None) -> DrugEntry | None:
    """The drug that a claim names, or the only one of the treatment that it speaks of."""
    named = drug_named(claim.about)
    if named is not None or derived is None or claim.kind != "dose" or claim.study:
        return named
    treatment = treatment_of(claim, derived)
    drugs = treatment.drugs if treatment else ()
    return drug_named(drugs[0].agent) if len(drugs) == 1 else None


def treatment_of(claim: Claim, derived: DerivedCase) -> Treatment | None:
    """The treatment that a claim speaks of, by ``of`` or by its line."""
    reference = claim.of or (f"line {claim.line}" if claim.line else "")
    try:
        event, _ = derived.case.find(reference)
    except ValueError:
        return None
    return event if isinstance(event, Treatment) else None


def _doses_of(claim: Claim, agent: DrugEntry) -> Dose | str:
    """A printed dose as a number and a unit; why not, where it is none."""
    if claim.kind != "dose":
        return "no dose"
    per_cycle = claim.unit.endswith(PER_CYCLE)
    unit = UNIT_OF.get(claim.unit.removesuffix(PER_CYCLE))
    try:
        amount = parse_printed(claim.text).span
    except ValueError as fault:
        return str(fault)
    if unit is None or not unit.measures.startswith("dose"):
        return f"not a unit of a single dose: {claim.unit!r}"
    if _usual_text(agent, unit) is None:
        return f"no usual dose of {agent.name} in {unit.name} is known here"
    times = DAYS_IN_CYCLE if per_cycle else 1
    return Dose(claim=claim, agent=agent, amount=amount, unit=unit, times=times)


def _dose(dose: Dose, other_doses: tuple[Dose, ...]) -> Verdict:
    claim, agent, unit = dose.claim, dose.agent, dose.unit
    usual, direct = _usual_text(agent, unit) or (Span(0, 0), False)
    usual = Span(usual.low, usual.high * dose.times)
    description = (
        f"printed {claim.text} {claim.unit} of {agent.name}; usual are "
        f"{_in(usual, unit)} {unit.name} ({agent.source})"
    )
    if direct and dose.given.overlaps(usual):
        return Verdict(claim, Conclusion.AGREES, description)
    explained, tried = explain_dose(dose, other_doses)
    notes: tuple[str, ...] = ()
    if explained:
        notes = (
            f"reproduced by {'; by '.join(each.description for each in explained)}",
            f"{len(explained)} of {tried} other readings tried are usual",
        )
    far = dose.given.low > usual.high * FAR or dose.given.high < usual.low / FAR
    why = "outside of that" if direct else f"it is usually given in {_units(agent)}"
    description += f"; more than {FAR} times off" if far else f"; {why}"
    return Verdict(
        claim,
        _departure(agent) if far else Conclusion.POSSIBLE,
        description,
        notes=notes,
        explanations=explained,
        tried=tried,
    )


def _departure(agent: DrugEntry) -> Conclusion:
    """What a print says that departs from a row; a row that nobody confirmed never contradicts."""
    return Conclusion.CONTRADICTED if agent.confirmed else Conclusion.POSSIBLE


def _usual_text(agent: DrugEntry, unit: Unit) -> tuple[Span, bool] | None:
    """The usual doses by what a unit measures, in mg; and whether the table says so itself.

    Of a drug dosed by surface or weight, a flat dose is what an adult of any size would get.
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


def _in(usual: Span, unit: Unit) -> str:
    low, high = (Fraction(end) / unit.size for end in (usual.low, usual.high))
    ends = [f"{float(each):g}" if each < 1 else rounded(each, 1).removesuffix(".0")
            for each in (low, high)]  # fmt: skip
    return ends[0] if low == high else f"{ends[0]} to {ends[1]}"


def _units(agent: DrugEntry) -> str:
    names = {"dose": "mg", "dose per surface": "mg/m²", "dose per weight": "mg/kg"}
    return " or ".join(names[what] for what, _, _ in agent.usual)


def _route(claim: Claim, agent: DrugEntry) -> Verdict:
    said = words(claim.text)
    route = next((name for name, known in _ROUTE_WORDS.items() if said.intersection(known)), "")
    if not route:
        return not_checkable(claim, f"not a route: {claim.text!r}")
    usual = " or ".join(agent.routes)
    description = f"printed {claim.text}; {agent.name} is given {usual} ({agent.source})"
    conclusion = Conclusion.AGREES if route in agent.routes else _departure(agent)
    return Verdict(claim, conclusion, description)


def check_schedule(claim: Claim, derived: DerivedCase) -> Verdict | None:
    """Days of a cycle within its length; a printed length of a cycle as on record."""
    treatment = treatment_of(claim, derived)
    length = treatment.cycle.exact if treatment and treatment.cycle else None
    if treatment is None or length is None:
        return None
    days, cycle = days_given(claim.text), cycle_days(claim.text)
    if cycle is not None and not days:
        description = f"printed {claim.text}; a cycle of {treatment.label} is {treatment.cycle}"
        apart = treatment.cycle is not None and cycle != length
        if apart and len(treatment.drugs) > 1 and not words(claim.about) <= _OF_THE_REGIMEN:
            return None  # the drugs of a combination may have cycles of their own
        return Verdict(claim, Conclusion.CONTRADICTED if apart else Conclusion.AGREES, description)
    if not days:
        return None
    description = (
        f"printed {claim.text}; the last day is {days[-1]} of a cycle of {treatment.cycle}"
    )
    conclusion = Conclusion.AGREES if days[-1] <= length else Conclusion.CONTRADICTED
    return Verdict(claim, conclusion, description)


def check_printed_cycles(evidence: Evidence) -> Iterator[Verdict]:
    """Days of a cycle within the only length of a cycle that is printed of the same patients.

    Of a report without a patient, or of a cited study.
    """
    told = [each for each in evidence.report.claims if each.kind == "schedule"]
    loose = [each for each in told if each.study or evidence.derived is None]
    lengths = [each for each in loose if "cycle" in words(each.about) and cycle_days(each.text)]
    for claim in loose:
        days = days_given(claim.text)
        mine = [each for each in lengths if (each.study, each.group) == (claim.study, claim.group)]
        if days and len({cycle_days(each.text) for each in mine}) == 1:
            length = cycle_days(mine[0].text) or 0
            conclusion = Conclusion.AGREES if days[-1] <= length else Conclusion.CONTRADICTED
            description = (
                f"printed {claim.text}; the last day is {days[-1]} of a cycle of {length} days"
            )
            yield Verdict(claim, conclusion, description, others=tuple(mine))


def check_totals(evidence: Evidence) -> Iterator[Verdict]:
    """The dose of a drug over all its cycles against what its label sets for a life."""
    doses = [each for each in evidence.patients if each.kind == "dose"]
    for agent in drug_table().values():
        named = [each for each in doses if drug_named(each.about) is agent]
        if agent.lifetime and named and evidence.derived is not None:
            yield _total(named, agent, agent.lifetime, evidence.derived)


def _total(
    claims: list[Claim], agent: DrugEntry, lifetime: Fraction, derived: DerivedCase
) -> Verdict:
    total, unknown = Fraction(0), []
    for treatment in derived.case.all_of(Treatment):
        for drug in treatment.drugs:
            if drug_named(drug.agent) is not agent:
                continue
            dose = drug.dose.exact if drug.dose else None
            cycles = _at_least(treatment.cycles)
            if dose is None or not cycles:
                unknown.append(treatment.label)
            else:
                total += dose * cycles * max(1, len(days_given(drug.days or "")))
    description = f"{agent.name}: at least {rounded(total, 0)} mg/m² in all on record"
    description += (
        f", without {', '.join(unknown)} (doses or cycles not printed)" if unknown else ""
    )
    description += f"; the label warns above {rounded(lifetime, 0)} ({agent.source})"
    conclusion = Conclusion.POSSIBLE if total > lifetime else Conclusion.AGREES
    return Verdict(claims[0], conclusion, description, others=tuple(claims[1:]))


def _at_least(cycles: int | Printed | None) -> int:
    """The fewest cycles that a record allows; 0 where it says none."""
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
        checks="dose, unit, route and days of a drug against how it is usually given",
        formula="contradicted where a dose is more than 10 times beyond the usual ones, the route "
        "is none of the label, or a day lies beyond the cycle; possible where unusual",
        severity=Severity.ERROR,
        source="labels and standard regimens, by drug (timeline/auditing/patient/agents.py)",
        example_fail="envafolimab by vein, which is given under the skin only",
        example_ok="gemcitabine 1000 mg/m² on days 1 and 8",
        check=_check_usual_treatment,
        yields=True,
    ),
    Rule(
        id="C15",
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
