"""imRECIST: Hodi et al., J Clin Oncol 2018;36:850. See `timeline.criteria.burden`."""

from __future__ import annotations

from typing import Any

from timeline.criteria import burden
from timeline.criteria.criterion import Criterion
from timeline.criteria.recist11 import OVERALL, TARGET, THRESHOLDS
from timeline.criterion_terms import TERMS
from timeline.settings import Settings

SOURCE = "doi:10.1200/JCO.2017.75.1644"


def observe(past: Any, scan: Any, criterion: Criterion, settings: Settings) -> Any:
    """Each patient's symbol at one scan."""
    on = settings.imrecist_best_after_pd
    return burden.observe(past, scan, criterion, settings, judges_on=on)


IMRECIST = Criterion(
    terms=TERMS["imRECIST"],
    source=SOURCE,
    thresholds=THRESHOLDS,
    target=TARGET,
    overall=OVERALL,
    machine=burden.machine("imRECIST", judges_on=True),
    begin=burden.begin,
    observe=observe,
    act=burden.act,
    best_after_pd=lambda settings: settings.imrecist_best_after_pd,
)
