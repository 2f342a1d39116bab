from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.stats.contingency import odds_ratio

from tests.rows import every_row
from tests.statistics.truth import law, shown, ways
from timeline.core.printed_numbers import parse_printed
from timeline.core.span import Span
from timeline.report.printed_statistics import p_value
from timeline.statistics.intervals import hazard_ratio, is_far_from, leans_as_exact, symmetry
from timeline.statistics.rounding import Consistency

AGREES, POSSIBLE, CONTRADICTED = Consistency.AGREES, Consistency.POSSIBLE, Consistency.CONTRADICTED
OPEN = Consistency.NOT_CHECKABLE
Z = stats.norm.ppf(0.975)


def prints(*texts):
    return [parse_printed(text) for text in texts]


@pytest.mark.parametrize(
    ("texts", "fit", "scales"),
    [
        # (11.1 + 17.4) / 2 = 14.25; square root of 11.1 x 17.4 = 13.90
        pytest.param(("14.2", "11.1", "17.4"), AGREES, ("normal",), id="PFS of Liu 2025"),
        # 25.95 and 25.68, where 26 may be 25.5
        pytest.param(("26", "22.2", "29.7"), AGREES, ("normal", "log"), id="OS of Liu 2025"),
        # 0.705 and 0.649
        pytest.param(("0.65", "0.43", "0.98"), AGREES, ("log",), id="a hazard ratio"),
        # 14.5 and 13.4
        pytest.param(("10", "9", "20"), CONTRADICTED, (), id="on no scale"),
        # 10.55 at most where digits are rounded to nearest, 10.5 to 11.5 where cut
        pytest.param(("11", "9.5", "11.5"), AGREES, ("normal", "log"), id="10.5 may be 11"),
        pytest.param(("0.00", "0.00", "0.01"), AGREES, ("normal", "log"), id="about zero"),
    ],
)
def test_on_which_scale_an_interval_is_symmetric(texts, fit, scales):
    found = symmetry(*prints(*texts))
    assert (found.fit, found.scales) == (fit, scales)


_sizes = st.floats(0.05, 30)
_errors = st.floats(0.02, 2)
_decimals = st.integers(1, 4)


@law
@given(_sizes, _errors, _decimals, ways)
def test_a_truthful_interval_is_symmetric_on_its_scale(estimate, error, decimals, how):
    ratio = (estimate, estimate / math.exp(Z * error), estimate * math.exp(Z * error))
    assert symmetry(*(shown(end, decimals, how) for end in ratio)).fit is not CONTRADICTED
    mean = (estimate + Z * error, estimate, estimate + 2 * Z * error)
    assert symmetry(*(shown(end, decimals, how) for end in mean)).fit is not CONTRADICTED


@pytest.mark.parametrize(
    ("texts", "fit", "sides", "decision"),
    [
        # Altman and Bland 2011: z = 2.81, P = 0.005
        pytest.param(("0.81", "0.70", "0.94", "0.005"), POSSIBLE, ("two-sided",), AGREES,
                     id="the worked example of Altman and Bland"),
        pytest.param(("0.81", "0.70", "0.94", "< 0.05"), AGREES, ("two-sided", "one-sided"),
                     AGREES, id="below a level"),
        pytest.param(("0.81", "0.70", "0.94", "0.0025"), POSSIBLE, ("one-sided",), AGREES,
                     id="one-sided"),
        pytest.param(("0.81", "0.70", "0.94", "0.04"), CONTRADICTED, (), AGREES,
                     id="another p, of the same decision"),
        pytest.param(("0.81", "0.70", "0.94", "0.20"), CONTRADICTED, (), CONTRADICTED,
                     id="not significant, though 1 lies outside"),
        pytest.param(("0.81", "0.60", "1.09", "0.01"), CONTRADICTED, (), CONTRADICTED,
                     id="significant, though 1 lies inside"),
        # z = 0.405 / 0.159 = 2.55: p = 0.011
        pytest.param(("1.50", "1.10", "2.05", "0.20"), CONTRADICTED, (), CONTRADICTED,
                     id="not significant, though all lies above 1"),
        # z lies between 1.94 and 1.98: p between 0.048 and 0.053
        pytest.param(("0.65", "0.43", "1.00", "0.05"), AGREES, ("two-sided",), POSSIBLE,
                     id="on the edge"),
        # the limits may be one: then SE is zero, and at most ln(0.65 / 0.45) / 3.92 = 0.094
        pytest.param(("0.5", "0.5", "0.6", "< 0.001"), AGREES, ("two-sided", "one-sided"), AGREES,
                     id="no width to compare"),
        pytest.param(("0.2", "0.0", "0.9", "0.04"), POSSIBLE, ("two-sided", "one-sided"), AGREES,
                     id="a lower limit that may be zero"),
    ],
)  # fmt: skip
def test_a_ratio_against_its_p_value(texts, fit, sides, decision):
    found = hazard_ratio(*prints(*texts))
    assert (found.fit, found.sides, found.decision) == (fit, sides, decision)


def test_the_ranges_hold_the_exact_values_and_are_as_narrow_as_the_digits():
    found = hazard_ratio(*prints("0.810", "0.700", "0.937"))
    z = math.log(0.81) / (math.log(0.937 / 0.7) / (2 * Z))
    assert Fraction(-z) in found.z
    assert found.z.high - found.z.low < 0.05
    assert Fraction(2 * stats.norm.sf(-z)) in found.p
    assert (found.fit, found.decision) == (AGREES, OPEN)


def test_without_p_the_symmetry_decides():
    assert hazard_ratio(*prints("0.80", "0.43", "0.98")).fit is CONTRADICTED


@law
@given(_sizes, _errors, _decimals, ways, st.sampled_from([0.9, 0.95, 0.99]), st.booleans())
def test_a_truthful_ratio_is_never_called_wrong(ratio, error, decimals, how, level, one_sided):
    half = stats.norm.ppf((1 + level) / 2) * error
    p = stats.norm.sf(abs(math.log(ratio)) / error) * (1 if one_sided else 2)
    ends = (ratio, ratio / math.exp(half), ratio * math.exp(half), p)
    texts = [shown(end, decimals, how) for end in ends]
    if texts[2].value == 0:
        return  # all digits lost
    found = hazard_ratio(*texts, level=Fraction(str(level)))
    assert found.symmetric
    assert found.fit is not CONTRADICTED
    assert one_sided or found.decision is not CONTRADICTED


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        (lambda: symmetry(*prints("9", "5", "over 12")), "not a bounded number: 'over 12'"),
        (lambda: hazard_ratio(*prints("0.8", "0.9", "0.7")), "swapped: 0.9 to 0.7"),
        (lambda: hazard_ratio(*prints("0.8", "0.7", "0.9"), level=Fraction(95)), "not a level"),
    ],
)
def test_bad_input_is_refused(call, fault):
    with pytest.raises(ValueError, match=fault):
        call()


def _garwood(events: int, level: float) -> tuple[float, float]:
    """The exact limits of a Poisson rate, by scipy."""
    tail = (1 - level) / 2
    return stats.chi2.ppf(tail, 2 * events) / 2, stats.chi2.ppf(1 - tail, 2 * events + 2) / 2


@every_row("level", [0.8, 0.9, 0.95, 0.99])
@every_row("events", [1, 2, 3, 5, 10, 30, 100, 400])
def test_exact_limits_of_a_rate_lean_no_further_than_is_allowed(events, level):
    spans = [Span.point(Fraction(each)) for each in (events, *_garwood(events, level))]
    assert leans_as_exact(*spans)


@pytest.mark.parametrize("table", [(1, 9, 4, 6), (1, 39, 21, 19), (3, 12, 9, 6), (14, 1, 7, 8)])
def test_exact_limits_of_an_odds_ratio_lean_no_further_than_is_allowed(table):
    a, b, c, d = table
    exact = odds_ratio([[a, b], [c, d]]).confidence_interval(0.95)
    spans = [Span.point(Fraction(each)) for each in (a * d / (b * c), exact.low, exact.high)]
    assert leans_as_exact(*spans)


@pytest.mark.parametrize(
    ("ratio", "low", "high"),
    [
        pytest.param("0.55", "0.44", "0.90", id="middle 0.63, half width 0.36: 0.135 > 0.026"),
        pytest.param("2.0", "1.1", "9.1", id="middle 3.16, half width 1.06: 0.46 > 0.22"),
    ],
)
def test_limits_that_lean_further_than_exact_ones(ratio, low, high):
    assert not leans_as_exact(*(parse_printed(each).span for each in (ratio, low, high)))


@pytest.mark.parametrize(
    ("recomputed", "claimed", "far"),
    [
        pytest.param(2.7e-7, "0.04", True, id="z 5.14 and 2.05: 3.1 apart, 2.5 times"),
        pytest.param(0.04, "0.01", False, id="z 2.05 and 2.58: 0.5 apart"),
        pytest.param(0.9, "0.5", False, id="z 0.13 and 0.67: five times, but 0.5 apart"),
        pytest.param(0.5, "< 0.001", True, id="z 0.67 and at least 3.29"),
    ],
)
def test_a_p_value_far_from_another(recomputed, claimed, far):
    value = Fraction(recomputed)
    assert is_far_from(Span.point(value), p_value(claimed).span) is far
