"""Sizes of any number of decimals are judged as written: on both sides of every threshold.

The sums are decimals of 31.5315 mm, a sum of a public trial file. Each row states the bound that it
lies at, worked out by hand; the label on either side is that of the published rule.
"""

from decimal import Decimal

import pytest

from tests.situations.records import labels, record
from timeline.conformance.lesion_vectors import classes
from timeline.conformance.vectors import nanometres, read_scans
from timeline.core.quantities import NM_PER_MM, length
from timeline.record.event_parts.lesion_sizes import lesion_size
from timeline.response.criteria import CRITERIA
from timeline.response.evaluate import evaluate_responses
from timeline.response.explain import explain_scan
from timeline.response.scans import UNREACHED_LENGTH, Scans
from timeline.terminology.response_codes import Code

MILLIONTH = Decimal("0.000001")
# criterion, baseline and the sums after it; the responses to the last sum a millionth of a
# millimetre less, as it is, and a millionth more (UPD: iUPD)
BOUNDS = [
    # 0.7 x 31.5315 = 22.07205
    ("recist11", ("31.5315", "22.07205"), ("PR", "PR", "SD"), "-30 % from baseline"),
    ("mrecist", ("31.5315", "22.07205"), ("PR", "PR", "SD"), "-30 % of viable tumour"),
    ("irecist", ("31.5315", "22.07205"), ("PR", "PR", "SD"), "-30 %, iRECIST"),
    ("imrecist", ("31.5315", "22.07205"), ("PR", "PR", "SD"), "-30 % of the burden"),
    ("irrecist", ("31.5315", "22.07205"), ("PR", "PR", "SD"), "-30 % of the burden, irRECIST"),
    # 0.7 x 31.531503 = 22.0720521, which is no whole millionth: 22.072052 is the last PR
    ("recist11", ("31.531503", "22.072052"), ("PR", "PR", "SD"), "-30 % between two millionths"),
    # 1.2 x 31.5315 = 37.8378, and 6.3063 mm more than it
    ("recist11", ("31.5315", "37.8378"), ("SD", "PD", "PD"), "+20 % from the nadir"),
    ("irecist", ("31.5315", "37.8378"), ("SD", "UPD", "UPD"), "+20 %, iRECIST"),
    ("imrecist", ("31.5315", "37.8378"), ("SD", "UPD", "UPD"), "+20 % of the burden"),
    ("irrecist", ("31.5315", "37.8378"), ("SD", "UPD", "UPD"), "+20 % of the burden, irRECIST"),
    # from 20.0001 mm +20 % is 4.00002 mm: 5 mm more are 25.0001
    ("recist11", ("20.0001", "25.0001"), ("SD", "PD", "PD"), "+5 mm from the nadir"),
    # mRECIST requires no millimetres: 1.2 x 20.0001 = 24.00012
    ("mrecist", ("20.0001", "24.00012"), ("SD", "PD", "PD"), "+20 %, no least growth"),
    # a nadir below baseline: 1.2 x 25.123455 = 30.148146
    ("recist11", ("31.5315", "25.123455", "30.148146"), ("SD", "PD", "PD"), "+20 % of a nadir"),
    # Choi: 0.9 x 31.5315 = 28.37835; 1.1 x 31.5315 = 34.68465
    ("choi", ("31.5315", "28.37835"), ("PR", "PR", "SD"), "-10 %, Choi"),
    ("choi", ("31.5315", "34.68465"), ("SD", "PD", "PD"), "+10 %, Choi"),
    # the first iUPD at 40.000001 mm; 5 mm more confirm it
    ("irecist", ("31.5315", "40.000001", "45.000001"), ("UPD", "PD", "PD"), "5 mm further"),
]


def judged(criterion, baseline, *sums):
    """The response at the last of some sums, as the code that all criteria share."""
    points = [{"day": 56 * (n + 1), "target_sum": mm} for n, mm in enumerate(sums)]
    patient = {"baseline": {"target_sum": baseline, "nontarget": False}, "timepoints": points}
    return Code(
        int(evaluate_responses(read_scans([patient]), CRITERIA[criterion]).code[0, -1])
    ).name


@pytest.mark.parametrize(
    ("criterion", "sums", "expected"), [pytest.param(*row[:3], id=row[3]) for row in BOUNDS]
)
def test_both_sides_of_a_bound(criterion, sums, expected):
    *before, at = map(Decimal, sums)
    sides = (at - MILLIONTH, at, at + MILLIONTH)
    assert tuple(judged(criterion, *before, one) for one in sides) == expected


SIZES = """
    scan: 2021-01-01, baseline: 1, {baseline}
    treatment: 2021-01-04/.., line: 1, drugs: docetaxel
    scan: 2021-03-01, {now}, new: none
"""
LESIONS = "lesions:\n  T1: {organ: liver}\n  T2: {organ: lung}\n  N1: {organ: neck, node: yes}"


@pytest.mark.parametrize(
    ("baseline", "now", "label"),
    [
        # 22.07206 / 31.5315 - 1 = -29.99997 %
        pytest.param("sum: 31.5315 mm", "sum: 22.07206 mm", "SD", id="a sum short of -30 %"),
        pytest.param("sum: 31.5315 mm", "sum: 22.07205 mm", "PR", id="a sum of -30 %"),
        pytest.param("sum: 3.15315 cm", "sum: 2.207206 cm", "SD", id="centimetres"),
        pytest.param("sum: 31.5315 mm", "sum: 37.83779 mm", "SD", id="a sum short of +20 %"),
        pytest.param("sum: 31.5315 mm", "sum: 37.8378 mm", "PD", id="a sum of +20 %"),
        # 15.76575 + 15.76575 = 31.5315; 11.03603 + 11.03603 = 22.07206
        pytest.param("lesions: {T1: 15.76575 mm, T2: 15.76575 mm}",
                     "lesions: {T1: 11.03603 mm, T2: 11.03603 mm}", "SD", id="lesions short of it"),
        pytest.param("lesions: {T1: 15.76575 mm, T2: 15.76575 mm}",
                     "lesions: {T1: 11.03603 mm, T2: 11.03602 mm}", "PR", id="lesions of -30 %"),
        pytest.param("lesions: {T1: 20.0001 mm}", "lesions: {T1: 12.5 mm + 12.50009 mm}", "SD",
                     id="split, 25.00009 mm: short of +5 mm"),
        pytest.param("lesions: {T1: 20.0001 mm}", "lesions: {T1: 12.5 mm + 12.5001 mm}", "PD",
                     id="split, 25.0001 mm: +5 mm"),
        pytest.param("lesions: {T1: 20 mm, N1: 15 mm}", "lesions: {T1: absent, N1: 9.9999 mm}",
                     "CR", id="a node just below 10 mm is normal"),
        pytest.param("lesions: {T1: 20 mm, N1: 15 mm}", "lesions: {T1: absent, N1: 10.0001 mm}",
                     "PR", id="a node just above 10 mm is not"),
        pytest.param("sum: 31.5315 mm", "sum: 0.000001 mm", "PR", id="all but gone is not gone"),
    ],
)  # fmt: skip
def test_case_files_are_judged_as_written(tmp_path, baseline, now, label):
    head = LESIONS if "lesions" in baseline else ""
    found, problems = record(tmp_path, SIZES.format(baseline=baseline, now=now), head)
    assert not problems
    assert labels(found) == [label]


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        pytest.param({"mm": "9.999999"}, "non-measurable", id="a millionth below 10 mm"),
        pytest.param({"mm": "10"}, "measurable", id="10 mm"),
        pytest.param({"mm": "9.999999", "node": True}, "normal", id="a node below 10 mm"),
        pytest.param({"mm": "14.999999", "node": True}, "non-measurable", id="a node below 15 mm"),
        pytest.param({"mm": "15", "node": True}, "measurable", id="a node of 15 mm"),
        pytest.param({"mm": "12.000001", "slice_mm": "6.000001"}, "non-measurable",
                     id="less than two slices of 6.000001 mm"),
        pytest.param({"mm": "12.000002", "slice_mm": "6.000001"}, "measurable", id="two slices"),
    ],
)  # fmt: skip
def test_limits_of_lesions(findings, expected):
    assert classes([findings]) == [expected]


def test_a_printed_sum_has_its_own_digits_and_no_others():
    points = [{"day": 56, "target_sum": "22.07206"}]
    base = {"target_sum": "31.5315", "nontarget": False}
    found = read_scans([{"baseline": base, "timepoints": points}])
    words = explain_scan(found, 0, 0, CRITERIA["recist11"]).sentence
    assert words.startswith("sum 22.07206 mm, baseline 31.5315 mm (-29.99997 %, -9.45944 mm)")


FINER = [
    pytest.param("31.12345678 mm", "31.123457 mm", id="eight decimals"),
    pytest.param("3.12345678 cm", "31.234568 mm", id="eight decimals of a centimetre"),
]


@pytest.mark.parametrize(("written", "instead"), FINER)
@pytest.mark.parametrize("read", [length, lesion_size], ids=["sum", "size"])
def test_what_is_finer_than_is_counted_is_refused(read, written, instead):
    with pytest.raises(ValueError, match="finer than a nanometre") as fault:
        read(written)
    assert repr(written) in str(fault.value)
    assert f"such as {instead}" in str(fault.value)


def test_the_refusal_of_a_case_file_has_its_place(tmp_path):
    events = SIZES.format(baseline="sum: 30 mm", now="sum: 22.1234567 mm")
    found, problems = record(tmp_path, events)
    assert found is None
    assert [str(each).count("case.yaml:6:") for each in problems] == [1]


def test_seven_decimals_of_a_centimetre_are_six_of_a_millimetre():
    assert lesion_size("3.1234567 cm").length == 31_234_567


@pytest.mark.parametrize("value", ["31.1234567", 31.1234567, f"31.5{'0' * 30}1"])
def test_vectors_refuse_the_same(value):
    with pytest.raises(ValueError, match="finer than a nanometre"):
        nanometres(value)


BY_SUM = [key for key, row in CRITERIA.items() if row.lesions.measure.measures != "score"]


@pytest.mark.parametrize("key", BY_SUM)
def test_the_longest_sums_that_are_taken_still_compare(key):
    """120 % of the longest burden, targets and new lesions, stays within 64 bits."""
    most = UNREACHED_LENGTH - 1
    found = Scans.of(
        day=[[56, 112, 168]], baseline_sum=[most], target_sum=[[most, most // 2, most]],
        nlt_sum=[[-1, most, most]], new_lesions=[[0, 1, 0]],
    )  # fmt: skip
    assert evaluate_responses(found, CRITERIA[key]).code[0, 0] == Code.SD
    assert evaluate_responses(found, CRITERIA[key]).code[0, 2] in (Code.PD, Code.UPD)


@pytest.mark.parametrize("column", ["target_sum", "partial_sum", "nlt_sum", "baseline_sum"])
def test_longer_sums_are_refused(column):
    value = [UNREACHED_LENGTH] if column == "baseline_sum" else [[UNREACHED_LENGTH]]
    with pytest.raises(ValueError, match=r"patient 1.*too long"):
        Scans.of(**{"day": [[56]], "baseline_sum": [50 * NM_PER_MM], column: value})
