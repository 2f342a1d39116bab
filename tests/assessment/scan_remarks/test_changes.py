"""What is unusual beside a printed change: accepted, and named with both values."""

from __future__ import annotations

import attrs
import pytest

from timeline.assessment.remarks import case_remarks
from timeline.record.case import Case, LesionDeclaration
from timeline.record.event_parts.lesion_sizes import lesion_size
from timeline.record.events import Scan, Treatment

LESIONS = (("T1", LesionDeclaration(organ="liver")), ("T2", LesionDeclaration(organ="lung")))


def sized(one, two):
    return {"lesions": (("T1", lesion_size(one)), ("T2", lesion_size(two)))}


def remarks(baseline, *scans, criterion=""):
    events = (
        Scan(at="2020-01-01", baseline=1, **baseline),
        Treatment(at="2020-01-02/..", line=1, drugs="x", criterion=criterion),
        *(Scan(at=f"2020-{n + 3:02}-01", **scan) for n, scan in enumerate(scans)),
    )
    case, problems = Case.of("one", events)
    assert case is not None, problems
    return [each.what for each in case_remarks(attrs.evolve(case, lesions=LESIONS))]


BASE = sized("40 mm", "24 mm")  # 64 mm


@pytest.mark.parametrize(
    ("scans", "expected"),
    [
        pytest.param([{**sized("24 mm", "14 mm"), "change": "-46 %"}],
                     [("change -46 % from baseline on 2020-03-01 is printed, but the sizes "
                      "give -40.6 % (38 of 64 mm): the sizes are used")], id="38 / 64 = 0.594"),
        pytest.param([{**sized("24 mm", "14 mm"), "change": "-41 %"}], [], id="-40.6 prints -41"),
        pytest.param([{**sized("24 mm", "14 mm"), "change": "-42 %"}], [],
                     id="37 of 65 mm is -43.1 %, which rounding of the sizes allows"),
        pytest.param([sized("20 mm", "12 mm"), {**sized("26 mm", "14 mm"),
                      "change": "+25 % from nadir"}], [], id="40 / 32 = 1.25"),
        pytest.param([sized("20 mm", "12 mm"), {**sized("26 mm", "14 mm"),
                      "change": "+45 % from nadir"}],
                     [("change +45 % from nadir on 2020-04-01 is printed, but the sizes give +25 % "
                      "(40 of 32 mm): the sizes are used")], id="at most 41 / 31 = 1.323"),
        pytest.param([{"change": "-46 %"}], [], id="nothing beside it"),
        pytest.param([{"change": "-46 %", "target": "shrunk"}], [], id="a word that fits"),
        pytest.param([{"change": "-30 %", "target": "SD"}], [], id="a bound within the rounding"),
        pytest.param([{"change": "-46 %", "target": "SD"}],
                     [("target SD on 2020-03-01, but change -46 % from baseline is a decrease "
                      "of 30 % or more from baseline: the change is used")], id="SD of -46 %"),
        pytest.param([{"change": "-12 %", "target": "PR"}],
                     [("target PR on 2020-03-01, but change -12 % from baseline is no decrease "
                      "of 30 % from baseline: the change is used")], id="PR of -12 %"),
        pytest.param([{"change": "-46 %"}, {"change": "+5 % from nadir", "target": "PD"}],
                     [("target PD on 2020-04-01, but change +5 % from nadir is no increase of 20 % "
                      "from the nadir: the change is used")], id="PD of +5 %"),
        pytest.param([{"change": "-100 %"}, {"change": "+25 % from nadir"}],
                     [("+25 % from nadir on 2020-04-01 is measured from a nadir at which all were "
                      "gone: nothing is a percentage of it (write target: PD, or a sum:)")],
                     id="of nothing"),
        pytest.param([{"change": "-46 %", "target": "NE"}],
                     [("target NE on 2020-03-01, but change -46 % from baseline evaluates them: "
                      "the change is used")], id="not evaluated"),
    ],
)  # fmt: skip
def test_what_is_beside_a_change(scans, expected):
    assert remarks(BASE, *scans) == expected


NOT_KNOWN = "is an increase of 5 mm on 2020-04-01 is not known"


@pytest.mark.parametrize(
    ("criterion", "scans", "is_open"),
    [
        ("", [{"change": "-46 %"}, {"change": "+25 % from nadir"}], True),
        ("", [{"change": "-46 %"}, {"change": "+25 % from nadir", "target": "PD"}], False),
        ("", [{"change": "-46 %"}, {"change": "+15 % from nadir"}], False),
        ("", [{"change": "+60 %"}], False),
        ("Choi", [{"change": "-46 %"}, {"change": "+25 % from nadir"}], False),
    ],
)
def test_an_increase_of_unknown_length_is_named_with_what_would_close_it(criterion, scans, is_open):
    found = remarks({"modality": "CT"}, *scans, criterion=criterion)
    assert [NOT_KNOWN in each for each in found] == [True] * is_open
    assert all("write sum: at the baseline, or target: PD" in each for each in found)
