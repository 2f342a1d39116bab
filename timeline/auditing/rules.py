"""The audit rules: those of one patient, those of a study, and those of any report."""

from __future__ import annotations

from timeline.auditing.patient.rules import PATIENT_RULES
from timeline.auditing.repeats import look_for_repeats
from timeline.auditing.rule import Rule, Severity
from timeline.auditing.study.rules import STUDY_RULES

_ANY_REPORT = (
    Rule(
        id="C26",
        checks="a figure, name, side or line ordinal printed at several places is printed alike",
        formula="numbers can be the same number; words are the same, or say less",
        severity=Severity.WARNING,
        source="case catalogue: abstract, text, legends, tables (C11, C16, C17, C20, C21, C36)",
        fires="a tumour of the right femur that is on the left in the pathology",
        silent="20.0 % in the text and 20 % in the table",
        look=look_for_repeats,
        yields=True,
    ),
)

RULES = (*PATIENT_RULES, *_ANY_REPORT, *STUDY_RULES)
