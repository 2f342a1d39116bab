"""RECIST 1.1: Eisenhauer et al., Eur J Cancer 2009;45:228 (E09), with its tables as printed.

`TARGET` gives the response of the target lesions (E09 4.3.1), `TABLE_1` and `TABLE_2` the overall
response (E09 Tables 1 and 2). `MACHINE` makes the first PD final. Rows are read from the top; the
first row that applies decides. What the paper leaves open is a setting: ``timeline settings``.
"""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np

from timeline.core.state_machine import (
    ANY,
    DERIVED,
    SAME_STATE,
    Column,
    DecisionTable,
    Machine,
    TableRow,
    Transition,
)
from timeline.response.criteria.criterion import (
    Criterion,
    OverallTables,
    ScanStep,
    Thresholds,
)
from timeline.response.criteria.measurements import (
    Registers,
    initial_registers,
    measure_scan,
    shows_new_lesion,
    update_shared_registers,
)
from timeline.response.scans import ScanView
from timeline.settings.response import Settings
from timeline.terminology.criteria import TERMS
from timeline.terminology.response_codes import Code, NewLesion, NonTarget, Response, Target

SOURCE = "doi:10.1016/j.ejca.2008.10.026"

THRESHOLDS = Thresholds(
    response_percent=30,
    progression_percent=20,
    progression_least=5,
    source="E09 4.3.1",
)

Y, N = True, False
_TARGET_COLUMNS = (
    "missing",  # some target was not assessed
    "gone",  # every target is gone; nodes have a short axis below 10 mm
    "grown",  # +20 % and +5 mm from the nadir
    "back",  # disease is back after an overall CR; of an incomplete scan, in a measured lesion
    "shrunk",  # -30 % from baseline
    "kept",  # an earlier PR stays
)

# CR comes before PD, so that a node that stays normal may vary in size. PD comes before PR, so that
# growth from the nadir decides over shrinkage from baseline.
# fmt: off
TARGET = DecisionTable(
    name="target response",
    source="E09 4.3.1, 4.4.2",
    columns=tuple(Column(name, (N, Y)) for name in _TARGET_COLUMNS),
    rows=(
        #         id     missing gone grown back shrunk kept  response   description, source
        TableRow("T1",  (Y,      ANY, Y,    ANY, ANY,   ANY), Target.PD, "proved by those measured",
                 "E09 4.4.2"),
        TableRow("T1a", (Y,      ANY, N,    Y,   ANY,   ANY), Target.PD, "back after CR, by a part",
                 "EORTC FAQ"),
        TableRow("T2",  (Y,      ANY, N,    N,   ANY,   ANY), Target.NE, "a target not assessed",
                 "E09 4.4.2"),
        TableRow("T3",  (N,      Y,   ANY,  ANY, ANY,   ANY), Target.CR, "all gone, nodes normal",
                 "E09 4.3.1"),
        TableRow("T4",  (N,      N,   Y,    ANY, ANY,   ANY), Target.PD,
                 "+20 % and +5 mm from nadir", "E09 4.3.1"),
        TableRow("T5",  (N,      N,   N,    Y,   ANY,   ANY), Target.PD, "back after CR",
                 "E09 Table 3 note; EORTC"),
        TableRow("T6",  (N,      N,   N,    N,   Y,     ANY), Target.PR, "-30 % from baseline",
                 "E09 4.3.1"),
        TableRow("T7",  (N,      N,   N,    N,   N,     Y),   Target.PR, "PR stays until PD",
                 "EORTC FAQ on PR"),
        TableRow("T8",  (N,      N,   N,    N,   N,     N),   Target.SD, "neither PR nor PD",
                 "E09 4.3.1"),
    ),
)

_TARGETS = Column("target", tuple(Target)[:-1])  # without NA, which Table 2 decides
_NON_TARGET = Column("non-target", tuple(NonTarget))
_NEW = Column("new", tuple(NewLesion))
_CR_NA = (NonTarget.CR, NonTarget.NA)
_NON_NE = (NonTarget.NON_CR_NON_PD, NonTarget.NE)
_NOT_PD = (*_CR_NA, *_NON_NE)
_YES, _NO = NewLesion.YES, NewLesion.NO
_1, _2 = "E09 Table 1", "E09 Table 2"

# Time point response: patients with target disease (with or without non-target disease)
TABLE_1 = DecisionTable(
    name="overall response, target disease",
    source=_1,
    columns=(_TARGETS, _NON_TARGET, _NEW),
    rows=(
        #         id     target      non-target    new    overall      description, source
        TableRow("1.1", (ANY,       ANY,          _YES), Response.PD, "a new lesion", _1),
        TableRow("1.2", (Target.PD, ANY,          _NO),  Response.PD, "target PD", _1),
        TableRow("1.3", (ANY,       NonTarget.PD, _NO),  Response.PD, "non-target PD", _1),
        TableRow("1.4", (Target.NE, _NOT_PD,      _NO),  Response.NE, "targets not all evaluated",
                 _1),
        TableRow("1.5", (Target.CR, _CR_NA,       _NO),  Response.CR, "all disease gone", _1),
        TableRow("1.6", (Target.CR, _NON_NE,      _NO),  Response.PR, "non-target not gone", _1),
        TableRow("1.7", (Target.PR, _NOT_PD,      _NO),  Response.PR, "target PR", _1),
        TableRow("1.8", (Target.SD, _NOT_PD,      _NO),  Response.SD, "target SD", _1),
    ),
)

_NON_TARGET_ONLY = Column("non-target", tuple(NonTarget)[:-1])
_NON_CR_NON_PD = Response.NON_CR_NON_PD

# Time point response: patients with non-target disease only
TABLE_2 = DecisionTable(
    name="overall response, non-target disease only",
    source=_2,
    columns=(_NON_TARGET_ONLY, _NEW),
    rows=(
        #         id     non-target                new    overall      description, source
        TableRow("2.1", (ANY,                     _YES), Response.PD, "a new lesion", _2),
        TableRow("2.2", (NonTarget.PD,            _NO),  Response.PD,
                 "unequivocal progression", _2),
        TableRow("2.3", (NonTarget.CR,            _NO),  Response.CR, "all disease gone", _2),
        TableRow("2.4", (NonTarget.NON_CR_NON_PD, _NO),  _NON_CR_NON_PD, "persists", _2),
        TableRow("2.5", (NonTarget.NE,            _NO),  Response.NE, "not all evaluated", _2),
    ),
)

_CDISC = "CDISC terminology ONCRSR: NED"
NO_DISEASE = DecisionTable(
    name="overall response, no disease at baseline",
    source=_CDISC,
    columns=(_NEW,),
    rows=(
        TableRow("0.1", (_YES,), Response.PD, "a new lesion", "E09 4.3.5"),
        TableRow("0.2", (_NO,), Response.NED, "no evidence of disease", _CDISC),
    ),
)
OVERALL = OverallTables(target_disease=TABLE_1, non_target_only=TABLE_2, no_disease=NO_DISEASE)

TABLE_LABELS = tuple(Code)[Code.CR : Code.NE + 1]  # what the tables of the overall response give


def table_label(symbol: Any) -> Any:
    """The label that the tables of the overall response give, as a `Code`."""
    return symbol.base + Code.CR


# id, state, when, next state, label, action, description, source
MACHINE = Machine(
    name="RECIST 1.1",
    source="E09 4.4.3; Seymour 2017 Table 1, RECIST column",
    states=("ON", "PROGRESSED"),
    columns=(
        Column("done", (N, Y)),
        Column("base", tuple(each.name for each in TABLE_LABELS)),
        Column("after_pd", ("carry", "raw")),
    ),
    rules=(
        Transition("P1", ANY, lambda x: x.done == 0, SAME_STATE, Code.NONE, "none",
                   "no assessment", "E09 4.4.2"),
        Transition("P2", "ON", lambda x: table_label(x) == Code.PD, "PROGRESSED", Code.PD, "open",
                   "the first PD", "E09 4.4.3"),
        Transition("P3", "ON", lambda x: table_label(x) != Code.PD, "ON", table_label, "none",
                   "by the tables of the overall response", "E09 Tables 1, 2"),
        Transition("P4", "PROGRESSED", lambda x: x.after_pd == 0, SAME_STATE, Code.PD, "none",
                   "PD is carried on", "Seymour 2017 Table 1, RECIST column"),
        Transition("P5", "PROGRESSED", lambda x: x.after_pd == 1, SAME_STATE, table_label, "none",
                   "what the scan alone would give, for display", "setting after_pd"),
    ),
)
# fmt: on


def first_pd_machine(name: str, source: str) -> Machine:
    """The machine of RECIST 1.1 for another criterion whose first PD is final.

    Args:
        name: The title of the criterion.
        source: Where its rows are read; the rest is as in RECIST 1.1.
    """
    rules = tuple(
        attrs.evolve(rule, source=f"{source}; else as RECIST 1.1", basis=DERIVED)
        for rule in MACHINE.rules
    )
    return attrs.evolve(MACHINE, name=name, source=source, rules=rules)


def classify_scan(
    registers: Registers, scan: ScanView, criterion: Criterion, settings: Settings
) -> ScanStep:
    """Measure one scan of all patients; new lesions are a column of the overall table."""
    step = measure_scan(registers, scan, criterion, settings, new=shows_new_lesion(scan))
    return step.after(
        base=step.overall.astype(np.intp) - Code.CR,
        after_pd=int(settings.after_pd == "raw"),
    )


def update_registers(registers: Registers, scan: ScanView, step: ScanStep) -> None:
    """Remember what later scans need of one scan."""
    update_shared_registers(registers, scan, step.label)


RECIST11 = Criterion(
    terms=TERMS["RECIST 1.1"],
    source=SOURCE,
    thresholds=THRESHOLDS,
    target=TARGET,
    overall=OVERALL,
    machine=MACHINE,
    begin=initial_registers,
    classify=classify_scan,
    update=update_registers,
)
