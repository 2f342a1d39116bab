"""Errors of printing that would explain an unusual dose: one row for each kind of error."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction

import attrs

from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.comparison.typos import TYPO_TIER
from timeline.auditing.verdict import Explanation
from timeline.core.calendar.durations import rounded
from timeline.core.quantities import UNITS, Unit
from timeline.core.span import Span
from timeline.report.claims import Claim
from timeline.terminology.drugs import DrugEntry


@attrs.frozen(kw_only=True)
class Dose:
    """A printed dose: its claim, its drug, its number, and its unit.

    ``times``: how many daily doses it may contain at most (1, or those of a cycle).
    """

    claim: Claim
    agent: DrugEntry
    amount: Span
    unit: Unit
    times: int = 1

    @property
    def in_mg(self) -> Span:
        """The dose in mg, mg/m² or mg/kg, as the unit measures."""
        return self.amount.times(self.unit.size)

    @property
    def usual(self) -> Span | None:
        """The usual doses that the table gives, in mg, mg/m² or mg/kg, as the unit measures."""
        measured = self.unit.measures.removesuffix(" per day")
        ranges = {what: Span(low, high * self.times) for what, low, high in self.agent.usual}
        return ranges.get(measured)

    def is_usual(self) -> bool:
        """Whether it overlaps the usual doses of its drug; never where the table has none."""
        return self.usual is not None and self.in_mg.overlaps(self.usual)


@attrs.frozen
class DoseError:
    """A row: an error of printing, and the doses that may have been intended.

    Each alternative is a pair: the dose in words, and whether it is a usual dose of the drug.
    """

    description: str
    alternatives: Callable[[Dose, tuple[Dose, ...]], Iterator[tuple[str, bool]]]


def _by_unit(dose: Dose, _: tuple[Dose, ...]) -> Iterator[tuple[str, bool]]:
    """The same number in another unit of the same quantity."""
    for unit in UNITS:
        if unit.measures == dose.unit.measures and unit != dose.unit:
            other = attrs.evolve(dose, unit=unit)
            yield f"{dose.claim.text} {unit.name}", other.is_usual()


_MEASURES = frozenset({"dose", "dose per surface", "dose per weight"})


def _by_measure(dose: Dose, _: tuple[Dose, ...]) -> Iterator[tuple[str, bool]]:
    """The same number by surface, by weight, or flat."""
    for unit in UNITS:
        if unit.measures in _MEASURES - {dose.unit.measures} and unit.size == dose.unit.size:
            other = attrs.evolve(dose, unit=unit)
            if other.usual is not None:
                yield f"{dose.claim.text} {unit.name}", other.is_usual()


def _by_point(dose: Dose, _: tuple[Dose, ...]) -> Iterator[tuple[str, bool]]:
    """Ten times the dose, or a tenth of it."""
    for times in (Fraction(10), Fraction(1, 10)):
        other = attrs.evolve(dose, amount=dose.amount.times(times))
        bounded = other.amount.is_bounded
        middle = Fraction(other.amount.low + other.amount.high) / 2 if bounded else None
        number = rounded(middle, 2).rstrip("0").rstrip(".") if middle is not None else "that"
        yield f"{number} {dose.unit.name}", other.is_usual()


def _exchanged(dose: Dose, other_doses: tuple[Dose, ...]) -> Iterator[tuple[str, bool]]:
    """The number and unit exchanged with those of another drug at the same place."""
    for other in other_doses:
        places = [(each.claim.place, each.claim.study) for each in (dose, other)]
        if other.agent is dose.agent or places[0] != places[1]:
            continue
        exchanged = (attrs.evolve(other, agent=dose.agent), attrs.evolve(dose, agent=other.agent))
        description = f"the {other.claim.text} {other.claim.unit} of {other.agent.name}"
        yield description, all(each.is_usual() for each in exchanged) and not other.is_usual()


# In the order in which explanations are given.
DOSE_ERRORS = (
    DoseError("a unit that differs by a factor of 1000", _by_unit),
    DoseError("the decimal point", _by_point),
    DoseError("a dose by surface, by weight or flat", _by_measure),
    DoseError("two drugs exchanged", _exchanged),
)


def explain_dose(dose: Dose, other_doses: Iterable[Dose]) -> tuple[tuple[Explanation, ...], int]:
    """The single errors that would explain an unusual dose, and how many were tried."""
    found, tried = [], 0
    for error in DOSE_ERRORS:
        for text, is_usual in error.alternatives(dose, tuple(other_doses)):
            tried += 1
            if is_usual:
                description = f"{text} ({error.description})"
                found.append(
                    Explanation(description, tier=TYPO_TIER, conclusion=Conclusion.POSSIBLE)
                )
    return tuple(found), tried
