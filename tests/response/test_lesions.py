"""Lesions: what can be measured, which are chosen, and their sums."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rows import every_row
from timeline.conformance import lesion_vectors
from timeline.core.quantities import NM_PER_MM
from timeline.response.criteria.irrc import IRRC
from timeline.response.criteria.recist10 import RECIST10
from timeline.response.criteria.who1979 import WHO1979
from timeline.response.lesions import (
    MEASURABILITY,
    Lesion,
    LesionClass,
    choose_targets,
    classify,
    counted_organ,
    measurability_rule,
    target_columns,
    target_faults,
)


def mm(length, **more):
    return Lesion(length=round(length * NM_PER_MM), **more)


# Eisenhauer 2009 3.1 and Appendix II; each row of the table fires, and its neighbour is silent
CLASSES = [
    ("CT at the bound", mm(10), "measurable"),
    ("CT below it", mm(9.999999), "non-measurable"),
    ("thin slices change nothing", mm(10, slice_thickness=5 * NM_PER_MM), "measurable"),
    (
        "thick slices ask for twice their thickness",
        mm(12, slice_thickness=6_000_001),
        "non-measurable",
    ),
    ("and get it", mm(12.000002, slice_thickness=6_000_001), "measurable"),
    ("MRI as CT", mm(12, slice_thickness=6_000_001, method="MRI"), "non-measurable"),
    (
        "caliper has no slices",
        mm(10, slice_thickness=8 * NM_PER_MM, method="caliper"),
        "measurable",
    ),
    ("caliper below the bound", mm(9.999999, method="caliper"), "non-measurable"),
    ("chest X-ray at the bound", mm(20, method="CXR"), "measurable"),
    ("chest X-ray below it", mm(19.999999, method="CXR"), "non-measurable"),
    ("ultrasound measures nothing", mm(50, method="US"), "non-measurable"),
    ("node, short axis at the bound", mm(15, node=True), "measurable"),
    ("node, pathological but small", mm(14.999999, node=True), "non-measurable"),
    ("node, pathological at the bound", mm(10, node=True), "non-measurable"),
    ("node, normal", mm(9.999999, node=True), "normal"),
    ("treated before", mm(25, treated=True), "non-measurable"),
    ("treated, then progressed", mm(25, treated=True, progressed_since=True), "measurable"),
    ("ascites", mm(60, type="Ascites"), "non-measurable"),
    ("blastic bone", mm(60, type="blastic bone metastasis"), "non-measurable"),
    ("lytic bone with soft tissue", mm(60, type="lytic, soft tissue"), "measurable"),
]


@pytest.mark.parametrize(
    ("lesion", "expected"), [pytest.param(*each[1:], id=each[0]) for each in CLASSES]
)
def test_measurability(lesion, expected):
    assert classify(lesion) == expected


def test_every_row_of_measurability_has_fired():
    fired = {measurability_rule(each[1]).id for each in CLASSES}
    irradiated = mm(40, treated=True, progressed_since=True)
    fired.add(measurability_rule(irradiated, RECIST10.lesions).id)  # PMC4671850 Table 1: never
    assert fired == {row.id for row in MEASURABILITY}


def test_an_unknown_method_is_refused_with_advice():
    with pytest.raises(ValueError, match=r"unknown method 'CTX'.*did you mean"):
        classify(mm(20, method="CTX"))


def test_the_largest_are_chosen_two_of_an_organ_and_five_in_all():
    liver = [mm(length, organ="liver") for length in (20, 30, 40)]
    rest = [mm(18, organ=name) for name in ("lung", "spleen", "ovary", "skin")]
    assert choose_targets([*liver, *rest]) == ((1, 2, 3, 4, 5), (0, 6))


def test_all_nodes_are_one_organ_and_normal_ones_are_nothing():
    nodes = [mm(length, node=True, organ=f"station {length}") for length in (16, 17, 18, 12, 8)]
    assert choose_targets(nodes) == ((1, 2), (0, 3))


def test_paired_organs_are_one():
    assert (
        counted_organ(mm(20, organ="left lung"))
        == counted_organ(mm(20, organ="Right lung"))
        == "lung"
    )
    assert (
        counted_organ(mm(20, organ="left kidney"))
        == counted_organ(mm(20, organ="kidneys"))
        == "kidney"
    )
    assert (
        counted_organ(mm(20, organ="left ovary"))
        == counted_organ(mm(20, organ="ovaries"))
        == "ovary"
    )
    assert choose_targets([mm(length, organ=f"{side} lung") for length, side in
                   ((30, "left"), (20, "right"), (15, "left"))]) == ((0, 1), (2,))  # fmt: skip


@every_row(("criterion", "targets", "faults"), [
    # T00: 10 in all, 5 of an organ; WHO: no number; irRC: 5 of an organ
    (RECIST10, [mm(20, organ="liver")] * 5 + [mm(20)] * 5, ()),
    (RECIST10, [mm(20, organ="liver")] * 6, ("6 targets of one organ, liver (write 5 at most)",)),
    (RECIST10, [mm(20)] * 11, ("11 targets (write 10 at most)",)),
    (WHO1979, [mm(3, organ="liver")] * 30, ()),
    (IRRC, [mm(20, organ="skin")] * 6, ("6 targets of one organ, skin (write 5 at most)",)),
    (IRRC, [mm(20)] * 16, ("16 targets (write 15 at most)",)),
])  # fmt: skip
def test_each_criterion_has_its_own_number_of_targets(criterion, targets, faults):
    assert target_faults(targets, rules=criterion.lesions) == faults


def test_a_choice_of_targets_against_the_rules_is_reported():
    assert target_faults([mm(20, organ="liver"), mm(15, node=True)]) == ()
    assert target_faults([mm(9)]) == ("target 1 is non-measurable",)
    assert target_faults([mm(20, organ="liver")] * 3) == (
        "3 targets of one organ, liver (write 2 at most)",
    )
    assert target_faults([mm(20, organ="liver")] * 2 + [mm(20)] * 3) == ()
    assert target_faults([mm(20)] * 6) == ("6 targets (write 5 at most)",)


SUMS = [
    # lengths, nodes, target_sum, partial_sum, target_cr, target_left
    ("all gone", [0, 0], [0, 0], 0, 0, True, False),
    ("a normal node counts, and is CR", [0, 9_999_999], [0, 1], 9_999_999, 0, True, False),
    ("a node of 10 mm is no CR", [0, 10_000_000], [0, 1], 10_000_000, 0, False, True),
    ("another lesion of 5 mm is no CR", [5_000_000, 0], [0, 0], 5_000_000, 0, False, True),
    ("one not assessed", [12_000_000, -1], [0, 0], -1, 12_000_000, False, True),
    ("a normal node, and one not assessed", [9_999_999, -1], [1, 0], -1, 9_999_999, False, False),
    ("none assessed", [-1, -1], [0, 1], -1, 0, False, False),
    ("gone, and one not assessed", [0, -1], [0, 1], -1, 0, False, False),
]


@pytest.mark.parametrize(
    ("lengths", "nodes", "total", "part", "gone", "left"),
    [pytest.param(*each[1:], id=each[0]) for each in SUMS],
)
def test_sums(lengths, nodes, total, part, gone, left):
    found = target_columns(
        np.array([[lengths]]), np.array([nodes], dtype=bool), np.ones((1, 2), dtype=bool)
    )
    assert {name: column.tolist() for name, column in found.items()} == {
        "target_sum": [[total]],
        "partial_sum": [[part]],
        "target_cr": [[gone]],
        "target_left": [[left]],
    }


def test_lesions_that_a_patient_does_not_have_count_for_nothing():
    lengths = np.array([[[1000, 2000, -1]], [[1000, -1, -1]]])
    exists = np.array([[True, True, False], [True, False, False]])
    found = target_columns(lengths, np.zeros((2, 3), dtype=bool), exists)
    assert found["target_sum"].tolist() == [[3000], [1000]]
    nobody = target_columns(lengths, np.zeros((2, 3), dtype=bool), np.zeros((2, 3), dtype=bool))
    assert nobody["target_cr"].tolist() == [[False], [False]]


@given(
    st.lists(
        st.tuples(st.one_of(st.just(-1), st.integers(0, 50 * NM_PER_MM)), st.booleans()),
        min_size=1,
        max_size=5,
    )
)
def test_the_order_of_lesions_does_not_matter(lesions):
    def found(row):
        lengths, nodes = zip(*row, strict=True)
        counted = target_columns(
            np.array([[lengths]]), np.array([nodes]), np.ones((1, len(row)), dtype=bool)
        )
        return {name: column.item() for name, column in counted.items()}

    assert found(lesions) == found(lesions[::-1])


@pytest.mark.parametrize(
    ("value", "seen", "length"),
    [
        pytest.param(12.5, {}, 12_500_000, id="a number"),
        pytest.param("TSTM", {}, 5_000_000, id="too small to measure"),
        pytest.param("ABSENT", {}, 0, id="gone"),
        pytest.param("NE", {}, -1, id="not evaluated"),
        pytest.param({"split": [3, 4.5]}, {}, 7_500_000, id="fragments add up"),
        pytest.param({"merged": "B"}, {"B": 30}, 0, id="merged counts once"),
        pytest.param({"merged": "B"}, {"B": "NE"}, -1, id="merged into one not evaluated"),
        pytest.param({"merged": "B"}, {}, -1, id="merged into one left out"),
    ],
)
def test_a_length_as_stated(value, seen, length):
    assert lesion_vectors.length(value, seen) == length


@pytest.mark.parametrize(
    ("value", "seen", "fault"),
    [
        pytest.param("GONE", {}, "not a length: 'GONE' .*ABSENT", id="unknown word"),
        pytest.param({"split": [1], "x": 2}, {}, "not a length", id="unknown shape"),
        pytest.param({"merged": "B"}, {"B": {"merged": "A"}}, "itself merged", id="in a circle"),
        pytest.param({"merged": "B"}, {"B": "ABSENT"}, "which is absent", id="into nothing"),
        pytest.param(-1, {}, "not a length: -1", id="negative"),
    ],
)
def test_a_length_that_cannot_be_is_refused(value, seen, fault):
    with pytest.raises(ValueError, match=fault):
        lesion_vectors.length(value, seen)


def test_a_target_unknown_at_baseline_is_refused():
    patient = {
        "baseline": {"targets": {"A": {"mm": 20}}},
        "timepoints": [{"day": 56, "targets": {"B": 20}}],
    }
    with pytest.raises(ValueError, match="no such target at baseline: 'B'"):
        lesion_vectors.findings(patient)


def test_classes_are_words_of_a_closed_list():
    assert lesion_vectors.classes([{"mm": 10}, {"mm": 9, "node": True}]) == [
        LesionClass.MEASURABLE,
        LesionClass.NORMAL,
    ]
