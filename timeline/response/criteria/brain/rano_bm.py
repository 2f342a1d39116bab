"""RANO-BM, brain metastases: Lin et al., Lancet Oncol 2015;16:e270, with its table as printed.

What is summed is the longest diameter of up to five lesions of the brain; the body is judged apart,
by RECIST 1.1. A response needs corticosteroids that are stable or less and a patient who is stable
or better; a patient who is worse from the tumour has progressed, more corticosteroid alone is no
progression. The paper was not at hand beyond its abstract; the rows follow PMC6499019 Table 4
(RH), reprinted from it, and Radiopaedia. That one lesion must have grown by 5 mm was not read.
"""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np

from timeline.core.state_machine import (
    ANY,
    DERIVED,
    MUST_CHECK,
    SECONDARY,
    Column,
    DecisionTable,
    TableRow,
)
from timeline.response.criteria import recist11
from timeline.response.criteria.criterion import (
    LABEL,
    Criterion,
    OverallTables,
    ScanStep,
    Thresholds,
)
from timeline.response.criteria.measurements import Registers, measure_scan, shows_new_lesion
from timeline.response.criteria.recist11 import NO_DISEASE, RECIST11, TABLE_2
from timeline.response.lesion_rules import DIAMETERS, LesionRules
from timeline.response.readings import Course, Sign
from timeline.response.scans import ScanView
from timeline.settings.response import Settings
from timeline.terminology.criteria import TERMS
from timeline.terminology.response_codes import Code, NewLesion, NonTarget, Response, Target

SOURCE = "doi:10.1016/S1470-2045(15)70057-4"
_RH, _RX = "PMC6499019 Table 4", "Radiopaedia, RANO-BM"
_DERIVED = "derived: the sources are silent"

THRESHOLDS = Thresholds(
    response_percent=30,
    progression_percent=20,
    progression_least=0,
    source=f"{_RH}; setting rano_bm_pd_mm",
    basis=SECONDARY,
)


def _steroid_up(course: Course, _: Any) -> bool:
    """More corticosteroid than at baseline; a dose that is not stated is the last one stated."""
    now, before = course.stated("steroid"), course.baseline.steroid
    return now is not None and now > (before or 0)


SIGNS = (
    Sign(name="worse", holds=lambda x, _: x.now.clinical == "worse", source=_RH,
         description="clinically worse from the tumour", basis=SECONDARY),
    Sign(name="steroid up", holds=_steroid_up, source=_RH,
         description="more corticosteroid than at baseline", basis=SECONDARY),
    Sign(name="steroid", holds=lambda x, _: bool(x.stated("steroid")), source=_RH,
         description="on corticosteroid", basis=SECONDARY),
)  # fmt: skip

RULES = LesionRules(
    measure=DIAMETERS,
    node_by_short_axis=False,
    methods={"CT": 10, "MRI": 10, "caliper": None, "CXR": None, "US": None},
    most_targets=5,
    lesion_step_mm=5,
    signs=SIGNS,
    source=f"{_RX}: 10 mm, and 5 mm across; the step of one lesion: not read",
    basis=MUST_CHECK,
)

Y, N = True, False
# fmt: off
TARGET = DecisionTable(
    name="target lesions of the brain",
    source=_RH,
    columns=tuple(Column(name, (N, Y)) for name in
                  ("missing", "gone", "grown", "enough", "shrunk")),
    rows=(
        #         id    missing gone grown enough shrunk response   description, source, basis
        TableRow("N1", (Y,      ANY, Y,    Y,     ANY),  Target.PD, "+20 % by those measured",
                 _DERIVED, DERIVED),
        TableRow("N2", (Y,      ANY, ANY,  ANY,   ANY),  Target.NE, "a target missing",
                 _DERIVED, DERIVED),
        TableRow("N3", (N,      Y,   ANY,  ANY,   ANY),  Target.CR, "none left", _RH, SECONDARY),
        TableRow("N4", (N,      N,   Y,    Y,     ANY),  Target.PD, "+20 %, one lesion 5 mm",
                 "+20 %: PMC6499019 Table 4; 5 mm: not read", MUST_CHECK),
        TableRow("N5", (N,      N,   ANY,  ANY,   Y),    Target.PR, "-30 % from baseline",
                 _RH, SECONDARY),
        TableRow("N6", (N,      N,   ANY,  ANY,   N),    Target.SD, "neither", _RH, SECONDARY),
    ),
)

_CR_NA = (NonTarget.CR, NonTarget.NA)
_REST = (NonTarget.NON_CR_NON_PD, NonTarget.NE)
_NOT_PD = (*_CR_NA, *_REST)
_YES, _NO = NewLesion.YES, NewLesion.NO

TABLE = DecisionTable(
    name="overall response of the brain",
    source=_RH,
    columns=recist11.TABLE_1.columns,
    rows=(
        #         id     targets     non-targets   new    overall      description, source, basis
        TableRow("N.1", (ANY,       ANY,          _YES), Response.PD, "a new lesion",
                 _RH, SECONDARY),
        TableRow("N.2", (Target.PD, ANY,          _NO),  Response.PD, "target PD",
                 _RH, SECONDARY),
        TableRow("N.3", (ANY,       NonTarget.PD, _NO),  Response.PD, "unequivocal PD of the rest",
                 _RH, SECONDARY),
        TableRow("N.4", (Target.NE, _NOT_PD,      _NO),  Response.NE, "a target missing",
                 _DERIVED, DERIVED),
        TableRow("N.5", (Target.CR, _CR_NA,       _NO),  Response.CR, "none left", _RH, SECONDARY),
        TableRow("N.6", (Target.CR, _REST,        _NO),  Response.PR, "non-targets are left",
                 _RH, SECONDARY),
        TableRow("N.7", (Target.PR, _NOT_PD,      _NO),  Response.PR, "-30 %", _RH, SECONDARY),
        TableRow("N.8", (Target.SD, _NOT_PD,      _NO),  Response.SD, "neither", _RH, SECONDARY),
    ),
)

_RESPONDS = (Response.CR, Response.PR, Response.SD, Response.NON_CR_NON_PD, Response.NED)
GATE = DecisionTable(
    name="clinical state and corticosteroids",
    source=_RH,
    columns=(LABEL, *(Column(name, (N, Y)) for name in ("worse", "steroid up", "steroid"))),
    rows=(
        #         id     label                   worse up   on     overall
        TableRow("NC1", (ANY,                    Y,    ANY, ANY),  Response.PD,
                 "clinically worse", _RH, SECONDARY),
        TableRow("NC2", (Response.PD,            N,    ANY, ANY),  Response.PD,
                 "PD whatever the corticosteroid", _RH, SECONDARY),
        TableRow("NC3", (Response.NE,            N,    ANY, ANY),  Response.NE,
                 "not evaluable", _DERIVED, DERIVED),
        TableRow("NC4", (_RESPONDS,              N,    Y,   ANY),  Response.NE,
                 "more corticosteroid: neither response nor SD, and no PD", _DERIVED, DERIVED),
        TableRow("NC5", (Response.CR,            N,    N,   N),    Response.CR,
                 "no corticosteroid", _RH, SECONDARY),
        TableRow("NC6", ((Response.CR, Response.PR), N, N,  ANY),  Response.PR,
                 "corticosteroid stable or less", _RH, SECONDARY),
        TableRow("NC7", (Response.SD,            N,    N,   ANY),  Response.SD,
                 "corticosteroid stable or less", _RH, SECONDARY),
        TableRow("NC8", (Response.NON_CR_NON_PD, N,    N,   ANY),  Response.NON_CR_NON_PD,
                 "no target, none grown", _DERIVED, DERIVED),
        TableRow("NC9", (Response.NED,           N,    N,   ANY),  Response.NED,
                 "no disease of the brain at baseline", _DERIVED, DERIVED),
    ),
)
# fmt: on


def limits_under(limits: Thresholds, settings: Settings) -> Thresholds:
    """The sum must grow by 5 mm: setting rano_bm_pd_mm."""
    if settings.rano_bm_pd_mm != "sum":
        return limits
    return attrs.evolve(limits, progression_least=5)


def classify_scan(
    registers: Registers, scan: ScanView, criterion: Criterion, settings: Settings
) -> ScanStep:
    """Measure one scan; under immunotherapy a new lesion alone is no progression (setting)."""
    new: Any = shows_new_lesion(scan)
    if settings.rano_bm_immunotherapy:
        new = np.zeros(new.shape, dtype=bool)
    one = scan.lesion_grown if settings.rano_bm_pd_mm == "lesion" else np.ones(new.shape, bool)
    step = measure_scan(registers, scan, criterion, settings, new=new, more={"enough": one})
    return step.after(
        base=step.overall.astype(np.intp) - Code.CR,
        after_pd=int(settings.after_pd == "raw"),
    )


RANO_BM = attrs.evolve(
    RECIST11,
    terms=TERMS["RANO-BM"],
    decided_by_sums=False,
    source=SOURCE,
    thresholds=THRESHOLDS,
    limits_under=limits_under,
    lesions=RULES,
    target=TARGET,
    overall=OverallTables(target_disease=TABLE, non_target_only=TABLE_2, no_disease=NO_DISEASE),
    gate=GATE,
    machine=recist11.first_pd_machine("RANO-BM", _RH),
    classify=classify_scan,
)
