"""What the rules make of the facts: statuses of scans and outcomes of lines, each with its why."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TypeVar

import attrs

from timeline.record.case import Case
from timeline.record.events import Scan
from timeline.record.line_criteria import judged_by
from timeline.record.lines import Line
from timeline.results.alternatives import (
    Anchor,
    comes_before,
    days_and_months,
    days_apart,
    elapsed,
)
from timeline.results.conditions import Progression
from timeline.results.outcome import Flag, Outcome, Step
from timeline.settings.remembered import RememberedResults
from timeline.settings.response import DEFAULTS, Settings
from timeline.terminology.criteria import PRIMARY
from timeline.terminology.response_codes import Response

__all__ = [
    "Anchor",
    "AssessedCase",
    "BestResponse",
    "Flag",
    "Outcome",
    "Progression",
    "Status",
    "Step",
    "comes_before",
    "days_and_months",
    "days_apart",
    "elapsed",
]

Result = TypeVar("Result")
_TELL_NOTHING = (Response.NE, Response.NONE)


@attrs.frozen(kw_only=True)
class Status:
    """The status of one scan under one criterion.

    Attributes:
        scan: the scan.
        line: the number of the line.
        criterion: the title of the criterion.
        labels: every label that the findings allow: one if they decide, several if the words of the
            report leave it open, none for a baseline or a scan without findings.
        rows: the rows of the criterion's tables that apply.
        why: the reason in words.
        source: the source of the rows.
        is_baseline: whether the scan is the baseline of the line.
        transitions: the steps of the state machine that the findings allow: state before, row,
            state after; not compared, so two statuses may be equal without them.
    """

    scan: Scan
    line: int
    criterion: str
    labels: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    why: str = ""
    source: str = ""
    is_baseline: bool = False
    transitions: tuple[tuple[str, str, str], ...] = attrs.field(default=(), eq=False)

    @property
    def label(self) -> str:
        """The label, or the labels it may be: ``iPR or iSD``."""
        return " or ".join(self.labels) or ("baseline" if self.is_baseline else "-")

    @property
    def evaluable(self) -> tuple[str, ...]:
        """The labels that tell of the disease: not of a scan that was not evaluable, and not of one
        that the criterion disregards as too early. Times are censored at scans that have any.
        """
        return tuple(each for each in self.labels if each not in _TELL_NOTHING)

    @functools.cached_property
    def step(self) -> Step:
        """The status as a link of the chain behind a value."""
        return Step(
            description=f"{self.scan.label}: {self.label}. {self.why}".rstrip(". "),
            source="; ".join(part for part in (self.source, self.scan.place) if part),
        )


@attrs.frozen(kw_only=True)
class BestResponse:
    """The best overall response of one line under one criterion, in every interpretation.

    ``labels`` as first documented, ``confirmed`` where CR and PR require a confirming scan.
    ``remarks`` say what it rests on, where a reader must know: `best_response_remarks`.
    """

    line: int
    criterion: str
    labels: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def description(self) -> str:
        """``PR or SD (no baseline scan on record)``, and with confirmation if that differs."""
        text = " or ".join(self.labels)
        if self.remarks:
            text += f" ({'; '.join(self.remarks)})"
        same = self.labels == self.confirmed
        return text if same else f"{text}; with confirmation: {' or '.join(self.confirmed)}"


@attrs.frozen(kw_only=True)
class AssessedCase:
    """A case with the status of every scan and the progression of every line."""

    case: Case
    statuses: tuple[Status, ...] = ()
    progressions: tuple[Progression, ...] = ()
    best: tuple[BestResponse, ...] = ()
    settings: Settings = attrs.field(default=DEFAULTS, eq=False)  # what it was judged under
    # of the same facts under any settings; nothing of it is a value of the case
    remembered: RememberedResults = attrs.field(factory=RememberedResults, eq=False, repr=False)

    def status(self, criterion: str, line: int) -> tuple[Status, ...]:
        """The statuses of one line under one criterion, in order of time, baseline left out."""
        return self._by_line.get((criterion, line), ())

    def progression(self, criterion: str, line: int) -> Progression | None:
        """The progression of one line under one criterion, or None where none was derived."""
        return self._progressed.get((criterion, line))

    def find(self, name: object, search: Callable[[Settings], Result], *of: object) -> Result:
        """What a search of the facts gives under the settings; `RememberedResults.find`."""
        return self.remembered.find(name, (self.case, *of), self.settings, search)

    @functools.cached_property
    def criteria(self) -> dict[int, tuple[str, ...]]:
        """The titles of the criteria that each line is derived under, by its number."""
        case = self.case
        return self.find(
            "criteria",
            lambda settings: {line.number: judged_by(case, line, settings) for line in case.lines},
        )

    def criterion_in(self, line: Line, requested: str) -> str:
        """The criterion that a later line is judged by: the one requested, else RECIST 1.1.

        An endpoint by iRECIST that runs into a line of chemotherapy goes on by RECIST 1.1 there.
        """
        return requested if requested in self.criteria[line.number] else PRIMARY.title

    def with_progression(self, progression: Progression) -> AssessedCase:
        """The same case with this progression in place of that of its line and criterion."""
        key = (progression.criterion, progression.line)
        others = (each for each in self.progressions if (each.criterion, each.line) != key)
        return attrs.evolve(self, progressions=(progression, *others))

    @functools.cached_property
    def _by_line(self) -> dict[tuple[str, int], tuple[Status, ...]]:
        found: dict[tuple[str, int], list[Status]] = {}
        for each in self.statuses:
            if not each.is_baseline:
                found.setdefault((each.criterion, each.line), []).append(each)
        return {key: tuple(statuses) for key, statuses in found.items()}

    @functools.cached_property
    def _progressed(self) -> dict[tuple[str, int], Progression]:
        return {(each.criterion, each.line): each for each in reversed(self.progressions)}
