"""The conventions of the analysis: each changes a number, and the methods state it."""

from __future__ import annotations

import pytest

import timeline as tl
from tests.study import trial_tables as made
from tests.study.patients import folder_of
from timeline.settings.study import STUDY_SETTINGS, StudySettings

# of the patients in patients.py, or of the tables: what is asked, and a number by hand.
CHANGED = [
    # a: days 56, 112 (PR), 224 (PD); week 32 is day 224
    ("landmark_weeks", 32, ("landmark", "n", {"variable_level": "PD"}), 3, "Response at 32 weeks"),
    # week 12 is day 84: of a, b and c none is within a week of it, and c has had its progression
    ("landmark_window_weeks", 1, ("landmark", "n", {"variable_level": "no assessment"}), 3,
     "at most 1 weeks away"),
    # b is stable for 196 days, which are 28 weeks and no more
    ("clinical_benefit_weeks", 29, ("CBR", "n", {"population": "treated"}), 1, "lasts 29 weeks"),
    ("disease_control_weeks", 29, ("DCR", "n", {"population": "treated"}), 1,
     "non-CR/non-PD that lasts 29 weeks"),
    # 1 of 4 at 90 %, Clopper and Pearson: 1 - 0.95 ** (1 / 4)
    ("confidence_level", 90, ("ORR", "conf.low", {"population": "treated",
                                                   "method": "Clopper-Pearson"}),
     100 * (1 - 0.95 ** 0.25), "at 90 %"),
    # survival lies on 1/2 from day 60 to day 196; both rules take the middle
    ("median_rule", "table", ("PFS", "estimate", {"context": "survival_quantile"}),
     128 / 30.4375, "its first time"),
    # OS: d dies on day 60 of 4; the area to day 182.625 is 60 + 3/4 * 122.625
    ("restricted_mean_months", 6, ("OS", "estimate", {"context": "restricted_mean"}),
     (60 + 0.75 * 122.625) / 30.4375, "up to 6 months"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value", "of", "number", "stated"), CHANGED)
def test_a_setting_changes_a_number_and_is_stated(tmp_path, name, value, of, number, stated):
    found = tl.Cohort.of(folder_of(tmp_path), settings={name: value}).summary()
    variable, stat, place = of
    assert found.find(variable, stat, **place).stat == pytest.approx(number)
    text = " ".join(found.methods)
    assert stated in text
    assert f"Settings that differ from the default: {name} = {value}." in text


@pytest.mark.parametrize(
    ("name", "value", "method"),
    [
        ("rate_limits", "Wilson", "Wilson"),
        ("survival_limits", "plain", "Greenwood's standard error, plain scale"),
        ("ties", "Breslow", "Breslow ties"),
    ],
)
def test_the_rows_name_the_method(tmp_path, name, value, method):
    cohort = tl.Cohort.of(made.write(tmp_path / "adam"), settings={name: value})
    methods = {row.method for row in cohort.summary(compare="arm").rows}
    assert any(method in each for each in methods)
    assert "Clopper-Pearson" not in methods or name != "rate_limits"


def test_a_rate_has_the_denominators_that_are_asked(tmp_path):
    found = tl.Cohort.of(folder_of(tmp_path), settings={"rate_denominators": "evaluable"})
    rates = {row.population for row in found.summary().rows if row.context == "rate"}
    assert rates == {"evaluable"}


def test_age_is_cut_where_it_is_asked(tmp_path):
    found = tl.Cohort.of(folder_of(tmp_path), settings={"age_cut_years": 70}).summary(by="age")
    assert found.find("ORR", "N", group1_level="70 years or older", population="treated").subjects \
        == ("c", "d")  # fmt: skip


def test_a_setting_of_the_derivation_takes_the_place_of_that_of_the_cases(tmp_path):
    """With 90 days to confirm, the PR of a on days 56 and 112 is not confirmed."""
    found = tl.Cohort.of(folder_of(tmp_path), settings={"confirm_days": 90}).summary()
    assert found.find("CORR", "n", population="treated").stat == 0


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"landmark": 8}, "unknown setting 'landmark' .did you mean landmark_weeks"),
        ({"landmark_weeks": "eight"}, "setting landmark_weeks: not a whole number: 'eight'"),
        ({"confidence_level": 5}, "not a level in percent: 5 .write 50 to 99"),
        ({"restricted_mean_months": 0}, "restricted_mean_months: 0"),
        ({"ties": "exact"}, "setting ties: unknown value 'exact' .known: Efron, Breslow"),
    ],
)
def test_a_wrong_setting_says_what_is_known(tmp_path, changes, message):
    with pytest.raises(ValueError, match=message):
        tl.Cohort.of(folder_of(tmp_path), settings=changes)


def test_every_setting_has_a_reason_and_a_number_of_its_own():
    rows = STUDY_SETTINGS.values()
    assert all(row.description and row.disagreement for row in rows)
    others = {row.number for row in tl.trial.SETTINGS.values()}
    own = {row.number for row in rows}
    assert len(own) == len(rows)
    assert not own & others
    assert {name: row.default for name, row in STUDY_SETTINGS.items()} == {
        name: getattr(StudySettings(), name) for name in STUDY_SETTINGS}  # fmt: skip
