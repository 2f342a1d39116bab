"""Which other reading would reproduce a printed percentage: a search over rows, never a cause."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction

import attrs

from timeline.arithmetic.percent import (
    HUNDRED,
    PercentOfN,
    counts_within,
    implied,
    percent_of_n,
    places_of,
)
from timeline.auditing.study.cohort import (
    ALL,
    Claims,
    counts_of,
    group_of,
    number,
    thing,
    total_of,
    whole,
)
from timeline.auditing.study.qualifiers import assessed
from timeline.auditing.typo import TYPO_TIER, slip
from timeline.auditing.verdict import Explanation
from timeline.auditing.weigh import Call
from timeline.months import rounded
from timeline.printed import Printed
from timeline.source import Claim

FARTHEST = 400  # how far to look where no number of patients is printed


@attrs.frozen
class Tried:
    """One other reading: what it says where it reproduces the print, and how far it is off."""

    says: str
    tier: int
    fits: bool


@attrs.frozen
class _Question:
    """A percentage that its own denominator does not give, and all that is told beside it."""

    claim: Claim
    percent: Printed
    found: PercentOfN
    claims: Claims

    def counts_of(self, n: int) -> tuple[int, ...]:
        """The counts, of no more patients than there are, that round to the print of others."""
        told = counts_within(self.percent.span, n)
        if self.found.count is not None:
            told = (self.found.count,) if self.found.count in told else ()
        return tuple(k for k in told if k <= self.found.n)


def _told_denominators(asked: _Question) -> Iterator[Tried]:
    """Every number of patients that the report tells, in place of the one beside the print."""
    names = dict(_implied(asked))
    for claim in asked.claims:
        if group_of(claim) not in (ALL, group_of(asked.claim)):
            continue  # the patients of a subgroup are no denominator of the whole, nor of another
        size = number(claim) if claim.kind == "count" and not claim.grade else None
        for n, name in ((size, f"{claim.about}, {group_of(claim)}"), (whole(claim.n), claim.group)):
            if n and n > 1 and n != asked.found.n and n >= (asked.found.count or 0):
                names.setdefault(n, name)
    for n, name in sorted(names.items()):
        counts = asked.counts_of(n)
        says = f"a denominator of {n} ({name}): {_or(counts)} of {n}"
        yield Tried(says, 1, bool(counts))


def _implied(asked: _Question) -> Iterator[tuple[int, str]]:
    """Numbers of patients that a count with its percentage implies, where only one does."""
    counts = counts_of(asked.claims)
    for claim in asked.claims:
        count = counts.get(thing(claim))
        if claim.kind == "percent" and claim.printed and count and not claim.n:
            found = implied([claim.printed], [count])
            if len(found.fitting) == 1 and found.fit.value == Call.AGREES:
                yield found.fitting[0], f"{count} are {claim.text} % of it"


def _fewer_patients(asked: _Question) -> Iterator[Tried]:
    """A smaller number than that printed, where it gives all percentages of the group at once."""
    if asked.found.count is not None:
        return
    fellows = [
        claim.printed
        for claim in asked.claims
        if claim.kind == "percent"
        and claim.printed
        and group_of(claim) == group_of(asked.claim)
        and total_of(claim, asked.claims) == asked.found.n
    ]
    all_of_them = ", as all percentages of the group" if len(fellows) > 1 else ""
    for n in range(asked.found.n - 1, 0, -1):  # the fewest left out stand first
        fits = all(counts_within(each.span, n) for each in fellows)
        counts = asked.counts_of(n) if fits else ()
        says = f"{n} patients in place of {asked.found.n}: {_or(counts)} of {n}{all_of_them}"
        yield Tried(says, 1, bool(counts))
        if counts and n == asked.found.n - 1:  # that one patient is left out needs no other way
            return


def _other_counts(asked: _Question) -> Iterator[Tried]:
    """Another count of the same patients."""
    if asked.found.count is None:
        return
    for k in range(asked.found.n + 1):
        if k != asked.found.count:
            says = f"a count of {k} in place of {asked.found.count}"
            yield Tried(says, 2, k in asked.found.counts)


def _slips_of_the_print(asked: _Question) -> Iterator[Tried]:
    """A slip of the keyboard in the percentage, which the counts told would print otherwise."""
    k, n, places = asked.found.count, asked.found.n, places_of(asked.percent)
    for count in range(n + 1) if k is None else (k,):
        right = rounded(Fraction(HUNDRED * count, n), places)
        way = slip(asked.percent.text, right)
        yield Tried(f"a slip in {way} from {right} ({count} of {n})", TYPO_TIER, bool(way))


def _slips_of_the_denominator(asked: _Question) -> Iterator[Tried]:
    """A slip of the keyboard in the number of patients, where their count is told."""
    n, count = str(asked.found.n), asked.found.count or count_of_groups(asked.claim, asked.claims)
    for other in range(2, 10 ** len(n)) if count is not None else ():
        if slip(n, str(other)) and other >= (count or 0):
            fits = count in counts_within(asked.percent.span, other)
            yield Tried(f"{other} patients in place of {n}: {count} of {other}", TYPO_TIER, fits)


def count_of_groups(claim: Claim, claims: Claims) -> int | None:
    """The counts together of the groups that the name of a group lists; None of fewer than two."""
    about, group, *rest = thing(claim)
    told = [
        count
        for (of, whose, *more), count in counts_of(claims).items()
        if of == about and more == rest and whose != group and count is not None
        if re.search(rf"\b{re.escape(whose)}\b", group)
    ]
    return sum(told) if len(told) > 1 else None


def _or(counts: tuple[int, ...]) -> str:
    return " or ".join(map(str, counts))


SEARCHES: tuple[Callable[[_Question], Iterator[Tried]], ...] = (
    _told_denominators,
    _fewer_patients,
    _other_counts,
    _slips_of_the_print,
    _slips_of_the_denominator,
)


def explain_percent(
    claim: Claim, found: PercentOfN, claims: Claims
) -> tuple[tuple[Explanation, ...], int]:
    """Single changes that reproduce a percentage, best first, and how many were tried."""
    if claim.printed is None:
        return (), 0
    asked = _Question(claim, claim.printed, found, claims)
    tried = [each for search in SEARCHES for each in search(asked)]
    fitting = tuple(
        Explanation(says=each.says, tier=each.tier, changes=1, call=Call.AGREES)
        for each in tried
        if each.fits
    )
    return tuple(sorted(fitting, key=lambda each: each.cost)), len(tried)


_OF_ANALYSIS = re.compile(r"evaluable|assessable|assessed|analy[sz]ed|treated|enrolled|measured")


def other_patients(claim: Claim, found: PercentOfN, claims: Claims) -> tuple[int, ...]:
    """Printed numbers of patients, other than the size of the group, that give a percentage.

    With its count told: any number of patients. Without: only those that an analysis is of, and
    those left without the patients not evaluable; too many other numbers would fit by chance.
    """
    if claim.printed is None:
        return ()
    percent = claim.printed
    sizes = {
        number(each)
        for each in claims
        if each.kind == "count" and not each.grade and group_of(each) in (ALL, group_of(claim))
        if found.count is not None or _OF_ANALYSIS.search(each.about)
    }
    missing = counts_of(claims).get(("NE", group_of(claim), (), assessed(claim)))
    sizes.add(found.n - missing if missing else None)
    least = max(found.count or 0, 1)
    others = sorted(n for n in sizes if n and least <= n != found.n)
    return tuple(n for n in others if percent_of_n(percent, n, found.count).roundings)


def smallest(percent: Printed) -> int | None:
    """The smallest number of patients of which some count rounds to it; None up to the farthest."""
    return next((n for n in range(1, FARTHEST + 1) if counts_within(percent.span, n)), None)
