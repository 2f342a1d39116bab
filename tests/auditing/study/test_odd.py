"""No true figure of an odd kind is contradicted."""

from __future__ import annotations

import random

from tests.truthful import odd, study
from timeline.auditing import Conclusion, verdicts_by_rule
from timeline.files.loader import load
from timeline.report.claims import Report


def alarms(seed: int, path) -> list[str]:
    """What is contradicted of one true report."""
    draw = random.Random(seed)
    path.write_text(odd.source_file(study.drawn(draw), draw, "odd"))
    source, problems = load(path)
    assert not problems, [str(each) for each in problems]
    assert isinstance(source, Report)
    return [
        f"{each.rule} {each.claim}: {each.description} {each.notes}"
        for each in verdicts_by_rule(None, source)
        if each.conclusion is Conclusion.CONTRADICTED
    ]


def test_no_true_figure_of_an_odd_kind_is_contradicted(tmp_path):
    for seed in range(60):
        assert alarms(seed, tmp_path / "odd.yaml") == [], seed
