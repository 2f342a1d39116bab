"""Truthful prints: a value written with some decimals under a rounding convention."""

from __future__ import annotations

import math
from decimal import Decimal, localcontext
from fractions import Fraction

from hypothesis import settings
from hypothesis import strategies as st

from timeline.core.printed_numbers import Printed, parse_printed

law = settings(deadline=None)  # arithmetic is slow now and then on a busy machine

HOW = {
    "half_up": lambda units: math.floor(units + Fraction(1, 2)),
    "half_even": round,
    "truncate": math.floor,
    "ceil": math.ceil,
}
ways = st.sampled_from(sorted(HOW))
places = st.integers(0, 3)


def shown(value: Fraction | float, decimals: int, how: str = "half_up") -> Printed:
    """What an author who rounds so would print; values not below zero."""
    whole, part = divmod(HOW[how](Fraction(value) * 10**decimals), 10**decimals)
    return parse_printed(f"{whole}.{part:0{decimals}}" if decimals else f"{whole}")


def root(square: Fraction) -> Fraction:
    """A square root right to forty digits: no print of it can be on the wrong side."""
    with localcontext() as context:
        context.prec = 50
        return Fraction((Decimal(square.numerator) / Decimal(square.denominator)).sqrt())
