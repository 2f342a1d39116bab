"""Changes from baseline: exact where sums are known, and ranges that hold the truth where not."""

from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cohorts import unhurried
from timeline.case import Case, LesionTold
from timeline.drug import drug
from timeline.events import Scan, Treatment
from timeline.outcomes.change import ALLOWED, changes
from timeline.size import size
from timeline.span import NEVER_ENDS, Span

F = Fraction


def changed(baseline, *scans, lesions=()):
    """The changes of a line from its baseline, a day apart."""
    events = (
        Scan(at="2020-01-01", baseline=1, **baseline),
        Treatment(at="2020-01-02/..", line=1, drugs=(drug("doxorubicin"),)),
        *(Scan(at=f"2020-{n + 2:02}-01", **scan) for n, scan in enumerate(scans)),
    )
    case, problems = Case.of("one", events)
    assert case is not None, problems
    case = attrs.evolve(case, lesions=lesions)
    return changes(case, case.lines[0])


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
        pytest.param([{"new": "liver"}], None, id="nothing said of targets"),
        pytest.param([{"target": "PR"}], Span(-100, -30), id="PR: 30 % less, or more"),
        pytest.param([{"target": "SD"}], Span(-30, 20), id="SD: neither"),
        pytest.param([{"target": "PD"}], Span(20, NEVER_ENDS), id="PD: a fifth over the nadir"),
        pytest.param([{"target": "shrunk"}], Span(-100, 0), id="shrunk: below the baseline"),
        pytest.param([{"target": "grown"}], Span(-30, NEVER_ENDS), id="grown: SD or PD"),
        pytest.param([{"target": "absent"}], Span.point(-100), id="absent: nothing left"),
        pytest.param([{"target": "CR"}], Span(-100, F(-100, 3)),
                     id="CR: of nodes from 15 mm to below 10 mm a third at the least"),
        pytest.param([{"sum": "50 mm"}, {"target": "PD"}], Span(-40, NEVER_ENDS),
                     id="PD after a nadir of 50 mm: 60 mm and more"),
        pytest.param([{"sum": "50 mm"}, {"target": "SD"}], None,
                     id="SD after a nadir of 50 mm would be at most 60 mm, yet above 70"),
        pytest.param([{"target": "PR"}, {"target": "PD"}], Span(-95, NEVER_ENDS),
                     id="PD after a nadir that may be nought: 5 mm and more"),
    ],
)  # fmt: skip
def test_the_change_of_the_last_scan(scans, expected):
    assert percents(*scans)[-1] == expected


def test_growth_of_5_mm_bounds_small_sums():
    """Of 20 mm a fifth is 4 mm: SD reaches up to 25 mm, 25 % more, and PD begins there."""
    base = {"sum": "20 mm"}
    assert percents({"target": "SD"}, baseline=base) == [Span(-30, 25)]
    assert percents({"target": "PD"}, baseline=base) == [Span(25, NEVER_ENDS)]


LESIONS = (("T1", LesionTold(organ="liver")), ("T2", LesionTold(organ="lung")))


def sized(**sizes):
    return {"lesions": tuple((name, size(text)) for name, text in sizes.items())}


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
    assert found.scans[0].says == "at least 40 mm: T2 not evaluated"


def test_without_a_measured_baseline_there_is_no_change():
    assert changed({"modality": "CT"}, {"target": "PR"}) is None


def category(total, nadir, base):
    """Eisenhauer 2009, 4.3.1, on sums in mm of lesions that are no nodes."""
    if total == 0:
        return "CR"
    if total >= 1.2 * nadir and total - nadir >= 5:
        return "PD"
    return "PR" if total <= 0.7 * base else "SD"


@unhurried
@given(
    st.integers(10, 150),
    st.lists(st.tuples(st.integers(0, 250), st.booleans()), min_size=1, max_size=6),
)
def test_the_range_of_a_category_holds_the_sum_it_stands_for(base, course):
    nadir, scans = base, []
    for total, is_printed in course:
        word = category(total, nadir, base)
        scans.append({"sum": f"{total} mm"} if is_printed else {"target": word})
        nadir = min(nadir, total)
    found = percents(*scans, baseline={"sum": f"{base} mm"})
    for (total, _), percent in zip(course, found, strict=True):
        assert F(100 * (total - base), base) in percent


def test_every_category_names_its_source():
    assert set(ALLOWED) == {"CR", "PR", "SD", "PD"}
    assert all(row.source.startswith("Eisenhauer 2009") for row in ALLOWED.values())
