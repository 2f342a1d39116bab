from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.temporal_network.enumeration import climbing, corners
from tests.situations.records import record
from timeline.assessment.assess import line_batch
from timeline.assessment.line_course import line_course, reported_category
from timeline.assessment.line_interpretations import line_interpretations, possible_days
from timeline.assessment.scan_interpretations import scan_interpretations
from timeline.record.case import Case
from timeline.record.events import Scan, Treatment
from timeline.record.findings import EARLIER_NEW_WORDS, NON_TARGET_WORDS, TARGET_WORDS
from timeline.response.criteria import CRITERIA
from timeline.response.state_sets import carry_states
from timeline.settings.response import DEFAULTS
from timeline.terminology.response_codes import NonTarget, Target

START = Treatment(at="2020-01-01/..", line=1, drugs="x")
NO_TIMES = Case(name="c", events=())  # nothing is counted from anything


def scans(*ranges: tuple[int, int]) -> tuple[Scan, ...]:
    """Scans of line 1 in some months of 2020 and later, each as a range of months."""

    def month(number: int) -> str:
        return f"{2020 + number // 12}-{number % 12 + 1:02}"

    return tuple(Scan(at=f"{month(a)}/{month(b)}", line=1, target="SD") for a, b in ranges)


month_ranges = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 2)), min_size=2, max_size=5
).map(lambda steps: [(sum(s[0] for s in steps[:i]) + 2 * i, sum(s[0] for s in steps[:i]) + 2 * i
                      + steps[i][1]) for i in range(len(steps))])  # fmt: skip


@given(month_ranges)
def test_each_pair_of_scans_has_its_shortest_and_its_longest_gap_in_some_world(ranges):
    dated = scans(*ranges)
    found = [climbing(*each) for each in corners(possible_days(NO_TIMES, dated, START))]
    for i, j in combinations(range(len(dated)), 2):
        a, b = dated[i].start.span, dated[j].start.span
        gaps = [days[j] - days[i] for days in found]
        assert max(gaps) >= b.high - a.low
        if b.low - a.high > j - i:  # apart enough that nothing between them pushes
            assert min(gaps) <= max(b.low - a.high, 1)


@given(month_ranges)
def test_days_climb_in_every_result(ranges):
    read, _ = Case.of("c", (START, *scans(*ranges)))
    found, _ = line_interpretations(read, line_course(read, read.lines[0]))
    for days in carry_states(line_batch([found]), CRITERIA["recist11"], DEFAULTS).responses.day:
        assert all(a < b for a, b in pairwise(days))


@pytest.mark.parametrize(
    ("keys", "ways"),
    [
        pytest.param({"target": "SD"}, 1, id="a category is one way"),
        pytest.param({"target": "shrunk"}, 2, id="shrunk is PR or SD"),
        pytest.param({"target": "PD"}, 2, id="PD may or may not have grown since the iUPD"),
        pytest.param({"target": "grown"}, 3, id="grown is SD, or PD in two ways"),
        pytest.param({"target": "SD", "earlier_new": "grown"}, 2, id="growth may be unequivocal"),
        pytest.param({"called": "PD"}, 2, id="a call without findings is its category"),
        pytest.param({"called": (("text", "PR"), ("legend", "PD"))}, 3, id="two calls, both"),
        pytest.param({"called": "objective response"}, 2, id="CR or PR: Eisenhauer 2009 App. II"),
        pytest.param({"called": "clinical benefit"}, 3, id="CR, PR or SD"),
        pytest.param({"called": "SD or PD"}, 3, id="as grown: PD in two ways"),
        pytest.param({"called": "PR", "new": "none"}, 1, id="nothing new judges no known lesion"),
        pytest.param({"called": "dissociated response"}, 1, id="no category: not evaluable"),
        pytest.param({"sum": "41 mm"}, 1, id="a measured sum is itself"),
    ],
)
def test_how_many_ways_a_scan_can_be_read(keys, ways):
    scan = Scan(at="2020-03", line=1, **keys)
    assert len(scan_interpretations(scan, targets=True, non_targets=False)) == ways


def test_findings_are_never_replaced_by_the_authors_call():
    scan = Scan(at="2020-03", target="SD", called="PD")
    assert reported_category(scan) == ()
    assert reported_category(Scan(at="2020-03", called="PD")) == ("PD",)
    assert reported_category(Scan(at="2020-03", called="PD", new="liver")) == ()
    assert reported_category(Scan(at="2020-03", called="PR", new="none")) == ("PR",)
    assert reported_category(Scan(at="2020-03", called="PR", new="none", target="SD")) == ()


def test_every_word_of_a_finding_is_a_category_of_the_engine():
    for categories in TARGET_WORDS.values():
        assert all(Target(category) for category in categories)
    for categories in NON_TARGET_WORDS.values():
        assert all(NonTarget(category) for category in categories)
    for word in EARLIER_NEW_WORDS:
        scan = Scan(at="2020-03", target="SD", earlier_new=word)
        assert scan_interpretations(scan, targets=True, non_targets=False)


def case(*events) -> Case:
    found, problems = Case.of("c", (START, *events))
    assert not problems
    return found


def test_the_baseline_is_the_scan_marked_as_such_else_the_last_before_the_line():
    early, late = Scan(at="2019-11"), Scan(at="2019-12")
    stated = Scan(at="2019-10", baseline=1)
    read = case(early, late)
    assert line_course(read, read.lines[0]).baseline.start.text == "2019-12"
    read = case(early, late, stated)
    assert line_course(read, read.lines[0]).baseline.start.text == "2019-10"


def test_sums_need_a_baseline_sum():
    read = case(Scan(at="2019-12", baseline=1), Scan(at="2020-03", sum="41 mm"))
    found, problems = line_interpretations(read, line_course(read, read.lines[0]))
    assert not problems
    assert set(found.scans.target_sum[:, 0]) == {-1}  # read as not evaluated, and remarked on
    read = case(Scan(at="2019-12", baseline=1, sum="50 mm"), Scan(at="2020-03", sum="41 mm"))
    found, problems = line_interpretations(read, line_course(read, read.lines[0]))
    assert not problems
    assert set(found.scans.target_sum[:, 0]) == {41_000_000}


def test_however_many_ways_there_are_the_line_is_read():
    """Twenty scans with six readings each, and dates by the month: 6 ** 20 by 2 ** 20 ways."""
    vague = [Scan(at=f"{2020 + month // 12}-{month % 12 + 1:02}", target="grown",
                  earlier_new="grown", id=f"s{month}") for month in range(2, 22)]  # fmt: skip
    read = case(Scan(at="2019-12", baseline=1), *vague)
    found, problems = line_interpretations(read, line_course(read, read.lines[0]))
    assert not problems
    assert found.count.tolist() == [6] * 20
    carry = carry_states(line_batch([found]), CRITERIA["recist11"], DEFAULTS)
    assert len(carry.line) < 1000


@pytest.mark.parametrize(
    ("events", "fault"),
    [
        pytest.param(
            (Scan(at="2020-03-05", target="SD", id="a"), Scan(at="2020-03-05", target="PD")),
            "disagree (join them", id="two assessments of a day that disagree",
        ),
        pytest.param(
            (Scan(at="2020-03-05", target="SD", id="a"), Scan(at="2020-03-05", target="SD")),
            "are given twice", id="one assessment twice",
        ),
    ],
)  # fmt: skip
def test_contradictory_facts_are_refused(events, fault):
    read = case(*events)
    found, problems = line_interpretations(read, line_course(read, read.lines[0]))
    assert found is None
    assert fault in str(problems[0])


def test_two_scans_of_one_month_are_accepted():
    read = case(Scan(at="2020-03", target="SD", id="a"), Scan(at="2020-03", target="PD"))
    assert not line_interpretations(read, line_course(read, read.lines[0]))[1]


@pytest.mark.parametrize(
    ("start", "scan", "best", "why"),
    [
        ("..", "line 1 + 60 days", ("SD",), "60 days, whenever that was"),
        ("..", "line 1 + 41 days", ("NE",), "one day short of 42"),
        ("2020", "line 1 + 60 days", ("SD",), "the year of the start moves both"),
        ("..", "more than 22 months after line 1 start", ("SD",), "670 days or more"),
        ("..", "more than 30 days after line 1 start", ("SD", "NE"), "31 days, or 42 and more"),
        ("..", "after line 1", ("SD", "NE"), "no time is counted"),
        ("2020", "2020-06", ("SD", "NE"), "0 days, or up to 181"),
        ("2020-01", "2020-06-01", ("SD",), "from 31 January 122 days, a leap year"),
    ],
)
def test_stable_disease_lasts_as_long_as_the_record_counts(start, scan, best, why, tmp_path):
    """Setting min_sd_days is 42: SD seen earlier is not evaluable."""
    found, problems = record(
        tmp_path,
        f"""
        treatment: {start}/.., line: 1, drugs: a
        scan: line 1 + 0 days, baseline: 1
        scan: {scan}, line: 1, target: SD
        """,
    )
    assert not problems
    (found_best,) = (each for each in found.best if each.criterion == "RECIST 1.1")
    assert found_best.labels == best, why


@pytest.mark.parametrize(
    ("start", "first", "second", "confirmed", "why"),
    [
        ("2020-03", "line 1 + 8 weeks", "line 1 + 12 weeks", ("PR",), "4 weeks, 28 days"),
        ("..", "line 1 + 8 weeks", "line 1 + 12 weeks", ("PR",), "28 days, whenever that was"),
        ("2020-03", "line 1 + 8 weeks", "line 1 + 83 days", ("SD",), "56 to 83: one day short"),
        ("2020", "line 1 + 56 days", "line 1 + 84 days", ("PR",), "the year moves all three"),
        ("2020-03-01", "2020-05", "2020-06", ("PR", "SD"), "1 to 60 days by the two months"),
    ],
)
def test_a_response_is_confirmed_by_the_time_that_the_record_counts(
    start, first, second, confirmed, why, tmp_path
):
    """Setting confirm_days is 28 (Eisenhauer 2009 4.6.1); no later scan may confirm."""
    found, problems = record(
        tmp_path,
        f"""
        treatment: {start}/.., line: 1, drugs: a
        scan: line 1 + 0 days, baseline: 1
        scan: {first}, line: 1, target: PR, id: first
        scan: {second}, line: 1, target: PR
        """,
    )
    assert not problems
    (best,) = (each for each in found.best if each.criterion == "RECIST 1.1")
    assert (best.labels, best.confirmed) == (("PR",), confirmed), why
