"""Parts of a cohort, and the records that a time names."""

from __future__ import annotations

import numpy as np
import pytest

import timeline.trial as trial
from timeline.trial.cohort import padded_width

RS = {
    "USUBJID": ["A", "A", "A", "B"],
    "RSSEQ": [3, 5, 9, 2],
    "RSDTC": ["2024-02-01", "2024-03-05", "2024-04-01", "2024-02-05"],
    "RSSTRESC": ["PR", "PR", "PD", "NE"],
}
ADSL = {
    "USUBJID": ["A", "B", "C"],
    "RANDDT": ["2024-01-01", "2024-01-03", "2024-01-05"],
    "DTHDTC": [None, "2024-06-01", None],
    "LSTALVDT": ["2024-05-01", None, "2024-03-01"],
}


def sources(parameters):
    found = trial.derive(RS, subjects=ADSL, parameters=parameters)
    names = ("USUBJID", "PARAMCD", "SRCDOM", "SRCVAR", "SRCSEQ", "SRCROW")
    rows = zip(*(found.times.to_arrow().column(name).to_pylist() for name in names), strict=True)
    return {row[:2]: row[2:] for row in rows}


def test_a_time_names_the_record_that_dates_it():
    """A has BOR 1, CBOR 2 .. PD 11: six parameters and LSTA, then three OVR (8 to 10)."""
    found = sources(None)
    assert found["A", "PFS"] == ("ADRS", "ADT", 11, 3)
    assert found["A", "OS"] == ("ADSL", "LSTALVDT", None, None)
    assert found["B", "PFS"] == ("ADRS", "ADT", 6, None)  # DEATH is the sixth
    assert found["C", "PFS"] == ("ADSL", "RANDDT", None, None)


def test_where_no_derived_record_holds_the_date_the_collected_one_is_named():
    found = sources(["PFS", "OS"])
    assert found["A", "PFS"] == ("RS", "RSDTC", 9, 3)
    assert found["B", "PFS"] == found["B", "OS"] == ("ADSL", "DTHDT", None, None)


def test_of_a_confirmed_response_both_rows_are_named():
    table = trial.derive(RS, subjects=ADSL, parameters=["CRSP", "CBOR"]).parameters.to_arrow()
    rows = [row for row in table.to_pylist() if row["USUBJID"] == "A"]
    named = [[row[name] for name in ("RSSEQ", "SRCROW", "CONFSEQ", "CONFROW")] for row in rows]
    assert named == [[3, 1, 5, 2]] * 2
    assert {str(row["CONFDT"]) for row in rows} == {"2024-03-05"}


def test_the_order_of_the_rows_does_not_matter():
    order = [3, 1, 0, 2]
    mixed = {name: [cells[place] for place in order] for name, cells in RS.items()}
    one, other = (
        trial.derive(table, subjects=ADSL).times.to_arrow().drop_columns(["SRCROW"])
        for table in (RS, mixed)
    )
    assert one.to_pylist() == other.to_pylist()


@pytest.mark.parametrize("count", [0, 1, 16, 17, 63, 64, 200, 1000])
def test_padding_is_at_most_a_quarter(count):
    width = int(padded_width(np.array([count]))[0])
    assert count <= width <= max(count, count * 1.25)
    assert count > 16 or width == count


def test_one_subject_with_two_hundred_assessments_has_the_same_result_alone():
    """It is in a part of its own, and the others are not padded for it."""
    words = ["SD", "NE", "PR"] * 66 + ["SD", "PD"]
    days = [f"{2000 + month // 12}-{month % 12 + 1:02}-15" for month in range(200)]
    long = {"USUBJID": ["L"] * 200, "RSDTC": days, "RSSTRESC": words, "RSSEQ": list(range(200))}
    both = {name: [*cells, *long[name]] for name, cells in RS.items()}
    subjects = {name: [*cells, None] for name, cells in ADSL.items()}
    subjects["USUBJID"][3], subjects["RANDDT"][3] = "L", "2000-01-01"
    alone = {"USUBJID": ["L"], "RANDDT": ["2000-01-01"]}

    def of_long(table, who):
        found = trial.derive(table, subjects=who, parameters=["BOR", "CBOR", "PD", "PFS"])
        rows = [*found.parameters.to_arrow().to_pylist(), *found.times.to_arrow().to_pylist()]
        return [
            {name: cell for name, cell in row.items() if name not in ("SRCROW", "CONFROW")}
            for row in rows
            if row["USUBJID"] == "L"
        ]

    assert of_long(both, subjects) == of_long(long, alone)


def test_tables_without_rows_give_tables_without_records():
    nothing = {name: [] for name in ("USUBJID", "RSDTC", "RSSTRESC")}
    found = trial.derive(nothing, subjects={"USUBJID": [], "RANDDT": []})
    assert len(found.parameters) == len(found.times) == 0
    alone = trial.derive(nothing, subjects={"USUBJID": ["A"], "RANDDT": ["2024-01-01"]})
    values = alone.parameters.to_arrow().select(["PARAMCD", "AVALC"]).to_pylist()
    assert {row["PARAMCD"]: row["AVALC"] for row in values}["BOR"] == "MISSING"
