"""The problems of a table of a clinic in few sentences, none of them left out."""

from __future__ import annotations

import pytest

from timeline.editing import pasted, with_cell
from timeline.editing.advice import shortened
from timeline.editing.shown.grouped_problems import grouped, row_numbers

ROWS = [  # the word and the date of each row, from 1
    ("CT", "15.03.2021"),
    ("CT", "16.03.2021"),
    ("wedding", "2021"),
    ("CT", "03.04.2021"),
    ("scan", "30.02.2021"),
    ("scan", "2021-03"),
]
EXPECTED = [
    "3 rows of a.csv (1, 2, 4), event: unknown kind of event 'CT' (write scan,",
    "2 rows of a.csv (1, 2): date: not a date: '15.03.2021' (write 2021-03-15); 1 more like it",
    "Row 3 of a.csv, event: unknown kind of event 'wedding' (known: treatment, scan, surgery, ",
    "Row 4 of a.csv: date: not a date: '03.04.2021' (write 2021-04-03 if the day comes first, ",
    "Row 5 of a.csv: date: not a date: '30.02.2021' (February 2021 has 28 days, and no 30th)",
]


def test_problems_of_one_kind_are_one_sentence_with_their_rows():
    table = "event\tdate\n" + "".join(f"{word}\t{date}\n" for word, date in ROWS)
    problems = pasted("case: a\nevents:\n", "events", 0, "event", table).problems
    assert len(problems) == 8  # four words and four dates
    told = grouped(problems, "a.csv")
    assert [sentence.startswith(begin) for sentence, begin in zip(told, EXPECTED, strict=True)] == (
        [True] * len(EXPECTED)
    ), told
    assert "1, 2, 4) of the" not in told[0]
    assert grouped(problems)[0].startswith("3 rows of the pasted table (1, 2, 4), event: ")


def test_a_cell_of_the_grid_has_its_row():
    edited = with_cell("case: a\nevents:\n  - {scan: 2021}\n", "events", 0, "grade", "3")
    assert grouped(edited.problems)[0].startswith("Row 1, grade: scan has no 'grade'")


@pytest.mark.parametrize(
    ("rows", "told"),
    [([4], "4"), ([1, 2], "1, 2"), ([1, 2, 3, 7], "1 to 3, 7"),
     (list(range(1, 60, 2)), "1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23 and 18 more")],
)  # fmt: skip
def test_rows_are_listed_by_their_runs(rows, told):
    assert row_numbers(rows) == told  # 1 to 59 has 30 odd numbers


def test_of_the_kinds_of_events_the_most_used_are_named_whatever_the_word_is():
    text = "case: a\nevents:\n  - {scan: 2021}\n"
    for word in ("wedding", "Labradorite", "xyz"):
        (problem,) = with_cell(text, "events", 0, "event", word).problems
        assert "treatment, scan, surgery, progression, death and " in shortened(problem.what)
