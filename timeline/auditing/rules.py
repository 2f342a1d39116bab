"""The audit rules: those of one patient, those of a study, and those of any report."""

from __future__ import annotations

from functools import partial

from timeline.auditing.patient.rules import PATIENT_RULES
from timeline.auditing.patient.wording.topics import TOPICS
from timeline.auditing.repeated_figures import look_for_repeats
from timeline.auditing.rule import Rule, Severity
from timeline.auditing.study.rules import STUDY_RULES
from timeline.auditing.study.wording.definitions import STUDY_TOPICS

_ANY_REPORT = (
    Rule(
        id="C26",
        checks="a figure, or words, printed at several places are printed alike",
        formula="numbers can be the same number; words are the same, or say less",
        severity=Severity.ERROR,
        text_severity=Severity.WARNING,  # words may be others and mean the same
        source="case catalogue: abstract, text, legends, tables",
        example_fail="seven cycles in the text, six in the legend",
        example_ok="20.0 % in the text and 20 % in the table",
        vague=True,  # two bounds of one figure: over 100, more than 50
        repeats=True,
        look=partial(look_for_repeats, topics=(*TOPICS, *STUDY_TOPICS)),
        yields=True,
    ),
)

RULES = (*PATIENT_RULES, *_ANY_REPORT, *STUDY_RULES)
