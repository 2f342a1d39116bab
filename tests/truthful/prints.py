"""How a number is printed: places, and a rule of rounding that one report keeps to."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Callable, Iterable
from fractions import Fraction

import attrs

from timeline.auditing.patient.durations.conventions import UNUSUAL_MONTHS
from timeline.core.calendar.durations import MONTHS

HALF = Fraction(1, 2)
# A month of four weeks counts only where two figures of a report need it, which
# tests/situations/test_conventions.py shows; a truthful report here counts in another.
USUAL_MONTHS = tuple(name for name in MONTHS if name not in UNUSUAL_MONTHS)
ROUNDINGS: dict[str, Callable[[Fraction], int]] = {
    "half up": lambda x: math.floor(x + HALF),
    "half even": round,
    "truncate": math.floor,
    "ceil": math.ceil,
}


@attrs.define
class Misprint:
    """One figure of a report put wrong, two units or more beyond what any convention prints.

    ``at``: which of the figures, counted from zero in the order in which they are printed.
    """

    at: int
    draw: random.Random
    seen: int = 0
    kind: str = ""  # of the figure that was put wrong; empty where there was none

    def put(self, kind: str, right: int, every: Iterable[int], places: int) -> str:
        """The print of a number of units: the right one, or where its turn has come a wrong one."""
        here, self.seen = self.seen == self.at, self.seen + 1
        if not here:
            return shown(right, places)
        self.kind = kind
        prints, off = list(every), self.draw.randint(2, 9)
        below, above = min(prints) - off, max(prints) + off
        return shown(below if below >= 0 and self.draw.random() < 0.5 else above, places)


def shown(units: int, places: int) -> str:
    """A whole number of units of the last digit, zero or more, as a print."""
    if not places:
        return str(units)
    return f"{units // 10**places}.{units % 10**places:0{places}}"


def every_rounding(value: Fraction) -> list[int]:
    """What each rule of rounding makes of a number."""
    return [rounding(value) for rounding in ROUNDINGS.values()]


def every_time(days: int, places: int) -> list[int]:
    """What each convention prints for some days, in units of the last digit of months.

    Months counted by their names are one more or fewer than those counted by days.
    """
    found = [
        each
        for month, add in itertools.product(MONTHS.values(), (0, 1))
        for each in every_rounding(Fraction(days + add) / month.days * 10**places)
    ]
    return found if places else [*found, max(found) + 1, max(0, min(found) - 1)]


@attrs.frozen(kw_only=True)
class Author:
    """Who prints: the rule of rounding, the month, whether both ends of a time are counted.

    With a ``misprint`` one of the figures is put wrong.
    """

    rounding: str
    month: str
    add: int
    misprint: Misprint | None = None

    @classmethod
    def drawn(cls, draw: random.Random, misprint: Misprint | None = None) -> Author:
        return cls(
            rounding=draw.choice(tuple(ROUNDINGS)),
            month=draw.choice(USUAL_MONTHS),
            add=draw.choice((0, 1)),
            misprint=misprint,
        )

    def _put(self, kind: str, right: int, every: Iterable[int], places: int) -> str:
        return (
            self.misprint.put(kind, right, every, places) if self.misprint else shown(right, places)
        )

    def _rounded(self, kind: str, value: Fraction, places: int) -> str:
        units = value * 10**places
        return self._put(kind, ROUNDINGS[self.rounding](units), every_rounding(units), places)

    def number(self, value: Fraction | float, places: int) -> str:
        """A number at zero or above, with so many decimals."""
        return self._rounded("rate", Fraction(value), places)

    def nearest(self, value: float, places: int, kind: str = "statistic") -> str:
        """As software prints it: a statistic is rounded half even, whatever the report does."""
        units = Fraction(value) * 10**places
        right = int(f"{value:.{places}f}".replace(".", ""))
        return self._put(kind, right, every_rounding(units), places)

    def count(self, number: int) -> str:
        return self._put("count", number, (number,), 0)

    def months(self, days: int, places: int) -> str:
        units = Fraction(days + self.add) / MONTHS[self.month].days * 10**places
        return self._put("time", ROUNDINGS[self.rounding](units), every_time(days, places), places)

    def percent(self, k: int, n: int, places: int) -> str:
        return self._rounded("percentage", Fraction(100 * k, n), places)
