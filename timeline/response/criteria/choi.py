"""Choi criteria for gastrointestinal stromal tumour: Choi et al., J Clin Oncol 2007;25:1753.

Size is the sum of the longest diameters, density the mean of the targets in Hounsfield units.
A response is held against baseline, growth against the nadir (setting
choi_progression_reference). Read from a review table (PMC5658474 Table 2), the original not
being at hand. Where density is not evaluated, or was not above nought at baseline, size alone
decides; a response that needs both is then not evaluable. A reader's target response stands for
the size. Non-targets that progress stand in the way of PR and are no PD of their own, as
printed. The machine, and patients without target disease, are those of RECIST 1.1.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import attrs
import numpy as np

from timeline.core.state_machine import ANY, Column, DecisionTable, TableRow
from timeline.response.criteria import criterion
from timeline.response.criteria.criterion import Array, Criterion, Overall
from timeline.response.criteria.measurements import Registers, newly
from timeline.response.criteria.recist11 import NO_DISEASE, RECIST11, TABLE_2
from timeline.response.scans import FAR, NO_DENSITY, NON_TARGET, TARGET
from timeline.settings.response import Settings
from timeline.terminology.criteria import TERMS
from timeline.terminology.response_codes import Code, NewLesion, NonTarget, Response, Target

SOURCE = "doi:10.1200/JCO.2006.07.3049"
_P = "PMC5658474 Table 2"


@attrs.frozen(kw_only=True)
class Thresholds(criterion.Thresholds):
    """The numbers of the Choi criteria; density in tenths of a Hounsfield unit."""

    density_percent: int  # loss of density from baseline

    def fainter(self, now: Array, baseline: Array) -> Array:
        """Whether density is a response against baseline; no share of nought or less."""
        return (baseline > 0) & (100 * now <= (100 - self.density_percent) * baseline)


THRESHOLDS = Thresholds(
    response_percent=10,
    progression_percent=10,
    progression_mm=0,
    density_percent=15,
    source=_P,
)

Y, N = True, False
SAME, DOWN, UNKNOWN = _DENSITY = ("same", "down", "not evaluated")
EITHER, BOTH = _NEEDS = ("either", "both")
_NOT_DOWN = (SAME, UNKNOWN)
_BACK = "E09 Table 3 note; EORTC"
_TESTS = ("missing", "nodule", "back", "gone", "larger", "smaller")

# Lesions missing, a new or growing nodule in a tumour, back after an overall CR, all gone,
# +10 %, -10 % from baseline; density -15 % from baseline; what a PR needs. Density comes before
# size, so that a tumour that swells as it dies is a response.
TABLE = DecisionTable(
    name="target response, size and density",
    source=_P,
    columns=(
        *(Column(name, (N, Y)) for name in _TESTS),
        Column("density", _DENSITY),
        Column("needs", _NEEDS),
    ),
    rows=(
        #    missing nodule back gone larger smaller density needs
        TableRow(
            "H1", (ANY, Y, ANY, ANY, ANY, ANY, ANY, ANY), Target.PD, "a nodule in a tumour", _P
        ),
        TableRow(
            "H2", (Y, N, N, ANY, ANY, ANY, DOWN, EITHER), Target.PR, "density -15 %, no sum", _P
        ),
        TableRow("H3", (Y, N, ANY, ANY, Y, ANY, _NOT_DOWN, ANY), Target.PD, "+10 % by a part", _P),
        TableRow(
            "H3a", (Y, N, Y, ANY, ANY, ANY, ANY, ANY), Target.PD, "back after CR, in part", _BACK
        ),
        TableRow("H4", (Y, N, N, ANY, ANY, ANY, ANY, ANY), Target.NE, "a target not assessed", _P),
        TableRow("H5", (N, N, Y, ANY, ANY, ANY, ANY, ANY), Target.PD, "back after CR", _BACK),
        TableRow("H6", (N, N, N, Y, ANY, ANY, ANY, ANY), Target.CR, "all gone", _P),
        TableRow(
            "H7", (N, N, N, N, Y, ANY, _NOT_DOWN, ANY), Target.PD, "+10 %, density not down", _P
        ),
        TableRow("H8", (N, N, N, N, ANY, ANY, DOWN, EITHER), Target.PR, "density -15 %", _P),
        TableRow("H9", (N, N, N, N, ANY, Y, DOWN, BOTH), Target.PR, "-10 % and density -15 %", _P),
        TableRow(
            "H10", (N, N, N, N, N, Y, _NOT_DOWN, EITHER), Target.PR, "-10 % from baseline", _P
        ),
        TableRow(
            "H11", (N, N, N, N, N, Y, UNKNOWN, BOTH), Target.NE, "-10 %, density not known", _P
        ),
        TableRow("H12", (N, N, N, N, ANY, ANY, ANY, ANY), Target.SD, "neither PR nor PD", _P),
    ),
)

_CR_NA = (NonTarget.CR, NonTarget.NA)
_REST = (NonTarget.NON_CR_NON_PD, NonTarget.NE)
_NO = NewLesion.NO

TABLE_1 = DecisionTable(
    name="overall response, target disease",
    source=_P,
    columns=RECIST11.overall.target_disease.columns,
    rows=(
        #            target                non-target    new  overall
        TableRow("H.1", (ANY, ANY, NewLesion.YES), Response.PD, "a new lesion", _P),
        TableRow("H.2", (Target.PD, ANY, _NO), Response.PD, "target PD", _P),
        TableRow("H.3", (Target.NE, ANY, _NO), Response.NE, "targets not evaluated", _P),
        TableRow("H.4", (Target.CR, _CR_NA, _NO), Response.CR, "all disease gone", _P),
        TableRow("H.5", (Target.CR, _REST, _NO), Response.PR, "non-target not gone", _P),
        TableRow("H.6", (Target.CR, NonTarget.PD, _NO), Response.SD, "no CR: non-targets grow", _P),
        TableRow("H.7", (Target.PR, NonTarget.PD, _NO), Response.SD, "no PR: non-targets grow", _P),
        TableRow("H.8", (Target.PR, (*_CR_NA, *_REST), _NO), Response.PR, "target PR", _P),
        TableRow("H.9", (Target.SD, ANY, _NO), Response.SD, "target SD", _P),
    ),
)
OVERALL = Overall(target_disease=TABLE_1, non_target_only=TABLE_2, no_disease=NO_DISEASE)


def observe(past: Registers, scan: Any, criterion: Criterion, settings: Settings) -> Any:
    """Each patient's symbol at one scan."""
    again = past.had_cr & (settings.reappear_after_cr == "pd")
    persists = again & (scan.nontarget == NON_TARGET[NonTarget.NON_CR_NON_PD])
    level = np.where(persists, np.int8(NON_TARGET[NonTarget.PD]), scan.nontarget)
    row = criterion.target.row[_cells(past, scan, criterion.thresholds, settings, level)]
    target = np.where(scan.has_targets, criterion.target_code[row], np.int8(TARGET[Target.NA]))
    overall = criterion.overall.code[target, level, newly(scan).astype(np.intp)]
    if settings.new_lesions_not_evaluated == "ne":
        unknown = (scan.new_lesions < 0) & (overall != Code.PD)
        overall = np.where(unknown, np.int8(Code.NE), overall)
    symbol = criterion.machine.symbol(
        done=scan.recorded & scan.done,
        base=overall.astype(np.intp) - Code.CR,
        after_pd=int(settings.after_pd == "raw"),
    )
    return SimpleNamespace(
        symbol=symbol,
        target=target,
        target_row=row,
        non_target=level,
        overall=overall,
        total=scan.target_sum,
        partial=scan.partial_sum,
        kept=np.zeros(row.shape, dtype=bool),
    )


def _cells(
    past: Registers, scan: Any, limits: Any, settings: Settings, level: Array
) -> tuple[Any, ...]:
    """The columns of the target table as codes; a reader's response stands in for a sum."""
    told, complete = scan.target, scan.target_sum >= 0
    known = np.where(complete, scan.target_sum, scan.partial_sum)
    missing = ~complete & ((told < 0) | (told == TARGET[Target.NE]))
    gone = scan.target_cr | (told == TARGET[Target.CR])
    returned = past.had_cr & (settings.reappear_after_cr == "pd")
    there = np.where(missing, scan.target_left, ~gone)
    back = returned & (there | (level == NON_TARGET[NonTarget.PD]))
    larger = limits.grown(known, _reference(past, settings))
    if settings.partial_sum_pd == "ne":
        larger = larger & ~missing
    larger = larger | (told == TARGET[Target.PD])
    smaller = (complete & limits.shrunk(known, past.baseline)) | (told == TARGET[Target.PR])
    tests = (missing, scan.nodule, back, gone, larger, smaller)
    needs = _NEEDS.index(settings.choi_response)
    unsized = missing & returned  # density alone says nothing of targets that were all gone
    density = np.where(unsized, _DENSITY.index(UNKNOWN), _density(scan, limits))
    return (*(test.astype(np.intp) for test in tests), density, needs)


def _reference(past: Registers, settings: Settings) -> Array:
    """What growth is held against; nothing grows from a sum that is not known."""
    if settings.choi_progression_reference == "nadir":
        return past.nadir
    return np.where(past.baseline >= 0, past.baseline, FAR)


def _density(scan: Any, limits: Any) -> Array:
    """The column of density; a reader's PR without one has seen what it needs."""
    unknown = (scan.density == NO_DENSITY) | (scan.baseline_density <= 0)
    down = limits.fainter(scan.density, scan.baseline_density) & ~unknown
    down = down | (unknown & (scan.target == TARGET[Target.PR]))
    return np.where(down, 1, np.where(unknown, 2, 0))


CHOI = attrs.evolve(
    RECIST11,
    terms=TERMS["Choi"],
    source=SOURCE,
    thresholds=THRESHOLDS,
    target=TABLE,
    overall=OVERALL,
    observe=observe,
)
