from __future__ import annotations

import pytest
from scipy import special as theirs
from scipy import stats

from timeline.statistics import distributions as ours

RELATIVE = 1e-10  # a tenth of the slack that the figures are given


@pytest.mark.parametrize("a", [0.5, 1, 1.5, 7, 40.5, 300])
@pytest.mark.parametrize("b", [0.5, 1, 2.5, 30, 999])
def test_the_incomplete_beta_function_and_its_inverse(a, b):
    for i in range(1, 40):
        x = i / 40
        assert ours.beta_cdf(x, a, b) == pytest.approx(theirs.betainc(a, b, x), RELATIVE, 1e-14)
    for p in (0.005, 0.025, 0.05, 0.5, 0.975):
        assert ours.beta_quantile(p, a, b) == pytest.approx(theirs.betaincinv(a, b, p), RELATIVE, 0)


@pytest.mark.parametrize("df", [0.7, 1, 2, 3, 10, 47.3, 200])
def test_tails(df):
    for i in range(1, 60):
        x = i / 2
        assert ours.chi_squared_tail(x, df) == pytest.approx(stats.chi2.sf(x, df), RELATIVE, 0)
        assert ours.t_two_sided(x, df) == pytest.approx(2 * stats.t.sf(x, df), RELATIVE, 0)
        assert ours.normal_two_sided(x) == pytest.approx(2 * stats.norm.sf(x), RELATIVE, 0)
        for df2 in (1, 5, 60.5):
            assert ours.f_tail(x, df, df2) == pytest.approx(stats.f.sf(x, df, df2), RELATIVE, 0)


@pytest.mark.parametrize(
    ("found", "value"),
    [
        pytest.param(ours.beta_cdf(0, 2, 3), 0, id="nothing below nought"),
        pytest.param(ours.beta_cdf(1, 2, 3), 1, id="all below one"),
        pytest.param(ours.chi_squared_tail(0, 3), 1, id="all above nought"),
        pytest.param(ours.f_tail(0, 3, 4), 1, id="all F above nought"),
        pytest.param(ours.t_two_sided(0, 3), 1, id="every t as far as nought"),
    ],
)
def test_ends(found, value):
    assert found == value
