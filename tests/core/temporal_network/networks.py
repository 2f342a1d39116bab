"""Networks to draw from, every assignment of days of a small one, and a printed history."""

from __future__ import annotations

import itertools
from datetime import date
from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from timeline.core.span import NEVER_BEGAN, NEVER_ENDS, Span
from timeline.core.temporal_network import ORIGIN, Constraint, Network

MOMENTS = "abc"
REACH = 9  # three edges of at most three days: as far as three moments need ever lie from day 0


@st.composite
def statements(draw, most=5):
    """Bounds of up to three days either way, some ends open, some about one moment only."""
    made = []
    for number in range(draw(st.integers(0, most))):
        low, high = sorted((draw(st.integers(-3, 3)), draw(st.integers(-3, 3))))
        low = draw(st.sampled_from((low, low, None)))
        high = draw(st.sampled_from((high, high, None)))
        ends = (draw(st.sampled_from((*MOMENTS, ORIGIN))) for _ in range(2))
        made.append(Constraint(f"statement {number}", *ends, low, high))
    return tuple(made)


@st.composite
def windows(draw, *, bounded=True):
    """Windows of up to four days, by moment."""
    found = {}
    for moment in MOMENTS:
        low, high = sorted((draw(st.integers(0, 3)), draw(st.integers(0, 3))))
        if not bounded:
            low = draw(st.sampled_from((low, NEVER_BEGAN)))
            high = draw(st.sampled_from((high, NEVER_ENDS)))
        found[moment] = Span(low, high)
    return found


@st.composite
def networks(draw, *, bounded=True):
    return Network(draw(windows(bounded=bounded)), draw(statements()))


@st.composite
def shares(draw):
    """A network that some days keep, and further statements that others of its days may break."""
    windows, day = {}, {ORIGIN: 0}
    for moment in MOMENTS:
        low = draw(st.integers(0, 3))
        windows[moment] = Span(low, low + draw(st.integers(2, 5)))
        day[moment] = draw(st.integers(int(windows[moment].low), int(windows[moment].high)))
    order = []
    pairs = st.permutations((*MOMENTS, ORIGIN))
    for number in range(draw(st.integers(1, 5))):
        early, late = draw(pairs)[:2]
        gap = day[late] - day[early]
        low, high = draw(
            st.sampled_from(
                ((gap, gap + 2), (gap - 1, gap + 1), (gap - 2, None), (None, gap), (None, gap + 3))
            )
        )
        order.append(Constraint(f"statement {number}", early, late, low, high))
    cut = draw(st.integers(0, len(order) - 1))
    return Network(windows, order[:cut]), tuple(order[cut:])


def assignments(network):
    """Every choice of a day for each moment that keeps windows and statements, one by one."""
    moments = [moment for moment, _ in network.windows]
    ranges = [range(int(span.low), int(span.high) + 1) for _, span in network.windows]
    for days in itertools.product(*ranges):
        day = {ORIGIN: 0, **dict(zip(moments, days, strict=True))}
        if all(day[each.late] - day[each.early] in each.span for each in network.statements):
            yield day


def can_be_true(order):
    """Whether some days within reach keep all of some statements about the three moments."""
    days = np.meshgrid(*[np.arange(-REACH, REACH + 1)] * len(MOMENTS), indexing="ij")
    day = {ORIGIN: np.zeros_like(days[0]), **dict(zip(MOMENTS, days, strict=True))}
    keeps = np.ones(days[0].shape, dtype=bool)
    for each in order:
        difference = day[each.late] - day[each.early]
        keeps &= (each.low <= difference) & (difference <= each.high)
    return bool(keeps.any())


def everything(network):
    """The statements of a network, its windows among them."""
    bounds = [
        Constraint("window", ORIGIN, key, span.low, span.high) for key, span in network.windows
    ]
    return (*bounds, *network.statements)


# Wang 2023: line 1 starts in June 2020; progression, and with it line 2, in October 2020; line 2
# ends in May 2021. 30 x 31 x 31 = 28830 triples. With s, p, e the days of the month: the first
# gap is 122 + p - s days, the second 212 + e - p. A print of 4 months stands for 107 to 136 days
# (3.5 and 4.5 x 30.4375 = 106.53 and 136.97), of 8 for 229 to 258 (228.28 and 258.72). So the two
# leave p - 14 <= s <= p + 15 and e >= p + 17: p runs to 14, (p + 15)(15 - p) pairs each, 2135 in
# all. Seven cycles of 21 days begun: 126 days, s <= p - 4: (p - 4)(15 - p) pairs each, 220.
WANG = Network(
    {
        name: Span(date(year, month, 1).toordinal(), date(year, month, last).toordinal())
        for name, year, month, last in (
            ("line 1", 2020, 6, 30),
            ("line 2", 2020, 10, 31),
            ("end", 2021, 5, 31),
        )
    }
)
MONTH = Fraction(487, 16)  # days: 365.25 / 12
