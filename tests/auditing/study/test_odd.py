"""No true figure of an odd kind is contradicted."""

from __future__ import annotations

import random

from tests.truthful import odd, study
from timeline.auditing import Call, verdicts_by_rule
from timeline.ledger import load
from timeline.source import Source


def alarms(seed: int, path) -> list[str]:
    """What is contradicted of one true report."""
    draw = random.Random(seed)
    path.write_text(odd.source_file(study.drawn(draw), draw, "odd"))
    source, problems = load(path)
    assert not problems, [str(each) for each in problems]
    assert isinstance(source, Source)
    return [
        f"{each.rule} {each.claim}: {each.says} {each.notes}"
        for each in verdicts_by_rule(None, source)
        if each.call is Call.CONTRADICTED
    ]


def test_no_true_figure_of_an_odd_kind_is_contradicted(tmp_path):
    for seed in range(60):
        assert alarms(seed, tmp_path / "odd.yaml") == [], seed
