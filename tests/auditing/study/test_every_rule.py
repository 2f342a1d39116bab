"""Every rule of a study is shown firing, silent and on bad input, and says where it is from."""

from __future__ import annotations

import re

import pytest

from tests.auditing.study import test_counts, test_estimates, test_times, test_words
from tests.auditing.study.reports import BAD, FIRES, SILENT
from timeline.auditing.rules import rules_in

CASES = (*test_counts.CASES, *test_times.CASES, *test_estimates.CASES, *test_words.CASES)
OF_TWO_REPORTS = ("K42",)  # shown in test_words with a second report beside
STUDY_RULES = rules_in("timeline.auditing.study")
RULES = [rule for rule in STUDY_RULES if rule.id not in OF_TWO_REPORTS]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_is_shown_firing_silent_and_on_bad_input(rule):
    shown = {case.shows for case in CASES if case.rule == rule.id}
    assert {FIRES, SILENT, BAD} <= shown


@pytest.mark.parametrize("rule", STUDY_RULES, ids=lambda rule: rule.id)
def test_a_rule_says_what_it_is(rule):
    assert re.fullmatch(r"K[0-5][0-9]", rule.id)
    assert all((rule.checks, rule.formula, rule.source, rule.example_fail, rule.example_ok))


def test_every_rule_of_the_catalogue_is_there_once():
    assert sorted(rule.id for rule in STUDY_RULES) == [f"K{n:02}" for n in range(1, 55)]
