"""The rules of a study's figures. A new one is a row in one of these and a function beside."""

from __future__ import annotations

from timeline.auditing.study.counts.count_rules import COUNT_RULES
from timeline.auditing.study.estimates.estimate_rules import ESTIMATE_RULES
from timeline.auditing.study.times.time_rules import TIME_RULES
from timeline.auditing.study.wording.word_rules import WORD_RULES_OF_STUDY

STUDY_RULES = (*COUNT_RULES, *TIME_RULES, *ESTIMATE_RULES, *WORD_RULES_OF_STUDY)
