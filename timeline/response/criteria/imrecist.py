"""imRECIST: Hodi et al., J Clin Oncol 2018;36:850. See `added_burden`."""

from __future__ import annotations

from typing import Any

from timeline.response.criteria import added_burden
from timeline.response.criteria.criterion import Criterion
from timeline.response.criteria.recist11 import OVERALL, TARGET, THRESHOLDS
from timeline.settings.response import Settings
from timeline.terminology.criteria import TERMS

SOURCE = "doi:10.1200/JCO.2017.75.1644"


def observe(past: Any, scan: Any, criterion: Criterion, settings: Settings) -> Any:
    """Each patient's symbol at one scan."""
    on = settings.imrecist_best_after_pd
    return added_burden.observe(past, scan, criterion, settings, judges_on=on)


IMRECIST = Criterion(
    terms=TERMS["imRECIST"],
    source=SOURCE,
    thresholds=THRESHOLDS,
    target=TARGET,
    overall=OVERALL,
    machine=added_burden.machine("imRECIST", judges_on=True),
    begin=added_burden.begin,
    observe=observe,
    act=added_burden.act,
    best_after_pd=lambda settings: settings.imrecist_best_after_pd,
)
