"""RECIST 1.1: Eisenhauer et al., Eur J Cancer 2009;45:228 (E09), with its tables as printed."""

from __future__ import annotations

from typing import Any

import numpy as np

from timeline.core.state_machine import (
    ANY,
    SAME_STATE,
    Column,
    DecisionTable,
    Machine,
    TableRow,
    Transition,
)
from timeline.response.criteria.criterion import Criterion, Overall, Thresholds
from timeline.response.criteria.measurements import Registers, begin, learn, measure, newly
from timeline.settings.response import Settings
from timeline.terminology.criteria import TERMS
from timeline.terminology.response_codes import Code, NewLesion, NonTarget, Response, Target

SOURCE = "doi:10.1016/j.ejca.2008.10.026"

THRESHOLDS = Thresholds(
    response_percent=30,
    progression_percent=20,
    progression_mm=5,
    node_mm=10,
    source="E09 4.3.1",
)

Y, N = True, False
_TESTS = ("missing", "gone", "grown", "back", "shrunk", "kept")

# Lesions missing, all gone (nodes < 10 mm), +20 % and +5 mm from the nadir, back after an
# overall CR (where lesions are missing: one that was measured), -30 % from baseline, an earlier
# PR kept. CR comes before PD, so that normal
# nodes may wobble; PD before PR, so that growth from the nadir beats shrinkage from baseline.
TARGET = DecisionTable(
    name="target response",
    source="E09 4.3.1, 4.4.2",
    columns=tuple(Column(name, (N, Y)) for name in _TESTS),
    rows=(
        #    missing gone grown back shrunk kept
        TableRow(
            "T1", (Y, ANY, Y, ANY, ANY, ANY), Target.PD, "proved by those measured", "E09 4.4.2"
        ),
        TableRow(
            "T1a", (Y, ANY, N, Y, ANY, ANY), Target.PD, "back after CR, by a part", "EORTC FAQ"
        ),
        TableRow("T2", (Y, ANY, N, N, ANY, ANY), Target.NE, "a target not assessed", "E09 4.4.2"),
        TableRow(
            "T3", (N, Y, ANY, ANY, ANY, ANY), Target.CR, "all gone, nodes normal", "E09 4.3.1"
        ),
        TableRow(
            "T4", (N, N, Y, ANY, ANY, ANY), Target.PD, "+20 % and +5 mm from nadir", "E09 4.3.1"
        ),
        TableRow(
            "T5", (N, N, N, Y, ANY, ANY), Target.PD, "back after CR", "E09 Table 3 note; EORTC"
        ),
        TableRow("T6", (N, N, N, N, Y, ANY), Target.PR, "-30 % from baseline", "E09 4.3.1"),
        TableRow("T7", (N, N, N, N, N, Y), Target.PR, "PR stays until PD", "EORTC FAQ on PR"),
        TableRow("T8", (N, N, N, N, N, N), Target.SD, "neither PR nor PD", "E09 4.3.1"),
    ),
)

_TARGETS = Column("target", tuple(Target)[:-1])  # without NA: Table 2 speaks
_LEVELS = Column("non-target", tuple(NonTarget))
_NEW = Column("new", tuple(NewLesion))
_CR_NA = (NonTarget.CR, NonTarget.NA)
_NON_NE = (NonTarget.NON_CR_NON_PD, NonTarget.NE)
_NOT_PD = (*_CR_NA, *_NON_NE)
_E09 = "E09 Table 1"

# Time point response: patients with target disease (with or without non-target disease)
TABLE_1 = DecisionTable(
    name="overall response, target disease",
    source=_E09,
    columns=(_TARGETS, _LEVELS, _NEW),
    rows=(
        #            target                   non-target    new      overall
        TableRow("1.1", (ANY, ANY, NewLesion.YES), Response.PD, "a new lesion", _E09),
        TableRow("1.2", (Target.PD, ANY, NewLesion.NO), Response.PD, "target PD", _E09),
        TableRow("1.3", (ANY, NonTarget.PD, NewLesion.NO), Response.PD, "non-target PD", _E09),
        TableRow(
            "1.4",
            (Target.NE, _NOT_PD, NewLesion.NO),
            Response.NE,
            "targets not all evaluated",
            _E09,
        ),
        TableRow("1.5", (Target.CR, _CR_NA, NewLesion.NO), Response.CR, "all disease gone", _E09),
        TableRow(
            "1.6", (Target.CR, _NON_NE, NewLesion.NO), Response.PR, "non-target not gone", _E09
        ),
        TableRow("1.7", (Target.PR, _NOT_PD, NewLesion.NO), Response.PR, "target PR", _E09),
        TableRow("1.8", (Target.SD, _NOT_PD, NewLesion.NO), Response.SD, "target SD", _E09),
    ),
)

_LEVELS_ONLY = Column("non-target", tuple(NonTarget)[:-1])
_E09 = "E09 Table 2"

# Time point response: patients with non-target disease only
TABLE_2 = DecisionTable(
    name="overall response, non-target disease only",
    source=_E09,
    columns=(_LEVELS_ONLY, _NEW),
    rows=(
        #            non-target               new      overall
        TableRow("2.1", (ANY, NewLesion.YES), Response.PD, "a new lesion", _E09),
        TableRow("2.2", (NonTarget.PD, NewLesion.NO), Response.PD, "unequivocal progression", _E09),
        TableRow("2.3", (NonTarget.CR, NewLesion.NO), Response.CR, "all disease gone", _E09),
        TableRow(
            "2.4", (NonTarget.NON_CR_NON_PD, NewLesion.NO), Response.NON_CR_NON_PD, "persists", _E09
        ),
        TableRow("2.5", (NonTarget.NE, NewLesion.NO), Response.NE, "not all evaluated", _E09),
    ),
)

_CDISC = "CDISC terminology ONCRSR: NED"
NO_DISEASE = DecisionTable(
    name="overall response, no disease at baseline",
    source=_CDISC,
    columns=(_NEW,),
    rows=(
        TableRow("0.1", (NewLesion.YES,), Response.PD, "a new lesion", "E09 4.3.5"),
        TableRow("0.2", (NewLesion.NO,), Response.NED, "no evidence of disease", _CDISC),
    ),
)
OVERALL = Overall(target_disease=TABLE_1, non_target_only=TABLE_2, no_disease=NO_DISEASE)

BASES = tuple(Code)[Code.CR : Code.NE + 1]  # what the tables of the overall response give


def base(x: Any) -> Any:
    """The label that the tables of the overall response give."""
    return x.base + Code.CR


MACHINE = Machine(
    name="RECIST 1.1",
    source="E09 4.4.3; Seymour 2017 Table 1, RECIST column",
    states=("ON", "PROGRESSED"),
    columns=(
        Column("done", (N, Y)),
        Column("base", tuple(each.name for each in BASES)),
        Column("after_pd", ("carry", "raw")),
    ),
    rules=(
        Transition(
            id="P1",
            at=ANY,
            when=lambda x: x.done == 0,
            to=SAME_STATE,
            emit=Code.NONE,
            action="none",
            description="no assessment",
            source="E09 4.4.2",
        ),
        Transition(
            id="P2",
            at="ON",
            when=lambda x: base(x) == Code.PD,
            to="PROGRESSED",
            emit=Code.PD,
            action="open",
            description="the first PD",
            source="E09 4.4.3",
        ),
        Transition(
            id="P3",
            at="ON",
            when=lambda x: base(x) != Code.PD,
            to="ON",
            emit=base,
            action="none",
            description="as the tables say",
            source="E09 Tables 1, 2",
        ),
        Transition(
            id="P4",
            at="PROGRESSED",
            when=lambda x: x.after_pd == 0,
            to=SAME_STATE,
            emit=Code.PD,
            action="none",
            description="PD is carried on",
            source="Seymour 2017 Table 1, RECIST column",
        ),
        Transition(
            id="P5",
            at="PROGRESSED",
            when=lambda x: x.after_pd == 1,
            to=SAME_STATE,
            emit=base,
            action="none",
            description="what the scan alone would give, for display",
            source="setting after_pd",
        ),
    ),
)


def observe(past: Registers, scan: Any, criterion: Criterion, settings: Settings) -> Any:
    """Each patient's symbol: the overall table with its column of new lesions."""
    seen = measure(past, scan, criterion, settings, new=newly(scan))
    seen.symbol = criterion.machine.symbol(
        done=scan.recorded & scan.done,
        base=seen.overall.astype(np.intp) - Code.CR,
        after_pd=int(settings.after_pd == "raw"),
    )
    return seen


def act(past: Registers, scan: Any, step: Any) -> None:
    """The registers after one scan."""
    learn(past, scan, step.label)


RECIST11 = Criterion(
    terms=TERMS["RECIST 1.1"],
    source=SOURCE,
    thresholds=THRESHOLDS,
    target=TARGET,
    overall=OVERALL,
    machine=MACHINE,
    begin=begin,
    observe=observe,
    act=act,
)
