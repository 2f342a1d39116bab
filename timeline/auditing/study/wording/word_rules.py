"""Rules of words: definitions, sections against one another, cited studies; each a row."""

from __future__ import annotations

from timeline.auditing.claims.cohort import of_cited, of_own
from timeline.auditing.rule import Rule, Severity
from timeline.auditing.study.counts.adverse_events import look_at_totals
from timeline.auditing.study.counts.partitions import (
    look_at_counts,
    look_at_percents_of_parts,
    look_at_shares,
    look_at_sizes,
    look_at_subgroups,
)
from timeline.auditing.study.counts.patient_flow import look_at_flow
from timeline.auditing.study.counts.percentages import (
    look_at_percents,
    look_for_denominators,
    look_for_truncation,
)
from timeline.auditing.study.counts.response_rates import look_at_response_rates
from timeline.auditing.study.estimates.confidence_limits import look_at_limits_of_shares
from timeline.auditing.study.estimates.hypothesis_tests import look_at_tests
from timeline.auditing.study.estimates.ratios import look_at_ratios, look_at_reductions
from timeline.auditing.study.estimates.summaries import look_at_ranges
from timeline.auditing.study.times.calendar import (
    look_at_longest_follow_up,
    look_at_time_of_reading,
)
from timeline.auditing.study.times.os_and_pfs import look_at_os_and_pfs, look_at_rates_of_os_and_pfs
from timeline.auditing.study.times.survival import (
    look_at_order,
    look_at_rates_and_medians,
    look_at_reach,
)
from timeline.auditing.study.wording.definitions import (
    look_at_deeds,
    look_at_definitions,
    look_at_directions,
    look_at_directions_within,
    look_at_origins,
    look_at_other_reports,
    look_at_references,
)

# What can be held against a cited figure from the sentence itself, whatever the rule's severity.
_OF_CITED = (
    *(
        look_at_percents,
        look_for_truncation,
        look_for_denominators,
        look_at_counts,
        look_at_shares,
        look_at_sizes,
        look_at_percents_of_parts,
    ),
    *(look_at_response_rates, look_at_subgroups, look_at_flow, look_at_totals, look_at_ranges),
    *(
        look_at_rates_and_medians,
        look_at_order,
        look_at_rates_of_os_and_pfs,
        look_at_os_and_pfs,
        look_at_reach,
    ),
    *(look_at_longest_follow_up, look_at_time_of_reading),
    *(look_at_ratios, look_at_reductions, look_at_limits_of_shares, look_at_tests),
    look_at_directions_within,
)

WORD_RULES_OF_STUDY = (
    Rule(
        id="K34",
        checks="a rule of the Methods against what the Results report",
        formula="the same words, or one says less",
        severity=Severity.ERROR,
        source="case catalogue: Methods against Results",
        example_fail="discontinued after an adverse event; neither changed nor interrupted",
        example_ok="discontinued in both",
        look=look_at_deeds,
        yields=True,
    ),
    Rule(
        id="K35",
        checks="one time has one origin in every section",
        formula="the origins printed of one time are the same words",
        severity=Severity.ERROR,
        source="case catalogue: abstract against methods",
        example_fail="12 weeks from diagnosis in the abstract, from treatment in the methods",
        example_ok="from the start of treatment in both",
        look=look_at_origins,
        yields=True,
    ),
    Rule(
        id="K36",
        checks="the events of an endpoint are those that it has by definition",
        formula="PFS: progression and death; OS: death; TTP: progression without death",
        severity=Severity.WARNING,
        source="FDA, Clinical Trial Endpoints for the Approval of Cancer Drugs, December 2018",
        example_fail="PFS ends with progression, death is not named",
        example_ok="OS ends with death from any cause",
        look=of_own(look_at_definitions),
    ),
    Rule(
        id="K40",
        checks="the figures of a cited study against one another, study by study",
        formula="K01 to K05, K07 to K09, K12, K18, K20 to K22, K24, K25, K28, K30, K43, K44, K46",
        severity=Severity.WARNING,
        source="the rules named; a slip may be the citing or the cited report's",
        example_fail="ORR 18.2 % of 47 patients",
        example_ok="DCR 67.5 % of 40 patients",
        look=of_cited(*_OF_CITED),
    ),
    Rule(
        id="K41",
        checks="what a sentence cites a work for against the title of the work",
        formula="the words of the sentence are among those of the title, synonyms by one name; "
        "none shared: contradicted, and never more than a note",
        severity=Severity.NOTE,
        vague=True,
        source="case catalogue: citations",
        example_fail="a combination for sarcoma, cited to a paper on peristomal pemphigoid",
        example_ok="epirubicin maintenance, cited to a trial of epirubicin and maintenance",
        look=look_at_references,
    ),
    Rule(
        id="K42",
        checks="a cited study's figure against another report that cites it, of those opened",
        formula="the same figure of the same study can be the same number",
        severity=Severity.NOTE,
        source="case catalogue: two reports, one study",
        example_fail="ORR 28.3 % of a study in one report, 30.4 % in another (possible)",
        example_ok="58.8 % at 24 weeks in both",
        look=look_at_other_reports,
        yields=True,
    ),
    Rule(
        id="K43",
        reproduces=True,
        checks="longer, lower, superior: against the figures compared",
        formula="the sign of the difference is that of the word",
        severity=Severity.ERROR,
        source="after the decision errors of statcheck, doi:10.3758/s13428-015-0664-2",
        example_fail="superior, with a median of 2.2 against 2.6 months",
        example_ok="longer, with 6.27 against 1.47 months",
        look=look_at_directions,
    ),
)
