"""The words of a percentage that its patients do not give: what the report has, what is right.

A suggestion names no count that the counts of the report rule out, and the fractions that print as
the percentage stand beside it: the number of patients can be what is wrong.
"""

from __future__ import annotations

from fractions import Fraction

import attrs

from timeline.auditing.claims.cohort import Claims, counts_of
from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.study.counts.percentage_search import MOST_PATIENTS
from timeline.auditing.study.counts.printed_counts import count_of_groups
from timeline.auditing.study.counts.response_rates import counted_responses
from timeline.auditing.verdict import Explanation, Share
from timeline.core.calendar.durations import rounded
from timeline.report.claims import Claim
from timeline.statistics.percentages import HUNDRED, PercentOfN, counts_within, places_of
from timeline.statistics.response_rates import RATES

_COUNTS_SHOWN = 4
_SHARES_SHOWN = 2  # fractions that a line names; of more some would fit by chance


@attrs.frozen
class KnownCount:
    """A count of the patients that other counts of the report give, and how, in words."""

    count: int
    description: str


def known_count(claim: Claim, found: PercentOfN, claims: Claims) -> KnownCount | None:
    """The count behind a percentage that is printed without one: of its groups, or CR + PR.

    None where it has a count of its own, where some count of its patients prints as it does, and
    where the other counts are more than its patients.
    """
    if found.count is not None or found.counts:
        return None
    in_groups, responses = count_of_groups(claim, claims), None
    if in_groups is None and claim.about in RATES:
        responses = counted_responses(claim, counts_of(claims), claims)
    count = responses if in_groups is None else in_groups
    if count is None or count > found.n:
        return None
    parts = " + ".join(name.upper() for name in RATES[claim.about].of) if responses else ""
    text = f"{parts} are {count}" if parts else f"the groups named have {count} together"
    return KnownCount(count, text)


def shares_that_fit(
    claim: Claim, known: KnownCount | None, explained: tuple[Explanation, ...]
) -> tuple[Share, ...]:
    """The fractions that print as a percentage, a count and its patients; none where many would.

    Of a known count the one number of patients that fits it. Else those of the best explanations.
    """
    if known is not None and claim.printed is not None:
        span, sizes = claim.printed.span, range(max(known.count, 1), MOST_PATIENTS + 1)
        fitting = [(known.count, n) for n in sizes if known.count in counts_within(span, n)]
        return tuple(fitting) if len(fitting) == 1 else ()
    best = [each for each in explained if each.tier == explained[0].tier]
    shares = dict.fromkeys(share for each in best for share in each.shares)
    return tuple(shares) if len(shares) <= _SHARES_SHOWN else ()


def description_of(claim: Claim, found: PercentOfN) -> str:
    """What is printed, and the percentage of the count, or the counts that fit it."""
    count = "" if found.count is None else _as_percentage(found)
    return f"printed {claim.text} %; {count or _possible_counts(found)}"


def recorded_text(
    found: PercentOfN, known: KnownCount | None = None, shares: tuple[Share, ...] = ()
) -> str:
    """What the counts of the report give, and of which patients the percentage would be right."""
    rounded_up = found.fit.value == Conclusion.POSSIBLE and len(found.counts) == 1
    if found.count is not None:
        text = _as_percentage(found)
    else:
        text = _possible_counts(found) + (", rounded up" if rounded_up else "")
    parts = [text] + ([known.description] if known else [])
    if len(shares) == 1 or (shares and not rounded_up):
        fractions = " or ".join(f"{count} of {n}" for count, n in shares)
        parts.append(f"{found.percent} % is {fractions}")
    return "; ".join(parts)


def expected_text(
    found: PercentOfN, known: KnownCount | None = None, shares: tuple[Share, ...] = ()
) -> str:
    """The percentage of the count, printed or known; without one, those of the nearest counts.

    Then the percentage as printed, with the counts and patients that it is right of.
    """
    if found.count is not None:
        right = f"{found.expected} %"
    else:
        right = _of_n(found, (known.count,)) if known else _nearest(found)
    others = [f"{found.percent} % ({count}) of {n}" for count, n in shares]
    return ", or ".join((right, *others)) if right else ""


def _as_percentage(found: PercentOfN) -> str:
    return f"{found.count} of {found.n} is {found.expected} %"


def _nearest(found: PercentOfN) -> str:
    """The percentages of the counts on both sides of the printed one; empty where one fits it."""
    value = found.percent.value
    if found.counts or value is None or not 0 <= value <= HUNDRED:
        return ""
    below = int(value * found.n // HUNDRED)
    return _of_n(found, tuple(k for k in (below, below + 1) if k <= found.n))


def _of_n(found: PercentOfN, counts: tuple[int, ...]) -> str:
    """Counts of the patients as percentages: ``16.7 % (5) or 20.0 % (6) of 30``."""
    places = places_of(found.percent)
    shares = (f"{rounded(Fraction(HUNDRED * k, found.n), places)} % ({k})" for k in counts)
    return f"{' or '.join(shares)} of {found.n}"


def _possible_counts(found: PercentOfN) -> str:
    if not found.counts:
        return f"no count of {found.n} rounds to it"
    few = found.counts[: _COUNTS_SHOWN + 1]
    if len(few) > _COUNTS_SHOWN:
        return f"{found.counts[0]} to {found.counts[-1]} of {found.n}"
    return f"{' or '.join(map(str, few))} of {found.n}"
