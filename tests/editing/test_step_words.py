"""What an undo says of the rows of a grid."""

import pytest

from timeline.editing import case_fields, claim_grid, event_grid
from timeline.editing.shown.step_words import step_in_file, step_in_rows

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
        # larger steps: each change by its row
        (FIRST + SCAN, SCAN.join(FIRST.split("  -", 1)[:1]) + SCAN + "  - {diagnosis: 2021-03}\n",
         "Undone: row 1, scan 2021-06, was row 2."),
        (FIRST + SCAN, FIRST.replace("03}", "02}") + SCAN.replace("06", "05").replace("PR", "SD"),
         ("Undone in row 1, diagnosis 2021-02: date is 2021-02, and was 2021-03; in row 2, scan "
          "2021-05: date is 2021-05, and was 2021-06, target is SD, and was PR.")),
        (FIRST + SCAN + "  - {death: 2022}\n", FIRST.replace("03}", "03, stage: IV}") + SCAN,
         ("Undone in row 1, diagnosis 2021-03: stage is IV, and was empty; row 3, death 2022 is "
          "taken out.")),
    ],
)  # fmt: skip
def test_a_step_names_the_row_and_its_event(before, after, told):
    assert step_in_rows("Undone", event_grid(before), event_grid(after)) == told


def told_of(before, after):
    grids = [{"events": event_grid(text), "claims": claim_grid(text)} for text in (before, after)]
    return step_in_file("Undone", *grids, case_fields(before), case_fields(after))


def test_a_step_that_changes_fields_and_rows_names_both():
    patient = FIRST.replace("events:", "patient:\n  sex: female\nevents:")
    assert told_of(FIRST, patient) == "Undone: sex is female, and was empty."
    assert told_of(patient + SCAN, FIRST) == (
        "Undone: sex is empty, and was female; row 2, scan 2021-06 is taken out."
    )
    assert told_of(FIRST, FIRST) == ""


def test_many_changes_are_counted():
    rows = "".join(f"  - {{scan: 2021-0{n}}}\n" for n in range(4, 9))
    before = FIRST + rows
    after = before.replace("2021-04", "2022-04").replace("2021-05", "2022-05")
    after = after.replace("2021-06", "2022-06").replace("2021-08", "2022-08")
    told = told_of(before, after)
    assert told.endswith("in row 4, scan 2022-06: date is 2022-06, and was 2021-06; "
                         "and 1 more change.")  # fmt: skip
