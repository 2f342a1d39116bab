"""Printed changes of tumour size against the sizes on record, else the printed category."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

import attrs

from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.comparison.same_figure import words
from timeline.auditing.patient.disease.changes_of_printed_sizes import against_printed_sizes
from timeline.auditing.patient.disease.changes_of_size import LARGER, SMALLER, against_sizes, signed
from timeline.auditing.patient.disease.recorded_points import time_point_of
from timeline.auditing.patient.disease.recorded_sizes import lesions_by_name, scan_named
from timeline.auditing.rule import Evidence, Rule, Severity
from timeline.auditing.verdict import Verdict, not_checkable
from timeline.core.span import NEVER_ENDS, Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.report.claims import Claim
from timeline.response.criteria import BY_TITLE
from timeline.response.criteria.criterion import Criterion
from timeline.terminology.criteria import PRIMARY, having_their_own, meaning
from timeline.terminology.response_codes import Code

_SIZE = frozenset({"target", "targets", "sum", "diameter", "diameters", "lesion", "lesions",
                   "tumour", "tumor", "size"})  # fmt: skip


@attrs.frozen(kw_only=True)
class Threshold:
    """A row: the change in percent that a category requires, and what else can give it."""

    category: Code
    change: Span  # percent of the reference; negative for a decrease
    unless: str = ""  # what gives the category without such a change, which is then possible


def least_text(criterion: Criterion) -> str:
    """The least increase of a progression with its unit: ``5 mm``, ``0.8 SUL``."""
    least = Fraction(criterion.thresholds.progression_least)
    return f"{float(least):g} {criterion.lesions.measure.unit}"


def thresholds(criterion: Criterion) -> tuple[Threshold, ...]:
    """The change that each category of a criterion requires; the bounds of PR and PD are included.

    From the baseline for a decrease, from the nadir for an increase.
    """
    limits = criterion.thresholds
    less, more = -limits.response_percent, limits.progression_percent
    unless_new = "there are new lesions, or non-target lesions grew"
    by_density = "" if criterion.terms.by_size_alone else "density fell"
    small = f", or the sum grew by less than {least_text(criterion)}" * bool(
        limits.progression_least
    )
    return (
        Threshold(category=Code.CR, change=Span.point(-100),
                  unless="the targets are nodes, which need not vanish"),
        Threshold(category=Code.PR, change=Span(-100, less), unless=by_density),
        Threshold(category=Code.SD, change=Span(less, more, low_in=False, high_in=False),
                  unless=f"a response was not confirmed{small}"),
        Threshold(category=Code.UPD, change=Span(more, NEVER_ENDS), unless=unless_new),
        Threshold(category=Code.PD, change=Span(more, NEVER_ENDS), unless=unless_new),
    )  # fmt: skip


def check_changes(evidence: Evidence) -> Iterator[Verdict]:
    """Check every printed change of size against the sizes, else the category of its scan."""
    derived = evidence.derived
    if derived is None:
        return
    for claim in evidence.patients:
        subject = words(claim.about)
        is_change = claim.kind == "percent" and subject & (SMALLER | LARGER | {"change"})
        if not is_change or not claim.printed:
            continue
        of_targets = bool(subject & _SIZE or lesions_by_name(claim, derived))
        found = against_sizes(claim, derived) if of_targets else None
        found = found or against_printed_sizes(claim, evidence.patients, derived)
        if found is not None or of_targets:
            yield found or _against_category(claim, evidence.patients, derived)
        elif _is_of_scan(claim, derived):
            why = f"no lesion on record is named in {claim.about!r}"
            yield not_checkable(claim, f"{why} (name one in about:, or write target lesions)")


def _is_of_scan(claim: Claim, derived: DerivedCase) -> bool:
    where = claim.to or claim.of
    return bool(where) and not isinstance(scan_named(where, derived), str)


def _against_category(claim: Claim, claims: Iterable[Claim], derived: DerivedCase) -> Verdict:
    """The verdict on a change by the category printed for the same scan."""
    where = claim.to or claim.of
    for response in claims:
        if response.kind != "response" or response.of != where or not where:
            continue
        row = _threshold(response)
        if row is None:
            continue
        description = (
            f"printed {claim.text} % ({claim.about}); called {response.text} [{response.place}]"
        )
        if not any(span.overlaps(row.change) for span in signed(claim, claim.printed)):
            conclusion = Conclusion.POSSIBLE if row.unless else Conclusion.CONTRADICTED
            only = f", which such a change gives only where {row.unless}" if row.unless else ""
            return Verdict(claim, conclusion, description + only, others=(response,))
        if _has_sizes(where, derived):
            why = f"{response.text} allows it, but the sizes on record are incomplete"
            return not_checkable(claim, why)
        return Verdict(claim, Conclusion.CONSISTENT, description, others=(response,))
    return not_checkable(claim, "no sizes are on record, and no category is printed")


def _threshold(response: Claim) -> Threshold | None:
    """The row of a printed category, by its criterion; None where there is none."""
    category = str(response.value)
    own = [row.title for row in having_their_own(category)]
    named = response.judged_by or PRIMARY.title
    criterion = BY_TITLE.get(own[0] if len(own) == 1 else named)
    if criterion is not None and own and criterion.title not in own:
        return None  # a word of several criteria, and none of them is named
    rows = thresholds(criterion) if criterion else ()
    return next((row for row in rows if row.category is meaning(category)), None)


def _has_sizes(reference: str, derived: DerivedCase) -> bool:
    """Whether sizes are on record at the time point of a scan; a category does not replace them."""
    scan = scan_named(reference, derived)
    if isinstance(scan, str):
        return False
    point = time_point_of(scan, derived)
    return bool(point.lesions or point.sum or point.new_lesion_sizes)


RULES = (
    Rule(
        id="C29",
        reproduces=True,
        checks="a printed change of size against the sizes, else against two printed sizes, else "
        "against the printed category",
        formula="100 (after / before - 1) over every size that rounds to its print; -30 and +20 %",
        severity=Severity.ERROR,
        source="Eisenhauer 2009, 4.3.1",
        example_fail="a decrease of 45 % from 41 to 30 mm, which is 26.8 %",
        example_ok="a decrease of 27 % from 41 to 30 mm",
        check=check_changes,
        yields=True,
    ),
)
