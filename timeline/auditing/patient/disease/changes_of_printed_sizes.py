"""A printed change in percent against two sizes that the report prints of the same subject.

Sizes that no lesion on record has, as the volume of a tumour, are of one subject where ``about``
is the same, and each is of a moment on record (``of``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

import attrs

from timeline.auditing.comparison.compare import Conclusion, best_of, compare
from timeline.auditing.comparison.same_figure import words
from timeline.auditing.patient.disease.changes_of_size import (
    LARGER,
    SMALLER,
    change_between,
    signed,
)
from timeline.auditing.verdict import Verdict
from timeline.core.calendar.durations import range_text, rounded
from timeline.core.printed_numbers import Printed, parse_printed
from timeline.core.quantities import UNIT_OF
from timeline.core.span import Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.case import Case, Moment
from timeline.report.claims import Claim

# The words of a change beside those of its subject: "decrease of the tumour volume from baseline".
_OF_A_CHANGE = SMALLER | LARGER | {"change", "of", "in", "the", "a", "from", "by", "baseline"}


@attrs.frozen
class _PrintedSize:
    """A printed size, in base units where its unit is known, and the moment that it is of."""

    claim: Claim
    moment: Moment
    number: Printed
    unit: str

    @property
    def text(self) -> str:
        return f"{' '.join(filter(None, (self.claim.text, self.claim.unit)))} at {self.claim.of}"


def against_printed_sizes(
    claim: Claim, claims: Iterable[Claim], derived: DerivedCase
) -> Verdict | None:
    """The verdict on a change by two printed sizes; None where the report does not print them.

    The later size is of the moment of the claim (``to`` or ``of``), the earlier one of its
    ``from``; without ``from`` of any moment that is certainly before it.
    """
    pairs = tuple(_pairs(claim, claims, derived.case))
    if not pairs or claim.printed is None:
        return None
    conclusions = [_compared(claim, claim.printed, first, last) for first, last in pairs]
    best = best_of(conclusions)
    described = [
        f"from {first.text} to {last.text} the printed sizes change by {_text(first, last)}"
        for first, last in pairs
    ]
    kept = range(len(pairs)) if best is Conclusion.CONTRADICTED else (conclusions.index(best),)
    printed = f"printed {claim.text} % ({claim.about}); "
    used = {id(each.claim): each.claim for number in kept for each in pairs[number]}
    shown = "; ".join(described[number] for number in kept)
    return Verdict(claim, best, printed + shown, others=tuple(used.values()))


def _compared(
    claim: Claim, printed: Printed, first: _PrintedSize, last: _PrintedSize
) -> Conclusion:
    """How a change fits two sizes; the last digit of a plain number may be rounded or cut."""
    exact, spans = _exact(first, last), signed(claim, printed)
    if exact is not None and any(exact in span for span in spans):
        return Conclusion.AGREES
    half = printed.unit / 2 if printed.span.is_bounded else 0
    change = change_between(first.number.span, last.number.span)
    return best_of(compare(change, span + Span(-half, half)) for span in spans)


def _exact(first: _PrintedSize, last: _PrintedSize) -> Fraction | None:
    """The change in percent of the numbers as printed; None where one is a range or hedged."""
    before, after = first.number.value, last.number.value
    return None if not before or after is None else 100 * (Fraction(after) / Fraction(before) - 1)


def _text(first: _PrintedSize, last: _PrintedSize) -> str:
    """``-81.92 %``, with the changes of all that rounds to the two prints."""
    change, exact = change_between(first.number.span, last.number.span), _exact(first, last)
    ends = f"{range_text(change, 2, never_below_0=False)} %"
    return ends if exact is None else f"{rounded(exact, 2)} % ({ends} by rounding)"


def _pairs(
    claim: Claim, claims: Iterable[Claim], case: Case
) -> Iterator[tuple[_PrintedSize, _PrintedSize]]:
    """The pairs of sizes, the earlier one first, that a change may be of."""
    subject = words(claim.about) - _OF_A_CHANGE
    named = [each for each in claims if each.kind == "size" and each.of]
    sizes = [
        size
        for each in named
        if subject and words(each.about) - _OF_A_CHANGE == subject and (size := _size(each, case))
    ]
    at = _moment(claim.to or claim.of, case)
    since = _moment(claim.from_, case) if claim.from_ else None
    if claim.from_ and since is None:
        return
    for last in sizes:
        if at is not None and not _is_same(last.moment, at):
            continue
        for first in sizes:
            is_named = since is None or _is_same(first.moment, since)
            in_order = _is_before(first.moment, last.moment, case)
            if first.unit == last.unit and is_named and in_order:
                yield first, last


def _size(claim: Claim, case: Case) -> _PrintedSize | None:
    """A size of one number above 0 with the moment that it is of."""
    moment = _moment(claim.of, case)
    try:
        number = parse_printed(claim.text.replace(",", ""))
    except ValueError:
        return None
    if moment is None or not number.span.low > 0:
        return None
    unit = UNIT_OF.get(claim.unit)
    scaled = number if unit is None else number.scaled(unit.size)
    return _PrintedSize(claim, moment, scaled, claim.unit if unit is None else unit.measures)


def _moment(reference: str, case: Case) -> Moment | None:
    """The start or the end of an event that a reference names itself."""
    try:
        moment, days = case.moment(reference) if reference else (None, Span.point(1))
    except ValueError:
        return None
    return moment if days == Span.point(0) else None


def _is_same(one: Moment, other: Moment) -> bool:
    return one[0] is other[0] and one[1] == other[1]


def _is_before(one: Moment, other: Moment, case: Case) -> bool:
    return not _is_same(one, other) and case.days_between(one, other).low >= 0
