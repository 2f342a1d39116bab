"""What a criterion reads of the scans of a line beside sizes, and the scans as it measures them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import attrs
import numpy as np

from timeline.core.quantities import Quantity
from timeline.record.events import Scan
from timeline.response.lesion_rules import SCORE, LesionRules, Measure
from timeline.response.readings import Reading, signs_of
from timeline.response.scans import Array

NOTHING = Reading()


def as_measured(scan: Scan, measure: Measure) -> Scan:
    """A scan with what a criterion sums as its sum: SULpeak by PERCIST, and no diameters."""
    if not measure.field:
        return scan
    stated = getattr(scan, measure.field)
    if measure.measures == SCORE:
        return attrs.evolve(
            scan,
            sum=None,
            change=None,
            lesions=(),
            target=None,
            non_target=None,
            new_lesion_sizes=(),
        )
    return attrs.evolve(scan, sum=stated, lesions=(), target=None, new_lesion_sizes=())


def is_measured_by(scan: Scan, measure: Measure) -> bool:
    """Whether a scan states what a criterion measures, so that its evidence can say by what."""
    if measure.measures == SCORE:
        return bool(scan.deauville or scan.marrow)
    return as_measured(scan, measure).is_measured


def line_signs(scans: Sequence[Scan], baseline: Scan | None, rules: LesionRules) -> Array:
    """The signs of each scan of a line by the rows of a criterion: `Scans.signs`."""
    if not rules.signs:
        return np.zeros(len(scans), dtype=np.int64)
    first = NOTHING if baseline is None else _reading(baseline, rules.measure)
    later = [_reading(scan, rules.measure) for scan in scans]
    return signs_of(rules.signs, rules.options, first, later)


def _reading(scan: Scan, measure: Measure) -> Reading:
    size = getattr(scan, measure.field) if measure.of_uptake else None
    liver, extent = scan.liver, scan.uptake_extent
    return Reading(
        size=_exact(size),
        liver_mean=None if liver is None else liver.mean,
        liver_sd=None if liver is None else liver.sd,
        tlg=_exact(scan.tlg),
        at_background=scan.at_background,
        extent_percent=None if extent is None else extent.percent,
        extent_grown=None if extent is None else extent.grown,
        cycles=scan.cycles_since_baseline,
        deauville=int(scan.deauville) if scan.deauville.isdigit() else None,
        uptake=scan.uptake or None,
        marrow=scan.marrow or None,
        spleen=_exact(scan.spleen),
        clinical=scan.clinical or None,
        steroid=_exact(scan.corticosteroid),
    )


def _exact(stated: Quantity | None) -> Fraction | None:
    return None if stated is None else stated.exact


def uptake_texts(scan: Scan) -> tuple[str, ...]:
    """What a scan states beside sizes, in words."""
    stated = (
        ("SULpeak", scan.sul_peak),
        ("SUV", scan.suv),
        ("liver", scan.liver),
        ("total lesion glycolysis", scan.tlg),
        ("extent of uptake", scan.uptake_extent),
    )
    found = [f"{name} {_number(value)}" for name, value in stated if value is not None]
    words = (
        ("score", scan.deauville),
        ("uptake", scan.uptake),
        ("marrow", scan.marrow),
        ("spleen", "" if scan.spleen is None else str(scan.spleen)),
        ("clinically", scan.clinical),
        ("corticosteroid", "" if scan.corticosteroid is None else str(scan.corticosteroid)),
    )
    found += [f"{name} {word}" for name, word in words if word]
    if scan.at_background is not None:
        found.append("uptake at background" if scan.at_background else "uptake above background")
    return tuple(found)


def _number(value: object) -> str:
    return str(value.number) if isinstance(value, Quantity) else str(value)
