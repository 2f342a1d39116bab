"""WHO 1979: WHO handbook, Offset Publication 48, 1979; Miller et al., Cancer 1981;47:207 (M81).

What is summed is the product of the longest diameter of a lesion and the longest perpendicular to
it. A lesion that grows by 25 % is PD, whatever the sum does. The rules follow PMC2755245 Table 3
(W09) and Wolchok 2009 Table 1, which prints WHO beside irRC (Wo1), because neither of the papers
was at hand beyond the first page. Not measurable here: a PR of lesions that are only estimated.
"""

from __future__ import annotations

import attrs
import numpy as np

from timeline.core.state_machine import (
    ANY,
    DERIVED,
    MUST_CHECK,
    READ,
    SECONDARY,
    Column,
    DecisionTable,
    TableRow,
)
from timeline.response.criteria import recist11
from timeline.response.criteria.criterion import Criterion, OverallTables, ScanStep, Thresholds
from timeline.response.criteria.measurements import Registers, measure_scan, shows_new_lesion
from timeline.response.criteria.recist11 import NO_DISEASE, RECIST11, TABLE_2
from timeline.response.lesion_rules import PRODUCTS, LesionRules
from timeline.response.scans import UNREACHED_LENGTH, ScanView
from timeline.settings.response import Settings
from timeline.terminology.criteria import TERMS
from timeline.terminology.response_codes import Code, NewLesion, NonTarget, Response, Target

SOURCE = "doi:10.1002/1097-0142(19810101)47:1<207::AID-CNCR2820470134>3.0.CO;2-6"
_W09, _WO1 = "PMC2755245 Table 3", "Wolchok 2009 Table 1, column WHO"
_DERIVED = "derived: the sources are silent"

THRESHOLDS = Thresholds(
    response_percent=50,
    progression_percent=25,
    progression_least=0,
    source=f"{_W09}; {_WO1}",
    basis=SECONDARY,
)

RULES = LesionRules(
    measure=PRODUCTS,
    node_by_short_axis=False,
    methods=dict.fromkeys(("CT", "MRI", "caliper", "CXR", "US"), 0),  # no least size
    lesion_percent=25,
    source=f"{_W09}: no largest number of lesions, no least size",
    basis=MUST_CHECK,  # that a node is gone only without a trace
)

Y, N = True, False
ANY_LESION, SUM = "any lesion", "sum"
# ``judged``: whether growth of one lesion is PD or only that of the sum (setting who_pd_basis).
# Where the sum has grown by 25 % some lesion has as well, so that it is PD by either.
# fmt: off
TARGET = DecisionTable(
    name="measurable disease, sum of products",
    source=_W09,
    columns=(*(Column(name, (N, Y)) for name in ("missing", "gone", "grown", "lesion", "shrunk")),
             Column("judged", (ANY_LESION, SUM))),
    rows=(
        #         id     missing gone grown lesion shrunk judged        response, description
        TableRow("W1",  (Y,      ANY, Y,    ANY,   ANY,   ANY),         Target.PD,
                 "+25 % by those measured", _DERIVED, DERIVED),
        TableRow("W2",  (Y,      ANY, N,    Y,     ANY,   ANY_LESION),  Target.PD,
                 "a measured lesion +25 %", _DERIVED, DERIVED),
        TableRow("W3",  (Y,      ANY, ANY,  ANY,   ANY,   ANY),         Target.NE,
                 "a lesion not assessed", _DERIVED, DERIVED),
        TableRow("W4",  (N,      Y,   ANY,  ANY,   ANY,   ANY),         Target.CR,
                 "all known disease gone", _W09, SECONDARY),
        TableRow("W5",  (N,      N,   Y,    ANY,   ANY,   ANY),         Target.PD,
                 "sum of products +25 %", _WO1, READ),
        TableRow("W6",  (N,      N,   N,    Y,     ANY,   ANY_LESION),  Target.PD,
                 "one lesion +25 %", _W09, SECONDARY),
        TableRow("W7",  (N,      N,   N,    ANY,   Y,     ANY),         Target.PR,
                 "sum of products -50 % from baseline", _W09, SECONDARY),
        TableRow("W8",  (N,      N,   N,    ANY,   N,     ANY),         Target.SD,
                 "no change", _W09, SECONDARY),
    ),
)

_CR_NA = (NonTarget.CR, NonTarget.NA)
_REST = (NonTarget.NON_CR_NON_PD, NonTarget.NE)
_NOT_PD = (*_CR_NA, *_REST)
_YES, _NO = NewLesion.YES, NewLesion.NO
_M81 = "M81, overall response"

TABLE_1 = DecisionTable(
    name="overall response, measurable disease",
    source=_M81,
    columns=recist11.TABLE_1.columns,
    rows=(
        #         id      measurable  not measurable  new    overall      description, source, basis
        TableRow("W.1", (ANY,        ANY,            _YES), Response.PD,
                 "a new lesion", _W09, SECONDARY),
        TableRow("W.2", (Target.PD,  ANY,            _NO),  Response.PD,
                 "PD of a lesion", _W09, SECONDARY),
        TableRow("W.3", (ANY,        NonTarget.PD,   _NO),  Response.PD,
                 "PD of disease that is not measurable", _W09, SECONDARY),
        TableRow("W.4", (Target.NE,  _NOT_PD,        _NO),  Response.NE,
                 "a lesion not assessed", _DERIVED, DERIVED),
        TableRow("W.5", (Target.CR,  _CR_NA,         _NO),  Response.CR,
                 "all known disease gone", _W09, SECONDARY),
        TableRow("W.6", (Target.CR,  _REST,          _NO),  Response.PR,
                 "no change of the rest takes CR to PR", _M81, MUST_CHECK),
        TableRow("W.7", (Target.PR,  _NOT_PD,        _NO),  Response.PR,
                 "no change of the rest leaves PR", _M81, MUST_CHECK),
        TableRow("W.8", (Target.SD,  _NOT_PD,        _NO),  Response.SD,
                 "no change", _W09, SECONDARY),
    ),
)
# fmt: on


def _not_measurable(table: DecisionTable) -> DecisionTable:
    """A table of RECIST 1.1, in whose words disease that is not measurable is judged."""
    source = "as RECIST 1.1 (E09), where M81 was not read"
    rows = tuple(attrs.evolve(row, source=source, basis=DERIVED) for row in table.rows)
    return attrs.evolve(table, source=source, rows=rows)


def classify_scan(
    registers: Registers, scan: ScanView, criterion: Criterion, settings: Settings
) -> ScanStep:
    """Measure one scan of all patients; growth is that of setting who_pd_reference."""
    reference = None
    if settings.who_pd_reference == "baseline":
        known = registers.baseline >= 0
        reference = np.where(known, registers.baseline, UNREACHED_LENGTH)
    step = measure_scan(
        registers, scan, criterion, settings, new=shows_new_lesion(scan), reference=reference
    )
    return step.after(
        base=step.overall.astype(np.intp) - Code.CR,
        after_pd=int(settings.after_pd == "raw"),
    )


WHO1979 = attrs.evolve(
    RECIST11,
    terms=TERMS["WHO 1979"],
    decided_by_sums=False,
    source=SOURCE,
    thresholds=THRESHOLDS,
    lesions=RULES,
    answers={"response_confirmation": "required"},
    target=TARGET,
    overall=OverallTables(
        target_disease=TABLE_1,
        non_target_only=_not_measurable(TABLE_2),
        no_disease=_not_measurable(NO_DISEASE),
    ),
    machine=recist11.first_pd_machine("WHO 1979", _W09),
    classify=classify_scan,
)
