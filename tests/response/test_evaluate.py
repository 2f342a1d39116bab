"""The engine: laws that hold whatever the scans show, and what contradicts itself is refused."""

import attrs
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.cohorts import chosen, criteria, patients, unhurried
from timeline.conformance.vectors import nanometres, read_scans
from timeline.response.best_response import best_overall_response
from timeline.response.criteria import CRITERIA
from timeline.response.evaluate import evaluate_responses
from timeline.response.explain import change_text, explain_scan
from timeline.response.progression import derive_progression
from timeline.response.responses import Responses
from timeline.response.scans import FINDINGS, Scans
from timeline.settings.response import Settings
from timeline.terminology.response_codes import Code


def outcome(found, options):
    """Everything that is derived from a cohort's scans, a tuple for each patient."""
    ended = derive_progression(found, options)
    bests = [best_overall_response(found, options, confirmed=each) for each in (False, True)]
    return [
        (
            found.words(patient),
            found.rules(patient),
            found.warnings(patient),
            ended.of(patient),
            *((each.word(patient), each.day(patient)) for each in bests),
        )
        for patient in range(len(found.code))
    ]


@unhurried
@given(st.lists(patients(), min_size=1, max_size=7), criteria, chosen(), st.randoms())
def test_a_patient_is_judged_alone(cohort, criterion, options, random):
    alone = [
        outcome(evaluate_responses(read_scans([each]), criterion, options), options)[0]
        for each in cohort
    ]
    together = outcome(evaluate_responses(read_scans(cohort), criterion, options), options)
    assert together == alone
    order = random.sample(range(len(cohort)), len(cohort))
    shuffled = outcome(
        evaluate_responses(read_scans([cohort[at] for at in order]), criterion, options), options
    )
    assert shuffled == [alone[at] for at in order]


@unhurried
@given(st.lists(patients(), min_size=1, max_size=7), criteria, chosen())
def test_where_a_cohort_is_cut_changes_nothing(cohort, criterion, options):
    whole = outcome(evaluate_responses(read_scans(cohort), criterion, options), options)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("timeline.response.scans.CHUNK", 2)
        patch.setattr("timeline.response.evaluate.CHUNK", 2)
        patch.setattr("timeline.response.responses.CHUNK", 2)
        patch.setattr("timeline.response.progression.CHUNK", 2)
        assert outcome(evaluate_responses(read_scans(cohort), criterion, options), options) == whole


@unhurried
@given(st.lists(patients(most=4), min_size=1, max_size=4), criteria, chosen())
def test_cohorts_joined_have_the_responses_that_each_has_alone(cohort, criterion, options):
    parts = [read_scans([{"id": "P", **each}]) for each in cohort if each["timepoints"]]
    assume(parts)
    together = evaluate_responses(Scans.joined(parts), criterion, options, trace=True)
    ended = derive_progression(together, options)
    bests = [
        best_overall_response(together, options, confirmed=each).code for each in (False, True)
    ]
    for place, part in enumerate(parts):
        alone, mine = (
            evaluate_responses(part, criterion, options, trace=True),
            slice(place, place + 1),
        )
        count, found = part.shape[1], together.select(mine, traced=True)
        for name in ("code", "row", "day", "dated", "warning"):
            assert (getattr(found, name)[:, :count] == getattr(alone, name)).all(), name
        for field in attrs.fields(type(alone.traced)):
            seen = getattr(found.traced, field.name)[:, :count]
            assert (seen == getattr(alone.traced, field.name)).all(), field.name
        assert ended.select(mine).of(0) == derive_progression(alone, options).of(0)
        for each, confirmed in zip(bests, (False, True), strict=True):
            assert each[place] == best_overall_response(alone, options, confirmed=confirmed).code[0]


@unhurried
@given(patients(), criteria, chosen(), st.integers(1, 1000))
def test_a_shift_of_all_days_changes_no_label(patient, criterion, options, shift):
    found = read_scans([patient])
    here = evaluate_responses(found, criterion, options)
    later = evaluate_responses(attrs.evolve(found, day=found.day + shift), criterion, options)
    assert later.words(0) == here.words(0)
    first, then = (
        derive_progression(each, options).of(0).progression_day for each in (here, later)
    )
    assert then == (None if first is None else first + shift)


@unhurried
@given(patients(), criteria, chosen(), st.integers(0, 6))
def test_later_scans_change_no_earlier_label(patient, criterion, options, kept):
    whole = evaluate_responses(read_scans([patient]), criterion, options).words(0)
    part = {**patient, "timepoints": patient["timepoints"][:kept]}
    assert evaluate_responses(read_scans([part]), criterion, options).words(0) == whole[:kept]


@unhurried
@given(patients(), chosen())
def test_confirmed_progression_is_for_ever(patient, options):
    words = evaluate_responses(read_scans([patient]), CRITERIA["irecist"], options).words(0)
    done = [point["done"] for point in patient["timepoints"]]
    if "iCPD" in words:
        first = words.index("iCPD")
        after = [word for word, seen in zip(words[first:], done[first:], strict=True) if seen]
        assert set(after) == {"iCPD"}
    assert "iCPD" not in words or "iUPD" in words[: words.index("iCPD")]


@unhurried
@given(patients(), criteria, st.integers(0, 6), st.booleans())
def test_a_scan_that_shows_nothing_changes_no_other_label(patient, criterion, place, done):
    """NE or not done; a PR that stays is left out, for NE counts against its confirmation."""
    options = Settings.of({"pr_persistence": "off"})
    points, base = patient["timepoints"], patient["baseline"]
    assume(place <= len(points))
    assume(base["target_sum"] is not None or base["nontarget"])
    before = points[place - 1]["day"] if place else 0
    empty = {"day": before + 1, "done": done}
    more = {**patient, "timepoints": [*points[:place], empty, *points[place:]]}
    words = list(evaluate_responses(read_scans([more]), criterion, options).words(0))
    assert words.pop(place) in ("NE", criterion.words[Code.PD], "-")
    assert tuple(words) == evaluate_responses(read_scans([patient]), criterion, options).words(0)


@unhurried
@given(patients(), criteria, chosen(), st.integers(1, 3))
def test_padding_is_no_assessment(patient, criterion, options, columns):
    found = read_scans([patient])
    wide = Scans.of(
        **{
            name: np.pad(getattr(found, name), ((0, 0), (0, columns)))
            if row["axes"] == 2
            else getattr(found, name)
            for name, row in FINDINGS.items()
        },
    )
    padded = evaluate_responses(wide, criterion, options)
    assert outcome(padded, options) == outcome(
        evaluate_responses(found, criterion, options), options
    )


@unhurried
@given(patients(), criteria, chosen())
def test_every_label_can_be_explained(patient, criterion, options):
    found = read_scans([patient])
    words = evaluate_responses(found, criterion, options).words(0)
    for place, word in enumerate(words):
        reason = explain_scan(found, 0, place, criterion, options)
        assert reason.label == word
        assert all(each.description and each.source for each in reason.applied)


def test_an_explanation_has_the_numbers_and_the_rows():
    point = {"day": 112, "target_sum": 41, "nontarget": "NON-CR/NON-PD", "new_lesions": 1}
    patient = {
        "baseline": {"target_sum": 40, "nontarget": True},
        "timepoints": [{"day": 56, "target_sum": 28, "nontarget": "NE"}, point],
    }
    reason = explain_scan(read_scans([patient]), 0, 1, CRITERIA["recist11"])
    assert reason.sentence == (
        "sum 41.0 mm, baseline 40.0 mm (+2.5 %, +1.0 mm), nadir 28.0 mm (+46.4 %, +13.0 mm): "
        "target PD; non-target NON-CR/NON-PD, 1 new lesion"
    )
    assert [each.id for each in reason.applied] == ["T4", "1.1", "P2"]
    immune = explain_scan(read_scans([patient]), 0, 1, CRITERIA["irecist"])
    assert [each.id for each in immune.applied] == ["T4", "1.2", "R3"]


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        pytest.param(41_000_000, 28_000_000, "+46.4 %, +13.0 mm", id="growth"),
        pytest.param(23_100_000, 33_000_000, "-30.0 %, -9.9 mm", id="shrinkage"),
        pytest.param(5_000_000, 0, "+5.0 mm", id="no share of zero"),
        pytest.param(5_000_000, 5_000_000, "unchanged", id="no change"),
        pytest.param(12_340_000, 10_000_000, "+23.4 %, +2.34 mm", id="hundredths if there are any"),
        pytest.param(
            22_072_060,
            31_531_500,
            "-29.99997 %, -9.45944 mm",
            id="0.00001 of 31.5315 mm short of -30 %",
        ),
        pytest.param(22_072_050, 31_531_500, "-30.0 %, -9.45945 mm", id="-30 % to the digit"),
        pytest.param(22_072_040, 31_531_500, "-30.0 %, -9.45946 mm", id="-30.00003 % is beyond it"),
        pytest.param(37_837_799, 31_531_500, "+19.999997 %, +6.306299 mm", id="nor +20 %"),
        pytest.param(28_378_350, 31_531_500, "-10.0 %, -3.15315 mm", id="-10 % to the digit"),
    ],
)
def test_a_change_in_words(now, before, words):
    assert change_text(now, before) == words


def test_the_trace_has_the_nadir_before_each_scan():
    patient = {
        "baseline": {"target_sum": 40, "nontarget": False},
        "timepoints": [
            {"day": day, "target_sum": mm} for day, mm in ((9, 28), (80, 34), (140, 30))
        ],
    }
    trace = evaluate_responses(read_scans([patient]), CRITERIA["irecist"], trace=True).trace
    assert trace.nadir.tolist() == [[40_000_000, 28_000_000, 28_000_000]]
    assert trace.anchor.tolist() == [[-1, -1, 1]]
    assert trace.anchor_sum.tolist() == [[-1, -1, 34_000_000]]


def test_a_path_through_the_machine_follows_its_edges():
    patient = {
        "baseline": {"target_sum": 40, "nontarget": False},
        "timepoints": [
            {"day": day, "target_sum": mm} for day, mm in ((9, 28), (80, 34), (140, 40))
        ],
    }
    found = evaluate_responses(read_scans([patient]), CRITERIA["irecist"], trace=True)
    assert found.path(0) == (
        ("CLEAR", "R4", "CLEAR"),
        ("CLEAR", "R3", "T"),
        ("T", "R6", "CONFIRMED"),
    )
    with pytest.raises(ValueError, match="no trace was kept"):
        evaluate_responses(read_scans([patient]), CRITERIA["irecist"]).path(0)


@unhurried
@given(patients(), criteria, chosen())
def test_every_path_runs_along_edges(patient, criterion, options):
    found = evaluate_responses(read_scans([patient]), criterion, options, trace=True)
    edges = {(start, row, end) for start, end, row in criterion.machine.edges()}
    assert set(found.path(0)) <= edges


@pytest.mark.parametrize("criterion", CRITERIA.values(), ids=str)
@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (2, 0)])
def test_a_cohort_of_nobody_or_without_scans(criterion, shape):
    found = Scans.of(day=np.zeros(shape, dtype=int) + np.arange(shape[1]), baseline_sum=10_000_000)
    done = evaluate_responses(found, criterion)
    assert done.code.shape == shape
    assert best_overall_response(done).code.tolist() == [Code.MISSING] * shape[0]
    assert derive_progression(done).day.shape == shape[:1]


def test_a_single_patient_s_labels_survive_their_use():
    found = Responses.reported(CRITERIA["recist11"], [[56, 112]], [[Code.PD, Code.CR]])
    best_overall_response(found)
    derive_progression(found)
    assert found.words(0) == ("PD", "CR")


ONE = {"day": 56, "target_sum": 100}
FAULTS = [
    ("baseline of zero", {"target_sum": 0}, [ONE], "baseline target sum is not above 0"),
    ("negative sum", {"target_sum": 100}, [{**ONE, "target_sum": -1}], "not a length: -1"),
    (
        "too fine",
        {"target_sum": 100},
        [{**ONE, "target_sum": 1.2345678}],
        "'1.2345678 mm' .*1.234568",
    ),
    ("no number", {"target_sum": 100}, [{**ONE, "target_sum": "big"}], "not a length: 'big'"),
    ("infinite", {"target_sum": 100}, [{**ONE, "target_sum": "inf"}], "not a length: 'inf'"),
    ("two on a day", {"target_sum": 100}, [ONE, ONE], "two assessments on one day"),
    ("backwards", {"target_sum": 100}, [ONE, {**ONE, "day": 9}], "day 9 after day 56: days must"),
    ("sum without baseline", {"target_sum": "present"}, [ONE], "none at baseline"),
    ("targets from nowhere", {"target_sum": None}, [ONE], "no target disease at baseline"),
    ("both", {"target_sum": 100}, [{**ONE, "target": "SD"}], "give one"),
    ("level", {"target_sum": 100}, [{**ONE, "nontarget": "PD"}], "non-target level and baseline"),
    (
        "NA",
        {"target_sum": 9, "nontarget": True},
        [{**ONE, "nontarget": "NA"}],
        "level and baseline",
    ),
    ("CR unmeasured", {"target_sum": 9}, [{"day": 9, "target_cr": True}], "CR without a complete"),
    ("new, not done", {"target_sum": 9}, [{"day": 9, "done": False, "new_lesions": 1}], "not done"),
    (
        "gone and new",
        {"target_sum": 9},
        [{**ONE, "new_lesions": 1, "nl_resolved": True}],
        "all gone",
    ),
    (
        "what lesion",
        {"target_sum": 9},
        [{**ONE, "confirms_equivocal": True}],
        "that no scan showed",
    ),
    ("count", {"target_sum": 9}, [{**ONE, "new_lesions": -1}], "not a count of new lesions: -1"),
    ("half a day", {"target_sum": 9}, [{**ONE, "day": 1.5}], "not a whole number of days: 1.5"),
    ("word", {"target_sum": 9}, [{**ONE, "done": "no"}], "neither true nor false: 'no'"),
    ("key", {"target_sum": 9}, [{**ONE, "new_lesion": 1}], "did you mean new_lesions"),
    ("letter", {"target_sum": "present"}, [{"day": 9, "target": "PP"}], "unknown target response"),
]


@pytest.mark.parametrize(
    ("baseline", "scans", "fault"), [pytest.param(*each[1:], id=each[0]) for each in FAULTS]
)
def test_findings_that_cannot_be_are_refused(baseline, scans, fault):
    with pytest.raises(ValueError, match=fault):
        read_scans([{"baseline": baseline, "timepoints": scans}])


def test_the_message_names_the_patient_and_the_scan():
    fine = {"baseline": {"target_sum": 100}, "timepoints": [ONE]}
    bad = {"baseline": {"target_sum": 100}, "timepoints": [ONE, {**ONE, "day": 1}]}
    with pytest.raises(ValueError, match=r"^patient wang, scan 2: "):
        read_scans([fine, bad], ["jin", "wang"])
    with pytest.raises(ValueError, match=r"^patient 2, scan 2: "):
        read_scans([fine, bad])


@pytest.mark.parametrize(
    ("column", "value", "fault"),
    [
        pytest.param("target_sum", 23.1, "target_sum: not whole numbers, but float64", id="mm"),
        pytest.param("day", [[1.5]], "day: not whole numbers, but float64", id="half a day"),
        pytest.param("done", 1, "done: not true or false, but int64", id="one is no truth"),
        pytest.param("target_sum", "NE", "target_sum: not whole numbers, but <U2", id="a word"),
    ],
)
def test_arrays_of_fractions_and_words_are_refused(column, value, fault):
    with pytest.raises(ValueError, match=fault):
        Scans.of(**{"day": [[56]], "baseline_sum": 50_000_000, column: value})


def test_a_fault_deep_in_a_cohort_is_found():
    day = np.tile([[56, 112]], (40_000, 1))
    day[39_999, 1] = 56
    with pytest.raises(ValueError, match="patient 40000, scan 2: day 56 after day 56"):
        Scans.of(day=day, baseline_sum=50_000_000)
    total = np.full(day.shape, 40_000_000)
    total[20_000, 0] = -2
    with pytest.raises(ValueError, match="patient 20001, scan 1: target sum below 0"):
        Scans.of(day=[[56, 112]] * 40_000, baseline_sum=50_000_000, target_sum=total)


def test_an_unknown_column_is_refused():
    with pytest.raises(ValueError, match="unknown finding 'size'; known: baseline_sum"):
        Scans.of(day=[[1]], size=3)


@pytest.mark.parametrize(
    ("day", "code", "fault"),
    [
        pytest.param([[9, 3]], [[1, 1]], "scan 2: days must not descend", id="backwards"),
        pytest.param([[9, 9]], [[1, 2]], "scan 2: two assessments of one day", id="disagree"),
        pytest.param([[9]], [[8]], "scan 1: no such response", id="MISSING is no label"),
        pytest.param([[9]], [[9]], "scan 1: no such response", id="RECIST 1.1 has no iUPD"),
        pytest.param([[9.5]], [[1]], "day: not whole numbers", id="half a day"),
        pytest.param([[9]], [[-1]], "scan 1: no such response", id="no such code"),
    ],
)
def test_labels_that_cannot_be_are_refused(day, code, fault):
    with pytest.raises(ValueError, match=fault):
        Responses.reported(CRITERIA["recist11"], day, code)


def test_two_assessments_of_one_day_that_agree_are_one():
    found = Responses.reported(CRITERIA["recist11"], [[9, 9]], [[Code.PR, Code.PR]])
    assert found.words(0) == ("PR", "PR")


def test_an_unknown_label_is_refused_with_the_list():
    with pytest.raises(ValueError, match=r"not a response by iRECIST: 'PD' \(known: -, iCR"):
        CRITERIA["irecist"].code("PD")


@settings(max_examples=30, deadline=None)
@given(st.decimals(0, 500, places=6))
def test_lengths_are_read_exactly(length):
    assert nanometres(length) == nanometres(str(length)) == int(length.scaleb(6))
    assert nanometres(float(length)) == int(length.scaleb(6))
