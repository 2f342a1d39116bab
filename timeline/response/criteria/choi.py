"""Choi criteria for gastrointestinal stromal tumour: Choi et al., J Clin Oncol 2007;25:1753.

Size is the sum of the longest diameters; density is the mean of the targets in Hounsfield units.
Response is measured from baseline, growth from the nadir (setting choi_progression_reference). The
rows follow a review table (PMC5658474 Table 2), because the original paper was not at hand.

Where density is not evaluated, or was not above 0 at baseline, size alone decides; a response that
needs both is then not evaluable. Without a sum, the target response that the reader reported is
used for the size. As printed, non-targets that progress exclude PR and are not PD by themselves.
The machine, and the tables of patients without target disease, are those of RECIST 1.1.
"""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np

from timeline.core.state_machine import ANY, Column, DecisionTable, TableRow
from timeline.response.criteria import criterion
from timeline.response.criteria.criterion import Array, Criterion, OverallTables, ScanStep
from timeline.response.criteria.measurements import (
    Registers,
    nadir_before,
    shows_new_lesion,
)
from timeline.response.criteria.recist11 import NO_DISEASE, RECIST11, TABLE_2
from timeline.response.scans import (
    NO_DENSITY,
    NON_TARGET_CODE,
    TARGET_CODE,
    UNREACHED_LENGTH,
    ScanView,
)
from timeline.settings.response import Settings
from timeline.terminology.criteria import TERMS
from timeline.terminology.response_codes import Code, NewLesion, NonTarget, Response, Target

SOURCE = "doi:10.1200/JCO.2006.07.3049"
_P = "PMC5658474 Table 2"


@attrs.frozen(kw_only=True)
class Thresholds(criterion.Thresholds):
    """The numbers of the Choi criteria; density in tenths of a Hounsfield unit."""

    density_percent: int  # decrease of density from baseline

    def is_density_response(self, now: Array, baseline: Array) -> Array:
        """Whether density has decreased enough from a baseline above 0."""
        return (baseline > 0) & (100 * now <= (100 - self.density_percent) * baseline)


THRESHOLDS = Thresholds(
    response_percent=10,
    progression_percent=10,
    progression_least=0,
    density_percent=15,
    source=_P,
)

Y, N = True, False
SAME, DOWN, UNKNOWN = _DENSITY = ("same", "down", "not evaluated")
EITHER, BOTH = _NEEDS = ("either", "both")
_NOT_DOWN = (SAME, UNKNOWN)
_BACK = "E09 Table 3 note; EORTC"
_YES_NO_COLUMNS = (
    "missing",  # some target was not assessed
    "nodule",  # a new or growing nodule in a tumour
    "back",  # disease is back after an overall CR
    "gone",  # every target is gone
    "larger",  # +10 %
    "smaller",  # -10 % from baseline
)

# Density (-15 % from baseline) comes before size, so that a tumour that swells as it dies is a
# response. ``needs``: whether a PR needs a decrease of size or density, or both (setting
# choi_response).
# fmt: off
TARGET_TABLE = DecisionTable(
    name="target response, size and density",
    source=_P,
    columns=(
        *(Column(name, (N, Y)) for name in _YES_NO_COLUMNS),
        Column("density", _DENSITY),
        Column("needs", _NEEDS),
    ),
    rows=(
        #         id   missing nodule back gone larger smaller density    needs    response
        TableRow("H1", (ANY,   Y,     ANY, ANY, ANY,   ANY,    ANY,       ANY),    Target.PD,
                 "a nodule in a tumour", _P),
        TableRow("H2", (Y,     N,     N,   ANY, ANY,   ANY,    DOWN,      EITHER), Target.PR,
                 "density -15 %, no sum", _P),
        TableRow("H3", (Y,     N,     ANY, ANY, Y,     ANY,    _NOT_DOWN, ANY),    Target.PD,
                 "+10 % by a part", _P),
        TableRow("H3a", (Y,    N,     Y,   ANY, ANY,   ANY,    ANY,       ANY),    Target.PD,
                 "back after CR, in part", _BACK),
        TableRow("H4", (Y,     N,     N,   ANY, ANY,   ANY,    ANY,       ANY),    Target.NE,
                 "a target not assessed", _P),
        TableRow("H5", (N,     N,     Y,   ANY, ANY,   ANY,    ANY,       ANY),    Target.PD,
                 "back after CR", _BACK),
        TableRow("H6", (N,     N,     N,   Y,   ANY,   ANY,    ANY,       ANY),    Target.CR,
                 "all gone", _P),
        TableRow("H7", (N,     N,     N,   N,   Y,     ANY,    _NOT_DOWN, ANY),    Target.PD,
                 "+10 %, density not down", _P),
        TableRow("H8", (N,     N,     N,   N,   ANY,   ANY,    DOWN,      EITHER), Target.PR,
                 "density -15 %", _P),
        TableRow("H9", (N,     N,     N,   N,   ANY,   Y,      DOWN,      BOTH),   Target.PR,
                 "-10 % and density -15 %", _P),
        TableRow("H10", (N,    N,     N,   N,   N,     Y,      _NOT_DOWN, EITHER), Target.PR,
                 "-10 % from baseline", _P),
        TableRow("H11", (N,    N,     N,   N,   N,     Y,      UNKNOWN,   BOTH),   Target.NE,
                 "-10 %, density not known", _P),
        TableRow("H12", (N,    N,     N,   N,   ANY,   ANY,    ANY,       ANY),    Target.SD,
                 "neither PR nor PD", _P),
    ),
)

_CR_NA = (NonTarget.CR, NonTarget.NA)
_REST = (NonTarget.NON_CR_NON_PD, NonTarget.NE)
_YES, _NO = NewLesion.YES, NewLesion.NO

TABLE_1 = DecisionTable(
    name="overall response, target disease",
    source=_P,
    columns=RECIST11.overall.target_disease.columns,
    rows=(
        #         id     target      non-target        new    overall      description
        TableRow("H.1", (ANY,       ANY,              _YES), Response.PD, "a new lesion", _P),
        TableRow("H.2", (Target.PD, ANY,              _NO),  Response.PD, "target PD", _P),
        TableRow("H.3", (Target.NE, ANY,              _NO),  Response.NE,
                 "targets not evaluated", _P),
        TableRow("H.4", (Target.CR, _CR_NA,           _NO),  Response.CR, "all disease gone", _P),
        TableRow("H.5", (Target.CR, _REST,            _NO),  Response.PR,
                 "non-target not gone", _P),
        TableRow("H.6", (Target.CR, NonTarget.PD,     _NO),  Response.SD,
                 "no CR: non-targets grow", _P),
        TableRow("H.7", (Target.PR, NonTarget.PD,     _NO),  Response.SD,
                 "no PR: non-targets grow", _P),
        TableRow("H.8", (Target.PR, (*_CR_NA, *_REST), _NO), Response.PR, "target PR", _P),
        TableRow("H.9", (Target.SD, ANY,              _NO),  Response.SD, "target SD", _P),
    ),
)
# fmt: on
OVERALL = OverallTables(target_disease=TABLE_1, non_target_only=TABLE_2, no_disease=NO_DISEASE)


def classify_scan(
    registers: Registers, scan: ScanView, criterion: Criterion, settings: Settings
) -> ScanStep:
    """Measure one scan of all patients by size and density."""
    again = registers.had_cr & (settings.reappear_after_cr == "pd")
    persists = again & (scan.nontarget == NON_TARGET_CODE[NonTarget.NON_CR_NON_PD])
    level = np.where(persists, np.int8(NON_TARGET_CODE[NonTarget.PD]), scan.nontarget)
    cells = _table_cells(registers, scan, criterion.thresholds, settings, level)
    row = criterion.target.row[cells]
    no_targets = np.int8(TARGET_CODE[Target.NA])
    target = np.where(scan.has_targets, criterion.target_code[row], no_targets)
    overall = criterion.overall.code[target, level, shows_new_lesion(scan).astype(np.intp)]
    if settings.new_lesions_not_evaluated == "ne":
        unknown = (scan.new_lesions < 0) & (overall != Code.PD)
        overall = np.where(unknown, np.int8(Code.NE), overall)
    return ScanStep(
        done=scan.recorded & scan.done,
        base=overall.astype(np.intp) - Code.CR,
        after_pd=int(settings.after_pd == "raw"),
        target=target,
        target_row=row,
        non_target=level,
        overall=overall,
        total=scan.target_sum,
        partial=scan.partial_sum,
        pr_persists=np.zeros(row.shape, dtype=bool),
    )


def _table_cells(
    registers: Registers, scan: ScanView, thresholds: Any, settings: Settings, level: Array
) -> tuple[Any, ...]:
    """The columns of the target table, as codes.

    Where there is no sum, the target response that the reader reported is used.
    """
    reported, complete = scan.target, scan.target_sum >= 0
    known = np.where(complete, scan.target_sum, scan.partial_sum)
    missing = ~complete & ((reported < 0) | (reported == TARGET_CODE[Target.NE]))
    absent = scan.target_cr | (reported == TARGET_CODE[Target.CR])
    returned = registers.had_cr & (settings.reappear_after_cr == "pd")
    present = np.where(missing, scan.target_left, ~absent)
    back = returned & (present | (level == NON_TARGET_CODE[NonTarget.PD]))
    larger = thresholds.is_progression(known, _growth_reference(registers, scan, settings))
    if settings.partial_sum_pd == "ne":
        larger = larger & ~missing
    larger = larger | (reported == TARGET_CODE[Target.PD])
    smaller = complete & thresholds.is_response(known, registers.baseline)
    smaller = smaller | (reported == TARGET_CODE[Target.PR])
    columns = (missing, scan.nodule, back, absent, larger, smaller)
    needs = _NEEDS.index(settings.choi_response)
    no_size = missing & returned  # density alone is no evidence on targets that were all gone
    density = _density_column(scan, thresholds)
    density = np.where(no_size, _DENSITY.index(UNKNOWN), density)
    return (*(column.astype(np.intp) for column in columns), density, needs)


def _growth_reference(registers: Registers, scan: ScanView, settings: Settings) -> Array:
    """The sum that growth is measured from; nothing grows from an unknown sum."""
    if settings.choi_progression_reference == "nadir":
        return nadir_before(registers, scan)
    return np.where(registers.baseline >= 0, registers.baseline, UNREACHED_LENGTH)


def _density_column(scan: ScanView, thresholds: Any) -> Array:
    """The column of density; a PR that the reader reported without a density counts as down."""
    unknown = (scan.density == NO_DENSITY) | (scan.baseline_density <= 0)
    down = thresholds.is_density_response(scan.density, scan.baseline_density) & ~unknown
    down = down | (unknown & (scan.target == TARGET_CODE[Target.PR]))
    same = _DENSITY.index(SAME)
    other = np.where(unknown, _DENSITY.index(UNKNOWN), same)
    return np.where(down, _DENSITY.index(DOWN), other)


# The overall response is that of the tables above.
MACHINE = attrs.evolve(
    RECIST11.machine,
    rules=tuple(
        attrs.evolve(rule, source=f"{_P}; E09 Table 2") if rule.id == "P3" else rule
        for rule in RECIST11.machine.rules
    ),
)

CHOI = attrs.evolve(
    RECIST11,
    terms=TERMS["Choi"],
    decided_by_sums=False,
    source=SOURCE,
    thresholds=THRESHOLDS,
    target=TARGET_TABLE,
    overall=OVERALL,
    machine=MACHINE,
    classify=classify_scan,
)
