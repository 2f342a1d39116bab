"""Tables of adverse events: patients by worst grade, a row a term."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import attrs

from timeline.core.span import Span
from timeline.statistics.rounding import CheckResult, Consistency, whether


def _grades(_: object, __: object, value: tuple[int, ...]) -> None:
    if not 1 <= len(value) <= 5 or min(value, default=0) < 0:
        raise ValueError(f"not counts of grades: {value} (write one count a grade, from grade 1)")


@attrs.frozen(kw_only=True)
class AdverseRow:
    """A term with the patients of each worst grade, from grade 1 on, and the total printed."""

    term: str
    grades: tuple[int, ...] = attrs.field(validator=_grades)
    total: int | None = None

    @property
    def patients(self) -> int:
        """The total printed; the sum of the grades where none is."""
        return sum(self.grades) if self.total is None else self.total

    def of(self, grades: Sequence[int]) -> int:
        """How many patients have one of some grades."""
        return sum(count for grade, count in enumerate(self.grades, 1) if grade in grades)


@attrs.frozen(kw_only=True)
class RowSums(CheckResult):
    """The terms whose grades do not make up the total printed, with both numbers."""

    broken: tuple[tuple[str, int, int], ...]


def row_sums(rows: Sequence[AdverseRow]) -> RowSums:
    """Whether the grades of each row make up its total (K30); rows without one are passed over."""
    broken = tuple(
        (row.term, sum(row.grades), row.total)
        for row in rows
        if row.total is not None and row.total != sum(row.grades)
    )
    return RowSums(fit=whether(not broken), broken=broken)


@attrs.frozen(kw_only=True)
class PatientBounds(CheckResult):
    """How many patients the rows allow, and whether the print is at an end of that."""

    bounds: Span
    at_bound: bool


def patients_with(
    rows: Sequence[AdverseRow],
    patients: int,
    n: int,
    grades: Sequence[int] = (3, 4),
    *,
    complete: bool = True,
) -> PatientBounds:
    """Whether so many of n patients can have an event of some grades (K31).

    At least the largest row; at most the sum of the rows, and n. ``complete``: every event has a
    row; otherwise only n bounds from above. POSSIBLE at an end that is not forced: there, all
    events fall on as few, or as many, patients as can be. Each patient counts once a row. A
    patient whose worst grade in a row lies outside ``grades`` cannot be seen to have had them.
    """
    counts = [row.of(grades) for row in rows]
    least, most = max(counts, default=0), min(n, sum(counts)) if complete else n
    if n < 1 or least > n:
        raise ValueError(f"{least} patients in one row, of {n} (write n as large as any row)")
    bounds = Span(least, most)
    at_bound = patients in (least, most) and least < most
    fit = whether(patients in bounds)
    return PatientBounds(
        fit=Consistency.POSSIBLE if fit is Consistency.AGREES and at_bound else fit,
        bounds=bounds,
        at_bound=at_bound,
    )


@attrs.frozen(kw_only=True)
class MostCommon(CheckResult):
    """Terms left out though more, or as, frequent as one named; and whether the named fall."""

    above: tuple[str, ...]
    level: tuple[str, ...]
    falling: bool


def most_common(rows: Sequence[AdverseRow], named: Sequence[str]) -> MostCommon:
    """Whether the terms that a text names as most common are those of the table (K33).

    POSSIBLE where a term left out ties with the rarest one named.
    """
    patients = {row.term: row.patients for row in rows}
    unknown = [term for term in named if term not in patients]
    if unknown or not named:
        raise ValueError(f"no such rows: {unknown} (known: {', '.join(patients)})")
    counts = [patients[term] for term in named]
    others = {term: count for term, count in patients.items() if term not in named}
    above = tuple(term for term, count in others.items() if count > min(counts))
    level = tuple(term for term, count in others.items() if count == min(counts))
    fit = (
        Consistency.CONTRADICTED if above else Consistency.POSSIBLE if level else Consistency.AGREES
    )
    falling = counts == sorted(counts, reverse=True)
    return MostCommon(fit=fit, above=above, level=level, falling=falling)


def empty_rows(rows: Sequence[AdverseRow]) -> tuple[str, ...]:
    """The terms that no patient had: rows without information (K33)."""
    return tuple(row.term for row in rows if not row.patients)


def identical_rows(rows: Sequence[AdverseRow]) -> tuple[tuple[str, ...], ...]:
    """The groups of terms with the same patients in every grade; empty rows left out (K47).

    No fault in itself: with few patients rows are alike by chance.
    """
    groups = defaultdict(list)
    for row in rows:
        if any(row.grades):
            groups[row.grades].append(row.term)
    return tuple(tuple(terms) for terms in groups.values() if len(terms) > 1)
