"""The parts of a diagram: groups of states, and the rows between two groups as one arrow.

States that the same rows are read in are one group, so that rows which hold for all of them are
one arrow and not one for each state.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence
from typing import Any

import attrs
import numpy as np

from renderers.text.translation import either as one_or_other
from renderers.text.translation import translate
from timeline.core.state_machine import ANY, Machine, Transition
from timeline.response.criteria.criterion import Criterion
from timeline.terminology.response_codes import Code

AS_MEASURED = "as measured"  # the response that the scan alone gives
NO_LABEL = "no label"
STAYS = "stays"


@attrs.frozen
class StateGroup:
    """The name of a group of states and its meaning, with its line breaks."""

    states: tuple[str, ...]
    name: str
    description: str


# The name of a group without a row here: the names of its states.
MEANINGS = (
    StateGroup(("CLEAR",), "CLEAR", "no progression to be confirmed"),
    StateGroup(("PENDING",), "PENDING", "progression to be confirmed"),
    StateGroup(("T", "N", "TN", "L", "TL", "NL", "TNL"), "PENDING",
            "iUPD to be confirmed, by category:\nT target, N non-target, L new lesion"),
    StateGroup(("CONFIRMED",), "CONFIRMED", "progression confirmed"),
    StateGroup(("ON",), "ON", "no PD"),
    StateGroup(("PROGRESSED",), "PROGRESSED", "PD was given"),
)  # fmt: skip
_MEANING = {row.states: row for row in MEANINGS}


@attrs.frozen
class LabelledRows:
    """Rows that give one label; ids in the order of the table."""

    rows: tuple[str, ...]
    label: str


@attrs.frozen
class DiagramArrow:
    """An arrow from one group to another, by place; ``stays`` where no state is changed."""

    start: int
    end: int
    stays: bool
    labelled: tuple[LabelledRows, ...]

    @property
    def rows(self) -> tuple[str, ...]:
        """The ids of all its rows."""
        return tuple(row for each in self.labelled for row in each.rows)


def groups(machine: Machine) -> tuple[StateGroup, ...]:
    """The groups of states, in the order of the machine."""
    gathered: dict[tuple[str, ...], list[str]] = {}
    for state in machine.states:
        read = tuple(rule.id for rule in machine.rules if state in read_in(rule, machine))
        gathered.setdefault(read, []).append(state)
    found = [tuple(states) for states in gathered.values()]
    return tuple(_MEANING.get(each, StateGroup(each, ", ".join(each), "")) for each in found)


def read_in(rule: Transition, machine: Machine) -> tuple[str, ...]:
    """The states that a row is read in."""
    if rule.at is ANY:
        return machine.states
    return (rule.at,) if isinstance(rule.at, str) else rule.at


def diagram_arrows(criterion: Criterion) -> tuple[DiagramArrow, ...]:
    """Every arrow between groups with its rows; a row is on one arrow at most for each pair."""
    machine = criterion.machine
    edges = tuple(machine.graph().edges(keys=True))
    place = {state: n for n, each in enumerate(groups(machine)) for state in each.states}
    changing = {row for start, end, row in edges if start != end}
    order = [rule.id for rule in machine.rules]
    found: dict[tuple[int, int, bool], set[str]] = {}
    for start, end, row in edges:
        found.setdefault((place[start], place[end], row not in changing), set()).add(row)
    return tuple(
        DiagramArrow(*ends, _by_label(criterion, sorted(rows, key=order.index)))
        for ends, rows in sorted(found.items())
    )


def _by_label(criterion: Criterion, rows: list[str]) -> tuple[LabelledRows, ...]:
    gathered: dict[str, list[str]] = {}
    for row in rows:
        gathered.setdefault(label_of(criterion, row), []).append(row)
    labels = sorted(gathered, key=lambda label: label == NO_LABEL)  # last, the rest as they come
    return tuple(LabelledRows(tuple(gathered[label]), label) for label in labels)


@functools.cache
def label_of(criterion: Criterion, row: str) -> str:
    """The label that a row gives, or `AS_MEASURED` where it is that of the scan alone.

    PD without a category that progressed is a symbol that no scan has; what a row would make of
    it is left out.
    """
    machine = criterion.machine
    number = [rule.id for rule in machine.rules].index(row)
    state, symbol = np.nonzero(machine.row == number)
    emitted = machine.emit[state, symbol]
    codes = np.unique(emitted)
    if len(codes) == 1:
        return NO_LABEL if codes[0] == Code.NONE else str(criterion.words[codes[0]])
    digits = _digits(machine, symbol)
    measured = digits["base"] + Code.CR
    real = (measured != Code.PD) | (digits.get("progressed", np.ones_like(symbol)) != 0)
    if np.array_equal(emitted[real], measured[real]):
        return AS_MEASURED
    return ", ".join(str(criterion.words[code]) for code in codes)


def label_text(label: str) -> str:
    """A label that a row gives, in the language of the figure; those of criteria as they are."""
    return translate(label) if label in (AS_MEASURED, NO_LABEL) else label


def _digits(machine: Machine, symbol: Any) -> dict[str, Any]:
    """The codes of the columns of some symbols."""
    digits = np.unravel_index(symbol, [len(column.values) for column in machine.columns])
    return {column.name: each for column, each in zip(machine.columns, digits, strict=True)}


def next_state(criterion: Criterion, row: str) -> str:
    """Where a row leads, in words: a state, a group, or `STAYS`."""
    machine = criterion.machine
    edges = [(start, end) for start, end, each in machine.edges() if each == row]
    if all(start == end for start, end in edges):
        return STAYS
    return named({end for _, end in edges}, machine)


def states_read_in(criterion: Criterion, rule: Transition) -> str:
    """The states a row is read in, in words."""
    machine = criterion.machine
    return translate("any state") if rule.at is ANY else named(set(read_in(rule, machine)), machine)


def named(states: set[str], machine: Machine) -> str:
    """Some states by the names of their groups; those of a part of a group by their own."""
    names = [
        each.name
        if set(each.states) <= states
        else ", ".join(s for s in each.states if s in states)
        for each in groups(machine)
        if set(each.states) & states
    ]
    return ", ".join(names)


def either(states: tuple[str, ...], machine: Machine) -> str:
    """States that a patient may be in: ``PENDING L``, ``PENDING`` where it may be any of them."""
    names: list[str] = []
    for group in groups(machine):
        mine = [state for state in group.states if state in states]
        whole = len(mine) == len(group.states)
        names += [group.name] if whole else [f"{group.name} {state}" for state in mine]
    return any_of(names)


def any_of(words: Sequence[str]) -> str:
    """``R4 or R5 or R6``, in the language of the figure; empty without words."""
    return functools.reduce(lambda first, last: one_or_other((first, last)), words) if words else ""


def ranked(states: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The states of a group by the length of their names: one category, two, three."""
    rows = itertools.groupby(sorted(states, key=len), key=len)
    return tuple(tuple(row) for _, row in rows)
