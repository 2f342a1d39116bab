"""Lugano 2014 by CT: Cheson et al., J Clin Oncol 2014;32:3059, Table 3, CT-based response.

What is summed is the product of the longest diameter (LDi) of a lesion and the shortest across it
(SDi). One lesion that grows is PD, whatever the sum (SPD) does; the sum alone never is. The table
was not at hand itself; the rows follow PMC5298348 Table 2 (Lu1), which prints it, Cheson 2016 Table
2 (Lu2), and tables of Lugano in cutaneous lymphoma (Lu3: ashpublications 10674621). The least size
of a target, and that no confirmation is asked, were not read.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

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
from timeline.response.criteria.criterion import LABEL, OverallTables, Thresholds
from timeline.response.criteria.recist11 import NO_DISEASE, RECIST11, TABLE_2
from timeline.response.lesion_rules import PRODUCTS, LesionRules
from timeline.response.readings import Course, Sign
from timeline.settings.response import Settings
from timeline.terminology.criteria import TERMS
from timeline.terminology.response_codes import NewLesion, NonTarget, Response, Target

SOURCE = "doi:10.1200/JCO.2013.54.8800"
_LU1, _LU3 = "PMC5298348 Table 2", "ashpublications 10674621"
_DERIVED = "derived: the sources are silent"

THRESHOLDS = Thresholds(
    response_percent=50,
    progression_percent=50,
    progression_least=0,
    source=f"{_LU1}: the sum for a response, one lesion for progression",
    basis=SECONDARY,
)
NORMAL_SPLEEN = 130  # mm
_HALF = Fraction(1, 2)


def _spleen(course: Course) -> tuple[Fraction, Fraction] | None:
    """The length of the spleen now and at baseline."""
    return course.change("spleen")


def _spleen_grown(course: Course, limit: int) -> bool:
    """By half of the excess at baseline, of a normal one by ``limit``; or again enlarged."""
    both = _spleen(course)
    if both is None:
        return False
    now, before = both
    known = [each.spleen for each in course.between if each.spleen is not None]
    lowest = min([before, *known])
    reference = lowest if course.options.get("lugano_spleen_reference") == "nadir" else before
    if reference <= NORMAL_SPLEEN < before or before > NORMAL_SPLEEN >= lowest:
        return now > NORMAL_SPLEEN  # it was normal in between
    if before > NORMAL_SPLEEN:
        return now > reference + _HALF * (reference - NORMAL_SPLEEN)
    return now >= reference + limit


def _was_large(course: Course) -> bool:
    before = course.baseline.spleen
    return before is not None and before > NORMAL_SPLEEN


def _spleen_missing(course: Course, _: Any) -> bool:
    return _was_large(course) and course.now.spleen is None


def _spleen_large(course: Course, limit: int) -> bool:
    now = course.now.spleen
    return _was_large(course) and now is not None and now > limit


def _spleen_kept(course: Course, limit: Fraction) -> bool:
    """Back by no more than half of its excess at baseline."""
    both = _spleen(course)
    if both is None or not _was_large(course) or both[0] <= NORMAL_SPLEEN:
        return False
    return both[1] - both[0] <= limit * (both[1] - NORMAL_SPLEEN)


SIGNS = (
    Sign(name="spleen grown", holds=_spleen_grown, limit=20, source=f"{_LU1}; {_LU3}",
         description="the spleen has grown by half of its excess, or by 20 mm from normal",
         basis=SECONDARY),
    Sign(name="spleen missing", holds=_spleen_missing, source=_DERIVED, basis=DERIVED,
         description="a spleen that was enlarged was not assessed"),
    Sign(name="spleen large", holds=_spleen_large, limit=NORMAL_SPLEEN, source=_LU3,
         description="the spleen is longer than 130 mm", basis=SECONDARY),
    Sign(name="spleen kept", holds=_spleen_kept, limit=_HALF, source=_LU1,
         description="the spleen is back by no more than half of its excess", basis=SECONDARY),
    Sign(name="marrow new", holds=lambda x, _: x.now.marrow == "new", source=_LU1,
         description="marrow new or again involved", basis=SECONDARY),
    Sign(name="marrow left", holds=lambda x, _: x.now.marrow in ("reduced", "unchanged"),
         source=_LU1, description="marrow still involved", basis=SECONDARY),
)  # fmt: skip

RULES = LesionRules(
    measure=PRODUCTS,
    node_by_short_axis=False,
    measurable_node_mm=15,
    methods={"CT": 10, "MRI": 10, "caliper": 10, "CXR": 10, "US": 10},
    most_targets=6,
    normal_node_longest_mm=15,
    lesion_percent=50,
    lesion_above_mm=15,
    lesion_step_mm=5,
    lesion_large_step_mm=10,
    lesion_large_mm=20,
    lesion_regrown=True,
    new_mm=10,
    new_node_mm=15,
    signs=SIGNS,
    source=f"{_LU1}; {_LU3} (new lesions)",
    basis=MUST_CHECK,  # the least size of a target
)


def rules_under(rules: LesionRules, settings: Settings) -> LesionRules:
    """The rules by settings lugano_size_at, lugano_step, lugano_spleen_reference and others."""
    options = (
        ("lugano_size_at", settings.lugano_size_at),
        ("lugano_step", settings.lugano_step),
        ("lugano_spleen_reference", settings.lugano_spleen_reference),
    )
    found = attrs.evolve(rules, options=options)
    if settings.lugano_new_node_mm == NEW_NODE_MM:
        return found
    return attrs.evolve(found, new_node_mm=settings.lugano_new_node_mm)


NEW_NODE_MM = 15  # by default

Y, N = True, False
# fmt: off
TARGET = DecisionTable(
    name="target lesions",
    source=_LU1,
    columns=tuple(Column(name, (N, Y)) for name in ("lesion", "missing", "gone", "shrunk")),
    rows=(
        #         id    lesion missing gone shrunk response   description, source, basis
        TableRow("T1", (Y,     ANY,    ANY, ANY),  Target.PD,
                 "a lesion +50 % and 5 mm, large ones 10 mm; or regrown", _LU1, SECONDARY),
        TableRow("T2", (N,     Y,      ANY, ANY),  Target.NE, "a target missing",
                 _DERIVED, DERIVED),
        TableRow("T3", (N,     N,      Y,   ANY),  Target.CR, "nodes up to 15 mm, the rest gone",
                 _LU1, SECONDARY),
        TableRow("T4", (N,     N,      N,   Y),    Target.PR, "SPD -50 % from baseline",
                 _LU1, SECONDARY),
        TableRow("T5", (N,     N,      N,   N),    Target.SD, "neither", _LU1, SECONDARY),
    ),
)

_CR_NA = (NonTarget.CR, NonTarget.NA)
_REST = (NonTarget.NON_CR_NON_PD, NonTarget.NE)
_NOT_PD = (*_CR_NA, *_REST)
_YES, _NO = NewLesion.YES, NewLesion.NO

TABLE_3 = DecisionTable(
    name="overall response, nodes and extranodal disease",
    source=_LU1,
    columns=recist11.TABLE_1.columns,
    rows=(
        #         id     targets     not measured  new    overall      description, source, basis
        TableRow("T.1", (ANY,       ANY,          _YES), Response.PD, "a new lesion",
                 _LU1, SECONDARY),
        TableRow("T.2", (Target.PD, ANY,          _NO),  Response.PD, "growth of a lesion",
                 _LU1, SECONDARY),
        TableRow("T.3", (ANY,       NonTarget.PD, _NO),  Response.PD,
                 "clear progression of lesions that are not measured", _LU1, SECONDARY),
        TableRow("T.4", (Target.NE, _NOT_PD,      _NO),  Response.NE, "a target missing",
                 _DERIVED, DERIVED),
        TableRow("T.5", (Target.CR, _CR_NA,       _NO),  Response.CR, "no disease left",
                 _LU1, SECONDARY),
        TableRow("T.6", (Target.CR, _REST,        _NO),  Response.PR, "lesions that are not "
                 "measured are left", _LU1, SECONDARY),
        TableRow("T.7", (Target.PR, _NOT_PD,      _NO),  Response.PR, "SPD -50 %",
                 _LU1, SECONDARY),
        TableRow("T.8", (Target.SD, _NOT_PD,      _NO),  Response.SD, "neither",
                 _LU1, SECONDARY),
    ),
)

GATE = DecisionTable(
    name="spleen and marrow",
    source=_LU1,
    columns=(LABEL, *(Column(name, (N, Y)) for name in (
        "spleen grown", "marrow new", "spleen missing", "marrow left", "spleen large",
        "spleen kept"))),
    rows=(
        #                                        spleen marrow spleen  marrow spleen spleen
        #         id    label                    grown  new    missing left   large  kept
        TableRow("S1", (ANY,                     Y,     ANY,   ANY,    ANY,   ANY,   ANY),
                 Response.PD, "the spleen has grown", _LU1, SECONDARY),
        TableRow("S2", (ANY,                     N,     Y,     ANY,    ANY,   ANY,   ANY),
                 Response.PD, "marrow new or again involved", _LU1, SECONDARY),
        TableRow("S3", (Response.PD,             N,     N,     ANY,    ANY,   ANY,   ANY),
                 Response.PD, "PD by lesions", _LU1, SECONDARY),
        TableRow("S4", (Response.NE,             N,     N,     ANY,    ANY,   ANY,   ANY),
                 Response.NE, "a target missing", _DERIVED, DERIVED),
        TableRow("S5", ((Response.CR, Response.PR), N,  N,     Y,      ANY,   ANY,   ANY),
                 Response.NE, "the spleen was not assessed", _DERIVED, DERIVED),
        TableRow("S6", (Response.CR,             N,     N,     N,      N,     N,     ANY),
                 Response.CR, "spleen normal, marrow clear", _LU1, SECONDARY),
        TableRow("S7", (Response.CR,             N,     N,     N,      ANY,   ANY,   N),
                 Response.PR, "marrow or spleen is left", _LU1, SECONDARY),
        TableRow("S8", (Response.PR,             N,     N,     N,      ANY,   ANY,   N),
                 Response.PR, "the spleen is back by more than half", _LU1, SECONDARY),
        TableRow("S9", ((Response.CR, Response.PR), N,  N,     N,      ANY,   ANY,   Y),
                 Response.SD, "the spleen is not", _LU1, SECONDARY),
        TableRow("S10", (Response.SD,            N,     N,     ANY,    ANY,   ANY,   ANY),
                 Response.SD, "SD by lesions", _LU1, SECONDARY),
        TableRow("S11", (Response.NON_CR_NON_PD, N,     N,     ANY,    ANY,   ANY,   ANY),
                 Response.NON_CR_NON_PD, "no target, none grown", _DERIVED, DERIVED),
        TableRow("S12", (Response.NED,           N,     N,     ANY,    ANY,   ANY,   ANY),
                 Response.NED, "no disease at baseline", _DERIVED, DERIVED),
    ),
)
# fmt: on

MACHINE = attrs.evolve(
    recist11.first_pd_machine("Lugano CT", _LU1),
    rules=tuple(
        attrs.evolve(rule, source="no confirmation: not read", basis=MUST_CHECK)
        if rule.id == "P2"
        else rule
        for rule in recist11.first_pd_machine("Lugano CT", _LU1).rules
    ),
)

LUGANO_CT = attrs.evolve(
    RECIST11,
    terms=TERMS["Lugano CT"],
    decided_by_sums=False,
    source=SOURCE,
    thresholds=THRESHOLDS,
    lesions=RULES,
    rules_under=rules_under,
    target=TARGET,
    overall=OverallTables(target_disease=TABLE_3, non_target_only=TABLE_2, no_disease=NO_DISEASE),
    gate=GATE,
    machine=MACHINE,
)
