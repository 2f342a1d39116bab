"""PERCIST 1.0: Wahl et al., J Nucl Med 2009;50 Suppl 1:122S, with its table as printed.

What is measured is the SULpeak of the hottest lesion of each scan, not necessarily the same one:
uptake by lean body mass, the mean of a sphere of 1 cm³. The paper was not at hand beyond its
abstract; the rows follow PMC2938069 Table 3 (P10), which is modified from it, and PMC4377159 Table
2 (P14). The limit of measurable disease beside a liver that is itself diseased was not read: there
``liver`` is left out, and a lesion counts as measurable.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs

from timeline.core.state_machine import (
    ANY,
    DERIVED,
    SECONDARY,
    Column,
    DecisionTable,
    TableRow,
)
from timeline.response.criteria import recist11
from timeline.response.criteria.criterion import Criterion, ScanStep, Thresholds
from timeline.response.criteria.measurements import Registers
from timeline.response.criteria.metabolic.uptake import classify_scan, overall_tables
from timeline.response.criteria.recist11 import RECIST11
from timeline.response.lesion_rules import RECIST11_RULES, SUL_PEAK, LesionRules
from timeline.response.readings import Course, Sign
from timeline.response.scans import ScanView
from timeline.settings.response import Settings
from timeline.terminology.criteria import TERMS
from timeline.terminology.response_codes import NewLesion, NonTarget, Response, Target

SOURCE = "doi:10.2967/jnumed.108.057307"
_P10, _P14, _P17 = "PMC2938069 Table 3", "PMC4377159 Table 2", "PMC6506740 Table 1"
_LIVER = "PMC6047783 Table 12"
_DERIVED = "derived: the sources are silent"

THRESHOLDS = Thresholds(
    response_percent=30,
    response_least=Fraction(8, 10),
    progression_percent=30,
    progression_least=Fraction(8, 10),
    source=f"{_P10}; {_P14}; {_P17}; setting percist_pmd_bound",
    basis=SECONDARY,
)


def _not_measurable(course: Course, times: Fraction) -> bool:
    """The hottest lesion at baseline is below 1.5 x the mean of the liver and 2 SD."""
    base = course.baseline
    if base.size is None or base.liver_mean is None or base.liver_sd is None:
        return False
    return base.size < times * base.liver_mean + 2 * base.liver_sd


def _below_liver(course: Course, _: Any) -> bool:
    now = course.now
    return now.size is not None and now.liver_mean is not None and now.size < now.liver_mean


SIGNS = (
    Sign(name="not measurable", holds=_not_measurable, limit=Fraction(3, 2), source=_LIVER,
         description="SULpeak at baseline below 1.5 x the mean of the liver + 2 SD",
         basis=SECONDARY),
    Sign(name="glycolysis", holds=lambda x, limit: x.grown("tlg", limit), limit=75, source=_P10,
         description="total lesion glycolysis +75 %", basis=SECONDARY),
    Sign(name="extent", holds=lambda x, _: bool(x.now.extent_grown), source=_P10,
         description="the uptake has visibly grown in extent", basis=SECONDARY),
    Sign(name="below liver", holds=_below_liver, source=_P10,
         description="SULpeak below the mean of the liver", basis=SECONDARY),
    Sign(name="background", holds=lambda x, _: bool(x.now.at_background), source=_P10,
         description="every lesion is at the uptake of the tissue around it", basis=SECONDARY),
)  # fmt: skip

RULES = LesionRules(
    measure=SUL_PEAK,
    methods=dict.fromkeys(RECIST11_RULES.methods),  # a PET measures no length
    most_targets=5,
    most_in_organ=2,
    signs=SIGNS,
    source=f"{_P10}: the hottest lesion; 5, and 2 of an organ, are a second sum",
    basis=SECONDARY,
)

Y, N = True, False
_COLUMNS = (*("not measurable", "missing", "grown", "glycolysis", "extent"),
            *("below liver", "background", "shrunk"))  # fmt: skip
# fmt: off
TARGET = DecisionTable(
    name="uptake of the hottest lesion",
    source=_P10,
    columns=tuple(Column(name, (N, Y)) for name in _COLUMNS),
    rows=(
        #               not
        #         id   measur. missing grown glycol. extent below backgr. shrunk response
        TableRow("P1", (Y,      ANY,   ANY,  ANY,    ANY,   ANY,  ANY,    ANY), Target.NE,
                 "not measurable at baseline", _DERIVED, DERIVED),
        TableRow("P2", (N,      ANY,   Y,    ANY,    ANY,   ANY,  ANY,    ANY), Target.PD,
                 "+30 % and +0.8 SUL", _P10, SECONDARY),
        TableRow("P3", (N,      ANY,   N,    Y,      ANY,   ANY,  ANY,    ANY), Target.PD,
                 "total lesion glycolysis +75 %", _P10, SECONDARY),
        TableRow("P4", (N,      ANY,   N,    N,      Y,     ANY,  ANY,    ANY), Target.PD,
                 "visibly larger extent", _P10, SECONDARY),
        TableRow("P5", (N,      Y,     N,    N,      N,     ANY,  ANY,    ANY), Target.NE,
                 "SULpeak not stated", _DERIVED, DERIVED),
        TableRow("P6", (N,      N,     N,    N,      N,     Y,    Y,      ANY), Target.CR,
                 "below the liver and at background", _P10, SECONDARY),
        TableRow("P7", (N,      N,     N,    N,      N,     N,    ANY,    Y),   Target.PR,
                 "-30 % and -0.8 SUL", _P10, SECONDARY),
        TableRow("P8", (N,      N,     N,    N,      N,     Y,    N,      Y),   Target.PR,
                 "below the liver, but seen", _DERIVED, DERIVED),
        TableRow("P9", (N,      N,     N,    N,      N,     ANY,  ANY,    N),   Target.SD,
                 "neither", _P10, SECONDARY),
    ),
)
# fmt: on


_OTHERS = TableRow(
    "P.2", ((Target.CR, Target.PR), NonTarget.PD, NewLesion.NO), Response.SD,
    "another lesion has grown", _P14, SECONDARY,
)  # fmt: skip


def limits_under(limits: Thresholds, settings: Settings) -> Thresholds:
    """Whether exactly +30 % is progression: setting percist_pmd_bound."""
    if settings.percist_pmd_bound == "ge":
        return limits
    return attrs.evolve(limits, progression_beyond=True)


def classify(
    registers: Registers, scan: ScanView, criterion: Criterion, settings: Settings
) -> ScanStep:
    """Measure one scan; an increase is one from setting percist_reference."""
    from_baseline = settings.percist_reference == "baseline"
    return classify_scan(registers, scan, criterion, settings, from_baseline=from_baseline)


PERCIST = attrs.evolve(
    RECIST11,
    terms=TERMS["PERCIST 1.0"],
    decided_by_sums=False,
    source=SOURCE,
    thresholds=THRESHOLDS,
    limits_under=limits_under,
    lesions=RULES,
    target=TARGET,
    overall=overall_tables("P", _P10, SECONDARY, _OTHERS),
    machine=recist11.first_pd_machine("PERCIST 1.0", _P10),
    classify=classify,
)
