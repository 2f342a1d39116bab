"""imRECIST: Hodi et al., J Clin Oncol 2018;36:850. Its rows are in `added_burden`.

A response after a confirmed progression may be the best response (setting
imrecist_best_after_pd).
"""

from __future__ import annotations

from timeline.response.criteria import added_burden
from timeline.response.criteria.added_burden import Registers
from timeline.response.criteria.criterion import Criterion, ScanStep
from timeline.response.criteria.recist11 import OVERALL, TARGET, THRESHOLDS
from timeline.response.scans import ScanView
from timeline.settings.response import Settings
from timeline.terminology.criteria import TERMS

SOURCE = "doi:10.1200/JCO.2017.75.1644"


def classify_scan(
    registers: Registers, scan: ScanView, criterion: Criterion, settings: Settings
) -> ScanStep:
    """Measure one scan; by the setting, scans after progression have labels of their own."""
    after_pd = settings.imrecist_best_after_pd
    return added_burden.classify_scan(
        registers, scan, criterion, settings, labels_after_pd=after_pd
    )


IMRECIST = Criterion(
    terms=TERMS["imRECIST"],
    decided_by_sums=False,
    source=SOURCE,
    thresholds=THRESHOLDS,
    target=TARGET,
    overall=OVERALL,
    machine=added_burden.burden_machine("imRECIST", labels_after_pd=True),
    begin=added_burden.initial_registers,
    classify=classify_scan,
    update=added_burden.update_registers,
    best_after_pd=lambda settings: settings.imrecist_best_after_pd,
)
