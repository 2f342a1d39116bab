"""EORTC 1999: Young et al., Eur J Cancer 1999;35:1773, with its table as printed.

What is measured is the SUV of the region that was drawn on the baseline scan, always against
baseline. The paper was not at hand; the rows follow BMC Cancer 2012;12:502 Table 2 (E12), which
prints its four definitions, and the same table in Clin Cancer Res (AACR highwire 57257). What the
four leave open is derived: a decrease of 15 to 25 % after several cycles, exactly +25 %.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import attrs

from timeline.core.state_machine import ANY, DERIVED, SECONDARY, Column, DecisionTable, TableRow
from timeline.response.criteria import recist11
from timeline.response.criteria.criterion import Thresholds
from timeline.response.criteria.metabolic.uptake import classify_scan, overall_tables
from timeline.response.criteria.recist11 import RECIST11
from timeline.response.lesion_rules import RECIST11_RULES, SUV, LesionRules
from timeline.response.readings import Course, Sign
from timeline.settings.response import Settings
from timeline.terminology.criteria import TERMS
from timeline.terminology.response_codes import Target

SOURCE = "doi:10.1016/S0959-8049(99)00229-4"
_E12 = "BMC Cancer 2012;12:502 Table 2"
_DERIVED = "derived: the definition leaves it open"

EARLY_PERCENT = 15  # by default

THRESHOLDS = Thresholds(
    response_percent=25,
    response_beyond=True,
    progression_percent=25,
    progression_beyond=True,
    progression_least=0,
    early_percent=EARLY_PERCENT,
    source=f"{_E12}; settings eortc_pmr_first_cycle, eortc_bound",
    basis=SECONDARY,
)


def _extent(course: Course, limit: int) -> bool:
    grown = course.now.extent_percent
    return grown is not None and grown > limit


def _first_cycle(course: Course, cycles: Any) -> bool:
    return course.now.cycles is not None and course.now.cycles <= cycles


SIGNS = (
    Sign(name="extent", holds=_extent, limit=20, source=_E12, basis=SECONDARY,
         description="the longest dimension of the uptake more than +20 %"),
    Sign(name="resolved", holds=lambda x, _: bool(x.now.at_background), source=_E12,
         basis=SECONDARY, description="resolved to the tissue around the tumour"),
    Sign(name="first cycle", holds=_first_cycle, limit=1, source=_E12, basis=SECONDARY,
         description="one cycle was given; not stated: more than one"),
)  # fmt: skip

RULES = LesionRules(
    measure=SUV,
    methods=dict.fromkeys(RECIST11_RULES.methods),  # a PET measures no length
    signs=SIGNS,
    source=f"{_E12}: the region of the baseline scan",
    basis=SECONDARY,
)

Y, N = True, False
_COLUMNS = ("grown", "extent", "resolved", "missing", "first cycle", "shrunk early", "shrunk")
# fmt: off
TARGET = DecisionTable(
    name="uptake of the tumour",
    source=_E12,
    columns=tuple(Column(name, (N, Y)) for name in _COLUMNS),
    rows=(
        #         id    grown extent resolv. missing first early shrunk  response
        TableRow("E1", (Y,    ANY,   ANY,    ANY,    ANY,  ANY,  ANY),  Target.PD,
                 "SUV more than +25 %", _E12, SECONDARY),
        TableRow("E2", (N,    Y,     ANY,    ANY,    ANY,  ANY,  ANY),  Target.PD,
                 "extent more than +20 %", _E12, SECONDARY),
        TableRow("E3", (N,    N,     Y,      ANY,    ANY,  ANY,  ANY),  Target.CR,
                 "uptake resolved", _E12, SECONDARY),
        TableRow("E4", (N,    N,     N,      Y,      ANY,  ANY,  ANY),  Target.NE,
                 "SUV not stated", _DERIVED, DERIVED),
        TableRow("E5", (N,    N,     N,      N,      Y,    Y,    ANY),  Target.PR,
                 "at least -15 % after one cycle", _E12, SECONDARY),
        TableRow("E6", (N,    N,     N,      N,      N,    ANY,  Y),    Target.PR,
                 "more than -25 % after several cycles", _E12, SECONDARY),
        TableRow("E7", (N,    N,     N,      N,      Y,    N,    ANY),  Target.SD,
                 "less than -15 %", _E12, SECONDARY),
        TableRow("E8", (N,    N,     N,      N,      N,    ANY,  N),    Target.SD,
                 "up to -25 % after several cycles", _DERIVED, DERIVED),
    ),
)
# fmt: on


def limits_under(limits: Thresholds, settings: Settings) -> Thresholds:
    """The bounds by settings eortc_pmr_first_cycle and eortc_bound."""
    if settings.eortc_bound == "ge":
        limits = attrs.evolve(limits, response_beyond=False, progression_beyond=False)
    if settings.eortc_pmr_first_cycle != EARLY_PERCENT:
        limits = attrs.evolve(limits, early_percent=settings.eortc_pmr_first_cycle)
    return limits


EORTC_PET = attrs.evolve(
    RECIST11,
    terms=TERMS["EORTC PET"],
    decided_by_sums=False,
    source=SOURCE,
    thresholds=THRESHOLDS,
    limits_under=limits_under,
    lesions=RULES,
    target=TARGET,
    overall=overall_tables("E", _E12, SECONDARY),
    machine=recist11.first_pd_machine("EORTC PET", _E12),
    classify=partial(classify_scan, from_baseline=True),
)
