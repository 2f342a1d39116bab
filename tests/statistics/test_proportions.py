from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats

from tests.statistics.truth import law, shown, ways
from timeline.core.printed_numbers import parse_printed
from timeline.statistics.proportions import METHODS, limits_of, proportion_interval
from timeline.statistics.rounding import Consistency

AGREES, POSSIBLE, CONTRADICTED = Consistency.AGREES, Consistency.POSSIBLE, Consistency.CONTRADICTED
Z = stats.norm.ppf(0.975)
EXACT, CORRECTED = "Clopper-Pearson", "Wilson, continuity corrected"


# Newcombe 1998, Stat. Med. 17:857-872, Table I
NEWCOMBE = """
81/263  Wald                          25.22  36.38
81/263  Wilson                        25.53  36.62
81/263  Wilson, continuity corrected  25.35  36.82
81/263  Clopper-Pearson               25.27  36.76
15/148  Wald                           5.27  15.00
15/148  Wilson                         6.24  16.05
15/148  Wilson, continuity corrected   5.98  16.44
15/148  Clopper-Pearson                5.78  16.17
0/20    Wald                           0.00   0.00
0/20    Wilson                         0.00  16.11
0/20    Wilson, continuity corrected   0.00  20.05
0/20    Clopper-Pearson                0.00  16.84
1/29    Wald                           0.00  10.09
1/29    Wilson                         0.61  17.18
1/29    Wilson, continuity corrected   0.18  19.63
1/29    Clopper-Pearson                0.09  17.76
"""


@pytest.mark.parametrize(
    "row", NEWCOMBE.strip().splitlines(), ids=lambda row: " ".join(row.split())
)
def test_the_published_limits_are_those_of_their_method(row):
    share, *name, low, high = row.split()
    k, n = map(int, share.split("/"))
    found = proportion_interval(k, n, parse_printed(low), parse_printed(high))
    assert found.fit is AGREES
    assert found.methods == (" ".join(name),)


@pytest.mark.parametrize(
    ("k", "n", "low", "high", "fit", "methods"),
    [
        pytest.param(1, 15, "0.2", "31.9", AGREES, (EXACT,), id="1 of 15, exact"),
        pytest.param(1, 15, "0", "19", AGREES, ("Wald",), id="1 of 15, by hand"),
        pytest.param(1, 15, "0.1", "31.9", POSSIBLE, (EXACT,), id="digits cut"),
        pytest.param(1, 15, "5.0", "31.9", CONTRADICTED, (), id="another lower limit"),
        pytest.param(2, 15, "0.2", "31.9", CONTRADICTED, (), id="of another count"),
    ],
)
def test_which_method_gives_the_limits(k, n, low, high, fit, methods):
    found = proportion_interval(k, n, parse_printed(low), parse_printed(high))
    if fit is POSSIBLE:  # 0.17 prints as 0.1 only when cut, and then 31.95 as 31.9
        assert found.only_truncated
    assert (found.fit, found.methods) == (fit, methods)


def theirs(name, n):
    """The limits of every k of n: by scipy, or by the definition in another form."""
    k = np.arange(n + 1)
    if name in (EXACT, "Jeffreys"):
        part = 0.0 if name == EXACT else 0.5
        low = special.betaincinv(np.maximum(k, 1 - part) + part, n - k + 1 - part, 0.025)
        high = special.betaincinv(k + 1 - part, np.maximum(n - k, 1 - part) + part, 0.975)
        return np.where(k == 0, 0.0, low), np.where(k == n, 1.0, high)
    if name == "Wald":
        return stats.norm.interval(0.95, k / n, np.maximum((k * (n - k) / n**3) ** 0.5, 1e-300))
    if name == "Agresti-Coull":
        size, share = n + Z**2, (k + Z**2 / 2) / (n + Z**2)
        return stats.norm.interval(0.95, share, (share * (1 - share) / size) ** 0.5)
    if n > 30 and n % 50:
        return roots(k, n, 0.0 if name == "Wilson" else 1 / (2 * n))
    method = "wilson" if name == "Wilson" else "wilsoncc"
    found = [stats.binomtest(int(each), n).proportion_ci(0.95, method) for each in k]
    return [each.low for each in found], [each.high for each in found]


def roots(k, n, cut):
    """Wilson 1927: the p with ``(|k / n - p| - cut)^2 = z^2 p (1 - p) / n``, solved for p."""
    ends = []
    for share, sign in ((k / n - cut, -1), (k / n + cut, 1)):
        half = share + Z**2 / (2 * n)
        root = np.sqrt(np.maximum(half**2 - (1 + Z**2 / n) * share**2, 0.0))
        ends.append((half + sign * root) / (1 + Z**2 / n))
    return np.where(k == 0, 0.0, ends[0]), np.where(k == n, 1.0, ends[1])


@pytest.mark.parametrize("name", METHODS)
def test_every_share_of_n_up_to_100_as_scipy_has_it(name):
    slack = 1e-8
    for n in range(1, 101):
        for k, pair in enumerate(zip(*theirs(name, n), strict=True)):
            for ours, end in zip(limits_of(name, k, n), pair, strict=True):
                low, high = float(ours.low), float(ours.high)
                expected = 100 * min(1.0, max(0.0, float(end)))
                assert low - slack <= expected <= high + slack, (k, n, ours, expected)
                assert high - low < 1 / 400  # z of 1.96 and of 1.95996


@law
@given(st.integers(1, 300), st.data(), st.integers(0, 2), ways, st.sampled_from(sorted(METHODS)))
def test_truthful_limits_are_those_of_their_method(n, data, decimals, how, name):
    k = data.draw(st.integers(0, n))
    low, high = (max(0, float(end.low + end.high) / 2) for end in limits_of(name, k, n))
    found = proportion_interval(k, n, shown(low, decimals, how), shown(high, decimals, how))
    assert found.fit is not CONTRADICTED


def test_other_levels_are_those_of_scipy():
    found = limits_of(EXACT, 3, 17, Fraction(9, 10))
    expected = stats.binomtest(3, 17).proportion_ci(0.9, "exact")
    assert [float(end.low) for end in found] == pytest.approx(
        [100 * expected.low, 100 * expected.high]
    )


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        (lambda: limits_of("Blaker", 1, 2), "unknown method: 'Blaker'"),
        (lambda: limits_of("Wald", 3, 2), "not a share: 3 of 2"),
        (lambda: limits_of("Wald", 0, 0), "not a share: 0 of 0"),
        (lambda: proportion_interval(1, 2, parse_printed("0"), parse_printed("over 5")), "bounded"),
    ],
)
def test_bad_input_is_refused(call, fault):
    with pytest.raises(ValueError, match=fault):
        call()
