"""What an undo says of the rows of a grid."""

import pytest

from timeline.editing import event_grid
from timeline.editing.shown.step_words import step_in_rows

FIRST = "case: smith\nevents:\n  - {diagnosis: 2021-03}\n"
SCAN = "  - {scan: 2021-06, target: PR}\n"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (FIRST + SCAN, FIRST, "Undone: row 2, scan 2021-06 is taken out."),
        (FIRST, FIRST + SCAN, "Undone: row 2, scan 2021-06 is there."),
        (FIRST + SCAN, FIRST + SCAN.replace("PR", "SD"),
         "Undone in row 2, scan 2021-06: target is SD, and was PR."),
        (FIRST, FIRST + SCAN * 2, "Undone: 2 rows from row 2, scan 2021-06 on are there."),
        (FIRST, FIRST + "# a comment\n", ""),
    ],
)  # fmt: skip
def test_a_step_names_the_row_and_its_event(before, after, told):
    assert step_in_rows("Undone", event_grid(before), event_grid(after)) == told
