"""Printed doses of drugs against the dose of the same drug in the case."""

from __future__ import annotations

from fractions import Fraction

from timeline.auditing.compare import Conclusion
from timeline.auditing.patient.treatment.dosing_schedule import days_given
from timeline.auditing.repeated_figures import words
from timeline.auditing.verdict import Verdict
from timeline.core.printed_numbers import Printed, parse_printed
from timeline.core.quantities import UNIT_OF, Quantity, Unit
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.drug_doses import DrugDose
from timeline.record.events import Treatment
from timeline.report.claims import Claim
from timeline.terminology.drugs import drug_named

FAR_FACTOR = 10  # a dose is changed in the course of a treatment, but not so many times
TIMES_A_DAY = (1, 2, 3, 4)  # how often a drug is given in a day
_FILLER_WORDS = frozenset("dose of the drug inhibitor antibody in a an single each".split())  # noqa: SIM905
_PER_DAY = {"dose", "dose per day"}


def check_drug_dose(claim: Claim, derived: DerivedCase) -> Verdict | None:
    """A dose of a drug by its name against those on record of it in the regimens spoken of.

    Only like is held against like: units of one measure, or a dose against one a day. Possible
    where it differs, for doses are changed; contradicted where it is ten times off and more.
    """
    unit = UNIT_OF.get(claim.unit)
    told = _printed_number(claim)
    if unit is None or told is None or not unit.measures.startswith("dose") or claim.group:
        return None
    known = [
        drug for drug in _drugs(claim, derived) if drug.dose and _is_comparable(unit, drug.dose)
    ]
    if not known:
        return None
    on_record = ", ".join(dict.fromkeys(str(each) for each in known))
    description = f"printed {claim.text} {claim.unit}; on record is {on_record}"
    calls = [_compared(told, unit, drug) for drug in known]
    if Conclusion.AGREES in calls:
        return Verdict(claim, Conclusion.AGREES, description)
    far = all(conclusion is Conclusion.CONTRADICTED for conclusion in calls) and not claim.note
    if not far and any(conclusion is None for conclusion in calls):
        return None
    times = f"; {FAR_FACTOR} times off, or more" if far else ""
    conclusion = Conclusion.CONTRADICTED if far else Conclusion.POSSIBLE
    return Verdict(claim, conclusion, description + times)


def _printed_number(claim: Claim) -> Printed | None:
    try:
        return parse_printed(claim.text)
    except ValueError:
        return None


def _drugs(claim: Claim, derived: DerivedCase) -> list[DrugDose]:
    """The drug that a claim names and says no more of, in every regimen that it may speak of."""
    reference = claim.of or (f"line {claim.line}" if claim.line else "")
    try:
        event, _ = derived.case.find(reference)
    except ValueError:
        return []
    if not isinstance(event, Treatment):
        return []
    same = [
        each
        for each in derived.case.all_of(Treatment)
        if each is event or (event.line is not None and each.line == event.line)
    ]
    return [drug for each in same for drug in each.drugs if _names(claim, drug)]


def _names(claim: Claim, drug: DrugDose) -> bool:
    named, agent = words(claim.about) - _FILLER_WORDS, drug_named(claim.about)
    by_list = agent is not None and drug_named(drug.agent) is agent and len(named) == 1
    return by_list or (bool(named) and named == words(drug.agent))


def _is_comparable(unit: Unit, dose: Quantity) -> bool:
    return unit.measures == dose.unit.measures or {unit.measures, dose.unit.measures} == _PER_DAY


def _compared(told: Printed, unit: Unit, drug: DrugDose) -> Conclusion | None:
    """Agrees; contradicted where far off; possible where it differs; None if not like with like.

    Doses that are a day's, or a cycle's, of the one on record are not like it.
    """
    if drug.dose is None:
        return None
    said, known = told.span.times(unit.size), drug.dose.number.span.times(drug.dose.unit.size)
    if said.overlaps(known):
        return Conclusion.AGREES
    days = max(1, len(days_given(drug.days or "")))
    parts = {Fraction(times * more) for times in TIMES_A_DAY for more in (1, days)}
    if any(said.overlaps(known.times(n)) or said.times(n).overlaps(known) for n in parts):
        return None
    hedged = told.hedge or drug.dose.number.hedge
    if not hedged and (said.low >= known.low * FAR_FACTOR or said.low * FAR_FACTOR <= known.low):
        return Conclusion.CONTRADICTED
    return Conclusion.POSSIBLE if unit.measures == drug.dose.unit.measures else None
