"""Groups compared: every answer that R gives of 67 samples, and why where it gives none."""

from __future__ import annotations

from collections import Counter, defaultdict

from tests.rows import every_row
from tests.statistics.survival.r_answers import near, rows, samples
from timeline.statistics.survival.log_rank import log_rank
from timeline.statistics.survival.proportional_hazards import TIES, cox_model

SAMPLES = samples("two_group_samples")
RHO = {"logrank": 0, "peto": 1}
TIES_OF = {f"cox_{name.lower()}": name for name in TIES}
STRATIFIED = "_stratified"
EXPECTED = defaultdict(list)  # by sample, analysis and row
for _row in rows("two_group_expected"):
    EXPECTED[_row["sample"], _row["analysis"], _row["row"]].append(_row)
LOG_RANKS = [key for key in EXPECTED if key[1].removesuffix(STRATIFIED) in RHO]
MODELS = [key for key in EXPECTED if key[1].removesuffix(STRATIFIED) in TIES_OF]
ENDLESS, STOPPED = "Loglik converged before", "Ran out of iterations"


def keys(analyses, kind):
    found = [key[:2] for key in analyses if key[2] == kind]
    return every_row(("name", "analysis"), found)


def strata(name, analysis):
    return SAMPLES[name].strata if analysis.endswith(STRATIFIED) else None


def log_rank_of(name, analysis):
    own = SAMPLES[name]
    rho = RHO[analysis.removesuffix(STRATIFIED)]
    return log_rank(own.times, own.events, own.groups, strata(name, analysis), rho)


def model_of(name, analysis):
    own = SAMPLES[name]
    ties = TIES_OF[analysis.removesuffix(STRATIFIED)]
    return cox_model(own.times, own.events, own.groups, reference="A",
                     strata=strata(name, analysis), ties=ties)  # fmt: skip


def test_the_samples_hold_what_is_hard():
    """Ties, groups without an event, groups out before the first event, one time for all."""
    designs = Counter(row["design"] for row in rows("survival_designs") if row["sample"] in SAMPLES)
    assert sum(designs.values()) == len(SAMPLES) == 67
    assert set(designs) >= {
        "plain", "no_event_in_a_group", "no_event_at_all", "all_events", "separated", "time_zero",
        "one_time_for_all", "group_out_before_first_event", "one_subject_group", "same_groups",
    }  # fmt: skip
    assert len(LOG_RANKS) == 2 * len({key[:2] for key in LOG_RANKS})
    assert len(MODELS) == 4 * len({key[:2] for key in MODELS})


@keys(LOG_RANKS, "test")
def test_log_rank_tests(name, analysis):
    found = log_rank_of(name, analysis)
    (row,) = EXPECTED[name, analysis, "test"]
    assert (found.statistic, found.p) == (near(row["statistic"]), near(row["p"]))
    assert str(found.df) == row["df"].replace("NA", "None")
    assert bool(found.reason) is (row["statistic"] == "NA")
    for group in EXPECTED[name, analysis, "group"]:
        place = found.names.index(group["group"])
        assert SAMPLES[name].groups.count(group["group"]) == int(group["n"])
        assert found.observed[place] == near(group["observed"])
        assert found.expected[place] == near(group["expected"])


@keys(MODELS, "coef")
def test_hazard_ratios(name, analysis):
    """Where R stopped before the fit of every group did, one of the ratios has no finite value."""
    model = model_of(name, analysis)
    for row in EXPECTED[name, analysis, "coef"]:
        (found,) = (each for each in model.ratios if each.name == row["group"])
        values = (found.log, found.error, found.ratio, found.low, found.high, found.z, found.p)
        names = ("coef", "se", "hr", "lower", "upper", "statistic", "p")
        stopped = STOPPED in row["note"] and "no contrast" not in row["note"]
        if row["coef"] == "NA" and stopped:
            assert any(each.ratio is None for each in model.ratios)
        elif row["coef"] == "NA":
            assert values == (None,) * len(names)
            assert found.reason
        else:
            assert list(values) == [near(row[name]) for name in names]
            assert not found.reason


@keys(MODELS, "wald")
def test_tests_of_models(name, analysis):
    model = model_of(name, analysis)
    for kind, found in (
        ("wald", model.wald),
        ("score", model.score),
        ("lr", model.likelihood_ratio),
    ):
        (row,) = EXPECTED[name, analysis, kind]
        assert (found.statistic, found.p) == (near(row["statistic"]), near(row["p"])), kind
        if row["statistic"] != "NA":
            assert found.df == int(row["df"])
        assert bool(found.reason) is (row["statistic"] == "NA"), kind
