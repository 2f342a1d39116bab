"""A printed dose as its amount, its unit, and how often it is given."""

from __future__ import annotations

from fractions import Fraction

import attrs

from timeline.auditing.patient.treatment.dose_timing import DoseTiming, dose_timing
from timeline.core.printed_numbers import Printed, parse_printed
from timeline.core.quantities import UNIT_OF, Quantity, Unit, dose_parts
from timeline.core.span import Span
from timeline.record.event_parts.drug_doses import DrugDose
from timeline.report.claims import Claim

_PER_DAY = " per day"


@attrs.frozen(kw_only=True)
class TimedDose:
    """A dose, printed or on record, with how often it is given.

    Attributes:
        number: the amount as printed.
        unit: its unit.
        timing: what is stated of when it is given.
    """

    number: Printed
    unit: Unit
    timing: DoseTiming

    @property
    def amount(self) -> Span:
        """The amount in the base unit of what its unit measures: mg, mg/m², mg/kg, IU .."""
        return self.number.span.times(self.unit.size)

    @property
    def measures(self) -> str:
        """What the unit measures, whether of one dose or of a day."""
        return self.unit.measures.removesuffix(_PER_DAY)

    @property
    def of_a_day(self) -> bool:
        """Whether the amount is stated as that of a whole day: ``8 mg/day``, ``8 mg daily``."""
        return self.unit.measures.endswith(_PER_DAY) or self.timing.of_a_day

    @property
    def times_a_day(self) -> int | None:
        """How often in a day it is stated to be given; None if not stated, or of a whole day."""
        return None if self.of_a_day else self.timing.times_a_day

    @property
    def daily(self) -> Span | None:
        """The amount of a day; None where it is not stated how often in a day it is given."""
        if self.of_a_day:
            return self.amount
        return None if self.times_a_day is None else self.amount.times(Fraction(self.times_a_day))


def printed_dose(claim: Claim) -> TimedDose | str:
    """A printed dose; the fault where its amount or its unit cannot be read."""
    number, name, rest = dose_parts(f"{claim.text} {claim.unit}")
    if not name:
        return f"not a unit of a single dose: {claim.unit or claim.text!r}"
    try:
        amount = parse_printed(number)
    except ValueError as fault:
        return str(fault)
    return TimedDose(number=amount, unit=UNIT_OF[name], timing=dose_timing(rest))


def recorded_dose(drug: DrugDose, dose: Quantity) -> TimedDose:
    """The dose of a drug on record."""
    return TimedDose(number=dose.number, unit=dose.unit, timing=dose_timing(drug.days or ""))
