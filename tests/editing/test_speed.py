"""A grid answers while somebody types: limits of processor time, on the machine of the suite."""

from __future__ import annotations

import time

import pytest

from tests.editing.test_laws import TEXTS
from tests.machine_speed import slowness
from timeline.editing import completions, event_grid, with_cell

LARGEST = max((text for name, text in TEXTS.items() if name.startswith("cases")), key=len)
LONG = "case: a\nevents:\n" + "".join(
    f"  - {{scan: {2010 + n // 40}-{1 + n % 40 // 4:02}-{1 + n % 28:02}, target: stable, "
    f"what: scan {n} of the chest}}\n"
    for n in range(400)
)


@pytest.mark.parametrize(
    ("text", "seconds"), [(LARGEST, 0.03), (LONG, 0.3)], ids=["largest", "400 events"]
)
@pytest.mark.parametrize(
    "work",
    [
        event_grid,
        lambda text: with_cell(text, "events", 20, "note", "a remark"),
        lambda text: completions(text, text.count("\n"), 5),
    ],
    ids=["event_grid", "with_cell", "completions"],
)
def test_the_grid_answers_at_once(work, text, seconds):
    work(text)  # what is read once for all
    times = []
    for turn in range(5):
        changed = f"# {turn}\n{text}"  # one that was not read before
        began = time.process_time()
        work(changed)
        times.append(time.process_time() - began)
    assert min(times) < seconds * slowness()
