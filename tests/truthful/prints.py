"""How a number is printed: places, and a rule of rounding that one report keeps to."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from fractions import Fraction

import attrs

from timeline.months import MONTHS

HALF = Fraction(1, 2)
ROUNDINGS: dict[str, Callable[[Fraction], int]] = {
    "half up": lambda x: math.floor(x + HALF),
    "half even": round,
    "truncate": math.floor,
    "ceil": math.ceil,
}


@attrs.frozen(kw_only=True)
class Hand:
    """Who prints: the rule of rounding, the month, whether both ends of a time are counted."""

    rounding: str
    month: str
    add: int

    @classmethod
    def drawn(cls, draw: random.Random) -> Hand:
        return cls(
            rounding=draw.choice(tuple(ROUNDINGS)),
            month=draw.choice(tuple(MONTHS)),
            add=draw.choice((0, 1)),
        )

    def number(self, value: Fraction | float, places: int) -> str:
        """A number at nought or above, with so many decimals."""
        units = ROUNDINGS[self.rounding](Fraction(value) * 10**places)
        if not places:
            return str(units)
        return f"{units // 10**places}.{units % 10**places:0{places}}"

    def nearest(self, value: float, places: int) -> str:
        """As software prints it: a statistic is rounded half even, whatever the report does."""
        return f"{value:.{places}f}"

    def months(self, days: int, places: int) -> str:
        return self.number(Fraction(days + self.add) / MONTHS[self.month].days, places)

    def percent(self, k: int, n: int, places: int) -> str:
        return self.number(Fraction(100 * k, n), places)
