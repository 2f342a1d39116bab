"""Printed doses of drugs against the dose of the same drug in the case."""

from __future__ import annotations

from fractions import Fraction

from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.comparison.same_figure import words
from timeline.auditing.patient.named_events import treatment_named
from timeline.auditing.patient.treatment.dosing_schedule import dosing_days
from timeline.auditing.verdict import Verdict
from timeline.core.printed_numbers import Printed, parse_printed
from timeline.core.quantities import UNIT_OF, Quantity, Unit
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.event_parts.drug_doses import DrugDose
from timeline.record.events import Treatment, TreatmentChange
from timeline.report.claims import Claim
from timeline.terminology.drugs import drug_named

FAR_FACTOR = 10  # doses are changed during treatment, but not by this factor
TIMES_A_DAY = (1, 2, 3, 4)  # how often a drug is given in a day
_FILLER_WORDS = frozenset("dose of the drug inhibitor antibody in a an single each".split())  # noqa: SIM905
_PER_DAY = {"dose", "dose per day"}


def check_drug_dose(claim: Claim, derived: DerivedCase) -> Verdict | None:
    """A printed dose of a named drug against its doses on record in the same line.

    Compared are doses in units of one measure, or a dose with a dose per day. Contradicted
    where the print differs; possible where the record leaves the dose open, by a change of it or
    several doses, and the print is less than ten times higher or lower.
    """
    unit = UNIT_OF.get(claim.unit)
    printed = _printed_number(claim)
    if unit is None or printed is None or not unit.measures.startswith("dose") or claim.group:
        return None
    named = _drugs(claim, derived)
    known = [
        (drug, drug.dose) for _, drug in named if drug.dose and _is_comparable(unit, drug.dose)
    ]
    if not known:
        return None
    on_record = ", ".join(dict.fromkeys(str(drug) for drug, _ in known))
    description = f"printed {claim.text} {claim.unit}; on record is {on_record}"
    conclusions = [_compared(printed, unit, dose, drug.days or "") for drug, dose in known]
    if Conclusion.AGREES in conclusions:
        places = {regimen.place for regimen, _ in named}
        place = places.pop() if len(places) == 1 else ""
        return Verdict(claim, Conclusion.AGREES, description, record_place=place)
    far = set(conclusions) == {Conclusion.CONTRADICTED} and not claim.note
    differs = set(conclusions) <= {Conclusion.CONTRADICTED, Conclusion.POSSIBLE}
    if differs and not claim.note and not _may_have_changed(claim, printed, known, derived):
        return _other_dose(claim, description, on_record)
    if not far and None in conclusions:
        return None
    times = f"; {FAR_FACTOR} times off, or more" if far else ""
    conclusion = Conclusion.CONTRADICTED if far else Conclusion.POSSIBLE
    return Verdict(
        claim,
        conclusion,
        description + times,
        recorded=f"on record is {on_record}",
        expected=on_record if conclusion is Conclusion.CONTRADICTED else "",
    )


def _other_dose(claim: Claim, description: str, on_record: str) -> Verdict:
    """The verdict on a dose that the record has nowhere, and leaves no room for."""
    return Verdict(
        claim,
        Conclusion.CONTRADICTED,
        f"{description}, and no change of its dose",
        recorded=f"on record is {on_record}",
        expected=on_record,
    )


def _may_have_changed(
    claim: Claim,
    printed: Printed,
    known: list[tuple[DrugDose, Quantity]],
    derived: DerivedCase,
) -> bool:
    """Whether the record leaves the dose open: a hedge, several doses, or a change of the dose.

    A dose of another measure, or per day, may be given in parts.
    """
    named = treatment_named(claim, derived)
    of = (named.line, named.setting) if named else (None, "")
    changes = [
        each
        for each in derived.case.all_of(TreatmentChange)
        if each.is_of(*of) or (each.line is None and not each.setting)
    ]
    units = {UNIT_OF[claim.unit].measures, *(dose.unit.measures for _, dose in known)}
    hedged = printed.value is None or any(dose.number.value is None for _, dose in known)
    return bool(changes) or hedged or len(known) > 1 or len(units) > 1


def _printed_number(claim: Claim) -> Printed | None:
    try:
        return parse_printed(claim.text)
    except ValueError:
        return None


def _drugs(claim: Claim, derived: DerivedCase) -> list[tuple[Treatment, DrugDose]]:
    """The drug that a claim names without further words, in each regimen of the line it names."""
    named = treatment_named(claim, derived)
    if named is None:
        return []
    regimens = [
        each
        for each in derived.case.all_of(Treatment)
        if each is named or (named.line is not None and each.line == named.line)
    ]
    return [(each, drug) for each in regimens for drug in each.drugs if _names(claim, drug)]


def _names(claim: Claim, drug: DrugDose) -> bool:
    name, agent = words(claim.about) - _FILLER_WORDS, drug_named(claim.about)
    in_table = agent is not None and drug_named(drug.agent) is agent and len(name) == 1
    return in_table or (bool(name) and name == words(drug.agent))


def _is_comparable(unit: Unit, dose: Quantity) -> bool:
    return unit.measures == dose.unit.measures or {unit.measures, dose.unit.measures} == _PER_DAY


def _compared(printed: Printed, unit: Unit, recorded: Quantity, days: str) -> Conclusion | None:
    """Agrees; contradicted where far off; possible where it differs; None if not comparable.

    A dose per day or per cycle is not comparable with the single dose on record: ``days`` are the
    dosing days of a cycle on record.
    """
    dose, known = printed.span.times(unit.size), recorded.number.span.times(recorded.unit.size)
    if dose.overlaps(known):
        return Conclusion.AGREES
    in_cycle = max(1, len(dosing_days(days)))
    multiples = {Fraction(times * each) for times in TIMES_A_DAY for each in (1, in_cycle)}
    if any(dose.overlaps(known.times(n)) or dose.times(n).overlaps(known) for n in multiples):
        return None
    hedged = printed.hedge or recorded.number.hedge
    if not hedged and (dose.low >= known.low * FAR_FACTOR or dose.low * FAR_FACTOR <= known.low):
        return Conclusion.CONTRADICTED
    return Conclusion.POSSIBLE if unit.measures == recorded.unit.measures else None
