"""A figure that a report prints at several places must be printed alike."""

from __future__ import annotations

from collections.abc import Iterator

from timeline.auditing.comparison.same_figure import compare_figures, one_is_less_precise
from timeline.auditing.consistency_topics import (
    ConsistencyTopic,
    check_figures,
    is_of_a_reference,
    repeated_figures,
)
from timeline.auditing.patient.wording.topics import TOPICS
from timeline.auditing.rule import Evidence, Rule, Severity
from timeline.auditing.study.wording.definitions import STUDY_TOPICS
from timeline.auditing.verdict import Verdict
from timeline.report.claims import Claim

_TOPICS = (*TOPICS, *STUDY_TOPICS)


def _remark_on_bounds(usual: Claim, claim: Claim) -> str:
    return "both may be true: one is less precise" if one_is_less_precise(usual, claim) else ""


_ANY_FIGURE = ConsistencyTopic(
    name="any", takes=lambda _: True, compare=compare_figures, adds=_remark_on_bounds
)


def check_repeats(evidence: Evidence) -> Iterator[Verdict]:
    """Each value of a figure against the usual one (C26); topics have rules of their own."""
    figures = (
        claims
        for claims in evidence.once(repeated_figures)
        if not is_of_a_reference(claims)
        and not any(topic.takes(claim) for topic in _TOPICS for claim in claims)
    )
    yield from check_figures(evidence, figures, _ANY_FIGURE)


RULES = (
    Rule(
        id="C26",
        checks="a figure or words printed at several places are the same at each",
        formula="numbers can be equal after rounding; words are the same, or less specific",
        severity=Severity.ERROR,
        text_severity=Severity.WARNING,  # other words can mean the same
        source="case catalogue: abstract, text, legends, tables",
        example_fail="seven cycles in the text, six in the legend",
        example_ok="20.0 % in the text and 20 % in the table",
        vague=True,  # two bounds of one figure: over 100, more than 50
        repeats=True,
        check=check_repeats,
        reads_all=True,
        yields=True,
    ),
)
