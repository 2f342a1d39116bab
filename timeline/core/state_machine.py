"""Decision tables and state machines as values: written row by row, dense when built.

Rows are read from the top and the first that matches applies. A table that leaves a case open,
or has a row that can never hold, raises `TableError` when it is built.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from types import SimpleNamespace
from typing import Any, Final

import attrs
import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
ANY: Final = "any"
SAME_STATE: Final = "stay"


class TableError(Exception):
    """A table with a hole, a row that never applies, or a state that is never reached."""


# How far a row was read: in its publication, in a review or a later paper, derived where the
# sources are silent (a setting answers it otherwise), or not yet; empty: not stated of that row.
READ, SECONDARY, DERIVED, MUST_CHECK = BASES = ("read", "secondary", "derived", "must-check")


@attrs.frozen
class Column:
    """What one column of a table is about, and the values it can take, in order of their codes."""

    name: str
    values: tuple[Any, ...]

    def allowed(self, cell: Any) -> list[int]:
        """The codes that a cell means: `ANY`, one value, or a tuple of values."""
        if cell is ANY:
            return list(range(len(self.values)))
        accepted = cell if isinstance(cell, tuple) else (cell,)
        for value in accepted:
            if value not in self.values:
                raise TableError(
                    f"column {self.name}: unknown value {value!r}; known: {self.values}"
                )
        return [code for code, value in enumerate(self.values) if value in accepted]


@attrs.frozen
class TableRow:
    """One printed row: a cell for each column, and what it gives."""

    id: str
    cells: tuple[Any, ...]
    result: Any
    description: str = ""
    source: str = ""
    basis: str = ""  # one of `BASES`


@attrs.frozen
class DecisionTable:
    """A published table, first match wins. ``row`` is dense, one axis a column.

    >>> when = DecisionTable("umbrella", "", (Column("rain", (False, True)),),
    ...     (TableRow("wet", (True,), "take"), TableRow("dry", (ANY,), "leave")))
    >>> when.decide(True), when.decide(False)
    ('take', 'leave')
    """

    name: str
    source: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...] = attrs.field(repr=False)
    row: Array = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        _check_ids(self.name, [row.id for row in self.rows])
        row = np.full([len(column.values) for column in self.columns], -1, dtype=np.int8)
        for number in reversed(range(len(self.rows))):
            row[self._cells(self.rows[number])] = number
        if (row < 0).any():
            raise TableError(f"{self.name}: no row for {self._first_hole(row)}")
        unused = [each.id for number, each in enumerate(self.rows) if number not in row]
        if unused:
            raise TableError(f"{self.name}: never holds: {', '.join(unused)}")
        object.__setattr__(self, "row", row)

    def _cells(self, row: TableRow) -> Any:
        if len(row.cells) != len(self.columns):
            raise TableError(
                f"{self.name} row {row.id}: {len(row.cells)} cells, {len(self.columns)} columns"
            )
        return np.ix_(
            *(column.allowed(cell) for column, cell in zip(self.columns, row.cells, strict=True))
        )

    def _first_hole(self, row: Array) -> str:
        where = np.argwhere(row < 0)[0]
        pairs = zip(self.columns, where, strict=True)
        return ", ".join(f"{column.name} {column.values[code]}" for column, code in pairs)

    def codes(self, code: Callable[[Any], int]) -> Array:
        """What the table gives for each combination, as codes; the shape of ``row``."""
        return np.array([code(each.result) for each in self.rows], dtype=np.int8)[self.row]

    def decide(self, *values: Any) -> Any:
        """What the table gives for one value a column."""
        return self.which(*values).result

    def which(self, *values: Any) -> TableRow:
        """The row that applies to one value a column."""
        pairs = zip(self.columns, values, strict=True)
        at = tuple(column.values.index(value) for column, value in pairs)
        return self.rows[int(self.row[at])]


@attrs.frozen
class Transition:
    """One row of a state machine.

    ``at`` names the states it is read in; ``when`` tests the symbol (and the state), ``to`` is
    a state, `SAME_STATE` or a function of both, ``emit`` a code or a function of both.
    """

    id: str
    at: tuple[str, ...] | str
    when: Callable[[Any], Any]
    to: Callable[[Any], Any] | str
    emit: Callable[[Any], Any] | int
    action: str
    description: str
    source: str
    basis: str = ""  # one of `BASES`


@attrs.frozen
class Machine:
    """A state machine over symbols of several columns, rows read first match first.

    ``next``, ``emit`` and ``row`` are dense arrays of states x symbols; a symbol's code counts
    the columns as digits, the last one fastest.
    """

    name: str
    source: str
    states: tuple[str, ...]  # the first is where every run starts
    columns: tuple[Column, ...] = attrs.field(repr=False)
    rules: tuple[Transition, ...] = attrs.field(repr=False)
    next: Array = attrs.field(init=False, repr=False, eq=False)
    emit: Array = attrs.field(init=False, repr=False, eq=False)
    row: Array = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        _check_ids(self.name, [rule.id for rule in self.rules])
        grid = self._grid()
        shape = (len(self.states), self.size)
        done = {name: np.zeros(shape, dtype=np.int8) for name in ("next", "emit")}
        row = np.full(shape, -1, dtype=np.int8)
        for number, rule in enumerate(self.rules):
            applies = (row < 0) & self._at(rule) & np.asarray(rule.when(grid), dtype=bool)
            row[applies] = number
            for name, values in (("next", self._to(rule, grid)), ("emit", rule.emit)):
                value = values(grid) if callable(values) else values
                done[name][applies] = np.broadcast_to(value, shape)[applies]
        for name, array in {**done, "row": row}.items():
            object.__setattr__(self, name, array)
        self._check()

    @functools.cached_property
    def size(self) -> int:
        """How many symbols there are."""
        return int(np.prod([len(column.values) for column in self.columns]))

    def does(self, action: str) -> Array:
        """Which rows carry an action, by place."""
        return np.array([rule.action == action for rule in self.rules])

    def advance(self, state: Any, measured: Any) -> tuple[Array, Array, Array]:
        """One step of n runs.

        Args:
            state: The state of each run, by its place.
            measured: The code of each column of the machine, as an attribute of its name; an
                array of n or one number.

        Returns:
            The place of the row that applies, what it emits, and the place of the next state.
        """
        codes = {column.name: getattr(measured, column.name) for column in self.columns}
        at = state * self.size + self.symbol(**codes)
        return self.row.ravel()[at], self.emit.ravel()[at], self.next.ravel()[at]

    def symbol(self, **codes: Any) -> Any:
        """The code of a symbol from the codes of its columns; arrays or single numbers."""
        total: Any = 0
        for column in self.columns:
            total = total * len(column.values) + codes[column.name]
        return total

    def _grid(self) -> SimpleNamespace:
        """Every state against every symbol, a column each, for the tests of the rules."""
        shape = [len(column.values) for column in self.columns]
        digits = np.unravel_index(np.arange(self.size), shape)
        named = {c.name: digit[None, :] for c, digit in zip(self.columns, digits, strict=True)}
        return SimpleNamespace(state=np.arange(len(self.states))[:, None], **named)

    def _at(self, rule: Transition) -> Array:
        if rule.at is ANY:
            return np.ones((len(self.states), 1), dtype=bool)
        names = (rule.at,) if isinstance(rule.at, str) else rule.at
        unknown = [name for name in names if name not in self.states]
        if unknown:
            raise TableError(f"{self.name} row {rule.id}: unknown state {unknown[0]!r}")
        return np.array([state in names for state in self.states])[:, None]

    def _to(self, rule: Transition, grid: SimpleNamespace) -> Any:
        if rule.to is SAME_STATE:
            return grid.state
        if callable(rule.to):
            return rule.to
        if rule.to not in self.states:
            raise TableError(f"{self.name} row {rule.id}: unknown state {rule.to!r}")
        return self.states.index(rule.to)

    def _check(self) -> None:
        if (self.row < 0).any():
            state, symbol = np.argwhere(self.row < 0)[0]
            raise TableError(f"{self.name}: no row for {self.states[state]}, {self.read(symbol)}")
        reached = self.reached()
        lost = [state for state in self.states if state not in reached]
        if lost:
            raise TableError(f"{self.name}: never reached: {', '.join(lost)}")
        unused = [rule.id for number, rule in enumerate(self.rules) if number not in self.row]
        if unused:
            raise TableError(f"{self.name}: never holds: {', '.join(unused)}")

    def read(self, symbol: int) -> str:
        """A symbol's code in words."""
        digits = np.unravel_index(symbol, [len(column.values) for column in self.columns])
        pairs = zip(self.columns, digits, strict=True)
        return ", ".join(f"{column.name} {column.values[digit]}" for column, digit in pairs)

    def edges(self) -> tuple[tuple[str, str, str], ...]:
        """Every (state, next state, row) that some symbol takes, each once."""
        return self._edges

    @cached_property
    def _edges(self) -> tuple[tuple[str, str, str], ...]:
        count = len(self.rules)
        found = {
            (state, *divmod(int(pair), count))
            for state in range(len(self.states))
            for pair in np.unique(self.next[state].astype(np.intp) * count + self.row[state])
        }
        return tuple(
            (self.states[state], self.states[to], self.rules[row].id)
            for state, to, row in sorted(found)
        )

    def graph(self) -> Any:
        """The machine as a networkx multigraph: states, and an edge for each row that joins two.

        State diagrams are drawn from it. The engine takes the dense tables, which need no import.
        """
        import networkx as nx

        graph = nx.MultiDiGraph(name=self.name)
        graph.add_nodes_from(self.states)
        for state, to, row in self.edges():
            graph.add_edge(state, to, key=row)
        return graph

    def reached(self) -> set[str]:
        """The states that some run comes to, the first included."""
        reached, waiting = {0}, [0]
        while waiting:
            fresh = set(self.next[waiting.pop()].tolist()) - reached
            reached |= fresh
            waiting += fresh
        return {self.states[state] for state in reached}


def code_of(words: Sequence[Any]) -> dict[Any, int]:
    """The codes of a closed list of words: their positions."""
    return {word: code for code, word in enumerate(words)}


def _check_ids(name: str, ids: Iterable[str]) -> None:
    twice = [a for a, b in itertools.pairwise(sorted(ids)) if a == b]
    if twice:
        raise TableError(f"{name}: given twice: {', '.join(twice)}")
