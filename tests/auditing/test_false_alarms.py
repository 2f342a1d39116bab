"""A small draw of what tests/bench/false_alarms.py and reports.py count at length."""

from __future__ import annotations

import random

from tests.bench import reports
from tests.bench.false_alarms import false, truthful
from timeline.auditing import Call


def test_no_truthful_print_is_contradicted():
    draw = random.Random(7)
    for _ in range(1500):
        call, what = truthful(draw)
        assert call is not Call.CONTRADICTED, what


def test_some_false_prints_are_found():
    draw = random.Random(7)
    calls = [false(draw) for _ in range(300)]
    assert calls.count(Call.CONTRADICTED) > 30


def test_no_rule_contradicts_a_truthful_report():
    draw = random.Random(7)
    for _ in range(60):
        assert reports.alarms(draw) == []
