"""What PERCIST and the EORTC criteria share: tables of one row a response, one PMD is final."""

from __future__ import annotations

import numpy as np

from timeline.core.state_machine import ANY, DecisionTable, TableRow
from timeline.response.criteria import recist11
from timeline.response.criteria.criterion import Criterion, OverallTables, ScanStep
from timeline.response.criteria.measurements import Registers, measure_scan, shows_new_lesion
from timeline.response.criteria.recist11 import NO_DISEASE, TABLE_2
from timeline.response.scans import UNREACHED_LENGTH, ScanView
from timeline.settings.response import Settings
from timeline.terminology.response_codes import Code, NewLesion, Response, Target

_YES, _NO = NewLesion.YES, NewLesion.NO


def overall_tables(letter: str, source: str, basis: str, *others: TableRow) -> OverallTables:
    """The overall response: a new focus of uptake, else what the uptake of the tumour gives.

    Args:
        letter: The first letter of the ids of the rows.
        source: Where it is read that a new focus is progression.
        basis: How far that was read.
        *others: Rows on lesions that are not measured, before the last.
    """
    rows = (
        TableRow(f"{letter}.1", (ANY, ANY, _YES), Response.PD, "a new focus of uptake", source,
                 basis),
        *others,
        *(
            TableRow(f"{letter}.{each}", (each, ANY, _NO), Response[each.name], "by the uptake",
                     source, basis)
            for each in (Target.CR, Target.PR, Target.SD, Target.PD, Target.NE)
        ),
    )  # fmt: skip
    table = DecisionTable(
        name="overall response", source=source, columns=recist11.TABLE_1.columns, rows=rows
    )
    return OverallTables(target_disease=table, non_target_only=TABLE_2, no_disease=NO_DISEASE)


def classify_scan(
    registers: Registers,
    scan: ScanView,
    criterion: Criterion,
    settings: Settings,
    *,
    from_baseline: bool,
) -> ScanStep:
    """Measure the uptake of one scan of all patients; growth from baseline, or from the nadir."""
    reference = None
    if from_baseline:
        known = registers.baseline >= 0
        reference = np.where(known, registers.baseline, UNREACHED_LENGTH)
    step = measure_scan(
        registers, scan, criterion, settings, new=shows_new_lesion(scan), reference=reference
    )
    return step.after(
        base=step.overall.astype(np.intp) - Code.CR,
        after_pd=int(settings.after_pd == "raw"),
    )
