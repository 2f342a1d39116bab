"""The Choi criteria: the printed definitions one by one, and a plain judge next to the engine."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cohorts import unhurried
from timeline.assessment.line_course import line_course
from timeline.assessment.line_interpretations import line_interpretations
from timeline.conformance.vectors import density_tenths, read_scans
from timeline.core.quantities import density
from timeline.endpoints.derived_case import derive
from timeline.record.case import Case
from timeline.record.events import Scan, Treatment
from timeline.response.criteria import CRITERIA
from timeline.response.criteria.choi import CHOI, TABLE_1, TARGET_TABLE, THRESHOLDS
from timeline.response.evaluate import evaluate_responses
from timeline.response.explain import explain_scan
from timeline.response.lesion_rules import DIAMETERS
from timeline.response.scans import NO_DENSITY, Scans
from timeline.settings.response import Settings
from timeline.terminology.criteria import TERMS
from timeline.terminology.response_codes import NewLesion, NonTarget, Target

# missing nodule back gone larger smaller, density, needs -> target response
TARGETS = """
no  no  no  no  no  no   same  either SD nothing of note
no  no  no  no  no  yes  same  either PR size alone
no  no  no  no  no  no   down  either PR density alone
no  no  no  no  yes no   down  either PR density comes before growth
no  no  no  no  yes no   same  either PD growth, and density not down
no  no  no  no  yes yes  same  either PD growth from the nadir beats shrinkage from baseline
no  no  no  no  no  yes  same  both   SD size alone is not both
no  no  no  no  no  no   down  both   SD density alone is not both
no  no  no  no  no  yes  down  both   PR both
no  no  no  no  yes no   down  both   SD growth, but a response by density: neither
no  yes no  yes no  yes  down  either PD a nodule beats all
yes no  no  no  no  no   down  either PR density shows it without the sum
yes no  no  no  yes no   same  both   PD those measured prove growth
yes no  no  no  yes no   down  both   NE those measured grew, density is down: not known
no  no  yes no  no  yes  down  either PD back after CR
"""


def target_rows():
    for line in TARGETS.strip().splitlines():
        *tests, seen, needs, response, why = line.split(maxsplit=9)
        yield pytest.param([test == "yes" for test in tests], seen, needs, response, id=why)


@pytest.mark.parametrize(("tests", "seen", "needs", "response"), list(target_rows()))
def test_target_response(tests, seen, needs, response):
    assert TARGET_TABLE.decide(*tests, seen, needs) == response


# PMC5658474 Table 2: progression of non-measurable disease is under PR, not under PD
PRINTED = """
target  CR  NON-CR/NON-PD  PD  NE  NA
CR      CR  PR             SD  PR  CR
PR      PR  PR             SD  PR  PR
SD      SD  SD             SD  SD  SD
PD      PD  PD             PD  PD  PD
NE      NE  NE             NE  NE  NE
"""


def cells():
    head, *lines = (line.split() for line in PRINTED.strip().splitlines())
    for target, *row in lines:
        yield from ((target, level, word) for level, word in zip(head[1:], row, strict=True))


@pytest.mark.parametrize(("target", "level", "overall"), list(cells()))
def test_overall_response(target, level, overall):
    assert TABLE_1.decide(Target(target), NonTarget(level), NewLesion.NO) == overall
    assert TABLE_1.decide(Target(target), NonTarget(level), NewLesion.YES) == "PD"


@given(st.integers(-10_240, 30_710), st.integers(-10_240, 30_710))
def test_the_loss_of_density_is_exact(now, then):
    """Tenths of a unit; from zero or less no share is taken."""
    lost = then > 0 and Fraction(now) <= Fraction(85, 100) * then
    assert bool(THRESHOLDS.is_density_response(np.int64(now), np.int64(then))) == lost


def judged(patient, settings):
    """Choi for targets alone, written from the definitions: no table, no array."""
    base, faint = Fraction(patient["baseline"]["target_sum"]), patient["baseline"].get("density")
    nadir, had_cr, ended, words = base, False, False, []
    for point in patient["timepoints"]:
        mm, hu = point.get("target_sum"), point.get("density")
        known = hu is not None and faint is not None and faint > 0
        down = known and Fraction(str(hu)) <= Fraction(str(faint)) * 85 / 100
        against = nadir if settings.choi_progression_reference == "nadir" else base
        grew = mm is not None and mm > against and 10 * mm >= 11 * against
        shrank = mm is not None and 10 * mm <= 9 * base
        needs = any if settings.choi_response == "either" else all
        response = needs((down, shrank))
        undecided = settings.choi_response == "both" and shrank and not known
        if point.get("nodule") or point.get("new_lesions"):
            word = "PD"
        elif mm is None:
            word = "PR" if down and settings.choi_response == "either" and not had_cr else "NE"
        elif mm == 0:
            word = "CR"
        elif had_cr or (grew and not down):
            word = "PD"
        else:
            word = "PR" if response else "NE" if undecided else "SD"
        word = "PD" if ended else word
        words.append(word)
        ended, had_cr = ended or word == "PD", had_cr or word == "CR"
        nadir = nadir if mm is None else min(nadir, mm)
    return words


@st.composite
def measured(draw):
    """A patient with sums and densities at and around both thresholds."""
    base = {"target_sum": 100, "nontarget": False}
    if draw(st.booleans()):
        base["density"] = draw(st.sampled_from((40, 40, 40, 2.5, 0, -10)))
    points = []
    for number in range(draw(st.integers(1, 6))):
        point = {"day": 56 * (number + 1)}
        if draw(st.integers(0, 5)):
            point["target_sum"] = draw(st.sampled_from((0, 50, 55, 80, 88, 90, 91, 109, 110, 140)))
        if draw(st.integers(0, 3)):
            point["density"] = draw(st.sampled_from((-12.5, 2.1, 2.2, 20, 34, 34.1, 40, 60)))
        point["nodule"] = draw(st.integers(0, 9)) == 0
        point["new_lesions"] = int(draw(st.integers(0, 9)) == 0)
        points.append(point)
    return {"baseline": base, "timepoints": points}


options = st.builds(
    lambda reference, needs: Settings(choi_progression_reference=reference, choi_response=needs),
    st.sampled_from(("baseline", "nadir")),
    st.sampled_from(("either", "both")),
)


@unhurried
@given(measured(), options)
def test_the_engine_agrees_with_the_plain_judge(patient, settings):
    assert list(evaluate_responses(read_scans([patient]), CHOI, settings).words(0)) == judged(
        patient, settings
    )


def test_density_alone_is_no_response_after_all_targets_were_gone():
    """A density of targets that are gone, with no sum, neither answers nor denies the response."""
    points = [{"day": 56, "target_sum": 0}, {"day": 112, "density": -12.5}]
    patient = {
        "baseline": {"target_sum": 100, "nontarget": False, "density": 40},
        "timepoints": [{"nodule": False, "new_lesions": 0} | point for point in points],
    }
    settings = Settings(choi_progression_reference="baseline", choi_response="either")
    assert list(evaluate_responses(read_scans([patient]), CHOI, settings).words(0)) == ["CR", "NE"]
    assert judged(patient, settings) == ["CR", "NE"]


@unhurried
@given(measured(), options)
def test_every_label_names_rows_that_give_it(patient, settings):
    found = read_scans([patient])
    words = evaluate_responses(found, CHOI, settings).words(0)
    for place, word in enumerate(words):
        reason = explain_scan(found, 0, place, CHOI, settings)
        assert reason.label == word
        assert reason.applied[0].table == TARGET_TABLE.name


@unhurried
@given(measured())
def test_density_is_nothing_to_recist(patient):
    bare = {key: value for key, value in patient["baseline"].items() if key != "density"}
    points = [
        {key: value for key, value in point.items() if key not in ("density", "nodule")}
        for point in patient["timepoints"]
    ]
    without = read_scans([{"baseline": bare, "timepoints": points}])
    for key in ("recist11", "irecist", "mrecist", "imrecist", "irrecist"):
        whole = evaluate_responses(read_scans([patient]), CRITERIA[key])
        assert whole.words(0) == evaluate_responses(without, CRITERIA[key]).words(0)


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        pytest.param(45, 450, id="a whole number"),
        pytest.param(-12.5, -125, id="below zero"),
        pytest.param("NE", NO_DENSITY, id="not evaluated"),
        pytest.param(-0.1, -1, id="what stands for none elsewhere is a density"),
        pytest.param(3071, 30_710, id="the end of the scale"),
    ],
)
def test_a_density_of_a_vector(value, stored):
    assert density_tenths(value) == stored


FAULTS = [
    pytest.param(12.34, "not a density: 12.34", id="finer than a tenth"),
    pytest.param("dense", "not a density: 'dense'", id="a word"),
    pytest.param(True, "not a density: True", id="a truth"),
    pytest.param("inf", "not a density: 'inf'", id="infinite"),
    pytest.param(-3276.8, "off the scale of CT", id="the sentinel itself"),
    pytest.param(3071.1, "off the scale of CT", id="beyond the scale"),
]


@pytest.mark.parametrize(("value", "fault"), FAULTS)
def test_what_is_no_density_is_refused(value, fault):
    with pytest.raises(ValueError, match=fault):
        density_tenths(value)


REFUSED = [
    pytest.param({"density": [[30_711]]}, "scan 1: a density off the scale", id="too dense"),
    pytest.param({"density": [[-10_241]]}, "scan 1: a density off the scale", id="too faint"),
    pytest.param({"density": 40_000}, "a density off the scale", id="one value for all"),
    pytest.param({"baseline_density": 40_000}, "baseline density off", id="at baseline"),
    pytest.param({"nodule": True, "done": False}, "that was not done", id="nodule, not done"),
    pytest.param({"density": 400, "baseline_sum": -1}, "a density, but no target", id="no target"),
    pytest.param({"nodule": True, "baseline_sum": -1}, "a nodule in a tumour, but", id="no tumour"),
]


@pytest.mark.parametrize(("findings", "fault"), REFUSED)
def test_findings_that_cannot_be_are_refused(findings, fault):
    with pytest.raises(ValueError, match=fault):
        Scans.of(day=[[56]], **{"baseline_sum": 10_000_000, **findings})
    assert Scans.of(
        day=[[56]], baseline_sum=10_000_000, density=[[-10_240]], nodule=True
    ).shape == (1, 1)


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        pytest.param("45 HU", 45, id="plain"),
        pytest.param("-12 HU", -12, id="below zero"),
        pytest.param(
            "\N{MINUS SIGN}12.5 HU", Fraction(-25, 2), id="with the sign that papers print"
        ),
    ],
)
def test_a_density_of_a_case_file(text, exact):
    assert density(text).exact == exact
    assert density(str(density(text))) == density(text)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("45", "write a unit: HU", id="no unit"),
        pytest.param("45 mm", "write HU", id="a length"),
        pytest.param("about 45 HU", "not one density", id="hedged"),
        pytest.param("40 to 50 HU", "not one density", id="a range"),
        pytest.param("45 HU arterial", "not one density", id="words after it"),
        pytest.param("45.25 HU", "finer than a tenth", id="too fine"),
        pytest.param("-1025 HU", "off the scale", id="emptier than the scale"),
        pytest.param("3072 HU", "off the scale", id="denser than the scale"),
    ],
)
def test_what_is_no_density_of_a_case_file_is_refused(text, fault):
    with pytest.raises(ValueError, match=fault):
        density(text)


def case(criterion, *found):
    """A line judged by some criterion: baseline 50 mm and 40 HU, then scans two months apart."""
    start = Treatment(at="2020-01-10/", line=1, drugs="imatinib", criterion=criterion)
    base = Scan(at="2020-01-05", baseline=1, sum="50 mm", density="40 HU")
    later = [Scan(at=f"2020-{3 + 2 * n:02}-10", **keys) for n, keys in enumerate(found)]
    made, problems = Case.of("c", (start, base, *later))
    assert not problems
    return made


def labels(criterion, by, *found):
    reading, problems = derive(case(criterion, *found))
    assert not problems
    return [status.label for status in reading.status(by, 1)]


SWOLLEN, NODULE = {"sum": "60 mm", "density": "-12 HU"}, {"sum": "40 mm", "nodule": "yes"}


def test_density_and_nodule_of_a_case_come_to_the_engine():
    """60 mm of 50 is +20 %; -12 HU of 40 is far below 34; a nodule ends it."""
    of = case("Choi", SWOLLEN, NODULE)
    found, problems = line_interpretations(of, line_course(of, of.lines[0]))
    assert not problems
    assert found.scans.baseline_density.tolist() == [400] * len(found.scans.day)
    assert set(map(tuple, found.scans.density.tolist())) == {(-120, NO_DENSITY)}
    assert set(map(tuple, found.scans.nodule.tolist())) == {(False, True)}
    assert labels("Choi", "Choi", SWOLLEN, NODULE) == ["PR", "PD"]
    assert labels("Choi", "RECIST 1.1", SWOLLEN, NODULE) == ["PD", "PD"]


def test_a_density_is_a_finding_and_no_nodule_is_none():
    assert Scan(at="2020-03", density="30 HU").has_findings
    assert Scan(at="2020-03", nodule="yes").has_findings
    assert not Scan(at="2020-03", nodule="no").has_findings
    assert labels("Choi", "Choi", {"density": "30 HU", "called": "PD"}) == ["PR"]


@pytest.mark.parametrize("criterion", CRITERIA.values(), ids=str)
def test_a_line_is_read_by_its_own_criterion_as_well(criterion):
    # as at baseline: SD by every criterion that sums diameters
    shown = {"sum": "50 mm", "density": "40 HU"}
    other = criterion.lesions.measure is not DIAMETERS
    assert labels(criterion.title, criterion.title, shown) == [criterion.words[7 if other else 3]]
    assert labels(criterion.title, "RECIST 1.1", shown) == ["SD"]
    reading, _ = derive(case(criterion.title, shown))
    titles = [each.criterion for each in reading.progressions]
    assert titles == list(dict.fromkeys(["RECIST 1.1", criterion.title]))


def test_a_line_that_names_none_is_read_by_recist_alone():
    assert labels("", "Choi", SWOLLEN) == []
    assert labels("", "iRECIST", SWOLLEN) == []
    assert labels("", "RECIST 1.1", SWOLLEN) == ["PD"]


def test_a_line_may_be_judged_by_every_criterion():
    assert list(TERMS) == [each.title for each in CRITERIA.values()]


@pytest.mark.parametrize("finding", [{"density": "30 HU"}, {"nodule": "yes"}])
def test_a_density_or_a_nodule_implies_targets(finding):
    """With non-targets and without any size: there are targets all the same."""
    start = Treatment(at="2020-01-10/", line=1, drugs="imatinib", criterion="Choi")
    shown = Scan(at="2020-03-10", non_target="present", **finding)
    of, _ = Case.of("c", (start, Scan(at="2020-01-05", baseline=1, density="40 HU"), shown))
    found, problems = line_interpretations(of, line_course(of, of.lines[0]))
    assert not problems
    assert found.scans.has_targets.all()


def test_a_negative_density_reverses_its_range():
    """-12 is a rounded print: from -12.5 to -11.5."""
    read = density("-12 HU").number
    assert (read.span.low, read.span.high) == (Fraction(-25, 2), Fraction(-23, 2))
