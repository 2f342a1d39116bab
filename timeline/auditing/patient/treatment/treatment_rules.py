"""Rules of treatment: cycles, doses, routes, radiotherapy, what was done for a toxicity."""

from __future__ import annotations

from timeline.auditing.patient.disease.toxicity import judge_grade
from timeline.auditing.patient.treatment.cycles import judge_cycles
from timeline.auditing.patient.treatment.doses import (
    judge_schedule,
    look_at_doses,
    look_at_printed_cycles,
    look_at_totals,
)
from timeline.auditing.patient.treatment.radiotherapy_fractions import (
    judge_fractions,
    look_at_fraction_doses,
)
from timeline.auditing.patient.treatment.recorded_drugs import judge_drug_dose
from timeline.auditing.patient.treatment.recorded_values import judge_recorded
from timeline.auditing.rule import Evidence, Rule, Severity, each
from timeline.auditing.verdict import Verdict

_schedules = each(("schedule",), judge_schedule)


def _as_given(evidence: Evidence) -> tuple[Verdict, ...]:
    return (
        *look_at_doses(evidence),
        *_schedules(evidence),
        *look_at_printed_cycles(evidence),
    )


_recorded = each(("dose", "count", "grade", "score"), judge_recorded)
_drug_doses = each(("dose",), judge_drug_dose)


def _on_record(evidence: Evidence) -> tuple[Verdict, ...]:
    return (*_recorded(evidence), *_drug_doses(evidence))


TREATMENT_RULES = (
    Rule(
        id="C12",
        reproduces=True,
        checks="a printed number of cycles against the number on record, and against the time from "
        "the first day to the last",
        formula="n is that on record; (n - 1) x length of a cycle is at most end less start",
        severity=Severity.ERROR,
        vague=True,
        source="arithmetic of schedules",
        example_fail="seven cycles of 3 weeks (126 days) within 93 days",
        example_ok="two cycles of 3 weeks within 93 days",
        look=each(("count",), judge_cycles),
    ),
    Rule(
        id="C13",
        checks="dose, unit, route and days of a drug against how it is usually given",
        formula="contradicted where a dose is more than 10 times beyond the usual ones, the route "
        "is none of the label, or a day lies beyond the cycle; possible where unusual",
        severity=Severity.ERROR,
        source="labels and standard regimens, by drug (timeline/auditing/patient/agents.py)",
        example_fail="envafolimab by vein, which is given under the skin only",
        example_ok="gemcitabine 1000 mg/m² on days 1 and 8",
        look=_as_given,
        yields=True,
    ),
    Rule(
        id="C14",
        checks="the total dose of radiotherapy over its fractions",
        formula="Gy / n is a multiple of 0.05 between 1.2 and 34",
        severity=Severity.NOTE,
        source="usual prescriptions, from hyperfractionation to single-dose SBRT",
        example_fail="50 Gy in 30 fractions: 1.67 Gy each",
        example_ok="30 Gy in 10 fractions: 3 Gy each",
        look=each(("dose",), judge_fractions),
        yields=True,
    ),
    Rule(
        id="C40",
        reproduces=True,
        checks="the dose of one fraction of radiotherapy against the total and the fractions",
        formula="total / n meets the print, each as wide as its digits; printed or on record",
        severity=Severity.ERROR,
        source="arithmetic",
        example_fail="2 Gy a fraction of 30 Gy in 10 fractions, which is 3 Gy",
        example_ok="1.8 Gy a fraction of 50.4 Gy in 28 fractions",
        look=look_at_fraction_doses,
    ),
    Rule(
        id="C15",
        checks="the dose of a drug over all its cycles against the limit of a life",
        formula="sum of dose x days x cycles on record is at most the dose the label warns above",
        severity=Severity.NOTE,
        source="labels: doxorubicin 550 mg/m², epirubicin 900, daunorubicin 550, mitoxantrone 140",
        example_fail="doxorubicin 75 mg/m² for eight cycles: 600 mg/m²",
        example_ok="the same for five cycles: 375 mg/m²",
        look=look_at_totals,
        yields=True,
    ),
    Rule(
        id="C24",
        checks="the grade of a toxicity against what was done for it",
        formula="the grade lies among those of every row of CTCAE that the management meets",
        severity=Severity.ERROR,
        source="CTCAE v5.0, National Cancer Institute 2017",
        example_fail="grade 1 hypothyroidism with thyroid replacement, which is grade 2",
        example_ok="grade 2 hypothyroidism with thyroid replacement",
        look=each(("grade",), judge_grade),
        yields=True,
    ),
    Rule(
        id="C38",
        reproduces=True,
        checks="a dose, the fractions of radiotherapy, a grade or an ECOG status against the same "
        "value on record",
        formula="both can print one number; possible where a hedge or a note stands beside it, and "
        "where the dose of a drug is less than 10 times off, for it may be changed",
        severity=Severity.ERROR,
        source="arithmetic of prints; the case",
        example_fail="300 Gy printed of radiotherapy of 30 Gy on record",
        example_ok="30.0 Gy of the same",
        look=_on_record,
        yields=True,
    ),
)
