"""The rules of one patient, each a row: times, disease, treatment, words, and all together.

A new rule is a row in the list of its kind and a function beside the others. Rules that use the
verdicts of others stand after them.
"""

from __future__ import annotations

from timeline.auditing.patient.disease.disease_rules import DISEASE_RULES
from timeline.auditing.patient.durations.joint_rules import JOINT_RULES
from timeline.auditing.patient.durations.time_rules import TIME_RULES
from timeline.auditing.patient.treatment.treatment_rules import TREATMENT_RULES
from timeline.auditing.patient.wording.word_rules import WORD_RULES

PATIENT_RULES = (*TIME_RULES, *DISEASE_RULES, *TREATMENT_RULES, *WORD_RULES, *JOINT_RULES)
