"""Printed values that a figure of their kind cannot take."""

from __future__ import annotations

from collections.abc import Iterator

from timeline.auditing.claims.cohort import whole_number
from timeline.auditing.comparison.compare import BEST_FIRST, Conclusion
from timeline.auditing.comparison.possible_values import impossible_value
from timeline.auditing.rule import Evidence, Rule, Severity
from timeline.auditing.study.estimates.repairs import repair_note
from timeline.auditing.verdict import Verdict, not_checkable
from timeline.report.unreadable_prints import Unread


def check_possible_values(evidence: Evidence) -> Iterator[Verdict]:
    """Values outside the range of their kind, in the report and in cited studies (K50)."""
    for claim in evidence.report.claims:
        found = impossible_value(claim)
        if found:
            conclusion = max((each.conclusion for each in found), key=BEST_FIRST.index)
            main = [each.description for each in found if each.conclusion is conclusion]
            notes = tuple(each.description for each in found if each.conclusion is not conclusion)
            contradicted = conclusion is Conclusion.CONTRADICTED
            repair = repair_note(claim, whole_number(claim.n)) if contradicted else ""
            notes = (*notes, repair) if repair else notes
            yield Verdict(claim, conclusion, "; ".join(main), notes=notes)
        elif isinstance(claim.value, Unread):
            yield not_checkable(claim, claim.value.description)


RULES = (
    Rule(
        id="K50",
        checks="what no such figure can be, whatever the data",
        formula="0 <= p <= 1; 0 <= share <= 100 %; ratio > 0; SD, time, count >= 0; |r| <= 1; "
        "lower limit <= upper limit; what no reader takes is not checkable",
        severity=Severity.ERROR,
        source="definitions; p = 0.000: Lang and Altman 2015, SAMPL guidelines, "
        "doi:10.1016/j.ijnurstu.2014.09.006",
        example_fail="p 1.2; an SD of -3; 120 % of the patients; limits 17.4 to 11.1",
        example_ok="p 1.0; limits -3.1 to 23.1 of 10 % (possible: not cut at 0)",
        check=check_possible_values,
    ),
)
