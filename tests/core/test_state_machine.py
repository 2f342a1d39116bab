"""Tables that cannot be trusted are not built; those that are read from the top."""

from types import SimpleNamespace

import attrs
import numpy as np
import pytest

from timeline.core.state_machine import (
    ANY,
    SAME_STATE,
    Column,
    DecisionTable,
    Machine,
    TableError,
    TableRow,
    Transition,
)
from timeline.response.criteria import CRITERIA
from timeline.terminology.response_codes import Code

RAIN = Column("rain", (False, True))
WIND = Column("wind", ("none", "some", "storm"))
SOUND = (
    TableRow("storm", (ANY, "storm"), "stay in"),
    TableRow("wet", (True, ANY), "umbrella"),
    TableRow("dry", (False, ("none", "some")), "hat"),
)


def table(*rows):
    return DecisionTable("walk", "nowhere", (RAIN, WIND), rows)


def test_the_first_row_that_matches_applies():
    walk = table(*SOUND)
    assert walk.decide(True, "storm") == "stay in"
    assert walk.which(True, "some").id == "wet"
    assert walk.decide(False, "some") == "hat"


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        pytest.param(SOUND[:2], "no row for rain False, wind none", id="a hole"),
        pytest.param(
            (*SOUND, TableRow("late", (ANY, ANY), "x")), "never holds: late", id="hidden row"
        ),
        pytest.param((SOUND[0], *SOUND), "given twice: storm", id="the same id twice"),
        pytest.param((TableRow("r", (ANY,), "x"),), "1 cells, 2 columns", id="a cell short"),
        pytest.param(
            (TableRow("r", (ANY, "gale"), "x"),), "unknown value 'gale'", id="unknown value"
        ),
    ],
)
def test_a_wrong_table_is_not_built(rows, fault):
    with pytest.raises(TableError, match=fault):
        table(*rows)


def rule(name, at=ANY, when=lambda x: x.coin >= 0, to=SAME_STATE, emit=0, action="none"):
    return Transition(name, at, when, to, emit, action, "", "")


PUSH = rule("push", "shut", lambda x: x.coin == 0)
PAY = rule("pay", "shut", lambda x: x.coin == 1, "open", 1, "ring")
PASS = rule("pass", "open", to="shut")


def gate(*rules, states=("shut", "open")):
    coin = Column("coin", ("none", "one"))
    return Machine(name="gate", source="", states=states, columns=(coin,), rules=rules)


def test_a_machine_moves_and_emits_by_its_rows():
    made = gate(PUSH, PAY, PASS)
    assert made.next.tolist() == [[0, 1], [0, 0]]
    assert made.emit.tolist() == [[0, 1], [0, 0]]
    assert made.does("ring").tolist() == [False, True, False]
    assert made.edges() == (
        ("shut", "shut", "push"),
        ("shut", "open", "pay"),
        ("open", "shut", "pass"),
    )


@pytest.mark.parametrize(
    ("rules", "states", "fault"),
    [
        pytest.param((PUSH, PAY), None, "no row for open, coin none", id="a hole"),
        pytest.param((PUSH, PAY, PASS, rule("no")), None, "never holds: no", id="hidden row"),
        pytest.param((rule("all"),), None, "never reached: open", id="a state out of reach"),
        pytest.param((rule("r", "ajar"),), None, "unknown state 'ajar'", id="unknown from"),
        pytest.param((rule("r", to="ajar"),), None, "unknown state 'ajar'", id="unknown to"),
        pytest.param((PUSH, PUSH, PAY, PASS), None, "given twice: push", id="the same id twice"),
    ],
)
def test_a_wrong_machine_is_not_built(rules, states, fault):
    with pytest.raises(TableError, match=fault):
        gate(*rules, states=states or ("shut", "open"))


def test_a_symbol_is_its_columns_read_as_digits():
    machine = CRITERIA["irecist"].machine
    codes = {"done": 1, "progressed": 5, "increased": 3, "base": 2}
    symbol = machine.symbol(**codes, new_lesions=1, improved=0, timing=3)
    assert machine.read(symbol) == (
        "done True, progressed TL, increased TN, base SD, "
        "new_lesions True, improved False, timing lapsed"
    )


def test_a_step_takes_the_row_that_is_read_first():
    """RECIST 1.1: the first PD (label 3 of those from CR) ends it, and PD is carried on."""
    machine = CRITERIA["recist11"].machine
    pd = machine.columns[1].values.index("PD")
    measured = SimpleNamespace(done=np.array([1, 1, 0]), base=np.array([pd, 0, pd]), after_pd=0)
    row, label, state = machine.advance(np.array([0, 1, 1]), measured)
    assert [machine.rules[each].id for each in row] == ["P2", "P4", "P1"]
    assert [Code(each) for each in label] == [Code.PD, Code.PD, Code.NONE]
    assert [machine.states[each] for each in state] == ["PROGRESSED"] * 3


@pytest.mark.parametrize("criterion", CRITERIA.values(), ids=str)
def test_every_state_of_a_criterion_is_on_its_graph(criterion):
    machine = criterion.machine
    graph = machine.graph()
    assert tuple(graph.nodes) == machine.states
    assert machine.reached() == set(machine.states)
    assert {row for _, _, row in graph.edges(keys=True)} == {rule.id for rule in machine.rules}


@pytest.mark.parametrize("criterion", CRITERIA.values(), ids=str)
def test_every_row_has_a_description_and_a_source(criterion):
    tables = (criterion.target, *attrs.astuple(criterion.overall, recurse=False)[:3])
    rows = [row for each in tables for row in each.rows] + list(criterion.machine.rules)
    assert all(row.description and row.source for row in rows)
    assert criterion.thresholds.source
