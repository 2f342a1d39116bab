"""What a reader must know of a best response: one case for each row of the remarks."""

from __future__ import annotations

import pytest

from tests.situations.records import record
from timeline.results.best_response_remarks import REMARK_ROWS

TREATED = "treatment: 2021-01-04/.., line: 1, drugs: x"
BASELINE = "scan: 2021-01-02, sum: 50 mm"
ONLY, FIRST = "the only assessment on record", "progression at the first assessment"
CALLED = "called by the authors, without printed findings"
EARLY = "stable disease counts from day 42 of the line on"
SURGERY = "surgery: 2021-02-01, what: mastectomy"
OPERATED = "seen after surgery 2021-02-01 within the line"


def of(tmp_path, *events):
    found, problems = record(tmp_path, "\n".join((*events, TREATED)))
    assert not problems
    return next(each for each in found.best if each.criterion == "RECIST 1.1")


@pytest.mark.parametrize(
    ("events", "labels", "remarks"),
    [
        pytest.param((BASELINE, "scan: 2021-03-01, sum: 70 mm"), ("PD",), (ONLY,),
                     id="+40 %, and no other scan"),
        pytest.param((BASELINE, "scan: 2021-03-01, sum: 70 mm", "scan: 2021-05-01, sum: 80 mm"),
                     ("PD",), (FIRST,), id="+40 %, and a later scan"),
        pytest.param((BASELINE, "scan: 2021-03-01, target: NE", "scan: 2021-05-01, sum: 70 mm"),
                     ("PD",), ("no assessment before progression was evaluable",),
                     id="NE, then +40 %"),
        pytest.param((BASELINE, "scan: 2021-03-01, sum: 48 mm", "scan: 2021-05-01, sum: 70 mm"),
                     ("SD",), (), id="-4 %, then more than 20 % above 48 mm"),
        pytest.param((BASELINE, "scan: 2021-01-20, sum: 48 mm"), ("NE",), (ONLY, EARLY),
                     id="SD on day 16"),
        pytest.param((BASELINE, "scan: 2021-02, sum: 48 mm", "scan: 2021-05-01, sum: 70 mm"),
                     ("SD", "PD"), (EARLY,), id="SD on day 28 to 55, then progression"),
        pytest.param((BASELINE, "scan: 2021-05-01, target: grown"), ("SD", "PD"), (ONLY,),
                     id="growth that may be progression, long after day 42"),
        pytest.param((BASELINE, "scan: 2021-03-01, called: PD"), ("PD",), (ONLY, CALLED),
                     id="a call alone"),
        pytest.param(("scan: 2021-03-01, target: SD", "scan: 2021-05-01, target: SD"), ("SD",),
                     ("no baseline scan on record",), id="no baseline"),
        pytest.param((BASELINE, SURGERY, "scan: 2021-03-01, new: none, called: NED"), ("NED",),
                     (ONLY, OPERATED, CALLED), id="no disease after what was left was removed"),
        pytest.param((BASELINE, SURGERY, "scan: 2021-03-01, sum: 10 mm"), ("PR",),
                     (ONLY, OPERATED), id="a decrease after a lesion was removed"),
        pytest.param((BASELINE, "scan: 2021-01-25, target: CR", SURGERY,
                      "scan: 2021-03-01, target: CR"), ("CR",), (), id="complete before it"),
        pytest.param((BASELINE, SURGERY, "scan: 2021-03-01, sum: 70 mm"), ("PD",), (ONLY,),
                     id="progression is one all the same"),
        pytest.param((BASELINE, "surgery: 2021-01-03", "scan: 2021-03-01, sum: 10 mm"), ("PR",),
                     (ONLY,), id="surgery before the line"),
        pytest.param((BASELINE, "surgery: 2021-03", "scan: 2021-03-01, sum: 10 mm"), ("PR",),
                     (ONLY,), id="surgery in the month of the scan, perhaps after it"),
    ],
)  # fmt: skip
def test_the_remarks_on_a_best_response(events, labels, remarks, tmp_path):
    best = of(tmp_path, *events)
    assert (best.labels, best.remarks) == (labels, remarks)
    assert all(sum(row.says(each) for row in REMARK_ROWS) == 1 for each in best.remarks)


@pytest.mark.parametrize(
    ("scan", "warned"),
    [
        ("scan: 2021-03-01, new: none, called: NED", True),
        ("scan: 2021-03-01, called: CR", True),
        ("scan: 2021-03-01, called: SD", False),
        ("scan: 2021-01-25, called: CR", False),  # before the operation
    ],
)
def test_a_complete_response_that_is_called_after_surgery_is_warned_of(scan, warned, tmp_path):
    """EORTC, RECIST questions: lesions that were removed are no longer part of the assessment."""
    found, _ = record(tmp_path, "\n".join((BASELINE, SURGERY, scan, TREATED)))
    remarks = [each.what for each in found.remarks if "treated locally" in each.what]
    assert bool(remarks) == warned
    assert all("surgery 2021-02-01 in line 1" in each for each in remarks)


@pytest.mark.parametrize(
    ("findings", "write"),
    [
        ("target: grown, called: PD", "target: PD"),
        ("non-target: grown, called: progression", "non-target: PD"),
        ("target: PD, called: PD", ""),
        ("target: grown, called: SD", ""),  # as it may be
        ("target: grown", ""),
        ("target: grown, new: liver, called: PD", ""),  # the new lesion decides
        ("called: PD", ""),  # the call is all there is, and is read
    ],
)
def test_a_call_of_progression_does_not_decide_what_growth_means(findings, write, tmp_path):
    """The call is what an audit checks, so it is no evidence; the note says what to write."""
    found, _ = record(tmp_path, "\n".join((BASELINE, f"scan: 2021-03-01, {findings}", TREATED)))
    notes = [each.what for each in found.remarks if "both are kept" in each.what]
    assert all(f"(write {write} where" in each for each in notes)
    assert bool(notes) == bool(write)
    if write:
        plain = findings.replace(findings.partition(",")[0], write)
        decided, _ = record(tmp_path, "\n".join((BASELINE, f"scan: 2021-03-01, {plain}", TREATED)))
        assert decided.outcome("PFS", 1).event is True


def test_the_remarks_stand_behind_the_best_response(tmp_path):
    best = of(tmp_path, BASELINE, "scan: 2021-03-01, sum: 30 mm")  # -40 %: PR
    assert best.description == f"PR ({ONLY}); with confirmation: SD"


def test_every_remark_has_a_source():
    assert all(row.source for row in REMARK_ROWS)
