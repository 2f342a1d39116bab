"""irRECIST: Nishino et al., Clin Cancer Res 2013;19:3936, the one-dimensional irRC.

Several variants share the name; whether non-targets can progress is setting irrecist_nontarget.
Its rows are in `added_burden`.
"""

from __future__ import annotations

from timeline.response.criteria import added_burden
from timeline.response.criteria.added_burden import Registers
from timeline.response.criteria.criterion import Criterion, ScanStep
from timeline.response.criteria.recist11 import OVERALL, TARGET, THRESHOLDS
from timeline.response.scans import ScanView
from timeline.settings.response import Settings
from timeline.terminology.criteria import TERMS

SOURCE = "doi:10.1158/1078-0432.CCR-13-0895"


def classify_scan(
    registers: Registers, scan: ScanView, criterion: Criterion, settings: Settings
) -> ScanStep:
    """Measure one scan; by the setting, non-target lesions can be PD."""
    progress = settings.irrecist_nontarget == "pd"
    return added_burden.classify_scan(
        registers, scan, criterion, settings, non_targets_progress=progress
    )


IRRECIST = Criterion(
    terms=TERMS["irRECIST"],
    decided_by_sums=False,
    source=SOURCE,
    thresholds=THRESHOLDS,
    target=TARGET,
    overall=OVERALL,
    machine=added_burden.burden_machine("irRECIST"),
    begin=added_burden.initial_registers,
    classify=classify_scan,
    update=added_burden.update_registers,
)
