"""Response and disease control against the counts of each category."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from timeline.core.printed_numbers import Printed
from timeline.core.span import Span
from timeline.statistics.percentages import counts_within
from timeline.statistics.rounding import (
    CheckResult,
    Consistency,
    consistent_roundings,
    equal,
    judge,
    not_above,
    whether,
)

CATEGORIES = ("cr", "pr", "sd", "pd", "ne")


@attrs.frozen
class Rate:
    """A rate, and the categories of best response that it counts."""

    name: str
    of: tuple[str, ...]
    source: str


RATES = {
    row.name: row
    for row in (
        Rate("ORR", ("cr", "pr"), "RECIST 1.1, doi:10.1016/j.ejca.2008.10.026, section 4.3"),
        Rate("DCR", ("cr", "pr", "sd"), "common use; a protocol may require SD to last some weeks"),
    )
}


@attrs.frozen(kw_only=True)
class ResponseCounts:
    """How many of n patients had each best response; None where the report does not state it."""

    n: int
    cr: int | None = None
    pr: int | None = None
    sd: int | None = None
    pd: int | None = None
    ne: int | None = None

    def __attrs_post_init__(self) -> None:
        if self.n < 1:
            raise ValueError(f"not a number of patients: {self.n} (write 1 or more)")
        for name in CATEGORIES:
            if (getattr(self, name) or 0) < 0:
                raise ValueError(f"a count below 0: {name} {getattr(self, name)}")

    def of(self, categories: Sequence[str]) -> Span | None:
        """The range of how many are in some categories; None where the counts exceed n.

        Patients in no category with a count are in one without.
        """
        counts = {name: getattr(self, name) for name in CATEGORIES}
        rest = self.n - sum(count or 0 for count in counts.values())
        if rest < 0:
            return None
        known = sum(counts[name] or 0 for name in categories)
        unstated = {name for name, count in counts.items() if count is None}
        inside, outside = unstated & set(categories), unstated - set(categories)
        return Span(known + (rest if inside and not outside else 0), known + bool(inside) * rest)


@attrs.frozen(kw_only=True)
class RateCheck(CheckResult):
    """A rate against counts: the range of the count, and which denominators reproduce the print."""

    count: Span | None
    denominators: tuple[tuple[str, int], ...]


def response_rate(name: str, percent: Printed, counts: ResponseCounts) -> RateCheck:
    """Whether ORR = (CR + PR) / n or DCR = (CR + PR + SD) / n prints so (K07).

    Tried with all patients, then without those not evaluable, which is POSSIBLE at best. That
    DCR is at least ORR is for ``ordered``.
    """
    if name not in RATES:
        raise ValueError(f"unknown rate: {name!r} (known: {', '.join(RATES)})")
    count = counts.of(RATES[name].of)
    if count is None:
        return RateCheck(fit=Consistency.CONTRADICTED, count=None, denominators=())
    sizes = [("all", counts.n), ("evaluable", counts.n - (counts.ne or 0))]
    known = tuple(dict.fromkeys(n for _, n in sizes if n > 0))
    named = tuple((next(word for word, m in sizes if m == n), n) for n in known)

    def find(spans: tuple[Span, ...]) -> tuple[tuple[str, int], ...]:
        within = ((word, n, counts_within(spans[0], n)) for word, n in named)
        return tuple(
            (word, n) for word, n, ks in within if ks and Span(ks[0], ks[-1]).overlaps(count)
        )

    fit, roundings, fitting = consistent_roundings([percent], find)
    if fit is Consistency.AGREES and fitting[0][0] != "all":
        fit = Consistency.POSSIBLE
    return RateCheck(fit=fit, roundings=roundings, count=count, denominators=fitting)


def complement(dcr: Printed, pd: Printed, ne: Printed | None = None) -> CheckResult:
    """Whether DCR = 100 - PD - NE, all in percent of the same patients (K07).

    Without NE, its share may be anything, so DCR is only checked to be at most 100 - PD.
    """

    def rule(spans: tuple[Span, ...]) -> Consistency:
        most = -spans[1] + 100
        if ne is None:
            return whether(not_above(spans[0], most) is not Consistency.CONTRADICTED)
        return equal(most - spans[2], spans[0])

    fit, roundings = judge([dcr, pd, *([ne] if ne else [])], rule)
    return CheckResult(fit=fit, roundings=roundings)


@attrs.frozen(kw_only=True)
class Residual(CheckResult):
    """What is left of each category for the patients of no printed subgroup."""

    rest: tuple[int, ...]
    n: int


def subgroup_residual(
    total: Sequence[int], subgroups: Sequence[Sequence[int]], n: int, sizes: Sequence[int]
) -> Residual:
    """The categories of all patients less those of each subgroup (K08).

    All rows in one order of categories; ``n`` and ``sizes`` count the patients of each row. No
    remainder may be below 0, nor more be left in categories than patients are left.
    """
    if any(len(row) != len(total) for row in subgroups) or len(sizes) != len(subgroups):
        raise ValueError("rows of unequal length (one count a category, one size a subgroup)")
    rest = tuple(count - sum(parts) for count, *parts in zip(total, *subgroups, strict=True))
    left = n - sum(sizes)
    fits = all(count >= 0 for count in rest) and left >= 0 and sum(rest) <= left
    return Residual(fit=whether(fits), rest=rest, n=left)
