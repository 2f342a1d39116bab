"""Values of one analyte in two units, compared in the same unit."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import attrs

from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.comparison.same_figure import words
from timeline.auditing.rule import Evidence, Rule, Severity
from timeline.auditing.verdict import Verdict
from timeline.core.calendar.durations import rounded
from timeline.core.printed_numbers import parse_printed
from timeline.core.quantities import UNIT_OF, Unit
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import Lab
from timeline.report.claims import Claim

FACTOR_OF_UNITS = 10  # two values of one analyte this many times apart put the unit in doubt
_FILLER_WORDS = frozenset(
    {"serum", "plasma", "blood", "urine", "level", "value", "and", "or", "of"}
)


@attrs.frozen
class _Measured:
    """A printed value with its unit, in the base unit of what it measures."""

    claim: Claim
    unit: Unit
    base: Fraction

    @property
    def analytes(self) -> frozenset[str]:
        return words(self.claim.about) - _FILLER_WORDS


def check_units(evidence: Evidence) -> Iterator[Verdict]:
    """Check every value of an analyte against the first that is printed in another unit."""
    values = [found for claim in evidence.patients if (found := _measured(claim)) is not None]
    pairs = []
    first_of: dict[tuple[str, str], dict[str, int]] = {}  # by analyte: the first value in each unit
    for at, later in enumerate(values):
        by_unit = [first_of.setdefault((word, later.unit.measures), {}) for word in later.analytes]
        earlier = [
            first for each in by_unit for unit, first in each.items() if unit != later.unit.name
        ]
        if earlier:
            pairs.append((min(earlier), at))
        for each in by_unit:
            each.setdefault(later.unit.name, at)
    for first, at in sorted(pairs):
        yield _compared(values[first], values[at], evidence.derived)


def _measured(claim: Claim) -> _Measured | None:
    unit = UNIT_OF.get(claim.unit)
    if claim.kind != "lab" or unit is None:
        return None
    try:
        read = parse_printed(claim.text)
    except ValueError:
        return None
    ends = [end for end in (read.value, read.span.low, read.span.high) if end is not None]
    number = next((Fraction(end) for end in ends if not isinstance(end, float)), None)
    return None if not number else _Measured(claim, unit, number * unit.size)


def _compared(first: _Measured, later: _Measured, derived: DerivedCase | None) -> Verdict:
    claim, other = later.claim, first.claim
    times = max(later.base / first.base, first.base / later.base)
    description = (
        f"printed {claim.text} {claim.unit}; {other.text} {other.unit} [{other.place}]: "
        f"in {first.unit.name} it is {rounded(later.base / first.unit.size, 1).removesuffix('.0')}"
    )
    if first.unit.size == later.unit.size or times < FACTOR_OF_UNITS:
        return Verdict(claim, Conclusion.AGREES, description, others=(other,))
    description += f", {rounded(times, 0)} times {'more' if later.base > first.base else 'less'}"
    normal = later.base > first.base and _is_normal(claim, derived)
    description += ", and on record as normal" if normal else ""
    conclusion = Conclusion.CONTRADICTED if normal else Conclusion.POSSIBLE
    return Verdict(
        claim,
        conclusion,
        description,
        others=(other,),
        recorded=_recorded(first, later) + (", and on record as normal" if normal else ""),
        expected="another value or another unit",
    )


def _recorded(first: _Measured, later: _Measured) -> str:
    """The later value in the unit of the first."""
    value = rounded(later.base / first.unit.size, 1).removesuffix(".0")
    other = first.claim
    return f"it is {value} {first.unit.name} against {other.text} {other.unit}"


def _is_normal(claim: Claim, derived: DerivedCase | None) -> bool:
    """Whether the analyte is on record as normal where the claim was measured."""
    try:
        event = derived.case.find(claim.of)[0] if derived and claim.of else None
    except ValueError:
        return False
    values = event.values if isinstance(event, Lab) else ()
    mine = words(claim.about) - _FILLER_WORDS
    return any(value == "normal" and words(name) & mine for name, value in values)


RULES = (
    Rule(
        id="C25",
        checks="values of one analyte that are printed in two units",
        formula="in one unit they are less than 10 times apart; contradicted where the larger is "
        "on record as normal",
        severity=Severity.ERROR,
        source="units: 1 U/mL is 1000 U/L; an international unit of an enzyme is a unit",
        example_fail="amylase 182 IU/L called raised, 14.39 U/mL (14 390 U/L) called normal",
        example_ok="haemoglobin 12 g/dL and 118 g/L",
        check=check_units,
        yields=True,
    ),
)
