"""Changes from baseline: exact where sums are known, and ranges that hold the truth where not."""

from fractions import Fraction

import attrs
import pytest

from timeline.assessment.tumour_change import size_changes
from timeline.core.span import NEVER_ENDS, Span
from timeline.record.case import Case, LesionDeclaration
from timeline.record.event_parts.drug_doses import drug_dose
from timeline.record.event_parts.lesion_sizes import lesion_size
from timeline.record.events import Scan, Treatment

F = Fraction


def changed(baseline, *scans, lesions=()):
    """The changes of a line from its baseline, a day apart."""
    events = (
        Scan(at="2020-01-01", baseline=1, **baseline),
        Treatment(at="2020-01-02/..", line=1, drugs=(drug_dose("doxorubicin"),)),
        *(Scan(at=f"2020-{n + 2:02}-01", **scan) for n, scan in enumerate(scans)),
    )
    case, problems = Case.of("one", events)
    assert case is not None, problems
    case = attrs.evolve(case, lesions=lesions)
    return size_changes(case, case.lines[0])


def percents(*scans, baseline=None, **more):
    found = changed(baseline or {"sum": "100 mm"}, *scans, **more)
    return [each.percent for each in found.scans]


@pytest.mark.parametrize(
    ("scans", "expected"),
    [
        pytest.param([{"sum": "70 mm"}], Span.point(-30), id="70 of 100 mm: 30 % less"),
        pytest.param([{"sum": "13.3 cm"}], Span.point(33), id="centimetres: 133 of 100 mm"),
        pytest.param([{"sum": "0 mm"}], Span.point(-100), id="nothing left"),
        pytest.param([{"target": "NE"}], None, id="not evaluated"),
        pytest.param([{"new": "liver"}], None, id="nothing stated of targets"),
        pytest.param([{"target": "absent"}], Span.point(-100), id="absent: nothing left"),
        *(
            pytest.param([{"target": word}], None, id=f"{word}: a category is no size")
            for word in ("CR", "PR", "SD", "PD", "shrunk", "grown", "almost gone", "stable")
        ),
        pytest.param([{"called": "PR"}], None, id="nor is a call"),
        pytest.param([{"sum": "50 mm"}, {"target": "PD"}], None, id="nor after a sum"),
    ],
)  # fmt: skip
def test_the_change_of_the_last_scan(scans, expected):
    assert percents(*scans)[-1] == expected


LESIONS = (("T1", LesionDeclaration(organ="liver")), ("T2", LesionDeclaration(organ="lung")))


def sized(**sizes):
    return {"lesions": tuple((name, lesion_size(text)) for name, text in sizes.items())}


@pytest.mark.parametrize(
    ("scan", "expected"),
    [
        pytest.param(sized(T1="15 mm", T2="20 mm"), Span.point(-30), id="35 of 50 mm"),
        pytest.param(sized(T1="absent", T2="too small"), Span.point(-90), id="too small is 5 mm"),
        pytest.param(sized(T1="40 mm", T2="not evaluated"), Span(-20, NEVER_ENDS),
                     id="40 mm and one not evaluated: 40 of 50 mm at the least"),
        pytest.param(sized(T1="40 mm"), Span(-20, NEVER_ENDS), id="one not named"),
        pytest.param(sized(T1="not evaluated", T2="not evaluated"), None, id="none evaluated"),
    ],
)  # fmt: skip
def test_a_lesion_that_was_not_evaluated_leaves_the_sum_open_above(scan, expected):
    base = sized(T1="30 mm", T2="20 mm")
    assert percents(scan, baseline=base, lesions=LESIONS) == [expected]


def test_what_is_missing_is_named():
    found = changed(sized(T1="30 mm", T2="20 mm"), sized(T1="40 mm"), lesions=LESIONS)
    assert found.scans[0].description == "at least 40 mm: T2 not evaluated"


def test_without_a_measured_baseline_there_is_no_change():
    assert changed({"modality": "CT"}, {"target": "PR"}) is None


@pytest.mark.parametrize(
    ("scan", "description"),
    [
        pytest.param({"target": "PR"}, "no size is reported, only targets PR", id="by a word"),
        pytest.param({"called": "PD"}, "no size is reported, only PD", id="by a call"),
        pytest.param({"new": "liver"}, "no size is reported", id="a new lesion alone"),
    ],
)
def test_what_has_no_size_says_so(scan, description):
    assert changed({"sum": "100 mm"}, scan).scans[0].description == description
