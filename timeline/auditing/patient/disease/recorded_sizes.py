"""Sizes of lesions on record: of one lesion, and of all targets of a scan together."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import attrs

from timeline.auditing.patient.disease.recorded_points import (
    adds_new_lesions,
    baseline_of,
    new_lesions_at,
    time_point_of,
)
from timeline.auditing.repeated_figures import words
from timeline.core.quantities import NM_PER_MM, nanometres, quantity, shown_mm
from timeline.core.span import Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import Scan
from timeline.record.lesion_sizes import TOO_SMALL_MM, LesionSize
from timeline.report.claims import Claim

_HALF = Fraction(1, 2)
_SIZED_NAMES = frozenset({"target", "targets", "lesion", "lesions", "tumour", "tumor", "tumours",
                          "tumors", "mass", "metastasis"})  # fmt: skip


@attrs.frozen
class Measured:
    """A length on record in mm: the number, and every number that rounds to it."""

    exact: Fraction
    span: Span
    text: str

    def plus(self, other: Measured) -> Measured:
        """The sum of two lengths, each rounded by itself."""
        return Measured(
            self.exact + other.exact, self.span + other.span, f"{self.text} + {other.text}"
        )


def measured(size: LesionSize) -> Measured | None:
    """A size as recorded; None where it was not evaluated, or is measured with another lesion.

    Too small to measure is 5 mm (Eisenhauer 2009, 4.3.2), and may be any length up to 10 mm.
    """
    if size.length is None or size.merged:
        return None
    parts = [_part(each) for each in size.text.split("+")]
    span = parts[0]
    for each in parts[1:]:
        span += each
    return Measured(Fraction(size.length, NM_PER_MM), span, size.text)


def _part(text: str) -> Span:
    if not any(letter.isdigit() for letter in text):
        small = "small" in text.lower() or "tstm" in text.lower()
        return Span(0, 2 * TOO_SMALL_MM, high_in=False) if small else Span.point(0)
    read = quantity(text, "length")
    half = read.number.unit * read.unit.size / 2
    exact = Fraction(read.exact or 0)
    return Span(max(Fraction(0), exact - half), exact + half)


@attrs.frozen
class Lesion:
    """A lesion that a claim names, and how: by its name in the record, or by words that fit it."""

    name: str
    by_name: bool


def lesions_named(claim: Claim, derived: DerivedCase) -> tuple[Lesion, ...]:
    """The lesions of the record that a claim may speak of: by name, else by organ, else the one.

    Without an organ the words "target lesion" name the only lesion of the record.
    """
    said = words(claim.about)
    known = dict(_lesions(derived))
    named = [name for name in known if words(name) and words(name) <= said]
    if named:
        return tuple(Lesion(name, by_name=True) for name in named)
    organs = [name for name, organ in known.items() if organ and words(organ) <= said]
    if organs:
        return tuple(Lesion(name, by_name=False) for name in organs)
    if len(known) == 1 and said & _SIZED_NAMES:
        alone = bool(said & {"target", "targets"})
        return tuple(Lesion(name, by_name=alone) for name in known)
    return ()


def _lesions(derived: DerivedCase) -> Iterator[tuple[str, str]]:
    """Every lesion with its organ; those that are new later have none on record."""
    yield from ((name, told.organ) for name, told in derived.case.lesions)
    told = dict(derived.case.lesions)
    new = (name for scan in derived.case.all_of(Scan) for name, _ in scan.new_lesion_sizes)
    yield from ((name, "") for name in dict.fromkeys(new) if name not in told)


def sizes_of(name: str, derived: DerivedCase) -> tuple[tuple[Scan, LesionSize], ...]:
    """The scans that measure a lesion, each with its size there, in order of time."""
    return tuple(
        (scan, size)
        for scan in derived.case.all_of(Scan)
        for each, size in (*scan.lesions, *scan.new_lesion_sizes)
        if each == name
    )


def scan_named(reference: str, derived: DerivedCase) -> Scan | str:
    """The scan that a claim names, by its reference or by a month that only one scan lies in."""
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
    is measured with it. ``with_new``: with the new lesions that are measured.
    """
    point = time_point_of(scan, derived)
    found = _given(point) if point.sum is not None else _of_targets(point, derived)
    if isinstance(found, str) or not with_new:
        return found
    sizes = dict(point.new_lesion_sizes)
    for name in new_lesions_at(point, derived):
        each = measured(sizes[name]) if name in sizes else None
        if each is None:
            return f"{name} is not measured at {point.label}"
        found = found.plus(each)
    return found


def _given(scan: Scan) -> Measured | str:
    if scan.sum is None:
        return f"no sum is on record of {scan.label}"
    half = scan.sum.number.unit * scan.sum.unit.size / 2
    exact = Fraction(scan.sum.exact or 0)
    return Measured(exact, Span(exact - half, exact + half), str(scan.sum))


def _of_targets(scan: Scan, derived: DerivedCase) -> Measured | str:
    if not scan.lesions:
        return f"no sizes are on record of {scan.label}"
    found: Measured | None = None
    sizes = dict(scan.lesions)
    baseline = baseline_of(scan, derived)
    targets = [name for name, _ in baseline.lesions] if baseline is not None else []
    for name in dict.fromkeys((*targets, *sizes)):
        size = sizes.get(name)
        if size is not None and size.merged:
            continue
        each = measured(size) if size is not None else None
        if each is None:
            return f"{name} is not measured at {scan.label}"
        found = each if found is None else found.plus(each)
    return found if found is not None else f"no sizes are on record of {scan.label}"


def totals(claim: Claim, scan: Scan, derived: DerivedCase) -> tuple[Measured | str, ...]:
    """The sums that a claim may speak of at a scan: that of the criterion first.

    Where the criterion adds new lesions, a claim that says target may mean the targets alone.
    """
    if not adds_new_lesions(claim, scan, derived):
        return (total(scan, derived),)
    named = words(claim.about) & {"target", "targets"}
    ways = (True, False) if named else (True,)
    return tuple(total(scan, derived, with_new=way) for way in ways)


def in_mm(number: Fraction) -> str:
    """A length in mm with as many decimals as it has."""
    return shown_mm(nanometres(number))
