"""Printed doses and schedules of drugs against those of the same drug in the case."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import attrs

from timeline.auditing.comparison.compare import BEST_FIRST, Conclusion
from timeline.auditing.comparison.same_figure import words
from timeline.auditing.patient.named_events import treatment_named
from timeline.auditing.patient.treatment.dose_timing import DoseTiming, dose_timing
from timeline.auditing.patient.treatment.printed_doses import (
    TimedDose,
    printed_dose,
    recorded_dose,
)
from timeline.auditing.verdict import Verdict
from timeline.core.quantities import Quantity
from timeline.core.span import Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.event_parts.drug_doses import DrugDose
from timeline.record.events import Treatment, TreatmentChange
from timeline.report.claims import Claim
from timeline.terminology.drugs import drug_named

FAR_FACTOR = 10  # doses are changed during treatment, but not by this factor
MOST_A_DAY = 4  # how often a drug is given in a day at most, where the table does not say it
MOST_A_CYCLE = 28  # doses of a cycle at most, where the record does not state its dosing days
_FILLER_WORDS = frozenset("dose of the drug inhibitor antibody in a an single each".split())  # noqa: SIM905


@attrs.frozen(kw_only=True)
class DoseComparison:
    """How a printed dose compares with one on record, and in words what that rests on."""

    conclusion: Conclusion
    why: str = ""
    far: bool = False


def check_drug_dose(claim: Claim, derived: DerivedCase) -> Verdict | None:
    """A printed dose of a named drug against its doses on record in the same line.

    Compared are doses of one measure (mg, mg/m² ..), single or of a day. Possible where a dose of
    a day, or of a cycle, may stand for a single one; contradicted where the print differs in every
    such reading. Possible and no more where the record leaves the dose open, by a change of it or
    several doses, and the print is less than ten times higher or lower.
    """
    printed = printed_dose(claim)
    if isinstance(printed, str) or claim.group:
        return None
    named = _drugs(claim, derived)
    known = [
        (drug, dose)
        for regimen, drug in named
        if drug.dose and (dose := _on_record(regimen, drug, drug.dose)).measures == printed.measures
    ]
    if not known:
        return None
    on_record = ", ".join(
        dict.fromkeys(f"{drug}{_cycle_text(drug, regimen)}" for regimen, drug in named)
    )
    description = f"printed {claim.figure}; on record is {on_record}"
    found = [compared(printed, dose, _most_a_day(claim, drug)) for drug, dose in known]
    same = next((each for each in found if each.conclusion is Conclusion.AGREES), None)
    if same is not None:
        place = _only_place(named)
        return Verdict(claim, Conclusion.AGREES, description + same.why, record_place=place)
    is_open = bool(claim.note) or _may_have_changed(claim, printed, known, derived)
    far = all(each.far for each in found) and not claim.note
    maybe = next((each for each in found if each.conclusion is Conclusion.POSSIBLE), None)
    why = maybe.why if maybe else "; 10 times off, or more" if far else ""
    if not (maybe or is_open or why):
        why = ", and no change of its dose"
    contradicted = far or not (maybe or is_open)
    return Verdict(
        claim,
        Conclusion.CONTRADICTED if contradicted else Conclusion.POSSIBLE,
        description + why,
        recorded=f"on record is {on_record}",
        expected=on_record if contradicted else "",
    )


def _on_record(regimen: Treatment, drug: DrugDose, dose: Quantity) -> TimedDose:
    """The dose of a drug on record; of the only drug of a regimen with the length of its cycle."""
    found = recorded_dose(drug, dose)
    cycle = regimen.cycle.exact if regimen.cycle and len(regimen.drugs) == 1 else None
    if cycle is None or found.timing.interval is not None:
        return found
    return attrs.evolve(found, timing=attrs.evolve(found.timing, interval=cycle))


def _cycle_text(drug: DrugDose, regimen: Treatment) -> str:
    alone = regimen.cycle and len(regimen.drugs) == 1
    own = dose_timing(drug.days or "").interval is not None
    return f", in cycles of {regimen.cycle}" if alone and not own else ""


def _only_place(named: list[tuple[Treatment, DrugDose]]) -> str:
    places = {regimen.place for regimen, _ in named}
    return places.pop() if len(places) == 1 else ""


def _most_a_day(claim: Claim, drug: DrugDose) -> int:
    entry = drug_named(drug.agent) or drug_named(claim.about)
    return (entry.times_a_day if entry else None) or MOST_A_DAY


def compared(printed: TimedDose, known: TimedDose, most: int) -> DoseComparison:
    """A printed dose with one on record, of one measure.

    Args:
        printed: the printed one.
        known: that on record.
        most: in how many doses a day of the drug is divided at most.
    """
    if not all(timings(printed.timing, known.timing)):
        return DoseComparison(conclusion=Conclusion.CONTRADICTED)
    if printed.daily is not None and known.daily is not None:
        if printed.daily.overlaps(known.daily):
            plain = printed.amount.overlaps(known.amount)
            return DoseComparison(
                conclusion=Conclusion.AGREES, why="" if plain else "; the same in a day"
            )
    elif printed.amount.overlaps(known.amount):
        return DoseComparison(conclusion=Conclusion.AGREES)
    readings = sorted(_readings(printed, known, most), key=lambda each: BEST_FIRST.index(each[1]))
    for why, conclusion, one, other in readings:
        if one.overlaps(other):
            return DoseComparison(conclusion=conclusion, why=why)
    low, high = printed.amount.low, known.amount.low
    hedged = printed.number.hedge or known.number.hedge
    far = not hedged and (low >= high * FAR_FACTOR or low * FAR_FACTOR <= high)
    return DoseComparison(conclusion=Conclusion.CONTRADICTED, far=far)


def _readings(
    printed: TimedDose, known: TimedDose, most: int
) -> Iterator[tuple[str, Conclusion, Span, Span]]:
    """Each reading under which two amounts that differ are one dose: words, and two spans.

    A dose of a day stands for a single one, or that of a cycle, where neither text excludes it.
    """
    dose, record = printed.amount, known.amount
    often = known.times_a_day or 1
    if (
        printed.times_a_day is None
        and not printed.of_a_day
        and known.daily is not None
        and often > 1
    ):
        yield "; that is the dose of a day", Conclusion.AGREES, dose, known.daily
    parts = range(2, most + 1)
    for times in parts if known.daily is None and printed.times_a_day is None else ():
        why = f"; the same only if it was given {_times(times)} a day"
        yield why, Conclusion.POSSIBLE, dose, record.times(Fraction(times))
    for times in parts if printed.daily is None and known.times_a_day is None else ():
        why = f"; the same only if a day has {times} such doses"
        yield why, Conclusion.POSSIBLE, dose.times(Fraction(times)), record
    yield from _of_cycles(printed, known, often, most)


def _of_cycles(
    printed: TimedDose, known: TimedDose, often: int, most: int
) -> Iterator[tuple[str, Conclusion, Span, Span]]:
    """The readings of a print as the dose of all days of a cycle."""
    days = len(known.timing.days)
    if printed.of_a_day or printed.times_a_day is not None:
        return
    stated = printed.timing.of_a_cycle
    for times in sorted({often, *((1, *range(2, most + 1)) if known.daily is None else ())}):
        if days * times > 1:
            sure = stated and (times == often)
            why = f"; that is the dose of {days} days" if sure else (
                f"; the same only if it is the dose of {days} days"
                + (f", given {_times(times)} a day" if times > 1 else "")
            )  # fmt: skip
            conclusion = Conclusion.AGREES if sure else Conclusion.POSSIBLE
            yield why, conclusion, printed.amount, known.amount.times(Fraction(days * times))
    for times in range(2, MOST_A_CYCLE + 1) if stated and not days else ():
        why = f"; the same only if a cycle has {times} such doses"
        yield why, Conclusion.POSSIBLE, printed.amount, known.amount.times(Fraction(times))


def _times(number: int) -> str:
    return "twice" if number == 2 else f"{number} times"


def _may_have_changed(
    claim: Claim,
    printed: TimedDose,
    known: list[tuple[DrugDose, TimedDose]],
    derived: DerivedCase,
) -> bool:
    """Whether the record leaves the dose open: a hedge, several doses, or a change of the dose."""
    hedged = printed.number.value is None or any(dose.number.value is None for _, dose in known)
    return hedged or len(known) > 1 or _is_changed(claim, derived)


def _is_changed(claim: Claim, derived: DerivedCase) -> bool:
    """Whether the record has a change of the dose of the treatment that a claim names."""
    named = treatment_named(claim, derived)
    of = (named.line, named.setting) if named else (None, "")
    return any(
        each.is_of(*of) or (each.line is None and not each.setting)
        for each in derived.case.all_of(TreatmentChange)
    )


def check_drug_schedule(claim: Claim, derived: DerivedCase) -> Verdict | None:
    """A printed schedule of a named drug against that on record of the drug itself.

    Compared is what both state: times a day, dosing days, the interval. The same conclusions as
    of a dose; None where the record of the drug states none of what is printed.
    """
    printed = dose_timing(claim.text)
    named = [] if claim.group else _drugs(claim, derived)
    found = [(drug, timings(printed, dose_timing(drug.days or ""))) for _, drug in named]
    known = [(drug, same) for drug, same in found if same]
    if not known:
        return None
    on_record = ", ".join(dict.fromkeys(str(drug) for drug, _ in known))
    description = f"printed {claim.text}; on record is {on_record}"
    if any(all(same) for _, same in known):
        return Verdict(claim, Conclusion.AGREES, description, record_place=_only_place(named))
    is_open = claim.note or len(known) > 1 or _is_changed(claim, derived)
    return Verdict(
        claim,
        Conclusion.POSSIBLE if is_open else Conclusion.CONTRADICTED,
        description,
        recorded=f"on record is {on_record}",
        expected="" if is_open else on_record,
    )


def timings(printed: DoseTiming, known: DoseTiming) -> list[bool]:
    """For each part that both texts state, whether it is the same."""
    pairs = [(getattr(printed, part), getattr(known, part)) for part in _PARTS]
    return [one == other for one, other in pairs if one and other]


_PARTS = ("days", "interval", "times_a_day")


def own_interval(claim: Claim, derived: DerivedCase) -> bool:
    """Whether the record states an interval of the drug itself that a claim names."""
    return any(dose_timing(drug.days or "").interval for _, drug in _drugs(claim, derived))


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
