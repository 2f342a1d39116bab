"""Printed changes of tumour size against the sizes on record and the category beside them."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from timeline.auditing.compare import Conclusion
from timeline.auditing.patient.disease.changes_of_size import LARGER, SMALLER, against_sizes, signed
from timeline.auditing.patient.disease.recorded_points import time_point_of
from timeline.auditing.patient.disease.recorded_sizes import lesions_named, scan_named
from timeline.auditing.repeated_figures import words
from timeline.auditing.rule import Evidence, Rule, Severity
from timeline.auditing.verdict import Verdict, not_checkable
from timeline.core.span import NEVER_ENDS, Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.report.claims import Claim
from timeline.response.criteria import BY_TITLE
from timeline.response.criteria.criterion import Criterion
from timeline.terminology.criteria import PRIMARY, meaning, only_one
from timeline.terminology.response_codes import Code

_SIZE = frozenset({"target", "targets", "sum", "diameter", "diameters", "lesion", "lesions",
                   "tumour", "tumor", "size"})  # fmt: skip


@attrs.frozen(kw_only=True)
class Threshold:
    """A row: the change in percent that a category asks for, and what else can give it."""

    called: Code
    change: Span  # percent against the reference, below nought where smaller
    unless: str = ""  # what may give the category all the same; then it is possible


def thresholds(criterion: Criterion) -> tuple[Threshold, ...]:
    """The changes that the categories of a criterion ask for; for PR and PD the bound counts.

    Against baseline for a decrease, against the nadir for an increase.
    """
    limits = criterion.thresholds
    less, more = -limits.response_percent, limits.progression_percent
    unless_new = "lesions are new, or those that are no targets grew"
    by_density = "" if criterion.terms.by_size_alone else "density fell"
    small = f", or the sum grew by less than {limits.progression_mm} mm" * bool(
        limits.progression_mm
    )
    return (
        Threshold(called=Code.CR, change=Span.point(-100),
                  unless="the targets are nodes, which need not vanish"),
        Threshold(called=Code.PR, change=Span(-100, less), unless=by_density),
        Threshold(called=Code.SD, change=Span(less, more, low_in=False, high_in=False),
                  unless=f"a response was not confirmed{small}"),
        Threshold(called=Code.UPD, change=Span(more, NEVER_ENDS), unless=unless_new),
        Threshold(called=Code.PD, change=Span(more, NEVER_ENDS), unless=unless_new),
    )  # fmt: skip


def check_changes(evidence: Evidence) -> Iterator[Verdict]:
    """Every printed change of size, against sizes, else against the category of the scan."""
    derived = evidence.derived
    for claim in evidence.patients if derived is not None else ():
        said = words(claim.about)
        changes = said & (SMALLER | LARGER | {"change"})
        if claim.kind != "percent" or not changes or not claim.printed or derived is None:
            continue
        if said & _SIZE or _lesions_by_name(claim, derived):
            yield against_sizes(claim, derived) or _compared_with_category(claim, evidence)


def _lesions_by_name(claim: Claim, derived: DerivedCase) -> tuple[str, ...]:
    return tuple(each.name for each in lesions_named(claim, derived) if each.by_name)


def _has_sizes(reference: str, derived: DerivedCase | None) -> bool:
    """Whether sizes are on record at the time point of a scan; a category does not replace them."""
    scan = scan_named(reference, derived) if derived is not None else ""
    if isinstance(scan, str) or derived is None:
        return False
    point = time_point_of(scan, derived)
    return bool(point.lesions or point.sum or point.new_lesion_sizes)


def _compared_with_category(claim: Claim, evidence: Evidence) -> Verdict:
    """The category printed of the same scan must be one that such a change allows."""
    where = claim.to or claim.of
    called = [each for each in evidence.patients if each.kind == "response" and each.of == where]
    for each in called:
        own = only_one(str(each.value))
        criterion = BY_TITLE.get(own.title if own else each.judged_by or PRIMARY.title)
        code = meaning(str(each.value))
        row = (
            next((r for r in thresholds(criterion) if r.called is code), None)
            if criterion
            else None
        )
        if row is None or not where:
            continue
        description = f"printed {claim.text} % ({claim.about}); called {each.text} [{each.place}]"
        if any(span.overlaps(row.change) for span in signed(claim, claim.printed)):
            if _has_sizes(where, evidence.derived):
                why = f"{each.text} allows it, but the sizes on record are incomplete"
                return not_checkable(claim, why)
            return Verdict(claim, Conclusion.AGREES, description, others=(each,))
        conclusion = Conclusion.POSSIBLE if row.unless else Conclusion.CONTRADICTED
        description += f", which such a change gives only where {row.unless}" if row.unless else ""
        return Verdict(claim, conclusion, description, others=(each,))
    return not_checkable(claim, "no sizes are on record, and no category is printed")


RULES = (
    Rule(
        id="C29",
        reproduces=True,
        checks="a printed change of size against the sizes, or against the printed category",
        formula="100 (after / before - 1) over every size that rounds to its print; -30 and +20 %",
        severity=Severity.ERROR,
        source="Eisenhauer 2009, 4.3.1",
        example_fail="a decrease of 45 % from 41 to 30 mm, which is 26.8 %",
        example_ok="a decrease of 27 % from 41 to 30 mm",
        check=check_changes,
        yields=True,
    ),
)
