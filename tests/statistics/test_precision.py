"""How narrow limits can be. Oracles: R's coxph and survfit (files), scipy's ecdf."""

from __future__ import annotations

import csv
import math
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from tests.statistics.truth import law, shown, ways
from timeline.core.claimed_numbers import claimed_number
from timeline.statistics.precision import METHODS, rate_width, ratio_width
from timeline.statistics.rounding import Consistency

A, P, C = Consistency.AGREES, Consistency.POSSIBLE, Consistency.CONTRADICTED
DATA = Path(__file__).parents[1] / "data" / "survival"


def rows(name):
    with (DATA / name).open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("low", "high", "events", "fit", "why"),
    [
        # ln(0.556 / 0.45) / 3.92 = 0.054; 2 / root(20) = 0.447
        ("0.45", "0.556", 20, C, "eight times too narrow"),
        ("0.21", "1.20", 20, A, "ln(1.2 / 0.21) / 3.92 = 0.445, 0.456 before rounding"),
        ("0.25", "1.20", 20, P, "ln(1.205 / 0.245) / 3.92 = 0.406, a tenth below 0.447"),
        ("0.44", "0.70", 290, A, "ln(0.705 / 0.435) / 3.92 = 0.123; 2 / root(290) = 0.117"),
        ("0.44", "0.70", 100, C, "0.123 against 0.2"),
    ],
)
def test_limits_of_a_ratio_need_events(low, high, events, fit, why):
    assert ratio_width(claimed_number(low), claimed_number(high), events, 0.95).fit is fit, why


def test_no_estimate_of_r_is_contradicted():
    """67 samples of two or three groups, each with Efron's and Breslow's ties, and stratified."""
    table = rows("two_group_expected.csv")
    events = Counter()
    for row in table:
        if row["analysis"] == "logrank" and row["row"] == "group":
            events[row["sample"]] += int(float(row["observed"]))
    tried = 0
    for row in table:
        ends = row["lower"], row["upper"]
        if row["row"] != "coef" or "NA" in ends or not all(ends) or not events[row["sample"]]:
            continue
        low, high = map(float, ends)
        if not (1e-4 < low < high < 1e4):
            continue  # a fit that did not converge
        for places in (1, 2, 3):
            prints = [claimed_number(f"{end:.{places}f}") for end in (low, high)]
            assert ratio_width(*prints, events[row["sample"]], 0.95).fit is not C, row
            tried += 1
    assert tried > 300


@pytest.mark.parametrize(
    ("rate", "low", "high", "n", "fits", "why"),
    [
        # 50 -+ 1.96 root(0.5 * 0.5 / 20) = 28.1 to 71.9
        ("50", "49", "51", 20, False, "the narrowest are 28 to 72"),
        ("50", "28.1", "71.9", 20, True, "plain"),
        ("50", "27.1", "69.2", 20, True, "log-log, of R"),
        ("50", "29.9", "70.1", 20, True, "Wilson"),
        ("50", "32", "68", 20, False, "a level of 90 %"),
        ("90", "60", "97.5", 30, True, "wider, some were censored"),
    ],
)
def test_limits_of_a_rate_need_patients(rate, low, high, n, fits, why):
    found = rate_width(claimed_number(rate), claimed_number(low), claimed_number(high), n, 0.95)
    assert bool(found.methods) is fits, why


def test_the_narrowest_limits_are_those_of_r_where_nobody_is_censored():
    """R: survfit(Surv(1:20, rep(1, 20)) ~ 1), S(10) = 0.5: log-log 0.2713 to 0.6919."""
    found = dict(
        rate_width(
            claimed_number("50.000000"), claimed_number("1"), claimed_number("99"), 20, 0.95
        ).narrowest
    )
    assert found["log-log"] == pytest.approx((27.13, 69.19), abs=0.01)
    assert found["plain"] == pytest.approx((28.09, 71.91), abs=0.01)


def test_no_limit_of_r_is_called_wrong():
    """34 samples with ties and censoring; limits plain, log and log-log at some times."""
    sizes = Counter(row["sample"] for row in rows("landmark_samples.csv"))
    tried = 0
    for row in rows("landmark_expected.csv"):
        given = [row[name] for name in ("estimate", "lower", "upper")]
        if row["quantity"] != "surv" or "NA" in given or not all(given):
            continue
        for places in (0, 1, 2):
            prints = [claimed_number(f"{100 * float(each):.{places}f}") for each in given]
            found = rate_width(*prints, sizes[row["sample"]], 0.95)
            assert found.methods or not found.narrowest, row
            tried += bool(found.narrowest)
    assert tried > 400


patients = st.lists(st.tuples(st.integers(1, 30), st.booleans()), min_size=2, max_size=60).filter(
    lambda those: any(event for _, event in those)
)


@pytest.mark.filterwarnings("ignore:The confidence interval is undefined")
@law
@given(patients, st.integers(1, 30), st.integers(0, 2), ways, st.sampled_from([0.9, 0.95, 0.99]))
def test_truthful_limits_are_never_called_wrong(those, at, places, how, level):
    data = stats.CensoredData(
        uncensored=[time for time, event in those if event],
        right=[time for time, event in those if not event],
    )
    curve = stats.ecdf(data).sf
    survival = float(curve.evaluate(at))
    assume(0.001 < survival < 0.999)
    method = "log-log"
    both = curve.confidence_interval(level, method=method)
    ends = [float(end.evaluate(at)) for end in (both.low, both.high)]
    assume(not any(map(math.isnan, ends)))
    prints = [shown(Fraction(100 * end), places, how) for end in (survival, *ends)]
    found = rate_width(*prints, len(those), level)
    assert found.methods or not found.narrowest


def test_every_method_has_a_source():
    assert all(method.source for method in METHODS)


def test_a_rate_of_nearly_0_has_limits_too():
    """exp overflowed: 0.00 % of two patients."""
    found = rate_width(claimed_number("0"), claimed_number("0"), claimed_number("100"), 2, 0.999999)
    assert found.methods
