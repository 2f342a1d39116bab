"""The set of states comes to what the product of all readings comes to."""

from __future__ import annotations

import attrs
import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.core.temporal_network.enumeration import come_to, cuts
from timeline.assessment.assess import line_batch
from timeline.assessment.line_course import line_course
from timeline.assessment.line_interpretations import line_interpretations
from timeline.assessment.scan_readings import is_measured_by
from timeline.endpoints.derived_case import derive_all
from timeline.record.case import Case
from timeline.record.events import Scan, Treatment
from timeline.response.best_response import best_overall_response
from timeline.response.criteria import BY_TITLE, CRITERIA
from timeline.response.explain import explain_scan
from timeline.response.progression import derive_progression
from timeline.response.state_sets import carry_states
from timeline.settings.response import DEFAULTS, SETTINGS

TARGETS = ("shrunk", "stable", "grown", "shrunk or stable", "CR", "PR", "SD", "PD", "NE", "absent")
OTHERS = ("", "present", "absent", "grown", "NE")
NEW = ("", "none", "liver", "NE")
EARLIER = ("", "grown", "gone", "stable")
CALLS = ("", "PR", "iUPD", "iCPD", "SD")
CRITERIA_OF_LINES = [each.title for each in CRITERIA.values()]
# Made once: a strategy that is made anew for each draw is checked anew as well.
_APART = st.integers(14, 70)
_BOOLEANS = st.booleans()
_EIGHTH = st.integers(0, 7)
_SUMS = st.sampled_from((0, 20, 60, 69, 90, 100, 112, 130))
_TARGETS, _OTHERS, _NEW, _EARLIER, _CALLS = (
    st.sampled_from(words) for words in (TARGETS, OTHERS, NEW, EARLIER, CALLS)
)
_STARTS = st.sampled_from(("2020-01-10", "2020-01"))
_TITLES = st.sampled_from(CRITERIA_OF_LINES)


@st.composite
def dates(draw, number: int, *, vague: bool) -> list[str]:
    """Dates that climb, 14 to 70 days apart; some by their month alone."""
    day = np.datetime64("2020-01-20")
    found: list[str] = []
    for _ in range(number):
        day += draw(_APART)
        by_month = vague and draw(_BOOLEANS)
        text = str(day)[:7] if by_month else str(day)
        if by_month:
            day = np.datetime64(text) + 31
        found.append(text)
    return found


@st.composite
def lines(draw, *, most: int = 4, vague: bool = True) -> Case:
    """A line with scans of words or of sums; some of the words have several meanings."""
    number = draw(st.integers(1, most))
    sums = draw(_BOOLEANS)
    title = draw(_TITLES)
    measure = BY_TITLE[title].lesions.measure
    size = measure.field if measure.of_uptake else "sum"
    unit = measure.unit or "mm"
    scans = []
    for at, date in enumerate(draw(dates(number, vague=vague))):
        found = {"new": draw(_NEW), "non_target": draw(_OTHERS)}
        if sums and draw(_BOOLEANS):
            found[size] = f"{draw(_SUMS)} {unit}"
        else:
            found["target"] = draw(_TARGETS)
        found["earlier_new"] = draw(_EARLIER) if at else ""
        if draw(_EIGHTH) == 0:
            call = draw(_CALLS)
            found = {"called": call} if call else found
        values = {name: value for name, value in found.items() if value}
        scans.append(Scan(at=date, id=f"s{at}", line=1, **values))
    begun = draw(_STARTS) if vague else "2020-01-10"
    baseline = Scan(at="2019-12-28", baseline=1, **({size: f"100 {unit}"} if sums else {}))
    start = Treatment(at=f"{begun}/", line=1, drugs="x", criterion=title)
    case, _ = Case.of("c", (baseline, start, *scans))
    assume(case is not None)
    return case


@st.composite
def answers(draw):
    """The defaults, or one or two settings answered otherwise."""
    names = draw(st.lists(st.sampled_from(sorted(SETTINGS)), max_size=2, unique=True))
    changed = {
        name: draw(st.sampled_from(SETTINGS[name].answers)) for name in names
        if SETTINGS[name].answers
    }  # fmt: skip
    return attrs.evolve(DEFAULTS, **changed)


def merged(of, criterion, chosen):
    """What the set of states comes to, in the shape of `come_to`."""
    found = carry_states(line_batch([of]), criterion, chosen)
    ended = derive_progression(found.responses, chosen)
    by_scan = [set(map(tuple, rows[:, 1:6].tolist())) for rows in found.traced]
    dated = found.responses.day == np.asarray(ended.day)[:, None]
    places = np.where(dated.any(axis=1), dated.argmax(axis=1), ended.scan)
    ways: dict[tuple[int, int, bool], np.ndarray] = {}
    keys = zip(ended.response_scan.tolist(), places.tolist(), ended.confirmed.tolist(), strict=True)
    for row, key in enumerate(keys):
        ways[key] = ways.get(key, 0) | found.interpretations[row]
    bests = [
        set(best_overall_response(found.responses, chosen, confirmed=each).code.tolist())
        for each in (0, 1)
    ]
    ways = {key: tuple(bits.tolist()) for key, bits in ways.items()}
    return by_scan, bests, ways, set(found.first_pd.tolist())


def opened(case, chosen, rules):
    found, problems = line_interpretations(case, line_course(case, case.lines[0], chosen), rules)
    return None if problems else found


@given(case=lines(), chosen=answers(), key=st.sampled_from(sorted(CRITERIA)))
@settings(deadline=None, max_examples=30)
def test_the_set_of_states_equals_the_union_over_all_interpretations(case, chosen, key):
    criterion = CRITERIA[key]
    of = opened(case, chosen, criterion.lesion_rules(chosen))
    if of is None:
        return
    by_scan, bests, ways, first_pd = come_to(of, criterion, chosen)
    mine = merged(of, criterion, chosen)
    assert mine[0] == by_scan
    assert mine[1] == bests
    assert mine[2] == ways
    if criterion.confirms:
        assert mine[3] == first_pd


@given(case=lines(most=3), chosen=answers(), key=st.sampled_from(sorted(CRITERIA)))
@settings(deadline=None, max_examples=30)
def test_every_value_of_the_cut_settings_is_used(case, chosen, key):
    """The choice of days that was enumerated before."""
    of = opened(case, chosen, CRITERIA[key].lesion_rules(chosen))
    if of is None:
        return
    by_scan, bests, ways, _ = come_to(of, CRITERIA[key], chosen, cuts)
    mine = merged(of, CRITERIA[key], chosen)
    assert all(old <= new for old, new in zip(by_scan, mine[0], strict=True))
    assert all(old <= new for old, new in zip(bests, mine[1], strict=True))
    assert set(ways) <= set(mine[2])


@given(cases=st.lists(lines(), min_size=2, max_size=3), chosen=answers())
@settings(deadline=None, max_examples=30)
def test_a_sentence_is_that_of_the_first_readings_judged_alone(cases, chosen):
    """One pass carries all readings of all lines; each line is judged here by itself."""
    every = derive_all([(case, chosen) for case in cases])
    for case, (derived, _) in zip(cases, every, strict=True):
        if derived is None:
            continue
        course = line_course(case, case.lines[0], chosen)
        for title in derived.criteria[1]:
            of = opened(case, chosen, BY_TITLE[title].lesion_rules(chosen))
            if of is None:
                continue
            found = {id(status.scan): status for status in derived.status(title, 1)}
            for place, scan in enumerate(course.used):
                if is_measured_by(scan, BY_TITLE[title].lesions.measure):
                    reason = explain_scan(
                        of.scans, 0, place, BY_TITLE[title], chosen, dated=course.dated
                    )
                    assert found[id(scan)].why.startswith(f"{reason.sentence}: ")
