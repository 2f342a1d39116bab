"""What arrays let through without a word: eight traps of the array engine, each closed.

Lengths are nanometres, days whole days, labels `Code`; patients x scans. Whatever is something
else is refused, and what was chosen once acts to the end.
"""

from __future__ import annotations

import numpy as np
import pytest

from timeline.response.best_response import best_overall_response
from timeline.response.criteria import CRITERIA
from timeline.response.evaluate import evaluate_responses
from timeline.response.progression import derive_progression
from timeline.response.response_rates import response_rates
from timeline.response.responses import NEVER, Responses
from timeline.response.scans import Scans
from timeline.settings.response import Settings
from timeline.terminology.response_codes import Code

RECIST = CRITERIA["recist11"]
MM = 1_000_000  # nanometres
DAYS = [[56, 112, 168]]


def reported(code, day=DAYS, **more):
    return Responses.reported(RECIST, day, code, **more)


# ---- 1, units: a sum of 50 mm written as 50, as 500 tenths or as 5000 hundredths
@pytest.mark.parametrize("number", [50, 500, 5_000, 999_999])
def test_a_sum_in_another_unit_is_refused(number):
    with pytest.raises(
        ValueError, match=r"below 1 mm.*check the unit.*nanometre: 1 mm is 1,000,000"
    ):
        Scans.of(day=DAYS, baseline_sum=number, target_sum=[[number] * 3])
    assert Scans.of(day=DAYS, baseline_sum=50 * MM, target_sum=[[50 * MM] * 3]).shape == (1, 3)


# ---- 2, padding: columns that no scan stands behind
def test_padding_that_is_not_marked_is_refused():
    with pytest.raises(ValueError, match="patient 1, scan 3: days must not descend"):
        reported([[Code.PR, Code.PD, 0]], [[56, 112, 0]])
    with pytest.raises(ValueError, match="day 0 after day 112"):
        Scans.of(day=[[56, 112, 0]], baseline_sum=50 * MM)


def test_marked_padding_changes_nothing():
    day, code = [[56, 112]], [[Code.PR, Code.PD]]
    plain = derive_progression(reported(code, day))
    padded = derive_progression(
        reported([[*code[0], Code.CR]], [[*day[0], 0]], recorded=[[True, True, False]])
    )
    assert plain.of(0) == padded.of(0)


# ---- 3, codes: numbers that a cast to one byte would turn into labels
@pytest.mark.parametrize(
    ("code", "fault"),
    [
        pytest.param([[2, 3, 256 + 6]], "scan 3: no such response", id="262 is not PD"),
        pytest.param([[2, 3, -250]], "scan 3: no such response", id="-250 is not PD"),
        pytest.param([[2, 3, 8]], "scan 3: no such response", id="MISSING at a scan"),
        pytest.param([[2.0, 3.0, 6.9]], "code: not whole numbers, but float64", id="fractions"),
        pytest.param([[True, False, True]], "code: not whole numbers, but bool", id="truths"),
        pytest.param([["PR", "SD", "PD"]], "code: not whole numbers, but <U2", id="words"),
    ],
)
def test_what_is_no_code_is_refused(code, fault):
    with pytest.raises(ValueError, match=fault):
        reported(code)


# ---- 4, NaN: no number of a whole kind
def test_nan_is_refused():
    with pytest.raises(ValueError, match="code: not whole numbers, but float64"):
        reported([[2, np.nan, 6]])
    with pytest.raises(ValueError, match="day: not whole numbers, but float64"):
        reported([[2, 3, 6]], [[56, np.nan, 168]])
    with pytest.raises(ValueError, match="target_sum: not whole numbers, but float64"):
        Scans.of(day=DAYS, baseline_sum=50 * MM, target_sum=[[50e6, np.nan, 50e6]])


# ---- 5, lengths: numpy spreads a row over all patients, and a column over all scans
THREE = np.tile(DAYS, (3, 1))


@pytest.mark.parametrize(
    ("finding", "value"),
    [
        pytest.param("target_sum", [50 * MM, 40 * MM, 30 * MM], id="a row of scans"),
        pytest.param("target_sum", [[50 * MM, 40 * MM, 30 * MM]], id="one patient of three"),
        pytest.param("target_sum", [[50 * MM]] * 3, id="one scan of three"),
        pytest.param("baseline_sum", [[50 * MM]] * 3, id="a column of patients"),
        pytest.param("baseline_sum", [50 * MM], id="a list of one"),
    ],
)
def test_another_shape_is_refused(finding, value):
    with pytest.raises(ValueError, match=rf"{finding}: of shape .*, not .3.*write patients"):
        Scans.of(**{"day": THREE, "baseline_sum": 50 * MM, finding: value})


def test_labels_of_another_shape_are_refused():
    with pytest.raises(ValueError, match=r"code: of shape .3,., not .1, 3."):
        reported([Code.PR, Code.SD, Code.PD])
    with pytest.raises(ValueError, match=r"code: of shape .1, 3., not .3, 3."):
        reported([[Code.PR, Code.SD, Code.PD]], THREE)
    with pytest.raises(ValueError, match=r"reference: of shape .2,., not .1,."):
        reported([[Code.PR, Code.SD, Code.PD]], reference=[0, 0])
    with pytest.raises(ValueError, match=r"day: of shape .3,. .write patients x scans"):
        reported([Code.PR, Code.SD, Code.PD], DAYS[0])
    with pytest.raises(ValueError, match="recorded: not true or false, but int64"):
        reported([[Code.PR, Code.SD, Code.PD]], recorded=[[1, 1, 0]])


# ---- 6, settings: those of the labels act on what is derived from them
def test_settings_act_to_the_end():
    """SD on day 56 is too early where it must last 60 days: the best response is PD, not SD."""
    late = Settings.of({"min_sd_days": 60, "response_confirmation": "required"})
    found = reported([[Code.SD, Code.PD, Code.PD]], settings=late)
    assert best_overall_response(found).word(0) == "PD"
    assert best_overall_response(found, Settings()).word(0) == "SD"
    rates = {rate.name: rate.responders for rate in response_rates(found)}
    assert rates["DCR"] == 0
    scans = Scans.of(day=DAYS, baseline_sum=50 * MM, target_sum=[[50 * MM, 90 * MM, 90 * MM]])
    assert best_overall_response(evaluate_responses(scans, RECIST, late)).word(0) == "PD"
    responds = reported([[Code.PR, Code.SD, Code.PD]], settings=late)
    assert derive_progression(responds).of(0).duration_days is None  # it was not confirmed
    assert derive_progression(responds, Settings()).of(0).duration_days == 112  # 168 - 56


# ---- 7, rows before the reference: a PD at screening ends nothing
def test_an_assessment_before_the_reference_is_refused():
    code, day = [[Code.PD, Code.PR, Code.SD]], [[-14, 56, 112]]
    with pytest.raises(ValueError, match="scan 1: an assessment before the reference day"):
        reported(code, day)
    left_out = reported(code, day, recorded=[[False, True, True]])
    assert derive_progression(left_out).of(0).progression_day is None
    with pytest.raises(ValueError, match="scan 2: an assessment before the reference day"):
        reported(code, [[100, 156, 212]], recorded=[[False, True, True]], reference=200)
    allowed = reported(code, [[100, 156, 212]], reference=200, earliest=100)
    assert derive_progression(allowed).of(0).progression_day == 100


# ---- 8, CNSR: 0 is an event in ADaM, and 0 is censored in ``pfs_event``
def test_the_censoring_flag_is_that_of_adam():
    codes = [[Code.SD, Code.PD, Code.PD], [Code.SD, Code.SD, Code.SD], [Code.SD, Code.SD, Code.SD]]
    found = derive_progression(reported(codes, THREE), death_day=[NEVER, 200, NEVER])
    assert found.pfs_event.tolist() == [1, 2, 0]  # progression, death, censored
    assert found.censored.tolist() == [0, 0, 1]
