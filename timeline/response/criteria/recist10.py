"""RECIST 1.0: Therasse et al., J Natl Cancer Inst 2000;92:205 (T00), with its tables as printed.

The rules follow tables of reviews (PMC2755245 Table 3, PMC3980664 Table 2, PMC4671850 Table 1,
Cancer Imaging 2014;14:26 Table 1), because only the preamble of T00 was at hand. What differs from
RECIST 1.1: PD needs no increase of 5 mm; a node counts by its longest diameter and has no normal
size; up to 10 targets, 5 in an organ; targets measure 20 mm by conventional techniques, 10 mm by
spiral CT; an irradiated lesion is never measurable; CR and PR are always confirmed. Where no source
tells (disease back after CR, a PR that no longer shows, targets not evaluated) the row is that of
RECIST 1.1.
"""

from __future__ import annotations

import attrs

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
from timeline.response.criteria.criterion import OverallTables, Thresholds
from timeline.response.criteria.recist11 import NO_DISEASE, RECIST11, TABLE_2
from timeline.response.lesion_rules import RECIST11_RULES
from timeline.terminology.criteria import TERMS
from timeline.terminology.response_codes import NewLesion, NonTarget, Response, Target

SOURCE = "doi:10.1093/jnci/92.3.205"
_W09, _T2 = "PMC2755245 Table 3", "PMC3980664 Table 2"
_AS_11 = "as RECIST 1.1 (E09), where T00 was not read"

THRESHOLDS = Thresholds(
    response_percent=30,
    progression_percent=20,
    progression_least=0,
    source=_W09,
    basis=SECONDARY,
)

RULES = attrs.evolve(
    RECIST11_RULES,
    normal_node_mm=None,
    measurable_node_mm=None,
    node_by_short_axis=False,
    # spiral CT; MRI, X-ray and palpation are conventional techniques
    methods={"CT": 10, "MRI": 20, "caliper": 20, "CXR": 20, "US": None},
    most_targets=10,
    most_in_organ=5,
    treated_when_progressed=False,
    source=f"{_W09}; PMC4671850 Table 1; Cancer Imaging 2014;14:26 Table 1 (nodes: long axis)",
    basis=MUST_CHECK,  # that no size of a node is normal is stated nowhere that was read
)

Y, N = True, False
# fmt: off
TARGET = DecisionTable(
    name="target response",
    source=_W09,
    columns=tuple(Column(name, (N, Y)) for name in
                  ("missing", "gone", "grown", "back", "shrunk", "kept")),
    rows=(
        #         id     missing gone grown back shrunk kept  response   description, source, basis
        TableRow("A1",  (Y,      ANY, Y,    ANY, ANY,   ANY), Target.PD,
                 "proved by those measured", _AS_11, DERIVED),
        TableRow("A1a", (Y,      ANY, N,    Y,   ANY,   ANY), Target.PD,
                 "back after CR, by a part", _AS_11, DERIVED),
        TableRow("A2",  (Y,      ANY, N,    N,   ANY,   ANY), Target.NE,
                 "a target not assessed", _AS_11, DERIVED),
        TableRow("A3",  (N,      Y,   ANY,  ANY, ANY,   ANY), Target.CR,
                 "all targets gone", _W09, SECONDARY),
        TableRow("A4",  (N,      N,   Y,    ANY, ANY,   ANY), Target.PD,
                 "+20 % from the smallest sum", _W09, SECONDARY),
        TableRow("A5",  (N,      N,   N,    Y,   ANY,   ANY), Target.PD,
                 "back after CR", _AS_11, DERIVED),
        TableRow("A6",  (N,      N,   N,    N,   Y,     ANY), Target.PR,
                 "-30 % from baseline", _W09, SECONDARY),
        TableRow("A7",  (N,      N,   N,    N,   N,     Y),   Target.PR,
                 "a confirmed PR stays until PD", _AS_11, DERIVED),
        TableRow("A8",  (N,      N,   N,    N,   N,     N),   Target.SD,
                 "neither PR nor PD", _W09, SECONDARY),
    ),
)

_CR_NA = (NonTarget.CR, NonTarget.NA)
_INCOMPLETE = (NonTarget.NON_CR_NON_PD, NonTarget.NE)  # incomplete response/SD in the words of T00
_NOT_PD = (*_CR_NA, *_INCOMPLETE)
_YES, _NO = NewLesion.YES, NewLesion.NO
_T00 = "T00 Table 1"

TABLE_1 = DecisionTable(
    name="overall response, target disease",
    source=_T00,
    columns=recist11.TABLE_1.columns,
    rows=(
        #         id      target      non-target    new    overall      description, source, basis
        TableRow("A.1", (Target.CR,  _CR_NA,       _NO),  Response.CR,
                 "all disease gone", _T00, MUST_CHECK),
        TableRow("A.2", (Target.CR,  _INCOMPLETE,  _NO),  Response.PR,
                 "non-target: incomplete response/SD", _T00, MUST_CHECK),
        TableRow("A.3", (Target.PR,  _NOT_PD,      _NO),  Response.PR,
                 "target PR", _T00, MUST_CHECK),
        TableRow("A.4", (Target.SD,  _NOT_PD,      _NO),  Response.SD,
                 "target SD", _T00, MUST_CHECK),
        TableRow("A.5", (Target.PD,  ANY,          ANY),  Response.PD,
                 "target PD", _W09, SECONDARY),
        TableRow("A.6", (ANY,        NonTarget.PD, ANY),  Response.PD,
                 "unequivocal progression of non-targets", _T2, SECONDARY),
        TableRow("A.7", (ANY,        ANY,          _YES), Response.PD,
                 "a new lesion", _W09, SECONDARY),
        TableRow("A.8", (Target.NE,  _NOT_PD,      _NO),  Response.NE,
                 "targets not all evaluated", _AS_11, DERIVED),
    ),
)
# fmt: on


def _as_11(table: DecisionTable) -> DecisionTable:
    """A table of RECIST 1.1 that is used where T00 has none."""
    rows = tuple(attrs.evolve(row, source=_AS_11, basis=DERIVED) for row in table.rows)
    return attrs.evolve(table, source=_AS_11, rows=rows)


RECIST10 = attrs.evolve(
    RECIST11,
    terms=TERMS["RECIST 1.0"],
    source=SOURCE,
    thresholds=THRESHOLDS,
    lesions=RULES,
    rules_under=lambda rules, settings: attrs.evolve(
        rules, node_by_short_axis=settings.recist10_nodes == "as_measured"
    ),
    answers={"response_confirmation": "required"},
    target=TARGET,
    overall=OverallTables(
        target_disease=TABLE_1, non_target_only=_as_11(TABLE_2), no_disease=_as_11(NO_DISEASE)
    ),
    machine=recist11.first_pd_machine("RECIST 1.0", _W09),
)
