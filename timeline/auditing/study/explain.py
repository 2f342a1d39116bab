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
from timeline.auditing.study.qualifiers import assessed, marked
from timeline.auditing.typo import TYPO_TIER, slip
from timeline.auditing.verdict import Explanation
from timeline.auditing.weigh import Call
from timeline.months import rounded
from timeline.printed import Printed
from timeline.source import Claim

FARTHEST = 400  # how far to look where no number of patients is printed
MOST_TRIED = 2000  # other numbers of patients, or counts, that one search goes through


@attrs.frozen
class Tried:
    """One other reading: what it says where it reproduces the print, and how far it is off."""

    says: str
    tier: int
    fits: bool


_COUNTS_TOLD = 4


@attrs.frozen
class Beside:
    """The claims of a report; what several failing percentages ask of them is worked out once."""

    claims: Claims
    _failing: dict[tuple[str, int], list[Claim]] = attrs.field(factory=dict, eq=False, repr=False)

    def failing(self, group: str, n: int) -> list[Claim]:
        """The percentages of a group that its number of patients does not give."""
        if (group, n) not in self._failing:
            counts = counts_of(self.claims)
            self._failing[group, n] = [
                claim
                for claim in self.claims
                if claim.kind == "percent"
                and claim.printed
                and group_of(claim) == group
                and total_of(claim, self.claims) == n
                and percent_of_n(claim.printed, n, counts.get(thing(claim))).fit.value
                != Call.AGREES
            ]
        return self._failing[group, n]


@attrs.frozen
class _Question:
    """A percentage that its own denominator does not give, and all that is told beside it."""

    claim: Claim
    percent: Printed
    found: PercentOfN
    beside: Beside

    @property
    def claims(self) -> Claims:
        """All claims of the report, or of the cited study."""
        return self.beside.claims

    def counts_of(self, n: int) -> tuple[int, ...]:
        """The counts, of no more patients than there are, that round to the print of others."""
        told = counts_within(self.percent.span, n)
        if self.found.count is not None:
            return (self.found.count,) * (self.found.count in told)
        return tuple(k for k in told[:_COUNTS_TOLD] if k <= self.found.n)

    @property
    def failing(self) -> list[Claim]:
        """The percentages of the group that the same number of patients does not give."""
        return self.beside.failing(group_of(self.claim), self.found.n)


_NOT_COUNTED = re.compile(
    r"\b(?:NE|not evalua\w+|non-?evalua\w+|inevaluable|unevaluable|missing|unknown|lost|withdr\w+|"
    r"exclu\w+|not assess\w+|unassess\w+|not analy[sz]\w+)\b",
    re.IGNORECASE,
)


def _told_denominators(asked: _Question) -> Iterator[Tried]:
    """Every number of patients that the report tells, in place of the one beside the print."""
    names = dict(_implied(asked))
    for claim in asked.claims:
        if group_of(claim) not in (ALL, group_of(asked.claim)):
            continue  # the patients of a subgroup are no denominator of the whole, nor of another
        counted = claim.kind == "count" and not claim.grade
        size = number(claim) if counted and not marked(claim, "more than one each") else None
        if size and asked.found.n - size > 1 and _NOT_COUNTED.search(claim.about):
            names.setdefault(asked.found.n - size, f"without the {size} {claim.about}")
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
    """A smaller number than that printed, where it gives all percentages of the group that fail.

    Those that the number printed gives are left alone.
    """
    if asked.found.count is not None:
        return
    failing = [each for each in asked.failing if each.printed]
    told = f", as all {len(failing)} that {asked.found.n} does not give" if failing[1:] else ""
    first = asked.found.n - 1
    for n in range(first, max(0, first - MOST_TRIED), -1):  # the fewest left out stand first
        fits = all(each.printed and counts_within(each.printed.span, n) for each in failing)
        counts = asked.counts_of(n) if fits else ()
        says = f"{n} patients in place of {asked.found.n}: {_or(counts)} of {n}{told}"
        yield Tried(says, 1, bool(counts))
        if counts and n == first:  # that one patient is left out needs no other way
            return


def _of_all_counts(asked: _Question) -> Iterator[Tried]:
    """The number of patients that the counts of several failing percentages have in common."""
    counts = counts_of(asked.claims)
    pairs = [
        (each.printed, k)
        for each in asked.failing
        if each.printed and (k := counts.get(thing(each)))
    ]
    if asked.found.count is None or len(pairs) < 2:
        return
    found = implied([percent for percent, _ in pairs], [k for _, k in pairs])
    for n in found.fitting[:_COUNTS_TOLD] if found.fit.value == Call.AGREES else ():
        says = f"{n} patients in place of {asked.found.n}: {asked.found.count} of {n}, as all"
        yield Tried(f"{says} {len(pairs)} that {asked.found.n} does not give", 1, True)


def _other_counts(asked: _Question) -> Iterator[Tried]:
    """Another count of the same patients."""
    if asked.found.count is None or asked.found.n > MOST_TRIED:
        return
    for k in range(asked.found.n + 1):
        if k != asked.found.count:
            says = f"a count of {k} in place of {asked.found.count}"
            yield Tried(says, 2, k in asked.found.counts)


def _slips_of_the_print(asked: _Question) -> Iterator[Tried]:
    """A slip of the keyboard in the percentage, which the counts told would print otherwise."""
    k, n, places = asked.found.count, asked.found.n, places_of(asked.percent)
    if k is None and n > MOST_TRIED:
        return
    for count in range(n + 1) if k is None else (k,):
        right = rounded(Fraction(HUNDRED * count, n), places)
        way = slip(asked.percent.text, right)
        yield Tried(f"a slip in {way} from {right} ({count} of {n})", TYPO_TIER, bool(way))


def _slips_of_the_denominator(asked: _Question) -> Iterator[Tried]:
    """A slip of the keyboard in the number of patients, where their count is told."""
    n, count = str(asked.found.n), asked.found.count or count_of_groups(asked.claim, asked.claims)
    few = count is not None and asked.found.n <= MOST_TRIED
    for other in range(2, 10 ** len(n)) if few else ():
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
    _of_all_counts,
    _other_counts,
    _slips_of_the_print,
    _slips_of_the_denominator,
)


def explain_percent(
    claim: Claim, found: PercentOfN, beside: Beside
) -> tuple[tuple[Explanation, ...], int]:
    """Single changes that reproduce a percentage, best first, and how many were tried."""
    if claim.printed is None:
        return (), 0
    asked = _Question(claim, claim.printed, found, beside)
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
