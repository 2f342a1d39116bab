"""One patient's path through the machine of a criterion, scan by scan; read off a reading."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from timeline.assessment.line_course import reported_category
from timeline.core.state_machine import Machine
from timeline.endpoints.derived_case import DerivedCase
from timeline.response.criteria.criterion import Criterion
from timeline.results.statuses import Status

Move = tuple[str, str, str]  # state before, row, state after


@attrs.frozen(kw_only=True)
class PathStep:
    """One scan: its date as printed, its label, and every move that the findings allow."""

    number: int  # from 1
    when: str
    label: str
    moves: tuple[Move, ...]
    why: str = ""

    @property
    def rows(self) -> tuple[str, ...]:
        """The rows that fired, each once."""
        return tuple(dict.fromkeys(row for _, row, _ in self.moves))

    @property
    def states(self) -> tuple[str, ...]:
        """The states after it, each once."""
        return tuple(dict.fromkeys(after for _, _, after in self.moves))


@attrs.frozen(kw_only=True)
class DiagramPath:
    """The steps of one line under one criterion, in order of time."""

    name: str
    criterion: str  # its title
    steps: tuple[PathStep, ...]


def path_of(reading: DerivedCase, line: int, criterion: Criterion) -> DiagramPath:
    """The path of one line. ValueError where there is no such line, or it has no scan to judge."""
    lines = {each.number: each for each in reading.case.lines}
    name = reading.case.name
    if line not in lines:
        known = ", ".join(map(str, lines)) or "none"
        raise ValueError(f"{name} has no line {line} (its lines: {known})")
    steps = tuple(_steps(reading.status(criterion.title, line), criterion.machine))
    if not steps:
        by = ", ".join(dict.fromkeys(each.criterion for each in reading.statuses)) or "none"
        raise ValueError(
            f"{name}, line {line}: no scan is judged by {criterion.title} "
            f"(name a line with findings; the case is read by: {by})"
        )
    return DiagramPath(
        name=f"{name}, line {line}: {lines[line].regimen}", criterion=criterion.title, steps=steps
    )


def _steps(statuses: tuple[Status, ...], machine: Machine) -> Iterator[PathStep]:
    stands: dict[str, tuple[str, ...]] = {}  # a state, and all that it may be instead
    for number, status in enumerate(statuses, 1):
        moves = tuple(dict.fromkeys(_moves(status, stands, machine)))
        yield PathStep(
            number=number,
            when=status.scan.start.text,
            label=status.label,
            moves=moves,
            why=status.why,
        )


def _moves(status: Status, stands: dict[str, tuple[str, ...]], machine: Machine) -> Iterator[Move]:
    """The moves of a scan. What the authors' call alone leads to may be any state of its row.

    Where no findings are printed, a PD is read as one of the targets, which nobody said: so the
    path leaves open in which of its states the patient waits, until findings tell.
    """
    by_call = bool(reported_category(status.scan))
    for before, row, after in status.moves:
        starts = stands.get(before, (before,))
        if before == after:
            yield from ((start, row, start) for start in starts)
            continue
        ends = {end for _, end, each in machine.edges() if each == row} if by_call else {after}
        stands[after] = tuple(state for state in machine.states if state in ends)
        yield from ((start, row, end) for start in starts for end in stands[after])
