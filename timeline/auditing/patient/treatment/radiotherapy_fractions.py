"""Radiotherapy: the total dose, the number of fractions and the dose of one fraction."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import attrs

from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.comparison.same_figure import words
from timeline.auditing.comparison.typos import typo_explanations
from timeline.auditing.rule import Concern, Evidence, Rule, Severity, check_each
from timeline.auditing.verdict import Explanation, Verdict, not_checkable, reproduced_by
from timeline.core.calendar.durations import range_text, rounded
from timeline.core.printed_numbers import Printed, parse_printed
from timeline.core.quantities import UNITS
from timeline.core.span import Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import Radiotherapy
from timeline.report.claims import Claim

USUAL = Span(Fraction("1.2"), 34)  # Gy a fraction: hyperfractionation to single-dose SBRT
STEP = Fraction(1, 20)  # Gy; a prescription is a multiple of it
_Figure = tuple[Printed, str, tuple[Claim, ...]]  # a number, its place, the claims that print it
_PER_FRACTION = ("/fraction", " per fraction", "/fx", "/Fx", "/fr")
_IN_GY = {row.name: row.size for row in UNITS if row.measures == "absorbed dose"}
_UNITS_OF_ONE = {f"{name}{per}": size for name, size in _IN_GY.items() for per in _PER_FRACTION}
_OF_ONE = (frozenset({"per", "fraction"}), frozenset({"each", "fraction"}),
           frozenset({"fraction", "dose"}), frozenset({"fraction", "size"}),
           frozenset({"fractional", "dose"}))  # fmt: skip


def is_of_one_fraction(claim: Claim) -> bool:
    """Whether a dose in Gy is that of one fraction, by its unit or its words."""
    if claim.kind != "dose":
        return False
    about = words(claim.about)
    return claim.unit in _UNITS_OF_ONE or (
        claim.unit in _IN_GY and any(each <= about for each in _OF_ONE) and "total" not in about
    )


def check_fractions(claim: Claim, derived: DerivedCase) -> Verdict | None:
    """A printed total dose in Gy, divided by the fractions on record."""
    if claim.unit not in _IN_GY or not claim.of or is_of_one_fraction(claim):
        return None
    try:
        event, _ = derived.case.find(claim.of)
        total = _in_gray(claim).value
    except ValueError as fault:
        return not_checkable(claim, str(fault))
    if not isinstance(event, Radiotherapy):
        return None
    if event.fractions is None or total is None:
        return not_checkable(claim, f"no number of fractions is on record for {event.label}")
    each = total / event.fractions
    whole = (each / STEP).denominator == 1
    description = (
        f"printed {claim.text} {claim.unit} in {event.fractions} fractions: {rounded(each)} Gy each"
    )
    if whole and each in USUAL:
        return Verdict(claim, Conclusion.AGREES, description)
    why = "not a dose that is prescribed" if not whole else "not a usual dose of one fraction"
    return Verdict(claim, Conclusion.POSSIBLE, f"{description}, {why}")


@attrs.frozen
class _Course:
    """A total dose and a number of fractions of one radiotherapy, printed or on record."""

    total: Printed
    fractions: Printed
    description: str
    others: tuple[Claim, ...]

    def each(self) -> Span:
        """The dose of one fraction in Gy, for every total and number that the prints allow."""
        least = max(self.fractions.span.low, Fraction(1))
        most = self.fractions.span.high
        low = Fraction(0) if isinstance(most, float) else Fraction(self.total.span.low) / most
        high = self.total.span.high
        return Span(low, high if isinstance(high, float) else Fraction(high) / Fraction(least))


def check_fraction_doses(evidence: Evidence) -> Iterator[Verdict]:
    """Each printed dose of one fraction against total and fractions, printed or on record."""
    for claim in evidence.patients:
        if is_of_one_fraction(claim) and evidence.derived is not None:
            yield _check_fraction_dose(claim, evidence, evidence.derived)


def _check_fraction_dose(claim: Claim, evidence: Evidence, derived: DerivedCase) -> Verdict:
    try:
        event = _radiotherapy(claim, derived)
        one = _in_gray(claim)
    except ValueError as fault:
        return not_checkable(claim, str(fault))
    courses = _courses(claim, event, evidence)
    if not courses:
        why = f"no total dose or no number of fractions is known of {event.label}"
        return not_checkable(claim, why)
    fits = next((each for each in courses if one.span.overlaps(each.each())), None)
    course = fits or courses[0]
    description = (
        f"printed {_dose_text(claim)} a fraction; {course.description} "
        f"{'are' if course.fractions.value != 1 else 'is'} {_fraction_text(course)} Gy each"
    )
    if fits is not None:
        return Verdict(claim, Conclusion.AGREES, description, others=course.others)
    explained = tuple(_explained(claim, course))
    return Verdict(
        claim,
        Conclusion.CONTRADICTED,
        description,
        explanations=explained,
        notes=reproduced_by(explained),
        others=course.others,
        expected=f"{_fraction_text(course)} Gy",
    )


def _radiotherapy(claim: Claim, derived: DerivedCase) -> Radiotherapy:
    """The radiotherapy that a claim names, or the only one. ValueError where there is none."""
    if not claim.of:
        every = derived.case.all_of(Radiotherapy)
        if len(every) != 1:
            raise ValueError("the claim names no radiotherapy (write of: and its id)")
        return every[0]
    event, _ = derived.case.find(claim.of)
    if not isinstance(event, Radiotherapy):
        raise ValueError(f"{claim.of} is no radiotherapy")
    return event


def _courses(claim: Claim, event: Radiotherapy, evidence: Evidence) -> list[_Course]:
    """Every total with every number of fractions, those on record first."""
    same = [each for each in evidence.patients if each.of == claim.of and each is not claim]
    totals: list[_Figure] = [(event.dose.in_base_units, "on record", ())] if event.dose else []
    numbers: list[_Figure] = []
    if event.fractions:
        numbers.append((parse_printed(str(event.fractions)), "on record", ()))
    totals += [_as_printed(each) for each in same if each.unit in _IN_GY and _is_total(each)]
    numbers += [_as_printed(each) for each in same
                if each.kind == "count" and "fractions" in words(each.about)]  # fmt: skip
    return [
        _Course(
            total,
            number,
            f"{_gray_text(total)} Gy {where_total} in {number.text} fractions {where_number}"
            if where_total != where_number
            else f"{_gray_text(total)} Gy in {number.text} fractions {where_total}",
            (*of_total, *of_number),
        )
        for total, where_total, of_total in totals
        for number, where_number, of_number in numbers
    ]


def _as_printed(claim: Claim) -> _Figure:
    return _in_gray(claim), f"[{claim.place}]", (claim,)


def _in_gray(claim: Claim) -> Printed:
    """The number of a claim in Gy; a number of fractions as it is.

    Raises: ValueError where it is no number.
    """
    size = {**_UNITS_OF_ONE, **_IN_GY}.get(claim.unit, Fraction(1))
    return parse_printed(claim.text).scaled(size)


def _gray_text(number: Printed) -> str:
    """A dose in Gy as printed; one that was printed in another unit is converted."""
    plain = number.value is not None and parse_printed(number.text).value != number.value
    return rounded(number.value or Fraction(0)) if plain else number.text


def _dose_text(claim: Claim) -> str:
    """A printed dose with the unit alone: ``2 Gy`` of 2 Gy/fraction."""
    unit = next((name for name in _IN_GY if claim.unit.startswith(name)), "Gy")
    return f"{claim.text} {unit}"


def _is_total(claim: Claim) -> bool:
    if claim.kind != "dose" or is_of_one_fraction(claim):
        return False
    try:
        return parse_printed(claim.text).value is not None
    except ValueError:
        return False


def _fraction_text(course: _Course) -> str:
    total, number = course.total.value, course.fractions.value
    if total is not None and number:
        return rounded(total / number)
    return range_text(course.each())


def _explained(claim: Claim, course: _Course) -> Iterator[Explanation]:
    """Another number of fractions, and single edits of the print, that fit the total."""
    one, total = _in_gray(claim).value, course.total.value
    if one and total and (total / one).denominator == 1 and total / one <= 100:
        description = f"{total / one} fractions in place of {course.fractions.text}"
        yield Explanation(description, tier=2)
    if claim.unit not in ("Gy", *(f"Gy{per}" for per in _PER_FRACTION)):
        return  # the edits of a print are compared in Gy
    yield from typo_explanations(
        claim.text, lambda number: number.span.overlaps(course.each()), "Gy"
    )


RULES = (
    Rule(
        id="C14",
        concern=Concern.DATE,
        checks="the total dose of radiotherapy over its fractions",
        formula="Gy / n is a multiple of 0.05 between 1.2 and 34",
        severity=Severity.NOTE,
        source="usual prescriptions, from hyperfractionation to single-dose SBRT",
        example_fail="50 Gy in 30 fractions: 1.67 Gy each",
        example_ok="30 Gy in 10 fractions: 3 Gy each",
        check=check_each(("dose",), check_fractions),
        yields=True,
    ),
    Rule(
        id="C40",
        reproduces=True,
        checks="the dose of one fraction of radiotherapy against the total and the fractions",
        formula="total / n overlaps the printed dose, each to the precision of its digits",
        severity=Severity.ERROR,
        source="arithmetic",
        example_fail="2 Gy a fraction of 30 Gy in 10 fractions, which is 3 Gy",
        example_ok="1.8 Gy a fraction of 50.4 Gy in 28 fractions",
        check=check_fraction_doses,
    ),
)
