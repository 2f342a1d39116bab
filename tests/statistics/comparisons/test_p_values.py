from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tests.statistics.truth import law, shown, ways
from timeline.core.printed_numbers import parse_printed
from timeline.statistics.comparisons.p_values import STATISTICS, p_value, two_by_two
from timeline.statistics.rounding import Consistency

AGREES, POSSIBLE, CONTRADICTED = Consistency.AGREES, Consistency.POSSIBLE, Consistency.CONTRADICTED
BOTH = ("two-sided", "one-sided")


@pytest.mark.parametrize(
    ("name", "statistic", "dfs", "p", "fit", "sides", "decision"),
    [
        # the critical values of the printed tables
        pytest.param("z", "1.96", [], "0.05", AGREES, BOTH[:1], POSSIBLE, id="z at 5 %"),
        pytest.param("t", "2.228", [10], "0.05", AGREES, BOTH[:1], POSSIBLE, id="t at 5 %"),
        pytest.param("chi2", "3.841", [1], "0.050", AGREES, (), POSSIBLE, id="chi-squared at 5 %"),
        pytest.param("F", "4.10", [2, 10], "0.05", AGREES, (), POSSIBLE, id="F at 5 %"),
        pytest.param("chi2", "6.635", [1], "0.010", AGREES, (), AGREES, id="chi-squared at 1 %"),
        # t(28) = 2.20 has p = 0.0362
        pytest.param("t", "2.20", [28], "0.03", POSSIBLE, (), AGREES, id="digits of p cut"),
        pytest.param("t", "2.20", [28], "0.01", POSSIBLE, (), AGREES, id="one-sided, and cut"),
        pytest.param("t", "2.20", [28], "0.045", CONTRADICTED, (), AGREES, id="another p"),
        # t(28) = 1.90 has p = 0.0678
        pytest.param("t", "1.90", [28], "0.045", CONTRADICTED, (), CONTRADICTED,
                     id="called significant"),
        # z = 1.75 has p = 0.0801, one-sided 0.0401
        pytest.param("z", "1.75", [], "0.040", POSSIBLE, BOTH[1:], CONTRADICTED, id="one-sided"),
        pytest.param("z", "2", [], "0.04", POSSIBLE, BOTH, POSSIBLE, id="a coarse statistic"),
        pytest.param("t", "5.1", [Fraction("17.3")], "< 0.001", AGREES, BOTH, AGREES,
                     id="Welch, below a level"),
        pytest.param("z", "over 3", [], "< 0.01", AGREES, BOTH, AGREES, id="a hedged statistic"),
        pytest.param("chi2", "3.841", [1], "0.025", CONTRADICTED, (), POSSIBLE,
                     id="chi-squared has one side"),
        pytest.param("chi2", "over 10", [1], "< 0.01", AGREES, (), AGREES, id="without an end"),
        # F may be 0.005, of which p is 0.945
        pytest.param("F", "0.00", [1, 9], "1.00", POSSIBLE, (), AGREES, id="nothing at all"),
    ],
)  # fmt: skip
def test_a_statistic_has_its_p_value(name, statistic, dfs, p, fit, sides, decision):
    found = p_value(name, parse_printed(statistic), parse_printed(p), dfs)
    assert (found.fit, found.sides, found.decision) == (fit, sides, decision)


TAILS = {
    "z": lambda x: 2 * stats.norm.sf(x),
    "t": lambda x, df: 2 * stats.t.sf(x, df),
    "r": lambda x, df: 2 * stats.t.sf(x * math.sqrt(df / (1 - x * x)), df) if x < 1 else 0.0,
    "chi2": stats.chi2.sf,
    "Q": stats.chi2.sf,
    "F": stats.f.sf,
}


@law
@given(
    st.sampled_from(sorted(STATISTICS)),
    st.floats(0, 40),
    st.lists(st.integers(1, 300), min_size=2, max_size=2),
    st.integers(0, 4),
    st.integers(0, 4),
    ways,
)
def test_a_truthful_p_value_is_never_called_wrong(name, x, dfs, one, other, how):
    dfs = dfs[: STATISTICS[name].dfs]
    x = x / 40 if name == "r" else x
    p = shown(TAILS[name](x, *dfs), other, how)
    found = p_value(name, shown(x, one, how), p, dfs)
    assert CONTRADICTED not in (found.fit, found.decision)


TEA = ((3, 1), (1, 3))  # Fisher 1935: the lady tasting tea


@pytest.mark.parametrize(
    ("p", "fit", "tests"),
    [
        # two-sided 34/70, one-sided 17/70; chi-squared 2, corrected 0.5
        pytest.param("0.486", AGREES, ("Fisher",), id="34 of 70"),
        pytest.param("0.243", POSSIBLE, ("Fisher, one-sided",), id="17 of 70"),
        pytest.param("0.157", AGREES, ("chi-squared",), id="chi-squared of 2"),
        pytest.param("0.480", AGREES, ("chi-squared, Yates",), id="corrected: one half"),
        pytest.param("0.48", AGREES, ("chi-squared, Yates",), id="two digits distinguish them"),
        pytest.param("0.5", AGREES, ("Fisher", "chi-squared, Yates"), id="one digit does not"),
        pytest.param("0.048", CONTRADICTED, (), id="a digit lost"),
    ],
)
def test_which_test_gives_the_p_value(p, fit, tests):
    found = two_by_two(TEA, parse_printed(p))
    assert (found.fit, found.tests) == (fit, tests)


def test_every_small_table_as_scipy_has_it():
    numbers = range(8)
    tables = [((a, b), (c, d)) for a in numbers for b in numbers for c in (0, 1, 5) for d in (0, 2)]
    for table in tables[1:]:
        found = dict(two_by_two(table, parse_printed("1")).expected)
        (a, b), (c, d) = table
        exact = Fraction(float(stats.fisher_exact(table).pvalue))
        assert abs(found["Fisher"].low - exact) < Fraction(1, 10**8), table
        ends = [stats.fisher_exact(table, way).pvalue for way in ("less", "greater")]
        one_sided = float(found["Fisher, one-sided"].low)
        assert one_sided == pytest.approx(min(ends), abs=1e-8), table
        if min(a + b, c + d, a + c, b + d):
            for name, corrected in (("chi-squared", False), ("chi-squared, Yates", True)):
                p = stats.chi2_contingency(table, correction=corrected).pvalue
                assert float(found[name].low) == pytest.approx(p, abs=1e-8), table
        else:
            assert not any(name.startswith("chi") for name in found)


@law
@given(st.tuples(*[st.integers(0, 60)] * 4).filter(any), st.data(), st.integers(0, 4), ways)
def test_a_truthful_p_of_a_table_is_never_called_wrong(counts, data, decimals, how):
    table = (counts[:2], counts[2:])
    expected = two_by_two(table, parse_printed("1")).expected
    name, span = data.draw(st.sampled_from(expected))
    p = shown(float(span.low + span.high) / 2, decimals, how)
    assert two_by_two(table, p).fit is not CONTRADICTED, name


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        (lambda: p_value("q7", parse_printed("1"), parse_printed("1")), "unknown statistic: 'q7'"),
        (
            lambda: p_value("t", parse_printed("1"), parse_printed("1")),
            "t has 1 degrees of freedom",
        ),
        (lambda: p_value("F", parse_printed("1"), parse_printed("1"), (0, 3)), "above 0"),
        (lambda: two_by_two(((0, 0), (0, 0)), parse_printed("1")), "not a table of counts"),
        (lambda: two_by_two(((1, -1), (0, 0)), parse_printed("1")), "not a table of counts"),
    ],
)
def test_bad_input_is_refused(call, fault):
    with pytest.raises(ValueError, match=fault):
        call()
