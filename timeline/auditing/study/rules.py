"""The rules of a study's figures. A new rule is a row at the foot of the module of its check."""

from __future__ import annotations

from operator import attrgetter

from timeline.auditing.study.counts import (
    adverse_events,
    ctcae,
    partitions,
    patient_flow,
    percentage_precision,
    percentages,
    response_rates,
    subgroups,
)
from timeline.auditing.study.estimates import (
    confidence_limits,
    hypothesis_tests,
    impossible_values,
    individual_values,
    precision,
    ratios,
    summaries,
    two_means,
)
from timeline.auditing.study.times import (
    calendar,
    crude_bounds,
    follow_up,
    medians,
    os_and_pfs,
    rates,
    risk_tables,
)
from timeline.auditing.study.wording import cited_studies, comparisons, definitions

_COUNTS = (
    *(*adverse_events.RULES, *ctcae.RULES, *partitions.RULES, *patient_flow.RULES),
    *(*percentage_precision.RULES, *percentages.RULES, *response_rates.RULES, *subgroups.RULES),
)
_TIMES = (
    *(*calendar.RULES, *crude_bounds.RULES, *follow_up.RULES, *medians.RULES),
    *(*os_and_pfs.RULES, *rates.RULES, *risk_tables.RULES),
)
_ESTIMATES = (
    *(*confidence_limits.RULES, *hypothesis_tests.RULES, *impossible_values.RULES),
    *(*individual_values.RULES, *precision.RULES, *ratios.RULES, *summaries.RULES),
    *two_means.RULES,
)
_WORDING = (*cited_studies.RULES, *comparisons.RULES, *definitions.RULES)

# A rule may use the verdicts of the rules before it: the folders stand in this order, and within
# a folder the rules are in the order of their ids.
STUDY_RULES = tuple(
    rule
    for folder in (_COUNTS, _TIMES, _ESTIMATES, _WORDING)
    for rule in sorted(folder, key=attrgetter("id"))
)
