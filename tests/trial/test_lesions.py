"""Sums of target lesions: against a peer, by hand, and every unit stated.

``recist8_inv_adtr`` holds what admiral gave for the investigator's measurements: the longest
diameters of two lesions and the short axis of a node.
"""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pandas as pd
import pytest

import timeline.trial as trial

PILOT = Path(__file__).parents[1] / "data" / "trial" / "pilot"
NOBODY = {"USUBJID": ["A"], "RSDTC": ["2024-03-01"], "RSSTRESC": ["SD"]}
ADSL = {"USUBJID": ["A"], "RANDDT": ["2024-01-10"]}
DATES = ("2024-01-05", "2024-03-06", "2024-05-01", "2024-06-26")


def lesions(*lengths, unit="mm", dates=DATES, **more):
    """Two lesions, T01 and T02, at each date."""
    rows = [
        (date, name, length)
        for date, pair in zip(dates, lengths, strict=False)
        for name, length in zip(("T01", "T02"), pair, strict=True)
    ]
    return {
        "USUBJID": ["A"] * len(rows),
        "TRDTC": [row[0] for row in rows],
        "TRLNKID": [row[1] for row in rows],
        "TRSTRESN": [row[2] for row in rows],
        "TRSTRESU": [unit] * len(rows),
        **more,
    }


def derived(table, **options):
    return trial.derive(NOBODY, subjects=ADSL, lesions=table, **options)


def column(table, name):
    return table.to_arrow().column(name).to_pylist()


def test_sums_of_the_peer():
    measured = pd.read_csv(PILOT / "tr_recist8.csv", dtype=str)
    identity = pd.read_csv(PILOT / "tu_recist8.csv", dtype=str)
    keys = ["USUBJID", "TREVAL", "TRLNKID"]
    site = identity.rename(columns={"TUEVAL": "TREVAL", "TULNKID": "TRLNKID"})
    site = site[[*keys, "TULOC"]].drop_duplicates()
    measured["TRSTRESN"] = measured["TRSTRESN"].astype(float)
    found = trial.derive(
        PILOT / "rs_recist8.csv",
        subjects=PILOT / "subjects.csv",
        lesions=measured.merge(site, on=keys),
        settings="admiral",
        evaluator="INVESTIGATOR",
    ).sums.to_arrow()
    with gzip.open(PILOT / "recist8_inv_adtr.csv.gz", "rt", newline="") as opened:
        peer = [row for row in csv.DictReader(opened) if row["PARAMCD"] == "SDIAM"]
    assert len(peer) == found.num_rows == 4
    for name in ("AVAL", "BASE", "NADIR", "PCHGNAD", "CHGNAD", "ADY", "PCHG", "CHG"):
        ours = found.column(name).to_pylist()
        expected = [float(row[name]) if row[name] else None for row in peer]
        if name in ("CHG", "PCHG", "CHGNAD", "PCHGNAD"):  # at baseline the peer gives 0 or none
            ours, expected = ours[1:], expected[1:]
        assert ours == pytest.approx(expected), name
    for name in ("ABLFL", "PDFL"):
        assert found.column(name).to_pylist() == [row[name] or None for row in peer]
    assert [str(day) for day in found.column("ADT").to_pylist()] == [row["ADT"] for row in peer]


def test_sums_by_hand():
    """Baseline 60, then 40, 30 and 47: 47 is 17 mm and 57 % above the nadir of 30, so PD."""
    found = derived(lesions((40, 20), (30, 10), (20, 10), (35, 12)))
    assert column(found.sums, "AVAL") == [60, 40, 30, 47]
    assert column(found.sums, "NADIR") == [None, 60, 40, 30]
    assert column(found.sums, "PCHG") == pytest.approx([0, -100 / 3, -50, -65 / 3])
    assert column(found.sums, "PDFL") == [None, None, None, "Y"]
    assert column(found.sums, "ADY") == [-5, 57, 113, 169]  # there is no day 0


def test_centimetres_are_millimetres_times_ten():
    in_mm = derived(lesions((40, 20), (30, 10)))
    in_cm = derived(lesions((4.0, 2.0), (3.0, 1.0), unit="cm"))
    assert column(in_mm.sums, "AVAL") == column(in_cm.sums, "AVAL") == [60, 40]


@pytest.mark.parametrize(
    ("last", "flag"),
    [
        pytest.param((15.0, 9.0), "Y", id="20 % and 5 mm above 19 mm, both bounds included"),
        pytest.param((14.999999, 9.0), None, id="a millionth of a millimetre less"),
    ],
)
def test_the_bounds_of_progression(last, flag):
    """19 + 5 = 24 mm is 26 % above 19."""
    found = derived(lesions((40, 20), (10.0, 9.0), last))
    assert column(found.sums, "PDFL")[2] == flag


def test_an_increase_of_a_fifth_that_is_short_is_no_progression():
    """10 to 14 mm is 40 %, but 4 mm."""
    assert column(derived(lesions((20, 10), (5, 5), (8, 6))).sums, "PDFL")[2] is None


def test_a_lesion_that_was_not_measured_leaves_the_sum_open():
    found = derived(lesions((40, 20), (30, None), (20, 10)))
    assert column(found.sums, "AVAL") == [60, None, 30]
    assert column(found.sums, "LSASS") == [2, 1, 2]
    assert column(found.sums, "NADIR") == [None, 60, 60]


def test_a_lesion_that_was_not_there_at_baseline_is_no_target():
    table = lesions((40, 20), (30, 10))
    more = {"USUBJID": "A", "TRDTC": DATES[1], "TRLNKID": "T09", "TRSTRESN": 50, "TRSTRESU": "mm"}
    with pytest.warns(trial.TrialWarning, match="row 5, column TRLNKID: targets that the baseline"):
        found = derived({name: [*cells, more[name]] for name, cells in table.items()})
    assert column(found.sums, "AVAL") == [60, 40]


def test_of_a_node_the_short_axis_counts():
    table = {
        "USUBJID": ["A"] * 4,
        "TRDTC": ["2024-01-05"] * 4,
        "TRLNKID": ["T01", "T01", "T02", "T02"],
        "TRTESTCD": ["LDIAM", "LPERP"] * 2,
        "TRSTRESN": [40.0, 25.0, 22.0, 16.0],
        "TRSTRESU": ["mm"] * 4,
        "TULOC": ["LIVER", "LIVER", "LYMPH NODE", "LYMPH NODE"],
    }
    assert column(derived(table).sums, "AVAL") == [56]  # 40 + 16
    without = {name: cells for name, cells in table.items() if name != "TULOC"}
    with pytest.raises(trial.InvalidTables, match="no column TULOC, site of the lesion, which"):
        derived(without)


def test_depth_early_shrinkage_and_growth():
    """60, 40, 30, then PD at 47 and 20 after it: the depth is 50 %, not 67 %.

    From 5 January to 6 March are 61 days, 2.0041 months: 3 ln(40 / 60) / 2.0041 = -0.6069, and
    exp(-0.6069) - 1 is -45.5 %. 6 March is day 56.
    """
    dates = (*DATES, "2024-08-21")
    table = lesions((40, 20), (30, 10), (20, 10), (35, 12), (10, 10), dates=dates)
    found = derived(table).depth
    assert column(found, "DEPTH") == pytest.approx([50])
    assert [str(day) for day in column(found, "DEPTHDT")] == ["2024-05-01"]
    assert column(found, "EARLY") == pytest.approx([100 / 3])
    assert column(found, "EARLYFL") == ["Y"]
    assert column(found, "GROWTH") == pytest.approx([-45.5], abs=0.05)
    later = derived(table, settings={"ets_day": 71}).depth  # from day 57 on
    assert (column(later, "EARLY"), column(later, "EARLYFL")) == ([None], [None])
    more = derived(table, settings={"ets_percent": 34, "month_days": "30"}).depth
    assert column(more, "EARLYFL") == ["N"]
    # 61 days are 2.0333 months of 30: (40 / 60) ** (3 / 2.0333) = 0.5498
    assert column(more, "GROWTH") == pytest.approx([-45.0], abs=0.05)


FAULTS = [
    pytest.param({"unit": "inch"}, "rows 1, 2, column TRSTRESU: no unit of length: 'inch'",
                 id="another unit"),
    pytest.param({"unit": None}, "rows 1, 2, column TRSTRESU: no unit of length: ''", id="none"),
    pytest.param({"unit": "kg"}, "no unit of length: 'kg'", id="a unit of weight"),
    pytest.param({"TRSTRESN": [4000, 20]}, "row 1, column TRSTRESN: no length of a lesion: '4000'",
                 id="longer than a body"),
    pytest.param({"TRSTRESN": [-4, 20]}, "row 1, column TRSTRESN: no length of a lesion: '-4'",
                 id="below 0"),
    pytest.param({"TRLNKID": ["T01", "T01"]},
                 "rows 1, 2, column TRLNKID: two lengths of the lesion 'T01' at one assessment",
                 id="twice"),
    pytest.param({"TRLNKID": ["T01", None]}, "row 2, column TRLNKID: no identifier of the lesion",
                 id="no name"),
    pytest.param({"TRDTC": ["2024-01", "2024-01-05"]}, "row 1, column TRDTC: date without its day",
                 id="no day"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "message"), FAULTS)
def test_faults_of_measurements(change, message):
    unit = change.get("unit", "mm")
    cells = {name: value for name, value in change.items() if name != "unit"}
    with pytest.raises(trial.InvalidTables) as raised:
        derived({**lesions((40, 20), unit=unit), **cells})
    assert len(raised.value.problems) == 1
    assert message in str(raised.value)


def test_a_table_without_a_column_of_units_is_refused():
    table = {name: cells for name, cells in lesions((40, 20)).items() if name != "TRSTRESU"}
    with pytest.raises(trial.InvalidTables, match="no column TRSTRESU, unit of the length"):
        derived(table)


def test_sums_without_a_table_of_lesions_are_refused():
    found = trial.derive(NOBODY, subjects=ADSL)
    with pytest.raises(ValueError, match="no table of lesions was given"):
        _ = found.sums


def test_measurable_disease_is_a_target_at_baseline():
    """A has a target then, B a non-target lesion alone, C a target on a later day alone, D nothing.

    The template of admiralonco has Y where TU has a target at screening, else N. It is derived
    where it is named, as it needs the table.
    """
    table = {
        "USUBJID": ["A", "A", "B", "C"],
        "TRDTC": [DATES[0], DATES[1], DATES[0], DATES[1]],
        "TRGRPID": ["TARGET", "TARGET", "NON-TARGET", "TARGET"],
        "TRLNKID": ["T01", "T01", "NT01", "T01"],
        "TRTESTCD": ["LDIAM", "LDIAM", "TUMSTATE", "LDIAM"],
        "TRSTRESN": [30.0, 20.0, None, 20.0],
        "TRSTRESC": [None, None, "PRESENT", None],
        "TRSTRESU": ["mm", "mm", None, "mm"],
    }
    subjects = {"USUBJID": list("ABCD"), "RANDDT": ["2024-01-10"] * 4, "LSTALVDT": [None] * 4}
    options = {"subjects": subjects, "lesions": table, "severity": {"no_baseline": "take"}}
    found = trial.derive(NOBODY, parameters=["MDIS"], **options).parameters.to_arrow()
    assert found.column("AVALC").to_pylist() == ["Y", "N", "N", "N"]
    assert set(found.column("ADT").to_pylist()) == {None}
    every = trial.derive(NOBODY, **options).parameters.to_arrow()
    assert "MDIS" not in every.column("PARAMCD").to_pylist()
    with pytest.raises(ValueError, match="parameter MDIS: no table of lesions"):
        trial.derive(NOBODY, subjects=subjects, parameters=["MDIS"])
