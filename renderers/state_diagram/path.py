"""The path of one patient through the machine of a criterion, scan by scan."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from renderers.state_diagram.grouping import any_of
from renderers.text.translation import translate
from timeline.assessment.line_course import reported_category
from timeline.core.state_machine import Machine
from timeline.endpoints.derived_case import DerivedCase
from timeline.response.criteria.criterion import Criterion
from timeline.results.statuses import Status

StateChange = tuple[str, str, str]  # state before, row, state after


@attrs.frozen(kw_only=True)
class PathStep:
    """One scan: its date as printed, its possible labels, and each possible change of state."""

    number: int  # from 1
    when: str
    labels: tuple[str, ...]
    changes: tuple[StateChange, ...]
    why: str = ""

    @property
    def label(self) -> str:
        """``iPR or iSD``, in the language of the figure; without a label ``baseline`` or ``-``."""
        return any_of([translate(label) for label in self.labels])

    @property
    def rows(self) -> tuple[str, ...]:
        """The rows that fired, each once."""
        return tuple(dict.fromkeys(row for _, row, _ in self.changes))

    @property
    def states(self) -> tuple[str, ...]:
        """The states after it, each once."""
        return tuple(dict.fromkeys(after for _, _, after in self.changes))


@attrs.frozen(kw_only=True)
class DiagramPath:
    """The steps of one line under one criterion, in order of time."""

    patient: str
    line: int
    regimen: str
    criterion: str  # its title
    steps: tuple[PathStep, ...]

    @property
    def name(self) -> str:
        """``wang2023, line 4: penpulimab + lenvatinib``, in the language of the figure."""
        return translate(
            "{patient}, line {number}: {regimen}",
            patient=self.patient, number=self.line, regimen=self.regimen,
        )  # fmt: skip


def path_of(derived: DerivedCase, line: int, criterion: Criterion) -> DiagramPath:
    """The path of one line. ValueError where there is no such line, or it has no scan to judge."""
    lines = {each.number: each for each in derived.case.lines}
    name = derived.case.name
    if line not in lines:
        known = ", ".join(map(str, lines)) or "none"
        raise ValueError(f"{name} has no line {line} (its lines: {known})")
    steps = tuple(_steps(derived.status(criterion.title, line), criterion.machine))
    if not steps:
        by = ", ".join(dict.fromkeys(each.criterion for each in derived.statuses)) or "none"
        raise ValueError(
            f"{name}, line {line}: no scan is judged by {criterion.title} "
            f"(name a line with findings; the case is judged by: {by})"
        )
    return DiagramPath(
        patient=name,
        line=line,
        regimen=lines[line].regimen,
        criterion=criterion.title,
        steps=steps,
    )


def _steps(statuses: tuple[Status, ...], machine: Machine) -> Iterator[PathStep]:
    possible: dict[str, tuple[str, ...]] = {}  # a state, and all that it may be instead
    for number, status in enumerate(statuses, 1):
        changes = tuple(dict.fromkeys(_changes(status, possible, machine)))
        yield PathStep(
            number=number,
            when=status.scan.start.text,
            labels=status.labels or (status.label,),
            changes=changes,
            why=status.why,
        )


def _changes(
    status: Status, possible: dict[str, tuple[str, ...]], machine: Machine
) -> Iterator[StateChange]:
    """The changes of state at a scan.

    Where the report gives a category and no findings, PD is judged as PD of the target lesions,
    which is an assumption. After such a scan every state that its row can lead to is possible,
    until a scan with findings.
    """
    is_reported_only = bool(reported_category(status.scan))
    for before, row, after in status.transitions:
        starts = possible.get(before, (before,))
        if before == after:
            yield from ((start, row, start) for start in starts)
            continue
        ends = (
            {end for _, end, each in machine.edges() if each == row}
            if is_reported_only
            else {after}
        )
        possible[after] = tuple(state for state in machine.states if state in ends)
        yield from ((start, row, end) for start in starts for end in possible[after])
