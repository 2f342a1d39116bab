"""The choices of one paste for the same words of the next."""

from __future__ import annotations

from tests.rows import every_row
from timeline.app.editor.grid.chosen_before import chosen_before, forget

KEPT = {
    "event: CT": "scan",
    "event: CT: PR beside called: PD": "scan 2",
    "Ward": "leave out",
    "CEA, column 3": "lab",
    "answer: Baseline": "next line",
    "answer: Baseline, row 3": "line 2",
    "line:": "number",
    "03/04/2021": "dmy",
}


@every_row(
    ("table", "names", "order"),
    [
        ("Event\tDate\nCT\t15/04/2021", {"event: CT"}, ""),
        ("Event\nMRI", set(), ""),  # another word
        ("Event\tWard\nscan\tnine", {"Ward"}, ""),
        ("Event\tResponse\nCT: PR\tPD", {"event: CT: PR beside called: PD"}, ""),
        ("Event\tCEA\tCEA\nscan\t5\t6", {"CEA, column 3"}, ""),
        ("Event\tBaseline\nscan\tyes", {"answer: Baseline"}, ""),  # not of a row of that table
        ("Event\tDate\nscan\t03/04/2021", set(), "dmy"),
        # a date that was in no table before may be of one with another order
        ("Event\tDate\nscan\t03/04/2021\nscan\t05/06/2021", set(), ""),
    ],
)
def test_what_was_chosen_holds_for_the_same_words_alone(table, names, order):
    choices, read = chosen_before(KEPT, table)
    assert set(choices) - {"line:"} == names  # words of lines mean the same in every table
    assert read == order


def test_what_was_chosen_for_a_table_can_be_forgotten():
    kept = dict(KEPT)
    forget(kept, "Event\tDate\nCT\t03/04/2021")
    assert KEPT.keys() - kept.keys() == {"event: CT", "line:", "03/04/2021"}
