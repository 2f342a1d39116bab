"""`derive` against a peer: every record that admiral and admiralonco give, by the call alone.

The tables and the answers are in ``tests/data/trial`` (its README states how they were made). The
presets hold every setting by which our defaults part from the peer's. Where a record is not
compared as a whole, the reason stands beside it.
"""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest

import timeline.trial as trial

DATA = Path(__file__).parents[1] / "data" / "trial"
SYNTHETIC, PILOT = DATA / "synthetic", DATA / "pilot"
RECORD = ("USUBJID", "PARAMCD", "AVALC", "ADT", "ADTF", "RSSEQ", "VISITNUM", "ANL01FL", "ASEQ")
TIME = ("USUBJID", "PARAMCD", "STARTDT", "ADT", "AVAL", "CNSR", "EVNTDESC", "CNSDTDSC",
        "SRCDOM", "SRCVAR", "SRCSEQ")  # fmt: skip
# PARAMCD has at most 8 characters
OUR_CODES = {"IPFS_CPD": "IPFSCPD", "IPFS_CPD_UPD": "IPFS", "IRSD": "IRSDCPD"}
VARIANT_F = {
    "preset": "admiral",
    "min_sd_days_from": "first_dose",
    "min_sd_days": 56,
    "confirm_days": 35,
    "max_ne_between": 0,
    "accept_sd_between": True,
    "missing_as_ne": True,
}
NEW_THERAPY = {
    "preset": "admiral",
    "responses_after_new_therapy": "left_out_from_day",
    "pfs_policy": "fda_a",
}


def expected(path, names):
    with gzip.open(path, "rt", newline="") as opened:
        rows = list(csv.DictReader(opened))
    for row in rows:
        row["PARAMCD"] = OUR_CODES.get(row["PARAMCD"], row["PARAMCD"])
    return [tuple(row[name] for name in names) for row in rows if row.get("STARTDT") != ""]


def text(value):
    """A value as the files have it: numbers without a point that they do not need."""
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)


def ours(table, names, codes):
    rows = zip(*(table.to_arrow().column(name).to_pylist() for name in names), strict=True)
    return [tuple(map(text, row)) for row in rows if row[1] in codes]


def compare(table, path, names, *, subjects=None, without=()):
    """Both sides as sorted lists; records whose columns ``without`` differ are told apart."""
    peer = expected(path, names)
    mine = ours(table, names, {row[1] for row in peer})
    if subjects is not None:
        mine = [row for row in mine if row[0] in subjects]
    keep = [place for place, name in enumerate(names) if name not in without]
    assert sorted(tuple(row[at] for at in keep) for row in mine) == sorted(
        tuple(row[at] for at in keep) for row in peer
    )
    return len(peer)


@pytest.fixture(scope="module")
def recist():
    return trial.derive(
        SYNTHETIC / "rs_recist.csv", subjects=SYNTHETIC / "subjects.csv", settings="admiral"
    )


@pytest.fixture(scope="module")
def irecist():
    return trial.derive(
        SYNTHETIC / "rs_irecist.csv",
        subjects=SYNTHETIC / "subjects.csv",
        settings="admiral_irecist",
    )


def test_records_of_response(recist):
    """The peer gives no flag of an imputed death: 18 of ours have one."""
    path = SYNTHETIC / "adrs_recist.csv.gz"
    assert compare(recist.parameters, path, RECORD, without=("ADTF",)) == 14265
    deaths = ours(recist.parameters, RECORD, {"DEATH"})
    assert sum(row[4] != "" for row in deaths) == 18
    others = {row.code for row in trial.PARAMETERS} - {"DEATH"} | {"OVR"}
    flagged = [row for row in ours(recist.parameters, RECORD, others) if row[4]]
    assert sorted(flagged) == sorted(
        row for row in expected(path, RECORD) if row[1] != "DEATH" and row[4]
    )


def test_times(recist):
    assert compare(recist.times, SYNTHETIC / "adtte_recist.csv.gz", TIME) == 2749


def test_records_of_response_by_irecist(irecist):
    assert compare(irecist.parameters, SYNTHETIC / "adrs_irecist.csv.gz", RECORD) == 14262


def test_times_by_irecist(irecist):
    assert compare(irecist.times, SYNTHETIC / "adtte_irecist.csv.gz", TIME) == 2469


def test_other_windows():
    found = trial.derive(
        SYNTHETIC / "rs_recist.csv", subjects=SYNTHETIC / "subjects.csv", settings=VARIANT_F
    )
    path = SYNTHETIC / "adrs_recist_variant_f.csv.gz"
    assert compare(found.parameters, path, RECORD[:4]) == 2961


def test_without_what_came_after_new_therapy():
    """The peer filters its source, so that it names no new therapy, and deaths come from ADSL."""
    found = trial.derive(
        SYNTHETIC / "rs_recist.csv", subjects=SYNTHETIC / "subjects.csv", settings=NEW_THERAPY
    )
    path = SYNTHETIC / "adrs_recist_nact.csv.gz"
    assert compare(found.parameters, path, RECORD, without=("ADTF",)) == 14265
    path = SYNTHETIC / "adtte_recist_nact.csv.gz"
    differing = ("EVNTDESC", "SRCDOM", "SRCVAR", "SRCSEQ")
    assert compare(found.times, path, TIME, without=differing) == 1488
    alive = [row for row in ours(found.times, TIME, {"PFS", "RSD"}) if row[6] != "Death"]
    assert "New Anti-Cancer Therapy" in {row[6] for row in alive}
    unnamed = [(*row[:6], row[7] or row[6], *row[7:]) for row in alive]
    assert sorted(unnamed) == sorted(row for row in expected(path, TIME) if row[6] != "Death")


STUDIES = [
    (study, name, evaluator)
    for study in ("recist8", "onco205")
    for name, evaluator in (("inv", "INVESTIGATOR"), ("bicr", "INDEPENDENT ASSESSOR"))
]


@pytest.mark.filterwarnings("ignore::timeline.trial.TrialWarning")
@pytest.mark.parametrize(("study", "name", "evaluator"), STUDIES)
def test_the_pilot_study(study, name, evaluator):
    """Of the central reader the accepted rows; CHECK in 205 patients is no response, and stays."""
    tables = {"subjects": PILOT / "subjects.csv", "evaluator": evaluator}
    found = trial.derive(PILOT / f"rs_{study}.csv", settings="admiral", **tables)
    compare(found.parameters, PILOT / f"{study}_{name}_adrs_recist.csv.gz", RECORD)
    compare(found.times, PILOT / f"{study}_{name}_adtte_recist.csv.gz", TIME)
    other = trial.derive(PILOT / f"rs_{study}.csv", settings=VARIANT_F, **tables)
    path = PILOT / f"{study}_{name}_adrs_recist_variant_f.csv.gz"
    compare(other.parameters, path, RECORD[:4])


def test_the_pilot_study_by_irecist():
    """The peer was run on the six subjects with such responses."""
    found = trial.derive(
        PILOT / "rs_irecist26.csv", subjects=PILOT / "subjects.csv", settings="admiral_irecist"
    )
    path = PILOT / "irecist26_adrs_irecist.csv.gz"
    who = {row[0] for row in expected(path, RECORD)}
    compare(found.parameters, path, RECORD, subjects=who)
    compare(found.times, PILOT / "irecist26_adtte_irecist.csv.gz", TIME, subjects=who)


def test_our_defaults_part_from_the_peer():
    """The settings of the preset are needed: by our defaults the call is refused, or differs."""
    tables = {"subjects": SYNTHETIC / "subjects.csv"}
    with pytest.raises(trial.InvalidTables, match="scan_date_imputation"):
        trial.derive(SYNTHETIC / "rs_recist.csv", **tables)
    whole = {"scan_date_imputation": "last", "death_date_imputation": "first"}
    passed = dict.fromkeys(("partial_date", "no_date", "event_before_origin"), "take")
    with pytest.warns(trial.TrialWarning, match="responses of one day"):
        found = trial.derive(SYNTHETIC / "rs_recist.csv", settings=whole, severity=passed, **tables)
    peer = expected(SYNTHETIC / "adtte_recist.csv.gz", TIME)
    assert sorted(ours(found.times, TIME, {"PFS"})) != sorted(r for r in peer if r[1] == "PFS")
