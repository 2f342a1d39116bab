"""Sizes of lesions on record: of one lesion, and of all targets of a scan together."""

from __future__ import annotations

from fractions import Fraction

import attrs

from timeline.auditing.comparison.same_figure import words
from timeline.auditing.patient.disease.recorded_points import (
    adds_new_lesions,
    baseline_of,
    new_lesions_at,
    time_point_of,
)
from timeline.core.quantities import AREA, NM_PER_MM, nanometres, quantity, shown_mm
from timeline.core.span import Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.event_parts.lesion_sizes import TOO_SMALL_MM, LesionSize, diameters_of
from timeline.record.events import Scan
from timeline.report.claims import Claim
from timeline.response.lesion_rules import RECIST11_RULES

_HALF = Fraction(1, 2)
_SIZED_NAMES = frozenset({"target", "targets", "lesion", "lesions", "tumour", "tumor", "tumours",
                          "tumors", "mass", "metastasis"})  # fmt: skip


@attrs.frozen
class Measured:
    """A length on record in mm: the number, every number that rounds to it, and its text."""

    exact: Fraction
    span: Span
    text: str

    def plus(self, other: Measured) -> Measured:
        """The sum of two lengths, each rounded by itself."""
        return Measured(
            self.exact + other.exact, self.span + other.span, f"{self.text} + {other.text}"
        )


def measured(size: LesionSize | None, *, node: bool = False) -> Measured | None:
    """A size as recorded; None where none is, or where it is measured with another lesion.

    Of two diameters the longest, of a node the short axis. Too small to measure is 5 mm
    (Eisenhauer 2009, 4.3.2), and may be any length up to 10 mm.
    """
    length = None if size is None else RECIST11_RULES.size(size, node=node)
    if size is None or length is None or size.merged:
        return None
    short = node and size.width is not None
    parts = [_part(each, short=short) for each in size.text.split("+")]
    span = parts[0]
    for each in parts[1:]:
        span += each
    return Measured(Fraction(length, NM_PER_MM), span, size.text)


def _part(text: str, *, short: bool = False) -> Span:
    """The lengths that round to one part of a size."""
    if not any(letter.isdigit() for letter in text):
        small = "small" in text.lower() or "tstm" in text.lower()
        return Span(0, 2 * TOO_SMALL_MM, high_in=False) if small else Span.point(0)
    every = [quantity(each, "length") for each in diameters_of(text)]
    pick = min if short else max
    read = pick(every, key=lambda each: each.exact or Fraction(0))
    half = read.number.unit * read.unit.size / 2
    exact = Fraction(read.exact or 0)
    return Span(max(Fraction(0), exact - half), exact + half)


@attrs.frozen
class Lesion:
    """A lesion that a claim may mean: by its name in the record, or only by words that fit it."""

    name: str
    by_name: bool


def lesions_named(claim: Claim, derived: DerivedCase) -> tuple[Lesion, ...]:
    """The lesions of the record that a claim may mean: by name, else by organ, else the only one.

    Without an organ the words "target lesion" name the only lesion of the record.
    """
    subject = words(claim.about)
    known = _organs(derived)
    named = [name for name in known if words(name) and words(name) <= subject]
    if named:
        return tuple(Lesion(name, by_name=True) for name in named)
    organs = [name for name, organ in known.items() if organ and words(organ) <= subject]
    if organs:
        return tuple(Lesion(name, by_name=False) for name in organs)
    if len(known) == 1 and subject & _SIZED_NAMES:
        is_target = bool(subject & {"target", "targets"})
        return tuple(Lesion(name, by_name=is_target) for name in known)
    return ()


def lesions_by_name(claim: Claim, derived: DerivedCase) -> list[str]:
    """The names of the lesions that a claim certainly means."""
    return [each.name for each in lesions_named(claim, derived) if each.by_name]


def _organs(derived: DerivedCase) -> dict[str, str]:
    """The organ of every lesion; empty for a new lesion, which has none on record."""
    new = (name for scan in derived.case.all_of(Scan) for name, _ in scan.new_lesion_sizes)
    recorded = {name: lesion.organ for name, lesion in derived.case.lesions}
    return recorded | {name: "" for name in new if name not in recorded}


def sizes_of(name: str, derived: DerivedCase) -> tuple[tuple[Scan, LesionSize], ...]:
    """The scans that measure a lesion, each with its size there, in order of time."""
    return tuple(
        (scan, size)
        for scan in derived.case.all_of(Scan)
        for each, size in (*scan.lesions, *scan.new_lesion_sizes)
        if each == name
    )


def scan_named(reference: str, derived: DerivedCase) -> Scan | str:
    """The scan that a claim names, by reference or by a month with one scan; else the fault."""
    try:
        event, _ = derived.case.find(reference)
    except ValueError as fault:
        near = [
            scan
            for scan in derived.case.all_of(Scan)
            if reference.startswith("scan ") and scan.label.startswith(f"{reference}-")
        ]
        return near[0] if len(near) == 1 else str(fault)
    return event if isinstance(event, Scan) else f"{reference} is no scan"


def total(scan: Scan, derived: DerivedCase, *, with_new: bool = False) -> Measured | str:
    """The sum of the targets at the time point of a scan, or why there is none.

    The targets are the lesions measured at the baseline of its line. A lesion merged with another
    is measured with it.

    Args:
        scan: the scan.
        derived: the derived case of the patient.
        with_new: whether the measured new lesions are added.
    """
    point = time_point_of(scan, derived)
    found = _stated_sum(point) if point.sum is not None else _of_targets(point, derived)
    if isinstance(found, str) or not with_new:
        return found
    sizes = dict(point.new_lesion_sizes)
    for name in new_lesions_at(point, derived):
        each = measured(sizes.get(name))
        if each is None:
            return f"{name} is not measured at {point.label}"
        found = found.plus(each)
    return found


def _stated_sum(scan: Scan) -> Measured | str:
    if scan.sum is None or scan.sum.unit.measures == AREA:
        return f"no sum of diameters is on record of {scan.label}"
    half = scan.sum.number.unit * scan.sum.unit.size / 2
    exact = Fraction(scan.sum.exact or 0)
    return Measured(exact, Span(exact - half, exact + half), str(scan.sum))


def _of_targets(scan: Scan, derived: DerivedCase) -> Measured | str:
    if not scan.lesions:
        return f"no sizes are on record of {scan.label}"
    found: Measured | None = None
    sizes = dict(scan.lesions)
    nodes = {name for name, lesion in derived.case.lesions if lesion.node}
    baseline = baseline_of(scan, derived)
    targets = [name for name, _ in baseline.lesions] if baseline is not None else []
    for name in dict.fromkeys((*targets, *sizes)):
        size = sizes.get(name)
        if size is not None and size.merged:
            continue
        each = measured(size, node=name in nodes)
        if each is None:
            return f"{name} is not measured at {scan.label}"
        found = each if found is None else found.plus(each)
    return found if found is not None else f"no sizes are on record of {scan.label}"


def totals(claim: Claim, scan: Scan, derived: DerivedCase) -> tuple[Measured | str, ...]:
    """The sums that a claim may mean at a scan, or why there is none; that of the criterion first.

    Where the criterion adds new lesions, a claim with the word target may mean the targets alone.
    """
    if not adds_new_lesions(claim, scan, derived):
        return (total(scan, derived),)
    named = words(claim.about) & {"target", "targets"}
    ways = (True, False) if named else (True,)
    return tuple(total(scan, derived, with_new=way) for way in ways)


def in_mm(number: Fraction) -> str:
    """A length in mm with as many decimals as it has."""
    return shown_mm(nanometres(number))
