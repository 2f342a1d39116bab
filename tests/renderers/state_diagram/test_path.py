"""A patient's path through a machine, as the reading has it; what nobody stated stays open."""

import attrs
import pytest

from renderers.state_diagram.grouping import either
from renderers.state_diagram.path import path_of
from tests.renderers.patients import REPORTS, case_of, report
from timeline.endpoints.derived_case import derive
from timeline.record.events import Scan, Treatment
from timeline.response.criteria import CRITERIA
from timeline.results.statuses import Status

START = Treatment(at="2020-01-10/", line=1, drugs="x")
BASE = Scan(at="2020-01-05", baseline=1)
PENDING = ("T", "N", "TN", "L", "TL", "NL", "TNL")


def walk(criterion, *scans):
    reading, problems = derive(case_of("c", START, BASE, *scans))
    assert reading is not None, problems
    return path_of(reading, 1, CRITERIA[criterion])


def test_the_path_of_the_hard_case_is_the_one_worked_out_by_hand():
    """February: smaller, nothing new. May: a new lung lesion. August: it has grown."""
    irecist = CRITERIA["irecist"]
    path = path_of(report("wang2023"), 4, irecist)
    assert path.name == "wang2023, line 4: penpulimab + lenvatinib"
    assert [(s.number, s.when, s.label, s.changes) for s in path.steps] == [
        (1, "2022-02", "iPR or iSD", (("CLEAR", "R4", "CLEAR"),)),
        (2, "2022-05", "iUPD", (("CLEAR", "R3", "L"),)),
        (3, "2022-08", "iCPD", (("L", "R6", "CONFIRMED"),)),
        (4, "2022-11", "iCPD", (("CONFIRMED", "R1", "CONFIRMED"),)),
    ]


def test_recist_repeats_its_progression():
    path = path_of(report("wang2023"), 4, CRITERIA["recist11"])
    assert [(s.label, *s.rows, *s.states) for s in path.steps] == [
        ("PR or SD", "P3", "ON"),
        ("PD", "P2", "PROGRESSED"),
        ("PD", "P4", "PROGRESSED"),
        ("PD", "P4", "PROGRESSED"),
    ]


MOVES = [
    pytest.param([{"target": "SD", "new": "liver"}], [{("CLEAR", "R3", "L")}],
                 id="a new lesion alone waits as L"),
    pytest.param([{"target": "PD", "new": "liver"}], [{("CLEAR", "R3", "TL")}],
                 id="targets and a new lesion wait together"),
    pytest.param([{"target": "grown", "new": "none"}],
                 [{("CLEAR", "R4", "CLEAR"), ("CLEAR", "R3", "T")}],
                 id="grown may be SD or PD: two ways"),
    pytest.param([{"target": "PD", "new": "none"}, {"target": "SD", "new": "none"}],
                 [{("CLEAR", "R3", "T")}, {("T", "R9", "CLEAR")}], id="SD voids a target iUPD"),
    pytest.param([{"target": "PD", "new": "none"}, {"target": "PD", "new": "none"}],
                 [{("CLEAR", "R3", "T")}, {("T", "R7", "T"), ("T", "R6", "CONFIRMED")}],
                 id="PD again may or may not have grown on"),
]  # fmt: skip


@pytest.mark.parametrize(("findings", "changes"), MOVES)
def test_each_scan_takes_every_move_that_its_findings_allow(findings, changes):
    scans = [Scan(at=f"2020-{3 + 2 * n:02}-10", **each) for n, each in enumerate(findings)]
    assert [set(step.changes) for step in walk("irecist", *scans).steps] == changes


def test_where_only_the_call_is_printed_the_category_stays_open():
    """No finding states whether targets, others or a new lesion: any pending state."""
    first, second = walk(
        "irecist",
        Scan(at="2020-03-10", called="PD"),
        Scan(at="2020-05-10", called="iUPD"),
    ).steps
    assert set(first.changes) == {("CLEAR", "R3", state) for state in PENDING}
    assert {change for change in second.changes if change[1] == "R7"} == {
        (state, "R7", state) for state in PENDING
    }
    assert not [
        change for change in second.changes if change[1] == "R6"
    ]  # iUPD as called: not confirmed


@pytest.mark.parametrize("key", ["irecist", "recist11"])
@pytest.mark.parametrize("name", REPORTS)
def test_every_move_is_an_edge_and_begins_where_the_last_one_ended(name, key):
    criterion = CRITERIA[key]
    reading = report(name, criterion.title)
    edges = criterion.machine.edges()
    for line in reading.case.lines:
        ended = {criterion.machine.states[0]}
        for step in path_of(reading, line.number, criterion).steps:
            assert all((before, after, row) in edges for before, row, after in step.changes)
            assert {before for before, _, _ in step.changes} == ended
            ended = set(step.states)


def test_findings_close_what_a_call_left_open():
    path = walk(
        "irecist",
        Scan(at="2020-03-10", called="PD"),
        Scan(at="2020-05-10", target="SD", new="none"),
        Scan(at="2020-07-10", target="PD", new="none"),
    )
    assert [set(step.states) for step in path.steps] == [set(PENDING), {"CLEAR"}, {"T"}]


@pytest.mark.parametrize(
    ("states", "words"),
    [
        pytest.param(("L",), "PENDING L", id="one of a group is led by its name"),
        pytest.param(PENDING, "PENDING", id="all of a group are the group"),
        pytest.param(
            ("CONFIRMED", "CLEAR"), "CLEAR or CONFIRMED", id="in the order of the machine"
        ),
    ],
)
def test_states_in_words(states, words):
    assert either(states, CRITERIA["irecist"].machine) == words


@pytest.mark.parametrize(
    ("line", "criterion", "description"),
    [
        pytest.param(7, "irecist", r"wang2023 has no line 7 \(its lines: 1, 2, 3, 4\)",
                     id="no such line"),
        pytest.param(4, "mrecist", r"line 4: no scan is judged by mRECIST .* RECIST 1.1, iRECIST\)",
                     id="a criterion the case is not read by"),
    ],
)  # fmt: skip
def test_a_path_that_cannot_be_is_refused(line, criterion, description):
    with pytest.raises(ValueError, match=description):
        path_of(report("wang2023"), line, CRITERIA[criterion])


def test_a_status_is_the_same_by_every_path():
    one = Status(scan=BASE, line=1, criterion="iRECIST", labels=("iUPD",))
    assert one == attrs.evolve(one, transitions=(("CLEAR", "R3", "L"),))
    assert one != attrs.evolve(one, labels=("iSD",))
