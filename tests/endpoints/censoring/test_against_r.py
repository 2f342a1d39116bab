"""PFS and duration of response against a peer, on invented patients of a trial.

``data/pfs/peer.csv`` holds patients and the answers of the R packages admiral 1.4.2 and
admiralonco 1.4.0: once with every event (our policy ema) and once with nothing on or after the
new therapy (fda_a without a schedule, for the peer knows no missed visits). The peer's days
count both ends; one is taken off. Left out, for each is another question: partial dates, two
scans of a day, a last scan that is not evaluable (an assessment to the peer, none to us), NON-
CR/NON-PD, therapy on the day of a scan.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from timeline.endpoints.derived_case import derive_all
from timeline.record.case import Case
from timeline.record.events import Death, Scan, Treatment
from timeline.settings.response import Settings

with (Path(__file__).parents[2] / "data" / "pfs" / "peer.csv").open() as opened:
    PATIENTS = list(csv.DictReader(opened))


def case_of(row) -> Case:
    events = [Treatment(at=f"{row['start']}/", line=1, drugs="x")]
    if row["new_therapy"]:
        events.append(Treatment(at=f"{row['new_therapy']}/", line=2, drugs="y"))
    for shown in row["scans"].split():
        day, _, call = shown.partition("=")
        events.append(Scan(at=day, called=call))
    if row["death"]:
        events.append(Death(at=row["death"]))
    case, problems = Case.of(row["patient"], tuple(events))
    assert not problems, problems
    return case


@pytest.mark.parametrize(
    ("policy", "endpoint", "column"),
    [
        pytest.param("ema", "PFS", "pfs", id="every event at its date"),
        pytest.param("fda_a", "PFS", "pfs_before_therapy", id="PFS up to the new therapy"),
        pytest.param("fda_a", "DoR", "dor_before_therapy", id="response up to the new therapy"),
    ],
)
def test_the_peer_agrees(policy, endpoint, column):
    # RECIST 1.1 makes PD of disease that is back after CR; the peer takes calls as they are
    settings = Settings.of({"pfs_policy": policy, "reappear_after_cr": "numeric"})
    rows = [each for each in PATIENTS if each[column]]
    wrong = {}
    for row, (reading, problems) in zip(
        rows, derive_all([(case_of(row), settings) for row in rows]), strict=True
    ):
        assert not problems, problems
        found = reading.outcome(endpoint, 1)
        shown = f"{found.days.low} {found.state}" if found.days else "-"
        if shown != row[column] or not found.days.is_point:
            wrong[row["patient"]] = (shown, row[column])
    assert not wrong
    assert len(rows) > 50
