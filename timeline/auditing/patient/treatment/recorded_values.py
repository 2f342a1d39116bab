"""Printed values of treatment and toxicity against the same value of the case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import attrs

from timeline.auditing.compare import Conclusion
from timeline.auditing.patient.disease.toxicity import grade_on_record
from timeline.auditing.patient.treatment.recorded_drugs import check_drug_dose
from timeline.auditing.repeated_figures import words
from timeline.auditing.rule import Evidence, Rule, Severity, check_each
from timeline.auditing.verdict import Verdict
from timeline.core.printed_numbers import Printed, parse_printed
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import Event, Performance, Radiotherapy, Symptom, Toxicity, Treatment
from timeline.record.lines import Line
from timeline.report.claims import Claim

_FILLER_WORDS = frozenset("a an the of to at in on for with by and was".split())  # noqa: SIM905


@attrs.frozen(kw_only=True)
class RecordedValue:
    """A row: which prints speak of one value of an event, and where the case keeps it.

    ``needs``: words of which a print has one; ``may``: words that it may have besides, with those
    that name the event. Any other word may mean another dose or another time: not held.
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


_RADIATION = _words(
    "radiotherapy radiation irradiation rt sbrt sabr srs srt imrt wbrt stereotactic body whole "
    "external beam palliative adjuvant neoadjuvant local new metastasis metastases metastatic "
    "lesion lesions tumour tumor total number dose given delivered received"
)
RECORDED_VALUES = (
    RecordedValue(what="the dose", kind="dose", unit="Gy", events=(Radiotherapy,), may=_RADIATION,
             value=lambda event: event.dose and event.dose.number),
    RecordedValue(what="the number of fractions", kind="count", unit="", events=(Radiotherapy,),
             may=_RADIATION, value=lambda event: event.fractions, needs=_words("fractions")),
    RecordedValue(what="the grade", kind="grade", unit="", events=(Toxicity,),
             may=_words("grade grades ctcae toxicity toxic effect adverse event reaction"),
             value=grade_on_record),
    RecordedValue(what="the ECOG status", kind="score", unit="", events=(Performance, Symptom),
             may=_words("performance status score ps"), needs=_words("ecog"),
             value=lambda event: event.ecog),
)  # fmt: skip


def check_recorded(claim: Claim, derived: DerivedCase) -> Verdict | None:
    """A dose in Gy, a number of fractions, a grade or an ECOG status of an event on record.

    Hedged, or with a note of its own, a print that differs is possible and no more.
    """
    event = _event(claim, derived)
    rows = (row for row in RECORDED_VALUES if event is not None and _is_about(row, claim, event))
    row = next(rows, None)
    told = None if row is None else _number(row.value(event))
    said = _number(claim.text)
    if row is None or event is None or told is None or said is None:
        return None
    unit = f" {row.unit}" if row.unit else ""
    description = (
        f"printed {claim.text}{unit}; {row.what} on record of {event.label} is {told}{unit}"
    )
    description += f" [{event.place}]" if event.place else ""
    return Verdict(claim, _compared(said, told, claim.note), description)


def _event(claim: Claim, derived: DerivedCase) -> Event | None:
    try:
        return derived.case.find(claim.of)[0] if claim.of and not claim.group else None
    except ValueError:
        return None


def _is_about(row: RecordedValue, claim: Claim, event: Event) -> bool:
    said = words(claim.about) - _FILLER_WORDS
    named = words(" ".join((event.label, event.what, getattr(event, "site", ""))))
    apt = (row.kind, row.unit) == (claim.kind, claim.unit) and isinstance(event, row.events)
    return apt and said <= row.needs | row.may | named and (not row.needs or bool(said & row.needs))


def _number(value: object) -> Printed | None:
    """A value as a printed number; None where it is none."""
    if value is None or isinstance(value, Printed):
        return value
    try:
        return parse_printed(str(value).lower().removeprefix("grade").strip())
    except ValueError:
        return None


def _compared(said: Printed, told: Printed, note: str = "") -> Conclusion:
    if said.may_equal(told):
        return Conclusion.AGREES
    return Conclusion.POSSIBLE if said.hedge or told.hedge or note else Conclusion.CONTRADICTED


_OF_CYCLES = _words("cycle cycles number total given received completed administered chemotherapy "
                    "treatment therapy immunotherapy course courses all line")  # fmt: skip


def other_than_recorded(claim: Claim, treatment: Treatment, derived: DerivedCase) -> str:
    """What is on record of the cycles of a treatment where a print differs; else empty.

    A line of several regimens may count those of all, so that it is not held.
    """
    own = words(treatment.regimen) if len(treatment.drugs) == 1 else frozenset()
    alone = len(_line(treatment, derived).treatments) == 1
    plain = not (words(claim.about) - _FILLER_WORDS - _OF_CYCLES - own or claim.note)
    said, told = claim.printed, _number(treatment.cycles)
    if (
        not (alone and plain and said and told)
        or _compared(said, told) is not Conclusion.CONTRADICTED
    ):
        return ""
    return f"{told} are on record of {treatment.label}"


def _line(treatment: Treatment, derived: DerivedCase) -> Line:
    known = (each for each in derived.case.lines if each.number == treatment.line)
    return next(known, Line(0, (treatment,)))


_check_values = check_each(("dose", "count", "grade", "score"), check_recorded)
_check_drug_doses = check_each(("dose",), check_drug_dose)


def _check_recorded(evidence: Evidence) -> Iterator[Verdict]:
    """Values of events on record, then doses of drugs."""
    yield from _check_values(evidence)
    yield from _check_drug_doses(evidence)


RULES = (
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
        check=_check_recorded,
        yields=True,
    ),
)
