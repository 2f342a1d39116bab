"""iRECIST: laws of its machine, whatever the scans."""

import itertools

import numpy as np
import pytest

from timeline.response.criteria import CRITERIA
from timeline.response.criteria.irecist import CATEGORIES, CONFIRMED, MACHINE, PENDING, TABLE_2
from timeline.response.criteria.recist11 import TABLE_LABELS
from timeline.terminology.response_codes import Code

SHAPE = tuple(len(column.values) for column in MACHINE.columns)


def grid(name):
    """The codes of one column for every symbol."""
    digits = np.unravel_index(np.arange(MACHINE.size), SHAPE)
    return digits[[column.name for column in MACHINE.columns].index(name)]


def state(name):
    return MACHINE.states.index(name)


def emitted(name):
    return MACHINE.emit[state(name)]


def test_the_symbols_are_those_of_the_published_categories():
    assert MACHINE.states == ("CLEAR", *PENDING, "CONFIRMED")
    assert SHAPE == (2, 8, 8, 7, 2, 2, 4)


def test_confirmed_progression_is_for_ever():
    assert (MACHINE.next[state(CONFIRMED)] == state(CONFIRMED)).all()
    done = grid("done") == 1
    assert (emitted(CONFIRMED)[done] == Code.PD).all()


def test_only_a_pending_progression_is_ever_confirmed():
    assert not (emitted("CLEAR") == Code.PD).any()
    into = MACHINE.next == state(CONFIRMED)
    assert not into[state("CLEAR")].any()


@pytest.mark.parametrize("name", MACHINE.states)
def test_a_scan_not_done_changes_nothing(name):
    absent = grid("done") == 0
    assert (MACHINE.next[state(name)][absent] == state(name)).all()
    assert (emitted(name)[absent] == Code.NONE).all()


@pytest.mark.parametrize("name", PENDING)
def test_what_is_not_evaluable_leaves_a_pending_state_as_it_is(name):
    unknown = (grid("done") == 1) & (grid("base") == TABLE_LABELS.index(Code.NE))
    unknown &= (grid("progressed") == 0) & (grid("increased") == 0)
    assert (MACHINE.next[state(name)][unknown] == state(name)).all()


@pytest.mark.parametrize("name", PENDING)
def test_growth_of_a_category_that_is_not_pending_confirms_nothing(name):
    here = state(name)
    other = (grid("increased") & here) == 0
    other &= (grid("progressed") & ~here) == 0
    assert not (MACHINE.next[here][other] == state(CONFIRMED)).any()


@pytest.mark.parametrize("name", PENDING)
def test_a_reset_needs_a_scan_without_progression(name):
    here = state(name)
    back = MACHINE.next[here] == state("CLEAR")
    assert back.any()
    assert (grid("progressed")[back] == 0).all()
    assert not np.isin(
        grid("base")[back], [TABLE_LABELS.index(Code.PD), TABLE_LABELS.index(Code.NE)]
    ).any()


@pytest.mark.parametrize("name", ["T", "N", "TN"])
def test_without_a_new_lesion_pending_a_scan_without_progression_always_resets(name):
    calm = (grid("done") == 1) & (grid("progressed") == 0) & (grid("increased") == 0)
    calm &= (grid("timing") == 0) & (grid("base") < TABLE_LABELS.index(Code.PD))
    assert (MACHINE.next[state(name)][calm] == state("CLEAR")).all()


def test_the_thresholds_are_those_of_recist():
    ours, theirs = CRITERIA["irecist"].thresholds, CRITERIA["recist11"].thresholds
    assert CRITERIA["irecist"].lesions == CRITERIA["recist11"].lesions
    for name in ("response_percent", "progression_percent", "progression_least"):
        assert getattr(ours, name) == getattr(theirs, name)
    assert ours.further_mm == 5


WORDS = dict(zip(CRITERIA["irecist"].words, Code, strict=False))
PLAIN = {"iCR": "CR", "iPR": "PR", "iSD": "SD", "iUPD": "PD", "NON-iCR/NON-iUPD": "NON-CR/NON-PD"}


def printed():
    """Each row of the published Table 2 with one word a cell."""
    for row in TABLE_2:
        for target, level in itertools.product(row.target, row.non_target):
            yield pytest.param(row, target, level, id=f"{target}, {level}, new {row.new}")


def step(name, row, target, level, *, increased=""):
    """State and label after a scan that shows what a row of Table 2 prints; T improved."""
    base = CRITERIA["irecist"].overall.target_disease.decide(PLAIN[target], PLAIN[level], "no")
    shows = ("T" if target == "iUPD" else "") + ("N" if level == "iUPD" else "")
    new = "L" if row.new and name == "CLEAR" else ""
    symbol = MACHINE.symbol(
        done=1,
        progressed=CATEGORIES.index(shows + new or "-"),
        increased=CATEGORIES.index(increased or "-"),
        base=[each.name for each in TABLE_LABELS].index(base.name),
        new_lesions=int(row.new),
        improved=0,
        timing=0,
    )
    at = state(name)
    return MACHINE.states[MACHINE.next[at, symbol]], Code(MACHINE.emit[at, symbol])


@pytest.mark.parametrize(("row", "target", "level"), list(printed()))
def test_table_2_with_no_iupd_before(row, target, level):
    if row.first is not None:
        assert step("CLEAR", row, target, level)[1] == WORDS[row.first]


@pytest.mark.parametrize(("row", "target", "level"), list(printed()))
def test_table_2_with_an_iupd_before(row, target, level):
    """In the categories that the row shows; where it shows none, in any without new lesions."""
    shows = "".join(
        letter
        for letter, here in (("T", target == "iUPD"), ("N", level == "iUPD"), ("L", row.new))
        if here
    )
    for name in [shows] if shows else ["T", "N", "TN"]:
        assert step(name, row, target, level)[1] == WORDS[row.then]
        for category in row.grown:
            assert step(name, row, target, level, increased=category) == ("CONFIRMED", Code.PD)
