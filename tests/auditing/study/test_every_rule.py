"""Every rule of a study is shown firing, silent and on bad input, and names its source."""

from __future__ import annotations

import pkgutil
import re
from importlib import import_module

from tests.auditing import study
from tests.auditing.study.reports import BAD, FIRES, SILENT
from tests.rows import every_row
from timeline.auditing.rules import rules_in

MODULES = pkgutil.walk_packages(study.__path__, f"{study.__name__}.")
CASES = [
    case
    for name in (module.name for module in MODULES)
    if name != __name__
    for case in getattr(import_module(name), "CASES", ())
]
SHOWN_ELSEWHERE = (
    "K42",  # in test_cited_studies, with a second report
    "K55",  # in tests/auditing/test_patients_of_a_study.py, with the patients of the study
)
STUDY_RULES = rules_in("timeline.auditing.study")
RULES = [rule for rule in STUDY_RULES if rule.id not in SHOWN_ELSEWHERE]


@every_row("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_has_examples_with_and_without_a_verdict_and_of_bad_input(rule):
    shown = {case.shows for case in CASES if case.rule == rule.id}
    assert {FIRES, SILENT, BAD} <= shown


@every_row("rule", STUDY_RULES, ids=lambda rule: rule.id)
def test_a_row_is_complete(rule):
    assert re.fullmatch(r"K[0-5][0-9]", rule.id)
    assert all((rule.checks, rule.formula, rule.source, rule.example_fail, rule.example_ok))


def test_every_rule_of_the_catalogue_is_there_once():
    assert sorted(rule.id for rule in STUDY_RULES) == [f"K{n:02}" for n in range(1, 56)]
