"""Kaplan-Meier figures from printed values of each patient. The oracle is scipy's ecdf."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tests.statistics.truth import law, shown, ways
from timeline.core.claimed_numbers import claimed_number
from timeline.statistics.individual_values import median_of, survival_at, values_of
from timeline.statistics.rounding import Consistency

A, P, C = Consistency.AGREES, Consistency.POSSIBLE, Consistency.CONTRADICTED
F2 = ("2", "4+", "6", "8", "10+", "12")


def of(*texts):
    return values_of([claimed_number(text) for text in texts])


@pytest.mark.parametrize(
    ("values", "median", "fit", "why"),
    [
        # at risk 6, 4, 3, 1: survival 5/6, 5/8, 5/12, 0
        (F2, "8", A, "5/12 at 8 is the first at 1/2 or below"),
        (F2, "8.0", A, "the digit more is zero"),
        (F2, "12", C, "no definition gives the last value"),
        (F2, "7", P, "the middle of 2, 4, 6, 8, 10, 12, censored ones as they stand"),
        (F2, "10", C, "no value with the event, no middle"),
        (F2, "8.4", P, "a value that prints 8 can be 8.4"),
        # survival 3/4, 1/2, 1/4, flat at 1/2 from 60 to 90
        (("40", "60", "90", "120+"), "75", A, "the middle of the stretch, as R has it"),
        (("40", "60", "90", "120+"), "60", A, "the first time, as SPSS has it"),
        (("40", "60", "90", "120+"), "20", C, "below the least value"),
        (("40", "60", "90", "120"), "60", A, "the first time, nobody censored"),
        (("10", "20+", "30+", "40+"), None, A, "survival stays at 3/4"),
        (("10", "20", "30"), None, C, "1/3 at 20"),
        (("10", "20+", "30+", "40+"), "20", C, "never at 1/2; the values' own middle is 25"),
        (("10", "20+", "30+", "40+"), "25", P, "the middle of the values as they stand"),
        (("0", "3", "5"), "3", A, "an event on the first day"),
    ],
)
def test_a_median_from_values(values, median, fit, why):
    found = median_of(of(*values), claimed_number(median) if median else None)
    assert found.fit is fit, why


@pytest.mark.parametrize(
    ("values", "at", "rate", "fit", "why"),
    [
        (F2, 6, "62.5", A, "5/6 * 3/4"),
        (F2, 6, "63", A, "rounded"),
        (F2, 6, "10", C, "far off"),
        (F2, 6, "83.3", P, "the event at 6 can lie at 6.4"),
        (F2, 6, "50", P, "3 of 6 are followed for longer"),
        (F2, 5, "83.3", A, "5/6"),
        (F2, 5, "62.5", C, "the event at 6 is after 5.5"),
        (("40", "60", "90", "120+"), 100, "25", A, "one of four"),
        (("40", "60", "90", "120+"), 100, "90", C, "one of four"),
    ],
)
def test_a_rate_from_values(values, at, rate, fit, why):
    found = survival_at(of(*values), claimed_number(rate), [Fraction(at)])
    assert found.fit is fit, why


patients = st.lists(
    st.tuples(st.fractions(0, 60, max_denominator=40), st.booleans()), min_size=1, max_size=12
)


def printed_values(data, decimals):
    texts = [(shown(time, decimals).text, event) for time, event in data]
    return of(*(text if event else f"{text}+" for text, event in texts))


def truth(data):
    """scipy's estimate of survival, as times and survival just after each of them."""
    seen = [float(time) for time, event in data if event]
    open_ = [float(time) for time, event in data if not event]
    curve = stats.ecdf(stats.CensoredData(uncensored=seen, right=open_)).sf
    return curve.quantiles, curve.probabilities


@law
@given(patients, st.integers(0, 2), st.integers(0, 2), st.fractions(0, 60), ways)
def test_a_truthful_rate_is_never_called_wrong(data, decimals, places, at, how):
    times, survival = truth(data)
    share = next((s for t, s in reversed([*zip(times, survival, strict=True)]) if t <= at), 1.0)
    rate = shown(Fraction(share * 100).limit_denominator(10**9), places, how)
    assert survival_at(printed_values(data, decimals), rate, [at]).fit is not C


@law
@given(patients, st.integers(0, 2), st.booleans(), ways)
def test_a_truthful_median_is_never_called_wrong(data, decimals, as_r, how):
    times, survival = truth(data)
    steps = [*zip(times, survival, strict=True)]
    half = 0.5 + 1e-9
    first = next((t for t, s in steps if s <= half), None)
    if first is not None and as_r:
        later = next((t for t, s in steps if s < 0.5 - 1e-9), times[-1])
        at = dict(steps)[first]
        first = (first + later) / 2 if abs(at - 0.5) < 1e-9 else first
    values = printed_values(data, decimals)
    found = (
        None if first is None else shown(Fraction(first).limit_denominator(10**6), decimals, how)
    )
    assert median_of(values, found).fit is not C
