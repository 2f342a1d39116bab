"""Lugano 2014 by PET: Cheson et al., J Clin Oncol 2014;32:3059, Table 3, PET-CT-based response.

The score of five points (Deauville; Barrington 2014, doi:10.1200/JCO.2013.53.5229) and the reader's
word on the uptake against baseline decide; a residual mass of any size does not. The table was not
at hand itself; the rows follow Cheson 2016 Table 2 (Lu2), a table of Lugano in cutaneous lymphoma
(Lu3: ashpublications 10674621) and J Nucl Med Table 6 (highwire 79263). That no confirmation is
asked was not read.
"""

from __future__ import annotations

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
from timeline.response.criteria.criterion import Thresholds
from timeline.response.criteria.metabolic.uptake import overall_tables
from timeline.response.criteria.recist11 import RECIST11
from timeline.response.lesion_rules import FIVE_POINTS, RECIST11_RULES, LesionRules
from timeline.response.readings import Course, Sign
from timeline.settings.response import Settings
from timeline.terminology.criteria import TERMS
from timeline.terminology.response_codes import Target

SOURCE = "doi:10.1200/JCO.2013.54.8800"
_LU2, _LU3 = "Cheson 2016 Table 2", "ashpublications 10674621"
_JNM = "J Nucl Med Table 6 (highwire 79263)"
_DERIVED = "derived: the sources are silent"
INCREASED = 4  # a score from here on is of uptake above the liver

THRESHOLDS = Thresholds(
    response_percent=100,
    progression_percent=0,
    progression_least=0,
    source=f"{_LU2}: no number of an uptake decides",
    basis=SECONDARY,
)


def _negative(course: Course, _: Any) -> bool:
    """Up to the score that setting deauville_negative takes as no lymphoma."""
    score, most = course.now.deauville, course.options.get("deauville_negative", 3)
    return score is not None and score <= most


def _positive(course: Course, _: Any) -> bool:
    return course.now.deauville is not None and not _negative(course, None)


SIGNS = (
    Sign(name="marrow new", holds=lambda x, _: x.now.marrow == "new", source=_JNM,
         description="new or recurrent foci in the marrow", basis=SECONDARY),
    Sign(name="positive", holds=_positive, source=_LU2, basis=SECONDARY,
         description="uptake above the liver, score 4 or 5"),
    Sign(name="negative", holds=_negative, source=_LU2, basis=SECONDARY,
         description="score 1, 2 or 3"),
    Sign(name="increased", holds=lambda x, _: x.now.uptake == "increased", source=_LU2,
         description="more uptake than at baseline", basis=SECONDARY),
    Sign(name="decreased", holds=lambda x, _: x.now.uptake == "decreased", source=_LU2,
         description="less uptake than at baseline", basis=SECONDARY),
    Sign(name="unchanged", holds=lambda x, _: x.now.uptake == "unchanged", source=_LU3,
         description="no significant change of uptake", basis=SECONDARY),
    Sign(name="marrow less", holds=lambda x, _: x.now.marrow == "reduced", source=_LU3,
         description="marrow above normal but less than before", basis=SECONDARY),
    Sign(name="marrow same", holds=lambda x, _: x.now.marrow == "unchanged", source=_LU3,
         description="marrow as before", basis=SECONDARY),
)  # fmt: skip

RULES = LesionRules(
    measure=FIVE_POINTS,
    methods=dict.fromkeys(RECIST11_RULES.methods),  # a score measures no length
    signs=SIGNS,
    source=_LU2,
    basis=SECONDARY,
)


def rules_under(rules: LesionRules, settings: Settings) -> LesionRules:
    """The rules by setting deauville_negative."""
    return attrs.evolve(rules, options=(("deauville_negative", settings.deauville_negative),))


Y, N = True, False
_COLUMNS = (*("marrow new", "positive", "increased", "negative", "marrow less", "marrow same"),
            *("decreased", "unchanged"))  # fmt: skip
# fmt: off
TARGET = DecisionTable(
    name="uptake of known disease",
    source=_LU2,
    columns=tuple(Column(name, (N, Y)) for name in _COLUMNS),
    rows=(
        #               marrow positive      negative marrow less, decreased
        #         id    new         increased        same         unchanged  response
        TableRow("D1", (Y,   ANY, ANY, ANY, ANY, ANY, ANY, ANY),  Target.PD,
                 "new or recurrent foci in the marrow", _JNM, SECONDARY),
        TableRow("D2", (N,   Y,   Y,   ANY, ANY, ANY, ANY, ANY),  Target.PD,
                 "score 4 or 5, more uptake", _LU2, SECONDARY),
        TableRow("D3", (N,   N,   ANY, N,   ANY, ANY, ANY, ANY),  Target.NE,
                 "no score", _DERIVED, DERIVED),
        TableRow("D4", (N,   N,   ANY, Y,   N,   N,   ANY, ANY),  Target.CR,
                 "score 1 to 3, any residual mass", _LU2, SECONDARY),
        TableRow("D5", (N,   N,   ANY, Y,   Y,   ANY, ANY, ANY),  Target.PR,
                 "marrow less than before", _LU3, DERIVED),
        TableRow("D6", (N,   N,   ANY, Y,   N,   Y,   ANY, ANY),  Target.SD,
                 "marrow as before", _LU3, DERIVED),
        TableRow("D7", (N,   Y,   N,   ANY, ANY, ANY, Y,   ANY),  Target.PR,
                 "score 4 or 5, less uptake", _LU2, SECONDARY),
        TableRow("D8", (N,   Y,   N,   ANY, ANY, ANY, N,   Y),    Target.SD,
                 "score 4 or 5, no significant change", _LU3, SECONDARY),
        TableRow("D9", (N,   Y,   N,   ANY, ANY, ANY, N,   N),    Target.NE,
                 "score 4 or 5, not compared with baseline", _DERIVED, DERIVED),
    ),
)
# fmt: on

_FIRST_PD = recist11.first_pd_machine("Lugano PET", _LU2)
MACHINE = attrs.evolve(
    _FIRST_PD,
    rules=tuple(
        attrs.evolve(rule, source="no confirmation: not read", basis=MUST_CHECK)
        if rule.id == "P2"
        else rule
        for rule in _FIRST_PD.rules
    ),
)

LUGANO_PET = attrs.evolve(
    RECIST11,
    terms=TERMS["Lugano PET"],
    decided_by_sums=False,
    source=SOURCE,
    thresholds=THRESHOLDS,
    lesions=RULES,
    rules_under=rules_under,
    target=TARGET,
    overall=overall_tables("D", _LU2, SECONDARY),
    machine=MACHINE,
)
