"""Settings: read from text, refused with advice, and each of them written out in full."""

import attrs
import pytest

from tests.rows import every_row
from timeline.settings.response import DEFAULTS, SETTINGS, Settings


def test_the_twenty_open_questions_are_all_settings():
    assert {row.number for row in SETTINGS.values()} >= set(range(1, 21))


@every_row("row", SETTINGS.values(), ids=lambda row: row.name)
def test_each_setting_states_what_it_decides_and_which_sources_disagree(row):
    assert row.description
    assert row.disagreement
    assert row.options
    assert getattr(DEFAULTS, row.name) == row.default


@every_row("row", SETTINGS.values(), ids=lambda row: row.name)
def test_the_default_is_first_and_every_option_is_accepted(row):
    if row.options[0].startswith("a whole number"):
        assert getattr(Settings.of({row.name: "17"}), row.name) == 17
        assert getattr(Settings.of({row.name: 0}), row.name) == 0
        return
    first = Settings.of({row.name: row.options[0]})
    assert first == DEFAULTS
    for option in row.options[1:]:
        assert list(Settings.of({row.name: option}).changed) == [row.name]


@every_row("row", SETTINGS.values(), ids=lambda row: row.name)
def test_one_other_answer_leaves_the_rest(row):
    mine = Settings.of({"confirm_days": 14, "after_pd": "raw"})
    for value in (*row.answers, row.options[-1] if len(row.options) > 1 else "17"):
        assert mine.with_answer(row.name, value) == attrs.evolve(mine, **{row.name: value})
    if row.answers != ((),):  # of a list of words every text is one
        with pytest.raises(ValueError, match=f"setting {row.name}: "):
            mine.with_answer(row.name, "no such answer")


def test_text_and_typed_values_mean_the_same():
    typed = {"accept_sd_between": True, "confirm_days": 14, "icpd_max_days": None}
    text = {"accept_sd_between": "yes", "confirm_days": "14", "icpd_max_days": "none"}
    assert Settings.of(typed) == Settings.of(text)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param({"confirm_day": 1}, "did you mean confirm_days", id="a near name"),
        pytest.param({"zzz": 1}, r"unknown setting 'zzz' \(known: nl_reset", id="a far name"),
        pytest.param({"after_pd": "rew"}, "after_pd: .*did you mean raw", id="a near value"),
        pytest.param({"after_pd": "x"}, "known: carry, raw", id="a far value"),
        pytest.param({"missing_as_ne": "maybe"}, "known: true, false", id="no switch"),
        pytest.param({"confirm_days": "-1"}, "not a whole number: '-1'", id="negative"),
        pytest.param({"confirm_days": 2.5}, "not a whole number: 2.5", id="a fraction"),
        pytest.param({"confirm_days": True}, "not a whole number: True", id="a truth"),
        pytest.param(
            {"confirm_days": "none"}, "not a whole number", id="none, where it has a value"
        ),
        pytest.param({"confirm_days": "²"}, "not a whole number", id="a digit int() cannot read"),
    ],
)
def test_what_is_not_known_is_refused_with_advice(text, fault):
    with pytest.raises(ValueError, match=fault):
        Settings.of(text)


def test_a_number_or_a_bare_word_of_yaml_is_read_as_the_answer_that_it_means():
    """30.0 is 30, and what YAML makes of null and no without quotes."""
    found = Settings.of({"month_days": 30.0, "unresected": None})
    assert (found.month_days, found.unresected) == ("30", "null")
    assert Settings.of({"unresected": False}).unresected == "no"
    with pytest.raises(ValueError, match=r"unknown value '31' \(.*known: 30.4375"):
        Settings.of({"month_days": 31})
