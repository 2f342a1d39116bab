"""Printed values of treatment and toxicity against the same value of the case."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator
from typing import Any

import attrs

from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.comparison.same_figure import words
from timeline.auditing.patient.disease.absent_toxicity import check_no_toxicity
from timeline.auditing.patient.disease.toxicity import grade_on_record
from timeline.auditing.patient.named_events import event_named, toxicity_named
from timeline.auditing.patient.treatment.recorded_drugs import check_drug_dose, check_drug_schedule
from timeline.auditing.rule import Evidence, Rule, Severity, check_each
from timeline.auditing.verdict import Verdict
from timeline.core.ctcae_grades import Grades, grades
from timeline.core.printed_numbers import Printed, parse_printed
from timeline.core.quantities import UNIT_OF, Quantity
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import (
    Biomarker,
    Event,
    Performance,
    Radiotherapy,
    Symptom,
    Toxicity,
    Treatment,
)
from timeline.report.claims import Claim

_FILLER_WORDS = frozenset("a an the of to at in on for with by and was".split())  # noqa: SIM905


@attrs.frozen(kw_only=True)
class RecordedValue:
    """A row: which claims print one value of an event, and the value on record.

    ``needs``: words of which the claim has at least one; ``may``: further words that it may have,
    with those that name the event. With any other word it may be of another dose or time, and is
    not compared.
    """

    what: str
    kind: str
    unit: str
    events: tuple[type[Event], ...]
    value: Callable[[Any], object]
    needs: frozenset[str] = frozenset()
    may: frozenset[str]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.lower().split())


_OF_MARKERS = _words(
    "expression tumor tumour proportion score tps cps ic tc positive staining cells rate level "
    "index share immunohistochemistry ihc of"
)
_PERCENTAGE = re.compile(r"(?P<number>[0-9]+(?:\.[0-9]+)?(?:\s*[-–]\s*[0-9]+)?) ?%")


def _percentage(event: Biomarker) -> str:
    """The only percentage of the result of a marker; empty where it has none, or several."""
    found = {each["number"] for each in _PERCENTAGE.finditer(event.result)}
    return f"{found.pop()} %" if len(found) == 1 else ""


_RADIATION = _words(
    "radiotherapy radiation irradiation rt sbrt sabr srs srt imrt wbrt stereotactic body whole "
    "external beam palliative adjuvant neoadjuvant local new metastasis metastases metastatic "
    "lesion lesions tumour tumor total number dose given delivered received"
)
RECORDED_VALUES = (
    RecordedValue(what="the dose", kind="dose", unit="Gy", events=(Radiotherapy,), may=_RADIATION,
             value=operator.attrgetter("dose")),
    RecordedValue(what="the dose of one fraction", kind="dose", unit="Gy", events=(Radiotherapy,),
             may=_RADIATION | _words("per each size fractional"), needs=_words("fraction"),
             value=operator.attrgetter("dose_per_fraction")),
    RecordedValue(what="the number of fractions", kind="count", unit="", events=(Radiotherapy,),
             may=_RADIATION, value=lambda event: event.fractions, needs=_words("fractions")),
    RecordedValue(what="the grade", kind="grade", unit="", events=(Toxicity,),
             may=_words("grade grades ctcae toxicity toxic effect adverse event reaction"),
             value=grade_on_record),
    RecordedValue(what="the ECOG status", kind="score", unit="", events=(Performance, Symptom),
             may=_words("performance status score ps"), needs=_words("ecog"),
             value=lambda event: event.ecog),
    *(RecordedValue(what="the result", kind=kind, unit=unit, events=(Biomarker,), may=_OF_MARKERS,
             value=_percentage)
      for kind, unit in (("percent", ""), ("percent", "%"), ("score", "%"))),
    *(RecordedValue(what=f"the {name} status", kind="score", unit="", events=(Performance, Symptom),
             may=_words("performance status score ps index scale"), needs=_words(words),
             value=operator.attrgetter(name.lower()))
      for name, words in (("Karnofsky", "karnofsky kps"), ("Lansky", "lansky"))),
)  # fmt: skip


def check_recorded(claim: Claim, derived: DerivedCase) -> Verdict | None:
    """A dose in Gy, a number of fractions, a grade or an ECOG status of an event on record.

    Hedged, or with a note of its own, a print that differs is possible and no more.
    """
    event = None if claim.group else _event_of(claim, derived)
    if event is None:
        return None
    row = next((row for row in RECORDED_VALUES if _is_about(row, claim, event)), None)
    recorded = None if row is None else row.value(event)
    conclusion = _compared_with(claim, recorded)
    if row is None or conclusion is None:
        return None
    unit = f" {claim.unit}" if row.unit else " %" if claim.kind == "percent" else ""
    place = f" [{event.place}]" if event.place else ""
    description = (
        f"printed {claim.text}{unit}; {row.what} on record of {event.label} is {recorded}{place}"
    )
    return Verdict(
        claim,
        conclusion,
        description,
        recorded=f"{row.what} on record of {event.label} is {recorded}",
        expected=str(recorded) if conclusion is Conclusion.CONTRADICTED else "",
        record_place=event.place,
    )


def _event_of(claim: Claim, derived: DerivedCase) -> Event | None:
    """The event that a claim names by ``of``; a grade without it by the name of the event."""
    if claim.kind == "grade" and not claim.of:
        return toxicity_named(claim, derived)
    found = event_named(claim, derived)
    return None if found is None else found[0]


def _compared_with(claim: Claim, recorded: object) -> Conclusion | None:
    """A printed value with that on record; None where one of them is no number.

    A grade agrees with each grade of a range.
    """
    if not isinstance(recorded, Grades):
        printed, value = _printed_number(claim), _number(recorded)
        return None if printed is None or value is None else _compared(printed, value, claim.note)
    try:
        same = set(grades(claim.text).values) & set(recorded.values)
    except ValueError:
        return None
    is_certain = claim.of and not claim.note  # else it may be of an event not on record
    differs = Conclusion.CONTRADICTED if is_certain else Conclusion.POSSIBLE
    return Conclusion.AGREES if same else differs


def _is_about(row: RecordedValue, claim: Claim, event: Event) -> bool:
    same_unit = claim.unit == row.unit or _measures(claim.unit) == _measures(row.unit) != ""
    if row.kind != claim.kind or not same_unit or not isinstance(event, row.events):
        return False
    about = words(claim.about) - _FILLER_WORDS
    names = (event.label, event.what, getattr(event, "site", ""), event.term_text)
    allowed = words(" ".join(names)) | row.may
    return about <= row.needs | allowed and (not row.needs or bool(about & row.needs))


def _measures(unit: str) -> str:
    """What a unit measures; empty for none, and for one that is not known."""
    return UNIT_OF[unit].measures if unit in UNIT_OF else ""


def _printed_number(claim: Claim) -> Printed | None:
    """The number of a claim in the base unit of what its unit measures: 50 of 5000 cGy."""
    number = _number(claim.text)
    if number is None or claim.unit not in UNIT_OF:
        return number
    return number.scaled(UNIT_OF[claim.unit].size)


def _number(value: object) -> Printed | None:
    """A value as a printed number, a quantity in its base unit; None where it is none."""
    if isinstance(value, Quantity):
        return value.in_base_units
    if not value and not isinstance(value, int):
        return None
    if isinstance(value, Printed):
        return value
    try:
        return parse_printed(str(value).lower().removeprefix("grade").strip())
    except ValueError:
        return None


def _compared(printed: Printed, recorded: Printed, note: str = "") -> Conclusion:
    if printed.may_equal(recorded):
        return Conclusion.AGREES
    uncertain = printed.hedge or recorded.hedge or note
    return Conclusion.POSSIBLE if uncertain else Conclusion.CONTRADICTED


_OF_CYCLES = _words("cycle cycles number total given received completed administered chemotherapy "
                    "treatment therapy immunotherapy course courses all line")  # fmt: skip


def cycles_on_record(
    claim: Claim, treatment: Treatment, derived: DerivedCase
) -> tuple[Printed, Conclusion] | None:
    """The number of cycles of a treatment on record, and how a printed number compares with it.

    None where they cannot be compared. A line of several regimens is not compared where the claim
    names the line alone: the print may count the cycles of all of them.
    """
    own = words(treatment.regimen) if len(treatment.drugs) == 1 else frozenset()
    plain = not (words(claim.about) - _FILLER_WORDS - _OF_CYCLES - own or claim.note)
    line = derived.case.line(treatment.line)
    names_regimen = claim.of not in ("", f"line {treatment.line}")
    alone = line is None or len(line.treatments) == 1 or names_regimen
    printed, recorded = claim.printed, _number(treatment.cycles)
    if printed is None or recorded is None or not (alone and plain):
        return None
    return recorded, _compared(printed, recorded)


_check_values = check_each(("dose", "count", "grade", "score", "percent"), check_recorded)
_check_drug_doses = check_each(("dose",), check_drug_dose)
_check_no_toxicity = check_each(("count",), check_no_toxicity)
_check_drug_schedules = check_each(("schedule",), check_drug_schedule)


def _check_recorded(evidence: Evidence) -> Iterator[Verdict]:
    """Values of events on record, doses and schedules of drugs, and adverse events denied."""
    yield from _check_values(evidence)
    yield from _check_drug_doses(evidence)
    yield from _check_drug_schedules(evidence)
    yield from _check_no_toxicity(evidence)


RULES = (
    Rule(
        id="C38",
        reproduces=True,
        checks="a dose, the schedule of a drug, the fractions of radiotherapy, a grade, the "
        "percentage of a marker, an ECOG status or no adverse events against the same on record",
        formula="both can be one number; possible where a hedge or a note qualifies it, where the "
        "record has a change of the dose of a drug, or several doses of it, and where a single "
        "dose and that of a day or a cycle would be one",
        severity=Severity.ERROR,
        source="arithmetic of printed numbers; the case",
        example_fail="300 Gy printed of radiotherapy of 30 Gy on record",
        example_ok="30.0 Gy of the same",
        check=_check_recorded,
        yields=True,
    ),
)
