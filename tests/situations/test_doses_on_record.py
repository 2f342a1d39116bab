"""A printed dose or schedule of a drug beside what the record has of that drug.

A usual dose excuses no difference from the record. Expected by hand: the amount of a dose, of a
day, or of a cycle, as each text states it.
"""

from __future__ import annotations

import re

import pytest

from tests.situations.reports import verdicts_of
from timeline.core.data_tables import data_rows

AGREES, POSSIBLE, WRONG, NOT = "agrees", "possible", "contradicted", "not checkable"
LINE = "  - {treatment: 2022-02/2022-08, line: 1, drugs: [%s], cycle: 28 days}\n"
ALONE = "  - {treatment: 2022-02/2022-08, line: 1, drugs: %s}\n"


def verdict(tmp_path, claim, drugs, line=LINE):
    (found,) = verdicts_of(tmp_path, [f"{{{claim}, line: 1}}"], line % drugs)
    return found


# drugs on record, dose printed and of what, verdict, why; trials of everolimus 5 mg and pazopanib
# 400 mg twice a day: doi:10.1007/s40262-017-0582-9, doi:10.1007/s40262-020-00863-5
DOSES = [
    ("everolimus 5 mg", "10 mg, about: everolimus", POSSIBLE, "as in s40262-017-0582-9"),
    ("everolimus 5 mg", "15 mg, about: everolimus", WRONG, "three times a day is not in use"),
    ("pazopanib 400 mg", "800 mg, about: pazopanib", POSSIBLE, "as in s40262-020-00863-5"),
    ("regorafenib 80 mg", "160 mg, about: regorafenib", WRONG, "once a day by its label"),
    ("everolimus 5 mg qd", "10 mg, about: everolimus", WRONG, "once a day by the record"),
    ("everolimus 5 mg daily", "10 mg/day, about: everolimus", WRONG, "5 mg a day"),
    ("everolimus 5 mg daily", "5 mg, about: everolimus", AGREES, "the same"),
    ("nivolumab 240 mg", "480 mg, about: nivolumab", WRONG, "an antibody is given once"),
    ("sintilimab 100 mg", "200 mg, about: sintilimab", WRONG, "the usual dose is no excuse"),
    ("nivolumab 240 mg q2w", "240 mg q2w, about: nivolumab", AGREES, "the same interval"),
    ("nivolumab 240 mg q2w", "240 mg q4w, about: nivolumab", WRONG, "another interval"),
    ("sorafenib 200 mg", "400 mg, about: sorafenib", POSSIBLE, "the record has no frequency"),
    ("sorafenib 200 mg", "800 mg, about: sorafenib", WRONG, "its label: twice a day at most"),
    ("sorafenib 200 mg bid", "400 mg, about: sorafenib", AGREES, "2 × 200 mg in a day"),
    ("sorafenib 200 mg bid", "400 mg daily, about: sorafenib", AGREES, "2 × 200 mg in a day"),
    ("sorafenib 200 mg bid", "200 mg/day, about: sorafenib", WRONG, "400 mg a day on record"),
    ("sorafenib 200 mg bid", "400 mg bid, about: sorafenib", WRONG, "800 mg against 400 mg a day"),
    ("capecitabine 1000 mg/m² bid days 1-14", "2000 mg/m²/day, about: capecitabine", AGREES, "2 ×"),
    ("ifosfamide 1.8 g/m² days 1-5", "9 g/m²/cycle, about: ifosfamide", AGREES, "5 × 1.8 g/m²"),
    ("ifosfamide 1.8 g/m² days 1-5", "9 g/m², about: ifosfamide", POSSIBLE, "if of 5 days"),
    ("ifosfamide 1.8 g/m² days 1-5", "8 g/m²/cycle, about: ifosfamide", WRONG, "not 9"),
    ("octreotide 30 mg, everolimus 5 mg", "20 mg/28 d, about: octreotide", WRONG, "not a multiple"),
    ("octreotide 30 mg, everolimus 5 mg", "30 mg/28 d, about: octreotide", AGREES, "one a cycle"),
    ("octreotide 30 mg", "20 mg every 28 days, about: octreotide", WRONG, "20 is not 30"),
    ("octreotide 30 mg", "30 mg every 28 days, about: octreotide", AGREES, "cycle of 28 days"),
    ("octreotide 30 mg", "30 mg every 14 days, about: octreotide", WRONG, "cycle of 28 days"),
    ("octreotide 30 mg", "60 mg/28 d, about: octreotide", POSSIBLE, "two doses a cycle"),
    ("octreotide 30 mg", "20 mg, about: octreotide", WRONG, "20 is not 30"),
    ("octreotide", "20 mg/28 d, about: octreotide", NOT, "no dose on record"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("drugs", "dose", "conclusion", "why"),
    [pytest.param(*each, id=f"{each[0]}: {each[1]}") for each in DOSES],
)
def test_a_printed_dose_beside_the_record(drugs, dose, conclusion, why, tmp_path):
    found = verdict(tmp_path, f"dose: {dose}", drugs)
    assert found.conclusion == conclusion, (why, found.description)


STATED_TIMES = {"1": "once a day", "2": "twice a day"}
STATED_WHERE = re.compile(r"US label of [^;]+, sections? 2|doi:10\.[0-9]{4,}/|NCT[0-9]{8}")


def test_how_often_a_day_a_drug_is_given_is_stated_by_a_label_or_a_trial():
    """The source of a row has the frequency in words, and where these were read."""
    rows = [row for row in data_rows("drugs") if row.text("times_a_day")]
    assert rows
    for row in rows:
        parts = row.text("source").split("; ")
        stated = [part for part in parts if STATED_TIMES[row.text("times_a_day")] in part]
        assert any(STATED_WHERE.search(part) for part in stated), row.text("name")
        often = [n for n, words in STATED_TIMES.items() if words in row.text("source")]
        assert row.text("times_a_day") == max(often), row.text("name")


def test_two_printed_doses_where_a_reduction_is_on_record(tmp_path):
    case = ALONE % "lenvatinib 12 mg" + "  - {dose reduced: 2022-05, line: 1}\n"
    claims = [f"{{dose: {mg} mg, about: lenvatinib, line: 1}}" for mg in (12, 8)]
    first, reduced = verdicts_of(tmp_path, claims, case)
    assert [first.conclusion, reduced.conclusion] == [AGREES, POSSIBLE]
    (alone,) = verdicts_of(tmp_path, claims[1:], ALONE % "lenvatinib 12 mg")
    assert alone.conclusion == WRONG


SCHEDULES = [
    ("q2w, about: anlotinib", WRONG, "its own is q3w"),
    ("q3w, about: anlotinib", AGREES, "its own, though the cycle is 28 days"),
    ("q3w, about: nivolumab", WRONG, "its own is q2w"),
    ("every 2 weeks, about: nivolumab", AGREES, "q2w in words"),
    ("days 1-7, about: anlotinib", WRONG, "days 1 to 14"),
    ("days 1-14 q3w, about: anlotinib", AGREES, "both parts"),
    ("days 1-14 q4w, about: anlotinib", WRONG, "one part of the two"),
    ("qd, about: anlotinib", NOT, "the record has no frequency, and a day is no cycle"),
]


@pytest.mark.parametrize(
    ("schedule", "conclusion", "why"), [pytest.param(*each, id=each[0]) for each in SCHEDULES]
)
@pytest.mark.parametrize("line", [LINE, ALONE.replace("%s", "[%s]")], ids=["cycle", "no cycle"])
def test_a_printed_schedule_beside_that_of_the_drug_itself(
    schedule, conclusion, why, line, tmp_path
):
    drugs = "nivolumab 240 mg q2w, anlotinib 10 mg days 1-14 q3w"
    found = verdict(tmp_path, f"schedule: {schedule}", drugs, line)
    assert found.conclusion == conclusion, (why, found.description)


def test_once_a_day_is_no_length_of_a_cycle(tmp_path):
    found = verdict(tmp_path, "schedule: qd, about: anlotinib", "anlotinib 10 mg")
    assert found.conclusion == NOT
