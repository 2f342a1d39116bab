"""One printed time between two days: true under some convention, or beyond all of them."""

from __future__ import annotations

import random
from collections.abc import Iterable
from fractions import Fraction

import attrs
import pendulum

from tests.truthful.prints import USUAL_MONTHS, every_rounding, shown
from timeline.auditing import Conclusion
from timeline.auditing.patient.durations.durations import check_interval
from timeline.core.calendar.dates import format_day, parse_edtf
from timeline.core.calendar.durations import MONTHS
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.case import Case
from timeline.record.events import Symptom
from timeline.report.claims import CLAIMS, Claim

FIRST_DAY, LAST_DAY = (int(parse_edtf(text).span.low) for text in ("2010-01-01", "2023-12-31"))


def recorded(draw: random.Random, day: int) -> str:
    """A day as a record has it: the day, its month, or its year."""
    return format_day(day)[: draw.choice((10, 10, 10, 7, 7, 4))]


def every_print(
    first: int, last: int, places: int, months: Iterable[str] = tuple(MONTHS)
) -> list[int]:
    """What each convention prints for the time between two days, in units of the last digit."""
    counted = [
        each
        for month in (MONTHS[name] for name in months)
        for add in (0, 1)
        for each in every_rounding(Fraction(last - first + add) / month.days * 10**places)
    ]
    return counted if places else [*counted, *by_names(first, last)]


def by_names(first: int, last: int) -> tuple[int, int]:
    """Whole months by their names, less the first and with both."""
    named = by_name(first, last)
    return named, named + 1


def by_name(first: int, last: int) -> int:
    """Calendar months of one day less those of another: May less December is 5."""
    early, late = (pendulum.Date.fromordinal(day) for day in (first, last))
    return 12 * (late.year - early.year) + late.month - early.month


@attrs.frozen(kw_only=True)
class ComparedPrint:
    """A print held against two dates as the record has them."""

    start: str
    end: str
    text: str

    @property
    def exact(self) -> bool:
        """Whether the record gives both days."""
        return len(self.start) == len(self.end) == 10

    @property
    def conclusion(self) -> Conclusion:
        """The verdict on it."""
        events = (Symptom(at=self.start, id="a"), Symptom(at=self.end, id="b"))
        case, problems = Case.of("c", events)
        if case is None:
            raise ValueError(f"the generator made a case that cannot be: {problems[0]}")
        value = CLAIMS["interval"].read(self.text)
        claim = Claim(
            kind="interval", text=self.text, value=value, unit="months", from_="a", to="b"
        )
        return check_interval(claim, DerivedCase(case=case)).conclusion

    def __str__(self) -> str:
        return f"{self.start} to {self.end}: {self.text} months"


def truthful(draw: random.Random) -> ComparedPrint:
    """A print that some convention gives."""
    first, last = sorted(draw.sample(range(FIRST_DAY, LAST_DAY), 2))
    places = draw.choice((0, 1, 1, 2))
    text = shown(draw.choice(every_print(first, last, places, USUAL_MONTHS)), places)
    return ComparedPrint(start=recorded(draw, first), end=recorded(draw, last), text=text)


def false(draw: random.Random) -> ComparedPrint | None:
    """A print beyond every convention; None where none lies above zero.

    "56.0 months" may be months counted by their names, so a print near such a one is left out.
    """
    first, last = sorted(draw.sample(range(FIRST_DAY, LAST_DAY), 2))
    places = draw.choice((0, 1, 1, 2))
    prints = every_print(first, last, places)
    units = draw.choice((min(prints) - draw.randint(2, 9), max(prints) + draw.randint(2, 9)))
    named = [each * 10**places for each in by_names(first, last)]
    if units < 0 or any(abs(units - each) < 2 for each in named):
        return None
    return ComparedPrint(
        start=recorded(draw, first), end=recorded(draw, last), text=shown(units, places)
    )
