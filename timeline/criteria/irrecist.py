"""irRECIST: Nishino et al., Clin Cancer Res 2013;19:3936, the one-dimensional irRC.

Several variants share the name; whether non-targets can progress is setting irrecist_nontarget.
See `timeline.criteria.burden`.
"""

from __future__ import annotations

from typing import Any

from timeline.criteria import burden
from timeline.criteria.criterion import Criterion
from timeline.criteria.recist11 import OVERALL, TARGET, THRESHOLDS
from timeline.criterion_terms import TERMS
from timeline.settings import Settings

SOURCE = "doi:10.1158/1078-0432.CCR-13-0895"


def observe(past: Any, scan: Any, criterion: Criterion, settings: Settings) -> Any:
    """Each patient's symbol at one scan."""
    grows = settings.irrecist_nontarget == "pd"
    return burden.observe(past, scan, criterion, settings, non_targets_progress=grows)


IRRECIST = Criterion(
    terms=TERMS["irRECIST"],
    source=SOURCE,
    thresholds=THRESHOLDS,
    target=TARGET,
    overall=OVERALL,
    machine=burden.machine("irRECIST"),
    begin=burden.begin,
    observe=observe,
    act=burden.act,
)
