"""Rules K30, K31, K33 and K47: firing, silent and on bad input; arithmetic in the reasons."""

from __future__ import annotations

import pytest

from tests.auditing.study.reports import BAD, A, C, Case, P, check, params

TOTALS = (
    "{{table: adverse events, columns: [level I, level II, level III, level IV, total], n: 15, "
    "rows: {{{}}}}}"
)
TABLE_OF_TWO = (
    "{{table: adverse events, columns: [grade 1-2, grade 3-4, total], n: 15, rows: {{rash: {}}}}}"
)
TWO = "{{table: adverse events, columns: [grade 3, grade 4], rows: {{{}}}}}"
CASES = (
    Case("K30", A, "2 + 1 + 1 + 1 = 5", TOTALS.format("rash: [2, 1, 1, 1, 5]")),
    Case("K30", C, "and not 6", TOTALS.format("rash: [2, 1, 1, 1, 6]")),
    Case("K30", C, "16 of 15 patients", TOTALS.format("rash: [8, 8, 0, 0, 16]")),
    Case("K30", C, "columns of two grades: 7 + 2 = 9, not 11", TABLE_OF_TWO.format("[7, 2, 11]")),
    Case("K30", A, "columns of two grades: 7 + 2 = 9", TABLE_OF_TWO.format("[7, 2, 9]")),
    Case("K30", C, "a grade above the total", TOTALS.format("rash: [5, 1, 0, 0, 3]")),
    Case("K30", P, "more in the grades than in all: a patient may be in two",
         TOTALS.format("rash: [5, 4, 0, 0, 7]")),
    Case("K30", C, "more in the grades, where three other rows count one grade a patient",
         TOTALS.format("rash: [5, 4, 0, 0, 7], a: [1, 1, 0, 0, 2], b: [2, 1, 0, 0, 3], "
                       "c: [1, 2, 0, 0, 3]")),
    Case("K30", None, "events, not patients: 23 of 15", TOTALS.format("rash: [14, 8, 1, 0, 23]")
         .replace("rows:", "note: number of events, rows:")),
    Case("K30", None, "no total", TWO.format("rash: [2, 1]")),
    Case("K30", None, "a cell in words", "{count: about 2, about: rash, grade: 1}", BAD),
    Case("K31", A, "between the largest row, 3, and the sum, 5",
         TWO.format("rash: [2, 1], nausea: [2, 0]") + "\n{count: 4, about: grade 3–4, n: 7}"),
    Case("K31", P, "3: all on the same patients",
         TWO.format("rash: [2, 1], nausea: [2, 0]") + "\n{count: 3, about: grade 3–4, n: 7}"),
    Case("K31", C, "fewer than the largest row",
         TWO.format("rash: [2, 1], nausea: [2, 0]") + "\n{count: 2, about: grade 3–4, n: 7}"),
    Case("K31", A, "more than all rows: some events may have none",
         TWO.format("rash: [2, 1], nausea: [2, 0]") + "\n{count: 6, about: grade 3–4, n: 7}"),
    Case("K31", C, "more than all rows of a table of all events",
         TWO.format("rash: [2, 1], nausea: [2, 0]").replace("rows:", "note: all events, rows:")
         + "\n{count: 6, about: grade 3–4, n: 7}"),
    Case("K31", A, "each arm by its own table: 1 in one, 5 in the other",
         TWO.format("rash: [4, 1]").replace("rows:", "group: a, rows:") + "\n"
         + TWO.format("rash: [1, 0]").replace("rows:", "group: b, rows:")
         + "\n{count: 1, about: grade 3–4, n: 7, group: b}\n"
         "{count: 5, about: grade 3–4, n: 7, group: a}"),
    Case("K31", C, "1 in the arm that has 5 in a row",
         TWO.format("rash: [4, 1]").replace("rows:", "group: a, rows:")
         + "\n{count: 1, about: grade 3–4, n: 7, group: a}"),
    Case("K31", C, "columns of two grades: 2 patients, 3 in a row", TABLE_OF_TWO.format("[1, 3, 4]")
         + "\n{count: 2, about: grade 3–4, n: 15}"),
    Case("K31", C, "a row with more than there are",
         TWO.format("rash: [5, 4]") + "\n{count: 6, about: grade 3–4, n: 7}", BAD),
    Case("K31", C, "4 patients with any, 5 in one row",
         TOTALS.format("rash: [2, 1, 1, 1, 5]")
         + "\n{count: 4, about: patients with TRAEs, n: 15}"),
    Case("K31", A, "5 of the one row", TOTALS.format("rash: [2, 1, 1, 1, 5]")
         + "\n{count: 5, about: patients with TRAEs, n: 15}"),
    Case("K31", A, "5 of 3 + 2: each event another patient",
         TWO.format("rash: [2, 1], nausea: [2, 0]") + "\n{count: 5, about: grade 3–4, n: 7}"),
    Case("K31", C, "8 with grade 3 to 4, 7 with any",
         "{count: 8, about: TRAEs, grade: 3-4}\n{count: 7, about: patients with TRAEs}"),
    Case("K31", None, "3 with grade 3 to 4, 7 with any",
         "{count: 3, about: TRAEs, grade: 3-4}\n{count: 7, about: patients with TRAEs}"),
    Case("K31", A, "by its grade: 3 events, 4 patients: some may have no row",
         TWO.format("rash: [2, 1]")
         + "\n{count: 4, about: adverse events, grade: 3-4, n: 7}"),
    Case("K31", None, "no table", "{count: 6, about: grade 3–4, n: 7}", BAD),
    Case("K33", A, "the two largest", "{name: rash, about: most common}\n"
         "{name: nausea, about: most common}\n"
         + TOTALS.format("rash: [3, 0, 0, 0, 3], nausea: [2, 0, 0, 0, 2], fever: [1, 0, 0, 0, 1]")),
    Case("K33", C, "nausea is more frequent than fever",
         "{name: rash, about: most common}\n{name: fever, about: most common}\n"
         + TOTALS.format("rash: [3, 0, 0, 0, 3], nausea: [2, 0, 0, 0, 2], fever: [1, 0, 0, 0, 1]")),
    Case("K33", P, "as frequent as one left out",
         "{name: rash, about: most common}\n"
         + TOTALS.format("rash: [3, 0, 0, 0, 3], nausea: [3, 0, 0, 0, 3]")),
    Case("K33", None, "a term of no row", "{name: gout, about: most common}\n"
         + TOTALS.format("rash: [3, 0, 0, 0, 3]"), BAD),
    Case("K33", C, "no columns but any grade", "{name: rash, about: most common}\n"
         "{table: adverse events, columns: [any grade], rows: {rash: [12], nausea: [21]}}"),
    Case("K33", C, "a total next to the severe ones", "{name: rash, about: most common}\n"
         "{table: adverse events, columns: [total, grade 3-4],"
         " rows: {rash: [12, 2], nausea: [21, 2]}}"),
    Case("K33", A, "no total, every grade: 10 + 2 above 9 + 1",
         "{name: rash, about: most common}\n{table: adverse events,"
         " columns: [grade 1-2, grade 3-5], rows: {rash: [10, 2], nausea: [9, 1]}}"),
    Case("K33", None, "the severe ones alone", "{name: rash, about: most common}\n"
         "{table: adverse events, columns: [grade 3-4], rows: {rash: [1], nausea: [2]}}"),
    Case("K33", None, "most common of grade 3", "{name: rash, about: most common grade 3-4}\n"
         "{table: adverse events, columns: [total, grade 3-4],"
         " rows: {rash: [12, 3], nausea: [21, 2]}}"),
    Case("K33", None, "the arm is not stated", "{name: rash, about: most common}\n"
         "{table: adverse events, columns: [total], group: arm A, rows: {rash: [12]}}\n"
         "{table: adverse events, columns: [total], group: arm B, rows: {rash: [2], nausea: [9]}}"),
    Case("K47", P, "5, 4, 2, 1 twice: twelve patients each",
         TOTALS.format("rash: [5, 4, 2, 1, 12], nausea: [5, 4, 2, 1, 12]")),
    Case("K47", None, "1, 1, 0, 0 twice",
         TOTALS.format("rash: [1, 1, 0, 0, 2], gout: [1, 1, 0, 0, 2]")),
    Case("K47", None, "no rows", "{count: 12, about: rash, statistic: total}", BAD),
)  # fmt: skip


@pytest.mark.parametrize("case", params(CASES))
def test_verdicts(case, tmp_path):
    check(case, tmp_path)
