"""Odds ratio and relative risk of two groups, from the counts of each."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import attrs

from timeline.core.printed_numbers import Printed
from timeline.statistics.rounding import CheckResult, Consistency, consistent_roundings

Table = tuple[tuple[int, int], tuple[int, int]]  # rows: groups; columns: with it, without it


def _odds(table: Table) -> Fraction | None:
    (a, b), (c, d) = table
    return Fraction(a * d, b * c) if b * c else None


def _risks(table: Table) -> Fraction | None:
    (a, b), (c, d) = table
    return Fraction(a * (c + d), c * (a + b)) if c * (a + b) else None


def _as_is(table: Table) -> Table:
    return table


def _exchanged(table: Table) -> Table:
    return table[1], table[0]


def _turned(table: Table) -> Table:
    return (table[0][1], table[0][0]), (table[1][1], table[1][0])


@attrs.frozen
class Ratio:
    """A ratio of two groups: its short name, its name, and how the counts give it."""

    name: str
    description: str
    of: Callable[[Table], Fraction | None] = attrs.field(repr=False, eq=False)


RATIOS = {
    row.name: row
    for row in (Ratio("OR", "the odds ratio", _odds), Ratio("RR", "the relative risk", _risks))
}
_WAYS: tuple[tuple[str, Callable[[Table], Table]], ...] = (
    ("", _as_is),
    (" of the groups exchanged", _exchanged),
    (" of not having it", _turned),
)


@attrs.frozen(kw_only=True)
class FromCounts(CheckResult):
    """The ratio that the counts give, None where it divides by 0, and what prints so."""

    value: Fraction | None
    reproduced_by: tuple[str, ...]


def ratio_of_counts(name: str, claimed: Printed, table: Table) -> FromCounts:
    """A printed odds ratio or relative risk against the counts of two groups (K29).

    ``table``: for each group how many have it, and how many have it not. AGREES where the ratio
    itself prints so; POSSIBLE where the other ratio does, the groups exchanged, or the share
    without it. Bland and Altman 2000, doi:10.1136/bmj.320.7247.1468.
    """
    if name not in RATIOS:
        raise ValueError(f"unknown ratio: {name!r} (known: {', '.join(RATIOS)})")
    if min(map(min, table)) < 0 or not all(map(sum, table)):
        advice = "write counts; each group needs a patient"
        raise ValueError(f"not a table of counts: {table} ({advice})")
    own = RATIOS[name]
    ordered = (own, *(row for row in RATIOS.values() if row is not own))
    readings = {
        f"{row.description}{stated}": value
        for row in ordered
        for stated, way in _WAYS
        if (value := row.of(way(table))) is not None
    }
    fit, roundings, found = consistent_roundings(
        [claimed],
        lambda spans: tuple(stated for stated, value in readings.items() if value in spans[0]),
    )
    if fit is Consistency.AGREES and own.description not in found:
        fit = Consistency.POSSIBLE
    return FromCounts(fit=fit, roundings=roundings, value=own.of(table), reproduced_by=found)
