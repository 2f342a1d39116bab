"""The audit: each printed claim is checked against the record and the other claims."""

from __future__ import annotations

import attrs

from timeline.auditing.claims.stated_criteria import with_stated_criteria
from timeline.auditing.claims.tumour_grades import tumour_grade
from timeline.auditing.comparison.compare import Conclusion, compare, share_of_days
from timeline.auditing.contradictions import assign_contradictions
from timeline.auditing.evidence import evidence_index, evidence_verdict
from timeline.auditing.one_verdict import one_verdict_per_claim
from timeline.auditing.patient.durations.convention_support import with_support
from timeline.auditing.rule import Evidence, Rule, Severity, StudyPatients
from timeline.auditing.rules import RULES, run_order
from timeline.auditing.verdict import Explanation, Verdict, not_checkable, unchecked
from timeline.endpoints.derived_case import DerivedCase
from timeline.report.claims import DURATIONS, Claim, Report

__all__ = [
    "RULES",
    "Conclusion",
    "Evidence",
    "Explanation",
    "Rule",
    "Severity",
    "StudyPatients",
    "Verdict",
    "audit",
    "compare",
    "share_of_days",
    "unchecked",
    "verdicts_by_rule",
]


def audit(
    derived: DerivedCase | None,
    report: Report,
    other_reports: tuple[Report, ...] = (),
    study: StudyPatients | None = None,
) -> tuple[Verdict, ...]:
    """One verdict for every claim, in the order of the claims.

    Where several rules judge a claim the strongest gives the verdict, and the others are its
    evidence. A claim that no rule judges is not checkable, and its verdict gives the reason; for
    a claim that only served to check others it names their verdicts.

    Args:
        derived: the derived case of the patient; None where no single patient is encoded.
        report: the report with its claims.
        other_reports: reports that may cite the same studies; their figures are compared.
        study: the patients of the study; None where they are not at hand.
    """
    return one_verdict_per_claim(verdicts_by_rule(derived, report, other_reports, study))


def verdicts_by_rule(
    derived: DerivedCase | None,
    report: Report,
    other_reports: tuple[Report, ...] = (),
    study: StudyPatients | None = None,
) -> tuple[Verdict, ...]:
    """The verdicts of each rule by itself, in the order of the claims; at least one for each."""
    report = with_stated_criteria(report, derived)
    by_each = _run(
        Evidence(report=report, derived=derived, other_reports=other_reports, study=study)
    )
    verdicts = assign_contradictions(with_support(by_each))
    found: dict[int, list[Verdict]] = {id(claim): [] for claim in report.claims}
    for verdict in verdicts:
        found.setdefault(id(verdict.claim), []).append(verdict)
    known = evidence_index(verdicts)
    # A date of the report itself is checked as a claim that the file does not list.
    listed = {id(claim) for claim in report.claims}
    unlisted = {id(v.claim): v.claim for v in verdicts if id(v.claim) not in listed}
    return tuple(
        verdict
        for claim in (*report.claims, *unlisted.values())
        for verdict in _decisive(found[id(claim)])
        or [evidence_verdict(claim, known) or _not_checked(claim, derived)]
    )


_BY_ID = {rule.id: rule for rule in RULES}
_RUN_ORDER = run_order(RULES)


def _run(evidence: Evidence) -> tuple[Verdict, ...]:
    """The verdicts of every rule, each given only the verdicts of the rules that it uses.

    In the order of the rules' ids, those that yield last, whatever the order of running.
    """
    found: list[Verdict] = []
    for rule in _RUN_ORDER:
        used = tuple(each for each in found if _is_used(each.rule, rule))
        judged = rule.check(attrs.evolve(evidence, verdicts=used))
        found += [attrs.evolve(verdict, rule=rule.id) for verdict in judged]
    return tuple(sorted(found, key=_rank))


def _rank(verdict: Verdict) -> tuple[bool, str]:
    return _BY_ID[verdict.rule].yields, verdict.rule


def _is_used(used: str, rule: Rule) -> bool:
    return used in rule.uses or (rule.reads_all and not _BY_ID[used].reads_all)


def _decisive(verdicts: list[Verdict]) -> list[Verdict]:
    """The verdicts on one claim: a rule that yields adds only a finding, or a recomputed figure."""
    rules = [_BY_ID[each.rule] for each in verdicts]
    replaced = {old for rule in rules for old in rule.supersedes}
    current = [each for each in verdicts if each.rule not in replaced]
    own = [each for each in current if not _BY_ID[each.rule].yields]
    odd = [each for each in current if _BY_ID[each.rule].yields and _counts(each)]
    agreed = [each for each in current if each.conclusion is Conclusion.AGREES]
    return [*own, *odd] or agreed[:1] or current[:1]


def _counts(verdict: Verdict) -> bool:
    """Whether a verdict of a rule that yields is added to others: it finds or recomputes."""
    recomputed = verdict.conclusion is Conclusion.AGREES and _BY_ID[verdict.rule].reproduces
    return recomputed or verdict.conclusion not in (Conclusion.AGREES, Conclusion.NOT_CHECKABLE)


# What is missing to check a figure of a kind, where no rule gives a verdict on it.
_MISSING = {
    "name": "stated once, in words that no rule checks",
    "ordinal": "stated once, for no line (write line: the line that it counts)",
    "size": "no second size of it is printed",
    "age": "only one age is printed: a second age or a date of birth is needed",
    "dose": "no usual dose of it is known here, and no dose of it in such a unit is on record",
    "schedule": "no treatment on record is compared with it: none has its drug with a schedule or "
    "a length of a cycle, or no days are named",
    "lab": "no value of the same analyte in another unit is printed",
    "grade": "it names no adverse event on record, or several (write of: the event)",
    "range": "printed once, about a subject that no rule checks",
    "score": "stated once, on a scale that is not known here",
    "p": "neither a test nor confidence limits are printed with it",
    "count": "no percentage, no part and no second figure of it",
    "percent": "neither its count nor its patients are printed",
    "date": "no single patient is encoded for this report",
    "response": "no single patient is encoded for this report",
}


_WORD_KINDS = ("name", "ordinal", "schedule", "dose")  # which stay what they are in any study


def _not_checked(claim: Claim, derived: DerivedCase | None) -> Verdict:
    if claim.study and claim.kind not in _WORD_KINDS:
        return not_checkable(claim, "a figure of a cited study, with no figure to check it against")
    if derived is not None and (claim.group or claim.n) and claim.kind in DURATIONS:
        return not_checkable(claim, "a figure of a group, and the record is of one patient")
    of_patient = derived is not None and not (claim.group or claim.n)
    if of_patient and claim.kind == "percent":
        return not_checkable(
            claim,
            "a measurement of the patient, no share of patients: printed once, nothing to "
            "compare it with",
        )
    if derived is None and claim.kind in DURATIONS:
        return not_checkable(claim, "no single patient is encoded for this report")
    if claim.kind == "grade" and tumour_grade(claim) is not None:
        return not_checkable(
            claim, "a grade of the tumour, not of an adverse event: no rule checks it"
        )
    why = _MISSING.get(claim.kind, "this version has no rule for this kind of figure")
    return not_checkable(claim, why)
