"""A printed change in percent as the only size of a scan, with its arithmetic by hand.

A print is every value that rounds to it: -46 % is -46.5 to -45.5 %. Eisenhauer 2009, 4.3.1: PR is
-30 % from baseline; PD is +20 % from the nadir and +5 mm; 3.1.1: a target measures 10 mm at least.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.assessment.tumour_change import size_changes
from timeline.core.span import Span
from timeline.endpoints.derived_case import derive
from timeline.files.loader import load
from timeline.record.case import Case
from timeline.record.event_parts.percent_change import percent_change
from timeline.record.events import Scan, Treatment
from timeline.response.criteria import CRITERIA
from timeline.terminology.criteria import TERMS

F = Fraction


@pytest.mark.parametrize(
    ("text", "low", "high", "value", "reference"),
    [
        pytest.param("-46 %", "-46.5", "-45.5", "-46", "baseline", id="half a unit either way"),
        pytest.param("-80.5 % from nadir", "-80.55", "-80.45", "-80.5", "nadir", id="one decimal"),
        pytest.param("+25% from nadir", "24.5", "25.5", "25", "nadir", id="no blank"),
        pytest.param("−46 % from baseline", "-46.5", "-45.5", "-46", "baseline", id="minus sign"),
        pytest.param("0 %", "-0.5", "0.5", "0", "baseline", id="none needs no sign"),
        pytest.param("-99.9 %", "-99.95", "-99.85", "-99.9", "baseline", id="nearly all"),
        pytest.param("-100 %", "-100", "-100", "-100", "baseline", id="all is exact"),
        pytest.param("about -40 %", "-45", "-35", None, "baseline", id="about a round number"),
        pytest.param("-60 to -50 %", "-60.5", "-49.5", None, "baseline", id="a range"),
        pytest.param("-100 to -50 %", "-100", "-49.5", None, "baseline", id="nothing below -100"),
    ],
)
def test_a_print_is_every_value_that_rounds_to_it(text, low, high, value, reference):
    read = percent_change(text)
    assert read.percent == Span(F(low), F(high))
    assert read.value == (None if value is None else F(value))
    assert read.reference == reference


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("46 % decrease", "write -46 %)"),
        ("decrease of 46 % from nadir", "write -46 % from nadir)"),
        ("25 % increase", "write +25 %)"),
        (
            "+23.6 % of volume",
            (
                "write it as note: +23.6 % of volume; change is one of diameters, and nothing is "
                "derived from a change of volume"
            ),
        ),
        ("volumetric decrease of 20 %", "derived from a change of volume"),
        ("-40 % of SUVmax", "derived from a change of uptake"),
        ("46 %", "write the sign: -46 % if they shrank, +46 % if they grew"),
        ("-46", "write -46 %)"),
        ("-120 %", "write -100 % where all are gone"),
        ("+99999 %", "write a change of 49900 % at most"),
        ("-50 to -60 %", "write -60 to -50 %)"),
        ("> 50 % decrease", "of a bound its range: -100 to -50 %"),
        ("-46 % from previous scan", "write -46 % from baseline, or +25 % from nadir"),
        ("shrunk", "write -46 % from baseline, or +25 % from nadir"),
        ("-" + "1" * 400 + " %", "write 30 at most"),
    ],
)
def test_any_other_form_is_refused_with_what_to_write(text, advice):
    with pytest.raises(ValueError) as fault:  # noqa: PT011 - the message is compared
        percent_change(text)
    assert advice in str(fault.value)


HEAD = "case: m\nevents:\n"
LINE = "  - {treatment: 2022-01-20/.., line: 1, drugs: x, criterion: %s}\n"


def loaded(tmp_path, text):
    path = tmp_path / "m.yaml"
    path.write_text(text)
    return load(path)


def derived(tmp_path, baseline, *scans, criterion="RECIST 1.1"):
    """A case of scans two months apart, with a baseline on 10 January."""
    rows = [f"  - {{scan: 2022-01-10, baseline: 1, {baseline}}}\n"] if baseline else []
    rows += [LINE % criterion]
    for place, keys in enumerate(scans):
        month = 3 + 2 * place
        day = f"{2022 + (month - 1) // 12}-{(month - 1) % 12 + 1:02}-14"
        rows.append(f"  - {{scan: {day}, {keys}}}\n")
    case, problems = loaded(tmp_path, HEAD + "".join(rows))
    assert not problems, problems
    found, problems = derive(case)
    assert not problems, problems
    return found


def labels(tmp_path, baseline, *scans, criterion="RECIST 1.1"):
    found = derived(tmp_path, baseline, *scans, criterion=criterion)
    return [status.labels for status in found.status(criterion, 1)]


NO_SIZES = "modality: CT"


@pytest.mark.parametrize(
    ("baseline", "scans", "expected"),
    [
        pytest.param(NO_SIZES, ["-46 %"], ["PR"], id="at least 45.5 % less"),
        pytest.param("", ["-46 %"], ["PR"], id="without a baseline on record"),
        pytest.param(NO_SIZES, ["-31 %"], ["PR"], id="at least 30.5 % less"),
        pytest.param(NO_SIZES, ["-30 %"], ["PR SD"], id="29.5 to 30.5 % less"),
        pytest.param(NO_SIZES, ["-30.0 %"], ["PR SD"], id="29.95 to 30.05 % less"),
        pytest.param(NO_SIZES, ["-29 %"], ["SD"], id="at most 29.5 % less"),
        pytest.param(NO_SIZES, ["-60 to -20 %"], ["PR SD"], id="a range on both sides"),
        pytest.param(NO_SIZES, ["-100 %"], ["CR"], id="nothing left"),
        pytest.param(NO_SIZES, ["-100 to -50 %"], ["CR PR"], id="perhaps nothing left"),
        pytest.param(NO_SIZES, ["+19 %"], ["SD"], id="at most 19.5 % more"),
        pytest.param(NO_SIZES, ["+25 %"], ["SD PD"], id="of 10 mm 2.5 mm, of 40 mm 10 mm"),
        pytest.param(NO_SIZES, ["+50 %"], ["SD PD"], id="49.5 % of 10 mm is 4.95 mm"),
        pytest.param(NO_SIZES, ["+51 %"], ["PD"], id="50.5 % of 10 mm is 5.05 mm"),
        pytest.param(NO_SIZES, ["-46 %", "+25 % from nadir"], ["PR", "PR PD"],
                     id="0.54 x 1.25 = 0.675 of baseline: PR where it is not 5 mm"),
        pytest.param(NO_SIZES, ["-60 %", "0 %"], ["PR", "PD"],
                     id="0.995 - 0.405 = 0.59 of baseline, 5.9 mm of 10 mm at least"),
        pytest.param(NO_SIZES, ["-100 %", "-60 %"], ["CR", "PD"], id="back after CR"),
        pytest.param(NO_SIZES, ["-80.5 % from nadir"], ["PR"],
                     id="of any nadir: at most 0.1955 of baseline"),
        pytest.param(NO_SIZES, ["-10 % from nadir"], ["PR SD"],
                     id="of an unknown nadir: 0.9 of baseline, or less"),
        pytest.param(NO_SIZES, ["-46 %", "-80.5 % from nadir"], ["PR", "PR"], id="0.54 x 0.195"),
        pytest.param("sum: 100 mm", ["-46 %", "+25 % from nadir"], ["PR", "PD"],
                     id="53.5 mm x 1.245 = 66.6 mm: +13.1 mm at least"),
        pytest.param("sum: 100 mm", ["-20 %", "-80 to +10 %"], ["SD", "PR SD PD"],
                     id="up to 70 mm PR, from 96.6 mm of 80.5 mm PD, between them SD"),
        pytest.param("sum: 20 mm", ["+24 %"], ["SD"], id="4.7 to 4.9 mm more"),
        pytest.param("sum: 20 mm", ["+25 %"], ["SD PD"], id="4.9 to 5.1 mm more"),
        pytest.param("sum: 20 mm", ["+26 %"], ["PD"], id="5.1 to 5.3 mm more"),
    ],
)  # fmt: skip
def test_categories(tmp_path, baseline, scans, expected):
    found = labels(tmp_path, baseline, *(f"change: {each}" for each in scans))
    assert found == [tuple(each.split()) for each in expected]


@pytest.mark.parametrize(
    ("baseline", "scans", "expected"),
    [
        pytest.param("sum: 100 mm", ["sum: 54 mm", "change: +25 % from nadir"], ["PR", "PD"],
                     id="the nadir was measured: 54 to 67.5 mm"),
        pytest.param("sum: 100 mm", ["change: -46 %", "sum: 70 mm"], ["PR", "PD"],
                     id="70 of 54.5 mm is +28.4 %, of 53.5 mm +30.8 %"),
        pytest.param("sum: 100 mm", ["change: -46 %", "sum: 65 mm"], ["PR", "PR PD"],
                     id="65 of 54.5 mm is +19.3 %, of 53.5 mm +21.5 %"),
        pytest.param(NO_SIZES, ["target: SD", "change: +25 % from nadir"], ["SD", "PR SD PD"],
                     id="the nadir may be that of a scan without a number"),
        pytest.param(NO_SIZES, ["change: -10 %", "target: SD", "change: +25 % from nadir"],
                     ["SD", "SD", "PR SD PD"], id="or that of a later one"),
        pytest.param(NO_SIZES, ["target: NE", "change: -46 %", "change: +19 % from nadir"],
                     ["NE", "PR", "PR"], id="what was not evaluated is no nadir: 0.54 x 1.19"),
        pytest.param(NO_SIZES, ["change: +25 %, target: PD"], ["PD"], id="the report's word: PD"),
        pytest.param(NO_SIZES, ["change: +25 %, target: SD"], ["SD"], id="the report's word: SD"),
        pytest.param(NO_SIZES, ["change: -30 %, target: PR"], ["PR"], id="-30 % was reached"),
        pytest.param(NO_SIZES, ["change: -30 %, target: SD"], ["SD"], id="-30 % was not reached"),
        pytest.param(NO_SIZES, ["change: -46 %", "change: +20 % from nadir, target: PD"],
                     ["PR", "PD"], id="+20 % was reached"),
        pytest.param(NO_SIZES, ["change: -46 %, target: SD"], ["PR"], id="no word overrules"),
        pytest.param(NO_SIZES, ["change: -46 %, target: shrunk"], ["PR"], id="a vaguer word"),
        pytest.param(NO_SIZES, ["change: -85 %, target: CR"], ["CR"], id="normal nodes are left"),
        pytest.param(NO_SIZES, ["change: -46 %, new: liver"], ["PD"], id="a new lesion decides"),
        pytest.param("sum: 100 mm", ["sum: 80 mm, change: -46 %"], ["SD"], id="sizes decide"),
        pytest.param(NO_SIZES, ["sum: 80 mm, change: -46 %"], ["PR"],
                     id="sizes that nothing can be compared with do not"),
        pytest.param("sum: 100 mm", ["timepoint: a, change: -46 %", "timepoint: a, new: none"],
                     ["", "PR"], id="two scans of a time point"),
    ],
)  # fmt: skip
def test_with_other_findings(tmp_path, baseline, scans, expected):
    found = labels(tmp_path, baseline, *scans)
    assert found == [tuple(each.split()) for each in expected]


@pytest.mark.parametrize(
    ("criterion", "scans", "expected"),
    [
        pytest.param("Choi", ["-12 %", "+12 % from nadir"], ["PR", "PD"], id="10 % and no length"),
        pytest.param("Choi", ["-10 %"], ["PR SD"], id="9.5 to 10.5 %"),
        pytest.param("iRECIST", ["+60 %", "+90 %", "+150 %"], ["iUPD", "iUPD iCPD", "iCPD"],
                     id="0.29 to 0.31 of baseline since, then 0.89: 2.9 and 8.9 mm of 10 mm"),
        pytest.param("iRECIST", ["+60 %", "+55 %"], ["iUPD", "iUPD"], id="no further increase"),
        pytest.param("imRECIST", ["-46 %", "+80 %"], ["imPR", "imPD (unconfirmed)"],
                     id="1.795 - 0.545 of baseline is 12.5 mm of 10 mm"),
        pytest.param("mRECIST", ["-46 %"], ["PR"], id="as RECIST"),
    ],
)  # fmt: skip
def test_by_other_criteria(tmp_path, criterion, scans, expected):
    rows = [f"change: {each}" for each in scans]
    found = labels(tmp_path, NO_SIZES, *rows, criterion=criterion)
    words = {word for terms in TERMS.values() for word in terms.words}
    assert [" ".join(each) for each in found] == expected
    assert {word for each in found for word in each} <= words


@pytest.mark.parametrize("criterion", ["imRECIST", "irRECIST"])
def test_a_change_of_the_targets_is_no_burden_with_new_lesions(tmp_path, criterion):
    """60 mm of targets and 40 mm of a new lesion: whether -40 % has both is not printed."""
    new = "change: -40 %, new: liver, new-lesion-sizes: {NL: 40 mm}"
    found = labels(tmp_path, "sum: 100 mm", "change: -46 %", new, criterion=criterion)
    assert found[1] == ("NE",)


def test_an_increase_that_is_too_short_is_none_where_a_length_is_required():
    now, nadir = np.int64(12), np.int64(10)
    by_size, by_percent = CRITERIA["recist11"].thresholds, CRITERIA["choi"].thresholds
    assert not by_size.is_progression(10**9 * now, 10**9 * nadir, too_short=np.True_)
    assert by_percent.is_progression(now, nadir, too_short=np.True_)


def test_the_reasons_have_no_millimetres_that_nobody_measured(tmp_path):
    scans = ("change: -46 %", "change: +25 % from nadir", "sum: 30 mm, change: -20 %")
    for status in derived(tmp_path, NO_SIZES, *scans).status("RECIST 1.1", 1):
        assert f"change {status.scan.change} (printed)" in status.why
        assert " mm," not in status.why
    found = derived(tmp_path, "sum: 64 mm", "change: -46 %", "sum: 30 mm")
    after = found.status("RECIST 1.1", 1)[-1].why
    assert "nadir -46.0 % from baseline on 2022-03-14 (printed; -13.2 %)" in after  # 30 of 34.56


def test_what_an_open_increase_depends_on_is_stated(tmp_path):
    found = derived(tmp_path, NO_SIZES, "change: -46 %", "change: +25 % from nadir")
    line = found.progression("RECIST 1.1", 1)
    assert line.needs(line.scans[0]) == (
        "the increase from the nadir on 2022-05-14 is 5 mm or more",
    )


def test_what_a_bound_within_the_rounding_depends_on_is_stated(tmp_path):
    found = derived(tmp_path, "sum: 100 mm", "change: -30 %", "change: +20 % from nadir")
    line = found.progression("RECIST 1.1", 1)
    (responds,), (progresses,) = line.responses, line.scans
    decrease = "the decrease from baseline on 2022-03-14 is 30 % or more"
    assert line.needs_response(responds) == (decrease,)
    increase = "the increase from the nadir on 2022-05-14 is 20 % or more"
    assert line.needs(progresses) == (increase,)
    assert line.needs(None) == (increase.replace("20 % or more", "less than 20 %"),)


@pytest.mark.parametrize("line", ["", ", line: 1"])
def test_a_change_at_the_baseline_is_refused(tmp_path, line):
    rows = LINE % "RECIST 1.1" if line else ""
    scan = f"  - {{scan: 2022-02-10, baseline: 1, change: -46 %{line}}}\n"
    after = "" if line else LINE.replace("01-20", "02-20") % "RECIST 1.1"
    _, problems = loaded(tmp_path, HEAD + rows + scan + after)
    assert any("this is the baseline of line 1 (write its sum:" in str(each) for each in problems)


def test_a_change_at_the_baseline_of_the_next_line_is_of_the_line_before(tmp_path):
    second = "  - {treatment: 2022-06/.., line: 2, drugs: y}\n"
    scan = "  - {scan: 2022-05-10, baseline: 2, change: +70 %}\n"
    case, problems = loaded(tmp_path, HEAD + LINE % "RECIST 1.1" + scan + second)
    assert not problems
    found, problems = derive(case)
    assert not problems
    assert [each.labels for each in found.status("RECIST 1.1", 1)] == [("PD",)]


def changed(*scans, baseline=None):
    events = (
        *([Scan(at="2020-01-01", baseline=1, **baseline)] if baseline else []),
        Treatment(at="2020-01-02/..", line=1, drugs="x"),
        *(Scan(at=f"2020-{n + 2:02}-01", **scan) for n, scan in enumerate(scans)),
    )
    case, problems = Case.of("one", events)
    assert case is not None, problems
    return [(each.percent, each.description) for each in size_changes(case, case.lines[0]).scans]


def test_figures_draw_the_number_as_printed():
    (first, why), (second, _), (third, _), (fourth, _) = changed(
        {"change": "-46 %"}, {"change": "+25 % from nadir"}, {"change": "about -40 %"},
        {"target": "PD"},
    )  # fmt: skip
    assert (first, why) == (Span.point(-46), "change -46 % from baseline (printed)")
    assert second == Span.point(F("-32.5"))  # 0.54 x 1.25 = 0.675
    assert third == Span(-45, -35)
    assert fourth is None


def test_a_change_from_an_unknown_nadir_is_drawn_as_a_range():
    ((percent, why),) = changed({"change": "-80.5 % from nadir"}, baseline={"sum": "100 mm"})
    assert percent.low < -99
    assert percent.high == F("-80.45")
    assert why == "change -80.5 % from nadir (printed); the nadir is not known"


# Sums in steps of 10 mm from 5 mm on, of 1000 mm: no ratio is 1.2 and no difference 5 mm.
uneven = st.lists(st.integers(0, 150).map(lambda n: 10 * n + 5), min_size=1, max_size=4)


def assessed(baseline, scans, criterion):
    """The labels of each scan by a criterion; the first scan eight weeks after the start."""
    events = (
        Scan(at="2020-01-01", baseline=1, **baseline),
        Treatment(at="2020-01-02/..", line=1, drugs="x", criterion=criterion),
        *(Scan(at=f"2020-{n * 2 + 3:02}-01", **scan) for n, scan in enumerate(scans)),
    )
    case, problems = Case.of("one", events)
    assert case is not None, problems
    found, problems = derive(case)
    assert not problems, problems
    return [each.labels for each in found.status(criterion, 1)]


criteria = st.sampled_from(("RECIST 1.1", "iRECIST", "Choi", "imRECIST"))


@given(uneven, criteria, st.booleans())
def test_law_exact_percents_give_what_the_sums_give(sums, criterion, is_known):
    """Where no absolute rule bites: every increase of 20 % is more than 5 mm."""
    by_sums = [{"sum": f"{each} mm"} for each in sums]
    printed = [{"change": f"{float(F(each - 1000, 10)):+.2f} %"} for each in map(F, sums)]
    baseline = {"sum": "1000 mm"} if is_known else {"modality": "CT"}
    measured = assessed({"sum": "1000 mm"}, by_sums, criterion)
    for mine, theirs in zip(assessed(baseline, printed, criterion), measured, strict=True):
        assert mine == theirs if is_known else set(theirs) <= set(mine)


@given(
    st.integers(10, 400),
    st.lists(st.tuples(st.integers(0, 120), st.booleans()), min_size=1, max_size=4),
    st.integers(0, 1),
    criteria,
    st.booleans(),
)
def test_law_the_category_of_the_sums_is_among_those_of_their_printed_changes(
    baseline, scans, decimals, criterion, is_known
):
    """Any baseline of 10 mm or more, any sums, printed from baseline or from the nadir."""
    sums = [baseline * share // 100 for share, _ in scans]
    nadir, printed = baseline, []
    for place, (total, (_, is_from_nadir)) in enumerate(zip(sums, scans, strict=True)):
        name, of = ("nadir", nadir) if is_from_nadir and nadir and place else ("baseline", baseline)
        change = float(round(F(100 * (total - of), of), decimals))
        printed.append({"change": f"{change:+.{decimals}f} % from {name}"})
        nadir = min(nadir, total)
    known = {"sum": f"{baseline} mm"} if is_known else {"modality": "CT"}
    by_sums = [{"sum": f"{each} mm"} for each in sums]
    measured = assessed({"sum": f"{baseline} mm"}, by_sums, criterion)
    for mine, theirs in zip(assessed(known, printed, criterion), measured, strict=True):
        assert set(theirs) <= set(mine), (sums, printed)
