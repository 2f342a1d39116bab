"""Counts and percentages: each rule firing, silent and on bad input; the arithmetic beside."""

from __future__ import annotations

import pytest

from tests.auditing.study.reports import BAD, A, C, Case, N, P, check, params, said, source

RESPONSES = """
    {count: 1, about: PR, n: 15}
    {count: 10, about: SD, n: 15}
    {count: 4, about: PD, n: 15}
    {count: 0, about: CR, n: 15}
"""
TOTALS = (
    "{{table: adverse events, columns: [level I, level II, level III, level IV, total], n: 15, "
    "rows: {{{}}}}}"
)
TABLE_OF_TWO = (
    "{{table: adverse events, columns: [grade 1-2, grade 3-4, total], n: 15, rows: {{rash: {}}}}}"
)
TWO = "{{table: adverse events, columns: [grade 3, grade 4], rows: {{{}}}}}"

TWO_ARMS = (
    "{{count: {}, about: randomised, group: all}}\n"
    "{{count: {}, about: randomised, group: arm A}}\n"
    "{{count: {}, about: randomised, group: arm B}}"
)
CASES = (
    Case("K01", A, "7 / 15 = 46.67", "{percent: 46.7, about: x, n: 15}\n{count: 7, about: x}"),
    Case("K01", C, "3 / 7 = 42.86", "{percent: 42.2, about: x, n: 7}\n{count: 3, about: x}"),
    Case("K01", C, "9 / 15 = 60.0", "{percent: 66.7, about: x, n: 15}\n{count: 9, about: x}"),
    Case("K01", A, "some count of 15: 5", "{percent: 33.3, about: x, n: 15}"),
    Case("K01", C, "34.0 is none of 15: 5 is 33.3, 6 is 40.0", "{percent: 34.0, about: x, n: 15}"),
    Case("K01", P, "35 / 47 = 74.47, rounded up 75", "{percent: 75, about: ORR, n: 47}"),
    Case("K01", A, "of its group: 1 / 11 = 9.09",
         "{percent: 9.1, about: PR, group: DDLPS}\n{count: 11, about: DDLPS}"),
    Case("K01", A, "by grade: 3 / 7 = 42.86",
         "{percent: 42.9, about: x, grade: 3-4, n: 7}\n{count: 3, about: x, grade: 3-4}\n"
         "{count: 1, about: x, grade: 4}"),
    Case("K01", N, "a rate over time is no share", "{percent: 63, about: PFS at 12 weeks, n: 13}"),
    Case("K01", N, "weights: 5 of 15 need not be 33.3",
         "{percent: 34.7, about: men, n: 15, note: inverse probability weighted}\n"
         "{count: 5, about: men}"),
    Case("K01", P, "4 of the 17 evaluable, no n beside it: 23.5",
         "{count: 20, about: patients}\n{count: 17, about: evaluable}\n"
         "{percent: 23.5, about: ORR}"),
    Case("K01", P, "4 of 20 less 3 not evaluable: 23.5",
         "{count: 20, about: patients}\n{count: 3, about: NE}\n{percent: 23.5, about: ORR}"),
    Case("K01", C, "17 evaluable, but of 20 as printed",
         "{count: 17, about: evaluable}\n{percent: 23.5, about: ORR, n: 20}"),
    Case("K01", P, "6 of 9 operated: 66.7, no n beside it",
         "{count: 40, about: patients}\n{count: 9, about: operated}\n"
         "{count: 6, about: second surgery}\n{percent: 66.7, about: second surgery}"),
    Case("K01", None, "no denominator", "{percent: 42.2, about: x}", BAD),
    Case("K01", None, "a hedged denominator", "{percent: 42.2, about: x, n: about 40}", BAD),
    Case("K01", None, "a denominator of nought", "{percent: 42.2, about: x, n: 0}", BAD),
    Case("K01", A, "two counts printed: none is taken",
         "{percent: 46.7, about: x, n: 15}\n{count: 7, about: x}\n{count: 8, about: x}", BAD),
    Case("K01", A, "hedged", "{percent: about 47, about: x, n: 15}", BAD),
    Case("K01", None, "of another study", "{percent: 42.2, about: x, n: 7, study: A 2020}"),
    Case("K02", P, "10 / 15 = 66.67, cut 66.6",
         "{percent: 66.6, about: x, n: 15}\n{count: 10, about: x}"),
    Case("K02", None, "10 / 15 rounded", "{percent: 66.7, about: x, n: 15}\n{count: 10, about: x}"),
    Case("K02", None, "no denominator", "{percent: 66.6, about: x}", BAD),
    Case("K03", A, "44 gives 18.2 (8) and 75 (33)",
         "{count: 47, about: patients}\n{percent: 18.2, about: ORR, group: g}\n"
         "{percent: 75.0, about: DCR, group: g}"),
    Case("K03", C, "none up to 43: 11, 22, 33 give 18.2, and 75.0 takes a multiple of 4",
         "{count: 43, about: patients}\n{percent: 18.2, about: ORR, group: g}\n"
         "{percent: 75.0, about: DCR, group: g}"),
    Case("K03", A, "153 of 384 alone", "{percent: 39.8, about: x}\n{count: 153, about: x}"),
    Case("K03", A, "163 of 410 alone: 39.76; 409 gives 39.85",
         "{percent: 39.8, about: x}\n{count: 163, about: x}"),
    Case("K03", C, "7 / 17 = 41.2, 7 / 18 = 38.9: none gives 40.0",
         "{percent: 40.0, about: x}\n{count: 7, about: x}"),
    Case("K03", N, "no number at all", "{percent: 36.6, about: ORR}", BAD),
    Case("K03", None, "hedged open", "{percent: over 30, about: ORR}", BAD),
    Case("K04", A, "3 + 11 + 1 = 15",
         "{count: 3, about: a, among: t, n: 15}\n{count: 11, about: b, among: t, n: 15}\n"
         "{count: 1, about: c, among: t, n: 15}"),
    Case("K04", C, "3 + 11 + 2 = 16",
         "{count: 3, about: a, among: t, n: 15}\n{count: 11, about: b, among: t, n: 15}\n"
         "{count: 2, about: c, among: t, n: 15}"),
    Case("K04", C, "3 + 11 = 14",
         "{count: 3, about: a, among: t, n: 15}\n{count: 11, about: b, among: t, n: 15}"),
    Case("K04", None, "21 + 28 of 60, the rest not shown",
         "{count: 21, about: high, among: PD-L1, n: 60, note: missing not shown}\n"
         "{count: 28, about: low, among: PD-L1, n: 60, note: missing not shown}"),
    Case("K04", C, "21 + 40 = 61 of 60, shown or not",
         "{count: 21, about: high, among: PD-L1, n: 60, note: missing not shown}\n"
         "{count: 40, about: low, among: PD-L1, n: 60, note: missing not shown}"),
    Case("K05", None, "35 + 47 %, the rest not shown",
         "{percent: 35, about: high, among: PD-L1, n: 60, note: missing not shown}\n"
         "{percent: 47, about: low, among: PD-L1, n: 60, note: missing not shown}"),
    Case("K04", A, "the best responses: 1 + 10 + 4 + 0 = 15", RESPONSES),
    Case("K04", None, "best responses, some not printed",
         "{count: 1, about: PR, n: 15}\n{count: 10, about: SD, n: 15}"),
    Case("K04", None, "no partition", "{count: 14, about: a, n: 15}\n{count: 14, about: b, n: 15}"),
    Case("K04", None, "a hedged part",
         "{count: about 3, about: a, among: t, n: 15}\n{count: 11, about: b, among: t, n: 15}",
         BAD),
    Case("K04", None, "two denominators",
         "{count: 3, about: a, among: t, n: 15}\n{count: 11, about: b, among: t, n: 14}", BAD),
    Case("K04", C, "68 of 60", "{count: 68, about: liposarcoma, n: 60}"),
    Case("K04", None, "12 + 9 of 15: a patient may have both",
         "{count: 12, about: lung, among: metastatic sites, n: 15}\n"
         "{count: 9, about: liver, among: metastatic sites, n: 15}"),
    Case("K04", C, "16 events of an endpoint in 15", "{events: 16, of: OS, n: 15}"),
    Case("K04", None, "a rate above 100 % is left to K50", "{rate: 104, of: OS, at: 6 months}"),
    Case("K04", None, "23 infections in 15", "{count: 23, about: infections, n: 15}"),
    Case("K04", None, "68 events in 60", "{count: 68, about: adverse events, n: 60}"),
    Case("K05", A, "26.7 + 26.7 + 20.0 + 26.7 = 100.1",
         "{percent: 26.7, about: a, among: t}\n{percent: 26.7, about: b, among: t}\n"
         "{percent: 20.0, about: c, among: t}\n{percent: 26.7, about: d, among: t}"),
    Case("K05", C, "46.7 + 43.3 = 90.0",
         "{percent: 46.7, about: a, among: t}\n{percent: 43.3, about: b, among: t}"),
    Case("K05", C, "66.7 + 43.3 = 110.0, of responses",
         "{percent: 66.7, about: PR}\n{percent: 43.3, about: PD}"),
    Case("K05", None, "93.3 twice, no partition",
         "{percent: 93.3, about: a}\n{percent: 93.3, about: b}"),
    Case("K05", None, "a part without its percentage",
         "{percent: 46.7, about: a, among: t}\n{percent: 43.3, about: b, among: t}\n"
         "{count: 1, about: c, among: t}"),
    Case("K05", None, "open",
         "{percent: over 50, about: a, among: t}\n{percent: 10, about: b, among: t}", BAD),
    Case("K06", C, "10 / 15 as 66.6 and as 66.7",
         "{percent: 66.6, about: a, n: 15}\n{count: 10, about: a}\n"
         "{percent: 66.7, about: b, n: 15}\n{count: 10, about: b}"),
    Case("K06", P, "33.3, 33.3 and 33.4 were made to add up to 100",
         "\n".join(f"{{percent: {p}, about: {a}, among: t, n: 15}}\n"
                   f"{{count: 5, about: {a}, among: t, n: 15}}"
                   for a, p in (("a", 33.3), ("b", 33.3), ("c", 33.4)))),
    Case("K06", None, "3 / 15 as 20.0 and as 20",
         "{percent: 20.0, about: a, n: 15}\n{count: 3, about: a}\n"
         "{percent: 20, about: b, n: 15}\n{count: 3, about: b}"),
    Case("K06", None, "no count",
         "{percent: 66.6, about: a, n: 15}\n{percent: 66.7, about: b, n: 15}", BAD),
    Case("K07", A, "1 / 15 = 6.67", RESPONSES + "{percent: 6.7, about: ORR, n: 15}"),
    Case("K07", C, "2 / 15 is not CR + PR", RESPONSES + "{percent: 13.3, about: ORR, n: 15}"),
    Case("K07", A, "11 / 15 = 73.33", RESPONSES + "{percent: 73.3, about: DCR, n: 15}"),
    Case("K07", C, "12 / 15 is not CR + PR + SD", RESPONSES + "{percent: 80.0, about: DCR, n: 15}"),
    Case("K07", A, "2.2 + 28.3 = 30.5, printed 30.4: each rounded by itself",
         "{percent: 2.2, about: CR}\n{percent: 28.3, about: PR}\n{percent: 30.4, about: ORR}"),
    Case("K07", C, "2.2 + 28.3 is not 35.0",
         "{percent: 2.2, about: CR}\n{percent: 28.3, about: PR}\n{percent: 35.0, about: ORR}"),
    Case("K07", C, "DCR 80 and PD 30 make 110",
         "{percent: 80, about: DCR}\n{percent: 30, about: PD}"),
    Case("K07", C, "ORR above DCR", "{percent: 40, about: ORR}\n{percent: 30, about: DCR}"),
    Case("K07", P, "4 of the 17 evaluable",
         "{count: 20, about: patients}\n{count: 17, about: evaluable}\n{count: 0, about: CR}\n"
         "{count: 4, about: PR}\n{count: 8, about: SD}\n{count: 5, about: PD}\n"
         "{percent: 23.5, about: ORR}"),
    Case("K07", A, "4 of 17, with 3 more that were not",
         "{count: 0, about: CR}\n{count: 4, about: PR}\n{count: 8, about: SD}\n"
         "{count: 5, about: PD}\n{count: 3, about: NE}\n{percent: 23.5, about: ORR, n: 17}"),
    Case("K07", P, "9 of 15, stable disease of 12 weeks at least: 1 to 11",
         RESPONSES + "{percent: 60.0, about: DCR, n: 15, note: SD of 12 weeks or more}"),
    Case("K07", P, "the same, by the definition that the report states",
         RESPONSES + "{percent: 60.0, about: DCR, n: 15}\n"
         "{name: response or stable disease of 12 weeks, about: definition of DCR}"),
    Case("K07", C, "12 of 15 is more than all that lasted could be",
         RESPONSES + "{percent: 80.0, about: DCR, n: 15, note: SD of 12 weeks or more}"),
    Case("K07", C, "9 of 15, of all that were stable",
         RESPONSES + "{percent: 60.0, about: DCR, n: 15}"),
    Case("K07", P, "0 of 15 confirmed, 1 seen",
         RESPONSES + "{percent: 0, about: ORR, n: 15, note: confirmed}"),
    Case("K07", C, "2 of 15 confirmed, 1 seen",
         RESPONSES + "{percent: 13.3, about: ORR, n: 15, note: confirmed}"),
    Case("K07", C, "5 of 20 confirmed, 4 unconfirmed",
         "{percent: 25, about: ORR, n: 20, note: confirmed}\n"
         "{percent: 20, about: ORR, n: 20, note: unconfirmed}"),
    Case("K07", C, "as a count: 1 + 0 is not 2", RESPONSES + "{count: 2, about: ORR, n: 15}"),
    Case("K07", None, "counts of other patients",
         "{count: 2, about: CR, study: A 2020, n: 57}\n{percent: 13.3, about: ORR, n: 15}"),
    Case("K07", None, "no number of patients but a hedged one",
         "{percent: 13.3, about: ORR, n: about 15}", BAD),
    Case("K07", C, "more responses than patients: 9 + 9 of 15",
         "{count: 9, about: CR}\n{count: 9, about: PR}\n{percent: 100, about: ORR, n: 15}", BAD),
    Case("K08", A, "SD 10 - 7 - 2 = 1 is left for 1 patient",
         "{count: 15, about: patients}\n{count: 10, about: SD}\n"
         "{count: 11, about: DD, among: subtype}\n{count: 3, about: WD, among: subtype}\n"
         "{count: 7, about: SD, group: DD}\n{count: 2, about: SD, group: WD}"),
    Case("K08", C, "PR 1 - 1 - 1 = -1",
         "{count: 15, about: patients}\n{count: 1, about: PR}\n"
         "{count: 11, about: DD, among: subtype}\n{count: 3, about: WD, among: subtype}\n"
         "{count: 1, about: PR, group: DD}\n{count: 1, about: PR, group: WD}"),
    Case("K08", C, "SD 10 - 7 = 3 are left, and 4 patients less 11 of 12 is 1",
         "{count: 12, about: patients}\n{count: 10, about: SD}\n"
         "{count: 11, about: DD, among: subtype}\n{count: 7, about: SD, group: DD}"),
    Case("K08", C, "4 deaths in a part, 3 in all",
         "{count: 3, about: deaths}\n{count: 20, about: LMS, among: t}\n"
         "{count: 4, about: deaths, group: LMS}"),
    Case("K08", None, "responses by two criteria",
         "{count: 40, about: patients}\n{count: 10, about: PR, criterion: RECIST 1.1}\n"
         "{count: 20, about: LMS, among: t}\n{count: 14, about: PR, criterion: Choi, group: LMS}"),
    Case("K08", C, "a subgroup of 10, and of 11",
         "{count: 11, about: DD}\n{count: 10, about: patients, group: DD}"),
    Case("K08", None, "a subgroup of 11 twice",
         "{count: 11, about: DD}\n{count: 11, about: patients, group: DD}"),
    Case("K08", None, "no size of the subgroup",
         "{count: 15, about: patients}\n{count: 1, about: PR}\n{count: 2, about: PR, group: DD}",
         BAD),
    Case("K30", A, "2 + 1 + 1 + 1 = 5", TOTALS.format("rash: [2, 1, 1, 1, 5]")),
    Case("K30", C, "and not 6", TOTALS.format("rash: [2, 1, 1, 1, 6]")),
    Case("K30", C, "16 of 15 patients", TOTALS.format("rash: [8, 8, 0, 0, 16]")),
    Case("K30", C, "columns of two grades: 7 + 2 = 9, not 11", TABLE_OF_TWO.format("[7, 2, 11]")),
    Case("K30", A, "columns of two grades: 7 + 2 = 9", TABLE_OF_TWO.format("[7, 2, 9]")),
    Case("K30", C, "a grade above the total", TOTALS.format("rash: [5, 1, 0, 0, 3]")),
    Case("K30", P, "more in the grades than in all: a patient may stand in two",
         TOTALS.format("rash: [5, 4, 0, 0, 7]")),
    Case("K30", C, "more in the grades, where three other rows stand in one grade each",
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
    Case("K32", C, "fatigue ends at grade 3", "{count: 2, about: fatigue, grade: level IV}"),
    Case("K32", A, "fatigue of grade 3", "{count: 2, about: fatigue, grade: 3}"),
    Case("K32", C, "the grade as the name of a group",
         "{count: 2, about: fatigue, group: level IV}"),
    Case("K32", None, "a group that is no grade",
         "{count: 2, about: fatigue, group: level of care}"),
    Case("K32", None, "none of grade 4", "{count: 0, about: fatigue, grade: 4}"),
    Case("K32", None, "a term that is not listed", "{count: 2, about: pneumonia, grade: 5}"),
    Case("K32", None, "several grades in one", "{count: 2, about: fatigue, grade: 3-5}", BAD),
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
    Case("K33", C, "a total beside the grave ones", "{name: rash, about: most common}\n"
         "{table: adverse events, columns: [total, grade 3-4],"
         " rows: {rash: [12, 2], nausea: [21, 2]}}"),
    Case("K33", A, "no total, every grade: 10 + 2 above 9 + 1",
         "{name: rash, about: most common}\n{table: adverse events,"
         " columns: [grade 1-2, grade 3-5], rows: {rash: [10, 2], nausea: [9, 1]}}"),
    Case("K33", None, "the grave ones alone", "{name: rash, about: most common}\n"
         "{table: adverse events, columns: [grade 3-4], rows: {rash: [1], nausea: [2]}}"),
    Case("K33", None, "most common of grade 3", "{name: rash, about: most common grade 3-4}\n"
         "{table: adverse events, columns: [total, grade 3-4],"
         " rows: {rash: [12, 3], nausea: [21, 2]}}"),
    Case("K33", None, "in which arm is not told", "{name: rash, about: most common}\n"
         "{table: adverse events, columns: [total], group: arm A, rows: {rash: [12]}}\n"
         "{table: adverse events, columns: [total], group: arm B, rows: {rash: [2], nausea: [9]}}"),
    Case("K04", C, "5 of nobody", "{count: 5, about: deaths, n: 0}"),
    Case("K04", C, "5 % of nobody", "{percent: 5, about: deaths, n: 0}"),
    Case("K04", None, "nobody of nobody", "{count: 0, about: deaths, n: 0}"),
    Case("K08", C, "61 + 69 = 130 of 120", TWO_ARMS.format(120, 61, 69)),
    Case("K08", None, "61 + 59 = 120", TWO_ARMS.format(120, 61, 59)),
    Case("K08", None, "a third arm may have the rest", TWO_ARMS.format(190, 61, 59)),
    Case("K08", None, "subgroups that overlap", TWO_ARMS.format(120, 61, 69)
         .replace("arm A", "male").replace("arm B", "over 60")),
    Case("K08", C, "30 + 31 of n 50", "{table: responses, columns: [{count: arm A, n: 30},"
         " {count: arm B, n: 31}, {count: all, n: 50}], rows: {PR: [1, 2, 3]}}"),
    Case("K44", C, "31 treated of 30", "{count: 30, about: enrolled}\n{count: 31, about: treated}"),
    Case("K44", A, "all 40 analysed, 39 treated and 36 evaluable",
         "{count: 40, about: randomised}\n{count: 39, about: treated}\n"
         "{count: 36, about: evaluable}\n{count: 40, about: analysed}"),
    Case("K44", C, "31 analysed of 30",
         "{count: 30, about: enrolled}\n{count: 31, about: analysed}"),
    Case("K44", None, "2 of 40 enrolled were not eligible",
         "{count: 40, about: enrolled}\n{count: 38, about: eligible}"),
    Case("K44", P, "38 treated, 39 evaluable: perhaps all who were randomised",
         "{count: 38, about: treated}\n{count: 39, about: evaluable}"),
    Case("K44", A, "40, 30, 30", "{count: 40, about: screened}\n{count: 30, about: enrolled}\n"
         "{count: 30, about: treated}"),
    Case("K44", None, "hedged",
         "{count: over 40, about: screened}\n{count: 30, about: enrolled}", BAD),
    Case("K45", P, "46.667 of 15: 100 / 15 = 6.67, so no decimal is needed",
         "{percent: 46.667, about: a, n: 15}"),
    Case("K45", None, "one decimal more is usual", "{percent: 46.7, about: a, n: 15}"),
    Case("K45", None, "of 1200 one is 0.083 %, told by two decimals: three are one more",
         "{percent: 46.667, about: a, n: 1200}"),
    Case("K45", None, "no denominator", "{percent: 46.667, about: a, n: over 10}", BAD),
    Case("K47", P, "5, 4, 2, 1 twice: twelve patients each",
         TOTALS.format("rash: [5, 4, 2, 1, 12], nausea: [5, 4, 2, 1, 12]")),
    Case("K47", None, "1, 1, 0, 0 twice",
         TOTALS.format("rash: [1, 1, 0, 0, 2], gout: [1, 1, 0, 0, 2]")),
    Case("K47", None, "no rows", "{count: 12, about: rash, statistic: total}", BAD),
)  # fmt: skip


@pytest.mark.parametrize("case", params(CASES))
def test_what_the_rules_of_counts_say(case, tmp_path):
    check(case, tmp_path)


def explained(text, tmp_path, rule="K01"):
    (verdict,) = [each for each in said(rule, source(text, tmp_path)) if each.conclusion in (C, P)]
    return verdict


@pytest.mark.parametrize(
    ("text", "description", "tier"),
    [
        pytest.param(
            "{percent: 42.2, about: x, n: 7}\n{count: 3, about: x}",
            "a typo for 42.9 (one digit): 3 of 7", 4, id="one digit from 42.9",
        ),
        pytest.param(
            "{percent: 20.0, about: x, n: 7}\n{count: 3, about: x}\n{count: 15, about: patients}",
            "a denominator of 15 (patients, all): 3 of 15", 1, id="3 / 15, of all patients",
        ),
        pytest.param(
            "{percent: 18.2, about: ORR, n: 47}\n{percent: 75, about: DCR, n: 44}",
            "44 patients in place of 47: 8 of 44", 1, id="8 / 44 = 18.18",
        ),
        pytest.param(
            "{percent: 18.2, about: ORR, n: 47}\n{percent: 76.6, about: DCR, group: g, n: 47}",
            "44 patients in place of 47: 8 of 44", 1, id="another group does not count",
        ),
        pytest.param(
            "{percent: 15.2, about: x, n: 153}\n{percent: 39.8, about: y}\n{count: 153, about: y}\n"
            "{count: 58, about: x}",
            "", 0, id="58 / 384 = 15.1, so 15.2 is not",
        ),
        pytest.param(
            "{percent: 15.1, about: x, n: 150}\n{percent: 39.8, about: y}\n{count: 153, about: y}\n"
            "{count: 58, about: x}",
            "a denominator of 384 (153 are 39.8 % of it): 58 of 384", 1, id="153 are 39.8 % of 384",
        ),
        pytest.param(
            "{percent: 66.7, about: x, n: 15}\n{count: 9, about: x}",
            "a count of 10 in place of 9", 2, id="another count",
        ),
        pytest.param(
            "{percent: 24.9, about: x, n: 7}\n{count: 3, about: x}",
            "a typo for 42.9 (two digits in turned order)", 4, id="24.9 for 42.9",
        ),
        pytest.param(
            "{percent: 4.29, about: x, n: 7}\n{count: 3, about: x}",
            "a typo for 42.86", 0, id="the point: 42.86 has other digits than 4.29",
        ),
    ],
)  # fmt: skip
def test_what_would_reproduce_a_percentage(text, description, tier, tmp_path):
    verdict = explained(text, tmp_path)
    found = [
        each for each in verdict.explanations if description and description in each.description
    ]
    assert [each.tier for each in found][:1] == ([tier] if tier else [])
    assert verdict.tried > len(verdict.explanations)


def test_the_worked_example_names_what_it_would_need(tmp_path):
    """42.2: 19 / 45 = 42.22 is the first; 8 / 19 = 42.1 and 27 / 64 = 42.19 are others."""
    text = (
        "{percent: 42.2, about: x, group: g, n: 7}\n{count: 3, about: x, group: g}\n"
        "{count: 15, about: patients}"
    )
    notes = explained(text, tmp_path).notes
    assert notes[:2] == (
        "3 of all 15 are 20.0 %",
        "42.2 % cannot be a share of fewer than 45 patients",
    )
    assert not any("cause" in note for note in notes)


def test_forced_totals_are_named(tmp_path):
    """6.7 + 66.6 + 26.7 = 100.0, where rounding gives 6.7 + 66.7 + 26.7 = 100.1."""
    rows = "".join(
        f"{{count: {k}, about: {name}, n: 15}}\n{{percent: {share}, about: {name}, n: 15}}\n"
        for name, k, share in (("PR", 1, "6.7"), ("SD", 10, "66.6"), ("PD", 4, "26.7"))
    )
    verdict = explained(rows, tmp_path, "K02")
    assert "add up to 100 exactly" in verdict.notes[1]


def all_told(claims, tmp_path):
    """Every note and other reading that is told of a percentage."""
    return [
        words
        for verdict in said("K01", source(claims, tmp_path))
        for words in (*verdict.notes, *(each.description for each in verdict.explanations))
    ]


def test_the_groups_that_a_name_lists_are_counted_together(tmp_path):
    """4 + 2 = 6; 6 of 19 is 31.6 %, and 6 of 29 20.7 %."""
    told = all_told(
        "{percent: 20, about: ORR, n: 19, group: liposarcoma and synovial sarcoma}\n"
        "{count: 4, about: ORR, n: 10, group: liposarcoma}\n"
        "{count: 2, about: ORR, n: 10, group: synovial sarcoma}",
        tmp_path,
    )
    assert "the groups named have 6 together: of 19, 31.6 %" in told
    assert "29 patients in place of 19: 6 of 29" not in told


def test_a_subgroup_is_no_denominator_of_the_whole_and_one_patient_fewer_is_enough(tmp_path):
    """25 % of 33 is 8.25; of 32 it is 8, and 3 of 12, 7 of 28 are further off."""
    told = all_told(
        "{percent: 25.0, about: ORR, n: 33}\n{count: 12, about: enrolled, group: ASPS}", tmp_path
    )
    assert "32 patients in place of 33: 8 of 32" in told
    assert not [each for each in told if " of 12" in each or " of 28" in each]
