"""Cited studies: their figures, the titles of references, and other reports."""

from __future__ import annotations

import re
from collections.abc import Iterator

from timeline.auditing.claims.cohort import check_cited, group_by, group_of
from timeline.auditing.claims.qualifiers import assessed
from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.comparison.same_figure import may_mean_the_same_figure
from timeline.auditing.comparison.synonyms import drugs, subject
from timeline.auditing.consistency_topics import OF_REFERENCES
from timeline.auditing.rule import Concern, Evidence, Rule, Severity
from timeline.auditing.study.counts.adverse_events import check_row_totals
from timeline.auditing.study.counts.partitions import (
    check_counts_against_n,
    check_counts_of_parts,
    check_percentages_of_parts,
)
from timeline.auditing.study.counts.patient_flow import check_patient_flow
from timeline.auditing.study.counts.percentages import (
    check_denominators,
    check_percentages,
    check_truncation,
)
from timeline.auditing.study.counts.response_rates import check_response_rates
from timeline.auditing.study.counts.subgroups import check_group_sizes, check_subgroups
from timeline.auditing.study.estimates.confidence_limits import check_limits_of_percentages
from timeline.auditing.study.estimates.hypothesis_tests import check_test_statistics
from timeline.auditing.study.estimates.ratios import check_ratios, check_risk_reductions
from timeline.auditing.study.estimates.summaries import check_ranges
from timeline.auditing.study.times.follow_up import (
    check_longest_follow_up,
    check_time_of_assessment,
)
from timeline.auditing.study.times.medians import check_median_reached
from timeline.auditing.study.times.os_and_pfs import (
    check_medians_of_os_and_pfs,
    check_rates_of_os_and_pfs,
)
from timeline.auditing.study.times.rates import check_rates_and_medians, check_rates_in_order
from timeline.auditing.study.wording.comparisons import check_comparisons_of_study
from timeline.auditing.verdict import Verdict
from timeline.report.claims import Claim


def check_references(evidence: Evidence) -> Iterator[Verdict]:
    """The subject of a citing sentence is in the title of the reference (K41)."""
    references = [c for c in evidence.report.claims if c.about.startswith(OF_REFERENCES)]
    for several in group_by(references, lambda each: each.about).values():
        title = next((c for c in several if re.match("reference", c.place, re.IGNORECASE)), None)
        for claim in several:
            if title is not None and claim is not title:
                conclusion = _same_subject(claim, title)
                description = f"printed {claim.text}; in the references {title.text}"
                yield Verdict(
                    claim,
                    conclusion,
                    description,
                    others=(title,),
                    recorded=f"in the references {title.text}",
                    expected=_expected(claim, title),
                )


def _expected(claim: Claim, title: Claim) -> str:
    """A work on the subject that it is cited for; of a year or a name that of the reference."""
    return f"a work on {claim.text}" if claim.about.startswith("subject") else title.text


def _same_subject(claim: Claim, title: Claim) -> Conclusion:
    one, other = (drugs(each.text) for each in (claim, title))
    if one and other and not one & other:  # two drugs, even if of one class
        return Conclusion.CONTRADICTED
    cited_for, title_words = (subject(each.text) for each in (claim, title))
    if cited_for <= title_words or title_words <= cited_for:
        return Conclusion.AGREES
    return Conclusion.POSSIBLE if cited_for & title_words else Conclusion.CONTRADICTED


def check_other_reports(evidence: Evidence) -> Iterator[Verdict]:
    """A figure of a cited study against that in another loaded report (K42)."""
    others = [
        (source, claim)
        for source in evidence.other_reports
        for claim in source.claims
        if claim.study and claim.printed
    ]
    for claim in (each for each in evidence.report.claims if each.study and each.printed):
        for source, other in others:
            if _same_figure_key(claim) == _same_figure_key(other):
                conclusion = (
                    Conclusion.AGREES
                    if may_mean_the_same_figure(claim, other)
                    else Conclusion.POSSIBLE
                )
                description = f"printed {claim.text}; {other.text} in {source.name} [{other.place}]"
                yield Verdict(claim, conclusion, description, others=(other,))


def _same_figure_key(claim: Claim) -> tuple[object, ...]:
    """The key that two claims on the same figure of a study share."""
    of = (claim.study, claim.kind, claim.about, group_of(claim), claim.of, claim.statistic)
    at = claim.at and (claim.at.values, claim.at.unit)
    return (*of, claim.unit, at, claim.grade, assessed(claim))


# The checks that need no more than the claims on the cited study.
_OF_CITED = (
    *(
        check_percentages,
        check_truncation,
        check_denominators,
        check_counts_of_parts,
        check_counts_against_n,
        check_group_sizes,
        check_percentages_of_parts,
    ),
    *(check_response_rates, check_subgroups, check_patient_flow, check_row_totals, check_ranges),
    *(
        check_rates_and_medians,
        check_rates_in_order,
        check_rates_of_os_and_pfs,
        check_medians_of_os_and_pfs,
        check_median_reached,
    ),
    *(check_longest_follow_up, check_time_of_assessment),
    *(check_ratios, check_risk_reductions, check_limits_of_percentages, check_test_statistics),
    check_comparisons_of_study,
)


RULES = (
    Rule(
        id="K40",
        concern=Concern.CITED,
        checks="the figures of a cited study against one another, study by study",
        formula="K01 to K05, K07 to K09, K12, K18, K20 to K22, K24, K25, K28, K30, K43, K44, K46",
        severity=Severity.WARNING,
        source="the rules named; the error can be in the citing or the cited report",
        example_fail="ORR 18.2 % of 47 patients",
        example_ok="DCR 67.5 % of 40 patients",
        check=check_cited(*_OF_CITED),
    ),
    Rule(
        id="K41",
        concern=Concern.CITED,
        checks="what a sentence cites a work for against the title of the work",
        formula="the words of the sentence are among those of the title, synonyms by one name; "
        "none shared: contradicted, and never more than a note",
        severity=Severity.NOTE,
        vague=True,
        source="case catalogue: citations",
        example_fail="a combination for sarcoma, cited to a paper on peristomal pemphigoid",
        example_ok="epirubicin maintenance, cited to a trial of epirubicin and maintenance",
        check=check_references,
    ),
    Rule(
        id="K42",
        between_reports=True,
        concern=Concern.CITED,
        checks="a cited study's figure against another report that cites it, of those opened",
        formula="the same figure of the same study can be the same number",
        severity=Severity.NOTE,
        source="case catalogue: two reports, one study",
        example_fail="ORR 28.3 % of a study in one report, 30.4 % in another (possible)",
        example_ok="58.8 % at 24 weeks in both",
        check=check_other_reports,
        yields=True,
    ),
)
