"""irRC: Wolchok et al., Clin Cancer Res 2009;15:7412, Tables 1 and 2 (Wo1, Wo2).

The tumour burden is the sum of the products of the two diameters of the index lesions and of the
new lesions that can be measured. Only the burden makes progression, and a second scan confirms it.
Other lesions bar irCR and nothing else. Both tables were read on the page of the publisher, where
some cells of Table 2 are lost; which scan of a confirmed pair dates progression was not read.
"""

from __future__ import annotations

from typing import Any

import attrs

from timeline.core.state_machine import (
    ANY,
    DERIVED,
    MUST_CHECK,
    READ,
    SECONDARY,
    Column,
    DecisionTable,
    Machine,
    TableRow,
    Transition,
)
from timeline.response.criteria import added_burden, recist11
from timeline.response.criteria.added_burden import CLEAR, CONFIRMED, PENDING, Registers
from timeline.response.criteria.criterion import Criterion, OverallTables, ScanStep, Thresholds
from timeline.response.criteria.recist11 import NO_DISEASE, TABLE_2
from timeline.response.lesion_rules import PRODUCTS, LesionRules
from timeline.response.scans import ScanView
from timeline.settings.response import Settings
from timeline.terminology.criteria import TERMS
from timeline.terminology.response_codes import Code, NewLesion, NonTarget, Response, Target

SOURCE = "doi:10.1158/1078-0432.CCR-09-1624"
_WO1, _WO2 = "Wolchok 2009 Table 1", "Wolchok 2009 Table 2"
_DERIVED = "derived: the source is silent"

THRESHOLDS = Thresholds(
    response_percent=50, progression_percent=25, progression_least=0, source=_WO1, basis=READ
)

RULES = LesionRules(
    measure=PRODUCTS,
    node_by_short_axis=False,
    methods={"CT": 5, "MRI": 5, "caliper": 5, "CXR": 5, "US": 5},
    most_targets=15,  # 10 visceral and 5 cutaneous
    most_in_organ=5,
    least_new_mm=5,
    source=f"{_WO1} (5 x 5 mm); numbers: PMC7046919 Table 5",
    basis=SECONDARY,
)

Y, N = True, False
# fmt: off
TARGET = DecisionTable(
    name="tumour burden, index and new measurable lesions",
    source=_WO1,
    columns=tuple(Column(name, (N, Y)) for name in ("missing", "gone", "grown", "shrunk")),
    rows=(
        #         id     missing gone grown shrunk response   description, source, basis
        TableRow("G1", (Y,      ANY, Y,    ANY),  Target.PD, "+25 % by those measured",
                 _DERIVED, DERIVED),
        TableRow("G2", (Y,      ANY, N,    ANY),  Target.NE, "a part of the burden not assessed",
                 _DERIVED, DERIVED),
        TableRow("G3", (N,      ANY, Y,    ANY),  Target.PD, "+25 % from the nadir", _WO1, READ),
        TableRow("G4", (N,      Y,   N,    ANY),  Target.CR, "-100 %", _WO1, READ),
        TableRow("G5", (N,      N,   N,    Y),    Target.PR, "-50 % from baseline", _WO1, READ),
        TableRow("G6", (N,      N,   N,    N),    Target.SD, "neither irPR nor irPD", _WO1, READ),
    ),
)

_GONE = (NonTarget.CR, NonTarget.NA)
_LEFT = (NonTarget.NON_CR_NON_PD, NonTarget.PD, NonTarget.NE)
_YES, _NO = NewLesion.YES, NewLesion.NO

TABLE_1 = DecisionTable(
    name="overall response",
    source=_WO2,
    columns=recist11.TABLE_1.columns,
    rows=(
        #         id     burden      non-index new    overall      description, source, basis
        TableRow("G.1", (Target.CR, _GONE,    _NO),  Response.CR, "no lesion is left", _WO1, READ),
        TableRow("G.2", (Target.CR, _LEFT,    _NO),  Response.PR, "non-index lesions are left",
                 _WO2, READ),
        TableRow("G.3", (Target.CR, ANY,      _YES), Response.PR,
                 "a new lesion that is not measurable bars irCR", _WO1, READ),
        TableRow("G.4", (Target.PR, ANY,      ANY),  Response.PR, "-50 %, whatever the rest does",
                 _WO2, READ),
        TableRow("G.5", (Target.SD, ANY,      ANY),  Response.SD,
                 "neither, whatever the rest does", _WO2, READ),
        TableRow("G.6", (Target.PD, ANY,      ANY),  Response.PD, "+25 %", _WO1, READ),
        TableRow("G.7", (Target.NE, ANY,      ANY),  Response.NE,
                 "a part of the burden not assessed", _DERIVED, DERIVED),
    ),
)

_SOURCES = {  # of the rows that irRC shares with the criteria that came of it
    "B1": (_DERIVED, DERIVED),
    "B2": (_DERIVED, DERIVED),
    "B3": (f"{_WO1}; dating: not read", MUST_CHECK),
    "B4": (_WO1, READ),
    "B5": (f"{_WO1}: at least 4 weeks apart", READ),
    "B6": (_WO1, READ),
    "B7": (_DERIVED, DERIVED),
    "B8": (f"{_WO1}: consecutive", READ),
}
_SETTING = "setting irrc_single_scan_pd"


def _single(x: Any) -> Any:
    return (x.single == 1) & (x.done == 1)


SINGLE = (
    Transition("B3s", CLEAR, lambda x: _single(x) & (x.base + Code.CR == Code.PD), PENDING,
               Code.PD, "none", "the burden has grown: one scan is enough",
               _SETTING, DERIVED),
    Transition("B5s", PENDING, _single, CONFIRMED,
               Code.PD, "none", "one scan was enough: progression remains",
               _SETTING, DERIVED),
)
# fmt: on
_BURDEN = added_burden.burden_machine("irRC")
MACHINE = Machine(
    name="irRC",
    source=_WO1,
    states=_BURDEN.states,
    columns=(*_BURDEN.columns, Column("single", ("confirmed", "single"))),
    rules=(
        *SINGLE,
        *(
            attrs.evolve(row, source=_SOURCES[row.id][0], basis=_SOURCES[row.id][1])
            for row in _BURDEN.rules
        ),
    ),
)


def classify_scan(
    registers: Registers, scan: ScanView, criterion: Criterion, settings: Settings
) -> ScanStep:
    """Measure one scan by its burden; new and non-index lesions are columns of the table."""
    step = added_burden.classify_scan(
        registers, scan, criterion, settings, non_targets_progress=True, new_in_table=True
    )
    return step.after(single=int(settings.irrc_single_scan_pd == "single"))


IRRC = Criterion(
    terms=TERMS["irRC"],
    decided_by_sums=False,
    source=SOURCE,
    thresholds=THRESHOLDS,
    lesions=RULES,
    answers={"response_confirmation": "required"},
    target=TARGET,
    overall=OverallTables(target_disease=TABLE_1, non_target_only=TABLE_2, no_disease=NO_DISEASE),
    machine=MACHINE,
    begin=added_burden.initial_registers,
    classify=classify_scan,
    update=added_burden.update_registers,
)
