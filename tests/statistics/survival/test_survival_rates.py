"""Survival at a time and quantiles of times: what R gives in 34 samples, and by hand."""

from __future__ import annotations

import csv
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import pytest

from timeline.statistics.survival.kaplan_meier import (
    kaplan_meier,
    quantile,
    reverse_kaplan_meier,
)
from timeline.statistics.survival.survival_rates import rates_at

DATA = Path(__file__).parents[2] / "data" / "survival"
F = Fraction


def rows(name):
    with (DATA / name).open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def cohorts():
    found = defaultdict(list)
    for row in rows("landmark_samples.csv"):
        found[row["sample"]].append((F(row["time"]), row["event"] == "1"))
    return {name: tuple(zip(*pairs, strict=True)) for name, pairs in found.items()}


def near(text):
    return None if text == "NA" else pytest.approx(float(text), rel=1e-6, abs=1e-9)


def test_rates_are_those_of_r(cohorts):
    expected = [row for row in rows("landmark_expected.csv") if row["quantity"] == "surv"]
    curves = {name: kaplan_meier(*cohort) for name, cohort in cohorts.items()}
    for row in expected:
        (found,) = rates_at(curves[row["sample"]], [F(row["at"])], row["conf_type"])
        values = [found.survival, found.error, found.low, found.high]
        assert [each if each is None else float(each) for each in values] == [
            near(row[name]) for name in ("estimate", "std_err", "lower", "upper")
        ], (row["sample"], row["at"], row["conf_type"])
        assert row["n_risk"] in ("NA", str(found.at_risk))
    assert len(expected) == 426


def test_quantiles_are_those_of_r(cohorts):
    expected = [row for row in rows("landmark_expected.csv")
                if row["quantity"] in ("quantile", "reverse_median")]  # fmt: skip
    for row in expected:
        make = kaplan_meier if row["quantity"] == "quantile" else reverse_kaplan_meier
        found = quantile(make(*cohorts[row["sample"]]), F(row["at"]), row["conf_type"])
        assert [each if each is None else float(each) for each in
                (found.value, found.low, found.high)] == [
            near(row[name]) for name in ("estimate", "lower", "upper")
        ], (row["sample"], row["at"], row["conf_type"])  # fmt: skip
    assert len(expected) == 408


def test_a_rate_by_hand():
    """18 of 21 at week 6 (Freireich 1963): 0.857 with Greenwood's root(3 / (21 x 18)) = 0.0891,
    so SE 0.0764; log-log: 0.0891 / ln(0.857) = -0.578; 0.857 ^ exp(+-1.96 x 0.578)."""
    curve = kaplan_meier([6, 6, 6, 6, *range(7, 24)], [True] * 3 + [False] * 18)
    before, after, beyond = rates_at(curve, [5, 6, 24])
    assert (before.survival, before.low, before.high, before.at_risk) == (1, 1.0, 1.0, 21)
    assert (after.survival, after.at_risk) == (F(18, 21), 21)
    assert after.error == pytest.approx(0.0764, abs=0.0001)
    assert (after.low, after.high) == pytest.approx((0.6197, 0.9516), abs=0.0001)
    assert (beyond.survival, beyond.low, beyond.at_risk) == (None, None, 0)


@pytest.mark.parametrize("share", [F(0), F(1), F(-1, 2)])
def test_a_share_that_is_none_is_refused(share):
    with pytest.raises(ValueError, match="not a share of patients"):
        quantile(kaplan_meier([1], [True]), share)
