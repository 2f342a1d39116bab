"""What the rules find in four public abstracts, against what a person listed."""

from __future__ import annotations

import pytest

from tests.bench import draft

FOUND = [pytest.param(counts, missed, wrong, id=f"{name}: {kind}")
         for name, kind, counts, missed, wrong in draft.measure(None)]  # fmt: skip


@pytest.mark.parametrize(("counts", "missed", "wrong"), FOUND)
def test_dates_drugs_and_durations_of_abstracts(counts, missed, wrong):
    assert counts.recall >= draft.LEAST, missed
    assert counts.precision >= draft.LEAST, wrong


def test_four_abstracts_are_measured():
    assert len(FOUND) == 4 * len(draft.KINDS)
