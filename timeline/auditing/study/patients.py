"""The numbers of a report against the patients of the study, where these are at hand."""

from __future__ import annotations

from collections.abc import Iterator

from timeline.auditing.rule import Evidence, Rule, Severity
from timeline.auditing.verdict import Verdict


def check_patients(evidence: Evidence) -> Iterator[Verdict]:
    """Each number that the patients give is the printed one (K55)."""
    if evidence.study is None:
        return
    for claim in evidence.own:
        verdict = evidence.study.verdict(claim)
        if verdict is not None:
            yield verdict


RULES = (
    Rule(
        id="K55",
        checks="a hazard ratio, a p value, a median, a rate or a share with its limits is what the "
        "patients of the study give",
        formula="the number is computed from the patients by the conventions of the study, and by "
        "others where it differs: another convention (ties, scale of limits, rule of the median) "
        "is possible, another definition (strata, population, groups, confirmation) is named",
        severity=Severity.ERROR,
        source="the patients (option --study of audit); settings of a study",
        example_fail="printed HR 0.72 (0.52 to 0.98); the patients give 0.66 (0.17 to 2.54)",
        example_ok="printed HR 0.66 (0.17 to 2.54); the patients give 0.66 (0.172 to 2.54)",
        check=check_patients,
        vague=True,
        reproduces=True,
    ),
)
